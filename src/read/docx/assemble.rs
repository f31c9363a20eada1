//! The tree of a document → [`Text`](crate::text::Text).
//!
//! In: stories, styles and numbering. Out: blocks in reading order: a paragraph is a block, a table
//! row is a block with its cells joined by tabs; text boxes follow the paragraph that anchors them.
//! Labels are counted here, in document order. Must never: let hidden text into the text.

use super::numbering::{Counters, Numbering};
use super::styles::Styles;
use super::tree::{Cell, Node, Paragraph, Row, Run};
use crate::text::{AsidePlace, Origin, TextBuilder};

pub(super) struct Assembler<'a> {
    styles: &'a Styles,
    numbering: &'a Numbering,
    counters: Counters,
    builder: TextBuilder,
    tables: u32,
    hidden: String,
    /// The paragraph before lost its mark: the next one goes on in its block.
    joined: bool,
}

impl<'a> Assembler<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: &'a Numbering) -> Self {
        Self {
            styles,
            numbering,
            counters: Counters::default(),
            builder: TextBuilder::default(),
            tables: 0,
            hidden: String::new(),
            joined: false,
        }
    }

    /// Writes the blocks of a story.
    pub(super) fn story(&mut self, nodes: &[Node], origin: Origin) {
        for node in nodes {
            match node {
                Node::Paragraph(paragraph) => self.paragraph_block(paragraph, origin),
                Node::Table(rows) => self.table(rows),
            }
        }
        self.builder.finish();
        self.joined = false;
    }

    /// Keeps the text of nodes that stand outside the body.
    pub(super) fn aside<'n>(&mut self, place: AsidePlace, nodes: impl Iterator<Item = &'n Node>) {
        let mut words = Vec::new();
        for node in nodes {
            collect_words(node, &mut words);
        }
        self.builder.push_aside(place, &words.join("\n"));
    }

    /// The builder, with what was hidden put aside.
    pub(super) fn finish(mut self) -> TextBuilder {
        let hidden = std::mem::take(&mut self.hidden);
        self.builder.push_aside(AsidePlace::Hidden, &hidden);
        self.builder
    }

    fn paragraph_block(&mut self, paragraph: &Paragraph, origin: Origin) {
        // A paragraph deleted whole, its mark included, is gone: it is neither shown nor counted.
        let gone =
            paragraph.mark_deleted && paragraph.runs.is_empty() && paragraph.boxes.is_empty();
        if gone {
            return;
        }
        if !self.joined {
            let style = self.styles.paragraph(paragraph.style.as_deref());
            self.builder.start(
                origin,
                paragraph.alignment.or(style.alignment).unwrap_or_default(),
            );
            self.label(paragraph);
        }
        self.runs(paragraph);
        self.joined = paragraph.mark_deleted;
        if !self.joined {
            self.builder.finish();
        }
        for nodes in &paragraph.boxes {
            self.builder.finish();
            self.joined = false;
            self.story(nodes, Origin::TextBox);
        }
    }

    /// Counts the paragraph in its list and writes its label.
    fn label(&mut self, paragraph: &Paragraph) {
        let style = self.styles.paragraph(paragraph.style.as_deref());
        let Some(list) = paragraph.list.clone().or_else(|| style.list.clone()) else {
            return;
        };
        if list == "0" {
            return;
        }
        let from_style = || {
            let id = paragraph.style.as_deref()?;
            self.styles
                .nearest(id, &|style| self.numbering.level_of_style(&list, style))
        };
        let level = match (&paragraph.list, paragraph.level) {
            (_, Some(level)) => level,
            (Some(_), None) => 0,
            (None, None) => from_style().or(style.level).unwrap_or(0),
        };
        if let Some(label) = self.numbering.label(&mut self.counters, &list, level) {
            self.builder.push_label(&label);
        }
    }

    fn runs(&mut self, paragraph: &Paragraph) {
        let paragraph_hidden = self.styles.paragraph(paragraph.style.as_deref()).hidden;
        for run in &paragraph.runs {
            if self.is_hidden(run, paragraph_hidden) {
                self.hidden.push_str(&run.text);
                self.hidden.push('\n');
            } else {
                self.builder.push_str(&run.text);
            }
        }
    }

    fn is_hidden(&self, run: &Run, paragraph: Option<bool>) -> bool {
        run.hidden
            .or_else(|| {
                run.style
                    .as_deref()
                    .and_then(|style| self.styles.inherited(style).hidden)
            })
            .or(paragraph)
            .unwrap_or(false)
    }

    fn table(&mut self, rows: &[Row]) {
        let table = self.tables;
        self.tables += 1;
        self.joined = false;
        for (index, row) in rows.iter().enumerate() {
            let alignment = row
                .cells
                .first()
                .and_then(first_alignment)
                .unwrap_or_default();
            self.builder.start(
                Origin::Table {
                    table,
                    row: u32::try_from(index).unwrap_or(u32::MAX),
                },
                alignment,
            );
            let mut boxes = Vec::new();
            for (position, cell) in row.cells.iter().enumerate() {
                if position > 0 {
                    self.builder.push_str("\t");
                }
                let start = self.builder.len();
                self.cell(&cell.nodes, &mut boxes);
                self.builder.push_cell(cell.column, start);
            }
            self.builder.finish();
            for nodes in boxes {
                self.story(nodes, Origin::TextBox);
            }
        }
    }

    /// The paragraphs and nested tables of a cell, joined by breaks.
    fn cell<'n>(&mut self, nodes: &'n [Node], boxes: &mut Vec<&'n [Node]>) {
        let mut first = true;
        for node in nodes {
            match node {
                Node::Paragraph(paragraph) => {
                    if !std::mem::take(&mut first) && !paragraph.runs.is_empty() {
                        self.builder.push_break();
                    }
                    self.label(paragraph);
                    self.runs(paragraph);
                    boxes.extend(paragraph.boxes.iter().map(Vec::as_slice));
                }
                Node::Table(rows) => {
                    for cell in rows.iter().flat_map(|row| &row.cells) {
                        if !std::mem::take(&mut first) {
                            self.builder.push_break();
                        }
                        self.cell(&cell.nodes, boxes);
                    }
                }
            }
        }
    }
}

fn first_alignment(cell: &Cell) -> Option<crate::text::Alignment> {
    cell.nodes.iter().find_map(|node| match node {
        Node::Paragraph(paragraph) => paragraph.alignment,
        Node::Table(_) => None,
    })
}

/// The words of a node, one line per paragraph.
fn collect_words(node: &Node, words: &mut Vec<String>) {
    match node {
        Node::Paragraph(paragraph) => {
            words.push(paragraph.runs.iter().map(|run| run.text.as_str()).collect());
            paragraph
                .boxes
                .iter()
                .flatten()
                .for_each(|node| collect_words(node, words));
        }
        Node::Table(rows) => {
            rows.iter()
                .flat_map(|row| &row.cells)
                .flat_map(|cell| &cell.nodes)
                .for_each(|node| collect_words(node, words));
        }
    }
}
