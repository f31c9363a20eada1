//! Any streams of a Word 97–2003 document → a reading or an error, without a panic.
//!
//! The first two bytes say how long the main stream is; the table stream follows it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prikaz::read::{Settings, read};

mod whole;
#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/support/word_file.rs"]
mod word_file;

fuzz_target!(|bytes: &[u8]| {
    let [low, high, streams @ ..] = bytes else {
        return;
    };
    let length = usize::from(u16::from_le_bytes([*low, *high])).min(streams.len());
    let (main, table) = streams.split_at(length);
    let mut main = main.to_vec();
    main.resize(main.len().max(0x400), 0);
    main[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0x00]);
    let document = word_file::container(&[("WordDocument", &main), ("0Table", table), ("1Table", table)]);
    whole::assert_whole(read(&document, &Settings::default()));
});
