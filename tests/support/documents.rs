//! Every DOCX order that tests can reach: those of the corpus, and the labelled ones where they are there.

#![allow(
    dead_code,
    clippy::print_stdout,
    reason = "each test takes what it needs, and says what it left out"
)]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use prikaz::archive::sha256;
use prikaz::lexicon::register::Register;
use prikaz::order::{Order, Source};
use prikaz::parse::{Document, parse};
use prikaz::read::{Settings, read};
use prikaz::text::Text;

/// The folder of test data that is read in place, where it is there.
pub(crate) fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let folder = std::env::var_os("PRIKAZ_SHARED").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The DOCX files of a folder, in order.
pub(crate) fn docx_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "docx")
        })
        .collect();
    files.sort();
    files
}

/// The orders of the corpus and, where they are there, the labelled ones; scans in a DOCX hold no words.
pub(crate) fn all_orders() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/orders");
    let mut files = docx_files(&corpus);
    match shared() {
        Some(shared) => {
            let labelled = docx_files(&shared.join("gold/orders"));
            let scan = |path: &PathBuf| path.to_string_lossy().contains("-scan.");
            files.extend(labelled.into_iter().filter(|path| !scan(path)));
        }
        None => println!("left out: the labelled orders are not here"),
    }
    files
}

/// What is read out of a file.
pub(crate) fn record(path: &Path) -> Order {
    let bytes = fs::read(path).unwrap();
    let reading = read(&bytes, &Settings::default()).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    record_of(&reading.text, &bytes, name)
}

/// What is read out of a text.
pub(crate) fn record_of(text: &Text, bytes: &[u8], path: String) -> Order {
    let source = Source {
        path,
        format: prikaz::order::Format::Docx,
        bytes: bytes.len() as u64,
        modified: None,
        pages: text.pages,
        ocr: None,
    };
    parse(
        text,
        Document {
            id: sha256(bytes),
            source,
            today: date(2026, 1, 1),
            register: Register::built_in(),
        },
    )
}
