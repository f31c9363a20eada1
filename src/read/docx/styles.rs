//! The styles of a document (ECMA-376 part 1, 17.7): what a paragraph or run takes from its style.
//!
//! In: `styles.xml`. Out: numbering, alignment and hiding of a style, its ancestors included. Must
//! never: follow `basedOn` in a circle.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::xml::{attribute, is_on, number, value};
use crate::text::Alignment;

/// The properties of one style, as far as a reader of text needs them; `None` is inherited.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    based_on: Option<String>,
    /// The list; `0` takes the paragraph out of a list.
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
    pub(super) alignment: Option<Alignment>,
    pub(super) hidden: Option<bool>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

/// A chain of `basedOn` longer than this is a circle: Word itself stops at ten.
const MAX_ANCESTORS: usize = 32;

impl Styles {
    /// Reads `styles.xml`. What cannot be understood is left out.
    pub(super) fn read(xml: &[u8]) -> Self {
        let mut styles = Self::default();
        let mut reader = Reader::from_reader(xml);
        let mut open: Option<(String, Style)> = None;
        let mut in_table_style_part = false;
        loop {
            match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => {
                    let name = element.local_name();
                    if name.as_ref() == "style" {
                        let id = attribute(&element, "styleId").unwrap_or_default();
                        let kind = attribute(&element, "type").unwrap_or_default();
                        if kind == "paragraph"
                            && attribute(&element, "default").is_some_and(|default| {
                                matches!(default.as_str(), "1" | "true" | "on")
                            })
                        {
                            styles.default_paragraph = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                        continue;
                    }
                    in_table_style_part |= name.as_ref() == "tblStylePr";
                    let (Some((_, style)), false) = (&mut open, in_table_style_part) else {
                        continue;
                    };
                    match name.as_ref() {
                        "basedOn" => style.based_on = value(&element),
                        "numId" => style.list = value(&element),
                        "ilvl" => style.level = number(&element),
                        "jc" => {
                            style.alignment = Some(alignment(&value(&element).unwrap_or_default()));
                        }
                        "vanish" => style.hidden = Some(is_on(&element)),
                        _ => {}
                    }
                }
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "style" => styles.styles.extend(open.take()),
                    "tblStylePr" => in_table_style_part = false,
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return styles,
                Ok(_) => {}
            }
        }
    }

    /// The properties of a style with those of its ancestors; of the default paragraph style where no
    /// style is named.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Style {
        id.or(self.default_paragraph.as_deref())
            .map(|id| self.inherited(id))
            .unwrap_or_default()
    }

    /// The properties of a style with those of its ancestors.
    pub(super) fn inherited(&self, id: &str) -> Style {
        let mut result = Style::default();
        let mut next = Some(id);
        for _ in 0..MAX_ANCESTORS {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else {
                break;
            };
            if result.list.is_none() {
                result.list.clone_from(&style.list);
            }
            result.level = result.level.or(style.level);
            result.alignment = result.alignment.or(style.alignment);
            result.hidden = result.hidden.or(style.hidden);
            next = style.based_on.as_deref();
        }
        result
    }

    /// The style, or the nearest of its ancestors, that `fits`.
    pub(super) fn nearest(&self, id: &str, fits: &dyn Fn(&str) -> Option<usize>) -> Option<usize> {
        let mut next = Some(id);
        for _ in 0..MAX_ANCESTORS {
            let id = next?;
            if let Some(found) = fits(id) {
                return Some(found);
            }
            next = self.styles.get(id)?.based_on.as_deref();
        }
        None
    }
}

/// `w:jc` (17.18.44), transitional and strict.
pub(super) fn alignment(name: &str) -> Alignment {
    match name {
        "center" => Alignment::Centre,
        "right" | "end" => Alignment::End,
        _ => Alignment::Start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_inherited_and_circles_end() {
        let styles = Styles::read(
            br#"<w:styles xmlns:w="x">
            <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr><w:rPr><w:vanish/></w:rPr></w:style>
            </w:styles>"#,
        );
        assert_eq!(styles.paragraph(None).alignment, Some(Alignment::Centre));
        let style = styles.inherited("A");
        assert_eq!(
            (style.list.as_deref(), style.level, style.hidden),
            (Some("7"), Some(1), Some(true))
        );
    }
}
