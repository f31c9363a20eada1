//! Which number, date, place and kind a head has.

use super::*;
use crate::parse::outline::outline;
use crate::text::Text;

#[test]
fn a_heading_of_a_database_needs_nobody_who_orders() {
    let text = Text::from_lines(
        "ПРИКАЗ Минлеса РФ от 28.08.2023 N 41 (ред. от 07.10.2024) \"О СБОРЕ\"\n(в ред. Приказа Минлеса РФ от 12.05.2024 N 147)\nВ соответствии со статьей 160.1 Кодекса",
    );
    let tokens = Tokens::of(&text);
    let head = head(&tokens, &outline(&tokens));
    let number = head.number.map(|number| number.value);
    assert_eq!(number.as_deref(), Some("41"));
}

#[test]
fn the_registration_of_an_act_in_the_title_contradicts_nothing() {
    for (title, contradicting) in [
        ("О ВНЕСЕНИИ ИЗМЕНЕНИЙ В ПРИКАЗ\nОТ 16.08.2011 № 95", 0),
        ("О ЛЕСЕ\n19.06.2023", 1),
    ] {
        let text = Text::from_lines(&format!(
            "ПРИКАЗ\n16.06.2023 № 7\n{title}\nВ целях работы\nПРИКАЗЫВАЮ:\n1. Создать музей."
        ));
        let tokens = Tokens::of(&text);
        let head = head(&tokens, &outline(&tokens));
        assert_eq!(head.other_dates.len(), contradicting, "{title}");
    }
}

#[test]
fn the_day_of_a_copy_contradicts_nothing() {
    for (below, contradicting) in [
        ("Выписка верна\n19.06.2023", 0),
        ("Копия верна.\nДелопроизводитель\n19.06.2023", 0),
        ("19.06.2023", 1),
    ] {
        let text = Text::from_lines(&format!(
            "ПРИКАЗ\n16.06.2023\nО музее\nПРИКАЗЫВАЮ:\n1. Создать музей.\nДиректор\tА.М. Крутикова\n{below}"
        ));
        let tokens = Tokens::of(&text);
        let head = head(&tokens, &outline(&tokens));
        assert_eq!(head.other_dates.len(), contradicting, "{below}");
    }
}

#[test]
fn number_date_and_place_are_found_wherever_they_stand() {
    let body = "О создании музея\nВ целях работы\nПРИКАЗЫВАЮ:\n1. Создать музей.\nДиректор\tА.М. Крутикова";
    for (top, number, date, place) in [
        (
            "ПРИКАЗ\n№ 06/1\nот 05.02.2024года",
            "06/1",
            "2024-02-05",
            "",
        ),
        (
            "ПРИКАЗ\n15.01.2024\n№ 58\nс.\nЛесное",
            "58",
            "2024-01-15",
            "с. Лесное",
        ),
        (
            "ПРИКАЗ\n15.01.2024\tг. Кедрогорск\t№ 58-о/д",
            "58-о/д",
            "2024-01-15",
            "г. Кедрогорск",
        ),
        (
            "Утверждена Постановлением Госкомстата России\nот 05.01.2004 № 1\nКод\n63-от\t28.07.2020\nПРИКАЗ",
            "",
            "2020-07-28",
            "",
        ),
        (
            "ПРИКАЗ N 19\nпо АОЗТ \"Кедр\" от 28 февраля 1996 г.",
            "19",
            "1996-02-28",
            "",
        ),
        (
            "ПРИКАЗ\nРакитогорск\n№ П/0147\t30 мая 2022 г.",
            "П/0147",
            "2022-05-30",
            "Ракитогорск",
        ),
        (
            "ПРИКАЗ\nМосква\n29 сентября 2017 г.\t№ 1647",
            "1647",
            "2017-09-29",
            "Москва",
        ),
        (
            "ПРИКАЗ\n29.09.2017 № 16\nРостов-на-Дону",
            "16",
            "2017-09-29",
            "Ростов-на-Дону",
        ),
        ("БОЕРЫК\n29.09.2017 № 16\nПРИКАЗ", "16", "2017-09-29", ""),
        (
            "ВЫПИСКА\nиз приказа по личному составу № 7-лс от 3 апреля 2024 года",
            "7-лс",
            "2024-04-03",
            "",
        ),
        (
            "ПРИКАЗ (по основной деятельности) № 8 от 03.04.2024",
            "8",
            "2024-04-03",
            "",
        ),
        (
            "Приказ по личному составу\n№ 9-лс\nот 3.4.2024",
            "9-лс",
            "2024-04-03",
            "",
        ),
        // Another act, and no heading of one.
        (
            "ПРИКАЗ\nот 03.04.2024\nВыписка из протокола № 7",
            "",
            "2024-04-03",
            "",
        ),
        // The note of the act that ended the order, and the days of its editions.
        (
            "ПРИКАЗ\nот 03.04.2024 № 7\tУтратил силу – приказ\nКомитета леса\nот 05.06.2024 № 9",
            "7",
            "2024-04-03",
            "",
        ),
        ("ПРИКАЗ\n№ 7\n5 июня, 7 июля 2024 г.", "7", "", ""),
        (
            "Номер документа: | RU78000201200263 |\nПРИКАЗ\nот 03.04.2024 № 7-р",
            "7-р",
            "2024-04-03",
            "",
        ),
        (
            "ПРИКАЗ\n03.04.2024 |\n№ |\n7 |\nс. Ключи",
            "7",
            "2024-04-03",
            "с. Ключи",
        ),
        // The name of the page over the order as it is printed.
        (
            "ПРИКАЗ от 03.04.2024 № 7 О музее\nШкола № 18\nПРИКАЗ\nс. Ключи",
            "7",
            "2024-04-03",
            "с. Ключи",
        ),
        (
            "Вх. № 77\nООО «Кедр»\nПРИКАЗ\nот 02.09.2024",
            "",
            "2024-09-02",
            "",
        ),
        (
            "Распоряжение председателя № 2\n05.05.2021",
            "2",
            "2021-05-05",
            "",
        ),
        // A table drawn with letters.
        (
            "| Номер документа | Дата составления |\n| 148/лс | 16.10.2023 |\nПРИКАЗ",
            "148/лс",
            "2023-10-16",
            "",
        ),
        (
            "ИП Кедрова Анна Ильинична\nприказ N 4\n2 мая 2023 г\tг. Заречинск",
            "4",
            "2023-05-02",
            "г. Заречинск",
        ),
        (
            "приказ\n№ 11/к г. Заречинск, 2 марта 2017 г.",
            "11/к",
            "2017-03-02",
            "г. Заречинск",
        ),
        (
            "ПРИКАЗ № ____\nг. Светлополь «___» ____________ 20__ г.",
            "",
            "",
            "г. Светлополь",
        ),
        (
            "Зарегистрировано в Минюсте России 12 апреля 2021 г. N 63119\nПРИКАЗ\nот 2 марта 2021 г. N 404ан",
            "404ан",
            "2021-03-02",
            "",
        ),
    ] {
        let text = Text::from_lines(&format!("{top}\n{body}"));
        let tokens = Tokens::of(&text);
        let head = head(&tokens, &outline(&tokens));
        assert_eq!(
            head.number.map(|f| f.value).unwrap_or_default(),
            number,
            "{top}"
        );
        assert_eq!(
            head.date.map(|f| f.value.to_string()).unwrap_or_default(),
            date,
            "{top}"
        );
        assert_eq!(
            head.place.map(|f| f.value).unwrap_or_default(),
            place,
            "{top}"
        );
    }
}
