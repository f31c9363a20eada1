//! The names of `OpenDocument` that mean something to the reader (OASIS ODF 1.3, part 3).
//!
//! In: a namespace and a local name. Out: [`Tag`].
//! Must never: depend on the prefix that a file uses.

use crate::read::xml::{self, Names};

/// One step through a part.
pub(super) type Token<'x> = xml::Token<'x, Tag>;

/// The tokens of a part.
pub(super) type Tokens<'x> = xml::Tokens<'x, Tag>;

/// A namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// `office`.
    Office,
    /// `text`.
    Text,
    /// `table`.
    Table,
    /// `draw`.
    Draw,
    /// `style`.
    Style,
    /// `svg`.
    Svg,
    /// `meta`.
    Meta,
    /// Dublin Core.
    DublinCore,
    /// `manifest`.
    Manifest,
    /// Any other.
    Other,
}

/// An element that the reader knows. The section of part 3 that defines it is in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// Any element not listed here: what it holds is read as if it were not there.
    Other,
    /// An element whose content is not part of the text.
    Passed,

    // Parts of a document.
    /// `office:body` (3.3).
    Body,
    /// `office:styles` (3.15.2).
    CommonStyles,
    /// `office:automatic-styles` (3.15.3).
    AutomaticStyles,
    /// `style:header` and its variants for the left and the first page (16.10).
    Header,
    /// `style:footer` and its variants (16.11).
    Footer,

    // Paragraphs and lists.
    /// `text:p` (5.1.3).
    Paragraph,
    /// `text:h` (5.1.2).
    Heading,
    /// `text:span` (6.1.7).
    Span,
    /// `text:s` (6.1.3).
    Spaces,
    /// `text:tab` (6.1.4).
    Tab,
    /// `text:line-break` (6.1.5).
    LineBreak,
    /// `text:list` (5.3.1).
    List,
    /// `text:list-item` (5.3.2).
    ListItem,
    /// `text:list-header` (5.3.4).
    ListHeader,
    /// `text:numbered-paragraph` (5.3.6).
    NumberedParagraph,
    /// `text:section` (5.4).
    Section,
    /// `text:hidden-paragraph` (7.7.9).
    HiddenParagraph,
    /// `text:hidden-text` (7.7.8).
    HiddenText,

    // Beside the text.
    /// `text:note` (6.3.2).
    Note,
    /// `text:note-body` (6.3.4).
    NoteBody,
    /// `office:annotation` (14.1).
    Annotation,
    /// `text:insertion` (5.5.4).
    Insertion,
    /// `text:deletion` (5.5.5).
    Deletion,
    /// `text:tracked-changes` (5.5.1).
    TrackedChanges,

    // Tables.
    /// `table:table` (9.1.2).
    Table,
    /// `table:table-row` (9.1.3).
    Row,
    /// `table:table-cell` (9.1.4).
    Cell,
    /// `table:covered-table-cell` (9.1.5).
    CoveredCell,

    // Drawings.
    /// `draw:frame` (10.4.2).
    Frame,
    /// `draw:text-box`, and shapes that hold text themselves (10.3, 10.4.3).
    TextBox,
    /// `draw:image` (10.4.4).
    Image,

    // Definitions.
    /// `style:style`, `style:default-style` (16.2, 16.4).
    Style,
    /// `style:paragraph-properties` (17.6).
    ParagraphProperties,
    /// `style:text-properties` (16.29.28).
    TextProperties,
    /// `text:list-style` (16.30).
    ListStyle,
    /// `text:outline-style` (16.34).
    OutlineStyle,
    /// `text:list-level-style-number`, `text:outline-level-style` (16.32, 16.35).
    NumberLevel,
    /// `text:list-level-style-bullet` and `-image` (16.31.3, 16.33).
    BulletLevel,
    /// `style:font-face` (16.23).
    FontFace,

    // What the file says about itself.
    /// `dc:title` (4.3.2.2).
    Title,
    /// `meta:initial-creator` (4.3.2.8).
    Author,
    /// `meta:creation-date` (4.3.2.9).
    Created,
    /// `dc:date` (4.3.2.10).
    Modified,
    /// `meta:document-statistic` (4.3.2.18).
    Statistic,
    /// `manifest:encryption-data` (part 2, 4.4).
    Encryption,
}

impl Names for Tag {
    type Space = Space;
    const OTHER: Self = Self::Other;
    const OTHER_SPACE: Space = Space::Other;

    fn space(name: &str) -> Space {
        const ODF: &str = "urn:oasis:names:tc:opendocument:xmlns:";
        if name == "http://purl.org/dc/elements/1.1/" {
            return Space::DublinCore;
        }
        match name.strip_prefix(ODF) {
            Some("office:1.0") => Space::Office,
            Some("text:1.0") => Space::Text,
            Some("table:1.0") => Space::Table,
            Some("drawing:1.0") => Space::Draw,
            Some("style:1.0") => Space::Style,
            Some("svg-compatible:1.0") => Space::Svg,
            Some("meta:1.0") => Space::Meta,
            Some("manifest:1.0") => Space::Manifest,
            _ => Space::Other,
        }
    }

    fn named(space: Space, local: &str) -> Self {
        match (space, local) {
            (Space::Text, name) => of_text(name),
            (Space::Office, "body") => Self::Body,
            (Space::Office, "styles") => Self::CommonStyles,
            (Space::Office, "automatic-styles") => Self::AutomaticStyles,
            (Space::Office, "annotation") => Self::Annotation,
            (Space::Office, "forms" | "scripts" | "binary-data")
            | (Space::Svg, "title" | "desc") => Self::Passed,
            (Space::Table, "table") => Self::Table,
            (Space::Table, "table-row") => Self::Row,
            (Space::Table, "table-cell") => Self::Cell,
            (Space::Table, "covered-table-cell") => Self::CoveredCell,
            (Space::Draw, "frame") => Self::Frame,
            (Space::Draw, "image") => Self::Image,
            (
                Space::Draw,
                "text-box" | "custom-shape" | "rect" | "line" | "polyline" | "polygon" | "path"
                | "circle" | "ellipse" | "connector" | "caption" | "measure",
            ) => Self::TextBox,
            (Space::Style, "style" | "default-style") => Self::Style,
            (Space::Style, "paragraph-properties") => Self::ParagraphProperties,
            (Space::Style, "text-properties") => Self::TextProperties,
            (Space::Style, "font-face") => Self::FontFace,
            (Space::Style, "header" | "header-left" | "header-first") => Self::Header,
            (Space::Style, "footer" | "footer-left" | "footer-first") => Self::Footer,
            (Space::DublinCore, "title") => Self::Title,
            (Space::DublinCore, "date") => Self::Modified,
            (Space::Meta, "initial-creator") => Self::Author,
            (Space::Meta, "creation-date") => Self::Created,
            (Space::Meta, "document-statistic") => Self::Statistic,
            (Space::Manifest, "encryption-data") => Self::Encryption,
            _ => Self::Other,
        }
    }
}

/// The element of the namespace `text` with this local name.
fn of_text(name: &str) -> Tag {
    match name {
        "p" => Tag::Paragraph,
        "h" => Tag::Heading,
        "span" => Tag::Span,
        "s" => Tag::Spaces,
        "tab" => Tag::Tab,
        "line-break" => Tag::LineBreak,
        "list" => Tag::List,
        "list-item" => Tag::ListItem,
        "list-header" => Tag::ListHeader,
        "numbered-paragraph" => Tag::NumberedParagraph,
        "section" => Tag::Section,
        "hidden-paragraph" => Tag::HiddenParagraph,
        "hidden-text" => Tag::HiddenText,
        "note" => Tag::Note,
        "note-body" => Tag::NoteBody,
        "tracked-changes" => Tag::TrackedChanges,
        "insertion" => Tag::Insertion,
        "deletion" => Tag::Deletion,
        "list-style" => Tag::ListStyle,
        "outline-style" => Tag::OutlineStyle,
        "list-level-style-number" | "outline-level-style" => Tag::NumberLevel,
        "list-level-style-bullet" | "list-level-style-image" => Tag::BulletLevel,
        "note-citation"
        | "ruby-text"
        | "sequence-decls"
        | "variable-decls"
        | "user-field-decls"
        | "dde-connection-decls"
        | "alphabetical-index-auto-mark-file"
        | "table-of-content-source"
        | "illustration-index-source"
        | "table-index-source"
        | "object-index-source"
        | "user-index-source"
        | "alphabetical-index-source"
        | "bibliography-source"
        | "script" => Tag::Passed,
        _ => Tag::Other,
    }
}
