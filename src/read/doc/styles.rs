//! Styles and fonts ([MS-DOC], sections 2.9.271 and 2.9.286).
//!
//! In: the style sheet and the font table. Out: [`Styles`], what each style says with all that it
//! rests on; [`fonts`], the pictographic fonts by their number.
//! Must never: follow a chain of styles without an end.

use super::bytes::Bytes;
use super::properties::{Characters, Paragraph};
use crate::read::symbols::SymbolFont;

/// How many styles a style may rest on, one by one; Word allows eleven.
const MAX_BASES: usize = 32;

/// The style that rests on none.
const NO_BASE: u16 = 0x0fff;

/// A style.
#[derive(Debug, Clone, Default)]
struct Style<'f> {
    base: u16,
    paragraph: &'f [u8],
    characters: &'f [u8],
}

/// The styles of a document, with all that they rest on taken in.
#[derive(Debug)]
pub(super) struct Styles {
    resolved: Vec<(Paragraph, Characters)>,
    hides: bool,
}

impl Styles {
    /// Reads the style sheet. What follows an error in it is passed over.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let styles = read_styles(Bytes(bytes)).unwrap_or_default();
        let resolved: Vec<(Paragraph, Characters)> = (0..styles.len())
            .map(|index| {
                let mut chain = Vec::new();
                let mut next = Some(index);
                while let Some(style) = next.and_then(|index| styles.get(index))
                    && chain.len() < MAX_BASES
                {
                    chain.push(style);
                    next = (style.base != NO_BASE).then_some(usize::from(style.base));
                }
                let mut paragraph = Paragraph::default();
                let mut characters = Characters::default();
                for style in chain.into_iter().rev() {
                    paragraph.apply(style.paragraph);
                    characters.apply(style.characters);
                }
                (paragraph, characters)
            })
            .collect();
        Self {
            hides: resolved.iter().any(|style| style.1.hidden.is_some()),
            resolved,
        }
    }

    /// Whether any style says that text is hidden or not.
    pub(super) fn hides(&self) -> bool {
        self.hides
    }

    /// What a style says of its paragraphs.
    pub(super) fn paragraph(&self, style: u16) -> Paragraph {
        let style = self.resolved.get(usize::from(style));
        style.map(|style| style.0).unwrap_or_default()
    }

    /// What a style says of its characters.
    pub(super) fn characters(&self, style: u16) -> Characters {
        let style = self.resolved.get(usize::from(style));
        style.map(|style| style.1).unwrap_or_default()
    }
}

fn read_styles(bytes: Bytes<'_>) -> Option<Vec<Style<'_>>> {
    /// No file has more (section 2.9.273).
    const MOST: usize = 0x0ffe;
    let header = usize::from(bytes.u16(0)?);
    let count = usize::from(bytes.u16(2)?).min(MOST);
    let base_bytes = usize::from(bytes.u16(4)?);
    let mut at = 2 + header;
    let mut styles = Vec::new();
    for _ in 0..count {
        let Some(length) = bytes.u16(at).map(usize::from) else {
            break;
        };
        let definition = bytes.slice(at + 2, length).unwrap_or_default();
        styles.push(read_style(Bytes(definition), base_bytes).unwrap_or(Style {
            base: NO_BASE,
            ..Style::default()
        }));
        // A definition starts at an even place.
        at += 2 + length + length % 2;
    }
    Some(styles)
}

fn read_style(bytes: Bytes<'_>, base_bytes: usize) -> Option<Style<'_>> {
    const PARAGRAPH: u16 = 1;
    const CHARACTER: u16 = 2;
    let kind_and_base = bytes.u16(2)?;
    let (kind, base) = (kind_and_base & 0xf, kind_and_base >> 4);
    let mut at = base_bytes;
    // The name, and the zero that ends it.
    at += 2 + usize::from(bytes.u16(at)?) * 2 + 2;
    let mut next = || {
        at += at % 2;
        let length = usize::from(bytes.u16(at)?);
        let list = bytes.slice(at + 2, length)?;
        at += 2 + length;
        Some(list)
    };
    let mut style = Style {
        base,
        ..Style::default()
    };
    match kind {
        PARAGRAPH => {
            // The number of the style stands before its modifiers.
            style.paragraph = next()?.get(2..).unwrap_or_default();
            style.characters = next().unwrap_or_default();
        }
        CHARACTER => style.characters = next()?,
        _ => {}
    }
    Some(style)
}

/// The pictographic fonts of a document, in the places of all its fonts.
pub(super) fn fonts(bytes: &[u8]) -> Vec<Option<SymbolFont>> {
    /// Where the name of a font starts in its description.
    const NAME_AT: usize = 40;
    let bytes = Bytes(bytes);
    let mut fonts = Vec::new();
    let mut at = 4;
    let count = bytes.u16(0).unwrap_or(0);
    for _ in 0..count {
        let Some(length) = bytes.u8(at).map(|length| usize::from(length) + 1) else {
            break;
        };
        let name = bytes.slice(at, length).and_then(|description| {
            let units = description.get(NAME_AT..)?.chunks_exact(2);
            let units = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            let name: Vec<u16> = units.take_while(|&unit| unit != 0).collect();
            Some(String::from_utf16_lossy(&name))
        });
        fonts.push(name.and_then(|name| SymbolFont::named(&name)));
        at += length;
    }
    fonts
}
