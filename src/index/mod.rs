//! The full-text index: a follower of the archive.
//!
//! In: the archive's changes. Out: a Tantivy index to search. The number of the last change that it
//! holds is stored in the same commit as its documents; so a killed process loses nothing and doubles
//! nothing, and an index that was deleted or damaged is built again. Must never: be the only place
//! where anything is kept.

mod document;
mod terms;

use std::fs;
use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{Index as TantivyIndex, IndexWriter, TantivyDocument, Term};

use crate::archive::{Archive, ArchiveError};

pub(crate) use document::{day_number, tokens_of};
pub use terms::{ActKey, PersonKey, citation_terms, exactly, inside, similar_number, units};

/// The form of the index; one of another form is built again.
const FORMAT: &str = "prikaz-index/1";
/// Memory of the writer. Tantivy asks for at least 15 MB a thread.
const WRITER_BYTES: usize = 64 << 20;
/// Changes taken from the archive at a time, and committed together.
const BATCH: usize = 1_000;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The index refused.
    #[error("the index: {0}; delete its folder, it is built again from the archive")]
    Tantivy(#[from] tantivy::TantivyError),
    /// The file system refused.
    #[error(
        "{path}: {source}; check that the disk is not full and that the folder may be written to"
    )]
    Io {
        /// The folder.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
}

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Id of the record.
    pub id: Field,
    /// Lemmas of the text, with positions.
    pub lemmas: Field,
    /// Folded words of the text, with positions.
    pub forms: Field,
    /// Terms of the acts cited; see [`ActKey`].
    pub acts: Field,
    /// Terms of the people named; see [`PersonKey`].
    pub people: Field,
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
}

/// An opened index.
pub struct Index {
    index: TantivyIndex,
    fields: Fields,
}

impl Index {
    /// Opens the index of an archive and brings it up to date, building it where it is missing,
    /// damaged or of another form. Where another process is writing to it, what is there is used.
    pub fn follow(archive: &Archive) -> Result<Self, IndexError> {
        let path = archive.index_path();
        match Self::open(&path).and_then(|index| index.catch_up(archive).map(|()| index)) {
            Err(IndexError::Tantivy(_)) => {
                fs::remove_dir_all(&path).map_err(|source| IndexError::Io {
                    path: path.display().to_string(),
                    source,
                })?;
                let index = Self::open(&path)?;
                index.catch_up(archive)?;
                Ok(index)
            }
            other => other,
        }
    }

    fn open(path: &Path) -> Result<Self, IndexError> {
        let io = |source| IndexError::Io {
            path: path.display().to_string(),
            source,
        };
        let marker = path.join("format");
        if fs::read_to_string(&marker).ok().as_deref() != Some(FORMAT) && path.exists() {
            fs::remove_dir_all(path).map_err(io)?;
        }
        fs::create_dir_all(path).map_err(io)?;
        let (schema, fields) = schema();
        let directory = MmapDirectory::open(path).map_err(tantivy::TantivyError::from)?;
        let index = TantivyIndex::open_or_create(directory, schema)?;
        fs::write(&marker, FORMAT).map_err(io)?;
        Ok(Self { index, fields })
    }

    /// The number of the archive's change up to which the index goes.
    pub fn sequence(&self) -> Result<i64, IndexError> {
        let payload = self.index.load_metas()?.payload;
        Ok(payload
            .and_then(|payload| payload.parse().ok())
            .unwrap_or(0))
    }

    /// Takes in the changes of the archive since the last commit.
    fn catch_up(&self, archive: &Archive) -> Result<(), IndexError> {
        let latest = archive.sequence()?;
        let reached = self.sequence()?;
        if reached == latest {
            return Ok(());
        }
        if reached > latest {
            // The archive was replaced by an older one: nothing of the index can be trusted.
            return Err(IndexError::Tantivy(tantivy::TantivyError::InvalidArgument(
                "it is ahead of the archive".to_owned(),
            )));
        }
        let mut writer: IndexWriter<TantivyDocument> =
            match self.index.writer_with_num_threads(1, WRITER_BYTES) {
                Ok(writer) => writer,
                Err(tantivy::TantivyError::LockFailure(..)) => return Ok(()),
                Err(error) => return Err(error.into()),
            };
        // Between the first look and the lock, another process may have gone on.
        let mut reached = self.sequence()?;
        loop {
            let changes = archive.changes_since(reached, BATCH)?;
            let Some(last) = changes.last() else { break };
            reached = last.sequence;
            let documents = document::documents(&changes, self.fields);
            for (change, document) in changes.iter().zip(documents) {
                writer.delete_term(Term::from_field_text(self.fields.id, &change.id));
                writer.add_document(document)?;
            }
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&reached.to_string());
            commit.commit()?;
        }
        writer.wait_merging_threads()?;
        Ok(())
    }

    /// A searcher over the last commit.
    pub fn searcher(&self) -> Result<tantivy::Searcher, IndexError> {
        Ok(self.index.reader()?.searcher())
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        self.fields
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = || {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED | FAST),
        lemmas: schema.add_text_field("lemmas", words()),
        forms: schema.add_text_field("forms", words()),
        acts: schema.add_text_field("acts", STRING),
        people: schema.add_text_field("people", STRING),
        number: schema.add_text_field("number", STRING),
        number_similar: schema.add_text_field("number_similar", STRING),
        date: schema.add_i64_field("date", INDEXED | FAST),
        kind: schema.add_text_field("kind", STRING | FAST),
        issuer: schema.add_text_field("issuer", words()),
        issuer_name: schema.add_text_field("issuer_name", STRING | FAST),
        file: schema.add_text_field("file", words()),
        finding: schema.add_text_field("finding", STRING),
    };
    (schema.build(), fields)
}
