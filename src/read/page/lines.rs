//! Lines of a page: words that stand beside each other.
//!
//! In: words in any order. Out: [`Line`]s from top to bottom, their words from left to right.
//! Must never: split what stands side by side; that is for [`columns`](super::columns).

use std::collections::BTreeSet;

use super::Word;
use crate::text::Bounds;

/// How much of its height a word shares with the word before it on its line.
const SHARED_HEIGHT: f32 = 0.5;

/// A word at least so high, as a share of the line's height, says where the line runs; a raised figure does not.
const HEIGHT_THAT_LEADS: f32 = 0.75;

/// How far a word may reach back over the one before it, in heights: letters of italics overlap.
const OVERLAP: f32 = 0.3;

/// Most lines that are looked at for the one a word belongs to, above and below: a page of one size of type has
/// two that come near.
const NEAREST_LINES: usize = 8;

/// Narrowest gap that is a space, in heights of the line. Letters of one word touch or nearly so, and the
/// narrowest space of a justified line is a sixth of its height.
const NARROWEST_SPACE: f32 = 0.07;

/// A gap wider than this, in heights, was made by a tab, a column or a justified line of few words.
const WIDE_GAP: f32 = 1.2;

/// A gap is not wide unless it is so many times the usual gap of its line: the lines of a justified paragraph
/// have wide spaces throughout.
const WIDER_THAN_USUAL: f32 = 3.0;

/// Of fewer gaps, none is the usual one.
const FEWEST_GAPS: usize = 3;

/// Shorter words in capitals may be abbreviations or initials.
const FEWEST_LETTERS_OF_A_WORD: usize = 4;

/// So many single letters beside each other are a word whose letters are set apart.
const FEWEST_LETTERS_APART: usize = 4;

/// Letters set apart keep the same distance, up to so much, in heights.
const EVENLY_APART: f32 = 0.15;

/// Letters of a word are at most so far apart, in heights.
const WIDEST_APART: f32 = 0.8;

/// Words beside each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line<'a> {
    /// The page, counted from 1.
    pub(super) page: u32,
    /// Its words from left to right; never empty.
    pub(super) words: Vec<&'a Word>,
    /// What they take up together.
    pub(super) bounds: Bounds,
}

/// What is between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing, or it is the first word.
    None,
    /// A space.
    Space,
    /// More than a space.
    Wide,
}

impl<'a> Line<'a> {
    /// The line of these words, which stand from left to right; nothing for no words.
    pub(super) fn of(page: u32, words: Vec<&'a Word>) -> Option<Self> {
        let bounds = words.iter().map(|word| word.bounds).reduce(around)?;
        Some(Self {
            page,
            words,
            bounds,
        })
    }

    /// How high the line is.
    pub(super) fn height(&self) -> f32 {
        self.bounds.bottom - self.bounds.top
    }

    /// How wide it is.
    pub(super) fn width(&self) -> f32 {
        self.bounds.right - self.bounds.left
    }

    /// Its words with a space between each two.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }

    /// Whether it begins with the label of a list: «1.», «2.1)», «а)», «–», or one that is not set off, «3.Слово».
    pub(super) fn starts_with_label(&self) -> bool {
        self.words.first().is_some_and(|word| {
            let text = word.text.split('\u{a0}').next().unwrap_or_default();
            let letters = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let label = &text[..text.len() - letters.len()];
            let is_glued = letters.starts_with(char::is_alphabetic) && label.ends_with('.');
            is_glued || is_label(text)
        })
    }

    /// Whether its first word is a label by itself.
    pub(super) fn has_label_apart(&self) -> bool {
        self.words.first().is_some_and(|word| is_label(&word.text))
    }

    /// Whether it has words and all its letters are capitals.
    pub(super) fn is_in_capitals(&self) -> bool {
        let mut letters = self
            .words
            .iter()
            .flat_map(|word| word.text.chars())
            .filter(|character| character.is_alphabetic())
            .peekable();
        let has_words = self.words.iter().any(|word| {
            let letters = word
                .text
                .chars()
                .filter(|character| character.is_alphabetic());
            letters.count() >= FEWEST_LETTERS_OF_A_WORD
        });
        has_words && letters.peek().is_some() && letters.all(char::is_uppercase)
    }

    /// Whether a gap divides it.
    pub(super) fn has_wide_gap(&self) -> bool {
        self.gaps().any(|gap| gap == Gap::Wide)
    }

    /// Whether it breaks off in the middle of a number: behind its hyphen, «№ 87-», or its sign.
    pub(super) fn breaks_off_a_number(&self) -> bool {
        self.words.last().is_some_and(|word| {
            word.text == "№"
                || word
                    .text
                    .strip_suffix('-')
                    .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        })
    }

    /// Whether the hyphen at its end stays when the next line is put behind it: that of a number («№ 87-» «ОЗ»)
    /// or a name («Римскую-» «Корсакову»). Elsewhere it may have divided a word, and the break says so.
    pub(super) fn runs_into(&self, next: &Self) -> bool {
        let (Some(last), Some(first)) = (self.words.last(), next.words.first()) else {
            return false;
        };
        let Some(rest) = last.text.strip_suffix('-') else {
            return false;
        };
        rest.ends_with(|c: char| c.is_ascii_digit())
            || rest.ends_with(char::is_lowercase) && first.text.starts_with(char::is_uppercase)
    }

    /// Whether it has a blank to be filled in: `______`.
    pub(super) fn has_blank(&self) -> bool {
        self.words.iter().any(|word| word.text.contains("____"))
    }

    /// What is before each word.
    pub(super) fn gaps(&self) -> impl Iterator<Item = Gap> + '_ {
        let height = self.height();
        let spaced_out = self.spaced_out();
        let usual = self.usual_gap();
        let narrowest_wide = (WIDE_GAP * height).max(WIDER_THAN_USUAL * usual);
        let between = self.widths_between().zip(spaced_out).enumerate();
        std::iter::once(Gap::None).chain(between.map(move |(index, (gap, in_a_word))| {
            let is_behind_label = index == 0 && self.has_label_apart();
            if in_a_word {
                Gap::None
            } else if gap > narrowest_wide && !is_behind_label {
                Gap::Wide
            } else if gap > NARROWEST_SPACE * height {
                Gap::Space
            } else {
                Gap::None
            }
        }))
    }

    /// The width of the usual gap; 0 where there are too few to say.
    pub(super) fn usual_gap(&self) -> f32 {
        let mut gaps: Vec<f32> = self.widths_between().collect();
        if gaps.len() < FEWEST_GAPS {
            return 0.0;
        }
        // Of the gaps of a row of cells, fewer than half may be spaces.
        let third = (gaps.len() - 1) / 3;
        *gaps.select_nth_unstable_by(third, f32::total_cmp).1
    }

    /// For each gap, whether it is inside a word whose letters are set apart: «П Р И К А З».
    fn spaced_out(&self) -> Vec<bool> {
        let is_single = |word: &&Word| word.text.chars().nth(1).is_none();
        let gaps: Vec<f32> = self.widths_between().collect();
        let mut inside = vec![false; gaps.len()];
        let mut from = 0;
        for run in self.words.chunk_by(|a, b| is_single(a) == is_single(b)) {
            let letters = run
                .iter()
                .filter(|word| word.text.chars().all(char::is_alphabetic));
            if is_single(&run[0]) && letters.count() >= FEWEST_LETTERS_APART {
                let gaps_of_run = &gaps[from..from + run.len() - 1];
                let narrowest = gaps_of_run.iter().copied().fold(f32::MAX, f32::min);
                let widest = narrowest + EVENLY_APART * self.height();
                for ((inside, gap), word) in inside[from..].iter_mut().zip(gaps_of_run).zip(run) {
                    *inside =
                        *gap <= widest && *gap < WIDEST_APART * self.height() && word.text != "№";
                }
            }
            from += run.len();
        }
        inside
    }

    fn widths_between(&self) -> impl Iterator<Item = f32> + '_ {
        self.words
            .windows(2)
            .map(|pair| pair[1].bounds.left - pair[0].bounds.right)
    }
}

/// «1.», «2.1)», «а)», «–», «•».
pub(super) fn is_label(word: &str) -> bool {
    if matches!(word, "-" | "–" | "—" | "•" | "·" | "▪" | "o" | "") {
        return true;
    }
    let Some(body) = word.strip_suffix(['.', ')']) else {
        return false;
    };
    let is_number = body.starts_with(|character: char| character.is_ascii_digit())
        && body
            .chars()
            .all(|character| character.is_ascii_digit() || matches!(character, '.' | ')'));
    let mut letters = body.chars();
    is_number || letters.next().is_some_and(char::is_lowercase) && letters.next().is_none()
}

/// The smallest rectangle around both.
pub(in crate::read) fn around(one: Bounds, other: Bounds) -> Bounds {
    Bounds {
        left: one.left.min(other.left),
        top: one.top.min(other.top),
        right: one.right.max(other.right),
        bottom: one.bottom.max(other.bottom),
    }
}

/// A line while it is put together.
struct Row<'a> {
    words: Vec<&'a Word>,
    /// Its last word that leads.
    last: Bounds,
    /// How high its words are.
    height: f32,
    /// Where its last word ends.
    right: f32,
}

/// The words of a page by lines, from top to bottom, each from left to right.
///
/// Every word, from left to right, goes to the line whose last word it stands beside. So a line may rise or fall
/// on its way, as those of a crooked scan do.
pub(super) fn rows<'a>(page: u32, words: impl IntoIterator<Item = &'a Word>) -> Vec<Line<'a>> {
    let mut sorted: Vec<&Word> = words.into_iter().collect();
    sorted.sort_by(|a, b| {
        let by_left = a.bounds.left.total_cmp(&b.bounds.left);
        by_left.then(a.bounds.top.total_cmp(&b.bounds.top))
    });
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut by_centre: BTreeSet<(i64, usize)> = BTreeSet::new();
    for word in sorted {
        let centre = centre(word.bounds);
        let near = by_centre
            .range((centre, 0)..)
            .take(NEAREST_LINES)
            .chain(by_centre.range(..(centre, 0)).rev().take(NEAREST_LINES));
        let best = near
            .map(|&(_, index)| (shared(&rows[index], word), index))
            .filter(|&(share, _)| share >= SHARED_HEIGHT)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, index)) = best {
            let row = &mut rows[index];
            let height = word.bounds.bottom - word.bounds.top;
            if height >= row.height * HEIGHT_THAT_LEADS {
                by_centre.remove(&(self::centre(row.last), index));
                row.last = word.bounds;
                row.height = row.height.max(height);
                by_centre.insert((centre, index));
            }
            row.right = row.right.max(word.bounds.right);
            row.words.push(word);
        } else {
            by_centre.insert((centre, rows.len()));
            rows.push(Row {
                words: vec![word],
                last: word.bounds,
                height: word.bounds.bottom - word.bounds.top,
                right: word.bounds.right,
            });
        }
    }
    let mut lines: Vec<Line<'_>> = rows
        .into_iter()
        .filter_map(|row| Line::of(page, row.words))
        .collect();
    lines.sort_by(|a, b| {
        let by_centre = self::centre(a.bounds).cmp(&self::centre(b.bounds));
        by_centre.then(a.bounds.left.total_cmp(&b.bounds.left))
    });
    lines
}

/// The middle of the height, in hundredths of a point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "pages are some thousand points high"
)]
fn centre(bounds: Bounds) -> i64 {
    (f64::midpoint(f64::from(bounds.top), f64::from(bounds.bottom)) * 100.0) as i64
}

/// How much of its height a word shares with the end of a row; nothing if it stands over the row's words.
fn shared(row: &Row<'_>, word: &Word) -> f32 {
    let bounds = word.bounds;
    let lower = (bounds.bottom - bounds.top).min(row.last.bottom - row.last.top);
    if bounds.left < row.right - OVERLAP * row.height || lower <= 0.0 {
        return 0.0;
    }
    (bounds.bottom.min(row.last.bottom) - bounds.top.max(row.last.top)) / lower
}
