//! An archive's own register of acts: what it changes in the records, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/archives.rs"]
mod archives;

use std::fs;

use archives::{docx, order, prikaz, run};
use serde_json::Value;

const ACT: &str =
    "law\t2019-05-20\t17-ОЗ\tЗареченская область\tО поддержке музеев\t-\tзакон о музеях\t-\n";

#[test]
fn acts_of_ones_own_are_recognised_by_their_nicknames() {
    let place = tempfile::tempdir().unwrap();
    let (archive, orders) = (place.path().join("archive"), place.path().join("orders"));
    fs::create_dir(&orders).unwrap();
    fs::write(
        orders.join("order.docx"),
        docx(
            "ПРИКАЗ\nот 01.02.2024 № 3\nО музее\nВ соответствии со статьёй 4 закона о музеях\nПРИКАЗЫВАЮ:\n1. Создать музей.\nДиректор Н. Н. Ложкина",
        ),
    )
    .unwrap();
    let register = place.path().join("acts.tsv");
    fs::write(&register, ACT).unwrap();
    let cited = || {
        let (out, err, code) = run(prikaz(&archive).arg("export"));
        assert_eq!(code, 0, "{err}");
        let record: Value = serde_json::from_str(&out).unwrap();
        record["references"][0]["act"]["id"].clone()
    };

    assert_eq!(run(prikaz(&archive).arg("ingest").arg(&orders)).2, 0);
    assert_eq!(cited(), Value::Null, "nobody has told of the act yet");
    let (out, err, code) = run(prikaz(&archive).arg("register").arg(&register));
    assert!(
        code == 0 && out.starts_with("в реестре 1 акт;"),
        "{out}{err}"
    );
    assert_eq!(run(prikaz(&archive).arg("register")).0, ACT);
    assert_eq!(run(prikaz(&archive).arg("reparse")).2, 0);
    assert_eq!(
        cited(),
        "ru/law/зареченская-область/2019-05-20/17-оз",
        "the record follows the register"
    );

    // A backup takes the register along.
    let copy = place.path().join("copy");
    assert_eq!(run(prikaz(&archive).arg("backup").arg(&copy)).2, 0);
    assert_eq!(run(prikaz(&copy).arg("register")).0, ACT);
}

#[test]
fn a_register_with_a_mistake_is_refused_with_its_line() {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("archive");
    let register = place.path().join("acts.tsv");
    fs::write(&register, format!("{ACT}law\t2019-13-20\n")).unwrap();
    let (_, err, code) = run(prikaz(&archive).arg("register").arg(&register));
    assert!(
        code == 2 && err.contains("строка 2 реестра") && err.contains("подсказка:"),
        "{err}"
    );
    assert!(!archive.exists(), "nothing was made for it");

    // One that was put there by hand is named by the commands that need it.
    fs::write(&register, ACT).unwrap();
    assert_eq!(run(prikaz(&archive).arg("register").arg(&register)).2, 0);
    fs::write(archive.join("register.tsv"), "law\n").unwrap();
    let orders = place.path().join("orders");
    fs::create_dir(&orders).unwrap();
    fs::write(orders.join("order.docx"), order(1)).unwrap();
    let (_, err, code) = run(prikaz(&archive).arg("ingest").arg(&orders));
    assert!(
        code == 2 && err.contains("register.tsv") && err.contains("подсказка:"),
        "{err}"
    );
}
