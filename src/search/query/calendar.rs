//! Days, months and school years in the forms that people write them in: «1-15 сентября 2024», «02-09-2024»,
//! «сент. 2024», «2023/24 уч. год», «1-й квартал».
//!
//! In: words of a line. Out: the same in the words that the grammar of periods reads, or that orders have. Must never:
//! make a day of figures that stand behind the sign of a number.

use super::characters::are_figures;
use jiff::civil::Date;

use super::fields::kind_of;
use super::spelling::{Piece, Spelling};
use super::times::word;
use crate::lexicon::words::months;

/// How the days or years that begin here are spelled.
pub(super) fn spelled(run: &[Piece<'_>], at: usize) -> Spelling {
    school_year(run, at)
        .or_else(|| of_the_next_year(run, at))
        .or_else(|| days_of_a_month(run, at))
        .or_else(|| shortened_month(run, at))
        .or_else(|| quarter(run, at))
        .or_else(|| in_figures(run, at))
        .or_else(|| day_in_one(run, at))
        .or_else(|| year_beside_its_name(run, at))
        .or_else(|| from_day_to_day(run, at))
        .or_else(|| behind_its_name(run, at))
}

fn is_figures(text: &str, length: usize) -> bool {
    text.len() == length && are_figures(text)
}

fn is_year(text: &str) -> bool {
    is_figures(text, 4) && (text.starts_with("19") || text.starts_with("20"))
}

/// «2024», «2024г».
fn begins_as_a_year(text: &str) -> bool {
    text.get(..4).is_some_and(is_year)
        && matches!(text.get(4..), Some("" | "г" | "г." | "год" | "года"))
}

/// «2023/24 учебный год», «2023 - 2024 уч. г.», «учебный год 2023–2024»: the two years as most orders write them.
fn school_year(run: &[Piece<'_>], at: usize) -> Spelling {
    let Some((years, first, last)) = years_at(run, at) else {
        let named = word(run, at).starts_with("учебн") && word(run, at + 1).starts_with("год");
        let (years, first, last) = years_at(run, at + 2).filter(|_| named)?;
        return Some((2 + years, format!("{first}-{last} учебный год")));
    };
    let behind = word(run, at + years);
    let named = match behind {
        "уч" => 1 + usize::from(word(run, at + years + 1).starts_with('г')),
        _ if behind.starts_with("уч.г") => 1,
        _ if behind.starts_with("учебн") => 2,
        _ => return None,
    };
    let named = named.min(run.len() - at - years);
    Some((years + named, format!("{first}-{last} учебный год")))
}

/// Two years one after the other, in how many words, and each in four figures.
fn years_at<'a>(run: &'a [Piece<'_>], at: usize) -> Option<(usize, &'a str, String)> {
    let is_mark = |c: char| matches!(c, '-' | '–' | '—' | '/');
    let typed = run.get(at)?.typed;
    let apart = run
        .get(at + 1)
        .is_some_and(|piece| !piece.typed.is_empty() && piece.typed.chars().all(is_mark));
    let (count, first, last) = match typed.split_once(is_mark) {
        Some((first, last)) => (1, first, last),
        None if apart => (3, typed, run.get(at + 2)?.typed),
        None => return None,
    };
    if !is_year(first) || !is_year(last) && !is_figures(last, 2) {
        return None;
    }
    let last = if last.len() == 2 {
        format!("{}{last}", &first[..2])
    } else {
        last.to_owned()
    };
    let follows = first.parse::<i16>().ok()? + 1 == last.parse::<i16>().ok()?;
    follows.then_some((count, first, last))
}

/// «график отпусков на 2025 год»: the year that an order is about is not the year of its day.
fn of_the_next_year(run: &[Piece<'_>], at: usize) -> Spelling {
    let year = run.get(at + 1)?.typed.get(..4)?;
    let fits = word(run, at) == "на" && begins_as_a_year(run[at + 1].typed);
    let named = usize::from(matches!(word(run, at + 2), "г" | "год" | "года"));
    fits.then(|| (2 + named, format!("на слово:{year}")))
}

/// «1-15 сентября 2024», «от 1 до 15 сентября 2024».
fn days_of_a_month(run: &[Piece<'_>], at: usize) -> Spelling {
    let is_day =
        |day: &str| day.parse::<i8>().is_ok_and(|day| (1..=31).contains(&day)) && are_figures(day);
    if word(run, at) == "от" && is_day(word(run, at + 1)) {
        let month = usize::from(genitive(word(run, at + 2)).is_some());
        let until = at + 3 + month;
        let fits = word(run, until - 1) == "до"
            && is_day(word(run, until))
            && genitive(word(run, until + 1)).is_some();
        return fits.then(|| {
            let first: Vec<&str> = run[at + 1..=at + 1 + month]
                .iter()
                .map(|p| p.typed)
                .collect();
            (3 + month, format!("с {} по", first.join(" ")))
        });
    }
    let led = usize::from(matches!(word(run, at), "с" | "за"));
    let (first, last) = word(run, at + led).split_once(['-', '–', '—'])?;
    let fits = is_day(first)
        && is_day(last)
        && genitive(word(run, at + led + 1)).is_some()
        && begins_as_a_year(run.get(at + led + 2)?.typed);
    fits.then(|| (1 + led, format!("с {first} по {last}")))
}

/// The month that a word names in the genitive, from 1 on.
fn genitive(word: &str) -> Option<usize> {
    months()
        .position(|mut forms| forms.nth(1) == Some(word))
        .map(|month| month + 1)
}

/// «сент. 2024», «5 февр. 2024».
fn shortened_month(run: &[Piece<'_>], at: usize) -> Spelling {
    /// Letters of the shortest one.
    const SHORTEST: usize = 3;
    let short = word(run, at);
    if short.chars().count() < SHORTEST || !begins_as_a_year(run.get(at + 1)?.typed) {
        return None;
    }
    let behind_a_day = at > 0 && run[at - 1].is_number();
    months().find_map(|mut forms| {
        let (name, of_it) = (forms.next()?, forms.next()?);
        let shortened = name.starts_with(short) && name != short;
        shortened.then(|| (1, if behind_a_day { of_it } else { name }.to_owned()))
    })
}

/// «1 кв. 2024», «1кв 2024», «1-й квартал 2024», «2-е полугодие 2024».
fn quarter(run: &[Piece<'_>], at: usize) -> Spelling {
    const ENDINGS: [&str; 8] = ["", "й", "ый", "ой", "м", "ом", "е", "го"];
    let typed = word(run, at);
    let figures = typed
        .find(|c: char| !matches!(c, '1'..='4' | 'i' | 'v'))
        .unwrap_or(typed.len());
    let (ordinal, ending) = typed.split_at(figures);
    if !matches!(ordinal, "1" | "2" | "3" | "4" | "i" | "ii" | "iii" | "iv") {
        return None;
    }
    let of_a_year = |at: usize| {
        run.get(at)
            .is_some_and(|piece| begins_as_a_year(piece.typed))
    };
    if matches!(ending, "кв" | "кв.") && of_a_year(at + 1) {
        return Some((1, format!("{ordinal} квартал")));
    }
    let name = match word(run, at + 1) {
        "кв" => "квартал",
        name if name.starts_with("квартал") => "квартал",
        name if name.starts_with("полугоди") => "полугодие",
        _ => return None,
    };
    let ends = ENDINGS.contains(&ending.trim_start_matches('-'));
    let changed = word(run, at + 1) == "кв" || !ending.is_empty();
    (ends && changed && of_a_year(at + 2)).then(|| (2, format!("{ordinal} {name}")))
}

/// A day of the calendar.
fn day(day: &str, month: &str, year: &str) -> Option<Date> {
    let fits = is_figures(day, 2) && is_figures(month, 2) && is_year(year);
    let (day, month, year) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    Date::new(year, month, day).ok().filter(|_| fits)
}

/// «05 02 2024»: a day without its full stops.
fn in_figures(run: &[Piece<'_>], at: usize) -> Spelling {
    let [first, second, third] = run.get(at..at + 3)? else {
        return None;
    };
    let day = day(first.typed, second.typed, third.typed)?;
    Some((3, day.strftime("%d.%m.%Y").to_string()))
}

/// «02,09,2024», «02-09-2024»: with hyphens it may be the number of an order as well.
fn day_in_one(run: &[Piece<'_>], at: usize) -> Spelling {
    let typed = run[at].typed;
    let mark = [',', '-'].into_iter().find(|mark| typed.contains(*mark))?;
    let parts: Vec<&str> = typed.split(mark).collect();
    let [first, second, third] = parts[..] else {
        return None;
    };
    let said = day(first, second, third)?.strftime("%d.%m.%Y").to_string();
    let before = at.checked_sub(1).map_or("", |before| word(run, before));
    if before.ends_with('№') || before == "номер" {
        return None;
    }
    let is_bound = matches!(before, "от" | "с" | "со" | "по" | "до" | "за" | "после");
    Some(if mark == ',' || is_bound {
        (1, said)
    } else {
        (1, format!("(дата:{said} OR номер:{typed})"))
    })
}

/// «год 2024», «2024-й год», «за 24 год».
fn year_beside_its_name(run: &[Piece<'_>], at: usize) -> Spelling {
    const ENDINGS: [&str; 5] = ["й", "го", "м", "ый", "ом"];
    let next = word(run, at + 1);
    if word(run, at) == "год" && is_year(next) {
        let more = matches!(word(run, at + 2), "г" | "год" | "года");
        return (!more).then(|| (2, format!("{next} год")));
    }
    let named = matches!(next, "год" | "года" | "году");
    let year = word(run, at).get(..4).filter(|year| is_year(year));
    if let Some(year) = year {
        let ending = word(run, at)[4..].trim_start_matches('-');
        return (named && ENDINGS.contains(&ending)).then(|| (2, format!("{year} год")));
    }
    // «ему 24 года» counts years; «за 24 год» and «приказы 24 года» name one.
    let led = at > 0 && (word(run, at - 1) == "за" || kind_of(word(run, at - 1)).is_some());
    let this_century = is_figures(word(run, at), 2) && led && named;
    this_century.then(|| (2, format!("20{} год", word(run, at))))
}

/// «05.02.24-10.02.24»
fn from_day_to_day(run: &[Piece<'_>], at: usize) -> Spelling {
    let (first, last) = run[at].typed.split_once(['-', '–', '—'])?;
    let is_day = |day: &str| {
        let lengths: Vec<usize> = day.split('.').map(str::len).collect();
        day.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && matches!(lengths[..], [1..=2, 1..=2, 2 | 4])
    };
    let before = at.checked_sub(1).map_or("", |before| word(run, before));
    let led = matches!(before, "с" | "со") || before.ends_with('№');
    (is_day(first) && is_day(last) && !led).then(|| (1, format!("с {first} по {last}")))
}

/// «дата 21.10.2024», «за дату 21.10.2024».
fn behind_its_name(run: &[Piece<'_>], at: usize) -> Spelling {
    let led = usize::from(word(run, at) == "за");
    let is_name = matches!(
        word(run, at + led),
        "дата" | "дату" | "датой" | "датированный"
    );
    let day = word(run, at + led + 1);
    let is_day = day.matches('.').count() == 2 && day.starts_with(|c: char| c.is_ascii_digit());
    (is_name && is_day).then(|| (1 + led, "от".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::spelling::respelled;

    #[test]
    fn days_and_years_are_spelled_as_the_grammar_reads_them() {
        let today = jiff::civil::date(2024, 5, 15);
        for (typed, spelled) in [
            ("2023/24 учебный год", "2023-2024 учебный год"),
            ("2023 - 2024 учебного года", "2023-2024 учебный год"),
            ("2023-24 уч. г.", "2023-2024 учебный год"),
            ("2023/2024 уч.год план", "2023-2024 учебный год план"),
            ("учебный год 2023-2024", "2023-2024 учебный год"),
            ("2023-2025 учебный год", "2023-2025 учебный год"),
            ("2023/24", "2023/24"),
            (
                "график отпусков на 2025 год",
                "график отпусков на слово:2025",
            ),
            ("на 2025", "на слово:2025"),
            ("на 20250 рублей", "на 20250 рублей"),
            ("1-15 сентября 2024", "с 1 по 15 сентября 2024"),
            (
                "приказы с 1-15 сентября 2024 г.",
                "приказы с 1 по 15 сентября 2024 г.",
            ),
            ("1-15", "1-15"),
            ("от 1 до 15 сентября 2024", "с 1 по 15 сентября 2024"),
            ("от 1 марта до 5 апреля 2024", "с 1 марта по 5 апреля 2024"),
            ("от 5 до 10 человек", "от 5 до 10 человек"),
            ("приказы сент. 2024", "приказы сентябрь 2024"),
            ("5 февр. 2024", "5 февраля 2024"),
            ("май 2024", "май 2024"),
            ("янв. отчёт", "янв. отчёт"),
            ("1кв 2024", "1 квартал 2024"),
            ("1 кв. 2024", "1 квартал 2024"),
            ("1-й квартал 2024", "1 квартал 2024"),
            ("во 2-м полугодии 2024", "во 2 полугодие 2024"),
            ("1-й класс 2024", "1-й класс 2024"),
            ("05 02 2024", "05.02.2024"),
            ("5 2 2024", "5 2 2024"),
            ("31 02 2024", "31 02 2024"),
            ("02,09,2024", "02.09.2024"),
            ("02-09-2024", "(дата:02.09.2024 OR номер:02-09-2024)"),
            ("от 02-09-2024", "от 02.09.2024"),
            ("№ 02-09-2024", "№ 02-09-2024"),
            ("02-19-2024", "02-19-2024"),
            ("год 2024", "2024 год"),
            ("год 2024 года", "год 2024 года"),
            ("2024-й год", "2024 год"),
            ("за 24 год", "за 2024 год"),
            ("приказы 24 года", "приказы 2024 год"),
            ("стаж 24 года", "стаж 24 года"),
            ("05.02.24-10.02.24", "с 05.02.24 по 10.02.24"),
            ("1.2-3.4", "1.2-3.4"),
            ("№ 77, дата 21.10.2024", "№ 77, от 21.10.2024"),
            ("за дату 21.10.2024", "от 21.10.2024"),
            ("дата приказа", "дата приказа"),
        ] {
            assert_eq!(respelled(typed, today).line, spelled, "{typed}");
        }
    }
}
