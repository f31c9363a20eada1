//! Why a file could not be read, in words for its owner.
//!
//! In: a cause. Out: [`ReadError`], whose text says what the file is, with a stable
//! [code](ReadError::code) and a [remedy](ReadError::remedy). The caller adds the path.
//! Must never: name a path, or blame a file for what this program does not support yet.

use std::borrow::Cow;

use super::detect::Detected;
use super::program::Program;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file has no bytes.
    #[error("the file is empty (0 bytes)")]
    Empty,
    /// The file is protected with a password.
    #[error("the file is {what}, protected with a password")]
    Encrypted {
        /// What is protected, with its article: `a PDF`.
        what: &'static str,
    },
    /// The file is of a known format, and broken.
    #[error("the file is a damaged {format}: {detail}")]
    Damaged {
        /// What it should have been: `Word document (.docx)`.
        format: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// The file would take more memory or time than one file may.
    #[error("the file is too large to read safely: {what} exceeds {limit}")]
    TooLarge {
        /// What was counted.
        what: &'static str,
        /// The limit, with its unit.
        limit: String,
    },
    /// What the document is written in is nested deeper than any program writes it.
    #[error("the file is a document nested deeper than {limit} levels")]
    TooDeep {
        /// The limit, in elements of XML and HTML or groups of RTF.
        limit: usize,
    },
    /// The XML of the document declares a DTD, which the format forbids.
    #[error("the file is a document with a DTD inside, which its format forbids")]
    ForbiddenDtd,
    /// The format is known, and this version does not read it.
    #[error("the file is {0}, which this version does not read")]
    UnsupportedFormat(Detected),
    /// The file holds other files, which this version does not take out.
    #[error("the file is {container}; what it holds was not read: {}", listed(.entries))]
    Unopened {
        /// What it is.
        container: Detected,
        /// The names of the files in it.
        entries: Vec<String>,
    },
    /// The bytes are no document at all.
    #[error("the file is not a document: its bytes are of no known format")]
    NotADocument,
    /// The document is a picture of a page, without text.
    #[error("the file holds only pictures ({pictures}) and no text")]
    NeedsOcr {
        /// How many pictures it holds.
        pictures: usize,
    },
    /// Another program is needed to read the file, and it is not installed.
    #[error("reading the file takes {}, which is not installed", .0.name())]
    NeedsProgram(Program),
    /// The program that recognises text does not have a language.
    #[error("recognising the file takes the language {0:?} of Tesseract, which is not installed")]
    NeedsLanguage(String),
    /// Another program could not read the file.
    #[error("{} failed on the file: {detail}", .program.name())]
    ProgramFailed {
        /// The program.
        program: Program,
        /// What it said.
        detail: String,
    },
    /// Another program took too long.
    #[error("{} took longer than {seconds} s for the file and was ended", .program.name())]
    TimedOut {
        /// The program.
        program: Program,
        /// How long it may take.
        seconds: u64,
    },
}

impl ReadError {
    /// A stable name for the cause, for ledgers and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Encrypted { .. } => "encrypted",
            Self::Damaged { .. } => "damaged",
            Self::TooLarge { .. } => "too-large",
            Self::TooDeep { .. } => "too-deep",
            Self::ForbiddenDtd => "forbidden-dtd",
            Self::UnsupportedFormat(_) => "unsupported-format",
            Self::Unopened { .. } => "unopened",
            Self::NotADocument => "not-a-document",
            Self::NeedsOcr { .. } => "needs-ocr",
            Self::NeedsProgram(_) => "needs-program",
            Self::NeedsLanguage(_) => "needs-language",
            Self::ProgramFailed { .. } => "program-failed",
            Self::TimedOut { .. } => "timed-out",
        }
    }

    /// What the owner of the file can do about it.
    #[must_use]
    pub fn remedy(&self) -> Cow<'static, str> {
        let remedy = match self {
            Self::Empty => "copy the file again from where it came: the copy has no content",
            Self::Encrypted { .. } => {
                "open it with its password in the program that it was made with, and save it without one"
            }
            Self::Damaged { .. } => {
                "open it in the program that it was made with, let it repair the file, and save it anew; \
                 or restore it from a copy"
            }
            Self::TooLarge { .. } => {
                "check where the file comes from; if it is genuine, divide it into smaller documents"
            }
            Self::TooDeep { .. } | Self::ForbiddenDtd => {
                "check where the file comes from: no program writes this; if it is genuine, open it in \
                 Word or LibreOffice and save it as .docx"
            }
            Self::UnsupportedFormat(detected)
            | Self::Unopened {
                container: detected,
                ..
            } => detected.way_out(),
            Self::NotADocument => {
                "check that this is the file you meant; restore it from a copy if it was a document"
            }
            Self::NeedsOcr { .. } => {
                "take it in without `--ocr never`, so that its text is recognised; if that was not given, \
                 save its pages as TIFF, PNG, JPEG or PDF"
            }
            Self::NeedsProgram(program) => {
                return Cow::Owned(format!(
                    "install it ({}), then run `prikaz ingest --retry-failed`",
                    program.install()
                ));
            }
            Self::NeedsLanguage(language) => {
                return Cow::Owned(format!(
                    "install it (apt install tesseract-ocr-{}) or name another with --ocr-language, \
                     then run `prikaz ingest --retry-failed`",
                    language.replace('_', "-")
                ));
            }
            Self::ProgramFailed { .. } => {
                "open the file in a viewer to see whether it is damaged; restore it from a copy, or \
                 save it anew"
            }
            Self::TimedOut { .. } => {
                "run `prikaz ingest --retry-failed` when the machine is less busy; if it fails \
                 again, divide the file"
            }
        };
        Cow::Borrowed(remedy)
    }
}

/// The names of files, as many as a message can hold.
fn listed(entries: &[String]) -> String {
    /// A message names so many.
    const NAMED: usize = 50;
    let mut list = entries
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if entries.is_empty() {
        list.push_str("nothing is attached to it");
    }
    if entries.len() > NAMED {
        list.push_str(&format!(" and {} more", entries.len() - NAMED));
    }
    list
}
