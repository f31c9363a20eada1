//! Days and periods as people say them, counted from today or shortened: «за прошлый год», «вчера», «1 кв. 2024»,
//! «2022-2023 гг», «не позднее 31.12.2023».
//!
//! In: words of a line, and today. Out: the same period in the words that the grammar of periods reads. Must never:
//! take a word for a period without a second one that says so, but for a day counted from today.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::spelling::{Piece, Spelling};
use crate::lexicon::words::months;

/// How a period that begins here is spelled.
pub(super) fn spelled(run: &[Piece<'_>], at: usize, today: Date) -> Spelling {
    let skipped =
        usize::from(run.len() > at + 1 && matches!(word(run, at), "за" | "в" | "на" | "во"));
    counted_from_today(run, at + skipped, today)
        .or_else(|| years(run, at + skipped))
        .map(|(count, period)| (count + skipped, period))
        .or_else(|| bound(run, at))
        .or_else(|| quarter(run, at))
        .or_else(|| in_figures(run, at))
        .or_else(|| day_of_any_year(run, at))
}

fn word<'a>(run: &'a [Piece<'_>], at: usize) -> &'a str {
    run.get(at).map_or("", |piece| piece.folded.as_str())
}

fn said(first: Date, last: Date) -> String {
    format!(
        "с {} по {}",
        first.strftime("%d.%m.%Y"),
        last.strftime("%d.%m.%Y")
    )
}

/// «сегодня», «прошлый год», «этом месяце», «последние 3 месяца».
fn counted_from_today(run: &[Piece<'_>], at: usize, today: Date) -> Spelling {
    let day = |day: Date| Some((1, format!("от {}", day.strftime("%d.%m.%Y"))));
    match word(run, at) {
        "сегодня" => return day(today),
        "вчера" => return day(today.yesterday().ok()?),
        "позавчера" => return day(today.yesterday().ok()?.yesterday().ok()?),
        _ => {}
    }
    let begins = |stems: &[&str]| stems.iter().any(|stem| word(run, at).starts_with(stem));
    let back = if begins(&["прошл", "предыдущ"]) {
        1
    } else if matches!(word(run, at), "этот" | "этом" | "эту" | "этой") || begins(&["текущ"])
    {
        0
    } else if begins(&["последн"]) {
        return last(run, at, today);
    } else {
        return None;
    };
    let (first, last) = stretch(word(run, at + 1), today, back)?;
    Some((2, said(first, last)))
}

/// The year, quarter, month or week of today, or the one before it.
fn stretch(word: &str, today: Date, back: i32) -> Option<(Date, Date)> {
    let month = today.first_of_month();
    match word {
        "год" | "году" => {
            let day = today.checked_sub(back.years()).ok()?;
            Some((day.first_of_year(), day.last_of_year()))
        }
        "квартал" | "квартале" => {
            let into = i32::from((today.month() - 1) % 3);
            let first = month.checked_sub((into + 3 * back).months()).ok()?;
            let last = first.checked_add(2.months()).ok()?.last_of_month();
            Some((first, last))
        }
        "месяц" | "месяце" => {
            let first = month.checked_sub(back.months()).ok()?;
            Some((first, first.last_of_month()))
        }
        "неделю" | "неделе" => {
            let into = i32::from(today.weekday().to_monday_zero_offset());
            let first = today.checked_sub((into + 7 * back).days()).ok()?;
            Some((first, first.checked_add(6.days()).ok()?))
        }
        _ => None,
    }
}

/// «последний месяц», «последние 3 года»: up to today.
fn last(run: &[Piece<'_>], at: usize, today: Date) -> Spelling {
    let counted = word(run, at + 1).parse::<i32>().ok();
    let count = counted.unwrap_or(1);
    let unit = at + 1 + usize::from(counted.is_some());
    let span = match word(run, unit) {
        "год" | "года" | "лет" => jiff::Span::new().try_years(count),
        "месяц" | "месяца" | "месяцев" => jiff::Span::new().try_months(count),
        "неделю" | "недели" | "недель" => jiff::Span::new().try_weeks(count),
        "день" | "дня" | "дней" => jiff::Span::new().try_days(count),
        _ => return None,
    };
    let first = today.checked_sub(span.ok()?).ok()?;
    Some((unit + 1 - at, said(first, today)))
}

/// «2022-2023 годы», «2022–2023 гг.».
fn years(run: &[Piece<'_>], at: usize) -> Spelling {
    if !matches!(word(run, at + 1), "годы" | "годах" | "гг" | "г.г") {
        return None;
    }
    let (first, last) = word(run, at).split_once(['-', '–', '—'])?;
    let is_year = |year: &str| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    (is_year(first) && is_year(last)).then(|| (2, format!("с {first} по {last} год")))
}

/// «позже 2023 года», «не позднее 31.12.2023», «начиная с 2023», «между 2020 и 2023».
fn bound(run: &[Piece<'_>], at: usize) -> Spelling {
    let negated = word(run, at) == "не";
    let is_time = |at: usize| {
        run.get(at)
            .is_some_and(|piece| piece.is_number() && piece.typed.len() >= 4)
    };
    if word(run, at) == "начиная" && word(run, at + 1) == "с" {
        return is_time(at + 2).then(|| (2, "с".to_owned()));
    }
    if word(run, at) == "между" && word(run, at + 2) == "и" && is_time(at + 1) && is_time(at + 3)
    {
        let (first, last) = (run[at + 1].typed, run[at + 3].typed);
        return Some((4, format!("с {first} по {last}")));
    }
    let comparison = at + usize::from(negated);
    let bound = match (word(run, comparison), negated) {
        ("позже" | "позднее", false) => "после",
        ("позже" | "позднее", true) => "по",
        ("раньше" | "ранее", true) => "с",
        _ => return None,
    };
    is_time(comparison + 1).then(|| (comparison + 1 - at, bound.to_owned()))
}

/// «05 02 2024»: a day without its full stops.
fn in_figures(run: &[Piece<'_>], at: usize) -> Spelling {
    let number = |at: usize, length: usize| -> Option<i16> {
        let typed = run.get(at)?.typed;
        let plain = typed.len() == length && typed.bytes().all(|b| b.is_ascii_digit());
        typed.parse().ok().filter(|_| plain)
    };
    let (day, month, year) = (number(at, 2)?, number(at + 1, 2)?, number(at + 2, 4)?);
    let small = |part: i16| i8::try_from(part).ok();
    let day = Date::new(year, small(month)?, small(day)?).ok()?;
    Some((3, day.strftime("%d.%m.%Y").to_string()))
}

/// «от 5 февраля»: a day of any year, as orders write it in words and in figures.
fn day_of_any_year(run: &[Piece<'_>], at: usize) -> Spelling {
    /// A year in which every day is.
    const LEAP_YEAR: i16 = 2024;
    let led = usize::from(word(run, at) == "от");
    let day = at + led;
    let number: i8 = word(run, day).parse().ok()?;
    let name = word(run, day + 1);
    let month = months().position(|mut forms| forms.nth(1) == Some(name))?;
    let date = Date::new(LEAP_YEAR, i8::try_from(month + 1).ok()?, number).ok()?;
    // «с 5 февраля по 7 марта 2024», «к 1 и 5 марта»
    let goes_on = run
        .get(day + 2)
        .is_some_and(|piece| piece.is_number() || matches!(word(run, day + 2), "по" | "до"));
    let is_bound = at > 0 && matches!(word(run, at - 1), "с" | "со" | "по" | "до" | "и" | "после");
    (!goes_on && !is_bound).then(|| {
        let figures = date.strftime("%d.%m");
        (
            led + 2,
            format!("(точно:\"{number} {name}\" OR слово:{figures})"),
        )
    })
}

/// «1 кв. 2024».
fn quarter(run: &[Piece<'_>], at: usize) -> Spelling {
    let is_year = |year: &str| year.len() >= 4 && year.bytes().take(4).all(|b| b.is_ascii_digit());
    let ordinal = matches!(
        word(run, at),
        "1" | "2" | "3" | "4" | "i" | "ii" | "iii" | "iv"
    );
    (ordinal && word(run, at + 1) == "кв" && is_year(word(run, at + 2)))
        .then(|| (2, format!("{} квартал", run[at].typed)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::spelling::respelled;

    #[test]
    fn periods_are_counted_from_today() {
        let today = date(2024, 5, 15);
        for (typed, spelled) in [
            (
                "приказы за прошлый год",
                "приказы с 01.01.2023 по 31.12.2023",
            ),
            ("в этом году", "с 01.01.2024 по 31.12.2024"),
            ("за прошлый месяц", "с 01.04.2024 по 30.04.2024"),
            ("за текущий квартал", "с 01.04.2024 по 30.06.2024"),
            ("в прошлом квартале", "с 01.01.2024 по 31.03.2024"),
            ("на прошлой неделе", "с 06.05.2024 по 12.05.2024"),
            ("за последние 3 месяца", "с 15.02.2024 по 15.05.2024"),
            ("за последний год", "с 15.05.2023 по 15.05.2024"),
            ("вчера", "от 14.05.2024"),
            ("1 кв. 2024", "1 квартал 2024"),
            ("за 2022-2023 гг.", "с 2022 по 2023 год"),
            ("позже 2023 года", "после 2023 года"),
            ("не позднее 31.12.2023", "по 31.12.2023"),
            ("не позже 2020", "по 2020"),
            ("раньше 2000", "раньше 2000"),
            ("05 02 2024", "05.02.2024"),
            ("5 2 2024", "5 2 2024"),
            ("31 02 2024", "31 02 2024"),
            ("5 февраля", "(точно:\"5 февраля\" OR слово:05.02)"),
            (
                "приказ от 5 февраля",
                "приказ (точно:\"5 февраля\" OR слово:05.02)",
            ),
            ("5 февраля 2024", "5 февраля 2024"),
            ("с 5 февраля по 7 марта 2024", "с 5 февраля по 7 марта 2024"),
            ("не ранее 2023", "с 2023"),
            ("начиная с 2023", "с 2023"),
            ("между 2020 и 2023", "с 2020 по 2023"),
            ("прошлый опыт", "прошлый опыт"),
            (
                "за последние 99999999999 лет",
                "за последние 99999999999 лет",
            ),
            ("за последние 999999999 лет", "за последние 999999999 лет"),
            ("в последний раз", "в последний раз"),
            ("не позднее срока", "не позднее срока"),
            ("2022-2023 учебный год", "2022-2023 учебный год"),
        ] {
            assert_eq!(respelled(typed, today).line, spelled, "{typed}");
        }
    }
}
