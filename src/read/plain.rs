//! Plain text: the encoding is told by its letters.
//!
//! In: bytes of no other known format. Out: [`Text`], one block per non-empty line.
//! Must never: take noise for text.

use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use super::{Limits, ReadError};
use crate::text::{Alignment, Origin, Text, TextBuilder};

/// How much of a file is looked at to tell its encoding, in bytes.
const SAMPLE_BYTES: usize = 64 << 10;

/// Most characters of a text that may be control characters, in a thousand.
const MAX_CONTROLS_PER_MILLE: usize = 20;

/// Reads plain text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, ReadError> {
    if bytes.len() > limits.text_bytes {
        return Err(ReadError::TooLarge {
            what: "the length of its text",
            limit: format!("{} MiB", limits.text_bytes >> 20),
        });
    }
    let encoding = encoding(bytes).ok_or(ReadError::NotADocument)?;
    let (text, _, _) = encoding.decode(bytes);
    let mut builder = TextBuilder::default();
    for (count, line) in text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .enumerate()
    {
        if count >= limits.blocks {
            return Err(ReadError::TooLarge {
                what: "the number of its lines",
                limit: limits.blocks.to_string(),
            });
        }
        builder.start(Origin::Body, Alignment::Start);
        for (index, column) in columns(line.trim()).enumerate() {
            if index > 0 {
                builder.push_str("\t");
            }
            builder.push_str(column);
        }
        builder.finish();
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
    let zeros = zeros_in(sample.iter());
    if zeros * 4 > sample.len() {
        // UTF-16 without a mark: the zero bytes of spaces and figures tell the order.
        let odd = zeros_in(sample.iter().skip(1).step_by(2));
        let is_little = odd * 2 > zeros;
        return Some(if is_little { UTF_16LE } else { UTF_16BE });
    }
    let controls = sample
        .iter()
        .filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace());
    if controls.count() * 1000 > sample.len() * MAX_CONTROLS_PER_MILLE {
        return None;
    }
    // A sample may end inside a character.
    let is_utf8 = match std::str::from_utf8(sample) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && sample.len() < bytes.len(),
    };
    if is_utf8 {
        return Some(UTF_8);
    }
    [WINDOWS_1251, KOI8_R, IBM866]
        .into_iter()
        .map(|encoding| (likeness(&encoding.decode(sample).0), encoding))
        .filter(|&(likeness, _)| likeness > 0)
        .max_by_key(|&(likeness, _)| likeness)
        .map(|(_, encoding)| encoding)
}

fn zeros_in<'b>(bytes: impl Iterator<Item = &'b u8>) -> usize {
    bytes.map(|&byte| usize::from(byte == 0)).sum()
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
