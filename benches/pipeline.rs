//! Parsing, indexing and the whole pipeline over the corpus. Reading has a benchmark of its own.
//!
//! Throughput is in documents (elements) and, for the parser, in bytes of text. Of the parser the fastest turn is told
//! too, in time of the processor: what else the machine does weighs little there.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark stops where it cannot go on"
)]

mod processor_time;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;
use prikaz::archive::{Archive, sha256};
use prikaz::index::Index;
use prikaz::ingest::{Options, ingest};
use prikaz::lexicon::register::Register;
use prikaz::order::{Format, Source};
use prikaz::parse::{Document, parse};
use prikaz::read::{Settings, read};
use prikaz::text::Text;
use processor_time::processor_time;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/orders")
}

fn documents() -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| fs::read(path).unwrap())
        .collect()
}

fn document(text: &Text, bytes: &[u8]) -> Document<'static> {
    let source = Source {
        path: "order.docx".to_owned(),
        format: Format::Docx,
        bytes: bytes.len() as u64,
        modified: None,
        pages: text.pages,
        ocr: None,
    };
    Document {
        id: sha256(bytes),
        source,
        today: date(2026, 1, 1),
        register: Register::built_in(),
    }
}

fn parsing(criterion: &mut Criterion) {
    let texts: Vec<(Text, Document)> = documents()
        .iter()
        .map(|bytes| {
            let text = read(bytes, &Settings::default()).unwrap().text;
            let document = document(&text, bytes);
            (text, document)
        })
        .collect();
    let bytes: usize = texts.iter().map(|(text, _)| text.plain.len()).sum();
    let parse_all = || {
        for (text, document) in &texts {
            black_box(parse(text, document.clone()));
        }
    };
    let mut group = criterion.benchmark_group("parsing");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("parse", |bencher| bencher.iter(parse_all));
    group.finish();
    let fastest = (0..TURNS)
        .map(|_| {
            let start = processor_time();
            parse_all();
            processor_time().saturating_sub(start)
        })
        .min()
        .unwrap();
    println!(
        "parsing: {:.1} MB of text a second on one core, in the fastest of {TURNS} turns",
        f64::from(u32::try_from(bytes).unwrap()) / 1e6 / fastest.as_secs_f64()
    );
}

/// Turns of the whole corpus.
const TURNS: usize = 200;

fn archiving(criterion: &mut Criterion) {
    let count = documents().len() as u64;
    let mut group = criterion.benchmark_group("archive");
    group
        .throughput(Throughput::Elements(count))
        .sample_size(10);
    group.bench_function("index", |bencher| {
        let place = tempfile::tempdir().unwrap();
        let mut archive = Archive::open_for_writing(place.path()).unwrap();
        ingest(&mut archive, &[folder()], &Options::default(), &mut |_| {}).unwrap();
        bencher.iter_batched(
            || {
                let index = archive.index_path();
                if index.exists() {
                    fs::remove_dir_all(index).unwrap();
                }
            },
            |()| Index::follow(&archive).unwrap().sequence().unwrap(),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("ingest and index", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().unwrap(),
            |place| {
                let mut archive = Archive::open_for_writing(place.path()).unwrap();
                ingest(&mut archive, &[folder()], &Options::default(), &mut |_| {}).unwrap();
                Index::follow(&archive).unwrap();
                place
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, parsing, archiving);
criterion_main!(benches);
