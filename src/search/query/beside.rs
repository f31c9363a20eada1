//! What parts of free text mean beside each other: the kind beside a number, two numbers of one order, a number behind
//! what it counts.
//!
//! In: parts of a query in the order typed. Out: the same parts, as they are meant together. Must never: drop a part.

use super::characters::are_figures;
use jiff::civil::Date;

use super::Query;
use super::asked::OF_ANY_KIND;
use super::fields::kind_of;
use super::understanding::asked_act;
use crate::lexicon::morphology::fold;
use crate::lexicon::register::Register;
use crate::lexicon::words::{WordClass, meanings};
use crate::parse::query::years_or_month;

/// The parts as they are meant together.
pub(super) fn meant_together(parts: &[Query]) -> Vec<Query> {
    let parts = bare_provisions(parts);
    let parts = parts
        .iter()
        .enumerate()
        .map(|(at, part)| year_too(part.clone(), parts.get(at + 1)))
        .collect();
    let mut parts = of_years(either_of_two(parts));
    // «приказы за февраль» asks for orders of February: beside a number or period the kind's name says no more.
    let beside = parts.iter().any(|part| match part {
        Query::Number(_) | Query::Period(..) => true,
        Query::Any(ways) => matches!(ways.first(), Some(Query::Period(..))),
        _ => false,
    });
    if beside {
        for part in &mut parts {
            if let Query::Word(word) = part
                && let Some(kind) = kind_of(word)
            {
                *part = Query::Kind(kind);
            }
        }
    }
    parts
}

/// «п. 3 ч. 1 ст. 77» without an act: each unit beside its number, in either of its forms.
fn bare_provisions(parts: &[Query]) -> Vec<Query> {
    let mut together = Vec::with_capacity(parts.len());
    let mut at = 0;
    while at < parts.len() {
        let word = |at: usize| match parts.get(at) {
            Some(Query::Word(word)) => Some(word.as_str()),
            _ => None,
        };
        let joined = word(at).and_then(|word| word.split_once('.'));
        let (count, unit, number) = match (joined, word(at), word(at + 1)) {
            (Some((unit, number)), _, _) => (1, unit, number),
            (None, Some(unit), Some(number)) => (2, unit, number),
            _ => (1, "", ""),
        };
        if let Some(forms) = in_either_form(unit, number) {
            together.push(Query::Any(forms.into()));
            at += count;
        } else {
            together.push(parts[at].clone());
            at += 1;
        }
    }
    together
}

/// A unit of an act beside its number: shortened and in full.
pub(super) fn in_either_form(unit: &str, number: &str) -> Option<[Query; 2]> {
    if !is_of_a_unit(number) {
        return None;
    }
    let meanings = meanings(&fold(unit));
    let unit = meanings
        .iter()
        .find(|meaning| meaning.class == WordClass::Pinpoint)?;
    let forms = match unit.value {
        "article" => ["ст", "статья"],
        "part" => ["ч", "часть"],
        "point" => ["п", "пункт"],
        "subpoint" => ["подп", "подпункт"],
        "chapter" => ["гл", "глава"],
        _ => return None,
    };
    Some(forms.map(|form| Query::Word(format!("{form}.{number}"))))
}

/// «77», «5.59», but no year.
fn is_of_a_unit(number: &str) -> bool {
    /// Figures of the longest one.
    const LONGEST: usize = 6;
    let figures = number.split('.').all(are_figures);
    figures && number.len() <= LONGEST && (number.len() != 4 || number.contains('.'))
}

/// «охрана труда 2023», «2020-2022», «03.2023»: figures alone may be years or a month, or what they say. Behind a number
/// of years «учебный год» is no year of an order.
fn year_too(part: Query, next: Option<&Query>) -> Query {
    const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;
    let Query::Word(word) = &part else {
        return part;
    };
    let of_school = matches!(next, Some(Query::Word(next)) if fold(next).starts_with("уч"));
    let day = |year, month, day| Date::new(year, month, day).ok();
    let figures = word.len() == 4 && are_figures(word);
    let period = match word
        .parse()
        .ok()
        .filter(|year| figures && YEARS.contains(year))
    {
        Some(year) => day(year, 1, 1).zip(day(year, 12, 31)),
        None => years_or_month(word)
            .filter(|_| !of_school)
            .and_then(|(first, last)| Some((first?, last))),
    };
    match period {
        Some((first, last)) => Query::Any(vec![Query::Period(first, last), part]),
        None => part,
    }
}

/// «приказы № 12 и № 14», «за 2019 и 2020»: an order has one number and one day, so that two of them ask for either.
fn either_of_two(parts: Vec<Query>) -> Vec<Query> {
    let mut together: Vec<Query> = Vec::with_capacity(parts.len());
    for part in parts {
        let joined = matches!(together.last(), Some(Query::Word(word)) if matches!(fold(word).as_str(), "и" | "или"));
        let before = together
            .len()
            .checked_sub(1 + usize::from(joined))
            .map(|before| &together[before]);
        let either = before.is_some_and(|before| {
            (joined || matches!(part, Query::Number(_)))
                && is_a_number(&part)
                && is_a_number(before)
                || is_a_stretch(&part) && is_a_stretch(before)
        });
        if !either {
            together.push(part);
            continue;
        }
        if joined {
            together.pop();
        }
        let first = together.pop().map(ways).unwrap_or_default();
        // «за 2019 и 2020»: the second is a year as well as the first.
        let years = is_a_stretch(&part) && first.iter().all(|way| matches!(way, Query::Period(..)));
        let second = ways(part)
            .into_iter()
            .filter(|way| !years || matches!(way, Query::Period(..)));
        together.push(Query::Any(first.into_iter().chain(second).collect()));
    }
    together
}

/// «2020 и 2021 годы»: the word says that the figures before it are years.
fn of_years(parts: Vec<Query>) -> Vec<Query> {
    let mut together: Vec<Query> = Vec::with_capacity(parts.len());
    for part in parts {
        let says_so = matches!(&part, Query::Word(word)
            if matches!(fold(word).as_str(), "годы" | "годов" | "годах" | "гг"));
        let Some(Query::Any(ways)) = together.last_mut().filter(|_| says_so) else {
            together.push(part);
            continue;
        };
        let periods: Vec<Query> = ways
            .iter()
            .filter(|way| matches!(way, Query::Period(..)))
            .cloned()
            .collect();
        if periods.len() > 1 {
            *ways = periods;
        } else {
            together.push(part);
        }
    }
    together
}

/// A period with both its ends, alone or with the figures that say it.
fn is_a_stretch(part: &Query) -> bool {
    match part {
        Query::Period(first, last) => *first != Date::MIN && *last != Date::MAX,
        Query::Any(ways) => ways.first().is_some_and(is_a_stretch),
        _ => false,
    }
}

/// The period that ends before it begins, if two bounds make one: «с 15.03.2024 по 01.03.2024».
pub(super) fn ends_before_it_begins(parts: &[Query]) -> bool {
    parts.windows(2).any(|pair| match pair {
        [
            Query::Period(first, Date::MAX),
            Query::Period(Date::MIN, last),
        ] => last < first,
        _ => false,
    })
}

fn ways(part: Query) -> Vec<Query> {
    match part {
        Query::Any(ways) => ways,
        other => vec![other],
    }
}

/// The number of an order, said of the order itself or of one that cites it.
fn is_a_number(part: &Query) -> bool {
    match part {
        Query::Number(_) => true,
        Query::Any(ways) => ways.iter().all(|way| match way {
            Query::Act(asked) => asked.act.number.is_some(),
            Query::All(parts) => matches!(parts.first(), Some(Query::Number(_))),
            other => matches!(other, Query::Number(_)),
        }),
        _ => false,
    }
}

/// «№ 1119 от 01.11.2012»: the number and the day of an order, or of an act that orders cite.
pub(super) fn cited_too(parts: Vec<Query>, register: &Register) -> Vec<Query> {
    let mut together: Vec<Query> = Vec::with_capacity(parts.len());
    for part in parts {
        let words = match (together.last(), &part) {
            (Some(Query::Number(number)), Query::Period(first, last))
            | (Some(Query::Period(first, last)), Query::Number(number))
                if first == last =>
            {
                Some(format!(
                    "{OF_ANY_KIND} от {} № {number}",
                    first.strftime("%d.%m.%Y")
                ))
            }
            _ => None,
        };
        let cited = words.and_then(|words| asked_act(&words, register));
        match (cited, together.pop()) {
            (Some(cited), Some(before)) => together.push(Query::Any(vec![
                Query::All(vec![before, part]),
                Query::Act(Box::new(cited)),
            ])),
            (_, before) => {
                together.extend(before);
                together.push(part);
            }
        }
    }
    together
}

/// «МБДОУ № 17», «кабинет № 12»: a number behind a word is that of an order, or of what the word names.
pub(super) fn counted(before: Option<&Query>, number: &str) -> Option<Query> {
    let Some(Query::Word(word)) = before else {
        return None;
    };
    let counts = word.chars().all(char::is_alphabetic)
        && word.chars().count() > 1
        && kind_of(word).is_none()
        && !Query::Word(word.clone()).is_function_word()
        && fold(word) != "номер";
    if !counts {
        return None;
    }
    let mut ways = vec![Query::All(vec![
        Query::Word(word.clone()),
        Query::Number(number.to_owned()),
    ])];
    ways.extend(with_either_sign(&format!("{word} № {number}")));
    Some(Query::Any(ways))
}

/// «школа № 5» is «школа N 5» in many orders.
pub(super) fn with_either_sign(word: &str) -> [Query; 2] {
    let latin = word
        .split('№')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("-N-");
    [Query::Word(word.to_owned()), Query::Word(latin)]
}
