//! What opening a PDF would take, found out before anything opens it.
//!
//! The streams of a PDF are compressed, up to a thousand times and one compression inside the other. Whatever
//! the file says of where they are, every place where a stream may begin is tried: what it inflates to is counted
//! and dropped. Pictures need no counting: the text is not in them, so their data is overwritten. Readers go on
//! behind an error in a stream, each in a way of its own; where that could become too much, the copy ends there.
//!
//! In: the bytes of a file that is not encrypted. Out: a copy without pictures that takes no more than the limits to
//! open, or a [`ReadError`]. Must never: believe a length, or keep more than one stream of what it inflates.

use std::borrow::Cow;

use super::dictionary::Dictionary;
use super::filters::{Filter, counted_lzw, counted_runs, from_ascii, inflated};
use super::streams::{Found, Streams, find, odd};
use crate::read::{Limits, ReadError};

/// Most bytes that a stream may inflate to: 16 MiB. The page of a map takes 10, a whole font up to 15; forms
/// nest 28 deep at most and are inflated anew each time.
const MAX_STREAM_BYTES: usize = 16 << 20;

/// Most bytes that a byte of compressed data becomes (RFC 1951: two bits for 258 bytes).
const MAX_RATIO: usize = 1_032;

/// Most filters of a stream, one inside the other; programs use two.
const MAX_FILTERS: usize = 4;

/// A copy of the file that is safe to open.
pub(super) fn weighed(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut copy = bytes.to_vec();
    let mut scales = Scales {
        limit: limits.total_bytes,
        room: limits.total_bytes,
    };
    let mut streams = Streams::of(bytes);
    while let Some(stream) = streams.next()? {
        let filters = filters(bytes, &stream.dictionary)?;
        if is_picture(bytes, &stream.dictionary) {
            copy[stream.start..stream.end].fill(nothing(&filters));
            streams.skip(&stream);
        } else {
            let broken = scales.weigh(&bytes[stream.start..], &filters, &mut streams)?;
            if let Some(Broken { at, becomes }) = broken {
                let rest = stream.end.saturating_sub(stream.start + at);
                let all = at_most(becomes, rest);
                let stays = filters.len() == 1 && all <= MAX_STREAM_BYTES;
                scales.take(if stays { all } else { becomes })?;
                cut(
                    &mut copy,
                    bytes,
                    &stream,
                    if stays { at + rest } else { at },
                );
            }
        }
    }
    Ok(copy)
}

/// A stream that is broken behind so many bytes of its data, which become others.
struct Broken {
    at: usize,
    becomes: usize,
}

/// How much data becomes that so far becomes `count` bytes, and of which so many bytes stand behind an error.
fn at_most(count: usize, rest: usize) -> usize {
    count.saturating_add(rest.saturating_mul(MAX_RATIO))
}

/// What may still be inflated.
struct Scales {
    limit: usize,
    room: usize,
}

impl Scales {
    /// Counts what a stream becomes that begins with `data`, wherever it ends. Says where it is broken; what it
    /// becomes so far is not taken yet.
    fn weigh(
        &mut self,
        data: &[u8],
        filters: &[Filter],
        streams: &mut Streams<'_>,
    ) -> Result<Option<Broken>, ReadError> {
        let mut broken = None;
        let mut data = Cow::Borrowed(data);
        for (stage, filter) in filters.iter().enumerate() {
            let is_last = stage + 1 == filters.len();
            let mut becomes = Vec::new();
            let length = match filter {
                Filter::AsciiHex | Filter::Ascii85 => {
                    let is_base_85 = *filter == Filter::Ascii85;
                    let last = if is_base_85 { b'~' } else { b'>' };
                    let length = memchr::memchr(last, &data).unwrap_or(data.len());
                    streams.search(length)?;
                    becomes = from_ascii(&data[..length], is_base_85, MAX_STREAM_BYTES);
                    becomes.len()
                }
                Filter::Flate => {
                    let found = inflated(&data, MAX_STREAM_BYTES, !is_last);
                    becomes = found.bytes;
                    let becomes = found.count;
                    match found.broken {
                        Some(at) if stage == 0 => {
                            broken = Some(Broken { at, becomes });
                            0
                        }
                        Some(at) => at_most(becomes, data.len().saturating_sub(at)),
                        None => becomes,
                    }
                }
                Filter::Lzw if is_last => counted_lzw(&data, MAX_STREAM_BYTES),
                Filter::RunLength if is_last => counted_runs(&data, MAX_STREAM_BYTES),
                Filter::Lzw | Filter::RunLength => return Err(odd()),
                Filter::Picture => break,
            };
            self.take(length)?;
            data = Cow::Owned(becomes);
        }
        Ok(broken)
    }

    /// Takes so many bytes of the room that there is.
    fn take(&mut self, bytes: usize) -> Result<(), ReadError> {
        if bytes > MAX_STREAM_BYTES {
            return Err(ReadError::TooLarge {
                what: "размер одного из потоков после распаковки",
                limit: format!("{} МБ", MAX_STREAM_BYTES >> 20),
            });
        }
        self.room = self.room.checked_sub(bytes).ok_or(ReadError::TooLarge {
            what: "размер всех потоков после распаковки",
            limit: format!("{} МБ", self.limit >> 20),
        })?;
        Ok(())
    }
}

/// The filters that readers apply to a stream, in their order: `/F`, which inline pictures have, before `/Filter`.
fn filters(bytes: &[u8], dictionary: &Dictionary) -> Result<Vec<Filter>, ReadError> {
    let mut found = Vec::new();
    if hides_names(&bytes[dictionary.place.clone()]) {
        return Err(odd());
    }
    for key in [&b"/F"[..], b"/Filter"] {
        let value = match dictionary.value(bytes, key) {
            // The name of another file, which nobody opens.
            None | Some([b'(' | b'<', ..]) => continue,
            Some([b'[', names @ .., b']']) => names,
            Some(name @ [b'/', ..]) => name,
            Some(_) => return Err(odd()),
        };
        let mut names = value.trim_ascii_start();
        while let [b'/', name @ ..] = names {
            let length = name
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric())
                .count();
            found.extend(Filter::named(&name[..length]));
            names = name[length..].trim_ascii_start();
        }
        // A name that is kept elsewhere, or two lists of names.
        if !names.is_empty() || dictionary.keys(bytes, key).count() > 1 {
            return Err(odd());
        }
    }
    if found.len() > MAX_FILTERS {
        return Err(odd());
    }
    Ok(found)
}

/// What a picture is overwritten with, so that its first filter makes nothing of it, however long it is said to be.
fn nothing(filters: &[Filter]) -> u8 {
    match filters.first() {
        // The end of the data.
        Some(Filter::RunLength) => 0x80,
        // No header, no block, no code and no digit.
        _ => 0xff,
    }
}

/// Ends a stream in the copy behind so many bytes of its data: its length is no longer found, so that readers look
/// for where it ends.
fn cut(copy: &mut [u8], bytes: &[u8], stream: &Found, length: usize) {
    const END: &[u8] = b"\nendstream";
    for key in stream.dictionary.keys(bytes, b"/Length") {
        copy[key].copy_from_slice(b"/Broken");
    }
    let end = stream.start + length;
    if end + END.len() <= stream.end {
        copy[end..end + END.len()].copy_from_slice(END);
    }
}

/// Whether a dictionary says that its stream is a picture, and nothing else that would have it read.
pub(super) fn is_picture(bytes: &[u8], dictionary: &Dictionary) -> bool {
    let has = |name: &[u8]| dictionary.value(bytes, name).is_some();
    dictionary.value(bytes, b"/Subtype") == Some(b"/Image") && has(b"/Width") && !has(b"/First")
}

/// Whether a name spells a letter or a figure by its code, as no program does: `/Fl#61teDecode`.
fn hides_names(bytes: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = find(bytes, b"#", from) {
        from = at + 1;
        let Some([high, low]) = bytes.get(at + 1..at + 3) else {
            return false;
        };
        let code = [*high, *low];
        let spelled = std::str::from_utf8(&code)
            .ok()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let before = &bytes[at.saturating_sub(8)..at];
        let in_name = before
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'/')
            .any(|byte| *byte == b'/');
        if in_name && spelled.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            return true;
        }
    }
    false
}
