//! What a story is made of while it is read: blocks, and the running texts that they come from.
//!
//! In: nothing; [`super::story`] fills these. Out: [`Block`]s to a [`Sink`], [`StoryFindings`].
//! Must never: read XML.

use super::fields::Fields;
use super::properties::{MarginReference, ParagraphProperties, RunProperties};
use super::styles::Styles;
use super::table::Table;
use crate::read::Limits;
use crate::read::block::Block;
use crate::read::findings::Findings;
use crate::read::lists::Numbering;
use crate::text::Origin;

/// What a story consults.
#[derive(Clone, Copy)]
pub(super) struct Definitions<'d> {
    /// The styles.
    pub(super) styles: &'d Styles,
    /// The lists.
    pub(super) numbering: &'d Numbering,
    /// How much may be read.
    pub(super) limits: &'d Limits,
    /// Whether text in the code of fields is read too: for a document whose fields do not end.
    pub(super) reads_field_codes: bool,
}

/// Takes the blocks of a story.
pub(super) trait Sink {
    /// A block of the note or comment that is open, or of the story itself.
    fn block(&mut self, block: &Block);
    /// A note or comment begins.
    fn open_note(&mut self, _id: i64) {}
    /// Bytes of text taken so far.
    fn text_bytes(&self) -> usize;
    /// Blocks taken so far.
    fn blocks(&self) -> usize;
}

/// Which notes of a document a reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    /// At the foot of the page.
    Footnote,
    /// At the end of the document.
    Endnote,
}

/// What a story tells beside its blocks.
#[derive(Debug, Default)]
pub(super) struct StoryFindings {
    /// What files of any format tell.
    pub(super) counts: Findings,
    /// References to notes, in order.
    pub(super) notes: Vec<(NoteKind, i64)>,
    /// References to headers and footers, in order.
    pub(super) margins: Vec<MarginReference>,
    /// The relationships of the pictures to their parts, where they have one in this package.
    pub(super) pictures: Vec<String>,
    /// Hidden text, one entry per paragraph.
    pub(super) hidden: Vec<String>,
    /// Bytes of `hidden`.
    pub(super) hidden_bytes: usize,
}

/// The run that is open.
#[derive(Debug, Default)]
pub(super) struct OpenRun {
    /// Its properties.
    pub(super) properties: RunProperties,
    /// Whether its text is hidden.
    pub(super) is_hidden: bool,
    /// Whether the rest of it is the mark of a note.
    pub(super) is_note_mark: bool,
}

/// A running text: the story itself or a text box in it.
pub(super) struct Flow {
    /// Origin of its blocks outside tables.
    pub(super) origin: Origin,
    /// The depth of its element, for a text box.
    pub(super) depth: usize,
    /// Whether the place that anchors it is hidden.
    pub(super) is_hidden: bool,
    /// The tables that are open, the outermost first.
    pub(super) tables: Vec<Table>,
    /// Properties of the open paragraph.
    pub(super) properties: ParagraphProperties,
    /// Text of the open paragraph, and of those before it whose marks are gone.
    pub(super) paragraph: Block,
    /// Whether `paragraph` has the label of a paragraph that runs on into this one.
    pub(super) runs_on: bool,
    /// Hidden text of the open paragraph.
    pub(super) hidden: String,
    /// The open row of the outermost table.
    pub(super) row: Block,
    /// The open run.
    pub(super) run: OpenRun,
    /// The fields that are open.
    pub(super) fields: Fields,
    /// Blocks of text boxes that wait for the end of the block that anchors them.
    pub(super) waiting: Vec<Block>,
}

impl Flow {
    /// An empty flow.
    pub(super) fn new(origin: Origin) -> Self {
        let empty = Block::empty(origin);
        Self {
            origin,
            depth: 0,
            is_hidden: false,
            tables: Vec::new(),
            properties: ParagraphProperties::default(),
            paragraph: empty.clone(),
            runs_on: false,
            hidden: String::new(),
            row: empty,
            run: OpenRun::default(),
            fields: Fields::default(),
            waiting: Vec::new(),
        }
    }

    /// Whether the open cell or row is not displayed.
    pub(super) fn is_dropped(&self) -> bool {
        self.tables.iter().any(Table::is_dropped)
    }
}

/// Gives a block to the flow around its own, where it waits, or to the sink.
pub(super) fn give(block: &Block, outer: &mut [Flow], sink: &mut dyn Sink) {
    if block.text.trim().is_empty() {
        return;
    }
    match outer.last_mut() {
        Some(flow) => flow.waiting.push(block.clone()),
        None => sink.block(block),
    }
}
