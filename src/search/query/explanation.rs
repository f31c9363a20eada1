//! What was understood of a query, for people: «закон: 149-ФЗ, ст. 10 ч. 8 · слово: мессенджер».
//!
//! In: a query. Out: a line in Russian, with words and names as typed. Must never: leave a part of the query out, or
//! show a form of a word that nobody typed.

use jiff::civil::Date;

use super::beside::{in_either_form, with_either_sign};
use super::{AskedAct, AskedPerson, Query};
use crate::lexicon::register::Register;
use crate::order::{Act, ActType, PersonRole};
use crate::parse::pinpoints;

/// The line that says how a query was understood.
#[must_use]
pub fn interpretation(query: &Query) -> String {
    match query {
        Query::Word(word) => format!("слово: {}", spaced(word)),
        Query::Phrase(words) => format!("точно: «{words}»"),
        Query::Prefix(word) => format!("начинается с: {word}"),
        Query::Act(asked) => act(asked),
        Query::Person(asked) => person(asked),
        Query::Number(number) => format!("номер: {number}"),
        Query::Period(first, last) => period(*first, *last),
        Query::Kind(kind) => format!("вид: {}", kind.name()),
        Query::Issuer(words) => format!("учреждение: {words}"),
        Query::File(words) => format!("файл: {words}"),
        Query::Finding(code) => format!("замечание: {code}"),
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
        Query::Any(parts) => {
            // «школа № 5» is looked for with either sign of numbers, «ст. 81» in full as well; each is shown once.
            let shown: Vec<String> = parts
                .iter()
                .filter(|part| {
                    !matches!(part, Query::Word(word)
                        if is_with_latin_sign(word, parts) || is_a_unit_in_full(word, parts))
                })
                .map(interpretation)
                .collect();
            match &shown[..] {
                [alone] => alone.clone(),
                several => format!("({})", several.join(" или ")),
            }
        }
        Query::Not(part) => format!("кроме ({})", interpretation(part)),
    }
}

/// «ст.81» as it is written: «ст. 81».
fn spaced(word: &str) -> String {
    match word.split_once('.') {
        Some((unit, number)) if in_either_form(unit, number).is_some() => {
            format!("{unit}. {number}")
        }
        _ => word.to_owned(),
    }
}

/// Whether the same provision stands among the parts with its unit shortened.
fn is_a_unit_in_full(word: &str, parts: &[Query]) -> bool {
    word.split_once('.')
        .and_then(|(unit, number)| in_either_form(unit, number))
        .is_some_and(|forms| forms[1] == Query::Word(word.to_owned()) && parts.contains(&forms[0]))
}

/// Whether the same word stands among the parts with «№» for «N».
fn is_with_latin_sign(word: &str, parts: &[Query]) -> bool {
    word.contains("-N-")
        && parts.iter().any(|part| {
            matches!(part, Query::Word(signed) if signed.contains('№') && with_either_sign(signed)[1] == Query::Word(word.to_owned()))
        })
}

fn act(asked: &AskedAct) -> String {
    let act = &asked.act;
    let name = match (&act.number, &act.title) {
        (None, None) => asked.words.clone(),
        (None, Some(title)) => format!("«{title}»"),
        (Some(number), _) => numbered(act, number),
    };
    let date = match (act.date, &act.number) {
        (Some(date), _) => format!(" от {date}"),
        (None, Some(number)) => days_of_laws(act.kind, number).join(" или"),
        (None, None) => String::new(),
    };
    let field = match act.kind {
        ActType::GovernmentResolution
        | ActType::GovernmentOrder
        | ActType::PresidentialDecree
        | ActType::AgencyOrder
        | ActType::LocalAct
        | ActType::Letter => "акт",
        _ => "закон",
    };
    let locators: Vec<String> = asked.locators.iter().map(pinpoints::shown).collect();
    let between = if locators.is_empty() { "" } else { ", " };
    format!("{field}: {name}{date}{between}{}", locators.join(" или "))
}

/// The number of an act with what says whose it is: «273-ФЗ», «постановление Правительства РФ № 1119».
fn numbered(act: &Act, number: &str) -> String {
    let figures = number.bytes().all(|b| b.is_ascii_digit());
    let by = |kind: &str| match &act.issuer {
        Some(issuer) => {
            let mut letters = issuer.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            let issuer: String = first.chain(letters).collect();
            format!("{kind}{issuer} № {number}")
        }
        None => format!("№ {number}"),
    };
    match act.kind {
        ActType::FederalLaw if figures => format!("{number}-ФЗ"),
        ActType::GovernmentResolution => format!("постановление Правительства РФ № {number}"),
        ActType::GovernmentOrder => format!("распоряжение Правительства РФ № {number}"),
        ActType::PresidentialDecree => format!("указ Президента РФ № {number}"),
        ActType::AgencyOrder => by("приказ "),
        ActType::Letter => by("письмо "),
        ActType::LocalAct | ActType::Other => by(""),
        _ => number.to_owned(),
    }
}

/// «273-ФЗ» without a day stands for several laws: the days of those that are known.
fn days_of_laws(kind: ActType, number: &str) -> Vec<String> {
    let figures = |number: &str| number.split('-').next().unwrap_or_default().to_owned();
    let days: Vec<String> = Register::built_in()
        .acts()
        .iter()
        .filter(|act| kind == ActType::FederalLaw && act.kind == kind)
        .filter(|act| act.number.as_deref().map(figures) == Some(figures(number)))
        .filter_map(|act| act.date)
        .map(|date| format!(" от {date}"))
        .collect();
    if days.len() > 1 { days } else { Vec::new() }
}

fn person(asked: &AskedPerson) -> String {
    let role = match asked.role {
        Some(PersonRole::Signatory) => "подписал",
        Some(PersonRole::Acknowledged) => "ознакомлен",
        Some(PersonRole::Assigned) => "поручено",
        _ => "лицо",
    };
    format!("{role}: {}", asked.words)
}

fn period(first: Date, last: Date) -> String {
    match (first, last) {
        _ if first == last => format!("дата: {first}"),
        (Date::MIN, _) => format!("дата: по {last}"),
        (_, Date::MAX) => format!("дата: с {first}"),
        _ => format!("дата: {first}..{last}"),
    }
}
