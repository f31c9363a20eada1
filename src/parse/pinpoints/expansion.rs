//! Chains of units → single provisions: ranges are counted out, what a chain leaves out comes from its neighbours.
//!
//! In: chains as they are printed. Out: [`Locator`]s, and a locator as people write it. Must never: give more than
//! [`MAX_LOCATORS`].

use super::{Chain, Unit};
use crate::order::Locator;

/// A range longer than this is a misprint or an attack, not a citation: only its ends are kept.
const MAX_RANGE: u32 = 200;
/// More provisions than this are not expanded further: the longest real list has some thirty.
pub(super) const MAX_LOCATORS: usize = 1_000;

/// The values after the first up to the last of a range: 3–5 gives 4 and 5; 7.29–7.32 gives 7.30,
/// 7.31, 7.32; а–в gives б and в. `None` where the two make no range.
pub(super) fn range_between(first: &str, last: &str) -> Option<Vec<String>> {
    if let (Some(from), Some(to)) = (single_letter(first), single_letter(last)) {
        return (from < to).then(|| {
            (from as u32 + 1..=to as u32)
                .filter_map(char::from_u32)
                .map(String::from)
                .collect()
        });
    }
    let (prefix, from) = split_last(first);
    let (other, to) = split_last(last);
    let (from, to) = (from.parse::<u32>().ok()?, to.parse::<u32>().ok()?);
    if prefix != other || from >= to {
        return None;
    }
    if to - from > MAX_RANGE {
        return Some(vec![last.to_owned()]);
    }
    Some(
        (from + 1..=to)
            .map(|value| format!("{prefix}{value}"))
            .collect(),
    )
}

fn single_letter(value: &str) -> Option<char> {
    let mut characters = value.chars();
    let letter = characters.next().filter(|c| matches!(c, 'а'..='я'))?;
    characters.next().is_none().then_some(letter)
}

fn split_last(value: &str) -> (&str, &str) {
    value
        .rfind('.')
        .map_or(("", value), |dot| value.split_at(dot + 1))
}

/// Completes chains from their neighbours: «пунктом 3 части 1 и частью 2 статьи 8» gives the first
/// chain its article; «статья 10, часть 8» nests the second in the first.
pub(super) fn share_tails(mut chains: Vec<Chain>) -> Vec<Chain> {
    if chains.len() < 2 {
        return chains;
    }
    for index in (1..chains.len()).rev() {
        let (earlier, later) = chains.split_at_mut(index);
        let (Some((chain, outer)), Some(next)) = (earlier.split_last_mut(), later.first()) else {
            continue;
        };
        let Some(top) = chain.last().map(|level| level.unit) else {
            continue;
        };
        // «ст. 34, ч. 1, п. 1, ст. 36»: the smaller units are those of the article before them.
        let goes_down = next
            .first()
            .is_some_and(|level| level.unit <= Unit::Article)
            && outer
                .iter()
                .rev()
                .find(|chain| names_article(chain))
                .is_some_and(
                    |chain| matches!(chain.as_slice(), [only] if only.unit == Unit::Article),
                );
        if top > Unit::Article && !goes_down {
            chain.extend(next.iter().filter(|level| level.unit < top).cloned());
        }
    }
    let mut nested: Vec<Chain> = Vec::with_capacity(chains.len());
    for chain in chains {
        let lowest_above = chain.last().map(|level| level.unit);
        match (nested.last_mut(), lowest_above) {
            (Some(previous), Some(top))
                if top > Unit::Article
                    && !counts_apart(&chain, previous)
                    && previous
                        .first()
                        .is_some_and(|level| level.unit < top && level.unit >= Unit::Article) =>
            {
                let outer = std::mem::take(previous);
                *previous = chain;
                previous.extend(outer);
            }
            _ => nested.push(chain),
        }
    }
    nested
}

/// «п. 24, ч. 1, ст. 15»: chains of one provision each, from the smallest unit to an article, are one path; `None` where
/// they are not.
pub(super) fn nested_upwards(chains: &[Chain]) -> Option<Chain> {
    let path: Chain = chains.iter().flatten().cloned().collect();
    let widens = path.windows(2).all(|pair| pair[1].unit < pair[0].unit);
    let ends_in_article = path.last().is_some_and(|level| level.unit == Unit::Article);
    (chains.len() > 1 && widens && ends_in_article).then_some(path)
}

/// «пунктом 1 и подпунктом 5.2.28»: a number of several parts names what it stands in, and that is not point 1.
fn counts_apart(chain: &Chain, before: &Chain) -> bool {
    let (Some(top), Some(outer)) = (chain.last(), before.first()) else {
        return false;
    };
    let stands_in = |value: &String| {
        outer.values.iter().any(|outer| {
            value
                .strip_prefix(outer.as_str())
                .is_some_and(|rest| rest.starts_with('.'))
        })
    };
    top.unit == Unit::Subpoint
        && top
            .values
            .iter()
            .any(|value| value.contains('.') && !stands_in(value))
}

fn names_article(chain: &Chain) -> bool {
    chain.iter().any(|level| level.unit == Unit::Article)
}

/// Every combination of the values of each chain, at most [`MAX_LOCATORS`].
pub(super) fn expand(chains: Vec<Chain>) -> Vec<Locator> {
    let mut all = Vec::with_capacity(chains.len());
    for chain in chains {
        if all.len() >= MAX_LOCATORS {
            break;
        }
        if chain.iter().all(|level| level.values.len() == 1) {
            let mut locator = Locator::default();
            for level in chain.into_iter().rev() {
                *slot(&mut locator, level.unit) = level.values.into_iter().next();
            }
            all.push(locator);
            continue;
        }
        let mut partial = vec![Locator::default()];
        for level in chain.into_iter().rev() {
            let mut next = Vec::with_capacity(partial.len() * level.values.len());
            for locator in &partial {
                for value in &level.values {
                    if next.len() + all.len() >= MAX_LOCATORS {
                        break;
                    }
                    let mut locator = locator.clone();
                    *slot(&mut locator, level.unit) = Some(value.clone());
                    next.push(locator);
                }
            }
            partial = next;
        }
        all.extend(partial);
    }
    all
}

fn slot(locator: &mut Locator, unit: Unit) -> &mut Option<String> {
    match unit {
        Unit::Appendix => &mut locator.appendix,
        Unit::Section => &mut locator.section,
        Unit::Chapter => &mut locator.chapter,
        Unit::Article => &mut locator.article,
        Unit::Part => &mut locator.part,
        Unit::Point => &mut locator.point,
        Unit::Subpoint => &mut locator.subpoint,
        Unit::Paragraph => &mut locator.paragraph,
    }
}

/// The units of an act from the largest to the smallest.
const NARROWING: [Unit; 8] = [
    Unit::Appendix,
    Unit::Section,
    Unit::Chapter,
    Unit::Article,
    Unit::Part,
    Unit::Point,
    Unit::Subpoint,
    Unit::Paragraph,
];

/// Whether a provision can lie inside another: its largest unit is smaller than the smallest of the other.
pub(crate) fn can_lie_in(inner: &Locator, outer: &Locator) -> bool {
    let names = |provision: &Locator, unit: Unit| slot(&mut provision.clone(), unit).is_some();
    let largest = NARROWING.into_iter().find(|&unit| names(inner, unit));
    let smallest = NARROWING.into_iter().rev().find(|&unit| names(outer, unit));
    smallest.is_some() && largest > smallest
}

/// A provision down to a unit, without what is smaller; `None` where it names no such unit.
pub(crate) fn down_to(provision: &Locator, unit: Unit) -> Option<Locator> {
    let mut outer = provision.clone();
    for smaller in NARROWING.into_iter().filter(|smaller| *smaller > unit) {
        *slot(&mut outer, smaller) = None;
    }
    slot(&mut outer, unit).is_some().then_some(outer)
}

/// The inner provision inside the outer one.
pub(crate) fn merged(outer: &Locator, inner: &Locator) -> Locator {
    let pick =
        |inner: &Option<String>, outer: &Option<String>| inner.clone().or_else(|| outer.clone());
    Locator {
        section: pick(&inner.section, &outer.section),
        chapter: pick(&inner.chapter, &outer.chapter),
        appendix: pick(&inner.appendix, &outer.appendix),
        article: pick(&inner.article, &outer.article),
        part: pick(&inner.part, &outer.part),
        point: pick(&inner.point, &outer.point),
        subpoint: pick(&inner.subpoint, &outer.subpoint),
        paragraph: pick(&inner.paragraph, &outer.paragraph),
    }
}

/// A provision as a person writes it, largest unit first: «ст. 10 ч. 8».
#[must_use]
pub fn shown(locator: &Locator) -> String {
    let parts = [
        ("прил.", &locator.appendix),
        ("разд.", &locator.section),
        ("гл.", &locator.chapter),
        ("ст.", &locator.article),
        ("ч.", &locator.part),
        ("п.", &locator.point),
        ("подп.", &locator.subpoint),
        ("абз.", &locator.paragraph),
    ];
    let named: Vec<String> = parts
        .iter()
        .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name} {value}")))
        .collect();
    named.join(" ")
}
