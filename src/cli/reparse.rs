//! `prikaz reparse`: read the originals again with a better parser.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::Archive;
use prikaz::index::Index;
use prikaz::reparse::{Difference, Options, Reparsed, reparse};
use serde_json::{Value, json};

use super::recognition::RecognitionArguments;
use super::{Outcome, named_one};

/// Read the originals again with the present parser
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The former state of each record that changes is kept as a version. Corrections stay.\n\nExamples:\n  prikaz reparse --dry-run\n  prikaz reparse --where \"год:2024\"\n  prikaz reparse 06/1"
)]
pub(crate) struct Arguments {
    /// Numbers or ids of orders; all of them where none is named
    #[arg(value_name = "ID|NUMBER", conflicts_with = "wanted")]
    names: Vec<String>,
    /// Only the orders that this query finds
    #[arg(long = "where", value_name = "QUERY")]
    wanted: Option<String>,
    /// Show what would change, field by field, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print each record that changes as a line of JSON, with all its changes
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    recognition: RecognitionArguments,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let wanted = wanted(path, arguments)?;
    let mut archive = if arguments.dry_run {
        Archive::open_for_reading(path)?
    } else {
        Archive::open_for_reading(path)?;
        Archive::open_for_writing(path)?
    };
    let mut output = stdout().lock();
    let mut broken = Ok(());
    let summary = reparse(
        &mut archive,
        wanted.as_deref(),
        &Options {
            dry_run: arguments.dry_run,
            recognition: arguments.recognition.when(),
            recognition_language: arguments.recognition.language().map(str::to_owned),
        },
        &mut |reparsed| {
            let written = match reparsed {
                Reparsed::Same => Ok(()),
                Reparsed::Failed { id, message } => writeln!(output, "failed: {id}: {message}"),
                Reparsed::Changed {
                    before,
                    differences,
                } if arguments.json => {
                    let line = json!({ "id": before.id, "differences": differences });
                    writeln!(output, "{line}")
                }
                Reparsed::Changed {
                    before,
                    differences,
                } => lay_out(
                    &mut output,
                    &super::show::headline(before),
                    &before.id,
                    differences,
                ),
            };
            if broken.is_ok() {
                broken = written;
            }
        },
    )?;
    broken?;
    if !arguments.dry_run {
        Index::follow(&archive)?;
    }
    if !arguments.json {
        let changed = if arguments.dry_run {
            "would change"
        } else {
            "changed"
        };
        writeln!(output, "{changed:<15}{:>8}", summary.changed)?;
        writeln!(output, "{:<15}{:>8}", "as before", summary.same)?;
        writeln!(output, "{:<15}{:>8}", "failed", summary.failed)?;
    }
    Ok(if summary.failed == 0 {
        Outcome::Done
    } else {
        Outcome::SomeFailed
    })
}

/// Ids of the records that were named, ordered; `None` for all.
fn wanted(path: &Path, arguments: &Arguments) -> anyhow::Result<Option<Vec<String>>> {
    if let Some(query) = &arguments.wanted {
        let (archive, index) = super::open(path)?;
        return Ok(Some(prikaz::search::ids(
            &index,
            &archive.register()?,
            query,
        )?));
    }
    if arguments.names.is_empty() {
        return Ok(None);
    }
    let archive = Archive::open_for_reading(path)?;
    let mut ids = Vec::new();
    for name in &arguments.names {
        ids.push(named_one(&archive, name)?.id);
    }
    ids.sort();
    ids.dedup();
    Ok(Some(ids))
}

/// What only says where in the text something stands, and how sure the parser is.
const POSITIONS: [&str; 4] = ["span", "mentions", "confidence", "raw"];

fn lay_out(
    output: &mut impl std::io::Write,
    headline: &str,
    id: &str,
    differences: &[Difference],
) -> std::io::Result<()> {
    writeln!(output, "{headline}  {}", id.get(..12).unwrap_or(id))?;
    let is_position = |difference: &&Difference| {
        POSITIONS
            .iter()
            .any(|name| difference.place.split(['.', '[']).any(|part| part == *name))
    };
    for difference in differences.iter().filter(|d| !is_position(d)) {
        writeln!(
            output,
            "  {}: {} → {}",
            difference.place,
            shown(difference.before.as_ref()),
            shown(difference.now.as_ref())
        )?;
    }
    match differences.iter().filter(is_position).count() {
        0 => Ok(()),
        count => writeln!(
            output,
            "  and {count} places in the text and degrees of confidence"
        ),
    }
}

/// A value on one line, the longest cut.
fn shown(value: Option<&Value>) -> String {
    const LONGEST: usize = 200;
    let text = match value {
        None | Some(Value::Null) => "none".to_owned(),
        Some(Value::String(words)) => format!("«{words}»"),
        Some(other) => other.to_string(),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
