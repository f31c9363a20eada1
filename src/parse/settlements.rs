//! Settlements as registrations name them: «г. Кедрогорск», «пгт Солнечногорка», «р.п. Лысые Горы».
//!
//! In: tokens and the place where one may stand. Out: where its name ends. Must never: take an initial for the mark of a
//! village.

use super::lexer::{Gap, TokenKind, Tokens};
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::{WordClass, meanings};

/// «г. Кедрогорск», «пгт Солнечногорка», «с. Верхние Ключи».
pub(crate) fn place_at(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<usize> {
    let name = settlement_mark_end(tokens, at)?;
    // «Д.Кедров» signs, and is no village.
    let is_initial = tokens.is_capitalised(at)
        && name == at + 2
        && tokens.length(at) == 1
        && tokens.word(at) != "г"
        && tokens.gap(name) == Gap::None
        && !tokens.is_all_capitals(name);
    (name < end && tokens.is_capitalised(name) && tokens.gap(name) <= Gap::Space && !is_initial)
        .then(|| settlement_end(tokens, name, end))
}

/// The token after «г.», «пгт», «р.п.», «ст-ца».
fn settlement_mark_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// «п.г.т.» has three.
    const MOST_LETTERS: usize = 3;
    let glued = |index: usize| tokens.gap(index) == Gap::None;
    if tokens.is_word(at)
        && tokens.kind(at + 1) == Some(TokenKind::Dash)
        && glued(at + 1)
        && glued(at + 2)
    {
        let whole = format!("{}{}", tokens.word(at), tokens.word(at + 2));
        return is_settlement(&whole).then_some(at + 3);
    }
    let mut letters = String::new();
    let mut next = at;
    while letters.chars().count() < MOST_LETTERS
        && tokens.length(next) == 1
        && tokens.is_word(next)
        && (next == at || glued(next))
        && tokens.is_mark(next + 1, '.')
        && glued(next + 1)
    {
        letters.push_str(tokens.word(next));
        next += 2;
    }
    if next > at + 2 {
        return is_settlement(&letters).then_some(next);
    }
    tokens.meaning(at, WordClass::Settlement)?;
    Some(at + 1 + usize::from(tokens.is_mark(at + 1, '.')))
}

/// The token after «а.», «ж/д ст.», «у.» before a name: between date and number stands nothing but a place, whatever
/// settlements are called there.
pub(crate) fn abbreviated_mark_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// «ж/д пл.»
    const MOST_WORDS: usize = 3;
    const LONGEST: usize = 4;
    let mut next = at;
    let mut dotted = false;
    let mut behind_slash = false;
    for _ in 0..MOST_WORDS {
        let is_part =
            tokens.is_word(next) && !tokens.is_capitalised(next) && tokens.length(next) <= LONGEST;
        let glued =
            |mark: char| tokens.is_mark(next + 1, mark) && tokens.gap(next + 1) == Gap::None;
        let (stop, slash) = (glued('.'), glued('/'));
        // «д» of «ж/д»
        if !is_part || !(stop || slash || behind_slash) {
            break;
        }
        next += 1 + usize::from(stop || slash);
        dotted = stop;
        behind_slash = slash;
    }
    (dotted && tokens.is_capitalised(next) && tokens.gap(next) <= Gap::Space).then_some(next)
}

fn is_settlement(mark: &str) -> bool {
    meanings(mark)
        .iter()
        .any(|meaning| meaning.class == WordClass::Settlement)
}

/// The end of a settlement's name of one to three capitalised words, hyphens included.
pub(crate) fn settlement_end(tokens: &Tokens<'_>, name: usize, end: usize) -> usize {
    let mut next = name + 1;
    while next < end && next < name + 7 && tokens.gap(next) <= Gap::Space {
        let hyphen = tokens.kind(next) == Some(TokenKind::Dash)
            && tokens.gap(next) == Gap::None
            && (tokens.is_word(next + 1) || tokens.is_number(next + 1))
            && tokens.gap(next + 1) == Gap::None;
        if hyphen && next + 1 < end {
            next += 2;
        } else if tokens.is_capitalised(next)
            && tokens.length(next) > 2
            && tokens.meaning(next, WordClass::Caption).is_none()
        {
            next += 1;
        } else if begins_as(StemClass::Municipality, tokens.word(next))
            && ["ой", "ого", "его"]
                .iter()
                .any(|ending| next > name + 1 && tokens.word(next - 1).ends_with(ending))
        {
            // «с. Ключи Лесного района Кедровой области»
            next += 1;
        } else {
            break;
        }
    }
    next
}
