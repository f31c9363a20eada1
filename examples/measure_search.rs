//! Measures searches of an archive: the 50th and the 99th percentile of each class of query, by one searcher
//! and by eight at once, cold and warm; the size of the index and the time to open it.
//!
//! `cargo run --release --example generate -- FOLDER && cargo run --release --example measure_search -- FOLDER`
//!
//! The queries are drawn from the records of the archive, so that they find something: every class has
//! [`QUERIES`] of its own. Cold: the first search of a query by an index that has just been opened, whose files
//! the system may hold in memory. Warm: the same queries again. Every search gives ten hits with their passages
//! and all counts.

#![allow(
    clippy::print_stdout,
    reason = "it writes what it measures to the standard output"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use prikaz::archive::Archive;
use prikaz::index::{Index, act_name, person_name};
use prikaz::lexicon::register::Register;
use prikaz::order::Order;
use prikaz::parse::pinpoints;
use prikaz::search::{Request, query, search};

/// Queries of a class.
const QUERIES: usize = 60;
/// Warm searches of every query by one searcher.
const ROUNDS: usize = 5;
/// Searchers at once.
const SEARCHERS: usize = 8;

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).context("name an archive")?;
    let folder = Path::new(&folder);
    let archive = Archive::open_for_reading(folder)?;
    let orders = sample(&archive)?;
    drop(archive);
    let classes = classes(&orders);

    let started = Instant::now();
    let archive = Archive::open_for_reading(folder)?;
    Index::follow(&archive)?;
    println!("opened in {:.1} ms", milliseconds(started.elapsed()));
    let count = archive.sequence()?;
    let bytes: u64 = std::fs::read_dir(archive.index_path())?
        .filter_map(|entry| entry.ok()?.metadata().ok())
        .map(|metadata| metadata.len())
        .sum();
    println!(
        "{count} orders, {} bytes of index an order\n",
        bytes / u64::try_from(count.max(1))?
    );
    println!(
        "{:<28}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}  slowest warm search",
        "milliseconds", "cold p50", "cold p99", "warm p50", "warm p99", "8 p50", "8 p99"
    );
    for (name, requests) in &classes {
        let index = Index::follow(&archive)?;
        let cold = searched(folder, &index, requests, 1, 1)?;
        let warm = searched(folder, &index, requests, ROUNDS, 1)?;
        let together = searched(folder, &index, requests, ROUNDS, SEARCHERS)?;
        print!("{name:<28}");
        for times in [&cold, &warm, &together] {
            print!(
                "{:>10.2}{:>10.2}",
                percentile(times, 50),
                percentile(times, 99)
            );
        }
        if let Some((_, slowest)) = warm.last() {
            print!("  {}", requests[*slowest].query);
        }
        println!();
    }
    Ok(())
}

/// The times of all searches with the places of their requests, the shortest first. Every searcher has an archive of its own, as a server's
/// threads have.
fn searched(
    folder: &Path,
    index: &Index,
    requests: &[Request],
    rounds: usize,
    searchers: usize,
) -> anyhow::Result<Vec<(Duration, usize)>> {
    let next = AtomicUsize::new(0);
    let all = requests.len() * rounds;
    let search_on = || -> anyhow::Result<Vec<(Duration, usize)>> {
        let archive = Archive::open_for_reading(folder)?;
        let mut times = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= all {
                return Ok(times);
            }
            let started = Instant::now();
            let request = at % requests.len();
            search(&archive, index, Register::built_in(), &requests[request])?;
            times.push((started.elapsed(), request));
        }
    };
    let mut times = Vec::new();
    thread::scope(|scope| -> anyhow::Result<()> {
        let threads: Vec<_> = (0..searchers).map(|_| scope.spawn(search_on)).collect();
        for thread in threads {
            let of_one = thread
                .join()
                .map_err(|_| anyhow::anyhow!("a searcher panicked"))??;
            times.extend(of_one);
        }
        Ok(())
    })?;
    times.sort();
    Ok(times)
}

fn percentile(times: &[(Duration, usize)], percent: usize) -> f64 {
    let at = (times.len() * percent).div_ceil(100).max(1) - 1;
    times.get(at).map_or(0.0, |(time, _)| milliseconds(*time))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Orders from all over the archive, always the same ones.
fn sample(archive: &Archive) -> anyhow::Result<Vec<Order>> {
    /// Enough that every class finds what its queries need.
    const SAMPLE: usize = 400;
    let mut orders = Vec::new();
    for beginning in 0..SAMPLE {
        let from = format!("{:03x}", beginning * 4096 / SAMPLE);
        for id in archive.ids_after(&from, 1)? {
            orders.extend(archive.record(&id)?);
        }
    }
    Ok(orders)
}

/// The queries of each class, by its name.
fn classes(orders: &[Order]) -> BTreeMap<&'static str, Vec<Request>> {
    let mut classes: BTreeMap<&str, Vec<Request>> = BTreeMap::new();
    let mut add = |class: &'static str, query: Option<String>, by_date: bool| {
        let requests = classes.entry(class).or_default();
        if let Some(query) = query
            && requests.len() < QUERIES
            && requests.iter().all(|known| known.query != query)
            && query::parse(&query, false, Register::built_in()).is_ok()
        {
            requests.push(Request {
                query,
                plain: false,
                by_date,
                limit: 10,
                after: None,
            });
        }
    };
    for order in orders {
        let reference = order.references.first();
        let title = order.title.as_ref().map(|title| title.value.as_str());
        let words: Vec<&str> = title.unwrap_or_default().split(' ').collect();
        let year = order.date.as_ref().map(|date| date.value.0.year());
        let person = order.people.last().map(person_name);
        add(
            "act",
            reference.map(|cited| format!("закон:\"{}\"", act_name(&cited.act))),
            false,
        );
        add(
            "provision",
            reference.and_then(|cited| {
                let locator = pinpoints::shown(cited.locators.first()?);
                Some(format!("{locator} {}", act_name(&cited.act)))
            }),
            false,
        );
        add("person", person.clone(), false);
        add(
            "surname",
            order.people.first().map(|person| person.surname.clone()),
            false,
        );
        add(
            "number",
            order
                .number
                .as_ref()
                .map(|number| format!("№ {}", number.value)),
            false,
        );
        add(
            "number and day",
            order
                .number
                .as_ref()
                .zip(order.date.as_ref())
                .map(|(number, date)| format!("номер:\"{}\" дата:{}", number.value, date.value)),
            false,
        );
        add("year", year.map(|year| format!("год:{year}")), false);
        add("year by date", year.map(|year| format!("год:{year}")), true);
        add(
            "word",
            words.last().map(|word| format!("слово:{word}")),
            false,
        );
        add(
            "two words",
            (words.len() > 2).then(|| words[words.len() - 2..].join(" ")),
            false,
        );
        add(
            "phrase",
            (words.len() > 2).then(|| format!("\"{}\"", words[words.len() - 2..].join(" "))),
            false,
        );
        add(
            "beginning of a word",
            words
                .last()
                .map(|word| format!("{}*", word.chars().take(5).collect::<String>())),
            false,
        );
        add(
            "issuer",
            order
                .issuer
                .as_ref()
                .and_then(|issuer| issuer.value.split('«').nth(1))
                .map(|name| format!("учреждение:\"{}\"", name.trim_end_matches('»'))),
            false,
        );
        add(
            "person, act and year",
            person
                .zip(reference)
                .zip(year)
                .map(|((person, cited), year)| {
                    format!(
                        "лицо:\"{person}\" OR закон:\"{}\" год:{year}",
                        act_name(&cited.act)
                    )
                }),
            false,
        );
        add(
            "misspelt word",
            words
                .last()
                .filter(|word| word.chars().count() > 6)
                .map(|word| format!("слово:{}щ{}", &word[..6], &word[6..])),
            false,
        );
    }
    for relation in ["отменяет", "отменён", "изменяет"] {
        add("related", Some(format!("связь:{relation}")), false);
    }
    for query in [
        "приказ",
        "директор",
        "контроль",
        "слово:ответственный",
        "вид:приказ",
    ] {
        add("in every order", Some(query.to_owned()), false);
        add("in every order by date", Some(query.to_owned()), true);
    }
    classes
}
