//! Reading RTF (Rich Text Format 1.9.1): from the bytes of a file to [`Text`].
//!
//! ```text
//! tokens ─▶ groups (destinations, properties) ─▶ composer ─▶ Text
//!            fonts ─▶ encodings    list tables ─▶ labels that the file does not carry
//! ```
//!
//! In: the bytes of a file and [`Limits`]. Out: [`Text`] as Word displays the final state of the
//! document. The label of a list is the one that the file carries beside the paragraph; only where
//! there is none is it worked out.
//! Must never: show the code of a field, a deletion or hidden text as text; recurse; believe a
//! length that the file states.

mod encodings;
mod fields;
mod lists;
mod state;
mod story;
mod tokens;

use self::story::Story;
use super::composer::{notice_changes, notice_page_pictures};
use super::{Limits, ReadError};
use crate::text::{NoticeKind, Text};

/// Reads an RTF document.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, ReadError> {
    let mut story = Story::new(bytes, limits);
    story.read()?;
    let (composer, findings) = story.finish();
    let mut builder = composer.finish()?;
    if builder.is_empty() && findings.pictures > 0 {
        return Err(ReadError::NeedsOcr {
            pictures: findings.pictures,
        });
    }
    if findings.ends_early && builder.is_empty() {
        return Err(ReadError::Damaged {
            format: "RTF document (.rtf)",
            detail: "it ends before its text begins".to_owned(),
        });
    }
    builder.set_properties(findings.properties);
    builder.set_pages(findings.pages);
    notice_changes(&mut builder, findings.insertions, findings.deletions);
    notice_page_pictures(&mut builder, findings.page_pictures);
    let mut notice = |message: String| {
        builder.push_notice(NoticeKind::Unreadable, message, None);
    };
    if findings.ends_early {
        notice("the file ends early, and the text may break off".to_owned());
    }
    if findings.unknown_symbols > 0 {
        notice(format!(
            "signs of a pictographic font that have no known character were left out: {}",
            findings.unknown_symbols
        ));
    }
    if findings.wrote_unknown_format {
        notice(
            "some list numbers are in a format that is not known; they are in decimal".to_owned(),
        );
    }
    Ok(builder.into_text())
}
