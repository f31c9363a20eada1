//! The archive: originals by hash, records and the ledger of files in SQLite. It is the truth; the
//! index only follows it.
//!
//! In: what an ingest found. Out: records, originals, counts, and every change since a sequence
//! number. Must never: lose what it acknowledged. A change is acknowledged when its transaction is
//! committed; an original is on the disk, whole and synced, before the record that names it.
//!
//! ```text
//! DIR/prikaz.db          records, ledger, files (SQLite, WAL, synchronous FULL)
//! DIR/originals/ab/…     originals, named by their SHA-256
//! DIR/index/             the index; may be deleted at any time
//! DIR/lock               held by the process that writes
//! ```

mod originals;
mod schema;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};

use crate::order::Order;

pub use originals::sha256;

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
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("the database of the archive: {0}")]
    Database(#[from] rusqlite::Error),
    /// A record that cannot be understood.
    #[error("the record {id} in the archive cannot be read: {source}")]
    Record {
        /// Id of the record.
        id: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl ArchiveError {
    /// What the user can do.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Missing(_) => "name the archive with --archive, or make one with `prikaz ingest`",
            Self::Busy { .. } => "wait until it is done; searching and reading work meanwhile",
            Self::Newer { .. } => "install the newer version of prikaz that made it",
            Self::Io { .. } => {
                "check that the disk is not full and that the folder may be written to"
            }
            Self::Database(_) => {
                "copy the archive's folder, then check the disk; the originals are plain files in originals/"
            }
            Self::Record { .. } => "ingest the original again",
        }
    }
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> ArchiveError {
    let path = path.to_owned();
    move |source| ArchiveError::Io { path, source }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Its record is in the archive.
    Added,
    /// The same bytes are in the archive already.
    Duplicate,
    /// It could not be read.
    Failed,
}

impl Outcome {
    /// The name in the ledger.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Duplicate => "duplicate",
            Self::Failed => "failed",
        }
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LedgerEntry {
    /// The file's full path.
    pub path: String,
    /// SHA-256 of its bytes; empty where they could not be read.
    pub id: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Time of its last change, nanoseconds since 1970.
    pub modified: i64,
    /// When it was ingested, RFC 3339.
    pub at: String,
    /// `added`, `duplicate` or `failed`.
    pub outcome: String,
    /// The stable name of the cause, for a failure.
    pub cause: Option<String>,
    /// What happened, in words.
    pub message: Option<String>,
    /// What to do, in words.
    pub remedy: Option<String>,
    /// Version of the program.
    pub version: String,
}

/// A change of the archive, for those that follow it.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its place in the order of changes, from 1.
    pub sequence: i64,
    /// Id of the record.
    pub id: String,
    /// The record as it is now.
    pub order: Order,
}

/// How much an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Status {
    /// Records.
    pub orders: u64,
    /// Documents among them that are no orders.
    pub not_orders: u64,
    /// Records with findings of a severity above info.
    pub with_findings: u64,
    /// Files in the ledger.
    pub files: u64,
    /// Files that failed and were not read since.
    pub failed: u64,
    /// Bytes of all originals.
    pub original_bytes: u64,
    /// Number of the latest change.
    pub sequence: i64,
}

/// An opened archive.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    connection: Connection,
    /// Held while the archive is open for writing.
    _lock: Option<File>,
}

impl Archive {
    /// Opens an archive to read. Writers do not block it.
    pub fn open_for_reading(path: &Path) -> Result<Self, ArchiveError> {
        let database = path.join("prikaz.db");
        if !database.is_file() {
            return Err(ArchiveError::Missing(path.to_owned()));
        }
        // Not read-only: a reader must be able to recover the log of a killed writer.
        let connection = Connection::open_with_flags(&database, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .or_else(|_| {
                Connection::open_with_flags(&database, OpenFlags::SQLITE_OPEN_READ_ONLY)
            })?;
        schema::check(&connection, path)?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            _lock: None,
        })
    }

    /// Opens an archive to write, and makes it where there is none. One process at a time.
    pub fn open_for_writing(path: &Path) -> Result<Self, ArchiveError> {
        fs::create_dir_all(path).map_err(io(path))?;
        let lock = lock(path)?;
        let database = path.join("prikaz.db");
        let connection = Connection::open(&database)?;
        schema::prepare(&connection, path)?;
        originals::prepare(path)?;
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

    /// Keeps the bytes of an original under their hash and syncs them to the disk. To be called
    /// before the record that names them is added.
    pub fn keep_original(&self, id: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        originals::keep(&self.path, id, bytes)
    }

    /// The bytes of an original.
    pub fn original(&self, id: &str) -> Result<Vec<u8>, ArchiveError> {
        let path = originals::path_of(&self.path, id);
        fs::read(&path).map_err(io(&path))
    }

    /// Adds records and ledger lines in one transaction: all of them are acknowledged, or none. A
    /// record whose id is there already is left as it is.
    pub fn commit(&mut self, batch: &[(LedgerEntry, Option<Order>)]) -> Result<(), ArchiveError> {
        let transaction = self.connection.transaction()?;
        for (entry, order) in batch {
            if let Some(order) = order {
                let json = serde_json::to_string(order).map_err(|source| ArchiveError::Record {
                    id: order.id.clone(),
                    source,
                })?;
                let number = order
                    .number
                    .as_ref()
                    .map(|number| crate::lexicon::fold::fold_number(&number.value));
                let findings = order
                    .findings
                    .iter()
                    .filter(|finding| finding.severity > crate::order::Severity::Info)
                    .count();
                let added = transaction.execute(
                    "INSERT INTO record (id, number, is_order, findings, bytes, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING",
                    params![order.id, number, order.kind.is_some(), i64::try_from(findings).unwrap_or(i64::MAX), i64::try_from(order.source.bytes).unwrap_or(i64::MAX), json],
                )?;
                if added == 1 {
                    transaction
                        .execute("INSERT INTO change (record) VALUES (?1)", params![order.id])?;
                }
            }
            transaction.execute(
                "INSERT INTO ledger (path, id, bytes, modified, at, outcome, cause, message, remedy, version)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    entry.path,
                    entry.id,
                    i64::try_from(entry.bytes).unwrap_or(i64::MAX),
                    entry.modified,
                    entry.at,
                    entry.outcome,
                    entry.cause,
                    entry.message,
                    entry.remedy,
                    entry.version
                ],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The latest ledger line of a path.
    pub fn latest(&self, path: &str) -> Result<Option<LedgerEntry>, ArchiveError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM ledger WHERE path = ?1 ORDER BY entry DESC LIMIT 1")?;
        Ok(statement.query_row([path], ledger_entry).optional()?)
    }

    /// Whether a record has this id.
    pub fn has(&self, id: &str) -> Result<bool, ArchiveError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM record WHERE id = ?1")?;
        Ok(statement.exists([id])?)
    }

    /// Gives every latest line of the ledger to `visit`, in the order of paths; the failed ones alone
    /// on request.
    pub fn each_ledger_line<E: From<ArchiveError>>(
        &self,
        failed: bool,
        mut visit: impl FnMut(LedgerEntry) -> Result<(), E>,
    ) -> Result<(), E> {
        let wrap = |error: rusqlite::Error| E::from(ArchiveError::from(error));
        let mut statement = self
            .connection
            .prepare(
                "SELECT * FROM ledger WHERE entry IN (SELECT max(entry) FROM ledger GROUP BY path) AND (?1 = 0 OR outcome = 'failed') ORDER BY path",
            )
            .map_err(wrap)?;
        let mut rows = statement.query([failed]).map_err(wrap)?;
        while let Some(row) = rows.next().map_err(wrap)? {
            visit(ledger_entry(row).map_err(wrap)?)?;
        }
        Ok(())
    }

    /// The record with this id.
    pub fn record(&self, id: &str) -> Result<Option<Order>, ArchiveError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, json FROM record WHERE id = ?1")?;
        let found: Option<(String, String)> = statement
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.map(|(id, json)| order_of(&id, &json)).transpose()
    }

    /// The records that a person may mean: by id or its beginning (eight letters or more), or by number.
    pub fn named(&self, name: &str) -> Result<Vec<Order>, ArchiveError> {
        /// Enough of a hash to be meant as one.
        const SHORTEST_PREFIX: usize = 8;
        let mut found = Vec::new();
        let hash =
            name.len() >= SHORTEST_PREFIX && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (query, value) = if hash {
            (
                "SELECT id, json FROM record WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id",
                name.to_lowercase(),
            )
        } else {
            (
                "SELECT id, json FROM record WHERE number = ?1 ORDER BY id",
                crate::lexicon::fold::fold_number(name.trim_start_matches(['№', ' '])),
            )
        };
        let mut statement = self.connection.prepare_cached(query)?;
        let mut rows = statement.query([value])?;
        while let Some(row) = rows.next()? {
            found.push(order_of(
                &row.get::<_, String>(0)?,
                &row.get::<_, String>(1)?,
            )?);
        }
        Ok(found)
    }

    /// Every path under which an original was ingested.
    pub fn paths(&self, id: &str) -> Result<Vec<String>, ArchiveError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT path FROM ledger WHERE id = ?1 ORDER BY path")?;
        let rows = statement.query_map([id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Gives every record to `visit` as its JSON, ordered by id, one at a time.
    pub fn each_record<E: From<ArchiveError>>(
        &self,
        mut visit: impl FnMut(&str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let wrap = |error: rusqlite::Error| E::from(ArchiveError::from(error));
        let mut statement = self
            .connection
            .prepare("SELECT id, json FROM record ORDER BY id")
            .map_err(wrap)?;
        let mut rows = statement.query([]).map_err(wrap)?;
        while let Some(row) = rows.next().map_err(wrap)? {
            let id: String = row.get(0).map_err(wrap)?;
            let json: String = row.get(1).map_err(wrap)?;
            visit(&id, &json)?;
        }
        Ok(())
    }

    /// At most `limit` changes behind `sequence`, in their order.
    pub fn changes_since(&self, sequence: i64, limit: usize) -> Result<Vec<Change>, ArchiveError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT change.sequence, record.id, record.json FROM change JOIN record ON record.id = change.record
             WHERE change.sequence > ?1 ORDER BY change.sequence LIMIT ?2",
        )?;
        let mut rows =
            statement.query(params![sequence, i64::try_from(limit).unwrap_or(i64::MAX)])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(1)?;
            let order = order_of(&id, &row.get::<_, String>(2)?)?;
            changes.push(Change {
                sequence: row.get(0)?,
                id,
                order,
            });
        }
        Ok(changes)
    }

    /// How much the archive holds.
    pub fn status(&self) -> Result<Status, ArchiveError> {
        let count = |query: &str| -> Result<u64, ArchiveError> {
            let number: i64 = self.connection.query_row(query, [], |row| row.get(0))?;
            Ok(u64::try_from(number).unwrap_or(0))
        };
        Ok(Status {
            orders: count("SELECT count(*) FROM record WHERE is_order")?,
            not_orders: count("SELECT count(*) FROM record WHERE NOT is_order")?,
            with_findings: count("SELECT count(*) FROM record WHERE findings > 0")?,
            files: count("SELECT count(DISTINCT path) FROM ledger")?,
            failed: count(
                "SELECT count(*) FROM ledger WHERE entry IN (SELECT max(entry) FROM ledger GROUP BY path) AND outcome = 'failed'",
            )?,
            original_bytes: count("SELECT coalesce(sum(bytes), 0) FROM record")?,
            sequence: self.sequence()?,
        })
    }

    /// The number of the latest change; 0 for an empty archive.
    pub fn sequence(&self) -> Result<i64, ArchiveError> {
        Ok(self.connection.query_row(
            "SELECT coalesce(max(sequence), 0) FROM change",
            [],
            |row| row.get(0),
        )?)
    }
}

fn order_of(id: &str, json: &str) -> Result<Order, ArchiveError> {
    serde_json::from_str(json).map_err(|source| ArchiveError::Record {
        id: id.to_owned(),
        source,
    })
}

fn ledger_entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<LedgerEntry> {
    Ok(LedgerEntry {
        path: row.get("path")?,
        id: row.get("id")?,
        bytes: u64::try_from(row.get::<_, i64>("bytes")?).unwrap_or(0),
        modified: row.get("modified")?,
        at: row.get("at")?,
        outcome: row.get("outcome")?,
        cause: row.get("cause")?,
        message: row.get("message")?,
        remedy: row.get("remedy")?,
        version: row.get("version")?,
    })
}

/// Takes the lock of the writer. The operating system gives it back when the process ends, however it
/// ends; what the file says is only for people.
fn lock(path: &Path) -> Result<File, ArchiveError> {
    let name = path.join("lock");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&name)
        .map_err(io(&name))?;
    match file.try_lock() {
        Ok(()) => {
            let said = format!(
                "process {}, since {}",
                std::process::id(),
                jiff::Timestamp::now()
            );
            file.set_len(0)
                .and_then(|()| file.write_all(said.as_bytes()))
                .map_err(io(&name))?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let read = file
                .rewind()
                .and_then(|()| file.read_to_string(&mut holder));
            Err(ArchiveError::Busy {
                path: path.to_owned(),
                holder: read
                    .ok()
                    .map(|_| holder)
                    .filter(|holder| !holder.is_empty()),
            })
        }
        Err(TryLockError::Error(source)) => Err(ArchiveError::Io { path: name, source }),
    }
}
