//! What a search box says, recognised by the same grammars as an order: acts with their pinpoints,
//! people, numbers, days and periods.
//!
//! In: a line typed by a person. Out: what was recognised, with its place in the line. Must never:
//! drop a word; what is not recognised is left to the caller.

mod names_of_acts;
mod periods;
mod spelling;

use std::ops::Range;

use jiff::civil::Date;

use self::names_of_acts::end_of_name;
use self::periods::period_at;
pub use self::periods::years_or_month;
use self::spelling::{spelled, with_signs, without_signs};
use super::heads::head_at;
use super::lexer::{Gap, Tokens};
use super::names::name_at;
use super::numbers::{NumberReading, number_at, signed_number_at};
use super::outline::Outline;
use super::references::{OwnIdentity, references};
use crate::lexicon::bodies::is_authority;
use crate::lexicon::fold::fold_number;
use crate::lexicon::morphology::fold;
use crate::lexicon::register::Register;
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::surnames;
use crate::lexicon::words::WordClass;
use crate::order::{ActType, Locator, Reference};
use crate::text::{Span, Text, is_kept};

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
/// whose white space must be plain spaces. Nothing is recognised in a line that a text would not have as it is: with a
/// hyphen that must not end a line, or with invisible characters.
#[must_use]
pub fn recognise(line: &str, register: &Register) -> Vec<Recognised> {
    if !is_kept(line) {
        return Vec::new();
    }
    let line = &spelled(line);
    let (signed, signs) = with_signs(line);
    if !signs.is_empty() {
        let mut found = recognise(&signed, register);
        for part in &mut found {
            part.span = without_signs(part.span, &signs);
        }
        return found;
    }
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
        .filter(|reference| {
            !is_by_nobody(reference)
                && !leaves_words_out(&tokens, reference)
                && !is_numbered_by_a_unit(&tokens, reference)
        })
        .map(|mut reference| {
            if let Some(end) = end_of_name(&reference, line, register) {
                reference.span.end = end;
                reference.span.of(line).clone_into(&mut reference.raw);
            }
            with_article(&tokens, &mut reference);
            let reference = of_the_federation(reference, register);
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

/// «приказ Горностаевой № 12»: words between kind and number that name no body ask for what they say.
fn is_by_nobody(reference: &Reference) -> bool {
    let orders = matches!(reference.act.kind, ActType::LocalAct | ActType::AgencyOrder);
    orders
        && reference.act.issuer.as_deref().is_some_and(|issuer| {
            !is_authority(issuer)
                && !issuer
                    .split_whitespace()
                    .any(|word| begins_as(StemClass::Organisation, &fold(word)))
        })
}

/// «приказ школы № 4»: of the words between the kind and the number the act says nothing, and the number is the school's.
fn leaves_words_out(tokens: &Tokens<'_>, reference: &Reference) -> bool {
    let act = &reference.act;
    let by_anybody = matches!(
        act.kind,
        ActType::LocalAct | ActType::AgencyOrder | ActType::Other
    ) && act.issuer.is_none()
        && act.title.is_none()
        && act.number.is_some();
    if !by_anybody {
        return false;
    }
    let end = tokens.at_byte(reference.span.end);
    let kind = (tokens.at_byte(reference.span.start)..end)
        .find_map(|at| head_at(tokens, at))
        .map_or(end, |(_, behind)| behind);
    (kind..end)
        .take_while(|&at| signed_number_at(tokens, at).is_none())
        .any(|at| begins_as(StemClass::Organisation, tokens.word(at)))
}

/// «ст 28 фз», «ФЗ ст. 28»: the number is that of an article; which law is meant is not said.
fn is_numbered_by_a_unit(tokens: &Tokens<'_>, reference: &Reference) -> bool {
    let number = reference.act.number.as_deref().unwrap_or_default();
    let figures = number.split('-').next().unwrap_or_default();
    let range = tokens.at_byte(reference.span.start)..tokens.at_byte(reference.span.end);
    matches!(reference.act.kind, ActType::FederalLaw | ActType::Law)
        && !figures.is_empty()
        && !range
            .clone()
            .any(|at| tokens.word(at) == figures && !counts_a_unit(tokens, at))
        && range
            .clone()
            .any(|at| tokens.word(at) == figures && counts_a_unit(tokens, at))
}

/// «ст. 28», but not «ч. 273-ФЗ».
fn counts_a_unit(tokens: &Tokens<'_>, at: usize) -> bool {
    is_behind_a_unit(tokens, at) && (tokens.gap(at + 1) > Gap::None || at + 1 == tokens.len())
}

fn is_behind_a_unit(tokens: &Tokens<'_>, at: usize) -> bool {
    let unit = at
        .checked_sub(1)
        .map(|before| before.saturating_sub(usize::from(tokens.is_mark(before, '.'))));
    unit.is_some_and(|unit| tokens.meaning(unit, WordClass::Pinpoint).is_some())
}

/// «ТК РФ 192», «`КоАП` РФ 7.30»: a number alone behind a code is an article.
fn with_article(tokens: &Tokens<'_>, reference: &mut Reference) {
    let at = tokens.at_byte(reference.span.end);
    if reference.act.kind != ActType::Code
        || !reference.locators.is_empty()
        || !tokens.is_number(at)
        || period_at(tokens, at).is_some()
    {
        return;
    }
    let mut end = at + 1;
    while tokens.is_mark(end, '.') && tokens.is_number(end + 1) && tokens.gap(end + 1) == Gap::None
    {
        end += 2;
    }
    reference.locators.push(Locator {
        article: Some(tokens.slice(at, end).to_owned()),
        ..Locator::default()
    });
    // The article first, as it is read back.
    reference.raw = format!("ст. {} {}", tokens.slice(at, end), reference.raw);
    reference.span.end = tokens.span(at, end).end;
}

/// «закон 273», «Закон № 273»: of laws with a number alone the federal one is meant.
fn of_the_federation(reference: Reference, register: &Register) -> Reference {
    let number = reference.act.number.as_deref().unwrap_or_default();
    let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    if reference.act.kind != ActType::Law || !plain || reference.act.issuer.is_some() {
        return reference;
    }
    let law = recognise(&format!("{number}-ФЗ"), register)
        .into_iter()
        .find_map(|part| match part.meaning {
            Meaning::Act(law)
                if law.act.date == reference.act.date || reference.act.date.is_none() =>
            {
                Some(law.act)
            }
            _ => None,
        });
    match law {
        Some(act) => Reference { act, ..reference },
        None => reference,
    }
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
    // «школа № 18» has the number of a school.
    let of_a_name = at > 0 && begins_as(StemClass::Organisation, tokens.word(at - 1));
    if let Some((NumberReading::Number(start, stop), mut end)) = signed_number_at(tokens, at)
        && !of_a_name
    {
        // «№ 12 ОД»
        let letters = tokens.gap(end) == Gap::Space
            && tokens.is_all_capitals(end)
            && (2..=3).contains(&tokens.length(end));
        // «№ 45 о/д»
        let with_slash = tokens.gap(end) == Gap::Space
            && tokens.length(end) == 1
            && tokens.is_word(end)
            && tokens.is_mark(end + 1, '/')
            && tokens.length(end + 2) == 1
            && tokens.is_word(end + 2);
        end += if with_slash { 3 } else { usize::from(letters) };
        let stop = if letters || with_slash { end } else { stop };
        return Some((at..end, Meaning::Number(compact(tokens.slice(start, stop)))));
    }
    let stands_apart = |end: usize| tokens.gap(end) > Gap::None || end == tokens.len();
    // «приказ номер 12»
    if at > 0
        && tokens.word(at - 1) == "номер"
        && tokens.is_number(at)
        && let Some(end) = number_at(tokens, at).filter(|&end| stands_apart(end))
    {
        return Some((at..end, Meaning::Number(compact(tokens.slice(at, end)))));
    }
    if let Some(end) = number_at(tokens, at).filter(|&end| end > at + 1)
        && stands_apart(end)
        && !is_behind_a_unit(tokens, at)
        && years_or_month(tokens.slice(at, end)).is_none()
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
            ("закон об образовании статья 28", vec!["273-ФЗ ст. 28"]),
            ("ФЗ об образовании ст 28", vec!["273-ФЗ ст. 28"]),
            (
                "закон о персональных данных ст 18.1",
                vec!["152-ФЗ ст. 18.1"],
            ),
            ("273-ФЗ ст. 28", vec!["273-ФЗ ст. 28"]),
            ("149-ФЗ, ст. 10, ч. 1", vec!["149-ФЗ ст. 10 ч. 1"]),
            ("НК РФ ст 313", vec![" ст. 313"]),
            ("ст. 28 273фз", vec!["273-ФЗ ст. 28"]),
            ("п 1 ч 1 ст 18.1 152 фз", vec!["152-ФЗ ст. 18.1 ч. 1 п. 1"]),
            ("ч8 ст10 149фз", vec!["149-ФЗ ст. 10 ч. 8"]),
            ("152-ФЗ 2024", vec!["152-ФЗ "]),
            ("тк рф", vec![" "]),
            ("ст 192 тк рф", vec![" ст. 192"]),
            ("трудовой кодекс", vec![" "]),
            ("Трудовой кодекс Российской Федерации", vec![" "]),
            ("ТК РФ 192", vec![" ст. 192"]),
            ("коап рф 7.30", vec![" ст. 7.30"]),
            ("закон 273", vec!["273-ФЗ "]),
            ("санпин 2.3/2.4.3590-20", vec!["СанПиН 2.3/2.4.3590-20 "]),
            ("приказ 12 от 05.02.2024", vec!["12 "]),
            ("приказ номер 12", vec!["№ 12"]),
            ("№ 12 ОД", vec!["№ 12ОД"]),
            ("школа №18 музей", vec![]),
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
            ("до 2020 года", vec!["-009999-01-01..2019-12-31"]),
            ("до марта 2024", vec!["-009999-01-01..2024-02-29"]),
            ("до 2020 включительно", vec!["-009999-01-01..2020-12-31"]),
            ("по 2020 год", vec!["-009999-01-01..2020-12-31"]),
            ("раньше 2000", vec!["-009999-01-01..1999-12-31"]),
            ("ранее 01.02.2024", vec!["-009999-01-01..2024-01-31"]),
            ("2024-2025 учебный год", vec![]),
            ("2020–2022", vec![]),
            ("03.2023", vec![]),
            ("№ 2023-03", vec!["№ 2023-03"]),
            ("пункт 5.1", vec![]),
            ("ст 28 фз", vec![]),
            ("ФЗ ст. 28", vec![]),
            ("ст. 28 ч. 3 фз", vec![]),
            ("ст 28 фз 273", vec!["273 ст. 28"]),
            ("ст. 19 ФЗ о ПДн", vec!["152-ФЗ ст. 19"]),
            ("закон о госзакупках", vec!["44-ФЗ "]),
            ("после 2023 года", vec!["2024-01-01..9999-12-31"]),
            ("01.02.2024-29.02.2024", vec!["2024-02-01..2024-02-29"]),
            ("январь-март 2024", vec!["2024-01-01..2024-03-31"]),
            ("октябрь-2024", vec!["2024-10-01..2024-10-31"]),
            ("январь 2024 - март 2024", vec!["2024-01-01..2024-03-31"]),
            (
                "март 2024 - январь 2024",
                vec!["2024-03-01..2024-03-31", "2024-01-01..2024-01-31"],
            ),
            (
                "от 01.02.2024 до 10.02.2024",
                vec!["2024-02-01..2024-02-10"],
            ),
            ("№ 45 о/д", vec!["№ 45о/д"]),
            ("приказ Минздрава 29н", vec!["29н "]),
            ("постановление 2464", vec!["2464 "]),
            ("ПП РФ 2464", vec!["2464 "]),
            ("приказ 12 класса", vec![]),
            ("приказы школы № 4", vec![]),
            (
                "приказ больницы № 2 от 05.02.2024",
                vec!["2024-02-05..2024-02-05"],
            ),
            ("п. 3 приказа минздрава 785н школа", vec!["785н п. 3"]),
            ("с 15 по 1 марта 2024", vec!["-009999-01-01..2024-03-01"]),
            ("Людмила Анатольевна Гапутина", vec!["Гапутина"]),
            ("мессенджеры в школе", vec![]),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
