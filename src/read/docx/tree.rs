//! A part with a story in it (body, footnote, header …) as the format has it: paragraphs, tables and
//! text boxes, with the marks that decide how they are shown (ECMA-376 part 1, chapter 17).
//!
//! In: the XML of the part. Out: [`Node`]s. One pass, with a stack of its own; deleted text, field
//! codes and the second copy in `mc:AlternateContent` never enter the tree. Must never: nest deeper
//! than the limit, or lose what stands before a place that cannot be read.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::super::ReadError;
use super::package::Limits;
use super::styles::alignment;
use super::symbols::symbol;
use super::xml::{attribute, is_on, number, reference, value};
use crate::text::Alignment;

/// A block of a story.
#[derive(Debug)]
pub(super) enum Node {
    Paragraph(Paragraph),
    Table(Vec<Row>),
}

#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
}

#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Grid column, counted from 0.
    pub(super) column: u32,
    pub(super) nodes: Vec<Node>,
}

#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: Option<String>,
    /// The list named in the paragraph itself.
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
    pub(super) alignment: Option<Alignment>,
    /// The paragraph mark is deleted: the next paragraph continues this one.
    pub(super) mark_deleted: bool,
    pub(super) runs: Vec<Run>,
    /// Text boxes anchored in the paragraph.
    pub(super) boxes: Vec<Vec<Node>>,
}

/// Text of one kind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    /// `Some` where the run itself says whether it is hidden.
    pub(super) hidden: Option<bool>,
    pub(super) style: Option<String>,
}

/// What a story holds besides its nodes.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) nodes: Vec<Node>,
    /// Footnotes and endnotes referred to, in order.
    pub(super) footnotes: Vec<String>,
    pub(super) endnotes: Vec<String>,
    pub(super) pictures: usize,
    pub(super) tracked_changes: usize,
    /// Where reading stopped, if the XML is broken.
    pub(super) broken: Option<String>,
    /// In a part of notes or comments: the id of each note and its nodes.
    pub(super) notes: Vec<(String, Vec<Node>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vocabulary {
    /// WordprocessingML, transitional or strict.
    Word,
    Compatibility,
    Math,
    Other,
}

/// What an open element means for what stands in it.
#[derive(Debug, PartialEq, Eq)]
enum Frame {
    Plain,
    ParagraphProperties,
    Paragraph,
    Run,
    Text,
    Cell,
    Row,
    Table,
    TextBox,
    Note,
    /// `mc:AlternateContent`, and whether a branch was taken.
    Alternatives(bool),
    RowProperties,
}

/// Prefixes of vocabularies that the reader follows inside `mc:Choice`.
const UNDERSTOOD: [&str; 14] = [
    "wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "w16se", "w16cid", "wp14", "v", "m", "a14",
    "w16cex",
];

struct Builder<'l> {
    limits: &'l Limits,
    story: Story,
    frames: Vec<Frame>,
    /// Containers being filled: the story, cells and text boxes.
    containers: Vec<Vec<Node>>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Vec<Row>>,
    rows: Vec<Row>,
    cells: Vec<OpenCell>,
    note: Option<String>,
    /// Elements open inside one whose content does not count.
    skipped: usize,
    /// Fields open, and whether each is still in its code.
    fields: Vec<bool>,
    run: Run,
    text_bytes: usize,
    deleted_row: bool,
}

#[derive(Default)]
struct OpenCell {
    column: u32,
    span: u32,
    continues: bool,
}

/// Reads a story.
pub(super) fn story(xml: &[u8], limits: &Limits) -> Result<Story, ReadError> {
    let mut reader = NsReader::from_reader(xml);
    reader.config_mut().check_end_names = true;
    let mut builder = Builder {
        limits,
        story: Story::default(),
        frames: Vec::new(),
        containers: vec![Vec::new()],
        paragraphs: Vec::new(),
        tables: Vec::new(),
        rows: Vec::new(),
        cells: Vec::new(),
        note: None,
        skipped: 0,
        fields: Vec::new(),
        run: Run {
            text: String::new(),
            hidden: None,
            style: None,
        },
        text_bytes: 0,
        deleted_row: false,
    };
    loop {
        match reader.read_resolved_event() {
            Ok((resolved, Event::Start(element))) => {
                builder.start(vocabulary(&resolved), &element)?;
            }
            Ok((resolved, Event::Empty(element))) => {
                builder.start(vocabulary(&resolved), &element)?;
                builder.end();
            }
            Ok((_, Event::End(_))) => builder.end(),
            Ok((_, Event::Text(text))) => builder.text(&text)?,
            Ok((_, Event::CData(text))) => builder.text(&text)?,
            Ok((_, Event::GeneralRef(name))) => {
                if let Some(character) = reference(&name) {
                    builder.text(character.encode_utf8(&mut [0; 4]))?;
                }
            }
            Ok((_, Event::Eof)) => break,
            Ok(_) => {}
            Err(error) => {
                builder.story.broken = Some(error.to_string());
                break;
            }
        }
    }
    if builder.story.broken.is_none() && !builder.frames.is_empty() {
        builder.story.broken = Some("it ends before its elements are closed".to_owned());
    }
    // What stands before a break is kept: close what is open.
    while !builder.frames.is_empty() {
        builder.end();
    }
    builder.story.nodes = builder.containers.pop().unwrap_or_default();
    Ok(builder.story)
}

impl Builder<'_> {
    fn start(&mut self, vocabulary: Vocabulary, element: &BytesStart<'_>) -> Result<(), ReadError> {
        if self.frames.len() + self.skipped >= self.limits.depth {
            return Err(ReadError::TooLarge(format!(
                "its elements nest more than {} deep",
                self.limits.depth
            )));
        }
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        let name = element.local_name();
        let frame = match (vocabulary, name.as_ref()) {
            (Vocabulary::Word, name) => self.word_element(name, element),
            (Vocabulary::Compatibility, "AlternateContent") => Some(Frame::Alternatives(false)),
            (Vocabulary::Compatibility, "Choice") => {
                self.branch(attribute(element, "Requires").is_some_and(|needs| {
                    needs
                        .split_whitespace()
                        .all(|need| UNDERSTOOD.contains(&need))
                }))
            }
            (Vocabulary::Compatibility, "Fallback") => self.branch(true),
            (Vocabulary::Math, "t") => Some(Frame::Text),
            (Vocabulary::Other, "blip" | "imagedata") => {
                self.story.pictures += 1;
                Some(Frame::Plain)
            }
            _ => Some(Frame::Plain),
        };
        match frame {
            Some(frame) => self.frames.push(frame),
            None => self.skipped = 1,
        }
        Ok(())
    }

    /// The frame of an element of WordprocessingML; `None` to pass over it with all that it holds.
    fn word_element(&mut self, name: &str, element: &BytesStart<'_>) -> Option<Frame> {
        let in_properties = self.frames.contains(&Frame::ParagraphProperties);
        match name {
            "p" => {
                self.paragraphs.push(Paragraph::default());
                return Some(Frame::Paragraph);
            }
            "pPr" => return Some(Frame::ParagraphProperties),
            "trPr" => return Some(Frame::RowProperties),
            "r" => {
                self.flush_run();
                return Some(Frame::Run);
            }
            "t" => return Some(Frame::Text),
            "tbl" => {
                self.tables.push(Vec::new());
                return Some(Frame::Table);
            }
            "tr" => {
                self.rows.push(Row::default());
                self.cells.push(OpenCell::default());
                return Some(Frame::Row);
            }
            "tc" => {
                self.containers.push(Vec::new());
                if let Some(cell) = self.cells.last_mut() {
                    cell.span = 1;
                    cell.continues = false;
                }
                return Some(Frame::Cell);
            }
            "txbxContent" => {
                self.flush_run();
                self.containers.push(Vec::new());
                return Some(Frame::TextBox);
            }
            "footnote" | "endnote" | "comment" => {
                let kind = attribute(element, "type").unwrap_or_else(|| "normal".to_owned());
                // Separators are drawn, not read (17.18.33).
                if kind != "normal" {
                    return None;
                }
                self.note = attribute(element, "id");
                self.containers.push(Vec::new());
                return Some(Frame::Note);
            }
            // Codes, deleted text, former properties and the settings of a content control are not text.
            "instrText" | "delInstrText" | "delText" | "pPrChange" | "rPrChange"
            | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange" | "numberingChange"
            | "sdtPr" | "sdtEndPr" | "fldData" | "rt" => return None,
            "ins" | "moveTo" => self.story.tracked_changes += 1,
            "del" | "moveFrom" => {
                self.story.tracked_changes += 1;
                if self.frames.last() == Some(&Frame::RowProperties) {
                    self.deleted_row = true;
                    return Some(Frame::Plain);
                }
                if !in_properties {
                    return None;
                }
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.mark_deleted = true;
                }
            }
            _ => self.small_element(name, element, in_properties),
        }
        Some(Frame::Plain)
    }

    /// Elements without content.
    fn small_element(&mut self, name: &str, element: &BytesStart<'_>, in_properties: bool) {
        if in_properties {
            let Some(paragraph) = self.paragraphs.last_mut() else {
                return;
            };
            match name {
                "pStyle" => paragraph.style = value(element),
                "numId" => paragraph.list = value(element),
                "ilvl" => paragraph.level = number(element),
                "jc" => paragraph.alignment = value(element).map(|name| alignment(&name)),
                _ => {}
            }
            return;
        }
        match name {
            "vanish" => self.run.hidden = Some(is_on(element)),
            "rStyle" => self.run.style = value(element),
            "tab" | "ptab" if self.in_run() => self.push('\t'),
            "br" | "cr" if self.in_run() => self.push('\n'),
            "noBreakHyphen" => self.push('-'),
            "sym" => {
                let font = attribute(element, "font").unwrap_or_default();
                let code =
                    attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(character) = code.and_then(|code| symbol(&font, code)) {
                    self.push(character);
                }
            }
            "fldChar" => match attribute(element, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(true),
                Some("separate") => {
                    if let Some(in_code) = self.fields.last_mut() {
                        *in_code = false;
                    }
                }
                Some("end") => {
                    self.fields.pop();
                }
                _ => {}
            },
            "footnoteReference" => self.story.footnotes.extend(attribute(element, "id")),
            "endnoteReference" => self.story.endnotes.extend(attribute(element, "id")),
            "gridSpan" => {
                if let (Some(cell), Some(span)) = (self.cells.last_mut(), number(element)) {
                    cell.span = std::cmp::max(1, span);
                }
            }
            "gridBefore" => {
                if let (Some(cell), Some(before)) = (self.cells.last_mut(), number::<u32>(element))
                {
                    cell.column = cell.column.saturating_add(before);
                }
            }
            "vMerge" => {
                if let Some(cell) = self.cells.last_mut() {
                    cell.continues = value(element).is_none_or(|kind| kind == "continue");
                }
            }
            _ => {}
        }
    }

    /// Enters a branch of `mc:AlternateContent` if it is the first one that fits.
    fn branch(&mut self, fits: bool) -> Option<Frame> {
        match self.frames.last_mut() {
            Some(Frame::Alternatives(taken)) if fits && !*taken => {
                *taken = true;
                Some(Frame::Plain)
            }
            Some(Frame::Alternatives(_)) => None,
            _ => Some(Frame::Plain),
        }
    }

    fn end(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match self.frames.pop() {
            Some(Frame::Run) => self.flush_run(),
            Some(Frame::Paragraph) => {
                self.flush_run();
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.add(Node::Paragraph(paragraph));
                }
            }
            Some(Frame::Cell) => {
                let nodes = self.containers.pop().unwrap_or_default();
                if let (Some(row), Some(cell)) = (self.rows.last_mut(), self.cells.last_mut()) {
                    // The continuation of a vertically merged cell is not shown.
                    if !cell.continues {
                        row.cells.push(Cell {
                            column: cell.column,
                            nodes,
                        });
                    }
                    cell.column = cell.column.saturating_add(cell.span);
                }
            }
            Some(Frame::Row) => {
                self.cells.pop();
                if let (Some(row), Some(table), false) = (
                    self.rows.pop(),
                    self.tables.last_mut(),
                    std::mem::take(&mut self.deleted_row),
                ) {
                    table.push(row);
                }
            }
            Some(Frame::Table) => {
                if let Some(rows) = self.tables.pop() {
                    self.add(Node::Table(rows));
                }
            }
            Some(Frame::TextBox) => {
                self.flush_run();
                let nodes = self.containers.pop().unwrap_or_default();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxes.push(nodes),
                    None => nodes.into_iter().for_each(|node| self.add(node)),
                }
            }
            Some(Frame::Note) => {
                let nodes = self.containers.pop().unwrap_or_default();
                self.story
                    .notes
                    .push((self.note.take().unwrap_or_default(), nodes));
            }
            _ => {}
        }
    }

    fn add(&mut self, node: Node) {
        if let Some(container) = self.containers.last_mut() {
            container.push(node);
        }
    }

    fn text(&mut self, words: &str) -> Result<(), ReadError> {
        if self.skipped > 0
            || self.frames.last() != Some(&Frame::Text)
            || self.fields.iter().any(|in_code| *in_code)
        {
            return Ok(());
        }
        self.text_bytes += words.len();
        if self.text_bytes > self.limits.text_bytes {
            return Err(ReadError::TooLarge(format!(
                "it holds more than {} bytes of text",
                self.limits.text_bytes
            )));
        }
        self.run.text.push_str(words);
        Ok(())
    }

    fn push(&mut self, character: char) {
        if !self.fields.iter().any(|in_code| *in_code) {
            self.run.text.push(character);
        }
    }

    fn in_run(&self) -> bool {
        self.frames.last() == Some(&Frame::Run)
    }

    fn flush_run(&mut self) {
        let run = std::mem::replace(
            &mut self.run,
            Run {
                text: String::new(),
                hidden: None,
                style: None,
            },
        );
        if let (Some(paragraph), false) = (self.paragraphs.last_mut(), run.text.is_empty()) {
            paragraph.runs.push(run);
        }
    }
}

fn vocabulary(resolved: &ResolveResult<'_>) -> Vocabulary {
    let ResolveResult::Bound(Namespace(uri)) = resolved else {
        return Vocabulary::Other;
    };
    match *uri {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Vocabulary::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Vocabulary::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Vocabulary::Math,
        _ => Vocabulary::Other,
    }
}
