//! A first look at a page: which tables lay it out, and how many items its lists have.
//!
//! In: the tokens of a page. Out: [`Survey`], which the reading takes item by item, in order.
//! Must never: hold more than a few bytes for a table or a list.

use super::elements::Element;
use super::tokens::{Token, Tokens};
use crate::read::{Limits, ReadError};

/// What was found, in the order in which the elements begin.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The tables.
    pub(super) tables: Vec<TableShape>,
    /// Of each list, how many items it has.
    pub(super) items: Vec<u32>,
}

/// What bears on how a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TableShape {
    holds_table: bool,
    has_columns: bool,
}

impl TableShape {
    /// Whether the table only lays out the page: it holds another table, or never more than one
    /// cell in a row.
    pub(super) fn lays_out(self) -> bool {
        self.holds_table || !self.has_columns
    }
}

/// Looks through a page.
pub(super) fn survey(page: &str, limits: &Limits) -> Result<Survey, ReadError> {
    let mut survey = Survey::default();
    // Of each open table its place and the cells of its open row; of each open list its place.
    let mut tables: Vec<(usize, u32)> = Vec::new();
    let mut lists: Vec<usize> = Vec::new();
    for token in Tokens::new(page) {
        let (name, opens) = match &token {
            Token::Open(tag) => (tag.name.to_ascii_lowercase(), true),
            Token::Close(name) => (name.to_ascii_lowercase(), false),
            Token::Text(_) | Token::Comment(_) => continue,
        };
        match (Element::named(&name), opens) {
            (Element::Table, true) => {
                let around = tables.last().map(|&(around, _)| around);
                if let Some(shape) = around.and_then(|around| survey.tables.get_mut(around)) {
                    shape.holds_table = true;
                }
                tables.push((survey.tables.len(), 0));
                survey.tables.push(TableShape::default());
            }
            (Element::Table, false) => {
                tables.pop();
            }
            (Element::Row, true) => {
                if let Some((_, cells)) = tables.last_mut() {
                    *cells = 0;
                }
            }
            (Element::Cell, true) => {
                if let Some((table, cells)) = tables.last_mut() {
                    *cells += 1;
                    if let Some(shape) = survey.tables.get_mut(*table) {
                        shape.has_columns |= *cells > 1;
                    }
                }
            }
            (Element::List { .. }, true) => {
                lists.push(survey.items.len());
                survey.items.push(0);
            }
            (Element::List { .. }, false) => {
                lists.pop();
            }
            (Element::Item, true) => {
                if let Some(items) = lists.last().and_then(|&list| survey.items.get_mut(list)) {
                    *items = items.saturating_add(1);
                }
            }
            _ => {}
        }
        if survey.tables.len().max(survey.items.len()) > limits.blocks {
            return Err(ReadError::TooLarge {
                what: "число таблиц и списков",
                limit: limits.blocks.to_string(),
            });
        }
    }
    Ok(survey)
}
