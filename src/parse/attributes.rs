//! The attributes of a cited act: issuer, date, number and title, in whatever order they are printed.
//!
//! In: tokens and the place behind the kind word. Out: [`Attributes`], where the citation ends (its
//! closing quotation mark, date or number) and where the search goes on (behind a definition or the
//! data of publication). Must never: read further than its block.

mod body;

use std::ops::Range;

use jiff::civil::Date;

use self::body::issuer_end;
use super::dates::{DateReading, date_at};
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::{
    NumberReading, normal_number, number_at, number_of, sign_at, signed_number_at,
};
use super::pieces::name_before;
use super::pinpoints::may_depend_on_provision;
use super::quotes::{quotation_at, quoted_words};
use crate::lexicon::bodies::is_authority;
use crate::lexicon::words::WordClass;

/// What is printed behind a kind word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attributes {
    pub(crate) issuer: Option<Range<usize>>,
    pub(crate) number: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) title: Option<String>,
    /// Tokens of «X» in «(далее – X)».
    pub(crate) definition: Option<Range<usize>>,
    /// Whether the number stands without its sign.
    pub(crate) unsigned: bool,
    pub(crate) end: usize,
    pub(crate) next: usize,
}

/// Reads attributes at token `at`. `issuer`: whether a body may be named first. `law`: whether a
/// number may stand without its sign («ФЗ 273», «закон 44-ФЗ»).
pub(crate) fn attributes_at(tokens: &Tokens<'_>, at: usize, issuer: bool, law: bool) -> Attributes {
    let mut found = Attributes {
        end: at,
        next: at,
        ..Attributes::default()
    };
    // «приказы: от 29.08.2022 № 158, от …»
    let mut next = at;
    // «протокола заседания педагогического совета»
    let body = at + usize::from(is_meeting(tokens, at));
    if issuer
        && tokens.continues(body)
        && let Some(end) = issuer_end(tokens, body)
    {
        // «письмом главного врача больницы О.Е. Куликовой от …»: who signed is no part of the body's name.
        let signed = name_before(tokens, body, end).filter(|&name| name > body);
        found.issuer = Some(body..signed.unwrap_or(end));
        next = end;
    }
    if issuer && let Some(end) = subject_end(tokens, at) {
        next = end;
    }
    // «приказы: от 29.08.2022 № 158, от …»
    next += usize::from(issuer && tokens.is_mark(next, ':') && dated_or_numbered(tokens, next + 1));
    let expected = Expected { issuer, law };
    further_attributes(tokens, at, next, expected, found)
}

/// Attributes of an item of a list: «от 27.08.2013 № 525 «…»», «№ 525 от 27.08.2013».
pub(crate) fn attributes_of_item(tokens: &Tokens<'_>, at: usize) -> Option<Attributes> {
    let mut found = Attributes::default();
    let next = if tokens.word(at) == "от" {
        dated(tokens, at + 1, &mut found)?
    } else {
        signed_number_at(tokens, at)?;
        at
    };
    let expected = Expected {
        issuer: false,
        law: false,
    };
    Some(further_attributes(tokens, at, next, expected, found))
}

/// «приказ об отчислении от 15.06.2022 № 150-с»: what an act is about, without quotation marks, up to its date.
fn subject_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// «о зачислении на обучение по дополнительным программам» has seven words.
    const LONGEST: usize = 8;
    if !matches!(tokens.word(at), "о" | "об") || !tokens.continues(at) {
        return None;
    }
    (at + 2..=at + LONGEST)
        .take_while(|&index| tokens.is_word(index) && tokens.continues(index))
        .find(|&index| tokens.word(index) == "от" && date_at(tokens, index + 1).is_some())
}

/// What may be printed behind a kind word.
#[derive(Debug, Clone, Copy)]
struct Expected {
    /// A body.
    issuer: bool,
    /// A number without its sign.
    law: bool,
}

/// «протокола заседания совета», «протокола № 3 заседания совета»
fn is_meeting(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at) == "заседания" && tokens.continues(at)
}

/// Attributes from `next` on, added to those found since `at`.
fn further_attributes(
    tokens: &Tokens<'_>,
    at: usize,
    mut next: usize,
    expected: Expected,
    mut found: Attributes,
) -> Attributes {
    while tokens.continues(next) {
        let step = attribute_at(tokens, next, expected, &mut found);
        match step {
            Some(end) => next = end,
            None => break,
        }
    }
    if found.number.is_none() && found.date.is_none() && found.title.is_none() {
        return Attributes {
            end: at,
            next: at,
            ..Attributes::default()
        };
    }
    found.end = next;
    with_brackets(tokens, next, found)
}

/// Attributes of an act that has nothing but its name before «(Собрание законодательства …)» and «(далее – …)».
pub(crate) fn attributes_of_name(tokens: &Tokens<'_>, at: usize) -> Attributes {
    let found = Attributes {
        end: at,
        ..Attributes::default()
    };
    with_brackets(tokens, at, found)
}

/// What the brackets behind an act add.
fn with_brackets(tokens: &Tokens<'_>, at: usize, mut found: Attributes) -> Attributes {
    found.next = at;
    while let Some(end) = bracket_at(tokens, found.next, &mut found) {
        found.next = end;
    }
    found
}

/// One attribute, if one stands here that is not set yet. Gives the token after it.
fn attribute_at(
    tokens: &Tokens<'_>,
    at: usize,
    expected: Expected,
    found: &mut Attributes,
) -> Option<usize> {
    if tokens.word(at) == "от" || is_doubled_from(tokens, at) {
        return dated(tokens, at + 1, found).or_else(|| numbered(tokens, at + 1, found));
    }
    // «письма управления от 30.11.2023 исх. № 2417»
    let outgoing = tokens.word(at) == "исх" && tokens.is_mark(at + 1, '.');
    if let Some(end) = numbered(tokens, at + if outgoing { 2 } else { 0 }, found) {
        return Some(end);
    }
    // «от 23.11.2005 за № 5»
    if tokens.word(at) == "за"
        && let Some(end) = numbered(tokens, at + 1, found)
    {
        return Some(end);
    }
    // «Администрации сельсовета 05.06.2017 № 89-па»: a date without «от» has the number beside it.
    let has_number = found.number.is_some() || is_dated_number(tokens, at);
    if has_number && let Some(end) = dated(tokens, at, found) {
        return Some(end);
    }
    if expected.issuer
        && let Some(end) = issuer_behind(tokens, at, found)
    {
        return Some(end);
    }
    if found.title.is_some()
        && let Some(end) = bracketed_registration(tokens, at, found)
    {
        return Some(end);
    }
    // «№ 246-ОД (в действующей редакции) «Социальный кодекс»»
    if let Some(end) = edition_end(tokens, at)
        && tokens.kind(end) == Some(TokenKind::OpenQuote)
        && found.title.is_none()
        && tokens.continues(end)
    {
        return Some(end);
    }
    // «от 28.12.2005 N 813 г. Кедровск «О переносе …»»: the place where an act was given, before its title.
    if tokens.word(at) == "г"
        && tokens.is_mark(at + 1, '.')
        && tokens.is_capitalised(at + 2)
        && tokens.kind(at + 3) == Some(TokenKind::OpenQuote)
        && tokens.continues(at + 3)
        && found.number.is_some()
        && found.title.is_none()
    {
        return Some(at + 3);
    }
    if tokens.kind(at) == Some(TokenKind::OpenQuote) && found.title.is_none() {
        // «№ 149-ФЗ «***»»: marks around no words quote no title.
        let quotation = quotation_at(tokens, at)
            .filter(|quoted| (at..quoted.end).any(|index| tokens.is_word(index)))?;
        found.title = Some(quoted_words(tokens, at, quotation));
        return Some(quotation.end);
    }
    // «от 31.07.2020 785н «Об утверждении …»»: a sign that was left out or lost by a conversion; «М 87»: one that a
    // recogniser took for a letter.
    let misread = matches!(tokens.raw(at), "М" | "M");
    let first = at + usize::from(misread);
    if found.number.is_none()
        && found.date.is_some()
        && tokens.gap(at) == Gap::Space
        && tokens.gap(first) == Gap::Space
        && tokens.is_number(first)
        && let Some(end) = number_at(tokens, first)
        && (misread || stands_alone(tokens, end))
    {
        found.number = Some(normal_number(tokens.slice(first, end)));
        found.unsigned = true;
        return Some(end);
    }
    // «приказа Минздрава РФ 29н от 28.01.2021»
    if found.number.is_none()
        && found.date.is_none()
        && tokens.is_number(at)
        && date_at(tokens, at).is_none()
        && let Some(end) = number_at(tokens, at)
        && tokens.word(end) == "от"
        && date_at(tokens, end + 1).is_some()
    {
        found.number = Some(normal_number(tokens.slice(at, end)));
        found.unsigned = true;
        return Some(end);
    }
    // «ФЗ-273», «ФЗ 273», «закон 44-ФЗ»
    if expected.law && found.number.is_none() {
        let start = at + usize::from(tokens.kind(at) == Some(TokenKind::Dash));
        if tokens.is_number(start) && date_at(tokens, start).is_none() {
            let end = number_at(tokens, start)?;
            let number = normal_number(tokens.slice(start, end));
            // «ФЗ-273» is written the other way about.
            let reversed = start >= 2
                && tokens.kind(start - 1) == Some(TokenKind::Dash)
                && tokens.word(start - 2) == "фз"
                && end == start + 1;
            found.number = Some(if reversed {
                format!("{number}-ФЗ")
            } else {
                number
            });
            return Some(end);
        }
    }
    if let Some(end) = joint_at(tokens, at, found) {
        return Some(end);
    }
    // «273-ФЗ от 29.12.2012 года № …»: a stray comma before «№» or «от».
    if tokens.is_mark(at, ',') && found.date.is_some() != found.number.is_some() {
        let behind = at + 1;
        if found.number.is_none() && sign_at(tokens, behind).is_some() {
            return numbered(tokens, behind, found);
        }
    }
    None
}

/// «приказа Минтруда России № 988н, Минздрава России № 1420н от …»: the second body of a joint order and the number
/// that it gave. The issuer then reaches over both bodies, the first number included.
fn joint_at(tokens: &Tokens<'_>, at: usize, found: &mut Attributes) -> Option<usize> {
    let (issuer, number) = (found.issuer.clone()?, found.number.clone()?);
    let joins = tokens.is_mark(at, ',') || tokens.word(at) == "и";
    if !joins || found.date.is_some() || !tokens.is_capitalised(at + 1) {
        return None;
    }
    let body = at + 1..issuer_end(tokens, at + 1)?;
    let (NumberReading::Number(start, stop), end) = signed_number_at(tokens, body.end)? else {
        return None;
    };
    if !is_authority(tokens.slice(body.start, body.end)) {
        return None;
    }
    let second = normal_number(tokens.slice(start, stop));
    found.number = Some(format!("{number}/{second}"));
    found.issuer = Some(issuer.start..body.end);
    Some(end)
}

/// «05.06.2017 № 89-па»
fn is_dated_number(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_number(at)
        && date_at(tokens, at).is_some_and(|(_, end)| {
            tokens.continues(end) && signed_number_at(tokens, end).is_some()
        })
}

/// «приказом от 01.02.2020 № 5 Министерства образования», «протокола № 3 заседания совета от …»: a body named behind
/// the number. It stands in the genitive: «… № 5 Министерству поручено» names none.
fn issuer_behind(tokens: &Tokens<'_>, at: usize, found: &mut Attributes) -> Option<usize> {
    if found.issuer.is_some() || found.number.is_none() || found.title.is_some() {
        return None;
    }
    // A heading breaks here: «ПРОТОКОЛ № 5 / заседания совета».
    if tokens.gap(at) != Gap::Space {
        return None;
    }
    let meeting = is_meeting(tokens, at);
    let body = at + usize::from(meeting);
    let is_body =
        meeting || tokens.is_capitalised(body) && may_depend_on_provision(tokens.raw(body));
    let end = issuer_end(tokens, body).filter(|_| is_body)?;
    if !meeting && !is_authority(tokens.slice(body, end)) {
        return None;
    }
    found.issuer = Some(body..end);
    Some(end)
}

/// «закона «О персональных данных» (от 27.07.2006 г. № 152-ФЗ)», «(69-ФЗ от 21.12.94)»: what the title alone leaves open,
/// in brackets behind it.
fn bracketed_registration(tokens: &Tokens<'_>, at: usize, found: &mut Attributes) -> Option<usize> {
    if !tokens.is_mark(at, '(') || found.number.is_some() || found.date.is_some() {
        return None;
    }
    let mut inside = Attributes::default();
    let mut next = at + 1;
    while !tokens.is_mark(next, ')') {
        let dated_at = next + usize::from(tokens.word(next) == "от");
        next = dated(tokens, dated_at, &mut inside)
            .or_else(|| numbered(tokens, next, &mut inside))
            .or_else(|| {
                let end = number_at(tokens, next).filter(|_| inside.number.is_none())?;
                inside.number = Some(normal_number(tokens.slice(next, end)));
                Some(end)
            })?;
    }
    inside.number.as_ref()?;
    (found.number, found.date) = (inside.number, inside.date);
    Some(next + 1)
}

/// A number without its sign is one where a title, a mark or the end of the text follows it: «от 01.02.2024 5
/// дней» has none.
fn stands_alone(tokens: &Tokens<'_>, end: usize) -> bool {
    !tokens.continues(end)
        || matches!(
            tokens.kind(end),
            Some(TokenKind::OpenQuote | TokenKind::Mark(',' | ';' | '.' | ')' | '('))
        )
}

fn dated(tokens: &Tokens<'_>, at: usize, found: &mut Attributes) -> Option<usize> {
    let (reading, end) = date_at(tokens, at)?;
    if found.date.is_some() || !tokens.continues(at) {
        return None;
    }
    match reading {
        DateReading::Day(day) => found.date = Some(day),
        DateReading::Impossible | DateReading::Blank => {}
    }
    Some(end)
}

fn numbered(tokens: &Tokens<'_>, at: usize, found: &mut Attributes) -> Option<usize> {
    if found.number.is_some() || !tokens.continues(at) {
        return None;
    }
    let (reading, end) = signed_number_at(tokens, at)?;
    match reading {
        NumberReading::Number(start, stop) => {
            found.number = Some(number_of(tokens, start, stop));
            Some(end)
        }
        NumberReading::Blank => None,
    }
}

/// A bracket behind a citation: «(далее – X)» defines a short form; the data of publication and of
/// registration are passed over. Gives the token after the bracket.
fn bracket_at(tokens: &Tokens<'_>, at: usize, found: &mut Attributes) -> Option<usize> {
    /// Data of publication list every change of an act: some run over a page.
    const MAX_BRACKET_TOKENS: usize = 1_000;
    if !tokens.is_mark(at, '(') || !tokens.continues(at) {
        return None;
    }
    let word = tokens.word(at + 1);
    let definition = word == "далее";
    let publication = [
        "собрание",
        "зарегистрирован",
        "опубликован",
        "российская",
        "бюллетень",
        "сз",
    ]
    .iter()
    .any(|start| word.starts_with(start));
    if !definition && !publication {
        return edition_end(tokens, at);
    }
    let limit = tokens.block_end(at).min(at + MAX_BRACKET_TOKENS);
    let mut depth = 0_usize;
    let close = (at..limit).find(|&index| {
        depth += usize::from(tokens.is_mark(index, '('));
        depth -= usize::from(tokens.is_mark(index, ')'));
        depth == 0
    })?;
    if definition && found.definition.is_none() {
        let dash = (at + 2..close).find(|&index| tokens.kind(index) == Some(TokenKind::Dash));
        let start = dash.map_or(at + 2, |dash| dash + 1);
        // «(далее – «Закон»)»
        let quoted = tokens.kind(start) == Some(TokenKind::OpenQuote)
            && tokens.kind(close - 1) == Some(TokenKind::CloseQuote);
        let name = start + usize::from(quoted)..close - usize::from(quoted);
        if !name.is_empty() {
            found.definition = Some(name);
        }
    }
    Some(close + 1)
}

/// «(в ред. приказа от …)», «(с последующими изменениями)»: which state of the act is meant. Gives the
/// token after the bracket. Acts that changed it are not passed over: they are citations.
pub(crate) fn edition_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// «(с последующими изменениями и дополнениями)» has five words, «(в ред. от 14.06.2019 № 1488, от …)» more marks.
    const LONGEST: usize = 60;
    if !tokens.is_mark(at, '(') {
        return None;
    }
    let close = (at + 1..at + LONGEST).find(|&index| {
        tokens.is_mark(index, ')') || tokens.meaning(index, WordClass::Act).is_some()
    })?;
    (tokens.is_mark(close, ')')
        && (at + 1..close).any(|index| tokens.meaning(index, WordClass::Edition).is_some()))
    .then_some(close + 1)
}

/// «отот 09.09.2003»: a preposition that was typed twice.
fn is_doubled_from(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at) == "отот" && date_at(tokens, at + 1).is_some()
}

/// «от 01.09.2016», «№ 93».
pub(crate) fn dated_or_numbered(tokens: &Tokens<'_>, at: usize) -> bool {
    sign_at(tokens, at).is_some() || tokens.word(at) == "от" && date_at(tokens, at + 1).is_some()
}
