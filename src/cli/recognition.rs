//! Options of every command that reads originals: when pages are recognised from their pictures, and in which
//! languages.

use clap::ValueEnum;
use prikaz::read::Recognition;

/// When pages are recognised, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum When {
    /// Страницы без текста или с негодным текстом
    #[default]
    Auto,
    /// Все страницы, на которых есть изображение
    Always,
    /// Никакие; файл без текста останется непрочитанным
    Never,
}

/// When the text of pictures is recognised, and in which languages.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct RecognitionArguments {
    /// Какие страницы распознавать
    #[arg(long = "ocr", value_name = "КОГДА", value_enum, default_value_t)]
    when: When,
    /// Языки распознавания, как их называет Tesseract [по умолчанию: rus+eng]
    #[arg(long = "ocr-language", value_name = "ЯЗЫКИ", value_parser = languages)]
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
        Err("нужны названия языков через +, например rus+eng".to_owned())
    }
}
