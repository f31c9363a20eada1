//! What the menus of a page of the web put between the lines of a letterhead: «Крупный шрифт», «Все новости».
//!
//! In: the lines of a letterhead. Out: the same without menus. Must never: take away the name of a body.

use std::ops::Range;

use super::begins_body;
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;
use crate::parse::lexer::{TokenKind, Tokens};
use crate::parse::pieces::Piece;

/// Takes the lines of menus out of the name in a letterhead, and the name away if no other line names a body: what else
/// stands there then is a line of the page too.
pub(super) fn without_menus(tokens: &Tokens<'_>, names: &mut Vec<Vec<Piece>>) {
    if let [name] = names.as_mut_slice()
        && name.iter().any(|line| is_menu(tokens, &line.tokens))
    {
        name.retain(|line| !is_menu(tokens, &line.tokens));
        let names_a_body = |line: &Piece| {
            begins_body(tokens, line)
                || begins_as(StemClass::Organisation, tokens.word(line.tokens.start))
        };
        if !name.iter().any(names_a_body) {
            names.clear();
        }
    }
}

/// «Все новости», «Крупный шрифт»: a line of the menus of a page.
fn is_menu(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    line.clone()
        .any(|index| tokens.meaning(index, WordClass::Page).is_some())
        && !line
            .clone()
            .any(|index| tokens.kind(index) == Some(TokenKind::OpenQuote))
}

#[cfg(test)]
mod tests {
    use crate::parse::issuer::issuer;
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn menus_are_no_part_of_a_name() {
        for (top, expected) in [
            (
                "Крупный шрифт\nМузей леса\nВсе новости\nПРИКАЗ № 7",
                Some("Музей леса"),
            ),
            ("Крупный шрифт\nЛесной пожар\nВсе новости\nПРИКАЗ № 7", None),
            (
                "Жалобы на всё\nПриветствуем Вас на сайте\nПостановление № 7 от 03.04.2024\nАДМИНИСТРАЦИЯ\nЛЕСНОГО РАЙОНА\nПОСТАНОВЛЕНИЕ\n03.04.2024\t№ 7",
                Some("АДМИНИСТРАЦИЯ ЛЕСНОГО РАЙОНА"),
            ),
        ] {
            let text = Text::from_lines(&format!(
                "{top}\n«О деле»\nВ целях работы\nПРИКАЗЫВАЮ:\n1. Создать."
            ));
            let tokens = Tokens::of(&text);
            let found = issuer(&tokens, &outline(&tokens)).map(|field| field.value);
            assert_eq!(found.as_deref(), expected, "{top}");
        }
    }
}
