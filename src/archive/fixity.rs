//! Fixity: the proof that the archive is what it was.
//!
//! In: an archive. Out: everything that does not agree, one problem at a time. The chain of events
//! vouches for the ledger and for every state of every record, the records vouch for the originals.
//! Must never: change anything, or stop at the first problem.

use std::path::Path;

use rayon::prelude::*;
use rusqlite::params;
use serde::Serialize;
use serde_json::Value;

use super::events::{BEFORE_THE_FIRST, Event};
use super::ledger::ledger_entry;
use super::records::{Seal, disagreement, order_of};
use super::{Archive, ArchiveError, originals, sha256};
use crate::wording::refusal;

/// Originals that are read side by side.
const PAGE: i64 = 256;

/// Which originals are read again. That they are there, and as long as they were, is looked at for all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only so many per cent of them, chosen anew each time.
    pub sample: Option<f64>,
    /// Only those taken in at or after this time, RFC 3339 or the beginning of it.
    pub since: Option<String>,
}

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What it is about: an event, a record, an original.
    pub subject: String,
    /// What is wrong with it.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Events of the audit log.
    pub events: u64,
    /// Lines of the ledger.
    pub ledger_lines: u64,
    /// States of records, the former ones included.
    pub versions: u64,
    /// Records.
    pub records: u64,
    /// Originals read again whole; those with a problem are not counted.
    pub originals: u64,
    /// Documents of the index.
    pub indexed: u64,
    /// Originals that no record names: a process was killed between keeping them and committing their
    /// records. They do no harm; the next ingest of the same file takes them up.
    pub unclaimed: u64,
    /// Problems found.
    pub problems: u64,
}

const RESTORE: &str = "восстановите архив из резервной копии: `prikaz restore`; или запишите, что найдено, и выясните, кто менял базу данных";
const FROM_BACKUP: &str = "верните этот файл из резервной копии или загрузите исходный файл: `prikaz ingest --checksum`; проверьте диск";

/// An examination on its way.
pub(crate) struct Examination<'a> {
    archive: &'a Archive,
    visit: &'a mut dyn FnMut(Problem),
    pub(crate) checked: Checked,
}

/// A part of an examination.
type Part<'a> = fn(&mut Examination<'a>) -> Result<(), ArchiveError>;

impl<'a> Examination<'a> {
    pub(crate) fn of(archive: &'a Archive, visit: &'a mut dyn FnMut(Problem)) -> Self {
        Self {
            archive,
            visit,
            checked: Checked::default(),
        }
    }

    pub(crate) fn problem(
        &mut self,
        subject: impl Into<String>,
        message: impl Into<String>,
        remedy: &str,
    ) {
        self.checked.problems += 1;
        (self.visit)(Problem {
            subject: subject.into(),
            message: message.into(),
            remedy: remedy.to_owned(),
        });
    }

    /// Looks at everything but the index, as it is at one moment.
    pub(crate) fn examine(&mut self, selection: &Selection) -> Result<(), ArchiveError> {
        let snapshot = self.archive.connection.unchecked_transaction()?;
        let parts: [(&str, Part<'a>); 5] = [
            ("база данных", Self::pages),
            ("журнал событий", Self::chain),
            ("записи", Self::states),
            ("записи и журнал файлов", Self::agreement),
            ("исправления", Self::corrections),
        ];
        for (name, part) in parts {
            // A damaged page stops one query, and the other parts may be whole.
            if let Err(error) = part(self) {
                self.problem(name, error.to_string(), error.remedy());
            }
        }
        if let Err(error) = self.originals(selection) {
            self.problem("оригиналы", error.to_string(), error.remedy());
        }
        drop(snapshot);
        Ok(())
    }

    /// The pages of the database, as SQLite knows them.
    fn pages(&mut self) -> Result<(), ArchiveError> {
        let archive = self.archive;
        let row = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
        archive.each_row::<_, ArchiveError>("PRAGMA integrity_check(20)", [], row, |line| {
            if line != "ok" {
                let corrupt = ArchiveError::from(rusqlite::Error::SqliteFailure(
                    rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
                    None,
                ));
                let file = archive.path.join(super::DATABASE);
                self.problem(file.to_string_lossy(), line, corrupt.remedy());
            }
            Ok(())
        })
    }

    /// The chain of events, and what each of them vouches for.
    fn chain(&mut self) -> Result<(), ArchiveError> {
        let mut previous = BEFORE_THE_FIRST.to_owned();
        let (mut number, mut lines, mut versions, mut layouts) = (0, 0, 0, 0);
        let archive = self.archive;
        archive.each_event(|event| -> Result<(), ArchiveError> {
            number += 1;
            self.checked.events += 1;
            let subject = format!("событие {}", event.number);
            if event.number != number {
                let missing = format!("перед ним нет события {number}");
                self.problem(&subject, missing, RESTORE);
                number = event.number;
            } else if event.previous != previous {
                self.problem(&subject, "оно не продолжает предыдущее событие", RESTORE);
            }
            if event.hash != event.digest() {
                self.problem(&subject, "оно изменено после внесения", RESTORE);
            }
            let particulars = event.particulars();
            self.ledger_lines(&event, &particulars["ledger"], &mut lines)?;
            self.versions(&event, &particulars["records"], &mut versions)?;
            layouts += self.layouts(&event, &particulars["layouts"])?;
            previous = event.hash;
            Ok(())
        })?;
        let kept: i64 = archive
            .connection
            .query_row("SELECT count(*) FROM layout", [], |row| row.get(0))?;
        if kept != layouts {
            let message = format!("строк в ней — {kept}, а по журналу событий — {layouts}");
            self.problem("таблица layout", message, RESTORE);
        }
        for (table, column, reached) in [
            ("ledger", "entry", lines),
            ("version", "sequence", versions),
        ] {
            let last: i64 = archive.connection.query_row(
                &format!("SELECT coalesce(max({column}), 0) FROM {table}"),
                [],
                |row| row.get(0),
            )?;
            if last != reached {
                let message = format!(
                    "последняя строка — {last}, а события подтверждают строки до {reached}"
                );
                self.problem(format!("таблица {table}"), message, RESTORE);
            }
        }
        Ok(())
    }

    fn ledger_lines(
        &mut self,
        event: &Event,
        range: &Value,
        reached: &mut i64,
    ) -> Result<(), ArchiveError> {
        let Some((first, last)) = bounds(range) else {
            return Ok(());
        };
        let mut seal = Seal::default();
        let mut count = 0;
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>("entry")?, ledger_entry(row)?));
        self.archive.each_row::<_, ArchiveError>(
            "SELECT * FROM ledger WHERE entry BETWEEN ?1 AND ?2 ORDER BY entry",
            params![first, last],
            row,
            |(number, entry)| {
                count += 1;
                seal.ledger_line(number, &entry);
                Ok(())
            },
        )?;
        self.checked.ledger_lines += count;
        let name = format!("строки журнала файлов {}", numbers(first, last));
        self.compare(event, "ledger", range, &seal, &name, *reached);
        *reached = last;
        Ok(())
    }

    fn versions(
        &mut self,
        event: &Event,
        range: &Value,
        reached: &mut i64,
    ) -> Result<(), ArchiveError> {
        let Some((first, last)) = bounds(range) else {
            return Ok(());
        };
        let mut seal = Seal::default();
        let row = |row: &rusqlite::Row<'_>| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, String>(3)?,
            ))
        };
        self.archive.each_row::<_, ArchiveError>(
            "SELECT sequence, record, number, sha256 FROM version WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence",
            params![first, last],
            row,
            |(sequence, record, number, hash)| {
                seal.version(sequence, &record, number, &hash);
                Ok(())
            },
        )?;
        let name = format!("изменения записей {}", numbers(first, last));
        self.compare(event, "records", range, &seal, &name, *reached);
        *reached = last;
        Ok(())
    }

    /// The layouts that an event vouches for. Between its first and its last one lie no others.
    fn layouts(&mut self, event: &Event, range: &Value) -> Result<i64, ArchiveError> {
        let Some((first, last)) = bounds(range) else {
            return Ok(0);
        };
        let mut seal = Seal::default();
        let mut count = 0;
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
        self.archive.each_row::<_, ArchiveError>(
            "SELECT sequence, pages FROM layout WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence",
            params![first, last],
            row,
            |(sequence, pages)| {
                count += 1;
                seal.layout(sequence, &sha256(&pages));
                Ok(())
            },
        )?;
        let name = format!("разметка страниц {}", numbers(first, last));
        self.agrees(event, "layouts", range, &seal, &name);
        Ok(count)
    }

    /// Compares a range of rows with what an event says of it, and with what was reached before it.
    fn compare(
        &mut self,
        event: &Event,
        part: &str,
        range: &Value,
        seal: &Seal,
        name: &str,
        reached: i64,
    ) {
        self.agrees(event, part, range, seal, name);
        if bounds(range).is_some_and(|(first, _)| first != reached + 1) {
            self.problem(
                name,
                "то, что перед ними, не подтверждено ни одним событием",
                RESTORE,
            );
        }
    }

    /// Compares rows with what an event says of them.
    fn agrees(&mut self, event: &Event, part: &str, range: &Value, seal: &Seal, name: &str) {
        let mut found = Value::Object(serde_json::Map::new());
        seal.close(&mut found);
        if found[part] != *range {
            let message = format!(
                "они не те, что подтверждены событием {} ({})",
                event.number, event.at
            );
            self.problem(name, message, RESTORE);
        }
    }

    /// Every state of every record.
    fn states(&mut self) -> Result<(), ArchiveError> {
        let row = |row: &rusqlite::Row<'_>| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, bool>(4)?,
            ))
        };
        let archive = self.archive;
        archive.each_row::<_, ArchiveError>(
            "SELECT version.record, version.number, version.sha256, version.json, record.id IS NOT NULL
             FROM version LEFT JOIN record ON record.sequence = version.sequence ORDER BY version.sequence",
            [],
            row,
            |(id, number, hash, json, current)| {
                self.checked.versions += 1;
                let subject = format!("запись {id}, редакция {number}");
                if sha256(json.as_bytes()) != hash {
                    self.problem(subject, "она изменена после внесения", RESTORE);
                    return Ok(());
                }
                if !current {
                    return Ok(());
                }
                self.checked.records += 1;
                match order_of(&id, &json) {
                    Ok(order) => {
                        if let Some(what) = disagreement(&archive.connection, &order)? {
                            let message = format!("в таблице записей иначе: {what}");
                            self.problem(subject, message, RESTORE);
                        }
                    }
                    Err(error) => self.problem(subject, error.to_string(), error.remedy()),
                }
                Ok(())
            },
        )?;
        self.each_id(
            "SELECT record FROM version GROUP BY record HAVING max(sequence) <> coalesce((SELECT sequence FROM record WHERE id = version.record), 0)",
            "действует не последняя её редакция",
        )
    }

    /// Records and ledger.
    fn agreement(&mut self) -> Result<(), ArchiveError> {
        self.each_id(
            "SELECT DISTINCT id FROM ledger WHERE outcome IN ('added', 'duplicate', 'moved') AND NOT EXISTS (SELECT 1 FROM record WHERE record.id = ledger.id) ORDER BY id",
            "по журналу файлов она в архиве есть, а её нет",
        )?;
        self.each_id(
            "SELECT id FROM record WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.id = record.id AND outcome = 'added') ORDER BY id",
            "в журнале файлов её нет",
        )
    }

    /// Corrections and the events that tell of them.
    fn corrections(&mut self) -> Result<(), ArchiveError> {
        self.each_id(
            "SELECT DISTINCT record FROM correction LEFT JOIN event ON event.number = correction.event
             WHERE event.kind IS NOT 'correction' OR NOT EXISTS (
                 SELECT 1 FROM json_each(event.detail, '$.values') AS said
                 WHERE json_extract(event.detail, '$.record') = correction.record
                     AND json_extract(said.value, '$.field') = correction.field
                     AND json_extract(said.value, '$.value') IS correction.value
                     AND json_extract(event.detail, '$.why') = correction.why AND event.actor = correction.actor)",
            "исправление не то, что в журнале событий",
        )?;
        self.each_id(
            "SELECT json_extract(detail, '$.record') FROM event WHERE kind = 'correction'
             AND json_array_length(detail, '$.values') <> (SELECT count(*) FROM correction WHERE correction.event = event.number)",
            "нет исправления, о котором сказано в журнале событий",
        )
    }

    /// Tells of every record whose id a query gives.
    fn each_id(&mut self, query: &str, message: &str) -> Result<(), ArchiveError> {
        let row = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
        self.archive
            .each_row::<_, ArchiveError>(query, [], row, |id| {
                self.problem(format!("запись {id}"), message, RESTORE);
                Ok(())
            })
    }

    /// The originals: there, as long as they were, and, where selected, the same bytes.
    fn originals(&mut self, selection: &Selection) -> Result<(), ArchiveError> {
        let archive = self.archive;
        let salt = jiff::Timestamp::now().as_nanosecond().to_string();
        let mut after = String::new();
        loop {
            let mut statement = archive.connection.prepare_cached(
                "SELECT id, bytes, ?3 IS NULL OR EXISTS (SELECT 1 FROM ledger WHERE ledger.id = record.id AND outcome = 'added' AND at >= ?3)
                 FROM record WHERE id > ?1 ORDER BY id LIMIT ?2",
            )?;
            let rows = statement.query_map(params![after, PAGE, selection.since], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, i64>(1)?,
                    row.get::<_, bool>(2)?,
                ))
            })?;
            let page: Vec<(String, i64, bool)> = rows.collect::<Result<_, _>>()?;
            let Some((last, ..)) = page.last() else { break };
            after.clone_from(last);
            let folder = archive.path.as_path();
            let found: Vec<Option<String>> = page
                .par_iter()
                .map(|(id, bytes, recent)| {
                    let wanted = *recent && is_sampled(selection.sample, &salt, id);
                    fault(&originals::path_of(folder, id), id, *bytes, wanted)
                })
                .collect();
            for ((id, _, recent), fault) in page.iter().zip(found) {
                match fault {
                    Some(message) => {
                        let path = originals::path_of(&archive.path, id);
                        self.problem(path.to_string_lossy(), message, FROM_BACKUP);
                    }
                    None if *recent && is_sampled(selection.sample, &salt, id) => {
                        self.checked.originals += 1;
                    }
                    None => {}
                }
            }
        }
        originals::each_name(&archive.path, |name, _| {
            if !archive.has(name)? {
                self.checked.unclaimed += 1;
            }
            Ok(())
        })
    }
}

/// «3», «3–5».
fn numbers(first: i64, last: i64) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}–{last}")
    }
}

/// First and last row that an event vouches for.
fn bounds(range: &Value) -> Option<(i64, i64)> {
    Some((range["first"].as_i64()?, range["last"].as_i64()?))
}

/// Whether an original is among so many per cent: by a hash that nobody can foresee.
fn is_sampled(percent: Option<f64>, salt: &str, id: &str) -> bool {
    percent.is_none_or(|percent| {
        let hash = sha256(format!("{salt} {id}").as_bytes());
        let drawn = hash
            .get(..8)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        drawn.is_some_and(|drawn| f64::from(drawn) < percent / 100.0 * f64::from(u32::MAX))
    })
}

/// What is wrong with an original.
fn fault(path: &Path, id: &str, bytes: i64, read: bool) -> Option<String> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Some("оригинала нет".to_owned());
        }
        Err(error) => return Some(format!("оригинал не читается: {}", refusal(&error))),
        Ok(found) if i64::try_from(found.len()).ok() != Some(bytes) => {
            return Some(format!(
                "размер оригинала — {} вместо {bytes} Б",
                found.len()
            ));
        }
        Ok(_) => {}
    }
    if !read {
        return None;
    }
    match originals::digest(path) {
        Ok(found) if found == id => None,
        Ok(_) => Some("содержание оригинала не то, что было загружено".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}
