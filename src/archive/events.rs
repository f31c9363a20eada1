//! The audit log: what was done to the archive, when and by whom, each event sealed to the one before.
//!
//! In: what was done. Out: events in their order. The hash of an event is the SHA-256 of six lines:
//! hash of the previous event (64 zeros for the first), number, time, actor, kind, detail, joined by
//! line feeds, in UTF-8. An event that adds to the ledger or to the records names the range and its
//! digest, so that the chain vouches for them too. Must never: change or remove an event.

use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};
use serde::Serialize;
use serde_json::Value;

use super::{Archive, ArchiveError, sha256};

/// What stands in place of the hash before the first event.
pub(super) const BEFORE_THE_FIRST: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Files were taken in.
    Ingest,
    /// Originals were parsed again.
    Reparse,
    /// A value was corrected by hand.
    Correction,
    /// Records were written out.
    Export,
    /// The archive was checked.
    Verification,
    /// The archive was copied.
    Backup,
    /// The archive was brought back from a backup.
    Restoration,
    /// The archive was brought into a newer format.
    Migration,
}

impl Kind {
    /// The name in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Reparse => "reparse",
            Self::Correction => "correction",
            Self::Export => "export",
            Self::Verification => "verification",
            Self::Backup => "backup",
            Self::Restoration => "restoration",
            Self::Migration => "migration",
        }
    }
}

/// An event of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Its number, from 1 without gaps.
    pub number: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who: the name of the user of the system, unless another was given.
    pub actor: String,
    /// What: [`Kind::name`].
    pub kind: String,
    /// The particulars, a JSON object on one line.
    pub detail: String,
    /// Hash of the event before.
    pub previous: String,
    /// Its own hash.
    pub hash: String,
}

impl Event {
    /// The hash that the event must have.
    #[must_use]
    pub fn digest(&self) -> String {
        let Self {
            number,
            at,
            actor,
            kind,
            detail,
            previous,
            hash: _,
        } = self;
        sha256(format!("{previous}\n{number}\n{at}\n{actor}\n{kind}\n{detail}").as_bytes())
    }

    /// The particulars as a value; null where they are no JSON.
    #[must_use]
    pub fn particulars(&self) -> Value {
        serde_json::from_str(&self.detail).unwrap_or(Value::Null)
    }
}

/// Who acts: `PRIKAZ_ACTOR`, else the user's name in the environment, else the one whom the system runs the program for.
#[must_use]
pub fn actor() -> String {
    ["PRIKAZ_ACTOR", "USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .map(|name| one_line(&name))
        .find(|name| !name.is_empty())
        .unwrap_or_else(user_of_the_system)
}

/// A line feed in a name could make two different events hash alike.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The user whose rights the program has: by name where the system keeps names in its file, else by number. Programs
/// that a clock or a container starts have no name in their environment.
#[cfg(unix)]
fn user_of_the_system() -> String {
    let user = rustix::process::getuid().as_raw();
    let names = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    name_of(user, &names).unwrap_or_else(|| format!("uid {user}"))
}

#[cfg(not(unix))]
fn user_of_the_system() -> String {
    "неизвестно".to_owned()
}

/// The name of a user in a file of lines `name:password:number:…`.
#[cfg(unix)]
fn name_of(user: u32, names: &str) -> Option<String> {
    names.lines().find_map(|line| {
        let mut columns = line.split(':');
        let name = one_line(columns.next()?);
        let number: u32 = columns.nth(1)?.parse().ok()?;
        (number == user && !name.is_empty()).then_some(name)
    })
}

/// Adds an event; to be called inside the transaction that does what it tells. Gives its number.
pub(super) fn append(
    connection: &Connection,
    actor: &str,
    kind: Kind,
    detail: &Value,
) -> Result<i64, ArchiveError> {
    let last: Option<(i64, String)> = connection
        .prepare_cached("SELECT number, hash FROM event ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (number, previous) = last.unwrap_or_else(|| (0, BEFORE_THE_FIRST.to_owned()));
    let mut event = Event {
        number: number + 1,
        at: jiff::Timestamp::now().to_string(),
        actor: actor.to_owned(),
        kind: kind.name().to_owned(),
        detail: detail.to_string(),
        previous,
        hash: String::new(),
    };
    event.hash = event.digest();
    connection.execute(
        "INSERT INTO event (number, at, actor, kind, detail, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            event.number,
            event.at,
            event.actor,
            event.kind,
            event.detail,
            event.previous,
            event.hash
        ],
    )?;
    Ok(event.number)
}

fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        number: row.get("number")?,
        at: row.get("at")?,
        actor: row.get("actor")?,
        kind: row.get("kind")?,
        detail: row.get("detail")?,
        previous: row.get("previous")?,
        hash: row.get("hash")?,
    })
}

impl Archive {
    /// Writes into the log what changes nothing in the archive: an export, a verification. It does not
    /// need the lock of the writer.
    pub fn log(&self, kind: Kind, detail: &Value) -> Result<(), ArchiveError> {
        // Not the transaction of `rusqlite` on a mutable connection: a reader may log as well.
        let transaction =
            rusqlite::Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        append(&transaction, &actor(), kind, detail)?;
        transaction.commit()?;
        Ok(())
    }

    /// Gives every event to `visit`, in their order.
    pub fn each_event<E: From<ArchiveError>>(
        &self,
        visit: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_row("SELECT * FROM event ORDER BY number", [], event, visit)
    }

    /// The latest event, or the latest of a kind.
    pub fn last_event(&self, kind: Option<Kind>) -> Result<Option<Event>, ArchiveError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT * FROM event WHERE ?1 IS NULL OR kind = ?1 ORDER BY number DESC LIMIT 1",
        )?;
        Ok(statement
            .query_row([kind.map(Kind::name)], event)
            .optional()?)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn users_are_known_by_number() {
        let names = "root:x:0:0:root:/root:/bin/sh\nbroken\narchive:x:1001:100::/home:/bin/sh\n";
        for (user, name) in [(0, Some("root")), (1001, Some("archive")), (100, None)] {
            assert_eq!(name_of(user, names).as_deref(), name, "{user}");
        }
    }
}
