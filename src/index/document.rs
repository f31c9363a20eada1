//! A record as a document of the index.
//!
//! In: records. Out: Tantivy documents. Every lemma of an ambiguous word stands at the word's position,
//! so that phrases work in any inflection. Must never: ask the dictionary twice about one word of a
//! batch.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use tantivy::TantivyDocument;

use super::Fields;
use super::positions;
use super::relations::{order_key, related_keys};
use super::terms::{act_name, citation_terms, person_name, person_terms, similar_number};
use crate::archive::Change;
use crate::lexicon::fold::{fold_number, small};
use crate::lexicon::morphology::lemmas;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Folded: lower case, «е» for «ё», look-alikes as Cyrillic.
    pub(crate) form: String,
    /// UTF-8 bytes of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The words of a text: runs of letters and digits, with hyphens inside.
pub(crate) fn tokens_of(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = None;
    for (at, character) in text
        .char_indices()
        .chain(std::iter::once((text.len(), ' ')))
    {
        match (is_of_a_word(character), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push(Token {
                    form: fold_form(&text[from..at]),
                    start: from,
                    end: at,
                });
                start = None;
            }
            _ => {}
        }
    }
    tokens
}

/// Whether a character is a letter or a digit; of those that orders are written in it is known at once.
fn is_of_a_word(character: char) -> bool {
    match character {
        'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | '0'..='9' | 'a'..='z' | 'A'..='Z' => true,
        other => !other.is_ascii() && other.is_alphanumeric(),
    }
}

/// The form in which words are compared. A word with a Cyrillic letter is read as Cyrillic.
fn fold_form(word: &str) -> String {
    let cyrillic = word.chars().any(|c| matches!(c, 'А'..='я' | 'ё' | 'Ё'));
    word.chars()
        .map(|c| {
            let letter = if cyrillic && c.is_ascii_alphabetic() {
                crate::parse::look_alike(c)
            } else {
                c
            };
            small(letter)
        })
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect()
}

/// The documents of a batch of changes.
pub(super) fn documents(changes: &[Change], fields: Fields) -> Vec<TantivyDocument> {
    changes
        .par_chunks(64)
        .flat_map_iter(|chunk| {
            let mut known = HashMap::new();
            chunk
                .iter()
                .map(move |change| document(change, fields, &mut known))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn document(
    change: &Change,
    fields: Fields,
    known: &mut HashMap<String, Vec<String>>,
) -> TantivyDocument {
    let order = &change.order;
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, &change.id);
    add_words(
        &mut document,
        fields.lemmas,
        Some(fields.forms),
        &order.text,
        known,
    );
    if let Some(title) = &order.title {
        add_words(&mut document, fields.title, None, &title.value, known);
    }
    for term in distinct(order.references.iter().flat_map(citation_terms)) {
        document.add_text(fields.acts, term);
    }
    let named: BTreeMap<&str, String> = order
        .references
        .iter()
        .map(|reference| (reference.act.id.as_str(), act_name(&reference.act)))
        .collect();
    for (id, name) in named {
        document.add_text(fields.act_ids, id);
        document.add_text(fields.act_names, format!("{id}\t{name}"));
    }
    for term in distinct(order.people.iter().flat_map(person_terms)) {
        document.add_text(fields.people, term);
    }
    for name in distinct(order.people.iter().map(person_name)) {
        document.add_text(fields.person_names, name);
    }
    if let Some(number) = &order.number {
        document.add_text(fields.number, fold_number(&number.value));
        document.add_text(fields.number_similar, similar_number(&number.value));
    }
    if let Some(date) = &order.date {
        document.add_i64(fields.date, day_number(date.value.0));
    }
    if let Some(kind) = &order.kind {
        document.add_text(fields.kind, kind.value.name());
    }
    if let Some(issuer) = &order.issuer {
        document.add_text(fields.issuer_name, &issuer.value);
        add_words(&mut document, fields.issuer, None, &issuer.value, known);
    }
    add_words(&mut document, fields.file, None, &order.source.path, known);
    if let Some(key) = order_key(order) {
        document.add_text(fields.key, key);
    }
    for (relation, key) in related_keys(order) {
        document.add_text(fields.relations, relation.term(&key));
    }
    for finding in &order.findings {
        document.add_text(fields.finding, &finding.code);
    }
    document
}

/// Tells the cells of tables apart: no phrase goes from one into the next. The lines of a paragraph are one text.
#[derive(Debug, Default)]
struct Rows {
    /// Whether the line so far has cells.
    in_row: bool,
}

impl Rows {
    /// Whether a cell ends in what stands between two words.
    fn ends_a_cell(&mut self, between: &str) -> bool {
        let mut ends = false;
        for character in between.chars() {
            match character {
                '\t' => {
                    ends = true;
                    self.in_row = true;
                }
                '\n' if self.in_row => {
                    ends = true;
                    self.in_row = false;
                }
                _ => {}
            }
        }
        ends
    }
}

fn distinct(terms: impl Iterator<Item = String>) -> BTreeSet<String> {
    terms.collect()
}

/// `YYYYMMDD`.
pub(crate) fn day_number(day: jiff::civil::Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn add_words(
    document: &mut TantivyDocument,
    lemma_field: tantivy::schema::Field,
    form_field: Option<tantivy::schema::Field>,
    text: &str,
    known: &mut HashMap<String, Vec<String>>,
) {
    /// Words remembered within a batch: more distinct ones than a language has in use.
    const MAX_KNOWN: usize = 200_000;
    let mut lemma_line = String::with_capacity(text.len());
    let mut form_line = String::with_capacity(text.len());
    let mut rows = Rows::default();
    let mut last_end = 0;
    for word in tokens_of(text) {
        if known.len() > MAX_KNOWN {
            known.clear();
        }
        if rows.ends_a_cell(&text[last_end..word.start]) {
            positions::leave_out(&mut form_line);
            positions::leave_out(&mut lemma_line);
        }
        last_end = word.end;
        if form_field.is_some() {
            positions::add(&mut form_line, std::iter::once(word.form.as_str()));
        }
        let found = known
            .entry(word.form)
            .or_insert_with_key(|form| lemmas(form));
        positions::add(&mut lemma_line, found.iter().map(String::as_str));
    }
    document.add_text(lemma_field, lemma_line);
    if let Some(field) = form_field {
        document.add_text(field, form_line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_and_folded() {
        let words: Vec<String> = tokens_of("Учёт 149-ФЗ, «Сферум»")
            .into_iter()
            .map(|token| token.form)
            .collect();
        assert_eq!(words, ["учет", "149", "фз", "сферум"]);
    }

    #[test]
    fn cells_and_rows_end_and_lines_of_a_paragraph_do_not() {
        let mut rows = Rows::default();
        let ended: Vec<bool> = [" ", "\n", "\t", " ", "\n", "\n", ", "]
            .iter()
            .map(|between| rows.ends_a_cell(between))
            .collect();
        assert_eq!(ended, [false, false, true, false, true, false, false]);
    }
}
