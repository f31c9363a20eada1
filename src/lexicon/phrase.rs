//! Names of bodies and documents brought to the nominative: «Федеральной службы по надзору» →
//! «Федеральная служба по надзору», «Минфина РФ» → «Минфин РФ».
//!
//! In: a phrase in any case. Out: the phrase with its head noun and the adjectives before it in the
//! nominative; what depends on the head noun stays as it is. Must never: change a word it does not
//! know how to inflect.

use std::cell::RefCell;

use super::morphology::{Agreement, Case, PartOfSpeech, Reading, fold, readings, to_nominative};
use super::remembered::{Remembered, remembered};
use super::stems::{StemClass, begins_as};

/// Adjectives before a head noun: «Главного государственного санитарного врача» has three.
const MAX_ADJECTIVES: usize = 6;

/// The nominative of a phrase; joint names («… и …») are joined with «; ».
#[must_use]
pub fn nominative_names(phrase: &str) -> String {
    thread_local! {
        static NAMES: Remembered<String> = RefCell::default();
    }
    remembered(&NAMES, phrase, || each_nominative(phrase))
        .as_ref()
        .clone()
}

fn each_nominative(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let mut names: Vec<String> = Vec::new();
    let mut from = 0;
    for (index, word) in words.iter().enumerate() {
        if matches!(*word, "и")
            && index > from
            && words.get(index + 1).is_some_and(|next| starts_a_body(next))
        {
            names.push(nominative_phrase(&words[from..index]));
            from = index + 1;
        }
    }
    names.push(nominative_phrase(&words[from..]));
    names.retain(|name| !name.is_empty());
    names.join("; ")
}

/// Whether a word after «и» starts the name of another body rather than going on with the first:
/// «Министерства просвещения и Рособрнадзора», but «Министерства образования и науки».
fn starts_a_body(word: &str) -> bool {
    let folded = fold(word);
    begins_as(StemClass::JointBody, &folded)
        && (word.chars().next().is_some_and(char::is_uppercase)
            || folded.starts_with("министерств"))
}

/// The nominative of one phrase.
#[must_use]
pub fn nominative_phrase(words: &[&str]) -> String {
    let Some(first) = words.first() else {
        return String::new();
    };
    if let Some(short) = short_name(first) {
        return joined(&[short], &words[1..]);
    }
    let head = words
        .iter()
        .take(MAX_ADJECTIVES + 1)
        .position(|word| !is_adjective(word))
        .unwrap_or(0);
    let Some(agreement) = words.get(head).and_then(|word| oblique(word)) else {
        return words.join(" ");
    };
    let mut nominative: Vec<String> = Vec::with_capacity(head + 1);
    for word in words.iter().take(head + 1) {
        let form = to_nominative(word, agreement);
        nominative.push(form.map_or_else(|| (*word).to_owned(), |form| like(word, &form)));
    }
    joined(&nominative, &words[head + 1..])
}

fn joined(first: &[String], rest: &[&str]) -> String {
    first
        .iter()
        .map(String::as_str)
        .chain(rest.iter().copied())
        .collect::<Vec<_>>()
        .join(" ")
}

/// «Минфина» → «Минфин», «Росархивом» → «Росархив»; «Минобрнауки», «Минпросвещения» stay: their last
/// part is a genitive of its own.
fn short_name(word: &str) -> Option<String> {
    let folded = fold(word);
    let is_short = (folded.starts_with("мин")
        && !folded.starts_with("министр")
        && !folded.starts_with("министер")
        || folded.starts_with("рос") && !folded.starts_with("российск"))
        && word.chars().next().is_some_and(char::is_uppercase);
    if !is_short {
        return word
            .chars()
            .all(|c| !c.is_lowercase())
            .then(|| word.to_owned());
    }
    let stem = ["ом", "ем", "а", "у", "е"].iter().find_map(|ending| {
        let stem = word.strip_suffix(ending)?;
        stem.chars()
            .last()
            .is_some_and(|last| "бвгджзклмнпрстфхцчшщ".contains(last))
            .then_some(stem)
    });
    Some(stem.unwrap_or(word).to_owned())
}

fn is_adjective(word: &str) -> bool {
    readings(word)
        .first()
        .is_some_and(|reading| reading.part_of_speech == PartOfSpeech::Adjective)
        || {
            let folded = fold(word);
            let ending = [
                "ского",
                "ской",
                "скому",
                "ским",
                "ском",
                "ного",
                "ной",
                "ному",
                "ным",
                "ном",
            ];
            ending.iter().any(|ending| folded.ends_with(ending))
                && readings(word)
                    .iter()
                    .any(|reading| reading.part_of_speech == PartOfSpeech::Adjective)
        }
}

/// Case, gender and number of a head noun, if it can stand in a case other than the nominative; the
/// singular before the plural.
fn oblique(word: &str) -> Option<Agreement> {
    let found = readings(word);
    let fits = |reading: &&Reading| {
        matches!(
            reading.part_of_speech,
            PartOfSpeech::Noun | PartOfSpeech::ProperNoun
        ) && reading.case.is_some_and(|case| case != Case::Nominative)
    };
    let nominative = found
        .first()
        .is_some_and(|reading| reading.case == Some(Case::Nominative));
    let singular = found.iter().filter(fits).find(|reading| !reading.plural);
    let oblique = singular.or_else(|| found.iter().find(fits))?;
    let case = oblique.case?;
    if nominative && case == Case::Accusative {
        return None;
    }
    let gender = if oblique.plural { None } else { oblique.gender };
    Some(Agreement {
        case,
        gender,
        plural: oblique.plural,
    })
}

/// `form` with the capital letters of `model`.
fn like(model: &str, form: &str) -> String {
    let mut letters = model.chars();
    let first_capital = letters.next().is_some_and(char::is_uppercase);
    let all_capitals = first_capital && letters.next().is_some_and(char::is_uppercase);
    if all_capitals {
        return form.to_uppercase();
    }
    if !first_capital {
        return form.to_owned();
    }
    // «Кабардино-Балкарской»: each part is written as its model is.
    let models = model.split('-').chain(std::iter::repeat(""));
    form.split('-')
        .zip(models)
        .map(|(part, model)| {
            let mut characters = part.chars();
            match characters.next() {
                Some(first) if model.chars().next().is_some_and(char::is_uppercase) => {
                    first.to_uppercase().chain(characters).collect()
                }
                _ => part.to_owned(),
            }
        })
        .collect::<Vec<String>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_to_the_nominative() {
        for (phrase, expected) in [
            ("Министерства просвещения РФ", "Министерство просвещения РФ"),
            (
                "Кабардино-Балкарской Республики",
                "Кабардино-Балкарская Республика",
            ),
            (
                "Федеральной службы по надзору в сфере образования",
                "Федеральная служба по надзору в сфере образования",
            ),
            (
                "Главного государственного санитарного врача РФ",
                "Главный государственный санитарный врач РФ",
            ),
            ("Рособрнадзора", "Рособрнадзор"),
            ("Минфина РФ", "Минфин РФ"),
            ("Минпросвещения России", "Минпросвещения России"),
            ("МЧС России", "МЧС России"),
            (
                "Правительства Российской Федерации",
                "Правительство Российской Федерации",
            ),
            (
                "Минтруда России и Минздрава России",
                "Минтруд России; Минздрав России",
            ),
            (
                "Министерства образования и науки Калужской области",
                "Министерство образования и науки Калужской области",
            ),
            (
                "районного отдела народного образования",
                "районный отдел народного образования",
            ),
            ("тренерского совета", "тренерский совет"),
            ("Думы Заозёрного района", "Дума Заозёрного района"),
            (
                "Правил противопожарного режима",
                "Правила противопожарного режима",
            ),
            ("Методическими указаниями", "Методические указания"),
        ] {
            assert_eq!(nominative_names(phrase), expected, "{phrase}");
        }
    }
}
