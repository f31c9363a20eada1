//! Where the name of an act ends in a search box, where nobody puts it in quotation marks.
//!
//! In: an act recognised by its name. Out: the end of the name. Must never: take a word that is no part
//! of the name, which would drop it from the query.

use super::super::lexer::Tokens;
use super::super::outline::Outline;
use super::super::references::{OwnIdentity, references};
use crate::lexicon::fold::fold_title;
use crate::lexicon::register::Register;
use crate::order::{ActType, Reference};
use crate::text::Text;

/// Where the name of an act ends that was cited by name alone, without quotation marks: the grammar takes
/// words behind it for more of the title, and «закон об образовании школа» asks for a word besides.
pub(super) fn end_of_name(reference: &Reference, line: &str, register: &Register) -> Option<usize> {
    /// A name that people type has so many words at most, its pinpoints included.
    const MAX_WORDS: usize = 24;
    let act = &reference.act;
    if act.kind == ActType::Code {
        return None;
    }
    let words = reference.span.of(line);
    let number = act.number.as_deref().unwrap_or_default();
    let by_number = number
        .split(|c: char| !c.is_ascii_digit())
        .next()
        .is_some_and(|figures| !figures.is_empty() && words.contains(figures));
    if by_number || words.contains(['"', '«']) {
        return None;
    }
    let ends: Vec<usize> = words
        .char_indices()
        .filter(|(_, c)| *c == ' ')
        .map(|(at, _)| at)
        .take(MAX_WORDS)
        .collect();
    let shortest = ends.iter().position(|&end| {
        let text = Text::from_lines(&words[..end]);
        let found = references(
            &Tokens::of(&text),
            &Outline::default(),
            OwnIdentity::default(),
            register,
            &|_| String::new(),
        )
        .references;
        matches!(&found[..], [alone] if alone.act == *act && alone.locators == reference.locators)
    })?;
    // What goes on as the title does is part of the name.
    let title = fold_title(act.title.as_deref().unwrap_or_default());
    let title: Vec<&str> = title.split(' ').collect();
    let name = fold_title(&words[..ends[shortest]]);
    let last = name.rsplit(' ').next().unwrap_or_default();
    let behind = title.iter().position(|word| *word == last)? + 1;
    let mut end = ends[shortest];
    for (place, word) in (shortest..).zip(&title[behind..]) {
        let Some(&start) = ends.get(place) else { break };
        let until = ends.get(place + 1).copied().unwrap_or(words.len());
        if fold_title(&words[start..until]) != *word {
            break;
        }
        end = until;
    }
    // «в Российской Федерации» has two words, the folded title one.
    for country in [
        " в Российской Федерации",
        " Российской Федерации",
        " в РФ",
        " РФ",
    ] {
        if words[end..].starts_with(country) {
            end += country.len();
            break;
        }
    }
    Some(reference.span.start + end)
}
