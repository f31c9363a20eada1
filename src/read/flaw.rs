//! What is wrong with a part of a file.
//!
//! In: a cause. Out: words: in English for the notices of a record, in Russian for the error of a file that cannot be
//! read without the part. Must never: name the part.

use std::fmt;

/// What is wrong with a part of a file, for some with the words of the library that found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It is not there.
    Missing,
    /// Its bytes end early.
    CutOff,
    /// Its bytes are not those that were packed.
    Checksum,
    /// It is packed in a way that is not known.
    Method(String),
    /// It cannot be unpacked.
    Packing(String),
    /// Its XML cannot be read.
    Xml(String),
}

impl Flaw {
    /// For people.
    pub(super) fn in_russian(&self) -> String {
        match self {
            Self::Missing => "этой части нет".to_owned(),
            Self::CutOff => "данные обрываются".to_owned(),
            Self::Checksum => "контрольная сумма не сходится".to_owned(),
            Self::Method(method) => format!("неизвестный способ сжатия {method}"),
            Self::Packing(_) => "данные не распаковываются".to_owned(),
            Self::Xml(_) => "ошибка в XML".to_owned(),
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => formatter.write_str("it is missing"),
            Self::CutOff => formatter.write_str("its data is cut off"),
            Self::Checksum => formatter.write_str("its checksum is wrong"),
            Self::Method(method) => write!(formatter, "its compression method is {method}"),
            Self::Packing(said) => write!(formatter, "it cannot be inflated ({said})"),
            Self::Xml(said) => write!(formatter, "its XML is not well formed ({said})"),
        }
    }
}
