//! The lines of a name in a letterhead: whether it goes on in the next one, and, in two columns, beside and under the
//! heading on the right.
//!
//! In: the lines of the head. Out: those that go on with the name. Must never: take the title for a part of it.

use std::ops::Range;

use super::issuer::begins_body;
use super::lexer::{TokenKind, Tokens};
use super::pieces::Piece;
use super::registration::{is_title_start, registration};
use crate::lexicon::morphology::{PartOfSpeech, readings};

/// Lines of a name behind its first one.
const MOST_LINES: usize = 6;

/// «Акционерное общество | ПРИКАЗ / «Кедровая | № 5 от 12.03.2024 / рыбная / компания»»: the lines, by their index, that
/// go on with the name on the left of the heading. The row under the heading has the registration on the right; the name
/// ends as soon as it is complete.
pub(super) fn lines_beside(tokens: &Tokens<'_>, lines: &[Piece], heading: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let in_one_row = |index: usize| {
        let right = lines.get(index + 1);
        right.is_some_and(|right| right.block == lines[index].block)
    };
    let is_registered = |line: &Piece| registration(tokens, line.tokens.clone()).is_some();
    let Some(left) = heading.checked_sub(1).filter(|&left| {
        in_one_row(left) && begins_body(tokens, &lines[left]) && in_one_row(heading + 1)
    }) else {
        return found;
    };
    if !is_registered(&lines[heading + 2]) {
        return found;
    }
    let mut name = vec![lines[left].clone()];
    for (index, line) in lines.iter().enumerate().skip(heading + 1) {
        // What stands on the right of the name.
        if index > heading + 1 && in_one_row(index - 1) && is_registered(line) {
            continue;
        }
        // «Акционерное общество / «Кедровая …»»: a legal form has its name in quotation marks behind it.
        let is_quoted =
            index == heading + 1 && tokens.kind(line.tokens.start) == Some(TokenKind::OpenQuote);
        let is_complete = !is_quoted
            && name
                .last()
                .is_none_or(|last| !goes_on(tokens, Some(&name), last));
        if is_complete
            || is_registered(line)
            || is_title_start(tokens, line.tokens.start)
            || found.len() == MOST_LINES
        {
            break;
        }
        name.push(line.clone());
        found.push(index);
    }
    found
}

/// The line behind a heading and the name beside it.
pub(super) fn behind_heading(tokens: &Tokens<'_>, lines: &[Piece], heading: usize) -> usize {
    let last = lines_beside(tokens, lines, heading).last().copied();
    last.unwrap_or(heading) + 1
}

/// Whether a name goes on in the next line: its last line ends with an adjective, a dash, a legal form or
/// a word that needs another, or a quotation mark is still open.
pub(super) fn goes_on(tokens: &Tokens<'_>, name: Option<&Vec<Piece>>, last: &Piece) -> bool {
    let end = last.tokens.end - 1;
    let needs_another = matches!(
        tokens.word(end),
        "и" | "по" | "при" | "в" | "для" | "с" | "имени"
    );
    let legal_form = matches!(
        tokens.word(end),
        "учреждение" | "предприятие" | "организация" | "ответственностью"
    ) || tokens.word(end) == "образования"
        && tokens.word(end.wrapping_sub(1)) == "муниципального"
        || ends_with_kind_of_institution(tokens, &last.tokens);
    let open = name.into_iter().flatten().fold(0_i32, |depth, piece| {
        piece
            .tokens
            .clone()
            .fold(depth, |depth, index| match tokens.kind(index) {
                Some(TokenKind::OpenQuote) => depth + 1,
                Some(TokenKind::CloseQuote) => depth - 1,
                _ => depth,
            })
    });
    ends_with_adjective(tokens, end)
        || needs_another
        || legal_form
        || open > 0
        || tokens.kind(end) == Some(TokenKind::Dash)
}

/// «УЧРЕЖДЕНИЕ ДОПОЛНИТЕЛЬНОГО ОБРАЗОВАНИЯ»: what an institution is for, and not yet its name.
fn ends_with_kind_of_institution(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    /// «учреждение дополнительного профессионального образования»
    const LONGEST: usize = 3;
    let last = line.end - 1;
    tokens.word(last) == "образования"
        && (last.saturating_sub(LONGEST).max(line.start)..last)
            .rev()
            .take_while(|&index| {
                matches!(tokens.word(index), "учреждение" | "организация")
                    || tokens.word(index).ends_with("ого")
            })
            .any(|index| matches!(tokens.word(index), "учреждение" | "организация"))
}

pub(super) fn ends_with_adjective(tokens: &Tokens<'_>, last: usize) -> bool {
    readings(tokens.raw(last))
        .first()
        .is_some_and(|reading| reading.part_of_speech == PartOfSpeech::Adjective)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::issuer::issuer;
    use crate::parse::outline::outline;
    use crate::parse::title::title;
    use crate::text::Text;

    #[test]
    fn a_name_goes_on_on_the_left_of_the_heading() {
        for (top, name) in [
            (
                "Акционерное общество\tПРИКАЗ\n«Кедровая\t№ 5 от 12.03.2024\nрыбная\nкомпания «Омуль»\nг. Кедровск",
                "Акционерное общество «Кедровая рыбная компания «Омуль»",
            ),
            (
                "Общество «Омуль»\tПРИКАЗ\nИНН 1234567890\t№ 5 от 12.03.2024",
                "Общество «Омуль»",
            ),
            (
                "Общество «Омуль»\tПРИКАЗ\n№ 5\t12.03.2024",
                "Общество «Омуль»",
            ),
            (
                "Общество «Омуль»\tПРИКАЗ\n№ 5 от 12.03.2024",
                "Общество «Омуль»",
            ),
        ] {
            let text = Text::from_lines(&format!(
                "{top}\nО сетях\nВ целях работы\nПРИКАЗЫВАЮ:\n1. Создать."
            ));
            let tokens = Tokens::of(&text);
            let outline = outline(&tokens);
            let value = |field: Option<String>| field.unwrap_or_default();
            assert_eq!(
                value(issuer(&tokens, &outline).map(|field| field.value)),
                name,
                "{top}"
            );
            assert_eq!(
                value(title(&tokens, &outline).map(|field| field.value)),
                "О сетях",
                "{top}"
            );
        }
    }
}
