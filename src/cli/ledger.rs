//! `prikaz ledger`: every file ever seen, and what became of it.

use std::io::{Write as _, stdout};
use std::path::Path;

use clap::builder::PossibleValuesParser;
use prikaz::archive::{Archive, LedgerEntry, LedgerFilter, Outcome as FileOutcome};

use super::Outcome;

/// List every file ever seen and what became of it
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each line: what became of the file, when it was met (UTC), its path, and why.\n\nExamples:\n  prikaz ledger --failed\n  prikaz ledger --history --json > ledger.jsonl"
)]
pub(crate) struct Arguments {
    /// Only the files that failed
    #[arg(long, conflicts_with = "only")]
    failed: bool,
    /// Only the files of which this became
    #[arg(long, value_name = "OUTCOME", value_parser = PossibleValuesParser::new(FileOutcome::ALL.map(FileOutcome::name)))]
    only: Option<String>,
    /// Also what became of each file before
    #[arg(long)]
    history: bool,
    /// One JSON object a line, with hash, size, version of the program and time taken
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let archive = Archive::open_for_reading(path)?;
    let filter = LedgerFilter {
        outcome: FileOutcome::ALL.into_iter().find(|outcome| {
            (arguments.failed && *outcome == FileOutcome::Failed)
                || arguments.only.as_deref() == Some(outcome.name())
        }),
        superseded: arguments.history,
    };
    let mut output = stdout().lock();
    archive.each_ledger_line(filter, |entry| -> anyhow::Result<()> {
        if arguments.json {
            writeln!(output, "{}", serde_json::to_string(&entry)?)?;
        } else {
            writeln!(output, "{}", shown(&entry))?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}

fn shown(entry: &LedgerEntry) -> String {
    let mut line = format!(
        "{:<9}  {}  {}",
        entry.outcome.name(),
        super::minute(&entry.at),
        entry.path
    );
    if let Some(message) = &entry.message {
        line.push_str(&format!(": {message}"));
    }
    if let Some(remedy) = &entry.remedy {
        line.push_str(&format!("\n           {remedy}"));
    }
    line
}
