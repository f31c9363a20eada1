//! Which act an amending clause changes, so that a provision named alone inside it («пункт 7 изложить …») is one
//! of that act.
//!
//! In: references in the order of the text, each with the clause that it stands in. Out: the act that is being
//! changed at a place. Must never: take an act among the words that are exchanged for the one that is changed.

use std::ops::Range;

use super::lexer::{Gap, TokenKind, Tokens};
use super::pinpoints::{stands_in_instrumental, supplementing_verb_before};

/// The acts that are being changed, the clause that says so inside the one that it belongs to.
#[derive(Debug, Default)]
pub(crate) struct Amendments {
    open: Vec<Amended>,
}

/// An act that is being changed.
#[derive(Debug, Clone, Copy)]
struct Amended {
    reference: usize,
    /// Depth of the dotted number of the clause; 0 for the title. A clause of that depth or less ends the
    /// amendment.
    depth: usize,
}

/// Where the title stands among the depths of clauses.
pub(crate) const IN_TITLE: usize = 0;

impl Amendments {
    /// Begins the amendment of an act by a clause of this depth. What the clauses say takes the place of what the
    /// title says.
    pub(crate) fn enter(&mut self, reference: usize, depth: usize) {
        self.open
            .retain(|open| open.depth > IN_TITLE && open.depth < depth);
        self.open.push(Amended { reference, depth });
    }

    /// Ends the amendments that a clause starting at token `at` is no part of.
    pub(crate) fn leave(&mut self, tokens: &Tokens<'_>, at: usize) {
        if let (false, Some(depth)) = (self.open.is_empty(), numbered_depth(tokens, at)) {
            self.open.retain(|open| open.depth < depth);
        }
    }

    /// The reference to the act that is being changed.
    pub(crate) fn target(&self) -> Option<usize> {
        self.open.last().map(|open| open.reference)
    }
}

/// Depth of the dotted number that the clause of this token starts with.
pub(crate) fn clause_depth(tokens: &Tokens<'_>, at: usize) -> usize {
    numbered_depth(tokens, tokens.block_start(at)).unwrap_or(1)
}

/// How many numbers the dotted label at the start of a block has: «2.» one, «2.1.» two.
fn numbered_depth(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_number(at) {
        return None;
    }
    let mut end = at + 1;
    let mut depth = 1;
    while tokens.is_mark(end, '.') && tokens.gap(end) == Gap::None {
        if tokens.is_number(end + 1) && tokens.gap(end + 1) == Gap::None {
            depth += 1;
            end += 2;
        } else {
            return Some(depth);
        }
    }
    None
}

/// «дополнить пункт 5.2 подпунктом «к»»: the provision in the instrumental is put in and was not there before. Where its
/// name is shortened («дополнить п. 5.2 …»), what follows tells.
pub(crate) fn is_inserted(tokens: &Tokens<'_>, provision: &Range<usize>) -> bool {
    let verb = supplementing_verb_before(tokens, provision.start);
    let is_shortened = tokens.is_mark(provision.start + 1, '.');
    verb.is_some_and(|verb| {
        stands_in_instrumental(tokens, provision.start)
            || is_shortened
                && verb + 1 == provision.start
                && !stands_in_instrumental(tokens, provision.end)
    })
}

/// Whether a token stands in a quotation: the new wording of a provision, or words that are exchanged («слова
/// «приказом от …» исключить»).
pub(crate) fn is_quoted_wording(tokens: &Tokens<'_>, at: usize) -> bool {
    /// Words that an order exchanges are a few; a quotation that opens farther away is a title.
    const REACH: usize = 60;
    let start = tokens.block_start(at);
    if tokens.kind(start) == Some(TokenKind::OpenQuote) {
        return true;
    }
    let mut closed = 0_usize;
    for index in (start.max(at.saturating_sub(REACH))..at).rev() {
        match tokens.kind(index) {
            Some(TokenKind::CloseQuote) => closed += 1,
            Some(TokenKind::OpenQuote) if closed > 0 => closed -= 1,
            Some(TokenKind::OpenQuote) => {
                let before = tokens.word(index.wrapping_sub(1));
                return before.starts_with("слов") || before.starts_with("цифр");
            }
            _ => {}
        }
    }
    false
}
