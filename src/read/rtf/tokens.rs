//! The tokens of RTF (Rich Text Format 1.9.1, «Basic entities»): groups, control words, bytes.
//!
//! In: the bytes of a file. Out: [`Token`]s that borrow from them.
//! Must never: know what a control word means, beside the two that bear on the tokens themselves
//! (`\bin`, and a backslash before a line end).

/// Longest control word that is one; the specification allows 32 letters.
const MAX_WORD_BYTES: usize = 64;

/// One step through a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A control word, such as `\fs24`, and its number.
    Word(&'b str, Option<i32>),
    /// A control symbol, such as `\~`.
    Symbol(u8),
    /// A byte of text written as `\'hh`.
    Byte(u8),
    /// Bytes of text as they are.
    Text(&'b [u8]),
    /// Bytes that are no text (`\bin`).
    Binary,
}

/// The tokens of a file.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    /// Starts at the first byte.
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next token, without moving on.
    pub(super) fn peek(&self) -> Option<Token<'b>> {
        Self {
            bytes: self.bytes,
            at: self.at,
        }
        .next()
    }

    /// Passes over the rest of the open group, its end included, however deep it goes.
    pub(super) fn skip_group(&mut self) {
        let mut depth = 1_usize;
        for token in self.by_ref() {
            match token {
                Token::Open => depth += 1,
                Token::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.bytes.get(self.at + offset).copied()
    }

    /// What stands from the current place on, for as long as bytes are so.
    fn run(&self, is_so: impl Fn(u8) -> bool) -> &'b [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|&byte| !is_so(byte));
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    }

    /// A control word or symbol; its backslash has been passed.
    fn control(&mut self) -> Option<Token<'b>> {
        let first = self.byte(0)?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(match first {
                b'\'' => self.hexadecimal(),
                // A backslash before a line end is a paragraph end.
                b'\n' | b'\r' => {
                    if first == b'\r' && self.byte(0) == Some(b'\n') {
                        self.at += 1;
                    }
                    Token::Word("par", None)
                }
                symbol => Token::Symbol(symbol),
            });
        }
        let word = self.run(|byte| byte.is_ascii_alphabetic());
        self.at += word.len();
        let negative =
            self.byte(0) == Some(b'-') && self.byte(1).is_some_and(|byte| byte.is_ascii_digit());
        self.at += usize::from(negative);
        let digits = self.run(|byte| byte.is_ascii_digit());
        self.at += digits.len();
        if self.byte(0) == Some(b' ') {
            self.at += 1;
        }
        let number = (!digits.is_empty()).then(|| {
            digits.iter().fold(0_i32, |number, digit| {
                number
                    .saturating_mul(10)
                    .saturating_add(i32::from(digit - b'0'))
            })
        });
        let number = number.map(|number| if negative { -number } else { number });
        let word = word.get(..MAX_WORD_BYTES).unwrap_or(word);
        let word = std::str::from_utf8(word).unwrap_or_default();
        if word == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
            return Some(Token::Binary);
        }
        Some(Token::Word(word, number))
    }

    /// The two digits of `\'hh`; what is no digit ends them.
    fn hexadecimal(&mut self) -> Token<'b> {
        let digits = self.bytes.get(self.at..self.at + 2).unwrap_or_default();
        let value = std::str::from_utf8(digits)
            .ok()
            .filter(|digits| digits.len() == 2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match value {
            Some(byte) => {
                self.at += 2;
                Token::Byte(byte)
            }
            None => Token::Symbol(b'\''),
        }
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            match self.byte(0)? {
                b'{' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b'}' => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.at += 1;
                    return self.control();
                }
                // Line ends between tokens mean nothing.
                b'\r' | b'\n' | 0 => self.at += 1,
                b'\t' => {
                    self.at += 1;
                    return Some(Token::Word("tab", None));
                }
                _ => {
                    let text = self.run(|byte| {
                        !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | b'\t' | 0)
                    });
                    self.at += text.len();
                    return Some(Token::Text(text));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens};

    #[test]
    fn a_file_is_cut_into_tokens() {
        use Token::{Binary, Byte, Close, Open, Symbol, Text, Word};
        let cases: [(&[u8], Vec<Token<'_>>); 13] = [
            (b"{a}", vec![Open, Text(b"a"), Close]),
            (b"\\fs24 x", vec![Word("fs", Some(24)), Text(b"x")]),
            (b"\\li-720x", vec![Word("li", Some(-720)), Text(b"x")]),
            (b"\\par-x", vec![Word("par", None), Text(b"-x")]),
            (b"a\r\nb", vec![Text(b"a"), Text(b"b")]),
            (b"\\par\\\r\n", vec![Word("par", None), Word("par", None)]),
            (b"\\'cf\\'F0", vec![Byte(0xcf), Byte(0xf0)]),
            (b"\\'zz", vec![Symbol(b'\''), Text(b"zz")]),
            (b"\\~\\-\\*", vec![Symbol(b'~'), Symbol(b'-'), Symbol(b'*')]),
            (b"\\bin3 }}}x", vec![Binary, Text(b"x")]),
            (b"\\bin9999999999 }}}x", vec![Binary]),
            (b"a\tb", vec![Text(b"a"), Word("tab", None), Text(b"b")]),
            (b"x\\", vec![Text(b"x")]),
        ];
        for (bytes, expected) in cases {
            let tokens: Vec<_> = Tokens::new(bytes).collect();
            assert_eq!(tokens, expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn a_group_is_passed_over_whole() {
        let mut tokens = Tokens::new(b"a{b\\bin1 }c}}d");
        tokens.skip_group();
        assert_eq!(tokens.next(), Some(Token::Text(b"d")));
    }
}
