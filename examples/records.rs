//! Records of a folder's files as JSON Lines on the standard output, without an archive: for scoring against labels.
//!
//! `cargo run --release --example records -- FOLDER > records.jsonl`

#![expect(clippy::print_stdout, reason = "it writes to the standard output")]

use std::path::PathBuf;

use prikaz::archive::sha256;
use prikaz::lexicon::register::Register;
use prikaz::order::Source;
use prikaz::parse::{Document, parse};
use prikaz::read::{Settings, read};

fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(
        std::env::args()
            .nth(1)
            .unwrap_or_else(|| "corpus/orders".to_owned()),
    );
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for path in files {
        let bytes = std::fs::read(&path)?;
        let Ok(reading) = read(&bytes, &Settings::default()) else {
            continue;
        };
        let source = Source {
            path: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            format: reading.format,
            bytes: bytes.len() as u64,
            modified: None,
            pages: reading.text.pages,
            ocr: reading.ocr.clone(),
        };
        let today = jiff::civil::date(2026, 1, 1);
        let order = parse(
            &reading.text,
            Document {
                id: sha256(&bytes),
                source,
                today,
                register: Register::built_in(),
            },
        );
        println!("{}", serde_json::to_string(&order)?);
    }
    Ok(())
}
