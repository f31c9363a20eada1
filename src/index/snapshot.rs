//! The index as it is at one commit, and which values of it are the most frequent.
//!
//! In: a searcher of Tantivy. Out: what searches share until the next commit. Must never: hold the
//! values themselves but for the [`MAX_LISTED`] most frequent of a column and segment.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::StrColumn;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentOrdinal, Term};

use super::graph::Graph;
use super::{COUNTED, Fields};

/// The most frequent values that are kept of a column and a segment: enough that counts of a large answer
/// seldom need others, and a few megabytes at most.
const MAX_LISTED: usize = 2_000;

/// The index at one commit.
pub struct Snapshot {
    searcher: Searcher,
    frequent: [Mutex<Option<Arc<Frequent>>>; COUNTED],
    values: [Mutex<Option<Arc<Values>>>; COUNTED],
    graph: Mutex<Option<Arc<Graph>>>,
}

/// The values of a column over all segments, numbered in their order; four bytes a value and segment.
pub struct Values {
    /// For each segment the numbers of its values.
    numbers: Vec<Vec<u32>>,
    /// For each number a segment and the ordinal of the value there.
    places: Vec<(SegmentOrdinal, u32)>,
}

impl Values {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// The number of a segment's value.
    #[must_use]
    pub fn value(&self, segment: SegmentOrdinal, ordinal: u64) -> Option<u32> {
        let numbers = self.numbers.get(segment as usize)?;
        numbers.get(usize::try_from(ordinal).ok()?).copied()
    }

    /// The value with a number.
    pub fn text(&self, searcher: &Searcher, column: &str, value: u32) -> tantivy::Result<String> {
        let mut text = String::new();
        if let Some((segment, ordinal)) = self.places.get(value as usize)
            && let Some(column) = searcher
                .segment_reader(*segment)
                .fast_fields()
                .str(column)?
        {
            column.ord_to_str(u64::from(*ordinal), &mut text)?;
        }
        Ok(text)
    }

    fn of(searcher: &Searcher, column: &str) -> tantivy::Result<Self> {
        let columns: Vec<Option<StrColumn>> = searcher
            .segment_readers()
            .iter()
            .map(|segment| segment.fast_fields().str(column))
            .collect::<Result<_, _>>()?;
        let mut numbers = vec![Vec::new(); columns.len()];
        let mut places = Vec::new();
        // The segments' values in order, merged: in each segment the one that is next.
        let mut segments = Vec::new();
        for (ordinal, column) in (0..).zip(&columns) {
            if let Some(column) = column {
                let mut stream = column.dictionary().stream()?;
                if stream.advance() {
                    segments.push((ordinal, stream));
                }
            }
        }
        while let Some(next) = segments
            .iter()
            .map(|(_, stream)| stream.key())
            .min()
            .map(<[u8]>::to_vec)
        {
            let number = u32::try_from(places.len()).unwrap_or(u32::MAX);
            let mut place = None;
            segments.retain_mut(|(ordinal, stream): &mut (SegmentOrdinal, _)| {
                if stream.key() != next {
                    return true;
                }
                let numbers: &mut Vec<u32> = &mut numbers[*ordinal as usize];
                let here = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                place.get_or_insert((*ordinal, here));
                numbers.push(number);
                stream.advance()
            });
            places.extend(place);
        }
        Ok(Self { numbers, places })
    }
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
            values: Default::default(),
            graph: Mutex::default(),
        }
    }

    /// Makes ready what was asked for of the snapshot before.
    pub(super) fn prepare_as(&self, before: &Self, fields: Fields) -> tantivy::Result<()> {
        for (column, (field, name)) in fields.counted().into_iter().enumerate() {
            if is_known(&before.frequent[column]) {
                self.frequent(column, field)?;
            }
            if is_known(&before.values[column]) {
                self.values(column, name)?;
            }
        }
        if is_known(&before.graph) {
            self.graph(fields)?;
        }
        Ok(())
    }

    /// The searcher of this commit.
    #[must_use]
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Which orders are neighbours of others; it is drawn once, when it is first asked for.
    pub fn graph(&self, fields: Fields) -> tantivy::Result<Arc<Graph>> {
        once(&self.graph, || Graph::of(&self.searcher, fields))
    }

    /// The values of a column; they are numbered once, when they are first asked for.
    pub fn values(&self, column: usize, name: &str) -> tantivy::Result<Arc<Values>> {
        once(&self.values[column], || Values::of(&self.searcher, name))
    }

    /// The most frequent values of a column; they are listed once, when they are first asked for.
    pub fn frequent(&self, column: usize, field: Field) -> tantivy::Result<Arc<Frequent>> {
        once(&self.frequent[column], || frequent(&self.searcher, field))
    }
}

/// What was made before, or is made now.
fn once<T>(
    known: &Mutex<Option<Arc<T>>>,
    make: impl FnOnce() -> tantivy::Result<T>,
) -> tantivy::Result<Arc<T>> {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = &*known {
        return Ok(known.clone());
    }
    let made = Arc::new(make()?);
    *known = Some(made.clone());
    Ok(made)
}

fn is_known<T>(known: &Mutex<Option<Arc<T>>>) -> bool {
    known
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .is_some()
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
