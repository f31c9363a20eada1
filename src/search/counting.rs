//! How many of the orders found have which kind, issuer, act and person.
//!
//! In: the orders found, as bits. Out: the most frequent values with exact counts. A small answer is counted
//! order by order. Of a large one the lists of the most frequent values are compared with it, until no other
//! value can be among the first: what most orders have in common costs little to count. Must never:
//! estimate.

use std::cmp::Reverse;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, SegmentOrdinal};

use super::Counted;
use crate::index::{Direction, Fields, Relation, Snapshot};

/// Most values counted of each kind: what a person looks through.
pub(super) const MAX_COUNTS: usize = 20;
/// Orders up to which an answer is counted one by one: then that costs less than a look at every list.
const SMALL: u64 = 30_000;

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

    /// How many of these orders are among others.
    fn among(&self, others: &BitSet) -> u64 {
        (0..)
            .zip(&self.bits)
            .take_while(|(block, _)| block * 64 < others.max_value())
            .map(|(block, bits)| {
                let others = u64::from_le_bytes(others.tinyset(block).into_bytes());
                u64::from((bits & others).count_ones())
            })
            .sum()
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

/// The most frequent values of a column.
pub(super) struct Most {
    pub(super) counted: Vec<Counted>,
    /// How many others there are; `None` where nobody counted.
    pub(super) others: Option<u64>,
}

/// Values with the orders that have each, and how many values there are, where all were looked at.
type Frequencies = (Vec<(String, u64)>, Option<u64>);

/// Counts the values of one column among `total` orders.
pub(super) fn count(
    snapshot: &Snapshot,
    fields: Fields,
    column: usize,
    matched: &[Matched],
    total: u64,
) -> tantivy::Result<Most> {
    let (field, name) = fields.counted()[column];
    let found = if total > SMALL {
        by_lists(snapshot, column, field, matched)?
    } else {
        None
    };
    let (mut found, values) = match found {
        Some(found) => found,
        None => one_by_one(snapshot, column, name, matched)?,
    };
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(MAX_COUNTS);
    let others = values.map(|values| values.saturating_sub(found.len() as u64));
    let counted = found
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
        .collect::<tantivy::Result<_>>()?;
    Ok(Most { counted, others })
}

/// Counts the orders that stand in each relation to another.
pub(super) fn relations(
    snapshot: &Snapshot,
    fields: Fields,
    matched: &[Matched],
) -> tantivy::Result<Vec<Counted>> {
    let graph = snapshot.graph(fields)?;
    let mut found = Vec::new();
    for relation in Relation::ALL {
        for direction in Direction::ALL {
            let mut orders = 0;
            for matched in matched {
                let segment = snapshot.searcher().segment_reader(matched.segment);
                if let Some(related) = graph.orders(segment.segment_id(), relation, direction) {
                    orders += matched.among(related);
                }
            }
            let (value, name) = relation.named(direction);
            if orders > 0 {
                found.push(Counted {
                    value: value.to_owned(),
                    name: name.to_owned(),
                    orders,
                });
            }
        }
    }
    found.sort_by_key(|counted| Reverse(counted.orders));
    Ok(found)
}

/// By the lists of the most frequent values, and how many there are if all were looked at; `None` where others may be
/// among the first.
fn by_lists(
    snapshot: &Snapshot,
    column: usize,
    field: Field,
    matched: &[Matched],
) -> tantivy::Result<Option<Frequencies>> {
    let frequent = snapshot.frequent(column, field)?;
    let indexes: Vec<_> = snapshot
        .searcher()
        .segment_readers()
        .iter()
        .map(|segment| segment.inverted_index(field))
        .collect::<Result<_, _>>()?;
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
            return Ok(Some((found, None)));
        }
        let mut orders = 0;
        for (ordinal, list) in &value.lists {
            let Some(matched) = matched.iter().find(|matched| matched.segment == *ordinal) else {
                continue;
            };
            let mut postings = indexes[*ordinal as usize]
                .read_block_postings_from_terminfo(list, IndexRecordOption::Basic)?;
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
    let all = (frequent.others == 0).then_some(found.len() as u64);
    Ok((enough || all.is_some()).then_some((found, all)))
}

/// Order by order; and how many values there are.
fn one_by_one(
    snapshot: &Snapshot,
    column: usize,
    name: &'static str,
    matched: &[Matched],
) -> tantivy::Result<Frequencies> {
    let values = snapshot.values(column, name)?;
    let mut counts = vec![0_u32; values.count()];
    let mut counted: Vec<u32> = Vec::new();
    for matched in matched {
        let segment = snapshot.searcher().segment_reader(matched.segment);
        let Some(column) = segment.fast_fields().str(name)? else {
            continue;
        };
        matched.each(|order| {
            for ordinal in column.term_ords(order) {
                if let Some(value) = values.value(matched.segment, ordinal) {
                    let count = &mut counts[value as usize];
                    if *count == 0 {
                        counted.push(value);
                    }
                    *count += 1;
                }
            }
        });
    }
    // Values are numbered in their order, so that of equal counts the first value stands first.
    let all = counted.len() as u64;
    let mut most: Vec<(Reverse<u32>, u32)> = counted
        .into_iter()
        .map(|value| (Reverse(counts[value as usize]), value))
        .collect();
    most.sort_unstable();
    most.truncate(MAX_COUNTS);
    let most = most
        .into_iter()
        .map(|(Reverse(orders), value)| {
            let text = values.text(snapshot.searcher(), name, value)?;
            Ok((text, u64::from(orders)))
        })
        .collect::<tantivy::Result<_>>()?;
    Ok((most, Some(all)))
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
