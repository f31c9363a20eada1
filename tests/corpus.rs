//! Every order of the corpus against the record that is expected of it, compared whole.
//!
//! `PRIKAZ_ACCEPT=1 cargo test --test corpus` rewrites the expected records; the diff is the review.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use prikaz::lexicon::register::Register;
use prikaz::order::{Order, Source};
use prikaz::parse::{Document, parse};
use prikaz::read::{Limits, read};
use sha2::{Digest, Sha256};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn orders() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder("corpus/orders"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "docx")
        })
        .collect();
    files.sort();
    files
}

fn record(path: &Path) -> Order {
    let bytes = fs::read(path).unwrap();
    let reading = read(&bytes, &Limits::default()).unwrap();
    let source = Source {
        path: path.file_name().unwrap().to_string_lossy().into_owned(),
        format: reading.format,
        bytes: bytes.len() as u64,
        modified: None,
        pages: reading.text.pages,
        ocr: None,
    };
    let id = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    parse(
        &reading.text,
        Document {
            id,
            source,
            today: date(2026, 1, 1),
            register: Register::built_in(),
        },
    )
}

#[test]
fn every_order_gives_the_record_that_is_expected() {
    let accept = std::env::var_os("PRIKAZ_ACCEPT").is_some();
    let mut differing = Vec::new();
    let files = orders();
    assert!(
        files.len() >= 25,
        "the corpus has shrunk to {}",
        files.len()
    );
    for path in files {
        let found = serde_json::to_string_pretty(&record(&path)).unwrap() + "\n";
        let name = path.file_stem().unwrap();
        let expected_path = folder("corpus/expected").join(name).with_extension("json");
        if accept {
            fs::write(&expected_path, &found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if expected != found {
            let line = expected
                .lines()
                .zip(found.lines())
                .position(|(a, b)| a != b)
                .unwrap_or(0);
            differing.push(format!(
                "{}:{}\n  expected {}\n  found    {}",
                expected_path.display(),
                line + 1,
                expected.lines().nth(line).unwrap_or("(nothing)").trim(),
                found.lines().nth(line).unwrap_or("(nothing)").trim()
            ));
        }
    }
    assert!(
        differing.is_empty(),
        "{}\nrewrite with PRIKAZ_ACCEPT=1",
        differing.join("\n")
    );
}

#[test]
fn every_span_slices_to_its_raw_characters() {
    for path in orders() {
        let order = record(&path);
        let characters: Vec<char> = order.text.chars().collect();
        let slice =
            |span: prikaz::text::Span| characters[span.start..span.end].iter().collect::<String>();
        let fields = [
            &order.issuer,
            &order.number,
            &order.place,
            &order.title,
            &order.preamble,
            &order.enacting,
        ];
        for field in fields.into_iter().flatten() {
            assert_eq!(slice(field.span), field.raw, "{}", path.display());
        }
        if let Some(field) = &order.date {
            assert_eq!(slice(field.span), field.raw, "{}", path.display());
        }
        for reference in &order.references {
            assert_eq!(slice(reference.span), reference.raw, "{}", path.display());
        }
    }
}

#[test]
fn every_record_validates_against_the_schema() {
    let schema = prikaz::order::schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for path in orders() {
        let value = serde_json::to_value(record(&path)).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|fault| fault.to_string())
            .collect();
        assert!(faults.is_empty(), "{}: {faults:?}", path.display());
    }
}
