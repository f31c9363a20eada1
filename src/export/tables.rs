//! Records as tables: the register («опись»), orders, references, clauses and people.
//!
//! In: records. Out: rows; [`Tables`] writes them as CSV files (RFC 4180, UTF-8) into a folder. Every row
//! names its order by id, number and date, so that each table can be read alone. Must never: change a
//! value to please a program that shows it.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{ExportError, Exporter, file};
use crate::archive::ArchiveError;
use crate::order::{Clause, Day, Order, Person};
use crate::parse::pinpoints;

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    None,
    Text(String),
    Number(u64),
    Share(f64),
    Day(Day),
}

impl Cell {
    fn text(value: Option<&String>) -> Self {
        value.map_or(Self::None, |words| Self::Text(words.clone()))
    }

    fn day(value: Option<Day>) -> Self {
        value.map_or(Self::None, Self::Day)
    }

    fn count(value: usize) -> Self {
        Self::Number(value as u64)
    }

    fn shown(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(words) => words.clone(),
            Self::Number(number) => number.to_string(),
            Self::Share(share) => share.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// A column: its name in CSV, its heading for people, its width in characters.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) heading: &'static str,
    pub(super) width: u8,
}

const fn column(name: &'static str, heading: &'static str, width: u8) -> Column {
    Column {
        name,
        heading,
        width,
    }
}

/// A table: its name as a file, its name for people, its columns, and the rows that an order gives,
/// which is the n-th of the export.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) heading: &'static str,
    pub(super) columns: &'static [Column],
    pub(super) rows: fn(&Order, u64) -> Vec<Vec<Cell>>,
}

/// All tables.
pub(super) const TABLES: [Table; 5] = [
    Table {
        name: "register",
        heading: "Опись",
        columns: &[
            column("position", "№ п/п", 7),
            column("index", "Индекс", 14),
            column("date", "Дата", 12),
            column("heading", "Заголовок", 70),
            column("sheets", "Листов", 8),
            column("note", "Примечание", 40),
        ],
        rows: register,
    },
    Table {
        name: "orders",
        heading: "Приказы",
        columns: &[
            column("order_id", "SHA-256", 20),
            column("number", "Номер", 14),
            column("date", "Дата", 12),
            column("kind", "Вид", 14),
            column("issuer", "Учреждение", 40),
            column("place", "Место", 20),
            column("title", "Заголовок", 60),
            column("signatories", "Подписали", 40),
            column("clauses", "Пунктов", 9),
            column("references", "Ссылок", 9),
            column("acknowledged", "Ознакомлены", 13),
            column("appendices", "Приложений", 12),
            column("findings", "На что обратить внимание", 40),
            column("corrected", "Исправлено вручную", 24),
            column("pages", "Страниц", 9),
            column("format", "Формат", 9),
            column("bytes", "Байтов", 12),
            column("file", "Файл", 50),
        ],
        rows: |order, _| vec![order_row(order)],
    },
    Table {
        name: "references",
        heading: "Ссылки",
        columns: &[
            column("order_id", "SHA-256", 20),
            column("number", "Номер", 14),
            column("date", "Дата", 12),
            column("where", "Где", 14),
            column("act_type", "Вид акта", 20),
            column("act_issuer", "Издатель акта", 40),
            column("act_number", "Номер акта", 16),
            column("act_date", "Дата акта", 12),
            column("act_title", "Заголовок акта", 60),
            column("locators", "Положения", 30),
            column("role", "Роль", 12),
            column("via", "Как установлено", 24),
            column("act_id", "Ключ акта", 40),
            column("raw", "Как напечатано", 60),
            column("confidence", "Уверенность", 12),
        ],
        rows: references,
    },
    Table {
        name: "clauses",
        heading: "Пункты",
        columns: &[
            column("order_id", "SHA-256", 20),
            column("number", "Номер", 14),
            column("date", "Дата", 12),
            column("address", "Пункт", 10),
            column("label", "Метка", 10),
            column("text", "Текст", 80),
            column("assignees", "Кому поручено", 30),
            column("due", "Срок", 12),
            column("confidence", "Уверенность", 12),
        ],
        rows: |order, _| {
            let mut rows = Vec::new();
            clauses(order, &order.clauses, &mut rows);
            rows
        },
    },
    Table {
        name: "people",
        heading: "Люди",
        columns: &[
            column("order_id", "SHA-256", 20),
            column("number", "Номер", 14),
            column("date", "Дата", 12),
            column("surname", "Фамилия", 20),
            column("given", "Имя", 16),
            column("patronymic", "Отчество", 18),
            column("initials", "Инициалы", 10),
            column("roles", "Роли", 24),
            column("mentions", "Упоминаний", 12),
        ],
        rows: people,
    },
];

/// The name under which a value of the record stands in its JSON.
fn name_of(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn number(order: &Order) -> Cell {
    Cell::text(order.number.as_ref().map(|number| &number.value))
}

fn date(order: &Order) -> Cell {
    Cell::day(order.date.as_ref().map(|date| date.value))
}

/// What every row begins with: id, number and date of the order.
fn with_order(order: &Order, rest: Vec<Cell>) -> Vec<Cell> {
    let mut row = vec![Cell::Text(order.id.clone()), number(order), date(order)];
    row.extend(rest);
    row
}

fn corrected(order: &Order) -> String {
    let fields = order.corrections.iter().map(|one| one.field.as_str());
    fields.collect::<Vec<_>>().join(", ")
}

/// A line of the register, in the form that archives keep: № п/п, индекс, дата, заголовок, листов,
/// примечание.
fn register(order: &Order, position: u64) -> Vec<Vec<Cell>> {
    let kind = order.kind.as_ref().map(|kind| kind.value.name());
    let title = order.title.as_ref().map(|title| title.value.as_str());
    let heading = match (kind, title) {
        (Some(kind), Some(title)) => format!("{} «{title}»", capital(kind)),
        (Some(kind), None) => format!("{} без заголовка", capital(kind)),
        (None, Some(title)) => title.to_owned(),
        (None, None) => order.source.path.clone(),
    };
    let mut notes = Vec::new();
    if kind.is_none() {
        notes.push("не распорядительный документ".to_owned());
    }
    if !order.corrections.is_empty() {
        notes.push(format!("исправлено вручную: {}", corrected(order)));
    }
    vec![vec![
        Cell::Number(position),
        number(order),
        date(order),
        Cell::Text(heading),
        order
            .source
            .pages
            .map_or(Cell::None, |pages| Cell::Number(pages.into())),
        Cell::Text(notes.join("; ")),
    ]]
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn order_row(order: &Order) -> Vec<Cell> {
    let field = |field: &Option<crate::order::Field<String>>| {
        Cell::text(field.as_ref().map(|field| &field.value))
    };
    let signatories: Vec<String> = order
        .signatories
        .iter()
        .map(|signatory| {
            let name = order.people.get(signatory.person).map(Person::name);
            [signatory.position.clone(), name]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let findings: Vec<&str> = order
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    let kind = order.kind.as_ref().map(|kind| kind.value.name().to_owned());
    let rest = vec![
        Cell::text(kind.as_ref()),
        field(&order.issuer),
        field(&order.place),
        field(&order.title),
        Cell::Text(signatories.join("; ")),
        Cell::count(count(&order.clauses)),
        Cell::count(order.references.len()),
        Cell::count(order.acknowledged.len()),
        Cell::count(order.appendices.len()),
        Cell::Text(findings.join(", ")),
        Cell::Text(corrected(order)),
        order
            .source
            .pages
            .map_or(Cell::None, |pages| Cell::Number(pages.into())),
        Cell::Text(name_of(order.source.format)),
        Cell::Number(order.source.bytes),
        Cell::Text(order.source.path.clone()),
    ];
    with_order(order, rest)
}

fn count(clauses: &[Clause]) -> usize {
    clauses.iter().map(|one| 1 + count(&one.children)).sum()
}

fn references(order: &Order, _: u64) -> Vec<Vec<Cell>> {
    order
        .references
        .iter()
        .map(|reference| {
            let act = &reference.act;
            let locators: Vec<String> = reference.locators.iter().map(pinpoints::shown).collect();
            let rest = vec![
                Cell::Text(reference.place.clone()),
                Cell::Text(act.kind.name().to_owned()),
                Cell::text(act.issuer.as_ref()),
                Cell::text(act.number.as_ref()),
                Cell::day(act.date),
                Cell::text(act.title.as_ref()),
                Cell::Text(locators.join("; ")),
                Cell::Text(name_of(reference.role)),
                Cell::text(reference.via.as_ref()),
                Cell::Text(act.id.clone()),
                Cell::Text(reference.raw.clone()),
                Cell::Share(reference.confidence),
            ];
            with_order(order, rest)
        })
        .collect()
}

fn clauses(order: &Order, list: &[Clause], rows: &mut Vec<Vec<Cell>>) {
    for clause in list {
        let assignees = clause
            .assignees
            .iter()
            .filter_map(|&person| order.people.get(person))
            .map(Person::name);
        let rest = vec![
            Cell::Text(clause.address.clone()),
            Cell::text(clause.label.as_ref()),
            Cell::Text(clause.text.clone()),
            Cell::Text(assignees.collect::<Vec<_>>().join("; ")),
            Cell::day(clause.due),
            Cell::Share(clause.confidence),
        ];
        rows.push(with_order(order, rest));
        clauses(order, &clause.children, rows);
    }
}

fn people(order: &Order, _: u64) -> Vec<Vec<Cell>> {
    order
        .people
        .iter()
        .map(|person| {
            let roles = person.roles.iter().map(name_of);
            let rest = vec![
                Cell::Text(person.surname.clone()),
                Cell::text(person.given.as_ref()),
                Cell::text(person.patronymic.as_ref()),
                Cell::text(person.initials.as_ref()),
                Cell::Text(roles.collect::<Vec<_>>().join(", ")),
                Cell::count(person.mentions.len()),
            ];
            with_order(order, rest)
        })
        .collect()
}

/// Reads a record for its rows.
pub(super) fn order_of(id: &str, json: &str) -> Result<Order, ExportError> {
    serde_json::from_str(json).map_err(|source| {
        ExportError::Archive(ArchiveError::Record {
            id: id.to_owned(),
            source,
        })
    })
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// CSV files in a folder, one a table.
pub struct Tables {
    folder: PathBuf,
    files: Vec<csv::Writer<File>>,
    position: u64,
}

impl Tables {
    /// Makes the files in a folder that is there. `marked`: each begins with the byte order mark, by which Excel knows
    /// UTF-8 and which most programs take for part of the first column's name.
    pub fn new(folder: &Path, marked: bool) -> Result<Self, ExportError> {
        let mut files = Vec::with_capacity(TABLES.len());
        for table in &TABLES {
            let path = folder.join(table.name).with_extension("csv");
            let mut file = File::create(&path).map_err(self::file(&path))?;
            if marked {
                file.write_all(BYTE_ORDER_MARK.as_bytes())
                    .map_err(self::file(&path))?;
            }
            let mut writer = csv::Writer::from_writer(file);
            writer.write_record(table.columns.iter().map(|column| column.name))?;
            files.push(writer);
        }
        Ok(Self {
            folder: folder.to_owned(),
            files,
            position: 0,
        })
    }
}

impl Exporter for Tables {
    fn form(&self) -> &'static str {
        "csv"
    }

    fn record(&mut self, id: &str, json: &str) -> Result<(), ExportError> {
        let order = order_of(id, json)?;
        self.position += 1;
        for (table, writer) in TABLES.iter().zip(&mut self.files) {
            for row in (table.rows)(&order, self.position) {
                writer.write_record(row.iter().map(Cell::shown))?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        for writer in &mut self.files {
            writer.flush().map_err(file(&self.folder))?;
        }
        Ok(())
    }
}
