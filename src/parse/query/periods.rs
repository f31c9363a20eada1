//! Periods as people say them: «за февраль 2024», «в 1 квартале 2024», «с 1 по 15 марта 2024».
//!
//! In: tokens of a query. Out: the first and the last day, and where the words end. Must never: take four
//! figures alone for a year.

use std::ops::Range;

use jiff::civil::Date;

use super::super::dates::{DateReading, date_at};
use super::super::lexer::{Gap, TokenKind, Tokens};
use crate::lexicon::words::WordClass;

/// «от 05.02.2024», «за февраль 2024», «в 1 квартале 2024 года», «с 1 по 15 марта 2024», «за 2024 год».
pub(super) fn period_at(tokens: &Tokens<'_>, at: usize) -> Option<(Date, Date, Range<usize>)> {
    match tokens.word(at) {
        "с" | "со" => from_to_at(tokens, at),
        "по" => {
            let (_, last, end) = stretch_at(tokens, at + 1)?;
            Some((Date::MIN, last, at..end))
        }
        // «до 2020 года» ends with 2019, unless «включительно» says otherwise; «до 01.02.2024» is said of that day, too.
        "до" => {
            let (first, last, end) = stretch_at(tokens, at + 1)?;
            let inclusive = tokens.word(end) == "включительно";
            let until = if inclusive || first == last {
                last
            } else {
                first.yesterday().ok()?
            };
            Some((Date::MIN, until, at..end + usize::from(inclusive)))
        }
        "раньше" | "ранее" => {
            let (first, _, end) = stretch_at(tokens, at + 1)?;
            Some((Date::MIN, first.yesterday().ok()?, at..end))
        }
        "после" => {
            let (_, last, end) = stretch_at(tokens, at + 1)?;
            Some((last.tomorrow().ok()?, Date::MAX, at..end))
        }
        "от" | "за" | "в" | "во" => {
            let (first, last, end) =
                from_dash_to_at(tokens, at + 1).or_else(|| stretch_at(tokens, at + 1))?;
            match up_to(tokens, end).filter(|(until, _)| *until >= last) {
                Some((until, end)) => Some((first, until, at..end)),
                None => Some((first, last, at..end)),
            }
        }
        _ => {
            let (first, last, end) =
                from_dash_to_at(tokens, at).or_else(|| stretch_at(tokens, at))?;
            // Four figures alone may be anything.
            (end > at + 1).then_some((first, last, at..end))
        }
    }
}

/// «2020-2022», «03.2023», «2023-03»: figures that may be years or a month; their first and last day. Of years only a
/// hyphen makes a period.
#[must_use]
pub fn years_or_month(word: &str) -> Option<(Option<Date>, Date)> {
    let is_hyphen = |c: char| matches!(c, '-' | '–' | '—');
    let (first, last) = word.split_once(|c: char| is_hyphen(c) || matches!(c, '.' | '/'))?;
    let hyphen = word.contains(is_hyphen);
    let number = |part: &str, length: usize| -> Option<i16> {
        let plain = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        part.parse().ok().filter(|_| plain)
    };
    let year = |part: &str| number(part, 4).filter(|year| (1900..=2100).contains(year));
    let month = |part: &str| number(part, 2).and_then(|month| i8::try_from(month).ok());
    if let (Some(first), Some(last)) = (year(first), year(last)) {
        let begins = Date::new(first, 1, 1).ok().filter(|_| hyphen);
        return (first < last).then_some((begins, Date::new(last, 12, 31).ok()?));
    }
    let (year, month) = match (year(first), month(last), month(first), year(last)) {
        (Some(year), Some(month), _, _) if hyphen => (year, month),
        (_, _, Some(month), Some(year)) if word.contains('.') => (year, month),
        _ => return None,
    };
    let first = Date::new(year, month, 1).ok()?;
    Some((Some(first), first.last_of_month()))
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

/// «01.02.2024–29.02.2024», «январь–март 2024».
fn from_dash_to_at(tokens: &Tokens<'_>, at: usize) -> Option<(Date, Date, usize)> {
    let is_dash = |at: usize| tokens.kind(at) == Some(TokenKind::Dash);
    if let Some(month) = tokens.meaning(at, WordClass::Month)
        && is_dash(at + 1)
    {
        // «октябрь-2024» is a month, not three of them.
        if tokens.is_number(at + 2) && tokens.word(at + 2).len() == 4 {
            let (year, end) = year_at(tokens, at + 2)?;
            return months(year, month.parse().ok()?, 1, end);
        }
        let (_, last, end) = stretch_at(tokens, at + 2)?;
        let first = Date::new(last.year(), month.parse().ok()?, 1).ok()?;
        return (first <= last).then_some((first, last, end));
    }
    // «январь 2024 - март 2024»
    if let Some((first, _, dash)) = stretch_at(tokens, at).filter(|(.., end)| *end > at + 1)
        && is_dash(dash)
        && let Some((_, last, end)) =
            stretch_at(tokens, dash + 1).filter(|(.., end)| *end > dash + 2)
        && first <= last
    {
        return Some((first, last, end));
    }
    let (DateReading::Day(first), dash) = date_at(tokens, at)? else {
        return None;
    };
    let (DateReading::Day(last), end) = date_at(tokens, dash + 1).filter(|_| is_dash(dash))? else {
        return None;
    };
    (first <= last).then_some((first, last, end))
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
