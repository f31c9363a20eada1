//! Which encoding the bytes of a text are in (RTF 1.9.1, «Character set», «Font table»).
//!
//! In: the code page of the file and the character sets of its fonts. Out: an encoding per font, or
//! the pictographic font whose own signs the bytes are.
//! Must never: look at the text.

use std::collections::HashMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

use crate::read::symbols::SymbolFont;

/// A font, as far as it bears on the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Font {
    /// How bytes are decoded.
    pub(super) encoding: &'static Encoding,
    /// The signs it shows instead of letters.
    pub(super) symbols: Option<SymbolFont>,
}

/// What the font table says of a font.
#[derive(Debug, Clone, Default)]
pub(super) struct FontEntry {
    /// `\fcharset`.
    pub(super) charset: Option<i32>,
    /// `\cpg`.
    pub(super) code_page: Option<i32>,
    /// Its name.
    pub(super) name: String,
}

/// The fonts of a file.
#[derive(Debug)]
pub(super) struct Fonts {
    /// The encoding of the file.
    document: &'static Encoding,
    /// The font that text has without being told (`\deff`).
    pub(super) default: i32,
    entries: HashMap<i32, FontEntry>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self {
            document: WINDOWS_1252,
            default: 0,
            entries: HashMap::new(),
        }
    }
}

impl Fonts {
    /// Sets the encoding of the file by `\ansicpg`; one that is not known changes nothing.
    pub(super) fn set_code_page(&mut self, code_page: i32) {
        self.document = by_code_page(code_page).unwrap_or(self.document);
    }

    /// Sets the encoding of the file by `\mac`, `\pc` or `\pca`.
    pub(super) fn set_document(&mut self, encoding: &'static Encoding) {
        self.document = encoding;
    }

    /// Keeps what the font table says of a font.
    pub(super) fn keep(&mut self, number: i32, entry: FontEntry) {
        self.entries.insert(number, entry);
    }

    /// How many fonts are known.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// A font by its number; text in one that is not known is in the encoding of the file.
    pub(super) fn font(&self, number: i32) -> Font {
        let Some(entry) = self.entries.get(&number) else {
            return Font {
                encoding: self.document,
                symbols: None,
            };
        };
        let encoding = entry
            .code_page
            .and_then(by_code_page)
            .or_else(|| match entry.charset {
                Some(ANSI) if self.has_its_own_charset() => Some(WINDOWS_1252),
                Some(ANSI) => None,
                charset => by_charset(charset?),
            });
        Font {
            encoding: encoding.unwrap_or(self.document),
            // A font of that name with letters is another font.
            symbols: SymbolFont::named(entry.name.trim())
                .filter(|_| matches!(entry.charset, None | Some(SYMBOL))),
        }
    }

    /// Whether some font is in the encoding of the file by its character set. Word says so of each
    /// font that it uses; a program that does not means the encoding of the file by the character
    /// set 0, which stands for Western Europe otherwise.
    fn has_its_own_charset(&self) -> bool {
        self.entries
            .values()
            .any(|entry| entry.charset.and_then(by_charset) == Some(self.document))
    }
}

/// The character set of Western Europe.
const ANSI: i32 = 0;

/// The character set of fonts with signs of their own.
const SYMBOL: i32 = 2;

/// The encoding of a Windows code page.
fn by_code_page(code_page: i32) -> Option<&'static Encoding> {
    Some(match code_page {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        20866 => encoding_rs::KOI8_R,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}

/// The encoding of a character set of Windows fonts.
fn by_charset(charset: i32) -> Option<&'static Encoding> {
    Some(match charset {
        ANSI => WINDOWS_1252,
        77 => MACINTOSH,
        128 => SHIFT_JIS,
        129 => EUC_KR,
        134 => GBK,
        136 => BIG5,
        161 => WINDOWS_1253,
        162 => WINDOWS_1254,
        163 => WINDOWS_1258,
        177 => WINDOWS_1255,
        178 => WINDOWS_1256,
        186 => WINDOWS_1257,
        204 => WINDOWS_1251,
        222 => WINDOWS_874,
        238 => WINDOWS_1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{FontEntry, Fonts};

    #[test]
    fn fonts_tell_the_encoding() {
        // The code page of the file, the character sets of fonts 0 and 1, the encoding of font 0.
        let cases = [
            (1252, Some(204), None, "windows-1251"),
            (1251, Some(0), Some(204), "windows-1252"),
            (1251, Some(0), None, "windows-1251"),
            (1251, Some(0), Some(0), "windows-1251"),
            (1251, None, None, "windows-1251"),
            (1251, Some(1), Some(204), "windows-1251"),
            (1252, Some(238), None, "windows-1250"),
            (4711, Some(0), None, "windows-1252"),
        ];
        for (page, first, second, expected) in cases {
            let mut fonts = Fonts::default();
            fonts.set_code_page(page);
            for (number, charset) in [(0, first), (1, second)] {
                fonts.keep(
                    number,
                    FontEntry {
                        charset,
                        ..FontEntry::default()
                    },
                );
            }
            let encoding = fonts.font(0).encoding;
            assert_eq!(encoding.name(), expected, "{page}, {first:?}, {second:?}");
        }
    }
}
