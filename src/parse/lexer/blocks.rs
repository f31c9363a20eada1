//! Blocks of a text by their tokens: where they begin and end, and which of them are one paragraph.
//!
//! In: tokens. Out: ranges of them. Must never: count the lines of a paragraph that was put together as paragraphs.

use std::ops::Range;

use super::{Gap, Tokens};

impl Tokens<'_> {
    /// Where the tokens of each block begin. A word divided between two blocks is of the first.
    pub(super) fn note_block_starts(&mut self) {
        for (index, token) in self.list.iter().enumerate() {
            while self.block_starts.len() <= token.block() {
                self.block_starts.push(index);
            }
        }
        self.block_starts
            .resize(self.text.blocks.len() + 1, self.list.len());
    }

    /// The first token that is not in the block of the token at `index`, lines of one paragraph counted
    /// as one block.
    pub(crate) fn block_end(&self, index: usize) -> usize {
        self.get(index).map_or(self.list.len(), |token| {
            self.block_starts[self.run_of(token.block()).end]
        })
    }

    /// The first token of the block of the token at `index`, counted in the same way.
    pub(crate) fn block_start(&self, index: usize) -> usize {
        self.get(index).map_or(self.list.len(), |token| {
            self.block_starts[self.run_of(token.block()).start]
        })
    }

    /// The tokens of each block, lines of one paragraph apart; an empty range for one that has none.
    pub(crate) fn blocks(&self) -> Vec<Range<usize>> {
        let borders = self.block_starts.windows(2);
        borders.map(|border| border[0]..border[1]).collect()
    }

    /// The same within a part of the text, without those that have none.
    pub(crate) fn lines_within(&self, part: &Range<usize>) -> Vec<Range<usize>> {
        let part = part.start..part.end.min(self.list.len());
        if part.is_empty() {
            return Vec::new();
        }
        let first = self.list[part.start].block();
        let borders = self.block_starts[first..].windows(2);
        borders
            .map(|border| border[0].max(part.start)..border[1].min(part.end))
            .take_while(|line| line.start < part.end)
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// The blocks that are one paragraph with this one.
    fn run_of(&self, block: usize) -> Range<usize> {
        let index = self.joined.partition_point(|run| run.end <= block);
        self.joined
            .get(index)
            .filter(|run| run.contains(&block))
            .cloned()
            .unwrap_or(block..block + 1)
    }

    /// Makes one paragraph of it where the block of token `at` goes on with the one before it.
    pub(crate) fn join_with_block_before(&mut self, at: usize) {
        let Some(token) = self.list.get_mut(at) else {
            return;
        };
        if token.gap == Gap::Block && token.block > 0 {
            token.gap = Gap::Break;
            let block = token.block();
            self.join_blocks(block);
        }
    }

    /// Makes one paragraph of a block, which is not the first, and the one before it.
    pub(super) fn join_blocks(&mut self, block: usize) {
        let index = self.joined.partition_point(|run| run.end < block);
        let follows = self.joined.get(index + 1).map(|run| run.start) == Some(block);
        match self.joined.get_mut(index) {
            Some(run) if run.end == block => {
                run.end = block + 1;
                if follows {
                    self.joined[index].end = self.joined[index + 1].end;
                    self.joined.remove(index + 1);
                }
            }
            Some(run) if run.start == block => run.start = block - 1,
            Some(run) if run.contains(&block) => {}
            _ => self.joined.insert(index, block - 1..block + 1),
        }
    }
}
