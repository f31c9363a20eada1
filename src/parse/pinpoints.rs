//! Pinpoints: «пунктом 3 части 1 и частью 2 статьи 8», «частями 1, 3–5 статьи 28», «подп. «а» п. 6
//! ч. 1 ст. 81», «абзацем вторым пункта 4».
//!
//! In: tokens and the place where a pinpoint may start. Out: the provisions, lists and ranges
//! expanded, and where the path ends. The grammar is linear: chains of units, each with its values,
//! joined by commas and «и»; a chain that lacks the larger units takes them from the next one.

mod expansion;
mod values;

pub use self::expansion::shown;
use self::expansion::{MAX_LOCATORS, expand, nested_upwards, share_tails};
pub(crate) use self::expansion::{can_lie_in, down_to, merged};
use self::values::{
    is_subpoint, names_several_articles, names_several_points, number_end, unit_at, value_at,
    values_at, values_below,
};
pub(crate) use self::values::{
    may_depend_on_provision, stands_in_instrumental, supplementing_verb_before,
};
use super::lexer::{Gap, TokenKind, Tokens};
use crate::lexicon::words::WordClass;
use crate::order::Locator;

/// The units of an act from the largest to the smallest; the order is that of nesting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
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

/// More chains than this in one path are read as the start of another path, so that a search for
/// the act behind them stays cheap.
const MAX_CHAINS: usize = 64;

/// Reads a pinpoint path at token `at`.
pub(crate) fn pinpoints_at(tokens: &Tokens<'_>, at: usize) -> Option<Pinpoints> {
    let (mut chains, mut end) = chains_at(tokens, at)?;
    let mut unit = chains.last()?.first()?.unit;
    let mut from = at;
    let mut locators = Vec::new();
    let mut read = 1;
    // «п. 24, части 1, ст. 15»: nothing but commas between the units, each of one provision.
    let mut commas_alone = is_of_one(tokens, at, &chains);
    while read < MAX_CHAINS {
        let bracket = bracketed_at(tokens, end);
        if let Some(inner) = &bracket {
            locators.extend(expand(share_tails(std::mem::take(&mut chains))));
            hold(&mut locators, inner);
            end = inner.end;
            commas_alone = false;
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
                // «ст.ст. 33 п. 7, 135»: articles were said to follow.
                unit_at(tokens, from).map(|(unit, _)| unit).filter(|unit| {
                    *unit == Unit::Article
                        && (is_composed(tokens, start) || names_several_articles(tokens, from))
                })?
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
        commas_alone = commas_alone
            && tokens.is_mark(end, ',')
            && start == end + 1
            && is_of_one(tokens, start, &found);
        chains.extend(found);
        end = next;
        read += 1;
    }
    locators.extend(
        commas_alone
            .then(|| nested_upwards(&chains))
            .flatten()
            .map_or_else(|| expand(share_tails(chains)), |path| expand(vec![path])),
    );
    Some(Pinpoints { locators, end })
}

/// Whether the chains that begin at `at` are one, and of one provision: «ч. 1 ст. 15», but not «статей 15».
fn is_of_one(tokens: &Tokens<'_>, at: usize, chains: &[Chain]) -> bool {
    let [chain] = chains else {
        return false;
    };
    chain.iter().all(|level| level.values.len() == 1)
        && !names_several_articles(tokens, at)
        && !names_several_points(tokens, at)
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
    while let Some((mut level, mut end)) = level_at(tokens, next).or_else(|| {
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
        // «дополнить пункт 5.2 подпунктом «к»»: what is put in is no part of what there is.
        if !chain.is_empty()
            && stands_in_instrumental(tokens, next)
            && !stands_in_instrumental(tokens, at)
            && supplementing_verb_before(tokens, next).is_some()
        {
            break;
        }
        if let Some(last) = chain.last_mut() {
            // «п. 2 п.п. 22»: behind a point they are its subpoints.
            if names_several_points(tokens, next) && last.unit == Unit::Point {
                level.unit = Unit::Subpoint;
            }
            let down = level.unit > last.unit;
            // «ст.ст. 33 п. 7, 135»: where several articles are said to follow, a larger number behind a point is the next.
            if down
                && last.unit == Unit::Article
                && last.values.len() == 1
                && level.values.len() > 1
                && names_several_articles(tokens, at)
                && let Some((values, behind)) = values_below(tokens, next, &last.values[0])
            {
                level.values = values;
                end = behind;
            }
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
    if unit == Unit::Point
        && let Some(subpoint) = lettered_point(tokens, start)
    {
        return Some(subpoint);
    }
    let (values, end) = values_at(tokens, start, unit)?;
    if names_several_points(tokens, at) && is_subpoint(tokens, start, end) {
        unit = Unit::Subpoint;
    }
    Some((Level { unit, values }, end))
}

/// «п. б) п. 12», «п. «а» п. 6»: a point with a letter for its number, of another point, is its subpoint.
fn lettered_point(tokens: &Tokens<'_>, at: usize) -> Option<(Level, usize)> {
    let letter = at + usize::from(tokens.kind(at) == Some(TokenKind::OpenQuote));
    if !tokens.is_word(letter) || tokens.length(letter) != 1 || tokens.is_capitalised(letter) {
        return None;
    }
    let (values, end) = values_at(tokens, at, Unit::Subpoint)?;
    let of_point =
        tokens.continues(end) && unit_at(tokens, end).is_some_and(|(unit, _)| unit == Unit::Point);
    let unit = Unit::Subpoint;
    of_point.then_some((Level { unit, values }, end))
}

#[cfg(test)]
mod tests {
    use super::values::MAX_VALUES;
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
            ("пунктом 1 и подпунктом 5.2.28 П", "п. 1; подп. 5.2.28", "П"),
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
            ("п. б) п. 12 З", "п. 12 подп. б", "З"),
            ("п. «а» п. 6 З", "п. 6 подп. а", "З"),
            ("п. б З", "-", "п. б З"),
            // Where several articles are said to follow, the number behind a point of the first is the next.
            ("ст.ст. 33 п.7, 135 К", "ст. 33 п. 7; ст. 135", "К"),
            ("статьями 33 п. 7, 135 К", "ст. 33 п. 7; ст. 135", "К"),
            (
                "ст.ст. 81 п. 5, 6, 192 К",
                "ст. 81 п. 5; ст. 81 п. 6; ст. 192",
                "К",
            ),
            ("ст.ст. 81 п. 5, 6 К", "ст. 81 п. 5; ст. 81 п. 6", "К"),
            (
                "ст.ст. 32, 33 п. 7, 8 К",
                "ст. 32; ст. 33 п. 7; ст. 33 п. 8",
                "К",
            ),
            // One provision from narrow to wide, with a comma behind each unit.
            ("п. 24, части 1, ст. 15 З", "ст. 15 ч. 1 п. 24", "З"),
            ("подп. 2, п. 3 ст. 8 З", "ст. 8 п. 3 подп. 2", "З"),
            (
                "пп. 2, 3, части 1, ст. 15 З",
                "ст. 15 ч. 1 п. 2; ст. 15 ч. 1 п. 3; ст. 15 ч. 1; ст. 15",
                "З",
            ),
            ("п. 3 и ч. 2 ст. 8 З", "ст. 8 ч. 2 п. 3; ст. 8 ч. 2", "З"),
            // A recogniser's letter for the digit, and the initial of a name.
            ("пункт З изложить", "п. 3", "изложить"),
            ("части З. Кедрова", "-", "части З. Кедрова"),
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
