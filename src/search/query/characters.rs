//! The characters of a line as typed, or as copied out of a word processor → those that the grammars know: one hyphen,
//! no marks of possible line ends, nothing invisible, «ё» and «й» in one piece.
//!
//! In: a line. Out: the same line with such characters evened out, and what stood where. Must never: change a letter or
//! figure to another one.

use super::spelling::{Respelled, Rewriting};
use crate::text::{Span, is_invisible, is_rewritten};

/// The line with its characters evened out.
pub(super) fn even(line: &str) -> Respelled {
    let mut rewriting = Rewriting::of(line);
    let mut before = None;
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let typed = Span::new(at, at + character.len_utf8());
        match (character, next) {
            // A hyphen, and one that must not end a line.
            ('\u{2010}' | '\u{2011}', _) => rewriting.change(typed, "-"),
            // A hyphen that stands only at the end of a line; between a figure and a letter it was meant for one.
            ('\u{ad}', _) => {
                let in_a_number = before.is_some_and(|c: char| c.is_ascii_digit())
                    && next.is_some_and(char::is_alphabetic);
                rewriting.change(typed, if in_a_number { "-" } else { "" });
            }
            // «74\1»
            ('\\', Some('0'..='9')) if before.is_some_and(|c: char| c.is_ascii_digit()) => {
                rewriting.change(typed, "/");
            }
            // What has no width, and what no key writes.
            (sign, _) if sign != ' ' && is_rewritten(sign) => {
                rewriting.change(typed, if is_invisible(sign) { "" } else { " " });
            }
            // «ПлатоновА.И.»: initials that nothing sets apart from the surname.
            (letter, Some('.'))
                if letter.is_uppercase()
                    && before.is_some_and(char::is_lowercase)
                    && begins_with_initials(&line[at..]) =>
            {
                rewriting.change(Span::new(at, at), " ");
            }
            (letter, Some(mark)) => {
                if let Some(whole) = composed(letter, mark) {
                    characters.next();
                    let both = Span::new(at, typed.end + mark.len_utf8());
                    rewriting.change(both, whole);
                }
            }
            _ => {}
        }
        before = Some(character);
    }
    rewriting.finish()
}

/// «А.И»
fn begins_with_initials(text: &str) -> bool {
    let letters: Vec<char> = text.chars().take(4).collect();
    matches!(letters[..], [first, '.', second, ..] if first.is_uppercase() && second.is_uppercase())
        && letters.get(3).is_none_or(|behind| !behind.is_alphabetic())
}

/// A Russian letter that was taken apart into a letter and its mark, as some systems keep names of files.
fn composed(letter: char, mark: char) -> Option<&'static str> {
    Some(match (letter, mark) {
        ('е', '\u{308}') => "ё",
        ('Е', '\u{308}') => "Ё",
        ('и', '\u{306}') => "й",
        ('И', '\u{306}') => "Й",
        _ => return None,
    })
}

/// Whether a text is figures and nothing else.
pub(super) fn are_figures(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_evened_out() {
        for (typed, even_line) in [
            ("273\u{2011}ФЗ ст. 28", "273-ФЗ ст. 28"),
            ("12\u{2010}ОД", "12-ОД"),
            ("273\u{ad}ФЗ", "273-ФЗ"),
            ("обра\u{ad}зование", "образование"),
            ("Семе\u{308}нов", "Семёнов"),
            ("Андреи\u{306}", "Андрей"),
            ("74\\1", "74/1"),
            ("ПлатоновА.И.", "Платонов А.И."),
            ("СанПиН. П. 5", "СанПиН. П. 5"),
            ("а\\б", "а\\б"),
            ("149–ФЗ", "149–ФЗ"),
            ("149\u{200b}-ФЗ\u{feff}", "149-ФЗ"),
            ("приказ\u{80}12", "приказ 12"),
        ] {
            assert_eq!(even(typed).line, even_line, "{typed:?}");
        }
    }

    #[test]
    fn places_lead_back_to_what_was_typed() {
        let typed = "обра\u{ad}з 12\u{2011}од )";
        let line = even(typed);
        let at = |word: &str, line: &str| {
            let start = line.find(word).unwrap();
            Span::new(start, start + word.len())
        };
        assert_eq!(line.as_typed(at(")", &line.line)), at(")", typed));
        assert_eq!(line.as_typed(at("12", &line.line)), at("12", typed));
    }
}
