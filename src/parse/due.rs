//! By when a clause is to be done: «в срок до 01.03.2024», «до 1 марта», «не позднее 16.02.2024».
//!
//! In: the tokens of a clause and the order's date. Out: the day, if the clause names one. Must never:
//! take a day on which something begins, or one of a cited act, for a due date.

use std::ops::Range;

use jiff::civil::Date;

use super::dates::{DateReading, date_at};
use super::lexer::{TokenKind, Tokens};
use crate::lexicon::words::WordClass;
use crate::order::Day;

/// The first due day that the clause names.
pub(crate) fn due_date(
    tokens: &Tokens<'_>,
    range: Range<usize>,
    order_date: Option<Date>,
) -> Option<Day> {
    // «ежегодно не позднее 1 февраля» has no one day.
    let mut recurs = false;
    range.clone().find_map(|at| {
        recurs = matches!(tokens.word(at), "ежегодно" | "ежемесячно" | "ежеквартально")
            || recurs && !tokens.is_mark(at, '.');
        let before_a_day = match tokens.word(at) {
            "до" | "к" => true,
            "позднее" => tokens.word(at.wrapping_sub(1)) == "не",
            // «Срок: 02.08.2010», «Срок исполнения – 1 марта»
            "срок" | "исполнения" => follows_a_mark(tokens, at),
            _ => false,
        };
        if !before_a_day {
            return None;
        }
        if recurs {
            return None;
        }
        let start = at + 1 + usize::from(follows_a_mark(tokens, at));
        if start >= range.end {
            return None;
        }
        match date_at(tokens, start) {
            Some((DateReading::Day(day), _)) => Some(Day(day)),
            _ => day_and_month(tokens, start, order_date?).map(Day),
        }
    })
}

/// A colon or a dash behind a word.
fn follows_a_mark(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(
        tokens.kind(at + 1),
        Some(TokenKind::Mark(':') | TokenKind::Dash)
    )
}

/// «1 марта» without a year: the next such day from the order's date on.
fn day_and_month(tokens: &Tokens<'_>, at: usize, order_date: Date) -> Option<Date> {
    let month: i8 = tokens.meaning(at + 1, WordClass::Month)?.parse().ok()?;
    let day: i8 = tokens.word(at).parse().ok()?;
    let this_year = Date::new(order_date.year(), month, day).ok()?;
    if this_year >= order_date {
        Some(this_year)
    } else {
        Date::new(order_date.year() + 1, month, day).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn due_days_are_read_and_first_days_are_not() {
        for (line, due) in [
            (
                "Представить списки в срок до 01.03.2024.",
                Some("2024-03-01"),
            ),
            (
                "устранить недостатки до 1 марта 2024 г.;",
                Some("2024-03-01"),
            ),
            ("сдать отчёт до 20 октября", Some("2024-10-20")),
            ("сдать отчёт до 20 января", Some("2025-01-20")),
            ("открыть 30 коек. Срок: 02.08.2024.", Some("2024-08-02")),
            ("Срок исполнения – до 1 марта", Some("2024-03-01")),
            ("разместить не позднее 27.12.2024", Some("2024-12-27")),
            ("Утвердить с 01.09.2024 стоимость", None),
            ("ежемесячно проверять", None),
            ("ежегодно не позднее 1 февраля сдавать отчёт", None),
            (
                "вести учёт ежемесячно. Сдать отчёт до 20 октября",
                Some("2024-10-20"),
            ),
            ("ежедневно к 15.00", None),
            ("до 31.02.2024", None),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let found = due_date(
                &tokens,
                0..tokens.len(),
                Some(jiff::civil::date(2024, 2, 5)),
            );
            assert_eq!(found.map(|day| day.to_string()).as_deref(), due, "{line}");
        }
    }
}
