//! The query language: words, phrases, prefixes, exclusions, groups, fields, and what is recognised in
//! free text.
//!
//! In: what a person typed. Out: a [`Query`], or an error that names the word and the remedy. Must
//! never: drop a word silently.

use jiff::civil::Date;

use crate::index::tokens_of;
use crate::lexicon::register::Register;
use crate::order::{ActType, PersonRole, Reference};
use crate::parse::query::{Meaning, PersonName, recognise};
use crate::text::Span;

/// A query.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// A word in any inflection.
    Word(String),
    /// Words in this very form and order.
    Phrase(String),
    /// Words that begin so.
    Prefix(String),
    /// An act, with pinpoints or without.
    Act(Box<Reference>),
    /// A person, in a role if one is asked for. `word`: also the plain word, for a surname alone.
    Person {
        /// The name.
        name: PersonName,
        /// The role.
        role: Option<PersonRole>,
        /// The word as typed, if the query is that word.
        word: Option<String>,
    },
    /// The number of an order.
    Number(String),
    /// Orders of these days.
    Period(Date, Date),
    /// The kind of order.
    Kind(String),
    /// Words of the issuer.
    Issuer(String),
    /// Words of the file's path.
    File(String),
    /// The code of a finding, or its beginning.
    Finding(String),
    /// All of them.
    All(Vec<Query>),
    /// One of them.
    Any(Vec<Query>),
    /// What must not be.
    Not(Box<Query>),
}

/// Why a query cannot be honoured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong, with the word.
    pub message: String,
    /// What to type instead.
    pub remedy: String,
    /// UTF-8 bytes of the query.
    pub span: Span,
}

/// A query's lexical unit.
#[derive(Debug, Clone, PartialEq)]
enum Unit {
    Open,
    Close,
    Or,
    And,
    Not,
    Phrase(String),
    /// A name before a colon.
    Field(Field),
    Word(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Law,
    Number,
    Date,
    Person(Option<PersonRole>),
    Issuer,
    Kind,
    File,
    Finding,
}

/// Brackets nest at most so deep.
const MAX_DEPTH: usize = 32;
/// A query is a line that a person typed.
const MAX_QUERY_BYTES: usize = 8_192;

/// Parses a query. `plain`: every word is only a word, nothing is recognised.
pub fn parse(typed: &str, plain: bool) -> Result<Query, QueryError> {
    if typed.len() > MAX_QUERY_BYTES {
        return Err(error(
            Span::new(0, 0),
            "the query is too long",
            "shorten it",
        ));
    }
    let line: String = typed
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let units = if plain {
        words_alone(&line)
    } else {
        units(&line)?
    };
    let mut parser = Parser {
        line: &line,
        units: &units,
        at: 0,
        depth: 0,
        plain,
    };
    let query = parser.any()?;
    match parser.units.get(parser.at) {
        None => {}
        Some((_, span)) => {
            return Err(error(
                *span,
                "a closing bracket without an opening one",
                "remove it",
            ));
        }
    }
    let Some(query) = query else {
        return Err(error(
            Span::new(0, line.len()),
            "the query is empty",
            "type a word, a law, a name or a number",
        ));
    };
    if only_excludes(&query) {
        return Err(error(
            Span::new(0, line.len()),
            "the query only says what must not be found",
            "add a word that must be found",
        ));
    }
    Ok(query)
}

fn error(span: Span, message: impl Into<String>, remedy: impl Into<String>) -> QueryError {
    QueryError {
        message: message.into(),
        remedy: remedy.into(),
        span,
    }
}

fn only_excludes(query: &Query) -> bool {
    match query {
        Query::Not(_) => true,
        Query::All(parts) => parts.iter().all(only_excludes),
        Query::Any(parts) => parts.iter().any(only_excludes),
        _ => false,
    }
}

fn words_alone(line: &str) -> Vec<(Unit, Span)> {
    tokens_of(line)
        .into_iter()
        .map(|token| {
            (
                Unit::Word(line[token.start..token.end].to_owned()),
                Span::new(token.start, token.end),
            )
        })
        .collect()
}

/// Cuts a line into words, phrases, brackets, operators and field names.
fn units(line: &str) -> Result<Vec<(Unit, Span)>, QueryError> {
    let cited = titles_in_quotes(line);
    let mut units = Vec::new();
    let mut at = 0;
    while let Some(character) = line[at..].chars().next() {
        let start = at;
        if let Some(act) = cited.iter().find(|act| act.start == start) {
            at = act.end;
            units.push((Unit::Word(act.of(line).to_owned()), *act));
            continue;
        }
        at += character.len_utf8();
        let unit = match character {
            ' ' => continue,
            '(' => Unit::Open,
            ')' => Unit::Close,
            '"' => {
                let Some(length) = line[at..].find('"') else {
                    return Err(error(
                        Span::new(start, line.len()),
                        "a quotation mark is not closed",
                        "close the phrase with \" or remove the mark",
                    ));
                };
                let words = line[at..at + length].to_owned();
                at += length + 1;
                Unit::Phrase(words)
            }
            '-' if line[at..]
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '('))
                && (start == 0 || line[..start].ends_with([' ', '('])) =>
            {
                Unit::Not
            }
            _ => {
                let length = line[start..]
                    .find([' ', '(', ')', '"'])
                    .unwrap_or(line.len() - start);
                at = start + length;
                let word = &line[start..at];
                match word {
                    "OR" | "ИЛИ" => Unit::Or,
                    "AND" | "И" => Unit::And,
                    "NOT" | "НЕ" => Unit::Not,
                    _ => match word.split_once(':') {
                        Some((name, _))
                            if !name.is_empty() && name.chars().all(char::is_alphabetic) =>
                        {
                            let Some(field) = field(name) else {
                                return Err(error(
                                    Span::new(start, start + name.len()),
                                    format!("there is no field «{name}»"),
                                    format!("use one of: {FIELD_NAMES}"),
                                ));
                            };
                            at = start + name.len() + 1;
                            Unit::Field(field)
                        }
                        _ => Unit::Word(word.to_owned()),
                    },
                }
            }
        };
        units.push((unit, Span::new(start, at)));
    }
    Ok(units)
}

/// Acts named with a title in straight quotation marks, which is no phrase then: закон "Об образовании".
fn titles_in_quotes(line: &str) -> Vec<Span> {
    if !line.contains('"') {
        return Vec::new();
    }
    recognise(line, Register::built_in())
        .into_iter()
        .filter(|part| matches!(part.meaning, Meaning::Act(_)))
        .map(|part| part.span)
        .filter(|span| {
            let marks = span.of(line).matches('"').count();
            marks > 0 && marks % 2 == 0
        })
        .collect()
}

/// The names of fields, for people.
const FIELD_NAMES: &str = "закон, номер, дата, год, лицо, подписал, ознакомлен, поручено, учреждение, вид, файл, находка (law, number, date, year, person, signed, acknowledged, assigned, issuer, kind, file, finding)";

fn field(name: &str) -> Option<Field> {
    Some(match name.to_lowercase().as_str() {
        "закон" | "акт" | "law" => Field::Law,
        "номер" | "number" => Field::Number,
        "дата" | "date" | "год" | "year" => Field::Date,
        "лицо" | "person" => Field::Person(None),
        "подписал" | "подписала" | "signed" => {
            Field::Person(Some(PersonRole::Signatory))
        }
        "ознакомлен" | "ознакомлена" | "acknowledged" => {
            Field::Person(Some(PersonRole::Acknowledged))
        }
        "поручено" | "assigned" => Field::Person(Some(PersonRole::Assigned)),
        "учреждение" | "issuer" => Field::Issuer,
        "вид" | "kind" => Field::Kind,
        "файл" | "file" => Field::File,
        "находка" | "finding" => Field::Finding,
        _ => return None,
    })
}

struct Parser<'a> {
    line: &'a str,
    units: &'a [(Unit, Span)],
    at: usize,
    depth: usize,
    plain: bool,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Option<Query>, QueryError> {
        let mut parts = Vec::new();
        loop {
            let part = self.all()?;
            let Some((Unit::Or, span)) = self.units.get(self.at).cloned() else {
                parts.extend(part);
                break;
            };
            let Some(part) = part else {
                return Err(error(span, "OR needs something before it", "write: а OR б"));
            };
            parts.push(part);
            self.at += 1;
            if matches!(self.units.get(self.at), None | Some((Unit::Close, _))) {
                return Err(error(span, "OR needs something behind it", "write: а OR б"));
            }
        }
        Ok(match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(Query::Any(parts)),
        })
    }

    fn all(&mut self) -> Result<Option<Query>, QueryError> {
        let mut parts = Vec::new();
        while let Some((unit, span)) = self.units.get(self.at).cloned() {
            match unit {
                Unit::Or | Unit::Close => break,
                Unit::And => {
                    self.at += 1;
                    if parts.is_empty()
                        || matches!(
                            self.units.get(self.at),
                            None | Some((Unit::Or | Unit::Close | Unit::And, _))
                        )
                    {
                        return Err(error(
                            span,
                            "AND needs something on both sides",
                            "write: а AND б",
                        ));
                    }
                }
                Unit::Word(_) => parts.extend(self.free_text()?),
                _ => parts.push(self.one()?),
            }
        }
        Ok(match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(Query::All(parts)),
        })
    }

    /// A phrase, group, exclusion or field.
    fn one(&mut self) -> Result<Query, QueryError> {
        let Some((unit, span)) = self.units.get(self.at).cloned() else {
            return Err(error(
                Span::new(self.line.len(), self.line.len()),
                "something is missing at the end",
                "complete the query or remove the last word",
            ));
        };
        self.at += 1;
        match unit {
            Unit::Phrase(words) if tokens_of(&words).is_empty() => Err(error(
                span,
                "the phrase has no words",
                "type words between the marks",
            )),
            Unit::Phrase(words) => Ok(Query::Phrase(words)),
            Unit::Not => Ok(Query::Not(Box::new(self.one()?))),
            Unit::Field(field) => self.field(field, span),
            Unit::Word(word) => {
                let parts = if self.plain {
                    vec![Query::Word(word)]
                } else {
                    understood(&word, span.start)?
                };
                Ok(grouped(parts))
            }
            Unit::Open => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(error(span, "brackets nest too deep", "simplify the query"));
                }
                let inner = self.any()?;
                self.depth -= 1;
                match (self.units.get(self.at), inner) {
                    (Some((Unit::Close, _)), Some(inner)) => {
                        self.at += 1;
                        Ok(inner)
                    }
                    (Some((Unit::Close, _)), None) => Err(error(
                        span,
                        "the brackets are empty",
                        "type words between them or remove them",
                    )),
                    _ => Err(error(span, "a bracket is not closed", "close it with )")),
                }
            }
            Unit::Or | Unit::And => Err(error(
                span,
                "an operator stands where a word is needed",
                "write: а AND б, а OR б, а NOT б",
            )),
            Unit::Close => Err(error(
                span,
                "a closing bracket without an opening one",
                "remove it",
            )),
        }
    }

    /// Words in a row are understood together: a citation or a name has several.
    fn free_text(&mut self) -> Result<Vec<Query>, QueryError> {
        let start = self.units[self.at].1.start;
        let mut end = start;
        while let Some((Unit::Word(_), span)) = self.units.get(self.at) {
            end = span.end;
            self.at += 1;
        }
        let words = &self.line[start..end];
        if self.plain {
            Ok(tokens_of(words)
                .into_iter()
                .map(|token| Query::Word(words[token.start..token.end].to_owned()))
                .collect())
        } else {
            understood(words, start)
        }
    }

    /// A surname with the initials that follow it: `лицо:Гапутина Л. А.` is one person.
    fn with_initials(&mut self, surname: String, mut span: Span) -> String {
        let from = span.start;
        while let Some((Unit::Word(word), place)) = self.units.get(self.at)
            && place.start == span.end + 1
            && word.ends_with('.')
            && word.split_terminator('.').all(|initial| {
                let mut letters = initial.chars();
                letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
            })
        {
            span = *place;
            self.at += 1;
        }
        if span.start == from {
            return surname;
        }
        self.line[from..span.end].to_owned()
    }

    /// The value behind a field's name: a phrase, a group in brackets, or a word.
    fn field(&mut self, field: Field, span: Span) -> Result<Query, QueryError> {
        let (value, value_span) = match self.units.get(self.at) {
            Some((Unit::Phrase(words) | Unit::Word(words), at))
                if at.start == span.end || matches!(field, Field::Law) =>
            {
                (words.clone(), *at)
            }
            _ => {
                return Err(error(
                    span,
                    "the field has no value",
                    "write the value right behind the colon, in quotation marks if it has several words",
                ));
            }
        };
        self.at += 1;
        if let Some(star) = value.find('*') {
            return Err(error(
                Span::new(value_span.start + star, value_span.start + star + 1),
                "a star has no meaning in a field",
                "leave the star out; a star ends a word of the text, as in мессенджер*",
            ));
        }
        let value = match field {
            Field::Person(_) => self.with_initials(value, value_span),
            _ => value,
        };
        let wrong = |what: &str, remedy: &str| {
            Err(error(value_span, format!("«{value}» is {what}"), remedy))
        };
        match field {
            Field::Issuer | Field::File | Field::Finding | Field::Number
                if tokens_of(&value).is_empty() =>
            {
                wrong("no word", "write a word or a number behind the colon")
            }
            Field::Issuer => Ok(Query::Issuer(value)),
            Field::File => Ok(Query::File(value)),
            Field::Finding => Ok(Query::Finding(value)),
            Field::Number => Ok(Query::Number(
                value.trim_start_matches(['№', 'N', ' ']).to_owned(),
            )),
            Field::Kind => match crate::lexicon::morphology::lemmas(&value)
                .into_iter()
                .find(|lemma| KINDS.contains(&lemma.as_str()))
            {
                Some(kind) => Ok(Query::Kind(kind)),
                None => wrong(
                    "no kind of order",
                    "use one of: приказ, распоряжение, постановление, решение, указ",
                ),
            },
            Field::Date => match period(&value) {
                Some((first, last)) => Ok(Query::Period(first, last)),
                None => wrong(
                    "no day or period",
                    "write 2024, 2024-02, 2024-02-05, 05.02.2024 or 2024-01..2024-03",
                ),
            },
            Field::Law => match recognise(&value, Register::built_in())
                .into_iter()
                .find_map(|part| match part.meaning {
                    Meaning::Act(reference) => Some(reference),
                    _ => None,
                }) {
                Some(reference) => Ok(Query::Act(reference)),
                None => wrong(
                    "no act that is known",
                    "write its number with its mark, as 149-ФЗ, or its kind and number in quotation marks",
                ),
            },
            Field::Person(role) => match person(&value) {
                Some(name) => Ok(Query::Person {
                    name,
                    role,
                    word: None,
                }),
                None => wrong("no name", "write a surname, or a name in quotation marks"),
            },
        }
    }
}

const KINDS: [&str; 5] = ["приказ", "распоряжение", "постановление", "решение", "указ"];

fn grouped(mut parts: Vec<Query>) -> Query {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        Query::All(parts)
    }
}

/// What a run of words means: what is recognised, and the rest as words. `at`: where it begins.
fn understood(words: &str, at: usize) -> Result<Vec<Query>, QueryError> {
    let mut parts = Vec::new();
    let mut from = 0;
    for part in recognise(words, Register::built_in()) {
        parts.extend(plain_words(words, Span::new(from, part.span.start), at)?);
        parts.push(match part.meaning {
            Meaning::Act(reference) => Query::Act(reference),
            Meaning::Person(name) => Query::Person {
                name,
                role: None,
                word: None,
            },
            Meaning::Number(number) => Query::Number(number),
            Meaning::Period(first, last) => Query::Period(first, last),
        });
        from = part.span.end;
    }
    parts.extend(plain_words(words, Span::new(from, words.len()), at)?);
    // «приказы за февраль» asks for orders of February: beside a number or period the kind's name says no more.
    let beside = parts
        .iter()
        .any(|part| matches!(part, Query::Number(_) | Query::Period(..)));
    if beside {
        for part in &mut parts {
            if let Query::Word(word) = part
                && let Some(kind) = kind_of(word)
            {
                *part = kind;
            }
        }
    }
    Ok(parts.into_iter().map(itself_too).collect())
}

/// «приказ № 06/1», «приказ от 05.02.2024» are said of the order itself as well as of those that cite
/// it.
fn itself_too(part: Query) -> Query {
    let Query::Act(reference) = &part else {
        return part;
    };
    let act = &reference.act;
    let may_be_kept = matches!(
        act.kind,
        ActType::AgencyOrder | ActType::LocalAct | ActType::Other
    );
    let mut itself = Vec::new();
    itself.extend(act.number.clone().map(Query::Number));
    itself.extend(act.date.map(|day| Query::Period(day.0, day.0)));
    if !may_be_kept || !reference.locators.is_empty() || itself.is_empty() {
        return part;
    }
    let first_word = tokens_of(&reference.raw).into_iter().next();
    itself.extend(first_word.and_then(|word| kind_of(&word.form)));
    Query::Any(vec![grouped(itself), part])
}

/// The kind of order that a word names in any form.
fn kind_of(word: &str) -> Option<Query> {
    crate::lexicon::morphology::lemmas(word)
        .into_iter()
        .find(|lemma| KINDS.contains(&lemma.as_str()))
        .map(Query::Kind)
}

/// Words that nothing recognised: phrases in «», prefixes, surnames, words. Words joined by a hyphen, a
/// slash or a full stop are one, whose parts stand side by side.
fn plain_words(line: &str, part: Span, at: usize) -> Result<Vec<Query>, QueryError> {
    let words = part.of(line);
    let place = |start: usize, end: usize| {
        let from = at + part.start;
        Span::new(from + start, from + end)
    };
    if let Some(star) = words.char_indices().find_map(|(star, character)| {
        let behind_a_word = words[..star].ends_with(char::is_alphanumeric);
        let at_its_end = !words[star + character.len_utf8()..]
            .starts_with(|c: char| c.is_alphanumeric() || c == '*');
        (character == '*' && !(behind_a_word && at_its_end)).then_some(star)
    }) {
        return Err(error(
            place(star, star + 1),
            "a star stands for the end of a word and nothing else",
            "write the beginning of the word and a star, as in мессенджер*",
        ));
    }
    if let Some(sign) = words.find('№') {
        return Err(error(
            place(sign, sign + '№'.len_utf8()),
            "no number follows «№»",
            "write the number behind it, as in № 06/1, or leave the sign out",
        ));
    }
    let tokens = tokens_of(words);
    let mut parts = Vec::new();
    let mut next = 0;
    while let Some(first) = tokens.get(next) {
        let before = next.checked_sub(1).map_or(0, |last| tokens[last].end);
        if words[before..first.start].ends_with('«')
            && let Some(length) = words[first.start..].find('»')
        {
            let end = first.start + length;
            parts.push(Query::Phrase(words[first.start..end].to_owned()));
            next = tokens.partition_point(|token| token.start < end);
            continue;
        }
        let mut last = first;
        next += 1;
        while let Some(token) = tokens.get(next)
            && matches!(&words[last.end..token.start], "-" | "‑" | "–" | "/" | ".")
            && !words[token.end..].starts_with('*')
        {
            last = token;
            next += 1;
        }
        let word = words[first.start..last.end].to_owned();
        if words[last.end..].starts_with('*') {
            parts.push(Query::Prefix(word));
        } else if let Some(name) = person(&word).filter(|_| may_be_a_name(&word)) {
            parts.push(Query::Person {
                name,
                role: None,
                word: Some(word),
            });
        } else {
            parts.push(Query::Word(word));
        }
    }
    Ok(parts)
}

/// Whether the dictionary, or the ending, makes a word a name.
fn may_be_a_name(word: &str) -> bool {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let readings = crate::lexicon::morphology::readings(word);
    // An unknown word is a name where its ending is mostly that of names.
    let name_like: f64 = readings
        .iter()
        .filter(|reading| reading.name.is_some())
        .map(|reading| reading.probability)
        .sum();
    let names = name_like > 0.3;
    let ordinary = readings
        .iter()
        .any(|reading| reading.known && reading.name.is_none());
    names && (capital || !ordinary)
}

/// A person by one word or several.
fn person(value: &str) -> Option<PersonName> {
    let whole = recognise(value, Register::built_in())
        .into_iter()
        .find_map(|part| match part.meaning {
            Meaning::Person(name) => Some(name),
            _ => None,
        });
    if whole.is_some() {
        return whole;
    }
    let word = value.trim();
    if word.is_empty() || !word.chars().all(|c| c.is_alphabetic() || c == '-') {
        return None;
    }
    let capitalised: String = word
        .chars()
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(word.chars().skip(1))
        .collect();
    let given = crate::lexicon::morphology::readings(word)
        .iter()
        .find(|reading| {
            reading.known && reading.name == Some(crate::lexicon::morphology::NamePart::Given)
        })
        .map(|reading| reading.lemma.clone());
    Some(PersonName {
        surnames: crate::lexicon::surnames::nominatives(&capitalised),
        given,
        patronymic: None,
        initials: Vec::new(),
    })
}

/// `2024`, `2024-02`, `2024-02-05`, `05.02.2024`, and two of them joined by `..`.
fn period(value: &str) -> Option<(Date, Date)> {
    if let Some((from, to)) = value.split_once("..") {
        let first = if from.is_empty() {
            Date::MIN
        } else {
            period(from)?.0
        };
        let last = if to.is_empty() {
            Date::MAX
        } else {
            period(to)?.1
        };
        return (first <= last).then_some((first, last));
    }
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
        [year, month, day] if year > 999 => Date::new(year, small(month)?, small(day)?)
            .ok()
            .map(|day| (day, day)),
        [day, month, year] if year > 999 => Date::new(year, small(month)?, small(day)?)
            .ok()
            .map(|day| (day, day)),
        _ => None,
    }
}

/// What was understood, for people: «закон: 149-ФЗ, ст. 10, ч. 8 · слово: мессенджер».
#[must_use]
pub fn interpretation(query: &Query) -> String {
    match query {
        Query::Word(word) => format!("слово: {}", lemmas_shown(word)),
        Query::Phrase(words) => format!("точно: «{words}»"),
        Query::Prefix(word) => format!("начинается с: {word}"),
        Query::Act(reference) => {
            let act = &reference.act;
            let name = match (&act.number, &act.title) {
                (None, None) => reference.raw.clone(),
                _ => crate::index::act_name(act),
            };
            let locators: Vec<String> = reference
                .locators
                .iter()
                .map(|locator| format!(", {}", crate::parse::pinpoints::shown(locator)))
                .collect();
            format!("закон: {name}{}", locators.join(" или"))
        }
        Query::Person { name, role, word } => {
            let role = role.map_or("лицо", |role| match role {
                PersonRole::Signatory => "подписал",
                PersonRole::Acknowledged => "ознакомлен",
                PersonRole::Assigned => "поручено",
                _ => "лицо",
            });
            let initials: String = name
                .initials
                .iter()
                .map(|letter| format!(" {letter}."))
                .collect();
            let given = name
                .given
                .as_ref()
                .filter(|_| word.is_none())
                .map(|given| format!(" {given}"))
                .unwrap_or_default();
            let patronymic = name
                .patronymic
                .as_ref()
                .map(|patronymic| format!(" {patronymic}"))
                .unwrap_or_default();
            let shown = if given.is_empty() {
                initials
            } else {
                format!("{given}{patronymic}")
            };
            let or_word = word
                .as_ref()
                .map(|word| format!(" или слово: {}", lemmas_shown(word)))
                .unwrap_or_default();
            format!("{role}: {}{shown}{or_word}", name.surnames.join(" / "))
        }
        Query::Number(number) => format!("номер: {number}"),
        Query::Period(first, last) if first == last => format!("дата: {first}"),
        Query::Period(first, last) => format!("дата: {first}..{last}"),
        Query::Kind(kind) => format!("вид: {kind}"),
        Query::Issuer(words) => format!("учреждение: {words}"),
        Query::File(words) => format!("файл: {words}"),
        Query::Finding(code) => format!("находка: {code}"),
        Query::All(parts) => parts
            .iter()
            .map(interpretation)
            .collect::<Vec<_>>()
            .join(" · "),
        Query::Any(parts) => format!(
            "({})",
            parts
                .iter()
                .map(interpretation)
                .collect::<Vec<_>>()
                .join(" или ")
        ),
        Query::Not(part) => format!("кроме ({})", interpretation(part)),
    }
}

/// The lemmas of a word; several words joined into one are shown as typed.
fn lemmas_shown(word: &str) -> String {
    match tokens_of(word).as_slice() {
        [token] => crate::lexicon::morphology::lemmas(&token.form).join(" / "),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_understood_and_said_back() {
        for (typed, said) in [
            ("149-ФЗ", "закон: 149-ФЗ от 2006-07-27"),
            (
                "ч. 8 ст. 10 149-ФЗ мессенджеры",
                "закон: 149-ФЗ от 2006-07-27, ст. 10 ч. 8 · слово: мессенджер",
            ),
            ("№ 06/1", "номер: 06/1"),
            (
                "\"иностранных мессенджеров\"",
                "точно: «иностранных мессенджеров»",
            ),
            (
                "утвердить -положение",
                "слово: утвердить · кроме (слово: положение)",
            ),
            ("мессенджер*", "начинается с: мессенджер"),
            (
                "«иностранных мессенджеров» школа",
                "точно: «иностранных мессенджеров» · слово: школа",
            ),
            ("онлайн-коммуникации", "слово: онлайн-коммуникации"),
            (
                "лицо:Гапутина Л. А. чат",
                "лицо: Гапутина / Гапутин Л. А. · слово: чат",
            ),
            (
                "(чат OR журнал) школа",
                "(слово: чат или слово: журнал) · слово: школа",
            ),
            ("дата:2024-01..2024-03", "дата: 2024-01-01..2024-03-31"),
            ("год:2024", "дата: 2024-01-01..2024-12-31"),
            ("закон:149-ФЗ", "закон: 149-ФЗ от 2006-07-27"),
            (
                "закон \"Об образовании в Российской Федерации\" школа",
                "закон: 273-ФЗ от 2012-12-29 · слово: школа",
            ),
            ("вид:приказы", "вид: приказ"),
            ("находка:date-missing", "находка: date-missing"),
            (
                "приказы за февраль 2024",
                "вид: приказ · дата: 2024-02-01..2024-02-29",
            ),
            ("подписал:Ивановой", "подписал: Ивановой / Иванова"),
        ] {
            assert_eq!(
                parse(typed, false)
                    .map(|query| interpretation(&query))
                    .as_deref(),
                Ok(said),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_cannot_be_honoured_is_named() {
        for (typed, at) in [
            ("", 0),
            ("\"слово", 0),
            ("цвет:синий", 0),
            ("(а OR б", 0),
            ("а OR", 3),
            ("-слово", 0),
            ("()", 0),
            ("дата:вчера", 9),
            ("слово )", 11),
            ("номер: 5", 0),
            ("мес*жер", 6),
            ("школа *", 11),
            ("\"—\"", 0),
            ("файл:—", 9),
            ("файл:*.docx", 9),
            ("приказ №", 13),
        ] {
            let error = parse(typed, false).unwrap_err();
            assert_eq!(error.span.start, at, "{typed}: {error:?}");
            assert!(!error.remedy.is_empty());
        }
    }

    #[test]
    fn plain_words_are_words() {
        assert_eq!(
            parse("149-ФЗ", true),
            Ok(Query::All(vec![
                Query::Word("149".to_owned()),
                Query::Word("ФЗ".to_owned())
            ]))
        );
    }
}
