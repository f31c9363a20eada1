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
use super::{Limits, ReadError};
use crate::text::Text;

/// Reads an RTF document.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, ReadError> {
    let mut story = Story::new(bytes, limits);
    story.read()?;
    let (composer, findings) = story.finish();
    let mut builder = composer.finish()?;
    findings.counts.refuse_pictures_alone(&builder)?;
    if findings.ends_early && builder.is_empty() {
        return Err(ReadError::Damaged {
            format: "документ RTF (.rtf)",
            detail: "файл обрывается до начала текста".to_owned(),
        });
    }
    builder.set_properties(findings.properties);
    builder.set_pages(findings.pages);
    let early = "the file ends early, and the text may break off";
    let unreadable = findings.ends_early.then(|| early.to_owned());
    findings
        .counts
        .tell(&mut builder, unreadable.into_iter().collect());
    Ok(builder.into_text())
}
