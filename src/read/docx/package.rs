//! The package: a ZIP archive whose parts are found by content type and relationship
//! (ISO/IEC 29500-2, Open Packaging Conventions).
//!
//! In: the bytes of a file. Out: [`Package`], which inflates parts by name and follows
//! relationships by type, transitional or strict.
//! Must never: let an entry's name near the disk, or trust a declared size.

use std::collections::HashMap;
use std::io::Cursor;

use flate2::{Decompress, FlushDecompress, Status};
use zip::CompressionMethod;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Attributes, Token, Tokens};
use crate::read::{Detected, Limits, ReadError};

/// How a damaged package is called in errors.
pub(super) const WORD_DOCUMENT: &str = "Word document (.docx)";

/// Where transitional (ECMA-376 1st edition) and strict documents keep relationship types.
const RELATIONSHIP_TYPES: [&str; 3] = [
    "http://schemas.openxmlformats.org/officeDocument/",
    "http://schemas.openxmlformats.org/package/",
    "http://purl.oclc.org/ooxml/officeDocument/",
];

/// An opened package.
pub(super) struct Package<'b> {
    bytes: &'b [u8],
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Index of each entry, by its name in lower case with forward slashes.
    entries: HashMap<String, usize>,
    /// Whether two entries bear one name.
    duplicated: bool,
    inflated_bytes: usize,
    /// Where the package itself points to.
    top: Relationships,
    limits: &'b Limits,
}

/// Where one part points to.
#[derive(Debug, Default)]
pub(super) struct Relationships {
    list: Vec<Relationship>,
}

/// One relationship to another part of the package.
#[derive(Debug)]
pub(super) struct Relationship {
    /// The identifier that the source part uses, such as `rId5`.
    pub(super) id: String,
    /// The last word of the relationship's type: `numbering`, `officeDocument`.
    pub(super) kind: String,
    /// The name of the part, without a leading slash.
    pub(super) part: String,
}

impl Relationships {
    /// The part of the first relationship of this kind.
    pub(super) fn first(&self, kind: &str) -> Option<&str> {
        self.list
            .iter()
            .find(|relationship| relationship.kind == kind)
            .map(|relationship| relationship.part.as_str())
    }

    /// The relationship with this identifier.
    pub(super) fn by_id(&self, id: &str) -> Option<&Relationship> {
        self.list.iter().find(|relationship| relationship.id == id)
    }
}

/// Why a part could not be taken out of the package.
#[derive(Debug)]
pub(super) enum PartError {
    /// The package has no such part.
    Missing,
    /// The part cannot be inflated.
    Damaged(String),
    /// The file cannot be read at all.
    Fatal(ReadError),
}

impl<'b> Package<'b> {
    /// Opens the archive and lists its entries.
    pub(super) fn open(bytes: &'b [u8], limits: &'b Limits) -> Result<Self, ReadError> {
        if declared_entries(bytes) > limits.entries as u64 {
            return Err(ReadError::TooLarge {
                what: "the number of its entries",
                limit: format!("{} entries", limits.entries),
            });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::Damaged {
            format: "ZIP archive or Word document (.docx)",
            detail: format!("its table of contents cannot be read ({error})"),
        })?;
        let entries = archive
            .file_names_raw()
            .enumerate()
            .map(|(index, name)| (normalised(&String::from_utf8_lossy(name)), index))
            .collect();
        let mut package = Self {
            bytes,
            duplicated: archive.has_duplicate_names(),
            archive,
            entries,
            inflated_bytes: 0,
            top: Relationships::default(),
            limits,
        };
        package.top = package.relationships("")?;
        Ok(package)
    }

    /// The part that the package itself relates to in this way.
    pub(super) fn top_part(&self, kind: &str) -> Option<&str> {
        self.top.first(kind)
    }

    /// Whether two entries bear one name, so that programs may disagree on what the file says.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.duplicated
    }

    /// The limits that the package was opened with.
    pub(super) fn limits(&self) -> &'b Limits {
        self.limits
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
        let damaged = |error: ZipError| PartError::Damaged(error.to_string());
        let entry = self.archive.by_index_raw(index).map_err(damaged)?;
        if entry.encrypted() {
            return Err(PartError::Fatal(ReadError::Encrypted {
                what: "a ZIP archive with the parts of a document",
            }));
        }
        let start = usize::try_from(entry.data_start().unwrap_or_default()).ok();
        let length = usize::try_from(entry.compressed_size()).ok();
        let compressed = start
            .zip(length)
            .and_then(|(start, length)| self.bytes.get(start..start.checked_add(length)?))
            .ok_or_else(|| PartError::Damaged("its data is cut off".to_owned()))?;
        let declared = usize::try_from(entry.size()).unwrap_or(usize::MAX);
        let method = entry.compression();
        let checksum = entry.crc32();
        drop(entry);
        let inflated = match method {
            CompressionMethod::Stored => {
                Ok(compressed.get(..allowed + 1).unwrap_or(compressed).to_vec())
            }
            CompressionMethod::Deflated => inflated(compressed, declared, allowed),
            other => Err(format!("its compression method is {other}")),
        }
        .map_err(PartError::Damaged)?;
        self.inflated_bytes = self.inflated_bytes.saturating_add(inflated.len());
        let ratio = inflated.len() / compressed.len().max(1);
        if inflated.len() > self.limits.ratio_floor_bytes && ratio > self.limits.compression_ratio {
            return Err(PartError::Fatal(ReadError::TooLarge {
                what: "the compression of one of its parts",
                limit: format!("{} times", self.limits.compression_ratio),
            }));
        }
        if inflated.len() > allowed {
            let (what, bytes) = if allowed < self.limits.part_bytes {
                (
                    "the expanded size of all its parts",
                    self.limits.total_bytes,
                )
            } else {
                (
                    "the expanded size of one of its parts",
                    self.limits.part_bytes,
                )
            };
            return Err(PartError::Fatal(ReadError::TooLarge {
                what,
                limit: format!("{} MiB", bytes >> 20),
            }));
        }
        if crc32fast::hash(&inflated) != checksum {
            return Err(PartError::Damaged("its checksum is wrong".to_owned()));
        }
        Ok(inflated)
    }

    /// The relationships of a part; of the package itself for the empty name. Relationships that
    /// are missing or cannot be read are none.
    pub(super) fn relationships(&mut self, source: &str) -> Result<Relationships, ReadError> {
        let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
        let separator = if folder.is_empty() { "" } else { "/" };
        let part = format!("{folder}{separator}_rels/{name}.rels");
        let bytes = match self.part(&part) {
            Ok(bytes) => bytes,
            Err(PartError::Fatal(error)) => return Err(error),
            Err(PartError::Missing | PartError::Damaged(_)) => return Ok(Relationships::default()),
        };
        Ok(read_relationships(&bytes, folder, self.limits))
    }

    /// The name of the main part of a text document.
    pub(super) fn main_part(&mut self) -> Result<String, ReadError> {
        let types = match self.part("[Content_Types].xml") {
            Ok(bytes) => read_content_types(&bytes, self.limits),
            Err(PartError::Fatal(error)) => return Err(error),
            Err(PartError::Missing | PartError::Damaged(_)) => ContentTypes::default(),
        };
        let related = self.top.first("officeDocument").map(str::to_owned);
        if let Some(part) = &related
            && let Some(other) = types.of(part).and_then(other_than_word)
        {
            return Err(ReadError::UnsupportedFormat(other));
        }
        let named = |part: &String| self.has(part);
        let found = related
            .clone()
            .filter(named)
            .or_else(|| types.first_word_part().filter(named))
            .or_else(|| Some("word/document.xml".to_owned()).filter(named));
        if let Some(part) = found {
            return Ok(part);
        }
        if related.is_none() && types.list.is_empty() {
            return Err(ReadError::UnsupportedFormat(self.other_archive()));
        }
        if related.is_none()
            && let Some(other) = types
                .list
                .iter()
                .find_map(|(_, kind)| other_than_word(kind))
        {
            return Err(ReadError::UnsupportedFormat(other));
        }
        Err(ReadError::Damaged {
            format: WORD_DOCUMENT,
            detail: match related {
                Some(part) => format!("its main part {part} is missing"),
                None => "its main part is missing".to_owned(),
            },
        })
    }

    /// What an archive is that is not a package of OOXML.
    fn other_archive(&mut self) -> Detected {
        /// The longest name of a media type that is worth comparing.
        const LONGEST_TYPE: usize = 200;
        match self.part("mimetype") {
            Ok(kind) if kind.starts_with(b"application/vnd.oasis.opendocument.text") => {
                Detected::Odt
            }
            Ok(kind)
                if kind.len() < LONGEST_TYPE
                    && kind.starts_with(b"application/vnd.oasis.opendocument") =>
            {
                Detected::OtherOpenDocument
            }
            _ => Detected::Zip,
        }
    }
}

/// Inflates a raw deflate stream, and stops when more than `allowed` bytes came out. The size that
/// the entry declares is a hint for the first allocation and bounds nothing.
fn inflated(compressed: &[u8], declared: usize, allowed: usize) -> Result<Vec<u8>, String> {
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
            .map_err(|error| format!("it cannot be inflated ({error})"))?;
        if status == Status::StreamEnd || inflated.len() > allowed {
            return Ok(inflated);
        }
        if inflated.len() < inflated.capacity() && inflated.len() == before {
            return Err("its data is cut off".to_owned());
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

/// Which kind of package a content type of a main part belongs to, if not to Word.
fn other_than_word(content_type: &str) -> Option<Detected> {
    let kind = content_type.to_ascii_lowercase();
    if kind.contains("wordprocessingml") || kind.contains("ms-word") || !kind.contains("main+xml") {
        None
    } else if kind.contains("spreadsheetml") || kind.contains("ms-excel") {
        Some(Detected::Xlsx)
    } else if kind.contains("presentationml") || kind.contains("ms-powerpoint") {
        Some(Detected::Pptx)
    } else {
        Some(Detected::OtherPackage)
    }
}

/// The content types of the parts that have one of their own.
#[derive(Debug, Default)]
struct ContentTypes {
    /// Name in normalised form, and content type.
    list: Vec<(String, String)>,
}

impl ContentTypes {
    fn of(&self, part: &str) -> Option<&str> {
        let name = normalised(part);
        self.list
            .iter()
            .find(|(part, _)| *part == name)
            .map(|(_, kind)| kind.as_str())
    }

    /// The first part that declares itself the main part of a text document.
    fn first_word_part(&self) -> Option<String> {
        self.list
            .iter()
            .find(|(_, kind)| {
                kind.contains("main+xml")
                    && (kind.contains("wordprocessingml") || kind.contains("ms-word"))
            })
            .map(|(part, _)| part.clone())
    }
}

/// Reads `[Content_Types].xml`; what follows an error in it is passed over.
fn read_content_types(bytes: &[u8], limits: &Limits) -> ContentTypes {
    let mut types = ContentTypes::default();
    let Ok(xml) = super::xml::decoded(bytes, limits) else {
        return types;
    };
    let mut tokens = Tokens::new(&xml, limits);
    while let Some(attributes) = next_named(&mut tokens, "Override") {
        if let (Some(part), Some(kind)) = (
            attributes.value("PartName"),
            attributes.value("ContentType"),
        ) {
            types.list.push((normalised(&part), kind.into_owned()));
        }
    }
    types
}

/// Reads a relationships part; what follows an error in it is passed over.
fn read_relationships(bytes: &[u8], folder: &str, limits: &Limits) -> Relationships {
    let mut relationships = Relationships::default();
    let Ok(xml) = super::xml::decoded(bytes, limits) else {
        return relationships;
    };
    let mut tokens = Tokens::new(&xml, limits);
    while let Some(attributes) = next_named(&mut tokens, "Relationship") {
        let (Some(id), Some(kind), Some(target)) = (
            attributes.value("Id"),
            attributes.value("Type"),
            attributes.value("Target"),
        ) else {
            continue;
        };
        let known = RELATIONSHIP_TYPES
            .iter()
            .any(|known| kind.starts_with(known));
        if !known || attributes.value("TargetMode").as_deref() == Some("External") {
            continue;
        }
        if relationships.list.len() >= limits.definitions {
            break;
        }
        relationships.list.push(Relationship {
            id: id.into_owned(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            part: resolved(folder, &target),
        });
    }
    relationships
}

/// The attributes of the next element with this local name, whatever its namespace.
fn next_named<'x>(tokens: &mut Tokens<'x>, name: &str) -> Option<Attributes<'x>> {
    loop {
        match tokens.next_token() {
            Ok(Some(Token::Open(_, attributes))) if attributes.local_name() == name => {
                return Some(attributes);
            }
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => return None,
        }
    }
}

/// A target as a part name: relative to the folder of its source, or from the root of the package.
/// Steps out of the package are dropped.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|step| !step.is_empty()).collect()
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A part name in the form that names are compared in.
fn normalised(name: &str) -> String {
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
