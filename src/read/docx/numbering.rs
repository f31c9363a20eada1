//! Definitions of lists: what the numbering part says (ISO/IEC 29500-1, section 17.9).
//!
//! In: the bytes of the numbering part, and the styles that stand for lists. Out: [`Numbering`],
//! which knows the effective [`Level`] of a list.
//! Must never: count; that is [`super::labels`].

use std::collections::HashMap;

use super::number_formats::NumberFormat;
use super::styles::Styles;
use super::symbols::SymbolFont;
use super::tags::Tag;
use super::xml::{Attributes, Token, Tokens, XmlError};
use crate::read::Limits;

/// Levels of a list (section 17.9.6).
pub(super) const LEVELS: usize = 9;

/// Longest text of a level that is kept, in bytes. Word allows 255 characters.
const MAX_LEVEL_TEXT_BYTES: usize = 1024;

/// How many styles may stand between a list and its definition. Word writes one.
const MAX_STYLE_LINKS: usize = 4;

/// The list definitions of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<i64, AbstractList>,
    lists: HashMap<i64, List>,
}

/// `w:abstractNum`.
#[derive(Debug, Default)]
struct AbstractList {
    levels: [Option<Level>; LEVELS],
    /// The style that this is the definition of (`w:styleLink`).
    style_link: Option<String>,
    /// The style whose definition is used instead (`w:numStyleLink`).
    list_style_link: Option<String>,
}

/// `w:num`.
#[derive(Debug, Default)]
struct List {
    /// Its abstract list, with which it counts.
    counters: i64,
    /// The abstract list that the levels come from, where it is another one.
    definition: Option<i64>,
    overrides: [Override; LEVELS],
}

/// `w:lvlOverride`.
#[derive(Debug, Default)]
struct Override {
    start: Option<i64>,
    level: Option<Level>,
}

/// One level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    /// How its number is written.
    pub(super) format: NumberFormat,
    /// What is displayed.
    pub(super) text: Vec<Piece>,
    /// The first number.
    pub(super) start: i64,
    /// After which level the count starts again, from 1; 0 is never; nothing is any level above.
    pub(super) restart: Option<i64>,
    /// Whether all numbers in the label are in decimal.
    pub(super) is_legal: bool,
    /// Whether the sign is a picture, or a character of a font of pictographs.
    pub(super) is_pictograph: bool,
    /// Whether the label is hidden text; it is counted all the same.
    pub(super) is_hidden: bool,
    /// The paragraph style that stands for the level.
    style: Option<String>,
}

/// A piece of what a level displays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Characters.
    Literal(String),
    /// The number of a level, from 0.
    Number(usize),
}

impl Default for Level {
    /// What an empty `w:lvl` means (sections 17.9.17, 17.9.25).
    fn default() -> Self {
        Self {
            format: NumberFormat::Decimal,
            text: Vec::new(),
            start: 0,
            restart: None,
            is_legal: false,
            is_pictograph: false,
            is_hidden: false,
            style: None,
        }
    }
}

/// A list as the counters need it.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListView<'n> {
    /// Lists with the same key share their counters.
    pub(super) counters: i64,
    list: &'n List,
    definition: &'n AbstractList,
}

impl<'n> ListView<'n> {
    /// The effective definition of a level, from 0.
    pub(super) fn level(&self, level: usize) -> Option<&'n Level> {
        let over = self.list.overrides.get(level)?.level.as_ref();
        over.or_else(|| self.definition.levels.get(level)?.as_ref())
    }

    /// The number that this list makes a level start again with, the first time that it uses it.
    pub(super) fn start_override(&self, level: usize) -> Option<i64> {
        self.list.overrides.get(level)?.start
    }

    /// The number that a level starts with.
    pub(super) fn start(&self, level: usize) -> i64 {
        self.start_override(level)
            .or_else(|| self.level(level).map(|level| level.start))
            .unwrap_or(1)
    }
}

impl Numbering {
    /// Reads the numbering part. An error ends the reading; what came before it is kept and the
    /// error handed back beside it. [`Numbering::link`] must follow.
    pub(super) fn read(xml: &[u8], limits: &Limits) -> (Self, Option<XmlError>) {
        let mut numbering = Self::default();
        let mut tokens = Tokens::new(xml, limits);
        let outcome = numbering.read_all(&mut tokens, limits);
        (numbering, outcome.err())
    }

    fn read_all(&mut self, tokens: &mut Tokens<'_>, limits: &Limits) -> Result<(), XmlError> {
        while let Some(token) = tokens.next_token()? {
            match token {
                Token::Open(Tag::AbstractList, attributes) => {
                    let id = attributes.number("abstractNumId");
                    let list = read_abstract_list(tokens)?;
                    if let Some(id) = id
                        && self.abstracts.len() < limits.definitions
                    {
                        self.abstracts.entry(id).or_insert(list);
                    }
                }
                Token::Open(Tag::List, attributes) => {
                    let id = attributes.number("numId");
                    let list = read_list(tokens)?;
                    if let Some(id) = id
                        && self.lists.len() < limits.definitions
                    {
                        self.lists.entry(id).or_insert(list);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Settles which definition each list uses: its own, or the one of the style that its own
    /// names (`w:numStyleLink`).
    pub(super) fn link(&mut self, styles: &Styles) {
        let definitions: Vec<(i64, i64)> = self
            .lists
            .iter()
            .filter_map(|(&id, list)| Some((id, self.linked(list.counters, styles)?)))
            .collect();
        for (id, definition) in definitions {
            if let Some(list) = self.lists.get_mut(&id) {
                list.definition = Some(definition);
            }
        }
    }

    /// The abstract list that stands behind the style links of another; nothing where that one
    /// links to no style.
    fn linked(&self, abstract_list: i64, styles: &Styles) -> Option<i64> {
        let mut current = abstract_list;
        for _ in 0..MAX_STYLE_LINKS {
            let Some(style) = self.abstracts.get(&current)?.list_style_link.as_deref() else {
                break;
            };
            let through_style = || {
                let list = self.lists.get(&styles.list_of(style)?)?;
                Some(list.counters)
            };
            let by_link = || {
                self.abstracts
                    .iter()
                    .filter(|(_, list)| list.style_link.as_deref() == Some(style))
                    .map(|(&id, _)| id)
                    .min()
            };
            current = through_style().or_else(by_link)?;
        }
        (current != abstract_list).then_some(current)
    }

    /// The list with this identifier.
    pub(super) fn list(&self, id: i64) -> Option<ListView<'_>> {
        let list = self.lists.get(&id)?;
        let definition = list.definition.unwrap_or(list.counters);
        Some(ListView {
            counters: list.counters,
            list,
            definition: self.abstracts.get(&definition)?,
        })
    }

    /// The level of a list that a paragraph style stands for.
    pub(super) fn level_of_style(&self, list: i64, style: &str) -> Option<usize> {
        let list = self.list(list)?;
        (0..LEVELS).find(|&level| {
            list.level(level)
                .is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }
}

fn read_abstract_list(tokens: &mut Tokens<'_>) -> Result<AbstractList, XmlError> {
    let mut list = AbstractList::default();
    let inside = tokens.depth();
    while let Some(token) = tokens.next_token()? {
        match token {
            Token::Open(Tag::ListLevel, attributes) => {
                let index = level_index(&attributes);
                let level = read_level(tokens)?;
                if let Some(place) = index.and_then(|index| list.levels.get_mut(index)) {
                    *place = Some(level);
                }
            }
            Token::Open(Tag::StyleLink, attributes) => {
                list.style_link = attributes.value("val").map(Into::into);
            }
            Token::Open(Tag::ListStyleLink, attributes) => {
                list.list_style_link = attributes.value("val").map(Into::into);
            }
            Token::Close(_) if tokens.depth() < inside => break,
            _ => {}
        }
    }
    Ok(list)
}

fn read_list(tokens: &mut Tokens<'_>) -> Result<List, XmlError> {
    let mut list = List::default();
    let mut overridden = None;
    let inside = tokens.depth();
    while let Some(token) = tokens.next_token()? {
        match token {
            Token::Open(Tag::AbstractListId, attributes) => {
                list.counters = attributes.number("val").unwrap_or(-1);
            }
            Token::Open(Tag::LevelOverride, attributes) => overridden = level_index(&attributes),
            Token::Open(Tag::StartOverride, attributes) => {
                if let Some(place) = overridden.and_then(|level| list.overrides.get_mut(level)) {
                    place.start = attributes.number("val").map(bounded);
                }
            }
            Token::Open(Tag::ListLevel, _) => {
                let level = read_level(tokens)?;
                if let Some(place) = overridden.and_then(|level| list.overrides.get_mut(level)) {
                    place.level = Some(level);
                }
            }
            Token::Close(_) if tokens.depth() < inside => break,
            _ => {}
        }
    }
    Ok(list)
}

fn level_index(attributes: &Attributes<'_>) -> Option<usize> {
    usize::try_from(attributes.number("ilvl")?).ok()
}

/// A number within the 32 bits that Word gives it.
fn bounded(number: i64) -> i64 {
    number.clamp(i64::from(i32::MIN), i64::from(i32::MAX))
}

fn read_level(tokens: &mut Tokens<'_>) -> Result<Level, XmlError> {
    let mut level = Level::default();
    let inside = tokens.depth();
    while let Some(token) = tokens.next_token()? {
        match token {
            Token::Open(tag, attributes) => match tag {
                Tag::Start => level.start = attributes.number("val").map_or(0, bounded),
                Tag::NumberFormat => {
                    let name = attributes.value("val").unwrap_or_default();
                    level.format =
                        NumberFormat::named(&name, attributes.value("format").as_deref());
                }
                Tag::LevelText => {
                    level.text = pieces(&attributes.value("val").unwrap_or_default());
                }
                Tag::LevelRestart => level.restart = attributes.number("val"),
                Tag::LegalNumbering => level.is_legal = attributes.is_on(),
                Tag::PictureBullet => level.is_pictograph = true,
                Tag::Vanish => level.is_hidden = attributes.is_on(),
                Tag::ParagraphStyle => level.style = attributes.value("val").map(Into::into),
                Tag::Fonts => {
                    level.is_pictograph |= ["ascii", "hAnsi", "hint"].iter().any(|name| {
                        let font = attributes.value(name).unwrap_or_default();
                        SymbolFont::named(&font).is_some()
                    });
                }
                Tag::Passed => tokens.skip()?,
                _ => {}
            },
            Token::Close(_) if tokens.depth() < inside => break,
            Token::Close(_) | Token::Text(_) => {}
        }
    }
    Ok(level)
}

/// Takes apart the text of a level: `%1` to `%9` stand for the numbers of levels (section
/// 17.9.11); any other `%` is itself.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if literal.len() > MAX_LEVEL_TEXT_BYTES || pieces.len() > MAX_LEVEL_TEXT_BYTES {
            break;
        }
        let level = (character == '%')
            .then(|| rest.peek()?.to_digit(10)?.checked_sub(1))
            .flatten();
        match level {
            Some(level) => {
                rest.next();
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(Piece::Number(level as usize));
            }
            None => literal.push(character),
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn level_text_is_taken_apart() {
        let literal = |text: &str| Piece::Literal(text.to_owned());
        let cases = [
            ("", vec![]),
            ("%1.", vec![Piece::Number(0), literal(".")]),
            (
                "%1.%2.",
                vec![
                    Piece::Number(0),
                    literal("."),
                    Piece::Number(1),
                    literal("."),
                ],
            ),
            (
                "п. %2)",
                vec![literal("п. "), Piece::Number(1), literal(")")],
            ),
            ("%10", vec![Piece::Number(0), literal("0")]),
            ("100%", vec![literal("100%")]),
            ("%0%", vec![literal("%0%")]),
        ];
        for (text, expected) in cases {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }
}
