//! What a citation calls the act: the words for kinds of acts, codes by name and abbreviation, bare numbers of laws.
//!
//! In: tokens and a place. Out: the [`Head`] that stands there and where it ends. Must never: read the attributes of
//! the act.

use std::ops::Range;

use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::{number_at, sign_at};
use super::pinpoints::pinpoints_at;
use crate::lexicon::register::is_code_abbreviation;
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;

/// What a citation calls the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Head {
    /// «Федеральный закон», «ФЗ».
    FederalLaw,
    /// «Федеральный конституционный закон», «ФКЗ».
    FederalConstitutionalLaw,
    /// «Закон».
    Law,
    /// «Конституция».
    Constitution,
    /// A code, by name or by abbreviation.
    Code,
    /// «Указ».
    Decree,
    /// «Постановление».
    Resolution,
    /// «Распоряжение».
    InstructionOrder,
    /// «Приказ».
    Order,
    /// «Письмо».
    Letter,
    /// «Решение».
    Decision,
    /// «Протокол».
    Protocol,
    /// «Устав».
    Charter,
    /// «Положение», «Правила» and the like.
    Approved,
    /// «`СанПиН`», «СП», «ГН».
    SanitaryRules,
    /// «ГОСТ».
    Standard,
    /// A pinpoint without an act: «пункт 7 изложить …».
    None,
}

/// The longest name of a code: «Кодекс Российской Федерации об административных правонарушениях».
const MAX_CODE_WORDS: usize = 8;

/// Whether orders themselves are called so.
pub(crate) fn is_kind_of_orders(head: Head) -> bool {
    matches!(
        head,
        Head::Order | Head::Resolution | Head::InstructionOrder | Head::Decision | Head::Decree
    )
}

/// The word or words that name a kind of act, and the token after them.
pub(crate) fn head_at(tokens: &Tokens<'_>, at: usize) -> Option<(Head, usize)> {
    if tokens.word(at).starts_with("федеральн") {
        let constitutional = tokens.word(at + 1).starts_with("конституционн");
        let law = at + 1 + usize::from(constitutional);
        let head = if constitutional {
            Head::FederalConstitutionalLaw
        } else {
            Head::FederalLaw
        };
        return (tokens.meaning(law, WordClass::Act) == Some("law")).then_some((head, law + 1));
    }
    if tokens.is_all_capitals(at) || tokens.raw(at) == "фз" {
        match tokens.word(at) {
            "фз" => return Some((Head::FederalLaw, at + 1)),
            "фкз" => return Some((Head::FederalConstitutionalLaw, at + 1)),
            _ => {}
        }
    }
    if let Some(law) = law_with_a_figure(tokens, at) {
        return Some(law);
    }
    // «ПП РФ от 24.12.2021 № 2464»: постановление Правительства.
    if tokens.raw(at) == "ПП" && after_country(tokens, at + 1) > at + 1 {
        return Some((Head::Resolution, at + 1));
    }
    if is_instruction_from_above(tokens, at) {
        return Some((Head::Letter, at + 1));
    }
    if let Some(kind) = tokens.meaning(at, WordClass::ActAbbreviated)
        && tokens.is_mark(at + 1, '.')
        && tokens.gap(at + 1) == Gap::None
    {
        let head = match kind {
            "resolution" => Head::Resolution,
            "order" => Head::Order,
            _ => Head::InstructionOrder,
        };
        return Some((head, at + 2));
    }
    let head = match tokens.meaning(at, WordClass::Act)? {
        "law" => Head::Law,
        "decree" => Head::Decree,
        "resolution" => Head::Resolution,
        "instruction_order" => Head::InstructionOrder,
        "order" => Head::Order,
        "letter" => Head::Letter,
        "decision" => Head::Decision,
        "protocol" => Head::Protocol,
        "charter" => Head::Charter,
        _ => return None,
    };
    Some((head, at + 1))
}

/// «Ф3 от 29.12.2012 № …», «ФК3 от …»: a recogniser's figure for the last letter.
pub(crate) fn law_with_a_figure(tokens: &Tokens<'_>, at: usize) -> Option<(Head, usize)> {
    let head = match tokens.word(at) {
        "ф" => Head::FederalLaw,
        "фк" => Head::FederalConstitutionalLaw,
        _ => return None,
    };
    let end = at + 2;
    let is_one_word = tokens.is_all_capitals(at)
        && tokens.raw(at + 1) == "3"
        && tokens.gap(at + 1) == Gap::None
        && tokens.gap(end) == Gap::Space;
    let is_cited = tokens.word(end) == "от"
        || tokens.kind(end) == Some(TokenKind::OpenQuote)
        || sign_at(tokens, end).is_some();
    (is_one_word && is_cited).then_some((head, end))
}

/// «поручения Губернатора области от … № …»: a paper of an authority like a letter. «по поручению директора» is none.
pub(crate) fn is_instruction_from_above(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at).starts_with("поручени")
        && tokens.is_capitalised(at + 1)
        && tokens.length(at + 1) > 1
        && tokens.continues(at + 1)
}

/// «Трудового кодекса Российской Федерации», «Кодекса РФ об административных правонарушениях», «ТК
/// РФ». Gives the tokens of the name and the token after it.
pub(crate) fn code_at(tokens: &Tokens<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    if tokens.is_capitalised(at)
        && let Some(word) =
            (at..at + 4).find(|&index| tokens.meaning(index, WordClass::Act) == Some("code"))
        && (at..word).all(|index| is_of_an_adjective(tokens, index))
    {
        let mut end = after_country(tokens, word + 1);
        // «Кодекс этики работников» is no code of law.
        if word == at
            && end == word + 1
            && !matches!(tokens.word(end), "об" | "о")
            && !begins_as(StemClass::CodeSubject, tokens.word(end))
        {
            return None;
        }
        if word == at
            || matches!(tokens.word(end), "об" | "о")
            || tokens.word(end).starts_with("административн")
        {
            while end < at + MAX_CODE_WORDS
                && tokens.continues(end)
                && tokens.is_word(end)
                && (matches!(tokens.word(end), "об" | "о")
                    || begins_as(StemClass::CodeSubject, tokens.word(end)))
            {
                end += 1;
            }
            end = after_country(tokens, end);
        }
        return Some((at..end, end));
    }
    if !tokens.is_capitalised(at) || !is_code_abbreviation(tokens.raw(at), tokens.word(at)) {
        return None;
    }
    let end = after_country(tokens, at + 1);
    // «ст. 333 ТК», but not «ГБУЗ СК «Больница»».
    let behind_pinpoint = at > 0
        && tokens.continues(at)
        && matches!(
            tokens.kind(at - 1),
            Some(TokenKind::Number | TokenKind::CloseQuote | TokenKind::Mark(')'))
        );
    // «КоАП (ст. 5.27)»
    let before_pinpoint = tokens.is_mark(end, '(') && pinpoints_at(tokens, end + 1).is_some();
    (end > at + 1 || behind_pinpoint || before_pinpoint).then_some((at..at + 1, end))
}

/// «Трудового», each token of «Уголовно-исполнительного».
fn is_of_an_adjective(tokens: &Tokens<'_>, at: usize) -> bool {
    let joins = tokens.kind(at) == Some(TokenKind::Dash) && tokens.gap(at) == Gap::None;
    joins || tokens.is_word(at) && is_adjective_form(tokens.word(at))
}

fn is_adjective_form(word: &str) -> bool {
    [
        "ого", "его", "ому", "ему", "ым", "им", "ом", "ем", "ый", "ий", "ой", "о",
    ]
    .iter()
    .any(|ending| word.ends_with(ending))
}

/// «РФ», «Российской Федерации», «России» after a name.
pub(crate) fn after_country(tokens: &Tokens<'_>, at: usize) -> usize {
    if !tokens.continues(at) {
        return at;
    }
    match tokens.word(at) {
        "рф" | "россии" => at + 1,
        "российской" if tokens.word(at + 1) == "федерации" => at + 2,
        _ => at,
    }
}

/// «149-ФЗ» without a kind word before it.
pub(crate) fn bare_law_number(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_number(at) {
        return None;
    }
    // «273ФЗ», «152 ФЗ»: a dash left out.
    if matches!(tokens.word(at + 1), "фз" | "фкз")
        && tokens.is_all_capitals(at + 1)
        && matches!(tokens.gap(at + 1), Gap::None | Gap::Space)
    {
        return Some(at + 2);
    }
    if tokens.kind(at + 1) != Some(TokenKind::Dash) {
        return None;
    }
    let end = number_at(tokens, at)?;
    let normal = (at..end).find(|&index| matches!(tokens.word(index), "фз" | "фкз" | "ф"))?;
    (normal == at + 2 && (tokens.word(normal) != "ф" || tokens.word(normal + 1) == "3"))
        .then_some(end)
}

/// «статьи 80 части первой Налогового кодекса»: behind «части первой» the name of the code itself.
pub(crate) fn part_of_code(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    (tokens.meaning(at, WordClass::Pinpoint) == Some("part")
        && tokens.meaning(at + 1, WordClass::Ordinal).is_some()
        && tokens.continues(at + 2)
        && code_at(tokens, at + 2).is_some())
    .then_some(at + 2)
}
