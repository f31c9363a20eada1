//! The archive: originals by hash, records, the ledger of files and the audit log in SQLite. It is the
//! truth; the index only follows it.
//!
//! In: what an ingest found. Out: records, originals, counts, every change since a sequence number, and
//! proof that nothing was lost. Must never: lose what it acknowledged, overwrite a state that a record
//! had, or load itself whole. A change is acknowledged when its transaction is committed; an original
//! is on the disk, whole and synced, before the record that names it.
//!
//! ```text
//! DIR/prikaz.db          records, ledger, audit log (SQLite, WAL, synchronous FULL)
//! DIR/originals/ab/…     originals, named by their SHA-256
//! DIR/index/             the index; may be deleted at any time
//! DIR/register.tsv       the archive's own acts, where it has some
//! DIR/lock               held by the process that writes
//! ```

mod backup;
mod corrections;
mod error;
mod events;
mod fixity;
mod layouts;
mod ledger;
mod lock;
mod migration;
mod originals;
mod own_register;
mod records;
mod schema;
mod status;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags, Params, Row};

pub use backup::{Copied, restore};
pub use corrections::{Amendment, CorrectionError};
pub use error::ArchiveError;
pub use events::{Event, Kind as EventKind, actor};
pub use fixity::{Checked, Problem, Selection};
pub use ledger::{LedgerEntry, LedgerFilter, Outcome};
pub use originals::sha256;
pub use records::{Change, Version};
pub use schema::FORMAT;
pub use status::Status;

pub(crate) use corrections::apply;
pub(crate) use error::io;
pub(crate) use fixity::Examination;
pub(crate) use originals::{each_chunk, hexadecimal, read as read_original};

/// Name of the database in the archive's folder.
const DATABASE: &str = "prikaz.db";

/// An opened archive.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    connection: Connection,
    /// Held while the archive is open for writing.
    _lock: Option<File>,
}

impl Archive {
    /// Opens an archive to read. Writers do not block it. An archive of an older format is converted
    /// first, a copy of its database kept.
    pub fn open_for_reading(path: &Path) -> Result<Self, ArchiveError> {
        let database = path.join(DATABASE);
        if !database.is_file() {
            return Err(ArchiveError::Missing(path.to_owned()));
        }
        let connection = connect_to_read(&database).map_err(|error| named(error, path))?;
        match schema::format(&connection, path).map_err(|error| named(error, path))? {
            Some(schema::FORMAT) => Ok(Self {
                path: path.to_owned(),
                connection,
                _lock: None,
            }),
            Some(found) => {
                drop(connection);
                let converted = Self::open_for_writing(path);
                converted.map_err(|source| ArchiveError::Older {
                    path: path.to_owned(),
                    found,
                    source: Box::new(source),
                })?;
                Self::open_for_reading(path)
            }
            None => Err(ArchiveError::Missing(path.to_owned())),
        }
    }

    /// Opens an archive to write, and makes it where there is none. One process at a time. An archive
    /// of an older format is converted, a copy of its database kept.
    pub fn open_for_writing(path: &Path) -> Result<Self, ArchiveError> {
        let database = path.join(DATABASE);
        fs::create_dir_all(path).map_err(io(path))?;
        if !database.exists() {
            refuse_other_things(path)?;
        }
        let lock = lock::lock(path)?;
        let prepare = || -> Result<Connection, ArchiveError> {
            let mut connection = Connection::open(&database)?;
            let format = schema::format(&connection, path)?;
            schema::make_durable(&connection)?;
            match format {
                None => schema::create(&connection)?,
                Some(schema::FORMAT) => {}
                Some(older) => migration::migrate(&mut connection, path, older)?,
            }
            Ok(connection)
        };
        let connection = prepare().map_err(|error| named(error, path))?;
        originals::prepare(path)?;
        originals::sync_folder(path)?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            _lock: Some(lock),
        })
    }

    /// The archive's folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of the index.
    #[must_use]
    pub fn index_path(&self) -> PathBuf {
        self.path.join("index")
    }

    /// Keeps the bytes of originals under their hashes, in parallel, and syncs them to the disk. To be
    /// called before the records that name them are added.
    pub fn keep_originals(&self, originals: &[(&str, &[u8])]) -> Result<(), ArchiveError> {
        originals::keep(&self.path, originals)
    }

    /// The bytes of an original, checked against its id.
    pub fn original(&self, id: &str) -> Result<Vec<u8>, ArchiveError> {
        originals::read(&self.path, id)
    }

    /// The file of an original.
    #[must_use]
    pub fn original_path(&self, id: &str) -> PathBuf {
        originals::path_of(&self.path, id)
    }

    /// Does something that reads several times, all of it as the archive is at one moment, whatever is
    /// written meanwhile.
    pub fn at_one_moment<T, E: From<ArchiveError>>(
        &self,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let moment = self
            .connection
            .unchecked_transaction()
            .map_err(|error| E::from(error.into()))?;
        let done = work();
        drop(moment);
        done
    }

    /// Gives every row of a query to `visit`, one at a time.
    fn each_row<T, E: From<ArchiveError>>(
        &self,
        query: &str,
        parameters: impl Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
        mut visit: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let wrap = |error: rusqlite::Error| E::from(ArchiveError::from(error));
        let mut statement = self.connection.prepare(query).map_err(wrap)?;
        let mut rows = statement.query(parameters).map_err(wrap)?;
        while let Some(row) = rows.next().map_err(wrap)? {
            visit(read(row).map_err(wrap)?)?;
        }
        Ok(())
    }
}

/// Opens a database to read from it, whatever may be written to.
fn connect_to_read(database: &Path) -> Result<Connection, ArchiveError> {
    let probe = |connection: Connection| -> rusqlite::Result<Connection> {
        // Opening is lazy; this reads the first page.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    let damaged = |error: &rusqlite::Error| {
        matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        )
    };
    // Not read-only at first: a reader must be able to recover the log of a killed writer.
    let written =
        Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(probe);
    let error = match written {
        Ok(connection) => return Ok(connection),
        Err(error) if damaged(&error) => return Err(error.into()),
        Err(error) => error,
    };
    let read =
        Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(probe);
    if let Ok(connection) = read {
        return Ok(connection);
    }
    // In a folder that cannot be written to, SQLite cannot keep its note of who reads. Where no log
    // is left beside the database nobody writes to it, and it can be read as it stands.
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    if Path::new(&log).exists() {
        return Err(error.into());
    }
    let mut address = String::from("file:");
    for byte in database.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                address.push(char::from(*byte));
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(address, flags).and_then(probe)?)
}

/// Gives the database's full name to an error that has only its own.
fn named(error: ArchiveError, path: &Path) -> ArchiveError {
    match error {
        ArchiveError::Corrupt { source, .. } => ArchiveError::Corrupt {
            path: path.join(DATABASE),
            source,
        },
        other => other,
    }
}

/// Refuses a folder that holds anything but what a process leaves that was killed while it made an
/// archive there.
fn refuse_other_things(path: &Path) -> Result<(), ArchiveError> {
    for entry in fs::read_dir(path).map_err(io(path))? {
        let name = entry.map_err(io(path))?.file_name();
        if name != "lock" && name != "originals" && name != "index" {
            return Err(ArchiveError::Foreign(path.to_owned()));
        }
    }
    Ok(())
}
