//! What stands around the paragraphs of a story: tables and text boxes.
//!
//! In: the starts and ends of tables, rows, cells and boxes. Out: rows as blocks, and the blocks of
//! boxes behind the block that anchors them.
//! Must never: recurse; each table and each box is a level on a stack.

use super::Story;
use crate::read::block::Block;
use crate::read::docx::flow::{Flow, give};
use crate::read::docx::table::Table;
use crate::read::docx::xml::Attributes;
use crate::text::{Alignment, Origin};

impl Story<'_, '_> {
    // Tables.

    pub(super) fn open_table(&mut self) {
        if self.flow.tables.is_empty() {
            self.finish_remainder();
            self.flow.row.text.clear();
            self.flow.row.cells.clear();
            self.flow.tables.push(Table::new(self.tables));
            self.tables = self.tables.saturating_add(1);
        } else {
            self.flow.tables.push(Table::new(0));
        }
    }

    pub(super) fn open_cell(&mut self) {
        let is_outermost = self.flow.tables.len() == 1;
        if let Some(table) = self.flow.tables.last_mut()
            && table.open_cell()
            && is_outermost
        {
            self.flow.row.text.push('\t');
        }
    }

    pub(super) fn close_cell(&mut self) {
        // A paragraph that runs on cannot leave its cell.
        self.finish_remainder();
        let is_outermost = self.flow.tables.len() == 1;
        if let Some(table) = self.flow.tables.last_mut() {
            let column = table.close_cell();
            if is_outermost {
                self.flow.row.cells.push((column, self.flow.row.text.len()));
            }
        }
    }

    pub(super) fn close_row(&mut self) {
        let is_outermost = self.flow.tables.len() == 1;
        let Some(table) = self.flow.tables.last_mut() else {
            return;
        };
        table.close_row();
        if !is_outermost {
            return;
        }
        self.flow.row.origin = match self.flow.origin {
            Origin::Body => Origin::Table {
                table: table.number(),
                row: table.row(),
            },
            other => other,
        };
        let kept = self.flow.row.text.trim_end_matches(['\t', '\n', ' ']).len();
        self.flow.row.text.truncate(kept);
        for (_, end) in &mut self.flow.row.cells {
            *end = kept.min(*end);
        }
        if kept > 0 {
            give(&self.flow.row, &mut self.outer, self.sink);
        }
        self.flow.row.text.clear();
        self.flow.row.cells.clear();
        self.flow.row.alignment = Alignment::Start;
        self.give_waiting();
        if self.outer.is_empty() {
            self.buffered = self.findings.hidden_bytes;
        }
    }

    // Text boxes.

    pub(super) fn open_text_box(&mut self) {
        let mut inner = Flow::new(match self.flow.origin {
            Origin::Body | Origin::Table { .. } => Origin::TextBox,
            other => other,
        });
        inner.depth = self.tokens.depth();
        inner.is_hidden = self.flow.run.is_hidden || self.flow.is_dropped();
        self.outer.push(std::mem::replace(&mut self.flow, inner));
    }

    pub(super) fn close_text_box(&mut self) {
        self.finish_flow();
        if let Some(outer) = self.outer.pop() {
            let inner = std::mem::replace(&mut self.flow, outer);
            self.findings.counts.has_open_code |= inner.fields.is_code();
        }
    }

    /// Takes in the words of `WordArt`, which are an attribute.
    pub(super) fn add_text_path(&mut self, attributes: &Attributes<'_>) {
        let Some(text) = attributes.value("string") else {
            return;
        };
        if !self.flow.run.is_hidden && !self.flow.is_dropped() {
            self.buffered += text.len();
            let origin = match self.flow.origin {
                Origin::Body | Origin::Table { .. } => Origin::TextBox,
                other => other,
            };
            self.flow.waiting.push(Block {
                text: text.into_owned(),
                ..Block::empty(origin)
            });
        }
    }
}
