//! Paragraphs, cells and rows of RTF, as they end.
//!
//! In: the properties of the open group. Out: what is known of a paragraph when it ends, to the
//! composer.
//! Must never: count a paragraph that is deleted.

use super::{Change, Destination, MAX_TABLES, Story};
use crate::read::ReadError;
use crate::read::composer::{Ending, Flowing};

impl Story<'_> {
    /// Ends a paragraph, unless its mark is deleted: then it runs on into the next. Where all of its
    /// text is deleted the mark is taken to be too; not every program says so.
    pub(super) fn end_paragraph(&mut self) -> Result<(), ReadError> {
        if self.group.destination != Destination::Text {
            return Ok(());
        }
        let has_deletions = std::mem::take(&mut self.changes.has_deletions);
        if self.group.characters.is_deleted || has_deletions && self.composer.is_at_start() {
            self.count_change(Some(Change::Deleted));
            self.changes.lost_labelled |= self.label.take().is_some();
            return Ok(());
        }
        self.finish_paragraph()
    }

    pub(super) fn finish_paragraph(&mut self) -> Result<(), ReadError> {
        let (label, ending) = self.ending();
        self.composer.finish_paragraph(Ending {
            label: &label,
            ..ending
        })
    }

    /// What is known of the paragraph that ends, its label first.
    pub(super) fn ending(&mut self) -> (String, Ending<'static>) {
        let paragraph = self.group.paragraph;
        let counters = if self.composer.flowing() == Flowing::Body {
            &mut self.counters
        } else {
            &mut self.box_counters
        };
        // Paragraphs that carry their label are counted too, for those that do not.
        let computed = (paragraph.list != 0).then(|| {
            counters.next(
                &self.numbering,
                i64::from(paragraph.list),
                i64::from(paragraph.level),
            )
        });
        let computed = computed.flatten().unwrap_or_default();
        let label = match self.label.take() {
            // Programs count what is deleted as long as they show it.
            Some(_) if self.changes.lost_labelled && !self.labels_differ => computed,
            Some(label) => {
                let label = label.trim();
                self.labels_differ |= label != computed;
                label.to_owned()
            }
            None => computed,
        };
        let ending = Ending {
            label: "",
            alignment: paragraph.alignment,
            tables: paragraph.depth(MAX_TABLES),
        };
        (label, ending)
    }

    pub(super) fn end_cell(&mut self) -> Result<(), ReadError> {
        if self.group.destination != Destination::Text {
            return Ok(());
        }
        let (label, ending) = self.ending();
        let is_outermost = ending.tables <= 1;
        let is_covered =
            is_outermost && self.row.cells.get(self.row.cell).copied().unwrap_or(false);
        self.row.cell += usize::from(is_outermost);
        self.composer.finish_cell(
            Ending {
                label: &label,
                ..ending
            },
            1,
            is_covered,
        )
    }

    pub(super) fn end_row(&mut self) -> Result<(), ReadError> {
        let tables = self.group.paragraph.depth(MAX_TABLES);
        if tables <= 1 {
            self.row.cell = 0;
        }
        self.label = None;
        self.composer.finish_row(tables)
    }
}
