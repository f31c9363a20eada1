//! What a search box says, recognised by the same grammars as an order: acts with their pinpoints,
//! people, numbers, days and periods.
//!
//! In: a line typed by a person. Out: what was recognised, with its place in the line. Must never:
//! drop a word; what is not recognised is left to the caller.

mod names_of_acts;
mod periods;

use std::ops::Range;

use jiff::civil::Date;

use self::names_of_acts::end_of_name;
use self::periods::period_at;
use super::lexer::{Gap, Tokens};
use super::names::name_at;
use super::numbers::{NumberReading, number_at, signed_number_at};
use super::outline::Outline;
use super::references::{OwnIdentity, references};
use crate::lexicon::fold::fold_number;
use crate::lexicon::register::Register;
use crate::lexicon::surnames;
use crate::order::Reference;
use crate::text::{Span, Text};

/// A part of a query that means something.
#[derive(Debug, Clone, PartialEq)]
pub struct Recognised {
    /// UTF-8 bytes of the query.
    pub span: Span,
    /// What it means.
    pub meaning: Meaning,
}

/// What a part of a query means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// An act, with pinpoints or without.
    Act(Box<Reference>),
    /// A person, named by more than a surname.
    Person(PersonName),
    /// The number of an order.
    Number(String),
    /// The days of an order, the first and the last.
    Period(Date, Date),
}

/// The name of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// Nominatives that the surname can stand for.
    pub surnames: Vec<String>,
    /// The given name in the nominative, if it is written out.
    pub given: Option<String>,
    /// The patronymic in the nominative, if it is written out.
    pub patronymic: Option<String>,
    /// Initials, one letter each.
    pub initials: Vec<char>,
}

/// Recognises the parts of a line, in their order; they do not overlap. Spans are bytes of `line`,
/// whose white space must be plain spaces.
#[must_use]
pub fn recognise(line: &str, register: &Register) -> Vec<Recognised> {
    let text = Text::from_lines(line);
    let tokens = Tokens::of(&text);
    let cited = references(
        &tokens,
        &Outline::default(),
        OwnIdentity::default(),
        register,
        &|_| String::new(),
    )
    .references;
    let mut found: Vec<Recognised> = cited
        .into_iter()
        .map(|mut reference| {
            if let Some(end) = end_of_name(&reference, line, register) {
                reference.span.end = end;
                reference.span.of(line).clone_into(&mut reference.raw);
            }
            Recognised {
                span: reference.span,
                meaning: Meaning::Act(Box::new(reference)),
            }
        })
        .collect();
    let mut at = 0;
    while at < tokens.len() {
        let here = tokens.span(at, at + 1);
        if let Some(inside) = found.iter().find(|part| part.span.overlaps(here)) {
            at = tokens.at_byte(inside.span.end).max(at + 1);
            continue;
        }
        match part_at(&tokens, at) {
            Some((range, meaning)) => {
                at = range.end;
                let span = tokens.span(range.start, range.end);
                // The sign of «N 149-ФЗ» belongs to the act.
                match found.iter_mut().find(|part| part.span.overlaps(span)) {
                    Some(part) => part.span = part.span.join(span),
                    None => found.push(Recognised {
                        span,
                        meaning: law_for_number(meaning, span, line, register),
                    }),
                }
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|part| part.span.start);
    found
}

/// «149 фз» is a law, not the number of an order.
fn law_for_number(meaning: Meaning, span: Span, line: &str, register: &Register) -> Meaning {
    let Meaning::Number(number) = &meaning else {
        return meaning;
    };
    let folded = fold_number(number);
    let law = ["фз", "фкз"].into_iter().find_map(|mark| {
        let figures = folded.strip_suffix(mark)?.trim_end_matches('-');
        let plain = !figures.is_empty() && figures.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| format!("{figures}-{}", mark.to_uppercase()))
    });
    let act = law.and_then(|law| {
        recognise(&law, register)
            .into_iter()
            .find_map(|part| match part.meaning {
                Meaning::Act(reference) => Some(reference),
                _ => None,
            })
    });
    match act {
        Some(mut reference) => {
            reference.span = span;
            span.of(line).clone_into(&mut reference.raw);
            Meaning::Act(reference)
        }
        None => meaning,
    }
}

fn part_at(tokens: &Tokens<'_>, at: usize) -> Option<(Range<usize>, Meaning)> {
    if let Some((first, last, range)) = period_at(tokens, at) {
        return Some((range, Meaning::Period(first, last)));
    }
    if let Some((NumberReading::Number(start, stop), end)) = signed_number_at(tokens, at) {
        return Some((at..end, Meaning::Number(compact(tokens.slice(start, stop)))));
    }
    if let Some(end) = number_at(tokens, at).filter(|&end| end > at + 1)
        && (tokens.gap(end) > Gap::None || end == tokens.len())
    {
        return Some((at..end, Meaning::Number(compact(tokens.slice(at, end)))));
    }
    let name = name_at(tokens, at)?;
    let surnames = match name.grammar {
        Some((gender, case)) => vec![surnames::nominative(&name.surname, gender, case)],
        None => surnames::nominatives(&name.surname),
    };
    let person = PersonName {
        surnames,
        given: name.given,
        patronymic: name.patronymic,
        initials: name.initials,
    };
    Some((name.tokens, Meaning::Person(person)))
}

fn compact(number: &str) -> String {
    number.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<String> {
        recognise(line, Register::built_in())
            .into_iter()
            .map(|part| match part.meaning {
                Meaning::Act(reference) => format!(
                    "{} {}",
                    reference.act.number.clone().unwrap_or_default(),
                    reference
                        .locators
                        .iter()
                        .map(crate::parse::pinpoints::shown)
                        .collect::<Vec<_>>()
                        .join("; ")
                ),
                Meaning::Person(person) => person.surnames.join("/"),
                Meaning::Number(number) => format!("№ {number}"),
                Meaning::Period(first, last) => format!("{first}..{last}"),
            })
            .collect()
    }

    #[test]
    fn queries_are_understood() {
        for (line, expected) in [
            ("ч. 8 ст. 10 149-ФЗ", vec!["149-ФЗ ст. 10 ч. 8"]),
            ("статья 10 закона об информации", vec!["149-ФЗ ст. 10"]),
            ("фз 149", vec!["149 "]),
            ("№ 06/1", vec!["№ 06/1"]),
            (
                "06/1 от 05.02.2024",
                vec!["№ 06/1", "2024-02-05..2024-02-05"],
            ),
            ("приказы за февраль 2024", vec!["2024-02-01..2024-02-29"]),
            ("в 1 квартале 2024", vec!["2024-01-01..2024-03-31"]),
            ("за 2024 год", vec!["2024-01-01..2024-12-31"]),
            ("2024 год", vec!["2024-01-01..2024-12-31"]),
            ("кабинет 2024", vec![]),
            ("март 2024", vec!["2024-03-01..2024-03-31"]),
            ("II квартал 2024", vec!["2024-04-01..2024-06-30"]),
            ("во втором полугодии 2024", vec!["2024-07-01..2024-12-31"]),
            ("с 1 по 15 марта 2024", vec!["2024-03-01..2024-03-15"]),
            (
                "с 25 февраля по 5 марта 2024 года",
                vec!["2024-02-25..2024-03-05"],
            ),
            ("с января по март 2024 года", vec!["2024-01-01..2024-03-31"]),
            ("с 01.02.2024 по 15.03.2024", vec!["2024-02-01..2024-03-15"]),
            ("с 2022 по 2023 год", vec!["2022-01-01..2023-12-31"]),
            ("с 01.02.2024", vec!["2024-02-01..9999-12-31"]),
            ("до 01.02.2024", vec!["-009999-01-01..2024-02-01"]),
            ("после 2023 года", vec!["2024-01-01..9999-12-31"]),
            ("с 15 по 1 марта 2024", vec!["-009999-01-01..2024-03-01"]),
            ("Людмила Анатольевна Гапутина", vec!["Гапутина"]),
            ("мессенджеры в школе", vec![]),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
