//! `prikaz register`: the acts that an archive knows besides the built-in ones.

use std::fs;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use prikaz::archive::Archive;
use prikaz::lexicon::register::{KnownAct, Register};
use prikaz::wording::counted;

use super::{Outcome, hinted};

/// The register that is listed or taken.
#[derive(Debug, clap::Args)]
#[command(
    about = "Показать или заменить реестр актов этого архива",
    long_about = "Показать или заменить реестр актов этого архива.\n\nПриказы ссылаются и на акты региона, учредителя и самого учреждения. Акты из реестра программа узнаёт по заголовку и обиходному названию и сверяет с ними ссылки.",
    after_help = "В строке реестра — один акт, восемь столбцов через знак табуляции; «-», если сказать нечего: вид, дата (2024-01-31), номер, издавший орган, заголовок, сокращения и обиходные названия (через «;»), дата утраты силы.\n\nВиды актов:\n  federal_law                 федеральный закон\n  federal_constitutional_law  федеральный конституционный закон\n  code                        кодекс\n  constitution                конституция\n  law                         закон субъекта Федерации\n  presidential_decree         указ Президента\n  government_resolution       постановление Правительства\n  government_order            распоряжение Правительства\n  agency_order                приказ ведомства\n  letter                      письмо\n  sanitary_rules              санитарные правила\n  standard                    стандарт\n  local_act                   локальный акт учреждения\n  other                       другой акт\n\nПримеры:\n  prikaz register                  реестр этого архива\n  prikaz register --all            он и встроенный реестр\n  prikaz register our-acts.tsv     заменить реестр этого архива файлом"
)]
pub(crate) struct Arguments {
    /// Файл, который станет реестром этого архива
    #[arg(value_name = "ФАЙЛ")]
    file: Option<PathBuf>,
    /// Показать и встроенный реестр
    #[arg(long, conflicts_with = "file")]
    all: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    if let Some(file) = &arguments.file {
        let lines = fs::read_to_string(file)
            .with_context(|| format!("файл «{}» не читается", file.display()))?;
        // Refused before an archive is made for it.
        Register::parse(&lines).map_err(|error| {
            hinted(
                format!("{}: {error}", file.display()),
                "вид строк описан в `prikaz register --help`; образцы показывает `prikaz register --all`",
            )
        })?;
        let acts = Archive::open_for_writing(path)?.set_register(&lines)?;
        writeln!(
            stdout(),
            "в реестре {}; что изменится в записях, покажет `prikaz reparse --dry-run`",
            counted(acts as u64, ["акт", "акта", "актов"])
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
            "реестр этого архива пуст; как его составить, сказано в `prikaz register --help`"
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
