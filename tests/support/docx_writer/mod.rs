//! Writes a [`Document`] as a DOCX file: the smallest package that Word and `LibreOffice` open.
//!
//! In: paragraphs, tables and text boxes with their list and style definitions.
//! Out: the bytes of the file, the same bytes for the same document (fixed ZIP timestamps, parts in
//! a fixed order). Transitional `WordprocessingML`, ISO/IEC 29500-1 and -4.
//! Must never: know what an order is, or read anything from the disk.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

mod parts;

/// Everything that goes into one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Document {
    pub(crate) properties: Properties,
    /// Automatic numbering; a list is named by its place here, counted from 0.
    pub(crate) lists: Vec<List>,
    pub(crate) styles: Vec<Style>,
    pub(crate) header: Option<Paragraph>,
    pub(crate) footer: Option<Paragraph>,
    pub(crate) body: Vec<Block>,
}

/// `docProps/core.xml`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Properties {
    pub(crate) title: String,
    pub(crate) author: String,
    /// `YYYY-MM-DD`; empty where the file shall not say it.
    pub(crate) created: String,
}

/// An instance of automatic numbering (`w:num`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) name: String,
    pub(crate) definition: ListDefinition,
}

/// Where the levels of a list come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ListDefinition {
    /// Levels of its own (`w:abstractNum`).
    Levels(Vec<Level>),
    /// The levels of an earlier list, counted anew from `start` (`w:startOverride`).
    Restart { list: usize, start: u32 },
}

/// One level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Level {
    /// `w:numFmt`: `decimal`, `russianLower`, `bullet`, …
    pub(crate) format: String,
    /// `w:lvlText`: `%1.%2.`
    pub(crate) text: String,
}

/// A paragraph style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) name: String,
    pub(crate) based_on: Option<String>,
    pub(crate) numbering: Option<ListItem>,
}

/// A paragraph's place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListItem {
    /// Item of list `list` at `level`, both counted from 0.
    Of { list: usize, level: usize },
    /// `w:numId` 0: the numbering that the style would give is taken away.
    Removed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Paragraph),
    Table(Table),
    /// A floating text box, anchored in an empty paragraph of its own.
    TextBox(Vec<Paragraph>),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Paragraph {
    pub(crate) alignment: Alignment,
    pub(crate) style: Option<String>,
    pub(crate) item: Option<ListItem>,
    pub(crate) runs: Vec<Run>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Alignment {
    #[default]
    Start,
    Centre,
    End,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) bordered: bool,
    /// Rows of cells.
    pub(crate) rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// How many grid columns the cell covers.
    pub(crate) span: usize,
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// Characters under one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) mark: Mark,
    pub(crate) pieces: Vec<Piece>,
}

/// What is done with a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Plain,
    Bold,
    /// `w:caps`: stored as typed, shown in capitals.
    Capitals,
    /// `w:vanish`.
    Hidden,
    /// A tracked insertion.
    Inserted,
    /// A tracked deletion.
    Deleted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Tab,
    Break,
    NoBreakHyphen,
    SoftHyphen,
    /// The text of a footnote whose mark stands here.
    Footnote(String),
    /// A field's instruction and its stored result.
    Field {
        code: String,
        result: String,
    },
}

/// The bytes of `document` as a DOCX file.
pub(crate) fn write(document: &Document) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts::of(document) {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
