//! Writes small ODT files from visible XML.

use super::docx_package::zipped;

const NAMESPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0""#;

/// A document to be written: what its body holds, and its definitions.
#[derive(Debug, Clone, Default)]
pub(crate) struct OpenDocument {
    /// The content of `office:text`.
    pub(crate) body: String,
    /// The content of `office:automatic-styles` of the content.
    pub(crate) automatic: String,
    /// The content of `office:styles`.
    pub(crate) styles: String,
    /// The content of `office:master-styles`.
    pub(crate) masters: String,
    /// The content of `office:meta`.
    pub(crate) meta: String,
    /// The content of the manifest.
    pub(crate) manifest: String,
}

impl OpenDocument {
    /// The XML of the content.
    pub(crate) fn content(&self) -> String {
        format!(
            "<office:document-content {NAMESPACES}><office:automatic-styles>{}\
             </office:automatic-styles><office:body><office:text>{}</office:text></office:body>\
             </office:document-content>",
            self.automatic, self.body
        )
    }

    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.bytes_with_content(&self.content())
    }

    /// The bytes of the file with this XML for its content.
    pub(crate) fn bytes_with_content(&self, content: &str) -> Vec<u8> {
        let styles = format!(
            "<office:document-styles {NAMESPACES}><office:styles>{}</office:styles>\
             <office:master-styles>{}</office:master-styles></office:document-styles>",
            self.styles, self.masters
        );
        let meta = format!(
            "<office:document-meta {NAMESPACES}><office:meta>{}</office:meta></office:document-meta>",
            self.meta
        );
        let manifest = format!(
            "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
             {}</manifest:manifest>",
            self.manifest
        );
        let parts: [(&str, &str); 5] = [
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", content),
            ("styles.xml", &styles),
            ("meta.xml", &meta),
            ("META-INF/manifest.xml", &manifest),
        ];
        zipped(&parts.map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec())))
    }
}
