//! `prikaz verify`: what agrees is said to agree, and whatever was changed behind its back is named.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/archives.rs"]
mod archives;

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use archives::{order, prikaz, run};
use prikaz::archive::sha256;
use rusqlite::Connection;
use tempfile::TempDir;

/// An archive of three orders, one of them met twice.
fn archive() -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let (archive, orders) = (place.path().join("archive"), place.path().join("orders"));
    fs::create_dir_all(&orders).unwrap();
    for (name, number) in [("а", 1), ("б", 2), ("в", 3), ("г", 3)] {
        fs::write(orders.join(name).with_extension("docx"), order(number)).unwrap();
    }
    let (out, err, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert_eq!(code, 0, "{out}{err}");
    (place, archive)
}

fn original(archive: &Path, number: usize) -> PathBuf {
    let id = sha256(&order(number));
    archive.join("originals").join(&id[..2]).join(&id)
}

fn database(archive: &Path) -> Connection {
    Connection::open(archive.join("prikaz.db")).unwrap()
}

#[test]
fn a_sound_archive_is_verified_and_the_log_says_so() {
    let (_place, archive) = archive();
    for arguments in [
        vec!["verify"],
        vec!["verify", "--sample", "50"],
        vec!["verify", "--since", "2020-01-01"],
    ] {
        let (out, err, code) = run(prikaz(&archive).args(&arguments));
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        assert!(out.contains("расхождений                     0"), "{out}");
    }
    let (out, _, _) = run(prikaz(&archive).args(["verify", "--since", "2999-01-01"]));
    assert!(out.contains("оригиналов перечитано           0"), "{out}");
    let (out, _, _) = run(prikaz(&archive).arg("verify"));
    for line in [
        "строк журнала файлов            4",
        "оригиналов перечитано           3",
        "записей в индексе               3",
    ] {
        assert!(out.contains(line), "{out}");
    }
    let (log, _, _) = run(prikaz(&archive)
        .env("PRIKAZ_ACTOR", "Архивариус")
        .arg("log"));
    assert_eq!(
        log.lines().filter(|line| line.contains("сверка")).count(),
        5,
        "{log}"
    );
    assert!(log.lines().next().unwrap().contains("загрузка"), "{log}");
}

#[test]
fn whatever_is_changed_behind_its_back_is_named() {
    let free = "DROP TRIGGER event_stays; DROP TRIGGER event_remains;";
    let cases = [
        (
            "UPDATE version SET json = replace(json, '2024-02-05', '2024-02-06') WHERE sequence = 2",
            "редакция 1: она изменена после внесения",
        ),
        (
            "UPDATE version SET sha256 = 'x' WHERE sequence = 2",
            "изменения записей 1–3: они не те, что подтверждены событием 1",
        ),
        (
            "UPDATE ledger SET path = '/elsewhere' WHERE entry = 2",
            "строки журнала файлов 1–4: они не те, что подтверждены событием 1",
        ),
        (
            "DELETE FROM ledger WHERE entry = 4",
            "последняя строка — 3, а события подтверждают строки до 4",
        ),
        (
            "INSERT INTO ledger SELECT 9, path, relative, id, bytes, modified, at, micros, outcome, cause, message, remedy, version FROM ledger WHERE entry = 1",
            "последняя строка — 9, а события подтверждают строки до 4",
        ),
        (
            "DELETE FROM record WHERE sequence = 1",
            "по журналу файлов она в архиве есть, а её нет",
        ),
        (
            "UPDATE record SET number = '9' WHERE sequence = 1",
            "в таблице записей иначе: номер",
        ),
        (
            "UPDATE event SET actor = 'nobody' WHERE number = 1",
            "событие 1: оно изменено после внесения",
        ),
        (
            "UPDATE event SET previous = hash WHERE number = 2",
            "событие 2: оно не продолжает предыдущее событие",
        ),
        (
            "DELETE FROM event WHERE number = 2",
            "перед ним нет события 2",
        ),
    ];
    let (_place, archive) = archive();
    // Two more events, so that the chain has links.
    for _ in 0..2 {
        assert_eq!(run(prikaz(&archive).arg("verify")).2, 0);
    }
    let whole = fs::read(archive.join("prikaz.db")).unwrap();
    for (change, message) in cases {
        fs::write(archive.join("prikaz.db"), &whole).unwrap();
        let database = database(&archive);
        database.pragma_update(None, "foreign_keys", false).unwrap();
        database
            .execute_batch(&format!("{free} {change};"))
            .unwrap();
        drop(database);
        let (out, err, code) = run(prikaz(&archive).arg("verify"));
        assert!(
            code == 1 && out.contains(message),
            "{change}: {code} {out}{err}"
        );
    }
}

#[test]
fn the_log_cannot_be_rewritten_by_mistake() {
    let (_place, archive) = archive();
    for change in ["UPDATE event SET actor = 'x'", "DELETE FROM event"] {
        let refused = database(&archive).execute_batch(change).unwrap_err();
        assert!(
            refused.to_string().contains("only ever added to"),
            "{refused}"
        );
    }
}

#[test]
fn originals_that_changed_or_are_missing_are_named() {
    let (_place, archive) = archive();
    let bytes = fs::read(original(&archive, 1)).unwrap();
    let mut other = bytes.clone();
    other[40] ^= 1;
    fs::write(original(&archive, 1), other).unwrap();
    fs::write(original(&archive, 2), b"short").unwrap();
    fs::remove_file(original(&archive, 3)).unwrap();
    let (out, _, code) = run(prikaz(&archive).arg("verify"));
    assert_eq!(code, 1);
    for (number, message) in [
        (1, "содержание оригинала не то, что было загружено"),
        (2, "размер оригинала — 5 вместо"),
        (3, "оригинала нет"),
    ] {
        let line = format!("{}: {message}", original(&archive, number).display());
        assert!(out.contains(&line), "{out}");
    }
    assert!(out.contains("расхождений                     3"), "{out}");
    assert!(out.contains("оригиналов перечитано           0"), "{out}");
    let (json, _, _) = run(prikaz(&archive).args(["verify", "--json"]));
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert!(
        first["remedy"]
            .as_str()
            .unwrap()
            .contains("из резервной копии")
    );

    // The way back: the same files are taken in again.
    let orders = archive.with_file_name("orders");
    run(prikaz(&archive).args(["ingest", "--checksum"]).arg(&orders));
    assert_eq!(run(prikaz(&archive).arg("verify")).2, 0);
}

/// Who acts is known also where the environment names nobody: cron, containers.
#[cfg(unix)]
#[test]
fn the_log_names_the_user_of_the_system() {
    let (_place, archive) = archive();
    let mut verify = prikaz(&archive);
    for name in ["PRIKAZ_ACTOR", "USER", "LOGNAME", "USERNAME"] {
        verify.env_remove(name);
    }
    assert_eq!(run(verify.arg("verify")).2, 0);
    let asked = |what: &str| run(std::process::Command::new("id").arg(what));
    let (name, _, code) = asked("-un");
    let expected = if code == 0 {
        name.trim().to_owned()
    } else {
        format!("uid {}", asked("-u").0.trim())
    };
    let (log, _, _) = run(prikaz(&archive).args(["log", "--json"]));
    let last: serde_json::Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    assert_eq!(last["actor"], expected.as_str());
}

#[test]
fn an_index_that_cannot_be_compared_is_no_success() {
    let (_place, archive) = archive();
    fs::remove_dir_all(archive.join("index")).unwrap();
    fs::write(archive.join("index"), "a file where the folder should be").unwrap();
    let (out, err, code) = run(prikaz(&archive).arg("verify"));
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains("расхождений                     0"), "{out}");
    assert!(err.starts_with("внимание: индекс не сверен"), "{err}");
}

/// An archive on a shared disk is searched by others than the one who ingested.
#[cfg(unix)]
#[test]
fn the_index_may_be_read_by_those_who_may_read_the_database() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_place, archive) = archive();
    assert_eq!(run(prikaz(&archive).args(["search", "приказ"])).2, 0);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o666;
    for entry in fs::read_dir(archive.join("index")).unwrap() {
        let file = entry.unwrap().path();
        assert_eq!(
            mode(&file),
            mode(&archive.join("prikaz.db")),
            "{}",
            file.display()
        );
    }
}

#[test]
fn a_truncated_index_is_built_again() {
    let (_place, archive) = archive();
    let segment = fs::read_dir(archive.join("index"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            path.extension()
                .is_some_and(|extension| extension == "term")
        })
        .unwrap();
    let file = fs::File::options().write(true).open(segment).unwrap();
    file.set_len(10).unwrap();
    let (out, err, code) = run(prikaz(&archive).arg("verify"));
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("записей в индексе               3"), "{out}");
}

#[test]
fn damaged_pages_are_named_with_the_way_back() {
    let (_place, archive) = archive();
    let path = archive.join("prikaz.db");
    let whole = fs::read(&path).unwrap();
    // One page after another, the first included, is overwritten.
    let pages = whole.len() / 4096;
    assert!(pages > 10, "{pages}");
    for page in 0..pages {
        fs::write(&path, &whole).unwrap();
        let mut file = fs::File::options()
            .read(true)
            .write(true)
            .open(&path)
            .unwrap();
        let mut before = [0; 4096];
        file.seek(SeekFrom::Start(page as u64 * 4096)).unwrap();
        file.read_exact(&mut before).unwrap();
        file.seek(SeekFrom::Start(page as u64 * 4096)).unwrap();
        file.write_all(&[0xA5; 4096]).unwrap();
        drop(file);
        let (out, err, code) = run(prikaz(&archive).arg("verify"));
        assert!(code == 1 || code == 2, "page {page}: {code} {out}{err}");
        let said = format!("{out}{err}");
        assert!(
            said.contains("prikaz.db") && said.contains("prikaz restore"),
            "page {page}: {said}"
        );
    }
}

/// The last way back: no backup, and a database that does not open.
#[test]
fn the_originals_alone_make_a_new_archive() {
    let (place, archive) = archive();
    fs::write(archive.join("prikaz.db"), vec![0xA5; 8192]).unwrap();
    let (_, err, code) = run(prikaz(&archive).arg("status"));
    assert!(code == 2 && err.contains("ingest АРХИВ/originals"), "{err}");
    let new = place.path().join("new");
    let (out, err, code) = run(prikaz(&new).arg("ingest").arg(archive.join("originals")));
    assert!(
        code == 0 && out.contains("добавлено                       3"),
        "{out}{err}"
    );
    assert_eq!(run(prikaz(&new).arg("verify")).2, 0);
}

#[test]
fn the_log_shows_the_transactions_of_an_ingest_as_one_line() {
    let (_place, archive) = archive();
    let orders = archive.with_file_name("orders");
    fs::write(orders.join("д.docx"), order(5)).unwrap();
    run(prikaz(&archive).arg("ingest").arg(&orders));
    let (log, _, _) = run(prikaz(&archive).env("PRIKAZ_ACTOR", "x").arg("log"));
    assert!(
        log.lines().count() == 1 && log.contains("1–2") && log.contains("добавлено 4, повторов 1"),
        "{log}"
    );
    let (json, _, _) = run(prikaz(&archive).args(["log", "--json"]));
    assert_eq!(json.lines().count(), 2);
}
