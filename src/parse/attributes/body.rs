//! The body that a citation names as the one that issued an act.
//!
//! In: tokens and where the name begins. Out: where it ends. Must never: go on into the date, the number or the title of
//! the act.

use super::{dated_or_numbered, is_doubled_from};
use crate::lexicon::words::WordClass;
use crate::parse::dates::date_at;
use crate::parse::heads::after_country;
use crate::parse::lexer::{Gap, TokenKind, Tokens};
use crate::parse::numbers::sign_at;
use crate::parse::quotes::quotation_at;

/// The longest name of an issuer, in tokens: joint orders name two ministries in full.
const MAX_ISSUER_TOKENS: usize = 48;

/// Where the issuer's name ends: before «от», a number sign, a quoted title or punctuation. `None`
/// where no body is named.
pub(super) fn issuer_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    // «настоящего постановления постановление администрации»: a kind of act begins no name of a body.
    if tokens.meaning(at, WordClass::Act).is_some() {
        return None;
    }
    // «копию постановления в избирательную комиссию участка № 1412», but «приказ по заводу от …»
    if tokens.meaning(at, WordClass::Function).is_some() && tokens.word(at) != "по" {
        return None;
    }
    let mut end = at;
    let limit = tokens.block_end(at).min(at + MAX_ISSUER_TOKENS);
    while end < limit {
        match tokens.kind(end)? {
            TokenKind::Word => {
                let from = matches!(tokens.word(end), "от" | "за")
                    && (date_at(tokens, end + 1).is_some() || sign_at(tokens, end + 1).is_some());
                let verb = tokens.meaning(end, WordClass::Enacting).is_some()
                    || is_doubled_from(tokens, end)
                    || tokens.word(end).starts_with("утвержд")
                    // «Текст постановления опубликован в газете … от … № 41»
                    || tokens.word(end).starts_with("опубликован");
                let about = end == at && matches!(tokens.word(end), "о" | "об" | "обо");
                if from
                    || about
                    || verb
                    || end > at && leads_to_another(tokens, end)
                    || sign_at(tokens, end).is_some()
                    || matches!(
                        tokens.word(end),
                        "что" | "следующего" | "признать" | "считать"
                    )
                {
                    break;
                }
            }
            TokenKind::OpenQuote => {
                if matches!(tokens.word(end + 1), "о" | "об" | "обо") {
                    break;
                }
                end = named_body_end(tokens, end)?;
                continue;
            }
            // A stray closing mark: «комитета образования области» от 01.09.2016 г. № 93».
            TokenKind::CloseQuote if end > at && dated_or_numbered(tokens, end + 1) => {}
            TokenKind::Mark('(') if is_bracketed_name(tokens, end) => end += 2,
            // «Приказ 9 ПСО от …»: a unit that has a number.
            TokenKind::Number
                if end == at
                    && tokens.is_all_capitals(end + 1)
                    && tokens.gap(end + 1) == Gap::Space => {}
            // «ФКУ ИК-14 УФСИН»
            TokenKind::Number
                if end > at + 1
                    && tokens.gap(end) == Gap::None
                    && tokens.kind(end - 1) == Some(TokenKind::Dash)
                    && tokens.is_all_capitals(end - 2) => {}
            // «войсковой части 00100»
            TokenKind::Number
                if end > at && tokens.word(end - 1) == "части" && tokens.gap(end) == Gap::Space =>
                {}
            TokenKind::Dash if tokens.gap(end) == Gap::None || end > at => {}
            TokenKind::Mark('.') if is_abbreviation_stop(tokens, end) => {}
            TokenKind::Mark(',') if list_goes_on(tokens, end, limit) => {}
            TokenKind::Mark('/') if tokens.gap(end) == Gap::None => {}
            TokenKind::Number
                if tokens.gap(end) <= Gap::Space
                    && tokens.kind(end.wrapping_sub(1)) == Some(TokenKind::NumberSign) => {}
            _ => break,
        }
        end += 1;
    }
    // «Общества и на» before «основании» are no part of the name.
    while end > at && matches!(tokens.word(end - 1), "и" | "на" | "в" | "во" | "с") {
        end -= 1;
    }
    // «протокол М 45»: a sign that a recogniser took for a letter is no body.
    let is_letter = end == at + 1 && tokens.length(at) == 1;
    (end > at && !is_letter).then_some(end)
}

/// «в связи», «на основании», but not «Министерства по связи и информатизации», «министерства связи края».
fn leads_to_another(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.meaning(at, WordClass::Leads).is_some()
        && (tokens.word(at) != "связи" || tokens.word(at - 1) == "в")
        && !matches!(tokens.word(at - 1), "по" | "и")
        && !tokens.is_mark(at - 1, ',')
}

/// «Департамента по образованию, науке и делам молодёжи от 14.10.2013»: a comma inside the name, if
/// nothing but words stand between it and the act's date or number.
fn list_goes_on(tokens: &Tokens<'_>, comma: usize, limit: usize) -> bool {
    /// The longest list of fields in the name of a body, or of the bodies that issued an act jointly.
    const LONGEST: usize = 40;
    for index in comma + 1..limit.min(comma + LONGEST) {
        if dated_or_numbered(tokens, index) {
            return index > comma + 1;
        }
        let word = tokens.is_word(index)
            && tokens.meaning(index, WordClass::Act).is_none()
            && !leads_to_another(tokens, index)
            && !tokens.word(index).starts_with("федеральн");
        if !word && !tokens.is_mark(index, ',') {
            return false;
        }
    }
    false
}

/// «Республики Саха (Якутия)», «главы администрации (губернатора) края»: the bracket belongs to the name.
fn is_bracketed_name(tokens: &Tokens<'_>, open: usize) -> bool {
    (tokens.is_capitalised(open + 1) || tokens.meaning(open + 1, WordClass::Position).is_some())
        && tokens.is_mark(open + 2, ')')
}

/// The end of a body's quoted name: the first closing mark behind which the act's date or number
/// stands, since marks inside names are often unbalanced («МАУК «ДК «Маяк» от …»).
fn named_body_end(tokens: &Tokens<'_>, open: usize) -> Option<usize> {
    let limit = tokens.block_end(open).min(open + MAX_ISSUER_TOKENS);
    let before_attributes = (open..limit).find(|&index| {
        tokens.kind(index) == Some(TokenKind::CloseQuote) && dated_or_numbered(tokens, index + 1)
    });
    before_attributes
        .map(|close| close + 1)
        .or_else(|| Some(quotation_at(tokens, open)?.end))
}

/// «Прав. РФ»: the name of a body, shortened, before the country's.
fn is_shortened_body(tokens: &Tokens<'_>, stop: usize) -> bool {
    tokens.is_capitalised(stop - 1) && after_country(tokens, stop + 1) > stop + 1
}

/// The full stop of «г. Москвы», «гор.» or of an initial, not that of a sentence.
fn is_abbreviation_stop(tokens: &Tokens<'_>, stop: usize) -> bool {
    stop > 0
        && tokens.gap(stop) == Gap::None
        && tokens.is_word(stop - 1)
        && (!tokens.is_capitalised(stop - 1) && tokens.length(stop - 1) <= 4
            || tokens.is_capitalised(stop - 1) && tokens.length(stop - 1) == 1
            || is_shortened_body(tokens, stop))
        && tokens.continues(stop + 1)
}
