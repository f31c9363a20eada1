//! The smallest unit of layout: what stands on one line or in one cell.
//!
//! In: tokens. Out: [`Piece`]s, a block cut at its line breaks, tabs and cell borders. Must never:
//! lose a token; the pieces of a text cover it.

use std::borrow::Cow;
use std::ops::Range;

use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::sign_at;

/// A run of tokens between two breaks of the layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its tokens; never empty.
    pub(crate) tokens: Range<usize>,
    /// Index of its block.
    pub(crate) block: usize,
}

/// Cuts the tokens of `range` at line breaks, tabs, cell borders and block borders.
pub(crate) fn pieces(tokens: &Tokens<'_>, range: Range<usize>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let Some(first) = tokens.get(range.start).filter(|_| !range.is_empty()) else {
        return pieces;
    };
    let mut piece = Piece {
        tokens: range.start..range.start + 1,
        block: first.block(),
    };
    for index in range.skip(1) {
        let Some(token) = tokens.get(index) else {
            break;
        };
        if piece.block == token.block() && !is_cut_before(tokens, index) {
            piece.tokens.end = index + 1;
        } else {
            let next = Piece {
                tokens: index..index + 1,
                block: token.block(),
            };
            pieces.push(std::mem::replace(&mut piece, next));
        }
    }
    pieces.push(piece);
    pieces
}

/// The first tokens of the pieces of one block.
pub(crate) fn starts_of_pieces(
    tokens: &Tokens<'_>,
    block: &Range<usize>,
) -> impl Iterator<Item = usize> {
    block
        .clone()
        .filter(move |&index| starts_a_piece(tokens, block, index))
}

/// Whether a piece of a block starts with a token.
pub(crate) fn starts_a_piece(tokens: &Tokens<'_>, block: &Range<usize>, index: usize) -> bool {
    index == block.start || is_cut_before(tokens, index)
}

/// Whether a break of the layout stands before a token. «№ | 37», in two cells of a form, is one number.
fn is_cut_before(tokens: &Tokens<'_>, index: usize) -> bool {
    tokens.gap(index) >= Gap::Tab
        && !(tokens.is_number(index)
            && index > 0
            && tokens.kind(index - 1) == Some(TokenKind::NumberSign))
}

/// The longest word that is looked for in spaced letters, in letters: «П О С Т А Н О В Л Е Н И Е».
const LONGEST_SPACED_WORD: usize = 16;

/// A word at `at`, whole or set in spaced letters («П Р И К А З»), in its folded form, and the token
/// after it.
pub(crate) fn word_or_spaced<'a>(
    tokens: &'a Tokens<'_>,
    at: usize,
) -> Option<(Cow<'a, str>, usize)> {
    if !tokens.is_word(at) {
        return None;
    }
    let single = |index: usize| tokens.is_word(index) && tokens.length(index) == 1;
    if !single(at) || !single(at + 1) || tokens.gap(at + 1) != Gap::Space {
        return Some((tokens.word(at).into(), at + 1));
    }
    let mut word = tokens.word(at).to_owned();
    let mut end = at + 1;
    // «П Р И К А З  N 77»: the letter before a number is its sign.
    let is_sign = |index: usize| sign_at(tokens, index).is_some() && tokens.is_number(index + 1);
    while end < at + LONGEST_SPACED_WORD
        && single(end)
        && tokens.gap(end) == Gap::Space
        && !is_sign(end)
    {
        word.push_str(tokens.word(end));
        end += 1;
    }
    Some((word.into(), end))
}

/// Whether a name with initials or a full name of three words ends right before `end`, all of it at
/// or after `from`. Gives where the name begins.
pub(crate) fn name_before(tokens: &Tokens<'_>, from: usize, end: usize) -> Option<usize> {
    let mut end = end;
    while end > from
        && matches!(
            tokens.kind(end - 1),
            Some(TokenKind::Blank | TokenKind::Mark('/' | ')'))
        )
    {
        end -= 1;
    }
    // A name has at most a double surname, two initials and their full stops.
    let earliest = end.saturating_sub(8).max(from);
    (earliest..end).find(|&start| name_end(tokens, start) == Some(end))
}

/// The token after the name that starts at `at`: «И. О. Фамилия», «Фамилия И. О.», or three
/// capitalised words the last of which is a patronymic or a surname.
pub(crate) fn name_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if let Some(next) = initials_end(tokens, at) {
        return surname_end(tokens, next);
    }
    let next = surname_end(tokens, at)?;
    if let Some(end) = initials_end(tokens, next) {
        return Some(end);
    }
    let full = |index: usize| {
        tokens.is_capitalised(index)
            && tokens.gap(index) <= Gap::Break
            && tokens.word(index).chars().count() > 2
    };
    (full(next)
        && full(next + 1)
        && (is_patronymic(tokens.word(next + 1)) || is_patronymic(tokens.word(next))))
    .then_some(next + 2)
}

fn is_patronymic(word: &str) -> bool {
    ["вич", "вна", "ична", "инична", "ьич", "оглы", "кызы"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

fn initials_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let letter = |index: usize| tokens.is_capitalised(index) && tokens.length(index) == 1;
    // «Дата	Ф.И.О.	Телефон»: the head of a column.
    let heads_names =
        || (tokens.word(at), tokens.word(at + 2), tokens.word(at + 4)) == ("ф", "и", "о");
    if !letter(at) || heads_names() {
        return None;
    }
    let glued = |index: usize| tokens.gap(index) == Gap::None;
    let initial =
        |index: usize| letter(index) && tokens.is_mark(index + 1, '.') && glued(index + 1);
    // «Б-Д.М.»
    let double = |index: usize| {
        letter(index)
            && tokens.kind(index + 1) == Some(TokenKind::Dash)
            && glued(index + 1)
            && glued(index + 2)
    };
    let mut next = at + if double(at) { 2 } else { 0 };
    let first = next;
    while next < first + 4 && initial(next) && (next == first || tokens.continues(next)) {
        next += 2;
    }
    (next > first).then_some(next)
}

fn surname_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_capitalised(at) || tokens.length(at) < 2 {
        return None;
    }
    let double = tokens.kind(at + 1) == Some(TokenKind::Dash)
        && tokens.gap(at + 1) == Gap::None
        && tokens.is_word(at + 2)
        && tokens.gap(at + 2) == Gap::None;
    Some(if double { at + 3 } else { at + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_block_is_cut_at_tabs_and_blocks() {
        let text = Text::from_lines("от 12.03.2024\tс. Ключи\t№\t30п\nО границах");
        let tokens = Tokens::of(&text);
        let shown: Vec<&str> = pieces(&tokens, 0..tokens.len())
            .iter()
            .map(|piece| tokens.slice(piece.tokens.start, piece.tokens.end))
            .collect();
        assert_eq!(shown, ["от 12.03.2024", "с. Ключи", "№\t30п", "О границах"]);
    }

    #[test]
    fn spaced_letters_are_one_word() {
        for (line, word, end) in [
            ("П Р И К А З № 1", "приказ", 6),
            ("П Р И К А З  N 77-од", "приказ", 6),
            ("Приказ № 1", "приказ", 1),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            assert_eq!(
                word_or_spaced(&tokens, 0),
                Some((word.into(), end)),
                "{line}"
            );
        }
    }

    #[test]
    fn names_are_recognised_by_their_form() {
        for (line, is_name) in [
            ("Т. В. Кубышкина", true),
            ("Кубышкина Т.В.", true),
            ("А.Б.ВОДЯНИЦКИЙ", true),
            ("Ушакова Кира Вадимовна", true),
            ("М.Ю. Солнцева-Раменская", true),
            ("Б-Д.М. Ондар", true),
            ("Контроль за исполнением", false),
            ("Дата Ф.И.О.", false),
            ("Ф.И. Орлов", true),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            assert_eq!(
                name_end(&tokens, 0) == Some(tokens.len()),
                is_name,
                "{line}"
            );
        }
    }
}
