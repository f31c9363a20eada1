//! Definitions of lists: what the numbering part says (ISO/IEC 29500-1, section 17.9).
//!
//! In: the bytes of the numbering part, and the styles that stand for lists. Out: [`Numbering`],
//! which knows the effective [`Level`] of a list.
//! Must never: count; that is [`crate::read::lists`].

use super::styles::Styles;
use super::tags::Tag;
use super::xml::{Attributes, Token, Tokens, XmlError};
use crate::read::Limits;
use crate::read::lists::{AbstractList, Level, List, NumberFormat, Numbering, Piece};
use crate::read::symbols::SymbolFont;

/// Longest text of a level that is kept, in bytes. Word allows 255 characters.
const MAX_LEVEL_TEXT_BYTES: usize = 1024;

/// How many styles may stand between a list and its definition. Word writes one.
const MAX_STYLE_LINKS: usize = 4;

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
