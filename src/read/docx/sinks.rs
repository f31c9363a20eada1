//! Where the blocks of stories go.
//!
//! In: [`Block`]s. Out: the [`Body`] as text under construction, [`Notes`] by identifier, [`Lines`].
//! Must never: change what a block says.

use std::collections::HashMap;

use super::flow::{Block, Sink};
use crate::text::TextBuilder;

/// Takes the blocks of the main document into a [`Text`].
#[derive(Default)]
pub(super) struct Body {
    /// The text so far.
    pub(super) builder: TextBuilder,
    blocks: usize,
}

impl Sink for Body {
    fn block(&mut self, block: &Block) {
        self.blocks += 1;
        self.builder.start(block.origin, block.alignment);
        self.builder.push_label(&block.label);
        let mut from = 0;
        for &(column, end) in &block.cells {
            let written = block.text.get(from..end).unwrap_or_default();
            let separators = written.len() - written.trim_start_matches('\t').len();
            self.builder
                .push_str(written.get(..separators).unwrap_or_default());
            let start = self.builder.len();
            self.builder
                .push_str(written.get(separators..).unwrap_or_default());
            self.builder.push_cell(column, start);
            from = end.max(from);
        }
        self.builder
            .push_str(block.text.get(from..).unwrap_or_default());
        self.builder.finish();
    }

    fn text_bytes(&self) -> usize {
        self.builder.len()
    }

    fn blocks(&self) -> usize {
        self.blocks
    }
}

/// Takes the blocks of notes or comments, each under its identifier.
#[derive(Default)]
pub(super) struct Notes {
    /// The blocks of each note.
    pub(super) by_id: HashMap<i64, Vec<Block>>,
    /// The identifiers, in the order of the part.
    pub(super) order: Vec<i64>,
    open: i64,
    bytes: usize,
    blocks: usize,
}

impl Sink for Notes {
    fn open_note(&mut self, id: i64) {
        self.open = id;
    }

    fn block(&mut self, block: &Block) {
        self.bytes += block.text.len() + block.label.len();
        self.blocks += 1;
        let note = self.by_id.entry(self.open).or_default();
        if note.is_empty() {
            self.order.push(self.open);
        }
        note.push(block.clone());
    }

    fn text_bytes(&self) -> usize {
        self.bytes
    }

    fn blocks(&self) -> usize {
        self.blocks
    }
}

/// Takes the blocks of a header or a footer as lines.
#[derive(Default)]
pub(super) struct Lines {
    /// The lines, joined by `\n`.
    pub(super) text: String,
    blocks: usize,
}

impl Sink for Lines {
    fn block(&mut self, block: &Block) {
        self.blocks += 1;
        push_line(&mut self.text, block);
    }

    fn text_bytes(&self) -> usize {
        self.text.len()
    }

    fn blocks(&self) -> usize {
        self.blocks
    }
}

/// Adds a block as a line.
pub(super) fn push_line(text: &mut String, block: &Block) {
    if !text.is_empty() {
        text.push('\n');
    }
    if !block.label.is_empty() {
        text.push_str(&block.label);
        text.push(' ');
    }
    text.push_str(block.text.trim());
}
