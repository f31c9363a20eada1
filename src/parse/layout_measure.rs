//! Measures the layout grammars on a labelled set, where one is at hand.

use super::{clauses, head, issuer, lexer::Tokens, outline, title};
use crate::text::Text;

/// Any text must pass: no panic, and zones stay inside the text.
#[test]
fn no_text_makes_the_layout_fail() {
    use proptest::prelude::*;
    let lines = prop::collection::vec(
        prop_oneof![
            Just("ПРИКАЗ".to_owned()),
            Just("П Р И К А З".to_owned()),
            Just("«О деле".to_owned()),
            Just("ПРИКАЗЫВАЮ:".to_owned()),
            Just("1. а) 1.1.".to_owned()),
            Just("Приложение № 1".to_owned()),
            Just("Директор\tА.М. Ким".to_owned()),
            Just("С приказом ознакомлен".to_owned()),
            ".{0,30}"
        ],
        0..12,
    );
    proptest!(|(lines in lines)| {
        let text = Text::from_lines(&lines.join("\n"));
        let tokens = Tokens::of(&text);
        let outline = outline::outline(&tokens);
        prop_assert!(outline.operative.end <= tokens.len());
        head::head(&tokens, &outline);
        issuer::issuer(&tokens, &outline);
        title::title(&tokens, &outline);
        clauses::clauses(&tokens, &outline);
    });
}

#[test]
fn labelled_orders_are_read() {
    let shared = std::env::var("PRIKAZ_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let Ok(labels) = std::fs::read_to_string(format!("{shared}/gold/labels.jsonl")) else {
        println!("left out: no labelled set at {shared}");
        return;
    };
    let fold = |value: &str| {
        value
            .to_lowercase()
            .replace(['«', '»', 'ё'], "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (mut asked, mut missed) = (0, 0);
    for line in labels.lines() {
        let label: serde_json::Value = serde_json::from_str(line).unwrap();
        if label["form"] != "docx" {
            continue;
        }
        let text = Text::from_lines(label["text"].as_str().unwrap());
        let tokens = Tokens::of(&text);
        let outline = outline::outline(&tokens);
        let head = head::head(&tokens, &outline);
        let mut shown = Vec::new();
        let mut list = clauses::clauses(&tokens, &outline).list;
        list.reverse();
        while let Some(clause) = list.pop() {
            shown.extend(
                clause
                    .label
                    .map(|label| label.trim_end_matches('.').to_owned()),
            );
            list.extend(clause.children.into_iter().rev());
        }
        let wanted: Vec<&str> = label["clauses"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|v| v.as_str())
            .collect();
        for (field, got, want) in [
            (
                "kind",
                head.kind.map(|f| f.value.name().to_owned()),
                label["kind"].as_str(),
            ),
            (
                "number",
                head.number.map(|f| f.value),
                label["number"].as_str(),
            ),
            (
                "date",
                head.date.map(|f| f.value.to_string()),
                label["date"].as_str(),
            ),
            (
                "place",
                head.place.map(|f| f.value),
                label["place"].as_str(),
            ),
            (
                "issuer",
                issuer::issuer(&tokens, &outline).map(|f| f.value),
                label["issuer"].as_str(),
            ),
            (
                "title",
                title::title(&tokens, &outline).map(|f| f.value),
                label["title"].as_str(),
            ),
            (
                "clauses",
                Some(shown.join(" ")),
                Some(wanted.join(" ").as_str()),
            ),
            (
                "signed",
                Some((!outline.signature.is_empty()).to_string()),
                Some(
                    (!label["signatories"].as_array().unwrap().is_empty())
                        .to_string()
                        .as_str(),
                ),
            ),
        ] {
            asked += 1;
            if fold(&got.clone().unwrap_or_default()) != fold(want.unwrap_or_default()) {
                missed += 1;
                println!("{} {field}: {got:?} for {want:?}", label["file"]);
            }
        }
    }
    println!("{missed} of {asked} missed");
    assert!(missed * 10 <= asked, "{missed} of {asked} missed");
}
