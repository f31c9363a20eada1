//! Surnames of men brought to the nominative: as adjectives, as nouns, or not declined.
//!
//! In: a part of a surname and the case that it stands in. Out: its nominative, where a rule fits. Must never: make a
//! surname of a form that the case does not allow.

use super::{Case, is_known, swap_soft_i, velar_stem};

/// The nominative of a man's surname, where the form can stand in `case`.
pub(super) fn masculine(part: &str, case: Case) -> Option<String> {
    let swap = |ending: &str, to: &str| part.strip_suffix(ending).map(|stem| format!("{stem}{to}"));
    match case {
        Case::Nominative => (!part.ends_with("ова")
            && !part.ends_with("ева")
            && !part.ends_with("ёва")
            && !part.ends_with("ая")
            && !part.ends_with("ого"))
        .then(|| part.to_owned()),
        Case::Genitive => adjective(part, &["ого", "его"])
            .or_else(|| noun(part, "а", "я"))
            .or_else(|| swap("ы", "а"))
            .or_else(|| swap_soft_i(part))
            .or_else(|| foreign(part)),
        Case::Accusative => adjective(part, &["ого", "его"])
            .or_else(|| noun(part, "а", "я"))
            .or_else(|| swap("у", "а"))
            .or_else(|| swap("ю", "я"))
            .or_else(|| foreign(part)),
        Case::Dative => adjective(part, &["ому", "ему"])
            .or_else(|| noun(part, "у", "ю"))
            .or_else(|| swap("е", "а"))
            .or_else(|| foreign(part)),
        Case::Instrumental => {
            let possessive = swap("ым", "").filter(|stem| {
                ["ов", "ев", "ёв", "ин", "ын"]
                    .iter()
                    .any(|mark| stem.ends_with(mark))
            });
            possessive
                .or_else(|| adjective(part, &["ым", "им"]))
                .or_else(|| {
                    noun(
                        part,
                        "ом",
                        if part.ends_with("ём") {
                            "ём"
                        } else {
                            "ем"
                        },
                    )
                })
                .or_else(|| swap("ой", "а"))
                .or_else(|| swap("ей", "я"))
                .or_else(|| foreign(part))
        }
        Case::Locative => adjective(part, &["ом", "ем"])
            .filter(|_| part.ends_with("ском") || part.ends_with("цком"))
            .or_else(|| noun(part, "е", "е"))
            .or_else(|| foreign(part)),
    }
}

/// «Вишневского» → «Вишневский», «Толстого» → «Толстой», «Безуглому» → «Безуглый».
fn adjective(part: &str, endings: &[&str]) -> Option<String> {
    let (stem, ending) = endings
        .iter()
        .find_map(|ending| part.strip_suffix(ending).map(|stem| (stem, *ending)))?;
    if stem.ends_with("ск") || stem.ends_with("цк") {
        return Some(format!("{stem}ий"));
    }
    if ["ым", "им", "ом", "ем"].contains(&ending)
        && !stem.ends_with(['н', 'л', 'т', 'р'])
        && velar_stem(part).is_none()
        || stem.chars().count() < 3
    {
        return None;
    }
    let soft = ending.starts_with(['е', 'и']) && ending != "им";
    let after_velar = stem.ends_with(['к', 'г', 'х']);
    Some(format!(
        "{stem}{}",
        if soft || after_velar {
            "ий"
        } else if stem.ends_with("лст") || is_stressed_at_its_end(stem) {
            "ой"
        } else {
            "ый"
        }
    ))
}

/// «Яровому», «Лановому»: behind «ов» and «ев» surnames are stressed on their ending, but for those that are adjectives of
/// another stress: «Садовому».
fn is_stressed_at_its_end(stem: &str) -> bool {
    (stem.ends_with("ов") || stem.ends_with("ев"))
        && !is_known(&format!("{}ый", stem.to_lowercase()))
}

/// A surname declined as a noun: «Ткачука» → «Ткачук», «Коваля» → «Коваль», «Гордея» → «Гордей»,
/// «Уманца» → «Уманец».
fn noun(part: &str, hard: &str, soft: &str) -> Option<String> {
    let is_vowel =
        |c: char| "аеёиоуыэюя".contains(c.to_ascii_lowercase()) || "АЕЁИОУЫЭЮЯ".contains(c);
    if let Some(stem) = part.strip_suffix(soft).filter(|_| soft != hard) {
        let last = stem.chars().last()?;
        if is_vowel(last) {
            let found = format!("{stem}й");
            return (!is_of_megrelia(part) || is_known(&found)).then_some(found);
        }
        // «Воробья» → «Воробей»
        if let Some(root) = stem.strip_suffix('ь') {
            return Some(format!("{root}ей"));
        }
        // «Пивня» → «Пивень»: no surname ends in two consonants and «нь».
        let before = stem.chars().rev().nth(1);
        if last == 'н' && before.is_some_and(|before| !is_vowel(before)) {
            let root = stem.trim_end_matches('н');
            return Some(format!("{root}ень"));
        }
        if !matches!(soft, "ем" | "ём") || !"жчшщц".contains(last) {
            return Some(format!("{stem}ь"));
        }
        return Some(stem.to_owned());
    }
    let stem = part.strip_suffix(hard)?;
    let last = stem.chars().last()?;
    if is_vowel(last) || last == 'ь' || stem.chars().count() < 2 {
        return None;
    }
    // «Уманца» → «Уманец», «Стрельца» → «Стрелец», but «Штольца» → «Штольц», «Абрамянца» → «Абрамянц».
    let before = stem.chars().rev().nth(1)?;
    if last == 'ц' && !is_vowel(before) {
        // «Зайца» is Заяц, «Бойца» Боец.
        if let Some(root) = stem.strip_suffix("йц") {
            let whole = format!("{root}яц");
            return Some(if is_known(&whole.to_lowercase()) {
                whole
            } else {
                format!("{root}ец")
            });
        }
        let root = stem.trim_end_matches('ц');
        let whole = format!("{}ец", root.trim_end_matches('ь'));
        let foreign = root.ends_with('ь') || root.ends_with("ян");
        return Some(if foreign && !is_known(&whole.to_lowercase()) {
            stem.to_owned()
        } else {
            whole
        });
    }
    Some(stem.to_owned())
}

/// «Чкония», «Гогия», «Кварацхелия»: surnames on «-ия», which are no «Чконий». «Палия» and «Топчия» are of Палий and Топчий.
fn is_of_megrelia(part: &str) -> bool {
    part.strip_suffix("ия").is_some_and(|stem| {
        stem.ends_with(['н', 'г', 'к', 'т', 'д', 'ш', 'б', 'в', 'ц', 'х', 'р'])
            || stem.ends_with("ел")
    })
}

/// A foreign surname on a vowel does not change.
fn foreign(part: &str) -> Option<String> {
    part.ends_with(['о', 'и', 'ы', 'э', 'ю'])
        .then(|| part.to_owned())
}
