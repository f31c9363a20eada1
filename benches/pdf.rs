//! Reading PDF files that have text, beside `pdftotext` on the same files in the same run.
//!
//! The files are those of the folder that `PRIKAZ_PDF` names, or the labelled orders beside the repository.
//! Throughput is in files. Both work on one core; `pdftotext` gives its words with their places too (`-bbox`), and
//! is started anew for each file, as whoever calls it has to.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark stops where it cannot go on, and says what it left out"
)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use prikaz::read::{Recognition, Settings, read};

/// Recognising pictures would measure Tesseract; `pdftotext` leaves them out too.
fn text_alone() -> Settings {
    Settings {
        recognition: Recognition::Never,
        ..Settings::default()
    }
}

/// The PDF files of the folder that have text.
fn files() -> Vec<(PathBuf, Vec<u8>)> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/orders");
    let folder = std::env::var_os("PRIKAZ_PDF").map_or(beside, PathBuf::from);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("left out: there is no {}", folder.display());
        return Vec::new();
    };
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .filter(|(_, bytes)| read(bytes, &text_alone()).is_ok())
        .collect()
}

fn pdftotext(path: &Path) -> bool {
    Command::new("pdftotext")
        .args(["-bbox".as_ref(), path.as_os_str(), "-".as_ref()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn reading(criterion: &mut Criterion) {
    let files = files();
    let Some((first, _)) = files.first() else {
        return;
    };
    let mut group = criterion.benchmark_group("PDF files");
    group.throughput(Throughput::Elements(files.len() as u64));
    group.bench_function("read", |bencher| {
        bencher.iter(|| {
            for (_, bytes) in &files {
                black_box(read(bytes, &text_alone()).unwrap());
            }
        });
    });
    if pdftotext(first) {
        group.bench_function("pdftotext", |bencher| {
            bencher.iter(|| {
                for (path, _) in &files {
                    black_box(pdftotext(path));
                }
            });
        });
    } else {
        println!("left out: pdftotext is not installed");
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
