//! What a search box says, recognised by the same grammars as an order: acts with their pinpoints,
//! people, numbers, days and periods.
//!
//! In: a line typed by a person. Out: what was recognised, with its place in the line. Must never:
//! drop a word; what is not recognised is left to the caller.

use std::ops::Range;

use jiff::civil::Date;

use super::dates::{DateReading, date_at};
use super::lexer::{Gap, TokenKind, Tokens};
use super::names::name_at;
use super::numbers::{NumberReading, number_at, signed_number_at};
use super::outline::Outline;
use super::references::{OwnIdentity, references};
use crate::lexicon::register::Register;
use crate::lexicon::surnames;
use crate::lexicon::words::WordClass;
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
        .map(|reference| Recognised {
            span: reference.span,
            meaning: Meaning::Act(Box::new(reference)),
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
                found.push(Recognised {
                    span: tokens.span(range.start, range.end),
                    meaning,
                });
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|part| part.span.start);
    found
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

/// «от 05.02.2024», «за февраль 2024», «в 1 квартале 2024 года», «с 1 по 15 марта 2024», «за 2024 год».
fn period_at(tokens: &Tokens<'_>, at: usize) -> Option<(Date, Date, Range<usize>)> {
    match tokens.word(at) {
        "с" | "со" => from_to_at(tokens, at),
        "по" | "до" => {
            let (_, last, end) = stretch_at(tokens, at + 1)?;
            Some((Date::MIN, last, at..end))
        }
        "после" => {
            let (_, last, end) = stretch_at(tokens, at + 1)?;
            Some((last.tomorrow().ok()?, Date::MAX, at..end))
        }
        "от" | "за" | "в" | "во" => {
            let (first, last, end) = stretch_at(tokens, at + 1)?;
            Some((first, last, at..end))
        }
        _ => {
            let (first, last, end) = stretch_at(tokens, at)?;
            // Four figures alone may be anything.
            (end > at + 1).then_some((first, last, at..end))
        }
    }
}

/// «с 1 по 15 марта 2024», «с января по март 2024 года», «с 01.02.2024 по 15.03.2024», «с 01.02.2024».
fn from_to_at(tokens: &Tokens<'_>, at: usize) -> Option<(Date, Date, Range<usize>)> {
    if let Some((first, last, end)) = stretch_at(tokens, at + 1) {
        return Some(
            match up_to(tokens, end).filter(|(until, _)| *until >= last) {
                Some((until, end)) => (first, until, at..end),
                None => (first, Date::MAX, at..end),
            },
        );
    }
    // What the first bound leaves out, the second one says.
    let month_at = |at: usize| -> Option<i8> { tokens.meaning(at, WordClass::Month)?.parse().ok() };
    let (day, month, next) = if let Some(month) = month_at(at + 1) {
        (1, Some(month), at + 2)
    } else {
        let month = month_at(at + 2);
        let next = at + 2 + usize::from(month.is_some());
        (tokens.word(at + 1).parse().ok()?, month, next)
    };
    let (until, end) = up_to(tokens, next)?;
    let first = Date::new(until.year(), month.unwrap_or(until.month()), day).ok()?;
    (first <= until).then_some((first, until, at..end))
}

/// «по 15 марта 2024», «до конца» of what follows: the last day of it.
fn up_to(tokens: &Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    if !matches!(tokens.word(at), "по" | "до") {
        return None;
    }
    stretch_at(tokens, at + 1).map(|(_, last, end)| (last, end))
}

/// A day, month, quarter, half-year or year: its first and its last day, and where it ends.
fn stretch_at(tokens: &Tokens<'_>, at: usize) -> Option<(Date, Date, usize)> {
    if let Some((DateReading::Day(day), end)) = date_at(tokens, at) {
        return Some((day, day, end));
    }
    if let Some(month) = tokens.meaning(at, WordClass::Month)
        && let Some((year, end)) = year_at(tokens, at + 1)
    {
        return months(year, month.parse().ok()?, 1, end);
    }
    let length = match tokens.word(at + 1) {
        word if word.starts_with("квартал") => 3,
        word if word.starts_with("полугоди") => 6,
        _ => 0,
    };
    if length > 0
        && let Some((year, end)) = year_at(tokens, at + 2)
    {
        let place = ordinal(tokens.word(at)).filter(|place| place * length <= 12)?;
        return months(year, (place - 1) * length + 1, length, end);
    }
    let (year, end) = year_at(tokens, at)?;
    months(year, 1, 12, end)
}

fn months(year: i16, month: i8, count: i8, end: usize) -> Option<(Date, Date, usize)> {
    let first = Date::new(year, month, 1).ok()?;
    let last = Date::new(year, month + count - 1, 1).ok()?.last_of_month();
    Some((first, last, end))
}

/// Which of a year's quarters or halves: «1», «I», «первый», «в первом».
fn ordinal(word: &str) -> Option<i8> {
    let named = [
        ["i", "перв"],
        ["ii", "втор"],
        ["iii", "трет"],
        ["iv", "четверт"],
    ];
    let found = named
        .iter()
        .position(|[roman, stem]| word == *roman || word.starts_with(stem));
    match found {
        Some(index) => i8::try_from(index + 1).ok(),
        None => word.parse().ok().filter(|place| (1..=4).contains(place)),
    }
}

/// A year with «г.», «год», «года» or without.
fn year_at(tokens: &Tokens<'_>, at: usize) -> Option<(i16, usize)> {
    if !tokens.is_number(at) || tokens.word(at).len() != 4 {
        return None;
    }
    let year: i16 = tokens
        .word(at)
        .parse()
        .ok()
        .filter(|year| (1900..=2100).contains(year))?;
    let mut end = at + 1;
    if matches!(tokens.word(end), "г" | "год" | "года" | "году") {
        end += 1 + usize::from(tokens.is_mark(end + 1, '.'));
    }
    let joined = matches!(
        tokens.kind(at + 1),
        Some(TokenKind::Dash | TokenKind::Mark('/'))
    ) && tokens.gap(at + 1) == Gap::None;
    (!joined).then_some((year, end))
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
