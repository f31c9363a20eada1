//! The forms in which numbers and titles are compared, and of which act ids are made.
//!
//! In: a number or title as printed. Out: its folded form. Must never: fold two different numbers
//! into one: the letter О and the digit 0 stay apart here.

/// The small letter of a capital. Russian and Latin letters are told without the tables of Unicode, in
/// which most of the time of folding would go; of a letter that has two small ones, the first.
#[must_use]
pub fn small(letter: char) -> char {
    match letter {
        'а'..='я' | 'ё' => letter,
        'А'..='Я' => char::from_u32(letter as u32 + 32).unwrap_or(letter),
        'Ё' => 'ё',
        '\0'..='\u{7f}' => letter.to_ascii_lowercase(),
        other => other.to_lowercase().next().unwrap_or(other),
    }
}

/// Whether a character is a letter. Russian and Latin letters and the usual marks are told without the
/// tables of Unicode, which take ten times as long.
#[must_use]
pub fn is_letter(character: char) -> bool {
    match character {
        'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => true,
        '\0'..='\u{7f}' => character.is_ascii_alphabetic(),
        '«' | '»' | '№' | '\u{a0}' | '\u{2000}'..='\u{206f}' => false,
        other => other.is_alphabetic(),
    }
}

/// How many bytes the small Russian letters without «ё» have that a text starts with. They are told four at a time: this
/// is asked of every word.
#[must_use]
pub fn small_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (fours, _) = bytes.as_chunks();
    let mut run = 0;
    for four in fours {
        let others = other_than_small(u64::from_be_bytes(*four));
        if others != 0 {
            return run + others.leading_zeros() as usize / 16 * 2;
        }
        run += 8;
    }
    let (last, _) = bytes[run..].as_chunks();
    let is_small = |letter: &&[u8; 2]| {
        let letter = u16::from_be_bytes(**letter);
        other_than_small(u64::from(letter) | SMALL_BEFORE) == 0
    };
    run + 2 * last.iter().take_while(is_small).count()
}

/// Three letters «а» before a fourth.
const SMALL_BEFORE: u64 = 0xD0B0_D0B0_D0B0_0000;

/// Of four letters of two bytes each, which are no small Russian ones: their sixteen bits are not zero.
fn other_than_small(letters: u64) -> u64 {
    const EACH: u64 = 0x0001_0001_0001_0001;
    // In UTF-8 а–п are D0 B0 to D0 BF, р–я are D1 80 to D1 8F: without what is common to both, and without the last four
    // bits, 00B0 and 0180.
    let marked = (letters ^ (0xD000 * EACH)) & (0xFFF0 * EACH);
    let of_second_half = marked >> 8 & EACH;
    // 0180 becomes 00B0, and nothing is borrowed from the letter beside it, since 0100 is more than D0.
    (marked - of_second_half * (0x0180 - 0x00B0)) ^ (0x00B0 * EACH)
}

/// Appends a word in lower case with «е» for «ё»: the form in which words are compared. Small letters are copied at
/// once, since most of any word is them.
pub fn push_small(word: &str, folded: &mut String) {
    let mut rest = word;
    while !rest.is_empty() {
        let (run, behind) = rest.split_at(small_run(rest));
        folded.push_str(run);
        let others = behind
            .find(|letter| matches!(letter, 'а'..='я'))
            .unwrap_or(behind.len());
        for letter in behind[..others].chars() {
            folded.push(match small(letter) {
                'ё' => 'е',
                small => small,
            });
        }
        rest = &behind[others..];
    }
}

/// A number in lower case, without spaces, with one kind of dash, Latin look-alikes as Cyrillic and
/// `ф3` read as `фз`: `149 – Ф3` → `149-фз`.
#[must_use]
pub fn fold_number(number: &str) -> String {
    let mut folded = String::with_capacity(number.len());
    for character in number.chars() {
        match character {
            '0'..='9' | '/' | '-' => folded.push(character),
            '_' => {}
            '‐' | '‑' | '‒' | '–' | '—' | '−' => folded.push('-'),
            'ё' | 'Ё' => folded.push('е'),
            'А'..='я' => folded.push(small(character)),
            c if c.is_whitespace() => {}
            c => folded.push(small(look_alike(c))),
        }
    }
    for (wrong, right) in [("-ф3", "-фз"), ("-фк3", "-фкз")] {
        if let Some(stem) = folded.strip_suffix(wrong) {
            return format!("{stem}{right}");
        }
    }
    folded
}

/// A title in lower case, «е» for «ё», without quotation marks, with one kind of dash and single
/// spaces around words, the country's name folded to `рф`.
#[must_use]
pub fn fold_title(title: &str) -> String {
    let mut folded = String::with_capacity(title.len());
    let mut word = 0;
    let mut rest = title;
    while !rest.is_empty() {
        let (run, behind) = rest.split_at(small_run(rest));
        folded.push_str(run);
        let mut characters = behind.chars();
        match characters.next() {
            Some(
                ' ' | '«' | '»' | '"' | '“' | '”' | '„' | '(' | ')' | ',' | '.' | ';' | ':' | '\'',
            ) => end_word(&mut folded, &mut word),
            Some('‐' | '‑' | '‒' | '–' | '—' | '−') => folded.push('-'),
            Some('ё' | 'Ё') => folded.push('е'),
            Some(c) if c.is_whitespace() => end_word(&mut folded, &mut word),
            Some(c) => folded.push(small(c)),
            None => {}
        }
        rest = characters.as_str();
    }
    end_word(&mut folded, &mut word);
    folded.truncate(folded.trim_end().len());
    folded
}

/// Ends the word that starts at byte `word` of a folded title with one space, and folds the country's
/// name.
fn end_word(folded: &mut String, word: &mut usize) {
    const COUNTRY: [&str; 2] = ["российской федерации", "российская федерация"];
    if *word == folded.len() {
        return;
    }
    for name in COUNTRY {
        if let Some(before) = folded.strip_suffix(name)
            && (before.is_empty() || before.ends_with(' '))
        {
            folded.truncate(before.len());
            folded.push_str("рф");
            break;
        }
    }
    folded.push(' ');
    *word = folded.len();
}

/// The Cyrillic letter that a Latin capital or small letter looks like.
fn look_alike(character: char) -> char {
    const LATIN: &str = "ABCEHKMOPTXYaceopxy";
    const CYRILLIC: &str = "АВСЕНКМОРТХУасеорху";
    if !character.is_ascii_alphabetic() {
        return character;
    }
    LATIN
        .chars()
        .zip(CYRILLIC.chars())
        .find_map(|(latin, cyrillic)| (latin == character).then_some(cyrillic))
        .unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_told_wherever_they_stand() {
        let small = |letter: char| matches!(letter, 'а'..='я');
        // Every letter of two bytes, and what a byte less or more makes of it.
        for letter in ('\u{1}'..='\u{800}').chain(['№', '…', '𝔸']) {
            for before in 0..9 {
                let text = format!("{}{letter}я", "ж".repeat(before));
                let expected = text.chars().take_while(|&letter| small(letter)).count();
                assert_eq!(small_run(&text), expected * 2, "{text}");
            }
        }
    }

    #[test]
    fn numbers_fold_to_one_form() {
        for (printed, folded) in [
            ("149-ФЗ", "149-фз"),
            ("149 – ФЗ", "149-фз"),
            ("149-Ф3", "149-фз"),
            ("06/1", "06/1"),
            ("8О", "8о"),
            ("80", "80"),
            ("12-OД", "12-од"),
        ] {
            assert_eq!(fold_number(printed), folded, "{printed}");
        }
    }

    #[test]
    fn titles_fold_to_one_form() {
        assert_eq!(
            fold_title("Об учёте «X» в Российской Федерации"),
            fold_title("об учете \"X\"  в РФ")
        );
        assert_ne!(
            fold_title("О персональных данных"),
            fold_title("Об информации")
        );
    }
}
