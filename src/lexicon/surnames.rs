//! Surnames brought to the nominative by rule, known to a dictionary or not.
//!
//! In: a surname in some case. Out: its nominative for a gender and case, or every reading that its
//! form allows. Must never: change a surname that is not declined (-ко, -ых, foreign ones; a woman's
//! on a consonant).

use std::cell::RefCell;
use std::rc::Rc;

pub use double::titled;
use double::undeclined;
use masculine::masculine;

use super::morphology::{self, Case, Gender, NamePart, is_known};
use super::remembered::{Remembered, remembered};

mod double;
mod masculine;

/// A nominative that a form can stand for, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurnameReading {
    /// The nominative, capitals as in the form (`ДУРНОВО` becomes `Дурново`).
    pub nominative: String,
    /// Whose surname it is.
    pub gender: Gender,
    /// In which case the form stands.
    pub case: Case,
}

/// The cases of Russian that a name can stand in.
const CASES: [Case; 6] = [
    Case::Nominative,
    Case::Genitive,
    Case::Dative,
    Case::Accusative,
    Case::Instrumental,
    Case::Locative,
];

/// Every reading of a form: each gender and case whose rule fits, the nominative first.
#[must_use]
pub fn readings(form: &str) -> Rc<Vec<SurnameReading>> {
    thread_local! {
        static READINGS: Remembered<Vec<SurnameReading>> = RefCell::default();
    }
    remembered(&READINGS, form, || every_reading(form))
}

fn every_reading(form: &str) -> Vec<SurnameReading> {
    let mut found = Vec::new();
    for case in CASES {
        for gender in [Gender::Feminine, Gender::Masculine] {
            let Some(nominative) = undeclined(form, gender, case) else {
                continue;
            };
            let other = other_nominative(form, &nominative, gender, case);
            // Зозуля and Гмыря are more than Зозула and Гмыра; Вишня is a word, Вишна is none.
            let soft_first = form.ends_with("ле")
                || other.as_ref().is_some_and(|other| {
                    form.ends_with('е')
                        && is_known(&other.to_lowercase())
                        && !is_known(&nominative.to_lowercase())
                });
            let mut both = vec![nominative];
            both.extend(other);
            if soft_first {
                both.reverse();
            }
            found.extend(both.into_iter().map(|nominative| SurnameReading {
                nominative,
                gender,
                case,
            }));
        }
    }
    found
}

/// A second nominative that a form can stand for in the same case: «Порохне» is Порохня as well as Порохна, «Пивню»
/// Пивень, «Сверчку» Сверчок.
fn other_nominative(form: &str, first: &str, gender: Gender, case: Case) -> Option<String> {
    let is_vowel = |c: char| "аеёиоуыэюя".contains(c);
    if gender == Gender::Feminine || first.ends_with('а') {
        let oblique = matches!(case, Case::Dative | Case::Locative);
        let stem = first
            .strip_suffix('а')
            .filter(|_| oblique && form.ends_with('е'))?;
        return Some(format!("{stem}я"));
    }
    if case == Case::Nominative {
        return None;
    }
    // «Полянца» is Полянец as well as Полянц.
    if let Some(stem) = first.strip_suffix("янц") {
        return Some(format!("{stem}янец"));
    }
    let (stem, last) = match first.strip_suffix('ь') {
        Some(stem) => (stem, "ь"),
        None => (first.strip_suffix('к').map(|_| first)?, ""),
    };
    let mut letters = stem.chars().rev();
    let (end, before) = (letters.next()?, letters.next()?);
    if is_vowel(end) || is_vowel(before) || letters.count() == 0 {
        return None;
    }
    let root = stem.strip_suffix(end)?.trim_end_matches('ь');
    let between = if last == "ь" || before == 'ь' {
        'е'
    } else {
        'о'
    };
    Some(format!("{root}{between}{end}{last}"))
}

/// Every nominative that a form can stand for, each once.
#[must_use]
pub fn nominatives(form: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for reading in readings(form).iter() {
        if !found.contains(&reading.nominative) {
            found.push(reading.nominative.clone());
        }
    }
    found
}

/// The nominative of a form that stands in `case` and names somebody of `gender`. A form that no rule
/// fits is taken as it is.
#[must_use]
pub fn nominative(form: &str, gender: Gender, case: Case) -> String {
    // A man's patronymic is the same in the genitive and the accusative; his surname may not be.
    let twin = (case == Case::Genitive && gender == Gender::Masculine).then_some(Case::Accusative);
    let printed = titled(form);
    let first = |wanted: Case| {
        readings(form)
            .iter()
            .find(|reading| reading.gender == gender && reading.case == wanted)
            .map(|reading| reading.nominative.clone())
    };
    first(case)
        .filter(|found| twin.is_none() || *found != printed)
        .or_else(|| first(twin?))
        .unwrap_or(printed)
}

fn part_undeclined(part: &str, gender: Gender, case: Case) -> Option<String> {
    if is_indeclinable(part) {
        return Some(part.to_owned());
    }
    if case == Case::Accusative && is_dative_of_uk(part) {
        return None;
    }
    if gender == Gender::Feminine {
        feminine(part, case)
    } else {
        masculine(part, case)
    }
}

/// «Кравчуку», «Степанюку»: many surnames end in -ук and -юк, few in -ука, whose accusative this could be («Щуку»).
fn is_dative_of_uk(part: &str) -> bool {
    const SHORTEST: usize = 6;
    part.chars().count() >= SHORTEST && (part.ends_with("уку") || part.ends_with("юку"))
}

/// Endings that no case changes: -ко, -ых, -их, and vowels of foreign surnames. «Гейне» is one, as the dictionary says;
/// «Дуде» is not. In a part of a surname only the first letter is a capital.
fn is_indeclinable(part: &str) -> bool {
    const UNCHANGED: [&str; 7] = ["ко", "заде", "швили", "ани", "ово", "аго", "яго"];
    let ends_in_e = part.ends_with('е');
    let length = part.chars().count();
    let genitive_like = length > 3 && (part.ends_with("ых") || part.ends_with("их"));
    let short = length <= 2 || length == 3 && ends_in_e;
    genitive_like
        || short
        || UNCHANGED.iter().any(|ending| part.ends_with(ending))
        || ends_in_e && is_surname_in_nominative(part)
}

fn is_surname_in_nominative(form: &str) -> bool {
    morphology::readings(form).iter().any(|reading| {
        reading.known
            && reading.name == Some(NamePart::Surname)
            && reading.case == Some(Case::Nominative)
    })
}

fn feminine(part: &str, case: Case) -> Option<String> {
    const POSSESSIVE: [&str; 6] = ["ов", "ев", "ёв", "ин", "ын", "йн"];
    let swap = |ending: &str, to: &str| part.strip_suffix(ending).map(|stem| format!("{stem}{to}"));
    let possessive = |ending: &str| {
        part.strip_suffix(ending)
            .filter(|stem| POSSESSIVE.iter().any(|mark| stem.ends_with(mark)))
            .map(|stem| format!("{stem}а"))
    };
    // «Безуглой», but «Цой»: a stem of two letters is no adjective.
    let adjective_stem = |ending: &str| {
        part.strip_suffix(ending)
            .filter(|stem| stem.chars().count() > 2)
            .map(|stem| format!("{stem}ая"))
    };
    // «Синей», «Верхней»; «Муравей» and «Соловей» are the same in every case.
    let soft_adjective = || {
        part.strip_suffix("ей")
            .filter(|stem| stem.ends_with(['н', 'ч', 'щ']) && stem.chars().count() > 2)
            .map(|stem| format!("{stem}яя"))
    };
    match case {
        Case::Nominative => (!ends_in_consonant(part) || true_consonant(part))
            .then(|| part.to_owned())
            .filter(|_| !part.ends_with("ую") && !part.ends_with("ову")),
        Case::Accusative => possessive("у")
            .or_else(|| swap("ую", "ая"))
            .or_else(|| swap("юю", "яя"))
            .or_else(|| swap("у", "а"))
            .or_else(|| swap("ю", "я"))
            .or_else(|| unchanged(part)),
        Case::Genitive => possessive("ой")
            .or_else(|| adjective_stem("ой"))
            .or_else(soft_adjective)
            .or_else(|| swap("ы", "а"))
            .or_else(|| swap_soft_i(part))
            .or_else(|| unchanged(part)),
        Case::Dative | Case::Locative => possessive("ой")
            .or_else(|| adjective_stem("ой"))
            .or_else(soft_adjective)
            .or_else(|| swap("е", "а"))
            .or_else(|| unchanged(part)),
        Case::Instrumental => possessive("ой")
            .or_else(|| possessive("ою"))
            .or_else(|| swap("ой", "а").filter(|found| !may_be_an_adjective(found)))
            .or_else(|| adjective_stem("ой"))
            .or_else(soft_adjective)
            .or_else(|| unchanged(part)),
    }
}

/// Whether a surname on «-а» may be one of an adjective as well. «Дзюба» and «Сорока» are nouns, by the consonant that few
/// adjectives end in or by the dictionary, so that «Дзюбой» is no «Дзюбая».
fn may_be_an_adjective(nominative: &str) -> bool {
    let Some(stem) = nominative.strip_suffix('а') else {
        return true;
    };
    let is_noun = || {
        morphology::readings(&nominative.to_lowercase())
            .first()
            .is_some_and(|reading| {
                reading.known
                    && reading.part_of_speech == morphology::PartOfSpeech::Noun
                    && reading.case == Some(Case::Nominative)
            })
    };
    // «Прохода», «Непейвода», but «Молодая», «Седая»
    let is_adjective_on_da = || {
        morphology::readings(&format!("{}ая", stem.to_lowercase()))
            .iter()
            .any(|reading| {
                reading.known && reading.part_of_speech == morphology::PartOfSpeech::Adjective
            })
    };
    !stem.ends_with(['б', 'п', 'м', 'з', 'с', 'ф'])
        && (!stem.ends_with('д') || is_adjective_on_da())
        && !is_noun()
}

/// A woman's surname on a consonant, «ь» or a foreign vowel is the same in every case.
fn unchanged(part: &str) -> Option<String> {
    let declined = ["ову", "еву", "ёву", "ину", "ыну", "ую", "ого", "его"]
        .iter()
        .any(|ending| part.ends_with(ending));
    let vowel = part.ends_with(['о', 'и', 'ы', 'э', 'ю', 'у'])
        || part.ends_with('е') && !part.ends_with("ое");
    (true_consonant(part) || vowel && !declined).then(|| part.to_owned())
}

/// Ends in a consonant or «ь», but not like a man's surname that women decline.
fn true_consonant(part: &str) -> bool {
    /// «Цой» is the same in every case, «Назаровой» is not.
    const LONGEST_ON_OY: usize = 4;
    ends_in_consonant(part)
        && !(part.ends_with("ой") && part.chars().count() > LONGEST_ON_OY)
        && ![
            "ов", "ев", "ёв", "ский", "цкий", "овым", "евым", "ёвым", "иным", "ыным", "ским",
            "цким",
        ]
        .iter()
        .any(|ending| part.ends_with(ending))
        && velar_stem(part).is_none()
}

/// «Кривеньким», «Гладким»: the stem of an adjective on «к» behind a consonant. «Аким» has none.
fn velar_stem(part: &str) -> Option<&str> {
    const SHORTEST: usize = 4;
    let stem = part.strip_suffix("им")?;
    let before = stem.strip_suffix('к')?.chars().last()?;
    (ends_in_consonant(&before.to_string()) && stem.chars().count() >= SHORTEST).then_some(stem)
}

fn ends_in_consonant(part: &str) -> bool {
    part.chars()
        .last()
        .is_some_and(|last| "бвгджзйклмнпрстфхцчшщь".contains(last))
}

/// Whether a form is rather that of a man than a woman's nominative: «Ваганяна», «Кулика», «Савчука». Women's surnames do
/// not end so, but for a few.
#[must_use]
pub fn is_rather_a_mans(form: &str) -> bool {
    const ENDINGS: [&str; 9] = [
        "яна", "янца", "ука", "юка", "ыка", "ака", "яка", "ича", "арца",
    ];
    let lower = form.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending)) && lower.chars().count() > 5
}

/// «Верещаги» → «Верещага», «Сороки» → «Сорока».
fn swap_soft_i(part: &str) -> Option<String> {
    let stem = part.strip_suffix('и')?;
    let hard = stem
        .chars()
        .last()
        .is_some_and(|last| "гкхжчшщ".contains(last));
    Some(format!("{stem}{}", if hard { "а" } else { "я" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_every_surname_that_it_can_stand_for() {
        for (form, wanted) in [
            ("Пивню", "Пивень"),
            ("Порохне", "Порохня"),
            ("Сверчку", "Сверчок"),
            ("Дзюбой", "Дзюба"),
            ("Гладкой", "Гладкая"),
            ("Кульку", "Кулек"),
            ("Полянца", "Полянец"),
        ] {
            let found = nominatives(form);
            assert!(found.iter().any(|name| name == wanted), "{form}: {found:?}");
        }
        let soft = readings("Зозуле");
        let first = soft.iter().find(|reading| reading.case == Case::Dative);
        assert_eq!(
            first.map(|reading| reading.nominative.as_str()),
            Some("Зозуля")
        );
    }

    #[test]
    fn a_dative_on_uku_is_no_accusative() {
        let accusative = |reading: &&SurnameReading| reading.case == Case::Accusative;
        assert!(
            !readings("Ткачуку")
                .iter()
                .any(|reading| accusative(&reading))
        );
        assert!(readings("Щуку").iter().any(|reading| accusative(&reading)));
    }

    #[test]
    fn a_form_with_the_ending_of_a_case_is_no_surname_that_never_changes() {
        for (form, undeclined) in [
            ("Бруновым", false),
            ("Назаровой", false),
            ("Цой", true),
            ("Ибрагим", true),
            ("Гладким", false),
        ] {
            let found = readings(form)
                .iter()
                .any(|reading| reading.gender == Gender::Feminine && reading.nominative == form);
            assert_eq!(found, undeclined, "{form}");
        }
    }

    #[test]
    fn surnames_come_to_the_nominative() {
        use Case::{
            Accusative as Acc, Dative as Dat, Genitive as Gen, Instrumental as Ins,
            Nominative as Nom,
        };
        use Gender::{Feminine as F, Masculine as M};
        for (form, gender, case, expected) in [
            ("Гапутину", F, Acc, "Гапутина"),
            ("Гапутину", M, Dat, "Гапутин"),
            ("Ивановой", F, Dat, "Иванова"),
            ("Лопатиной", F, Gen, "Лопатина"),
            ("Петровой-Водкиной", F, Dat, "Петрова-Водкина"),
            ("Римскую-Корсакову", F, Acc, "Римская-Корсакова"),
            ("Вишневского", M, Acc, "Вишневский"),
            ("Вишневской", F, Dat, "Вишневская"),
            ("Безуглую", F, Acc, "Безуглая"),
            ("Толстого", M, Gen, "Толстой"),
            ("Ткачука", M, Acc, "Ткачук"),
            ("Ткачуку", M, Dat, "Ткачук"),
            ("Щуку", F, Acc, "Щука"),
            ("Коваля", M, Acc, "Коваль"),
            ("Шпаку", M, Dat, "Шпак"),
            ("Уманца", M, Gen, "Уманец"),
            ("Сковороду", M, Acc, "Сковорода"),
            ("Верещаге", M, Dat, "Верещага"),
            ("Верещаги", M, Gen, "Верещага"),
            ("Бурлаке", M, Dat, "Бурлака"),
            ("Кольцовым", M, Ins, "Кольцов"),
            ("Сладеньким", M, Ins, "Сладенький"),
            ("Зайцева", M, Acc, "Зайцев"),
            ("Мухину", M, Dat, "Мухин"),
            ("Ильдеряка", M, Acc, "Ильдеряк"),
            ("Моррисона", M, Acc, "Моррисон"),
            ("Свистуна", M, Acc, "Свистун"),
            ("Пивня", M, Gen, "Пивень"),
            ("Гогию", M, Gen, "Гогия"),
            ("Чкония", M, Acc, "Чкония"),
            ("Кварацхелия", M, Gen, "Кварацхелия"),
            ("Палия", M, Acc, "Палий"),
            ("Иннокентия", M, Acc, "Иннокентий"),
            ("Дикому-Янгу", M, Dat, "Дикий-Янг"),
            ("Штольца", M, Gen, "Штольц"),
            ("Зайца", M, Acc, "Заяц"),
            ("Бойцу", M, Dat, "Боец"),
            ("Абрамянца", M, Acc, "Абрамянц"),
            ("Симоньянцу", M, Dat, "Симоньянц"),
            ("Дегтярём", M, Ins, "Дегтярь"),
            ("Воробьём", M, Ins, "Воробей"),
            ("Лановому", M, Dat, "Лановой"),
            ("Садовому", M, Dat, "Садовый"),
            ("Вишне", M, Dat, "Вишня"),
            ("Проходой", F, Ins, "Прохода"),
            ("Седой", F, Ins, "Седая"),
            ("Стрельца", M, Gen, "Стрелец"),
            ("Бондаренко", M, Acc, "Бондаренко"),
            ("Руденко", F, Dat, "Руденко"),
            ("Черных", F, Acc, "Черных"),
            ("Долгих", M, Dat, "Долгих"),
            ("Гроссман", F, Acc, "Гроссман"),
            ("Тополь", F, Acc, "Тополь"),
            ("Олейник", F, Dat, "Олейник"),
            ("Манукян", F, Dat, "Манукян"),
            ("Ли", F, Dat, "Ли"),
            ("Росси", M, Dat, "Росси"),
            ("ПРЯХИНОЙ", F, Dat, "Пряхина"),
            ("ДУРНОВО", M, Dat, "Дурново"),
            ("ЦОЙ", F, Dat, "Цой"),
            ("Дюма", F, Acc, "Дюма"),
            ("Воробей", M, Nom, "Воробей"),
            ("Жигайло", M, Acc, "Жигайло"),
            ("Салават-оглы", M, Nom, "Салават-оглы"),
            ("Гейне", F, Dat, "Гейне"),
            ("Дуде", M, Dat, "Дуда"),
            ("Кобешавидзе", M, Gen, "Кобешавидзе"),
            ("Кобешвили", M, Gen, "Кобешвили"),
            ("Аль-Рахмани", M, Gen, "Аль-Рахмани"),
            ("Зозули", M, Gen, "Зозуля"),
            ("Ван-дер-Линда", M, Acc, "Ван-дер-Линд"),
        ] {
            assert_eq!(
                nominative(form, gender, case),
                expected,
                "{form} {gender:?} {case:?}"
            );
        }
    }

    #[test]
    fn a_bare_form_has_every_reading_that_fits() {
        let found: Vec<String> = readings("Гапутину")
            .iter()
            .map(|reading| {
                format!(
                    "{} {:?} {:?}",
                    reading.nominative, reading.gender, reading.case
                )
            })
            .collect();
        assert!(
            found.contains(&"Гапутина Feminine Accusative".to_owned()),
            "{found:?}"
        );
        assert!(
            found.contains(&"Гапутин Masculine Dative".to_owned()),
            "{found:?}"
        );
    }
}
