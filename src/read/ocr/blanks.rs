//! Blanks of a form that somebody filled in: thin rules, and over them the ink of a pen, by its colour.
//!
//! In: a level page, its print and its colours, and the words that were read on it. Out: the blanks of its upper part,
//! each with what is written in it, cut out.
//! Must never: take the rule under a title, or of a table in which print stands, for a blank.

use std::borrow::Cow;
use std::ops::Range;

use image::GrayImage;

use super::apart::Cutting;
use super::picture::{Picture, float, pixels};
use super::strokes::pen_alone;
use super::tesseract::Recognised;

/// Part of a page, from above, that has the blanks for date and number. Farther down people sign.
const HEAD: f32 = 0.5;

/// Blanks of a page that are read: day, month, year and number of two issuers.
const MOST_BLANKS: usize = 8;

/// Pieces of rules in the head of a page beyond which it is no form: a drawing, a weave of lines.
const MOST_PIECES: usize = 5_000;

/// Width of the narrowest blank in heights of a word: two digits.
const NARROWEST: f32 = 1.2;

/// Thickness of a rule at most, in heights of a word.
const THICKNESS: f32 = 0.2;

/// Pixels that may be missing from a rule at a place: noise.
const GAP: u32 = 3;

/// Height of a word, in pixels, under which a page is too coarse to tell a pen's letters on.
const COARSE: f32 = 8.0;

/// Parts of the strongest colour that are made black: a pen is fainter at the edges of its strokes, and where it is
/// fast. The first makes strokes thick, the second thin.
const BLACK_FROM: [f32; 2] = [0.5, 1.0];

/// Shades darker than this are a rule.
const DARK: u8 = 128;

/// The rule of a blank, in pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) columns: Range<u32>,
    pub(super) rows: Range<u32>,
}

/// A blank in which something is written.
pub(super) struct Blank {
    rule: Rule,
    columns: Range<u32>,
    /// Whether nothing of what is written seems to be missing.
    pub(super) is_whole: bool,
    /// The pen's ink alone, thick and thin.
    pub(super) cuttings: [Cutting; BLACK_FROM.len()],
}

impl Blank {
    /// How many pictures are made of a blank.
    pub(super) const PICTURES: usize = BLACK_FROM.len() * Cutting::PICTURES;

    /// Where a word of print would stand in it: left, top, width and height in pixels.
    pub(super) fn place_of_word(&self) -> [f32; 4] {
        let height = self.cuttings[0].height;
        [
            float(self.columns.start),
            float(self.rule.rows.start) - height,
            float(self.columns.end - self.columns.start),
            height,
        ]
    }
}

/// The blanks of a level page over which something is written in colour.
pub(super) fn blanks<'a>(
    words: &[Recognised],
    level: &Picture,
    print: &Picture,
    colour: impl FnOnce() -> Cow<'a, Picture>,
) -> Vec<Blank> {
    let Some(height) = height_of_words(words) else {
        return Vec::new();
    };
    let mut rules = rules(level, height);
    rules.retain(|rule| !is_printed_over(rule, print, height));
    if rules.is_empty() {
        return Vec::new();
    }
    let colour = colour();
    rules
        .into_iter()
        .filter_map(|rule| {
            let pen = pen_alone(&rule, level, &colour, height)?;
            Some(Blank {
                cuttings: BLACK_FROM.map(|part| Cutting {
                    ink: darkened(&pen.ink, part),
                    height,
                }),
                is_whole: pen.is_whole,
                columns: pen.columns,
                rule,
            })
        })
        .take(MOST_BLANKS)
        .collect()
}

/// Whether a word was read where something is written: its middle lies where that of a word of print would, or as
/// little farther as a pen hangs above and below. The next line begins where a word is high.
pub(super) fn is_written_over(word: &Recognised, written: &[Recognised]) -> bool {
    /// Parts of the height of a word.
    const FARTHER: f32 = 0.4;
    let middle = |side: usize| word.pixels[side] + word.pixels[side + 2] / 2.0;
    written.iter().any(|written| {
        let [left, top, width, height] = written.pixels;
        (left..left + width).contains(&middle(0))
            && (top - height * FARTHER..top + height * (1.0 + FARTHER)).contains(&middle(1))
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
                if pieces.len() == MOST_PIECES {
                    return Vec::new();
                }
                pieces.push(Rule {
                    columns,
                    rows: row..row + 1,
                });
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
            rule.rows.start.abs_diff(piece.rows.start) <= thickness
                && piece.columns.start <= rule.columns.end
        });
        match of {
            Some(rule) => {
                rule.columns.end = rule.columns.end.max(piece.columns.end);
                rule.rows.start = rule.rows.start.min(piece.rows.start);
                rule.rows.end = rule.rows.end.max(piece.rows.end);
            }
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
    let rows =
        rule.rows.start.saturating_sub(pixels(height))..rule.rows.start.saturating_sub(thickness);
    let area = (rows.end - rows.start) * (rule.columns.end - rule.columns.start);
    let printed: u32 = rows.map(|row| dark(print, row, &rule.columns)).sum();
    printed * OF_PIXELS > area
}

/// A picture in which black is what has a part of the strength of the darkest.
fn darkened(picture: &GrayImage, part: f32) -> GrayImage {
    let darkest = picture.iter().copied().min().unwrap_or_default();
    let reach = (f32::from(u8::MAX - darkest) * part).max(1.0);
    let mut darkened = picture.clone();
    for shade in darkened.iter_mut() {
        let strength = (f32::from(u8::MAX - *shade) / reach).min(1.0);
        *shade = u8::try_from(pixels(f32::from(u8::MAX) * (1.0 - strength))).unwrap_or(u8::MAX);
    }
    darkened
}

#[cfg(test)]
mod tests {
    use super::super::digits::Figures;
    use super::super::pen::{UNREAD, certain, word};
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
        let found: Vec<_> = blanks(&words(), &level, &print, || Cow::Borrowed(&colour))
            .iter()
            .map(|blank| (blank.rule.columns.clone(), blank.columns.clone()))
            .collect();
        assert_eq!(found, [(20..100, 30..60), (150..250, 160..240)]);
        assert!(blanks(&[], &level, &print, || Cow::Owned(colour)).is_empty());
        assert!(blanks(&words(), &level, &print, || Cow::Owned(page())).is_empty());
    }

    #[test]
    fn a_word_stands_on_its_rule_and_is_less_sure_than_print() {
        let (mut level, print, mut colour) = (page(), page(), page());
        fill(&mut level, 20..100, 100..102, 0);
        fill(&mut colour, 30..60, 85..110, 100);
        let blanks = blanks(&words(), &level, &print, || Cow::Owned(colour));
        let figures = |text: &str, certainty| Figures {
            text: text.to_owned(),
            certainty,
        };
        let read = ["05", "05", "05", "95"];
        let found = word(&blanks[0], Some(&figures("05", 0.3)), read.into_iter());
        assert_eq!(found.text, "05");
        assert_eq!(found.pixels.map(pixels), [30, 80, 30, 20]);
        assert!((0.5..0.75).contains(&found.confidence));
        assert!(is_written_over(&found, std::slice::from_ref(&found)));
        assert!(!is_written_over(&words()[0], &[found]));
        // What the networks do not read too, nearly all readings must have.
        for (readings, expected) in [(&read[..], UNREAD), (&["05", "05"], "05")] {
            let found = word(&blanks[0], None, readings.iter().copied());
            assert_eq!(found.text, expected);
        }
        // Figures that are not certain do not stand, and what contradicts them does not either.
        assert_eq!(certain(&blanks[0], Some(&figures("09", 0.7))), None);
        let sure = certain(&blanks[0], Some(&figures("09", 0.95))).unwrap();
        assert_eq!(sure.text, "09");
        assert!((0.7..0.8).contains(&sure.confidence));
        for (reading, expected) in [("05", UNREAD), ("09", "09"), ("0/9", "0/9")] {
            let found = word(&blanks[0], Some(&figures("09", 0.7)), [reading].into_iter());
            assert_eq!(found.text, expected);
        }
    }

    #[test]
    fn a_stroke_goes_on_where_it_crosses_the_rule_and_the_rule_is_gone() {
        let (mut level, print, mut colour) = (page(), page(), page());
        fill(&mut level, 20..100, 100..102, 0);
        // A stroke of four pixels from above the rule to below it, its colour blurred to either side.
        fill(&mut level, 40..44, 85..110, 90);
        fill(&mut level, 40..44, 100..102, 0);
        fill(&mut colour, 38..46, 85..110, 100);
        let blanks = blanks(&words(), &level, &print, || Cow::Owned(colour));
        let thick = &blanks[0].cuttings[0].ink;
        let row = |row: u32| -> Vec<u8> {
            (0..thick.width())
                .map(|column| thick.get_pixel(column, row).0[0])
                .collect()
        };
        let stroke = row(0);
        let black: Vec<_> = (0..)
            .zip(&stroke)
            .filter(|(_, shade)| **shade == 0)
            .collect();
        assert_eq!(black.len(), 4);
        for on_the_rule in 14..18 {
            assert_eq!(row(on_the_rule), stroke);
        }
    }

    #[test]
    fn a_stroke_goes_on_where_it_loses_its_colour_and_what_is_missing_is_noticed() {
        let blank = |strokes: &[(Range<u32>, Range<u32>, bool)]| {
            let (mut level, print, mut colour) = (page(), page(), page());
            fill(&mut level, 20..100, 100..102, 0);
            for (columns, rows, is_coloured) in strokes {
                fill(&mut level, columns.clone(), rows.clone(), 90);
                if *is_coloured {
                    fill(&mut colour, columns.clone(), rows.clone(), 100);
                }
            }
            let blank = blanks(&words(), &level, &print, || Cow::Owned(colour)).remove(0);
            (blank.cuttings[0].ink.dimensions(), blank.is_whole)
        };
        let day = (40..44, 84..98, true);
        assert_eq!(blank(std::slice::from_ref(&day)), ((4, 14), true));
        assert_eq!(
            blank(&[day.clone(), (40..44, 78..84, false)]),
            ((4, 20), true)
        );
        // A stroke without a colour; one that goes on above what is looked at.
        assert!(!blank(&[day.clone(), (70..74, 84..98, false)]).1);
        assert!(!blank(&[day, (50..54, 50..98, true)]).1);
    }
}
