//! A query → a query of the index.
//!
//! In: [`Query`]. Out: a Tantivy query. An act asked for with a pinpoint finds that provision and what
//! lies in it; broader citations are found too, with less weight. Must never: ask for less than the
//! query says.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query as TantivyQuery,
    RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::query::Query;
use crate::index::{ActKey, Fields, PersonKey, similar_number, tokens_of};
use crate::lexicon::fold::fold_number;
use crate::lexicon::morphology::{fold, lemmas};
use crate::order::{PersonRole, Reference};
use crate::parse::query::PersonName;

/// Weights. A citation or a name says more than a word; the very provision more than the whole act.
const EXACT_PROVISION: f32 = 20.0;
const WHOLE_ACT: f32 = 10.0;
const BROADER: f32 = 2.0;
const PERSON: f32 = 10.0;
const EXACT_NUMBER: f32 = 20.0;
const SIMILAR_NUMBER: f32 = 5.0;

type Planned = Box<dyn TantivyQuery>;

pub(super) fn plan(query: &Query, fields: Fields) -> Result<Planned, tantivy::TantivyError> {
    Ok(match query {
        Query::Word(word) => words(fields.lemmas, word),
        Query::Phrase(phrase) => exact_phrase(fields.forms, phrase),
        Query::Prefix(prefix) => {
            let folded = tokens_of(prefix)
                .into_iter()
                .map(|token| token.form)
                .collect::<String>();
            Box::new(RegexQuery::from_pattern(
                &format!("{folded}.*"),
                fields.forms,
            )?)
        }
        Query::Act(reference) => act(reference, fields),
        Query::Person { name, role, word } => person(name, *role, word.as_deref(), fields),
        Query::Number(number) => any(vec![
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
            Box::new(ConstScoreQuery::new(
                Box::new(RangeQuery::new(bound(*first), bound(*last))),
                1.0,
            ))
        }
        Query::Kind(kind) => term(fields.kind, kind),
        Query::Issuer(issuer) => words(fields.issuer, issuer),
        Query::File(path) => words(fields.file, path),
        Query::Finding(code) => Box::new(RegexQuery::from_pattern(
            &format!(
                "{}.*",
                code.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "")
            ),
            fields.finding,
        )?),
        Query::All(parts) => {
            let mut clauses = Vec::new();
            for part in parts {
                clauses.push(match part {
                    Query::Not(inner) => (Occur::MustNot, plan(inner, fields)?),
                    part => (Occur::Must, plan(part, fields)?),
                });
            }
            Box::new(BooleanQuery::new(clauses))
        }
        Query::Any(parts) => any(parts
            .iter()
            .map(|part| plan(part, fields))
            .collect::<Result<_, _>>()?),
        Query::Not(part) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery) as Planned),
            (Occur::MustNot, plan(part, fields)?),
        ])),
    })
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

/// Every word of a text, each under any of its lemmas.
fn words(field: Field, text: &str) -> Planned {
    let each: Vec<(Occur, Planned)> = tokens_of(text)
        .into_iter()
        .map(|token| {
            let lemmas = lemmas(&token.form).into_iter().map(|lemma| {
                Box::new(TermQuery::new(
                    Term::from_field_text(field, &lemma),
                    IndexRecordOption::WithFreqs,
                )) as Planned
            });
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
        0 => Box::new(tantivy::query::EmptyQuery),
        1 => Box::new(TermQuery::new(
            terms[0].clone(),
            IndexRecordOption::WithFreqs,
        )),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

fn act(reference: &Reference, fields: Fields) -> Planned {
    use crate::index::{exactly, inside, units};
    let mut parts = Vec::new();
    for base in ActKey::of(&reference.act).asked() {
        if reference.locators.is_empty() {
            parts.push(weighted(term(fields.acts, &base), WHOLE_ACT));
        }
        for locator in &reference.locators {
            let units = units(locator);
            parts.push(weighted(
                term(fields.acts, &inside(&base, &units)),
                EXACT_PROVISION,
            ));
            for length in 0..units.len() {
                parts.push(weighted(
                    term(fields.acts, &exactly(&base, &units[..length])),
                    BROADER,
                ));
            }
        }
    }
    Box::new(tantivy::query::DisjunctionMaxQuery::new(parts))
}

fn person(
    name: &PersonName,
    role: Option<PersonRole>,
    word: Option<&str>,
    fields: Fields,
) -> Planned {
    let key = PersonKey {
        surnames: name.surnames.iter().map(|surname| fold(surname)).collect(),
        given: name.given.as_deref().filter(|_| word.is_none()).map(fold),
        patronymic: name.patronymic.as_deref().map(fold),
        initials: name
            .initials
            .iter()
            .flat_map(|letter| letter.to_lowercase())
            .collect(),
        role,
    };
    let mut parts: Vec<Planned> = key
        .asked()
        .iter()
        .map(|asked| weighted(term(fields.people, asked), PERSON))
        .collect();
    if let Some(word) = word {
        if let Some(given) = &name.given {
            let alone = PersonKey {
                surnames: Vec::new(),
                given: Some(fold(given)),
                patronymic: None,
                initials: String::new(),
                role,
            };
            parts.extend(
                alone
                    .asked()
                    .iter()
                    .map(|asked| weighted(term(fields.people, asked), PERSON)),
            );
        }
        parts.push(Box::new(BoostQuery::new(words(fields.lemmas, word), 0.5)));
    }
    any(parts)
}
