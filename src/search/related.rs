//! The orders that an order repeals, amends or executes, and those that do so to it: the graph of orders,
//! read off the index.
//!
//! In: an order, its archive and index. Out: its neighbours that are in the archive. Must never: name an
//! order that is not there, or one of another body.

use serde::Serialize;
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, Term};

use super::{Records, SearchError};
use crate::index::{Direction, Fields, Index, Relation, order_key, related_keys};
use crate::order::{Day, Order};

/// Most orders told of one relation in one direction: hundreds may execute one order of a ministry, and
/// they are found by a search.
const MAX_RELATED: usize = 50;

/// A neighbour of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    /// What the one does to the other.
    pub relation: Relation,
    /// Which to which.
    pub direction: Direction,
    /// Id of the neighbour.
    pub id: String,
    /// Its kind.
    pub kind: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<Day>,
    /// Its title.
    pub title: Option<String>,
}

/// The neighbours of an order: by relation, what it does before what is done to it, by date and id.
pub fn related<R: Records + ?Sized>(
    records: &R,
    index: &Index,
    order: &Order,
) -> Result<Vec<Related>, SearchError> {
    related_to(records, index.snapshot().searcher(), index.fields(), order)
}

pub(super) fn related_to<R: Records + ?Sized>(
    records: &R,
    searcher: &Searcher,
    fields: Fields,
    order: &Order,
) -> Result<Vec<Related>, SearchError> {
    let mut neighbours = Vec::new();
    for (relation, key) in related_keys(order) {
        for id in ids(searcher, fields.key, &key)? {
            neighbours.push((relation, Direction::To, id));
        }
    }
    if let Some(key) = order_key(order) {
        for relation in Relation::ALL {
            for id in ids(searcher, fields.relations, &relation.term(&key))? {
                neighbours.push((relation, Direction::From, id));
            }
        }
    }
    let mut found = Vec::with_capacity(neighbours.len());
    for (relation, direction, id) in neighbours {
        if id == order.id {
            continue;
        }
        let Some(other) = records.record(&id)? else {
            continue;
        };
        found.push(Related {
            relation,
            direction,
            id,
            kind: other.kind.map(|kind| kind.value.name().to_owned()),
            number: other.number.map(|number| number.value),
            date: other.date.map(|date| date.value),
            title: other.title.map(|title| title.value),
        });
    }
    found.sort_by(|a, b| {
        (a.relation, a.direction, a.date, &a.id).cmp(&(b.relation, b.direction, b.date, &b.id))
    });
    Ok(found)
}

/// Ids of the orders with a term.
fn ids(searcher: &Searcher, field: Field, term: &str) -> Result<Vec<String>, SearchError> {
    let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::Basic);
    let found = searcher.search(&query, &TopDocs::with_limit(MAX_RELATED).order_by_score())?;
    found
        .into_iter()
        .map(|(_, address)| id_of(searcher, address))
        .collect()
}

fn id_of(searcher: &Searcher, address: DocAddress) -> Result<String, SearchError> {
    let segment = searcher.segment_reader(address.segment_ord);
    let mut id = String::new();
    if let Some(column) = segment.fast_fields().str("id")?
        && let Some(ordinal) = column.term_ords(address.doc_id).next()
    {
        column
            .ord_to_str(ordinal, &mut id)
            .map_err(tantivy::TantivyError::from)?;
    }
    Ok(id)
}
