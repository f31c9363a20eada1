//! A query for the orders that stand in a relation to an order of the archive.
//!
//! In: a relation and the graph of a commit. Out: a query of the index. Must never: outlive the commit whose
//! graph it holds; a segment that the graph does not know has no such orders.

use std::sync::Arc;

use tantivy::query::{
    BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{DocId, Score, SegmentReader, TantivyError};

use crate::index::{Direction, Graph, Relation};

/// The orders that stand in a relation.
#[derive(Clone)]
pub(super) struct Neighbours {
    pub(super) graph: Arc<Graph>,
    pub(super) relation: Relation,
    pub(super) direction: Direction,
}

impl std::fmt::Debug for Neighbours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.relation, self.direction)
    }
}

impl Query for Neighbours {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Neighbours {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let orders = self
            .graph
            .orders(segment.segment_id(), self.relation, self.direction);
        Ok(match orders {
            Some(orders) => Box::new(ConstScorer::new(BitSetDocSet::from(orders.clone()), boost)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, segment: &SegmentReader, order: DocId) -> tantivy::Result<Explanation> {
        let orders = self
            .graph
            .orders(segment.segment_id(), self.relation, self.direction);
        if orders.is_some_and(|orders| orders.contains(order)) {
            Ok(Explanation::new("it stands in the relation", 1.0))
        } else {
            Err(TantivyError::InvalidArgument(format!(
                "order {order} does not match"
            )))
        }
    }
}
