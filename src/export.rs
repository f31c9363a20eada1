//! Records for auditors: one exporter per form behind one trait.
//!
//! In: records of the archive, one at a time, in the order of time. Out: bytes. The same archive gives
//! the same bytes. That it was exported goes into the audit log. Must never: hold more than one record
//! in memory, or leave half an export under the name of a whole one.

mod bagit;
mod json;
mod spreadsheet;
mod tables;

use std::io;
use std::path::PathBuf;

use rust_xlsxwriter::XlsxError;
use serde_json::json;

use crate::archive::{Archive, ArchiveError, EventKind};
use crate::wording::refusal;

pub use bagit::Bag;
pub use json::{Json, JsonLines};
pub use spreadsheet::Spreadsheet;
pub use tables::Tables;

/// A form of export.
pub trait Exporter {
    /// The name of the form.
    fn form(&self) -> &'static str;
    /// Writes one record, given by its id and as its JSON on one line.
    fn record(&mut self, id: &str, json: &str) -> Result<(), ExportError>;
    /// Ends the export.
    fn finish(&mut self) -> Result<(), ExportError>;
}

/// The orders that a query finds.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The query as it was typed.
    pub query: String,
    /// Ids of the records, ordered.
    pub ids: Vec<String>,
}

impl Wanted {
    fn has(&self, id: &str) -> bool {
        self.ids
            .binary_search_by(|known| known.as_str().cmp(id))
            .is_ok()
    }
}

/// What was exported.
#[derive(Debug)]
pub struct Exported {
    /// Records written.
    pub records: usize,
    /// Why the export is not in the audit log, where it is not.
    pub not_logged: Option<ArchiveError>,
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The output refused.
    #[error("выгрузку не удалось записать: {}", refusal(.0))]
    Output(#[from] io::Error),
    /// A file of the output refused.
    #[error("«{}» не записывается: {}", path.display(), refusal(source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The output is there already.
    #[error("«{}» уже есть", .0.display())]
    Exists(PathBuf),
    /// The writer of tables refused.
    #[error("таблицу не удалось записать: {}", table_refusal(.0))]
    Table(#[from] csv::Error),
    /// The writer of spreadsheets refused.
    #[error("книгу Excel не удалось записать: {}", spreadsheet_refusal(.0))]
    Spreadsheet(#[from] XlsxError),
}

impl ExportError {
    /// What the user can do.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Archive(error) => error.remedy(),
            Self::Exists(_) => {
                "укажите другое имя в --output или сначала удалите старое; файл заменяется с --overwrite"
            }
            _ => "проверьте, есть ли место на диске и можно ли писать в эту папку",
        }
    }
}

/// Writes every record, or those that are wanted.
pub fn export(
    archive: &Archive,
    wanted: Option<&Wanted>,
    exporter: &mut dyn Exporter,
) -> Result<Exported, ExportError> {
    let mut records = 0;
    // Everything that an exporter asks of the archive is of one moment, whatever is written meanwhile.
    archive.at_one_moment(|| {
        archive.each_record(|id, json| -> Result<(), ExportError> {
            if wanted.is_none_or(|wanted| wanted.has(id)) {
                exporter.record(id, json)?;
                records += 1;
            }
            Ok(())
        })?;
        exporter.finish()
    })?;
    let mut detail = json!({ "form": exporter.form(), "records": records });
    if let Some(wanted) = wanted {
        detail["where"] = wanted.query.as_str().into();
    }
    Ok(Exported {
        records,
        not_logged: archive.log(EventKind::Export, &detail).err(),
    })
}

/// Why a table could not be written.
fn table_refusal(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => refusal(error),
        _ => error.to_string(),
    }
}

/// Why a spreadsheet could not be written.
fn spreadsheet_refusal(error: &XlsxError) -> String {
    match error {
        XlsxError::IoError(error) => refusal(error),
        _ => error.to_string(),
    }
}

/// Names the file in an error of the file system.
fn file(path: &std::path::Path) -> impl FnOnce(io::Error) -> ExportError {
    let path = path.to_owned();
    move |source| ExportError::File { path, source }
}
