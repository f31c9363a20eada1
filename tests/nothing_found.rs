//! What is said where nothing is found: which part kept everything out, what to type instead, and nothing that would
//! find nothing.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/short_orders.rs"]
mod short_orders;

use prikaz::index::Index;
use prikaz::order::Order;
use short_orders::{answer, ids, order};

fn orders() -> Vec<Order> {
    let mut orders = vec![
        order(
            "fire",
            "МБОУ «Школа № 4»\nПРИКАЗ\nот 10.01.2022 № 1\nО пожарной безопасности\nПРИКАЗЫВАЮ:\n1. Премировать ответственного Щербинкину О. А. Ипремировать сторожа.\nДиректор\nИ. И. Зимин",
        ),
        order(
            "illness",
            "МБОУ «Школа № 4»\nПРИКАЗ\nот 11.01.2023 № 2\nО мерах\nПРИКАЗЫВАЮ:\n1. Ввести меры против коронавирусной инфекции и гриппа. Грипп лечить.\nДиректор\nИ. И. Зимин",
        ),
    ];
    // «Грп» is in more orders than «грипп», and no word.
    orders.extend((3..6).map(|number| {
        order(
            &format!("gas-{number}"),
            &format!("МБОУ «Школа № 4»\nПРИКАЗ\nот 12.01.2023 № {number}\nО ГРП\nПРИКАЗЫВАЮ:\n1. Проверить ГРП, минут 40.\nДиректор\nИ. И. Зимин"),
        )
    }));
    orders
}

#[test]
fn the_part_that_keeps_everything_out_is_named() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    for (query, told) in [
        ("грипп сторож", &["«грипп» 1", "«сторож» 1"][..]),
        ("грипп сторож минут", &[]),
        ("грипп енотов носорогов", &["«енотов» 0", "«носорогов» 0"]),
        ("грипп -инфекция", &["кроме «инфекция» 1"]),
        ("енотов", &[]),
        (
            "год:2022 грипп",
            &["дата: 2022-01-01..2022-12-31 1", "«грипп» 1"],
        ),
        ("грипп", &[]),
    ] {
        let answer = answer(&orders, &index, query);
        let obstacles: Vec<String> = answer
            .obstacles
            .iter()
            .map(|obstacle| format!("{} {}", obstacle.part, obstacle.orders))
            .collect();
        assert_eq!(obstacles, told, "{query} [{}]", answer.interpretation);
        // What is left of the query finds as much as was told.
        for obstacle in answer
            .obstacles
            .iter()
            .filter(|obstacle| obstacle.orders > 0)
        {
            let rest = short_orders::answer(&orders, &index, &obstacle.query);
            assert_eq!(
                ids(&rest).len() as u64,
                obstacle.orders,
                "{}",
                obstacle.query
            );
        }
    }
}

#[test]
fn a_star_or_a_phrase_without_its_marks_is_offered_where_it_finds_something() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    for (query, offered) in [
        ("коронавирус", &["коронавирус* 1"][..]),
        ("пожарн безопасность", &["пожарн* безопасность 1"]),
        ("\"пожарная безопасность\"", &["пожарная безопасность 1"]),
        (
            "«пожарная безопасность» школа",
            &["пожарная безопасность школа 1"],
        ),
        ("\"пожарная опасность\"", &[]),
        ("слон", &[]),
        ("безопасность", &[]),
    ] {
        let answer = answer(&orders, &index, query);
        let alternatives: Vec<String> = answer
            .alternatives
            .iter()
            .map(|alternative| format!("{} {}", alternative.query, alternative.orders))
            .collect();
        assert_eq!(alternatives, offered, "{query} [{}]", answer.interpretation);
    }
}

#[test]
fn only_words_of_the_language_of_people_and_of_many_orders_are_suggested() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    for (query, suggestion) in [
        // A misprint of an order, and a word that is only rare.
        ("упремировать", Some("премировать")),
        ("минус", None),
        ("гриппп", Some("грипп")),
        ("грпп", Some("грипп")),
        ("щирбинкину", Some("щербинкину")),
    ] {
        let answer = answer(&orders, &index, query);
        assert_eq!(
            answer.suggestion.as_deref(),
            suggestion,
            "{query} [{}]",
            answer.interpretation
        );
    }
}
