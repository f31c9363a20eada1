//! The groups of RTF in order: which text is shown, where it goes, and with which label.
//!
//! In: the tokens of a file. Out: paragraphs, cells and boxes to a [`Composer`], and the
//! [`Findings`] beside them.
//! Must never: recurse; groups are a stack of bounded height.

mod characters;
mod paragraphs;

use encoding_rs::{IBM866, MACINTOSH};

use super::encodings::{FontEntry, Fonts};
use super::fields::FormField;
use super::lists::{read_abstract_lists, read_lists};
use super::state::{
    Destination, Ends, Group, Information, Paragraph, Purpose, note_origin, purpose,
};
use super::tokens::{Token, Tokens};
use crate::read::composer::{Composer, Flowing};
use crate::read::findings::Findings;
use crate::read::lists::{Counters, Numbering};
use crate::read::{Limits, ReadError};
use crate::text::{Alignment, AsidePlace, Properties};

/// Most tables within each other that are told apart.
const MAX_TABLES: usize = 64;

/// Longest property or label that is kept, in bytes.
const MAX_SHORT_BYTES: usize = 4096;

/// What a file tells beside its text, and about itself.
#[derive(Debug, Default)]
pub(super) struct FileFindings {
    /// What files of any format tell.
    pub(super) counts: Findings,
    /// Whether groups were still open at the end.
    pub(super) ends_early: bool,
    /// What the file says about itself.
    pub(super) properties: Properties,
    /// How many pages it says that it has.
    pub(super) pages: Option<u32>,
}

/// A date of the information group.
#[derive(Debug, Default)]
struct Moment {
    year: i32,
    month: i32,
    day: i32,
    hour: i32,
    minute: i32,
}

/// The definition of the row that is open, as far as it bears on the text.
#[derive(Debug, Default)]
struct Row {
    /// Of each cell, whether it is covered by the one above or before it.
    cells: Vec<bool>,
    /// Whether the next cell to be defined is covered.
    is_covered: bool,
    /// Which cell is open.
    cell: usize,
}

/// Reads the groups of a file.
pub(super) struct Story<'b> {
    tokens: Tokens<'b>,
    limits: &'b Limits,
    composer: Composer<'b>,
    findings: FileFindings,
    fonts: Fonts,
    numbering: Numbering,
    counters: Counters,
    /// Counters of text boxes, which are a story of their own.
    box_counters: Counters,
    /// The open group, and those around it.
    group: Group,
    outer: Vec<Group>,
    /// Bytes of text whose encoding has not been settled yet.
    bytes: Vec<u8>,
    /// How many characters are still to be passed over after a `\u`.
    replaced: usize,
    /// The first half of a character beyond the Basic Multilingual Plane.
    surrogate: Option<u16>,
    /// The label that the paragraph carries.
    label: Option<String>,
    /// Whether a label that a paragraph carried was not the one that is worked out.
    labels_differ: bool,
    /// Labels of the paragraphs around the running text that is open.
    outer_labels: Vec<Option<String>>,
    row: Row,
    font: Option<(i32, FontEntry)>,
    /// Width and height of the open picture, in twips.
    picture: (i32, i32),
    form: FormField,
    moment: Moment,
    changes: Changes,
}

/// What is known of the tracked changes so far.
#[derive(Debug, Default)]
struct Changes {
    /// Whether a paragraph that carried a label was deleted.
    lost_labelled: bool,
    /// Whether text of the open paragraph was deleted.
    has_deletions: bool,
    /// What happened to the text before.
    last: Option<Change>,
}

/// A tracked change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Text that was put in.
    Inserted,
    /// Text that was taken out.
    Deleted,
}

impl<'b> Story<'b> {
    /// Starts at the first byte of a file.
    pub(super) fn new(bytes: &'b [u8], limits: &'b Limits) -> Self {
        Self {
            tokens: Tokens::new(bytes),
            limits,
            composer: Composer::new(limits),
            findings: FileFindings::default(),
            fonts: Fonts::default(),
            numbering: Numbering::default(),
            counters: Counters::default(),
            box_counters: Counters::default(),
            group: Group::outermost(),
            outer: Vec::new(),
            bytes: Vec::new(),
            replaced: 0,
            surrogate: None,
            label: None,
            outer_labels: Vec::new(),
            row: Row::default(),
            font: None,
            picture: (0, 0),
            form: FormField::default(),
            moment: Moment::default(),
            labels_differ: false,
            changes: Changes::default(),
        }
    }

    /// Reads the file to its end, or to the end of its outermost group.
    pub(super) fn read(&mut self) -> Result<(), ReadError> {
        while let Some(token) = self.tokens.next() {
            if self.is_replacement(token) {
                continue;
            }
            match token {
                Token::Text(text) => self.bytes.extend_from_slice(text),
                Token::Byte(byte) => self.bytes.push(byte),
                other => {
                    self.settle_bytes();
                    if !matches!(other, Token::Word("u", _)) {
                        self.surrogate = None;
                    }
                    match other {
                        Token::Open => self.open()?,
                        Token::Close => {
                            self.close()?;
                            if self.outer.is_empty() {
                                return Ok(());
                            }
                        }
                        Token::Word(word, number) => self.word(word, number)?,
                        Token::Symbol(symbol) => self.symbol(symbol),
                        _ => {}
                    }
                }
            }
        }
        self.settle_bytes();
        self.findings.ends_early = true;
        Ok(())
    }

    /// Gives what was read.
    pub(super) fn finish(mut self) -> (Composer<'b>, FileFindings) {
        self.findings.counts.wrote_unknown_format =
            self.counters.wrote_unknown_format() || self.box_counters.wrote_unknown_format();
        (self.composer, self.findings)
    }

    /// Whether a token, or the start of it, only stands in for the `\u` before it.
    fn is_replacement(&mut self, token: Token<'b>) -> bool {
        if self.replaced == 0 {
            return false;
        }
        match token {
            Token::Text(text) => {
                let passed = self.replaced.min(text.len());
                self.replaced -= passed;
                self.bytes
                    .extend_from_slice(text.get(passed..).unwrap_or_default());
                true
            }
            Token::Byte(_) | Token::Symbol(_) | Token::Binary => {
                self.replaced -= 1;
                true
            }
            Token::Word(word, _) if characters_of(word).is_some() => {
                self.replaced -= 1;
                true
            }
            // Anything else ends what stands in.
            Token::Open | Token::Close | Token::Word(..) => {
                self.replaced = 0;
                false
            }
        }
    }

    // Groups.

    fn open(&mut self) -> Result<(), ReadError> {
        if self.outer.len() >= self.limits.xml_depth {
            return Err(ReadError::TooDeep {
                limit: self.limits.xml_depth,
            });
        }
        self.outer.push(self.group);
        self.group.ends = Ends::Nothing;
        let mut is_optional = false;
        if self.tokens.peek() == Some(Token::Symbol(b'*')) {
            self.tokens.next();
            is_optional = true;
        }
        let Some(Token::Word(word, number)) = self.tokens.peek() else {
            if is_optional {
                self.pass_over();
            }
            return Ok(());
        };
        match purpose(word) {
            Some(found) => {
                self.tokens.next();
                self.begin(found, number);
            }
            None if is_optional => self.pass_over(),
            None if self.group.destination == Destination::Fonts => self.group.ends = Ends::Font,
            None => {}
        }
        Ok(())
    }

    /// Passes over the group that opened last.
    fn pass_over(&mut self) {
        self.tokens.skip_group();
        if let Some(group) = self.outer.pop() {
            self.group = group;
        }
    }

    /// Takes in what the group that opened last is for.
    fn begin(&mut self, purpose: Purpose, number: Option<i32>) {
        match purpose {
            Purpose::Text => {
                // The result of a field inside another's code is code too.
                if self.group.destination == Destination::Nowhere {
                    self.pass_over();
                }
            }
            Purpose::Passed => self.pass_over(),
            Purpose::Frame | Purpose::FormField => self.group.destination = Destination::Nowhere,
            Purpose::Label => {
                self.label = Some(String::new());
                self.group.destination = Destination::Label;
            }
            Purpose::Fonts => self.group.destination = Destination::Fonts,
            Purpose::AbstractLists => {
                read_abstract_lists(&mut self.tokens, &mut self.numbering, self.limits);
                self.ended();
            }
            Purpose::Lists => {
                read_lists(&mut self.tokens, &mut self.numbering, self.limits);
                self.ended();
            }
            Purpose::Picture => {
                self.group.destination = Destination::Picture;
                self.group.ends = Ends::Picture;
                self.picture = (0, 0);
            }
            Purpose::FieldCode => {
                self.group.destination = Destination::FieldCode;
                self.group.ends = Ends::FieldCode;
                self.form = FormField::default();
            }
            Purpose::FormEntry => {
                self.form.open_entry();
                self.group.destination = Destination::FormEntry;
            }
            Purpose::Box => self.open_flow(Flowing::Box),
            Purpose::Note => {
                let is_endnote = self.tokens.peek() == Some(Token::Word("ftnalt", number));
                if self.group.characters.is_hidden || self.group.characters.is_deleted {
                    self.pass_over();
                } else {
                    self.open_flow(Flowing::Note(note_origin(is_endnote)));
                }
            }
            Purpose::Aside(place) => self.open_flow(Flowing::Aside(place)),
            Purpose::Information(information) if self.is_known(information) => self.pass_over(),
            Purpose::Information(information) => {
                self.group.destination = Destination::Information(information);
                self.moment = Moment::default();
            }
            Purpose::Forms => {
                if self.tokens.peek() == Some(Token::Open) {
                    self.tokens.next();
                    self.tokens.skip_group();
                }
            }
        }
    }

    /// Takes in that the group that opened last was read to its end.
    fn ended(&mut self) {
        if let Some(group) = self.outer.pop() {
            self.group = group;
        }
    }

    fn open_flow(&mut self, flowing: Flowing) {
        let is_comment = flowing == Flowing::Aside(AsidePlace::Comment);
        self.composer.open(flowing);
        self.outer_labels.push(self.label.take());
        self.group.destination = Destination::Text;
        self.group.ends = Ends::Flow;
        self.group.paragraph = Paragraph::default();
        // A comment on hidden text is none of it.
        self.group.characters.is_hidden &= !is_comment;
    }

    fn close(&mut self) -> Result<(), ReadError> {
        match self.group.ends {
            // The last paragraph needs no mark.
            Ends::Nothing if self.outer.len() == 1 && !self.composer.is_at_start() => {
                self.finish_paragraph()?;
            }
            Ends::Nothing => {}
            Ends::Flow => {
                if !self.composer.is_at_start() {
                    self.finish_paragraph()?;
                }
                self.composer.close()?;
                self.label = self.outer_labels.pop().flatten();
            }
            Ends::Font => self.keep_font(),
            Ends::Picture => {
                /// 15 and 20 centimetres in twips, the twentieth parts of a point.
                const PAGE: (i32, i32) = (8_504, 11_339);
                self.findings.counts.pictures += 1;
                let is_page = self.picture.0 >= PAGE.0 && self.picture.1 >= PAGE.1;
                self.findings.counts.page_pictures += usize::from(is_page);
            }
            Ends::FieldCode => {
                let form = std::mem::take(&mut self.form);
                if let Some(around) = self.outer.last().copied() {
                    self.group = around;
                    self.push(form.shown());
                }
            }
        }
        if let Destination::Information(information) = self.group.destination {
            self.keep_moment(information);
        }
        if let Some(group) = self.outer.pop() {
            self.group = group;
        }
        Ok(())
    }

    // Control words.

    fn word(&mut self, word: &str, number: Option<i32>) -> Result<(), ReadError> {
        let is_on = number != Some(0);
        let value = number.unwrap_or(0);
        match word {
            "par" => self.end_paragraph()?,
            "sect" if !self.composer.is_at_start() => self.end_paragraph()?,
            "page" | "column" if !self.composer.is_at_start() => self.push("\n"),
            "cell" | "nestcell" => self.end_cell()?,
            "row" | "nestrow" => self.end_row()?,
            "u" => self.unicode(value),
            "uc" => self.group.replacements = usize::try_from(value).unwrap_or(1),
            "f" if self.group.destination == Destination::Fonts => {
                self.keep_font();
                self.font = Some((value, FontEntry::default()));
            }
            "fcharset" | "cpg" => {
                if let Some((_, font)) = &mut self.font {
                    match word {
                        "cpg" => font.code_page = number,
                        _ => font.charset = number,
                    }
                }
            }
            "f" => self.group.characters.font = value,
            "plain" => self.plain(),
            "v" => self.group.characters.is_hidden = is_on,
            "deleted" => self.group.characters.is_deleted = is_on,
            "revised" => self.group.characters.is_inserted = is_on,
            "pard" => self.group.paragraph = Paragraph::default(),
            "qc" => self.group.paragraph.alignment = Alignment::Centre,
            "qr" => self.group.paragraph.alignment = Alignment::End,
            "ql" | "qj" | "qd" => self.group.paragraph.alignment = Alignment::Start,
            "intbl" => self.group.paragraph.is_in_table = true,
            "itap" => {
                self.group.paragraph.tables = Some(value);
                self.group.paragraph.is_in_table &= value != 0;
            }
            "ls" => self.group.paragraph.list = value,
            "ilvl" => self.group.paragraph.level = value,
            "trowd" | "cellx" | "clvmrg" | "clmrg"
                if self.group.destination == Destination::Nowhere => {}
            "trowd" => self.row = Row::default(),
            "clvmrg" | "clmrg" => self.row.is_covered = true,
            "cellx" => {
                let is_covered = std::mem::take(&mut self.row.is_covered);
                if self.row.cells.len() < self.limits.definitions {
                    self.row.cells.push(is_covered);
                }
            }
            "ansicpg" => self.fonts.set_code_page(value),
            "mac" => self.fonts.set_document(MACINTOSH),
            "pc" | "pca" => self.fonts.set_document(IBM866),
            "deff" => {
                self.fonts.default = value;
                self.group.characters.font = value;
            }
            "picwgoal" => self.picture.0 = value,
            "pichgoal" => self.picture.1 = value,
            "yr" => self.moment.year = value,
            "mo" => self.moment.month = value,
            "dy" => self.moment.day = value,
            "hr" => self.moment.hour = value,
            "min" => self.moment.minute = value,
            "nofpages" => self.findings.pages = u32::try_from(value).ok().filter(|&n| n > 0),
            _ if word.starts_with("ff") => self.form.take(word, number),
            _ => {
                if let Some(characters) = characters_of(word) {
                    self.push(characters);
                }
            }
        }
        Ok(())
    }

    fn plain(&mut self) {
        let characters = &mut self.group.characters;
        characters.font = self.fonts.default;
        characters.is_hidden = false;
        characters.is_deleted = false;
        characters.is_inserted = false;
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'\\' | b'{' | b'}' => self.bytes.push(symbol),
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("\u{2011}"),
            b'-' => self.push("\u{ad}"),
            _ => {}
        }
    }
}

/// The characters that a control word stands for.
fn characters_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "line" | "lbr" => "\n",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}
