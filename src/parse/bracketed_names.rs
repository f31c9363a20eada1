//! Brackets in a letterhead: a short name, or the place where a body works.
//!
//! In: tokens and the lines of a letterhead, one after another. Out: what the bracket is that the line stands in. Must
//! never: leave out a part of the name.

use std::ops::Range;

use super::lexer::Tokens;
use crate::lexicon::stems::{StemClass, begins_as};

/// A bracket in a letterhead, which may run over several lines, and whether its last line was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    None,
    /// «(ЛЕСНОГО И БЕРЕГОВОГО РАЙОНОВ / КЕДРОВОЙ ОБЛАСТИ)»: where the body works, as commissariats are named.
    Name(bool),
    /// «(МБОУ «Лесная СОШ»)»: a short name.
    Detail(bool),
}

impl Bracket {
    /// The state behind one more line.
    pub(super) fn behind(self, tokens: &Tokens<'_>, line: &Range<usize>) -> Self {
        let closed = line.clone().any(|index| tokens.is_mark(index, ')'));
        match self {
            Self::Name(false) => Self::Name(closed),
            Self::Detail(false) => Self::Detail(closed),
            _ if !tokens.is_mark(line.start, '(') => Self::None,
            // «(СЕЛЬСКОЕ ПОСЕЛЕНИЕ) ЛЕСНОГО РАЙОНА»: the name goes on behind the bracket.
            _ if line
                .clone()
                .find(|&index| tokens.is_mark(index, ')'))
                .is_some_and(|close| {
                    close + 2 < line.end
                        && is_of_a_territory(tokens, line.end - 1)
                        && !(close..line.end).any(|index| tokens.is_number(index))
                }) =>
            {
                Self::Name(true)
            }
            _ if says_where(tokens, line) => Self::Name(closed),
            _ => Self::Detail(closed),
        }
    }
}

/// «(города Лесного», «(ЛЕСНОГО РАЙОНА», «(ЛЕСНОГО И БЕРЕГОВОГО РАЙОНОВ»: a territory in the genitive.
fn says_where(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    let first = tokens.word(line.start + 1);
    let genitive = ["ого", "его", "ой", "ых", "их"]
        .iter()
        .any(|ending| first.ends_with(ending))
        || matches!(first, "города" | "района" | "округа");
    genitive
        && line.clone().any(|index| {
            let word = tokens.word(index);
            begins_as(StemClass::Municipality, word) || word.starts_with("район")
        })
}

/// «района», «округа», «поселения», behind the name of the territory.
fn is_of_a_territory(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(
        tokens.word(at),
        "района" | "округа" | "поселения" | "области" | "края"
    )
}
