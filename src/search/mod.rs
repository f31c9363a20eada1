//! Query → plan → hits, counts and passages.
//!
//! In: an archive, its index and what a person typed. Out: [`Answer`], the same shape that programs
//! get as JSON. Must never: show an order that does not answer to the query, or hide why it does.

mod passages;
mod plan;
pub mod query;

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::schema::Value as _;
use tantivy::{DocAddress, TantivyDocument};

pub use passages::Passage;
pub use query::{QueryError, interpretation};

use crate::archive::{Archive, ArchiveError};
use crate::index::{Index, IndexError};
use crate::order::{Day, Order};

/// What to search for, and how to show it.
#[derive(Debug, Clone)]
pub struct Request {
    /// What was typed.
    pub query: String,
    /// Every word is only a word.
    pub plain: bool,
    /// Newest first, instead of the best match first.
    pub by_date: bool,
    /// Hits to give.
    pub limit: usize,
}

/// The answer to a request.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// What was typed.
    pub query: String,
    /// How it was understood.
    pub interpretation: String,
    /// Orders found.
    pub total: usize,
    /// The first of them.
    pub hits: Vec<Hit>,
    /// Orders found by year.
    pub years: BTreeMap<String, usize>,
    /// Orders found by kind.
    pub kinds: BTreeMap<String, usize>,
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
    /// How well it matches; comparable within one answer.
    pub score: f32,
}

/// Why a search cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query cannot be honoured.
    #[error(transparent)]
    Query(#[from] QueryError),
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

/// Searches.
pub fn search(archive: &Archive, index: &Index, request: &Request) -> Result<Answer, SearchError> {
    let query = query::parse(&request.query, request.plain)?;
    let planned = plan::plan(&query, index.fields())?;
    let searcher = index.searcher()?;
    let limit = request.limit.max(1);
    let (addresses, total) = if request.by_date {
        let newest =
            TopDocs::with_limit(limit).order_by_fast_field::<i64>("date", tantivy::Order::Desc);
        let (found, total) = searcher.search(&planned, &(newest, Count))?;
        (
            found
                .into_iter()
                .map(|(_, address)| (0.0, address))
                .collect::<Vec<_>>(),
            total,
        )
    } else {
        searcher.search(
            &planned,
            &(TopDocs::with_limit(limit).order_by_score(), Count),
        )?
    };
    let mut hits = Vec::with_capacity(addresses.len());
    for (score, address) in addresses {
        let id = id_of(&searcher, index, address)?;
        // A record that the index has and the archive does not is about to leave the index.
        let Some(order) = archive.record(&id)? else {
            continue;
        };
        hits.push(hit(order, &query, score));
    }
    if !request.by_date {
        // Equal matches: the newest first, then by id, so that the order is always the same.
        hits.sort_by(|a: &Hit, b: &Hit| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| b.date.cmp(&a.date))
                .then_with(|| a.id.cmp(&b.id))
        });
    }
    let (years, kinds) = counts(&searcher, &planned)?;
    Ok(Answer {
        query: request.query.clone(),
        interpretation: interpretation(&query),
        total,
        hits,
        years,
        kinds,
    })
}

/// Ids of all records that answer to a query, ordered.
pub fn ids(index: &Index, typed: &str) -> Result<Vec<String>, SearchError> {
    let query = query::parse(typed, false)?;
    let planned = plan::plan(&query, index.fields())?;
    let searcher = index.searcher()?;
    let found = searcher.search(&planned, &DocSetCollector)?;
    let mut ids: Vec<String> = found
        .into_iter()
        .map(|address| id_of(&searcher, index, address))
        .collect::<Result<_, _>>()?;
    ids.sort();
    Ok(ids)
}

fn id_of(
    searcher: &tantivy::Searcher,
    index: &Index,
    address: DocAddress,
) -> Result<String, SearchError> {
    let document: TantivyDocument = searcher.doc(address)?;
    Ok(document
        .get_first(index.fields().id)
        .and_then(|value| value.as_str())
        .unwrap_or_default()
        .to_owned())
}

fn hit(order: Order, query: &query::Query, score: f32) -> Hit {
    let passages = passages::passages(&order, query);
    Hit {
        passages,
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

/// How many orders have each value.
type Counts = BTreeMap<String, usize>;

/// Counts by year and kind, from the columns of the index.
fn counts(
    searcher: &tantivy::Searcher,
    planned: &dyn tantivy::query::Query,
) -> Result<(Counts, Counts), SearchError> {
    let mut years = BTreeMap::new();
    let mut kinds = BTreeMap::new();
    let found = searcher.search(planned, &DocSetCollector)?;
    for address in found {
        let columns = searcher.segment_reader(address.segment_ord).fast_fields();
        if let Some(date) = columns.i64("date")?.first(address.doc_id) {
            *years.entry((date / 10_000).to_string()).or_default() += 1;
        }
        if let Some(column) = columns.str("kind")?
            && let Some(ordinal) = column.term_ords(address.doc_id).next()
        {
            let mut kind = String::new();
            if column
                .ord_to_str(ordinal, &mut kind)
                .is_ok_and(|known| known)
            {
                *kinds.entry(kind).or_default() += 1;
            }
        }
    }
    Ok((years, kinds))
}
