//! Words in the form in which they are compared: lower case, «е» for «ё», letters of one alphabet.
//!
//! In: what is left of a block where a word starts. Out: its folded form, its bytes and how it is written; a word that
//! mixes alphabets as it was meant. Must never: fold two different words into one, but for letters that look alike.

use super::{Letters, Shape};
use crate::lexicon::fold::{is_letter, small as small_letter, small_run};

/// The first bytes of Russian letters in UTF-8; А–Я are D0 90 to D0 AF.
pub(super) const LEADING_RUSSIAN: [u8; 2] = [0xD0, 0xD1];

/// A word about which nothing is to be asked, as most are: Russian letters, the first one a capital or not, and behind
/// them what no word goes on with.
pub(super) struct PlainWord<'a> {
    pub(super) capital: Option<char>,
    /// Without «ё».
    pub(super) small: &'a str,
    /// Bytes of the whole word.
    pub(super) length: usize,
}

impl<'a> PlainWord<'a> {
    /// The plain word that `rest` starts with: none where its letters may be figures («о», «Оо») or the rest of a
    /// preposition («т»).
    pub(super) fn at(rest: &'a str) -> Option<Self> {
        let mut capital = None;
        let mut behind_capital = rest;
        if matches!(rest.as_bytes(), [0xD0, 0x90..=0xAF, ..]) {
            let mut letters = rest.chars();
            capital = letters.next();
            behind_capital = letters.as_str();
        }
        let small = &behind_capital[..small_run(behind_capital)];
        let doubtful = match (capital, small) {
            (None, "" | "о" | "т") | (Some('О' | 'З'), "") => true,
            (None, _) => small.starts_with("оо"),
            (Some('О' | 'З'), _) => small.starts_with('о'),
            (Some(_), _) => false,
        };
        let length = rest.len() - behind_capital.len() + small.len();
        let ends = rest.as_bytes().get(length).copied().is_none_or(ends_a_word);
        (ends && !doubtful).then_some(Self {
            capital,
            small,
            length,
        })
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

/// Whether no word goes on with this byte.
fn ends_a_word(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphabetic() && byte != b'\''
}

/// Combining marks (an accent over a letter) belong to the word.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Appends the folded form of the word that `rest` starts with, and gives its bytes.
pub(super) fn fold_first_word(rest: &str, folded: &mut String) -> (usize, Shape) {
    let from = folded.len();
    let (mut length, shape) = fold_russian(rest, folded);
    let behind = &rest[length..];
    // Behind most words stands a space or a mark.
    if behind.bytes().next().is_none_or(ends_a_word) {
        return (length, shape);
    }
    let goes_on = behind.starts_with(|c| is_letter(c) || is_combining(c));
    if goes_on {
        let end = behind.find(|c| !is_letter(c) && !is_combining(c));
        length += end.unwrap_or(behind.len());
    }
    let name = name_behind_apostrophe(&rest[..length], &rest[length..]);
    if !goes_on && name.is_none() {
        return (length, shape);
    }
    length += name.unwrap_or_default();
    folded.truncate(from);
    (length, fold_word(&rest[..length], folded))
}

/// Appends the folded form of the Russian letters that `rest` starts with.
fn fold_russian(rest: &str, folded: &mut String) -> (usize, Shape) {
    let mut shape = Shape {
        all_capitals: true,
        ..Shape::default()
    };
    for letter in rest.chars() {
        let small = match letter {
            'а'..='я' | 'ё' => {
                shape.all_capitals = false;
                letter
            }
            'А'..='Я' | 'Ё' => {
                shape.capitalised |= shape.length == 0;
                small_letter(letter)
            }
            _ => break,
        };
        folded.push(if small == 'ё' { 'е' } else { small });
        shape.length += 1;
    }
    (shape.length as usize * 2, shape)
}

/// Appends the folded form of a word. A word that mixes alphabets, or a single Latin letter that
/// looks like a Cyrillic one beside Cyrillic, is read as Cyrillic; a Latin word stays Latin.
pub(super) fn fold_word(word: &str, folded: &mut String) -> Shape {
    let mut length = 0;
    let mut small = 0;
    let mut capitalised = false;
    let mut cyrillic = None;
    let mut letters = Letters::Cyrillic;
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
                if is_second_stroke(c) && folded.ends_with('ь') && length > 0 {
                    letters = Letters::Mixed;
                    folded.pop();
                    folded.push('ы');
                } else if beside_cyrillic && c.is_ascii_alphabetic() {
                    letters = Letters::Mixed;
                    folded.push(look_alike(c));
                } else {
                    if c.is_ascii_alphabetic() {
                        letters = Letters::Latin;
                    }
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
        letters,
    }
}

/// «ПРИКАЗЬIВАЮ»: the second stroke of «Ы», which a recogniser takes for a letter.
fn is_second_stroke(letter: char) -> bool {
    matches!(letter, 'I' | 'І' | 'l')
}

/// A word that mixes alphabets in Cyrillic letters, or in Latin ones if it is a Roman number: «XXХVI».
pub(super) fn in_cyrillic(word: &str) -> String {
    let is_digit = |letter: char| matches!(letter, 'I' | 'V' | 'X' | 'L' | 'Х' | 'І');
    if word.chars().all(is_digit) && word.contains(['V', 'X', 'L']) {
        return word.replace('Х', "X").replace('І', "I");
    }
    let mut cyrillic = String::with_capacity(2 * word.len());
    for letter in word.chars() {
        let whole = match cyrillic.chars().next_back() {
            Some('Ь') if is_second_stroke(letter) => 'Ы',
            Some('ь') if is_second_stroke(letter) => 'ы',
            _ => {
                cyrillic.push(cyrillic_letter(letter));
                continue;
            }
        };
        cyrillic.pop();
        cyrillic.push(whole);
    }
    cyrillic
}

/// A Latin letter as the Cyrillic one that it looks like, a capital as a capital.
fn cyrillic_letter(letter: char) -> char {
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

/// «O», «C», «OT»: a word as short as a preposition whose Latin letters all look like Cyrillic ones. «X», «XX» are numbers.
pub(super) fn is_short_look_alike(word: &str) -> bool {
    word.len() <= 2
        && !word.bytes().all(|letter| letter == b'X')
        && word
            .chars()
            .all(|letter| letter.is_ascii_alphabetic() && !look_alike(letter).is_ascii())
}

/// «nn. 2, 3»: a recogniser takes «п» for a small «n».
pub(super) fn is_misread_point(word: &str, behind: &str) -> bool {
    matches!(word, "n" | "nn") && behind.starts_with('.')
}
