//! The XML of Word documents: [`crate::read::xml`] with the names of Word.
//!
//! In: the inflated bytes of a part. Out: tokens known by their [`Tag`].
//! Must never: hold anything but these names.

use super::tags::{Space, Tag};
use crate::read::xml::{self, Compatibility, Names};

pub(super) use crate::read::xml::{Attributes, XmlError, decoded};

/// One step through a part.
pub(super) type Token<'x> = xml::Token<'x, Tag>;

/// The tokens of a part.
pub(super) type Tokens<'x> = xml::Tokens<'x, Tag>;

impl Names for Tag {
    type Space = Space;
    const OTHER: Self = Self::Other;
    const OTHER_SPACE: Space = Space::Other;

    fn space(name: &str) -> Space {
        Space::named(name)
    }

    fn named(space: Space, local: &str) -> Self {
        Self::named(space, local)
    }

    /// Sizes, spacings, languages, bookmarks: most elements of a document say nothing here.
    fn is_chatty(space: Space) -> bool {
        space == Space::Word
    }

    fn is_understood(space: Space) -> bool {
        space.is_understood()
    }

    fn compatibility(self) -> Option<Compatibility> {
        match self {
            Self::AlternateContent => Some(Compatibility::Alternatives),
            Self::Choice => Some(Compatibility::Choice),
            Self::Fallback => Some(Compatibility::Fallback),
            _ => None,
        }
    }
}
