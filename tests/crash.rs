//! The archivist pulls the plug: the program is killed in the middle of an ingest, again and again.
//! Afterwards the same command ends with every file exactly once.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/archives.rs"]
mod archives;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use archives::{docx, order, prikaz, run};
use prikaz::archive::{Archive, sha256};
use serde_json::Value;

/// Enough for several transactions.
const FILES: usize = 2_000;
/// Kills, each after so many more files are acknowledged.
const KILLS: usize = 6;

/// Records in an archive that another process writes to.
fn records(archive: &Path) -> u64 {
    Archive::open_for_reading(archive)
        .and_then(|archive| archive.status())
        .map_or(0, |status| status.orders + status.not_orders)
}

#[test]
fn a_killed_ingest_loses_nothing_and_doubles_nothing() {
    let place = tempfile::tempdir().unwrap();
    let (archive, orders) = (place.path().join("archive"), place.path().join("orders"));
    fs::create_dir_all(&orders).unwrap();
    let mut expected = BTreeSet::new();
    for number in 0..FILES {
        let bytes = order(number);
        expected.insert(sha256(&bytes));
        fs::write(orders.join(format!("{number:04}.docx")), bytes).unwrap();
    }

    let mut acknowledged = 0;
    for kill in 0..KILLS {
        let mut child = prikaz(&archive)
            .arg("ingest")
            .arg(&orders)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let wanted = acknowledged + (kill as u64 * 37) % 200 + 1;
        while records(&archive) < wanted && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let found = records(&archive);
        assert!(
            found >= acknowledged,
            "{acknowledged} records were acknowledged, {found} are left"
        );
        acknowledged = found;
        // What is there is whole: every record has its original, and a search works.
        let opened = Archive::open_for_reading(&archive).unwrap();
        opened
            .each_record(|id, _| -> Result<(), prikaz::archive::ArchiveError> {
                assert_eq!(sha256(&opened.original(id)?), id);
                Ok(())
            })
            .unwrap();
    }

    let (out, err, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert_eq!(code, 0, "{out}{err}");
    let (exported, _, _) = run(prikaz(&archive).arg("export"));
    let found: Vec<String> = exported
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["id"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(found.len(), FILES, "a record is missing or stands twice");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);

    let total = |archive: &Path| {
        let (answer, _, _) = run(prikaz(archive).args(["search", "--json", "149-ФЗ"]));
        serde_json::from_str::<Value>(&answer).unwrap()["total"]
            .as_u64()
            .unwrap()
    };
    assert_eq!(total(&archive), FILES as u64);
    fs::remove_dir_all(archive.join("index")).unwrap();
    assert_eq!(total(&archive), FILES as u64);
}

#[test]
fn the_second_writer_is_told_who_holds_the_archive_and_readers_go_on() {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("archive");
    let held = Archive::open_for_writing(&archive).unwrap();
    let file = place.path().join("one.docx");
    fs::write(&file, docx("ПРИКАЗ № 1")).unwrap();
    let (_, err, code) = run(prikaz(&archive).arg("ingest").arg(&file));
    assert_eq!(code, 2);
    assert!(
        err.contains(&format!("process {}", std::process::id())),
        "{err}"
    );
    assert_eq!(run(prikaz(&archive).arg("status")).2, 0);
    drop(held);
    assert_eq!(run(prikaz(&archive).arg("ingest").arg(&file)).2, 0);
}
