//! The full-text index: a follower of the archive.
//!
//! In: the archive's changes. Out: a Tantivy index to search. The number of the last change that it
//! holds is stored in the same commit as its documents; so a killed process loses nothing and doubles
//! nothing, and an index that was deleted or damaged is built again. It keeps no text: a hit is shown
//! from its record, which the archive gives by id, so that it never shows what the archive no longer
//! says, and the index stays small. Must never: be the only place where anything is kept.

mod directory;
mod document;
mod follower;
mod graph;
mod positions;
mod relations;
mod snapshot;
mod terms;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError};
use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK};
use tantivy::index::SegmentComponent;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{
    Index as TantivyIndex, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError,
    Term,
};

use crate::archive::{Archive, ArchiveError, Change};
use crate::order::Order;
use crate::wording;

use self::directory::{SharedFolder, is_refusal};
use self::positions::Positions;
pub(crate) use document::{day_number, tokens_of};
pub use follower::Follower;
pub use graph::Graph;
pub use relations::{Direction, Relation, order_key, related_keys};
pub use snapshot::{Frequent, FrequentValue, Snapshot, Values};
pub use terms::{
    ActKey, PersonKey, act_name, citation_terms, exactly, inside, person_name, similar_number,
    units,
};

/// The form of the index; one of another form is built again.
const FORMAT: &str = "prikaz-index/7";
/// Memory of the writer. Tantivy asks for at least 15 MB a thread.
const WRITER_BYTES: usize = 64 << 20;
/// Changes taken from the archive at a time.
const BATCH: usize = 1_000;
/// Changes committed together: after so many a killed process has lost a few seconds of work, and a commit
/// for every page would take longer than the page.
const COMMIT: usize = 20_000;
/// How long an index is waited for that another process builds. It shows its first orders after [`COMMIT`] of them, which
/// takes half a minute on a slow machine.
const LONGEST_WAIT: Duration = Duration::from_mins(2);
/// Looks at files that go: those of an index are removed in less time.
const FEW_LOOKS: usize = 20;
/// Between two looks at it.
const PAUSE: Duration = Duration::from_millis(50);

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The index refused.
    #[error("индекс: {}", index_refusal(.0))]
    Tantivy(#[from] tantivy::TantivyError),
    /// This user may not read it, or not make it where it is missing.
    #[error("индекс в папке «{}» этому пользователю недоступен: {reason}", path.display())]
    Denied {
        /// The folder.
        path: PathBuf,
        /// Which file, as the system says it.
        reason: String,
    },
    /// Another process is building it and has nothing to show yet.
    #[error("индекс в папке «{}» сейчас строит другая программа", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("«{path}»: {}", wording::refusal(source))]
    Io {
        /// The folder.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
}

impl IndexError {
    /// What the user can do.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Archive(error) => error.remedy(),
            Self::Tantivy(
                TantivyError::IoError(_)
                | TantivyError::OpenWriteError(_)
                | TantivyError::LockFailure(..),
            )
            | Self::Io { .. } => "проверьте, есть ли место на диске и можно ли писать в эту папку",
            Self::Busy { .. } => "повторите, когда она закончит",
            Self::Tantivy(_) => {
                "удалите в архиве папку `index`: следующая команда построит индекс заново"
            }
            Self::Denied { .. } => {
                "попросите хранителя архива открыть вам папку `index` для чтения; если её нет, её построит его команда `prikaz verify`"
            }
        }
    }

    /// The error of an index in a folder, told from damage where the system refused.
    fn of(error: Self, path: &Path) -> Self {
        let denied = |reason: String| Self::Denied {
            path: path.to_owned(),
            reason,
        };
        match &error {
            Self::Tantivy(refused) => match refusal(refused) {
                Some(reason) => denied(reason),
                None => error,
            },
            Self::Io { source, .. } if is_refusal(source) => denied(wording::refusal(source)),
            _ => error,
        }
    }
}

/// Why the index refused. What is rare is said in its own words.
fn index_refusal(error: &TantivyError) -> String {
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => "занят другой программой".to_owned(),
        TantivyError::DataCorruption(_) => "файлы индекса повреждены".to_owned(),
        other => refusal_of_system(other).map_or_else(|| other.to_string(), |(_, said)| said),
    }
}

/// What the system refused to this user, if an error is that.
fn refusal(error: &TantivyError) -> Option<String> {
    refusal_of_system(error)
        .filter(|(source, _)| is_refusal(source))
        .map(|(_, said)| said)
}

/// The error of the file system in one of the index, and what is said of it.
fn refusal_of_system(error: &TantivyError) -> Option<(&io::Error, String)> {
    let (source, file): (&io::Error, _) = match error {
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            (io_error, Some(filepath))
        }
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
            io_error,
            directory_path,
        }) => (io_error, Some(directory_path)),
        TantivyError::LockFailure(LockError::IoError(source), _)
        | TantivyError::IoError(source) => (source, None),
        _ => return None,
    };
    let said = wording::refusal(source);
    let said = match file {
        Some(file) => format!("{}: {said}", file.display()),
        None => said,
    };
    Some((source, said))
}

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Id of the record.
    pub id: Field,
    /// Lemmas of the title.
    pub title: Field,
    /// Lemmas of the text, with positions.
    pub lemmas: Field,
    /// Folded words of the text, with positions.
    pub forms: Field,
    /// Terms of the acts cited; see [`ActKey`].
    pub acts: Field,
    /// Terms of the people named; see [`PersonKey`].
    pub people: Field,
    /// Ids of the acts cited, for counts.
    pub act_ids: Field,
    /// The acts cited, each `id`, a tab and a name for people.
    pub act_names: Field,
    /// The people named, surname and initials, for counts.
    pub person_names: Field,
    /// The folded number.
    pub number: Field,
    /// The number with look-alike letters and digits folded.
    pub number_similar: Field,
    /// The date as `YYYYMMDD`.
    pub date: Field,
    /// Name of the kind.
    pub kind: Field,
    /// Lemmas of the issuer.
    pub issuer: Field,
    /// The issuer as printed, for counts.
    pub issuer_name: Field,
    /// Folded words of the path.
    pub file: Field,
    /// Codes of findings.
    pub finding: Field,
    /// The key by which other orders name this one; see [`order_key`].
    pub key: Field,
    /// What the order does to which key; see [`Relation::term`].
    pub relations: Field,
}

/// Columns whose values are counted.
pub(crate) const COUNTED: usize = 4;

impl Fields {
    /// The columns whose values are counted, with their names: kinds, issuers, acts, people.
    pub(crate) fn counted(self) -> [(Field, &'static str); COUNTED] {
        [
            (self.kind, "kind"),
            (self.issuer_name, "issuer_name"),
            (self.act_ids, "act_ids"),
            (self.person_names, "person_names"),
        ]
    }
}

/// An opened index. Searches share what it shows; [`Index::refresh`] shows a later commit.
pub struct Index {
    stored: TantivyIndex,
    fields: Fields,
    reader: IndexReader,
    shown: Mutex<Arc<Snapshot>>,
}

impl Index {
    /// Opens the index of an archive and brings it up to date, building it where it is missing,
    /// damaged or of another form. Where another process is writing to it, what is there is used; where it builds it
    /// and nothing is there yet, it is waited for: nobody is told that an archive holds nothing.
    pub fn follow(archive: &Archive) -> Result<Self, IndexError> {
        let path = archive.index_path();
        let given_up = Instant::now() + LONGEST_WAIT;
        let mut looks = 0;
        let mut was_free = false;
        loop {
            match Self::followed(archive, &path) {
                Ok((index, reached)) => {
                    if reached > 0 || archive.sequence()? == 0 {
                        return Ok(index);
                    }
                    // Whoever built it may have ended since it was opened: that it is empty is believed where nobody
                    // wrote to it before it was opened either.
                    let is_free = !is_written_to(&path)?;
                    if is_free && was_free {
                        return Ok(index);
                    }
                    was_free = is_free;
                }
                Err(IndexError::Tantivy(TantivyError::LockFailure(LockError::LockBusy, _))) => {}
                // Its files go while another process removes them, which is done before it can be asked.
                Err(IndexError::Tantivy(error))
                    if (is_damage(&error) || is_missing(&error)) && looks < FEW_LOOKS => {}
                Err(error) => return Err(IndexError::of(error, &path)),
            }
            if Instant::now() > given_up {
                return Err(IndexError::Busy { path });
            }
            looks += 1;
            thread::sleep(PAUSE);
        }
    }

    /// The index, caught up as far as another process lets it be, and the change that it shows at least: what is written
    /// behind its back is not shown by itself.
    fn followed(archive: &Archive, path: &Path) -> Result<(Self, i64), IndexError> {
        let caught_up = || {
            let index = Self::open(path)?;
            index.catch_up(archive)?;
            let reached = index.reached()?;
            index.refresh()?;
            Ok((index, reached))
        };
        match caught_up() {
            Err(IndexError::Tantivy(error)) if is_damage(&error) => {
                wipe(path)?;
                caught_up()
            }
            other => other,
        }
    }

    /// Whether the archive has changes that the index does not hold yet.
    pub fn lags_behind(&self, archive: &Archive) -> Result<bool, IndexError> {
        Ok(self.reached()? < archive.sequence()?)
    }

    /// An index in memory, of no archive: for tests and for searching a handful of records.
    pub fn of_orders(orders: &[Order]) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        let index = Self::of(TantivyIndex::create_in_ram(schema), fields)?;
        let changes: Vec<Change> = (1..)
            .zip(orders)
            .map(|(sequence, order)| Change {
                sequence,
                id: order.id.clone(),
                order: order.clone(),
            })
            .collect();
        let mut writer = index.stored.writer_with_num_threads(1, WRITER_BYTES)?;
        index.add(&writer, &changes)?;
        if let Some(last) = changes.last() {
            index.commit(&mut writer, last.sequence)?;
        }
        writer.wait_merging_threads()?;
        Ok(index)
    }

    fn open(path: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(path).map_err(|source| IndexError::Io {
            path: path.display().to_string(),
            source,
        })?;
        let (schema, fields) = schema();
        let index = TantivyIndex::open_or_create(SharedFolder::open(path)?, schema)?;
        // A reader opens every segment: what is missing or cut short shows itself here. Of the positions
        // alone it does not ask until they are needed.
        let index = Self::of(index, fields)?;
        for segment in index.stored.searchable_segments()? {
            segment
                .open_read(SegmentComponent::Positions)
                .map_err(TantivyError::from)?;
        }
        index.reached()?;
        Ok(index)
    }

    fn of(index: TantivyIndex, fields: Fields) -> Result<Self, TantivyError> {
        index.tokenizers().register(positions::POSITIONS, Positions);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let shown = Mutex::new(Arc::new(Snapshot::new(reader.searcher())));
        Ok(Self {
            stored: index,
            fields,
            reader,
            shown,
        })
    }

    /// What searches are shown: the index as it was at the last commit that [`Index::refresh`] saw.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Shows searches the last commit, this process's or another's. What searches have asked for of the
    /// commit before is made ready first, so that none has to wait for it.
    pub fn refresh(&self) -> Result<(), IndexError> {
        let before = self.snapshot();
        let shown = before.searcher().generation().segments();
        let segments = self.stored.load_metas()?.segments;
        let unchanged = segments.len() == shown.len()
            && segments
                .iter()
                .all(|segment| shown.get(&segment.id()) == Some(&segment.delete_opstamp()));
        if unchanged {
            return Ok(());
        }
        self.reader.reload()?;
        let snapshot = Snapshot::new(self.reader.searcher());
        snapshot.prepare_as(&before, self.fields)?;
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }

    /// The number of the archive's change up to which the index goes.
    pub fn sequence(&self) -> Result<i64, IndexError> {
        Ok(self.reached()?)
    }

    /// Reads the payload of the last commit. An index of another form is as good as damaged.
    fn reached(&self) -> Result<i64, TantivyError> {
        let Some(payload) = self.stored.load_metas()?.payload else {
            return Ok(0);
        };
        payload
            .strip_prefix(FORMAT)
            .and_then(|sequence| sequence.trim_start().parse().ok())
            .ok_or_else(|| {
                TantivyError::SchemaError(format!("вид индекса — {payload}, а нужен {FORMAT}"))
            })
    }

    /// Takes in the changes of the archive since the last commit.
    fn catch_up(&self, archive: &Archive) -> Result<(), IndexError> {
        let latest = archive.sequence()?;
        let reached = self.reached()?;
        if reached == latest {
            return Ok(());
        }
        if reached > latest {
            return Err(TantivyError::SchemaError(
                "он новее архива: архив заменили прежним".to_owned(),
            )
            .into());
        }
        let mut writer = match self.stored.writer_with_num_threads(1, WRITER_BYTES) {
            Ok(writer) => writer,
            Err(TantivyError::LockFailure(..)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        // Between the first look and the lock, another process may have gone on.
        let mut reached = self.reached()?;
        let mut waiting = 0;
        loop {
            let changes = archive.changes_since(reached, BATCH)?;
            if let Some(last) = changes.last() {
                reached = last.sequence;
                waiting += changes.len();
                self.add(&writer, &changes)?;
            }
            if waiting >= COMMIT || changes.is_empty() && waiting > 0 {
                waiting = 0;
                self.commit(&mut writer, reached)?;
            }
            if changes.is_empty() {
                break;
            }
        }
        writer.wait_merging_threads()?;
        self.refresh()
    }

    /// Adds changes, each in the place of what the index has of the record.
    fn add(
        &self,
        writer: &IndexWriter<TantivyDocument>,
        changes: &[Change],
    ) -> Result<(), IndexError> {
        let documents = document::documents(changes, self.fields);
        for (change, document) in changes.iter().zip(documents) {
            writer.delete_term(Term::from_field_text(self.fields.id, &change.id));
            writer.add_document(document)?;
        }
        Ok(())
    }

    /// Commits what was added together with the number of the last change of it, and shows it.
    fn commit(
        &self,
        writer: &mut IndexWriter<TantivyDocument>,
        reached: i64,
    ) -> Result<(), IndexError> {
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&format!("{FORMAT} {reached}"));
        commit.commit()?;
        self.refresh()
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        self.fields
    }
}

/// Whether an error says that the files of the index are not what this program wrote, so that building
/// them again helps. A full disk or a folder that may not be read is none.
fn is_damage(error: &TantivyError) -> bool {
    let cut_short = |error: &io::Error| {
        matches!(
            error.kind(),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData
        )
    };
    match error {
        TantivyError::DataCorruption(_)
        | TantivyError::SchemaError(_)
        | TantivyError::IncompatibleIndex(_)
        | TantivyError::DeserializeError(_)
        | TantivyError::OpenReadError(
            OpenReadError::FileDoesNotExist(_) | OpenReadError::IncompatibleIndex(_),
        ) => true,
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => cut_short(io_error),
        TantivyError::IoError(error) => cut_short(error),
        _ => false,
    }
}

/// Whether a file of the index went between two steps.
fn is_missing(error: &TantivyError) -> bool {
    matches!(error, TantivyError::IoError(error) if error.kind() == io::ErrorKind::NotFound)
}

/// Whether a process writes to an index just now.
fn is_written_to(path: &Path) -> Result<bool, IndexError> {
    match SharedFolder::open(path)?.acquire_lock(&INDEX_WRITER_LOCK) {
        Err(LockError::LockBusy) => Ok(true),
        // One who may not write builds nothing either.
        Ok(_) | Err(LockError::IoError(_)) => Ok(false),
    }
}

/// Removes the files of an index, but not from under a process that writes to it.
fn wipe(path: &Path) -> Result<(), IndexError> {
    let directory = SharedFolder::open(path)?;
    let lock = directory
        .acquire_lock(&INDEX_WRITER_LOCK)
        .map_err(|error| TantivyError::LockFailure(error, None))?;
    let remove = || -> io::Result<()> {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            // The lock files stay: another process may wait on them.
            if entry.file_type()?.is_file() && entry.path().extension().is_none_or(|e| e != "lock")
            {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    };
    let removed = remove();
    drop(lock);
    removed.map_err(|source| IndexError::Io {
        path: path.display().to_string(),
        source,
    })
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = || {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(positions::POSITIONS)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        id: schema.add_text_field("id", STRING | FAST),
        title: schema.add_text_field("title", words()),
        lemmas: schema.add_text_field("lemmas", words()),
        forms: schema.add_text_field("forms", words()),
        acts: schema.add_text_field("acts", STRING),
        people: schema.add_text_field("people", STRING),
        act_ids: schema.add_text_field("act_ids", STRING | FAST),
        act_names: schema.add_text_field("act_names", STRING),
        person_names: schema.add_text_field("person_names", STRING | FAST),
        number: schema.add_text_field("number", STRING),
        number_similar: schema.add_text_field("number_similar", STRING),
        date: schema.add_i64_field("date", INDEXED | FAST),
        kind: schema.add_text_field("kind", STRING | FAST),
        issuer: schema.add_text_field("issuer", words()),
        issuer_name: schema.add_text_field("issuer_name", STRING | FAST),
        file: schema.add_text_field("file", words()),
        finding: schema.add_text_field("finding", STRING),
        key: schema.add_text_field("key", STRING),
        relations: schema.add_text_field("relations", STRING),
    };
    (schema.build(), fields)
}
