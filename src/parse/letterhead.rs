//! Letterheads in two columns: the name of the body on the left goes on beside and under the heading on the right.
//!
//! In: the lines of the head. Out: those that go on with the name. Must never: take the title for a part of it.

use super::issuer::{begins_body, goes_on};
use super::lexer::{TokenKind, Tokens};
use super::pieces::Piece;
use super::registration::{is_title_start, registration};

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
