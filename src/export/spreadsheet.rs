//! The tables as sheets of one XLSX file, for people.
//!
//! In: records. Out: a file that Excel and LibreOffice open. Rows go to temporary files as they come, so
//! that memory does not grow with the archive. Must never: lose a row to the limits of the format; where
//! a sheet is full, another of the same kind begins.

use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::tables::{Cell, Column, TABLES, order_of};
use super::{ExportError, Exporter};

/// Rows of a sheet, the heading included: the limit of the format.
const ROWS: u32 = 1_048_576;
/// Most UTF-16 units of a cell: the limit of the format, less what says that something was left out.
const CELL_UNITS: usize = 32_700;
/// What says that a text is longer than a cell may be.
const CUT: &str = " … [текст длиннее ячейки]";

/// Sheets of an XLSX file.
pub struct Spreadsheet<W> {
    workbook: Workbook,
    output: Option<W>,
    /// For each table: the sheet that is being filled, its next row, and how many sheets were filled.
    sheets: Vec<Sheet>,
    position: u64,
    rows: u32,
    day: Format,
}

struct Sheet {
    index: usize,
    row: u32,
    filled: usize,
}

impl<W: Write + Send> Spreadsheet<W> {
    /// Writes to `output` when the export ends.
    pub fn new(output: W) -> Result<Self, ExportError> {
        Self::with_rows(output, ROWS)
    }

    fn with_rows(output: W, rows: u32) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        // The day of the export would make two exports of one archive differ.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let mut spreadsheet = Self {
            workbook,
            output: Some(output),
            sheets: Vec::new(),
            position: 0,
            rows,
            day: Format::new()
                .set_num_format("dd.mm.yyyy")
                .set_align(FormatAlign::Left),
        };
        for (at, table) in TABLES.iter().enumerate() {
            spreadsheet.add_sheet(table.heading.to_owned(), table.columns)?;
            spreadsheet.sheets.push(Sheet {
                index: at,
                row: 1,
                filled: 0,
            });
        }
        Ok(spreadsheet)
    }

    fn add_sheet(&mut self, name: String, columns: &[Column]) -> Result<(), ExportError> {
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (at, column) in (0..).zip(columns) {
            sheet.set_column_width(at, column.width)?;
            sheet.write_string_with_format(0, at, column.heading, &bold)?;
        }
        Ok(())
    }

    /// Begins another sheet where the one of a table is full.
    fn turn(&mut self, at: usize) -> Result<(), ExportError> {
        if self.sheets[at].row < self.rows {
            return Ok(());
        }
        self.sheets[at].filled += 1;
        let table = &TABLES[at];
        let name = format!("{} ({})", table.heading, self.sheets[at].filled + 1);
        self.sheets[at].index = self.workbook.worksheets().len();
        self.sheets[at].row = 1;
        self.add_sheet(name, table.columns)
    }

    fn write(&mut self, at: usize, cells: Vec<Cell>) -> Result<(), ExportError> {
        self.turn(at)?;
        let row = self.sheets[at].row;
        self.sheets[at].row += 1;
        let sheet = self.workbook.worksheet_from_index(self.sheets[at].index)?;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::None => {}
                Cell::Text(words) => {
                    sheet.write_string(row, column, fitting(words))?;
                }
                Cell::Number(number) => {
                    // Counts and sizes; a spreadsheet knows whole numbers up to 2^53.
                    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
                    sheet.write_number(row, column, number as f64)?;
                }
                Cell::Share(share) => {
                    sheet.write_number(row, column, share)?;
                }
                Cell::Day(day) => match excel_day(day.0) {
                    Ok(date) => {
                        sheet.write_date_with_format(row, column, date, &self.day)?;
                    }
                    // Excel's days begin with 1900.
                    Err(_) => {
                        sheet.write_string(row, column, day.to_string())?;
                    }
                },
            }
        }
        Ok(())
    }
}

fn excel_day(date: jiff::civil::Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: i8| u8::try_from(number).unwrap_or(0);
    let year = u16::try_from(date.year()).unwrap_or(0);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}

/// A text that a cell can hold. What is left out is said to be.
fn fitting(words: String) -> String {
    if words.len() <= CELL_UNITS {
        return words;
    }
    let mut units = 0;
    let longest: String = words
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= CELL_UNITS
        })
        .collect();
    if longest.len() == words.len() {
        return words;
    }
    longest + CUT
}

impl<W: Write + Send> Exporter for Spreadsheet<W> {
    fn form(&self) -> &'static str {
        "xlsx"
    }

    fn record(&mut self, id: &str, json: &str) -> Result<(), ExportError> {
        let order = order_of(id, json)?;
        self.position += 1;
        for (at, table) in TABLES.iter().enumerate() {
            for row in (table.rows)(&order, self.position) {
                self.write(at, row)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        if let Some(mut output) = self.output.take() {
            self.workbook.save_to_writer(&mut output)?;
            output.flush()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::register::Register;
    use crate::order::{Format as FileFormat, Source};
    use crate::parse::{Document, parse};
    use crate::text::Text;

    #[test]
    fn a_full_sheet_goes_on_in_another() {
        let mut written = Vec::new();
        let mut spreadsheet = Spreadsheet::with_rows(&mut written, 3).unwrap();
        for number in 0..5 {
            let source = Source {
                path: format!("{number}.txt"),
                format: FileFormat::Txt,
                bytes: 0,
                modified: None,
                pages: None,
                ocr: None,
            };
            let document = Document {
                id: number.to_string(),
                source,
                today: jiff::civil::date(2026, 1, 1),
                register: Register::built_in(),
            };
            let order = parse(&Text::from_lines("ПРИКАЗ № 1"), document);
            let json = serde_json::to_string(&order).unwrap();
            spreadsheet.record(&order.id, &json).unwrap();
        }
        let names: Vec<String> = spreadsheet
            .workbook
            .worksheets()
            .iter()
            .map(rust_xlsxwriter::Worksheet::name)
            .collect();
        assert!(names.contains(&"Опись (3)".to_owned()), "{names:?}");
        spreadsheet.finish().unwrap();
        drop(spreadsheet);
        assert!(written.starts_with(b"PK"));
    }

    #[test]
    fn what_is_longer_than_a_cell_says_so() {
        assert_eq!(fitting("ё".repeat(CELL_UNITS)), "ё".repeat(CELL_UNITS));
        let long = fitting("🙂".repeat(CELL_UNITS));
        assert!(long.ends_with(CUT) && long.encode_utf16().count() <= 32_767);
    }
}
