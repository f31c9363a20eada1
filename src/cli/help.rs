//! The help of every command in Russian.
//!
//! In: the definition of the commands. Out: the same definition, whose help and usage say everything in Russian: what
//! the parser of arguments would add in English stands in the texts themselves. Must never: change what may be typed.

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command, CommandFactory as _};

use super::{Arguments, Outcome, hinted};

/// Show the help of a command.
#[derive(Debug, clap::Args)]
#[command(about = "Показать справку по программе или по команде")]
pub(crate) struct HelpArguments {
    /// Команда
    #[arg(value_name = "КОМАНДА")]
    command: Option<String>,
}

/// The commands with their help in Russian.
pub(super) fn command() -> Command {
    in_russian(Arguments::command(), "prikaz")
}

/// Whether a command bears this name.
pub(super) fn is_command(name: &str) -> bool {
    Arguments::command().find_subcommand(name).is_some()
}

/// Prints the help of a command, of the program where none is named.
pub(super) fn run(arguments: &HelpArguments) -> anyhow::Result<Outcome> {
    let mut all = command();
    all.build();
    let asked = match &arguments.command {
        None => Some(&mut all),
        Some(name) => all.find_subcommand_mut(name),
    };
    let Some(asked) = asked else {
        let name = arguments.command.as_deref().unwrap_or_default();
        return Err(hinted(
            format!("нет команды «{name}»"),
            "перечень команд: prikaz --help",
        ));
    };
    asked.print_long_help()?;
    Ok(Outcome::Done)
}

/// A command and those below it; `path` is what is typed to reach it.
fn in_russian(command: Command, path: &str) -> Command {
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("Команды")
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("Показать эту справку"),
        );
    if command.has_subcommands() {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("Показать версию программы"),
        );
    }
    let command = command.mut_args(with_values);
    let (usage, template) = (usage(&command, path), template(&command));
    command
        .override_usage(usage)
        .help_template(template)
        .mut_subcommands(|below| {
            let path = format!("{path} {}", below.get_name());
            in_russian(below, &path)
        })
}

/// What is typed: «prikaz page [ПАРАМЕТРЫ] <ПРИКАЗ> <ЧИСЛО>».
fn usage(command: &Command, path: &str) -> String {
    // Arguments can say how they are typed when they are built.
    let mut command = command.clone();
    command.build();
    let mut words = vec![path.to_owned(), "[ПАРАМЕТРЫ]".to_owned()];
    let options = command.get_arguments().filter(|arg| !arg.is_positional());
    words.extend(
        options
            .filter(|arg| arg.is_required_set())
            .map(ToString::to_string),
    );
    words.extend(command.get_positionals().map(ToString::to_string));
    if command.has_subcommands() {
        words.push("<КОМАНДА>".to_owned());
    }
    words.join(" ")
}

/// The parts of the help, each under its heading.
fn template(command: &Command) -> String {
    let styles = command.get_styles();
    let heading = |words: &str| {
        let style = styles.get_header();
        format!("{style}{words}:{style:#}")
    };
    let mut template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n",
        heading("Использование")
    );
    if command.has_subcommands() {
        template.push_str(&format!("\n{}\n{{subcommands}}\n", heading("Команды")));
    }
    if command.get_positionals().next().is_some() {
        template.push_str(&format!(
            "\n{}\n{{positionals}}\n",
            heading("Что указывается")
        ));
    }
    template.push_str(&format!(
        "\n{}\n{{options}}{{after-help}}",
        heading("Параметры")
    ));
    template
}

/// An argument whose help tells its default value, its variable and the values that it takes.
fn with_values(argument: Arg) -> Arg {
    if !argument.get_action().takes_values() {
        return argument;
    }
    let mut notes = String::new();
    let values: Vec<_> = argument
        .get_possible_values()
        .into_iter()
        .filter(|value| !value.is_hide_set())
        .collect();
    let defaults: Vec<_> = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy())
        .collect();
    if !defaults.is_empty() {
        notes.push_str(&format!(" [по умолчанию: {}]", defaults.join(" ")));
    }
    if let Some(variable) = argument.get_env() {
        notes.push_str(&format!(" [переменная: {}]", variable.to_string_lossy()));
    }
    let said = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut short = format!("{said}{notes}");
    let mut long = None;
    if !values.is_empty() {
        let names: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        if values.iter().any(|value| value.get_help().is_some()) {
            let told: String = values
                .iter()
                .map(|value| match value.get_help() {
                    Some(help) => format!("\n- {}: {help}", value.get_name()),
                    None => format!("\n- {}", value.get_name()),
                })
                .collect();
            long = Some(format!("{short}\n\nЗначения:{told}"));
        }
        short.push_str(&format!(" [значения: {}]", names.join(", ")));
    }
    let argument = argument
        .help(short)
        .hide_default_value(true)
        .hide_env(true)
        .hide_possible_values(true);
    match long {
        Some(long) => argument.long_help(long),
        None => argument,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every word that stands in the help of a command and is neither a name to type nor a term.
    #[test]
    fn the_help_of_every_command_is_in_russian() {
        const ENGLISH: [&str; 14] = [
            "Usage",
            "Options",
            "Arguments",
            "Commands",
            "Print",
            "default",
            "possible",
            "[env",
            "OPTIONS",
            "COMMAND",
            "the ",
            " of ",
            " and ",
            "Example",
        ];
        let mut all = command();
        all.build();
        let names: Vec<String> = all
            .get_subcommands()
            .map(|below| below.get_name().to_owned())
            .collect();
        assert!(names.len() > 15, "{names:?}");
        for name in names {
            let below = all.find_subcommand_mut(&name).unwrap();
            for help in [below.render_help(), below.render_long_help()] {
                let help = help.to_string();
                for part in [
                    "Использование: prikaz ",
                    "Параметры:",
                    "Показать эту справку",
                ] {
                    assert!(help.contains(part), "{name}: {part}\n{help}");
                }
                for word in ENGLISH {
                    assert!(!help.contains(word), "{name}: {word}\n{help}");
                }
            }
        }
        let help = all.render_long_help().to_string();
        for word in ENGLISH {
            assert!(!help.contains(word), "{word}\n{help}");
        }
    }
}
