//! Which bodies are authorities, whose acts are acts of agencies, and which are organisations, whose
//! acts are local.
//!
//! In: the name of a body in any case. Out: yes or no. Must never: know a body by its proper name.

use crate::lexicon::morphology::fold;

/// Words that name an authority, as the beginnings of words.
const AUTHORITIES: [&str; 31] = [
    "министерств",
    "министр",
    "федеральн",
    "служб",
    "агентств",
    "департамент",
    "комитет",
    "администраци",
    "правительств",
    "инспекци",
    "госкомстат",
    "казначейств",
    "прокуратур",
    "санитарн",
    "глав",
    "губернатор",
    "президент",
    "мчс",
    "мвд",
    "фнс",
    "фсб",
    "фас",
    "банк",
    "управлени",
    "отдел",
    "роструд",
    "префектур",
    "мэр",
    "дум",
    "гуобр",
    "районо",
];

/// Words that name an organisation, whatever stands behind them: «приказ начальника отдела школы».
const ORGANISATIONS: [&str; 28] = [
    "директор",
    "заведующ",
    "школ",
    "учреждени",
    "организаци",
    "обществ",
    "предприяти",
    "лице",
    "гимнази",
    "сад",
    "детск",
    "больниц",
    "поликлиник",
    "музе",
    "библиотек",
    "центр",
    "техникум",
    "колледж",
    "университет",
    "институт",
    "главврач",
    "ооо",
    "оао",
    "зао",
    "пао",
    "ректор",
    "заместител",
    "колхоз",
];

/// Whether a body is an authority. The first telling word decides.
pub(crate) fn is_authority(name: &str) -> bool {
    for word in name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let folded = fold(word);
        if ORGANISATIONS.iter().any(|start| folded.starts_with(start))
            || folded == "ао"
            || is_institution_abbreviation(word)
        {
            return false;
        }
        let short = (folded.starts_with("мин") || folded.starts_with("рос"))
            && word.chars().next().is_some_and(char::is_uppercase);
        if short || AUTHORITIES.iter().any(|start| folded.starts_with(start)) {
            return true;
        }
    }
    false
}

/// Whether the order's own issuer is an organisation.
pub(crate) fn own_document_body(name: &str) -> bool {
    !is_authority(name)
}

/// «МБОУ», «ГКУ», «МАУК», «ФГБУ»: capitals with «У» for «учреждение».
fn is_institution_abbreviation(word: &str) -> bool {
    let length = word.chars().count();
    (3..=7).contains(&length)
        && word.chars().all(char::is_uppercase)
        && word.contains('У')
        && word.starts_with(['М', 'Г', 'Ф', 'К', 'О', 'Ч', 'Н', 'А'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authorities_and_organisations_are_told_apart() {
        for name in [
            "Минпросвещения России",
            "Федерального агентства по делам малых рек",
            "администрации",
            "районного отдела народного образования",
            "Госкомстата России",
            "Рособрнадзора",
        ] {
            assert!(is_authority(name), "{name}");
        }
        for name in [
            "директора школы",
            "МАУК «ДК «Маяк»",
            "тренерского совета",
            "ООО «Ветер»",
            "Государственное бюджетное учреждение",
            "заведующего",
        ] {
            assert!(!is_authority(name), "{name}");
        }
    }
}
