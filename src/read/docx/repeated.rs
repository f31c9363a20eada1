//! Properties that are written the same way over and over: nearly every run of an order has those of
//! the run before it.
//!
//! In: the tokens of a part, behind the start of an element of properties. Out: what it says; where
//! it is written as the one before, what that one said.
//! Must never: change what is read, only how fast.

use super::xml::{Tokens, XmlError};

/// The element of properties that was read last.
#[derive(Debug, Default)]
pub(super) struct Repeated<'x, P> {
    /// What is written between its start and what follows it; empty where there is none.
    written: &'x [u8],
    /// The state of the prefixes that its names have.
    bindings: usize,
    properties: P,
}

impl<'x, P: Copy> Repeated<'x, P> {
    /// Reads to the end of the element that opened last, by `read` if it says something new.
    /// `read` gives the properties, and whether it did nothing but give them.
    pub(super) fn read(
        &mut self,
        tokens: &mut Tokens<'x>,
        read: impl FnOnce(&mut Tokens<'x>) -> Result<(P, bool), XmlError>,
    ) -> Result<P, XmlError> {
        if self.bindings == tokens.bindings() && tokens.pass_over(self.written)? {
            return Ok(self.properties);
        }
        let before = tokens.rest();
        let (properties, is_all) = read(tokens)?;
        let length = before.len().saturating_sub(tokens.rest().len());
        self.written = before.get(..length).filter(|_| is_all).unwrap_or_default();
        self.bindings = tokens.bindings();
        self.properties = properties;
        Ok(properties)
    }
}
