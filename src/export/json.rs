//! Records as they are: JSON Lines, and one JSON array.

use std::io::Write;

use super::{ExportError, Exporter};

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
    fn form(&self) -> &'static str {
        "jsonl"
    }

    fn record(&mut self, _: &str, json: &str) -> Result<(), ExportError> {
        Ok(writeln!(self.output, "{json}")?)
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        Ok(self.output.flush()?)
    }
}

/// One JSON array, a record a line.
#[derive(Debug)]
pub struct Json<W> {
    output: W,
    begun: bool,
}

impl<W: Write> Json<W> {
    /// Writes to `output`, which should be buffered.
    pub fn new(output: W) -> Self {
        Self {
            output,
            begun: false,
        }
    }
}

impl<W: Write> Exporter for Json<W> {
    fn form(&self) -> &'static str {
        "json"
    }

    fn record(&mut self, _: &str, json: &str) -> Result<(), ExportError> {
        let before = if self.begun { ",\n" } else { "[\n" };
        self.begun = true;
        Ok(write!(self.output, "{before}{json}")?)
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        let end = if self.begun { "\n]\n" } else { "[]\n" };
        self.output.write_all(end.as_bytes())?;
        Ok(self.output.flush()?)
    }
}
