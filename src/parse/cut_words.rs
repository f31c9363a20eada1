//! Words in capitals that a recogniser cut, or took letters of for digits: «ПРИ КАЗ», «ПРИКА ЗЫВАЮ», «П Р И К А 3»,
//! «РАСП0РЯЖЕНИЕ»; in small letters where they are set apart: «п р и к а з ы ва ю».
//!
//! In: tokens and a place. Out: the word that names the kind of an order or by which it orders, whole, and the token
//! after it. Must never: join words that are none of these together.

use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::sign_at;
use super::registration::kind_named;
use crate::lexicon::words::{WordClass, meanings};

/// What the words begin with that headings and enacting words are made of: any other word is passed over at once.
const BEGINNINGS: [&str; 6] = [
    "приказ",
    "постанов",
    "распоряж",
    "решени",
    "указ",
    "обязыва",
];

/// Parts of a cut word: every letter may stand alone.
const MOST_PARTS: usize = 16;

/// A word that names a kind of orders, or an enacting word, in two or more parts.
pub(super) fn cut_word_at(tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let first = tokens.word(at);
    let may_begin = || {
        BEGINNINGS
            .iter()
            .any(|whole| whole.starts_with(first) || first.starts_with(whole))
    };
    // «п р и к а з ы ва ю»: small letters, two of which stand together.
    let small = is_small_part(tokens, at) && tokens.length(at) == 1 && tokens.length(at + 1) == 1;
    let is_part = |index: usize| {
        if small {
            is_small_part(tokens, index) && tokens.gap(index) == Gap::Space
        } else {
            is_part(tokens, index)
        }
    };
    if !(small || tokens.is_all_capitals(at)) || !is_part(at + 1) || !may_begin() {
        return None;
    }
    let mut word = first.to_owned();
    for end in at + 1..at + MOST_PARTS {
        if !is_part(end) {
            return None;
        }
        match tokens.word(end) {
            "3" => word.push('з'),
            "0" => word.push('о'),
            part => word.push_str(part),
        }
        // «ПРИКА3 N° 7»: the letter before a number is its sign.
        let is_sign =
            |index: usize| sign_at(tokens, index).is_some_and(|number| tokens.is_number(number));
        let goes_on = is_part(end + 1)
            && (tokens.length(end + 1) == 1 && !is_sign(end + 1)
                || tokens.gap(end + 1) == Gap::None);
        if !goes_on && is_wanted(&word) {
            return Some((word, end + 1));
        }
    }
    None
}

/// A part of a word in capitals behind its first, or a digit that looks like a letter.
fn is_part(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_digit = |index: usize| tokens.is_number(index) && tokens.length(index) == 1;
    let joined = match tokens.gap(at) {
        Gap::Space => true,
        Gap::None => is_digit(at) || at > 0 && is_digit(at - 1),
        _ => false,
    };
    joined
        && match tokens.kind(at) {
            Some(TokenKind::Word) => tokens.is_all_capitals(at),
            Some(TokenKind::Number) => matches!(tokens.word(at), "3" | "0"),
            _ => false,
        }
}

/// One or two small letters.
fn is_small_part(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_word(at) && !tokens.is_capitalised(at) && tokens.length(at) <= 2
}

fn is_wanted(word: &str) -> bool {
    kind_named(word).is_some()
        || meanings(word)
            .iter()
            .any(|meaning| meaning.class == WordClass::Enacting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn parts_in_capitals_are_one_word_where_it_is_known() {
        for (line, expected, rest) in [
            ("ПРИ КАЗ № 5", "приказ", "№ 5"),
            ("П РИКАЗ", "приказ", ""),
            ("П Р И К А 3 № 7", "приказ", "№ 7"),
            ("ПРИКА ЗЫВАЮ:", "приказываю", ":"),
            ("П РИКАЗЫВАЮ :", "приказываю", ":"),
            ("ПОСТА НОВЛЕ НИЕ", "постановление", ""),
            ("ПРИКА3 № 5", "приказ", "№ 5"),
            ("ПPИKA3 N° 5-к", "приказ", "N° 5-к"),
            ("РАСП0РЯЖЕНИЕ", "распоряжение", ""),
            ("ПРИКА3ЫВАЮ:", "приказываю", ":"),
            ("п р и к а з ы ва ю :", "приказываю", ":"),
            ("у к а за н", "-", "у к а за н"),
            ("ПРИКАЗ3", "-", "ПРИКАЗ3"),
            ("УКАЗ0 5", "-", "УКАЗ0 5"),
            ("ПРИКАЗ-3", "-", "ПРИКАЗ-3"),
            ("При каз", "-", "При каз"),
            ("ПРИ КАЗНЕ", "-", "ПРИ КАЗНЕ"),
            ("ПРИКАЗ ПО ШКОЛЕ", "-", "ПРИКАЗ ПО ШКОЛЕ"),
            ("У ЛЕСА", "-", "У ЛЕСА"),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let (word, end) = cut_word_at(&tokens, 0).unwrap_or(("-".to_owned(), 0));
            assert_eq!(
                (word.as_str(), tokens.slice(end, tokens.len())),
                (expected, rest),
                "{line}"
            );
        }
    }
}
