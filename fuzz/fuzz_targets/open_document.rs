//! Any content of the parts of an `OpenDocument` text → a reading or an error, without a panic.
//!
//! The input is cut at NUL into the contents of `office:text`, of its automatic styles, of the common
//! styles and of the master pages, so that the fuzzer spends its time behind the ZIP container.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prikaz::read::{Settings, read};

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/support/docx_package.rs"]
mod docx_package;
#[path = "../../tests/support/odt_package.rs"]
mod odt_package;
mod whole;

fuzz_target!(|bytes: &[u8]| {
    let input = String::from_utf8_lossy(bytes);
    let mut contents = input.split('\0').map(str::to_owned);
    let mut next = || contents.next().unwrap_or_default();
    let document = odt_package::OpenDocument {
        body: next(),
        automatic: next(),
        styles: next(),
        masters: next(),
        ..odt_package::OpenDocument::default()
    };
    whole::assert_whole(read(&document.bytes(), &Settings::default()));
});
