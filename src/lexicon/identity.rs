//! The stable key of an act: the same act has the same id, whatever the spelling; two acts never
//! share one.
//!
//! In: an act. Out: `ru/federal_law/2006-07-27/149-фз`. A missing part is `-`. Must never: depend on
//! anything but the act's own attributes.

use std::borrow::Cow;

use super::bodies;
use super::fold::{fold_number, fold_title};
use crate::order::{Act, ActType};

/// The id of an act.
///
/// `ru/TYPE/[ISSUER/]DATE/NUMBER`. The issuer is part of the id where bodies share numbers: orders of
/// agencies, local acts, laws of regions without their mark, and letters with a plain number. An act
/// without number and date is known by its title.
#[must_use]
pub fn act_id(act: &Act) -> String {
    let named: Cow<'_, str> = match (&act.number, &act.title) {
        (Some(number), _) => number_part(act.kind, number).into(),
        (None, Some(title)) => fold_title(title).replace(' ', "-").into(),
        (None, None) => "-".into(),
    };
    let issuer = needs_issuer(act).then(|| {
        let issuer = act.issuer.as_deref().map(bodies::slug);
        issuer.filter(|slug| !slug.is_empty())
    });
    let date = act.date.map(|day| day.to_string());
    let mut id = String::with_capacity("ru/government_resolution/2006-07-27/".len() + named.len());
    for part in ["ru/", act.kind.name(), "/"] {
        id.push_str(part);
    }
    if let Some(issuer) = issuer {
        id.push_str(issuer.as_deref().map_or("-", String::as_str));
        id.push('/');
    }
    for part in [date.as_deref().unwrap_or("-"), "/", &named] {
        id.push_str(part);
    }
    id
}

/// A federal law's number carries its mark, also where the citation leaves it out: «№ 426».
pub(crate) fn number_part(kind: ActType, number: &str) -> String {
    let folded = fold_number(number);
    let plain = folded.chars().all(|c| c.is_ascii_digit());
    match kind {
        ActType::FederalLaw if plain => format!("{folded}-фз"),
        ActType::FederalConstitutionalLaw if plain => format!("{folded}-фкз"),
        _ => folded,
    }
}

fn needs_issuer(act: &Act) -> bool {
    let number = act.number.as_deref().unwrap_or_default();
    match act.kind {
        ActType::AgencyOrder | ActType::LocalAct | ActType::Other => true,
        ActType::GovernmentResolution | ActType::GovernmentOrder | ActType::PresidentialDecree => {
            act.issuer.as_deref().is_some_and(|issuer| {
                !matches!(bodies::slug(issuer).as_str(), "правительство" | "президент")
            })
        }
        ActType::Letter => !is_index(number),
        ActType::Law => act.issuer.is_some(),
        _ => false,
    }
}

/// Whether a number is an index that one body alone can have given («21-023/178-24», «СК-295/06»),
/// not a running number («115»).
fn is_index(number: &str) -> bool {
    number
        .split(['-', '/'])
        .filter(|part| part.chars().any(|c| c.is_ascii_digit()))
        .count()
        >= 2
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::order::Day;

    fn act(kind: ActType, number: &str, issuer: Option<&str>) -> Act {
        Act {
            kind,
            number: Some(number.to_owned()),
            date: Some(Day(date(2021, 3, 22))),
            issuer: issuer.map(str::to_owned),
            title: None,
            id: String::new(),
        }
    }

    #[test]
    fn every_spelling_of_an_act_has_one_id() {
        let id = "ru/federal_law/2021-03-22/149-фз";
        for number in ["149-ФЗ", "149 – ФЗ", "149-Ф3", "149"] {
            assert_eq!(
                act_id(&act(ActType::FederalLaw, number, None)),
                id,
                "{number}"
            );
        }
        let id = "ru/agency_order/минпросвещения/2021-03-22/115";
        for issuer in ["Минпросвещения России", "Министерство просвещения РФ"]
        {
            assert_eq!(
                act_id(&act(ActType::AgencyOrder, "115", Some(issuer))),
                id,
                "{issuer}"
            );
        }
    }

    #[test]
    fn two_acts_never_share_an_id() {
        assert_ne!(
            act_id(&act(ActType::AgencyOrder, "115", Some("Минздрав России"))),
            act_id(&act(ActType::AgencyOrder, "115", Some("Минфин России")))
        );
        assert_ne!(
            act_id(&act(ActType::Letter, "115", Some("Минздрав"))),
            act_id(&act(ActType::Letter, "115", Some("Минфин")))
        );
    }

    #[test]
    fn a_letter_with_an_index_is_one_letter_whoever_is_named() {
        assert_eq!(
            act_id(&act(
                ActType::Letter,
                "21-023/178-24",
                Some("Минпросвещения России")
            )),
            act_id(&act(
                ActType::Letter,
                "21-023/178-24",
                Some("Министерство образования Нагорного края")
            ))
        );
    }
}
