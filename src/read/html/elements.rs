//! What the elements of HTML mean for the text.
//!
//! In: a name. Out: [`Element`].
//! Must never: hold state.

/// What an element means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// Text runs on through it.
    Inline,
    /// A paragraph, or something that stands by itself on the page.
    Block,
    /// A paragraph: it ends where another block begins.
    Paragraph,
    /// Lines are kept as they are (`pre`).
    Preformatted,
    /// A list; of numbers or not.
    List {
        /// Whether it is `ol`.
        is_numbered: bool,
    },
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
    /// A line break.
    Break,
    /// A line across the page.
    Rule,
    /// A picture.
    Picture,
    /// The title of the page.
    Title,
    /// Text taken out (`del`).
    Deleted,
    /// Text put in (`ins`).
    Inserted,
    /// Not shown.
    Passed,
}

impl Element {
    /// What the element with this name means, in lower case.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "p" => Self::Paragraph,
            "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "center"
            | "address" | "section" | "article" | "header" | "footer" | "nav" | "main"
            | "aside" | "form" | "fieldset" | "legend" | "dl" | "dt" | "dd" | "figure"
            | "figcaption" | "caption" | "details" | "summary" | "body" | "html" | "dir"
            | "menu" => Self::Block,
            "pre" | "xmp" => Self::Preformatted,
            "ol" => Self::List { is_numbered: true },
            "ul" => Self::List { is_numbered: false },
            "li" => Self::Item,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "br" => Self::Break,
            "hr" => Self::Rule,
            "img" => Self::Picture,
            "title" => Self::Title,
            "del" => Self::Deleted,
            "ins" => Self::Inserted,
            "script" | "style" | "template" | "select" | "textarea" | "iframe" | "object"
            | "svg" | "math" | "audio" | "video" | "canvas" | "map" | "rt" | "rp" | "xml" => {
                Self::Passed
            }
            _ => Self::Inline,
        }
    }

    /// Whether it has no content and no end.
    pub(super) fn is_void(name: &str) -> bool {
        matches!(
            name,
            "br" | "hr"
                | "img"
                | "meta"
                | "link"
                | "input"
                | "col"
                | "area"
                | "base"
                | "embed"
                | "param"
                | "source"
                | "track"
                | "wbr"
                | "basefont"
                | "frame"
        )
    }

    /// Whether a paragraph ends where it begins and where it ends.
    pub(super) fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Break
                | Self::Picture
                | Self::Title
                | Self::Deleted
                | Self::Inserted
                | Self::Passed
        )
    }
}
