//! Pages of words: what a PDF and a recognised picture have in common.
//!
//! In: the words of every page with their places, from a reader of pages. Out: [`Text`] in reading
//! order, each word tied to its place on the page.
//! Must never: know where the words came from, or change them.

use super::{Limits, ReadError};
use crate::text::{Alignment, Bounds, Origin, PageSize, Text, TextBuilder};

/// A page as it is printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Page {
    /// Width in points (1/72 inch).
    pub(super) width: f32,
    /// Height in points.
    pub(super) height: f32,
    /// Its words, in the order in which they were found.
    pub(super) words: Vec<Word>,
}

/// A run of characters without white space.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// The characters.
    pub(super) text: String,
    /// Where they stand, in points from the top left corner of the page.
    pub(super) bounds: Bounds,
    /// How sure a recogniser is of them, 0..1; nothing where the file itself says them.
    pub(super) confidence: Option<f32>,
}

/// How much of a word's height two words must share to stand on one line.
const SHARED_HEIGHT: f32 = 0.5;

/// Makes one text of the pages.
pub(super) fn assemble(pages: &[Page], limits: &Limits) -> Result<Text, ReadError> {
    let mut builder = TextBuilder::default();
    for (number, page) in (1u32..).zip(pages) {
        for line in lines(&page.words) {
            if builder.len() > limits.text_bytes {
                return Err(ReadError::TooLarge {
                    what: "the length of its text",
                    limit: format!("{} MiB", limits.text_bytes >> 20),
                });
            }
            builder.start(Origin::Body, Alignment::Start);
            for (index, word) in line.iter().enumerate() {
                if index > 0 {
                    builder.push_str(" ");
                }
                builder.push_placed(&word.text, number, word.bounds, word.confidence);
            }
            builder.finish();
        }
    }
    let size = |page: &Page| PageSize {
        width: page.width,
        height: page.height,
    };
    builder.set_page_sizes(pages.iter().map(size).collect());
    Ok(builder.into_text())
}

/// The words of a page by lines, from top to bottom, each from left to right.
fn lines(words: &[Word]) -> Vec<Vec<&Word>> {
    let mut sorted: Vec<&Word> = words.iter().collect();
    sorted.sort_by(|a, b| a.bounds.top.total_cmp(&b.bounds.top));
    let mut lines: Vec<Vec<&Word>> = Vec::new();
    for word in sorted {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| share_a_line(last, word)) => {
                line.push(word);
            }
            _ => lines.push(vec![word]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.bounds.left.total_cmp(&b.bounds.left));
    }
    lines
}

fn share_a_line(one: &Word, other: &Word) -> bool {
    let shared = one.bounds.bottom.min(other.bounds.bottom) - one.bounds.top.max(other.bounds.top);
    let lower = (one.bounds.bottom - one.bounds.top).min(other.bounds.bottom - other.bounds.top);
    shared > lower * SHARED_HEIGHT
}
