//! Tells by its first bytes what a file is.
//!
//! In: the bytes of a file. Out: [`Detected`], or nothing for bytes that may be plain text.
//! Must never: look at the file's name.

use std::fmt;

/// What the bytes of a file are, where they are not plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Detected {
    /// A ZIP archive; what is in it has not been looked at, or is not an office document.
    Zip,
    /// An Excel workbook in OOXML.
    Xlsx,
    /// A `PowerPoint` presentation in OOXML.
    Pptx,
    /// A Visio drawing, an XPS file or another package that OPC describes.
    OtherPackage,
    /// An `OpenDocument` text.
    Odt,
    /// Another kind of `OpenDocument`.
    OtherOpenDocument,
    /// An OOXML document encrypted with a password, inside an OLE container.
    Encrypted,
    /// A Word 97–2003 document.
    Doc,
    /// A Word document older than Word 97.
    OldWord,
    /// An Excel 97–2003 workbook.
    Xls,
    /// A `PowerPoint` 97–2003 presentation.
    Ppt,
    /// Another OLE container.
    OtherOle,
    /// Rich Text Format.
    Rtf,
    /// PDF.
    Pdf,
    /// `DjVu`.
    Djvu,
    /// HTML.
    Html,
    /// A web page in one file (MHTML), as Word saves it.
    Mhtml,
    /// Word 2003 XML or a package flattened into one XML file.
    WordXml,
    /// Another XML file.
    Xml,
    /// A picture.
    Image,
    /// A RAR archive.
    Rar,
    /// A 7z archive.
    SevenZip,
    /// A file compressed with gzip.
    Gzip,
    /// An e-mail message.
    Mail,
}

impl Detected {
    /// What a user can do with such a file.
    #[must_use]
    pub fn way_out(self) -> &'static str {
        match self {
            Self::Doc | Self::OldWord | Self::Odt | Self::Rtf | Self::WordXml => {
                "откройте его в Word или LibreOffice и сохраните как .docx"
            }
            Self::Html | Self::Mhtml | Self::Xml => "откройте его в Word и сохраните как .docx",
            Self::Pdf => "извлеките из него текст и сохраните как .docx",
            Self::Djvu | Self::Image => "сохраните его как TIFF, PNG, JPEG или PDF",
            Self::Encrypted => "сохраните его без пароля",
            Self::Zip | Self::Rar | Self::SevenZip | Self::Gzip => {
                "распакуйте его и загрузите документы из него"
            }
            Self::Mail => "сохраните вложения и загрузите документы из них",
            Self::Xlsx | Self::Xls | Self::Pptx | Self::Ppt => {
                "это не текстовый документ; если в нём приказ, перенесите его в файл .docx"
            }
            Self::OtherPackage | Self::OtherOpenDocument | Self::OtherOle => {
                "откройте его в той программе, где он создан, и сохраните текст как .docx"
            }
        }
    }
}

impl fmt::Display for Detected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Zip => "архив ZIP",
            Self::Xlsx => "книга Excel (.xlsx)",
            Self::Pptx => "презентация PowerPoint (.pptx)",
            Self::OtherPackage => "офисный файл, но не текстовый документ",
            Self::Odt => "текст OpenDocument (.odt)",
            Self::OtherOpenDocument => "файл OpenDocument, но не текст",
            Self::Encrypted => "документ с паролем",
            Self::Doc => "документ Word 97–2003 (.doc)",
            Self::OldWord => "документ Word старше Word 97",
            Self::Xls => "книга Excel 97–2003 (.xls)",
            Self::Ppt => "презентация PowerPoint 97–2003 (.ppt)",
            Self::OtherOle => "файл OLE, но не текстовый документ",
            Self::Rtf => "документ RTF (.rtf)",
            Self::Pdf => "файл PDF",
            Self::Djvu => "скан DjVu",
            Self::Html => "страница HTML",
            Self::Mhtml => "веб-страница одним файлом (.mht)",
            Self::WordXml => "документ Word одним файлом XML",
            Self::Xml => "файл XML",
            Self::Image => "изображение в формате GIF, HEIC или подобном",
            Self::Rar => "архив RAR",
            Self::SevenZip => "архив 7z",
            Self::Gzip => "файл, сжатый gzip",
            Self::Mail => "письмо электронной почты",
        })
    }
}

/// How far from the start `%PDF-` may stand (ISO 32000-1, Annex H, note 13).
const PDF_HEADER_WITHIN: usize = 1024;

/// How much of a text file is looked at for a tag of HTML or XML.
const MARKUP_WITHIN: usize = 1024;

/// How much of a file is looked at for the headers of a message.
const HEADERS_WITHIN: usize = 16 << 10;

/// Signatures at the very start of a file.
const SIGNATURES: &[(&[u8], Detected)] = &[
    (b"PK\x03\x04", Detected::Zip),
    (b"PK\x05\x06", Detected::Zip),
    (b"{\\rtf", Detected::Rtf),
    (b"\x89PNG\r\n\x1a\n", Detected::Image),
    (b"\xff\xd8\xff", Detected::Image),
    (b"GIF87a", Detected::Image),
    (b"GIF89a", Detected::Image),
    (b"II*\0", Detected::Image),
    (b"MM\0*", Detected::Image),
    (b"AT&TFORM", Detected::Djvu),
    (b"Rar!\x1a\x07", Detected::Rar),
    (b"7z\xbc\xaf\x27\x1c", Detected::SevenZip),
    (b"\x1f\x8b\x08", Detected::Gzip),
    (b"\xdb\xa5\x2d\x00", Detected::OldWord),
    (b"\x31\xbe\x00\x00", Detected::OldWord),
    (b"\x9b\xa5", Detected::OldWord),
];

/// The first bytes of an OLE container ([MS-CFB], section 2.2).
const OLE_SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What the bytes are; nothing where no signature is found.
pub(super) fn detect(bytes: &[u8]) -> Option<Detected> {
    if bytes.starts_with(OLE_SIGNATURE) {
        return Some(ole(bytes));
    }
    let by_signature = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature));
    if let Some(&(_, detected)) = by_signature {
        return Some(detected);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
        || bytes.get(4..12) == Some(b"ftypheic")
        || is_bitmap(bytes)
    {
        return Some(Detected::Image);
    }
    if let Some(detected) = message(bytes) {
        return Some(detected);
    }
    let head = bytes.get(..PDF_HEADER_WITHIN).unwrap_or(bytes);
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Some(Detected::Pdf);
    }
    markup(bytes)
}

/// A Windows bitmap: its header repeats the size of the file.
fn is_bitmap(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM")
        && bytes
            .get(2..6)
            .and_then(|size| <[u8; 4]>::try_from(size).ok())
            .is_some_and(|size| u32::from_le_bytes(size) as usize == bytes.len())
}

/// What an OLE container holds, by the names in its directory, whose entries are 128 bytes long
/// and start at multiples of 128 ([MS-CFB], section 2.6.1).
fn ole(bytes: &[u8]) -> Detected {
    const ENTRY: usize = 128;
    const STREAMS: &[(&str, Detected)] = &[
        ("EncryptedPackage", Detected::Encrypted),
        ("WordDocument", Detected::Doc),
        ("Workbook", Detected::Xls),
        ("Book", Detected::Xls),
        ("PowerPoint Document", Detected::Ppt),
    ];
    let is_named = |entry: &[u8], name: &str| {
        let mut units = entry.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
        name.bytes().all(|byte| units.next() == Some([byte, 0])) && units.next() == Some([0, 0])
    };
    STREAMS
        .iter()
        .find(|(name, _)| bytes.chunks(ENTRY).any(|entry| is_named(entry, name)))
        .map_or(Detected::OtherOle, |&(_, detected)| detected)
}

/// An e-mail message or a web page in one file, by the headers that both begin with (RFC 5322,
/// section 2.2). A message has gone from somebody to somebody.
fn message(bytes: &[u8]) -> Option<Detected> {
    let head = bytes.get(..HEADERS_WITHIN).unwrap_or(bytes);
    let mut names: Vec<Vec<u8>> = Vec::new();
    for line in head.split(|&byte| byte == b'\n') {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        // A line that is indented goes on from the one before it.
        if matches!(line.first(), Some(b' ' | b'\t')) && !names.is_empty() {
            continue;
        }
        let end = line.iter().position(|&byte| byte == b':')?;
        let name = line.get(..end)?;
        let is_name = |&byte: &u8| byte.is_ascii_graphic();
        if name.is_empty() || !name.iter().all(is_name) {
            return None;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|found| found == name.as_bytes());
    let is_sent = [
        "to",
        "received",
        "message-id",
        "return-path",
        "delivered-to",
    ]
    .into_iter()
    .any(has);
    if is_sent && has("from") && (has("date") || has("subject")) {
        Some(Detected::Mail)
    } else if has("mime-version") && has("content-type") {
        Some(Detected::Mhtml)
    } else {
        None
    }
}

/// HTML or XML, by their first tag.
fn markup(bytes: &[u8]) -> Option<Detected> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.get(..MARKUP_WITHIN).unwrap_or(bytes);
    // Of UTF-16 the zero bytes are dropped: the tags looked for are ASCII.
    let head: Vec<u8> = head
        .iter()
        .filter(|&&byte| byte != 0 && byte < 0x80)
        .map(u8::to_ascii_lowercase)
        .collect();
    let head = head.trim_ascii_start();
    let has = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    if !head.starts_with(b"<") {
        return None;
    }
    // A page that Word saved names `w:WordDocument` too.
    if has(b"<!doctype html") || has(b"<html") {
        Some(Detected::Html)
    } else if has(b"<w:worddocument") || has(b"<pkg:package") {
        Some(Detected::WordXml)
    } else if head.starts_with(b"<?xml") {
        Some(Detected::Xml)
    } else if [&b"<head"[..], b"<body", b"<p>", b"<div", b"<table", b"<!--"]
        .iter()
        .any(|tag| head.starts_with(tag))
    {
        Some(Detected::Html)
    } else {
        None
    }
}
