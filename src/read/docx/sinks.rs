//! Where the blocks of stories go.
//!
//! In: [`Block`]s. Out: the [`Body`] as text under construction, [`Notes`] by identifier, [`Lines`].
//! Must never: change what a block says.

use std::collections::HashMap;

use super::flow::Sink;
use crate::read::block::Block;
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
        block.write(&mut self.builder);
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
        block.write_line(&mut self.text);
    }

    fn text_bytes(&self) -> usize {
        self.text.len()
    }

    fn blocks(&self) -> usize {
        self.blocks
    }
}
