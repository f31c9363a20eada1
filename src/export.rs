//! Records for auditors: one exporter per form behind one trait.
//!
//! In: records of the archive, one at a time, ordered by id. Out: bytes. The same archive gives the
//! same bytes. Must never: hold more than one record in memory.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::archive::{Archive, ArchiveError};

/// A form of export.
pub trait Exporter {
    /// Writes one record, given as its JSON on one line.
    fn record(&mut self, json: &str) -> io::Result<()>;
    /// Ends the export.
    fn finish(&mut self) -> io::Result<()>;
}

/// JSON Lines: one record a line.
#[derive(Debug)]
pub struct JsonLines<W> {
    output: W,
}

impl<W: Write> JsonLines<W> {
    /// Writes to `output`, which should be buffered.
    pub fn new(output: W) -> Self {
        Self { output }
    }
}

impl<W: Write> Exporter for JsonLines<W> {
    fn record(&mut self, json: &str) -> io::Result<()> {
        writeln!(self.output, "{json}")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The output refused.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// Writes every record, or those whose id is in `wanted`. Gives their number.
pub fn export(
    archive: &Archive,
    wanted: Option<&BTreeSet<String>>,
    exporter: &mut dyn Exporter,
) -> Result<usize, ExportError> {
    let mut written = 0;
    archive.each_record(|id, json| -> Result<(), ExportError> {
        if wanted.is_none_or(|wanted| wanted.contains(id)) {
            exporter.record(json)?;
            written += 1;
        }
        Ok(())
    })?;
    exporter.finish()?;
    Ok(written)
}
