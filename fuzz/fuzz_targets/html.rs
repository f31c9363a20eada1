//! Any bytes after the first tag of a page → a reading or an error, without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prikaz::read::{Settings, read};

mod whole;

fuzz_target!(|bytes: &[u8]| {
    let page = [b"<html>", bytes].concat();
    whole::assert_whole(read(&page, &Settings::default()));
});
