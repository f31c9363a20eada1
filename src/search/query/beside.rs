//! What parts of free text mean beside each other: the kind beside a number, two numbers of one order, a number behind
//! what it counts.
//!
//! In: parts of a query in the order typed. Out: the same parts, as they are meant together. Must never: drop a part.

use jiff::civil::Date;

use super::Query;
use super::fields::kind_of;
use crate::lexicon::morphology::fold;

/// The parts as they are meant together.
pub(super) fn meant_together(parts: Vec<Query>) -> Vec<Query> {
    let mut parts = one_of_the_numbers(parts.into_iter().map(year_too).collect());
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

/// «охрана труда 2023»: four figures alone may be the year of the order, or what they say.
fn year_too(part: Query) -> Query {
    const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;
    let year = match &part {
        Query::Word(word) if word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) => {
            word.parse().ok().filter(|year| YEARS.contains(year))
        }
        _ => None,
    };
    let period = year.and_then(|year| {
        let day = |month, day| Date::new(year, month, day).ok();
        Some(Query::Period(day(1, 1)?, day(12, 31)?))
    });
    match period {
        Some(period) => Query::Any(vec![period, part]),
        None => part,
    }
}

/// «приказы № 12 и № 14»: an order has one number, so that two of them ask for either.
fn one_of_the_numbers(parts: Vec<Query>) -> Vec<Query> {
    let mut together: Vec<Query> = Vec::with_capacity(parts.len());
    for part in parts {
        let joined = matches!(together.last(), Some(Query::Word(word)) if matches!(fold(word).as_str(), "и" | "или"));
        let before = together.len().checked_sub(1 + usize::from(joined));
        let either = joined
            && is_a_number(&part)
            && before.is_some_and(|before| is_a_number(&together[before]));
        if !either {
            together.push(part);
            continue;
        }
        together.pop();
        let first = together.pop().map(ways).unwrap_or_default();
        together.push(Query::Any(first.into_iter().chain(ways(part)).collect()));
    }
    together
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
