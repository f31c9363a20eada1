//! Registration pieces: lines and cells that hold nothing but kind, number, date and place.
//!
//! In: a range of tokens. Out: its items, if it is wholly made of them. A phone number, the number of
//! a form or of another act never stands alone like this, so it is never taken for the order's own.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::edition_end;
use super::cut_words::cut_word_at;
use super::dates::{DateReading, date_at};
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::{NumberReading, number_at, sign_at, signed_number_at};
use super::openings::is_list_of_editions;
use super::pieces::word_or_spaced;
use super::settlements::{abbreviated_mark_end, place_at, settlement_end};
use crate::lexicon::bodies::is_authority;
use crate::lexicon::morphology::{PartOfSpeech, readings};
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;
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

/// A heading that names the kind of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KindHeading {
    pub(crate) kind: Kind,
    /// The kind word.
    pub(crate) word: Range<usize>,
    /// What follows on the line: number, date, place.
    pub(crate) items: Vec<Item>,
    /// The body that the line names, in the case of the text: «Приказ Министерства … от … № …»,
    /// «Приказ № 5 по школе».
    pub(crate) issuer: Option<Range<usize>>,
    /// Where the title starts if it stands on the same line, else the end of the piece.
    pub(crate) rest: usize,
    /// Where the title ends: before the registration that stands behind it, or with the piece.
    pub(crate) title_end: usize,
}

/// Reads a piece as the heading that names the kind of the order.
pub(crate) fn kind_heading(tokens: &Tokens<'_>, piece: Range<usize>) -> Option<KindHeading> {
    // «прикАз», as a recogniser reads capitals
    if !tokens.raw(piece.start).contains(char::is_uppercase) && !is_small_heading(tokens, &piece) {
        return None;
    }
    let mut found = heading_read(tokens, &piece)?;
    let registered = found.issuer.is_none()
        || stands_in_capitals(tokens, &piece)
        || found
            .items
            .iter()
            .any(|item| matches!(item.what, What::Number { .. } | What::Date(_)));
    let complete = found.rest >= piece.end || is_title_start(tokens, found.rest);
    let is_numbered = found
        .items
        .iter()
        .any(|item| matches!(item.what, What::Number { .. }));
    if found.rest < piece.end
        && !is_numbered
        && let Some(end) = registration_behind_title(tokens, found.rest..piece.end)
    {
        found.title_end = end;
        found.items.extend(items(tokens, end..piece.end).0);
    }
    (complete && registered).then_some(found)
}

/// What stands behind a kind word as far as it is read: `rest` is where other words begin.
pub(super) fn heading_read(tokens: &Tokens<'_>, piece: &Range<usize>) -> Option<KindHeading> {
    let (kind, after) = named_kind(tokens, piece.start)?;
    if after > piece.end {
        return None;
    }
    let mut at = after;
    if tokens.is_mark(at, '(')
        && kind_named(tokens.word(at + 1)).is_some()
        && tokens.is_mark(at + 2, ')')
    {
        at += 3;
    }
    at = behind_subject_of_books(tokens, at)
        .filter(|&end| end <= piece.end)
        .unwrap_or(at);
    let (mut found, mut rest) = items(tokens, at..piece.end);
    let mut issuer = None;
    if rest < piece.end
        && !is_title_start(tokens, rest)
        && let Some(end) = named_issuer(tokens, rest, piece.end)
    {
        issuer = Some(rest..end);
        let (behind, next) = items(tokens, end..piece.end);
        found.extend(behind);
        rest = next;
    }
    // «… N САЭ-3-27/483 (ред. от 16.09.2004) «Об утверждении …»»
    if rest < piece.end
        && let Some(end) = edition_end(tokens, rest)
    {
        rest = end;
    }
    Some(KindHeading {
        kind,
        word: piece.start..after,
        items: found,
        issuer,
        rest,
        title_end: piece.end,
    })
}

/// «ПРИКАЗ о приёме на работу № 15-П от 10.03.2025»: where the order's own registration begins behind its title. A number
/// of one figure without a date may be that of a school, and one behind the name of an act is that of the act.
fn registration_behind_title(tokens: &Tokens<'_>, line: Range<usize>) -> Option<usize> {
    let (sign, reading) = line.clone().find_map(|index| {
        let (reading, _) = signed_number_at(tokens, index)?;
        Some((index, reading))
    })?;
    let NumberReading::Number(from, to) = reading else {
        return None;
    };
    let is_of_another = (line.start..sign).any(|index| {
        tokens.meaning(index, WordClass::Act).is_some()
            || tokens.kind(index) == Some(TokenKind::OpenQuote)
    }) || begins_as(StemClass::Organisation, tokens.word(sign - 1));
    let (behind, end) = items(tokens, sign..line.end);
    let is_dated = behind.iter().any(|item| matches!(item.what, What::Date(_)));
    (end >= line.end && !is_of_another && (is_dated || to > from + 1)).then_some(sign)
}

/// «Приказ по личному составу № 31-лс», «ПРИКАЗ (по основной деятельности)»: in which book of orders it is kept. Gives
/// the token behind it.
pub(crate) fn behind_subject_of_books(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let open = tokens.is_mark(at, '(');
    let by = at + usize::from(open);
    if tokens.word(by) != "по" || !tokens.continues(by) {
        return None;
    }
    let end = match (tokens.word(by + 1), tokens.word(by + 2)) {
        ("личному", "составу") | ("основной", "деятельности") | ("строевой", "части") => {
            by + 3
        }
        ("кадрам", _) => by + 2,
        _ => return None,
    };
    Some(end + usize::from(open && tokens.is_mark(end, ')')))
}

/// «приказ» in small letters, alone on its line, with the number or the date on the next one; «п р и к а з», which is
/// set apart already.
fn is_small_heading(tokens: &Tokens<'_>, piece: &Range<usize>) -> bool {
    let next = piece.end;
    let is_spaced = || {
        piece.len() > 1
            && word_or_spaced(tokens, piece.start)
                .is_some_and(|(word, end)| end == next && kind_named(&word).is_some())
    };
    // «приказ N 4», the date under it
    let is_numbered = || {
        matches!(
            signed_number_at(tokens, piece.start + 1),
            Some((NumberReading::Number(..), end)) if end == next
        ) && date_at(tokens, next + usize::from(tokens.word(next) == "от"))
            .is_some_and(|(_, end)| tokens.gap(end) >= Gap::Space)
            && kind_named(tokens.word(piece.start)).is_some()
    };
    tokens.gap(piece.start) == Gap::Block
        && tokens.gap(next) == Gap::Block
        && (is_spaced() || piece.len() == 1 || is_numbered())
        && (is_spaced()
            || signed_number_at(tokens, next).is_some()
            || date_at(tokens, next + usize::from(tokens.word(next) == "от")).is_some())
}

/// «ВЫПИСКА ИЗ ПРИКАЗА», on one line or on two.
pub(crate) fn names_an_extract(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at) == "выписка" && tokens.word(at + 1) == "из"
}

/// Whether the words at `at` name the kind of an order as a heading does.
pub(super) fn names_a_kind(tokens: &Tokens<'_>, at: usize) -> bool {
    named_kind(tokens, at).is_some()
}

/// The kind that a heading names and the token after it: «ПРИКАЗ», «П Р И К А З», «СОВМЕСТНЫЙ ПРИКАЗ», «ВЫПИСКА ИЗ
/// ПРИКАЗА», «ПРИКАЗ-ПОСТАНОВЛЕНИЕ».
fn named_kind(tokens: &Tokens<'_>, at: usize) -> Option<(Kind, usize)> {
    if names_an_extract(tokens, at) {
        let kind = ["а", "я"].iter().find_map(|ending| {
            let stem = tokens.word(at + 2).strip_suffix(ending)?;
            kind_named(stem).or_else(|| kind_named(&format!("{stem}е")))
        })?;
        return Some((kind, at + 3));
    }
    let start = at + usize::from(tokens.word(at).starts_with("совместн"));
    let named = |(word, end): (Cow<'_, str>, usize)| Some((kind_named(&word)?, end));
    let (kind, after) = word_or_spaced(tokens, start).and_then(named).or_else(|| {
        let (word, end) = cut_word_at(tokens, start)?;
        named((word.into(), end))
    })?;
    let double = tokens.kind(after) == Some(TokenKind::Dash)
        && tokens.gap(after) == Gap::None
        && kind_named(tokens.word(after + 1)).is_some();
    Some((kind, after + if double { 2 } else { 0 }))
}

/// «РАСПОРЯЖЕНИЕ ПРЕДСЕДАТЕЛЯ»: a short line in capitals is a heading, whatever stands on it.
pub(crate) fn stands_in_capitals(tokens: &Tokens<'_>, piece: &Range<usize>) -> bool {
    /// «ПОСТАНОВЛЕНИЕ ГЛАВЫ АДМИНИСТРАЦИИ ЛЕСНОГО МУНИЦИПАЛЬНОГО РАЙОНА» has six words.
    const MOST_WORDS: usize = 8;
    piece.len() <= MOST_WORDS
        && piece
            .clone()
            .all(|index| tokens.is_word(index) && tokens.is_all_capitals(index))
}

/// «Приказ № 5 от 11.01.2023» in small letters, number and date together: a line that may belong to a stamp.
pub(crate) fn registration_of_stamp(tokens: &Tokens<'_>, piece: &Range<usize>) -> bool {
    kind_heading(tokens, piece.clone()).is_some_and(|found| {
        let has = |wanted: fn(&What) -> bool| found.items.iter().any(|item| wanted(&item.what));
        !tokens.is_all_capitals(piece.start)
            && has(|what| matches!(what, What::Number { .. }))
            && has(|what| matches!(what, What::Date(_)))
    })
}

/// Where the body named behind a kind word ends: before its date, number or title.
fn named_issuer(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<usize> {
    /// The longest name of a body printed on the line of the kind.
    const LONGEST: usize = 40;
    let name = at + usize::from(tokens.word(at) == "по");
    let stop = (name..end.min(name + LONGEST))
        .find(|&index| {
            is_title_start(tokens, index)
                || signed_number_at(tokens, index).is_some() && date_or_end(tokens, index, end)
                || tokens.word(index) == "от" && date_at(tokens, index + 1).is_some()
                || date_at(tokens, index).is_some()
        })
        .unwrap_or(end);
    let names_a_body = (name..stop).any(|index| {
        let word = tokens.word(index);
        begins_as(StemClass::Authority, word)
            || begins_as(StemClass::Organisation, word)
            || begins_as(StemClass::Council, word)
            || tokens.meaning(index, WordClass::Position).is_some()
    }) || is_authority(tokens.slice(name, stop));
    (stop > name && stop - name < LONGEST && names_a_body).then_some(stop)
}

/// A number sign ends a body's name where registration goes on behind it: «по школе № 5 от 01.09.2024»
/// has the number of the school, «приказ по школе № 5» is read as the order's.
fn date_or_end(tokens: &Tokens<'_>, sign: usize, end: usize) -> bool {
    signed_number_at(tokens, sign).is_some_and(|(_, next)| {
        next >= end || is_title_start(tokens, next) || tokens.word(next) == "от"
    })
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

/// Items one after another, and the token where they stop.
fn items(tokens: &Tokens<'_>, range: Range<usize>) -> (Vec<Item>, usize) {
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
    (tokens.gap(at) == Gap::Space && ends(at + 1) && is_index).then_some(at + 1)
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

    #[test]
    fn a_title_ends_before_the_registration_of_its_order() {
        for (line, title, items) in [
            ("ПРИКАЗ о приёме на работу № 15-П", "о приёме на работу", 1),
            (
                "ПРИКАЗ О ПРИЁМЕ НА РАБОТУ № 15 от 10.03.2025",
                "О ПРИЁМЕ НА РАБОТУ",
                2,
            ),
            (
                "ПРИКАЗ о ремонте кабинета № 15",
                "о ремонте кабинета № 15",
                0,
            ),
            (
                "ПРИКАЗ о ремонте школы № 15 от 10.03.2025",
                "о ремонте школы № 15 от 10.03.2025",
                0,
            ),
            (
                "ПРИКАЗ об изменении приказа № 15-П",
                "об изменении приказа № 15-П",
                0,
            ),
            ("ПРИКАЗ № 7 о цехе № 15-П", "о цехе № 15-П", 1),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let found = kind_heading(&tokens, 0..tokens.len()).unwrap();
            assert_eq!(tokens.slice(found.rest, found.title_end), title, "{line}");
            assert_eq!(found.items.len(), items, "{line}");
        }
    }

    #[test]
    fn a_heading_names_the_kind_and_no_sentence_is_a_heading() {
        for (line, kind) in [
            ("ПРИКАЗ", Some(Kind::Prikaz)),
            ("П Р И К А З", Some(Kind::Prikaz)),
            ("П О С Т А Н О В Л Е Н И Е", Some(Kind::Postanovlenie)),
            (
                "Приказ №19 о проведении самообследования",
                Some(Kind::Prikaz),
            ),
            ("ПРИКАЗ (распоряжение)", Some(Kind::Prikaz)),
            ("прикАз", Some(Kind::Prikaz)),
            ("П Р И К А З  N 77-од", Some(Kind::Prikaz)),
            (
                "ПРИКАЗ МНС РФ от 31.08.2004 N САЭ-3-27/483 (ред. от 16.09.2004) «ОБ УТВЕРЖДЕНИИ ФОРМ»",
                Some(Kind::Prikaz),
            ),
            (
                "Решение Совета муниципального образования от 23 июня 2011 г. N 1-113",
                Some(Kind::Reshenie),
            ),
            (
                "РАСПОРЯЖЕНИЕ от 01.02.2024 № 5-р",
                Some(Kind::Rasporyazhenie),
            ),
            (
                "Приказ Министерства здравоохранения Заречной области от 13 февраля 2023 г. N 291-п",
                Some(Kind::Prikaz),
            ),
            (
                "Приказ №1 от 25.08.2017 г. По Лесной основной школе «Об организации питания»",
                Some(Kind::Prikaz),
            ),
            (
                "Приказ Министерства здравоохранения признать утратившим силу",
                None,
            ),
            ("Приказ по лесу", None),
            ("Приказ вступает в силу с 01.04.2024.", None),
            ("Приказы", None),
            ("приказ", None),
            ("п р и к а з", Some(Kind::Prikaz)),
            ("п р и к а з ы", None),
            ("и з п р и к а з", None),
            (
                "Распоряжение № 13-р от 5 сентября 2018 года пос. Ключи Лесной области",
                Some(Kind::Rasporyazhenie),
            ),
            ("СЛУЖЕБНАЯ ЗАПИСКА № 14", None),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let got = kind_heading(&tokens, 0..tokens.len()).map(|heading| heading.kind);
            assert_eq!(got, kind, "{line}");
        }
    }
}
