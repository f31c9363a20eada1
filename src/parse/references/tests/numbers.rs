//! Acts that share a sign, a kind or a date.

use super::*;

#[test]
fn behind_a_doubled_sign_each_number_is_an_act_of_its_own() {
    for (line, expected) in [
        (
            "Отменить приказы №№ 12, 14 и 17-ОД от 05.02.2024.",
            vec!["12 2024-02-05", "14 2024-02-05", "17-ОД 2024-02-05"],
        ),
        (
            "Отменить приказы от 05.02.2024 №№ 12, 14.",
            vec!["12 2024-02-05", "14 2024-02-05"],
        ),
        (
            "Отменить распоряжения №№ 12, 14 от 05.02.2024 в части 5 пунктов.",
            vec!["12 2024-02-05", "14 2024-02-05"],
        ),
        // One act of two bodies.
        (
            "Исполнить приказ Минтруда России и Минфина России от 05.02.2024 №№ 12, 14.",
            vec!["12,14 2024-02-05"],
        ),
        (
            "Исполнить приказы №№ 12, 14 и 5 поручений.",
            vec!["12 -", "14 -"],
        ),
    ] {
        let found: Vec<String> = found_in(line)
            .iter()
            .map(|reference| {
                let act = &reference.act;
                let date = act.date.map_or("-".to_owned(), |date| date.to_string());
                format!("{} {date}", act.number.as_deref().unwrap_or("-"))
            })
            .collect();
        assert_eq!(found, expected, "{line}");
    }
}
