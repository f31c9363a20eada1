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
    writeln!(output, "orders            {:>10}", status.orders)?;
    writeln!(output, "other documents   {:>10}", status.not_orders)?;
    writeln!(output, "with findings     {:>10}", status.with_findings)?;
    writeln!(output, "files seen        {:>10}", status.files)?;
    writeln!(output, "files failed      {:>10}", status.failed)?;
    writeln!(output, "bytes of originals{:>10}", status.original_bytes)?;
    Ok(Outcome::Done)
}
