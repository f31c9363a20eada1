//! Bodies that issue acts: one id for every name of a body, and whether it is an authority.
//!
//! In: the name of a body. Out: its id, from `bodies.tsv` or made of its own words; whether its acts
//! are acts of an authority or local ones. Must never: give two bodies one id.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use super::fold::fold_title;
use super::morphology::{fold, is_known};
use super::remembered::{Remembered, remembered};
use super::stems::{StemClass, begins_as};

/// The id of a body, as it stands in act ids: `минпросвещения` for every name of that ministry, the
/// folded words joined by `-` for a body that the table does not know. Joint bodies («A; B») are
/// joined with `+` in alphabetical order, since either may be named first.
#[must_use]
pub fn slug(name: &str) -> Rc<String> {
    thread_local! {
        static SLUGS: Remembered<String> = RefCell::default();
    }
    remembered(&SLUGS, name, || slug_of_each(name))
}

fn slug_of_each(name: &str) -> String {
    let mut slugs: Vec<String> = name
        .split(';')
        .map(one_slug)
        .filter(|slug| !slug.is_empty())
        .collect();
    slugs.sort();
    slugs.join("+")
}

fn one_slug(name: &str) -> String {
    static BODIES: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    let bodies = BODIES.get_or_init(|| {
        rows()
            .flat_map(|(id, names)| names.map(move |name| (without_country(name), id)))
            .collect()
    });
    let folded = without_country(name);
    bodies
        .get(&folded)
        .map_or_else(|| folded.replace(' ', "-"), |id| (*id).to_owned())
}

/// The folded name without the country, which is named in four ways or not at all.
fn without_country(name: &str) -> String {
    let folded = fold_title(name);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !matches!(*word, "рф" | "россии" | "россия" | ""))
        .collect();
    if words.is_empty() {
        folded
    } else {
        words.join(" ")
    }
}

/// The name of an agency of the country in one word, which the table has and orders write with a capital letter:
/// «минздрава» is «Минздрава».
#[must_use]
pub fn agency_in_a_word(word: &str) -> Option<String> {
    /// Letters by which a case makes the name longer.
    const ENDING: usize = 1;
    let folded = fold(word);
    let listed = rows().any(|(id, _)| {
        (id.starts_with("мин") || id.starts_with("рос"))
            && folded
                .strip_prefix(id)
                .is_some_and(|ending| ending.chars().count() <= ENDING)
    });
    let mut letters = folded.chars();
    let first = letters.next().filter(|_| listed)?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// The whole name of a body that an order of the body `own` names: its own where it is named by a part of that.
#[must_use]
pub fn whole_name<'a>(named: &'a str, own: Option<&'a str>) -> &'a str {
    own.filter(|own| is_short_for(named, own)).unwrap_or(named)
}

/// Whether a body is named by a part of its name: «министерство» and «администрация района» in orders of the ministry or
/// the administration itself. The first word is the same, and the rest stand in the whole name in their order.
fn is_short_for(short: &str, whole: &str) -> bool {
    // «администрация Лесного района» is one by this name alone: there the whole name is only longer.
    let has_own_name = short
        .split(' ')
        .enumerate()
        .any(|(index, word)| index > 0 && word.starts_with(char::is_uppercase));
    // What most names fail stands first.
    if short.len() >= whole.len() || has_own_name {
        return false;
    }
    let (short, whole) = (fold_title(short), fold_title(whole));
    let is_body = [
        StemClass::Authority,
        StemClass::Parliament,
        StemClass::Council,
    ]
    .into_iter()
    .any(|class| short.split(' ').any(|word| begins_as(class, word)));
    let mut words = whole.split(' ');
    let mut parts = short.split(' ');
    is_body && parts.next() == words.next() && parts.all(|part| words.any(|word| word == part))
}

/// Whether a body is an authority. The first telling word decides.
#[must_use]
pub fn is_authority(name: &str) -> bool {
    thread_local! {
        static AUTHORITIES: Remembered<bool> = RefCell::default();
    }
    *remembered(&AUTHORITIES, name, || names_authority(name))
}

fn names_authority(name: &str) -> bool {
    let mut words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        let folded = fold(word);
        // «Центральной избирательной комиссии» is no «центр».
        if begins_as(StemClass::Organisation, &folded) && !folded.starts_with("центральн")
            || folded == "ао"
            || is_institution_abbreviation(word)
        {
            return false;
        }
        let short = (folded.starts_with("мин") || folded.starts_with("рос"))
            && word.chars().next().is_some_and(char::is_uppercase);
        // «МНС РФ», «ФСТ России»
        let of_the_country = (2..=6).contains(&word.chars().count())
            && word.chars().all(char::is_uppercase)
            && words
                .peek()
                .is_some_and(|next| matches!(fold(next).as_str(), "рф" | "россии"));
        // «прокурор района» signs what his own office issues; the General one is everybody's.
        let general = folded.starts_with("генеральн")
            && words
                .peek()
                .is_some_and(|next| fold(next).starts_with("прокурор"));
        // «главный врач», «главный инженер»; «Главное управление» is told by its noun.
        let chief = folded.starts_with("главн");
        if short || of_the_country || general || begins_as(StemClass::Authority, &folded) && !chief
        {
            return true;
        }
    }
    false
}

/// «МБОУ», «ГКУ», «МАУК», «ФГБУ», «МУП»: capitals that stand for «учреждение» or «унитарное предприятие» with
/// what goes with it. A word of the dictionary in capitals («МУЗЕЙ») is none.
#[must_use]
pub fn is_institution_abbreviation(word: &str) -> bool {
    /// How the letters of ownership go together: бюджетное, автономное, казённое, государственное,
    /// муниципальное, образовательное, социальное учреждение; унитарное предприятие.
    const CORES: [&str; 10] = ["БУ", "АУ", "КУ", "ГУ", "МУ", "ОУ", "ЧУ", "УП", "БСУ", "КСУ"];
    // What most words fail stands first.
    if !word
        .chars()
        .all(|c| matches!(c, 'А'..='Я') || c.is_uppercase())
    {
        return false;
    }
    let length = word.chars().count();
    // «МАУ» is a surname of the dictionary too, and never one in an order.
    let shortest =
        length == 3 && word.starts_with(['М', 'Г', 'Ф', 'К', 'О']) && word.ends_with("АУ");
    (3..=8).contains(&length)
        && word.starts_with(['М', 'Г', 'Ф', 'К', 'О', 'Ч', 'Н', 'А', 'Б'])
        && CORES.iter().any(|core| word.contains(core))
        && (shortest || !is_known(&word.to_lowercase()))
}

fn rows() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    include_str!("bodies.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let id = columns.next()?;
            let canonical = columns.next()?;
            Some((
                id,
                std::iter::once(canonical).chain(columns.next()?.split(';')),
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_body_has_one_id() {
        for name in [
            "Минпросвещения России",
            "Минпросвещения РФ",
            "Министерство просвещения Российской Федерации",
            "МИНИСТЕРСТВО ПРОСВЕЩЕНИЯ РФ",
        ] {
            assert_eq!(*slug(name), "минпросвещения", "{name}");
        }
        assert_eq!(
            slug("Минтруд России; Минздрав России"),
            slug("Минздрав РФ; Минтруд РФ")
        );
        assert_eq!(
            *slug("Министерство образования Нагорного края"),
            "министерство-образования-нагорного-края"
        );
    }

    #[test]
    fn no_name_belongs_to_two_bodies() {
        let mut seen = HashMap::new();
        for (id, names) in rows() {
            for name in names {
                let owner = *seen.entry(without_country(name)).or_insert(id);
                assert_eq!(owner, id, "{name} names two bodies");
            }
        }
    }

    #[test]
    fn a_body_may_be_named_by_a_part_of_its_name() {
        for (short, whole, expected) in [
            ("министерство", "МИНИСТЕРСТВО СВЯЗИ СТЕПНОГО КРАЯ", true),
            (
                "администрация района",
                "Администрация Лесного района Степного края",
                true,
            ),
            (
                "администрация города",
                "Администрация Лесного района Степного края",
                false,
            ),
            ("Минсвязи", "Министерство связи Степного края", false),
            (
                "Администрация Лесного района",
                "Администрация Лесного района Степного края",
                false,
            ),
            ("Совет депутатов", "СОВЕТ ДЕПУТАТОВ ЛЕСНОГО РАЙОНА", true),
            ("Лесная", "Лесная школа", false),
            (
                "администрация района",
                "Управление образования администрации района",
                false,
            ),
            ("Министерство связи", "Министерство связи", false),
        ] {
            assert_eq!(is_short_for(short, whole), expected, "{short}");
        }
    }

    #[test]
    fn authorities_and_organisations_are_told_apart() {
        for name in [
            "Минпросвещения России",
            "Федерального агентства по делам малых рек",
            "администрации",
            "районного отдела народного образования",
            "Госкомстата России",
            "Рособрнадзора",
            "МНС РФ",
            "МО РФ",
            "Главного управления лесов",
            "Главного государственного санитарного врача",
            "Генерального прокурора",
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
            "главного врача",
            "генерального директора",
            "прокурора района",
        ] {
            assert!(!is_authority(name), "{name}");
        }
    }
}
