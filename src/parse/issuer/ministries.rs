//! Ministries that give a joint order.
//!
//! In: the lines of a letterhead. Out: whether two of its names order together. Must never: join a ministry of the
//! Federation with one of a territory, which stands under it.

use crate::parse::lexer::Tokens;
use crate::parse::pieces::Piece;

/// «Министерство леса Кедровой области / Министерство воды Кедровой области»: no ministry stands over another of the same
/// territory, so they order together.
pub(super) fn are_ministries(tokens: &Tokens<'_>, name: &[Piece], piece: &Piece) -> bool {
    let (Some(first), Some(last)) = (name.first(), name.last()) else {
        return false;
    };
    let is_ministry = |line: &Piece| tokens.word(line.tokens.start) == "министерство";
    let territory = |line: &Piece| line.tokens.end.saturating_sub(2)..line.tokens.end;
    is_ministry(first)
        && is_ministry(piece)
        && tokens.say_the_same(&territory(last), &territory(piece))
}

#[cfg(test)]
mod tests {
    use crate::parse::issuer::issuer;
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn ministries_of_one_territory_order_together() {
        for (top, expected) in [
            (
                "Министерство леса Кедровой области\nМинистерство воды Кедровой области\nПРИКАЗ\n№ 1",
                Some("Министерство леса Кедровой области; Министерство воды Кедровой области"),
            ),
            (
                "Министерство леса Российской Федерации\nМинистерство леса Кедровой области\nПРИКАЗ\n№ 1",
                Some("Министерство леса Кедровой области"),
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
