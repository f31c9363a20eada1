//! What an order does with an act that it cites: the verb beside the citation tells.
//!
//! In: tokens, the outline and a citation. Out: a [`Role`]. Must never: look beyond the citation's
//! block and a fixed reach.

use std::ops::Range;

use super::clause_labels::label_of;
use super::lexer::{TokenKind, Tokens};
use super::outline::Outline;
use crate::lexicon::words::WordClass;
use crate::order::Role;

/// How far from a citation the telling verb is looked for, in tokens.
const REACH: usize = 60;

/// How far back the words are looked for that lead a list of acts in a preamble: titles are long.
const LIST_REACH: usize = 400;

/// How many blocks of a list may stand between «признать утратившими силу:» and an act in it.
const LONGEST_LIST: usize = 40;

pub(crate) fn role_of(tokens: &Tokens<'_>, outline: &Outline, citation: &Range<usize>) -> Role {
    let at = citation.start;
    if is_in_edition(tokens, at) {
        return Role::Mention;
    }
    if outline.operative.contains(&at) || outline.title.contains(&at) {
        let start = tokens.block_start(at).max(at.saturating_sub(REACH));
        let end = tokens.block_end(at).min(citation.end + REACH);
        return changed(tokens, start..at, citation.end..end)
            .or_else(|| {
                let lead = list_lead(tokens, at)?;
                let start = lead.start.max(lead.end.saturating_sub(REACH));
                changed(tokens, start..lead.end, 0..0)
            })
            .unwrap_or(Role::Mention);
    }
    if outline.preamble.contains(&at) {
        return led_by(
            tokens,
            outline.preamble.start.max(at.saturating_sub(LIST_REACH))..at,
        );
    }
    Role::Mention
}

/// What the verbs before and behind a citation do with the act.
fn changed(tokens: &Tokens<'_>, before: Range<usize>, after: Range<usize>) -> Option<Role> {
    let has = |range: &Range<usize>, wanted: &[&str]| {
        range.clone().any(|index| {
            // «(с изменениями и дополнениями)» is said of an act, and does nothing with it.
            tokens.word(index) != "изменениями"
                && wanted
                    .iter()
                    .any(|word| tokens.word(index).starts_with(word))
        })
    };
    let amending = has(&before, &["внести", "внесени"]);
    // «Приказ от … № … отменить.»
    let is_ended = || {
        after.clone().any(|index| {
            matches!(tokens.word(index), "отменить" | "аннулировать")
                && (!tokens.is_word(index + 1) || tokens.word(index + 1) == "с")
        })
    };
    if has(
        &before,
        &[
            "утративш",
            "отменить",
            "отмене",
            "недействительн",
            "аннулир",
        ],
    ) || (has(&after, &["утративш", "недействительн"]) || is_ended()) && !amending
        || has(&before, &["подлежащ"]) && has(&before, &["применени"])
    {
        return Some(Role::Repeals);
    }
    if has(&before, &["внести", "изменени", "исправить"]) {
        return Some(Role::Amends);
    }
    (has(&before, &["утвердить", "утверждении", "ввести"])
        && tokens.word(before.end.wrapping_sub(1)) != "с")
        .then_some(Role::Approves)
}

/// The block that leads the list a citation stands in: «Признать утратившими силу:».
pub(crate) fn list_lead(tokens: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    let mut start = tokens.block_start(at);
    for _ in 0..LONGEST_LIST {
        let last = start.checked_sub(1)?;
        if tokens.is_mark(last, ':') {
            return Some(tokens.block_start(last)..last);
        }
        // «2. Признать утратившими силу: / 2.1. Приказ … . / 2.2. Приказ … .»: the numbers go on where sentences end.
        let is_counted_below = || {
            label_of(tokens, &(start..tokens.block_end(start)))
                .is_some_and(|label| label.address().contains('.'))
        };
        let goes_on = tokens.is_mark(last, ';') || tokens.is_mark(last, ',') || is_counted_below();
        if !goes_on {
            return None;
        }
        start = tokens.block_start(last);
    }
    None
}

/// Why a preamble cites an act: the nearest leading word before it that stands in no title.
fn led_by(tokens: &Tokens<'_>, before: Range<usize>) -> Role {
    let mut quotes = 0_usize;
    for index in before.rev() {
        match tokens.kind(index) {
            Some(TokenKind::CloseQuote) => quotes += 1,
            Some(TokenKind::OpenQuote) => quotes = quotes.saturating_sub(1),
            _ if quotes > 0 => {}
            _ => match tokens.meaning(index, WordClass::Leads) {
                // «регламентов исполнения функций» only goes on with a name.
                Some("executes") if is_of_a_noun(tokens, index) => {}
                Some("executes") => return Role::Executes,
                Some(_) => return Role::Basis,
                None => {}
            },
        }
    }
    Role::Basis
}

/// «исполнения», «реализации» behind a noun in small letters other than that of an aim: «в целях реализации», «для
/// исполнения», «в целях обеспечения исполнения» lead to an act.
fn is_of_a_noun(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «в целях надлежащего и своевременного исполнения»
    const REACH: usize = 5;
    tokens.word(at).ends_with("ения")
        && !(at.saturating_sub(REACH)..at).any(|index| {
            matches!(
                tokens.word(index),
                "целях" | "целью" | "для" | "порядке" | "рамках" | "вопросам"
            )
        })
}

/// «(в ред. приказа от …)», «с изменениями, внесёнными приказами от …, от …»: an act that only made the cited one
/// what it is now.
fn is_in_edition(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_edition = |index: usize| tokens.meaning(index, WordClass::Edition).is_some();
    if (at.saturating_sub(4)..at)
        .any(|index| matches!(tokens.word(index), "ред" | "редакции" | "изм"))
    {
        return true;
    }
    let from = tokens.block_start(at).max(at.saturating_sub(REACH));
    let (mut closed, mut quoted) = (0_usize, 0_usize);
    for index in (from..at).rev() {
        match tokens.kind(index) {
            Some(TokenKind::CloseQuote) => quoted += 1,
            Some(TokenKind::OpenQuote) => quoted = quoted.saturating_sub(1),
            _ if quoted > 0 => {}
            Some(TokenKind::Mark(')')) => closed += 1,
            Some(TokenKind::Mark('(')) if closed == 0 => {
                return (index + 1..index + 4).any(is_edition);
            }
            Some(TokenKind::Mark('(')) => closed -= 1,
            Some(TokenKind::Mark(';')) if closed == 0 => return false,
            _ if closed > 0 => {}
            _ if tokens.meaning(index, WordClass::Leads).is_some() => return false,
            _ if tokens.word(index).starts_with("внесенн") => {
                return (index.saturating_sub(2)..index).any(is_edition);
            }
            _ => {}
        }
    }
    false
}
