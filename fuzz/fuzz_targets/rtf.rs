//! Any bytes inside the outermost group of an RTF document → a reading or an error, without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prikaz::read::{Settings, read};

mod whole;

fuzz_target!(|bytes: &[u8]| {
    let document = [b"{\\rtf1\\ansi\\ansicpg1251 ", bytes].concat();
    whole::assert_whole(read(&document, &Settings::default()));
});
