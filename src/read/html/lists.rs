//! The labels of list items (HTML Living Standard, section 4.4).
//!
//! In: lists and items as they begin and end. Out: the label of each item.
//! Must never: look at the text of an item.

use super::tokens::Tag;
use crate::read::lists::NumberFormat;

/// The sign of an item without a number.
const BULLET: &str = "•";

/// A list that is open.
#[derive(Debug)]
pub(super) struct OpenList {
    /// How its items are marked; nothing for those without a mark.
    mark: Option<Mark>,
    next: i64,
    step: i64,
}

/// How the items of a list are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bullet,
    Number(NumberFormat),
}

impl OpenList {
    /// A list that begins, and has so many items.
    pub(super) fn new(tag: &Tag<'_>, is_numbered: bool, items: u32) -> Self {
        let style = tag.value("style").unwrap_or_default();
        let said = ["list-style-type", "list-style"]
            .iter()
            .find_map(|name| style_value(&style, name))
            .unwrap_or_default();
        let is_reversed = is_numbered && tag.value("reversed").is_some();
        let start = tag
            .value("start")
            .and_then(|start| start.trim().parse().ok())
            .unwrap_or(if is_reversed { i64::from(items) } else { 1 });
        let kind = tag.value("type").unwrap_or_default();
        Self {
            mark: mark(said, &kind, is_numbered),
            next: start,
            step: if is_reversed { -1 } else { 1 },
        }
    }

    /// The label of an item that begins.
    pub(super) fn label(&mut self, item: &Tag<'_>) -> Option<String> {
        let said = item
            .value("value")
            .and_then(|value| value.trim().parse().ok());
        let number = said.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        match self.mark? {
            Mark::Bullet => Some(BULLET.to_owned()),
            Mark::Number(format) => {
                let mut label = String::new();
                format.write(number, &mut label);
                label.push('.');
                Some(label)
            }
        }
    }
}

/// How items are marked, by the style sheet or else the attribute `type`.
fn mark(style: &str, kind: &str, is_numbered: bool) -> Option<Mark> {
    let by_style = style.split_ascii_whitespace().find_map(|word| {
        Some(match word.to_ascii_lowercase().as_str() {
            "none" => None,
            "disc" | "circle" | "square" => Some(Mark::Bullet),
            "decimal" => Some(Mark::Number(NumberFormat::Decimal)),
            "decimal-leading-zero" => Some(Mark::Number(NumberFormat::Padded(2))),
            "lower-alpha" | "lower-latin" => Some(Mark::Number(NumberFormat::LowerLetterInPlaces)),
            "upper-alpha" | "upper-latin" => Some(Mark::Number(NumberFormat::UpperLetterInPlaces)),
            "lower-roman" => Some(Mark::Number(NumberFormat::LowerRoman)),
            "upper-roman" => Some(Mark::Number(NumberFormat::UpperRoman)),
            _ => return None,
        })
    });
    if let Some(mark) = by_style {
        return mark;
    }
    Some(match kind {
        "a" => Mark::Number(NumberFormat::LowerLetterInPlaces),
        "A" => Mark::Number(NumberFormat::UpperLetterInPlaces),
        "i" => Mark::Number(NumberFormat::LowerRoman),
        "I" => Mark::Number(NumberFormat::UpperRoman),
        _ if is_numbered => Mark::Number(NumberFormat::Decimal),
        _ => Mark::Bullet,
    })
}

/// The value of a property in the attribute `style`.
pub(super) fn style_value<'s>(style: &'s str, name: &str) -> Option<&'s str> {
    style.split(';').find_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        property
            .trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim())
    })
}
