//! The tables of the archive's database and the version of their form.
//!
//! In: a connection. Out: a database that this program can use. Must never: touch a database of a
//! later version, or one of another program.

use std::path::Path;

use rusqlite::{Connection, ErrorCode};

use super::ArchiveError;

/// The form of the database that this program writes, in `PRAGMA user_version`.
pub const FORMAT: i64 = 3;

/// What format 3 brought.
pub(super) const LAYOUT: &str = "
-- Where the words of a state of a record stand on the pages of its original. A state without a row of its own has
-- the text, and the layout, of the latest one before it that has a row; an empty one says that there are no pages.
CREATE TABLE layout (
    sequence INTEGER PRIMARY KEY REFERENCES version (sequence),
    pages BLOB NOT NULL            -- deflated; empty: none
) STRICT;
";

pub(super) const TABLES: &str = "
-- What tells this archive from others.
CREATE TABLE archive (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- The current state of each record: its version and what it is looked up by.
CREATE TABLE record (
    id TEXT PRIMARY KEY,           -- SHA-256 of the original
    sequence INTEGER NOT NULL REFERENCES version (sequence),
    number TEXT,                   -- folded
    place TEXT NOT NULL,           -- in time: date and padded number
    by_issuer TEXT,                -- issuer, number and date, folded; equal for probable copies
    by_title TEXT,                 -- number, date and title, folded; equal for probable copies
    is_order INTEGER NOT NULL,
    findings INTEGER NOT NULL,     -- above the severity of info
    corrected INTEGER NOT NULL,    -- values corrected by hand
    bytes INTEGER NOT NULL         -- of the original
) STRICT;
CREATE INDEX record_by_sequence ON record (sequence);
CREATE INDEX record_by_number ON record (number);
CREATE INDEX record_by_place ON record (place, id);
CREATE INDEX record_by_issuer ON record (by_issuer) WHERE by_issuer IS NOT NULL;
CREATE INDEX record_by_title ON record (by_title) WHERE by_title IS NOT NULL;

-- Every state that a record ever had, in the order in which they came about.
CREATE TABLE version (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    number INTEGER NOT NULL,       -- 1, 2, … of this record
    program TEXT NOT NULL,
    sha256 TEXT NOT NULL,          -- of json
    json TEXT NOT NULL,
    UNIQUE (record, number)
) STRICT;

-- What became of every file, a line each time that it was met and something had changed.
CREATE TABLE ledger (
    entry INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    relative TEXT NOT NULL,        -- to the folder that was named
    id TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    modified INTEGER NOT NULL,     -- nanoseconds since 1970
    at TEXT NOT NULL,
    micros INTEGER NOT NULL,       -- that reading it took
    outcome TEXT NOT NULL,
    cause TEXT,
    message TEXT,
    remedy TEXT,
    version TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_by_path ON ledger (path, entry);
CREATE INDEX ledger_by_id ON ledger (id);
CREATE INDEX ledger_failures ON ledger (outcome) WHERE outcome IN ('failed', 'skipped', 'gone');

-- Values corrected by hand; the latest of a field counts.
CREATE TABLE correction (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL REFERENCES record (id),
    event INTEGER NOT NULL REFERENCES event (number),
    field TEXT NOT NULL,
    value TEXT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX correction_by_record ON correction (record, number);

-- What was done to the archive; each event holds the hash of the one before it.
CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'the audit log is only ever added to'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'the audit log is only ever added to'); END;
";

/// Makes a connection safe to write with: what is committed survives the loss of power.
pub(super) fn make_durable(connection: &Connection) -> Result<(), ArchiveError> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}

/// Makes the tables of a new database. They and the version appear together or not at all.
pub(super) fn create(connection: &Connection) -> Result<(), ArchiveError> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {TABLES} {LAYOUT} INSERT INTO archive VALUES ('id', lower(hex(randomblob(16)))); PRAGMA user_version = {FORMAT}; COMMIT;"
    ))?;
    Ok(())
}

/// The form of a database that this program knows; `None` where it holds nothing yet. Refuses a later
/// form and other programs' databases, before anything is written: what is not ours stays as it is.
pub(super) fn format(connection: &Connection, path: &Path) -> Result<Option<i64>, ArchiveError> {
    /// A reader waits this long for a writer that is just taking the log into the database.
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);
    connection.busy_timeout(PATIENCE)?;
    let number = |query| connection.query_row(query, [], |row| row.get::<_, i64>(0));
    let found = match number("PRAGMA user_version") {
        Err(error)
            if error.sqlite_error_code() == Some(ErrorCode::NotADatabase)
                && !path.join("originals").is_dir() =>
        {
            return Err(ArchiveError::Foreign(path.to_owned()));
        }
        other => other?,
    };
    if found > FORMAT {
        return Err(ArchiveError::Newer {
            path: path.to_owned(),
            found,
            known: FORMAT,
        });
    }
    if found > 0 {
        return Ok(Some(found));
    }
    // A form of 0 with tables is another program's.
    if number("SELECT count(*) FROM sqlite_schema")? > 0 {
        return Err(ArchiveError::Foreign(path.to_owned()));
    }
    Ok(None)
}
