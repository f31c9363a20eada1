//! Copies that open, the way back, and archives of other formats.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/archives.rs"]
mod archives;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use archives::{order, prikaz, run};
use prikaz::archive::Archive;
use rusqlite::Connection;

fn folder(place: &Path, count: usize) -> PathBuf {
    let orders = place.join("orders");
    fs::create_dir_all(&orders).unwrap();
    for number in 0..count {
        fs::write(orders.join(format!("{number}.docx")), order(number)).unwrap();
    }
    orders
}

fn verified(archive: &Path) {
    let (out, err, code) = run(prikaz(archive).arg("verify"));
    assert_eq!(code, 0, "{out}{err}");
}

fn exported(archive: &Path) -> String {
    run(prikaz(archive).arg("export")).0
}

#[test]
fn a_backup_opens_takes_only_what_is_new_and_is_brought_back() {
    let place = tempfile::tempdir().unwrap();
    let (archive, backup) = (place.path().join("archive"), place.path().join("backup"));
    let orders = folder(place.path(), 3);
    run(prikaz(&archive).arg("ingest").arg(&orders));
    let (out, err, code) = run(prikaz(&archive).arg("backup").arg(&backup));
    assert!(
        code == 0 && out.contains("оригиналов скопировано          3"),
        "{out}{err}"
    );
    verified(&backup);
    assert_eq!(exported(&backup), exported(&archive));

    fs::write(orders.join("new.docx"), order(100)).unwrap();
    run(prikaz(&archive).arg("ingest").arg(&orders));
    let (out, err, _) = run(prikaz(&archive).arg("backup").arg(&backup));
    assert!(
        out.contains("оригиналов скопировано          1")
            && out.contains("уже было в копии                3"),
        "{out}{err}"
    );
    verified(&backup);

    let (_, err, code) = run(prikaz(&archive).arg("restore").arg(&backup));
    assert!(code == 2 && err.contains("не пуста"), "{err}");
    let before = exported(&archive);
    fs::rename(&archive, place.path().join("aside")).unwrap();
    let (_, err, code) = run(prikaz(&archive).arg("restore").arg(&backup));
    assert_eq!(code, 0, "{err}");
    verified(&archive);
    assert_eq!(exported(&archive), before);
    let (log, _, _) = run(prikaz(&archive).arg("log"));
    assert!(log.contains("восстановление"), "{log}");
    // It goes on where it was.
    let (out, _, _) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert!(out.contains("уже есть                        4"), "{out}");
}

#[test]
fn a_backup_is_not_written_over_other_things() {
    let place = tempfile::tempdir().unwrap();
    let (one, two) = (place.path().join("one"), place.path().join("two"));
    let orders = folder(place.path(), 1);
    for archive in [&one, &two] {
        run(prikaz(archive).arg("ingest").arg(&orders));
    }
    for taken in [&two, &orders] {
        let (_, err, code) = run(prikaz(&one).arg("backup").arg(taken));
        assert!(code == 2 && err.contains("не пуста"), "{err}");
    }
    verified(&two);
}

#[test]
fn a_damaged_original_is_not_copied_as_if_it_were_whole() {
    let place = tempfile::tempdir().unwrap();
    let (archive, backup) = (place.path().join("archive"), place.path().join("backup"));
    run(prikaz(&archive).arg("ingest").arg(folder(place.path(), 1)));
    let opened = Archive::open_for_reading(&archive).unwrap();
    let id = opened.ids_after("", 1).unwrap().remove(0);
    fs::write(opened.original_path(&id), b"damaged").unwrap();
    let (_, err, code) = run(prikaz(&archive).arg("backup").arg(&backup));
    assert!(code == 2 && err.contains("повреждён"), "{err}");
    assert!(!backup.join("prikaz.db").exists());
}

#[test]
fn a_backup_while_files_are_taken_in_is_the_archive_of_one_moment() {
    const FILES: usize = 600;
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("archive");
    let orders = folder(place.path(), FILES);
    let mut writer = prikaz(&archive)
        .arg("ingest")
        .arg(&orders)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut during = 0;
    while writer.try_wait().unwrap().is_none() {
        let started = Archive::open_for_reading(&archive)
            .is_ok_and(|archive| archive.sequence().is_ok_and(|sequence| sequence > 0));
        if !started {
            std::thread::yield_now();
            continue;
        }
        let backup = place.path().join(format!("backup-{during}"));
        let (out, err, code) = run(prikaz(&archive).arg("backup").arg(&backup));
        assert_eq!(code, 0, "{out}{err}");
        verified(&backup);
        during += 1;
    }
    assert!(
        during > 0,
        "the ingest was over before a backup could begin"
    );
    verified(&archive);
    assert_eq!(exported(&archive).lines().count(), FILES);
}

/// The tables of format 1, with one record and two lines of the ledger.
fn format_1(archive: &Path, id: &str, json: &str) {
    let database = Connection::open(archive.join("prikaz.db")).unwrap();
    database
        .execute_batch(
            "CREATE TABLE record (id TEXT PRIMARY KEY, number TEXT, is_order INTEGER NOT NULL, findings INTEGER NOT NULL, bytes INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
             CREATE INDEX record_by_number ON record (number);
             CREATE TABLE change (sequence INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL REFERENCES record (id)) STRICT;
             CREATE TABLE ledger (entry INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, id TEXT NOT NULL, bytes INTEGER NOT NULL, modified INTEGER NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL, cause TEXT, message TEXT, remedy TEXT, version TEXT NOT NULL) STRICT;
             CREATE INDEX ledger_by_path ON ledger (path, entry);
             CREATE INDEX ledger_by_id ON ledger (id);
             PRAGMA user_version = 1;",
        )
        .unwrap();
    let bytes = i64::try_from(order(1).len()).unwrap();
    database
        .execute(
            "INSERT INTO record VALUES (?1, '1-П', 1, 0, ?2, ?3)",
            rusqlite::params![id, bytes, json],
        )
        .unwrap();
    database
        .execute("INSERT INTO change (record) VALUES (?1)", [id])
        .unwrap();
    database
        .execute_batch(&format!(
            "INSERT INTO ledger (path, id, bytes, modified, at, outcome, version) VALUES ('/orders/1.docx', '{id}', {bytes}, 5, '2026-01-01T00:00:00Z', 'added', '0.1.0');
             INSERT INTO ledger (path, id, bytes, modified, at, outcome, cause, message, remedy, version) VALUES ('/orders/2.pdf', '', 5, 5, '2026-01-01T00:00:00Z', 'failed', 'empty', 'the file is empty', 'copy it again', '0.1.0');"
        ))
        .unwrap();
}

#[test]
fn an_archive_of_the_former_format_is_converted_and_its_database_kept() {
    let place = tempfile::tempdir().unwrap();
    let (now, old) = (place.path().join("now"), place.path().join("old"));
    run(prikaz(&now).arg("ingest").arg(folder(place.path(), 2)));
    let id = prikaz::archive::sha256(&order(1));
    let json = exported(&now)
        .lines()
        .find(|line| line.contains(&id))
        .unwrap()
        .to_owned();
    let original = old.join("originals").join(&id[..2]);
    fs::create_dir_all(&original).unwrap();
    fs::write(original.join(&id), order(1)).unwrap();
    format_1(&old, &id, &json);

    // The first command converts it, whichever it is.
    let (out, err, code) = run(prikaz(&old).args(["ledger", "--failed"]));
    assert!(code == 0 && out.contains("/orders/2.pdf"), "{out}{err}");
    verified(&old);
    assert_eq!(exported(&old), format!("{json}\n"));
    let (log, _, _) = run(prikaz(&old).arg("log"));
    assert!(
        log.lines().next().unwrap().contains("новый формат"),
        "{log}"
    );
    let kept = Connection::open(old.join("prikaz.db.format-1")).unwrap();
    let number = |query: &str| {
        kept.query_row(query, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(number("PRAGMA user_version"), 1);
    assert_eq!(number("SELECT count(*) FROM ledger"), 2);
}

#[test]
fn an_archive_of_a_later_format_is_refused_by_every_command() {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("archive");
    let orders = folder(place.path(), 1);
    run(prikaz(&archive).arg("ingest").arg(&orders));
    let database = Connection::open(archive.join("prikaz.db")).unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    drop(database);
    let before = fs::read(archive.join("prikaz.db")).unwrap();
    let orders = orders.to_str().unwrap();
    for arguments in [
        vec!["ingest", orders],
        vec!["status"],
        vec!["verify"],
        vec!["show", "1"],
        vec!["export"],
    ] {
        let (_, err, code) = run(prikaz(&archive).args(&arguments));
        assert!(
            code == 2
                && err.contains("формат 99, а эта программа знает форматы не новее 3")
                && err.contains("установите ту версию prikaz"),
            "{err}"
        );
    }
    assert_eq!(fs::read(archive.join("prikaz.db")).unwrap(), before);
}

#[test]
fn a_backup_inside_the_archive_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("archive");
    let orders = place.path().join("orders");
    fs::create_dir_all(&orders).unwrap();
    fs::write(orders.join("1.docx"), order(1)).unwrap();
    assert_eq!(run(prikaz(&archive).arg("ingest").arg(&orders)).2, 0);
    for inside in ["", "copy", "originals/deep/copy", "../archive/copy"] {
        let folder = archive.join(inside);
        let (_, err, code) = run(prikaz(&archive).arg("backup").arg(&folder));
        assert!(
            code == 2 && err.contains("лежит в самом архиве") && err.contains("подсказка: "),
            "{inside}: {err}"
        );
        assert!(inside.is_empty() || !folder.exists(), "{inside}");
    }
    // A name that only begins alike is another folder.
    let (_, err, code) = run(prikaz(&archive)
        .arg("backup")
        .arg(place.path().join("archive-2")));
    assert_eq!(code, 0, "{err}");
}
