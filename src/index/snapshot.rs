//! The index as it is at one commit, and which values of it are the most frequent.
//!
//! In: a searcher of Tantivy. Out: what searches share until the next commit. Must never: hold more than
//! [`MAX_LISTED`] values of a column and segment, however many orders there are.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentOrdinal, Term};

use super::{COUNTED, Fields};

/// The most frequent values that are kept of a column and a segment: enough that counts of a large answer
/// seldom need others, and a few megabytes at most.
const MAX_LISTED: usize = 2_000;

/// The index at one commit.
pub struct Snapshot {
    searcher: Searcher,
    frequent: [Mutex<Option<Arc<Frequent>>>; COUNTED],
}

/// The most frequent values of a column.
pub struct Frequent {
    /// The most frequent first.
    pub values: Vec<FrequentValue>,
    /// No value that is not among them is in more orders than this.
    pub others: u32,
}

/// A frequent value.
pub struct FrequentValue {
    /// The value.
    pub value: String,
    /// Orders that have it, those that were replaced since included.
    pub orders: u32,
    /// Where the lists of these orders are.
    pub lists: Vec<(SegmentOrdinal, TermInfo)>,
}

impl Snapshot {
    pub(super) fn new(searcher: Searcher) -> Self {
        Self {
            searcher,
            frequent: Default::default(),
        }
    }

    /// Lists the columns that were listed of the snapshot before.
    pub(super) fn prepare_as(&self, before: &Self, fields: Fields) -> tantivy::Result<()> {
        for (column, (field, _)) in fields.counted().into_iter().enumerate() {
            let listed = before.frequent[column]
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_some();
            if listed {
                self.frequent(column, field)?;
            }
        }
        Ok(())
    }

    /// The searcher of this commit.
    #[must_use]
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The most frequent values of a column; they are listed once, when they are first asked for.
    pub fn frequent(&self, column: usize, field: Field) -> tantivy::Result<Arc<Frequent>> {
        let mut known = self.frequent[column]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(frequent) = &*known {
            return Ok(frequent.clone());
        }
        let frequent = Arc::new(frequent(&self.searcher, field)?);
        *known = Some(frequent.clone());
        Ok(frequent)
    }
}

fn frequent(searcher: &Searcher, field: Field) -> tantivy::Result<Frequent> {
    let mut names = HashSet::new();
    let mut others = 0;
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut most: BinaryHeap<Reverse<(u32, Vec<u8>)>> = BinaryHeap::new();
        let mut left_out = 0;
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            let orders = stream.value().doc_freq;
            if most.len() == MAX_LISTED {
                let least = most.peek().map_or(0, |Reverse((least, _))| *least);
                if orders <= least {
                    left_out = left_out.max(orders);
                    continue;
                }
                most.pop();
                left_out = left_out.max(least);
            }
            most.push(Reverse((orders, stream.key().to_vec())));
        }
        others += left_out;
        names.extend(
            most.into_iter()
                .filter_map(|Reverse((_, value))| String::from_utf8(value).ok()),
        );
    }
    let mut values = Vec::with_capacity(names.len());
    for value in names {
        let term = Term::from_field_text(field, &value);
        let mut lists = Vec::new();
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            if let Some(list) = segment.inverted_index(field)?.get_term_info(&term)? {
                lists.push((ordinal, list));
            }
        }
        let orders = lists.iter().map(|(_, list)| list.doc_freq).sum();
        values.push(FrequentValue {
            value,
            orders,
            lists,
        });
    }
    values.sort_by(|a, b| b.orders.cmp(&a.orders).then_with(|| a.value.cmp(&b.value)));
    Ok(Frequent { values, others })
}
