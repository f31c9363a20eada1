//! People as they are typed in a search box: without capital letters and full stops («лужков ю м», «галина дроздова»),
//! with what they did in words («подписал Лужков», «за подписью Лужкова», «с приказом ознакомлена Гайсина»).
//!
//! In: words of a line. Out: the name as an order has it, or as the value of the field that asks for the role. Must
//! never: take a word for a name that neither its ending nor the word beside it makes one.

use super::fields::kind_of;
use super::people::is_ordinary;
use super::spelling::{Piece, Spelling};
use crate::lexicon::morphology::{NamePart, Reading, fold, readings};
use crate::lexicon::register::is_code_abbreviation;
use crate::lexicon::words::{WordClass, meanings};

/// How a name or a role that begins here is spelled.
pub(super) fn spelled(run: &[Piece<'_>], at: usize) -> Spelling {
    if let Some(spelled) = charged(run, at).or_else(|| asks_who(run, at)) {
        return Some(spelled);
    }
    if let Some((behind, field)) = role_at(run, at) {
        // «подписал Лужков»: what stands behind the word is whom it asks for, if it can be a name.
        let named = name_at(run, behind).or_else(|| one_word(run, behind, true));
        if let Some((count, name)) = named {
            return Some((behind - at + count, format!("{field}:\"{name}\"")));
        }
    }
    if let Some(spelled) = perhaps_initials(run, at).or_else(|| in_two_capitals(run, at)) {
        return Some(spelled);
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

/// «дрозд н н» at the end of a line: a word of the language, and a name as well.
fn perhaps_initials(run: &[Piece<'_>], at: usize) -> Spelling {
    let [word, first, second] = &run[at..] else {
        return None;
    };
    let is_letter = |piece: &Piece<'_>| {
        piece.typed.chars().count() == 1 && piece.typed.chars().all(char::is_lowercase)
    };
    let fits = is_long_word(word.typed)
        && !may_be(word.typed, NamePart::Surname)
        && !means(&word.folded, WordClass::Position)
        && is_letter(first)
        && is_letter(second);
    let initials: Vec<char> = [first, second]
        .iter()
        .flat_map(|piece| piece.folded.chars())
        .collect();
    fits.then(|| {
        let name = format!("{} {}", capitalised(word.typed), dotted(&initials));
        let words = format!("{} {} {}", word.typed, first.typed, second.typed);
        (3, format!("(лицо:\"{name}\" OR точно:\"{words}\")"))
    })
}

/// «Ковалёва ИГ»: initials without their full stops, or an abbreviation.
fn in_two_capitals(run: &[Piece<'_>], at: usize) -> Spelling {
    let (word, letters) = (run.get(at)?, run.get(at + 1)?);
    let capital = word.typed.starts_with(char::is_uppercase);
    let is_name = may_be(word.typed, NamePart::Surname)
        && (capital || !is_ordinary(&readings(word.typed)))
        && !means(&word.folded, WordClass::Position);
    let initials: Vec<char> = letters.typed.chars().collect();
    let fits = initials.len() == 2
        && initials.iter().all(|letter| matches!(letter, 'А'..='Я'))
        && letters.folded != "рф"
        && !is_code_abbreviation(letters.typed, &letters.folded);
    (is_name && fits).then(|| {
        let name = format!("{} {}", capitalised(word.typed), dotted(&initials));
        let words = format!("{} {}", word.typed, letters.typed);
        (2, format!("(лицо:\"{name}\" OR ({words}))"))
    })
}

/// «и.г.ковалёва»
fn in_one_word(piece: &Piece<'_>) -> Option<String> {
    let parts: Vec<&str> = piece.typed.split('.').collect();
    let [first, second, surname] = parts[..] else {
        return None;
    };
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    let fits = is_letter(first) && is_letter(second) && may_be(surname, NamePart::Surname);
    let initials: Vec<char> = first.chars().chain(second.chars()).collect();
    fits.then(|| format!("{} {}", dotted(&initials), capitalised(surname)))
}

/// «ответственный Ковалёв», «исполнитель Ковалёв»: one who is charged with something, in whatever words an order does it.
fn charged(run: &[Piece<'_>], at: usize) -> Spelling {
    let word = run[at].folded.as_str();
    let charges = ["ответственн", "исполнител", "назначен"]
        .iter()
        .any(|stem| word.starts_with(stem));
    if !charges {
        return None;
    }
    let (count, name) = name_at(run, at + 1).or_else(|| one_word(run, at + 1, false))?;
    let words: Vec<&str> = run[at..=at + count]
        .iter()
        .map(|piece| piece.typed)
        .collect();
    let words = words.join(" ");
    Some((1 + count, format!("(поручено:\"{name}\" OR ({words}))")))
}

/// «кто подписал 06/1»: asks for what the order says; the order need not have the words.
fn asks_who(run: &[Piece<'_>], at: usize) -> Spelling {
    let verb = run.get(at + 1)?;
    let signs = ["подписал", "издал", "утвердил"].contains(&verb.folded.as_str());
    let of_an_order = run.get(at + 2).is_some_and(|piece| {
        piece.typed.starts_with(['№', 'N']) || piece.is_number() || kind_of(&piece.folded).is_some()
    });
    (run[at].folded == "кто" && signs && of_an_order)
        .then(|| (2, format!("{}-{}", run[at].typed, verb.typed)))
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
    if let Some(name) = in_one_word(first) {
        return Some((1, name));
    }
    let surname = |at: usize| piece(at).is_some_and(|piece| may_be(piece.typed, NamePart::Surname));
    let part = |at: usize, part| piece(at).is_some_and(|piece| is_known(piece, part));
    let names = |count: usize| {
        let names: Vec<String> = run[at..at + count]
            .iter()
            .map(|piece| capitalised(piece.typed))
            .collect();
        Some((count, names.join(" ")))
    };
    // «дроздова г.ф.», «дроздова г ф»; behind «рудая» full stops or capital letters must say that it is a name.
    if let Some((count, initials)) = initials_at(run, at + 1) {
        let more = run.get(at + 1 + count).is_none();
        let stopped = run[at + 1..at + 1 + count]
            .iter()
            .all(|piece| piece.typed.contains('.'));
        let of_the_next = || surname(at + 1 + count) || means(&first.folded, WordClass::Position);
        // «Дрозд Н Н»
        let capitals = run[at..=at + count]
            .iter()
            .all(|piece| piece.typed.starts_with(char::is_uppercase));
        let named = surname(at) && (initials.len() > 1 || more)
            || initials.len() > 1
                && (stopped || capitals)
                && (is_long_word(first.typed) || is_short_name(first))
                && !of_the_next();
        if named {
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
    let behind_a_surname = at > 0 && may_be(run[at - 1].typed, NamePart::Surname);
    let letters = |piece: &Piece<'_>| -> Option<Vec<char>> {
        let letters: Vec<char> = piece.folded.chars().filter(|c| *c != '.').collect();
        let single = piece
            .folded
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        // «тарабрина н.э.», but «Иванов и.о. директора»
        let other =
            OTHERS.contains(&piece.folded.as_str()) && (piece.folded == "и.о" || !behind_a_surname);
        (single && letters.len() <= 2 && !other).then_some(letters)
    };
    let first = run.get(at)?;
    let mut initials = letters(first)?;
    if initials.len() == 2 {
        return Some((1, initials));
    }
    let capital = |piece: &Piece<'_>| piece.typed.starts_with(char::is_uppercase);
    let second = run.get(at + 1).and_then(letters);
    let Some(second) = second.filter(|second| second.len() == 1) else {
        let alone = capital(first) && at > 0 && at + 1 == run.len();
        return (first.typed.ends_with('.') || alone).then_some((1, initials));
    };
    let pair = &run[at..=at + 1];
    let written_as_initials = pair.iter().all(|piece| piece.typed.ends_with('.'))
        || pair.iter().all(capital)
        || at > 0 && at + 2 == run.len();
    let a_word = |letter: char| "авикосуя".contains(letter);
    // «в с» are two prepositions, which nothing ends with.
    if !written_as_initials && a_word(initials[0]) && a_word(second[0]) {
        return None;
    }
    initials.extend(second);
    Some((2, initials))
}

/// Letters alone, more than two: «п а.б.» names nobody.
fn is_long_word(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() || c == '-') && word.chars().count() > 2
}

/// «Ли», «юн»: beside initials alone, and no word that leads to a name.
fn is_short_name(piece: &Piece<'_>) -> bool {
    let leads =
        means(&piece.folded, WordClass::Function) || means(&piece.folded, WordClass::Asking);
    piece.typed.chars().count() == 2
        && piece.typed.chars().all(char::is_alphabetic)
        && piece
            .folded
            .contains(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'])
        && (!leads || piece.typed.starts_with(char::is_uppercase) && piece.folded == "ли")
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
    is_long_word(word)
        && (readings.iter().any(|reading| reading.name == Some(part))
            || readings.iter().all(|reading| !reading.known))
}

/// A given name or patronymic that is nothing else: «марта» is a month as well.
fn is_known(piece: &Piece<'_>, part: NamePart) -> bool {
    /// «аи» are initials rather than several Ais.
    const SHORTEST: usize = 3;
    let nominative = |reading: &Reading| fold(&reading.lemma) == piece.folded;
    let long = piece.folded.chars().count() >= SHORTEST;
    !means(&piece.folded, WordClass::Month)
        && readings(piece.typed).iter().any(|reading| {
            // «иванов» are several Ivans less often than one Ivanov.
            reading.name == Some(part)
                && !reading.plural
                && (long || nominative(reading))
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
            ("марта марта", "марта марта"),
            (
                "олимпиада школьников",
                "(лицо:\"Олимпиада Школьников\" OR (олимпиада школьников))",
            ),
            ("Роза ветров", "(лицо:\"Роза Ветров\" OR (Роза ветров))"),
            ("Вера Петрова", "Вера Петрова"),
            ("подписала вера петрова", "подписал:\"Вера Петрова\""),
            ("школьников иван", "Школьников Иван"),
            ("Платонов А И", "Платонов А.И."),
            ("И И Иванов отпуск", "И.И. Иванов отпуск"),
            ("Платонов А И приказ", "Платонов А.И. приказ"),
            ("Кашапов И Р", "Кашапов И.Р."),
            ("Иванов И", "Иванов И."),
            ("отпуск И чат", "отпуск И чат"),
            ("отпуск И Б", "отпуск И Б"),
            ("иванов в в", "Иванов В.В."),
            ("абросимова о и", "Абросимова О.И."),
            ("абросимова о и в отпуске", "абросимова о и в отпуске"),
            ("рудая э.м.", "Рудая Э.М."),
            ("стрелец а. и. отпуск", "Стрелец А.И. отпуск"),
            ("директор а.и. платонов", "директор А.И. Платонов"),
            ("платонов аи", "платонов аи"),
            ("Платонов АИ", "(лицо:\"Платонов А.И.\" OR (Платонов АИ))"),
            ("Платонов РФ", "Платонов РФ"),
            ("отпуск ИП", "отпуск ИП"),
            ("а.и.платонов", "А.И. Платонов"),
            ("т.д.п", "т.д.п"),
            ("юн э.п.", "Юн Э.П."),
            ("Ли А В", "Ли А.В."),
            ("от А.И.", "от А.И."),
            ("по А.И. Платонову", "по А.И. Платонову"),
            ("Дрозд И И", "Дрозд И.И."),
            ("тарабрина н.э.", "Тарабрина Н.Э."),
            ("дрозд н н", "(лицо:\"Дрозд Н.Н.\" OR точно:\"дрозд н н\")"),
            (
                "ответственный Ковалев",
                "(поручено:\"Ковалев\" OR (ответственный Ковалев))",
            ),
            ("ответственный за питание", "ответственный за питание"),
            ("кто подписал приказ 06/1", "кто-подписал приказ 06/1"),
            ("кто подписал договор", "кто подписал договор"),
            ("тов. Платонов А.И.", "тов. Платонов А.И."),
            ("иванов иван", "Иванов Иван"),
            ("лицо:горностаев ю м", "лицо:горностаев ю м"),
        ] {
            assert_eq!(respelled(typed, today).line, spelled, "{typed}");
        }
    }
}
