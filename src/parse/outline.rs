//! The parts of an order that the other grammars ask about: where its head, title, preamble,
//! operative part, signature and appendices stand.
//!
//! In: tokens. Out: an [`Outline`] of token ranges. Must never: fail; a part that is not there is
//! empty.

mod bare_signature;
mod captions;
mod record_below;
mod title_lines;

pub(crate) use record_below::record_at;

use std::cell::OnceCell;
use std::ops::Range;

use super::clause_labels::{Label, label_of};
use super::dates::date_at;
use super::headless::Headless;
use super::kind_headings::{
    kind_heading, names_an_extract, registration_of_stamp, stands_in_capitals,
};
use super::letterhead::behind_heading;
use super::lexer::{TokenKind, Tokens};
use super::openings::{
    enacting_at, ends_sentence, is_infinitive, is_note_of_publisher, is_note_of_registration,
    opens_preamble,
};
use super::pieces::{Piece, pieces};
use super::registration::{is_title_start, items};
use super::signature::signature_blocks;
use super::zones::{Zone, approved_by, is_approval, is_stamp_of_last, zone_at};
use crate::lexicon::words::WordClass;
use crate::order::Kind;
use crate::text::Origin;

/// Lines of a preamble that a conversion broke.
const MOST_LINES_OF_PREAMBLE: usize = 30;

/// The longest title, in tokens; the longest seen in real orders is half of this.
pub(crate) const LONGEST_TITLE: usize = 250;

/// Ranges of tokens, in the order of the text; empty where the order has no such part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outline {
    /// Whether the document is an order: a heading or its own text names a kind.
    pub(crate) is_order: bool,
    /// The line that names the kind; empty, where the text begins, if it has no such line.
    pub(crate) heading: Range<usize>,
    /// The name of a page over the order, or under one without a heading, which names the kind once more; empty where
    /// there is none.
    pub(crate) caption: Range<usize>,
    /// The kind and the word of the text that says it, where no heading does.
    pub(crate) kind_in_text: Option<(Kind, Range<usize>)>,
    /// From the start to the title (or preamble): issuer, kind, number, date, place.
    pub(crate) head: Range<usize>,
    /// The heading of the text, with its quotation marks.
    pub(crate) title: Range<usize>,
    /// From the title to the enacting word.
    pub(crate) preamble: Range<usize>,
    /// The enacting word with its colon.
    pub(crate) enacting: Range<usize>,
    /// The clauses.
    pub(crate) operative: Range<usize>,
    /// Positions and names of those who sign.
    pub(crate) signature: Range<usize>,
    /// «С приказом ознакомлены» and the names under it.
    pub(crate) acknowledgements: Vec<Range<usize>>,
    /// «УТВЕРЖДАЮ» and «СОГЛАСОВАНО» blocks.
    pub(crate) approvals: Vec<Range<usize>>,
    /// «Исп.: …».
    pub(crate) executors: Vec<Range<usize>>,
    /// Each attachment.
    pub(crate) appendices: Vec<AppendixOutline>,
}

/// Where an attachment stands.
#[derive(Debug, Clone)]
pub(crate) struct AppendixOutline {
    /// All of it.
    pub(crate) tokens: Range<usize>,
    /// «Приложение № 1».
    pub(crate) label: Range<usize>,
    /// Its own heading.
    pub(crate) title: Range<usize>,
}

/// What the blocks of a text show to the outline.
pub(crate) struct Layout<'a, 'b> {
    pub(crate) tokens: &'b Tokens<'a>,
    pub(crate) blocks: Vec<Range<usize>>,
    pub(crate) pieces: Vec<Piece>,
    /// The first token of the footnotes, or the end.
    pub(crate) end: usize,
    /// The last token at which somebody orders something, looked up once.
    last_enacting: OnceCell<Option<usize>>,
}

/// Where the zones of an order stand. A document that is no order has none.
pub(crate) fn outline(tokens: &Tokens<'_>) -> Outline {
    let blocks = tokens.blocks();
    let end = tokens
        .text
        .blocks
        .iter()
        .position(|block| matches!(block.origin, Origin::Footnote | Origin::Endnote))
        .and_then(|first| blocks.get(first))
        .map_or(tokens.len(), |block| block.start);
    let mut layout = Layout {
        tokens,
        pieces: pieces(tokens, 0..end),
        blocks,
        end,
        last_enacting: OnceCell::new(),
    };
    let with_heading = (0..layout.pieces.len()).find_map(|index| {
        let line = layout.heading_at(index)?;
        let beside = kind_heading(tokens, line.clone()).map_or(line.end..line.end, |found| {
            found.rest.min(found.title_end)..found.title_end
        });
        let behind = behind_heading(tokens, &layout.pieces, index);
        Some((behind, line.clone(), beside))
    });
    let mut caption = 0..0;
    let mut title_of_caption = 0..0;
    let record = with_heading
        .as_ref()
        .and_then(|(_, heading, _)| layout.record_below(heading));
    if let Some((record, _)) = &record {
        caption = record.word.start
            ..record
                .items
                .last()
                .map_or(record.word.end, |item| item.tokens.end);
        layout.end = record.word.start;
        layout
            .pieces
            .retain(|piece| piece.tokens.start < record.word.start);
        layout
            .blocks
            .retain(|block| block.start < record.word.start);
    }
    let with_heading = with_heading
        .filter(|_| record.is_none())
        .map(|(first, heading, beside)| {
            match layout.heading_behind_caption(&heading) {
                // «ПРИКАЗ Комитета леса от … «О музее» / Приказ»
                Some(again) if layout.pieces[again].tokens.start == heading.end => {
                    (again + 1, heading, beside)
                }
                Some(again) => {
                    (caption, title_of_caption) = (heading, beside);
                    let line = layout.pieces[again].tokens.clone();
                    let behind = behind_heading(tokens, &layout.pieces, again);
                    (behind, line.clone(), line.end..line.end)
                }
                None => (first, heading, beside),
            }
        });
    let kind_in_text = match record {
        Some((record, first_piece)) => Some(Headless {
            first_piece,
            kind: record.kind,
            word: record.word,
        }),
        None => with_heading
            .is_none()
            .then(|| layout.without_heading())
            .flatten(),
    };
    let Some((first, heading, beside)) = with_heading.or_else(|| {
        let first = kind_in_text.as_ref()?.first_piece;
        let line = layout.pieces[first].tokens.clone();
        let at = line.start;
        Some(match layout.title_behind_registration(&line) {
            Some(title) => (first + 1, at..at, title..line.end),
            None => (first, at..at, at..at),
        })
    }) else {
        return Outline::default();
    };
    let (mut title, mut body) = layout.title_and_body(first, beside);
    let head = 0..if title.is_empty() { body } else { title.start };
    if title.is_empty() {
        title = title_of_caption;
    }
    if let Some(above) = layout.title_above(&caption, heading.start) {
        body = layout.behind_glued_title(&above, body);
        if title.is_empty() || layout.is_glued(&above, &title) {
            title = above;
        }
    }
    let mut outline = Outline {
        is_order: true,
        heading,
        caption,
        kind_in_text: kind_in_text.map(|found| (found.kind, found.word)),
        head,
        title,
        ..Outline::default()
    };
    layout.operative(body, &mut outline);
    if let Some((found, rest)) = layout.name_below(&outline) {
        let title = found.end.min(rest)..found.end;
        // A title that opens with a quotation mark and ends without one was cut off.
        let is_cut = tokens.kind(title.start) == Some(TokenKind::OpenQuote)
            && tokens.kind(title.end - 1) != Some(TokenKind::CloseQuote);
        if outline.title.is_empty() && !is_cut {
            outline.title = title;
        }
        outline.caption = found;
    }
    layout.approvals_of_the_head(outline.heading.start, &mut outline);
    outline
}

impl Outline {
    /// The first token of a letterhead: behind the name of the page that stands over it.
    pub(crate) fn top(&self) -> usize {
        if self.caption.end <= self.heading.start {
            self.caption.end
        } else {
            0
        }
    }
}

impl Layout<'_, '_> {
    /// The line that names the kind, if it starts at this piece: with the next one where it breaks before
    /// the date («Постановление Администрации города / от 15 ноября 2016 г. N 1185»).
    fn heading_at(&self, index: usize) -> Option<Range<usize>> {
        let line = self.pieces.get(index)?.tokens.clone();
        if let Some(found) = kind_heading(self.tokens, line.clone()) {
            // «Распоряжение председателя № 2»: the one who signs, and no body whose act a list could name.
            let of_the_signatory = found.issuer.as_ref().is_none_or(|issuer| {
                issuer
                    .clone()
                    .all(|index| self.tokens.meaning(index, WordClass::Position).is_some())
            });
            // «ПРИКАЗ Минлеса от 01.02.2024 N 5 «О сборе»»: a database prints a heading so.
            let titled = || {
                self.tokens.is_all_capitals(line.start) && is_title_start(self.tokens, found.rest)
            };
            let heads = of_the_signatory
                || stands_in_capitals(self.tokens, &line)
                || self.enacts(line.end)
                || index == 0 && (titled() || self.text_follows(line.end))
                || self.is_named_twice(index) && self.text_follows(line.end);
            return (heads && !self.is_stamped(index)).then_some(line);
        }
        let over_two = line.start..self.pieces.get(index + 1)?.tokens.end;
        // «ВЫПИСКА / из приказа № 45-лс от 30.04.2024»
        if line.len() == 1 && names_an_extract(self.tokens, line.start) {
            return kind_heading(self.tokens, over_two.clone()).map(|_| over_two);
        }
        // «РЕШЕНИЕ Совета депутатов / от 29.06.2005 № 9 «О внесении …»»: the title may stand on the second line.
        let registered = || {
            let (found, rest) = items(self.tokens, line.end..over_two.end);
            !found.is_empty() && (rest >= over_two.end || is_title_start(self.tokens, rest))
        };
        (registered()
            && kind_heading(self.tokens, over_two.clone())?
                .issuer
                .is_some()
            && (self.enacts(over_two.end) || index == 0 && self.text_follows(over_two.end)))
        .then_some(over_two)
    }

    /// «Распоряжение Комитета от 03.04.2024 № 7 / Распоряжение Комитета от 03.04.2024 № 7»: the name of a page, and the order's
    /// own under it.
    fn is_named_twice(&self, index: usize) -> bool {
        let above = index.checked_sub(1).map(|above| &self.pieces[above].tokens);
        let line = &self.pieces[index].tokens;
        above.is_some_and(|above| self.tokens.say_the_same(above, line))
    }

    /// «УТВЕРЖДАЮ / Заведующий … / Приказ № 5 от 11.01.2023»: the order that approved a plan or a set of rules, on
    /// their first page.
    fn is_stamped(&self, index: usize) -> bool {
        /// Lines of a stamp above its last: «УТВЕРЖДАЮ», the position over several lines, the name.
        const REACH: usize = 8;
        let line = &self.pieces[index].tokens;
        let is_full = registration_of_stamp(self.tokens, line);
        is_full
            && self.pieces[index.saturating_sub(REACH)..index]
                .iter()
                .any(|piece| is_approval(self.tokens, &piece.tokens))
    }

    /// «Распоряжение Администрации … от … № … / «О праздновании …»», «… № … / В целях …»: what a text begins with is
    /// its heading, though nobody says that he orders. Notes of its publisher may stand between.
    fn text_follows(&self, from: usize) -> bool {
        const MOST_NOTES: usize = 3;
        let tokens = self.tokens;
        let first = self
            .pieces
            .partition_point(|piece| piece.tokens.start < from);
        let is_note = |line: &Range<usize>| {
            is_note_of_publisher(tokens, line) || is_note_of_registration(tokens, line)
        };
        let mut lines = self.pieces[first..].iter().map(|piece| &piece.tokens);
        let text = lines
            .by_ref()
            .take(MOST_NOTES + 1)
            .find(|line| !is_note(line));
        text.is_some_and(|line| {
            is_title_start(tokens, line.start)
                || tokens.is_capitalised(line.start) && opens_preamble(tokens, line.start)
        })
    }

    /// Whether somebody orders something after `from`: «Приказ Министерства … от … № …» heads an order
    /// then, and is a line of a list otherwise.
    fn enacts(&self, from: usize) -> bool {
        let last = self.last_enacting.get_or_init(|| {
            (0..self.end)
                .rev()
                .find(|&index| enacting_at(self.tokens, index).is_some())
        });
        last.is_some_and(|last| last >= from)
    }

    /// Fills in preamble, enacting word, operative part and what follows it.
    fn operative(&self, body: usize, outline: &mut Outline) {
        let tokens = self.tokens;
        let first_block = self.blocks.partition_point(|block| block.end <= body);
        let mut zone_start = self.blocks.len();
        let mut zones: Vec<(usize, Zone)> = Vec::new();
        for (index, block) in self.blocks.iter().enumerate().skip(first_block) {
            if block.start >= self.end {
                zone_start = zone_start.min(index);
                break;
            }
            if let Some(zone) = zone_at(tokens, block)
                && !(approved_by(tokens, block).is_some() && is_stamp_of_last(&zones, index))
            {
                zone_start = zone_start.min(index);
                zones.push((index, zone));
            }
        }
        let labelled: Vec<(usize, Label<'_>)> = (first_block..zone_start)
            .filter_map(|index| {
                let label = label_of(tokens, self.blocks.get(index)?)?;
                Some((index, label))
            })
            .collect();
        let first_label = labelled.first().map(|(index, _)| *index);
        let (preamble, enacting, start) =
            self.enacting(body, first_block, first_label.unwrap_or(zone_start));
        outline.preamble = preamble;
        outline.enacting = enacting;
        let start = match self.title_behind_enacting(start, first_label) {
            Some(title) if outline.title.is_empty() && !outline.enacting.is_empty() => {
                outline.title = title.clone();
                title.end
            }
            _ => start,
        };
        let from = self.blocks.partition_point(|block| block.end <= start);
        let signature = self
            .signature(from, zone_start, &labelled)
            .or_else(|| self.signature_behind_stamp(&zones));
        let end_block = signature
            .as_ref()
            .map_or(zone_start, |blocks| blocks.start.min(zone_start));
        let start_of = |block: usize| {
            self.blocks
                .get(block)
                .map_or(self.end, |range| range.start.min(self.end))
        };
        let end = start_of(end_block).max(start);
        outline.operative = start..end;
        outline.signature = signature.map_or(end..end, |blocks| {
            start_of(blocks.start)..start_of(blocks.end)
        });
        self.close_zones(&zones, outline);
    }

    /// «ПРИКАЗЫВАЮ: / О доплате за работу в ночное время / 1. …»: the title between the enacting word and the first
    /// clause, on one line that is no sentence.
    fn title_behind_enacting(
        &self,
        start: usize,
        first_label: Option<usize>,
    ) -> Option<Range<usize>> {
        let line = self.blocks.get(first_label?.checked_sub(1)?)?;
        let is_title = line.start == start
            && is_title_start(self.tokens, start)
            && !ends_sentence(self.tokens, line.end);
        is_title.then(|| line.clone())
    }

    /// The blocks of a signature that stands under the mark of an electronic one.
    fn signature_behind_stamp(&self, zones: &[(usize, Zone)]) -> Option<Range<usize>> {
        let (stamp, Zone::Other) = zones.first()? else {
            return None;
        };
        let next = zones.get(1).map_or(self.blocks.len(), |(next, _)| *next);
        let within = self.blocks.get(..next)?;
        (*stamp..next).find_map(|index| {
            let count = signature_blocks(self.tokens, within, index);
            (count > 0).then_some(index..index + count)
        })
    }

    /// Preamble, enacting word and the first token of the clauses.
    fn enacting(
        &self,
        body: usize,
        first_block: usize,
        limit: usize,
    ) -> (Range<usize>, Range<usize>, usize) {
        let tokens = self.tokens;
        let limit_token = self.blocks.get(limit).map_or(self.end, |block| block.start);
        // «… приказываю: 1. Создать …» on one line: the block itself is labelled only if it starts so.
        for index in body..limit_token {
            if let Some(end) = enacting_at(tokens, index) {
                return (body..index, index..end, end);
            }
        }
        let labelled_later = limit_token < self.end
            && self
                .blocks
                .get(limit)
                .is_some_and(|block| label_of(tokens, block).is_some());
        // «В целях … / … каникул: / 1. Управлению …»: a preamble broken into lines, which nobody orders behind. It ends with
        // a colon, or breaks off without one: «… решением Совета / от 26.10.2017 № 44 / 1. Провести …».
        let broken = || {
            let breaks_off = || {
                !(body..limit_token).any(|index| is_infinitive(tokens.word(index)))
                    && !self.blocks[first_block..limit]
                        .iter()
                        .any(|line| ends_sentence(tokens, line.end))
            };
            limit - first_block <= MOST_LINES_OF_PREAMBLE
                && opens_preamble(tokens, body)
                && (tokens.is_mark(limit_token - 1, ':') || breaks_off())
        };
        // «… изложить в следующей редакции: / «13. Секретарь: / 1) …»: those are no clauses of this order.
        let quoted = || {
            self.blocks[first_block..limit].iter().any(|block| {
                tokens.kind(block.start) == Some(TokenKind::OpenQuote)
                    && label_of(tokens, &(block.start + 1..block.end)).is_some()
            })
        };
        let introduced = limit > first_block
            && labelled_later
            && ((limit - first_block) <= 2 || broken())
            && !quoted();
        if introduced && !self.first_word_orders(body) {
            return (body..limit_token, limit_token..limit_token, limit_token);
        }
        let end = self
            .preamble_alone(body, first_block, limit)
            .unwrap_or(body);
        (body..end, end..end, end)
    }

    /// Where a preamble ends that neither somebody who orders nor a number stands behind: «В целях безопасности: / – Запретить
    /// …», or a text that was cut off in its first sentence.
    fn preamble_alone(&self, body: usize, first_block: usize, limit: usize) -> Option<usize> {
        let tokens = self.tokens;
        if !tokens.is_capitalised(body) || !opens_preamble(tokens, body) {
            return None;
        }
        let lines = self.blocks.get(first_block..limit)?;
        let orders = |index: usize| is_infinitive(tokens.word(index));
        // «С 5 мая 2024 года запретить …»
        let orders_since = |at: usize| {
            date_at(tokens, at + usize::from(tokens.word(at) == "с"))
                .is_some_and(|(_, end)| orders(end))
        };
        let introduced = lines.iter().take(MOST_LINES_OF_PREAMBLE).find(|line| {
            let next = line.end + usize::from(tokens.kind(line.end) == Some(TokenKind::Dash));
            tokens.is_mark(line.end - 1, ':')
                && (orders(next) || orders_since(next))
                && !(body..line.end).any(orders)
        });
        if let Some(line) = introduced {
            return Some(line.end);
        }
        let end = lines.last()?.end;
        let is_cut = end == self.end
            && lines.len() <= MOST_LINES_OF_PREAMBLE
            && (tokens.is_word(end - 1) || tokens.is_number(end - 1))
            && !(body..end).any(orders);
        let signed =
            || (first_block..limit).any(|index| signature_blocks(tokens, &self.blocks, index) > 0);
        (is_cut && !signed()).then_some(end)
    }

    fn first_word_orders(&self, body: usize) -> bool {
        let word = self.tokens.word(body);
        word.ends_with("ть") || word.ends_with("ти")
    }

    /// The blocks of the signature, between `from` and `limit`.
    fn signature(
        &self,
        from: usize,
        limit: usize,
        labelled: &[(usize, Label<'_>)],
    ) -> Option<Range<usize>> {
        let tokens = self.tokens;
        let mut last_top: Option<u32> = None;
        // An order may count its clauses «1)», «2)».
        let all_bracketed = labelled.iter().all(|(_, label)| label.bracketed);
        let mut labels = labelled.iter().peekable();
        let mut index = from;
        while index < limit {
            while let Some((at, label)) = labels.peek() {
                if *at > index {
                    break;
                }
                let top = all_bracketed || !label.bracketed && !label.address().contains('.');
                if *at >= from && top {
                    last_top = label.first_figure.or(last_top);
                }
                labels.next();
            }
            let is_labelled = labelled.binary_search_by_key(&index, |(at, _)| *at).is_ok();
            let mut count = 0;
            if !is_labelled {
                count = signature_blocks(tokens, self.blocks.get(..limit)?, index);
            }
            if count > 0 {
                // «I.» behind a signature begins an attachment that nobody calls one.
                let goes_on = labels.peek().is_some_and(|(_, label)| {
                    label.first_figure.is_none() && label.address() != "I"
                        || label.first_figure > last_top && last_top.is_some()
                });
                if !goes_on {
                    let mut end = index + count;
                    let within = self.blocks.get(..limit)?;
                    while let more @ 1.. = signature_blocks(tokens, within, end) {
                        end += more;
                    }
                    return Some(index..end);
                }
            }
            index += 1;
        }
        self.bare_signature(from, limit, labelled)
    }
}

#[cfg(test)]
mod tests;
