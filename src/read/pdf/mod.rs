//! PDF: the words of its pages with their places.
//!
//! ```text
//! bytes ─▶ unlocked ─▶ weight (what would it take to open it?) ─▶ glyphs (what is drawn where) ─▶ words ─▶ Page
//!                                                                                                  └▶ judge ─▶ Layer
//! ```
//!
//! The crate `hayro-interpret` reads the format; it has no limits of its own. So nothing reaches it whose streams
//! were not weighed before, and it works on a thread of its own, which [`glyphs`] ends when its time or its
//! room is used up.
//!
//! In: bytes that begin like a PDF, and limits. Out: for every page its words and what they are worth
//! ([`Layer`]), or a [`ReadError`]. Must never: decode a picture, ask for a password, or take the text of a page
//! for good that is none.

mod dictionary;
mod filters;
mod glyphs;
mod judge;
mod streams;
mod unlocked;
mod weight;
mod words;

use std::sync::Arc;
use std::thread;

pub(super) use judge::Layer;

use self::glyphs::{Drawn, Ended};
use super::page::{Page, assemble};
use super::{Limits, ReadError};
use crate::text::{Notice, NoticeKind, Text};

/// What a damaged file should have been.
const FORMAT: &str = "файл PDF (.pdf)";

/// Stack of the thread that reads a file, in bytes: objects nest 512 deep, forms 28 deep; both together take
/// under 4 MiB.
const STACK_BYTES: usize = 16 << 20;

/// Reads a PDF whose pages have text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, ReadError> {
    let pages = pages(bytes, limits)?;
    let unread: Vec<String> = (1..)
        .zip(&pages)
        .filter(|(_, page)| page.layer != Layer::Good)
        .map(|(number, _): (usize, _)| number.to_string())
        .collect();
    if unread.len() == pages.len() {
        return Err(ReadError::NeedsOcr {
            pictures: unread.len(),
        });
    }
    let readable: Vec<Page> = pages
        .into_iter()
        .map(|PdfPage { page, layer }| match layer {
            Layer::Good => page,
            Layer::Missing | Layer::Worthless => page.without_words(),
        })
        .collect();
    let mut text = assemble(&readable, limits)?;
    if !unread.is_empty() {
        text.notices.push(Notice {
            kind: NoticeKind::PageImage,
            message: format!("pages without text were left out: {}", unread.join(", ")),
            span: None,
        });
    }
    Ok(text)
}

/// A page of a PDF.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PdfPage {
    /// Its words and rules.
    pub(super) page: Page,
    /// What its words are worth.
    pub(super) layer: Layer,
}

/// The pages of a PDF, in order; at least one.
pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<PdfPage>, ReadError> {
    let read = || {
        let open = unlocked::unlocked(bytes, limits)?;
        let harmless = weight::weighed(&open, limits)?;
        glyphs::finished(Arc::new(harmless), limits, finish).map_err(refused)
    };
    thread::scope(|scope| {
        let reader = thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, read)
            .map_err(|_| refused(Ended::TooLarge("память для чтения", STACK_BYTES >> 20)))?;
        // A thread that is ended from within says why; one that ends otherwise met what its author did not.
        reader
            .join()
            .unwrap_or_else(|cause| match cause.downcast::<Ended>() {
                Ok(ended) => Err(refused(*ended)),
                Err(_) => Err(refused(Ended::Damaged("содержание не разбирается"))),
            })
    })
}

/// The error that says why reading ended.
fn refused(ended: Ended) -> ReadError {
    match ended {
        Ended::Encrypted => ReadError::Encrypted {
            what: "файл PDF"
        },
        Ended::Damaged(detail) => ReadError::Damaged {
            format: FORMAT,
            detail: detail.to_owned(),
        },
        Ended::TooLarge(what, limit) => ReadError::TooLarge {
            what,
            limit: limit.to_string(),
        },
    }
}

/// A page of what it draws.
fn finish(drawn: Drawn) -> PdfPage {
    let (picture, paths) = (drawn.picture, drawn.paths);
    let page = words::page(drawn);
    let layer = judge::judged(&page, picture, paths);
    PdfPage { page, layer }
}

#[cfg(test)]
mod tests;
