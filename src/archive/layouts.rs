//! Layouts: where the words of records stand on the pages of their originals.
//!
//! In: the layout that came with a state of a record. Out: the layout of a record as it is now, and its digest for
//! the event that seals it. Must never: keep what is the same twice.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::records::Seal;
use super::{Archive, ArchiveError, sha256};
use crate::order::Layout;

/// The layout in force when a state of a record was written: that of the latest state that brought one.
const IN_FORCE: &str =
    "SELECT layout.pages FROM layout JOIN version ON version.sequence = layout.sequence
     WHERE version.record = ?1 AND layout.sequence <= ?2 ORDER BY layout.sequence DESC LIMIT 1";

/// Keeps the layout of a state of a record that was just read, where it is another than before.
pub(super) fn keep(
    connection: &Connection,
    record: &str,
    sequence: i64,
    layout: Option<&Layout>,
    seal: &mut Seal,
) -> Result<(), ArchiveError> {
    let pages = match layout.map(Layout::to_bytes).transpose() {
        Ok(pages) => pages.unwrap_or_default(),
        Err(error) => return Err(unusable(record, error)),
    };
    if in_force(connection, record, sequence)?.unwrap_or_default() == pages {
        return Ok(());
    }
    connection
        .prepare_cached("INSERT INTO layout (sequence, pages) VALUES (?1, ?2)")?
        .execute(params![sequence, pages])?;
    seal.layout(sequence, &sha256(&pages));
    Ok(())
}

fn in_force(
    connection: &Connection,
    record: &str,
    sequence: i64,
) -> Result<Option<Vec<u8>>, ArchiveError> {
    Ok(connection
        .prepare_cached(IN_FORCE)?
        .query_row(params![record, sequence], |row| row.get(0))
        .optional()?)
}

fn unusable(id: &str, error: std::io::Error) -> ArchiveError {
    ArchiveError::Layout {
        id: id.to_owned(),
        source: error,
    }
}

impl Archive {
    /// Where the words of a record stand on the pages of its original; none where its format has no pages.
    pub fn layout(&self, id: &str) -> Result<Option<Layout>, ArchiveError> {
        let pages = in_force(&self.connection, id, i64::MAX)?.filter(|pages| !pages.is_empty());
        pages
            .map(|pages| Layout::from_bytes(&pages).map_err(|error| unusable(id, error)))
            .transpose()
    }
}
