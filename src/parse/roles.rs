//! What an order does with an act that it cites: the verb beside the citation tells.
//!
//! In: tokens, the outline and a citation. Out: a [`Role`]. Must never: look beyond the citation's
//! block and a fixed reach.

use std::ops::Range;

use super::lexer::Tokens;
use super::outline::Outline;
use crate::order::Role;

/// How far from a citation the telling verb is looked for, in tokens.
const REACH: usize = 60;

pub(crate) fn role_of(tokens: &Tokens<'_>, outline: &Outline, citation: &Range<usize>) -> Role {
    let at = citation.start;
    if is_in_edition(tokens, at) {
        return Role::Mention;
    }
    let start = block_start(tokens, at).max(at.saturating_sub(REACH));
    let before = |wanted: &[&str]| {
        (start..at).any(|index| {
            wanted
                .iter()
                .any(|word| tokens.word(index).starts_with(word))
        })
    };
    let end = tokens.block_end(at).min(citation.end + REACH);
    let after = |wanted: &[&str]| {
        (citation.end..end).any(|index| {
            wanted
                .iter()
                .any(|word| tokens.word(index).starts_with(word))
        })
    };
    let operative = outline.operative.contains(&at);
    if operative || outline.title.contains(&at) {
        if before(&["утративш", "отменить", "отмене"])
            || after(&["утративш"])
            || before(&["подлежащ"]) && before(&["применени"])
        {
            return Role::Repeals;
        }
        if before(&["внести", "изменени"]) {
            return Role::Amends;
        }
        if before(&["утвердить", "утверждении", "ввести"]) && tokens.word(at.wrapping_sub(1)) != "с"
        {
            return Role::Approves;
        }
        return Role::Mention;
    }
    if outline.preamble.contains(&at) {
        let executes = before(&["исполнени", "выполнени", "реализаци"]);
        return if executes {
            Role::Executes
        } else {
            Role::Basis
        };
    }
    Role::Mention
}

/// «(в ред. приказа от …)», «(в редакции …)».
fn is_in_edition(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|index| matches!(tokens.word(index), "ред" | "редакции" | "изм"))
}

fn block_start(tokens: &Tokens<'_>, at: usize) -> usize {
    let block = tokens.get(at).map_or(0, |token| token.block);
    tokens
        .text
        .blocks
        .get(block)
        .map_or(0, |block| tokens.at_byte(block.span.start))
}
