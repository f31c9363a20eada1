//! Numbers and dates that a pen wrote in digits.
//!
//! Ink that hangs together is a glyph: pieces over one another are joined, and what is too wide for one digit is cut at
//! its thinnest places, where the networks like the parts best. How certain a number is, is how certain its digits are
//! together. A digit can be taken for another, and then nothing in a number tells; so what is doubtful is left unread.
//!
//! In: the pen's ink in a blank. Out: its digits, with full stops if it is a date, and how certain they are.
//! Must never: leave out of a number what is no digit, or look at more than [`MOST_GLYPHS`].

use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use image::GrayImage;
use jiff::civil::Date;

use super::apart::Cutting;
use super::network::{CLASSES, Glyph, Network, certainties, framed, networks};
use super::picture::{float, pixels};

/// The numbers of the networks.
static NETWORKS: LazyLock<Option<Vec<Network>>> =
    LazyLock::new(|| networks(include_bytes!("digits.weights")));

/// The longest side of a blank that is read, in pixels: two hundred millimetres at 600 points an inch.
const LONGEST_SIDE: u32 = 5_000;

/// Pieces of ink beyond which a blank holds no number: a stamp, a scrawl, a grain.
const MOST_PIECES: usize = 100;

/// Digits of the longest number that is read. Six and more are a date whose full stops are lost.
const MOST_DIGITS: usize = 5;

/// Glyphs of the longest date, with one that is broken.
const MOST_OF_A_DATE: usize = 10;

/// Places at which ink that hangs together may be cut.
const MOST_CUTS: usize = 6;

/// Glyphs that the networks look at in a blank.
const MOST_GLYPHS: usize = 120;

/// Shades darker than this are ink.
const INK: u8 = 166;

/// Both sides of what is no more than a speck, in heights of a word of print.
const SPECK: f32 = 0.1;

/// Both sides of a full stop at most, in heights of the digits.
const FULL_STOP: f32 = 0.35;

/// Height of the lowest digit in heights of the highest. What is lower is a dash, a comma or a letter.
const LOWEST: f32 = 0.5;

/// Height of the highest digit at least, in heights of a word of print: what is lower is what a rule left of digits.
const LOWEST_OF_ALL: f32 = 0.6;

/// Height of a part that is cut off, in heights of all: a slash falls into two that look like 1.
const LOWEST_PART: f32 = 0.65;

/// How many times as wide as high one digit can be.
const WIDEST: f32 = 1.3;

/// How many times as wide as high a part of a glyph must at least be, so that it can be cut off.
const NARROWEST: f32 = 0.1;

/// Part of the columns of the narrower of two pieces that must lie over the other's, so that they are one glyph.
const OVER_ONE_ANOTHER: f32 = 0.5;

/// How likely the day, month or year that digits can be must at least be, as a part of how likely the likeliest digits are:
/// who writes a day 44 does not mean 14.
const LEAST_LIKELY: f32 = 0.1;

/// Years that are four digits of a date.
const YEARS: RangeInclusive<u32> = 1990..=2049;

/// How certain each class is: the ten digits, and what is none.
type Classes = [f32; CLASSES];

/// What was read in a blank.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figures {
    pub(super) text: String,
    /// From 0 to 1.
    pub(super) certainty: f32,
}

/// Ink that hangs together, or several such pieces that are one glyph.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    columns: Range<u32>,
    rows: Range<u32>,
    pixels: Vec<(u32, u32)>,
}

impl Piece {
    fn width(&self) -> f32 {
        float(self.columns.end - self.columns.start)
    }

    fn height(&self) -> f32 {
        float(self.rows.end - self.rows.start)
    }

    fn add(&mut self, other: Self) {
        self.columns =
            self.columns.start.min(other.columns.start)..self.columns.end.max(other.columns.end);
        self.rows = self.rows.start.min(other.rows.start)..self.rows.end.max(other.rows.end);
        self.pixels.extend(other.pixels);
    }

    /// Whether it stands mostly over, under or in another.
    fn is_over(&self, other: &Self) -> bool {
        let shared = self
            .columns
            .end
            .min(other.columns.end)
            .saturating_sub(self.columns.start.max(other.columns.start));
        float(shared) > self.width().min(other.width()) * OVER_ONE_ANOTHER
    }
}

/// The number or date in a blank; nothing where something in it is no digit.
pub(super) fn figures(cutting: &Cutting) -> Option<Figures> {
    let networks = NETWORKS.as_deref()?;
    let mut pieces = pieces(&cutting.ink)?;
    let speck = cutting.height * SPECK;
    pieces.retain(|piece| piece.width() > speck || piece.height() > speck);
    let highest = pieces.iter().map(Piece::height).fold(0.0, f32::max);
    if highest < cutting.height * LOWEST_OF_ALL {
        return None;
    }
    let (stops, pieces): (Vec<_>, Vec<_>) = pieces
        .into_iter()
        .partition(|piece| piece.width().max(piece.height()) < highest * FULL_STOP);
    let mut glyphs = joined(pieces);
    let mut full_stops = Vec::new();
    for stop in stops {
        match glyphs.iter_mut().find(|glyph| stop.is_over(glyph)) {
            Some(glyph) => glyph.add(stop),
            None => full_stops.push(stop),
        }
    }
    if glyphs.len() > MOST_OF_A_DATE || full_stops.len() > MOST_OF_A_DATE {
        return None;
    }
    let mut looks = MOST_GLYPHS;
    // The digits between full stops.
    let mut parts: Vec<Vec<Classes>> = vec![Vec::new()];
    let mut stops = full_stops.iter().peekable();
    for glyph in &glyphs {
        while let Some(stop) = stops.next_if(|stop| stop.columns.start < glyph.columns.start) {
            is_full_stop(stop, &glyphs).then(|| parts.push(Vec::new()))?;
        }
        let read = digits_of(glyph, highest * LOWEST, &cutting.ink, networks, &mut looks)?;
        parts.last_mut()?.extend(read);
    }
    // A full stop after a number is part of no number.
    if !stops.all(|stop| is_full_stop(stop, &glyphs)) {
        return None;
    }
    number_or_date(&parts)
}

/// Whether a small piece is a full stop, which lies low.
fn is_full_stop(piece: &Piece, glyphs: &[Piece]) -> bool {
    let top = glyphs.iter().map(|glyph| glyph.rows.start).min();
    let bottom = glyphs.iter().map(|glyph| glyph.rows.end).max();
    top.zip(bottom)
        .is_some_and(|(top, bottom)| piece.rows.start > u32::midpoint(top, bottom))
}

/// What digits between full stops are: a number, or a date, whose full stops a pen makes so small that they are lost.
fn number_or_date(parts: &[Vec<Classes>]) -> Option<Figures> {
    let digits = parts.concat();
    let lengths: Vec<usize> = parts.iter().map(Vec::len).collect();
    match (&lengths[..], digits.len()) {
        ([_], 1..=MOST_DIGITS) => {
            let mut certainty = of_digits(&digits);
            let mut text = String::new();
            for classes in &digits {
                let (digit, likely) = likeliest(std::slice::from_ref(classes), 0..=9)?;
                text += &digit.to_string();
                certainty *= likely;
            }
            Some(Figures { text, certainty })
        }
        ([1 | 2, 2, year @ (2 | 4)], all) => date(&digits, all - year - 2, *year),
        ([_] | [_, _], 8) => date(&digits, 2, 4),
        _ => None,
    }
}

/// The likeliest date that digits can be, those of its day and its year being so many.
fn date(digits: &[Classes], of_day: usize, of_year: usize) -> Option<Figures> {
    let (day, rest) = digits.split_at_checked(of_day)?;
    let (month, year) = rest.split_at_checked(2)?;
    let (day, of_the_day) = likeliest(day, 1..=31)?;
    let (month, of_the_month) = likeliest(month, 1..=12)?;
    let (year, of_the_year) = if of_year == 4 {
        likeliest(year, YEARS)?
    } else {
        likeliest(year, 0..=99)?
    };
    let full_year = if of_year == 4 { year } else { year + 2000 };
    Date::new(
        i16::try_from(full_year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()?;
    Some(Figures {
        text: format!("{day:0of_day$}.{month:02}.{year:0of_year$}"),
        certainty: of_the_day * of_the_month * of_the_year * of_digits(digits),
    })
}

/// The likeliest of some values that digits can be, and how likely it is among them.
fn likeliest(digits: &[Classes], values: RangeInclusive<u32>) -> Option<(u32, f32)> {
    let (mut best, mut most, mut all) = (None, 0.0, f32::MIN_POSITIVE);
    for value in values {
        let mut rest = value;
        let mut likely = 1.0;
        for classes in digits.iter().rev() {
            likely *= classes
                .get((rest % 10) as usize)
                .copied()
                .unwrap_or_default();
            rest /= 10;
        }
        if rest == 0 {
            all += likely;
            if likely > most {
                (best, most) = (Some(value), likely);
            }
        }
    }
    let of_any: f32 = digits
        .iter()
        .map(|[digits @ .., _]| digits.iter().copied().fold(0.0, f32::max))
        .product();
    (most >= of_any * LEAST_LIKELY).then_some((best?, most / all))
}

/// How certain it is that all digits are digits.
fn of_digits(digits: &[Classes]) -> f32 {
    digits.iter().map(|[.., none]| 1.0 - none).product()
}

/// The pieces of ink in a picture, from the left; nothing if there are too many.
fn pieces(picture: &GrayImage) -> Option<Vec<Piece>> {
    let (width, height) = picture.dimensions();
    if width.max(height) > LONGEST_SIDE {
        return None;
    }
    let mut ink: Vec<bool> = picture.iter().map(|shade| *shade < INK).collect();
    let at = |column: u32, row: u32| row as usize * width as usize + column as usize;
    let mut pieces = Vec::new();
    for column in 0..width {
        for row in 0..height {
            if !std::mem::take(&mut ink[at(column, row)]) {
                continue;
            }
            let mut piece = Piece {
                columns: column..column + 1,
                rows: row..row + 1,
                pixels: vec![(column, row)],
            };
            let mut done = 0;
            while let Some(&(column, row)) = piece.pixels.get(done) {
                done += 1;
                piece.columns.start = piece.columns.start.min(column);
                piece.columns.end = piece.columns.end.max(column + 1);
                piece.rows.start = piece.rows.start.min(row);
                piece.rows.end = piece.rows.end.max(row + 1);
                for row in row.saturating_sub(1)..(row + 2).min(height) {
                    for column in column.saturating_sub(1)..(column + 2).min(width) {
                        if std::mem::take(&mut ink[at(column, row)]) {
                            piece.pixels.push((column, row));
                        }
                    }
                }
            }
            pieces.push(piece);
            if pieces.len() > MOST_PIECES {
                return None;
            }
        }
    }
    Some(pieces)
}

/// Pieces, with those as one that stand over one another.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for mut piece in pieces {
        while let Some(at) = joined.iter().position(|other| other.is_over(&piece)) {
            piece.add(joined.swap_remove(at));
        }
        joined.push(piece);
    }
    joined.sort_by_key(|piece| piece.columns.start);
    joined
}

/// The digits that a glyph is, as the networks like best: one, or several that touch.
fn digits_of(
    glyph: &Piece,
    lowest: f32,
    picture: &GrayImage,
    networks: &[Network],
    looks: &mut usize,
) -> Option<Vec<Classes>> {
    let cuts = cuts(glyph);
    let lowest_part = lowest.max(glyph.height() * LOWEST_PART);
    // The best reading up to each cut.
    let mut best: Vec<Option<(Vec<Classes>, f32)>> = vec![None; cuts.len()];
    *best.first_mut()? = Some((Vec::new(), 1.0));
    for end in 1..cuts.len() {
        for start in 0..end {
            let Some((before, certainty)) = best[start].clone() else {
                continue;
            };
            let columns = cuts[start]..cuts[end];
            let width = float(columns.end - columns.start);
            if width > glyph.height() * WIDEST || width < glyph.height() * NARROWEST {
                continue;
            }
            *looks = looks.checked_sub(1)?;
            let Some(classes) = classes(glyph, &columns, lowest_part, picture, networks) else {
                continue;
            };
            let [digits @ .., _] = classes;
            let certainty = certainty * digits.iter().copied().fold(0.0, f32::max);
            if best[end].as_ref().is_none_or(|(_, best)| *best < certainty) {
                best[end] = Some(([before, vec![classes]].concat(), certainty));
            }
        }
    }
    best.pop()?.map(|(digits, _)| digits)
}

/// Where a glyph may be cut: its ends, and the thinnest places of a wide one between them.
fn cuts(glyph: &Piece) -> Vec<u32> {
    let width = (glyph.columns.end - glyph.columns.start) as usize;
    let mut ends = vec![glyph.columns.start, glyph.columns.end];
    if glyph.width() < glyph.height() * 0.6 {
        return ends;
    }
    let mut ink = vec![0u32; width];
    for (column, _) in &glyph.pixels {
        if let Some(ink) = ink.get_mut((column - glyph.columns.start) as usize) {
            *ink += 1;
        }
    }
    let apart = pixels(glyph.height() * 0.15).max(2) as usize;
    let mut thin: Vec<(u32, usize)> = (apart..width.saturating_sub(apart))
        .map(|column| (ink[column], column))
        .filter(|(ink, _)| float(*ink) < glyph.height() * 0.4)
        .collect();
    thin.sort_unstable();
    let mut places: Vec<usize> = Vec::new();
    for (_, column) in thin {
        if places.len() < MOST_CUTS && places.iter().all(|place| place.abs_diff(column) >= apart) {
            places.push(column);
        }
    }
    ends.extend(
        (glyph.columns.start..glyph.columns.end)
            .enumerate()
            .filter(|(index, _)| places.contains(index))
            .map(|(_, column)| column),
    );
    ends.sort_unstable();
    ends
}

/// How certain each class is of what is in some columns of a glyph; nothing if it is rather no digit.
fn classes(
    glyph: &Piece,
    columns: &Range<u32>,
    lowest: f32,
    picture: &GrayImage,
    networks: &[Network],
) -> Option<Classes> {
    let inside: Vec<(u32, u32)> = glyph
        .pixels
        .iter()
        .copied()
        .filter(|(column, _)| columns.contains(column))
        .collect();
    let top = inside.iter().map(|(_, row)| *row).min()?;
    let bottom = inside.iter().map(|(_, row)| row + 1).max()?;
    if float(bottom - top) < lowest {
        return None;
    }
    let width = (columns.end - columns.start) as usize;
    let mut ink = vec![0.0; width * (bottom - top) as usize];
    for (column, row) in inside {
        let at = (row - top) as usize * width + (column - columns.start) as usize;
        if let (Some(ink), Some(shade)) = (ink.get_mut(at), picture.get_pixel_checked(column, row))
        {
            *ink = f32::from(u8::MAX - shade.0[0]) / f32::from(u8::MAX);
        }
    }
    let classes = certainties(networks, &framed(&Glyph { width, ink }));
    let [digits @ .., none] = classes;
    digits.iter().any(|digit| *digit > none).then_some(classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a pen writes, each sign in five columns.
    const SIGNS: &str = "0123456789.-/к";

    /// See [`SIGNS`].
    const DRAWN: [&str; 7] = [
        "  #     #    ###   ###     #  #####   ##  #####  ###   ###                  # #   #",
        " # #   ##   #   # #   #   #   #      #        # #   # #   #                 # #  # ",
        "#   # # #       #     #  #    ####  #        #  #   # #   #                #  # #  ",
        "#   #   #      #    ##  #  #      # ####    #    ###   ####       ####    #   ##   ",
        "#   #   #     #       # #####     # #   #   #   #   #     #              #    # #  ",
        " # #    #    #    #   #    #  #   # #   #   #   #   #    #              #     #  # ",
        "  #     #   #####  ###     #   ###   ###    #    ###   ##    #          #     #   #",
    ];

    /// Drawn signs so many places apart, each place a spot of eight pixels, the digits 44 pixels high.
    fn written(text: &str, apart: usize) -> Cutting {
        const PLACE: u32 = 6;
        let mut rows = vec![String::new(); 7];
        for letter in text.chars() {
            let sign = SIGNS.chars().position(|sign| sign == letter).unwrap();
            for (row, drawn) in rows.iter_mut().zip(DRAWN) {
                *row += &drawn[6 * sign..6 * sign + 5];
                *row += &" ".repeat(apart);
            }
        }
        let width = u32::try_from(rows[0].len()).unwrap();
        let white = [u8::MAX].into();
        let mut ink = GrayImage::from_pixel((width + 2) * PLACE, 9 * PLACE, white);
        for (row, places) in (1..).zip(&rows) {
            for (column, place) in (1..).zip(places.bytes()) {
                for at in 0..(PLACE + 2) * (PLACE + 2) {
                    let (right, down) = (at % (PLACE + 2), at / (PLACE + 2));
                    if place == b'#' {
                        let (column, row) = (column * PLACE + right - 1, row * PLACE + down - 1);
                        ink.put_pixel(column, row, [0].into());
                    }
                }
            }
        }
        Cutting { ink, height: 40.0 }
    }

    fn read(text: &str, apart: usize) -> Option<String> {
        let figures = figures(&written(text, apart))?;
        (figures.certainty >= 0.2).then_some(figures.text)
    }

    #[test]
    fn digits_are_read_from_left_to_right_and_what_is_none_makes_no_number() {
        for (text, expected) in [
            ("05", Some("05")),
            ("12", Some("12")),
            ("3046", Some("3046")),
            ("789", Some("789")),
            ("04.09.2023", Some("04.09.2023")),
            ("04092023", Some("04.09.2023")),
            ("04.09.23", Some("04.09.23")),
            ("12.", Some("12")),
            // No date; a number with more than digits; nothing.
            ("44.09.2023", None),
            ("1.2", None),
            ("123456", None),
            ("13-к", None),
            ("-", None),
            ("к", None),
            ("", None),
        ] {
            assert_eq!(read(text, 2).as_deref(), expected, "{text}");
        }
        // A slash looks like a slanted 1, but not surely.
        let certainty = |text| figures(&written(text, 2)).map_or(0.0, |figures| figures.certainty);
        assert!(certainty("20/5") < certainty("2145"));
        assert!(certainty("35") > 0.9);
    }

    #[test]
    fn digits_that_touch_are_cut_apart_and_broken_ones_joined() {
        assert_eq!(read("53", 0).as_deref(), Some("53"));
        let mut broken = written("25", 2);
        for column in 0..broken.ink.width() {
            broken.ink.put_pixel(column, 33, [u8::MAX].into());
            broken.ink.put_pixel(column, 34, [u8::MAX].into());
        }
        assert_eq!(figures(&broken).unwrap().text, "25");
    }

    #[test]
    fn a_picture_of_any_size_is_looked_at_for_long_or_not_at_all() {
        let black = GrayImage::from_pixel(2_000, 2_000, [0].into());
        let grain = GrayImage::from_fn(600, 600, |column, row| {
            [if column % 3 == 0 || row % 2 == 0 {
                255
            } else {
                0
            }]
            .into()
        });
        let long = GrayImage::from_pixel(LONGEST_SIDE + 1, 10, [0].into());
        for ink in [black, grain, long, GrayImage::new(0, 0)] {
            assert_eq!(figures(&Cutting { ink, height: 20.0 }), None);
        }
    }
}
