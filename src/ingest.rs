//! Folder → archive: every file read, parsed and kept, in parallel, resumable.
//!
//! In: files and folders. Out: records and ledger lines in the archive, and a summary. Reading and
//! parsing run on all cores; one thread writes, in batches, so that a batch is one transaction. Must
//! never: stop because one file is bad, hold more than a bounded number of files in memory, or
//! acknowledge a record before its original is on the disk.

use std::collections::HashSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, UNIX_EPOCH};

use ignore::WalkBuilder;
use jiff::Timestamp;
use rayon::prelude::*;

use crate::archive::{Archive, ArchiveError, LedgerEntry, Outcome, sha256};
use crate::order::{Order, Severity, Source};
use crate::parse::{Document, parse};
use crate::read::{Limits, is_lock_file, read};

/// Files in one transaction: enough to share the cost of a sync, few enough to lose little work.
const BATCH: usize = 128;
/// A file larger than this is no order: the longest scans have some 100 MB.
const MAX_FILE_BYTES: u64 = 512 << 20;
/// Bytes of the files of one batch that are held in memory at once.
const MAX_BATCH_BYTES: u64 = 256 << 20;
/// Files that systems leave in folders and that are no documents.
const SYSTEM_FILES: [&str; 4] = ["Thumbs.db", "desktop.ini", ".DS_Store", "ehthumbs.db"];

/// What an ingest should do.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Read every file, also where size and time say that it has not changed.
    pub checksum: bool,
    /// Read the files that failed before, changed or not.
    pub retry_failed: bool,
    /// The limits of reading.
    pub limits: Limits,
}

/// What happened to one file, for whoever shows progress.
#[derive(Debug)]
pub struct Event<'a> {
    /// The file.
    pub path: &'a Path,
    /// What became of it; `None` for one that was there already and unchanged.
    pub outcome: Option<Outcome>,
    /// Files done, of how many.
    pub done: usize,
    /// All files of this ingest.
    pub total: usize,
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file.
    pub path: PathBuf,
    /// What happened.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// What an ingest did.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Files looked at.
    pub files: usize,
    /// Records added.
    pub added: usize,
    /// Files that were there already, under this path or another.
    pub already_there: usize,
    /// Lock files and the like, passed over.
    pub passed_over: usize,
    /// Records added that have findings above info.
    pub with_findings: usize,
    /// Files that could not be read, in the order of their paths.
    pub failures: Vec<Failure>,
    /// How long it took.
    pub elapsed: Duration,
}

/// Why an ingest cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// A file or folder that was named is not there.
    #[error("there is no file or folder {}", .0.display())]
    NoSuchPath(PathBuf),
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// A file to ingest.
struct Candidate {
    path: PathBuf,
    /// Relative to the folder that was named.
    relative: String,
    bytes: u64,
    modified: i64,
}

/// What came of reading a candidate.
struct Outcomes {
    entry: LedgerEntry,
    order: Option<Box<Order>>,
    original: Option<Vec<u8>>,
    failure: Option<Failure>,
}

/// Ingests files and folders. `observe` hears of each file when what became of it is acknowledged.
pub fn ingest(
    archive: &mut Archive,
    roots: &[PathBuf],
    options: &Options,
    observe: &mut dyn FnMut(&Event<'_>),
) -> Result<Summary, IngestError> {
    let started = Instant::now();
    let mut summary = Summary::default();
    let candidates = candidates(archive, roots, &mut summary)?;
    summary.files = candidates.len();
    let total = candidates.len();
    let mut done = 0;
    let mut waiting = Vec::with_capacity(BATCH);
    let mut waiting_bytes = 0;
    for candidate in candidates {
        if unchanged(archive, &candidate, options)? {
            summary.already_there += 1;
            done += 1;
            observe(&Event {
                path: &candidate.path,
                outcome: None,
                done,
                total,
            });
            continue;
        }
        waiting_bytes += candidate.bytes;
        waiting.push(candidate);
        if waiting.len() >= BATCH || waiting_bytes >= MAX_BATCH_BYTES {
            finish(
                archive,
                &mut waiting,
                options,
                &mut summary,
                &mut done,
                total,
                observe,
            )?;
            waiting_bytes = 0;
        }
    }
    finish(
        archive,
        &mut waiting,
        options,
        &mut summary,
        &mut done,
        total,
        observe,
    )?;
    summary.elapsed = started.elapsed();
    Ok(summary)
}

/// The files under the roots, in the order of their paths, each once.
fn candidates(
    archive: &Archive,
    roots: &[PathBuf],
    summary: &mut Summary,
) -> Result<Vec<Candidate>, IngestError> {
    let own = fs::canonicalize(archive.path()).unwrap_or_else(|_| archive.path().to_owned());
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for root in roots {
        let full = fs::canonicalize(root).map_err(|_| IngestError::NoSuchPath(root.clone()))?;
        let base = if full.is_dir() {
            full.clone()
        } else {
            full.parent().unwrap_or(&full).to_owned()
        };
        let own = own.clone();
        let walk = WalkBuilder::new(&full)
            .standard_filters(false)
            .follow_links(false)
            .sort_by_file_path(std::cmp::Ord::cmp)
            .filter_entry(move |entry| entry.path() != own)
            .build();
        for entry in walk.flatten() {
            if !entry.file_type().is_some_and(|kind| kind.is_file())
                || !seen.insert(entry.path().to_owned())
            {
                continue;
            }
            let name = entry.file_name().to_string_lossy();
            if is_lock_file(&name) || SYSTEM_FILES.contains(&name.as_ref()) {
                summary.passed_over += 1;
                continue;
            }
            let metadata = entry.metadata().ok();
            let relative = entry.path().strip_prefix(&base).unwrap_or(entry.path());
            let parts: Vec<String> = relative
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            found.push(Candidate {
                relative: parts.join("/"),
                bytes: metadata.as_ref().map_or(0, fs::Metadata::len),
                modified: metadata.as_ref().map_or(0, modified),
                path: entry.into_path(),
            });
        }
    }
    Ok(found)
}

/// Whether the ledger says that this file, with this size and time, was read already.
fn unchanged(
    archive: &Archive,
    candidate: &Candidate,
    options: &Options,
) -> Result<bool, IngestError> {
    if options.checksum {
        return Ok(false);
    }
    let Some(entry) = archive.latest(&candidate.path.to_string_lossy())? else {
        return Ok(false);
    };
    let same = entry.bytes == candidate.bytes && entry.modified == candidate.modified;
    let retried = options.retry_failed && entry.outcome == Outcome::Failed.name();
    Ok(same && !retried)
}

/// Reads the waiting files in parallel, writes them in one transaction, and tells of them.
fn finish(
    archive: &mut Archive,
    waiting: &mut Vec<Candidate>,
    options: &Options,
    summary: &mut Summary,
    done: &mut usize,
    total: usize,
    observe: &mut dyn FnMut(&Event<'_>),
) -> Result<(), IngestError> {
    let outcomes: Vec<Outcomes> = waiting
        .par_iter()
        .map(|candidate| outcome(candidate, &options.limits))
        .collect();
    let mut batch = Vec::with_capacity(outcomes.len());
    let mut in_batch = HashSet::new();
    for outcome in outcomes {
        let Outcomes {
            mut entry,
            order,
            original,
            failure,
        } = outcome;
        let mut order = order.map(|order| *order);
        if let (Some(bytes), Some(_)) = (&original, &order) {
            if archive.has(&entry.id)? || !in_batch.insert(entry.id.clone()) {
                Outcome::Duplicate.name().clone_into(&mut entry.outcome);
                order = None;
            } else {
                archive.keep_original(&entry.id, bytes)?;
            }
        }
        summary.failures.extend(failure);
        batch.push((entry, order));
    }
    archive.commit(&batch)?;
    for (candidate, (entry, order)) in waiting.iter().zip(&batch) {
        let outcome = match entry.outcome.as_str() {
            "added" => Outcome::Added,
            "duplicate" => Outcome::Duplicate,
            _ => Outcome::Failed,
        };
        match outcome {
            Outcome::Added => summary.added += 1,
            Outcome::Duplicate => summary.already_there += 1,
            Outcome::Failed => {}
        }
        summary.with_findings += usize::from(order.as_ref().is_some_and(|order| {
            order
                .findings
                .iter()
                .any(|finding| finding.severity > Severity::Info)
        }));
        *done += 1;
        observe(&Event {
            path: &candidate.path,
            outcome: Some(outcome),
            done: *done,
            total,
        });
    }
    waiting.clear();
    Ok(())
}

/// Reads and parses one file. A fault in the program counts as a failure of this file alone.
fn outcome(candidate: &Candidate, limits: &Limits) -> Outcomes {
    catch_unwind(AssertUnwindSafe(|| read_candidate(candidate, limits))).unwrap_or_else(|_| {
        failed(
            candidate,
            String::new(),
            "internal",
            "the program failed on this file".to_owned(),
            "report it to the makers of prikaz with the file",
        )
    })
}

fn read_candidate(candidate: &Candidate, limits: &Limits) -> Outcomes {
    if candidate.bytes > MAX_FILE_BYTES {
        let message = format!(
            "the file has {} bytes, more than {MAX_FILE_BYTES}",
            candidate.bytes
        );
        return failed(
            candidate,
            String::new(),
            "too-large",
            message,
            "check that it is an order",
        );
    }
    let bytes = match fs::read(&candidate.path) {
        Ok(bytes) => bytes,
        Err(error) => {
            return failed(
                candidate,
                String::new(),
                "unreadable",
                format!("the file cannot be read: {error}"),
                "check that it is still there and may be read",
            );
        }
    };
    let now = fs::metadata(&candidate.path).map(|metadata| (metadata.len(), modified(&metadata)));
    if now.is_ok_and(|now| now != (candidate.bytes, candidate.modified))
        || bytes.len() as u64 != candidate.bytes
    {
        return failed(
            candidate,
            String::new(),
            "changed",
            "the file changed while it was read".to_owned(),
            "ingest it again when nobody writes to it",
        );
    }
    let id = sha256(&bytes);
    let reading = match read(&bytes, limits) {
        Ok(reading) => reading,
        Err(error) => {
            return failed(
                candidate,
                id,
                error.code(),
                error.to_string(),
                error.remedy(),
            );
        }
    };
    let source = Source {
        path: candidate.relative.clone(),
        format: reading.format,
        bytes: candidate.bytes,
        modified: Timestamp::from_nanosecond(i128::from(candidate.modified)).ok(),
        pages: reading.text.pages,
        ocr: None,
    };
    let order = parse(
        &reading.text,
        Document {
            id: id.clone(),
            source,
            today: today(),
        },
    );
    Outcomes {
        entry: entry(candidate, id, Outcome::Added),
        order: Some(Box::new(order)),
        original: Some(bytes),
        failure: None,
    }
}

fn failed(
    candidate: &Candidate,
    id: String,
    cause: &str,
    message: String,
    remedy: &str,
) -> Outcomes {
    let entry = LedgerEntry {
        cause: Some(cause.to_owned()),
        message: Some(message.clone()),
        remedy: Some(remedy.to_owned()),
        ..entry(candidate, id, Outcome::Failed)
    };
    let failure = Failure {
        path: candidate.path.clone(),
        message,
        remedy: remedy.to_owned(),
    };
    Outcomes {
        entry,
        order: None,
        original: None,
        failure: Some(failure),
    }
}

fn entry(candidate: &Candidate, id: String, outcome: Outcome) -> LedgerEntry {
    LedgerEntry {
        path: candidate.path.to_string_lossy().into_owned(),
        id,
        bytes: candidate.bytes,
        modified: candidate.modified,
        at: Timestamp::now().to_string(),
        outcome: outcome.name().to_owned(),
        cause: None,
        message: None,
        remedy: None,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Nanoseconds since 1970 of a file's last change; 0 where the system does not say.
fn modified(metadata: &fs::Metadata) -> i64 {
    metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_nanos()).ok())
        .unwrap_or(0)
}

/// The latest day that it is anywhere: only what lies behind it is in the future for everybody.
fn today() -> jiff::civil::Date {
    jiff::tz::Offset::constant(14)
        .to_datetime(Timestamp::now())
        .date()
}
