//! `prikaz register`: the acts that an archive knows besides the built-in ones.

use std::fs;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use prikaz::archive::Archive;
use prikaz::lexicon::register::{KnownAct, Register};

use super::{Outcome, hinted};

/// List the acts of this archive's own register, or put a file in its place
///
/// Orders cite acts of the region, of the founder and of the organisation itself. Named here, they are
/// recognised by title and nickname, and citations are compared with them.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "One act a line, eight columns separated by tabs, «-» where there is nothing to say: type, date\n(YYYY-MM-DD), number, issuer, title, abbreviations and nicknames (separated by «;»), the day it lost force.\n\nExamples:\n  prikaz register                  the acts of this archive's own register\n  prikaz register --all            those and the built-in ones\n  prikaz register our-acts.tsv     take this file for the archive's own register"
)]
pub(crate) struct Arguments {
    /// A register to take for the archive's own
    file: Option<PathBuf>,
    /// List the built-in acts too
    #[arg(long, conflicts_with = "file")]
    all: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    if let Some(file) = &arguments.file {
        let lines = fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        // Refused before an archive is made for it.
        Register::parse(&lines).map_err(|error| {
            hinted(
                format!("{}: {error}", file.display()),
                "see `prikaz register --help`; `prikaz register --all` shows lines to go by",
            )
        })?;
        let acts = Archive::open_for_writing(path)?.set_register(&lines)?;
        writeln!(
            stdout(),
            "{acts} acts; `prikaz reparse --dry-run` shows what they change in the records"
        )?;
        return Ok(Outcome::Done);
    }
    let archive = Archive::open_for_reading(path)?;
    let register = if arguments.all {
        archive.register()?
    } else {
        Register::parse(&archive.own_register()?.unwrap_or_default())?
    };
    if register.acts().is_empty() {
        writeln!(
            stdout(),
            "this archive has no acts of its own; `prikaz register --help` says how to name some"
        )?;
        return Ok(Outcome::Done);
    }
    let mut output = stdout().lock();
    for act in register.acts() {
        writeln!(output, "{}", line(act))?;
    }
    Ok(Outcome::Done)
}

/// An act in the form of the register.
fn line(act: &KnownAct) -> String {
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let listed = |names: &[String]| {
        if names.is_empty() {
            "-".to_owned()
        } else {
            names.join(";")
        }
    };
    [
        act.kind.name().to_owned(),
        or_dash(act.date.map(|date| date.to_string())),
        or_dash(act.number.clone()),
        or_dash(act.issuer.clone()),
        act.title.clone(),
        listed(&act.abbreviations),
        listed(&act.nicknames),
        or_dash(act.lost_force.map(|date| date.to_string())),
    ]
    .join("\t")
}
