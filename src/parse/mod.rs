//! Text → Order.
//!
//! In: a [`Text`] and what is known of its file. Out: a complete [`Order`].
//! Must never: fail, know of files or formats, or take more than linear time.

mod amendments;
mod antecedents;
mod appendices;
mod approvals;
mod attributes;
mod bracketed_names;
mod broken_lines;
mod charges;
mod citation_starts;
mod citations;
mod classification;
mod clause_labels;
mod clauses;
mod counted_clauses;
mod cut_words;
mod dates;
mod details;
mod documents;
mod doubt;
mod due;
mod findings;
mod given_names;
mod government;
mod head;
mod headless;
mod heads;
#[cfg(test)]
mod hostile_text;
mod issuer;
mod kind_headings;
mod laws_by_name;
mod letterhead;
mod lexer;
mod lists_of_acts;
mod lists_of_names;
mod lost_lines;
mod names;
mod nested_lists;
mod numbers;
mod openings;
mod outline;
mod people;
mod persons;
mod pieces;
pub mod pinpoints;
pub mod query;
mod quotes;
mod references;
mod registration;
mod roles;
mod sentences;
mod settlements;
mod short_forms;
mod signatories;
mod signature;
mod surnames_alone;
mod title;
mod unified_form;
mod zones;

use std::ops::Range;

use jiff::civil::Date;

use self::clauses::{ClauseFound, Clauses};
use self::findings::{Known, Noticed, findings};
pub(crate) use self::lexer::look_alike;
use self::lexer::{TokenKind, Tokens};
use self::outline::Outline;
use self::people::{PeopleFound, people};
use self::references::{OwnIdentity, ReferencesFound, references};
use crate::lexicon::register::Register;
use crate::order::{Clause, Order, PersonRole, Reference, SCHEMA_NAME, Source};
use crate::text::{Origin, Text};

/// What is known of a document besides its text.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// SHA-256 of its bytes, hexadecimal.
    pub id: String,
    /// Where it came from.
    pub source: Source,
    /// The day that counts as today when a date is judged to lie in the future.
    pub today: Date,
    /// The acts that are known, built in or the archive's own.
    pub register: &'a Register,
}

/// Reads an order out of a text. It does not fail: what is not there is null, what is odd is a
/// finding.
#[must_use]
pub fn parse(text: &Text, document: Document<'_>) -> Order {
    let as_read = Tokens::of(text);
    let with_lines = lost_lines::with_lines(&as_read);
    let text = with_lines.as_ref().unwrap_or(text);
    let mut tokens = with_lines.as_ref().map_or(as_read, Tokens::of);
    let outline = outline::outline(&tokens);
    broken_lines::join_broken_lines(&mut tokens, &outline);
    let tokens = tokens;
    let head = head::head(&tokens, &outline);
    let issuer = issuer::issuer(&tokens, &outline);
    let title = title::title(&tokens, &outline);
    let clauses = clauses::clauses(&tokens, &outline);
    let own = OwnIdentity {
        number: head.number.as_ref().map(|number| number.value.as_str()),
        date: head.date.as_ref().map(|date| date.value.0),
        issuer: issuer.as_ref().map(|issuer| issuer.value.as_str()),
        title: title.as_ref().map(|title| title.value.as_str()),
    };
    let places = Places::of(&tokens, &outline, &clauses);
    let ReferencesFound {
        references,
        unresolved,
    } = references(&tokens, &outline, own, document.register, &|at| {
        places.named(at)
    });
    let found = people(&tokens, &outline, &|at| stands_in(&tokens, &references, at));
    let noticed = noticed(&tokens, &outline, &head, &clauses, &unresolved);
    let clauses = clauses
        .list
        .into_iter()
        .map(|clause| finished(clause, &tokens, &found, own.date))
        .collect();
    let mut order = Order {
        schema: SCHEMA_NAME.to_owned(),
        id: document.id,
        source: document.source,
        kind: head.kind,
        issuer,
        number: head.number,
        date: head.date,
        place: head.place,
        title,
        preamble: title::preamble(&tokens, &outline),
        enacting: title::enacting(&tokens, &outline),
        clauses,
        references,
        signatories: found.signatories,
        acknowledged: found.acknowledged,
        people: found.people,
        appendices: appendices::appendices(&tokens, &outline),
        text: text.plain.clone(),
        findings: Vec::new(),
        corrections: Vec::new(),
    };
    let file_day = order
        .source
        .modified
        .map(|time| jiff::tz::Offset::constant(14).to_datetime(time).date());
    let judged_by = Known {
        register: document.register,
        today: document.today,
        file_day,
    };
    doubt::doubt(&mut order, text, &tokens);
    order.findings = findings(&order, text, &noticed, &judged_by);
    order.count_spans_in_code_points();
    order
}

/// The parts of an order by token, to say where a reference stands.
struct Places<'a> {
    tokens: &'a Tokens<'a>,
    outline: &'a Outline,
    /// Tokens and address of every clause, in the order of the text.
    clauses: Vec<(Range<usize>, String)>,
}

impl<'a> Places<'a> {
    fn of(tokens: &'a Tokens<'a>, outline: &'a Outline, clauses: &Clauses) -> Self {
        let mut flat = Vec::new();
        let mut waiting: Vec<&ClauseFound> = clauses.list.iter().rev().collect();
        while let Some(clause) = waiting.pop() {
            flat.push((clause.tokens.clone(), clause.address.clone()));
            waiting.extend(clause.children.iter().rev());
        }
        Self {
            tokens,
            outline,
            clauses: flat,
        }
    }

    /// `title`, `preamble`, `clause 1.3`, `appendix 1`, `head`, `footnote`, `body`.
    fn named(&self, at: usize) -> String {
        let outline = self.outline;
        let origin = self
            .tokens
            .get(at)
            .and_then(|token| self.tokens.text.blocks.get(token.block()))
            .map(|block| block.origin);
        if matches!(origin, Some(Origin::Footnote | Origin::Endnote)) {
            return "footnote".to_owned();
        }
        if let Some(number) = outline
            .appendices
            .iter()
            .position(|appendix| appendix.tokens.contains(&at))
        {
            return format!("appendix {}", number + 1);
        }
        if outline.title.contains(&at) {
            return "title".to_owned();
        }
        if outline.preamble.contains(&at) {
            return "preamble".to_owned();
        }
        let index = self
            .clauses
            .partition_point(|(tokens, _)| tokens.start <= at);
        if let Some((tokens, address)) = index.checked_sub(1).map(|index| &self.clauses[index])
            && tokens.contains(&at)
        {
            return format!("clause {address}").trim_end().to_owned();
        }
        if outline.is_order && outline.head.contains(&at) {
            "head"
        } else {
            "body"
        }
        .to_owned()
    }
}

/// Whether a token stands in the quoted title of a cited act: names there are no people of the order.
fn stands_in(tokens: &Tokens<'_>, references: &[Reference], at: usize) -> bool {
    let start = tokens.span(at, at + 1).start;
    let index = references.partition_point(|reference| reference.span.start <= start);
    let Some(span) = index
        .checked_sub(1)
        .map(|index| references[index].span)
        .filter(|span| span.end > start)
    else {
        return false;
    };
    let quotes = |wanted: TokenKind| {
        (tokens.at_byte(span.start)..at)
            .filter(|&index| tokens.kind(index) == Some(wanted))
            .count()
    };
    quotes(TokenKind::OpenQuote) > quotes(TokenKind::CloseQuote)
}

/// A clause with who is charged with it and by when.
fn finished(
    clause: ClauseFound,
    tokens: &Tokens<'_>,
    found: &PeopleFound,
    order_date: Option<Date>,
) -> Clause {
    let mut assignees: Vec<usize> = Vec::new();
    let first = found
        .mentions
        .partition_point(|(range, _, _)| range.start < clause.tokens.start);
    for (_, person, role) in found.mentions[first..]
        .iter()
        .take_while(|(range, _, _)| range.start < clause.tokens.end)
    {
        if *role == PersonRole::Assigned && !assignees.contains(person) {
            assignees.push(*person);
        }
    }
    Clause {
        address: clause.address,
        label: clause.label,
        text: clause.text,
        span: clause.span,
        confidence: clause.confidence,
        assignees,
        due: due::due_date(tokens, clause.tokens, order_date),
        children: clause
            .children
            .into_iter()
            .map(|child| finished(child, tokens, found, order_date))
            .collect(),
    }
}

/// What the grammars saw and the record does not show.
fn noticed(
    tokens: &Tokens<'_>,
    outline: &Outline,
    head: &head::Head,
    clauses: &Clauses,
    unresolved: &[Range<usize>],
) -> Noticed {
    let title = tokens.slice(outline.title.start, outline.title.end);
    let unbalanced = title.matches('«').count() != title.matches('»').count();
    Noticed {
        number_blank: head.blank_number,
        date_blank: head.blank_date,
        date_impossible: head.impossible_date,
        other_numbers: head.other_numbers.clone(),
        other_dates: head.other_dates.clone(),
        clause_jumps: clauses.jumps.clone(),
        clause_repeats: clauses.repeats.clone(),
        title_unbalanced: unbalanced.then(|| tokens.span(outline.title.start, outline.title.end)),
        unresolved: unresolved
            .iter()
            .map(|range| tokens.span(range.start, range.end))
            .collect(),
        signature_blank: (!outline.signature.is_empty())
            .then(|| tokens.span(outline.signature.start, outline.signature.end)),
    }
}
