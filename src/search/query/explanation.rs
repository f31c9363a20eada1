//! What was understood of a query, for people: «закон: 149-ФЗ, ст. 10 ч. 8 · слово: мессенджер».
//!
//! In: a query. Out: a line in Russian. Must never: leave a part of the query out.

use jiff::civil::Date;

use super::{AskedAct, AskedPerson, Query};
use crate::index::{act_name, tokens_of};
use crate::lexicon::morphology::lemmas;
use crate::order::PersonRole;
use crate::parse::pinpoints;

/// The line that says how a query was understood.
#[must_use]
pub fn interpretation(query: &Query) -> String {
    let joined = |parts: &[Query], between: &str| {
        let parts: Vec<String> = parts.iter().map(interpretation).collect();
        parts.join(between)
    };
    match query {
        Query::Word(word) => format!("слово: {}", lemmas_shown(word)),
        Query::Phrase(words) => format!("точно: «{words}»"),
        Query::Prefix(word) => format!("начинается с: {word}"),
        Query::Act(asked) => act(asked),
        Query::Person(asked) => person(asked),
        Query::Number(number) => format!("номер: {number}"),
        Query::Period(first, last) => period(*first, *last),
        Query::Kind(kind) => format!("вид: {}", kind.name()),
        Query::Issuer(words) => format!("учреждение: {words}"),
        Query::File(words) => format!("файл: {words}"),
        Query::Finding(code) => format!("находка: {code}"),
        Query::Related(relation, direction) => {
            format!("связь: {}", relation.named(*direction).1)
        }
        Query::All(parts) => {
            let says_more = Query::say_more(parts);
            let parts: Vec<String> = parts
                .iter()
                .map(|part| match part {
                    Query::Word(word) if says_more && part.is_function_word() => {
                        format!("слово: {word}, если есть")
                    }
                    part => interpretation(part),
                })
                .collect();
            parts.join(" · ")
        }
        Query::Any(parts) => format!("({})", joined(parts, " или ")),
        Query::Not(part) => format!("кроме ({})", interpretation(part)),
    }
}

fn act(asked: &AskedAct) -> String {
    let name = match (&asked.act.number, &asked.act.title) {
        (None, None) => asked.words.clone(),
        _ => act_name(&asked.act),
    };
    let locators: Vec<String> = asked
        .locators
        .iter()
        .map(|locator| format!(", {}", pinpoints::shown(locator)))
        .collect();
    format!("закон: {name}{}", locators.join(" или"))
}

fn person(asked: &AskedPerson) -> String {
    let AskedPerson { name, role, .. } = asked;
    let role = match role {
        Some(PersonRole::Signatory) => "подписал",
        Some(PersonRole::Acknowledged) => "ознакомлен",
        Some(PersonRole::Assigned) => "поручено",
        _ => "лицо",
    };
    let written_out = match &name.given {
        Some(given) if !asked.one_word => std::iter::once(given)
            .chain(&name.patronymic)
            .map(|name| format!(" {name}"))
            .collect(),
        _ => name
            .initials
            .iter()
            .map(|letter| format!(" {letter}."))
            .collect::<String>(),
    };
    format!("{role}: {}{written_out}", name.surnames.join(" / "))
}

fn period(first: Date, last: Date) -> String {
    match (first, last) {
        _ if first == last => format!("дата: {first}"),
        (Date::MIN, _) => format!("дата: по {last}"),
        (_, Date::MAX) => format!("дата: с {first}"),
        _ => format!("дата: {first}..{last}"),
    }
}

/// The lemmas of a word; several words joined into one are shown as typed.
fn lemmas_shown(word: &str) -> String {
    match tokens_of(word).as_slice() {
        [token] => lemmas(&token.form).join(" / "),
        _ => word.to_owned(),
    }
}
