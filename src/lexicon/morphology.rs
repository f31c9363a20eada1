//! Russian morphology: the lemmas and the grammar of a word form.
//!
//! The only file that knows `rumorph` (its dictionary, from OpenCorpora and Wiktionary, is under
//! CC BY-SA 4.0). In: one word in any case of letters. Out: its readings, most probable first.
//! Must never: be called for every word of a text on the parser's hot path; a first look-up costs some
//! microseconds and allocates (a repeated one is [`remembered`]).

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::OnceLock;

use rumorph::{Dictionary, Source};

use super::fold::push_small;
use super::remembered::{Remembered, remembered};

/// Grammatical case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of the cases")]
pub enum Case {
    Nominative,
    Genitive,
    Dative,
    Accusative,
    Instrumental,
    Locative,
}

/// Grammatical gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of the genders")]
pub enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

/// What part of a person's name a word can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of the parts")]
pub enum NamePart {
    Surname,
    Given,
    Patronymic,
}

/// Part of speech, as far as the program asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of the parts of speech")]
pub enum PartOfSpeech {
    Noun,
    ProperNoun,
    Adjective,
    Verb,
    Other,
}

/// One reading of a word form.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The dictionary form, in lower case, «ё» where the dictionary has it.
    pub lemma: String,
    /// Part of speech.
    pub part_of_speech: PartOfSpeech,
    /// Case, if the form has one.
    pub case: Option<Case>,
    /// Gender, if the form has one.
    pub gender: Option<Gender>,
    /// Whether the form is plural.
    pub plural: bool,
    /// Whether it names a living being.
    pub animate: bool,
    /// Set for names of people.
    pub name: Option<NamePart>,
    /// Whether the dictionary has the word; otherwise its ending was compared.
    pub known: bool,
    /// Probability of the reading without context, 0..1.
    pub probability: f64,
}

/// The readings of a word form, most probable first. Empty where there is nothing to say (the
/// dictionary could not be loaded, or the word has no letters).
#[must_use]
pub fn readings(word: &str) -> Rc<Vec<Reading>> {
    thread_local! {
        static READINGS: Remembered<Vec<Reading>> = RefCell::default();
    }
    remembered(&READINGS, word, || looked_up(word))
}

/// Whether the dictionary has a word form.
#[must_use]
pub fn is_known(word: &str) -> bool {
    readings(word).iter().any(|reading| reading.known)
}

fn looked_up(word: &str) -> Vec<Reading> {
    let Some(dictionary) = dictionary() else {
        return Vec::new();
    };
    let analyses = dictionary.analyze(word);
    let mut readings = Vec::with_capacity(analyses.len());
    for analysis in analyses {
        let Some(tag) = dictionary.ud_tag(analysis.ud) else {
            continue;
        };
        readings.push(Reading {
            lemma: analysis.lemma,
            part_of_speech: match tag.pos() {
                "NOUN" => PartOfSpeech::Noun,
                "PROPN" => PartOfSpeech::ProperNoun,
                "ADJ" => PartOfSpeech::Adjective,
                "VERB" => PartOfSpeech::Verb,
                _ => PartOfSpeech::Other,
            },
            case: tag.feat("Case").and_then(case),
            gender: tag.feat("Gender").and_then(gender),
            plural: tag.feat("Number") == Some("Plur"),
            animate: tag.feat("Animacy") == Some("Anim"),
            name: tag.feat("NameType").and_then(name_part),
            known: analysis.source == Source::Dictionary,
            probability: analysis.prob,
        });
    }
    readings
}

/// Whether a word form is a given name, in whatever case. «Иванов» and «Петров» are surnames: nobody speaks of several
/// called Иван in an order.
#[must_use]
pub fn is_given_name(word: &str) -> bool {
    readings(word)
        .iter()
        .any(|reading| reading.known && reading.name == Some(NamePart::Given) && !reading.plural)
}

/// Every lemma that a word form can have, folded for search (lower case, «е» for «ё»), most
/// probable first and each once; that of several people of one given name only where the form is nothing else. The
/// folded word itself where nothing is known.
#[must_use]
pub fn lemmas(word: &str) -> Vec<String> {
    let mut lemmas: Vec<String> = Vec::with_capacity(2);
    let readings = readings(word);
    let namesakes = |reading: &Reading| reading.name == Some(NamePart::Given) && reading.plural;
    let other = readings.iter().any(|reading| !namesakes(reading));
    for reading in readings
        .iter()
        .filter(|reading| !(other && namesakes(reading)))
    {
        let lemma = fold(&reading.lemma);
        if !lemmas.contains(&lemma) {
            lemmas.push(lemma);
        }
    }
    if lemmas.is_empty() {
        lemmas.push(fold(word));
    }
    lemmas
}

/// What an adjective agrees in with its noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// The case.
    pub case: Case,
    /// The gender; nothing in the plural.
    pub gender: Option<Gender>,
    /// Whether both are plural.
    pub plural: bool,
}

/// The nominative of a word form that stands in another case, in lower case: `федеральной` →
/// `федеральная`. The word that a form agrees with decides between readings by its case. `None` where
/// no reading fits.
#[must_use]
pub fn to_nominative(word: &str, agrees: Agreement) -> Option<String> {
    let dictionary = dictionary()?;
    let analyses = dictionary.analyze(word);
    let fitting = analyses.iter().find(|analysis| {
        let Some(tag) = dictionary.ud_tag(analysis.ud) else {
            return false;
        };
        let found = tag.feat("Case").and_then(case);
        let singular = tag.feat("Number") != Some("Plur");
        let plural = !singular;
        found == Some(agrees.case)
            && plural == agrees.plural
            && (plural
                || tag
                    .feat("Gender")
                    .and_then(gender)
                    .is_none_or(|gender| Some(gender) == agrees.gender))
    })?;
    dictionary
        .inflect(fitting, &[("Case", "Nom")])
        .map(|form| form.word)
}

/// Lower case with «е» for «ё»: the form in which words are compared.
#[must_use]
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    push_small(word, &mut folded);
    folded
}

/// The bundled dictionary, loaded once. Its bytes are part of the program, so loading fails only
/// where the build is damaged; the program then works without morphology.
fn dictionary() -> Option<&'static Dictionary> {
    static DICTIONARY: OnceLock<Option<Dictionary>> = OnceLock::new();
    DICTIONARY
        .get_or_init(|| Dictionary::bundled().ok())
        .as_ref()
}

fn case(name: &str) -> Option<Case> {
    Some(match name {
        "Nom" | "Voc" => Case::Nominative,
        "Gen" | "Par" => Case::Genitive,
        "Dat" => Case::Dative,
        "Acc" => Case::Accusative,
        "Ins" => Case::Instrumental,
        "Loc" => Case::Locative,
        _ => return None,
    })
}

fn gender(name: &str) -> Option<Gender> {
    Some(match name {
        "Masc" => Gender::Masculine,
        "Fem" => Gender::Feminine,
        "Neut" => Gender::Neuter,
        _ => return None,
    })
}

fn name_part(name: &str) -> Option<NamePart> {
    Some(match name {
        "Sur" => NamePart::Surname,
        "Giv" => NamePart::Given,
        "Pat" => NamePart::Patronymic,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_names_meet_their_lemmas() {
        for (word, lemma) in [
            ("порядка", "порядок"),
            ("Людмилу", "людмила"),
            ("мессенджеров", "мессенджер"),
            ("учёта", "учет"),
            ("приказа", "приказ"),
        ] {
            assert!(
                lemmas(word).contains(&lemma.to_owned()),
                "{word}: {:?}",
                lemmas(word)
            );
        }
    }

    #[test]
    fn surnames_are_not_the_genitive_of_many_given_names() {
        for (word, expected) in [
            ("Иванов", "иванов"),
            ("Петров", "петров"),
            ("Семёнов", "семенов"),
            ("Ивана", "иван"),
        ] {
            assert_eq!(lemmas(word), [expected], "{word}: {:?}", readings(word));
        }
        for (word, is_given) in [
            ("Иван", true),
            ("Ивана", true),
            ("Людмиле", true),
            ("Иванов", false),
            ("Петров", false),
            ("приказ", false),
        ] {
            assert_eq!(
                is_given_name(word),
                is_given,
                "{word}: {:?}",
                readings(word)
            );
        }
    }

    #[test]
    fn an_unknown_surname_is_read_by_its_ending_in_both_genders() {
        let found = lemmas("Гапутину");
        assert!(
            found.contains(&"гапутин".to_owned()) && found.contains(&"гапутина".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn a_patronymic_says_gender_and_case() {
        let reading = &readings("Анатольевну")[0];
        assert_eq!(reading.name, Some(NamePart::Patronymic));
        assert_eq!(
            (reading.case, reading.gender),
            (Some(Case::Accusative), Some(Gender::Feminine))
        );
    }
}
