//! Headings that name the kind of an order, with what stands beside it: «ПРИКАЗ», «П Р И К А З № 5 от 01.02.2024», «Приказ
//! Министерства … от … № … «Об …»».
//!
//! In: a piece of a line. Out: the kind, its registration, the body named and where the title starts and ends. A sentence
//! that begins with the name of a kind («Приказ вступает в силу …») is no heading.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::edition_end;
use super::cut_words::cut_word_at;
use super::dates::date_at;
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::{NumberReading, signed_number_at};
use super::pieces::word_or_spaced;
use super::registration::{Item, What, has_number_and_date, is_title_start, items, kind_named};
use crate::lexicon::bodies::is_authority;
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;
use crate::order::Kind;

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

impl KindHeading {
    /// Whether it has both the number and the date of an order.
    pub(crate) fn is_registered_in_full(&self) -> bool {
        has_number_and_date(&self.items)
    }
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

/// «ПРИКАЗ № 19 / по заводу «Кедр» от 28 февраля 1996 г.»: the registration behind the body that the line under a heading
/// names.
pub(super) fn registration_behind_body(
    tokens: &Tokens<'_>,
    line: &Range<usize>,
) -> Option<Vec<Item>> {
    if tokens.word(line.start) != "по" {
        return None;
    }
    let (found, end) = items(
        tokens,
        named_issuer(tokens, line.start, line.end)?..line.end,
    );
    (end >= line.end && !found.is_empty()).then_some(found)
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
    let in_genitive = |at: usize| {
        ["а", "я"].iter().find_map(|ending| {
            let stem = tokens.word(at).strip_suffix(ending)?;
            kind_named(stem).or_else(|| kind_named(&format!("{stem}е")))
        })
    };
    if names_an_extract(tokens, at) {
        return Some((in_genitive(at + 2)?, at + 3));
    }
    // «Проект приказа»
    if tokens.word(at) == "проект" && tokens.gap(at) == Gap::Block {
        return Some((in_genitive(at + 1)?, at + 2));
    }
    let start = at + usize::from(tokens.word(at).starts_with("совместн"));
    let named = |(word, end): (Cow<'_, str>, usize)| {
        // «П О С Т А Н О В Л Е Н И Я», alone on its line
        let misspelt = || {
            let stem = word.strip_suffix(['я', 'ы'])?;
            let alone =
                end > start + 1 && tokens.gap(start) == Gap::Block && tokens.gap(end) == Gap::Block;
            let kind = || kind_named(stem).or_else(|| kind_named(&format!("{stem}е")));
            alone.then(kind).flatten()
        };
        Some((kind_named(&word).or_else(misspelt)?, end))
    };
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
    kind_heading(tokens, piece.clone())
        .is_some_and(|found| !tokens.is_all_capitals(piece.start) && found.is_registered_in_full())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

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
            ("П О С Т А Н О В Л Е Н И Я", Some(Kind::Postanovlenie)),
            ("ПОСТАНОВЛЕНИЯ", None),
            ("Проект приказа", Some(Kind::Prikaz)),
            ("Проект приказа разработан", None),
            ("Проект музея", None),
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
