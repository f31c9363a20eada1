//! Reads whole files: the gold orders, hostile files, and the test suites of other projects.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use prikaz::order::Format;
use prikaz::read::{ReadError, Reading, Settings, is_lock_file, read};
use serde_json::Value;
use support::shared;

/// A text as it is compared: bullets left out, white space collapsed.
fn compared(text: &str) -> String {
    text.lines()
        .map(|line| line.trim_start().trim_start_matches(['•', '–', '-', '➢']))
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>()
        .join(" ")
}

fn labels(gold: &Path) -> Vec<Value> {
    std::fs::read_to_string(gold.join("labels.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn gold_orders_read_as_word_displays_them() {
    let Some(gold) = shared("gold") else { return };
    let mut differing = Vec::new();
    let mut compared_files = 0;
    for label in labels(&gold) {
        let file = label["file"].as_str().unwrap();
        let form = label["form"].as_str().unwrap();
        let bytes = std::fs::read(gold.join(file)).unwrap();
        let outcome = read(&bytes, &Settings::default());
        match form {
            "docx" | "txt" | "rtf" => {
                compared_files += 1;
                let reading = outcome.unwrap_or_else(|error| panic!("{file}: {error}"));
                let (got, expected) = (
                    compared(&reading.text.plain),
                    compared(label["text"].as_str().unwrap()),
                );
                if got != expected {
                    let same = got
                        .chars()
                        .zip(expected.chars())
                        .take_while(|(a, b)| a == b)
                        .count();
                    let around = |text: &str| -> String {
                        text.chars()
                            .skip(same.saturating_sub(40))
                            .take(120)
                            .collect()
                    };
                    differing.push(format!(
                        "{file}\n  expected …{}\n  read     …{}",
                        around(&expected),
                        around(&got)
                    ));
                }
                if form == "docx" {
                    assert_headers(file, &label, &reading);
                }
            }
            "docx-scan" => assert_eq!(outcome.unwrap_err().code(), "needs-ocr", "{file}"),
            _ => assert_eq!(outcome.unwrap_err().code(), "unsupported-format", "{file}"),
        }
    }
    println!(
        "gold files compared: {compared_files}, differing: {}",
        differing.len()
    );
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}

/// Headers and footers are found, whatever way their lines are joined.
fn assert_headers(file: &str, label: &Value, reading: &Reading) {
    let words = |text: &str| {
        text.replace('|', " ")
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let Some(expected) = label["header_footer"].as_array() else {
        return;
    };
    for text in expected {
        let text = text.as_str().unwrap();
        assert!(
            reading
                .text
                .asides
                .iter()
                .any(|aside| words(&aside.text) == words(text)),
            "{file}: no header or footer {text:?} among {:?}",
            reading.text.asides
        );
    }
}

#[test]
fn hostile_files_do_what_a_good_program_does() {
    let Some(gold) = shared("gold") else { return };
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(gold.join("bad/expected.json")).unwrap())
            .unwrap();
    for (name, case) in expected.as_object().unwrap() {
        let bytes = std::fs::read(gold.join("bad").join(name)).unwrap();
        if case["outcome"] == "skip" {
            assert!(is_lock_file(name), "{name}");
            continue;
        }
        assert!(!is_lock_file(name), "{name}");
        let outcome = read(&bytes, &Settings::default());
        println!(
            "{name}: {}",
            match &outcome {
                Ok(reading) => format!(
                    "{} bytes of text, {:?}",
                    reading.text.plain.len(),
                    reading.text.notices
                ),
                Err(error) => format!("{} — {error}", error.code()),
            }
        );
        let detected = case["detected"].as_str();
        let is_read_here = name.ends_with(".docx") && detected.is_none_or(|d| d == "docx")
            || name.ends_with(".txt")
            || matches!(detected, Some("docx" | "rtf"));
        match (case["outcome"].as_str().unwrap(), &outcome) {
            (_, Err(error)) if !is_read_here => {
                assert!(
                    matches!(error, ReadError::UnsupportedFormat(_) | ReadError::Empty),
                    "{name}: {error}"
                );
            }
            ("ok" | "error_or_ok", Ok(reading)) => assert_expected(name, case, &reading.text.plain),
            ("error", Err(error)) => {
                let code = match case["error"].as_str().unwrap() {
                    "unknown_format" => "not-a-document".to_owned(),
                    code => code.replace('_', "-"),
                };
                assert_eq!(error.code(), code, "{name}");
            }
            ("error_or_ok" | "error_or_partial", Err(_)) => {}
            ("error_or_partial", Ok(reading)) => {
                assert!(
                    !reading.text.notices.is_empty(),
                    "{name} is not marked as partial"
                );
            }
            (outcome, _) => panic!("{name}: expected {outcome}"),
        }
    }
}

/// The fields that must come out stand in the text.
fn assert_expected(name: &str, case: &Value, text: &str) {
    for field in ["number", "title"] {
        if let Some(value) = case["expect"][field].as_str() {
            let (value, text) = (
                value.replace(['«', '»'], "\""),
                text.replace(['«', '»'], "\""),
            );
            assert!(
                text.contains(&value),
                "{name}: {value:?} is not in the text"
            );
        }
    }
}

#[test]
fn the_suites_of_other_projects_are_read_without_a_panic() {
    let Some(suites) = shared("docx-suites") else {
        return;
    };
    let mut folders = vec![suites];
    let (mut files, mut readable) = (0, 0);
    let mut refused: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            match read(&std::fs::read(&path).unwrap(), &Settings::default()) {
                Ok(reading) => {
                    readable += usize::from(reading.format == Format::Docx);
                    assert_spans(&path, &reading);
                }
                Err(error) => {
                    let name = path.file_name().unwrap().to_string_lossy();
                    refused
                        .entry(error.code())
                        .or_default()
                        .push(format!("{name}: {error}"));
                }
            }
        }
    }
    println!("files of other projects: {files}, readable as DOCX: {readable}");
    for (code, names) in &refused {
        println!("{code}: {}", names.len());
        for name in names {
            println!("    {name}");
        }
    }
    assert!(
        readable * 10 > files * 8,
        "{readable} of {files} are readable"
    );
}

/// Blocks are in order, join to the text, and their labels and cells lie inside them.
fn assert_spans(path: &Path, reading: &Reading) {
    let text = &reading.text;
    let joined: Vec<&str> = text
        .blocks
        .iter()
        .map(|block| text.slice(block.span))
        .collect();
    assert_eq!(joined.join("\n"), text.plain, "{}", path.display());
    for block in &text.blocks {
        assert!(
            !text.slice(block.span).trim().is_empty(),
            "{}",
            path.display()
        );
        let parts = block
            .label
            .into_iter()
            .chain(block.cells.iter().map(|cell| cell.span));
        for span in parts {
            assert!(
                block.span.contains(span),
                "{}: {span:?} in {block:?}",
                path.display()
            );
            assert!(!text.slice(span).is_empty(), "{}", path.display());
        }
    }
}
