//! What an auditor is told: each line of the table is an order with one fault, and its finding.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use jiff::civil::date;
use prikaz::lexicon::findings::in_russian;
use prikaz::lexicon::register::Register;
use prikaz::order::{Format, Order, Source};
use prikaz::parse::{Document, parse};
use prikaz::text::{Alignment, AsidePlace, NoticeKind, Origin, Text, TextBuilder};

fn record(text: &Text) -> Order {
    let modified = Some("2024-12-31T12:00:00Z".parse().unwrap());
    let source = Source {
        path: "order.docx".to_owned(),
        format: Format::Docx,
        bytes: 1,
        modified,
        pages: None,
        ocr: None,
    };
    parse(
        text,
        Document {
            id: "0".repeat(64),
            source,
            today: date(2025, 6, 1),
            register: Register::built_in(),
        },
    )
}

fn codes(text: &Text) -> Vec<String> {
    record(text)
        .findings
        .into_iter()
        .map(|finding| {
            let said = in_russian(&finding.code, &finding.message);
            let said_of_any = in_russian(&finding.code, "another message");
            let names_something = finding.message.contains(['«', ':']);
            assert!(
                said != finding.message && (said != said_of_any || !names_something),
                "no form for «{}»",
                finding.message
            );
            finding.code
        })
        .collect()
}

/// An order without a fault, with some of its lines replaced.
fn order(registration: &str, title: &str, basis: &str, clauses: &str, signature: &str) -> Text {
    Text::from_lines(&format!(
        "ООО «Лист»\nПРИКАЗ\n{registration}\n{title}\n{basis}\nПРИКАЗЫВАЮ:\n{clauses}\n{signature}"
    ))
}

const REGISTRATION: &str = "05.02.2024 № 7";
const TITLE: &str = "«О порядке»";
const BASIS: &str =
    "В соответствии с Федеральным законом от 27.07.2006 № 152-ФЗ «О персональных данных»";
const CLAUSES: &str = "1. Утвердить порядок.\n2. Контроль оставляю за собой.";
const SIGNATURE: &str = "Директор\tА. Б. Проскурин";

#[test]
fn an_order_without_a_fault_has_no_findings() {
    // A constitution, of a republic too, is known by its name.
    for basis in [BASIS, "В соответствии с Конституцией Республики Озёрье"]
    {
        assert_eq!(
            codes(&order(REGISTRATION, TITLE, basis, CLAUSES, SIGNATURE)),
            [""; 0]
        );
    }
}

#[test]
fn every_fault_is_reported() {
    for (registration, title, basis, clauses, signature, code) in [
        (
            "05.02.2024 № ____",
            TITLE,
            BASIS,
            CLAUSES,
            SIGNATURE,
            "number-blank",
        ),
        (
            "05.02.2024",
            TITLE,
            BASIS,
            CLAUSES,
            SIGNATURE,
            "number-missing",
        ),
        (
            "«___» _______ 20__ г. № 7",
            TITLE,
            BASIS,
            CLAUSES,
            SIGNATURE,
            "date-blank",
        ),
        ("№ 7", TITLE, BASIS, CLAUSES, SIGNATURE, "date-missing"),
        (
            "31.02.2024 № 7",
            TITLE,
            BASIS,
            CLAUSES,
            SIGNATURE,
            "date-impossible",
        ),
        (
            "05.02.2042 № 7",
            TITLE,
            BASIS,
            CLAUSES,
            SIGNATURE,
            "date-future",
        ),
        (
            "05.02.2024 № 7\n№ 8",
            TITLE,
            BASIS,
            CLAUSES,
            SIGNATURE,
            "number-conflict",
        ),
        (
            "05.02.2024 № 7\n06.02.2024",
            TITLE,
            BASIS,
            CLAUSES,
            SIGNATURE,
            "date-conflict",
        ),
        (
            "05.02.2025 № 7",
            TITLE,
            BASIS,
            CLAUSES,
            SIGNATURE,
            "date-after-file",
        ),
        (
            REGISTRATION,
            "«О порядке в школе «Росток»",
            BASIS,
            CLAUSES,
            SIGNATURE,
            "title-quotes-unbalanced",
        ),
        (
            REGISTRATION,
            TITLE,
            BASIS,
            "1. Утвердить.\n3. Контроль.",
            SIGNATURE,
            "clause-jump",
        ),
        (
            REGISTRATION,
            TITLE,
            BASIS,
            "1. Утвердить.\n2. Начать.\n2. Контроль.",
            SIGNATURE,
            "clause-repeated",
        ),
        (REGISTRATION, TITLE, BASIS, CLAUSES, "", "signatory-missing"),
        (
            REGISTRATION,
            TITLE,
            "В соответствии с Федеральным законом от 27.07.2007 № 152-ФЗ «О персональных данных»",
            CLAUSES,
            SIGNATURE,
            "reference-date-mismatch",
        ),
        (
            REGISTRATION,
            TITLE,
            "В соответствии с Федеральным законом от 27.07.2006 № 152-ФЗ «О пожарной безопасности населения»",
            CLAUSES,
            SIGNATURE,
            "reference-title-mismatch",
        ),
        (
            REGISTRATION,
            TITLE,
            "В соответствии с постановлением Правительства РФ от 25.04.2012 № 390",
            CLAUSES,
            SIGNATURE,
            "act-lost-force",
        ),
        (
            REGISTRATION,
            TITLE,
            "На основании приказа Минздрава России № 500",
            CLAUSES,
            SIGNATURE,
            "reference-without-date",
        ),
        (
            REGISTRATION,
            TITLE,
            "На основании приказа Минздрава России от 01.02.2023",
            CLAUSES,
            SIGNATURE,
            "reference-without-number",
        ),
        (
            REGISTRATION,
            TITLE,
            "На основании письма Минздрава России от 01.02.2023 № 12-3/4, письма Минтруда России от 01.02.2023 № 12-3/4",
            CLAUSES,
            SIGNATURE,
            "reference-two-issuers",
        ),
        (
            REGISTRATION,
            TITLE,
            "В соответствии со ст. 5 Закона",
            CLAUSES,
            SIGNATURE,
            "short-form-unresolved",
        ),
    ] {
        let found = codes(&order(registration, title, basis, clauses, signature));
        assert!(found.contains(&code.to_owned()), "{code}: {found:?}");
    }
}

#[test]
fn what_the_reader_noticed_is_passed_on() {
    let mut builder = TextBuilder::default();
    builder.start(Origin::Body, Alignment::Start);
    builder.push_str("ПРИКАЗ № 7");
    builder.push_aside(AsidePlace::Hidden, "скрыто");
    builder.push_aside(AsidePlace::Header, "колонтитул");
    builder.push_notice(NoticeKind::TrackedChanges, "two changes", None);
    builder.push_notice(NoticeKind::PageImage, "a page is a picture", None);
    builder.push_notice(NoticeKind::Unreadable, "a part is broken", None);
    builder.push_notice(NoticeKind::Strokes, "a stamp was left out", None);
    builder.push_notice(NoticeKind::Handwriting, "a number by hand", None);
    let found = codes(&builder.into_text());
    for code in [
        "hidden-text",
        "text-outside-body",
        "tracked-changes",
        "page-image",
        "source-unreadable",
        "ocr-marks-left-out",
        "ocr-handwriting",
    ] {
        assert!(found.contains(&code.to_owned()), "{code}: {found:?}");
    }
    assert!(codes(&Text::default()).contains(&"text-missing".to_owned()));
}

#[test]
fn low_confidence_of_recognition_is_reported() {
    let text = Text::from_lines("ПРИКАЗ № 7");
    let ocr = Some(prikaz::order::Ocr {
        engine: "engine 1".to_owned(),
        language: "rus".to_owned(),
        confidence: 0.5,
    });
    let source = Source {
        ocr,
        ..record(&text).source
    };
    let order = parse(
        &text,
        Document {
            id: "0".repeat(64),
            source,
            today: date(2025, 6, 1),
            register: Register::built_in(),
        },
    );
    assert!(
        order
            .findings
            .iter()
            .any(|finding| finding.code == "ocr-low-confidence")
    );
}

/// A finding that no row above asks for would be one that nobody has seen.
#[test]
fn every_code_stands_in_a_test() {
    let quoted = |source: &str| -> std::collections::BTreeSet<String> {
        source
            .split('"')
            .skip(1)
            .step_by(2)
            .filter(|word| {
                word.contains('-') && word.chars().all(|c| c == '-' || c.is_ascii_lowercase())
            })
            .map(str::to_owned)
            .collect()
    };
    let known = quoted(include_str!("../src/parse/findings.rs"));
    let tested = quoted(include_str!("findings.rs"));
    assert!(known.len() > 20, "{known:?}");
    let untested: Vec<_> = known.difference(&tested).collect();
    assert!(untested.is_empty(), "{untested:?}");
}
