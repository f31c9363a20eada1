//! Numbers as lists show them (ECMA-376 part 1, 17.18.59 `ST_NumberFormat`).
//!
//! In: a format and a number from 0. Out: its digits or letters. Must never: grow without bound; a
//! number that a format cannot show is shown in decimal.

/// How the number of a level is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum NumberFormat {
    #[default]
    Decimal,
    DecimalZero,
    UpperRoman,
    LowerRoman,
    UpperLetter,
    LowerLetter,
    RussianUpper,
    RussianLower,
    Ordinal,
    Bullet,
    None,
}

/// Word's Russian letters: the alphabet without ё, й, ъ, ы, ь.
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
/// Letters are repeated after the alphabet ends (aa, bb …); a longer run is shown in decimal.
const MAX_LETTERS: u32 = 30;
/// Roman numerals end here.
const MAX_ROMAN: u32 = 3_999;

impl NumberFormat {
    pub(super) fn named(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "russianUpper" => Self::RussianUpper,
            "russianLower" => Self::RussianLower,
            "ordinal" => Self::Ordinal,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    pub(super) fn show(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperLetter => letters(LATIN, number).to_uppercase(),
            Self::LowerLetter => letters(LATIN, number),
            Self::RussianUpper => letters(RUSSIAN, number).to_uppercase(),
            Self::RussianLower => letters(RUSSIAN, number),
            // Word in Russian writes an ordinal as the figure with a hyphen and the ending of «первый».
            Self::Ordinal => format!("{number}-й"),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

fn letters(alphabet: &str, number: u32) -> String {
    let count = u32::try_from(alphabet.chars().count()).unwrap_or(1);
    let Some(index) = number.checked_sub(1) else {
        return number.to_string();
    };
    let times = index / count + 1;
    if times > MAX_LETTERS {
        return number.to_string();
    }
    let letter = alphabet
        .chars()
        .nth((index % count) as usize)
        .unwrap_or('?');
    std::iter::repeat_n(letter, times as usize).collect()
}

fn roman(number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > MAX_ROMAN {
        return number.to_string();
    }
    let mut rest = number;
    let mut shown = String::new();
    for (value, digits) in PARTS {
        while rest >= value {
            shown.push_str(digits);
            rest -= value;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_word_shows_them() {
        use NumberFormat::{
            Decimal, DecimalZero, LowerLetter, LowerRoman, None, Ordinal, RussianLower,
            RussianUpper, UpperLetter, UpperRoman,
        };
        for (format, number, shown) in [
            (Decimal, 12, "12"),
            (DecimalZero, 3, "03"),
            (DecimalZero, 12, "12"),
            (UpperRoman, 1994, "MCMXCIV"),
            (LowerRoman, 4, "iv"),
            (UpperLetter, 26, "Z"),
            (LowerLetter, 27, "aa"),
            (LowerLetter, 54, "bbb"),
            (RussianLower, 1, "а"),
            (RussianLower, 7, "ж"),
            (RussianLower, 10, "к"),
            (RussianLower, 25, "щ"),
            (RussianLower, 26, "э"),
            (RussianLower, 28, "я"),
            (RussianLower, 29, "аа"),
            (RussianUpper, 2, "Б"),
            (Ordinal, 1, "1-й"),
            (None, 5, ""),
            (UpperRoman, 0, "0"),
            (UpperLetter, 1_000_000, "1000000"),
        ] {
            assert_eq!(format.show(number), shown, "{format:?} {number}");
        }
    }
}
