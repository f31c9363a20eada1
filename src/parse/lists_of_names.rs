//! Lists of surnames and given names, as orders about pupils have them: «Вокуева Прокопия / Каневу Ульяну / Рочева
//! Семёна».
//!
//! In: tokens and the names found. Out: their gender and case, where the list tells them: a list stands in one case,
//! and so does what is said of a person behind the name. Must never: change a name that has a patronymic or initials.

use super::given_names::given_nominative;
use super::government::{
    governing_cases, is_apposition_in_nominative, stands_behind_an_oblique_position,
};
use super::lexer::Tokens;
use super::names::NameMention;
use super::persons::is_declined;
use crate::lexicon::given_names;
use crate::lexicon::morphology::{Case, Gender, NamePart, readings};
use crate::lexicon::surnames;

/// The cases that a list can stand in, the likeliest first. One that may stand in the nominative is left as it is.
const CASES: [Case; 4] = [
    Case::Nominative,
    Case::Accusative,
    Case::Dative,
    Case::Genitive,
];

/// Gives the names of a list the case that all of them can stand in.
pub(super) fn agree(tokens: &Tokens<'_>, names: &mut [&mut NameMention]) {
    let mut first = 0;
    while first < names.len() {
        let mut end = first + 1;
        if has_given_name_alone(tokens, names[first]) {
            while end < names.len()
                && has_given_name_alone(tokens, names[end])
                && follows(tokens, names[end - 1], names[end])
            {
                end += 1;
            }
            take_one_case(tokens, &mut names[first..end]);
        }
        first = end;
    }
}

/// A list of one is told by what is said of the person, or by the words that govern it.
fn take_one_case(tokens: &Tokens<'_>, list: &mut [&mut NameMention]) {
    let said = list
        .iter()
        .any(|name| is_apposition_in_nominative(tokens, name.tokens.end));
    let case = if said {
        Some(Case::Nominative)
    } else if list.len() > 1 {
        CASES
            .into_iter()
            .find(|&case| {
                list.iter()
                    .all(|name| gender_in(tokens, name, case).is_some())
            })
            .filter(|&case| case != Case::Nominative)
    } else {
        list.iter()
            .find(|name| {
                gender_in(tokens, name, Case::Nominative).is_none()
                    || stands_behind_an_oblique_position(tokens, name.tokens.start)
            })
            .and_then(|name| {
                // «инженера» is a genitive and an accusative; the name may be one of them alone.
                let cases = governing_cases(tokens, name.tokens.start);
                let settled = cases.len() == 1
                    || cases
                        .iter()
                        .all(|case| matches!(case, Case::Genitive | Case::Accusative));
                cases
                    .into_iter()
                    .find(|&case| gender_in(tokens, name, case).is_some())
                    .filter(|_| settled)
            })
    };
    let Some(case) = case else {
        return;
    };
    for name in list {
        if let Some(gender) = gender_in(tokens, name, case) {
            let printed = given_as_printed(tokens, name);
            name.given = Some(if case == Case::Nominative {
                surnames::titled(printed)
            } else {
                given_nominative(printed, gender, case)
            });
            name.grammar = Some((gender, case));
        }
    }
}

/// «Каневу Ульяну»: the surname first, and neither patronymic nor initials.
fn has_given_name_alone(tokens: &Tokens<'_>, name: &NameMention) -> bool {
    name.given.is_some()
        && name.patronymic.is_none()
        && name.surname.starts_with(tokens.raw(name.tokens.start))
}

/// Whether two names begin lines that follow one another, with nothing before them but a mark or a number.
fn follows(tokens: &Tokens<'_>, before: &NameMention, name: &NameMention) -> bool {
    let at = name.tokens.start;
    let start = tokens.block_start(at);
    let begins = |from: usize, at: usize| {
        (from..at).all(|index| !tokens.is_word(index) || tokens.length(index) == 1)
    };
    let start_before = tokens.block_start(before.tokens.start);
    begins(start, at)
        && begins(start_before, before.tokens.start)
        && tokens.block_end(before.tokens.start) == start
}

fn given_as_printed<'t>(tokens: &'t Tokens<'_>, name: &NameMention) -> &'t str {
    tokens.raw(name.tokens.end - 1)
}

/// The gender of somebody whose surname and given name both stand in `case` as printed: as the dictionary says, or as
/// the endings do.
fn gender_in(tokens: &Tokens<'_>, name: &NameMention, case: Case) -> Option<Gender> {
    // «Ложкину Айгуль»: the given name is the same in every case, the surname is not.
    if case == Case::Nominative && is_declined(&name.surname) {
        return None;
    }
    let given = given_as_printed(tokens, name);
    let known = readings(given);
    let of_table = given_names::readings(given);
    let is_known = |gender: Gender| {
        known.iter().any(|reading| {
            reading.known
                && reading.name == Some(NamePart::Given)
                && !reading.plural
                && reading.gender == Some(gender)
                && reading.case == Some(case)
        }) || of_table
            .iter()
            .any(|(_, whose, stands)| *whose == gender && *stands == case)
    };
    let of_surname = surnames::readings(&name.surname);
    let genders = || {
        of_surname
            .iter()
            .filter(|reading| reading.case == case)
            .map(|reading| reading.gender)
    };
    genders()
        .find(|&gender| is_known(gender))
        .or_else(|| genders().find(|&gender| ends_like(given, gender, case)))
}

/// Whether a given name that the dictionary does not know in this form can stand in a case: «Даниса» is Данис too.
fn ends_like(given: &str, gender: Gender, case: Case) -> bool {
    match (gender, case) {
        (Gender::Masculine, Case::Genitive | Case::Accusative)
        | (Gender::Feminine, Case::Nominative) => given.ends_with(['а', 'я']),
        (Gender::Masculine, Case::Dative) | (Gender::Feminine, Case::Accusative) => {
            given.ends_with(['у', 'ю'])
        }
        (Gender::Feminine, Case::Dative) => given.ends_with(['е', 'и']),
        (Gender::Feminine, Case::Genitive) => given.ends_with(['ы', 'и']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::names::names_in;
    use crate::text::Text;

    #[test]
    fn a_list_stands_in_one_case() {
        use Case::{Accusative, Nominative};
        use Gender::{Feminine, Masculine};
        for (lines, expected) in [
            (
                "Подкорытова Прокопия\nЛожкину Ульяну\nСедлова Семёна",
                vec![
                    ("Прокопий", Some((Masculine, Accusative))),
                    ("Ульяна", Some((Feminine, Accusative))),
                    ("Семён", Some((Masculine, Accusative))),
                ],
            ),
            // The dictionary knows a woman of that name only.
            (
                "– Подкорытова Даниса (4 класс)\n– Ложкину Варвару (5 класс)",
                vec![
                    ("Данис", Some((Masculine, Accusative))),
                    ("Варвара", Some((Feminine, Accusative))),
                ],
            ),
            // The dictionary does not know the name; what stands behind it says that it is one.
            (
                "1) Седлова Савву, 12.04.2017 г.р.\n2) Ложкину Амелию, 30.11.2016 г.р.",
                vec![
                    ("Савва", Some((Masculine, Accusative))),
                    ("Амелия", Some((Feminine, Accusative))),
                ],
            ),
            (
                "Подкорытова Варвара\nЛожкин Семён",
                vec![
                    ("Варвара", Some((Feminine, Nominative))),
                    ("Семён", Some((Masculine, Nominative))),
                ],
            ),
            (
                "Подкорытова Асия, бухгалтер",
                vec![("Асия", Some((Feminine, Nominative)))],
            ),
            (
                "Назначить Ложкину Ульяну",
                vec![("Ульяна", Some((Feminine, Accusative)))],
            ),
            (
                "возложить на главного инженера Подкорытова Нурлана",
                vec![("Нурлан", Some((Masculine, Accusative)))],
            ),
            (
                "Зачислить: Подкорытова Варвара",
                vec![("Варвара", Some((Feminine, Nominative)))],
            ),
            (
                "Подкорытова Цырена\nЛожкину Аминат",
                vec![
                    ("Цырен", Some((Masculine, Accusative))),
                    ("Аминат", Some((Feminine, Accusative))),
                ],
            ),
            // One line says nothing of the next sentence.
            (
                "Ложкину Ульяну перевести.\nОбъявить благодарность, Седлова Семёна",
                vec![("Ульян", None), ("Семён", None)],
            ),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            let mut found = names_in(&tokens);
            agree(&tokens, &mut found.iter_mut().collect::<Vec<_>>());
            let got: Vec<_> = found
                .iter()
                .zip(&expected)
                .map(|(name, (_, grammar))| {
                    let told = name.grammar.filter(|_| grammar.is_some());
                    (name.given.as_deref().unwrap_or_default(), told)
                })
                .collect();
            assert_eq!(got, expected, "{lines}");
            assert_eq!(found.len(), expected.len(), "{lines}");
        }
    }
}
