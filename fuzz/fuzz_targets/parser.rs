//! Any text → a record, without a panic; the record's spans lie inside the text.

#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use prikaz::lexicon::register::Register;
use prikaz::order::{Format, Source};
use prikaz::parse::{Document, parse};
use prikaz::text::Text;

fuzz_target!(|bytes: &[u8]| {
    let text = Text::from_lines(&String::from_utf8_lossy(bytes));
    let source = Source {
        path: "fuzz".to_owned(),
        format: Format::Txt,
        bytes: bytes.len() as u64,
        modified: None,
        pages: None,
        ocr: None,
    };
    let order = parse(
        &text,
        Document {
            id: String::new(),
            source,
            today: date(2026, 1, 1),
            register: Register::built_in(),
        },
    );
    let length = order.text.chars().count();
    assert!(
        order
            .references
            .iter()
            .all(|found| found.span.end <= length)
    );
    assert!(
        order
            .people
            .iter()
            .flat_map(|person| &person.mentions)
            .all(|span| span.end <= length)
    );
    assert!(
        order
            .findings
            .iter()
            .filter_map(|found| found.span)
            .all(|span| span.end <= length)
    );
});
