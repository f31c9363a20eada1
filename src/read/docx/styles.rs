//! Styles: what a paragraph or a run inherits.
//!
//! In: the bytes of the styles part. Out: [`Styles`], each style with what it inherits through
//! `w:basedOn` already worked out.
//! Must never: loop or recurse where styles are based on each other.

use foldhash::HashMap;

use super::properties::{ParagraphProperties, RunProperties};
use super::tags::Tag;
use super::xml::{Attributes, Token, Tokens, XmlError};
use crate::read::Limits;
use crate::read::lists::{LEVELS, Numbering};
use crate::text::Alignment;

/// A style, as an index into [`Styles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct StyleIndex(usize);

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, StyleIndex>,
    stated: Vec<Style>,
    inherited: Vec<Inherited>,
    /// The style of paragraphs that name none.
    default_paragraph: Option<StyleIndex>,
    /// What `w:docDefaults` say.
    defaults: Inherited,
}

/// A style as the file states it.
#[derive(Debug, Default)]
struct Style {
    id: String,
    based_on: Option<String>,
    paragraph: ParagraphProperties,
    run: RunProperties,
}

/// What a paragraph or a run has from its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Inherited {
    /// The list and the level in it.
    pub(super) list: Option<i64>,
    /// The level, from 0, as far as the style or its ancestors say it.
    pub(super) level: Option<i64>,
    /// The alignment.
    pub(super) alignment: Option<Alignment>,
    /// Whether the text is hidden.
    pub(super) hidden: Option<bool>,
}

impl Styles {
    /// Reads the styles part. An error ends the reading; what came before it is kept and the error
    /// handed back beside it. [`Styles::inherit`] must follow.
    pub(super) fn read(xml: &[u8], limits: &Limits) -> (Self, Option<XmlError>) {
        let mut styles = Self::default();
        let mut tokens = Tokens::new(xml, limits);
        let outcome = styles.read_all(&mut tokens, limits);
        (styles, outcome.err())
    }

    fn read_all(&mut self, tokens: &mut Tokens<'_>, limits: &Limits) -> Result<(), XmlError> {
        while let Some(token) = tokens.next_token()? {
            match token {
                Token::Open(Tag::Style, attributes) if self.stated.len() < limits.definitions => {
                    self.read_style(tokens, &attributes)?;
                }
                Token::Open(Tag::DocumentDefaults, _) => {
                    let style = read_properties(tokens)?;
                    self.defaults = Inherited {
                        alignment: style.paragraph.alignment,
                        hidden: style.run.hidden,
                        ..Inherited::default()
                    };
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_style(
        &mut self,
        tokens: &mut Tokens<'_>,
        attributes: &Attributes<'_>,
    ) -> Result<(), XmlError> {
        let id = attributes.value("styleId").unwrap_or_default().into_owned();
        let is_default = matches!(
            attributes.value("default").as_deref(),
            Some("1" | "true" | "on")
        );
        let is_paragraph = attributes.value("type").as_deref() == Some("paragraph");
        let style = Style {
            id: id.clone(),
            ..read_properties(tokens)?
        };
        let index = StyleIndex(self.stated.len());
        self.stated.push(style);
        // Of two styles with one identifier Word keeps the first.
        self.by_id.entry(id).or_insert(index);
        if is_default && is_paragraph {
            self.default_paragraph.get_or_insert(index);
        }
        Ok(())
    }

    /// The style with this identifier.
    pub(super) fn find(&self, id: &str) -> Option<StyleIndex> {
        self.by_id.get(id).copied()
    }

    /// The list that a style of lists stands for.
    pub(super) fn list_of(&self, id: &str) -> Option<i64> {
        let StyleIndex(index) = self.find(id)?;
        self.stated.get(index)?.paragraph.list
    }

    /// Works out what each style inherits. The level of a style in a list is the one that the list
    /// links to the style (`w:lvl/w:pStyle`), or else the one that the style states (ISO/IEC
    /// 29500-1, section 17.9.3).
    pub(super) fn inherit(&mut self, numbering: &Numbering) {
        let mut known: Vec<Option<Inherited>> = vec![None; self.stated.len()];
        let mut is_waiting = vec![false; self.stated.len()];
        let mut line = Vec::new();
        for first in 0..self.stated.len() {
            // Up the line of ancestors, to one that is known or closes a circle.
            let mut next = Some(first);
            while let Some(index) = next {
                let is_new = known.get(index).is_some_and(Option::is_none)
                    && !std::mem::replace(is_waiting.get_mut(index).unwrap_or(&mut true), true);
                if !is_new {
                    break;
                }
                line.push(index);
                next = self
                    .stated
                    .get(index)
                    .and_then(|style| self.find(style.based_on.as_deref()?))
                    .map(|StyleIndex(index)| index);
            }
            let mut base = next
                .and_then(|index| known.get(index).copied().flatten())
                .unwrap_or_default();
            while let Some(index) = line.pop() {
                if let (Some(style), Some(place)) = (self.stated.get(index), known.get_mut(index)) {
                    base = style.over(base, numbering);
                    *place = Some(base);
                }
            }
        }
        self.inherited = known.into_iter().map(Option::unwrap_or_default).collect();
    }

    /// What a paragraph has from its style, or from the default one.
    pub(super) fn of_paragraph(&self, style: Option<StyleIndex>) -> Inherited {
        let inherited = style
            .or(self.default_paragraph)
            .and_then(|StyleIndex(index)| self.inherited.get(index).copied())
            .unwrap_or_default();
        Inherited {
            alignment: inherited.alignment.or(self.defaults.alignment),
            ..inherited
        }
    }

    /// Whether text is hidden, given the style of its paragraph and the properties of its run.
    ///
    /// `w:vanish` is a toggle: said in both styles, it cancels itself; said directly, it decides
    /// (ISO/IEC 29500-1, section 17.7.3).
    pub(super) fn is_hidden(&self, paragraph: Option<StyleIndex>, run: &RunProperties) -> bool {
        let of_style = |style: Option<StyleIndex>| {
            style
                .and_then(|StyleIndex(index)| self.inherited.get(index))
                .and_then(|inherited| inherited.hidden)
                .unwrap_or(false)
        };
        run.hidden.unwrap_or_else(|| {
            of_style(paragraph.or(self.default_paragraph)) != of_style(run.style)
                || self.defaults.hidden.unwrap_or(false)
        })
    }
}

impl Style {
    /// What this style passes on, given what it inherits.
    fn over(&self, base: Inherited, numbering: &Numbering) -> Inherited {
        let list = self.paragraph.list.or(base.list);
        let linked = list
            .and_then(|list| numbering.level_of_style(list, &self.id))
            .and_then(|level| i64::try_from(level).ok());
        let from_base = if self.paragraph.list.is_none() {
            base.level
        } else {
            None
        };
        let stated = self
            .paragraph
            .level
            .filter(|level| usize::try_from(*level).is_ok_and(|level| level < LEVELS));
        Inherited {
            list,
            level: linked.or(stated).or(from_base),
            alignment: self.paragraph.alignment.or(base.alignment),
            hidden: self.run.hidden.or(base.hidden),
        }
    }
}

/// Reads the properties in the element that opened last, to its end.
fn read_properties(tokens: &mut Tokens<'_>) -> Result<Style, XmlError> {
    let no_styles = Styles::default();
    let mut style = Style::default();
    let inside = tokens.depth();
    while let Some(token) = tokens.next_token()? {
        match token {
            Token::Open(tag, attributes) => match tag {
                Tag::BasedOn => style.based_on = attributes.value("val").map(Into::into),
                Tag::ParagraphProperties => {
                    style.paragraph =
                        ParagraphProperties::read(tokens, &no_styles, &mut Vec::new())?;
                }
                Tag::RunProperties => style.run = RunProperties::read(tokens, &no_styles)?,
                Tag::Other if attributes.local_name() == "tblStylePr" => tokens.skip()?,
                Tag::Passed => tokens.skip()?,
                _ => {}
            },
            Token::Close(_) if tokens.depth() < inside => break,
            Token::Close(_) | Token::Text(_) => {}
        }
    }
    Ok(style)
}
