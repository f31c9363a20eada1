//! Who signed an order and in what position, and who was acquainted with it.
//!
//! In: tokens, the outline and the mentions of people with their roles. Out: signatories and
//! acknowledgements (spans in bytes). Must never: take a stamp or a caption for a position.

use std::ops::Range;

use super::lexer::{TokenKind, Tokens};
use super::names::name_at;
use super::outline::Outline;
use super::pieces::{Piece, name_before, pieces};
use crate::order::{Acknowledgement, Day, PersonRole, Signatory};
use crate::text::Span;

/// Positions and names of the signature, in order.
pub(crate) fn signatories(
    tokens: &Tokens<'_>,
    outline: &Outline,
    mentions: &[(Range<usize>, usize, PersonRole)],
) -> Vec<Signatory> {
    let mut found: Vec<Signatory> = Vec::new();
    let signing: Vec<_> = mentions
        .iter()
        .filter(|(_, _, role)| *role == PersonRole::Signatory)
        .collect();
    let zone = if outline.signature.is_empty() {
        outline.approvals.first().cloned().unwrap_or_default()
    } else {
        outline.signature.clone()
    };
    let rows = rows_in_columns(tokens, &zone);
    let mut from = zone.start;
    for (index, (range, person, _)) in signing.iter().enumerate() {
        let until = signing
            .get(index + 1)
            .map_or(zone.end, |(next, _, _)| next.start);
        // The position stands before the name; a name in the first place has it behind.
        let before = from..range.start;
        // «Директор   Ветров   А.М. Ветров»: the signature itself, read as a word, and the name beside it.
        if let Some(last) = found.last_mut()
            && last.person == *person
            && position_in(tokens, before.clone()).is_none()
        {
            last.span = last.span.join(tokens.span(range.start, range.end));
            from = range.end;
            continue;
        }
        let position = position_in_column(tokens, &rows, range)
            .or_else(|| position_in(tokens, before.clone()))
            .or_else(|| position_in(tokens, range.end..until));
        let span = tokens.span(range.start, range.end);
        let span = position
            .as_ref()
            .map_or(span, |(words, _)| words.join(span));
        found.push(Signatory {
            position: position.map(|(_, text)| text),
            person: *person,
            span,
            confidence: 0.97,
        });
        from = range.end;
    }
    found
}

/// The rows of a signature in columns, cut into cells; none where so much is signed that no columns are looked for.
fn rows_in_columns(tokens: &Tokens<'_>, zone: &Range<usize>) -> Vec<Vec<Piece>> {
    /// Two positions over six lines each.
    const LONGEST: usize = 120;
    if zone.len() > LONGEST {
        return Vec::new();
    }
    pieces(tokens, zone.clone())
        .chunk_by(|left, right| left.block == right.block)
        .map(<[Piece]>::to_vec)
        .collect()
}

/// «Министр образования | Министр культуры / Лесного края | Лесного края / А.Д. Ветров | М.С. Зотина»: the position in the
/// column of a name, where every row above the names has as many cells as their row.
fn position_in_column(
    tokens: &Tokens<'_>,
    rows: &[Vec<Piece>],
    name: &Range<usize>,
) -> Option<(Span, String)> {
    let (last, column) = rows.iter().enumerate().find_map(|(row, cells)| {
        let column = cells
            .iter()
            .position(|cell| cell.tokens.contains(&name.start))?;
        Some((row, column))
    })?;
    let (above, names) = (&rows[..last], &rows[last]);
    let is_name = |cell: &Piece| {
        name_before(tokens, cell.tokens.start, cell.tokens.end).is_some_and(|name| {
            (cell.tokens.start..name).all(|index| tokens.kind(index) == Some(TokenKind::Blank))
        })
    };
    let in_columns = names.len() > 1
        && names.iter().all(is_name)
        && above.iter().all(|row| row.len() == names.len());
    if !in_columns {
        return None;
    }
    let lines: Option<Vec<_>> = above
        .iter()
        .map(|row| position_in(tokens, row[column].tokens.clone()))
        .collect();
    lines?
        .into_iter()
        .reduce(|(span, position), (words, line)| (span.join(words), format!("{position} {line}")))
}

/// The words of a position in a range: from its first word to its last, lines and marks left out.
fn position_in(tokens: &Tokens<'_>, range: Range<usize>) -> Option<(Span, String)> {
    let is_word = |index: usize| {
        matches!(
            tokens.kind(index),
            Some(
                TokenKind::Word
                    | TokenKind::OpenQuote
                    | TokenKind::CloseQuote
                    | TokenKind::Number
                    | TokenKind::NumberSign
            )
        )
    };
    // «Главный врач   п/п   В.Н. Жигульский», «п.п.»: the copy says that the original is signed.
    let is_copied = |index: usize| {
        tokens.word(index) == "п"
            && [index.wrapping_sub(2), index + 2]
                .into_iter()
                .any(|other| tokens.word(other) == "п")
    };
    let stamp = |index: usize| {
        is_copied(index)
            || matches!(tokens.word(index), "м" | "мп")
            || tokens.word(index) == "п" && tokens.word(index.wrapping_sub(2)) == "м"
    };
    let heading = |index: usize| {
        matches!(
            tokens.word(index),
            "утверждаю"
                | "согласовано"
                | "подпись"
                | "подписано"
                | "электронной"
                | "подписью"
        )
    };
    let first = range
        .clone()
        .find(|&index| is_word(index) && !stamp(index) && !heading(index))?;
    let last = (first..range.end)
        .rev()
        .find(|&index| is_word(index) && !stamp(index) && !heading(index))?;
    let last = end_of_position(tokens, first, last, range.end)?;
    let words = tokens.slice(first, last + 1);
    let mut shown = String::with_capacity(words.len());
    let parts: Vec<&str> = words.split_whitespace().collect();
    let has_letters = |index: usize| {
        parts
            .get(index)
            .is_some_and(|part| part.chars().any(char::is_alphabetic))
    };
    for (index, &word) in parts.iter().enumerate() {
        // «Җитәкче / Руководитель»
        if word == "/" && has_letters(index.wrapping_sub(1)) && has_letters(index + 1) {
            shown.push_str(" /");
            continue;
        }
        let before = shown.len();
        if before > 0 {
            shown.push(' ');
        }
        let from = shown.len();
        word.split(['_', '/']).for_each(|part| shown.push_str(part));
        if shown.len() == from {
            shown.truncate(before);
        }
    }
    (!shown.is_empty() && shown.chars().any(char::is_alphabetic))
        .then(|| (tokens.span(first, last + 1), shown))
}

/// The last token of a position, which carries no note and no half of a bracket: «Президент фонда (факсимиле)»,
/// «Заместитель директора (доверенность от 01.01.2023 № 2)», and no letter that a stamp leaves: «Директор ,Д».
fn end_of_position(tokens: &Tokens<'_>, first: usize, last: usize, end: usize) -> Option<usize> {
    let opens = |index: usize| tokens.is_mark(index, '(') || tokens.is_mark(index, '[');
    let closes = |index: usize| tokens.is_mark(index, ')') || tokens.is_mark(index, ']');
    let is_note = |index: usize| {
        matches!(
            tokens.word(index),
            "факсимиле"
                | "печать"
                | "подпись"
                | "роспись"
                | "штамп"
                | "м"
                | "п"
                | "мп"
        )
    };
    let mut last = last;
    while last > first + 1 && tokens.length(last) == 1 && tokens.is_mark(last - 1, ',') {
        last -= 2;
    }
    let open = (first..=last)
        .rev()
        .take_while(|&index| !closes(index))
        .find(|&index| opens(index));
    let Some(open) = open else {
        return Some(last);
    };
    let close = (last + 1..end)
        .find(|&index| closes(index))
        .filter(|&close| !(open + 1..close).any(is_note));
    close.or_else(|| open.checked_sub(1).filter(|&before| before >= first))
}

/// Everybody acquainted, each once, with the date beside the name.
pub(crate) fn acknowledgements(
    tokens: &Tokens<'_>,
    mentions: &[(Range<usize>, usize, PersonRole)],
) -> Vec<Acknowledgement> {
    let mut found: Vec<Acknowledgement> = Vec::new();
    for (range, person, _) in mentions
        .iter()
        .filter(|(_, _, role)| *role == PersonRole::Acknowledged)
    {
        let date = date_beside(tokens, range);
        match found.iter_mut().find(|known| known.person == *person) {
            Some(known) => known.date = known.date.or(date),
            None => found.push(Acknowledgement {
                person: *person,
                date,
                span: tokens.span(range.start, range.end),
            }),
        }
    }
    found
}

/// The date in the row or line of a name.
fn date_beside(tokens: &Tokens<'_>, name: &Range<usize>) -> Option<Day> {
    let end = tokens.block_end(name.start);
    let mut at = name.end;
    while at < end {
        if name_at(tokens, at).is_some() {
            return None;
        }
        if let Some((super::dates::DateReading::Day(day), _)) = super::dates::date_at(tokens, at) {
            return Some(Day(day));
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::parse::people::people;
    use crate::text::Text;

    #[test]
    fn each_who_signs_has_the_position_of_the_same_column() {
        for (signature, expected) in [
            (
                "Министр образования\tМинистр культуры\nЛесного края\tЛесного края\n____ А.Д. Ветров\tМ.С. Зотина",
                vec![
                    "Министр образования Лесного края",
                    "Министр культуры Лесного края",
                ],
            ),
            (
                "Министр образования\tА.Д. Ветров\nМинистр культуры\tМ.С. Зотина",
                vec!["Министр образования", "Министр культуры"],
            ),
            ("Главный врач\tп/п\tА.Д. Ветров", vec!["Главный врач"]),
            ("Главный врач   п.п.   А.Д. Ветров", vec!["Главный врач"]),
            (
                "Президент фонда (факсимиле)   А.Д. Ветров",
                vec!["Президент фонда"],
            ),
            ("Главный врач [печать]   А.Д. Ветров", vec!["Главный врач"]),
            ("Директор ,Д   А.Д. Ветров", vec!["Директор"]),
            ("Директор (печать   А.Д. Ветров", vec!["Директор"]),
            (
                "Заместитель директора (доверенность от 01.01.2023 № 2) ____ А.Д. Ветров",
                vec!["Заместитель директора (доверенность от 01.01.2023 № 2)"],
            ),
            (
                "Җитәкче / Руководитель   А.Д. Ветров",
                vec!["Җитәкче / Руководитель"],
            ),
            (
                "Ректор   протоиерей Тихон Журавлик",
                vec!["Ректор протоиерей"],
            ),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n№ 1\nО деле\nПРИКАЗЫВАЮ:\n1. Создать музей.\n{signature}"
            ));
            let tokens = Tokens::of(&text);
            let found = people(&tokens, &outline(&tokens), &|_| false).signatories;
            let positions: Vec<_> = found
                .iter()
                .filter_map(|signatory| signatory.position.as_deref())
                .collect();
            assert_eq!(positions, expected, "{signature}");
        }
    }

    #[test]
    fn a_signature_read_as_a_word_and_the_name_beside_it_are_of_one_person() {
        for (signature, count) in [
            ("Директор        Подкорытов        А. Д. Подкорытов", 1),
            (
                "Директор        А.Д. Ветров\nПредседатель        А.Д. Ветров",
                2,
            ),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n№ 1\nО деле\nПРИКАЗЫВАЮ:\n1. Назначить ответственным директора Подкорытова А. Д.\n{signature}"
            ));
            let tokens = Tokens::of(&text);
            let found = people(&tokens, &outline(&tokens), &|_| false).signatories;
            assert_eq!(found.len(), count, "{signature}");
        }
    }
}
