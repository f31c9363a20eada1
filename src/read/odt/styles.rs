//! Styles and list styles of a document (ODF 1.3, part 3, section 16).
//!
//! In: the tokens of `styles.xml` and `content.xml`. Out: [`Styles`], which tells what a style means
//! for the text, and the levels of list styles in a [`Numbering`].
//! Must never: follow a chain of parents without an end.

use std::collections::HashMap;

use super::tags::{Tag, Token, Tokens};
use crate::read::Limits;
use crate::read::lists::{AbstractList, LEVELS, Level, NumberFormat, Numbering, Piece};
use crate::read::symbols::SymbolFont;
use crate::read::xml::{Attributes, XmlError};
use crate::text::Alignment;

/// How many parents of a style are followed.
const MAX_PARENTS: usize = 64;

/// Longest text of a level that is kept, in characters.
const MAX_LEVEL_TEXT: usize = 1024;

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    /// Paragraphs.
    Paragraph,
    /// Runs of characters.
    Text,
    /// Anything else.
    Other,
}

/// A style, as far as it bears on the text.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    alignment: Option<Alignment>,
    is_hidden: Option<bool>,
    font: Option<String>,
    /// The list style; an empty name takes headings out of the outline.
    list: Option<String>,
}

/// The styles of one group of them: the common ones, or those of one part.
#[derive(Debug, Default)]
pub(super) struct StyleGroup {
    by_name: HashMap<(Family, String), Style>,
    /// List styles, by their index in the [`Numbering`].
    lists: HashMap<String, i64>,
}

/// The styles that a part sees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Styles<'s> {
    /// Those of the part itself.
    pub(super) automatic: &'s StyleGroup,
    /// Those of the document.
    pub(super) common: &'s StyleGroup,
    /// Fonts whose name in the file is not the name of the font.
    pub(super) fonts: &'s HashMap<String, String>,
}

impl<'s> Styles<'s> {
    /// A style and those it rests on, the nearest first.
    fn chain(self, family: Family, name: &str) -> impl Iterator<Item = &'s Style> {
        let style = move |name: &str| {
            let key = (family, name.to_owned());
            let own = self.automatic.by_name.get(&key);
            own.or_else(|| self.common.by_name.get(&key))
        };
        let mut next = style(name);
        std::iter::from_fn(move || {
            let current = next?;
            next = current.parent.as_deref().and_then(style);
            Some(current)
        })
        .take(MAX_PARENTS)
    }

    /// How paragraphs of a style are aligned.
    pub(super) fn alignment(self, name: &str) -> Alignment {
        self.chain(Family::Paragraph, name)
            .find_map(|style| style.alignment)
            .unwrap_or_default()
    }

    /// Whether text of a style is hidden; nothing where the style does not say.
    pub(super) fn is_hidden(self, family: Family, name: &str) -> Option<bool> {
        self.chain(family, name).find_map(|style| style.is_hidden)
    }

    /// The pictographic font of a style.
    pub(super) fn symbols(self, family: Family, name: &str) -> Option<SymbolFont> {
        let font = self
            .chain(family, name)
            .find_map(|style| style.font.as_deref())?;
        SymbolFont::named(self.fonts.get(font).map_or(font, String::as_str))
    }

    /// Whether headings of a style are out of the outline.
    pub(super) fn is_unnumbered(self, name: &str) -> bool {
        self.chain(Family::Paragraph, name)
            .find_map(|style| style.list.as_deref())
            .is_some_and(str::is_empty)
    }

    /// The index of a list style.
    pub(super) fn list(self, name: &str) -> Option<i64> {
        let own = self.automatic.lists.get(name);
        own.or_else(|| self.common.lists.get(name)).copied()
    }
}

/// The definitions of one part.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// The styles that hold for the document.
    pub(super) common: StyleGroup,
    /// The styles of the part itself.
    pub(super) automatic: StyleGroup,
    /// The levels of headings, by their index in the [`Numbering`].
    pub(super) outline: Option<i64>,
}

/// Reads the definitions of a part; its text is passed over.
pub(super) fn read_definitions(
    xml: &[u8],
    numbering: &mut Numbering,
    fonts: &mut HashMap<String, String>,
    limits: &Limits,
) -> (Definitions, Option<XmlError>) {
    let mut definitions = Definitions::default();
    let mut tokens = Tokens::new(xml, limits);
    let mut read = || {
        let mut is_automatic = false;
        let mut open = None;
        while let Some(token) = tokens.next_token()? {
            let group = if is_automatic {
                &mut definitions.automatic
            } else {
                &mut definitions.common
            };
            match token {
                Token::Open(Tag::AutomaticStyles, _) => is_automatic = true,
                Token::Close(Tag::AutomaticStyles) => is_automatic = false,
                Token::Open(Tag::Body, _) => return Ok(()),
                Token::Open(Tag::Style, attributes) => {
                    open = Some(named_style(&attributes));
                }
                Token::Open(tag @ (Tag::ParagraphProperties | Tag::TextProperties), attributes) => {
                    if let Some((_, style)) = &mut open {
                        add_properties(style, tag, &attributes);
                    }
                }
                Token::Close(Tag::Style) => {
                    if let Some((key, style)) = open.take()
                        && group.by_name.len() < limits.definitions
                    {
                        group.by_name.insert(key, style);
                    }
                }
                Token::Open(tag @ (Tag::ListStyle | Tag::OutlineStyle), attributes) => {
                    let name = attributes.value("name").unwrap_or_default().into_owned();
                    let list = read_list_style(&mut tokens)?;
                    let index = i64::try_from(numbering.abstracts.len()).unwrap_or(i64::MAX);
                    if numbering.abstracts.len() < limits.definitions {
                        numbering.abstracts.insert(index, list);
                        if tag == Tag::OutlineStyle {
                            definitions.outline = Some(index);
                        } else {
                            group.lists.insert(name, index);
                        }
                    }
                }
                Token::Open(Tag::FontFace, attributes) => {
                    if let (Some(name), Some(family)) =
                        (attributes.value("name"), attributes.value("font-family"))
                        && fonts.len() < limits.definitions
                    {
                        let family = family.trim_matches(['\'', '"']).to_owned();
                        fonts.insert(name.into_owned(), family);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    };
    let outcome = read();
    (definitions, outcome.err())
}

fn named_style(attributes: &Attributes<'_>) -> ((Family, String), Style) {
    let family = match attributes.value("family").as_deref() {
        Some("paragraph") => Family::Paragraph,
        Some("text") => Family::Text,
        _ => Family::Other,
    };
    let name = attributes.value("name").unwrap_or_default().into_owned();
    let style = Style {
        parent: attributes.value("parent-style-name").map(Into::into),
        list: attributes.value("list-style-name").map(Into::into),
        ..Style::default()
    };
    ((family, name), style)
}

fn add_properties(style: &mut Style, tag: Tag, attributes: &Attributes<'_>) {
    if tag == Tag::ParagraphProperties {
        style.alignment = match attributes.value("text-align").as_deref() {
            Some("center") => Some(Alignment::Centre),
            Some("end" | "right") => Some(Alignment::End),
            Some(_) => Some(Alignment::Start),
            None => style.alignment,
        };
        return;
    }
    // `text:display`; the display of list labels has another element.
    style.is_hidden = match attributes.value("display").as_deref() {
        Some("none") => Some(true),
        Some(_) => Some(false),
        None => style.is_hidden,
    };
    let font = attributes.value("font-name");
    if let Some(font) = font.or_else(|| attributes.value("font-family")) {
        style.font = Some(font.trim_matches(['\'', '"']).to_owned());
    }
}

/// Reads to the end of the list style that opened last.
fn read_list_style(tokens: &mut Tokens<'_>) -> Result<AbstractList, XmlError> {
    let mut list = AbstractList::default();
    let inside = tokens.depth();
    while let Some(token) = tokens.next_token()? {
        match token {
            Token::Open(tag @ (Tag::NumberLevel | Tag::BulletLevel), attributes) => {
                let index = attributes
                    .number("level")
                    .and_then(|level| usize::try_from(level).ok()?.checked_sub(1));
                let level = index.map(|index| level(tag, &attributes, index));
                if let Some(place) = index.and_then(|index| list.levels.get_mut(index)) {
                    *place = level;
                }
            }
            Token::Close(_) if tokens.depth() < inside => break,
            _ => {}
        }
    }
    Ok(list)
}

/// A level of a list style.
fn level(tag: Tag, attributes: &Attributes<'_>, index: usize) -> Level {
    if tag == Tag::BulletLevel {
        let sign = attributes.value("bullet-char").unwrap_or_default();
        return Level {
            format: NumberFormat::Bullet,
            text: vec![Piece::Literal(sign.into_owned())],
            start: 1,
            ..Level::default()
        };
    }
    let is_synchronous = attributes.value("num-letter-sync").as_deref() == Some("true");
    let format = attributes.value("num-format").unwrap_or_default();
    let format = number_format(&format, is_synchronous);
    Level {
        format,
        text: match attributes.value("num-list-format") {
            Some(template) => by_template(&template),
            None => by_attributes(attributes, format, index),
        },
        start: attributes.number("start-value").unwrap_or(1),
        ..Level::default()
    }
}

/// The format with this name (section 19.500). LibreOffice names its Cyrillic formats by a sample.
fn number_format(name: &str, is_synchronous: bool) -> NumberFormat {
    match name {
        "" => NumberFormat::Nothing,
        "1" => NumberFormat::Decimal,
        "01, 02, 03, ..." => NumberFormat::Padded(2),
        "I" => NumberFormat::UpperRoman,
        "i" => NumberFormat::LowerRoman,
        "A" if is_synchronous => NumberFormat::UpperLetter,
        "a" if is_synchronous => NumberFormat::LowerLetter,
        "A" => NumberFormat::UpperLetterInPlaces,
        "a" => NumberFormat::LowerLetterInPlaces,
        _ if !name.ends_with("(ru)") => NumberFormat::Unknown,
        _ if name.starts_with("А, Б, .., Аа, Бб") => NumberFormat::RussianUpper,
        _ if name.starts_with("А, Б, .., Аа, Аб") => NumberFormat::RussianUpperInPlaces,
        _ if name.starts_with("а, б, .., аа, бб") => NumberFormat::RussianLower,
        _ if name.starts_with("а, б, .., аа, аб") => NumberFormat::RussianLowerInPlaces,
        _ => NumberFormat::Unknown,
    }
}

/// The pieces of a template such as `%1%.%2%)`, an extension of LibreOffice.
fn by_template(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let template: String = template.chars().take(MAX_LEVEL_TEXT).collect();
    let mut rest = template.as_str();
    while let Some((literal, from)) = rest.split_once('%') {
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal.to_owned()));
        }
        let number = from
            .split_once('%')
            .and_then(|(number, after)| Some((number.parse::<usize>().ok()?, after)));
        if let Some((number @ 1.., after)) = number {
            pieces.push(Piece::Number(number - 1));
            rest = after;
        } else {
            pieces.push(Piece::Literal("%".to_owned()));
            rest = from;
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    pieces
}

/// The pieces that the prefix, the suffix and the number of displayed levels say.
fn by_attributes(attributes: &Attributes<'_>, format: NumberFormat, index: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let affix = |name: &str, pieces: &mut Vec<Piece>| {
        let affix = attributes.value(name).unwrap_or_default();
        if !affix.is_empty() {
            pieces.push(Piece::Literal(affix.into_owned()));
        }
    };
    affix("num-prefix", &mut pieces);
    if format != NumberFormat::Nothing {
        let displayed = attributes.number("display-levels").unwrap_or(1);
        let displayed = usize::try_from(displayed).unwrap_or(1).clamp(1, index + 1);
        for shown in (index + 1 - displayed)..=index.min(LEVELS) {
            if shown + displayed > index + 1 {
                pieces.push(Piece::Literal(".".to_owned()));
            }
            pieces.push(Piece::Number(shown));
        }
    }
    affix("num-suffix", &mut pieces);
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, by_template};

    #[test]
    fn templates_are_taken_apart() {
        let literal = |text: &str| Piece::Literal(text.to_owned());
        let cases = [
            ("", vec![]),
            (
                "%1%.%2%)",
                vec![
                    Piece::Number(0),
                    literal("."),
                    Piece::Number(1),
                    literal(")"),
                ],
            ),
            ("2.1.%1%", vec![literal("2.1."), Piece::Number(0)]),
            ("100%", vec![literal("100"), literal("%")]),
            ("%0%", vec![literal("%"), literal("0"), literal("%")]),
        ];
        for (template, expected) in cases {
            assert_eq!(by_template(template), expected, "{template}");
        }
    }
}
