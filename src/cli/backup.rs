//! `prikaz backup` and `prikaz restore`.

use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};

use prikaz::archive::{Archive, Copied, restore};
use prikaz::index::Index;

use super::{Outcome, count_line, notice};

/// The folder of a backup.
#[derive(Debug, clap::Args)]
#[command(
    about = "Сделать резервную копию архива; можно и во время загрузки",
    after_help = "Копия — это архив, каким он был в один момент; она открывается как обычный архив. Повторная копия в ту же папку дополняет прежнюю.\n\nПримеры:\n  prikaz backup /mnt/disk/archive\n  prikaz --archive /mnt/disk/archive verify"
)]
pub(crate) struct BackupArguments {
    /// Новая или пустая папка либо папка прежней копии
    #[arg(value_name = "ПАПКА")]
    folder: PathBuf,
}

/// The folder of the backup to bring back.
#[derive(Debug, clap::Args)]
#[command(
    about = "Восстановить архив из резервной копии",
    after_help = "Архива, указанного в --archive, ещё не должно быть: повреждённый архив сначала переименуйте, он может пригодиться.\n\nПример:\n  mv archive archive.damaged\n  prikaz restore /mnt/disk/archive"
)]
pub(crate) struct RestoreArguments {
    /// Папка резервной копии
    #[arg(value_name = "ПАПКА")]
    folder: PathBuf,
}

pub(crate) fn back_up(path: &Path, arguments: &BackupArguments) -> anyhow::Result<Outcome> {
    let copied = Archive::open_for_reading(path)?.back_up(&arguments.folder)?;
    report(&copied)
}

pub(crate) fn bring_back(path: &Path, arguments: &RestoreArguments) -> anyhow::Result<Outcome> {
    let copied = restore(&arguments.folder, path)?;
    Index::follow(&Archive::open_for_reading(path)?)?;
    report(&copied)
}

fn report(copied: &Copied) -> anyhow::Result<Outcome> {
    let mut output = stdout().lock();
    writeln!(output, "{}", count_line("записей", copied.records))?;
    writeln!(
        output,
        "{}",
        count_line("оригиналов скопировано", copied.originals)
    )?;
    if copied.already_there > 0 {
        writeln!(
            output,
            "{}",
            count_line("уже было в копии", copied.already_there)
        )?;
    }
    if let Some(error) = &copied.not_logged {
        notice(format_args!(
            "резервная копия не записана в журнал событий: {error}"
        ));
    }
    Ok(Outcome::Done)
}
