//! What a page of the web prints under the text of an order that it gives without its head: the kind, the number and the
//! date, each on a line of its own.
//!
//! In: the lines of a text. Out: the three lines, the kind and the number. Must never: take a heading with an order under
//! it for such a record.

use std::ops::Range;

use super::Layout;
use crate::order::Kind;
use crate::parse::dates::date_at;
use crate::parse::lexer::{Gap, Tokens};
use crate::parse::openings::{enacting_at, opens_preamble};
use crate::parse::registration::{Item, What, is_title_start, kind_named};

/// «Постановление / 203 / 14 июня 2007 года».
pub(crate) struct RecordBelow {
    pub(crate) kind: Kind,
    /// The kind word, alone on its line.
    pub(crate) word: Range<usize>,
    /// The number and the date.
    pub(crate) items: Vec<Item>,
}

/// Reads the three lines from `at`.
pub(crate) fn record_at(tokens: &Tokens<'_>, at: usize) -> Option<RecordBelow> {
    /// A number without its sign that stands alone; a longer one is a code.
    const LONGEST_NUMBER: usize = 5;
    let kind = kind_named(tokens.word(at))?;
    let number = at + 1;
    let alone =
        |start: usize, end: usize| tokens.gap(start) == Gap::Block && tokens.gap(end) == Gap::Block;
    let is_number = tokens.is_number(number) && tokens.length(number) <= LONGEST_NUMBER;
    let (date, end) = date_at(tokens, number + 1).filter(|_| is_number)?;
    let end = end + usize::from(matches!(tokens.word(end), "г" | "года"));
    (alone(at, number) && alone(number, number + 1) && alone(number + 1, end)).then(|| {
        RecordBelow {
            kind,
            word: at..number,
            items: vec![
                Item {
                    what: What::Number { signed: false },
                    tokens: number..number + 1,
                },
                Item {
                    what: What::Date(date),
                    tokens: number + 1..end,
                },
            ],
        }
    })
}

impl Layout<'_, '_> {
    /// The record under an order that has no heading above, and the piece that the order begins with.
    pub(super) fn record_below(&self, heading: &Range<usize>) -> Option<(RecordBelow, usize)> {
        let tokens = self.tokens;
        let found = record_at(tokens, heading.start)?;
        let first = self.pieces.iter().position(|piece| {
            let start = piece.tokens.start;
            start < heading.start
                && tokens.is_capitalised(start)
                && (is_title_start(tokens, start) || opens_preamble(tokens, start))
        })?;
        let behind = found
            .items
            .last()
            .map_or(heading.end, |item| item.tokens.end);
        let goes_on = (behind..self.end).any(|index| enacting_at(tokens, index).is_some());
        (!goes_on).then_some((found, first))
    }
}

#[cfg(test)]
mod tests {
    use crate::order::Kind;
    use crate::parse::head::head;
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn a_page_prints_kind_number_and_date_under_the_text() {
        let text =
            "О лесе\nВ целях работы постановляю:\n1. Создать музей.\nГлава района А.М. Ветров";
        let headed = "ПОСТАНОВЛЕНИЕ\n203\n14 июня 2024 года\nО лесе\nВ целях работы постановляю:\n1. Создать.";
        for (lines, number, title) in [
            (
                format!(
                    "Кедровский район\n{text}\nПостановление\n203\n14 июня 2024 года\n27 июня 2024 года\nПоделиться"
                ),
                Some("203"),
                "О лесе",
            ),
            (headed.to_owned(), None, "О лесе"),
            // Without a number of its own it is no record.
            (
                format!("{text}\nПостановление\n14 июня 2024 года"),
                None,
                "О лесе",
            ),
        ] {
            let text = Text::from_lines(&lines);
            let tokens = Tokens::of(&text);
            let outline = outline(&tokens);
            let head = head(&tokens, &outline);
            assert_eq!(
                head.kind.map(|kind| kind.value),
                Some(Kind::Postanovlenie),
                "{lines}"
            );
            assert_eq!(
                head.number.map(|number| number.value).as_deref(),
                number,
                "{lines}"
            );
            assert_eq!(
                tokens.slice(outline.title.start, outline.title.end),
                title,
                "{lines}"
            );
        }
    }
}
