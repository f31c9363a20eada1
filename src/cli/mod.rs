//! The command line: one file per command. Typed errors of the library become messages with a hint
//! here, and exit codes: 0 done, 1 some files failed, 2 cannot run.

mod backup;
mod correct;
mod dates;
mod export;
mod ingest;
mod ledger;
mod log;
mod manual;
mod page;
mod recognition;
mod register;
mod reparse;
mod search;
mod show;
mod status;
mod verify;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use prikaz::archive::{Archive, ArchiveError, CorrectionError};
use prikaz::export::ExportError;
use prikaz::index::{Index, IndexError};
use prikaz::ingest::IngestError;
use prikaz::order::Order;
use prikaz::search::{QueryError, SearchError};

/// Turns folders of Russian administrative orders («приказы») into a searchable, verifiable archive.
#[derive(Debug, Parser)]
#[command(name = "prikaz", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Folder of the archive
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "PRIKAZ_ARCHIVE",
        default_value = "./archive"
    )]
    archive: PathBuf,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  prikaz ingest scans/2024                  take in a folder
  prikaz search \"ч. 8 ст. 10 149-ФЗ\"        orders under a provision
  prikaz search Гапутина                    orders that name a person, in any case
  prikaz show 06/1                          one order, laid out for people
  prikaz export --where \"год:2024\"          records as JSON Lines
  prikaz verify                             prove that nothing was lost or changed";

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
    /// Print the JSON Schema of the records
    Schema,
    Completions(manual::CompletionArguments),
    Manual(manual::ManualArguments),
}

/// What a command that ran says to the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    SomeFailed,
}

/// Runs the command that was typed.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse_from(std::env::args_os().map(exclusion_as_word));
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
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // An error is told under the heading of its language.
            let (heading, way_out) = if is_russian(&error) {
                ("ошибка", "подсказка")
            } else {
                ("error", "hint")
            };
            eprintln!("{heading}: {}", told(&error));
            if let Some(hint) = hint(&error) {
                eprintln!("{way_out}: {hint}");
            }
            ExitCode::from(2)
        }
    }
}

/// Whether an error is told in Russian: what is said of a query, and of the one who looks for an order.
fn is_russian(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.is::<QueryError>()
            || matches!(
                cause.downcast_ref::<SearchError>(),
                Some(SearchError::Query(_) | SearchError::Cursor(_))
            )
            || cause
                .downcast_ref::<Hinted>()
                .is_some_and(|error| error.is_russian)
    })
}

/// An error with its causes, each said once: many name their cause themselves.
fn told(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !told.contains(&cause) {
            if !told.is_empty() {
                told.push_str(": ");
            }
            told.push_str(&cause);
        }
    }
    told
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
    is_russian: bool,
}

/// An error of the command line itself.
pub(crate) fn hinted(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
    Hinted {
        message: message.into(),
        hint: hint.into(),
        is_russian: false,
    }
    .into()
}

/// An error of a command that answers in Russian.
pub(crate) fn hinted_in_russian(
    message: impl Into<String>,
    hint: impl Into<String>,
) -> anyhow::Error {
    Hinted {
        message: message.into(),
        hint: hint.into(),
        is_russian: true,
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
        eprintln!(
            "внимание: индекс ещё дополняется и знает не все приказы архива; повторите поиск позже"
        );
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
        return Err(hinted_in_russian(
            format!(
                "на «{name}» отзываются несколько ({}):\n{}",
                found.len(),
                lines.join("\n")
            ),
            "назовите один по его идентификатору: он стоит первым в строке",
        ));
    }
    found.pop().ok_or_else(|| {
        hinted_in_russian(
            format!("нет приказа с номером, идентификатором или именем файла «{name}»"),
            "найдите его: `prikaz search`",
        )
    })
}

/// A time of the archive for people: to the minute, in UTC.
pub(crate) fn minute(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}

/// Prints a value as JSON for a program.
pub(crate) fn print_json(value: &impl serde::Serialize) -> anyhow::Result<Outcome> {
    let mut output = io::stdout().lock();
    serde_json::to_writer_pretty(&mut output, value).map_err(io::Error::from)?;
    io::Write::write_all(&mut output, b"\n")?;
    Ok(Outcome::Done)
}
