//! `prikaz export`: records for auditors.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use prikaz::export::{JsonLines, export};

use super::{Outcome, open};

/// Write records as JSON Lines
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  prikaz export > records.jsonl\n  prikaz export --where \"год:2024 закон:149-ФЗ\" --output records.jsonl"
)]
pub(crate) struct Arguments {
    /// Only the orders that this query finds
    #[arg(long = "where", value_name = "QUERY")]
    wanted: Option<String>,
    /// Write to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (archive, index) = open(path)?;
    let wanted: Option<BTreeSet<String>> = match &arguments.wanted {
        Some(query) => Some(prikaz::search::ids(&index, query)?.into_iter().collect()),
        None => None,
    };
    let output: Box<dyn Write> = match &arguments.output {
        Some(file) => Box::new(
            File::create(file).with_context(|| format!("{} cannot be written", file.display()))?,
        ),
        None => Box::new(stdout().lock()),
    };
    export(
        &archive,
        wanted.as_ref(),
        &mut JsonLines::new(BufWriter::new(output)),
    )?;
    Ok(Outcome::Done)
}
