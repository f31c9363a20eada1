//! Records: every state that each of them ever had, and the current one to look up.
//!
//! In: orders that were parsed. Out: orders, by id, by number, in the order of time, or in the order
//! of their changes. Must never: overwrite a state, or hold more than a page of records in memory.

use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::events::{self, Kind, actor};
use super::layouts;
use super::ledger::{self, LedgerEntry, Outcome};
use super::originals::hexadecimal;
use super::{Archive, ArchiveError, sha256};
use crate::lexicon::fold::fold_number;
use crate::order::{Order, Record, Severity};

/// Most bytes of JSON that one page of changes holds: a few texts of a hundred pages, or thousands of
/// ordinary orders.
const PAGE_BYTES: usize = 16 << 20;

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

/// A state that a record had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// 1 for the first.
    pub number: i64,
    /// Its place among the changes of the archive.
    pub sequence: i64,
    /// The program that made it.
    pub program: String,
    /// SHA-256 of its JSON.
    pub sha256: String,
}

/// What ranges of the tables an event vouches for.
#[derive(Debug, Default)]
pub(super) struct Seal {
    ledger: Range,
    records: Range,
    layouts: Range,
}

/// Rows that follow each other, and the digest of them.
#[derive(Debug, Default)]
struct Range {
    bounds: Option<(i64, i64)>,
    digest: Sha256,
}

impl Range {
    fn add(&mut self, at: i64, line: &str) {
        self.bounds = Some((self.bounds.map_or(at, |(first, _)| first), at));
        self.digest.update(line.as_bytes());
    }

    fn value(&self) -> Option<Value> {
        let (first, last) = self.bounds?;
        let sha256 = hexadecimal(&self.digest.clone().finalize());
        Some(json!({ "first": first, "last": last, "sha256": sha256 }))
    }
}

impl Seal {
    pub(super) fn ledger_line(&mut self, number: i64, entry: &LedgerEntry) {
        self.ledger.add(number, &entry.sealed());
    }

    pub(super) fn version(&mut self, sequence: i64, record: &str, number: i64, sha256: &str) {
        self.records.add(
            sequence,
            &format!("{sequence} {record} {number} {sha256}\n"),
        );
    }

    pub(super) fn layout(&mut self, sequence: i64, sha256: &str) {
        self.layouts
            .add(sequence, &format!("{sequence} {sha256}\n"));
    }

    /// Puts the ranges into the particulars of an event.
    pub(super) fn close(&self, detail: &mut Value) {
        for (name, range) in [
            ("ledger", &self.ledger),
            ("records", &self.records),
            ("layouts", &self.layouts),
        ] {
            if let Some(value) = range.value() {
                detail[name] = value;
            }
        }
    }
}

/// What a record is looked up by.
struct Keys {
    number: Option<String>,
    place: String,
    by_issuer: Option<String>,
    by_title: Option<String>,
}

/// Words as they are compared: letters and digits, lower case, «е» for «ё».
fn folded(words: &str) -> String {
    words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect()
}

/// A number whose runs of digits compare like numbers.
fn padded(number: &str) -> String {
    const DIGITS: usize = 10;
    let mut shown = String::new();
    let mut run = String::new();
    for c in number.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            shown.push_str(&format!("{run:0>DIGITS$}"));
            run.clear();
        }
        shown.push(c);
    }
    shown.truncate(shown.trim_end().len());
    shown
}

fn keys(order: &Order) -> Keys {
    let number = order
        .number
        .as_ref()
        .map(|number| fold_number(&number.value));
    let date = order.date.as_ref().map(|date| date.value.to_string());
    let identity = |words: &Option<crate::order::Field<String>>| {
        let words = folded(&words.as_ref()?.value);
        (!words.is_empty())
            .then(|| Some(format!("{words} {} {}", number.as_ref()?, date.as_ref()?)))?
    };
    Keys {
        by_issuer: identity(&order.issuer),
        by_title: identity(&order.title),
        // What has no date or no number stands behind what has one.
        place: format!(
            "{} {}",
            date.as_deref().unwrap_or("~"),
            number.as_deref().map_or_else(|| "~".to_owned(), padded)
        ),
        number,
    }
}

/// Adds a state of a record and makes it the current one.
pub(super) fn add_version(
    connection: &Connection,
    record: &Record,
    seal: &mut Seal,
) -> Result<(), ArchiveError> {
    let Record { order, layout } = record;
    let json = serde_json::to_string(order).map_err(|source| ArchiveError::Record {
        id: order.id.clone(),
        source,
    })?;
    let hash = sha256(json.as_bytes());
    let number: i64 = connection
        .prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM version WHERE record = ?1")?
        .query_row([&order.id], |row| row.get(0))?;
    connection
        .prepare_cached(
            "INSERT INTO version (record, number, program, sha256, json) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            order.id,
            number,
            env!("CARGO_PKG_VERSION"),
            hash,
            json
        ])?;
    let sequence = connection.last_insert_rowid();
    seal.version(sequence, &order.id, number, &hash);
    layouts::keep(connection, &order.id, sequence, layout.as_ref(), seal)?;
    point_to(connection, order, sequence)
}

/// Makes a state the current one of its record.
pub(super) fn point_to(
    connection: &Connection,
    order: &Order,
    sequence: i64,
) -> Result<(), ArchiveError> {
    let keys = keys(order);
    let findings = order
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
        .count();
    connection
        .prepare_cached(
            "INSERT INTO record (id, sequence, number, place, by_issuer, by_title, is_order, findings, corrected, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (id) DO UPDATE SET sequence = ?2, number = ?3, place = ?4, by_issuer = ?5, by_title = ?6,
                 is_order = ?7, findings = ?8, corrected = ?9",
        )?
        .execute(params![
            order.id,
            sequence,
            keys.number,
            keys.place,
            keys.by_issuer,
            keys.by_title,
            order.kind.is_some(),
            i64::try_from(findings).unwrap_or(i64::MAX),
            i64::try_from(order.corrections.len()).unwrap_or(i64::MAX),
            i64::try_from(order.source.bytes).unwrap_or(i64::MAX),
        ])?;
    Ok(())
}

/// What of the keys of a record is not what its current state says; `None` where all agrees.
pub(super) fn disagreement(
    connection: &Connection,
    order: &Order,
) -> Result<Option<&'static str>, ArchiveError> {
    let keys = keys(order);
    let found = connection
        .prepare_cached(
            "SELECT number IS ?2, place IS ?3, by_issuer IS ?4, by_title IS ?5, is_order IS ?6, corrected IS ?7 FROM record WHERE id = ?1",
        )?
        .query_row(
            params![
                order.id,
                keys.number,
                keys.place,
                keys.by_issuer,
                keys.by_title,
                order.kind.is_some(),
                i64::try_from(order.corrections.len()).unwrap_or(i64::MAX)
            ],
            |row| {
                let mut wrong = None;
                for (at, name) in ["номер", "дата", "учреждение", "заголовок", "вид", "исправления"]
                    .into_iter()
                    .enumerate()
                {
                    if !row.get::<_, bool>(at)? {
                        wrong = Some(name);
                    }
                }
                Ok(wrong)
            },
        )
        .optional()?;
    Ok(found.unwrap_or(Some("идентификатор")))
}

pub(super) fn order_of(id: &str, json: &str) -> Result<Order, ArchiveError> {
    serde_json::from_str(json).map_err(|source| ArchiveError::Record {
        id: id.to_owned(),
        source,
    })
}

/// The current state of records.
const CURRENT: &str =
    "SELECT record.id, version.json FROM record JOIN version ON version.sequence = record.sequence";

fn id_and_json(row: &Row<'_>) -> rusqlite::Result<(String, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

impl Archive {
    /// Adds records and ledger lines in one transaction, with the event that tells of them: all of it
    /// is acknowledged, or none. A record whose id is there already is left as it is.
    pub fn commit(&mut self, batch: &[(LedgerEntry, Option<Record>)]) -> Result<(), ArchiveError> {
        if batch.is_empty() {
            return Ok(());
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut seal = Seal::default();
        let mut detail = json!({ "program": env!("CARGO_PKG_VERSION") });
        for outcome in Outcome::ALL {
            let count = batch
                .iter()
                .filter(|(entry, _)| entry.outcome == outcome)
                .count();
            if count > 0 {
                detail[outcome.name()] = count.into();
            }
        }
        for (entry, record) in batch {
            if let Some(record) = record {
                let known = transaction
                    .prepare_cached("SELECT 1 FROM record WHERE id = ?1")?
                    .exists([&record.order.id])?;
                if !known {
                    add_version(&transaction, record, &mut seal)?;
                }
            }
            let number = ledger::insert(&transaction, entry)?;
            seal.ledger_line(number, entry);
        }
        seal.close(&mut detail);
        events::append(&transaction, &actor(), Kind::Ingest, &detail)?;
        transaction.commit()?;
        Ok(())
    }

    /// Adds new states of records that are there, in one transaction with the event that tells of them.
    pub fn replace(&mut self, records: &[&Record]) -> Result<(), ArchiveError> {
        if records.is_empty() {
            return Ok(());
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut seal = Seal::default();
        for record in records {
            add_version(&transaction, record, &mut seal)?;
        }
        let mut detail = json!({ "program": env!("CARGO_PKG_VERSION"), "changed": records.len() });
        seal.close(&mut detail);
        events::append(&transaction, &actor(), Kind::Reparse, &detail)?;
        transaction.commit()?;
        Ok(())
    }

    /// Whether a record has this id.
    pub fn has(&self, id: &str) -> Result<bool, ArchiveError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM record WHERE id = ?1")?;
        Ok(statement.exists([id])?)
    }

    /// The record with this id.
    pub fn record(&self, id: &str) -> Result<Option<Order>, ArchiveError> {
        Ok(self.orders("record.id = ?1", id)?.pop())
    }

    /// The records that a person may mean: by number, or, where no order has it, by id or its beginning
    /// (eight letters or more), or else by the path of a file relative to the folder that was taken in, as
    /// answers show it. A number comes first because it may look like the start of an id (`20240205`), and a
    /// whole id is never a number.
    pub fn named(&self, name: &str) -> Result<Vec<Order>, ArchiveError> {
        /// Enough of a hash to be meant as one.
        const SHORTEST_PREFIX: usize = 8;
        let number = fold_number(name.trim_start_matches(['№', ' ']));
        let found = self.orders("record.number = ?1", &number)?;
        let hash =
            name.len() >= SHORTEST_PREFIX && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if found.is_empty() && hash {
            // The letter behind the last hexadecimal digit ends the range.
            return self.orders(
                "record.id >= ?1 AND record.id < ?1 || 'g'",
                &name.to_lowercase(),
            );
        }
        if found.is_empty() {
            return self.orders(
                "record.id IN (SELECT id FROM ledger WHERE relative = ?1)",
                name,
            );
        }
        Ok(found)
    }

    /// At most a hundred records for which a condition holds, ordered by id.
    fn orders(&self, condition: &str, value: &str) -> Result<Vec<Order>, ArchiveError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{CURRENT} WHERE {condition} ORDER BY record.id LIMIT 100"
        ))?;
        let mut rows = statement.query([value])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, json) = id_and_json(row)?;
            found.push(order_of(&id, &json)?);
        }
        Ok(found)
    }

    /// Records that are probably copies of this one: the same issuer, number and date, or the same
    /// number, date and title. Ordered by id.
    pub fn copies(&self, id: &str) -> Result<Vec<Order>, ArchiveError> {
        self.orders(
            "record.id IN (
                SELECT other.id FROM record AS this JOIN record AS other ON other.by_issuer = this.by_issuer WHERE this.id = ?1
                UNION SELECT other.id FROM record AS this JOIN record AS other ON other.by_title = this.by_title WHERE this.id = ?1
             ) AND record.id <> ?1",
            id,
        )
    }

    /// The states that a record had, the first first.
    pub fn versions(&self, id: &str) -> Result<Vec<Version>, ArchiveError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number, sequence, program, sha256 FROM version WHERE record = ?1 ORDER BY number",
        )?;
        let rows = statement.query_map([id], |row| {
            Ok(Version {
                number: row.get(0)?,
                sequence: row.get(1)?,
                program: row.get(2)?,
                sha256: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A state that a record had.
    pub fn version(&self, id: &str, number: i64) -> Result<Option<Order>, ArchiveError> {
        let json: Option<String> = self
            .connection
            .prepare_cached("SELECT json FROM version WHERE record = ?1 AND number = ?2")?
            .query_row(params![id, number], |row| row.get(0))
            .optional()?;
        json.map(|json| order_of(id, &json)).transpose()
    }

    /// Gives every record to `visit` as its id and its JSON, in the order of time: by date, number and
    /// id; those without a date behind the others.
    pub fn each_record<E: From<ArchiveError>>(
        &self,
        mut visit: impl FnMut(&str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let query = format!("{CURRENT} ORDER BY record.place, record.id");
        self.each_row(&query, [], id_and_json, |(id, json)| visit(&id, &json))
    }

    /// At most `limit` ids of records behind `after`, ordered.
    pub fn ids_after(&self, after: &str, limit: usize) -> Result<Vec<String>, ArchiveError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM record WHERE id > ?1 ORDER BY id LIMIT ?2")?;
        let rows = statement.query_map(
            params![after, i64::try_from(limit).unwrap_or(i64::MAX)],
            |row| row.get(0),
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The next changes behind `sequence`, in their order: at most `limit`, fewer where they are large.
    /// A state that was replaced since is left out; the change that replaced it comes later.
    pub fn changes_since(&self, sequence: i64, limit: usize) -> Result<Vec<Change>, ArchiveError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT version.sequence, record.id, version.json FROM record JOIN version ON version.sequence = record.sequence
             WHERE record.sequence > ?1 ORDER BY record.sequence LIMIT ?2",
        )?;
        let mut rows =
            statement.query(params![sequence, i64::try_from(limit).unwrap_or(i64::MAX)])?;
        let mut changes = Vec::new();
        let mut bytes = 0;
        while bytes < PAGE_BYTES
            && let Some(row) = rows.next()?
        {
            let id: String = row.get(1)?;
            let json: String = row.get(2)?;
            bytes += json.len();
            changes.push(Change {
                sequence: row.get(0)?,
                order: order_of(&id, &json)?,
                id,
            });
        }
        Ok(changes)
    }

    /// The number of the latest change; 0 for an empty archive.
    pub fn sequence(&self) -> Result<i64, ArchiveError> {
        Ok(self.connection.query_row(
            "SELECT coalesce(max(sequence), 0) FROM version",
            [],
            |row| row.get(0),
        )?)
    }
}

#[cfg(test)]
mod tests {
    use super::padded;

    #[test]
    fn numbers_sort_as_people_count() {
        let mut numbers = ["10-П", "2-П", "2/1", "2", "100", "А-1"];
        numbers.sort_by_key(|number| padded(number));
        assert_eq!(numbers, ["2", "2-П", "2/1", "10-П", "100", "А-1"]);
    }
}
