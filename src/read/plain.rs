//! Plain text: the encoding is told by its letters.
//!
//! In: bytes of no other known format. Out: [`Text`], one block per non-empty line; which lines are one
//! paragraph, the parser tells.
//! Must never: take noise for text.

use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use super::{Limits, ReadError};
use crate::text::{Alignment, Origin, Text, TextBuilder};

/// How much of a file is looked at to tell its encoding, in bytes.
const SAMPLE_BYTES: usize = 64 << 10;

/// What ends a line, or a page.
const ENDS: [char; 7] = [
    '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
];

/// Most characters of a text that may be control characters, in a thousand.
const MAX_CONTROLS_PER_MILLE: usize = 20;

/// Reads plain text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, ReadError> {
    if bytes.len() > limits.text_bytes {
        return Err(ReadError::TooLarge {
            what: "размер текста",
            limit: format!("{} МБ", limits.text_bytes >> 20),
        });
    }
    let encoding = encoding(bytes).ok_or(ReadError::NotADocument)?;
    let (text, _, _) = encoding.decode(bytes);
    let mut builder = TextBuilder::default();
    let lines = text
        .split(ENDS)
        .map(str::trim)
        .filter(|line| !line.is_empty());
    for (count, line) in lines.enumerate() {
        if count >= limits.blocks {
            return Err(ReadError::TooLarge {
                what: "число строк",
                limit: limits.blocks.to_string(),
            });
        }
        builder.start(Origin::Body, Alignment::Start);
        for (index, column) in columns(line).enumerate() {
            if index > 0 {
                builder.push_str("\t");
            }
            builder.push_str(column);
        }
    }
    Ok(builder.into_text())
}

/// Spaces that set a column apart; between the words of a justified line, and in a form that was filled in, there
/// are up to five.
const COLUMN_GAP: &str = "      ";

/// What stands beside each other on a line: «ПРИКАЗ      № 5», position and name of a signature.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    line.split(COLUMN_GAP)
        .map(str::trim)
        .filter(|column| !column.is_empty())
}

/// The encoding of a text: by its mark, as UTF-8 if it is that, or else the Cyrillic one in which
/// it reads most like Russian.
pub(super) fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    for (encoding, first) in [(UTF_16LE, 1), (UTF_16BE, 0)] {
        if is_wide(sample, first) {
            return Some(encoding);
        }
    }
    let controls = sample
        .iter()
        .filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace());
    if controls.count() * 1000 > sample.len() * MAX_CONTROLS_PER_MILLE {
        return None;
    }
    if is_utf8(sample) {
        return Some(UTF_8);
    }
    [WINDOWS_1251, KOI8_R, IBM866]
        .into_iter()
        .map(|encoding| (likeness(&encoding.decode(sample).0), encoding))
        .filter(|&(likeness, _)| likeness > 0)
        .max_by_key(|&(likeness, _)| likeness)
        .map(|(_, encoding)| encoding)
}

/// Whether a text is in UTF-8: it has no other bytes, or so few that it must be a damaged one. In other
/// encodings Russian letters do not make characters of UTF-8.
fn is_utf8(sample: &[u8]) -> bool {
    /// A damaged text has so many characters of several bytes for one that is none.
    const WHOLE_FOR_BROKEN: usize = 20;
    let (mut whole, mut broken) = (0, 0);
    for chunk in sample.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || whole >= broken * WHOLE_FOR_BROKEN
}

/// Whether a text is in UTF-16, the upper bytes of its characters first at `first`: those of spaces
/// and figures are 0, those of Russian letters 4, and no text of single bytes has such bytes.
fn is_wide(sample: &[u8], first: usize) -> bool {
    let upper = sample.iter().skip(first).step_by(2);
    let telling = upper.clone().filter(|byte| matches!(byte, 0 | 4)).count();
    telling * 10 > upper.count() * 8
}

/// How much a text reads like Russian: the common letters inside words count for it; a capital
/// after a small letter, and signs that Russian does not use, against it.
fn likeness(text: &str) -> i64 {
    let mut score = 0;
    let mut last = ' ';
    for character in text.chars() {
        score += match character {
            'о' | 'е' | 'а' | 'и' | 'н' | 'т' | 'с' | 'р' | 'в' | 'л' => 3,
            'А'..='Я' | 'Ё' if last.is_lowercase() => -4,
            'а'..='я' | 'ё' | 'А'..='Я' | 'Ё' | '№' | '«' | '»' | '–' | '—' => 1,
            c if c.is_ascii() || c == '\u{a0}' => 0,
            _ => -4,
        };
        last = character;
    }
    score
}

#[cfg(test)]
mod tests {
    use encoding_rs::{IBM866, KOI8_R, UTF_8, WINDOWS_1251};

    use super::read;
    use crate::read::Limits;

    const ORDER: &str = "ПРИКАЗ N 21-б\r\nот 03.04.2024\r\n\u{c}Приложение\r1. Ёж";
    const LINES: &str = "ПРИКАЗ N 21-б\nот 03.04.2024\nПриложение\n1. Ёж";

    #[test]
    fn every_encoding_is_told() {
        for encoding in [UTF_8, WINDOWS_1251, KOI8_R, IBM866] {
            let bytes = encoding.encode(ORDER).0;
            let text = read(&bytes, &Limits::default()).unwrap();
            assert_eq!(text.plain, LINES, "{}", encoding.name());
        }
        for mark in ["", "\u{feff}"] {
            let units: Vec<u16> = mark.encode_utf16().chain(ORDER.encode_utf16()).collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            for bytes in [little, big] {
                let text = read(&bytes, &Limits::default()).unwrap();
                assert_eq!(text.plain, LINES, "{:?}", bytes.get(..4));
            }
        }
        let mut damaged = ORDER.repeat(3).into_bytes();
        damaged[1] = b'?';
        assert!(
            read(&damaged, &Limits::default())
                .unwrap()
                .plain
                .contains("РИКАЗ")
        );
        assert!(read(b"\x01\x02\x03\x00\x07\x0e", &Limits::default()).is_err());
    }
}
