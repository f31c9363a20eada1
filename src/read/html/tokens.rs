//! The tokens of HTML: tags, text and comments, in one pass and as forgiving as browsers are (HTML
//! Living Standard, section 13.2.5).
//!
//! In: a page in UTF-8. Out: [`Token`]s that borrow from it.
//! Must never: build a tree, or look at a byte twice.

use std::borrow::Cow;

/// Elements whose content is no markup.
const RAW: [&str; 6] = ["script", "style", "title", "textarea", "xmp", "iframe"];

/// One step through a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'p> {
    /// An element begins.
    Open(Tag<'p>),
    /// An element ends; its name.
    Close(&'p str),
    /// Characters.
    Text(Cow<'p, str>),
    /// A comment, or a conditional that Word writes.
    Comment(&'p str),
}

/// The start of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'p> {
    /// Its name, as written.
    pub(super) name: &'p str,
    /// Its attributes, as written.
    attributes: &'p str,
}

impl<'p> Tag<'p> {
    /// The value of an attribute; the empty string where it has none.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'p, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            // A name may start with `=`.
            let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/');
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let end = rest
                .get(first..)
                .and_then(|tail| tail.find(ends))
                .map_or(rest.len(), |at| at + first);
            let (key, after) = rest.split_at(end);
            let after = after.trim_ascii_start();
            let (value, tail) = match after.strip_prefix('=') {
                None => ("", after),
                Some(after) => value_of(after.trim_ascii_start()),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(html_escape::decode_html_entities(value));
            }
            rest = tail;
        }
    }
}

/// The value of an attribute and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace());
    text.split_at(end.unwrap_or(text.len()))
}

/// The tokens of a page.
pub(super) struct Tokens<'p> {
    rest: &'p str,
    /// The element whose content is no markup, while it is open.
    raw: Option<&'p str>,
}

impl<'p> Tokens<'p> {
    /// Starts at the first character.
    pub(super) fn new(page: &'p str) -> Self {
        Self {
            rest: page,
            raw: None,
        }
    }

    /// Takes so many bytes.
    fn take(&mut self, bytes: usize) -> &'p str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes what stands before `end`, and `end` with it; everything where it is missing.
    fn take_through(&mut self, end: &str) -> &'p str {
        let (taken, rest) = self.rest.split_once(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// The content of an element that is no markup.
    fn raw_text(&mut self, name: &str) -> &'p str {
        let bytes = self.rest.as_bytes();
        let is_end = |at: usize| {
            bytes.get(at + 1) == Some(&b'/')
                && bytes
                    .get(at + 2..at + 2 + name.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        let end = bytes
            .iter()
            .enumerate()
            .find(|&(at, &byte)| byte == b'<' && is_end(at))
            .map_or(bytes.len(), |(at, _)| at);
        self.take(end)
    }

    /// What begins with `<`; nothing where that is a character like others.
    fn markup(&mut self) -> Option<Token<'p>> {
        let after = self.rest.get(1..)?;
        if let Some(comment) = after.strip_prefix("!--") {
            self.rest = comment;
            return Some(Token::Comment(self.take_through("-->")));
        }
        let first = after.chars().next()?;
        if matches!(first, '!' | '?') {
            self.rest = after.get(1..).unwrap_or_default();
            return Some(Token::Comment(self.take_through(">")));
        }
        let is_end = first == '/';
        let name_from = if is_end { after.get(1..)? } else { after };
        if !name_from.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = name_from
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
            .unwrap_or(name_from.len());
        let (name, attributes_from) = name_from.split_at(end);
        let length = length_of_attributes(attributes_from);
        let (attributes, rest) = attributes_from.split_at(length);
        self.rest = rest.get(1..).unwrap_or_default();
        if is_end {
            return Some(Token::Close(name));
        }
        if RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            self.raw = Some(name);
        }
        Some(Token::Open(Tag { name, attributes }))
    }
}

/// How far attributes go: to the first `>` outside of quotation marks.
fn length_of_attributes(text: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            // A quotation mark opens a value only after the sign of equality.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    text.len()
}

impl<'p> Iterator for Tokens<'p> {
    type Item = Token<'p>;

    fn next(&mut self) -> Option<Token<'p>> {
        if let Some(name) = self.raw.take() {
            let text = self.raw_text(name);
            if !text.is_empty() {
                return Some(Token::Text(html_escape::decode_html_entities(text)));
            }
        }
        if self.rest.is_empty() {
            return None;
        }
        if self.rest.starts_with('<')
            && let Some(token) = self.markup()
        {
            return Some(token);
        }
        // The first character is text, whatever it is.
        let first = self.rest.chars().next().map_or(1, char::len_utf8);
        let tail = self.rest.get(first..).unwrap_or_default();
        let text = self.take(tail.find('<').map_or(self.rest.len(), |at| at + first));
        Some(Token::Text(html_escape::decode_html_entities(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens};

    fn shown(page: &str) -> String {
        Tokens::new(page)
            .map(|token| match token {
                Token::Open(tag) => format!("<{}>", tag.name),
                Token::Close(name) => format!("</{name}>"),
                Token::Text(text) => format!("[{text}]"),
                Token::Comment(text) => format!("!{text}!"),
            })
            .collect()
    }

    #[test]
    fn a_page_is_cut_into_tokens() {
        let cases = [
            ("<p>а</P>", "<p>[а]</P>"),
            ("а &laquo;б&raquo; &#8470;&#x31;", "[а «б» №1]"),
            ("a < b <3", "[a ][< b ][<3]"),
            ("<!DOCTYPE html><?xml?><p>", "!DOCTYPE html!!xml?!<p>"),
            ("<!-- <p> -->а", "! <p> ![а]"),
            (
                "<![if !supportLists]>1.<![endif]>",
                "![if !supportLists]![1.]![endif]!",
            ),
            (
                "<script>if (a<b) {}</SCRIPT>x",
                "<script>[if (a<b) {}]</SCRIPT>[x]",
            ),
            ("<title>а<b</title>", "<title>[а<b]</title>"),
            ("<a title='x>y' b=\"<\">z</a>", "<a>[z]</a>"),
            ("<br/><hr />", "<br><hr>"),
            ("<p", "<p>"),
            ("<!-- x", "! x!"),
            ("</>", "[</>]"),
        ];
        for (page, expected) in cases {
            assert_eq!(shown(page), expected, "{page}");
        }
    }

    #[test]
    fn attributes_have_values() {
        let Some(Token::Open(tag)) =
            Tokens::new("<td COLSPAN=2 align='center' title=\"a &gt; b\" hidden class = x>").next()
        else {
            panic!("no tag");
        };
        let cases = [
            ("colspan", Some("2")),
            ("align", Some("center")),
            ("title", Some("a > b")),
            ("hidden", Some("")),
            ("class", Some("x")),
            ("style", None),
        ];
        for (name, expected) in cases {
            assert_eq!(tag.value(name).as_deref(), expected, "{name}");
        }
    }
}
