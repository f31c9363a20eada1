//! Reading: the bytes of a file become a [`Text`].
//!
//! ```text
//! bytes ─▶ detect ─▶ docx, odt, doc, rtf, html (tokens ─▶ paragraphs with labels)  ─▶ Text
//!                 ├▶ plain (encoding ─▶ lines)                                     ─▶ Text
//!                 ├▶ pdf   (weight ─▶ glyphs ─▶ words ─▶ pages)                     ─▶ Text
//!                 └▶ ocr   (picture ─▶ posture ─▶ Tesseract ─▶ pages)              ─▶ Text
//! ```
//!
//! In: the bytes of one file and the [`Settings`] for it. Out: a [`Reading`], or a [`ReadError`]
//! that says what the file is and what to do about it.
//! Must never: trust a file's name or what a file declares about its sizes, write to disk outside
//! a temporary folder, open anything the file names, or know what an order is.

pub mod docx;

mod block;
mod composer;
mod confinement;
mod container;
mod detect;
mod doc;
mod error;
mod findings;
mod flaw;
mod html;
mod limits;
mod lists;
mod mime;
mod ocr;
mod odt;
mod page;
mod pdf;
mod plain;
mod program;
mod rtf;
mod settings;
mod symbols;
mod xml;

pub use detect::Detected;
pub use error::ReadError;
pub use limits::{
    Limits, MAX_ATTRIBUTE_BYTES, MAX_BLOCKS, MAX_COMPRESSION_RATIO, MAX_DEFINITIONS, MAX_ENTRIES,
    MAX_PART_BYTES, MAX_PDF_PAGES, MAX_TEXT_BYTES, MAX_TOTAL_BYTES, MAX_XML_DEPTH,
    RATIO_FLOOR_BYTES,
};
pub use ocr::{MAX_PAGES, MAX_PIXELS};
pub use program::Program;
pub use settings::{Recognition, Settings};

use self::page::Page;
use self::pdf::{Layer, PdfPage};
use crate::order::{Format, Ocr};
use crate::text::Text;

/// A document that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What the bytes are, whatever the name says.
    pub format: Format,
    /// The text.
    pub text: Text,
    /// How the text was recognised, if it was a picture.
    pub ocr: Option<Ocr>,
}

impl Reading {
    /// A text that the file itself says.
    fn printed(format: Format, text: Text) -> Self {
        Self {
            format,
            text,
            ocr: None,
        }
    }
}

/// Reads one file, deciding by its bytes what it is.
pub fn read(bytes: &[u8], settings: &Settings) -> Result<Reading, ReadError> {
    let limits = &settings.limits;
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    match detect::detect(bytes) {
        Some(Detected::Zip) => read_package(bytes, settings),
        Some(Detected::Rtf) => Ok(Reading::printed(Format::Rtf, rtf::read(bytes, limits)?)),
        Some(Detected::Doc) => Ok(Reading::printed(Format::Doc, doc::read(bytes, limits)?)),
        Some(Detected::Mhtml) => read_web_archive(bytes, limits),
        Some(Detected::Mail) => Err(ReadError::Unopened {
            container: Detected::Mail,
            entries: mime::parts(bytes, limits)
                .iter()
                .filter_map(mime::Part::file_name)
                .collect(),
        }),
        Some(Detected::Html) => Ok(Reading::printed(
            Format::Html,
            html::read(bytes, None, limits)?,
        )),
        Some(Detected::Encrypted) => Err(ReadError::Encrypted {
            what: "документ Word, Excel или PowerPoint",
        }),
        Some(Detected::Image) if settings.recognition == Recognition::Never => {
            Err(ReadError::NeedsOcr { pictures: 1 })
        }
        Some(Detected::Image) => recognised(Format::Image, ocr::read_images(&[bytes], settings)),
        Some(Detected::Pdf) => read_pdf(bytes, settings),
        Some(other) => Err(ReadError::UnsupportedFormat(other)),
        None => Ok(Reading::printed(Format::Txt, plain::read(bytes, limits)?)),
    }
}

/// Reads a document that is kept in a ZIP archive; one that holds only pictures is recognised.
fn read_package(bytes: &[u8], settings: &Settings) -> Result<Reading, ReadError> {
    let limits = &settings.limits;
    let (format, read) = match docx::read(bytes, limits) {
        Err(ReadError::UnsupportedFormat(Detected::Odt)) => (Format::Odt, odt::read(bytes, limits)),
        read => (Format::Docx, read),
    };
    match read {
        Err(error @ ReadError::NeedsOcr { .. }) if settings.recognition != Recognition::Never => {
            let pictures = pictures(bytes, format, limits)?;
            if pictures.is_empty() {
                return Err(error);
            }
            recognised(format, ocr::read_images(&pictures, settings))
        }
        Err(ReadError::UnsupportedFormat(Detected::Zip)) => Err(ReadError::Unopened {
            container: Detected::Zip,
            entries: container::Container::open(bytes, limits)?.names(),
        }),
        read => Ok(Reading::printed(format, read?)),
    }
}

/// The pictures in a document that is kept in a ZIP archive.
fn pictures(bytes: &[u8], format: Format, limits: &Limits) -> Result<Vec<Vec<u8>>, ReadError> {
    match format {
        Format::Odt => odt::pictures(bytes, limits),
        _ => docx::pictures(bytes, limits),
    }
}

/// A PDF: pages that have a text stay text, the others are recognised.
fn read_pdf(bytes: &[u8], settings: &Settings) -> Result<Reading, ReadError> {
    let limits = &settings.limits;
    if settings.recognition == Recognition::Never {
        return Ok(Reading::printed(Format::Pdf, pdf::read(bytes, limits)?));
    }
    let printed: Vec<Option<Page>> = pdf::pages(bytes, limits)?
        .into_iter()
        .map(|PdfPage { page, layer }| {
            let stays = layer == Layer::Good && settings.recognition != Recognition::Always;
            stays.then_some(page)
        })
        .collect();
    if printed.iter().all(Option::is_some) {
        let pages: Vec<Page> = printed.into_iter().flatten().collect();
        let text = page::assemble(&pages, limits)?;
        return Ok(Reading::printed(Format::Pdf, text));
    }
    recognised(Format::Pdf, ocr::read_pdf(bytes, printed, settings))
}

/// The picture of a page, the first being 0, of a file that was read as `format`, as PNG.
pub fn page_picture(
    bytes: &[u8],
    format: Format,
    page: usize,
    limits: &Limits,
) -> Result<Vec<u8>, ReadError> {
    match detect::detect(bytes) {
        Some(Detected::Image) => ocr::page_of_images(&[bytes], page),
        Some(Detected::Pdf) => ocr::page_of_pdf(bytes, page),
        Some(Detected::Zip) => ocr::page_of_images(&pictures(bytes, format, limits)?, page),
        Some(other) => Err(ReadError::UnsupportedFormat(other)),
        None => Err(ReadError::NotADocument),
    }
}

/// A text that was recognised.
fn recognised(format: Format, read: Result<(Text, Ocr), ReadError>) -> Result<Reading, ReadError> {
    let (text, ocr) = read?;
    Ok(Reading {
        format,
        text,
        ocr: Some(ocr),
    })
}

/// Reads the page of a web page that was saved as one file (RFC 2557).
fn read_web_archive(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let parts = mime::parts(bytes, limits);
    let is_page =
        |part: &&mime::Part<'_>| matches!(&*part.kind(), "text/html" | "application/xhtml+xml");
    let page = parts
        .iter()
        .find(is_page)
        .ok_or(ReadError::UnsupportedFormat(Detected::Mhtml))?;
    let text = html::read(&page.bytes(), page.encoding(), limits)?;
    Ok(Reading::printed(Format::Html, text))
}

/// Whether a file of this name is the lock that Word keeps beside an open document (`~$order.docx`)
/// or LibreOffice does (`.~lock.order.docx#`). Such a file is passed over in silence.
#[must_use]
pub fn is_lock_file(name: &str) -> bool {
    name.starts_with("~$") || (name.starts_with(".~lock.") && name.ends_with('#'))
}
