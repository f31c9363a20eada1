//! The tables of the archive's database and the version of their form.
//!
//! In: a connection. Out: a database that this program can use. Must never: touch a database of a
//! later version.

use std::path::Path;

use rusqlite::Connection;

use super::ArchiveError;

/// The form of the database that this program writes, in `PRAGMA user_version`.
const FORMAT: i64 = 1;

const TABLES: &str = "
CREATE TABLE record (
    id TEXT PRIMARY KEY,           -- SHA-256 of the original
    number TEXT,                   -- folded
    is_order INTEGER NOT NULL,
    findings INTEGER NOT NULL,     -- above the severity of info
    bytes INTEGER NOT NULL,        -- of the original
    json TEXT NOT NULL
) STRICT;
CREATE INDEX record_by_number ON record (number);
CREATE TABLE change (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL REFERENCES record (id)
) STRICT;
CREATE TABLE ledger (
    entry INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    id TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    modified INTEGER NOT NULL,     -- nanoseconds since 1970
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    cause TEXT,
    message TEXT,
    remedy TEXT,
    version TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_by_path ON ledger (path, entry);
CREATE INDEX ledger_by_id ON ledger (id);
";

/// Makes the tables of a new database; checks those of an old one.
pub(super) fn prepare(connection: &Connection, path: &Path) -> Result<(), ArchiveError> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let format: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if format == 0 {
        // The tables and the version appear together or not at all.
        connection.execute_batch(&format!(
            "BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {FORMAT}; COMMIT;"
        ))?;
    }
    check(connection, path)
}

/// Refuses a database of a later form.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), ArchiveError> {
    /// A reader waits this long for a writer that is just taking the log into the database.
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);
    connection.busy_timeout(PATIENCE)?;
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > FORMAT {
        return Err(ArchiveError::Newer {
            path: path.to_owned(),
            found,
            known: FORMAT,
        });
    }
    if found == 0 {
        return Err(ArchiveError::Missing(path.to_owned()));
    }
    Ok(())
}
