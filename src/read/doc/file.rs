//! The streams of a document, and where in them its parts are ([MS-DOC], section 2.5).
//!
//! In: the bytes of an OLE container. Out: [`File`], with the parts that its file information block
//! names, and the pieces that its text is made of.
//! Must never: believe an offset or a length that the file states.

use std::io::{Cursor, Read as _};

use super::bytes::{Bytes, Plc};
use crate::read::{Detected, Limits, ReadError};

/// How a damaged document is called in errors.
pub(super) const WORD_DOCUMENT: &str = "документ Word 97–2003 (.doc)";

/// The version of the format with which Word 97 begins (`nFib`).
const WORD_97: u16 = 0x00c1;

/// Where the pairs of offset and length begin in the file information block (section 2.5.6).
const PAIRS_AT: usize = 0x9a;

/// A part that the file information block names, by the number of its pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Styles.
    Styles = 1,
    /// Text of the footnotes.
    Footnotes = 3,
    /// Text of the comments.
    Comments = 5,
    /// Headers and footers.
    Margins = 11,
    /// Pages with properties of characters.
    Characters = 12,
    /// Pages with properties of paragraphs.
    Paragraphs = 13,
    /// Fonts.
    Fonts = 15,
    /// The pieces of the text.
    Pieces = 33,
    /// Anchors of drawings.
    Anchors = 40,
    /// Text of the endnotes.
    Endnotes = 47,
    /// Text of the text boxes.
    TextBoxes = 56,
    /// Definitions of lists.
    AbstractLists = 73,
    /// Lists.
    Lists = 74,
}

/// How many characters each text of a document has (section 2.5.4), in the order in which they
/// follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Lengths {
    /// The main text.
    pub(super) main: usize,
    /// Footnotes.
    pub(super) footnotes: usize,
    /// Headers and footers.
    pub(super) margins: usize,
    /// Comments.
    pub(super) comments: usize,
    /// Endnotes.
    pub(super) endnotes: usize,
    /// Text boxes.
    pub(super) boxes: usize,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'f> {
    /// The first character, counted over all texts.
    pub(super) start: usize,
    /// The character after the last.
    pub(super) end: usize,
    /// Where in the main stream it starts.
    pub(super) offset: usize,
    /// Whether a character is one byte, and not two.
    pub(super) is_narrow: bool,
    /// Properties that hold for the whole piece.
    pub(super) properties: &'f [u8],
}

impl Piece<'_> {
    /// Where in the main stream a character of the piece is.
    pub(super) fn offset_of(&self, position: usize) -> usize {
        let width = if self.is_narrow { 1 } else { 2 };
        self.offset
            .saturating_add(position.saturating_sub(self.start).saturating_mul(width))
    }
}

/// The streams of a document.
#[derive(Debug)]
pub(super) struct Streams {
    /// `WordDocument`.
    main: Vec<u8>,
    /// `0Table` or `1Table`.
    table: Vec<u8>,
    /// The property set that describes the document.
    pub(super) summary: Vec<u8>,
}

impl Streams {
    /// Takes the streams out of the container.
    pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let damaged = |detail: String| ReadError::Damaged {
            format: WORD_DOCUMENT,
            detail,
        };
        let mut container = cfb::CompoundFile::open(Cursor::new(bytes))
            .map_err(|_| damaged("не читается структура файла".to_owned()))?;
        let most = limits.total_bytes as u64;
        let mut stream = |name: &str| -> Result<Vec<u8>, String> {
            let stream = container
                .open_stream(name)
                .map_err(|_| format!("не читается поток {name}"))?;
            let mut bytes = Vec::new();
            stream
                .take(most)
                .read_to_end(&mut bytes)
                .map_err(|_| format!("не читается поток {name}"))?;
            Ok(bytes)
        };
        let main = stream("WordDocument").map_err(damaged)?;
        let block = Bytes(&main);
        let flags = block.u16(0x0a).unwrap_or(0);
        if block.u16(2).is_none_or(|version| version < WORD_97) {
            return Err(ReadError::UnsupportedFormat(Detected::OldWord));
        }
        if flags & 0x0100 != 0 {
            return Err(ReadError::Encrypted {
                what: "документ Word 97–2003",
            });
        }
        let table = if flags & 0x0200 == 0 {
            "0Table"
        } else {
            "1Table"
        };
        let table = stream(table).map_err(damaged)?;
        Ok(Self {
            main,
            table,
            summary: stream("\u{5}SummaryInformation").unwrap_or_default(),
        })
    }

    /// The main stream.
    pub(super) fn main(&self) -> Bytes<'_> {
        Bytes(&self.main)
    }

    /// A part of the table stream; empty where there is none.
    pub(super) fn part(&self, part: Part) -> &[u8] {
        self.pair(part)
            .and_then(|(offset, length)| Bytes(&self.table).slice(offset, length))
            .unwrap_or_default()
    }

    /// The table stream from the start of a part on, for those that go on beyond their length.
    pub(super) fn from(&self, part: Part) -> &[u8] {
        match self.pair(part) {
            Some((offset, length)) if length > 0 => self.table.get(offset..).unwrap_or_default(),
            _ => &[],
        }
    }

    fn pair(&self, part: Part) -> Option<(usize, usize)> {
        let at = PAIRS_AT + 8 * part as usize;
        Some((self.main().offset(at)?, self.main().offset(at + 4)?))
    }

    /// How long the texts are.
    pub(super) fn lengths(&self) -> Lengths {
        // A count is signed, and no text has less than no characters.
        let count = |at| {
            let count = self.main().i32(at).unwrap_or(0);
            usize::try_from(count).unwrap_or(0)
        };
        Lengths {
            main: count(0x4c),
            footnotes: count(0x50),
            margins: count(0x54),
            comments: count(0x5c),
            endnotes: count(0x60),
            boxes: count(0x64),
        }
    }

    /// The pieces of the text, in order (section 2.9.38).
    pub(super) fn pieces(&self) -> Option<Vec<Piece<'_>>> {
        const PROPERTIES: u8 = 1;
        const TABLE: u8 = 2;
        let bytes = Bytes(self.part(Part::Pieces));
        let mut shared: Vec<&[u8]> = Vec::new();
        let mut at = 0;
        while bytes.u8(at)? == PROPERTIES {
            let length = usize::from(bytes.u16(at + 1)?);
            shared.push(bytes.slice(at + 3, length)?);
            at += 3 + length;
        }
        if bytes.u8(at)? != TABLE {
            return None;
        }
        let length = bytes.offset(at + 1)?;
        let rest = bytes.0.get(at + 5..)?;
        let table = Plc::new(rest.get(..length).unwrap_or(rest), 8);
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        for index in 0..table.len() {
            let (Some((start, end)), Some(value)) = (table.range(index), table.value(index)) else {
                break;
            };
            // Pieces follow each other.
            if pieces.last().is_some_and(|piece| piece.end != start) {
                break;
            }
            let offset = value.u32(2)?;
            let is_narrow = offset & 0x4000_0000 != 0;
            let offset = usize::try_from(offset & 0x3fff_ffff).ok()?;
            let modifier = value.u16(6)?;
            let properties = (modifier & 1 == 1)
                .then(|| shared.get(usize::from(modifier >> 1)).copied())
                .flatten();
            pieces.push(Piece {
                start,
                end,
                offset: if is_narrow { offset / 2 } else { offset },
                is_narrow,
                properties: properties.unwrap_or_default(),
            });
        }
        Some(pieces)
    }
}
