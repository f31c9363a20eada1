//! What an order does with an act that it cites: the verb beside the citation tells.
//!
//! In: tokens, the outline and a citation. Out: a [`Role`]. Must never: look beyond the citation's
//! block and a fixed reach.

use std::ops::Range;

use super::amendments::is_quoted_wording;
use super::clause_labels::label_of;
use super::lexer::{TokenKind, Tokens};
use super::outline::Outline;
use super::sentences::ends_a_sentence;
use crate::lexicon::morphology::{Case, PartOfSpeech, readings};
use crate::lexicon::words::{Classes, WordClass};
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
                // «Изменения: / Постановление … № 998;»: a database notes what changed this order.
                let is_noted = lead.len() == 1 && tokens.word(lead.start).starts_with("изменени");
                (!is_noted)
                    .then(|| changed(tokens, start..lead.end, citation.start..citation.start))?
            })
            .filter(|role| {
                *role != Role::Amends
                    || outline.title.contains(&at)
                    || !is_quoted_wording(tokens, at)
            })
            .unwrap_or(Role::Mention);
    }
    if outline.preamble.contains(&at) {
        return led_by(
            tokens,
            outline.preamble.start.max(at.saturating_sub(LIST_REACH))..at,
            stands_in_instrumental_only(tokens, at)
                // «во исполнение Правил, утверждённых приказом …»: the participle asks for the case.
                && !tokens.word(at.wrapping_sub(1)).starts_with("утвержден"),
        );
    }
    Role::Mention
}

/// What the verbs before and behind a citation do with the act. Behind an act of a list nothing is looked at: `after` is
/// then empty and begins with the act.
fn changed(tokens: &Tokens<'_>, before: Range<usize>, after: Range<usize>) -> Option<Role> {
    let effect = |index| tokens.meaning(index, WordClass::Effect);
    let has =
        |range: &Range<usize>, wanted| range.clone().any(|index| effect(index) == Some(wanted));
    let amending = has(&before, "amends");
    // «Приказ от … № … отменить.»
    let is_ended = || {
        after.clone().any(|index| {
            matches!(tokens.word(index), "отменить" | "аннулировать")
                && (!tokens.is_word(index + 1) || tokens.word(index + 1) == "с")
        })
    };
    let at = if after.is_empty() {
        after.start
    } else {
        before.end
    };
    let loses_force = || {
        !stands_in_instrumental_only(tokens, at)
            && (loses_force(tokens, &last_sentence(tokens, &before))
                || !amending && loses_force(tokens, &first_sentence(tokens, &after)))
    };
    let is_not_applied = || {
        has(&before, "subject")
            && before
                .clone()
                .any(|index| tokens.word(index).starts_with("применени"))
    };
    if has(&before, "voids")
        || has(&before, "repeals")
        || !amending && (has(&after, "voids") || is_ended())
        || is_not_applied()
        || loses_force()
    {
        return Some(Role::Repeals);
    }
    let is_changed = || {
        before
            .clone()
            .any(|index| effect(index) == Some("changes") && !is_change_of_something(tokens, index))
    };
    if amending || is_changed() || is_reworded(tokens, &before, &after) {
        return Some(Role::Amends);
    }
    let approving = before.clone().rev().find(|&index| match effect(index) {
        Some("approves") => true,
        // «Ввести в состав комиссии …» puts nothing into force.
        Some("introduces") => tokens.word(index + 1) != "в" || tokens.word(index + 2) == "действие",
        _ => false,
    })?;
    // «утвердить состав согласно п. 3 Положения», «… в соответствии с Порядком»
    let rests_on = (approving..before.end).any(|index| {
        matches!(
            tokens.word(index),
            "согласно" | "соответствии" | "основании" | "руководствуясь"
        )
    });
    (!rests_on && tokens.word(before.end.wrapping_sub(1)) != "с").then_some(Role::Approves)
}

/// «В пункте 2 приказа … слова «…» заменить словами «…»», «Пункт 3 приказа … изложить в следующей редакции», «Дополнить
/// приказ … пунктом 4»: the act stands behind «в» or «из» or first in its sentence, and the verb says what becomes of its
/// words.
fn is_reworded(tokens: &Tokens<'_>, before: &Range<usize>, after: &Range<usize>) -> bool {
    let last = before.end.wrapping_sub(1);
    if before.is_empty() && after.is_empty() {
        return false;
    }
    if !before.is_empty() && tokens.word(last) == "дополнить" {
        return true;
    }
    let leads = before.is_empty()
        || matches!(tokens.word(last), "в" | "во" | "из")
        || tokens.is_capitalised(before.end)
            && matches!(tokens.kind(last), Some(TokenKind::Mark('.' | ')')));
    leads
        && first_sentence(tokens, after).any(|index| {
            matches!(
                tokens.word(index),
                "изложить" | "исключить" | "дополнить" | "заменить"
            )
        })
}

/// «уведомить об изменении сведений (ст. 22 …)»: what changes stands behind the noun in the genitive, and is no act.
fn is_change_of_something(tokens: &Tokens<'_>, at: usize) -> bool {
    let what = at + 1;
    let is_act = [
        WordClass::Act,
        WordClass::Approved,
        WordClass::Pinpoint,
        WordClass::Standard,
        WordClass::Anaphora,
    ]
    .into_iter()
    .any(|class| tokens.meaning(what, class).is_some());
    tokens.is_word(what)
        && tokens.continues(what)
        && !tokens.is_capitalised(what)
        && !is_act
        && readings(tokens.raw(what)).iter().any(|reading| {
            reading.known
                && reading.case == Some(Case::Genitive)
                && reading.part_of_speech == PartOfSpeech::Noun
        })
}

/// «утрачивает силу», «утратили свою силу», said of an act by the order itself: «(утратил силу)» and «Утратил силу. –
/// Приказ …» are notes on what others did.
fn loses_force(tokens: &Tokens<'_>, range: &Range<usize>) -> bool {
    /// «утратили с 1 марта силу» has four tokens between.
    const FARTHEST_FORCE: usize = 5;
    let mut depth = 0_usize;
    range.clone().any(|index| {
        depth += usize::from(tokens.is_mark(index, '('));
        depth = depth.saturating_sub(usize::from(tokens.is_mark(index, ')')));
        depth == 0
            && tokens.meaning(index, WordClass::Effect) == Some("loses")
            && (index + 1..=index + FARTHEST_FORCE)
                .take_while(|&behind| tokens.continues(behind))
                .find(|&behind| tokens.word(behind) == "силу")
                .is_some_and(|force| {
                    let stop = usize::from(tokens.is_mark(force + 1, '.'));
                    tokens.kind(force + 1 + stop) != Some(TokenKind::Dash)
                })
    })
}

/// What stands behind the last full stop that ends a sentence, and before the first.
fn last_sentence(tokens: &Tokens<'_>, range: &Range<usize>) -> Range<usize> {
    let stop = range.clone().rev().find(|&at| ends_a_sentence(tokens, at));
    stop.map_or(range.start, |stop| stop + 1)..range.end
}

fn first_sentence(tokens: &Tokens<'_>, range: &Range<usize>) -> Range<usize> {
    let stop = range.clone().find(|&at| ends_a_sentence(tokens, at));
    range.start..stop.unwrap_or(range.end)
}

/// «Порядком», «Федеральным законом»: no verb that says what becomes of an act, and no «исполнения», governs it.
fn stands_in_instrumental_only(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_word(at) && {
        let readings = readings(tokens.raw(at));
        let has = |case| readings.iter().any(|reading| reading.case == Some(case));
        has(Case::Instrumental)
            && !has(Case::Genitive)
            && !has(Case::Nominative)
            && !has(Case::Accusative)
    }
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

/// Why a preamble cites an act: the nearest leading word before it that stands in no title. `is_means`: whether the act
/// stands in the instrumental.
fn led_by(tokens: &Tokens<'_>, before: Range<usize>, is_means: bool) -> Role {
    let mut quotes = 0_usize;
    for index in before.rev() {
        match tokens.kind(index) {
            Some(TokenKind::CloseQuote) => quotes += 1,
            Some(TokenKind::OpenQuote) => quotes = quotes.saturating_sub(1),
            _ if quotes > 0 => {}
            _ => match tokens.meaning(index, WordClass::Leads) {
                // «регламентов исполнения функций» only goes on with a name; «в целях качества исполнения услуг, Порядком
                // …»: what is executed stands in no instrumental.
                Some("executes") if is_means || is_of_a_noun(tokens, index) => {}
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
    const EDITION: Classes = Classes::of(&[WordClass::Edition]);
    if !tokens.have_any(EDITION) {
        return false;
    }
    let is_edition = |index: usize| tokens.means_any(index, EDITION);
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
