//! Documents that an act approves or an organisation keeps: «Правил …, утверждённых постановлением …», «Устава
//! школы».
//!
//! In: tokens and the place of a document's noun. Out: a [`Citation`], of the act that approved the document
//! where one is named. Must never: follow a chain of approved documents.

use std::ops::Range;

use super::approvals::{approved_on, approving_act, is_approving, names_approving_act};
use super::citations::{Citation, blank, with_attributes};
use super::dates::{DateReading, date_at};
use super::heads::{Head, after_country, head_at, is_instruction_from_above};
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::{NumberReading, normal_number, sign_at, signed_number_at};
use super::pieces::word_or_spaced;
use super::quotes::quotation_at;
use crate::lexicon::bodies::is_authority;
use crate::lexicon::morphology::{Case, PartOfSpeech, readings};
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;

/// How far an approved document's name may reach before «, утверждённый …».
pub(super) const MAX_NAME_TOKENS: usize = 60;

/// Adjectives before a document's noun: «Федеральным государственным образовательным стандартом» has three.
const MAX_ADJECTIVES: usize = 4;

/// The noun of a document behind its adjectives: «Методическими указаниями», «муниципальной целевой программы».
pub(crate) fn noun_behind_adjectives(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    // Few tokens have such a noun behind them, and an adjective is told by the dictionary.
    let noun = (at + 1..=at + MAX_ADJECTIVES).find(|&index| {
        is_noun_of_document(tokens, index) || is_kind_of_charter(tokens, at, index)
    })?;
    (at..noun)
        .all(|index| is_adjective_of_name(tokens, index))
        .then_some(noun)
}

/// Where the name of a document begins whose noun, or last adjective, stands at `at`.
pub(crate) fn start_of_name(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut start = at;
    while start > at.saturating_sub(MAX_ADJECTIVES)
        && tokens.continues(start)
        && is_adjective_of_name(tokens, start - 1)
    {
        start -= 1;
    }
    start
}

/// «Дисциплинарного устава службы»: a charter of a kind, with rules for those who serve, as a code has them.
fn is_kind_of_charter(tokens: &Tokens<'_>, first: usize, noun: usize) -> bool {
    tokens.meaning(noun, WordClass::Act) == Some("charter")
        && tokens.is_capitalised(first)
        && !tokens.is_capitalised(noun)
}

fn is_noun_of_document(tokens: &Tokens<'_>, at: usize) -> bool {
    // «Руководство по эксплуатации»; «руководство школы» are people.
    tokens
        .meaning(at, WordClass::Approved)
        .is_some_and(|value| !matches!(value, "guide" | "called"))
        || tokens.meaning(at, WordClass::Approved) == Some("guide") && tokens.word(at + 1) == "по"
}

/// An adjective right before another word of a document's name; «третий», «указанный» and «действующий» say something
/// of it instead.
fn is_adjective_of_name(tokens: &Tokens<'_>, at: usize) -> bool {
    const ENDINGS: [&str; 12] = [
        "ми", "ого", "ему", "ому", "ым", "им", "их", "ых", "ой", "ая", "ую", "ый",
    ];
    const ENDINGS_OF_NOMINATIVE: [&str; 4] = ["ые", "ие", "ое", "ий"];
    let word = tokens.word(at);
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    tokens.is_word(at)
        && matches!(tokens.gap(at + 1), Gap::Space | Gap::Break)
        && (ends(&ENDINGS) || ends(&ENDINGS_OF_NOMINATIVE))
        && tokens.length(at) > 3
        && tokens.meaning(at, WordClass::Anaphora).is_none()
        && tokens.meaning(at, WordClass::Ordinal).is_none()
        && tokens.meaning(at, WordClass::Approved).is_none()
        && !begins_as(StemClass::SaidOfDocument, word)
        && readings(tokens.raw(at))
            .iter()
            .any(|reading| reading.part_of_speech == PartOfSpeech::Adjective)
}

/// «Положения Банка России от … № …»: a document that an authority issued, with its number and date, and none approved.
fn issued_by_authority(tokens: &Tokens<'_>, at: usize, noun: usize) -> Option<Citation> {
    if !tokens.is_capitalised(noun + 1) {
        return None;
    }
    let issued = with_attributes(tokens, Head::Order, at..noun + 1, true);
    let by_authority = |issuer: &Range<usize>| is_authority(tokens.slice(issuer.start, issuer.end));
    // «Указания Банка России № 3210-У» name nothing else.
    let is_called = tokens.meaning(noun, WordClass::Approved) == Some("called");
    let is_act = issued.number.is_some()
        && (issued.date.is_some() || is_called)
        && issued.issuer.as_ref().is_some_and(by_authority);
    is_act.then_some(issued)
}

/// «Правил …, утверждённых постановлением …», «Положением … (приказ от …)», or a local document with
/// a pinpoint before it.
pub(crate) fn approved_at(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    // «Указание Банка России от … № …» is an act; «с указанием срока» names none.
    if tokens.meaning(at, WordClass::Approved) == Some("called") {
        return issued_by_authority(tokens, at, at);
    }
    let noun = if is_noun_of_document(tokens, at) {
        at
    } else {
        noun_behind_adjectives(tokens, at)?
    };
    // «требования СанПиН 2.1.3684-21» name no document besides the rules themselves, «требований пунктов 3, 4
    // Положения» none besides the provision.
    if tokens.meaning(noun + 1, WordClass::Standard).is_some()
        || tokens.meaning(noun + 1, WordClass::Pinpoint).is_some()
    {
        return None;
    }
    // «Положения Банка России от … № …», «Инструкции Минфина РФ от … № …»: acts that are called so.
    // In small letters: «указания ЦБ РФ № … от …», and not «требования Указа Президента …».
    let is_called_so = || noun == at && tokens.meaning(noun + 1, WordClass::Act).is_none();
    if (tokens.is_capitalised(at) || is_called_so())
        && let Some(issued) = issued_by_authority(tokens, at, noun)
    {
        return Some(issued);
    }
    // «Перечня поручений Президента Российской Федерации от … № Пр-…»
    if is_instruction_from_above(tokens, noun + 1) {
        let issued = with_attributes(tokens, Head::Letter, at..noun + 2, true);
        if issued.number.is_some() && issued.date.is_some() && issued.issuer.is_some() {
            return Some(issued);
        }
    }
    let limit = tokens.block_end(at).min(at + MAX_NAME_TOKENS);
    let mut index = noun + 1;
    let mut quotes = 0_usize;
    let mut has_marks = false;
    while index < limit {
        // «в порядке, установленном Инструкцией …»: the document is the one with a name of its own.
        let has_own_name = tokens.is_capitalised(index)
            && tokens.meaning(index, WordClass::Approved).is_some()
            && (quotes == 0 || tokens.kind(index - 1) == Some(TokenKind::OpenQuote));
        // «требований Федерального закона …»: no name of a document, and an act for itself.
        if !tokens.is_capitalised(at) && (has_own_name || quotes == 0 && names_a_law(tokens, index))
        {
            return None;
        }
        match tokens.kind(index) {
            Some(TokenKind::OpenQuote) => quotes += 1,
            Some(TokenKind::CloseQuote) => quotes = quotes.saturating_sub(1),
            Some(TokenKind::Mark(mark)) if quotes == 0 => {
                let approving = is_approving(tokens.word(index + 1));
                let bracketed_order = mark == '(' && names_approving_act(tokens, index + 1);
                if matches!(mark, ',' | '(') && (approving || bracketed_order) {
                    return approving_act(tokens, at, noun, index)
                        .or_else(|| approved_on(tokens, at, index));
                }
                // «…, решением педсовета (протокол …)»: the next act of a list.
                let another = mark == ',' && tokens.meaning(index + 1, WordClass::Act).is_some();
                has_marks = true;
                if another
                    || matches!(mark, ';' | ':')
                    || mark == '.'
                        && tokens.gap(index) == Gap::None
                        && tokens.gap(index + 1) > Gap::None
                {
                    break;
                }
            }
            // «Правил противопожарного режима в РФ № 1479 от 16.09.2020»
            _ if quotes == 0
                && !has_marks
                && tokens.is_capitalised(at)
                && let Some(numbered) = numbered_and_dated(tokens, at, index) =>
            {
                return Some(numbered);
            }
            _ if quotes == 0 && tokens.word(index).starts_with("утвержденн") => {
                return approving_act(tokens, at, noun, index - 1);
            }
            _ => {}
        }
        index += 1;
    }
    // «Положения № 47»: the document that the act with this number approves.
    if tokens.is_capitalised(at)
        && !tokens.is_all_capitals(noun)
        && let Some((NumberReading::Number(start, stop), end)) = signed_number_at(tokens, noun + 1)
    {
        return Some(Citation {
            number: Some(normal_number(tokens.slice(start, stop))),
            name: Some(at..noun + 1),
            ..blank(Head::Approved, at..end, end)
        });
    }
    let mut end = local_name_end(tokens, noun);
    if !tokens.is_capitalised(at) {
        return None;
    }
    let mut number = None;
    // «Инструкции по охране труда № 112-ДПЦ»: those are numbered themselves, and no school or unit.
    if tokens.word(noun).starts_with("инструкц")
        && let Some(sign) = (noun + 1..end).find(|&index| sign_at(tokens, index).is_some())
        && let Some((NumberReading::Number(start, stop), behind)) = signed_number_at(tokens, sign)
        && behind == end
    {
        number = Some(normal_number(tokens.slice(start, stop)));
        end = sign;
    }
    // «Положения об оплате труда от 01.09.2023 № 15»
    if number.is_none() && is_dated(tokens, end) {
        let dated = with_attributes(tokens, Head::Approved, at..end, false);
        // «Основание: трудовой договор от … № …» only identifies a fact.
        let is_contract = tokens.word(noun).starts_with("договор");
        return Some(Citation {
            name: Some(at..end),
            number: dated.number.filter(|_| !is_contract),
            ..dated
        });
    }
    let cited_end = if number.is_some() {
        local_name_end(tokens, noun)
    } else {
        end
    };
    Some(Citation {
        number,
        name: Some(at..end),
        ..blank(Head::Approved, at..cited_end, cited_end)
    })
}

/// «от 01.09.2023»
pub(super) fn is_dated(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at) == "от" && date_at(tokens, at + 1).is_some()
}

fn names_a_law(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(
        head_at(tokens, at),
        Some((
            Head::FederalLaw | Head::FederalConstitutionalLaw | Head::Law,
            _
        ))
    )
}

/// A document whose name is followed by the number and date of the act that approves it. A number alone may belong to
/// the name: «Положения о школе № 5».
fn numbered_and_dated(tokens: &Tokens<'_>, at: usize, sign: usize) -> Option<Citation> {
    let (NumberReading::Number(start, stop), end) = signed_number_at(tokens, sign)? else {
        return None;
    };
    let (DateReading::Day(date), end) = date_at(tokens, end + 1)? else {
        return None;
    };
    (tokens.word(stop) == "от").then(|| Citation {
        number: Some(normal_number(tokens.slice(start, stop))),
        date: Some(date),
        name: Some(at..sign),
        ..blank(Head::Approved, at..end, end)
    })
}

/// «п. 2.7 должностной инструкции учителя», «п. 4 ППР, утв. ПП РФ …»: behind a pinpoint a document needs no capital letter,
/// and its abbreviation may stand for its name.
pub(crate) fn document_in_small_letters(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    if tokens.is_all_capitals(at) && tokens.length(at) > 1 {
        let country = at + 1 + usize::from(tokens.word(at + 1) == "в");
        // «п. 10 ФСБУ «Запасы», утв. приказом …»: a standard has its name in quotation marks.
        let end = quotation_at(tokens, country)
            .map_or_else(|| after_country(tokens, country), |name| name.end)
            .max(at + 1);
        let approved = tokens.is_mark(end, ',') && is_approving(tokens.word(end + 1))
            || tokens.is_mark(end, '(')
                && (is_approving(tokens.word(end + 1)) || names_approving_act(tokens, end + 1));
        return approved
            .then(|| approving_act(tokens, at, at, end))?
            .map(|citation| Citation {
                name: None,
                ..citation
            });
    }
    let noun = noun_behind_adjectives(tokens, at)?;
    let end = local_name_end(tokens, noun);
    (!tokens.is_capitalised(at)).then(|| Citation {
        name: Some(at..end),
        ..blank(Head::Approved, at..end, end)
    })
}

/// «п р и к а з ы в а ю»
fn orders_in_spaced_letters(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.length(at) == 1
        && tokens.length(at + 1) == 1
        && word_or_spaced(tokens, at)
            .is_some_and(|(word, _)| word.starts_with("приказыва") || word.starts_with("постанов"))
}

/// Where the name of a local document ends: before punctuation or a word that starts a new thought.
fn local_name_end(tokens: &Tokens<'_>, noun: usize) -> usize {
    let mut end = noun + 1;
    let mut quotes = 0_usize;
    while tokens.continues(end) && end < noun + MAX_NAME_TOKENS {
        // Another act ends the name: «Положение разработано в соответствии с Федеральным законом …».
        if quotes == 0
            && (tokens.meaning(end, WordClass::Act).is_some()
                || tokens.meaning(end, WordClass::Leads).is_some()
                || tokens.meaning(end, WordClass::Enacting).is_some()
                || tokens.meaning(end, WordClass::Change).is_some()
                || orders_in_spaced_letters(tokens, end)
                || tokens.word(end).starts_with("федеральн"))
        {
            break;
        }
        match tokens.kind(end) {
            Some(TokenKind::OpenQuote) => quotes += 1,
            Some(TokenKind::CloseQuote) if quotes == 0 => break,
            Some(TokenKind::CloseQuote) => quotes -= 1,
            Some(TokenKind::Word | TokenKind::Dash | TokenKind::NumberSign | TokenKind::Number) => {
                // «Устава города Северный Бор»
                if let Some(behind) = name_of_settlement(tokens, end) {
                    end = behind;
                    continue;
                }
                if quotes == 0 && names_a_new_actor(tokens, end) || is_dated(tokens, end) {
                    break;
                }
                // «привести Устав района в соответствие с законом», «… в срок до 1 марта», «… в течение 10 дней»,
                // «… в месячный срок»
                let next = tokens.word(end + 1);
                let is_term = matches!(next, "срок" | "течение") || tokens.word(end + 2) == "срок";
                if tokens.word(end) == "в" && (next.starts_with("соответстви") || is_term)
                    || tokens.word(end) == "до" && tokens.is_number(end + 1)
                {
                    break;
                }
                let goes_on = tokens.word(end) == "на" && tokens.is_number(end + 1)
                    || tokens.word(end) == "и" && is_another_subject(tokens, noun, end + 1);
                if !goes_on
                    && matches!(
                        tokens.word(end),
                        "утвержденное" | "при" | "следующие" | "и" | "на" | "согласно"
                    )
                    && quotes == 0
                {
                    break;
                }
            }
            _ if quotes > 0 => {}
            Some(TokenKind::Mark(',')) if is_another_subject(tokens, noun, end + 1) => {}
            Some(TokenKind::Mark('/')) if tokens.is_number(end - 1) => {}
            // «Устава муниципального образования г. Лесной»
            Some(TokenKind::Mark('.'))
                if tokens.meaning(end - 1, WordClass::Settlement).is_some()
                    && tokens.is_capitalised(end + 1) => {}
            _ => break,
        }
        end += 1;
    }
    end
}

/// The end of a settlement's name in the nominative behind its noun in the genitive: «города Северный Бор», «посёлка
/// Берёзовка». «Уставом города Дума …» has another actor there.
fn name_of_settlement(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const MOST_WORDS: usize = 3;
    let noun = matches!(
        tokens.word(at - 1),
        "города" | "поселка" | "села" | "деревни" | "станицы" | "хутора"
    );
    // «Устава школы п. Берёзовка»
    let shortened = at >= 2
        && tokens.is_mark(at - 1, '.')
        && tokens.gap(at - 1) == Gap::None
        && tokens.meaning(at - 2, WordClass::Settlement).is_some();
    if !noun && !shortened || tokens.is_all_capitals(at) {
        return None;
    }
    let words = (at..at + MOST_WORDS)
        .take_while(|&index| {
            tokens.is_capitalised(index)
                && tokens.continues(index)
                && tokens.meaning(index, WordClass::Body).is_none()
                && tokens.meaning(index, WordClass::Position).is_none()
        })
        .count();
    (words > 0).then_some(at + words)
}

/// «Положением о формах, периодичности и порядке контроля»: behind «о» each noun stands in the same case; «о порядке
/// отчисления и восстановления»: so do two nouns that depend on one.
fn is_another_subject(tokens: &Tokens<'_>, noun: usize, at: usize) -> bool {
    if !matches!(tokens.word(noun + 1), "о" | "об")
        || !tokens.is_word(at)
        || !tokens.continues(at)
        || tokens.is_capitalised(at)
        || tokens.meaning(at, WordClass::Pinpoint).is_some()
    {
        return false;
    }
    let stands_in = |index: usize, case: Case, parts: &[PartOfSpeech]| {
        readings(tokens.raw(index))
            .iter()
            .any(|reading| reading.case == Some(case) && parts.contains(&reading.part_of_speech))
    };
    let of_nouns = |index: usize| stands_in(index, Case::Genitive, &[PartOfSpeech::Noun]);
    let depends = tokens.word(at - 1) == "и"
        && of_nouns(at - 2)
        && of_nouns(at)
        && !is_noun_of_document(tokens, at);
    depends
        || stands_in(
            at,
            Case::Locative,
            &[PartOfSpeech::Noun, PartOfSpeech::Adjective],
        )
}

/// A capitalised noun in the nominative behind a name starts the next thought: «руководствуясь Уставом
/// городского округа, Дума …» without its comma; an adjective may stand before it.
fn names_a_new_actor(tokens: &Tokens<'_>, at: usize) -> bool {
    let describes = |index: usize| {
        tokens.is_word(index)
            && tokens.continues(index + 1)
            && ["ая", "ый", "ий", "ое"]
                .iter()
                .any(|ending| tokens.word(index).ends_with(ending))
    };
    // «Устава Лесного района Лесная районная Дума решила», «… Лесновский городской Совет решил»
    let describes_within = |index: usize| {
        describes(index) || tokens.word(index).ends_with("ой") && tokens.continues(index + 1)
    };
    is_capitalised_nominative(tokens, at)
        || is_body_in_nominative(tokens, at)
        || describes(at)
            && (is_capitalised_nominative(tokens, at + 1)
                || tokens.is_capitalised(at)
                    && describes_within(at + 1)
                    && is_capitalised_nominative(tokens, at + 2))
}

/// «Устава города Лесного администрация города ПОСТАНОВЛЯЕТ»: a body whose nominative is no accusative as well.
fn is_body_in_nominative(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.meaning(at, WordClass::Body).is_some() && tokens.word(at).ends_with(['а', 'я'])
}

fn is_capitalised_nominative(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_capitalised(at)
        && !tokens.is_all_capitals(at)
        && readings(tokens.raw(at)).iter().any(|reading| {
            reading.known
                && reading.part_of_speech == PartOfSpeech::Noun
                && reading.case == Some(Case::Nominative)
                && !reading.plural
        })
}

/// «Устава школы», «Уставом Верхнего сельского поселения».
pub(crate) fn charter_at(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<Citation> {
    if !tokens.is_capitalised(at) {
        return None;
    }
    let end = behind_basic_law(tokens, end);
    let attributed = with_attributes(tokens, Head::Charter, at..end, true);
    // «Устава МБОУ СОШ № 5» has the number of the school.
    let own_number = attributed.number.is_some() && attributed.issuer.is_none();
    // «Уставом сельсовета, протестом прокурора от 18.10.2021»: the day behind a comma is that of another paper.
    let is_anothers = attributed
        .issuer
        .as_ref()
        .is_some_and(|issuer| issuer.clone().any(|index| tokens.is_mark(index, ',')));
    if own_number || attributed.date.is_some() && !is_anothers {
        return Some(Citation {
            name: Some(at..end),
            ..attributed
        });
    }
    let name_end = local_name_end(tokens, end - 1);
    if tokens.is_mark(name_end, ',')
        && is_approving(tokens.word(name_end + 1))
        && let Some(approved) = approving_act(tokens, at, at, name_end)
    {
        return Some(approved);
    }
    Some(Citation {
        name: Some(at..name_end),
        ..blank(Head::Charter, at..name_end, name_end)
    })
}

/// «Устава (Основного Закона) области», «Конституции (Основного Закона) республики»: the token behind the bracket, or
/// `at` itself where none stands.
pub(crate) fn behind_basic_law(tokens: &Tokens<'_>, at: usize) -> usize {
    let is_basic_law = tokens.is_mark(at, '(')
        && tokens.word(at + 1).starts_with("основн")
        && tokens.meaning(at + 2, WordClass::Act) == Some("law")
        && tokens.is_mark(at + 3, ')');
    at + if is_basic_law { 4 } else { 0 }
}
