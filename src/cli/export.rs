//! `prikaz export`: records for auditors.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufWriter, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use prikaz::archive::Archive;
use prikaz::export::{
    Bag, ExportError, Exported, Exporter, Json, JsonLines, Spreadsheet, Tables, Wanted, export,
};

use super::{Outcome, hinted, open};

/// Write records out, for auditors and for other programs
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Forms:\n  jsonl  one record a line, whole (to the standard output, or to --output FILE)\n  json   the same as one JSON array\n  csv    five tables in a folder: register (опись), orders, references, clauses, people\n  xlsx   the same tables as sheets of one file\n  bagit  a BagIt bag (RFC 8493): originals, records, schema, ledger and audit log with SHA-512\n\nThe same archive gives the same bytes. Every export goes into the audit log.\n\nExamples:\n  prikaz export > records.jsonl\n  prikaz export --format xlsx --output opis.xlsx --where \"год:2024\"\n  prikaz export --format csv --byte-order-mark --output opis\n  prikaz export --format bagit --output bag-2024 --where \"год:2024\""
)]
pub(crate) struct Arguments {
    /// The form
    #[arg(long, value_enum, default_value_t = Form::Jsonl)]
    format: Form,
    /// Only the orders that this query finds
    #[arg(long = "where", value_name = "QUERY")]
    wanted: Option<String>,
    /// File or, for csv and bagit, folder to write; it must not be there yet
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Write over the file if it is there already; a folder is never written over
    #[arg(long, requires = "output")]
    overwrite: bool,
    /// Begin each CSV file with the mark by which Excel knows UTF-8; other programs take it for part of the first name
    #[arg(long)]
    byte_order_mark: bool,
}

/// A form of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "lower")]
enum Form {
    Jsonl,
    Json,
    Csv,
    Xlsx,
    Bagit,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    if arguments.byte_order_mark && arguments.format != Form::Csv {
        return Err(hinted(
            "only CSV has a byte order mark",
            "say --format csv, or leave --byte-order-mark out",
        ));
    }
    // Said before the work is done.
    if let (Some(output), Form::Jsonl | Form::Json | Form::Xlsx) =
        (&arguments.output, arguments.format)
        && output.exists()
        && !arguments.overwrite
    {
        return Err(ExportError::Exists(output.clone()).into());
    }
    let (archive, wanted) = match &arguments.wanted {
        Some(query) => {
            let (archive, index) = open(path)?;
            let ids = prikaz::search::ids(&index, &archive.register()?, query)?;
            let query = query.clone();
            (archive, Some(Wanted { query, ids }))
        }
        // Without a query the index is not needed, so that a broken one stops nobody.
        None => (Archive::open_for_reading(path)?, None),
    };
    let exported = match (&arguments.output, arguments.format) {
        (Some(output), Form::Csv | Form::Bagit) => {
            into_folder(&archive, wanted.as_ref(), output, arguments)?
        }
        (Some(output), form) => into_file(&archive, wanted.as_ref(), output, form)?,
        (None, Form::Jsonl) => {
            let output = BufWriter::new(stdout().lock());
            export(&archive, wanted.as_ref(), &mut JsonLines::new(output))?
        }
        (None, Form::Json) => {
            let output = BufWriter::new(stdout().lock());
            export(&archive, wanted.as_ref(), &mut Json::new(output))?
        }
        (None, _) => {
            return Err(hinted(
                "this form is not written to the standard output",
                "name a file or a folder: --output PATH",
            ));
        }
    };
    if let Some(error) = &exported.not_logged {
        eprintln!("note: the audit log does not tell of this export: {error}");
    }
    if let Some(output) = &arguments.output {
        eprintln!("{} records in {}", exported.records, output.display());
    }
    Ok(Outcome::Done)
}

/// The name under which an export is written until it is whole.
fn partial(output: &Path) -> PathBuf {
    let mut name = output.file_name().map_or_else(OsString::new, Into::into);
    name.push(".partial");
    output.with_file_name(name)
}

fn into_file(
    archive: &Archive,
    wanted: Option<&Wanted>,
    output: &Path,
    form: Form,
) -> anyhow::Result<Exported> {
    let beside = partial(output);
    let cannot = || format!("{} cannot be written", output.display());
    let file = BufWriter::new(File::create(&beside).with_context(cannot)?);
    let mut exporter: Box<dyn Exporter> = match form {
        Form::Json => Box::new(Json::new(file)),
        Form::Xlsx => Box::new(Spreadsheet::new(file)?),
        _ => Box::new(JsonLines::new(file)),
    };
    let exported = export(archive, wanted, exporter.as_mut()).inspect_err(|_| {
        // Half an export is of no use to anybody.
        let _ = fs::remove_file(&beside);
    })?;
    fs::rename(&beside, output).with_context(cannot)?;
    Ok(exported)
}

fn into_folder(
    archive: &Archive,
    wanted: Option<&Wanted>,
    output: &Path,
    arguments: &Arguments,
) -> anyhow::Result<Exported> {
    if fs::read_dir(output).map_or(output.exists(), |mut entries| entries.next().is_some()) {
        return Err(ExportError::Exists(output.to_owned()).into());
    }
    let beside = partial(output);
    let cannot = || format!("{} cannot be written", output.display());
    if beside.exists() {
        fs::remove_dir_all(&beside).with_context(cannot)?;
    }
    fs::create_dir_all(&beside).with_context(cannot)?;
    let mut exporter: Box<dyn Exporter> = if arguments.format == Form::Bagit {
        Box::new(Bag::new(archive, wanted, &beside)?)
    } else {
        Box::new(Tables::new(&beside, arguments.byte_order_mark)?)
    };
    let exported = export(archive, wanted, exporter.as_mut()).inspect_err(|_| {
        let _ = fs::remove_dir_all(&beside);
    })?;
    fs::rename(&beside, output).with_context(cannot)?;
    Ok(exported)
}
