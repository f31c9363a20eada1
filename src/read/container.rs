//! A ZIP archive whose entries are the parts of a document (APPNOTE 6.3).
//!
//! In: the bytes of a file. Out: [`Container`], which inflates entries by name.
//! Must never: let an entry's name near the disk, or trust a declared size.

use std::collections::HashMap;
use std::io::Cursor;

use flate2::{Decompress, FlushDecompress, Status};
use zip::CompressionMethod;
use zip::ZipArchive;
use zip::result::ZipError;

use super::flaw::Flaw;
use super::{Limits, ReadError};

/// An opened archive.
pub(super) struct Container<'b> {
    bytes: &'b [u8],
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Index of each entry, by its name in lower case with forward slashes.
    entries: HashMap<String, usize>,
    /// Whether two entries bear one name.
    duplicated: bool,
    inflated_bytes: usize,
    limits: &'b Limits,
}

/// Why a part could not be taken out of the package.
#[derive(Debug)]
pub(super) enum PartError {
    /// The package has no such part.
    Missing,
    /// The part cannot be inflated.
    Damaged(Flaw),
    /// The file cannot be read at all.
    Fatal(ReadError),
}

impl<'b> Container<'b> {
    /// Opens the archive and lists its entries.
    pub(super) fn open(bytes: &'b [u8], limits: &'b Limits) -> Result<Self, ReadError> {
        if declared_entries(bytes) > limits.entries as u64 {
            return Err(ReadError::TooLarge {
                what: "число вложенных файлов",
                limit: limits.entries.to_string(),
            });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged {
            format: "архив ZIP или документ Word (.docx)",
            detail: "не читается его оглавление".to_owned(),
        })?;
        let entries = archive
            .file_names_raw()
            .enumerate()
            .map(|(index, name)| (normalised(&String::from_utf8_lossy(name)), index))
            .collect();
        Ok(Self {
            bytes,
            duplicated: archive.has_duplicate_names(),
            archive,
            entries,
            inflated_bytes: 0,
            limits,
        })
    }

    /// Whether two entries bear one name, so that programs may disagree on what the file says.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.duplicated
    }

    /// The limits that the package was opened with.
    pub(super) fn limits(&self) -> &'b Limits {
        self.limits
    }

    /// The names of the entries that are files, in the order of the archive.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.archive.file_names_raw();
        names
            .map(entry_name)
            .filter(|name| !name.ends_with('/'))
            .collect()
    }

    /// Whether the package has a part of this name.
    pub(super) fn has(&self, part: &str) -> bool {
        self.index_of(part).is_some()
    }

    /// The index of a part's entry: names are compared without regard to case (OPC, section
    /// 6.2.2.3), and a name with percent escapes is tried without them too.
    fn index_of(&self, part: &str) -> Option<usize> {
        let name = normalised(part);
        let unescaped = || {
            name.contains('%')
                .then(|| self.entries.get(&percent_decoded(&name)))
                .flatten()
        };
        self.entries.get(&name).or_else(unescaped).copied()
    }

    /// Inflates a part; the bytes really inflated are counted.
    pub(super) fn part(&mut self, part: &str) -> Result<Vec<u8>, PartError> {
        let index = self.index_of(part).ok_or(PartError::Missing)?;
        let allowed = self
            .limits
            .part_bytes
            .min(self.limits.total_bytes.saturating_sub(self.inflated_bytes));
        let damaged = |error: ZipError| PartError::Damaged(Flaw::Packing(error.to_string()));
        let entry = self.archive.by_index_raw(index).map_err(damaged)?;
        if entry.encrypted() {
            return Err(PartError::Fatal(ReadError::Encrypted {
                what: "архив ZIP с частями документа",
            }));
        }
        let start = usize::try_from(entry.data_start().unwrap_or_default()).ok();
        let length = usize::try_from(entry.compressed_size()).ok();
        let compressed = start
            .zip(length)
            .and_then(|(start, length)| self.bytes.get(start..start.checked_add(length)?))
            .ok_or(PartError::Damaged(Flaw::CutOff))?;
        let declared = usize::try_from(entry.size()).unwrap_or(usize::MAX);
        let method = entry.compression();
        let checksum = entry.crc32();
        drop(entry);
        let inflated = match method {
            CompressionMethod::Stored => {
                Ok(compressed.get(..allowed + 1).unwrap_or(compressed).to_vec())
            }
            CompressionMethod::Deflated => inflated(compressed, declared, allowed),
            other => Err(Flaw::Method(other.to_string())),
        }
        .map_err(PartError::Damaged)?;
        self.inflated_bytes = self.inflated_bytes.saturating_add(inflated.len());
        let ratio = inflated.len() / compressed.len().max(1);
        if inflated.len() > self.limits.ratio_floor_bytes && ratio > self.limits.compression_ratio {
            return Err(PartError::Fatal(ReadError::TooLarge {
                what: "степень сжатия одной из частей",
                limit: self.limits.compression_ratio.to_string(),
            }));
        }
        if inflated.len() > allowed {
            let (what, bytes) = if allowed < self.limits.part_bytes {
                (
                    "размер всех частей после распаковки",
                    self.limits.total_bytes,
                )
            } else {
                (
                    "размер одной из частей после распаковки",
                    self.limits.part_bytes,
                )
            };
            return Err(PartError::Fatal(ReadError::TooLarge {
                what,
                limit: format!("{} МБ", bytes >> 20),
            }));
        }
        if crc32fast::hash(&inflated) != checksum {
            return Err(PartError::Damaged(Flaw::Checksum));
        }
        Ok(inflated)
    }
}

/// The name of an entry: in UTF-8, or as archivers write names on a Russian Windows.
fn entry_name(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::IBM866.decode(name).0.into_owned(),
    }
}

/// Inflates a raw deflate stream, and stops when more than `allowed` bytes came out. The size that
/// the entry declares is a hint for the first allocation and bounds nothing.
fn inflated(compressed: &[u8], declared: usize, allowed: usize) -> Result<Vec<u8>, Flaw> {
    /// Most that deflate can make of a byte.
    const LARGEST_RATIO: usize = 1_032;
    /// Least room that is made for output, in bytes.
    const STEP: usize = 4 << 10;
    let largest = compressed.len().saturating_mul(LARGEST_RATIO).min(allowed);
    // One byte more lets the end of the stream be seen without another allocation.
    let mut inflated = Vec::with_capacity(declared.min(largest).saturating_add(1));
    let mut stream = Decompress::new(false);
    loop {
        let consumed = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
        let rest = compressed.get(consumed..).unwrap_or_default();
        let before = inflated.len();
        let status = stream
            .decompress_vec(rest, &mut inflated, FlushDecompress::Finish)
            .map_err(|error| Flaw::Packing(error.to_string()))?;
        if status == Status::StreamEnd || inflated.len() > allowed {
            return Ok(inflated);
        }
        if inflated.len() < inflated.capacity() && inflated.len() == before {
            return Err(Flaw::CutOff);
        }
        if inflated.len() == inflated.capacity() {
            inflated.reserve(
                inflated
                    .len()
                    .min(allowed.saturating_sub(inflated.len()))
                    .max(STEP),
            );
        }
    }
}

/// A part name in the form that names are compared in.
pub(super) fn normalised(name: &str) -> String {
    name.trim_start_matches(['/', '\\'])
        .replace('\\', "/")
        .to_lowercase()
}

/// A name with its percent escapes replaced by the bytes they stand for.
fn percent_decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() {
            tail.get(2..).unwrap_or_default()
        } else {
            tail
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The largest number of entries that an end record of the archive declares (APPNOTE 4.3.14 and
/// 4.3.16), so that a table of contents with millions of entries is never built.
fn declared_entries(bytes: &[u8]) -> u64 {
    /// An end record, its comment of at most 64 KiB, and the two ZIP64 records before it.
    const END_WITHIN: usize = (64 << 10) + 256;
    let tail = bytes
        .get(bytes.len().saturating_sub(END_WITHIN)..)
        .unwrap_or_default();
    let count = |at: usize, offset: usize, width: usize| -> u64 {
        tail.get(at + offset..at + offset + width)
            .unwrap_or_default()
            .iter()
            .rev()
            .fold(0, |number, &byte| number << 8 | u64::from(byte))
    };
    let mut most = 0;
    for (at, signature) in tail.windows(4).enumerate().rev() {
        match signature {
            b"PK\x05\x06" => {
                let entries = count(at, 10, 2);
                // 0xFFFF sends the reader to the ZIP64 record.
                most = most.max(if entries == 0xffff { 0 } else { entries });
                if at + 22 == tail.len() && entries != 0xffff {
                    break;
                }
            }
            b"PK\x06\x06" => most = most.max(count(at, 32, 8)),
            _ => {}
        }
    }
    most
}
