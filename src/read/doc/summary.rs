//! What the file says about itself: the property set of its summary ([MS-OLEPS], section 2.20).
//!
//! In: the bytes of a stream. Out: [`Properties`] and the number of pages.
//! Must never: fail; what cannot be read is not known.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251, WINDOWS_1252};
use jiff::Timestamp;

use super::bytes::Bytes;
use crate::text::Properties;

/// Most values that are looked at; the format knows nineteen.
const MAX_VALUES: usize = 100;

/// Longest value that is kept, in bytes.
const MAX_VALUE_BYTES: usize = 4096;

// The values that are kept, and the one that says in which code page texts are.
const CODE_PAGE: u32 = 1;
const TITLE: u32 = 2;
const AUTHOR: u32 = 4;
const CREATED: u32 = 12;
const SAVED: u32 = 13;
const PAGES: u32 = 14;

/// Reads the properties and the number of pages.
pub(super) fn read(stream: &[u8]) -> (Properties, Option<u32>) {
    let set = Set::of(Bytes(stream));
    let value = |id| set.as_ref().and_then(|set| set.value(id));
    let encoding: &Encoding = match value(CODE_PAGE).and_then(|value| value.u16(4)) {
        Some(65001) => UTF_8,
        Some(1251) => WINDOWS_1251,
        _ => WINDOWS_1252,
    };
    let text = |id| {
        let value = value(id)?;
        let length = value.offset(4)?.min(MAX_VALUE_BYTES);
        let (text, _) = encoding.decode_without_bom_handling(value.slice(8, length)?);
        let text = text.trim_end_matches('\0').trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let properties = Properties {
        title: text(TITLE),
        author: text(AUTHOR),
        created: value(CREATED).and_then(moment),
        modified: value(SAVED).and_then(moment),
    };
    let pages = value(PAGES).and_then(|value| value.u32(4));
    (properties, pages.filter(|&pages| pages > 0))
}

/// The first property set of a stream.
struct Set<'b> {
    stream: Bytes<'b>,
    start: usize,
    count: usize,
}

impl<'b> Set<'b> {
    fn of(stream: Bytes<'b>) -> Option<Self> {
        /// Where the offset of the first set stands.
        const START_AT: usize = 44;
        let start = stream.offset(START_AT)?;
        let count = stream.offset(start.checked_add(4)?)?.min(MAX_VALUES);
        Some(Self {
            stream,
            start,
            count,
        })
    }

    /// The bytes of a value, its type first.
    fn value(&self, id: u32) -> Option<Bytes<'b>> {
        let entry = |index: usize| self.start + 8 + index * 8;
        let index = (0..self.count).find(|&index| self.stream.u32(entry(index)) == Some(id))?;
        let at = self
            .start
            .checked_add(self.stream.offset(entry(index) + 4)?)?;
        self.stream.0.get(at..).map(Bytes)
    }
}

/// A moment, counted in tenths of a microsecond from the year 1601.
fn moment(value: Bytes<'_>) -> Option<String> {
    /// From then to 1970, in seconds.
    const EPOCH: i64 = 11_644_473_600;
    let ticks = u64::from(value.u32(4)?) | u64::from(value.u32(8)?) << 32;
    let seconds = i64::try_from(ticks / 10_000_000).ok()? - EPOCH;
    let moment = Timestamp::from_second(seconds).ok()?;
    (seconds > -EPOCH).then(|| moment.to_string())
}
