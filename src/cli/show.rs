//! `prikaz show`: one order, laid out for people.

use std::io::{Write, stdout};
use std::path::Path;

use prikaz::archive::Archive;
use prikaz::index::Index;
use prikaz::lexicon::findings::in_russian;
use prikaz::order::{Clause, Correction, Day, Order, Person, Severity};
use prikaz::parse::pinpoints;
use prikaz::search::{Related, related};

use super::search::place_in_russian;
use super::{ORDER, Outcome, dates, hinted, named_one, notice, print_json};

/// Which order is shown and how.
#[derive(Debug, clap::Args)]
#[command(
    about = "Показать приказ",
    after_help = "Примеры:\n  prikaz show 06/1\n  prikaz show 9f2c31ab --json\n  prikaz show 12-ОД --text"
)]
pub(crate) struct Arguments {
    #[arg(value_name = "ПРИКАЗ", help = ORDER)]
    name: String,
    /// Запись в виде JSON
    #[arg(long, conflicts_with = "text")]
    json: bool,
    /// Только текст
    #[arg(long)]
    text: bool,
    /// Прежняя редакция записи
    #[arg(long, value_name = "НОМЕР")]
    version: Option<i64>,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let archive = Archive::open_for_reading(path)?;
    let order = named_one(&archive, &arguments.name)?;
    let order = match arguments.version {
        None => order,
        Some(number) => archive.version(&order.id, number)?.ok_or_else(|| {
            hinted(
                format!("редакции {number} у этой записи нет"),
                "без --version показан их перечень",
            )
        })?,
    };
    if arguments.json {
        return print_json(&order);
    }
    let mut output = stdout().lock();
    if arguments.text {
        writeln!(output, "{}", order.text)?;
    } else {
        lay_out(&mut output, &order)?;
        // The record is shown even where its index cannot be used.
        match Index::follow(&archive) {
            Ok(index) => neighbours(&mut output, &related(&archive, &index, &order)?)?,
            Err(error) => notice(format_args!(
                "связанные приказы не показаны: {error}; {}",
                error.remedy()
            )),
        }
        provenance(&mut output, &archive, &order)?;
    }
    Ok(Outcome::Done)
}

/// The orders that this one repeals, amends or executes, and those that do so to it.
fn neighbours(output: &mut impl Write, related: &[Related]) -> std::io::Result<()> {
    if related.is_empty() {
        return Ok(());
    }
    writeln!(output, "\nСвязанные приказы")?;
    for other in related {
        let id = other.id.get(..12).unwrap_or(&other.id);
        writeln!(output, "  {}  {id}", relation_line(other))?;
    }
    Ok(())
}

/// «отменён: приказ № 5 от 2024-02-05 «О дежурстве»».
pub(super) fn relation_line(other: &Related) -> String {
    let (_, relation) = other.relation.named(other.direction);
    let named = named(
        other.kind.as_deref(),
        other.number.as_deref(),
        other.date,
        other.title.as_deref(),
    );
    format!("{relation}: {named}")
}

pub(super) fn headline(order: &Order) -> String {
    named(
        order.kind.as_ref().map(|kind| kind.value.name()),
        order.number.as_ref().map(|number| number.value.as_str()),
        order.date.as_ref().map(|date| date.value),
        order.title.as_ref().map(|title| title.value.as_str()),
    )
}

fn named(
    kind: Option<&str>,
    number: Option<&str>,
    date: Option<Day>,
    title: Option<&str>,
) -> String {
    let kind = kind.unwrap_or("документ");
    let without_both = number.is_none() && date.is_none();
    let number = number.map_or_else(|| " без номера".to_owned(), |number| format!(" № {number}"));
    let date = match date {
        Some(date) => format!(" от {}", dates::for_people(date.0)),
        None if without_both => " и даты".to_owned(),
        None => " без даты".to_owned(),
    };
    let title = title.map(|title| format!(" «{title}»")).unwrap_or_default();
    format!("{kind}{number}{date}{title}")
}

fn lay_out(output: &mut impl Write, order: &Order) -> std::io::Result<()> {
    writeln!(output, "{}", headline(order))?;
    for (name, field) in [("Учреждение", &order.issuer), ("Место", &order.place)] {
        if let Some(field) = field {
            writeln!(output, "{name}: {}", field.value)?;
        }
    }
    for signatory in &order.signatories {
        let position = signatory
            .position
            .as_ref()
            .map(|position| format!("{position} "))
            .unwrap_or_default();
        writeln!(
            output,
            "Подписал: {position}{}",
            order
                .people
                .get(signatory.person)
                .map(Person::name)
                .unwrap_or_default()
        )?;
    }
    if !order.clauses.is_empty() {
        writeln!(output, "\nПункты")?;
        for clause in &order.clauses {
            lay_out_clause(output, order, clause, 1)?;
        }
    }
    if !order.references.is_empty() {
        writeln!(output, "\nСсылки на акты")?;
        for reference in &order.references {
            let act = &reference.act;
            let locators: Vec<String> = reference.locators.iter().map(pinpoints::shown).collect();
            let issuer = act
                .issuer
                .as_ref()
                .map(|issuer| format!("{issuer} "))
                .unwrap_or_default();
            let number = act
                .number
                .as_ref()
                .map(|number| format!("№ {number} "))
                .unwrap_or_default();
            let date = act
                .date
                .map(|date| format!("от {} ", dates::for_people(date.0)))
                .unwrap_or_default();
            let title = act
                .title
                .as_ref()
                .map(|title| format!("«{title}» "))
                .unwrap_or_default();
            writeln!(
                output,
                "  {issuer}{number}{date}{title}({})",
                place_in_russian(&reference.place)
            )?;
            if !locators.is_empty() {
                writeln!(output, "    {}", locators.join("; "))?;
            }
            if let Some(via) = &reference.via {
                writeln!(output, "    установлено: {via}")?;
            }
        }
    }
    if !order.acknowledged.is_empty() {
        writeln!(output, "\nОзнакомлены")?;
        for acknowledgement in &order.acknowledged {
            let date = acknowledgement
                .date
                .map(|date| format!(", {}", dates::for_people(date.0)))
                .unwrap_or_default();
            writeln!(
                output,
                "  {}{date}",
                order
                    .people
                    .get(acknowledgement.person)
                    .map(Person::name)
                    .unwrap_or_default()
            )?;
        }
    }
    if !order.appendices.is_empty() {
        writeln!(output, "\nПриложения")?;
        for appendix in &order.appendices {
            let title = appendix
                .title
                .as_ref()
                .map(|title| format!(": {title}"))
                .unwrap_or_default();
            writeln!(output, "  {}{title}", appendix.label)?;
        }
    }
    if !order.findings.is_empty() {
        writeln!(output, "\nНа что обратить внимание")?;
        for finding in &order.findings {
            let mark = match finding.severity {
                Severity::Info => "·",
                Severity::Warning => "!",
                Severity::Error => "!!",
            };
            let said = dates::in_line(&in_russian(&finding.code, &finding.message));
            writeln!(output, "  {mark} {said} ({})", finding.code)?;
        }
    }
    if !order.corrections.is_empty() {
        writeln!(output, "\nИсправлено вручную")?;
        for correction in &order.corrections {
            writeln!(output, "{}", correction_line(correction))?;
        }
    }
    Ok(())
}

/// A field that can be corrected, for people.
pub(super) fn field_in_russian(field: &str) -> &'static str {
    match field {
        "kind" => "вид",
        "issuer" => "учреждение",
        "number" => "номер",
        "date" => "дата",
        "place" => "место",
        _ => "заголовок",
    }
}

/// A value of such a field, for people.
pub(super) fn value_in_russian(field: &str, value: Option<&str>) -> String {
    match (field, value) {
        (_, None) => "нет".to_owned(),
        ("date", Some(day)) => format!("«{}»", dates::in_line(day)),
        (_, Some(words)) => format!("«{words}»"),
    }
}

/// A corrected value: what it was, what it is, who said so and why.
pub(super) fn correction_line(correction: &Correction) -> String {
    let field = field_in_russian(&correction.field);
    let value = |value: &Option<String>| value_in_russian(&correction.field, value.as_deref());
    format!(
        "  {field}: {} вместо {} ({}, {}: {})",
        value(&correction.value),
        value(&correction.former),
        correction.by,
        super::minute(&correction.at),
        correction.why
    )
}

/// Where the order came from, and what else the archive has of it.
fn provenance(output: &mut impl Write, archive: &Archive, order: &Order) -> anyhow::Result<()> {
    let copies = archive.copies(&order.id)?;
    if !copies.is_empty() {
        writeln!(output, "\nВероятно, тот же приказ")?;
        for copy in &copies {
            let id = copy.id.get(..12).unwrap_or(&copy.id);
            writeln!(output, "  {id}  {}  {}", headline(copy), copy.source.path)?;
        }
    }
    let versions = archive.versions(&order.id)?;
    if versions.len() > 1 {
        writeln!(output, "\nРедакции записи (--version N)")?;
        for version in &versions {
            writeln!(output, "  {}  prikaz {}", version.number, version.program)?;
        }
    }
    let paths = archive.paths(&order.id)?;
    let shown = if paths.is_empty() {
        order.source.path.clone()
    } else {
        paths.join("\n      ")
    };
    writeln!(output, "\nФайл: {shown}")?;
    for path in archive.former_paths(&order.id)? {
        writeln!(output, "Раньше: {path}")?;
    }
    for path in &paths {
        let versions = archive.versions_of_path(path)?;
        for id in versions.iter().filter(|id| **id != order.id) {
            writeln!(
                output,
                "Другое содержание того же файла: {}",
                id.get(..12).unwrap_or(id)
            )?;
        }
    }
    writeln!(output, "SHA-256: {}", order.id)?;
    Ok(())
}

fn lay_out_clause(
    output: &mut impl Write,
    order: &Order,
    clause: &Clause,
    depth: usize,
) -> std::io::Result<()> {
    let indent = "  ".repeat(depth);
    let label = clause
        .label
        .as_ref()
        .map(|label| format!("{label} "))
        .unwrap_or_default();
    writeln!(
        output,
        "{indent}{label}{}",
        clause.text.replace('\n', &format!("\n{indent}  "))
    )?;
    let charged: Vec<String> = clause
        .assignees
        .iter()
        .filter_map(|&person| order.people.get(person))
        .map(Person::name)
        .collect();
    if !charged.is_empty() {
        writeln!(output, "{indent}  → {}", charged.join(", "))?;
    }
    if let Some(due) = clause.due {
        writeln!(output, "{indent}  срок: {}", dates::for_people(due.0))?;
    }
    clause
        .children
        .iter()
        .try_for_each(|child| lay_out_clause(output, order, child, depth + 1))
}
