//! Orders whose heading is not in the text: it was a picture, a recogniser lost it, or somebody copied the text
//! without it.
//!
//! In: what the blocks show. Out: where the order begins, its kind and the word that says it. Must never: take a
//! letter, a protocol or a poem for an order.

use std::ops::Range;

use super::clause_labels::label_of;
use super::issuer::begins_body;
use super::kind_headings::kind_heading;
use super::lexer::{Gap, Tokens};
use super::numbers::sign_at;
use super::openings::{enacting_at, is_infinitive, is_note_of_publisher, opens_preamble};
use super::outline::{Layout, Outline};
use super::pieces::Piece;
use super::registration::{has_number_and_date, is_title_start, items, kind_named};
use super::signature::signature_blocks;
use super::zones::{Zone, zone_at};
use crate::order::Kind;

/// What the text itself says of the kind of an order.
pub(crate) struct Headless {
    /// The piece that title, preamble or enacting word begin with.
    pub(crate) first_piece: usize,
    pub(crate) kind: Kind,
    /// «настоящего **приказа**», or else «**приказываю**».
    pub(crate) word: Range<usize>,
}

impl Layout<'_, '_> {
    /// An order without its heading: it begins like one, and either somebody orders what follows, or it has clauses
    /// and a signature, or else a title over a preamble, and names itself.
    pub(crate) fn without_heading(&self) -> Option<Headless> {
        /// Notes of a publisher and a letterhead that may stand above.
        const FARTHEST: usize = 20;
        /// Lines of a title.
        const LONGEST_TITLE: usize = 6;
        let tokens = self.tokens;
        let first_piece = self.pieces.iter().take(FARTHEST).position(|piece| {
            let start = piece.tokens.start;
            let begins = tokens.is_capitalised(start)
                && (is_title_start(tokens, start) || opens_preamble(tokens, start));
            tokens.gap(start) == Gap::Block
                && !is_note_of_publisher(tokens, &piece.tokens)
                && (begins
                    || self.title_behind_registration(&piece.tokens).is_some()
                    || enacting_word(tokens, start).is_some()
                    || is_body_that_orders(tokens, piece)
                    || start == 0 && is_first_clause(tokens, &piece.tokens))
        })?;
        let start = self.pieces[first_piece].tokens.start;
        let first = self.blocks.partition_point(|block| block.end <= start);
        let behind = self.blocks[first..].iter().take_while(|block| {
            block.start < self.end && !matches!(zone_at(tokens, block), Some(Zone::Appendix { .. }))
        });
        let last = first + behind.count();
        let end = self
            .blocks
            .get(last)
            .map_or(self.end, |block| block.start.min(self.end));
        let ordered = (start..end).find_map(|index| enacting_word(tokens, index));
        let counted = self.blocks[first..last]
            .iter()
            .find_map(|block| label_of(tokens, block))
            .is_some_and(|label| label.first_figure == Some(1));
        let counted_inline = || {
            ordered
                .as_ref()
                .is_some_and(|(_, word)| label_of(tokens, &(word.end..end)).is_some())
        };
        let signed =
            || (first..last).any(|index| signature_blocks(tokens, &self.blocks, index) > 0);
        let titled = || {
            is_title_start(tokens, start)
                && self.pieces[first_piece + 1..]
                    .iter()
                    .take(LONGEST_TITLE)
                    .any(|piece| opens_preamble(tokens, piece.tokens.start))
        };
        let named = names_itself(tokens, start..end);
        let is_order = match ordered {
            Some(_) => counted || counted_inline() || signed(),
            None => named.is_some() && counted && (signed() || titled()),
        };
        let (kind, word) = named
            .or(ordered)
            .filter(|_| is_order)
            .or_else(|| self.kind_below().filter(|_| counted && signed()))?;
        Some(Headless {
            first_piece,
            kind,
            word,
        })
    }
}

impl Layout<'_, '_> {
    /// «№ 99 от 03.04.2024 «О музее»»: where the title begins on a line that begins with the number and the date.
    pub(crate) fn title_behind_registration(&self, line: &Range<usize>) -> Option<usize> {
        sign_at(self.tokens, line.start)?;
        let (found, rest) = items(self.tokens, line.clone());
        (has_number_and_date(&found) && rest < line.end && is_title_start(self.tokens, rest))
            .then_some(rest)
    }

    /// The kind that a publisher's name of the order, among the last lines of the text, says of an order that does not name
    /// itself.
    fn kind_below(&self) -> Option<(Kind, Range<usize>)> {
        /// «Текст постановления опубликован не был» may stand under it.
        const LAST_LINES: usize = 4;
        self.pieces.iter().rev().take(LAST_LINES).find_map(|piece| {
            let line = piece.tokens.clone();
            let found = kind_heading(self.tokens, line.clone())?;
            (found.issuer.is_some()
                && found.is_registered_in_full()
                && self.tokens.gap(line.start) == Gap::Block)
                .then_some((found.kind, found.word))
        })
    }

    /// «Директор А.М. Крутикова / Приказ Комитета леса от 03.04.2024 N 7 «О музее»»: what a publisher puts under the
    /// text of an order, with its kind, body, date and number: the line and where its title begins.
    pub(crate) fn name_below(&self, outline: &Outline) -> Option<(Range<usize>, usize)> {
        let (kind, _) = outline.kind_in_text.as_ref()?;
        let signature = Some(&outline.signature).filter(|range| !range.is_empty())?;
        let piece = self
            .pieces
            .partition_point(|piece| piece.tokens.start < signature.end);
        let mut lines = self.pieces.get(piece..)?.iter().map(|piece| &piece.tokens);
        let line = lines
            .find(|line| !is_note_of_publisher(self.tokens, line))?
            .clone();
        let found = kind_heading(self.tokens, line.clone())?;
        (found.kind == *kind && found.issuer.is_some() && found.is_registered_in_full())
            .then_some((line, found.rest))
    }
}

/// «Кедровая областная Дума постановляет:»: a text that begins with the body that orders.
fn is_body_that_orders(tokens: &Tokens<'_>, piece: &Piece) -> bool {
    let line = &piece.tokens;
    tokens.is_mark(line.end - 1, ':')
        && begins_body(tokens, piece)
        && enacting_word(tokens, line.end - 2).is_some()
}

/// A word by which somebody orders, and the kind that it tells: «ПРИКАЗЫВАЮ:», «Правительство постановляет:». Protocols
/// and courts decide in the past.
fn enacting_word(tokens: &Tokens<'_>, at: usize) -> Option<(Kind, Range<usize>)> {
    let end = enacting_at(tokens, at)?;
    let closed = tokens.is_mark(end - 1, ':') || tokens.gap(end) >= Gap::Tab;
    let letters: String = (at..end).map(|index| tokens.word(index)).collect();
    let kind = if letters.starts_with("приказыва") {
        Kind::Prikaz
    } else if letters.starts_with("постановля") {
        Kind::Postanovlenie
    } else if letters.starts_with("обязыва") || letters.starts_with("распоряжа") {
        Kind::Rasporyazhenie
    } else {
        return None;
    };
    closed.then_some((kind, at..end))
}

/// «1. Внести изменение …»
fn is_first_clause(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    label_of(tokens, line).is_some_and(|label| {
        label.first_figure == Some(1) && is_infinitive(tokens.word(label.tokens.end))
    })
}

/// «Контроль за выполнением **распоряжения** возложить на …»
fn is_controlled(tokens: &Tokens<'_>, at: usize) -> bool {
    at >= 3
        && matches!(tokens.word(at + 1), "возложить" | "оставляю")
        && tokens.word(at - 3) == "контроль"
        && matches!(tokens.word(at - 1), "исполнением" | "выполнением")
}

/// «Контроль за исполнением настоящего приказа», «Распоряжение вступает в силу»: the kind that an order gives itself.
fn names_itself(tokens: &Tokens<'_>, text: Range<usize>) -> Option<(Kind, Range<usize>)> {
    let this = |word: &str| {
        word.starts_with("настоящ")
            || matches!(word, "данный" | "данного" | "данному" | "данное" | "данным")
    };
    text.into_iter().find_map(|index| {
        let word = tokens.word(index);
        let takes_effect = tokens.is_capitalised(index) && tokens.word(index + 1) == "вступает";
        let of_this = index > 0 && tokens.continues(index) && this(tokens.word(index - 1));
        if !takes_effect && !of_this && !is_controlled(tokens, index) {
            return None;
        }
        let kind = kind_named(word).or_else(|| {
            let stem = ["а", "у", "ом", "я", "ю", "ем"]
                .iter()
                .find_map(|ending| word.strip_suffix(ending))?;
            kind_named(stem).or_else(|| kind_named(&format!("{stem}е")))
        })?;
        Some((kind, index..index + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn a_publisher_names_the_order_under_its_text() {
        for (below, is_name) in [
            (
                "Приказ Комитета леса от 3 апреля 2024 г. N 7 «О музее»",
                true,
            ),
            ("Распоряжение Комитета леса от 03.04.2024 N 7", false),
            ("Приказ Комитета леса", false),
            (
                "Если вы являетесь пользователем системы, откройте её.\nПриказ Комитета леса от 3 апреля 2024 г. N 7 «О музее»",
                true,
            ),
        ] {
            let text = Text::from_lines(&format!(
                "В целях работы приказываю:\n1. Создать музей.\nДиректор\nА.М. Крутикова\n{below}"
            ));
            let tokens = Tokens::of(&text);
            let outline = outline(&tokens);
            let shown = tokens.slice(outline.caption.start, outline.caption.end);
            let name = below.lines().last().unwrap_or_default();
            assert_eq!(shown, if is_name { name } else { "" }, "{below}");
        }
    }

    #[test]
    fn a_title_stands_behind_the_registration_of_an_order_without_its_heading() {
        for (line, title) in [
            ("№ 99 от 03.04.2024 г. «О лесе»", "«О лесе»"),
            ("№ 99 «О лесе»", ""),
        ] {
            let text = Text::from_lines(&format!(
                "{line}\nВ целях работы Администрация района\nПОСТАНОВЛЯЕТ:\n1. Создать музей."
            ));
            let tokens = Tokens::of(&text);
            let found = outline(&tokens).title;
            assert_eq!(tokens.slice(found.start, found.end), title, "{line}");
        }
    }

    #[test]
    fn an_order_is_known_without_its_heading() {
        for (lines, expected) in [
            (
                "О создании музея\nВ целях работы приказываю:\n1. Создать музей.",
                Some(Kind::Prikaz),
            ),
            (
                "В целях работы Администрация района постановляет:\nСоздать музей.\nГлава района\nА.М. Крутикова",
                Some(Kind::Postanovlenie),
            ),
            (
                "Утратил силу на основании\nПриказа от 10 мая 2018 года N 13\nприказываю:\n1. Создать музей.",
                Some(Kind::Prikaz),
            ),
            (
                "В целях работы:\n1. Создать музей.\n2. Контроль за исполнением данного распоряжения оставляю за собой.\nГлава района\nА.М. Крутикова",
                Some(Kind::Rasporyazhenie),
            ),
            (
                "О создании музея\nВ целях работы:\n1. Создать музей.\n2. Настоящее распоряжение опубликовать.",
                Some(Kind::Rasporyazhenie),
            ),
            (
                "Лесная районная Дума постановляет:\nсоздать музей.\nГлава района\nА.М. Крутикова",
                Some(Kind::Postanovlenie),
            ),
            (
                "В целях работы:\n1. Создать музей.\nГлава района\nА.М. Крутикова\nПостановление Главы района от 03.04.2024 N 7 «О музее»\nТекст опубликован не был",
                Some(Kind::Postanovlenie),
            ),
            (
                "1. Создать музей.\n2. Контроль за выполнением распоряжения возложить на главу.\nГлава района\nА.М. Крутикова",
                Some(Kind::Rasporyazhenie),
            ),
            (
                "1. Создать музей.\n2. Контроль за выполнением распоряжения возложить на главу.",
                None,
            ),
            (
                "1. Создать музей.\n2. Следить за выполнением распоряжения главы.\nГлава района\nА.М. Крутикова",
                None,
            ),
            // Nobody orders anything, or nobody signs.
            (
                "В целях работы:\n1. Создать музей.\nПостановление Главы района от 03.04.2024 N 7 «О музее»",
                None,
            ),
            (
                "В целях работы прошу:\n1. Создать музей.\nДиректор\nА.М. Крутикова",
                None,
            ),
            ("В целях работы:\n1. Исполнять настоящий приказ.", None),
            ("Приказываю: снегу не идти,\nПока синица ищет крошки", None),
            (
                "В целях работы собрание решило:\n1. Создать музей.\nПредседатель\nА.М. Крутикова",
                None,
            ),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            let outline = outline(&tokens);
            let kind = outline.kind_in_text.map(|(kind, _)| kind);
            assert_eq!(
                (outline.is_order, kind),
                (expected.is_some(), expected),
                "{lines}"
            );
        }
    }
}
