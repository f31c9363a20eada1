//! Properties of characters and paragraphs ([MS-DOC], sections 2.4.6, 2.6 and 2.9).
//!
//! In: lists of modifiers (`grpprl`), and the pages of 512 bytes that keep them by the place of the
//! text in the stream. Out: [`Characters`], [`Paragraph`], as far as they bear on the text.
//! Must never: take a modifier that it does not know for another one; each says its own length.

use super::bytes::{Bytes, Plc};
use crate::text::Alignment;

/// Bytes of a page of properties.
const PAGE_BYTES: usize = 512;

/// Properties of characters, where they are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Characters {
    /// Hidden: 0 or 1, or as in the style (0x80), or otherwise than in it (0x81).
    pub(super) hidden: Option<u8>,
    /// Deleted in a tracked change.
    pub(super) is_deleted: bool,
    /// Inserted in a tracked change.
    pub(super) is_inserted: bool,
    /// Whether characters below a space stand for something.
    pub(super) is_special: bool,
    /// The font, by its number.
    pub(super) font: Option<u16>,
    /// A sign of a font.
    pub(super) symbol: Option<(u16, u16)>,
    /// The character style.
    pub(super) style: Option<u16>,
}

/// Properties of a paragraph, where they are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Paragraph {
    /// The style.
    pub(super) style: u16,
    /// The list, from 1; 0 is none.
    pub(super) list: Option<i64>,
    /// The level in it, from 0.
    pub(super) level: Option<i64>,
    /// The alignment.
    pub(super) alignment: Option<Alignment>,
    /// Whether it stands in a table.
    pub(super) is_in_table: bool,
    /// In how many tables.
    pub(super) tables: u32,
    /// What its mark ends beside the paragraph.
    pub(super) ends: Option<Ends>,
}

/// What the mark of a paragraph ends in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// A row.
    Row,
    /// A cell of a nested table.
    InnerCell,
    /// A row of a nested table.
    InnerRow,
}

/// Calls `take` with each modifier of a list and its operand.
fn for_each_modifier(list: &[u8], mut take: impl FnMut(u16, Bytes<'_>)) {
    const TABLE_DEFINITION: u16 = 0xd608;
    const TABS: u16 = 0xc615;
    let bytes = Bytes(list);
    let mut at = 0;
    while let Some(code) = bytes.u16(at) {
        at += 2;
        let (skipped, length) = match code >> 13 {
            0 | 1 => (0, Some(1)),
            2 | 4 | 5 => (0, Some(2)),
            3 => (0, Some(4)),
            7 => (0, Some(3)),
            _ if code == TABLE_DEFINITION => (
                2,
                bytes
                    .u16(at)
                    .map(|length| usize::from(length).saturating_sub(1)),
            ),
            _ if code == TABS && bytes.u8(at) == Some(255) => {
                let deleted = usize::from(bytes.u8(at + 1).unwrap_or(0)) * 4;
                let added = usize::from(bytes.u8(at + 2 + deleted).unwrap_or(0)) * 3;
                (1, Some(2 + deleted + added))
            }
            _ => (1, bytes.u8(at).map(usize::from)),
        };
        let Some(operand) = length.and_then(|length| bytes.slice(at + skipped, length)) else {
            return;
        };
        take(code, Bytes(operand));
        at += skipped + operand.len();
    }
}

impl Characters {
    /// Takes in a list of modifiers.
    pub(super) fn apply(&mut self, list: &[u8]) {
        for_each_modifier(list, |code, operand| {
            let byte = operand.u8(0).unwrap_or(0);
            match code {
                0x0800 => self.is_deleted = byte & 1 == 1,
                0x0801 => self.is_inserted = byte & 1 == 1,
                0x083c => self.hidden = Some(byte),
                0x0855 => self.is_special = byte & 1 == 1,
                0x4a30 => self.style = operand.u16(0),
                0x4a4f => self.font = operand.u16(0),
                0x6a09 => self.symbol = operand.u16(0).zip(operand.u16(2)),
                _ => {}
            }
        });
    }
}

impl Paragraph {
    /// Takes in a list of modifiers.
    pub(super) fn apply(&mut self, list: &[u8]) {
        for_each_modifier(list, |code, operand| {
            let byte = operand.u8(0).unwrap_or(0);
            match code {
                0x2403 | 0x2461 => {
                    self.alignment = Some(match byte {
                        1 => Alignment::Centre,
                        2 => Alignment::End,
                        _ => Alignment::Start,
                    });
                }
                0x2416 => self.is_in_table = byte != 0,
                0x2417 => self.ends = (byte != 0).then_some(Ends::Row),
                0x244b if byte != 0 => self.ends = Some(Ends::InnerCell),
                0x244c if byte != 0 => self.ends = Some(Ends::InnerRow),
                0x260a => self.level = Some(i64::from(byte)),
                0x460b => self.list = operand.u16(0).map(i64::from),
                0x6649 => self.tables = operand.u32(0).unwrap_or(0),
                _ => {}
            }
        });
    }

    /// In how many tables the paragraph stands. More than `most` are not told apart.
    pub(super) fn depth(&self, most: usize) -> usize {
        let said = usize::try_from(self.tables).unwrap_or(most);
        if self.is_in_table || said > 0 {
            said.clamp(1, most)
        } else {
            0
        }
    }
}

/// A stretch of the main stream and its properties.
#[derive(Debug, Clone, Copy)]
struct Run<'f> {
    start: usize,
    end: usize,
    /// The style of a paragraph.
    style: u16,
    list: &'f [u8],
}

/// Which properties a page keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of characters (section 2.9.33).
    Characters,
    /// Of paragraphs (section 2.9.174).
    Paragraphs,
}

/// The properties of all text, by its place in the main stream.
#[derive(Debug)]
pub(super) struct Runs<'f> {
    runs: Vec<Run<'f>>,
    /// The run that was looked up last.
    last: usize,
}

impl<'f> Runs<'f> {
    /// Reads the pages that a table names.
    pub(super) fn read(table: &'f [u8], main: Bytes<'f>, kind: Kind) -> Self {
        let table = Plc::new(table, 4);
        // No page is named twice.
        let most = table.len().min(main.0.len() / PAGE_BYTES);
        let mut runs = Vec::new();
        for index in 0..most {
            let number = table.value(index).and_then(|value| value.offset(0));
            let page = number
                .and_then(|number| (number & 0x003f_ffff).checked_mul(PAGE_BYTES))
                .and_then(|at| main.slice(at, PAGE_BYTES));
            if let Some(page) = page {
                read_page(Bytes(page), kind, &mut runs);
            }
        }
        runs.sort_by_key(|run| run.start);
        Self { runs, last: 0 }
    }

    /// The style and the modifiers at an offset.
    pub(super) fn at(&mut self, offset: usize) -> (u16, &'f [u8]) {
        let holds = |run: &Run<'_>| run.start <= offset && offset < run.end;
        if !self.runs.get(self.last).is_some_and(holds) {
            self.last = self
                .runs
                .partition_point(|run| run.start <= offset)
                .saturating_sub(1);
        }
        match self.runs.get(self.last) {
            Some(run) if holds(run) => (run.style, run.list),
            _ => (0, &[]),
        }
    }
}

/// Reads the runs of a page.
fn read_page<'f>(page: Bytes<'f>, kind: Kind, runs: &mut Vec<Run<'f>>) {
    let count = usize::from(page.u8(PAGE_BYTES - 1).unwrap_or(0));
    let width = match kind {
        Kind::Characters => 1,
        Kind::Paragraphs => 13,
    };
    for index in 0..count {
        let at = (count + 1) * 4 + index * width;
        let (Some(start), Some(end), Some(place)) = (
            page.offset(index * 4),
            page.offset(index * 4 + 4),
            page.u8(at),
        ) else {
            return;
        };
        let place = usize::from(place) * 2;
        let (style, list) = match kind {
            _ if place == 0 => (0, &[][..]),
            Kind::Characters => (0, characters_at(page, place).unwrap_or_default()),
            Kind::Paragraphs => paragraph_at(page, place).unwrap_or_default(),
        };
        runs.push(Run {
            start,
            end,
            style,
            list,
        });
    }
}

fn characters_at(page: Bytes<'_>, at: usize) -> Option<&[u8]> {
    page.slice(at + 1, usize::from(page.u8(at)?))
}

fn paragraph_at(page: Bytes<'_>, at: usize) -> Option<(u16, &[u8])> {
    let (from, length) = match usize::from(page.u8(at)?) {
        0 => (at + 2, usize::from(page.u8(at + 1)?) * 2),
        words => (at + 1, words * 2 - 1),
    };
    let list = page.slice(from + 2, length.checked_sub(2)?)?;
    Some((page.u16(from)?, list))
}
