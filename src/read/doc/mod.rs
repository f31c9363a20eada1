//! Reading DOC (Word 97–2003, [MS-DOC]): from the bytes of an OLE container to [`Text`].
//!
//! ```text
//! container ─▶ streams ─▶ pieces, properties, styles, lists ─▶ story ─▶ composer ─▶ Text
//! ```
//!
//! In: the bytes of a file and [`Limits`]. Out: [`Text`] as Word displays the final state of the
//! document, with the labels of its lists.
//! Must never: show the code of a field, a deletion or hidden text as text; believe an offset, a
//! length or a count that the file states.

mod bytes;
mod file;
mod lists;
mod properties;
mod story;
mod styles;
mod summary;

use self::file::{Part, Streams, WORD_DOCUMENT};
use self::story::{Definitions, Story};
use self::styles::Styles;
use super::{Limits, ReadError};
use crate::text::Text;

/// Reads a DOC.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, ReadError> {
    let streams = Streams::open(bytes, limits)?;
    let pieces = streams.pieces().ok_or_else(|| ReadError::Damaged {
        format: WORD_DOCUMENT,
        detail: "не читается таблица частей текста".to_owned(),
    })?;
    let styles = Styles::read(streams.part(Part::Styles));
    let fonts = styles::fonts(streams.part(Part::Fonts));
    // The levels of the lists stand behind their table, and are not counted in its length.
    let numbering = lists::read(
        streams.from(Part::AbstractLists),
        streams.part(Part::Lists),
        limits,
    );
    let definitions = Definitions {
        styles: &styles,
        fonts: &fonts,
        numbering: &numbering,
        limits,
    };
    let (composer, findings) = Story::new(&streams, pieces, definitions).read()?;
    let mut builder = composer.finish()?;
    findings.refuse_pictures_alone(&builder)?;
    let (properties, pages) = summary::read(&streams.summary);
    builder.set_properties(properties);
    builder.set_pages(pages);
    findings.tell(&mut builder, Vec::new());
    Ok(builder.into_text())
}
