//! Names with initials: «Гапутина Л. А.», «В.СЕЛИН», «Х.-М. А. Дзугаев».
//!
//! In: tokens and where a name may begin. Out: a [`NameMention`] with its surname as printed. Must never: take the letter
//! of a list or a class for an initial.

use super::{
    NameMention, is_abbreviation, is_ordinary_word, is_wrapped, joined, stands_apart, word_parts,
};
use crate::lexicon::words::WordClass;
use crate::parse::lexer::{Gap, TokenKind, Tokens, look_alike};
use crate::parse::numbers::sign_at;

/// «Гапутина Л. А.», «Гапутина Л.А.», «Кожемякин В.».
pub(super) fn initials_last(tokens: &Tokens<'_>, at: usize) -> Option<NameMention> {
    let end = word_parts(tokens, at)?;
    if tokens.gap(end) > Gap::Space && !is_wrapped(tokens, end)
        || tokens.length(at) < 2
        || tokens.meaning(at, WordClass::Position).is_some()
        // «СанПиН З.З686-21»: letters for figures.
        || tokens.meaning(at, WordClass::Standard).is_some()
    {
        return None;
    }
    let (initials, stop) = initials_at(tokens, end)?;
    // «Фамилия И.О.» in the head of a table.
    if tokens.word(at) == "фамилия" {
        return None;
    }
    // «Учителям А. В. Седлову»: the initials belong to the surname behind them.
    let surname_behind =
        tokens.gap(stop) <= Gap::Space && tokens.is_capitalised(stop) && tokens.length(stop) > 1;
    // «врач по ЭВН В.Р. Ощепкова»: of two words about the initials, the one in capitals abbreviates something.
    let abbreviates = tokens.is_all_capitals(at) && !tokens.is_all_capitals(stop);
    let is_ordinary = || is_ordinary_word(tokens.raw(at)) && !belong_before(tokens, at, stop);
    if surname_behind && (abbreviates || is_ordinary() || stands_apart(tokens, end)) {
        return None;
    }
    // «Приказ N. 5» and «РФ от» are no names; one letter could be a class: «школы А.».
    if initials.len() == 1 && tokens.length(at) < 3
        || sign_at(tokens, end).is_some()
        || is_abbreviation(tokens, at)
    {
        return None;
    }
    Some(NameMention {
        tokens: at..stop,
        surname: joined(tokens, at..end).into_owned(),
        given: None,
        patronymic: None,
        initials,
        grammar: None,
    })
}

/// «Середа В.И. Карась У.Ф.», «ознакомить с приказом Сороку Т.Т. Ответственность возложить»: whether initials between an
/// ordinary word and another belong to the first: the word behind has initials of its own, or is an ordinary one that
/// begins a sentence while the first has its capital letter within one.
fn belong_before(tokens: &Tokens<'_>, at: usize, behind: usize) -> bool {
    let has_own = || {
        word_parts(tokens, behind).is_some_and(|end| {
            tokens.gap(end) <= Gap::Space
                && initials_at(tokens, end).is_some_and(|(own, _)| own.len() > 1)
        })
    };
    let within_sentence = || {
        at > 0
            && tokens.continues(at)
            && tokens.is_word(at - 1)
            && !tokens.is_capitalised(at - 1)
            && is_ordinary_word(tokens.raw(behind))
    };
    has_own() || within_sentence()
}

/// «Л. А. Гапутина», «А.Б.ВОДЯНИЦКИЙ», «В. Брагин».
pub(super) fn initials_first(tokens: &Tokens<'_>, at: usize) -> Option<NameMention> {
    let (initials, next) = initials_at(tokens, at)?;
    let end = word_parts(tokens, next)?;
    let surname = tokens.raw(next);
    let is_name = (tokens.gap(next) <= Gap::Space || is_wrapped(tokens, next))
        && tokens.is_capitalised(next)
        && surname.chars().count() >= 2;
    if !is_name || tokens.meaning(next, WordClass::Position).is_some() {
        return None;
    }
    // «В Г. УЛАН-УДЭ»: in capitals the mark of a settlement looks like an initial.
    let of_settlement = tokens.word(at) == "г"
        && initials.len() == 1
        && at > 0
        && tokens.continues(at)
        && matches!(tokens.word(at - 1), "в" | "из" | "по" | "до" | "от" | "для");
    // «мост через Р. Кедровку»
    let of_river = tokens.word(at) == "р"
        && initials.len() == 1
        && at > 0
        && tokens.word(at - 1) == "через"
        && tokens.continues(at);
    if of_settlement || of_river {
        return None;
    }
    // «А. Развитие услуг» at the start of a block is a list letter, not an initial.
    let listed = initials.len() == 1
        && (tokens.gap(at) >= Gap::Break
            // «“В. При разборе воды …“»: a clause of a new wording.
            || tokens.kind(at.wrapping_sub(1)) == Some(TokenKind::OpenQuote))
        && tokens.gap(end) <= Gap::Space
        && tokens.is_word(end);
    if listed {
        return None;
    }
    Some(NameMention {
        tokens: at..end,
        surname: joined(tokens, next..end).into_owned(),
        given: None,
        patronymic: None,
        initials,
        grammar: None,
    })
}

/// One to three initials with their full stops. Gives the token after them.
fn initials_at(tokens: &Tokens<'_>, at: usize) -> Option<(Vec<char>, usize)> {
    /// «Х.-М. А.»: no name has more.
    const MAX_INITIALS: usize = 3;
    let mut initials = Vec::new();
    let mut next = at;
    while initials.len() < MAX_INITIALS && tokens.is_capitalised(next) && tokens.length(next) == 1 {
        if !initials.is_empty() && tokens.gap(next) > Gap::Space {
            break;
        }
        let dotted = tokens.is_mark(next + 1, '.') && tokens.gap(next + 1) == Gap::None;
        let stop = next + 1 + usize::from(dotted);
        // «Х.-М. А.» and «Б-Д. М.»
        let hyphen = tokens.kind(stop) == Some(TokenKind::Dash)
            && tokens.gap(stop) == Gap::None
            && tokens.gap(stop + 1) == Gap::None
            && tokens.is_capitalised(stop + 1)
            && tokens.length(stop + 1) == 1
            && (dotted || tokens.is_mark(stop + 2, '.'));
        // The last full stop may be missing: «Иванов И.И».
        let ends = !dotted && !hyphen;
        if ends && (initials.is_empty() || tokens.gap(next) > Gap::None) {
            break;
        }
        initials.extend(tokens.raw(next).chars());
        next = stop + usize::from(hyphen);
        if ends {
            break;
        }
    }
    (!initials.is_empty()).then(|| (in_cyrillic(initials), next))
}

/// «B.A. Щетков»: Latin letters before a Cyrillic surname, each of which looks like a Cyrillic one, were meant as those.
fn in_cyrillic(initials: Vec<char>) -> Vec<char> {
    let looks_cyrillic =
        |letter: &char| !letter.is_ascii_alphabetic() || !look_alike(*letter).is_ascii();
    if !initials.iter().all(looks_cyrillic) {
        return initials;
    }
    initials
        .into_iter()
        .flat_map(|letter| match letter {
            'A'..='Z' => look_alike(letter).to_uppercase(),
            _ => letter.to_uppercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{name_at, names_in};
    use crate::parse::lexer::Tokens;
    use crate::text::Text;

    #[test]
    fn initials_between_two_words_belong_to_one_of_them() {
        for (line, expected) in [
            ("Середа В.И. Карась У.Ф.", vec!["Середа", "Карась"]),
            (
                "ознакомить с приказом Сороку Т.Т. Ответственность возложить на завхоза",
                vec!["Сороку"],
            ),
            (
                "Учителям А.В. Рощиной, И.И. Зуевой",
                vec!["Рощиной", "Зуевой"],
            ),
            ("Контроль за Учителями А.В. Рощиной", vec!["Рощиной"]),
            ("переправа через Р. Лена", vec![]),
            ("письмо через А. Рощина от", vec!["Рощина"]),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let found = names_in(&tokens).into_iter().map(|name| name.surname);
            assert_eq!(found.collect::<Vec<_>>(), expected, "{line}");
        }
    }

    #[test]
    fn initials_are_cyrillic_letters() {
        // «B», «A», «C», «X» and «R» are Latin.
        for (line, expected) in [
            ("B.A. Рощин", Some("ВА")),
            ("Рощин C.X.", Some("СХ")),
            ("Рощин R.A.", Some("RA")),
            ("СанПиН З.З686-21", None),
            ("«В. При разборе воды»", None),
            ("В Г. УЛАН-УДЭ", None),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let at = usize::from(!tokens.is_word(0));
            let initials =
                name_at(&tokens, at).map(|name| name.initials.iter().collect::<String>());
            assert_eq!(initials.as_deref(), expected, "{line}");
        }
    }
}
