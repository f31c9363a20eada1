//! What a search must find and what it must not, over the corpus and the labelled orders: the table
//! `corpus/relevance.tsv`, which says itself how it is read.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where it cannot go on, and this one says how well searches do"
)]

#[path = "support/documents.rs"]
mod documents;

use std::path::Path;

use documents::{all_orders, record, shared};
use prikaz::index::Index;
use prikaz::lexicon::register::Register;
use prikaz::order::Order;
use prikaz::search::{Answer, Request, search};

/// Where an order that must be found may stand at most.
const FIRST: usize = 10;

/// A line of the table.
struct Expected<'a> {
    line: usize,
    query: &'a str,
    must: Vec<Wanted<'a>>,
    suggestion: Option<&'a str>,
    must_not: Vec<&'a str>,
    /// Everything else must not be found.
    nothing_else: bool,
}

struct Wanted<'a> {
    order: &'a str,
    broader: bool,
}

/// Reads the table. Orders that are not there are left out of it.
fn expectations<'a>(table: &'a str, there: &[String]) -> Vec<Expected<'a>> {
    let is_there = |order: &&str| there.iter().any(|known| known == order);
    let mut list = Vec::new();
    for (at, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 3, "line {}: columns", at + 1);
        let (query, must, must_not) = (columns[0], columns[1], columns[2]);
        let words = |column: &'a str| column.split(' ').filter(|word| *word != "-");
        let suggestion = must
            .strip_prefix('«')
            .and_then(|word| word.strip_suffix('»'));
        let must: Vec<Wanted> = words(must)
            .filter(|_| suggestion.is_none())
            .map(|word| Wanted {
                order: word.trim_start_matches('~'),
                broader: word.starts_with('~'),
            })
            .collect();
        for order in must
            .iter()
            .map(|wanted| wanted.order)
            .chain(words(must_not).filter(|word| *word != "*"))
        {
            let figures = matches!(order.len(), 2 | 3) && order.bytes().all(|b| b.is_ascii_digit());
            assert!(figures, "line {}: «{order}» is no order", at + 1);
            assert!(
                order.len() == 3 || is_there(&order),
                "line {}: {order} is not in the corpus",
                at + 1
            );
        }
        list.push(Expected {
            line: at + 1,
            query,
            must: must
                .into_iter()
                .filter(|wanted| is_there(&wanted.order))
                .collect(),
            suggestion,
            must_not: words(must_not).filter(is_there).collect(),
            nothing_else: must_not == "*",
        });
    }
    list
}

/// The figures that the name of an order's file begins with.
fn figures(path: &str) -> String {
    path.chars().take_while(char::is_ascii_digit).collect()
}

/// What is wrong with an answer.
fn wrong(expected: &Expected<'_>, answer: &Answer) -> Vec<String> {
    let found: Vec<(String, bool)> = answer
        .hits
        .iter()
        .map(|hit| (figures(&hit.path), hit.broader))
        .collect();
    let mut wrong = Vec::new();
    for wanted in &expected.must {
        match found.iter().position(|(order, _)| order == wanted.order) {
            None => wrong.push(format!("{} is not found", wanted.order)),
            Some(place) if place >= FIRST => {
                wrong.push(format!("{} stands at {}", wanted.order, place + 1));
            }
            Some(place) if found[place].1 != wanted.broader => wrong.push(format!(
                "{} is {}marked as broader",
                wanted.order,
                if wanted.broader { "not " } else { "" }
            )),
            Some(_) => {}
        }
    }
    let first_broader = found.iter().position(|(_, broader)| *broader);
    let last_exact = found.iter().rposition(|(_, broader)| !*broader);
    if let (Some(broader), Some(exact)) = (first_broader, last_exact)
        && broader < exact
    {
        wrong.push("a broader citation stands before an exact one".to_owned());
    }
    for (order, _) in &found {
        let known = expected.must.iter().any(|wanted| wanted.order == order);
        if expected.must_not.contains(&order.as_str()) || expected.nothing_else && !known {
            wrong.push(format!("{order} is found"));
        }
    }
    if let Some(word) = expected.suggestion
        && !answer
            .suggestion
            .as_ref()
            .is_some_and(|suggestion| suggestion.contains(word))
    {
        wrong.push(format!(
            "«{word}» is not suggested, but {:?}",
            answer.suggestion
        ));
    }
    wrong
}

#[test]
fn searches_find_what_they_must_and_nothing_that_they_must_not() {
    let orders: Vec<Order> = all_orders().iter().map(|path| record(path)).collect();
    let there: Vec<String> = orders
        .iter()
        .map(|order| figures(&order.source.path))
        .collect();
    let index = Index::of_orders(&orders).unwrap();
    let table =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/relevance.tsv"))
            .unwrap();
    let expectations = expectations(&table, &there);
    assert!(expectations.len() >= 120, "the table has shrunk");

    let (mut wanted, mut wanted_found, mut judged, mut judged_right) = (0, 0, 0, 0);
    let mut failures = Vec::new();
    for expected in &expectations {
        let request = Request {
            query: expected.query.to_owned(),
            plain: false,
            by_date: false,
            limit: 100,
            after: None,
        };
        let answer = match search(orders.as_slice(), &index, Register::built_in(), &request) {
            Ok(answer) => answer,
            Err(error) => {
                failures.push(format!("{}: {}: {error}", expected.line, expected.query));
                continue;
            }
        };
        let is_wanted = |order: &str| expected.must.iter().any(|wanted| wanted.order == order);
        wanted += expected.must.len();
        wanted_found += answer
            .hits
            .iter()
            .take(FIRST)
            .filter(|hit| is_wanted(&figures(&hit.path)))
            .count();
        if expected.nothing_else {
            judged += answer.hits.len();
            judged_right += answer
                .hits
                .iter()
                .filter(|hit| is_wanted(&figures(&hit.path)))
                .count();
        }
        let wrong = wrong(expected, &answer);
        if !wrong.is_empty() {
            failures.push(format!(
                "{}: {} [{}]: {}",
                expected.line,
                expected.query,
                answer.interpretation,
                wrong.join(", ")
            ));
        }
    }
    let where_from = if shared().is_some() {
        "the corpus and the labelled orders"
    } else {
        "the corpus"
    };
    println!(
        "{} queries over {} orders of {where_from}\nrecall     {wanted_found} of {wanted} orders that must be found are among the first {FIRST}\nprecision  {judged_right} of {judged} orders found are right, where all that is right is listed",
        expectations.len(),
        orders.len(),
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
