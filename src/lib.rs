//! prikaz turns folders of Russian administrative orders into structured, searchable, verifiable
//! archives.
//!
//! ```text
//! folder ─▶ read ─▶ Text ─▶ parse ─▶ Order ─▶ archive ─▶ index ─▶ search · export
//! ```

pub mod archive;
pub mod export;
pub mod index;
pub mod ingest;
pub mod lexicon;
pub mod order;
pub mod parse;
pub mod read;
pub mod reparse;
pub mod search;
pub mod text;
pub mod verify;
pub mod wording;
