//! What the lines of a document have in common: their height, their margins, their distance, their indent.
//!
//! In: the lines of all pages. Out: a [`Measure`]. Must never: judge a single line by itself.

use super::Sheet;
use super::lines::Line;

/// How far the edges of lines at one margin lie apart, in heights of a line: letters begin and end unevenly, and
/// a scan adds to it.
pub(super) const SAME_EDGE: f32 = 0.5;

/// At a margin that lines are stretched or moved to, at least so many of a hundred end, and so many at all.
/// Ragged lines end nowhere together; there the longest shows the margin.
const LINES_AT_A_MARGIN: usize = 20;
const FEWEST_AT_A_MARGIN: usize = 3;

/// The longest ragged line stops so short of the margin, at most, in heights.
const RAGGED: f32 = 4.0;

/// Text is justified if of a hundred full lines so many reach the margin: of ragged ones a third come near, and
/// of justified ones all but those that end a paragraph.
const JUSTIFIED_PER_HUNDRED: usize = 70;

/// A first line begins at least so far to the right of the others, in heights.
pub(super) const INDENT: f32 = 0.8;

/// The usual lines of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// Height of a line, in points.
    pub(super) height: f32,
    /// Where lines begin that are not indented.
    pub(super) left: f32,
    /// Where full lines end.
    pub(super) right: f32,
    /// The distance between the lower edge of a line and the upper edge of the next in a paragraph: the lower
    /// quartile of all, since paragraphs of one line may keep further apart.
    pub(super) leading: f32,
    /// Whether full lines are stretched to the right margin.
    pub(super) is_justified: bool,
    /// How far first lines are indented; nothing where they are not.
    pub(super) indent: Option<f32>,
}

impl Measure {
    /// Measures the lines of a document.
    pub(super) fn of(sheets: &[Sheet<'_>]) -> Self {
        let lines = || sheets.iter().flat_map(|sheet| &sheet.lines);
        let height = median(
            lines()
                .filter(|line| line.words.len() > 1)
                .map(Line::height),
        )
        .or_else(|| median(lines().map(Line::height)))
        .unwrap_or(1.0);
        let distances = pairs(sheets).map(|(a, b)| b.bounds.top - a.bounds.bottom);
        let leading = quantile(distances, 4)
            .unwrap_or(0.0)
            .clamp(-0.5 * height, 1.5 * height);
        let left = -margin(lines().map(|line| -line.bounds.left), height);
        let mut right = margin(lines().map(|line| line.bounds.right), height);
        // The longest of a few ragged lines may stop short of the margin, which is hardly wider than the left one.
        let widest = sheets
            .iter()
            .map(|sheet| sheet.page.width)
            .fold(0.0, f32::max);
        let opposite = widest - left;
        if opposite > right && opposite - right < RAGGED * height {
            right = opposite;
        }
        // Lines that the next one's first word had no room on, and those of them that reach the margin.
        let (mut full, mut reaching) = (0, 0);
        for (line, next) in pairs(sheets) {
            let word = next
                .words
                .first()
                .map_or(0.0, |word| word.bounds.right - word.bounds.left);
            let is_at_margin = (next.bounds.left - left).abs() < SAME_EDGE * height;
            if is_at_margin && line.bounds.right + word > right {
                full += 1;
                reaching += usize::from(right - line.bounds.right < SAME_EDGE * height);
            }
        }
        // The lines that a full line at the left margin follows.
        let indents = pairs(sheets).filter_map(|(first, next)| {
            let indent = first.bounds.left - next.bounds.left;
            let behind = right - first.bounds.right;
            let is_centred = (behind - indent).abs() < SAME_EDGE * height;
            (indent > INDENT * height
                && !is_centred
                && (next.bounds.left - left).abs() < SAME_EDGE * height
                && behind < 2.0 * height)
                .then_some(indent)
        });
        Self {
            height,
            left,
            right,
            leading,
            is_justified: reaching * 100 > full * JUSTIFIED_PER_HUNDRED,
            indent: most_frequent(indents, SAME_EDGE * height),
        }
    }

    /// How wide a full line is.
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }
}

/// Lines of one page that follow each other.
fn pairs<'s, 'a>(sheets: &'s [Sheet<'a>]) -> impl Iterator<Item = (&'s Line<'a>, &'s Line<'a>)> {
    sheets
        .iter()
        .flat_map(|sheet| sheet.lines.windows(2))
        .map(|pair| (&pair[0], &pair[1]))
}

/// The outermost edge that several lines share; the outermost of all if none is shared.
fn margin(edges: impl Iterator<Item = f32>, height: f32) -> f32 {
    let mut edges: Vec<f32> = edges.collect();
    edges.sort_by(|a, b| b.total_cmp(a));
    let enough = (edges.len() * LINES_AT_A_MARGIN / 100).max(FEWEST_AT_A_MARGIN);
    edges
        .windows(enough)
        .find(|edges| edges[0] - edges[enough - 1] < SAME_EDGE * height)
        .or_else(|| edges.get(..1))
        .map_or(0.0, |edges| edges[0])
}

/// The value that most of the others come near to; the least of several such.
fn most_frequent(values: impl Iterator<Item = f32>, near: f32) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    let count = |from: usize| {
        let near = values[from] + near;
        values[from..].partition_point(|value| *value <= near)
    };
    let best = (0..values.len()).max_by_key(|&from| (count(from), std::cmp::Reverse(from)))?;
    values.get(best + (count(best) - 1) / 2).copied()
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    quantile(values, 2)
}

/// The value that the first of so many equal parts of the values ends with.
fn quantile(values: impl Iterator<Item = f32>, parts: usize) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    if values.is_empty() {
        return None;
    }
    let end = values.len() / parts;
    Some(*values.select_nth_unstable_by(end, f32::total_cmp).1)
}
