//! Any bytes → the picture of a page, decoded and written again, or an error that names its cause.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prikaz::order::Format;
use prikaz::read::{Limits, page_picture};

fuzz_target!(|bytes: &[u8]| {
    for page in 0..2 {
        match page_picture(bytes, Format::Image, page, &Limits::default()) {
            Ok(picture) => assert!(picture.starts_with(b"\x89PNG")),
            Err(error) => assert!(!error.to_string().is_empty() && !error.remedy().is_empty()),
        }
    }
});
