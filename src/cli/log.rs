//! `prikaz log`: what was done to the archive.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::{Archive, Event};
use serde_json::Value;

use super::Outcome;

/// List what was done to the archive, when and by whom
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each event holds the hash of the one before it; `prikaz verify` checks the chain. Who did it is\nthe name of the user, or PRIKAZ_ACTOR.\n\nExamples:\n  prikaz log\n  prikaz log --json > log.jsonl"
)]
pub(crate) struct Arguments {
    /// One JSON object a line, with the hashes
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let archive = Archive::open_for_reading(path)?;
    let mut output = stdout().lock();
    archive.each_event(|event| -> anyhow::Result<()> {
        if arguments.json {
            writeln!(output, "{}", serde_json::to_string(&event)?)?;
        } else {
            writeln!(output, "{}", shown(&event))?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}

fn shown(event: &Event) -> String {
    format!(
        "{:>6}  {}  {}  {:<12}  {}",
        event.number,
        super::minute(&event.at),
        event.actor,
        event.kind,
        particulars(&event.particulars())
    )
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
