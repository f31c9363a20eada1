//! `prikaz completions` and `prikaz manual`: made from the definition of the commands.

use std::fs;
use std::io::{Write as _, stdout};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::Outcome;
use super::help::command;

/// The shell that completes commands.
#[derive(Debug, clap::Args)]
#[command(
    about = "Напечатать сценарий автодополнения для командной оболочки",
    after_help = "Пример:\n  prikaz completions bash > ~/.local/share/bash-completion/completions/prikaz"
)]
pub(crate) struct CompletionArguments {
    /// Командная оболочка
    #[arg(value_name = "ОБОЛОЧКА")]
    shell: Shell,
}

/// The folder of the manual pages.
#[derive(Debug, clap::Args)]
#[command(
    about = "Записать страницы руководства (man) в папку",
    after_help = "Пример:\n  prikaz manual ~/.local/share/man/man1"
)]
pub(crate) struct ManualArguments {
    /// Папка
    #[arg(value_name = "ПАПКА")]
    folder: PathBuf,
}

pub(crate) fn completions(arguments: &CompletionArguments) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "prikaz", &mut script);
    stdout().write_all(&script)?;
    Ok(Outcome::Done)
}

pub(crate) fn manual(arguments: &ManualArguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    fs::create_dir_all(folder)
        .with_context(|| format!("папка «{}» не создаётся", folder.display()))?;
    let mut program = command();
    program.build();
    let commands: Vec<Command> = program.get_subcommands().cloned().collect();
    for described in std::iter::once(program).chain(commands) {
        let page = Man::new(described)
            // An empty date would be taken for no word at all.
            .date(" ")
            .source(concat!("prikaz ", env!("CARGO_PKG_VERSION")))
            .manual("Руководство prikaz");
        let file = folder.join(page.get_filename());
        let mut written = Vec::new();
        page.render(&mut written)?;
        fs::write(
            &file,
            with_russian_headings(&String::from_utf8_lossy(&written)),
        )
        .with_context(|| format!("файл «{}» не записывается", file.display()))?;
    }
    Ok(Outcome::Done)
}

/// A manual page whose sections bear the names that they have in Russian manuals.
fn with_russian_headings(page: &str) -> String {
    page.lines()
        .map(|line| match line {
            ".SH NAME" => ".SH НАЗВАНИЕ",
            ".SH SYNOPSIS" => ".SH ОБЗОР",
            ".SH DESCRIPTION" => ".SH ОПИСАНИЕ",
            ".SH OPTIONS" => ".SH ПАРАМЕТРЫ",
            ".SH EXTRA" => ".SH ПОДРОБНЕЕ",
            ".SH VERSION" => ".SH ВЕРСИЯ",
            ".SH Команды" => ".SH КОМАНДЫ",
            other => other,
        })
        .flat_map(|line| {
            // A list keeps its lines.
            let broken = if line.starts_with("\\- ") {
                ".br\n"
            } else {
                ""
            };
            [broken, line, "\n"]
        })
        .collect()
}
