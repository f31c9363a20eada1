//! `prikaz correct`: put a value right by hand.

use std::io::{Write as _, stdout};
use std::path::Path;

use prikaz::archive::{Amendment, Archive, actor};
use prikaz::index::Index;
use prikaz::reparse::parsed_again;

use super::{Outcome, hinted, named_one};

/// Put values of an order right by hand
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The record says which of its values are corrected, by whom, when and why. What the program had read\nis kept, and a correction outlives `prikaz reparse`. An empty value says that the order has none.\n\nExamples:\n  prikaz correct 9f2c31ab number=06/1 --why \"на скане не видна дробь\"\n  prikaz correct 12-ОД дата=05.02.2024 \"заголовок=О графике дежурств\" --why \"опечатка в бланке\""
)]
pub(crate) struct Arguments {
    /// Number of the order, or its id or the first eight letters of it
    #[arg(value_name = "ID|NUMBER")]
    name: String,
    /// The right value of kind, issuer, number, date, place or title (вид, учреждение, номер, дата, место, заголовок)
    #[arg(required = true, value_name = "FIELD=VALUE")]
    values: Vec<String>,
    /// Why it is corrected
    #[arg(long, value_name = "REASON")]
    why: String,
    /// Who corrects it, if not the user of this computer
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let why = arguments.why.trim();
    if why.is_empty() {
        return Err(hinted(
            "a correction needs a reason",
            "say in a few words how you know: --why \"…\"",
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
                "the original of {} cannot be read again: {message}",
                former.id
            ),
            "run `prikaz verify`",
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
