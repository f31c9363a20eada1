//! The units of a pinpoint and their values: «ст.», «п.п.»; «1», «3–5», «16.1», «12.1-1», ««а»», «второй».
//!
//! In: tokens and a place. Out: the unit or the values that stand there and where they end. Must never: take the number
//! of an act for a value.

use super::super::lexer::{Gap, TokenKind, Tokens};
use super::super::numbers::sign_at;
use super::Unit;
use super::expansion::range_between;
use super::{MAX_CHAINS, after_joint};
use crate::lexicon::morphology::{Case, PartOfSpeech, readings};
use crate::lexicon::words::WordClass;

/// Values in one list, for the same reason as [`MAX_CHAINS`].
pub(super) const MAX_VALUES: usize = 4 * MAX_CHAINS;

/// «пп.», «п.п.»
pub(super) fn names_several_points(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.meaning(at, WordClass::Pinpoint) {
        Some("points") => true,
        Some("point") => {
            tokens.is_mark(at + 1, '.')
                && tokens.word(at + 2) == tokens.word(at)
                && tokens.is_mark(at + 3, '.')
        }
        _ => false,
    }
}

/// «ст.ст.», «статьями»
pub(super) fn names_several_articles(tokens: &Tokens<'_>, at: usize) -> bool {
    let doubled = tokens.is_mark(at + 1, '.')
        && tokens.word(at + 2) == tokens.word(at)
        && tokens.is_mark(at + 3, '.');
    match tokens.word(at) {
        "ст" => doubled,
        "стст" | "статей" | "статьям" | "статьями" | "статьях" => {
            true
        }
        _ => false,
    }
}

/// The values of the unit at `at` up to the first that is larger than the number of the article before it, and the token
/// behind them: articles are named in their order.
pub(super) fn values_below(
    tokens: &Tokens<'_>,
    at: usize,
    article: &str,
) -> Option<(Vec<String>, usize)> {
    let whole = |value: &str| value.split('.').next()?.parse::<u32>().ok();
    let (unit, start) = unit_at(tokens, at)?;
    let (first, mut end) = value_at(tokens, start, unit)?;
    let mut values = vec![first];
    while values.len() < MAX_VALUES
        && let Some((value, next)) =
            after_joint(tokens, end).and_then(|start| value_at(tokens, start, unit))
    {
        if whole(&value) > whole(article) {
            return Some((values, end));
        }
        values.push(value);
        end = next;
    }
    None
}

/// «пп.» before «п.» or with a letter is a subpoint, otherwise it is several points.
pub(super) fn is_subpoint(tokens: &Tokens<'_>, values: usize, end: usize) -> bool {
    !(values..end).any(|index| tokens.is_number(index))
        || unit_at(tokens, end).is_some_and(|(unit, _)| unit == Unit::Point)
}

/// The name of a unit, with the full stops of «ст.», «п.п.», «ст.ст.».
pub(super) fn unit_at(tokens: &Tokens<'_>, at: usize) -> Option<(Unit, usize)> {
    let unit = match tokens.meaning(at, WordClass::Pinpoint)? {
        "appendix" => Unit::Appendix,
        "section" => Unit::Section,
        "chapter" => Unit::Chapter,
        "article" => Unit::Article,
        "part" => Unit::Part,
        "point" | "points" => Unit::Point,
        "subpoint" => Unit::Subpoint,
        _ => Unit::Paragraph,
    };
    let mut next = at + 1;
    if tokens.is_mark(next, '.') && tokens.gap(next) == Gap::None {
        next += 1;
        let doubled = tokens.word(next) == tokens.word(at)
            && tokens.is_mark(next + 1, '.')
            && tokens.gap(next) <= Gap::Space;
        next += if doubled { 2 } else { 0 };
    }
    tokens.continues(next).then_some((unit, next))
}

/// Values: «1», «3–5», «1, 3–5», «1 и 2», ««а», «б»», «второй».
pub(super) fn values_at(
    tokens: &Tokens<'_>,
    at: usize,
    unit: Unit,
) -> Option<(Vec<String>, usize)> {
    let mut values = Vec::new();
    let mut of_article = None;
    let (first, mut end) = value_at(tokens, at, unit)?;
    values.push(first);
    while values.len() < MAX_VALUES {
        if tokens.kind(end) == Some(TokenKind::Dash)
            && tokens.continues(end)
            && let Some((last, next)) = value_at(tokens, end + 1, unit)
            && let Some(first) = values.last()
            && let Some(range) = range_between(first, &last)
        {
            values.extend(range);
            end = next;
            continue;
        }
        let Some(start) = after_joint(tokens, end) else {
            break;
        };
        let Some((value, next)) = value_at(tokens, start, unit) else {
            break;
        };
        // «ст. 19.4 ч. 1, 19.4.1»: parts are numbered through, but for those put in: «ч.ч. 1, 1.1».
        let base = |value: &str| value.split('.').next().map(str::to_owned);
        let put_in = || values.last().is_some_and(|last| base(last) == base(&value));
        if unit == Unit::Part
            && value.contains('.')
            && !put_in()
            && !*of_article.get_or_insert_with(|| leads_to_an_article(tokens, next))
        {
            break;
        }
        values.push(value);
        end = next;
    }
    Some((values, end))
}

/// «части 1, 1.2, 2.3 статьи 161»: whether an article stands behind what is left of a list of parts.
fn leads_to_an_article(tokens: &Tokens<'_>, mut end: usize) -> bool {
    for _ in 0..MAX_VALUES {
        let next = after_joint(tokens, end)
            .and_then(|start| value_at(tokens, start, Unit::Part))
            .map(|(_, next)| next);
        match next {
            Some(next) => end = next,
            None => break,
        }
    }
    matches!(unit_at(tokens, end), Some((Unit::Article, _)))
}

/// One value: a number with its parts («16.1», «12.1-1»), a letter in or without quotation marks, an
/// ordinal, a Roman numeral.
pub(super) fn value_at(tokens: &Tokens<'_>, at: usize, unit: Unit) -> Option<(String, usize)> {
    if !tokens.continues(at) {
        return None;
    }
    match tokens.kind(at)? {
        // «приложению № 2», «приложению N 2»
        TokenKind::NumberSign | TokenKind::Word
            if unit == Unit::Appendix && sign_at(tokens, at).is_some() =>
        {
            value_at(tokens, sign_at(tokens, at)?, unit)
        }
        TokenKind::Number => {
            let end = number_end(tokens, at);
            is_value_end(tokens, end).then(|| {
                let value = if tokens.is_misread(at) {
                    tokens.word(at).to_owned()
                } else {
                    tokens.slice(at, end).to_owned()
                };
                (value, after_ending(tokens, after_stray_stop(tokens, end)))
            })
        }
        // «"а"–"в"»: behind a dash a straight mark seems to close.
        TokenKind::OpenQuote | TokenKind::CloseQuote
            if tokens.kind(at) == Some(TokenKind::OpenQuote)
                || at > 0 && tokens.kind(at - 1) == Some(TokenKind::Dash) =>
        {
            let letter =
                tokens.is_word(at + 1) && tokens.length(at + 1) <= 2 || tokens.is_number(at + 1);
            let closed = matches!(
                tokens.kind(at + 2),
                Some(TokenKind::CloseQuote | TokenKind::OpenQuote)
            );
            (letter && closed).then(|| (tokens.word(at + 1).to_owned(), at + 3))
        }
        TokenKind::Word => {
            if let Some(ordinal) = tokens.meaning(at, WordClass::Ordinal) {
                return matches!(
                    unit,
                    Unit::Paragraph | Unit::Part | Unit::Article | Unit::Point
                )
                .then(|| (ordinal.to_owned(), at + 1));
            }
            let raw = tokens.raw(at);
            if matches!(unit, Unit::Chapter | Unit::Section)
                && raw.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
            {
                return Some((raw.to_owned(), at + 1));
            }
            let letter =
                unit == Unit::Subpoint && raw.chars().count() == 1 && !tokens.is_mark(at + 1, '.');
            let bracket = usize::from(
                letter && tokens.is_mark(at + 1, ')') && tokens.gap(at + 1) == Gap::None,
            );
            letter.then(|| (tokens.word(at).to_owned(), at + 1 + bracket))
        }
        _ => None,
    }
}

/// The end of «16.1» and «12.1-1»; a full stop without a digit glued to it ends a sentence.
pub(super) fn number_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while tokens.gap(end) == Gap::None
        && tokens.gap(end + 1) == Gap::None
        && tokens.is_number(end + 1)
        && (tokens.is_mark(end, '.') || is_inserted_index(tokens, at, end))
    {
        end += 2;
    }
    // «подпункт 5.2.16(2)»: a provision put in later, in brackets.
    let inserted = tokens.is_mark(end, '(')
        && tokens.is_number(end + 1)
        && tokens.is_mark(end + 2, ')')
        && (end..end + 3).all(|index| tokens.gap(index) == Gap::None);
    end + if inserted { 3 } else { 0 }
}

/// «п. 3.1.1. СП 2.4.3648-20», «пунктам 2.1., 2.2. и 2.5. постановления»: a full stop behind a number ends no sentence
/// where a comma, a word in small letters or an act follows.
fn after_stray_stop(tokens: &Tokens<'_>, end: usize) -> usize {
    let next = end + 1;
    let is_stop = tokens.is_mark(end, '.') && tokens.gap(end) == Gap::None;
    if !is_stop || !tokens.continues(next) {
        return end;
    }
    let small = tokens.is_word(next) && !tokens.is_capitalised(next);
    let listed =
        tokens.is_mark(next, ',') || tokens.is_mark(next, ';') || tokens.is_mark(next, ')');
    let act = tokens.meaning(next, WordClass::Standard).is_some()
        || (tokens.meaning(next, WordClass::Act).is_some()
            || tokens.meaning(next, WordClass::Approved).is_some())
            && may_depend_on_provision(tokens.raw(next))
        || tokens.word(next) == "федерального"
        || tokens.is_all_capitals(next) && tokens.length(next) > 1;
    if small || listed || act { next } else { end }
}

/// «п. 2 Правил», but not «п. 2. Перечень утвердить»: what a provision is cited of stands in the genitive.
pub(crate) fn may_depend_on_provision(noun: &str) -> bool {
    readings(noun)
        .iter()
        .any(|reading| reading.case == Some(Case::Genitive))
}

/// The verb «дополнить» before a provision, in the same block: «дополнить часть 3 статьи 12 пунктом 4».
pub(crate) fn supplementing_verb_before(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// How far before the verb stands.
    const REACH: usize = 14;
    let start = tokens.block_start(at).max(at.saturating_sub(REACH));
    (start..at)
        .rev()
        .find(|&index| tokens.word(index).starts_with("дополн"))
}

/// «подпунктом», «статьей», «словами»
pub(crate) fn stands_in_instrumental(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.continues(at)
        && readings(tokens.raw(at)).iter().any(|reading| {
            reading.case == Some(Case::Instrumental) && reading.part_of_speech == PartOfSpeech::Noun
        })
}

/// «статьей 191-й», «пункта 5-го»: the ending of the word that a number is read as.
fn after_ending(tokens: &Tokens<'_>, end: usize) -> usize {
    let ending = tokens.kind(end) == Some(TokenKind::Dash)
        && tokens.gap(end) == Gap::None
        && tokens.gap(end + 1) == Gap::None
        && matches!(
            tokens.word(end + 1),
            "й" | "я" | "е" | "ю" | "го" | "ой" | "ей" | "ый" | "му" | "м" | "х"
        );
    if ending { end + 2 } else { end }
}

/// «12.1-1», «1-1»: one digit behind a hyphen, for a provision put in later; «7.29–7.32» and «1-3» are
/// ranges.
fn is_inserted_index(tokens: &Tokens<'_>, at: usize, dash: usize) -> bool {
    let before: Option<u32> = tokens.word(dash - 1).parse().ok();
    let behind: Option<u32> = tokens.word(dash + 1).parse().ok();
    let no_range = before >= behind;
    (dash > at + 1 || no_range)
        && tokens.raw(dash) == "-"
        && tokens.word(dash + 1).len() == 1
        && !(tokens.is_mark(dash + 2, '.')
            && tokens.is_number(dash + 3)
            && tokens.gap(dash + 3) == Gap::None)
}

/// A number that goes on as «149-ФЗ» or «12/3» is no value.
fn is_value_end(tokens: &Tokens<'_>, end: usize) -> bool {
    let glued = tokens.gap(end) == Gap::None;
    let law = tokens.kind(end) == Some(TokenKind::Dash)
        && tokens.is_word(end + 1)
        && tokens.gap(end) <= Gap::Space;
    !(glued && tokens.is_mark(end, '/')
        || law && matches!(tokens.word(end + 1), "фз" | "ф" | "фкз" | "оз" | "кз"))
}
