//! What stands in the margins of pages and does not belong to the running text: headers, footers, page numbers,
//! footnotes.
//!
//! In: the lines of all pages. Out: [`Margins`]; the lines that are left are the body.
//! Must never: take away a line that is neither repeated, nor a page number, nor set small at the very edge.

use std::collections::{BTreeMap, BTreeSet};

use super::Sheet;
use super::lines::Line;
use super::measure::Measure;
use crate::text::AsidePlace;

/// So many lines at either end of a page may be headers or footers.
const RUNNING_LINES: usize = 3;

/// A line that is repeated stands at the same height on each page, up to so many points.
const SAME_PLACE: f32 = 12.0;

/// Headers and footers lie in the outer part of a page, as a share of its height: a margin of some 3.5 cm.
const OUTER_SHARE: f32 = 0.12;

/// Text that is set small and wholly so near to the edge (1.5 cm) is no body: GOST R 7.0.97-2016, 3.3, asks for
/// margins of 2 cm at the top and the bottom.
const EDGE: f32 = 42.5;

/// How small, as a share of the height of a usual line.
const SMALL: f32 = 0.9;

/// Height of the mark of a footnote, as a share of its line's.
const MARK_HEIGHT: f32 = 0.75;

/// Longest mark of a footnote, in characters.
const LONGEST_MARK: usize = 3;

/// Longest line that may be a page number, in characters: «Страница 100 из 100».
const LONGEST_PAGE_NUMBER: usize = 24;

/// What was found in the margins.
#[derive(Debug, Default)]
pub(super) struct Margins<'a> {
    /// Headers and footers, page numbers included; each once.
    pub(super) running: Vec<(AsidePlace, String)>,
    /// Footnotes without their marks, each with its lines.
    pub(super) notes: Vec<Vec<Line<'a>>>,
}

impl<'a> Margins<'a> {
    /// Takes headers, footers and notes out of the lines of the pages.
    pub(super) fn taken_from(sheets: &mut [Sheet<'a>]) -> Self {
        let mut margins = Self::default();
        let measure = Measure::of(sheets);
        let repeated = repeated(sheets);
        let mut said = BTreeSet::new();
        for (index, sheet) in sheets.iter_mut().enumerate() {
            for top in [true, false] {
                let place = if top {
                    AsidePlace::Header
                } else {
                    AsidePlace::Footer
                };
                let is_running = |line: &&Line<'_>| {
                    repeated.contains(&(index, key(line)))
                        || is_page_number(sheet, line, top)
                        || is_small_at_the_edge(sheet, line, &measure)
                };
                let count = if top {
                    sheet.lines.iter().take_while(is_running).count()
                } else {
                    sheet.lines.iter().rev().take_while(is_running).count()
                };
                let taken = if top {
                    0..count
                } else {
                    sheet.lines.len() - count..sheet.lines.len()
                };
                for line in sheet.lines.drain(taken) {
                    let text = line.text();
                    if said.insert((top, without_figures(&text))) {
                        margins.running.push((place, text));
                    }
                }
            }
            take_notes(sheet, &measure, &mut margins.notes);
        }
        margins
    }
}

/// A line as it is compared with those of other pages: its text without figures and its place.
type Key = (String, i64);

#[expect(
    clippy::cast_possible_truncation,
    reason = "pages are some thousand points high"
)]
fn key(line: &Line<'_>) -> Key {
    let place = line.bounds.top / SAME_PLACE;
    (
        without_figures(&line.text()),
        f64::from(place).round() as i64,
    )
}

/// The text with one `#` for each number.
fn without_figures(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_ascii_digit() {
            plain.push(character);
        } else if !plain.ends_with('#') {
            plain.push('#');
        }
    }
    plain
}

/// The lines at the ends of pages that stand at the same place of another page too.
fn repeated(sheets: &[Sheet<'_>]) -> BTreeSet<(usize, Key)> {
    let mut pages: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (index, sheet) in sheets.iter().enumerate() {
        let outer = sheet.page.height * OUTER_SHARE;
        let at_ends = sheet
            .lines
            .iter()
            .take(RUNNING_LINES)
            .chain(sheet.lines.iter().rev().take(RUNNING_LINES));
        for line in at_ends {
            let far = line.bounds.top > outer && line.bounds.bottom < sheet.page.height - outer;
            if !far {
                let pages = pages.entry(key(line)).or_default();
                if pages.last() != Some(&index) {
                    pages.push(index);
                }
            }
        }
    }
    pages
        .into_iter()
        .filter(|(_, pages)| pages.len() > 1)
        .flat_map(|(key, pages)| pages.into_iter().map(move |page| (page, key.clone())))
        .collect()
}

/// «2», «- 2 -», «стр. 2 из 3» by itself at the end of a page.
fn is_page_number(sheet: &Sheet<'_>, line: &Line<'_>, top: bool) -> bool {
    let outer = sheet.page.height * OUTER_SHARE;
    let is_outer = if top {
        line.bounds.bottom < outer
    } else {
        line.bounds.top > sheet.page.height - outer
    };
    let text = line.text().to_lowercase();
    let rest = text
        .trim_start_matches("страница")
        .trim_start_matches("стр.")
        .trim_start_matches("page");
    let says_number = rest.chars().any(|character| character.is_ascii_digit())
        && rest.split_whitespace().all(|word| {
            matches!(word, "из" | "of" | "-" | "–" | "—" | "/")
                || word.chars().all(|character| character.is_ascii_digit())
        });
    is_outer && says_number && text.chars().count() <= LONGEST_PAGE_NUMBER
}

fn is_small_at_the_edge(sheet: &Sheet<'_>, line: &Line<'_>, measure: &Measure) -> bool {
    let at_edge = line.bounds.bottom < EDGE || line.bounds.top > sheet.page.height - EDGE;
    at_edge && line.height() < measure.height * SMALL
}

/// Takes the footnotes at the end of a page out, and their marks in its text.
fn take_notes<'a>(sheet: &mut Sheet<'a>, measure: &Measure, notes: &mut Vec<Vec<Line<'a>>>) {
    let small = sheet
        .lines
        .iter()
        .rev()
        .take_while(|line| line.height() < measure.height * SMALL)
        .count();
    let below = &sheet.lines[sheet.lines.len() - small..];
    let Some(first) = below.iter().position(|line| mark_of_note(line).is_some()) else {
        return;
    };
    let from = sheet.lines.len() - small + first;
    let mut marks = BTreeSet::new();
    for line in sheet.lines.split_off(from) {
        if let Some(mark) = mark_of_note(&line) {
            marks.insert(mark.to_owned());
            notes.extend(Line::of(line.page, line.words[1..].to_vec()).map(|line| vec![line]));
        } else if let Some(note) = notes.last_mut() {
            note.push(line);
        }
    }
    for line in &mut sheet.lines {
        let (height, top) = (line.height(), line.bounds.top);
        line.words.retain(|word| {
            let is_small = word.bounds.bottom - word.bounds.top < height * MARK_HEIGHT;
            let is_raised = word.bounds.bottom < top + height * SMALL;
            !(is_small && is_raised && marks.contains(&word.text))
        });
    }
    sheet.lines.retain(|line| !line.words.is_empty());
}

/// The raised mark that a footnote begins with: «1», «*».
fn mark_of_note<'a>(line: &Line<'a>) -> Option<&'a str> {
    let [mark, next, ..] = line.words.as_slice() else {
        return None;
    };
    let is_mark = mark.text.chars().count() <= LONGEST_MARK
        && mark
            .text
            .chars()
            .all(|character| character.is_ascii_digit() || character == '*');
    let is_small =
        mark.bounds.bottom - mark.bounds.top < (next.bounds.bottom - next.bounds.top) * MARK_HEIGHT;
    (is_mark && is_small).then_some(mark.text.as_str())
}
