//! The dictionary of a stream, read where it stands (ISO 32000-1, 7.3.7 and 7.3.8).
//!
//! In: bytes of a file and where the keyword of a stream stands in them. Out: the keys and values before it, as
//! places of the file. Must never: follow a reference, or take for a dictionary what a string or a comment hides.

use std::ops::Range;

/// A dictionary ends so many bytes behind its beginning, at most: 64 KiB. Those of pictures take some 600 bytes;
/// the resources of a form may stand in its dictionary, and a table of parts in that of a file saved often.
pub(super) const MAX_DICTIONARY_BYTES: usize = 64 << 10;

/// Keys with their values, as places of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Dictionary {
    /// Where the word `obj` stands before it; where it begins, if it is inside another object.
    pub(super) object: usize,
    /// From its first bracket to behind its last.
    pub(super) place: Range<usize>,
    entries: Vec<(Range<usize>, Range<usize>)>,
}

/// What stands before a keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Before {
    /// A dictionary: a stream begins.
    Dictionary(Dictionary),
    /// No dictionary: the keyword is a word like any other.
    Nothing,
    /// What may be a dictionary, and is written as no program writes one.
    Odd,
}

impl Dictionary {
    /// The value of a key (`/Filter`), the last if it has several, as readers take it.
    pub(super) fn value<'a>(&self, bytes: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
        let entries = self.entries.iter().rev();
        let mut values = entries.filter(|(name, _)| &bytes[name.clone()] == key);
        values.next().map(|(_, value)| &bytes[value.clone()])
    }

    /// Where a key stands, each time.
    pub(super) fn keys<'a>(
        &'a self,
        bytes: &'a [u8],
        key: &'a [u8],
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let names = self.entries.iter().map(|(name, _)| name.clone());
        names.filter(move |name| &bytes[name.clone()] == key)
    }

    /// The dictionary that begins at `start`, where it is whole.
    pub(super) fn at(bytes: &[u8], start: usize) -> Option<Self> {
        let end = bytes.len().min(start + MAX_DICTIONARY_BYTES);
        let bytes = &bytes[..end];
        let (first, mut at) = token(bytes, start)?;
        if first != Token::Open {
            return None;
        }
        let mut found = Self {
            object: start,
            place: start..start,
            entries: Vec::new(),
        };
        let mut open = vec![Token::Open];
        let mut key: Option<Range<usize>> = None;
        let mut value: Option<Range<usize>> = None;
        loop {
            let from = skip_blanks(bytes, at);
            let (token, end) = token(bytes, from)?;
            at = end;
            let is_outermost = open.len() == 1;
            let ends_entry =
                is_outermost && (token == Token::Close || token == Token::Name && value.is_some());
            if ends_entry && let Some(key) = key.take() {
                found.entries.push((key, value.take()?));
            }
            match token {
                Token::Open | Token::OpenArray => open.push(token),
                Token::Close if open.pop() != Some(Token::Open) => return None,
                Token::CloseArray if open.pop() != Some(Token::OpenArray) => return None,
                _ => {}
            }
            if open.is_empty() {
                found.place = start..end;
                return Some(found);
            }
            if is_outermost && token == Token::Name && key.is_none() {
                key = Some(from..end);
            } else if key.is_none() {
                return None;
            } else {
                value = Some(value.map_or(from, |value| value.start)..end);
            }
        }
    }

    /// What stands before the keyword of a stream.
    pub(super) fn before(bytes: &[u8], keyword: usize) -> Before {
        let from = keyword.saturating_sub(MAX_DICTIONARY_BYTES);
        let window = &bytes[from..keyword];
        let object = memchr::memmem::rfind(window, b"obj").map(|at| from + at);
        let dictionary = object
            .filter(|&object| !is_in_comment(bytes, object))
            .and_then(|object| {
                let start = skip_blanks(bytes, object + b"obj".len());
                let found = Self::at(bytes, start)?;
                (skip_blanks(bytes, found.place.end) == keyword).then_some(Self { object, ..found })
            });
        let blank = window.iter().rev().take_while(|byte| is_blank(**byte));
        let end = keyword - blank.count();
        match dictionary {
            Some(dictionary) => Before::Dictionary(dictionary),
            // The word may stand in a text or in what is compressed; behind a dictionary or a comment it may not.
            None if bytes[..end].ends_with(b">") || is_in_comment(bytes, end) => Before::Odd,
            None => Before::Nothing,
        }
    }
}

/// What a dictionary is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    OpenArray,
    CloseArray,
    Name,
    Text,
    Other,
}

/// The token at a place, and where it ends. Nothing for what no program writes: comments, brackets without a
/// partner.
fn token(bytes: &[u8], at: usize) -> Option<(Token, usize)> {
    let rest = bytes.get(at..)?;
    let regular = |rest: &[u8]| rest.iter().take_while(|byte| is_regular(**byte)).count();
    match rest {
        [b'<', b'<', ..] => Some((Token::Open, at + 2)),
        [b'>', b'>', ..] => Some((Token::Close, at + 2)),
        [b'[', ..] => Some((Token::OpenArray, at + 1)),
        [b']', ..] => Some((Token::CloseArray, at + 1)),
        [b'/', name @ ..] => Some((Token::Name, at + 1 + regular(name))),
        [b'(', ..] => Some((Token::Text, at + literal(rest)?)),
        [b'<', digits @ ..] => {
            let is_digit = |byte: &&u8| byte.is_ascii_hexdigit() || is_blank(**byte);
            let length = digits.iter().take_while(is_digit).count();
            (digits.get(length) == Some(&b'>')).then_some((Token::Text, at + length + 2))
        }
        _ => match regular(rest) {
            0 => None,
            length => Some((Token::Other, at + length)),
        },
    }
}

/// How long a string in brackets is, which may hold others.
fn literal(text: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        match text.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Whether a place stands behind the sign of a comment on its line.
fn is_in_comment(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rev().take(MAX_DICTIONARY_BYTES);
    before
        .take_while(|byte| !matches!(byte, b'\r' | b'\n'))
        .any(|byte| *byte == b'%')
}

/// The first place at or behind `at` that is not blank.
pub(super) fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| is_blank(**byte)).count()
}

/// White space (ISO 32000-1, table 1).
fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

/// What names and numbers are written with.
fn is_regular(byte: u8) -> bool {
    !is_blank(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_is_read_as_far_as_its_own_keys() {
        let bytes = b"1 0 obj <</Filter [/A85 /Fl]/DecodeParms<</Columns 4/Filter/No>>/L 5 0 R/T(a\\)(b))/H<0a>>>";
        let found = Dictionary::at(bytes, 8).unwrap();
        let cases: [(&[u8], Option<&[u8]>); 6] = [
            (b"/Filter", Some(b"[/A85 /Fl]")),
            (b"/DecodeParms", Some(b"<</Columns 4/Filter/No>>")),
            (b"/L", Some(b"5 0 R")),
            (b"/T", Some(b"(a\\)(b))")),
            (b"/H", Some(b"<0a>")),
            (b"/Columns", None),
        ];
        for (key, value) in cases {
            assert_eq!(found.value(bytes, key), value);
        }
    }

    #[test]
    fn what_hides_a_dictionary_is_odd_and_a_word_is_nothing() {
        let long = format!("7 0 obj <</Filter/X{}>> ", " ".repeat(70_000));
        let cases: [(&str, &str); 9] = [
            ("7 0 obj <</Length 3>>\n", "dictionary"),
            ("7 0 obj\r<< /A /B >> ", "dictionary"),
            ("7 0 obj <</Filter/X/Y(1 0 obj <<)/Z(>>)>> ", "odd"),
            ("7 0 obj <</Filter/X % 1 0 obj <<\n/A 1>> ", "odd"),
            ("7 0 obj <</Filter/X>> % so\n", "odd"),
            ("7 0 obj <</A 1 /B>> ", "odd"),
            (&long, "odd"),
            ("a word of the text up", "nothing"),
            ("7 0 obj <</Length 3>>\nstream\nabc\nend", "nothing"),
        ];
        for (before, expected) in cases {
            let bytes = [before, "stream\n"].concat();
            let found = match Dictionary::before(bytes.as_bytes(), before.len()) {
                Before::Dictionary(_) => "dictionary",
                Before::Odd => "odd",
                Before::Nothing => "nothing",
            };
            assert_eq!(found, expected, "{before}");
        }
    }
}
