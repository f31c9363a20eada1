//! How often the values that the parser states with a confidence are right: the calibration table.
//!
//! `cargo run --release --example calibration -- LABELS.jsonl FOLDER [LABELS.jsonl FOLDER …]`
//!
//! The labels are in the form that `corpus/README.md` describes; without arguments those of the corpus are
//! taken. Each order is read as an ingest reads it, and five times more, worsened as conversions and hurried authors
//! worsen orders, so that the table says what to expect of orders that nobody has tuned anything to. Scans are
//! recognised and read as they are; they are counted with the others, and again in a table of their own.

#![expect(clippy::print_stdout, reason = "it writes to the standard output")]

#[path = "../tests/support/stated_values.rs"]
mod stated_values;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use prikaz::archive::sha256;
use prikaz::lexicon::register::Register;
use prikaz::order::{Order, Source};
use prikaz::parse::{Document, parse};
use prikaz::read::{Reading, Settings, read};
use prikaz::text::Text;
use serde_json::Value;

use self::stated_values::{Count, SURE, Table, count, sure};

/// A way to worsen a text.
type Worsening = fn(&str) -> String;

const WORSENINGS: [(&str, Worsening); 5] = [
    ("without tables and automatic labels apart", str::to_owned),
    ("broken into lines of 64 characters", |text| {
        broken(text, 64)
    }),
    ("without number signs", |text| {
        text.replace(['№', '\t'], " ")
    }),
    ("without quotation marks", |text| {
        text.replace(['«', '»', '"', '“', '”', '„'], "")
    }),
    ("with Latin letters among the Cyrillic", latin),
];

/// What was counted.
#[derive(Default)]
struct Counted {
    orders: usize,
    scans: usize,
    all: Table,
    of_scans: Table,
}

fn main() -> anyhow::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        arguments = vec!["corpus/labels.jsonl".to_owned(), "corpus/orders".to_owned()];
    }
    let mut counted = Counted::default();
    for pair in arguments.chunks(2) {
        let [labels, folder] = pair else {
            anyhow::bail!("each file of labels needs the folder of its orders");
        };
        labelled(
            &fs::read_to_string(labels)?,
            Path::new(folder),
            &mut counted,
        )?;
    }
    println!(
        "{} orders, each as it is and, but for scans, worsened in {} ways\n",
        counted.orders,
        WORSENINGS.len()
    );
    print(&counted.all);
    if counted.scans > 0 {
        println!("\n{} of them are scans\n", counted.scans);
        print(&counted.of_scans);
    }
    Ok(())
}

fn print(table: &Table) {
    println!("value        confidence   stated    right   share   95 % interval");
    for ((value, percent), count) in table {
        let (low, high) = interval(*count);
        println!(
            "{value:<12} {:>9.2} {:>9} {:>8}   {:.3}   {low:.3} – {high:.3}",
            f64::from(*percent) / 100.0,
            count.stated,
            count.right,
            count.share()
        );
    }
    let sure = sure(table);
    println!(
        "\nat a confidence of {:.2} and more: {} of {} right, {:.3}",
        f64::from(SURE) / 100.0,
        sure.right,
        sure.stated,
        sure.share()
    );
}

/// Reads the labelled orders of a folder and counts what is right.
fn labelled(labels: &str, folder: &Path, counted: &mut Counted) -> anyhow::Result<()> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let bytes = fs::read(entry?.path())?;
        files.insert(sha256(&bytes), bytes);
    }
    for line in labels.lines().filter(|line| !line.trim().is_empty()) {
        let label: Value = serde_json::from_str(line)?;
        let id = label["sha256"].as_str().unwrap_or_default();
        let Some(bytes) = files.get(id) else {
            continue;
        };
        let reading = match read(bytes, &Settings::default()) {
            Ok(reading) => reading,
            Err(error) => {
                println!("left out: {}: {error}", label["file"]);
                continue;
            }
        };
        counted.orders += 1;
        let order = record(&reading, &reading.text);
        count(&label, &order, &mut counted.all);
        if reading.ocr.is_some() {
            counted.scans += 1;
            count(&label, &order, &mut counted.of_scans);
            continue;
        }
        for (_, worsen) in WORSENINGS {
            let worsened = Text::from_lines(&worsen(&reading.text.plain));
            count(&label, &record(&reading, &worsened), &mut counted.all);
        }
    }
    Ok(())
}

/// The record of this text of a file.
fn record(reading: &Reading, text: &Text) -> Order {
    let source = Source {
        path: "order".to_owned(),
        format: reading.format,
        bytes: 0,
        modified: None,
        pages: text.pages,
        ocr: reading.ocr.clone(),
    };
    parse(
        text,
        Document {
            id: String::new(),
            source,
            today: date(2026, 1, 1),
            register: Register::built_in(),
        },
    )
}

/// Every third word with Latin letters that look like its Cyrillic ones, as recognition gives them.
fn latin(text: &str) -> String {
    let mut words = 0;
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            words += 1;
            if words % 3 == 0 {
                word.replace('а', "a").replace('о', "o").replace('с', "c")
            } else {
                word.to_owned()
            }
        })
        .collect()
}

/// Lines no longer than `width` characters, broken at spaces.
fn broken(text: &str, width: usize) -> String {
    let mut lines = String::new();
    for line in text.lines() {
        let mut length = 0;
        for word in line.split(' ') {
            let letters = word.chars().count();
            if length > 0 {
                let fits = length + 1 + letters <= width;
                lines.push(if fits { ' ' } else { '\n' });
                length = if fits { length + 1 } else { 0 };
            }
            lines.push_str(word);
            length += letters;
        }
        lines.push('\n');
    }
    lines
}

/// Wilson's interval for a share, at 95 %.
fn interval(count: Count) -> (f64, f64) {
    const Z: f64 = 1.96;
    let n = f64::from(count.stated.max(1));
    let p = count.share();
    let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}
