//! What a document says of itself: title, author, times, number of pages (ECMA-376 part 2, 11).
//!
//! In: the package. Out: the properties, put into the text. Must never: fail over a missing part.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::ReadError;
use super::package::{Package, Relationship};
use super::xml::{reference, utf8};
use crate::text::{Properties, TextBuilder};

/// A property longer than this is not one.
const MAX_PROPERTY_BYTES: usize = 4_096;

pub(super) fn read(
    package: &mut Package<'_>,
    top: &[Relationship],
    builder: &mut TextBuilder,
) -> Result<(), ReadError> {
    let mut properties = Properties::default();
    for relationship in top {
        if !matches!(
            relationship.kind.as_str(),
            "core-properties" | "extended-properties"
        ) {
            continue;
        }
        let Some(xml) = package.part(&relationship.target)? else {
            continue;
        };
        for (name, value) in values(&utf8(xml)) {
            match name.as_str() {
                "title" => properties.title = Some(value),
                "creator" => properties.author = Some(value),
                "created" => properties.created = Some(value),
                "modified" => properties.modified = Some(value),
                "Pages" => builder.set_pages(value.parse().ok()),
                _ => {}
            }
        }
    }
    builder.set_properties(properties);
    Ok(())
}

/// The elements that hold text and nothing else.
fn values(xml: &[u8]) -> Vec<(String, String)> {
    let mut reader = Reader::from_reader(xml);
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                open = Some((element.local_name().as_ref().to_owned(), String::new()));
            }
            Ok(Event::Text(text)) => {
                if let Some((_, value)) = &mut open
                    && value.len() + text.len() <= MAX_PROPERTY_BYTES
                {
                    value.push_str(&text);
                }
            }
            Ok(Event::GeneralRef(name)) => {
                if let Some((_, value)) = &mut open {
                    value.extend(reference(&name));
                }
            }
            Ok(Event::End(_)) => {
                found.extend(open.take().filter(|(_, value)| !value.trim().is_empty()));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
