//! Reading ODT (`OpenDocument` 1.2 and 1.3): from the bytes of a package to [`Text`].
//!
//! ```text
//! container ─▶ styles.xml, content.xml ─▶ styles, list styles
//!           ─▶ content.xml ─▶ story (tokens ─▶ composer) ─▶ Text
//!           ─▶ headers and footers in styles.xml, properties in meta.xml
//! ```
//!
//! In: the bytes of a package and [`Limits`]. Out: [`Text`] as LibreOffice displays the final state
//! of the document, with the labels of its lists.
//! Must never: show a deletion, hidden text or a comment as text; follow anything out of the
//! package.

mod lists;
mod story;
mod styles;
mod tags;

use std::borrow::Cow;
use std::collections::HashMap;

use self::lists::Lists;
use self::story::{Story, StoryError};
use self::styles::{Definitions, Styles, read_definitions};
use self::tags::{Tag, Token, Tokens};
use super::composer::Composer;
use super::container::{Container, PartError};
use super::findings::Findings;
use super::flaw::Flaw;
use super::lists::Numbering;
use super::ocr::is_picture;
use super::xml::{self, XmlError};
use super::{Limits, ReadError};
use crate::text::{Properties, Text, TextBuilder};

/// How a damaged document is called in errors.
const OPEN_DOCUMENT: &str = "документ OpenDocument (.odt)";

/// Longest property that is kept, in bytes.
const MAX_PROPERTY_BYTES: usize = 4096;

/// Reads an ODT.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, ReadError> {
    let mut container = Container::open(bytes, limits)?;
    if is_encrypted(&mut container)? {
        return Err(ReadError::Encrypted {
            what: "документ OpenDocument",
        });
    }
    let mut notices = Vec::new();
    if container.is_ambiguous() {
        notices.push("two entries of the file bear one name; the last one was read".to_owned());
    }
    let damaged = |flaw: &Flaw| ReadError::Damaged {
        format: OPEN_DOCUMENT,
        detail: format!("content.xml: {}", flaw.in_russian()),
    };
    let content = match part(&mut container, "content.xml")? {
        Ok(content) => content,
        Err(flaw) => return Err(damaged(&flaw)),
    };
    let style_part = part(&mut container, "styles.xml")?.unwrap_or_else(|flaw| {
        notices.push(format!("the styles were not read: {flaw}"));
        Vec::new()
    });

    let mut numbering = Numbering::default();
    let mut fonts = HashMap::new();
    let (of_document, error) = read_definitions(&style_part, &mut numbering, &mut fonts, limits);
    if let Some(error) = error.filter(|_| !style_part.is_empty()) {
        notices.push(format!(
            "the styles were not read to the end: {}",
            reason(error, limits)?
        ));
    }
    // What is wrong with the content shows again when it is read.
    let (of_content, _) = read_definitions(&content, &mut numbering, &mut fonts, limits);
    let mut lists = Lists::new(numbering, of_document.outline, limits);
    let mut composer = Composer::new(limits);
    let mut findings = Findings::default();
    let seen_by = |part| styles_of(part, &of_document, &fonts);

    let styles = seen_by(&of_content);
    let mut body = Story::new(
        &content,
        limits,
        styles,
        &mut lists,
        &mut composer,
        &mut findings,
    );
    let broken_off = match body.read_body() {
        Ok(()) => None,
        Err(error) => Some(story_error(error, limits)?),
    };
    notices.extend(broken_off.iter().map(|flaw| {
        format!("content.xml cannot be read to its end, and the text breaks off: {flaw}")
    }));
    let styles = seen_by(&of_document);
    let mut beside = Findings::default();
    let mut margins = Story::new(
        &style_part,
        limits,
        styles,
        &mut lists,
        &mut composer,
        &mut beside,
    );
    if let Err(error) = margins.read_margins()
        && !style_part.is_empty()
    {
        let flaw = story_error(error, limits)?;
        notices.push(format!(
            "headers and footers were not read to the end: {flaw}"
        ));
    }
    findings.wrote_unknown_format = lists.wrote_unknown_format();

    let mut builder = composer.finish()?;
    if let Some(flaw) = broken_off.filter(|_| builder.is_empty()) {
        return Err(damaged(&flaw));
    }
    findings.refuse_pictures_alone(&builder)?;
    if let Ok(meta) = part(&mut container, "meta.xml")? {
        read_properties(&meta, limits, &mut builder);
    }
    findings.tell(&mut builder, notices);
    Ok(builder.into_text())
}

/// The styles that a part sees: its own before those of the document.
fn styles_of<'s>(
    part: &'s Definitions,
    document: &'s Definitions,
    fonts: &'s HashMap<String, String>,
) -> Styles<'s> {
    Styles {
        automatic: &part.automatic,
        common: &document.common,
        fonts,
    }
}

/// The pictures of an ODT that holds nothing else, each an image file, in the order of the document. What is no
/// picture that can be recognised, or lies outside the package, is left out.
pub(super) fn pictures(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<u8>>, ReadError> {
    let mut container = Container::open(bytes, limits)?;
    let content = part(&mut container, "content.xml")?.unwrap_or_default();
    let mut tokens = Tokens::new(&content, limits);
    let mut pictures = Vec::new();
    // Where the content breaks off, what stands before is taken.
    while let Ok(Some(token)) = tokens.next_token() {
        let xml::Token::Open(Tag::Image, attributes) = token else {
            continue;
        };
        let name = attributes.value("href").unwrap_or_default();
        match container.part(name.trim_start_matches("./")) {
            Ok(picture) if is_picture(&picture) => pictures.push(picture),
            Ok(_) | Err(PartError::Missing | PartError::Damaged(_)) => {}
            Err(PartError::Fatal(error)) => return Err(error),
        }
    }
    Ok(pictures)
}

/// A part in UTF-8, or what is wrong with it.
fn part(container: &mut Container<'_>, name: &str) -> Result<Result<Vec<u8>, Flaw>, ReadError> {
    let limits = container.limits();
    let bytes = match container.part(name) {
        Ok(bytes) => bytes,
        Err(PartError::Fatal(error)) => return Err(error),
        Err(PartError::Missing) => return Ok(Err(Flaw::Missing)),
        Err(PartError::Damaged(flaw)) => return Ok(Err(flaw)),
    };
    let recoded = match xml::decoded(&bytes, limits) {
        Ok(Cow::Owned(recoded)) => Some(recoded),
        Ok(Cow::Borrowed(_)) => None,
        Err(error) => return Ok(Err(reason(error, limits)?)),
    };
    Ok(Ok(recoded.unwrap_or(bytes)))
}

/// Whether the manifest says that parts are encrypted (ODF 1.3, part 2, section 4.4).
fn is_encrypted(container: &mut Container<'_>) -> Result<bool, ReadError> {
    let limits = container.limits();
    let Ok(manifest) = part(container, "META-INF/manifest.xml")? else {
        return Ok(false);
    };
    let mut tokens = Tokens::new(&manifest, limits);
    while let Ok(Some(token)) = tokens.next_token() {
        if matches!(token, Token::Open(Tag::Encryption, _)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads what the file says about itself. What follows an error is passed over.
fn read_properties(xml: &[u8], limits: &Limits, builder: &mut TextBuilder) {
    let mut properties = Properties::default();
    let mut tokens = Tokens::new(xml, limits);
    let mut open = Tag::Other;
    while let Ok(Some(token)) = tokens.next_token() {
        match token {
            Token::Open(Tag::Statistic, attributes) => {
                let pages = attributes.number("page-count").unwrap_or(0);
                builder.set_pages(u32::try_from(pages).ok().filter(|&pages| pages > 0));
            }
            Token::Open(tag, _) => open = tag,
            Token::Close(_) => open = Tag::Other,
            Token::Text(text) => {
                let place = match open {
                    Tag::Title => &mut properties.title,
                    Tag::Author => &mut properties.author,
                    Tag::Created => &mut properties.created,
                    Tag::Modified => &mut properties.modified,
                    _ => continue,
                };
                let value = place.get_or_insert_default();
                if value.len() + text.len() <= MAX_PROPERTY_BYTES {
                    value.push_str(text.trim());
                }
            }
        }
    }
    builder.set_properties(properties);
}

fn story_error(error: StoryError, limits: &Limits) -> Result<Flaw, ReadError> {
    match error {
        StoryError::Xml(error) => reason(error, limits),
        StoryError::Read(error) => Err(error),
    }
}

/// What is wrong with the XML of a part; errors that no part of a file may cause end the reading.
fn reason(error: XmlError, limits: &Limits) -> Result<Flaw, ReadError> {
    match error {
        XmlError::Malformed(said) => Ok(Flaw::Xml(said)),
        XmlError::TooDeep(limit) => Err(ReadError::TooDeep { limit }),
        XmlError::Dtd => Err(ReadError::ForbiddenDtd),
        XmlError::TooLong(_) => Err(ReadError::TooLarge {
            what: "размер одной из частей после распаковки",
            limit: format!("{} МБ", limits.part_bytes >> 20),
        }),
        XmlError::TooLongAttributes(limit) => Err(ReadError::TooLarge {
            what: "размер свойств одного элемента",
            limit: format!("{} КБ", limit >> 10),
        }),
    }
}
