//! Messages in parts (RFC 2045, 2046, 2047, 2183 and 2231): e-mail, and web pages saved as one file.
//!
//! In: the bytes of a file. Out: its [`Part`]s that are no groups of parts, each decoded on demand.
//! Must never: recurse, or hold more than one decoded part.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::Limits;

/// Groups within each other that are told apart; mail programs write three.
const MAX_DEPTH: usize = 16;

/// Longest header section that is read, in bytes.
const MAX_HEADER_BYTES: usize = 256 << 10;

/// A part of a message.
#[derive(Debug, Clone)]
pub(super) struct Part<'b> {
    /// The headers: name in lower case, and value on one line.
    headers: Vec<(String, String)>,
    body: &'b [u8],
}

/// The parts of a message, groups left out.
pub(super) fn parts<'b>(bytes: &'b [u8], limits: &Limits) -> Vec<Part<'b>> {
    let mut parts = Vec::new();
    let mut waiting = vec![(bytes, 0)];
    while let Some((bytes, depth)) = waiting.pop() {
        if parts.len() + waiting.len() >= limits.entries {
            break;
        }
        let part = Part::new(bytes);
        match part.parameter("content-type", "boundary") {
            Some(boundary) if depth < MAX_DEPTH && part.kind().starts_with("multipart/") => {
                let inner = divided(part.body, &boundary, limits.entries - parts.len());
                waiting.extend(inner.into_iter().rev().map(|inner| (inner, depth + 1)));
            }
            _ => parts.push(part),
        }
    }
    parts
}

/// The pieces of a body between its boundaries.
fn divided<'b>(body: &'b [u8], boundary: &str, most: usize) -> Vec<&'b [u8]> {
    let delimiter = format!("--{boundary}");
    let mut pieces = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        if let Some(rest) = line.strip_prefix(delimiter.as_bytes()) {
            if let Some(start) = start
                && pieces.len() < most
            {
                pieces.push(body.get(start..at).unwrap_or_default());
            }
            start = (!rest.starts_with(b"--")).then_some(at + line.len());
        }
        at += line.len();
    }
    if let Some(start) = start {
        pieces.push(body.get(start..).unwrap_or_default());
    }
    pieces
}

impl<'b> Part<'b> {
    /// A part with its headers, which an empty line ends.
    fn new(bytes: &'b [u8]) -> Self {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            at += line.len();
            let text = String::from_utf8_lossy(line);
            let text = text.trim_end();
            if text.is_empty() || at > MAX_HEADER_BYTES {
                break;
            }
            match (text.starts_with([' ', '\t']), headers.last_mut()) {
                // A header goes on where its line is indented.
                (true, Some((_, value))) => {
                    value.push(' ');
                    value.push_str(text.trim_start());
                }
                _ => {
                    if let Some((name, value)) = text.split_once(':') {
                        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                    }
                }
            }
        }
        Self {
            headers,
            body: bytes.get(at..).unwrap_or_default(),
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter of a header, in whichever of its forms.
    fn parameter(&self, header: &str, name: &str) -> Option<String> {
        let value = self.header(header)?;
        let mut pieces: Vec<(usize, String)> = Vec::new();
        for (key, value) in parameters(value) {
            let key = key.to_ascii_lowercase();
            let Some(rest) = key.strip_prefix(name) else {
                continue;
            };
            match rest.strip_prefix('*') {
                None if rest.is_empty() => return Some(worded(&value)),
                None => {}
                Some("") => return Some(extended(&value)),
                Some(piece) => {
                    let number = piece.trim_end_matches('*').parse().unwrap_or(0);
                    pieces.push((number, value));
                }
            }
        }
        pieces.sort_by_key(|(number, _)| *number);
        let whole: String = pieces.into_iter().map(|(_, value)| value).collect();
        (!whole.is_empty()).then(|| extended(&whole))
    }

    /// The media type, in lower case; plain text where none is said.
    pub(super) fn kind(&self) -> String {
        let value = self.header("content-type").unwrap_or("text/plain");
        let kind = value.split(';').next().unwrap_or_default();
        kind.trim().to_ascii_lowercase()
    }

    /// The encoding of its characters, where it is said.
    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        Encoding::for_label(self.parameter("content-type", "charset")?.as_bytes())
    }

    /// The name of the file that the part is.
    pub(super) fn file_name(&self) -> Option<String> {
        self.parameter("content-disposition", "filename")
            .or_else(|| self.parameter("content-type", "name"))
    }

    /// The bytes of the part, decoded (RFC 2045, section 6).
    pub(super) fn bytes(&self) -> Cow<'b, [u8]> {
        let encoding = self.header("content-transfer-encoding").unwrap_or_default();
        match encoding.to_ascii_lowercase().as_str() {
            "base64" => Cow::Owned(of_base64(self.body)),
            "quoted-printable" => Cow::Owned(of_quoted_printable(self.body)),
            _ => Cow::Borrowed(self.body),
        }
    }
}

/// The parameters that follow the value of a header.
fn parameters(value: &str) -> Vec<(&str, String)> {
    let mut parameters = Vec::new();
    let mut rest = value.split_once(';').map_or("", |(_, rest)| rest);
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_start_matches(|c: char| c.is_whitespace() || c == ';');
        let after = after.trim_start();
        let (value, tail) = match after.strip_prefix('"') {
            Some(quoted) => {
                let (value, tail) = quoted.split_once('"').unwrap_or((quoted, ""));
                (value, tail.split_once(';').map_or("", |(_, tail)| tail))
            }
            None => after.split_once(';').unwrap_or((after, "")),
        };
        parameters.push((name.trim(), value.trim().to_owned()));
        rest = tail;
    }
    parameters
}

/// A value in the form `charset'language'percent-escaped` (RFC 2231, section 4).
fn extended(value: &str) -> String {
    let Some((charset, rest)) = value.split_once('\'') else {
        return value.to_owned();
    };
    let escaped = rest.split_once('\'').map_or(rest, |(_, escaped)| escaped);
    let mut bytes = Vec::with_capacity(escaped.len());
    let mut rest = escaped.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = (*first == b'%').then(|| hexadecimal(tail)).flatten();
        bytes.push(decoded.unwrap_or(*first));
        rest = tail
            .get(if decoded.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(&bytes).0.into_owned()
}

/// A value with its encoded words read (RFC 2047): `=?charset?B or Q?text?=`.
fn worded(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    while let Some((before, from)) = rest.split_once("=?") {
        let mut fields = from.splitn(3, '?');
        let word = (|| {
            let encoding = Encoding::for_label(fields.next()?.as_bytes())?;
            let kind = fields.next()?;
            let (encoded, after) = fields.next()?.split_once("?=")?;
            let bytes = match kind {
                "B" | "b" => of_base64(encoded.as_bytes()),
                _ => of_quoted_printable(encoded.replace('_', " ").as_bytes()),
            };
            Some((encoding.decode(&bytes).0.into_owned(), after))
        })();
        let Some((word, after)) = word else {
            break;
        };
        // White space between two words is no part of the value.
        if !before.trim().is_empty() {
            text.push_str(before);
        }
        text.push_str(&word);
        rest = after;
    }
    text.push_str(rest);
    text
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits.get(..2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

fn of_quoted_printable(encoded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'=' {
            bytes.push(*first);
        } else if let Some(byte) = hexadecimal(tail) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else if let [b'\n', tail @ ..] | [b'\r', b'\n', tail @ ..] = tail {
            // The line goes on.
            rest = tail;
        } else {
            bytes.push(b'=');
        }
    }
    bytes
}

fn of_base64(encoded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in encoded {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from((bits >> count) & 0xff));
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{of_base64, of_quoted_printable, parts};
    use crate::read::Limits;

    #[test]
    fn parts_are_decoded() {
        assert_eq!(of_base64(b"0J/R\r\ngNC4"), "При".as_bytes());
        assert_eq!(
            of_quoted_printable(b"a=D0=9F=\r\nb=3D=x"),
            "aПb==x".as_bytes()
        );
    }

    #[test]
    fn a_message_is_taken_apart() {
        let message = "Subject: x\r\nContent-Type: multipart/mixed;\r\n boundary=\"one\"\r\n\r\nпролог\r\n--one\r\nContent-Type: multipart/alternative; boundary=two\r\n\r\n--two\r\n\r\nтекст\r\n--two\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=D0=9F</p>\r\n--two--\r\n--one\r\nContent-Type: application/x; name=\"=?utf-8?B?0J/RgNC4?= =?utf-8?Q?_1=2Edocx?=\"\r\n\r\n1\r\n--one\r\nContent-Disposition: attachment; filename*0*=utf-8''%D0%9F; filename*1*=%D1%80.pdf\r\n\r\n2\r\n--one--\r\n";
        let found: Vec<_> = parts(message.as_bytes(), &Limits::default())
            .iter()
            .map(|part| {
                let text = String::from_utf8_lossy(&part.bytes()).trim().to_owned();
                (part.kind(), part.file_name(), text)
            })
            .collect();
        let part = |kind: &str, name: Option<&str>, text: &str| {
            (kind.to_owned(), name.map(str::to_owned), text.to_owned())
        };
        assert_eq!(
            found,
            [
                part("text/plain", None, "текст"),
                part("text/html", None, "<p>П</p>"),
                part("application/x", Some("При 1.docx"), "1"),
                part("text/plain", Some("Пр.pdf"), "2"),
            ]
        );
    }

    #[test]
    fn groups_without_end_are_bounded() {
        let group = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(10_000);
        assert!(parts(group.as_bytes(), &Limits::default()).len() <= Limits::default().entries);
    }
}
