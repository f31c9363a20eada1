//! `prikaz ingest`: take in files and folders.

use std::io::{IsTerminal as _, Write as _, stderr, stdout};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use prikaz::archive::Archive;
use prikaz::index::Index;
use prikaz::ingest::{Event, IngestError, Options, Summary, ingest};
use prikaz::read::Settings;

use super::Outcome;
use super::recognition::RecognitionArguments;

/// Take in files and folders
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A second run takes in only what is new or has changed. Nothing is ever taken out: a file that has\nchanged becomes a new record beside the old one.\n\nExamples:\n  prikaz ingest orders/\n  prikaz ingest --archive /srv/orders scans/2024 scans/2025\n  prikaz ingest --retry-failed"
)]
pub(crate) struct Arguments {
    /// Files and folders
    #[arg(required_unless_present = "retry_failed", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read every file, also where its size and time have not changed
    #[arg(long)]
    checksum: bool,
    /// Read again the files that failed before; without PATH, those and nothing else
    #[arg(long)]
    retry_failed: bool,
    /// Read with so many threads instead of one for each processor
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    recognition: RecognitionArguments,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    // A mistyped path must not leave an empty archive behind.
    if let Some(missing) = arguments.paths.iter().find(|path| !path.exists()) {
        return Err(IngestError::NoSuchPath(missing.clone()).into());
    }
    if arguments.paths.is_empty() {
        // Nor must a retry where nothing can have failed yet.
        Archive::open_for_reading(path)?;
    }
    let mut archive = Archive::open_for_writing(path)?;
    let mut reading = Settings {
        recognition: arguments.recognition.when(),
        ..Settings::default()
    };
    if let Some(language) = arguments.recognition.language() {
        language.clone_into(&mut reading.recognition_language);
    }
    let options = Options {
        checksum: arguments.checksum,
        retry_failed: arguments.retry_failed,
        jobs: arguments.jobs,
        reading,
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
    Ok(if summary.failed + summary.failed_before == 0 {
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

/// A bar on a terminal, plain lines elsewhere; what failed is said at once, so that nothing of it has to
/// be remembered.
fn progress(bar: Option<&ProgressBar>, event: &Event<'_>) {
    let failure = event.failure.map(|(message, remedy)| {
        format!(
            "failed: {}: {message}\n        {remedy}",
            event.path.display()
        )
    });
    let Some(bar) = bar else {
        if let Some(failure) = failure {
            println!("{failure}");
        }
        if event.done.is_multiple_of(FILES_A_LINE) {
            eprintln!("{} of {} files", event.done, event.total);
        }
        return;
    };
    bar.set_length(event.total as u64);
    bar.set_position(event.done as u64);
    if let Some(failure) = failure {
        bar.suspend(|| println!("{failure}"));
    }
}

fn report(summary: &Summary) -> std::io::Result<()> {
    let mut output = stdout().lock();
    let seconds = summary.elapsed.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a count of files on a screen")]
    let rate = if seconds > 0.0 {
        summary.files as f64 / seconds
    } else {
        0.0
    };
    for (name, count, always) in [
        ("added", summary.added, true),
        ("already there", summary.already_there, true),
        ("moved", summary.moved, false),
        ("failed", summary.failed, true),
        ("failed before", summary.failed_before, false),
        ("passed over", summary.passed_over, false),
        ("with findings", summary.with_findings, true),
    ] {
        if always || count > 0 {
            writeln!(output, "{name:<15}{count:>8}")?;
        }
    }
    writeln!(output, "per second     {rate:>8.0}")?;
    if summary.failed_before > 0 {
        writeln!(
            output,
            "Files that failed before and have not changed were not read: `prikaz ledger --failed` \
             lists them, `prikaz ingest --retry-failed` reads them again."
        )?;
    }
    Ok(())
}
