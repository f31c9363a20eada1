//! Letters that stand for digits: a recogniser's «О6.10.2003», «29 декабря 2О12», «З1 мая», «пункт З»; a typewriter's
//! «I5.07.1987», «ст. I5I».
//!
//! In: what is left of a block and the token before it. Out: how many bytes are figures, whatever letters stand in
//! them, and the digits that they mean. Must never: take a letter for a digit where the words around do not ask for a
//! number: «№ 8О» keeps its letter.

use crate::lexicon::fold::is_letter;
use crate::lexicon::words::{WordClass, meanings};

/// Digits that a date with letters in it must have at least: «О.З. 2024» is a name and a year.
const FEWEST_DIGITS: usize = 4;

/// «статьи 2О», «ст. 1О5»: no code has an article of more figures.
const LONGEST_PROVISION: usize = 3;

/// What stands before the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A month: a year follows.
    Month,
    /// «пункт», «статьи», «ч.»: a number follows.
    Provision,
    /// «`СанПиН`», «СП»: a number in parts follows.
    Rules,
    /// Capitals and a hyphen glued to what follows: «АМ-2З-р».
    Index,
    Other,
}

/// The digit that a character is or looks like.
pub(super) fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        'О' | 'о' | 'O' | 'o' => Some('0'),
        'З' => Some('3'),
        'I' | 'І' | 'l' => Some('1'),
        _ => None,
    }
}

/// Whether figures with letters among them can begin a text: what its first bytes tell about most words and numbers.
#[inline]
pub(super) fn may_begin(text: &str) -> bool {
    // In UTF-8 «О» is D0 9E, «о» D0 BE, «З» D0 97 and the Ukrainian «І» D0 86.
    let looks_like_digit = |bytes: &[u8]| {
        matches!(
            bytes,
            [b'O' | b'o' | b'I' | b'l', ..] | [0xD0, 0x9E | 0xBE | 0x97 | 0x86, ..]
        )
    };
    let bytes = text.as_bytes();
    if looks_like_digit(bytes) {
        let behind = &bytes[if bytes[0] == 0xD0 { 2 } else { 1 }..];
        let is_word = matches!(behind, [0xD0 | 0xD1 | b'A'..=b'Z' | b'a'..=b'z', ..]);
        return !is_word || looks_like_digit(behind);
    }
    if !bytes.first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    match &bytes[digits..] {
        [b'.', ..] | [b' ', b'.', ..] => digits <= 2,
        behind => looks_like_digit(behind),
    }
}

/// How many bytes of `rest` are figures with letters among them. 0 where none are, or no letter is.
pub(super) fn figures(rest: &str, before: Before) -> usize {
    let first = run(rest);
    if first.length == 0 {
        return 0;
    }
    let behind = &rest[first.bytes..];
    match before {
        Before::Provision if first.length == 1 && first.letters == 1 && rest.starts_with('З') => {
            let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || c == '.');
            if ends { first.bytes } else { 0 }
        }
        Before::Provision
            if (2..=LONGEST_PROVISION).contains(&first.length)
                && first.letters > 0
                && first.letters < first.length
                && rest
                    .starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'З' | 'I' | 'І'))
                && !behind.starts_with(char::is_alphanumeric) =>
        {
            first.bytes
        }
        Before::Rules => number_of_rules(rest),
        Before::Index if first.letters > 0 && is_between_hyphens(rest, behind) => first.bytes,
        _ if first.letters > 0 && first.letters < first.length && numbers_a_law(behind) => {
            first.bytes
        }
        Before::Month if first.length == 4 && first.letters > 0 && is_year(rest) => first.bytes,
        _ => date(rest, &first).max(day(behind, &first)),
    }
}

/// «З.З686-21», «2.4.З648-20»: rules are numbered in digits alone, in parts, and end in a year.
fn number_of_rules(rest: &str) -> usize {
    /// «2.3/2.4.3590-20» has five.
    const MOST_PARTS: usize = 6;
    let (mut at, mut letters, mut digits) = (0, 0, 0);
    for _ in 0..MOST_PARTS {
        let part = run(&rest[at..]);
        if part.length == 0 {
            return 0;
        }
        at += part.bytes;
        letters += part.letters;
        digits += part.length - part.letters;
        match rest.as_bytes().get(at) {
            Some(b'.' | b'/') => at += 1,
            Some(b'-') => {
                let year = run(&rest[at + 1..]);
                let is_number = matches!(year.length, 2 | 4)
                    && letters + year.letters > 0
                    && digits + year.length - year.letters >= FEWEST_DIGITS;
                return if is_number { at + 1 + year.bytes } else { 0 };
            }
            _ => return 0,
        }
    }
    0
}

/// «2З-р» behind «АМ-»: a digit before the letter and an index in small letters behind it, so that it ends no word.
fn is_between_hyphens(rest: &str, behind: &str) -> bool {
    let index = behind.strip_prefix('-').unwrap_or_default();
    let letters: usize = index
        .chars()
        .take_while(|&c| is_letter(c))
        .filter(|c| c.is_lowercase())
        .map(char::len_utf8)
        .sum();
    let figures = &rest[..rest.len() - behind.len()];
    figures.starts_with(|c: char| c.is_ascii_digit())
        && figures.chars().all(|c| c.is_ascii_digit() || c == 'З')
        && letters > 0
        && !index[letters..].starts_with(char::is_alphanumeric)
}

/// «З29-ФЗ», «27З-ФКЗ», «1З1-Ф3»: federal laws are numbered in digits alone.
fn numbers_a_law(behind: &str) -> bool {
    let mark = behind.strip_prefix('-').unwrap_or_default();
    ["ФЗ", "ФКЗ", "Ф3", "ФК3"].iter().any(|law| {
        mark.strip_prefix(law)
            .is_some_and(|end| !end.starts_with(char::is_alphanumeric))
    })
}

/// Digits and letters for digits, one after another.
#[derive(Debug, Clone, Copy)]
struct Run {
    bytes: usize,
    length: usize,
    letters: usize,
}

/// The run that `rest` starts with; empty where a word goes on behind it, but for «г» behind a year.
fn run(rest: &str) -> Run {
    /// No part of a date is longer than a year.
    const LONGEST: usize = 4;
    let mut run = Run {
        bytes: 0,
        length: 0,
        letters: 0,
    };
    for character in rest.chars() {
        if digit(character).is_none() {
            let year = run.length == LONGEST && character == 'г';
            if is_letter(character) && !year {
                run.length = 0;
            }
            break;
        }
        run.length += 1;
        run.bytes += character.len_utf8();
        run.letters += usize::from(!character.is_ascii_digit());
        if run.length > LONGEST {
            run.length = 0;
            break;
        }
    }
    run
}

/// «2О24», «I987», and not «ООЗО».
fn is_year(rest: &str) -> bool {
    rest.starts_with(['1', '2', 'I', 'І', 'l'])
}

/// «О6.10.2003», «19.О8.2О24», «22 . О7 . 2024»
fn date(rest: &str, day: &Run) -> usize {
    let is_part = |run: &Run| run.length == 2 || run.length == 1 && run.letters == 0;
    let Some(month_at) = is_part(day).then(|| behind_stop(rest, day.bytes)).flatten() else {
        return 0;
    };
    let month = run(&rest[month_at..]);
    let Some(year_at) = is_part(&month)
        .then(|| behind_stop(rest, month_at + month.bytes))
        .flatten()
    else {
        return 0;
    };
    let year = run(&rest[year_at..]);
    let letters = day.letters + month.letters + year.letters;
    let digits = day.length + month.length + year.length - letters;
    let is_date =
        year.length == 4 && is_year(&rest[year_at..]) && letters > 0 && digits >= FEWEST_DIGITS;
    if is_date { year_at + year.bytes } else { 0 }
}

/// Where a part of a date goes on behind its full stop, which a space may set apart.
fn behind_stop(rest: &str, at: usize) -> Option<usize> {
    let behind = &rest[at..];
    let stop = behind
        .strip_prefix(' ')
        .unwrap_or(behind)
        .strip_prefix('.')?;
    let next = stop.strip_prefix(' ').unwrap_or(stop);
    Some(rest.len() - next.len())
}

/// «З1 мая», «О5» марта»: behind the day, its mark closed or not, stands a month.
fn day(behind: &str, day: &Run) -> usize {
    if day.length != 2 || day.letters != 1 {
        return 0;
    }
    let word = behind.trim_start_matches(['»', '"', ' ']);
    let end = word.find(|c| !is_letter(c)).unwrap_or(word.len());
    let is_month = word.len() < behind.len()
        && meanings(&word[..end])
            .iter()
            .any(|meaning| meaning.class == WordClass::Month);
    if is_month { day.bytes } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_digits_where_a_date_or_a_provision_asks_for_a_number() {
        use Before::{Index, Month, Other, Provision, Rules};
        for (rest, before, expected) in [
            ("О6.1О.2015 № 4", Other, "О6.1О.2015"),
            ("05.02.2О24г. № 1", Other, "05.02.2О24"),
            ("9.О2.2024", Other, "9.О2.2024"),
            ("17 . О3 . 2О21", Other, "17 . О3 . 2О21"),
            ("З1 мая 2024", Other, "З1"),
            ("О5» марта", Other, "О5"),
            ("2О21 г.", Month, "2О21"),
            ("З изложить", Provision, "З"),
            ("2О Закона", Provision, "2О"),
            ("1О5, 107", Provision, "1О5"),
            ("З29-ФЗ", Other, "З29"),
            ("1З1-Ф3 от", Other, "1З1"),
            ("З1 Кодекса", Provision, "З1"),
            ("З.З686-21 «О", Rules, "З.З686-21"),
            ("2.З/2.4.З59О-2О", Rules, "2.З/2.4.З59О-2О"),
            ("2З-р от", Index, "2З"),
            ("I5.07.1987 № 4", Other, "I5.07.1987"),
            ("I5 мая 1987", Other, "I5"),
            ("I987 года", Month, "I987"),
            ("I5I КоАП", Provision, "I5I"),
            ("I49-ФЗ", Other, "I49"),
            // Print, initials, numbers as printed, words, Roman numbers.
            ("I полугодие", Other, ""),
            ("II квартал", Other, ""),
            ("I. Утвердить", Other, ""),
            ("I.2. Утвердить", Other, ""),
            ("II Правил", Provision, ""),
            ("I Правил", Provision, ""),
            ("05.02.2024", Other, ""),
            ("О.З. 2024", Other, ""),
            ("З.О. Иванов", Rules, ""),
            ("З.З", Rules, ""),
            ("3.3686-21", Rules, ""),
            ("2З-р", Other, ""),
            ("З2-р", Index, ""),
            ("2О-р", Index, ""),
            ("2З-Р", Index, ""),
            ("2З-20", Index, ""),
            ("ЗО Закона", Provision, ""),
            ("8О", Other, ""),
            ("71/О2", Other, ""),
            ("О школе", Other, ""),
            ("2О21 г.", Other, ""),
            ("З.О. Кедров", Provision, ""),
            ("2О24", Provision, ""),
            ("О2 Закона", Provision, ""),
            ("2О Закона", Other, ""),
            ("З2-ОД", Other, ""),
            ("ЗО-ФЗ", Other, ""),
            ("Закона", Provision, ""),
            ("З изложить", Other, ""),
            ("ОЗ.О4.О5О6", Other, ""),
        ] {
            assert_eq!(&rest[..figures(rest, before)], expected, "{rest}");
            assert!(may_begin(rest) || expected.is_empty(), "{rest}");
        }
    }
}
