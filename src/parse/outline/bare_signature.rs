//! A name alone on its line, without a position, that signs an order.
//!
//! In: the blocks behind the enacting word. Out: the block of the name. Must never: take a member of a commission for
//! the one who signs.

use std::ops::Range;

use super::Layout;
use crate::parse::clause_labels::Label;
use crate::parse::signature::is_bare_signature;

impl Layout<'_, '_> {
    /// A name alone on the last line, behind a sentence that ends.
    pub(super) fn bare_signature(
        &self,
        from: usize,
        limit: usize,
        labelled: &[(usize, Label<'_>)],
    ) -> Option<Range<usize>> {
        let last = (from..limit)
            .rev()
            .find(|&index| !self.blocks[index].is_empty())
            .filter(|&last| last > from)?;
        let signs = |index: usize| {
            let block = &self.blocks[index];
            block
                .start
                .checked_sub(1)
                .is_some_and(|before| self.tokens.is_mark(before, '.'))
                && is_bare_signature(self.tokens, block)
                && labelled
                    .binary_search_by_key(&index, |(at, _)| *at)
                    .is_err()
        };
        // «А.М. Ветров / ТАРИФЫ / на услуги бани»: an attachment that nobody calls one.
        let heads_an_attachment = |index: usize| {
            let block = &self.blocks[index];
            block.len() == 1
                && self.tokens.is_all_capitals(block.start)
                && self.tokens.length(block.start) > 2
        };
        std::iter::once(last)
            .chain((from + 1..last).filter(|&index| heads_an_attachment(index + 1)))
            .find(|&index| signs(index))
            .map(|index| index..index + 1)
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn a_name_signs_above_an_attachment_that_nobody_calls_one() {
        for (lines, expected) in [
            (
                "РЕШЕНИЕ\n№ 7\nО тарифах\n1. Утвердить тарифы.\nА.М.ВЕТРОВ\nТАРИФЫ\nна услуги музея",
                "А.М.ВЕТРОВ",
            ),
            (
                "РЕШЕНИЕ\n№ 7\nО тарифах\n1. Утвердить тарифы.\nА.М.ВЕТРОВ\nна услуги музея",
                "",
            ),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            let found = outline(&tokens).signature;
            assert_eq!(tokens.slice(found.start, found.end), expected, "{lines}");
        }
    }
}
