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
    /// Tokens that show what a zone is: «С приказом по основной деятельности ознакомлены».
    const SHOWN: usize = 12;
    range
        .clone()
        .filter(|&at| {
            tokens.is_capitalised(at)
                && may_begin(tokens, at)
                && matches!(
                    tokens.word(at),
                    "с" | "со"
                        | "приложение"
                        | "исп"
                        | "исполнитель"
                        | "исполнил"
                        | "ознакомлен"
                        | "ознакомлена"
                        | "ознакомлены"
                        | "лист"
                        | "согласовано"
                        | "разослано"
                        | "рассылка"
                )
                && zone_at(tokens, &(at..range.end.min(at + SHOWN))).is_some()
        })
        .collect()
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
                && (tokens.is_mark(at - 1, '.') || name_before(tokens, from, at).is_some())
                && signature_blocks(tokens, std::slice::from_ref(&(at..end)), 0) == 1
        })
}
