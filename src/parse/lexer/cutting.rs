//! A text cut into tokens: classes of characters, folding, words divided at the end of a line.
//!
//! In: the blocks of a text. Out: their tokens, pushed one by one. Must never: lose a character that is no white
//! space and no border of a drawn table.

use super::folding::{
    LEADING_RUSSIAN, PlainWord, fold_first_word, fold_word, is_misread_point, is_short_look_alike,
    look_alike,
};
use super::glued;
use super::misread::{self, Before};
use super::{Gap, Letters, Narrow, Shape, Token, TokenKind, Tokens, narrow};
use crate::lexicon::fold::{is_letter, small as small_letter};
use crate::lexicon::morphology::is_known;
use crate::lexicon::words::{Classes, WordClass, known};
use crate::text::{Origin, Span};

impl Tokens<'_> {
    pub(super) fn push_block(&mut self, block: usize, span: Span, breaks: &[usize]) {
        let mut gap = Gap::Block;
        let mut rest = span.of(&self.text.plain);
        // Where figures end that have letters for digits among them.
        let mut misread_end = 0;
        while let Some(&first) = rest.as_bytes().first() {
            if first == b' ' && breaks.is_empty() {
                gap = gap.max(Gap::Space);
                rest = &rest[1..];
                continue;
            }
            let start = span.end - rest.len();
            if LEADING_RUSSIAN.contains(&first)
                && start >= misread_end
                && let Some(word) = PlainWord::at(rest)
                && (gap < Gap::Break || !self.ends_with_a_dash())
            {
                self.push_plain_word(gap, start, &word, block);
                rest = &rest[word.length..];
                gap = Gap::None;
                continue;
            }
            if start >= misread_end && misread::may_begin(rest) {
                misread_end = start + self.misread_at(gap, rest, block);
            }
            let Some(character) = rest.chars().next() else {
                break;
            };
            let length = match class_of(character) {
                Class::Letter | Class::Digit if start < misread_end => {
                    self.push_misread(gap, start, rest, block)
                }
                Class::Space => {
                    let wider = match character {
                        '\t' => Gap::Tab,
                        _ if is_drawn_border(character) => Gap::Tab,
                        _ if breaks.binary_search(&start).is_ok() => Gap::Break,
                        _ => Gap::Space,
                    };
                    gap = gap.max(wider);
                    rest = &rest[character.len_utf8()..];
                    continue;
                }
                Class::Letter => self.push_word(gap, start, rest, block),
                Class::Digit => {
                    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
                    let digits = &rest[..count];
                    let folded = self.folded.len();
                    self.folded.push_str(digits);
                    let span = Span::new(start, start + digits.len());
                    self.push(
                        TokenKind::Number,
                        gap,
                        span,
                        block,
                        folded,
                        Shape::of_length(digits.len()),
                    );
                    digits.len()
                }
                Class::Underscore => {
                    let end = rest.find(|c| class_of(c) != Class::Underscore);
                    let blank = &rest[..end.unwrap_or(rest.len())];
                    let span = Span::new(start, start + blank.len());
                    let folded = self.folded.len();
                    self.push(
                        TokenKind::Blank,
                        gap,
                        span,
                        block,
                        folded,
                        Shape::of_length(blank.chars().count()),
                    );
                    blank.len()
                }
                Class::Other => {
                    let length = character.len_utf8();
                    let kind = mark_kind(character, gap, &rest[length..]);
                    if character == '.' && gap == Gap::Space && self.ends_with_a_word() {
                        gap = Gap::None;
                    }
                    let span = Span::new(start, start + length);
                    self.push(
                        kind,
                        gap,
                        span,
                        block,
                        self.folded.len(),
                        Shape::of_length(1),
                    );
                    length
                }
            };
            rest = &rest[length..];
            gap = if self.glued_at == Some(start + length) {
                Gap::Break
            } else {
                Gap::None
            };
        }
        self.note_cell_borders(block);
    }

    /// How many bytes of what is left of a block are figures with letters among them.
    fn misread_at(&self, gap: Gap, rest: &str, block: usize) -> usize {
        if gap == Gap::None && self.ends_with_a_word() {
            return 0;
        }
        let last = self.list.last().filter(|token| token.block() == block);
        // Behind the full stop of «ст.» the word tells.
        let named = match self.list.as_slice() {
            [.., word, stop] if stop.kind == TokenKind::Mark('.') && stop.gap == Gap::None => {
                Some(word)
            }
            _ => last,
        };
        let means =
            |token: Option<&Token>, class| token.is_some_and(|token| token.classes.has(class));
        let before = if means(last, WordClass::Month) {
            Before::Month
        } else if means(named, WordClass::Pinpoint) {
            Before::Provision
        } else if means(last, WordClass::Standard) {
            Before::Rules
        } else if gap == Gap::None && self.ends_with_an_index() {
            Before::Index
        } else {
            Before::Other
        };
        misread::figures(rest, before)
    }

    /// Whether capitals and a hyphen were pushed last, with nothing between them: «АМ-».
    fn ends_with_an_index(&self) -> bool {
        let [.., word, hyphen] = self.list.as_slice() else {
            return false;
        };
        hyphen.kind == TokenKind::Dash
            && hyphen.gap == Gap::None
            && word.kind == TokenKind::Word
            && word.shape.all_capitals
    }

    /// Pushes the figures that `rest` starts with, letters among them, as the number that they mean. Gives how many
    /// bytes they have.
    fn push_misread(&mut self, gap: Gap, start: usize, rest: &str, block: usize) -> usize {
        let folded = self.folded.len();
        self.folded.extend(rest.chars().map_while(misread::digit));
        let figures = self.folded.len() - folded;
        let length: usize = rest.chars().take(figures).map(char::len_utf8).sum();
        let span = Span::new(start, start + length);
        if self.folded[folded..] != rest[..length] {
            self.misread.push(span);
        }
        self.push(
            TokenKind::Number,
            gap,
            span,
            block,
            folded,
            Shape::of_length(figures),
        );
        length
    }

    /// Whether a word or a number was pushed last. No full stop is set apart from either: where a space stands between
    /// them («ст . 112», «М . А. Кедров»), a recogniser put it there.
    fn ends_with_a_word(&self) -> bool {
        let last = self.list.last();
        last.is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
    }

    fn push_plain_word(&mut self, gap: Gap, start: usize, word: &PlainWord<'_>, block: usize) {
        let folded = self.folded.len();
        self.folded.extend(word.capital.map(small_letter));
        self.folded.push_str(word.small);
        let shape = Shape {
            length: narrow(word.length / 2),
            capitalised: word.capital.is_some(),
            all_capitals: word.small.is_empty(),
            letters: Letters::Cyrillic,
        };
        let span = Span::new(start, start + word.length);
        self.push(TokenKind::Word, gap, span, block, folded, shape);
    }

    /// Whether what was pushed last may be the hyphen of a divided word.
    fn ends_with_a_dash(&self) -> bool {
        let last = self.list.last();
        last.is_some_and(|token| token.kind == TokenKind::Dash)
    }

    /// Pushes the word that `rest` starts with, or puts it to the one that the line before breaks off. Gives how many
    /// bytes it has.
    fn push_word(&mut self, gap: Gap, start: usize, rest: &str, block: usize) -> usize {
        let folded = self.folded.len();
        let (mut length, mut shape) = fold_first_word(rest, &mut self.folded);
        if let Some(next) = glued::next_line(&rest[..length], &rest[length..]) {
            self.folded.truncate(folded);
            (length, shape) = fold_first_word(&rest[..next], &mut self.folded);
            self.glued_at = Some(start + length);
        }
        let span = Span::new(start, start + length);
        if gap >= Gap::Break && self.is_divided_before(span, block) {
            self.folded.truncate(folded);
            self.mend(span, block);
            return length;
        }
        let raw = &rest[..length];
        if raw == "т" && gap == Gap::Space && self.cuts_a_preposition(block, &rest[length..]) {
            self.folded.truncate(folded);
            self.join_preposition(span, block);
            return length;
        }
        let points = is_misread_point(raw, &rest[length..]);
        let looks_cyrillic = points || gap > Gap::None && is_short_look_alike(raw);
        if looks_cyrillic && self.is_beside_cyrillic(block) {
            self.folded.truncate(folded);
            if points {
                self.folded.extend(raw.chars().map(|_| 'п'));
            } else {
                self.folded.extend(raw.chars().map(look_alike));
            }
            shape.letters = Letters::Mixed;
        }
        self.push(TokenKind::Word, gap, span, block, folded, shape);
        length
    }

    /// Pushes a token whose folded form is the buffer's end, from `folded` on.
    fn push(
        &mut self,
        kind: TokenKind,
        gap: Gap,
        span: Span,
        block: usize,
        folded: usize,
        shape: Shape,
    ) {
        let meanings = match kind {
            TokenKind::Word => known(&self.folded[folded..]),
            _ => None,
        };
        let classes = meanings.map_or_else(Classes::default, |meanings| meanings.classes);
        self.classes = self.classes.and(classes);
        self.list.push(Token {
            kind,
            gap,
            shape,
            span: Narrow::of(span),
            folded: Narrow::of(Span::new(folded, self.folded.len())),
            block: narrow(block),
            classes,
            meanings,
        });
    }

    /// Whether a word that starts a line ends the one that the line before it breaks off with a hyphen.
    fn is_divided_before(&self, word: Span, block: usize) -> bool {
        let [.., start, hyphen] = self.list.as_slice() else {
            return false;
        };
        let is_line = |block: usize| {
            let block = &self.text.blocks[block];
            block.cells.is_empty() && block.origin == Origin::Body
        };
        start.kind == TokenKind::Word
            && hyphen.kind == TokenKind::Dash
            && hyphen.gap == Gap::None
            && matches!(hyphen.span().of(&self.text.plain), "-" | "‐")
            && matches!(
                word.of(&self.text.plain).chars().next(),
                Some('а'..='я' | 'ё')
            )
            && (start.block() == block
                || is_line(start.block())
                    && is_line(block)
                    && self.text.blocks[block].label.is_none())
    }

    /// Puts the end of a divided word to its start. The hyphen of a compound («санитарно-бытовой») stays: it is
    /// one where the dictionary knows the end by itself and not the whole.
    fn mend(&mut self, end: Span, block: usize) {
        let (Some(hyphen), Some(start)) = (self.list.pop(), self.list.pop()) else {
            return;
        };
        let ending = end.of(&self.text.plain);
        let whole = format!("{}{ending}", start.span().of(&self.text.plain));
        if is_known(&whole) || !is_known(ending) {
            self.folded.truncate(start.folded.wide().start);
            let folded = self.folded.len();
            let shape = fold_word(&whole, &mut self.folded);
            let span = Span::new(start.span().start, end.end);
            self.mended.push((self.list.len(), whole));
            self.push(
                TokenKind::Word,
                start.gap,
                span,
                start.block(),
                folded,
                shape,
            );
        } else {
            self.list.extend([start, hyphen]);
            let folded = self.folded.len();
            let shape = fold_word(ending, &mut self.folded);
            self.push(TokenKind::Word, Gap::None, end, block, folded, shape);
        }
        if start.block() < block {
            self.join_blocks(block);
        }
    }

    /// Whether «т» is the rest of «от»: «о т 01.09.2024».
    fn cuts_a_preposition(&self, block: usize, behind: &str) -> bool {
        let behind_o = self.list.last().is_some_and(|last| {
            last.block() == block && matches!(last.span().of(&self.text.plain), "о" | "О")
        });
        behind_o
            && behind
                .trim_start_matches([' ', '«', '"'])
                .starts_with(|c: char| c.is_ascii_digit())
    }

    /// Puts «т» to the «о» before it.
    fn join_preposition(&mut self, end: Span, block: usize) {
        let Some(start) = self.list.pop() else {
            return;
        };
        self.folded.truncate(start.folded.wide().start);
        let folded = self.folded.len();
        let shape = fold_word("от", &mut self.folded);
        let span = Span::new(start.span().start, end.end);
        self.mended.push((self.list.len(), "от".to_owned()));
        self.push(TokenKind::Word, start.gap, span, block, folded, shape);
    }

    /// Whether a block has words in Cyrillic, so that a «C» or «OT» in it is hardly Latin; or no words at all, as «OT
    /// 05.02.2024 N 7» among lines in Cyrillic.
    fn is_beside_cyrillic(&mut self, block: usize) -> bool {
        /// «OT», «N», «r.»
        const FEW_LETTERS: usize = 4;
        if let Some((_, known)) = self.cyrillic.filter(|(asked, _)| *asked == block) {
            return known;
        }
        let words = self.text.blocks[block].span.of(&self.text.plain);
        let few = || words.chars().filter(|&letter| is_letter(letter)).count() <= FEW_LETTERS;
        let known = words.chars().any(is_small_cyrillic) || self.begins_in_cyrillic && few();
        self.cyrillic = Some((block, known));
        known
    }

    /// Cells of a row are joined by tabs; a tab typed inside a cell is not a border.
    fn note_cell_borders(&mut self, block: usize) {
        let cells = &self.text.blocks[block].cells;
        for cell in cells.iter().skip(1) {
            let first = self
                .list
                .partition_point(|token| token.span().start < cell.span.start);
            if let Some(token) = self.list.get_mut(first) {
                token.gap = token.gap.max(Gap::Break);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    /// White space, the border of a drawn table.
    Space,
    Digit,
    Underscore,
    Other,
}

fn class_of(character: char) -> Class {
    match character {
        '0'..='9' => Class::Digit,
        'a'..='z' | 'A'..='Z' | 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => Class::Letter,
        '_' | '…' => Class::Underscore,
        '!'..='{' | '}' | '«' | '»' | '№' | '–' | 'º' | 'ª' => Class::Other,
        c if is_letter(c) => Class::Letter,
        c if c.is_whitespace() || is_drawn_border(c) => Class::Space,
        _ => Class::Other,
    }
}

fn mark_kind(character: char, gap: Gap, behind: &str) -> TokenKind {
    match character {
        '"' | '\'' | '’' | '‘' => straight_quote_kind(gap, behind.chars().next()),
        // „Кедр“, “Кедр“: it closes behind a word.
        '“' if gap == Gap::None && !behind.starts_with(char::is_alphanumeric) => {
            TokenKind::CloseQuote
        }
        '«' | '“' | '„' | '‹' => TokenKind::OpenQuote,
        '»' | '”' | '›' => TokenKind::CloseQuote,
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '\u{ad}' => TokenKind::Dash,
        '№' => TokenKind::NumberSign,
        other => TokenKind::Mark(other),
    }
}

/// A straight quotation mark opens where a word follows it and none stands before it.
fn straight_quote_kind(gap: Gap, next: Option<char>) -> TokenKind {
    if gap > Gap::None && next.is_some_and(|c| !c.is_whitespace()) {
        TokenKind::OpenQuote
    } else {
        TokenKind::CloseQuote
    }
}

/// The border between the cells of a table that is drawn with letters.
fn is_drawn_border(character: char) -> bool {
    matches!(character, '|' | '│' | '┃' | '║' | '¦')
}

pub(super) fn is_small_cyrillic(letter: char) -> bool {
    matches!(letter, 'а'..='я')
}
