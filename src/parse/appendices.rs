//! What is attached to an order.
//!
//! In: tokens and their outline. Out: the record's list. Must never: list an attachment that is only
//! named in the text.

use super::lexer::Tokens;
use super::outline::Outline;
use crate::order::Appendix;

/// The attachments, in order.
pub(crate) fn appendices(tokens: &Tokens<'_>, outline: &Outline) -> Vec<Appendix> {
    outline
        .appendices
        .iter()
        .map(|appendix| Appendix {
            label: tokens.one_line(&appendix.label),
            title: (!appendix.title.is_empty()).then(|| tokens.one_line(&appendix.title)),
            span: tokens.span(appendix.tokens.start, appendix.tokens.end),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn a_title_has_all_its_lines_and_no_head_of_a_table() {
        for (lines, expected) in [
            (
                "ПОЛИТИКА\nООО «Ромашка» в отношении данных\n1. Общее.",
                "ПОЛИТИКА ООО «Ромашка» в отношении данных",
            ),
            (
                "График тренировок\n№\tТема\tДата\n1\tПожар\t21.03.2025",
                "График тренировок",
            ),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n№ 5\nО порядке\nВ целях порядка\nПРИКАЗЫВАЮ:\n1. Утвердить.\nДиректор\tИ.И. Долматов\nПриложение № 1 к приказу от 10.01.2024 № 5\n{lines}"
            ));
            let tokens = Tokens::of(&text);
            let found = appendices(&tokens, &outline(&tokens));
            let titles: Vec<_> = found
                .iter()
                .filter_map(|appendix| appendix.title.as_deref())
                .collect();
            assert_eq!(titles, [expected], "{lines}");
        }
    }
}
