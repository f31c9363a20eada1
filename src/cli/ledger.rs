//! `prikaz ledger`: every file ever seen, and what became of it.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::{Archive, ArchiveError};

use super::Outcome;

/// List every file ever seen and what became of it
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  prikaz ledger --failed\n  prikaz ledger --json")]
pub(crate) struct Arguments {
    /// Only the files that failed
    #[arg(long)]
    failed: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let archive = Archive::open_for_reading(path)?;
    let mut output = stdout().lock();
    archive.each_ledger_line(arguments.failed, |entry| -> anyhow::Result<()> {
        if arguments.json {
            writeln!(
                output,
                "{}",
                serde_json::to_string(&entry).map_err(|source| ArchiveError::Record {
                    id: entry.id.clone(),
                    source
                })?
            )?;
            return Ok(());
        }
        let why = entry
            .message
            .as_ref()
            .map(|message| format!(": {message}"))
            .unwrap_or_default();
        writeln!(output, "{:<10} {}{why}", entry.outcome, entry.path)?;
        Ok(())
    })?;
    Ok(Outcome::Done)
}
