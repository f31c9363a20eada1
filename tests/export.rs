//! What auditors get: every form, always the same bytes, and a bag that others can validate.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test stops where it cannot go on, and says what it leaves out"
)]

#[path = "support/archives.rs"]
mod archives;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use archives::{docx, order, prikaz, run};
use serde_json::Value;
use tempfile::TempDir;

/// An archive of two orders of 2024, one of 2025 and a document that is no order.
fn archive() -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let (archive, orders) = (place.path().join("archive"), place.path().join("orders"));
    fs::create_dir_all(&orders).unwrap();
    for (name, bytes) in [
        ("а", order(10)),
        ("б", order(9)),
        (
            "в",
            docx(
                "ООО «Лист»\nПРИКАЗ\n01.02.2025 № 1\nО листах бумаги\nПРИКАЗЫВАЮ:\n1. Начать;\n1.1. с листа \"А\".\nДиректор\tА. Б. Проскурин",
            ),
        ),
        ("г", docx("Служебная записка\nПрошу выдать бумагу.")),
    ] {
        fs::write(orders.join(name).with_extension("docx"), bytes).unwrap();
    }
    run(prikaz(&archive).arg("ingest").arg(&orders));
    (place, archive)
}

fn exported(archive: &Path, form: &str, output: &Path, query: &[&str]) {
    let (out, err, code) = run(prikaz(archive)
        .args(["export", "--format", form, "--output"])
        .arg(output)
        .args(query));
    assert_eq!(code, 0, "{out}{err}");
}

/// Every file under a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn records_come_in_the_order_of_time_as_lines_and_as_an_array() {
    let (place, archive) = archive();
    let (lines, _, _) = run(prikaz(&archive).arg("export"));
    let numbers: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["number"]["value"].clone())
        .collect();
    assert_eq!(
        numbers,
        ["9-П".into(), "10-П".into(), "1".into(), Value::Null]
    );
    let (array, _, _) = run(prikaz(&archive).args(["export", "--format", "json"]));
    let array: Vec<Value> = serde_json::from_str(&array).unwrap();
    let each: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(array, each);
    let file = place.path().join("records.jsonl");
    exported(&archive, "jsonl", &file, &[]);
    assert_eq!(fs::read_to_string(&file).unwrap(), lines);
    let (empty, _, _) =
        run(prikaz(&archive).args(["export", "--format", "json", "--where", "номер:77"]));
    assert_eq!(empty, "[]\n");
}

#[test]
fn tables_hold_every_value_and_the_register_is_numbered() {
    let (place, archive) = archive();
    let folder = place.path().join("tables");
    exported(&archive, "csv", &folder, &[]);
    let table = |name: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(folder.join(name))
            .unwrap();
        let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
        reader
            .records()
            .map(|record| row(record.unwrap()))
            .collect()
    };
    assert_eq!(
        table("register.csv"),
        [
            ["position", "index", "date", "heading", "sheets", "note"],
            ["1", "9-П", "2024-02-05", "Приказ «О порядке № 9»", "", ""],
            ["2", "10-П", "2024-02-05", "Приказ «О порядке № 10»", "", ""],
            ["3", "1", "2025-02-01", "Приказ «О листах бумаги»", "", ""],
            ["4", "", "", "г.docx", "", "не распорядительный документ"],
        ]
    );
    let clauses = table("clauses.csv");
    let texts: Vec<(&str, &str)> = clauses
        .iter()
        .filter(|row| row[1] == "1")
        .map(|row| (row[3].as_str(), row[5].as_str()))
        .collect();
    assert_eq!(texts, [("1", "Начать;"), ("1.1", "с листа \"А\".")]);
    let references = table("references.csv");
    assert!(
        references.iter().any(
            |row| row.contains(&"149-ФЗ".to_owned()) && row.contains(&"ст. 10 ч. 1".to_owned())
        ),
        "{references:?}"
    );
    let people = table("people.csv");
    assert!(
        people
            .iter()
            .any(|row| row[3..6] == ["Лыткарина", "Вера", "Павловна"]),
        "{people:?}"
    );
    assert_eq!(table("orders.csv").len(), 5);
    let (_, err, code) = run(prikaz(&archive)
        .args(["export", "--format", "csv", "--output"])
        .arg(&folder));
    assert!(
        code == 2 && err.contains("уже есть") && err.contains("подсказка: "),
        "{err}"
    );
}

#[test]
fn a_file_is_written_over_only_when_asked() {
    let (place, archive) = archive();
    for form in ["json", "jsonl", "xlsx"] {
        let file = place.path().join(form);
        fs::write(&file, "kept").unwrap();
        let (_, err, code) = run(prikaz(&archive)
            .args(["export", "--format", form, "--output"])
            .arg(&file));
        assert!(
            code == 2 && err.contains("уже есть") && err.contains("--overwrite"),
            "{err}"
        );
        assert_eq!(fs::read(&file).unwrap(), b"kept");
        exported(&archive, form, &file, &["--overwrite"]);
        assert_ne!(fs::read(&file).unwrap(), b"kept");
    }
}

#[test]
fn tables_begin_with_a_byte_order_mark_only_when_asked() {
    let (place, archive) = archive();
    let first = |name: &str, options: &[&str]| {
        let folder = place.path().join(name);
        exported(&archive, "csv", &folder, options);
        fs::read_to_string(folder.join("register.csv")).unwrap()
    };
    let marked = first("marked", &["--byte-order-mark"]);
    let plain = first("plain", &[]);
    assert_eq!(marked.strip_prefix('\u{feff}'), Some(plain.as_str()));
    let (_, err, code) = run(prikaz(&archive).args(["export", "--byte-order-mark"]));
    assert!(
        code == 2 && err.contains("подсказка: укажите --format csv"),
        "{err}"
    );
}

#[test]
fn a_spreadsheet_has_a_sheet_for_each_table() {
    let (place, archive) = archive();
    let file = place.path().join("опись.xlsx");
    exported(&archive, "xlsx", &file, &[]);
    let mut parts = zip::ZipArchive::new(fs::File::open(&file).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        parts
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    let book = part("xl/workbook.xml");
    for name in ["Опись", "Приказы", "Ссылки", "Пункты", "Люди"] {
        assert!(book.contains(&format!("<sheet name=\"{name}\"")), "{book}");
    }
    let register = part("xl/worksheets/sheet1.xml");
    assert_eq!(register.matches("<row ").count(), 5);
    assert!(register.contains("Приказ «О порядке № 9»"), "{register}");
    // 45327 is 2024-02-05 in the days of Excel; a text that looks like a formula stays a text.
    assert!(
        register.contains("<v>45327</v>") && !register.contains("<f>"),
        "{register}"
    );
}

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let (place, archive) = archive();
    for (form, folder) in [
        ("jsonl", false),
        ("json", false),
        ("csv", true),
        ("xlsx", false),
        ("bagit", true),
    ] {
        // An export goes into the audit log, and that into a bag; hence each from its own copy.
        let written: Vec<BTreeMap<String, Vec<u8>>> = ["one", "two"]
            .into_iter()
            .map(|name| {
                let copy = place.path().join(format!("{name}-{form}"));
                for (name, bytes) in files(&archive) {
                    let path = copy.join(name);
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, bytes).unwrap();
                }
                let output = copy.with_extension("output");
                exported(&copy, form, &output, &["--where", "год:2024"]);
                if folder {
                    files(&output)
                } else {
                    BTreeMap::from([(form.to_owned(), fs::read(&output).unwrap())])
                }
            })
            .collect();
        assert!(!written[0].is_empty() && written[0] == written[1], "{form}");
    }
}

/// Recomputes the manifests of a bag; gives the names that they hold.
fn checked_manifest(bag: &Path, manifest: &str) -> Vec<String> {
    use sha2::Digest as _;
    let lines = fs::read_to_string(bag.join(manifest)).unwrap();
    let check = |line: &str| {
        let (digest, name) = line.split_once("  ").unwrap();
        let found = sha2::Sha512::digest(fs::read(bag.join(name)).unwrap());
        let found: String = found.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, digest, "{name}");
        name.to_owned()
    };
    lines.lines().map(check).collect()
}

/// What the BagIt program of the Library of Congress says of a bag; `None` where Python has none. The
/// variable `PRIKAZ_PYTHON` names a Python that has it.
fn validated(bag: &Path) -> Option<bool> {
    let python = std::env::var("PRIKAZ_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import bagit"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        eprintln!("{python} has no package bagit: the bag is checked by this test alone");
        return None;
    }
    let script = "import bagit, sys; bag = bagit.Bag(sys.argv[1]); bag.validate(); assert bag.version == '1.0'";
    let output = Command::new(python)
        .args(["-c", script])
        .arg(bag)
        .output()
        .unwrap();
    Some(output.status.success())
}

#[test]
fn a_bag_is_whole_and_an_independent_program_says_so() {
    let (place, archive) = archive();
    let bag = place.path().join("bag");
    exported(&archive, "bagit", &bag, &[]);
    assert_ne!(validated(&bag), Some(false));
    let mut listed = checked_manifest(&bag, "manifest-sha512.txt");
    listed.sort();
    let payload: Vec<String> = files(&bag)
        .into_keys()
        .filter(|name| name.starts_with("data/"))
        .collect();
    assert_eq!(listed, payload);
    assert_eq!(
        checked_manifest(&bag, "tagmanifest-sha512.txt"),
        ["bagit.txt", "bag-info.txt", "manifest-sha512.txt"]
    );
    let originals = payload
        .iter()
        .filter(|name| name.starts_with("data/originals/"));
    assert!(
        originals
            .clone()
            .all(|name| Path::new(name).extension().unwrap() == "docx")
            && originals.count() == 4
    );
    let read = |name: &str| fs::read_to_string(bag.join("data").join(name)).unwrap();
    assert_eq!(read("records.jsonl").lines().count(), 4);
    assert_eq!(read("ledger.jsonl").lines().count(), 4);
    assert!(read("log.jsonl").contains("\"ingest\""));
    let schema: Value = serde_json::from_str(&read("schema.json")).unwrap();
    for line in read("records.jsonl").lines() {
        assert!(jsonschema::is_valid(
            &schema,
            &serde_json::from_str(line).unwrap()
        ));
    }
    let first = bag.join(
        payload
            .iter()
            .find(|name| name.contains("originals"))
            .unwrap(),
    );
    fs::write(first, b"changed").unwrap();
    assert_ne!(validated(&bag), Some(true));
}

#[test]
fn a_query_chooses_what_is_exported_and_the_log_tells_of_it() {
    let (place, archive) = archive();
    let bag = place.path().join("bag-2025");
    exported(&archive, "bagit", &bag, &["--where", "год:2025"]);
    assert_ne!(validated(&bag), Some(false));
    let payload = files(&bag);
    assert_eq!(
        payload
            .keys()
            .filter(|name| name.contains("originals"))
            .count(),
        1
    );
    assert_eq!(
        fs::read_to_string(bag.join("data/ledger.jsonl"))
            .unwrap()
            .lines()
            .count(),
        1
    );
    let (log, _, _) = run(prikaz(&archive).arg("log"));
    let last = log.lines().last().unwrap();
    assert!(
        last.contains("выгрузка") && last.contains("вид bagit, записей 1, запрос год:2025"),
        "{last}"
    );
    assert_eq!(run(prikaz(&archive).arg("verify")).2, 0);
}

#[test]
fn a_damaged_original_goes_into_no_bag() {
    let (place, archive) = archive();
    let bag = place.path().join("bag");
    let original = files(&archive.join("originals"))
        .into_keys()
        .next()
        .unwrap();
    fs::write(archive.join("originals").join(original), b"damaged").unwrap();
    let (_, err, code) = run(prikaz(&archive)
        .args(["export", "--format", "bagit", "--output"])
        .arg(&bag));
    assert!(code == 2 && err.contains("повреждён"), "{err}");
    assert!(!bag.exists() && !place.path().join("bag.partial").exists());
}
