//! The archivist pulls the plug: the program is killed again and again, at any point of an ingest.
//! After each time the archive is verified clean, and the same command ends with every file exactly
//! once.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/archives.rs"]
#[allow(dead_code, reason = "each test uses its part of the support")]
mod archives;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};

use archives::{order, prikaz, run};
use prikaz::archive::{Archive, LedgerFilter, Outcome, sha256};
use serde_json::Value;

/// Many batches.
const FILES: usize = 5_000;
/// Kills while files are taken in.
const KILLS: usize = 52;
/// Kills while the index is built.
const INDEX_KILLS: usize = 4;
/// Where the pseudo-random sequence starts.
const SEED: u64 = 20_240_205;

/// A pseudo-random number below `limit`.
fn random(state: &mut u64, limit: usize) -> usize {
    // Knuth's constants (MMIX); the upper bits are the random ones.
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap() % limit
}

fn spawn(archive: &Path, arguments: &[&str]) -> Child {
    prikaz(archive)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills a program as soon as `reached` says so. False where it ended before.
fn kill_when(mut program: Child, mut reached: impl FnMut() -> bool) -> bool {
    while !reached() {
        if program.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::yield_now();
    }
    // SIGKILL: the program has no chance to tidy up.
    program.kill().unwrap();
    program.wait().unwrap();
    true
}

/// Changes in an archive that another process may be writing to: reading never waits for it.
fn acknowledged(archive: &Path) -> usize {
    Archive::open_for_reading(archive)
        .and_then(|archive| archive.sequence())
        .map_or(0, |sequence| usize::try_from(sequence).unwrap())
}

/// Originals that a killed process left without a record are no problem; all else is.
fn verified(archive: &Path) {
    let (out, err, code) = run(prikaz(archive).arg("verify"));
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn killed_at_any_point_nothing_is_lost_and_nothing_is_doubled() {
    let place = tempfile::tempdir().unwrap();
    let (archive, orders) = (place.path().join("archive"), place.path().join("orders"));
    fs::create_dir_all(&orders).unwrap();
    let mut expected = BTreeSet::new();
    for number in 0..FILES {
        let bytes = order(number);
        expected.insert(sha256(&bytes));
        fs::write(orders.join(format!("{number:04}.docx")), bytes).unwrap();
    }
    let orders = orders.to_str().unwrap();

    let mut state = SEED;
    let (mut killed, mut attempts, mut before) = (0, 0, 0);
    while killed < KILLS {
        attempts += 1;
        assert!(
            attempts < 4 * KILLS,
            "the program was too fast: killed {killed} times"
        );
        // Half of the kills come at once or soon, while the archive is made, the folder walked or a
        // batch read; the others when more files are acknowledged, and a little later.
        let soon = attempts % 2 == 0;
        let wanted = before + usize::from(!soon);
        let mut more = random(&mut state, if soon { 800 } else { 80 });
        let program = spawn(&archive, &["ingest", orders]);
        killed += usize::from(kill_when(program, || {
            if acknowledged(&archive) < wanted {
                return false;
            }
            more = more.saturating_sub(1);
            more == 0
        }));
        if acknowledged(&archive) > 0 {
            verified(&archive);
        }
        let now = acknowledged(&archive);
        assert!(now >= before, "{before} were acknowledged, {now} are left");
        before = now;
    }
    eprintln!(
        "killed {killed} times in {attempts}; {before} of {FILES} files were acknowledged by then"
    );

    let (out, err, code) = run(prikaz(&archive).args(["ingest", orders]));
    assert_eq!(code, 0, "{out}{err}");
    let index = archive.join("index");
    for _ in 0..INDEX_KILLS {
        fs::remove_dir_all(&index).unwrap();
        let mut more = random(&mut state, 2_000);
        kill_when(spawn(&archive, &["search", "149-ФЗ"]), || {
            more = more.saturating_sub(usize::from(index.join("meta.json").exists()));
            more == 0
        });
        verified(&archive);
    }

    let opened = Archive::open_for_reading(&archive).unwrap();
    let mut ids = Vec::new();
    opened
        .each_record(|id, _| -> Result<(), prikaz::archive::ArchiveError> {
            ids.push(id.to_owned());
            Ok(())
        })
        .unwrap();
    assert_eq!(ids.len(), FILES, "a record is missing or stands twice");
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), expected);
    let mut paths = BTreeSet::new();
    let all = LedgerFilter {
        outcome: None,
        superseded: true,
    };
    opened
        .each_ledger_line(all, |line| -> Result<(), prikaz::archive::ArchiveError> {
            assert_eq!(line.outcome, Outcome::Added);
            assert!(paths.insert(line.path), "a file stands twice in the ledger");
            Ok(())
        })
        .unwrap();
    assert_eq!(paths.len(), FILES);
    let (out, _, _) = run(prikaz(&archive).arg("verify"));
    for line in [
        "оригиналов перечитано        5000",
        "записей в индексе            5000",
        "расхождений                     0",
    ] {
        assert!(out.contains(line), "{out}");
    }
    assert!(
        !out.contains("лишних оригиналов"),
        "every original has its record: {out}"
    );

    // The index that grew through all of this answers like one built afresh.
    let answers = || -> Vec<Value> {
        ["149-ФЗ", "Лыткарина", "№ 4711-П", "год:2024 ответственным"]
            .into_iter()
            .map(|query| {
                let arguments = ["search", "--json", "--counts", "--limit", "1000", query];
                let (answer, err, code) = run(prikaz(&archive).args(arguments));
                assert_eq!(code, 0, "{err}");
                serde_json::from_str(&answer).unwrap()
            })
            .collect()
    };
    let grown = answers();
    assert_eq!(grown[0]["total"], FILES);
    fs::remove_dir_all(&index).unwrap();
    assert!(grown == answers());
}
