//! Text → Order.
//!
//! In: a [`Text`] and what is known of its file. Out: a complete [`Order`].
//! Must never: fail, know of files or formats, or take more than linear time.

mod appendices;
mod clause_labels;
mod clauses;
mod dates;
mod head;
mod issuer;
#[cfg(test)]
mod layout_measure;
mod lexer;
mod numbers;
mod outline;
mod pieces;
pub mod pinpoints;
mod registration;
mod signature;
mod title;

use jiff::civil::Date;

use crate::order::{Order, Reference, SCHEMA_NAME, Source};
use crate::text::Text;

/// What is known of a document besides its text.
#[derive(Debug, Clone)]
pub struct Document {
    /// SHA-256 of its bytes, hexadecimal.
    pub id: String,
    /// Where it came from.
    pub source: Source,
    /// The day that counts as today when a date is judged to lie in the future.
    pub today: Date,
}

/// Reads an order out of a text. It does not fail: what is not there is null, what is odd is a
/// finding.
#[must_use]
pub fn parse(text: Text, document: Document) -> Order {
    let mut order = Order {
        schema: SCHEMA_NAME.to_owned(),
        id: document.id,
        source: document.source,
        kind: None,
        issuer: None,
        number: None,
        date: None,
        place: None,
        title: None,
        preamble: None,
        enacting: None,
        clauses: Vec::new(),
        references: Vec::new(),
        signatories: Vec::new(),
        acknowledged: Vec::new(),
        people: Vec::new(),
        appendices: Vec::new(),
        text: text.plain,
        findings: Vec::new(),
    };
    order.count_spans_in_code_points();
    order
}

/// The citations in a search box, recognised and resolved by the same code as those of an order.
/// Spans are UTF-8 bytes of `query`.
#[must_use]
pub fn citations(query: &str) -> Vec<Reference> {
    let _ = query;
    Vec::new()
}
