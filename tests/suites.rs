//! Reads the Word files of other projects' test suites, and compares their words with those that
//! LibreOffice exports, where it is installed.
//!
//! LibreOffice shows some words that Word does not show in the final state of a document, and the
//! other way about. [`Explanation`] tells these apart and says why; what is left is missing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

mod support;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use prikaz::read::{Reading, Settings, read};
use prikaz::text::AsidePlace;
use support::shared;

/// Why a file of the suites may be refused; any other cause is a mistake of the reader.
const REFUSALS: [&str; 5] = [
    "damaged",            // fuzzers' finds, cut archives
    "encrypted",          // protected with a password
    "forbidden-dtd",      // external entities
    "needs-ocr",          // a picture and no word
    "unsupported-format", // a Word 97 document that is called .docm
];

/// Words of LibreOffice that must be in the text or among its hidden words, in a thousand.
const LEAST_PER_MILLE: usize = 995;

/// Documents that one start of LibreOffice converts: enough to forget the start, and few enough to
/// be converted one by one where one of them ends the program.
const BATCH: usize = 40;

/// How long one start of LibreOffice may take, in seconds.
const SECONDS_PER_BATCH: &str = "300";

/// A file of a suite.
struct File {
    suite: String,
    path: PathBuf,
}

fn files() -> Option<Vec<File>> {
    let root = shared("docx-suites")?;
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "_SOURCE.txt") {
                let within = path.strip_prefix(&root).unwrap();
                let suite = within.components().next().unwrap().as_os_str();
                let suite = suite.to_string_lossy().into_owned();
                files.push(File { suite, path });
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Some(files)
}

#[test]
fn every_file_is_read_or_refused_with_a_cause() {
    let Some(files) = files() else { return };
    let mut readable = 0;
    let mut refused: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for File { path, .. } in &files {
        match read(&fs::read(path).unwrap(), &Settings::default()) {
            Ok(reading) => {
                assert_spans(path, &reading);
                readable += 1;
            }
            Err(error) => {
                let names = refused.entry(error.code()).or_default();
                names.push(format!("{}: {error}", path.display()));
                assert!(!error.remedy().is_empty());
            }
        }
    }
    println!("files: {}, readable: {readable}", files.len());
    for (code, names) in &refused {
        println!("{code}: {}", names.len());
        assert!(REFUSALS.contains(code), "{}", names.join("\n"));
    }
}

/// Blocks are in order, join to the text, and their labels and cells lie inside them.
fn assert_spans(path: &Path, reading: &Reading) {
    let text = &reading.text;
    let joined: Vec<&str> = text
        .blocks
        .iter()
        .map(|block| text.slice(block.span))
        .collect();
    assert_eq!(joined.join("\n"), text.plain, "{}", path.display());
    for block in &text.blocks {
        let words = text.slice(block.span);
        assert!(!words.trim().is_empty(), "{}", path.display());
        let cells = block.cells.iter().map(|cell| cell.span);
        for span in block.label.into_iter().chain(cells) {
            assert!(
                block.span.contains(span) && !text.slice(span).is_empty(),
                "{}: {span:?} in {block:?}",
                path.display()
            );
        }
    }
}

/// Why a word that LibreOffice shows is not in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Explanation {
    /// It is text that a tracked change took away. LibreOffice shows changes; the text is the final
    /// state.
    Deleted,
    /// It is the mark of a note, or a word that the mark is glued to. Marks are not text.
    NoteMark,
    /// A file of [`DIFFERENCES`], which says why.
    Listed,
}

/// Files whose words differ for another cause, by the end of their paths.
const DIFFERENCES: [(&str, &str); 31] = [
    // LibreOffice prints the number of a paragraph without text; such a paragraph is counted and is
    // no block of the text.
    (
        "isLgl-Display All Levels Using Arabic Numerals.docx",
        "numbers of empty paragraphs",
    ),
    (
        "val-decimalEnclosedFullstop.docx",
        "number of an empty paragraph",
    ),
    (
        "docx/lists_multiple_initial.docx",
        "number of an empty paragraph",
    ),
    (
        "golden/lists_multiple_initial.docx",
        "number of an empty paragraph",
    ),
    // LibreOffice works fields out anew; the result that the file stores is the document.
    ("complex table3.docx", "the date of today"),
    ("simple-field.docx", "the date of today"),
    ("Field-more field.docx", "the time, and a number of pages"),
    ("Field-more field2.docx", "the time, and a number of pages"),
    ("FldSimple.docx", "the name of the file"),
    ("unicode-path.docx", "a number of pages"),
    ("form_footnotes.docx", "the number of a page"),
    (
        "TestFiles/Document.docx",
        "the date of today, and a choice of a list",
    ),
    (
        "TestFiles/Complex01.docx",
        "the date of today, and a choice of a list",
    ),
    (
        "TestFiles/Strict01.docx",
        "the date of today, and a choice of a list",
    ),
    // A field that marks an entry for an index shows nothing in Word.
    ("complex0.docx", "a mark of an index"),
    ("complex1_NOR.docx", "a mark of an index"),
    ("complex2010.docx", "a mark of an index"),
    // What stands beside a deletion or a break is one word for one program and two for the other.
    ("stress023.docx", "beside a deletion"),
    ("632399964516872542 1.docx", "beside a deletion"),
    ("Normalize/sdsd.docx", "beside a deletion"),
    ("paragraph_insertion_deletion.docx", "beside a deletion"),
    ("track_changes_deletion.docx", "beside a deletion"),
    ("track_changes_scrubbed_metadata.docx", "beside a deletion"),
    ("Bug54849.docx", "beside the mark of a note"),
    ("Bug55142.docx", "beside a tab"),
    (
        "ProjectQualityPlan_TP10185896.dotx",
        "beside a content control",
    ),
    ("Resume1_TP10072681.dotx", "beside a content control"),
    // A line break in a content control of plain text is lost in LibreOffice.
    ("document/55966.docx", "beside a line break"),
    ("POIXWPFFuzzer-6733884933668864.docx", "beside a line break"),
    // The variables of a formula stand apart in one and together in the other.
    ("complex2005_12rtm.docx", "a formula"),
    // Numbers in words are written in Russian, whatever the language of the document.
    ("numbering-newformat.docx", "«First» is «Первый»"),
];

/// What the comparison of some files comes to.
#[derive(Default)]
struct Tally {
    files: usize,
    words: usize,
    missing: usize,
    explained: BTreeMap<Explanation, usize>,
}

impl Tally {
    fn left(&self) -> usize {
        self.missing - self.explained.values().sum::<usize>()
    }
}

#[test]
fn the_words_of_libreoffice_are_read() {
    let Some(files) = files() else { return };
    if !is_installed("soffice") || !is_installed("timeout") {
        println!("left out: soffice or timeout is not installed");
        return;
    }
    let mut readable: Vec<(&File, Vec<u8>, Reading)> = Vec::new();
    for file in &files {
        let bytes = fs::read(&file.path).unwrap();
        if let Ok(reading) = read(&bytes, &Settings::default()) {
            readable.push((file, bytes, reading));
        }
    }
    let exports = exported(readable.iter().map(|(file, bytes, _)| (*file, &bytes[..])));
    let mut suites: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut missing = Vec::new();
    for (file, bytes, reading) in &readable {
        let Some(export) = exports.get(&bytes[..]) else {
            println!("LibreOffice does not convert {}", file.path.display());
            continue;
        };
        let tally = suites.entry(&file.suite).or_default();
        let rest = compare(file, bytes, reading, export, tally);
        if !rest.is_empty() {
            missing.push(format!("{}: {}", file.path.display(), rest.join(" ")));
        }
    }
    println!("not in the text and not explained:\n{}", missing.join("\n"));
    let mut all = Tally::default();
    for (suite, tally) in &suites {
        report(suite, tally);
        all.files += tally.files;
        all.words += tally.words;
        all.missing += tally.missing;
        for (&why, count) in &tally.explained {
            *all.explained.entry(why).or_default() += count;
        }
        assert!(is_enough(tally.left(), tally.words), "{suite}");
    }
    report("all suites", &all);
    assert!(is_enough(all.missing, all.words));
}

fn is_enough(missing: usize, words: usize) -> bool {
    missing * 1000 <= words * (1000 - LEAST_PER_MILLE)
}

fn report(name: &str, tally: &Tally) {
    #[allow(clippy::cast_precision_loss, reason = "a share to print")]
    let share = |missing: usize| 100.0 * (1.0 - missing as f64 / tally.words.max(1) as f64);
    println!(
        "{name}: {} files, {} words of LibreOffice, read {:.2} %; explained {:?}; read or explained {:.2} %",
        tally.files,
        tally.words,
        share(tally.missing),
        tally.explained,
        share(tally.left()),
    );
}

/// Counts the words of one file that LibreOffice shows and the reading has neither in its text nor
/// among its hidden words; hands back those that nothing explains.
fn compare(
    file: &File,
    bytes: &[u8],
    reading: &Reading,
    export: &str,
    tally: &mut Tally,
) -> Vec<String> {
    let hidden = reading.text.asides.iter();
    let hidden = hidden.filter(|aside| aside.place == AsidePlace::Hidden);
    let mut read = counted(&reading.text.plain);
    for aside in hidden {
        add_words(&mut read, &aside.text);
    }
    let main = main_part(bytes).unwrap_or_default();
    let mut deleted = counted(&deleted_text(&main));
    // In the text and beside the note itself.
    let mut marks = 2 * (main.matches("noteReference ").count());
    let is_listed = DIFFERENCES
        .iter()
        .any(|(end, _)| file.path.to_string_lossy().ends_with(end));
    tally.files += 1;
    let mut rest = Vec::new();
    for (word, count) in counted(export) {
        tally.words += count;
        for _ in take(&mut read, &word, count)..count {
            tally.missing += 1;
            let why = if take(&mut deleted, &word, 1) == 1 {
                Explanation::Deleted
            } else if marks > 0 && bears_a_mark(&word) {
                marks -= 1;
                Explanation::NoteMark
            } else if is_listed {
                Explanation::Listed
            } else {
                rest.push(word.clone());
                continue;
            };
            *tally.explained.entry(why).or_default() += 1;
        }
    }
    rest
}

/// Takes up to `count` of a word out of a bag; how many there were.
fn take(bag: &mut HashMap<String, usize>, word: &str, count: usize) -> usize {
    let Some(there) = bag.get_mut(word) else {
        return 0;
    };
    let taken = count.min(*there);
    *there -= taken;
    taken
}

/// Whether a word has figures or small Roman numerals at an end, as the marks of notes are.
fn bears_a_mark(word: &str) -> bool {
    word.ends_with(|c: char| c.is_numeric() || matches!(c, 'i' | 'v' | 'x'))
        || word.starts_with(|c: char| c.is_numeric() || c == 'i')
}

fn counted(text: &str) -> HashMap<String, usize> {
    let mut bag = HashMap::new();
    add_words(&mut bag, text);
    bag
}

/// Words are letters and figures in a row. Signs that take no room do not part them.
fn add_words(bag: &mut HashMap<String, usize>, text: &str) {
    let is_invisible = |c: char| {
        matches!(
            c,
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}'
        )
    };
    let visible = text.replace(is_invisible, "");
    for word in visible.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            *bag.entry(word.to_owned()).or_default() += 1;
        }
    }
}

/// The XML of the main document, where it is in its usual place.
fn main_part(bytes: &[u8]) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut xml = Vec::new();
    let mut part = archive.by_name("word/document.xml").ok()?;
    part.read_to_end(&mut xml).ok()?;
    Some(String::from_utf8_lossy(&xml).into_owned())
}

/// The text in tracked deletions, run by run and once more without what parts the runs.
fn deleted_text(main: &str) -> String {
    let texts = |xml: &str, tag: &str| -> Vec<String> {
        let elements = xml.split(tag).skip(1);
        elements
            .filter_map(|rest| rest.split_once('>')?.1.split('<').next().map(str::to_owned))
            .collect()
    };
    let mut runs = texts(main, "<w:delText");
    for moved in main.split("<w:moveFrom ").skip(1) {
        let moved = moved.split("</w:moveFrom>").next().unwrap();
        runs.extend(texts(moved, "<w:t"));
    }
    format!("{} {}", runs.join(" "), runs.concat())
}

fn is_installed(program: &str) -> bool {
    let outcome = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    outcome.is_ok_and(|status| status.success())
}

/// What LibreOffice makes of each document, by its bytes; equal documents are converted once.
fn exported<'f>(
    documents: impl Iterator<Item = (&'f File, &'f [u8])>,
) -> HashMap<&'f [u8], String> {
    let folder = tempfile::tempdir().unwrap();
    let mut names: HashMap<&[u8], String> = HashMap::new();
    let mut inputs = Vec::new();
    for (index, (file, bytes)) in documents.enumerate() {
        if names.contains_key(bytes) {
            continue;
        }
        let extension = file.path.extension().unwrap().to_string_lossy();
        let input = folder
            .path()
            .join(format!("{index}.{}", extension.to_lowercase()));
        fs::write(&input, bytes).unwrap();
        inputs.push(input);
        names.insert(bytes, format!("{index}.txt"));
    }
    for batch in inputs.chunks(BATCH) {
        convert(folder.path(), batch);
    }
    // A document that ends LibreOffice takes the rest of its batch with it.
    for input in &inputs {
        if !input.with_extension("txt").exists() {
            convert(folder.path(), std::slice::from_ref(input));
        }
    }
    let exports = names.into_iter();
    exports
        .filter_map(|(bytes, name)| {
            Some((bytes, fs::read_to_string(folder.path().join(name)).ok()?))
        })
        .collect()
}

fn convert(folder: &Path, documents: &[PathBuf]) {
    let profile = folder.join("profile");
    let outcome = Command::new("timeout")
        .args([SECONDS_PER_BATCH, "soffice", "--headless"])
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args(["--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
        .arg(folder)
        .args(documents)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    outcome.unwrap();
}
