//! Names of people as they are printed: «Гапутину Людмилу Анатольевну», «Гапутина Л. А.», «И. Н.
//! Пыжененкова», «В.СЕЛИН».
//!
//! In: tokens. Out: a [`NameMention`] with its parts. Must never: ask the dictionary about a word that
//! cannot be part of a name, or take a street or «школа имени …» for a person.

use std::borrow::Cow;
use std::ops::Range;

use super::given_names::{
    Grammar, given_and_patronymic, is_born_behind, is_listed_under_a_name, is_patronymic,
    known_given, known_given_beside,
};
use super::lexer::{Gap, Token, TokenKind, Tokens};
use super::openings::is_infinitive;
use fathers_names::{named_by_father, parent_word};
use initials::{initials_first, initials_last};
use namesakes::is_inside_a_name_of_something;
use rare_given::{given_behind_a_declined_surname, three_short_words};

use super::surnames_alone::{has_ending_of_surnames, is_like_an_adjective, is_plural_surname};
use crate::lexicon::bodies::is_institution_abbreviation;
use crate::lexicon::morphology::{Case, Gender, NamePart, PartOfSpeech, Reading, readings};
use crate::lexicon::words::WordClass;

mod fathers_names;
mod initials;
mod namesakes;
mod rare_given;

/// A name as printed.
#[derive(Debug, Clone)]
pub(crate) struct NameMention {
    pub(crate) tokens: Range<usize>,
    /// The surname as printed, parts of a double one joined by a hyphen.
    pub(crate) surname: String,
    /// Given name in the nominative.
    pub(crate) given: Option<String>,
    /// Patronymic in the nominative.
    pub(crate) patronymic: Option<String>,
    /// Initials, one letter each, from the name as printed.
    pub(crate) initials: Vec<char>,
    /// Gender and case, where the given name or the patronymic says them.
    pub(crate) grammar: Grammar,
}

/// Reads a name at token `at`.
pub(crate) fn name_at(tokens: &Tokens<'_>, at: usize) -> Option<NameMention> {
    if !tokens.is_capitalised(at) || is_inside_a_name_of_something(tokens, at) {
        return None;
    }
    if tokens.length(at) == 1 {
        return initials_first(tokens, at);
    }
    full_name(tokens, at)
        .or_else(|| three_short_words(tokens, at))
        .or_else(|| initials_last(tokens, at))
}

/// Surname, given name, patronymic in either order; or surname and given name.
fn full_name(tokens: &Tokens<'_>, at: usize) -> Option<NameMention> {
    let first = word_parts(tokens, at)?;
    if is_told_before_a_name(tokens, at, first) {
        return None;
    }
    let second = next_word(tokens, first).or_else(|| on_next_line(tokens, at, first))?;
    let second_end = word_parts(tokens, second)?;
    let third = next_word(tokens, second_end);
    if let Some(third) = third
        && let Some(found) = named_by_father(tokens, at..first, second..second_end, third)
    {
        return Some(found);
    }
    if let Some(third) = third
        && let Some(third_end) = word_parts(tokens, third)
        && is_patronymic(tokens.word(third_end - 1))
    {
        let end = third_end + usize::from(parent_word(tokens, third_end).is_some());
        let (given, patronymic, grammar) =
            given_and_patronymic(tokens, second..second_end, third..third_end)?;
        return Some(mention(
            tokens,
            at..end,
            at..first,
            given,
            Some(patronymic),
            grammar,
        ));
    }
    // «Людмила Анатольевна Гапутина»
    if is_patronymic(tokens.word(second_end - 1))
        && let Some(third) = third
        && let Some(third_end) = word_parts(tokens, third)
        && tokens.meaning(third, WordClass::Position).is_none()
    {
        let (given, patronymic, grammar) =
            given_and_patronymic(tokens, at..first, second..second_end)?;
        return Some(mention(
            tokens,
            at..third_end,
            third..third_end,
            given,
            Some(patronymic),
            grammar,
        ));
    }
    surname_and_given(tokens, at, first, second, second_end)
        .or_else(|| given_and_surname(tokens, at, second, second_end))
}

/// Whether a word of the dictionary is a verb before it is anything else.
fn is_read_as_verb(readings: &[Reading]) -> bool {
    readings
        .first()
        .is_some_and(|reading| reading.known && reading.part_of_speech == PartOfSpeech::Verb)
}

/// «Назначить Льва Николаевича Верстового», «Секретарю Анне Викторовне Гусак»: a verb, or a position before a given name, a
/// patronymic and a surname, is no surname itself.
fn is_told_before_a_name(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let is_verb = || is_infinitive(tokens.word(at)) && is_read_as_verb(&readings(tokens.raw(at)));
    let is_position = || tokens.meaning(at, WordClass::Position).is_some();
    end == at + 1
        && next_word(tokens, end + 1).is_some_and(|patronymic| {
            let surname = || next_word(tokens, patronymic + 1);
            is_patronymic(tokens.word(patronymic))
                && (is_verb()
                    || is_position() && surname().is_some()
                    // «депутат Госдумы Сергей Антонович Рощин»
                    || surname().is_some_and(|surname| {
                        has_ending_of_surnames(tokens.word(surname))
                            && !has_ending_of_surnames(tokens.word(at))
                            && !tokens.is_capitalised(surname + 1)
                            && tokens.meaning(surname, WordClass::Position).is_none()
                    }))
        })
}

/// «Александр Хижняк», «Тихон Журавлик»: a given name of the dictionary in the nominative at the start of a line or
/// behind the place of a signature, and a word that is no ordinary one.
fn given_and_surname(
    tokens: &Tokens<'_>,
    at: usize,
    second: usize,
    second_end: usize,
) -> Option<NameMention> {
    let stands_first = tokens.gap(at) >= Gap::Tab
        || tokens.gap(at) == Gap::Space && stands_apart(tokens, at)
        || at > 0
            && matches!(
                tokens.kind(at - 1),
                Some(TokenKind::Blank | TokenKind::Mark('/'))
            )
        || at > 0 && stands_behind_a_rank(tokens, at);
    let ends = tokens.gap(second_end) >= Gap::Tab
        || matches!(
            tokens.kind(second_end),
            Some(TokenKind::Mark(',' | '/') | TokenKind::Blank)
        );
    if !stands_first || !ends {
        return None;
    }
    let (given, grammar) = known_given(tokens.raw(at))?;
    let (gender, Case::Nominative) = grammar? else {
        return None;
    };
    let is_surname = readings(tokens.raw(second))
        .iter()
        .any(|reading| reading.name == Some(NamePart::Surname));
    let is_name = !is_patronymic(tokens.word(second))
        && !is_abbreviation(tokens, second)
        && (is_surname
            || !is_ordinary_word(tokens.raw(second))
            || is_like_an_adjective(tokens.word(second), gender))
        && tokens.meaning(second, WordClass::Position).is_none()
        && !in_line_of_capitals(tokens, at, second_end);
    is_name.then(|| {
        mention(
            tokens,
            at..second_end,
            second..second_end,
            given,
            None,
            Some((gender, Case::Nominative)),
        )
    })
}

/// «Ректор   протоиерей Николай Кедрин»: between the position and the name stands a rank, apart from the position.
pub(crate) fn stands_behind_a_rank(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(rank) = at.checked_sub(1) else {
        return false;
    };
    tokens.gap(at) == Gap::Space
        && tokens.is_word(rank)
        && !tokens.is_capitalised(rank)
        && (tokens.gap(rank) >= Gap::Tab || stands_apart(tokens, rank))
        && readings(tokens.raw(rank)).iter().any(|reading| {
            reading.known && reading.animate && reading.case == Some(Case::Nominative)
        })
}

/// «Аксёнова Алиса», «Моррисона Джеймса»; the given name must be known to the dictionary, and the
/// surname must not be an ordinary word that starts a sentence.
fn surname_and_given(
    tokens: &Tokens<'_>,
    at: usize,
    first: usize,
    second: usize,
    second_end: usize,
) -> Option<NameMention> {
    let surname = joined(tokens, at..first);
    let (given, grammar) = known_given_beside(tokens.raw(second), &surname).or_else(|| {
        let given = || joined(tokens, second..second_end).into_owned();
        let is_given = is_born_behind(tokens, second_end)
            || is_listed_under_a_name(tokens, at, second_end)
                && !is_ordinary_word(tokens.raw(second));
        is_given
            .then(|| (given(), None))
            .or_else(|| given_behind_a_declined_surname(tokens, at, second..second_end))
    })?;
    if in_line_of_capitals(tokens, at, second_end) || are_abbreviations(tokens, at, second) {
        return None;
    }
    let known = readings(&surname);
    let ordinary = known.first().is_some_and(|reading| {
        reading.known && reading.name.is_none() && reading.probability > 0.5
    });
    let starts = tokens.gap(at) >= Gap::Break;
    // A third foreign name: «Гутьеррес Марию Хосе».
    let third =
        next_word(tokens, second_end).filter(|&third| known_given(tokens.raw(third)).is_some());
    let end = third.map_or(second_end, |third| third + 1);
    let alone = tokens.gap(end) >= Gap::Tab || !tokens.is_capitalised(end);
    let verb = is_read_as_verb(&known);
    // «Перевести Лыкова Семёна»: within a sentence an ordinary word has no capital letter before a given name.
    let within_sentence = at > 0
        && tokens.gap(at) <= Gap::Break
        && (tokens.is_number(at - 1)
            || tokens.is_mark(at - 1, ',')
            || tokens.is_word(at - 1)
                && (!tokens.is_capitalised(at - 1) || is_infinitive(tokens.word(at - 1))));
    // «Поощрить Коваль Анну»: nothing else is written so before somebody who is told of in the dative or the accusative.
    let is_object = matches!(grammar, Some((_, Case::Dative)))
        || matches!(grammar, Some((Gender::Feminine, Case::Accusative)));
    let named = within_sentence
        && grammar.is_some()
        && (is_object || has_ending_of_surnames(tokens.word(at)));
    if verb
        || ordinary && !named && !(starts && tokens.gap(second_end) >= Gap::Tab)
        || !alone
        || tokens.meaning(at, WordClass::Position).is_some()
    {
        return None;
    }
    let mut found = mention(tokens, at..end, at..first, given, None, grammar);
    if let Some(third) = third {
        found.patronymic = Some(tokens.raw(third).to_owned());
        found.initials.extend(tokens.raw(third).chars().next());
    }
    Some(found)
}

/// «ОРГКОМИТЕТА ОБЛАСТНОЙ ОЛИМПИАДЫ»: in a line of capitals a word that is also a given name names nobody.
fn in_line_of_capitals(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    let capitals = |index: usize| tokens.is_all_capitals(index) && tokens.length(index) > 1;
    (start..end).all(|index| !tokens.is_word(index) || capitals(index))
        && (start > 0 && tokens.gap(start) <= Gap::Space && capitals(start - 1)
            || tokens.gap(end) <= Gap::Space && capitals(end))
}

/// «ФИС ГИА»: two words in capitals inside a line, as short as abbreviations are.
fn are_abbreviations(tokens: &Tokens<'_>, at: usize, second: usize) -> bool {
    const LONGEST: usize = 4;
    tokens.gap(at) <= Gap::Space
        && [at, second]
            .iter()
            .all(|&index| tokens.is_all_capitals(index) && tokens.length(index) <= LONGEST)
}

/// Whether a line of a paragraph that a conversion broke into lines starts here.
pub(crate) fn is_wrapped(tokens: &Tokens<'_>, at: usize) -> bool {
    let block = |index: usize| tokens.get(index).map(Token::block);
    tokens.gap(at) == Gap::Break && at > 0 && block(at) != block(at - 1)
}

/// «города Москвы          И.И.Калина»: spaces set the name in its column.
pub(crate) fn stands_apart(tokens: &Tokens<'_>, at: usize) -> bool {
    let (Some(before), Some(token)) = (
        at.checked_sub(1).and_then(|before| tokens.get(before)),
        tokens.get(at),
    ) else {
        return false;
    };
    token.span().start - before.span().end > ' '.len_utf8()
}

/// Whether the dictionary knows a word, and not as a name.
pub(crate) fn is_ordinary_word(word: &str) -> bool {
    readings(word)
        .first()
        .is_some_and(|reading| reading.known && reading.name.is_none())
}

/// «Салават-Мухаммед-Али-оглы»: a word of more parts is no name.
const MOST_PARTS: usize = 4;

/// A capitalised word with its hyphenated parts. Gives the token after it.
fn word_parts(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_capitalised(at) || tokens.is_latin(at) {
        return None;
    }
    let mut end = at + 1;
    while end < at + 2 * MOST_PARTS
        && tokens.kind(end) == Some(TokenKind::Dash)
        && tokens.gap(end) == Gap::None
        && tokens.gap(end + 1) == Gap::None
        && (tokens.is_capitalised(end + 1)
            || matches!(tokens.word(end + 1), "оглы" | "заде" | "кызы")
            || is_particle(tokens, end + 1)
            || tokens.word(end + 1).starts_with("оол"))
    {
        end += 2;
    }
    Some(end)
}

/// «Ван-дер-Линд», «Оттенфельд-фон-Роз»: a small word between two parts of a surname.
fn is_particle(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(
        tokens.word(at),
        "дер" | "ден" | "де" | "ди" | "ла" | "фон" | "ван" | "эль" | "ибн" | "бен"
    ) && tokens.kind(at + 1) == Some(TokenKind::Dash)
        && tokens.gap(at + 1) == Gap::None
        && tokens.gap(at + 2) == Gap::None
        && tokens.is_capitalised(at + 2)
}

fn next_word(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    (matches!(tokens.gap(at), Gap::Space | Gap::Break)
        && tokens.is_capitalised(at)
        && tokens.length(at) > 1)
        .then_some(at)
}

/// «Рудь / Марина Олеговна»: lists of people set the surname on a line of its own.
fn on_next_line(tokens: &Tokens<'_>, surname: usize, next: usize) -> Option<usize> {
    let names_follow = tokens.gap(next) == Gap::Block
        && tokens.gap(surname) >= Gap::Break
        && tokens.is_capitalised(next)
        && tokens.continues(next + 1)
        && is_patronymic(tokens.word(next + 1));
    (names_follow
        && tokens.meaning(surname, WordClass::Position).is_none()
        // «Жарких» is a form of an adjective too.
        && (!is_ordinary_word(tokens.raw(surname)) || is_plural_surname(tokens.word(surname)))
        && known_given(tokens.raw(next)).is_some())
    .then_some(next)
}

fn mention(
    tokens: &Tokens<'_>,
    all: Range<usize>,
    surname: Range<usize>,
    given: String,
    patronymic: Option<String>,
    grammar: Grammar,
) -> NameMention {
    // «Н.-Э.Ц.» is Номин-Эрдэни Цыденовна: each part of a double name has its initial.
    let initials = given
        .split('-')
        .filter_map(|part| part.chars().next())
        .chain(patronymic.as_ref().and_then(|name| name.chars().next()))
        .collect();
    NameMention {
        tokens: all,
        surname: joined(tokens, surname).into_owned(),
        given: Some(given),
        patronymic,
        initials,
        grammar,
    }
}

/// The parts of a double name with their hyphens alone between them, a word that mixes alphabets in Cyrillic.
pub(super) fn joined<'a>(tokens: &'a Tokens<'_>, range: Range<usize>) -> Cow<'a, str> {
    if range.len() == 1 {
        return tokens.printed(range.start);
    }
    range
        .map(|index| match tokens.kind(index) {
            Some(TokenKind::Dash) => "-".into(),
            _ => tokens.printed(index),
        })
        .collect::<String>()
        .into()
}

/// «МБОУ», «РФ»: an abbreviation, not a surname in capitals.
pub(crate) fn is_abbreviation(tokens: &Tokens<'_>, at: usize) -> bool {
    if !tokens.is_all_capitals(at) {
        return false;
    }
    let raw = tokens.raw(at);
    raw.chars().count() > 1 && !raw.chars().any(|c| "АЕЁИОУЫЭЮЯ".contains(c))
        || matches!(raw, "ООО" | "АО" | "ИП")
        || is_institution_abbreviation(raw)
}

/// Every name of a text, one behind another.
#[cfg(test)]
pub(super) fn names_in(tokens: &Tokens<'_>) -> Vec<NameMention> {
    let mut found: Vec<NameMention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let name = name_at(tokens, at);
        at = name.as_ref().map_or(at + 1, |name| name.tokens.end);
        found.extend(name);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// Every name of a line as `surname given patronymic initials`.
    fn read(line: &str) -> Vec<String> {
        let text = Text::from_lines(line);
        let tokens = Tokens::of(&text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if let Some(name) = name_at(&tokens, at) {
                let initials: String = name.initials.iter().collect();
                let parts = [
                    Some(name.surname.clone()),
                    name.given.clone(),
                    name.patronymic.clone(),
                    Some(initials),
                ];
                found.push(parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
                at = name.tokens.end;
            } else {
                at += 1;
            }
        }
        found
    }

    #[test]
    fn names_are_found_and_nothing_else() {
        for (line, expected) in [
            (
                "Назначить администратором Гапутину Людмилу Анатольевну.",
                vec!["Гапутину Людмила Анатольевна ЛА"],
            ),
            ("Директор И. Н. Пыжененкова", vec!["Пыжененкова ИН"]),
            (
                "депутат Госдумы Сергей Антонович Рощин жил здесь",
                vec!["Рощин Сергей Антонович СА"],
            ),
            (
                "Рощин Сергей Антонович Кедровский район",
                vec!["Рощин Сергей Антонович СА"],
            ),
            ("Гапутина Л. А.", vec!["Гапутина ЛА"]),
            (
                "Рысина Н.Д.     Ветров О.Л.",
                vec!["Рысина НД", "Ветров ОЛ"],
            ),
            ("на улице д. Ветров О.Л.", vec![]),
            ("практика в КФХ Ветрова О.Л.", vec![]),
            ("Глава КФХ Ветров О.Л.", vec!["Ветров ОЛ"]),
            ("ФИО\tТема ВКР\tГруппа", vec![]),
            (
                "1) ВЕТРОВ Ярослав Денисович, 2 курс;\n2) НГУЕН Лан, 1 курс;\n3) Отдел Сбыта, 1 курс",
                vec!["ВЕТРОВ Ярослав Денисович ЯД", "НГУЕН Лан Л"],
            ),
            ("Руководитель А.Б.ВОДЯНИЦКИЙ", vec!["ВОДЯНИЦКИЙ АБ"]),
            ("Глава района В.Кожемякин", vec!["Кожемякин В"]),
            (
                "ПРЯХИНОЙ Евдокии Силантьевне",
                vec!["ПРЯХИНОЙ Евдокия Силантьевна ЕС"],
            ),
            (
                "Методисту Петровой-Водкиной Алле Глебовне разместить",
                vec!["Петровой-Водкиной Алла Глебовна АГ"],
            ),
            (
                "Тренерам Зырянову К.Н., Олейник Т.Т. и Ахметшину Р.Р.",
                vec!["Зырянову КН", "Олейник ТТ", "Ахметшину РР"],
            ),
            ("школа имени геолога П.Я. Северцева", vec![]),
            ("ул. Кирова, д. 5", vec![]),
            ("А. Развитие электронных услуг", vec![]),
            ("Федерального закона от 27.07.2006 г. № 149-ФЗ", vec![]),
            ("Ким Артур", vec!["Ким Артур А"]),
            (
                "Барсегян Лусине Ашотовне, Обуховой Кристине Ашотовне",
                vec![
                    "Барсегян Лусине Ашотовна ЛА",
                    "Обуховой Кристина Ашотовна КА",
                ],
            ),
            ("перевести Лыкова Ивана, ученика", vec!["Лыкова Иван И"]),
            ("1. Основа Ивана цела", vec![]),
            (
                "за Крутиковым Олегом Ильичом.",
                vec!["Крутиковым Олег Ильич ОИ"],
            ),
            ("Гутьеррес Марию Хосе", vec!["Гутьеррес Мария Хосе МХ"]),
            (
                "Учителям А. В. Седлову и В. Н. Круглик",
                vec!["Седлову АВ", "Круглик ВН"],
            ),
            (
                "Председатель Мамедова Лейла Рашидовна",
                vec!["Мамедова Лейла Рашидовна ЛР"],
            ),
            (
                "Гусейнов Эльчин Мамед оглы – мастер",
                vec!["Гусейнов Эльчин Мамед оглы ЭМ"],
            ),
            ("Тихон Журавлик, 4 класс", vec!["Журавлик Тихон Т"]),
            ("Роман Приказ", vec![]),
            ("Тихон Лебедянский", vec!["Лебедянский Тихон Т"]),
            ("Вера Лебедянский", vec![]),
            ("с 02.03.97 г. ДРОЗДОВУ Н.А.", vec!["ДРОЗДОВУ НА"]),
            ("музей г. Дроздова", vec![]),
            (
                "до достижения им возраста 3 лет ДРОЗДОВОЙ Н.А.",
                vec!["ДРОЗДОВОЙ НА"],
            ),
            ("Рудь\nМарина Олеговна", vec!["Рудь Марина Олеговна МО"]),
            ("Жарких\nМарина Олеговна", vec!["Жарких Марина Олеговна МО"]),
            ("данные в ФИС ГИА и архив", vec![]),
            ("Ким Яна", vec!["Ким Яна Я"]),
            ("КИМ ЯНА", vec!["КИМ Яна Я"]),
            (
                "Ван-дер-Линд Отто Карлович",
                vec!["Ван-дер-Линд Отто Карлович ОК"],
            ),
            ("Ростов-на-Дону закрыть", vec![]),
            ("иерей      Тихон Журавлик", vec!["Журавлик Тихон Т"]),
            (
                "Ректор   протоиерей Тихон Журавлик",
                vec!["Журавлик Тихон Т"],
            ),
            ("Ректор протоиерей Тихон Журавлик", vec![]),
            ("СОСТАВ\nМарина Олеговна", vec![]),
            (
                "О'Коннор Ш. и О’КОННОРА Ш.",
                vec!["О'Коннор Ш", "О’КОННОРА Ш"],
            ),
            ("Голубцов Матвей Ильич", vec!["Голубцов Матвей Ильич МИ"]),
            ("министра Б-Д.М. Ондар", vec!["Ондар БДМ"]),
            // «е» and «о» are Latin.
            ("Директор П.А. Пeтухoв", vec!["Петухов ПА"]),
            ("/Салават-оглы Ф.Ф./", vec!["Салават-оглы ФФ"]),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
