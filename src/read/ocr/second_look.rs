//! A second look at print that lies under other ink: a name with a stamp or a signature over it.
//!
//! Print is black and darker than what a stamp and a pen leave; where these are coloured, one of the three channels
//! shows them nearly as light as paper. Words that lose much of their ink where only such print is kept were touched
//! by another ink. Their lines are recognised once more from what is kept, and words come in the place of those that
//! they lie over. What is lost with the other ink and was not read surely is no print.
//!
//! In: a page as the first look had it, its words, and the page with print alone. Out: the words of both looks, and what
//! is no print.
//! Must never: change a word that no other ink touches, or look again at more than [`MOST_OF_A_PAGE`].

use std::ops::Range;

use super::super::ReadError;
use super::picture::{Picture, float};
use super::tesseract::Recognised;

/// What a word keeps of its ink in print alone, as part of what the words of the page mostly keep, so that it counts
/// as touched by another ink. Thin strokes lose a third of theirs by themselves.
const TOUCHED: f32 = 0.65;

/// The same for what is no print at all.
const NO_PRINT: f32 = 0.25;

/// Words that are so sure are right, whatever lies over them.
const SURE: f32 = 0.95;

/// Under this a word that only the second look finds is what is left of another ink.
const SURE_ENOUGH: f32 = 0.6;

/// Letters of the shortest word that is taken for print of another colour where it is read with [`SURE_IN_COLOUR`]: a
/// pen's digits are read with as much.
const LETTERS_IN_COLOUR: usize = 3;

/// See [`LETTERS_IN_COLOUR`].
const SURE_IN_COLOUR: f32 = 0.8;

/// Part of a page's height that is looked at again. Where more of it is touched, the page is unevenly lit or faded, and
/// less ink would not make it clearer.
const MOST_OF_A_PAGE: f32 = 0.4;

/// Paper above and under a line that the recogniser needs, as part of the line's height.
const MARGIN: f32 = 0.4;

/// Shades darker than this are ink, once they are spread.
const INK: u8 = 128;

/// The words of both looks.
pub(super) struct Looked {
    pub(super) words: Vec<Recognised>,
    /// What was taken for words and is no print.
    pub(super) strokes: Vec<Recognised>,
    /// The rows that were looked at again.
    pub(super) rows: Vec<Range<u32>>,
}

/// Looks again at the lines of words that another ink touches. `read` recognises a picture.
pub(super) fn look_again(
    words: Vec<Recognised>,
    page: &Picture,
    print: &Picture,
    read: impl FnOnce(&Picture) -> Result<Vec<Recognised>, ReadError>,
) -> Result<Looked, ReadError> {
    let kept = kept_of_ink(&words, page, print);
    let bands = bands(&words, &kept, page.height);
    let rows: u32 = bands.iter().map(|band| band.end - band.start).sum();
    if bands.is_empty() || float(rows) > float(page.height) * MOST_OF_A_PAGE {
        return Ok(Looked {
            words,
            strokes: Vec::new(),
            rows: Vec::new(),
        });
    }
    let strip = strip(print, &bands);
    let again: Vec<Recognised> = read(&strip)?
        .into_iter()
        .filter_map(|word| on_the_page(word, &bands))
        .collect();
    Ok(Looked {
        rows: bands,
        ..merged(words, &kept, again)
    })
}

/// What each word keeps of its ink in print alone, as part of what most words of the page keep.
fn kept_of_ink(words: &[Recognised], page: &Picture, print: &Picture) -> Vec<f32> {
    let kept: Vec<f32> = words
        .iter()
        .map(|word| match ink(page, word.pixels) {
            0 => 1.0,
            all => float(ink(print, word.pixels)) / float(all),
        })
        .collect();
    let mut sorted = kept.clone();
    sorted.sort_by(f32::total_cmp);
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(1.0);
    kept.into_iter()
        .map(|kept| if median > 0.0 { kept / median } else { 1.0 })
        .collect()
}

/// Pixels of ink in a box.
fn ink(picture: &Picture, pixels: [f32; 4]) -> u32 {
    let [left, top, width, height] = pixels;
    let columns = within(left, width, picture.width);
    let dark = |row: u32| {
        let shades = &picture.row(row)[columns.start as usize..columns.end as usize];
        shades.iter().filter(|shade| **shade < INK).count()
    };
    let count: usize = within(top, height, picture.height).map(dark).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Pixels from `start` on, inside a side of so many.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the side of the picture"
)]
fn within(start: f32, length: f32, side: u32) -> Range<u32> {
    let inside = |at: f32| at.clamp(0.0, float(side)) as u32;
    inside(start)..inside(start + length)
}

/// The rows of the lines in which words are touched, without overlaps.
fn bands(words: &[Recognised], kept: &[f32], height: u32) -> Vec<Range<u32>> {
    let mut rows: Vec<Range<u32>> = words
        .iter()
        .zip(kept)
        .filter(|(word, kept)| **kept < TOUCHED && word.confidence < SURE)
        .map(|(word, _)| {
            let [_, top, _, tall] = word.pixels;
            within(top - tall * MARGIN, tall * (1.0 + 2.0 * MARGIN), height)
        })
        .collect();
    rows.sort_by_key(|rows| rows.start);
    let mut bands: Vec<Range<u32>> = Vec::new();
    for rows in rows {
        match bands.last_mut() {
            Some(band) if rows.start <= band.end => band.end = band.end.max(rows.end),
            _ => bands.push(rows),
        }
    }
    bands
}

/// The bands of a picture one under the other.
fn strip(picture: &Picture, bands: &[Range<u32>]) -> Picture {
    let columns = picture.width as usize;
    let grey: Vec<u8> = bands
        .iter()
        .flat_map(|band| &picture.grey[band.start as usize * columns..band.end as usize * columns])
        .copied()
        .collect();
    Picture {
        width: picture.width,
        height: bands.iter().map(|band| band.end - band.start).sum(),
        grey,
    }
}

/// A word of the strip where it stands on the page; none across two bands.
fn on_the_page(mut word: Recognised, bands: &[Range<u32>]) -> Option<Recognised> {
    let middle = word.pixels[1] + word.pixels[3] / 2.0;
    let mut above = 0;
    for band in bands {
        let rows = band.end - band.start;
        if middle < float(above + rows) {
            word.pixels[1] += float(band.start) - float(above);
            return Some(word);
        }
        above += rows;
    }
    None
}

/// The words of the first look, but those of the second where they lie over them and are surer.
fn merged(words: Vec<Recognised>, kept: &[f32], again: Vec<Recognised>) -> Looked {
    let mut again: Vec<Recognised> = again
        .into_iter()
        .filter(|word| word.text.contains(char::is_alphanumeric))
        .collect();
    again.retain(|word| {
        let under: Vec<&Recognised> = words
            .iter()
            .filter(|first| lie_over_one_another(first, word))
            .collect();
        if under.is_empty() {
            word.confidence >= SURE_ENOUGH
        } else {
            under.iter().all(|first| word.confidence > first.confidence)
        }
    });
    let mut looked = Looked {
        words: Vec::with_capacity(words.len()),
        strokes: Vec::new(),
        rows: Vec::new(),
    };
    let mut placed = vec![false; again.len()];
    for (first, kept) in words.into_iter().zip(kept) {
        let mut is_replaced = false;
        for (word, placed) in again.iter().zip(&mut placed) {
            if lie_over_one_another(&first, word) {
                is_replaced = true;
                if !*placed {
                    *placed = true;
                    looked.words.push(word.clone());
                }
            }
        }
        if is_replaced {
            continue;
        }
        if *kept < NO_PRINT && is_by_hand(&first) {
            looked.strokes.push(first);
        } else {
            looked.words.push(first);
        }
    }
    let new = again.into_iter().zip(placed);
    looked
        .words
        .extend(new.filter(|(_, placed)| !placed).map(|(word, _)| word));
    looked
}

/// Whether what is no print is not print of another colour either.
fn is_by_hand(word: &Recognised) -> bool {
    let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
    let in_colour = letters >= LETTERS_IN_COLOUR && word.confidence >= SURE_IN_COLOUR;
    word.text.contains(char::is_alphanumeric) && !in_colour
}

/// Whether two boxes share half of the smaller one.
fn lie_over_one_another(one: &Recognised, other: &Recognised) -> bool {
    let shared = |side: usize| {
        let end = |word: &Recognised| word.pixels[side] + word.pixels[side + 2];
        (end(one).min(end(other)) - one.pixels[side].max(other.pixels[side])).max(0.0)
    };
    let area = |word: &Recognised| word.pixels[2] * word.pixels[3];
    shared(0) * shared(1) > area(one).min(area(other)) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f32, top: f32, confidence: f32) -> Recognised {
        Recognised {
            text: text.to_owned(),
            pixels: [left, top, 10.0, 4.0],
            confidence,
        }
    }

    /// A page 40 pixels wide and 40 high; each box of 10 by 4 is filled with a shade.
    fn page(boxes: &[(u32, u32, u8)]) -> Picture {
        let mut grey = vec![255; 40 * 40];
        for &(left, top, shade) in boxes {
            for row in top..top + 4 {
                for column in left..left + 10 {
                    grey[(row * 40 + column) as usize] = shade;
                }
            }
        }
        Picture {
            width: 40,
            height: 40,
            grey,
        }
    }

    fn texts(words: &[Recognised]) -> Vec<&str> {
        words.iter().map(|word| word.text.as_str()).collect()
    }

    /// Print, a name under a stamp, a number by hand, print in blue.
    fn first_look() -> (Vec<Recognised>, Picture, Picture) {
        let words = vec![
            word("Директор", 0.0, 4.0, 0.96),
            word("ПРИКАЗ", 20.0, 4.0, 0.96),
            word("Грицет", 0.0, 20.0, 0.4),
            word("42", 20.0, 20.0, 0.9),
            word("Канцелярия", 0.0, 34.0, 0.9),
        ];
        let all = [(0, 4), (20, 4), (0, 20), (20, 20), (0, 34)];
        let first = page(&all.map(|(left, top)| (left, top, 0)));
        let mut print = page(&[(0, 4, 0), (20, 4, 0)]);
        // Half of the name is under the stamp.
        print.grey[20 * 40..20 * 40 + 10].fill(0);
        print.grey[21 * 40..21 * 40 + 10].fill(0);
        (words, first, print)
    }

    #[test]
    fn the_surer_look_has_the_word_and_a_pen_is_left_out() {
        let (words, first, print) = first_look();
        let mut strip_height = 0;
        let looked = look_again(words, &first, &print, |strip| {
            strip_height = strip.height;
            // Places in the strip, whose rows are 18.4 to 25.6 and 32.4 to 39.6 of the page.
            Ok(vec![
                word("Горицвет", 0.0, 2.0, 0.9),
                word("<", 20.0, 2.0, 0.9),
                word("пятно", 30.0, 2.0, 0.3),
            ])
        })
        .unwrap();
        assert_eq!(strip_height, 14);
        assert_eq!(
            texts(&looked.words),
            ["Директор", "ПРИКАЗ", "Горицвет", "Канцелярия"]
        );
        assert!((looked.words[2].pixels[1] - 20.0).abs() < 0.01);
        assert_eq!(texts(&looked.strokes), ["42"]);
    }

    #[test]
    fn a_less_sure_look_changes_nothing() {
        let (words, first, print) = first_look();
        let looked = look_again(words, &first, &print, |_| {
            Ok(vec![word("Торицет", 0.0, 2.0, 0.3)])
        })
        .unwrap();
        assert_eq!(looked.words[2].text, "Грицет");
    }

    #[test]
    fn where_nothing_or_nearly_all_is_touched_nobody_looks_again() {
        let (words, first, print) = first_look();
        let nobody = |_: &Picture| unreachable!("it was looked again");
        let kept = look_again(words[..2].to_vec(), &first, &print, nobody).unwrap();
        assert_eq!(texts(&kept.words), ["Директор", "ПРИКАЗ"]);
        let tall: Vec<Recognised> = words
            .into_iter()
            .map(|mut word| {
                word.pixels[3] *= 3.0;
                word
            })
            .collect();
        let kept = look_again(tall, &first, &print, nobody).unwrap();
        assert_eq!(kept.words.len(), 5);
        assert!(kept.strokes.is_empty());
    }
}
