//! A text cut into tokens: classes of characters, folding, words divided at the end of a line.
//!
//! In: the blocks of a text. Out: their tokens, pushed one by one. Must never: lose a character that is no white
//! space and no border of a drawn table.

use super::{Classes, Gap, Shape, Token, TokenKind, Tokens};
use crate::lexicon::morphology::is_known;
use crate::lexicon::words::{WordMeaning, meanings};
use crate::text::{Origin, Span};

impl Tokens<'_> {
    pub(super) fn push_block(&mut self, block: usize, span: Span, breaks: &[usize]) {
        let words = span.of(&self.text.plain);
        let mut characters = words.char_indices().peekable();
        let mut gap = Gap::Block;
        while let Some((offset, character)) = characters.next() {
            let start = span.start + offset;
            if character.is_whitespace() || is_drawn_border(character) {
                let wider = match character {
                    '\t' => Gap::Tab,
                    _ if is_drawn_border(character) => Gap::Tab,
                    _ if breaks.binary_search(&start).is_ok() => Gap::Break,
                    _ => Gap::Space,
                };
                gap = gap.max(wider);
                continue;
            }
            let class = class_of(character);
            let mut end = start + character.len_utf8();
            if let Some(run) = class.run() {
                while let Some(&(offset, next)) = characters.peek() {
                    if !run(next) {
                        break;
                    }
                    end = span.start + offset + next.len_utf8();
                    characters.next();
                }
            }
            if let Some(rest) =
                name_behind_apostrophe(&words[offset..end - span.start], &words[end - span.start..])
            {
                end += rest;
                while characters
                    .next_if(|&(offset, _)| span.start + offset < end)
                    .is_some()
                {}
            }
            let straight_quote = matches!(character, '"' | '\'' | '’' | '‘');
            let kind = match class {
                Class::Letter => TokenKind::Word,
                Class::Digit => TokenKind::Number,
                Class::Underscore => TokenKind::Blank,
                Class::Other if straight_quote => {
                    straight_quote_kind(gap, characters.peek().map(|&(_, next)| next))
                }
                Class::Other => mark_kind(character),
            };
            let span = Span::new(start, end);
            if gap >= Gap::Break && kind == TokenKind::Word && self.is_divided_before(span, block) {
                self.mend(span, block);
            } else {
                self.push(kind, gap, span, block);
            }
            gap = Gap::None;
        }
        self.note_cell_borders(block);
    }

    fn push(&mut self, kind: TokenKind, gap: Gap, span: Span, block: usize) {
        let from = self.folded.len();
        let mut meant: &[WordMeaning] = &[];
        let raw = span.of(&self.text.plain);
        let shape = match kind {
            TokenKind::Word => {
                let whole = self
                    .mended
                    .last()
                    .filter(|(index, _)| *index == self.list.len());
                let mut shape = fold_word(whole.map_or(raw, |(_, word)| word), &mut self.folded);
                if gap > Gap::None && is_short_look_alike(raw) && self.is_beside_cyrillic(block) {
                    self.folded.truncate(from);
                    self.folded.extend(raw.chars().map(look_alike));
                    shape.mixed = true;
                }
                meant = meanings(&self.folded[from..]);
                shape
            }
            TokenKind::Number => {
                self.folded.push_str(raw);
                Shape {
                    length: raw.len(),
                    ..Shape::default()
                }
            }
            _ => Shape {
                length: raw.chars().count(),
                ..Shape::default()
            },
        };
        self.list.push(Token {
            kind,
            gap,
            span,
            block,
            folded: Span::new(from, self.folded.len()),
            meanings: meant,
            classes: meant.iter().fold(Classes::default(), |classes, meaning| {
                Classes(classes.0 | 1 << meaning.class as u32)
            }),
            shape,
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
            && matches!(hyphen.span.of(&self.text.plain), "-" | "‐")
            && matches!(
                word.of(&self.text.plain).chars().next(),
                Some('а'..='я' | 'ё')
            )
            && (start.block == block
                || is_line(start.block)
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
        let whole = format!("{}{ending}", start.span.of(&self.text.plain));
        if is_known(&whole) || !is_known(ending) {
            self.folded.truncate(start.folded.start);
            self.mended.push((self.list.len(), whole));
            self.push(
                TokenKind::Word,
                start.gap,
                Span::new(start.span.start, end.end),
                start.block,
            );
        } else {
            self.list.extend([start, hyphen]);
            self.push(TokenKind::Word, Gap::None, end, block);
        }
        if start.block < block {
            self.join_blocks(block);
        }
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
        let few = || {
            words
                .chars()
                .filter(|letter| letter.is_alphabetic())
                .count()
                <= FEW_LETTERS
        };
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
                .partition_point(|token| token.span.start < cell.span.start);
            if let Some(token) = self.list.get_mut(first) {
                token.gap = token.gap.max(Gap::Break);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Underscore,
    Other,
}

impl Class {
    /// Which characters continue a token of this class; `None` for a single mark.
    fn run(self) -> Option<fn(char) -> bool> {
        match self {
            Self::Letter => Some(|c| is_letter(c) || is_combining(c)),
            Self::Digit => Some(|c| c.is_ascii_digit()),
            Self::Underscore => Some(|c| matches!(c, '_' | '…')),
            Self::Other => None,
        }
    }
}

/// «О'Коннор» is one word. Gives how many bytes of what stands behind its first letter belong to it.
fn name_behind_apostrophe(letter: &str, behind: &str) -> Option<usize> {
    let rest = behind.strip_prefix(['\'', '’'])?;
    let is_initial = letter.chars().count() == 1 && letter.starts_with(char::is_uppercase);
    let is_name = is_initial && rest.starts_with(char::is_uppercase);
    let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
    is_name.then(|| behind.len() - rest.len() + end)
}

fn class_of(character: char) -> Class {
    match character {
        '_' | '…' => Class::Underscore,
        'º' | 'ª' => Class::Other,
        c if c.is_ascii_digit() => Class::Digit,
        c if is_letter(c) => Class::Letter,
        _ => Class::Other,
    }
}

/// Whether a character is a letter. Russian and Latin letters and the usual marks are told without the
/// tables of Unicode, which take most of the time of cutting a text into tokens.
fn is_letter(character: char) -> bool {
    match character {
        'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => true,
        '\0'..='\u{7f}' => character.is_ascii_alphabetic(),
        '«' | '»' | '№' | '\u{a0}' | '\u{2000}'..='\u{206f}' => false,
        other => other.is_alphabetic(),
    }
}

/// Combining marks (an accent over a letter) belong to the word.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

fn mark_kind(character: char) -> TokenKind {
    match character {
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

/// «O», «C», «OT»: a word as short as a preposition whose Latin letters all look like Cyrillic ones.
fn is_short_look_alike(word: &str) -> bool {
    word.len() <= 2
        && word
            .chars()
            .all(|letter| letter.is_ascii_alphabetic() && !look_alike(letter).is_ascii())
}

/// Appends the folded form of a word. A word that mixes alphabets, or a single Latin letter that
/// looks like a Cyrillic one beside Cyrillic, is read as Cyrillic; a Latin word stays Latin.
fn fold_word(word: &str, folded: &mut String) -> Shape {
    let mut length = 0;
    let mut small = 0;
    let mut capitalised = false;
    let mut cyrillic = None;
    let mut mixed = false;
    for character in word.chars() {
        let capital = match character {
            'А'..='Я' => {
                folded.push(char::from_u32(character as u32 + 32).unwrap_or(character));
                true
            }
            'а'..='я' => {
                folded.push(character);
                small += 1;
                false
            }
            'ё' | 'Ё' => {
                folded.push('е');
                small += usize::from(character == 'ё');
                character == 'Ё'
            }
            c if is_combining(c) => false,
            c => {
                let beside_cyrillic = *cyrillic.get_or_insert_with(|| {
                    word.chars().any(|c| matches!(c, 'А'..='я' | 'ё' | 'Ё'))
                });
                if beside_cyrillic && c.is_ascii_alphabetic() {
                    mixed = true;
                    folded.push(look_alike(c));
                } else {
                    folded.extend(c.to_lowercase());
                }
                small += usize::from(c.is_lowercase());
                c.is_uppercase()
            }
        };
        capitalised |= capital && length == 0;
        length += 1;
    }
    Shape {
        length,
        capitalised,
        all_capitals: small == 0,
        mixed,
    }
}

/// A Latin letter as the Cyrillic one that it looks like, a capital as a capital.
pub(super) fn in_cyrillic(letter: char) -> char {
    if letter.is_ascii_uppercase() {
        look_alike(letter).to_uppercase().next().unwrap_or(letter)
    } else {
        look_alike(letter)
    }
}

/// The lower-case Cyrillic letter that a Latin one looks like; the letter itself where there is none.
pub(crate) fn look_alike(latin: char) -> char {
    match latin {
        'A' | 'a' => 'а',
        'B' => 'в',
        'C' | 'c' => 'с',
        'E' | 'e' => 'е',
        'H' => 'н',
        'K' | 'k' => 'к',
        'M' => 'м',
        'O' | 'o' => 'о',
        'P' | 'p' => 'р',
        'T' => 'т',
        'X' | 'x' => 'х',
        'Y' | 'y' => 'у',
        other => other.to_ascii_lowercase(),
    }
}
