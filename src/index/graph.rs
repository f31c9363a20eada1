//! Which orders of a commit are neighbours of which: the graph of orders as sets.
//!
//! In: a searcher. Out: for every relation and direction the orders that stand in it to an order of the
//! index. Must never: count an order that was replaced, or a neighbour that is not there.

use std::collections::HashMap;

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocSet as _, Searcher, SegmentOrdinal, SegmentReader, TERMINATED, Term};

use super::Fields;
use super::relations::{Direction, Relation};

/// The orders that stand in each relation, by segment.
pub struct Graph(HashMap<SegmentId, [BitSet; SETS]>);

const SETS: usize = Relation::ALL.len() * Direction::ALL.len();

fn set(relation: Relation, direction: Direction) -> usize {
    relation as usize * Direction::ALL.len() + direction as usize
}

impl Graph {
    /// The orders of a segment that do something to another, or to which another does it.
    #[must_use]
    pub fn orders(
        &self,
        segment: SegmentId,
        relation: Relation,
        direction: Direction,
    ) -> Option<&BitSet> {
        self.0
            .get(&segment)
            .map(|sets| &sets[set(relation, direction)])
    }

    pub(super) fn of(searcher: &Searcher, fields: Fields) -> tantivy::Result<Self> {
        let segments = searcher.segment_readers();
        let mut sets: Vec<[BitSet; SETS]> = segments
            .iter()
            .map(|segment| std::array::from_fn(|_| BitSet::with_max_value(segment.max_doc())))
            .collect();
        for relation in Relation::ALL {
            for (key, lists) in named(searcher, fields, relation)? {
                let mut named = Vec::new();
                let term = Term::from_field_text(fields.key, &key);
                for (ordinal, segment) in (0..).zip(segments) {
                    let index = segment.inverted_index(fields.key)?;
                    if let Some(list) = index.get_term_info(&term)? {
                        let field = fields.key;
                        each(segment, field, &list, |order| named.push((ordinal, order)))?;
                    }
                }
                let mut naming = Vec::new();
                for (ordinal, list) in &lists {
                    let segment = &segments[*ordinal as usize];
                    each(segment, fields.relations, list, |order| {
                        naming.push((*ordinal, order));
                    })?;
                }
                for (orders, others, direction) in [
                    (&named, &naming, Direction::From),
                    (&naming, &named, Direction::To),
                ] {
                    for order in orders {
                        if others.iter().any(|other| other != order) {
                            sets[order.0 as usize][set(relation, direction)].insert(order.1);
                        }
                    }
                }
            }
        }
        let ids = segments.iter().map(SegmentReader::segment_id);
        Ok(Self(ids.zip(sets).collect()))
    }
}

/// The lists of orders, by the key of the order that they name in a relation.
type Naming = HashMap<String, Vec<(SegmentOrdinal, TermInfo)>>;

/// The keys that are named in a relation, and who names them.
fn named(searcher: &Searcher, fields: Fields, relation: Relation) -> tantivy::Result<Naming> {
    let beginning = relation.term("");
    let mut keys = Naming::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let index = segment.inverted_index(fields.relations)?;
        let mut stream = index.terms().range().ge(&beginning).into_stream()?;
        while stream.advance() {
            let term = std::str::from_utf8(stream.key()).unwrap_or_default();
            let Some(key) = term.strip_prefix(&beginning) else {
                break;
            };
            let lists = keys.entry(key.to_owned()).or_default();
            lists.push((ordinal, stream.value().clone()));
        }
    }
    Ok(keys)
}

/// The orders of a list that were not replaced.
fn each(
    segment: &SegmentReader,
    field: tantivy::schema::Field,
    list: &TermInfo,
    mut visit: impl FnMut(u32),
) -> tantivy::Result<()> {
    let mut postings = segment
        .inverted_index(field)?
        .read_postings_from_terminfo(list, IndexRecordOption::Basic)?;
    let mut order = postings.doc();
    while order != TERMINATED {
        if segment
            .alive_bitset()
            .is_none_or(|alive| alive.is_alive(order))
        {
            visit(order);
        }
        order = postings.advance();
    }
    Ok(())
}
