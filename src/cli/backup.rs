//! `prikaz backup` and `prikaz restore`.

use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};

use prikaz::archive::{Archive, Copied, restore};
use prikaz::index::Index;

use super::Outcome;

/// Copy the archive into a folder, also while files are taken in
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The copy is the archive as it was at one moment, and is itself an archive that opens. A second\nbackup into the same folder copies only what is new.\n\nExamples:\n  prikaz backup /mnt/disk/archive\n  prikaz --archive /mnt/disk/archive verify"
)]
pub(crate) struct BackupArguments {
    /// A new or empty folder, or that of an earlier backup
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Bring a backup back, as a new archive
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The archive named with --archive must not be there yet: put a damaged one aside first, it may still\nbe of use.\n\nExample:\n  mv archive archive.damaged\n  prikaz restore /mnt/disk/archive"
)]
pub(crate) struct RestoreArguments {
    /// The folder of the backup
    #[arg(value_name = "DIR")]
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
    writeln!(output, "{:<18}{:>8}", "records", copied.records)?;
    writeln!(output, "{:<18}{:>8}", "originals copied", copied.originals)?;
    if copied.already_there > 0 {
        writeln!(output, "{:<18}{:>8}", "already there", copied.already_there)?;
    }
    if let Some(error) = &copied.not_logged {
        eprintln!("note: the audit log does not tell of this backup: {error}");
    }
    Ok(Outcome::Done)
}
