//! `prikaz correct`: put a value right by hand.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::{Amendment, Archive, actor};
use prikaz::index::Index;
use prikaz::reparse::parsed_again;

use super::{ORDER, Outcome, hinted, named_one};

/// What is corrected in which order.
#[derive(Debug, clap::Args)]
#[command(
    about = "Исправить реквизиты приказа вручную",
    after_help = "В записи останется, что исправлено, кем, когда и почему, и что программа прочитала сначала. Исправление сохраняется и при повторном чтении (`prikaz reparse`). Пустое значение означает, что реквизита в приказе нет.\n\nПримеры:\n  prikaz correct 9f2c31ab номер=06/1 --why \"на скане не видна дробь\"\n  prikaz correct 12-ОД дата=05.02.2024 \"заголовок=О графике дежурств\" --why \"опечатка в бланке\""
)]
pub(crate) struct Arguments {
    #[arg(value_name = "ПРИКАЗ", help = ORDER)]
    name: String,
    /// Реквизит (вид, учреждение, номер, дата, место, заголовок) и его верное значение
    #[arg(required = true, value_name = "РЕКВИЗИТ=ЗНАЧЕНИЕ")]
    values: Vec<String>,
    /// Почему исправляется
    #[arg(long, value_name = "ПРИЧИНА")]
    why: String,
    /// Кто исправляет, если не пользователь этого компьютера
    #[arg(long, value_name = "ИМЯ")]
    by: Option<String>,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let why = arguments.why.trim();
    if why.is_empty() {
        return Err(hinted(
            "причина исправления не указана",
            "коротко напишите, откуда это известно: --why \"…\"",
        ));
    }
    let amendments: Vec<Amendment> = arguments
        .values
        .iter()
        .map(|value| value.parse())
        .collect::<Result<_, _>>()?;
    let former = named_one(&Archive::open_for_reading(path)?, &arguments.name)?;
    let mut archive = Archive::open_for_writing(path)?;
    let parsed = parsed_again(&archive, &former).map_err(|message| {
        hinted(
            format!(
                "оригинал записи {} не удалось прочитать заново: {message}",
                former.id
            ),
            "выполните `prikaz verify`",
        )
    })?;
    let by = arguments.by.as_deref().map(one_line).unwrap_or_default();
    let by = if by.is_empty() { actor() } else { by };
    let order = archive.correct(parsed, &amendments, &by, &one_line(why))?;
    Index::follow(&archive)?;
    let mut output = stdout().lock();
    writeln!(output, "{}", super::show::headline(&order))?;
    for correction in &order.corrections {
        writeln!(output, "{}", super::show::correction_line(correction))?;
    }
    Ok(Outcome::Done)
}

/// Words on one line: the audit log is a line an event.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
