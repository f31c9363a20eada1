//! Reads the markup of `corpus/source/*.txt` (explained in `corpus/README.md`).
//!
//! In: the text of one source file. Out: a [`Document`] for the DOCX writer.
//! Must never: guess. A mark it does not know is an error that names the line.

use anyhow::{Context, Result, bail, ensure};

use super::docx_writer::{
    Alignment, Block, Cell, Document, Level, List, ListDefinition, ListItem, Mark, Paragraph,
    Piece, Run, Style, Table,
};

/// Turns a source file into a document.
pub(crate) fn parse(source: &str) -> Result<Document> {
    let mut document = Document::default();
    let mut lines = source.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let line = line.trim();
        let place = || format!("line {}: {line}", index + 1);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(definition) = line.strip_prefix('@') {
            define(&mut document, definition).with_context(place)?;
        } else if line == "[textbox]" || line == "[table]" || line == "[table bordered]" {
            let end = if line == "[textbox]" {
                "[/textbox]"
            } else {
                "[/table]"
            };
            let inner: Vec<&str> = lines
                .by_ref()
                .map(|(_, inner)| inner.trim())
                .take_while(|inner| *inner != end)
                .collect();
            let block = if end == "[/textbox]" {
                Block::TextBox(
                    inner
                        .iter()
                        .map(|line| paragraph(&document, line))
                        .collect::<Result<_>>()
                        .with_context(place)?,
                )
            } else {
                Block::Table(Table {
                    bordered: line.ends_with("bordered]"),
                    rows: inner
                        .iter()
                        .map(|line| row(&document, line))
                        .collect::<Result<_>>()
                        .with_context(place)?,
                })
            };
            document.body.push(block);
        } else {
            let block = Block::Paragraph(paragraph(&document, line).with_context(place)?);
            document.body.push(block);
        }
    }
    Ok(document)
}

/// The words of a document that a reader sees, blocks separated by line ends, without automatic
/// numbers: what the facts are checked against.
pub(crate) fn visible_text(document: &Document) -> String {
    let mut text = String::new();
    let mut notes = String::new();
    let mut add = |paragraph: &Paragraph, end: &str| {
        for run in &paragraph.runs {
            if matches!(run.mark, Mark::Hidden | Mark::Deleted) {
                continue;
            }
            for piece in &run.pieces {
                match piece {
                    Piece::Text(words) | Piece::Field { result: words, .. } => text += words,
                    Piece::Tab => text += "\t",
                    Piece::Break => text += " ",
                    Piece::NoBreakHyphen => text += "-",
                    Piece::SoftHyphen => {}
                    Piece::Footnote(note) => {
                        notes += note;
                        notes += "\n";
                    }
                }
            }
        }
        text += end;
    };
    for block in &document.body {
        match block {
            Block::Paragraph(paragraph) => add(paragraph, "\n"),
            Block::TextBox(paragraphs) => paragraphs.iter().for_each(|p| add(p, "\n")),
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    cell.paragraphs.iter().for_each(|p| add(p, " "));
                    add(&Paragraph::default(), "\n");
                }
            }
        }
    }
    (text + &notes).replace('\u{a0}', " ")
}

/// `@list name decimal "%1." decimal "%1.%2."`, `@style Name …`, `@header …`, and so on.
fn define(document: &mut Document, definition: &str) -> Result<()> {
    let (word, rest) = definition.split_once(' ').unwrap_or((definition, ""));
    let rest = rest.trim();
    match word {
        "title" => rest.clone_into(&mut document.properties.title),
        "author" => rest.clone_into(&mut document.properties.author),
        "created" => rest.clone_into(&mut document.properties.created),
        "header" => document.header = Some(paragraph(document, rest)?),
        "footer" => document.footer = Some(paragraph(document, rest)?),
        "list" => {
            let (name, rest) = rest.split_once(' ').context("a list wants levels")?;
            let mut words = rest.split_whitespace();
            let definition = if rest.starts_with("restarts ") {
                let original = words.nth(1).context("which list?")?;
                ListDefinition::Restart {
                    list: list_index(document, original)?,
                    start: words.next().unwrap_or("1").parse()?,
                }
            } else {
                let mut levels = Vec::new();
                while let Some(format) = words.next() {
                    let text = words.next().context("a format wants its text in quotes")?;
                    levels.push(Level {
                        format: format.to_owned(),
                        text: text.trim_matches('"').to_owned(),
                    });
                }
                ListDefinition::Levels(levels)
            };
            document.lists.push(List {
                name: name.to_owned(),
                definition,
            });
        }
        "style" => {
            let mut words = rest.split_whitespace();
            let mut style = Style {
                name: words.next().context("a style wants a name")?.to_owned(),
                based_on: None,
                numbering: None,
            };
            while let Some(word) = words.next() {
                let argument = words.next().context("a property wants a value")?;
                match word {
                    "based-on" => style.based_on = Some(argument.to_owned()),
                    "list" => {
                        let level = words.next().context("which level?")?;
                        style.numbering = Some(list_item(document, argument, level)?);
                    }
                    _ => bail!("unknown property of a style: {word}"),
                }
            }
            document.styles.push(style);
        }
        _ => bail!("unknown definition @{word}"),
    }
    Ok(())
}

fn list_index(document: &Document, name: &str) -> Result<usize> {
    document
        .lists
        .iter()
        .position(|list| list.name == name)
        .with_context(|| format!("no list is called {name}"))
}

/// `level` is counted from 1, as a person counts.
fn list_item(document: &Document, name: &str, level: &str) -> Result<ListItem> {
    if name == "none" {
        return Ok(ListItem::Removed);
    }
    let level: usize = level.parse()?;
    Ok(ListItem::Of {
        list: list_index(document, name)?,
        level: level.checked_sub(1).context("levels count from 1")?,
    })
}

fn row(document: &Document, line: &str) -> Result<Vec<Cell>> {
    line.split('|')
        .map(|cell| {
            let cell = cell.trim();
            let (span, cell) = match cell.strip_prefix("{span ").and_then(|c| c.split_once('}')) {
                Some((columns, rest)) => (columns.parse()?, rest),
                None => (1, cell),
            };
            let paragraphs = cell
                .split("{p}")
                .map(|part| paragraph(document, part.trim()))
                .collect::<Result<_>>()?;
            Ok(Cell { span, paragraphs })
        })
        .collect()
}

/// A line with its layout in square brackets before it.
fn paragraph(document: &Document, line: &str) -> Result<Paragraph> {
    let mut paragraph = Paragraph::default();
    let mut rest = line;
    while let Some((layout, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
        let words: Vec<&str> = layout.split_whitespace().collect();
        match words.as_slice() {
            ["centre"] => paragraph.alignment = Alignment::Centre,
            ["right"] => paragraph.alignment = Alignment::End,
            ["empty"] => {}
            ["list", name, level] => paragraph.item = Some(list_item(document, name, level)?),
            ["style", name] => {
                ensure!(
                    document.styles.iter().any(|style| style.name == *name),
                    "no style is called {name}"
                );
                paragraph.style = Some((*name).to_owned());
            }
            _ => bail!("unknown layout [{layout}]"),
        }
        rest = after.trim_start();
    }
    paragraph.runs = runs(rest)?;
    Ok(paragraph)
}

/// The characters of a line with the marks in curly brackets among them.
fn runs(line: &str) -> Result<Vec<Run>> {
    let mut runs = Vec::new();
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (mark, after) = after.split_once('}').context("a { without its }")?;
        rest = after;
        words += before;
        let (name, inner) = mark.split_once(' ').unwrap_or((mark, ""));
        if name == "nbsp" {
            words.push('\u{a0}');
            continue;
        }
        if !words.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut words)));
        }
        let marked = match name {
            "tab" => plain(&mut pieces, Piece::Tab),
            "br" => plain(&mut pieces, Piece::Break),
            "nbhyphen" => plain(&mut pieces, Piece::NoBreakHyphen),
            "shy" => plain(&mut pieces, Piece::SoftHyphen),
            "footnote" => plain(&mut pieces, Piece::Footnote(inner.to_owned())),
            "field" => {
                let (code, result) = inner.split_once(" = ").context("{field CODE = result}")?;
                let (code, result) = (code.to_owned(), result.to_owned());
                plain(&mut pieces, Piece::Field { code, result })
            }
            "split" => None,
            "bold" => Some(Mark::Bold),
            "caps" => Some(Mark::Capitals),
            "hidden" => Some(Mark::Hidden),
            "ins" => Some(Mark::Inserted),
            "del" => Some(Mark::Deleted),
            _ => bail!("unknown mark {{{name}}}"),
        };
        if name == "split" || marked.is_some() {
            push_plain(&mut runs, &mut pieces);
        }
        if let Some(mark) = marked {
            runs.push(Run {
                mark,
                pieces: vec![Piece::Text(inner.to_owned())],
            });
        }
    }
    words += rest;
    if !words.is_empty() {
        pieces.push(Piece::Text(words));
    }
    push_plain(&mut runs, &mut pieces);
    Ok(runs)
}

/// Adds a piece that is part of the plain run around it.
fn plain(pieces: &mut Vec<Piece>, piece: Piece) -> Option<Mark> {
    pieces.push(piece);
    None
}

fn push_plain(runs: &mut Vec<Run>, pieces: &mut Vec<Piece>) {
    if !pieces.is_empty() {
        runs.push(Run {
            mark: Mark::Plain,
            pieces: std::mem::take(pieces),
        });
    }
}
