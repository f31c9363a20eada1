//! Names on lines that another ink touches, read once more apart from their page.
//!
//! Initials are single letters that no dictionary and no context helps, and a stroke of a pen beside them makes «Г» of
//! «Т». A signatory's name stands just there.
//!
//! In: the words of a page and the rows that were looked at again; then the readings of each name. Out: the names to be
//! read; what most readings of a name agree on.
//! Must never: change a name for a reading that is no name of initials and a surname.

use std::ops::Range;

use super::apart::{Cutting, agreed};
use super::picture::{Picture, float};
use super::tesseract::Recognised;

/// Names of a page that are read again: a commission signs.
const MOST_NAMES: usize = 8;

/// The gap between initials and surname, in heights of a word.
const GAP: f32 = 1.0;

/// A name that is so sure is right, whatever lies beside it.
const SURE: f32 = 0.95;

/// What is cut out around a name, in heights of a word: above and below, left and right.
const AROUND: [f32; 2] = [0.25, 0.2];

/// Part of the readings that must be alike.
const ALIKE: f32 = 0.6;

/// Initials and a surname, beside one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// Which words they are, the left one first.
    words: [usize; 2],
    initials_first: bool,
}

/// The names in some rows of a page.
pub(super) fn names(words: &[Recognised], rows: &[Range<u32>]) -> Vec<Name> {
    let is_in_rows = |word: &Recognised| {
        let middle = word.pixels[1] + word.pixels[3] / 2.0;
        rows.iter()
            .any(|rows| (float(rows.start)..float(rows.end)).contains(&middle))
    };
    let mut found: Vec<Name> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if found.len() == MOST_NAMES {
            break;
        }
        if !is_initials(&word.text) || !is_in_rows(word) {
            continue;
        }
        let beside = |right: bool| {
            words.iter().position(|other| {
                let (left, right) = if right { (word, other) } else { (other, word) };
                is_surname(&other.text)
                    && word.confidence.min(other.confidence) < SURE
                    && stand_side_by_side(left, right)
            })
        };
        if let Some(surname) = beside(true) {
            found.push(Name {
                words: [index, surname],
                initials_first: true,
            });
        } else if let Some(surname) = beside(false) {
            found.push(Name {
                words: [surname, index],
                initials_first: false,
            });
        }
    }
    found
}

impl Name {
    /// The name on a picture of the page.
    pub(super) fn cutting(self, words: &[Recognised], page: &Picture) -> Cutting {
        let [left, right] = self.words.map(|index| words[index].pixels);
        let height = left[3].max(right[3]);
        let top = left[1].min(right[1]) - height * AROUND[0];
        let bottom = (left[1] + left[3]).max(right[1] + right[3]) + height * AROUND[0];
        let start = left[0] - height * AROUND[1];
        let end = right[0] + right[2] + height * AROUND[1];
        let top = top.max(0.0);
        let start = start.max(0.0);
        Cutting::of(page, [start, top, end - start, bottom - top], height)
    }

    /// Puts what most readings agree on in the place of the name.
    pub(super) fn read_again<'a>(
        self,
        words: &mut [Recognised],
        readings: impl Iterator<Item = &'a str>,
    ) {
        let initials = usize::from(!self.initials_first);
        let count = letters(&words[self.words[initials]].text);
        let value = |reading: &str| self.value(reading, count);
        let Some(agreement) = agreed(readings, value).filter(|found| found.of_values > ALIKE)
        else {
            return;
        };
        let texts = agreement.text.split(' ');
        for (index, text) in self.words.into_iter().zip(texts) {
            let word = &mut words[index];
            let unmarked = word.text.trim_end_matches([',', ';', ':']);
            if unmarked != text {
                let mark = word.text[unmarked.len()..].to_owned();
                word.text = text.to_owned() + &mark;
                word.confidence = word.confidence.min(agreement.of_all);
            }
        }
    }

    /// A reading without spaces as so many initials and a surname, or the other way round, with a space between.
    fn value(self, reading: &str, count: usize) -> Option<String> {
        let reading = reading.trim_matches(|c: char| !c.is_alphabetic() && c != '.');
        let cut = if self.initials_first {
            let reading = reading.trim_matches('.');
            let after = reading.rfind('.')? + 1;
            reading.split_at_checked(after)
        } else {
            let first = reading.find('.')?;
            let before = reading[..first].char_indices().next_back()?.0;
            reading.split_at_checked(before)
        };
        let (left, right) = cut?;
        let (initials, surname) = if self.initials_first {
            (left, right)
        } else {
            (right, left)
        };
        let ordered = if self.initials_first {
            format!("{initials} {surname}")
        } else {
            format!("{surname} {initials}")
        };
        let is_name = is_initials(initials) && letters(initials) == count && is_surname(surname);
        is_name.then_some(ordered)
    }
}

/// «А.Б.», «А.»
fn is_initials(text: &str) -> bool {
    let text = text.trim_end_matches([',', ';', ':']);
    let letters = letters(text);
    (1..=2).contains(&letters)
        && text.chars().count() == 2 * letters
        && text
            .split_terminator('.')
            .all(|letter| letter.chars().count() == 1 && letter.chars().all(is_capital))
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// «Иванов», «Римский-Корсаков».
fn is_surname(text: &str) -> bool {
    let text = text.trim_end_matches([',', ';', ':']);
    text.starts_with(is_capital)
        && text.chars().count() > 2
        && !text.chars().nth(1).is_some_and(is_capital)
        && text.chars().all(|c| c.is_alphabetic() || c == '-')
}

fn is_capital(letter: char) -> bool {
    matches!(letter, 'А'..='Я' | 'Ё')
}

/// Whether one word stands to the left of another on its line.
fn stand_side_by_side(left: &Recognised, right: &Recognised) -> bool {
    let gap = right.pixels[0] - (left.pixels[0] + left.pixels[2]);
    let height = left.pixels[3].max(right.pixels[3]);
    let middle = |word: &Recognised| word.pixels[1] + word.pixels[3] / 2.0;
    (0.0..height * GAP).contains(&gap) && (middle(left) - middle(right)).abs() < height / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f32, top: f32) -> Recognised {
        Recognised {
            text: text.to_owned(),
            pixels: [left, top, 60.0, 20.0],
            confidence: 0.9,
        }
    }

    fn page() -> Vec<Recognised> {
        vec![
            word("Директор", 0.0, 100.0),
            word("Г.А.", 300.0, 100.0),
            word("Лесникова", 370.0, 100.0),
            word("Ткач", 300.0, 200.0),
            word("О.Р.,", 370.0, 200.0),
            word("Б.В.", 300.0, 400.0),
            word("Далёкая", 370.0, 400.0),
        ]
    }

    fn after(readings: &[&str], name: usize) -> Vec<String> {
        let mut words = page();
        let names = names(&words, &[90..130, 190..230]);
        names[name].read_again(&mut words, readings.iter().copied());
        names[name]
            .words
            .iter()
            .map(|index| format!("{} {:.2}", words[*index].text, words[*index].confidence))
            .collect()
    }

    #[test]
    fn names_in_touched_rows_are_found_either_way_round() {
        let found = names(&page(), &[90..130, 190..230]);
        let words: Vec<_> = found.iter().map(|name| name.words).collect();
        assert_eq!(words, [[1, 2], [3, 4]]);
    }

    #[test]
    fn a_letter_that_most_readings_have_takes_the_place_of_another() {
        let readings = [
            "Т.А.Лесникова",
            "-Т.А.Лесникова",
            "Г.А.Лесникова",
            "Т.А.Лесникова.",
        ];
        assert_eq!(after(&readings, 0), ["Т.А. 0.75", "Лесникова 0.90"]);
        // The mark behind a name stays.
        let readings = ["ТкачС.Р.", "ТкачС.Р.,", "ТкачС.Р."];
        assert_eq!(after(&readings, 1), ["Ткач 0.90", "С.Р., 0.90"]);
    }

    #[test]
    fn what_is_no_name_or_not_agreed_on_changes_nothing() {
        let same = ["Г.А. 0.90", "Лесникова 0.90"];
        for readings in [
            ["Т.А.Лесникова", "Г.А.Лесникова", "П.А.Лесникова"],
            ["ТАЛесникова", "ТАЛесникова", "ТАЛесникова"],
            ["12.А.Лесникова", "12.А.Лесникова", "12.А.Лесникова"],
            ["Т.А.ЛЕС", "Т.А.ЛЕС", "Т.А.ЛЕС"],
            ["", ".", "Т."],
        ] {
            assert_eq!(after(&readings, 0), same, "{readings:?}");
        }
    }
}
