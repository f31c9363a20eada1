//! `prikaz ledger`: every file ever seen, and what became of it.

use std::io::{Write as _, stdout};
use std::path::Path;

use clap::builder::PossibleValuesParser;
use prikaz::archive::{Archive, LedgerEntry, LedgerFilter, Outcome as FileOutcome};

use super::Outcome;

/// Which files are listed.
#[derive(Debug, clap::Args)]
#[command(
    about = "Показать журнал файлов: что стало с каждым файлом",
    after_help = "В строке: что стало с файлом, когда он встретился (UTC), его путь и причина.\n\nИтоги:\n  added      добавлен\n  duplicate  повтор: такое содержание в архиве уже есть\n  moved      перемещён с прежнего места\n  failed     не прочитан\n  skipped    пропущен: читать нечего\n  gone       перемещён отсюда\n\nПримеры:\n  prikaz ledger --failed\n  prikaz ledger --history --json > ledger.jsonl"
)]
pub(crate) struct Arguments {
    /// Только непрочитанные файлы
    #[arg(long, conflicts_with = "only")]
    failed: bool,
    /// Только файлы с таким итогом
    #[arg(long, value_name = "ИТОГ", value_parser = PossibleValuesParser::new(FileOutcome::ALL.map(FileOutcome::name)))]
    only: Option<String>,
    /// И прежние строки о каждом файле
    #[arg(long)]
    history: bool,
    /// По одному объекту JSON в строке, с контрольной суммой, размером, версией программы и временем чтения
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
        "{:<16}  {}  {}",
        in_russian(entry.outcome),
        super::minute(&entry.at),
        entry.path
    );
    if let Some(message) = &entry.message {
        line.push_str(&format!(": {message}"));
    }
    if let Some(remedy) = &entry.remedy {
        line.push_str(&format!("\n{:18}{remedy}", ""));
    }
    line
}

/// What became of a file.
fn in_russian(outcome: FileOutcome) -> &'static str {
    match outcome {
        FileOutcome::Added => "добавлен",
        FileOutcome::Duplicate => "повтор",
        FileOutcome::Moved => "перемещён",
        FileOutcome::Failed => "не прочитан",
        FileOutcome::Skipped => "пропущен",
        FileOutcome::Gone => "перемещён отсюда",
    }
}
