//! What the filters of a stream make of it (ISO 32000-1, 7.4), so far as to weigh it.
//!
//! In: data that begins where the data of a stream begins, and a limit. Out: how many bytes it becomes, counted until
//! they are more than the limit, and these where another filter follows. Must never: give less than a reader makes
//! of it.

use flate2::{Decompress, FlushDecompress, Status};

/// What a chunk is inflated into before it is dropped.
const CHUNK_BYTES: usize = 16 << 10;

/// A filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    AsciiHex,
    Ascii85,
    Flate,
    Lzw,
    RunLength,
    /// One that makes a picture, or nothing that is text.
    Picture,
}

impl Filter {
    /// The filter of this name; readers pass over others.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"ASCIIHexDecode" | b"AHx" => Self::AsciiHex,
            b"ASCII85Decode" | b"A85" => Self::Ascii85,
            b"FlateDecode" | b"Fl" => Self::Flate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"DCTDecode" | b"DCT" | b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" | b"JPXDecode" => {
                Self::Picture
            }
            _ => return None,
        })
    }
}

/// What data inflates to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Inflated {
    /// How many bytes.
    pub(super) count: usize,
    /// The bytes, where they were asked for.
    pub(super) bytes: Vec<u8>,
    /// How many bytes of the data stand before an error.
    pub(super) broken: Option<usize>,
}

/// What `data` inflates to. Readers try it as zlib data, then without a header, then without minding errors.
pub(super) fn inflated(data: &[u8], limit: usize, keeps: bool) -> Inflated {
    let once = |from: usize, has_header: bool| {
        let rest = data.get(from..).unwrap_or_default();
        let mut found = inflated_once(rest, has_header, limit, keeps);
        found.broken = found.broken.map(|at| at + from);
        found
    };
    let (zlib, bare) = (once(0, true), once(0, false));
    let most = zlib.count.max(bare.count);
    let mut found = if zlib.broken.is_none() {
        zlib
    } else if bare.broken.is_some() && begins_as_zlib(data) {
        once(2, false)
    } else {
        bare
    };
    found.count = found.count.max(most);
    found
}

/// Whether data begins with a header (RFC 1950, 2.2) that asks for no dictionary.
fn begins_as_zlib(data: &[u8]) -> bool {
    matches!(data, &[first, second, ..]
        if first & 0x0f == 8 && second & 0x20 == 0 && u16::from_be_bytes([first, second]) % 31 == 0)
}

fn inflated_once(data: &[u8], has_header: bool, limit: usize, keeps: bool) -> Inflated {
    let mut stream = Decompress::new(has_header);
    let mut chunk = [0; CHUNK_BYTES];
    let mut found = Inflated::default();
    let mut at = 0;
    loop {
        let rest = data.get(at..).unwrap_or_default();
        let status = stream.decompress(rest, &mut chunk, FlushDecompress::None);
        let (before, count) = (at, found.count);
        at = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
        found.count = usize::try_from(stream.total_out()).unwrap_or(usize::MAX);
        if keeps {
            found
                .bytes
                .extend_from_slice(&chunk[..found.count.saturating_sub(count)]);
        }
        match status {
            Err(_) => {
                found.broken = Some(at);
                return found;
            }
            Ok(Status::StreamEnd) => return found,
            Ok(_) if found.count > limit || (at, found.count) == (before, count) => return found,
            Ok(_) => {}
        }
    }
}

/// How many bytes LZW data becomes, whether the length of its codes changes early or not.
pub(super) fn counted_lzw(data: &[u8], limit: usize) -> usize {
    counted_codes(data, limit, 1).max(counted_codes(data, limit, 0))
}

/// The same where the length of the codes changes so many codes early.
fn counted_codes(data: &[u8], limit: usize, early: usize) -> usize {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const MOST_ENTRIES: usize = 4096;
    // How long what each code stands for is.
    let mut lengths = vec![1_usize; END + 1];
    let mut previous: Option<usize> = None;
    let (mut buffer, mut bits) = (0_usize, 0_u32);
    let mut count = 0;
    let mut bytes = data.iter();
    loop {
        let width = match lengths.len() + early {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        while bits < width {
            let Some(&byte) = bytes.next() else {
                return count;
            };
            buffer = buffer << 8 | usize::from(byte);
            bits += 8;
        }
        bits -= width;
        let code = buffer >> bits & ((1 << width) - 1);
        buffer &= (1 << bits) - 1;
        match code {
            CLEAR => {
                lengths.truncate(END + 1);
                previous = None;
                continue;
            }
            END => return count,
            _ => {}
        }
        let next = previous.map(|previous| lengths[previous] + 1);
        let Some(length) = lengths
            .get(code)
            .copied()
            .or(next.filter(|_| code == lengths.len()))
        else {
            return count;
        };
        count += length;
        if count > limit {
            return count;
        }
        if let Some(next) = next
            && lengths.len() < MOST_ENTRIES
        {
            lengths.push(next);
        }
        previous = Some(code);
    }
}

/// How many bytes run-length data becomes.
pub(super) fn counted_runs(data: &[u8], limit: usize) -> usize {
    const END: u8 = 128;
    let (mut at, mut count) = (0, 0);
    while let Some(&length) = data.get(at) {
        let length = usize::from(length);
        match u8::try_from(length).unwrap_or(END) {
            END => break,
            ..END => {
                count += length + 1;
                at += length + 2;
            }
            _ => {
                count += 257 - length;
                at += 2;
            }
        }
        if count > limit {
            break;
        }
    }
    count
}

/// What the figures of ASCII85 or of hexadecimal notation stand for, until it is more than `limit` bytes.
pub(super) fn from_ascii(text: &[u8], is_base_85: bool, limit: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (base, length, first) = if is_base_85 {
        (85_u32, 5, b'!')
    } else {
        (16, 2, 0)
    };
    let (mut group, mut digits) = (0_u32, 0);
    for &byte in text {
        if bytes.len() > limit {
            return bytes;
        }
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
