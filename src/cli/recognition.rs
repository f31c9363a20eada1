//! Options of every command that reads originals: when pages are recognised from their pictures, and in which
//! languages.

use clap::ValueEnum;
use prikaz::read::Recognition;

/// When pages are recognised, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum When {
    /// Pages without text, or with text that is of no use
    #[default]
    Auto,
    /// Every page that has a picture
    Always,
    /// No page; what has no text fails
    Never,
}

/// When the text of pictures is recognised, and in which languages.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct RecognitionArguments {
    /// When to recognise the text of pages from their pictures
    #[arg(long = "ocr", value_name = "WHEN", value_enum, default_value_t)]
    when: When,
    /// Languages to recognise, as Tesseract names them [default: rus+eng]
    #[arg(long = "ocr-language", value_name = "LANGUAGES", value_parser = languages)]
    language: Option<String>,
}

impl RecognitionArguments {
    pub(super) fn when(&self) -> Recognition {
        match self.when {
            When::Auto => Recognition::Auto,
            When::Always => Recognition::Always,
            When::Never => Recognition::Never,
        }
    }

    /// The languages, where some were given.
    pub(super) fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }
}

/// Languages joined by `+`: `rus+eng`, `rus`, `rus+tat`.
fn languages(typed: &str) -> Result<String, String> {
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with('-')
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/'))
    };
    if typed.split('+').all(is_name) {
        Ok(typed.to_owned())
    } else {
        Err("give names of languages joined by +, such as rus+eng".to_owned())
    }
}
