//! Laws that are called by a name instead of a number: «Конституция Республики Марий Эл», «Основы законодательства …»,
//! «закон об образовании».
//!
//! In: tokens and the place of the word that names the kind. Out: where the name ends, or a [`Citation`] by it. Must never:
//! take the constitution of a republic for the country's.

use super::attributes::attributes_of_name;
use super::citations::{Citation, Naming, blank, with_attributes};
use super::documents::behind_basic_law;
use super::heads::{Head, after_country, head_at};
use super::lexer::{TokenKind, Tokens};
use super::numbers::sign_at;
use super::pinpoints::pinpoints_at;
use crate::lexicon::morphology::{Case, PartOfSpeech, readings};
use crate::lexicon::words::WordClass;

/// «Конституции Республики Марий Эл», «Конституции Чувашской Республики», «Конституции РСФСР»: where the name of a
/// state that is not the Federation ends behind its constitution.
pub(super) fn constitution_of_another(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// Tokens before «Республики»: «Карачаево-Черкесской», «Донецкой Народной».
    const MOST_BEFORE: usize = 4;
    let at = behind_basic_law(tokens, at);
    if after_country(tokens, at) > at || !tokens.continues(at) || !tokens.is_capitalised(at) {
        return None;
    }
    if tokens.word(at) == "рсфср"
        || tokens.word(at).ends_with("сср")
        || tokens.word(at + 1) == "сср"
    {
        return Some(at + 1 + usize::from(tokens.word(at + 1) == "сср"));
    }
    let is_named = |index: usize| {
        tokens.continues(index)
            && tokens.is_capitalised(index)
            && tokens.meaning(index, WordClass::Body).is_none()
            && tokens.meaning(index, WordClass::Enacting).is_none()
            && tokens.meaning(index, WordClass::Function).is_none()
    };
    let joined = |index: usize| tokens.kind(index) == Some(TokenKind::Dash) && is_named(index + 1);
    let Some(republic) = (at..=at + MOST_BEFORE)
        .take_while(|&index| is_named(index) || joined(index))
        .find(|&index| tokens.word(index).starts_with("республик"))
    else {
        // «Конституции Татарстана»
        let of_a_state = tokens.meaning(at, WordClass::Act).is_none()
            && is_named(at)
            && readings(tokens.raw(at)).first().is_some_and(|likeliest| {
                likeliest.part_of_speech == PartOfSpeech::ProperNoun
                    && likeliest.case == Some(Case::Genitive)
            });
        return of_a_state.then_some(at + 1);
    };
    let mut end = republic + 1;
    if republic == at && is_named(end) {
        // «Северная Осетия»; «Марий Эл»
        let of_two = tokens.word(end).ends_with("ая") || tokens.length(end + 1) == 2;
        end += if of_two && is_named(end + 1) { 2 } else { 1 };
    }
    // «– Алания», «– Чувашии»
    if joined(end) {
        end += 2;
    }
    // «Саха (Якутия)»
    if tokens.is_mark(end, '(') && is_named(end + 1) && tokens.is_mark(end + 2, ')') {
        end += 3;
    }
    Some(end)
}

/// «Основ законодательства Российской Федерации о нотариате»: laws that are called so instead of «Закон».
pub(super) fn fundamentals_at(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// «об охране здоровья граждан» has four words.
    const LONGEST_SUBJECT: usize = 5;
    if !tokens.is_capitalised(at)
        || !tokens.word(at).starts_with("основ")
        || !tokens.word(at + 1).starts_with("законодательств")
    {
        return None;
    }
    let mut end = after_country(tokens, at + 2);
    if !matches!(tokens.word(end), "о" | "об") {
        return None;
    }
    let limit = end + LONGEST_SUBJECT;
    while end < limit
        && tokens.is_word(end)
        && tokens.continues(end)
        && tokens.word(end) != "от"
        && sign_at(tokens, end).is_none()
    {
        end += 1;
    }
    Some(end)
}

/// «закона об образовании», «Закона о контрактной системе»: words after «о» without quotation marks.
pub(super) fn nickname_at(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<Citation> {
    /// The longest nickname in the register has fewer words.
    const MAX_WORDS: usize = 12;
    if !matches!(tokens.word(end), "о" | "об" | "обо") {
        return Some(Citation {
            naming: Naming::Anaphora,
            ..blank(Head::Law, start..end, end)
        })
        .filter(|_| tokens.is_capitalised(end - 1));
    }
    let mut last = end + 1;
    while last < end + MAX_WORDS
        && tokens.is_word(last)
        && tokens.continues(last)
        && pinpoints_at(tokens, last).is_none()
    {
        last += 1;
    }
    Some(Citation {
        name: Some(end - 1..last),
        ..blank(Head::Law, start..last, last)
    })
}

/// «Закона об НКО (Федеральный закон от … № … «…»)»: a nickname with the full citation in brackets behind it.
pub(super) fn spelt_out(tokens: &Tokens<'_>, named: &Citation) -> Option<Citation> {
    let open = named.tokens.end;
    if !tokens.is_mark(open, '(') || !tokens.continues(open) {
        return None;
    }
    let (head, end) = head_at(tokens, open + 1).filter(|(head, _)| {
        matches!(
            head,
            Head::FederalLaw | Head::FederalConstitutionalLaw | Head::Law
        )
    })?;
    let inside = with_attributes(tokens, head, open + 1..end, true);
    let is_whole = inside.number.is_some() && tokens.is_mark(inside.tokens.end, ')');
    let end = inside.tokens.end + 1;
    let behind = attributes_of_name(tokens, end);
    is_whole.then(|| Citation {
        definition: inside.definition.clone().or(behind.definition),
        ..Citation {
            tokens: named.tokens.start..end,
            next: behind.next.max(end),
            ..inside
        }
    })
}
