//! The parts beside the main document: notes, headers, footers, comments, properties.
//!
//! In: a [`Package`] and what the main document refers to. Out: their text, in the body after it or
//! aside.
//! Must never: fail where only a part beside the main one is broken; that is a notice.

use std::borrow::Cow;
use std::collections::HashSet;

use super::core;
use super::flow::{Definitions, NoteKind, Sink, StoryFindings};
use super::package::{Package, PartError, Relationships};
use super::properties::Margin;
use super::sinks::{Body, Lines, Notes};
use super::story::{StoryCounters, StoryError, read_story};
use super::xml::{self, XmlError};
use crate::read::flaw::Flaw;
use crate::read::{Limits, ReadError};
use crate::text::{AsidePlace, Origin, TextBuilder};

/// Reads what stands beside the main document.
pub(super) struct Beside<'b, 'd> {
    /// The package.
    pub(super) package: Package<'b>,
    /// Where the main document points to.
    pub(super) relationships: Relationships,
    /// Styles, lists and limits.
    pub(super) definitions: Definitions<'d>,
    /// What could not be read.
    pub(super) notices: Vec<String>,
}

impl Beside<'_, '_> {
    /// Appends the notes that are referred to, in the order of their references.
    pub(super) fn add_notes(
        &mut self,
        body: &mut Body,
        findings: &StoryFindings,
    ) -> Result<(), ReadError> {
        for (kind, part, origin) in [
            (NoteKind::Footnote, "footnotes", Origin::Footnote),
            (NoteKind::Endnote, "endnotes", Origin::Endnote),
        ] {
            if findings.notes.iter().all(|(other, _)| *other != kind) {
                continue;
            }
            let notes = self.notes(part, origin)?;
            let mut added = HashSet::new();
            for (_, id) in findings.notes.iter().filter(|(other, _)| *other == kind) {
                if added.insert(*id) {
                    for block in notes.by_id.get(id).into_iter().flatten() {
                        body.block(block);
                    }
                }
            }
            let limits = self.definitions.limits;
            if body.text_bytes() > limits.text_bytes {
                story_error(StoryError::TooMuchText(limits.text_bytes), limits)?;
            }
        }
        Ok(())
    }

    /// The notes or comments of a part.
    fn notes(&mut self, kind: &str, origin: Origin) -> Result<Notes, ReadError> {
        let mut notes = Notes::default();
        let part = related_part(
            &mut self.package,
            &self.relationships,
            kind,
            &mut self.notices,
        )?;
        if let Some(xml) = part {
            self.read_beside(&xml, kind, origin, &mut notes)?;
        }
        Ok(notes)
    }

    /// Reads a part beside the main document; where it breaks off, that is noticed.
    fn read_beside(
        &mut self,
        xml: &[u8],
        name: &str,
        origin: Origin,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let mut counters = StoryCounters::default();
        let (_, outcome) = read_story(xml, origin, self.definitions, &mut counters, sink);
        match outcome {
            Ok(()) => {}
            Err(StoryError::Xml(error)) => self.notices.push(unreadable(name, &error)),
            Err(error) => {
                story_error(error, self.definitions.limits)?;
            }
        }
        Ok(())
    }

    /// Keeps the headers and footers that sections refer to, each text once.
    pub(super) fn add_margins(
        &mut self,
        builder: &mut TextBuilder,
        findings: &StoryFindings,
    ) -> Result<(), ReadError> {
        let mut parts = HashSet::new();
        let mut texts = HashSet::new();
        for reference in &findings.margins {
            let Some(relationship) = self.relationships.by_id(&reference.relationship) else {
                continue;
            };
            let part = relationship.part.clone();
            if !parts.insert(part.clone()) {
                continue;
            }
            let Some(xml) = auxiliary_part(&mut self.package, &part, &mut self.notices)? else {
                continue;
            };
            let mut lines = Lines::default();
            self.read_beside(&xml, &part, Origin::Body, &mut lines)?;
            let place = match reference.margin {
                Margin::Header => AsidePlace::Header,
                Margin::Footer => AsidePlace::Footer,
            };
            if texts.insert((place, lines.text.clone())) {
                builder.push_aside(place, &lines.text);
            }
        }
        Ok(())
    }

    /// Keeps the comments, in the order of their part.
    pub(super) fn add_comments(&mut self, builder: &mut TextBuilder) -> Result<(), ReadError> {
        let comments = self.notes("comments", Origin::Body)?;
        for id in &comments.order {
            let mut text = String::new();
            for block in comments.by_id.get(id).into_iter().flatten() {
                block.write_line(&mut text);
            }
            builder.push_aside(AsidePlace::Comment, &text);
        }
        Ok(())
    }

    /// Keeps what the file says about itself.
    pub(super) fn add_properties(&mut self, builder: &mut TextBuilder) -> Result<(), ReadError> {
        let limits = self.definitions.limits;
        if let Some(xml) = self.top_part("core-properties")? {
            builder.set_properties(core::read_core_properties(&xml, limits));
        }
        if let Some(xml) = self.top_part("extended-properties")? {
            builder.set_pages(core::read_pages(&xml, limits));
        }
        Ok(())
    }

    /// The XML of a part that the package itself relates to. Properties are no part of the document:
    /// what is wrong with them concerns nobody.
    fn top_part(&mut self, kind: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(part) = self.package.top_part(kind).map(str::to_owned) else {
            return Ok(None);
        };
        auxiliary_part(&mut self.package, &part, &mut Vec::new())
    }
}

/// The XML of the part with this kind of relationship, in UTF-8. A part that is named and cannot be
/// read is noticed.
pub(super) fn related_part(
    package: &mut Package<'_>,
    relationships: &Relationships,
    kind: &str,
    notices: &mut Vec<String>,
) -> Result<Option<Vec<u8>>, ReadError> {
    match relationships.first(kind) {
        Some(part) => auxiliary_part(package, part, notices),
        None => Ok(None),
    }
}

/// The XML of a part, in UTF-8. One that cannot be read is noticed.
pub(super) fn auxiliary_part(
    package: &mut Package<'_>,
    part: &str,
    notices: &mut Vec<String>,
) -> Result<Option<Vec<u8>>, ReadError> {
    let limits = package.limits();
    let bytes = match package.part(part) {
        Ok(bytes) => bytes,
        Err(PartError::Fatal(error)) => return Err(error),
        Err(PartError::Missing) => {
            notices.push(format!(
                "the part {part} is missing, and what it says is not known"
            ));
            return Ok(None);
        }
        Err(PartError::Damaged(flaw)) => {
            notices.push(format!("the part {part} was passed over: {flaw}"));
            return Ok(None);
        }
    };
    let recoded = match xml::decoded(&bytes, limits) {
        Ok(Cow::Owned(recoded)) => Some(recoded),
        Ok(Cow::Borrowed(_)) => None,
        Err(error) => {
            notices.push(unreadable(part, &error));
            return Ok(None);
        }
    };
    Ok(Some(recoded.unwrap_or(bytes)))
}

/// What is wrong; errors that no part of a file may cause end the
/// reading.
pub(super) fn story_error(error: StoryError, limits: &Limits) -> Result<Flaw, ReadError> {
    match error {
        StoryError::Xml(XmlError::TooDeep(limit)) => Err(ReadError::TooDeep { limit }),
        StoryError::Xml(XmlError::Dtd) => Err(ReadError::ForbiddenDtd),
        StoryError::Xml(XmlError::TooLong(_)) => Err(ReadError::TooLarge {
            what: "размер одной из частей после распаковки",
            limit: format!("{} МБ", limits.part_bytes >> 20),
        }),
        StoryError::Xml(XmlError::TooLongAttributes(limit)) => Err(ReadError::TooLarge {
            what: "размер свойств одного элемента",
            limit: format!("{} КБ", limit >> 10),
        }),
        StoryError::TooMuchText(limit) => Err(ReadError::TooLarge {
            what: "размер текста",
            limit: format!("{} МБ", limit >> 20),
        }),
        StoryError::TooManyBlocks(limit) => Err(ReadError::TooLarge {
            what: "число абзацев",
            limit: limit.to_string(),
        }),
        StoryError::Xml(XmlError::Malformed(said)) => Ok(Flaw::Xml(said)),
    }
}

/// A sentence about a part beside the main one that cannot be read to its end.
pub(super) fn unreadable(what: &str, error: &XmlError) -> String {
    let reason = match error {
        XmlError::Malformed(detail) => format!("the XML is not well formed ({detail})"),
        XmlError::TooDeep(limit) => format!("it is nested deeper than {limit} elements"),
        XmlError::TooLongAttributes(_) => "an element has attributes beyond reason".to_owned(),
        XmlError::Dtd => "it declares a DTD, which the format forbids".to_owned(),
        XmlError::TooLong(_) => "it is too long".to_owned(),
    };
    format!("{what} could not be read to the end: {reason}")
}
