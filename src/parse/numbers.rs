//! Numbers of documents as they are printed: `06/1`, `12-ОД`, `01-08/276-осн.`, `404ан`, `149-ФЗ`,
//! `149 – ФЗ`, `СК-295/06`, `№_12_`.
//!
//! In: tokens and the place where a number may start. Out: the number with its marks as printed (or
//! that the place for it was left blank) and where it ends.

use super::dates::date_at;
use super::lexer::{Gap, TokenKind, Tokens};
use crate::lexicon::morphology::is_known;

/// What stands after a number sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberReading {
    /// A number: from the first of these tokens to the one before the second.
    Number(usize, usize),
    /// Only underscores: «№ ____».
    Blank,
}

/// The longest number accepted, in tokens: the longest seen in real orders has eleven.
const MAX_NUMBER_TOKENS: usize = 24;

/// Letters that mark a law and may stand apart from its number: «149 – ФЗ».
const LAW_MARKS: [&str; 12] = [
    "фз", "ф", "фкз", "оз", "кз", "рз", "з", "зо", "зрк", "зс", "зао", "рх",
];

/// Whether a number sign stands here: «№», «N», «No», «Nº». Gives the token after it.
pub(crate) fn sign_at(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// «Jtlb»
    const LONGEST: usize = 4;
    match tokens.kind(at)? {
        TokenKind::NumberSign => {
            let doubled =
                tokens.kind(at + 1) == Some(TokenKind::NumberSign) || is_ring(tokens, at + 1);
            // «№. 41»
            let stopped = tokens.is_mark(at + 1, '.')
                && tokens.gap(at + 1) == Gap::None
                && tokens.is_number(at + 2);
            Some(at + 1 + usize::from(doubled || stopped))
        }
        TokenKind::Word if tokens.length(at) <= LONGEST => match tokens.raw(at) {
            // «№» as a recogniser misreads it: «N2 12», «N9 12», «Ne 12»; «N9 12.03.2024» is followed by a date.
            "N" if matches!(tokens.word(at + 1), "2" | "9")
                && tokens.gap(at + 1) == Gap::None
                && tokens.gap(at + 2) == Gap::Space
                && tokens.is_number(at + 2)
                && date_at(tokens, at + 2).is_none() =>
            {
                Some(at + 2)
            }
            "N" if tokens.is_mark(at + 1, '?')
                && tokens.gap(at + 1) == Gap::None
                && tokens.gap(at + 2) == Gap::Space
                && tokens.is_number(at + 2) =>
            {
                Some(at + 2)
            }
            "Ne" | "Nе" | "Ns" | "Me" | "Ме" | "ЛЪ" | "NЬ" | "Nb" | "JЪ" | "Nп" | "Jtlb"
                if tokens.gap(at + 1) == Gap::Space && tokens.is_number(at + 1) =>
            {
                Some(at + 1)
            }
            // «лг» 889-па»: the small ring of the sign as a quotation mark
            "лг" => {
                let ring = tokens.kind(at + 1) == Some(TokenKind::CloseQuote)
                    && tokens.gap(at + 1) == Gap::None;
                let next = at + 1 + usize::from(ring);
                (tokens.gap(next) == Gap::Space && tokens.is_number(next)).then_some(next)
            }
            "М" | "M"
                if tokens.gap(at + 1) == Gap::Space
                    && tokens.is_number(at + 1)
                    && ends_a_date(tokens, at) =>
            {
                Some(at + 1)
            }
            // «№» of UTF-8 that was read as windows-1251: «в„–».
            "в" if tokens.raw(at + 1) == "„"
                && tokens.raw(at + 2) == "–"
                && (at + 1..at + 3).all(|index| tokens.gap(index) == Gap::None) =>
            {
                Some(at + 3)
            }
            // As telegrams spell it.
            "НР" if tokens.gap(at + 1) == Gap::Space && tokens.continues(at + 1) => Some(at + 1),
            "N" | "No" | "Nо" | "Nº" => {
                let dot = tokens.is_mark(at + 1, '.') && tokens.gap(at + 1) == Gap::None;
                Some(at + 1 + usize::from(dot || is_ring(tokens, at + 1)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// «N° 12», «№° 12»: the ring of «№» glued to what stands for its letter, or seen twice.
fn is_ring(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.kind(at), Some(TokenKind::Mark('º' | '°'))) && tokens.gap(at) == Gap::None
}

/// «10 октября 2023 года М 14»: behind a date a letter before a number is its sign. «автомобиль М 014 ОР» has another.
fn ends_a_date(tokens: &Tokens<'_>, end: usize) -> bool {
    let Some(last) = end.checked_sub(1).filter(|_| tokens.continues(end)) else {
        return false;
    };
    let mark = matches!(tokens.word(last), "г" | "год" | "года")
        || tokens.is_mark(last, '.') && last > 0 && tokens.word(last - 1) == "г";
    let year = tokens.length(last) == 4 && tokens.word(last).starts_with(['1', '2']);
    mark || tokens.is_number(last) && year
}

/// A sign and what follows it. Gives the reading and the token after it.
pub(crate) fn signed_number_at(tokens: &Tokens<'_>, at: usize) -> Option<(NumberReading, usize)> {
    let mut next = sign_at(tokens, at)?;
    let mut blank = false;
    while tokens.kind(next) == Some(TokenKind::Blank) && tokens.gap(next) <= Gap::Space {
        blank = true;
        next += 1;
    }
    if tokens.continues(next)
        && let Some(mut end) = number_at(tokens, next)
    {
        // «№№ 139, 1696»: those of a joint order.
        let doubled = tokens.kind(at + 1) == Some(TokenKind::NumberSign);
        if doubled
            && tokens.is_mark(end, ',')
            && tokens.is_number(end + 1)
            && let Some(second) = number_at(tokens, end + 1)
        {
            end = second;
        }
        let after = if tokens.kind(end) == Some(TokenKind::Blank) && tokens.gap(end) == Gap::None {
            end + 1
        } else {
            end
        };
        return Some((NumberReading::Number(next, end), after));
    }
    blank.then_some((NumberReading::Blank, next))
}

/// A number without its sign. Gives the token after it.
pub(crate) fn number_at(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let starts_with_letters = tokens.is_word(at);
    if starts_with_letters {
        if tokens.word(at) == "б" && tokens.is_mark(at + 1, '/') && tokens.word(at + 2) == "н" {
            return Some(at + 3);
        }
        let joined = tokens.gap(at + 1) == Gap::None
            && (tokens.is_number(at + 1)
                || matches!(
                    tokens.kind(at + 1),
                    Some(TokenKind::Dash | TokenKind::Mark('/'))
                ) && tokens.gap(at + 2) == Gap::None
                    && (tokens.is_number(at + 2)
                        // «ДЧ-П36-4127»
                        || tokens.is_word(at + 2)
                            && tokens.length(at + 2) <= 2
                            && tokens.is_number(at + 3)
                            && tokens.gap(at + 3) == Gap::None
                        || tokens.is_word(at + 2)
                            && tokens.is_number(at + 4)
                            && (at + 3..at + 5).all(|index| tokens.gap(index) == Gap::None)));
        if !joined || tokens.length(at) > 5 {
            return None;
        }
    } else if !tokens.is_number(at) {
        return None;
    }
    let mut end = at + 1;
    let limit = at + MAX_NUMBER_TOKENS;
    while end < limit && tokens.continues(end) {
        let glued = tokens.gap(end) == Gap::None;
        match tokens.kind(end) {
            Some(TokenKind::Number) if glued => end += 1,
            Some(TokenKind::Word) if glued && is_suffix(tokens, end) => end += 1,
            Some(TokenKind::Dash) if glued && joins_on(tokens, end + 1) => end += 2,
            Some(TokenKind::Dash) if glued && is_year_behind_break(tokens, end) => end += 2,
            Some(TokenKind::Mark('/' | '\\' | '.')) if glued && joins_on(tokens, end + 1) => {
                end += 2;
            }
            Some(TokenKind::Mark('/')) if joins_apart(tokens, end) => end += 2,
            Some(TokenKind::Dash) if is_spaced_law_mark(tokens, end) => end += 2,
            Some(TokenKind::Dash) if is_spaced_index(tokens, end) => end += 2,
            Some(TokenKind::Word) if tokens.gap(end) == Gap::Space && is_law_mark(tokens, end) => {
                return Some(end + 1);
            }
            // «ЕД-7-15/1016@»: the tax service marks its numbers so.
            Some(TokenKind::Mark('@')) if glued => return Some(end + 1),
            Some(TokenKind::Mark('.')) if glued && is_abbreviated(tokens, end) => {
                return Some(end + 1);
            }
            _ => break,
        }
    }
    // «149-Ф3»: the digit three for the letter.
    Some(end)
}

/// A part that follows a dash, a slash or a full stop without a gap.
fn joins_on(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.gap(at) == Gap::None
        && (tokens.is_number(at) || tokens.is_word(at) && tokens.length(at) <= 8)
}

/// «СП 2.4.3648- / 20»: the year of a number in parts, behind the hyphen at the end of a line.
fn is_year_behind_break(tokens: &Tokens<'_>, dash: usize) -> bool {
    tokens.gap(dash + 1) == Gap::Break
        && tokens.is_number(dash + 1)
        && tokens.length(dash + 1) == 2
        && tokens.raw(dash) == "-"
        && tokens.is_number(dash - 1)
        && tokens.is_mark(dash.saturating_sub(2), '.')
}

/// «№ 56-п /960/465», «№ 12 / 34»: the numbers of a joint order, each body's behind a slash.
fn joins_apart(tokens: &Tokens<'_>, slash: usize) -> bool {
    tokens.gap(slash) <= Gap::Space
        && tokens.gap(slash + 1) <= Gap::Space
        && tokens.is_number(slash + 1)
}

/// Letters glued to digits belong to the number unless they are a word of the sentence, as in
/// «№ 5от 01.02.2024» and «№ 12г.».
fn is_suffix(tokens: &Tokens<'_>, at: usize) -> bool {
    !matches!(tokens.word(at), "от" | "г" | "года" | "и" | "в" | "об") && tokens.length(at) <= 5
}

/// «44 ФЗ»: the mark of a federal law without its hyphen.
fn is_law_mark(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.raw(at), "ФЗ" | "ФКЗ" | "фз") && tokens.is_number(at - 1)
}

/// «149 – ФЗ», «29 - ФЗ», «149- ФЗ».
fn is_spaced_law_mark(tokens: &Tokens<'_>, dash: usize) -> bool {
    tokens.gap(dash) <= Gap::Break
        && tokens.gap(dash + 1) <= Gap::Break
        && tokens.is_all_capitals(dash + 1)
        && LAW_MARKS.contains(&tokens.word(dash + 1))
}

/// «48 – ОД», «12 -лс»: a short index behind a dash with spaces, and nothing of a title behind it.
fn is_spaced_index(tokens: &Tokens<'_>, dash: usize) -> bool {
    let index = dash + 1;
    // «- о/д»
    let slash = tokens.is_mark(index + 1, '/') && tokens.length(index + 2) == 1;
    let behind = index + if slash { 3 } else { 1 };
    tokens.gap(dash) <= Gap::Space
        && tokens.gap(index) <= Gap::Space
        && tokens.is_word(index)
        && tokens.length(index) <= 4
        && !matches!(tokens.word(index), "об" | "от" | "по" | "на" | "за")
        && (tokens.gap(behind) >= Gap::Tab
            || tokens.word(behind) == "от"
            || tokens.length(index) > 1 && !is_known(tokens.word(index))
            || tokens.length(index) > 1
                && tokens.is_all_capitals(index)
                && (tokens.is_number(behind)
                    || matches!(
                        tokens.kind(behind),
                        Some(TokenKind::OpenQuote | TokenKind::Mark(',' | ')' | ';'))
                    )))
}

/// «276-осн.»: the full stop of an abbreviated index inside a number that goes on or is followed by
/// more of the line.
fn is_abbreviated(tokens: &Tokens<'_>, stop: usize) -> bool {
    matches!(
        tokens.word(stop - 1),
        "осн" | "общ" | "пр" | "расп" | "орг" | "хоз" | "уч"
    )
}

/// The number of these tokens in its normal form; «З29-ФЗ» with the digit that its letter stands for.
pub(crate) fn number_of(tokens: &Tokens<'_>, start: usize, stop: usize) -> String {
    if !(start..stop).any(|index| tokens.is_misread(index)) {
        return normal_number(tokens.slice(start, stop));
    }
    let parts = (start..stop).map(|index| match tokens.kind(index) {
        Some(TokenKind::Number) => tokens.word(index),
        _ => tokens.raw(index),
    });
    normal_number(&parts.collect::<String>())
}

/// The number in its normal form: no spaces, one kind of dash, `Ф3` read as `ФЗ`, Latin look-alikes
/// of Cyrillic law marks turned into Cyrillic.
pub(crate) fn normal_number(printed: &str) -> String {
    let mut normal: String = printed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '_')
        .map(|c| {
            if matches!(c, '‐' | '‑' | '‒' | '–' | '—' | '−') {
                '-'
            } else {
                c
            }
        })
        .collect();
    for (wrong, right) in [
        ("-Ф3", "-ФЗ"),
        ("-ф3", "-ФЗ"),
        ("-ФK3", "-ФКЗ"),
        ("-ФК3", "-ФКЗ"),
        ("-К3", "-КЗ"),
        ("-О3", "-ОЗ"),
    ] {
        if let Some(stem) = normal.strip_suffix(wrong) {
            normal = format!("{stem}{right}");
        }
    }
    for (mark, small) in [("ФЗ", "фз"), ("ФКЗ", "фкз")] {
        let stem = normal
            .strip_suffix(mark)
            .or_else(|| normal.strip_suffix(small));
        if let Some(stem) = stem.map(|stem| stem.trim_end_matches('-'))
            && stem.ends_with(|last: char| last.is_ascii_digit())
        {
            normal = format!("{stem}-{mark}");
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn numbers_are_read_whole_and_not_further() {
        for (line, number, rest) in [
            ("№ 06/1", "06/1", ""),
            ("№ 12-ОД от", "12-ОД", "от"),
            ("№ 01-08/276-осн. О чём", "01-08/276-осн.", "О чём"),
            ("N 404ан", "404ан", ""),
            ("№149-ФЗ «Об", "149-ФЗ", "«Об"),
            ("№ 149 – ФЗ, статьи", "149–ФЗ", ", статьи"),
            ("№149-Ф3.", "149-Ф3", "."),
            ("№ СК-295/06 «Об", "СК-295/06", "«Об"),
            ("№ П-03/24-СТР", "П-03/24-СТР", ""),
            ("№ ДЧ-П36-4127 «О", "ДЧ-П36-4127", "«О"),
            ("№_12_", "12", ""),
            ("№ б/н", "б/н", ""),
            ("№ 17-л/с", "17-л/с", ""),
            ("№ 5 о режиме", "5", "о режиме"),
            ("№ 48 – ОД", "48–ОД", ""),
            ("№ 86/1 – о от", "86/1–о", "от"),
            ("№ 97/4 - о/д", "97/4-о/д", ""),
            ("Nо 12-ок от", "12-ок", "от"),
            ("N2 12-ОД от", "12-ОД", "от"),
            ("N9 103", "103", ""),
            ("N9 196-ФЗ «О", "196-ФЗ", "«О"),
            ("N9 12.03.2024", "9", "12.03.2024"),
            ("№. 41 -лс", "41-лс", ""),
            ("Ne 404ан", "404ан", ""),
            ("лг» 889-па", "889-па", ""),
            ("лг 889-па", "889-па", ""),
            ("N? 404ан", "404ан", ""),
            ("N° 7-к", "7-к", ""),
            ("№° 183н", "183н", ""),
            ("в„– 1566/1 «О", "1566/1", "«О"),
            ("N 2 от", "2", "от"),
            ("№ ЕД-7-15/1016@ «О", "ЕД-7-15/1016@", "«О"),
            ("№ 5 – о режиме", "5", "– о режиме"),
            ("№ 1479)", "1479", ")"),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let Some((NumberReading::Number(start, end), after)) = signed_number_at(&tokens, 0)
            else {
                panic!("no number in {line}")
            };
            let printed: String = tokens.slice(start, end).split_whitespace().collect();
            assert_eq!(
                (printed.as_str(), tokens.slice(after, tokens.len())),
                (number, rest),
                "{line}"
            );
        }
    }

    #[test]
    fn a_letter_is_a_sign_behind_a_date_alone() {
        for (line, at, expected) in [
            ("10 октября 2023 года М 14 г. Лесной", 4, true),
            ("10.10.2023 M 14", 5, true),
            ("10.10.2023 г. М 14", 7, true),
            ("автомобиль М 014 ОР", 1, false),
            ("дом 7 М 14", 2, false),
            ("10.10.2023 М-14", 5, false),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            assert_eq!(sign_at(&tokens, at).is_some(), expected, "{line}");
        }
    }

    #[test]
    fn the_year_of_a_number_in_parts_goes_on_in_the_next_line() {
        for (lines, expected) in [
            ("2.4.3648-\n20", "2.4.3648-20"),
            ("45-\n20", "45"),
            ("2.4.3648-\n2024", "2.4.3648"),
        ] {
            let text = Text::from_lines(lines);
            let mut tokens = Tokens::of(&text);
            let line = (1..tokens.len()).find(|&at| tokens.gap(at) == Gap::Block);
            tokens.join_with_block_before(line.unwrap());
            let end = number_at(&tokens, 0).unwrap();
            let printed: String = tokens.slice(0, end).split_whitespace().collect();
            assert_eq!(printed, expected, "{lines}");
        }
    }

    #[test]
    fn a_blank_is_not_a_number() {
        let text = Text::from_lines("№ ____");
        assert_eq!(
            signed_number_at(&Tokens::of(&text), 0).map(|(reading, _)| reading),
            Some(NumberReading::Blank)
        );
    }

    #[test]
    fn the_normal_form_is_one_for_every_spelling() {
        for printed in [
            "149-ФЗ",
            "149 – ФЗ",
            "149-Ф3",
            "149 - ФЗ",
            "149 ФЗ",
            "149-фз",
        ] {
            assert_eq!(normal_number(printed), "149-ФЗ");
        }
    }
}
