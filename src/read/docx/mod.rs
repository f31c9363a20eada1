//! Reading DOCX (ISO/IEC 29500, transitional and strict): from the bytes of a package to [`Text`].
//!
//! ```text
//! package ─▶ styles, numbering ─▶ story (tokens ─▶ blocks with labels) ─▶ Text
//!                                  main document, text boxes, notes, headers, footers, comments
//! ```
//!
//! In: the bytes of a package and [`Limits`]. Out: [`Text`] as Word displays the final state of
//! the document, with the labels of its lists.
//! Must never: show the code of a field, a deletion, hidden text or a comment as text; read a text
//! box twice; follow anything out of the package.

mod beside;
mod core;
mod fields;
mod flow;
mod numbering;
mod package;
mod properties;
mod repeated;
mod sinks;
mod story;
mod styles;
mod table;
mod tags;
mod xml;

use std::borrow::Cow;

use self::beside::{Beside, related_part, story_error, unreadable};
use self::flow::{Definitions, StoryFindings};
use self::package::{Package, PartError, Relationships, WORD_DOCUMENT};
use self::sinks::Body;
use self::story::{StoryCounters, StoryError, read_story};
use self::styles::Styles;
use super::flaw::Flaw;
use super::lists::Numbering;
use super::ocr::is_picture;
use super::{Limits, ReadError};
use crate::text::{AsidePlace, Origin, Text};

/// Reads a DOCX.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Text, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part()?;
    let relationships = package.relationships(&main)?;
    let mut notices = Vec::new();
    if package.is_ambiguous() {
        notices.push("two entries of the file bear one name; the last one was read".to_owned());
    }
    let (styles, numbering) = read_definitions(&mut package, &relationships, &mut notices)?;
    let definitions = Definitions {
        styles: &styles,
        numbering: &numbering,
        limits,
        reads_field_codes: false,
    };

    let xml = main_document(&mut package, &main)?;
    let (mut body, findings, outcome) = read_body(&xml, definitions);
    drop(xml);
    let is_partial = match outcome {
        Ok(()) => false,
        Err(error) => {
            let flaw = story_error(error, limits)?;
            if body.builder.is_empty() {
                return Err(ReadError::Damaged {
                    format: WORD_DOCUMENT,
                    detail: format!("{main}: {}", flaw.in_russian()),
                });
            }
            notices.push(format!(
                "{main} cannot be read to its end, and the text breaks off: {flaw}"
            ));
            true
        }
    };

    let mut beside = Beside {
        package,
        relationships,
        definitions,
        notices,
    };
    beside.add_notes(&mut body, &findings)?;
    if !is_partial {
        findings.counts.refuse_pictures_alone(&body.builder)?;
    }
    beside.add_margins(&mut body.builder, &findings)?;
    beside.add_comments(&mut body.builder)?;
    beside.add_properties(&mut body.builder)?;
    for hidden in &findings.hidden {
        body.builder.push_aside(AsidePlace::Hidden, hidden);
    }
    findings.counts.tell(&mut body.builder, beside.notices);
    Ok(body.builder.into_text())
}

/// The pictures of a DOCX that holds nothing else, each an image file, in the order of the document. What is no
/// picture that can be recognised (a drawing of vectors, a part that is missing) is left out.
pub(super) fn pictures(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<u8>>, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part()?;
    let relationships = package.relationships(&main)?;
    let xml = main_document(&mut package, &main)?;
    let (styles, numbering) = (Styles::default(), Numbering::default());
    let definitions = Definitions {
        styles: &styles,
        numbering: &numbering,
        limits,
        reads_field_codes: false,
    };
    let (_, findings, _) = read_body(&xml, definitions);
    let mut pictures = Vec::new();
    for id in &findings.pictures {
        let Some(related) = relationships.by_id(id) else {
            continue;
        };
        match package.part(&related.part) {
            Ok(picture) if is_picture(&picture) => pictures.push(picture),
            Ok(_) | Err(PartError::Missing | PartError::Damaged(_)) => {}
            Err(PartError::Fatal(error)) => return Err(error),
        }
    }
    Ok(pictures)
}

/// Reads the styles and the lists, and links them to each other.
fn read_definitions(
    package: &mut Package<'_>,
    relationships: &Relationships,
    notices: &mut Vec<String>,
) -> Result<(Styles, Numbering), ReadError> {
    let limits = package.limits();
    let mut styles = Styles::default();
    if let Some(xml) = related_part(package, relationships, "styles", notices)? {
        let error;
        (styles, error) = Styles::read(&xml, limits);
        notices.extend(error.map(|error| unreadable("the styles", &error)));
    }
    let mut numbering = Numbering::default();
    if let Some(xml) = related_part(package, relationships, "numbering", notices)? {
        let error;
        (numbering, error) = Numbering::read(&xml, limits);
        notices.extend(error.map(|error| unreadable("the definitions of lists", &error)));
    }
    numbering.link(&styles);
    styles.inherit(&numbering);
    Ok((styles, numbering))
}

fn main_document(package: &mut Package<'_>, part: &str) -> Result<Vec<u8>, ReadError> {
    let damaged = |flaw: &Flaw| ReadError::Damaged {
        format: WORD_DOCUMENT,
        detail: format!("{part}: {}", flaw.in_russian()),
    };
    let limits = package.limits();
    let bytes = match package.part(part) {
        Ok(bytes) => bytes,
        Err(PartError::Fatal(error)) => return Err(error),
        Err(PartError::Missing) => return Err(damaged(&Flaw::Missing)),
        Err(PartError::Damaged(flaw)) => return Err(damaged(&flaw)),
    };
    let recoded = match xml::decoded(&bytes, limits) {
        Ok(Cow::Owned(recoded)) => Some(recoded),
        Ok(Cow::Borrowed(_)) => None,
        Err(error) => return Err(damaged(&story_error(StoryError::Xml(error), limits)?)),
    };
    Ok(recoded.unwrap_or(bytes))
}

/// Reads the main document. Where the code of a field never ends, and would take the rest of the
/// document with it, the document is read again with the text in codes.
fn read_body(
    xml: &[u8],
    definitions: Definitions<'_>,
) -> (Body, StoryFindings, Result<(), StoryError>) {
    let read_once = |definitions| {
        let mut body = Body::default();
        let mut counters = StoryCounters::default();
        let (mut findings, outcome) =
            read_story(xml, Origin::Body, definitions, &mut counters, &mut body);
        findings.counts.wrote_unknown_format =
            counters.main.wrote_unknown_format() || counters.boxes.wrote_unknown_format();
        (body, findings, outcome)
    };
    let first = read_once(definitions);
    if first.1.counts.has_open_code && first.2.is_ok() {
        return read_once(Definitions {
            reads_field_codes: true,
            ..definitions
        });
    }
    first
}
