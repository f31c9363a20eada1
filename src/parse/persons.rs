//! Mentions → persons: each person once, in the nominative.
//!
//! In: mentions with the cases that they can stand in. Out: [`Person`]s. Must never: join mentions whose
//! initials contradict.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::names::NameMention;
use crate::lexicon::fold::{is_letter, push_small, small};
use crate::lexicon::morphology::{Case, Gender, fold};
use crate::lexicon::surnames::{self, nominative, readings};
use crate::order::Person;

/// A person's key: folded surname; initials are compared apart.
#[derive(Default)]
pub(crate) struct Joined {
    pub(crate) people: Vec<Person>,
    by_surname: HashMap<String, Vec<usize>, RandomState>,
    /// Whether each stands in a list of names, in the nominative as it is printed.
    listed: Vec<bool>,
    /// The key that is looked up.
    key: String,
}

impl Joined {
    /// The person that a mention names: one already known, or a new one.
    /// `listed`: the name stands in a list of those who signed; `signs`: in a signature, where nothing is declined.
    pub(crate) fn person_of(
        &mut self,
        name: &NameMention,
        cases: &[Case],
        listed: bool,
        signs: bool,
    ) -> usize {
        let only = if signs && name.grammar.is_none() {
            Some(surnames::titled(&name.surname))
        } else {
            only_nominative(name, cases)
        };
        let (known, surname) = if let Some(only) = only {
            (self.known(&only, name), only)
        } else {
            let all = readings(&name.surname);
            let ranked = ranked_nominatives(name, cases, &all);
            let known = ranked
                .iter()
                .find_map(|candidate| self.known(candidate, name));
            let surname = ranked.first().map_or_else(
                || surnames::titled(&name.surname),
                |&likeliest| likeliest.to_owned(),
            );
            (known, surname)
        };
        if let Some(index) = known {
            self.listed[index] |= listed;
            self.complete(index, name);
            return index;
        }
        let index = self.people.len();
        self.listed.push(listed);
        self.by_surname
            .entry(fold(&surname))
            .or_default()
            .push(index);
        self.people.push(Person {
            surname,
            given: name.given.clone(),
            patronymic: name.patronymic.clone(),
            initials: initials(&name.initials),
            roles: Vec::new(),
            mentions: Vec::new(),
        });
        index
    }

    /// The person already known with this surname whom the mention can name.
    fn known(&mut self, surname: &str, name: &NameMention) -> Option<usize> {
        self.key.clear();
        push_small(surname, &mut self.key);
        let namesakes = self.by_surname.get(&self.key)?;
        namesakes
            .iter()
            .copied()
            .find(|&index| may_be(&self.people[index], name))
    }

    /// A fuller mention completes a shorter one.
    fn complete(&mut self, index: usize, name: &NameMention) {
        let person = &mut self.people[index];
        person.given = person.given.take().or_else(|| name.given.clone());
        person.patronymic = person.patronymic.take().or_else(|| name.patronymic.clone());
        let known = person
            .initials
            .as_ref()
            .map_or(0, |initials| initials.matches('.').count());
        if name.initials.len() > known {
            person.initials = initials(&name.initials);
        }
    }
}

impl Joined {
    /// For each person the one who is meant: «Скоропаду О.Г.» in a clause is «Скоропад О.Г.» of the list under it, where
    /// the words around do not tell the case. A woman and a man may share initials: «Иванова А.А.» is not «Иванов А.А.».
    pub(crate) fn meant(&self) -> Vec<usize> {
        const WOMENS: [&str; 6] = ["ова", "ева", "ёва", "ина", "ына", "ая"];
        if !self.listed.contains(&true) {
            return (0..self.people.len()).collect();
        }
        let meant = |index: usize, person: &Person| {
            if self.listed[index] {
                return None;
            }
            let folded = fold(&person.surname);
            if WOMENS.iter().any(|ending| folded.ends_with(ending)) {
                return None;
            }
            let letters = person.initials.as_deref()?;
            readings(&person.surname)
                .iter()
                .filter(|reading| reading.case != Case::Nominative)
                .filter_map(|reading| self.by_surname.get(&fold(&reading.nominative)))
                .flatten()
                .copied()
                .find(|&other| {
                    other != index
                        && self.listed[other]
                        && fold(&self.people[other].surname) != folded
                        && self.people[other].initials.as_deref() == Some(letters)
                })
        };
        self.people
            .iter()
            .enumerate()
            .map(|(index, person)| meant(index, person).unwrap_or(index))
            .collect()
    }
}

/// Surnames that end in «у» in the nominative are as short as this: Лю, Шоу.
const SHORT_SURNAME: usize = 3;

/// The one nominative that a surname can stand for, where the rest of the name or the words around tell it.
fn only_nominative(name: &NameMention, cases: &[Case]) -> Option<String> {
    if let Some((gender, case)) = name.grammar {
        // «Магеррамову Айсель»: the given name is the same in every case, so that its nominative says nothing.
        if case == Case::Nominative
            && is_declined(&name.surname)
            && let Some(reading) = readings(&name.surname)
                .iter()
                .find(|reading| reading.gender == gender && reading.case != Case::Nominative)
        {
            return Some(reading.nominative.clone());
        }
        return Some(nominative(&name.surname, gender, case));
    }
    (cases == [Case::Nominative] && !is_declined(&name.surname))
        .then(|| surnames::titled(&name.surname))
}

/// Nominatives that a surname can stand for, the likeliest first.
fn ranked_nominatives<'a>(
    name: &NameMention,
    cases: &[Case],
    all: &'a [surnames::SurnameReading],
) -> Vec<&'a str> {
    let mut ranked: Vec<&str> = Vec::with_capacity(all.len());
    let mut add = |wanted: &dyn Fn(&surnames::SurnameReading) -> bool| {
        for reading in all.iter().filter(|reading| wanted(reading)) {
            if !ranked.contains(&reading.nominative.as_str()) {
                ranked.push(&reading.nominative);
            }
        }
    };
    // The reading of the asked case first; then any, for a person named elsewhere. «Шмидту» in the dative is
    // Шмидт rather than a woman whose surname ends so.
    let undeclined = |reading: &surnames::SurnameReading| reading.nominative == name.surname;
    // «Юну» in the dative is Юн, but «Шоу» is Шоу.
    let declines = || {
        let length = name.surname.chars().count();
        let before = name.surname.chars().rev().nth(1);
        length > SHORT_SURNAME
            || length == SHORT_SURNAME
                && cases == [Case::Dative]
                && before.is_some_and(|before| "бвгджзклмнпрстфхцчшщ".contains(before))
    };
    if name.surname.ends_with(['у', 'ю']) && declines() {
        if cases.is_empty() {
            add(&|reading| reading.case == Case::Dative && !undeclined(reading));
        }
        for case in cases {
            add(&|reading| reading.case == *case && !undeclined(reading));
        }
    }
    if !cases.contains(&Case::Nominative) && surnames::is_rather_a_mans(&name.surname) {
        add(&|reading| reading.gender == Gender::Masculine && reading.case != Case::Nominative);
    }
    // «за водителем Ткачом Б.Б.»: few women have a surname that ends so.
    if cases == [Case::Instrumental]
        && ["ом", "ем", "ём"]
            .iter()
            .any(|end| name.surname.ends_with(end))
    {
        add(&|reading| reading.gender == Gender::Masculine && reading.case == Case::Instrumental);
    }
    for case in cases {
        add(&|reading| reading.case == *case && plausible(reading, &name.surname));
    }
    if cases.is_empty() {
        add(&|reading| {
            reading.case == Case::Nominative
                && reading.gender == Gender::Feminine
                && plausible(reading, &name.surname)
        });
    }
    add(&|reading| plausible(reading, &name.surname));
    add(&|_| true);
    ranked
}

/// A form with the ending of an oblique case is no nominative.
fn plausible(reading: &surnames::SurnameReading, form: &str) -> bool {
    reading.case != Case::Nominative || !is_declined(form)
}

/// Whether a surname has an ending that only an oblique case gives.
pub(crate) fn is_declined(form: &str) -> bool {
    const ENDINGS: [&str; 18] = [
        "ову",
        "еву",
        "ину",
        "ыну",
        "овой",
        "евой",
        "иной",
        "ыной",
        "ую",
        "ского",
        "скому",
        "цкого",
        "цкому",
        "овым",
        "евым",
        "иным",
        "ским",
        "еньким",
    ];
    // What most names fail stands first.
    if !form.ends_with(|last| matches!(small(last), 'у' | 'ю' | 'й' | 'о' | 'м')) {
        return false;
    }
    let folded = fold(form);
    ENDINGS.iter().any(|ending| folded.ends_with(ending))
}

/// Whether a mention can name this person: initials agree as far as both have them.
fn may_be(person: &Person, name: &NameMention) -> bool {
    let letters = person.initials.as_deref().unwrap_or_default().chars();
    let known = || letters.clone().filter(|&letter| is_letter(letter));
    let named = || name.initials.iter().copied();
    let agree = initials_agree(known(), named())
        || is_double(person.given.as_deref()) && initials_agree(without_second(known()), named())
        || is_double(name.given.as_deref()) && initials_agree(known(), without_second(named()));
    let given = person
        .given
        .as_ref()
        .zip(name.given.as_ref())
        .is_none_or(|(a, b)| a == b || fold(a) == fold(b));
    agree && given
}

/// Whether initials are the same as far as both go.
fn initials_agree(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> bool {
    one.zip(other).all(|(a, b)| small(a) == small(b))
}

/// «Анна-Мария», whom somebody may write with one initial.
fn is_double(given: Option<&str>) -> bool {
    given.is_some_and(|given| given.contains('-'))
}

/// The initials as somebody writes them who gives a double name one letter.
fn without_second(initials: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    initials
        .enumerate()
        .filter(|(index, _)| *index != 1)
        .map(|(_, letter)| letter)
}

/// `Е. В.`
fn initials(letters: &[char]) -> Option<String> {
    let mut shown = String::new();
    for letter in letters {
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push(*letter);
        shown.push('.');
    }
    (!shown.is_empty()).then_some(shown)
}
