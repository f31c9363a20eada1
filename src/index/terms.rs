//! The terms under which acts and people are indexed, and by which they are asked for.
//!
//! In: acts, locators and people of records, or of queries. Out: terms. One file for both sides, so
//! that they cannot drift apart. Must never: give one term to two acts or to two people's parts.

use super::document::tokens_of;
use crate::lexicon::bodies;
use crate::lexicon::fold::{fold_number, fold_title};
use crate::lexicon::identity::number_part;
use crate::lexicon::register::{KnownAct, Register};
use crate::order::{Act, ActType, Locator, Person, PersonRole, Reference};

/// What an act is asked by: type and number, or its id where it has no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActKey {
    base: String,
    date: Option<String>,
    /// Who issued it, where many authorities number their acts alike.
    issuer: Option<String>,
    /// The base of citations by title, for a code, which is seldom cited by number.
    code: Option<String>,
}

impl ActKey {
    /// The key of an act. Local documents without a number are known by their title.
    #[must_use]
    pub fn of(act: &Act) -> Self {
        match &act.number {
            Some(number) => Self {
                base: format!("{}:{}", family(act.kind), number_part(act.kind, number)),
                date: act.date.map(|day| day.to_string()),
                issuer: act
                    .issuer
                    .as_deref()
                    .filter(|_| act.kind == ActType::AgencyOrder)
                    .map(|issuer| bodies::slug(issuer).to_string()),
                code: code(act).map(|code| titled(code.kind, &code.title)),
            },
            None => Self {
                base: act
                    .title
                    .as_deref()
                    .map_or_else(|| act.id.clone(), |title| titled(act.kind, title)),
                date: None,
                issuer: None,
                code: None,
            },
        }
    }

    /// The terms of the act itself in a query.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        let mut terms = match &self.date {
            Some(date) => vec![format!("{}:{date}", self.base)],
            None => match self.issued() {
                Some(issued) => vec![issued],
                None => vec![self.base.clone()],
            },
        };
        terms.extend(self.code.clone());
        terms
    }

    /// The term of citations that may mean the act and do not say so: of its number, without a date.
    #[must_use]
    pub fn possible(&self) -> Option<String> {
        self.date.as_ref().map(|_| format!("{}:-", self.base))
    }
}

impl ActKey {
    /// The base of the acts of one authority with this number: «приказ Минздрава № 29н».
    fn issued(&self) -> Option<String> {
        let issuer = self.issuer.as_deref()?;
        Some(format!("{}~{issuer}", self.base))
    }
}

/// The code that a law's number means: «197-ФЗ» is the Labour Code. «14-ФЗ» is a law as well as a part of
/// a code; without a date the law is meant.
fn code(act: &Act) -> Option<&'static KnownAct> {
    let number = act.number.as_deref()?;
    let date = act.date.map(|day| day.0);
    let known = |kind| Register::built_in().by_number(kind, number, date, None, None);
    match act.kind {
        ActType::Code => known(ActType::Code),
        ActType::FederalLaw if known(ActType::FederalLaw).is_none() => known(ActType::Code),
        _ => None,
    }
}

fn titled(kind: ActType, title: &str) -> String {
    format!("{}:«{}", family(kind), fold_title(title))
}

/// Laws and codes are one family: «197-ФЗ» is the Labour Code.
fn family(kind: ActType) -> &'static str {
    match kind {
        ActType::Code => ActType::FederalLaw.name(),
        other => other.name(),
    }
}

/// Every term of a reference: the act, each provision cited, and whatever that provision lies in. An act
/// whose date is misprinted has the terms of the act that is meant as well.
#[must_use]
pub fn citation_terms(reference: &Reference) -> Vec<String> {
    let key = ActKey::of(&reference.act);
    let date = key.date.as_deref().unwrap_or("-");
    let mut terms = Vec::new();
    let meant = Register::built_in()
        .resembling(&reference.act)
        .and_then(|known| known.date)
        .map(|date| date.to_string())
        .filter(|meant| key.date.as_ref().is_some_and(|date| date != meant))
        .map(|date| format!("{}:{date}", key.base));
    let bases = [key.base.clone(), format!("{}:{date}", key.base)];
    // A code is asked for by its title as well as by its number.
    let titled = reference
        .act
        .title
        .as_ref()
        .map(|title| titled(reference.act.kind, title));
    let bases = bases.into_iter().chain(key.issued());
    for base in bases.chain(meant).chain(titled).chain(key.code) {
        terms.push(base.clone());
        if reference.locators.is_empty() {
            terms.push(exactly(&base, &[]));
        }
        for locator in &reference.locators {
            let units = units(locator);
            terms.push(exactly(&base, &units));
            for part in subsets(&units) {
                terms.push(inside(&base, &part));
            }
        }
    }
    terms.sort();
    terms.dedup();
    terms
}

/// The term of all citations of a provision or of what lies in it.
#[must_use]
pub fn inside(base: &str, units: &[(char, &str)]) -> String {
    format!("{base}#{}", path(units))
}

/// The term of citations of just this provision; of the whole act where there are no units.
#[must_use]
pub fn exactly(base: &str, units: &[(char, &str)]) -> String {
    format!("{base}@{}", path(units))
}

/// The units of a locator, largest first, each with its letter.
#[must_use]
pub fn units(locator: &Locator) -> Vec<(char, &str)> {
    let all = [
        ('A', &locator.appendix),
        ('S', &locator.section),
        ('C', &locator.chapter),
        ('a', &locator.article),
        ('p', &locator.part),
        ('i', &locator.point),
        ('s', &locator.subpoint),
        ('l', &locator.paragraph),
    ];
    all.into_iter()
        .filter_map(|(letter, value)| value.as_deref().map(|value| (letter, value)))
        .collect()
}

fn path(units: &[(char, &str)]) -> String {
    units
        .iter()
        .map(|(letter, value)| format!("{letter}{value}"))
        .collect::<Vec<_>>()
        .join("/")
}

/// Every selection of units, so that a query may leave out any of them. A locator has at most eight,
/// in practice four.
fn subsets<'a>(units: &[(char, &'a str)]) -> Vec<Vec<(char, &'a str)>> {
    /// Sixteen selections a locator; deeper ones are found by their four largest units and in whole.
    const MAX_UNITS: usize = 4;
    let kept = &units[..units.len().min(MAX_UNITS)];
    let mut all: Vec<Vec<(char, &str)>> = (1..1_usize << kept.len())
        .map(|mask| {
            kept.iter()
                .enumerate()
                .filter(|(index, _)| mask >> index & 1 == 1)
                .map(|(_, unit)| *unit)
                .collect()
        })
        .collect();
    if units.len() > MAX_UNITS {
        all.push(units.to_vec());
    }
    all
}

/// An act's name on one short line, for people: its number and date, or its title.
#[must_use]
pub fn act_name(act: &Act) -> String {
    let date = act.date.map(|day| format!(" от {day}")).unwrap_or_default();
    match (&act.number, &act.title) {
        (Some(number), _) => match &act.issuer {
            // Many bodies number their acts alike.
            Some(issuer) => format!("{issuer} № {number}{date}"),
            None => format!("{number}{date}"),
        },
        (None, Some(title)) => format!("«{title}»{date}"),
        (None, None) => act.id.clone(),
    }
}

/// A person's surname and initials, as far as the order has them.
#[must_use]
pub fn person_name(person: &Person) -> String {
    let initials = person.initials.clone().unwrap_or_else(|| {
        [&person.given, &person.patronymic]
            .into_iter()
            .flatten()
            .filter_map(|name| name.chars().next())
            .map(|letter| format!("{letter}."))
            .collect::<Vec<_>>()
            .join(" ")
    });
    format!("{} {initials}", person.surname)
        .trim_end()
        .to_owned()
}

/// What a person is asked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonKey {
    /// Nominatives of the surname that may be meant; empty for a given name alone.
    pub surnames: Vec<String>,
    /// Given name in the nominative.
    pub given: Option<String>,
    /// Patronymic in the nominative.
    pub patronymic: Option<String>,
    /// Initials, as far as they are known; a name written out goes before its initial.
    pub initials: Vec<char>,
    /// The role asked for; any role where absent.
    pub role: Option<PersonRole>,
}

/// What is known of a given name or a patronymic.
#[derive(Debug, Clone, PartialEq, Eq)]
enum NameKnown {
    Nothing,
    Initial(char),
    Whole(String),
}

impl NameKnown {
    fn of(whole: Option<&str>, initial: Option<char>) -> Self {
        match (whole.map(folded_name), initial) {
            (Some(name), _) if !name.is_empty() => Self::Whole(name),
            (_, Some(initial)) => Self::Initial(folded_initial(initial)),
            _ => Self::Nothing,
        }
    }

    /// The marks that a person of whom this is known has: `?` for a name that is not known, `л!` for
    /// one of which only the initial is, `л.` for every one with that initial.
    fn marks(&self) -> Vec<String> {
        match self {
            Self::Nothing => vec![String::new(), "?".to_owned()],
            Self::Initial(letter) => {
                vec![String::new(), format!("{letter}."), format!("{letter}!")]
            }
            Self::Whole(name) => vec![
                String::new(),
                format!("{}.", first_letter(name)),
                name.clone(),
            ],
        }
    }

    /// The marks of those who can be meant by somebody who knows this: nobody whose name contradicts.
    fn asked(&self) -> Vec<String> {
        match self {
            Self::Nothing => vec![String::new()],
            Self::Initial(letter) => vec![format!("{letter}."), "?".to_owned()],
            Self::Whole(name) => vec![
                name.clone(),
                format!("{}!", first_letter(name)),
                "?".to_owned(),
            ],
        }
    }
}

impl PersonKey {
    /// The terms of which a person whom this key may mean has one. Initials and names that contradict
    /// have none of them; a person whose initials or names are not known can be meant.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        let role = self.role.map_or("any", role_name);
        let mut initials = self.initials.iter().copied();
        let given = NameKnown::of(self.given.as_deref(), initials.next());
        let patronymic = NameKnown::of(self.patronymic.as_deref(), initials.next());
        let mut terms = Vec::new();
        for surname in &self.surnames {
            for given in given.asked() {
                for patronymic in patronymic.asked() {
                    terms.push(person_term(
                        role,
                        &folded_name(surname),
                        &given,
                        &patronymic,
                    ));
                }
            }
        }
        if let (true, NameKnown::Whole(given)) = (self.surnames.is_empty(), &given) {
            for patronymic in patronymic.asked() {
                terms.push(person_term(role, "", given, &patronymic));
            }
        }
        terms.sort();
        terms.dedup();
        terms
    }

    /// Whether the key may mean this person.
    #[must_use]
    pub fn may_mean(&self, person: &Person) -> bool {
        let asked = self.asked();
        person_terms(person).iter().any(|term| asked.contains(term))
    }
}

/// Every term of a person: for each role and each part of the surname, what is known of the given name
/// and of the patronymic.
#[must_use]
pub(super) fn person_terms(person: &Person) -> Vec<String> {
    let mut initials = person
        .initials
        .iter()
        .flat_map(|initials| initials.chars())
        .filter(|c| c.is_alphabetic());
    let given = NameKnown::of(person.given.as_deref(), initials.next());
    let patronymic = NameKnown::of(person.patronymic.as_deref(), initials.next());
    let whole = folded_name(&person.surname);
    // «Иванова-Петрова» is found by either of her surnames.
    let mut surnames: Vec<&str> = whole
        .split('-')
        .filter(|part| part.chars().count() > 2)
        .collect();
    surnames.push(&whole);
    if matches!(given, NameKnown::Whole(_)) {
        surnames.push("");
    }
    let mut terms = Vec::new();
    for role in std::iter::once("any").chain(person.roles.iter().copied().map(role_name)) {
        for surname in &surnames {
            for given in given.marks() {
                for patronymic in patronymic.marks() {
                    terms.push(person_term(role, surname, &given, &patronymic));
                }
            }
        }
    }
    terms.sort();
    terms.dedup();
    terms
}

fn person_term(role: &str, surname: &str, given: &str, patronymic: &str) -> String {
    format!("{role}:{surname}:{given}:{patronymic}")
}

/// A name as its words are indexed: look-alikes and «ё» folded, parts joined by one kind of dash.
fn folded_name(name: &str) -> String {
    tokens_of(name)
        .into_iter()
        .map(|token| token.form)
        .collect::<Vec<_>>()
        .join("-")
}

fn folded_initial(initial: char) -> char {
    first_letter(&folded_name(&initial.to_string()))
}

fn first_letter(name: &str) -> char {
    name.chars().next().unwrap_or('?')
}

fn role_name(role: PersonRole) -> &'static str {
    match role {
        PersonRole::Signatory => "signed",
        PersonRole::Acknowledged => "acknowledged",
        PersonRole::Assigned => "assigned",
        PersonRole::Approver => "approver",
        PersonRole::Executor => "executor",
        PersonRole::Mentioned => "mentioned",
    }
}

/// A number with letters and digits that look alike folded together: `8О` and `80` have one.
#[must_use]
pub fn similar_number(number: &str) -> String {
    let folded: Vec<char> = fold_number(number).chars().collect();
    // «12-ОД», «12од», «17-л/с», «17лс»: hyphens, and other signs beside a letter, are left out as one likes; a slash
    // between figures is not.
    let beside_a_letter = |at: usize| {
        let letter = |at: Option<usize>| {
            at.and_then(|at| folded.get(at))
                .is_some_and(|c| c.is_alphabetic())
        };
        letter(at.checked_sub(1)) || letter(Some(at + 1))
    };
    folded
        .iter()
        .enumerate()
        .filter(|(at, c)| c.is_alphanumeric() || **c != '-' && !beside_a_letter(*at))
        .map(|(_, c)| *c)
        .filter(|c| !matches!(c, '«' | '»' | '"'))
        .map(|c| match c {
            'о' => '0',
            'з' => '3',
            'б' => '6',
            'ч' => '4',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(given: &str, patronymic: &str, initials: &str) -> Person {
        let known = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        Person {
            surname: "Гапутина".to_owned(),
            given: known(given),
            patronymic: known(patronymic),
            initials: known(initials),
            roles: vec![PersonRole::Signatory],
            mentions: Vec::new(),
        }
    }

    fn key(given: &str, patronymic: &str, initials: &str) -> PersonKey {
        let known = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        PersonKey {
            surnames: vec!["Гапутина".to_owned()],
            given: known(given),
            patronymic: known(patronymic),
            initials: initials.chars().collect(),
            role: None,
        }
    }

    #[test]
    fn names_and_initials_that_contradict_exclude_and_missing_ones_do_not() {
        let people = [
            person("", "", ""),
            person("", "", "Л. А."),
            person("", "", "Л."),
            person("", "", "Т. П."),
            person("Людмила", "Анатольевна", "Л. А."),
            person("Людмила", "Анатольевна", ""),
            person("Людмила", "", "Л."),
            person("Татьяна", "Петровна", ""),
            person("Лариса", "Андреевна", "Л. А."),
        ];
        for (key, found) in [
            (key("", "", ""), "111111111"),
            (key("", "", "Л"), "111011101"),
            (key("", "", "ЛА"), "111011101"),
            (key("", "", "ЛП"), "101000100"),
            (key("Людмила", "", ""), "111011100"),
            (key("Людмила", "Анатольевна", ""), "111011100"),
            (key("Лариса", "Анатольевна", "ЛА"), "111000000"),
        ] {
            let said: String = people
                .iter()
                .map(|person| if key.may_mean(person) { '1' } else { '0' })
                .collect();
            assert_eq!(said, found, "{key:?}");
        }
    }

    #[test]
    fn a_person_is_found_by_given_name_by_role_and_by_part_of_the_surname() {
        let mut named = person("Людмила", "Анатольевна", "");
        named.surname = "Гапутина-Зелёная".to_owned();
        let asked = |surname: &str, given: &str, role| PersonKey {
            surnames: (!surname.is_empty())
                .then(|| surname.to_owned())
                .into_iter()
                .collect(),
            given: (!given.is_empty()).then(|| given.to_owned()),
            patronymic: None,
            initials: Vec::new(),
            role,
        };
        for (key, found) in [
            (asked("", "Людмила", None), true),
            (asked("", "Лариса", None), false),
            (asked("Зеленая", "", None), true),
            (asked("Гапутина – Зелёная", "", None), true),
            (asked("Гапутина", "", Some(PersonRole::Signatory)), true),
            (asked("Гапутина", "", Some(PersonRole::Assigned)), false),
        ] {
            assert_eq!(key.may_mean(&named), found, "{key:?}");
        }
    }

    #[test]
    fn numbers_with_letters_that_look_like_digits_are_similar() {
        assert_eq!(similar_number("8О"), similar_number("80"));
        assert_ne!(similar_number("06/1"), similar_number("106/1"));
    }
}
