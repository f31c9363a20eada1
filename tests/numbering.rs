//! Labels of lists: every case of `corpus/numbering` is written as a DOCX, read and compared.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

mod support;

use std::fmt::Write;
use std::path::Path;

use prikaz::read::{Settings, read};
use support::docx_package::{Document, paragraph, run};

/// Cases that the tables hold at least; a table that stops being read must not go unnoticed.
const LEAST_CASES: usize = 60;

/// A case as its table describes it, in the XML that it stands for.
#[derive(Default)]
struct Case {
    title: String,
    abstracts: Vec<(String, String)>,
    lists: Vec<(String, String)>,
    styles: String,
    body: String,
    /// Text of each paragraph and the label that it displays, where it is compared.
    expected: Vec<(String, Option<String>)>,
}

/// Which part of a case the lines belong to.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    Abstract,
    List,
    Styles,
    Paragraphs,
}

fn cases(table: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut section = Section::Abstract;
    for line in table.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            cases.push(Case {
                title: title.to_owned(),
                ..Case::default()
            });
            continue;
        }
        let Some(case) = cases.last_mut().filter(|_| !line.trim().is_empty()) else {
            continue;
        };
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_indented = line.starts_with(' ');
        match words[..] {
            ["abstract", id] if !is_indented => {
                section = Section::Abstract;
                case.abstracts.push((id.to_owned(), String::new()));
            }
            ["list", id, "of", of] if !is_indented => {
                section = Section::List;
                let content = format!(r#"<w:abstractNumId w:val="{of}"/>"#);
                case.lists.push((id.to_owned(), content));
            }
            ["style" | "liststyle", id, ..] if !is_indented => {
                section = Section::Styles;
                case.styles += &style(words[0] == "liststyle", id, &words[2..]);
            }
            ["paragraphs"] if !is_indented => section = Section::Paragraphs,
            _ if line.trim().starts_with('<') => match section {
                Section::Abstract => case.abstracts.last_mut().unwrap().1 += line.trim(),
                _ if !is_indented => case.styles += line.trim(),
                Section::List => case.lists.last_mut().unwrap().1 += line.trim(),
                Section::Styles | Section::Paragraphs => panic!("{}: {line}", case.title),
            },
            _ => match section {
                Section::Abstract => case.abstracts.last_mut().unwrap().1 += &level(line.trim()),
                Section::List => {
                    let (index, rest) = line.trim().split_once(' ').unwrap();
                    let content = match rest.split_once(' ').unwrap() {
                        ("starts", start) => format!(r#"<w:startOverride w:val="{start}"/>"#),
                        ("is", definition) => level(&format!("{index} {definition}")),
                        _ => panic!("{}: {line}", case.title),
                    };
                    case.lists.last_mut().unwrap().1 +=
                        &format!(r#"<w:lvlOverride w:ilvl="{index}">{content}</w:lvlOverride>"#);
                }
                Section::Styles => panic!("{}: {line}", case.title),
                Section::Paragraphs => add_paragraph(case, line.trim()),
            },
        }
    }
    cases
}

/// `0 decimal "%1." start=3 restart=0 legal style=Heading1 font=Symbol`
fn level(line: &str) -> String {
    let (before, rest) = line.split_once('"').unwrap_or_else(|| panic!("{line}"));
    let (text, options) = rest.split_once('"').unwrap();
    let (index, format) = before.trim().split_once(' ').unwrap();
    let (mut start, mut others, mut font) = (Some("1"), String::new(), String::new());
    for option in options.split_whitespace() {
        match option.split_once('=').unwrap_or((option, "")) {
            ("start", value) => start = Some(value),
            ("no-start", _) => start = None,
            ("restart", value) => write!(others, r#"<w:lvlRestart w:val="{value}"/>"#).unwrap(),
            ("style", value) => write!(others, r#"<w:pStyle w:val="{value}"/>"#).unwrap(),
            ("legal", _) => others += "<w:isLgl/>",
            ("font", value) => {
                let name = value.replace('~', " ");
                font = format!(r#"<w:rPr><w:rFonts w:ascii="{name}" w:hAnsi="{name}"/></w:rPr>"#);
            }
            _ => panic!("{line}: {option}"),
        }
    }
    let text = unescaped(text);
    let start = start.map_or_else(String::new, |start| {
        format!(r#"<w:start w:val="{start}"/>"#)
    });
    format!(
        r#"<w:lvl w:ilvl="{index}">{start}<w:numFmt w:val="{format}"/>{others}<w:lvlText w:val="{text}"/>{font}</w:lvl>"#
    )
}

/// `\F0B7` is the character with that code.
fn unescaped(text: &str) -> String {
    let mut pieces = text.split('\\');
    let mut unescaped = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_at(4);
        unescaped.extend(char::from_u32(u32::from_str_radix(code, 16).unwrap()));
        unescaped += rest;
    }
    unescaped
}

/// `based-on=Base list=1 level=0`
fn style(is_list: bool, id: &str, options: &[&str]) -> String {
    let (mut base, mut list) = (String::new(), String::new());
    for option in options {
        match option.split_once('=').unwrap() {
            ("based-on", value) => base = format!(r#"<w:basedOn w:val="{value}"/>"#),
            ("list", value) => write!(list, r#"<w:numId w:val="{value}"/>"#).unwrap(),
            ("level", value) => write!(list, r#"<w:ilvl w:val="{value}"/>"#).unwrap(),
            _ => panic!("{id}: {option}"),
        }
    }
    let kind = if is_list { "numbering" } else { "paragraph" };
    format!(
        r#"<w:style w:type="{kind}" w:styleId="{id}"><w:name w:val="{id}"/>{base}<w:pPr><w:numPr>{list}</w:numPr></w:pPr></w:style>"#
    )
}

/// `2.1.   Clause 1/0 cell`: the label ends where two spaces stand.
fn add_paragraph(case: &mut Case, line: &str) {
    let (label, rest) = line
        .split_once("  ")
        .unwrap_or_else(|| panic!("{}: {line}", case.title));
    let text = format!("абзац {}", case.expected.len());
    let (mut properties, mut mark, mut content) = (String::new(), String::new(), run(&text));
    let (mut before, mut after) = ("", "");
    for word in rest.split_whitespace() {
        match word {
            "none" => {}
            "empty" => content.clear(),
            "joined" => mark += r#"<w:del w:id="1" w:author="А" w:date="2024-01-01T00:00:00Z"/>"#,
            "deleted" => {
                mark += r#"<w:del w:id="1" w:author="А" w:date="2024-01-01T00:00:00Z"/>"#;
                content =
                    "<w:del w:id=\"2\"><w:r><w:delText>прочь</w:delText></w:r></w:del>".into();
            }
            "hidden" => {
                mark += "<w:vanish/>";
                content = format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{text}</w:t></w:r>");
            }
            "cell" => (before, after) = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            "box" => {
                (before, after) = (
                    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>",
                    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
                );
            }
            word => match word.split_once('/') {
                Some((list, level)) => {
                    properties += "<w:numPr>";
                    if level != "*" {
                        write!(properties, r#"<w:ilvl w:val="{level}"/>"#).unwrap();
                    }
                    if list != "*" {
                        write!(properties, r#"<w:numId w:val="{list}"/>"#).unwrap();
                    }
                    properties += "</w:numPr>";
                }
                None => properties.insert_str(0, &format!(r#"<w:pStyle w:val="{word}"/>"#)),
            },
        }
    }
    write!(
        case.body,
        "{before}<w:p><w:pPr>{properties}<w:rPr>{mark}</w:rPr></w:pPr>{content}</w:p>{after}"
    )
    .unwrap();
    let label = (label != "x").then(|| {
        if label == "-" && !is_dash(case) {
            ""
        } else {
            label
        }
    });
    case.expected.push((text, label.map(str::to_owned)));
}

/// In a table of bullets `-` may be a label; it is one where a level displays a hyphen.
fn is_dash(case: &Case) -> bool {
    case.abstracts
        .iter()
        .any(|(_, levels)| levels.contains("w:val=\"-\"") || levels.contains("\u{f02d}"))
}

fn document(case: &Case) -> Document {
    let mut numbering = String::new();
    for (id, levels) in &case.abstracts {
        write!(
            numbering,
            r#"<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum>"#
        )
        .unwrap();
    }
    for (id, content) in &case.lists {
        write!(numbering, r#"<w:num w:numId="{id}">{content}</w:num>"#).unwrap();
    }
    Document::new(format!("{}{}", case.body, paragraph("конец")))
        .with("numbering", numbering)
        .with("styles", &case.styles)
}

#[test]
fn labels_are_those_that_word_displays() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/numbering");
    let (mut count, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        for case in cases(&std::fs::read_to_string(&path).unwrap()) {
            count += 1;
            let text = read(&document(&case).bytes(), &Settings::default())
                .unwrap()
                .text;
            for (words, label) in &case.expected {
                let Some(label) = label else { continue };
                let line = text
                    .plain
                    .lines()
                    .find(|line| line.contains(words.as_str()));
                let got = line.map(|line| line.split(words.as_str()).next().unwrap().trim());
                // What runs on from the paragraph before is not part of the label.
                let got = got.map(|got| got.split(" абзац").next().unwrap());
                if got != Some(label.as_str()) {
                    wrong.push(format!(
                        "{}: {}: {words}: expected {label:?}, read {got:?}",
                        path.file_name().unwrap().to_string_lossy(),
                        case.title
                    ));
                }
            }
        }
    }
    println!("cases of numbering: {count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= LEAST_CASES, "only {count} cases");
}
