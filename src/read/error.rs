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
    #[error("файл пуст (0 байт)")]
    Empty,
    /// The file is protected with a password.
    #[error("{what} защищён паролем")]
    Encrypted {
        /// What is protected, a masculine noun: `файл PDF`.
        what: &'static str,
    },
    /// The file is of a known format, and broken.
    #[error("{format} повреждён: {detail}")]
    Damaged {
        /// What it should have been, a masculine noun: `документ Word (.docx)`.
        format: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// The file would take more memory or time than one file may.
    #[error("файл слишком велик, читать его опасно: {what} больше {limit}")]
    TooLarge {
        /// What was counted.
        what: &'static str,
        /// The limit, with its unit.
        limit: String,
    },
    /// What the document is written in is nested deeper than any program writes it.
    #[error("уровней вложенности в документе больше {limit}")]
    TooDeep {
        /// The limit, in elements of XML and HTML or groups of RTF.
        limit: usize,
    },
    /// The XML of the document declares a DTD, which the format forbids.
    #[error("в документе есть описание DTD, а его формат это запрещает")]
    ForbiddenDtd,
    /// The format is known, and this version does not read it.
    #[error("это {0}; такие файлы эта версия программы не читает")]
    UnsupportedFormat(Detected),
    /// The file holds other files, which this version does not take out.
    #[error("это {container}; {}", listed(.entries))]
    Unopened {
        /// What it is.
        container: Detected,
        /// The names of the files in it.
        entries: Vec<String>,
    },
    /// The bytes are no document at all.
    #[error("это не документ: формат файла неизвестен")]
    NotADocument,
    /// The document is a picture of a page, without text.
    #[error("в файле {}, а текста нет", only_pictures(*.pictures))]
    NeedsOcr {
        /// How many pictures it holds.
        pictures: usize,
    },
    /// Another program is needed to read the file, and it is not installed.
    #[error("для чтения файла нужна программа {}, а она не установлена", .0.name())]
    NeedsProgram(Program),
    /// The program that recognises text does not have a language.
    #[error("для распознавания файла нужен язык «{0}» программы Tesseract, а он не установлен")]
    NeedsLanguage(String),
    /// Another program could not read the file.
    #[error("программа {} не справилась с файлом: {detail}", .program.name())]
    ProgramFailed {
        /// The program.
        program: Program,
        /// What it said.
        detail: String,
    },
    /// Another program took too long.
    #[error("программа {} не уложилась в {seconds} с и остановлена", .program.name())]
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
            Self::Empty => "скопируйте файл заново оттуда, откуда он взят: в этой копии ничего нет",
            Self::Encrypted { .. } => {
                "откройте его с паролем в той программе, где он создан, и сохраните без пароля"
            }
            Self::Damaged { .. } => {
                "откройте его в той программе, где он создан, дайте ей исправить файл и сохраните заново; \
                 или возьмите копию"
            }
            Self::TooLarge { .. } => {
                "выясните, откуда файл; если он настоящий, разделите его на части"
            }
            Self::TooDeep { .. } | Self::ForbiddenDtd => {
                "выясните, откуда файл: обычные программы так не пишут; если он настоящий, откройте его в \
                 Word или LibreOffice и сохраните как .docx"
            }
            Self::UnsupportedFormat(detected)
            | Self::Unopened {
                container: detected,
                ..
            } => detected.way_out(),
            Self::NotADocument => {
                "проверьте, тот ли это файл; если это был документ, возьмите копию"
            }
            Self::NeedsOcr { .. } => {
                "загрузите его без `--ocr never`, чтобы текст распознался; если этого параметра не было, \
                 сохраните страницы как TIFF, PNG, JPEG или PDF"
            }
            Self::NeedsProgram(program) => {
                return Cow::Owned(format!(
                    "установите её ({}), затем выполните `prikaz ingest --retry-failed`",
                    program.install()
                ));
            }
            Self::NeedsLanguage(language) => {
                return Cow::Owned(format!(
                    "установите его (apt install tesseract-ocr-{}) или укажите другой в --ocr-language, \
                     затем выполните `prikaz ingest --retry-failed`",
                    language.replace('_', "-")
                ));
            }
            Self::ProgramFailed { .. } => {
                "откройте файл и посмотрите, не повреждён ли он; возьмите копию или сохраните его \
                 заново"
            }
            Self::TimedOut { .. } => {
                "выполните `prikaz ingest --retry-failed`, когда компьютер свободнее; если файл снова не \
                 прочитается, разделите его на части"
            }
        };
        Cow::Borrowed(remedy)
    }
}

/// «только изображения (3)», «только изображение».
fn only_pictures(pictures: usize) -> String {
    match pictures {
        1 => "только изображение".to_owned(),
        number => format!("только изображения ({number})"),
    }
}

/// The names of the files that were not read, as many as a message can hold.
fn listed(entries: &[String]) -> String {
    /// A message names so many.
    const NAMED: usize = 50;
    if entries.is_empty() {
        return "вложенных файлов в нём нет".to_owned();
    }
    let named: Vec<_> = entries.iter().take(NAMED).map(String::as_str).collect();
    let mut list = format!("вложенные файлы не прочитаны: {}", named.join(", "));
    if entries.len() > NAMED {
        list.push_str(&format!(" и ещё {}", entries.len() - NAMED));
    }
    list
}
