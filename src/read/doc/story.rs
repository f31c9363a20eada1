//! The texts of a document: which characters are shown, where they go, and with which label.
//!
//! In: the pieces of the text and the properties of its characters and paragraphs. Out: paragraphs,
//! cells, notes and boxes to a [`Composer`], and the [`Findings`] beside them.
//! Must never: recurse; a text box is read where it is anchored in the main text, and holds no
//! other.

use std::collections::HashMap;

use super::bytes::Plc;
use super::file::{Lengths, Part, Piece, Streams};
use super::properties::{Characters, Ends, Kind, Paragraph, Runs};
use super::styles::Styles;
use crate::read::composer::{Composer, Ending, Flowing};
use crate::read::findings::Findings;
use crate::read::lists::{Counters, Numbering};
use crate::read::symbols::SymbolFont;
use crate::read::{Limits, ReadError};
use crate::text::{AsidePlace, Origin};

/// Most tables within each other that are told apart.
const MAX_TABLES: usize = 64;

/// Most fields that may be open within each other.
const MAX_FIELDS: usize = 1_000;

/// What the texts consult.
pub(super) struct Definitions<'f> {
    /// The styles.
    pub(super) styles: &'f Styles,
    /// The pictographic fonts, in the places of all fonts.
    pub(super) fonts: &'f [Option<SymbolFont>],
    /// The lists.
    pub(super) numbering: &'f Numbering,
    /// How much may be read.
    pub(super) limits: &'f Limits,
}

/// A tracked change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Inserted,
    Deleted,
}

/// The fields that are open.
#[derive(Debug, Default)]
struct Fields {
    /// Of each, whether its code is being read.
    open: Vec<bool>,
    /// How many of them are read for their code.
    in_code: usize,
}

impl Fields {
    fn begin(&mut self) {
        if self.open.len() < MAX_FIELDS {
            self.open.push(true);
            self.in_code += 1;
        }
    }

    fn separate(&mut self) {
        if let Some(is_code) = self.open.last_mut()
            && std::mem::replace(is_code, false)
        {
            self.in_code -= 1;
        }
    }

    fn end(&mut self) {
        if self.open.pop() == Some(true) {
            self.in_code -= 1;
        }
    }
}

/// Reads the texts of a document.
pub(super) struct Story<'f> {
    streams: &'f Streams,
    lengths: Lengths,
    pieces: Vec<Piece<'f>>,
    characters: Runs<'f>,
    paragraphs: Runs<'f>,
    definitions: Definitions<'f>,
    composer: Composer<'f>,
    findings: Findings,
    counters: Counters,
    /// Counters of notes, boxes and margins, which are texts of their own.
    other_counters: Counters,
    fields: Fields,
    /// Characters read so far, shown or not.
    read: usize,
    /// Shapes by the position of their anchor, and boxes by the number of their shape.
    anchors: HashMap<usize, u32>,
    boxes: HashMap<u32, (usize, usize)>,
    surrogate: Option<u16>,
    last_change: Option<Change>,
}

impl<'f> Story<'f> {
    /// A story of the texts in these streams.
    pub(super) fn new(
        streams: &'f Streams,
        pieces: Vec<Piece<'f>>,
        definitions: Definitions<'f>,
    ) -> Self {
        let runs = |part, kind| Runs::read(streams.part(part), streams.main(), kind);
        Self {
            streams,
            lengths: streams.lengths(),
            pieces,
            characters: runs(Part::Characters, Kind::Characters),
            paragraphs: runs(Part::Paragraphs, Kind::Paragraphs),
            composer: Composer::new(definitions.limits),
            definitions,
            findings: Findings::default(),
            counters: Counters::default(),
            other_counters: Counters::default(),
            fields: Fields::default(),
            read: 0,
            anchors: anchors(streams),
            boxes: boxes(streams),
            surrogate: None,
            last_change: None,
        }
    }

    /// Reads all texts, the main one first.
    pub(super) fn read(mut self) -> Result<(Composer<'f>, Findings), ReadError> {
        let lengths = self.lengths;
        self.read_range(0, lengths.main)?;
        let footnotes = lengths.main;
        let margins = footnotes + lengths.footnotes;
        let comments = margins + lengths.margins;
        let endnotes = comments + lengths.comments;
        let note = Flowing::Note;
        self.read_each(Part::Footnotes, footnotes, lengths.footnotes, |_| {
            note(Origin::Footnote)
        })?;
        self.read_each(Part::Endnotes, endnotes, lengths.endnotes, |_| {
            note(Origin::Endnote)
        })?;
        self.read_each(Part::Margins, margins, lengths.margins, |index| {
            // For each section: headers and footers of even and odd pages, then of the first one.
            // Before the first section stand the separators of notes (section 2.3.3).
            Flowing::Aside(match index % 6 {
                0 | 1 | 4 => AsidePlace::Header,
                _ => AsidePlace::Footer,
            })
        })?;
        self.read_each(Part::Comments, comments, lengths.comments, |_| {
            Flowing::Aside(AsidePlace::Comment)
        })?;
        self.findings.wrote_unknown_format =
            self.counters.wrote_unknown_format() || self.other_counters.wrote_unknown_format();
        Ok((self.composer, self.findings))
    }

    /// Reads each of the texts that a part divides.
    fn read_each(
        &mut self,
        part: Part,
        start: usize,
        length: usize,
        flowing: impl Fn(usize) -> Flowing,
    ) -> Result<(), ReadError> {
        /// Separators of footnotes and endnotes, which stand before the margins.
        const SEPARATORS: usize = 6;
        let table = Plc::new(self.streams.part(part), 0);
        let first = if part == Part::Margins { SEPARATORS } else { 0 };
        for index in first..table.len() {
            let Some((from, to)) = table.range(index).filter(|range| range.1 <= length) else {
                return Ok(());
            };
            if from < to {
                self.composer.open(flowing(index));
                self.read_range(start + from, start + to)?;
                self.fields = Fields::default();
                self.composer.close()?;
            }
        }
        Ok(())
    }

    /// Reads characters from one position to another.
    fn read_range(&mut self, from: usize, to: usize) -> Result<(), ReadError> {
        let first = self.pieces.partition_point(|piece| piece.end <= from);
        let main = self.streams.main();
        for index in first..self.pieces.len() {
            let Some(piece) = self.pieces.get(index).copied() else {
                break;
            };
            if piece.start >= to {
                break;
            }
            for position in from.max(piece.start)..to.min(piece.end) {
                let offset = piece.offset_of(position);
                let unit = if piece.is_narrow {
                    main.u8(offset).map(narrow)
                } else {
                    main.u16(offset)
                };
                let Some(unit) = unit else {
                    return Ok(());
                };
                self.take(unit, position, offset, piece)?;
            }
        }
        Ok(())
    }

    /// Takes in one character.
    fn take(
        &mut self,
        unit: u16,
        position: usize,
        offset: usize,
        piece: Piece<'f>,
    ) -> Result<(), ReadError> {
        // Pieces may lie over each other.
        self.read += 1;
        if self.read > self.definitions.limits.text_bytes {
            return Err(ReadError::TooLarge {
                what: "размер текста",
                limit: format!("{} МБ", self.definitions.limits.text_bytes >> 20),
            });
        }
        match unit {
            0x0d | 0x07 => return self.end_paragraph(unit == 0x07, offset, piece),
            // The end of a section ends a paragraph; the end of a page stands in one.
            0x0c if !self.composer.is_at_start() => {
                return self.end_paragraph(false, offset, piece);
            }
            0x0c | 0x0e => return Ok(()),
            0x13 => self.fields.begin(),
            0x14 => self.fields.separate(),
            0x15 => self.fields.end(),
            _ => {}
        }
        if matches!(unit, 0x13..=0x15) || self.fields.in_code > 0 {
            return Ok(());
        }
        let (_, list) = self.characters.at(offset);
        let mut characters = Characters::default();
        characters.apply(list);
        characters.apply(piece.properties);
        if characters.is_special && unit <= 0x28 {
            return self.take_special(unit, position, characters, offset, piece);
        }
        match unit {
            0x09 => self.show("\t", characters, offset, piece),
            0x0b => self.show("\n", characters, offset, piece),
            0x1e => self.show("-", characters, offset, piece),
            0xd800..=0xdbff => self.surrogate = Some(unit),
            0..=0x1f => {}
            _ => {
                let decoded = match self.surrogate.take() {
                    Some(first) => char::decode_utf16([first, unit]).next(),
                    None => char::decode_utf16([unit]).next(),
                };
                if let Some(Ok(character)) = decoded {
                    self.show_letter(character, characters, offset, piece);
                }
            }
        }
        Ok(())
    }

    /// Takes in a character that stands for something else (section 2.4.5).
    fn take_special(
        &mut self,
        unit: u16,
        position: usize,
        characters: Characters,
        offset: usize,
        piece: Piece<'f>,
    ) -> Result<(), ReadError> {
        match unit {
            0x01 => self.findings.pictures += 1,
            0x08 => return self.read_box(position),
            0x28 => {
                if let Some((font, code)) = characters.symbol {
                    let font = self.symbol_font(font);
                    let shown = match font {
                        Some(font) => font.shown(u32::from(code)),
                        None => char::from_u32(u32::from(code)),
                    };
                    if let Some(character) = shown {
                        self.show(
                            character.encode_utf8(&mut [0; 4]),
                            characters,
                            offset,
                            piece,
                        );
                    } else {
                        self.findings.unknown_symbols += 1;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn symbol_font(&self, number: u16) -> Option<SymbolFont> {
        self.definitions
            .fonts
            .get(usize::from(number))
            .copied()
            .flatten()
    }

    /// Shows a letter; one of the private use area is a sign of its font.
    fn show_letter(
        &mut self,
        character: char,
        characters: Characters,
        offset: usize,
        piece: Piece<'f>,
    ) {
        let shown = match (character, characters.font) {
            ('\u{f000}'..='\u{f0ff}', Some(font)) => self
                .symbol_font(font)
                .and_then(|font| font.shown(u32::from(character))),
            _ => Some(character),
        };
        match shown {
            Some(shown) => self.show(shown.encode_utf8(&mut [0; 4]), characters, offset, piece),
            None => self.findings.unknown_symbols += 1,
        }
    }

    fn show(&mut self, text: &str, characters: Characters, offset: usize, piece: Piece<'f>) {
        let change = if characters.is_deleted {
            Some(Change::Deleted)
        } else {
            characters.is_inserted.then_some(Change::Inserted)
        };
        self.count_change(change);
        if characters.is_deleted {
            return;
        }
        if self.is_hidden(characters, offset, piece) {
            self.composer.push_hidden(text);
        } else {
            self.composer.push(text);
        }
    }

    fn count_change(&mut self, change: Option<Change>) {
        if std::mem::replace(&mut self.last_change, change) == change {
            return;
        }
        match change {
            Some(Change::Inserted) => self.findings.insertions += 1,
            Some(Change::Deleted) => self.findings.deletions += 1,
            None => {}
        }
    }

    fn is_hidden(&mut self, characters: Characters, offset: usize, piece: Piece<'f>) -> bool {
        /// As in the style; with the lowest bit, otherwise than in it.
        const AS_STYLE: u8 = 0x80;
        let styles = self.definitions.styles;
        let said = characters.hidden.unwrap_or(AS_STYLE);
        if said & AS_STYLE == 0 || !styles.hides() {
            return said & 1 == 1;
        }
        let of_style = characters
            .style
            .and_then(|style| styles.characters(style).hidden);
        let of_style = of_style.unwrap_or_else(|| {
            let paragraph = self.paragraph(offset, piece);
            styles
                .characters(paragraph.style)
                .hidden
                .unwrap_or_default()
        });
        (of_style ^ said) & 1 == 1
    }

    /// The properties of the paragraph at an offset, its style taken in.
    fn paragraph(&mut self, offset: usize, piece: Piece<'f>) -> Paragraph {
        let (style, list) = self.paragraphs.at(offset);
        let mut paragraph = Paragraph {
            style,
            ..self.definitions.styles.paragraph(style)
        };
        paragraph.apply(list);
        paragraph.apply(piece.properties);
        paragraph
    }

    /// Ends a paragraph, a cell or a row. A paragraph whose mark is deleted runs on into the next.
    fn end_paragraph(
        &mut self,
        is_cell: bool,
        offset: usize,
        piece: Piece<'f>,
    ) -> Result<(), ReadError> {
        self.surrogate = None;
        let paragraph = self.paragraph(offset, piece);
        let tables = paragraph.depth(MAX_TABLES);
        if is_cell && paragraph.ends == Some(Ends::Row) {
            return self.composer.finish_row(tables);
        }
        if paragraph.ends == Some(Ends::InnerRow) {
            return self.composer.finish_row(tables.max(2));
        }
        let (_, list) = self.characters.at(offset);
        let mut mark = Characters::default();
        mark.apply(list);
        if mark.is_deleted && !is_cell {
            self.count_change(Some(Change::Deleted));
            return Ok(());
        }
        let counters = if self.composer.flowing() == Flowing::Body {
            &mut self.counters
        } else {
            &mut self.other_counters
        };
        let label = paragraph.list.filter(|&list| list != 0).and_then(|list| {
            let level = paragraph.level.unwrap_or(0);
            counters.next(self.definitions.numbering, list, level)
        });
        let ending = Ending {
            label: label.as_deref().unwrap_or_default(),
            alignment: paragraph.alignment.unwrap_or_default(),
            tables,
        };
        if is_cell || paragraph.ends == Some(Ends::InnerCell) {
            self.composer.finish_cell(ending, 1, false)
        } else {
            self.composer.finish_paragraph(ending)
        }
    }

    /// Reads the text box that is anchored at a position of the main text.
    fn read_box(&mut self, position: usize) -> Result<(), ReadError> {
        if self.composer.flowing() != Flowing::Body {
            return Ok(());
        }
        let Some((from, to)) = self.box_at(position) else {
            return Ok(());
        };
        let fields = std::mem::take(&mut self.fields);
        self.composer.open(Flowing::Box);
        let outcome = self.read_range(from, to);
        self.composer.close()?;
        self.fields = fields;
        outcome
    }

    /// From where to where the text of the box goes that is anchored at a position.
    fn box_at(&self, position: usize) -> Option<(usize, usize)> {
        let shape = self.anchors.get(&position)?;
        let &(from, to) = self.boxes.get(shape)?;
        if to > self.lengths.boxes {
            return None;
        }
        let lengths = self.lengths;
        let start = lengths.main
            + lengths.footnotes
            + lengths.margins
            + lengths.comments
            + lengths.endnotes;
        Some((start + from, start + to))
    }
}

/// The numbers of shapes, by the position of their anchor (section 2.8.37).
fn anchors(streams: &Streams) -> HashMap<usize, u32> {
    /// Size of an anchor.
    const ANCHOR: usize = 26;
    let anchors = Plc::new(streams.part(Part::Anchors), ANCHOR);
    (0..anchors.len())
        .filter_map(|index| Some((anchors.position(index)?, anchors.value(index)?.u32(0)?)))
        .collect()
}

/// From where to where the texts of boxes go, by the number of their shape (section 2.8.32).
fn boxes(streams: &Streams) -> HashMap<u32, (usize, usize)> {
    /// Size of what is known of a box, and where the number of its shape stands in it.
    const BOX: (usize, usize) = (22, 14);
    let boxes = Plc::new(streams.part(Part::TextBoxes), BOX.0);
    (0..boxes.len())
        .filter_map(|index| Some((boxes.value(index)?.u32(BOX.1)?, boxes.range(index)?)))
        .collect()
}

/// A character of one byte: of Windows-1252 (section 2.9.73).
fn narrow(byte: u8) -> u16 {
    if byte < 0x80 {
        return u16::from(byte);
    }
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.encode_utf16().next().unwrap_or(0)
}
