//! Registration pieces: lines and cells that hold nothing but kind, number, date and place.
//!
//! In: a range of tokens. Out: its items, if it is wholly made of them. A phone number, the number of
//! a form or of another act never stands alone like this, so it is never taken for the order's own.

use std::ops::Range;

use super::dates::{DateReading, date_at};
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::{NumberReading, number_at, sign_at, signed_number_at};
use super::openings::is_list_of_editions;
use super::settlements::{abbreviated_mark_end, place_at, settlement_end};
use crate::lexicon::morphology::{PartOfSpeech, readings};
use crate::order::Kind;

/// One item of a registration piece and its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) what: What,
    pub(crate) tokens: Range<usize>,
}

/// What an item says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The number; whether «№» stands before it.
    Number {
        signed: bool,
    },
    /// «№ ____».
    BlankNumber,
    Date(DateReading),
    /// The settlement; whether «г.» or the like stands before it.
    Place {
        marked: bool,
    },
}

/// The kind that a word names in the nominative.
pub(crate) fn kind_named(folded: &str) -> Option<Kind> {
    [
        Kind::Prikaz,
        Kind::Rasporyazhenie,
        Kind::Postanovlenie,
        Kind::Reshenie,
        Kind::Ukaz,
    ]
    .into_iter()
    .find(|kind| kind.name() == folded)
}

/// Whether a title can start here: «О …», «Об …», with or without a quotation mark.
pub(crate) fn is_title_start(tokens: &Tokens<'_>, at: usize) -> bool {
    let caption = tokens.word(at) == "содержание" && tokens.is_mark(at + 1, ':');
    let opens = matches!(
        tokens.kind(at),
        Some(TokenKind::OpenQuote | TokenKind::Mark('(' | '['))
    );
    let word = at + if caption { 2 } else { usize::from(opens) };
    matches!(tokens.word(word), "о" | "об" | "обо")
        && tokens.is_word(word + 1)
        && tokens.gap(word + 1) > Gap::None
}

/// The items of a piece that holds nothing else; `None` for any other piece.
pub(crate) fn registration(tokens: &Tokens<'_>, piece: Range<usize>) -> Option<Vec<Item>> {
    let end = piece.end;
    if is_list_of_editions(tokens, &piece) {
        return None;
    }
    let (items, rest) = items(tokens, piece);
    let bare_place_only = matches!(
        items.as_slice(),
        [Item {
            what: What::Place { marked: false },
            ..
        }]
    );
    (rest >= end && !items.is_empty() && !bare_place_only).then_some(items)
}

/// Whether items have both the number and the date of an order.
pub(crate) fn has_number_and_date(items: &[Item]) -> bool {
    let has = |wanted: fn(&What) -> bool| items.iter().any(|item| wanted(&item.what));
    has(|what| matches!(what, What::Number { .. })) && has(|what| matches!(what, What::Date(_)))
}

/// Items one after another, and the token where they stop.
pub(super) fn items(tokens: &Tokens<'_>, range: Range<usize>) -> (Vec<Item>, usize) {
    let mut found: Vec<Item> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if let Some((what, tokens_of, next)) = item_at(tokens, at, range.end, &found) {
            found.push(Item {
                what,
                tokens: tokens_of,
            });
            at = next;
        } else if is_filler(tokens, at) {
            at += 1;
        } else {
            break;
        }
    }
    (found, at)
}

fn item_at(
    tokens: &Tokens<'_>,
    at: usize,
    end: usize,
    found: &[Item],
) -> Option<(What, Range<usize>, usize)> {
    if let Some((reading, next)) = date_at(tokens, at)
        && next <= end
    {
        return Some((What::Date(reading), at..next, next));
    }
    if let Some((reading, next)) = signed_number_at(tokens, at)
        && next <= end
    {
        return Some(match reading {
            NumberReading::Number(from, to) => {
                let (to, next) =
                    index_apart(tokens, next, end).map_or((to, next), |end| (end, end));
                (What::Number { signed: true }, from..to, next)
            }
            NumberReading::Blank => (What::BlankNumber, at..next, next),
        });
    }
    // «05.02.2024 № г. Лесной»: a recogniser does not see the line that a number should stand on.
    if let Some(next) = sign_at(tokens, at)
        && (next >= end || place_at(tokens, next, end).is_some())
    {
        return Some((What::BlankNumber, at..next, next));
    }
    if let Some(next) = place_at(tokens, at, end) {
        return Some((What::Place { marked: true }, at..next, next));
    }
    if !found.is_empty()
        && let Some(name) = abbreviated_mark_end(tokens, at).filter(|&name| name < end)
    {
        let next = settlement_end(tokens, name, end);
        return Some((What::Place { marked: true }, at..next, next));
    }
    let after_date = matches!(
        found.last(),
        Some(Item {
            what: What::Date(_),
            ..
        })
    );
    if (after_date || found.is_empty() && is_bare_number(tokens, at))
        && let Some(next) = number_at(tokens, at)
        && next <= end
    {
        return Some((What::Number { signed: false }, at..next, next));
    }
    let has = |wanted: fn(&What) -> bool| found.iter().any(|item| wanted(&item.what));
    if !found.is_empty()
        && !has(|what| matches!(what, What::Place { .. }))
        && tokens.is_capitalised(at)
        && tokens.word(at).chars().count() > 2
        && kind_named(tokens.word(at)).is_none()
        && !is_title_start(tokens, at)
    {
        let next = settlement_end(tokens, at, end);
        return Some((What::Place { marked: false }, at..next, next));
    }
    None
}

/// «№ 4 ГО», «№ 12 ОД», «№ 47 к», «№ 47 (К)»: the index of a number behind a space or in brackets, with nothing behind it
/// in its cell. It is no word, and so no settlement.
fn index_apart(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<usize> {
    /// «УФА» is as long.
    const LONGEST: usize = 3;
    let glued = |index: usize| tokens.gap(index) == Gap::None;
    let ends = |index: usize| {
        index >= end
            || tokens.gap(index) >= Gap::Tab
            || tokens.kind(index) == Some(TokenKind::Blank)
            || tokens.word(index) == "от"
    };
    if at >= end || tokens.gap(at) > Gap::Space {
        return None;
    }
    // «№ 8 п. 2», «№ 8 § 2»: the paragraph of a book of orders
    let figure = at + 1 + usize::from(tokens.is_mark(at + 1, '.'));
    let is_paragraph = tokens.is_mark(at, '§') || tokens.word(at) == "п" && figure == at + 2;
    if is_paragraph && figure < end && tokens.is_number(figure) && ends(figure + 1) {
        return Some(figure + 1);
    }
    // «№ 47 (К)», «№ 47(К)»
    if tokens.is_mark(at, '(')
        && tokens.is_word(at + 1)
        && tokens.length(at + 1) <= LONGEST
        && tokens.is_mark(at + 2, ')')
        && at + 3 <= end
    {
        return Some(at + 3);
    }
    // «№ 142 л/с»
    if tokens.is_mark(at + 1, '/')
        && [at, at + 2]
            .iter()
            .all(|&letter| tokens.is_word(letter) && tokens.length(letter) == 1)
        && (at + 1..at + 3).all(glued)
        && ends(at + 3)
    {
        return Some(at + 3);
    }
    let is_letter = tokens.is_word(at) && tokens.length(at) == 1 && tokens.word(at) != "г";
    let is_index = is_letter
        || tokens.is_all_capitals(at)
            && (2..=LONGEST).contains(&tokens.length(at))
            && !readings(tokens.raw(at))
                .iter()
                .any(|reading| reading.known && reading.part_of_speech == PartOfSpeech::ProperNoun);
    // «№ 466 ОД Великие Ключи»
    let before_place = || {
        let next = at + 1;
        tokens.is_all_capitals(at)
            && tokens.is_capitalised(next)
            && !tokens.is_all_capitals(next)
            && kind_named(tokens.word(next)).is_none()
            && !is_title_start(tokens, next)
            || place_at(tokens, next, end).is_some()
    };
    (tokens.gap(at) == Gap::Space && is_index && (ends(at + 1) || before_place())).then_some(at + 1)
}

/// A number of several parts without its sign: right behind the kind («ПРИКАЗ К-45») or before a date
/// («01.04/131 от 9.1.2024»).
fn is_bare_number(tokens: &Tokens<'_>, at: usize) -> bool {
    number_at(tokens, at).is_some_and(|next| {
        let composed = next > at + 1 && (at..next).any(|index| tokens.is_number(index));
        let behind_kind =
            at > 0 && tokens.continues(at) && kind_named(tokens.word(at - 1)).is_some();
        let before_date = tokens.word(next) == "от" && date_at(tokens, next + 1).is_some();
        let without_number = tokens.word(at) == "б";
        without_number && behind_kind
            || composed && (behind_kind || before_date)
            || is_captioned_number(tokens, at)
    })
}

/// «Номер: 38-К».
fn is_captioned_number(tokens: &Tokens<'_>, at: usize) -> bool {
    at >= 2 && tokens.is_mark(at - 1, ':') && tokens.word(at - 2) == "номер"
}

fn is_filler(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.kind(at) {
        Some(TokenKind::Blank | TokenKind::Dash | TokenKind::Mark(',' | '.' | '/' | ':')) => true,
        Some(TokenKind::Word) => matches!(tokens.word(at), "от" | "г" | "дата" | "номер"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn only_pieces_made_of_nothing_else_are_registrations() {
        for (line, expected) in [
            ("от 05.02.2024года", Some(1)),
            ("«05» февраля 2024 г. № 12-ОД", Some(2)),
            ("от 03.09.2024 14-у", Some(2)),
            ("от 03.07.2024 г. Заречинск № 104-у", Some(3)),
            ("25.12.2023\tЗаволжанск\t№ 191", Some(3)),
            ("25.12.2023 а. Кедровый № 191", Some(3)),
            ("25.12.2023 аг. Кедровый № 191", Some(3)),
            ("25.12.2023 ж/д ст. Кедровая № 191", Some(3)),
            ("25.12.2023 для Кедрова № 191", None),
            ("с. Верхние Ключи", Some(1)),
            ("р.п. Лысые Горы", Some(1)),
            ("от « 19 » января 2023 года   № 4 ГО", Some(2)),
            ("12.03.2024 № 7 УФА", Some(3)),
            ("12 июля 2024 года\tп. Кедровый\t№ 47 (К)", Some(3)),
            ("№ 47(К) от 12.07.2024", Some(2)),
            ("№ 47 к от 12.07.2024", Some(2)),
            ("№ 47 г. Лесной", Some(2)),
            ("12.03.2024 № _7 л/с_", Some(2)),
            ("12.03.2024 № 7 ШКОЛА", Some(3)),
            ("12.03.2024 № 7 ОД  Великие Ключи", Some(3)),
            ("12.03.2024 № 7 ОД г. Лесной", Some(3)),
            ("12.03.2024 № 7 П.2", Some(2)),
            ("12.03.2024 № 7 § 2", Some(2)),
            ("п.г.т. Лесной", Some(1)),
            ("ст-ца Вольная", Some(1)),
            ("н.п. Дальний Починок", Some(1)),
            ("Г.Лесной", Some(1)),
            ("Д.Лесной", None),
            ("№ 3 с. Ключи Лесного района Кедровой области", Some(2)),
            ("№ ____", Some(1)),
            ("05 февраля 2024 г.\t№", Some(2)),
            ("05 февраля 2024 г.\t№ с. Заречное", Some(3)),
            ("На № ________ от ____________", None),
            (
                "Зарегистрировано в Минюсте России 12 апреля 2021 г. N 63119",
                None,
            ),
            ("Унифицированная форма № Т-1", None),
            ("Школа № 9", None),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let got = registration(&tokens, 0..tokens.len()).map(|items| items.len());
            assert_eq!(got, expected, "{line}");
        }
    }
}
