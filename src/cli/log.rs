//! `prikaz log`: what was done to the archive.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::{Archive, Event};
use serde_json::Value;

use super::show::{field_in_russian, value_in_russian};
use super::{Outcome, dates};

/// How the log is listed.
#[derive(Debug, clap::Args)]
#[command(
    about = "Показать журнал событий: что, когда и кем сделано с архивом",
    after_help = "Каждое событие содержит контрольную сумму предыдущего; их последовательность сверяет `prikaz verify`. Исполнитель — имя пользователя или значение PRIKAZ_ACTOR. Время — UTC. События одной загрузки показаны одной строкой; с --json — каждое отдельно.\n\nПримеры:\n  prikaz log\n  prikaz log --json > log.jsonl"
)]
pub(crate) struct Arguments {
    /// По одному объекту JSON в строке, с контрольными суммами
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let archive = Archive::open_for_reading(path)?;
    let mut output = stdout().lock();
    let mut waiting: Option<Line> = None;
    archive.each_event(|event| -> anyhow::Result<()> {
        if arguments.json {
            writeln!(output, "{}", serde_json::to_string(&event)?)?;
            return Ok(());
        }
        let line = Line::of(event);
        waiting = match waiting.take() {
            None => Some(line),
            Some(mut before) => {
                if let Some(other) = before.join(line) {
                    writeln!(output, "{}", before.shown())?;
                    before = other;
                }
                Some(before)
            }
        };
        Ok(())
    })?;
    if let Some(last) = waiting {
        writeln!(output, "{}", last.shown())?;
    }
    Ok(Outcome::Done)
}

/// A line for people: an event, or the transactions of one ingest or reparse together.
struct Line {
    first: Event,
    last: i64,
    particulars: Value,
}

impl Line {
    fn of(event: Event) -> Self {
        Self {
            last: event.number,
            particulars: event.particulars(),
            first: event,
        }
    }

    /// Takes in the next transaction of the same work; gives back what is none.
    fn join(&mut self, next: Self) -> Option<Self> {
        let many = ["ingest", "reparse"].contains(&self.first.kind.as_str());
        let same = self.first.kind == next.first.kind && self.first.actor == next.first.actor;
        let (Value::Object(sums), Value::Object(more)) = (&mut self.particulars, &next.particulars)
        else {
            return Some(next);
        };
        if !many || !same || sums.get("program") != more.get("program") {
            return Some(next);
        }
        for (name, value) in more {
            let sum = match (sums.get(name).and_then(Value::as_u64), value.as_u64()) {
                (Some(before), Some(now)) => Value::from(before + now),
                _ => value.clone(),
            };
            sums.insert(name.clone(), sum);
        }
        self.last = next.last;
        None
    }

    fn shown(&self) -> String {
        let numbers = if self.first.number == self.last {
            self.last.to_string()
        } else {
            format!("{}–{}", self.first.number, self.last)
        };
        format!(
            "{numbers:>9}  {}  {:<16}  {}: {}",
            super::minute(&self.first.at),
            kind_in_russian(&self.first.kind),
            self.first.actor,
            particulars(&self.particulars)
        )
    }
}

/// What was done.
fn kind_in_russian(kind: &str) -> &str {
    match kind {
        "ingest" => "загрузка",
        "reparse" => "повторное чтение",
        "correction" => "исправление",
        "export" => "выгрузка",
        "verification" => "сверка",
        "backup" => "резервная копия",
        "restoration" => "восстановление",
        "migration" => "новый формат",
        other => other,
    }
}

/// The names of particulars, in the order in which they are told.
const NAMES: [(&str, &str); 24] = [
    ("form", "вид"),
    ("folder", "папка"),
    ("from", "из"),
    ("to", "в"),
    ("added", "добавлено"),
    ("duplicate", "повторов"),
    ("moved", "перемещено"),
    ("gone", "ушло с прежнего места"),
    ("failed", "не прочитано"),
    ("skipped", "пропущено"),
    ("changed", "изменилось"),
    ("events", "событий"),
    ("ledger_lines", "строк журнала файлов"),
    ("records", "записей"),
    ("versions", "редакций"),
    ("originals", "оригиналов"),
    ("indexed", "записей в индексе"),
    ("unclaimed", "лишних оригиналов"),
    ("problems", "расхождений"),
    ("where", "запрос"),
    ("sample", "процент"),
    ("since", "загружено с"),
    ("why", "причина"),
    ("program", "версия программы"),
];

/// Where a particular is told, and how it is named.
fn place_and_name(name: &str) -> (usize, &str) {
    NAMES
        .iter()
        .enumerate()
        .find(|(_, (english, _))| *english == name)
        .map_or((0, name), |(place, (_, russian))| (place + 1, russian))
}

/// The particulars for people: without digests, which are for `verify`.
fn particulars(value: &Value) -> String {
    let Value::Object(all) = value else {
        return String::new();
    };
    let shown = |value: &Value| match value {
        Value::String(words) => words.clone(),
        other => other.to_string(),
    };
    let mut told: Vec<_> = all
        .iter()
        .filter(|(_, value)| !value.is_null() && value["sha256"].is_null())
        .map(|(name, value)| (place_and_name(name), name, value))
        .collect();
    told.sort_by_key(|((place, _), ..)| *place);
    let parts: Vec<String> = told
        .into_iter()
        .map(|((_, russian), name, value)| match value {
            Value::Array(list) => list.iter().map(change).collect::<Vec<_>>().join(", "),
            // An id is told by its beginning.
            Value::String(id) if name == "record" => id.chars().take(12).collect(),
            Value::String(day) if name == "since" => format!("{russian} {}", dates::in_line(day)),
            other => format!("{russian} {}", shown(other)),
        })
        .collect();
    parts.join(", ")
}

/// A corrected value.
fn change(value: &Value) -> String {
    let field = value["field"].as_str().unwrap_or_default();
    let side = |name: &str| value_in_russian(field, value[name].as_str());
    format!(
        "{} {} → {}",
        field_in_russian(field),
        side("former"),
        side("value")
    )
}
