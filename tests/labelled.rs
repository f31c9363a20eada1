//! What is right in the labelled orders, over all formats and for each: the table that the README shows, the least
//! that must be right, and how much of what is stated surely of scans.
//!
//! `cargo test --test labelled -- --nocapture` prints the table. The labels and the program that scores are read in
//! place where they are there; where they are not, or Python is not, the test says so. Files that take a program that
//! is not installed are left out, and named.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it cannot go on, prints its table, and says what it left out"
)]

#[path = "support/documents.rs"]
mod documents;
#[path = "support/stated_values.rs"]
mod stated_values;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use prikaz::archive::sha256;
use prikaz::lexicon::register::Register;
use prikaz::order::{Order, Source};
use prikaz::parse::{Document, parse};
use prikaz::read::{ReadError, Settings, read};
use serde_json::Value;

use self::stated_values::{Table, count, sure};

/// The least share that must be right over all formats, by what the scorer calls it.
const LEAST: [(&str, f64); 13] = [
    ("kind", 0.99),
    ("number", 0.99),
    ("date", 0.99),
    ("place", 0.96),
    ("title", 0.96),
    ("issuer", 0.96),
    ("signatories", 0.98),
    ("acknowledged", 0.98),
    ("clauses", 0.985),
    ("clause addresses", 0.985),
    ("persons", 0.95),
    ("references: act", 0.98),
    ("references: act + pinpoints", 0.96),
];

/// The same for scans whose number and date were typed.
const LEAST_OF_SCANS: [(&str, f64); 3] = [("number", 0.9), ("date", 0.9), ("references: act", 0.9)];

/// The least share that must be right of the values that are stated surely of scans.
const LEAST_OF_SURE: f64 = 0.98;

/// The columns of the table.
const COLUMNS: [&str; 9] = [
    "number",
    "date",
    "title",
    "issuer",
    "clauses",
    "signatories",
    "persons",
    "references: act",
    "references: act + pinpoints",
];

/// How a labelled file was made.
fn is_scan(label: &Value) -> bool {
    matches!(
        label["form"].as_str(),
        Some("pdf-scan" | "image" | "docx-scan")
    )
}

/// Whether number and date were put in with a pen, which no engine reads.
fn is_handwritten(label: &Value) -> bool {
    label["phenomena"]
        .as_array()
        .is_some_and(|tags| tags.iter().any(|tag| tag == "num-handwritten"))
}

/// The record of a file; nothing where a program that it takes is not installed.
fn record(path: &Path) -> Option<Order> {
    let bytes = fs::read(path).unwrap();
    let reading = match read(&bytes, &Settings::default()) {
        Ok(reading) => reading,
        Err(ReadError::NeedsProgram(program)) => {
            println!("left out: {} takes {}", path.display(), program.name());
            return None;
        }
        Err(error) => panic!("{}: {error}", path.display()),
    };
    let source = Source {
        path: path.file_name().unwrap().to_string_lossy().into_owned(),
        format: reading.format,
        bytes: bytes.len() as u64,
        modified: None,
        pages: reading.text.pages,
        ocr: reading.ocr,
    };
    Some(parse(
        &reading.text,
        Document {
            id: sha256(&bytes),
            source,
            today: jiff::civil::date(2026, 1, 1),
            register: Register::built_in(),
        },
    ))
}

/// What the scorer says of these labels, by field: a share or an F1. Nothing where it cannot run.
fn scored(shared: &Path, labels: &[&Value], records: &Path) -> Option<Value> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for label in labels {
        writeln!(file, "{label}").unwrap();
    }
    let python = std::env::var("PRIKAZ_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python)
        .arg(shared.join("tools/score.py"))
        .args([file.path(), records])
        .arg("--json")
        .output()
        .ok()?;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).ok()
}

fn share(scores: &Value, field: &str) -> Option<f64> {
    scores["single"][field]["accuracy"]
        .as_f64()
        .or_else(|| scores["lists"][field]["f1"].as_f64())
}

fn assert_at_least(scores: &Value, least: &[(&str, f64)], what: &str) {
    for (field, least) in least {
        let share = share(scores, field).unwrap();
        assert!(
            share >= *least,
            "{what}: {field} {share} is less than {least}"
        );
    }
}

#[test]
fn labelled_orders_are_read_right_in_every_format() {
    let Some(shared) = documents::shared() else {
        println!("left out: the labelled orders are not here");
        return;
    };
    let gold = shared.join("gold");
    let labels = fs::read_to_string(gold.join("labels.jsonl")).unwrap();
    let labels: Vec<Value> = labels
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut records = tempfile::NamedTempFile::new().unwrap();
    let mut read: Vec<&Value> = Vec::new();
    let mut stated_of_scans = Table::new();
    for label in &labels {
        let path = gold.join(label["file"].as_str().unwrap());
        if let Some(order) = record(&path) {
            writeln!(records, "{}", serde_json::to_string(&order).unwrap()).unwrap();
            if order.source.ocr.is_some() {
                count(label, &order, &mut stated_of_scans);
            }
            read.push(label);
        }
    }
    records.flush().unwrap();
    let sure = sure(&stated_of_scans);
    println!(
        "of {} values that are stated surely of scans, {} are right",
        sure.stated, sure.right
    );
    assert!(
        sure.stated == 0 || sure.share() >= LEAST_OF_SURE,
        "too many values of scans are stated surely and wrong"
    );
    let of = |wanted: &dyn Fn(&Value) -> bool| -> Vec<&Value> {
        read.iter().copied().filter(|label| wanted(label)).collect()
    };
    let Some(all) = scored(&shared, &read, records.path()) else {
        println!("left out: Python is not here to score");
        return;
    };
    let forms: BTreeSet<&str> = read
        .iter()
        .filter_map(|label| label["form"].as_str())
        .collect();
    println!("| form | files | {} |", COLUMNS.join(" | "));
    println!("|---|---|{}", "---|".repeat(COLUMNS.len()));
    let row = |name: &str, files: usize, scores: &Value| {
        let cells: Vec<String> = COLUMNS
            .iter()
            .map(|field| {
                share(scores, field).map_or("–".to_owned(), |share| format!("{share:.3}"))
            })
            .collect();
        println!("| {name} | {files} | {} |", cells.join(" | "));
    };
    for form in forms {
        let labels = of(&|label| label["form"] == form);
        if let Some(scores) = scored(&shared, &labels, records.path()) {
            row(form, labels.len(), &scores);
        }
    }
    row("all", read.len(), &all);
    let printed = of(&|label| !is_scan(label));
    let scans = of(&|label| is_scan(label) && !is_handwritten(label));
    assert_at_least(
        &scored(&shared, &printed, records.path()).unwrap(),
        &LEAST,
        "files with text",
    );
    if !scans.is_empty() {
        assert_at_least(
            &scored(&shared, &scans, records.path()).unwrap(),
            &LEAST_OF_SCANS,
            "scans",
        );
    }
}
