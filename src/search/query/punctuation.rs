//! Marks that people put as in prose: «Тема: отпуск», «отпуск, или командировка», a word divided at the end of a line.
//!
//! In: a line as typed or copied. Out: the line without the marks that say nothing to a search. Must never: take the
//! colon from the name of a field, or anything from what stands in quotation marks.

use super::fields::Field;
use super::spelling::{Respelled, Rewriting};
use crate::lexicon::morphology::readings;
use crate::text::Span;

/// The line without the marks of prose.
pub(super) fn without_marks(line: &str) -> Respelled {
    let mut rewriting = Rewriting::of(line);
    let mut quoted = false;
    for (at, character) in line.char_indices() {
        let here = Span::new(at, at + character.len_utf8());
        match character {
            '"' => quoted = !quoted,
            '«' => quoted = true,
            '»' => quoted = false,
            _ if quoted => {}
            ':' if names_no_field(line, at) => rewriting.change(here, " "),
            ',' if joins(&line[here.end..]) => rewriting.change(here, " "),
            _ => {}
        }
    }
    rewriting.finish()
}

/// «Исполнитель: Козлов»: a colon between a word and a space, where the word is no field. «цвет:синий» asks for one.
fn names_no_field(line: &str, colon: usize) -> bool {
    let word = line[..colon].rsplit([' ', '(']).next().unwrap_or_default();
    let is_word = !word.is_empty() && word.chars().all(char::is_alphabetic);
    is_word && Field::named(word).is_none() && line[colon + 1..].starts_with(' ')
}

/// Whether what stands behind a comma joins or excludes: «, или», «, кроме».
fn joins(behind: &str) -> bool {
    let mut words = behind.split_whitespace();
    match words.next() {
        Some("или" | "либо" | "кроме") => true,
        Some(word) if behind.starts_with(' ') && names_a_field(word) => true,
        Some("но") => words.next() == Some("не"),
        Some("за") => words.next() == Some("исключением"),
        _ => false,
    }
}

/// «год:» in «вид: приказ, год: 2024».
fn names_a_field(word: &str) -> bool {
    word.split_once(':')
        .is_some_and(|(name, _)| Field::named(name).is_some())
}

/// «безопас-⏎ности» → «безопасности»: a word that the end of a line divides is one, if the language has it; a compound
/// keeps its hyphen.
pub(super) fn with_whole_words(typed: &str) -> Respelled {
    let mut rewriting = Rewriting::of(typed);
    let mut from = 0;
    for (end, mark) in typed.match_indices(['\n', '\r']) {
        if end < from {
            continue;
        }
        let next = typed[end..].trim_start();
        let start = typed.len() - next.len();
        let length = next
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(next.len());
        let small = next.starts_with(char::is_lowercase);
        let divided = typed[..end]
            .strip_suffix('-')
            .filter(|before| small && before.ends_with(char::is_alphabetic));
        let Some(before) = divided else {
            rewriting.change(Span::new(end, end + mark.len()), " ");
            continue;
        };
        let joined = format!("{}{}", last_word(before), &next[..length]);
        let is_one = readings(&joined).iter().any(|reading| reading.known);
        rewriting.change(
            Span::new(before.len(), start),
            if is_one { "" } else { "-" },
        );
        from = start;
    }
    rewriting.finish()
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_prose_say_nothing() {
        for (typed, line) in [
            ("Тема: отпуск", "Тема  отпуск"),
            ("закон: 149-ФЗ", "закон: 149-ФЗ"),
            ("цвет:синий", "цвет:синий"),
            ("\"тема: отпуск\"", "\"тема: отпуск\""),
            ("149-ФЗ: ст. 10", "149-ФЗ: ст. 10"),
            ("отпуск, или чат", "отпуск  или чат"),
            ("отпуск , кроме чата", "отпуск   кроме чата"),
            ("отпуск, но не чат", "отпуск  но не чат"),
            ("отпуск, чат", "отпуск, чат"),
            ("вид: приказ, год: 2024", "вид: приказ  год: 2024"),
        ] {
            assert_eq!(without_marks(typed).line, line, "{typed}");
        }
    }

    #[test]
    fn words_divided_by_the_end_of_a_line_are_whole() {
        for (typed, line) in [
            ("безопас-\nности", "безопасности"),
            ("Федераль-\r\n  ного закона", "Федерального закона"),
            ("онлайн-\nкоммуникации", "онлайн-коммуникации"),
            ("273-\nФЗ", "273- ФЗ"),
            ("школа\n№ 5\n", "школа № 5 "),
        ] {
            assert_eq!(with_whole_words(typed).line, line, "{typed:?}");
        }
    }
}
