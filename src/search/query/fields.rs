//! The fields of a query: their names in both languages, and what their values mean.
//!
//! In: the name or the value of a field. Out: the field, or the part of the query that the value asks
//! for. Must never: take a value for another one than was typed.

use jiff::civil::Date;

use super::people::asked_person;
use super::understanding::{asked_act, is_a_word};
use super::{AskedPerson, Query, QueryError, error};
use crate::index::{Direction, Relation, tokens_of};
use crate::lexicon::morphology::{fold, lemmas};
use crate::lexicon::register::Register;
use crate::order::{Kind, PersonRole};
use crate::parse::query::{Meaning, recognise, years_or_month};
use crate::text::Span;

/// A field of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Word,
    Phrase,
    Law,
    Number,
    Date,
    Person(Option<PersonRole>),
    Issuer,
    Kind,
    File,
    Finding,
    Related,
}

/// The names of fields, for people.
pub(super) const FIELD_NAMES: &str = "слово, точно, закон, номер, дата, год, лицо, подписал, ознакомлен, поручено, учреждение, вид, файл, замечание, связь (word, exact, law, number, date, year, person, signed, acknowledged, assigned, issuer, kind, file, finding, relation)";

impl Field {
    /// The field of this name, in either language and any case.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "слово" | "word" => Self::Word,
            "точно" | "exact" => Self::Phrase,
            "закон" | "акт" | "law" => Self::Law,
            "номер" | "number" => Self::Number,
            "дата" | "date" | "год" | "year" => Self::Date,
            "лицо" | "фамилия" | "фио" | "сотрудник" | "работник" | "person" => {
                Self::Person(None)
            }
            "подписал" | "подписала" | "подпись" | "signed" => {
                Self::Person(Some(PersonRole::Signatory))
            }
            "ознакомлен" | "ознакомлена" | "acknowledged" => {
                Self::Person(Some(PersonRole::Acknowledged))
            }
            "поручено" | "assigned" => Self::Person(Some(PersonRole::Assigned)),
            "учреждение" | "issuer" => Self::Issuer,
            "вид" | "kind" => Self::Kind,
            "файл" | "file" => Self::File,
            "замечание" | "находка" | "finding" => Self::Finding,
            "связь" | "relation" => Self::Related,
            _ => return None,
        })
    }

    /// How much of a run of words behind the field's name is its value: an act, a name or a period has
    /// several words, everything else one. `run` starts with the value.
    pub(super) fn reach(self, run: &str, register: &Register) -> Option<usize> {
        let wanted = |meaning: &Meaning| match self {
            Self::Law => matches!(meaning, Meaning::Act(_)),
            Self::Person(_) => matches!(meaning, Meaning::Person(_)),
            Self::Date => matches!(meaning, Meaning::Period(..)),
            _ => false,
        };
        if !matches!(self, Self::Law | Self::Person(_) | Self::Date) {
            return None;
        }
        recognise(run, register)
            .into_iter()
            .next()
            .filter(|part| part.span.start == 0 && wanted(&part.meaning))
            .map(|part| part.span.end)
    }
}

/// The part of a query that a field's value asks for. `span`: the bytes of the value.
pub(super) fn valued(
    field: Field,
    value: &str,
    span: Span,
    register: &Register,
) -> Result<Query, QueryError> {
    let has_a_place = |star: usize| match field {
        Field::Word => star + 1 == value.len(),
        // The title of a document may have one: «Правила 149-ФЗ «*»».
        Field::Law => field.reach(value, register) == Some(value.len()),
        _ => false,
    };
    if let Some(star) = value.find('*').filter(|&star| !has_a_place(star)) {
        return Err(error(
            Span::new(span.start + star, span.start + star + 1),
            "звёздочка здесь ничего не значит",
            "уберите её; звёздочкой кончается начало слова, как в мессенджер*",
        ));
    }
    let value = match field {
        Field::Number => value.trim_start_matches(['№', 'N', ' ']).trim_end(),
        _ => value,
    };
    let wrong = |what: &str, remedy: &str| Err(error(span, format!("«{value}» — {what}"), remedy));
    if tokens_of(value).is_empty() {
        return wrong("не слово", "напишите после двоеточия слово или номер");
    }
    match field {
        Field::Word => match value.strip_suffix('*') {
            Some(beginning) if tokens_of(beginning).len() == 1 && is_a_word(beginning) => {
                Ok(Query::Prefix(beginning.to_owned()))
            }
            None if is_a_word(value) => Ok(Query::Word(value.to_owned())),
            _ => wrong(
                "не одно слово",
                "напишите одно слово; для нескольких есть поле точно:",
            ),
        },
        Field::Phrase => Ok(Query::Phrase(value.to_owned())),
        Field::Issuer => Ok(Query::Issuer(value.to_owned())),
        Field::File => Ok(Query::File(value.to_owned())),
        Field::Finding => {
            let is_code = value
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            if is_code {
                Ok(Query::Finding(value.to_owned()))
            } else {
                wrong(
                    "не код замечания",
                    "напишите код или его начало, как в замечание:date-missing или замечание:reference",
                )
            }
        }
        Field::Number => Ok(Query::Number(value.to_owned())),
        Field::Kind => match kind_of(value) {
            Some(kind) => Ok(Query::Kind(kind)),
            None => wrong(
                "не вид документа",
                "есть виды: приказ, распоряжение, постановление, решение, указ",
            ),
        },
        Field::Related => match relation(value) {
            Some((relation, direction)) => Ok(Query::Related(relation, direction)),
            None => wrong(
                "не связь приказов",
                "есть связи: отменяет, отменён, изменяет, изменён, исполняет, исполняется",
            ),
        },
        Field::Date => match period(value).or_else(|| period_in_words(value, register)) {
            Some((first, last)) => Ok(Query::Period(first, last)),
            None => wrong(
                "не день и не период",
                "напишите 2024, 2024-02, 05.02.2024, 2024-02-05, 2024-01..2024-03 или февраль 2024",
            ),
        },
        Field::Law => match asked_act(value, register) {
            Some(act) => Ok(Query::Act(Box::new(act))),
            None => wrong(
                "не известный акт",
                "напишите номер с обозначением, как 149-ФЗ, или вид и номер в кавычках",
            ),
        },
        Field::Person(role) => match asked_person(value, register) {
            Some(person) => Ok(Query::Person(Box::new(AskedPerson { role, ..person }))),
            None => wrong("не имя", "напишите фамилию или полное имя в кавычках"),
        },
    }
}

/// The kind of order that a word names in any form.
pub(super) fn kind_of(word: &str) -> Option<Kind> {
    const KINDS: [Kind; 5] = [
        Kind::Prikaz,
        Kind::Rasporyazhenie,
        Kind::Postanovlenie,
        Kind::Reshenie,
        Kind::Ukaz,
    ];
    let lemmas = lemmas(word);
    KINDS
        .into_iter()
        .find(|kind| lemmas.iter().any(|lemma| lemma == kind.name()))
}

/// A relation by either of its names.
fn relation(value: &str) -> Option<(Relation, Direction)> {
    let folded = fold(value);
    Relation::ALL
        .into_iter()
        .flat_map(|relation| Direction::ALL.map(|direction| (relation, direction)))
        .find(|(relation, direction)| {
            let (english, russian) = relation.named(*direction);
            folded == english || folded == fold(russian)
        })
}

fn period_in_words(value: &str, register: &Register) -> Option<(Date, Date)> {
    let part = recognise(value, register).into_iter().next()?;
    match part.meaning {
        Meaning::Period(first, last) if part.span == Span::new(0, value.len()) => {
            Some((first, last))
        }
        _ => None,
    }
}

/// `2024`, `2024-02`, `2024-02-05`, `05.02.2024`, and two of them joined by `..`.
fn period(value: &str) -> Option<(Date, Date)> {
    if let Some((from, to)) = value.split_once("..") {
        let first = match from {
            "" => Date::MIN,
            from => day_or_longer(from)?.0,
        };
        let last = match to {
            "" => Date::MAX,
            to => day_or_longer(to)?.1,
        };
        return (first <= last && (first, last) != (Date::MIN, Date::MAX)).then_some((first, last));
    }
    day_or_longer(value).or_else(|| {
        let (first, last) = years_or_month(value)?;
        Some((first?, last))
    })
}

fn day_or_longer(value: &str) -> Option<(Date, Date)> {
    let parts: Vec<i16> = value
        .split(['-', '.'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let small = |part: i16| i8::try_from(part).ok();
    match parts[..] {
        [year] if (1000..=9999).contains(&year) => {
            Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
        }
        [year, month] if year > 999 => {
            let first = Date::new(year, small(month)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        [year, month, day] | [day, month, year] if year > 999 => {
            Date::new(year, small(month)?, small(day)?)
                .ok()
                .map(|day| (day, day))
        }
        _ => None,
    }
}
