//! Compares libraries that read PDF files: which words they find, in which order, and what hostile files cost.
//!
//! `cargo run --release --manifest-path benches/pdf_libraries/Cargo.toml -- ../shared/gold`
//!
//! The folder holds `labels.jsonl`, whose lines name a `file` and give its `source_text`, and `bad/` with hostile
//! files. Each library reads each file in a process of its own, which prints its words and its peak memory.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

mod libraries;

const LIBRARIES: [&str; 6] = [
    "hayro-interpret",
    "pdf-extract",
    "pdf_oxide",
    "lopdf",
    "pdftotext -bbox",
    "pdftotext -layout",
];

/// What a library made of one file.
struct Outcome {
    words: Vec<String>,
    succeeded: bool,
    /// Kilobytes; none for programs of other makers.
    peak: Option<u64>,
    seconds: f64,
    complaint: String,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [mode, library, path] if mode == "--one" => {
            libraries::print_words(library, Path::new(path))
        }
        [folder] => {
            compare(Path::new(folder));
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("usage: pdf-libraries FOLDER");
            ExitCode::from(2)
        }
    }
}

fn compare(folder: &Path) {
    let labels = std::fs::read_to_string(folder.join("labels.jsonl")).unwrap();
    let orders: Vec<serde_json::Value> = labels
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|label: &serde_json::Value| label["form"] == "pdf-text")
        .collect();
    println!("| library | words found | words right | order | ms a file |");
    println!("|---|---|---|---|---|");
    for library in LIBRARIES {
        let (mut shared, mut printed, mut found, mut order, mut seconds) = (0, 0, 0, 0.0, 0.0);
        for label in &orders {
            let outcome = read(library, &folder.join(label["file"].as_str().unwrap()));
            let text = label["source_text"].as_str().unwrap();
            let expected: Vec<&str> = text.split_whitespace().collect();
            let words: Vec<&str> = outcome.words.iter().map(String::as_str).collect();
            shared += in_both(&expected, &words);
            printed += expected.len();
            found += words.len();
            order +=
                2.0 * in_order(&expected, &words) as f64 / (expected.len() + words.len()) as f64;
            seconds += outcome.seconds;
        }
        println!(
            "| {library} | {:.4} | {:.4} | {:.4} | {:.0} |",
            shared as f64 / printed as f64,
            shared as f64 / found as f64,
            order / orders.len() as f64,
            seconds * 1000.0 / orders.len() as f64,
        );
    }
    println!("\n| hostile file | library | outcome | peak MiB | seconds |");
    println!("|---|---|---|---|---|");
    for file in [
        "cyclic-pages.pdf",
        "encrypted.pdf",
        "flate-bomb.pdf",
        "truncated.pdf",
    ] {
        for library in &LIBRARIES[..5] {
            let outcome = read(library, &folder.join("bad").join(file));
            println!(
                "| {file} | {library} | {}, {} words{} | {} | {:.1} |",
                if outcome.succeeded {
                    "ends well"
                } else {
                    "error"
                },
                outcome.words.len(),
                if outcome.complaint.is_empty() {
                    String::new()
                } else {
                    format!(": {}", outcome.complaint)
                },
                outcome
                    .peak
                    .map_or("?".to_owned(), |peak| (peak / 1024).to_string()),
                outcome.seconds,
            );
        }
    }
}

fn read(library: &str, path: &Path) -> Outcome {
    let mut command = match library {
        "pdftotext -bbox" | "pdftotext -layout" => {
            let mut command = Command::new("pdftotext");
            command
                .arg(library.rsplit(' ').next().unwrap())
                .arg(path)
                .arg("-");
            command
        }
        _ => {
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.arg("--one").arg(library).arg(path);
            command
        }
    };
    let started = Instant::now();
    let output = command.stdin(Stdio::null()).output().unwrap();
    let seconds = started.elapsed().as_secs_f64();
    let printed = String::from_utf8_lossy(&output.stdout);
    let words = if library == "pdftotext -bbox" {
        printed.lines().filter_map(word_of_bbox).collect()
    } else {
        printed.split_whitespace().map(str::to_owned).collect()
    };
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    let peak = complaints
        .lines()
        .find_map(|line| line.strip_prefix("peak ")?.parse().ok());
    let complaint = complaints
        .lines()
        .find(|line| !line.starts_with("peak ") && !line.is_empty());
    Outcome {
        words,
        succeeded: output.status.success(),
        peak,
        seconds,
        complaint: complaint.unwrap_or_default().chars().take(80).collect(),
    }
}

/// `<word xMin=…>Приказ</word>` → Приказ.
fn word_of_bbox(line: &str) -> Option<String> {
    let (_, rest) = line.trim().strip_prefix("<word ")?.split_once('>')?;
    let word = rest.strip_suffix("</word>")?;
    Some(
        word.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&"),
    )
}

/// How many words both have, each as often as in the poorer one.
fn in_both(one: &[&str], other: &[&str]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in one {
        *counts.entry(word).or_default() += 1;
    }
    other
        .iter()
        .filter(|word| match counts.get_mut(**word) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .count()
}

/// The length of the longest sequence of words that both have in order.
fn in_order(one: &[&str], other: &[&str]) -> usize {
    let mut lengths = vec![0; other.len() + 1];
    for word in one {
        let mut diagonal = 0;
        for (index, found) in other.iter().enumerate() {
            let above = lengths[index + 1];
            lengths[index + 1] = if word == found {
                diagonal + 1
            } else {
                above.max(lengths[index])
            };
            diagonal = above;
        }
    }
    lengths[other.len()]
}
