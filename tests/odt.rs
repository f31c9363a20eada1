//! Reads small documents written from visible XML of `OpenDocument`: one table of what becomes text,
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
use support::odt_package::OpenDocument;

/// Styles that the tests use: a list that counts 1. and 1.1., one that counts а), and looks.
const STYLES: &str = r#"<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/></text:list-style><text:list-style style:name="R"><text:list-level-style-number text:level="1" style:num-format="а, б, .., аа, аб, ... (ru)" style:num-suffix=")"/><text:list-level-style-number text:level="2" style:num-format="1" loext:num-list-format="%1%-%2%"/></text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/></text:list-style><style:style style:name="Centred" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style><style:style style:name="Child" style:family="paragraph" style:parent-style-name="Centred"/><style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="Signs" style:family="text"><style:text-properties style:font-name="Wingdings"/></style:style><text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/></text:outline-style>"#;

fn document(body: &str) -> OpenDocument {
    OpenDocument {
        body: body.to_owned(),
        styles: STYLES.to_owned(),
        ..OpenDocument::default()
    }
}

fn read_document(document: &OpenDocument) -> Text {
    let reading = read(&document.bytes(), &Settings::default()).unwrap();
    assert_eq!(reading.format, Format::Odt);
    reading.text
}

fn plain(body: &str) -> String {
    read_document(&document(body)).plain
}

fn items(style: &str, texts: &[&str]) -> String {
    let items: String = texts
        .iter()
        .map(|text| format!("<text:list-item><text:p>{text}</text:p></text:list-item>"))
        .collect();
    format!("<text:list text:style-name=\"{style}\">{items}</text:list>")
}

#[test]
fn paragraphs_become_text() {
    let cases = [
        (
            "paragraphs",
            "<text:p>а</text:p><text:h>б</text:h>",
            "а\nI. б",
        ),
        (
            "spans",
            "<text:p>а<text:span>б</text:span><text:a>в</text:a></text:p>",
            "абв",
        ),
        (
            "white space",
            "<text:p>\n  а \n <text:span> б</text:span></text:p>",
            "а б",
        ),
        (
            "spaces",
            "<text:p>а<text:s text:c=\"3\"/>б<text:s/></text:p>",
            "а   б",
        ),
        (
            "tab and break",
            "<text:p>а<text:tab/>б<text:line-break/>в</text:p>",
            "а\tб в",
        ),
        (
            "page break",
            "<text:p>а<text:soft-page-break/>б</text:p>",
            "аб",
        ),
        (
            "a field",
            "<text:p><text:date text:date-value=\"2024\">05.02.2024</text:date></text:p>",
            "05.02.2024",
        ),
        (
            "hidden",
            "<text:p>а<text:span text:style-name=\"Hidden\">б</text:span>в</text:p>",
            "ав",
        ),
        (
            "a hidden section",
            "<text:section text:display=\"none\"><text:p>а</text:p></text:section><text:p>б</text:p>",
            "б",
        ),
        (
            "hidden by a condition",
            "<text:p>а<text:hidden-text text:is-hidden=\"true\">б</text:hidden-text></text:p>",
            "а",
        ),
        (
            "signs",
            "<text:p><text:span text:style-name=\"Signs\">\u{f0fe}</text:span></text:p>",
            "☑",
        ),
        (
            "a deletion",
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>б</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>а<text:change/>в</text:p>",
            "ав",
        ),
        (
            "declarations",
            "<text:sequence-decls><text:sequence-decl/></text:sequence-decls><office:forms>x</office:forms><text:p>а</text:p>",
            "а",
        ),
        (
            "ruby",
            "<text:p><text:ruby><text:ruby-base>а</text:ruby-base><text:ruby-text>б</text:ruby-text></text:ruby></text:p>",
            "а",
        ),
    ];
    for (what, body, expected) in cases {
        assert_eq!(plain(body), expected, "{what}");
    }
}

#[test]
fn labels_are_those_that_are_displayed() {
    let nested = "<text:list text:style-name=\"L\"><text:list-item><text:p>а</text:p><text:list><text:list-item><text:p>б</text:p></text:list-item><text:list-item><text:p>в</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>г</text:p></text:list-item></text:list>";
    let cases = [
        ("a list", items("L", &["а", "б"]), "1. а\n2. б"),
        ("a nested list", nested.to_owned(), "1. а\n1.1. б\n1.2. в\n2. г"),
        ("Russian letters", items("R", &["x", "y"]), "а) x\nб) y"),
        ("bullets", items("B", &["x"]), "– x"),
        ("an unknown style", items("?", &["x"]), "x"),
        ("two lists", items("L", &["а"]) + &items("L", &["б"]), "1. а\n1. б"),
        (
            "a list goes on",
            items("L", &["а"])
                + "<text:p>—</text:p>"
                + &items("L", &["б"]).replace("<text:list ", "<text:list text:continue-numbering=\"true\" "),
            "1. а\n—\n2. б",
        ),
        (
            "a named list goes on",
            items("L", &["а"]).replace("<text:list ", "<text:list xml:id=\"one\" ")
                + &items("L", &["б"])
                + &items("L", &["в"]).replace("<text:list ", "<text:list text:continue-list=\"one\" "),
            "1. а\n1. б\n2. в",
        ),
        (
            "a start",
            items("L", &["а", "б"]).replacen("<text:list-item>", "<text:list-item text:start-value=\"7\">", 1),
            "7. а\n8. б",
        ),
        (
            "a second paragraph of an item and a header",
            "<text:list text:style-name=\"L\"><text:list-header><text:p>а</text:p></text:list-header><text:list-item><text:p>б</text:p><text:p>в</text:p></text:list-item></text:list>".to_owned(),
            "а\n1. б\nв",
        ),
        (
            "another style inside",
            "<text:list text:style-name=\"L\"><text:list-item><text:p>а</text:p></text:list-item><text:list-item><text:p>б</text:p><text:list text:style-name=\"R\"><text:list-item><text:p>в</text:p></text:list-item></text:list></text:list-item></text:list>".to_owned(),
            "1. а\n2. б\nб-1 в",
        ),
        (
            "a numbered paragraph",
            "<text:numbered-paragraph text:list-id=\"n\" text:style-name=\"L\" text:level=\"1\"><text:p>а</text:p></text:numbered-paragraph><text:numbered-paragraph text:list-id=\"n\" text:style-name=\"L\" text:level=\"1\"><text:p>б</text:p></text:numbered-paragraph>".to_owned(),
            "1. а\n2. б",
        ),
        (
            "headings",
            "<text:h text:outline-level=\"1\">а</text:h><text:h text:outline-level=\"1\" text:is-list-header=\"true\">б</text:h><text:h text:outline-level=\"1\">в</text:h>".to_owned(),
            "I. а\nб\nII. в",
        ),
    ];
    for (what, body, expected) in cases {
        assert_eq!(plain(&body), expected, "{what}");
    }
}

#[test]
fn tables_become_rows() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let table = |rows: &[String]| {
        format!(
            "<table:table><table:table-header-rows/>{}</table:table>",
            rows.concat()
        )
    };
    let spanned = "<table:table-cell table:number-columns-spanned=\"2\"><text:p>а</text:p></table:table-cell><table:covered-table-cell/>".to_owned();
    let covered =
        "<table:covered-table-cell><text:p>скрыт</text:p></table:covered-table-cell>".to_owned();
    let cases = [
        (
            "rows",
            table(&[row(&[cell("а"), cell("б")]), row(&[cell("в"), cell("г")])]),
            "а\tб\nв\tг",
        ),
        (
            "a spanned cell",
            table(&[row(&[spanned, cell("б")])]),
            "а\tб",
        ),
        (
            "a covered cell",
            table(&[row(&[covered, cell("б")])]),
            "\tб",
        ),
        (
            "a nested table",
            table(&[row(&[
                format!(
                    "<table:table-cell><text:p>а</text:p>{}</table:table-cell>",
                    table(&[row(&[cell("б"), cell("в")])])
                ),
                cell("г"),
            ])]),
            "а б в\tг",
        ),
        (
            "a list in a cell",
            table(&[row(&[format!(
                "<table:table-cell>{}</table:table-cell>",
                items("L", &["а", "б"])
            )])]),
            "1. а 2. б",
        ),
    ];
    for (what, body, expected) in &cases {
        assert_eq!(plain(body), *expected, "{what}");
    }
    let text = read_document(&document(&(cases[1].1.clone() + &cases[0].1)));
    assert_eq!(text.blocks[0].cells[1].column, 2);
    assert_eq!(text.blocks[2].origin, Origin::Table { table: 1, row: 1 });
}

#[test]
fn boxes_notes_and_asides_have_their_places() {
    let mut document = document(
        r#"<text:p text:style-name="Child">а<draw:frame><draw:text-box><text:p>поле</text:p></draw:text-box></draw:frame><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>сноска</text:p></text:note-body></text:note><text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>в конце</text:p></text:note-body></text:note><office:annotation><dc:creator>Х</dc:creator><dc:date>2024</dc:date><text:p>замечание</text:p></office:annotation> б<text:span text:style-name="Hidden">тайна</text:span></text:p><text:p>в</text:p>"#,
    );
    document.masters = "<style:master-page><style:header><text:p>верх</text:p></style:header><style:header-left style:display=\"false\"><text:p>нет</text:p></style:header-left><style:footer><text:p>низ</text:p></style:footer></style:master-page>".to_owned();
    document.meta = "<dc:title>Приказ</dc:title><meta:initial-creator>Автор</meta:initial-creator><meta:creation-date>2024-02-05T09:14:00</meta:creation-date><meta:document-statistic meta:page-count=\"2\"/>".to_owned();
    let text = read_document(&document);
    assert_eq!(text.plain, "а б\nполе\nв\nсноска\nв конце");
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
    let asides: Vec<_> = text
        .asides
        .iter()
        .map(|aside| (aside.place, aside.text.as_str()))
        .collect();
    assert_eq!(
        asides,
        [
            (AsidePlace::Comment, "замечание"),
            (AsidePlace::Header, "верх"),
            (AsidePlace::Footer, "низ"),
            (AsidePlace::Hidden, "тайна"),
        ]
    );
    assert_eq!(text.properties.title.as_deref(), Some("Приказ"));
    assert_eq!(text.properties.author.as_deref(), Some("Автор"));
    assert_eq!(text.pages, Some(2));
}

#[test]
fn broken_and_hostile_files_get_errors_of_their_own() {
    let whole = document("<text:p>текст</text:p>");
    let content = whole.content();
    let refused = |bytes: &[u8], limits: Limits| {
        let settings = Settings {
            limits,
            ..Settings::default()
        };
        read(bytes, &settings).unwrap_err().code()
    };
    let limits = Limits::default();

    let mut encrypted = whole.clone();
    encrypted.manifest =
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>".to_owned();
    assert_eq!(refused(&encrypted.bytes(), limits.clone()), "encrypted");

    let cut = whole.bytes_with_content(&content[..content.find("</office:text>").unwrap()]);
    let text = read(&cut, &Settings::default()).unwrap().text;
    assert_eq!(text.plain, "текст");
    assert_eq!(text.notices[0].kind, NoticeKind::Unreadable);
    assert_eq!(
        refused(
            &whole.bytes_with_content("<office:document-content"),
            limits.clone()
        ),
        "damaged"
    );
    let dtd = format!("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///x\">]>{content}");
    assert_eq!(
        refused(&whole.bytes_with_content(&dtd), limits.clone()),
        "forbidden-dtd"
    );

    let picture = document(
        "<text:p><draw:frame svg:width=\"21cm\" svg:height=\"29.7cm\"><draw:image/></draw:frame></text:p>",
    );
    assert_eq!(refused(&picture.bytes(), limits.clone()), "needs-ocr");
    let mut with_text = picture.clone();
    with_text.body += "<text:p>текст</text:p>";
    assert_eq!(
        read_document(&with_text).notices[0].kind,
        NoticeKind::PageImage
    );

    let nested = |opening: &str, closing: &str, times: usize| {
        document(&(opening.repeat(times) + &closing.repeat(times)))
    };
    let lists = nested(
        "<text:list><text:list-item>",
        "</text:list-item></text:list>",
        900,
    );
    assert!(read(&lists.bytes(), &Settings::default()).is_ok());
    let boxes = nested("<text:p><draw:text-box>", "</draw:text-box></text:p>", 900);
    assert!(read(&boxes.bytes(), &Settings::default()).is_ok());
    let spans = nested("<text:span>", "</text:span>", 3_000);
    assert_eq!(refused(&spans.bytes(), limits.clone()), "too-deep");
    let spaces = document(
        &("<text:p>а</text:p>".to_owned()
            + &"<text:p>а<text:s text:c=\"999999999\"/></text:p>".repeat(100)),
    );
    assert_eq!(
        refused(
            &spaces.bytes(),
            Limits {
                text_bytes: 10_000,
                ..limits.clone()
            }
        ),
        "too-large"
    );
    let odd = document(
        "<text:list text:style-name=\"L\"><text:list-item text:start-value=\"-9223372036854775808\"><text:p>а</text:p></text:list-item></text:list><text:h text:outline-level=\"99\">б</text:h><table:table-cell/><table:table-row/>",
    );
    assert!(read(&odd.bytes(), &Settings::default()).is_ok());
}
