//! Corrections: values that a person has put right, with who, when and why.
//!
//! In: an id, `field=value` and a reason. Out: a new state of the record, which says which of its values
//! are corrected. A correction is kept apart from the record and applied again whenever the original is
//! parsed again. Must never: change a value without leaving the former one behind.

use std::str::FromStr;

use rusqlite::{Connection, TransactionBehavior, params};
use serde_json::json;

use super::events::{self, Kind as EventKind};
use super::records::{Seal, add_version};
use super::{Archive, ArchiveError};
use crate::order::{Correction, Day, Field, Kind, Order, Record};
use crate::text::Span;

/// Why a correction cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorrectionError {
    /// No `field=value`.
    #[error("«{0}»: между реквизитом и значением нет знака «=»")]
    Form(String),
    /// A field that cannot be corrected, or that there is not.
    #[error("реквизита «{0}» нет")]
    Field(String),
    /// A value that the field cannot have.
    #[error("«{value}» не может быть значением реквизита «{}»", in_russian(field))]
    Value {
        /// The field.
        field: &'static str,
        /// What was given.
        value: String,
    },
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl CorrectionError {
    /// What the user can do.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Form(_) => "напишите, например, номер=06/1",
            Self::Field(_) => "исправить можно вид, учреждение, номер, дату, место и заголовок",
            Self::Value { field: "date", .. } => {
                "напишите дату так: 05.02.2024; если даты в приказе нет, не пишите после знака «=» ничего"
            }
            Self::Value { .. } => "напишите: приказ, распоряжение, постановление, решение или указ",
            Self::Archive(error) => error.remedy(),
        }
    }
}

/// The Russian name of a field that can be corrected.
fn in_russian(field: &str) -> &str {
    FIELDS
        .into_iter()
        .find(|(english, _)| *english == field)
        .map_or(field, |(_, russian)| russian)
}

/// A value that is put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// `kind`, `issuer`, `number`, `date`, `place` or `title`.
    field: &'static str,
    /// The right value; `None` where the order does not have it.
    value: Option<String>,
}

/// The fields, each with its name in Russian, as in a search.
const FIELDS: [(&str, &str); 6] = [
    ("kind", "вид"),
    ("issuer", "учреждение"),
    ("number", "номер"),
    ("date", "дата"),
    ("place", "место"),
    ("title", "заголовок"),
];
const KINDS: [Kind; 5] = [
    Kind::Prikaz,
    Kind::Rasporyazhenie,
    Kind::Postanovlenie,
    Kind::Reshenie,
    Kind::Ukaz,
];

impl FromStr for Amendment {
    type Err = CorrectionError;

    /// Reads `number=06/1` or `номер=06/1`; `number=` says that the order has none. A day is kept as 2024-02-05,
    /// however it was written.
    fn from_str(typed: &str) -> Result<Self, CorrectionError> {
        let (field, value) = typed
            .split_once('=')
            .ok_or_else(|| CorrectionError::Form(typed.to_owned()))?;
        let named = field.trim().to_lowercase();
        let (field, _) = FIELDS
            .into_iter()
            .find(|(english, russian)| named == *english || named == *russian)
            .ok_or_else(|| CorrectionError::Field(field.trim().to_owned()))?;
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let kept = match field {
            _ if value.is_empty() => None,
            "date" => day(&value).map(|day| day.to_string()),
            "kind" => kind(&value).map(|kind| kind.name().to_owned()),
            _ => Some(value.clone()),
        };
        if kept.is_none() && !value.is_empty() {
            return Err(CorrectionError::Value { field, value });
        }
        Ok(Self { field, value: kept })
    }
}

/// A day as 2024-02-05 or as 05.02.2024, «г.» behind it or not.
fn day(value: &str) -> Option<Day> {
    let value = value.trim_end_matches(['г', '.', ' ']);
    let day = value
        .parse()
        .or_else(|_| jiff::civil::Date::strptime("%d.%m.%Y", value));
    day.ok().map(Day)
}

fn kind(value: &str) -> Option<Kind> {
    KINDS.into_iter().find(|kind| kind.name() == value)
}

/// A corrected value: certain, and where it is printed, if it is printed as given. Otherwise its span is
/// empty and nothing stands under it.
fn corrected<T>(value: T, printed: &str, text: &str) -> Field<T> {
    let found = text.find(printed).filter(|_| !printed.is_empty());
    let (raw, span) = found.map_or_else(
        || (String::new(), Span::default()),
        |at| {
            let start = text.get(..at).map_or(0, |before| before.chars().count());
            let end = start + printed.chars().count();
            (printed.to_owned(), Span::new(start, end))
        },
    );
    Field {
        value,
        raw,
        span,
        confidence: 1.0,
    }
}

/// Puts corrections into a record that was just parsed: the values, what they replaced, and without the
/// findings that were about the replaced values.
pub(crate) fn apply(order: &mut Order, corrections: &[Correction]) {
    for correction in corrections {
        let mut correction = correction.clone();
        let shown = |field: &Option<Field<String>>| field.as_ref().map(|field| field.value.clone());
        let value = correction.value.as_deref();
        let text = &order.text;
        let words = value.map(|value| corrected(value.to_owned(), value, text));
        let former = match correction.field.as_str() {
            "kind" => {
                let new = value.and_then(kind);
                let new = new.map(|kind| corrected(kind, kind.name(), text));
                let former = std::mem::replace(&mut order.kind, new);
                former.map(|field| field.value.name().to_owned())
            }
            "date" => {
                let new = value.and_then(day).map(|day| corrected(day, "", text));
                let former = std::mem::replace(&mut order.date, new);
                former.map(|field| field.value.to_string())
            }
            "issuer" => shown(&std::mem::replace(&mut order.issuer, words)),
            "number" => shown(&std::mem::replace(&mut order.number, words)),
            "place" => shown(&std::mem::replace(&mut order.place, words)),
            "title" => shown(&std::mem::replace(&mut order.title, words)),
            _ => continue,
        };
        correction.former = former;
        // The codes of findings begin with the field that they are about.
        let about = format!("{}-", correction.field);
        order
            .findings
            .retain(|finding| !finding.code.starts_with(&about));
        order.corrections.push(correction);
    }
}

/// The corrections of a record that count: the latest of each field, ordered by field.
pub(super) fn corrections(
    connection: &Connection,
    id: &str,
) -> Result<Vec<Correction>, ArchiveError> {
    let mut statement = connection.prepare_cached(
        "SELECT field, value, at, actor, why FROM correction WHERE record = ?1
         AND number IN (SELECT max(number) FROM correction WHERE record = ?1 GROUP BY field) ORDER BY field",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok(Correction {
            field: row.get(0)?,
            value: row.get(1)?,
            former: None,
            at: row.get(2)?,
            by: row.get(3)?,
            why: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Archive {
    /// The corrections of a record, the latest of each field.
    pub fn corrections(&self, id: &str) -> Result<Vec<Correction>, ArchiveError> {
        corrections(&self.connection, id)
    }

    /// Corrects values of a record. `parsed` is the record as the parser reads it today, without
    /// corrections. Gives the record as it is now.
    pub fn correct(
        &mut self,
        mut parsed: Record,
        amendments: &[Amendment],
        actor: &str,
        why: &str,
    ) -> Result<Order, ArchiveError> {
        let id = parsed.order.id.clone();
        if !self.has(&id)? {
            return Err(ArchiveError::NoRecord(id));
        }
        let former = self.record(&id)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let event: i64 = transaction.query_row(
            "SELECT coalesce(max(number), 0) + 1 FROM event",
            [],
            |row| row.get(0),
        )?;
        // The event must be there before the rows that refer to it, and after the state that it
        // seals; the reference is checked when the transaction ends.
        transaction.pragma_update(None, "defer_foreign_keys", true)?;
        let at = jiff::Timestamp::now().to_string();
        for amendment in amendments {
            transaction.execute(
                "INSERT INTO correction (record, event, field, value, at, actor, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![id, event, amendment.field, amendment.value, at, actor, why],
            )?;
        }
        apply(&mut parsed.order, &corrections(&transaction, &id)?);
        let mut seal = Seal::default();
        add_version(&transaction, &parsed, &mut seal)?;
        let value_in = |order: &Order, field: &str| {
            serde_json::to_value(order)
                .ok()
                .and_then(|order| order.get(field)?.get("value").cloned())
        };
        let values: Vec<_> = amendments
            .iter()
            .map(|amendment| {
                json!({
                    "field": amendment.field,
                    "value": amendment.value,
                    "former": former.as_ref().and_then(|order| value_in(order, amendment.field)),
                })
            })
            .collect();
        let mut detail = json!({ "record": id, "values": values, "why": why });
        seal.close(&mut detail);
        events::append(&transaction, actor, EventKind::Correction, &detail)?;
        transaction.commit()?;
        Ok(parsed.order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_checked() {
        for (typed, expected) in [
            ("number=06/1", Some(("number", Some("06/1")))),
            ("title= О  графике ", Some(("title", Some("О графике")))),
            ("date=2024-02-05", Some(("date", Some("2024-02-05")))),
            ("number=", Some(("number", None))),
            ("kind=приказ", Some(("kind", Some("приказ")))),
            ("kind=письмо", None),
            ("date=05.02.2024", Some(("date", Some("2024-02-05")))),
            ("дата=5.02.2024 г.", Some(("date", Some("2024-02-05")))),
            ("Заголовок=О графике", Some(("title", Some("О графике")))),
            ("date=2024-02-30", None),
            ("дата=31.02.2024", None),
            ("people=Иванов", None),
            ("number", None),
        ] {
            let read = typed.parse::<Amendment>().ok();
            let read = read.as_ref().map(|a| (a.field, a.value.as_deref()));
            assert_eq!(read, expected, "{typed}");
        }
    }
}
