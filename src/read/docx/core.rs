//! What the file says about itself: title, author, dates, pages.
//!
//! In: the bytes of the core and the extended properties parts. Out: [`Properties`] and the number
//! of pages.
//! Must never: take these for what the document says.

use super::xml::{Token, Tokens};
use crate::read::Limits;
use crate::text::Properties;

/// Longest property that is kept, in bytes.
const MAX_PROPERTY_BYTES: usize = 4096;

/// Reads the core properties (ISO/IEC 29500-2, section 8.3). What follows an error is passed over.
pub(super) fn read_core_properties(xml: &[u8], limits: &Limits) -> Properties {
    let mut properties = Properties::default();
    for_each_text(xml, limits, |name, text| {
        let place = match name {
            "title" => &mut properties.title,
            "creator" => &mut properties.author,
            "created" => &mut properties.created,
            "modified" => &mut properties.modified,
            _ => return,
        };
        place.get_or_insert_with(|| text.to_owned());
    });
    properties
}

/// Reads the number of pages from the extended properties (ISO/IEC 29500-1, section 22.2).
pub(super) fn read_pages(xml: &[u8], limits: &Limits) -> Option<u32> {
    let mut pages = None;
    for_each_text(xml, limits, |name, text| {
        if name == "Pages" {
            pages = text.parse().ok().filter(|&pages| pages > 0);
        }
    });
    pages
}

/// Calls `take` with the local name and the text of every element that holds text only.
fn for_each_text(xml: &[u8], limits: &Limits, mut take: impl FnMut(&str, &str)) {
    let mut tokens = Tokens::new(xml, limits);
    let mut name = String::new();
    let mut text = String::new();
    while let Ok(Some(token)) = tokens.next_token() {
        match token {
            Token::Open(_, attributes) => {
                attributes.local_name().clone_into(&mut name);
                text.clear();
            }
            Token::Text(piece) if text.len() + piece.len() <= MAX_PROPERTY_BYTES => {
                text.push_str(&piece);
            }
            Token::Text(_) => {}
            Token::Close(_) => {
                if !text.trim().is_empty() {
                    take(&name, text.trim());
                }
                name.clear();
                text.clear();
            }
        }
    }
}
