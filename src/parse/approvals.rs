//! What gave a document its force, named behind it: «…, утверждённых постановлением …», «(утв. 11.09.2023)», «решением
//! совета (протокол № 5 от …)».
//!
//! In: tokens, the noun of a document and the mark behind its name. Out: a [`Citation`] of the act that approved it, or of
//! the document with the day. Must never: take the number of a protocol for that of a document.

use super::attributes::attributes_of_name;
use super::citations::{Citation, blank, issued_act, with_attributes};
use super::dates::{DateReading, date_at};
use super::documents::{MAX_NAME_TOKENS, is_dated};
use super::heads::{Head, head_at};
use super::lexer::{TokenKind, Tokens};
use super::numbers::{NumberReading, normal_number, signed_number_at};
use super::pinpoints::{may_depend_on_provision, pinpoints_at};
use crate::lexicon::morphology::{Case, readings};
use crate::lexicon::words::WordClass;

/// «(приказ Минтранса …)», «(ПП РФ …)», «(приложение № 2 к приказу …)»
pub(crate) fn names_approving_act(tokens: &Tokens<'_>, at: usize) -> bool {
    let act = behind_attachment(tokens, at).unwrap_or(at);
    head_at(tokens, act).is_some_and(|(head, _)| !matches!(head, Head::Protocol | Head::Charter))
}

/// «приложение № 2 к приказу»: where the act begins.
fn behind_attachment(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.meaning(at, WordClass::Pinpoint) != Some("appendix") {
        return None;
    }
    let end = pinpoints_at(tokens, at).map_or(at + 1, |found| found.end);
    (tokens.word(end) == "к").then_some(end + 1)
}

/// «утверждённых», «утв.», «принятый»: an act that gave a document its force is named behind it. «Правил
/// разработки, утверждения и принятия …» only goes on with the name.
pub(crate) fn is_approving(word: &str) -> bool {
    word == "утв"
        || word.starts_with("введенн")
        || word.starts_with("утвержден") && !word.starts_with("утверждени")
        || word.starts_with("принят") && !word.starts_with("приняти")
}

/// The act behind «, утверждённых», «(утв.» or «(».
pub(crate) fn approving_act(
    tokens: &Tokens<'_>,
    at: usize,
    noun: usize,
    mark: usize,
) -> Option<Citation> {
    let bracket = tokens.is_mark(mark, '(');
    let mut next = mark + 1;
    while is_approving(tokens.word(next))
        || tokens.is_mark(next, '.')
        // «введённого в действие приказом»
        || tokens.word(next) == "в" && tokens.word(next + 1) == "действие"
        || tokens.word(next) == "действие"
    {
        next += 1;
    }
    next = behind_attachment(tokens, next).unwrap_or(next);
    let mut act = issued_act(tokens, next)
        .or_else(|| decided_at(tokens, next))
        .or_else(|| decided_by_body(tokens, next))?;
    // «принятого решением учёного совета от 26.05.2022, протокол № 5», «… от 26.05.2022 (протокол № 5)»
    let protocol = act.tokens.end + 1;
    let in_brackets = tokens.is_mark(protocol - 1, '(');
    if act.number.is_none()
        && act.head == Head::Decision
        && (in_brackets || tokens.is_mark(protocol - 1, ','))
        && tokens.meaning(protocol, WordClass::Act) == Some("protocol")
        && let Some((NumberReading::Number(start, stop), end)) =
            signed_number_at(tokens, protocol + 1)
    {
        act.number = Some(normal_number(tokens.slice(start, stop)));
        act.tokens.end = end + usize::from(in_brackets && tokens.is_mark(end, ')'));
        act.next = act.next.max(act.tokens.end);
    }
    let closes = bracket && tokens.is_mark(act.tokens.end, ')');
    let end = act.tokens.end + usize::from(closes);
    // «Правил … (утв. приказом … № 811) (далее – ПТЭЭП)»
    if closes && act.definition.is_none() {
        let behind = attributes_of_name(tokens, end);
        act.definition = behind.definition;
        act.next = act.next.max(behind.next);
    }
    // «Положением о комиссии», утверждённым …: the mark that opens before the noun closes behind the name.
    let closes_outside = tokens.kind(mark - 1) == Some(TokenKind::CloseQuote)
        && tokens.kind(at.wrapping_sub(1)) == Some(TokenKind::OpenQuote);
    let name_end = (mark - usize::from(closes_outside)).max(noun + 1);
    Some(Citation {
        name: Some(at..name_end),
        tokens: at..end,
        next: act.next.max(end),
        ..act
    })
}

/// «п. 3.4 Положения о комиссии (утв. 11.09.2023)», «Положением о комитете (утв. правлением 17.05.2022, протокол № 14)»:
/// a document of which only the day is told when it was approved, and by whom. The number of the protocol is none of the
/// document's.
pub(crate) fn approved_on(tokens: &Tokens<'_>, at: usize, mark: usize) -> Option<Citation> {
    let approved = mark + 1;
    let stop = usize::from(tokens.is_mark(approved + 1, '.'));
    let behind = end_of_approving_body(tokens, approved + 1 + stop);
    let (DateReading::Day(date), end) =
        date_at(tokens, behind + usize::from(tokens.word(behind) == "от"))?
    else {
        return None;
    };
    let end = end_of_protocol(tokens, end).unwrap_or(end);
    let end = end + usize::from(tokens.is_mark(mark, '(') && tokens.is_mark(end, ')'));
    (is_approving(tokens.word(approved)) && tokens.is_capitalised(at)).then(|| Citation {
        date: Some(date),
        name: Some(at..mark),
        ..blank(Head::Approved, at..end, end)
    })
}

/// «правлением 17.05.2022», «общим собранием от 17.05.2022»: where the body that approved a document ends before the day;
/// `at` itself where no body is named.
fn end_of_approving_body(tokens: &Tokens<'_>, at: usize) -> usize {
    /// «общим собранием членов товарищества собственников» has five words.
    const LONGEST: usize = 8;
    let named = readings(tokens.raw(at))
        .iter()
        .any(|reading| reading.case == Some(Case::Instrumental));
    if !named || !tokens.is_word(at) {
        return at;
    }
    (at + 1..=at + LONGEST)
        .take_while(|&index| {
            tokens.continues(index) && tokens.meaning(index - 1, WordClass::Act).is_none()
        })
        .find(|&index| is_dated(tokens, index) || date_at(tokens, index).is_some())
        .unwrap_or(at)
}

/// «…, протокол № 14» behind the day of an approval.
fn end_of_protocol(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let protocol = at + usize::from(tokens.is_mark(at, ','));
    if tokens.meaning(protocol, WordClass::Act) != Some("protocol") || !tokens.continues(protocol) {
        return None;
    }
    let (NumberReading::Number(..), end) = signed_number_at(tokens, protocol + 1)? else {
        return None;
    };
    Some(end)
}

/// «решением наблюдательного совета (протокол от 19.12.2022 № 3)»: the protocol has the date and number.
pub(crate) fn decided_at(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    if tokens.meaning(at, WordClass::Act) != Some("decision") {
        return None;
    }
    in_protocol(tokens, at, at + 1)
}

/// «утверждённое наблюдательным советом (протокол от 11.05.2023 № 6)»: the body stands for its decision.
fn decided_by_body(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    let is_body = tokens.is_word(at)
        && readings(tokens.raw(at))
            .iter()
            .any(|reading| reading.case == Some(Case::Instrumental));
    if !is_body || tokens.meaning(at, WordClass::Act).is_some() {
        return None;
    }
    in_protocol(tokens, at, at)
}

/// What a body decided, by the date and number of the protocol in brackets behind its name.
fn in_protocol(tokens: &Tokens<'_>, at: usize, body: usize) -> Option<Citation> {
    /// The name of a council up to the bracket.
    const REACH: usize = 10;
    let open = (at + 1..at + REACH)
        .take_while(|&index| tokens.continues(index))
        .find(|&index| tokens.is_mark(index, '('))?;
    if tokens.meaning(open + 1, WordClass::Act) != Some("protocol") {
        return None;
    }
    let protocol = with_attributes(tokens, Head::Protocol, open + 1..open + 2, false);
    protocol.date?;
    let end = protocol.tokens.end + usize::from(tokens.is_mark(protocol.tokens.end, ')'));
    Some(Citation {
        issuer: (open > body).then_some(body..open),
        tokens: at..end,
        next: protocol.next.max(end),
        ..protocol
    })
}

/// «Правилами по охране труда при …, утв. приказом …»: whether the noun of a document begins a full name behind which
/// stands what approved it, so that it is no short form of another.
pub(crate) fn has_a_full_name(tokens: &Tokens<'_>, noun: usize) -> bool {
    let behind = noun + 1;
    let is_name = tokens.is_word(behind)
        && tokens.continues(behind)
        && !tokens.is_capitalised(behind)
        && (matches!(tokens.word(behind), "о" | "об" | "по")
            || may_depend_on_provision(tokens.raw(behind)));
    if !is_name || tokens.meaning(noun, WordClass::Approved).is_none() {
        return false;
    }
    (behind + 1..behind + MAX_NAME_TOKENS)
        .take_while(|&index| {
            tokens.continues(index)
                && tokens.meaning(index, WordClass::Act).is_none()
                && tokens.meaning(index, WordClass::Leads).is_none()
                && !(tokens.is_capitalised(index)
                    && tokens.meaning(index, WordClass::Approved).is_some())
        })
        .find(|&index| tokens.is_mark(index, ',') || tokens.is_mark(index, '('))
        .is_some_and(|mark| is_approving(tokens.word(mark + 1)))
}
