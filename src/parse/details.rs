//! What a letterhead says besides the name of the body: addresses, accounts, telephones.
//!
//! In: tokens and a line of a letterhead. Out: whether it is such a detail. Must never: take a name for one.

use std::ops::Range;

use super::issuer::begins_body;
use super::lexer::Tokens;
use super::numbers::sign_at;
use super::openings::is_state_of_act;
use super::pieces::Piece;
use super::registration::registration;
use super::settlements::place_at;
use crate::lexicon::words::WordClass;

/// Addresses, accounts, captions of forms, short names in brackets and names in another language.
pub(super) fn is_detail(tokens: &Tokens<'_>, piece: &Piece) -> bool {
    let range = piece.tokens.clone();
    let foreign = range.clone().any(|index| {
        tokens
            .raw(index)
            .chars()
            .any(|c| c > 'ё' && c.is_alphabetic())
    });
    tokens.is_mark(range.start, '(')
        || tokens.is_number(range.start) && !begins_body(tokens, piece)
        || is_telephone(tokens, range.start)
        || is_answer(tokens, range.start)
        || is_address(tokens, &range)
        || is_territory_of_an_address(tokens, &range)
        || is_in_latin_letters(tokens, &range)
        || tokens.meaning(range.start, WordClass::Caption).is_some()
        || is_state_of_act(tokens, &range)
        || foreign
        || range
            .clone()
            .any(|index| tokens.meaning(index, WordClass::Detail).is_some())
        || !range.clone().any(|index| tokens.is_word(index))
        || registration(tokens, range).is_some()
}

/// «г. Лесной, Речной бульвар, д. 9, пом. 1», «с. Ключи, ул. Речная, 2а»: a settlement and a street or the number of a
/// house.
fn is_address(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    place_at(tokens, line.start, line.end).is_some()
        && line.clone().any(|index| {
            matches!(tokens.word(index), "д" | "дом" | "стр" | "корп")
                && tokens.is_mark(index + 1, '.')
                && tokens.is_number(index + 2)
                || tokens.is_mark(index.wrapping_sub(1), ',')
                    && is_kind_of_street(tokens.word(index))
        })
}

/// «Кедровая область, Лесной район, массив «Ключи»», «Республика Нагорье, с. Ключи»: a line that goes from the territory
/// to what lies in it, and names no body.
fn is_territory_of_an_address(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    let is_adjective_first = matches!(tokens.word(line.start + 1), "область" | "край" | "район");
    (is_adjective_first || tokens.word(line.start) == "республика")
        && tokens.is_mark(line.start + 2, ',')
        && !line
            .clone()
            .any(|index| tokens.meaning(index, WordClass::Body).is_some())
}

/// «LESNOY STATE UNIVERSITY»: the name in another language. «"SKY TECH"» in quotation marks is the name itself.
fn is_in_latin_letters(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    let mut words = line.clone().filter(|&index| tokens.is_word(index));
    let is_latin = |index: usize| tokens.raw(index).chars().all(|c| c.is_ascii_alphabetic());
    line.len() > 1 && tokens.is_word(line.start) && words.all(is_latin)
}

fn is_kind_of_street(word: &str) -> bool {
    matches!(
        word,
        "ул" | "улица"
            | "пер"
            | "переулок"
            | "просп"
            | "проспект"
            | "пр"
            | "пл"
            | "площадь"
            | "наб"
            | "ш"
            | "шоссе"
    )
}

/// «На № 15 от 03.01.2024»: the letter that a sheet of letters has a line for.
fn is_answer(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at) == "на" && sign_at(tokens, at + 1).is_some()
}

/// «т. 5-16-30»
fn is_telephone(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at) == "т" && tokens.is_mark(at + 1, '.') && tokens.is_number(at + 2)
}
