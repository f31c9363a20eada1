//! Laws by their title without its marks, and by a number before the word: «закон о порядке рассмотрения обращений
//! граждан», «44-й закон».
//!
//! In: items of a line. Out: the law with its day and number. Must never: take a law for another one whose title begins
//! alike.

use super::characters::are_figures;
use super::citations::{is_law, is_law_word, is_mark_of_laws, laws, words_of_the_name};
use super::items::Item;
use super::spelling::Spelling;
use crate::lexicon::fold::fold_title;
use crate::lexicon::register::{KnownAct, Register};
use crate::lexicon::words::WordClass;
use crate::order::ActType;

/// «закон о порядке рассмотрения обращений граждан»: a law by so much of its title as tells it from all others; in the
/// place of the title stand its day and number.
pub(super) fn by_its_title(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    /// Words of the title, the preposition included; of fewer the grammar knows the names that laws go by.
    const FEWEST: usize = 4;
    let is_mark = is_mark_of_laws(&items[at]);
    let folded = |at: usize| items.get(at).map_or("", |item| item.folded.as_str());
    let country = match (folded(at + 1), folded(at + 2)) {
        ("рф", _) => 1,
        ("российской", "федерации") => 2,
        _ => 0,
    };
    let name = at + 1 + country;
    let led = matches!(folded(name), "о" | "об" | "обо");
    if !led || !is_mark && !is_law_word(&items[at]) {
        return None;
    }
    let behind: Vec<&str> = items[name..]
        .iter()
        .take_while(|item| !item.apart && item.quoted().is_none())
        .map(|item| item.folded.as_str())
        .collect();
    let mut best: Option<(usize, &KnownAct)> = None;
    let mut alone = false;
    for act in register.acts() {
        let numbered = act.number.is_some() && act.date.is_some();
        if !matches!(act.kind, ActType::FederalLaw | ActType::Law) || !numbered {
            continue;
        }
        let count = words_of_the_name(act, &behind);
        match best {
            Some((most, _)) if count < most => {}
            Some((most, _)) if count == most => alone = false,
            _ => {
                best = Some((count, act));
                alone = true;
            }
        }
    }
    let (count, act) = best.filter(|(count, _)| alone && *count >= FEWEST)?;
    let whole = fold_title(&behind[..count].join(" ")) == fold_title(&act.title);
    // «закон об охране здоровья граждан» goes by that name; laws that amend others begin alike.
    let of_another = register
        .by_nickname(&format!("закон {}", behind[..count].join(" ")))
        .is_some_and(|known| known.number != act.number || known.date != act.date);
    if !whole && (of_another || behind[1] == "внесении") {
        return None;
    }
    // «закон о … от 02.05.2006 № 59-ФЗ» says which one it is.
    let next = name + count;
    let is_told = matches!(folded(next), "от" | "№") || items.get(next).is_some_and(is_law);
    let (number, date) = (act.number.as_deref()?, act.date?);
    let word = if is_mark {
        "Федеральный закон".to_owned()
    } else if act.kind == ActType::Law {
        format!("{} РФ", items[at].typed)
    } else {
        items[at].typed.to_owned()
    };
    (!is_told).then(|| {
        let day = date.strftime("%d.%m.%Y");
        (1 + country + count, format!("{word} от {day} № {number}"))
    })
}

/// «закон о закупках 44-ФЗ», «закон РФ об образовании 3266-1»: a law by words of its name, and by the number that says
/// which of those that go by such a name is meant.
pub(super) fn named_and_numbered(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    /// Words between the law and its number.
    const LONGEST: usize = 8;
    /// Letters by which a word is known in another form.
    const BEGINNING: usize = 5;
    let word = &items[at];
    if !is_law_word(word) && !is_mark_of_laws(word) {
        return None;
    }
    let is_number = |item: &Item<'_>| {
        is_law(item) || item.is_number() && item.folded.ends_with("-1") && item.folded.len() > 4
    };
    let number = (at + 1..items.len().min(at + LONGEST)).find(|&at| is_number(&items[at]))?;
    let signed = usize::from(items[number - 1].folded == "№");
    let name = items.get(at + 1..number - signed)?;
    let led = name
        .iter()
        .any(|item| matches!(item.folded.as_str(), "о" | "об"));
    if !led || name.iter().any(|item| item.apart || item.is_number()) {
        return None;
    }
    let figures: String = items[number]
        .folded
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '-')
        .collect();
    let figures = figures.trim_matches('-');
    let beginning = |word: &str| word.chars().take(BEGINNING).collect::<String>();
    let said: Vec<String> = name
        .iter()
        .filter(|item| item.folded.chars().count() >= BEGINNING && item.folded != "российской")
        .map(|item| beginning(&item.folded))
        .collect();
    let fits = register.acts().iter().any(|act| {
        let known = act.number.as_deref().unwrap_or_default();
        let title = fold_title(&act.title);
        (known == figures || known.strip_suffix("-ФЗ") == Some(figures))
            && matches!(act.kind, ActType::FederalLaw | ActType::Law)
            && !said.is_empty()
            && said.iter().all(|begins| {
                title
                    .split(' ')
                    .any(|word| word.starts_with(begins.as_str()))
            })
    });
    // A number with its date or title behind it is read as it is.
    let goes_on = items
        .get(number + 1)
        .is_some_and(|item| matches!(item.folded.as_str(), "о" | "об" | "от"));
    (fits && !goes_on).then(|| {
        let said = if is_law(&items[number]) {
            items[number].typed.to_owned()
        } else {
            format!("закон № {}", items[number].typed)
        };
        (number + 1 - at, said)
    })
}

/// «44 закон», «44-й закон»: a federal law by its number alone.
pub(super) fn number_before(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    const ENDINGS: [&str; 6] = ["", "й", "го", "му", "м", "ый"];
    let law = items.get(at + 1).filter(|item| is_law_word(item))?;
    let (figures, ending) = match items[at].folded.split_once('-') {
        Some((figures, ending)) => (figures, ending),
        None => (items[at].folded.as_str(), ""),
    };
    let before = at.checked_sub(1).and_then(|before| items.get(before));
    let of_something = before.is_some_and(|item| {
        item.is_unit()
            || item.is_number()
            || item.means(WordClass::Act)
            || item.typed.ends_with('№')
            || matches!(item.folded.as_str(), "номер" | "и")
    });
    // «3 закон Ньютона»
    let plain = figures.len() > 1 && are_figures(figures);
    // «ст. 5 закона 44», «5 закон об образовании» say which law they mean.
    let told = items.get(at + 2).is_some_and(|item| {
        item.is_number()
            || is_law(item)
            || matches!(item.folded.as_str(), "№" | "о" | "об" | "от" | "рф")
    });
    let fits = plain && ENDINGS.contains(&ending) && law.marks.is_empty() && !of_something && !told;
    (fits && laws(figures, register).next().is_some()).then(|| (2, format!("{figures}-ФЗ")))
}

#[cfg(test)]
mod tests {
    use super::super::citations::spelled;
    use crate::lexicon::register::Register;

    #[test]
    fn laws_are_known_by_their_titles_and_numbers() {
        for (typed, now) in [
            (
                "закон о порядке рассмотрения обращений граждан ст. 12",
                "закон от 02.05.2006 № 59-ФЗ ст. 12",
            ),
            (
                "ФЗ об основах охраны здоровья граждан в РФ",
                "Федеральный закон от 21.11.2011 № 323-ФЗ",
            ),
            (
                "закон об информации, информационных технологиях и о защите информации",
                "закон от 27.07.2006 № 149-ФЗ",
            ),
            (
                "закон о порядке рассмотрения обращений граждан от 02.05.2006",
                "закон о порядке рассмотрения обращений граждан от 02.05.2006",
            ),
            (
                "закон о внесении изменений в",
                "закон о внесении изменений в",
            ),
            (
                "закон об охране здоровья граждан",
                "закон об охране здоровья граждан",
            ),
            ("закон о закупках 44-ФЗ ст. 93", "44-ФЗ ст. 93"),
            ("закон РФ об образовании 3266-1", "закон № 3266-1"),
            ("закон о школах 44-ФЗ", "закон о школах 44-ФЗ"),
            ("44-й закон", "44-ФЗ"),
            ("по 44 закону закупки", "по 44-ФЗ закупки"),
            ("ст. 44 закона", "ст. 44 закона"),
            ("3 закон Ньютона", "3 закон Ньютона"),
            ("5 закон об образовании", "5 закон об образовании"),
        ] {
            assert_eq!(spelled(typed, Register::built_in()).line, now, "{typed}");
        }
    }
}
