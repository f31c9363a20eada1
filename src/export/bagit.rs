//! A BagIt bag (RFC 8493, version 1.0): originals, records, schema, ledger and audit log, sealed by
//! SHA-512.
//!
//! In: records and the archive that they are from. Out: a folder that any BagIt program validates. Its
//! date is that of the archive's latest event, so that the same archive gives the same bag. Must never:
//! put an original into the bag whose bytes are not those of its record.
//!
//! ```text
//! bagit.txt, bag-info.txt, manifest-sha512.txt, tagmanifest-sha512.txt
//! data/originals/ab/…    the originals, named by their SHA-256, with the ending of their format
//! data/records.jsonl     their records
//! data/schema.json       JSON Schema of the records
//! data/ledger.jsonl      every line of the ledger, or those of these records where a query chose them
//! data/log.jsonl         the audit log, whole
//! ```

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256, Sha512};

use super::tables::order_of;
use super::{ExportError, Exporter, Wanted, file};
use crate::archive::{Archive, ArchiveError, LedgerFilter, each_chunk, hexadecimal};

/// A file of the bag that is being written, hashed on the way.
struct Sealed {
    path: PathBuf,
    name: String,
    output: BufWriter<File>,
    digest: Sha512,
    bytes: u64,
}

impl Sealed {
    fn create(bag: &Path, name: &str) -> Result<Self, ExportError> {
        let path = bag.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(file(folder))?;
        }
        Ok(Self {
            output: BufWriter::new(File::create(&path).map_err(file(&path))?),
            path,
            name: name.to_owned(),
            digest: Sha512::new(),
            bytes: 0,
        })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), ExportError> {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        self.output.write_all(bytes).map_err(file(&self.path))
    }

    /// Ends the file; gives its line of a manifest.
    fn close(&mut self) -> Result<String, ExportError> {
        self.output.flush().map_err(file(&self.path))?;
        let digest = hexadecimal(&self.digest.clone().finalize());
        Ok(format!("{digest}  {}\n", self.name))
    }
}

/// A bag.
pub struct Bag<'a> {
    archive: &'a Archive,
    wanted: Option<&'a Wanted>,
    folder: PathBuf,
    records: Sealed,
    manifest: Sealed,
    /// Bytes and files of the payload.
    bytes: u64,
    files: u64,
}

impl<'a> Bag<'a> {
    /// Makes a bag in a folder that is there and empty.
    pub fn new(
        archive: &'a Archive,
        wanted: Option<&'a Wanted>,
        folder: &Path,
    ) -> Result<Self, ExportError> {
        Ok(Self {
            archive,
            wanted,
            folder: folder.to_owned(),
            records: Sealed::create(folder, "data/records.jsonl")?,
            manifest: Sealed::create(folder, "manifest-sha512.txt")?,
            bytes: 0,
            files: 0,
        })
    }

    /// Enters a file of the payload into the manifest.
    fn enter(&mut self, mut payload: Sealed) -> Result<(), ExportError> {
        let line = payload.close()?;
        self.bytes += payload.bytes;
        self.files += 1;
        self.manifest.write(line.as_bytes())
    }

    /// Copies an original, checked on the way.
    fn original(&mut self, id: &str, ending: &str) -> Result<(), ExportError> {
        let (folder, _) = id.split_at_checked(2).unwrap_or((id, ""));
        let mut copy = Sealed::create(
            &self.folder,
            &format!("data/originals/{folder}/{id}.{ending}"),
        )?;
        let path = self.archive.original_path(id);
        let mut found = Sha256::new();
        each_chunk(&path, |chunk| {
            found.update(chunk);
            copy.write(chunk)
        })?;
        if hexadecimal(&found.finalize()) != id {
            return Err(ArchiveError::Damaged(path).into());
        }
        self.enter(copy)
    }

    fn ledger(&mut self) -> Result<(), ExportError> {
        let mut lines = Sealed::create(&self.folder, "data/ledger.jsonl")?;
        let all = LedgerFilter {
            outcome: None,
            superseded: true,
        };
        let wanted = self.wanted;
        self.archive
            .each_ledger_line(all, |entry| -> Result<(), ExportError> {
                if wanted.is_none_or(|wanted| wanted.has(&entry.id)) {
                    lines.write(&line_of(&entry)?)?;
                }
                Ok(())
            })?;
        self.enter(lines)
    }

    /// The audit log; gives the day of its latest event and its seal.
    fn log(&mut self) -> Result<(String, String), ExportError> {
        let mut lines = Sealed::create(&self.folder, "data/log.jsonl")?;
        let mut last = ("1970-01-01".to_owned(), String::new());
        self.archive
            .each_event(|event| -> Result<(), ExportError> {
                lines.write(&line_of(&event)?)?;
                last = (event.at.chars().take(10).collect(), event.hash);
                Ok(())
            })?;
        self.enter(lines)?;
        Ok(last)
    }
}

/// A value as a line of JSON.
fn line_of(value: &impl serde::Serialize) -> Result<Vec<u8>, ExportError> {
    let mut line = serde_json::to_vec(value).map_err(std::io::Error::from)?;
    line.push(b'\n');
    Ok(line)
}

impl Exporter for Bag<'_> {
    fn form(&self) -> &'static str {
        "bagit"
    }

    fn record(&mut self, id: &str, json: &str) -> Result<(), ExportError> {
        let format = order_of(id, json)?.source.format;
        let ending = match serde_json::to_value(format) {
            Ok(serde_json::Value::String(name)) => name,
            _ => String::from("bin"),
        };
        self.records.write(json.as_bytes())?;
        self.records.write(b"\n")?;
        self.original(id, &ending)
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        let records = self.records.close()?;
        self.bytes += self.records.bytes;
        self.files += 1;
        self.manifest.write(records.as_bytes())?;
        let mut schema = Sealed::create(&self.folder, "data/schema.json")?;
        schema.write(&line_of(&crate::order::schema())?)?;
        self.enter(schema)?;
        self.ledger()?;
        let (day, seal) = self.log()?;

        let mut declaration = Sealed::create(&self.folder, "bagit.txt")?;
        declaration.write(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")?;
        let mut information = Sealed::create(&self.folder, "bag-info.txt")?;
        let mut about = format!(
            "Bag-Software-Agent: prikaz {}\nBagging-Date: {day}\nPayload-Oxum: {}.{}\nExternal-Identifier: {}\nInternal-Sender-Description: audit log sealed by {seal}\n",
            env!("CARGO_PKG_VERSION"),
            self.bytes,
            self.files,
            self.archive.identity()?
        );
        if let Some(wanted) = self.wanted {
            let query = wanted
                .query
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            about.push_str(&format!("External-Description: orders found by {query}\n"));
        }
        information.write(about.as_bytes())?;
        let manifest = self.manifest.close()?;
        let tags = [declaration.close()?, information.close()?, manifest];
        let mut tag_manifest = Sealed::create(&self.folder, "tagmanifest-sha512.txt")?;
        for line in tags {
            tag_manifest.write(line.as_bytes())?;
        }
        tag_manifest.close()?;
        Ok(())
    }
}
