//! Pages of words: what a PDF and a recognised picture have in common, and how they become one text.
//!
//! ```text
//! words ─▶ tables (what stands in a ruled grid) ─▶ lines ─▶ margins (headers, footers, page numbers, notes)
//!       ─▶ columns (what stands side by side) ─▶ paragraphs ─▶ Text
//! ```
//!
//! In: the words of every page with their places, from a reader of pages. Out: [`Text`] in reading order,
//! each word tied to its place on the page.
//! Must never: know where the words came from, change them, or know what an order is.

mod columns;
mod lines;
mod margins;
mod measure;
mod paragraphs;
mod tables;

pub(super) use self::lines::around;
use self::lines::{Line, rows};
use self::margins::Margins;
use self::measure::Measure;
use self::paragraphs::Paragraph;
use self::tables::Grid;
use super::{Limits, ReadError};
use crate::text::{Alignment, Bounds, Origin, PageSize, Text, TextBuilder};

/// A page as it is printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Page {
    /// Width in points (1/72 inch).
    pub(super) width: f32,
    /// Height in points.
    pub(super) height: f32,
    /// Its words, in the order in which they were found.
    pub(super) words: Vec<Word>,
    /// Words that run in another direction than the page does: along its side, across it.
    pub(super) turned: Vec<Word>,
    /// Its ruled lines, upright or level, each as the thin rectangle that it fills; empty where they are not
    /// known.
    pub(super) rules: Vec<Bounds>,
}

impl Page {
    /// The page as an empty sheet.
    pub(super) fn without_words(self) -> Self {
        Self {
            width: self.width,
            height: self.height,
            ..Self::default()
        }
    }
}

/// A run of characters without white space.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// The characters.
    pub(super) text: String,
    /// Where they stand, in points from the top left corner of the page.
    pub(super) bounds: Bounds,
    /// How sure a recogniser is of them, 0..1; nothing where the file itself says them.
    pub(super) confidence: Option<f32>,
}

/// A piece of a page in reading order.
enum Piece<'a> {
    /// A line of running text; its paragraph is found later, over the ends of pages.
    Line(Line<'a>),
    /// A row of a table: its cells by column, each with its lines.
    Row {
        table: u32,
        row: u32,
        cells: Vec<(u32, Vec<Line<'a>>)>,
    },
    /// Words that run in another direction.
    Turned(Line<'a>),
}

/// Makes one text of the pages.
pub(super) fn assemble(pages: &[Page], limits: &Limits) -> Result<Text, ReadError> {
    let mut sheets: Vec<Sheet<'_>> = (1..)
        .zip(pages)
        .map(|(number, page)| Sheet::of(number, page))
        .collect();
    let margins = Margins::taken_from(&mut sheets);
    let measure = Measure::of(&sheets);

    let mut pieces = Vec::new();
    let mut tables = 0;
    for sheet in sheets {
        sheet.into_pieces(&measure, &mut tables, &mut pieces);
    }
    let mut writer = Writer {
        builder: TextBuilder::default(),
        limits,
        blocks: 0,
    };
    writer.body(pieces, &measure)?;
    for note in &margins.notes {
        writer.paragraph(Origin::Footnote, Alignment::Start, note)?;
    }
    let Writer { mut builder, .. } = writer;
    builder.finish();
    for (place, text) in &margins.running {
        builder.push_aside(*place, text);
    }
    let size = |page: &Page| PageSize {
        width: page.width,
        height: page.height,
    };
    builder.set_page_sizes(pages.iter().map(size).collect());
    Ok(builder.into_text())
}

/// A page on its way to text: its tables taken out, the other words in lines.
struct Sheet<'a> {
    number: u32,
    page: &'a Page,
    lines: Vec<Line<'a>>,
    grids: Vec<Grid<'a>>,
}

impl<'a> Sheet<'a> {
    fn of(number: u32, page: &'a Page) -> Self {
        let (grids, rest) = tables::taken_from(number, page);
        Self {
            number,
            page,
            lines: rows(number, rest),
            grids,
        }
    }

    /// Lines and rows of tables from top to bottom. `tables` counts the tables of the document.
    fn into_pieces(self, measure: &Measure, tables: &mut u32, pieces: &mut Vec<Piece<'a>>) {
        let mut grids = self.grids.into_iter().peekable();
        let mut run: Vec<Line<'a>> = Vec::new();
        for line in self.lines {
            while let Some(grid) = grids.next_if(|grid| grid.bounds.top < line.bounds.top) {
                columns::into_pieces(std::mem::take(&mut run), measure, tables, pieces);
                push_rows(grid.rows, tables, pieces);
            }
            run.push(line);
        }
        columns::into_pieces(run, measure, tables, pieces);
        for grid in grids {
            push_rows(grid.rows, tables, pieces);
        }
        let turned = self.page.turned.iter().collect();
        pieces.extend(Line::of(self.number, turned).map(Piece::Turned));
    }
}

/// Puts the rows of one table behind the pieces.
fn push_rows<'a>(
    rows: Vec<Vec<(u32, Vec<Line<'a>>)>>,
    tables: &mut u32,
    pieces: &mut Vec<Piece<'a>>,
) {
    let table = *tables;
    pieces.extend(
        (0..)
            .zip(rows)
            .map(|(row, cells)| Piece::Row { table, row, cells }),
    );
    *tables += 1;
}

/// Writes pieces into a text, within the limits.
struct Writer<'l> {
    builder: TextBuilder,
    limits: &'l Limits,
    blocks: usize,
}

impl Writer<'_> {
    fn body(&mut self, pieces: Vec<Piece<'_>>, measure: &Measure) -> Result<(), ReadError> {
        let (mut lines, mut turned) = (Vec::new(), Vec::new());
        for piece in pieces {
            match piece {
                Piece::Line(line) => lines.push(line),
                Piece::Row { table, row, cells } => {
                    self.flow(std::mem::take(&mut lines), measure)?;
                    self.row(Origin::Table { table, row }, &cells)?;
                }
                // A stamp or a note beside the text, wherever the text is on its way.
                Piece::Turned(line) => turned.push(line),
            }
        }
        self.flow(lines, measure)?;
        for line in turned {
            self.paragraph(Origin::TextBox, Alignment::Start, &[line])?;
        }
        Ok(())
    }

    fn flow(&mut self, lines: Vec<Line<'_>>, measure: &Measure) -> Result<(), ReadError> {
        for Paragraph { lines, alignment } in paragraphs::of(lines, measure) {
            self.paragraph(Origin::Body, alignment, &lines)?;
        }
        Ok(())
    }

    fn paragraph(
        &mut self,
        origin: Origin,
        alignment: Alignment,
        lines: &[Line<'_>],
    ) -> Result<(), ReadError> {
        self.check()?;
        self.builder.start(origin, alignment);
        self.lines(lines, true);
        self.builder.finish();
        Ok(())
    }

    fn row(&mut self, origin: Origin, cells: &[(u32, Vec<Line<'_>>)]) -> Result<(), ReadError> {
        self.check()?;
        self.builder.start(origin, Alignment::Start);
        for (index, (column, lines)) in cells.iter().enumerate() {
            if index > 0 {
                self.builder.push_str("\t");
            }
            let start = self.builder.len();
            self.lines(lines, false);
            self.builder.push_cell(*column, start);
        }
        self.builder.finish();
        Ok(())
    }

    fn lines(&mut self, lines: &[Line<'_>], tabs: bool) {
        for (index, line) in lines.iter().enumerate() {
            if index > 0 && !lines[index - 1].runs_into(line) {
                self.builder.push_break();
            }
            // A wide gap divides what stands on a line of its own; in the middle of a paragraph it is the space
            // of a justified line.
            let tabs = tabs && index == 0;
            for (gap, word) in line.gaps().zip(&line.words) {
                self.builder.push_str(match gap {
                    lines::Gap::None => "",
                    lines::Gap::Wide if tabs => "\t",
                    lines::Gap::Space | lines::Gap::Wide => " ",
                });
                self.builder
                    .push_placed(&word.text, line.page, word.bounds, word.confidence);
            }
        }
    }

    fn check(&mut self) -> Result<(), ReadError> {
        self.blocks += 1;
        if self.blocks > self.limits.blocks {
            return Err(ReadError::TooLarge {
                what: "число абзацев",
                limit: self.limits.blocks.to_string(),
            });
        }
        if self.builder.len() > self.limits.text_bytes {
            return Err(ReadError::TooLarge {
                what: "размер текста",
                limit: format!("{} МБ", self.limits.text_bytes >> 20),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
