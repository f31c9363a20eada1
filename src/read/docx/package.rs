//! The package: a [`Container`] whose parts are found by content type and relationship
//! (ISO/IEC 29500-2, Open Packaging Conventions).
//!
//! In: the bytes of a file. Out: [`Package`], which inflates parts by name and follows
//! relationships by type, transitional or strict.
//! Must never: follow a relationship out of the package.

use super::xml::{Attributes, Token, Tokens};
use crate::read::container::{Container, normalised};
use crate::read::{Detected, Limits, ReadError};

pub(super) use crate::read::container::PartError;

/// How a damaged package is called in errors.
pub(super) const WORD_DOCUMENT: &str = "документ Word (.docx)";

/// Where transitional (ECMA-376 1st edition) and strict documents keep relationship types.
const RELATIONSHIP_TYPES: [&str; 3] = [
    "http://schemas.openxmlformats.org/officeDocument/",
    "http://schemas.openxmlformats.org/package/",
    "http://purl.oclc.org/ooxml/officeDocument/",
];

/// An opened package.
pub(super) struct Package<'b> {
    container: Container<'b>,
    /// Where the package itself points to.
    top: Relationships,
}

/// Where one part points to.
#[derive(Debug, Default)]
pub(super) struct Relationships {
    list: Vec<Relationship>,
}

/// One relationship to another part of the package.
#[derive(Debug)]
pub(super) struct Relationship {
    /// The identifier that the source part uses, such as `rId5`.
    pub(super) id: String,
    /// The last word of the relationship's type: `numbering`, `officeDocument`.
    pub(super) kind: String,
    /// The name of the part, without a leading slash.
    pub(super) part: String,
}

impl Relationships {
    /// The part of the first relationship of this kind.
    pub(super) fn first(&self, kind: &str) -> Option<&str> {
        self.list
            .iter()
            .find(|relationship| relationship.kind == kind)
            .map(|relationship| relationship.part.as_str())
    }

    /// The relationship with this identifier.
    pub(super) fn by_id(&self, id: &str) -> Option<&Relationship> {
        self.list.iter().find(|relationship| relationship.id == id)
    }
}

impl<'b> Package<'b> {
    /// Opens the archive and follows its first relationships.
    pub(super) fn open(bytes: &'b [u8], limits: &'b Limits) -> Result<Self, ReadError> {
        let mut package = Self {
            container: Container::open(bytes, limits)?,
            top: Relationships::default(),
        };
        package.top = package.relationships("")?;
        Ok(package)
    }

    /// The part that the package itself relates to in this way.
    pub(super) fn top_part(&self, kind: &str) -> Option<&str> {
        self.top.first(kind)
    }

    /// Whether two entries bear one name, so that programs may disagree on what the file says.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.container.is_ambiguous()
    }

    /// The limits that the package was opened with.
    pub(super) fn limits(&self) -> &'b Limits {
        self.container.limits()
    }

    /// Whether the package has a part of this name.
    fn has(&self, part: &str) -> bool {
        self.container.has(part)
    }

    /// Inflates a part; the bytes really inflated are counted.
    pub(super) fn part(&mut self, part: &str) -> Result<Vec<u8>, PartError> {
        self.container.part(part)
    }

    /// The relationships of a part; of the package itself for the empty name. Relationships that
    /// are missing or cannot be read are none.
    pub(super) fn relationships(&mut self, source: &str) -> Result<Relationships, ReadError> {
        let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
        let separator = if folder.is_empty() { "" } else { "/" };
        let part = format!("{folder}{separator}_rels/{name}.rels");
        let bytes = match self.part(&part) {
            Ok(bytes) => bytes,
            Err(PartError::Fatal(error)) => return Err(error),
            Err(PartError::Missing | PartError::Damaged(_)) => return Ok(Relationships::default()),
        };
        Ok(read_relationships(&bytes, folder, self.limits()))
    }

    /// The name of the main part of a text document.
    pub(super) fn main_part(&mut self) -> Result<String, ReadError> {
        let types = match self.part("[Content_Types].xml") {
            Ok(bytes) => read_content_types(&bytes, self.limits()),
            Err(PartError::Fatal(error)) => return Err(error),
            Err(PartError::Missing | PartError::Damaged(_)) => ContentTypes::default(),
        };
        let related = self.top.first("officeDocument").map(str::to_owned);
        if let Some(part) = &related
            && let Some(other) = types.of(part).and_then(other_than_word)
        {
            return Err(ReadError::UnsupportedFormat(other));
        }
        let named = |part: &String| self.has(part);
        let found = related
            .clone()
            .filter(named)
            .or_else(|| types.first_word_part().filter(named))
            .or_else(|| Some("word/document.xml".to_owned()).filter(named));
        if let Some(part) = found {
            return Ok(part);
        }
        if related.is_none() && types.list.is_empty() {
            return Err(ReadError::UnsupportedFormat(self.other_archive()));
        }
        if related.is_none()
            && let Some(other) = types
                .list
                .iter()
                .find_map(|(_, kind)| other_than_word(kind))
        {
            return Err(ReadError::UnsupportedFormat(other));
        }
        Err(ReadError::Damaged {
            format: WORD_DOCUMENT,
            detail: match related {
                Some(part) => format!("нет главной части {part}"),
                None => "нет главной части".to_owned(),
            },
        })
    }

    /// What an archive is that is not a package of OOXML.
    fn other_archive(&mut self) -> Detected {
        /// The longest name of a media type that is worth comparing.
        const LONGEST_TYPE: usize = 200;
        match self.part("mimetype") {
            Ok(kind) if kind.starts_with(b"application/vnd.oasis.opendocument.text") => {
                Detected::Odt
            }
            Ok(kind)
                if kind.len() < LONGEST_TYPE
                    && kind.starts_with(b"application/vnd.oasis.opendocument") =>
            {
                Detected::OtherOpenDocument
            }
            // Not every program writes the media type.
            _ if self.has("content.xml") && self.has("META-INF/manifest.xml") => Detected::Odt,
            _ => Detected::Zip,
        }
    }
}

/// Which kind of package a content type of a main part belongs to, if not to Word.
fn other_than_word(content_type: &str) -> Option<Detected> {
    let kind = content_type.to_ascii_lowercase();
    if kind.contains("wordprocessingml") || kind.contains("ms-word") || !kind.contains("main+xml") {
        None
    } else if kind.contains("spreadsheetml") || kind.contains("ms-excel") {
        Some(Detected::Xlsx)
    } else if kind.contains("presentationml") || kind.contains("ms-powerpoint") {
        Some(Detected::Pptx)
    } else {
        Some(Detected::OtherPackage)
    }
}

/// The content types of the parts that have one of their own.
#[derive(Debug, Default)]
struct ContentTypes {
    /// Name in normalised form, and content type.
    list: Vec<(String, String)>,
}

impl ContentTypes {
    fn of(&self, part: &str) -> Option<&str> {
        let name = normalised(part);
        self.list
            .iter()
            .find(|(part, _)| *part == name)
            .map(|(_, kind)| kind.as_str())
    }

    /// The first part that declares itself the main part of a text document.
    fn first_word_part(&self) -> Option<String> {
        self.list
            .iter()
            .find(|(_, kind)| {
                kind.contains("main+xml")
                    && (kind.contains("wordprocessingml") || kind.contains("ms-word"))
            })
            .map(|(part, _)| part.clone())
    }
}

/// Reads `[Content_Types].xml`; what follows an error in it is passed over.
fn read_content_types(bytes: &[u8], limits: &Limits) -> ContentTypes {
    let mut types = ContentTypes::default();
    let Ok(xml) = super::xml::decoded(bytes, limits) else {
        return types;
    };
    let mut tokens = Tokens::new(&xml, limits);
    while let Some(attributes) = next_named(&mut tokens, "Override") {
        if let (Some(part), Some(kind)) = (
            attributes.value("PartName"),
            attributes.value("ContentType"),
        ) {
            types.list.push((normalised(&part), kind.into_owned()));
        }
    }
    types
}

/// Reads a relationships part; what follows an error in it is passed over.
fn read_relationships(bytes: &[u8], folder: &str, limits: &Limits) -> Relationships {
    let mut relationships = Relationships::default();
    let Ok(xml) = super::xml::decoded(bytes, limits) else {
        return relationships;
    };
    let mut tokens = Tokens::new(&xml, limits);
    while let Some(attributes) = next_named(&mut tokens, "Relationship") {
        let (Some(id), Some(kind), Some(target)) = (
            attributes.value("Id"),
            attributes.value("Type"),
            attributes.value("Target"),
        ) else {
            continue;
        };
        let known = RELATIONSHIP_TYPES
            .iter()
            .any(|known| kind.starts_with(known));
        if !known || attributes.value("TargetMode").as_deref() == Some("External") {
            continue;
        }
        if relationships.list.len() >= limits.definitions {
            break;
        }
        relationships.list.push(Relationship {
            id: id.into_owned(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            part: resolved(folder, &target),
        });
    }
    relationships
}

/// The attributes of the next element with this local name, whatever its namespace.
fn next_named<'x>(tokens: &mut Tokens<'x>, name: &str) -> Option<Attributes<'x>> {
    loop {
        match tokens.next_token() {
            Ok(Some(Token::Open(_, attributes))) if attributes.local_name() == name => {
                return Some(attributes);
            }
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => return None,
        }
    }
}

/// A target as a part name: relative to the folder of its source, or from the root of the package.
/// Steps out of the package are dropped.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|step| !step.is_empty()).collect()
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}
