//! Folder → archive: every file read, parsed and kept, in parallel, resumable.
//!
//! In: files and folders, or the files that failed before. Out: records and ledger lines in the archive,
//! and a summary. Reading and parsing run on all cores; one thread writes, in batches, so that a batch
//! is one transaction. Must never: stop because one file is bad, hold more than a bounded number of
//! files in memory, or acknowledge a record before its original is on the disk.

mod examine;
mod walk;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::archive::{Archive, ArchiveError, LedgerEntry, Outcome, io};
use crate::lexicon::register::Register;
use crate::order::{Order, Severity};
use crate::read::Settings;
use crate::wording::refusal;
pub(crate) use examine::today;
use examine::{Candidate, Examined, examine, line};

use walk::{Reason, Stamp, What, resolve, shown, stamp, walk};

/// Most files in one transaction: enough to share the cost of a sync, few enough to lose little work.
const BATCH: usize = 128;
/// Files in the first transaction.
const FIRST_BATCH: usize = 16;
/// How long a transaction may take to fill before the next one gets fewer files: scans take seconds each, and whoever
/// waits should see that it goes on.
const BATCH_TIME: Duration = Duration::from_secs(10);
/// Stack of a thread that reads. While it waits for the pages of one file it takes up another file, and may do so
/// again there: as deep as a batch is long, at some 20 KB each.
const STACK_BYTES: usize = 16 << 20;
/// Bytes of the files of one batch that are held in memory at once.
const MAX_BATCH_BYTES: u64 = 64 << 20;

/// What an ingest should do.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Read every file, also where size and time say that it has not changed.
    pub checksum: bool,
    /// Read the files that failed before, changed or not.
    pub retry_failed: bool,
    /// Threads that read; as many as there are processors where it is not given.
    pub jobs: Option<NonZeroUsize>,
    /// How files are read.
    pub reading: Settings,
}

/// What happened to one file, for whoever shows progress.
#[derive(Debug)]
pub struct Event<'a> {
    /// The file.
    pub path: &'a Path,
    /// What became of it; `None` for one that an earlier run took in, or failed on, and that has not
    /// changed since.
    pub outcome: Option<Outcome>,
    /// What happened and what to do, where it failed.
    pub failure: Option<(&'a str, &'a str)>,
    /// Files done, of how many.
    pub done: usize,
    /// All files of this ingest.
    pub total: usize,
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
    /// Files that were moved or renamed.
    pub moved: usize,
    /// Files that could not be read.
    pub failed: usize,
    /// Files that failed in an earlier run and have not changed since.
    pub failed_before: usize,
    /// Lock files and the like, passed over.
    pub passed_over: usize,
    /// Records added that have findings above info.
    pub with_findings: usize,
    /// How long it took.
    pub elapsed: Duration,
}

/// Why an ingest cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// A file or folder that was named is not there.
    #[error("нет файла или папки «{}»", .0.display())]
    NoSuchPath(PathBuf),
    /// A file or folder that was named is the archive or lies inside it.
    #[error("«{}» — часть самого архива", .0.display())]
    InsideArchive(PathBuf),
    /// The system gave no threads.
    #[error("не удалось начать чтение: {0}")]
    Threads(rayon::ThreadPoolBuildError),
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl IngestError {
    /// What the user can do.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NoSuchPath(_) => "проверьте имя; путь указывается от текущей папки",
            Self::InsideArchive(_) => "укажите папку, в которой лежат приказы",
            Self::Threads(_) => "укажите меньшее число потоков: --jobs",
            Self::Archive(error) => error.remedy(),
        }
    }
}

/// What the ledger knows of a file with this size and time.
enum Standing {
    /// Nothing, or it is to be read all the same. The id, where its bytes were taken in.
    ToRead(Option<String>),
    Archived,
    Failed,
}

/// What waits for the next transaction.
#[derive(Default)]
struct Waiting {
    files: Vec<Candidate>,
    bytes: u64,
    passed_over: Vec<LedgerEntry>,
}

impl Waiting {
    fn is_full(&self, batch: usize) -> bool {
        self.files.len() + self.passed_over.len() >= batch || self.bytes >= MAX_BATCH_BYTES
    }
}

/// An ingest on its way.
struct Run<'a> {
    archive: &'a mut Archive,
    roots: &'a [PathBuf],
    reading: &'a Settings,
    register: Register,
    checksum: bool,
    pool: rayon::ThreadPool,
    summary: Summary,
    /// Files in the next transaction.
    batch: usize,
    done: usize,
    observe: &'a mut dyn FnMut(&Event<'_>),
}

/// Ingests files and folders; with none, where the options say so, the files that failed before.
/// `observe` hears of each file when what became of it is acknowledged.
pub fn ingest(
    archive: &mut Archive,
    roots: &[PathBuf],
    options: &Options,
    observe: &mut dyn FnMut(&Event<'_>),
) -> Result<Summary, IngestError> {
    let started = Instant::now();
    let own = fs::canonicalize(archive.path()).map_err(io(archive.path()))?;
    let roots = resolve(roots, &own)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs.map_or(0, NonZeroUsize::get))
        .stack_size(STACK_BYTES)
        .build()
        .map_err(IngestError::Threads)?;
    let mut run = Run {
        register: archive.register()?,
        archive,
        roots: &roots,
        reading: &options.reading,
        checksum: options.checksum,
        pool,
        summary: Summary::default(),
        batch: FIRST_BATCH,
        done: 0,
        observe,
    };
    if roots.is_empty() && options.retry_failed {
        run.failed_again()?;
    } else {
        // Counted first, so that progress knows its end; nothing of the walk is kept.
        let is_file = |found: &walk::Found| !matches!(found.what, What::PassedOver(_));
        run.summary.files = walk(&roots, &own).filter(is_file).count();
        run.walked(walk(&roots, &own), options)?;
    }
    let mut summary = run.summary;
    summary.elapsed = started.elapsed();
    Ok(summary)
}

/// What the ledger says of this file, with this size and time. A file without a time is always read:
/// nothing tells that it has not changed.
fn standing(
    archive: &Archive,
    path: &Path,
    stamp: Stamp,
    options: &Options,
) -> Result<Standing, ArchiveError> {
    let known = archive.latest(&shown(path.as_os_str()))?.filter(|entry| {
        stamp.modified != 0 && entry.bytes == stamp.bytes && entry.modified == stamp.modified
    });
    let Some(entry) = known else {
        return Ok(Standing::ToRead(None));
    };
    let archived = entry.outcome.is_archived();
    let failed = entry.outcome == Outcome::Failed;
    Ok(if archived && options.checksum {
        Standing::ToRead(Some(entry.id))
    } else if archived {
        Standing::Archived
    } else if failed && !options.retry_failed && !options.checksum {
        Standing::Failed
    } else {
        Standing::ToRead(None)
    })
}

impl Run<'_> {
    /// Takes in what a walk meets.
    fn walked(
        &mut self,
        found: impl Iterator<Item = walk::Found>,
        options: &Options,
    ) -> Result<(), IngestError> {
        let mut waiting = Waiting::default();
        for found in found {
            let (stamp, unreadable) = match found.what {
                What::PassedOver(reason) => {
                    self.summary.passed_over += 1;
                    let entry = passed_over(&found.location, found.path, reason);
                    if !is_told(self.archive, &entry)? {
                        waiting.passed_over.push(entry);
                    }
                    continue;
                }
                What::File(stamp) => (stamp, None),
                What::Unreadable(message) => (Stamp::default(), Some(message)),
            };
            match standing(self.archive, &found.location, stamp, options)? {
                Standing::Archived => {
                    self.summary.already_there += 1;
                    self.tell(&found.location, None, None);
                }
                Standing::Failed => {
                    self.summary.failed_before += 1;
                    self.tell(&found.location, None, None);
                }
                Standing::ToRead(known) => {
                    waiting.bytes += stamp.bytes;
                    waiting.files.push(Candidate {
                        path: found.location,
                        relative: found.path,
                        stamp,
                        unreadable,
                        known,
                    });
                }
            }
            if waiting.is_full(self.batch) {
                self.finish(std::mem::take(&mut waiting))?;
            }
        }
        self.finish(waiting)
    }

    /// Reads every file again that failed when the ledger last heard of it.
    fn failed_again(&mut self) -> Result<(), IngestError> {
        self.summary.files = usize::try_from(self.archive.status()?.failed).unwrap_or(usize::MAX);
        let mut after = String::new();
        loop {
            let failed = self.archive.failed_after(&after, BATCH)?;
            let Some(last) = failed.last() else {
                return Ok(());
            };
            after.clone_from(&last.path);
            let mut waiting = Waiting::default();
            for entry in failed {
                let path = PathBuf::from(&entry.path);
                let (stamp, unreadable) = match fs::metadata(&path) {
                    Ok(metadata) => (stamp(&metadata), None),
                    Err(error) => (Stamp::default(), Some(refusal(&error))),
                };
                waiting.bytes += stamp.bytes;
                waiting.files.push(Candidate {
                    path,
                    relative: entry.relative,
                    stamp,
                    unreadable,
                    known: None,
                });
                if waiting.is_full(self.batch) {
                    self.finish(std::mem::take(&mut waiting))?;
                }
            }
            self.finish(waiting)?;
        }
    }

    fn tell(&mut self, path: &Path, outcome: Option<Outcome>, failure: Option<(&str, &str)>) {
        self.done += 1;
        (self.observe)(&Event {
            path,
            outcome,
            failure,
            done: self.done,
            total: self.summary.files,
        });
    }

    /// Reads the waiting files in parallel, writes them in one transaction, and tells of them.
    fn finish(&mut self, waiting: Waiting) -> Result<(), IngestError> {
        let Waiting {
            files, passed_over, ..
        } = waiting;
        let started = Instant::now();
        let (reading, register) = (self.reading, &self.register);
        let examined: Vec<Examined> = self.pool.install(|| {
            files
                .par_iter()
                .map(|candidate| examine(candidate, reading, register))
                .collect()
        });
        self.batch = if started.elapsed() > BATCH_TIME {
            (self.batch / 2).max(1)
        } else {
            (self.batch * 2).min(BATCH)
        };
        let mut batch = Vec::with_capacity(examined.len() + passed_over.len());
        let mut originals = Vec::new();
        let mut told = Vec::with_capacity(examined.len());
        let mut new: HashMap<String, String> = HashMap::new();
        let mut gone = HashSet::new();
        for (candidate, examined) in files.iter().zip(examined) {
            let Examined {
                mut entry,
                record,
                original,
            } = examined;
            let mut record = record.map(|record| *record);
            if let (Some(bytes), Some(found)) = (original, &record) {
                if let Some(first) = new.get(&entry.id) {
                    entry.outcome = Outcome::Duplicate;
                    entry.message = Some(same_bytes(first));
                } else if self.archive.has(&entry.id)? {
                    let left = self.met_again(&mut entry, &mut gone)?;
                    if self.is_to_be_kept_again(&entry) {
                        originals.push((entry.id.clone(), bytes));
                    }
                    batch.extend(left.into_iter().map(|entry| (entry, None)));
                } else {
                    new.insert(entry.id.clone(), entry.path.clone());
                    self.summary.with_findings += usize::from(has_findings(&found.order));
                    originals.push((entry.id.clone(), bytes));
                }
                if entry.outcome != Outcome::Added {
                    record = None;
                }
            }
            match entry.outcome {
                Outcome::Added => self.summary.added += 1,
                Outcome::Moved => self.summary.moved += 1,
                Outcome::Failed => self.summary.failed += 1,
                _ => self.summary.already_there += 1,
            }
            let failure = entry.message.clone().zip(entry.remedy.clone());
            told.push((entry.outcome, failure));
            // That a file is what it was is no news for the ledger.
            if !entry.outcome.is_archived() || candidate.known.as_ref() != Some(&entry.id) {
                batch.push((entry, record));
            }
        }
        let kept: Vec<(&str, &[u8])> = originals
            .iter()
            .map(|(id, bytes)| (id.as_str(), bytes.as_slice()))
            .collect();
        self.archive.keep_originals(&kept)?;
        batch.extend(passed_over.into_iter().map(|entry| (entry, None)));
        self.archive.commit(&batch)?;
        for (candidate, (outcome, failure)) in files.iter().zip(told) {
            let failure = failure
                .as_ref()
                .map(|(message, remedy)| (message.as_str(), remedy.as_str()));
            self.tell(&candidate.path, Some(outcome), failure);
        }
        Ok(())
    }

    /// Whether the original of a record may have been lost and is written again where it was: the way
    /// back after a disk failed.
    fn is_to_be_kept_again(&self, entry: &LedgerEntry) -> bool {
        let original = fs::metadata(self.archive.original_path(&entry.id));
        self.checksum || !original.is_ok_and(|found| found.len() == entry.bytes)
    }

    /// A file whose bytes are in the archive: a duplicate, or one that was moved or renamed. It was
    /// moved if its bytes came from a path that this ingest has walked over and where nothing is any
    /// more; a folder that this ingest was not asked for may only be out of reach. Gives the lines
    /// that say of the old paths where their file is now.
    fn met_again(
        &self,
        entry: &mut LedgerEntry,
        gone: &mut HashSet<String>,
    ) -> Result<Vec<LedgerEntry>, ArchiveError> {
        let mut left = Vec::new();
        let others = self.archive.paths(&entry.id)?;
        let others: Vec<&String> = others.iter().filter(|path| **path != entry.path).collect();
        for other in &others {
            let path = Path::new(other);
            let walked = self.roots.iter().any(|root| path.starts_with(root));
            // A name that is no UTF-8 cannot be looked up as it is shown.
            let vanished = walked
                && !other.contains("\\x")
                && fs::symlink_metadata(path)
                    .is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
            if vanished && gone.insert((*other).clone()) {
                left.push(LedgerEntry {
                    id: entry.id.clone(),
                    message: Some(format!("теперь он здесь: {}", entry.path)),
                    ..line(path, String::new(), Stamp::default(), Outcome::Gone)
                });
                entry.message = Some(format!("раньше он был здесь: {other}"));
            }
        }
        if left.is_empty() {
            entry.outcome = Outcome::Duplicate;
            entry.message = others.first().map(|first| same_bytes(first));
        } else {
            entry.outcome = Outcome::Moved;
        }
        Ok(left)
    }
}

fn same_bytes(path: &str) -> String {
    format!("то же содержание, что у {path}")
}

fn has_findings(order: &Order) -> bool {
    order
        .findings
        .iter()
        .any(|finding| finding.severity > Severity::Info)
}

fn passed_over(path: &Path, relative: String, reason: Reason) -> LedgerEntry {
    LedgerEntry {
        cause: Some(reason.cause.to_owned()),
        message: Some(reason.message.to_owned()),
        ..line(path, relative, Stamp::default(), Outcome::Skipped)
    }
}

/// Whether the latest line of the ledger says the same of a file that is passed over.
fn is_told(archive: &Archive, entry: &LedgerEntry) -> Result<bool, ArchiveError> {
    let latest = archive.latest(&entry.path)?;
    Ok(latest.is_some_and(|latest| latest.outcome == entry.outcome && latest.cause == entry.cause))
}
