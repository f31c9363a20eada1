//! The ways out where nothing is found: the part that kept everything out, a wider provision, a star, a phrase as words.
//!
//! In: a query that finds nothing. Out: what would find something, each with how much. Everything told was searched
//! for. Must never: tell of a way that finds nothing.

use serde::Serialize;

use super::query::{AskedAct, Query, interpretation};
use crate::index::tokens_of;
use crate::lexicon::morphology::fold;
use crate::order::Locator;
use crate::parse::pinpoints::{Unit, down_to, shown};

/// A part of the query without which something is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obstacle {
    /// The part, as it was understood.
    pub part: String,
    /// The rest of the query, to be typed.
    pub query: String,
    /// Orders that the rest finds; 0 where the part is in no order and the rest finds nothing either.
    pub orders: u64,
}

/// A line to be typed instead, which finds something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// The line.
    pub query: String,
    /// Orders that it finds.
    pub orders: u64,
}

/// Parts that are left out in turn; each costs a search, and a line of more words is no question.
const MAX_PARTS: usize = 12;
/// Obstacles told of: the ones without which most is found.
const MAX_OBSTACLES: usize = 3;
/// Letters of the shortest word that a star makes longer: shorter ones begin too many.
const MIN_LETTERS: usize = 4;

/// The parts that keep everything out: without which the rest finds something; where no rest does, those that no order
/// answers to. `count` searches.
pub(super) fn obstacles<E>(
    query: &Query,
    count: &mut dyn FnMut(&Query) -> Result<u64, E>,
) -> Result<Vec<Obstacle>, E> {
    let Query::All(parts) = query else {
        return Ok(Vec::new());
    };
    let required: Vec<&Query> = Query::required(parts).collect();
    let asked_for = required
        .iter()
        .filter(|part| !matches!(part, Query::Not(_)))
        .count();
    if required.len() < 2 || required.len() > MAX_PARTS {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for left_out in &required {
        // What only excludes is no query.
        if asked_for == 1 && !matches!(left_out, Query::Not(_)) {
            continue;
        }
        let rest = without(&required, left_out);
        let orders = count(&rest)?;
        if orders > 0 {
            found.push(obstacle(left_out, &rest, orders));
        }
    }
    if found.is_empty() {
        for part in required
            .iter()
            .filter(|part| !matches!(part, Query::Not(_)))
        {
            if count(part)? == 0 {
                found.push(obstacle(part, &without(&required, part), 0));
            }
        }
    }
    found.sort_by_key(|obstacle| std::cmp::Reverse(obstacle.orders));
    found.truncate(MAX_OBSTACLES);
    Ok(found)
}

/// The parts but one of them.
fn without(parts: &[&Query], left_out: &Query) -> Query {
    let mut rest: Vec<Query> = parts
        .iter()
        .filter(|part| !std::ptr::eq(**part, left_out))
        .map(|&part| part.clone())
        .collect();
    match rest.len() {
        1 => rest.remove(0),
        _ => Query::All(rest),
    }
}

fn obstacle(part: &Query, rest: &Query, orders: u64) -> Obstacle {
    Obstacle {
        part: said(part),
        query: rest.to_string(),
        orders,
    }
}

/// A part as people would name it: words as they were typed.
fn said(part: &Query) -> String {
    match part {
        Query::Word(word) => format!("«{word}»"),
        Query::Any(ways) => match &ways[..] {
            [Query::Person(_), Query::Word(word)] => format!("«{word}»"),
            _ => interpretation(part),
        },
        Query::Not(part) => format!("кроме {}", said(part)),
        _ => interpretation(part),
    }
}

/// What was typed, with a star behind the words that no order has, and with phrases as words. `count` searches for a
/// line; `is_known` says whether orders have a word in any form.
pub(super) fn alternatives<E>(
    typed: &str,
    query: &Query,
    is_known: &mut dyn FnMut(&str) -> Result<bool, E>,
    count: &mut dyn FnMut(&str) -> Result<u64, E>,
) -> Result<Vec<Alternative>, E> {
    let mut words = Vec::new();
    let mut phrases = Vec::new();
    words_and_phrases(query, &mut words, &mut phrases);
    let mut unknown = Vec::new();
    for word in words {
        let longer = word.chars().all(char::is_alphabetic) && word.chars().count() >= MIN_LETTERS;
        if longer && !is_known(word)? {
            unknown.push(fold(word));
        }
    }
    let lines = [starred(typed, &unknown), unquoted(typed, &phrases)];
    let mut found = Vec::new();
    for line in lines.into_iter().flatten() {
        let orders = count(&line)?;
        if orders > 0 {
            found.push(Alternative {
                query: line,
                orders,
            });
        }
    }
    Ok(found)
}

/// The same query for the nearest wider provision of its act that finds something: «ст. 10 149-ФЗ» for «ч. 8 ст. 10 149-ФЗ»,
/// then the whole act. `read` reads a line, so that none is told that would mean something else; `count` searches.
pub(super) fn wider_provision<E>(
    query: &Query,
    read: &dyn Fn(&str) -> Option<Query>,
    count: &mut dyn FnMut(&Query) -> Result<u64, E>,
) -> Result<Option<Alternative>, E> {
    for of_article in [true, false] {
        for wider in widened(query, of_article) {
            let line = wider.to_string();
            let is_meant =
                read(&line).is_some_and(|again| interpretation(&again) == interpretation(&wider));
            let orders = if is_meant { count(&wider)? } else { 0 };
            if orders > 0 {
                let query = line;
                return Ok(Some(Alternative { query, orders }));
            }
        }
    }
    Ok(None)
}

/// The query with the provisions of its one act down to the article, or none of them, in the words that may name the act;
/// none where that changes nothing.
fn widened(query: &Query, of_article: bool) -> Vec<Query> {
    match query {
        Query::Act(asked) => {
            let locators: Vec<Locator> = match asked.locators.as_slice() {
                [asked] if of_article => down_to(asked, Unit::Article).into_iter().collect(),
                _ => Vec::new(),
            };
            if locators == asked.locators || locators.is_empty() == of_article {
                return Vec::new();
            }
            let provision = locators.first().map(|article| shown(article) + " ");
            let names = [&asked.act.number, &asked.act.title].into_iter().flatten();
            names
                .map(|name| {
                    Query::Act(Box::new(AskedAct {
                        words: format!("{}{name}", provision.as_deref().unwrap_or_default()),
                        act: asked.act.clone(),
                        locators: locators.clone(),
                    }))
                })
                .collect()
        }
        Query::All(parts) => {
            let is_act = |part: &Query| matches!(part, Query::Act(_));
            let Some(at) = parts.iter().position(is_act) else {
                return Vec::new();
            };
            if parts[at + 1..].iter().any(is_act) {
                return Vec::new();
            }
            let in_its_place = |wider| {
                let mut parts = parts.clone();
                parts[at] = wider;
                Query::All(parts)
            };
            widened(&parts[at], of_article)
                .into_iter()
                .map(in_its_place)
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The words and the phrases that must be met.
fn words_and_phrases<'a>(query: &'a Query, words: &mut Vec<&'a str>, phrases: &mut Vec<&'a str>) {
    match query {
        Query::Word(word) => words.push(word),
        Query::Phrase(phrase) => phrases.push(phrase),
        Query::All(parts) | Query::Any(parts) => {
            for part in parts {
                words_and_phrases(part, words, phrases);
            }
        }
        _ => {}
    }
}

/// What was typed with a star behind each of some words; `None` where none of them was typed.
fn starred(typed: &str, words: &[String]) -> Option<String> {
    let mut line = String::with_capacity(typed.len() + words.len());
    let mut from = 0;
    for token in tokens_of(typed) {
        let ends = typed[token.end..].starts_with([' ', ')']) || token.end == typed.len();
        if ends && words.contains(&token.form) {
            line.push_str(&typed[from..token.end]);
            line.push('*');
            from = token.end;
        }
    }
    line.push_str(&typed[from..]);
    (from > 0).then_some(line)
}

/// What was typed without the quotation marks around some phrases; `None` where there are none.
fn unquoted(typed: &str, phrases: &[&str]) -> Option<String> {
    const MARKS: [(char, char); 4] = [('"', '"'), ('«', '»'), ('“', '”'), ('„', '“')];
    let mut line = typed.to_owned();
    for phrase in phrases {
        for (open, close) in MARKS {
            for before in ["точно:", "exact:", ""] {
                line = line.replace(&format!("{before}{open}{phrase}{close}"), phrase);
            }
        }
    }
    (line != typed).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::register::Register;
    use crate::search::query::parse;

    #[test]
    fn stars_and_marks_are_put_and_taken_away_where_they_were_typed() {
        for (typed, unknown, expected) in [
            ("коронавирус 2021", "коронавирус", Some("коронавирус* 2021")),
            (
                "(Антитеррор или школа)",
                "антитеррор",
                Some("(Антитеррор* или школа)"),
            ),
            ("антитеррор-план", "антитеррор", None),
            ("школа", "учет", None),
        ] {
            let line = starred(typed, &[unknown.to_owned()]);
            assert_eq!(line.as_deref(), expected, "{typed}");
        }
        for (typed, phrase, expected) in [
            (
                "\"пожарная безопасность\" школа",
                "пожарная безопасность",
                Some("пожарная безопасность школа"),
            ),
            ("точно:«в чате»", "в чате", Some("в чате")),
            ("в чате", "в чате", None),
        ] {
            assert_eq!(unquoted(typed, &[phrase]).as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn the_nearest_wider_provision_is_told() {
        for (typed, orders_have, expected) in [
            ("ч. 8 ст. 10 149-ФЗ", "ст. 10 149-ФЗ", Some("ст. 10 149-ФЗ")),
            ("ч. 8 ст. 10 149-ФЗ", "149-ФЗ", Some("149-ФЗ")),
            ("ст. 10 149-ФЗ", "149-ФЗ", Some("149-ФЗ")),
            ("ч. 8 ст. 10 149-ФЗ чат", "149-ФЗ чат", Some("149-ФЗ чат")),
            ("ч. 8 ст. 10 149-ФЗ", "152-ФЗ", None),
            ("149-ФЗ", "149-ФЗ", None),
            ("чат", "чат", None),
        ] {
            let read = |typed: &str| parse(typed, false, Register::built_in()).ok();
            let answers = read(orders_have).map(|query| interpretation(&query));
            let mut count = |query: &Query| -> Result<u64, ()> {
                Ok(u64::from(Some(interpretation(query)) == answers))
            };
            let told =
                read(typed).and_then(|query| wider_provision(&query, &read, &mut count).ok()?);
            let meant = told
                .and_then(|told| read(&told.query))
                .map(|query| interpretation(&query));
            let expected = expected.and_then(read).map(|query| interpretation(&query));
            assert_eq!(meant, expected, "{typed}");
        }
    }

    #[test]
    fn each_part_is_left_out_in_turn() {
        // Orders have «школа» and «чат», never together, and nothing else.
        let mut count = |query: &Query| -> Result<u64, ()> {
            Ok(match query {
                Query::Word(word) if word == "школа" => 3,
                Query::Word(word) if word == "чат" => 5,
                _ => 0,
            })
        };
        for (typed, expected) in [
            ("школа чат", &["«школа» 5", "«чат» 3"][..]),
            ("чат -школа", &["кроме «школа» 5"]),
            ("школа для енотов", &["«енотов» 3"]),
            ("школа чат енотов", &["«енотов» 0"]),
            ("енотов", &[]),
        ] {
            let query = parse(typed, false, Register::built_in()).map_err(|error| error.message);
            let told = query.map(|query| {
                let obstacles = obstacles(&query, &mut count).unwrap_or_default();
                let told = obstacles
                    .iter()
                    .map(|obstacle| format!("{} {}", obstacle.part, obstacle.orders));
                told.collect::<Vec<_>>()
            });
            assert_eq!(
                told,
                Ok(expected.iter().map(|&line| line.to_owned()).collect()),
                "{typed}"
            );
        }
    }
}
