//! Pinpoints: «пунктом 3 части 1 и частью 2 статьи 8», «частями 1, 3–5 статьи 28», «подп. «а» п. 6
//! ч. 1 ст. 81», «абзацем вторым пункта 4».
//!
//! In: tokens and the place where a pinpoint may start. Out: the provisions, lists and ranges
//! expanded, and where the path ends. The grammar is linear: chains of units, each with its values,
//! joined by commas and «и»; a chain that lacks the larger units takes them from the next one.

use super::lexer::{Gap, TokenKind, Tokens};
use crate::lexicon::morphology::{Case, readings};
use crate::lexicon::words::WordClass;
use crate::order::Locator;

/// The units of an act from the largest to the smallest; the order is that of nesting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Appendix,
    Section,
    Chapter,
    Article,
    Part,
    Point,
    Subpoint,
    Paragraph,
}

/// A unit and the values cited of it.
#[derive(Debug, Clone)]
struct Level {
    unit: Unit,
    values: Vec<String>,
}

/// Nested levels, smallest first.
type Chain = Vec<Level>;

/// The provisions of one path and the token after it.
#[derive(Debug)]
pub(crate) struct Pinpoints {
    pub(crate) locators: Vec<Locator>,
    pub(crate) end: usize,
}

/// A range longer than this is a misprint or an attack, not a citation: only its ends are kept.
const MAX_RANGE: u32 = 200;
/// More provisions than this are not expanded further: the longest real list has some thirty.
const MAX_LOCATORS: usize = 1_000;
/// More chains than this in one path are read as the start of another path, so that a search for
/// the act behind them stays cheap.
const MAX_CHAINS: usize = 64;
/// Values in one list, for the same reason.
const MAX_VALUES: usize = 256;

/// Reads a pinpoint path at token `at`.
pub(crate) fn pinpoints_at(tokens: &Tokens<'_>, at: usize) -> Option<Pinpoints> {
    let (mut chains, mut end) = chains_at(tokens, at)?;
    let mut unit = chains.last()?.first()?.unit;
    let mut from = at;
    let mut locators = Vec::new();
    let mut read = 1;
    while read < MAX_CHAINS {
        let bracket = bracketed_at(tokens, end);
        if let Some(inner) = &bracket {
            locators.extend(expand(share_tails(std::mem::take(&mut chains))));
            hold(&mut locators, inner);
            end = inner.end;
        }
        // «ч. 1, 2 ст. 10.6; ст. 10.8 КоАП»
        let listed = tokens.is_mark(end, ';') && tokens.continues(end + 1);
        let Some(start) = after_joint(tokens, end).or(listed.then_some(end + 1)) else {
            break;
        };
        // «статьями 17 (части 1, 2), 18»: behind a bracket the unit need not be said again; nor behind a smaller unit
        // where none is numbered so: «ст. 19.4 ч. 1, 19.4.1».
        let bare = || {
            let unit = if bracket.is_some() {
                unit
            } else {
                unit_at(tokens, from)
                    .map(|(unit, _)| unit)
                    .filter(|unit| *unit == Unit::Article && is_composed(tokens, start))?
            };
            let (values, next) = values_at(tokens, start, unit)?;
            Some((vec![vec![Level { unit, values }]], next))
        };
        let Some((found, next)) = chains_at(tokens, start).or_else(bare) else {
            break;
        };
        if unit_at(tokens, start).is_some() {
            from = start;
        }
        unit = found
            .last()
            .and_then(|chain| chain.first())
            .map_or(unit, |level| level.unit);
        chains.extend(found);
        end = next;
        read += 1;
    }
    locators.extend(expand(share_tails(chains)));
    Some(Pinpoints { locators, end })
}

/// Smaller units in brackets behind the provision they are of: «ст. 38 (ч. 1, 2, 4)». Gives the token after the
/// bracket.
fn bracketed_at(tokens: &Tokens<'_>, at: usize) -> Option<Pinpoints> {
    if !tokens.is_mark(at, '(') {
        return None;
    }
    let mut chains: Vec<Chain> = Vec::new();
    let mut next = at + 1;
    while chains.len() < MAX_CHAINS {
        let (found, end) = chains_at(tokens, next)?;
        chains.extend(found);
        if tokens.is_mark(end, ')') {
            return Some(Pinpoints {
                locators: expand(share_tails(chains)),
                end: end + 1,
            });
        }
        next = after_joint(tokens, end)?;
    }
    None
}

/// Puts the provisions of a bracket into the last one before it.
fn hold(locators: &mut Vec<Locator>, inner: &Pinpoints) {
    if let Some(outer) = locators.pop() {
        let room = MAX_LOCATORS.saturating_sub(locators.len());
        locators.extend(
            inner
                .locators
                .iter()
                .take(room)
                .map(|inner| merged(&outer, inner)),
        );
    }
}

/// The token after «,», «и», «или», «, а также» that may join two chains.
fn after_joint(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut next = at;
    next += usize::from(tokens.is_mark(next, ','));
    if tokens.word(next) == "а" && tokens.word(next + 1) == "также" {
        next += 2;
    } else {
        next += usize::from(matches!(tokens.word(next), "и" | "или"));
    }
    (next > at && tokens.continues(next)).then_some(next)
}

/// Whether a number of several parts stands here: «19.4.1».
fn is_composed(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_number(at) && number_end(tokens, at) > at + 1
}

/// Units one after another: «пункта 21 части 3 статьи 28», or from the largest down: «статья 10
/// часть 8». «ст.ст. 108, 165 ч. 5» are two chains: the part is that of the last article.
fn chains_at(tokens: &Tokens<'_>, at: usize) -> Option<(Vec<Chain>, usize)> {
    let mut apart: Vec<Chain> = Vec::new();
    let mut chain: Chain = Vec::new();
    let mut next = at;
    let mut descending = None;
    while let Some((mut level, end)) = level_at(tokens, next).or_else(|| {
        // «п. 9.4 «а»–«в»»: letters behind a point are its subpoints.
        let of_point = chain.last().is_some_and(|last| last.unit == Unit::Point)
            && descending != Some(false)
            && tokens.kind(next) == Some(TokenKind::OpenQuote);
        let (values, end) = of_point.then(|| values_at(tokens, next, Unit::Subpoint))??;
        Some((
            Level {
                unit: Unit::Subpoint,
                values,
            },
            end,
        ))
    }) {
        if let Some(last) = chain.last_mut() {
            // «п. 2 п.п. 22»: behind a point they are its subpoints.
            if names_several_points(tokens, next) && last.unit == Unit::Point {
                level.unit = Unit::Subpoint;
            }
            let down = level.unit > last.unit;
            if level.unit == last.unit || descending.is_some_and(|descending| descending != down) {
                break;
            }
            descending = Some(down);
            if down && let Some(nearest) = last.values.pop() {
                let before = std::mem::replace(&mut last.values, vec![nearest]);
                if !before.is_empty() {
                    let mut others = chain.clone();
                    if let Some(last) = others.last_mut() {
                        last.values = before;
                    }
                    others.reverse();
                    apart.push(others);
                }
            }
        }
        chain.push(level);
        next = end;
        // «п.1.ст.9»: a full stop too many.
        if tokens.is_mark(next, '.')
            && tokens.gap(next) == Gap::None
            && tokens.gap(next + 1) == Gap::None
            && unit_at(tokens, next + 1).is_some()
        {
            next += 1;
        }
        if !tokens.continues(next) {
            break;
        }
    }
    if descending == Some(true) {
        chain.reverse();
    }
    (!chain.is_empty()).then(|| {
        apart.push(chain);
        (apart, next)
    })
}

/// One unit with its values; «второго абзаца» puts the value first.
fn level_at(tokens: &Tokens<'_>, at: usize) -> Option<(Level, usize)> {
    if let Some(ordinal) = tokens.meaning(at, WordClass::Ordinal)
        && let Some((unit, end)) = unit_at(tokens, at + 1)
        && matches!(unit, Unit::Paragraph | Unit::Part)
        && value_at(tokens, end, unit).is_none()
    {
        return Some((
            Level {
                unit,
                values: vec![ordinal.to_owned()],
            },
            end,
        ));
    }
    let (mut unit, start) = unit_at(tokens, at)?;
    let (values, end) = values_at(tokens, start, unit)?;
    if names_several_points(tokens, at) && is_subpoint(tokens, start, end) {
        unit = Unit::Subpoint;
    }
    Some((Level { unit, values }, end))
}

/// «пп.», «п.п.»
fn names_several_points(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.meaning(at, WordClass::Pinpoint) {
        Some("points") => true,
        Some("point") => {
            tokens.is_mark(at + 1, '.')
                && tokens.word(at + 2) == tokens.word(at)
                && tokens.is_mark(at + 3, '.')
        }
        _ => false,
    }
}

/// «пп.» before «п.» or with a letter is a subpoint, otherwise it is several points.
fn is_subpoint(tokens: &Tokens<'_>, values: usize, end: usize) -> bool {
    !(values..end).any(|index| tokens.is_number(index))
        || unit_at(tokens, end).is_some_and(|(unit, _)| unit == Unit::Point)
}

/// The name of a unit, with the full stops of «ст.», «п.п.», «ст.ст.».
fn unit_at(tokens: &Tokens<'_>, at: usize) -> Option<(Unit, usize)> {
    let unit = match tokens.meaning(at, WordClass::Pinpoint)? {
        "appendix" => Unit::Appendix,
        "section" => Unit::Section,
        "chapter" => Unit::Chapter,
        "article" => Unit::Article,
        "part" => Unit::Part,
        "point" | "points" => Unit::Point,
        "subpoint" => Unit::Subpoint,
        _ => Unit::Paragraph,
    };
    let mut next = at + 1;
    if tokens.is_mark(next, '.') && tokens.gap(next) == Gap::None {
        next += 1;
        let doubled = tokens.word(next) == tokens.word(at)
            && tokens.is_mark(next + 1, '.')
            && tokens.gap(next) <= Gap::Space;
        next += if doubled { 2 } else { 0 };
    }
    tokens.continues(next).then_some((unit, next))
}

/// Values: «1», «3–5», «1, 3–5», «1 и 2», ««а», «б»», «второй».
fn values_at(tokens: &Tokens<'_>, at: usize, unit: Unit) -> Option<(Vec<String>, usize)> {
    let mut values = Vec::new();
    let (first, mut end) = value_at(tokens, at, unit)?;
    values.push(first);
    while values.len() < MAX_VALUES {
        if tokens.kind(end) == Some(TokenKind::Dash)
            && tokens.continues(end)
            && let Some((last, next)) = value_at(tokens, end + 1, unit)
            && let Some(first) = values.last()
            && let Some(range) = range_between(first, &last)
        {
            values.extend(range);
            end = next;
            continue;
        }
        let Some(start) = after_joint(tokens, end) else {
            break;
        };
        let Some((value, next)) = value_at(tokens, start, unit) else {
            break;
        };
        // «ст. 19.4 ч. 1, 19.4.1»: parts are numbered through, but for those put in: «ч.ч. 1, 1.1».
        let base = |value: &str| value.split('.').next().map(str::to_owned);
        let put_in = || values.last().is_some_and(|last| base(last) == base(&value));
        if unit == Unit::Part && value.contains('.') && !put_in() {
            break;
        }
        values.push(value);
        end = next;
    }
    Some((values, end))
}

/// One value: a number with its parts («16.1», «12.1-1»), a letter in or without quotation marks, an
/// ordinal, a Roman numeral.
fn value_at(tokens: &Tokens<'_>, at: usize, unit: Unit) -> Option<(String, usize)> {
    if !tokens.continues(at) {
        return None;
    }
    match tokens.kind(at)? {
        TokenKind::NumberSign if unit == Unit::Appendix => value_at(tokens, at + 1, unit),
        TokenKind::Number => {
            let end = number_end(tokens, at);
            is_value_end(tokens, end).then(|| {
                let value = tokens.slice(at, end).to_owned();
                (value, after_ending(tokens, after_stray_stop(tokens, end)))
            })
        }
        TokenKind::OpenQuote => {
            let letter =
                tokens.is_word(at + 1) && tokens.length(at + 1) <= 2 || tokens.is_number(at + 1);
            (letter && tokens.kind(at + 2) == Some(TokenKind::CloseQuote))
                .then(|| (tokens.word(at + 1).to_owned(), at + 3))
        }
        TokenKind::Word => {
            if let Some(ordinal) = tokens.meaning(at, WordClass::Ordinal) {
                return matches!(
                    unit,
                    Unit::Paragraph | Unit::Part | Unit::Article | Unit::Point
                )
                .then(|| (ordinal.to_owned(), at + 1));
            }
            let raw = tokens.raw(at);
            if matches!(unit, Unit::Chapter | Unit::Section)
                && raw.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
            {
                return Some((raw.to_owned(), at + 1));
            }
            let letter =
                unit == Unit::Subpoint && raw.chars().count() == 1 && !tokens.is_mark(at + 1, '.');
            let bracket = usize::from(
                letter && tokens.is_mark(at + 1, ')') && tokens.gap(at + 1) == Gap::None,
            );
            letter.then(|| (tokens.word(at).to_owned(), at + 1 + bracket))
        }
        _ => None,
    }
}

/// The end of «16.1» and «12.1-1»; a full stop without a digit glued to it ends a sentence.
fn number_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while tokens.gap(end) == Gap::None
        && tokens.gap(end + 1) == Gap::None
        && tokens.is_number(end + 1)
        && (tokens.is_mark(end, '.') || is_inserted_index(tokens, at, end))
    {
        end += 2;
    }
    // «подпункт 5.2.16(2)»: a provision put in later, in brackets.
    let inserted = tokens.is_mark(end, '(')
        && tokens.is_number(end + 1)
        && tokens.is_mark(end + 2, ')')
        && (end..end + 3).all(|index| tokens.gap(index) == Gap::None);
    end + if inserted { 3 } else { 0 }
}

/// «п. 3.1.1. СП 2.4.3648-20», «пунктам 2.1., 2.2. и 2.5. постановления»: a full stop behind a number ends no sentence
/// where a comma, a word in small letters or an act follows.
fn after_stray_stop(tokens: &Tokens<'_>, end: usize) -> usize {
    let next = end + 1;
    let is_stop = tokens.is_mark(end, '.') && tokens.gap(end) == Gap::None;
    if !is_stop || !tokens.continues(next) {
        return end;
    }
    let small = tokens.is_word(next) && !tokens.is_capitalised(next);
    let listed =
        tokens.is_mark(next, ',') || tokens.is_mark(next, ';') || tokens.is_mark(next, ')');
    let act = tokens.meaning(next, WordClass::Standard).is_some()
        || (tokens.meaning(next, WordClass::Act).is_some()
            || tokens.meaning(next, WordClass::Approved).is_some())
            && may_depend_on_provision(tokens.raw(next))
        || tokens.word(next) == "федерального"
        || tokens.is_all_capitals(next) && tokens.length(next) > 1;
    if small || listed || act { next } else { end }
}

/// «п. 2 Правил», but not «п. 2. Перечень утвердить»: what a provision is cited of stands in the genitive.
pub(crate) fn may_depend_on_provision(noun: &str) -> bool {
    readings(noun)
        .iter()
        .any(|reading| reading.case == Some(Case::Genitive))
}

/// «статьей 191-й», «пункта 5-го»: the ending of the word that a number is read as.
fn after_ending(tokens: &Tokens<'_>, end: usize) -> usize {
    let ending = tokens.kind(end) == Some(TokenKind::Dash)
        && tokens.gap(end) == Gap::None
        && tokens.gap(end + 1) == Gap::None
        && matches!(
            tokens.word(end + 1),
            "й" | "я" | "е" | "ю" | "го" | "ой" | "ей" | "ый" | "му" | "м" | "х"
        );
    if ending { end + 2 } else { end }
}

/// «12.1-1», «1-1»: one digit behind a hyphen, for a provision put in later; «7.29–7.32» and «1-3» are
/// ranges.
fn is_inserted_index(tokens: &Tokens<'_>, at: usize, dash: usize) -> bool {
    let before: Option<u32> = tokens.word(dash - 1).parse().ok();
    let behind: Option<u32> = tokens.word(dash + 1).parse().ok();
    let no_range = before >= behind;
    (dash > at + 1 || no_range)
        && tokens.raw(dash) == "-"
        && tokens.word(dash + 1).len() == 1
        && !(tokens.is_mark(dash + 2, '.')
            && tokens.is_number(dash + 3)
            && tokens.gap(dash + 3) == Gap::None)
}

/// A number that goes on as «149-ФЗ» or «12/3» is no value.
fn is_value_end(tokens: &Tokens<'_>, end: usize) -> bool {
    let glued = tokens.gap(end) == Gap::None;
    let law = tokens.kind(end) == Some(TokenKind::Dash)
        && tokens.is_word(end + 1)
        && tokens.gap(end) <= Gap::Space;
    !(glued && tokens.is_mark(end, '/')
        || law && matches!(tokens.word(end + 1), "фз" | "ф" | "фкз" | "оз" | "кз"))
}

/// The values after the first up to the last of a range: 3–5 gives 4 and 5; 7.29–7.32 gives 7.30,
/// 7.31, 7.32; а–в gives б and в. `None` where the two make no range.
fn range_between(first: &str, last: &str) -> Option<Vec<String>> {
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
fn share_tails(mut chains: Vec<Chain>) -> Vec<Chain> {
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

fn names_article(chain: &Chain) -> bool {
    chain.iter().any(|level| level.unit == Unit::Article)
}

/// Every combination of the values of each chain, at most [`MAX_LOCATORS`].
fn expand(chains: Vec<Chain>) -> Vec<Locator> {
    let mut all = Vec::new();
    for chain in chains {
        let mut partial = vec![Locator::default()];
        for level in chain.iter().rev() {
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

/// The inner provision inside the outer one.
fn merged(outer: &Locator, inner: &Locator) -> Locator {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn read(line: &str) -> (String, String) {
        let text = Text::from_lines(line);
        let tokens = Tokens::of(&text);
        pinpoints_at(&tokens, 0).map_or_else(
            || ("-".to_owned(), line.to_owned()),
            |found| {
                let all: Vec<String> = found.locators.iter().map(shown).collect();
                (
                    all.join("; "),
                    tokens.slice(found.end, tokens.len()).to_owned(),
                )
            },
        )
    }

    #[test]
    fn paths_are_expanded() {
        for (line, expected, rest) in [
            (
                "частей 8, 10 статьи 10 Закона",
                "ст. 10 ч. 8; ст. 10 ч. 10",
                "Закона",
            ),
            (
                "частями 1, 3–5 статьи 28",
                "ст. 28 ч. 1; ст. 28 ч. 3; ст. 28 ч. 4; ст. 28 ч. 5",
                "",
            ),
            (
                "пунктом 3 части 1 и частью 2 статьи 8",
                "ст. 8 ч. 1 п. 3; ст. 8 ч. 2",
                "",
            ),
            (
                "пп. 4, 5 ч. 1, ч. 12 ст. 93",
                "ст. 93 ч. 1 п. 4; ст. 93 ч. 1 п. 5; ст. 93 ч. 12",
                "",
            ),
            (
                "части 1 статьи 18.1, части 1 статьи 19 Ф",
                "ст. 18.1 ч. 1; ст. 19 ч. 1",
                "Ф",
            ),
            (
                "пункта 21 части 3 статьи 28, статьи 29 З",
                "ст. 28 ч. 3 п. 21; ст. 29",
                "З",
            ),
            (
                "подп. «а» п. 6 ч. 1 ст. 81, ст.ст. 192 и 193 ТК",
                "ст. 81 ч. 1 п. 6 подп. а; ст. 192; ст. 193",
                "ТК",
            ),
            ("абзацем вторым пункта 4", "п. 4 абз. 2", ""),
            ("абзаца 4 части 1 статьи 76", "ст. 76 ч. 1 абз. 4", ""),
            (
                "ч.1 ст.11, ч.ч.1–2 ст.14 Ф",
                "ст. 11 ч. 1; ст. 14 ч. 1; ст. 14 ч. 2",
                "Ф",
            ),
            (
                "статьям 7.29–7.32 КоАП",
                "ст. 7.29; ст. 7.30; ст. 7.31; ст. 7.32",
                "КоАП",
            ),
            ("пп. 2, 3 п. 5.4 П", "п. 5.4 подп. 2; п. 5.4 подп. 3", "П"),
            ("пп. 2635, 2637 СанПиН", "п. 2635; п. 2637", "СанПиН"),
            ("статья 10 часть 8", "ст. 10 ч. 8", ""),
            ("статьи 10, часть 8", "ст. 10 ч. 8", ""),
            ("ст. 33 К", "ст. 33", "К"),
            (
                "подпункту «в» пункта 5 части 2 статьи 9 с",
                "ст. 9 ч. 2 п. 5 подп. в",
                "с",
            ),
            ("ст. 38 (ч. 1, 2) З", "ст. 38 ч. 1; ст. 38 ч. 2", "З"),
            (
                "статьями 17 (части 1, 2), 18 З",
                "ст. 17 ч. 1; ст. 17 ч. 2; ст. 18",
                "З",
            ),
            (
                "статьи 9 (часть 1, пункт 6), статьи 67 (части 2, 3) З",
                "ст. 9 ч. 1 п. 6; ст. 67 ч. 2; ст. 67 ч. 3",
                "З",
            ),
            (
                "статей 8, 9 (ч. 1, 2), п. 1 ч. 1 ст. 17 З",
                "ст. 8; ст. 9 ч. 1; ст. 9 ч. 2; ст. 17 ч. 1 п. 1",
                "З",
            ),
            ("ст.34, ч.1, п.1, ст.36 З", "ст. 34 ч. 1 п. 1; ст. 36", "З"),
            ("статья 8, часть 3, пункт 2 З", "ст. 8 ч. 3 п. 2", "З"),
            (
                "ст.32 п.2 п.п.22, ст. 51 п.7",
                "ст. 32 п. 2 подп. 22; ст. 51 п. 7",
                "",
            ),
            ("п.п. 1 п. 5 П", "п. 5 подп. 1", "П"),
            ("п.1.ст.9 З", "ст. 9 п. 1", "З"),
            ("статьи 5 (далее", "ст. 5", "(далее"),
            ("п.3.1.1. СП 2.4", "п. 3.1.1", "СП 2.4"),
            (
                "п.2.2., 2.8., 8.1.2. СанПиН",
                "п. 2.2; п. 2.8; п. 8.1.2",
                "СанПиН",
            ),
            (
                "пунктам 2.1., 2.2. и 2.5. постановления",
                "п. 2.1; п. 2.2; п. 2.5",
                "постановления",
            ),
            ("п.4.4. и п.4.6. Положения", "п. 4.4; п. 4.6", "Положения"),
            ("п. 5. Контроль", "п. 5", ". Контроль"),
            ("ст.ст. 108, 165 ч. 5 УПК", "ст. 108; ст. 165 ч. 5", "УПК"),
            ("ч.ч. 1, 1.1 ст. 12 З", "ст. 12 ч. 1; ст. 12 ч. 1.1", "З"),
            (
                "ст.ст. 19.4 ч. 1, 19.4.1, 19.7 КоАП",
                "ст. 19.4 ч. 1; ст. 19.4.1; ст. 19.7",
                "КоАП",
            ),
            (
                "п. 9.4 «а»-«в» П",
                "п. 9.4 подп. а; п. 9.4 подп. б; п. 9.4 подп. в",
                "П",
            ),
            (
                "ч.1,2 ст.10.6; ст.10.8 КоАП",
                "ст. 10.6 ч. 1; ст. 10.6 ч. 2; ст. 10.8",
                "КоАП",
            ),
            ("статьей 191-й ТК", "ст. 191", "ТК"),
            ("глава района", "-", "глава района"),
            ("статьи 149-ФЗ", "-", "статьи 149-ФЗ"),
        ] {
            assert_eq!(read(line), (expected.to_owned(), rest.to_owned()), "{line}");
        }
    }

    #[test]
    fn lists_without_end_stay_bounded() {
        let (shown, _) = read(&format!("части {}", "1, ".repeat(5_000)));
        assert!(shown.split("; ").count() <= MAX_VALUES);
        assert_eq!(read("статьи 1-99999999").0, "ст. 1; ст. 99999999");
    }
}
