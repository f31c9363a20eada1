//! A page of what a query finds, and which orders those are, in one pass over the index.
//!
//! In: matching documents with their scores, from Tantivy. Out: [`Found`]. Orders stand by score, then
//! by date (newest first), then by id; scores do not depend on what else is in the index, so that a
//! [`Mark`] keeps its place while orders are added. Must never: hold more than a page of hits.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::counting::Matched;

/// The place of an order in the answer to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Bits of the score, which is never negative: greater bits, greater score. 0 in answers by date.
    pub(super) score: u32,
    /// `YYYYMMDD`; 0 for an order without a date.
    pub(super) day: i64,
    pub(super) id: String,
}

impl Mark {
    /// The cursor that a program hands back to go on behind this place.
    pub(super) fn cursor(&self, by_date: bool) -> String {
        let sort = if by_date { 'd' } else { 'r' };
        format!("{sort}.{:x}.{}.{}", self.score, self.day, self.id)
    }

    /// Reads a cursor; `None` where it is none, or one of an answer in another order.
    pub(super) fn read(cursor: &str, by_date: bool) -> Option<Self> {
        let sort = if by_date { "d" } else { "r" };
        let mut parts = cursor.splitn(4, '.');
        if parts.next() != Some(sort) {
            return None;
        }
        Some(Self {
            score: u32::from_str_radix(parts.next()?, 16).ok()?,
            day: parts.next()?.parse().ok()?,
            id: parts.next()?.to_owned(),
        })
    }

    fn sort_key(&self) -> (Reverse<u32>, Reverse<i64>, &str) {
        (Reverse(self.score), Reverse(self.day), &self.id)
    }
}

/// What a query finds.
#[derive(Default)]
pub(super) struct Found {
    /// How many orders.
    pub(super) total: u64,
    /// How many of them stand behind the cursor, those on this page included.
    pub(super) remaining: u64,
    /// This page.
    pub(super) page: Vec<Mark>,
    /// Orders by year.
    pub(super) years: BTreeMap<usize, u64>,
    /// Which orders.
    pub(super) matched: Vec<Matched>,
}

/// Collects a page, the years and which orders were found.
pub(super) struct Paging {
    pub(super) limit: usize,
    pub(super) by_date: bool,
    pub(super) after: Option<Mark>,
}

/// What [`Paging`] keeps of one segment. Ids are known by their ordinals, which are in their order.
pub(super) struct SegmentPaging {
    limit: usize,
    /// Score, day and the least ordinal of an id behind the cursor.
    after: Option<(u32, i64, u64)>,
    ids: Option<StrColumn>,
    days: Option<Column<i64>>,
    total: u64,
    remaining: u64,
    /// The best so far; the worst of them on top.
    best: BinaryHeap<Reverse<(u32, i64, Reverse<u64>)>>,
    /// Orders of each year.
    years: Vec<u32>,
    matched: Matched,
}

/// Years of the calendar that a date can have.
const YEARS: usize = 10_000;

impl Collector for Paging {
    type Fruit = Found;
    type Child = SegmentPaging;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentPaging> {
        let fast = segment.fast_fields();
        let ids = fast.str("id")?;
        let after = match (&self.after, &ids) {
            (Some(mark), Some(ids)) => {
                Some((mark.score, mark.day, first_ordinal_after(ids, &mark.id)?))
            }
            _ => None,
        };
        Ok(SegmentPaging {
            limit: self.limit,
            after,
            ids,
            days: fast.column_opt("date")?,
            total: 0,
            remaining: 0,
            best: BinaryHeap::new(),
            years: vec![0; YEARS],
            matched: Matched::none_of(ordinal, segment.max_doc()),
        })
    }

    fn requires_scoring(&self) -> bool {
        !self.by_date
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Found>>) -> tantivy::Result<Found> {
        let mut all = Found::default();
        for segment in segments {
            let segment = segment?;
            all.total += segment.total;
            all.remaining += segment.remaining;
            all.page.extend(segment.page);
            for (year, orders) in segment.years {
                *all.years.entry(year).or_default() += orders;
            }
            all.matched.extend(segment.matched);
        }
        all.page.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        all.page.truncate(self.limit);
        Ok(all)
    }
}

impl SegmentPaging {
    fn ordinal(&self, document: DocId) -> u64 {
        let ordinals = self.ids.as_ref().map(|ids| ids.term_ords(document));
        ordinals
            .and_then(|mut ordinals| ordinals.next())
            .unwrap_or_default()
    }
}

impl SegmentCollector for SegmentPaging {
    type Fruit = tantivy::Result<Found>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.total += 1;
        self.matched.add(document);
        let day = self.days.as_ref().and_then(|days| days.first(document));
        if let Some(day) = day
            && let Some(year) = usize::try_from(day / 10_000)
                .ok()
                .and_then(|year| self.years.get_mut(year))
        {
            *year += 1;
        }
        let place = (score.max(0.0).to_bits(), day.unwrap_or_default());
        let behind = self.after.is_none_or(|(after, after_day, first)| {
            place < (after, after_day)
                || place == (after, after_day) && self.ordinal(document) >= first
        });
        if !behind {
            return;
        }
        self.remaining += 1;
        let full = self.best.len() == self.limit;
        if full
            && self
                .best
                .peek()
                .is_some_and(|Reverse((score, day, _))| place < (*score, *day))
        {
            return;
        }
        let (score, day) = place;
        let ordinal = self.ordinal(document);
        self.best.push(Reverse((score, day, Reverse(ordinal))));
        if full {
            self.best.pop();
        }
    }

    fn harvest(self) -> tantivy::Result<Found> {
        let mut found = Found {
            total: self.total,
            remaining: self.remaining,
            ..Found::default()
        };
        for (year, orders) in self.years.into_iter().enumerate() {
            if orders > 0 {
                found.years.insert(year, orders.into());
            }
        }
        for Reverse((score, day, Reverse(ordinal))) in self.best {
            let id = text_of(self.ids.as_ref(), ordinal)?;
            found.page.push(Mark { score, day, id });
        }
        if self.total > 0 {
            found.matched.push(self.matched);
        }
        Ok(found)
    }
}

/// The text under an ordinal of a column.
fn text_of(column: Option<&StrColumn>, ordinal: u64) -> tantivy::Result<String> {
    let mut text = String::new();
    if let Some(column) = column {
        column.ord_to_str(ordinal, &mut text)?;
    }
    Ok(text)
}

/// The ordinal of the first id of a segment that is greater than `id`, whether `id` is there or not.
fn first_ordinal_after(ids: &StrColumn, id: &str) -> tantivy::Result<u64> {
    let (mut low, mut high) = (0, ids.num_terms() as u64);
    while low < high {
        let middle = low + (high - low) / 2;
        if text_of(Some(ids), middle)?.as_str() <= id {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_only_in_its_own_order() {
        let mark = Mark {
            score: 3.0_f32.to_bits(),
            day: 20_240_205,
            id: "9f2c".to_owned(),
        };
        assert_eq!(Mark::read(&mark.cursor(false), false), Some(mark.clone()));
        assert_eq!(Mark::read(&mark.cursor(false), true), None);
        for broken in ["", "r", "r.x.1.a", "r.1.a.b", "r.1.2"] {
            assert_eq!(Mark::read(broken, false), None, "{broken}");
        }
    }
}
