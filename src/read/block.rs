//! A block on its way from a reader to the text: a paragraph or a table row.
//!
//! In: what a reader found, in the order of the page. Out: [`Block`], written into a
//! [`TextBuilder`] or as a line.
//! Must never: change what the document says.

use crate::text::{Alignment, Origin, TextBuilder};

/// A paragraph or a table row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Where it stands.
    pub(super) origin: Origin,
    /// How it is aligned.
    pub(super) alignment: Alignment,
    /// The label of a paragraph; empty where there is none, and for a row.
    pub(super) label: String,
    /// The text, `\n` for a line break. Of a row, the cells, joined by tabs.
    pub(super) text: String,
    /// Of a row, the column and the end in `text` of each cell.
    pub(super) cells: Vec<(u32, usize)>,
}

impl Block {
    /// A block without text.
    pub(super) fn empty(origin: Origin) -> Self {
        Self {
            origin,
            alignment: Alignment::Start,
            label: String::new(),
            text: String::new(),
            cells: Vec::new(),
        }
    }

    /// Writes the block at the end of a text.
    pub(super) fn write(&self, builder: &mut TextBuilder) {
        builder.start(self.origin, self.alignment);
        builder.push_label(&self.label);
        let mut from = 0;
        for &(column, end) in &self.cells {
            let written = self.text.get(from..end).unwrap_or_default();
            let separators = written.len() - written.trim_start_matches('\t').len();
            builder.push_str(written.get(..separators).unwrap_or_default());
            let start = builder.len();
            builder.push_str(written.get(separators..).unwrap_or_default());
            builder.push_cell(column, start);
            from = end.max(from);
        }
        builder.push_str(self.text.get(from..).unwrap_or_default());
        builder.finish();
    }

    /// Adds the block as a line to `lines`.
    pub(super) fn write_line(&self, lines: &mut String) {
        if !lines.is_empty() {
            lines.push('\n');
        }
        if !self.label.is_empty() {
            lines.push_str(&self.label);
            lines.push(' ');
        }
        lines.push_str(self.text.trim());
    }
}
