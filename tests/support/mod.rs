//! What the tests of whole pipelines share.

#![allow(dead_code, reason = "each test takes what it needs of this")]

use std::path::PathBuf;

pub(crate) mod docx_package;
pub(crate) mod odt_package;
pub(crate) mod word_file;

/// A folder of test material that is not part of this repository: under `PRIKAZ_SHARED`, or beside
/// the repository. Where it is not there, the test says what it leaves out.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PRIKAZ_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    );
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("left out: there is no {}", path.display());
    None
}
