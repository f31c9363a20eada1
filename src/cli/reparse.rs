//! `prikaz reparse`: read the originals again with a better parser.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::Archive;
use prikaz::index::Index;
use prikaz::reparse::{Difference, Options, Reparsed, reparse};
use serde_json::{Value, json};

use super::recognition::RecognitionArguments;
use super::{Outcome, WANTED, count_line, dates, named_one, places};

/// Which orders are read again and how.
#[derive(Debug, clap::Args)]
#[command(
    about = "Прочитать оригиналы заново нынешней версией программы",
    after_help = "Прежнее состояние изменившейся записи остаётся как её редакция. Исправления сохраняются.\n\nПримеры:\n  prikaz reparse --dry-run\n  prikaz reparse --where \"год:2024\"\n  prikaz reparse 06/1"
)]
pub(crate) struct Arguments {
    /// Номера или идентификаторы приказов; если не указаны — все приказы
    #[arg(value_name = "ПРИКАЗ", conflicts_with = "wanted")]
    names: Vec<String>,
    #[arg(long = "where", value_name = "ЗАПРОС", help = WANTED)]
    wanted: Option<String>,
    /// Показать, что изменилось бы, и ничего не менять
    #[arg(long)]
    dry_run: bool,
    /// По одному объекту JSON в строке: изменившаяся запись и все изменения в ней
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    recognition: RecognitionArguments,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let wanted = wanted(path, arguments)?;
    let mut archive = if arguments.dry_run {
        Archive::open_for_reading(path)?
    } else {
        Archive::open_for_reading(path)?;
        Archive::open_for_writing(path)?
    };
    let mut output = stdout().lock();
    let mut broken = Ok(());
    let summary = reparse(
        &mut archive,
        wanted.as_deref(),
        &Options {
            dry_run: arguments.dry_run,
            recognition: arguments.recognition.when(),
            recognition_language: arguments.recognition.language().map(str::to_owned),
        },
        &mut |reparsed| {
            let written = match reparsed {
                Reparsed::Same => Ok(()),
                Reparsed::Failed { id, message } => {
                    writeln!(output, "не прочитан: {id}: {message}")
                }
                Reparsed::Changed {
                    before,
                    differences,
                } if arguments.json => {
                    let line = json!({ "id": before.id, "differences": differences });
                    writeln!(output, "{line}")
                }
                Reparsed::Changed {
                    before,
                    differences,
                } => lay_out(
                    &mut output,
                    &super::show::headline(before),
                    &before.id,
                    differences,
                ),
            };
            if broken.is_ok() {
                broken = written;
            }
        },
    )?;
    broken?;
    if !arguments.dry_run {
        Index::follow(&archive)?;
    }
    if !arguments.json {
        let changed = if arguments.dry_run {
            "изменилось бы"
        } else {
            "изменилось"
        };
        writeln!(output, "{}", count_line(changed, summary.changed as u64))?;
        writeln!(
            output,
            "{}",
            count_line("без изменений", summary.same as u64)
        )?;
        writeln!(
            output,
            "{}",
            count_line("не прочитано", summary.failed as u64)
        )?;
    }
    Ok(if summary.failed == 0 {
        Outcome::Done
    } else {
        Outcome::SomeFailed
    })
}

/// Ids of the records that were named, ordered; `None` for all.
fn wanted(path: &Path, arguments: &Arguments) -> anyhow::Result<Option<Vec<String>>> {
    if let Some(query) = &arguments.wanted {
        let (archive, index) = super::open(path)?;
        return Ok(Some(prikaz::search::ids(
            &index,
            &archive.register()?,
            query,
        )?));
    }
    if arguments.names.is_empty() {
        return Ok(None);
    }
    let archive = Archive::open_for_reading(path)?;
    let mut ids = Vec::new();
    for name in &arguments.names {
        ids.push(named_one(&archive, name)?.id);
    }
    ids.sort();
    ids.dedup();
    Ok(Some(ids))
}

/// What only says where in the text something stands, and how sure the parser is.
const POSITIONS: [&str; 4] = ["span", "mentions", "confidence", "raw"];

fn lay_out(
    output: &mut impl std::io::Write,
    headline: &str,
    id: &str,
    differences: &[Difference],
) -> std::io::Result<()> {
    writeln!(output, "{headline}  {}", id.get(..12).unwrap_or(id))?;
    let is_position = |difference: &&Difference| {
        POSITIONS
            .iter()
            .any(|name| difference.place.split(['.', '[']).any(|part| part == *name))
    };
    for difference in differences.iter().filter(|d| !is_position(d)) {
        writeln!(
            output,
            "  {}: {} → {}",
            places::in_russian(&difference.place),
            shown(difference.before.as_ref()),
            shown(difference.now.as_ref())
        )?;
    }
    match differences.iter().filter(is_position).count() {
        0 => Ok(()),
        count => writeln!(output, "  мест в тексте и степеней уверенности: {count}"),
    }
}

/// A value on one line, the longest cut.
fn shown(value: Option<&Value>) -> String {
    const LONGEST: usize = 200;
    let text = match value {
        None | Some(Value::Null) => "нет".to_owned(),
        Some(Value::String(words)) => {
            let day = words.parse().ok().map(dates::for_people);
            format!("«{}»", day.as_deref().unwrap_or(words))
        }
        // Of a value with its place in the text, the value.
        Some(Value::Object(field)) if field.contains_key("value") => shown(field.get("value")),
        Some(other) => other.to_string(),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
