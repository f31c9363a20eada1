//! Paragraphs that the author, or a conversion, broke into lines that look like paragraphs.
//!
//! In: tokens and their outline. Out: the same tokens, such lines joined, so that a citation is read whole
//! over their breaks. Must never: join clauses, items of a list or rows of a table.

use super::clause_labels::label_of;
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::sign_at;
use super::outline::Outline;
use crate::text::Origin;

/// Joins the lines of the title, and those of the preamble and the clauses that go on from one to the next.
pub(crate) fn join_broken_lines(tokens: &mut Tokens<'_>, outline: &Outline) {
    let title = outline.title.clone();
    let from = if title.is_empty() {
        outline.preamble.start
    } else {
        title.start + 1
    };
    for at in from..outline.operative.end {
        if tokens.gap(at) == Gap::Block && (title.contains(&at) || goes_on(tokens, at, outline)) {
            tokens.join_with_block_before(at);
        }
    }
}

/// Whether the line that starts at `at` goes on with the sentence of the line before it.
fn goes_on(tokens: &Tokens<'_>, at: usize, outline: &Outline) -> bool {
    let part_begins = [&outline.preamble, &outline.enacting, &outline.operative]
        .iter()
        .any(|part| part.start == at);
    let is_text = |index: usize| {
        tokens
            .get(index)
            .and_then(|token| tokens.text.blocks.get(token.block))
            .is_some_and(|block| block.cells.is_empty() && block.origin == Origin::Body)
    };
    let lower = tokens.is_word(at) && !tokens.is_capitalised(at);
    let continuing = lower || sign_at(tokens, at).is_some();
    let last_is_open = matches!(
        tokens.kind(at - 1),
        Some(
            TokenKind::Word
                | TokenKind::Number
                | TokenKind::CloseQuote
                | TokenKind::Dash
                | TokenKind::Mark(',')
        )
    );
    continuing
        && last_is_open
        && !part_begins
        && is_text(at)
        && is_text(at - 1)
        && label_of(tokens, &(at..tokens.block_end(at))).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn lines_of_a_sentence_are_joined_and_items_are_not() {
        let text = Text::from_lines(
            "ПРИКАЗ\n№ 1\nО внесении изменений в приказ\nот 01.02.2024 № 5\nВ целях исполнения приказа\n№ 7 от\n02.03.2024 управления\nобразования\nПРИКАЗЫВАЮ:\n1. Создать комиссию\nв составе:\nучитель труда;\nзавуч.\n2. Закрыть\nмузей.",
        );
        let mut tokens = Tokens::of(&text);
        let outline = outline(&tokens);
        join_broken_lines(&mut tokens, &outline);
        let mut paragraphs = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let end = tokens.block_end(at);
            assert_eq!(tokens.block_start(end - 1), at);
            paragraphs.push(tokens.one_line(&(at..end)));
            at = end;
        }
        assert_eq!(
            paragraphs,
            [
                "ПРИКАЗ",
                "№ 1",
                "О внесении изменений в приказ от 01.02.2024 № 5",
                "В целях исполнения приказа № 7 от",
                "02.03.2024 управления образования",
                "ПРИКАЗЫВАЮ:",
                "1. Создать комиссию в составе:",
                "учитель труда;",
                "завуч.",
                "2. Закрыть музей.",
            ]
        );
    }
}
