//! Characters of symbol fonts (`w:sym`) as the characters that a reader sees.
//!
//! In: the font and the code. Out: the Unicode character, where there is one. Must never: give a
//! private code point.

/// The character that `code` shows in `font`. Word stores codes of symbol fonts in the private area
/// from F000 on.
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    let shown = code & 0xFF;
    match font {
        "Wingdings" => match shown {
            0xA8 | 0x6F | 0x71 | 0x72 => Some('◻'),
            0xFE => Some('☑'),
            0xFD | 0x78 => Some('☒'),
            0xFC => Some('✓'),
            0xFB => Some('✗'),
            0x6C | 0x9F => Some('•'),
            0x6E | 0xA7 => Some('▪'),
            0xE0 => Some('→'),
            0xDF => Some('←'),
            0x28 => Some('☎'),
            0x2A => Some('✉'),
            _ => None,
        },
        "Symbol" => match shown {
            0xB7 => Some('•'),
            0xB0 => Some('°'),
            0xB1 => Some('±'),
            0xA3 => Some('≤'),
            0xB3 => Some('≥'),
            0xB4 => Some('×'),
            0xAE => Some('→'),
            0xD6 => Some('√'),
            0x2D => Some('−'),
            0x61 => Some('α'),
            0x62 => Some('β'),
            0x6D => Some('μ'),
            _ if (0x20..0x40).contains(&shown) => char::from_u32(shown),
            _ => None,
        },
        _ if (0xE000..=0xF8FF).contains(&code) => {
            char::from_u32(shown).filter(char::is_ascii_graphic)
        }
        _ => char::from_u32(code),
    }
}
