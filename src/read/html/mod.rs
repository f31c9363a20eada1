//! Reading HTML: from the bytes of a page to [`Text`].
//!
//! ```text
//! bytes ─▶ encoding ─▶ survey (which tables lay out the page) ─▶ story ─▶ composer ─▶ Text
//! ```
//!
//! In: the bytes of a page and [`Limits`]. Out: [`Text`] as a browser displays it, with the labels of
//! lists; in a page that Word saved, with the labels that Word wrote down. What surrounds an order
//! on a site stays in the text: the reader knows nothing of orders.
//! Must never: run or fetch anything that a page names, recurse, or judge what is of interest.

mod elements;
mod lists;
mod story;
mod survey;
mod tokens;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251};

use self::story::Story;
use self::survey::survey;
use super::{Limits, ReadError, plain};
use crate::text::{Properties, Text};

/// How much of a page is looked at for the encoding that it declares, in bytes. Browsers look at
/// 1,024; the styles of Word may stand before the declaration.
const DECLARATION_WITHIN: usize = 16 << 10;

/// Reads a page, whose encoding may have been said beside it.
pub(super) fn read(
    bytes: &[u8],
    said: Option<&'static Encoding>,
    limits: &Limits,
) -> Result<Text, ReadError> {
    if bytes.len() > limits.part_bytes {
        return Err(ReadError::TooLarge {
            what: "размер страницы",
            limit: format!("{} МБ", limits.part_bytes >> 20),
        });
    }
    let (page, _, _) = encoding(bytes, said).decode(bytes);
    let survey = survey(&page, limits)?;
    let (composer, findings) = Story::new(survey, limits).read(&page)?;
    let mut builder = composer.finish()?;
    let title = findings
        .title
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    builder.set_properties(Properties {
        title: Some(title).filter(|title| !title.is_empty()),
        ..Properties::default()
    });
    findings.counts.tell(&mut builder, Vec::new());
    Ok(builder.into_text())
}

/// The encoding of a page: by its mark, as was said beside it, as it declares, or by its letters.
fn encoding(bytes: &[u8], said: Option<&'static Encoding>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let declared = said.or_else(|| declared(bytes));
    // A page whose declaration can be read as ASCII is in no encoding of two bytes; and by habit
    // pages in other encodings declare UTF-8.
    let declared = declared.filter(|encoding| encoding.is_ascii_compatible());
    match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ => plain::encoding(bytes).or(declared).unwrap_or(WINDOWS_1251),
    }
}

/// The encoding that a page declares in a `meta` element or in an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION_WITHIN).unwrap_or(bytes);
    let head = head.to_ascii_lowercase();
    [&b"charset="[..], b"encoding="]
        .into_iter()
        .find_map(|key| {
            let at = head.windows(key.len()).position(|window| window == key)?;
            let value = head.get(at + key.len()..)?;
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").unwrap_or(value);
            let value = value.strip_prefix(b"'").unwrap_or(value);
            let end = value
                .iter()
                .position(|&byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_'))?;
            Encoding::for_label(value.get(..end)?)
        })
}
