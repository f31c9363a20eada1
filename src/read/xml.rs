//! The XML of a part as a stream of tokens: names resolved, markup compatibility settled, limits
//! kept.
//!
//! In: the inflated bytes of a part. Out: [`Token`]s that borrow from them: an element known by its
//! [`Names`], its end, or text.
//! Must never: resolve a DTD or an entity of one, build a tree, or recurse.
//!
//! `mc:AlternateContent` is read once (ISO/IEC 29500-3, section 7.6): the first `mc:Choice` whose
//! required namespaces this reader understands, or else `mc:Fallback`.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr2_iter, memmem, memrchr};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::Limits;

/// Why a part stopped being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum XmlError {
    /// The XML is not well formed.
    Malformed(String),
    /// Elements are nested too deep.
    TooDeep(usize),
    /// The attributes of one element are too long.
    TooLongAttributes(usize),
    /// A DTD is declared.
    Dtd,
    /// The part is too long once its encoding is decoded.
    TooLong(usize),
}

/// The names that mean something in a format, whatever prefix a file gives them: an element as its
/// reader knows it.
pub(super) trait Names: Copy + Eq {
    /// A namespace.
    type Space: Copy + Eq;
    /// An element that is not known.
    const OTHER: Self;
    /// A namespace that is not known.
    const OTHER_SPACE: Self::Space;
    /// The namespace with this name.
    fn space(name: &str) -> Self::Space;
    /// The element with this local name in a namespace.
    fn named(space: Self::Space, local: &str) -> Self;
    /// Whether empty elements of a namespace that are not known may be passed over unseen.
    fn is_chatty(_space: Self::Space) -> bool {
        false
    }
    /// Whether a choice that requires this namespace can be taken.
    fn is_understood(_space: Self::Space) -> bool {
        false
    }
    /// What the element means for alternative content.
    fn compatibility(self) -> Option<Compatibility> {
        None
    }
}

/// What an element means for alternative content (ISO/IEC 29500-3, section 7.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compatibility {
    /// It holds the alternatives.
    Alternatives,
    /// It is one, for those who understand what it requires.
    Choice,
    /// It is the one for all others.
    Fallback,
}

/// One step through a part.
#[derive(Debug)]
pub(super) enum Token<'x, N> {
    /// An element begins; an empty element is followed by its [`Token::Close`].
    Open(N, Attributes<'x>),
    /// The element that began last and is still open ends.
    Close(N),
    /// Characters.
    Text(Cow<'x, str>),
}

/// The attributes of an element.
#[derive(Debug)]
pub(super) struct Attributes<'x> {
    element: BytesStart<'x>,
}

impl Attributes<'_> {
    /// The value of the attribute with this local name, whatever its prefix; nothing where it is
    /// absent or cannot be read.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'_, str>> {
        let (_, value) = RawAttributes(self.element.attributes_raw())
            .find(|(key, _)| parts_of(key).1 == name)?;
        normalised(value)
    }

    /// Every attribute, by its local name; those that cannot be read are left out.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        RawAttributes(self.element.attributes_raw())
            .filter_map(|(name, value)| Some((parts_of(name).1, normalised(value)?)))
    }

    /// Whether the value of any attribute may begin with one of these bytes. It does not where the
    /// answer is no; so a look at the attributes as they are written saves taking them apart.
    pub(super) fn may_begin_with(&self, first: &[u8]) -> bool {
        let written = self.element.attributes_raw().as_bytes();
        memchr2_iter(b'"', b'\'', written)
            .filter_map(|quote| written.get(quote + 1))
            .any(|after| first.contains(after))
    }

    /// The value of an attribute as a whole number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        let value = self.value(name)?;
        let value = value.trim();
        value.parse().ok().or_else(|| {
            // A number too long for 64 bits stands for the largest one.
            let digits = value.strip_prefix('-').unwrap_or(value);
            let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            all_digits.then_some(if value.starts_with('-') {
                i64::MIN
            } else {
                i64::MAX
            })
        })
    }

    /// Whether a property of on or off is on (ISO/IEC 29500-1, section 22.9.2.7): it is, unless its
    /// value says otherwise.
    pub(super) fn is_on(&self) -> bool {
        self.value("val")
            .is_none_or(|value| !matches!(&*value, "0" | "false" | "off"))
    }

    /// The local name of the element.
    pub(super) fn local_name(&self) -> &str {
        self.element.local_name().into_inner()
    }
}

/// The attributes of an element as they are written, name and value. The reader of events has found
/// the end of the element; here its white space and quotation marks are told apart, no more.
struct RawAttributes<'a>(&'a str);

impl<'a> Iterator for RawAttributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, rest) = parted(self.0, b'=')?;
        let rest = rest.trim_ascii_start();
        let quote = *rest
            .as_bytes()
            .first()
            .filter(|byte| matches!(byte, b'"' | b'\''))?;
        let (value, rest) = parted(rest.get(1..)?, quote)?;
        self.0 = rest;
        Some((name.trim_ascii(), value))
    }
}

/// The prefix and the local name of a name.
fn parts_of(name: &str) -> (&str, &str) {
    parted(name, b':').unwrap_or(("", name))
}

/// Whether two names are equal. Most prefixes are one letter, which takes no call to compare.
fn is_same(one: &str, other: &str) -> bool {
    match (one.as_bytes(), other.as_bytes()) {
        ([one], [other]) => one == other,
        (one, other) => one == other,
    }
}

/// What stands before and after the first of these bytes, an ASCII character. The strings are
/// short, so that a plain loop is faster than a search.
fn parted(text: &str, separator: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == separator)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// An attribute's value with its references resolved and its white space made plain (XML 1.0,
/// section 3.3.3).
fn normalised(value: &str) -> Option<Cow<'_, str>> {
    let is_plain = |byte: &u8| !matches!(byte, b'&' | b'\n' | b'\r' | b'\t');
    if value.as_bytes().iter().all(is_plain) {
        return Some(Cow::Borrowed(value));
    }
    let value = unescape(value).ok()?;
    Some(Cow::Owned(value.replace(['\n', '\r', '\t'], " ")))
}

/// What is known of an `mc:AlternateContent` that is open.
#[derive(Debug, Clone, Copy)]
struct Alternative {
    depth: usize,
    chosen: bool,
}

/// What the binding of a prefix begins with.
const BINDING: &str = "xmlns";

/// The tokens of a part.
pub(super) struct Tokens<'x, N: Names> {
    xml: &'x [u8],
    reader: Reader<&'x [u8]>,
    /// Where a prefix is bound next, at the earliest, in bytes from the start.
    next_binding: usize,
    /// How often the namespaces of prefixes have changed.
    bindings: usize,
    /// The elements that are open.
    open: Vec<N>,
    /// The prefixes in force: prefix, the namespace, and the depth of the element that bound it.
    prefixes: Vec<(String, N::Space, usize)>,
    /// Index of the prefix that was resolved last.
    resolved: usize,
    alternatives: Vec<Alternative>,
    /// Whether the element that opened last was empty and must be closed.
    close_empty: bool,
    /// How many entities were dropped because no DTD is read.
    unknown_entities: usize,
    limits: &'x Limits,
}

impl<'x, N: Names> Tokens<'x, N> {
    /// Starts reading a part whose bytes are UTF-8, as [`decoded`] gives them.
    pub(super) fn new(xml: &'x [u8], limits: &'x Limits) -> Self {
        Self {
            xml,
            reader: Reader::from_reader(xml),
            next_binding: 0,
            bindings: 0,
            open: Vec::new(),
            prefixes: Vec::new(),
            resolved: 0,
            alternatives: Vec::new(),
            close_empty: false,
            unknown_entities: 0,
            limits,
        }
    }

    /// What follows the token that was read last.
    pub(super) fn rest(&self) -> &'x [u8] {
        self.reader.get_ref()
    }

    /// How often the namespaces of prefixes have changed: while the number stays, equal names mean
    /// the same.
    pub(super) fn bindings(&self) -> usize {
        self.bindings
    }

    /// Passes over what is left of the element that opened last, its end included, where it is
    /// written as this, which was read before as that of another element. Whether it is.
    pub(super) fn pass_over(&mut self, written: &[u8]) -> Result<bool, XmlError> {
        let rest = self.rest();
        let Some(end) = memrchr(b'<', written) else {
            return Ok(false);
        };
        if self.close_empty || !rest.starts_with(written) {
            return Ok(false);
        }
        // The end itself is read: the reader of events counts on it.
        *self.reader.get_mut() = rest.get(end..).unwrap_or_default();
        self.next_token()?;
        Ok(true)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many references to entities that only a DTD could define were dropped so far.
    pub(super) fn unknown_entities(&self) -> usize {
        self.unknown_entities
    }

    /// The next token; nothing at the end of a well-formed part.
    pub(super) fn next_token(&mut self) -> Result<Option<Token<'x, N>>, XmlError> {
        loop {
            if self.close_empty {
                self.close_empty = false;
                return Ok(Some(Token::Close(self.close())));
            }
            // Events are matched where they are and moved once: they are many.
            match self.reader.read_event() {
                Ok(Event::Start(element)) => {
                    if let Some(tag) = self.opened(&element, false)? {
                        return Ok(Some(Token::Open(tag, Attributes { element })));
                    }
                }
                Ok(Event::Empty(element)) => {
                    if let Some(tag) = self.opened(&element, true)? {
                        return Ok(Some(Token::Open(tag, Attributes { element })));
                    }
                }
                Ok(Event::End(_)) => return Ok(Some(Token::Close(self.close()))),
                Ok(Event::Text(text)) => return Ok(Some(Token::Text(text.into_inner()))),
                Ok(Event::CData(text)) => return Ok(Some(Token::Text(text.into_inner()))),
                Ok(Event::GeneralRef(reference)) => {
                    if let Some(characters) = self.resolved_reference(&reference) {
                        return Ok(Some(Token::Text(characters)));
                    }
                }
                Ok(Event::DocType(_)) => return Err(XmlError::Dtd),
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => {}
                Ok(Event::Eof) if self.open.is_empty() => return Ok(None),
                Ok(Event::Eof) => {
                    return Err(XmlError::Malformed("it ends too early".to_owned()));
                }
                Err(error) => return Err(malformed(&error)),
            }
        }
    }

    /// Passes over what is left of the element that opened last, its end included.
    pub(super) fn skip(&mut self) -> Result<(), XmlError> {
        let outside = self.open.len().saturating_sub(1);
        while self.open.len() > outside {
            if self.close_empty {
                self.close_empty = false;
                self.close();
                continue;
            }
            match self.reader.read_event() {
                Ok(Event::Start(_)) => self.enter(N::OTHER)?,
                Ok(Event::End(_)) => {
                    self.close();
                }
                Ok(Event::DocType(_)) => return Err(XmlError::Dtd),
                Ok(Event::Eof) => {
                    return Err(XmlError::Malformed("it ends too early".to_owned()));
                }
                Ok(_) => {}
                Err(error) => return Err(malformed(&error)),
            }
        }
        Ok(())
    }

    /// Takes in the start of an element: its namespaces and its tag; nothing where it is not to be
    /// read.
    fn opened(&mut self, element: &BytesStart<'x>, is_empty: bool) -> Result<Option<N>, XmlError> {
        let attributes = element.attributes_raw();
        if attributes.len() > self.limits.attribute_bytes {
            return Err(XmlError::TooLongAttributes(self.limits.attribute_bytes));
        }
        if self.may_bind() && attributes.contains(BINDING) {
            self.bind_prefixes(attributes);
        }
        let (prefix, local) = parts_of(element.name().into_inner());
        let space = self.space_of(prefix);
        let tag = N::named(space, local);
        if is_empty && tag == N::OTHER && N::is_chatty(space) {
            self.unbind(self.open.len() + 1);
            // Sizes, spacings, languages, bookmarks: most elements of a document say nothing here.
            return Ok(None);
        }
        self.close_empty = is_empty;
        self.enter(tag)?;
        match tag.compatibility() {
            Some(Compatibility::Alternatives) => self.alternatives.push(Alternative {
                depth: self.open.len(),
                chosen: false,
            }),
            Some(role) => {
                let understood = role == Compatibility::Fallback || self.is_understood(element);
                let depth = self.open.len();
                // Outside of an alternative, the element is read through.
                let alternative = self.alternatives.last_mut();
                if let Some(alternative) = alternative.filter(|a| a.depth + 1 == depth) {
                    if alternative.chosen || !understood {
                        self.skip()?;
                        return Ok(None);
                    }
                    alternative.chosen = true;
                }
            }
            None => {}
        }
        Ok(Some(tag))
    }

    /// Whether every namespace that an `mc:Choice` requires is understood.
    fn is_understood(&mut self, choice: &BytesStart<'x>) -> bool {
        let found = RawAttributes(choice.attributes_raw()).find(|(name, _)| *name == "Requires");
        found
            .map_or("", |(_, requires)| requires)
            .split_ascii_whitespace()
            .all(|prefix| N::is_understood(self.space_of(prefix)))
    }

    fn enter(&mut self, tag: N) -> Result<(), XmlError> {
        if self.open.len() >= self.limits.xml_depth {
            return Err(XmlError::TooDeep(self.limits.xml_depth));
        }
        self.open.push(tag);
        Ok(())
    }

    /// Takes in the end of the element that opened last.
    fn close(&mut self) -> N {
        let depth = self.open.len();
        self.unbind(depth);
        if self.alternatives.last().is_some_and(|a| a.depth >= depth) {
            self.alternatives.pop();
        }
        self.open.pop().unwrap_or(N::OTHER)
    }

    /// Whether the element that was read last may bind a prefix. Most parts bind all theirs in their
    /// root: where the next binding stands is looked up once, and not in each element.
    fn may_bind(&mut self) -> bool {
        let end = self.xml.len().saturating_sub(self.rest().len());
        if end <= self.next_binding {
            return false;
        }
        let rest = self.xml.get(end..).unwrap_or_default();
        self.next_binding =
            memmem::find(rest, BINDING.as_bytes()).map_or(usize::MAX, |at| end + at);
        true
    }

    /// Forgets the prefixes that an element at this depth bound.
    fn unbind(&mut self, depth: usize) {
        while self.prefixes.last().is_some_and(|(_, _, at)| *at >= depth) {
            self.prefixes.pop();
            self.bindings += 1;
        }
    }

    /// Notes the namespaces that the attributes of an element bind to prefixes.
    fn bind_prefixes(&mut self, attributes: &str) {
        let depth = self.open.len() + 1;
        for (name, value) in RawAttributes(attributes) {
            let prefix = match name.strip_prefix("xmlns:") {
                Some(prefix) => prefix,
                None if name == "xmlns" => "",
                None => continue,
            };
            let space = normalised(value).map_or(N::OTHER_SPACE, |value| N::space(&value));
            self.prefixes.push((prefix.to_owned(), space, depth));
            self.bindings += 1;
        }
        self.resolved = usize::MAX;
    }

    /// The namespace of a prefix; the one resolved last is tried first.
    fn space_of(&mut self, prefix: &str) -> N::Space {
        if let Some((last, space, _)) = self.prefixes.get(self.resolved)
            && is_same(last, prefix)
        {
            return *space;
        }
        let bound = self.prefixes.iter().rposition(|(name, ..)| name == prefix);
        self.resolved = bound.unwrap_or(usize::MAX);
        self.prefixes
            .get(self.resolved)
            .map_or(N::OTHER_SPACE, |&(_, space, _)| space)
    }

    /// The characters that a reference stands for. Of entities only the five that XML itself
    /// defines are known.
    fn resolved_reference(&mut self, reference: &str) -> Option<Cow<'x, str>> {
        let character = match reference {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.strip_prefix('#').and_then(|number| {
                number
                    .strip_prefix('x')
                    .map_or_else(
                        || number.parse().ok(),
                        |hex| u32::from_str_radix(hex, 16).ok(),
                    )
                    .and_then(char::from_u32)
            }),
        };
        if character.is_none() {
            self.unknown_entities += 1;
        }
        character.map(|character| Cow::Owned(character.to_string()))
    }
}

fn malformed(error: &quick_xml::Error) -> XmlError {
    XmlError::Malformed(error.to_string())
}

/// The bytes of a part in UTF-8, without a byte-order mark. A part may be in UTF-16 (ISO/IEC
/// 29500-2, section 6.1.4); another encoding that the XML declaration names is honoured too.
pub(super) fn decoded<'x>(bytes: &'x [u8], limits: &Limits) -> Result<Cow<'x, [u8]>, XmlError> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
        [0xef, 0xbb, 0xbf, rest @ ..] => return Ok(Cow::Borrowed(rest)),
        _ => declared_encoding(bytes).unwrap_or(UTF_8),
    };
    if encoding == UTF_8 {
        return Ok(Cow::Borrowed(bytes));
    }
    let (text, _, _) = encoding.decode(bytes);
    if text.len() > limits.part_bytes {
        return Err(XmlError::TooLong(limits.part_bytes));
    }
    Ok(Cow::Owned(text.into_owned().into_bytes()))
}

/// The encoding that the XML declaration of an ASCII-compatible part names.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    /// No XML declaration is longer.
    const DECLARATION_WITHIN: usize = 200;
    let head = bytes.get(..DECLARATION_WITHIN).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let (declaration, _) = head.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value.get(1..)?.split(quote).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A part that says UTF-16 and starts with plain ASCII is not in UTF-16.
    encoding.is_ascii_compatible().then_some(encoding)
}
