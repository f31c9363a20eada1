//! The lists that are open, and the labels of their paragraphs (ODF 1.3, part 3, section 5.3).
//!
//! In: the beginnings and ends of lists and items, in order. Out: the label of each paragraph.
//! Must never: count an item without a paragraph of its own; a list may begin at a deeper level.

use std::collections::HashMap;

use crate::read::Limits;
use crate::read::lists::{Counters, LEVELS, List, Numbering};
use crate::read::xml::Attributes;

/// What an element says of the list that it begins.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    /// Its own identifier.
    id: Option<String>,
    /// Whether it goes on from the last list of its style.
    continues: bool,
    /// The list that it goes on from.
    continues_list: Option<String>,
}

impl Beginning {
    /// What the attributes of a `text:list` say.
    pub(super) fn of(attributes: &Attributes<'_>) -> Self {
        Self {
            id: attributes.value("id").map(Into::into),
            continues: attributes.value("continue-numbering").as_deref() == Some("true"),
            continues_list: attributes.value("continue-list").map(Into::into),
        }
    }
}

/// A list that is open, inside another or not.
#[derive(Debug, Clone)]
struct OpenList {
    /// The list that it is counted as; nothing where it has no style.
    list: Option<i64>,
    /// Its style, as an index in the [`Numbering`].
    style: Option<i64>,
    item: Item,
}

/// What is known of the open item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    /// Its first paragraph is still to come; with the number that it starts with, if it says so.
    Fresh(Option<i64>),
    /// Its paragraphs bear no label.
    Unlabelled,
}

/// The lists of a document.
#[derive(Debug)]
pub(super) struct Lists<'l> {
    numbering: Numbering,
    counters: Counters,
    outline: Option<i64>,
    open: Vec<OpenList>,
    /// Lists open around the running text that is open.
    outer: Vec<Vec<OpenList>>,
    by_id: HashMap<String, i64>,
    /// The last list of each style.
    by_style: HashMap<i64, i64>,
    limits: &'l Limits,
}

impl<'l> Lists<'l> {
    /// Lists with these definitions, of which one is for headings.
    pub(super) fn new(numbering: Numbering, outline: Option<i64>, limits: &'l Limits) -> Self {
        let mut lists = Self {
            numbering,
            counters: Counters::default(),
            outline: None,
            open: Vec::new(),
            outer: Vec::new(),
            by_id: HashMap::new(),
            by_style: HashMap::new(),
            limits,
        };
        lists.outline = outline.and_then(|style| lists.add(style, None));
        lists
    }

    /// Whether a number was written in decimal instead of a format that is not known.
    pub(super) fn wrote_unknown_format(&self) -> bool {
        self.counters.wrote_unknown_format()
    }

    /// Adds a list of a style, with counters of its own or those of another list.
    fn add(&mut self, style: i64, counters: Option<i64>) -> Option<i64> {
        if self.numbering.lists.len() >= self.limits.definitions {
            return None;
        }
        let list = i64::try_from(self.numbering.lists.len()).ok()?;
        self.numbering.lists.insert(
            list,
            List {
                counters: counters.unwrap_or(list),
                definition: Some(style),
                ..List::default()
            },
        );
        Some(list)
    }

    /// A list begins. Without a style of its own it has that of the list around it, and with or
    /// without one it counts with that list.
    pub(super) fn open_list(&mut self, style: Option<i64>, beginning: Beginning) {
        let (around_style, around_list) = self
            .open
            .last()
            .map_or((None, None), |list| (list.style, list.list));
        let style = style.or(around_style);
        let around_counters =
            around_list.and_then(|list| Some(self.numbering.list(list)?.counters));
        let list = style.and_then(|style| {
            let named = beginning
                .continues_list
                .and_then(|id| self.by_id.get(&id).copied());
            let inside = around_list.filter(|_| around_style == Some(style));
            let last = self.by_style.get(&style).copied();
            named
                .or(inside)
                .or(last.filter(|_| beginning.continues))
                .or_else(|| self.add(style, around_counters))
        });
        if let (Some(list), Some(style)) = (list, style) {
            self.by_style.insert(style, list);
            if let Some(id) = beginning.id
                && self.by_id.len() < self.limits.definitions
            {
                self.by_id.insert(id, list);
            }
        }
        self.open.push(OpenList {
            list,
            style,
            item: Item::Unlabelled,
        });
    }

    /// The list that began last ends.
    pub(super) fn close_list(&mut self) {
        self.open.pop();
    }

    /// An item begins, which may say with which number.
    pub(super) fn open_item(&mut self, start: Option<i64>) {
        self.set_item(Item::Fresh(start));
    }

    /// An item without a label begins, or the open one ends.
    pub(super) fn open_unlabelled(&mut self) {
        self.set_item(Item::Unlabelled);
    }

    fn set_item(&mut self, item: Item) {
        if let Some(list) = self.open.last_mut() {
            list.item = item;
        }
    }

    /// The label of a paragraph that begins here. Only the first paragraph of an item has one.
    pub(super) fn label(&mut self) -> Option<String> {
        let level = self.open.len().checked_sub(1)?;
        let open = self.open.last_mut()?;
        let Item::Fresh(start) = std::mem::replace(&mut open.item, Item::Unlabelled) else {
            return None;
        };
        let list = open.list?;
        self.numbered(list, level, start)
    }

    /// The label of a paragraph that says itself at which level of which list it stands.
    pub(super) fn label_at(
        &mut self,
        style: Option<i64>,
        id: Option<&str>,
        level: usize,
        start: Option<i64>,
    ) -> Option<String> {
        let known = id.and_then(|id| self.by_id.get(id).copied());
        let list = known.or_else(|| self.add(style?, None))?;
        if let Some(id) = id {
            self.by_id.insert(id.to_owned(), list);
        }
        self.numbered(list, level, start)
    }

    /// The label of a heading outside any list.
    pub(super) fn heading_label(&mut self, level: usize, start: Option<i64>) -> Option<String> {
        self.numbered(self.outline?, level, start)
    }

    /// Whether a list is open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    fn numbered(&mut self, list: i64, level: usize, start: Option<i64>) -> Option<String> {
        if level >= LEVELS {
            return None;
        }
        if let Some(start) = start {
            self.counters
                .start_with(&self.numbering, list, level, start);
        }
        self.counters
            .next(&self.numbering, list, i64::try_from(level).ok()?)
    }

    /// A running text begins, in which no list is open.
    pub(super) fn open_flow(&mut self) {
        self.outer.push(std::mem::take(&mut self.open));
    }

    /// The running text ends.
    pub(super) fn close_flow(&mut self) {
        self.open = self.outer.pop().unwrap_or_default();
    }
}
