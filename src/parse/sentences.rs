//! Where a sentence ends inside a paragraph.
//!
//! In: tokens. Out: whether a full stop ends one. Must never: end a sentence behind «зам.», «преп.», «г.» or an initial.

use super::lexer::{Gap, TokenKind, Tokens};
use crate::lexicon::morphology::is_known;

/// «… утрачивает силу. Довести …», «… № 5. Приказ …»: a full stop behind a whole word, a number or a quotation, before a
/// word with a capital letter.
pub(crate) fn ends_a_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «утв.», «руб.»
    const SURELY_SHORTENED: usize = 3;
    /// «преп.», «секр.» end in a consonant, as what is cut off does.
    const LONGEST_SHORTENED: usize = 5;
    const ENDINGS: [char; 11] = ['а', 'е', 'и', 'й', 'о', 'у', 'ы', 'ь', 'э', 'ю', 'я'];
    let may_be_cut = |word: &str, length: usize| {
        length <= LONGEST_SHORTENED && !word.ends_with(ENDINGS) || !is_known(word)
    };
    let is_whole = |index: usize| {
        let length = tokens.length(index);
        length > SURELY_SHORTENED
            && (tokens.is_capitalised(index) || !may_be_cut(tokens.word(index), length))
    };
    tokens.is_mark(at, '.')
        && tokens.is_capitalised(at + 1)
        && tokens.gap(at + 1) == Gap::Space
        && at > 0
        && match tokens.kind(at - 1) {
            Some(TokenKind::Word) => is_whole(at - 1),
            Some(TokenKind::Number | TokenKind::CloseQuote) => true,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_sentence_ends_behind_a_whole_word() {
        for (line, ends) in [
            ("Закрыть музей. Приказ довести", true),
            ("Отменить приказ № 5. Приказ довести", true),
            ("Утвердить план «Лето». Приказ довести", true),
            ("Назначить Верещагу. Приказ довести", true),
            // As short as what is cut off.
            ("Утвердить план. Приказ довести", false),
            ("Назначить преп. Кедрову", false),
            ("Назначить зам. Кедрову", false),
            ("Назначить секр. Кедрову", false),
            ("Назначить Е. Кедрову", false),
            ("Закрыть музей. приказ довести", false),
            ("Закрыть музей.Приказ довести", false),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let found = (0..tokens.len()).any(|at| ends_a_sentence(&tokens, at));
            assert_eq!(found, ends, "{line}");
        }
    }
}
