//! The ledger: what became of every file that was ever met.
//!
//! In: lines, by way of [`Archive::commit`]. Out: lines, one at a time. Must never: forget a file, or
//! say of one that it is in the archive when it is not.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::Serialize;

use super::{Archive, ArchiveError};

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Its record is in the archive.
    #[default]
    Added,
    /// The same bytes are in the archive already.
    Duplicate,
    /// The same bytes are in the archive already, from a path where they no longer are.
    Moved,
    /// It could not be read.
    Failed,
    /// It is nothing to read, and was passed over.
    Skipped,
    /// It is no longer at this path; its bytes were met elsewhere.
    Gone,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Added,
        Self::Duplicate,
        Self::Moved,
        Self::Failed,
        Self::Skipped,
        Self::Gone,
    ];

    /// The name in the ledger.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Duplicate => "duplicate",
            Self::Moved => "moved",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Gone => "gone",
        }
    }

    /// Whether the file's bytes are in the archive.
    #[must_use]
    pub const fn is_archived(self) -> bool {
        matches!(self, Self::Added | Self::Duplicate | Self::Moved)
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LedgerEntry {
    /// The file's full path; bytes that are no UTF-8 as `\xD0`.
    pub path: String,
    /// The path relative to the folder that was named, `/` between its parts.
    pub relative: String,
    /// SHA-256 of its bytes; empty where they were not read.
    pub id: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Time of its last change, nanoseconds since 1970; 0 where it is not known, or where the next
    /// run shall read the file whatever its time.
    pub modified: i64,
    /// When it was met, RFC 3339.
    pub at: String,
    /// Microseconds that reading and parsing it took.
    pub micros: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// The stable name of the cause, where it failed or was skipped.
    pub cause: Option<String>,
    /// What happened, in words.
    pub message: Option<String>,
    /// What to do, in words.
    pub remedy: Option<String>,
    /// Version of the program.
    pub version: String,
}

impl LedgerEntry {
    /// What the audit log seals: all values in a fixed order, a JSON array and a line feed.
    pub(super) fn sealed(&self) -> String {
        let line = serde_json::json!([
            self.path,
            self.relative,
            self.id,
            self.bytes,
            self.modified,
            self.at,
            self.micros,
            self.outcome.name(),
            self.cause,
            self.message,
            self.remedy,
            self.version
        ]);
        format!("{line}\n")
    }
}

/// Which lines of the ledger are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LedgerFilter {
    /// Only lines with this outcome.
    pub outcome: Option<Outcome>,
    /// Also lines that a later line about the same path supersedes.
    pub superseded: bool,
}

/// A line that no later line about the same path supersedes.
pub(super) const LATEST: &str = "NOT EXISTS (SELECT 1 FROM ledger AS later WHERE later.path = ledger.path AND later.entry > ledger.entry)";

/// The outcomes of [`Outcome::is_archived`], for SQL.
const ARCHIVED: &str = "('added', 'duplicate', 'moved')";

pub(super) fn insert(connection: &Connection, entry: &LedgerEntry) -> Result<i64, ArchiveError> {
    connection
        .prepare_cached(
            "INSERT INTO ledger (path, relative, id, bytes, modified, at, micros, outcome, cause, message, remedy, version)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            entry.path,
            entry.relative,
            entry.id,
            i64::try_from(entry.bytes).unwrap_or(i64::MAX),
            entry.modified,
            entry.at,
            i64::try_from(entry.micros).unwrap_or(i64::MAX),
            entry.outcome.name(),
            entry.cause,
            entry.message,
            entry.remedy,
            entry.version
        ])?;
    Ok(connection.last_insert_rowid())
}

pub(super) fn ledger_entry(row: &Row<'_>) -> rusqlite::Result<LedgerEntry> {
    let outcome: String = row.get("outcome")?;
    let outcome = Outcome::ALL
        .into_iter()
        .find(|known| known.name() == outcome)
        .ok_or(rusqlite::Error::InvalidQuery)?;
    let size = |column: &str| -> rusqlite::Result<u64> {
        Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
    };
    Ok(LedgerEntry {
        path: row.get("path")?,
        relative: row.get("relative")?,
        id: row.get("id")?,
        bytes: size("bytes")?,
        modified: row.get("modified")?,
        at: row.get("at")?,
        micros: size("micros")?,
        outcome,
        cause: row.get("cause")?,
        message: row.get("message")?,
        remedy: row.get("remedy")?,
        version: row.get("version")?,
    })
}

impl Archive {
    /// The latest ledger line of a path.
    pub fn latest(&self, path: &str) -> Result<Option<LedgerEntry>, ArchiveError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM ledger WHERE path = ?1 ORDER BY entry DESC LIMIT 1")?;
        Ok(statement.query_row([path], ledger_entry).optional()?)
    }

    /// Gives the wanted lines of the ledger to `visit`, in the order of paths, those of one path in
    /// the order in which they were written.
    pub fn each_ledger_line<E: From<ArchiveError>>(
        &self,
        filter: LedgerFilter,
        visit: impl FnMut(LedgerEntry) -> Result<(), E>,
    ) -> Result<(), E> {
        let query = format!(
            "SELECT * FROM ledger WHERE (?1 IS NULL OR outcome = ?1) AND (?2 OR {LATEST}) ORDER BY path, entry"
        );
        let outcome = filter.outcome.map(Outcome::name);
        self.each_row(
            &query,
            params![outcome, filter.superseded],
            ledger_entry,
            visit,
        )
    }

    /// At most `limit` latest lines of files that failed, those of paths behind `after`, in the order of
    /// paths.
    pub fn failed_after(
        &self,
        after: &str,
        limit: usize,
    ) -> Result<Vec<LedgerEntry>, ArchiveError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT * FROM ledger WHERE outcome = 'failed' AND path > ?1 AND {LATEST} ORDER BY path LIMIT ?2"
        ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![after, limit], ledger_entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every path where the bytes of a record are, as far as the ledger knows, ordered.
    pub fn paths(&self, id: &str) -> Result<Vec<String>, ArchiveError> {
        let query = format!(
            "SELECT path FROM ledger WHERE id = ?1 AND outcome IN {ARCHIVED} AND {LATEST} ORDER BY path"
        );
        self.strings(&query, id)
    }

    /// Every path where the bytes of a record once were and are no longer, ordered.
    pub fn former_paths(&self, id: &str) -> Result<Vec<String>, ArchiveError> {
        let query = format!(
            "SELECT path FROM ledger WHERE id = ?1 AND outcome IN {ARCHIVED} EXCEPT
             SELECT path FROM ledger WHERE id = ?1 AND outcome IN {ARCHIVED} AND {LATEST} ORDER BY path"
        );
        self.strings(&query, id)
    }

    /// Ids of the records that a path held, the first first: the versions of a file.
    pub fn versions_of_path(&self, path: &str) -> Result<Vec<String>, ArchiveError> {
        let query = format!(
            "SELECT id FROM ledger WHERE path = ?1 AND outcome IN {ARCHIVED} GROUP BY id ORDER BY max(entry)"
        );
        self.strings(&query, path)
    }

    fn strings(&self, query: &str, parameter: &str) -> Result<Vec<String>, ArchiveError> {
        let mut statement = self.connection.prepare_cached(query)?;
        let rows = statement.query_map([parameter], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
