//! Small things that every part's reader needs of XML: encoding, attributes, on–off values.
//!
//! In: bytes or elements. Out: text. Must never: resolve an entity that a document declares.

use quick_xml::events::BytesStart;

/// The bytes as UTF-8: parts may be in UTF-16 (ECMA-376 part 1, 2.2.1), and a damaged one may be in
/// anything.
pub(super) fn utf8(bytes: Vec<u8>) -> Vec<u8> {
    let units = |pair: fn([u8; 2]) -> u16| -> Vec<u16> {
        bytes[2..]
            .chunks_exact(2)
            .map(|two| pair([two[0], two[1]]))
            .collect()
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)).into_bytes(),
        [0xFE, 0xFF, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)).into_bytes(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest.to_vec(),
        _ if std::str::from_utf8(&bytes).is_err() => {
            String::from_utf8_lossy(&bytes).into_owned().into_bytes()
        }
        _ => bytes,
    }
}

/// The value of an attribute, by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = quick_xml::escape::unescape(&found.value);
    Some(value.map_or_else(
        |_| found.value.clone().into_owned(),
        std::borrow::Cow::into_owned,
    ))
}

/// The `val` attribute.
pub(super) fn value(element: &BytesStart<'_>) -> Option<String> {
    attribute(element, "val")
}

/// The `val` attribute as a number.
pub(super) fn number<N: std::str::FromStr>(element: &BytesStart<'_>) -> Option<N> {
    value(element)?.trim().parse().ok()
}

/// An on–off property (ECMA-376 part 1, 17.17.4): present means on, unless it says otherwise.
pub(super) fn is_on(element: &BytesStart<'_>) -> bool {
    value(element).is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
}

/// What a general reference stands for: the five of XML and characters by number. Entities that the
/// document declares stand for nothing.
pub(super) fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => {}
    }
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => digits.parse(),
    };
    code.ok().and_then(char::from_u32)
}
