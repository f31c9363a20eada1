//! The same order as a Word document and in another format gives the same record.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use prikaz::archive::sha256;
use prikaz::lexicon::register::Register;
use prikaz::order::{Format, Source};
use prikaz::parse::{Document, parse};
use prikaz::read::{Settings, read};
use serde_json::Value;
use support::shared;

/// What differs between any two files: the source, where a value stands, and how sure it is.
const OF_THE_FILE: [&str; 6] = ["id", "source", "span", "spans", "mentions", "confidence"];

/// What differs of a page besides: how the source breaks its lines, and how many characters are before a
/// value.
const OF_THE_PAGE: [&str; 8] = [
    "id",
    "source",
    "text",
    "span",
    "spans",
    "mentions",
    "confidence",
    "raw",
];

fn record(path: &Path) -> Value {
    let bytes = std::fs::read(path).unwrap();
    let reading = read(&bytes, &Settings::default())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let source = Source {
        path: String::new(),
        format: reading.format,
        bytes: bytes.len() as u64,
        modified: None,
        pages: reading.text.pages,
        ocr: None,
    };
    let is_pdf = reading.format == Format::Pdf;
    assert_eq!(
        !reading.text.places.is_empty(),
        is_pdf,
        "places: {}",
        path.display()
    );
    let order = parse(
        &reading.text,
        Document {
            id: sha256(&bytes),
            source,
            today: jiff::civil::date(2026, 1, 1),
            register: Register::built_in(),
        },
    );
    serde_json::to_value(order).unwrap()
}

/// Where two values differ, in words.
fn differences(path: &str, one: &Value, other: &Value, left_out: &[&str], found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for (key, value) in one {
                if !left_out.contains(&key.as_str()) {
                    let other = other.get(key).unwrap_or(&Value::Null);
                    differences(&format!("{path}.{key}"), value, other, left_out, found);
                }
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                differences(&format!("{path}[{index}]"), one, other, left_out, found);
            }
        }
        _ if one == other => {}
        _ => found.push(format!("{path}: {one} | {other}")),
    }
}

/// The files of the gold set, by order and form.
fn files(gold: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut files: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for line in std::fs::read_to_string(gold.join("labels.jsonl"))
        .unwrap()
        .lines()
    {
        let label: Value = serde_json::from_str(line).unwrap();
        let of = |key: &str| label[key].as_str().unwrap().to_owned();
        files
            .entry(of("order"))
            .or_default()
            .insert(of("form"), of("file"));
    }
    files
}

/// Compares each order that exists as DOCX with its other forms.
fn assert_same(others: &[&str], left_out: &[&str], prepare: impl Fn(&mut Value)) {
    let Some(gold) = shared("gold") else { return };
    let (mut pairs, mut found) = (0, Vec::new());
    for (order, forms) in &files(&gold) {
        for other in others {
            let (Some(docx), Some(other)) = (forms.get("docx"), forms.get(*other)) else {
                continue;
            };
            pairs += 1;
            let (mut one, mut two) = (record(&gold.join(docx)), record(&gold.join(other)));
            prepare(&mut one);
            prepare(&mut two);
            differences(order, &one, &two, left_out, &mut found);
        }
    }
    println!("pairs compared: {pairs}, differences: {}", found.len());
    assert!(pairs > 0, "the gold set has no pairs");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_same_order_as_docx_and_as_pdf_gives_the_same_record() {
    assert_same(&["pdf-text"], &OF_THE_PAGE, |_| {});
}

#[test]
fn the_same_order_as_docx_and_in_other_word_processors_gives_the_same_record() {
    assert_same(&["doc", "odt", "rtf", "txt"], &OF_THE_FILE, |record| {
        // Its parts are compared; as a whole it has the bullets of one program or the other.
        record.as_object_mut().unwrap().remove("text");
        // Plain text has no margins for text to be left out from.
        let findings = record["findings"].as_array_mut().unwrap();
        findings.retain(|finding| finding["code"] != "text-outside-body");
        collapse(record);
    });
}

/// White space counts once: plain text sets columns apart by spaces.
fn collapse(value: &mut Value) {
    match value {
        Value::Object(object) => object.values_mut().for_each(collapse),
        Value::Array(list) => list.iter_mut().for_each(collapse),
        Value::String(text) => *text = text.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => {}
    }
}
