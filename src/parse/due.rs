//! By when a clause is to be done: «в срок до 01.03.2024», «до 1 марта», «не позднее 16.02.2024», «в месячный срок».
//!
//! In: the tokens of a clause and the order's date. Out: the day, if the clause names one. Must never:
//! take a day on which something begins, or one of a cited act, for a due date.

use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;

use super::dates::{DateReading, date_at};
use super::lexer::{TokenKind, Tokens};
use crate::lexicon::words::WordClass;
use crate::order::Day;

/// The first due day that the clause names, or the end of its term.
pub(crate) fn due_date(
    tokens: &Tokens<'_>,
    range: Range<usize>,
    order_date: Option<Date>,
) -> Option<Day> {
    // «ежегодно не позднее 1 февраля» has no one day.
    let mut recurs = false;
    let mut term = None;
    for at in range.clone() {
        let Some(said) = tokens.meaning(at, WordClass::Term) else {
            recurs &= !tokens.is_mark(at, '.');
            continue;
        };
        let before_a_day = match said {
            "until" => true,
            "later" => tokens.word(at.wrapping_sub(1)) == "не",
            // «Срок: 02.08.2010», «Срок исполнения – 1 марта»
            "term" => follows_a_mark(tokens, at),
            "within" => {
                term = term.or_else(|| end_of_term(tokens, at, &range, order_date?));
                false
            }
            "recurs" => {
                recurs = true;
                false
            }
            _ => false,
        };
        if !before_a_day || recurs {
            continue;
        }
        let start = at + 1 + usize::from(follows_a_mark(tokens, at));
        if start >= range.end {
            continue;
        }
        let day = match date_at(tokens, start) {
            Some((DateReading::Day(day), _)) => Some(day),
            _ => order_date.and_then(|date| day_and_month(tokens, start, date)),
        };
        if day.is_some() {
            return day.map(Day);
        }
    }
    term.map(Day)
}

/// «в месячный срок», «в десятидневный срок»: counted from the day of the order. A term that begins with something else,
/// or with whatever happens once and again, has no day.
fn end_of_term(
    tokens: &Tokens<'_>,
    at: usize,
    clause: &Range<usize>,
    order_date: Date,
) -> Option<Date> {
    // «в 10-дневный срок» has a number and a dash before the word.
    let counted = tokens.is_number(at + 1);
    let adjective = at + if counted { 3 } else { 1 };
    if tokens.word(adjective + 1) != "срок" || adjective + 1 >= clause.end {
        return None;
    }
    let length: Span = tokens
        .meaning(adjective, WordClass::TermLength)?
        .parse()
        .ok()?;
    let term = if counted {
        length.checked_mul(in_figures(tokens, at + 1)?).ok()?
    } else if tokens.word(adjective) == "дневный" {
        // The figure before it is lost.
        return None;
    } else {
        length
    };
    let behind = adjective + 2;
    let begins_elsewhere = matches!(
        tokens.word(behind),
        "со" | "с" | "после" | "до" | "от" | "по"
    ) && tokens.continues(behind)
        && !begins_with_the_order(tokens, behind + 1);
    let happens_again = (clause.start..at).any(|index| {
        matches!(
            tokens.meaning(index, WordClass::Term),
            Some("when" | "recurs")
        )
    });
    if begins_elsewhere || happens_again {
        return None;
    }
    order_date.checked_add(term).ok()
}

/// «10», «3»
fn in_figures(tokens: &Tokens<'_>, at: usize) -> Option<i64> {
    /// «в 180-дневный срок»
    const LONGEST: i64 = 365;
    let found = tokens.word(at).parse().ok()?;
    (found <= LONGEST).then_some(found)
}

/// «дня подписания», «даты издания», «момента подписания настоящего приказа».
fn begins_with_the_order(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), "дня" | "даты" | "момента")
        && matches!(tokens.word(at + 1), "подписания" | "издания")
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
            ("представить план в месячный срок", Some("2024-03-05")),
            ("представить план в недельный срок.", Some("2024-02-12")),
            ("опубликовать в десятидневный срок", Some("2024-02-15")),
            ("опубликовать в 10-дневный срок", Some("2024-02-15")),
            (
                "довести в трёхдневный срок со дня подписания приказа",
                Some("2024-02-08"),
            ),
            ("дать заключение в недельный срок со дня слушаний", None),
            ("направить в семидневный срок после принятия", None),
            ("при утере пропуска в трёхдневный срок сообщать", None),
            ("сдать отчёт в трёхдневный срок по возвращении", None),
            ("утвердить в 3-месячный срок", Some("2024-05-05")),
            ("утвердить в 2-недельный срок", Some("2024-02-19")),
            ("утвердить в дневный срок", None),
            (
                "в трёхдневный срок починить забор, отчёт – до 20 февраля",
                Some("2024-02-20"),
            ),
            ("в установленный срок", None),
            ("ежемесячно в трёхдневный срок", None),
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
