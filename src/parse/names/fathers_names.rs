//! Names with the father's name and a word for son or daughter: «Гусейнов Эльчин Мамед оглы», «Аскерова Гюнель Вагиф-кызы».
//!
//! In: tokens, and where surname and given name stand. Out: a [`NameMention`]. Must never: decline the patronymic, which
//! no case changes.

use std::ops::Range;

use super::{NameMention, joined, mention, word_parts};
use crate::lexicon::morphology::{Case, Gender};
use crate::lexicon::surnames;
use crate::parse::given_names::{Grammar, given_nominative, is_patronymic, known_given};
use crate::parse::lexer::{Gap, Tokens};
use crate::parse::persons::is_declined;

/// The name whose third part is a patronymic of that form. Where the dictionary does not know the given name, the surname
/// tells the case.
pub(super) fn named_by_father(
    tokens: &Tokens<'_>,
    surname: Range<usize>,
    given: Range<usize>,
    third: usize,
) -> Option<NameMention> {
    let (end, gender) = fathers_name(tokens, third)?;
    let printed = joined(tokens, given.clone());
    // «Нурлана … уулу» is no woman's name.
    let known = known_given(tokens.raw(given.start)).filter(|(_, grammar)| {
        given.len() == 1 && grammar.is_none_or(|(known, _)| known == gender)
    });
    let grammar = known
        .as_ref()
        .and_then(|(_, grammar)| *grammar)
        .or_else(|| grammar_of_surname(&joined(tokens, surname.clone()), gender));
    let given = match (known, grammar) {
        (Some((given, _)), _) => given,
        (None, Some((gender, case))) => given_nominative(&printed, gender, case),
        (None, None) => printed.into_owned(),
    };
    let patronymic = tokens.one_line(&(third..end));
    Some(mention(
        tokens,
        surname.start..end,
        surname,
        given,
        Some(patronymic),
        grammar,
    ))
}

/// «Мамед оглы», «Вагиф-кызы», «Вагифкызы»: the end of the patronymic that begins here, and whose it is.
fn fathers_name(tokens: &Tokens<'_>, at: usize) -> Option<(usize, Gender)> {
    /// «Алиоглы»
    const SHORTEST: usize = 7;
    let end = word_parts(tokens, at)?;
    if let Some(gender) = parent_word(tokens, end) {
        // «Мамедович оглы» says the case itself.
        return (!is_patronymic(tokens.word(end - 1))).then_some((end + 1, gender));
    }
    let last = tokens.word(end - 1);
    if end > at + 1 {
        return gender_of_parent(last).map(|gender| (end, gender));
    }
    if !last.ends_with('ы') || tokens.length(at) < SHORTEST {
        return None;
    }
    let (cut, _) = last.char_indices().rev().nth(3)?;
    gender_of_parent(&last[cut..]).map(|gender| (end, gender))
}

/// «оглы» behind the father's name makes a man's patronymic, «кызы» a woman's.
pub(super) fn parent_word(tokens: &Tokens<'_>, at: usize) -> Option<Gender> {
    if tokens.gap(at) > Gap::Break {
        return None;
    }
    gender_of_parent(tokens.word(at))
}

fn gender_of_parent(word: &str) -> Option<Gender> {
    match word {
        "оглы" | "оглу" | "углы" | "улы" | "уулу" => Some(Gender::Masculine),
        "кызы" | "гызы" | "кизи" => Some(Gender::Feminine),
        _ => None,
    }
}

/// Gender and case of a surname, where one nominative alone fits somebody of the gender.
fn grammar_of_surname(surname: &str, gender: Gender) -> Grammar {
    let readings = surnames::readings(surname);
    let declined = is_declined(surname);
    let mut fitting = readings.iter().filter(|reading| {
        reading.gender == gender && !(declined && reading.case == Case::Nominative)
    });
    let first = fitting.next()?;
    fitting
        .all(|other| other.nominative == first.nominative)
        .then_some((gender, first.case))
}

#[cfg(test)]
mod tests {
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::parse::people::people;
    use crate::text::Text;

    #[test]
    fn a_fathers_name_with_son_or_daughter_is_a_patronymic() {
        for (name, expected) in [
            (
                "Магеррамову Севиндж Тофик кызы",
                "Магеррамова Севиндж Тофик кызы",
            ),
            ("Аскерову Гюнель Вагиф-кызы", "Аскерова Гюнель Вагиф-кызы"),
            ("Аскерову Гюнель Вагифкызы", "Аскерова Гюнель Вагифкызы"),
            ("Набиева Эльдара Вагифоглы", "Набиев Эльдар Вагифоглы"),
            ("Набиева Эльдара Вагиф-оглы", "Набиев Эльдар Вагиф-оглы"),
            ("Набиева Эльдара Вагиф оглы", "Набиев Эльдар Вагиф оглы"),
            (
                "Маматова Нурлана Жолдошбек уулу",
                "Маматов Нурлан Жолдошбек уулу",
            ),
            ("Набиева Джошгуна Вагиф оглы", "Набиев Джошгун Вагиф оглы"),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n№ 1\nО деле\nПРИКАЗЫВАЮ:\n1. Принять {name} на работу.\nДиректор\tА.М. Крутикова"
            ));
            let tokens = Tokens::of(&text);
            let found = people(&tokens, &outline(&tokens), &|_| false);
            let person = &found.people[0];
            let parts = [
                Some(person.surname.as_str()),
                person.given.as_deref(),
                person.patronymic.as_deref(),
            ];
            let shown: Vec<&str> = parts.into_iter().flatten().collect();
            assert_eq!(shown.join(" "), expected, "{name}");
        }
    }
}
