//! How often the values that the parser states with a confidence are right: the calibration table.
//!
//! `cargo run --release --example calibration -- LABELS.jsonl FOLDER [LABELS.jsonl FOLDER …]`
//!
//! The labels are in the form that `corpus/README.md` describes; without arguments those of the corpus are
//! taken. Each order is read six times: as it is, and worsened as conversions and hurried authors worsen
//! orders, so that the table says what to expect of orders that nobody has tuned anything to.

#![expect(clippy::print_stdout, reason = "it writes to the standard output")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use prikaz::archive::sha256;
use prikaz::lexicon::register::Register;
use prikaz::order::{Clause, Format, Order, Source};
use prikaz::parse::{Document, parse};
use prikaz::read::{Settings, read};
use prikaz::text::Text;
use serde_json::Value;

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

/// What stands under one value and confidence.
#[derive(Default, Clone, Copy)]
struct Count {
    stated: u32,
    right: u32,
}

type Table = BTreeMap<(&'static str, u32), Count>;

fn main() -> anyhow::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        arguments = vec!["corpus/labels.jsonl".to_owned(), "corpus/orders".to_owned()];
    }
    let mut table = Table::new();
    let mut orders = 0;
    for pair in arguments.chunks(2) {
        let [labels, folder] = pair else {
            anyhow::bail!("each file of labels needs the folder of its orders");
        };
        orders += labelled(&fs::read_to_string(labels)?, Path::new(folder), &mut table)?;
    }
    println!(
        "{orders} orders, each as it is and worsened in {} ways\n",
        WORSENINGS.len()
    );
    println!("value        confidence   stated    right   share   95 % interval");
    let mut sure = Count::default();
    for ((value, percent), count) in &table {
        let (low, high) = interval(*count);
        println!(
            "{value:<12} {:>9.2} {:>9} {:>8}   {:.3}   {low:.3} – {high:.3}",
            f64::from(*percent) / 100.0,
            count.stated,
            count.right,
            share(*count)
        );
        if *percent >= 90 {
            sure.stated += count.stated;
            sure.right += count.right;
        }
    }
    println!(
        "\nat a confidence of 0.90 and more: {} of {} right, {:.3}",
        sure.right,
        sure.stated,
        share(sure)
    );
    Ok(())
}

/// Reads the labelled orders of a folder and counts what is right. Gives how many there are.
fn labelled(labels: &str, folder: &Path, table: &mut Table) -> anyhow::Result<usize> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let bytes = fs::read(entry?.path())?;
        files.insert(sha256(&bytes), bytes);
    }
    let mut orders = 0;
    for line in labels.lines().filter(|line| !line.trim().is_empty()) {
        let label: Value = serde_json::from_str(line)?;
        let id = label["sha256"].as_str().unwrap_or_default();
        let Some(reading) = files
            .get(id)
            .and_then(|bytes| read(bytes, &Settings::default()).ok())
        else {
            continue;
        };
        orders += 1;
        count(&label, &record(&reading.text), table);
        for (_, worsen) in WORSENINGS {
            count(
                &label,
                &record(&Text::from_lines(&worsen(&reading.text.plain))),
                table,
            );
        }
    }
    Ok(orders)
}

fn record(text: &Text) -> Order {
    let source = Source {
        path: "order".to_owned(),
        format: Format::Docx,
        bytes: 0,
        modified: None,
        pages: None,
        ocr: None,
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

fn count(label: &Value, order: &Order, table: &mut Table) {
    let mut note = |value: &'static str, confidence: f64, right: bool| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a confidence lies between 0 and 1"
        )]
        let percent = (confidence * 100.0).round() as u32;
        let count = table.entry((value, percent)).or_default();
        count.stated += 1;
        count.right += u32::from(right);
    };
    let same =
        |key: &str, value: &str| fold(label[key].as_str().unwrap_or_default()) == fold(value);
    if let Some(field) = &order.kind {
        note("kind", field.confidence, same("kind", field.value.name()));
    }
    if let Some(field) = &order.date {
        note(
            "date",
            field.confidence,
            same("date", &field.value.to_string()),
        );
    }
    let strings = [
        ("number", &order.number),
        ("place", &order.place),
        ("title", &order.title),
        ("issuer", &order.issuer),
    ];
    for (key, field) in strings {
        if let Some(field) = field {
            note(key, field.confidence, same(key, &field.value));
        }
    }
    let labels: Vec<String> = strings_of(&label["clauses"])
        .map(|label| fold(label.trim_end_matches('.')))
        .collect();
    let mut waiting: Vec<&Clause> = order.clauses.iter().rev().collect();
    while let Some(clause) = waiting.pop() {
        if let Some(shown) = &clause.label {
            let right = labels.contains(&fold(shown.trim_end_matches('.')));
            note("clause", clause.confidence, right);
        }
        waiting.extend(clause.children.iter().rev());
    }
    let signing: Vec<String> = label["signatories"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|person| fold(person["surname"].as_str().unwrap_or_default()))
        .collect();
    for signatory in &order.signatories {
        let surname = fold(&order.people[signatory.person].surname);
        note(
            "signatory",
            signatory.confidence,
            signing.contains(&surname),
        );
    }
    let cited: Vec<&Value> = label["references"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    for reference in &order.references {
        if reference.place.starts_with("appendix") {
            continue;
        }
        let act = &reference.act;
        let right = cited.iter().any(|label| {
            let target = label["resolves_to"]
                .as_u64()
                .and_then(|index| cited.get(usize::try_from(index).ok()?))
                .copied()
                .unwrap_or(label);
            match target["number"].as_str() {
                Some(number) => act
                    .number
                    .as_deref()
                    .is_some_and(|own| fold(own) == fold(number)),
                None => target["type"] == act.kind.name(),
            }
        });
        note("reference", reference.confidence, right);
    }
}

fn strings_of(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// Lower case, «е» for «ё», no white space, quotation marks or full stops.
fn fold(value: &str) -> String {
    value
        .to_lowercase()
        .replace('ё', "е")
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '«' | '»' | '"' | '“' | '”' | '„' | '.'))
        .collect()
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

fn share(count: Count) -> f64 {
    f64::from(count.right) / f64::from(count.stated.max(1))
}

/// Wilson's interval for a share, at 95 %.
fn interval(count: Count) -> (f64, f64) {
    const Z: f64 = 1.96;
    let n = f64::from(count.stated.max(1));
    let p = share(count);
    let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}
