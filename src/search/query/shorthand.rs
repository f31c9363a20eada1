//! What people shorten or write with another keyboard when they name an act: «44-fz», «тк192», «ПП 1119», «санпин 3590»,
//! «минпросвещения 115», and signs that stand for a word: «|».
//!
//! In: items of a line. Out: the same in the spelling of orders. Must never: give a shortened number another meaning
//! than the only one that the register has for it.

use super::characters::are_figures;
use super::citations::is_law;
use super::items::Item;
use super::signs;
use super::spelling::Spelling;
use crate::lexicon::bodies::agency_in_a_word;
use crate::lexicon::morphology::fold;
use crate::lexicon::register::{Register, is_code_abbreviation};
use crate::lexicon::words::WordClass;
use crate::order::ActType;

/// How what begins here is spelled in full.
pub(super) fn spelled(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    latin(items, at)
        .or_else(|| code(items, at))
        .or_else(|| government(items, at))
        .or_else(|| sanitary(items, at, register))
        .or_else(|| of_an_agency(items, at))
        .or_else(|| standard(items, at, register))
        .or_else(|| signs::sign(items, at))
        .or_else(|| signs::day_in_quotes(items, at))
        .or_else(|| with_a_comma(items, at))
        .or_else(|| signs::index_in_brackets(items, at))
        .or_else(|| year_apart(items, at))
        .or_else(|| operator(items, at))
}

pub(super) fn folded<'a>(items: &'a [Item<'_>], at: usize) -> &'a str {
    match items.get(at) {
        Some(item) if !item.apart => &item.folded,
        _ => "",
    }
}

/// «44-fz», «FZ-273», «273 fz», «12-OD»: the marks of numbers as they sound, in Latin letters.
fn latin(items: &[Item<'_>], at: usize) -> Spelling {
    const MARKS: [(&str, &str); 6] = [
        ("fz", "ФЗ"),
        ("fkz", "ФКЗ"),
        ("od", "ОД"),
        ("ls", "лс"),
        ("pd", "пд"),
        ("rp", "рп"),
    ];
    let letters = |word: &str| MARKS.iter().find(|(latin, _)| *latin == word);
    let item = &items[at];
    // «44/223-ФЗ»: under either law.
    if let Some((first, second)) = item.folded.split_once('/')
        && let Some(second) = second.strip_suffix("-фз")
        && are_figures(first)
        && are_figures(second)
    {
        return Some((1, format!("(закон:{first}-ФЗ OR закон:{second}-ФЗ)")));
    }
    // Of the marks alone only that of laws is told from a word.
    if let Some((_, mark)) = letters(&item.folded).filter(|(latin, _)| latin.ends_with('z')) {
        let beside =
            items.get(at + 1).is_some_and(Item::is_number) || at > 0 && items[at - 1].is_number();
        return beside.then(|| (1, (*mark).to_owned()));
    }
    if let Some((mark, figures)) = item.folded.split_once('-')
        && are_figures(figures)
        && let Some((_, mark)) = letters(mark)
    {
        return Some((1, format!("{mark}-{figures}")));
    }
    let start = item.folded.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, latin) = item.folded.split_at(start);
    let (_, mark) = letters(latin)?;
    let number = number.trim_end_matches('-');
    number
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| (1, format!("{number}-{mark}")))
}

/// «тк192», «труд. кодекс», «закон о перс. данных»: codes and laws in other shortenings than their own.
fn code(items: &[Item<'_>], at: usize) -> Spelling {
    /// A shortened word, the beginning of the one behind it, and both in full.
    const PHRASES: [(&str, &str, &str); 4] = [
        ("перс.", "данн", "персональных данных"),
        ("уч.", "год", "учебный год"),
        ("отв.", "за", "ответственный за"),
        ("ответств.", "за", "ответственный за"),
    ];
    /// Beginnings of an adjective that a full stop shortens, and the code.
    const SHORTENED: [(&str, &str); 8] = [
        ("труд", "ТК"),
        ("гражд", "ГК"),
        ("налог", "НК"),
        ("бюдж", "БК"),
        ("угол", "УК"),
        ("сем", "СК"),
        ("жил", "ЖК"),
        ("зем", "ЗК"),
    ];
    let item = &items[at];
    let next = folded(items, at + 1);
    // «Т.К. РФ»
    let letters = item.typed.replace('.', "");
    if item.typed.contains('.') && next == "рф" && is_code_abbreviation(&letters, &fold(&letters))
    {
        return Some((2, format!("{letters} РФ")));
    }
    if let Some((_, _, words)) = PHRASES
        .iter()
        .find(|(short, word, _)| item.typed == *short && next.starts_with(word))
    {
        return Some((2, (*words).to_owned()));
    }
    if item.typed.ends_with('.') && folded(items, at + 1).starts_with("кодекс") {
        let (_, code) = SHORTENED
            .iter()
            .find(|(beginning, _)| item.folded.starts_with(beginning))?;
        return Some((2, format!("{code} РФ")));
    }
    let figures = item.folded.find(|c: char| c.is_ascii_digit())?;
    let (word, article) = item.folded.split_at(figures);
    let is_article = article.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let capitals = word.to_uppercase();
    (is_article && is_code_abbreviation(&capitals, word))
        .then(|| (1, format!("ст. {article} {capitals} РФ")))
}

/// «ПП 1119», «ППР РФ 1479», «пост. правит. 1119»: resolutions of the Government.
fn government(items: &[Item<'_>], at: usize) -> Spelling {
    let number = |at: usize| {
        let sign = usize::from(folded(items, at) == "№");
        items.get(at + sign).is_some_and(|item| {
            item.year().is_none()
                && !item.apart
                && item
                    .folded
                    .trim_start_matches('№')
                    .bytes()
                    .all(|b| b.is_ascii_digit())
        })
    };
    let country = usize::from(folded(items, at + 1) == "рф");
    // «постановление 1119 Правительства РФ»
    if folded(items, at).starts_with("постановлени")
        && number(at + 1)
        && let sign = usize::from(folded(items, at + 1) == "№")
        && folded(items, at + 2 + sign).starts_with("правительств")
    {
        let country = usize::from(matches!(folded(items, at + 3 + sign), "рф" | "россии"));
        let number = items[at + 1 + sign].typed.trim_start_matches('№');
        return Some((
            3 + sign + country,
            format!("постановление Правительства РФ № {number}"),
        ));
    }
    // «1479 ПП РФ»
    if number(at)
        && folded(items, at) != "№"
        && folded(items, at + 1) == "пп"
        && folded(items, at + 2) == "рф"
    {
        let number = items[at].typed.trim_start_matches('№');
        return Some((3, format!("постановление Правительства РФ № {number}")));
    }
    match folded(items, at) {
        "пп" | "ппр" if number(at + 1 + country) => Some((1 + country, "ПП РФ".to_owned())),
        "пост" | "постан" if folded(items, at + 1).starts_with("прав") => {
            Some((2, "постановление Правительства".to_owned()))
        }
        _ => None,
    }
}

/// «санпин 2.4.3648», «сан пин 3590-20», «санпин 2.3./2.4.3590-20»: rules by as much of their number as tells them.
fn sanitary(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    /// The figures that no other rules have.
    const TELLING: usize = 4;
    let kind = match (folded(items, at), folded(items, at + 1)) {
        ("санпин" | "сп" | "гн", _) => 1,
        ("сан", "пин") | ("санитарные" | "санитарных", "правила" | "правил" | "нормы" | "норм") =>
        {
            // «санитарные правила и нормы СанПиН …»
            let norms = folded(items, at + 2) == "и" && folded(items, at + 3).starts_with("норм");
            let kind = if norms { 4 } else { 2 };
            kind + usize::from(matches!(folded(items, at + kind), "санпин" | "сп"))
        }
        _ => return None,
    };
    let sign = usize::from(folded(items, at + kind) == "№");
    let start = at + kind + sign;
    let is_part = |item: &Item<'_>| {
        item.is_number()
            && item
                .typed
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | '–'))
    };
    let groups = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_digit())
            .filter(|group| !group.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let mut typed: Vec<String> = Vec::new();
    let mut end = start;
    while let Some(item) = items.get(end).filter(|item| is_part(item)) {
        // What stands behind the telling figures is no part of the number.
        if typed.iter().any(|group| group.len() >= TELLING) {
            break;
        }
        typed.extend(groups(item.typed));
        end += 1;
    }
    if !typed.iter().any(|group| group.len() >= TELLING) {
        return None;
    }
    let mut fitting = register
        .acts()
        .iter()
        .filter(|act| act.kind == ActType::SanitaryRules)
        .filter_map(|act| act.number.as_deref())
        .filter(|number| {
            groups(number)
                .windows(typed.len())
                .any(|part| part == typed)
        });
    let number = fitting.next()?;
    fitting
        .next()
        .is_none()
        .then(|| (end - at, number.to_owned()))
}

/// «минпросвещения 115», «приказ 115 минпросвещения»: an order of an agency.
fn of_an_agency(items: &[Item<'_>], at: usize) -> Spelling {
    let agency = |at: usize| {
        let item = items.get(at).filter(|item| !item.apart)?;
        agency_in_a_word(&item.folded)
    };
    let number = |at: usize| -> Option<(usize, &str)> {
        let sign = usize::from(folded(items, at) == "№");
        let item = items.get(at + sign).filter(|item| !item.apart)?;
        let number = item.typed.trim_start_matches('№');
        let fits = number.starts_with(|c: char| c.is_ascii_digit())
            && item.year().is_none()
            && !is_law(item)
            && number.chars().all(char::is_alphanumeric);
        fits.then_some((sign + 1, number))
    };
    let behind_a_kind = at > 0 && items[at - 1].means(WordClass::Act);
    if let Some(name) = agency(at).filter(|_| !behind_a_kind) {
        let country = usize::from(matches!(folded(items, at + 1), "россии" | "рф"));
        let (count, number) = number(at + 1 + country)?;
        return Some((1 + country + count, format!("приказ {name} № {number}")));
    }
    // «785н минздрава», «29 н минздрав»
    if at == 0
        && let Some((count, figures)) = number(at)
        && let apart = usize::from(folded(items, count) == "н")
        && let Some(name) = agency(count + apart)
        && items.get(count + apart + 1).is_none()
    {
        let letter = if apart == 1 { "н" } else { "" };
        return Some((
            count + apart + 1,
            format!("приказ {name} № {figures}{letter}"),
        ));
    }
    if !folded(items, at).starts_with("приказ") {
        return None;
    }
    let (count, number) = number(at + 1)?;
    let name = agency(at + 1 + count)?;
    let country = usize::from(matches!(folded(items, at + 2 + count), "россии" | "рф"));
    Some((
        2 + count + country,
        format!("{} {name} № {number}", items[at].typed),
    ))
}

/// «гост 7.0.97-2016», «ГОСТ Р 7.0.97»: a standard by as much of its number as tells it.
fn standard(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    /// Figures between full stops that are told apart: «ГОСТ 12» is any.
    const FEWEST: usize = 3;
    /// Or figures of one that tells itself: «ГОСТ Р 52872».
    const TELLING: usize = 4;
    if folded(items, at) != "гост" {
        return None;
    }
    let letter = usize::from(matches!(folded(items, at + 1), "р" | "p"));
    let typed = items
        .get(at + 1 + letter)
        .filter(|item| item.is_number())?
        .folded
        .replace(['–', '—'], "-");
    let figures: Vec<&str> = typed.split(['.', '-']).collect();
    if figures.len() < FEWEST && figures[0].len() < TELLING {
        return None;
    }
    let mut fitting = register
        .acts()
        .iter()
        .filter(|act| act.kind == ActType::Standard)
        .filter_map(|act| act.number.as_deref())
        .filter(|number| {
            let figures = number.rsplit(' ').next().unwrap_or_default();
            figures
                .strip_prefix(&*typed)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        });
    let number = fitting.next()?;
    fitting
        .next()
        .is_none()
        .then(|| (2 + letter, number.to_owned()))
}

/// «ст 20,4 коап»: a comma for a full stop, or between two articles; either may be meant.
fn with_a_comma(items: &[Item<'_>], at: usize) -> Spelling {
    let unit = items[at].is_unit() && folded(items, at).starts_with("ст");
    let number = items.get(at + 1).filter(|item| unit && !item.apart)?;
    let (first, second) = number.typed.split_once(',')?;
    (are_figures(first) && are_figures(second))
        .then(|| (2, format!("ст. {first}.{second}, {first}, {second}")))
}

/// «21.06.2007года»: the word set apart from the figures.
fn year_apart(items: &[Item<'_>], at: usize) -> Spelling {
    let item = &items[at];
    let day = ["года", "г"]
        .iter()
        .find_map(|word| item.folded.strip_suffix(word))?;
    let figures =
        day.len() == "21.06.2007".len() && day.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    figures.then(|| (1, format!("{day} года")))
}

/// «питание кроме "в школе"», «питание | телефон».
fn operator(items: &[Item<'_>], at: usize) -> Spelling {
    let next = items.get(at + 1)?;
    if at == 0 {
        return None;
    }
    match folded(items, at) {
        "|" | "||" => Some((1, "OR".to_owned())),
        "кроме" | "без" if next.typed.starts_with('"') && next.quoted().is_some() => {
            Some((2, format!("-{}", next.typed)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::citations::spelled;
    use crate::lexicon::register::Register;

    #[test]
    fn shortened_acts_are_spelled_in_full() {
        for (typed, now) in [
            ("44-fz", "44-ФЗ"),
            ("FZ-273 ст. 28", "ФЗ-273 ст. 28"),
            ("273 fz", "273 ФЗ"),
            ("44/223-ФЗ", "(закон:44-ФЗ OR закон:223-ФЗ)"),
            ("12-OD", "12-ОД"),
            ("wi-fi 5", "wi-fi 5"),
            ("тк192", "ст. 192 ТК РФ"),
            ("ст. 192 Труд. кодекса", "ст. 192 ТК РФ"),
            ("закон о перс. данных", "закон о персональных данных"),
            ("ПП 1119", "ПП РФ 1119"),
            ("ППР РФ 1479", "ПП РФ 1479"),
            ("пп 2024", "пп 2024"),
            ("пост. правит. 1119", "постановление Правительства 1119"),
            ("СанПиН 2.4.3648", "СП 2.4.3648-20"),
            ("СП 3648-20", "СП 2.4.3648-20"),
            ("санпин 3590-20", "СанПиН 2.3/2.4.3590-20"),
            ("СанПиН 2.3./2.4.3590-20", "СанПиН 2.3/2.4.3590-20"),
            ("СанПиН 2.3/2.4 3590-20", "СанПиН 2.3/2.4.3590-20"),
            ("сан пин 2.3/2.4.3590-20", "СанПиН 2.3/2.4.3590-20"),
            (
                "санитарные правила 2.3/2.4.3590-20 п. 8.1",
                "СанПиН 2.3/2.4.3590-20 п. 8.1",
            ),
            ("СП 59.13330.2020", "СП 59.13330.2020"),
            ("санитарные правила СП 2.4.3648-20", "СП 2.4.3648-20"),
            (
                "санитарные правила и нормы СанПиН 2.4.3648-20",
                "СП 2.4.3648-20",
            ),
            ("гост 7.0.97-2016", "ГОСТ Р 7.0.97-2016"),
            ("ГОСТ Р 7.0.97 бланк", "ГОСТ Р 7.0.97-2016 бланк"),
            ("ГОСТ 12.0.004-2015", "ГОСТ 12.0.004-2015"),
            ("Т.К. РФ", "ТК РФ"),
            ("А.Б. РФ", "А.Б. РФ"),
            (
                "Постановление 1119 Правительства РФ",
                "постановление Правительства РФ № 1119",
            ),
            ("постановление 1119", "постановление 1119"),
            ("785н минздрава", "приказ Минздрава № 785н"),
            ("29 н минздрав", "приказ Минздрав № 29н"),
            ("5 минут", "5 минут"),
            ("гост 52872-2019", "ГОСТ Р 52872-2019"),
            ("1479 ПП РФ", "постановление Правительства РФ № 1479"),
            ("отв. за охрану труда", "ответственный за охрану труда"),
            ("санитарные правила", "санитарные правила"),
            ("минпросвещения 115", "приказ Минпросвещения № 115"),
            ("Минпросвещения № 115", "приказ Минпросвещения № 115"),
            ("приказ 115 минпросвещения", "приказ Минпросвещения № 115"),
            ("приказ минпросвещения 115", "приказ минпросвещения 115"),
            ("минпросвещения 2024", "минпросвещения 2024"),
            ("минут 45", "минут 45"),
            ("ст 20,4 коап", "ст. 20.4, 20, 4 коап"),
            ("от 21.06.2007года", "от 21.06.2007 года"),
            ("2024-2025 уч. год", "2024-2025 учебный год"),
            ("питание | телефон", "питание OR телефон"),
            ("питание кроме \"в школе\"", "питание -\"в школе\""),
            ("питание без \"в школе\"", "питание -\"в школе\""),
            ("без \"в школе\"", "без \"в школе\""),
        ] {
            assert_eq!(spelled(typed, Register::built_in()).line, now, "{typed}");
        }
    }
}
