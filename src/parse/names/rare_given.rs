//! Full names whose given names the dictionary does not know: «Чан Ван Хоа», «Нурмагамбетову Кульжан».
//!
//! In: tokens and where a name may begin. Out: a name that its surname tells of. Must never: take capitalised words for
//! a name where neither a surname of a closed list nor the ending of a case says that they are one.

use std::ops::Range;

use super::{NameMention, is_abbreviation, is_ordinary_word, joined, mention, next_word};
use crate::lexicon::morphology::{Case, Gender, readings};
use crate::lexicon::words::WordClass;
use crate::parse::given_names::Grammar;
use crate::parse::lexer::{Gap, Tokens};
use crate::parse::persons::is_declined;

/// «Чан Ван Хоа», «Нгуен Тхи Лан»: three short words, the first or the second of which is usual in names of Vietnam.
pub(super) fn three_short_words(tokens: &Tokens<'_>, at: usize) -> Option<NameMention> {
    /// «Хоанг», «Тхань»
    const LONGEST: usize = 6;
    let second = next_word(tokens, at + 1)?;
    let third = next_word(tokens, at + 2)?;
    let end = at + 3;
    let is_short = |index: usize| (2..=LONGEST).contains(&tokens.length(index));
    let is_surname = tokens.meaning(at, WordClass::VietnameseName) == Some("surname");
    let is_middle = tokens.meaning(second, WordClass::VietnameseName) == Some("middle");
    let is_unusual = |index: usize| !is_ordinary_word(tokens.raw(index));
    let is_name = is_short(at)
        && is_short(second)
        && is_short(third)
        && !tokens.is_latin(at)
        && (is_surname || is_middle && is_unusual(at) && !is_abbreviation(tokens, at))
        && (is_middle || is_unusual(second))
        && is_unusual(third)
        && !(tokens.gap(end) <= Gap::Space && tokens.is_capitalised(end));
    let part = |index: usize| crate::lexicon::surnames::titled(&joined(tokens, index..index + 1));
    is_name.then(|| {
        mention(
            tokens,
            at..end,
            at..at + 1,
            part(second),
            Some(part(third)),
            None,
        )
    })
}

/// «Нурмагамбетову Кульжан»: a surname with the ending of a case, and behind it a name that the dictionary does not know
/// and that no case changes: a woman's.
pub(super) fn given_behind_a_declined_surname(
    tokens: &Tokens<'_>,
    at: usize,
    second: Range<usize>,
) -> Option<(String, Grammar)> {
    /// «Гулю»; shorter ones are abbreviations.
    const SHORTEST: usize = 4;
    let of_a_woman = ["ову", "еву", "ину", "ыну"]
        .iter()
        .any(|ending| tokens.word(at).ends_with(ending));
    if !of_a_woman {
        return None;
    }
    let given = joined(tokens, second.clone());
    let is_unknown = |word: &str| readings(word).iter().all(|reading| !reading.known);
    let is_given = tokens.gap(second.start) == Gap::Space
        && is_declined(tokens.raw(at))
        && !is_ordinary_word(tokens.raw(at))
        && tokens.meaning(second.start, WordClass::Position).is_none()
        && !tokens.is_all_capitals(second.start)
        && !is_abbreviation(tokens, second.start)
        && given.chars().count() >= SHORTEST
        && given.ends_with(|last| "бвгджзклмнпрстфхцчшщь".contains(last))
        && is_unknown(&given);
    is_given.then(|| {
        (
            given.into_owned(),
            Some((Gender::Feminine, Case::Accusative)),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::name_at;
    use crate::parse::lexer::Tokens;
    use crate::text::Text;

    #[test]
    fn names_that_the_dictionary_does_not_know_are_told_by_their_surnames() {
        for (line, expected) in [
            ("1.3. Чан Ван Тхань, 1950 г.р.", Some("Чан Ван Тхань")),
            ("принять Лыонг Тхи Кук уборщицей", Some("Лыонг Тхи Кук")),
            ("Нгуен Минь Хоанг", Some("Нгуен Минь Хоанг")),
            ("РФ Ван Гог", None),
            ("Сыр Дор Блю", None),
            (
                "Перевести Подкорытову Улжан в цех",
                Some("Подкорытову Улжан "),
            ),
            ("Передать Подкорытову Склад", None),
            ("Передать Подкорытову Росстрой", None),
            ("по Иванову ООО", None),
            ("Подкорытову\nУлжан", None),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let found = (0..tokens.len()).find_map(|at| name_at(&tokens, at));
            let shown = found.map(|name| {
                let part = |part: &Option<String>| part.clone().unwrap_or_default();
                format!(
                    "{} {} {}",
                    name.surname,
                    part(&name.given),
                    part(&name.patronymic)
                )
            });
            assert_eq!(shown.as_deref(), expected, "{line}");
        }
    }
}
