//! The properties of runs and paragraphs that bear on the text.
//!
//! In: the tokens inside `w:rPr` or `w:pPr`. Out: [`RunProperties`], [`ParagraphProperties`], as
//! the file states them, before styles are taken into account.
//! Must never: read the record of earlier properties in a tracked change as present ones.

use super::styles::{StyleIndex, Styles};
use super::tags::Tag;
use super::xml::{Attributes, Token, Tokens, XmlError};
use crate::read::symbols::SymbolFont;
use crate::text::Alignment;

/// Properties of a run, or of the mark that ends a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RunProperties {
    /// The character style.
    pub(super) style: Option<StyleIndex>,
    /// Whether the text is hidden, where it is said directly.
    pub(super) hidden: Option<bool>,
    /// The font, where it is one of pictographs.
    pub(super) font: Option<SymbolFont>,
    /// Whether the mark of the paragraph was deleted or moved away in a tracked change.
    pub(super) is_mark_removed: bool,
    /// Whether the mark of the paragraph was inserted in a tracked change.
    pub(super) is_mark_inserted: bool,
}

/// Properties of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ParagraphProperties {
    /// The paragraph style.
    pub(super) style: Option<StyleIndex>,
    /// The list (`w:numId`); 0 takes the paragraph out of the list of its style.
    pub(super) list: Option<i64>,
    /// The level in the list (`w:ilvl`), from 0.
    pub(super) level: Option<i64>,
    /// The alignment.
    pub(super) alignment: Option<Alignment>,
    /// Whether it is a large initial letter, whose paragraph is the next one.
    pub(super) is_drop_cap: bool,
    /// Properties of the paragraph's mark.
    pub(super) mark: RunProperties,
}

/// Which margin of the page a section's header or footer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Margin {
    /// The header.
    Header,
    /// The footer.
    Footer,
}

/// A reference from a section to one of its headers or footers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MarginReference {
    /// Header or footer.
    pub(super) margin: Margin,
    /// Identifier of the relationship to the part.
    pub(super) relationship: String,
}

impl MarginReference {
    /// The reference that an element of `w:sectPr` makes, if it does.
    pub(super) fn of(tag: Tag, attributes: &Attributes<'_>) -> Option<Self> {
        let margin = match tag {
            Tag::HeaderReference => Margin::Header,
            Tag::FooterReference => Margin::Footer,
            _ => return None,
        };
        Some(Self {
            margin,
            relationship: attributes.value("id")?.into_owned(),
        })
    }
}

impl RunProperties {
    /// Reads to the end of the `w:rPr` that opened last.
    pub(super) fn read(tokens: &mut Tokens<'_>, styles: &Styles) -> Result<Self, XmlError> {
        let mut properties = Self::default();
        let inside = tokens.depth();
        while let Some(token) = tokens.next_token()? {
            match token {
                Token::Open(tag, attributes) => match tag {
                    Tag::RunStyle => {
                        properties.style = attributes.value("val").and_then(|id| styles.find(&id));
                    }
                    Tag::Vanish => properties.hidden = Some(attributes.is_on()),
                    Tag::Fonts if attributes.may_begin_with(SymbolFont::INITIALS) => {
                        properties.font = attributes
                            .all()
                            .filter(|(name, _)| matches!(*name, "ascii" | "hAnsi" | "cs"))
                            .find_map(|(_, font)| SymbolFont::named(&font));
                    }
                    Tag::Deleted | Tag::MovedAway => properties.is_mark_removed = true,
                    Tag::Inserted | Tag::MovedHere => properties.is_mark_inserted = true,
                    Tag::Passed => tokens.skip()?,
                    _ => {}
                },
                Token::Close(_) if tokens.depth() < inside => break,
                Token::Close(_) | Token::Text(_) => {}
            }
        }
        Ok(properties)
    }
}

impl ParagraphProperties {
    /// Reads to the end of the `w:pPr` that opened last. Headers and footers of the section that
    /// ends with the paragraph go to `margins`.
    pub(super) fn read(
        tokens: &mut Tokens<'_>,
        styles: &Styles,
        margins: &mut Vec<MarginReference>,
    ) -> Result<Self, XmlError> {
        let mut properties = Self::default();
        let inside = tokens.depth();
        while let Some(token) = tokens.next_token()? {
            match token {
                Token::Open(tag, attributes) => match tag {
                    Tag::ParagraphStyle => {
                        properties.style = attributes.value("val").and_then(|id| styles.find(&id));
                    }
                    Tag::ListId => properties.list = attributes.number("val"),
                    Tag::Level => properties.level = attributes.number("val"),
                    Tag::Alignment => properties.alignment = alignment(&attributes),
                    Tag::Frame => {
                        properties.is_drop_cap = attributes
                            .value("dropCap")
                            .is_some_and(|place| place != "none");
                    }
                    Tag::RunProperties => properties.mark = RunProperties::read(tokens, styles)?,
                    Tag::HeaderReference | Tag::FooterReference => {
                        margins.extend(MarginReference::of(tag, &attributes));
                    }
                    Tag::Passed => tokens.skip()?,
                    _ => {}
                },
                Token::Close(_) if tokens.depth() < inside => break,
                Token::Close(_) | Token::Text(_) => {}
            }
        }
        Ok(properties)
    }
}

/// The alignment that `w:jc` names, transitional or strict (ISO/IEC 29500-1, section 17.18.44).
fn alignment(attributes: &Attributes<'_>) -> Option<Alignment> {
    Some(match &*attributes.value("val")? {
        "center" => Alignment::Centre,
        "right" | "end" => Alignment::End,
        _ => Alignment::Start,
    })
}
