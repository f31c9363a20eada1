//! Which of the orders found comes first, and who is no answer: a few orders beside each other and a table of queries.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/short_orders.rs"]
mod short_orders;

use prikaz::index::Index;
use prikaz::order::Order;
use short_orders::{answer, ids, order};

/// An order of its number, issuer, title and clause.
fn issued(name: &str, issuer: &str, number: &str, title: &str, clauses: &str) -> Order {
    order(
        name,
        &format!(
            "{issuer}\nПРИКАЗ\nот 10.01.2022 № {number}\n{title}\nПРИКАЗЫВАЮ:\n{clauses}\nДиректор\nИ. И. Зимин"
        ),
    )
}

/// The orders found, the best first, by query.
fn found(orders: &[Order], expected: &[(&str, &[&str])]) {
    let index = Index::of_orders(orders).unwrap();
    for (query, expected) in expected {
        let answer = answer(orders, &index, query);
        assert_eq!(
            ids(&answer),
            *expected,
            "{query} [{}]",
            answer.interpretation
        );
    }
}

const SCHOOL: &str = "МБОУ «Школа № 4»";

#[test]
fn an_order_that_certainly_cites_the_act_comes_before_one_that_possibly_does() {
    let orders = [
        issued(
            "possibly",
            SCHOOL,
            "1",
            "О комиссии по противодействию коррупции",
            "1. Создать комиссию согласно статье 13 закона 273-ФЗ.",
        ),
        issued(
            "certainly",
            SCHOOL,
            "2",
            "О памятке",
            "1. Утвердить памятку по Федеральному закону от 25.12.2008 № 273-ФЗ «О противодействии коррупции».",
        ),
        issued(
            "article",
            SCHOOL,
            "3",
            "О мерах",
            "1. Принять меры по статье 13 Федерального закона от 25.12.2008 № 273-ФЗ «О противодействии коррупции».",
        ),
    ];
    found(
        &orders,
        &[
            (
                "закон о противодействии коррупции",
                &["article", "certainly", "possibly"],
            ),
            (
                "ст. 13 273-ФЗ от 25.12.2008",
                &["article", "certainly", "possibly"],
            ),
        ],
    );
    let index = Index::of_orders(&orders).unwrap();
    let answer = answer(&orders, &index, "закон о противодействии коррупции");
    let possible: Vec<bool> = answer
        .hits
        .iter()
        .map(|hit| hit.passages[0].possible)
        .collect();
    assert_eq!(possible, [false, false, true]);
}

#[test]
fn a_surname_finds_nobody_who_has_it_as_a_given_name() {
    let orders = [
        issued(
            "surname",
            SCHOOL,
            "1",
            "О дежурстве",
            "1. Назначить дежурным Иванова А. П.",
        ),
        issued(
            "given",
            SCHOOL,
            "2",
            "О дежурстве",
            "1. Назначить дежурным Зуя Ивана Петровича.",
        ),
        issued(
            "list",
            SCHOOL,
            "3",
            "О кружке",
            "1. Принять в кружок: Зуй Иван, Лыкова Семёна.",
        ),
        issued(
            "other",
            SCHOOL,
            "4",
            "О дежурстве",
            "1. Дежурить Семёнову С. С., Петрову П. П.",
        ),
    ];
    found(
        &orders,
        &[
            ("Иванов", &["surname"]),
            ("иванова", &["surname"]),
            ("лицо:Иванов", &["surname"]),
            ("Семёнов", &["other"]),
            ("Петров", &["other"]),
            ("Иван", &["given", "list"]),
        ],
    );
}

#[test]
fn a_word_beside_its_number_and_the_order_of_a_number_come_first() {
    let orders = [
        issued(
            "classes",
            "МБОУ «Школа № 9»",
            "12",
            "О школе для 1–4 классов",
            "1. Открыть школу по договору № 45-НПО, 45 мест, 45 столов.",
        ),
        issued(
            "fourth",
            "МБОУ «Школа № 4»",
            "13",
            "О дежурстве",
            "1. Дежурить.",
        ),
        issued(
            "latin",
            "МБОУ «Школа N 7»",
            "45",
            "О порядке",
            "1. Соблюдать порядок, мест 4.",
        ),
        issued(
            "tables",
            "МБОУ «Заря»",
            "14",
            "О столах",
            "1. Купить 45 столов и 7 стульев в школу.",
        ),
    ];
    found(
        &orders,
        &[
            ("школа 4", &["fourth", "classes", "latin"]),
            ("школа 7", &["latin", "tables"]),
            ("45", &["latin", "classes", "tables"]),
        ],
    );
}

#[test]
fn small_words_neither_rank_nor_are_shown_as_the_reason() {
    let orders = [
        issued(
            "sledge",
            SCHOOL,
            "1",
            "Об организации учёта",
            "1. Об учёте и об отпуске доложить.",
        ),
        issued(
            "leave",
            SCHOOL,
            "2",
            "Предоставление отпуска",
            "1. Предоставить отпуск.",
        ),
    ];
    found(&orders, &[("об отпуске", &["leave", "sledge"])]);
    let index = Index::of_orders(&orders).unwrap();
    for hit in answer(&orders, &index, "об отпуске").hits {
        for passage in hit.passages {
            let characters: Vec<char> = passage.text.chars().collect();
            for at in passage.highlights {
                let word: String = characters[at.start..at.end].iter().collect();
                assert!(word.starts_with("отпуск"), "«{word}» is marked");
            }
        }
    }
    found(&orders, &[("об", &["sledge"])]);
}

#[test]
fn a_body_is_asked_for_by_as_many_words_as_its_name_has() {
    let orders = [
        issued(
            "body",
            "Администрация города Таврин",
            "1",
            "О дежурстве",
            "1. Дежурить.",
        ),
        issued(
            "text",
            "Администрация района",
            "2",
            "О музее",
            "1. Открыть музей города Таврин.",
        ),
    ];
    found(
        &orders,
        &[
            ("учреждение:Администрация города Таврин", &["body"]),
            (
                "учреждение:администрации города Таврина дежурство",
                &["body"],
            ),
            ("учреждение:Администрация музей", &["text"]),
            (
                "учреждение:\"Администрация\" города Таврин музей",
                &["text"],
            ),
        ],
    );
    let index = Index::of_orders(&orders).unwrap();
    let answer = answer(
        &orders,
        &index,
        "учреждение:администрация города Таврин дежурство",
    );
    assert_eq!(
        answer.interpretation,
        "учреждение: администрация города Таврин · слово: дежурство"
    );
}
