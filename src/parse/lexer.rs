//! Text → tokens: the one view of a text that every grammar reads.
//!
//! In: a [`Text`]. Out: [`Tokens`]: words, runs of digits, runs of underscores and single marks,
//! each with its bytes in the text and the folded form in which words are compared (lower case, «е»
//! for «ё», Latin look-alikes inside a Cyrillic word turned into Cyrillic). Cleaning happens here
//! and nowhere else; the text itself is never rewritten, so every token leads back to its source.
//! Must never: allocate per token (folded forms share one buffer).

mod blocks;
mod cutting;
mod folding;
mod glued;
mod misread;

use std::borrow::Cow;
use std::ops::Range;

use self::folding::in_cyrillic;
pub(crate) use self::folding::look_alike;

use crate::lexicon::words::{Classes, Meanings, WordClass};
use crate::text::{Span, Text};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// Underscores, or dots in a row, that stand for something to be filled in.
    Blank,
    /// An opening quotation mark.
    OpenQuote,
    /// A closing quotation mark.
    CloseQuote,
    /// A hyphen or dash of any length.
    Dash,
    /// «№».
    NumberSign,
    /// Any other mark, as it is.
    Mark(char),
}

/// What separates a token from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// Spaces.
    Space,
    /// A tab.
    Tab,
    /// A line break inside a block, or the border of a table cell.
    Break,
    /// The border of a block.
    Block,
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) gap: Gap,
    shape: Shape,
    /// Bytes of the text.
    span: Narrow,
    /// Bytes of the shared buffer of folded forms; empty for marks.
    folded: Narrow,
    block: u32,
    /// The classes of the meanings, so that most words are passed over by one comparison.
    pub(crate) classes: Classes,
    meanings: Option<&'static Meanings>,
}

impl Token {
    /// Bytes of the text.
    pub(crate) fn span(&self) -> Span {
        self.span.wide()
    }

    /// Index of its block.
    pub(crate) fn block(&self) -> usize {
        self.block as usize
    }

    /// Whether it starts with a capital letter.
    pub(crate) fn is_capitalised(&self) -> bool {
        self.shape.capitalised
    }
}

/// A span of a text that is not longer than [`LONGEST_TEXT`]: the tokens of an order shall fit into the processor's
/// nearest memory, where each of them is looked at many times.
#[derive(Debug, Clone, Copy)]
struct Narrow {
    start: u32,
    end: u32,
}

impl Narrow {
    fn of(span: Span) -> Self {
        Self {
            start: narrow(span.start),
            end: narrow(span.end),
        }
    }

    fn wide(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// A position in a text, no further than [`LONGEST_TEXT`].
fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(LONGEST_TEXT)
}

/// Bytes of the longest text that is cut into tokens; blocks that end further on are passed over. Readers give texts of
/// some megabytes.
const LONGEST_TEXT: u32 = u32::MAX;

/// How a word is written.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    /// Characters of the token.
    length: u32,
    /// The first letter is a capital.
    capitalised: bool,
    /// No letter is small.
    all_capitals: bool,
    letters: Letters,
}

impl Shape {
    /// Of what is no word and has so many characters.
    fn of_length(length: usize) -> Self {
        Self {
            length: narrow(length),
            ..Self::default()
        }
    }
}

/// Which alphabets a word is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Letters {
    /// No Latin letter.
    #[default]
    Cyrillic,
    /// No Cyrillic letter.
    Latin,
    /// Latin letters that stand for Cyrillic ones.
    Mixed,
}

/// The tokens of a text.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    pub(crate) text: &'a Text,
    list: Vec<Token>,
    folded: String,
    /// The classes of all words: what has none of a rule's words need not be asked.
    classes: Classes,
    /// The first token of every block or of those behind it, and how many tokens there are.
    block_starts: Vec<usize>,
    /// Runs of blocks that are one paragraph broken into lines, in order.
    joined: Vec<Range<usize>>,
    /// Words divided at the end of a line, whole: token and word, in order.
    mended: Vec<(usize, String)>,
    /// Numbers with letters for digits, in order.
    misread: Vec<Span>,
    /// Whether the last block that was asked for is in Cyrillic; it is asked once for every short word.
    cyrillic: Option<(usize, bool)>,
    /// Whether the text begins in Cyrillic.
    begins_in_cyrillic: bool,
    /// Where the last line begins that a conversion put to the one before it.
    glued_at: Option<usize>,
}

#[cfg(test)]
thread_local! {
    static LOOKS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How many looks at tokens this thread has taken: the work of the grammars, counted for the tests.
#[cfg(test)]
pub(crate) fn looks() -> u64 {
    LOOKS.with(std::cell::Cell::get)
}

#[cfg(test)]
fn count_looks(more: usize) {
    LOOKS.with(|looks| looks.set(looks.get() + more as u64));
}

/// Characters in which a text shows its alphabet: those of a letterhead in capitals, and of the first words below.
const LETTERHEAD: usize = 2_000;

/// Bytes of a text for each of its tokens where these are short: orders have eight to ten, their letterheads six.
const BYTES_OF_A_TOKEN: usize = 6;

impl<'a> Tokens<'a> {
    /// Cuts a text into tokens.
    pub(crate) fn of(text: &'a Text) -> Self {
        let mut tokens = Self {
            text,
            list: Vec::with_capacity(text.plain.len() / BYTES_OF_A_TOKEN),
            folded: String::with_capacity(text.plain.len()),
            classes: Classes::default(),
            block_starts: Vec::with_capacity(text.blocks.len() + 1),
            joined: Vec::new(),
            mended: Vec::new(),
            misread: Vec::new(),
            cyrillic: None,
            glued_at: None,
            begins_in_cyrillic: text
                .plain
                .chars()
                .take(LETTERHEAD)
                .any(cutting::is_small_cyrillic),
        };
        for (index, block) in text.blocks.iter().enumerate() {
            if block.span.end > LONGEST_TEXT as usize {
                break;
            }
            tokens.push_block(index, block.span, &block.breaks);
        }
        tokens.note_block_starts();
        tokens
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Token> {
        #[cfg(test)]
        count_looks(1);
        self.list.get(index)
    }

    pub(crate) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.get(index).map(|token| token.kind)
    }

    /// What stands before the token; a block border where there is no token.
    pub(crate) fn gap(&self, index: usize) -> Gap {
        self.get(index).map_or(Gap::Block, |token| token.gap)
    }

    /// The folded word or the digits; empty for marks and past the end.
    pub(crate) fn word(&self, index: usize) -> &str {
        self.get(index)
            .map_or("", |token| token.folded.wide().of(&self.folded))
    }

    /// The characters as printed; of a word divided at the end of a line, without the division.
    pub(crate) fn raw(&self, index: usize) -> &str {
        let Some(token) = self.get(index) else {
            return "";
        };
        self.mended_word(index)
            .unwrap_or_else(|| token.span().of(&self.text.plain))
    }

    /// The whole word where the token is one that was divided at the end of a line.
    fn mended_word(&self, index: usize) -> Option<&str> {
        if self.mended.is_empty() {
            return None;
        }
        let found = self
            .mended
            .binary_search_by_key(&index, |(token, _)| *token);
        found.ok().map(|found| self.mended[found].1.as_str())
    }

    /// Bytes of the numbers with letters for digits, in order.
    pub(crate) fn misread(&self) -> &[Span] {
        &self.misread
    }

    /// Whether the token is a number with letters for digits.
    pub(crate) fn is_misread(&self, index: usize) -> bool {
        let Some(token) = self.get(index).filter(|_| !self.misread.is_empty()) else {
            return false;
        };
        let start = |span: &Span| span.start;
        self.misread
            .binary_search_by_key(&token.span().start, start)
            .is_ok()
    }

    /// The word's value in `class`, if it belongs to it.
    pub(crate) fn meaning(&self, index: usize, class: WordClass) -> Option<&'static str> {
        let token = self.get(index)?;
        if !token.classes.has(class) {
            return None;
        }
        token
            .meanings?
            .list
            .iter()
            .find(|meaning| meaning.class == class)
            .map(|meaning| meaning.value)
    }

    /// Whether the word belongs to any of the classes.
    pub(crate) fn means_any(&self, index: usize, classes: Classes) -> bool {
        self.get(index)
            .is_some_and(|token| token.classes.meets(classes))
    }

    /// Whether any word of the text belongs to any of the classes.
    pub(crate) fn have_any(&self, classes: Classes) -> bool {
        self.classes.meets(classes)
    }

    pub(crate) fn is_mark(&self, index: usize, mark: char) -> bool {
        self.kind(index) == Some(TokenKind::Mark(mark))
    }

    pub(crate) fn is_word(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Word)
    }

    pub(crate) fn is_number(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Number)
    }

    /// Whether the word starts with a capital letter.
    pub(crate) fn is_capitalised(&self, index: usize) -> bool {
        self.get(index).is_some_and(|token| token.shape.capitalised)
    }

    /// The first word at `from` or behind it that starts with a capital letter.
    pub(crate) fn next_capitalised(&self, from: usize) -> Option<usize> {
        let rest = self.list.get(from..)?;
        let found = rest.iter().position(|token| token.shape.capitalised);
        #[cfg(test)]
        count_looks(found.unwrap_or(rest.len()));
        found.map(|found| from + found)
    }

    /// Whether all letters of the word are capitals.
    pub(crate) fn is_all_capitals(&self, index: usize) -> bool {
        self.get(index)
            .is_some_and(|token| token.shape.all_capitals)
    }

    /// Whether the word has Latin letters and no Cyrillic ones.
    pub(crate) fn is_latin(&self, index: usize) -> bool {
        self.get(index)
            .is_some_and(|token| token.shape.letters == Letters::Latin)
    }

    /// How many characters the token has as printed; 0 past the end.
    pub(crate) fn length(&self, index: usize) -> usize {
        self.get(index)
            .map_or(0, |token| token.shape.length as usize)
    }

    /// Whether the token stands in the same block as the one before it.
    pub(crate) fn continues(&self, index: usize) -> bool {
        self.gap(index) < Gap::Block
    }

    /// The bytes from the first token to the last before `end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        match (
            self.get(start),
            end.checked_sub(1).and_then(|last| self.get(last)),
        ) {
            (Some(first), Some(last)) if start < end => {
                Span::new(first.span().start, last.span().end)
            }
            (Some(first), _) => Span::new(first.span().start, first.span().start),
            _ => Span::new(self.text.plain.len(), self.text.plain.len()),
        }
    }

    /// The characters from the first token to the last before `end`.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.span(start, end).of(&self.text.plain)
    }

    /// The characters of a range of tokens with every run of white space as one space, words that mix
    /// alphabets in Cyrillic, and divided words whole.
    pub(crate) fn one_line(&self, range: &Range<usize>) -> String {
        let mut line = String::with_capacity(self.slice(range.start, range.end).len());
        // What stands in the text as it shall stand in the line, and is not appended yet.
        let mut same = Span::default();
        for index in range.clone() {
            let Some(token) = self.get(index) else {
                break;
            };
            let spaced = index > range.start && token.gap > Gap::None;
            let is_mixed = token.shape.letters == Letters::Mixed;
            let as_printed = !is_mixed && self.mended_word(index).is_none();
            let goes_on = as_printed
                && !same.is_empty()
                && token.span().start == same.end + usize::from(spaced)
                && (!spaced || self.text.plain.as_bytes()[same.end] == b' ');
            if goes_on {
                same.end = token.span().end;
                continue;
            }
            line.push_str(same.of(&self.text.plain));
            same = Span::default();
            if spaced {
                line.push(' ');
            }
            if as_printed {
                same = token.span();
            } else {
                line.push_str(&self.printed(index));
            }
        }
        line.push_str(same.of(&self.text.plain));
        line
    }

    /// A token as printed, a word that mixes alphabets in Cyrillic, a divided one whole.
    pub(crate) fn printed(&self, index: usize) -> Cow<'_, str> {
        let raw = self.raw(index);
        let is_mixed = |token: &Token| token.shape.letters == Letters::Mixed;
        if self.get(index).is_some_and(is_mixed) {
            in_cyrillic(raw).into()
        } else {
            raw.into()
        }
    }

    /// Whether two ranges have the same words and figures, one beside another.
    pub(crate) fn say_the_same(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        one.len() == other.len()
            && one
                .clone()
                .zip(other.clone())
                .all(|(one, other)| self.word(one) == self.word(other))
    }

    /// The first token that starts at or after a byte of the text.
    pub(crate) fn at_byte(&self, byte: usize) -> usize {
        self.list.partition_point(|token| token.span().start < byte)
    }

    /// What the tokens of a range are.
    pub(crate) fn kinds(&self, range: Range<usize>) -> impl Iterator<Item = TokenKind> {
        let tokens = self.list.get(range).unwrap_or_default();
        #[cfg(test)]
        count_looks(tokens.len());
        tokens.iter().map(|token| token.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Vec<String> {
        let text = Text::from_lines(line);
        let tokens = Tokens::of(&text);
        (0..tokens.len())
            .map(|i| {
                format!(
                    "{}{}",
                    if tokens.gap(i) == Gap::None { "+" } else { "" },
                    tokens.raw(i)
                )
            })
            .collect()
    }

    #[test]
    fn words_digits_and_marks_are_cut_apart_and_keep_what_joins_them() {
        for (line, expected) in [
            ("№149-ФЗ", vec!["№", "+149", "+-", "+ФЗ"]),
            (
                "05.02.2024года",
                vec!["05", "+.", "+02", "+.", "+2024", "+года"],
            ),
            ("404ан", vec!["404", "+ан"]),
            ("«_05_»", vec!["«", "+_", "+05", "+_", "+»"]),
            ("Иванова А.А.", vec!["Иванова", "А", "+.", "+А", "+."]),
            // A recogniser sets a full stop apart; other marks may stand apart, as leaders do.
            ("ст . 9 . Итог", vec!["ст", "+.", "9", "+.", "Итог"]),
            ("Кедров . . .", vec!["Кедров", "+.", ".", "."]),
            ("да - нет ; да", vec!["да", "-", "нет", ";", "да"]),
            ("о т  05 марта", vec!["от", "05", "марта"]),
            ("о т и т.д.", vec!["о", "т", "и", "т", "+.", "+д", "+."]),
        ] {
            assert_eq!(shown(line), expected, "{line}");
        }
    }

    #[test]
    fn words_divided_at_the_end_of_a_line_are_whole_and_compounds_keep_their_hyphen() {
        let text = Text::from_lines(
            "утверждённых постановле-\nнием, санитарно-\nбытовых, Мухаметзя-\nнову\n-\nконец",
        );
        let tokens = Tokens::of(&text);
        assert_eq!(
            tokens.one_line(&(0..tokens.len())),
            "утверждённых постановлением, санитарно-бытовых, Мухаметзянову - конец"
        );
        assert_eq!(tokens.word(1), "постановлением");
        assert_eq!(tokens.slice(1, 2), "постановле-\nнием");
        assert_eq!(tokens.block_end(0), tokens.len() - 2);
        assert_eq!(tokens.block_start(tokens.len() - 3), 0);
    }

    #[test]
    fn folding_unifies_case_yo_and_look_alikes() {
        let text = Text::from_lines(
            "ПРИКАЗ учёт Cтатья Telegram\nO школе OT 1\nMAX OK\nOT 05 N 7\n(nn. 2)",
        );
        let tokens = Tokens::of(&text);
        let words: Vec<&str> = (0..tokens.len()).map(|i| tokens.word(i)).collect();
        assert_eq!(
            words,
            [
                "приказ",
                "учет",
                "статья",
                "telegram",
                "о",
                "школе",
                "от",
                "1",
                "max",
                "ok",
                // Nothing but figures beside it, in a text that is in Cyrillic.
                "от",
                "05",
                "n",
                "7",
                // A recogniser's «п».
                "",
                "пп",
                "",
                "2",
                ""
            ]
        );
        assert_eq!(tokens.one_line(&(4..7)), "О школе ОТ");
    }

    #[test]
    fn figures_with_letters_among_them_are_marked() {
        for (line, figures, marked) in [
            ("от О6.10.2015", "06", true),
            // Latin letters, as many bytes as the digits they stand for.
            ("от O6.10.2015", "06", true),
            ("ст. I5I", "151", true),
            ("от 06.10.2015", "06", false),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let number = (0..tokens.len()).find(|&at| tokens.is_number(at)).unwrap();
            assert_eq!(
                (tokens.word(number), tokens.is_misread(number)),
                (figures, marked),
                "{line}"
            );
        }
    }

    #[test]
    fn the_second_stroke_of_a_letter_is_no_letter() {
        let text = Text::from_lines("РЬIНОК и рьlба, рубль IV, РЬІНОК XXХVI");
        let tokens = Tokens::of(&text);
        assert_eq!(tokens.word(0), "рынок");
        assert_eq!(
            tokens.one_line(&(0..tokens.len())),
            "РЫНОК и рыба, рубль IV, РЫНОК XXXVI"
        );
    }
}
