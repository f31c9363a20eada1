//! A better parser and a person who knows better: both change records, and neither loses what was.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/archives.rs"]
mod archives;

use std::fs;
use std::path::{Path, PathBuf};

use archives::{order, prikaz, run};
use prikaz::archive::{Archive, LedgerEntry, sha256};
use prikaz::ingest::{Options, ingest};
use serde_json::Value;
use tempfile::TempDir;

/// An archive whose records an earlier parser has made: it took the first order's number for another,
/// and missed the title of the second.
fn archive() -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let (folder, orders) = (place.path().join("archive"), place.path().join("orders"));
    fs::create_dir_all(&orders).unwrap();
    let mut earlier = Vec::new();
    for number in 1..=3 {
        fs::write(orders.join(format!("{number}.docx")), order(number)).unwrap();
    }
    let beside = place.path().join("beside");
    let mut today = Archive::open_for_writing(&beside).unwrap();
    ingest(
        &mut today,
        std::slice::from_ref(&orders),
        &Options::default(),
        &mut |_| {},
    )
    .unwrap();
    for number in 1..=3 {
        let mut record = today.record(&sha256(&order(number))).unwrap().unwrap();
        match number {
            1 => "77".clone_into(&mut record.number.as_mut().unwrap().value),
            2 => record.title = None,
            _ => {}
        }
        let entry = LedgerEntry {
            path: format!("/{number}.docx"),
            id: record.id.clone(),
            version: "0.0.9".to_owned(),
            ..LedgerEntry::default()
        };
        earlier.push((entry, Some(record.into())));
    }
    let mut archive = Archive::open_for_writing(&folder).unwrap();
    for number in 1..=3 {
        let bytes = order(number);
        archive
            .keep_originals(&[(&sha256(&bytes), &bytes)])
            .unwrap();
    }
    archive.commit(&earlier).unwrap();
    drop(archive);
    (place, folder)
}

fn record(archive: &Path, id: &str) -> Value {
    let (out, err, code) = run(prikaz(archive).args(["show", "--json", id]));
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

fn verified(archive: &Path) {
    let (out, err, code) = run(prikaz(archive).arg("verify"));
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn a_better_parser_shows_what_changes_and_keeps_what_was() {
    let (_place, archive) = archive();
    let first = sha256(&order(1));
    let (out, err, code) = run(prikaz(&archive).args(["reparse", "--dry-run"]));
    assert_eq!(code, 0, "{err}");
    for line in [
        "  номер: «77» → «1-П»",
        "  заголовок: нет → «О порядке № 2»",
        "изменилось бы                   2",
        "без изменений                   1",
    ] {
        assert!(out.contains(line), "{out}");
    }
    assert_eq!(
        record(&archive, &first)["number"]["value"],
        "77",
        "nothing was written"
    );

    let (_, _, code) = run(prikaz(&archive).arg("reparse"));
    assert_eq!(code, 0);
    assert_eq!(record(&archive, &first)["number"]["value"], "1-П");
    let (out, _, _) = run(prikaz(&archive).args(["show", "--json", "--version", "1", &first]));
    assert_eq!(
        serde_json::from_str::<Value>(&out).unwrap()["number"]["value"],
        "77"
    );
    verified(&archive);

    // The index follows, and a second run finds nothing to do.
    for (query, found) in [("№ 1-П", 1), ("№ 77", 0)] {
        let (out, _, _) = run(prikaz(&archive).args(["search", "--json", query]));
        assert_eq!(
            serde_json::from_str::<Value>(&out).unwrap()["total"],
            found,
            "{query}"
        );
    }
    let (out, _, _) = run(prikaz(&archive).arg("reparse"));
    assert!(out.contains("изменилось                      0"), "{out}");
    let (log, _, _) = run(prikaz(&archive).arg("log"));
    assert_eq!(
        log.lines()
            .filter(|line| line.contains("повторное чтение"))
            .count(),
        1,
        "{log}"
    );
}

#[test]
fn one_order_or_those_of_a_query_are_parsed_again() {
    let (_place, archive) = archive();
    let (out, err, code) = run(prikaz(&archive).args(["reparse", "--dry-run", "77"]));
    assert!(
        code == 0 && out.contains("изменилось бы                   1"),
        "{out}{err}"
    );
    let (out, _, _) = run(prikaz(&archive).args(["reparse", "--dry-run", "--where", "номер:3-П"]));
    assert!(
        out.contains("без изменений                   1")
            && out.contains("изменилось бы                   0"),
        "{out}"
    );
}

#[test]
fn a_damaged_original_leaves_its_record_and_the_others_go_on() {
    let (_place, archive) = archive();
    let first = sha256(&order(1));
    fs::write(
        archive.join("originals").join(&first[..2]).join(&first),
        b"x",
    )
    .unwrap();
    let (out, _, code) = run(prikaz(&archive).arg("reparse"));
    assert!(
        code == 1 && out.contains("повреждён") && out.contains("изменилось                      1"),
        "{out}"
    );
    assert_eq!(record(&archive, &first)["number"]["value"], "77");
}

#[test]
fn a_correction_says_who_when_and_why_and_outlives_the_parser() {
    let (_place, archive) = archive();
    let id = sha256(&order(2));
    let (out, err, code) = run(prikaz(&archive).args([
        "correct",
        &id,
        "number=06/1",
        "date=2024-03-01",
        "place=",
        "--why",
        "сверено с журналом",
        "--by",
        "Е. Громова",
    ]));
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("номер: «06/1» вместо «2-П» (Е. Громова,"),
        "{out}"
    );
    verified(&archive);
    for _ in 0..2 {
        let found = record(&archive, &id);
        assert_eq!(found["number"]["value"], "06/1");
        assert_eq!(found["date"]["value"], "2024-03-01");
        let said: Vec<&str> = found["corrections"]
            .as_array()
            .unwrap()
            .iter()
            .map(|correction| correction["field"].as_str().unwrap())
            .collect();
        assert_eq!(said, ["date", "number", "place"]);
        assert_eq!(found["corrections"][1]["former"], "2-П");
        assert_eq!(found["corrections"][1]["why"], "сверено с журналом");
        assert_eq!(found["corrections"][1]["by"], "Е. Громова");
        let schema: Value = serde_json::from_str(&run(prikaz(&archive).arg("schema")).0).unwrap();
        jsonschema::validate(&schema, &found).unwrap();
        run(prikaz(&archive).arg("reparse"));
    }
    verified(&archive);
    let (out, _, _) = run(prikaz(&archive).args(["show", "06/1"]));
    assert!(out.contains("Исправлено вручную"), "{out}");
    let (log, _, _) = run(prikaz(&archive).arg("log"));
    assert!(
        log.contains("номер «2-П» → «06/1»") && log.contains("Е. Громова"),
        "{log}"
    );

    // Named and dated as in a search.
    let (_, err, code) = run(prikaz(&archive).args([
        "correct",
        "06/1",
        "Номер=06/3",
        "дата=05.02.2024 г.",
        "--why",
        "ещё раз",
    ]));
    assert_eq!(code, 0, "{err}");
    let found = record(&archive, &id);
    assert_eq!(found["number"]["value"], "06/3");
    assert_eq!(found["date"]["value"], "2024-02-05");
    assert_eq!(found["corrections"][0]["value"], "2024-02-05");
    run(prikaz(&archive).args(["correct", "06/3", "number=06/1", "--why", "обратно"]));

    // Corrected once more: the later one counts, both are in the log.
    run(prikaz(&archive).args(["correct", "06/1", "number=06/2", "--why", "ещё раз"]));
    assert_eq!(record(&archive, &id)["number"]["value"], "06/2");
    let text = record(&archive, &id)["text"].as_str().unwrap().to_owned();
    assert!(
        text.contains("2-П") && !text.contains("06/2"),
        "the text is never rewritten"
    );
    verified(&archive);
}

#[test]
fn a_correction_that_cannot_be_made_is_refused_with_a_way_out() {
    let (_place, archive) = archive();
    for (arguments, message) in [
        (
            vec!["3-П", "people=Иванов", "--why", "x"],
            "реквизита «people» нет",
        ),
        (
            vec!["3-П", "дата=31.02.2024", "--why", "x"],
            "«31.02.2024» не может быть значением реквизита «дата»",
        ),
        (
            vec!["3-П", "number", "--why", "x"],
            "«number»: между реквизитом и значением нет знака «=»",
        ),
        (
            vec!["3-П", "number=1", "--why", " "],
            "причина исправления не указана",
        ),
        (
            vec!["9", "number=1", "--why", "x"],
            "нет приказа с номером, идентификатором или именем файла «9»",
        ),
    ] {
        let (_, err, code) = run(prikaz(&archive).arg("correct").args(&arguments));
        assert!(
            code == 2 && err.contains(message) && err.contains("подсказка: "),
            "{err}"
        );
    }
    verified(&archive);
}
