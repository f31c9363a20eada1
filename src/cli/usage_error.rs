//! What is said of a command line that cannot be understood.
//!
//! In: the error of the parser of arguments. Out: what is wrong, what was probably meant and how the command is used, in
//! Russian. Must never: say the help and the version, which were asked for, otherwise than the parser does.

use std::process::ExitCode;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Prints what was asked for, or what is wrong, and gives the exit code. `command` is the one that was typed, if it is
/// one.
pub(super) fn told(error: &Error, command: Option<&str>) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // A reader that stopped reading is no failure.
            let _ = error.print();
        }
        _ => eprintln!("{}", said(error, command)),
    }
    // The parser's codes: 0 for what was asked for, 2 for what is wrong.
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// The whole message.
fn said(error: &Error, command: Option<&str>) -> String {
    let mut said = format!("ошибка: {}", what(error));
    if let Some(hint) = hint(error) {
        said.push_str(&format!("\nподсказка: {hint}"));
    }
    let usage = usage(error);
    if !usage.is_empty() {
        said.push_str(&format!("\nиспользование: {usage}"));
    }
    let command = command.map(|name| format!(" {name}")).unwrap_or_default();
    said.push_str(&format!("\nсправка: prikaz{command} --help"));
    said
}

/// What is wrong.
fn what(error: &Error) -> String {
    let named = |kind| text(error, kind);
    let argument = || named(ContextKind::InvalidArg);
    let value = || named(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => match argument() {
            word if word.starts_with('-') => format!("нет параметра «{word}»"),
            word => format!("лишнее слово «{word}»"),
        },
        ErrorKind::InvalidSubcommand => {
            format!("нет команды «{}»", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "не указана команда".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("не указано: {}", argument()),
        ErrorKind::InvalidValue if value().is_empty() => {
            format!("после «{}» не указано значение", argument())
        }
        ErrorKind::InvalidValue => {
            format!("«{}» не подходит для «{}»", value(), argument())
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(reason);
            let why = why.map(|why| format!(": {why}")).unwrap_or_default();
            format!("«{}» не подходит для «{}»{why}", value(), argument())
        }
        ErrorKind::ArgumentConflict => {
            let other = named(ContextKind::PriorArg);
            if other.is_empty() || other == argument() {
                format!("«{}» указано дважды", argument())
            } else {
                format!("«{}» не указывают вместе с «{other}»", argument())
            }
        }
        ErrorKind::TooManyValues => format!("лишнее значение «{}» для «{}»", value(), argument()),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!(
                "для «{}» указано не столько значений, сколько нужно",
                argument()
            )
        }
        ErrorKind::NoEquals => format!("после «{}» нужен знак «=»", argument()),
        ErrorKind::InvalidUtf8 => "в команде есть знаки, которых нет в Юникоде".to_owned(),
        _ => "команду нельзя разобрать".to_owned(),
    }
}

/// Why a value was refused: numbers are read by the standard library, which says it in English.
fn reason(source: &(dyn std::error::Error + 'static)) -> String {
    use std::num::{IntErrorKind, ParseFloatError, ParseIntError};
    match source.downcast_ref::<ParseIntError>() {
        Some(error) => match error.kind() {
            IntErrorKind::Zero => "нужно число больше нуля",
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "число слишком велико",
            _ => "нужно целое число",
        }
        .to_owned(),
        None if source.is::<ParseFloatError>() => "нужно число".to_owned(),
        None => source.to_string(),
    }
}

/// What was probably meant, or what may be given.
fn hint(error: &Error) -> Option<String> {
    if let Some(meant) = meant(error) {
        return Some(format!("может быть, {meant}"));
    }
    for (kind, before) in [
        (ContextKind::ValidValue, "можно указать: "),
        (ContextKind::ValidSubcommand, "есть команды: "),
    ] {
        let words = text(error, kind);
        if !words.is_empty() {
            return Some(format!("{before}{words}"));
        }
    }
    match error.kind() {
        ErrorKind::InvalidSubcommand => Some("перечень команд: prikaz --help".to_owned()),
        ErrorKind::UnknownArgument => {
            let word = text(error, ContextKind::InvalidArg);
            let is_query = usage(error).contains("<ЗАПРОС>");
            (is_query && word.starts_with('-')).then(|| {
                format!("если это слово запроса, поставьте перед ним «--»: search -- {word}")
            })
        }
        _ => None,
    }
}

/// How the command is used, where the error tells it.
fn usage(error: &Error) -> String {
    match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => {
            let usage = usage.to_string();
            usage.trim_start_matches("Usage:").trim().to_owned()
        }
        _ => String::new(),
    }
}

/// What the error names, as words.
fn text(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => without_brackets(word).to_owned(),
        Some(ContextValue::Strings(words)) => {
            let words: Vec<_> = words.iter().map(|word| without_brackets(word)).collect();
            words.join(", ")
        }
        _ => String::new(),
    }
}

/// «ПУТЬ» for «[ПУТЬ]...»; an option keeps what stands behind it.
fn without_brackets(word: &str) -> &str {
    match word.chars().next() {
        Some('[' | '<') => word.trim_matches(['[', ']', '<', '>', '.']),
        _ => word,
    }
}

/// What was probably meant, the likeliest first. The parser gives it last.
fn meant(error: &Error) -> Option<String> {
    [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .find_map(|kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) if !words.is_empty() => {
            let likeliest_first: Vec<_> = words.iter().rev().map(String::as_str).collect();
            Some(likeliest_first.join(" или "))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::help;
    use super::*;

    #[test]
    fn what_is_wrong_is_said_in_russian_with_what_was_meant() {
        for (line, expected) in [
            (
                "prikaz serch слово",
                "ошибка: нет команды «serch»\nподсказка: может быть, search или schema\nиспользование: prikaz [ПАРАМЕТРЫ] <КОМАНДА>\nсправка: prikaz --help",
            ),
            (
                "prikaz плод",
                "ошибка: нет команды «плод»\nподсказка: перечень команд: prikaz --help\nиспользование: prikaz [ПАРАМЕТРЫ] <КОМАНДА>\nсправка: prikaz --help",
            ),
            (
                "prikaz ingest",
                "ошибка: не указано: ПУТЬ\nиспользование: prikaz ingest [ПАРАМЕТРЫ] [ПУТЬ]...\nсправка: prikaz ingest --help",
            ),
            (
                "prikaz ingest --job 2 папка",
                "ошибка: нет параметра «--job»\nподсказка: может быть, --jobs\nиспользование: prikaz ingest [ПАРАМЕТРЫ] [ПУТЬ]...\nсправка: prikaz ingest --help",
            ),
            (
                "prikaz ingest --jobs папка .",
                "ошибка: «папка» не подходит для «--jobs <ЧИСЛО>»: нужно целое число\nсправка: prikaz ingest --help",
            ),
            (
                "prikaz ingest --jobs 0 .",
                "ошибка: «0» не подходит для «--jobs <ЧИСЛО>»: нужно число больше нуля\nсправка: prikaz ingest --help",
            ),
            (
                "prikaz export --format docx",
                "ошибка: «docx» не подходит для «--format <ВИД>»\nподсказка: можно указать: jsonl, json, csv, xlsx, bagit\nсправка: prikaz export --help",
            ),
            (
                "prikaz export --format",
                "ошибка: после «--format <ВИД>» не указано значение\nподсказка: можно указать: jsonl, json, csv, xlsx, bagit\nсправка: prikaz export --help",
            ),
            (
                "prikaz show 5 --json --text",
                "ошибка: «--json» не указывают вместе с «--text»\nиспользование: prikaz show [ПАРАМЕТРЫ] <ПРИКАЗ>\nсправка: prikaz show --help",
            ),
            (
                "prikaz show 5 6",
                "ошибка: лишнее слово «6»\nиспользование: prikaz show [ПАРАМЕТРЫ] <ПРИКАЗ>\nсправка: prikaz show --help",
            ),
            (
                "prikaz status --json --json",
                "ошибка: «--json» указано дважды\nиспользование: prikaz status [ПАРАМЕТРЫ]\nсправка: prikaz status --help",
            ),
        ] {
            let error = help::command()
                .try_get_matches_from(line.split(' '))
                .unwrap_err();
            let typed = line.split(' ').nth(1).filter(|name| help::is_command(name));
            assert_eq!(error.exit_code(), 2, "{line}");
            assert_eq!(said(&error, typed), expected, "{line}");
        }
    }
}
