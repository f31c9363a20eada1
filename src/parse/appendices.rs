//! What is attached to an order.
//!
//! In: tokens and their outline. Out: the record's list. Must never: list an attachment that is only
//! named in the text.

use super::lexer::Tokens;
use super::outline::Outline;
use crate::order::Appendix;

/// The attachments, in order.
pub(crate) fn appendices(tokens: &Tokens<'_>, outline: &Outline) -> Vec<Appendix> {
    outline
        .appendices
        .iter()
        .map(|appendix| Appendix {
            label: tokens.one_line(&appendix.label),
            title: (!appendix.title.is_empty()).then(|| tokens.one_line(&appendix.title)),
            span: tokens.span(appendix.tokens.start, appendix.tokens.end),
        })
        .collect()
}
