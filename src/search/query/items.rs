//! A line → its items, for the rules that spell acts as orders do: words, brackets and what stands in quotation marks.
//!
//! In: a line. Out: items in their order. Must never: take the value of a field, which is read as it is, for free text.

use crate::lexicon::morphology::fold;
use crate::lexicon::register::is_code_abbreviation;
use crate::lexicon::words::{WordClass, meanings};
use crate::text::Span;

/// An item of a line.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    /// Its bytes in the line, without the marks behind it.
    pub(super) span: Span,
    /// As typed, without the marks behind it.
    pub(super) typed: &'a str,
    /// In small letters, without a full stop at the end.
    pub(super) folded: String,
    /// The marks behind it: «:», «,», «;».
    pub(super) marks: &'a str,
    /// A field, its value, an operator or an exclusion: nothing of it may be spelled otherwise.
    pub(super) apart: bool,
}

impl Item<'_> {
    /// Figures with full stops between them, as articles have: «28», «20.4».
    pub(super) fn is_article(&self) -> bool {
        !self.apart
            && self.folded.starts_with(|c: char| c.is_ascii_digit())
            && self.folded.ends_with(|c: char| c.is_ascii_digit())
            && self.folded.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    }

    /// Whether it begins with a figure.
    pub(super) fn is_number(&self) -> bool {
        !self.apart && self.typed.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Four figures that may be a year.
    pub(super) fn year(&self) -> Option<i16> {
        let plain = self.folded.len() == 4 && !self.apart;
        self.folded
            .parse()
            .ok()
            .filter(|year| plain && (1900..=2100).contains(year))
    }

    /// What stands between quotation marks.
    pub(super) fn quoted(&self) -> Option<&str> {
        let inside = |open, close| self.typed.strip_prefix(open)?.strip_suffix(close);
        inside('"', '"').or_else(|| inside('«', '»'))
    }

    /// «ст», «статья», «часть».
    pub(super) fn is_unit(&self) -> bool {
        !self.apart && self.means(WordClass::Pinpoint)
    }

    /// «ст.28», «ст28», «ч3».
    pub(super) fn is_unit_with_number(&self) -> bool {
        let figures = self.folded.find(|c: char| c.is_ascii_digit());
        let unit = figures.and_then(|at| self.folded.get(..at));
        !self.apart
            && unit.is_some_and(|unit| {
                meanings(unit.trim_end_matches('.'))
                    .iter()
                    .any(|meaning| meaning.class == WordClass::Pinpoint)
            })
    }

    /// «ТК», «коап».
    pub(super) fn is_code(&self) -> bool {
        !self.apart && is_code_abbreviation(&self.typed.to_uppercase(), &self.folded)
    }

    /// Whether the word has this meaning.
    pub(super) fn means(&self, class: WordClass) -> bool {
        meanings(&self.folded)
            .iter()
            .any(|meaning| meaning.class == class)
    }
}

/// The items of a line.
pub(super) fn items(line: &str) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut at = 0;
    // The value of the field before is what comes next.
    let mut value = false;
    while let Some(character) = line[at..].chars().next() {
        if character == ' ' {
            at += 1;
            continue;
        }
        let rest = &line[at..];
        let closing = match character {
            '"' => Some('"'),
            '«' => Some('»'),
            _ => None,
        };
        let first = character.len_utf8();
        let length = match closing {
            Some(mark) => rest[first..]
                .find(mark)
                .map_or(rest.len(), |length| first + length + mark.len_utf8()),
            None if matches!(character, '(' | ')') => 1,
            None => rest
                .find([' ', '(', ')', '"', '«', '»'])
                .filter(|&length| length > 0)
                .unwrap_or(if character == '»' { first } else { rest.len() }),
        };
        let whole = &rest[..length];
        let core = match closing {
            Some(_) => whole,
            None => whole.trim_end_matches([':', ',', ';']),
        };
        let core = if core.is_empty() { whole } else { core };
        let marks = &whole[core.len()..];
        let folded = fold(core.trim_end_matches('.'));
        let code = is_code_abbreviation(&core.to_uppercase(), &folded);
        let is_field = !code && is_field(whole);
        let apart = value
            || is_field
            || core.starts_with('-') && core.len() > 1
            || matches!(core, "OR" | "AND" | "NOT" | "ИЛИ" | "И" | "НЕ");
        value = is_field && whole.ends_with(':');
        items.push(Item {
            span: Span::new(at, at + core.len()),
            typed: core,
            folded,
            marks,
            apart,
        });
        at += length;
    }
    items
}

/// «закон:», «номер:5»: letters before a colon name a field.
fn is_field(word: &str) -> bool {
    word.split_once(':')
        .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(char::is_alphabetic))
}
