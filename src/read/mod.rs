//! Bytes → [`Text`]: one folder or file per format.
//!
//! In: the bytes of a file. Out: what format they are and their text, or a typed error that says what
//! the file is and what to do. The format is told by the bytes, never by the file's name.
//! Must never: know what an order is, touch the disk or the network, panic, or use more memory than
//! its [`Limits`] allow, whatever the bytes.

mod docx;
mod format;

pub use docx::Limits;

use crate::order::Format;
use crate::text::Text;

/// A file that was read.
#[derive(Debug)]
pub struct Reading {
    /// What the bytes are.
    pub format: Format,
    /// What they say.
    pub text: Text,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// An OLE container with an encrypted package.
    #[error("the document is protected with a password")]
    Encrypted,
    /// A ZIP archive or XML that ends too early or is corrupt.
    #[error("the document is damaged: {0}")]
    Damaged(String),
    /// It inflates, nests or repeats beyond a limit.
    #[error("the document is refused: {0}")]
    TooLarge(String),
    /// A format that prikaz knows by sight and does not read.
    #[error("the file is {0}, which this version does not read")]
    Unsupported(&'static str),
    /// Nothing that is known.
    #[error("the file is no document that prikaz knows")]
    Unknown,
    /// A document that holds only pictures of pages.
    #[error("the document holds a picture of a page and no text")]
    NeedsOcr,
}

impl ReadError {
    /// A stable name of the cause, for the ledger and for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Encrypted => "encrypted",
            Self::Damaged(_) => "damaged",
            Self::TooLarge(_) => "too-large",
            Self::Unsupported(_) => "unsupported-format",
            Self::Unknown => "unknown-format",
            Self::NeedsOcr => "needs-ocr",
        }
    }

    /// What the user can do.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => "copy the file again from where it came",
            Self::Encrypted => "open it in Word, remove the password and save it",
            Self::Damaged(_) => {
                "open it in Word, which may repair it, and save it as .docx; or copy it again"
            }
            Self::TooLarge(_) => {
                "if the file is genuine, open it in Word and save it again as .docx"
            }
            Self::Unsupported(_) => "open it in Word or LibreOffice and save it as .docx",
            Self::Unknown => "check what program made it, and save it from there as .docx",
            Self::NeedsOcr => {
                "recognise the page with a text recognition program and save it as .docx"
            }
        }
    }
}

/// Reads a document.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    match format::detect(bytes)? {
        format::Detected::Docx => Ok(Reading {
            format: Format::Docx,
            text: docx::read(bytes, limits)?,
        }),
    }
}

/// Whether a name is that of the file by which Word marks a document as open: `~$report.docx`.
#[must_use]
pub fn is_lock_file(name: &str) -> bool {
    name.starts_with("~$")
}
