//! `prikaz verify`: check that nothing was lost or changed.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::{Archive, Selection};
use prikaz::verify::verify;

use super::{Outcome, count_line, dates, hinted, notice};

/// What is checked.
#[derive(Debug, clap::Args)]
#[command(
    about = "Сверить архив: не пропало ли и не изменилось ли что-нибудь",
    after_help = "Перечитывает каждый оригинал и сверяет его контрольную сумму; сверяет между собой записи, исправления, журнал файлов, журнал событий и индекс. Если что-то не сходится, заканчивается кодом 1 и перечнем, а если индекс сверить не удалось — кодом 1 и предупреждением.\n\nПримеры:\n  prikaz verify\n  prikaz verify --sample 5\n  prikaz verify --since 01.01.2026"
)]
pub(crate) struct Arguments {
    /// Перечитать столько процентов оригиналов, каждый раз других
    #[arg(long, value_name = "ПРОЦЕНТ")]
    sample: Option<f64>,
    /// Перечитать только оригиналы, загруженные с этого дня
    #[arg(long, value_name = "ДАТА")]
    since: Option<String>,
    /// По одному объекту JSON в строке: сначала расхождения, потом итоги
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    if let Some(sample) = arguments.sample
        && !(sample > 0.0 && sample <= 100.0)
    {
        return Err(hinted(
            format!("{sample} % оригиналов перечитать нельзя"),
            "укажите число больше 0 и не больше 100: --sample 5",
        ));
    }
    if let Some(since) = &arguments.since
        && dates::typed(since).is_none()
    {
        return Err(hinted(
            format!("«{since}» — не дата"),
            "напишите её так: 31.01.2026 или 2026-01-31",
        ));
    }
    let archive = Archive::open_for_reading(path)?;
    let selection = Selection {
        sample: arguments.sample,
        since: arguments
            .since
            .as_deref()
            .and_then(dates::typed)
            .map(|day| day.to_string()),
    };
    let mut output = stdout().lock();
    let mut broken = Ok(());
    let verified = verify(&archive, &selection, &mut |problem| {
        let written = if arguments.json {
            serde_json::to_string(&problem)
                .map_err(std::io::Error::from)
                .and_then(|line| writeln!(output, "{line}"))
        } else {
            writeln!(
                output,
                "{}: {}\n        {}",
                problem.subject, problem.message, problem.remedy
            )
        };
        if broken.is_ok() {
            broken = written;
        }
    })?;
    broken?;
    let checked = verified.checked;
    if let Some(why) = &verified.index_left_out {
        notice(format_args!("индекс не сверен: {why}"));
    }
    if let Some(error) = verified.not_logged {
        notice(format_args!("сверка не записана в журнал событий: {error}"));
    }
    if arguments.json {
        writeln!(output, "{}", serde_json::to_string(&checked)?)?;
    } else {
        for (name, count) in [
            ("событий", checked.events),
            ("строк журнала файлов", checked.ledger_lines),
            ("записей", checked.records),
            ("со всеми редакциями", checked.versions),
            ("оригиналов перечитано", checked.originals),
            ("записей в индексе", checked.indexed),
        ] {
            writeln!(output, "{}", count_line(name, count))?;
        }
        if checked.unclaimed > 0 {
            writeln!(
                output,
                "{}  (оригиналы без записи: их оставила прерванная загрузка; они не мешают)",
                count_line("лишних оригиналов", checked.unclaimed)
            )?;
        }
        writeln!(output, "{}", count_line("расхождений", checked.problems))?;
    }
    Ok(
        if checked.problems == 0 && verified.index_left_out.is_none() {
            Outcome::Done
        } else {
            Outcome::SomeFailed
        },
    )
}
