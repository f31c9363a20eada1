//! `prikaz ingest`: take in files and folders.

use std::io::{IsTerminal as _, Write as _, stderr, stdout};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use prikaz::archive::Archive;
use prikaz::index::Index;
use prikaz::ingest::{Event, IngestError, Options, Summary, ingest};
use prikaz::read::Settings;

use super::recognition::RecognitionArguments;
use super::{Outcome, count_line};

/// What is taken in and how.
#[derive(Debug, clap::Args)]
#[command(
    about = "Загрузить файлы и папки в архив",
    after_help = "При повторном запуске загружается только новое и изменённое. Из архива ничего не удаляется: изменённый файл становится новой записью рядом с прежней.\n\nПримеры:\n  prikaz ingest orders/\n  prikaz ingest --archive /srv/orders scans/2024 scans/2025\n  prikaz ingest --retry-failed"
)]
pub(crate) struct Arguments {
    /// Файлы и папки
    #[arg(required_unless_present = "retry_failed", value_name = "ПУТЬ")]
    paths: Vec<PathBuf>,
    /// Читать каждый файл, даже если его размер и время не изменились
    #[arg(long)]
    checksum: bool,
    /// Прочитать заново файлы, которые не удалось прочитать раньше; без ПУТИ — только их
    #[arg(long)]
    retry_failed: bool,
    /// Сколько файлов читать одновременно; обычно — по числу процессоров
    #[arg(long, value_name = "ЧИСЛО")]
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
    let style = ProgressStyle::with_template("{bar:30} файлов: {pos} из {len}, осталось {left}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style.with_key("left", left))
}

/// The time that is left, in Russian.
fn left(state: &ProgressState, output: &mut dyn std::fmt::Write) {
    let seconds = state.eta().as_secs();
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    // What cannot be written to the terminal changes nothing.
    let _ = match (hours, minutes) {
        (0, 0) => write!(output, "{seconds} с"),
        (0, _) => write!(output, "{minutes} мин"),
        _ => write!(output, "{hours} ч {minutes} мин"),
    };
}

/// Files between two lines of progress where there is no terminal: a log tells that it goes on, and a
/// small folder stays silent.
const FILES_A_LINE: usize = 500;

/// A bar on a terminal, plain lines elsewhere; what failed is said at once, so that nothing of it has to
/// be remembered.
fn progress(bar: Option<&ProgressBar>, event: &Event<'_>) {
    let failure = event.failure.map(|(message, remedy)| {
        format!(
            "не прочитан: {}: {message}\n             {remedy}",
            event.path.display()
        )
    });
    let Some(bar) = bar else {
        if let Some(failure) = failure {
            println!("{failure}");
        }
        if event.done.is_multiple_of(FILES_A_LINE) {
            eprintln!("файлов: {} из {}", event.done, event.total);
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
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count of files on a screen"
    )]
    let rate = if seconds > 0.0 {
        (summary.files as f64 / seconds).round() as u64
    } else {
        0
    };
    for (name, count, always) in [
        ("добавлено", summary.added, true),
        ("уже есть", summary.already_there, true),
        ("перемещено", summary.moved, false),
        ("не прочитано", summary.failed, true),
        ("не прочитано раньше", summary.failed_before, false),
        ("пропущено", summary.passed_over, false),
        ("с замечаниями", summary.with_findings, true),
    ] {
        if always || count > 0 {
            writeln!(output, "{}", count_line(name, count as u64))?;
        }
    }
    writeln!(output, "{}", count_line("файлов в секунду", rate))?;
    if summary.failed_before > 0 {
        writeln!(
            output,
            "Файлы, которые не удалось прочитать раньше и которые с тех пор не изменились, не читались. Их перечень: \
             `prikaz ledger --failed`; прочитать их заново: `prikaz ingest --retry-failed`."
        )?;
    }
    Ok(())
}
