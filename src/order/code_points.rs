//! UTF-8 bytes → Unicode code points.
//!
//! In: a text. Out: how many code points stand before a byte of it. Must never: count from the beginning
//! for every span.

/// Counts code points up to a byte offset, in constant time after one pass over the text.
pub(super) struct CodePoints<'a> {
    text: &'a str,
    /// Code points before each [`Self::STRIDE`] bytes.
    marks: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    /// Bytes between two marks: a look-up scans at most this many.
    const STRIDE: usize = 64;

    pub(super) fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STRIDE + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(Self::STRIDE) {
            marks.push(count);
            count += starts_in(chunk);
        }
        marks.push(count);
        Self { text, marks }
    }

    pub(super) fn at_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = byte / Self::STRIDE;
        self.marks[mark] + starts_in(&self.text.as_bytes()[mark * Self::STRIDE..byte])
    }
}

/// How many characters start in these bytes.
fn starts_in(bytes: &[u8]) -> usize {
    // At most a stride of bytes is counted at once, which a byte holds; so the compiler counts many side by side.
    let starts: u8 = bytes.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum();
    usize::from(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_at_every_character_boundary() {
        for text in ["", "a", "приказ № 5 — «ё» 🙂 конец", &"я🙂a".repeat(100)]
        {
            let counter = CodePoints::new(text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(counter.at_byte(byte), count, "byte {byte} of {text:?}");
            }
            assert_eq!(counter.at_byte(text.len()), text.chars().count());
        }
    }
}
