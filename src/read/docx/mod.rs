//! Word documents (OOXML, ECMA-376): package → parts → tree → [`Text`].
//!
//! One file per part: [`package`] finds the parts by relationship, [`styles`] and [`numbering`] read
//! what decides how a paragraph is shown, [`tree`] reads a story faithfully, [`assemble`] turns
//! stories into text.

mod assemble;
mod number_format;
mod numbering;
mod package;
mod properties;
mod styles;
mod symbols;
mod tree;
mod xml;

pub use package::Limits;

use std::collections::HashSet;

use self::assemble::Assembler;
use self::numbering::Numbering;
use self::package::{Package, Relationship};
use self::styles::Styles;
use super::ReadError;
use crate::text::{AsidePlace, NoticeKind, Origin, Text};

/// Reads a Word document.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let top = package.relationships("")?;
    let main = main_part(&mut package, &top)?;
    let related = package.relationships(&main)?;
    let xml = part(&mut package, &main)?
        .ok_or_else(|| ReadError::Damaged(format!("its main part {main} is missing")))?;
    let styles = named(&mut package, &related, "styles")?
        .map(|xml| Styles::read(&xml))
        .unwrap_or_default();
    let mut numbering = named(&mut package, &related, "numbering")?
        .map(|xml| Numbering::read(&xml))
        .unwrap_or_default();
    numbering.link_styles(&|style| styles.inherited(style).list);

    let body = tree::story(&xml, limits)?;
    let mut assembler = Assembler::new(&styles, &numbering);
    assembler.story(&body.nodes, Origin::Body);
    for (kind, origin, wanted) in [
        ("footnotes", Origin::Footnote, &body.footnotes),
        ("endnotes", Origin::Endnote, &body.endnotes),
    ] {
        let Some(xml) = named(&mut package, &related, kind)? else {
            continue;
        };
        let notes = tree::story(&xml, limits)?.notes;
        let mut seen = HashSet::new();
        for id in wanted.iter().filter(|id| seen.insert(id.as_str())) {
            if let Some((_, nodes)) = notes.iter().find(|(note, _)| note == id) {
                assembler.story(nodes, origin);
            }
        }
    }
    for (kind, place) in [
        ("header", AsidePlace::Header),
        ("footer", AsidePlace::Footer),
        ("comments", AsidePlace::Comment),
    ] {
        for relationship in related
            .iter()
            .filter(|relationship| relationship.kind == kind)
        {
            let Some(xml) = part(&mut package, &relationship.target)? else {
                continue;
            };
            let story = tree::story(&xml, limits)?;
            let nodes = story
                .notes
                .iter()
                .flat_map(|(_, nodes)| nodes)
                .chain(&story.nodes);
            assembler.aside(place, nodes);
        }
    }
    let mut builder = assembler.finish();
    if body.tracked_changes > 0 {
        let message = format!(
            "the source holds {} tracked changes; the text is their final state",
            body.tracked_changes
        );
        builder.push_notice(NoticeKind::TrackedChanges, message, None);
    }
    if let Some(broken) = &body.broken {
        builder.push_notice(
            NoticeKind::Unreadable,
            format!("the document could be read only in part: {broken}"),
            None,
        );
    }
    properties::read(&mut package, &top, &mut builder)?;
    let text = builder.into_text();
    if text.blocks.is_empty() {
        match body.broken {
            Some(broken) => return Err(ReadError::Damaged(broken)),
            None if body.pictures > 0 => return Err(ReadError::NeedsOcr),
            None => {}
        }
    }
    Ok(text)
}

/// The name of the main part. A ZIP archive without one is something else.
fn main_part(package: &mut Package<'_>, top: &[Relationship]) -> Result<String, ReadError> {
    if let Some(relationship) = top
        .iter()
        .find(|relationship| relationship.kind == "officeDocument")
    {
        let target = relationship.target.clone();
        return match target.as_str() {
            name if name.starts_with("xl/") => Err(ReadError::Unsupported("an Excel workbook")),
            name if name.starts_with("ppt/") => {
                Err(ReadError::Unsupported("a PowerPoint presentation"))
            }
            _ => Ok(target),
        };
    }
    if let Some(kind) = package.part("mimetype")? {
        return Err(ReadError::Unsupported(match kind.as_slice() {
            b"application/vnd.oasis.opendocument.text" => "an OpenDocument text (.odt)",
            _ => "an OpenDocument file",
        }));
    }
    // A package that has lost its relationships may still hold the part under its usual name.
    if package.part("word/document.xml")?.is_some() {
        return Ok("word/document.xml".to_owned());
    }
    let word = package.part("[Content_Types].xml")?.is_some();
    Err(if word {
        ReadError::Damaged("it has no main part".to_owned())
    } else {
        ReadError::Unsupported("a ZIP archive")
    })
}

fn part(package: &mut Package<'_>, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
    Ok(package.part(name)?.map(xml::utf8))
}

/// The part that a relationship of this kind points to.
fn named(
    package: &mut Package<'_>,
    related: &[Relationship],
    kind: &str,
) -> Result<Option<Vec<u8>>, ReadError> {
    match related
        .iter()
        .find(|relationship| relationship.kind == kind)
    {
        Some(relationship) => part(package, &relationship.target),
        None => Ok(None),
    }
}
