//! Names of bodies and documents brought to the nominative: «Федеральной службы по надзору» →
//! «Федеральная служба по надзору», «Минфина РФ» → «Минфин РФ».
//!
//! In: a phrase in any case. Out: the phrase with its head noun and the adjectives before it in the
//! nominative; what depends on the head noun stays as it is. Must never: change a word it does not
//! know how to inflect.

use std::borrow::Cow;
use std::cell::RefCell;

use super::fold::is_letter;
use super::morphology::{
    Agreement, Case, Gender, PartOfSpeech, Reading, fold, is_known, readings, to_nominative,
};
use super::remembered::{Remembered, remembered};
use super::stems::{StemClass, begins_as};

/// Adjectives before a head noun: «Главного государственного санитарного врача» has three.
const MAX_ADJECTIVES: usize = 6;

/// Letters of a word in capitals up to which it is an abbreviation, though a word is written so too: «РАН», «ЦИК».
const LONGEST_ABBREVIATION: usize = 3;

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
        let begins = || words.get(index + 1).is_some_and(|next| starts_a_body(next));
        if matches!(*word, "и" | "И") && index > from && begins() {
            names.push(nominative_phrase(&words[from..index]));
            from = index + 1;
        } else if let Some(last) = word.strip_suffix(',').filter(|_| begins()) {
            // «Минтруда РФ, Минздрава РФ»
            let mut name = words[from..index].to_vec();
            name.push(last);
            names.push(nominative_phrase(&name));
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
    let plural = words[..head].iter().any(|word| is_plural_adjective(word));
    let Some(agreement) = words.get(head).and_then(|word| oblique(word, plural)) else {
        return words.join(" ");
    };
    let mut nominative: Vec<String> = Vec::with_capacity(head + 1);
    for word in words.iter().take(head + 1) {
        let small = in_small_letters(word);
        let form =
            to_nominative(&small, agreement).or_else(|| unknown_adjective(&small, agreement));
        nominative.push(form.map_or_else(|| (*word).to_owned(), |form| like(word, &form)));
    }
    let mut rest = head + 1;
    // «Правил и норм технической эксплуатации»: a second noun in the same case.
    if let Some(&[and, second]) = words.get(rest..rest + 2)
        && and == "и"
        && let Some(other) = oblique(second, agreement.plural)
        && other.case == agreement.case
        // «Порядка и оснований», but no noun in the singular behind one in the plural
        && (other.plural || !agreement.plural)
        && let Some(form) = to_nominative(&in_small_letters(second), other)
    {
        nominative.extend([and.to_owned(), like(second, &form)]);
        rest += 2;
    }
    joined(&nominative, &words[rest..])
}

fn joined(first: &[String], rest: &[&str]) -> String {
    first
        .iter()
        .map(String::as_str)
        .chain(rest.iter().copied())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A word in capitals as the dictionary writes it; any other as it is, since a capital letter tells a name.
fn in_small_letters(word: &str) -> Cow<'_, str> {
    let capitals = word.chars().filter(|&letter| is_letter(letter)).count() > 1
        && !word.chars().any(char::is_lowercase);
    if capitals {
        Cow::Owned(word.to_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// «Квалификационных требований», «Санитарными правилами»: the ending of the adjective tells that there are several.
fn is_plural_adjective(word: &str) -> bool {
    let folded = fold(word);
    ["ые", "ие", "ых", "их", "ыми", "ими"]
        .iter()
        .any(|ending| folded.ends_with(ending))
}

/// «Рославльской» → «Рославльская»: an adjective that is in no dictionary, by its ending.
fn unknown_adjective(word: &str, agrees: Agreement) -> Option<String> {
    let stem = ["ого", "ому", "ой", "ую", "ым", "им", "ом"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))?;
    let is_soft = stem.ends_with(['к', 'г', 'х']);
    let ending = match agrees.gender? {
        Gender::Masculine if is_soft => "ий",
        Gender::Masculine => "ый",
        Gender::Feminine => "ая",
        Gender::Neuter => "ое",
    };
    Some(format!("{stem}{ending}"))
}

/// «Минфина» → «Минфин», «Росархивом» → «Росархив»; «Минобрнауки», «Минпросвещения» stay: their last
/// part is a genitive of its own. «МЧС» is short too, «МИНИСТЕРСТВА» is a word in capitals.
fn short_name(word: &str) -> Option<String> {
    let folded = fold(word);
    let is_short = (folded.starts_with("мин")
        && !folded.starts_with("министр")
        && !folded.starts_with("министер")
        || folded.starts_with("рос"))
        && word.chars().next().is_some_and(char::is_uppercase)
        && !is_adjective(word);
    if !is_short {
        let short = word.chars().all(|c| !c.is_lowercase())
            && (word.chars().count() <= LONGEST_ABBREVIATION || !is_known(&word.to_lowercase()));
        return short.then(|| word.to_owned());
    }
    let stem = ["ом", "ем", "а", "у", "е"].iter().find_map(|ending| {
        let stem = folded
            .strip_suffix(ending)
            .and_then(|stem| word.get(..stem.len()))?;
        stem.chars()
            .last()
            .is_some_and(|last| "бвгджзклмнпрстфхцчшщБВГДЖЗКЛМНПРСТФХЦЧШЩ".contains(last))
            .then_some(stem)
    });
    Some(stem.unwrap_or(word).to_owned())
}

fn is_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 10] = [
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
    let small = in_small_letters(word);
    let found = readings(&small);
    if found
        .first()
        .is_some_and(|reading| reading.part_of_speech == PartOfSpeech::Adjective)
    {
        return true;
    }
    // «Рославльской» is in no dictionary, and «выборной» is a noun first.
    let folded = fold(word);
    ENDINGS.iter().any(|ending| folded.ends_with(ending))
        && (found.iter().all(|reading| !reading.known)
            || found
                .iter()
                .any(|reading| reading.part_of_speech == PartOfSpeech::Adjective))
}

/// Case, gender and number of a head noun, if it can stand in a case other than the nominative; the
/// singular before the plural, unless the adjective before it is `plural`.
fn oblique(word: &str, plural: bool) -> Option<Agreement> {
    let found = readings(&in_small_letters(word));
    // «Правила», «Требования»: documents are called so in the plural; a nominative, and no genitive of «правило».
    if begins_as(StemClass::PluralDocument, &fold(word))
        && found
            .iter()
            .any(|reading| reading.plural && reading.case == Some(Case::Nominative))
    {
        return None;
    }
    let fits = |reading: &&Reading| {
        matches!(
            reading.part_of_speech,
            PartOfSpeech::Noun | PartOfSpeech::ProperNoun
        ) && reading.case.is_some_and(|case| case != Case::Nominative)
            && (reading.plural || !plural)
    };
    let nominative = found
        .iter()
        .find(|reading| reading.plural || !plural)
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
            (
                "МИНИСТЕРСТВА СПОРТА РОССИЙСКОЙ ФЕДЕРАЦИИ",
                "МИНИСТЕРСТВО СПОРТА РОССИЙСКОЙ ФЕДЕРАЦИИ",
            ),
            ("ГУБЕРНАТОРА ЛЕСНОЙ ОБЛАСТИ", "ГУБЕРНАТОР ЛЕСНОЙ ОБЛАСТИ"),
            (
                "МИНИСТЕРСТВА ФИНАНСОВ РФ И ФЕДЕРАЛЬНОЙ НАЛОГОВОЙ СЛУЖБЫ",
                "МИНИСТЕРСТВО ФИНАНСОВ РФ; ФЕДЕРАЛЬНАЯ НАЛОГОВАЯ СЛУЖБА",
            ),
            ("МИНФИНА РОССИИ", "МИНФИН РОССИИ"),
            ("МВД РОССИИ", "МВД РОССИИ"),
            (
                "Правил и норм технической эксплуатации",
                "Правила и нормы технической эксплуатации",
            ),
            (
                "Порядка и оснований предоставления",
                "Порядок и основания предоставления",
            ),
            ("Минтруда РФ, Минздрава РФ", "Минтруд РФ; Минздрав РФ"),
            (
                "Правила внутреннего распорядка",
                "Правила внутреннего распорядка",
            ),
            ("Рославльской районной Думы", "Рославльская районная Дума"),
            (
                "Квалификационных требований к спортивным судьям",
                "Квалификационные требования к спортивным судьям",
            ),
            (
                "Квалификационные требования к судьям",
                "Квалификационные требования к судьям",
            ),
            (
                "муниципальную целевую программу «Лик города»",
                "муниципальная целевая программа «Лик города»",
            ),
            (
                "федеральным государственным образовательным стандартом",
                "федеральный государственный образовательный стандарт",
            ),
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
