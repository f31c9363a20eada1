//! `prikaz search`: find orders.

use std::io::{IsTerminal as _, Write as _, stderr, stdout};
use std::path::Path;

use prikaz::search::{
    Alternative, Answer, Counts, Hit, Obstacle, Passage, Request, SearchError, search,
};

use prikaz::text::Span;

use super::show::relation_line;
use super::{Outcome, dates, open, print_json};

/// What is looked for.
#[derive(Debug, clap::Args)]
#[command(
    about = "Найти приказы по закону, человеку, номеру, дате или словам",
    after_help = "Что можно набрать:\n  законы   149-ФЗ · ч. 8 ст. 10 149-ФЗ · 192 ТК · закон об образовании · приказ Минздрава 29н\n  люди     Гапутиной · Л. А. Гапутина · подписал Иванов · ответственный Ковалёв\n  номера   № 06/1 · 06/1 от 05.02.2024 · приказы № 11, 12 и 13\n  время    за март 2024 · с 1 по 15 марта 2024 · до 2020 года · за прошлый год\n  слова    отпуск (в любой форме) · \"слова подряд\" · начал* · отпуск ИЛИ чат · отпуск -чат\n  поля     закон: номер: дата: год: лицо: подписал: ознакомлен: поручено: учреждение:\n           вид: файл: замечание: связь: слово: точно:\nКак понят запрос, сказано в первой строке ответа.\n\nПримеры:\n  prikaz search \"ч. 8 ст. 10 149-ФЗ\"\n  prikaz search Гапутиной\n  prikaz search \"приказы за февраль 2024\"\n  prikaz search '\"иностранных мессенджеров\" -положение'\n  prikaz search закон:149-ФЗ подписал:Иванова год:2024"
)]
pub(crate) struct Arguments {
    /// Что искать; несколько слов — один запрос
    #[arg(required = true, value_name = "ЗАПРОС")]
    query: Vec<String>,
    /// Искать просто слова, не разбирая законы, фамилии и номера
    #[arg(long)]
    plain: bool,
    /// Что показать первым
    #[arg(long, value_name = "ПОРЯДОК", value_enum, default_value_t = Sort::Relevance)]
    sort: Sort,
    /// Сколько приказов показать; 0 — только их число
    #[arg(long, default_value_t = 10, value_name = "ЧИСЛО")]
    limit: usize,
    /// Продолжить прежний ответ с этого места
    #[arg(long, value_name = "МЕСТО")]
    after: Option<String>,
    /// Посчитать найденное по годам, видам, учреждениям, актам, лицам и связям
    #[arg(long)]
    counts: bool,
    /// Ответ в виде JSON
    #[arg(long)]
    json: bool,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Sort {
    /// Самое подходящее
    Relevance,
    /// Самое новое
    Date,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (archive, index) = open(path)?;
    let query = arguments.query.join(" ").trim().to_owned();
    let request = Request {
        query: query.clone(),
        plain: arguments.plain,
        by_date: arguments.sort == Sort::Date,
        limit: arguments.limit,
        after: arguments.after.clone(),
    };
    let answer = search(&archive, &index, &archive.register()?, &request).inspect_err(|error| {
        if let SearchError::Query(error) = error {
            let (excerpt, marks) = excerpt(&query, error.span);
            eprintln!("{excerpt}\n{marks}");
        }
    })?;
    if arguments.json {
        return print_json(&answer);
    }
    print(&answer, stdout().is_terminal() && stderr().is_terminal())?;
    if arguments.counts {
        print_counts(&answer.counts)?;
    }
    Ok(Outcome::Done)
}

/// The part of a query around a place, on one line, and the marks under the place.
fn excerpt(query: &str, place: Span) -> (String, String) {
    /// Code points before and behind the place.
    const AROUND: usize = 40;
    /// Marks under a long place.
    const LONGEST: usize = 40;
    let characters: Vec<char> = query.chars().collect();
    let start = place.start.min(characters.len());
    let from = start.saturating_sub(AROUND);
    let marked = place.len().clamp(1, LONGEST);
    let to = (start + marked + AROUND).min(characters.len());
    let before = if from > 0 { "…" } else { "" };
    let behind = if to < characters.len() { "…" } else { "" };
    let words: String = characters[from..to].iter().collect();
    let indent = " ".repeat(before.chars().count() + start - from);
    (
        format!("{before}{words}{behind}"),
        format!("{indent}{}", "^".repeat(marked)),
    )
}

fn print(answer: &Answer, colour: bool) -> std::io::Result<()> {
    let mut output = stdout().lock();
    writeln!(output, "{}", dates::in_line(&answer.interpretation))?;
    if answer.total == 0 {
        writeln!(output, "ничего не найдено")?;
        return print_ways_out(&mut output, answer);
    }
    writeln!(output, "найдено: {}", answer.total)?;
    for hit in &answer.hits {
        writeln!(output)?;
        print_hit(&mut output, hit, colour)?;
    }
    if let Some(next) = &answer.next {
        writeln!(
            output,
            "\nпоказано {} из {}; дальше — с --after {next}",
            answer.hits.len(),
            answer.total
        )?;
    }
    Ok(())
}

/// What to try where nothing is found.
fn print_ways_out(output: &mut impl std::io::Write, answer: &Answer) -> std::io::Result<()> {
    for Obstacle { part, orders, .. } in &answer.obstacles {
        let part = dates::in_line(part);
        if *orders > 0 {
            writeln!(output, "мешает {part}: без этого нашлось бы {orders}")?;
        } else {
            writeln!(output, "мешает {part}: этого нет ни в одном приказе")?;
        }
    }
    for Alternative { query, orders } in &answer.alternatives {
        writeln!(output, "попробуйте: {query} (нашлось бы {orders})")?;
    }
    if let Some(better) = &answer.suggestion {
        writeln!(output, "может быть: {better}")?;
    }
    Ok(())
}

fn print_counts(counts: &Counts) -> std::io::Result<()> {
    let mut output = stdout().lock();
    for (name, key, list) in [
        ("по годам", "years", &counts.years),
        ("по видам", "kinds", &counts.kinds),
        ("по учреждениям", "issuers", &counts.issuers),
        ("по актам", "acts", &counts.acts),
        ("по лицам", "people", &counts.people),
        ("по связям", "relations", &counts.relations),
    ] {
        if list.is_empty() {
            continue;
        }
        writeln!(output, "\n{name}:")?;
        for counted in list {
            let name = dates::in_line(&counted.name);
            writeln!(output, "  {:>6}  {name}", counted.orders)?;
        }
        match counts.others.get(key) {
            Some(Some(others)) => writeln!(output, "          и ещё {others}")?,
            Some(None) => writeln!(output, "          и другие")?,
            None => {}
        }
    }
    Ok(())
}

fn print_hit(output: &mut impl std::io::Write, hit: &Hit, colour: bool) -> std::io::Result<()> {
    let kind = hit.kind.as_deref().unwrap_or("документ");
    let number = hit
        .number
        .as_ref()
        .map(|number| format!(" № {number}"))
        .unwrap_or_default();
    let date = hit
        .date
        .map(|date| format!(" от {}", dates::for_people(date.0)))
        .unwrap_or_default();
    let title = hit
        .title
        .as_ref()
        .map(|title| format!(" «{title}»"))
        .unwrap_or_default();
    writeln!(
        output,
        "{}{title}",
        bold(&format!("{kind}{number}{date}"), colour)
    )?;
    if let Some(issuer) = &hit.issuer {
        writeln!(output, "  {issuer}")?;
    }
    for passage in &hit.passages {
        let place = if passage.place.is_empty() {
            String::new()
        } else {
            format!("{}: ", place_in_russian(&passage.place))
        };
        let broader = if passage.broader {
            " (шире запроса)"
        } else {
            ""
        };
        let possible = if passage.possible {
            " (какой из актов с этим номером, не сказано)"
        } else {
            ""
        };
        writeln!(
            output,
            "  {place}…{}…{broader}{possible}",
            highlighted(passage, colour)
        )?;
    }
    for other in &hit.related {
        writeln!(output, "  {}", relation_line(other))?;
    }
    writeln!(
        output,
        "  {}  {}",
        hit.path,
        hit.id.get(..12).unwrap_or(&hit.id)
    )
}

/// The part of an order, for people.
pub(super) fn place_in_russian(place: &str) -> String {
    let (name, number) = place.split_once(' ').unwrap_or((place, ""));
    // A clause that bears no number has no address either.
    if place == "clause" {
        return "пункт без номера".to_owned();
    }
    let name = match name {
        "title" => "заголовок",
        "preamble" => "преамбула",
        "clause" => "п.",
        "appendix" => "приложение",
        "signature" => "подпись",
        "acknowledgement" => "ознакомление",
        "head" => "бланк",
        "footnote" => "сноска",
        _ => "текст",
    };
    format!("{name} {number}").trim_end().to_owned()
}

/// A passage with what matched in bold, or between brackets where there is no terminal.
fn highlighted(passage: &Passage, colour: bool) -> String {
    let characters: Vec<char> = passage.text.chars().collect();
    let mut shown = String::new();
    let mut from = 0;
    for span in &passage.highlights {
        let (start, end) = (
            span.start.clamp(from, characters.len()),
            span.end.clamp(from, characters.len()),
        );
        shown.extend(&characters[from..start]);
        let words: String = characters[start..end].iter().collect();
        shown.push_str(&if colour {
            bold(&words, true)
        } else {
            format!("[{words}]")
        });
        from = end;
    }
    shown.extend(&characters[from..]);
    shown
}

fn bold(words: &str, colour: bool) -> String {
    if colour {
        format!("\u{1b}[1m{words}\u{1b}[0m")
    } else {
        words.to_owned()
    }
}
