//! What follows the operative part, and what stands above the heading: acknowledgements, stamps of
//! approval, executors, attachments.
//!
//! In: blocks. Out: where each such zone stands, in an [`Outline`]. Must never: take a clause for a zone.

use std::ops::Range;

use super::clause_labels::label_of;
use super::dates::date_at;
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::signed_number_at;
use super::outline::{AppendixOutline, LONGEST_TITLE, Layout, Outline};
use super::pieces::{
    Piece, name_before, name_end, starts_a_piece, starts_of_pieces, word_or_spaced,
};
use super::registration::registration;
use crate::lexicon::words::{Classes, WordClass};

/// What a block after the operative part begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Zone {
    Acknowledgement,
    Approval,
    Executor,
    Appendix {
        label_end: usize,
    },
    /// The mark of an electronic signature, the list of those who get a copy.
    Other,
}

pub(crate) fn zone_at(tokens: &Tokens<'_>, block: &Range<usize>) -> Option<Zone> {
    // What most blocks fail stands first.
    let zone = (!block.is_empty()).then(|| unnumbered_zone(tokens, block))??;
    label_of(tokens, block).is_none().then_some(zone)
}

/// What a block begins that has no number of a clause.
fn unnumbered_zone(tokens: &Tokens<'_>, block: &Range<usize>) -> Option<Zone> {
    let at = block.start;
    if let Some(label_end) = appendix_label(tokens, block).or_else(|| approved_by(tokens, block)) {
        return Some(Zone::Appendix { label_end });
    }
    if is_refusal(tokens, block) {
        return Some(Zone::Other);
    }
    let acquainted = |index: usize| tokens.word(index).starts_with("ознакомлен");
    // «ознакомлена ______ /Королёва И.Л./», «ознакомлен: Горячих А.А.»: a line that goes on so is no rest of a sentence.
    let is_signed = || {
        tokens.is_mark(at + 1, ':')
            || tokens.kind(at + 1) == Some(TokenKind::Blank)
            || tokens.gap(at + 1) >= Gap::Tab
            || name_end(tokens, at + 1).is_some()
    };
    if acquainted(at) && (tokens.is_capitalised(at) || is_signed())
        || matches!(tokens.word(at), "с" | "со") && (at + 1..block.end.min(at + 10)).any(acquainted)
        || is_list_of_acquainted(tokens, at)
        || acquaints_with_the_order(tokens, block)
    {
        return Some(Zone::Acknowledgement);
    }
    if is_approval(tokens, block) {
        return Some(Zone::Approval);
    }
    let phone = || {
        name_end(tokens, at).is_some()
            && block
                .clone()
                .any(|index| matches!(tokens.word(index), "тел" | "телефон"))
    };
    if matches!(
        tokens.word(at),
        "исп" | "исполнитель" | "исполнил" | "подготовил" | "подготовила"
    ) && tokens.is_capitalised(at)
        || block.len() < 40 && phone()
        || stands_over_a_phone(tokens, block)
    {
        return Some(Zone::Executor);
    }
    let electronic = tokens.word(at) == "документ" && tokens.word(at + 1) == "подписан";
    let distribution = matches!(tokens.word(at), "рассылка" | "разослано" | "разослать")
        && tokens.is_mark(at + 1, ':');
    (electronic || distribution).then_some(Zone::Other)
}

/// «От ознакомления отказался, акт № 4 …:», «Акт об отказе от подписи»: those who sign under it are witnesses.
fn is_refusal(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    /// «От ознакомления с приказом под подпись отказался»
    const REACH: usize = 7;
    let at = block.start;
    // «Отказ от подписи оформить актом.» is a clause.
    if !tokens.is_capitalised(at) || tokens.is_mark(block.end - 1, '.') {
        return false;
    }
    let of_what = |index: usize| {
        tokens.word(index).starts_with("ознакомлени") || tokens.word(index).starts_with("подпис")
    };
    let refused = (at + 1..=at + REACH)
        .take_while(|&index| tokens.continues(index))
        .any(|index| tokens.word(index).starts_with("отказ"));
    match tokens.word(at) {
        "от" => of_what(at + 1) && refused,
        "акт" => refused,
        "отказался" | "отказалась" => of_what(at + 2),
        _ => false,
    }
}

/// «УТВЕРЖДЕНО», «СОГЛАСОВАНО», «Приложение»: what stamps an attachment, and heads none.
pub(super) fn is_stamp(tokens: &Tokens<'_>, at: usize) -> bool {
    let (word, _) = word_or_spaced(tokens, at).unwrap_or_default();
    ["утвержд", "согласов", "приложен"]
        .iter()
        .any(|stamp| word.starts_with(stamp))
}

pub(crate) fn is_approval(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    const STAMP: Classes = Classes::of(&[WordClass::Stamp]);
    tokens.have_any(STAMP)
        && starts_of_pieces(tokens, block).any(|start| {
            // «УТВЕРЖДАЮ» may stand in quotation marks.
            let start = start + usize::from(tokens.kind(start) == Some(TokenKind::OpenQuote));
            tokens.is_capitalised(start)
                && match tokens.meaning(start, WordClass::Stamp) {
                    Some("heads_list") => tokens.is_mark(start + 1, ':'),
                    stamp => stamp.is_some(),
                }
        })
}

/// «Приложение», «Приложение № 1», «Приложение 2 к приказу …» at the start of a block or cell; gives
/// the token after the number. «Приложение: на 3 л.» lists attachments and begins none.
fn appendix_label(tokens: &Tokens<'_>, block: &Range<usize>) -> Option<usize> {
    let is_label = |&start: &usize| {
        tokens.meaning(start, WordClass::Pinpoint) == Some("appendix")
            && tokens.word(start) == "приложение"
            && tokens.is_capitalised(start)
    };
    let start = block
        .clone()
        .filter(is_label)
        .find(|&start| starts_a_piece(tokens, block, start))?;
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

/// «УТВЕРЖДЕНО / приказом директора от … № …»: the stamp of an attachment that has no other label. Gives the token
/// after its first word.
pub(crate) fn approved_by(tokens: &Tokens<'_>, block: &Range<usize>) -> Option<usize> {
    let (word, end) = word_or_spaced(tokens, block.start)?;
    let stamped = word.starts_with("утвержден") && !word.starts_with("утверждени");
    let act = tokens.meaning(end, WordClass::Act).is_some()
        && ["ом", "ем", "ями", "ами"]
            .iter()
            .any(|ending| tokens.word(end).ends_with(ending));
    (stamped && act && tokens.is_capitalised(block.start)).then_some(end)
}

/// «ЛИСТ ОЗНАКОМЛЕНИЯ», «Список ознакомления», «Лист согласования и ознакомления», «Подписи ознакомленных».
fn is_list_of_acquainted(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «согласования и ознакомления» has three.
    const REACH: usize = 3;
    matches!(tokens.word(at), "лист" | "список" | "подписи")
        && tokens.is_capitalised(at)
        && (at + 1..=at + REACH).any(|index| tokens.word(index).starts_with("ознакомлен"))
}

/// «Дрозд Наталья Николаевна / 8 (34255) 4-40-12»: who wrote the order, under its signature.
fn stands_over_a_phone(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    let Some(end) = name_end(tokens, block.start) else {
        return false;
    };
    let code = end + usize::from(matches!(tokens.word(end), "8" | "7"));
    let in_brackets =
        || tokens.is_mark(code, '(') && tokens.is_number(code + 1) && tokens.is_mark(code + 2, ')');
    // «4-40-12»
    let in_groups = || {
        let is_group = |index: usize| tokens.is_number(index) && tokens.length(index) <= 3;
        let is_dash = |index: usize| tokens.kind(index) == Some(TokenKind::Dash);
        is_group(end)
            && is_dash(end + 1)
            && is_group(end + 2)
            && is_dash(end + 3)
            && is_group(end + 4)
    };
    tokens.gap(end) >= Gap::Break && end <= block.end && (in_brackets() || in_groups())
}

/// «С приказом от 29.08.2024 № 214-ОД ознакомлены:», «С настоящим распоряжением ознакомлен»
fn acquaints_with_the_order(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    /// «С приказом директора школы № 4 от «29» августа 2024 г. № 214-ОД ознакомлены»
    const REACH: usize = 24;
    let at = block.start;
    let act = at + 1 + usize::from(matches!(tokens.word(at + 1), "настоящим" | "данным"));
    matches!(tokens.word(at), "с" | "со")
        && tokens.meaning(act, WordClass::Act).is_some()
        && (act + 1..block.end.min(act + REACH)).any(|index| {
            matches!(
                tokens.word(index),
                "ознакомлен" | "ознакомлена" | "ознакомлены"
            )
        })
}

/// Whether the stamp at `index` belongs to the attachment that begins in one of the blocks right before it.
pub(crate) fn is_stamp_of_last(zones: &[(usize, Zone)], index: usize) -> bool {
    /// Lines between «Приложение № 1» and «УТВЕРЖДЕНО»: «к приказу», the body, date and number.
    const REACH: usize = 6;
    matches!(zones.last(), Some((last, Zone::Appendix { .. })) if index - last <= REACH)
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
            let lists_acquainted = is_list_of_acquainted(self.tokens, range.start)
                || acquaints_with_the_order(self.tokens, &range);
            if appended && !lists_acquainted {
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

    /// The heading of an attachment: the first line in capitals that is no stamp of approval, or else the first behind
    /// the stamp («к приказу … от … № …»), and the lines that go on with it.
    fn appendix_title(&self, from: usize, range: &Range<usize>) -> Range<usize> {
        const FARTHEST: usize = 14;
        let stamp = self.stamp_end(from, range);
        let first = self
            .pieces
            .partition_point(|piece| piece.tokens.end <= stamp);
        let lines = || {
            self.pieces[first..]
                .iter()
                .take(FARTHEST)
                .take_while(|piece| piece.tokens.start < range.end)
        };
        let in_capitals = lines()
            .take_while(|piece| label_of(self.tokens, &piece.tokens).is_none())
            .position(|piece| piece.tokens.start >= from && self.is_in_capitals(piece));
        let behind_stamp =
            || stamp > from && lines().next().is_some_and(|piece| self.may_head(piece));
        let found = in_capitals.or_else(|| behind_stamp().then_some(0));
        found.map_or(from..from, |index| {
            let line = self.pieces[first + index].tokens.clone();
            line.start..self.appendix_title_end(first + index, range.end)
        })
    }

    /// Where the stamp of an attachment ends: behind the date or the number of the order that it belongs to. The
    /// end of the label where it has no stamp.
    fn stamp_end(&self, label_end: usize, range: &Range<usize>) -> usize {
        /// Lines of a stamp: «УТВЕРЖДЕНО», «приказом», the body over several lines, date and number.
        const LONGEST_STAMP: usize = 8;
        let tokens = self.tokens;
        let first = self
            .pieces
            .partition_point(|piece| piece.tokens.end <= label_end);
        self.pieces[first..]
            .iter()
            .take(LONGEST_STAMP)
            .take_while(|piece| piece.tokens.start < range.end)
            .map(|piece| &piece.tokens)
            .take_while(|line| label_of(tokens, line).is_none())
            .find(|line| {
                let dated = (*line).clone().any(|index| {
                    tokens.word(index) == "от" && date_at(tokens, index + 1).is_some()
                });
                dated || registration(tokens, (*line).clone()).is_some()
            })
            .map_or(label_end, |line| line.end)
    }

    /// Whether a line behind a stamp can be a heading: it starts a paragraph with a capital letter and is neither a
    /// clause nor another stamp.
    fn may_head(&self, piece: &Piece) -> bool {
        let tokens = self.tokens;
        let line = &piece.tokens;
        tokens.gap(line.start) == Gap::Block
            && tokens.is_capitalised(line.start)
            && !self.is_row(piece)
            && !is_stamp(tokens, line.start)
            && zone_at(tokens, line).is_none()
            && label_of(tokens, line).is_none()
    }

    fn is_in_capitals(&self, piece: &Piece) -> bool {
        let at = piece.tokens.start;
        let (word, _) = word_or_spaced(self.tokens, at).unwrap_or_default();
        self.tokens.is_all_capitals(at)
            && word.chars().count() > 3
            && !is_stamp(self.tokens, at)
            && !self.is_row(piece)
    }

    /// Where the heading of an attachment ends that starts with the piece `first`.
    fn appendix_title_end(&self, first: usize, limit: usize) -> usize {
        let tokens = self.tokens;
        let title = self.pieces[first].tokens.clone();
        let mut end = title.end;
        for piece in &self.pieces[first + 1..] {
            let line = &piece.tokens;
            let capitals = line
                .clone()
                .all(|index| !tokens.is_word(index) || tokens.is_all_capitals(index));
            let lower = tokens.is_word(line.start) && !tokens.is_capitalised(line.start);
            // «ПОЛИТИКА / ООО «Кедр» в отношении данных»
            let whose = tokens.is_all_capitals(line.start)
                && tokens.kind(line.start + 1) == Some(TokenKind::OpenQuote);
            let says_nothing = !line.clone().any(|index| tokens.is_word(index));
            if line.start >= limit
                || !(capitals || lower || whose)
                || says_nothing
                || self.is_row(piece)
                || label_of(tokens, line).is_some()
                || line.end - title.start > LONGEST_TITLE
            {
                break;
            }
            end = line.end;
        }
        end
    }

    /// Whether a piece stands in a table.
    fn is_row(&self, piece: &Piece) -> bool {
        let block = self.tokens.text.blocks.get(piece.block);
        block.is_some_and(|block| !block.cells.is_empty())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn the_acquainted_are_told_from_witnesses_of_a_refusal() {
        for (line, expected) in [
            (
                "От ознакомления отказался, акт № 9 от 12.03.2024:",
                Some(Zone::Other),
            ),
            ("Акт об отказе от подписи", Some(Zone::Other)),
            ("Отказалась от подписи", Some(Zone::Other)),
            ("Отказ от подписи оформить актом.", None),
            ("Акт об отказе от подписи составить.", None),
            ("От подписи документов отстранить", None),
            ("С приказом ознакомлен", Some(Zone::Acknowledgement)),
            (
                "ознакомлена ______ /Королёва И.Л./ 16.02.2023",
                Some(Zone::Acknowledgement),
            ),
            ("ознакомлен: Горячих А.А.", Some(Zone::Acknowledgement)),
            (
                "С приказом от 29.08.2024 № 214-ОД ознакомлены:",
                Some(Zone::Acknowledgement),
            ),
            ("ознакомлен с порядком.", None),
            (
                "Дрозд Наталья Николаевна\n8 (34255) 4-40-12",
                Some(Zone::Executor),
            ),
            ("Дрозд Н.Н.\n4-40-12", Some(Zone::Executor)),
            ("Дрозд Н.Н.\n12.04.2024", None),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let first = 0..tokens.block_end(0);
            assert_eq!(zone_at(&tokens, &first), expected, "{line}");
        }
    }
}
