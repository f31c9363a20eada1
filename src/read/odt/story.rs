//! The running text of a part: paragraphs, tables, boxes and notes in order, with their labels.
//!
//! In: the tokens of `content.xml`, or of the headers and footers in `styles.xml`. Out: paragraphs
//! and cells to a [`Composer`], and the [`Findings`] beside them.
//! Must never: recurse; what is nested is a level on a stack.

use super::lists::{Beginning, Lists};
use super::styles::{Family, Styles};
use super::tags::{Tag, Token, Tokens};
use crate::read::composer::{Composer, Ending, Flowing};
use crate::read::findings::Findings;
use crate::read::symbols::{self, SymbolFont};
use crate::read::xml::{Attributes, XmlError};
use crate::read::{Limits, ReadError};
use crate::text::{Alignment, AsidePlace, Origin};

/// Most spaces that one `text:s` may stand for.
const MAX_SPACES: i64 = 1_000;

/// Most columns that one cell may span.
const MAX_COLUMNS: i64 = 10_000;

/// Why a story ended early.
#[derive(Debug)]
pub(super) enum StoryError {
    /// The XML cannot be read on.
    Xml(XmlError),
    /// There is too much text.
    Read(ReadError),
}

impl From<XmlError> for StoryError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl From<ReadError> for StoryError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// The paragraph that is open.
#[derive(Debug, Default)]
struct OpenParagraph {
    label: String,
    alignment: Alignment,
    /// Whether white space that follows is dropped: it follows other white space, or nothing.
    drops_space: bool,
}

/// A run of characters, a section or another element that may be hidden.
#[derive(Debug, Clone, Copy)]
struct Look {
    is_hidden: bool,
    symbols: Option<SymbolFont>,
}

/// The open table of a running text.
#[derive(Debug)]
struct OpenTable {
    /// How many cells that are covered by the one before them are still to come.
    covered: i64,
    /// How many columns the open cell takes.
    columns: u32,
}

/// What belongs to a running text, and is put aside while another is read inside it.
#[derive(Debug, Default)]
struct Flow {
    /// The paragraphs that are open: a box may stand in one.
    paragraph: Option<OpenParagraph>,
    tables: Vec<OpenTable>,
}

/// Reads a part.
pub(super) struct Story<'x, 's, 'l> {
    /// The tokens of the part.
    tokens: Tokens<'x>,
    styles: Styles<'s>,
    lists: &'s mut Lists<'l>,
    composer: &'s mut Composer<'l>,
    findings: &'s mut Findings,
    flow: Flow,
    outer: Vec<Flow>,
    looks: Vec<Look>,
    /// The label of a numbered paragraph that is to come.
    numbered: Option<String>,
    /// The kind of the note whose body is to come.
    note: Origin,
    /// Width and height of the open frame, in points.
    frame: (f64, f64),
}

impl<'x, 's, 'l> Story<'x, 's, 'l> {
    /// Starts at the first token of a part.
    pub(super) fn new(
        xml: &'x [u8],
        limits: &'x Limits,
        styles: Styles<'s>,
        lists: &'s mut Lists<'l>,
        composer: &'s mut Composer<'l>,
        findings: &'s mut Findings,
    ) -> Self {
        Self {
            tokens: Tokens::new(xml, limits),
            styles,
            lists,
            composer,
            findings,
            flow: Flow::default(),
            outer: Vec::new(),
            looks: vec![Look {
                is_hidden: false,
                symbols: None,
            }],
            numbered: None,
            note: Origin::Footnote,
            frame: (0.0, 0.0),
        }
    }

    /// Reads the body of a document.
    pub(super) fn read_body(&mut self) -> Result<(), StoryError> {
        self.read_inside(Tag::Body)
    }

    /// Reads the headers and footers.
    pub(super) fn read_margins(&mut self) -> Result<(), StoryError> {
        while let Some(token) = self.tokens.next_token()? {
            let Token::Open(tag @ (Tag::Header | Tag::Footer), attributes) = token else {
                continue;
            };
            if attributes.value("display").as_deref() == Some("false") {
                self.tokens.skip()?;
                continue;
            }
            let place = if tag == Tag::Header {
                AsidePlace::Header
            } else {
                AsidePlace::Footer
            };
            self.open_flow(Flowing::Aside(place));
            let outcome = self.read_to_end();
            self.close_flow()?;
            outcome?;
        }
        Ok(())
    }

    /// Reads what the first element of this kind holds.
    fn read_inside(&mut self, tag: Tag) -> Result<(), StoryError> {
        while let Some(token) = self.tokens.next_token()? {
            if matches!(token, Token::Open(opened, _) if opened == tag) {
                let outcome = self.read_to_end();
                self.findings.unknown_entities += self.tokens.unknown_entities();
                return outcome;
            }
        }
        Ok(())
    }

    /// Reads to the end of the element that opened last.
    fn read_to_end(&mut self) -> Result<(), StoryError> {
        let inside = self.tokens.depth();
        while let Some(token) = self.tokens.next_token()? {
            match token {
                Token::Open(tag, attributes) => self.open(tag, &attributes)?,
                Token::Close(_) if self.tokens.depth() < inside => return Ok(()),
                Token::Close(tag) => self.close(tag)?,
                Token::Text(text) => self.push_collapsed(&text),
            }
        }
        Ok(())
    }

    fn open(&mut self, tag: Tag, attributes: &Attributes<'_>) -> Result<(), StoryError> {
        let style = attributes.value("style-name");
        match tag {
            Tag::Paragraph | Tag::Heading => self.open_paragraph(tag, attributes)?,
            Tag::Span => self.look(Family::Text, style.as_deref().unwrap_or_default()),
            Tag::Spaces => {
                let spaces = attributes.number("c").unwrap_or(1).clamp(0, MAX_SPACES);
                self.push(&" ".repeat(usize::try_from(spaces).unwrap_or(1)));
            }
            Tag::Tab => self.push("\t"),
            Tag::LineBreak => self.push("\n"),
            Tag::List => {
                let style = style.and_then(|name| self.styles.list(&name));
                self.lists.open_list(style, Beginning::of(attributes));
            }
            Tag::ListItem => self.lists.open_item(attributes.number("start-value")),
            Tag::ListHeader => self.lists.open_unlabelled(),
            Tag::NumberedParagraph => {
                let style = style.and_then(|name| self.styles.list(&name));
                let level = attributes.number("level").unwrap_or(1) - 1;
                self.numbered = usize::try_from(level).ok().and_then(|level| {
                    let list = attributes.value("list-id");
                    let start = attributes.number("start-value");
                    self.lists.label_at(style, list.as_deref(), level, start)
                });
            }
            Tag::Section => {
                let is_hidden = attributes.value("display").as_deref() == Some("none");
                self.push_look(is_hidden, None);
            }
            Tag::HiddenText | Tag::HiddenParagraph => {
                let is_hidden = attributes.value("is-hidden").as_deref() == Some("true");
                self.push_look(is_hidden, None);
            }
            Tag::Note => {
                self.note = match attributes.value("note-class").as_deref() {
                    Some("endnote") => Origin::Endnote,
                    _ => Origin::Footnote,
                };
            }
            Tag::NoteBody if self.is_hidden() => self.tokens.skip()?,
            Tag::NoteBody => self.open_flow(Flowing::Note(self.note)),
            Tag::Annotation => self.open_flow(Flowing::Aside(AsidePlace::Comment)),
            Tag::TextBox => self.open_flow(Flowing::Box),
            Tag::Table => self.flow.tables.push(OpenTable {
                covered: 0,
                columns: 1,
            }),
            Tag::Row => {
                if let Some(table) = self.flow.tables.last_mut() {
                    table.covered = 0;
                }
            }
            Tag::Cell => self.open_cell(attributes),
            Tag::Frame => self.frame = (length(attributes, "width"), length(attributes, "height")),
            Tag::Image => {
                /// 15 and 20 centimetres in points.
                const PAGE: (f64, f64) = (425.2, 566.9);
                self.findings.pictures += 1;
                let is_page = self.frame.0 >= PAGE.0 && self.frame.1 >= PAGE.1;
                self.findings.page_pictures += usize::from(is_page);
                self.tokens.skip()?;
            }
            Tag::TrackedChanges => self.count_changes()?,
            // Dates and names of a comment are about it.
            Tag::Modified | Tag::Author | Tag::Passed => self.tokens.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, tag: Tag) -> Result<(), StoryError> {
        match tag {
            Tag::Paragraph | Tag::Heading => {
                self.looks.pop();
                self.finish_paragraph()?;
            }
            Tag::Span | Tag::Section | Tag::HiddenText | Tag::HiddenParagraph => {
                self.looks.pop();
            }
            Tag::List => self.lists.close_list(),
            Tag::ListItem | Tag::ListHeader => self.lists.open_unlabelled(),
            Tag::NoteBody | Tag::Annotation | Tag::TextBox => self.close_flow()?,
            Tag::Cell | Tag::CoveredCell => self.close_cell(tag)?,
            Tag::Row => {
                let tables = self.flow.tables.len();
                self.composer.finish_row(tables)?;
            }
            Tag::Table => {
                self.flow.tables.pop();
                if self.flow.tables.is_empty() {
                    self.composer.finish_table();
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Counts the tracked changes. What is deleted stands in their list and nowhere else.
    fn count_changes(&mut self) -> Result<(), StoryError> {
        let inside = self.tokens.depth();
        while let Some(token) = self.tokens.next_token()? {
            match token {
                Token::Open(Tag::Insertion, _) => self.findings.insertions += 1,
                Token::Open(Tag::Deletion, _) => self.findings.deletions += 1,
                Token::Close(_) if self.tokens.depth() < inside => break,
                _ => {}
            }
        }
        Ok(())
    }

    // Paragraphs.

    fn open_paragraph(&mut self, tag: Tag, attributes: &Attributes<'_>) -> Result<(), StoryError> {
        if self.flow.paragraph.is_some() {
            // A paragraph inside another, as no program writes it.
            self.finish_paragraph()?;
        }
        let style = attributes.value("style-name").unwrap_or_default();
        let numbered = self.numbered.take();
        let label = if numbered.is_some() {
            numbered
        } else if self.lists.is_open() {
            self.lists.label()
        } else if tag == Tag::Heading && !self.styles.is_unnumbered(&style) {
            self.heading_label(attributes)
        } else {
            None
        };
        self.flow.paragraph = Some(OpenParagraph {
            label: label.unwrap_or_default(),
            alignment: self.styles.alignment(&style),
            drops_space: true,
        });
        self.look(Family::Paragraph, &style);
        Ok(())
    }

    fn heading_label(&mut self, attributes: &Attributes<'_>) -> Option<String> {
        if attributes.value("is-list-header").as_deref() == Some("true") {
            return None;
        }
        let level = attributes.number("outline-level").unwrap_or(1);
        let restarts = attributes.value("restart-numbering").as_deref() == Some("true");
        let start = attributes.number("start-value").or(restarts.then_some(1));
        self.lists
            .heading_label(usize::try_from(level).ok()?.checked_sub(1)?, start)
    }

    fn finish_paragraph(&mut self) -> Result<(), StoryError> {
        let Some(paragraph) = self.flow.paragraph.take() else {
            return Ok(());
        };
        self.composer.finish_paragraph(Ending {
            label: &paragraph.label,
            alignment: paragraph.alignment,
            tables: self.flow.tables.len(),
        })?;
        Ok(())
    }

    /// Takes in characters of the file: white space counts once, and not at the start (section
    /// 6.1.2).
    fn push_collapsed(&mut self, text: &str) {
        const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];
        let Some(paragraph) = &mut self.flow.paragraph else {
            return;
        };
        let mut collapsed = String::with_capacity(text.len());
        for character in text.chars() {
            let is_space = SPACE.contains(&character);
            if !is_space {
                collapsed.push(character);
            } else if !paragraph.drops_space {
                collapsed.push(' ');
            }
            paragraph.drops_space = is_space;
        }
        match self.looks.last().and_then(|look| look.symbols) {
            Some(font) => self.show(&symbols::in_font(&collapsed, font)),
            None => self.show(&collapsed),
        }
    }

    /// Takes in characters that an element stands for.
    fn push(&mut self, text: &str) {
        if let Some(paragraph) = &mut self.flow.paragraph {
            paragraph.drops_space = false;
            self.show(text);
        }
    }

    fn show(&mut self, text: &str) {
        if self.is_hidden() {
            self.composer.push_hidden(text);
        } else {
            self.composer.push(text);
        }
    }

    fn is_hidden(&self) -> bool {
        self.looks.last().is_some_and(|look| look.is_hidden)
    }

    /// Begins an element of a style.
    fn look(&mut self, family: Family, style: &str) {
        let is_hidden = self.styles.is_hidden(family, style);
        let symbols = self.styles.symbols(family, style);
        self.push_look(is_hidden.unwrap_or(false), symbols);
    }

    fn push_look(&mut self, is_hidden: bool, symbols: Option<SymbolFont>) {
        let around = self.looks.last().copied();
        self.looks.push(Look {
            is_hidden: is_hidden || around.is_some_and(|look| look.is_hidden),
            symbols: symbols.or_else(|| around.and_then(|look| look.symbols)),
        });
    }

    // Tables.

    fn open_cell(&mut self, attributes: &Attributes<'_>) {
        let columns = attributes
            .number("number-columns-spanned")
            .unwrap_or(1)
            .clamp(1, MAX_COLUMNS);
        if let Some(table) = self.flow.tables.last_mut() {
            table.covered = columns - 1;
            table.columns = u32::try_from(columns).unwrap_or(1);
        }
    }

    fn close_cell(&mut self, tag: Tag) -> Result<(), StoryError> {
        let tables = self.flow.tables.len();
        let Some(table) = self.flow.tables.last_mut() else {
            return Ok(());
        };
        let is_covered = tag == Tag::CoveredCell;
        if is_covered && table.covered > 0 {
            // The cell before it spans this place.
            table.covered -= 1;
            return Ok(());
        }
        let columns = if is_covered { 1 } else { table.columns };
        let ending = Ending {
            tables,
            ..Ending::default()
        };
        self.composer.finish_cell(ending, columns, is_covered)?;
        Ok(())
    }

    // Running texts inside and beside.

    fn open_flow(&mut self, flowing: Flowing) {
        self.outer.push(std::mem::take(&mut self.flow));
        self.lists.open_flow();
        self.composer.open(flowing);
        let is_hidden = self.is_hidden() && flowing == Flowing::Box;
        self.looks.push(Look {
            is_hidden,
            symbols: None,
        });
    }

    fn close_flow(&mut self) -> Result<(), StoryError> {
        self.finish_paragraph()?;
        self.looks.pop();
        self.composer.close()?;
        self.lists.close_flow();
        self.flow = self.outer.pop().unwrap_or_default();
        Ok(())
    }
}

/// A length in points; 0 where it is not said in a unit that is known.
fn length(attributes: &Attributes<'_>, name: &str) -> f64 {
    const UNITS: [(&str, f64); 5] = [
        ("in", 72.0),
        ("cm", 28.346_457),
        ("mm", 2.834_645_7),
        ("pt", 1.0),
        ("px", 0.75),
    ];
    let value = attributes.value(name).unwrap_or_default();
    UNITS
        .iter()
        .find_map(|(unit, points)| {
            let number: f64 = value.strip_suffix(unit)?.parse().ok()?;
            Some(number * points)
        })
        .unwrap_or(0.0)
}
