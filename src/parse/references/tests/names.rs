//! Acts that share a word with others, that nothing but a name tells, or that a recogniser misread.

use super::*;
use crate::parse::outline::AppendixOutline;

#[test]
fn an_act_is_the_one_that_its_whole_name_names() {
    for (line, expected) in [
        // Only the Constitution without a name is the country's.
        (
            "пунктом 5 статьи 70 Конституции Республики Озёрье, статьёй 3 Конституции Лесной Республики – Лесавии, ст. 7 Конституции РФ",
            vec![
                "law Конституция Республики Озёрье [ст. 70 п. 5]",
                "law Конституция Лесной Республики – Лесавии [ст. 3]",
                "constitution Конституция Российской Федерации [ст. 7]",
            ],
        ),
        (
            "Конституцией Республики Озёрье (Лесавия), Конституции РСФСР, Конституции Татарстана, Конституции (Основного Закона) Республики Коми, Конституции Республики Марий Эл Правительство",
            vec![
                "law Конституция Республики Озёрье (Лесавия)",
                "law Конституция РСФСР",
                "law Конституция Татарстана",
                "law Конституция Республики Коми",
                "law Конституция Республики Марий Эл",
            ],
        ),
        // A document that a body approved without an act of its own: the number is the protocol's.
        (
            "В соответствии с Положением о комитете (утв. правлением товарищества 17.05.2022, протокол № 14), п. 2 Порядка отбора, утверждённого общим собранием 18.05.2022",
            vec![
                "local_act Положение о комитете 2022-05-17",
                "local_act Порядок отбора 2022-05-18 [п. 2]",
            ],
        ),
        (
            "решением приёмной комиссии (протокол № 5 от 28 августа 2024 года)",
            vec!["local_act 5 2024-08-28"],
        ),
        // A full name that begins with the word of a short form is none.
        (
            "Правил хранения (утв. приказом Минэнерго России от 22.09.2020 № 796) (далее – Правила), Правилами по охране труда при хранении, утв. приказом Минтруда России от 15.12.2020 № 905н, п. 3 Правил по всем складам",
            vec![
                "agency_order 796 2020-09-22",
                "agency_order 905н 2020-12-15",
                "agency_order 796 2020-09-22 [п. 3]",
            ],
        ),
        (
            "пунктов 1, 3.2 статьи 32 Закона об НКО (Федеральный закон от 12.01.1996 № 7-ФЗ «О некоммерческих организациях»)",
            vec!["federal_law 7-ФЗ 1996-01-12 [ст. 32 п. 1; ст. 32 п. 3.2]"],
        ),
        // What recognisers make of figures and letters.
        (
            "ч. 2 ст. 58 Ф3 от 29.12.2012 №273-Ф3, ст. З1 Ф3 «О банках»",
            vec![
                "federal_law 273-ФЗ 2012-12-29 [ст. 58 ч. 2]",
                "federal_law О банках [ст. 31]",
            ],
        ),
        (
            "Федерального закона от 06.10.2003 №1З1-Ф3, СанПиН З.З686-21, распоряжения Минтранса РФ от 14.03.2008 № АМ-2З-р, приказ от 01.02.2003 № 2З-ОД",
            vec![
                "federal_law 131-ФЗ 2003-10-06",
                "sanitary_rules СанПиН 3.3686-21 2021-01-28",
                "agency_order АМ-23-р 2008-03-14",
                "local_act 2З-ОД 2003-02-01",
            ],
        ),
        (
            "приказом Генерального прокурора РФ от 07.12.2007 № 195, приказ прокурора района от 08.12.2007 № 6",
            vec!["agency_order 195 2007-12-07", "local_act 6 2007-12-08"],
        ),
        // Where a text was published is no act.
        (
            "Текст постановления опубликован в газете района «Заря» от 12 апреля 2011 г. № 41",
            vec![],
        ),
        (
            "статьёй 13 Устава муниципального образования \"Город Лесной\" Лесновский городской Совет депутатов решил",
            vec!["other Устав муниципального образования \"Город Лесной\" [ст. 13]"],
        ),
    ] {
        assert_eq!(read(line), expected, "{line}");
    }
}

#[test]
fn issuers_and_raw_words_end_where_the_name_ends() {
    for (line, raw, issuer) in [
        (
            "постановления Главы Лесной области отот 09.09.2003 N 613",
            "постановления Главы Лесной области отот 09.09.2003 N 613",
            Some("Глава Лесной области"),
        ),
        (
            "решением Учёного совета (протокол от 30.09.2024 № 2)",
            "решением Учёного совета (протокол от 30.09.2024 № 2)",
            None,
        ),
        (
            "Уставом школы № 1 «Ива» п. Гигант, и",
            "Уставом школы № 1 «Ива» п. Гигант",
            None,
        ),
        // A common noun names no body.
        (
            "приказ школы от 01.02.2023 № 4",
            "приказ школы от 01.02.2023 № 4",
            None,
        ),
        (
            "приказ заведующего от 01.02.2023 № 4",
            "приказ заведующего от 01.02.2023 № 4",
            None,
        ),
        (
            "приказ директора ООО «Ветер» от 01.02.2023 № 4",
            "приказ директора ООО «Ветер» от 01.02.2023 № 4",
            Some("директор ООО «Ветер»"),
        ),
    ] {
        let text = format!("в соответствии с {line}");
        let found = found_in(&text);
        assert_eq!(found.len(), 1, "{line}");
        assert_eq!(found[0].raw, raw, "{line}");
        assert_eq!(found[0].act.issuer.as_deref(), issuer, "{line}");
    }
}

#[test]
fn the_heading_of_an_appendix_names_the_order_where_its_head_has_no_number() {
    let lines = "Приложение № 1\nк постановлению Губернатора Лесной области\nот 04.04.2002 № 67\nПоложение о премии";
    let text = Text::from_lines(lines);
    let mut tokens = Tokens::of(&text);
    for line in ["постановлению", "2002"] {
        let at = (0..tokens.len())
            .find(|&at| tokens.raw(at) == line)
            .unwrap();
        tokens.join_with_block_before(tokens.block_start(at));
    }
    let outline = Outline {
        appendices: vec![AppendixOutline {
            tokens: 0..tokens.len(),
            label: 0..3,
            title: 0..0,
        }],
        ..Outline::default()
    };
    for (number, expected) in [(None, 0), (Some("12"), 1)] {
        let own = OwnIdentity {
            number,
            ..OwnIdentity::default()
        };
        let found = references(&tokens, &outline, own, Register::built_in(), &|_| {
            String::new()
        });
        assert_eq!(found.references.len(), expected, "{number:?}");
    }
}

#[test]
fn an_authority_named_by_a_part_of_its_name_has_one_id() {
    for (line, same) in [
        (
            "изменить приказ министерства связи Степного края от 15.03.2023 № 54\nотменить приказ Министерства от 15.03.2023 № 54",
            true,
        ),
        (
            "изменить приказ министерства связи Степного края от 15.03.2023 № 54\nотменить приказ Минсвязи России от 15.03.2023 № 54",
            false,
        ),
    ] {
        let text = Text::from_lines(line);
        let tokens = Tokens::of(&text);
        let outline = Outline {
            operative: 0..tokens.len(),
            ..Outline::default()
        };
        let own = OwnIdentity {
            issuer: Some("МИНИСТЕРСТВО СВЯЗИ СТЕПНОГО КРАЯ"),
            ..OwnIdentity::default()
        };
        let found = references(&tokens, &outline, own, Register::built_in(), &|_| {
            String::new()
        });
        let ids: Vec<&str> = found
            .references
            .iter()
            .map(|found| found.act.id.as_str())
            .collect();
        assert_eq!(ids.len(), 2, "{ids:?}");
        assert_eq!(ids[0] == ids[1], same, "{ids:?}");
    }
}

#[test]
fn a_title_may_stand_behind_the_place_where_an_act_was_given() {
    for (line, title) in [
        (
            "По постановлению Правительства РФ от 28 декабря 2005 г. N 813 г. Кедровск «О переносе дней».",
            Some("О переносе дней"),
        ),
        (
            "По постановлению Правительства РФ от 28 декабря 2005 г. N 813 в г. Кедровск «О переносе дней».",
            None,
        ),
    ] {
        let found = found_in(line);
        assert_eq!(found[0].act.title.as_deref(), title, "{line}");
    }
}
