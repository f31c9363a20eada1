//! People as they are typed in a search box: without capital letters and full stops («лужков ю м», «галина дроздова»),
//! with what they did in words («подписал Лужков», «за подписью Лужкова», «с приказом ознакомлена Гайсина»).
//!
//! In: words of a line. Out: the name as an order has it, or as the value of the field that asks for the role. Must
//! never: take a word for a name that neither its ending nor the word beside it makes one.

use super::spelling::{Piece, Spelling};
use super::understanding::is_ordinary;
use crate::lexicon::morphology::{NamePart, readings};
use crate::lexicon::words::{WordClass, meanings};

/// How a name or a role that begins here is spelled.
pub(super) fn spelled(run: &[Piece<'_>], at: usize) -> Spelling {
    if let Some((behind, field)) = role_at(run, at) {
        // «подписал Лужков»: what stands behind the word is whom it asks for, if it can be a name.
        let named = name_at(run, behind).or_else(|| one_word(run, behind, true));
        if let Some((count, name)) = named {
            return Some((behind - at + count, format!("{field}:\"{name}\"")));
        }
    }
    let name = name_at(run, at);
    let (count, words) = name.clone().or_else(|| one_word(run, at, false))?;
    // «Лужкова подпись», «Лужков подписал».
    match role_at(run, at + count).filter(|(behind, _)| *behind == at + count + 1) {
        Some((behind, field)) if behind == run.len() => {
            Some((behind - at, format!("{field}:\"{words}\"")))
        }
        _ => name.map(|(count, name)| {
            let typed = &run[at..at + count];
            (
                count,
                or_words(typed).map_or(name.clone(), |words| {
                    format!("(лицо:\"{name}\" OR ({words}))")
                }),
            )
        }),
    }
}

/// «олимпиада школьников», «роза ветров», «вера петрова»: the words as typed where all may be meant for themselves,
/// whatever name they make besides. Capital letters throughout make them a name.
fn or_words(typed: &[Piece<'_>]) -> Option<String> {
    /// «г ф» are initials.
    const SHORTEST: usize = 3;
    let is_word = |piece: &Piece<'_>| {
        piece.folded.chars().count() >= SHORTEST && is_ordinary(&readings(piece.typed))
    };
    let is_capitalised = |piece: &Piece<'_>| piece.typed.starts_with(char::is_uppercase);
    (typed.iter().all(is_word) && !typed.iter().all(is_capitalised)).then(|| {
        let words: Vec<&str> = typed.iter().map(|piece| piece.typed).collect();
        words.join(" ")
    })
}

/// The field that asks for a role in words, and where the words end.
fn role_at(run: &[Piece<'_>], at: usize) -> Option<(usize, &'static str)> {
    let word = |at: usize| run.get(at).map_or("", |piece| piece.folded.as_str());
    let begins = match (word(at), word(at + 1)) {
        ("за", "подписью") => at + 1,
        ("с", "приказом") | ("кто", _) if at + 2 < run.len() => {
            at + if word(at) == "с" { 2 } else { 1 }
        }
        _ => at,
    };
    let role = word(begins);
    let starts = |stems: &[&str]| stems.iter().any(|stem| role.starts_with(stem));
    let field = if matches!(role, "подпись" | "подписью")
        || starts(&["подписал", "подписан", "подписант"])
    {
        "подписал"
    } else if starts(&["ознакомлен", "ознакомил"]) {
        "ознакомлен"
    } else if starts(&["поручен"]) && !starts(&["поручени"]) {
        "поручено"
    } else {
        return None;
    };
    Some((begins + 1, field))
}

/// A name of several words that the grammar of names would not know as typed, or not as one.
fn name_at(run: &[Piece<'_>], at: usize) -> Option<(usize, String)> {
    let piece = |at: usize| run.get(at);
    let first = piece(at)?;
    let surname = |at: usize| piece(at).is_some_and(|piece| may_be(piece.typed, NamePart::Surname));
    let part = |at: usize, part| piece(at).is_some_and(|piece| is_known(piece, part));
    let names = |count: usize| {
        let names: Vec<String> = run[at..at + count]
            .iter()
            .map(|piece| capitalised(piece.typed))
            .collect();
        Some((count, names.join(" ")))
    };
    // «дроздова г.ф.», «дроздова г ф»
    if surname(at)
        && let Some((count, initials)) = initials_at(run, at + 1)
    {
        let more = run.get(at + 1 + count).is_none();
        if initials.len() > 1 || more {
            let name = format!("{} {}", capitalised(first.typed), dotted(&initials));
            return Some((1 + count, name));
        }
    }
    // «г.ф. дроздова»
    if let Some((count, initials)) = initials_at(run, at)
        && initials.len() > 1
        && surname(at + count)
    {
        let name = format!(
            "{} {}",
            dotted(&initials),
            capitalised(run[at + count].typed)
        );
        return Some((count + 1, name));
    }
    let (given, patronymic) = (NamePart::Given, NamePart::Patronymic);
    let patterns: [(usize, bool); 4] = [
        (
            3,
            surname(at) && part(at + 1, given) && part(at + 2, patronymic),
        ),
        (
            3,
            part(at, given) && part(at + 1, patronymic) && surname(at + 2),
        ),
        (2, surname(at) && !part(at, given) && part(at + 1, given)),
        (
            2,
            part(at, given) && surname(at + 1) && !part(at + 1, given),
        ),
    ];
    patterns
        .iter()
        .find(|(_, fits)| *fits)
        .and_then(|(count, _)| names(*count))
}

/// A surname alone. `asked_for`: a word beside it says that it is a name. «Подписал Директор» asks for a position.
fn one_word(run: &[Piece<'_>], at: usize, asked_for: bool) -> Option<(usize, String)> {
    let Piece { typed, folded, .. } = run.get(at)?;
    if means(folded, WordClass::Position) {
        return None;
    }
    let is_name = typed.chars().all(|c| c.is_alphabetic() || c == '-') && typed.chars().count() > 1;
    let capital = typed.chars().next().is_some_and(char::is_uppercase);
    let fits = may_be(typed, NamePart::Surname) || asked_for && capital;
    (is_name && fits).then(|| (1, capitalised(typed)))
}

/// Initials, one letter each, with full stops or without: «г.ф.», «г. ф.», «г ф».
fn initials_at(run: &[Piece<'_>], at: usize) -> Option<(usize, Vec<char>)> {
    /// Abbreviations that look like initials.
    const OTHERS: [&str; 9] = [
        "и.о", "т.д", "т.п", "т.ч", "т.к", "т.е", "н.э", "в.и", "г.г",
    ];
    let letters = |piece: &Piece<'_>| -> Option<Vec<char>> {
        let letters: Vec<char> = piece.folded.chars().filter(|c| *c != '.').collect();
        let single = piece
            .folded
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        (single && letters.len() <= 2 && !OTHERS.contains(&piece.folded.as_str()))
            .then_some(letters)
    };
    let first = run.get(at)?;
    let mut initials = letters(first)?;
    if initials.len() == 2 {
        return Some((1, initials));
    }
    let second = run.get(at + 1).and_then(letters);
    match second.filter(|second| second.len() == 1) {
        Some(second) => {
            let stopped = first.typed.ends_with('.') && run[at + 1].typed.ends_with('.');
            let a_word = |letter: char| "авикосуя".contains(letter);
            // «в с» are two prepositions.
            if !stopped && a_word(initials[0]) && a_word(second[0]) {
                return None;
            }
            initials.extend(second);
            Some((2, initials))
        }
        None => first.typed.ends_with('.').then_some((1, initials)),
    }
}

fn dotted(initials: &[char]) -> String {
    initials
        .iter()
        .flat_map(|letter| letter.to_uppercase().chain(['.']))
        .collect()
}

/// Whether a word can be this part of a name: by the dictionary, by its ending, or because the dictionary has no such word.
fn may_be(word: &str, part: NamePart) -> bool {
    let readings = readings(word);
    word.chars().all(|c| c.is_alphabetic() || c == '-')
        && word.chars().count() > 2
        && (readings.iter().any(|reading| reading.name == Some(part))
            || readings.iter().all(|reading| !reading.known))
}

/// A given name or patronymic that is nothing else: «марта» is a month as well.
fn is_known(piece: &Piece<'_>, part: NamePart) -> bool {
    !means(&piece.folded, WordClass::Month)
        && readings(piece.typed).iter().any(|reading| {
            // «иванов» are several Ivans less often than one Ivanov.
            reading.name == Some(part)
                && !reading.plural
                && (reading.known || part == NamePart::Patronymic)
        })
}

fn means(folded: &str, class: WordClass) -> bool {
    meanings(folded)
        .iter()
        .any(|meaning| meaning.class == class)
}

/// With a capital letter at the beginning and behind a hyphen.
fn capitalised(word: &str) -> String {
    let mut before = '-';
    word.chars()
        .flat_map(|c| {
            let begins = before == '-';
            before = c;
            let letters: Vec<char> = if begins {
                c.to_uppercase().collect()
            } else {
                vec![c]
            };
            letters
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::spelling::respelled;

    #[test]
    fn people_are_spelled_as_in_orders() {
        let today = jiff::civil::date(2024, 5, 15);
        for (typed, spelled) in [
            ("дроздова г.ф.", "Дроздова Г.Ф."),
            ("дроздовой г ф отпуск", "Дроздовой Г.Ф. отпуск"),
            ("ю. м. горностаев", "Ю.М. Горностаев"),
            ("юрий горностаев", "Юрий Горностаев"),
            ("горностаева анна петровна", "Горностаева Анна Петровна"),
            ("анна петровна горностаева", "Анна Петровна Горностаева"),
            ("подписал Горностаев", "подписал:\"Горностаев\""),
            (
                "подписано горностаевым ю м",
                "подписал:\"Горностаевым Ю.М.\"",
            ),
            ("кто подписал горностаев", "подписал:\"Горностаев\""),
            ("за подписью Горностаева", "подписал:\"Горностаева\""),
            ("Горностаева подпись", "подписал:\"Горностаева\""),
            (
                "с приказом ознакомлена Горностаева",
                "ознакомлен:\"Горностаева\"",
            ),
            ("поручено Ким", "поручено:\"Ким\""),
            ("подписал договор", "подписал договор"),
            ("подписал Директор", "подписал Директор"),
            ("подпись документов", "подпись документов"),
            ("поручение директора", "поручение директора"),
            ("директор и.о.", "директор и.о."),
            ("школа в с. малое", "школа в с. малое"),
            ("12 марта", "12 марта"),
            (
                "олимпиада школьников",
                "(лицо:\"Олимпиада Школьников\" OR (олимпиада школьников))",
            ),
            ("Роза ветров", "(лицо:\"Роза Ветров\" OR (Роза ветров))"),
            ("Вера Петрова", "Вера Петрова"),
            ("подписала вера петрова", "подписал:\"Вера Петрова\""),
            ("школьников иван", "Школьников Иван"),
            ("иванов иван", "Иванов Иван"),
            ("лицо:горностаев ю м", "лицо:горностаев ю м"),
        ] {
            assert_eq!(respelled(typed, today).line, spelled, "{typed}");
        }
    }
}
