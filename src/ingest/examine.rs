//! One file → its bytes, its record, and a line for the ledger.
//!
//! In: a file that a walk has met. Out: what came of reading it. Must never: fail for more than this
//! file, read more of it than it had when it was met, or take half of a file that changes for the whole.

use std::fs;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;

use super::walk::{Stamp, shown, stamp};
use crate::archive::{LedgerEntry, Outcome, sha256};
use crate::lexicon::register::Register;
use crate::order::{Layout, Record, Source};
use crate::parse::{Document, parse};
use crate::read::{Settings, read};
use crate::wording::refusal;

/// A file larger than this is no order: the longest scans have some 100 MB.
const MAX_FILE_BYTES: u64 = 128 << 20;

/// A file to read.
pub(super) struct Candidate {
    pub(super) path: PathBuf,
    /// Relative to the folder that was named.
    pub(super) relative: String,
    pub(super) stamp: Stamp,
    /// Why it cannot be looked at, where the walk met that.
    pub(super) unreadable: Option<String>,
    /// Id of the bytes that an earlier run took in from this path, with the same size and time.
    pub(super) known: Option<String>,
}

/// What came of reading a candidate: record and bytes, unless the entry says that it failed.
pub(super) struct Examined {
    pub(super) entry: LedgerEntry,
    pub(super) record: Option<Box<Record>>,
    pub(super) original: Option<Vec<u8>>,
}

/// Reads and parses one file. A fault in the program counts as a failure of this file alone.
pub(super) fn examine(candidate: &Candidate, settings: &Settings, register: &Register) -> Examined {
    let started = Instant::now();
    let read = || read_candidate(candidate, settings, register);
    let mut examined = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        failed(
            candidate,
            String::new(),
            "internal",
            "программа не справилась с этим файлом".to_owned(),
            "сообщите об этом разработчикам prikaz и приложите файл",
        )
    });
    examined.entry.micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    examined
}

fn read_candidate(candidate: &Candidate, settings: &Settings, register: &Register) -> Examined {
    let size = candidate.stamp.bytes;
    if size > MAX_FILE_BYTES {
        return failed(
            candidate,
            String::new(),
            "too-large",
            format!(
                "файл слишком велик: {} МБ, а прочитать можно не больше {} МБ",
                size.div_ceil(1 << 20),
                MAX_FILE_BYTES >> 20
            ),
            "проверьте, приказ ли это",
        );
    }
    let bytes = match bytes_of(candidate) {
        Ok(bytes) => bytes,
        Err(trouble) => return trouble.of(candidate),
    };
    let id = sha256(&bytes);
    let reading = match read(&bytes, settings) {
        Ok(reading) => reading,
        Err(error) => {
            return failed(
                candidate,
                id,
                error.code(),
                error.to_string(),
                &error.remedy(),
            );
        }
    };
    let source = Source {
        path: candidate.relative.clone(),
        format: reading.format,
        bytes: size,
        modified: (candidate.stamp.modified != 0)
            .then(|| Timestamp::from_nanosecond(i128::from(candidate.stamp.modified)).ok())
            .flatten(),
        pages: reading.text.pages,
        ocr: reading.ocr,
    };
    let document = Document {
        id: id.clone(),
        source,
        today: today(),
        register,
    };
    let record = Record {
        order: parse(&reading.text, document),
        layout: Layout::of(&reading.text),
    };
    Examined {
        record: Some(Box::new(record)),
        entry: entry(candidate, id, Outcome::Added),
        original: Some(bytes),
    }
}

/// Why there are no bytes: not the file is at fault but the moment, and another may be better.
enum Trouble {
    Unreadable(String),
    Changed,
}

impl Trouble {
    /// The failure of this file. Its line in the ledger has no time, so that the next run tries again.
    fn of(self, candidate: &Candidate) -> Examined {
        let (cause, message, remedy) = match self {
            Self::Unreadable(message) => (
                "unreadable",
                format!("файл не открывается: {message}"),
                "проверьте, на месте ли он и можно ли его читать, и повторите команду",
            ),
            Self::Changed => (
                "changed",
                "файл изменился во время чтения".to_owned(),
                "повторите команду, когда в него никто не пишет",
            ),
        };
        let mut examined = failed(candidate, String::new(), cause, message, remedy);
        examined.entry.modified = 0;
        examined
    }
}

/// The bytes of a file that holds still while it is read.
fn bytes_of(candidate: &Candidate) -> Result<Vec<u8>, Trouble> {
    if let Some(message) = &candidate.unreadable {
        return Err(Trouble::Unreadable(message.clone()));
    }
    let read = || -> std::io::Result<(Vec<u8>, Stamp)> {
        let mut file = fs::File::open(&candidate.path)?;
        let mut bytes = Vec::new();
        // A byte more than there should be, so that a file that grows is noticed and not followed.
        (&mut file)
            .take(candidate.stamp.bytes + 1)
            .read_to_end(&mut bytes)?;
        Ok((bytes, stamp(&file.metadata()?)))
    };
    let (bytes, now) = read().map_err(|error| Trouble::Unreadable(refusal(&error)))?;
    if now != candidate.stamp || bytes.len() as u64 != candidate.stamp.bytes {
        return Err(Trouble::Changed);
    }
    Ok(bytes)
}

fn failed(
    candidate: &Candidate,
    id: String,
    cause: &str,
    message: String,
    remedy: &str,
) -> Examined {
    Examined {
        entry: LedgerEntry {
            cause: Some(cause.to_owned()),
            message: Some(message),
            remedy: Some(remedy.to_owned()),
            ..entry(candidate, id, Outcome::Failed)
        },
        record: None,
        original: None,
    }
}

fn entry(candidate: &Candidate, id: String, outcome: Outcome) -> LedgerEntry {
    let relative = candidate.relative.clone();
    LedgerEntry {
        id,
        ..line(&candidate.path, relative, candidate.stamp, outcome)
    }
}

/// A line of the ledger about a file, as of now.
pub(super) fn line(path: &Path, relative: String, stamp: Stamp, outcome: Outcome) -> LedgerEntry {
    LedgerEntry {
        path: shown(path.as_os_str()),
        relative,
        bytes: stamp.bytes,
        modified: stamp.modified,
        at: Timestamp::now().to_string(),
        outcome,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..LedgerEntry::default()
    }
}

/// The latest day that it is anywhere: only what lies behind it is in the future for everybody.
pub(crate) fn today() -> jiff::civil::Date {
    jiff::tz::Offset::constant(14)
        .to_datetime(Timestamp::now())
        .date()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file as it was met, and what has become of it when it is read.
    #[test]
    fn a_file_that_changes_or_vanishes_after_it_was_met_fails_for_now() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.docx");
        let met = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            Candidate {
                path: path.clone(),
                relative: "a.docx".to_owned(),
                stamp: stamp(&fs::metadata(&path).unwrap()),
                unreadable: None,
                known: None,
            }
        };
        let cause = |candidate: &Candidate| {
            let entry = examine(candidate, &Settings::default(), Register::built_in()).entry;
            assert_eq!((entry.outcome, entry.modified), (Outcome::Failed, 0));
            entry.cause.unwrap()
        };
        let grown = met(b"12345");
        fs::write(&path, b"123456").unwrap();
        assert_eq!(cause(&grown), "changed");
        let cut = met(b"12345");
        fs::write(&path, b"123").unwrap();
        assert_eq!(cause(&cut), "changed");
        let rewritten = met(b"12345");
        let later = std::time::SystemTime::now() + std::time::Duration::from_secs(5);
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(later)
            .unwrap();
        assert_eq!(cause(&rewritten), "changed");
        let vanished = met(b"12345");
        fs::remove_file(&path).unwrap();
        assert_eq!(cause(&vanished), "unreadable");
    }
}
