//! Names that name no person of the order: «ул. Кирова», «школа имени А.С. Пушкина», «присвоить имя Г.А. Захарьина».
//!
//! In: tokens and where a name may begin. Out: whether something else is named so. Must never: look further back than a
//! fixed reach.

use crate::lexicon::words::{Classes, WordClass};
use crate::parse::lexer::Tokens;

/// «ул. Кирова», «имени А.С. Пушкина», «им. …»: a name, but not a person of the order.
pub(super) fn is_inside_a_name_of_something(tokens: &Tokens<'_>, at: usize) -> bool {
    if !tokens.continues(at) || at == 0 {
        return false;
    }
    is_named_after(tokens, at)
        || tokens.is_mark(at - 1, '.')
            && at >= 2
            // «Рысина Н.Д.  Ветров О.Л.»: a capital letter is the initial of the name before.
            && !(tokens.length(at - 2) == 1 && tokens.is_capitalised(at - 2))
            && matches!(
                tokens.word(at - 2),
                "ул" | "пер" | "пл" | "просп" | "пр" | "г" | "пос" | "с" | "д" | "обл"
            )
            // «с 25.11.97 г. ДРОЗДОВУ»: behind a figure «г.» is the year.
            && !(tokens.word(at - 2) == "г" && at >= 3 && tokens.is_number(at - 3))
        || matches!(
            tokens.word(at - 1),
            "улице" | "улица" | "улицы" | "проспект"
        )
}

/// «имени А.С. Пушкина», «им. …», «КФХ Кедрова П.И.», «присвоить школе имя …».
fn is_named_after(tokens: &Tokens<'_>, at: usize) -> bool {
    const NAMING: Classes = Classes::of(&[WordClass::NamedAfter]);
    if !tokens.have_any(NAMING) {
        return false;
    }
    if is_given_to_something(tokens, at) {
        return true;
    }
    // Back over «геолога», «академика» between «имени» and the name.
    (at.saturating_sub(6)..at).any(|index| {
        // «до достижения им возраста» names nothing.
        let names = match tokens.meaning(index, WordClass::NamedAfter) {
            Some("shortened") => tokens.is_mark(index + 1, '.') || tokens.is_capitalised(index + 1),
            // «КФХ Кедрова П.И.» works; its head signs.
            Some("farm") => {
                index + 1 == at
                    && tokens
                        .meaning(index.wrapping_sub(1), WordClass::Position)
                        .is_none()
            }
            Some("given") | None => false,
            Some(_) => true,
        };
        names && tokens.continues(index + 1)
    })
}

/// «присвоить школе имя профессора Г.А. Захарьина», «носит имя …»: who is remembered by a name that something gets.
fn is_given_to_something(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «имя Героя Советского Союза лётчика»
    const POSITIONS: usize = 8;
    /// «присвоить муниципальному бюджетному общеобразовательному учреждению «Средняя школа № 4 города Кедровска»»
    const REACH: usize = 16;
    let Some(word) = (at.saturating_sub(POSITIONS)..at)
        .rev()
        .take_while(|&index| {
            tokens.continues(index + 1)
                && (tokens.is_word(index) || tokens.is_number(index) || tokens.is_mark(index, '.'))
        })
        .find(|&index| tokens.meaning(index, WordClass::NamedAfter) == Some("given"))
    else {
        return false;
    };
    (word.saturating_sub(REACH)..word)
        .rev()
        .take_while(|&index| tokens.continues(index + 1))
        .any(|index| {
            let verb = tokens.word(index);
            verb.starts_with("присво") || matches!(verb, "носит" | "носить" | "носящая" | "носящей")
        })
}

#[cfg(test)]
mod tests {
    use super::super::name_at;
    use crate::parse::lexer::Tokens;
    use crate::text::Text;

    #[test]
    fn a_name_that_something_gets_names_no_person_of_the_order() {
        for (line, count) in [
            ("Присвоить школе имя профессора Г.А.Рощина.", 0),
            ("Присвоить школе № 4 имя Героя Труда Рощина Г.А.", 0),
            ("о присвоении музею имени Г.А. Рощина", 0),
            ("Присвоить Рощину Г.А. категорию.", 1),
            ("Внести в список имя, данное Рощину Г.А.", 1),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let found = (0..tokens.len())
                .filter(|&at| name_at(&tokens, at).is_some())
                .count();
            assert_eq!(found, count, "{line}");
        }
    }
}
