//! The heading of an order inside a paragraph: letterhead, kind, registration and title without lines.
//!
//! In: the tokens of a block. Out: where heading, title and preamble begin. Must never: take an act that a sentence
//! cites for the heading, or the first words of a preamble for the end of a title.

use std::ops::Range;

use super::may_begin;
use crate::lexicon::morphology::{PartOfSpeech, Reading, readings};
use crate::parse::dates::date_at;
use crate::parse::lexer::{TokenKind, Tokens};
use crate::parse::numbers::signed_number_at;
use crate::parse::openings::{enacting_at, ends_sentence, is_infinitive, opens_preamble};
use crate::parse::pieces::name_end;
use crate::parse::quotes::quotation_at;
use crate::parse::registration::{
    KindHeading, What, heading_read, is_title_start, names_a_kind, registration,
};
use crate::parse::zones::is_stamp;

/// The longest letterhead over a heading, and the longest registration behind it, in tokens.
const LONGEST_HEAD: usize = 80;

/// A heading inside a block.
pub(super) struct Heading {
    /// The kind word.
    pub(super) at: usize,
    /// Where heading, title and preamble begin, and what stands between them.
    pub(super) borders: Vec<usize>,
    /// Where the preamble begins, or the block ends.
    pub(super) body: usize,
}

/// The heading in a block that holds other parts of the order as well.
pub(super) fn heading_inside(tokens: &Tokens<'_>, block: &Range<usize>) -> Option<Heading> {
    let reach = block.end.min(block.start + LONGEST_HEAD);
    for at in block.start..reach {
        // Where the preamble has begun, acts are cited; a stamp names the act that approved a document.
        let cites = opens(tokens, at) || enacts(tokens, at);
        if cites || is_stamp(tokens, at) {
            return None;
        }
        if is_kind_word(tokens, at, block) {
            return heading_at(tokens, at, block);
        }
    }
    None
}

/// A kind that begins the block, or stands in capitals or spaced letters behind a letterhead.
fn is_kind_word(tokens: &Tokens<'_>, at: usize, block: &Range<usize>) -> bool {
    tokens.is_word(at)
        && may_begin(tokens, at)
        && (at == block.start && tokens.is_capitalised(at)
            || is_in_capitals(tokens, at) && !asks_for_an_act(tokens, at - 1))
        && names_a_kind(tokens, at)
}

/// «ПРИКАЗ», «П Р И К А З», «прикАз», as a recogniser reads capitals.
fn is_in_capitals(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_all_capitals(at) || tokens.raw(at).chars().skip(1).any(char::is_uppercase)
}

/// «В ПРИКАЗ № 5», «ОТМЕНИТЬ ПРИКАЗ № 5», «устав, ПРИКАЗ № 5»: a word or mark behind which an act is cited.
fn asks_for_an_act(tokens: &Tokens<'_>, before: usize) -> bool {
    let joins = matches!(
        tokens.word(before),
        "в" | "во"
            | "на"
            | "и"
            | "или"
            | "за"
            | "под"
            | "настоящий"
            | "данный"
            | "силу"
            | "настоящее"
            | "данное"
    );
    joins
        || is_infinitive(tokens.word(before)) && tokens.length(before) > 4
        || matches!(
            tokens.kind(before),
            Some(TokenKind::OpenQuote | TokenKind::Dash | TokenKind::Mark(',' | ';' | '(' | ':'))
        )
}

/// The parts of the head around the kind word at `at`.
fn heading_at(tokens: &Tokens<'_>, at: usize, block: &Range<usize>) -> Option<Heading> {
    let reach = block.end.min(at + LONGEST_HEAD);
    let begins_part = |index: usize| {
        may_begin(tokens, index)
            && (is_capital_title(tokens, index) || opens(tokens, index) || enacts(tokens, index))
    };
    let limit = (at + 1..reach)
        .find(|&index| begins_part(index))
        .or((reach == block.end && begins_part(reach)).then_some(reach))?;
    let found = heading_read(tokens, &(at..limit))?;
    let is_registered = found
        .items
        .iter()
        .any(|item| matches!(item.what, What::Number { .. } | What::Date(_)));
    let mut borders = territories(tokens, block.start..at);
    borders.push(at);
    if is_registered {
        borders.push(end_of_registration(&found, limit));
    } else {
        borders.push(found.word.end);
        borders.push(registration_behind(tokens, found.word.end..limit)?);
    }
    let body = if limit < block.end && is_capital_title(tokens, limit) {
        borders.push(limit);
        body_behind_title(tokens, limit, block.end)?
    } else {
        limit
    };
    borders.push(body);
    // «ПРИКАЗ № 5 О смотре», a line as it should be; «Приказ № 5 «О смотре» отменён.»
    let has_other_parts = at > block.start || body < block.end;
    let heads = is_in_capitals(tokens, at) || (body..block.end).any(|at| enacts(tokens, at));
    (has_other_parts && heads).then_some(Heading { at, borders, body })
}

/// Where number, date and place end. A capitalised word behind them is a settlement where nothing but the next part
/// follows it: «№ 5 Муниципальное учреждение» names a body.
fn end_of_registration(found: &KindHeading, limit: usize) -> usize {
    found
        .items
        .last()
        .filter(|last| last.what == (What::Place { marked: false }) && last.tokens.end < limit)
        .map_or(found.rest, |last| last.tokens.start)
}

/// «ПРИКАЗ Ключи 19.01.2024 № 20»: number and date behind other words, up to the end.
fn registration_behind(tokens: &Tokens<'_>, words: Range<usize>) -> Option<usize> {
    let begins = |at: usize| {
        date_at(tokens, at + usize::from(tokens.word(at) == "от")).is_some()
            || signed_number_at(tokens, at).is_some()
    };
    let start = words.clone().find(|&at| begins(at))?;
    registration(tokens, start..words.end).map(|_| start)
}

/// «Российская Федерация Кедровая область Лесной район Дума …»: where the lines of a letterhead end that say where a
/// body is, and no body.
fn territories(tokens: &Tokens<'_>, letterhead: Range<usize>) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = letterhead.start;
    loop {
        let is_territory = match (tokens.word(at), tokens.word(at + 1)) {
            ("российская", "федерация") => true,
            ("республика", _) => tokens.is_capitalised(at + 1),
            (_, "область" | "край" | "район" | "округ") => {
                tokens.is_capitalised(at)
            }
            _ => false,
        };
        at += 2;
        if !is_territory || at >= letterhead.end {
            return ends;
        }
        ends.push(at);
    }
}

/// «О …», «ОБ …», with a capital letter.
fn is_capital_title(tokens: &Tokens<'_>, at: usize) -> bool {
    is_title_start(tokens, at)
        && (tokens.is_capitalised(at) || !tokens.is_word(at) && tokens.is_capitalised(at + 1))
}

/// The first words of a preamble, with a capital letter.
fn opens(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_capitalised(at) && opens_preamble(tokens, at)
}

fn enacts(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_word(at) && enacting_at(tokens, at).is_some()
}

/// Where a title ends that starts at `title`: the first words of a preamble, an enacting word, or the end of the block.
/// Nothing where the end of the title cannot be told.
pub(super) fn body_behind_title(tokens: &Tokens<'_>, title: usize, end: usize) -> Option<usize> {
    /// A title longer than this has the beginning of a preamble in it that nobody knows.
    const LONGEST: usize = 150;
    /// One that fills its line up to the end of the block and is longer is not sure to be one.
    const LONGEST_ALONE: usize = 60;
    if let Some(quoted) = quotation_at(tokens, title).filter(|quoted| quoted.balanced) {
        let ends = quoted.end == end || tokens.is_capitalised(quoted.end);
        return (quoted.end <= end && ends).then_some(quoted.end);
    }
    let mut at = title + 2;
    while at < end.min(title + LONGEST) {
        if let Some(quoted) = quotation_at(tokens, at).filter(|quoted| quoted.balanced) {
            at = quoted.end;
            continue;
        }
        let in_capitals = || tokens.is_all_capitals(at - 1) && tokens.is_all_capitals(at + 1);
        if may_begin(tokens, at) && opens(tokens, at) && !in_capitals() {
            return Some(at);
        }
        if may_begin(tokens, at) && tokens.is_capitalised(at) && ends_sentence(tokens, at) {
            return Some(at);
        }
        if enacts(tokens, at) {
            return is_nothing_but_title(tokens, title + 1..at).then_some(at);
        }
        at += 1;
    }
    (at >= end && end - title <= LONGEST_ALONE).then_some(end)
}

/// Whether no word with a capital letter may begin a preamble: names have one, and words in capitals.
fn is_nothing_but_title(tokens: &Tokens<'_>, title: Range<usize>) -> bool {
    title.into_iter().all(|at| {
        !tokens.is_capitalised(at)
            || tokens.is_all_capitals(at)
            || name_end(tokens, at).is_some()
            || is_name(&readings(tokens.raw(at)))
    })
}

/// Whether a word may be a name: it is one, or the dictionary does not know it.
fn is_name(readings: &[Reading]) -> bool {
    readings.iter().all(|reading| !reading.known)
        || readings
            .iter()
            .any(|reading| reading.part_of_speech == PartOfSpeech::ProperNoun)
}
