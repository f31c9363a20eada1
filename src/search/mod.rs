//! Query → plan → hits, counts and passages.
//!
//! In: an archive, its index and what a person typed. Out: [`Answer`], the same shape that programs
//! get as JSON. Must never: show an order that does not answer to the query, or hide why it does.

mod counting;
mod excluded;
mod issuers;
mod neighbours;
mod pages;
mod passages;
mod plan;
pub mod query;
mod related;
mod suggestion;
mod ways_out;

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use tantivy::collector::{Count, DocSetCollector};

use self::counting::MAX_COUNTS;
use self::pages::{Found, Mark, Paging};
pub use passages::Passage;
use query::Query;
pub use query::{QueryError, interpretation};
pub use related::{Related, related};
pub use ways_out::{Alternative, Obstacle};

use crate::archive::{Archive, ArchiveError};
use crate::index::{Fields, Index, IndexError, Snapshot};
use crate::lexicon::register::Register;
use crate::order::{Day, Order};

/// Most hits of one answer: each is shown from its record, which is read and searched for passages.
pub const MAX_HITS: usize = 1_000;

/// Where the records are that the index only knows by id.
pub trait Records {
    /// The record with this id.
    fn record(&self, id: &str) -> Result<Option<Order>, ArchiveError>;
}

impl Records for Archive {
    fn record(&self, id: &str) -> Result<Option<Order>, ArchiveError> {
        Self::record(self, id)
    }
}

impl Records for [Order] {
    fn record(&self, id: &str) -> Result<Option<Order>, ArchiveError> {
        Ok(self.iter().find(|order| order.id == id).cloned())
    }
}

/// What to search for, and how to show it.
#[derive(Debug, Clone)]
pub struct Request {
    /// What was typed.
    pub query: String,
    /// Every word is only a word.
    pub plain: bool,
    /// Newest first, instead of the best match first.
    pub by_date: bool,
    /// Hits to give, at most [`MAX_HITS`]; 0 where only the counts are wanted.
    pub limit: usize,
    /// [`Answer::next`] of the answer that this one goes on from.
    pub after: Option<String>,
}

/// The answer to a request.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// What was typed.
    pub query: String,
    /// How it was understood.
    pub interpretation: String,
    /// Orders found.
    pub total: u64,
    /// This page of them.
    pub hits: Vec<Hit>,
    /// What to put into [`Request::after`] for the next page; null on the last one. It keeps its place
    /// while orders are added.
    pub next: Option<String>,
    /// Counts of all orders found.
    pub counts: Counts,
    /// Where nothing is found: the query with words that the orders have.
    pub suggestion: Option<String>,
    /// Where nothing is found: the parts that kept everything out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub obstacles: Vec<Obstacle>,
    /// Where nothing is found: lines to type instead, with a star or without quotation marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
}

/// How many of the orders found fall on what; the most frequent first, at most twenty of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// By year, the latest first.
    pub years: Vec<Counted>,
    /// By kind.
    pub kinds: Vec<Counted>,
    /// By issuer.
    pub issuers: Vec<Counted>,
    /// By act cited; the value is its id.
    pub acts: Vec<Counted>,
    /// By person named, surname and initials.
    pub people: Vec<Counted>,
    /// By what they do to other orders of the archive and others do to them; the names of the field
    /// `relation`.
    pub relations: Vec<Counted>,
    /// How many values there are besides those of a list, by its name; null where there are some and it is not known
    /// how many.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub others: BTreeMap<&'static str, Option<u64>>,
}

/// A value and how many orders have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The value.
    pub value: String,
    /// The value for people; the same, where there is no better one.
    pub name: String,
    /// Orders.
    pub orders: u64,
}

/// An order that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<Day>,
    /// Its title.
    pub title: Option<String>,
    /// Its issuer.
    pub issuer: Option<String>,
    /// Path of its file.
    pub path: String,
    /// Why it was found.
    pub passages: Vec<Passage>,
    /// It only cites the act asked for more broadly: the whole act, or the article.
    pub broader: bool,
    /// The orders that it repeals, amends or executes, and those that do so to it.
    pub related: Vec<Related>,
    /// How well it matches; 0 where it was not asked. It does not depend on the other orders.
    pub score: f32,
}

/// Why a search cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query cannot be honoured.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The cursor is none, or of an answer in another order.
    #[error("«{0}» — не место в этом ответе, с которого можно продолжить")]
    Cursor(String),
    /// The index refused.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error.into())
    }
}

/// Searches. `register`: the acts that are known by name, as [`Archive::register`] gives them.
pub fn search<R: Records + ?Sized>(
    records: &R,
    index: &Index,
    register: &Register,
    request: &Request,
) -> Result<Answer, SearchError> {
    let query = query::parse(&request.query, request.plain, register)?;
    let snapshot = index.snapshot();
    let mut query =
        issuers::with_whole_names(query, &request.query, snapshot.searcher(), index.fields())?;
    let after = match &request.after {
        Some(cursor) => Some(
            Mark::read(cursor, request.by_date)
                .ok_or_else(|| SearchError::Cursor(cursor.clone()))?,
        ),
        None => None,
    };
    let searcher = snapshot.searcher();
    let page = Paging {
        limit: request.limit.min(MAX_HITS),
        by_date: request.by_date,
        after,
    };
    let page_of = |query: &Query| -> Result<Found, SearchError> {
        let planned = plan::plan(query, index.fields(), &snapshot)?;
        Ok(searcher.search(&planned, &page)?)
    };
    let mut found = page_of(&query)?;
    if found.total == 0
        && let Some(wider) = query.of_any_year()
    {
        let of_another_year = page_of(&wider)?;
        if of_another_year.total > 0 {
            found = of_another_year;
            query = wider;
        }
    }
    let mut hits = Vec::with_capacity(found.page.len());
    for mark in &found.page {
        // A record that the index has and the archive does not is about to leave the index.
        if let Some(order) = records.record(&mark.id)? {
            let related = related::related_to(records, searcher, index.fields(), &order)?;
            hits.push(hit(order, &query, related, f32::from_bits(mark.score)));
        }
    }
    let more = found.remaining > found.page.len() as u64;
    let nothing = match found.total {
        0 => nothing_found(index, register, request, &query, &snapshot)?,
        _ => NothingFound::default(),
    };
    Ok(Answer {
        query: request.query.clone(),
        interpretation: interpretation(&query),
        total: found.total,
        hits,
        next: found
            .page
            .last()
            .filter(|_| more)
            .map(|mark| mark.cursor(request.by_date)),
        counts: counts(&snapshot, index.fields(), &found)?,
        suggestion: nothing.suggestion,
        obstacles: nothing.obstacles,
        alternatives: nothing.alternatives,
    })
}

/// What is said where nothing is found.
#[derive(Default)]
struct NothingFound {
    suggestion: Option<String>,
    obstacles: Vec<Obstacle>,
    alternatives: Vec<Alternative>,
}

fn nothing_found(
    index: &Index,
    register: &Register,
    request: &Request,
    query: &Query,
    snapshot: &Snapshot,
) -> Result<NothingFound, SearchError> {
    let (searcher, fields) = (snapshot.searcher(), index.fields());
    let mut count = |query: &Query| -> Result<u64, SearchError> {
        let planned = plan::plan(query, fields, snapshot)?;
        Ok(searcher.search(&planned, &Count)? as u64)
    };
    if let Some(meant) = suggestion::in_the_other_layout(&request.query)
        && let Ok(query) = query::parse(&meant, request.plain, register)
        && count(&query)? > 0
    {
        return Ok(NothingFound {
            suggestion: Some(meant),
            ..NothingFound::default()
        });
    }
    let mut is_known = |word: &str| -> Result<bool, SearchError> {
        Ok(suggestion::is_known(word, searcher, fields)?)
    };
    let mut count_typed = |line: &str| match query::parse(line, false, register) {
        Ok(query) => count(&query),
        Err(_) => Ok(0),
    };
    let mut alternatives = if request.plain {
        Vec::new()
    } else {
        ways_out::alternatives(&request.query, query, &mut is_known, &mut count_typed)?
    };
    let read = |line: &str| query::parse(line, false, register).ok();
    alternatives.extend(ways_out::wider_provision(query, &read, &mut count)?);
    // A longer word that orders have is nearer to what was typed than another word.
    let suggestion = if alternatives.is_empty() {
        suggestion::suggestion(&request.query, query, searcher, fields)?
    } else {
        None
    };
    Ok(NothingFound {
        suggestion,
        obstacles: ways_out::obstacles(query, &mut count)?,
        alternatives,
    })
}

/// Ids of all records that answer to a query, ordered.
pub fn ids(index: &Index, register: &Register, typed: &str) -> Result<Vec<String>, SearchError> {
    let query = query::parse(typed, false, register)?;
    let snapshot = index.snapshot();
    let query = issuers::with_whole_names(query, typed, snapshot.searcher(), index.fields())?;
    let planned = plan::plan(&query, index.fields(), &snapshot)?;
    let searcher = snapshot.searcher();
    let found = searcher.search(&planned, &DocSetCollector)?;
    let mut ids = Vec::with_capacity(found.len());
    let mut columns = HashMap::new();
    for address in found {
        let column = match columns.entry(address.segment_ord) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(place) => {
                let segment = searcher.segment_reader(address.segment_ord);
                place.insert(segment.fast_fields().str("id")?)
            }
        };
        let mut id = String::new();
        if let Some(column) = column
            && let Some(ordinal) = column.term_ords(address.doc_id).next()
        {
            column
                .ord_to_str(ordinal, &mut id)
                .map_err(tantivy::TantivyError::from)?;
        }
        ids.push(id);
    }
    ids.sort();
    Ok(ids)
}

fn hit(order: Order, query: &query::Query, related: Vec<Related>, score: f32) -> Hit {
    let (passages, broader) = passages::passages(&order, query);
    Hit {
        passages,
        broader,
        related,
        id: order.id,
        kind: order.kind.map(|kind| kind.value.name().to_owned()),
        number: order.number.map(|number| number.value),
        date: order.date.map(|date| date.value),
        title: order.title.map(|title| title.value),
        issuer: order.issuer.map(|issuer| issuer.value),
        path: order.source.path,
        score,
    }
}

/// The counts of all that was found.
fn counts(snapshot: &Snapshot, fields: Fields, found: &Found) -> Result<Counts, SearchError> {
    let years = found
        .years
        .iter()
        .rev()
        .take(MAX_COUNTS)
        .map(|(year, orders)| Counted {
            value: year.to_string(),
            name: year.to_string(),
            orders: *orders,
        })
        .collect();
    let mut others = BTreeMap::new();
    let all_years = found.years.len();
    if all_years > MAX_COUNTS {
        others.insert("years", Some((all_years - MAX_COUNTS) as u64));
    }
    let mut count = |name, column| -> Result<Vec<Counted>, SearchError> {
        let most = counting::count(snapshot, fields, column, &found.matched, found.total)?;
        if most.others != Some(0) {
            others.insert(name, most.others);
        }
        Ok(most.counted)
    };
    Ok(Counts {
        years,
        kinds: count("kinds", 0)?,
        issuers: count("issuers", 1)?,
        acts: count("acts", 2)?,
        people: count("people", 3)?,
        relations: counting::relations(snapshot, fields, &found.matched)?,
        others,
    })
}
