//! How Word writes a number in a list.
//!
//! In: the name of a format (`w:numFmt`, ISO/IEC 29500-1, section 17.18.59) and a number.
//! Out: [`NumberFormat`] and the number written in it.
//! Must never: grow with the number; every format has a length of its own at most.

/// A number format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) enum NumberFormat {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, … 10, or more zeros: padded to this many digits.
    Padded(usize),
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, … Z, AA, BB.
    UpperLetter,
    /// a, b, … z, aa, bb.
    LowerLetter,
    /// А, Б, В without Ё, Й, Ъ, Ы, Ь.
    RussianUpper,
    /// а, б, в without ё, й, ъ, ы, ь.
    RussianLower,
    /// A, B, … Z, AA, AB.
    UpperLetterInPlaces,
    /// a, b, … z, aa, ab.
    LowerLetterInPlaces,
    /// А, Б, … Я, Аа, Аб, as LibreOffice writes them.
    RussianUpperInPlaces,
    /// а, б, … я, аа, аб.
    RussianLowerInPlaces,
    /// 1-й, 2-й.
    Ordinal,
    /// Один, Два.
    CardinalText,
    /// Первый, Второй.
    OrdinalText,
    /// - 1 -.
    InDashes,
    /// (1).
    InParentheses,
    /// ①.
    InCircle,
    /// 1, 2, … in hexadecimal.
    Hexadecimal,
    /// A sign instead of a number.
    Bullet,
    /// Nothing.
    Nothing,
    /// A format that is written in decimal here.
    Unknown,
}

/// Letters of `russianLower`, in Word's order.
const RUSSIAN: [&str; 28] = [
    "а", "б", "в", "г", "д", "е", "ж", "з", "и", "к", "л", "м", "н", "о", "п", "р", "с", "т", "у",
    "ф", "х", "ц", "ч", "ш", "щ", "э", "ю", "я",
];

/// Letters of `lowerLetter`.
const LATIN: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
    "t", "u", "v", "w", "x", "y", "z",
];

/// How often a letter is repeated at most before the alphabet starts again: Word's 780 numbers of
/// 26 letters.
const MOST_REPEATS: usize = 30;

/// Roman numerals above this are written in decimal; there is no sign for more.
const LARGEST_ROMAN: i64 = 3_999;

const ROMAN: [(i64, &str); 13] = [
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

const UNITS: [(&str, &str); 19] = [
    ("один", "первый"),
    ("два", "второй"),
    ("три", "третий"),
    ("четыре", "четвертый"),
    ("пять", "пятый"),
    ("шесть", "шестой"),
    ("семь", "седьмой"),
    ("восемь", "восьмой"),
    ("девять", "девятый"),
    ("десять", "десятый"),
    ("одиннадцать", "одиннадцатый"),
    ("двенадцать", "двенадцатый"),
    ("тринадцать", "тринадцатый"),
    ("четырнадцать", "четырнадцатый"),
    ("пятнадцать", "пятнадцатый"),
    ("шестнадцать", "шестнадцатый"),
    ("семнадцать", "семнадцатый"),
    ("восемнадцать", "восемнадцатый"),
    ("девятнадцать", "девятнадцатый"),
];

const TENS: [(&str, &str); 8] = [
    ("двадцать", "двадцатый"),
    ("тридцать", "тридцатый"),
    ("сорок", "сороковой"),
    ("пятьдесят", "пятидесятый"),
    ("шестьдесят", "шестидесятый"),
    ("семьдесят", "семидесятый"),
    ("восемьдесят", "восьмидесятый"),
    ("девяносто", "девяностый"),
];

impl NumberFormat {
    /// The format with this name; `custom` formats (Word 2010) are told by their sample, such as
    /// `001, 002, 003, ...`.
    pub(in crate::read) fn named(name: &str, sample: Option<&str>) -> Self {
        match name {
            "decimal" => Self::Decimal,
            "decimalZero" => Self::Padded(2),
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "russianUpper" => Self::RussianUpper,
            "russianLower" => Self::RussianLower,
            "ordinal" => Self::Ordinal,
            "cardinalText" => Self::CardinalText,
            "ordinalText" => Self::OrdinalText,
            "numberInDash" => Self::InDashes,
            "decimalEnclosedParen" => Self::InParentheses,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::InCircle,
            "hex" => Self::Hexadecimal,
            "bullet" => Self::Bullet,
            "none" => Self::Nothing,
            "custom" => padded(sample.unwrap_or_default()),
            _ => Self::Unknown,
        }
    }

    /// The format that takes this one's place in a level of legal numbering (`w:isLgl`): decimal,
    /// except that leading zeros stay ([MS-DOC], section 2.9.150, `fLegal`).
    pub(super) fn in_legal_numbering(self) -> Self {
        match self {
            Self::Padded(_) | Self::Nothing | Self::Bullet => self,
            _ => Self::Decimal,
        }
    }

    /// The format with this code, as RTF and DOC number them (MSONFC, [MS-OSHARED], section
    /// 2.2.1.3).
    pub(in crate::read) fn coded(code: i32) -> Self {
        match code {
            0 => Self::Decimal,
            1 => Self::UpperRoman,
            2 => Self::LowerRoman,
            3 => Self::UpperLetter,
            4 => Self::LowerLetter,
            5 => Self::Ordinal,
            6 => Self::CardinalText,
            7 => Self::OrdinalText,
            8 => Self::Hexadecimal,
            18 => Self::InCircle,
            22 => Self::Padded(2),
            23 => Self::Bullet,
            57 => Self::InDashes,
            58 => Self::RussianLower,
            59 => Self::RussianUpper,
            255 => Self::Nothing,
            _ => Self::Unknown,
        }
    }

    /// Whether numbers in this format are written in another one here.
    pub(in crate::read) fn is_written_as_decimal(self) -> bool {
        self == Self::Unknown
    }

    /// Writes `number` at the end of `label`.
    pub(in crate::read) fn write(self, number: i64, label: &mut String) {
        let decimal = number.to_string();
        match self {
            Self::Decimal | Self::Unknown => label.push_str(&decimal),
            Self::Padded(digits) => {
                label.extend(std::iter::repeat_n(
                    '0',
                    digits.saturating_sub(decimal.len()),
                ));
                label.push_str(&decimal);
            }
            Self::UpperRoman => write_roman(number, label),
            Self::LowerRoman => {
                let mut upper = String::new();
                write_roman(number, &mut upper);
                label.push_str(&upper.to_lowercase());
            }
            Self::UpperLetter => label.push_str(&letters(number, &LATIN).to_uppercase()),
            Self::LowerLetter => label.push_str(&letters(number, &LATIN)),
            Self::RussianUpper => label.push_str(&letters(number, &RUSSIAN).to_uppercase()),
            Self::RussianLower => label.push_str(&letters(number, &RUSSIAN)),
            Self::UpperLetterInPlaces => {
                label.push_str(&letters_in_places(number, &LATIN).to_uppercase());
            }
            Self::LowerLetterInPlaces => label.push_str(&letters_in_places(number, &LATIN)),
            Self::RussianUpperInPlaces => {
                let lower = letters_in_places(number, &RUSSIAN);
                let mut letters = lower.chars();
                label.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                label.push_str(letters.as_str());
            }
            Self::RussianLowerInPlaces => label.push_str(&letters_in_places(number, &RUSSIAN)),
            Self::Ordinal => {
                label.push_str(&decimal);
                label.push_str("-й");
            }
            Self::CardinalText => label.push_str(&in_words(number, false).unwrap_or(decimal)),
            Self::OrdinalText => label.push_str(&in_words(number, true).unwrap_or(decimal)),
            Self::InDashes => label.extend(["- ", &decimal, " -"]),
            Self::InParentheses => label.extend(["(", &decimal, ")"]),
            Self::InCircle => match u32::try_from(number) {
                Ok(within @ 1..=20) => label.extend(char::from_u32(0x245f + within)),
                _ => label.push_str(&decimal),
            },
            Self::Hexadecimal => label.extend([format!("{number:X}")]),
            Self::Bullet | Self::Nothing => {}
        }
    }
}

/// The format of a sample like `001, 002, 003, ...`: as many digits as its first number has.
fn padded(sample: &str) -> NumberFormat {
    /// Word offers up to five digits.
    const MOST_DIGITS: usize = 5;
    let first = sample.split(',').next().unwrap_or_default().trim();
    let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && first.len() <= MOST_DIGITS {
        NumberFormat::Padded(first.len())
    } else {
        NumberFormat::Unknown
    }
}

/// A letter of the alphabet; after the last one the letters double, then triple.
fn letters(number: i64, alphabet: &[&str]) -> String {
    let Some(number) = usize::try_from(number).ok().filter(|&number| number > 0) else {
        return number.to_string();
    };
    let index = (number - 1) % (alphabet.len() * MOST_REPEATS);
    alphabet
        .get(index % alphabet.len())
        .map(|letter| letter.repeat(index / alphabet.len() + 1))
        .unwrap_or_default()
}

/// A number whose figures are the letters of the alphabet, which has no nought.
fn letters_in_places(number: i64, alphabet: &[&str]) -> String {
    let Some(mut rest) = usize::try_from(number).ok().filter(|&number| number > 0) else {
        return number.to_string();
    };
    let mut places: Vec<&str> = Vec::new();
    while rest > 0 {
        rest -= 1;
        places.extend(alphabet.get(rest % alphabet.len()));
        rest /= alphabet.len();
    }
    places.into_iter().rev().collect()
}

fn write_roman(number: i64, label: &mut String) {
    if !(1..=LARGEST_ROMAN).contains(&number) {
        label.push_str(&number.to_string());
        return;
    }
    let mut rest = number;
    for (value, sign) in ROMAN {
        while rest >= value {
            label.push_str(sign);
            rest -= value;
        }
    }
}

/// A number from 1 to 99 in Russian words, masculine, with a capital letter, as Word writes it.
fn in_words(number: i64, ordinal: bool) -> Option<String> {
    let pick = |pair: &(&'static str, &'static str)| if ordinal { pair.1 } else { pair.0 };
    let number = usize::try_from(number).ok().filter(|&number| number > 0)?;
    let words = if let Some(unit) = UNITS.get(number - 1) {
        pick(unit).to_owned()
    } else {
        let tens = TENS.get((number / 10).checked_sub(2)?)?;
        let unit = (number % 10)
            .checked_sub(1)
            .and_then(|unit| UNITS.get(unit));
        match unit {
            Some(unit) => format!("{} {}", tens.0, pick(unit)),
            None => pick(tens).to_owned(),
        }
    };
    let mut letters = words.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::NumberFormat;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let cases = [
            ("decimal", 12, "12"),
            ("decimal", -5, "-5"),
            ("decimalZero", 7, "07"),
            ("decimalZero", 10, "10"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("lowerRoman", 0, "0"),
            ("upperRoman", 4000, "4000"),
            ("lowerLetter", 26, "z"),
            ("lowerLetter", 27, "aa"),
            ("lowerLetter", 28, "bb"),
            ("upperLetter", 53, "AAA"),
            ("lowerLetter", 781, "a"),
            ("russianLower", 6, "е"),
            ("russianLower", 7, "ж"),
            ("russianLower", 10, "к"),
            ("russianLower", 25, "щ"),
            ("russianLower", 26, "э"),
            ("russianLower", 28, "я"),
            ("russianLower", 29, "аа"),
            ("russianUpper", 30, "ББ"),
            ("russianLower", -1, "-1"),
            ("ordinal", 3, "3-й"),
            ("cardinalText", 21, "Двадцать один"),
            ("ordinalText", 40, "Сороковой"),
            ("ordinalText", 2, "Второй"),
            ("cardinalText", 100, "100"),
            ("numberInDash", 4, "- 4 -"),
            ("decimalEnclosedParen", 4, "(4)"),
            ("decimalEnclosedCircle", 3, "③"),
            ("decimalEnclosedCircle", 21, "21"),
            ("hex", 255, "FF"),
            ("none", 5, ""),
            ("bullet", 5, ""),
            ("hebrew1", 5, "5"),
        ];
        for (format, number, expected) in cases {
            let mut label = String::new();
            NumberFormat::named(format, None).write(number, &mut label);
            assert_eq!(label, expected, "{number} as {format}");
        }
    }

    #[test]
    fn letters_are_figures_in_other_programs() {
        let cases = [
            (NumberFormat::LowerLetterInPlaces, 26, "z"),
            (NumberFormat::LowerLetterInPlaces, 28, "ab"),
            (NumberFormat::UpperLetterInPlaces, 703, "AAA"),
            (NumberFormat::RussianLowerInPlaces, 10, "к"),
            (NumberFormat::RussianLowerInPlaces, 30, "аб"),
            (NumberFormat::RussianUpperInPlaces, 30, "Аб"),
            (NumberFormat::RussianUpperInPlaces, 0, "0"),
        ];
        for (format, number, expected) in cases {
            let mut label = String::new();
            format.write(number, &mut label);
            assert_eq!(label, expected, "{number} as {format:?}");
        }
    }

    #[test]
    fn a_custom_format_is_told_by_its_sample() {
        let format = NumberFormat::named("custom", Some("001, 002, 003, ..."));
        let mut label = String::new();
        format.write(5, &mut label);
        assert_eq!(label, "005");
        assert!(NumberFormat::named("custom", Some("а, й, к, ...")).is_written_as_decimal());
    }

    #[test]
    fn the_largest_numbers_stay_short() {
        for format in [
            "lowerLetter",
            "russianUpper",
            "upperRoman",
            "ordinalText",
            "decimalZero",
        ] {
            let mut label = String::new();
            NumberFormat::named(format, None).write(i64::MAX, &mut label);
            assert!(label.len() < 100, "{format}: {label}");
        }
    }
}
