//! Reads small pages: one table of what becomes text, and the places, notices and errors beside it.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use encoding_rs::{Encoding, KOI8_R, UTF_16LE, WINDOWS_1251};
use prikaz::order::Format;
use prikaz::read::{Limits, Settings, read};
use prikaz::text::{Alignment, AsidePlace, NoticeKind, Origin, Text};

fn read_page(body: &str) -> Text {
    let page = format!("<html><body>{body}</body></html>");
    let reading = read(page.as_bytes(), &Settings::default()).unwrap();
    assert_eq!(reading.format, Format::Html);
    reading.text
}

#[test]
fn elements_become_text() {
    let cases = [
        ("paragraphs", "<p>а<p>б</p>в", "а\nб\nв"),
        ("white space", "<p> а\n  <b> б </b> в</p>", "а б в"),
        ("references", "&laquo;а&raquo;&nbsp;&#8470;&#x35;", "«а» №5"),
        (
            "headings and divisions",
            "<h1>а</h1><div>б<div>в</div>г</div>",
            "а\nб\nв\nг",
        ),
        ("a line break", "<p>а<br>б</p>", "а б"),
        ("two line breaks", "а<br><br/>б", "а\nб"),
        ("preformatted", "<pre>а  б\nв</pre>", "а  б\nв"),
        (
            "code and styles",
            "<script>x<p>y</script><style>p{}</style><!-- z -->а",
            "а",
        ),
        (
            "what stands around",
            "<nav><a>Главная</a></nav><p>а</p>",
            "Главная\nа",
        ),
        (
            "hidden",
            "<p>а<span style=\"display:none\">б<i>в</i></span>г</p>",
            "аг",
        ),
        ("a deletion", "<p>а<del>б</del><ins>в</ins></p>", "ав"),
        (
            "signs",
            "<p><span style='font-family:Wingdings'>\u{f0fe}</span> а</p>",
            "\u{f0fe} а",
        ),
        (
            "closed and never opened",
            "</span></p></table>а</td>б",
            "а\nб",
        ),
        ("opened and never closed", "<b><i><font>а<p>б", "а\nб"),
        ("a stray bracket", "а < б", "а < б"),
    ];
    for (what, body, expected) in cases {
        assert_eq!(read_page(body).plain, expected, "{what}");
    }
}

#[test]
fn labels_are_those_that_are_displayed() {
    let cases = [
        ("numbers", "<ol><li>а<li>б</ol>", "1. а\n2. б"),
        ("bullets", "<ul><li>а</li></ul>", "• а"),
        (
            "a start and a value",
            "<ol start=3><li>а<li value=7>б<li>в</ol>",
            "3. а\n7. б\n8. в",
        ),
        (
            "letters",
            "<ol type=a><li>а</ol><ol type=I><li>б</ol>",
            "a. а\nI. б",
        ),
        ("backwards", "<ol reversed><li>а<li>б</ol>", "2. а\n1. б"),
        (
            "a style",
            "<ol style='list-style-type: upper-roman'><li>а</ol>",
            "I. а",
        ),
        (
            "without marks",
            "<ol style='list-style: none'><li>1) а</ol>",
            "1) а",
        ),
        (
            "nested",
            "<ol><li>а<ol><li>б</ol><li>в</ol>",
            "1. а\n1. б\n2. в",
        ),
        (
            "paragraphs of an item",
            "<ol><li><p>а</p><p>б</p><li>в</ol>",
            "1. а\nб\n2. в",
        ),
        ("an empty item", "<ol><li></li><li>б</li></ol>в", "2. б\nв"),
        (
            "Word",
            "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.1.<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>а</p>",
            "1.1. а",
        ),
        (
            "a bullet of Word",
            "<p><![if !supportLists]><span style='font-family:Symbol'>·<span>&nbsp; </span></span><![endif]>а</p>",
            "• а",
        ),
        (
            "Word's label without its condition",
            "<p><span style='mso-list:Ignore'>2)&nbsp;</span>а</p>",
            "2) а",
        ),
    ];
    for (what, body, expected) in cases {
        let text = read_page(body);
        assert_eq!(text.plain, expected, "{what}");
    }
    let text = read_page("<ol><li>а</ol>");
    assert_eq!(text.slice(text.blocks[0].label.unwrap()), "1.");
}

#[test]
fn tables_become_rows() {
    let cases = [
        (
            "rows",
            "<table><tr><td>а<td>б<tr><td>в<td>г</table>",
            "а\tб\nв\tг",
        ),
        (
            "a cell over columns",
            "<table><tr><td colspan=2>а</td><td>б</td></tr></table>",
            "а\tб",
        ),
        (
            "a cell over rows",
            "<table><tr><td rowspan=2>а<td>б<tr><td>в</table>",
            "а\tб\n\tв",
        ),
        (
            "paragraphs in a cell",
            "<table><tr><td><p>а</p><p>б</p></td><td>в</td></tr></table>",
            "а б\tв",
        ),
        (
            "a table for the layout",
            "<table><tr><td><p>а</p><p>б</p></td></tr><tr><td>в</td></tr></table>",
            "а\nб\nв",
        ),
        (
            "a table in one for the layout",
            "<table><tr><td>меню</td><td><table><tr><td>а<td>б</table></td></tr></table>",
            "меню\nа\tб",
        ),
        (
            "a caption",
            "<table><caption>к</caption><tr><td>а<td>б</table>",
            "к\nа\tб",
        ),
    ];
    for (what, body, expected) in cases {
        assert_eq!(read_page(body).plain, expected, "{what}");
    }
    let text =
        read_page("<table><tr><td colspan=2>а<td>б</table><p>х</p><table><tr><td>в<td>г</table>");
    assert_eq!(text.blocks[0].cells[1].column, 2);
    assert_eq!(text.blocks[2].origin, Origin::Table { table: 1, row: 0 });
}

#[test]
fn notes_and_asides_have_their_places() {
    let text = read_page(
        "<title>Приказ\n№ 1</title><div style='mso-element:header'><p>верх</p></div><div title=footer><p>низ</p></div><p align=center>а<span class=MsoFootnoteReference>[1]</span></p><p style='text-align:right'>б<span hidden>тайна</span></p><div style='mso-element:footnote'><p>сноска</p></div><p>в<ins>г</ins></p>",
    );
    assert_eq!(text.plain, "а\nб\nвг\nсноска");
    assert_eq!(text.blocks[0].alignment, Alignment::Centre);
    assert_eq!(text.blocks[1].alignment, Alignment::End);
    assert_eq!(text.blocks[3].origin, Origin::Footnote);
    let asides: Vec<_> = text
        .asides
        .iter()
        .map(|aside| (aside.place, aside.text.as_str()))
        .collect();
    assert_eq!(
        asides,
        [
            (AsidePlace::Header, "верх"),
            (AsidePlace::Footer, "низ"),
            (AsidePlace::Hidden, "тайна"),
        ]
    );
    assert_eq!(text.properties.title.as_deref(), Some("Приказ № 1"));
    assert_eq!(text.notices[0].kind, NoticeKind::TrackedChanges);
}

#[test]
fn the_encoding_is_told() {
    let page = |declaration: &str| {
        format!(
            "<html><head>{declaration}</head><body><p>О проверке запоров и замков</p></body></html>"
        )
    };
    let cases: [(&str, &str, &'static Encoding); 6] = [
        (
            "a declaration",
            "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">",
            WINDOWS_1251,
        ),
        ("a short declaration", "<meta charset='koi8-r'>", KOI8_R),
        ("no declaration", "", WINDOWS_1251),
        ("no declaration, another encoding", "", KOI8_R),
        ("a wrong declaration", "<meta charset=utf-8>", WINDOWS_1251),
        ("an unknown declaration", "<meta charset=x-none>", KOI8_R),
    ];
    for (what, declaration, encoding) in cases {
        let bytes = encoding.encode(&page(declaration)).0.into_owned();
        let text = read(&bytes, &Settings::default()).unwrap().text;
        assert_eq!(text.plain, "О проверке запоров и замков", "{what}");
    }
    let units = page("")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect::<Vec<_>>();
    let with_mark = [&b"\xff\xfe"[..], &units].concat();
    assert_eq!(UTF_16LE.decode(&units).0.len(), page("").len());
    for bytes in [units, with_mark] {
        let text = read(&bytes, &Settings::default()).unwrap().text;
        assert_eq!(text.plain, "О проверке запоров и замков");
    }
}

#[test]
fn hostile_pages_meet_limits() {
    let default = Limits::default();
    let cells = format!(
        "<table><tr>{}{}</table>",
        "<td rowspan=65534 colspan=1000>".repeat(2_000),
        "<tr><td>".repeat(2_000)
    );
    let cases = [
        (
            "nested divisions",
            "<div>".repeat(default.xml_depth + 10),
            default.clone(),
            Some("too-deep"),
        ),
        (
            "nested tables",
            "<table><tr><td>".repeat(300),
            default.clone(),
            None,
        ),
        (
            "nested lists",
            "<ol><li>".repeat(300),
            default.clone(),
            None,
        ),
        (
            "closed a million times",
            format!("<div hidden>{}", "</b></p></li></td></span>".repeat(40_000)),
            default.clone(),
            None,
        ),
        (
            "attributes without end",
            format!("<p {}", "a=b ".repeat(100_000)),
            default.clone(),
            None,
        ),
        (
            "a comment without end",
            format!("а<!-- {}", "<p>".repeat(100_000)),
            default.clone(),
            None,
        ),
        (
            "cells over millions of places",
            cells,
            Limits {
                text_bytes: 1_000_000,
                ..default.clone()
            },
            Some("too-large"),
        ),
        (
            "more text than allowed",
            "а".repeat(2_000),
            Limits {
                text_bytes: 1_000,
                ..default.clone()
            },
            Some("too-large"),
        ),
        (
            "more paragraphs than allowed",
            "<p>а".repeat(20),
            Limits {
                blocks: 10,
                ..default.clone()
            },
            Some("too-large"),
        ),
        (
            "a larger page than allowed",
            "а".repeat(2_000),
            Limits {
                part_bytes: 1_000,
                ..default
            },
            Some("too-large"),
        ),
    ];
    for (what, body, limits, refused) in cases {
        let settings = Settings {
            limits,
            ..Settings::default()
        };
        let outcome = read(format!("<html>{body}").as_bytes(), &settings);
        assert_eq!(outcome.err().map(|error| error.code()), refused, "{what}");
    }
}

#[test]
fn a_page_in_a_web_archive_is_read() {
    let archive = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_Next\"\r\n\r\n------=_Next\r\nContent-Location: file:///C:/1.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"windows-1251\"\r\n\r\n<html><body><p class=3DMsoNormal>=CF=F0=E8=EA=\r\n=E0=E7</p></body></html>\r\n------=_Next\r\nContent-Type: image/png\r\n\r\n0\r\n------=_Next--\r\n";
    let reading = read(archive.as_bytes(), &Settings::default()).unwrap();
    assert_eq!(reading.format, Format::Html);
    assert_eq!(reading.text.plain, "Приказ");
    let empty = "MIME-Version: 1.0\nContent-Type: image/png\n\n0";
    let error = read(empty.as_bytes(), &Settings::default()).unwrap_err();
    assert_eq!(error.code(), "unsupported-format");
}
