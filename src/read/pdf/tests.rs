use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;
use crate::read::page::Word;
use crate::text::Bounds;

/// A PDF of these objects, numbered from 1; the first is its catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = String::new();
    for (number, object) in (1..).zip(objects) {
        writeln!(table, "{:010} 00000 n ", bytes.len()).unwrap();
        writeln!(bytes, "{number} 0 obj").unwrap();
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    let size = objects.len() + 1;
    write!(
        bytes,
        "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    )
    .unwrap();
    bytes
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A PDF of one page with this content and these further objects, from number 6 on.
fn page_with(content: Vec<u8>, resources: &str, further: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>").into_bytes(),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    objects.extend(further);
    pdf(&objects)
}

fn words_of(bytes: &[u8]) -> Vec<(String, Bounds)> {
    pages(bytes, &Limits::default())
        .unwrap()
        .into_iter()
        .flat_map(|page| page.page.words)
        .map(|word| (word.text, word.bounds))
        .collect()
}

#[test]
fn words_stand_where_they_are_drawn() {
    // Courier: every character takes 0.6 of the size.
    let content =
        b"BT /F1 10 Tf 100 700 Td (Order No 5) Tj 0 -20 Td [(sp)-30(lit) -800 (far)] TJ ET";
    let words = words_of(&page_with(stream("", content), "", Vec::new()));
    let expected = [
        ("Order", 100.0, 130.0, 142.0),
        ("No", 136.0, 148.0, 142.0),
        ("5", 154.0, 160.0, 142.0),
        ("split", 100.0, 130.3, 162.0),
        ("far", 138.3, 156.3, 162.0),
    ];
    assert_eq!(words.len(), expected.len(), "{words:?}");
    for ((text, bounds), (word, left, right, baseline)) in words.iter().zip(expected) {
        assert_eq!(text, word);
        let near = |a: f32, b: f32| (a - b).abs() < 0.1;
        assert!(
            near(bounds.left, left) && near(bounds.right, right),
            "{word}: {bounds:?}"
        );
        assert!(
            near(bounds.top, baseline - 8.0) && near(bounds.bottom, baseline + 2.0),
            "{word}: {bounds:?}"
        );
    }
}

#[test]
fn a_word_drawn_twice_is_one_and_turned_words_stand_apart() {
    let content = b"BT /F1 10 Tf 100 700 Td (bold) Tj 0.3 0 Td (bold) Tj ET BT /F1 10 Tf 0 1 -1 0 50 300 Tm (side) Tj ET";
    let pages = pages(
        &page_with(stream("", content), "", Vec::new()),
        &Limits::default(),
    )
    .unwrap();
    let texts = |words: &[Word]| {
        words
            .iter()
            .map(|word| word.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&pages[0].page.words), ["bold"]);
    assert_eq!(texts(&pages[0].page.turned), ["side"]);
}

#[test]
fn ruled_lines_are_found_and_pictures_are_never_opened() {
    let content = b"100 700 200 0.5 re f 100 600 m 100 700 l S q 595 0 0 842 0 0 cm /Im Do Q";
    // What calls itself a picture of one pixel inflates to 64 MiB.
    let bomb = deflated(&vec![0; 64 << 20]);
    let picture = stream(
        "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode",
        &bomb,
    );
    let bytes = page_with(stream("", content), "/XObject<</Im 6 0 R>>", vec![picture]);
    let pages = pages(&bytes, &Limits::default()).unwrap();
    assert_eq!(pages[0].page.rules.len(), 2);
    assert_eq!(pages[0].layer, Layer::Missing);
}

/// LZW data whose codes are each of the run before and one byte more, until they are as long as they can be.
fn lzw_bomb() -> Vec<u8> {
    let codes = std::iter::once(32)
        .chain(258..4095)
        .chain(vec![4094; 5_000]);
    lzw(codes)
}

/// These codes as LZW data, whose codes grow one early.
fn lzw(codes: impl Iterator<Item = usize>) -> Vec<u8> {
    let (mut data, mut buffer, mut bits) = (Vec::new(), 0_usize, 0);
    for (at, code) in codes.enumerate() {
        let width = match 258 + at {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        buffer = buffer << width | code;
        bits += width;
        while bits >= 8 {
            bits -= 8;
            data.push(u8::try_from(buffer >> bits & 0xff).unwrap());
        }
    }
    data.push(u8::try_from(buffer << (8 - bits) & 0xff).unwrap());
    data
}

#[test]
fn every_compression_of_text_is_read() {
    let content = b"BT /F1 10 Tf 100 700 Td (Order No 5) Tj ET";
    let hexadecimal: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
    let runs = {
        let length = u8::try_from(content.len() - 1).unwrap();
        [&[length][..], content, &[128]].concat()
    };
    // Every byte a code of its own.
    let codes = content.iter().copied().map(usize::from).chain([257]);
    let cases: [(&str, Vec<u8>); 7] = [
        ("", content.to_vec()),
        ("/Filter/FlateDecode", deflated(content)),
        (
            "/Filter [ /FlateDecode /FlateDecode ]",
            deflated(&deflated(content)),
        ),
        (
            "/Filter[/ASCIIHexDecode]",
            format!("{hexadecimal}>").into_bytes(),
        ),
        ("/Filter/RunLengthDecode", runs.clone()),
        ("/Filter[/Fl/RL]", deflated(&runs)),
        ("/Filter/LZWDecode", lzw(codes)),
    ];
    for (filter, data) in cases {
        let words = words_of(&page_with(stream(filter, &data), "", Vec::new()));
        let words: Vec<&str> = words.iter().map(|(word, _)| &**word).collect();
        assert_eq!(words, ["Order", "No", "5"], "{filter}");
    }
}

#[test]
fn a_stream_that_breaks_is_read_up_to_there() {
    // One word a line, so that what stands before the fault says something; then blocks that end nothing.
    let content = "BT /F1 10 Tf 100 700 Td (Order) Tj ET ".repeat(50);
    let mut data = deflated(content.as_bytes());
    data.truncate(data.len() - 8);
    // A block of a kind that there is not, and one that inflates to 64 MiB behind it.
    data.extend_from_slice(&[0xff; 8]);
    data.extend_from_slice(&deflated(&vec![b' '; 64 << 20]));
    let bytes = page_with(stream("/Filter/FlateDecode", &data), "", Vec::new());
    let words = words_of(&bytes);
    assert_eq!(words[0].0, "Order");
    // Behind the fault nothing is left to inflate.
    let copy = weight::weighed(&bytes, &Limits::default()).unwrap();
    let end = streams::find(&copy, b"endstream", 0).unwrap();
    assert!(streams::find(&copy, b"/Broken", 0).is_some() && end < bytes.len() - 60_000);
}

#[test]
fn what_stands_behind_a_picture_in_the_file_is_read() {
    let picture = stream("/Subtype/Image/Width 1/Height 1", b"x");
    let content = stream("", b"BT /F1 10 Tf 100 700 Td (Order) Tj ET /Im Do");
    let bytes = pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>/XObject<</Im 4 0 R>>>>>>".to_vec(),
        picture,
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>".to_vec(),
    ]);
    assert_eq!(words_of(&bytes)[0].0, "Order");
}

#[test]
fn hostile_files_end_with_an_error_that_names_the_cause() {
    let zeros = vec![b' '; 20 << 20];
    let bomb = deflated(&zeros);
    let base_85: Vec<u8> = bomb
        .chunks(4)
        .flat_map(|chunk| {
            let mut group = [0; 4];
            group[..chunk.len()].copy_from_slice(chunk);
            let mut number = u32::from_be_bytes(group);
            let mut digits = [0; 5];
            for digit in digits.iter_mut().rev() {
                *digit = b'!' + u8::try_from(number % 85).unwrap();
                number /= 85;
            }
            digits
        })
        .chain(*b"~>")
        .collect();
    let nested = |name: &str| {
        let form = |number: usize| {
            stream(
                &format!(
                    "/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>",
                    number + 1
                ),
                b"/X Do /X Do",
            )
        };
        page_with(
            stream("", b"/X Do"),
            &format!("/XObject<</X {name}>>"),
            (6..46).map(form).collect(),
        )
    };
    let unending = {
        let mut bytes = page_with(stream("", b""), "", Vec::new());
        for _ in 0..20_000 {
            bytes.extend_from_slice(b"<</Length 9>>stream\nx\n");
        }
        bytes
    };
    let cases: [(&str, Vec<u8>, &str); 16] = [
        (
            "a stream that inflates to 20 MiB",
            page_with(stream("/Filter/FlateDecode", &bomb), "", Vec::new()),
            "too-large",
        ),
        (
            "the same in ASCII85",
            page_with(
                stream("/Filter[/ASCII85Decode/FlateDecode]", &base_85),
                "",
                Vec::new(),
            ),
            "too-large",
        ),
        (
            "the same, called something else",
            page_with(
                stream("/Subtype/Image/Width 1/First 1/Filter/FlateDecode", &bomb),
                "",
                Vec::new(),
            ),
            "too-large",
        ),
        (
            "compressed twice",
            page_with(
                stream("/Filter[/FlateDecode/FlateDecode]", &deflated(&bomb)),
                "",
                Vec::new(),
            ),
            "too-large",
        ),
        (
            "the same by short names",
            page_with(stream("/F[/Fl/Fl]", &deflated(&bomb)), "", Vec::new()),
            "too-large",
        ),
        (
            "the same, said long before",
            page_with(
                stream(
                    &format!("/Filter[/Fl/Fl]/X({})", "x".repeat(70_000)),
                    &deflated(&bomb),
                ),
                "",
                Vec::new(),
            ),
            "damaged",
        ),
        (
            "the same, behind an object that is none",
            page_with(
                stream("/Filter[/Fl/Fl]/X(1 0 obj <<)/Y(>>)", &deflated(&bomb)),
                "",
                Vec::new(),
            ),
            "damaged",
        ),
        (
            "runs of one byte",
            page_with(
                stream("/Filter/RunLengthDecode", &[129, b' '].repeat(140_000)),
                "",
                Vec::new(),
            ),
            "too-large",
        ),
        (
            "runs of runs",
            page_with(stream("/Filter[/RL/Fl]", b"x"), "", Vec::new()),
            "damaged",
        ),
        (
            "LZW codes of longer and longer runs",
            page_with(stream("/Filter/LZWDecode", &lzw_bomb()), "", Vec::new()),
            "too-large",
        ),
        (
            "a filter that is spelled otherwise",
            page_with(stream("/Filter/Fl#61teDecode", b"x"), "", Vec::new()),
            "damaged",
        ),
        (
            "a filter in another object",
            page_with(
                stream("/Filter 6 0 R", b"x"),
                "",
                vec![b"/FlateDecode".to_vec()],
            ),
            "damaged",
        ),
        ("forms in forms, twice each", nested("6 0 R"), "too-large"),
        ("streams without ends", unending, "damaged"),
        (
            "pages that hold themselves",
            pdf(&[
                b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
                b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".to_vec(),
            ]),
            "damaged",
        ),
        (
            "an encrypted file",
            pdf(&[b"<</Type/Catalog/Pages 2 0 R/Encrypt 3 0 R>>".to_vec()]),
            "encrypted",
        ),
    ];
    for (name, bytes, code) in cases {
        match pages(&bytes, &Limits::default()) {
            Ok(_) => panic!("{name} was read"),
            Err(error) => assert_eq!(error.code(), code, "{name}: {error}"),
        }
    }
}

#[test]
fn too_many_pages_are_refused() {
    let bytes = pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Kids[{}]/Count 11>>",
            (3..14).map(|n| format!("{n} 0 R ")).collect::<String>()
        )
        .into_bytes(),
    ]
    .into_iter()
    .chain((3..14).map(|_| b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_vec()))
    .collect::<Vec<_>>());
    let limits = Limits {
        pages: 10,
        ..Limits::default()
    };
    assert_eq!(pages(&bytes, &limits).unwrap_err().code(), "too-large");
    assert_eq!(pages(&bytes, &Limits::default()).unwrap().len(), 11);
}

#[test]
fn a_layer_is_judged_by_whether_its_words_can_be_words() {
    let page = |text: &str| Page {
        words: text
            .split_whitespace()
            .map(|word| Word {
                text: word.to_owned(),
                bounds: Bounds::default(),
                confidence: None,
            })
            .collect(),
        ..Page::default()
    };
    let russian =
        "В целях исполнения статьи 28 Федерального закона от 29.12.2012 № 273-ФЗ приказываю";
    let cases: [(&str, f32, usize, Layer); 10] = [
        (russian, 0.0, 0, Layer::Good),
        (russian, 1.0, 0, Layer::Good),
        (
            "The Director of the School No 5 hereby orders the staff of eBay and iPhone",
            0.0,
            0,
            Layer::Good,
        ),
        (
            "Ïðèêàç î íàçíà÷åíèè îòâåòñòâåííîãî ëèöà â øêîëå",
            0.0,
            0,
            Layer::Worthless,
        ),
        (
            "AJIMI4HI4CTPAI-II45I 3ABOJIMAHCKOTO npeAocTaBJIeHuu oTnycKa HuKuTe KJIuMoBu4y OKPYTA",
            1.0,
            0,
            Layer::Worthless,
        ),
        (
            "ПPИKAЗ o нaзнaчeнии oтвeтcтвeннoгo лицa зa пoжapную бeзoпacнocть",
            1.0,
            0,
            Layer::Worthless,
        ),
        (
            "\u{fffd}\u{fffd}\u{fffd}\u{fffd} приказ о назначении ответственного лица",
            0.0,
            0,
            Layer::Worthless,
        ),
        ("Стр. 2", 1.0, 0, Layer::Missing),
        ("", 0.0, 500, Layer::Missing),
        ("", 0.0, 0, Layer::Good),
    ];
    for (text, picture, paths, expected) in cases {
        assert_eq!(
            judge::judged(&page(text), picture, paths),
            expected,
            "{text:?}"
        );
    }
}

/// The encrypted files that `tests/encrypted/make.py` made.
fn encrypted(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/encrypted");
    std::fs::read(format!("{folder}/{name}.pdf")).unwrap()
}

#[test]
fn a_file_that_is_encrypted_without_a_password_is_read_like_any_other() {
    let expected = words_of(&page_with(
        stream("", b"BT /F1 10 Tf 100 700 Td (Order No 5) Tj ET"),
        "",
        Vec::new(),
    ));
    let names = [
        "rc4-40",
        "rc4-128",
        "rc4-by-name",
        "aes-128",
        "aes-256",
        "object-streams",
    ];
    for name in names {
        assert_eq!(words_of(&encrypted(name)), expected, "{name}");
    }
    for (name, code) in [("password", "encrypted"), ("bomb", "too-large")] {
        let error = pages(&encrypted(name), &Limits::default()).unwrap_err();
        assert_eq!(error.code(), code, "{name}");
    }
}

#[test]
fn each_state_of_an_encrypted_object_is_decrypted() {
    let find = |bytes: &[u8], what: &[u8]| streams::find(bytes, what, 0).unwrap();
    let mut bytes = encrypted("rc4-128");
    let start = find(&bytes, b"4 0 obj");
    let object = bytes[start..find(&bytes, b"5 0 obj")].to_vec();
    let trailer = bytes[find(&bytes, b"trailer <<") + 10..find(&bytes, b"startxref")].to_vec();
    let before = find(&bytes, b"xref\n");
    // The former state said something else; the present one stands at the end, as whoever changes a file adds it.
    let data = find(&bytes, b"stream\n") + 10;
    bytes[data] ^= 1;
    let changed = bytes.len();
    bytes.extend_from_slice(&object);
    let table = bytes.len();
    write!(
        bytes,
        "xref\n4 1\n{changed:010} 00000 n \ntrailer <</Prev {before} "
    )
    .unwrap();
    bytes.extend_from_slice(&trailer);
    write!(bytes, "startxref\n{table}\n%%EOF").unwrap();
    let words = words_of(&bytes);
    let words: Vec<&str> = words.iter().map(|(word, _)| &**word).collect();
    assert_eq!(words, ["Order", "No", "5"]);
}

#[test]
fn a_file_whose_key_is_not_known_is_named_as_encrypted() {
    let key = "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(x)/U(y)>>";
    let cases = [
        (
            "a key that does not fit",
            format!("{key}/ID[<00><00>]"),
            "encrypted",
        ),
        (
            "a key of another maker",
            "/Encrypt<</Filter/Other>>".to_owned(),
            "encrypted",
        ),
        (
            "a key that is nowhere",
            "/Encrypt 99 0 R".to_owned(),
            "encrypted",
        ),
        (
            "a key that is spelled otherwise",
            "/#45ncryp#74<</Filter/Other>>".to_owned(),
            "encrypted",
        ),
    ];
    for (name, key, code) in cases {
        let bytes = pdf(&[format!("<</Type/Catalog/Pages 2 0 R{key}>>").into_bytes()]);
        let error = pages(&bytes, &Limits::default()).unwrap_err();
        assert_eq!(error.code(), code, "{name}: {error}");
    }
}
