//! What a file tells beside its text, whatever its format.
//!
//! In: readers count. Out: the notices that say so to an auditor, in one order and in the same words for every format.
//! Must never: tell of what is not there.

use super::ReadError;
use crate::text::{NoticeKind, TextBuilder};

/// What a file tells beside its text.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Tracked insertions, moves included.
    pub(super) insertions: usize,
    /// Tracked deletions, moves included.
    pub(super) deletions: usize,
    /// Pictures.
    pub(super) pictures: usize,
    /// Pictures of about the size of a page.
    pub(super) page_pictures: usize,
    /// Signs of pictographic fonts that no character is known for.
    pub(super) unknown_symbols: usize,
    /// Parts of the text that are kept in other files.
    pub(super) other_files: usize,
    /// Entities that only a DTD could define.
    pub(super) unknown_entities: usize,
    /// Whether the code of a field never ends.
    pub(super) has_open_code: bool,
    /// Whether a number was written in decimal instead of a format that is not known.
    pub(super) wrote_unknown_format: bool,
}

impl Findings {
    /// Refuses a file that holds pictures and no text.
    pub(super) fn refuse_pictures_alone(&self, builder: &TextBuilder) -> Result<(), ReadError> {
        if builder.is_empty() && self.pictures > 0 {
            return Err(ReadError::NeedsOcr {
                pictures: self.pictures,
            });
        }
        Ok(())
    }

    /// Tells an auditor what was found and what was passed over; `unreadable` says it of the parts of the file.
    pub(super) fn tell(&self, builder: &mut TextBuilder, unreadable: Vec<String>) {
        let (insertions, deletions) = (self.insertions, self.deletions);
        if insertions + deletions > 0 {
            let message = format!(
                "the document holds tracked changes (insertions: {insertions}, deletions: {deletions}); \
                 the text is their final state"
            );
            builder.push_notice(NoticeKind::TrackedChanges, message, None);
        }
        if self.page_pictures > 0 {
            let message = format!(
                "pictures of about the size of a page: {}; what is written on them was not read",
                self.page_pictures
            );
            builder.push_notice(NoticeKind::PageImage, message, None);
        }
        let counted = [
            (
                self.unknown_symbols,
                "signs of a pictographic font that have no known character were left out",
            ),
            (
                self.other_files,
                "pieces of the text are kept in other files and were not read",
            ),
            (
                self.unknown_entities,
                "entities without a definition were left out",
            ),
        ];
        let counted = counted
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| format!("{what}: {number}"));
        let met = [
            (
                self.has_open_code,
                "a field is not closed; text that Word may take for its code was read",
            ),
            (
                self.wrote_unknown_format,
                "some list numbers are in a format that is not known; they are in decimal",
            ),
        ];
        let met = met
            .into_iter()
            .filter(|(is_met, _)| *is_met)
            .map(|(_, what)| what.to_owned());
        for message in unreadable.into_iter().chain(counted).chain(met) {
            builder.push_notice(NoticeKind::Unreadable, message, None);
        }
    }
}
