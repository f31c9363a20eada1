//! Lists as Word keeps them, in whichever of its formats: definitions, and the counters that make
//! the displayed labels of them.
//!
//! In: definitions that a reader took from its file ([`Numbering`]), then the paragraphs in order.
//! Out: the label of each ([`Counters`]).
//! Must never: read a file, or look at the text of a paragraph.

mod counters;
mod number_formats;

use foldhash::HashMap;

pub(super) use self::counters::Counters;
pub(super) use self::number_formats::NumberFormat;

/// Levels of a list (ISO/IEC 29500-1, section 17.9.6).
pub(in crate::read) const LEVELS: usize = 9;

/// The list definitions of a document.
#[derive(Debug, Default)]
pub(in crate::read) struct Numbering {
    /// The abstract lists, by identifier.
    pub(in crate::read) abstracts: HashMap<i64, AbstractList>,
    /// The lists, by identifier.
    pub(in crate::read) lists: HashMap<i64, List>,
}

/// An abstract list: levels that lists share, and with them their counters (`w:abstractNum`,
/// `\list` of RTF, LSTF of DOC).
#[derive(Debug, Default)]
pub(in crate::read) struct AbstractList {
    /// Its levels.
    pub(in crate::read) levels: [Option<Level>; LEVELS],
    /// The style that this is the definition of (`w:styleLink`).
    pub(in crate::read) style_link: Option<String>,
    /// The style whose definition is used instead (`w:numStyleLink`).
    pub(in crate::read) list_style_link: Option<String>,
}

/// A list: a view of an abstract list (`w:num`, `\listoverride` of RTF, LFO of DOC).
#[derive(Debug, Default)]
pub(in crate::read) struct List {
    /// Its abstract list, with which it counts.
    pub(in crate::read) counters: i64,
    /// The abstract list that the levels come from, where it is another one.
    pub(in crate::read) definition: Option<i64>,
    /// What it makes otherwise.
    pub(in crate::read) overrides: [Override; LEVELS],
}

/// What a list makes otherwise than its abstract list (`w:lvlOverride`).
#[derive(Debug, Default)]
pub(in crate::read) struct Override {
    /// The first number.
    pub(in crate::read) start: Option<i64>,
    /// The whole level.
    pub(in crate::read) level: Option<Level>,
}

/// One level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct Level {
    /// How its number is written.
    pub(in crate::read) format: NumberFormat,
    /// What is displayed.
    pub(in crate::read) text: Vec<Piece>,
    /// The first number.
    pub(in crate::read) start: i64,
    /// After which level the count starts again, from 1; 0 is never; nothing is any level above.
    pub(in crate::read) restart: Option<i64>,
    /// Whether all numbers in the label are in decimal.
    pub(in crate::read) is_legal: bool,
    /// Whether the sign is a picture, or a character of a font of pictographs.
    pub(in crate::read) is_pictograph: bool,
    /// Whether the label is hidden text; it is counted all the same.
    pub(in crate::read) is_hidden: bool,
    /// The paragraph style that stands for the level.
    pub(in crate::read) style: Option<String>,
}

/// A piece of what a level displays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) enum Piece {
    /// Characters.
    Literal(String),
    /// The number of a level, from 0.
    Number(usize),
}

impl Default for Level {
    /// What an empty `w:lvl` means (sections 17.9.17, 17.9.25).
    fn default() -> Self {
        Self {
            format: NumberFormat::Decimal,
            text: Vec::new(),
            start: 0,
            restart: None,
            is_legal: false,
            is_pictograph: false,
            is_hidden: false,
            style: None,
        }
    }
}

/// A list as the counters need it.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct ListView<'n> {
    /// Lists with the same key share their counters.
    pub(in crate::read) counters: i64,
    list: &'n List,
    definition: &'n AbstractList,
}

impl<'n> ListView<'n> {
    /// The effective definition of a level, from 0.
    pub(in crate::read) fn level(&self, level: usize) -> Option<&'n Level> {
        let over = self.list.overrides.get(level)?.level.as_ref();
        over.or_else(|| self.definition.levels.get(level)?.as_ref())
    }

    /// The number that this list makes a level start again with, the first time that it uses it.
    pub(in crate::read) fn start_override(&self, level: usize) -> Option<i64> {
        self.list.overrides.get(level)?.start
    }

    /// The number that a level starts with.
    pub(in crate::read) fn start(&self, level: usize) -> i64 {
        self.start_override(level)
            .or_else(|| self.level(level).map(|level| level.start))
            .unwrap_or(1)
    }
}

impl Numbering {
    /// The list with this identifier.
    pub(in crate::read) fn list(&self, id: i64) -> Option<ListView<'_>> {
        let list = self.lists.get(&id)?;
        let definition = list.definition.unwrap_or(list.counters);
        Some(ListView {
            counters: list.counters,
            list,
            definition: self.abstracts.get(&definition)?,
        })
    }

    /// The level of a list that a paragraph style stands for.
    pub(in crate::read) fn level_of_style(&self, list: i64, style: &str) -> Option<usize> {
        let list = self.list(list)?;
        (0..LEVELS).find(|&level| {
            list.level(level)
                .is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }
}
