//! The command line: one file per command. Typed errors of the library become messages with a hint
//! here, and exit codes: 0 done, 1 some files failed, 2 cannot run.

mod backup;
mod correct;
mod dates;
mod export;
mod help;
mod ingest;
mod ledger;
mod log;
mod manual;
mod page;
mod places;
mod recognition;
mod register;
mod reparse;
mod search;
mod show;
mod status;
mod usage_error;
mod verify;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{FromArgMatches as _, Parser, Subcommand};
use prikaz::archive::{Archive, ArchiveError, CorrectionError};
use prikaz::export::ExportError;
use prikaz::index::{Index, IndexError};
use prikaz::ingest::IngestError;
use prikaz::order::Order;
use prikaz::search::{QueryError, SearchError};
use prikaz::wording::refusal;

/// The command line as it is typed.
#[derive(Debug, Parser)]
#[command(
    name = "prikaz",
    version,
    max_term_width = 100,
    about = "Превращает папки с приказами в архив, в котором всё находится и всё можно проверить",
    after_help = EXAMPLES
)]
pub(crate) struct Arguments {
    /// Папка архива
    #[arg(
        long,
        global = true,
        value_name = "ПАПКА",
        env = "PRIKAZ_ARCHIVE",
        default_value = "./archive"
    )]
    archive: PathBuf,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Примеры:
  prikaz ingest scans/2024                  загрузить папку
  prikaz search \"ч. 8 ст. 10 149-ФЗ\"        приказы по норме закона
  prikaz search Гапутина                    приказы, где назван человек, в любом падеже
  prikaz show 06/1                          показать приказ
  prikaz export --where \"год:2024\"          записи для другой программы (JSON Lines)
  prikaz verify                             сверка: всё на месте и ничего не изменено";

#[derive(Debug, Subcommand)]
enum Command {
    Ingest(ingest::Arguments),
    Search(search::Arguments),
    Show(show::Arguments),
    Page(page::Arguments),
    Export(export::Arguments),
    Status(status::Arguments),
    Ledger(ledger::Arguments),
    Verify(verify::Arguments),
    Log(log::Arguments),
    Reparse(reparse::Arguments),
    Correct(correct::Arguments),
    Register(register::Arguments),
    Backup(backup::BackupArguments),
    Restore(backup::RestoreArguments),
    /// Напечатать схему записей (JSON Schema)
    Schema,
    Completions(manual::CompletionArguments),
    Manual(manual::ManualArguments),
    Help(help::HelpArguments),
}

/// What names an order.
const ORDER: &str =
    "Номер приказа, имя его файла или начало его идентификатора (не меньше восьми знаков)";

/// What a query chooses.
const WANTED: &str = "Только приказы, найденные по запросу";

/// What a command that ran says to the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    SomeFailed,
}

/// Runs the command that was typed.
pub(crate) fn run() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().map(exclusion_as_word).collect();
    let arguments = help::command()
        .try_get_matches_from(&words)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match arguments {
        Ok(arguments) => arguments,
        Err(error) => {
            let mut typed = words.iter().skip(1).filter_map(|word| word.to_str());
            return usage_error::told(&error, typed.find(|word| help::is_command(word)));
        }
    };
    let result = match &arguments.command {
        Command::Ingest(command) => ingest::run(&arguments.archive, command),
        Command::Search(command) => search::run(&arguments.archive, command),
        Command::Show(command) => show::run(&arguments.archive, command),
        Command::Page(command) => page::run(&arguments.archive, command),
        Command::Export(command) => export::run(&arguments.archive, command),
        Command::Status(command) => status::run(&arguments.archive, command),
        Command::Ledger(command) => ledger::run(&arguments.archive, command),
        Command::Verify(command) => verify::run(&arguments.archive, command),
        Command::Log(command) => log::run(&arguments.archive, command),
        Command::Reparse(command) => reparse::run(&arguments.archive, command),
        Command::Correct(command) => correct::run(&arguments.archive, command),
        Command::Register(command) => register::run(&arguments.archive, command),
        Command::Backup(command) => backup::back_up(&arguments.archive, command),
        Command::Restore(command) => backup::bring_back(&arguments.archive, command),
        Command::Schema => print_json(&prikaz::order::schema()),
        Command::Completions(command) => manual::completions(command),
        Command::Manual(command) => manual::manual(command),
        Command::Help(command) => help::run(command),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ошибка: {}", told(&error));
            if let Some(hint) = hint(&error) {
                eprintln!("подсказка: {hint}");
            }
            ExitCode::from(2)
        }
    }
}

/// An error with its causes, each said once. A typed error of the library names its cause itself.
fn told(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain() {
        let said = cause
            .downcast_ref::<io::Error>()
            .map_or_else(|| cause.to_string(), refusal);
        if !told.contains(&said) {
            if !told.is_empty() {
                told.push_str(": ");
            }
            told.push_str(&said);
        }
        if names_its_cause(cause) {
            break;
        }
    }
    told
}

fn names_its_cause(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<ArchiveError>()
        || error.is::<CorrectionError>()
        || error.is::<ExportError>()
        || error.is::<IngestError>()
        || error.is::<IndexError>()
        || error.is::<SearchError>()
}

/// `-положение` in a query is no option: a space before it makes it a word for the parser of
/// arguments, and means nothing in a query. Options of this program begin with a Latin letter.
fn exclusion_as_word(argument: OsString) -> OsString {
    match argument.to_str().and_then(|word| word.strip_prefix('-')) {
        Some(rest) if rest.starts_with(|c: char| c != '-' && !c.is_ascii_alphabetic()) => {
            format!(" -{rest}").into()
        }
        _ => argument,
    }
}

/// An error with its way out.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Hinted {
    message: String,
    hint: String,
}

/// An error of the command line itself.
pub(crate) fn hinted(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
    Hinted {
        message: message.into(),
        hint: hint.into(),
    }
    .into()
}

fn hint(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        let archive = cause
            .downcast_ref::<ArchiveError>()
            .map(|error| error.remedy().to_owned());
        let correction = || {
            cause
                .downcast_ref::<CorrectionError>()
                .map(|error| error.remedy().to_owned())
        };
        let export = || {
            cause
                .downcast_ref::<ExportError>()
                .map(|error| error.remedy().to_owned())
        };
        let ingest = || {
            cause
                .downcast_ref::<IngestError>()
                .map(|error| error.remedy().to_owned())
        };
        let query = || {
            cause
                .downcast_ref::<QueryError>()
                .or_else(|| match cause.downcast_ref::<SearchError>() {
                    // A transparent error stands for its cause, which the chain leaves out.
                    Some(SearchError::Query(error)) => Some(error),
                    _ => None,
                })
                .map(|error| error.remedy.clone())
        };
        let index = || {
            cause
                .downcast_ref::<IndexError>()
                .or_else(|| match cause.downcast_ref::<SearchError>() {
                    Some(SearchError::Index(error)) => Some(error),
                    _ => None,
                })
                .map(|error| error.remedy().to_owned())
        };
        let cursor = || match cause.downcast_ref::<SearchError>() {
            Some(SearchError::Cursor(_)) => Some(
                "возьмите его из того же запроса с тем же порядком или ищите без --after"
                    .to_owned(),
            ),
            _ => None,
        };
        let own = || {
            cause
                .downcast_ref::<Hinted>()
                .map(|error| error.hint.clone())
        };
        archive
            .or_else(correction)
            .or_else(export)
            .or_else(ingest)
            .or_else(query)
            .or_else(index)
            .or_else(cursor)
            .or_else(own)
    })
}

/// A reader that stopped reading is no failure: `prikaz export | head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Opens the archive to read, with its index brought up to date.
pub(crate) fn open(path: &std::path::Path) -> anyhow::Result<(Archive, Index)> {
    let archive = Archive::open_for_reading(path)?;
    let index = Index::follow(&archive)?;
    if index.lags_behind(&archive)? {
        notice("индекс ещё дополняется и знает не все приказы архива; повторите поиск позже");
    }
    Ok((archive, index))
}

/// The one order that a person means by a number, an id or a file name.
pub(crate) fn named_one(archive: &Archive, name: &str) -> anyhow::Result<Order> {
    let mut found = archive.named(name)?;
    if found.len() > 1 {
        let lines: Vec<String> = found
            .iter()
            .map(|order| {
                let id = order.id.get(..12).unwrap_or(&order.id);
                format!("  {id}  {}", show::headline(order))
            })
            .collect();
        return Err(hinted(
            format!(
                "на «{name}» отзываются несколько ({}):\n{}",
                found.len(),
                lines.join("\n")
            ),
            "назовите один по его идентификатору: он стоит первым в строке",
        ));
    }
    found.pop().ok_or_else(|| {
        hinted(
            format!("нет приказа с номером, идентификатором или именем файла «{name}»"),
            "найдите его: `prikaz search`",
        )
    })
}

/// A time of the archive for people: to the minute, in UTC.
pub(crate) fn minute(at: &str) -> String {
    at.get(..16)
        .map_or_else(|| at.to_owned(), |at| dates::in_line(&at.replace('T', " ")))
}

/// A line of a table of counts.
pub(crate) fn count_line(name: &str, count: u64) -> String {
    format!("{name:<25}{count:>8}")
}

/// Says what a person should know, beside the answer.
pub(crate) fn notice(words: impl std::fmt::Display) {
    eprintln!("внимание: {words}");
}

/// Prints a value as JSON for a program.
pub(crate) fn print_json(value: &impl serde::Serialize) -> anyhow::Result<Outcome> {
    let mut output = io::stdout().lock();
    serde_json::to_writer_pretty(&mut output, value).map_err(io::Error::from)?;
    io::Write::write_all(&mut output, b"\n")?;
    Ok(Outcome::Done)
}
