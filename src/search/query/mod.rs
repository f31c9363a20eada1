//! The query language: words, phrases, prefixes, exclusions, groups, fields, and what is recognised in
//! free text.
//!
//! ```text
//! query  = group { OR group }
//! group  = { [AND] part }
//! part   = NOT part | -part | ( query ) | field:value | "phrase" | words
//! field  = слово | точно | закон | номер | дата | … or their English names
//! words  = what stands between the other parts; acts, names, numbers and periods are recognised in it
//! ```
//!
//! In: what a person typed. Out: a [`Query`], or an error that names the word and the remedy. A query
//! is printed in a form that says everything by fields; parsing what it prints gives the same query.
//! Must never: drop a word silently.

mod asked;
mod beside;
mod calendar;
mod characters;
mod citations;
mod deeds;
mod explanation;
mod fields;
mod grammar;
mod items;
mod people;
mod printed;
mod punctuation;
mod roles;
mod shorthand;
mod signs;
mod spelling;
mod times;
mod titles;
mod understanding;
mod units;

use jiff::civil::Date;
use serde::Serialize;

pub use self::asked::{AskedAct, AskedPerson};
pub use self::explanation::interpretation;
use self::spelling::{Respelled, Rewriting};
use crate::index::{Direction, Relation};
use crate::lexicon::morphology::fold;
use crate::lexicon::register::Register;
use crate::lexicon::words::{WordClass, meanings};
use crate::order::Kind;
use crate::parse::query::{Meaning, recognise};
use crate::text::Span;

/// A query.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// A word in any inflection; words joined by a hyphen, a slash or a full stop stand side by side.
    Word(String),
    /// Words in this very form and order.
    Phrase(String),
    /// Words that begin so.
    Prefix(String),
    /// An act, with pinpoints or without.
    Act(Box<AskedAct>),
    /// A person.
    Person(Box<AskedPerson>),
    /// The number of an order.
    Number(String),
    /// Orders of these days, the first and the last.
    Period(Date, Date),
    /// The kind of order.
    Kind(Kind),
    /// Words of the issuer.
    Issuer(String),
    /// Words of the file's path.
    File(String),
    /// The code of a finding, or its beginning.
    Finding(String),
    /// Orders that do something to another order of the archive, or to which another does it.
    Related(Relation, Direction),
    /// All of them; two or more.
    All(Vec<Query>),
    /// One of them; two or more.
    Any(Vec<Query>),
    /// What must not be.
    Not(Box<Query>),
}

impl Query {
    /// A preposition, a conjunction, or a word that only asks or leads to what is asked for.
    #[must_use]
    pub fn is_function_word(&self) -> bool {
        let Self::Word(word) = self else { return false };
        let folded = fold(word);
        // «кто-подписал» asks as «кто» does.
        let first = folded.split('-').next().unwrap_or_default();
        meanings(&folded)
            .iter()
            .any(|meaning| matches!(meaning.class, WordClass::Function | WordClass::Asking))
            || folded.contains('-')
                && meanings(first).iter().any(|meaning| {
                    meaning.class == WordClass::Asking && meaning.value == "question"
                })
    }

    /// The same query with the laws of every year in place of those of the register that were typed without one; `None`
    /// where there is none of them.
    #[must_use]
    pub fn of_any_year(&self) -> Option<Self> {
        let each = |parts: &[Self]| -> Option<Vec<Self>> {
            let wider: Vec<Option<Self>> = parts.iter().map(Self::of_any_year).collect();
            wider.iter().any(Option::is_some).then(|| {
                wider
                    .into_iter()
                    .zip(parts)
                    .map(|(wider, part)| wider.unwrap_or_else(|| part.clone()))
                    .collect()
            })
        };
        match self {
            Self::Act(asked) => Some(Self::Act(Box::new(asked.of_any_year()?))),
            Self::All(parts) => each(parts).map(Self::All),
            Self::Any(parts) => each(parts).map(Self::Any),
            _ => None,
        }
    }

    /// The parts that must be met: without the small words, which need not stand in an order that answers to the
    /// others, and which say nothing of how well it does.
    pub fn required(parts: &[Self]) -> impl Iterator<Item = &Self> {
        let says_more = Self::say_more(parts);
        parts
            .iter()
            .filter(move |part| !(says_more && part.is_function_word()))
    }

    /// Whether parts that must all be met say more than prepositions do: these need not be met then.
    #[must_use]
    pub fn say_more(parts: &[Self]) -> bool {
        parts
            .iter()
            .any(|part| !matches!(part, Self::Not(_)) && !part.is_function_word())
    }
}

/// Why a query cannot be honoured, in the language in which it is said how one was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong, with the word.
    pub message: String,
    /// What to type instead.
    pub remedy: String,
    /// Where: code points of the query.
    pub span: Span,
}

/// Brackets nest at most so deep.
const MAX_DEPTH: usize = 32;
/// Words, acts, names and values of one query: a person types a line, and each costs look-ups.
const MAX_PARTS: usize = 512;
/// Code points of one value, phrase or run of words; an act with its whole title has a few hundred.
const MAX_VALUE: usize = 2_048;
/// Bytes that are looked at at all: more than the parts that are allowed can have.
const MAX_BYTES: usize = 4 << 20;

/// Parses a query. `plain`: every word is only a word, nothing is recognised. `register`: the acts that
/// are known by name.
pub fn parse(typed: &str, plain: bool, register: &Register) -> Result<Query, QueryError> {
    if typed.len() > MAX_BYTES {
        let whole = Span::new(0, typed.chars().count());
        return Err(error(whole, "запрос слишком длинный", "сократите его"));
    }
    let line: String = typed
        .chars()
        .map(|c| match c {
            '\n' | '\r' => c,
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let line = even_quotes(line);
    let spelled = punctuation::with_whole_words(&line)
        .then(characters::even)
        .then(|line| without_an_open_mark(line, register));
    let spelled = if plain {
        spelled
    } else {
        spelled
            .then(punctuation::without_marks)
            .then(|line| citations::spelled(line, register))
            .then(|line| spelling::respelled(line, today()))
    };
    let typed = line;
    let line = &spelled.line;
    let units = if plain {
        Ok(units::words_alone(line))
    } else {
        units::units(line, register)
    };
    units
        .and_then(|units| grammar::query(line, &units, plain, register))
        .map_err(|error| QueryError {
            span: in_code_points(&typed, spelled.as_typed(error.span)),
            ..error
        })
}

/// The day from which «за прошлый год» is counted: that of Moscow.
fn today() -> Date {
    /// Hours that the clocks of Moscow are ahead of Greenwich, the whole year.
    const AHEAD: i8 = 3;
    jiff::tz::offset(AHEAD)
        .to_datetime(jiff::Timestamp::now())
        .date()
}

/// Marks of printed text (“…”, „…“) as the straight ones, where each has its other.
fn even_quotes(line: String) -> String {
    const PRINTED: [char; 4] = ['“', '”', '„', '‟'];
    let marks = line.matches(PRINTED).count();
    if marks == 0 || marks % 2 == 1 || line.contains('"') {
        return line;
    }
    line.replace(PRINTED, "\"")
}

/// A citation copied up to the middle of a title has a quotation mark without its other; it is left out then.
fn without_an_open_mark(line: &str, register: &Register) -> Respelled {
    let open = line
        .rfind('"')
        .filter(|_| line.matches('"').count() % 2 == 1 && !line.contains(":\""));
    let Some(open) = open else {
        return Rewriting::of(line).finish();
    };
    let mut rewriting = Rewriting::of(line);
    rewriting.change(Span::new(open, open + 1), " ");
    let closed = rewriting.finish();
    let in_an_act = recognise(&closed.line, register)
        .iter()
        .any(|part| matches!(part.meaning, Meaning::Act(_)) && part.span.start < open);
    if in_an_act {
        closed
    } else {
        Rewriting::of(line).finish()
    }
}

/// An error at bytes of the line.
fn error(span: Span, message: impl Into<String>, remedy: impl Into<String>) -> QueryError {
    QueryError {
        message: message.into(),
        remedy: remedy.into(),
        span,
    }
}

fn in_code_points(line: &str, bytes: Span) -> Span {
    let count = |to: usize| line.get(..to).map_or(0, |before| before.chars().count());
    Span::new(count(bytes.start), count(bytes.end))
}

/// One part stays itself, several must all be met.
fn grouped(mut parts: Vec<Query>) -> Option<Query> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Query::All(parts)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<Query, QueryError> {
        parse(typed, false, Register::built_in())
    }

    #[test]
    fn queries_are_understood_and_said_back() {
        for (typed, said) in [
            ("149-ФЗ", "закон: 149-ФЗ от 2006-07-27"),
            (
                "ч. 8 ст. 10 149-ФЗ мессенджеры",
                "закон: 149-ФЗ от 2006-07-27, ст. 10 ч. 8 · слово: мессенджеры",
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
                "лицо: Гапутина Л. А. · слово: чат",
            ),
            (
                "лицо:Гапутина Людмила Анатольевна чат",
                "лицо: Гапутина Людмила Анатольевна · слово: чат",
            ),
            (
                "(чат OR журнал) школа",
                "(слово: чат или слово: журнал) · слово: школа",
            ),
            ("дата:2024-01..2024-03", "дата: 2024-01-01..2024-03-31"),
            ("дата:2024-03..", "дата: с 2024-03-01"),
            ("до:2024", "поля «до» нет"),
            (
                "дата:февраль 2024 чат",
                "дата: 2024-02-01..2024-02-29 · слово: чат",
            ),
            ("год:2024", "дата: 2024-01-01..2024-12-31"),
            ("закон:149-ФЗ", "закон: 149-ФЗ от 2006-07-27"),
            (
                "закон:ст. 10 149-ФЗ чат",
                "закон: 149-ФЗ от 2006-07-27, ст. 10 · слово: чат",
            ),
            (
                "закон \"Об образовании в Российской Федерации\" школа",
                "закон: 273-ФЗ от 2012-12-29 · слово: школа",
            ),
            (
                "школа -ст. 10 149-ФЗ",
                "слово: школа · кроме (закон: 149-ФЗ от 2006-07-27, ст. 10)",
            ),
            ("вид:приказы", "вид: приказ"),
            ("замечание:date-missing", "замечание: date-missing"),
            ("находка:date-missing", "замечание: date-missing"),
            ("замечание:date-missing", "замечание: date-missing"),
            (
                "приказы за февраль 2024",
                "вид: приказ · дата: 2024-02-01..2024-02-29",
            ),
            ("подписал:Ивановой", "подписал: Ивановой"),
            ("Гапутиной", "(лицо: Гапутиной или слово: Гапутиной)"),
            ("слово:149-ФЗ", "слово: 149-ФЗ"),
            ("номер: 5", "номер: 5"),
            ("год: 2024", "дата: 2024-01-01..2024-12-31"),
            (
                "приказ об отпуске",
                "слово: приказ · слово: об, если есть · слово: отпуске",
            ),
            (
                "закон об образовании статья 28",
                "закон: 273-ФЗ от 2012-12-29, ст. 28",
            ),
            (
                "ст. 192 тк рф",
                "закон: «Трудовой кодекс Российской Федерации», ст. 192",
            ),
            ("152 -ФЗ", "закон: 152-ФЗ от 2006-07-27"),
            ("приказ 12", "(номер: 12 · вид: приказ или акт: № 12)"),
            ("№ 12 и № 14", "(номер: 12 или номер: 14)"),
            ("школа №5", "слово: школа №5"),
            (
                "кабинет № 12",
                "(слово: кабинет · номер: 12 или слово: кабинет № 12)",
            ),
            (
                "тк",
                "(закон: «Трудовой кодекс Российской Федерации» или слово: тк)",
            ),
            (
                "охрана 2023",
                "слово: охрана · (дата: 2023-01-01..2023-12-31 или слово: 2023)",
            ),
            (
                "кто утвердил положение",
                "слово: кто, если есть · слово: утвердил · слово: положение",
            ),
            (
                "кто отвечает за охрану",
                "слово: кто, если есть · слово: отвечает, если есть · слово: за, если есть · слово: охрану",
            ),
            ("подписал иванов и. п.", "подписал: Иванов И.П."),
            ("Платонов А И", "лицо: Платонов А.И."),
            (
                "согласно ст. 192 тк рф",
                "слово: согласно, если есть · закон: «Трудовой кодекс Российской Федерации», ст. 192",
            ),
            (
                "приказы, где упоминается Ким",
                "слово: приказы, если есть · слово: где, если есть · слово: упоминается, если есть · (лицо: Ким или слово: Ким)",
            ),
            ("149\u{2011}ФЗ", "закон: 149-ФЗ от 2006-07-27"),
            ("щегольков", "(лицо: щегольков или слово: щегольков)"),
            (
                "Иванов",
                "(лицо: Иванов или точно: «Иванов» или слово: Иванову)",
            ),
            ("“охрана труда”", "точно: «охрана труда»"),
            ("в 10:00", "слово: в, если есть · слово: 10:00"),
            ("273-ФЗ", "закон: 273-ФЗ от 2012-12-29 или от 2008-12-25"),
            (
                "273-ФЗ об образовании ст. 28",
                "закон: 273-ФЗ от 2012-12-29, ст. 28",
            ),
            (
                "81 ТК РФ",
                "закон: «Трудовой кодекс Российской Федерации», ст. 81",
            ),
            ("ст 28 фз", "слово: ст. 28 · слово: фз"),
            (
                "п.3 ч. 1 статьи 77",
                "слово: п. 3 · слово: ч. 1 · слово: ст. 77",
            ),
            ("часть третья", "слово: часть · слово: третья"),
            ("ФГОС", "(лицо: ФГОС или слово: ФГОС)"),
            ("ВсОШ", "слово: ВсОШ"),
            ("COVID", "слово: COVID"),
            ("ПВТР", "слово: ПВТР"),
            (
                "приказы школы № 4",
                "слово: приказы, если есть · слово: школы № 4",
            ),
            (
                "за 2020, 2021",
                "(дата: 2020-01-01..2020-12-31 или дата: 2021-01-01..2021-12-31)",
            ),
            (
                "2020 и 2021 годы",
                "(дата: 2020-01-01..2020-12-31 или дата: 2021-01-01..2021-12-31)",
            ),
            ("785-н", "(номер: 785-н или слово: 785-н или слово: 785н)"),
            ("закон:152", "закон: 152-ФЗ от 2006-07-27"),
            (
                "приказы № 11, 12",
                "(номер: 11 · вид: приказ или акт: № 11 или номер: 12 · вид: приказ или акт: № 12)",
            ),
            ("сотрудник:Ремизов", "лицо: Ремизов"),
            (
                "вид: приказ, год: 2024",
                "вид: приказ · дата: 2024-01-01..2024-12-31",
            ),
            ("Тема: отпуск", "слово: Тема · слово: отпуск"),
            ("безопас-\nности", "слово: безопасности"),
            (
                "есть ли приказ об отпуске",
                "слово: есть, если есть · слово: ли, если есть · слово: приказ · слово: об, если есть · слово: отпуске",
            ),
            (
                "приказы, изданные на основании 149-ФЗ",
                "слово: приказы, если есть · слово: изданные, если есть · слово: на, если есть · слово: основании, если есть · закон: 149-ФЗ от 2006-07-27",
            ),
            (
                "ст. 192, 193 ТК РФ",
                "закон: «Трудовой кодекс Российской Федерации», ст. 192 или ст. 193",
            ),
            (
                "№ 1119 от 01.11.2012",
                "(номер: 1119 · дата: 2012-11-01 или акт: № 1119 от 2012-11-01)",
            ),
            ("ПП 1119", "акт: постановление Правительства РФ № 1119"),
            ("до 2020", "дата: по 2019-12-31"),
            (
                "2024-2025 учебный год",
                "слово: 2024-2025 · слово: учебный · слово: год",
            ),
            (
                "2020-2022",
                "(дата: 2020-01-01..2022-12-31 или слово: 2020-2022)",
            ),
            (
                "03.2023",
                "(дата: 2023-03-01..2023-03-31 или слово: 03.2023)",
            ),
            (
                "с 2019 по 2020 год и 2022 год",
                "(дата: 2019-01-01..2020-12-31 или дата: 2022-01-01..2022-12-31)",
            ),
            (
                "п. 5 Федерального закона от 27.07.2006 № 149-ФЗ \"Об информации",
                "закон: 149-ФЗ от 2006-07-27, п. 5",
            ),
            ("решения", "вид: решение"),
            ("все решения", "слово: все, если есть · вид: решение"),
            (
                "решения о бюджете",
                "слово: решения · слово: о, если есть · слово: бюджете",
            ),
            ("418р", "(номер: 418р или слово: 418р или слово: 418-р)"),
            ("№ 47 (К)", "номер: 47 (К)"),
            ("связь:отменен", "связь: отменён"),
            ("relation:amends", "связь: изменяет"),
            ("word:чат exact:\"в чате\"", "слово: чат · точно: «в чате»"),
        ] {
            let shown = match read(typed) {
                Ok(query) => interpretation(&query),
                Err(error) => error.message,
            };
            assert_eq!(shown, said, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_honoured_is_named() {
        for (typed, at) in [
            ("", 0),
            ("\"слово", 0),
            ("цвет:синий", 0),
            ("(а OR б", 0),
            ("а OR", 2),
            ("-слово", 0),
            ("()", 0),
            ("дата:вчера", 5),
            ("слово )", 6),
            ("школа номер:", 6),
            ("замечание:ерунда", 10),
            ("мес*жер", 3),
            ("школа *", 6),
            ("\"—\"", 1),
            ("файл:—", 5),
            ("файл:*.docx", 5),
            ("приказ №", 7),
            ("школа НЕ", 6),
            ("закон:школа", 6),
            ("вид:письмо", 4),
            ("связь:дружит", 6),
            ("отпуск 31.02.2024", 7),
            ("приказ № 12 от 31.02.2024", 15),
            ("с 15.03.2024 по 01.03.2024", 0),
        ] {
            let error = read(typed).unwrap_err();
            assert_eq!(error.span.start, at, "{typed}: {error:?}");
            let russian = |words: &str| words.contains(|c: char| matches!(c, 'а'..='я'));
            assert!(
                russian(&error.message) && russian(&error.remedy),
                "{error:?}"
            );
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        for typed in [
            format!(
                "{}а{}",
                "(".repeat(MAX_DEPTH + 1),
                ")".repeat(MAX_DEPTH + 1)
            ),
            format!("а {} б", "НЕ ".repeat(MAX_DEPTH + 1)),
            "а ".repeat(MAX_PARTS + 1),
            format!("\"{}\"", "а".repeat(MAX_VALUE + 1)),
        ] {
            assert!(read(&typed).is_err(), "{}", &typed[..20]);
        }
        let deepest = format!("{}а{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH));
        assert_eq!(read(&deepest), Ok(Query::Word("а".to_owned())));
    }

    #[test]
    fn plain_words_are_words() {
        assert_eq!(
            parse("149-ФЗ", true, Register::built_in()),
            Ok(Query::All(vec![
                Query::Word("149".to_owned()),
                Query::Word("ФЗ".to_owned())
            ]))
        );
    }
}
