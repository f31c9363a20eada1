//! A few letters read apart from their page, in several sizes.
//!
//! A recogniser that sees one line alone reads one letter for another in one size and not in the next. What it reads in
//! most sizes is worth more than its own certainty, which it has for both.
//!
//! In: a cutting of a page, and what was read in each size. Out: pictures to be read; what most readings agree on.
//! Must never: decide between readings that are as frequent.

use std::collections::HashMap;

use image::GrayImage;
use image::imageops::{self, FilterType};

use super::picture::{Picture, float, pixels};

/// The heights of a word of print, in pixels, that a cutting is brought to. The engine makes 36 of them itself, but
/// smooths what it makes. Twice as many were no better on pages filled in with thirteen hands.
const SIZES: [f32; 3] = [16.0, 25.0, 38.0];

/// The white around it, in those heights: without it the recogniser takes letters for parts of something larger.
const MARGIN: f32 = 0.6;

/// Part of the readings that must have a value for it to count.
const FEWEST: f32 = 0.3;

/// A part of a page and how high a word of print is on it, in pixels.
pub(super) struct Cutting {
    pub(super) ink: GrayImage,
    pub(super) height: f32,
}

impl Cutting {
    /// How many pictures are made of a cutting.
    pub(super) const PICTURES: usize = SIZES.len();

    /// The part of a picture in a box: left, top, width and height in pixels.
    pub(super) fn of(picture: &Picture, pixels_of: [f32; 4], height: f32) -> Self {
        let [left, top, wide, tall] = pixels_of.map(pixels);
        let (left, top) = (left.min(picture.width), top.min(picture.height));
        let (wide, tall) = (
            wide.min(picture.width - left),
            tall.min(picture.height - top),
        );
        let ink = GrayImage::from_fn(wide, tall, |column, row| {
            [picture.row(top + row)[(left + column) as usize]].into()
        });
        Self { ink, height }
    }

    /// The cutting in each size.
    pub(super) fn pictures(&self) -> [Picture; Self::PICTURES] {
        SIZES.map(|size| sized(&self.ink, size / self.height, size * MARGIN))
    }
}

/// A picture so many times as large, with a margin of so many pixels.
fn sized(ink: &GrayImage, times: f32, margin: f32) -> Picture {
    let side = |length: u32| pixels(float(length) * times).max(1);
    let (width, height) = (side(ink.width()), side(ink.height()));
    let margin = pixels(margin);
    let (all_columns, all_rows) = (width + 2 * margin, height + 2 * margin);
    let mut sheet = GrayImage::from_pixel(all_columns, all_rows, [u8::MAX].into());
    let ink = imageops::resize(ink, width, height, FilterType::CatmullRom);
    imageops::replace(&mut sheet, &ink, i64::from(margin), i64::from(margin));
    Picture {
        width: all_columns,
        height: all_rows,
        grey: sheet.into_raw(),
    }
}

/// What is read most, where that can be told.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Agreement {
    pub(super) text: String,
    /// Which part it is of all readings.
    pub(super) of_all: f32,
    /// Which part it is of those that had a value.
    pub(super) of_values: f32,
}

/// The value that most readings have: alone, and in at least [`FEWEST`] of them.
pub(super) fn agreed<'a>(
    readings: impl Iterator<Item = &'a str>,
    value: impl Fn(&str) -> Option<String>,
) -> Option<Agreement> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let (mut all, mut values) = (0, 0);
    for reading in readings {
        all += 1;
        if let Some(value) = value(reading) {
            values += 1;
            *counts.entry(value).or_default() += 1;
        }
    }
    let most = counts.values().copied().max()?;
    let mut alike = counts.into_iter().filter(|(_, count)| *count == most);
    let (text, count) = alike.next()?;
    let agreement = Agreement {
        text,
        of_all: float(count) / float(all),
        of_values: float(count) / float(values),
    };
    (alike.next().is_none() && agreement.of_all >= FEWEST).then_some(agreement)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_readings_have_stands_alone_or_not_at_all() {
        let number = |reading: &str| reading.parse::<u32>().ok().map(|number| number.to_string());
        for (readings, text, of_all, of_values) in [
            ("12 12 12 42", "12", 0.75, 0.75),
            ("12 пятно 12 х", "12", 0.5, 1.0),
            ("05 5 05 5 5 х", "5", 5.0 / 6.0, 1.0),
        ] {
            let found = agreed(readings.split(' '), number).unwrap();
            assert_eq!(found.text, text, "{readings}");
            assert!((found.of_all - of_all).abs() < 1e-6, "{readings}");
            assert!((found.of_values - of_values).abs() < 1e-6, "{readings}");
        }
        for readings in ["12 42", "х у", "12 а б в", ""] {
            assert_eq!(agreed(readings.split(' '), number), None, "{readings}");
        }
    }

    #[test]
    fn a_cutting_is_brought_to_every_size_with_a_margin() {
        let page = Picture {
            width: 40,
            height: 30,
            grey: vec![0; 40 * 30],
        };
        let cutting = Cutting::of(&page, [10.0, 10.0, 20.0, 10.0], 10.0);
        assert_eq!(cutting.ink.dimensions(), (20, 10));
        for (picture, size) in cutting.pictures().iter().zip(SIZES) {
            let margin = pixels(size * MARGIN);
            assert_eq!(picture.width, pixels(2.0 * size) + 2 * margin);
            assert_eq!(picture.height, pixels(size) + 2 * margin);
            assert_eq!(picture.row(0)[0], u8::MAX);
            assert_eq!(picture.row(margin + 1)[margin as usize + 1], 0);
        }
        // Beyond the page there is nothing to cut.
        let beyond = Cutting::of(&page, [30.0, 25.0, 20.0, 10.0], 10.0);
        assert_eq!(beyond.ink.dimensions(), (10, 5));
    }
}
