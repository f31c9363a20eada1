//! Writes the sample orders: `cargo run --example write_corpus`.
//!
//! In: `corpus/source/NN-name.txt` (the words and the layout) and `corpus/expected/NN-name.facts`
//! (what a careful reader takes from them). Out: `corpus/orders/NN-name.docx` and
//! `corpus/labels.jsonl`, the same bytes on every run. `corpus/README.md` explains both forms.

#![expect(
    clippy::print_stdout,
    reason = "a program for people tells what it did"
)]

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sha2::{Digest, Sha256};

#[path = "../tests/support/corpus_facts.rs"]
mod corpus_facts;
#[path = "../tests/support/corpus_markup.rs"]
mod corpus_markup;
#[path = "../tests/support/docx_writer/mod.rs"]
mod docx_writer;

fn main() -> Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut sources = fs::read_dir(corpus.join("source"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    sources.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    sources.sort();
    ensure!(!sources.is_empty(), "corpus/source holds no .txt file");
    let mut labels = String::new();
    for source in &sources {
        let name = source
            .file_stem()
            .and_then(|stem| stem.to_str())
            .with_context(|| format!("{}: the name is not readable", source.display()))?;
        let label = write_order(&corpus, name).with_context(|| name.to_owned())?;
        labels += &label.to_string();
        labels.push('\n');
    }
    fs::write(corpus.join("labels.jsonl"), labels)?;
    println!("{} documents written", sources.len());
    Ok(())
}

/// Writes one document and returns its label.
fn write_order(corpus: &Path, name: &str) -> Result<serde_json::Value> {
    let source = fs::read_to_string(corpus.join(format!("source/{name}.txt")))?;
    let document = corpus_markup::parse(&source)?;
    let bytes = docx_writer::write(&document)?;
    let file = format!("orders/{name}.docx");
    fs::write(corpus.join(&file), &bytes)?;
    let facts = fs::read_to_string(corpus.join(format!("expected/{name}.facts")))
        .context("every order wants a .facts file in corpus/expected")?;
    let mut label = corpus_facts::parse(&facts, &corpus_markup::visible_text(&document))?;
    label.insert("file".to_owned(), json!(file));
    label.insert("form".to_owned(), json!("docx"));
    label.insert("sha256".to_owned(), json!(hexadecimal(&bytes)));
    Ok(label.into())
}

/// The SHA-256 of `bytes` in lower-case hexadecimal.
fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
