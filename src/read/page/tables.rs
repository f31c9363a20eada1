//! Tables that are drawn: words inside a grid of ruled lines.
//!
//! In: a page. Out: its [`Grid`]s, and the words that stand in none. Cells without a line between them are one,
//! as merged cells are.
//! Must never: take a frame, an underlined word or a drawing for a table.

use std::collections::BTreeMap;

use super::lines::{Line, around, rows};
use super::{Page, Word};
use crate::text::Bounds;

/// Most ruled lines of a page that are looked at: a table of fifty rows and ten columns, each edge of each
/// cell drawn by itself, has some 2,000. A page with more is a drawing.
const MAX_RULES: usize = 4_000;

/// Most grids of a page; a page with more is a drawing, or a form whose every blank is a box.
const MAX_GRIDS: usize = 50;

/// Most cells of a grid.
const MAX_CELLS: usize = 20_000;

/// Rules that come so near to each other, in points, touch; edges so near are one.
const TOUCHING: f32 = 3.0;

/// A rule is at least so long, in points; shorter ones are dots of a dotted line or letters.
const SHORTEST_RULE: f32 = 6.0;

/// A table that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid<'a> {
    /// What it takes up.
    pub(super) bounds: Bounds,
    /// Its rows with text: the cells with text by their columns.
    pub(super) rows: Vec<Vec<(u32, Vec<Line<'a>>)>>,
}

/// The grids of a page from top to bottom, and the words outside them.
pub(super) fn taken_from(number: u32, page: &Page) -> (Vec<Grid<'_>>, Vec<&Word>) {
    let mut rest: Vec<&Word> = page.words.iter().collect();
    let mut grids = Vec::new();
    for frame in frames(&page.rules) {
        let (inside, outside) = rest
            .into_iter()
            .partition(|word| frame.cell_of(word.bounds).is_some());
        rest = outside;
        let rows = frame.rows(number, inside);
        if !rows.is_empty() {
            grids.push(Grid {
                bounds: frame.bounds(),
                rows,
            });
        }
    }
    grids.sort_by(|a, b| a.bounds.top.total_cmp(&b.bounds.top));
    (grids, rest)
}

/// The edges of a grid's cells.
struct Frame {
    /// The uprights and the levels that it is made of.
    upright: Vec<Bounds>,
    level: Vec<Bounds>,
    /// Where the uprights stand, from left to right: one more than there are columns.
    columns: Vec<f32>,
    /// Where the levels lie, from top to bottom: one more than there are rows.
    rows: Vec<f32>,
}

impl Frame {
    /// The grid of rules that touch each other; nothing if they make no table of two columns.
    fn of(rules: &[Bounds]) -> Option<Self> {
        let (upright, level): (Vec<Bounds>, Vec<Bounds>) =
            rules.iter().copied().partition(|rule| is_upright(*rule));
        let columns = edges(
            upright
                .iter()
                .map(|rule| f32::midpoint(rule.left, rule.right)),
        );
        let rows = edges(
            level
                .iter()
                .map(|rule| f32::midpoint(rule.top, rule.bottom)),
        );
        let is_table =
            columns.len() > 2 && rows.len() > 1 && columns.len() * rows.len() <= MAX_CELLS;
        is_table.then_some(Self {
            upright,
            level,
            columns,
            rows,
        })
    }

    fn bounds(&self) -> Bounds {
        let ends = |edges: &[f32]| {
            let first = edges.first().copied().unwrap_or_default();
            (first, edges.last().copied().unwrap_or_default())
        };
        let ((left, right), (top, bottom)) = (ends(&self.columns), ends(&self.rows));
        Bounds {
            left,
            top,
            right,
            bottom,
        }
    }

    /// Row and column under the middle of a word.
    fn cell_of(&self, word: Bounds) -> Option<(usize, usize)> {
        let row = between(&self.rows, f32::midpoint(word.top, word.bottom))?;
        Some((
            row,
            between(&self.columns, f32::midpoint(word.left, word.right))?,
        ))
    }

    /// The words by rows and cells.
    fn rows<'a>(&self, page: u32, words: Vec<&'a Word>) -> Vec<Vec<(u32, Vec<Line<'a>>)>> {
        let owners = self.owners();
        let mut cells: BTreeMap<(usize, usize), Vec<&Word>> = BTreeMap::new();
        for word in words {
            if let Some((row, column)) = self.cell_of(word.bounds) {
                cells.entry(owners[row][column]).or_default().push(word);
            }
        }
        let mut found: Vec<Vec<(u32, Vec<Line<'_>>)>> = Vec::new();
        let mut last_row = None;
        for ((row, column), words) in cells {
            let cell = (u32::try_from(column).unwrap_or(u32::MAX), rows(page, words));
            match found.last_mut() {
                Some(cells) if last_row == Some(row) => cells.push(cell),
                _ => found.push(vec![cell]),
            }
            last_row = Some(row);
        }
        found
    }

    /// For every field of the grid, the first field of the cell that it belongs to.
    fn owners(&self) -> Vec<Vec<(usize, usize)>> {
        let mut owners: Vec<Vec<(usize, usize)>> = Vec::with_capacity(self.rows.len());
        for (row, ends) in self.rows.windows(2).enumerate() {
            let middle = f32::midpoint(ends[0], ends[1]);
            let mut of_row: Vec<(usize, usize)> = Vec::with_capacity(self.columns.len());
            for (column, sides) in self.columns.windows(2).enumerate() {
                let centre = f32::midpoint(sides[0], sides[1]);
                let own = (row, column);
                let owner = if column > 0 && !self.has_upright(sides[0], middle) {
                    of_row.last().copied()
                } else if row > 0 && !self.has_level(ends[0], centre) {
                    owners.last().map(|above| above[column])
                } else {
                    None
                };
                of_row.push(owner.unwrap_or(own));
            }
            owners.push(of_row);
        }
        owners
    }

    fn has_upright(&self, left: f32, height: f32) -> bool {
        self.upright.iter().any(|rule| {
            (f32::midpoint(rule.left, rule.right) - left).abs() <= TOUCHING
                && (rule.top..=rule.bottom).contains(&height)
        })
    }

    fn has_level(&self, top: f32, centre: f32) -> bool {
        self.level.iter().any(|rule| {
            (f32::midpoint(rule.top, rule.bottom) - top).abs() <= TOUCHING
                && (rule.left..=rule.right).contains(&centre)
        })
    }
}

/// Rules that touch each other, as grids.
fn frames(rules: &[Bounds]) -> Vec<Frame> {
    let mut rules: Vec<Bounds> = rules
        .iter()
        .copied()
        .filter(|rule| (rule.right - rule.left).max(rule.bottom - rule.top) >= SHORTEST_RULE)
        .collect();
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    rules.sort_by(|a, b| a.top.total_cmp(&b.top));
    // Sorted by their upper edges, a rule touches only those of the groups that reach down to it.
    let mut groups: Vec<(Bounds, Vec<Bounds>)> = Vec::new();
    for rule in rules {
        let (touched, mut apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(bounds, group)| {
                touch(*bounds, rule) && group.iter().any(|other| touch(*other, rule))
            });
        let mut joined = (rule, vec![rule]);
        for (bounds, group) in touched {
            joined.0 = around(joined.0, bounds);
            joined.1.extend(group);
        }
        apart.push(joined);
        groups = apart;
    }
    groups
        .iter()
        .filter_map(|(_, group)| Frame::of(group))
        .take(MAX_GRIDS)
        .collect()
}

fn is_upright(rule: Bounds) -> bool {
    rule.bottom - rule.top > rule.right - rule.left
}

fn touch(one: Bounds, other: Bounds) -> bool {
    one.left <= other.right + TOUCHING
        && other.left <= one.right + TOUCHING
        && one.top <= other.bottom + TOUCHING
        && other.top <= one.bottom + TOUCHING
}

/// The places in order, those that are one taken once.
fn edges(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept <= TOUCHING);
    places
}

/// Between which of the edges a place is.
fn between(edges: &[f32], place: f32) -> Option<usize> {
    let after = edges.partition_point(|edge| *edge <= place);
    (after > 0 && after < edges.len()).then(|| after - 1)
}
