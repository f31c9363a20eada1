//! Full disks, archives that may not be written to, and two processes at once.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test stops where it cannot go on, and says what it leaves out"
)]

#[path = "support/archives.rs"]
mod archives;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use archives::{docx, order, prikaz, run};
use prikaz::archive::Archive;

fn folder(place: &Path, count: usize) -> PathBuf {
    let orders = place.join("orders");
    fs::create_dir_all(&orders).unwrap();
    for number in 0..count {
        fs::write(orders.join(format!("{number:04}.docx")), order(number)).unwrap();
    }
    orders
}

fn verified(archive: &Path) {
    let (out, err, code) = run(prikaz(archive).arg("verify"));
    assert_eq!(code, 0, "{out}{err}");
}

/// A file system in memory, unmounted at the end; `None` where this process may not mount.
struct Mounted(PathBuf);

impl Mounted {
    fn at(path: PathBuf, size: &str) -> Option<Self> {
        fs::create_dir_all(&path).unwrap();
        let options = format!("size={size}");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(&path)
            .output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(path));
        }
        eprintln!("no file system could be mounted; this part of the test is left out");
        None
    }

    fn remount(&self, options: &str) {
        let done = Command::new("mount")
            .args(["-o", &format!("remount,{options}")])
            .arg(&self.0)
            .status()
            .unwrap();
        assert!(done.success());
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_an_ingest_that_goes_on_when_there_is_room() {
    const FILES: usize = 400;
    let place = tempfile::tempdir().unwrap();
    let orders = folder(place.path(), FILES);
    let Some(disk) = Mounted::at(place.path().join("disk"), "1200k") else {
        return;
    };
    let archive = disk.0.join("archive");
    let (_, err, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert!(
        code == 2 && err.contains("подсказка: ") && err.contains("диск"),
        "{err}"
    );
    // What was acknowledged is whole, full as the disk is.
    let (out, err, code) = run(prikaz(&archive).arg("verify"));
    assert!(
        out.contains("расхождений                     0"),
        "{out}{err}"
    );
    // The index of it has no room to be built, and that is no success.
    let unchecked = err.starts_with("внимание: индекс не сверен") && err.contains("диск");
    assert!(code == 0 || code == 1 && unchecked, "{out}{err}");
    disk.remount("size=64m");
    let (out, err, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert_eq!(code, 0, "{out}{err}");
    verified(&archive);
    let (out, _, _) = run(prikaz(&archive).arg("export"));
    assert_eq!(out.lines().count(), FILES);
}

/// The same with what every user may ask of the system: no file may grow beyond a limit.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_stops_an_ingest_that_goes_on_later() {
    const FILES: usize = 400;
    let place = tempfile::tempdir().unwrap();
    let orders = folder(place.path(), FILES);
    let archive = place.path().join("archive");
    let limited = format!(
        "trap '' XFSZ; ulimit -f 800; exec '{}' --archive '{}' ingest '{}'",
        env!("CARGO_BIN_EXE_prikaz"),
        archive.display(),
        orders.display()
    );
    let (_, err, code) = run(Command::new("sh").args(["-c", &limited]));
    assert!(
        code == 2 && err.contains("подсказка: проверьте, есть ли место на диске"),
        "{code} {err}"
    );
    verified(&archive);
    let (_, _, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert_eq!(code, 0);
    verified(&archive);
    let (out, _, _) = run(prikaz(&archive).arg("export"));
    assert_eq!(out.lines().count(), FILES);
}

/// What can be done with an archive that may only be read, and what is refused with a way out.
fn only_reading_works(archive: &Path, orders: &Path, outside: &Path) {
    for arguments in [
        vec!["status"],
        vec!["ledger"],
        vec!["log"],
        vec!["reparse", "--dry-run"],
    ] {
        let (out, err, code) = run(prikaz(archive).args(&arguments));
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?} {out}");
    }
    // An index that was never built cannot be built here; what it would tell is left out, and that is said.
    let (out, err, code) = run(prikaz(archive).args(["show", "1-П"]));
    assert!(code == 0 && out.contains("приказ № 1-П"), "{out}");
    assert!(
        err.is_empty() || err.starts_with("внимание: связанные приказы не показаны"),
        "{err}"
    );
    let (out, err, code) = run(prikaz(archive).arg("export"));
    assert!(code == 0 && out.lines().count() == 2, "{err}");
    assert!(
        err.contains("внимание: выгрузка не записана в журнал событий"),
        "{err}"
    );
    let (out, err, code) = run(prikaz(archive).arg("verify"));
    assert!(
        code == 0 && out.contains("оригиналов перечитано           2"),
        "{out}{err}"
    );
    let (_, err, code) = run(prikaz(archive).arg("backup").arg(outside));
    assert!(code == 0 && err.contains("внимание: "), "{err}");
    verified(outside);
    let orders = orders.to_str().unwrap();
    for arguments in [
        vec!["ingest", orders],
        vec!["correct", "1-П", "number=2", "--why", "x"],
        vec!["reparse"],
    ] {
        let (_, err, code) = run(prikaz(archive).args(&arguments));
        assert!(
            code == 2 && err.contains("подсказка: запись в архив здесь запрещена"),
            "{arguments:?} {err}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_archive_on_a_disk_that_may_only_be_read_is_read() {
    let place = tempfile::tempdir().unwrap();
    let orders = folder(place.path(), 2);
    let Some(disk) = Mounted::at(place.path().join("disk"), "64m") else {
        return;
    };
    let archive = disk.0.join("archive");
    assert_eq!(run(prikaz(&archive).arg("ingest").arg(&orders)).2, 0);
    disk.remount("ro");
    only_reading_works(&archive, &orders, &place.path().join("backup"));
    disk.remount("rw");
    verified(&archive);
}

/// Whether this user may write whatever the permissions say.
#[cfg(unix)]
fn is_almighty(place: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let closed = place.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o500)).unwrap();
    fs::write(closed.join("file"), b"").is_ok()
}

#[cfg(unix)]
#[test]
fn an_archive_without_the_permission_to_write_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    if is_almighty(place.path()) {
        eprintln!("this user may write everywhere; the test on a disk to be read covers the rest");
        return;
    }
    let orders = folder(place.path(), 2);
    let archive = place.path().join("archive");
    assert_eq!(run(prikaz(&archive).arg("ingest").arg(&orders)).2, 0);
    let mut folders = vec![archive.clone()];
    let mut set = |mode: u32| {
        let mut at = 0;
        while at < folders.len() {
            let next = folders[at].clone();
            fs::set_permissions(&next, fs::Permissions::from_mode(0o700)).unwrap();
            for entry in fs::read_dir(&next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !folders.contains(&path) {
                    folders.push(path);
                } else if path.is_file() {
                    fs::set_permissions(&path, fs::Permissions::from_mode(mode & 0o666)).unwrap();
                }
            }
            at += 1;
        }
        for folder in &folders {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set(0o555);
    only_reading_works(&archive, &orders, &place.path().join("backup"));
    set(0o755);
    verified(&archive);
}

#[test]
fn the_second_writer_is_told_who_holds_the_archive_and_readers_go_on() {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("archive");
    let orders = folder(place.path(), 2);
    assert_eq!(run(prikaz(&archive).arg("ingest").arg(&orders)).2, 0);
    let held = Archive::open_for_writing(&archive).unwrap();
    // In the middle of a transaction, too.
    let database = rusqlite::Connection::open(archive.join("prikaz.db")).unwrap();
    database
        .execute_batch("BEGIN IMMEDIATE; UPDATE record SET findings = 99;")
        .unwrap();
    for arguments in [
        vec!["status"],
        vec!["show", "1-П"],
        vec!["ledger"],
        vec!["search", "149-ФЗ"],
    ] {
        let (out, err, code) = run(prikaz(&archive).args(&arguments));
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?} {out}");
    }
    database.execute_batch("ROLLBACK").unwrap();
    let file = place.path().join("one.docx");
    fs::write(&file, docx("ПРИКАЗ № 1")).unwrap();
    for arguments in [vec!["ingest", file.to_str().unwrap()], vec!["reparse"]] {
        let (_, err, code) = run(prikaz(&archive).args(&arguments));
        assert_eq!(code, 2);
        assert!(
            err.contains(&format!("процесс {}", std::process::id()))
                && err.contains("подсказка: подождите"),
            "{err}"
        );
    }
    // What only adds to the log does not wait for the writer.
    verified(&archive);
    drop(held);
    assert_eq!(run(prikaz(&archive).arg("ingest").arg(&file)).2, 0);
}

#[test]
fn who_searches_while_another_builds_the_index_is_not_told_that_nothing_is_there() {
    const ORDERS: usize = 60;
    let place = tempfile::tempdir().unwrap();
    let orders = folder(place.path(), ORDERS);
    let archive = place.path().join("archive");
    run(prikaz(&archive).arg("ingest").arg(&orders));
    for _ in 0..3 {
        fs::remove_dir_all(archive.join("index")).unwrap();
        let searches: Vec<_> = (0..4)
            .map(|_| {
                prikaz(&archive)
                    .args(["search", "--json", "--limit", "0", "вид:приказ"])
                    .stdout(std::process::Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for search in searches {
            let answer = search.wait_with_output().unwrap();
            let answer: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
            assert_eq!(answer["total"], ORDERS);
        }
    }
}
