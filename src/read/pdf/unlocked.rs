//! A PDF that is encrypted and opens without a password, as if it were not encrypted.
//!
//! Programs encrypt what may be read and not printed or changed: the password of the reader is empty (ISO 32000-1,
//! 7.6.3). Nothing of such a file can be weighed before its streams are decrypted, and the crate that decrypts
//! opens what it decrypts. So the streams are put, without their filters, into a PDF of their own, where there is
//! nothing to open, and decrypted there.
//!
//! ```text
//! file ─▶ streams with their numbers ─▶ PDF of streams without filters ─▶ decrypted ─▶ back in their places
//! ```
//!
//! In: the bytes of a file. Out: a copy that says nothing of encryption. Must never: ask for a password, or open what
//! was not weighed. Strings outside of streams stay encrypted: nothing here reads them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use hayro_interpret::hayro_syntax::object::{ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::{Pdf, PdfData};

use super::dictionary::{Dictionary, MAX_DICTIONARY_BYTES, skip_blanks};
use super::streams::{Found, Streams, find};
use super::weight::{is_picture, weighed};
use super::{FORMAT, glyphs, refused};
use crate::read::{Limits, ReadError};

/// What says that a file is encrypted, and what stands there in the copy.
const ENCRYPT: &[u8] = b"/Encrypt";
const DECRYPTED: &[u8] = b"/Decrypt";

/// An object that was changed stands in the file again, under its number; each time in a PDF of its own. More often
/// than so many times, nobody saves a file.
const MAX_ROUNDS: usize = 64;

/// A file has a trailer for each time that it was saved; the last ones are looked at.
const MAX_TRAILERS: usize = 16;

/// Data of so many bytes is no longer empty, whatever encryption adds to it.
const NOT_EMPTY: usize = 48;

/// A file that is not encrypted as it is, another decrypted.
pub(super) fn unlocked<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Cow<'a, [u8]>, ReadError> {
    let encrypted = ReadError::Encrypted {
        what: "файл PDF"
    };
    if spells_otherwise(bytes, ENCRYPT) {
        return Err(encrypted);
    }
    let Some(at) = find(bytes, ENCRYPT, 0) else {
        return Ok(Cow::Borrowed(bytes));
    };
    let Some(key) = key(bytes) else {
        return Err(encrypted);
    };
    let mut copy = bytes.to_vec();
    let mut from = at;
    while let Some(at) = find(bytes, ENCRYPT, from) {
        from = at + ENCRYPT.len();
        copy[at..from].copy_from_slice(DECRYPTED);
    }
    let mut rounds: Vec<BTreeMap<Number, Range<usize>>> = Vec::new();
    let mut times: HashMap<Number, usize> = HashMap::new();
    for (number, place) in streams(bytes)? {
        let round = times.entry(number).or_default();
        if *round == rounds.len() {
            rounds.push(BTreeMap::new());
        }
        rounds[*round].insert(number, place);
        *round += 1;
    }
    if rounds.len() > MAX_ROUNDS {
        return Err(ReadError::TooLarge {
            what: "число изменений одного объекта",
            limit: MAX_ROUNDS.to_string(),
        });
    }
    // A file without streams has nothing to decrypt, and says by its key whether it asks for a password.
    if rounds.is_empty() {
        rounds.push(BTreeMap::new());
    }
    for streams in &rounds {
        decrypt(bytes, &key, streams, &mut copy, limits)?;
    }
    if find(&copy, ENCRYPT, 0).is_some() {
        return Err(encrypted);
    }
    Ok(Cow::Owned(copy))
}

/// Whether a name is spelled by the codes of its letters somewhere, as no program does: `/Encr#79pt`.
fn spells_otherwise(bytes: &[u8], name: &[u8]) -> bool {
    memchr::memchr_iter(b'#', bytes).any(|code| {
        // A letter takes three bytes at most.
        let from = code.saturating_sub(3 * name.len());
        let starts = (from..code).filter(|&at| bytes[at] == b'/');
        starts.into_iter().any(|start| {
            let mut at = start;
            let same = name.iter().all(|letter| {
                let (spelled, length) = match bytes.get(at..) {
                    Some([b'#', high, low, ..]) => (digits(*high, *low), 3),
                    Some([byte, ..]) => (Some(*byte), 1),
                    _ => (None, 0),
                };
                at += length;
                spelled == Some(*letter)
            });
            same && at > code
        })
    })
}

/// The byte that two hexadecimal digits stand for.
fn digits(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

/// What a file is encrypted with, as its trailer says it: `/Encrypt <<…>>/ID[…]`.
struct Key<'a> {
    encryption: &'a [u8],
    id: &'a [u8],
}

/// The number and the generation of an object.
type Number = (u32, u16);

/// What the last trailer of a file says of its encryption.
fn key(bytes: &[u8]) -> Option<Key<'_>> {
    let places = memchr::memmem::rfind_iter(bytes, ENCRYPT).take(MAX_TRAILERS);
    places.into_iter().find_map(|at| {
        let trailer = around(bytes, at)?;
        let value = trailer.value(bytes, ENCRYPT)?;
        let encryption = if value.starts_with(b"<<") {
            value
        } else {
            let (number, _) = number(value, 0)?;
            let object = object(bytes, number)?;
            &bytes[object.place]
        };
        Some(Key {
            encryption,
            id: trailer.value(bytes, b"/ID").unwrap_or(b"[]"),
        })
    })
}

/// The innermost dictionary around a place.
fn around(bytes: &[u8], at: usize) -> Option<Dictionary> {
    let from = at.saturating_sub(MAX_DICTIONARY_BYTES);
    memchr::memmem::rfind_iter(&bytes[from..at], b"<<").find_map(|start| {
        let found = Dictionary::at(bytes, from + start)?;
        found.place.contains(&at).then_some(found)
    })
}

/// The numbers of an object or a reference that begin at `at`, and where what follows them begins.
fn number(bytes: &[u8], at: usize) -> Option<(Number, usize)> {
    let figures = |at: usize| {
        let rest = bytes.get(at..)?;
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let figures = std::str::from_utf8(&rest[..length]).ok()?;
        Some((figures, skip_blanks(bytes, at + length)))
    };
    let (object, at) = figures(at)?;
    let (generation, at) = figures(at)?;
    Some(((object.parse().ok()?, generation.parse().ok()?), at))
}

/// The last dictionary of the file that has this number.
fn object(bytes: &[u8], number: Number) -> Option<Dictionary> {
    memchr::memmem::rfind_iter(bytes, b"obj").find_map(|word| {
        let is_it = number_before(bytes, word) == Some(number);
        is_it.then(|| Dictionary::at(bytes, skip_blanks(bytes, word + b"obj".len())))?
    })
}

/// The numbers before the word `obj`.
fn number_before(bytes: &[u8], word: usize) -> Option<Number> {
    /// Two numbers of ten and five figures with what parts them.
    const LONGEST: usize = 24;
    let from = word.saturating_sub(LONGEST);
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    let mut parts = bytes[from..word]
        .split(blank)
        .filter(|part| !part.is_empty())
        .rev();
    let generation = std::str::from_utf8(parts.next()?).ok()?.parse().ok()?;
    // The number may stand right behind what is before it: `endobj7 0 obj`.
    let object = parts.next()?;
    let figures = object
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let object = std::str::from_utf8(&object[object.len() - figures..]).ok()?;
    Some((object.parse().ok()?, generation))
}

/// The encrypted streams of a file by their numbers, with the places of their data.
fn streams(bytes: &[u8]) -> Result<Vec<(Number, Range<usize>)>, ReadError> {
    let mut found = Vec::new();
    let mut streams = Streams::of(bytes);
    while let Some(stream) = streams.next()? {
        streams.skip(&stream);
        let dictionary = &stream.dictionary;
        let is_open = dictionary.value(bytes, b"/Type") == Some(b"/XRef")
            || find(&bytes[dictionary.place.clone()], b"/Crypt", 0).is_some();
        if is_open || is_picture(bytes, dictionary) {
            continue;
        }
        if let Some(number) = number_before(bytes, dictionary.object) {
            found.push((number, stream.start..data_end(bytes, &stream)));
        }
    }
    Ok(found)
}

/// Where the data of a stream ends: where its length says if `endstream` is there, otherwise before the end of line
/// that stands before it.
fn data_end(bytes: &[u8], stream: &Found) -> usize {
    let Found { start, end, .. } = *stream;
    let length = stream.dictionary.value(bytes, b"/Length");
    let said = length
        .and_then(|length| std::str::from_utf8(length).ok()?.parse().ok())
        .and_then(|length: usize| start.checked_add(length));
    match (said, &bytes[start..end]) {
        (Some(said), _) if said <= end && end - said <= 2 => said,
        (_, [.., b'\r', b'\n']) => end - 2,
        (_, [.., b'\r' | b'\n']) => end - 1,
        _ => end,
    }
}

/// Writes what these streams say into their places in `copy`.
fn decrypt(
    bytes: &[u8],
    key: &Key<'_>,
    streams: &BTreeMap<Number, Range<usize>>,
    copy: &mut [u8],
    limits: &Limits,
) -> Result<(), ReadError> {
    let apart = weighed(&alone(bytes, key, streams), limits)?;
    let pdf =
        Pdf::new(PdfData::from(Arc::new(apart))).map_err(|error| refused(glyphs::ended(error)))?;
    for (&(number, generation), place) in streams {
        let number = ObjectIdentifier::new(number, generation.into());
        let Some(stream) = pdf.xref().get::<Stream<'_>>(number) else {
            continue;
        };
        let data = stream.raw_data();
        if data.is_empty() && place.len() > NOT_EMPTY {
            return Err(ReadError::Damaged {
                format: FORMAT,
                detail: "шифрование нарушено".to_owned(),
            });
        }
        let place = &mut copy[place.clone()];
        let length = data.len().min(place.len());
        place[..length].copy_from_slice(&data[..length]);
        // What the encryption added is nothing in any filter, and white space in a page.
        place[length..].fill(b'\n');
    }
    Ok(())
}

/// A PDF of these streams, without their filters.
fn alone(bytes: &[u8], key: &Key<'_>, streams: &BTreeMap<Number, Range<usize>>) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = String::from("xref\n");
    let mut enter = |number: u32, generation: u16, at: usize| {
        // Writing to a string does not fail.
        let _ = write!(table, "{number} 1\n{at:010} {generation:05} n\r\n");
    };
    let last = streams.keys().next_back().map_or(0, |(number, _)| *number);
    let [catalogue, pages, page] = [1, 2, 3].map(|next| last.saturating_add(next));
    let own = [
        (catalogue, format!("<</Type/Catalog/Pages {pages} 0 R>>")),
        (pages, format!("<</Type/Pages/Kids[{page} 0 R]/Count 1>>")),
        (
            page,
            format!("<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 9 9]>>"),
        ),
    ];
    for (number, object) in own {
        enter(number, 0, file.len());
        file.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    for (&(number, generation), place) in streams {
        enter(number, generation, file.len());
        let length = place.len();
        let head = format!("{number} {generation} obj\n<</Length {length}>>stream\n");
        file.extend_from_slice(head.as_bytes());
        file.extend_from_slice(&bytes[place.clone()]);
        file.extend_from_slice(b"\nendstream\nendobj\n");
    }
    let start = file.len();
    let size = page.saturating_add(1);
    file.extend_from_slice(table.as_bytes());
    file.extend_from_slice(format!("trailer\n<</Size {size}/Root {catalogue} 0 R/ID").as_bytes());
    file.extend_from_slice(key.id);
    file.extend_from_slice(ENCRYPT);
    file.extend_from_slice(key.encryption);
    file.extend_from_slice(format!(">>\nstartxref\n{start}\n%%EOF").as_bytes());
    file
}
