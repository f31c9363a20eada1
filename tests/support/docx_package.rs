//! Writes small DOCX files from visible XML.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

/// The declarations that every part starts with.
pub(crate) const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml""#;

/// Where the types of relationships between the parts of a document are kept.
pub(crate) const RELATIONSHIPS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document to be written: what its body holds, and the parts beside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    body: String,
    /// Kind of relationship, name of the root element, content.
    parts: Vec<(String, String)>,
    package_parts: Vec<(String, String)>,
}

impl Document {
    /// A document with this content of `w:body`.
    pub(crate) fn new(body: impl Into<String>) -> Self {
        Self {
            body: body.into(),
            ..Self::default()
        }
    }

    /// Adds a part whose root element and kind of relationship bear the same name, such as
    /// `styles`, `numbering`, `footnotes`, `comments`.
    pub(crate) fn with(mut self, name: &str, content: impl AsRef<str>) -> Self {
        let xml = format!("<w:{name} {NAMESPACES}>{}</w:{name}>", content.as_ref());
        self.parts.push((name.to_owned(), xml));
        self
    }

    /// Adds a header or footer with the relationship identifier `rId` and its place among the parts.
    pub(crate) fn with_margin(mut self, kind: &str, content: &str) -> Self {
        let root = if kind == "header" { "hdr" } else { "ftr" };
        let xml = format!("<w:{root} {NAMESPACES}>{content}</w:{root}>");
        self.parts.push((kind.to_owned(), xml));
        self
    }

    /// Adds the core properties.
    pub(crate) fn with_properties(mut self, content: &str) -> Self {
        let xml = format!(
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{content}</cp:coreProperties>"#
        );
        self.package_parts
            .push(("docProps/core.xml".to_owned(), xml));
        self
    }

    /// The XML of the main document.
    pub(crate) fn main_xml(&self) -> String {
        format!(
            "<w:document {NAMESPACES}><w:body>{}</w:body></w:document>",
            self.body
        )
    }

    /// The bytes of the package.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.bytes_with_main(self.main_xml().as_bytes())
    }

    /// The bytes of the package with these bytes as its main document.
    pub(crate) fn bytes_with_main(&self, main: &[u8]) -> Vec<u8> {
        let mut relationships = String::new();
        let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
        for (index, (kind, xml)) in self.parts.iter().enumerate() {
            let file = format!("{kind}{index}.xml");
            relationships += &format!(
                r#"<Relationship Id="rId{index}" Type="{RELATIONSHIPS}/{kind}" Target="{file}"/>"#
            );
            entries.push((format!("word/{file}"), xml.clone().into_bytes()));
        }
        let mut of_package = format!(
            r#"<Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/>"#
        );
        for (file, xml) in &self.package_parts {
            of_package += &format!(
                r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="{file}"/>"#
            );
            entries.push((file.clone(), xml.clone().into_bytes()));
        }
        entries.push((
            "[Content_Types].xml".to_owned(),
            CONTENT_TYPES.as_bytes().to_vec(),
        ));
        entries.push((
            "_rels/.rels".to_owned(),
            relationships_xml(&of_package).into_bytes(),
        ));
        entries.push((
            "word/_rels/document.xml.rels".to_owned(),
            relationships_xml(&relationships).into_bytes(),
        ));
        entries.push(("word/document.xml".to_owned(), main.to_vec()));
        zipped(&entries)
    }
}

/// A relationships part around its relationships.
pub(crate) fn relationships_xml(relationships: &str) -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relationships}</Relationships>"#
    )
}

/// Content types that name the main document.
pub(crate) const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

/// A ZIP archive of these entries.
pub(crate) fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        archive
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A paragraph with these words.
pub(crate) fn paragraph(words: &str) -> String {
    format!("<w:p>{}</w:p>", run(words))
}

/// A run with these words.
pub(crate) fn run(words: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#)
}
