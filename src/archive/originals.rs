//! Originals: the bytes of every file, named by their SHA-256.
//!
//! In: bytes and their hash. Out: a file that is whole and on the disk. Must never: show a half-written
//! file under its final name, or write the same bytes twice.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read as _, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::ArchiveError;
use super::error::io;

/// Bytes read at a time where an original is only passed through.
const CHUNK: usize = 1 << 16;

/// SHA-256 of bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut shown = String::with_capacity(2 * bytes.len());
    for byte in bytes {
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

/// Writes originals, each id once, and makes them durable: the bytes first, then their names. What is
/// there already is left, if it is whole.
pub(super) fn keep(archive: &Path, originals: &[(&str, &[u8])]) -> Result<(), ArchiveError> {
    if originals.is_empty() {
        return Ok(());
    }
    originals.par_iter().try_for_each(|(id, bytes)| {
        // A process that was killed before it committed has left the original.
        if fs::read(path_of(archive, id)).is_ok_and(|found| found == *bytes) {
            return Ok(());
        }
        write(archive, id, |file, path| {
            file.write_all(bytes).map_err(io(path))
        })
    })?;
    make_names_durable(archive, originals.iter().map(|(id, _)| *id))
}

/// Copies an original from one archive to another, checked on the way. Its name is not yet durable.
/// False where it was there already.
pub(super) fn copy(from: &Path, to: &Path, id: &str) -> Result<bool, ArchiveError> {
    if digest(&path_of(to, id)).is_ok_and(|found| found == id) {
        return Ok(false);
    }
    let source = path_of(from, id);
    write(to, id, |file, path| {
        let mut found = Sha256::new();
        each_chunk(&source, |chunk| {
            found.update(chunk);
            file.write_all(chunk).map_err(io(path))
        })?;
        if hexadecimal(&found.finalize()) == id {
            Ok(())
        } else {
            Err(ArchiveError::Damaged(source.clone()))
        }
    })?;
    Ok(true)
}

/// Writes an original beside, syncs it, and moves it under its name.
fn write(
    archive: &Path,
    id: &str,
    fill: impl FnOnce(&mut File, &Path) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let target = path_of(archive, id);
    let folder = target.parent().unwrap_or(archive);
    fs::create_dir_all(folder).map_err(io(folder))?;
    let beside = unfinished(archive).join(id);
    let mut file = File::create(&beside).map_err(io(&beside))?;
    let written = fill(&mut file, &beside).and_then(|()| file.sync_all().map_err(io(&beside)));
    if let Err(error) = written {
        // On a full disk the half of a file must not stand in the way of the others.
        drop(file);
        let _ = fs::remove_file(&beside);
        return Err(error);
    }
    fs::rename(&beside, &target).map_err(io(&target))
}

/// A name is on the disk when its folder is, and that folder when the folder around it is.
pub(super) fn make_names_durable<'a>(
    archive: &Path,
    ids: impl Iterator<Item = &'a str>,
) -> Result<(), ArchiveError> {
    let folders: BTreeSet<PathBuf> = ids
        .filter_map(|id| path_of(archive, id).parent().map(Path::to_owned))
        .collect();
    folders
        .par_iter()
        .try_for_each(|folder| sync_folder(folder))?;
    sync_folder(&archive.join("originals"))
}

/// The bytes of an original, checked against its id.
pub(crate) fn read(archive: &Path, id: &str) -> Result<Vec<u8>, ArchiveError> {
    let path = path_of(archive, id);
    let bytes = fs::read(&path).map_err(io(&path))?;
    if sha256(&bytes) == id {
        Ok(bytes)
    } else {
        Err(ArchiveError::Damaged(path))
    }
}

/// The SHA-256 of a file, read a piece at a time.
pub(super) fn digest(path: &Path) -> Result<String, ArchiveError> {
    let mut found = Sha256::new();
    each_chunk(path, |chunk| {
        found.update(chunk);
        Ok::<_, ArchiveError>(())
    })?;
    Ok(hexadecimal(&found.finalize()))
}

/// Gives a file to `visit`, a piece at a time.
pub(crate) fn each_chunk<E: From<ArchiveError>>(
    path: &Path,
    mut visit: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let mut file = File::open(path).map_err(io(path))?;
    let mut buffer = vec![0; CHUNK];
    loop {
        match file.read(&mut buffer).map_err(io(path))? {
            0 => return Ok(()),
            read => visit(&buffer[..read])?,
        }
    }
}

/// Gives the name of every file under `originals` to `visit`, in no order; what is half-written is left
/// out.
pub(super) fn each_name<E: From<ArchiveError>>(
    archive: &Path,
    mut visit: impl FnMut(&str, &Path) -> Result<(), E>,
) -> Result<(), E> {
    let root = archive.join("originals");
    for folder in fs::read_dir(&root).map_err(io(&root))? {
        let folder = folder.map_err(io(&root))?.path();
        if !folder.is_dir() || folder == unfinished(archive) {
            continue;
        }
        for file in fs::read_dir(&folder).map_err(io(&folder))? {
            let file = file.map_err(io(&folder))?;
            visit(&file.file_name().to_string_lossy(), &file.path())?;
        }
    }
    Ok(())
}

/// Syncs the entries of a folder. Windows has no such call and sees to it itself.
pub(super) fn sync_folder(folder: &Path) -> Result<(), ArchiveError> {
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(io(folder))?;
    }
    Ok(())
}

fn unfinished(archive: &Path) -> PathBuf {
    archive.join("originals").join("unfinished")
}
