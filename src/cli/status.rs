//! `prikaz status`: how much the archive holds.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::Archive;

use super::{Outcome, print_json};

/// Say how much the archive holds
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let status = Archive::open_for_reading(path)?.status()?;
    if arguments.json {
        return print_json(&status);
    }
    let mut output = stdout().lock();
    for (name, count) in [
        ("orders", status.orders),
        ("other documents", status.not_orders),
        ("with findings", status.with_findings),
        ("corrected by hand", status.corrected),
        ("former versions", status.former_versions),
        ("files", status.files),
        ("files failed", status.failed),
        ("files passed over", status.skipped),
        ("files moved away", status.gone),
        ("bytes of originals", status.original_bytes),
        ("events in the log", status.events),
    ] {
        writeln!(output, "{name:<19}{count:>12}")?;
    }
    for (name, when) in [
        ("last ingest", &status.last_ingest),
        ("last verification", &status.last_verification),
    ] {
        let when = when
            .as_ref()
            .map_or_else(|| "never".to_owned(), |when| super::minute(when));
        writeln!(output, "{name:<19}{when}")?;
    }
    if let Some(seal) = &status.seal {
        writeln!(output, "{:<19}{seal}", "seal of the log")?;
    }
    if status.failed > 0 {
        writeln!(
            output,
            "\n`prikaz ledger --failed` says which files failed and why."
        )?;
    }
    Ok(Outcome::Done)
}
