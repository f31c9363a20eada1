//! The values of an order that are stated with a confidence, and whether a label says that they are right.

use std::collections::BTreeMap;

use prikaz::order::{Clause, Order};
use serde_json::Value;

/// From this confidence on a value is one that nobody needs to look at.
pub(crate) const SURE: u32 = 90;

/// How many values were stated, and how many of them are right.
#[derive(Default, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) stated: u32,
    pub(crate) right: u32,
}

impl Count {
    /// The part that is right, 0..1.
    pub(crate) fn share(self) -> f64 {
        f64::from(self.right) / f64::from(self.stated.max(1))
    }
}

/// Counts by value and confidence, the latter in hundredths.
pub(crate) type Table = BTreeMap<(&'static str, u32), Count>;

/// What is stated with a confidence of [`SURE`] and more.
pub(crate) fn sure(table: &Table) -> Count {
    let sure = table.iter().filter(|((_, percent), _)| *percent >= SURE);
    sure.fold(Count::default(), |sum, (_, count)| Count {
        stated: sum.stated + count.stated,
        right: sum.right + count.right,
    })
}

/// Counts the values of an order, by what its label says of them.
pub(crate) fn count(label: &Value, order: &Order, table: &mut Table) {
    let mut note = |value: &'static str, confidence: f64, right: bool| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a confidence lies between 0 and 1"
        )]
        let percent = (confidence * 100.0).round() as u32;
        let count = table.entry((value, percent)).or_default();
        count.stated += 1;
        count.right += u32::from(right);
    };
    let same =
        |key: &str, value: &str| fold(label[key].as_str().unwrap_or_default()) == fold(value);
    if let Some(field) = &order.kind {
        note("kind", field.confidence, same("kind", field.value.name()));
    }
    if let Some(field) = &order.date {
        note(
            "date",
            field.confidence,
            same("date", &field.value.to_string()),
        );
    }
    let strings = [
        ("number", &order.number),
        ("place", &order.place),
        ("title", &order.title),
        ("issuer", &order.issuer),
    ];
    for (key, field) in strings {
        if let Some(field) = field {
            note(key, field.confidence, same(key, &field.value));
        }
    }
    let labels: Vec<String> = strings_of(&label["clauses"])
        .map(|label| fold(label.trim_end_matches('.')))
        .collect();
    let mut waiting: Vec<&Clause> = order.clauses.iter().rev().collect();
    while let Some(clause) = waiting.pop() {
        if let Some(shown) = &clause.label {
            let right = labels.contains(&fold(shown.trim_end_matches('.')));
            note("clause", clause.confidence, right);
        }
        waiting.extend(clause.children.iter().rev());
    }
    let signing: Vec<String> = label["signatories"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|person| fold(person["surname"].as_str().unwrap_or_default()))
        .collect();
    for signatory in &order.signatories {
        let surname = fold(&order.people[signatory.person].surname);
        note(
            "signatory",
            signatory.confidence,
            signing.contains(&surname),
        );
    }
    let cited: Vec<&Value> = label["references"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    for reference in &order.references {
        if reference.place.starts_with("appendix") {
            continue;
        }
        let act = &reference.act;
        let right = cited.iter().any(|label| {
            let target = label["resolves_to"]
                .as_u64()
                .and_then(|index| cited.get(usize::try_from(index).ok()?))
                .copied()
                .unwrap_or(label);
            match target["number"].as_str() {
                Some(number) => act
                    .number
                    .as_deref()
                    .is_some_and(|own| fold(own) == fold(number)),
                None => target["type"] == act.kind.name(),
            }
        });
        note("reference", reference.confidence, right);
    }
}

fn strings_of(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// Lower case, «е» for «ё», no white space, quotation marks or full stops.
fn fold(value: &str) -> String {
    value
        .to_lowercase()
        .replace('ё', "е")
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '«' | '»' | '"' | '“' | '”' | '„' | '.'))
        .collect()
}
