//! What the text of a page is worth.
//!
//! The page of a scan has no text, or a layer of text that some program recognised under the picture; fonts may
//! map their letters to anything. Text that cannot be Russian or Latin words is worse than none: the page looks
//! read and is not found.
//!
//! In: the words of a page. Out: a [`Layer`]. Must never: ask what the text says.

use crate::read::page::{Page, Word};

/// Fewer letters than these on a picture are a page number or a stamp of the program that scanned it.
const FEWEST_LETTERS: usize = 30;

/// A picture that covers so much of a page is the page.
const PAGE_PICTURE: f32 = 0.5;

/// So many paths without any text are a drawing, or letters that were turned into outlines.
const PATHS_OF_A_DRAWING: usize = 100;

/// Glyphs without a meaning: more than so many of a hundred spoil a page. Bullets and signs of special fonts are
/// fewer.
const MEANINGLESS_PER_HUNDRED: usize = 10;

/// Words that cannot be words, of a hundred. Good recognition leaves some five, trademarks and codes one.
const BROKEN_PER_HUNDRED: usize = 25;

/// Shorter words say nothing.
const SHORTEST_WORD: usize = 4;

/// Vowels of a hundred Cyrillic letters: 42 in Russian prose, 38 to 47 on a page of tables and names.
const VOWELS_PER_HUNDRED: std::ops::RangeInclusive<usize> = 28..=58;

/// What the text of a page is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Layer {
    /// It is what the page says; or the page is blank.
    Good,
    /// The page is a picture without text.
    Missing,
    /// The page has text, and it is of no use.
    Worthless,
}

/// Judges the text of a page of which pictures cover the share `picture` and which draws so many `paths`.
pub(super) fn judged(page: &Page, picture: f32, paths: usize) -> Layer {
    let Counts {
        letters,
        vowels,
        cyrillic,
        meaningless,
        words,
        broken,
    } = counts(&page.words);
    let is_picture = picture > PAGE_PICTURE || paths > PATHS_OF_A_DRAWING;
    let all = letters + meaningless;
    if all == 0 && !is_picture {
        Layer::Good
    } else if all < FEWEST_LETTERS && (is_picture || letters == 0) {
        Layer::Missing
    } else if meaningless * 100 > all * MEANINGLESS_PER_HUNDRED
        || broken * 100 > words * BROKEN_PER_HUNDRED
        || cyrillic >= 10 * FEWEST_LETTERS
            && !VOWELS_PER_HUNDRED.contains(&(vowels * 100 / cyrillic))
    {
        Layer::Worthless
    } else {
        Layer::Good
    }
}

/// What is counted of a page.
#[derive(Debug, Default)]
struct Counts {
    letters: usize,
    cyrillic: usize,
    /// Of the Cyrillic letters.
    vowels: usize,
    /// Glyphs that stand for nothing, or for what no font for text has.
    meaningless: usize,
    /// Words of [`SHORTEST_WORD`] letters and more.
    words: usize,
    /// Those that cannot be words.
    broken: usize,
}

fn counts(words: &[Word]) -> Counts {
    let mut counts = Counts::default();
    for word in words {
        let mut shape = Shape::default();
        for character in word.text.chars() {
            counts.meaningless += usize::from(is_meaningless(character));
            if character.is_alphabetic() {
                counts.letters += 1;
                if is_cyrillic(character) {
                    counts.cyrillic += 1;
                    counts.vowels += usize::from("аеёиоуыэюяАЕЁИОУЫЭЮЯ".contains(character));
                }
            }
            if character.is_alphanumeric() {
                shape.push(character);
            } else {
                shape.end(&mut counts);
            }
        }
        shape.end(&mut counts);
    }
    counts
}

/// A character that stands for nothing: a gap in the font's map, the private use area of fonts for signs, a
/// control character.
fn is_meaningless(character: char) -> bool {
    matches!(character, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{1}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{80}'..='\u{9f}')
}

fn is_cyrillic(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{52f}')
}

/// The letters of a word by their kinds, and where the kinds change.
#[derive(Debug, Default)]
struct Shape {
    letters: usize,
    digits: usize,
    cyrillic: usize,
    /// Letters that Western encodings have where Russian ones have Cyrillic: `Ïðèêàç`.
    western: usize,
    /// Capital letters behind small ones.
    humps: usize,
    last_is_small: bool,
    /// Figures between letters.
    figures_inside: usize,
    figures_behind: usize,
}

impl Shape {
    fn push(&mut self, character: char) {
        if character.is_alphabetic() {
            self.letters += 1;
            self.cyrillic += usize::from(is_cyrillic(character));
            self.western += usize::from(matches!(character, '\u{c0}'..='\u{ff}'));
            self.humps += usize::from(self.last_is_small && character.is_uppercase());
            self.last_is_small = character.is_lowercase();
            self.figures_inside += std::mem::take(&mut self.figures_behind);
        } else {
            self.digits += 1;
            self.figures_behind += usize::from(self.letters > 0);
            self.last_is_small = false;
        }
    }

    /// Counts the word and begins another.
    fn end(&mut self, counts: &mut Counts) {
        let word = std::mem::take(self);
        if word.letters + word.digits < SHORTEST_WORD || word.letters < 2 {
            return;
        }
        counts.words += 1;
        let mixes_alphabets = word.cyrillic > 0 && word.cyrillic < word.letters;
        // Two humps are no name of a product, and a figure inside a Latin word is no code if letters prevail.
        let is_latin = word.cyrillic == 0;
        let is_bumpy =
            word.humps > 1 || is_latin && word.humps > 0 && word.letters > word.humps + 3;
        let has_figures_inside = word.figures_inside > 0 && word.letters > 2 * word.digits;
        let is_western = word.western * 2 >= word.letters;
        counts.broken +=
            usize::from(mixes_alphabets || is_bumpy || has_figures_inside || is_western);
    }
}
