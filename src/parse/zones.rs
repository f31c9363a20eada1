//! What follows the operative part, and what stands above the heading: acknowledgements, stamps of
//! approval, executors, attachments.
//!
//! In: blocks. Out: where each such zone stands, in an [`Outline`]. Must never: take a clause for a zone.

use std::ops::Range;

use super::clause_labels::label_of;
use super::dates::date_at;
use super::lexer::{Gap, Tokens};
use super::numbers::signed_number_at;
use super::outline::{AppendixOutline, LONGEST_TITLE, Layout, Outline};
use super::pieces::{name_before, name_end, pieces, word_or_spaced};

/// What a block after the operative part begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Zone {
    Acknowledgement,
    Approval,
    Executor,
    Appendix {
        label_end: usize,
    },
    /// The mark of an electronic signature and the like.
    Other,
}

pub(crate) fn zone_at(tokens: &Tokens<'_>, block: &Range<usize>) -> Option<Zone> {
    let at = block.start;
    if block.is_empty() || label_of(tokens, block).is_some() {
        return None;
    }
    if let Some(label_end) = appendix_label(tokens, block) {
        return Some(Zone::Appendix { label_end });
    }
    let acquainted = |index: usize| tokens.word(index).starts_with("ознакомлен");
    if acquainted(at) && tokens.is_capitalised(at)
        || matches!(tokens.word(at), "с" | "со") && (at + 1..block.end.min(at + 10)).any(acquainted)
        || tokens.word(at) == "лист" && tokens.word(at + 1) == "ознакомления"
    {
        return Some(Zone::Acknowledgement);
    }
    if is_approval(tokens, block) {
        return Some(Zone::Approval);
    }
    let phone = || {
        block
            .clone()
            .any(|index| matches!(tokens.word(index), "тел" | "телефон"))
            && name_end(tokens, at).is_some()
    };
    if matches!(
        tokens.word(at),
        "исп" | "исполнитель" | "исполнил" | "подготовил" | "подготовила"
    ) && tokens.is_capitalised(at)
        || phone() && block.len() < 40
    {
        return Some(Zone::Executor);
    }
    let electronic = tokens.word(at) == "документ" && tokens.word(at + 1) == "подписан";
    electronic.then_some(Zone::Other)
}

fn is_approval(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    pieces(tokens, block.clone()).iter().any(|piece| {
        let word = tokens.word(piece.tokens.start);
        matches!(
            word,
            "утверждаю" | "согласовано" | "согласована" | "согласован"
        ) && tokens.is_capitalised(piece.tokens.start)
    })
}

/// «Приложение», «Приложение № 1», «Приложение 2 к приказу …» at the start of a block or cell; gives
/// the token after the number. «Приложение: на 3 л.» lists attachments and begins none.
fn appendix_label(tokens: &Tokens<'_>, block: &Range<usize>) -> Option<usize> {
    let start = pieces(tokens, block.clone())
        .iter()
        .map(|piece| piece.tokens.start)
        .find(|&start| tokens.word(start) == "приложение" && tokens.is_capitalised(start))?;
    let next = start + 1;
    let numbered = signed_number_at(tokens, next)
        .map(|(_, end)| end)
        .or_else(|| (tokens.gap(next) <= Gap::Space && tokens.is_number(next)).then_some(next + 1))
        .filter(|&end| end <= block.end);
    let after = numbered.unwrap_or(next);
    let ends = after >= block.end
        || tokens.gap(after) >= Gap::Tab
        || tokens.word(after) == "к"
        || tokens.word(after) == "от" && date_at(tokens, after + 1).is_some()
        || numbered.is_some() && tokens.is_capitalised(after);
    ends.then_some(after)
}

impl Layout<'_, '_> {
    /// Each zone after the operative part ends where the next begins.
    pub(crate) fn close_zones(&self, zones: &[(usize, Zone)], outline: &mut Outline) {
        let start_of = |block: usize| {
            self.blocks
                .get(block)
                .map_or(self.end, |range| range.start.min(self.end))
        };
        let mut appended = false;
        for (position, (block, zone)) in zones.iter().enumerate() {
            let range = start_of(*block)
                ..zones
                    .get(position + 1)
                    .map_or(self.end, |(next, _)| start_of(*next));
            if let Zone::Appendix { label_end } = zone {
                appended = true;
                outline.appendices.push(AppendixOutline {
                    label: range.start..*label_end,
                    title: self.appendix_title(*label_end, &range),
                    tokens: range,
                });
                continue;
            }
            if appended {
                // Whatever stands inside an attachment belongs to it.
                if let Some(last) = outline.appendices.last_mut() {
                    last.tokens.end = range.end;
                    if last.title.is_empty() {
                        last.title = self.appendix_title(last.label.end, &last.tokens);
                    }
                }
                continue;
            }
            match zone {
                Zone::Acknowledgement => match outline.acknowledgements.last_mut() {
                    Some(last) if last.end == range.start => last.end = range.end,
                    _ => outline.acknowledgements.push(range),
                },
                Zone::Approval => outline.approvals.push(range),
                Zone::Executor => outline.executors.push(range),
                Zone::Appendix { .. } | Zone::Other => {}
            }
        }
    }

    /// The heading of an attachment: the first line in capitals that is no stamp of approval, and the
    /// lines that go on with it.
    fn appendix_title(&self, from: usize, range: &Range<usize>) -> Range<usize> {
        const FARTHEST: usize = 14;
        let tokens = self.tokens;
        let first = self
            .pieces
            .partition_point(|piece| piece.tokens.end <= from);
        let mut title = from..from;
        for piece in self.pieces.iter().skip(first).take(FARTHEST) {
            let line = piece.tokens.clone();
            if line.start >= range.end {
                break;
            }
            if title.is_empty() {
                let (word, _) = word_or_spaced(tokens, line.start).unwrap_or_default();
                let heading = tokens.is_all_capitals(line.start)
                    && word.chars().count() > 3
                    && !["утвержд", "согласов", "приложен"]
                        .iter()
                        .any(|stamp| word.starts_with(stamp));
                let line_from_start = line.start >= from;
                if heading && line_from_start {
                    title = line;
                }
                continue;
            }
            let capitals = line
                .clone()
                .all(|index| !tokens.is_word(index) || tokens.is_all_capitals(index));
            let lower = tokens.is_word(line.start) && !tokens.is_capitalised(line.start);
            let table = self
                .text_block(piece.block)
                .is_some_and(|block| !block.cells.is_empty());
            if !(capitals || lower)
                || table
                || label_of(tokens, &line).is_some()
                || title.len() + line.len() > LONGEST_TITLE
            {
                break;
            }
            title.end = line.end;
        }
        title
    }

    fn text_block(&self, block: usize) -> Option<&crate::text::Block> {
        self.tokens.text.blocks.get(block)
    }

    /// «УТВЕРЖДАЮ» above the heading: it lasts until a name or date ends it.
    pub(crate) fn approvals_of_the_head(&self, heading: usize, outline: &mut Outline) {
        const LONGEST_STAMP: usize = 6;
        let tokens = self.tokens;
        let mut index = 0;
        while let Some(block) = self.blocks.get(index) {
            if block.start >= heading {
                break;
            }
            if !is_approval(tokens, block) {
                index += 1;
                continue;
            }
            let mut end = index + 1;
            for candidate in index..self.blocks.len().min(index + LONGEST_STAMP) {
                let Some(lines) = self.blocks.get(candidate) else {
                    break;
                };
                if lines.start >= heading {
                    break;
                }
                if name_before(tokens, lines.start, lines.end).is_some() {
                    end = candidate + 1;
                    let dated = self.blocks.get(end).is_some_and(|next| {
                        next.end <= heading
                            && date_at(tokens, next.start)
                                .is_some_and(|(_, after)| after >= next.end)
                    });
                    end += usize::from(dated);
                    break;
                }
            }
            let last = self
                .blocks
                .get(end - 1)
                .map_or(block.end, |lines| lines.end);
            outline.approvals.push(block.start..last);
            index = end;
        }
        outline.approvals.sort_by_key(|range| range.start);
    }
}
