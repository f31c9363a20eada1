//! Reads small documents written from visible RTF: one table of what becomes text, and the places,
//! notices and errors beside it.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::fmt::Write as _;

use prikaz::order::Format;
use prikaz::read::{Limits, Settings, read};
use prikaz::text::{Alignment, AsidePlace, NoticeKind, Origin, Text};

const HEAD: &str = r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times New Roman;}{\f1\fcharset2 Symbol;}{\f2\fcharset2 Wingdings;}{\f3\fcharset238 Arial CE;}}";

/// The lists of a document: list 1 counts 1. and 1.1., list 2 counts а), list 3 is a view of list 1
/// that starts at 5.
const LISTS: &str = r"{\*\listtable{\list{\listlevel\levelnfc0\levelstartat1{\leveltext\'02\'00.;}{\levelnumbers\'01;}}{\listlevel\levelnfc0\levelstartat1{\leveltext\'04\'00.\'01.;}{\levelnumbers\'01\'03;}}\listid7}{\list{\listlevel\levelnfc58\levelstartat1{\leveltext\'02\'00);}{\levelnumbers\'01;}}\listid8}}{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}{\listoverride\listid8\listoverridecount0\ls2}{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat5}\ls3}}";

/// A document with this body. Letters beyond ASCII are written as `\u`.
fn document(body: &str) -> Vec<u8> {
    let mut rtf = String::from(HEAD);
    rtf.push_str(LISTS);
    for character in body.chars() {
        if character.is_ascii() {
            rtf.push(character);
        } else {
            let mut units = [0; 2];
            for &mut unit in character.encode_utf16(&mut units) {
                write!(rtf, "\\u{}?", unit.cast_signed()).unwrap();
            }
        }
    }
    rtf.push('}');
    rtf.into_bytes()
}

fn read_body(body: &str) -> Text {
    let reading = read(&document(body), &Settings::default()).unwrap();
    assert_eq!(reading.format, Format::Rtf);
    reading.text
}

#[test]
fn characters_become_text() {
    let cases = [
        ("as they are", r"\pard order\par", "order"),
        (
            "bytes of the font",
            r"\'cf\'d0\'c8\'ca\'c0\'c7\par",
            "ПРИКАЗ",
        ),
        ("bytes of another font", r"{\f3\'e8}\'e8\par", "čи"),
        ("codes", r"\u1055?\u1056\'50\u1048 II\par", "ПРИI"),
        (
            "codes without replacement",
            r"{\uc0\u1055 \u1056 }\u1048?\par",
            "ПРИ",
        ),
        (
            "codes with two replacements",
            r"{\uc2\u1055\'8f\'90\u1056 ab}\par",
            "ПР",
        ),
        (
            "a control word as replacement",
            r"\u8211\endash x\par",
            "–x",
        ),
        ("negative codes", r"{\f2\u-3842 ?}\par", "☑"),
        ("a pair of codes", r"\u-10179?\u-8704?\par", "😀"),
        (
            "a sign of a pictographic font",
            r"{\f2\'fe} {\f1\'b3}\par",
            "☑ ≥",
        ),
        ("tab", r"a\tab b\par", "a\tb"),
        ("line break", r"a\line b\par", "a b"),
        ("no-break space and hyphens", r"149\_\~a\-b\par", "149- ab"),
        (
            "named characters",
            r"\ldblquote a\rdblquote  \emdash\bullet\par",
            "“a” —•",
        ),
        ("braces", r"\{a\}\\\par", r"{a}\"),
        ("a line end inside a word", "при\r\nказ\\par", "приказ"),
        ("a backslash before a line end", "a\\\nb", "a\nb"),
        ("no end of the last paragraph", "a", "a"),
        ("hidden", r"a{\v b}\v c\v0 d\par", "ad"),
        ("hidden until plain", r"a\v b\plain c\par", "ac"),
        (
            "deleted and inserted",
            r"a{\deleted b}{\revised c}\par",
            "ac",
        ),
        ("a deleted paragraph mark", r"a{\deleted\par}b\par", "ab"),
        (
            "a field",
            r"{\field{\*\fldinst PAGE \\* ARABIC}{\fldrslt 5}}\par",
            "5",
        ),
        (
            "a field in the code of another",
            r"{\field{\*\fldinst IF {\field{\*\fldinst A}{\fldrslt B}} C}{\fldrslt D}}\par",
            "D",
        ),
        (
            "a check box",
            r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres1{\*\ffname x}}}}{\fldrslt}}\par",
            "☒",
        ),
        (
            "a drop-down list",
            r"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl aa}{\*\ffl bb}}}x}{\fldrslt}}\par",
            "bb",
        ),
        ("unknown destinations", r"a{\*\unknown b{c}}d\par", "ad"),
        (
            "bookmarks and index entries",
            r"a{\*\bkmkstart x}{\xe y}b\par",
            "ab",
        ),
        ("bytes that are no text", "a\\bin4 {}}}b\\par", "ab"),
        ("two forms of a text", r"{\upr{a}{\*\ud{\u1055?}}}\par", "П"),
        (
            "a picture",
            r"a{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 00}}b\par",
            "ab",
        ),
        (
            "an embedded object",
            r"{\object{\*\objdata 0102}{\result x}}\par",
            "x",
        ),
        ("a page break", r"a\par\page b\par", "a\nb"),
        ("a section", r"a\par\sect\sectd b\par", "a\nb"),
    ];
    for (what, body, expected) in cases {
        assert_eq!(read_body(body).plain, expected, "{what}");
    }
}

#[test]
fn labels_are_those_that_the_file_carries() {
    let cases = [
        (
            "carried",
            r"\pard{\listtext\pard\plain 7.\tab}\ls1 a\par",
            "7. a",
        ),
        (
            "carried in a pictographic font",
            r"\pard{\listtext{\f1\'b7}\tab}\ls1 a\par",
            "• a",
        ),
        (
            "of WordPad",
            r"\pard{\pntext\f0 3.\tab}{\*\pn\pnlvlbody\pnstart3{\pntxta.}}a\par",
            "3. a",
        ),
        ("empty", r"\pard{\listtext\tab}\ls1 a\par", "a"),
        (
            "worked out",
            r"\pard\ls1 a\par\pard\ls1\ilvl1 b\par c\par\pard\ls1 d\par\pard e\par",
            "1. a\n1.1. b\n1.2. c\n2. d\ne",
        ),
        ("in Russian letters", r"\pard\ls2 a\par b\par", "а) a\nб) b"),
        (
            "started again",
            r"\pard\ls1 a\par\pard\ls3 b\par c\par",
            "1. a\n5. b\n6. c",
        ),
        (
            "in a cell",
            r"\trowd\cellx1\pard\intbl\ls1 a\cell\row",
            "1. a",
        ),
        (
            "after a deleted paragraph that was counted",
            r"\pard{\listtext 1.\tab}\ls1 a\par{\listtext 2.\tab}{\deleted b\par}{\listtext 3.\tab}c\par",
            "1. a\n2. c",
        ),
    ];
    for (what, body, expected) in cases {
        assert_eq!(read_body(body).plain, expected, "{what}");
    }
    let text = read_body(r"\pard{\listtext 1.\tab}\ls1 a\par");
    assert_eq!(text.slice(text.blocks[0].label.unwrap()), "1.");
}

#[test]
fn tables_become_rows() {
    let row = |cells: &[&str]| -> String {
        let ended: String = cells
            .iter()
            .map(|cell| format!("\\pard\\intbl {cell}\\cell"))
            .collect();
        format!("\\trowd\\cellx100\\cellx200{ended}\\row")
    };
    let cases = [
        ("rows", row(&["a", "b"]) + &row(&["c", "d"]), "a\tb\nc\td"),
        ("paragraphs of a cell", row(&[r"a\par b", "c"]), "a b\tc"),
        ("a tab in a cell", row(&[r"a\tab b", "c"]), "a b\tc"),
        ("an empty cell", row(&["", "c"]), "\tc"),
        ("a row without text", row(&["", ""]) + r"\pard x\par", "x"),
        ("text after a table", row(&["a", "b"]) + r"\pard x\par", "a\tb\nx"),
        (
            "a covered cell",
            r"\trowd\clvmrg\cellx1\cellx2\pard\intbl hidden\cell b\cell\row".to_owned(),
            "\tb",
        ),
        (
            "a nested table",
            r"\trowd\cellx1\cellx2\pard\intbl a\par\pard\intbl\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\cellx1\nestrow}\pard\intbl\itap1 d\cell e\cell\row".to_owned(),
            "a b c d\te",
        ),
        ("a row without an end", r"\trowd\cellx1\pard\intbl a\cell\pard x\par".to_owned(), "a\nx"),
        (
            "a definition after the cells",
            r"\pard\intbl a\cell b\cell{\trowd\cellx1\cellx2\row}\pard x\par".to_owned(),
            "a\tb\nx",
        ),
    ];
    for (what, body, expected) in cases {
        assert_eq!(read_body(&body).plain, expected, "{what}");
    }
    let text = read_body(&(row(&["a", "b"]) + &row(&["", "d"])));
    assert_eq!(text.blocks[1].origin, Origin::Table { table: 0, row: 1 });
    assert_eq!(text.blocks[1].cells.len(), 1);
    assert_eq!(text.blocks[1].cells[0].column, 1);
    let text = read_body(&(row(&["a", "b"]) + r"\pard x\par" + &row(&["c", "d"])));
    assert_eq!(text.blocks[2].origin, Origin::Table { table: 1, row: 0 });
}

#[test]
fn boxes_notes_and_asides_have_their_places() {
    let text = read_body(
        r"{\header\pard head\par}{\footerf\pard foot\par}\pard\qc a{\shp{\*\shpinst{\sp{\sn x}{\sv no}}{\shptxt\pard\qr box\par}}{\shprslt{\*\do{\dptxbxtext box\par}}}} b{\*\footnote\chftn note\par}{\footnote\ftnalt end\par}{\*\annotation remark}\par c{\v hid}\par",
    );
    assert_eq!(text.plain, "a b\nbox\nc\nnote\nend");
    let origins: Vec<_> = text.blocks.iter().map(|block| block.origin).collect();
    assert_eq!(
        origins,
        [
            Origin::Body,
            Origin::TextBox,
            Origin::Body,
            Origin::Footnote,
            Origin::Endnote
        ]
    );
    assert_eq!(text.blocks[0].alignment, Alignment::Centre);
    assert_eq!(text.blocks[1].alignment, Alignment::End);
    let asides: Vec<_> = text
        .asides
        .iter()
        .map(|aside| (aside.place, aside.text.as_str()))
        .collect();
    assert_eq!(
        asides,
        [
            (AsidePlace::Header, "head"),
            (AsidePlace::Footer, "foot"),
            (AsidePlace::Comment, "remark"),
            (AsidePlace::Hidden, "hid"),
        ]
    );
}

#[test]
fn properties_and_notices_are_kept() {
    let text = read_body(
        r"{\info{\title T}{\author A}{\author B}{\creatim\yr2024\mo2\dy5\hr9\min14}\nofpages3}a{\deleted b}{\revised c}{\f2\'01}\par",
    );
    assert_eq!(text.properties.title.as_deref(), Some("T"));
    assert_eq!(text.properties.author.as_deref(), Some("A"));
    assert_eq!(
        text.properties.created.as_deref(),
        Some("2024-02-05T09:14:00")
    );
    assert_eq!(text.pages, Some(3));
    let kinds: Vec<_> = text.notices.iter().map(|notice| notice.kind).collect();
    assert_eq!(kinds, [NoticeKind::TrackedChanges, NoticeKind::Unreadable]);
}

#[test]
fn broken_files_are_read_as_far_as_they_go() {
    let whole = document(r"\pard a\par b\par");
    let text = read(&whole[..whole.len() - 4], &Settings::default())
        .unwrap()
        .text;
    assert_eq!(text.plain, "a\nb");
    assert_eq!(text.notices[0].kind, NoticeKind::Unreadable);
    let errors = [
        (&whole[..20], "damaged"),
        (
            b"{\\rtf1{\\pict\\picwgoal9000\\pichgoal12000 00}}",
            "needs-ocr",
        ),
    ];
    for (bytes, code) in errors {
        assert_eq!(read(bytes, &Settings::default()).unwrap_err().code(), code);
    }
}

#[test]
fn hostile_files_meet_limits() {
    let default = Limits::default();
    let deep = "{".repeat(default.xml_depth + 1);
    let tables = r"\trowd\cellx1".to_owned() + r"\pard\intbl\itap2000000000 a\nestcell" + r"\row";
    let cells = r"\trowd".to_owned() + &r"\cellx1".repeat(100_000) + r"\pard\intbl a\cell\row";
    let cases = [
        (
            "groups without end",
            deep.as_str(),
            default.clone(),
            Some("too-deep"),
        ),
        (
            "groups passed over without end",
            &format!("{{\\*\\x {}", "{".repeat(1_000_000)),
            default.clone(),
            Some("damaged"),
        ),
        (
            "more text than allowed",
            &"a".repeat(2_000),
            Limits {
                text_bytes: 1_000,
                ..default.clone()
            },
            Some("too-large"),
        ),
        (
            "more hidden text than allowed",
            &format!("\\v {}", "a".repeat(2_000)),
            Limits {
                text_bytes: 1_000,
                ..default.clone()
            },
            Some("too-large"),
        ),
        (
            "more paragraphs than allowed",
            &"a\\par ".repeat(20),
            Limits {
                blocks: 10,
                ..default.clone()
            },
            Some("too-large"),
        ),
        ("a table within millions", &tables, default.clone(), None),
        ("a hundred thousand cells", &cells, default.clone(), None),
        (
            "a length beyond the file",
            "a\\bin2147483647 ",
            default.clone(),
            None,
        ),
        (
            "more replacements than there is text",
            "\\uc2147483647\\u1055 a",
            default.clone(),
            None,
        ),
        (
            "levels and lists out of range",
            "\\ls2147483647\\ilvl-5 a\\par\\ls1\\ilvl99 a\\par",
            default.clone(),
            None,
        ),
    ];
    for (what, body, limits, refused) in cases {
        let settings = Settings {
            limits,
            ..Settings::default()
        };
        let outcome = read(&document(body), &settings);
        assert_eq!(outcome.err().map(|error| error.code()), refused, "{what}");
    }
}
