//! Short orders with visible texts, searched in an index in memory.

use jiff::civil::date;
use prikaz::index::Index;
use prikaz::lexicon::register::Register;
use prikaz::order::{Format, Order, Source};
use prikaz::parse::{Document, parse};
use prikaz::search::{Answer, Request, search};
use prikaz::text::Text;

/// An order, read from its lines.
pub(crate) fn order(name: &str, text: &str) -> Order {
    let document = Document {
        id: name.to_owned(),
        source: Source {
            path: format!("orders/{name}.docx"),
            format: Format::Docx,
            bytes: 1,
            modified: None,
            pages: None,
            ocr: None,
        },
        today: date(2025, 1, 1),
        register: Register::built_in(),
    };
    parse(&Text::from_lines(text), document)
}

/// A request for all that a query finds.
pub(crate) fn request(query: &str) -> Request {
    Request {
        query: query.to_owned(),
        plain: false,
        by_date: false,
        limit: 100,
        after: None,
    }
}

/// What a query finds.
#[expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
pub(crate) fn answer(orders: &[Order], index: &Index, query: &str) -> Answer {
    search(orders, index, Register::built_in(), &request(query)).unwrap()
}

/// The orders found, the best first.
pub(crate) fn ids(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.as_str()).collect()
}
