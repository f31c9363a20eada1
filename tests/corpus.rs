//! Every order of the corpus against the record that is expected of it, compared whole.
//!
//! `PRIKAZ_ACCEPT=1 cargo test --test corpus` rewrites the expected records; the diff is the review.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/documents.rs"]
mod documents;

use std::fs;
use std::path::{Path, PathBuf};

use documents::record;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn orders() -> Vec<PathBuf> {
    documents::docx_files(&folder("corpus/orders"))
}

#[test]
fn every_order_gives_the_record_that_is_expected() {
    let accept = std::env::var_os("PRIKAZ_ACCEPT").is_some();
    let mut differing = Vec::new();
    let files = orders();
    assert!(
        files.len() >= 40,
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
