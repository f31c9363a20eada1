//! `prikaz completions` and `prikaz manual`: made from the definition of the commands.

use std::io::{Write as _, stdout};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Arguments, Outcome};

/// Print completions for a shell
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prikaz completions bash > ~/.local/share/bash-completion/completions/prikaz"
)]
pub(crate) struct CompletionArguments {
    /// The shell
    shell: Shell,
}

/// Write manual pages into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prikaz manual ~/.local/share/man/man1")]
pub(crate) struct ManualArguments {
    /// The folder
    folder: PathBuf,
}

pub(crate) fn completions(arguments: &CompletionArguments) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "prikaz",
        &mut script,
    );
    stdout().write_all(&script)?;
    Ok(Outcome::Done)
}

pub(crate) fn manual(arguments: &ManualArguments) -> anyhow::Result<Outcome> {
    std::fs::create_dir_all(&arguments.folder)
        .with_context(|| format!("{} cannot be made", arguments.folder.display()))?;
    clap_mangen::generate_to(Arguments::command(), &arguments.folder)
        .with_context(|| format!("{} cannot be written to", arguments.folder.display()))?;
    Ok(Outcome::Done)
}
