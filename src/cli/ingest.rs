//! `prikaz ingest`: take in files and folders.

use std::io::{IsTerminal as _, Write as _, stderr, stdout};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use prikaz::archive::{Archive, Outcome as FileOutcome};
use prikaz::index::Index;
use prikaz::ingest::{Event, Options, Summary, ingest};

use super::{Outcome, hinted};

/// Take in files and folders
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  prikaz ingest orders/\n  prikaz ingest --archive /srv/orders scans/2024 scans/2025\n  prikaz ingest --retry-failed orders/"
)]
pub(crate) struct Arguments {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read every file, also where its size and time have not changed
    #[arg(long)]
    checksum: bool,
    /// Read again the files that failed before
    #[arg(long)]
    retry_failed: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    // A mistyped path must not leave an empty archive behind.
    if let Some(missing) = arguments.paths.iter().find(|path| !path.exists()) {
        return Err(hinted(
            format!("there is no file or folder {}", missing.display()),
            "check the name; the path is relative to the current folder",
        ));
    }
    let mut archive = Archive::open_for_writing(path)?;
    let options = Options {
        checksum: arguments.checksum,
        retry_failed: arguments.retry_failed,
        ..Options::default()
    };
    let bar = stderr().is_terminal().then(bar);
    let summary = ingest(&mut archive, &arguments.paths, &options, &mut |event| {
        progress(bar.as_ref(), event);
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let summary = summary?;
    Index::follow(&archive)?;
    report(&summary)?;
    Ok(if summary.failures.is_empty() {
        Outcome::Done
    } else {
        Outcome::SomeFailed
    })
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {per_sec}, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Files between two lines of progress where there is no terminal: a log tells that it goes on, and a
/// small folder stays silent.
const FILES_A_LINE: usize = 500;

/// A bar on a terminal, plain lines elsewhere.
fn progress(bar: Option<&ProgressBar>, event: &Event<'_>) {
    let Some(bar) = bar else {
        if event.done.is_multiple_of(FILES_A_LINE) {
            eprintln!("{} of {} files", event.done, event.total);
        }
        return;
    };
    bar.set_length(event.total as u64);
    bar.set_position(event.done as u64);
    if event.outcome == Some(FileOutcome::Failed) {
        bar.println(format!("failed: {}", event.path.display()));
    }
}

fn report(summary: &Summary) -> std::io::Result<()> {
    let mut output = stdout().lock();
    for failure in &summary.failures {
        writeln!(
            output,
            "failed: {}: {}\n        {}",
            failure.path.display(),
            failure.message,
            failure.remedy
        )?;
    }
    let seconds = summary.elapsed.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a count of files on a screen")]
    let rate = if seconds > 0.0 {
        summary.files as f64 / seconds
    } else {
        0.0
    };
    writeln!(output, "added          {:>8}", summary.added)?;
    writeln!(output, "already there  {:>8}", summary.already_there)?;
    writeln!(output, "failed         {:>8}", summary.failures.len())?;
    if summary.passed_over > 0 {
        writeln!(output, "passed over    {:>8}", summary.passed_over)?;
    }
    writeln!(output, "with findings  {:>8}", summary.with_findings)?;
    writeln!(output, "per second     {rate:>8.0}")
}
