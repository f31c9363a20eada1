//! The body that issued an order, from its letterhead.
//!
//! In: tokens and their outline. Out: the name on one line, bodies of a joint order joined by «; ».
//! Must never: give the founder or ministry above, an address or a bank account.

use super::head::field;
use super::lexer::{TokenKind, Tokens};
use super::outline::Outline;
use super::pieces::{Piece, pieces};
use super::registration::{kind_heading, registration};
use crate::lexicon::words::WordClass;
use crate::order::Field;

/// Reads the issuer.
pub(crate) fn issuer(tokens: &Tokens<'_>, outline: &Outline) -> Option<Field<String>> {
    if !outline.is_order {
        return None;
    }
    let lines = pieces(tokens, outline.head.clone());
    let heading = lines
        .iter()
        .position(|piece| kind_heading(tokens, piece.tokens.clone()).is_some())
        .unwrap_or(lines.len());
    let mut group: Vec<Piece> = Vec::new();
    let mut joint = false;
    for piece in lines.into_iter().take(heading) {
        let approved = outline
            .approvals
            .iter()
            .any(|zone| zone.contains(&piece.tokens.start));
        if approved || is_detail(tokens, &piece) {
            continue;
        }
        let unfinished = group
            .last()
            .is_some_and(|last| tokens.kind(last.tokens.end - 1) == Some(TokenKind::Dash));
        if begins_body(tokens, &piece) && !unfinished {
            joint = group.last().is_some_and(|last| {
                last.block == piece.block
                    && begins_body(tokens, last)
                    && tokens.word(last.tokens.start) == tokens.word(piece.tokens.start)
            });
            if !joint {
                group.clear();
            }
        }
        group.push(piece);
    }
    let range = group.first()?.tokens.start..group.last()?.tokens.end;
    let names: Vec<String> = group
        .iter()
        .map(|piece| tokens.one_line(&piece.tokens))
        .collect();
    let value = names.join(if joint { "; " } else { " " });
    Some(field(tokens, value, &range, 0.93))
}

fn begins_body(tokens: &Tokens<'_>, piece: &Piece) -> bool {
    let word = tokens.word(piece.tokens.start);
    tokens
        .meaning(piece.tokens.start, WordClass::Body)
        .is_some()
        || word.len() > 12 && (word.ends_with("ое") || word.ends_with("ая"))
}

/// Addresses, accounts, captions of forms, short names in brackets and names in another language.
fn is_detail(tokens: &Tokens<'_>, piece: &Piece) -> bool {
    let range = piece.tokens.clone();
    let foreign = range.clone().any(|index| {
        tokens
            .raw(index)
            .chars()
            .any(|c| c > 'ё' && c.is_alphabetic())
    });
    tokens.is_mark(range.start, '(')
        || tokens.is_number(range.start)
        || tokens.meaning(range.start, WordClass::Caption).is_some()
        || foreign
        || range
            .clone()
            .any(|index| tokens.meaning(index, WordClass::Detail).is_some())
        || !range.clone().any(|index| tokens.is_word(index))
        || registration(tokens, range).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn the_last_body_above_the_heading_issues_the_order() {
        for (top, expected) in [
            (
                "Администрация города\nКомитет по образованию\nмуниципальное бюджетное учреждение\n«Школа № 18»\n(МБОУ)\n656999, г. Новоречинск, ИНН 22",
                "муниципальное бюджетное учреждение «Школа № 18»",
            ),
            (
                "МИНИСТЕРСТВО ЗДРАВООХРАНЕНИЯ\tМИНИСТЕРСТВО ОБРАЗОВАНИЯ",
                "МИНИСТЕРСТВО ЗДРАВООХРАНЕНИЯ; МИНИСТЕРСТВО ОБРАЗОВАНИЯ",
            ),
            ("ДУМА ОКРУГА\nПЯТОГО СОЗЫВА", "ДУМА ОКРУГА"),
        ] {
            let text = Text::from_lines(&format!(
                "{top}\nПРИКАЗ\n№ 1\nО деле\nВ целях работы\nПРИКАЗЫВАЮ:\n1. Создать."
            ));
            let tokens = Tokens::of(&text);
            let found = issuer(&tokens, &outline(&tokens)).map(|field| field.value);
            assert_eq!(found.as_deref(), Some(expected), "{top}");
        }
    }
}
