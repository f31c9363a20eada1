//! How many words behind «учреждение:» are its value: as many as the name of a body in the archive has.
//!
//! In: a query and what was typed. Out: the same query, with «учреждение:Правительство Москвы» as one value, where an
//! order is of such a body. Must never: take in a word that stands behind quotation marks or a field of its own.

use tantivy::Searcher;
use tantivy::collector::Count;

use super::plan::of_the_issuer;
use super::query::Query;
use crate::index::{Fields, tokens_of};

/// Words of a name that are tried; the longest names of bodies are told apart by fewer.
const MAX_WORDS: usize = 12;

/// The query with the names of bodies as long as they are.
pub(super) fn with_whole_names(
    query: Query,
    typed: &str,
    searcher: &Searcher,
    fields: Fields,
) -> tantivy::Result<Query> {
    let Query::All(parts) = query else {
        return Ok(query);
    };
    let mut whole: Vec<Query> = Vec::with_capacity(parts.len());
    for part in parts {
        if let (Some(Query::Issuer(name)), Some(word)) = (whole.last_mut(), word_of(&part)) {
            let longer = format!("{name} {word}");
            if typed.contains(&longer)
                && tokens_of(&longer).len() <= MAX_WORDS
                && searcher.search(&of_the_issuer(fields, &longer), &Count)? > 0
            {
                *name = longer;
                continue;
            }
        }
        whole.push(part);
    }
    Ok(match whole.len() {
        1 => whole.remove(0),
        _ => Query::All(whole),
    })
}

/// The word that a part of a query is, whatever name it may be besides.
fn word_of(part: &Query) -> Option<&str> {
    match part {
        Query::Word(word) => Some(word),
        Query::Any(ways) => match &ways[..] {
            [Query::Person(_), Query::Word(word)] => Some(word),
            _ => None,
        },
        _ => None,
    }
}
