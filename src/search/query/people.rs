//! Words that may name a person, and the person they name.
//!
//! In: a word, or the value of a field. Out: the person, or the ways in which the word may be meant. Must never: take away
//! the word itself where it may be meant as well.

use super::fields::kind_of;
use super::{AskedPerson, Query};
use crate::lexicon::morphology::{NamePart, Reading, fold, readings};
use crate::lexicon::register::{Register, is_code_abbreviation};
use crate::lexicon::surnames;
use crate::parse::query::{Meaning, PersonName, recognise};

/// A word, which may be the name of a person as well.
pub(super) fn word_or_name(word: String) -> Query {
    match one_name(&word).filter(|_| may_be_a_name(&word)) {
        Some(person) => {
            let words = if is_a_given_name_besides(&word) {
                let declined = Query::Word(format!("{word}у"));
                vec![Query::Phrase(word), declined]
            } else {
                vec![Query::Word(word)]
            };
            Query::Any(
                std::iter::once(Query::Person(Box::new(person)))
                    .chain(words)
                    .collect(),
            )
        }
        None => Query::Word(word),
    }
}

/// «Иванов» is a form of «Иван», who is somebody else: beside the person this very form is looked for, and what has the
/// lemma of «Иванову», which is a surname alone.
fn is_a_given_name_besides(word: &str) -> bool {
    let is_given = |reading: &Reading| reading.name == Some(NamePart::Given);
    word.ends_with(['в', 'н'])
        && readings(word)
            .iter()
            .any(|reading| is_given(reading) && reading.plural)
        && !readings(&format!("{word}у")).iter().any(is_given)
}

/// A word alone that ends as surnames do, or that the dictionary has not, may name a person whatever else it is.
pub(super) fn surname_too(word: &str) -> Option<Query> {
    /// Shorter ones are abbreviations.
    const SHORTEST: usize = 4;
    let folded = fold(word);
    let unknown = readings(word).iter().all(|reading| !reading.known);
    let declined = ["", "а", "у", "ой", "ым", "е"].iter().any(|ending| {
        let stem = folded.strip_suffix(ending).unwrap_or_default();
        ["ов", "ев", "ин", "ын"]
            .iter()
            .any(|last| stem.ends_with(last))
    });
    let like_a_surname = (unknown || declined)
        && word.chars().count() >= SHORTEST
        && word.chars().all(char::is_alphabetic)
        && !is_an_abbreviation(word)
        && kind_of(word).is_none()
        && !is_code_abbreviation(&word.to_uppercase(), &folded);
    let person = one_name(word).filter(|_| like_a_surname)?;
    Some(Query::Any(vec![
        Query::Person(Box::new(person)),
        Query::Word(word.to_owned()),
    ]))
}

/// «`ВсОШ`», «ПВТР», «COVID»: with a capital letter inside, without a vowel or a Russian letter a word names nobody.
fn is_an_abbreviation(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let capital_inside = letters
        .windows(2)
        .any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
    let vowels = ['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'];
    capital_inside || !fold(word).contains(vowels)
}

/// Whether the dictionary, or the ending, makes a word a name.
fn may_be_a_name(word: &str) -> bool {
    /// An unknown word is a name where its ending is mostly that of names.
    const MOSTLY: f64 = 0.3;
    if is_an_abbreviation(word) {
        return false;
    }
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let readings = readings(word);
    let name_like: f64 = readings
        .iter()
        .filter(|reading| reading.name.is_some())
        .map(|reading| reading.probability)
        .sum();
    name_like > MOSTLY && (capital || !is_ordinary(&readings))
}

/// Whether a word is one of the language, whatever name it may be besides.
pub(super) fn is_ordinary(readings: &[Reading]) -> bool {
    readings
        .iter()
        .any(|reading| reading.known && reading.name.is_none())
}

/// A person by one word or several.
pub(super) fn asked_person(value: &str, register: &Register) -> Option<AskedPerson> {
    let whole = recognise(value, register)
        .into_iter()
        .find_map(|part| match part.meaning {
            Meaning::Person(name) => Some(name),
            _ => None,
        });
    match whole {
        Some(name) => Some(AskedPerson {
            words: value.to_owned(),
            name,
            one_word: false,
            role: None,
        }),
        None => one_name(value),
    }
}

/// A surname or a given name.
fn one_name(value: &str) -> Option<AskedPerson> {
    let word = value.trim();
    if word.is_empty() || !word.chars().all(|c| c.is_alphabetic() || c == '-') {
        return None;
    }
    let capitalised: String = word
        .chars()
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(word.chars().skip(1))
        .collect();
    let given = readings(word)
        .iter()
        // «Иванов» is a surname, not several Ivans.
        .find(|reading| reading.known && reading.name == Some(NamePart::Given) && !reading.plural)
        .map(|reading| reading.lemma.clone());
    Some(AskedPerson {
        words: word.to_owned(),
        name: PersonName {
            surnames: surnames::nominatives(&capitalised),
            given,
            patronymic: None,
            initials: Vec::new(),
        },
        one_word: true,
        role: None,
    })
}
