//! Surnames of several parts: «Тер-Акопов», «Дагба-Лама», «Санчай-оол».
//!
//! In: a whole surname as printed. Out: its nominative where all of its parts fit one case and gender, and its usual
//! letters where it is printed in capitals. Must never: clip a first part that no case changes.

use super::super::fold::is_letter;
use super::{Case, Gender, ends_in_consonant, is_known, part_undeclined};

/// First parts on «-а» that no case changes, because they are given names or titles of the languages of the surname:
/// «Бадма-Халгаева», «Кара-Сала».
const UNCHANGED_FIRST_PARTS: [&str; 8] = [
    "Бадма",
    "Дагба",
    "Дамба",
    "Кара",
    "Лама",
    "Нима",
    "Санджа",
    "Санжа",
];

/// The nominative where the form can stand in `case` for `gender`.
pub(super) fn undeclined(form: &str, gender: Gender, case: Case) -> Option<String> {
    let form = titled(form);
    let Some(hyphen) = form.rfind('-') else {
        return part_undeclined(&form, gender, case);
    };
    let (before, last) = (&form[..hyphen], &form[hyphen + 1..]);
    let last = if is_small(last) {
        last.to_owned()
    } else {
        part_undeclined(last, gender, case)?
    };
    let parts: Option<Vec<String>> = before
        .split('-')
        .map(|part| first_part_undeclined(part, gender, case))
        .chain(std::iter::once(Some(last)))
        .collect();
    Some(parts?.join("-"))
}

/// «Салават-оглы» stays as it is; «Кызыл-оола» does not.
fn is_small(part: &str) -> bool {
    part.chars().next().is_some_and(char::is_lowercase) && !part.starts_with("оол")
}

/// A part before the last one. Where it fits no form of the case, it is the same in every case: «Тер-Акопова»,
/// «Дагба-Ламу».
fn first_part_undeclined(part: &str, gender: Gender, case: Case) -> Option<String> {
    if is_small(part) || UNCHANGED_FIRST_PARTS.contains(&part) {
        return Some(part.to_owned());
    }
    part_undeclined(part, gender, case)
        .filter(|found| is_first_part(part, found))
        .or_else(|| may_be_unchanged(part).then(|| part.to_owned()))
}

/// Whether what a case would make a first part of is one. «Дорба» is no «Дорб», «Гаджи-Магомедова» no «Гаджа», but
/// «Сороки-Зуева» is «Сорока».
fn is_first_part(part: &str, found: &str) -> bool {
    if part.ends_with('и') && found != part {
        return is_known(&found.to_lowercase());
    }
    let mut letters = found.chars().rev();
    let closed = letters.next().is_some_and(|last| "бвгдмн".contains(last))
        && letters
            .next()
            .is_some_and(|before| "бпдтгк".contains(before));
    !closed
}

/// A form that shows no Russian ending: a consonant, «ь» or a vowel of a foreign word.
fn may_be_unchanged(part: &str) -> bool {
    const DECLINED: [&str; 6] = ["ова", "ева", "ёва", "ина", "ына", "ая"];
    ends_in_consonant(part)
        || part.ends_with(['а', 'я', 'о', 'и', 'ы', 'э', 'е'])
            && !DECLINED.iter().any(|ending| part.ends_with(ending))
            && !["ого", "его"].iter().any(|ending| part.ends_with(ending))
}

/// A surname in capitals as it is written otherwise: `ПРЯХИНОЙ` → `Пряхиной`, `КИМ` → `Ким`, `САНЧАЙ-ООЛ` →
/// `Санчай-оол`.
#[must_use]
pub fn titled(form: &str) -> String {
    let is_small = |letter: char| matches!(letter, 'а'..='я') || letter.is_lowercase();
    let mut letters = form.chars().filter(|&letter| is_letter(letter));
    let capitals = !form.chars().any(is_small) && letters.nth(1).is_some();
    if !capitals {
        return form.to_owned();
    }
    let last = form.matches('-').count();
    form.split('-')
        .enumerate()
        .map(|(index, part)| {
            let small = part.to_lowercase();
            if index > 0 && is_written_small(&small, index == last) {
                return small;
            }
            let first = part.chars().next().map_or(0, char::len_utf8);
            part[..first].to_owned() + small.get(first..).unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join("-")
}

/// Parts behind a hyphen that are written with a small letter: those that make a surname of a father's name, and
/// particles between two parts.
fn is_written_small(part: &str, is_last: bool) -> bool {
    if is_last {
        matches!(
            part,
            "оглы"
                | "оглу"
                | "кызы"
                | "заде"
                | "оол"
                | "оола"
                | "оолу"
                | "оолом"
                | "ооле"
        )
    } else {
        matches!(part, "дер" | "ден" | "де" | "фон" | "ван" | "ибн" | "бен")
    }
}

#[cfg(test)]
mod tests {
    use super::super::{nominative, readings};
    use super::*;

    #[test]
    fn all_parts_come_to_the_nominative_of_one_case_and_gender() {
        use Case::{Accusative as Acc, Dative as Dat, Genitive as Gen, Nominative as Nom};
        use Gender::{Feminine as F, Masculine as M};
        for (form, gender, case, expected) in [
            ("Дамба-Ламу", M, Acc, "Дамба-Лама"),
            ("Дорба-Ламу", F, Acc, "Дорба-Лама"),
            ("Бадма-Сарангова", M, Acc, "Бадма-Сарангов"),
            ("Бадма-Сарангову", M, Dat, "Бадма-Сарангов"),
            ("Бадма-Сарангову", F, Acc, "Бадма-Сарангова"),
            ("Нимгба-Сарангова", M, Gen, "Нимгба-Сарангов"),
            ("Манджи-Сарангова", M, Gen, "Манджи-Сарангов"),
            ("Сороки-Сарангова", M, Gen, "Сорока-Сарангов"),
            ("Мунко-Сарангова", M, Acc, "Мунко-Сарангов"),
            ("Эрле-Сараева", M, Gen, "Эрле-Сараев"),
            ("Тер-Сараева", M, Gen, "Тер-Сараев"),
            ("Дикому-Янгу", M, Dat, "Дикий-Янг"),
            ("Штольца-Сараевского", M, Acc, "Штольц-Сараевский"),
            ("Санчай-оола", M, Acc, "Санчай-оол"),
            ("САНЧАЙ-ООЛУ", M, Dat, "Санчай-оол"),
            ("САНЧАЙ-ООЛ", M, Nom, "Санчай-оол"),
        ] {
            assert_eq!(
                nominative(form, gender, case),
                expected,
                "{form} {gender:?} {case:?}"
            );
        }
    }

    #[test]
    fn the_likeliest_reading_of_a_case_keeps_a_first_part_that_is_none_of_its_forms() {
        let found = readings("Дорба-Ламу")
            .iter()
            .find(|reading| reading.case == Case::Accusative)
            .map(|reading| reading.nominative.clone());
        assert_eq!(found.as_deref(), Some("Дорба-Лама"));
    }

    #[test]
    fn capitals_become_the_letters_of_names() {
        for (form, expected) in [
            ("ПРЯХИНОЙ", "Пряхиной"),
            ("КИМ", "Ким"),
            ("Ё", "Ё"),
            ("ТЕР-САРАЕВ", "Тер-Сараев"),
            ("АХМЕД-ЗАДЕ", "Ахмед-заде"),
            ("САЛАВАТ-ОГЛЫ", "Салават-оглы"),
            ("ВАН-ДЕР-ЛИНД", "Ван-дер-Линд"),
            ("САНЧАЙ-ООЛ", "Санчай-оол"),
            ("Санчай-Оол", "Санчай-Оол"),
        ] {
            assert_eq!(titled(form), expected, "{form}");
        }
    }
}
