//! Definitions of lists ([MS-DOC], sections 2.9.131, 2.9.147, 2.9.150 and 2.9.192).
//!
//! In: the tables of lists. Out: [`Numbering`], whose lists are numbered from 1 as paragraphs name
//! them.
//! Must never: count; that is [`crate::read::lists`].

use super::bytes::Bytes;
use crate::read::Limits;
use crate::read::lists::{AbstractList, LEVELS, Level, List, NumberFormat, Numbering, Piece};

/// Reads the lists. What follows an error is passed over.
pub(super) fn read(definitions: &[u8], lists: &[u8], limits: &Limits) -> Numbering {
    let mut numbering = Numbering::default();
    // What came before the error is kept.
    let _ = read_abstract_lists(Bytes(definitions), &mut numbering, limits);
    let _ = read_lists(Bytes(lists), &mut numbering, limits);
    numbering
}

fn read_abstract_lists(bytes: Bytes<'_>, numbering: &mut Numbering, limits: &Limits) -> Option<()> {
    /// Size of an entry.
    const ENTRY: usize = 28;
    let count = usize::from(bytes.u16(0)?).min(limits.definitions);
    let mut at = 2 + count * ENTRY;
    for index in 0..count {
        let entry = 2 + index * ENTRY;
        let id = i64::from(bytes.i32(entry)?);
        let is_simple = bytes.u8(entry + 26)? & 1 == 1;
        let mut list = AbstractList::default();
        let levels = if is_simple { 1 } else { LEVELS };
        for place in list.levels.iter_mut().take(levels) {
            let (level, length) = read_level(bytes, at)?;
            *place = Some(level);
            at += length;
        }
        numbering.abstracts.insert(id, list);
    }
    Some(())
}

/// Reads a level and says how many bytes it takes.
fn read_level(bytes: Bytes<'_>, at: usize) -> Option<(Level, usize)> {
    /// Size of the part that all levels have.
    const FIXED: usize = 28;
    let flags = bytes.u8(at + 5)?;
    let characters = usize::from(bytes.u8(at + 24)?);
    let paragraph = usize::from(bytes.u8(at + 25)?);
    let text_at = at + FIXED + characters + paragraph;
    let length = usize::from(bytes.u16(text_at)?);
    let text = bytes.characters(text_at + 2, length)?;
    let never_restarts = flags & 0b1000 != 0;
    let level = Level {
        format: NumberFormat::coded(i32::from(bytes.u8(at + 4)?)),
        text: pieces(&text),
        start: i64::from(bytes.i32(at)?),
        restart: never_restarts.then(|| i64::from(bytes.u8(at + 26).unwrap_or(0))),
        is_legal: flags & 0b100 != 0,
        ..Level::default()
    };
    Some((level, FIXED + characters + paragraph + 2 + length * 2))
}

/// The text of a level, in which 0 to 8 stand for the numbers of levels.
fn pieces(text: &[u16]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for character in char::decode_utf16(text.iter().copied()).flatten() {
        match (character as usize, pieces.last_mut()) {
            (level, _) if level < LEVELS => pieces.push(Piece::Number(level)),
            (_, Some(Piece::Literal(literal))) => literal.push(character),
            _ => pieces.push(Piece::Literal(character.to_string())),
        }
    }
    pieces
}

fn read_lists(bytes: Bytes<'_>, numbering: &mut Numbering, limits: &Limits) -> Option<()> {
    /// Size of an entry.
    const ENTRY: usize = 16;
    let count = bytes.offset(0)?.min(limits.definitions);
    let mut at = 4 + count * ENTRY;
    for index in 0..count {
        let entry = 4 + index * ENTRY;
        let mut list = List {
            counters: i64::from(bytes.i32(entry)?),
            ..List::default()
        };
        let overrides = bytes.u8(entry + 12)?;
        // A list is known, whatever becomes of what it makes otherwise.
        let number = i64::try_from(index).ok()? + 1;
        at += 4;
        for _ in 0..overrides {
            let Some(length) = read_override(bytes, at, &mut list) else {
                numbering.lists.insert(number, list);
                return None;
            };
            at += length;
        }
        numbering.lists.insert(number, list);
    }
    Some(())
}

/// Reads what a list makes otherwise at a level, and says how many bytes that takes.
fn read_override(bytes: Bytes<'_>, at: usize, list: &mut List) -> Option<usize> {
    const STARTS: u32 = 0x10;
    const HAS_LEVEL: u32 = 0x20;
    let start = i64::from(bytes.i32(at)?);
    let flags = bytes.u32(at + 4)?;
    let (level, length) = if flags & HAS_LEVEL == 0 {
        (None, 0)
    } else {
        let (level, length) = read_level(bytes, at + 8)?;
        (Some(level), length)
    };
    let place = usize::try_from(flags & 0xf).ok()?;
    if let Some(place) = list.overrides.get_mut(place) {
        let of_level = level.as_ref().map(|level| level.start);
        place.start = (flags & STARTS != 0).then(|| of_level.unwrap_or(start));
        place.level = level;
    }
    Some(8 + length)
}
