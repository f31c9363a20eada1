//! The list tables (RTF 1.9.1, «List tables»), for paragraphs that do not carry their label.
//!
//! In: the tokens of `\listtable` and `\listoverridetable`. Out: [`Numbering`].
//! Must never: count; that is [`crate::read::lists`].

use super::tokens::{Token, Tokens};
use crate::read::Limits;
use crate::read::lists::{AbstractList, LEVELS, Level, List, NumberFormat, Numbering, Piece};

/// Longest text of a level, in characters: its length is a byte.
const MAX_LEVEL_TEXT: usize = 255;

/// Reads to the end of the `\listtable` that is open.
pub(super) fn read_abstract_lists(
    tokens: &mut Tokens<'_>,
    numbering: &mut Numbering,
    limits: &Limits,
) {
    while let Some(token) = tokens.next() {
        match token {
            Token::Open if matches!(tokens.peek(), Some(Token::Word("list", _))) => {
                let (id, list) = read_abstract_list(tokens);
                if numbering.abstracts.len() < limits.definitions {
                    numbering.abstracts.insert(id, list);
                }
            }
            Token::Open => tokens.skip_group(),
            Token::Close => return,
            _ => {}
        }
    }
}

/// Reads to the end of a `\list` group and gives its `\listid`.
fn read_abstract_list(tokens: &mut Tokens<'_>) -> (i64, AbstractList) {
    let mut list = AbstractList::default();
    let mut id = 0;
    let mut levels = 0;
    while let Some(token) = tokens.next() {
        match token {
            Token::Open if matches!(tokens.peek(), Some(Token::Word("listlevel", _))) => {
                let level = read_level(tokens);
                if let Some(place) = list.levels.get_mut(levels) {
                    *place = Some(level);
                }
                levels += 1;
            }
            Token::Open => tokens.skip_group(),
            Token::Word("listid", number) => id = i64::from(number.unwrap_or(0)),
            Token::Close => break,
            _ => {}
        }
    }
    (id, list)
}

/// Reads to the end of a `\listlevel` group.
fn read_level(tokens: &mut Tokens<'_>) -> Level {
    let mut level = Level {
        start: 1,
        ..Level::default()
    };
    while let Some(token) = tokens.next() {
        match token {
            Token::Open => match tokens.peek() {
                Some(Token::Word("leveltext", _)) => level.text = read_level_text(tokens),
                _ => tokens.skip_group(),
            },
            Token::Word("levelnfc" | "levelnfcn", number) => {
                level.format = NumberFormat::coded(number.unwrap_or(0));
            }
            Token::Word("levelstartat", number) => level.start = i64::from(number.unwrap_or(1)),
            Token::Word("levellegal", number) => level.is_legal = number != Some(0),
            Token::Word("levelnorestart", number) if number != Some(0) => level.restart = Some(0),
            Token::Close => break,
            _ => {}
        }
    }
    level
}

/// Reads to the end of a `\leveltext` group: a length, then characters, of which 0 to 8 stand for
/// the numbers of levels, then `;`.
fn read_level_text(tokens: &mut Tokens<'_>) -> Vec<Piece> {
    let mut characters: Vec<char> = Vec::new();
    // How many characters stand after `\u` for programs that do not know it.
    let mut replaced = 0_usize;
    let mut replacements = 1_usize;
    for token in tokens.by_ref() {
        match token {
            Token::Close => break,
            Token::Word("u", number) => {
                let code = u32::try_from(number.unwrap_or(0).rem_euclid(0x1_0000)).ok();
                characters.extend(code.and_then(char::from_u32));
                replaced = replacements;
            }
            Token::Word("uc", number) => {
                replacements = usize::try_from(number.unwrap_or(1)).unwrap_or(1);
            }
            Token::Byte(_) if replaced > 0 => replaced -= 1,
            Token::Byte(byte) => {
                let bytes = [byte];
                let decoded = encoding_rs::WINDOWS_1251.decode_without_bom_handling(&bytes);
                characters.extend(decoded.0.chars());
            }
            Token::Text(text) => {
                let text = text.get(replaced.min(text.len())..).unwrap_or_default();
                replaced = 0;
                characters.extend(text.iter().map(|&byte| char::from(byte)));
            }
            _ => {}
        }
    }
    let mut characters = characters.into_iter();
    let length = characters.next().map_or(0, |length| length as usize);
    let mut pieces = Vec::new();
    for character in characters.take(length.min(MAX_LEVEL_TEXT)) {
        match character as usize {
            level if level < LEVELS => pieces.push(Piece::Number(level)),
            _ => match pieces.last_mut() {
                Some(Piece::Literal(text)) => text.push(character),
                _ => pieces.push(Piece::Literal(character.to_string())),
            },
        }
    }
    pieces
}

/// Reads to the end of the `\listoverridetable` that is open.
pub(super) fn read_lists(tokens: &mut Tokens<'_>, numbering: &mut Numbering, limits: &Limits) {
    while let Some(token) = tokens.next() {
        match token {
            Token::Open => {
                let (number, list) = read_list(tokens);
                if numbering.lists.len() < limits.definitions {
                    numbering.lists.insert(number, list);
                }
            }
            Token::Close => return,
            _ => {}
        }
    }
}

/// Reads to the end of a `\listoverride` group and gives its `\ls`.
fn read_list(tokens: &mut Tokens<'_>) -> (i64, List) {
    let mut list = List::default();
    let mut number = 0;
    let mut level = 0;
    while let Some(token) = tokens.next() {
        match token {
            Token::Open => {
                read_override(tokens, &mut list, level);
                level += 1;
            }
            Token::Word("listid", id) => list.counters = i64::from(id.unwrap_or(0)),
            Token::Word("ls", ls) => number = i64::from(ls.unwrap_or(0)),
            Token::Close => break,
            _ => {}
        }
    }
    (number, list)
}

/// Reads to the end of an `\lfolevel` group.
fn read_override(tokens: &mut Tokens<'_>, list: &mut List, level: usize) {
    let mut starts = false;
    let mut start = None;
    let mut whole = None;
    while let Some(token) = tokens.next() {
        match token {
            Token::Open if matches!(tokens.peek(), Some(Token::Word("listlevel", _))) => {
                whole = Some(read_level(tokens));
            }
            Token::Open => tokens.skip_group(),
            Token::Word("listoverridestartat", number) => starts = number != Some(0),
            Token::Word("levelstartat", number) => start = number.map(i64::from),
            Token::Close => break,
            _ => {}
        }
    }
    if let Some(place) = list.overrides.get_mut(level) {
        let of_level = whole.as_ref().map(|level: &Level| level.start);
        place.start = start.or(of_level).filter(|_| starts);
        place.level = whole;
    }
}
