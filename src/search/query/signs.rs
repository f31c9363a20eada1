//! Signs of numbers and what stands beside them: «школа N 4», «статья № 22», «приказы № 11, 12 и 13», «№ 47 (К)»,
//! «"02" сентября».
//!
//! In: items of a line. Out: the same with the signs that the grammars know. Must never: give a sign to what is counted.

use super::characters::are_figures;
use super::items::Item;
use super::shorthand::folded;
use super::spelling::Spelling;
use crate::lexicon::words::WordClass;

/// «школа N 4», «школа N4»: the sign of a number in Latin.
pub(super) fn sign(items: &[Item<'_>], at: usize) -> Spelling {
    let item = &items[at];
    let next = items.get(at + 1);
    // «статья № 22»
    let counts = item.is_unit() && item.folded.starts_with(['с', 'п']);
    if counts
        && next.is_some_and(|sign| sign.typed == "№")
        && items.get(at + 2).is_some_and(Item::is_article)
    {
        return Some((2, item.typed.to_owned()));
    }
    if item.apart || at == 0 {
        return None;
    }
    if is_of_a_list(items, at) {
        // An order has one number, so that «и» asks for either.
        let joined = matches!(folded(items, at - 1), "и" | "или");
        let and = if joined { "" } else { "и " };
        return Some((1, format!("{and}№ {}", item.typed)));
    }
    if matches!(item.typed, "N" | "n") && next.is_some_and(Item::is_number) {
        return Some((1, "№".to_owned()));
    }
    let number = item.typed.strip_prefix('N')?;
    number
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| (1, format!("№ {number}")))
}

/// «приказы № 11, 12 и 13»: whether a number stands in a list that the sign leads.
fn is_of_a_list(items: &[Item<'_>], at: usize) -> bool {
    let plain = |item: &Item<'_>| !item.apart && are_figures(&item.folded);
    let ends = items
        .get(at + 1)
        .is_none_or(|next| matches!(next.folded.as_str(), "и" | "или" | "от" | "за"))
        || items[at].marks == ",";
    if !plain(&items[at]) || items[at].year().is_some() || !ends {
        return false;
    }
    let mut before = at;
    while let Some(last) = before.checked_sub(1) {
        let joined = matches!(items[last].folded.as_str(), "и" | "или");
        let Some(number) = before.checked_sub(1 + usize::from(joined)) else {
            return false;
        };
        let signed = items[number].typed.strip_prefix('№');
        if !joined && items[number].marks != "," {
            return false;
        }
        if signed.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            return true;
        }
        if !plain(&items[number]) {
            return false;
        }
        if number > 0 && matches!(items[number - 1].typed, "№" | "№№") {
            return true;
        }
        before = number;
    }
    false
}

/// «"02" сентября 2024»: the day of a form, in straight quotation marks.
pub(super) fn day_in_quotes(items: &[Item<'_>], at: usize) -> Spelling {
    let day = items[at].quoted().filter(|_| !items[at].apart)?.trim();
    let is_day = matches!(day.len(), 1..=2) && are_figures(day);
    let month = items
        .get(at + 1)
        .is_some_and(|item| item.means(WordClass::Month));
    (is_day && month).then(|| (1, day.to_owned()))
}

/// «№ 47 (К)»: letters in brackets are part of the number.
pub(super) fn index_in_brackets(items: &[Item<'_>], at: usize) -> Spelling {
    /// Letters of an index.
    const LONGEST: usize = 3;
    let sign = usize::from(folded(items, at) == "№");
    // «школа № 4 (Б)» has its own number.
    let of_an_order = at == 0 || items[at - 1].means(WordClass::Act);
    if sign == 0 && !items[at].typed.starts_with('№') || !of_an_order {
        return None;
    }
    let number = items.get(at + sign)?.typed.trim_start_matches('№');
    let [open, letters, close] = items.get(at + sign + 1..at + sign + 4)? else {
        return None;
    };
    let fits = open.typed == "("
        && close.typed == ")"
        && number.starts_with(|c: char| c.is_ascii_digit())
        && letters.typed.chars().all(char::is_alphabetic)
        && letters.typed.chars().count() <= LONGEST;
    fits.then(|| (sign + 4, format!("номер:\"{number} ({})\"", letters.typed)))
}

#[cfg(test)]
mod tests {
    use super::super::citations::spelled;
    use crate::lexicon::register::Register;

    #[test]
    fn signs_stand_where_the_grammars_expect_them() {
        for (typed, now) in [
            ("статья № 22 ТК РФ", "статья 22 ТК РФ"),
            ("часть № 22", "часть № 22"),
            ("приказы № 11, 12 и 13", "приказы № 11, и № 12 и № 13"),
            ("№ 11 и 12 класс", "№ 11 и 12 класс"),
            ("приказ № 12, 2024", "приказ № 12, 2024"),
            ("школа, 12", "школа, 12"),
            ("школа N 4", "школа № 4"),
            ("приказ N4", "приказ № 4"),
            ("\"02\" сентября 2024", "02 сентября 2024"),
            ("\"02\" класс", "\"02\" класс"),
            ("№ 47 (К)", "номер:\"47 (К)\""),
            ("№ 47 (копия)", "№ 47 (копия)"),
            ("приказ № 47 (К)", "приказ номер:\"47 (К)\""),
            ("школа № 4 (Б)", "школа № 4 (Б)"),
        ] {
            assert_eq!(spelled(typed, Register::built_in()).line, now, "{typed}");
        }
    }
}
