//! Composes the blocks of a text out of the paragraphs, cells and boxes that a reader meets.
//!
//! In: characters, and the ends of paragraphs, cells, rows, boxes and notes, in the order of the
//! file. Out: a [`TextBuilder`] with a table row as one block, a text box after the block that
//! anchors it, notes at the end, and headers, comments and hidden text aside.
//! Must never: recurse; a box inside a cell inside a box is a level on a stack.

use std::collections::HashSet;

use super::block::Block;
use super::{Limits, ReadError};
use crate::text::{Alignment, AsidePlace, Origin, TextBuilder};

/// Where the blocks of a running text go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flowing {
    /// Into the main text.
    Body,
    /// After the block that anchors them.
    Box,
    /// To the end of the text: [`Origin::Footnote`] or [`Origin::Endnote`].
    Note(Origin),
    /// Beside the text.
    Aside(AsidePlace),
}

/// What is known of a paragraph when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ending<'a> {
    /// The label displayed before it; empty where there is none.
    pub(super) label: &'a str,
    /// How it is aligned.
    pub(super) alignment: Alignment,
    /// In how many tables it stands.
    pub(super) tables: usize,
}

/// A running text that is open.
struct Flow {
    flowing: Flowing,
    origin: Origin,
    /// Text of the open paragraph.
    paragraph: String,
    /// Hidden text of the open paragraph.
    hidden: String,
    /// How many tables are open.
    tables: usize,
    /// The number of the outermost open table, and of its open row.
    table: u32,
    row_number: u32,
    /// The open row of the outermost table.
    row: Block,
    /// Where the text of its open cell starts, and the column of that cell.
    cell_start: usize,
    column: u32,
    /// Blocks of text boxes that wait for the end of the block that anchors them.
    waiting: Vec<Block>,
    /// Blocks of a box or a note.
    blocks: Vec<Block>,
    /// Lines of what stands aside.
    lines: String,
}

impl Flow {
    fn new(flowing: Flowing, origin: Origin) -> Self {
        Self {
            flowing,
            origin,
            paragraph: String::new(),
            hidden: String::new(),
            tables: 0,
            table: 0,
            row_number: 0,
            row: Block::empty(origin),
            cell_start: 0,
            column: 0,
            waiting: Vec::new(),
            blocks: Vec::new(),
            lines: String::new(),
        }
    }
}

/// Composes a text.
pub(super) struct Composer<'l> {
    limits: &'l Limits,
    builder: TextBuilder,
    /// The running text that is being read, and those around it.
    flow: Flow,
    outer: Vec<Flow>,
    footnotes: Vec<Block>,
    endnotes: Vec<Block>,
    asides: Vec<(AsidePlace, String)>,
    hidden: Vec<String>,
    /// Tables met so far in the main text, those inside others left out.
    tables: u32,
    /// Bytes taken in so far, hidden ones included.
    bytes: usize,
    blocks: usize,
}

impl<'l> Composer<'l> {
    /// A composer of an empty text.
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            builder: TextBuilder::default(),
            flow: Flow::new(Flowing::Body, Origin::Body),
            outer: Vec::new(),
            footnotes: Vec::new(),
            endnotes: Vec::new(),
            asides: Vec::new(),
            hidden: Vec::new(),
            tables: 0,
            bytes: 0,
            blocks: 0,
        }
    }

    /// Takes in characters of the open paragraph, `\n` for a line break.
    pub(super) fn push(&mut self, text: &str) {
        self.bytes += text.len();
        self.flow.paragraph.push_str(text);
    }

    /// Takes in characters that are formatted as hidden.
    pub(super) fn push_hidden(&mut self, text: &str) {
        self.bytes += text.len();
        self.flow.hidden.push_str(text);
    }

    /// Whether the open paragraph has no text yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.flow.paragraph.is_empty()
    }

    /// Where the running text that is open goes.
    pub(super) fn flowing(&self) -> Flowing {
        self.flow.flowing
    }

    /// Ends a paragraph.
    pub(super) fn finish_paragraph(&mut self, ending: Ending<'_>) -> Result<(), ReadError> {
        self.keep_hidden();
        self.bytes += ending.label.len();
        self.set_tables(ending.tables);
        let text = std::mem::take(&mut self.flow.paragraph);
        if self.flow.tables == 0 {
            let block = Block {
                alignment: ending.alignment,
                label: ending.label.to_owned(),
                text,
                ..Block::empty(self.flow.origin)
            };
            self.give(block);
            self.give_waiting();
        } else if !text.trim().is_empty() {
            self.add_to_cell(&text, ending);
        }
        self.check_limits()
    }

    /// Adds a paragraph to the open cell, under those that are there.
    fn add_to_cell(&mut self, text: &str, ending: Ending<'_>) {
        let flow = &mut self.flow;
        let cell = &mut flow.row.text;
        if cell.trim_ascii().is_empty() {
            flow.row.alignment = ending.alignment;
        }
        if cell.len() > flow.cell_start {
            cell.push('\n');
        }
        if !ending.label.is_empty() {
            cell.push_str(ending.label);
            cell.push(' ');
        }
        // Tabs are between cells, not inside them.
        cell.push_str(&text.replace('\t', " "));
    }

    /// Ends a cell that takes so many columns. What stands in one that is covered by another is
    /// not shown.
    pub(super) fn finish_cell(
        &mut self,
        ending: Ending<'_>,
        columns: u32,
        is_covered: bool,
    ) -> Result<(), ReadError> {
        let ending = Ending {
            tables: ending.tables.max(1),
            ..ending
        };
        self.finish_paragraph(ending)?;
        if ending.tables > 1 {
            return Ok(());
        }
        // The place of a cell counts, whether there is text in it or not.
        self.bytes += 1;
        let flow = &mut self.flow;
        if is_covered {
            flow.hidden
                .push_str(flow.row.text.get(flow.cell_start..).unwrap_or_default());
            flow.row.text.truncate(flow.cell_start);
        }
        flow.row.cells.push((flow.column, flow.row.text.len()));
        flow.column = flow.column.saturating_add(columns.max(1));
        flow.row.text.push('\t');
        flow.cell_start = flow.row.text.len();
        self.keep_hidden();
        Ok(())
    }

    /// Ends a row of the innermost of so many tables.
    pub(super) fn finish_row(&mut self, tables: usize) -> Result<(), ReadError> {
        if tables > 1 {
            return Ok(());
        }
        self.set_tables(1);
        if !self.flow.paragraph.trim().is_empty() {
            // A last cell without an end of its own.
            let ending = Ending {
                tables: 1,
                ..Ending::default()
            };
            self.finish_cell(ending, 1, false)?;
        }
        let origin = match self.flow.origin {
            Origin::Body => Origin::Table {
                table: self.flow.table,
                row: self.flow.row_number,
            },
            other => other,
        };
        let mut row = std::mem::replace(&mut self.flow.row, Block::empty(self.flow.origin));
        row.origin = origin;
        let kept = row.text.trim_end_matches(['\t', '\n', ' ']).len();
        row.text.truncate(kept);
        self.flow.row_number = self.flow.row_number.saturating_add(1);
        self.flow.cell_start = 0;
        self.flow.column = 0;
        self.give(row);
        self.give_waiting();
        self.check_limits()
    }

    /// Ends the outermost table.
    pub(super) fn finish_table(&mut self) {
        self.set_tables(0);
    }

    /// Opens or closes tables until so many are open.
    fn set_tables(&mut self, tables: usize) {
        if tables == 0 && self.flow.tables > 0 {
            self.flow.tables = 0;
            if !self.flow.row.text.trim().is_empty() {
                // A row without an end of its own; its limits are checked with the next block.
                let mut row = std::mem::replace(&mut self.flow.row, Block::empty(self.flow.origin));
                row.text.truncate(row.text.trim_end().len());
                self.give(row);
            }
            self.flow.cell_start = 0;
            self.flow.column = 0;
            self.flow.row = Block::empty(self.flow.origin);
        } else if tables > 0 && self.flow.tables == 0 {
            self.flow.row_number = 0;
            if self.flow.origin == Origin::Body {
                self.flow.table = self.tables;
                self.tables = self.tables.saturating_add(1);
            }
        }
        self.flow.tables = tables;
    }

    /// Begins a running text inside or beside the one that is open.
    pub(super) fn open(&mut self, flowing: Flowing) {
        let origin = match (flowing, self.flow.origin) {
            (Flowing::Box, Origin::Body | Origin::Table { .. }) => Origin::TextBox,
            (Flowing::Note(origin), _) | (_, origin) => origin,
        };
        let inner = Flow::new(flowing, origin);
        self.outer.push(std::mem::replace(&mut self.flow, inner));
    }

    /// Ends the running text that was opened last.
    pub(super) fn close(&mut self) -> Result<(), ReadError> {
        self.finish_flow()?;
        let Some(outer) = self.outer.pop() else {
            return Ok(());
        };
        let inner = std::mem::replace(&mut self.flow, outer);
        match inner.flowing {
            Flowing::Body => {}
            Flowing::Box => self.flow.waiting.extend(inner.blocks),
            Flowing::Note(Origin::Endnote) => self.endnotes.extend(inner.blocks),
            Flowing::Note(_) => self.footnotes.extend(inner.blocks),
            Flowing::Aside(place) => self.asides.push((place, inner.lines)),
        }
        Ok(())
    }

    /// Gives what the running text still holds back.
    fn finish_flow(&mut self) -> Result<(), ReadError> {
        if !self.flow.paragraph.trim().is_empty() || !self.flow.hidden.is_empty() {
            let tables = self.flow.tables;
            self.finish_paragraph(Ending {
                tables,
                ..Ending::default()
            })?;
        }
        self.set_tables(0);
        self.give_waiting();
        Ok(())
    }

    /// Gives a block to whoever takes the blocks of the flow.
    fn give(&mut self, block: Block) {
        if block.text.trim().is_empty() {
            return;
        }
        self.blocks += 1;
        match self.flow.flowing {
            Flowing::Body => block.write(&mut self.builder),
            Flowing::Box | Flowing::Note(_) => self.flow.blocks.push(block),
            Flowing::Aside(_) => block.write_line(&mut self.flow.lines),
        }
    }

    /// Gives the text boxes whose anchor has been given.
    fn give_waiting(&mut self) {
        for block in std::mem::take(&mut self.flow.waiting) {
            self.give(block);
        }
    }

    fn keep_hidden(&mut self) {
        let hidden = std::mem::take(&mut self.flow.hidden);
        if !hidden.trim().is_empty() {
            self.hidden.push(hidden);
        }
    }

    /// Stops a text that grows beyond the limits.
    fn check_limits(&self) -> Result<(), ReadError> {
        if self.bytes > self.limits.text_bytes {
            return Err(ReadError::TooLarge {
                what: "размер текста",
                limit: format!("{} МБ", self.limits.text_bytes >> 20),
            });
        }
        if self.blocks + self.hidden.len() > self.limits.blocks {
            return Err(ReadError::TooLarge {
                what: "число абзацев",
                limit: self.limits.blocks.to_string(),
            });
        }
        Ok(())
    }

    /// Ends the text: what is open is finished, notes follow the main text, and what stands aside
    /// is kept, headers and footers each once.
    pub(super) fn finish(mut self) -> Result<TextBuilder, ReadError> {
        while !self.outer.is_empty() {
            self.close()?;
        }
        self.finish_flow()?;
        for block in self.footnotes.iter().chain(&self.endnotes) {
            block.write(&mut self.builder);
        }
        let mut met = HashSet::new();
        for (place, text) in &self.asides {
            if *place == AsidePlace::Comment || met.insert((*place, text.trim())) {
                self.builder.push_aside(*place, text);
            }
        }
        for hidden in &self.hidden {
            self.builder.push_aside(AsidePlace::Hidden, hidden);
        }
        Ok(self.builder)
    }
}
