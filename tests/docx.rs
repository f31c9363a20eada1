//! Reads small documents written from visible XML: one table of what becomes text, and the places,
//! notices and errors beside it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

mod support;

use prikaz::read::{Limits, ReadError, Settings, read};
use prikaz::text::{Alignment, AsidePlace, NoticeKind, Origin, Text};
use support::docx_package::{
    CONTENT_TYPES, Document, RELATIONSHIPS, paragraph, relationships_xml, run, zipped,
};

fn read_document(document: &Document) -> Text {
    read(&document.bytes(), &Settings::default()).unwrap().text
}

fn plain(body: &str) -> String {
    read_document(&Document::new(body)).plain
}

fn field(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

fn code(text: &str) -> String {
    format!("<w:r><w:instrText>{text}</w:instrText></w:r>")
}

fn table(rows: &[&[&str]]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|cells| {
            let cells: Vec<String> = cells
                .iter()
                .map(|cell| format!("<w:tc>{cell}</w:tc>"))
                .collect();
            format!("<w:tr>{}</w:tr>", cells.concat())
        })
        .collect();
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

fn text_box(content: &str) -> String {
    format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><a:graphic><wps:wsp>\
         <wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphic>\
         </w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}\
         </w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
}

#[test]
fn runs_become_text() {
    let cases = [
        ("one run", "<w:r><w:t>ПРИКАЗ</w:t></w:r>", "ПРИКАЗ"),
        (
            "words split into runs",
            "<w:r><w:t>ПРИ</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:t>КАЗ</w:t></w:r>",
            "ПРИКАЗ",
        ),
        ("tab", "<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t></w:r>", "а\tб"),
        (
            "position tab",
            "<w:r><w:t>а</w:t><w:ptab w:alignment=\"right\"/><w:t>б</w:t></w:r>",
            "а\tб",
        ),
        (
            "line break",
            "<w:r><w:t>а</w:t><w:br/><w:t>б</w:t></w:r>",
            "а б",
        ),
        (
            "page break",
            "<w:r><w:t>а</w:t><w:br w:type=\"page\"/><w:t>б</w:t></w:r>",
            "а б",
        ),
        (
            "carriage return",
            "<w:r><w:t>а</w:t><w:cr/><w:t>б</w:t></w:r>",
            "а б",
        ),
        (
            "soft hyphen",
            "<w:r><w:t>при</w:t><w:softHyphen/><w:t>каз</w:t></w:r>",
            "приказ",
        ),
        (
            "no-break hyphen",
            "<w:r><w:t>149</w:t><w:noBreakHyphen/><w:t>ФЗ</w:t></w:r>",
            "149-ФЗ",
        ),
        ("no-break space", "<w:r><w:t>№\u{a0}5</w:t></w:r>", "№ 5"),
        (
            "sign of a font",
            "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t xml:space=\"preserve\"> да</w:t></w:r>",
            "☑ да",
        ),
        (
            "text in a pictographic font",
            "<w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/></w:rPr><w:t>\u{f0a8}</w:t></w:r>",
            "◻",
        ),
        (
            "entities",
            "<w:r><w:t>&lt;&#8470;&#x31;&gt; &amp; &quot;&apos;</w:t></w:r>",
            "<№1> & \"'",
        ),
        ("CDATA", "<w:r><w:t><![CDATA[а < б]]></w:t></w:r>", "а < б"),
        (
            "comment in XML",
            "<w:r><w:t>а<!-- нет -->б</w:t></w:r>",
            "аб",
        ),
        (
            "space that is not preserved",
            "<w:r><w:t> а </w:t></w:r><w:r><w:t>б</w:t></w:r>",
            "аб",
        ),
        (
            "space that is preserved",
            "<w:r><w:t xml:space=\"preserve\">а </w:t></w:r><w:r><w:t>б</w:t></w:r>",
            "а б",
        ),
        (
            "space around an entity",
            "<w:r><w:t>а &amp; б</w:t></w:r>",
            "а & б",
        ),
        ("line feed in the XML", "<w:r><w:t>а\nб</w:t></w:r>", "а б"),
        (
            "capitals as typed",
            "<w:r><w:rPr><w:caps/></w:rPr><w:t>приказ</w:t></w:r>",
            "приказ",
        ),
        (
            "hyperlink",
            "<w:hyperlink r:id=\"rId9\"><w:r><w:t>сайт</w:t></w:r></w:hyperlink>",
            "сайт",
        ),
        (
            "smart tag",
            "<w:smartTag w:element=\"p\"><w:smartTagPr><w:attr w:name=\"x\"/></w:smartTagPr><w:r><w:t>5 км</w:t></w:r></w:smartTag>",
            "5 км",
        ),
        (
            "content control",
            "<w:sdt><w:sdtPr><w:alias w:val=\"нет\"/></w:sdtPr><w:sdtContent><w:r><w:t>да</w:t></w:r></w:sdtContent></w:sdt>",
            "да",
        ),
        (
            "custom XML",
            "<w:customXml w:element=\"x\"><w:r><w:t>да</w:t></w:r></w:customXml>",
            "да",
        ),
        (
            "insertion",
            "<w:ins w:id=\"1\"><w:r><w:t>да</w:t></w:r></w:ins>",
            "да",
        ),
        (
            "move to",
            "<w:moveTo w:id=\"1\"><w:r><w:t>да</w:t></w:r></w:moveTo>",
            "да",
        ),
        (
            "deletion",
            "<w:r><w:t>а</w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>нет</w:delText></w:r></w:del><w:r><w:t>б</w:t></w:r>",
            "аб",
        ),
        (
            "deletion inside an insertion",
            "<w:ins w:id=\"1\"><w:r><w:t>а</w:t></w:r><w:del w:id=\"2\"><w:r><w:delText>нет</w:delText></w:r></w:del></w:ins>",
            "а",
        ),
        (
            "move from",
            "<w:moveFrom w:id=\"1\"><w:r><w:t>нет</w:t></w:r></w:moveFrom><w:r><w:t>а</w:t></w:r>",
            "а",
        ),
        (
            "earlier properties",
            "<w:r><w:rPr><w:rPrChange w:id=\"1\"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>видно</w:t></w:r>",
            "видно",
        ),
        (
            "formula",
            "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>",
            "x=1",
        ),
        (
            "ruby",
            "<w:r><w:ruby><w:rt><w:r><w:t>верх</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>низ</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "низ",
        ),
        (
            "simple field",
            "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>2</w:t></w:r></w:fldSimple>",
            "2",
        ),
        (
            "an extension that is not understood",
            "<w:r><mc:AlternateContent><mc:Choice xmlns:x=\"urn:x\" Requires=\"x\"><w:t>новое</w:t></mc:Choice><mc:Fallback><w:t>старое</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "старое",
        ),
        (
            "the second choice",
            "<w:r><mc:AlternateContent><mc:Choice xmlns:x=\"urn:x\" Requires=\"w14 x\"><w:t>а</w:t></mc:Choice><mc:Choice Requires=\"w14\"><w:t>б</w:t></mc:Choice><mc:Fallback><w:t>в</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "б",
        ),
    ];
    for (name, runs, expected) in cases {
        assert_eq!(plain(&format!("<w:p>{runs}</w:p>")), expected, "{name}");
    }
}

#[test]
fn of_fields_the_stored_result_is_read() {
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    let cases = [
        (
            "result",
            format!(
                "{begin}{}{separate}{}{end}",
                code("DATE"),
                run("09.08.2024")
            ),
            "09.08.2024",
        ),
        (
            "no result",
            format!("{}{begin}{}{end}{}", run("а"), code("XE"), run("б")),
            "аб",
        ),
        (
            "a field in the code of another",
            format!(
                "{begin}{}{begin}{}{separate}{}{end}{separate}{}{end}",
                code("IF"),
                code("MERGEFIELD"),
                run("нет"),
                run("да")
            ),
            "да",
        ),
        (
            "a field in the result of another",
            format!(
                "{begin}{}{separate}{}{begin}{}{separate}{}{end}{end}",
                code("TOC"),
                run("Раздел "),
                code("PAGEREF"),
                run("3")
            ),
            "Раздел 3",
        ),
        ("an end too many", format!("{end}{}", run("да")), "да"),
        (
            "a code that never ends",
            format!("{}{begin}{}{}", run("а "), code("IF"), run("б")),
            "а б",
        ),
        (
            "a check box",
            format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/>\
                 <w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>{}{separate}{end}{}",
                code("FORMCHECKBOX"),
                run(" да")
            ),
            "☒ да",
        ),
        (
            "a drop-down list",
            format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result w:val=\"1\"/>\
                 <w:listEntry w:val=\"директор\"/><w:listEntry w:val=\"и.о. директора\"/></w:ddList>\
                 </w:ffData></w:fldChar></w:r>{}{separate}{end}",
                code("FORMDROPDOWN")
            ),
            "и.о. директора",
        ),
    ];
    for (name, runs, expected) in cases {
        assert_eq!(plain(&format!("<w:p>{runs}</w:p>")), expected, "{name}");
    }
}

#[test]
fn a_field_may_span_paragraphs() {
    let body = format!(
        "<w:p>{}{}{}{}</w:p><w:p>{}{}</w:p>{}",
        field("begin"),
        code("TOC"),
        field("separate"),
        run("первая"),
        run("вторая"),
        field("end"),
        paragraph("третья")
    );
    assert_eq!(plain(&body), "первая\nвторая\nтретья");
}

#[test]
fn paragraphs_run_on_where_their_mark_is_gone() {
    let del = r#"<w:pPr><w:jc w:val="center"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>"#;
    let body = format!(
        "<w:p>{del}{}</w:p><w:p>{}</w:p>{}",
        run("при"),
        run("каз"),
        paragraph("конец")
    );
    let text = read_document(&Document::new(body));
    assert_eq!(text.plain, "приказ\nконец");
    assert_eq!(text.blocks[0].alignment, Alignment::Start);
    assert_eq!(text.notices[0].kind, NoticeKind::TrackedChanges);

    let hidden = "<w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>";
    let body = format!(
        "<w:p>{hidden}{}</w:p>{}",
        run("Заголовок. "),
        paragraph("Текст")
    );
    assert_eq!(plain(&body), "Заголовок. Текст");

    let drop_cap = r#"<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>"#;
    let body = format!(
        "<w:p>{drop_cap}{}</w:p>{}",
        run("В"),
        paragraph("о исполнение")
    );
    assert_eq!(plain(&body), "Во исполнение");
}

#[test]
fn hidden_text_is_kept_aside() {
    let styles = r#"<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>"#;
    let cases = [
        (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайна</w:t></w:r>",
            true,
        ),
        (
            "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>тайна</w:t></w:r>",
            false,
        ),
        (
            "<w:r><w:rPr><w:rStyle w:val=\"H\"/></w:rPr><w:t>тайна</w:t></w:r>",
            true,
        ),
        (
            "<w:r><w:rPr><w:rStyle w:val=\"H\"/><w:vanish w:val=\"false\"/></w:rPr><w:t>тайна</w:t></w:r>",
            false,
        ),
        (
            "<w:pPr><w:pStyle w:val=\"P\"/></w:pPr><w:r><w:t>тайна</w:t></w:r>",
            true,
        ),
        // A toggle in both styles cancels itself.
        (
            "<w:pPr><w:pStyle w:val=\"P\"/></w:pPr><w:r><w:rPr><w:rStyle w:val=\"H\"/></w:rPr><w:t>тайна</w:t></w:r>",
            false,
        ),
    ];
    for (content, is_hidden) in cases {
        let body = format!("<w:p>{content}</w:p>{}", paragraph("видно"));
        let text = read_document(&Document::new(body).with("styles", styles));
        assert_eq!(!text.plain.contains("тайна"), is_hidden, "{content}");
        let aside = text
            .asides
            .iter()
            .any(|a| a.place == AsidePlace::Hidden && a.text == "тайна");
        assert_eq!(aside, is_hidden, "{content}");
    }
}

#[test]
fn a_row_is_one_block_with_its_cells() {
    let (a, b, empty) = (paragraph("а"), paragraph("б"), "<w:p/>");
    let two = format!("{a}{b}");
    let nested = format!("{a}{}<w:p/>", table(&[&[&b, &a]]));
    let body = table(&[&[&a, &b], &[empty, &a], &[empty, empty], &[&two, &nested]]);
    let text = read_document(&Document::new(format!(
        "{}{body}{}",
        paragraph("до"),
        paragraph("после")
    )));
    assert_eq!(text.plain, "до\nа\tб\n\tа\nа б\tа б а\nпосле");
    let origins: Vec<Origin> = text.blocks.iter().map(|block| block.origin).collect();
    let row = |row| Origin::Table { table: 0, row };
    assert_eq!(
        origins,
        [Origin::Body, row(0), row(1), row(3), Origin::Body]
    );
    let cells: Vec<Vec<(u32, &str)>> = text
        .blocks
        .iter()
        .map(|block| {
            block
                .cells
                .iter()
                .map(|cell| (cell.column, text.slice(cell.span)))
                .collect()
        })
        .collect();
    assert_eq!(
        cells,
        [
            vec![],
            vec![(0, "а"), (1, "б")],
            vec![(1, "а")],
            vec![(0, "а б"), (1, "а б а")],
            vec![]
        ]
    );
}

#[test]
fn white_space_at_the_end_of_a_row_takes_no_words_with_it() {
    let body = table(&[
        &[&paragraph("а "), &paragraph("б "), "<w:p/>"],
        &[&paragraph("в  ")],
    ]);
    let text = read_document(&Document::new(body));
    assert_eq!(text.plain, "а \tб\nв");
    let cells: Vec<&str> = text
        .blocks
        .iter()
        .flat_map(|block| &block.cells)
        .map(|cell| text.slice(cell.span))
        .collect();
    assert_eq!(cells, ["а", "б", "в"]);
}

#[test]
fn merged_cells_are_read_once() {
    let cell = |properties: &str, words: &str| {
        format!(
            "<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>",
            paragraph(words)
        )
    };
    let begins = r#"<w:vMerge w:val="restart"/>"#;
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell(begins, "а"),
        cell(r#"<w:gridSpan w:val="2"/>"#, "б") + &cell("", "в"),
        cell("<w:vMerge/>", "закрыто"),
        cell("", "г"),
    );
    let text = read_document(&Document::new(body));
    assert_eq!(text.plain, "а\tб\tв\n\tг");
    let columns: Vec<u32> = text.blocks[0]
        .cells
        .iter()
        .map(|cell| cell.column)
        .collect();
    assert_eq!(columns, [0, 1, 3]);
    assert_eq!(text.asides[0].text, "закрыто");

    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>{}</w:tr><w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr></w:tbl>",
        cell("<w:vMerge/>", "сама по себе"),
        cell("", "удалена"),
    );
    let text = read_document(&Document::new(body));
    assert_eq!(text.plain, "сама по себе");
    assert_eq!(text.blocks[0].cells[0].column, 2);
}

#[test]
fn numbered_cells_show_their_labels() {
    let numbered = |words: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>"#,
            run(words)
        )
    };
    let two = numbered("а") + &numbered("б");
    let body = table(&[&[&two, &numbered("в")], &[&numbered(""), &paragraph("г")]]);
    let document = Document::new(body).with(
        "numbering",
        r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
    );
    assert_eq!(
        read_document(&document).plain,
        "1. а 2. б\t3. в\n4.\tг",
        "a number alone is what the column «№» displays"
    );
}

#[test]
fn a_text_box_follows_its_paragraph_once() {
    let box_of_two = text_box(&(paragraph("в рамке") + &paragraph("ещё")));
    let body = format!(
        "<w:p>{}{box_of_two}{}</w:p>{}",
        run("до "),
        run("после"),
        paragraph("конец")
    );
    let text = read_document(&Document::new(body));
    assert_eq!(text.plain, "до после\nв рамке\nещё\nконец");
    assert_eq!(text.blocks[1].origin, Origin::TextBox);

    let nested = text_box(&format!(
        "<w:p>{}{}</w:p>",
        run("а"),
        text_box(&paragraph("б"))
    ));
    let body = table(&[&[
        &format!("<w:p>{nested}{}</w:p>", run("ячейка")),
        &paragraph("вторая"),
    ]]);
    assert_eq!(plain(&body), "ячейка\tвторая\nа\nб");

    let in_box = text_box(&(table(&[&[&paragraph("а"), &paragraph("б")]]) + "<w:p/>"));
    let text = read_document(&Document::new(format!("<w:p>{in_box}</w:p>")));
    assert_eq!(
        (text.plain.as_str(), text.blocks[0].cells.len()),
        ("а\tб", 2)
    );

    let words =
        r#"<w:p><w:r><w:pict><v:shape><v:textpath string="КОПИЯ"/></v:shape></w:pict></w:r></w:p>"#;
    assert_eq!(plain(words), "КОПИЯ");
}

#[test]
fn notes_come_last_in_the_order_of_their_references() {
    let note = |kind: &str, id: i32, extra: &str, words: &str| {
        format!(
            "<w:{kind} w:id=\"{id}\" {extra}>{}</w:{kind}>",
            paragraph(words)
        )
    };
    let reference = |kind: &str, id: i32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let body = format!(
        "<w:p>{}{}{}{}</w:p>",
        run("текст"),
        reference("endnote", 1),
        reference("footnote", 3),
        reference("footnote", 2)
    );
    let footnotes = note("footnote", -1, "w:type=\"separator\"", "черта")
        + &note("footnote", 2, "", "вторая")
        + &note("footnote", 3, "", "третья")
        + &note("footnote", 4, "", "без ссылки");
    let document = Document::new(body)
        .with("endnotes", note("endnote", 1, "", "концевая"))
        .with("footnotes", footnotes);
    let text = read_document(&document);
    assert_eq!(text.plain, "текст\nтретья\nвторая\nконцевая");
    assert_eq!(text.blocks[1].origin, Origin::Footnote);
    assert_eq!(text.blocks[3].origin, Origin::Endnote);

    let custom = r#"<w:p><w:r><w:t>а</w:t></w:r><w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r></w:p>"#;
    assert_eq!(plain(custom), "а");
}

#[test]
fn headers_footers_and_comments_are_kept_aside() {
    let body = paragraph("текст")
        + r#"<w:sectPr><w:headerReference w:type="default" r:id="rId0"/><w:footerReference w:type="default" r:id="rId1"/><w:headerReference w:type="first" r:id="rId2"/></w:sectPr>"#;
    let document = Document::new(body)
        .with_margin(
            "header",
            &(paragraph("шапка") + &paragraph("вторая строка")),
        )
        .with_margin("footer", &paragraph("низ"))
        .with_margin(
            "header",
            &(paragraph("шапка") + &paragraph("вторая строка")),
        )
        .with_margin("header", &paragraph("без ссылки"))
        .with(
            "comments",
            format!(
                "<w:comment w:id=\"0\">{}</w:comment>",
                paragraph("замечание")
            ),
        );
    let text = read_document(&document);
    assert_eq!(text.plain, "текст");
    let asides: Vec<(AsidePlace, &str)> = text
        .asides
        .iter()
        .map(|aside| (aside.place, aside.text.as_str()))
        .collect();
    assert_eq!(
        asides,
        [
            (AsidePlace::Header, "шапка\nвторая строка"),
            (AsidePlace::Footer, "низ"),
            (AsidePlace::Comment, "замечание"),
        ]
    );
}

#[test]
fn alignment_comes_from_the_paragraph_or_its_style() {
    let styles = r#"<w:docDefaults><w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:styleId="A"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>"#;
    let cases = [
        ("", Alignment::Start),
        (r#"<w:jc w:val="center"/>"#, Alignment::Centre),
        (r#"<w:jc w:val="end"/>"#, Alignment::End),
        (r#"<w:pStyle w:val="B"/>"#, Alignment::Centre),
        (
            r#"<w:pStyle w:val="B"/><w:jc w:val="right"/>"#,
            Alignment::End,
        ),
        (
            r#"<w:pStyle w:val="B"/><w:jc w:val="left"/>"#,
            Alignment::Start,
        ),
    ];
    for (properties, expected) in cases {
        let body = format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run("а"));
        let text = read_document(&Document::new(body).with("styles", styles));
        assert_eq!(text.blocks[0].alignment, expected, "{properties}");
    }
}

#[test]
fn properties_of_the_file_are_read() {
    let document = Document::new(paragraph("текст")).with_properties(
        "<dc:title>Приказ</dc:title><dc:creator>Секретарь</dc:creator>\
         <dcterms:created>2024-01-15T12:00:00Z</dcterms:created>",
    );
    let properties = read_document(&document).properties;
    assert_eq!(properties.title.as_deref(), Some("Приказ"));
    assert_eq!(properties.author.as_deref(), Some("Секретарь"));
    assert_eq!(properties.created.as_deref(), Some("2024-01-15T12:00:00Z"));
    assert_eq!(properties.modified, None);
}

#[test]
fn namespaces_may_be_strict_and_prefixes_any() {
    let strict = Document::default();
    let main = r#"<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>строго</t></r></p></body></document>"#;
    let text = |bytes: &[u8]| read(bytes, &Settings::default()).unwrap().text.plain;
    assert_eq!(text(&strict.bytes_with_main(main.as_bytes())), "строго");
    let other = r#"<ns0:document xmlns:ns0="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w="urn:other"><ns0:body><ns0:p><ns0:r><ns0:t>а</ns0:t><w:t>чужое</w:t></ns0:r></ns0:p></ns0:body></ns0:document>"#;
    assert_eq!(text(&strict.bytes_with_main(other.as_bytes())), "а");
}

#[test]
fn encodings_of_xml_are_told_apart() {
    let xml = Document::new(paragraph("приказ")).main_xml();
    let utf16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(xml.encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    let with_mark: Vec<u8> = [b"\xef\xbb\xbf".as_slice(), xml.as_bytes()].concat();
    for main in [utf16, with_mark] {
        let bytes = Document::default().bytes_with_main(&main);
        assert_eq!(
            read(&bytes, &Settings::default()).unwrap().text.plain,
            "приказ"
        );
    }
}

#[test]
fn the_main_part_is_found_by_its_relationship() {
    let main = Document::new(paragraph("текст")).main_xml().into_bytes();
    let package = |target: &str, file: &str, types: &str| {
        let relationships = relationships_xml(&format!(
            r#"<Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="{target}"/>"#
        ));
        zipped(&[
            ("[Content_Types].xml".to_owned(), types.as_bytes().to_vec()),
            ("_rels/.rels".to_owned(), relationships.into_bytes()),
            (file.to_owned(), main.clone()),
        ])
    };
    for (target, file) in [
        ("/word/document2.xml", "word/document2.xml"),
        ("text/Main.xml", "TEXT/main.xml"),
        ("./word/../Order%20one.xml", "Order one.xml"),
        ("missing.xml", "word/document.xml"),
    ] {
        let bytes = package(target, file, CONTENT_TYPES);
        assert_eq!(
            read(&bytes, &Settings::default()).unwrap().text.plain,
            "текст",
            "{target}"
        );
    }
    let workbook = CONTENT_TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet");
    let error = read(
        &package("word/document.xml", "word/document.xml", &workbook),
        &Settings::default(),
    );
    assert_eq!(
        error.unwrap_err().to_string(),
        "это книга Excel (.xlsx); такие файлы эта версия программы не читает"
    );
}

#[test]
fn what_is_damaged_is_named() {
    let document = Document::new(paragraph("текст"));
    let main = document.main_xml();
    let cut = main.replace("</w:body></w:document>", "<w:p><w:r><w:t>дальше</w:p>");
    let text = read(
        &document.bytes_with_main(cut.as_bytes()),
        &Settings::default(),
    )
    .unwrap()
    .text;
    assert_eq!(text.plain, "текст\nдальше");
    assert_eq!(text.notices[0].kind, NoticeKind::Unreadable);

    let broken = document.bytes_with_main(b"<w:document><w:body></w:document>");
    assert_eq!(
        read(&broken, &Settings::default()).unwrap_err().code(),
        "damaged"
    );

    let dtd = format!("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///x\">]>{main}");
    let error = read(
        &document.bytes_with_main(dtd.as_bytes()),
        &Settings::default(),
    );
    assert_eq!(error.unwrap_err(), ReadError::ForbiddenDtd);

    let unknown = main.replace("текст", "а&nbsp;б");
    let text = read(
        &document.bytes_with_main(unknown.as_bytes()),
        &Settings::default(),
    )
    .unwrap()
    .text;
    assert_eq!(text.plain, "аб");
    assert_eq!(text.notices[0].kind, NoticeKind::Unreadable);

    let broken_styles = document.clone().with("styles", "<w:style></w:p>");
    let text = read_document(&broken_styles);
    assert_eq!((text.plain.as_str(), text.notices.len()), ("текст", 1));
}

#[test]
fn pictures_without_text_need_ocr() {
    let picture = |cx: u32, cy: u32| {
        format!(
            r#"<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><a:blip r:embed="rId1"/></wp:inline></w:drawing></w:r></w:p>"#
        )
    };
    let page = picture(7_560_000, 10_692_000);
    let error = read(&Document::new(&page).bytes(), &Settings::default()).unwrap_err();
    assert_eq!(
        (error.code(), error),
        ("needs-ocr", ReadError::NeedsOcr { pictures: 1 })
    );
    let text = read_document(&Document::new(page + &paragraph("текст")));
    assert_eq!(text.notices[0].kind, NoticeKind::PageImage);
    let text = read_document(&Document::new(
        picture(1_000_000, 1_000_000) + &paragraph("текст"),
    ));
    assert!(text.notices.is_empty());
    assert_eq!(plain("<w:p/>"), "");
}

#[test]
fn properties_written_like_the_ones_before_say_the_same() {
    let hidden = "<w:rPr><w:vanish/><w:sz w:val=\"28\"/></w:rPr>";
    let runs = |properties: &str| {
        format!("<w:r>{properties}<w:t>а</w:t></w:r><w:r>{properties}<w:t>б</w:t></w:r>")
    };
    let text = read_document(&Document::new(format!(
        "<w:p>{}<w:r><w:t>видно</w:t></w:r>{}</w:p>",
        runs(hidden),
        runs("<w:rPr><w:sz w:val=\"28\"/></w:rPr>")
    )));
    assert_eq!(text.plain, "видноаб");
    assert_eq!(text.asides[0].text, "аб");

    // The same letters mean another element where their prefix means another namespace.
    let other = format!("<w:r xmlns:w=\"urn:other\">{hidden}</w:r>");
    let body = format!("<w:p><w:r>{other}<w:t>в</w:t></w:r>{}</w:p>", runs(hidden));
    let text = read_document(&Document::new(body));
    assert_eq!(
        (text.plain.as_str(), text.asides[0].text.as_str()),
        ("в", "аб")
    );

    let centred = "<w:pPr><w:jc w:val=\"center\"/></w:pPr>";
    let body = format!("<w:p>{centred}{}</w:p>", run("а")).repeat(3);
    let text = read_document(&Document::new(body));
    let is_centred = |block: &prikaz::text::Block| block.alignment == Alignment::Centre;
    assert!(text.blocks.len() == 3 && text.blocks.iter().all(is_centred));
}

/// A package whose main document is stored, not compressed: these bytes are what they are.
fn stored(body: &str) -> Vec<u8> {
    let main = Document::new(body).main_xml();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("word/document.xml", options).unwrap();
    std::io::Write::write_all(&mut archive, main.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_file_beyond_a_limit_is_refused_in_words() {
    let mib = 1 << 20;
    let entries = |count: usize| {
        let mut entries: Vec<(String, Vec<u8>)> = (0..count)
            .map(|index| (format!("word/media/{index}.png"), Vec::new()))
            .collect();
        entries.push(("word/document.xml".to_owned(), Vec::new()));
        zipped(&entries)
    };
    let words = "слово ".repeat(100_000);
    let cases: [(&str, Vec<u8>, &str); 8] = [
        (
            "entries",
            entries(10_001),
            "число вложенных файлов больше 10000",
        ),
        (
            "a part that is large when it is not compressed",
            stored(&" ".repeat(65 * mib)),
            "размер одной из частей после распаковки больше 64 МБ",
        ),
        (
            "a bomb: 32 MiB of one letter",
            Document::new("<w:x/>".repeat(6 * mib)).bytes(),
            "степень сжатия одной из частей больше 200",
        ),
        (
            "depth",
            stored(&"<w:sdt>".repeat(2_001)),
            "уровней вложенности в документе больше 2000",
        ),
        (
            "attributes",
            stored(&format!("<w:p w:x=\"{}\"/>", "x".repeat(mib + 1))),
            "размер свойств одного элемента больше 1024 КБ",
        ),
        (
            "text",
            stored(&paragraph(&words).repeat(16)),
            "размер текста больше 16 МБ",
        ),
        (
            "paragraphs",
            stored(&"<w:p><w:r><w:t>а</w:t></w:r></w:p>".repeat(300_001)),
            "число абзацев больше 300000",
        ),
        (
            "a DTD",
            Document::default().bytes_with_main(b"<!DOCTYPE w [<!ENTITY a \"b\">]><w/>"),
            "в документе есть описание DTD, а его формат это запрещает",
        ),
    ];
    for (name, bytes, expected) in cases {
        let error = read(&bytes, &Settings::default()).unwrap_err();
        assert!(error.to_string().contains(expected), "{name}: {error}");
        assert!(!error.remedy().is_empty(), "{name}");
    }
}

#[test]
fn limits_hold() {
    let document = Document::new(
        paragraph("текст")
            + &"<w:sdt><w:sdtContent>".repeat(100)
            + &paragraph("глубоко")
            + &"</w:sdtContent></w:sdt>".repeat(100),
    );
    let bytes = document.bytes();
    let read = |limits: &Limits| {
        let settings = Settings {
            limits: limits.clone(),
            ..Settings::default()
        };
        read(&bytes, &settings)
    };
    let refused = |limits: &Limits| read(limits).unwrap_err().code();
    let limits = Limits::default();
    assert!(read(&limits).is_ok());
    assert_eq!(
        refused(&Limits {
            xml_depth: 50,
            ..limits.clone()
        }),
        "too-deep"
    );
    assert_eq!(
        refused(&Limits {
            entries: 3,
            ..limits.clone()
        }),
        "too-large"
    );
    assert_eq!(
        refused(&Limits {
            part_bytes: 1_000,
            ..limits.clone()
        }),
        "too-large"
    );
    assert_eq!(
        refused(&Limits {
            total_bytes: 1_500,
            ..limits.clone()
        }),
        "too-large"
    );
    assert_eq!(
        refused(&Limits {
            text_bytes: 10,
            ..limits.clone()
        }),
        "too-large"
    );
    assert_eq!(
        refused(&Limits {
            blocks: 1,
            ..limits.clone()
        }),
        "too-large"
    );
    assert_eq!(
        refused(&Limits {
            attribute_bytes: 100,
            ..limits.clone()
        }),
        "too-large"
    );
    let ratio = Limits {
        ratio_floor_bytes: 100,
        compression_ratio: 2,
        ..limits
    };
    assert_eq!(refused(&ratio), "too-large");
}
