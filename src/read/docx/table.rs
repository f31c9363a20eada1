//! Where a cell stands in its table, and whether it is displayed.
//!
//! In: the properties of rows and cells in order. Out: [`Table`], the state of one open table.
//! Must never: hold text.

use super::tags::Tag;
use super::xml::{Attributes, Token, Tokens, XmlError};

/// Most columns of a table: Word's 63, with room for other programs.
const MAX_COLUMNS: i64 = 10_000;

/// An open table.
#[derive(Debug)]
pub(super) struct Table {
    number: u32,
    rows: u32,
    row: RowProperties,
    cell: CellProperties,
    is_in_cell: bool,
    cells: u32,
    /// Grid column of the open cell.
    column: u32,
    /// Columns at which a cell of the row above is merged with those below.
    merged_above: Vec<u32>,
    /// The same for the open row.
    merged_here: Vec<u32>,
}

/// Properties of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RowProperties {
    /// Columns left free before the first cell.
    columns_before: u32,
    /// Deleted in a tracked change.
    pub(super) is_deleted: bool,
    /// Inserted in a tracked change.
    pub(super) is_inserted: bool,
}

/// Properties of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellProperties {
    /// Columns taken.
    columns: u32,
    vertical: Merge,
    horizontal: Merge,
    is_deleted: bool,
}

/// Part of a cell in a merged region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Merge {
    None,
    Begins,
    Continues,
}

impl Default for CellProperties {
    fn default() -> Self {
        Self {
            columns: 1,
            vertical: Merge::None,
            horizontal: Merge::None,
            is_deleted: false,
        }
    }
}

impl Table {
    /// A table that opens.
    pub(super) fn new(number: u32) -> Self {
        Self {
            number,
            rows: 0,
            row: RowProperties::default(),
            cell: CellProperties::default(),
            is_in_cell: false,
            cells: 0,
            column: 0,
            merged_above: Vec::new(),
            merged_here: Vec::new(),
        }
    }

    /// Which table of the document it is.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Which row was open last, from 0.
    pub(super) fn row(&self) -> u32 {
        self.rows.saturating_sub(1)
    }

    /// A row opens.
    pub(super) fn open_row(&mut self) {
        self.row = RowProperties::default();
        self.rows = self.rows.saturating_add(1);
        self.cells = 0;
        self.column = 0;
        self.is_in_cell = false;
    }

    /// The properties of the open row.
    pub(super) fn set_row(&mut self, row: RowProperties) {
        self.row = row;
        if self.cells == 0 {
            self.column = row.columns_before;
        }
    }

    /// A cell opens. Whether there is one before it in the row.
    pub(super) fn open_cell(&mut self) -> bool {
        self.cell = CellProperties::default();
        self.is_in_cell = true;
        self.cells = self.cells.saturating_add(1);
        self.cells > 1
    }

    /// The properties of the open cell.
    pub(super) fn set_cell(&mut self, cell: CellProperties) {
        self.cell = cell;
    }

    /// The open cell ends; its column is handed back.
    pub(super) fn close_cell(&mut self) -> u32 {
        let column = self.column;
        if self.cell.vertical != Merge::None {
            self.merged_here.push(column);
        }
        self.column = self.column.saturating_add(self.cell.columns);
        self.is_in_cell = false;
        column
    }

    /// The open row ends.
    pub(super) fn close_row(&mut self) {
        self.merged_above = std::mem::take(&mut self.merged_here);
        self.is_in_cell = false;
        self.row = RowProperties::default();
    }

    /// Whether the place that is open is not displayed: a row or a cell that is deleted, or a cell
    /// that is covered by the one above or before it.
    pub(super) fn is_dropped(&self) -> bool {
        let is_covered = self.cell.vertical == Merge::Continues
            // Columns only grow, so the list is in order.
            && self.merged_above.binary_search(&self.column).is_ok();
        let is_continued = self.cell.horizontal == Merge::Continues && self.cells > 1;
        self.row.is_deleted
            || self.is_in_cell && (self.cell.is_deleted || is_covered || is_continued)
    }
}

/// Reads to the end of the `w:trPr` that opened last.
pub(super) fn read_row_properties(tokens: &mut Tokens<'_>) -> Result<RowProperties, XmlError> {
    let mut row = RowProperties::default();
    let inside = tokens.depth();
    while let Some(token) = tokens.next_token()? {
        match token {
            Token::Open(Tag::GridBefore, attributes) => {
                row.columns_before = columns(&attributes, 0);
            }
            Token::Open(Tag::Deleted, _) => row.is_deleted = true,
            Token::Open(Tag::Inserted, _) => row.is_inserted = true,
            Token::Open(Tag::Passed, _) => tokens.skip()?,
            Token::Close(_) if tokens.depth() < inside => break,
            _ => {}
        }
    }
    Ok(row)
}

/// Reads to the end of the `w:tcPr` that opened last.
pub(super) fn read_cell_properties(tokens: &mut Tokens<'_>) -> Result<CellProperties, XmlError> {
    let mut cell = CellProperties::default();
    let inside = tokens.depth();
    while let Some(token) = tokens.next_token()? {
        match token {
            Token::Open(Tag::GridSpan, attributes) => cell.columns = columns(&attributes, 1),
            Token::Open(Tag::VerticalMerge, attributes) => cell.vertical = merge(&attributes),
            Token::Open(Tag::HorizontalMerge, attributes) => cell.horizontal = merge(&attributes),
            Token::Open(Tag::CellDeleted, _) => cell.is_deleted = true,
            Token::Open(Tag::Passed, _) => tokens.skip()?,
            Token::Close(_) if tokens.depth() < inside => break,
            _ => {}
        }
    }
    Ok(cell)
}

fn columns(attributes: &Attributes<'_>, least: u32) -> u32 {
    let number = attributes.number("val").unwrap_or(0).clamp(0, MAX_COLUMNS);
    u32::try_from(number).unwrap_or(least).max(least)
}

fn merge(attributes: &Attributes<'_>) -> Merge {
    match attributes.value("val").as_deref() {
        Some("restart") => Merge::Begins,
        _ => Merge::Continues,
    }
}
