//! The printed form of a query: every part with its field, so that nothing is left to recognising.
//!
//! In: a query that [`super::parse`] gave. Out: a line that it reads as the same query. Must never:
//! print what is read otherwise.

use std::fmt::{self, Display, Formatter};

use jiff::civil::Date;

use super::Query;
use crate::order::PersonRole;

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => valued(f, "слово", word),
            Self::Prefix(word) => write!(f, "слово:{word}*"),
            Self::Phrase(words) => valued(f, "точно", words),
            Self::Act(asked) => valued(f, "закон", &asked.words),
            Self::Person(asked) => {
                let field = match asked.role {
                    Some(PersonRole::Signatory) => "подписал",
                    Some(PersonRole::Acknowledged) => "ознакомлен",
                    Some(PersonRole::Assigned) => "поручено",
                    _ => "лицо",
                };
                valued(f, field, &asked.words)
            }
            Self::Number(number) => valued(f, "номер", number),
            Self::Period(first, last) => period(f, *first, *last),
            Self::Kind(kind) => valued(f, "вид", kind.name()),
            Self::Issuer(words) => valued(f, "учреждение", words),
            Self::File(words) => valued(f, "файл", words),
            Self::Finding(code) => valued(f, "замечание", code),
            Self::Related(relation, direction) => {
                write!(f, "связь:{}", relation.named(*direction).1)
            }
            Self::All(parts) => joined(f, parts, " ", |part| {
                matches!(part, Self::All(_) | Self::Any(_))
            }),
            Self::Any(parts) => joined(f, parts, " OR ", |part| matches!(part, Self::Any(_))),
            Self::Not(part) if matches!(**part, Self::All(_) | Self::Any(_)) => {
                write!(f, "NOT ({part})")
            }
            Self::Not(part) => write!(f, "NOT {part}"),
        }
    }
}

fn joined(
    f: &mut Formatter<'_>,
    parts: &[Query],
    between: &str,
    needs_brackets: fn(&Query) -> bool,
) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        if needs_brackets(part) {
            write!(f, "({part})")?;
        } else {
            write!(f, "{part}")?;
        }
    }
    Ok(())
}

/// A value of one plain word stands as it is, any other in quotation marks, which no value holds.
fn valued(f: &mut Formatter<'_>, field: &str, value: &str) -> fmt::Result {
    let plain = value
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'));
    if plain {
        write!(f, "{field}:{value}")
    } else {
        write!(f, "{field}:\"{value}\"")
    }
}

fn period(f: &mut Formatter<'_>, first: Date, last: Date) -> fmt::Result {
    match (first, last) {
        _ if first == last => write!(f, "дата:{first}"),
        (Date::MIN, _) => write!(f, "дата:..{last}"),
        (_, Date::MAX) => write!(f, "дата:{first}.."),
        _ => write!(f, "дата:{first}..{last}"),
    }
}
