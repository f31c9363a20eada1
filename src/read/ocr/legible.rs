//! What the recogniser took for a word, and is none: the rim of a stamp, a signature, a line of a table.
//!
//! In: a word with its confidence. Out: whether it belongs to the text.
//! Must never: leave out what looks like a word, a number or a sign of the text, however unsure: a finding says
//! what was left out, and a reader compares it with the picture.

use super::tesseract::Recognised;

/// Under this, marks without a letter or a digit are strokes of a pen.
const SURE_MARKS: f32 = 0.7;

/// Under this, Latin letters are strokes of a pen: what is printed in them is recognised with more.
const SURE_LATIN: f32 = 0.65;

/// Under this, anything is a stroke of a pen that does not look like a word or a number.
const SURE: f32 = 0.3;

/// Letters from which on a word of Cyrillic letters looks like one.
const LETTERS_OF_A_WORD: usize = 4;

/// Marks that no order is printed with: alone, they are lines of a table, edges of the sheet, or dust.
const LINES_AND_DUST: &str = "|\\=<>~^`{}";

/// Whether a word belongs to the text.
pub(super) fn is_legible(word: &Recognised) -> bool {
    if word.text.chars().all(|c| LINES_AND_DUST.contains(c)) {
        return false;
    }
    let text = word.text.trim_matches(|c: char| c.is_ascii_punctuation());
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    if !word
        .text
        .contains(|c: char| c.is_alphanumeric() || c == '№')
    {
        return word.confidence >= SURE_MARKS;
    }
    if letters().next().is_some() && letters().all(|c| c.is_ascii_alphabetic()) {
        return word.confidence >= SURE_LATIN;
    }
    word.confidence >= SURE || looks_like_a_word(text) || looks_like_a_number(text)
}

/// Cyrillic letters, with a hyphen or a full stop between them.
fn looks_like_a_word(text: &str) -> bool {
    let is_cyrillic = |c: char| matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё');
    text.chars().filter(|c| is_cyrillic(*c)).count() >= LETTERS_OF_A_WORD
        && text
            .chars()
            .all(|c| is_cyrillic(c) || matches!(c, '-' | '.'))
}

/// Digits with signs between them, as in a date, a time or a number of an act: one run of digits may be anything.
fn looks_like_a_number(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '.' | ',' | '/' | '-' | '–' | '—' | ':');
    text.chars().any(is_sign) && text.chars().all(|c| c.is_ascii_digit() || is_sign(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_are_left_out_and_words_stay() {
        for (text, confidence, expected) in [
            ("Повар", 0.0, true),
            ("10.48–18.00", 0.0, true),
            ("И.О.Иванов", 0.05, true),
            ("12-ОД", 0.35, true),
            ("№", 0.4, true),
            ("/", 0.75, true),
            ("Word", 0.9, true),
            ("а)", 0.62, true),
            ("7х", 0.11, false),
            ("Алесь,.-2", 0.03, false),
            ("4472", 0.14, false),
            ("<+-<", 0.02, false),
            ("|", 0.95, false),
            ("SDS", 0.61, false),
            ("(fn)", 0.41, false),
        ] {
            let word = Recognised {
                text: text.to_owned(),
                pixels: [0.0; 4],
                confidence,
            };
            assert_eq!(is_legible(&word), expected, "{text} {confidence}");
        }
    }
}
