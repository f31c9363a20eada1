//! A query line → its lexical units: words, phrases, brackets, operators and the names of fields.
//!
//! In: a line without line breaks. Out: units with their bytes. Must never: lose a character that is
//! not white space.

use super::fields::{FIELD_NAMES, Field};
use super::{MAX_VALUE, QueryError, error};
use crate::index::tokens_of;
use crate::lexicon::register::Register;
use crate::parse::query::{Meaning, recognise};
use crate::text::Span;

/// A lexical unit of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Unit {
    Open,
    Close,
    Or,
    And,
    Not,
    Phrase(String),
    /// A name before a colon.
    Field(Field),
    Word,
}

/// A unit and its bytes.
pub(super) type Placed = (Unit, Span);

/// The words of a line, and nothing else.
pub(super) fn words_alone(line: &str) -> Vec<Placed> {
    tokens_of(line)
        .into_iter()
        .map(|token| (Unit::Word, Span::new(token.start, token.end)))
        .collect()
}

/// Cuts a line into units.
pub(super) fn units(line: &str, register: &Register) -> Result<Vec<Placed>, QueryError> {
    let cited = titles_in_quotes(line, register);
    let mut units = Vec::new();
    let mut at = 0;
    while let Some(character) = line[at..].chars().next() {
        let start = at;
        if let Some(act) = cited.iter().find(|act| act.start == start) {
            at = act.end;
            units.push((Unit::Word, *act));
            continue;
        }
        at += character.len_utf8();
        let unit = match character {
            ' ' => continue,
            '(' => Unit::Open,
            ')' => Unit::Close,
            '"' => {
                let Some(length) = line[at..].find('"') else {
                    return Err(error(
                        Span::new(start, line.len()),
                        "кавычка не закрыта",
                        "закройте фразу знаком \" или уберите кавычку",
                    ));
                };
                let words = &line[at..at + length];
                at += length + 1;
                if words.chars().count() > MAX_VALUE {
                    return Err(error(
                        Span::new(start, at),
                        "между кавычками слишком много слов",
                        "уберите неважное",
                    ));
                }
                Unit::Phrase(words.to_owned())
            }
            '-' if excludes(line, start) => Unit::Not,
            _ => {
                let length = line[start..]
                    .find([' ', '(', ')', '"'])
                    .unwrap_or(line.len() - start);
                at = start + length;
                let word = &line[start..at];
                let after_a_field =
                    matches!(units.last(), Some((Unit::Field(_), field)) if field.end == start);
                let (unit, end) = word_unit(word, start, after_a_field)?;
                at = end;
                unit
            }
        };
        units.push((unit, Span::new(start, at)));
    }
    Ok(units)
}

/// Whether a hyphen excludes what follows it: «-положение», not «онлайн-положение» or «— положение».
fn excludes(line: &str, at: usize) -> bool {
    line[at + 1..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '(' | '«'))
        && (at == 0 || line[..at].ends_with([' ', '(']))
        && !goes_on_a_number(line, at)
}

/// «152 -ФЗ», «14 -ОД»: a number with a space too many.
fn goes_on_a_number(line: &str, at: usize) -> bool {
    let behind = line[at + 1..]
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    line[..at]
        .trim_end()
        .ends_with(|c: char| c.is_ascii_digit())
        && matches!(
            behind.to_lowercase().as_str(),
            "фз" | "фкз" | "од" | "р" | "п" | "к" | "лс" | "па" | "рп"
        )
}

/// An operator, the name of a field, or a word; and where it ends. Right behind a field's name a word
/// is its value, whatever it looks like.
fn word_unit(word: &str, start: usize, after_a_field: bool) -> Result<(Unit, usize), QueryError> {
    let end = start + word.len();
    if after_a_field {
        return Ok((Unit::Word, end));
    }
    let unit = match word {
        "OR" | "ИЛИ" => Unit::Or,
        "AND" | "И" => Unit::And,
        "NOT" | "НЕ" => Unit::Not,
        _ => match word.split_once(':') {
            // «http://…» names no field.
            Some((name, value))
                if !value.starts_with("//")
                    && !name.is_empty()
                    && name.chars().all(char::is_alphabetic) =>
            {
                let end = start + name.len();
                let Some(field) = Field::named(name) else {
                    return Err(error(
                        Span::new(start, end),
                        format!("поля «{name}» нет"),
                        format!("есть поля: {FIELD_NAMES}"),
                    ));
                };
                return Ok((Unit::Field(field), end + 1));
            }
            _ => Unit::Word,
        },
    };
    Ok((unit, end))
}

/// Acts named with a title in straight quotation marks, which is no phrase then: закон "Об образовании".
fn titles_in_quotes(line: &str, register: &Register) -> Vec<Span> {
    if !line.contains('"') {
        return Vec::new();
    }
    recognise(line, register)
        .into_iter()
        .filter(|part| matches!(part.meaning, Meaning::Act(_)))
        .map(|part| part.span)
        .filter(|span| {
            let words = span.of(line);
            let marks = words.matches('"').count();
            marks > 0 && marks % 2 == 0 && !words.starts_with('"') && !words.contains(":\"")
        })
        .collect()
}
