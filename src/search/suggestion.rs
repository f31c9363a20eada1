//! What may have been meant, where nothing was found: the nearest words that the orders do have.
//!
//! In: a query that finds nothing, and the index. Out: the same line with its misspelt words replaced.
//! Must never: change a word that the orders have, or suggest what is itself misspelt in an order.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::query::Query;
use crate::index::{Fields, PersonKey, tokens_of};
use crate::lexicon::morphology::{self, lemmas, readings};
use crate::lexicon::surnames;

/// Letters of the shortest word for which another is suggested: shorter ones resemble too many.
const MIN_LETTERS: usize = 4;
/// Letters from which two slips are allowed instead of one.
const TWO_SLIPS_FROM: usize = 6;
/// Orders from which on a word that nobody knows is no misprint: the same slip is seldom made so often.
const OFTEN: u32 = 5;
/// Near words that are looked at: the nearest, of equals those in most orders.
const MAX_NEAR: usize = 40;
/// Unknown words replaced in one query; each costs a look into the words of every segment.
const MAX_WORDS: usize = 4;

/// The query with its unknown words replaced; `None` where nothing is near.
pub(super) fn suggestion(
    typed: &str,
    query: &Query,
    searcher: &Searcher,
    fields: Fields,
) -> tantivy::Result<Option<String>> {
    let mut words = Vec::new();
    words_of(query, &mut words);
    let mut unknown: Vec<String> = Vec::new();
    for form in words
        .iter()
        .filter(|word| !is_an_abbreviation(word))
        .flat_map(|word| tokens_of(word))
        .map(|token| token.form)
    {
        // A word of the language that no order has is no misprint.
        let misspelt = !is_ordinary(&form) && !is_known(&form, searcher, fields)?;
        if misspelt && !unknown.contains(&form) {
            unknown.push(form);
        }
    }
    let mut better = Vec::new();
    for form in unknown.into_iter().take(MAX_WORDS) {
        if let Some(near) = nearest(&form, searcher, fields)? {
            better.push((form, near));
        }
    }
    if better.is_empty() {
        return Ok(None);
    }
    let mut line = String::with_capacity(typed.len());
    let mut from = 0;
    for token in tokens_of(typed) {
        if let Some((_, near)) = better.iter().find(|(form, _)| *form == token.form) {
            line.push_str(&typed[from..token.start]);
            line.push_str(near);
            from = token.end;
        }
    }
    line.push_str(&typed[from..]);
    Ok(Some(line))
}

/// What was typed with the Latin keyboard and meant with the Russian one: «bdfyjd» is «иванов». `None` where no word
/// can be.
pub(super) fn in_the_other_layout(typed: &str) -> Option<String> {
    const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:ZXCVBNM<>~";
    const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЯЧСМИТЬБЮЁ";
    let is_russian = |c: char| matches!(c, 'А'..='я' | 'ё' | 'Ё');
    let words: Vec<String> = typed
        .split(' ')
        .map(|word| {
            if word.contains(is_russian) || !word.contains(|c: char| c.is_ascii_alphabetic()) {
                return word.to_owned();
            }
            word.chars()
                .map(|letter| {
                    LATIN
                        .chars()
                        .zip(RUSSIAN.chars())
                        .find_map(|(latin, russian)| (latin == letter).then_some(russian))
                        .unwrap_or(letter)
                })
                .collect()
        })
        .collect();
    let meant = words.join(" ");
    (meant != typed).then_some(meant)
}

fn words_of<'a>(query: &'a Query, words: &mut Vec<&'a str>) {
    match query {
        Query::Word(word) | Query::Phrase(word) => words.push(word),
        // «Трудавой кодекс» is no act that is known; «Хабибулин М. И.» nobody's name.
        Query::Act(asked) if asked.act.number.is_none() => words.push(&asked.words),
        Query::Person(asked) if !asked.one_word => words.push(&asked.words),
        Query::All(parts) | Query::Any(parts) => {
            for part in parts {
                words_of(part, words);
            }
        }
        _ => {}
    }
}

/// «ФГОС», «`ВсОШ`»: of few letters, most of them capital, each means a word, and a near word is another thing.
fn is_an_abbreviation(word: &str) -> bool {
    /// Letters of a longer one may be a word typed in capital letters.
    const LONGEST: usize = 4;
    word.chars().count() <= LONGEST
        && word.chars().all(char::is_alphabetic)
        && word.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// Whether a word is one of the language, and no name.
fn is_ordinary(form: &str) -> bool {
    readings(form)
        .iter()
        .any(|reading| reading.known && reading.name.is_none())
}

/// Whether orders have a word in any form.
pub(super) fn is_known(form: &str, searcher: &Searcher, fields: Fields) -> tantivy::Result<bool> {
    for lemma in lemmas(form) {
        if searcher.doc_freq(&Term::from_field_text(fields.lemmas, &lemma))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A word of the index near to another one.
struct Near {
    slips: usize,
    orders: u32,
    word: String,
}

/// The word of the index with the fewest slips; of equals one that is known, then the one in most orders. What nobody
/// knows and few orders have is a misprint itself.
fn nearest(form: &str, searcher: &Searcher, fields: Fields) -> tantivy::Result<Option<String>> {
    let mut near = near(form, searcher, fields.forms)?;
    near.sort_by(|a, b| {
        (a.slips, Reverse(a.orders), &a.word).cmp(&(b.slips, Reverse(b.orders), &b.word))
    });
    near.truncate(MAX_NEAR);
    let mut best: Option<(usize, bool, Near)> = None;
    for near in near {
        let known = morphology::is_known(&near.word) || is_a_name(&near.word, searcher, fields)?;
        let better = best
            .as_ref()
            .is_none_or(|(slips, unknown, _)| (near.slips, !known) < (*slips, *unknown));
        if better && (known || near.orders >= OFTEN) {
            best = Some((near.slips, !known, near));
        }
    }
    Ok(best.map(|(_, _, near)| near.word))
}

/// Whether somebody whom the orders name has a surname of this form.
fn is_a_name(form: &str, searcher: &Searcher, fields: Fields) -> tantivy::Result<bool> {
    let asked = PersonKey {
        surnames: surnames::nominatives(&capitalised(form)),
        given: None,
        patronymic: None,
        initials: Vec::new(),
        role: None,
    };
    for term in asked.asked() {
        if searcher.doc_freq(&Term::from_field_text(fields.people, &term))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The words of the index that a few slips make of another one.
fn near(form: &str, searcher: &Searcher, field: Field) -> tantivy::Result<Vec<Near>> {
    let wanted: Vec<char> = form.chars().collect();
    if wanted.len() < MIN_LETTERS {
        return Ok(Vec::new());
    }
    let allowed = if wanted.len() < TWO_SLIPS_FROM { 1 } else { 2 };
    // An automaton passes over the beginnings from which no near word can come: an index of a million words
    // costs hardly more than one of a thousand.
    let query = FuzzyTermQuery::new(Term::from_field_text(field, form), allowed, true);
    let mut orders: HashMap<String, u32> = HashMap::new();
    for segment in searcher.segment_readers() {
        let words = segment.inverted_index(field)?;
        let mut stream = words.terms().search(query.automaton()?).into_stream()?;
        while stream.advance() {
            if let Ok(word) = std::str::from_utf8(stream.key()) {
                *orders.entry(word.to_owned()).or_default() += stream.value().doc_freq;
            }
        }
    }
    let near = orders.into_iter().map(|(word, orders)| Near {
        slips: slips(&wanted, &word),
        orders,
        word,
    });
    Ok(near.collect())
}

/// Letters added, dropped, changed or swapped with a neighbour between two words.
fn slips(wanted: &[char], word: &str) -> usize {
    let word: Vec<char> = word.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=word.len()).collect();
    for (row, letter) in wanted.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, other) in word.iter().enumerate() {
            let mut cost = (above[column] + usize::from(letter != other))
                .min(above[column + 1] + 1)
                .min(here[column] + 1);
            if row > 0
                && column > 0
                && letter == &word[column - 1]
                && &wanted[row - 1] == other
                && let Some(swapped) = before.get(column - 1)
            {
                cost = cost.min(swapped + 1);
            }
            here.push(cost);
        }
        before = std::mem::replace(&mut above, here);
    }
    above.last().copied().unwrap_or(wanted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_in_the_other_layout() {
        for (typed, meant) in [
            ("bdfyjd", Some("иванов")),
            ("j[hfyf nhelf", Some("охрана труда")),
            ("149-ap", Some("149-фз")),
            ("Ghbrfp 12", Some("Приказ 12")),
            ("отпуск 2024", None),
            ("отпуск bdfyjdf", Some("отпуск иванова")),
        ] {
            assert_eq!(in_the_other_layout(typed).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn abbreviations_have_no_near_words() {
        for (word, is_one) in [
            ("ФГОС", true),
            ("ВсОШ", true),
            ("днев", false),
            ("Днев", false),
            ("ДНИВНИК", false),
        ] {
            assert_eq!(is_an_abbreviation(word), is_one, "{word}");
        }
    }

    #[test]
    fn slips_are_counted() {
        for (wanted, word, count) in [
            ("мессенджер", "мессенджер", 0),
            ("месенджер", "мессенджер", 1),
            ("мессенджре", "мессенджер", 1),
            ("мисенджер", "мессенджер", 2),
            ("масинджер", "мессенджер", 3),
            ("школа", "школ", 1),
        ] {
            let wanted: Vec<char> = wanted.chars().collect();
            assert_eq!(slips(&wanted, word), count, "{word}");
        }
    }
}
