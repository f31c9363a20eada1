//! How many of the orders found have which kind, issuer, act and person.
//!
//! In: the orders found, as bits. Out: the most frequent values with exact counts. A small answer is counted
//! order by order. Of a large one the lists of the most frequent values are compared with it, until no other
//! value can be among the first: what most orders have in common costs little to count. Must never:
//! estimate.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use tantivy::columnar::StrColumn;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentOrdinal, Term};

use super::Counted;
use crate::index::{Fields, Snapshot};

/// Most values counted of each kind: what a person looks through.
pub(super) const MAX_COUNTS: usize = 20;
/// Orders up to which an answer is counted one by one: then that costs less than a look at every list.
const SMALL: u64 = 4_000;

/// Orders of one segment, a bit each.
pub(super) struct Matched {
    pub(super) segment: SegmentOrdinal,
    bits: Vec<u64>,
}

impl Matched {
    pub(super) fn none_of(segment: SegmentOrdinal, orders: u32) -> Self {
        Self {
            segment,
            bits: vec![0; orders as usize / 64 + 1],
        }
    }

    pub(super) fn add(&mut self, order: u32) {
        self.bits[order as usize / 64] |= 1 << (order % 64);
    }

    fn has(&self, order: u32) -> bool {
        self.bits
            .get(order as usize / 64)
            .is_some_and(|bits| bits >> (order % 64) & 1 == 1)
    }

    fn each(&self, mut visit: impl FnMut(u32)) {
        for (block, bits) in (0..).zip(&self.bits) {
            let mut bits = *bits;
            while bits != 0 {
                visit(block * 64 + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
    }
}

/// Counts the values of one column among `total` orders.
pub(super) fn count(
    snapshot: &Snapshot,
    fields: Fields,
    column: usize,
    matched: &[Matched],
    total: u64,
) -> tantivy::Result<Vec<Counted>> {
    let (field, name) = fields.counted()[column];
    let found = if total > SMALL {
        by_lists(snapshot, column, field, matched)?
    } else {
        None
    };
    let mut found = match found {
        Some(found) => found,
        None => one_by_one(snapshot, field, name, matched)?,
    };
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(MAX_COUNTS);
    found
        .into_iter()
        .map(|(value, orders)| {
            let name = if field == fields.act_ids {
                name_of_act(snapshot, fields, &value)?
            } else {
                value.clone()
            };
            Ok(Counted {
                value,
                name,
                orders,
            })
        })
        .collect()
}

/// By the lists of the most frequent values; `None` where others may be among the first.
fn by_lists(
    snapshot: &Snapshot,
    column: usize,
    field: Field,
    matched: &[Matched],
) -> tantivy::Result<Option<Vec<(String, u64)>>> {
    let frequent = snapshot.frequent(column, field)?;
    let mut found: Vec<(String, u64)> = Vec::new();
    // The counts of the first values so far, the least first.
    let mut first: Vec<u64> = Vec::new();
    for value in &frequent.values {
        let least = if first.len() < MAX_COUNTS {
            0
        } else {
            first[0]
        };
        if least > u64::from(value.orders) {
            return Ok(Some(found));
        }
        let mut orders = 0;
        for (ordinal, list) in &value.lists {
            let Some(matched) = matched.iter().find(|matched| matched.segment == *ordinal) else {
                continue;
            };
            let index = snapshot
                .searcher()
                .segment_reader(*ordinal)
                .inverted_index(field)?;
            let mut postings =
                index.read_block_postings_from_terminfo(list, IndexRecordOption::Basic)?;
            while postings.block_len() > 0 {
                for &order in postings.docs() {
                    orders += u64::from(matched.has(order));
                }
                postings.advance();
            }
        }
        if orders == 0 {
            continue;
        }
        found.push((value.value.clone(), orders));
        if first.len() < MAX_COUNTS || orders > least {
            if first.len() == MAX_COUNTS {
                first.remove(0);
            }
            let place = first.partition_point(|known| *known < orders);
            first.insert(place, orders);
        }
    }
    let enough = first.len() == MAX_COUNTS && first[0] > u64::from(frequent.others);
    Ok((enough || frequent.others == 0).then_some(found))
}

/// Order by order.
fn one_by_one(
    snapshot: &Snapshot,
    field: Field,
    name: &str,
    matched: &[Matched],
) -> tantivy::Result<Vec<(String, u64)>> {
    let mut segments = Vec::with_capacity(matched.len());
    for matched in matched {
        let segment = snapshot.searcher().segment_reader(matched.segment);
        let Some(column) = segment.fast_fields().str(name)? else {
            continue;
        };
        let mut counts: HashMap<u64, u64, RandomState> = HashMap::default();
        matched.each(|order| {
            for ordinal in column.term_ords(order) {
                *counts.entry(ordinal).or_default() += 1;
            }
        });
        let mut ordered: Vec<(u64, u64)> = counts
            .iter()
            .map(|(ordinal, orders)| (*orders, *ordinal))
            .collect();
        ordered.sort_unstable_by(|a, b| b.cmp(a));
        segments.push(Segment {
            ordinal: matched.segment,
            column,
            counts,
            ordered,
        });
    }
    for listed in [8 * MAX_COUNTS, usize::MAX] {
        if let Some(found) = joined(snapshot, field, &segments, listed)? {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// What was counted in one segment, by the ordinals of its values.
struct Segment {
    ordinal: SegmentOrdinal,
    column: StrColumn,
    counts: HashMap<u64, u64, RandomState>,
    /// Count and ordinal, the most frequent first.
    ordered: Vec<(u64, u64)>,
}

/// The counts of all segments together, of the values that stand first in one of them; `None` where a value
/// further behind may be among the first.
fn joined(
    snapshot: &Snapshot,
    field: Field,
    segments: &[Segment],
    listed: usize,
) -> tantivy::Result<Option<Vec<(String, u64)>>> {
    let mut found: HashMap<String, u64> = HashMap::new();
    let mut others = 0;
    for segment in segments {
        others += segment.ordered.get(listed).map_or(0, |(orders, _)| *orders);
        for (_, ordinal) in segment.ordered.iter().take(listed) {
            let mut value = String::new();
            segment.column.ord_to_str(*ordinal, &mut value)?;
            found.entry(value).or_default();
        }
    }
    for (value, orders) in &mut found {
        let term = Term::from_field_text(field, value);
        for segment in segments {
            let reader = snapshot.searcher().segment_reader(segment.ordinal);
            let terms = reader.inverted_index(field)?;
            if let Some(ordinal) = terms.terms().term_ord(term.serialized_value_bytes())? {
                *orders += segment.counts.get(&ordinal).copied().unwrap_or_default();
            }
        }
    }
    let mut list: Vec<(String, u64)> = found.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let least = list.get(MAX_COUNTS - 1).map_or(0, |(_, orders)| *orders);
    Ok((others == 0 || least > others).then_some(list))
}

/// The name of an act for people; of several spellings the first one.
fn name_of_act(snapshot: &Snapshot, fields: Fields, id: &str) -> tantivy::Result<String> {
    let beginning = format!("{id}\t");
    let mut names = Vec::new();
    for segment in snapshot.searcher().segment_readers() {
        let index = segment.inverted_index(fields.act_names)?;
        let mut stream = index.terms().range().ge(&beginning).into_stream()?;
        if stream.advance()
            && let Ok(value) = std::str::from_utf8(stream.key())
            && let Some(name) = value.strip_prefix(&beginning)
        {
            names.push(name.to_owned());
        }
    }
    Ok(names.into_iter().min().unwrap_or_else(|| id.to_owned()))
}
