//! The parts of an order that the other grammars ask about: where its head, title, preamble,
//! operative part, signature and appendices stand.
//!
//! In: tokens. Out: an [`Outline`] of token ranges. Must never: fail; a part that is not there is
//! empty.

use std::ops::Range;

/// Ranges of tokens, in the order of the text; empty where the order has no such part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outline {
    /// Whether the document is an order: it has a heading that names a kind.
    pub(crate) is_order: bool,
    /// From the start to the title (or preamble): issuer, kind, number, date, place.
    pub(crate) head: Range<usize>,
    /// The heading of the text, with its quotation marks.
    pub(crate) title: Range<usize>,
    /// From the title to the enacting word.
    pub(crate) preamble: Range<usize>,
    /// The enacting word with its colon.
    pub(crate) enacting: Range<usize>,
    /// The clauses.
    pub(crate) operative: Range<usize>,
    /// Positions and names of those who sign.
    pub(crate) signature: Range<usize>,
    /// «С приказом ознакомлены» and the names under it.
    pub(crate) acknowledgements: Vec<Range<usize>>,
    /// «УТВЕРЖДАЮ» and «СОГЛАСОВАНО» blocks.
    pub(crate) approvals: Vec<Range<usize>>,
    /// «Исп.: …».
    pub(crate) executors: Vec<Range<usize>>,
    /// Each attachment.
    pub(crate) appendices: Vec<AppendixOutline>,
}

/// Where an attachment stands.
#[derive(Debug, Clone)]
pub(crate) struct AppendixOutline {
    /// All of it.
    pub(crate) tokens: Range<usize>,
    /// «Приложение № 1».
    pub(crate) label: Range<usize>,
    /// Its own heading.
    pub(crate) title: Range<usize>,
}
