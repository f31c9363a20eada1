//! What a reader hands to the parser: the plain text of a document and the facts of its layout.
//!
//! In: nothing; readers in [`crate::read`] build a [`Text`] with a [`TextBuilder`].
//! Out: one string, blocks joined by `\n`, and for each block its byte range, its origin, the label
//! that the word processor displays before it, and the cells of a table row.
//! Must never: know what an order is, or rewrite what the document says. White space is the one
//! thing a reader settles (a no-break space becomes a space, a line break inside a paragraph
//! becomes a space and is remembered in [`Block::breaks`]).

/// A half-open range `[start, end)` of UTF-8 byte offsets into [`Text::plain`].
///
/// In a finished record ([`crate::order::Order`]) the same type counts Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first unit.
    pub start: usize,
    /// Offset after the last unit.
    pub end: usize,
}

impl Span {
    /// The range `[start, end)`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Number of units covered.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the range covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside this range.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two ranges share a unit.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The characters of `text` under this range of bytes.
    ///
    /// Empty where the range does not lie on character boundaries of `text`.
    #[must_use]
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The text of a document as its reader understood it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    /// All blocks joined by `\n`, computed list labels included. Body and text boxes in reading
    /// order, then footnotes, then endnotes.
    pub plain: String,
    /// The blocks, in the order of `plain`; none of them is empty.
    pub blocks: Vec<Block>,
    /// What the document holds outside its body and what is therefore not in `plain`.
    pub asides: Vec<Aside>,
    /// What the reader noticed and an auditor should hear of.
    pub notices: Vec<Notice>,
    /// Number of pages, where the format says it.
    pub pages: Option<u32>,
    /// What the file says about itself.
    pub properties: Properties,
    /// Where the words stand on their pages, in the order of `plain`; empty where the format
    /// has no pages.
    pub places: Vec<Place>,
    /// The sizes of the pages that the places stand on, from the first page on.
    pub page_sizes: Vec<PageSize>,
}

/// Where a word stands on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Bytes of [`Text::plain`].
    pub span: Span,
    /// The page, counted from 1.
    pub page: u32,
    /// Where on the page.
    pub bounds: Bounds,
    /// How sure a recogniser is of the word, 0..1; nothing where the file itself says it.
    pub confidence: Option<f32>,
}

/// A rectangle on a page, in points (1/72 inch) from the top left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The lower edge.
    pub bottom: f32,
}

/// How large a page is, in points (1/72 inch).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PageSize {
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

/// A paragraph or a table row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Bytes of [`Text::plain`], label included.
    pub span: Span,
    /// Where the block stands in the document.
    pub origin: Origin,
    /// The automatic number or bullet displayed before the paragraph (`1.2.`, `а)`, `•`), which
    /// starts the span and is followed by one space; `None` where nothing was computed (a typed
    /// number is text).
    pub label: Option<Span>,
    /// For a table row, the cells with text; empty for a paragraph.
    pub cells: Vec<Cell>,
    /// How the paragraph is aligned on the page.
    pub alignment: Alignment,
    /// Offsets of the spaces in `plain` that stand for line breaks inside the block.
    pub breaks: Vec<usize>,
}

/// One cell of a table row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Column, counted from 0 in grid columns (a merged cell takes the first of its columns).
    pub column: u32,
    /// Bytes of [`Text::plain`].
    pub span: Span,
}

/// Where a block comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The main text.
    Body,
    /// Row `row` of table `table`, both counted from 0 over the document.
    Table {
        /// Which table of the document.
        table: u32,
        /// Which row of it.
        row: u32,
    },
    /// A text box, at the paragraph that anchors it.
    TextBox,
    /// A footnote.
    Footnote,
    /// An endnote.
    Endnote,
}

/// Alignment of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Alignment {
    /// Left or justified, the default.
    #[default]
    Start,
    /// Centred.
    Centre,
    /// Right.
    End,
}

/// Text that the document holds outside its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Which kind of place it was found in.
    pub place: AsidePlace,
    /// Its text, paragraphs joined by `\n`.
    pub text: String,
}

/// A place outside the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AsidePlace {
    /// A page header.
    Header,
    /// A page footer.
    Footer,
    /// A reviewer's comment.
    Comment,
    /// Text formatted as hidden.
    Hidden,
}

/// Something about the source that a reader of the record should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// One sentence for a person, in English.
    pub message: String,
    /// Where in [`Text::plain`], if at one place.
    pub span: Option<Span>,
}

/// What a [`Notice`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Tracked insertions, deletions or moves: the text is their final state.
    TrackedChanges,
    /// A page, and no text, is present as a picture.
    PageImage,
    /// A part of the document could not be understood and was passed over.
    Unreadable,
    /// What a recogniser took for words, and is a stamp or a stroke of a pen, was left out.
    Strokes,
    /// What a pen put into a blank was read, and is not sure.
    Handwriting,
}

/// What the file says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Properties {
    /// Title from the document properties.
    pub title: Option<String>,
    /// Author from the document properties.
    pub author: Option<String>,
    /// Creation time, as written in the file (RFC 3339 in OOXML).
    pub created: Option<String>,
    /// Time of the last change, as written in the file.
    pub modified: Option<String>,
}

impl Text {
    /// The characters under `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.plain)
    }

    /// Plain text, one block per non-empty line. For text typed in a search box or a test.
    #[must_use]
    pub fn from_lines(lines: &str) -> Self {
        let mut builder = TextBuilder::default();
        for line in lines.lines() {
            builder.start(Origin::Body, Alignment::Start);
            builder.push_str(line);
            builder.finish();
        }
        builder.text
    }
}

/// Builds a [`Text`] block by block and keeps its white space in order.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: Text,
    open: Option<Block>,
}

impl TextBuilder {
    /// Begins a block; one that is open is finished first.
    pub fn start(&mut self, origin: Origin, alignment: Alignment) {
        self.finish();
        if !self.text.plain.is_empty() {
            self.text.plain.push('\n');
        }
        let at = self.text.plain.len();
        self.open = Some(Block {
            span: Span::new(at, at),
            origin,
            label: None,
            cells: Vec::new(),
            alignment,
            breaks: Vec::new(),
        });
    }

    /// Writes the displayed label and the space after it. To be called before any text.
    pub fn push_label(&mut self, label: &str) {
        let start = self.text.plain.len();
        self.push_str(label);
        let end = self.text.plain.len();
        if let (Some(block), true) = (&mut self.open, end > start) {
            block.label = Some(Span::new(start, end));
            self.text.plain.push(' ');
        }
    }

    /// Writes text: no-break and other wide spaces become a space, soft hyphens and zero-width
    /// characters vanish, no-break hyphens become `-`, a line feed becomes a space.
    pub fn push_str(&mut self, words: &str) {
        // Letters and figures, which are nearly everything, are taken over piece by piece.
        let mut rest = words;
        while let Some((at, character)) = first_rewritten(rest) {
            let (plain, from) = rest.split_at(at);
            self.text.plain.push_str(plain);
            match character {
                sign if is_invisible(sign) => {}
                '\u{2011}' => self.text.plain.push('-'),
                '\t' => self.text.plain.push('\t'),
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    self.push_break();
                }
                _ => self.text.plain.push(' '),
            }
            rest = &from[character.len_utf8()..];
        }
        self.text.plain.push_str(rest);
    }

    /// Writes a word that stands at a known place on page `page`, counted from 1.
    pub fn push_placed(&mut self, word: &str, page: u32, bounds: Bounds, confidence: Option<f32>) {
        let start = self.text.plain.len();
        self.push_str(word);
        let span = Span::new(start, self.text.plain.len());
        if !span.is_empty() {
            self.text.places.push(Place {
                span,
                page,
                bounds,
                confidence,
            });
        }
    }

    /// Writes a line break: a space that [`Block::breaks`] remembers.
    pub fn push_break(&mut self) {
        if let Some(block) = &mut self.open {
            block.breaks.push(self.text.plain.len());
        }
        self.text.plain.push(' ');
    }

    /// Length of the text so far, in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.plain.len()
    }

    /// Whether nothing was written yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.plain.is_empty()
    }

    /// Records a cell of the open row: what was written from byte `start` until now. A cell
    /// without text is not recorded.
    pub fn push_cell(&mut self, column: u32, start: usize) {
        let span = trimmed(&self.text.plain, Span::new(start, self.text.plain.len()));
        if let (Some(block), false) = (&mut self.open, span.is_empty()) {
            block.cells.push(Cell { column, span });
        }
    }

    /// Ends the open block. A block without text (a lone label included) leaves no trace.
    pub fn finish(&mut self) {
        let Some(mut block) = self.open.take() else {
            return;
        };
        let start = block.span.start;
        let words_from = block.label.map_or(start, |label| label.end);
        if self.text.plain[words_from..].trim().is_empty() {
            self.text.plain.truncate(start.saturating_sub(1));
            self.forget_places();
            return;
        }
        let kept = self.text.plain.trim_end_matches([' ', '\n']).len();
        self.text.plain.truncate(kept.max(words_from));
        self.forget_places();
        block.span.end = self.text.plain.len();
        block.breaks.retain(|&at| at < block.span.end);
        self.text.blocks.push(block);
    }

    /// Drops the places of what was taken away at the end of the text.
    fn forget_places(&mut self) {
        let end = self.text.plain.len();
        while self
            .text
            .places
            .pop_if(|place| place.span.end > end)
            .is_some()
        {}
    }

    /// Keeps text that stands outside the body; blank text is dropped.
    pub fn push_aside(&mut self, place: AsidePlace, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.text.asides.push(Aside {
                place,
                text: text.to_owned(),
            });
        }
    }

    /// Keeps a notice.
    pub fn push_notice(
        &mut self,
        kind: NoticeKind,
        message: impl Into<String>,
        span: Option<Span>,
    ) {
        self.text.notices.push(Notice {
            kind,
            message: message.into(),
            span,
        });
    }

    /// Sets the number of pages.
    pub fn set_pages(&mut self, pages: Option<u32>) {
        self.text.pages = pages;
    }

    /// Sets the sizes of the pages, from the first on, and their number.
    pub fn set_page_sizes(&mut self, sizes: Vec<PageSize>) {
        self.text.pages = u32::try_from(sizes.len()).ok();
        self.text.page_sizes = sizes;
    }

    /// Sets the document properties.
    pub fn set_properties(&mut self, properties: Properties) {
        self.text.properties = properties;
    }

    /// Finishes the open block and gives the text.
    #[must_use]
    pub fn into_text(mut self) -> Text {
        self.finish();
        self.text
    }
}

/// The bytes that a character which is rewritten does not begin with: those of printable ASCII and
/// of Cyrillic letters.
const IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0;
    while byte < is_plain.len() {
        is_plain[byte] = matches!(byte, 0x20..=0x7e | 0x80..=0xbf | 0xd0 | 0xd1);
        byte += 1;
    }
    is_plain
};

/// The first character that [`TextBuilder::push_str`] writes otherwise than it is, and where it is.
fn first_rewritten(words: &str) -> Option<(usize, char)> {
    let bytes = words.as_bytes();
    let mut from = 0;
    loop {
        let may_be_rewritten = |&byte: &u8| !IS_PLAIN[usize::from(byte)];
        let at = from + bytes[from..].iter().position(may_be_rewritten)?;
        let character = words[at..].chars().next()?;
        if is_rewritten(character) {
            return Some((at, character));
        }
        from = at + character.len_utf8();
    }
}

/// Whether [`TextBuilder::push_str`] writes a character otherwise than it is.
pub(crate) fn is_rewritten(character: char) -> bool {
    character == '\u{2011}'
        || is_invisible(character)
        || character.is_whitespace()
        || character.is_control()
}

/// A character without width: a mark of a possible line end or of what joins letters, and the mark of the byte order.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Whether a text has a line as it is, character by character.
pub(crate) fn is_kept(line: &str) -> bool {
    first_rewritten(line).is_none()
}

/// `span` without the white space at its ends.
#[must_use]
pub fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, (span.start + words.trim_end().len()).max(start))
}
