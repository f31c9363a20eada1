//! Writes small Word 97–2003 files: text with the modifiers of its characters and paragraphs, and the
//! tables beside it.

use std::io::{Cursor, Write as _};

/// Where the text starts in the main stream.
const TEXT_AT: usize = 0x800;

/// Where the pairs of offset and length begin in the file information block.
const PAIRS_AT: usize = 0x9a;

/// A document to be written.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordFile {
    /// Text and the modifiers of its characters. Paragraphs end at U+000D, cells and rows at U+0007.
    pub(crate) runs: Vec<(String, Vec<u8>)>,
    /// Of each paragraph, cell or row, its modifiers and, before them, the number of its style.
    pub(crate) paragraphs: Vec<(u16, Vec<u8>)>,
    /// Lengths of the texts after the main one, by their place in the file information block.
    pub(crate) lengths: Vec<(usize, u32)>,
    /// Tables, by the number of their pair.
    pub(crate) tables: Vec<(usize, Vec<u8>)>,
    /// Flags of the file information block beside the one that names the table stream.
    pub(crate) flags: u16,
    /// Whether a character takes one byte; all of them must be of Latin-1.
    pub(crate) is_narrow: bool,
}

/// A modifier with an operand of one byte.
pub(crate) fn byte(code: u16, operand: u8) -> Vec<u8> {
    let mut bytes = code.to_le_bytes().to_vec();
    bytes.push(operand);
    bytes
}

/// A modifier with an operand of two bytes.
pub(crate) fn word(code: u16, operand: u16) -> Vec<u8> {
    [code.to_le_bytes(), operand.to_le_bytes()].concat()
}

impl WordFile {
    /// A document with one run of plain text.
    pub(crate) fn of(text: &str) -> Self {
        Self {
            runs: vec![(text.to_owned(), Vec::new())],
            ..Self::default()
        }
    }

    /// Adds a run.
    pub(crate) fn run(mut self, text: &str, modifiers: Vec<u8>) -> Self {
        self.runs.push((text.to_owned(), modifiers));
        self
    }

    /// Says what the next paragraph, cell or row is.
    pub(crate) fn paragraph(mut self, style: u16, modifiers: Vec<u8>) -> Self {
        self.paragraphs.push((style, modifiers));
        self
    }

    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let units: Vec<u16> = self
            .runs
            .iter()
            .flat_map(|(text, _)| text.encode_utf16())
            .collect();
        let mut main = vec![0; TEXT_AT];
        let width = if self.is_narrow { 1 } else { 2 };
        main.extend(
            units
                .iter()
                .flat_map(|unit| unit.to_le_bytes().into_iter().take(width)),
        );
        let at = |unit: usize| u32::try_from(TEXT_AT + unit * width).unwrap();

        let mut characters = Vec::new();
        let mut start = 0;
        for (text, modifiers) in &self.runs {
            let end = start + text.encode_utf16().count();
            let length = u8::try_from(modifiers.len()).unwrap();
            let entry = [&[length][..], modifiers].concat();
            characters.push((at(start), at(end), entry));
            start = end;
        }
        let mut paragraphs = Vec::new();
        let mut start = 0;
        let marks = units
            .iter()
            .enumerate()
            .filter(|(_, unit)| matches!(unit, 0x0d | 0x07));
        for (index, (mark, _)) in marks.enumerate() {
            let (style, modifiers) = self.paragraphs.get(index).cloned().unwrap_or_default();
            let mut list = [&style.to_le_bytes()[..], &modifiers].concat();
            list.resize(list.len().next_multiple_of(2), 0);
            let entry = [&[0, u8::try_from(list.len() / 2).unwrap()][..], &list].concat();
            paragraphs.push((at(start), at(mark + 1), entry));
            start = mark + 1;
        }

        let count = u32::try_from(units.len()).unwrap();
        let others: u32 = self.lengths.iter().map(|(_, length)| length).sum();
        let mut tables = self.tables.clone();
        tables.push((12, pages(&mut main, &characters, 1)));
        tables.push((13, pages(&mut main, &paragraphs, 13)));
        tables.push((33, piece(count, self.is_narrow)));
        let mut table = Vec::new();
        for (number, bytes) in &tables {
            let pair = PAIRS_AT + number * 8;
            put(&mut main, pair, u32::try_from(table.len()).unwrap());
            put(&mut main, pair + 4, u32::try_from(bytes.len()).unwrap());
            table.extend_from_slice(bytes);
        }
        main[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0x00]);
        let flags = self.flags | 0x0200;
        main[0x0a..0x0c].copy_from_slice(&flags.to_le_bytes());
        put(&mut main, 0x4c, count.saturating_sub(others));
        for &(place, length) in &self.lengths {
            put(&mut main, place, length);
        }
        container(&[("WordDocument", &main), ("1Table", &table)])
    }
}

/// A container with these streams.
pub(crate) fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        let mut stream = container.create_stream(name).unwrap();
        stream.write_all(bytes).unwrap();
    }
    container.flush().unwrap();
    container.into_inner().into_inner()
}

fn put(bytes: &mut [u8], at: usize, number: u32) {
    bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
}

/// Writes a page of properties for each stretch, and gives the table of the pages.
fn pages(main: &mut Vec<u8>, stretches: &[(u32, u32, Vec<u8>)], width: usize) -> Vec<u8> {
    let mut positions = Vec::new();
    let mut numbers = Vec::new();
    for (start, end, entry) in stretches {
        main.resize(main.len().next_multiple_of(512), 0);
        numbers.extend(u32::try_from(main.len() / 512).unwrap().to_le_bytes());
        let mut page = vec![0; 512];
        put(&mut page, 0, *start);
        put(&mut page, 4, *end);
        let place = (510 - entry.len()) / 2 * 2;
        page[8] = u8::try_from(place / 2).unwrap();
        assert!(place > 8 + width);
        page[place..place + entry.len()].copy_from_slice(entry);
        page[511] = 1;
        main.extend(page);
        positions.extend(start.to_le_bytes());
    }
    positions.extend(
        stretches
            .last()
            .map_or(0, |stretch| stretch.1)
            .to_le_bytes(),
    );
    [positions, numbers].concat()
}

/// The table of the pieces: one piece.
fn piece(count: u32, is_narrow: bool) -> Vec<u8> {
    let text_at = u32::try_from(TEXT_AT).unwrap();
    let text_at = if is_narrow {
        (text_at * 2) | 0x4000_0000
    } else {
        text_at
    };
    let positions = [0_u32.to_le_bytes(), count.to_le_bytes()].concat();
    let value = [&[0, 0][..], &text_at.to_le_bytes(), &[0, 0]].concat();
    let table = [positions, value].concat();
    let length = u32::try_from(table.len()).unwrap();
    [&[2][..], &length.to_le_bytes(), &table].concat()
}

/// Positions without values.
pub(crate) fn positions(positions: &[u32]) -> Vec<u8> {
    positions.iter().flat_map(|at| at.to_le_bytes()).collect()
}

/// A list with one level of its own for each format and text, and one view of it.
pub(crate) fn lists(levels: &[(u8, &str)]) -> (Vec<u8>, Vec<u8>) {
    let mut definitions = 1_u16.to_le_bytes().to_vec();
    let mut entry = vec![0; 28];
    entry[0] = 7;
    definitions.extend(entry);
    for index in 0..9 {
        let (format, text) = levels.get(index).copied().unwrap_or((0, ""));
        let mut level = vec![0; 28];
        level[0] = 1;
        level[4] = format;
        definitions.extend(level);
        let units: Vec<u16> = text.encode_utf16().collect();
        definitions.extend(u16::try_from(units.len()).unwrap().to_le_bytes());
        definitions.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    }
    let mut view = 1_u32.to_le_bytes().to_vec();
    let mut entry = vec![0; 16];
    entry[0] = 7;
    view.extend(entry);
    view.extend([0xff; 4]);
    (definitions, view)
}
