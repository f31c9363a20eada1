//! Given names and patronymics brought to the nominative; they also tell gender and case.
//!
//! In: the parts of a name as printed. Out: their nominatives and the [`Grammar`] of the name. Must never: ask the
//! dictionary about a patronymic, whose ending says all.

use std::ops::Range;

use super::dates::date_at;
use super::lexer::{Gap, TokenKind, Tokens};
use super::names::joined;
use crate::lexicon::given_names;
use crate::lexicon::morphology::{Case, Gender, NamePart, fold, readings};
use crate::lexicon::surnames::{self, titled};

/// Whether a word has the ending of a patronymic in some case.
pub(super) fn is_patronymic(folded: &str) -> bool {
    /// Letters of the shortest: «Яковна» has as many, «дачи» and «ключа» have fewer.
    const SHORTEST: usize = 6;
    /// What stands before «-ич»: «Ивано-в-ич», «Ники-т-ич», «Лу-к-ич», «Иль-ь-ич», «Фо-м-ич».
    const BEFORE: [char; 5] = ['в', 'к', 'т', 'ь', 'м'];
    let of_a_man = |stem: &str| {
        stem.strip_suffix("ич")
            .is_some_and(|stem| stem.ends_with(BEFORE))
    };
    let of_a_woman = |stem: &str| stem.ends_with("вн") || stem.ends_with("ичн");
    let Some(last) = folded.chars().next_back() else {
        return false;
    };
    let before = &folded[..folded.len() - last.len_utf8()];
    let has_ending = match last {
        'ч' => of_a_man(folded),
        'у' | 'а' | 'е' => of_a_man(before) || of_a_woman(before),
        'ы' => of_a_woman(before) || before.ends_with("огл"),
        // «Петровичем», «Ильичом»
        'м' => before.strip_suffix(['е', 'о']).is_some_and(of_a_man),
        'й' | 'ю' => before.strip_suffix('о').is_some_and(of_a_woman),
        _ => false,
    };
    has_ending && folded.chars().count() >= SHORTEST
        || matches!(folded, "ильич" | "лукич" | "фомич")
}

/// Gender and case of a name, where its own form says them.
pub(super) type Grammar = Option<(Gender, Case)>;

/// Given name and patronymic in the nominative with gender and case: the patronymic decides.
pub(super) fn given_and_patronymic(
    tokens: &Tokens<'_>,
    given: Range<usize>,
    patronymic: Range<usize>,
) -> Option<(String, String, Grammar)> {
    // «Магомед-Саидовича»: the last part is declined.
    let last = patronymic.end - 1;
    let (nominative, gender, case) = patronymic_nominative(tokens.raw(last))?;
    let nominative = joined(tokens, patronymic.start..last).into_owned()
        + &if tokens.is_capitalised(last) {
            nominative
        } else {
            nominative.to_lowercase()
        };
    let wanted = Some((gender, case));
    // «Барсегян Лусине Ашотовне»: where an Armenian bears it, a name that no case changes is not «Лусина».
    let is_armenian = [given.start.wrapping_sub(1), patronymic.end]
        .iter()
        .any(|&surname| tokens.word(surname).ends_with("ян"));
    let keeps = |form: &str| {
        let folded = fold(form);
        readings(form)
            .iter()
            .any(|reading| reading.case == Some(case) && reading.lemma == folded)
    };
    // «Анну-Марию»: each part is declined.
    let parts: Vec<String> = given
        .filter(|&index| tokens.is_word(index))
        .map(|index| match tokens.raw(index) {
            form if is_armenian && keeps(form) => form.to_owned(),
            form => given_nominative(form, gender, case),
        })
        .collect();
    Some((parts.join("-"), nominative, wanted))
}

/// A given name that stands in `case`, in the nominative.
pub(super) fn given_nominative(form: &str, gender: Gender, case: Case) -> String {
    let known = readings(form);
    let mut fitting = known.iter().filter(|reading| {
        reading.known
            && reading.case == Some(case)
            && reading.gender == Some(gender)
            && !reading.plural
    });
    // «Карине» is Карина before it is the foreign name that no case changes.
    let first = fitting.next();
    let found = match first {
        Some(reading) if case != Case::Nominative && fold(form) == fold(&reading.lemma) => {
            fitting.find(|other| other.lemma != reading.lemma).or(first)
        }
        _ => first,
    };
    if let Some(reading) = found {
        return capitalised(&reading.lemma);
    }
    // «Хедой»: a surname might be an adjective.
    if let (Gender::Feminine, Case::Instrumental, Some(stem)) =
        (gender, case, form.strip_suffix("ой"))
    {
        return format!("{stem}а");
    }
    let nominative = crate::lexicon::surnames::nominative(form, gender, case);
    // «Зульфие» is Зульфия: behind «и» and «ь» no woman's name ends in «а».
    match nominative.strip_suffix('а') {
        Some(stem) if stem.ends_with(['и', 'ь']) && nominative != form => format!("{stem}я"),
        // «Лие»: as short as a surname that no case changes
        None if nominative == form && gender == Gender::Feminine && case == Case::Dative => {
            match form.strip_suffix("ие") {
                Some(stem) => format!("{stem}ия"),
                None => nominative,
            }
        }
        _ => nominative,
    }
}

/// A patronymic in the nominative, with the gender and case of its form.
fn patronymic_nominative(printed: &str) -> Option<(String, Gender, Case)> {
    use Case::{Accusative, Dative, Genitive, Instrumental, Locative, Nominative};
    const FEMININE: [(&str, Case); 6] = [
        ("на", Nominative),
        ("ны", Genitive),
        ("не", Dative),
        ("ну", Accusative),
        ("ной", Instrumental),
        ("ною", Instrumental),
    ];
    const MASCULINE: [(&str, Case); 6] = [
        ("ича", Genitive),
        ("ичу", Dative),
        ("ичем", Instrumental),
        ("ичом", Instrumental),
        ("иче", Locative),
        ("ич", Nominative),
    ];
    let printed = titled(printed);
    for (ending, case) in FEMININE {
        if let Some(stem) = printed.strip_suffix(ending) {
            return Some((format!("{stem}на"), Gender::Feminine, case));
        }
    }
    for (ending, case) in MASCULINE {
        if let Some(stem) = printed.strip_suffix(ending) {
            return Some((format!("{stem}ич"), Gender::Masculine, case));
        }
    }
    printed
        .ends_with("оглы")
        .then_some((printed, Gender::Masculine, Nominative))
}

/// «Давида» is a woman in two texts of a hundred; the nominative of a name as rare is not looked for.
const RAREST: f64 = 0.03;

/// A given name of the dictionary, in the nominative, with its grammar where only one reading fits.
pub(super) fn known_given(form: &str) -> Option<(String, Grammar)> {
    // «Аминат»: the dictionary takes her for a man.
    if let Some(gender) = given_names::gender_of(form) {
        return Some((titled(form), Some((gender, Case::Nominative))));
    }
    let all = readings(form);
    let found: Vec<_> = all
        .iter()
        .filter(|reading| reading.known && reading.name == Some(NamePart::Given) && !reading.plural)
        .collect();
    let Some(first) = found.first() else {
        let listed = given_names::readings(form);
        let (name, gender, case) = listed.first()?;
        return Some((name.clone(), Some((*gender, *case))));
    };
    let nominative = found
        .iter()
        .find(|reading| reading.case == Some(Case::Nominative) && reading.probability >= RAREST)
        .unwrap_or(first);
    let grammar = nominative.gender.zip(nominative.case);
    Some((capitalised(&nominative.lemma), grammar))
}

/// A given name beside a surname: «Алину» is Алина in «Цой Алину», for a man's surname would be «Цою» there.
pub(super) fn known_given_beside(form: &str, surname: &str) -> Option<(String, Grammar)> {
    let first = known_given(form)?;
    let of_surname = surnames::readings(surname);
    let fits = |gender: Gender, case: Case| {
        of_surname
            .iter()
            .any(|reading| reading.gender == gender && reading.case == case)
    };
    if first.1.is_none_or(|(gender, case)| fits(gender, case)) {
        return Some(first);
    }
    let all = readings(form);
    let other = all.iter().find_map(|reading| {
        let (gender, case) = reading.gender.zip(reading.case)?;
        let is_given = reading.known
            && reading.name == Some(NamePart::Given)
            && !reading.plural
            && reading.probability >= RAREST;
        (is_given && fits(gender, case))
            .then(|| (capitalised(&reading.lemma), Some((gender, case))))
    });
    Some(other.unwrap_or(first))
}

/// «Гайсину Амелию, 30.11.2016 г.р.»: what stands at `at` says when somebody was born.
pub(super) fn is_born_behind(tokens: &Tokens<'_>, at: usize) -> bool {
    let start = at + usize::from(tokens.is_mark(at, ',') || tokens.is_mark(at, '('));
    if !tokens.is_number(start) || !tokens.continues(start) {
        return false;
    }
    date_at(tokens, start).is_some_and(|(_, end)| {
        // «г.» belongs to the date where the year is not glued to it.
        let year = tokens.word(end) == "г" && tokens.is_mark(end + 1, '.');
        let word = tokens.word(end + if year { 2 } else { 0 });
        word == "р" || word == "рождения"
    })
}

/// «1) Кедров Пётр Ильич, 2 курс / 2) Нгуен Лан, 1 курс»: whether the name at `at` stands in a numbered list right under
/// a full name with the same mark or figure behind it.
pub(super) fn is_listed_under_a_name(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    /// A number with its mark, a double surname, given name and patronymic, what is said of them.
    const LONGEST_LINE: usize = 24;
    let line_start = |index: usize| {
        (index.saturating_sub(LONGEST_LINE)..=index)
            .rev()
            .find(|&start| tokens.gap(start) >= Gap::Break)
    };
    let behind_number = |start: usize| {
        let closed = tokens.is_mark(start + 1, ')') || tokens.is_mark(start + 1, '.');
        tokens
            .is_number(start)
            .then_some(start + 1 + usize::from(closed))
    };
    let is_counted = at > 0
        && matches!(
            tokens.kind(at - 1),
            Some(TokenKind::Number | TokenKind::Mark(')' | '.'))
        );
    if !is_counted || tokens.is_word(end) {
        return false;
    }
    let Some(start) = line_start(at).filter(|&start| start > 0 && behind_number(start) == Some(at))
    else {
        return false;
    };
    let Some(name) = line_start(start - 1).and_then(behind_number) else {
        return false;
    };
    let is_part =
        |index: usize| tokens.is_capitalised(index) || tokens.kind(index) == Some(TokenKind::Dash);
    let last = (name..start)
        .take_while(|&index| is_part(index))
        .last()
        .filter(|&last| last >= name + 2);
    last.is_some_and(|last| {
        is_patronymic(tokens.word(last)) && tokens.kind(last + 1) == tokens.kind(end)
    })
}

fn capitalised(word: &str) -> String {
    word.split('-')
        .map(|part| {
            let mut characters = part.chars();
            characters
                .next()
                .map(|first| first.to_uppercase().chain(characters).collect::<String>())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_name_is_the_likeliest_one_of_its_form() {
        for (form, expected) in [
            ("Давида", Some("Давид")),
            ("Варвара", Some("Варвара")),
            ("Ярослава", Some("Ярослава")),
            ("Варвару", Some("Варвара")),
            ("Аминат", Some("Аминат")),
            ("Цырена", Some("Цырен")),
            ("Школа", None),
        ] {
            let found = known_given(form).map(|(nominative, _)| nominative);
            assert_eq!(found.as_deref(), expected, "{form}");
        }
    }

    #[test]
    fn a_surname_tells_whose_given_name_stands_beside_it() {
        for (surname, form, expected) in [("Цой", "Алину", "Алина"), ("Цою", "Алину", "Алин")]
        {
            let found = known_given_beside(form, surname).map(|(nominative, _)| nominative);
            assert_eq!(found.as_deref(), Some(expected), "{surname} {form}");
        }
    }

    #[test]
    fn a_given_name_comes_back_from_the_case_of_its_patronymic() {
        for (form, gender, case, expected) in [
            ("Кристине", Gender::Feminine, Case::Dative, "Кристина"),
            ("Инессе", Gender::Feminine, Case::Dative, "Инесса"),
            ("Карине", Gender::Feminine, Case::Dative, "Карина"),
            ("Лие", Gender::Feminine, Case::Dative, "Лия"),
            ("Ангелине", Gender::Feminine, Case::Dative, "Ангелина"),
            ("Айгуль", Gender::Feminine, Case::Dative, "Айгуль"),
            ("Хедой", Gender::Feminine, Case::Instrumental, "Хеда"),
        ] {
            assert_eq!(given_nominative(form, gender, case), expected, "{form}");
        }
    }

    #[test]
    fn a_patronymic_shows_its_ending() {
        for (word, expected) in [
            ("ильичом", true),
            ("кузьмичом", true),
            ("петровичем", true),
            ("кирпичом", false),
            ("ключом", false),
        ] {
            assert_eq!(is_patronymic(word), expected, "{word}");
        }
    }

    #[test]
    fn a_date_of_birth_tells_of_a_person() {
        for (line, expected) in [
            (", 30.11.2016 г.р.", true),
            (" (30.11.2016 года рождения)", true),
            (", 30.11.2016 г. рассмотрено", false),
            (", 4 класс", false),
        ] {
            let text = crate::text::Text::from_lines(line);
            let tokens = Tokens::of(&text);
            assert_eq!(is_born_behind(&tokens, 0), expected, "{line}");
        }
    }
}
