//! The package of an OOXML document: a ZIP archive of parts joined by relationships (ECMA-376 part 2).
//!
//! In: the bytes of the archive. Out: the main part, and the parts related to it by type, inflated.
//! Must never: trust a declared size, use an entry's name as a path on the disk, or follow a
//! relationship out of the package.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::super::ReadError;

/// What a document may cost.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Entries in the archive. A large Word document has some hundreds.
    pub entries: usize,
    /// Bytes of one inflated part. The XML of a 500-page order takes some 10 MB.
    pub part_bytes: u64,
    /// Bytes of all inflated parts together.
    pub total_bytes: u64,
    /// Depth of XML elements. Word itself nests some dozens.
    pub depth: usize,
    /// Bytes of text in the result: a hundred times the longest order seen.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 10_000,
            part_bytes: 64 << 20,
            total_bytes: 128 << 20,
            depth: 256,
            text_bytes: 32 << 20,
        }
    }
}

/// A relationship of a part.
#[derive(Debug, Clone)]
pub(super) struct Relationship {
    /// The last segment of its type: `officeDocument`, `styles`. It is the same in the transitional
    /// and in the strict namespace.
    pub(super) kind: String,
    /// Name of the part it points to, without a leading slash.
    pub(super) target: String,
}

/// An opened package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: Limits,
    inflated: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            ReadError::Damaged(format!("its ZIP archive cannot be opened ({error})"))
        })?;
        if archive.len() > limits.entries {
            return Err(ReadError::TooLarge(format!(
                "its archive has {} entries, more than {}",
                archive.len(),
                limits.entries
            )));
        }
        Ok(Self {
            archive,
            limits: limits.clone(),
            inflated: 0,
        })
    }

    /// The inflated bytes of a part; `None` where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.index_of(name) else {
            return Ok(None);
        };
        let entry = self
            .archive
            .by_index(index)
            .map_err(|error| ReadError::Damaged(format!("part {name} cannot be read ({error})")))?;
        if entry.encrypted() {
            return Err(ReadError::Encrypted);
        }
        let allowed = self
            .limits
            .part_bytes
            .min(self.limits.total_bytes.saturating_sub(self.inflated));
        let mut bytes = Vec::new();
        let read = entry.take(allowed + 1).read_to_end(&mut bytes);
        self.inflated += bytes.len() as u64;
        if bytes.len() as u64 > allowed {
            return Err(ReadError::TooLarge(format!(
                "part {name} inflates to more than {allowed} bytes"
            )));
        }
        read.map_err(|error| {
            ReadError::Damaged(format!("part {name} cannot be inflated ({error})"))
        })?;
        Ok(Some(bytes))
    }

    /// The relationships of a part; of the package itself where `part` is empty.
    pub(super) fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let Some(bytes) = self.part(&name)? else {
            return Ok(Vec::new());
        };
        let bytes = super::xml::utf8(bytes);
        let mut reader = Reader::from_reader(bytes.as_slice());
        let mut found = Vec::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element))
                    if element.local_name().as_ref() == "Relationship" =>
                {
                    let attribute = |name: &str| super::xml::attribute(&element, name);
                    let external = attribute("TargetMode").is_some_and(|mode| mode == "External");
                    let kind = attribute("Type").unwrap_or_default();
                    if let (Some(target), false) = (attribute("Target"), external) {
                        found.push(Relationship {
                            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                            target: resolved(folder, &target),
                        });
                    }
                }
                Ok(Event::Eof) | Err(_) => return Ok(found),
                Ok(_) => {}
            }
        }
    }

    /// Part names are compared without case (ECMA-376 part 2, 6.2.2).
    fn index_of(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            self.archive.file_names().position(|entry| {
                entry.is_ok_and(|entry| entry.trim_start_matches('/').eq_ignore_ascii_case(name))
            })
        })
    }
}

/// A target relative to the folder of its source part. Steps above the root stay at the root.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut segments: Vec<&str> = folder
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    for segment in target.split('/') {
        match segment {
            "." | "" => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_inside_the_package() {
        for (folder, target, expected) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../docProps/core.xml", "docProps/core.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("word", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolved(folder, target), expected);
        }
    }
}
