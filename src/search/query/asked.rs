//! The acts and the people that a query asks for.
//!
//! In: what was recognised. Out: the same with the acts that may be meant. Must never: leave out the act that was typed.

use super::characters::are_figures;
use crate::order::{Act, ActType, Locator, PersonRole};
use crate::parse::query::PersonName;

/// What an act is called whose kind nobody said: «№ 1119 от 01.11.2012».
pub(super) const OF_ANY_KIND: &str = "акт";

/// An act that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedAct {
    /// Words by which it is recognised, wherever they stand.
    pub words: String,
    /// The act.
    pub act: Act,
    /// The provisions; empty for the whole act.
    pub locators: Vec<Locator>,
}

impl AskedAct {
    /// The acts that may be meant. «приказ № 29н» without a body may be an authority's as well as one of the organisation;
    /// «постановление 2464» the Government's.
    #[must_use]
    pub fn may_mean(&self) -> Vec<Act> {
        use ActType::{
            AgencyOrder, GovernmentOrder, GovernmentResolution, Law, Letter, LocalAct, Other,
            PresidentialDecree,
        };
        let act = &self.act;
        if act.kind == ActType::SanitaryRules {
            return sanitary_rules(act);
        }
        let by_anybody = act.issuer.is_none()
            && act.number.is_some()
            && matches!(act.kind, LocalAct | AgencyOrder | Other);
        if !by_anybody {
            return of_either_form(act);
        }
        let word = self.words.to_lowercase();
        let kinds: &[ActType] = if word.starts_with(OF_ANY_KIND) {
            &[
                AgencyOrder,
                LocalAct,
                GovernmentResolution,
                GovernmentOrder,
                PresidentialDecree,
                Law,
                Letter,
                Other,
            ]
        } else if word.contains("постановлени") {
            &[AgencyOrder, LocalAct, GovernmentResolution, Other]
        } else if word.contains("распоряжени") {
            &[AgencyOrder, LocalAct, GovernmentOrder]
        } else {
            &[AgencyOrder, LocalAct, Other]
        };
        kinds
            .iter()
            .flat_map(|kind| {
                of_either_form(&Act {
                    kind: *kind,
                    ..act.clone()
                })
            })
            .collect()
    }
}

/// The act with its number in either form.
fn of_either_form(act: &Act) -> Vec<Act> {
    let other = act
        .number
        .as_deref()
        .filter(|_| {
            matches!(
                act.kind,
                ActType::AgencyOrder | ActType::LocalAct | ActType::Other
            )
        })
        .and_then(of_other_form);
    let also = other.map(|number| Act {
        number: Some(number),
        ..act.clone()
    });
    std::iter::once(act.clone()).chain(also).collect()
}

/// «785-н» for «785н», and the other way round: ministries write the letter without a hyphen, people with it.
pub(super) fn of_other_form(number: &str) -> Option<String> {
    let (figures, letter) =
        number.split_at_checked(number.len() - number.chars().last()?.len_utf8())?;
    let is_letter = matches!(letter, "н" | "Н");
    let plain = figures.trim_end_matches('-');
    let is_plain = are_figures(plain);
    (is_letter && is_plain && figures.len() <= plain.len() + 1).then(|| {
        let hyphen = if figures == plain { "-" } else { "" };
        format!("{plain}{hyphen}{letter}")
    })
}

impl AskedAct {
    /// The acts of every year with this number, where it was typed without a year: laws are counted anew each year, and
    /// «209-ФЗ» need not be the one that the register knows. `None` where the year was typed or nothing but a name.
    #[must_use]
    pub fn of_any_year(&self) -> Option<Self> {
        let number = self.act.number.as_deref()?;
        self.act.date?;
        let figures = |text: &str| {
            text.split(|c: char| !c.is_ascii_digit())
                .filter(|figures| !figures.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let counted = figures(number).into_iter().next()?;
        let typed = figures(&self.words);
        let is_year = |figures: &String| {
            figures.len() == 4 && (figures.starts_with("19") || figures.starts_with("20"))
        };
        let dated = self.words.split(' ').any(|word| word == "от")
            || typed
                .iter()
                .any(|figures| *figures != counted && is_year(figures));
        (typed.contains(&counted) && !dated).then(|| Self {
            act: Act {
                date: None,
                title: None,
                ..self.act.clone()
            },
            ..self.clone()
        })
    }
}

/// «`СанПиН` 2.4.3648-20» is said of the rules «СП 2.4.3648-20», and the other way round: the figures are theirs alone.
fn sanitary_rules(act: &Act) -> Vec<Act> {
    const MARKS: [&str; 3] = ["СанПиН", "СП", "ГН"];
    let mut meant = vec![act.clone()];
    let figures = act.number.as_deref().and_then(|number| {
        let figures = number.find(|c: char| c.is_ascii_digit())?;
        number.get(figures..)
    });
    meant.extend(figures.into_iter().flat_map(|figures| {
        MARKS.map(|mark| Act {
            number: Some(format!("{mark} {figures}")),
            date: None,
            ..act.clone()
        })
    }));
    meant
}

/// A person who is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedPerson {
    /// The name as typed.
    pub words: String,
    /// The name.
    pub name: PersonName,
    /// One word was typed: a surname or a given name.
    pub one_word: bool,
    /// The role, if one is asked for.
    pub role: Option<PersonRole>,
}

#[cfg(test)]
mod tests {
    use super::super::{Query, parse};
    use crate::lexicon::register::Register;

    #[test]
    fn a_number_without_its_year_may_be_of_any() {
        for (typed, any) in [
            ("149-ФЗ", true),
            ("ч. 8 ст. 10 149-ФЗ", true),
            ("149-ФЗ от 27.07.2006", false),
            ("закон об информации", false),
        ] {
            let query = parse(typed, false, Register::built_in()).map(|query| query.of_any_year());
            assert_eq!(query.is_ok_and(|query| query.is_some()), any, "{typed}");
        }
    }

    #[test]
    fn a_letter_stands_behind_a_number_with_a_hyphen_or_without() {
        for (number, other) in [
            ("785н", Some("785-н")),
            ("29-н", Some("29н")),
            ("12-од", None),
            ("н", None),
            ("5--н", None),
        ] {
            assert_eq!(super::of_other_form(number).as_deref(), other, "{number}");
        }
    }

    #[test]
    fn sanitary_rules_are_meant_under_either_name() {
        for (typed, number) in [
            ("СанПиН 2.4.3648-20", "СП 2.4.3648-20"),
            ("сп 2.3/2.4.3590-20", "СанПиН 2.3/2.4.3590-20"),
        ] {
            let Ok(Query::Act(asked)) = parse(typed, false, Register::built_in()) else {
                panic!("{typed} is an act");
            };
            let meant = asked.may_mean();
            assert!(
                meant
                    .iter()
                    .any(|act| act.number.as_deref() == Some(number)),
                "{typed}: {meant:?}"
            );
        }
    }
}
