//! What a pen put into the blanks of a form: the day, the month and the number of «__05__» __февраля__ 2024 г. № _12_.
//!
//! What is digits alone, the networks of [`digits`](super::digits) read, where they are certain. A recogniser of print reads
//! a pen surely and wrong. So each other blank is read thick and thin, in several sizes and ways:
//! what most of them agree on stands, as surely as they agree; a month need only be nearer to one name than to another.
//!
//! In: a blank and its readings. Out: its word.
//! Must never: take for written what is no number, date or month, or be as sure of it as of print.

use jiff::civil::Date;

use super::apart::agreed;
use super::blanks::Blank;
use super::digits::{Figures, figures};
use super::tesseract::Recognised;
use crate::lexicon::fold::small;
use crate::lexicon::words::months;

/// Part of the readings that must be alike for figures that stand beside letters or a slash, or that the networks read
/// too.
const ALIKE_FIGURES: f32 = 0.6;

/// Part of the readings that must be alike for figures that the engine alone reads: it takes «594» for 274 in six of ten.
const ALIKE_FIGURES_ALONE: f32 = 0.9;

/// Part of those that are a month at all that must be alike for a month: there are but twelve.
const ALIKE_MONTHS: f32 = 0.5;

/// How sure a reading is on which all agree: of ten such nine are right, and a reader has to compare them all the same.
const SUREST: f32 = 0.8;

/// How certain digits must be together to stand. Of 253 numbers and dates that pages filled in with thirteen hands and with
/// digits of the MNIST set had in their blanks, 136 are read right with so much, and 2 wrong, of which faint strokes are
/// missing; the rest is left to the engine.
const CERTAIN: f32 = 0.8;

/// How sure an unread blank is: none of its letters are.
const UNREAD_CONFIDENCE: f32 = 0.1;

/// What is in a blank that somebody filled in, and nobody can read: the sign of a blank.
pub(super) const UNREAD: &str = "____";

/// The number or date in a blank that its digits tell; nothing where some of what is written seems to be missing. To ask
/// the thin picture too loses as many right ones at every threshold and no wrong one.
pub(super) fn figures_in(blank: &Blank) -> Option<Figures> {
    let [thick, _] = &blank.cuttings;
    figures(thick).filter(|_| blank.is_whole)
}

/// The word that figures are, if they are certain.
pub(super) fn certain(blank: &Blank, figures: Option<&Figures>) -> Option<Recognised> {
    let found = figures.filter(|figures| figures.certainty >= CERTAIN)?;
    Some(Recognised {
        text: found.text.clone(),
        pixels: blank.place_of_word(),
        confidence: found.certainty * SUREST,
    })
}

/// The word in a blank, if most of its readings agree on it and its figures are not others, else [`UNREAD`].
pub(super) fn word<'a>(
    blank: &Blank,
    figures: Option<&Figures>,
    readings: impl Iterator<Item = &'a str>,
) -> Recognised {
    let agreement = agreed(readings, value).filter(|found| {
        if found.text.starts_with(|c: char| c.is_ascii_digit()) {
            alike(figures, &found.text).is_some_and(|alike| found.of_all >= alike)
        } else {
            found.of_values > ALIKE_MONTHS
        }
    });
    let (text, confidence) = agreement.map_or_else(
        || (UNREAD.to_owned(), UNREAD_CONFIDENCE),
        |found| (found.text, found.of_all * SUREST),
    );
    Recognised {
        text,
        pixels: blank.place_of_word(),
        confidence,
    }
}

/// Part of the readings that must be alike for what begins with a figure; nothing where the networks read other figures.
/// A slash they may have taken for a 1.
fn alike(figures: Option<&Figures>, read: &str) -> Option<f32> {
    if read.contains(|c: char| !c.is_ascii_digit() && c != '.') {
        return Some(ALIKE_FIGURES);
    }
    match figures {
        None => Some(ALIKE_FIGURES_ALONE),
        Some(figures) => (figures.text == read).then_some(ALIKE_FIGURES),
    }
}

/// The day, number, date or month that a reading can be. Which letters of a number are capitals, a pen does not tell.
fn value(reading: &str) -> Option<String> {
    let reading = reading.trim_matches(|c: char| !c.is_alphanumeric());
    if reading.starts_with(|c: char| c.is_ascii_digit()) {
        if let Some(date) = undotted_date(reading) {
            return Some(date);
        }
        let is_of_a_number = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '.');
        return reading
            .chars()
            .all(is_of_a_number)
            .then(|| reading.chars().map(small).collect());
    }
    month(reading)
}

/// «04092023»: full stops that a pen only dots are lost.
fn undotted_date(reading: &str) -> Option<String> {
    let digits = reading.replace('.', "");
    if digits.len() != 8 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let (day, month, year) = (&digits[..2], &digits[2..4], &digits[4..]);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(format!("{day}.{month}.{year}"))
}

/// The month to whose name a reading is nearer than to any other's: in the genitive.
fn month(reading: &str) -> Option<String> {
    /// Of so many letters one may be read wrong.
    const LETTERS_OF_A_MISTAKE: usize = 3;
    let letters: Vec<char> = reading.chars().map(small).collect();
    if letters.len() < 2 || !letters.iter().all(|c| c.is_alphabetic()) {
        return None;
    }
    let mut near: Vec<(usize, &str)> = months()
        .filter_map(|mut forms| {
            let genitive = forms.nth(1)?;
            Some((mistakes(&letters, genitive), genitive))
        })
        .collect();
    near.sort_unstable();
    let [(nearest, month), (next, _), ..] = near[..] else {
        return None;
    };
    let length = month.chars().count();
    (nearest < next && nearest * LETTERS_OF_A_MISTAKE <= length).then(|| month.to_owned())
}

/// Letters that were put in, left out or changed between one word and another (V. Levenshtein, 1965).
fn mistakes(one: &[char], other: &str) -> usize {
    let mut row: Vec<usize> = (0..=one.len()).collect();
    for (index, letter) in other.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (at, own) in one.iter().enumerate() {
            let changed = diagonal + usize::from(*own != letter);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[one.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_numbers_days_or_months_and_nothing_else() {
        for (reading, expected) in [
            ("05", Some("05")),
            ("‘06.", Some("06")),
            ("25-К", Some("25-к")),
            ("112/1", Some("112/1")),
            ("04092023", Some("04.09.2023")),
            ("0409.2023", Some("04.09.2023")),
            ("99999999", Some("99999999")),
            ("февраля", Some("февраля")),
            ("фебраля", Some("февраля")),
            ("ая", Some("мая")),
            ("Мая", Some("мая")),
            // As near to one as to another; too far from any; a scrawl.
            ("июня", Some("июня")),
            ("ию_я", None),
            ("аля", None),
            ("Рж", None),
            ("", None),
            ("—", None),
        ] {
            assert_eq!(value(reading).as_deref(), expected, "{reading}");
        }
    }
}
