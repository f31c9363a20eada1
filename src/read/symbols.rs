//! Characters of pictographic fonts, as the character that a reader sees.
//!
//! In: the font and the code of `w:sym` (ISO/IEC 29500-1, section 17.3.3.30), or a character of the
//! private use area in such a font. Out: the Unicode character, where there is one.
//! Must never: guess for a font that is not listed.

/// A font whose characters are not those that their codes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolFont {
    /// Symbol: Greek and mathematics.
    Symbol,
    /// Wingdings.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
    /// Wingdings 3: arrows.
    Wingdings3,
    /// Webdings.
    Webdings,
}

/// Codes 0x20 to 0x7E of Symbol.
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?\
≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\
‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// Codes 0xA0 to 0xE5 of Symbol.
const SYMBOL_HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵\
ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";

/// The signs of Wingdings that documents use.
const WINGDINGS: &[(u8, char)] = &[
    (0x20, ' '),
    (0x21, '✏'),
    (0x22, '✂'),
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2a, '✉'),
    (0x36, '⌛'),
    (0x37, '⌨'),
    (0x3f, '✍'),
    (0x41, '✌'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x47, '☝'),
    (0x48, '☟'),
    (0x4a, '☺'),
    (0x4c, '☹'),
    (0x51, '✈'),
    (0x52, '☼'),
    (0x54, '❄'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x70, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x78, '⌧'),
    (0x7b, '❀'),
    (0x7d, '❝'),
    (0x7e, '❞'),
    (0x9e, '·'),
    (0x9f, '•'),
    (0xa0, '▪'),
    (0xa1, '○'),
    (0xa4, '◉'),
    (0xa5, '◎'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xaa, '✦'),
    (0xab, '★'),
    (0xac, '✶'),
    (0xad, '✴'),
    (0xae, '✹'),
    (0xaf, '✵'),
    (0xd8, '➢'),
    (0xdc, '➲'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe8, '➔'),
    (0xef, '⇦'),
    (0xf0, '⇨'),
    (0xf1, '⇧'),
    (0xf2, '⇩'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

/// The signs of Wingdings 2 that documents use.
const WINGDINGS_2: &[(u8, char)] = &[
    (0x20, ' '),
    (0x4f, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x97, '●'),
    (0xa2, '■'),
    (0xa3, '□'),
];

/// The arrows of Wingdings 3 that documents use.
const WINGDINGS_3: &[(u8, char)] = &[
    (0x20, ' '),
    (0x66, '←'),
    (0x67, '→'),
    (0x68, '↑'),
    (0x69, '↓'),
    (0x70, '▲'),
    (0x71, '▼'),
    (0x7c, '◀'),
    (0x7d, '▶'),
];

/// The signs of Webdings that documents use.
const WEBDINGS: &[(u8, char)] = &[
    (0x20, ' '),
    (0x33, '◀'),
    (0x34, '▶'),
    (0x35, '▲'),
    (0x36, '▼'),
    (0x61, '✔'),
    (0x63, '□'),
    (0x67, '■'),
    (0x6e, '●'),
    (0x72, '✖'),
];

impl SymbolFont {
    /// What the names of these fonts begin with, a reference to a character included.
    pub(super) const INITIALS: &[u8] = b"SsWw&";

    /// The pictographic font with this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        const NAMES: [(&str, SymbolFont); 5] = [
            ("Symbol", SymbolFont::Symbol),
            ("Wingdings", SymbolFont::Wingdings),
            ("Wingdings 2", SymbolFont::Wingdings2),
            ("Wingdings 3", SymbolFont::Wingdings3),
            ("Webdings", SymbolFont::Webdings),
        ];
        NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|&(_, font)| font)
    }

    /// The character that the font shows for a code, with or without the 0xF000 that moves it into
    /// the private use area.
    pub(super) fn shown(self, code: u32) -> Option<char> {
        let code = u8::try_from(code.checked_sub(0xf000).unwrap_or(code)).ok()?;
        let pairs = match self {
            Self::Symbol => {
                return match code {
                    0x20..=0x7e => SYMBOL_LOW.chars().nth(usize::from(code - 0x20)),
                    0xa0..=0xe5 => SYMBOL_HIGH.chars().nth(usize::from(code - 0xa0)),
                    _ => None,
                };
            }
            Self::Wingdings => WINGDINGS,
            Self::Wingdings2 => WINGDINGS_2,
            Self::Wingdings3 => WINGDINGS_3,
            Self::Webdings => WEBDINGS,
        };
        pairs
            .iter()
            .find(|&&(known, _)| known == code)
            .map(|&(_, character)| character)
    }
}

/// The character that `w:sym` shows; nothing where it is not known.
pub(super) fn symbol(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code.trim(), 16).ok()?;
    match SymbolFont::named(font) {
        Some(font) => font.shown(code),
        None => char::from_u32(code)
            .filter(|c| !c.is_control() && !matches!(c, '\u{e000}'..='\u{f8ff}')),
    }
}

/// Text in a pictographic font, with the characters that a reader sees in place of those of the
/// private use area.
pub(super) fn in_font(text: &str, font: SymbolFont) -> String {
    text.chars()
        .map(|character| match character {
            '\u{f000}'..='\u{f0ff}' => font.shown(u32::from(character)).unwrap_or(character),
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{SymbolFont, in_font, symbol};

    #[test]
    fn signs_become_the_characters_that_a_reader_sees() {
        let cases = [
            ("Wingdings", "F0FE", Some('☑')),
            ("wingdings", "00FE", Some('☑')),
            ("Wingdings", "F0A8", Some('◻')),
            ("Wingdings 2", "F052", Some('☑')),
            ("Symbol", "F0B7", Some('•')),
            ("Symbol", "F061", Some('α')),
            ("Symbol", "F0B3", Some('≥')),
            ("Symbol", "F0DE", Some('⇒')),
            ("Symbol", "F0E5", Some('∑')),
            ("Symbol", "F07E", Some('∼')),
            ("Times New Roman", "2116", Some('№')),
            ("Unknown Font", "F041", None),
            ("Wingdings", "F0CC", None),
            ("Symbol", "zz", None),
            ("Symbol", "FFFFFFFF", None),
        ];
        for (font, code, expected) in cases {
            assert_eq!(symbol(font, code), expected, "{font} {code}");
        }
    }

    #[test]
    fn text_in_a_pictographic_font_is_read() {
        assert_eq!(in_font("\u{f0a8} да", SymbolFont::Wingdings), "◻ да");
    }
}
