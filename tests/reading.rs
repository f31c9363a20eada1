//! Reads whole files: the gold orders and hostile files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

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
            "docx" | "txt" | "rtf" | "odt" | "doc" => {
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
            "pdf-text" => assert_words(file, &label, &outcome.unwrap()),
            // A layer of text under the picture is taken where it is good.
            "pdf-scan" if has_good_layer(&label) => {
                assert_eq!(outcome.unwrap().ocr, None, "{file}");
            }
            "docx-scan" | "image" | "pdf-scan" => assert_recognised(file, &label, outcome),
            _ => assert_eq!(outcome.unwrap_err().code(), "unsupported-format", "{file}"),
        }
    }
    println!(
        "gold files compared: {compared_files}, differing: {}",
        differing.len()
    );
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}

#[test]
fn a_page_on_its_side_or_its_head_is_laid_straight() {
    let Some(gold) = shared("gold") else { return };
    let label = labels(&gold)
        .into_iter()
        .find(|label| label["file"].as_str().unwrap().ends_with(".png"))
        .unwrap();
    let file = label["file"].as_str().unwrap();
    let upright = image::open(gold.join(file)).unwrap();
    for (name, turned) in [
        ("on its right side", upright.rotate90()),
        ("on its head", upright.rotate180()),
        ("on its left side", upright.rotate270()),
    ] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        turned
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        let outcome = read(&bytes.into_inner(), &Settings::default());
        assert_recognised(&format!("{file} {name}"), &label, outcome);
    }
}

/// Nearly all words of a picture are found, each with a place on its page.
fn assert_recognised(file: &str, label: &Value, outcome: Result<Reading, ReadError>) {
    let reading = match outcome {
        Err(ReadError::NeedsProgram(program)) => {
            eprintln!("{file} was not recognised: {} is missing", program.name());
            return;
        }
        outcome => outcome.unwrap_or_else(|error| panic!("{file}: {error}")),
    };
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(|word| word.to_lowercase().replace('ё', "е"))
            .collect()
    };
    let found = words(&reading.text.plain);
    let expected = words(
        label["text"]
            .as_str()
            .or(label["source_text"].as_str())
            .unwrap(),
    );
    let missing: Vec<&String> = expected
        .iter()
        .filter(|word| !found.contains(word))
        .collect();
    assert!(missing.len() * 10 <= expected.len(), "{file}: {missing:?}");
    let ocr = reading.ocr.unwrap_or_else(|| panic!("{file}"));
    assert!(ocr.engine.starts_with("tesseract"), "{}", ocr.engine);
    assert!(ocr.confidence > 0.8, "{file}: {}", ocr.confidence);
    let text = &reading.text;
    assert_eq!(
        text.pages.map(|pages| pages as usize),
        Some(text.page_sizes.len())
    );
    for place in &text.places {
        let size = text.page_sizes[place.page as usize - 1];
        let bounds = place.bounds;
        assert!(
            bounds.left < bounds.right && bounds.top < bounds.bottom,
            "{file}"
        );
        // A box at the edge of a page that was turned straight may stand out by a little.
        let (across, down) = (-20.0..size.width + 20.0, -20.0..size.height + 20.0);
        assert!(
            across.contains(&bounds.left) && across.contains(&bounds.right),
            "{file}: {bounds:?}"
        );
        assert!(
            down.contains(&bounds.top) && down.contains(&bounds.bottom),
            "{file}: {bounds:?}"
        );
    }
}

fn has_good_layer(label: &Value) -> bool {
    let phenomena = label["phenomena"].as_array().unwrap();
    phenomena.iter().any(|tag| tag == "scan-ocr-layer-good")
}

/// The letters and figures of the text that was printed are there, each as often; how lines and cells are joined
/// and what stands in the margins may differ.
fn assert_words(file: &str, label: &Value, reading: &Reading) {
    let count = |text: &str| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        for character in text.chars().filter(|character| character.is_alphanumeric()) {
            *counts.entry(character).or_default() += 1;
        }
        counts
    };
    let printed = label["source_text"].as_str().unwrap();
    assert_eq!(count(&reading.text.plain), count(printed), "{file}");
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
            || name.ends_with(".pdf")
            || name.ends_with(".png")
            || name.ends_with(".jpg")
            || matches!(
                detected,
                Some("docx" | "pdf" | "rtf" | "odt" | "html" | "doc")
            );
        if let Err(ReadError::NeedsProgram(program)) = &outcome {
            eprintln!("{name} was not read: {} is missing", program.name());
            continue;
        }
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
