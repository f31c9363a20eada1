//! The numbers of clauses inside a paragraph.
//!
//! In: the tokens of a block behind its preamble. Out: where clauses begin. Must never: take a number for a clause that
//! is not the next one, or that no sentence ends before.

use std::ops::Range;

use super::may_begin;
use crate::lexicon::words::WordClass;
use crate::parse::clause_labels::{Label, charges_somebody, label_of};
use crate::parse::lexer::{TokenKind, Tokens};
use crate::parse::openings::is_infinitive;
use crate::parse::quotes::quotation_at;

/// Where the clauses begin that are counted in `range`. `ordered`: an enacting word stands before it; `below`: the number of the
/// first clause behind the block, which no clause in it reaches.
pub(super) fn counted(
    tokens: &Tokens<'_>,
    range: Range<usize>,
    ordered: bool,
    below: Option<u32>,
) -> Vec<usize> {
    let mut found = Vec::new();
    let mut last = Last::default();
    let mut at = range.start;
    while at < range.end {
        // Numbers in the new wording of another act count nothing here.
        if let Some(quoted) = quotation_at(tokens, at).filter(|quoted| quoted.balanced) {
            at = quoted.end;
            continue;
        }
        let begins = at == range.start && ordered
            || may_begin(tokens, at) && ends_clause(tokens, at, last.is_none() && !ordered);
        let label = (begins && may_be_label(tokens, at))
            .then(|| label_of(tokens, &(at..range.end)))
            .flatten()
            .filter(|label| last.is_followed_by(label, tokens, below));
        if let Some(label) = label {
            at = label.tokens.end;
            found.push(label.tokens.start);
            last.take(&label);
        } else {
            at += 1;
        }
    }
    found
}

/// A figure or a letter with a bracket: nothing else is asked whether it counts a clause.
fn may_be_label(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_number(at) || tokens.length(at) == 1 && tokens.is_mark(at + 1, ')')
}

/// Whether a clause or a preamble ends before `at`: with a colon, or, behind the first clause, with any mark that ends a
/// sentence. The full stop of «п. 2.» ends none.
fn ends_clause(tokens: &Tokens<'_>, at: usize, only_colon: bool) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    match tokens.kind(before) {
        Some(TokenKind::Mark(':')) => true,
        Some(TokenKind::Mark(';')) => !only_colon,
        Some(TokenKind::Mark('.')) => {
            let shortened = before
                .checked_sub(1)
                .is_some_and(|unit| tokens.meaning(unit, WordClass::Pinpoint).is_some());
            !only_colon && !shortened
        }
        // «… района 2. Опубликовать …»: the mark that ends a clause may be left out before what is ordered next.
        Some(TokenKind::Word) => {
            let next = at + 2;
            !only_colon
                && tokens.is_mark(at + 1, '.')
                && tokens.is_capitalised(next)
                && (is_infinitive(tokens.word(next)) || charges_somebody(tokens, next))
                && tokens.meaning(before, WordClass::Pinpoint).is_none()
                && !tokens.word(before).starts_with("приложени")
        }
        _ => false,
    }
}

/// The number of the last clause: its figures, and the item under it.
#[derive(Default)]
struct Last {
    figures: Vec<u32>,
    item: Option<String>,
}

impl Last {
    fn is_none(&self) -> bool {
        self.figures.is_empty() && self.item.is_none()
    }

    fn take(&mut self, label: &Label<'_>) {
        if label.bracketed {
            self.item = Some(label.address().into_owned());
        } else {
            self.figures = figures(label).unwrap_or_default();
            self.item = None;
        }
    }

    /// Whether a number is the next one, or the first of a new level.
    fn is_followed_by(&self, label: &Label<'_>, tokens: &Tokens<'_>, below: Option<u32>) -> bool {
        if !label.is_closed() && !label.shown.contains('.') {
            return false;
        }
        if label.bracketed {
            let address = label.address();
            return match &self.item {
                Some(item) => is_next_item(item, &address),
                None => matches!(address.as_ref(), "1" | "а" | "a"),
            };
        }
        let Some(next) = figures(label) else {
            return false;
        };
        // «2. Контроль», «2. назначить», and no «2. км»
        let word = label.tokens.end;
        let begins = tokens.is_capitalised(word)
            || tokens.kind(word) == Some(TokenKind::OpenQuote)
            || is_infinitive(tokens.word(word))
            || tokens.word(word) == "не";
        let counted_on = below.is_none_or(|below| next[0] < below);
        begins && counted_on && self.counts_on(&next)
    }

    fn counts_on(&self, next: &[u32]) -> bool {
        let Some((figure, above)) = next.split_last() else {
            return false;
        };
        if next.len() > self.figures.len() {
            return *figure == 1 && above == self.figures;
        }
        self.figures.starts_with(above) && *figure == self.figures[above.len()] + 1
    }
}

/// The figures of «2.1.».
fn figures(label: &Label<'_>) -> Option<Vec<u32>> {
    label
        .address()
        .split('.')
        .map(|figure| figure.parse().ok())
        .collect()
}

/// «2» behind «1», «в» behind «б».
fn is_next_item(item: &str, next: &str) -> bool {
    const LETTERS: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
    if let (Ok(item), Ok(next)) = (item.parse::<u32>(), next.parse::<u32>()) {
        return next == item + 1;
    }
    let place = |letter: &str| LETTERS.find(letter);
    matches!(
        (place(item), place(next)),
        (Some(item), Some(next)) if next == item + "а".len()
    )
}
