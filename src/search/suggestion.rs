//! What may have been meant, where nothing was found: the nearest words that the orders do have.
//!
//! In: a query that finds nothing, and the index. Out: the same line with its unknown words replaced.
//! Must never: change a word that the orders have.

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::query::Query;
use crate::index::{Fields, tokens_of};
use crate::lexicon::morphology::lemmas;

/// Letters of the shortest word for which another is suggested: shorter ones resemble too many.
const MIN_LETTERS: usize = 4;
/// Letters from which two slips are allowed instead of one.
const TWO_SLIPS_FROM: usize = 6;
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
        .flat_map(|word| tokens_of(word))
        .map(|token| token.form)
    {
        if !unknown.contains(&form) && !is_known(&form, searcher, fields)? {
            unknown.push(form);
        }
    }
    let mut better = Vec::new();
    for form in unknown.into_iter().take(MAX_WORDS) {
        if let Some(near) = nearest(&form, searcher, fields.forms)? {
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

fn is_known(form: &str, searcher: &Searcher, fields: Fields) -> tantivy::Result<bool> {
    for lemma in lemmas(form) {
        if searcher.doc_freq(&Term::from_field_text(fields.lemmas, &lemma))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The word of the index with the fewest slips, of equals the one in most orders.
fn nearest(form: &str, searcher: &Searcher, field: Field) -> tantivy::Result<Option<String>> {
    let wanted: Vec<char> = form.chars().collect();
    if wanted.len() < MIN_LETTERS {
        return Ok(None);
    }
    let allowed = if wanted.len() < TWO_SLIPS_FROM { 1 } else { 2 };
    // An automaton passes over the beginnings from which no near word can come: an index of a million words
    // costs hardly more than one of a thousand.
    let near = FuzzyTermQuery::new(Term::from_field_text(field, form), allowed, true);
    let mut best: Option<(usize, std::cmp::Reverse<u32>, String)> = None;
    for segment in searcher.segment_readers() {
        let words = segment.inverted_index(field)?;
        let mut stream = words.terms().search(near.automaton()?).into_stream()?;
        while stream.advance() {
            let Ok(word) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            let slips = slips(&wanted, word);
            let orders = stream.value().doc_freq;
            let candidate = (slips, std::cmp::Reverse(orders), word.to_owned());
            if best.as_ref().is_none_or(|best| candidate < *best) {
                best = Some(candidate);
            }
        }
    }
    Ok(best.map(|(_, _, word)| word))
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
