//! The same order as a Word document and as a PDF gives the same record.

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

/// What differs by its nature: where a value stands, how sure it is, how the source breaks its lines, and how
/// many characters are before it.
const LEFT_OUT: [&str; 8] = [
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
fn differences(path: &str, one: &Value, other: &Value, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for (key, value) in one {
                if !LEFT_OUT.contains(&key.as_str()) {
                    let other = other.get(key).unwrap_or(&Value::Null);
                    differences(&format!("{path}.{key}"), value, other, found);
                }
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                differences(&format!("{path}[{index}]"), one, other, found);
            }
        }
        _ if one == other => {}
        _ => found.push(format!("{path}: {one} | {other}")),
    }
}

#[test]
fn the_same_order_as_docx_and_as_pdf_gives_the_same_record() {
    let Some(gold) = shared("gold") else { return };
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
    let (mut pairs, mut found) = (0, Vec::new());
    for (order, forms) in &files {
        let (Some(docx), Some(pdf)) = (forms.get("docx"), forms.get("pdf-text")) else {
            continue;
        };
        pairs += 1;
        let (one, other) = (record(&gold.join(docx)), record(&gold.join(pdf)));
        differences(order, &one, &other, &mut found);
    }
    println!("pairs compared: {pairs}, differences: {}", found.len());
    assert!(pairs > 0, "the gold set has no pairs");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
