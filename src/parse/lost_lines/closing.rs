//! What stands behind the last clause inside a paragraph: signatures, acknowledgements, executors, attachments.
//!
//! In: the tokens from the last clause on. Out: where each of these begins. Must never: take a charge of a clause for a
//! signature, or an attachment that a clause speaks of for an attachment.

use std::ops::Range;

use super::may_begin;
use crate::parse::lexer::Tokens;
use crate::parse::openings::ends_sentence;
use crate::parse::pieces::name_before;
use crate::parse::signature::signature_blocks;
use crate::parse::zones::zone_at;

/// The longest signature that is looked for, in tokens.
const LONGEST_SIGNATURE: usize = 60;

/// Where signatures and the zones behind them begin.
pub(super) fn closing(tokens: &Tokens<'_>, range: Range<usize>) -> Vec<usize> {
    let zones = zones(tokens, &range);
    // What a clause speaks of has no signature before it.
    let ends = zones.iter().copied().chain([range.end]);
    let signed = ends
        .map(|end| (signatures(tokens, range.start, end), end))
        .find(|(starts, _)| !starts.is_empty());
    let Some((mut borders, end)) = signed else {
        return Vec::new();
    };
    borders.extend(zones.into_iter().filter(|&zone| zone >= end));
    borders
}

/// Where a zone may begin.
fn zones(tokens: &Tokens<'_>, range: &Range<usize>) -> Vec<usize> {
    range
        .clone()
        .filter(|&at| {
            tokens.is_capitalised(at) && may_begin(tokens, at) && begins_zone(tokens, at, range.end)
        })
        .collect()
}

fn begins_zone(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    /// Tokens that show what a zone is: «С приказом по основной деятельности ознакомлены».
    const SHOWN: usize = 12;
    let word = tokens.word(at);
    // The stamp of the ministry of justice, under the signature.
    if word.starts_with("зарегистрирован") {
        return true;
    }
    let may_begin_one = matches!(
        word,
        "с" | "со"
            | "приложение"
            | "исп"
            | "исполнитель"
            | "исполнил"
            | "лист"
            | "согласовано"
            | "разослано"
            | "рассылка"
    ) || word.starts_with("ознакомлен")
        || word.starts_with("утвержден");
    may_begin_one && zone_at(tokens, &(at..end.min(at + SHOWN))).is_some()
}

/// Where each signature begins that stands right before `end`, in order.
fn signatures(tokens: &Tokens<'_>, from: usize, end: usize) -> Vec<usize> {
    /// More sign no order together.
    const MOST: usize = 6;
    let mut starts = Vec::new();
    let mut end = end;
    while starts.len() < MOST
        && let Some(start) = signature_before(tokens, from, end)
    {
        starts.push(start);
        end = start;
    }
    starts.reverse();
    starts
}

/// The position of the one whose name ends before `end`, behind a sentence or another signature.
fn signature_before(tokens: &Tokens<'_>, from: usize, end: usize) -> Option<usize> {
    name_before(tokens, from, end)?;
    (end.saturating_sub(LONGEST_SIGNATURE).max(from + 1)..end)
        .rev()
        .take_while(|&at| at + 1 >= end || !ends_sentence(tokens, at + 1))
        .find(|&at| {
            may_begin(tokens, at)
                && tokens.is_capitalised(at)
                && (ends_clause(tokens, at) || name_before(tokens, from, at).is_some())
                && signature_blocks(tokens, std::slice::from_ref(&(at..end)), 0) == 1
        })
}

/// Whether a full stop before `at` ends a clause, and is not that of its number.
fn ends_clause(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «12.»
    const LONGEST_NUMBER: usize = 2;
    let is_number =
        |index: usize| tokens.is_number(index) && tokens.length(index) <= LONGEST_NUMBER;
    tokens.is_mark(at - 1, '.') && !at.checked_sub(2).is_some_and(is_number)
}
