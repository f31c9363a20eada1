//! A story: the paragraphs and tables of one part, in order, with their labels.
//!
//! In: the tokens of the main document, of notes, comments, a header or a footer. Out: blocks to a
//! [`Sink`], and the [`StoryFindings`] beside them.
//! Must never: recurse, whatever is nested in what; a text box or a table inside another is a level
//! on a stack.

mod frames;

use std::borrow::Cow;

use memchr::memchr2;

use super::fields::read_form_field;
use super::flow::{Definitions, Flow, NoteKind, Sink, StoryFindings, give};
use super::properties::{MarginReference, ParagraphProperties, RunProperties};
use super::repeated::Repeated;
use super::table::{read_cell_properties, read_row_properties};
use super::tags::Tag;
use super::xml::{Attributes, Token, Tokens, XmlError};
use crate::read::lists::Counters;
use crate::read::symbols;
use crate::text::Origin;

/// Why a story ended early.
#[derive(Debug)]
pub(super) enum StoryError {
    /// The XML cannot be read on.
    Xml(XmlError),
    /// There is too much text.
    TooMuchText(usize),
    /// There are too many blocks.
    TooManyBlocks(usize),
}

impl From<XmlError> for StoryError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

/// Counters of the two kinds of running text: the story itself, and the text boxes in it, which
/// Word keeps as a story of their own.
#[derive(Debug, Default)]
pub(super) struct StoryCounters {
    /// Of the story itself.
    pub(super) main: Counters,
    /// Of its text boxes.
    pub(super) boxes: Counters,
}

/// Reads one part from its first to its last token.
pub(super) fn read_story(
    xml: &[u8],
    origin: Origin,
    definitions: Definitions<'_>,
    counters: &mut StoryCounters,
    sink: &mut dyn Sink,
) -> (StoryFindings, Result<(), StoryError>) {
    let mut story = Story {
        tokens: Tokens::new(xml, definitions.limits),
        runs: Repeated::default(),
        paragraphs: Repeated::default(),
        definitions,
        counters,
        sink,
        findings: StoryFindings::default(),
        flow: Flow::new(origin),
        outer: Vec::new(),
        tables: 0,
        buffered: 0,
        is_page_sized: false,
        preserves_space: false,
    };
    let outcome = story.read();
    // What was read before an error is kept.
    story.finish_all();
    story.findings.counts.unknown_entities = story.tokens.unknown_entities();
    (story.findings, outcome)
}

struct Story<'x, 's> {
    tokens: Tokens<'x>,
    runs: Repeated<'x, RunProperties>,
    paragraphs: Repeated<'x, ParagraphProperties>,
    definitions: Definitions<'x>,
    counters: &'s mut StoryCounters,
    sink: &'s mut dyn Sink,
    findings: StoryFindings,
    /// The running text that is being read.
    flow: Flow,
    /// The flows around the text box that is being read.
    outer: Vec<Flow>,
    /// Tables met so far, those inside others left out.
    tables: u32,
    /// Bytes of text read and not yet given to the sink, and hidden ones.
    buffered: usize,
    /// Whether the drawing met last is of about the size of a page.
    is_page_sized: bool,
    /// Whether the part as a whole preserves white space.
    preserves_space: bool,
}

impl Story<'_, '_> {
    fn read(&mut self) -> Result<(), StoryError> {
        while let Some(token) = self.tokens.next_token()? {
            match token {
                Token::Open(tag, attributes) => self.open(tag, &attributes)?,
                Token::Close(tag) => self.close(tag)?,
                Token::Text(_) => {}
            }
        }
        Ok(())
    }

    fn open(&mut self, tag: Tag, attributes: &Attributes<'_>) -> Result<(), StoryError> {
        match tag {
            Tag::Text => self.read_text(attributes)?,
            Tag::Run => self.start_run(),
            Tag::RunProperties => {
                let styles = self.definitions.styles;
                let run = self.runs.read(&mut self.tokens, |tokens| {
                    Ok((RunProperties::read(tokens, styles)?, true))
                })?;
                self.set_run(run);
            }
            Tag::Paragraph => self.flow.properties = ParagraphProperties::default(),
            Tag::ParagraphProperties => {
                let styles = self.definitions.styles;
                let margins = &mut self.findings.margins;
                self.flow.properties = self.paragraphs.read(&mut self.tokens, |tokens| {
                    let known = margins.len();
                    let properties = ParagraphProperties::read(tokens, styles, margins)?;
                    Ok((properties, margins.len() == known))
                })?;
            }
            Tag::Tab => self.push("\t"),
            Tag::Break => self.push("\n"),
            Tag::NoBreakHyphen => self.push("-"),
            Tag::Symbol => self.push_symbol(attributes),
            Tag::FieldCharacter => self.mark_field(attributes),
            Tag::FormFieldData => {
                let form = read_form_field(&mut self.tokens)?;
                self.flow.fields.set_form(form);
            }
            Tag::FootnoteReference => self.refer(NoteKind::Footnote, attributes),
            Tag::EndnoteReference => self.refer(NoteKind::Endnote, attributes),
            Tag::Inserted | Tag::MovedHere => self.findings.counts.insertions += 1,
            Tag::Deleted | Tag::MovedAway => {
                self.findings.counts.deletions += 1;
                self.tokens.skip()?;
            }
            Tag::FieldCode | Tag::Passed => self.tokens.skip()?,
            Tag::Table => self.open_table(),
            Tag::Row => {
                if let Some(table) = self.flow.tables.last_mut() {
                    table.open_row();
                }
            }
            Tag::RowProperties => {
                let properties = read_row_properties(&mut self.tokens)?;
                self.findings.counts.deletions += usize::from(properties.is_deleted);
                self.findings.counts.insertions += usize::from(properties.is_inserted);
                if let Some(table) = self.flow.tables.last_mut() {
                    table.set_row(properties);
                }
            }
            Tag::Cell => self.open_cell(),
            Tag::CellProperties => {
                let properties = read_cell_properties(&mut self.tokens)?;
                if let Some(table) = self.flow.tables.last_mut() {
                    table.set_cell(properties);
                }
            }
            Tag::TextBoxContent => self.open_text_box(),
            Tag::TextPath => self.add_text_path(attributes),
            Tag::Footnote | Tag::Endnote | Tag::Comment => {
                self.sink.open_note(attributes.number("id").unwrap_or(-1));
            }
            Tag::HeaderReference | Tag::FooterReference => {
                self.findings
                    .margins
                    .extend(MarginReference::of(tag, attributes));
            }
            Tag::DrawingExtent => self.measure(attributes),
            Tag::Picture => {
                let relationship = attributes.value("embed").or_else(|| attributes.value("id"));
                let relationship = relationship.map(Cow::into_owned);
                self.findings.counts.pictures += 1;
                self.findings.pictures.extend(relationship);
                self.findings.counts.page_pictures += usize::from(self.is_page_sized);
                self.is_page_sized = false;
            }
            Tag::OtherFile => self.findings.counts.other_files += 1,
            Tag::Other if self.tokens.depth() == 1 => {
                self.preserves_space = attributes.value("space").as_deref() == Some("preserve");
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, tag: Tag) -> Result<(), StoryError> {
        match tag {
            Tag::Run => self.start_run(),
            Tag::Paragraph => {
                self.finish_paragraph();
                self.check_limits()?;
            }
            Tag::Cell => self.close_cell(),
            Tag::Row => {
                self.close_row();
                self.check_limits()?;
            }
            Tag::Table => {
                self.flow.tables.pop();
            }
            Tag::TextBoxContent if self.tokens.depth() + 1 == self.flow.depth => {
                self.close_text_box();
            }
            _ => {}
        }
        Ok(())
    }

    // Runs.

    fn start_run(&mut self) {
        self.flow.run.is_note_mark = false;
        self.set_run(RunProperties::default());
    }

    fn set_run(&mut self, run: RunProperties) {
        let style = self.flow.properties.style;
        self.flow.run.properties = run;
        self.flow.run.is_hidden =
            self.flow.is_hidden || self.definitions.styles.is_hidden(style, &run);
    }

    /// Reads the characters of a `w:t`. White space at its ends counts only where it is preserved.
    fn read_text(&mut self, attributes: &Attributes<'_>) -> Result<(), StoryError> {
        let preserves = match attributes.value("space") {
            Some(value) => value == "preserve",
            None => self.preserves_space,
        };
        let inside = self.tokens.depth();
        let mut is_first = true;
        // White space whose text may still go on.
        let mut held_back = String::new();
        while let Some(token) = self.tokens.next_token()? {
            match token {
                Token::Text(text) => {
                    const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];
                    let mut text = &*text;
                    if !preserves {
                        if is_first {
                            text = text.trim_start_matches(SPACE);
                        }
                        let kept = text.trim_end_matches(SPACE);
                        if kept.is_empty() {
                            held_back.push_str(text);
                            continue;
                        }
                        if !held_back.is_empty() {
                            self.push_text(&std::mem::take(&mut held_back));
                        }
                        held_back.push_str(text.get(kept.len()..).unwrap_or_default());
                        text = kept;
                    }
                    is_first = false;
                    self.push_text(text);
                }
                Token::Close(_) if self.tokens.depth() < inside => break,
                Token::Open(..) | Token::Close(_) => {}
            }
        }
        Ok(())
    }

    /// Takes in characters of the file. A line feed among them is mere white space.
    fn push_text(&mut self, text: &str) {
        if let Some(font) = self.flow.run.properties.font {
            self.push(&symbols::in_font(text, font));
        } else if memchr2(b'\n', b'\r', text.as_bytes()).is_some() {
            self.push(&text.replace(['\n', '\r'], " "));
        } else {
            self.push(text);
        }
    }

    /// Takes in characters as they are displayed.
    fn push(&mut self, text: &str) {
        let flow = &mut self.flow;
        if flow.run.is_note_mark || flow.fields.is_code() && !self.definitions.reads_field_codes {
            return;
        }
        self.buffered += text.len();
        if flow.run.is_hidden {
            flow.hidden.push_str(text);
        } else {
            flow.paragraph.text.push_str(text);
        }
    }

    fn push_symbol(&mut self, attributes: &Attributes<'_>) {
        let font = attributes.value("font").unwrap_or_default();
        let code = attributes.value("char").unwrap_or_default();
        match symbols::symbol(&font, &code) {
            Some(character) => self.push(character.encode_utf8(&mut [0; 4])),
            None => self.findings.counts.unknown_symbols += 1,
        }
    }

    fn mark_field(&mut self, attributes: &Attributes<'_>) {
        match attributes.value("fldCharType").as_deref() {
            Some("begin") => self.flow.fields.begin(),
            Some("separate") => self.flow.fields.separate(),
            Some("end") => {
                if let Some(form) = self.flow.fields.end() {
                    self.push(form.shown());
                }
            }
            _ => {}
        }
    }

    fn refer(&mut self, kind: NoteKind, attributes: &Attributes<'_>) {
        if let Some(id) = attributes.number("id")
            && !self.flow.run.is_hidden
            && self.findings.notes.len() < self.definitions.limits.definitions
        {
            self.findings.notes.push((kind, id));
        }
        // A mark of the author's own follows as text of the run.
        self.flow.run.is_note_mark = matches!(
            attributes.value("customMarkFollows").as_deref(),
            Some("1" | "true" | "on")
        );
    }

    /// Notes whether a drawing is of about the size of a page: 15 by 20 centimetres or more.
    fn measure(&mut self, attributes: &Attributes<'_>) {
        /// English Metric Units of a centimetre (ISO/IEC 29500-1, section 20.1.10.16).
        const CENTIMETRE: i64 = 360_000;
        let at_least = |name: &str, centimetres: i64| {
            attributes
                .number(name)
                .is_some_and(|units| units >= centimetres * CENTIMETRE)
        };
        self.is_page_sized = at_least("cx", 15) && at_least("cy", 20);
    }

    // Paragraphs.

    /// Ends a paragraph: its label is worked out, and it goes into its cell or to the sink. One
    /// whose mark is deleted or hidden, and a drop cap, runs on into the next.
    fn finish_paragraph(&mut self) {
        let styles = self.definitions.styles;
        let properties = self.flow.properties;
        let mark = properties.mark;
        self.findings.counts.insertions += usize::from(mark.is_mark_inserted);
        self.start_run();
        if mark.is_mark_removed {
            self.findings.counts.deletions += 1;
            return;
        }
        if !self.flow.hidden.is_empty() {
            let hidden = std::mem::take(&mut self.flow.hidden);
            self.keep_hidden(hidden);
        }
        if self.flow.is_dropped() {
            let undisplayed = std::mem::take(&mut self.flow.paragraph.text);
            self.keep_hidden(undisplayed);
            self.flow.runs_on = false;
            return;
        }
        let goes_on = properties.is_drop_cap
            || self.flow.is_hidden
            || styles.is_hidden(properties.style, &mark);
        if goes_on && self.flow.paragraph.text.trim().is_empty() {
            self.flow.paragraph.text.clear();
            return;
        }
        let inherited = styles.of_paragraph(properties.style);
        let label = self.label(&properties, inherited.list, inherited.level);
        if !std::mem::replace(&mut self.flow.runs_on, goes_on) {
            self.flow.paragraph.label.clear();
            self.flow
                .paragraph
                .label
                .push_str(&label.unwrap_or_default());
            self.flow.paragraph.alignment = properties
                .alignment
                .or(inherited.alignment)
                .unwrap_or_default();
        }
        if !goes_on {
            self.give_paragraph();
        }
    }

    /// Ends a paragraph that has nothing left to run on into.
    fn finish_remainder(&mut self) {
        if !self.flow.paragraph.text.is_empty() {
            self.flow.properties.mark = RunProperties {
                hidden: Some(self.flow.is_hidden),
                ..RunProperties::default()
            };
            self.finish_paragraph();
        }
    }

    /// The label of a paragraph; it is counted.
    fn label(
        &mut self,
        properties: &ParagraphProperties,
        style_list: Option<i64>,
        style_level: Option<i64>,
    ) -> Option<String> {
        let list = properties.list.or(style_list).filter(|&list| list != 0)?;
        let level = properties.level.or(style_level).unwrap_or(0);
        let counters = if self.outer.is_empty() {
            &mut self.counters.main
        } else {
            &mut self.counters.boxes
        };
        counters.next(self.definitions.numbering, list, level)
    }

    /// Gives the paragraph to its cell, or to whoever takes the blocks of the flow.
    fn give_paragraph(&mut self) {
        let flow = &mut self.flow;
        if flow.tables.is_empty() {
            flow.paragraph.origin = flow.origin;
            give(&flow.paragraph, &mut self.outer, self.sink);
            self.give_waiting();
        } else if !flow.paragraph.text.trim().is_empty() || !flow.paragraph.label.is_empty() {
            // A number alone is what the column «№» of a table displays.
            let cell = &mut flow.row.text;
            if cell.trim_ascii().is_empty() {
                flow.row.alignment = flow.paragraph.alignment;
            }
            if !cell.is_empty() && !cell.ends_with('\t') {
                // The paragraphs of a cell stand under one another.
                cell.push('\n');
            }
            cell.push_str(&flow.paragraph.label);
            if !flow.paragraph.label.is_empty() && !flow.paragraph.text.is_empty() {
                cell.push(' ');
            }
            // Tabs are between cells, not inside them.
            if flow.paragraph.text.contains('\t') {
                cell.push_str(&flow.paragraph.text.replace('\t', " "));
            } else {
                cell.push_str(&flow.paragraph.text);
            }
        }
        self.flow.paragraph.text.clear();
    }

    /// Gives the text boxes whose anchor has been given.
    fn give_waiting(&mut self) {
        for block in std::mem::take(&mut self.flow.waiting) {
            give(&block, &mut self.outer, self.sink);
        }
    }

    fn keep_hidden(&mut self, text: String) {
        if !text.trim().is_empty() {
            self.findings.hidden_bytes += text.len();
            self.findings.hidden.push(text);
        }
    }

    // Ends.

    /// Gives what the flow still holds back.
    fn finish_flow(&mut self) {
        if !self.flow.hidden.is_empty() {
            let hidden = std::mem::take(&mut self.flow.hidden);
            self.keep_hidden(hidden);
        }
        self.finish_remainder();
        if !self.flow.tables.is_empty() {
            self.flow.tables.truncate(1);
            self.close_row();
            self.flow.tables.clear();
        }
        self.give_waiting();
    }

    fn finish_all(&mut self) {
        while !self.outer.is_empty() {
            self.close_text_box();
        }
        self.finish_flow();
        self.findings.counts.has_open_code |= self.flow.fields.is_code();
    }

    /// Stops a story that grows beyond the limits.
    fn check_limits(&mut self) -> Result<(), StoryError> {
        let limits = self.definitions.limits;
        if self.outer.is_empty() && self.flow.tables.is_empty() {
            self.buffered = self.findings.hidden_bytes;
        }
        if self.sink.text_bytes().saturating_add(self.buffered) > limits.text_bytes {
            return Err(StoryError::TooMuchText(limits.text_bytes));
        }
        let waiting = self.flow.waiting.len() + self.outer.last().map_or(0, |f| f.waiting.len());
        let blocks = self.sink.blocks() + waiting + self.findings.hidden.len();
        if blocks > limits.blocks {
            return Err(StoryError::TooManyBlocks(limits.blocks));
        }
        Ok(())
    }
}
