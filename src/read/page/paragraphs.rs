//! Paragraphs of lines.
//!
//! A line goes on with the paragraph of the line before it if its first word had no room there: whoever set the
//! text broke the line because it was full. Indents, distances, sizes of type and labels of lists tell paragraphs
//! apart that happen to fill their last line.
//!
//! In: the lines of running text, over the ends of pages. Out: [`Paragraph`]s.
//! Must never: read more of a line than its first word and its last character.

use super::lines::Line;
use super::measure::{INDENT, Measure, SAME_EDGE};
use crate::text::Alignment;

/// Lines of one paragraph lie at most so much further apart than lines usually do, in heights.
const FURTHER_APART: f32 = 0.4;

/// How much the heights of lines of one paragraph differ, as a share: a recognised line without high letters
/// is a third lower.
const SAME_HEIGHT: f32 = 0.4;

/// What a space takes, in heights of a line.
const SPACE: f32 = 0.25;

/// Room at the end of a line that a word just did not fit into, in heights.
const JUST_NO_ROOM: f32 = 0.25;

/// A line of justified text that leaves so much room, in heights, was not stretched.
const STOPS_SHORT: f32 = 1.0;

/// A centred line keeps so far from both margins, in heights.
const CENTRED_KEEPS_OFF: f32 = 1.2;

/// A line that is aligned to the right begins beyond so much of the page's width.
const BEGINS_RIGHT: f32 = 0.3;

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph<'a> {
    pub(super) lines: Vec<Line<'a>>,
    pub(super) alignment: Alignment,
}

/// The paragraphs of lines that follow each other.
pub(super) fn of<'a>(lines: Vec<Line<'a>>, measure: &Measure) -> Vec<Paragraph<'a>> {
    let mut paragraphs: Vec<Paragraph<'a>> = Vec::new();
    for line in lines {
        let alignment = alignment(&line, measure);
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on(paragraph, &line, alignment, measure) => {
                paragraph.lines.push(line);
            }
            _ => paragraphs.push(Paragraph {
                lines: vec![line],
                alignment,
            }),
        }
    }
    paragraphs
}

/// How a line stands between the margins.
fn alignment(line: &Line<'_>, measure: &Measure) -> Alignment {
    let before = line.bounds.left - measure.left;
    let behind = measure.right - line.bounds.right;
    let off = CENTRED_KEEPS_OFF * measure.height;
    if before > off && behind > off && (before - behind).abs() < 2.0 * measure.height {
        Alignment::Centre
    } else if before > BEGINS_RIGHT * measure.width() && behind.abs() < SAME_EDGE * measure.height {
        Alignment::End
    } else {
        Alignment::Start
    }
}

/// Whether a line continues a paragraph.
fn goes_on(
    paragraph: &Paragraph<'_>,
    line: &Line<'_>,
    alignment: Alignment,
    measure: &Measure,
) -> bool {
    let (Some(before), Some(first)) = (paragraph.lines.last(), paragraph.lines.first()) else {
        return false;
    };
    let height = measure.height;
    if before.page == line.page {
        let apart = line.bounds.top - before.bounds.bottom;
        if apart > measure.leading + FURTHER_APART * height || apart < -height {
            return false;
        }
    }
    if before.breaks_off_a_number() || before.runs_into(line) {
        return true;
    }
    // What tabs divide stands on a line of its own.
    if before == first && before.has_wide_gap() {
        return false;
    }
    let (lower, higher) = (
        line.height().min(before.height()),
        line.height().max(before.height()),
    );
    if lower < higher * (1.0 - SAME_HEIGHT) {
        return false;
    }
    let is_middle = paragraph.alignment == Alignment::Start && is_mid_sentence(before, line);
    if !is_middle && !is_full(before, line, paragraph.alignment, measure) {
        return false;
    }
    if line.is_in_capitals() && !before.is_in_capitals()
        || ends_sentence(before) && begins_anew(before, line, measure)
    {
        return false;
    }
    match (paragraph.alignment, alignment) {
        (Alignment::Centre, Alignment::Centre) => true,
        (Alignment::Centre, _) => false,
        (Alignment::Start, _) => is_continued(first, before, line, measure),
        // A block that stands to the right keeps its left edge.
        (Alignment::End, _) => (line.bounds.left - before.bounds.left).abs() < SAME_EDGE * height,
    }
}

/// Whether a line begins in the middle of a sentence, as far as its first letter says.
fn is_mid_sentence(before: &Line<'_>, line: &Line<'_>) -> bool {
    let is_small = line
        .words
        .first()
        .is_some_and(|word| word.text.starts_with(char::is_lowercase));
    is_small && !ends_sentence(before) && !line.has_wide_gap() && !line.starts_with_label()
}

/// Whether a line behind the end of a sentence looks like the beginning of a paragraph.
fn begins_anew(before: &Line<'_>, line: &Line<'_>, measure: &Measure) -> bool {
    let is_capital = line.words.first().is_some_and(|word| {
        word.text
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(char::is_uppercase)
    });
    let room = measure.right - before.bounds.right;
    // Of ragged lines, the longest does not show that it is full.
    let stops_short = room > STOPS_SHORT * measure.height || room <= 0.0 && !measure.is_justified;
    line.starts_with_label()
        || line.has_wide_gap()
        || is_capital && line.has_blank()
        || is_capital && stops_short && measure.indent.is_none()
}

/// Whether the first word of a line would not have had room at the end of the line before it.
fn is_full(before: &Line<'_>, line: &Line<'_>, alignment: Alignment, measure: &Measure) -> bool {
    let room = match alignment {
        Alignment::Centre => measure.width() - before.width(),
        Alignment::Start | Alignment::End => measure.right - before.bounds.right,
    };
    // A line of justified text that stops short ends its paragraph.
    if measure.is_justified && alignment == Alignment::Start && room > STOPS_SHORT * measure.height
    {
        return false;
    }
    let word = line
        .words
        .first()
        .map_or(0.0, |word| word.bounds.right - word.bounds.left);
    word + (SPACE + JUST_NO_ROOM) * measure.height > room
}

/// Whether the left edges and the label say that a line under a full line is of the same paragraph.
fn is_continued(first: &Line<'_>, before: &Line<'_>, line: &Line<'_>, measure: &Measure) -> bool {
    let height = measure.height;
    let shift = line.bounds.left - before.bounds.left;
    if shift > INDENT * height {
        // Only under the text behind a label that hangs out.
        return before == first && hangs_under(before, line, height);
    }
    let is_first_line = |line: &Line<'_>| {
        measure.indent.is_some_and(|indent| {
            (line.bounds.left - measure.left - indent).abs() < SAME_EDGE * height
        })
    };
    if shift < -INDENT * height {
        // Where first lines are not indented, the line may have been centred.
        let off = |line: &Line<'_>| {
            (
                line.bounds.left - measure.left,
                measure.right - line.bounds.right,
            )
        };
        let (left, right) = off(before);
        let is_indented = measure.indent.is_none() && (left - right).abs() > SAME_EDGE * height;
        return before == first && (is_first_line(before) || is_indented);
    }
    !(before == first && is_first_line(before) && is_first_line(line))
}

/// Whether a line begins where the second word of the line before it does, which has a label.
fn hangs_under(before: &Line<'_>, line: &Line<'_>, height: f32) -> bool {
    before.starts_with_label()
        && before
            .words
            .get(1)
            .is_some_and(|word| (word.bounds.left - line.bounds.left).abs() < SAME_EDGE * height)
}

fn ends_sentence(line: &Line<'_>) -> bool {
    line.words
        .last()
        .is_some_and(|word| word.text.ends_with(['.', ';', ':', ',', '!', '?']))
}
