//! Where the streams of a PDF are.
//!
//! In: the bytes of a file. Out: every place where a stream may begin, whatever the file says of it, with its
//! dictionary. Must never: believe a length, or search longer than it takes to go over the file a few times.

use super::FORMAT;
use super::dictionary::{Before, Dictionary, MAX_DICTIONARY_BYTES};
use crate::read::ReadError;

/// A search for the end of a stream goes over other streams if its length is wrong. All searches together may
/// go over the file so many times, and over [`FREE_SEARCHES`] bytes of a small one.
const MAX_SEARCHES: usize = 16;
const FREE_SEARCHES: usize = 16 << 20;

/// The streams of a file, one after the other.
pub(super) struct Streams<'a> {
    bytes: &'a [u8],
    from: usize,
    searches: usize,
}

/// A place where a stream may begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) dictionary: Dictionary,
    /// Where its data begins.
    pub(super) start: usize,
    /// Where the next `endstream` stands.
    pub(super) end: usize,
}

impl<'a> Streams<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            from: 0,
            searches: bytes.len().saturating_mul(MAX_SEARCHES).max(FREE_SEARCHES),
        }
    }

    /// The next stream; it may begin in what seems to be the data of another.
    pub(super) fn next(&mut self) -> Result<Option<Found>, ReadError> {
        let bytes = self.bytes;
        while let Some(keyword) = find(bytes, b"stream", self.from) {
            self.from = keyword + b"stream".len();
            let Some(start) = data_start(bytes, self.from) else {
                continue;
            };
            if bytes[..keyword].ends_with(b"end") {
                continue;
            }
            let dictionary = match Dictionary::before(bytes, keyword) {
                Before::Dictionary(dictionary) => dictionary,
                Before::Nothing => {
                    self.search(MAX_DICTIONARY_BYTES)?;
                    continue;
                }
                Before::Odd => return Err(odd()),
            };
            let end = find(bytes, b"endstream", start).unwrap_or(bytes.len());
            self.search(end - dictionary.place.start)?;
            return Ok(Some(Found {
                dictionary,
                start,
                end,
            }));
        }
        Ok(None)
    }

    /// Goes on behind a stream.
    pub(super) fn skip(&mut self, found: &Found) {
        self.from = found.end;
    }

    /// Notes that so many bytes were searched.
    pub(super) fn search(&mut self, length: usize) -> Result<(), ReadError> {
        self.searches = self
            .searches
            .checked_sub(length)
            .ok_or(ReadError::Damaged {
                format: FORMAT,
                detail: "не найден конец потоков".to_owned(),
            })?;
        Ok(())
    }
}

/// The error for what cannot be weighed.
pub(super) fn odd() -> ReadError {
    ReadError::Damaged {
        format: FORMAT,
        detail: "неизвестный способ сжатия потока".to_owned(),
    }
}

/// Where the data of a stream begins whose keyword ends at `at`; nothing if this is no such keyword.
fn data_start(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)? {
        [b'\r', b'\n', ..] => Some(at + 2),
        [b'\r' | b'\n', ..] => Some(at + 1),
        _ => None,
    }
}

/// Where `needle` occurs at or behind `from`.
pub(super) fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find(bytes.get(from..)?, needle).map(|at| from + at)
}
