//! Names that an order gives to acts: «(далее – Закон об образовании)», and where they are used.
//!
//! In: the words of a definition and tokens. Out: whether those words stand there, in some case. Must never:
//! look a name up; what a name stands for is the resolver's.

use super::lexer::Tokens;

/// A definition «(далее – X)» and the reference it stands for.
pub(crate) struct Definition {
    pub(crate) words: Vec<String>,
    pub(crate) printed: String,
    pub(crate) reference: usize,
}

/// Whether the words of a definition stand at `at` in some case.
pub(crate) fn matches_words(tokens: &Tokens<'_>, at: usize, words: &[String]) -> Option<usize> {
    if !tokens.is_capitalised(at) {
        return None;
    }
    let mut next = at;
    for word in words {
        while tokens.word(next).is_empty()
            && tokens.continues(next)
            && next > at
            && next < tokens.len()
        {
            next += 1;
        }
        if !same_word_inflected(word, tokens.word(next)) || next > at && !tokens.continues(next) {
            return None;
        }
        next += 1;
    }
    Some(next)
}

/// Whether two words share all but an ending.
fn same_word_inflected(a: &str, b: &str) -> bool {
    /// Russian case endings have at most three letters.
    const ENDING: usize = 3;
    if a == b {
        return true;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.chars().count(), b.chars().count());
    shared >= 3
        && a.saturating_sub(shared) <= ENDING
        && b.saturating_sub(shared) <= ENDING
        && !(a <= 4 && shared < a - 1)
}
