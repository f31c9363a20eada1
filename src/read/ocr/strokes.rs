//! The strokes of a pen over the rule of a blank, apart from the rule and as sharp as the page has them.
//!
//! In: a rule, a level page and its colours. Out: the pen's ink alone, and whether some of it seems to be missing.
//! Must never: take the rule, or print that stands beside it, for a stroke.

use std::ops::Range;

use image::GrayImage;

use super::blanks::Rule;
use super::picture::{Picture, float, pixels};

/// How far what is written reaches above and below its rule, in heights of a word.
const ABOVE: f32 = 2.0;

/// See [`ABOVE`].
const BELOW: f32 = 1.2;

/// How far what is written reaches beyond the ends of its rule, in heights of a word.
const BEYOND: f32 = 0.3;

/// What is written is at least so high, in heights of a word.
const LOWEST: f32 = 0.4;

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

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Extent {
    columns: Range<u32>,
    rows: Range<u32>,
}

/// What a pen wrote over a rule, and where.
pub(super) struct Pen {
    pub(super) columns: Range<u32>,
    pub(super) ink: GrayImage,
    /// Whether nothing of what is written seems to be missing.
    pub(super) is_whole: bool,
}

/// The pen's strokes over a rule, as sharp as the page has them; nothing where the blank is empty.
///
/// They are what is dark where there is colour, and what is dark and goes on from there a little farther: pictures keep
/// colours at half the resolution, and thin strokes lose theirs. Where a stroke crosses the rule, it goes on as above and
/// below.
pub(super) fn pen_alone(
    rule: &Rule,
    level: &Picture,
    colour: &Picture,
    height: f32,
) -> Option<Pen> {
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
        columns: extent.columns,
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
