//! What a person does with the program, from the first ingest to the export.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/archives.rs"]
mod archives;

use std::fs;

use archives::{docx, order, prikaz, run};
use serde_json::Value;

#[test]
fn a_folder_becomes_an_archive_that_is_searched_shown_and_exported() {
    let place = tempfile::tempdir().unwrap();
    let (archive, orders) = (place.path().join("archive"), place.path().join("orders"));
    fs::create_dir_all(orders.join("2024")).unwrap();
    fs::write(orders.join("2024/first.docx"), order(7)).unwrap();
    fs::write(orders.join("2024/copy.docx"), order(7)).unwrap();
    fs::write(orders.join("2024/second.docx"), order(107)).unwrap();
    fs::write(orders.join("~$first.docx"), b"lock").unwrap();

    let (out, _, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert_eq!(code, 0, "{out}");
    assert!(
        out.contains("добавлено                       2")
            && out.contains("уже есть                        1"),
        "{out}"
    );

    for (query, wanted, unwanted) in [
        ("ч. 1 ст. 10 149-ФЗ", "7-П", ""),
        ("фз 149", "107-П", ""),
        ("Лыткариной", "7-П", ""),
        ("В. П. Лыткарина", "7-П", ""),
        ("подписал:Проскурин", "7-П", ""),
        ("№ 7-П", "7-П", "107-П"),
        ("порядка", "7-П", ""),
        ("год:2024 номер:107-П", "107-П", "№ 7-П"),
    ] {
        let (out, err, code) = run(prikaz(&archive).arg("search").arg(query));
        assert_eq!(code, 0, "{query}: {err}");
        assert!(out.contains(wanted), "{query}: {out}");
        assert!(
            unwanted.is_empty() || !out.contains(unwanted),
            "{query}: {out}"
        );
    }
    for query in [
        "ч. 2 ст. 10 149-ФЗ",
        "С. П. Лыткарина",
        "подписал:Лыткарина",
        "152-ФЗ",
    ] {
        let (out, _, code) = run(prikaz(&archive).arg("search").arg(query));
        assert!(
            code == 0 && out.contains("ничего не найдено"),
            "{query}: {out}"
        );
    }

    // Options may follow the query, and an exclusion needs no quotation marks.
    let (out, _, code) = run(prikaz(&archive).args(["search", "порядка", "--limit", "1"]));
    assert!(code == 0 && out.contains("из 2"), "{out}");
    let (out, _, _) = run(prikaz(&archive).args(["search", "порядка", "-ответственным"]));
    assert!(out.contains("ничего не найдено"), "{out}");

    let (out, _, code) = run(prikaz(&archive).args(["show", "107-П"]));
    assert!(
        code == 0 && out.contains("Лыткарина Вера Павловна") && out.contains("ст. 10 ч. 1"),
        "{out}"
    );

    let (first, _, code) = run(prikaz(&archive).arg("export"));
    assert_eq!(code, 0);
    assert_eq!(first.lines().count(), 2);
    let record: Value = serde_json::from_str(first.lines().next().unwrap()).unwrap();
    let schema: Value = serde_json::from_str(&run(prikaz(&archive).arg("schema")).0).unwrap();
    assert!(jsonschema::is_valid(&schema, &record));

    // The index is only a follower: without it everything is as it was.
    let (before, _, _) = run(prikaz(&archive).args(["search", "--json", "149-ФЗ"]));
    fs::remove_dir_all(archive.join("index")).unwrap();
    let (after, _, _) = run(prikaz(&archive).args(["search", "--json", "149-ФЗ"]));
    assert_eq!(before, after);
    assert_eq!(first, run(prikaz(&archive).arg("export")).0);
}

#[test]
fn failures_are_named_remembered_and_tried_again() {
    let place = tempfile::tempdir().unwrap();
    let (archive, orders) = (place.path().join("archive"), place.path().join("orders"));
    fs::create_dir_all(&orders).unwrap();
    fs::write(orders.join("good.docx"), order(1)).unwrap();
    fs::write(orders.join("scan.docx"), b"%PDF-1.7 not a Word document").unwrap();

    let (out, _, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert_eq!(code, 1);
    assert!(
        out.contains("scan.docx: файл PDF (.pdf) повреждён"),
        "{out}"
    );
    let (out, _, _) = run(prikaz(&archive).args(["ledger", "--failed"]));
    assert_eq!(out.lines().count(), 2, "the file, and what to do: {out}");

    // It is not read again, and it is not forgotten.
    let (out, _, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert!(
        code == 1
            && out.contains("не прочитано                    0")
            && out.contains("не прочитано раньше             1"),
        "{out}"
    );
    assert_eq!(
        run(prikaz(&archive).args(["ingest", "--retry-failed"])).2,
        1
    );
    let (_, _, code) = run(prikaz(&archive)
        .args(["ingest", "--retry-failed"])
        .arg(&orders));
    assert_eq!(code, 1);

    fs::write(
        orders.join("scan.docx"),
        docx("ООО «Лист»\nПРИКАЗ № 5\nот 01.02.2024\nО листе\n1. Начать."),
    )
    .unwrap();
    let (out, _, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert!(
        code == 0 && out.contains("добавлено                       1"),
        "{out}"
    );
    assert_eq!(run(prikaz(&archive).args(["ledger", "--failed"])).0, "");
}

#[test]
fn what_cannot_be_done_is_said_with_a_way_out() {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("archive");
    for (arguments, message) in [
        (vec!["search", "слово"], "нет архива"),
        (vec!["ingest", "nowhere"], "нет файла или папки"),
        (vec!["show", "1"], "нет архива"),
    ] {
        let (_, err, code) = run(prikaz(&archive).args(&arguments));
        assert_eq!(code, 2, "{err}");
        assert!(
            err.contains(message) && err.contains("подсказка: "),
            "{err}"
        );
    }
    let orders = place.path().join("orders");
    fs::create_dir_all(&orders).unwrap();
    run(prikaz(&archive).arg("ingest").arg(&orders));
    let (_, err, code) = run(prikaz(&archive).args(["search", "слово цвет:синий"]));
    assert_eq!(code, 2);
    assert!(
        err.contains("\n      ^^^^\n")
            && err.contains("ошибка: поля «цвет» нет")
            && err.contains("подсказка: есть поля: слово"),
        "{err}"
    );
    let (_, err, code) = run(prikaz(&archive).args(["show", "1"]));
    assert_eq!(code, 2);
    assert!(err.starts_with("ошибка: нет приказа с номером"), "{err}");
    // Of a long query only the place is shown.
    let long = format!(
        "{} цвет:синий {}",
        "слово ".repeat(500),
        "слово ".repeat(500)
    );
    let (_, err, _) = run(prikaz(&archive).args(["search", &long]));
    let first = err.lines().next().unwrap();
    assert!(
        first.starts_with('…') && first.ends_with('…') && first.chars().count() < 100,
        "{err}"
    );
}

/// People read Russian and days as they write them; programs get what they got.
#[test]
fn screens_are_in_russian_and_json_is_as_it_was() {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("archive");
    let orders = place.path().join("orders");
    fs::create_dir_all(&orders).unwrap();
    fs::write(
        orders.join("лист.docx"),
        docx("ООО «Лист»\nПРИКАЗ № 5\nот 05.02.2024\nО листе\nВ соответствии с Федеральным законом от 27.07.2006 № 152-ФЗ «О персональных данных»\nПРИКАЗЫВАЮ:\n1. Начать."),
    )
    .unwrap();
    fs::write(
        orders.join("без.docx"),
        docx("ООО «Лист»\nПРИКАЗ\nО столе\nПРИКАЗЫВАЮ:\n1. Начать."),
    )
    .unwrap();
    run(prikaz(&archive).arg("ingest").arg(&orders));
    let (out, _, _) = run(prikaz(&archive).args(["show", "5"]));
    for line in [
        "приказ № 5 от 05.02.2024 «О листе»",
        "  № 152-ФЗ от 27.07.2006 «О персональных данных» (преамбула)",
        "  ! нет имени подписавшего (signatory-missing)",
    ] {
        assert!(out.lines().any(|shown| shown == line), "{line}\n{out}");
    }
    let (out, _, _) = run(prikaz(&archive).args(["show", "5", "--json"]));
    assert!(
        out.contains("\"2024-02-05\"") && out.contains("\"no name of a person who signed\""),
        "{out}"
    );
    let (out, _, _) = run(prikaz(&archive).args(["show", "без.docx"]));
    assert!(
        out.starts_with("приказ без номера и даты «О столе»"),
        "{out}"
    );
    let (out, _, _) = run(prikaz(&archive).args(["search", "152-ФЗ год:2024", "--counts"]));
    assert!(
        out.starts_with("закон: 152-ФЗ от 27.07.2006 · дата: 01.01.2024..31.12.2024\n")
            && out.contains("приказ № 5 от 05.02.2024")
            && out.contains("1  152-ФЗ от 27.07.2006"),
        "{out}"
    );
    let (out, _, _) = run(prikaz(&archive).args(["search", "152-ФЗ", "--json"]));
    assert!(
        out.contains("закон: 152-ФЗ от 2006-07-27") && out.contains("\"date\": \"2024-02-05\""),
        "{out}"
    );
    let (out, _, _) = run(prikaz(&archive).args(["search", "начать", "--limit", "0"]));
    assert_eq!(out, "слово: начать\nнайдено: 2\n");
    let (out, _, _) = run(prikaz(&archive).args(["search", "начать енотов"]));
    assert!(
        out.ends_with("ничего не найдено\nмешает «енотов»: без этого нашлось бы 2\n"),
        "{out}"
    );
}

/// Words in Latin letters that a person is shown: what is to be typed, file names and hashes do not count.
fn foreign_words(screen: &str) -> Vec<&str> {
    let is_command =
        |line: &&str| line.starts_with("использование: ") || line.starts_with("справка: ");
    screen
        .lines()
        .filter(|line| !is_command(line))
        .flat_map(|line| line.split('`').step_by(2))
        .flat_map(str::split_whitespace)
        .filter(|word| {
            let letters = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            let is_typed = word.contains(['/', '.', '=', '_']) || word.contains("--");
            letters.len() > 2
                && !is_typed
                && letters.chars().all(|c| c.is_ascii_alphabetic())
                && !["prikaz", "PDF", "Word", "LibreOffice", "xlsx", "UTC"].contains(&letters)
        })
        .collect()
}

#[test]
fn no_screen_and_no_error_is_in_english() {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("archive");
    let orders = place.path().join("orders");
    fs::create_dir_all(&orders).unwrap();
    fs::write(orders.join("1.docx"), order(1)).unwrap();
    fs::write(orders.join("2.docx"), order(1)).unwrap();
    fs::write(orders.join("3.docx"), b"%PDF-1.7 not a Word document").unwrap();
    fs::write(orders.join("4.docx"), b"").unwrap();
    fs::write(orders.join("~$5.docx"), b"lock").unwrap();
    let folder = orders.to_string_lossy().into_owned();
    let copy = place.path().join("copy").to_string_lossy().into_owned();
    let table = place
        .path()
        .join("opis.xlsx")
        .to_string_lossy()
        .into_owned();
    for (arguments, expected) in [
        (vec!["ingest", &folder], 1),
        (vec!["ingest", &folder], 1),
        (vec!["status"], 0),
        (vec!["ledger", "--history"], 0),
        (vec!["verify"], 0),
        (vec!["correct", "1-П", "место=Пермь", "--why", "сверено"], 0),
        (vec!["reparse", "--dry-run"], 0),
        (vec!["register"], 0),
        (vec!["export", "--format", "xlsx", "--output", &table], 0),
        (vec!["backup", &copy], 0),
        (vec!["log"], 0),
        (vec!["restore", &copy], 2),
        (vec!["export", "--format", "xlsx", "--output", &table], 2),
        (vec!["page", "1-П", "1"], 2),
        (vec!["register", "nowhere.tsv"], 2),
        (vec!["verify", "--since", "вчера"], 2),
        (vec!["ingest"], 2),
        (vec!["ingest", "--jobs", "много", "."], 2),
        (vec!["отчёт"], 2),
        (vec!["help", "отчёт"], 2),
    ] {
        let (out, err, code) = run(prikaz(&archive)
            .env("PRIKAZ_ACTOR", "Архивариус")
            .args(&arguments));
        assert_eq!(code, expected, "{arguments:?}: {out}{err}");
        assert_eq!(
            code == 2,
            err.starts_with("ошибка: "),
            "{arguments:?}: {err}"
        );
        for said in [&out, &err] {
            assert_eq!(foreign_words(said), Vec::<&str>::new(), "{said}");
        }
    }
}

#[test]
fn help_goes_to_the_output_and_what_is_typed_wrong_to_the_errors() {
    let place = tempfile::tempdir().unwrap();
    for arguments in [
        &["--help"][..],
        &["-h"],
        &["help"],
        &["verify", "--help"],
        &["help", "verify"],
    ] {
        let (out, err, code) = run(prikaz(place.path()).args(arguments));
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        assert!(out.contains("Использование: prikaz "), "{out}");
    }
    let (out, _, code) = run(prikaz(place.path()).arg("-V"));
    assert_eq!(
        (code, out),
        (0, format!("prikaz {}\n", env!("CARGO_PKG_VERSION")))
    );
    let (out, err, code) = run(prikaz(place.path()).args(["status", "--jsn"]));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.starts_with("ошибка: нет параметра «--jsn»\nподсказка: может быть, --json\n")
            && err.ends_with("справка: prikaz status --help\n"),
        "{err}"
    );
}
