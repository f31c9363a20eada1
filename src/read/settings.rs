//! How files are to be read, as whoever starts an ingest decides it.
//!
//! In: nothing. Out: [`Settings`]. Must never: depend on a file.

use super::Limits;

/// How files are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How much of a file is taken in.
    pub limits: Limits,
    /// When the text of a page is recognised from its picture.
    pub recognition: Recognition,
    /// The languages that are recognised, as Tesseract names them, joined by `+`.
    pub recognition_language: String,
}

/// When the text of a page is recognised from its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Recognition {
    /// Where a page has no text, or its text is of no use.
    #[default]
    Auto,
    /// On every page that has a picture, whatever text it brings along.
    Always,
    /// Never: a file that has no text fails.
    Never,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            recognition: Recognition::Auto,
            recognition_language: "rus+eng".to_owned(),
        }
    }
}
