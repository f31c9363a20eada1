//! What a query excludes, as a query of its own.
//!
//! In: a query. Out: the same orders, asked for by `seek` alone. Tantivy asks what is excluded with
//! `seek_danger`, also for an order before the first that the excluded query finds; a phrase must never be asked so.
//! The definition of `seek_danger` that every set of orders has unless it brings its own looks first where the set
//! stands, and leaves it standing on an order. Must never: find other orders than the query does.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

/// A query that something else excludes.
#[derive(Debug)]
pub(super) struct Excluded(pub(super) Box<dyn Query>);

impl Clone for Excluded {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Excluded {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExcludedWeight(self.0.weight(scoring)?)))
    }

    fn query_terms<'a>(&'a self, visit: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visit);
    }
}

struct ExcludedWeight(Box<dyn Weight>);

impl Weight for ExcludedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(SoughtAlone(self.0.scorer(segment, boost)?)))
    }

    fn explain(&self, segment: &SegmentReader, order: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(segment, order)
    }
}

/// Orders that are found by `seek` and `advance`. That it has no `seek_danger` of its own is what it is for.
struct SoughtAlone(Box<dyn Scorer>);

impl DocSet for SoughtAlone {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

impl Scorer for SoughtAlone {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
