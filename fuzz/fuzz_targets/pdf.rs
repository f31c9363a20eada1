//! Any contents of the pages of a PDF → a reading or an error, without a panic.
//!
//! The input is cut at NUL into the contents of pages. Their font maps its codes as Windows-1251 does, so that what
//! they draw can be words, lines, columns and tables.

#![no_main]

use std::fmt::Write as _;
use std::io::Write as _;
use std::panic;

use libfuzzer_sys::fuzz_target;
use prikaz::read::{Recognition, Settings, read};

mod whole;

/// What the codes of the font stand for.
const CHARACTERS: &str = "begincmap 1 begincodespacerange <00> <ff> endcodespacerange \
    4 beginbfrange <20> <7e> <0020> <a0> <a0> <00a0> <b9> <b9> <2116> <c0> <ff> <0410> endbfrange endcmap";

fuzz_target!(
    init: leave_panics_of_libraries_to_the_reader(),
    |bytes: &[u8]| {
        // What is recognised, another program reads.
        let settings = Settings {
            recognition: Recognition::Never,
            ..Settings::default()
        };
        whole::assert_whole(read(&document(bytes), &settings));
    }
);

/// The reader expects that the library which interprets a page may panic; the fuzzer would end at it.
fn leave_panics_of_libraries_to_the_reader() {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let is_of_a_library = panic
            .location()
            .is_some_and(|place| place.file().contains("/registry/src/"));
        if !is_of_a_library {
            hook(panic);
        }
    }));
}

/// A PDF of these pages.
fn document(contents: &[u8]) -> Vec<u8> {
    let contents: Vec<&[u8]> = contents.split(|&byte| byte == 0).collect();
    let kids: String = (0..contents.len())
        .map(|page| format!("{} 0 R ", 5 + 2 * page))
        .collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", contents.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/ToUnicode 4 0 R>>".to_vec(),
        stream(CHARACTERS.as_bytes()),
    ];
    for (page, content) in contents.into_iter().enumerate() {
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R\
                 /Resources<</Font<</F1 3 0 R>>>>>>",
                6 + 2 * page
            )
            .into_bytes(),
        );
        objects.push(stream(content));
    }
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = String::new();
    for (number, object) in (1..).zip(&objects) {
        writeln!(table, "{:010} 00000 n ", bytes.len()).expect("a string takes it");
        writeln!(bytes, "{number} 0 obj").expect("a vector takes it");
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let (start, size) = (bytes.len(), objects.len() + 1);
    write!(
        bytes,
        "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    )
    .expect("a vector takes it");
    bytes
}

fn stream(data: &[u8]) -> Vec<u8> {
    let mut object = format!("<</Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}
