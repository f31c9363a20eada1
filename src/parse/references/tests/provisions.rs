//! Provisions that are named through others: of the same article, of the act that a clause changes.

use super::*;

#[test]
fn the_same_provision_is_the_one_named_before() {
    for (line, expected) in [
        (
            "части 3 статьи 15 закона от 22.12.2008 № 262-ФЗ; в части 5 той же статьи, пункте 2 той же части",
            vec![
                "federal_law 262-ФЗ 2008-12-22 [ст. 15 ч. 3]",
                "federal_law 262-ФЗ 2008-12-22 [ст. 15 ч. 5]",
                "federal_law 262-ФЗ 2008-12-22 [ст. 15 ч. 5 п. 2]",
            ],
        ),
        (
            "п. 7 приказа от 01.02.2023 № 4, подпункт «а» того же пункта",
            vec![
                "local_act 4 2023-02-01 [п. 7]",
                "local_act 4 2023-02-01 [п. 7 подп. а]",
            ],
        ),
        // No article was named.
        (
            "п. 7 приказа от 01.02.2023 № 4, часть 2 той же статьи",
            vec!["local_act 4 2023-02-01 [п. 7]"],
        ),
        ("в части 5 той же статьи", vec![]),
    ] {
        assert_eq!(read(line), expected, "{line}");
    }
}

#[test]
fn a_change_may_have_the_next_number_behind_a_colon() {
    let amended = "local_act 736 2015-12-23";
    for (lines, expected) in [
        (
            "1. Внести в приказ от 23.12.2015 № 736 следующие изменения:\n2. п.2.1 изложить в новой редакции:\n\
             «п.2.1. Подвоз бесплатный.»\n3. В пункте 4 слова «до мая» исключить.\n4. Пункт 5 отдать секретарю.",
            vec![
                amended.to_owned(),
                format!("{amended} [п. 2.1]"),
                format!("{amended} [п. 4]"),
            ],
        ),
        (
            "1. Внести изменения в приказ от 23.12.2015 № 736.\n2. Пункт 2.1 изложить в новой редакции.",
            vec![amended.to_owned()],
        ),
    ] {
        assert_eq!(read(lines), expected, "{lines}");
    }
}

#[test]
fn parts_lie_in_the_provision_that_leads_their_lines() {
    let lead = "Внести в приказ от 23.12.2015 № 736 следующие изменения:\n";
    let amended = "local_act 736 2015-12-23";
    for (lines, expected) in [
        (
            "а) в пункте 9:\nв абзаце первом слово «мая» исключить;\nподпункт «в» изложить в следующей редакции:\n\
             «в) подвоз;»;\nабзац третий исключить;\nб) абзац второй исключить.",
            vec![
                "п. 9",
                "п. 9 абз. 1",
                "п. 9 подп. в",
                "п. 9 абз. 3",
                "абз. 2",
            ],
        ),
        (
            "1) в статье 5:\nа) часть 2 исключить;\nб) в части 3 слово «мая» исключить;\n2) часть 7 исключить.",
            vec!["ст. 5", "ст. 5 ч. 2", "ст. 5 ч. 3", "ч. 7"],
        ),
        // No part of a point; another line between.
        (
            "в пункте 9:\nпункт 10 исключить;\nпорядок сохранить;\nабзац второй исключить.",
            vec!["п. 9", "п. 10", "абз. 2"],
        ),
    ] {
        let expected: Vec<String> = std::iter::once(amended.to_owned())
            .chain(
                expected
                    .iter()
                    .map(|pinpoint| format!("{amended} [{pinpoint}]")),
            )
            .collect();
        assert_eq!(read(&format!("{lead}{lines}")), expected, "{lines}");
    }
}
