//! What can go wrong with an archive, and what to do then.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the archive cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// There is no archive in the folder.
    #[error("there is no archive in {}", .0.display())]
    Missing(PathBuf),
    /// Another process writes.
    #[error("the archive in {} is being written to by another process{}", path.display(), holder.as_deref().map(|who| format!(" ({who})")).unwrap_or_default())]
    Busy {
        /// The archive.
        path: PathBuf,
        /// What the other process says of itself.
        holder: Option<String>,
    },
    /// Made by a later version of the program.
    #[error("the archive in {} has format {found}; this program knows formats up to {known}", path.display())]
    Newer {
        /// The archive.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The format of this program.
        known: i64,
    },
    /// Made by an earlier version of the program, in a place that cannot be written to.
    #[error("the archive in {} has the older format {found} and cannot be converted where it is: {source}", path.display())]
    Older {
        /// The archive.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// What stood in the way.
        source: Box<ArchiveError>,
    },
    /// A folder that holds other things and no archive, or another program's database.
    #[error("{} is no archive of prikaz and is in use for something else", .0.display())]
    Foreign(PathBuf),
    /// A folder that is to be filled and holds something already.
    #[error("{} holds something already", .0.display())]
    NotEmpty(PathBuf),
    /// A copy that would lie in what it is a copy of.
    #[error("{} lies in the archive {} itself, and would be lost with it", folder.display(), archive.display())]
    Inside {
        /// Where the copy was to go.
        folder: PathBuf,
        /// The archive.
        archive: PathBuf,
    },
    /// The database is not what this program wrote.
    #[error("the database {} is damaged: {source}", path.display())]
    Corrupt {
        /// The database.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// An original whose bytes are not those that were taken in.
    #[error("the original {} is damaged: its bytes are not those that were taken in", .0.display())]
    Damaged(PathBuf),
    /// The archive's own register of acts has a line that cannot be used.
    #[error("{}: {source}", path.display())]
    Register {
        /// The register.
        path: PathBuf,
        /// Which line, and why.
        source: crate::lexicon::register::RegisterError,
    },
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database refused.
    #[error("the database of the archive: {0}")]
    Database(rusqlite::Error),
    /// A record that cannot be understood.
    #[error("the record {id} in the archive cannot be read: {source}")]
    Record {
        /// Id of the record.
        id: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The layout of a record cannot be read.
    #[error("the places of the words of record {id} cannot be read: {source}")]
    Layout {
        /// Id of the record.
        id: String,
        /// What is wrong.
        source: std::io::Error,
    },
    /// A record that is not there.
    #[error("no record has the id {0}")]
    NoRecord(String),
}

const MAKE_ROOM: &str =
    "make room on the disk and run the command again; nothing that was acknowledged is lost";
const DISK: &str = "check that the disk is not full and is sound, and run the command again; nothing that was acknowledged is lost";
const MAY_WRITE: &str = "the archive may not be written to here: check who owns the folder; reading commands work without that";
const WAY_BACK: &str = "put the folder aside and bring a backup back with `prikaz restore`; without one, take the originals into a new archive: prikaz --archive NEW ingest ARCHIVE/originals";

impl ArchiveError {
    /// What the user can do.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Missing(_) => "name the archive with --archive, or make one with `prikaz ingest`",
            Self::Busy { .. } => "wait until it is done; searching and reading work meanwhile",
            Self::Newer { .. } => "install the newer version of prikaz that made it",
            Self::Older { .. } => {
                "run any command once where the archive may be written to; a copy of the old database is kept"
            }
            Self::Foreign(_) => "name an empty or a new folder with --archive",
            Self::NotEmpty(_) => "name an empty or a new folder",
            Self::Inside { .. } => "name a folder elsewhere, best on another disk",
            Self::Corrupt { .. } => WAY_BACK,
            Self::Damaged(_) => "restore it from a backup, and check the disk",
            Self::Register { .. } => {
                "mend the line or delete the file; `prikaz register --help` describes the form"
            }
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull
                | io::ErrorKind::QuotaExceeded
                | io::ErrorKind::FileTooLarge => MAKE_ROOM,
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => MAY_WRITE,
                _ => "check the disk and that the folder is still there, and run the command again",
            },
            Self::Database(source) => match source.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => MAKE_ROOM,
                Some(ErrorCode::SystemIoFailure) => DISK,
                Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                    MAY_WRITE
                }
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    "close other programs that have prikaz.db open and run the command again"
                }
                _ => "run `prikaz verify`, which says what is whole; the originals are plain files",
            },
            Self::Record { .. } | Self::Layout { .. } => {
                "run `prikaz reparse` with its id; its original is kept"
            }
            Self::NoRecord(_) => "look for it with `prikaz search`",
        }
    }

    /// Whether it says that the archive may not be written to here, and reading it is no mistake.
    #[must_use]
    pub fn is_refusal_to_write(&self) -> bool {
        match self {
            Self::Io { source, .. } => matches!(
                source.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            ),
            Self::Database(source) => matches!(
                source.sqlite_error_code(),
                Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen)
            ),
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for ArchiveError {
    fn from(source: rusqlite::Error) -> Self {
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt {
                path: PathBuf::from(super::DATABASE),
                source,
            },
            _ => Self::Database(source),
        }
    }
}

/// Names the file or folder in an error of the file system.
pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> ArchiveError {
    let path = path.to_owned();
    move |source| ArchiveError::Io { path, source }
}
