//! The printed form of a query: parsing what it prints gives the same query, whatever was typed.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use prikaz::lexicon::register::Register;
use prikaz::search::query::{Query, parse};
use proptest::prelude::*;
use proptest::sample::select;

fn read(line: &str) -> Result<Query, prikaz::search::QueryError> {
    parse(line, false, Register::built_in())
}

/// What people type, and what they type wrongly.
const PIECES: [&str; 135] = [
    "мессенджер",
    "мессенджеры",
    "Гапутина",
    "Гапутиной Л. А.",
    "Людмила Анатольевна Гапутина",
    "И.И. Иванов",
    "Ким",
    "Людмила",
    "Мамин-Сибиряк",
    "149-ФЗ",
    "149-ФЗ «*»",
    "149\u{2011}ФЗ \" письмо 08-700",
    "149\u{200b}-ФЗ",
    "приказ\u{80}12",
    "фз 149",
    "ч. 8 ст. 10 149-ФЗ",
    "ст. 10 149-ФЗ, ст. 5 того же закона",
    "ст. ст. 19, 22.1 152-ФЗ",
    "п. 3 ч. 1 ст. 81 ТК РФ",
    "абз. 2 п. 4 Положения",
    "закон об информации",
    "закон \"Об образовании в Российской Федерации\"",
    "закон «Об образовании»",
    "Трудовой кодекс",
    "СанПиН 2.4.3648-20",
    "законы № 149-ФЗ и № 152-ФЗ",
    "приказ Минздрава от 31.07.2020 № 785н",
    "постановление Правительства от 24.12.2021 № 2464",
    "письмо 08-700",
    "приказ № 06/1",
    "приказ от 05.02.2024 № 06/1",
    "№ 06/1",
    "06/1 от 05.02.2024",
    "8О",
    "приказы за февраль 2024",
    "в 1 квартале 2024",
    "с 1 по 15 марта 2024",
    "после 01.02.2024",
    "до 2024 года",
    "2024",
    "онлайн-коммуникации",
    "т.д.",
    "а/б/в",
    "мессендж*",
    "мес*жер",
    "\"иностранных мессенджеров\"",
    "«иностранных мессенджеров»",
    "\"OR\"",
    "слово:OR",
    "слово:\"149-ФЗ\"",
    "word:мессендж*",
    "точно:\"фз 149\"",
    "закон:149-ФЗ",
    "закон:ст. 10 149-ФЗ",
    "law:\"фз 149\"",
    "номер:\"№ 06/1\"",
    "номер:8О",
    "дата:2024-01..2024-03",
    "дата:..2024-03",
    "date:2024-02-05..",
    "год:2024",
    "дата:февраль 2024",
    "лицо:Гапутина Л. А.",
    "лицо:\"Гапутина Людмила Анатольевна\"",
    "подписал:Иванова",
    "ознакомлен:Ким",
    "поручено:Петрову",
    "учреждение:\"школа № 3\"",
    "issuer:лицей",
    "вид:приказы",
    "файл:2024/a:b",
    "находка:date-missing",
    "(",
    ")",
    "-",
    "и",
    "№",
    "Платонов А И",
    "рудая э.м.",
    "дрозд н н",
    "ответственный Ковалёв",
    "кто подписал 06/1",
    "Иванов",
    "щегольков",
    "149\u{2011}ФЗ",
    "273-ФЗ (ст. 28)",
    "28 статья 273-ФЗ",
    "273-ФЗ об образовании ст. 28",
    "\"Трудовой кодекс\" ст. 81",
    "закон РФ об образовании",
    "ст 28 фз",
    "сан пин 3590-20",
    "минпросвещения 115",
    "№ 1119 от 01.11.2012",
    "№ 47 (К)",
    "418р",
    "2024-2025 учебный год",
    "2020-2022",
    "5 февраля",
    "за 2019 и 2020",
    "решения",
    "питание | телефон",
    "отпуск не школа",
    "1-15 сентября 2024",
    "2023/24 уч. год",
    "02-09-2024",
    "на 2025 год",
    "отменяет приказ 5",
    "п.3 ч. 1 ст. 77",
    "Платонов АИ",
    "и.г.ковалёва",
    "44-й закон",
    "785-н",
    "гост 7.0.97",
    "закон о порядке рассмотрения обращений граждан",
    "Тема: отпуск",
    "отпуск, или чат",
    "безопас-\nности",
    "приказы школы № 4",
    "2019 и 2020 годы",
    "525 от 02.12.2024",
    "\"02\" сентября 2024",
    "за 24 год",
    "за неделю",
    "в сентябре прошлого года",
    "05.02.24-10.02.24",
    "октябрь-2024",
    "приказы № 11, 12 и 13",
    "закон о закупках 44-ФЗ",
    "закон:152",
    "юн э.п.",
    "вид: приказ, год: 2024",
    "статья № 22 ТК РФ",
    "1479 ПП РФ",
    "44/223-ФЗ",
];

/// Lines of pieces between operators, most of them queries.
fn line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(PIECES.as_slice()).prop_map(str::to_owned),
        1 => "[а-яё]{1,8}",
        1 => "[\"а-яА-Яa-z0-9 №.,:«»()*-]{0,12}",
    ];
    let group = piece.prop_recursive(4, 24, 4, |inner| {
        (
            prop::collection::vec((inner, select(&["", "-", "НЕ ", "NOT "][..])), 1..4),
            select(&[" ", " ", " OR ", " ИЛИ ", " AND ", " И "][..]),
            any::<bool>(),
        )
            .prop_map(|(parts, between, brackets)| {
                let parts: Vec<String> = parts
                    .into_iter()
                    .map(|(part, sign)| format!("{sign}{part}"))
                    .collect();
                let joined = parts.join(between);
                if brackets {
                    format!("({joined})")
                } else {
                    joined
                }
            })
    });
    prop::collection::vec(group, 1..4).prop_map(|groups| groups.join(" "))
}

fn assert_read_back(query: &Query) -> Result<(), TestCaseError> {
    let printed = query.to_string();
    let again = read(&printed);
    prop_assert_eq!(again.as_ref(), Ok(query), "printed: {}", printed);
    prop_assert_eq!(again.map(|query| query.to_string()), Ok(printed));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn what_is_printed_is_read_back(line in line()) {
        match read(&line) {
            Ok(query) => assert_read_back(&query)?,
            Err(error) => {
                let length = line.chars().count();
                prop_assert!(error.span.start <= error.span.end && error.span.end <= length);
                prop_assert!(!error.message.is_empty() && !error.remedy.is_empty());
            }
        }
    }

    #[test]
    fn plain_words_are_read_back(line in "[\"а-яА-Яa-z0-9 №.,:«»()*-]{0,40}") {
        if let Ok(query) = parse(&line, true, Register::built_in()) {
            assert_read_back(&query)?;
        }
    }
}

#[test]
fn every_piece_is_read_back_and_most_are_queries() {
    let mut queries = 0;
    for piece in PIECES {
        if let Ok(query) = read(piece) {
            queries += 1;
            let printed = query.to_string();
            assert_eq!(read(&printed), Ok(query), "{piece}: {printed}");
        }
    }
    assert_eq!(queries, PIECES.len() - 6);
}
