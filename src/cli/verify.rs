//! `prikaz verify`: check that nothing was lost or changed.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::{Archive, Selection};
use prikaz::verify::verify;

use super::{Outcome, hinted};

/// Check that nothing was lost or changed
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Reads every original again and compares it with its hash; compares records, ledger, corrections,\naudit log and index with each other. Ends with exit code 1 and a list where something does not agree,\nand with exit code 1 and a note where the index could not be compared.\n\nExamples:\n  prikaz verify\n  prikaz verify --sample 5\n  prikaz verify --since 2026-01-01"
)]
pub(crate) struct Arguments {
    /// Read only so many per cent of the originals again, chosen anew each time
    #[arg(long, value_name = "PERCENT")]
    sample: Option<f64>,
    /// Read only the originals again that were taken in since this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<String>,
    /// Print it as JSON, one object a line: the problems, then the counts
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    if let Some(sample) = arguments.sample
        && !(sample > 0.0 && sample <= 100.0)
    {
        return Err(hinted(
            format!("{sample} per cent of the originals cannot be read"),
            "give a number above 0 and up to 100: --sample 5",
        ));
    }
    if let Some(since) = &arguments.since
        && since.parse::<jiff::civil::Date>().is_err()
    {
        return Err(hinted(
            format!("«{since}» is no day"),
            "write it as 2026-01-31",
        ));
    }
    let archive = Archive::open_for_reading(path)?;
    let selection = Selection {
        sample: arguments.sample,
        since: arguments.since.clone(),
    };
    let mut output = stdout().lock();
    let mut broken = Ok(());
    let verified = verify(&archive, &selection, &mut |problem| {
        let written = if arguments.json {
            serde_json::to_string(&problem)
                .map_err(std::io::Error::from)
                .and_then(|line| writeln!(output, "{line}"))
        } else {
            writeln!(
                output,
                "{}: {}\n        {}",
                problem.subject, problem.message, problem.remedy
            )
        };
        if broken.is_ok() {
            broken = written;
        }
    })?;
    broken?;
    let checked = verified.checked;
    if let Some(why) = &verified.index_left_out {
        eprintln!("note: the index was not checked: {why}");
    }
    if let Some(error) = verified.not_logged {
        eprintln!("note: the audit log does not tell of this verification: {error}");
    }
    if arguments.json {
        writeln!(output, "{}", serde_json::to_string(&checked)?)?;
    } else {
        for (name, count) in [
            ("events", checked.events),
            ("ledger lines", checked.ledger_lines),
            ("records", checked.records),
            ("with all versions", checked.versions),
            ("originals read", checked.originals),
            ("in the index", checked.indexed),
        ] {
            writeln!(output, "{name:<18}{count:>10}")?;
        }
        if checked.unclaimed > 0 {
            writeln!(
                output,
                "{:<18}{:>10}  originals without a record, left by an ingest that was broken off; harmless",
                "unclaimed", checked.unclaimed
            )?;
        }
        writeln!(output, "{:<18}{:>10}", "problems", checked.problems)?;
    }
    Ok(
        if checked.problems == 0 && verified.index_left_out.is_none() {
            Outcome::Done
        } else {
            Outcome::SomeFailed
        },
    )
}
