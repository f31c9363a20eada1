//! Folder → archive: every file is accounted for, whatever it is and however often it is met.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use prikaz::archive::{Archive, ArchiveError, LedgerEntry, LedgerFilter, Outcome, sha256};
use prikaz::ingest::{Options, Summary, ingest};
use tempfile::TempDir;

#[path = "support/archives.rs"]
#[allow(dead_code, reason = "each test uses its part of the support")]
mod archives;

/// The bytes of an order of this number.
fn order(number: usize) -> Vec<u8> {
    archives::order(number)
}

/// A folder of files to ingest, and an archive beside it.
struct Place {
    _temporary: TempDir,
    folder: PathBuf,
    archive: PathBuf,
}

impl Place {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let place = Self {
            folder: temporary.path().join("orders"),
            archive: temporary.path().join("archive"),
            _temporary: temporary,
        };
        fs::create_dir(&place.folder).unwrap();
        for (name, bytes) in files {
            place.write(name, bytes);
        }
        place
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn ingest_with(&self, options: &Options) -> Summary {
        let mut archive = Archive::open_for_writing(&self.archive).unwrap();
        let roots = [self.folder.clone()];
        ingest(&mut archive, &roots, options, &mut |_| {}).unwrap()
    }

    fn ingest(&self) -> Summary {
        self.ingest_with(&Options::default())
    }

    fn archive(&self) -> Archive {
        Archive::open_for_reading(&self.archive).unwrap()
    }

    /// The latest line about each file, by the last part of its path.
    fn ledger(&self) -> Vec<(String, LedgerEntry)> {
        let mut lines = Vec::new();
        self.archive()
            .each_ledger_line(
                LedgerFilter::default(),
                |line| -> Result<(), ArchiveError> {
                    let name = line.path.rsplit('/').next().unwrap().to_owned();
                    lines.push((name, line));
                    Ok(())
                },
            )
            .unwrap();
        lines
    }

    fn outcome(&self, name: &str) -> (Outcome, Option<String>) {
        let line = self.ledger().into_iter().find(|(file, _)| file == name);
        let (_, line) = line.unwrap();
        (line.outcome, line.cause)
    }
}

/// Added, already there, failed, failed before, passed over.
fn counts(summary: &Summary) -> [usize; 5] {
    [
        summary.added,
        summary.already_there,
        summary.failed,
        summary.failed_before,
        summary.passed_over,
    ]
}

#[test]
fn a_second_run_finds_everything_there() {
    let place = Place::with(&[("а.docx", &order(1)), ("2024/б.docx", &order(2))]);
    assert_eq!(counts(&place.ingest()), [2, 0, 0, 0, 0]);
    assert_eq!(counts(&place.ingest()), [0, 2, 0, 0, 0]);
    let thorough = Options {
        checksum: true,
        ..Options::default()
    };
    assert_eq!(counts(&place.ingest_with(&thorough)), [0, 2, 0, 0, 0]);
    let archive = place.archive();
    assert_eq!(archive.sequence().unwrap(), 2);
    let record = archive.record(&sha256(&order(2))).unwrap().unwrap();
    assert_eq!(record.source.path, "2024/б.docx");
}

#[test]
fn equal_files_are_one_record_with_all_their_paths() {
    let bytes = order(1);
    let place = Place::with(&[("а.docx", &bytes), ("б.docx", &bytes)]);
    assert_eq!(counts(&place.ingest()), [1, 1, 0, 0, 0]);
    place.write("в.docx", &bytes);
    assert_eq!(counts(&place.ingest()), [0, 3, 0, 0, 0]);
    let paths = place.archive().paths(&sha256(&bytes)).unwrap();
    assert_eq!(paths.len(), 3);
}

#[test]
fn a_changed_file_is_a_new_record_and_the_old_one_stays() {
    let place = Place::with(&[("а.docx", &order(1))]);
    place.ingest();
    place.write("а.docx", &order(100));
    assert_eq!(counts(&place.ingest()), [1, 0, 0, 0, 0]);
    assert_eq!(place.archive().sequence().unwrap(), 2);
    assert_eq!(
        place.archive().original(&sha256(&order(1))).unwrap(),
        order(1)
    );
}

#[test]
fn a_failure_stays_a_failure_until_the_file_changes() {
    let place = Place::with(&[("а.docx", &order(1)), ("scan.pdf", b"%PDF-1.7")]);
    let first = place.ingest();
    assert_eq!(counts(&first), [1, 0, 1, 0, 0]);
    // The bad file is not read again, and it is not said to be there.
    assert_eq!(counts(&place.ingest()), [0, 1, 0, 1, 0]);
    let retry = Options {
        retry_failed: true,
        ..Options::default()
    };
    assert_eq!(counts(&place.ingest_with(&retry)), [0, 1, 1, 0, 0]);
    place.write("scan.pdf", &order(2));
    assert_eq!(counts(&place.ingest()), [1, 1, 0, 0, 0]);
    assert_eq!(place.outcome("scan.pdf").0, Outcome::Added);
    assert_eq!(place.archive().status().unwrap().failed, 0);
}

#[test]
fn what_is_no_document_is_passed_over_and_the_ledger_says_so() {
    let place = Place::with(&[
        ("а.docx", &order(1)),
        ("~$а.docx", b"mark"),
        (".hidden.docx", &order(2)),
        (".git/config", b"[core]"),
        ("Thumbs.db", b"pictures"),
        ("desktop.ini", b"[ViewState]"),
    ]);
    for _ in 0..2 {
        let summary = place.ingest();
        assert_eq!(summary.passed_over, 5, "{summary:?}");
        assert_eq!(summary.failed, 0);
    }
    for (name, cause) in [
        ("~$а.docx", "lock-file"),
        (".hidden.docx", "hidden"),
        (".git", "hidden"),
        ("Thumbs.db", "system-file"),
        ("desktop.ini", "system-file"),
    ] {
        let expected = (Outcome::Skipped, Some(cause.to_owned()));
        assert_eq!(place.outcome(name), expected, "{name}");
    }
    assert_eq!(
        place.ledger().len(),
        6,
        "one line a file, however many runs"
    );
    assert_eq!(place.archive().status().unwrap().files, 1);
}

#[test]
fn the_archive_does_not_ingest_itself() {
    let mut place = Place::with(&[("а.docx", &order(1))]);
    place.archive = place.folder.join("archive");
    for expected in [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0]] {
        assert_eq!(counts(&place.ingest()), expected);
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_not_forgotten() {
    let place = Place::with(&[("а.docx", &order(1))]);
    std::os::unix::fs::symlink(place.folder.join("а.docx"), place.folder.join("б.docx")).unwrap();
    assert_eq!(counts(&place.ingest()), [1, 0, 0, 0, 1]);
    assert_eq!(place.outcome("б.docx").1.as_deref(), Some("symbolic-link"));
}

/// Names in the code page of old Russian Windows are no UTF-8; two such names are two files.
#[cfg(unix)]
#[test]
fn names_that_are_no_text_stay_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let place = Place::with(&[]);
    let moment = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    let write = |name: &[u8], bytes: &[u8]| {
        let path = place.folder.join(OsStr::from_bytes(name));
        fs::write(&path, bytes).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(moment).unwrap();
    };
    write(b"\xCF\xF0\xE8\xEA\xE0\xE7.docx", &order(1));
    assert_eq!(counts(&place.ingest()), [1, 0, 0, 0, 0]);
    write(b"\xD3\xEA\xE0\xE7\xE0\xED.docx", &order(2));
    assert_eq!(counts(&place.ingest()), [1, 1, 0, 0, 0]);
    let record = place.archive().record(&sha256(&order(1))).unwrap().unwrap();
    assert_eq!(record.source.path, "\\xCF\\xF0\\xE8\\xEA\\xE0\\xE7.docx");
}

#[test]
fn the_number_of_threads_does_not_show() {
    let names: Vec<String> = (0..300).map(|number| format!("{number}.docx")).collect();
    let orders: Vec<Vec<u8>> = (0..300).map(|n| order(n / 2)).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .zip(&orders)
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let records = |threads| {
        let place = Place::with(&files);
        place.ingest_with(&Options {
            jobs: NonZeroUsize::new(threads),
            ..Options::default()
        });
        let changes = place.archive().changes_since(0, 1_000).unwrap();
        let record = |change: prikaz::archive::Change| {
            (change.sequence, change.id, change.order.source.path)
        };
        changes.into_iter().map(record).collect::<Vec<_>>()
    };
    let alone = records(1);
    assert_eq!(alone.len(), 150);
    assert_eq!(alone, records(4));
}

#[test]
fn a_file_that_was_named_is_read_whatever_its_name() {
    let place = Place::with(&[(".hidden.docx", &order(1))]);
    let mut archive = Archive::open_for_writing(&place.archive).unwrap();
    let roots = [place.folder.join(".hidden.docx")];
    let summary = ingest(&mut archive, &roots, &Options::default(), &mut |_| {}).unwrap();
    assert_eq!(counts(&summary), [1, 0, 0, 0, 0]);
}

#[test]
fn a_folder_that_holds_other_things_becomes_no_archive() {
    let place = Place::with(&[("а.docx", &order(1))]);
    let refused = |folder: &Path| {
        matches!(
            Archive::open_for_writing(folder),
            Err(ArchiveError::Foreign(_))
        )
    };
    assert!(refused(&place.folder));
    assert_eq!(fs::read_dir(&place.folder).unwrap().count(), 1);
}

#[test]
fn a_file_that_was_moved_or_renamed_is_the_same_file() {
    let bytes = order(1);
    let place = Place::with(&[("входящие/а.docx", &bytes), ("б.docx", &order(2))]);
    place.ingest();
    fs::create_dir(place.folder.join("2024")).unwrap();
    fs::rename(
        place.folder.join("входящие/а.docx"),
        place.folder.join("2024/в.docx"),
    )
    .unwrap();
    let summary = place.ingest();
    assert_eq!(
        (summary.added, summary.moved, summary.already_there),
        (0, 1, 1)
    );
    assert_eq!(place.outcome("в.docx").0, Outcome::Moved);
    assert_eq!(place.outcome("а.docx").0, Outcome::Gone);
    let archive = place.archive();
    let ends = |paths: Vec<String>| -> Vec<String> {
        let name = |path: &String| path.rsplit('/').next().unwrap().to_owned();
        paths.iter().map(name).collect()
    };
    assert_eq!(ends(archive.paths(&sha256(&bytes)).unwrap()), ["в.docx"]);
    assert_eq!(
        ends(archive.former_paths(&sha256(&bytes)).unwrap()),
        ["а.docx"]
    );
    let status = archive.status().unwrap();
    assert_eq!((status.files, status.gone, status.orders), (2, 1, 2));

    // And back again: the old path is met anew.
    fs::rename(
        place.folder.join("2024/в.docx"),
        place.folder.join("входящие/а.docx"),
    )
    .unwrap();
    assert_eq!(place.ingest().moved, 1);
    assert_eq!(
        ends(place.archive().paths(&sha256(&bytes)).unwrap()),
        ["а.docx"]
    );
}

/// The same disk may be mounted elsewhere, or not at all: what this ingest did not walk over is not
/// said to be gone.
#[test]
fn a_copy_from_a_folder_that_is_out_of_reach_is_a_duplicate() {
    let place = Place::with(&[("диск/а.docx", &order(1)), ("копия/а.docx", &order(1))]);
    let mut archive = Archive::open_for_writing(&place.archive).unwrap();
    let disk = [place.folder.join("диск")];
    ingest(&mut archive, &disk, &Options::default(), &mut |_| {}).unwrap();
    fs::remove_dir_all(place.folder.join("диск")).unwrap();
    let copy = [place.folder.join("копия")];
    let summary = ingest(&mut archive, &copy, &Options::default(), &mut |_| {}).unwrap();
    assert_eq!((summary.already_there, summary.moved), (1, 0));
    assert_eq!(archive.status().unwrap().gone, 0);
}

#[test]
fn a_changed_file_leaves_its_versions_under_one_path() {
    let place = Place::with(&[("а.docx", &order(1))]);
    place.ingest();
    place.write("а.docx", &order(100));
    place.ingest();
    let path = place.folder.canonicalize().unwrap().join("а.docx");
    let versions = place.archive().versions_of_path(&path.to_string_lossy());
    assert_eq!(versions.unwrap(), [sha256(&order(1)), sha256(&order(100))]);
}

#[test]
fn a_retry_without_folders_reads_what_failed_and_nothing_else() {
    let place = Place::with(&[("а.docx", b"%PDF-1.7"), ("б.docx", b"%PDF-1.7 2")]);
    assert_eq!(counts(&place.ingest()), [0, 0, 2, 0, 0]);
    place.write("а.docx", &order(1));
    place.write("в.docx", &order(2));
    fs::remove_file(place.folder.join("б.docx")).unwrap();
    let mut archive = Archive::open_for_writing(&place.archive).unwrap();
    let retry = Options {
        retry_failed: true,
        ..Options::default()
    };
    let summary = ingest(&mut archive, &[], &retry, &mut |_| {}).unwrap();
    drop(archive);
    assert_eq!(counts(&summary), [1, 0, 1, 0, 0]);
    let record = place.archive().record(&sha256(&order(1))).unwrap().unwrap();
    assert_eq!(record.source.path, "а.docx");
    // What vanished stays in the ledger as a failure.
    assert_eq!(
        place.outcome("б.docx"),
        (Outcome::Failed, Some("unreadable".to_owned()))
    );
}

#[test]
fn records_of_one_order_are_linked_and_stay_two() {
    let text = |note: &str| {
        archives::docx(&format!(
            "ООО «Пробный лист»\nПРИКАЗ\n05.02.2024 № 7-П\nО порядке\nПРИКАЗЫВАЮ:\n1. {note}\nДиректор\tА. Б. Проскурин"
        ))
    };
    let (one, two, other) = (text("Начать."), text("Начать сегодня."), order(8));
    let place = Place::with(&[("а.docx", &one), ("б.docx", &two), ("в.docx", &other)]);
    assert_eq!(place.ingest().added, 3);
    let copies = |bytes: &[u8]| -> Vec<String> {
        let copies = place.archive().copies(&sha256(bytes)).unwrap();
        copies.into_iter().map(|order| order.id).collect()
    };
    assert_eq!(copies(&one), [sha256(&two)]);
    assert_eq!(copies(&two), [sha256(&one)]);
    assert_eq!(copies(&other), Vec::<String>::new());
}

#[test]
fn the_ledger_tells_hash_size_version_and_time() {
    let bytes = order(1);
    let place = Place::with(&[("а.docx", &bytes)]);
    place.ingest();
    let (_, line) = place.ledger().remove(0);
    assert_eq!((line.id, line.bytes), (sha256(&bytes), bytes.len() as u64));
    assert_eq!(line.version, env!("CARGO_PKG_VERSION"));
    assert!(line.micros > 0 && line.at.parse::<jiff::Timestamp>().is_ok());
}
