//! How much an archive holds.

use serde::Serialize;

use super::ledger::LATEST;
use super::{Archive, ArchiveError, EventKind, FORMAT};

/// How much an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Records.
    pub orders: u64,
    /// Documents among them that are no orders.
    pub not_orders: u64,
    /// Records with findings of a severity above info.
    pub with_findings: u64,
    /// Records with values corrected by hand.
    pub corrected: u64,
    /// Former states of records that are kept.
    pub former_versions: u64,
    /// Files whose bytes are in the archive.
    pub files: u64,
    /// Files that failed and were not read since.
    pub failed: u64,
    /// Lock files and the like that were passed over.
    pub skipped: u64,
    /// Files that were met elsewhere since and are no longer where they were.
    pub gone: u64,
    /// Bytes of all originals.
    pub original_bytes: u64,
    /// Number of the latest change.
    pub sequence: i64,
    /// Events in the audit log.
    pub events: u64,
    /// Hash of the latest event; whoever writes it down can tell later that nothing before it changed.
    pub seal: Option<String>,
    /// When files were last taken in, RFC 3339.
    pub last_ingest: Option<String>,
    /// When the archive was last verified, RFC 3339.
    pub last_verification: Option<String>,
    /// The format of the archive.
    pub format: i64,
}

impl Archive {
    /// How much the archive holds.
    pub fn status(&self) -> Result<Status, ArchiveError> {
        let count = |query: &str| -> Result<u64, ArchiveError> {
            let number: i64 = self.connection.query_row(query, [], |row| row.get(0))?;
            Ok(u64::try_from(number).unwrap_or(0))
        };
        let files = |outcomes: &str| {
            count(&format!(
                "SELECT count(*) FROM ledger WHERE outcome IN ({outcomes}) AND {LATEST}"
            ))
        };
        let when = |kind| -> Result<Option<String>, ArchiveError> {
            Ok(self.last_event(Some(kind))?.map(|event| event.at))
        };
        let records = count("SELECT count(*) FROM record")?;
        let orders = count("SELECT count(*) FROM record WHERE is_order")?;
        Ok(Status {
            orders,
            not_orders: records.saturating_sub(orders),
            with_findings: count("SELECT count(*) FROM record WHERE findings > 0")?,
            corrected: count("SELECT count(*) FROM record WHERE corrected > 0")?,
            former_versions: count("SELECT count(*) FROM version")?.saturating_sub(records),
            files: files("'added', 'duplicate', 'moved'")?,
            failed: files("'failed'")?,
            skipped: files("'skipped'")?,
            gone: files("'gone'")?,
            original_bytes: count("SELECT coalesce(sum(bytes), 0) FROM record")?,
            sequence: self.sequence()?,
            events: count("SELECT count(*) FROM event")?,
            seal: self.last_event(None)?.map(|event| event.hash),
            last_ingest: when(EventKind::Ingest)?,
            last_verification: when(EventKind::Verification)?,
            format: FORMAT,
        })
    }
}
