//! Originals → records once more, with the parser as it is now.
//!
//! In: an archive and which of its records. Out: what changes, field by field; on request the new states
//! of the records, the former ones kept. Corrections are applied again. Must never: touch an original,
//! overwrite a state, or let one damaged original stop the others.

use rayon::prelude::*;
use serde_json::Value;

use crate::archive::{Archive, ArchiveError, apply, read_original};
use crate::ingest::today;
use crate::lexicon::register::Register;
use crate::order::{Layout, Order, Record};
use crate::parse::{Document, parse};
use crate::read::{Recognition, Settings, read};

/// Records that are parsed side by side and written in one transaction.
const BATCH: usize = 64;

/// How records are read again.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Nothing is written.
    pub dry_run: bool,
    /// When the text of a page is recognised from its picture.
    pub recognition: Recognition,
    /// The languages that are recognised; those of the record as it is where none are given.
    pub recognition_language: Option<String>,
}

impl Options {
    /// How the original of a record is read.
    fn settings(&self, former: &Order) -> Settings {
        let mut settings = Settings {
            recognition: self.recognition,
            ..Settings::default()
        };
        let known = former.source.ocr.as_ref().map(|ocr| &ocr.language);
        if let Some(language) = self.recognition_language.as_ref().or(known) {
            settings.recognition_language.clone_from(language);
        }
        settings
    }
}

/// A value that is another than before.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// Where it is in the record: `number.value`, `references[2].act.title`.
    pub place: String,
    /// The value before, as JSON; absent where there was none.
    pub before: Option<Value>,
    /// The value now, as JSON; absent where there is none.
    pub now: Option<Value>,
}

/// What came of parsing one original again.
#[derive(Debug)]
pub enum Reparsed<'a> {
    /// The record is as it was.
    Same,
    /// The record changes.
    Changed {
        /// The record as it was.
        before: &'a Order,
        /// What is another.
        differences: &'a [Difference],
    },
    /// The original cannot be read; its record stays as it was.
    Failed {
        /// Id of the record.
        id: &'a str,
        /// What happened.
        message: &'a str,
    },
}

/// What a reparse did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Records that stayed as they were.
    pub same: usize,
    /// Records that changed.
    pub changed: usize,
    /// Records whose originals could not be read.
    pub failed: usize,
}

/// Parses an original again, without corrections. `former` gives what is known of its file.
pub fn parsed_again(archive: &Archive, former: &Order) -> Result<Record, String> {
    let bytes = archive.original(&former.id).map_err(|e| e.to_string())?;
    let register = archive.register().map_err(|e| e.to_string())?;
    let settings = Options::default().settings(former);
    parsed(&bytes, former, &register, &settings)
}

fn parsed(
    bytes: &[u8],
    former: &Order,
    register: &Register,
    settings: &Settings,
) -> Result<Record, String> {
    let reading = read(bytes, settings).map_err(|error| error.to_string())?;
    let mut source = former.source.clone();
    source.format = reading.format;
    source.pages = reading.text.pages;
    source.ocr = reading.ocr;
    let document = Document {
        id: former.id.clone(),
        source,
        today: today(),
        register,
    };
    Ok(Record {
        order: parse(&reading.text, document),
        layout: Layout::of(&reading.text),
    })
}

/// Parses the originals again of the records whose ids `wanted` names (ordered), or of all.
/// `visit` hears of each record when what became of it is acknowledged.
pub fn reparse(
    archive: &mut Archive,
    wanted: Option<&[String]>,
    options: &Options,
    visit: &mut dyn FnMut(&Reparsed<'_>),
) -> Result<Summary, ArchiveError> {
    let register = archive.register()?;
    let mut summary = Summary::default();
    let mut after = String::new();
    loop {
        let ids = match wanted {
            Some(wanted) => {
                let from = wanted.partition_point(|id| *id <= after);
                wanted.iter().skip(from).take(BATCH).cloned().collect()
            }
            None => archive.ids_after(&after, BATCH)?,
        };
        let Some(last) = ids.last() else {
            return Ok(summary);
        };
        after.clone_from(last);
        let mut known = Vec::with_capacity(ids.len());
        for id in &ids {
            let former = archive
                .record(id)?
                .ok_or_else(|| ArchiveError::NoRecord(id.clone()))?;
            known.push((former, archive.corrections(id)?));
        }
        let folder = archive.path().to_owned();
        let again: Vec<Result<(Record, Vec<Difference>), String>> = known
            .par_iter()
            .map(|(former, corrections)| {
                let bytes = read_original(&folder, &former.id).map_err(|e| e.to_string())?;
                let settings = options.settings(former);
                let mut record = parsed(&bytes, former, &register, &settings)?;
                apply(&mut record.order, corrections);
                let differences = differences(former, &record.order);
                Ok((record, differences))
            })
            .collect();
        let mut new = Vec::new();
        for result in &again {
            match result {
                Ok((_, differences)) if differences.is_empty() => summary.same += 1,
                Ok((record, _)) => new.push(record),
                Err(_) => summary.failed += 1,
            }
        }
        summary.changed += new.len();
        if !options.dry_run {
            archive.replace(&new)?;
        }
        for ((before, _), result) in known.iter().zip(&again) {
            visit(&match result {
                Ok((_, differences)) if differences.is_empty() => Reparsed::Same,
                Ok((_, differences)) => Reparsed::Changed {
                    before,
                    differences,
                },
                Err(message) => Reparsed::Failed {
                    id: &before.id,
                    message,
                },
            });
        }
    }
}

/// What is another in a record, in the order of its fields.
fn differences(before: &Order, now: &Order) -> Vec<Difference> {
    // Through the same writing and reading: what was kept as JSON has lost the last digit of a fraction.
    let value = |order: &Order| -> Value {
        let json = serde_json::to_string(order).unwrap_or_default();
        serde_json::from_str(&json).unwrap_or(Value::Null)
    };
    let kept = serde_json::to_string(now)
        .ok()
        .and_then(|json| serde_json::from_str::<Order>(&json).ok());
    let mut found = Vec::new();
    if kept.as_ref() != Some(before) {
        compare(String::new(), &value(before), &value(now), &mut found);
    }
    found
}

fn compare(place: String, before: &Value, now: &Value, found: &mut Vec<Difference>) {
    match (before, now) {
        (before, now) if before == now => {}
        (Value::Object(before), Value::Object(now)) => {
            let below = |name: &String| {
                if place.is_empty() {
                    name.clone()
                } else {
                    format!("{place}.{name}")
                }
            };
            for (name, value) in before {
                match now.get(name) {
                    Some(other) => compare(below(name), value, other, found),
                    None => found.push(one(below(name), Some(value), None)),
                }
            }
            for (name, value) in now {
                if !before.contains_key(name) {
                    found.push(one(below(name), None, Some(value)));
                }
            }
        }
        (Value::Array(before), Value::Array(now)) => lists(&place, before, now, found),
        _ => found.push(one(place, Some(before), Some(now))),
    }
}

/// Two lists: what is equal at their beginnings and their ends is left out, so that one element more or
/// less does not make all the others look changed.
fn lists(place: &str, before: &[Value], now: &[Value], found: &mut Vec<Difference>) {
    let shorter = before.len().min(now.len());
    let mut start = 0;
    while start < shorter && before[start] == now[start] {
        start += 1;
    }
    let mut end = 0;
    while end < shorter - start && before[before.len() - 1 - end] == now[now.len() - 1 - end] {
        end += 1;
    }
    let (before, now) = (
        &before[start..before.len() - end],
        &now[start..now.len() - end],
    );
    for at in 0..before.len().max(now.len()) {
        let place = format!("{place}[{}]", start + at);
        match (before.get(at), now.get(at)) {
            (Some(before), Some(now)) => compare(place, before, now, found),
            (before, now) => found.push(one(place, before, now)),
        }
    }
}

fn one(place: String, before: Option<&Value>, now: Option<&Value>) -> Difference {
    Difference {
        place,
        before: before.cloned(),
        now: now.cloned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_changed_is_told_by_its_place() {
        for (before, now, expected) in [
            (json!({"a": 1}), json!({"a": 1}), vec![]),
            (
                json!({"a": {"b": 1}}),
                json!({"a": {"b": 2}}),
                vec!["a.b: 1 → 2"],
            ),
            (
                json!({"a": null}),
                json!({"a": {"b": 2}}),
                vec!["a: null → {\"b\":2}"],
            ),
            (json!({}), json!({"a": 1}), vec!["a: - → 1"]),
            (json!({"a": 1}), json!({}), vec!["a: 1 → -"]),
            (json!([1, 2, 3]), json!([1, 9, 2, 3]), vec!["[1]: - → 9"]),
            (json!([1, 2, 3]), json!([2, 3]), vec!["[0]: 1 → -"]),
            (json!([1, 2, 3]), json!([1, 5, 3]), vec!["[1]: 2 → 5"]),
            (json!([1, 1]), json!([1]), vec!["[1]: 1 → -"]),
        ] {
            let mut found = Vec::new();
            compare(String::new(), &before, &now, &mut found);
            let side = |value: &Option<Value>| {
                value
                    .as_ref()
                    .map_or_else(|| "-".to_owned(), Value::to_string)
            };
            let shown: Vec<String> = found
                .iter()
                .map(|d| format!("{}: {} → {}", d.place, side(&d.before), side(&d.now)))
                .collect();
            assert_eq!(shown, expected, "{before} {now}");
        }
    }
}
