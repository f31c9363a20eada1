//! The elements of a page in order: paragraphs, lists and tables with the labels that a browser
//! displays, or that Word wrote down.
//!
//! In: the tokens of a page and its [`Survey`]. Out: paragraphs and cells to a [`Composer`].
//! Must never: recurse, or search the open elements one by one; a page may close what it never
//! opened as often as it likes.

use std::collections::HashMap;

use super::elements::Element;
use super::lists::{OpenList, style_value};
use super::survey::Survey;
use super::tokens::{Tag, Token, Tokens};
use crate::read::composer::{Composer, Ending, Flowing};
use crate::read::findings::Findings;
use crate::read::symbols::SymbolFont;
use crate::read::{Limits, ReadError};
use crate::text::{Alignment, AsidePlace, Origin};

/// Most columns and rows that one cell may span, as browsers have it.
const MAX_SPAN: (u32, u32) = (1_000, 65_534);

/// Longest title or label that is kept, in bytes.
const MAX_SHORT_BYTES: usize = 4096;

/// Classes of the marks that stand for notes, as Word and LibreOffice name them.
const NOTE_MARKS: [&str; 6] = [
    "MsoFootnoteReference",
    "MsoEndnoteReference",
    "sdfootnoteanc",
    "sdfootnotesym",
    "sdendnoteanc",
    "sdendnotesym",
];

/// What a page tells beside its text.
#[derive(Debug, Default)]
pub(super) struct PageFindings {
    /// What files of any format tell.
    pub(super) counts: Findings,
    /// The title.
    pub(super) title: String,
}

/// How the text of an element is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Taking {
    /// As text.
    #[default]
    Shown,
    /// As hidden text.
    Hidden,
    /// As the label of the paragraph.
    Label,
    /// As the title.
    Title,
    /// Not at all.
    Passed,
}

/// What elements inherit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Look {
    taking: Taking,
    alignment: Alignment,
    is_preformatted: bool,
    symbols: Option<SymbolFont>,
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: String,
    element: Element,
    /// The look around it.
    around: Look,
    /// Whether a running text of its own ends with it.
    is_flow: bool,
}

/// A table that is open.
#[derive(Debug)]
struct OpenTable {
    lays_out: bool,
    is_in_row: bool,
    row: u32,
    column: u32,
    /// Columns and rows that the open cell takes.
    spans: (u32, u32),
    /// Of cells that reach into further rows, by their first column: the columns that they take,
    /// and the row that they end before.
    reaching: HashMap<u32, (u32, u32)>,
}

/// Reads a page.
pub(super) struct Story<'l> {
    limits: &'l Limits,
    composer: Composer<'l>,
    findings: PageFindings,
    survey: Survey,
    tables_met: usize,
    lists_met: usize,
    open: Vec<Open>,
    /// Where elements of a name are open, the innermost last.
    places: HashMap<String, Vec<usize>>,
    look: Look,
    tables: Vec<OpenTable>,
    lists: Vec<OpenList>,
    /// The label of the paragraph to come.
    label: Option<String>,
    /// Whether Word's conditional says that a label stands here.
    is_in_label: bool,
    paragraph: OpenParagraph,
}

/// What is known of the open paragraph.
#[derive(Debug)]
struct OpenParagraph {
    /// Whether it has more than white space.
    has_text: bool,
    /// Whether white space that follows is dropped.
    drops_space: bool,
    /// Whether a line break came last.
    after_break: bool,
}

impl Default for OpenParagraph {
    fn default() -> Self {
        Self {
            has_text: false,
            drops_space: true,
            after_break: false,
        }
    }
}

impl<'l> Story<'l> {
    /// A story of an empty page.
    pub(super) fn new(survey: Survey, limits: &'l Limits) -> Self {
        Self {
            limits,
            composer: Composer::new(limits),
            findings: PageFindings::default(),
            survey,
            tables_met: 0,
            lists_met: 0,
            open: Vec::new(),
            places: HashMap::new(),
            look: Look::default(),
            tables: Vec::new(),
            lists: Vec::new(),
            label: None,
            is_in_label: false,
            paragraph: OpenParagraph::default(),
        }
    }

    /// Reads a page to its end.
    pub(super) fn read(mut self, page: &str) -> Result<(Composer<'l>, PageFindings), ReadError> {
        for token in Tokens::new(page) {
            match token {
                Token::Open(tag) => self.open(&tag)?,
                Token::Close(name) => self.close(&name.to_ascii_lowercase())?,
                Token::Text(text) => self.text(&text)?,
                Token::Comment(comment) => self.comment(comment),
            }
        }
        self.close_to(0)?;
        self.finish_paragraph()?;
        Ok((self.composer, self.findings))
    }

    /// Word marks the label of a paragraph by a condition, for programs without lists.
    fn comment(&mut self, comment: &str) {
        let comment = comment.trim();
        if comment.starts_with("[if !supportLists]") {
            self.is_in_label = true;
        } else if comment.starts_with("[endif]") {
            self.is_in_label = false;
        }
    }

    // Elements.

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), ReadError> {
        let name = tag.name.to_ascii_lowercase();
        let element = Element::named(&name);
        self.close_implied(&name, element)?;
        if element.is_block() {
            self.finish_paragraph()?;
        }
        match element {
            Element::Break => self.line_break()?,
            Element::Deleted => self.findings.counts.deletions += 1,
            Element::Inserted => self.findings.counts.insertions += 1,
            _ => {}
        }
        if Element::is_void(&name) {
            return Ok(());
        }
        let style = tag.value("style").unwrap_or_default();
        let look = self.look_of(tag, element, &style);
        let flowing = self.flowing_of(tag, &style, element);
        let is_named = self
            .places
            .get(&name)
            .is_some_and(|places| !places.is_empty());
        if element == Element::Inline && look == self.look && !is_named {
            return Ok(());
        }
        if self.open.len() >= self.limits.xml_depth {
            return Err(ReadError::TooDeep {
                limit: self.limits.xml_depth,
            });
        }
        self.places
            .entry(name.clone())
            .or_default()
            .push(self.open.len());
        self.open.push(Open {
            name,
            element,
            around: std::mem::replace(&mut self.look, look),
            is_flow: flowing.is_some(),
        });
        if let Some(flowing) = flowing {
            self.composer.open(flowing);
        }
        self.begin(element, tag)
    }

    /// Takes in what begins with an element.
    fn begin(&mut self, element: Element, tag: &Tag<'_>) -> Result<(), ReadError> {
        match element {
            Element::List { is_numbered } => {
                let items = self.survey.items.get(self.lists_met).copied();
                self.lists_met += 1;
                self.lists
                    .push(OpenList::new(tag, is_numbered, items.unwrap_or(0)));
                self.label = None;
            }
            Element::Item => {
                self.label = match self.lists.last_mut() {
                    Some(list) => list.label(tag),
                    None => None,
                };
            }
            Element::Table => {
                let shape = self.survey.tables.get(self.tables_met).copied();
                self.tables_met += 1;
                self.tables.push(OpenTable {
                    lays_out: shape.unwrap_or_default().lays_out(),
                    is_in_row: false,
                    row: 0,
                    column: 0,
                    spans: (1, 1),
                    reaching: HashMap::new(),
                });
            }
            Element::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.is_in_row = true;
                    table.column = 0;
                }
            }
            Element::Cell => self.open_cell(tag)?,
            _ => {}
        }
        Ok(())
    }

    /// Closes what an element ends by beginning (section 13.1.2.4).
    fn close_implied(&mut self, name: &str, element: Element) -> Result<(), ReadError> {
        let last = |names: &[&str]| {
            names
                .iter()
                .filter_map(|name| self.places.get(*name)?.last().copied())
                .max()
        };
        let (ended, within) = match name {
            "li" => (last(&["li"]), last(&["ul", "ol", "td", "th"])),
            "dt" | "dd" => (last(&["dt", "dd"]), last(&["dl", "td", "th"])),
            "tr" => (last(&["tr"]), last(&["table"])),
            "td" | "th" => (last(&["td", "th"]), last(&["table"])),
            _ if element.is_block() => (last(&["p"]), last(&["td", "th"])),
            _ => return Ok(()),
        };
        match ended {
            Some(place) if within.is_none_or(|within| place > within) => self.close_to(place),
            _ => Ok(()),
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        let last = |name: &str| self.places.get(name)?.last().copied();
        // Nothing in a cell closes what is around the cell, but for the parts of the table.
        let is_table_part = matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "thead");
        let cell = last("td").max(last("th")).filter(|_| !is_table_part);
        match last(name) {
            Some(place) if cell.is_none_or(|cell| place > cell) => self.close_to(place),
            _ if Element::named(name).is_block() => self.finish_paragraph(),
            _ => Ok(()),
        }
    }

    /// Closes the open elements down to this place, that one included.
    fn close_to(&mut self, place: usize) -> Result<(), ReadError> {
        while self.open.len() > place {
            let Some(open) = self.open.pop() else {
                return Ok(());
            };
            if let Some(places) = self.places.get_mut(&open.name) {
                places.pop();
            }
            if open.element.is_block() {
                self.finish_paragraph()?;
            }
            self.look = open.around;
            self.end(open.element)?;
            if open.is_flow {
                self.composer.close()?;
            }
        }
        Ok(())
    }

    /// Takes in what ends with an element.
    fn end(&mut self, element: Element) -> Result<(), ReadError> {
        match element {
            Element::Item => self.label = None,
            Element::List { .. } => {
                self.lists.pop();
            }
            Element::Cell => self.close_cell()?,
            Element::Row => {
                let depth = self.table_depth();
                if let Some(table) = self.tables.last_mut() {
                    table.is_in_row = false;
                    table.row = table.row.saturating_add(1);
                    if !table.lays_out {
                        self.composer.finish_row(depth)?;
                    }
                }
            }
            Element::Table => {
                self.tables.pop();
                if self.table_depth() == 0 {
                    self.composer.finish_table();
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// How an element looks.
    fn look_of(&self, tag: &Tag<'_>, element: Element, style: &str) -> Look {
        let mut look = self.look;
        let says = |name: &str, value: &str| {
            style_value(style, name).is_some_and(|said| said.eq_ignore_ascii_case(value))
        };
        let class = tag.value("class").unwrap_or_default();
        let is_hidden = tag.value("hidden").is_some()
            || says("display", "none")
            || says("visibility", "hidden")
            || says("mso-hide", "all");
        let is_passed =
            matches!(element, Element::Passed | Element::Deleted) || NOTE_MARKS.contains(&&*class);
        let taking = if is_passed {
            Taking::Passed
        } else if element == Element::Title {
            Taking::Title
        } else if is_hidden {
            Taking::Hidden
        } else if says("mso-list", "Ignore") {
            Taking::Label
        } else {
            Taking::Shown
        };
        if look.taking == Taking::Shown {
            look.taking = taking;
        }
        let aligned = style_value(style, "text-align").map(str::to_owned);
        let aligned = aligned.or_else(|| tag.value("align").map(Into::into));
        look.alignment = match aligned.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("center") if element != Element::Table => Alignment::Centre,
            Some("right" | "end") if element != Element::Table => Alignment::End,
            Some("left" | "justify" | "start") => Alignment::Start,
            _ if tag.name.eq_ignore_ascii_case("center") => Alignment::Centre,
            _ => look.alignment,
        };
        look.is_preformatted |= element == Element::Preformatted;
        if let Some(fonts) = style_value(style, "font-family") {
            let first = fonts.split(',').next().unwrap_or_default();
            look.symbols = SymbolFont::named(first.trim().trim_matches(['"', '\'']));
        }
        look
    }

    /// Where the text of an element goes that Word and LibreOffice take out of the running text.
    fn flowing_of(&self, tag: &Tag<'_>, style: &str, element: Element) -> Option<Flowing> {
        if element != Element::Block || !self.tables.is_empty() {
            return None;
        }
        let said = style_value(style, "mso-element").map(str::to_owned);
        let said = said.or_else(|| tag.value("title").map(Into::into));
        let said = said.or_else(|| {
            let id = tag.value("id")?;
            let id = id.strip_prefix("sd")?;
            Some(id.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned())
        });
        match said?.as_str() {
            "footnote" => Some(Flowing::Note(Origin::Footnote)),
            "endnote" => Some(Flowing::Note(Origin::Endnote)),
            "comment" => Some(Flowing::Aside(AsidePlace::Comment)),
            "header" => Some(Flowing::Aside(AsidePlace::Header)),
            "footer" => Some(Flowing::Aside(AsidePlace::Footer)),
            _ => None,
        }
    }

    // Text.

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if !self.look.is_preformatted {
            self.push_collapsed(text);
            return Ok(());
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.finish_paragraph()?;
            }
            self.show(line.trim_end_matches('\r'));
        }
        Ok(())
    }

    /// Takes in characters: white space counts once, and not at the start of a paragraph.
    fn push_collapsed(&mut self, text: &str) {
        let mut collapsed = String::with_capacity(text.len());
        for character in text.chars() {
            let is_space = character.is_ascii_whitespace();
            if !is_space {
                collapsed.push(character);
            } else if !self.paragraph.drops_space {
                collapsed.push(' ');
            }
            self.paragraph.drops_space = is_space;
        }
        self.show(&collapsed);
    }

    fn show(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let is_label = self.is_in_label || self.look.taking == Taking::Label;
        match self.look.taking {
            Taking::Passed => {}
            Taking::Hidden => self.composer.push_hidden(text),
            Taking::Title => push_short(&mut self.findings.title, text),
            Taking::Shown | Taking::Label if is_label && !self.paragraph.has_text => {
                let text = match self.look.symbols {
                    Some(font) => shown_in(font, text),
                    None => text.to_owned(),
                };
                push_short(self.label.get_or_insert_default(), &text);
                self.paragraph.drops_space = true;
            }
            Taking::Shown | Taking::Label => {
                if text.chars().any(|c| !c.is_whitespace()) {
                    self.paragraph.has_text = true;
                    self.paragraph.after_break = false;
                }
                self.composer.push(text);
            }
        }
    }

    /// A line break; two of them end a paragraph.
    fn line_break(&mut self) -> Result<(), ReadError> {
        if self.paragraph.after_break || !self.paragraph.has_text {
            return self.finish_paragraph();
        }
        if self.look.taking == Taking::Shown {
            self.composer.push("\n");
            self.paragraph.after_break = true;
        }
        self.paragraph.drops_space = true;
        Ok(())
    }

    /// In the rows of how many tables the text stands, those left out that only lay out the page.
    fn table_depth(&self) -> usize {
        let in_row = |table: &&OpenTable| table.is_in_row && !table.lays_out;
        self.tables.iter().filter(in_row).count()
    }

    fn finish_paragraph(&mut self) -> Result<(), ReadError> {
        let has_text = std::mem::take(&mut self.paragraph).has_text;
        let label = if has_text { self.label.take() } else { None };
        let label = match label.as_deref().map(str::trim) {
            // The second of Word's bullets is a letter of a typewriter.
            Some("o" | "·") => "•",
            label => label.unwrap_or_default(),
        };
        self.composer.finish_paragraph(Ending {
            label,
            alignment: self.look.alignment,
            tables: self.table_depth(),
        })
    }

    // Tables.

    fn open_cell(&mut self, tag: &Tag<'_>) -> Result<(), ReadError> {
        let depth = self.table_depth();
        let number = |name: &str, most: u32| {
            tag.value(name)
                .and_then(|value| value.trim().parse().ok())
                .unwrap_or(1)
                .clamp(1, most)
        };
        let Some(table) = self.tables.last_mut().filter(|table| !table.lays_out) else {
            return Ok(());
        };
        table.spans = (number("colspan", MAX_SPAN.0), number("rowspan", MAX_SPAN.1));
        while let Some(&(columns, _)) = table
            .reaching
            .get(&table.column)
            .filter(|(_, before)| *before > table.row)
        {
            let ending = Ending {
                tables: depth,
                ..Ending::default()
            };
            self.composer.finish_cell(ending, columns, true)?;
            table.column = table.column.saturating_add(columns);
        }
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), ReadError> {
        let depth = self.table_depth();
        let Some(table) = self.tables.last_mut().filter(|table| !table.lays_out) else {
            return Ok(());
        };
        let (columns, rows) = table.spans;
        if rows > 1 {
            let before = table.row.saturating_add(rows);
            table.reaching.insert(table.column, (columns, before));
        }
        table.column = table.column.saturating_add(columns);
        let ending = Ending {
            tables: depth,
            ..Ending::default()
        };
        self.composer.finish_cell(ending, columns, false)
    }
}

fn push_short(place: &mut String, text: &str) {
    if place.len() + text.len() <= MAX_SHORT_BYTES {
        place.push_str(text);
    }
}

/// The signs that a pictographic font shows for these characters.
fn shown_in(font: SymbolFont, text: &str) -> String {
    text.chars()
        .map(|character| match font.shown(u32::from(character)) {
            Some(shown) if !character.is_whitespace() => shown,
            _ => character,
        })
        .collect()
}
