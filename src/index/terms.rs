//! The terms under which acts and people are indexed, and by which they are asked for.
//!
//! In: acts, locators and people of records, or of queries. Out: terms. One file for both sides, so
//! that they cannot drift apart. Must never: give one term to two acts or to two people's parts.

use crate::lexicon::fold::{fold_number, fold_title};
use crate::lexicon::identity::number_part;
use crate::lexicon::morphology::fold;
use crate::order::{Act, ActType, Locator, Person, PersonRole, Reference};

/// What an act is asked by: type and number, or its id where it has no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActKey {
    base: String,
    date: Option<String>,
}

impl ActKey {
    /// The key of an act. Local documents without a number are known by their title.
    #[must_use]
    pub fn of(act: &Act) -> Self {
        let date = act.date.map(|day| day.to_string());
        match &act.number {
            Some(number) => Self {
                base: format!("{}:{}", family(act.kind), number_part(act.kind, number)),
                date,
            },
            None => Self {
                base: act.title.as_deref().map_or_else(
                    || act.id.clone(),
                    |title| format!("{}:«{}", family(act.kind), fold_title(title)),
                ),
                date: None,
            },
        }
    }

    /// The terms of the act itself in a query. A mention without a date may mean the act of any date.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        match &self.date {
            Some(date) => vec![format!("{}:{date}", self.base), format!("{}:-", self.base)],
            None => vec![self.base.clone()],
        }
    }
}

/// Laws and codes are one family: «197-ФЗ» is the Labour Code.
fn family(kind: ActType) -> &'static str {
    match kind {
        ActType::Code => ActType::FederalLaw.name(),
        other => other.name(),
    }
}

/// Every term of a reference: the act, each provision cited, and whatever that provision lies in.
#[must_use]
pub fn citation_terms(reference: &Reference) -> Vec<String> {
    let key = ActKey::of(&reference.act);
    let date = key.date.as_deref().unwrap_or("-");
    let mut terms = Vec::new();
    let bases = [key.base.clone(), format!("{}:{date}", key.base)];
    // A code is asked for by its title as well as by its number.
    let titled = reference
        .act
        .title
        .as_ref()
        .map(|title| format!("{}:«{}", family(reference.act.kind), fold_title(title)));
    for base in bases.into_iter().chain(titled) {
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

/// What a person is asked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonKey {
    /// Folded surnames that may be meant; empty for a given name alone.
    pub surnames: Vec<String>,
    /// Folded given name.
    pub given: Option<String>,
    /// Folded patronymic.
    pub patronymic: Option<String>,
    /// Folded initials.
    pub initials: String,
    /// The role asked for; any role where absent.
    pub role: Option<PersonRole>,
}

impl PersonKey {
    /// The terms that a person whom this key may mean has. Initials and names that contradict have
    /// none of them; a person whose initials or names are not known has the term of not knowing.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        let role = self.role.map_or("any", role_name);
        let mut terms = Vec::new();
        for surname in &self.surnames {
            match (&self.given, self.initials.chars().count()) {
                (Some(given), _) => {
                    let patronymic = self.patronymic.as_deref().unwrap_or_default();
                    terms.push(
                        format!("{role}:{surname}:{given} {patronymic}")
                            .trim_end()
                            .to_owned(),
                    );
                    terms.extend(
                        shorter(&self.initials)
                            .map(|known| format!("{role}:{surname}:unnamed={known}")),
                    );
                }
                (None, 0) => terms.push(format!("{role}:{surname}")),
                (None, _) => {
                    terms.push(format!("{role}:{surname}:{}…", self.initials));
                    terms.extend(
                        shorter(&self.initials).map(|known| format!("{role}:{surname}:={known}")),
                    );
                }
            }
        }
        if self.surnames.is_empty()
            && let Some(given) = &self.given
        {
            terms.push(format!("{role}::{given}"));
        }
        terms
    }
}

/// The beginnings of initials, the empty one and the whole included.
fn shorter(initials: &str) -> impl Iterator<Item = &str> {
    initials
        .char_indices()
        .map(|(at, _)| &initials[..at])
        .chain(std::iter::once(initials))
}

/// Every term of a person.
#[must_use]
pub(super) fn person_terms(person: &Person) -> Vec<String> {
    let surname = fold(&person.surname);
    let initials: String = person
        .initials
        .as_deref()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let given = person.given.as_deref().map(fold);
    let patronymic = person.patronymic.as_deref().map(fold);
    let mut terms = Vec::new();
    for role in std::iter::once("any").chain(person.roles.iter().copied().map(role_name)) {
        terms.push(format!("{role}:{surname}"));
        terms.push(format!("{role}:{surname}:={initials}"));
        terms.extend(
            shorter(&initials)
                .filter(|part| !part.is_empty())
                .map(|part| format!("{role}:{surname}:{part}…")),
        );
        match &given {
            Some(given) => {
                terms.push(format!("{role}::{given}"));
                terms.push(format!("{role}:{surname}:{given}"));
                match &patronymic {
                    Some(patronymic) => {
                        terms.push(format!("{role}:{surname}:{given} {patronymic}"));
                    }
                    None => terms.push(format!("{role}:{surname}:unnamed={initials}")),
                }
            }
            None => terms.push(format!("{role}:{surname}:unnamed={initials}")),
        }
    }
    terms.sort();
    terms.dedup();
    terms
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
    fold_number(number)
        .chars()
        .map(|c| match c {
            'о' => '0',
            'з' => '3',
            'б' => '6',
            'ч' => '4',
            other => other,
        })
        .collect()
}
