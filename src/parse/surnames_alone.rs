//! Surnames without initials, where the words around say that a person is named: «т. Перевалову», «Завхозу
//! Зуеву закупить», the last word of a signature.
//!
//! In: tokens. Out: a [`NameMention`] of nothing but the surname. Must never: take a place, a body or an ordinary
//! word for a person.

use super::lexer::{Gap, TokenKind, Tokens};
use super::names::{NameMention, is_abbreviation, is_ordinary_word, stands_apart};
use super::openings::is_infinitive;
use super::persons::is_declined;
use crate::lexicon::morphology::{Case, Gender, NamePart, PartOfSpeech, readings};
use crate::lexicon::words::WordClass;

/// Reads a surname at `at` that somebody is addressed by, or that somebody is told something under.
pub(crate) fn surname_at(tokens: &Tokens<'_>, at: usize) -> Option<NameMention> {
    if !may_be_a_surname(tokens, at) {
        return None;
    }
    let address = word_of_address(tokens, at);
    let stands = address.is_some_and(|address| is_comrade(tokens, address))
        || (address.is_some_and(|address| is_citizen(tokens, address, at)) || is_told(tokens, at))
            && !is_ordinary_word(tokens.raw(at));
    (stands && !is_abbreviation(tokens, at)).then(|| mention(tokens, at))
}

/// The surname that ends a line of a signature, apart from the position: «Директор школы:      Мезенцева».
pub(crate) fn signing_surname(tokens: &Tokens<'_>, last: usize) -> Option<NameMention> {
    let column = tokens.gap(last) == Gap::Tab
        || tokens.gap(last) == Gap::Space && stands_apart(tokens, last);
    let ends = !tokens.continues(last + 1) || tokens.gap(last + 1) >= Gap::Tab;
    let signs = column
        && ends
        && may_be_a_surname(tokens, last)
        && !is_abbreviation(tokens, last)
        && !is_ordinary_word(tokens.raw(last))
        && is_in_nominative(tokens.raw(last));
    signs.then(|| mention(tokens, last))
}

fn mention(tokens: &Tokens<'_>, at: usize) -> NameMention {
    NameMention {
        tokens: at..at + 1,
        surname: tokens.one_line(&(at..at + 1)),
        given: None,
        patronymic: None,
        initials: Vec::new(),
        grammar: None,
    }
}

/// A capitalised word that is no position; it may be an abbreviation.
fn may_be_a_surname(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «Цой» is as short as an abbreviation.
    const SHORTEST: usize = 3;
    tokens.is_capitalised(at)
        && tokens.length(at) >= SHORTEST
        && tokens.kind(at + 1) != Some(TokenKind::Dash)
        && tokens.meaning(at, WordClass::Position).is_none()
}

/// The dictionary knows the form as a nominative, or does not know it and nothing else says that it is none.
fn is_in_nominative(word: &str) -> bool {
    let all = readings(word);
    let mut known = all.iter().filter(|reading| reading.known).peekable();
    if known.peek().is_none() {
        return !is_declined(word);
    }
    known.any(|reading| {
        reading.name == Some(NamePart::Surname) && reading.case == Some(Case::Nominative)
    })
}

/// «т. Перевалов», «тов. Зуеву», «т.т. Буйволову, Рейхерту и Хадисовой».
fn is_comrade(tokens: &Tokens<'_>, (index, shortened): (usize, bool)) -> bool {
    let word = tokens.word(index);
    if shortened {
        // «п. 2 т. Первого»: a volume stands behind a figure.
        matches!(word, "т" | "тов" | "тт") && !tokens.is_number(index.wrapping_sub(1))
    } else {
        word.starts_with("товарищ") && !word.starts_with("товарищест")
    }
}

/// «Вахрушев», «Вахрушевой», «Зуеву», «Лесниковского»: what most surnames end in, in any case.
pub(super) fn has_ending_of_surnames(word: &str) -> bool {
    const ENDINGS: [&str; 7] = ["ов", "ев", "ин", "ын", "ск", "цк", "ук"];
    let stem = word.trim_end_matches(['а', 'у', 'е', 'о', 'ы', 'м', 'й', 'г', 'и', 'я']);
    ENDINGS.iter().any(|ending| stem.ends_with(ending))
}

/// «Лебедянский», «Волынская»: adjectives of places are surnames behind a given name of their gender.
pub(super) fn is_like_an_adjective(word: &str, gender: Gender) -> bool {
    let endings = match gender {
        Gender::Feminine => ["ская", "цкая"],
        _ => ["ский", "цкий"],
    };
    endings.iter().any(|ending| word.ends_with(ending))
}

/// «Жарких», «Черных»: surnames made of adjectives in the plural.
pub(super) fn is_plural_surname(word: &str) -> bool {
    word.ends_with("ых") || word.ends_with("их")
}

/// «гр. Вахрушеву», «гражданке Вахрушевой».
fn is_citizen(tokens: &Tokens<'_>, (index, shortened): (usize, bool), at: usize) -> bool {
    let word = tokens.word(index);
    // «гр.» is the group of a kindergarten as often.
    if shortened {
        word == "гр" && has_ending_of_surnames(tokens.word(at))
    } else {
        word.starts_with("гражданин") || word.starts_with("гражданк")
    }
}

/// The word in lower case before a surname, or before the list of surnames that it is in, and whether a full stop
/// shortens it.
fn word_of_address(tokens: &Tokens<'_>, at: usize) -> Option<(usize, bool)> {
    /// «т.т.» leads so many names.
    const LONGEST_LIST: usize = 8;
    let mut first = at;
    for _ in 0..LONGEST_LIST {
        let listed = first >= 2
            && tokens.continues(first)
            && (tokens.is_mark(first - 1, ',') || tokens.word(first - 1) == "и")
            && tokens.is_capitalised(first - 2)
            && tokens.length(first - 2) > 1;
        if !listed {
            break;
        }
        first -= 2;
    }
    let last = first.checked_sub(1).filter(|_| tokens.continues(first))?;
    let shortened = tokens.is_mark(last, '.');
    let word = last.checked_sub(usize::from(shortened))?;
    (tokens.is_word(word) && !tokens.is_capitalised(word)).then_some((word, shortened))
}

/// «Завхозу Зуеву закупить», «Руководителю МКП «Исток» Оглоблину создать»: the clause begins with somebody in the
/// dative, and what he is told follows the surname.
fn is_told(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «Заместителю директора по учебной работе МБОУ «Школа»» has fewer tokens.
    const REACH: usize = 14;
    const SHORTEST_VERB: usize = 4;
    let verb = at + 1;
    let told = tokens.continues(verb)
        && !tokens.is_capitalised(verb)
        && tokens.length(verb) >= SHORTEST_VERB
        && is_infinitive(tokens.word(verb))
        && ["у", "ю", "ой", "ей", "ому"]
            .iter()
            .any(|ending| tokens.word(at).ends_with(ending))
        // «Главе Кедровской области»
        && !readings(tokens.raw(verb)).iter().any(|reading| {
            reading.known && reading.part_of_speech == PartOfSpeech::Noun
        });
    // «Управлению по Кедрогорску обеспечить», «Отделу г. Ключи провести»
    let behind_a_noun = at > 0
        && tokens.continues(at)
        && (tokens.kind(at - 1) == Some(TokenKind::CloseQuote)
            || tokens.length(at - 1) > 2
                && tokens.meaning(at - 1, WordClass::Settlement).is_none());
    if !told || !behind_a_noun {
        return false;
    }
    let block = tokens.block_start(at);
    let first = (block.max(at.saturating_sub(REACH))..at)
        .rev()
        .find(|&index| {
            index == block || tokens.is_mark(index - 1, '.') || tokens.is_mark(index - 1, ')')
        });
    first.is_some_and(|first| {
        tokens.is_capitalised(first)
            && readings(tokens.raw(first)).iter().any(|reading| {
                reading.known
                    && reading.animate
                    && !reading.plural
                    && reading.part_of_speech == PartOfSpeech::Noun
                    && reading.case == Some(Case::Dative)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_surname_stands_alone_where_somebody_is_addressed_or_told_something() {
        for (line, expected) in [
            ("4. Отделу (т. Подкорытов) выдать", vec!["Подкорытов"]),
            ("рассмотрев заявление гр. Подкорытова", vec!["Подкорытова"]),
            (
                "т.т. Подкорытову, Штейну и Валиевой",
                vec!["Подкорытову", "Штейну", "Валиевой"],
            ),
            ("4. Завхозу Подкорытову закупить мел", vec!["Подкорытову"]),
            (
                "Руководителю МКП «Родник» Подкорытову создать запас",
                vec!["Подкорытову"],
            ),
            ("4. Отделу по Кедрогорску закупить мел", vec![]),
            ("4. Директору Гимназии закупить мел", vec![]),
            ("Росреестру провести проверку", vec![]),
            ("гр. РФ", vec![]),
            ("Воспитателям гр. Почемучки, гр. Капитошка провести", vec![]),
            ("Главе Родинской области обеспечить", vec![]),
            ("сход граждан Родинского и Рощинского сельсоветов", vec![]),
            ("садовому товариществу Подкорытово", vec![]),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let found: Vec<String> = (0..tokens.len())
                .filter_map(|at| surname_at(&tokens, at))
                .map(|name| name.surname)
                .collect();
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn a_surname_in_its_column_signs() {
        for (line, signs) in [
            ("Директор школы :\tПодкорытова", true),
            ("Директор школы Подкорытова", false),
            ("Директор школы\tПодкорытову", false),
            ("Директор школы\tподпись", false),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            assert_eq!(
                signing_surname(&tokens, tokens.len() - 1).is_some(),
                signs,
                "{line}"
            );
        }
    }
}
