//! Why an order was found: the passages that the query meets, with the clause they stand in.
//!
//! In: a record and a query. Out: passages with what to highlight. Words are compared by lemma, the
//! same way as in the index; citations and names come from the record, so that a short form or
//! another case is shown too. Must never: show a passage without the words that were asked for.

use std::collections::HashMap;

use serde::Serialize;

use super::plan::person_keys;
use super::query::{AskedAct, Query};
use crate::index::{ActKey, similar_number, tokens_of};
use crate::lexicon::morphology::lemmas;
use crate::order::{Clause, Day, Field, Order, Reference};
use crate::text::Span;

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Where it stands: `clause 1.2`, `preamble`, …; empty where the record does not say.
    #[serde(rename = "where")]
    pub place: String,
    /// The words, on one line.
    pub text: String,
    /// Code points of `text` to highlight.
    pub highlights: Vec<Span>,
    /// The order cites the act more broadly than the query asks: the whole act, or the article.
    pub broader: bool,
    /// The order cites an act of the number asked for and does not say which of them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub possible: bool,
}

/// What in a record's text answers to a query.
struct Found {
    /// Code points of the record's text.
    span: Span,
    broader: bool,
    /// An act that may be the one asked for.
    possible: bool,
}

impl Found {
    fn at(span: Span) -> Self {
        Self {
            span,
            broader: false,
            possible: false,
        }
    }
}

/// Passages shown for one order.
const MAX_PASSAGES: usize = 3;
/// Code points around a highlight.
const CONTEXT: usize = 90;

/// The passages of an order that answer to a query, and whether an act that it asks for is only cited
/// more broadly than it asks.
pub(super) fn passages(order: &Order, query: &Query) -> (Vec<Passage>, bool) {
    let characters: Vec<char> = order.text.chars().collect();
    let mut found = Vec::new();
    let broader = collect(order, query, &mut found);
    found.sort_by_key(|found: &Found| (found.possible, found.broader, found.span.start));
    let mut shown: Vec<(Span, Passage)> = Vec::new();
    for Found {
        span,
        broader,
        possible,
    } in found
    {
        if let Some((window, passage)) = shown.iter_mut().find(|(window, _)| window.contains(span))
        {
            let at = Span::new(span.start - window.start, span.end - window.start);
            if !passage.highlights.iter().any(|known| known.overlaps(at)) {
                passage.highlights.push(at);
                passage.highlights.sort();
            }
            continue;
        }
        if shown.len() == MAX_PASSAGES || span.end > characters.len() {
            continue;
        }
        let window = window(&characters, span);
        let text: String = characters[window.start..window.end]
            .iter()
            .map(|c| if c.is_whitespace() { ' ' } else { *c })
            .collect();
        let highlights = vec![Span::new(
            span.start - window.start,
            span.end.min(window.end) - window.start,
        )];
        shown.push((
            window,
            Passage {
                place: place(order, span),
                text,
                highlights,
                broader,
                possible,
            },
        ));
    }
    let passages = shown.into_iter().map(|(_, passage)| passage).collect();
    (passages, broader)
}

/// Text around a span, cut at words and not over the borders of blocks.
fn window(characters: &[char], span: Span) -> Span {
    let mut start = span.start;
    while start > 0 && span.start - start < CONTEXT && characters[start - 1] != '\n' {
        start -= 1;
    }
    while start > 0
        && start < span.start
        && characters[start - 1] != '\n'
        && !characters[start - 1].is_whitespace()
    {
        start += 1;
    }
    let mut end = span.end;
    while end < characters.len() && end - span.end < CONTEXT && characters[end] != '\n' {
        end += 1;
    }
    while end > span.end && end < characters.len() && !characters[end].is_whitespace() {
        end -= 1;
    }
    Span::new(start, end)
}

/// The part of the order that holds a span.
fn place(order: &Order, span: Span) -> String {
    fn clause_of(clauses: &[Clause], span: Span) -> Option<&Clause> {
        clauses.iter().find_map(|clause| {
            if clause.span.overlaps(span) {
                Some(clause)
            } else {
                clause_of(&clause.children, span)
            }
        })
    }
    let within = |field: Option<Span>| field.is_some_and(|field| field.overlaps(span));
    if let Some(clause) = clause_of(&order.clauses, span) {
        return format!("clause {}", clause.address).trim_end().to_owned();
    }
    if within(order.title.as_ref().map(|title| title.span)) {
        return "title".to_owned();
    }
    if within(order.preamble.as_ref().map(|preamble| preamble.span)) {
        return "preamble".to_owned();
    }
    if let Some(index) = order
        .appendices
        .iter()
        .position(|appendix| appendix.span.overlaps(span))
    {
        return format!("appendix {}", index + 1);
    }
    if order
        .signatories
        .iter()
        .any(|signatory| signatory.span.overlaps(span))
    {
        return "signature".to_owned();
    }
    if order
        .acknowledged
        .iter()
        .any(|acknowledgement| acknowledgement.span.overlaps(span))
    {
        return "acknowledgement".to_owned();
    }
    String::new()
}

/// Collects what answers to a query; says whether an act is only cited more broadly.
fn collect(order: &Order, query: &Query, found: &mut Vec<Found>) -> bool {
    match query {
        Query::Word(word) => in_any_inflection(order, word, found),
        Query::Prefix(prefix) => {
            let wanted = tokens_of(prefix).into_iter().next();
            let mut fits = |form: &str, _| {
                wanted
                    .as_ref()
                    .is_some_and(|wanted| form.starts_with(&wanted.form))
            };
            in_a_row(order, 1, &mut fits, found);
        }
        Query::Phrase(phrase) => exact_phrase(order, phrase, found),
        Query::Act(asked) => {
            let before = found.len();
            for cited in &order.references {
                if let (Some(possible), Some(broader)) =
                    (same_act(cited, asked), answers(cited, asked))
                {
                    found.push(Found {
                        span: cited.span,
                        broader,
                        possible,
                    });
                }
            }
            return found.len() > before && found[before..].iter().all(|found| found.broader);
        }
        Query::Person(asked) => {
            let keys = person_keys(asked);
            let mentions = order
                .people
                .iter()
                .filter(|person| keys.iter().any(|key| key.may_mean(person)))
                .flat_map(|person| &person.mentions);
            found.extend(mentions.copied().map(Found::at));
        }
        Query::Number(asked) => {
            let same =
                |number: &&Field<String>| similar_number(&number.value) == similar_number(asked);
            let number = order.number.iter().filter(same);
            found.extend(number.map(|number| Found::at(number.span)));
        }
        Query::Period(first, last) => {
            let within = |date: &&Field<Day>| (*first..=*last).contains(&date.value.0);
            let date = order.date.iter().filter(within);
            found.extend(date.map(|date| Found::at(date.span)));
        }
        Query::Finding(code) => {
            found.extend(
                order
                    .findings
                    .iter()
                    .filter(|finding| finding.code.starts_with(code))
                    .filter_map(|finding| finding.span)
                    .map(Found::at),
            );
        }
        // Small words are no reason why an order was found.
        Query::All(parts) => {
            let broader = |part| collect(order, part, found);
            return Query::required(parts)
                .map(broader)
                .fold(false, |all, one| all | one);
        }
        Query::Any(parts) => {
            let broader = |part| collect(order, part, found);
            return parts.iter().map(broader).fold(false, |all, one| all | one);
        }
        Query::Issuer(_) | Query::Kind(_) | Query::File(_) | Query::Related(..) | Query::Not(_) => {
        }
    }
    false
}

/// Whether a citation is of the act asked for: `Some(true)` where it may be and does not say so.
fn same_act(cited: &Reference, asked: &AskedAct) -> Option<bool> {
    let terms = crate::index::citation_terms(cited);
    let keys: Vec<ActKey> = asked.may_mean().iter().map(ActKey::of).collect();
    let certain = keys
        .iter()
        .flat_map(ActKey::asked)
        .any(|term| terms.contains(&term));
    let possible = || {
        keys.iter()
            .filter_map(ActKey::possible)
            .any(|term| terms.contains(&term))
    };
    (certain || possible()).then_some(!certain)
}

/// Whether a citation answers to the pinpoints asked for: `Some(true)` where it is broader.
fn answers(cited: &Reference, asked: &AskedAct) -> Option<bool> {
    if asked.locators.is_empty() {
        return Some(false);
    }
    let wanted: Vec<_> = asked.locators.iter().map(crate::index::units).collect();
    let has: Vec<_> = cited.locators.iter().map(crate::index::units).collect();
    if wanted.iter().any(|wanted| {
        has.iter()
            .any(|has| wanted.iter().all(|unit| has.contains(unit)))
    }) {
        return Some(false);
    }
    let broader = has.is_empty()
        || wanted.iter().any(|wanted| {
            has.iter()
                .any(|has| has.len() < wanted.len() && wanted.starts_with(has))
        });
    broader.then_some(true)
}

/// Words that stand side by side, each under any of its lemmas.
fn in_any_inflection(order: &Order, word: &str, found: &mut Vec<Found>) {
    let wanted: Vec<(String, Vec<String>)> = tokens_of(word)
        .into_iter()
        .map(|token| {
            let lemmas = lemmas(&token.form);
            (token.form, lemmas)
        })
        .collect();
    let mut known: HashMap<String, Vec<String>> = HashMap::new();
    let mut fits = |form: &str, place: usize| {
        let Some((same, wanted)) = wanted.get(place) else {
            return false;
        };
        form == same
            || known
                .entry(form.to_owned())
                .or_insert_with(|| lemmas(form))
                .iter()
                .any(|lemma| wanted.contains(lemma))
    };
    in_a_row(order, wanted.len(), &mut fits, found);
}

fn exact_phrase(order: &Order, phrase: &str, found: &mut Vec<Found>) {
    let wanted = tokens_of(phrase);
    let mut fits = |form: &str, place: usize| wanted.get(place).is_some_and(|w| w.form == form);
    in_a_row(order, wanted.len(), &mut fits, found);
}

/// Places of the text where `length` words in a row fit, each at its place.
fn in_a_row(
    order: &Order,
    length: usize,
    fits: &mut dyn FnMut(&str, usize) -> bool,
    found: &mut Vec<Found>,
) {
    /// Enough for the passages shown; a word may stand a thousand times in an order.
    const MAX_MATCHES: usize = 16;
    if length == 0 {
        return;
    }
    let tokens = tokens_of(&order.text);
    let spans: Vec<Span> = tokens
        .windows(length)
        .filter(|window| {
            window
                .iter()
                .enumerate()
                .all(|(place, token)| fits(&token.form, place))
        })
        .take(MAX_MATCHES)
        .filter_map(|window| Some(Span::new(window.first()?.start, window.last()?.end)))
        .collect();
    found.extend(in_code_points(&order.text, &spans).map(Found::at));
}

/// Spans of bytes, in order, as spans of code points: one pass over the text.
fn in_code_points<'a>(text: &'a str, spans: &'a [Span]) -> impl Iterator<Item = Span> + 'a {
    let mut byte = 0;
    let mut count = 0;
    let mut advance = move |to: usize| {
        count += text.get(byte..to).unwrap_or_default().chars().count();
        byte = to;
        count
    };
    spans.iter().map(move |span| {
        let start = advance(span.start);
        Span::new(start, advance(span.end))
    })
}
