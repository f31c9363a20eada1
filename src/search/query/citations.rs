//! Acts and their provisions in the order and with the marks that people type: «28 статья 273-ФЗ», «273-ФЗ (ст. 28)»,
//! «273-ФЗ об образовании ст. 28», «закон РФ об образовании».
//!
//! In: a line as typed. Out: the line as the grammar of citations reads it. Must never: put in the place of what was
//! typed another act than the register has under that number, name or year.

use super::characters::are_figures;
use super::items::{Item, items};
use super::shorthand;
use super::spelling::{Respelled, Rewriting, Spelling};
use super::titles;
use crate::lexicon::fold::{fold_number, fold_title};
use crate::lexicon::register::{KnownAct, Register};
use crate::lexicon::words::WordClass;
use crate::order::ActType;
use crate::text::Span;

/// Spells the acts of a line as orders do.
pub(super) fn spelled(line: &str, register: &Register) -> Respelled {
    let items = items(line);
    let mut rewriting = Rewriting::of(line);
    let mut at = 0;
    while at < items.len() {
        let spelled = if items[at].apart {
            None
        } else {
            shorthand::spelled(&items, at, register)
                .or_else(|| in_brackets(line, &items, at))
                .or_else(|| behind_a_mark(&items, at))
                .or_else(|| number_first(&items, at))
                .or_else(|| titles::number_before(&items, at, register))
                .or_else(|| titles::named_and_numbered(&items, at, register))
                .or_else(|| of_the_country(&items, at, register))
                .or_else(|| titles::by_its_title(&items, at, register))
                .or_else(|| named_besides(&items, at, register))
                .or_else(|| of_a_year(&items, at, register))
                .or_else(|| code_in_marks(&items, at, register))
        };
        match spelled {
            Some((count, now)) => {
                let last = &items[(at + count).min(items.len()) - 1];
                rewriting.change(Span::new(items[at].span.start, last.span.end), &now);
                at += count.max(1);
            }
            None => at += 1,
        }
    }
    rewriting.finish()
}

/// How many items from `at` on are provisions: «ст. 28 ч. 3».
fn provisions(items: &[Item<'_>], at: usize) -> usize {
    let mut end = at;
    while let Some(item) = items.get(end) {
        if item.is_unit() && items.get(end + 1).is_some_and(Item::is_number) {
            end += 2;
        } else if item.is_unit_with_number() {
            end += 1;
        } else {
            break;
        }
    }
    end - at
}

/// «273-ФЗ», «фз-273».
pub(super) fn is_law(item: &Item<'_>) -> bool {
    let folded = fold_number(&item.folded);
    let figures = ["фз", "фкз"].iter().find_map(|mark| {
        folded
            .strip_suffix(mark)
            .or_else(|| folded.strip_prefix(mark))
    });
    let figures = figures
        .map(|figures| figures.trim_matches('-'))
        .unwrap_or_default();
    !item.apart && are_figures(figures)
}

pub(super) fn is_mark_of_laws(item: &Item<'_>) -> bool {
    !item.apart && matches!(item.folded.as_str(), "фз" | "фкз")
}

pub(super) fn is_law_word(item: &Item<'_>) -> bool {
    !item.apart && item.folded.starts_with("закон") && item.means(WordClass::Act)
}

fn is_code_word(item: &Item<'_>) -> bool {
    !item.apart && item.folded.starts_with("кодекс")
}

/// Where the number of a federal law stands that ends with item `at`: «273-ФЗ», «273 фз», «фз № 273», «закон 273».
fn law_number(items: &[Item<'_>], at: usize) -> Option<String> {
    let item = items.get(at)?;
    let figures = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    if is_law(item) {
        return Some(figures(&item.folded));
    }
    let before = |back: usize| at.checked_sub(back).and_then(|at| items.get(at));
    let plain =
        |item: &Item<'_>| item.is_number() && are_figures(&item.folded) && item.marks.is_empty();
    if is_mark_of_laws(item) {
        let number = before(1).filter(|number| plain(number))?;
        let of_a_unit = before(2).is_some_and(Item::is_unit);
        return (!of_a_unit).then(|| number.folded.clone());
    }
    let number = item.folded.trim_start_matches(['№', 'n']);
    let bare = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let sign = usize::from(before(1).is_some_and(|item| item.folded == "№"));
    let law = before(1 + sign).is_some_and(|word| is_mark_of_laws(word) || is_law_word(word));
    (bare && law && !item.apart).then(|| number.to_owned())
}

/// Whether an act ends with this item.
fn ends_an_act(items: &[Item<'_>], at: usize) -> bool {
    let Some(item) = items.get(at) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|before| items.get(before));
    let behind_a_code = |item: &Item<'_>| item.is_code() || is_code_word(item);
    law_number(items, at).is_some()
        || item.is_code()
        || is_code_word(item)
        || item.folded == "рф" && before.is_some_and(behind_a_code)
        || item.folded == "федерации" && before.is_some_and(|word| word.folded == "российской")
        || item.quoted().is_some() && (before.is_some_and(is_law_word) || code_named(item))
}

/// Whether an act begins with this item.
fn begins_an_act(items: &[Item<'_>], at: usize) -> bool {
    let Some(item) = items.get(at) else {
        return false;
    };
    let next = items.get(at + 1);
    is_law(item)
        || item.is_code()
        || is_code_word(item)
        || is_law_word(item)
        || is_mark_of_laws(item)
        || item.folded.starts_with("федеральн") && next.is_some_and(is_law_word)
        || item.is_number() && next.is_some_and(is_mark_of_laws)
        || next.is_some_and(is_code_word)
}

/// A quotation that says the name of a code: «Трудовой кодекс».
fn code_named(item: &Item<'_>) -> bool {
    item.quoted().is_some_and(|words| {
        fold_title(words)
            .split(' ')
            .any(|word| word.starts_with("кодекс"))
    })
}

/// «273-ФЗ (ст. 28)», «(ч. 3 ст. 28) 273-ФЗ»: brackets around nothing but provisions.
fn in_brackets(line: &str, items: &[Item<'_>], at: usize) -> Spelling {
    if items[at].typed != "(" {
        return None;
    }
    let count = provisions(items, at + 1);
    let close = at + 1 + count;
    let closes = count > 0 && items.get(close).is_some_and(|item| item.typed == ")");
    let beside = at > 0 && ends_an_act(items, at - 1) || begins_an_act(items, close + 1);
    (closes && beside).then(|| {
        let inside = Span::new(items[at + 1].span.start, items[close - 1].span.end);
        (count + 2, inside.of(line).to_owned())
    })
}

/// «273-ФЗ: ст. 28», «273-ФЗ — статья 28», «трудовой кодекс, 81»: a mark between an act and its provisions.
fn behind_a_mark(items: &[Item<'_>], at: usize) -> Spelling {
    if !ends_an_act(items, at) {
        return None;
    }
    let item = &items[at];
    let next = items.get(at + 1)?;
    if matches!(next.typed, "-" | "–" | "—") && provisions(items, at + 2) > 0 {
        return Some((2, item.typed.to_owned()));
    }
    let is_code = law_number(items, at).is_none();
    // «коап 20.4 ч 1»
    if is_code && item.marks.is_empty() && next.is_article() && provisions(items, at + 2) > 0 {
        return Some((2, format!("{} ст. {}", item.typed, next.typed)));
    }
    let alone = items.get(at + 2).is_none();
    if is_code && item.marks == "," && next.is_article() && next.year().is_none() && alone {
        return Some((2, format!("{} ст. {}", item.typed, next.typed)));
    }
    // The mark itself is changed with the first word of the provision.
    let marked = item.marks == ":" || item.marks == "," && item.is_code();
    (marked && provisions(items, at + 1) > 0).then(|| (2, format!("{} {}", item.typed, next.typed)))
}

/// «28 статья 3 часть 273-ФЗ», «81 ТК РФ», «20.4 КоАП»: the number before what it counts.
fn number_first(items: &[Item<'_>], at: usize) -> Spelling {
    let before = at.checked_sub(1).and_then(|before| items.get(before));
    let of_something = before.is_some_and(|item| {
        item.apart && !item.typed.starts_with('"')
            || item.is_unit()
            || item.means(WordClass::Act)
            || item.typed.ends_with('№')
            || matches!(item.folded.as_str(), "номер" | "и")
            || item.marks == "," && item.is_number()
    });
    if of_something || !items[at].is_article() {
        return None;
    }
    let mut provisions = Vec::new();
    let mut end = at;
    while let (Some(number), Some(unit)) = (items.get(end), items.get(end + 1))
        && number.is_article()
        && unit.is_unit()
        && !items.get(end + 2).is_some_and(|next| {
            next.is_article()
                && !begins_an_act(items, end + 2)
                && !items.get(end + 3).is_some_and(Item::is_unit)
        })
    {
        provisions.push(format!("{} {}", unit.typed, number.typed));
        end += 2;
    }
    let ends_another = at > 0 && ends_an_act(items, at - 1);
    if !provisions.is_empty() && (begins_an_act(items, end) || ends_another && end == items.len()) {
        return Some((end - at, provisions.join(" ")));
    }
    let code = items.get(at + 1)?;
    let country = items.get(at + 2).is_some_and(|item| item.folded == "рф");
    let is_code = code.is_code() && (country || items[at].folded.len() > 1)
        || items.get(at + 2).is_some_and(is_code_word) && code.means_adjective();
    let fits = is_code && items[at].year().is_none() && items[at].marks.is_empty();
    fits.then(|| (1, format!("ст. {}", items[at].folded)))
}

impl Item<'_> {
    /// «трудового» before «кодекса».
    fn means_adjective(&self) -> bool {
        ["ый", "ий", "ой", "ого", "ему", "ому", "ым", "им", "ом"]
            .iter()
            .any(|ending| self.folded.ends_with(ending))
    }
}

/// «закон РФ об образовании»: the law that goes by that name, whether it is called federal or of the country.
fn of_the_country(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    if !is_law_word(&items[at]) {
        return None;
    }
    let folded = |at: usize| items.get(at).map_or("", |item| item.folded.as_str());
    let country = match (folded(at + 1), folded(at + 2)) {
        ("рф", _) => 1,
        ("российской", "федерации") => 2,
        _ => return None,
    };
    let name = at + 1 + country;
    let behind: Vec<&str> = items[name.min(items.len())..]
        .iter()
        .map(|item| item.folded.as_str())
        .collect();
    let known = matches!(folded(name), "о" | "об" | "обо")
        && (register
            .by_nickname(&format!("закон {}", behind.join(" ")))
            .is_some()
            || (2..=behind.len()).any(|count| {
                register
                    .by_title(ActType::Law, &behind[..count].join(" "))
                    .is_some()
            }));
    known.then(|| (1 + country, items[at].typed.to_owned()))
}

/// The federal laws of the register with a number.
pub(super) fn laws<'a>(
    number: &'a str,
    register: &'a Register,
) -> impl Iterator<Item = &'a KnownAct> {
    register.acts().iter().filter(move |act| {
        matches!(
            act.kind,
            ActType::FederalLaw | ActType::FederalConstitutionalLaw | ActType::Code
        ) && act
            .number
            .as_deref()
            .is_some_and(|known| known.split('-').next() == Some(number))
    })
}

/// «273-ФЗ об образовании»: the name of a law behind its number says which of several it is. In its place stands the
/// day, by which the grammar tells them.
fn named_besides(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    /// «от 29.12.2012 г. № 273-ФЗ» has its day so many items before the name.
    const DAY_BEFORE: usize = 4;
    if !matches!(items[at].folded.as_str(), "о" | "об" | "обо") {
        return None;
    }
    let number = law_number(items, at.checked_sub(1)?)?;
    let behind: Vec<&str> = items[at..]
        .iter()
        .take_while(|item| !item.apart)
        .map(|item| item.folded.as_str())
        .collect();
    let (count, act) = laws(&number, register)
        .map(|act| (words_of_the_name(act, &behind), act))
        .max_by_key(|(count, _)| *count)?;
    let date = act.date.filter(|_| count > 1)?;
    let is_day = |item: &Item<'_>| item.is_number() && item.typed.matches('.').count() == 2;
    let dated = items[at.saturating_sub(DAY_BEFORE)..at].iter().any(is_day);
    Some(if dated {
        (count, format!("«{}»", behind[..count].join(" ")))
    } else {
        (count, format!("от {}", date.strftime("%d.%m.%Y")))
    })
}

/// How many words are those of a name of the act: its nickname, or as much of its title as tells it.
pub(super) fn words_of_the_name(act: &KnownAct, words: &[&str]) -> usize {
    let title = fold_title(&act.title);
    let nicknames = act
        .nicknames
        .iter()
        .map(|nickname| fold_title(nickname.trim_start_matches("закон ")));
    let in_common = |name: &str| {
        // «в Российской Федерации» has two words, the folded title one.
        let typed = fold_title(&words.join(" "));
        let typed: Vec<&str> = typed.split(' ').collect();
        let count = name
            .split(' ')
            .zip(&typed)
            .take_while(|(known, typed)| known == *typed)
            .count();
        let country = typed[..count].iter().filter(|word| **word == "рф").count();
        let spelled_out = words
            .windows(2)
            .filter(|pair| pair[0] == "российской")
            .count();
        (count, count + country.min(spelled_out))
    };
    nicknames
        .filter_map(|name| {
            let (count, words) = in_common(&name);
            (count == name.split(' ').count()).then_some(words)
        })
        .chain([in_common(&title).1])
        .max()
        .unwrap_or_default()
}

/// «273-ФЗ 2012», «273-ФЗ от 2012 года»: the law of that year, where the register has one.
fn of_a_year(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    let number = law_number(items, at.checked_sub(1)?)?;
    let led = usize::from(items[at].folded == "от");
    let year = items.get(at + led)?.year()?;
    let mut fitting =
        laws(&number, register).filter(|act| act.date.is_some_and(|date| date.year() == year));
    let date = fitting.next()?.date?;
    let word = items
        .get(at + led + 1)
        .is_some_and(|item| matches!(item.folded.as_str(), "г" | "год" | "года"));
    fitting.next().is_none().then(|| {
        let count = led + 1 + usize::from(word);
        (count, format!("от {}", date.strftime("%d.%m.%Y")))
    })
}

/// «"Трудовой кодекс" ст. 81»: a code in quotation marks beside a provision is no phrase, which no order has in the
/// nominative.
fn code_in_marks(items: &[Item<'_>], at: usize, register: &Register) -> Spelling {
    let name = items[at].quoted().filter(|_| code_named(&items[at]))?;
    let before = (1..=2).any(|back| at >= back && provisions(items, at - back) == back);
    (register.code_named(name).is_some() && (before || provisions(items, at + 1) > 0))
        .then(|| (1, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_spelled_as_orders_cite_them() {
        for (typed, now) in [
            ("273-ФЗ (ст. 28)", "273-ФЗ ст. 28"),
            ("(ч. 3 ст. 28) 273-ФЗ", "ч. 3 ст. 28 273-ФЗ"),
            ("ТК РФ (ст. 81)", "ТК РФ ст. 81"),
            ("ТК, ст. 81", "ТК ст. 81"),
            ("273-ФЗ (школа)", "273-ФЗ (школа)"),
            ("(ст. 28 OR чат) 273-ФЗ", "(ст. 28 OR чат) 273-ФЗ"),
            ("273-ФЗ: ст. 28 ч. 3", "273-ФЗ ст. 28 ч. 3"),
            ("273-ФЗ - ст. 28", "273-ФЗ ст. 28"),
            ("273-ФЗ — статья 28", "273-ФЗ статья 28"),
            ("трудовой кодекс, 81", "трудовой кодекс ст. 81"),
            ("коап 20.4 ч 1", "коап ст. 20.4 ч 1"),
            ("ТК РФ 81 п. 2", "ТК РФ ст. 81 п. 2"),
            ("\"Трудовой кодекс\" ст. 81", "Трудовой кодекс ст. 81"),
            ("«Трудовой кодекс» ст. 81", "Трудовой кодекс ст. 81"),
            ("\"Трудовой кодекс\"", "\"Трудовой кодекс\""),
            ("28 статья 273-ФЗ", "статья 28 273-ФЗ"),
            ("28 статья 3 часть 273-фз", "статья 28 часть 3 273-фз"),
            ("81 ст ТК РФ", "ст 81 ТК РФ"),
            ("81 ТК РФ", "ст. 81 ТК РФ"),
            ("20.4 коап", "ст. 20.4 коап"),
            ("192 трудового кодекса", "ст. 192 трудового кодекса"),
            ("ст 28 ч 3 273-ФЗ", "ст 28 ч 3 273-ФЗ"),
            ("ст. 192, 193 ТК РФ", "ст. 192, 193 ТК РФ"),
            ("2024 ТК РФ", "2024 ТК РФ"),
            ("приказ 12 ТК", "приказ 12 ТК"),
            (
                "закон РФ об образовании ст. 28",
                "закон об образовании ст. 28",
            ),
            (
                "закона российской федерации о защите прав потребителей",
                "закона о защите прав потребителей",
            ),
            ("закон РФ о школе", "закон РФ о школе"),
            (
                "273-ФЗ об образовании статья 28",
                "273-ФЗ от 29.12.2012 статья 28",
            ),
            (
                "273-ФЗ об образовании в Российской Федерации ст. 28",
                "273-ФЗ от 29.12.2012 ст. 28",
            ),
            ("273-ФЗ о противодействии коррупции", "273-ФЗ от 25.12.2008"),
            (
                "152-ФЗ о персональных данных ст. 19",
                "152-ФЗ от 27.07.2006 ст. 19",
            ),
            (
                "закон от 29.12.2012 № 273-ФЗ об образовании чат",
                "закон от 29.12.2012 № 273-ФЗ «об образовании» чат",
            ),
            ("152-ФЗ о школе", "152-ФЗ о школе"),
            ("273-ФЗ 2012 ст. 28", "273-ФЗ от 29.12.2012 ст. 28"),
            ("273-ФЗ от 2008 года", "273-ФЗ от 25.12.2008"),
            ("152-ФЗ 2024", "152-ФЗ 2024"),
            ("закон:\"81 ТК\" 81 ТК", "закон:\"81 ТК\" ст. 81 ТК"),
            ("закон:ст. 81 тк", "закон:ст. 81 тк"),
            ("номер: 81 ТК", "номер: 81 ТК"),
        ] {
            assert_eq!(spelled(typed, Register::built_in()).line, now, "{typed}");
        }
    }
}
