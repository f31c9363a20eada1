//! Originals: the bytes of every file, named by their SHA-256.
//!
//! In: bytes and their hash. Out: a file that is whole and on the disk. Must never: show a half-written
//! file under its final name, or write the same bytes twice.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{ArchiveError, io};

/// SHA-256 of bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut shown = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        shown.push(char::from(DIGITS[usize::from(byte >> 4)]));
        shown.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    shown
}

/// Where an original is kept: the first two letters of its hash are its folder, so that no folder
/// holds more than a 256th part.
pub(super) fn path_of(archive: &Path, id: &str) -> PathBuf {
    let (folder, _) = id.split_at_checked(2).unwrap_or((id, ""));
    archive.join("originals").join(folder).join(id)
}

/// Makes the folder and clears away what a killed process left half-written.
pub(super) fn prepare(archive: &Path) -> Result<(), ArchiveError> {
    let unfinished = unfinished(archive);
    if unfinished.is_dir() {
        fs::remove_dir_all(&unfinished).map_err(io(&unfinished))?;
    }
    fs::create_dir_all(&unfinished).map_err(io(&unfinished))
}

/// Writes the bytes beside, syncs them, and moves them under their name.
pub(super) fn keep(archive: &Path, id: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
    let target = path_of(archive, id);
    let same_size = fs::metadata(&target).is_ok_and(|found| found.len() == bytes.len() as u64);
    if same_size {
        return Ok(());
    }
    let folder = target.parent().unwrap_or(archive);
    fs::create_dir_all(folder).map_err(io(folder))?;
    let mut file = tempfile::NamedTempFile::new_in(unfinished(archive)).map_err(io(folder))?;
    file.write_all(bytes)
        .and_then(|()| file.as_file().sync_all())
        .map_err(io(&target))?;
    file.persist(&target).map_err(|error| ArchiveError::Io {
        path: target.clone(),
        source: error.error,
    })?;
    // The name is on the disk when the folder is.
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(io(folder))
}

fn unfinished(archive: &Path) -> PathBuf {
    archive.join("originals").join("unfinished")
}
