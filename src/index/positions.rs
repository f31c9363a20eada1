//! Words that were prepared for the index, and the tokenizer that gives them to it.
//!
//! In: for each place of a text the words that stand there: the folded form, or all its lemmas. Out: one
//! line, a space between places, one more for a place that is left out, and a bar between the words of one; and from it the tokens. Tantivy carries
//! tokens that were made before as JSON, which costs more than everything else. Must never: hold a word with
//! a space or a bar; words are letters and digits.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Name of the tokenizer.
pub(super) const POSITIONS: &str = "positions";

const PLACES: char = ' ';
const WORDS: char = '|';

/// Adds the words of the next place to a line.
pub(super) fn add<'a>(line: &mut String, words: impl Iterator<Item = &'a str>) {
    if !line.is_empty() {
        line.push(PLACES);
    }
    for (at, word) in words.enumerate() {
        if at > 0 {
            line.push(WORDS);
        }
        line.push_str(word);
    }
}

/// Leaves the next place of a line empty, so that no phrase goes over it.
pub(super) fn leave_out(line: &mut String) {
    if !line.is_empty() {
        line.push(PLACES);
    }
}

/// The tokenizer of such lines.
#[derive(Debug, Clone, Default)]
pub(super) struct Positions;

/// The tokens of a line.
pub(super) struct PositionStream<'a> {
    rest: &'a str,
    next_position: usize,
    token: Token,
}

impl Tokenizer for Positions {
    type TokenStream<'a> = PositionStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PositionStream<'a> {
        PositionStream {
            rest: text,
            next_position: 0,
            token: Token::default(),
        }
    }
}

impl TokenStream for PositionStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(behind) = self.rest.strip_prefix(PLACES) {
            self.next_position += 1;
            self.rest = behind;
        }
        if self.rest.is_empty() {
            return false;
        }
        let end = self.rest.find([PLACES, WORDS]).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.token.text.clear();
        self.token.text.push_str(word);
        self.token.position = self.next_position;
        if rest.starts_with(PLACES) {
            self.next_position += 1;
        }
        self.rest = rest.get(1..).unwrap_or_default();
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_at_their_places() {
        let mut line = String::new();
        for words in [&["стать", "сталь"][..], &["школа"], &["в"]] {
            add(&mut line, words.iter().copied());
        }
        leave_out(&mut line);
        add(&mut line, std::iter::once("лес"));
        let mut tokenizer = Positions;
        let mut stream = tokenizer.token_stream(&line);
        let mut found = Vec::new();
        while let Some(token) = stream.next() {
            found.push((token.position, token.text.clone()));
        }
        let expected = [
            (0, "стать"),
            (0, "сталь"),
            (1, "школа"),
            (2, "в"),
            (4, "лес"),
        ];
        assert_eq!(found, expected.map(|(at, word)| (at, word.to_owned())));
    }
}
