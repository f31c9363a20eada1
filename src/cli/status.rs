//! `prikaz status`: how much the archive holds.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::Archive;

use super::{Outcome, print_json};

/// How the state of the archive is told.
#[derive(Debug, clap::Args)]
#[command(about = "Показать, что есть в архиве")]
pub(crate) struct Arguments {
    /// В виде JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let status = Archive::open_for_reading(path)?.status()?;
    if arguments.json {
        return print_json(&status);
    }
    let mut output = stdout().lock();
    for (name, count) in [
        ("приказов", status.orders),
        ("других документов", status.not_orders),
        ("с замечаниями", status.with_findings),
        ("исправлено вручную", status.corrected),
        ("прежних редакций", status.former_versions),
        ("файлов", status.files),
        ("не прочитано", status.failed),
        ("пропущено", status.skipped),
        ("перемещено", status.gone),
        ("размер оригиналов, байт", status.original_bytes),
        ("событий в журнале", status.events),
    ] {
        writeln!(output, "{name:<26}{count:>12}")?;
    }
    for (name, when) in [
        ("последняя загрузка", &status.last_ingest),
        ("последняя сверка", &status.last_verification),
    ] {
        let when = when
            .as_ref()
            .map_or_else(|| "не было".to_owned(), |when| super::minute(when));
        writeln!(output, "{name:<26}{when}")?;
    }
    if let Some(seal) = &status.seal {
        writeln!(output, "{:<26}{seal}", "отпечаток журнала")?;
    }
    if status.failed > 0 {
        writeln!(
            output,
            "\nКакие файлы не прочитаны и почему, показывает `prikaz ledger --failed`."
        )?;
    }
    Ok(Outcome::Done)
}
