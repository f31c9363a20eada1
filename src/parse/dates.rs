//! Dates as orders write them: `05.02.2024года`, `«05» февраля 2024 г.`, `«_05_» _02_ 2024 г.`,
//! `05.02.24`, `2024-05-21`.
//!
//! In: tokens and the place where a date may start. Out: the day, or that the figures name no day of
//! the calendar, and where the date ends.

use jiff::civil::Date;

use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::sign_at;
use crate::lexicon::morphology::is_known;
use crate::lexicon::words::{WordClass, months};

/// What stands where a date was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateReading {
    /// A day.
    Day(Date),
    /// The form of a date that no calendar has: «31.02.2024».
    Impossible,
    /// A form that was never filled in: «___» ______ 20__ г.
    Blank,
}

/// Two-digit years up to this one belong to the present century: the records of the oldest bodies
/// that write two digits start in the 1990s.
const LAST_SHORT_YEAR_OF_THIS_CENTURY: i16 = 69;

/// Years that an order can speak of; «2.4.3648-20» is the number of sanitary rules.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;

/// Reads a date at token `at`. Gives the reading and the token after it.
pub(crate) fn date_at(tokens: &Tokens<'_>, at: usize) -> Option<(DateReading, usize)> {
    let worded = || in_words(tokens, at).or_else(|| blank(tokens, at));
    match tokens.kind(at)? {
        TokenKind::Number if tokens.length(at) == 4 => iso(tokens, at),
        TokenKind::Number if tokens.length(at) <= 2 => {
            // «5 февраля», «5» февраля», «5 ____»
            let may_be_worded = match tokens.kind(at + 1)? {
                TokenKind::Word => {
                    tokens.meaning(at + 1, WordClass::Month).is_some()
                        || misspelt_month(tokens, at + 1).is_some()
                }
                TokenKind::Blank | TokenKind::OpenQuote | TokenKind::CloseQuote => true,
                _ => return dotted(tokens, at),
            };
            may_be_worded.then(worded)?
        }
        TokenKind::Blank => worded().or_else(|| dotted_blank(tokens, at)),
        TokenKind::OpenQuote | TokenKind::CloseQuote => worded(),
        _ => None,
    }
}

fn iso(tokens: &Tokens<'_>, at: usize) -> Option<(DateReading, usize)> {
    let year = figure(tokens, at, 4..=4)?;
    let glued = (at + 1..at + 5).all(|index| tokens.gap(index) == Gap::None);
    if !glued
        || tokens.kind(at + 1) != Some(TokenKind::Dash)
        || tokens.kind(at + 3) != Some(TokenKind::Dash)
    {
        return None;
    }
    let month = figure(tokens, at + 2, 2..=2)?;
    let day = figure(tokens, at + 4, 2..=2)?;
    Some((reading(year, month, day), at + 5))
}

fn dotted(tokens: &Tokens<'_>, at: usize) -> Option<(DateReading, usize)> {
    let separator = |index: usize| tokens.is_mark(index, '.') || tokens.is_mark(index, '/');
    if !separator(at + 1) || !separator(at + 3) {
        return None;
    }
    let day = figure(tokens, at, 1..=2)?;
    let digits = tokens.word(at + 4).len();
    // «12 / 05 / 2022»
    let spaced = tokens.is_mark(at + 1, '/')
        && digits == 4
        && (at + 1..at + 5).all(|index| tokens.gap(index) == Gap::Space);
    if !spaced && (tokens.gap(at + 1) != Gap::None || tokens.gap(at + 3) != Gap::None) {
        return None;
    }
    let month = figure(tokens, at + 2, 1..=2)?;
    if !matches!(digits, 2 | 4) || tokens.gap(at + 4) > Gap::Space {
        return None;
    }
    let year = full_year(figure(tokens, at + 4, 2..=4)?, digits);
    // «01.04/131» and «2.4.3648-20» only look like dates.
    let joined_on = tokens.gap(at + 5) == Gap::None
        && (tokens.is_mark(at + 5, '/')
            || tokens.kind(at + 5) == Some(TokenKind::Dash)
                && tokens.gap(at + 6) == Gap::None
                && digits == 2
            || tokens.is_mark(at + 5, '.')
                && tokens.is_number(at + 6)
                && tokens.gap(at + 6) == Gap::None);
    if joined_on
        || !YEARS.contains(&year)
        || tokens.is_mark(at + 1, '/') != tokens.is_mark(at + 3, '/')
    {
        return None;
    }
    Some((reading(year, month, day), after_year(tokens, at + 5)))
}

/// «05» февраля 2024 г. · 5 февраля 2024 года · «_05_» _02_ 2024 г.
fn in_words(tokens: &Tokens<'_>, at: usize) -> Option<(DateReading, usize)> {
    let mut next = at;
    let quoted = is_quote(tokens, next);
    next = skip_blanks(tokens, next + usize::from(quoted));
    let day = figure(tokens, next, 1..=2)?;
    next = skip_blanks(tokens, next + 1);
    // Where a recogniser lost one of the marks, the month tells.
    let closed = is_quote(tokens, next);
    next = skip_blanks(tokens, next + usize::from(closed));
    let quoted = quoted && closed;
    let month = match tokens.meaning(next, WordClass::Month) {
        Some(month) => month.parse().ok()?,
        None if quoted && tokens.is_number(next) => figure(tokens, next, 1..=2)?,
        None => misspelt_month(tokens, next)?,
    };
    next = skip_blanks(tokens, next + 1);
    next += usize::from(tokens.is_mark(next, '.') && tokens.gap(next) == Gap::None);
    let digits = tokens.word(next).len();
    let year = full_year(figure(tokens, next, 2..=4)?, digits);
    if digits == 3 || !tokens.continues(next) {
        return None;
    }
    Some((
        reading(year, month, day),
        after_year(tokens, skip_blanks(tokens, next + 1)),
    ))
}

/// «06 агуста 2012 г.»: the month of which a letter was lost, added or changed, where only a date can stand and the
/// dictionary has no such word.
fn misspelt_month(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    /// «июня» is one letter from «июля».
    const SHORTEST: usize = 5;
    let in_date = tokens.is_number(at + 1)
        && tokens.length(at + 1) == 4
        && matches!(tokens.word(at + 2), "г" | "года")
        && tokens.length(at) + 1 >= SHORTEST;
    if !in_date || is_known(tokens.word(at)) {
        return None;
    }
    let word = tokens.word(at);
    let genitives = months().map(|mut forms| forms.nth(1).unwrap_or_default());
    (1..)
        .zip(genitives)
        .find(|(_, month)| month.chars().count() >= SHORTEST && is_one_letter_from(word, month))
        .map(|(month, _)| month)
}

/// Whether two words differ in one letter: lost, added or changed.
fn is_one_letter_from(one: &str, other: &str) -> bool {
    let alike = one
        .chars()
        .zip(other.chars())
        .take_while(|(left, right)| left == right)
        .count();
    let one: Vec<char> = one.chars().skip(alike).collect();
    let other: Vec<char> = other.chars().skip(alike).collect();
    let behind = |letters: &[char]| letters.get(1..).unwrap_or_default().to_vec();
    behind(&one) == behind(&other) || one == behind(&other) || behind(&one) == other
}

fn is_quote(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(
        tokens.kind(at),
        Some(TokenKind::OpenQuote | TokenKind::CloseQuote)
    )
}

/// «___» ____________ 20__ г. · «05» ______ 2024 г. · ____ февраля 2024: day or month was left out, or cannot be read.
fn blank(tokens: &Tokens<'_>, at: usize) -> Option<(DateReading, usize)> {
    let is_blank = |index: usize| tokens.kind(index) == Some(TokenKind::Blank);
    let opened = is_quote(tokens, at);
    let day = at + usize::from(opened);
    let no_day = is_blank(day);
    if !no_day {
        figure(tokens, day, 1..=2)?;
    }
    let mut next = skip_blanks(tokens, day + 1);
    let closed = is_quote(tokens, next);
    next += usize::from(closed);
    let no_month = is_blank(next) || no_day && next > day + 1 && is_blank(next - 1);
    if tokens.meaning(next, WordClass::Month).is_some() {
        next += 1;
    } else if !no_month {
        return None;
    }
    next = skip_blanks(tokens, next);
    if !(no_day || no_month) || !tokens.continues(next - 1) && next - 1 > at {
        return None;
    }
    let year = tokens.is_number(next) && tokens.continues(next) && tokens.length(next) <= 4;
    let behind = skip_blanks(tokens, next + usize::from(year));
    let end = after_year(tokens, behind);
    // «5 ____» alone says nothing of a date, nor do the figures of a form.
    let is_dated = end > behind || year && tokens.length(next) == 4;
    (opened && closed || is_dated).then_some((DateReading::Blank, end))
}

/// «__.__.2021»
fn dotted_blank(tokens: &Tokens<'_>, at: usize) -> Option<(DateReading, usize)> {
    let is_blank = |index: usize| tokens.kind(index) == Some(TokenKind::Blank);
    let year = at + 4;
    let shaped = (at + 1..=year).all(|index| tokens.gap(index) == Gap::None)
        && is_blank(at)
        && tokens.is_mark(at + 1, '.')
        && is_blank(at + 2)
        && tokens.is_mark(at + 3, '.')
        && (is_blank(year) || tokens.is_number(year) && matches!(tokens.length(year), 2 | 4));
    shaped.then(|| (DateReading::Blank, after_year(tokens, year + 1)))
}

/// «г.», «года» after a year. «г. Заречинск» after a year is a place, not a year's mark.
fn after_year(tokens: &Tokens<'_>, next: usize) -> usize {
    if !matches!(tokens.word(next), "г" | "гг" | "год" | "года" | "году")
        || tokens.gap(next) > Gap::Break
        || tokens.gap(next) > Gap::Space && !goes_on_behind_break(tokens, next)
    {
        return next;
    }
    if !tokens.is_mark(next + 1, '.') || tokens.gap(next + 1) != Gap::None {
        return next + 1;
    }
    let before_a_name = tokens.gap(next) == Gap::Space
        && tokens.gap(next + 2) == Gap::Space
        && tokens.is_capitalised(next + 2)
        && tokens.length(next + 2) > 2;
    if before_a_name { next } else { next + 2 }
}

/// «18.02.2013 / г. № 21», «2013 / года»: in the next line «г.» is the year's only where a number follows it.
fn goes_on_behind_break(tokens: &Tokens<'_>, at: usize) -> bool {
    let behind = at + 1 + usize::from(tokens.is_mark(at + 1, '.'));
    tokens.length(at) > 2 || sign_at(tokens, behind).is_some()
}

fn skip_blanks(tokens: &Tokens<'_>, mut next: usize) -> usize {
    while tokens.kind(next) == Some(TokenKind::Blank) && tokens.continues(next) {
        next += 1;
    }
    next
}

/// The figure at `at` if it has that many digits.
fn figure(tokens: &Tokens<'_>, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    if !tokens.is_number(at) || !digits.contains(&tokens.word(at).len()) {
        return None;
    }
    tokens.word(at).parse().ok()
}

fn full_year(year: i16, digits: usize) -> i16 {
    match digits {
        2 if year <= LAST_SHORT_YEAR_OF_THIS_CENTURY => 2000 + year,
        2 => 1900 + year,
        _ => year,
    }
}

fn reading(year: i16, month: i16, day: i16) -> DateReading {
    let day_and_month = i8::try_from(month).ok().zip(i8::try_from(day).ok());
    day_and_month
        .and_then(|(month, day)| Date::new(year, month, day).ok())
        .map_or(DateReading::Impossible, DateReading::Day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn read(line: &str) -> (String, String) {
        let text = Text::from_lines(line);
        let tokens = Tokens::of(&text);
        match date_at(&tokens, 0) {
            Some((DateReading::Day(day), end)) => {
                (day.to_string(), tokens.slice(end, tokens.len()).to_owned())
            }
            Some((other, end)) => (
                format!("{other:?}"),
                tokens.slice(end, tokens.len()).to_owned(),
            ),
            None => ("-".to_owned(), line.to_owned()),
        }
    }

    #[test]
    fn dates_are_read_in_every_spelling() {
        for (line, day, rest) in [
            ("05.02.2024года № 1", "2024-02-05", "№ 1"),
            ("27.07.2006г. №149", "2006-07-27", "№149"),
            ("9.1.2024г.", "2024-01-09", ""),
            ("«05» февраля 2024 г.", "2024-02-05", ""),
            ("5 февраля 2024 года № 3", "2024-02-05", "№ 3"),
            ("05.02.24", "2024-02-05", ""),
            ("06 агуста 2012 г. № 3", "2012-08-06", "№ 3"),
            ("06 сентебря 2012 года", "2012-09-06", ""),
            ("06 агусту 2012 года", "-", "06 агусту 2012 года"),
            ("06 карта 2012 года", "-", "06 карта 2012 года"),
            ("06 агуста 2012", "-", "06 агуста 2012"),
            ("12 июна 2012 года", "-", "12 июна 2012 года"),
            ("О5.02.2О24 № 1", "2024-02-05", "№ 1"),
            ("«З1» мая 2О24 г. № 1", "2024-05-31", "№ 1"),
            ("05 . 02 . 2024 г . № 1", "2024-02-05", "№ 1"),
            ("10.07.92 N 3266-1", "1992-07-10", "N 3266-1"),
            ("«_05_» _02_ 2024 г.", "2024-02-05", ""),
            ("2024-05-21 № 17-л/с", "2024-05-21", "№ 17-л/с"),
            ("03.07.2024 г. Заречинск", "2024-07-03", "г. Заречинск"),
            ("10.01.2024 г. № 44", "2024-01-10", "№ 44"),
            ("31.02.2024", "Impossible", ""),
            ("«___» ____________ 20__ г.", "Blank", ""),
            ("__.__.2021 года № 5", "Blank", "№ 5"),
            // A mark that was lost; day or month that cannot be read.
            ("«_24 октября 2023 г.", "2023-10-24", ""),
            ("24 » октября 2023 г.", "2023-10-24", ""),
            ("____ февраля 2024\t№ 7", "Blank", "№ 7"),
            ("____ ____ 2019 г.\t№ 7", "Blank", "№ 7"),
            ("«05» ______ 2024 г.", "Blank", ""),
            ("5 ____", "-", "5 ____"),
            ("____\t№ 7", "-", "____\t№ 7"),
            ("01.04/131", "-", "01.04/131"),
            ("2.4.3648-20", "-", "2.4.3648-20"),
        ] {
            assert_eq!(read(line), (day.to_owned(), rest.to_owned()), "{line}");
        }
    }
}
