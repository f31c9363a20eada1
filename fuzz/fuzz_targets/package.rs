//! Any bytes → a reading or an error that names its cause, without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prikaz::read::{Recognition, Settings, read};

fuzz_target!(|bytes: &[u8]| {
    // What is recognised, another program reads.
    let settings = Settings {
        recognition: Recognition::Never,
        ..Settings::default()
    };
    match read(bytes, &settings) {
        Ok(reading) => assert_whole(&reading.text),
        Err(error) => assert!(!error.to_string().is_empty() && !error.remedy().is_empty()),
    }
});

/// Blocks and pages of a text lie inside it, in order, on the bounds of characters.
fn assert_whole(text: &prikaz::text::Text) {
    let mut end = 0;
    for block in &text.blocks {
        assert!(block.span.start >= end && block.span.end >= block.span.start);
        assert!(text.plain.get(block.span.start..block.span.end).is_some());
        end = block.span.end;
    }
}
