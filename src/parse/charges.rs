//! Whether an order charges somebody whom a clause names, or only names him.
//!
//! In: tokens, a name and the cases that it can stand in. Out: its role, assigned or mentioned. Must never: look beyond
//! the sentence, its line that leads the list, and a fixed reach.

use super::government::is_put_in_charge;
use super::lexer::{TokenKind, Tokens};
use super::names::NameMention;
use super::openings::is_infinitive;
use super::roles::list_lead;
use crate::lexicon::morphology::{Case, PartOfSpeech, readings as word_readings};
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::surnames;
use crate::lexicon::words::WordClass;
use crate::order::PersonRole;

/// How far back a sentence is looked at, in tokens.
const REACH: usize = 40;

/// The role of somebody whom the operative part names.
pub(crate) fn assigned_or_mentioned(
    tokens: &Tokens<'_>,
    name: &NameMention,
    cases: &[Case],
) -> PersonRole {
    let at = name.tokens.start;
    let instrumental = match name.grammar {
        Some((_, case)) => case == Case::Instrumental,
        None => cases == [Case::Instrumental],
    };
    let only_named = is_named_by_a_paper(tokens, at) && can_be(name, Case::Genitive)
        || instrumental && !is_put_in_charge(tokens, at)
        || stands_in_a_basis(tokens, at)
        || is_absent(tokens, name)
        || is_receiver_or_object(tokens, name, cases)
        || is_noted(tokens, name.tokens.end)
        || is_bystander(tokens, at)
        || is_told_of(tokens, name)
        || stands_in_a_wording(tokens, at)
        || stands_in_a_repeal(tokens, at);
    if only_named {
        PersonRole::Mentioned
    } else {
        PersonRole::Assigned
    }
}

/// «заявление Верещаги», «рапорт начальника Яковенко М.С.»: whose paper it is.
fn is_named_by_a_paper(tokens: &Tokens<'_>, at: usize) -> bool {
    /// How far back the governing word is looked for.
    const NEAR: usize = 4;
    let start = tokens.block_start(at).max(at.saturating_sub(NEAR));
    (start..at)
        .rev()
        // «а в его отсутствие – на Верещагу»
        .take_while(|&index| {
            tokens.meaning(index, WordClass::Governs) != Some("nominative")
                && tokens.kind(index) != Some(TokenKind::Dash)
        })
        .any(|index| begins_as(StemClass::Paper, tokens.word(index)))
}

/// «Основание: рапорт начальника караула подполковника внутренней службы Верещаги Ф.Ф.»
fn stands_in_a_basis(tokens: &Tokens<'_>, at: usize) -> bool {
    let start = tokens.block_start(at).max(at.saturating_sub(REACH));
    (start..at).any(|index| {
        let end = index + 1 + usize::from(tokens.is_mark(index + 1, '.'));
        tokens.is_capitalised(index)
            && matches!(tokens.word(index), "основание" | "основания" | "осн")
            && tokens.is_mark(end, ':')
    })
}

/// «На период отпуска главного бухгалтера Верещаги Т.А. назначить …», «3. На время отсутствия: / 3.1. начальника отдела
/// Верещаги Т.А. – Кедрову И.И.»: somebody else does what he is charged with.
fn is_absent(tokens: &Tokens<'_>, name: &NameMention) -> bool {
    let at = name.tokens.start;
    if !can_be(name, Case::Genitive) {
        return false;
    }
    let start = tokens.block_start(at);
    // «временно отсутствующей Верещаги Т.А.»
    if at > start && tokens.word(at - 1).starts_with("отсутствующ") {
        return true;
    }
    let mut index = at;
    while index > start.max(at.saturating_sub(REACH)) {
        index -= 1;
        if is_absence(tokens, index) {
            return true;
        }
        let label = tokens.is_number(index)
            || matches!(tokens.kind(index), Some(TokenKind::Mark('.' | ')')));
        if !label && (!tokens.is_word(index) || is_verb(tokens.word(index))) {
            return false;
        }
    }
    index == start
        && list_lead(tokens, at)
            .is_some_and(|lead| !lead.is_empty() && is_absence(tokens, lead.end - 1))
}

/// «на период отпуска», «на время ежегодного отпуска», «в случае болезни».
fn is_absence(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «на время очередного ежегодного отпуска»
    const ADJECTIVES: usize = 3;
    matches!(
        tokens.word(at),
        "отпуска" | "отсутствия" | "болезни" | "командировки" | "нетрудоспособности"
    ) && (at.saturating_sub(ADJECTIVES)..at).any(|index| {
        matches!(
            tokens.word(index),
            "период" | "время" | "срок" | "случае" | "дни"
        )
    })
}

/// «сдавать листы завхозу Верещаге С.Л.», «ознакомить с приказом водителей Верещагу А.А., Седых Б.Б.»: who gets
/// something or is told something does not do it.
fn is_receiver_or_object(tokens: &Tokens<'_>, name: &NameMention, cases: &[Case]) -> bool {
    let at = name.tokens.start;
    // «Представить к награде …», «Кедрову А.А. обеспечить …» behind a comma
    let is_told_itself = tokens.continues(name.tokens.end)
        && (is_infinitive(tokens.word(name.tokens.end)) || tokens.word(name.tokens.end) == "к");
    if is_told_itself
        || matches!(
            tokens.kind(at.wrapping_sub(1)),
            Some(TokenKind::Dash | TokenKind::Mark('(' | ':'))
        )
    {
        return false;
    }
    match nearest_verb(tokens, at) {
        Some("receiver") => cases == [Case::Dative] || shows(name, Case::Dative),
        Some("object") => !cases.contains(&Case::Dative) && can_be(name, Case::Accusative),
        _ => false,
    }
}

/// What the nearest verb before a name in its sentence has beside itself: a `receiver` or an `object` that is told
/// something; any other verb ends the search.
fn nearest_verb(tokens: &Tokens<'_>, at: usize) -> Option<&'static str> {
    let start = tokens.block_start(at).max(at.saturating_sub(REACH));
    for index in (start..at).rev() {
        match tokens.kind(index) {
            Some(TokenKind::Mark(';' | ':')) => return None,
            // A full stop behind a word ends a sentence; behind a letter or «зам» it does not.
            Some(TokenKind::Mark('.'))
                if index > start && tokens.length(index - 1) > 3 && tokens.is_word(index - 1) =>
            {
                return None;
            }
            _ => {}
        }
        if let Some(tells) = tokens.meaning(index, WordClass::Tells) {
            return Some(tells);
        }
        let is_other = tokens.meaning(index, WordClass::Governs).is_some()
            || tokens.length(index) > 3
                && is_infinitive(tokens.word(index))
                && is_verb(tokens.word(index));
        if is_other {
            return None;
        }
    }
    None
}

/// «Информацию Верещаги Т.А. принять к сведению.»
fn is_noted(tokens: &Tokens<'_>, end: usize) -> bool {
    /// Another name with its position in between.
    const NEAR: usize = 24;
    let notes = |index: usize| {
        tokens.word(index) == "принять"
            && tokens.word(index + 1) == "к"
            && tokens.word(index + 2) == "сведению"
    };
    (end..end + NEAR)
        .take_while(|&index| {
            tokens.continues(index)
                && !matches!(tokens.kind(index), Some(TokenKind::Mark(';' | ':')))
        })
        .find(|&index| tokens.length(index) > 3 && is_infinitive(tokens.word(index)))
        .is_some_and(notes)
}

/// «Признать утратившим силу приказ № 5 в части назначения Верещаги Т.А.»: a repeal charges nobody.
fn stands_in_a_repeal(tokens: &Tokens<'_>, at: usize) -> bool {
    let start = tokens.block_start(at).max(at.saturating_sub(REACH));
    let Some(verb) = (start..at).rev().find(|&index| {
        tokens.meaning(index, WordClass::Governs).is_some()
            || tokens.length(index) > 3
                && is_infinitive(tokens.word(index))
                && is_verb(tokens.word(index))
    }) else {
        return false;
    };
    tokens.word(verb + 1).starts_with("утративш") && tokens.word(verb + 2) == "силу"
        || matches!(tokens.word(verb), "отменить" | "аннулировать")
}

/// «довести приказ до сведения начальника караула Верещаги Д.Д.»: who gets to know something.
fn is_told_of(tokens: &Tokens<'_>, name: &NameMention) -> bool {
    /// «до сведения заместителя начальника отдела»
    const NEAR: usize = 6;
    let at = name.tokens.start;
    (at.saturating_sub(NEAR)..at)
        .rev()
        .take_while(|&index| tokens.is_word(index) && tokens.continues(index + 1))
        .any(|index| tokens.word(index) == "сведения" && tokens.word(index.wrapping_sub(1)) == "до")
        && can_be(name, Case::Genitive)
}

/// «слова «Верещага Д.Д.» заменить словами «Седов А.А.»»: a wording that is changed charges nobody.
fn stands_in_a_wording(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «слова «заместитель главы администрации по строительству Верещага Д.Д.»»
    const NEAR: usize = 12;
    let start = tokens.block_start(at).max(at.saturating_sub(NEAR));
    (start..at)
        .rev()
        .take_while(|&index| tokens.kind(index) != Some(TokenKind::CloseQuote))
        .find(|&index| tokens.kind(index) == Some(TokenKind::OpenQuote))
        .and_then(|quote| quote.checked_sub(1))
        .is_some_and(|word| {
            matches!(
                tokens.word(word),
                "слова" | "слово" | "словами" | "словом" | "слов"
            )
        })
}

/// «участок № 88 (собственник Верещага Д.Д.)»
fn is_bystander(tokens: &Tokens<'_>, at: usize) -> bool {
    at >= 2 && tokens.meaning(at - 1, WordClass::Bystander).is_some() && tokens.is_mark(at - 2, '(')
}

/// Whether a name can stand in a case.
fn can_be(name: &NameMention, wanted: Case) -> bool {
    match name.grammar {
        Some((_, case)) => case == wanted || wanted == Case::Accusative && case == Case::Genitive,
        None => surnames::readings(&name.surname)
            .iter()
            .any(|reading| reading.case == wanted),
    }
}

/// Whether the form of a name is one of the case, and not that of the nominative.
fn shows(name: &NameMention, wanted: Case) -> bool {
    match name.grammar {
        Some((_, case)) => case == wanted,
        None => surnames::readings(&name.surname).iter().any(|reading| {
            reading.case == wanted && reading.nominative != surnames::titled(&name.surname)
        }),
    }
}

fn is_verb(word: &str) -> bool {
    word_readings(word)
        .first()
        .is_some_and(|reading| reading.known && reading.part_of_speech == PartOfSpeech::Verb)
}

#[cfg(test)]
mod tests {
    use crate::order::PersonRole;
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::parse::people::people;
    use crate::text::Text;

    /// Surnames of those whom the clauses charge.
    fn charged(clauses: &str) -> Vec<String> {
        let text = Text::from_lines(&format!(
            "ПРИКАЗ\n№ 1\nО деле\nВ целях работы\nПРИКАЗЫВАЮ:\n{clauses}\nДиректор\tА.М. Крутикова"
        ));
        let tokens = Tokens::of(&text);
        people(&tokens, &outline(&tokens), &|_| false)
            .people
            .into_iter()
            .filter(|person| person.roles.contains(&PersonRole::Assigned))
            .map(|person| person.surname)
            .collect()
    }

    #[test]
    fn who_is_only_named_is_not_charged() {
        for (clauses, expected) in [
            (
                "1. Водителю Седову А.А. сдавать листы завхозу Верещаге С.Л.",
                vec!["Седов"],
            ),
            (
                "1. Мастеру Седову А.А. представить отчёт Верещагину С.Л. до 5 мая.",
                vec!["Седов"],
            ),
            (
                "1. Представить отчёт, Седову А.А. обеспечить явку.",
                vec!["Седов"],
            ),
            ("1. Представить Седых С.Л. к награде.", vec!["Седых"]),
            ("1. Выдать премию Верещагину С.Л.", vec!["Верещагин"]),
            (
                "1. Механику Седову А.А. ознакомить с приказом водителей Верещагина А.А., Ржаных Б.Б.",
                vec!["Седов"],
            ),
            (
                "1. Ознакомить работников заместителю директора Седовой А.А.",
                vec!["Седова"],
            ),
            (
                "1. Ознакомить работников и назначить Седова А.А. старшим.",
                vec!["Седов"],
            ),
            (
                "1. На период отпуска мастера Верещагина А.А. назначить Седова Б.Б.",
                vec!["Седов"],
            ),
            ("1. На период отпуска назначить Седова Б.Б.", vec!["Седов"]),
            (
                "1. В отсутствие мастера работу исполняет Седова Б.Б.",
                vec!["Седова"],
            ),
            (
                "1. Установить, что на время отпуска:\n1.1. мастера Верещагина А.А. его обязанности исполняет Седов Б.Б.",
                vec!["Седов"],
            ),
            (
                "1. Перевести с согласия родителей Седову Ульяну, 4 класс.",
                vec!["Седова"],
            ),
            ("1. Участок передать (собственник Верещага Д.Д.).", vec![]),
            ("1. Отделу (Седов Д.Д.) провести учёт.", vec!["Седов"]),
            (
                "1. Уволить Седова Б.Б.\nОснование: рапорт командира первого взвода отряда Верещагина А.А.",
                vec!["Седов"],
            ),
            (
                "1. Работу возложить на Седова А.А., а в его отсутствие – на Верещагу Т.А.",
                vec!["Седов", "Верещага"],
            ),
            (
                "1. За работу временно отсутствующей Верещагиной А.А. установить доплату Седову А.А.",
                vec!["Седов"],
            ),
            (
                "1. Мастеру Седову А.А. довести приказ до сведения сторожа Верещагина А.А.",
                vec!["Седов"],
            ),
            (
                "1. В приказе слова «Верещагин А.А.» заменить словами «мастер Ржаных Б.Б.».",
                vec![],
            ),
            (
                "1. Доклад мастера Верещагиной А.А. принять к сведению.",
                vec![],
            ),
        ] {
            assert_eq!(charged(clauses), expected, "{clauses}");
        }
    }
}
