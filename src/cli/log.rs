//! `prikaz log`: what was done to the archive.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::{Archive, Event};
use serde_json::Value;

use super::Outcome;

/// List what was done to the archive, when and by whom
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each event holds the hash of the one before it; `prikaz verify` checks the chain. Who did it is\nthe name of the user, or PRIKAZ_ACTOR. Times are UTC. The transactions of an ingest are shown as one\nline; --json has each of them.\n\nExamples:\n  prikaz log\n  prikaz log --json > log.jsonl"
)]
pub(crate) struct Arguments {
    /// One JSON object a line, with the hashes
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let archive = Archive::open_for_reading(path)?;
    let mut output = stdout().lock();
    let mut waiting: Option<Line> = None;
    archive.each_event(|event| -> anyhow::Result<()> {
        if arguments.json {
            writeln!(output, "{}", serde_json::to_string(&event)?)?;
            return Ok(());
        }
        let line = Line::of(event);
        waiting = match waiting.take() {
            None => Some(line),
            Some(mut before) => {
                if let Some(other) = before.join(line) {
                    writeln!(output, "{}", before.shown())?;
                    before = other;
                }
                Some(before)
            }
        };
        Ok(())
    })?;
    if let Some(last) = waiting {
        writeln!(output, "{}", last.shown())?;
    }
    Ok(Outcome::Done)
}

/// A line for people: an event, or the transactions of one ingest or reparse together.
struct Line {
    first: Event,
    last: i64,
    particulars: Value,
}

impl Line {
    fn of(event: Event) -> Self {
        Self {
            last: event.number,
            particulars: event.particulars(),
            first: event,
        }
    }

    /// Takes in the next transaction of the same work; gives back what is none.
    fn join(&mut self, next: Self) -> Option<Self> {
        let many = ["ingest", "reparse"].contains(&self.first.kind.as_str());
        let same = self.first.kind == next.first.kind && self.first.actor == next.first.actor;
        let (Value::Object(sums), Value::Object(more)) = (&mut self.particulars, &next.particulars)
        else {
            return Some(next);
        };
        if !many || !same || sums.get("program") != more.get("program") {
            return Some(next);
        }
        for (name, value) in more {
            let sum = match (sums.get(name).and_then(Value::as_u64), value.as_u64()) {
                (Some(before), Some(now)) => Value::from(before + now),
                _ => value.clone(),
            };
            sums.insert(name.clone(), sum);
        }
        self.last = next.last;
        None
    }

    fn shown(&self) -> String {
        let numbers = if self.first.number == self.last {
            self.last.to_string()
        } else {
            format!("{}–{}", self.first.number, self.last)
        };
        format!(
            "{numbers:>9}  {}  {}  {:<12}  {}",
            super::minute(&self.first.at),
            self.first.actor,
            self.first.kind,
            particulars(&self.particulars)
        )
    }
}

/// The particulars for people: without digests, which are for `verify`.
fn particulars(value: &Value) -> String {
    let Value::Object(all) = value else {
        return String::new();
    };
    let shown = |value: &Value| match value {
        Value::String(words) => words.clone(),
        other => other.to_string(),
    };
    let parts: Vec<String> = all
        .iter()
        .filter(|(_, value)| !value.is_null() && value["sha256"].is_null())
        .map(|(name, value)| match value {
            Value::Array(list) => list.iter().map(change).collect::<Vec<_>>().join(", "),
            // An id is told by its beginning.
            Value::String(id) if name == "record" => id.chars().take(12).collect(),
            other => format!("{} {}", name.replace('_', " "), shown(other)),
        })
        .collect();
    parts.join(", ")
}

/// A corrected value.
fn change(value: &Value) -> String {
    let side = |name: &str| {
        value[name]
            .as_str()
            .map_or_else(|| "none".to_owned(), |words| format!("«{words}»"))
    };
    let field = value["field"].as_str().unwrap_or_default();
    format!("{field} {} → {}", side("former"), side("value"))
}
