//! The archive: what is acknowledged is there and whole, and nothing foreign is touched.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use prikaz::archive::{Archive, ArchiveError, LedgerEntry, Outcome, sha256};
use prikaz::lexicon::register::Register;
use prikaz::order::{Field, Format, Order, Source};
use prikaz::parse::{Document, parse};
use prikaz::text::{Span, Text};
use tempfile::TempDir;

fn new_archive() -> (TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("archive");
    (temporary, folder)
}

/// An order of this text with this number.
fn order(text: &str, number: &str) -> Order {
    let source = Source {
        path: "приказ.docx".to_owned(),
        format: Format::Docx,
        bytes: text.len() as u64,
        modified: None,
        pages: None,
        ocr: None,
    };
    let document = Document {
        id: sha256(text.as_bytes()),
        source,
        today: jiff::civil::date(2026, 1, 1),
        register: Register::built_in(),
    };
    let mut order = parse(&Text::from_lines(text), document);
    order.number = Some(Field {
        value: number.to_owned(),
        raw: number.to_owned(),
        span: Span::default(),
        confidence: 1.0,
    });
    order
}

/// Keeps and commits one order; gives its id.
fn add(archive: &mut Archive, text: &str, number: &str) -> String {
    let order = order(text, number);
    let id = order.id.clone();
    archive.keep_originals(&[(&id, text.as_bytes())]).unwrap();
    let entry = LedgerEntry {
        path: format!("/{id}"),
        relative: format!("{text}.docx"),
        id: id.clone(),
        bytes: text.len() as u64,
        modified: 1,
        outcome: Outcome::Added,
        ..LedgerEntry::default()
    };
    archive.commit(&[(entry, Some(order.into()))]).unwrap();
    id
}

fn original(archive: &Path, id: &str) -> PathBuf {
    archive.join("originals").join(&id[..2]).join(id)
}

#[test]
fn a_record_is_found_by_everything_it_is_known_by() {
    let (_temporary, folder) = new_archive();
    let mut writer = Archive::open_for_writing(&folder).unwrap();
    let law = add(&mut writer, "первый", "149 – ФЗ");
    // A number of eight digits could be the start of an id, and is a number.
    let dated = add(&mut writer, "второй", "20240205");
    let archive = Archive::open_for_reading(&folder).unwrap();
    assert_eq!(
        archive.record(&law).unwrap().unwrap(),
        order("первый", "149 – ФЗ")
    );
    for (name, id) in [
        ("149-ФЗ", &law),
        ("№ 149-Ф3", &law),
        ("20240205", &dated),
        (law.as_str(), &law),
        (&law[..8], &law),
        (&dated.to_uppercase()[..12], &dated),
        ("второй.docx", &dated),
    ] {
        let found = archive.named(name).unwrap();
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(&found[0].id, id, "{name}");
    }
    for name in [
        "149",
        "",
        "третий.docx",
        &law[..7],
        &"0".repeat(65),
        "фффффффф",
    ] {
        assert!(archive.named(name).unwrap().is_empty(), "{name}");
    }
}

#[test]
fn changes_come_in_order_and_a_page_at_a_time() {
    let (_temporary, folder) = new_archive();
    let mut writer = Archive::open_for_writing(&folder).unwrap();
    let ids: Vec<String> = (0..10)
        .map(|n| add(&mut writer, &format!("приказ {n}"), "1"))
        .collect();
    // The same record again is no change.
    add(&mut writer, "приказ 3", "1");
    let archive = Archive::open_for_reading(&folder).unwrap();
    let mut reached = 0;
    let mut followed = Vec::new();
    loop {
        let page = archive.changes_since(reached, 3).unwrap();
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 3);
        reached = last.sequence;
        followed.extend(page.into_iter().map(|change| change.id));
    }
    assert_eq!(followed, ids);
    assert_eq!(archive.sequence().unwrap(), reached);
}

#[test]
fn an_original_that_changed_on_the_disk_is_noticed_and_can_be_replaced() {
    let (_temporary, folder) = new_archive();
    let mut archive = Archive::open_for_writing(&folder).unwrap();
    let id = add(&mut archive, "text", "1");
    // As long as before: only its hash tells.
    fs::write(original(&folder, &id), "tex!").unwrap();
    assert!(matches!(
        archive.original(&id),
        Err(ArchiveError::Damaged(_))
    ));
    archive.keep_originals(&[(&id, b"text")]).unwrap();
    assert_eq!(archive.original(&id).unwrap(), b"text");
}

/// An archive on a shared disk is read by others than the one who ingested.
#[cfg(unix)]
#[test]
fn originals_may_be_read_by_those_who_may_read_the_database() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_temporary, folder) = new_archive();
    let mut archive = Archive::open_for_writing(&folder).unwrap();
    let id = add(&mut archive, "text", "1");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o444;
    assert_eq!(
        mode(&original(&folder, &id)),
        mode(&folder.join("prikaz.db"))
    );
}

#[test]
fn what_a_killed_process_left_half_written_is_cleared_away() {
    let (_temporary, folder) = new_archive();
    drop(Archive::open_for_writing(&folder).unwrap());
    let half = folder.join("originals/unfinished/half");
    fs::write(&half, "ha").unwrap();
    drop(Archive::open_for_writing(&folder).unwrap());
    assert!(!half.exists());
}

#[test]
fn one_writes_and_others_read() {
    let (_temporary, folder) = new_archive();
    let mut writer = Archive::open_for_writing(&folder).unwrap();
    match Archive::open_for_writing(&folder) {
        Err(error @ ArchiveError::Busy { .. }) => {
            let process = format!("процесс {}", std::process::id());
            assert!(error.to_string().contains(&process), "{error}");
        }
        other => panic!("{other:?}"),
    }
    let reader = Archive::open_for_reading(&folder).unwrap();
    let id = add(&mut writer, "text", "1");
    assert!(reader.has(&id).unwrap());
    drop(writer);
    Archive::open_for_writing(&folder).unwrap();
}

#[test]
fn what_is_no_archive_is_refused_and_left_as_it_is() {
    let (_temporary, folder) = new_archive();
    let missing = |folder: &Path| {
        matches!(
            Archive::open_for_reading(folder),
            Err(ArchiveError::Missing(_))
        )
    };
    assert!(missing(&folder));
    fs::create_dir(&folder).unwrap();
    assert!(missing(&folder));

    let database = folder.join("prikaz.db");
    let theirs = rusqlite::Connection::open(&database).unwrap();
    theirs.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(theirs);
    let before = fs::read(&database).unwrap();
    let foreign = |result| matches!(result, Err(ArchiveError::Foreign(_)));
    assert!(foreign(Archive::open_for_writing(&folder).map(|_| ())));
    assert!(foreign(Archive::open_for_reading(&folder).map(|_| ())));
    assert_eq!(fs::read(&database).unwrap(), before);

    fs::write(&database, "this is a letter, not a database. ".repeat(100)).unwrap();
    assert!(foreign(Archive::open_for_writing(&folder).map(|_| ())));
}

#[test]
fn a_later_format_is_refused_and_left_as_it_is() {
    let (_temporary, folder) = new_archive();
    drop(Archive::open_for_writing(&folder).unwrap());
    let database = rusqlite::Connection::open(folder.join("prikaz.db")).unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    drop(database);
    for result in [
        Archive::open_for_writing(&folder).map(|_| ()),
        Archive::open_for_reading(&folder).map(|_| ()),
    ] {
        assert!(
            matches!(result, Err(ArchiveError::Newer { found: 99, .. })),
            "{result:?}"
        );
    }
}
