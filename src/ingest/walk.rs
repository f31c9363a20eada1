//! Folders → files, always in the same order.
//!
//! In: the folders and files that the user named. Out: what is under them, folder by folder, names in
//! byte order, each with its place in the record. Must never: read a file, follow a symbolic link,
//! enter the archive itself, or leave something out without saying so.

use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::UNIX_EPOCH;

use super::IngestError;
use crate::read::is_lock_file;
use crate::wording::refusal;
use ignore::{DirEntry, WalkBuilder};

/// Something under a root.
#[derive(Debug)]
pub(super) struct Found {
    /// Absolute path.
    pub(super) location: PathBuf,
    /// Path relative to the root, `/` between its parts.
    pub(super) path: String,
    pub(super) what: What,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A file that may be an order.
    File(Stamp),
    /// Nothing to read.
    PassedOver(Reason),
    /// Something that cannot be looked at, and what the system says.
    Unreadable(String),
}

/// What tells, without reading a file, whether it has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    /// Size in bytes.
    pub(super) bytes: u64,
    /// Time of the last change, nanoseconds since 1970; 0 where the system does not say.
    pub(super) modified: i64,
}

/// Why something is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reason {
    /// A stable name.
    pub(super) cause: &'static str,
    /// One sentence for a person.
    pub(super) message: &'static str,
}

const HIDDEN: Reason = Reason {
    cause: "hidden",
    message: "имя начинается с точки",
};
const LOCK_FILE: Reason = Reason {
    cause: "lock-file",
    message: "это пометка Word о том, что документ открыт",
};
const SYSTEM_FILE: Reason = Reason {
    cause: "system-file",
    message: "это служебный файл системы",
};
const SYMBOLIC_LINK: Reason = Reason {
    cause: "symbolic-link",
    message: "это символическая ссылка; читается только сам файл",
};
const SPECIAL_FILE: Reason = Reason {
    cause: "special-file",
    message: "это устройство или канал, а не файл",
};

/// Files that systems leave in folders and that are no documents, in lower case.
const SYSTEM_FILES: [&str; 3] = ["thumbs.db", "ehthumbs.db", "desktop.ini"];

/// The roots as absolute paths without symbolic links, those inside another left out, so that no
/// file is met twice.
pub(super) fn resolve(roots: &[PathBuf], archive: &Path) -> Result<Vec<PathBuf>, IngestError> {
    let mut resolved: Vec<PathBuf> = Vec::new();
    for root in roots {
        let absolute = root
            .canonicalize()
            .map_err(|_| IngestError::NoSuchPath(root.clone()))?;
        if absolute.starts_with(archive) {
            return Err(IngestError::InsideArchive(root.clone()));
        }
        if !resolved.iter().any(|other| absolute.starts_with(other)) {
            resolved.retain(|other| !other.starts_with(&absolute));
            resolved.push(absolute);
        }
    }
    Ok(resolved)
}

/// Everything under `roots`, which are [`resolve`]d, except the archive.
pub(super) fn walk(roots: &[PathBuf], archive: &Path) -> impl Iterator<Item = Found> {
    roots.iter().flat_map(|root| walk_root(root, archive))
}

fn walk_root(root: &Path, archive: &Path) -> impl Iterator<Item = Found> {
    // A folder that is not entered is never an item of the walk; it is told of on the side and given
    // behind the others.
    let (passed_over, told) = mpsc::channel();
    let archive = archive.to_owned();
    let mut entries = WalkBuilder::new(root)
        .standard_filters(false)
        .follow_links(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(move |entry| {
            if entry.path() == archive {
                return false;
            }
            let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            if folder && is_hidden(entry.file_name()) {
                // The receiver lives as long as the walk.
                let _ = passed_over.send(entry.path().to_owned());
                return false;
            }
            true
        })
        .build();
    let root = root.to_owned();
    std::iter::from_fn(move || {
        let next = entries.find(|entry| !is_folder(entry));
        // What is told on the side is asked for after the walk went on, so that nothing stays untold.
        if let Some(entry) = next {
            return Some(judged(&root, entry));
        }
        let folder = told.try_recv().ok()?;
        Some(found(&root, folder, What::PassedOver(HIDDEN)))
    })
}

fn is_folder(entry: &Result<DirEntry, ignore::Error>) -> bool {
    entry
        .as_ref()
        .is_ok_and(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()))
}

fn judged(root: &Path, entry: Result<DirEntry, ignore::Error>) -> Found {
    match entry {
        Ok(entry) => {
            let what = match entry.metadata() {
                Ok(metadata) => judge(entry.file_name(), &metadata, entry.depth() == 0),
                Err(error) => unreadable(&error),
            };
            found(root, entry.into_path(), what)
        }
        Err(error) => {
            let location = path_of(&error).unwrap_or(root).to_owned();
            found(root, location, unreadable(&error))
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    let mut error = error;
    loop {
        match error {
            ignore::Error::WithPath { path, .. } => return Some(path),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                error = err;
            }
            _ => return None,
        }
    }
}

fn found(root: &Path, location: PathBuf, what: What) -> Found {
    Found {
        path: relative(root, &location),
        location,
        what,
    }
}

/// What a file is, as far as its name and its kind tell. `named`: the user named it, so that its name
/// does not count against it.
fn judge(name: &OsStr, metadata: &Metadata, named: bool) -> What {
    if metadata.is_symlink() {
        return What::PassedOver(SYMBOLIC_LINK);
    }
    if !metadata.is_file() {
        return What::PassedOver(SPECIAL_FILE);
    }
    if !named {
        if name.to_str().is_some_and(is_lock_file) {
            return What::PassedOver(LOCK_FILE);
        }
        if is_hidden(name) {
            return What::PassedOver(HIDDEN);
        }
        let ours = |system: &&str| name.eq_ignore_ascii_case(system);
        if SYSTEM_FILES.iter().any(ours) {
            return What::PassedOver(SYSTEM_FILE);
        }
    }
    What::File(stamp(metadata))
}

/// Size and time of a file.
pub(super) fn stamp(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok();
    let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Stamp {
        bytes: metadata.len(),
        modified: since
            .and_then(|since| i64::try_from(since.as_nanos()).ok())
            .unwrap_or(0),
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn unreadable(error: &ignore::Error) -> What {
    What::Unreadable(error.io_error().map_or_else(|| error.to_string(), refusal))
}

/// The path under `root`, with `/` between its parts; for the root itself, its name.
fn relative(root: &Path, location: &Path) -> String {
    let below = location.strip_prefix(root).unwrap_or(location);
    let parts: Vec<String> = below.iter().map(shown).collect();
    if parts.is_empty() {
        return location.file_name().map(shown).unwrap_or_default();
    }
    parts.join("/")
}

/// A name or path as text; bytes that are no UTF-8 are shown as `\xD0`, so that two names stay two.
pub(super) fn shown(name: &OsStr) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn paths(roots: &[PathBuf], archive: &Path) -> Vec<String> {
        let roots = resolve(roots, archive).unwrap();
        walk(&roots, archive)
            .map(|found| match found.what {
                What::File(_) => found.path,
                What::PassedOver(reason) => format!("{} ({})", found.path, reason.cause),
                What::Unreadable(message) => format!("{} failed: {message}", found.path),
            })
            .collect()
    }

    fn folder(files: &[&str]) -> (tempfile::TempDir, PathBuf) {
        let temporary = tempfile::tempdir().unwrap();
        // The folder's own name starts with a dot: what the user names is walked all the same.
        let root = temporary.path().canonicalize().unwrap().join(".root");
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        (temporary, root)
    }

    #[test]
    fn everything_is_met_in_order_and_nothing_vanishes() {
        let (_temporary, root) = folder(&[
            "б.docx",
            "а/2.docx",
            "а/1.docx",
            "а/~$1.docx",
            ".git/HEAD",
            "x/.DS_Store",
            "x/Thumbs.db",
            "archive/prikaz.db",
        ]);
        assert_eq!(
            paths(std::slice::from_ref(&root), &root.join("archive")),
            [
                "x/.DS_Store (hidden)",
                "x/Thumbs.db (system-file)",
                "а/1.docx",
                "а/2.docx",
                "а/~$1.docx (lock-file)",
                "б.docx",
                ".git (hidden)",
            ]
        );
    }

    #[test]
    fn roots_inside_each_other_are_walked_once() {
        let (_temporary, root) = folder(&["a/1.docx", "b/2.docx"]);
        let archive = Path::new("/nowhere");
        let both = [root.join("a"), root.clone(), root.join("b")];
        assert_eq!(paths(&both, archive), ["a/1.docx", "b/2.docx"]);
        let file = [root.join("a/1.docx"), root.join("b")];
        assert_eq!(paths(&file, archive), ["1.docx", "2.docx"]);
        assert!(matches!(
            resolve(&[root.join("c")], archive),
            Err(IngestError::NoSuchPath(_))
        ));
        assert!(matches!(
            resolve(&[root.join("a")], &root),
            Err(IngestError::InsideArchive(_))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_odd_names_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let (_temporary, root) = folder(&["a/1.docx"]);
        std::os::unix::fs::symlink(root.join("a"), root.join("again")).unwrap();
        fs::write(root.join(OsStr::from_bytes(b"\xCF\xF0.docx")), "").unwrap();
        assert_eq!(
            paths(&[root], Path::new("/nowhere")),
            ["a/1.docx", "again (symbolic-link)", "\\xCF\\xF0.docx"]
        );
    }
}
