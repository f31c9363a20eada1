//! Reading DOCX, beside its ceiling in the same run: the same parts inflated and tokenised, with
//! nothing built of them.
//!
//! Throughput is in bytes of inflated XML. After each pair stands how much of the ceiling the reader
//! reaches, in time of the processor: the two take turns, and the fastest turn of each counts, so that
//! what else the machine does weighs little.
//! The documents are written in memory, so that the
//! benchmark needs no files; the sample orders are read too where they are there.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark stops where it cannot go on, and says what it left out"
)]

#[path = "../tests/support/docx_package.rs"]
#[allow(dead_code, reason = "the tests take more of it")]
mod docx_package;
mod processor_time;

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use docx_package::Document;
use flate2::{Decompress, FlushDecompress};
use prikaz::read::Limits;
use prikaz::read::docx::read;
use processor_time::processor_time;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::{CompressionMethod, ZipArchive};

/// Words that make up the paragraphs.
const WORDS: &str = "Педагогическим работникам вести учёт успеваемости и посещаемости обучающихся \
                     с 12.02.2024 только в подсистеме «Школьный дневник» региональной системы";

/// Parts that the reader has no use for, by a piece of their names.
const UNREAD: [&str; 6] = [
    "theme",
    "ettings",
    "fontTable",
    "media/",
    "embeddings/",
    "customXml/",
];

/// An order as Word saves it: numbered clauses in runs with properties, and a table.
fn order(clauses: usize) -> Vec<u8> {
    let mut body = String::new();
    for clause in 0..clauses {
        let level = usize::from(clause % 4 != 0);
        write!(
            body,
            r#"<w:p w:rsidR="00A7{clause:04}" w:rsidRDefault="00B81234"><w:pPr><w:pStyle w:val="Clause"/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="709"/><w:jc w:val="both"/></w:pPr>"#
        )
        .unwrap();
        for words in WORDS.split_inclusive(' ').collect::<Vec<_>>().chunks(4) {
            write!(
                body,
                r#"<w:r w:rsidRPr="00C11111"><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#,
                words.concat()
            )
            .unwrap();
        }
        body += "</w:p>";
        if clause % 10 == 9 {
            body += "<w:tbl><w:tr>";
            for words in WORDS.split(' ').take(4) {
                write!(body, "<w:tc><w:tcPr><w:tcW w:w=\"2000\"/></w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>").unwrap();
            }
            body += "</w:tr></w:tbl>";
        }
    }
    Document::new(body)
        .with("styles", r#"<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/></w:style>"#)
        .with(
            "numbering",
            r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        )
        .bytes()
}

/// The sample orders of the repository, where they are there.
fn samples() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/orders");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("left out: there is no {}", folder.display());
        return Vec::new();
    };
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "docx")
        })
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Inflates the parts that the reader reads, into exactly the room that they need, and tokenises
/// them. Gives the number of inflated bytes.
fn ceiling(bytes: &[u8]) -> usize {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut inflated_bytes = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).unwrap();
        let name = entry.name().unwrap();
        if UNREAD.iter().any(|unread| name.contains(unread)) {
            continue;
        }
        let start = usize::try_from(entry.data_start().unwrap()).unwrap();
        let length = usize::try_from(entry.compressed_size()).unwrap();
        let data = &bytes[start..start + length];
        let mut part = Vec::with_capacity(usize::try_from(entry.size()).unwrap() + 1);
        if entry.compression() == CompressionMethod::Stored {
            part.extend_from_slice(data);
        } else {
            Decompress::new(false)
                .decompress_vec(data, &mut part, FlushDecompress::Finish)
                .unwrap();
        }
        inflated_bytes += part.len();
        let mut reader = Reader::from_reader(part.as_slice());
        while !matches!(black_box(reader.read_event()), Ok(Event::Eof) | Err(_)) {}
    }
    inflated_bytes
}

/// Turns that the reader and the ceiling take.
const TURNS: usize = 200;

/// How much of the ceiling the reader reaches, and how many documents a second each comes to.
fn print_share(name: &str, documents: &[Vec<u8>], limits: &Limits) {
    let (mut least, mut least_ceiling) = (Duration::MAX, Duration::MAX);
    for _ in 0..TURNS {
        let start = processor_time();
        for document in documents {
            black_box(read(document, limits).unwrap());
        }
        let middle = processor_time();
        for document in documents {
            black_box(ceiling(document));
        }
        least = least.min(middle.saturating_sub(start));
        least_ceiling = least_ceiling.min(processor_time().saturating_sub(middle));
    }
    let number = f64::from(u32::try_from(documents.len()).unwrap());
    println!(
        "{name}: {:.2} of the ceiling ({:.0} of {:.0} documents/s)",
        least_ceiling.as_secs_f64() / least.as_secs_f64(),
        number / least.as_secs_f64(),
        number / least_ceiling.as_secs_f64()
    );
}

fn reading(criterion: &mut Criterion) {
    let limits = Limits::default();
    let sets = [
        ("an order of 26 KB", vec![order(16)]),
        ("an appendix of a hundred pages", vec![order(1_500)]),
        ("sample orders", samples()),
    ];
    for (name, documents) in sets {
        if documents.is_empty() {
            continue;
        }
        let bytes: usize = documents.iter().map(|document| ceiling(document)).sum();
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function("read", |bencher| {
            bencher.iter(|| {
                for document in &documents {
                    black_box(read(document, &limits).unwrap());
                }
            });
        });
        group.bench_function("ceiling", |bencher| {
            bencher.iter(|| {
                for document in &documents {
                    black_box(ceiling(document));
                }
            });
        });
        group.finish();
        print_share(name, &documents, &limits);
    }
}

criterion_group!(benches, reading);
criterion_main!(benches);
