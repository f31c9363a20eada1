//! Any content of the parts of a Word document → a reading or an error, without a panic.
//!
//! The input is cut at NUL into the contents of `w:body`, `w:numbering`, `w:styles` and
//! `w:footnotes`; each is put into a part of its own, so that the fuzzer spends its time behind the
//! ZIP container and not in it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prikaz::read::{Settings, read};

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/support/docx_package.rs"]
mod docx_package;

const PARTS: [&str; 3] = ["numbering", "styles", "footnotes"];

fuzz_target!(|bytes: &[u8]| {
    let input = String::from_utf8_lossy(bytes);
    let mut contents = input.split('\0');
    let mut document = docx_package::Document::new(contents.next().unwrap_or_default());
    for (part, content) in PARTS.into_iter().zip(contents) {
        document = document.with(part, content);
    }
    if let Ok(reading) = read(&document.bytes(), &Settings::default()) {
        let text = reading.text;
        assert!(
            text.blocks
                .iter()
                .all(|block| text.plain.is_char_boundary(block.span.start)
                    && text.plain.is_char_boundary(block.span.end))
        );
        assert!(text.plain.len() <= Settings::default().limits.text_bytes);
    }
});
