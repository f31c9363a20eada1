//! Who signed an order and in what position, and who was acquainted with it.
//!
//! In: tokens, the outline and the mentions of people with their roles. Out: signatories and
//! acknowledgements (spans in bytes). Must never: take a stamp or a caption for a position.

use std::ops::Range;

use super::lexer::{TokenKind, Tokens};
use super::names::name_at;
use super::outline::Outline;
use crate::order::{Acknowledgement, Day, PersonRole, Signatory};
use crate::text::Span;

/// Positions and names of the signature, in order.
pub(crate) fn signatories(
    tokens: &Tokens<'_>,
    outline: &Outline,
    mentions: &[(Range<usize>, usize, PersonRole)],
) -> Vec<Signatory> {
    let mut found: Vec<Signatory> = Vec::new();
    let signing: Vec<_> = mentions
        .iter()
        .filter(|(_, _, role)| *role == PersonRole::Signatory)
        .collect();
    let zone = if outline.signature.is_empty() {
        outline.approvals.first().cloned().unwrap_or_default()
    } else {
        outline.signature.clone()
    };
    let mut from = zone.start;
    for (index, (range, person, _)) in signing.iter().enumerate() {
        let until = signing
            .get(index + 1)
            .map_or(zone.end, |(next, _, _)| next.start);
        // The position stands before the name; a name in the first place has it behind.
        let before = from..range.start;
        let position =
            position_in(tokens, before.clone()).or_else(|| position_in(tokens, range.end..until));
        let span = tokens.span(range.start, range.end);
        let span = position
            .as_ref()
            .map_or(span, |(words, _)| words.join(span));
        found.push(Signatory {
            position: position.map(|(_, text)| text),
            person: *person,
            span,
            confidence: 0.97,
        });
        from = range.end;
    }
    found
}

/// The words of a position in a range: from its first word to its last, lines and marks left out.
fn position_in(tokens: &Tokens<'_>, range: Range<usize>) -> Option<(Span, String)> {
    let is_word = |index: usize| {
        matches!(
            tokens.kind(index),
            Some(
                TokenKind::Word
                    | TokenKind::OpenQuote
                    | TokenKind::CloseQuote
                    | TokenKind::Number
                    | TokenKind::NumberSign
            )
        )
    };
    let stamp = |index: usize| {
        matches!(tokens.word(index), "м" | "мп")
            || tokens.word(index) == "п" && tokens.word(index.wrapping_sub(2)) == "м"
    };
    let heading = |index: usize| {
        matches!(
            tokens.word(index),
            "утверждаю"
                | "согласовано"
                | "подпись"
                | "подписано"
                | "электронной"
                | "подписью"
        )
    };
    let first = range
        .clone()
        .find(|&index| is_word(index) && !stamp(index) && !heading(index))?;
    let last = (first..range.end)
        .rev()
        .find(|&index| is_word(index) && !stamp(index) && !heading(index))?;
    let words = tokens.slice(first, last + 1);
    let mut shown = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let before = shown.len();
        if before > 0 {
            shown.push(' ');
        }
        let from = shown.len();
        word.split(['_', '/']).for_each(|part| shown.push_str(part));
        if shown.len() == from {
            shown.truncate(before);
        }
    }
    (!shown.is_empty() && shown.chars().any(char::is_alphabetic))
        .then(|| (tokens.span(first, last + 1), shown))
}

/// Everybody acquainted, each once, with the date beside the name.
pub(crate) fn acknowledgements(
    tokens: &Tokens<'_>,
    mentions: &[(Range<usize>, usize, PersonRole)],
) -> Vec<Acknowledgement> {
    let mut found: Vec<Acknowledgement> = Vec::new();
    for (range, person, _) in mentions
        .iter()
        .filter(|(_, _, role)| *role == PersonRole::Acknowledged)
    {
        let date = date_beside(tokens, range);
        match found.iter_mut().find(|known| known.person == *person) {
            Some(known) => known.date = known.date.or(date),
            None => found.push(Acknowledgement {
                person: *person,
                date,
                span: tokens.span(range.start, range.end),
            }),
        }
    }
    found
}

/// The date in the row or line of a name.
fn date_beside(tokens: &Tokens<'_>, name: &Range<usize>) -> Option<Day> {
    let end = tokens.block_end(name.start);
    let mut at = name.end;
    while at < end {
        if name_at(tokens, at).is_some() {
            return None;
        }
        if let Some((super::dates::DateReading::Day(day), _)) = super::dates::date_at(tokens, at) {
            return Some(Day(day));
        }
        at += 1;
    }
    None
}
