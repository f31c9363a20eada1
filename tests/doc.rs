//! Reads small Word 97–2003 files written from text and modifiers: one table of what becomes text,
//! and the places, notices and errors beside it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

mod support;

use prikaz::order::Format;
use prikaz::read::{Limits, Settings, read};
use prikaz::text::{Alignment, AsidePlace, NoticeKind, Origin, Text};
use support::word_file::{WordFile, byte, container, lists, positions, word};

const HIDDEN: u16 = 0x083c;
const DELETED: u16 = 0x0800;
const INSERTED: u16 = 0x0801;
const SPECIAL: u16 = 0x0855;
const ALIGNMENT: u16 = 0x2403;
const IN_TABLE: u16 = 0x2416;
const ENDS_ROW: u16 = 0x2417;
const LEVEL: u16 = 0x260a;
const LIST: u16 = 0x460b;

fn read_file(file: &WordFile) -> Text {
    let reading = read(&file.bytes(), &Settings::default()).unwrap();
    assert_eq!(reading.format, Format::Doc);
    reading.text
}

#[test]
fn characters_become_text() {
    let special = byte(SPECIAL, 1);
    let cases = [
        ("paragraphs", WordFile::of("ПРИКАЗ\r№ 5\r"), "ПРИКАЗ\n№ 5"),
        (
            "tab, break, hyphens",
            WordFile::of("а\tб\u{b}в\u{1e}г\u{1f}д\r"),
            "а\tб в-гд",
        ),
        ("a page break", WordFile::of("а\u{c}б\r"), "а\nб"),
        (
            "beyond the Basic Multilingual Plane",
            WordFile::of("😀\r"),
            "😀",
        ),
        (
            "a field",
            WordFile::of("а \u{13} PAGE \u{14}5\u{15} б\r"),
            "а 5 б",
        ),
        (
            "a field without a result",
            WordFile::of("а\u{13} XE \u{15}б\r"),
            "аб",
        ),
        (
            "a field in another's code",
            WordFile::of("\u{13}IF \u{13}A\u{14}B\u{15} C\u{14}D\u{15}\r"),
            "D",
        ),
        (
            "hidden",
            WordFile::of("а")
                .run("б", byte(HIDDEN, 1))
                .run("в\r", vec![]),
            "ав",
        ),
        (
            "deleted and inserted",
            WordFile::of("а")
                .run("б", byte(DELETED, 1))
                .run("в\r", byte(INSERTED, 1)),
            "ав",
        ),
        (
            "a deleted mark",
            WordFile::of("а")
                .run("\r", byte(DELETED, 1))
                .run("б\r", vec![]),
            "аб",
        ),
        (
            "the mark of a note",
            WordFile::of("а")
                .run("\u{2}", special.clone())
                .run("б\r", vec![]),
            "аб",
        ),
        (
            "a sign",
            WordFile::of("а ")
                .run(
                    "(",
                    [special, [0x09, 0x6a, 9, 0, 0x16, 0x21].to_vec()].concat(),
                )
                .run("\r", vec![]),
            "а №",
        ),
        (
            "a modifier of unknown length before",
            WordFile::of("а")
                .run(
                    "б",
                    [vec![0x47, 0xca, 3, 1, 2, 3], byte(HIDDEN, 1)].concat(),
                )
                .run("\r", vec![]),
            "а",
        ),
        ("no end of the last paragraph", WordFile::of("а"), "а"),
    ];
    for (what, file, expected) in cases {
        assert_eq!(read_file(&file).plain, expected, "{what}");
    }
    let narrow = WordFile {
        is_narrow: true,
        ..WordFile::of("caf\u{e9}")
            .run("x", byte(HIDDEN, 1))
            .run(" 5\r", vec![])
    };
    assert_eq!(read_file(&narrow).plain, "café 5");
}

#[test]
fn labels_are_worked_out() {
    let listed = |level: u8| [word(LIST, 1), byte(LEVEL, level)].concat();
    let (definitions, views) = lists(&[(0, "\u{0}."), (59, "\u{1})")]);
    let with_lists = |mut file: WordFile| {
        file.tables.push((74, views.clone()));
        // The levels go beyond the length of their table, which must stand last.
        file.tables.push((73, definitions.clone()));
        file
    };
    let file = with_lists(WordFile::of("а\rб\rв\rг\rд\r"))
        .paragraph(0, listed(0))
        .paragraph(0, listed(1))
        .paragraph(0, listed(1))
        .paragraph(0, vec![])
        .paragraph(0, listed(0));
    let text = read_file(&file);
    assert_eq!(text.plain, "1. а\nА) б\nБ) в\nг\n2. д");
    assert_eq!(text.slice(text.blocks[1].label.unwrap()), "А)");

    // A style that numbers, and one that rests on it and takes its paragraphs out of the list.
    let style = |base: u16, list: &[u8]| {
        let mut definition = vec![0; 10];
        definition[2..4].copy_from_slice(&(base << 4 | 1).to_le_bytes());
        definition.extend([1, 0, b'x', 0, 0, 0]);
        let length = u16::try_from(list.len() + 2).unwrap();
        definition.extend(length.to_le_bytes());
        definition.extend([0, 0]);
        definition.extend(list);
        definition.extend([0, 0]);
        let length = u16::try_from(definition.len()).unwrap();
        [&length.to_le_bytes()[..], &definition].concat()
    };
    let styles = [
        vec![4, 0, 3, 0, 10, 0],
        style(0x0fff, &[]),
        style(0x0fff, &listed(0)[..6]),
        style(1, &word(LIST, 0)),
    ]
    .concat();
    let mut file = with_lists(WordFile::of("а\rб\rв\r"))
        .paragraph(1, vec![])
        .paragraph(2, vec![])
        .paragraph(1, byte(ALIGNMENT, 1));
    file.tables.push((1, styles));
    let text = read_file(&file);
    assert_eq!(text.plain, "1. а\nб\n2. в");
    assert_eq!(text.blocks[2].alignment, Alignment::Centre);
}

#[test]
fn tables_become_rows() {
    let cell = || byte(IN_TABLE, 1);
    let row = || [byte(IN_TABLE, 1), byte(ENDS_ROW, 1)].concat();
    let nested = |inner: Vec<u8>| [byte(IN_TABLE, 1), vec![0x49, 0x66, 2, 0, 0, 0], inner].concat();
    let simple = WordFile::of("а\u{7}б\u{7}\u{7}в\u{7}\u{7}\u{7}г\r")
        .paragraph(0, cell())
        .paragraph(0, cell())
        .paragraph(0, row())
        .paragraph(0, cell())
        .paragraph(0, cell())
        .paragraph(0, row());
    let text = read_file(&simple);
    assert_eq!(text.plain, "а\tб\nв\nг");
    assert_eq!(text.blocks[1].origin, Origin::Table { table: 0, row: 1 });
    assert_eq!(text.blocks[0].cells.len(), 2);

    let inside = WordFile::of("а\rб\rв\r\rг\u{7}д\u{7}\u{7}")
        .paragraph(0, cell())
        .paragraph(0, nested(byte(0x244b, 1)))
        .paragraph(0, nested(byte(0x244b, 1)))
        .paragraph(0, nested(byte(0x244c, 1)))
        .paragraph(0, cell())
        .paragraph(0, cell())
        .paragraph(0, row());
    assert_eq!(read_file(&inside).plain, "а б в г\tд");
}

#[test]
fn notes_margins_and_boxes_have_their_places() {
    let special = || byte(SPECIAL, 1);
    let mut file = WordFile::of("а")
        .run("\u{8}", special())
        .run("б\r", vec![])
        .run("\u{2}", special())
        .run("сноска\r", vec![])
        .run("верх\rниз\r", vec![])
        .run("поле\r", vec![]);
    file.lengths = vec![(0x50, 8), (0x54, 9), (0x64, 5)];
    file.tables.push((3, positions(&[0, 8])));
    file.tables
        .push((11, positions(&[0, 0, 0, 0, 0, 0, 0, 5, 5, 9, 9, 9, 9])));
    let anchor = [vec![9, 0, 0, 0], vec![0; 22]].concat();
    file.tables
        .push((40, [positions(&[1, 2]), anchor].concat()));
    let known = [vec![0; 14], vec![9, 0, 0, 0], vec![0; 4]].concat();
    file.tables.push((56, [positions(&[0, 5]), known].concat()));
    let text = read_file(&file);
    assert_eq!(text.plain, "аб\nполе\nсноска");
    assert_eq!(text.blocks[1].origin, Origin::TextBox);
    assert_eq!(text.blocks[2].origin, Origin::Footnote);
    let asides: Vec<_> = text
        .asides
        .iter()
        .map(|aside| (aside.place, aside.text.as_str()))
        .collect();
    assert_eq!(
        asides,
        [(AsidePlace::Header, "верх"), (AsidePlace::Footer, "низ")]
    );
}

#[test]
fn changes_are_noticed_and_files_that_cannot_be_read_are_named() {
    let file = WordFile::of("а").run("б\r", byte(INSERTED, 1));
    let text = read_file(&file);
    assert_eq!(text.notices[0].kind, NoticeKind::TrackedChanges);

    let mut encrypted = file.clone();
    encrypted.flags = 0x0100;
    let old = container(&[(
        "WordDocument",
        &[0xdc, 0xa5, 0x68, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    )]);
    let empty = container(&[(
        "WordDocument",
        &[0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, 0, 2],
    )]);
    let whole = file.bytes();
    let picture = WordFile::of("")
        .run("\u{1}", byte(SPECIAL, 1))
        .run("\r", vec![]);
    let cases = [
        ("encrypted", encrypted.bytes(), "encrypted"),
        ("of an older Word", old, "unsupported-format"),
        ("without its table", empty, "damaged"),
        ("cut off", whole[..whole.len() / 2].to_vec(), "damaged"),
        ("a picture alone", picture.bytes(), "needs-ocr"),
    ];
    for (what, bytes, code) in cases {
        let error = read(&bytes, &Settings::default()).unwrap_err();
        assert_eq!(error.code(), code, "{what}: {error}");
    }
}

#[test]
fn hostile_files_meet_limits() {
    let limits = Limits::default();
    let refused = |file: &WordFile, limits: Limits| {
        let settings = Settings {
            limits,
            ..Settings::default()
        };
        read(&file.bytes(), &settings)
            .err()
            .map(|error| error.code())
    };
    let long = WordFile::of(&"а".repeat(2_000));
    let small = Limits {
        text_bytes: 1_000,
        ..limits.clone()
    };
    assert_eq!(refused(&long, small.clone()), Some("too-large"));
    let hidden = WordFile::of("").run(&"\u{1f}".repeat(2_000), vec![]);
    assert_eq!(refused(&hidden, small), Some("too-large"));
    let few = Limits {
        blocks: 10,
        ..limits.clone()
    };
    assert_eq!(
        refused(&WordFile::of(&"а\r".repeat(20)), few),
        Some("too-large")
    );

    // Every pair of offset and length points beyond its stream, or at another table.
    let whole = WordFile::of("а\rб\r").paragraph(0, word(LIST, 0x7fff));
    for number in 0..90 {
        for bytes in [vec![0xff; 400], vec![1; 400], vec![0; 3]] {
            let mut file = whole.clone();
            file.tables.push((number, bytes));
            assert_eq!(refused(&file, limits.clone()), None, "table {number}");
        }
    }
    let mut endless = whole.clone();
    endless.lengths = vec![(0x50, 0x7fff_ffff), (0x60, 0x7fff_ffff)];
    endless.tables.push((3, positions(&[0, 0x7fff_0000])));
    assert_eq!(refused(&endless, limits), None);
}
