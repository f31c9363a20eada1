//! A query → a query of the index.
//!
//! In: [`Query`]. Out: a Tantivy query. An act asked for with a pinpoint finds that provision and what
//! lies in it; broader citations are found too, with less weight. Weights are whole numbers and do not
//! depend on how frequent a word is: what a page of hits begins with stays true while orders are added.
//! Must never: ask for less than the query says.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query as TantivyQuery, RangeQuery, RegexPhraseQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::excluded::Excluded;
use super::neighbours::Neighbours;
use super::query::{AskedAct, AskedPerson, Query};
use crate::index::{ActKey, Fields, PersonKey, Snapshot, similar_number, tokens_of};
use crate::lexicon::fold::fold_number;
use crate::lexicon::morphology::{is_given_name, lemmas};

/// Weights. A citation or a name says more than a word; the very provision more than the whole act.
const WORD: f32 = 1.0;
const SAME_FORM: f32 = 1.0;
const IN_TITLE: f32 = 2.0;
const EXACT_PROVISION: f32 = 20.0;
const WHOLE_ACT: f32 = 10.0;
const BROADER: f32 = 4.0;
/// What cites an act of this number without saying which is only possibly meant: less than any that certainly is.
const POSSIBLE_ACT: f32 = 2.0;
const POSSIBLE_PROVISION: f32 = 3.0;
const POSSIBLY_BROADER: f32 = 1.0;
/// «школа 4»: the word right before its number weighs more than both of them in a title and as typed, wherever else
/// they stand.
const BESIDE_ITS_NUMBER: f32 = 8.0;
const PERSON: f32 = 10.0;
const EXACT_NUMBER: f32 = 20.0;
const SIMILAR_NUMBER: f32 = 5.0;

type Planned = Box<dyn TantivyQuery>;

/// The query of the index for a whole query.
pub(super) fn plan(
    query: &Query,
    fields: Fields,
    snapshot: &Snapshot,
) -> Result<Planned, tantivy::TantivyError> {
    let planned = part(query, fields, snapshot)?;
    Ok(match bare_number(query) {
        // «45»: the order of that number comes first, whatever else is counted in others.
        Some(number) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, planned),
            (
                Occur::Should,
                weighted(term(fields.number, &fold_number(number)), EXACT_NUMBER),
            ),
        ])),
        None => planned,
    })
}

/// The figures, where a query is nothing but a number.
fn bare_number(query: &Query) -> Option<&str> {
    match query {
        Query::Word(word) if word.bytes().all(|byte| byte.is_ascii_digit()) => Some(word),
        _ => None,
    }
}

fn part(
    query: &Query,
    fields: Fields,
    snapshot: &Snapshot,
) -> Result<Planned, tantivy::TantivyError> {
    Ok(match query {
        Query::Word(word) => word_of_text(word, fields),
        Query::Phrase(phrase) => weighted(exact_phrase(fields.forms, phrase), WORD),
        Query::Prefix(prefix) => {
            let folded = tokens_of(prefix)
                .into_iter()
                .map(|token| token.form)
                .collect::<String>();
            weighted(
                Box::new(RegexQuery::from_pattern(
                    &format!("{folded}.*"),
                    fields.forms,
                )?),
                WORD,
            )
        }
        Query::Act(asked) => act(asked, fields),
        Query::Person(asked) => best(
            person_keys(asked)
                .iter()
                .flat_map(PersonKey::asked)
                .map(|asked| weighted(term(fields.people, &asked), PERSON))
                .collect(),
        ),
        Query::Number(number) => best(vec![
            weighted(term(fields.number, &fold_number(number)), EXACT_NUMBER),
            weighted(
                term(fields.number_similar, &similar_number(number)),
                SIMILAR_NUMBER,
            ),
        ]),
        Query::Period(first, last) => {
            let bound = |day| {
                Bound::Included(Term::from_field_i64(
                    fields.date,
                    crate::index::day_number(day),
                ))
            };
            weighted(Box::new(RangeQuery::new(bound(*first), bound(*last))), WORD)
        }
        Query::Kind(kind) => weighted(term(fields.kind, kind.name()), WORD),
        Query::Issuer(issuer) => weighted(of_the_issuer(fields, issuer), WORD),
        Query::File(path) => weighted(words(fields.file, path), WORD),
        Query::Finding(code) => weighted(
            Box::new(RegexQuery::from_pattern(
                &format!(
                    "{}.*",
                    code.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "")
                ),
                fields.finding,
            )?),
            WORD,
        ),
        Query::Related(relation, direction) => Box::new(Neighbours {
            graph: snapshot.graph(fields)?,
            relation: *relation,
            direction: *direction,
        }),
        Query::All(parts) => {
            let mut clauses = Vec::new();
            for each in Query::required(parts) {
                clauses.push(match each {
                    Query::Not(inner) => (Occur::MustNot, excluded(inner, fields, snapshot)?),
                    each => (Occur::Must, part(each, fields, snapshot)?),
                });
            }
            let counted = parts.windows(2).filter_map(|pair| match pair {
                [Query::Word(word), number] => Some((word, bare_number(number)?)),
                _ => None,
            });
            clauses.extend(counted.map(|(word, number)| {
                let beside = beside_its_number(fields.lemmas, word, number);
                (Occur::Should, weighted(beside, BESIDE_ITS_NUMBER))
            }));
            Box::new(BooleanQuery::new(clauses))
        }
        Query::Any(parts) => any(parts
            .iter()
            .map(|each| part(each, fields, snapshot))
            .collect::<Result<_, _>>()?),
        Query::Not(inner) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery) as Planned),
            (Occur::MustNot, excluded(inner, fields, snapshot)?),
        ])),
    })
}

fn excluded(query: &Query, fields: Fields, snapshot: &Snapshot) -> tantivy::Result<Planned> {
    Ok(Box::new(Excluded(part(query, fields, snapshot)?)))
}

/// Orders of a body whose name has all these words.
pub(super) fn of_the_issuer(fields: Fields, issuer: &str) -> Planned {
    words(fields.issuer, issuer)
}

fn term(field: Field, text: &str) -> Planned {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::Basic,
    ))
}

fn weighted(query: Planned, weight: f32) -> Planned {
    Box::new(ConstScoreQuery::new(query, weight))
}

fn any(queries: Vec<Planned>) -> Planned {
    Box::new(BooleanQuery::union(queries))
}

/// The best of several ways to match.
fn best(queries: Vec<Planned>) -> Planned {
    Box::new(DisjunctionMaxQuery::new(queries))
}

/// A word of the text in any inflection; the form as typed and a place in the title weigh more.
fn word_of_text(word: &str, fields: Fields) -> Planned {
    Box::new(BooleanQuery::new(vec![
        (
            Occur::Must,
            weighted(in_any_inflection(fields.lemmas, word), WORD),
        ),
        (
            Occur::Should,
            weighted(exact_phrase(fields.forms, word), SAME_FORM),
        ),
        (
            Occur::Should,
            weighted(in_any_inflection(fields.title, word), IN_TITLE),
        ),
    ]))
}

/// Words that stand side by side, each under any of its lemmas: «онлайн-коммуникаций».
fn in_any_inflection(field: Field, word: &str) -> Planned {
    let tokens = tokens_of(word);
    if let [_] = tokens[..] {
        return words(field, word);
    }
    // Lemmas are letters and digits alone, so that nothing of them is a sign of the pattern.
    let patterns: Vec<String> = tokens
        .iter()
        .map(|token| {
            let mut lemmas = lemmas(&token.form);
            lemmas.retain(|lemma| lemma.chars().all(char::is_alphanumeric));
            lemmas.push(token.form.clone());
            format!("({})", lemmas.join("|"))
        })
        .collect();
    if patterns.is_empty() {
        return Box::new(EmptyQuery);
    }
    Box::new(RegexPhraseQuery::new(field, patterns))
}

/// A word in any inflection right before a number, with or without «№» or «N» between.
fn beside_its_number(field: Field, word: &str, number: &str) -> Planned {
    let lemmas: Vec<String> = tokens_of(word)
        .iter()
        .flat_map(|token| lemmas(&token.form))
        .collect();
    let ways = lemmas.iter().flat_map(|lemma| {
        [vec![lemma.as_str(), number], vec![lemma, "n", number]].map(|words| {
            let terms = words.iter().map(|word| Term::from_field_text(field, word));
            Box::new(PhraseQuery::new(terms.collect())) as Planned
        })
    });
    any(ways.collect())
}

/// Every word of a text, in any order, each under any of its lemmas.
fn words(field: Field, text: &str) -> Planned {
    let each: Vec<(Occur, Planned)> = tokens_of(text)
        .into_iter()
        .map(|token| {
            let lemmas = lemmas(&token.form)
                .into_iter()
                .map(|lemma| term(field, &lemma));
            (Occur::Must, any(lemmas.collect()))
        })
        .collect();
    Box::new(BooleanQuery::new(each))
}

fn exact_phrase(field: Field, phrase: &str) -> Planned {
    let terms: Vec<Term> = tokens_of(phrase)
        .into_iter()
        .map(|token| Term::from_field_text(field, &token.form))
        .collect();
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(terms[0].clone(), IndexRecordOption::Basic)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

fn act(asked: &AskedAct, fields: Fields) -> Planned {
    use crate::index::{exactly, inside, units};
    let mut parts = Vec::new();
    let keys: Vec<ActKey> = asked.may_mean().iter().map(ActKey::of).collect();
    let certain = keys.iter().flat_map(ActKey::asked);
    let possible = keys.iter().filter_map(ActKey::possible);
    let bases = certain
        .map(|base| (base, [WHOLE_ACT, EXACT_PROVISION, BROADER]))
        .chain(possible.map(|base| (base, [POSSIBLE_ACT, POSSIBLE_PROVISION, POSSIBLY_BROADER])));
    for (base, [whole, exact, broader]) in bases {
        if asked.locators.is_empty() {
            parts.push(weighted(term(fields.acts, &base), whole));
        }
        for locator in &asked.locators {
            let units = units(locator);
            parts.push(weighted(term(fields.acts, &inside(&base, &units)), exact));
            for length in 0..units.len() {
                let around = exactly(&base, &units[..length]);
                parts.push(weighted(term(fields.acts, &around), broader));
            }
        }
    }
    best(parts)
}

/// What a name asks for. A word alone may be a surname or a given name.
pub(super) fn person_keys(asked: &AskedPerson) -> Vec<PersonKey> {
    let name = &asked.name;
    let key = PersonKey {
        surnames: name.surnames.clone(),
        given: name.given.clone(),
        patronymic: name.patronymic.clone(),
        initials: name.initials.clone(),
        role: asked.role,
    };
    if !asked.one_word {
        return vec![key];
    }
    let given_alone = PersonKey {
        surnames: Vec::new(),
        given: key.given.clone().filter(|_| is_given_name(&asked.words)),
        ..key.clone()
    };
    let surname_alone = PersonKey { given: None, ..key };
    vec![surname_alone, given_alone]
}
