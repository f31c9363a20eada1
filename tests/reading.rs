//! The reader against what a person reads in the file.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use prikaz::read::{Limits, ReadError, is_lock_file, read};
use serde_json::Value;

/// The folder of test data that is read in place, where it is there.
fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let folder = std::env::var_os("PRIKAZ_SHARED").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("left out: the labelled orders and hostile files are not here");
    None
}

/// White space collapsed and bullets left out, as the labels are compared.
fn plain(text: &str) -> String {
    text.split_whitespace()
        .filter(|word| !matches!(*word, "•" | "–" | "-"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn labelled_orders_read_as_labelled() {
    let Some(shared) = shared() else { return };
    let labels = fs::read_to_string(shared.join("gold/labels.jsonl")).unwrap();
    let mut differing = Vec::new();
    for line in labels.lines() {
        let label: Value = serde_json::from_str(line).unwrap();
        if label["form"] != "docx" {
            continue;
        }
        let file = label["file"].as_str().unwrap();
        let bytes = fs::read(shared.join("gold").join(file)).unwrap();
        let text = read(&bytes, &Limits::default()).unwrap().text;
        let (expected, found) = (plain(label["text"].as_str().unwrap()), plain(&text.plain));
        if expected != found {
            let at = expected
                .chars()
                .zip(found.chars())
                .take_while(|(a, b)| a == b)
                .count();
            let around = |words: &str| {
                words
                    .chars()
                    .skip(at.saturating_sub(30))
                    .take(80)
                    .collect::<String>()
            };
            differing.push(format!(
                "{file}\n  expected …{}\n  found    …{}",
                around(&expected),
                around(&found)
            ));
        }
    }
    assert!(
        differing.is_empty(),
        "{} differ:\n{}",
        differing.len(),
        differing.join("\n")
    );
}

#[test]
fn hostile_files_are_named_for_what_they_are() {
    let Some(shared) = shared() else { return };
    let expected: HashMap<String, Value> =
        serde_json::from_str(&fs::read_to_string(shared.join("gold/bad/expected.json")).unwrap())
            .unwrap();
    let mut faults = Vec::new();
    for (name, wanted) in &expected {
        let bytes = fs::read(shared.join("gold/bad").join(name)).unwrap();
        let outcome = wanted["outcome"].as_str().unwrap();
        if outcome == "skip" {
            assert!(is_lock_file(name), "{name}");
            continue;
        }
        let fault = match (outcome, read(&bytes, &Limits::default())) {
            // A format that is not read yet is named as what it is.
            (_, Err(ReadError::Unsupported(_)))
                if !name.ends_with(".docx") || wanted["detected"] != Value::Null =>
            {
                None
            }
            ("ok", Err(error)) => Some(error.to_string()),
            ("error", Ok(_)) => Some("was read".to_owned()),
            _ => None,
        };
        faults.extend(fault.map(|fault| format!("{name} ({outcome}): {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_of_other_suites_ends_in_text_or_a_named_error() {
    let Some(shared) = shared() else { return };
    let mut folders = vec![shared.join("docx-suites")];
    let (mut read_well, mut refused) = (0, HashMap::<&str, usize>::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| {
                matches!(extension.to_str(), Some("docx" | "docm" | "dotx" | "doc"))
            }) {
                match read(&fs::read(&path).unwrap(), &Limits::default()) {
                    Ok(reading) => {
                        read_well += 1;
                        for block in &reading.text.blocks {
                            assert!(
                                !reading.text.slice(block.span).is_empty(),
                                "{}",
                                path.display()
                            );
                        }
                    }
                    Err(error) => *refused.entry(error.code()).or_default() += 1,
                }
            }
        }
    }
    println!("read {read_well}, refused {refused:?}");
    assert!(read_well > 0);
}
