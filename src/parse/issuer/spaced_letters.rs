//! The name of a body as it is printed, its letters put together where they are set apart.
//!
//! In: the lines of a name. Out: the name on one line. Must never: join words that spaces divide.

use std::ops::Range;

use crate::lexicon::words::{WordClass, meanings};
use crate::parse::lexer::Tokens;
use crate::parse::pieces::{Piece, word_or_spaced};

/// The lines of a name, joined.
pub(super) fn on_one_line(tokens: &Tokens<'_>, name: &[Piece]) -> String {
    const ORGANS: [WordClass; 2] = [WordClass::Body, WordClass::Position];
    let lines: Vec<String> = name
        .iter()
        .map(|piece| {
            if let Some(line) = spaced_line(tokens, &piece.tokens) {
                return line;
            }
            match spaced_word(tokens, piece.tokens.start, &ORGANS) {
                // A body has one name, however its letters are set.
                Some((word, end)) if end >= piece.tokens.end => word,
                Some((word, end)) => word + " " + &tokens.one_line(&(end..piece.tokens.end)),
                None => tokens.one_line(&piece.tokens),
            }
        })
        .collect();
    lines.join(" ")
}

/// «А Д М И Н И С Т Р А Ц И Я  Г О Р О Д А»: a line of words in spaced letters, which wider spaces divide.
fn spaced_line(tokens: &Tokens<'_>, line: &Range<usize>) -> Option<String> {
    const FEWEST_LETTERS: usize = 8;
    let is_spaced = line.len() >= FEWEST_LETTERS
        && tokens.length(line.start) == 1
        && line
            .clone()
            .all(|index| tokens.is_word(index) && tokens.length(index) == 1);
    let printed = is_spaced.then(|| tokens.slice(line.start, line.end))?;
    printed.contains("  ").then(|| {
        let words = printed.split("  ").filter(|word| !word.trim().is_empty());
        words
            .map(|word| word.split_whitespace().collect::<String>())
            .collect::<Vec<_>>()
            .join(" ")
    })
}

/// «А Д М И Н И С Т Р А Ц И Я», «П Р Е М Ь Е Р»: a word of one of these classes in spaced letters, in capitals, and the
/// token behind it.
pub(super) fn spaced_word(
    tokens: &Tokens<'_>,
    at: usize,
    classes: &[WordClass],
) -> Option<(String, usize)> {
    if tokens.length(at) != 1 {
        return None;
    }
    let (word, end) = word_or_spaced(tokens, at)?;
    let belongs = end > at + 1
        && meanings(&word)
            .iter()
            .any(|meaning| classes.contains(&meaning.class));
    belongs.then(|| (word.to_uppercase(), end))
}
