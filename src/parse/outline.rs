//! The parts of an order that the other grammars ask about: where its head, title, preamble,
//! operative part, signature and appendices stand.
//!
//! In: tokens. Out: an [`Outline`] of token ranges. Must never: fail; a part that is not there is
//! empty.

use std::ops::Range;

use super::clause_labels::{Label, label_of};
use super::dates::date_at;
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::signed_number_at;
use super::pieces::{Piece, block_ranges, name_before, name_end, pieces, word_or_spaced};
use super::registration::{is_title_start, kind_heading, registration};
use super::signature::signature_blocks;
use crate::lexicon::words::{WordClass, meanings};
use crate::text::Origin;

/// The longest title, in tokens; the longest seen in real orders is half of this.
const LONGEST_TITLE: usize = 250;

/// Ranges of tokens, in the order of the text; empty where the order has no such part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outline {
    /// Whether the document is an order: it has a heading that names a kind.
    pub(crate) is_order: bool,
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
struct Layout<'a, 'b> {
    tokens: &'b Tokens<'a>,
    blocks: Vec<Range<usize>>,
    pieces: Vec<Piece>,
    /// The first token of the footnotes, or the end.
    end: usize,
}

/// Where the zones of an order stand. A document without a heading that names a kind has none.
pub(crate) fn outline(tokens: &Tokens<'_>) -> Outline {
    let blocks = block_ranges(tokens);
    let end = tokens
        .text
        .blocks
        .iter()
        .position(|block| matches!(block.origin, Origin::Footnote | Origin::Endnote))
        .and_then(|first| blocks.get(first))
        .map_or(tokens.len(), |block| block.start);
    let layout = Layout {
        tokens,
        pieces: pieces(tokens, 0..end),
        blocks,
        end,
    };
    let heading = layout
        .pieces
        .iter()
        .position(|piece| kind_heading(tokens, piece.tokens.clone()).is_some());
    let Some(heading) = heading else {
        return Outline::default();
    };
    let (title, body) = layout.title_and_body(heading);
    let mut outline = Outline {
        is_order: true,
        head: 0..if title.is_empty() { body } else { title.start },
        title,
        ..Outline::default()
    };
    layout.operative(body, &mut outline);
    let from = layout
        .pieces
        .get(heading)
        .map_or(0, |piece| piece.tokens.start);
    layout.approvals_of_the_head(from, &mut outline);
    outline
}

impl Layout<'_, '_> {
    /// The title and the token where preamble or clauses begin.
    fn title_and_body(&self, heading: usize) -> (Range<usize>, usize) {
        let tokens = self.tokens;
        let mut title: Range<usize> = 0..0;
        let mut open = false;
        if let Some(piece) = self.pieces.get(heading)
            && let Some(found) = kind_heading(tokens, piece.tokens.clone())
            && found.rest < piece.tokens.end
        {
            title = found.rest..piece.tokens.end;
            open = true;
        }
        for piece in self.pieces.iter().skip(heading + 1) {
            let range = piece.tokens.clone();
            if self.opens_body(&range, &title) {
                return (title, range.start);
            }
            if registration(tokens, range.clone()).is_some() {
                open = false;
            } else if title.is_empty() {
                if is_title_start(tokens, range.start)
                    || tokens.kind(range.start) == Some(TokenKind::OpenQuote)
                        && tokens.is_capitalised(range.start + 1)
                {
                    title = range;
                    open = true;
                } else if self.is_sentence(&range) {
                    return (title, range.start);
                }
            } else if open && self.continues_title(&title, &range) {
                title.end = range.end;
            } else if tokens.gap(range.start) == Gap::Block || !open && self.is_sentence(&range) {
                if self.is_caption(&range) {
                    continue;
                }
                return (title, range.start);
            }
        }
        (title, self.end)
    }

    /// Whether a piece after the heading begins the preamble or the clauses.
    fn opens_body(&self, range: &Range<usize>, title: &Range<usize>) -> bool {
        let tokens = self.tokens;
        if enacting_at(tokens, range.start).is_some() {
            return true;
        }
        if tokens.gap(range.start) == Gap::Block && label_of(tokens, range).is_some() {
            return true;
        }
        let capitals = !title.is_empty() && tokens.is_all_capitals(title.end.saturating_sub(1));
        tokens.is_capitalised(range.start)
            && !(capitals && tokens.is_all_capitals(range.start + 1))
            && opens_preamble(tokens, range.start)
    }

    /// A title set in a narrow column goes on in lower case, in capitals or inside quotation marks.
    fn continues_title(&self, title: &Range<usize>, range: &Range<usize>) -> bool {
        /// Letters in a line of the narrow left column that titles are set in.
        const COLUMN: usize = 60;
        let tokens = self.tokens;
        if title.len() + range.len() > LONGEST_TITLE || ends_sentence(tokens, title.end) {
            return false;
        }
        let first = range.start + usize::from(!tokens.is_word(range.start));
        let lower = tokens.is_word(range.start) && !tokens.is_capitalised(range.start);
        if lower || tokens.gap(range.start) == Gap::Break {
            return true;
        }
        let length = |range: &Range<usize>| tokens.slice(range.start, range.end).chars().count();
        let last_line = self
            .pieces
            .partition_point(|piece| piece.tokens.start < range.start)
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
            .map_or(0, |piece| length(&piece.tokens));
        let capitals = |range: &Range<usize>| {
            range
                .clone()
                .all(|index| !tokens.is_word(index) || tokens.is_all_capitals(index))
        };
        if capitals(title) && capitals(range) {
            return true;
        }
        let unfinished = tokens
            .kind(title.end.saturating_sub(1))
            .is_some_and(|kind| matches!(kind, TokenKind::Dash | TokenKind::Mark(',')))
            || tokens.word(title.end.saturating_sub(1)).chars().count() <= 2
                && tokens.is_word(title.end.saturating_sub(1));
        let short = last_line <= COLUMN && length(range) <= COLUMN;
        let not_ordering =
            !tokens.word(first).ends_with("ть") && !tokens.word(first).ends_with("ти");
        unfinished
            || short
                && not_ordering
                && !ends_sentence(tokens, range.end)
                && !is_initial_caption(tokens, range.start)
                && !tokens.is_number(range.start)
    }

    /// A paragraph that says something: it ends like a sentence or is longer than a heading.
    fn is_sentence(&self, range: &Range<usize>) -> bool {
        const LONGEST_CAPTION: usize = 25;
        range.len() > LONGEST_CAPTION
            || range.len() > 3
                && ends_sentence(self.tokens, range.end)
                && !self.tokens.is_mark(range.start, '(')
            || self.tokens.word(range.start).ends_with("ть")
                && self.tokens.is_capitalised(range.start)
    }

    /// Bracketed captions and cells of a form between title and text.
    fn is_caption(&self, range: &Range<usize>) -> bool {
        self.tokens.is_mark(range.start, '(') || is_initial_caption(self.tokens, range.start)
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
            if let Some(zone) = zone_at(tokens, block) {
                zone_start = zone_start.min(index);
                zones.push((index, zone));
            }
        }
        let labelled: Vec<(usize, Label)> = (first_block..zone_start)
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
        let from = self.blocks.partition_point(|block| block.end <= start);
        let signature = self.signature(from, zone_start, &labelled);
        let end_block = signature.as_ref().map_or(zone_start, |blocks| blocks.start);
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
        let introduced = limit > first_block && (limit - first_block) <= 2 && labelled_later;
        if introduced && !self.first_word_orders(body) {
            return (body..limit_token, limit_token..limit_token, limit_token);
        }
        (body..body, body..body, body)
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
        labelled: &[(usize, Label)],
    ) -> Option<Range<usize>> {
        let tokens = self.tokens;
        let mut last_top: Option<u32> = None;
        let mut labels = labelled.iter().peekable();
        let mut index = from;
        while index < limit {
            while let Some((at, label)) = labels.peek() {
                if *at > index {
                    break;
                }
                if *at >= from && !label.bracketed && !label.address().contains('.') {
                    last_top = label.first_figure().or(last_top);
                }
                labels.next();
            }
            let is_labelled = labelled.binary_search_by_key(&index, |(at, _)| *at).is_ok();
            let mut count = 0;
            if !is_labelled {
                count = signature_blocks(tokens, self.blocks.get(..limit)?, index);
            }
            if count > 0 {
                let goes_on = labels.peek().is_some_and(|(_, label)| {
                    label.first_figure().is_none()
                        || label.first_figure() > last_top && last_top.is_some()
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
        None
    }

    /// Each zone after the operative part ends where the next begins.
    fn close_zones(&self, zones: &[(usize, Zone)], outline: &mut Outline) {
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
    fn approvals_of_the_head(&self, heading: usize, outline: &mut Outline) {
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

/// What a block after the operative part begins.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Zone {
    Acknowledgement,
    Approval,
    Executor,
    Appendix {
        label_end: usize,
    },
    /// The mark of an electronic signature and the like.
    Other,
}

fn zone_at(tokens: &Tokens<'_>, block: &Range<usize>) -> Option<Zone> {
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
        || numbered.is_some() && tokens.is_capitalised(after);
    ends.then_some(after)
}

/// The enacting word with its colon at `at`, and the token after it. A verb in the middle of a
/// sentence enacts nothing unless it speaks in the first person.
fn enacting_at(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let (word, mut end) = match tokens.meaning(at, WordClass::Enacting) {
        Some(_) => (tokens.word(at).to_owned(), at + 1),
        None if tokens.is_word(at) && tokens.length(at) == 1 => {
            let (word, end) = word_or_spaced(tokens, at)?;
            meanings(&word)
                .iter()
                .any(|meaning| meaning.class == WordClass::Enacting)
                .then_some((word, end))?
        }
        None => return None,
    };
    while matches!(tokens.word(end), "следующее") && tokens.continues(end) {
        end += 1;
    }
    let colon = tokens.is_mark(end, ':') && tokens.continues(end);
    let last = !tokens.continues(end + usize::from(colon)) || tokens.gap(end) >= Gap::Tab;
    let own_line = tokens.gap(at) >= Gap::Tab && tokens.is_all_capitals(at);
    let first_person = matches!(
        word.as_str(),
        "приказываю"
            | "приказываем"
            | "постановляю"
            | "постановляем"
            | "обязываю"
            | "распоряжаюсь"
    );
    (colon || last || own_line || first_person).then_some(end + usize::from(colon))
}

fn opens_preamble(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.word(at + 1);
    match tokens.word(at) {
        "в" => matches!(
            next,
            "соответствии"
                | "целях"
                | "связи"
                | "рамках"
                | "исполнение"
                | "порядке"
                | "дополнение"
                | "развитие"
                | "обеспечение"
                | "целью"
                | "силу"
                | "реализацию"
        ),
        "на" => matches!(next, "основании" | "период" | "время"),
        "во" => matches!(next, "исполнение" | "изменение" | "избежание"),
        "с" => matches!(next, "целью" | "учетом" | "соблюдением"),
        "по" => matches!(
            next,
            "результатам" | "согласованию" | "итогам" | "представлению"
        ),
        "руководствуясь"
        | "согласно"
        | "учитывая"
        | "рассмотрев"
        | "принимая"
        | "исходя"
        | "ввиду"
        | "заслушав"
        | "обсудив"
        | "для"
        | "за" => true,
        _ => false,
    }
}

/// Whether the words before `end` end like a sentence: a full stop after a long word, or a colon.
fn ends_sentence(tokens: &Tokens<'_>, end: usize) -> bool {
    let Some(last) = end.checked_sub(1) else {
        return false;
    };
    tokens.is_mark(last, ':')
        || tokens.is_mark(last, ';')
        || tokens.is_mark(last, '.') && last > 0 && tokens.length(last - 1) > 3
}

/// Captions of a unified form and addressees: «по ОКПО», «Номер документа».
fn is_initial_caption(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), "номер" | "дата" | "код" | "форма")
        || tokens.word(at) == "по" && tokens.word(at + 1).starts_with("ок")
}
