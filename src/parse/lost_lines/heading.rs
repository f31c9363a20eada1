//! The heading of an order inside a paragraph: letterhead, kind, registration and title without lines.
//!
//! In: the tokens of a block. Out: where heading, title and preamble begin. Must never: take an act that a sentence
//! cites for the heading, or the first words of a preamble for the end of a title.

use std::ops::Range;

use super::may_begin;
use crate::lexicon::morphology::{PartOfSpeech, Reading, readings};
use crate::lexicon::words::WordClass;
use crate::parse::dates::date_at;
use crate::parse::kind_headings::{KindHeading, heading_read, names_a_kind};
use crate::parse::lexer::{TokenKind, Tokens};
use crate::parse::numbers::signed_number_at;
use crate::parse::openings::{
    enacting_at, ends_sentence, is_infinitive, is_note_of_adoption, is_note_of_edition,
    is_note_of_publisher, opens_preamble,
};
use crate::parse::pieces::name_end;
use crate::parse::quotes::quotation_at;
use crate::parse::registration::{What, has_number_and_date, is_title_start, registration};
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

/// The heading in a block that holds other parts of the order as well. The name of a page may stand over it: «Приказ
/// Минлеса от 01.02.2024 N 5 МИНИСТЕРСТВО ЛЕСА ПРИКАЗ от 1 февраля 2024 г. N 5».
pub(super) fn heading_inside(tokens: &Tokens<'_>, block: &Range<usize>) -> Option<Heading> {
    let reach = block.end.min(block.start + LONGEST_HEAD);
    // The cheap question first: most blocks name no kind.
    if opens(tokens, block.start) || !(block.start..reach).any(|at| is_kind_word(tokens, at, block))
    {
        return None;
    }
    let mut caption = None;
    for at in block.start..reach {
        // Where the preamble has begun, acts are cited; a stamp names the act that approved a document.
        let cites = opens(tokens, at) || enacts(tokens, at);
        if cites || is_stamp(tokens, at) || caption.is_some() && is_capital_title(tokens, at) {
            break;
        }
        if !is_kind_word(tokens, at, block) {
            continue;
        }
        if !is_in_capitals(tokens, at) {
            caption = Some(at);
            continue;
        }
        let mut heading = heading_at(tokens, at, block)?;
        if let Some(caption) = caption {
            let name = heading_read(tokens, &(caption..at))?;
            // What stands before the heading is its letterhead, and no settlement.
            let end = end_of_registration(&name, at + 1);
            heading.borders.insert(0, end);
        }
        return Some(heading);
    }
    heading_at(tokens, caption?, block)
}

/// A kind that begins the block, or stands in capitals or spaced letters behind a letterhead.
fn is_kind_word(tokens: &Tokens<'_>, at: usize, block: &Range<usize>) -> bool {
    (tokens.is_capitalised(at) || is_in_capitals(tokens, at))
        && may_begin(tokens, at)
        && (at == block.start || is_in_capitals(tokens, at) && !asks_for_an_act(tokens, at - 1))
        && names_a_kind(tokens, at)
}

/// «ПРИКАЗ», «П Р И К А З», «прикАз», as a recogniser reads capitals.
fn is_in_capitals(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_all_capitals(at)
        || tokens.meaning(at, WordClass::Act).is_some()
            && tokens.raw(at).chars().skip(1).any(char::is_uppercase)
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
            | "силу"
            | "настоящий"
            | "данный"
            | "настоящее"
            | "данное"
    );
    // «области» ends like an infinitive.
    let asks = || {
        is_infinitive(tokens.word(before))
            && readings(tokens.raw(before))
                .iter()
                .any(|reading| reading.part_of_speech == PartOfSpeech::Verb)
    };
    let opens = || {
        matches!(
            tokens.kind(before),
            Some(TokenKind::OpenQuote | TokenKind::Dash | TokenKind::Mark(',' | ';' | '(' | ':'))
        )
    };
    joins || opens() || asks()
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
    let mut borders = letterhead_lines(tokens, block.start..at);
    borders.push(at);
    if is_registered {
        borders.push(end_of_registration(&found, limit));
    } else {
        borders.push(found.word.end);
        borders.push(registration_behind(tokens, found.word.end..limit)?);
    }
    borders.push(limit);
    let mut body = limit;
    if limit < block.end && is_capital_title(tokens, limit) {
        let title = title_at(tokens, limit, block.end)?;
        borders.extend([title.end, title.body]);
        body = title.body;
    }
    // «ПРИКАЗ № 5 О смотре», a line as it should be; «Приказ № 5 «О смотре» отменён.»
    let has_other_parts = at > block.start || body < block.end;
    let heads = is_in_capitals(tokens, at)
        || opens(tokens, body)
        || begins_clause(tokens, body)
        || (body..block.end).any(|at| enacts(tokens, at));
    (has_other_parts && heads).then_some(Heading { at, borders, body })
}

/// Where number, date and place end. What is named behind number and date is no body in the genitive, and a capitalised
/// word is a settlement where nothing but the next part follows it: «№ 5 Муниципальное учреждение» names a body.
fn end_of_registration(found: &KindHeading, limit: usize) -> usize {
    let mut items = found.items.as_slice();
    let mut end = found.rest;
    if let Some(issuer) = &found.issuer {
        let before = items.partition_point(|item| item.tokens.end <= issuer.start);
        let before = &items[..before];
        if has_number_and_date(before) {
            (items, end) = (before, issuer.start);
        }
    }
    items
        .last()
        .filter(|last| last.what == (What::Place { marked: false }) && last.tokens.end < limit)
        .map_or(end, |last| last.tokens.start)
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

/// Where the lines of a letterhead begin behind its first: behind «Российская Федерация», «Кедровая область», «Лесной
/// муниципальный район», which say where a body is, and before the name of an institution, which stands under that of
/// its founder.
fn letterhead_lines(tokens: &Tokens<'_>, letterhead: Range<usize>) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut at = letterhead.start;
    while let Some(end) = territory_end(tokens, at).filter(|&end| end < letterhead.end) {
        lines.push(end);
        at = end;
    }
    lines.extend((at + 1..letterhead.end).find(|&at| begins_institution(tokens, at)));
    lines
}

/// «Лесной муниципальный район», «Республика Кедрия»; nothing where a letterhead goes on with a body.
fn territory_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// «городской», «муниципальный»
    const MOST_ADJECTIVES: usize = 2;
    if !tokens.is_capitalised(at) {
        return None;
    }
    if tokens.word(at) == "республика" || tokens.word(at + 1) == "федерация" {
        return tokens.is_capitalised(at + 1).then_some(at + 2);
    }
    let is_adjective = |index: &usize| {
        ["ая", "ий", "ый", "ой"]
            .iter()
            .any(|ending| tokens.word(*index).ends_with(ending))
    };
    let unit = at + (at..at + MOST_ADJECTIVES).take_while(is_adjective).count();
    (unit > at && matches!(tokens.word(unit), "область" | "край" | "район" | "округ"))
        .then_some(unit + 1)
}

/// «Муниципальное бюджетное учреждение», in the nominative.
fn begins_institution(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «дошкольное», «общеобразовательное»
    const MOST_ADJECTIVES: usize = 6;
    tokens.is_capitalised(at)
        && matches!(
            tokens.word(at),
            "муниципальное"
                | "государственное"
                | "федеральное"
                | "краевое"
                | "областное"
        )
        && (at + 1..=at + MOST_ADJECTIVES).any(|index| tokens.word(index) == "учреждение")
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

/// A title inside a block.
pub(super) struct Title {
    /// Where it ends.
    pub(super) end: usize,
    /// Where preamble or clauses begin: behind the notes of a publisher that follow it.
    pub(super) body: usize,
}

/// The title that starts at `start`: up to the first words of a preamble, a note, an enacting word, a clause, or the end
/// of the block. Nothing where its end cannot be told.
pub(super) fn title_at(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<Title> {
    /// Titles are shorter, with the notes behind them.
    const LONGEST: usize = 200;
    /// One that nothing but the end of the block ends, and that is longer, is not sure to be one.
    const LONGEST_ALONE: usize = 60;
    let quoted = quotation_at(tokens, start).filter(|quoted| quoted.balanced);
    let mut title_end = quoted.map(|quoted| quoted.end);
    let mut at = title_end.unwrap_or(start + 2);
    while at < end.min(start + LONGEST) {
        if let Some(quoted) = quotation_at(tokens, at).filter(|quoted| quoted.balanced) {
            at = quoted.end;
            continue;
        }
        let in_capitals = || tokens.is_all_capitals(at - 1) && tokens.is_all_capitals(at + 1);
        if begins_clause(tokens, at) || may_begin(tokens, at) && opens(tokens, at) && !in_capitals()
        {
            // «Об отпуске главы Ухожу в отпуск. На основании …» has a sentence in it.
            let is_sure = title_end.is_some()
                || !ends_sentence(tokens, at)
                || is_nothing_but_title(tokens, start + 1..at);
            let end = title_end.unwrap_or(at);
            return is_sure.then_some(Title { end, body: at });
        }
        let ends =
            || may_begin(tokens, at) && tokens.is_capitalised(at) && ends_sentence(tokens, at);
        let enacts = enacts(tokens, at);
        if enacts || title_end.is_none() && ends() {
            let is_sure = title_end.is_some() || is_nothing_but_title(tokens, start + 1..at);
            let end = title_end.unwrap_or(at);
            return is_sure.then_some(Title { end, body: at });
        }
        if title_end.is_none() && begins_note(tokens, at, end) {
            title_end = Some(at);
        }
        at += 1;
    }
    if let Some(end) = title_end {
        return Some(Title { end, body: end });
    }
    let is_sure =
        at >= end && end - start <= LONGEST_ALONE && is_nothing_but_title(tokens, start + 1..end);
    is_sure.then_some(Title { end, body: end })
}

/// «1. Провести», «1.Открыть»: the first clause, right behind a title.
fn begins_clause(tokens: &Tokens<'_>, at: usize) -> bool {
    may_begin(tokens, at)
        && tokens.is_number(at)
        && tokens.word(at) == "1"
        && tokens.is_mark(at + 1, '.')
        && tokens.is_capitalised(at + 2)
        && tokens.length(at + 2) > 1
}

/// What stands behind a title and is no part of it: the notes of a publisher, a line of underscores, the title again.
fn begins_note(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    /// Tokens that show what a note is.
    const SHOWN: usize = 20;
    let shown = at..end.min(at + SHOWN);
    may_begin(tokens, at)
        && (tokens.kind(at) == Some(TokenKind::Blank)
            || is_note_of_edition(tokens, &shown)
            || tokens.is_capitalised(at)
                && (is_title_start(tokens, at)
                    || is_note_of_adoption(tokens, &shown)
                    || is_note_of_publisher(tokens, &shown)
                    || tokens.word(at).starts_with("зарегистрирован")))
}

/// Whether no word with a capital letter may begin a preamble: names have one, and words in capitals.
fn is_nothing_but_title(tokens: &Tokens<'_>, title: Range<usize>) -> bool {
    title.into_iter().all(|at| {
        !tokens.is_capitalised(at)
            || is_written_in_capitals(tokens, at)
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

/// «МБОУ», «А.», «ШКОЛА В ЛЕСУ»: a word or an initial in capitals, and no «В» that begins a sentence.
fn is_written_in_capitals(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_all_capitals(at)
        && (tokens.length(at) > 1 || tokens.is_mark(at + 1, '.') || tokens.is_all_capitals(at - 1))
}
