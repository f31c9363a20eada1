//! Title, preamble and enacting word.
//!
//! In: tokens and their outline. Out: fields. Must never: change a word; line breaks become spaces and
//! the outer quotation marks of the title go.

use super::head::field;
use super::lexer::{TokenKind, Tokens};
use super::openings::enacting_at;
use super::outline::{LONGEST_TITLE, Outline};
use crate::order::Field;

/// The title on one line, without its outer quotation marks.
pub(crate) fn title(tokens: &Tokens<'_>, outline: &Outline) -> Option<Field<String>> {
    let mut range = outline.title.clone();
    // Where a conversion made one line of a whole order, it is no title.
    if range.is_empty()
        || range.len() > LONGEST_TITLE
        || range
            .clone()
            .any(|at| enacting_at(tokens, at).is_some() || begins_first_clause(tokens, at))
    {
        return None;
    }
    // «Содержание: о …» and «(об …)» are ways to set a title.
    if tokens.word(range.start) == "содержание" && tokens.is_mark(range.start + 1, ':') {
        range.start += 2;
    }
    let bracketed = [('(', ')'), ('[', ']')].into_iter().any(|(open, close)| {
        tokens.is_mark(range.start, open) && tokens.is_mark(range.end - 1, close)
    });
    if bracketed && range.len() > 2 {
        range.start += 1;
        range.end -= 1;
    }
    if tokens.kind(range.start) == Some(TokenKind::OpenQuote) {
        range.start += 1;
        let mut depth = 0_i32;
        for index in range.clone() {
            match tokens.kind(index) {
                Some(TokenKind::OpenQuote) => depth += 1,
                Some(TokenKind::CloseQuote) => depth -= 1,
                _ => {}
            }
        }
        // Where one mark closes two levels it belongs to the inner one.
        let last = range.end - 1;
        if depth < 0 && tokens.kind(last) == Some(TokenKind::CloseQuote) {
            range.end = last;
        }
    }
    Some(field(tokens, tokens.one_line(&range), &range, 0.96))
}

/// «В целях работы: 1. Открыть музей.», within a line.
fn begins_first_clause(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_mark(at, ':')
        && tokens.word(at + 1) == "1"
        && tokens.is_mark(at + 2, '.')
        && tokens.is_capitalised(at + 3)
        && tokens.continues(at + 3)
}

/// From the title to the enacting word.
pub(crate) fn preamble(tokens: &Tokens<'_>, outline: &Outline) -> Option<Field<String>> {
    let range = &outline.preamble;
    (!range.is_empty()).then(|| field(tokens, tokens.one_line(range), range, 0.96))
}

/// The enacting word as printed.
pub(crate) fn enacting(tokens: &Tokens<'_>, outline: &Outline) -> Option<Field<String>> {
    let range = &outline.enacting;
    (!range.is_empty()).then(|| field(tokens, tokens.one_line(range), range, 0.99))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn a_line_in_which_somebody_orders_is_no_title() {
        for (line, expected) in [
            (
                "О музее. В целях работы приказываю: 1. Открыть музей.",
                None,
            ),
            ("О музее. В целях работы: 1. Открыть музей.", None),
            (
                "О решении, которое принял приказ",
                Some("О решении, которое принял приказ"),
            ),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n№ 1\n{line}\nВ целях учёта\nПРИКАЗЫВАЮ:\n1. Открыть музей."
            ));
            let tokens = Tokens::of(&text);
            let found = title(&tokens, &outline(&tokens)).map(|field| field.value);
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn who_orders_is_no_part_of_a_title() {
        for (line, expected) in [
            ("Кедровая городская Дума", "О гербе"),
            ("Лесного района", "О гербе Лесного района"),
        ] {
            let text = Text::from_lines(&format!(
                "РЕШЕНИЕ\n№ 1\nО гербе\n{line}\nРЕШИЛА:\nутвердить герб."
            ));
            let tokens = Tokens::of(&text);
            let found = title(&tokens, &outline(&tokens)).map(|field| field.value);
            assert_eq!(found.as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn a_title_may_stand_behind_the_enacting_word_or_before_the_number() {
        for (lines, expected) in [
            (
                "ПРИКАЗ\n№ 1\nПРИКАЗЫВАЮ:\nО доплате за работу",
                Some("О доплате за работу"),
            ),
            ("ПРИКАЗ\n№ 1\nПРИКАЗЫВАЮ:\nО доплате доложить:", None),
            (
                "ПРИКАЗ\n№ 1\nО работе\nПРИКАЗЫВАЮ:\nО доплате за работу",
                Some("О работе"),
            ),
            (
                "ПРИКАЗ о доплате № 1-П от 03.04.2024\nг. Лесной\nПРИКАЗЫВАЮ:",
                Some("о доплате"),
            ),
        ] {
            let text = Text::from_lines(&format!("{lines}\n1. Открыть музей."));
            let tokens = Tokens::of(&text);
            let found = title(&tokens, &outline(&tokens)).map(|field| field.value);
            assert_eq!(found.as_deref(), expected, "{lines}");
        }
    }

    #[test]
    fn titles_lose_only_their_outer_marks() {
        for (lines, expected) in [
            ("«О режиме работы»", "О режиме работы"),
            ("(о режиме работы)", "о режиме работы"),
            ("Содержание: о режиме\nработы", "о режиме работы"),
            (
                "«Об утверждении Положения «О защите»",
                "Об утверждении Положения «О защите»",
            ),
            (
                "О внесении изменений в приказ\nот 3 мая 2020 года № 4\n«О музее»",
                "О внесении изменений в приказ от 3 мая 2020 года № 4 «О музее»",
            ),
            (
                "О внесении изменений в приказ\nдиректора музея от 03.05.2020\n№ 4-п",
                "О внесении изменений в приказ директора музея от 03.05.2020 № 4-п",
            ),
            // No act has this date.
            ("О смотре от 03.05.2020\n№ 4-п", "О смотре от 03.05.2020"),
            (
                "краевое учреждение\n«Кедровый музей»\n«О режиме работы»",
                "О режиме работы",
            ),
            (
                "О закрытии леса на всей территории\nЛесного сельского поселения.",
                "О закрытии леса на всей территории Лесного сельского поселения.",
            ),
            (
                "О приказах директора\nМузея и указаниях учреждения, которому подчинён музей,\tкоторые не действуют\nи отменены",
                "О приказах директора Музея и указаниях учреждения, которому подчинён музей, которые не действуют и отменены",
            ),
            // The last line once more, as the act itself has it.
            (
                "О смотре школ Лесного района\nШКОЛ ЛЕСНОГО РАЙОНА",
                "О смотре школ Лесного района",
            ),
            (
                "О смотре школ\n_____\nДокумент с изменениями, внесенными:\nприказом музея от 13.05.2003 № 5.\n_____",
                "О смотре школ",
            ),
            (
                "О положении о Грамоте Лесной\nОбласти",
                "О положении о Грамоте Лесной Области",
            ),
            ("О смотре школ\nО смотре школ", "О смотре школ"),
            (
                "О смотре школ\n_____\nУтратило силу на основании постановления\nмузея от 13.05.2003 № 5\n_____",
                "О смотре школ",
            ),
            (
                "Об утверждении границ\nтерритории в селе",
                "Об утверждении границ территории в селе",
            ),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n№ 1\n{lines}\nВ целях работы\nПРИКАЗЫВАЮ:\n1. Создать музей."
            ));
            let tokens = Tokens::of(&text);
            let outline = outline(&tokens);
            let found = title(&tokens, &outline).map(|field| field.value);
            assert_eq!(found.as_deref(), Some(expected), "{lines}");
            let before = preamble(&tokens, &outline).map(|field| field.value);
            assert_eq!(before.as_deref(), Some("В целях работы"), "{lines}");
        }
    }
}
