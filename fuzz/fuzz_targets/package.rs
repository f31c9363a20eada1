//! Any bytes → a reading or an error that names its cause, without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prikaz::read::{Recognition, Settings, read};

mod whole;

fuzz_target!(|bytes: &[u8]| {
    // What is recognised, another program reads.
    let settings = Settings {
        recognition: Recognition::Never,
        ..Settings::default()
    };
    whole::assert_whole(read(bytes, &settings));
});
