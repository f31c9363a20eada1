//! What stands side by side without ruled lines: letterheads and signatures in two columns, tables without
//! borders.
//!
//! Lines are side by side where a gutter, a strip of white, runs down between their words. They become a row of
//! cells, as the table in the author's word processor would give it: a cell holds all its lines. Where the lines
//! are a list, each with the same kind of entry in a column (names, dates, blanks), every line is a row.
//!
//! In: lines from top to bottom. Out: pieces. Must never: take the spaces of a justified paragraph for a gutter.

use super::Piece;
use super::Word;
use super::lines::Line;
use super::measure::{Measure, SAME_EDGE};

/// Narrowest gutter, in heights of a line: the cells of Word keep 0.38 cm apart.
const GUTTER: f32 = 0.7;

/// Between the words of at least one line, a gutter is so wide.
const WIDE: f32 = 1.7;

/// The gap of a line where a gutter runs is so many times its usual gap: a loosely justified line has wide spaces
/// throughout.
const WIDER_THAN_USUAL: f32 = 1.8;

/// A gutter runs between the words of at least so many lines, or beside one more to the right of it.
const FEWEST_LINES: usize = 2;

/// Lines of one block lie at most so much further apart than lines usually do, in heights.
const FURTHER_APART: f32 = 1.2;

/// Lines of one cell lie at most so much further apart.
const FURTHER_APART_IN_A_CELL: f32 = 0.4;

/// So many lines side by side are a list, whatever stands in them: letterheads and signatures are shorter.
const LINES_OF_A_LIST: usize = 8;

/// Most lines of one side that stand between lines of both.
const LONGEST_CELL: usize = 40;

/// Most lines of a block; a longer table goes on as another.
const MOST_LINES: usize = 400;

/// Gutters of a line that are tried; a line of a form has some five.
const GUTTERS_TRIED: usize = 6;

/// A strip of white, from left to right.
type Gutter = (f32, f32);

/// Makes pieces of lines that follow each other on a page. `tables` counts the tables of the document.
pub(super) fn into_pieces<'a>(
    lines: Vec<Line<'a>>,
    measure: &Measure,
    tables: &mut u32,
    pieces: &mut Vec<Piece<'a>>,
) {
    let mut lines = lines.into_iter();
    while !lines.as_slice().is_empty() {
        let Some(length) = length_side_by_side(lines.as_slice(), measure) else {
            pieces.extend(lines.next().map(Piece::Line));
            continue;
        };
        let table = *tables;
        *tables += 1;
        let rows = rows_of(&lines.as_slice()[..length], measure);
        pieces.extend(
            (0..)
                .zip(rows)
                .map(|(row, cells)| Piece::Row { table, row, cells }),
        );
        lines.by_ref().take(length).for_each(drop);
    }
}

/// How many lines, from the first one on, a gutter divides; nothing if there is none.
fn length_side_by_side(lines: &[Line<'_>], measure: &Measure) -> Option<usize> {
    let first = lines.first()?;
    gutters_of(first, measure.height)
        .into_iter()
        .chain(
            lines
                .get(1)
                .and_then(|next| gutter_between(first, next, measure.height)),
        )
        .take(GUTTERS_TRIED)
        .filter_map(|gutter| length_along(lines, gutter, measure))
        .max()
}

/// How many lines a gutter divides that begins in the first of them.
fn length_along(lines: &[Line<'_>], gutter: Gutter, measure: &Measure) -> Option<usize> {
    let height = measure.height;
    let mut block = Block::default();
    // The gutter as far as the lines leave it free, those included that may yet belong to the block.
    let mut free = gutter;
    for (index, line) in lines.iter().take(MOST_LINES).enumerate() {
        let before = index.checked_sub(1).and_then(|before| lines.get(before));
        let apart = before.map_or(0.0, |before| line.bounds.top - before.bounds.bottom);
        let is_far = apart > measure.leading + FURTHER_APART * height;
        if is_far || index > block.length + LONGEST_CELL {
            break;
        }
        let Some((narrowed, sides)) = beside(line, free, height) else {
            break;
        };
        // The label of a list stands before its text, not beside it.
        if is_behind_label(line, narrowed) {
            break;
        }
        free = narrowed;
        let is_beside = before.is_some_and(|before| gutter_between(before, line, height).is_some());
        if sides == Sides::Both || is_beside {
            block.divided += 1;
            block.is_wide |= free.1 - free.0 > WIDE * height;
            block.right = first_behind(line, free);
            block.take(index, line, free);
        } else if apart <= measure.leading + FURTHER_APART_IN_A_CELL * height
            && block.length == index
            && block.continues(&lines[index..], sides, free, measure)
        {
            block.flush += usize::from(block.is_flush(line, sides, height));
            block.take(index, line, free);
        }
    }
    let is_block = block.divided + block.flush >= FEWEST_LINES && block.is_wide;
    is_block.then_some(block.length)
}

/// Lines side by side while they are looked for.
#[derive(Debug, Default)]
struct Block {
    /// How many lines it has.
    length: usize,
    /// How many of them have words on both sides.
    divided: usize,
    /// How many of them go on to the right under what begins there.
    flush: usize,
    /// Whether the gutter is wide in one of them.
    is_wide: bool,
    /// What the cell to the left takes up, from left to right.
    cell: Option<(f32, f32)>,
    /// Where the words to the right begin in the last line of both.
    right: Option<f32>,
}

impl Block {
    /// Takes the lines up to this one, which leave the gutter free.
    fn take(&mut self, index: usize, line: &Line<'_>, free: Gutter) {
        self.length = index + 1;
        self.cell = around_left(self.cell, line, free);
    }

    /// Whether the first of these lines, which is on one side, goes on with a cell. To the right of a gutter
    /// nothing else can stand; to the left, where all text begins, it must be centred as the cell is, or end it.
    fn continues(&self, lines: &[Line<'_>], sides: Sides, free: Gutter, measure: &Measure) -> bool {
        let is_centred = |cell| {
            lines
                .first()
                .is_some_and(|line| is_centred_under(cell, line, measure.height))
        };
        sides == Sides::Right
            || self.cell.is_some_and(is_centred)
            || self.divided >= FEWEST_LINES && ends_cell(free, lines, measure)
    }

    /// Whether a line begins where the words to the right of the gutter do.
    fn is_flush(&self, line: &Line<'_>, sides: Sides, height: f32) -> bool {
        sides == Sides::Right
            && self
                .right
                .is_some_and(|right| (right - line.bounds.left).abs() < SAME_EDGE * height)
    }
}

/// Where the words behind a gutter begin.
fn first_behind(line: &Line<'_>, gutter: Gutter) -> Option<f32> {
    let mut lefts = line.words.iter().map(|word| word.bounds.left);
    lefts.find(|left| *left >= gutter.1)
}

/// On which sides of a gutter a line has words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sides {
    Left,
    Right,
    Both,
}

/// The gutter as far as a line leaves it free, and the sides on which the line has words; nothing if it leaves
/// too little.
fn beside(line: &Line<'_>, gutter: Gutter, height: f32) -> Option<(Gutter, Sides)> {
    let middle = f32::midpoint(gutter.0, gutter.1);
    let (mut free, mut left, mut right) = ((f32::MIN, f32::MAX), false, false);
    for word in &line.words {
        if f32::midpoint(word.bounds.left, word.bounds.right) < middle {
            left = true;
            free.0 = free.0.max(word.bounds.right);
        } else {
            right = true;
            free.1 = free.1.min(word.bounds.left);
        }
    }
    let is_a_space = free.1 - free.0 < WIDER_THAN_USUAL * line.usual_gap();
    let sides = match (left, right) {
        (true, true) if is_a_space => return None,
        (true, true) => Sides::Both,
        (_, false) => Sides::Left,
        (false, true) => Sides::Right,
    };
    let narrowed = (free.0.max(gutter.0), free.1.min(gutter.1));
    (narrowed.1 - narrowed.0 >= GUTTER * height).then_some((narrowed, sides))
}

/// Whether nothing but the label of a list is to the left of a gutter.
fn is_behind_label(line: &Line<'_>, gutter: Gutter) -> bool {
    line.has_label_apart()
        && line
            .words
            .get(1)
            .is_some_and(|word| word.bounds.left >= gutter.1)
}

/// What the cell to the left of a gutter takes up together with the words of another line.
fn around_left(cell: Option<(f32, f32)>, line: &Line<'_>, gutter: Gutter) -> Option<(f32, f32)> {
    line.words
        .iter()
        .filter(|word| word.bounds.right <= gutter.0)
        .map(|word| (word.bounds.left, word.bounds.right))
        .chain(cell)
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// Whether a line is centred under a cell, and not begun where the cell is.
fn is_centred_under(cell: (f32, f32), line: &Line<'_>, height: f32) -> bool {
    let middle = f32::midpoint(line.bounds.left, line.bounds.right);
    (f32::midpoint(cell.0, cell.1) - middle).abs() < SAME_EDGE * height
        && (line.bounds.left - cell.0).abs() > SAME_EDGE * height
}

/// Whether the first of these lines, and no more than one below it, end the cell to the left of a gutter: they
/// leave the gutter free, and what follows stands apart.
fn ends_cell(gutter: Gutter, lines: &[Line<'_>], measure: &Measure) -> bool {
    let far = measure.leading + FURTHER_APART_IN_A_CELL * measure.height;
    let fits = |line: &Line<'_>| line.bounds.right <= gutter.1 - GUTTER * measure.height;
    match lines {
        [last] => fits(last),
        [line, next, ..] if next.bounds.top - line.bounds.bottom > far => fits(line),
        [line, last] => fits(line) && fits(last),
        [line, last, next, ..] => {
            next.bounds.top - last.bounds.bottom > far && fits(line) && fits(last)
        }
        [] => false,
    }
}

/// The gaps of a line that may be gutters, the widest first.
fn gutters_of(line: &Line<'_>, height: f32) -> Vec<Gutter> {
    let mut gutters: Vec<Gutter> = line
        .words
        .windows(2)
        .map(|pair| (pair[0].bounds.right, pair[1].bounds.left))
        .filter(|gutter| gutter.1 - gutter.0 >= GUTTER * height)
        .collect();
    gutters.sort_by(|a, b| (b.1 - b.0).total_cmp(&(a.1 - a.0)));
    gutters.truncate(GUTTERS_TRIED);
    gutters
}

/// The gutter between two lines that stand beside each other, if not quite at one height.
fn gutter_between(one: &Line<'_>, other: &Line<'_>, height: f32) -> Option<Gutter> {
    let overlap = one.bounds.bottom.min(other.bounds.bottom) - one.bounds.top.max(other.bounds.top);
    let (first, second) = if one.bounds.left < other.bounds.left {
        (one, other)
    } else {
        (other, one)
    };
    let gutter = (first.bounds.right, second.bounds.left);
    let are_beside =
        overlap > SAME_EDGE * GUTTER * height && gutter.1 - gutter.0 >= GUTTER * height;
    are_beside.then_some(gutter)
}

/// The rows of lines that stand side by side.
fn rows_of<'a>(lines: &[Line<'a>], measure: &Measure) -> Vec<Vec<(u32, Vec<Line<'a>>)>> {
    let columns = columns_of(lines, measure.height);
    let fields: Vec<Vec<Vec<&'a Word>>> =
        lines.iter().map(|line| fields_of(line, &columns)).collect();
    let is_list = is_list(&fields);
    let mut rows: Vec<Vec<(u32, Vec<Line<'a>>)>> = Vec::new();
    for (index, (line, fields)) in lines.iter().zip(fields).enumerate() {
        let apart = index
            .checked_sub(1)
            .map_or(0.0, |before| line.bounds.top - lines[before].bounds.bottom);
        // The blank for a signature stands apart from the position above it.
        let is_apart =
            apart > measure.leading + FURTHER_APART_IN_A_CELL * measure.height && !line.has_blank();
        let is_whole = fields.iter().all(|field| !field.is_empty());
        if is_list && is_whole || is_apart || rows.is_empty() {
            rows.push(Vec::new());
        }
        let Some(row) = rows.last_mut() else { continue };
        for (column, words) in (0_u32..).zip(fields) {
            let Some(part) = Line::of(line.page, words) else {
                continue;
            };
            match row.iter_mut().find(|(at, _)| *at == column) {
                Some((_, lines)) => lines.push(part),
                None => row.push((column, vec![part])),
            }
        }
        row.sort_by_key(|(column, _)| *column);
    }
    rows
}

/// Where the columns after the first begin: behind the gutters that all the lines leave free.
fn columns_of(lines: &[Line<'_>], height: f32) -> Vec<f32> {
    let mut taken: Vec<(f32, f32)> = lines
        .iter()
        .flat_map(|line| &line.words)
        .map(|word| (word.bounds.left, word.bounds.right))
        .collect();
    taken.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns = Vec::new();
    let mut reached = taken.first().map_or(0.0, |first| first.1);
    for (left, right) in taken {
        if left - reached >= GUTTER * height {
            columns.push(f32::midpoint(reached, left));
        }
        reached = reached.max(right);
    }
    columns
}

/// The words of a line by columns.
fn fields_of<'a>(line: &Line<'a>, columns: &[f32]) -> Vec<Vec<&'a Word>> {
    let mut fields = vec![Vec::new(); columns.len() + 1];
    for word in &line.words {
        let middle = f32::midpoint(word.bounds.left, word.bounds.right);
        let column = columns.partition_point(|begin| *begin <= middle);
        fields[column].push(*word);
    }
    fields
}

/// What kind of entry a field of a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// To be filled in: `______`.
    Blank,
    /// Figures: a date, a number, an hour.
    Figures,
    /// A word and initials.
    Name,
    /// Anything else.
    Words,
}

fn entry(words: &[&Word]) -> Entry {
    let all = |holds: fn(char) -> bool| words.iter().all(|word| word.text.chars().all(holds));
    let parts = || words.iter().flat_map(|word| word.text.split('\u{a0}'));
    let initials = parts()
        .filter(|text| {
            text.ends_with('.')
                && text
                    .chars()
                    .all(|c| c == '.' || c.is_uppercase() || c == '-')
        })
        .count();
    if all(|c| matches!(c, '_' | '.' | '/' | '…' | '«' | '»' | '"')) {
        Entry::Blank
    } else if all(|c| !c.is_alphabetic()) {
        Entry::Figures
    } else if initials > 0 && parts().count() == initials + 1 {
        Entry::Name
    } else {
        Entry::Words
    }
}

/// Whether lines side by side are a list: a column has the same kind of entry in each.
fn is_list(fields: &[Vec<Vec<&Word>>]) -> bool {
    let whole = || {
        fields
            .iter()
            .filter(|fields| fields.iter().all(|field| !field.is_empty()))
    };
    let count = whole().count();
    // The first line of three may be the head of the table.
    let heads = usize::from(count > FEWEST_LINES);
    let mut kinds: Vec<Option<Entry>> = Vec::new();
    for (index, fields) in whole().skip(heads).enumerate() {
        let of_line = fields.iter().map(|field| entry(field)).map(Some);
        if index == 0 {
            kinds = of_line.collect();
        } else {
            for (kind, other) in kinds.iter_mut().zip(of_line) {
                if *kind != other {
                    *kind = None;
                }
            }
        }
    }
    let has_kind = kinds
        .iter()
        .any(|kind| kind.is_some_and(|kind| kind != Entry::Words));
    count >= FEWEST_LINES && (has_kind || count >= LINES_OF_A_LIST)
}
