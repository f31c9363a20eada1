//! What a pen put into the blanks of a form: the day, the month and the number of «__05__» __февраля__ 2024 г. № _12_.
//!
//! A recogniser of print reads a pen surely and wrong, above all where the rule of the blank crosses what is written. So
//! the pen's ink is taken alone, by its colour, and read thick and thin, in several sizes and ways: what most of them
//! agree on stands, as surely as they agree; a month need only be nearer to one name than to another.
//!
//! In: a level page, its colours, and the words that were read on it; then the readings of each blank. Out: what is to
//! be read; the words in the blanks of the page's upper part.
//! Must never: take for written what is no number, date or month, or be as sure of it as of print.

use std::ops::Range;

use image::GrayImage;
use jiff::civil::Date;

use super::apart::{Cutting, agreed};
use super::picture::{Picture, float, pixels};
use super::tesseract::Recognised;
use crate::lexicon::fold::small;
use crate::lexicon::words::months;

/// Part of a page, from above, that has the blanks for date and number. Farther down people sign.
const HEAD: f32 = 0.5;

/// Blanks of a page that are read: day, month, year and number of two issuers.
const MOST_BLANKS: usize = 8;

/// Width of the narrowest blank in heights of a word: two digits.
const NARROWEST: f32 = 1.2;

/// Thickness of a rule at most, in heights of a word.
const THICKNESS: f32 = 0.2;

/// Pixels that may be missing from a rule at a place: noise.
const GAP: u32 = 3;

/// How far what is written reaches above and below its rule, in heights of a word.
const ABOVE: f32 = 2.0;
/// See [`ABOVE`].
const BELOW: f32 = 1.2;

/// How far what is written reaches beyond the ends of its rule, in heights of a word.
const BEYOND: f32 = 0.3;

/// What is written is at least so high, in heights of a word.
const LOWEST: f32 = 0.4;

/// Height of a word, in pixels, under which a page is too coarse to tell a pen's letters on.
const COARSE: f32 = 8.0;

/// Part of the readings that must be alike for figures.
const ALIKE_FIGURES: f32 = 0.6;

/// Part of those that are a month at all that must be alike for a month: there are but twelve.
const ALIKE_MONTHS: f32 = 0.5;

/// How sure a reading is on which all agree: of ten such nine are right, and a reader has to compare them all the same.
const SUREST: f32 = 0.8;

/// Parts of the strongest colour that are made black: a pen is fainter at the edges of its strokes, and where it is
/// fast. The first makes strokes thick, the second thin.
const BLACK_FROM: [f32; 2] = [0.5, 1.0];

/// How sure an unread blank is: none of its letters are.
const UNREAD_CONFIDENCE: f32 = 0.1;

/// Shades darker than this are a rule.
const DARK: u8 = 128;

/// Shades of colour darker than this are ink.
const INK: u8 = 220;

/// The rule of a blank, in pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    columns: Range<u32>,
    row: u32,
}

/// A blank in which something is written.
pub(super) struct Blank {
    rule: Rule,
    columns: Range<u32>,
    /// The pen's ink alone, thick and thin.
    pub(super) cuttings: [Cutting; BLACK_FROM.len()],
}

impl Blank {
    /// How many pictures are made of a blank.
    pub(super) const PICTURES: usize = BLACK_FROM.len() * Cutting::PICTURES;
}

/// The blanks of a level page over which something is written in colour.
pub(super) fn blanks(
    words: &[Recognised],
    level: &Picture,
    print: &Picture,
    colour: &Picture,
) -> Vec<Blank> {
    let Some(height) = height_of_words(words) else {
        return Vec::new();
    };
    rules(level, height)
        .into_iter()
        .filter(|rule| !is_printed_over(rule, print, height))
        .filter_map(|rule| written_over(rule, colour, height))
        .take(MOST_BLANKS)
        .collect()
}

/// What is in a blank that somebody filled in, and nobody can read: the sign of a blank.
pub(super) const UNREAD: &str = "____";

/// The word in a blank, if most of its readings agree on it, else [`UNREAD`].
pub(super) fn word<'a>(blank: &Blank, readings: impl Iterator<Item = &'a str>) -> Recognised {
    let agreement = agreed(readings, value).filter(|found| {
        if found.text.starts_with(|c: char| c.is_ascii_digit()) {
            found.of_all >= ALIKE_FIGURES
        } else {
            found.of_values > ALIKE_MONTHS
        }
    });
    let (text, confidence) = agreement.map_or_else(
        || (UNREAD.to_owned(), UNREAD_CONFIDENCE),
        |found| (found.text, found.of_all * SUREST),
    );
    let height = blank.cuttings[0].height;
    Recognised {
        text,
        pixels: [
            float(blank.columns.start),
            float(blank.rule.row) - height,
            float(blank.columns.end - blank.columns.start),
            height,
        ],
        confidence,
    }
}

/// Whether a word was read where something is written.
pub(super) fn is_written_over(word: &Recognised, written: &[Recognised]) -> bool {
    let middle = |side: usize| word.pixels[side] + word.pixels[side + 2] / 2.0;
    written.iter().any(|written| {
        let [left, top, width, height] = written.pixels;
        (left..left + width).contains(&middle(0))
            && (top - height * (ABOVE - 1.0)..top + height * (1.0 + BELOW)).contains(&middle(1))
    })
}

/// The height of most words; nothing on an empty page.
fn height_of_words(words: &[Recognised]) -> Option<f32> {
    let mut heights: Vec<f32> = words.iter().map(|word| word.pixels[3]).collect();
    heights.sort_by(f32::total_cmp);
    let height = heights.get(heights.len() / 2).copied();
    height.filter(|height| *height >= COARSE)
}

/// The rules in the upper part of a page: long thin lines with nothing dark along them.
fn rules(level: &Picture, height: f32) -> Vec<Rule> {
    let narrowest = pixels(height * NARROWEST);
    let thickness = pixels(height * THICKNESS).max(2);
    let last = pixels(float(level.height) * HEAD);
    let mut pieces: Vec<Rule> = Vec::new();
    for row in thickness..last.saturating_sub(thickness) {
        for columns in runs(level, row) {
            let length = columns.end - columns.start;
            let is_thin = || {
                [row - thickness, row + thickness]
                    .into_iter()
                    .all(|beside| dark(level, beside, &columns) < length / 2)
            };
            if length >= narrowest && is_thin() {
                pieces.push(Rule { columns, row });
            }
        }
    }
    joined(pieces, thickness)
}

/// The rules that pieces on neighbouring rows belong to, from the left.
fn joined(mut pieces: Vec<Rule>, thickness: u32) -> Vec<Rule> {
    pieces.sort_by_key(|rule| rule.columns.start);
    let mut rules: Vec<Rule> = Vec::new();
    for piece in pieces {
        let of = rules.iter_mut().find(|rule| {
            rule.row.abs_diff(piece.row) <= thickness && piece.columns.start <= rule.columns.end
        });
        match of {
            Some(rule) => rule.columns.end = rule.columns.end.max(piece.columns.end),
            None => rules.push(piece),
        }
    }
    rules
}

/// The dark runs of a row.
fn runs(picture: &Picture, row: u32) -> Vec<Range<u32>> {
    let mut runs: Vec<Range<u32>> = Vec::new();
    for (column, shade) in (0..).zip(picture.row(row)) {
        if *shade >= DARK {
            continue;
        }
        match runs.last_mut() {
            Some(run) if column - run.end <= GAP => run.end = column + 1,
            _ => runs.push(column..column + 1),
        }
    }
    runs
}

/// Dark pixels of a part of a row.
fn dark(picture: &Picture, row: u32, columns: &Range<u32>) -> u32 {
    (columns.start..columns.end)
        .zip(&picture.row(row)[columns.start as usize..])
        .map(|(_, shade)| u32::from(*shade < DARK))
        .sum()
}

/// Whether print stands on a rule: a title that is underlined, a cell of a table.
fn is_printed_over(rule: &Rule, print: &Picture, height: f32) -> bool {
    /// Of so many pixels one may be dark: dust, the darkest places of a pen.
    const OF_PIXELS: u32 = 30;
    let thickness = pixels(height * THICKNESS).max(2);
    let rows = rule.row.saturating_sub(pixels(height))..rule.row.saturating_sub(thickness);
    let area = (rows.end - rows.start) * (rule.columns.end - rule.columns.start);
    let printed: u32 = rows.map(|row| dark(print, row, &rule.columns)).sum();
    printed * OF_PIXELS > area
}

/// What is written over a rule, as dark as it can be; nothing where the blank is empty.
fn written_over(rule: Rule, colour: &Picture, height: f32) -> Option<Blank> {
    let around = |from: f32, to: f32, side: u32| pixels(from)..pixels(to).min(side);
    let columns = around(
        float(rule.columns.start) - height * BEYOND,
        float(rule.columns.end) + height * BEYOND,
        colour.width,
    );
    let rows = around(
        float(rule.row) - height * ABOVE,
        float(rule.row) + height * BELOW,
        colour.height,
    );
    let (mut left, mut right, mut top, mut bottom) = (u32::MAX, 0, u32::MAX, 0);
    for row in rows {
        for column in columns.clone() {
            if is_ink(colour, column, row) {
                (left, right) = (left.min(column), right.max(column + 1));
                (top, bottom) = (top.min(row), bottom.max(row + 1));
            }
        }
    }
    if bottom <= top || float(bottom - top) < height * LOWEST {
        return None;
    }
    let extent = [left, top, right - left, bottom - top].map(float);
    let cuttings = BLACK_FROM.map(|part| {
        let mut cutting = Cutting::of(colour, extent, height);
        darken(&mut cutting.ink, part);
        cutting
    });
    Some(Blank {
        rule,
        columns: left..right,
        cuttings,
    })
}

/// Whether most of the pixels around one are coloured: the rim that a scanner gives to black print is one or two wide.
fn is_ink(colour: &Picture, column: u32, row: u32) -> bool {
    if colour.row(row)[column as usize] >= INK {
        return false;
    }
    let rows = row.saturating_sub(1)..(row + 2).min(colour.height);
    let columns =
        column.saturating_sub(1) as usize..(column as usize + 2).min(colour.width as usize);
    let (mut coloured, mut all) = (0, 0);
    for row in rows {
        let around = &colour.row(row)[columns.clone()];
        coloured += around.iter().filter(|shade| **shade < INK).count();
        all += around.len();
    }
    2 * coloured > all
}

/// Makes black of what has a part of the strongest colour.
fn darken(picture: &mut GrayImage, part: f32) {
    let darkest = picture.iter().copied().min().unwrap_or_default();
    let reach = (f32::from(u8::MAX - darkest) * part).max(1.0);
    for shade in picture.iter_mut() {
        let strength = (f32::from(u8::MAX - *shade) / reach).min(1.0);
        *shade = u8::try_from(pixels(f32::from(u8::MAX) * (1.0 - strength))).unwrap_or(u8::MAX);
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

    /// A white page, 400 by 400, on which words are 20 pixels high.
    fn page() -> Picture {
        Picture {
            width: 400,
            height: 400,
            grey: vec![u8::MAX; 400 * 400],
        }
    }

    fn fill(picture: &mut Picture, columns: Range<u32>, rows: Range<u32>, shade: u8) {
        for row in rows {
            for column in columns.clone() {
                picture.grey[(row * 400 + column) as usize] = shade;
            }
        }
    }

    fn words() -> Vec<Recognised> {
        vec![Recognised {
            text: "ПРИКАЗ".to_owned(),
            pixels: [10.0, 10.0, 100.0, 20.0],
            confidence: 0.96,
        }]
    }

    #[test]
    fn ink_over_a_thin_rule_is_a_filled_blank() {
        let (mut level, mut print, mut colour) = (page(), page(), page());
        // Two blanks, the rule of one broken by noise; a bar; a rule in the lower half.
        fill(&mut level, 20..100, 100..102, 0);
        fill(&mut level, 150..200, 100..102, 0);
        fill(&mut level, 202..250, 100..102, 0);
        fill(&mut level, 20..100, 150..170, 0);
        fill(&mut level, 20..100, 300..302, 0);
        // A title in print on a rule of its own.
        fill(&mut level, 20..100, 60..62, 0);
        fill(&mut print, 20..100, 45..55, 0);
        fill(&mut colour, 30..60, 45..60, 100);
        // A pen over all of them, a day that hangs under its rule.
        fill(&mut colour, 30..60, 85..110, 100);
        fill(&mut colour, 160..240, 85..98, 100);
        fill(&mut colour, 30..60, 140..160, 100);
        fill(&mut colour, 30..60, 285..300, 100);
        let found: Vec<_> = blanks(&words(), &level, &print, &colour)
            .iter()
            .map(|blank| (blank.rule.columns.clone(), blank.columns.clone()))
            .collect();
        assert_eq!(found, [(20..100, 30..60), (150..250, 160..240)]);
        assert!(blanks(&[], &level, &print, &colour).is_empty());
        assert!(blanks(&words(), &level, &print, &page()).is_empty());
    }

    #[test]
    fn a_word_stands_on_its_rule_and_is_less_sure_than_print() {
        let (mut level, print, mut colour) = (page(), page(), page());
        fill(&mut level, 20..100, 100..102, 0);
        fill(&mut colour, 30..60, 85..110, 100);
        let blanks = blanks(&words(), &level, &print, &colour);
        let found = word(&blanks[0], ["05", "05", "05", "95"].into_iter());
        assert_eq!(found.text, "05");
        assert_eq!(found.pixels, [30.0, 80.0, 30.0, 20.0]);
        assert!((found.confidence - 0.75 * SUREST).abs() < 1e-6);
        assert!(is_written_over(&found, std::slice::from_ref(&found)));
        assert!(!is_written_over(&words()[0], &[found]));
        assert_eq!(word(&blanks[0], ["05", "95"].into_iter()).text, UNREAD);
    }

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
