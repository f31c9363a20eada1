//! What a search must find, and what it must not: short orders, parsed and indexed, and a table of
//! queries.

#[path = "support/short_orders.rs"]
mod short_orders;

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use prikaz::archive::{Archive, LedgerEntry};
use prikaz::index::{Follower, Index};
use prikaz::lexicon::register::Register;
use prikaz::order::Order;
use prikaz::search::{Request, SearchError, related, search};
use short_orders::{answer, ids, order, request};

/// Names of the orders and their texts.
const ORDERS: [(&str, &str); 7] = [
    (
        "messengers",
        "Муниципальное казенное общеобразовательное учреждение – Закрутовская основная общеобразовательная школа
ПРИКАЗ
№ 06/1
от 05.02.2024года
«Об использовании мессенджера в школе»
В целях выполнения частей 8, 10 статьи 10 Федерального закона от 27.07.2006г. №149-ФЗ «Об информации, информационных технологиях и о защите информации»
ПРИКАЗЫВАЮ:
1. Ограничить применение иностранных мессенджеров в онлайн-коммуникациях.
2. Назначить администратором платформы Гапутину Людмилу Анатольевну.
Директор школы
И. Н. Пыжененкова",
    ),
    (
        "whole-act",
        "ПРИКАЗ
от 12.03.2024 № 106/1
О защите сведений
В соответствии с Федеральным законом от 27.07.2006 № 149-ФЗ «Об информации, информационных технологиях и о защите информации» ПРИКАЗЫВАЮ:
1. Утвердить положение о защите сведений.
2. Учёт сведений поручить Гапутиной Т. П.
Директор
И. И. Иванов",
    ),
    (
        "other-part",
        "ПРИКАЗ
от 20.11.2023 № 8О
О сайте
На основании части 2 статьи 10 Федерального закона от 27.07.2006 № 149-ФЗ «Об информации, информационных технологиях и о защите информации» ПРИКАЗЫВАЮ:
1. Вести сайт учреждения.
Директор
И. И. Иванов",
    ),
    (
        "education",
        "ПРИКАЗ
от 01.09.2023 № 12-ОД
О назначении классных руководителей
В соответствии с Федеральным законом от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации» ПРИКАЗЫВАЮ:
1. Назначить классным руководителем Зеленову В. В.
Директор школы
И. Н. Пыжененкова",
    ),
    (
        "range",
        "РАСПОРЯЖЕНИЕ
от 15.02.2024 № 3
О порядке
В соответствии с частями 7–9 статьи 10 Федерального закона от 27.07.2006 № 149-ФЗ «Об информации, информационных технологиях и о защите информации» ПРИКАЗЫВАЮ:
1. Соблюдать порядок.
Директор
И. И. Иванов",
    ),
    (
        "journal",
        "ПРИКАЗ
от 14.02.2022 № 7
О журнале
ПРИКАЗЫВАЮ:
1. Вести журнал и чат.
2. Контроль коммуникаций онлайн возложить на Иванова Петра Сергеевича.
Директор
А. А. Сидорова",
    ),
    (
        "undated",
        "ПРИКАЗ
О дежурстве
ПРИКАЗЫВАЮ:
1. Дежурить в чате родителям.
Директор
А. А. Сидорова",
    ),
];

fn orders() -> Vec<Order> {
    ORDERS
        .iter()
        .map(|(name, text)| order(name, text))
        .collect()
}

#[test]
fn queries_find_what_they_must_and_nothing_else() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    let acts = ["messengers", "range", "other-part", "whole-act"];
    let mut wrong = Vec::new();
    for (query, expected) in [
        ("149-ФЗ", &acts[..]),
        ("фз 149", &acts),
        ("закон об информации", &acts),
        ("закон:149-ФЗ", &acts),
        ("ст. 10 149-ФЗ", &acts),
        ("статья 10 закона об информации", &acts),
        ("ч. 8 ст. 10 149-ФЗ", &["messengers", "range", "whole-act"]),
        ("273-ФЗ", &["education"]),
        ("Гапутина", &["messengers", "whole-act"]),
        ("Гапутиной", &["messengers", "whole-act"]),
        ("гапутину", &["messengers", "whole-act"]),
        ("Л. А. Гапутина", &["messengers"]),
        ("Гапутиной Л.А.", &["messengers"]),
        ("Людмила Анатольевна Гапутина", &["messengers"]),
        ("лицо:Гапутина Т. П.", &["whole-act"]),
        ("подписал:Пыжененкова", &["messengers", "education"]),
        ("подписал:Гапутина", &[]),
        ("поручено:Гапутина", &["messengers", "whole-act"]),
        ("№ 06/1", &["messengers"]),
        ("06/1", &["messengers"]),
        ("приказ № 06/1", &["messengers"]),
        ("06/1 от 05.02.2024", &["messengers"]),
        ("приказ от 05.02.2024", &["messengers"]),
        ("приказ от 05.02.2024 № 06/1", &["messengers"]),
        ("06/1 от 06.02.2024", &[]),
        ("номер:80", &["other-part"]),
        ("номер:12-од", &["education"]),
        ("приказы за февраль 2024", &["messengers"]),
        ("за февраль 2024", &["messengers", "range"]),
        (
            "дата:2024-01..2024-03",
            &["messengers", "range", "whole-act"],
        ),
        ("год:2023", &["other-part", "education"]),
        ("в 1 квартале 2024", &["messengers", "range", "whole-act"]),
        ("вид:распоряжение", &["range"]),
        ("мессенджеры", &["messengers"]),
        ("МЕССЕНДЖЕРУ", &["messengers"]),
        ("\"иностранных мессенджеров\"", &["messengers"]),
        ("\"мессенджеров иностранных\"", &[]),
        ("\"иностранные мессенджеры\"", &[]),
        ("мессендж*", &["messengers"]),
        ("учет", &["whole-act"]),
        ("онлайн-коммуникации", &["messengers"]),
        ("онлайн коммуникации", &["messengers", "journal"]),
        ("сведения -учёт", &[]),
        // What is excluded stands first in a later order than what is looked for.
        (
            "директор -\"вести журнал\"",
            &[
                "messengers",
                "whole-act",
                "other-part",
                "education",
                "range",
                "undated",
            ],
        ),
        (
            "149-ФЗ НЕ точно:\"вести сайт\"",
            &["messengers", "whole-act", "range"],
        ),
        (
            "год:2024 -точно:\"соблюдать порядок\"",
            &["messengers", "whole-act"],
        ),
        (
            "директор -(чат -\"вести журнал\") -\"соблюдать порядок\"",
            &[
                "messengers",
                "whole-act",
                "other-part",
                "education",
                "journal",
            ],
        ),
        ("школа -мессенджер", &["education"]),
        (
            "(чат OR положение) директор",
            &["journal", "undated", "whole-act"],
        ),
        ("чат ИЛИ положение", &["journal", "undated", "whole-act"]),
        ("чат НЕ журнал", &["undated"]),
        ("учреждение:Закрутовская", &["messengers"]),
        ("файл:whole-act", &["whole-act"]),
        ("находка:date-missing", &["undated"]),
        ("закон:149-ФЗ год:2023", &["other-part"]),
        ("порядка", &["range"]),
        ("пoрядок", &["range"]), // the first «o» is Latin
        ("подписал Пыжененкова", &["messengers", "education"]),
        ("за подписью пыжененковой и н", &["messengers", "education"]),
        ("гапутина л а", &["messengers"]),
        ("людмила гапутина", &["messengers"]),
        ("чат или положение", &["journal", "undated", "whole-act"]),
        ("чат кроме журнала", &["undated"]),
        ("№ 3 и № 7", &["range", "journal"]),
        ("школа 2023", &["education"]),
        ("все приказы о журнале", &["journal"]),
        ("приказ 12 од", &["education"]),
        ("между 2022 и 2023", &["journal", "other-part", "education"]),
        ("“иностранных мессенджеров”", &["messengers"]),
    ] {
        let answer = answer(&orders, &index, query);
        let found: BTreeSet<&str> = ids(&answer).into_iter().collect();
        if found != expected.iter().copied().collect() {
            wrong.push(format!(
                "{query} [{}]: {found:?}, not {expected:?}",
                answer.interpretation
            ));
        }
        assert_eq!(answer.total, answer.hits.len() as u64);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_was_typed_in_the_other_layout_is_suggested() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    for (query, suggested) in [
        ("ufgenbyjq", Some("гапутиной")),
        ("149-ap", Some("149-фз")),
        ("xfn 2022", Some("чат 2022")),
        ("qqqqqqqq", None),
    ] {
        let answer = answer(&orders, &index, query);
        assert_eq!(answer.suggestion.as_deref(), suggested, "{query}");
    }
}

#[test]
fn a_broader_citation_ranks_lower_and_is_marked() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    let answer = answer(&orders, &index, "ч. 8 ст. 10 149-ФЗ");
    assert_eq!(ids(&answer), ["range", "messengers", "whole-act"]);
    let broader: Vec<bool> = answer
        .hits
        .iter()
        .map(|hit| hit.passages[0].broader)
        .collect();
    assert_eq!(broader, [false, false, true]);
}

#[test]
fn a_hit_says_where_and_shows_the_words() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    for (query, place, words) in [
        ("применение мессенджеров", "clause 1", "применение"),
        (
            "Гапутиной Л. А.",
            "clause 2",
            "Гапутину Людмилу Анатольевну",
        ),
        ("онлайн-коммуникация", "clause 1", "онлайн-коммуникациях"),
    ] {
        let answer = answer(&orders, &index, query);
        let shown = answer.hits[0]
            .passages
            .iter()
            .filter(|passage| passage.place == place)
            .any(|passage| {
                let characters: Vec<char> = passage.text.chars().collect();
                passage
                    .highlights
                    .iter()
                    .any(|at| characters[at.start..at.end].iter().collect::<String>() == words)
            });
        assert!(shown, "{query}: {:#?}", answer.hits[0].passages);
    }
}

#[test]
fn pages_follow_each_other_and_stay_true_while_orders_are_added() {
    let orders = orders();
    for by_date in [false, true] {
        for query in ["директор", "149-ФЗ OR чат"] {
            let index = Index::of_orders(&orders).unwrap();
            let whole = Request {
                by_date,
                ..request(query)
            };
            let all = search(orders.as_slice(), &index, Register::built_in(), &whole).unwrap();
            let mut paged = Vec::new();
            let mut after = None;
            loop {
                let page = Request {
                    limit: 2,
                    after: after.clone(),
                    ..whole.clone()
                };
                let answer =
                    search(orders.as_slice(), &index, Register::built_in(), &page).unwrap();
                assert_eq!(answer.total, all.total);
                paged.extend(answer.hits.iter().map(|hit| hit.id.clone()));
                after = answer.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(paged, ids(&all), "{query}");

            let first = Request {
                limit: 2,
                ..whole.clone()
            };
            let first = search(orders.as_slice(), &index, Register::built_in(), &first).unwrap();
            let mut more = orders.clone();
            let newer = ORDERS[1].1.replace("12.03.2024", "12.12.2024");
            more.extend((0..5).map(|copy| order(&format!("newer-{copy}"), &newer)));
            let index = Index::of_orders(&more).unwrap();
            let rest = Request {
                after: first.next,
                ..whole
            };
            let rest = search(more.as_slice(), &index, Register::built_in(), &rest).unwrap();
            let old: Vec<&str> = ids(&rest)
                .into_iter()
                .filter(|id| !id.starts_with("newer"))
                .collect();
            assert_eq!(old, ids(&all)[2..], "{query}");
        }
    }
}

#[test]
fn a_cursor_of_another_answer_is_refused() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    let broken = Request {
        after: Some("nonsense".to_owned()),
        ..request("чат")
    };
    assert!(matches!(
        search(orders.as_slice(), &index, Register::built_in(), &broken),
        Err(SearchError::Cursor(_))
    ));
}

#[test]
fn orders_are_counted() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    let counts = answer(&orders, &index, "директор").counts;
    let shown = |list: &[prikaz::search::Counted]| -> Vec<String> {
        list.iter()
            .map(|counted| format!("{} {}", counted.name, counted.orders))
            .collect()
    };
    assert_eq!(shown(&counts.years), ["2024 3", "2023 2", "2022 1"]);
    assert_eq!(shown(&counts.kinds), ["приказ 6", "распоряжение 1"]);
    assert_eq!(
        shown(&counts.acts),
        ["149-ФЗ от 2006-07-27 4", "273-ФЗ от 2012-12-29 1"]
    );
    assert!(
        shown(&counts.people).contains(&"Пыжененкова И. Н. 2".to_owned()),
        "{counts:?}"
    );
    assert!(counts.others.is_empty(), "{counts:?}");
    // Of more values than are shown the number is told.
    let many: Vec<Order> = (0..23)
        .map(|at| {
            let body = format!("МБУ «Учреждение {at}»\nПРИКАЗ\nот 10.01.2022 № 5\nО дежурстве\nПРИКАЗЫВАЮ:\n1. Дежурить.\nДиректор\nИ. И. Иванов");
            order(&format!("many-{at}"), &body)
        })
        .collect();
    let index = Index::of_orders(&many).unwrap();
    let counts = answer(&many, &index, "дежурство").counts;
    assert_eq!(counts.issuers.len(), 20);
    assert_eq!(counts.others, [("issuers", Some(3))].into());
}

#[test]
fn related_orders_are_found_in_both_directions_by_issuer_date_and_number() {
    let issued = |name: &str, head: &str, clauses: &str| {
        order(
            name,
            &format!("{head}\nО дежурстве\nПРИКАЗЫВАЮ:\n{clauses}\nДиректор\nИ. И. Иванов"),
        )
    };
    let orders = [
        issued(
            "first",
            "МБУ «Маяк»\nПРИКАЗ\nот 10.01.2022 № 5",
            "1. Дежурить.",
        ),
        issued(
            "namesake",
            "МБУ «Заря»\nПРИКАЗ\nот 10.01.2022 № 5",
            "1. Дежурить.",
        ),
        issued(
            "amending",
            "МБУ «Маяк»\nПРИКАЗ\nот 11.02.2023 № 7",
            "1. Внести изменения в приказ от 10.01.2022 № 5 «О дежурстве»: слово «день» заменить словом «ночь».",
        ),
        issued(
            "repealing",
            "МБУ «Маяк»\nПРИКАЗ\nот 12.03.2024 № 9",
            "1. Признать утратившими силу приказы директора от 10.01.2022 № 5, от 11.02.2023 № 7 и от 01.01.2020 № 1.",
        ),
    ];
    let index = Index::of_orders(&orders).unwrap();
    for (at, neighbours) in [
        (0, &["Repeals From repealing", "Amends From amending"][..]),
        (1, &[]),
        (2, &["Repeals From repealing", "Amends To first"]),
        (3, &["Repeals To first", "Repeals To amending"]),
    ] {
        let found: Vec<String> = related(orders.as_slice(), &index, &orders[at])
            .unwrap()
            .into_iter()
            .map(|other| format!("{:?} {:?} {}", other.relation, other.direction, other.id))
            .collect();
        assert_eq!(
            found, neighbours,
            "{}: {:#?}",
            orders[at].id, orders[at].references
        );
    }
    let ask = |query: &str| answer(&orders, &index, query);
    for (query, found) in [
        ("связь:отменяет", &["repealing"][..]),
        ("relation:repeals", &["repealing"]),
        ("связь:отменён", &["amending", "first"]),
        ("связь:изменяет", &["amending"]),
        ("связь:изменён", &["first"]),
        ("связь:исполняет", &[]),
        ("связь:отменён NOT связь:изменяет", &["first"]),
    ] {
        let answer = ask(query);
        let mut ids = ids(&answer);
        ids.sort_unstable();
        assert_eq!(ids, found, "{query}");
    }
    let counted: BTreeSet<(String, u64)> = ask("дежурстве")
        .counts
        .relations
        .into_iter()
        .map(|counted| (counted.value, counted.orders))
        .collect();
    let expected = [
        ("amended", 1),
        ("amends", 1),
        ("repealed", 2),
        ("repeals", 1),
    ];
    assert_eq!(
        counted,
        expected
            .map(|(name, count)| (name.to_owned(), count))
            .into()
    );
}

#[test]
fn an_answer_as_json_has_the_shape_that_programs_rely_on() {
    /// Every path of a value, a list's items together.
    fn paths(value: &serde_json::Value, at: &str, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    paths(value, &format!("{at}.{name}"), found);
                }
            }
            serde_json::Value::Array(items) if !items.is_empty() => {
                for item in items {
                    paths(item, &format!("{at}[]"), found);
                }
            }
            _ => {
                found.insert(at.to_owned());
            }
        }
    }
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    let answer = answer(&orders, &index, "ч. 8 ст. 10 149-ФЗ");
    let mut found = BTreeSet::new();
    paths(&serde_json::to_value(&answer).unwrap(), "", &mut found);
    let counts = ["acts", "issuers", "kinds", "people", "years"];
    let expected: BTreeSet<String> = [
        ".query",
        ".interpretation",
        ".total",
        ".next",
        ".suggestion",
        ".counts.relations",
        ".hits[].id",
        ".hits[].kind",
        ".hits[].number",
        ".hits[].date",
        ".hits[].title",
        ".hits[].issuer",
        ".hits[].path",
        ".hits[].broader",
        ".hits[].related",
        ".hits[].score",
        ".hits[].passages[].where",
        ".hits[].passages[].text",
        ".hits[].passages[].highlights[][]",
        ".hits[].passages[].broader",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain(counts.iter().flat_map(|count| {
        ["value", "name", "orders"].map(|field| format!(".counts.{count}[].{field}"))
    }))
    .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_misspelt_word_is_suggested_only_where_nothing_is_found() {
    let orders = orders();
    let index = Index::of_orders(&orders).unwrap();
    for (query, suggestion) in [
        ("месенджеров", Some("мессенджеров")),
        (
            "применение -чат месенджеров",
            Some("применение -чат мессенджеров"),
        ),
        ("мессенджер", None),
        ("абракадабра", None),
    ] {
        let answer = answer(&orders, &index, query);
        assert_eq!(answer.suggestion.as_deref(), suggestion, "{query}");
    }
}

#[test]
fn searches_during_an_ingest_lose_and_double_nothing() {
    /// Far more than a commit needs to be seen on the slowest machine.
    const LONGEST: Duration = Duration::from_mins(1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let mut archive = Archive::open_for_writing(&path).unwrap();
    let follower = Follower::start(&path).unwrap();
    let all: Vec<Order> = (0..60)
        .map(|at| {
            order(
                &format!("order-{at:02}"),
                &ORDERS[at % ORDERS.len()].1.replace("№ ", "№ 9"),
            )
        })
        .collect();
    let committed = AtomicUsize::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            for batch in all.chunks(3) {
                let batch: Vec<_> = batch
                    .iter()
                    .map(|order| (entry(order), Some(order.clone().into())))
                    .collect();
                archive.commit(&batch).unwrap();
                committed.fetch_add(batch.len(), Ordering::SeqCst);
            }
        });
        let reading = Archive::open_for_reading(&path).unwrap();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let started = Instant::now();
        while seen.len() < all.len() {
            assert!(
                started.elapsed() < LONGEST,
                "{} orders are seen",
                seen.len()
            );
            let answer = search(
                &reading,
                follower.index(),
                Register::built_in(),
                &request("директор"),
            )
            .unwrap();
            let found: BTreeSet<String> = ids(&answer).into_iter().map(str::to_owned).collect();
            assert_eq!(found.len(), answer.hits.len(), "an order is found twice");
            assert_eq!(answer.total, answer.hits.len() as u64);
            assert!(seen.is_subset(&found), "an order was lost");
            assert!(found.len() <= committed.load(Ordering::SeqCst) + 3);
            seen = found;
            thread::yield_now();
        }
    });
    assert!(follower.take_error().is_none());
}

fn entry(order: &Order) -> LedgerEntry {
    LedgerEntry {
        path: order.source.path.clone(),
        id: order.id.clone(),
        bytes: 1,
        at: "2024-01-01T00:00:00Z".to_owned(),
        ..LedgerEntry::default()
    }
}

#[test]
fn the_index_follows_and_is_built_again_when_it_is_lost_or_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let orders = orders();
    let mut archive = Archive::open_for_writing(folder.path()).unwrap();
    let found = |archive: &Archive| -> Vec<String> {
        let index = Index::follow(archive).unwrap();
        assert_eq!(index.sequence().unwrap(), archive.sequence().unwrap());
        let answer = search(archive, &index, Register::built_in(), &request("директор")).unwrap();
        ids(&answer).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(found(&archive), Vec::<String>::new());
    // One commit after another, the index following between: nothing is lost and nothing doubled.
    for (count, order) in (1..).zip(&orders) {
        archive
            .commit(&[(entry(order), Some(order.clone().into()))])
            .unwrap();
        assert_eq!(found(&archive).len(), count);
    }
    let whole = found(&archive);
    assert_eq!(whole.len(), orders.len());

    let path = archive.index_path();
    fs::remove_dir_all(&path).unwrap();
    assert_eq!(found(&archive), whole, "after the folder was deleted");

    let files = || -> Vec<std::path::PathBuf> {
        let mut files: Vec<_> = fs::read_dir(&path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_none_or(|extension| extension != "lock"))
            .collect();
        files.sort();
        files
    };
    for at in 0..files().len() {
        let Some(file) = files().into_iter().nth(at) else {
            continue;
        };
        fs::write(&file, b"").unwrap();
        assert_eq!(
            found(&archive),
            whole,
            "after {} was emptied",
            file.display()
        );
        let Some(file) = files().into_iter().nth(at) else {
            continue;
        };
        fs::remove_file(&file).unwrap();
        assert_eq!(
            found(&archive),
            whole,
            "after {} was removed",
            file.display()
        );
    }
}
