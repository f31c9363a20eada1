//! The body that the kind names: on its line («Приказ Министерства … от … № …») or under it («УКАЗ / ГУБЕРНАТОРА
//! ЛЕСНОЙ ОБЛАСТИ»).
//!
//! In: the heading and the lines under it. Out: the body in the nominative. Must never: take the subject of an order
//! («по личному составу») for who issues it.

use std::ops::Range;

use super::{begins_body, says_what_about};
use crate::lexicon::bodies::{is_authority, is_institution_abbreviation};
use crate::lexicon::phrase::nominative_names;
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;
use crate::order::Field;
use crate::parse::dates::date_at;
use crate::parse::head::field;
use crate::parse::kind_headings::{behind_subject_of_books, kind_heading, names_an_extract};
use crate::parse::letterhead::{ends_with_adjective, goes_on};
use crate::parse::lexer::{TokenKind, Tokens};
use crate::parse::outline::Outline;
use crate::parse::pieces::{Piece, pieces};
use crate::parse::registration::{is_title_start, registration};

/// How sure a body is that stands beside the kind.
const IN_HEADING: f64 = 0.85;

/// «Приказ Министерства здравоохранения … от … № …»: the body stands on the line of the kind alone.
pub(super) fn in_heading(tokens: &Tokens<'_>, heading: &Range<usize>) -> Option<Field<String>> {
    let range = kind_heading(tokens, heading.clone())?.issuer?;
    let name = range.start + usize::from(tokens.word(range.start) == "по");
    let printed = tokens.one_line(&(name..range.end));
    Some(field(
        tokens,
        nominative_names(&printed),
        &range,
        IN_HEADING,
    ))
}

/// «УКАЗ / ГУБЕРНАТОРА ЛЕСНОЙ ОБЛАСТИ», «ПРИКАЗ / по МБОУ «Школа»»: the body stands under the kind.
pub(super) fn under_heading(tokens: &Tokens<'_>, outline: &Outline) -> Option<Field<String>> {
    /// Lines of a name behind its first one.
    const MOST_LINES: usize = 4;
    let lines = pieces(tokens, outline.heading.end..outline.head.end);
    let line = lines.first()?.tokens.clone();
    let start = line.start + usize::from(tokens.word(line.start) == "по");
    let first = tokens.raw(start);
    // «ВЫПИСКА из приказа № 45 от 30.04.2024 / ООО «Кедр»»: an extract names the body behind the order.
    let of_an_extract = names_an_extract(tokens, outline.heading.start)
        && lines.first().is_some_and(|line| begins_body(tokens, line));
    // «Федеральной службы / по надзору …»
    let behind_adjective = || {
        tokens.is_capitalised(start)
            && ends_with_adjective(tokens, start)
            && is_authority(tokens.raw(start + 1))
    };
    // «по муниципальному учреждению / «Школа № 3»»
    let of_which = || {
        start > line.start
            && line.end > start + 1
            && (start..line.end).any(|index| begins_as(StemClass::Organisation, tokens.word(index)))
    };
    let names_a_body = of_an_extract
        || is_authority(first)
        || behind_adjective()
        || of_which()
        || is_institution_abbreviation(first)
        || tokens.meaning(start, WordClass::Position).is_some();
    // «МИНИСТРА СУДОСТРОИТЕЛЬНОЙ / ПРОМЫШЛЕННОСТИ»
    let mut whole = line.clone();
    for next in lines[1..].iter().take(MOST_LINES) {
        let last = Piece {
            tokens: whole.clone(),
            ..next.clone()
        };
        let goes_on = in_capitals(tokens, &whole) && in_capitals(tokens, &next.tokens)
            || of_an_extract && goes_on(tokens, None, &last)
            || ends_with_adjective(tokens, whole.end - 1)
            || goes_on_with_name(tokens, &whole, next.tokens.start);
        // «ПО ЛИЧНОМУ СОСТАВУ»
        let says_of_what = behind_subject_of_books(tokens, next.tokens.start).is_some();
        if !goes_on || says_of_what || registration(tokens, next.tokens.clone()).is_some() {
            break;
        }
        whole.end = next.tokens.end;
    }
    // «(по строевой части)», «ГЛАВЫ АДМИНИСТРАЦИИ ОБЛАСТИ03.04.2024 …», where a conversion lost the ends of the lines
    let end = (start..whole.end)
        .find(|&index| tokens.is_mark(index, '(') || date_at(tokens, index).is_some())
        .unwrap_or(whole.end);
    let is_a_name = end > start && !says_what_about(tokens, &(start..end));
    (names_a_body && is_a_name && registration(tokens, line).is_none()).then(|| {
        let name = start..end;
        let printed = tokens.one_line(&name);
        field(tokens, nominative_names(&printed), &name, IN_HEADING)
    })
}

/// Whether the name of the body under the kind goes on with a line: «Министерства спорта, туризма / и молодежной
/// политики», «директора учреждения / «Школа № 3»», «ректора / Лесного университета».
fn goes_on_with_name(tokens: &Tokens<'_>, name: &Range<usize>, next: usize) -> bool {
    let last = name.end - 1;
    let in_small_letters = tokens.is_word(next) && !tokens.is_capitalised(next);
    let quoted = tokens.kind(next) == Some(TokenKind::OpenQuote)
        && begins_as(StemClass::Organisation, tokens.word(last));
    // Nobody is a rector of nothing.
    let holds_a_position = name.len() <= 2
        && tokens.meaning(last, WordClass::Position).is_some()
        && tokens.is_capitalised(next)
        && !is_title_start(tokens, next);
    in_small_letters || quoted || holds_a_position
}

fn in_capitals(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    line.clone().all(|index| {
        !tokens.is_word(index) || tokens.is_all_capitals(index) || tokens.length(index) == 1
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::issuer::issuer;
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn a_body_under_the_heading_takes_its_lines() {
        for (under, expected) in [
            (
                "ГЛАВЫ ЛЕСНОГО\nМУНИЦИПАЛЬНОГО РАЙОНА",
                "ГЛАВА ЛЕСНОГО МУНИЦИПАЛЬНОГО РАЙОНА",
            ),
            (
                "ПРАВИТЕЛЬСТВА КЕДРОВОЙ\nОБЛАСТИ\nг. Кедровск",
                "ПРАВИТЕЛЬСТВО КЕДРОВОЙ ОБЛАСТИ",
            ),
            ("по МБОУ «Школа»", "МБОУ «Школа»"),
            (
                "Министерства спорта, туризма\nи отдыха Кедровой области",
                "Министерство спорта, туризма и отдыха Кедровой области",
            ),
            (
                "Федеральной службы\nпо лесам",
                "Федеральная служба по лесам",
            ),
            (
                "директора бюджетного учреждения\n«Школа № 3»",
                "директор бюджетного учреждения «Школа № 3»",
            ),
            (
                "ректора\nКедровского университета",
                "ректор Кедровского университета",
            ),
            (
                "ГЛАВЫ КЕДРОВОЙ ОБЛАСТИ03.04.2024 N 7-рОб участии краяв празднике",
                "ГЛАВА КЕДРОВОЙ ОБЛАСТИ",
            ),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n{under}\n№ 1\nО деле\nВ целях работы\nПРИКАЗЫВАЮ:\n1. Создать."
            ));
            let tokens = Tokens::of(&text);
            let found = issuer(&tokens, &outline(&tokens)).map(|field| field.value);
            assert_eq!(found.as_deref(), Some(expected), "{under}");
        }
    }
}
