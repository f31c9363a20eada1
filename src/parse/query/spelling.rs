//! A search box's spelling → that of orders: «тк рф», «санпин 2.3», «приказ минздрава» in capital letters.
//!
//! In: a line as typed. Out: the same line, byte for byte as long, with capital letters where orders have them. Must
//! never: change anything but the case of a letter.

use std::ops::Range;

use super::super::dates::date_at;
use super::super::heads::{Head, after_country, head_at, is_kind_of_orders};
use super::super::lexer::{Gap, Tokens};
use super::super::numbers::{number_at, sign_at};
use crate::lexicon::bodies::is_authority;
use crate::lexicon::register::is_code_abbreviation;
use crate::lexicon::words::WordClass;
use crate::text::{Span, Text};

/// The line with the capital letters that the grammar of citations asks for.
pub(super) fn spelled(line: &str) -> String {
    let text = Text::from_lines(line);
    let tokens = Tokens::of(&text);
    let mut spelled = line.to_owned();
    for at in 0..tokens.len() {
        if !tokens.is_word(at) || tokens.is_capitalised(at) {
            continue;
        }
        if stands_in_capitals(&tokens, at) {
            capitalise(&mut spelled, &tokens, at, usize::MAX);
        } else if begins_with_a_capital(&tokens, at) {
            capitalise(&mut spelled, &tokens, at, 1);
        }
    }
    spelled
}

/// The sign that is put before a number.
const SIGN: &str = "№ ";

/// «приказ Минздрава 29н», «ПП РФ 2464», «приказ 12 от …»: the line with a sign before such numbers, and where in it
/// they stand.
pub(super) fn with_signs(line: &str) -> (String, Vec<usize>) {
    /// Words of a body's name between the kind and the number.
    const LONGEST_NAME: usize = 8;
    let text = Text::from_lines(line);
    let tokens = Tokens::of(&text);
    let mut signed = line.to_owned();
    let mut signs = Vec::new();
    for at in 1..tokens.len() {
        if !tokens.is_number(at) || tokens.gap(at) != Gap::Space || is_of_time(&tokens, at) {
            continue;
        }
        let kind = (at.saturating_sub(LONGEST_NAME)..at)
            .rev()
            .take_while(|&index| tokens.is_word(index) && tokens.continues(index + 1))
            .find(|&index| head_at(&tokens, index).is_some_and(|(head, _)| is_numbered(head)));
        let Some(kind) = kind else { continue };
        let behind_kind = head_at(&tokens, kind).map_or(kind + 1, |(_, end)| end);
        let end = number_at(&tokens, at).unwrap_or(at + 1);
        let named = behind_kind < at
            && (is_authority(tokens.slice(behind_kind, at))
                || after_country(&tokens, behind_kind) == at);
        let alone = behind_kind == at && (end == tokens.len() || tokens.word(end) == "от");
        if named || alone {
            let start = tokens.span(at, at + 1).start + signs.len() * SIGN.len();
            signed.insert_str(start, SIGN);
            signs.push(start);
        }
    }
    (signed, signs)
}

/// A span of the line with signs in the line without them.
pub(super) fn without_signs(span: Span, signs: &[usize]) -> Span {
    let at = |byte: usize| {
        let put_in: usize = signs
            .iter()
            .map(|&sign| byte.saturating_sub(sign).min(SIGN.len()))
            .sum();
        byte - put_in
    };
    Span::new(at(span.start), at(span.end))
}

/// A day or a year.
fn is_of_time(tokens: &Tokens<'_>, at: usize) -> bool {
    let year = tokens.word(at).len() == 4 && tokens.word(at).starts_with(['1', '2']) && {
        let end = number_at(tokens, at).unwrap_or(at + 1);
        end == at + 1 && matches!(&tokens.word(at)[..2], "19" | "20")
    };
    year || date_at(tokens, at).is_some()
}

/// Kinds of acts that are cited by number.
fn is_numbered(head: Head) -> bool {
    is_kind_of_orders(head) || head == Head::Letter
}

/// «фз», «рф», «тк рф», «ст. 192 тк», «пп рф», «сп 2.4.3648-20».
fn stands_in_capitals(tokens: &Tokens<'_>, at: usize) -> bool {
    let of_the_country = after_country(tokens, at + 1) > at + 1;
    match tokens.word(at) {
        "фз" | "фкз" | "рф" => return true,
        "пп" => return of_the_country,
        _ => {}
    }
    if tokens.meaning(at, WordClass::Standard).is_some() {
        let number = sign_at(tokens, at + 1).unwrap_or(at + 1);
        return tokens.is_number(number);
    }
    let capitals = tokens.raw(at).to_uppercase();
    let is_code = is_code_abbreviation(&capitals, tokens.word(at)) || tokens.word(at) == "коап";
    is_code && (of_the_country || at > 0 && tokens.is_number(at - 1) || tokens.len() == 1)
}

/// «трудовой кодекс», «кодекс об административных правонарушениях», «приказ минздрава», «российской федерации».
fn begins_with_a_capital(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «гражданский процессуальный кодекс» has two adjectives.
    const FARTHEST: usize = 2;
    let is_code = |index: usize| tokens.meaning(index, WordClass::Act) == Some("code");
    let word = tokens.word(at);
    let adjective = || {
        (at + 1..=at + FARTHEST)
            .find(|&index| is_code(index))
            .is_some_and(|code| {
                (at..code).all(|index| {
                    let word = tokens.word(index);
                    ["ый", "ий", "ой", "ого", "ому", "ым", "им", "ом", "о"]
                        .iter()
                        .any(|ending| word.ends_with(ending))
                })
            })
    };
    let alone = || {
        is_code(at)
            && (matches!(tokens.word(at + 1), "об" | "о") || after_country(tokens, at + 1) > at + 1)
    };
    let body = || {
        (word.starts_with("мин") || word.starts_with("рос"))
            && at > 0
            && tokens.meaning(at - 1, WordClass::Act).is_some()
    };
    let country = word == "российской" && tokens.word(at + 1) == "федерации"
        || word == "федерации" && at > 0 && tokens.word(at - 1) == "российской";
    country || alone() || adjective() || body()
}

/// Puts the first letters of a token in capitals, where they take as many bytes.
fn capitalise(line: &mut String, tokens: &Tokens<'_>, at: usize, letters: usize) {
    let span = tokens.span(at, at + 1);
    let word: Range<usize> = span.start..span.end;
    let Some(printed) = line.get(word.clone()) else {
        return;
    };
    let capitals: String = printed
        .chars()
        .enumerate()
        .flat_map(|(index, letter)| {
            let upper: Vec<char> = if index < letters {
                letter.to_uppercase().collect()
            } else {
                vec![letter]
            };
            upper
        })
        .collect();
    // «КоАП» is written so.
    let capitals = if capitals == "КОАП" {
        "КоАП".to_owned()
    } else {
        capitals
    };
    if capitals.len() == word.len() {
        line.replace_range(word, &capitals);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_letters_stand_where_orders_have_them() {
        for (typed, expected) in [
            ("ст 192 тк рф", "ст 192 ТК РФ"),
            ("тк", "ТК"),
            ("трудовой кодекс", "Трудовой кодекс"),
            (
                "кодекс об административных правонарушениях",
                "Кодекс об административных правонарушениях",
            ),
            ("ч 1 ст 20.4 коап", "ч 1 ст 20.4 КоАП"),
            ("санпин 2.3/2.4.3590-20", "САНПИН 2.3/2.4.3590-20"),
            ("приказ минздрава № 29н", "приказ Минздрава № 29н"),
            ("фз об информации", "ФЗ об информации"),
            ("пп рф 2464", "ПП РФ 2464"),
            ("совместный проект", "совместный проект"),
            ("нк", "НК"),
            ("ук жилищник", "ук жилищник"),
        ] {
            assert_eq!(spelled(typed), expected, "{typed}");
        }
    }
}
