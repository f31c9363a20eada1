//! Older formats of the archive → the current one.
//!
//! In: a database of an older format, held by the writer. Out: the same archive in the current format,
//! and a copy of the old database beside it. Must never: change anything before that copy is whole.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::backup::Backup;
use rusqlite::{Connection, TransactionBehavior};
use serde_json::{Value, json};

use super::error::io;
use super::events::{self, Kind, actor};
use super::ledger::ledger_entry;
use super::records::{Seal, order_of, point_to};
use super::schema::{FORMAT, LAYOUT, TABLES};
use super::{ArchiveError, DATABASE, sha256};

/// Brings a database of an older format into the current one, in one transaction.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    found: i64,
) -> Result<(), ArchiveError> {
    keep_copy(connection, path, found)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut detail = json!({ "from": found, "to": FORMAT, "program": env!("CARGO_PKG_VERSION") });
    if found == 1 {
        from_format_1(&transaction, &mut detail)?;
    }
    // What a record of an older format was read from has no pages.
    transaction.execute_batch(LAYOUT)?;
    events::append(&transaction, &actor(), Kind::Migration, &detail)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()?;
    Ok(())
}

/// Puts what format 1 holds into the tables of format 2.
fn from_format_1(connection: &Connection, detail: &mut Value) -> Result<(), ArchiveError> {
    connection.execute_batch(
        "ALTER TABLE record RENAME TO record_1; ALTER TABLE ledger RENAME TO ledger_1;
         DROP INDEX record_by_number; DROP INDEX ledger_by_path; DROP INDEX ledger_by_id;",
    )?;
    connection.execute_batch(TABLES)?;
    connection.execute_batch(
        "INSERT INTO archive VALUES ('id', lower(hex(randomblob(16))));
         INSERT INTO ledger SELECT entry, path, path, id, bytes, modified, at, 0, outcome, cause, message, remedy, version
             FROM ledger_1 ORDER BY entry;",
    )?;
    let mut seal = Seal::default();
    records(connection, &mut seal)?;
    {
        let mut lines = connection.prepare("SELECT * FROM ledger ORDER BY entry")?;
        let mut rows = lines.query([])?;
        while let Some(row) = rows.next()? {
            seal.ledger_line(row.get("entry")?, &ledger_entry(row)?);
        }
    }
    seal.close(detail);
    connection.execute_batch("DROP TABLE change; DROP TABLE record_1; DROP TABLE ledger_1;")?;
    Ok(())
}

/// Each record of format 1 becomes the first state of itself. Changes are numbered anew without gaps.
fn records(connection: &Connection, seal: &mut Seal) -> Result<(), ArchiveError> {
    let mut old = connection.prepare(
        "SELECT record_1.id, record_1.json, coalesce((SELECT max(version) FROM ledger WHERE ledger.id = record_1.id AND outcome = 'added'), '0')
         FROM record_1 JOIN (SELECT record, max(sequence) AS sequence FROM change GROUP BY record) AS latest
             ON latest.record = record_1.id
         ORDER BY latest.sequence",
    )?;
    let mut rows = old.query([])?;
    while let Some(row) = rows.next()? {
        let (id, json, program): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let hash = sha256(json.as_bytes());
        connection
            .prepare_cached(
                "INSERT INTO version (record, number, program, sha256, json) VALUES (?1, 1, ?2, ?3, ?4)",
            )?
            .execute([&id, &program, &hash, &json])?;
        let sequence = connection.last_insert_rowid();
        seal.version(sequence, &id, 1, &hash);
        point_to(connection, &order_of(&id, &json)?, sequence)?;
    }
    Ok(())
}

/// Copies the database as it is to `prikaz.db.format-N`, whole and synced. A copy that is there already
/// is left by a migration that did not come to its end.
fn keep_copy(connection: &Connection, path: &Path, found: i64) -> Result<(), ArchiveError> {
    let copy = path.join(format!("{DATABASE}.format-{found}"));
    let beside = copy.with_extension("partial");
    if beside.exists() {
        fs::remove_file(&beside).map_err(io(&beside))?;
    }
    {
        let mut target = Connection::open(&beside)?;
        Backup::new(connection, &mut target)?.step(-1)?;
    }
    File::open(&beside)
        .and_then(|file| file.sync_all())
        .map_err(io(&beside))?;
    fs::rename(&beside, &copy).map_err(io(&copy))
}
