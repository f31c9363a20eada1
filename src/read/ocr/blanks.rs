//! Blanks of a form that somebody filled in: thin rules, and over them the ink of a pen, by its colour.
//!
//! In: a level page, its print and its colours, and the words that were read on it. Out: the blanks of its upper part,
//! each with what is written in it, cut out.
//! Must never: take the rule under a title, or of a table in which print stands, for a blank.

use std::ops::Range;

use image::GrayImage;

use super::apart::Cutting;
use super::picture::{Picture, float, pixels};
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

/// Parts of the strongest colour that are made black: a pen is fainter at the edges of its strokes, and where it is
/// fast. The first makes strokes thick, the second thin.
const BLACK_FROM: [f32; 2] = [0.5, 1.0];

/// Shades darker than this are a rule.
const DARK: u8 = 128;

/// Shades of colour darker than this are ink.
const INK: u8 = 220;

/// Shades darker than this are a stroke where they touch one.
const STROKE: u8 = 150;

/// How far a stroke goes on without colour, in heights of a word.
const FARTHER: f32 = 0.4;

/// Shades darker than this may be a stroke that was lost.
const FAINT: u8 = 200;

/// What may be dark over a rule and no stroke, in squares of the height of a word: dust.
const LEFT_OUT: f32 = 0.015;

/// The rule of a blank, in pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    columns: Range<u32>,
    rows: Range<u32>,
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
pub(super) fn blanks(
    words: &[Recognised],
    level: &Picture,
    print: &Picture,
    colour: impl FnOnce() -> Picture,
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
                columns: pen.extent.columns,
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

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Extent {
    columns: Range<u32>,
    rows: Range<u32>,
}

/// What a pen wrote over a rule, and where.
struct Pen {
    extent: Extent,
    ink: GrayImage,
    is_whole: bool,
}

/// The pen's strokes over a rule, as sharp as the page has them; nothing where the blank is empty.
///
/// They are what is dark where there is colour, and what is dark and goes on from there a little farther: pictures keep
/// colours at half the resolution, and thin strokes lose theirs. Where a stroke crosses the rule, it goes on as above and
/// below.
fn pen_alone(rule: &Rule, level: &Picture, colour: &Picture, height: f32) -> Option<Pen> {
    let window = window(rule, colour, height);
    let written = extent(&window, |column, row| is_ink(colour, column, row))?;
    if float(written.rows.end - written.rows.start) < height * LOWEST {
        return None;
    }
    let around = Extent {
        columns: written
            .columns
            .start
            .saturating_sub(pixels(height * FARTHER))
            ..(written.columns.end + pixels(height * FARTHER)).min(window.columns.end),
        rows: written.rows.start.saturating_sub(pixels(height * FARTHER))
            ..(written.rows.end + pixels(height * FARTHER)).min(window.rows.end),
    };
    let strokes = strokes(&written, &around, rule, level, colour, height);
    let extent = extent(&around, |column, row| strokes.contains(column, row))?;
    // The edges of the rule are grey.
    let (above, below) = (rule.rows.start.saturating_sub(2), rule.rows.end + 1);
    let shade = |column: u32, row: u32| {
        if strokes.contains(column, row) {
            level.row(row)[column as usize]
        } else {
            u8::MAX
        }
    };
    let Extent { columns, rows } = &extent;
    let ink = GrayImage::from_fn(
        columns.end - columns.start,
        rows.end - rows.start,
        |across, down| {
            let (column, row) = (columns.start + across, rows.start + down);
            let is_rule = above < row && row < below;
            if is_rule && rows.contains(&above) && rows.contains(&below) {
                [shade(column, above).max(shade(column, below))].into()
            } else if is_rule {
                [u8::MAX].into()
            } else {
                [shade(column, row)].into()
            }
        },
    );
    Some(Pen {
        is_whole: is_whole(&extent, &window, rule, level, &strokes, height),
        ink,
        extent,
    })
}

/// Where ink over a rule is looked for.
fn window(rule: &Rule, colour: &Picture, height: f32) -> Extent {
    let around = |from: f32, to: f32, side: u32| pixels(from).min(side)..pixels(to).min(side);
    Extent {
        columns: around(
            float(rule.columns.start) - height * BEYOND,
            float(rule.columns.end) + height * BEYOND,
            colour.width,
        ),
        rows: around(
            float(rule.rows.start) - height * ABOVE,
            float(rule.rows.start) + height * BELOW,
            colour.height,
        ),
    }
}

/// The part of a part in which there is ink.
fn extent(within: &Extent, is_ink: impl Fn(u32, u32) -> bool) -> Option<Extent> {
    let (mut left, mut right, mut top, mut bottom) = (u32::MAX, 0, u32::MAX, 0);
    for row in within.rows.clone() {
        for column in within.columns.clone() {
            if is_ink(column, row) {
                (left, right) = (left.min(column), right.max(column + 1));
                (top, bottom) = (top.min(row), bottom.max(row + 1));
            }
        }
    }
    (top < bottom).then_some(Extent {
        columns: left..right,
        rows: top..bottom,
    })
}

/// The pixels of a part of a page that are strokes of a pen.
struct Strokes {
    within: Extent,
    is_stroke: Vec<bool>,
}

impl Strokes {
    fn index(&self, column: u32, row: u32) -> Option<usize> {
        let Extent { columns, rows } = &self.within;
        let width = columns.end - columns.start;
        (columns.contains(&column) && rows.contains(&row))
            .then(|| ((row - rows.start) * width + column - columns.start) as usize)
    }

    fn contains(&self, column: u32, row: u32) -> bool {
        self.index(column, row)
            .and_then(|index| self.is_stroke.get(index))
            .is_some_and(|is_stroke| *is_stroke)
    }
}

/// What is coloured where something is written, and what is dark and goes on from there, though not along the rule.
fn strokes(
    written: &Extent,
    within: &Extent,
    rule: &Rule,
    level: &Picture,
    colour: &Picture,
    height: f32,
) -> Strokes {
    let coloured = |(column, row): (u32, u32)| {
        written.columns.contains(&column)
            && written.rows.contains(&row)
            && shades_around(colour, column, row).any(|shade| shade < INK)
    };
    let places = within
        .rows
        .clone()
        .flat_map(|row| within.columns.clone().map(move |column| (column, row)));
    let mut strokes = Strokes {
        is_stroke: places.clone().map(coloured).collect(),
        within: within.clone(),
    };
    let is_dark = |column: u32, row: u32| level.row(row)[column as usize] < STROKE;
    let near_rule = rule.rows.start.saturating_sub(3)..rule.rows.end + 3;
    let mut edge: Vec<(u32, u32)> = places
        .filter(|&(column, row)| strokes.contains(column, row) && is_dark(column, row))
        .collect();
    for _ in 0..pixels(height * FARTHER) {
        let mut next = Vec::new();
        for (column, row) in edge {
            for row in row.saturating_sub(1)..row + 2 {
                for column in column.saturating_sub(1)..column + 2 {
                    let Some(index) = strokes.index(column, row) else {
                        continue;
                    };
                    let goes_on = !near_rule.contains(&row) && is_dark(column, row);
                    if goes_on && let Some(is_stroke @ false) = strokes.is_stroke.get_mut(index) {
                        *is_stroke = true;
                        next.push((column, row));
                    }
                }
            }
        }
        edge = next;
    }
    strokes
}

/// Whether all that is written over a rule is among strokes: they do not go on where nobody looked, and nothing else is
/// dark over the rule.
fn is_whole(
    extent: &Extent,
    window: &Extent,
    rule: &Rule,
    level: &Picture,
    strokes: &Strokes,
    height: f32,
) -> bool {
    let is_cut = extent.columns.start <= window.columns.start
        || extent.columns.end >= window.columns.end
        || extent.rows.start <= window.rows.start
        || extent.rows.end >= window.rows.end;
    let (top, bottom) = (
        rule.rows.start.saturating_sub(pixels(height)),
        rule.rows.start.saturating_sub(3),
    );
    let left_out: u32 = (top..bottom)
        .map(|row| {
            let columns = rule.columns.clone();
            let dark = columns.filter(|column| level.row(row)[*column as usize] < FAINT);
            dark.map(|column| u32::from(!strokes.contains(column, row)))
                .sum::<u32>()
        })
        .sum();
    !is_cut && float(left_out) <= height * height * LEFT_OUT
}

/// Whether most of the pixels around one are coloured: the rim that a scanner gives to black print is one or two wide.
fn is_ink(colour: &Picture, column: u32, row: u32) -> bool {
    if colour.row(row)[column as usize] >= INK {
        return false;
    }
    let (mut coloured, mut all) = (0, 0);
    for shade in shades_around(colour, column, row) {
        coloured += u32::from(shade < INK);
        all += 1;
    }
    2 * coloured > all
}

/// The shades of a pixel and of those that touch it.
fn shades_around(picture: &Picture, column: u32, row: u32) -> impl Iterator<Item = u8> {
    let rows = row.saturating_sub(1)..(row + 2).min(picture.height);
    let columns = column.saturating_sub(1) as usize..(column + 2).min(picture.width) as usize;
    rows.flat_map(move |row| picture.row(row)[columns.clone()].iter().copied())
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
        let found: Vec<_> = blanks(&words(), &level, &print, || colour.clone())
            .iter()
            .map(|blank| (blank.rule.columns.clone(), blank.columns.clone()))
            .collect();
        assert_eq!(found, [(20..100, 30..60), (150..250, 160..240)]);
        assert!(blanks(&[], &level, &print, || colour).is_empty());
        assert!(blanks(&words(), &level, &print, page).is_empty());
    }

    #[test]
    fn a_word_stands_on_its_rule_and_is_less_sure_than_print() {
        let (mut level, print, mut colour) = (page(), page(), page());
        fill(&mut level, 20..100, 100..102, 0);
        fill(&mut colour, 30..60, 85..110, 100);
        let blanks = blanks(&words(), &level, &print, || colour);
        let found = word(&blanks[0], None, ["05", "05", "05", "95"].into_iter());
        assert_eq!(found.text, "05");
        assert_eq!(found.pixels.map(pixels), [30, 80, 30, 20]);
        assert!((0.5..0.75).contains(&found.confidence));
        assert!(is_written_over(&found, std::slice::from_ref(&found)));
        assert!(!is_written_over(&words()[0], &[found]));
        assert_eq!(
            word(&blanks[0], None, ["05", "95"].into_iter()).text,
            UNREAD
        );
        // Figures that are not certain do not stand, and what contradicts them does not either.
        let figures = |certainty| Figures {
            text: "09".to_owned(),
            certainty,
        };
        assert_eq!(certain(&blanks[0], Some(&figures(0.7))), None);
        let sure = certain(&blanks[0], Some(&figures(0.95))).unwrap();
        assert_eq!(sure.text, "09");
        assert!((0.7..0.8).contains(&sure.confidence));
        for (reading, expected) in [("05", UNREAD), ("09", "09"), ("0/9", "0/9")] {
            let found = word(&blanks[0], Some(&figures(0.7)), [reading].into_iter());
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
        let blanks = blanks(&words(), &level, &print, || colour);
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
            let blank = blanks(&words(), &level, &print, || colour).remove(0);
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
