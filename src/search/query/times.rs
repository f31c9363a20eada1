//! Days and periods as people say them, counted from today or shortened: «за прошлый год», «вчера», «1 кв. 2024»,
//! «2022-2023 гг», «не позднее 31.12.2023».
//!
//! In: words of a line, and today. Out: the same period in the words that the grammar of periods reads. Must never:
//! take a word for a period without a second one that says so, but for a day counted from today.

use super::characters::are_figures;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::spelling::{Piece, Spelling};
use super::{calendar, fields::kind_of};
use crate::lexicon::words::months;

/// How a period that begins here is spelled.
pub(super) fn spelled(run: &[Piece<'_>], at: usize, today: Date) -> Spelling {
    let skipped =
        usize::from(run.len() > at + 1 && matches!(word(run, at), "за" | "в" | "на" | "во"));
    if let Some(begun) = from_its_beginning(run, at, today).or_else(|| of_late(run, at, today)) {
        return Some(begun);
    }
    counted_from_today(run, at + skipped, today)
        .or_else(|| years(run, at + skipped))
        .map(|(count, period)| (count + skipped, period))
        .or_else(|| bound(run, at))
        .or_else(|| calendar::spelled(run, at))
        .or_else(|| day_of_any_year(run, at))
}

pub(super) fn word<'a>(run: &'a [Piece<'_>], at: usize) -> &'a str {
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
    if let Some(spelled) = month_of_a_year(run, at, today) {
        return Some(spelled);
    }
    let begins = |stems: &[&str]| stems.iter().any(|stem| word(run, at).starts_with(stem));
    let back = if begins(&["прошл", "предыдущ", "прошедш", "истекш", "минувш"])
    {
        1
    } else if matches!(
        word(run, at),
        "этот" | "этом" | "эту" | "этой" | "этого" | "нынешний" | "нынешнем" | "нынешнего"
    ) || begins(&["текущ"])
    {
        0
    } else if begins(&["последн"]) {
        return last(run, at, today);
    } else {
        return None;
    };
    // «итоги прошлого года» are no orders of that year; «приказы прошлого года» are.
    let genitive = matches!(word(run, at + 1), "года" | "квартала" | "месяца" | "недели");
    if genitive && at > 0 && kind_of(word(run, at - 1)).is_none() {
        return None;
    }
    let (first, last) = stretch(word(run, at + 1), today, back)?;
    Some((2, said(first, last)))
}

/// «сентябрь прошлого года», «в марте этого года».
fn month_of_a_year(run: &[Piece<'_>], at: usize, today: Date) -> Spelling {
    let month = months().find_map(|mut forms| {
        let name = forms.next()?;
        (name == word(run, at) || forms.any(|form| form == word(run, at))).then_some(name)
    })?;
    let which = word(run, at + 1);
    let back = if which.starts_with("прошл") {
        1
    } else if which == "этого" || which.starts_with("текущ") {
        0
    } else {
        return None;
    };
    (word(run, at + 2) == "года").then(|| (3, format!("{month} {}", today.year() - back)))
}

/// «за неделю», «приказы за месяц»: up to today, where nothing else is said.
fn of_late(run: &[Piece<'_>], at: usize, today: Date) -> Spelling {
    let alone = at + 2 == run.len() && (at == 0 || kind_of(word(run, at - 1)).is_some());
    if word(run, at) != "за" || !alone {
        return None;
    }
    last(run, at, today).filter(|(count, _)| *count == 2)
}

/// «с начала года», «с начала этого месяца»: up to today.
fn from_its_beginning(run: &[Piece<'_>], at: usize, today: Date) -> Spelling {
    if !matches!(word(run, at), "с" | "со") || word(run, at + 1) != "начала" {
        return None;
    }
    let named = word(run, at + 2);
    let this = usize::from(matches!(named, "этого" | "нынешнего") || named.starts_with("текущ"));
    let unit = word(run, at + 2 + this);
    let of_another = run.get(at + 3 + this).is_some_and(Piece::is_number);
    let (first, _) =
        stretch(unit, today, 0).filter(|_| unit.ends_with(['а', 'и']) && !of_another)?;
    Some((3 + this, format!("с {}", first.strftime("%d.%m.%Y"))))
}

/// The year, quarter, month or week of today, or the one before it.
fn stretch(word: &str, today: Date, back: i32) -> Option<(Date, Date)> {
    let month = today.first_of_month();
    match word {
        "год" | "году" | "года" => {
            let day = today.checked_sub(back.years()).ok()?;
            Some((day.first_of_year(), day.last_of_year()))
        }
        "квартал" | "квартале" | "квартала" => {
            let into = i32::from((today.month() - 1) % 3);
            let first = month.checked_sub((into + 3 * back).months()).ok()?;
            let last = first.checked_add(2.months()).ok()?.last_of_month();
            Some((first, last))
        }
        "месяц" | "месяце" | "месяца" => {
            let first = month.checked_sub(back.months()).ok()?;
            Some((first, first.last_of_month()))
        }
        "неделю" | "неделе" | "недели" => {
            let into = i32::from(today.weekday().to_monday_zero_offset());
            let first = today.checked_sub((into + 7 * back).days()).ok()?;
            Some((first, first.checked_add(6.days()).ok()?))
        }
        _ => None,
    }
}

/// «последний месяц», «последние 3 года»: up to today.
fn last(run: &[Piece<'_>], at: usize, today: Date) -> Spelling {
    if word(run, at + 1) == "полгода" {
        let first = today.checked_sub(6.months()).ok()?;
        return Some((2, said(first, today)));
    }
    let counted = count_of(word(run, at + 1));
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

/// «3», «три».
fn count_of(word: &str) -> Option<i32> {
    const NAMED: [&str; 9] = [
        "два",
        "три",
        "четыре",
        "пять",
        "шесть",
        "семь",
        "восемь",
        "девять",
        "десять",
    ];
    let named = match word {
        "две" => Some(2),
        _ => NAMED
            .iter()
            .position(|name| *name == word)
            .and_then(|place| i32::try_from(place + 2).ok()),
    };
    named.or_else(|| word.parse().ok())
}

/// «2022-2023 годы», «2022–2023 гг.».
fn years(run: &[Piece<'_>], at: usize) -> Spelling {
    if !matches!(word(run, at + 1), "годы" | "годах" | "гг" | "г.г") {
        return None;
    }
    let (first, last) = word(run, at).split_once(['-', '–', '—'])?;
    let is_year = |year: &str| year.len() == 4 && are_figures(year);
    (is_year(first) && is_year(last)).then(|| (2, format!("с {first} по {last} год")))
}

/// «1» in «с 1 по 15 марта», «января» in «с января по март».
fn is_day(run: &[Piece<'_>], at: usize) -> bool {
    run.get(at).is_some_and(Piece::is_number)
        || months().any(|mut forms| forms.any(|form| form == word(run, at)))
}

/// «позже 2023 года», «не позднее 31.12.2023», «начиная с 2023», «между 2020 и 2023».
fn bound(run: &[Piece<'_>], at: usize) -> Spelling {
    let negated = word(run, at) == "не";
    let is_time = |at: usize| {
        run.get(at)
            .is_some_and(|piece| piece.is_number() && piece.typed.len() >= 4)
            || run.get(at).is_some_and(Piece::is_number)
                && months().any(|mut forms| forms.nth(1) == Some(word(run, at + 1)))
    };
    if matches!(word(run, at), "начиная" | "период") && word(run, at + 1) == "с" {
        return (is_time(at + 2) || word(run, at) == "период" && is_day(run, at + 2))
            .then(|| (2, "с".to_owned()));
    }
    // «за период с 1 по 15 марта 2024»
    if matches!(word(run, at), "за" | "в" | "на") && word(run, at + 1) == "период" {
        return bound(run, at + 1).map(|(count, now)| (count + 1, now));
    }
    // «за весь 2024 год»
    if word(run, at) == "за" && word(run, at + 1) == "весь" && is_time(at + 2) {
        return Some((2, "за".to_owned()));
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
            ("за 2022-2023 гг.", "с 2022 по 2023 год"),
            ("позже 2023 года", "после 2023 года"),
            ("не позднее 31.12.2023", "по 31.12.2023"),
            ("не позже 2020", "по 2020"),
            ("раньше 2000", "раньше 2000"),
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
                "приказы прошлого года",
                "приказы с 01.01.2023 по 31.12.2023",
            ),
            ("этого года", "с 01.01.2024 по 31.12.2024"),
            ("итоги прошлого года", "итоги прошлого года"),
            ("за прошедший год", "с 01.01.2023 по 31.12.2023"),
            ("с начала года", "с 01.01.2024"),
            ("с начала учебного года", "с начала учебного года"),
            ("с начала 2023 года", "с начала 2023 года"),
            ("за последние полгода", "с 15.11.2023 по 15.05.2024"),
            ("за последние два года", "с 15.05.2022 по 15.05.2024"),
            ("за период с 1 по 15 марта 2024", "с 1 по 15 марта 2024"),
            ("период с 01.03.2024", "с 01.03.2024"),
            ("период с детьми", "период с детьми"),
            ("за весь 2024 год", "за 2024 год"),
            ("сентябрь прошлого года", "сентябрь 2023"),
            ("приказы в марте этого года", "приказы март 2024"),
            ("приказы за неделю", "приказы с 08.05.2024 по 15.05.2024"),
            ("отчёт за неделю", "отчёт за неделю"),
            ("за год работы", "за год работы"),
            ("не позднее 1 марта 2024", "по 1 марта 2024"),
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
