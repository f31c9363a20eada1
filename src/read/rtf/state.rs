//! What a group of RTF inherits and may change until its end: where its text goes, and the
//! properties of its text and its paragraphs.
//!
//! In: control words. Out: [`Group`], a copy of which each inner group starts with.
//! Must never: hold text.

use crate::text::{Alignment, AsidePlace, Origin};

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the running text that is open.
    Text,
    /// Nowhere; groups inside may have a destination of their own.
    Nowhere,
    /// The label displayed before the paragraph (`\listtext`, `\pntext`).
    Label,
    /// The font table.
    Fonts,
    /// A picture.
    Picture,
    /// The code of a field.
    FieldCode,
    /// An entry of a drop-down list.
    FormEntry,
    /// A value of the information group.
    Information(Information),
}

/// A value of the information group that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Information {
    /// `\title`.
    Title,
    /// `\author`.
    Author,
    /// `\creatim`.
    Created,
    /// `\revtim`.
    Modified,
}

/// What the end of a group ends with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ends {
    /// Nothing.
    #[default]
    Nothing,
    /// The running text that it began.
    Flow,
    /// The font entry that it began.
    Font,
    /// The picture that it began.
    Picture,
    /// The code of a field, with the form field in it.
    FieldCode,
}

/// Properties of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Characters {
    /// The font, by its number.
    pub(super) font: i32,
    /// Hidden (`\v`).
    pub(super) is_hidden: bool,
    /// Deleted in a tracked change.
    pub(super) is_deleted: bool,
    /// Inserted in a tracked change.
    pub(super) is_inserted: bool,
}

/// Properties of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Paragraph {
    /// The alignment.
    pub(super) alignment: Alignment,
    /// Whether it stands in a table (`\intbl`).
    pub(super) is_in_table: bool,
    /// In how many tables, where it is said (`\itap`).
    pub(super) tables: Option<i32>,
    /// The list (`\ls`); 0 is none.
    pub(super) list: i32,
    /// The level in the list (`\ilvl`), from 0.
    pub(super) level: i32,
}

impl Paragraph {
    /// In how many tables the paragraph stands. More than `most` are not told apart.
    pub(super) fn depth(&self, most: usize) -> usize {
        let said = self
            .tables
            .and_then(|tables| usize::try_from(tables).ok())
            .unwrap_or(1);
        if self.is_in_table || said > 1 {
            said.clamp(1, most)
        } else {
            0
        }
    }
}

/// A group that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    /// Where its text goes.
    pub(super) destination: Destination,
    /// What its end ends.
    pub(super) ends: Ends,
    /// Properties of its characters.
    pub(super) characters: Characters,
    /// Properties of its paragraphs.
    pub(super) paragraph: Paragraph,
    /// How many characters stand after `\u` for programs that do not know it (`\uc`).
    pub(super) replacements: usize,
}

impl Group {
    /// The group around everything.
    pub(super) fn outermost() -> Self {
        Self {
            destination: Destination::Text,
            ends: Ends::Nothing,
            characters: Characters {
                font: 0,
                is_hidden: false,
                is_deleted: false,
                is_inserted: false,
            },
            paragraph: Paragraph::default(),
            replacements: 1,
        }
    }
}

/// What a control word at the start of a group makes of the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Its text is text.
    Text,
    /// It is passed over.
    Passed,
    /// Its own text goes nowhere, and groups inside are looked at.
    Frame,
    /// Its text is a label.
    Label,
    /// The font table.
    Fonts,
    /// The table of list definitions.
    AbstractLists,
    /// The table of lists.
    Lists,
    /// A picture.
    Picture,
    /// The code of a field.
    FieldCode,
    /// The properties of a form field.
    FormField,
    /// An entry of a drop-down list.
    FormEntry,
    /// A text box.
    Box,
    /// A footnote or an endnote.
    Note,
    /// What stands aside.
    Aside(AsidePlace),
    /// A value of the information group.
    Information(Information),
    /// Two forms of a text, of which the second is in Unicode (`\upr`).
    Forms,
}

/// What a control word makes of the group that it starts; nothing where it is no destination.
pub(super) fn purpose(word: &str) -> Option<Purpose> {
    Some(match word {
        "listtext" | "pntext" => Purpose::Label,
        "fonttbl" => Purpose::Fonts,
        "listtable" => Purpose::AbstractLists,
        "listoverridetable" => Purpose::Lists,
        "pict" => Purpose::Picture,
        "fldinst" => Purpose::FieldCode,
        "formfield" => Purpose::FormField,
        "ffl" => Purpose::FormEntry,
        "shptxt" | "dptxbxtext" => Purpose::Box,
        "footnote" => Purpose::Note,
        "header" | "headerl" | "headerr" | "headerf" => Purpose::Aside(AsidePlace::Header),
        "footer" | "footerl" | "footerr" | "footerf" => Purpose::Aside(AsidePlace::Footer),
        "annotation" => Purpose::Aside(AsidePlace::Comment),
        "title" => Purpose::Information(Information::Title),
        "author" => Purpose::Information(Information::Author),
        "creatim" => Purpose::Information(Information::Created),
        "revtim" => Purpose::Information(Information::Modified),
        "upr" => Purpose::Forms,
        "shp" | "shpgrp" | "shpinst" | "do" | "info" | "sp" | "sv" | "nesttableprops" => {
            Purpose::Frame
        }
        "field" | "fldrslt" | "object" | "result" | "ud" | "shppict" => Purpose::Text,
        // Of two forms of a picture, an object or a shape, the other one is read.
        "nonshppict" | "shprslt" | "objdata" | "objclass" | "objname" | "nonesttables" => {
            Purpose::Passed
        }
        "stylesheet" | "colortbl" | "revtbl" | "rsidtbl" | "filetbl" | "xmlnstbl" | "fontemb"
        | "fontfile" | "falt" | "panose" | "fname" | "bkmkstart" | "bkmkend" | "atrfstart"
        | "atrfend" | "atnid" | "atnauthor" | "atndate" | "atnref" | "xe" | "tc" | "rxe"
        | "template" | "private" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc"
        | "aftncn" | "sn" | "subject" | "operator" | "keywords" | "comment" | "doccomm"
        | "manager" | "company" | "category" | "hlinkbase" | "printim" | "buptim" | "pgptbl"
        | "background" => Purpose::Passed,
        _ => return None,
    })
}

/// The origin of a note, which `\ftnalt` makes an endnote.
pub(super) fn note_origin(is_endnote: bool) -> Origin {
    if is_endnote {
        Origin::Endnote
    } else {
        Origin::Footnote
    }
}
