//! What opening a PDF would take, found out before anything opens it.
//!
//! The streams of a PDF are compressed, up to a thousand times and one compression inside the other. Whatever
//! the file says of them, every place where a stream may begin is tried: what it inflates to is counted and
//! dropped. Pictures need no counting: the text is not in them, so their data is overwritten.
//!
//! In: the bytes of a file. Out: a copy without pictures that takes no more than the limits to open, or a
//! [`ReadError`]. Must never: believe a length, or keep what it inflates.

use flate2::{Decompress, FlushDecompress, Status};

use super::FORMAT;
use crate::read::{Limits, ReadError};

/// Most bytes that a stream may inflate to: 16 MiB. The page of a map takes 10, a whole font up to 15; forms
/// nest 28 deep at most and are inflated anew each time.
const MAX_STREAM_BYTES: usize = 16 << 20;

/// How far before its data the dictionary of a stream begins, at most. Those of pictures are the longest; they
/// take some 600 bytes.
const MAX_DICTIONARY_BYTES: usize = 4 << 10;

/// A search for the end of a stream goes over other streams if its length is wrong. All searches together may
/// go over the file so many times.
const MAX_SEARCHES: usize = 16;

/// What a chunk is inflated into before it is dropped.
const CHUNK_BYTES: usize = 64 << 10;

/// A copy of the file that is safe to open.
pub(super) fn weighed(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    // Streams of an encrypted file cannot be weighed.
    if find(bytes, b"/Encrypt", 0).is_some() {
        return Err(ReadError::Encrypted { what: "a PDF" });
    }
    let mut trailers = memchr::memmem::find_iter(bytes, b"trailer");
    if trailers.any(|at| hides_names(&bytes[at..bytes.len().min(at + MAX_DICTIONARY_BYTES)])) {
        return Err(odd());
    }
    let mut copy = bytes.to_vec();
    let mut scales = Scales {
        limit: limits.total_bytes,
        room: limits.total_bytes,
        searches: bytes.len().saturating_mul(MAX_SEARCHES).max(1 << 20),
        chunk: vec![0; CHUNK_BYTES],
    };
    let mut from = 0;
    while let Some(keyword) = find(bytes, b"stream", from) {
        from = keyword + b"stream".len();
        let Some(start) = data_start(bytes, from) else {
            continue;
        };
        let end = find(bytes, b"endstream", start).unwrap_or(bytes.len());
        scales.search(end - start)?;
        let dictionary = dictionary_before(bytes, keyword);
        if is_picture(dictionary) {
            // No compression makes anything of these.
            copy[start..end].fill(0xff);
            from = end;
        } else {
            scales.weigh(&bytes[start..], dictionary)?;
        }
    }
    Ok(copy)
}

/// What may still be inflated and searched.
struct Scales {
    limit: usize,
    room: usize,
    searches: usize,
    chunk: Vec<u8>,
}

impl Scales {
    fn search(&mut self, length: usize) -> Result<(), ReadError> {
        self.searches = self
            .searches
            .checked_sub(length)
            .ok_or(ReadError::Damaged {
                format: FORMAT,
                detail: "its streams have no ends".to_owned(),
            })?;
        Ok(())
    }

    /// Counts what a stream becomes that begins with `data`, wherever it ends.
    fn weigh(&mut self, data: &[u8], dictionary: &[u8]) -> Result<(), ReadError> {
        let has = |name: &[u8]| find(dictionary, name, 0).is_some();
        let is_twice = count(dictionary, b"/FlateDecode") + count(dictionary, b"/Fl ") > 1;
        let is_other = has(b"/LZW") || has(b"/RunLengthDecode") || has(b"/RL ") || has(b"/RL]");
        if is_twice || is_other || is_indirect(dictionary, b"/Filter") || hides_names(dictionary) {
            return Err(odd());
        }
        let in_base_85 = has(b"/ASCII85Decode") || has(b"/A85");
        let bytes = if in_base_85 || has(b"/ASCIIHexDecode") || has(b"/AHx") {
            let last = if in_base_85 { b'~' } else { b'>' };
            let length = memchr::memchr(last, data).unwrap_or(data.len());
            self.search(length)?;
            self.inflated(&from_ascii(&data[..length], in_base_85))
        } else {
            self.inflated(data)
        };
        if bytes > MAX_STREAM_BYTES {
            return Err(ReadError::TooLarge {
                what: "a stream of it, when inflated,",
                limit: format!("{} MiB", MAX_STREAM_BYTES >> 20),
            });
        }
        self.room = self.room.checked_sub(bytes).ok_or(ReadError::TooLarge {
            what: "what is compressed in it, when inflated,",
            limit: format!("{} MiB", self.limit >> 20),
        })?;
        Ok(())
    }

    /// How many bytes `data` inflates to, counted until there are too many; 0 if it is not compressed.
    fn inflated(&mut self, data: &[u8]) -> usize {
        let with_header = self.counted(data, true);
        if with_header > 0 {
            return with_header;
        }
        // Where the header is broken, readers try without.
        let behind = self.counted(data.get(2..).unwrap_or_default(), false);
        self.counted(data, false).max(behind)
    }

    fn counted(&mut self, data: &[u8], with_header: bool) -> usize {
        let mut stream = Decompress::new(with_header);
        let mut count = 0;
        while count <= MAX_STREAM_BYTES {
            let (read, written) = (stream.total_in(), stream.total_out());
            let rest = usize::try_from(read).ok().and_then(|read| data.get(read..));
            let status = stream.decompress(
                rest.unwrap_or_default(),
                &mut self.chunk,
                FlushDecompress::None,
            );
            count = usize::try_from(stream.total_out()).unwrap_or(usize::MAX);
            let stands_still = read == stream.total_in() && written == stream.total_out();
            if stands_still || !matches!(status, Ok(Status::Ok)) {
                break;
            }
        }
        count
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

/// What stands between the beginning of the object and the keyword of its stream.
fn dictionary_before(bytes: &[u8], keyword: usize) -> &[u8] {
    let from = keyword.saturating_sub(MAX_DICTIONARY_BYTES);
    let window = &bytes[from..keyword];
    let start = (0..window.len().saturating_sub(2))
        .rev()
        .find(|&at| window[at..].starts_with(b"obj"))
        .unwrap_or(0);
    &window[start..]
}

/// Whether a dictionary says that its stream is a picture, and nothing else that would have it read.
fn is_picture(dictionary: &[u8]) -> bool {
    let has = |name: &[u8]| find(dictionary, name, 0).is_some();
    (has(b"/Subtype/Image") || has(b"/Subtype /Image")) && has(b"/Width") && !has(b"/First")
}

/// Whether the value of a key is kept in another object.
fn is_indirect(dictionary: &[u8], key: &[u8]) -> bool {
    find(dictionary, key, 0).is_some_and(|at| {
        let value = dictionary[at + key.len()..].trim_ascii_start();
        value.first().is_some_and(u8::is_ascii_digit)
    })
}

/// The error for streams that cannot be weighed.
fn odd() -> ReadError {
    ReadError::Damaged {
        format: FORMAT,
        detail: "a stream in it is compressed in a way that is not read".to_owned(),
    }
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

/// What the figures of ASCII85 or of hexadecimal notation stand for.
fn from_ascii(text: &[u8], is_base_85: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let (base, length, first) = if is_base_85 {
        (85_u32, 5, b'!')
    } else {
        (16, 2, 0)
    };
    let (mut group, mut digits) = (0_u32, 0);
    for &byte in text {
        let digit = match byte {
            b'z' if is_base_85 && digits == 0 => {
                bytes.extend([0; 4]);
                continue;
            }
            b'!'..=b'u' if is_base_85 => u32::from(byte - first),
            _ if is_base_85 => continue,
            _ => match char::from(byte).to_digit(16) {
                Some(digit) => digit,
                None => continue,
            },
        };
        group = group.wrapping_mul(base).wrapping_add(digit);
        digits += 1;
        if digits == length {
            let whole = group.to_be_bytes();
            bytes.extend_from_slice(if is_base_85 { &whole } else { &whole[3..] });
            (group, digits) = (0, 0);
        }
    }
    if is_base_85 && digits > 1 {
        for _ in digits..length {
            group = group.wrapping_mul(base).wrapping_add(base - 1);
        }
        bytes.extend_from_slice(&group.to_be_bytes()[..digits - 1]);
    }
    bytes
}

/// Where `needle` occurs at or behind `from`.
fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find(bytes.get(from..)?, needle).map(|at| from + at)
}

fn count(bytes: &[u8], needle: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, needle).count()
}
