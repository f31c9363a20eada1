//! Words of glyphs.
//!
//! In: what a page draws. Out: a [`Page`]. Must never: reorder what is not one word, or drop what is not drawn
//! twice.

use std::collections::HashMap;

use super::glyphs::{Characters, Drawn, DrawnGlyph};
use crate::read::page::{Page, Word, around};
use crate::text::Bounds;

/// What a line of type takes above and below its baseline, as shares of its size: capitals are 0.66 high in
/// common faces, and 0.14 are left for accents.
const ASCENT: f32 = 0.8;
const DESCENT: f32 = 0.2;

/// A gap wider than this share of the size is a space: a narrow one of justified text is 0.2, the tab behind a
/// label may leave no more than 0.1, and kerning draws letters together.
const SPACE: f32 = 0.1;

/// A glyph so far off the baseline of the one before it, as a share of the size, begins a word.
const OFF_THE_LINE: f32 = 0.15;

/// So far back, a glyph begins a word; accents and overlapping letters go back less.
const BACK: f32 = 0.5;

/// A word drawn again so near to itself, as a share of the size, is one word: bold type is imitated so.
const SAME_PLACE: f32 = 0.2;

/// How many places of a word are remembered.
const PLACES_REMEMBERED: usize = 16;

/// Text whose baseline rises or falls by more than this, per unit of its length, does not run with the page.
const LEVEL: f32 = 0.1;

/// A word while it is put together.
struct Open {
    word: Word,
    /// The way that it runs, of length one.
    way: (f32, f32),
    /// Where its baseline ends, and its size.
    end: (f32, f32),
    size: f32,
}

/// The words of a page and its rules.
pub(super) fn page(drawn: Drawn) -> Page {
    let mut page = Page {
        width: drawn.width,
        height: drawn.height,
        rules: drawn.rules,
        ..Page::default()
    };
    let mut places: HashMap<String, Vec<Bounds>> = HashMap::new();
    let mut open: Option<Open> = None;
    for glyph in &drawn.glyphs {
        let mut characters = [0; 4];
        let text = match &glyph.characters {
            Some(Characters::One(character)) => &*character.encode_utf8(&mut characters),
            Some(Characters::More(text)) => text,
            None => "\u{fffd}",
        };
        // A space that holds two words together keeps them on one line, and so in one word.
        let holds_together = text == "\u{a0}";
        let is_blank = text.chars().all(|c| c.is_whitespace() || c.is_control()) && !holds_together;
        if holds_together
            && open
                .as_ref()
                .is_none_or(|open| open.word.text.ends_with('\u{a0}'))
        {
            keep(open.take(), &mut page, &mut places);
            continue;
        }
        if is_blank || open.as_ref().is_some_and(|open| !is_next(open, glyph)) {
            keep(open.take(), &mut page, &mut places);
        }
        if is_blank {
            continue;
        }
        let open = open.get_or_insert_with(|| Open {
            word: Word {
                text: String::new(),
                bounds: bounds(glyph),
                confidence: None,
            },
            way: way(glyph),
            end: (glyph.x, glyph.y),
            size: glyph.size,
        });
        open.word.text.push_str(text);
        open.word.bounds = around(open.word.bounds, bounds(glyph));
        open.end = (glyph.x + glyph.dx, glyph.y + glyph.dy);
    }
    keep(open, &mut page, &mut places);
    page
}

/// Keeps a word that is finished, unless it was drawn at this place before.
fn keep(open: Option<Open>, page: &mut Page, places: &mut HashMap<String, Vec<Bounds>>) {
    let Some(Open {
        mut word,
        way,
        size,
        ..
    }) = open
    else {
        return;
    };
    word.text
        .truncate(word.text.trim_end_matches('\u{a0}').len());
    let places = places.entry(word.text.clone()).or_default();
    let near = |a: f32, b: f32| (a - b).abs() < SAME_PLACE * size;
    let is_drawn_again =
        places.iter().rev().take(PLACES_REMEMBERED).any(|place| {
            near(place.left, word.bounds.left) && near(place.bottom, word.bounds.bottom)
        });
    if is_drawn_again {
        return;
    }
    places.push(word.bounds);
    if way.0 > 0.0 && way.1.abs() < LEVEL {
        page.words.push(word);
    } else {
        page.turned.push(word);
    }
}

/// Whether a glyph goes on with a word.
fn is_next(open: &Open, glyph: &DrawnGlyph) -> bool {
    let (ux, uy) = open.way;
    let (vx, vy) = way(glyph);
    let (x, y) = (glyph.x - open.end.0, glyph.y - open.end.1);
    let along = x * ux + y * uy;
    let across = y * ux - x * uy;
    let size = open.size.min(glyph.size);
    ux * vx + uy * vy > 1.0 - LEVEL
        && across.abs() < OFF_THE_LINE * size
        && (-BACK * size..SPACE * size).contains(&along)
}

/// The way that a glyph runs, of length one; to the right for one that takes no room.
fn way(glyph: &DrawnGlyph) -> (f32, f32) {
    let length = glyph.dx.hypot(glyph.dy);
    if length > 0.0 {
        (glyph.dx / length, glyph.dy / length)
    } else {
        (1.0, 0.0)
    }
}

/// What a glyph takes up: from its ascent to its descent, whatever its shape.
fn bounds(glyph: &DrawnGlyph) -> Bounds {
    let (ux, uy) = way(glyph);
    let corner = |along: f32, above: f32| {
        let x = glyph.x + along * glyph.dx + above * glyph.size * uy;
        let y = glyph.y + along * glyph.dy - above * glyph.size * ux;
        Bounds {
            left: x,
            top: y,
            right: x,
            bottom: y,
        }
    };
    [
        corner(1.0, ASCENT),
        corner(0.0, -DESCENT),
        corner(1.0, -DESCENT),
    ]
    .into_iter()
    .fold(corner(0.0, ASCENT), around)
}
