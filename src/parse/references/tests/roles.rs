//! What an order does with the acts of its clauses and of its preamble.

use super::*;

#[test]
fn verbs_behind_an_act_end_it_as_those_before_it_do() {
    for (line, expected) in [
        ("Приказ от 15.01.2024 № 4 отменить.", vec![Role::Repeals]),
        (
            "Приказ от 15.01.2024 № 4 отменить с 01.02.2024.",
            vec![Role::Repeals],
        ),
        (
            "Внести в приказ от 15.01.2024 № 4 изменения: дополнить абзацем: «согласно приказу от 16.01.2024 № 5»",
            vec![Role::Amends, Role::Mention],
        ),
        (
            "Сообщить об изменении сведений (приказ от 15.01.2024 № 4)",
            vec![Role::Mention],
        ),
        ("Об изменении приказа от 15.01.2024 № 4", vec![Role::Amends]),
        ("Приказ от 15.01.2024 № 4 аннулировать", vec![Role::Repeals]),
        (
            "Приказ от 15.01.2024 № 4 считать недействительным.",
            vec![Role::Repeals],
        ),
        (
            "Считать недействительным приказ от 15.01.2024 № 4.",
            vec![Role::Repeals],
        ),
        (
            "2. Признать утратившими силу:\n2.1. Приказ от 01.02.2023 № 4.\n2.2. Приказ от 02.03.2023 № 5.",
            vec![Role::Repeals, Role::Repeals],
        ),
        (
            "О внесении изменений в приказ от 01.02.2023 № 4 и признании утратившими силу некоторых приказов",
            vec![Role::Amends],
        ),
        // Every form of the verb, before and behind the act.
        (
            "3. С момента подписания настоящего приказа утрачивают силу:\nприказ от 12.04.2021 № 81 «О подписи»;\nпункт 2 приказа от 30.08.2021 № 177.",
            vec![Role::Repeals, Role::Repeals],
        ),
        (
            "Приказ от 15.01.2024 № 4 утрачивает силу.",
            vec![Role::Repeals],
        ),
        (
            "С 1 марта утратили свою силу приказы от 15.01.2024 № 4, от 16.01.2024 № 5.",
            vec![Role::Repeals, Role::Repeals],
        ),
        (
            "С момента подписания настоящего приказа приказ директора от 15.01.2024 № 4 утрачивает силу.",
            vec![Role::Repeals],
        ),
        // Each sentence speaks of its own.
        (
            "Довести до всех приказ от 16.01.2024 № 5. Приказ от 15.01.2024 № 4 утрачивает силу. Довести и приказ от 17.01.2024 № 6.",
            vec![Role::Mention, Role::Repeals, Role::Mention],
        ),
        // Notes on what others did.
        (
            "Руководствоваться приказом от 15.01.2024 № 4 (утратил силу).",
            vec![Role::Mention],
        ),
        (
            "Утратил силу. – Приказ от 15.01.2024 № 4.",
            vec![Role::Mention],
        ),
        (
            "Пункт 3 утратил силу приказом от 15.01.2024 № 4.",
            vec![Role::Mention],
        ),
        (
            "Изменения:\nПостановление Администрации города от 15.07.2014 № 998;\nПостановление Администрации города от 26.09.2014 № 1457",
            vec![Role::Mention, Role::Mention],
        ),
        (
            "Решением Совета района от 25.10.2013 N 187 пункт 1 настоящего решения изложен в новой редакции",
            vec![Role::Mention],
        ),
        // What is put into force, and what it rests on.
        (
            "Ввести в состав комитета Кедрова И. П. (с правом вето согласно п. 3.7 Положения о комитете).",
            vec![Role::Mention],
        ),
        (
            "Утвердить состав комиссии в соответствии с приказом от 15.01.2024 № 4.",
            vec![Role::Mention],
        ),
        (
            "Ввести в действие с 1 марта приказ от 15.01.2024 № 4.",
            vec![Role::Approves],
        ),
        (
            "В связи с приказом от 15.01.2024 № 4 отменить занятия.",
            vec![Role::Mention],
        ),
    ] {
        let roles: Vec<Role> = found_in(line).iter().map(|found| found.role).collect();
        assert_eq!(roles, expected, "{line}");
    }
}

#[test]
fn what_is_executed_stands_in_no_instrumental() {
    for (line, expected) in [
        (
            "В целях повышения качества исполнения услуг, Порядком отбора, утверждённым приказом от 15.01.2024 № 4",
            vec![Role::Basis],
        ),
        (
            "Во исполнение приказа от 15.01.2024 № 4, пункта 3 приказа от 16.01.2024 № 5",
            vec![Role::Executes, Role::Executes],
        ),
        (
            "Во исполнение Правил отбора, утверждённых приказом от 15.01.2024 № 4",
            vec![Role::Executes],
        ),
    ] {
        let roles: Vec<Role> = found_in_preamble(line)
            .iter()
            .map(|found| found.role)
            .collect();
        assert_eq!(roles, expected, "{line}");
    }
}
