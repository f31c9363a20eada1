//! Given names that the dictionary of word forms lacks, or takes for those of the other gender.
//!
//! In: `given_names.tsv`, whose form its head describes. Out: what a form of such a name can stand for. Must never: hold a
//! name that is an ordinary noun.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use super::morphology::{Case, Gender, fold};
use super::remembered::{Remembered, remembered};
use super::surnames;

/// A nominative, whose name it is, and the case of the form.
pub type Reading = (String, Gender, Case);

/// What a form can stand for: the nominative, whose name it is and in which case it stands; the nominative first. Empty
/// where the table has no such name.
#[must_use]
pub fn readings(form: &str) -> Rc<Vec<Reading>> {
    thread_local! {
        static READINGS: Remembered<Vec<Reading>> = RefCell::default();
    }
    remembered(&READINGS, form, || {
        surnames::readings(form)
            .iter()
            .filter(|reading| listed(&reading.nominative) == Some(reading.gender))
            .map(|reading| {
                (
                    surnames::titled(&reading.nominative),
                    reading.gender,
                    reading.case,
                )
            })
            .collect()
    })
}

/// The gender of a name of the table, in the nominative.
#[must_use]
pub fn gender_of(nominative: &str) -> Option<Gender> {
    thread_local! {
        static GENDERS: Remembered<Option<Gender>> = RefCell::default();
    }
    *remembered(&GENDERS, nominative, || listed(nominative))
}

fn listed(nominative: &str) -> Option<Gender> {
    static NAMES: OnceLock<HashMap<&'static str, Gender, FixedState>> = OnceLock::new();
    NAMES
        .get_or_init(|| rows().collect())
        .get(fold(nominative).as_str())
        .copied()
}

fn rows() -> impl Iterator<Item = (&'static str, Gender)> {
    include_str!("given_names.tsv")
        .lines()
        .filter_map(|line| {
            let (gender, names) = line.split_once('\t')?;
            let gender = match gender {
                "m" => Gender::Masculine,
                "f" => Gender::Feminine,
                _ => return None,
            };
            Some(names.split_whitespace().map(move |name| (name, gender)))
        })
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::morphology;

    #[test]
    fn every_name_of_the_table_stands_once_folded_and_is_no_ordinary_noun() {
        let lines = include_str!("given_names.tsv").lines();
        assert!(
            lines
                .filter(|line| !line.starts_with('#'))
                .all(|line| { line.starts_with("m\t") || line.starts_with("f\t") })
        );
        let mut seen = std::collections::HashSet::new();
        for (name, _) in rows() {
            assert_eq!(name, fold(name));
            assert!(seen.insert(name), "{name} stands twice");
            let ordinary = morphology::readings(name).iter().any(|reading| {
                reading.known
                    && reading.name.is_none()
                    && reading.part_of_speech == morphology::PartOfSpeech::Noun
            });
            assert!(!ordinary, "{name} is an ordinary noun");
        }
    }

    #[test]
    fn a_form_leads_to_the_name_in_its_case() {
        for (form, expected) in [
            ("Цырена", Some(("Цырен", Gender::Masculine, Case::Genitive))),
            ("Аюру", Some(("Аюр", Gender::Masculine, Case::Dative))),
            ("Сэсэг", Some(("Сэсэг", Gender::Feminine, Case::Nominative))),
            (
                "Аминат",
                Some(("Аминат", Gender::Feminine, Case::Nominative)),
            ),
            (
                "Дариму",
                Some(("Дарима", Gender::Feminine, Case::Accusative)),
            ),
            ("Соёлме", Some(("Соёлма", Gender::Feminine, Case::Dative))),
            ("Школа", None),
        ] {
            let found = readings(form);
            let first = found
                .first()
                .map(|(name, gender, case)| (name.as_str(), *gender, *case));
            assert_eq!(first, expected, "{form}");
        }
    }
}
