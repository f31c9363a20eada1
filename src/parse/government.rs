//! The case that the words before a name ask for.
//!
//! In: tokens and the place of a name. Out: the cases that it can stand in. Must never: look further back than
//! a fixed reach.

use std::ops::Range;

use super::lexer::{Gap, TokenKind, Tokens};
use super::openings::is_infinitive;
use super::roles::list_lead;
use super::sentences::ends_a_sentence;
use crate::lexicon::morphology::{Case, PartOfSpeech, readings as word_readings};
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;

/// The cases that the words before a name allow: the nearest preposition, position or verb.
pub(crate) fn governing_cases(tokens: &Tokens<'_>, at: usize) -> Vec<Case> {
    /// «на заместителя директора по учебно-воспитательной работе» has eight tokens.
    const REACH: usize = 14;
    let mut index = at;
    let mut noun_cases: Vec<Case> = Vec::new();
    let mut parted = false;
    for _ in 0..REACH {
        let goes_on = tokens.continues(index) || index == at && is_parted_from_position(tokens, at);
        if !goes_on || index == 0 {
            break;
        }
        index -= 1;
        if ends_a_sentence(tokens, index) {
            break;
        }
        let word = tokens.word(index);
        parted |= matches!(tokens.kind(index), Some(TokenKind::Mark(',' | ';' | ')')));
        // «Назначить старостой Кедрову Л.А., рук. Елина В.П.»: what is shortened right before the name may stand in any
        // case, and what governs the names before it need not govern this one.
        if parted
            && at >= 2
            && tokens.is_mark(at - 1, '.')
            && is_shortened_deputy(tokens.word(at - 2))
        {
            return Vec::new();
        }
        if let Some(case) = verb_government(tokens, index) {
            // «Назначить комиссию: председатель Елина Т.В.»: the verb governs the commission.
            let lists =
                !noun_cases.is_empty() && noun_cases.iter().all(|found| *found == Case::Nominative);
            return vec![if lists { Case::Nominative } else { case }];
        }
        // «обращение с отходами старшую сестру Иванову»: a preposition whose case the noun before the name
        // does not stand in governs something else.
        if let Some(case) = preposition_government(tokens, index)
            && (noun_cases.is_empty() || noun_cases.contains(&case))
            && !governs_another(tokens, index, at)
            && !has_its_noun(tokens, index, at, noun_cases.is_empty())
        {
            return vec![case];
        }
        // «Закрепить автобус за водителем Ткачом Б.Б.», «за заместителем главы Дзюбой Р.И.», but «за мастером ученика Зуева П.П.»
        if charges_behind(tokens, index)
            && (noun_cases.contains(&Case::Instrumental) || index + 1 == at)
            && may_be_instrumental(tokens, at)
        {
            return vec![Case::Instrumental];
        }
        // «рапорт мастера Чернова А.В.»: whose paper it is, or who is absent.
        if !parted
            && begins_as(StemClass::OfSomebody, word)
            && (noun_cases.is_empty() || noun_cases.contains(&Case::Genitive))
            && may_be_genitive(tokens, at)
            && !(index + 1..at).any(|between| is_verb(tokens.word(between)))
        {
            return vec![Case::Genitive];
        }
        // «О награждении Черновой А.В.»
        if index + 1 == at && names_an_action(tokens, index) {
            return vec![Case::Genitive];
        }
        // Behind another name in the list the same word governs: «Зырянову К.Н., Олейник Т.Т.».
        // «т.», «зав.»: what a full stop shortens may stand in any case.
        let shortened = tokens.is_mark(index + 1, '.');
        if shortened && is_shortened_deputy(word) {
            // «на зам. главы администрации Шмелеву»: whose deputy it is stands in the genitive.
            noun_cases.clear();
        } else if !shortened
            && (tokens.meaning(index, WordClass::Position).is_some() || is_person_noun(word))
        {
            let cases = cases_of_person(word);
            // «заместитель главного врача Чернавина», «заместителю председателя комитета Чернавину»: whose deputy it is
            // stands in the genitive, the name as the deputy.
            let leads = |wanted: Case| {
                !parted
                    && !noun_cases.is_empty()
                    && !noun_cases.contains(&wanted)
                    && !cases.is_empty()
                    && cases.iter().all(|case| *case == wanted)
            };
            for leading in [Case::Nominative, Case::Dative] {
                if leads(leading) {
                    return vec![leading];
                }
            }
            noun_cases.extend(cases);
        }
        // «4. Контрактному управляющему Кибиревой Н.Ж. …»: a clause that begins with a dative charges somebody.
        let starts_clause = tokens.gap(index) >= Gap::Block
            || tokens.is_mark(index.wrapping_sub(1), '.') && tokens.is_capitalised(index);
        if starts_clause && is_dative(word) {
            return vec![Case::Dative];
        }
    }
    if !noun_cases.contains(&Case::Dative)
        && (is_charged(tokens, index) || noun_cases.is_empty() && is_appointed(tokens, index))
    {
        return vec![Case::Accusative];
    }
    // «3. Назначить: 3.1. руководителем Бабича Г.А.»: the verb stands on the line that leads the list.
    if !noun_cases.contains(&Case::Dative)
        && let Some(case) = verb_of_lead(tokens, at)
        && noun_cases
            .iter()
            .all(|found| *found == Case::Instrumental || *found == case)
    {
        return vec![case];
    }
    noun_cases.dedup();
    noun_cases
}

/// «ознакомить с приказом Кедрова П.П.»: the preposition has a noun of its own, which names nobody, and the surname has
/// no ending of the instrumental.
fn has_its_noun(tokens: &Tokens<'_>, preposition: usize, name: usize, names_nobody: bool) -> bool {
    names_nobody
        && preposition + 1 < name
        && (preposition + 1..name).all(|index| !tokens.is_capitalised(index))
        && matches!(tokens.word(preposition), "с" | "со")
        && !may_be_instrumental(tokens, name)
}

/// «4. Якобсон-Дуде М.М. разместить приказ», «Якобсон-Дуде М.М. и Непейводе А.А. не допускать …»: who is told to do
/// something is named in the dative, first.
pub(crate) fn is_told(tokens: &Tokens<'_>, name: &Range<usize>) -> bool {
    /// Two more names with their initials.
    const LIST: usize = 14;
    let goes_on = |index: usize| {
        tokens.is_mark(index, ',')
            || tokens.is_mark(index, '.')
            || tokens.word(index) == "и"
            || tokens.is_capitalised(index)
    };
    let is_list = tokens.is_mark(name.end, ',') || tokens.word(name.end) == "и";
    let end = if is_list {
        (name.end..name.end + LIST)
            .take_while(|&index| tokens.continues(index))
            .find(|&index| !goes_on(index))
            .unwrap_or(name.end)
    } else {
        name.end
    };
    let verb_at = end + usize::from(tokens.word(end) == "не");
    let verb = tokens.word(verb_at);
    let starts = tokens.gap(name.start) == Gap::Block
        || tokens.is_mark(name.start.wrapping_sub(1), '.')
        || tokens.is_mark(name.start.wrapping_sub(1), ')');
    starts
        && tokens.continues(verb_at)
        && !tokens.is_capitalised(verb_at)
        && tokens.length(verb_at) > 3
        && is_infinitive(verb)
}

/// Tokens before a name, the nearest first, back to one of the marks.
fn back_to_a_mark(
    tokens: &Tokens<'_>,
    at: usize,
    marks: &'static [char],
) -> impl Iterator<Item = usize> {
    /// What somebody answers for, and a position with the name of a department and of what it is a department of.
    const REACH: usize = 60;
    (at.saturating_sub(REACH)..at).rev().take_while(move |&index| {
        tokens.continues(index + 1)
            && !matches!(tokens.kind(index), Some(TokenKind::Mark(mark)) if marks.contains(&mark))
    })
}

/// «Контроль возложить на главного специалиста … администрации Лесного района Чернова А.В.», «Возложить контроль за … на
/// председателя комиссии … Чернову А.В.»: orders charge in these words alone, however long the position is.
fn is_charged(tokens: &Tokens<'_>, at: usize) -> bool {
    let mut somebody = false;
    back_to_a_mark(tokens, at, &['.', ';', ':']).any(|index| {
        let charges = |index: usize| tokens.word(index).starts_with("возлож");
        somebody |= tokens.word(index) == "на"
            && (charges(index.wrapping_sub(1))
                || tokens.meaning(index + 1, WordClass::Position).is_some());
        somebody && charges(index)
    })
}

/// «Назначить ответственным за … директора муниципального учреждения … Чернова А.В.»: the verb and the position stand far
/// before the name, where the position has the name of an institution.
fn is_appointed(tokens: &Tokens<'_>, at: usize) -> bool {
    let mut somebody = false;
    back_to_a_mark(tokens, at, &['.', ';', ':', ',']).any(|index| {
        somebody |= tokens.meaning(index, WordClass::Position).is_some()
            && animate_cases(tokens.word(index)).contains(&Case::Accusative);
        somebody && verb_government(tokens, index) == Some(Case::Accusative)
    })
}

/// «о награждении», «об увольнении»: what is done to whom stands behind it in the genitive.
fn names_an_action(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.continues(at)
        && matches!(tokens.word(at.wrapping_sub(1)), "о" | "об")
        && ["ении", "ании", "тии"]
            .iter()
            .any(|ending| tokens.word(at).ends_with(ending))
}

/// «зам. главы», «зав. отделением»: in which case it stands, cannot be seen.
fn is_shortened_deputy(word: &str) -> bool {
    matches!(word, "зам" | "пом" | "зав" | "нач" | "рук")
}

/// Whether a noun or an adjective stands in the dative, and can stand in the accusative not at all.
fn is_dative(word: &str) -> bool {
    let cases = cases_of_person(word);
    cases.contains(&Case::Dative)
        && !cases
            .iter()
            .any(|case| matches!(case, Case::Accusative | Case::Nominative))
}

/// The cases of a word that stands before a name: «механику» is said of a mechanic there, not of mechanics.
fn cases_of_person(word: &str) -> Vec<Case> {
    let readings = word_readings(word);
    let animate = readings
        .iter()
        .any(|reading| reading.known && reading.animate);
    readings
        .iter()
        .filter(|reading| reading.known && (reading.animate || !animate))
        .filter_map(|reading| reading.case)
        .collect()
}

/// The case that the verb asks for on the line that leads the list of a name.
fn verb_of_lead(tokens: &Tokens<'_>, at: usize) -> Option<Case> {
    let mut lead = list_lead(tokens, at)?;
    lead.find_map(|index| verb_government(tokens, index))
}

/// The case that what is said of a person behind the name stands in: «Козлякина С.Е. – инженера-наладчика»,
/// «Бабич Я.О., учителя технологии». A form that is a nominative too says nothing.
pub(crate) fn case_of_apposition(tokens: &Tokens<'_>, end: usize) -> Option<Case> {
    /// «– старшего воспитателя», «– заведующую отделением»: an adjective may come first.
    const FARTHEST: usize = 2;
    let parts = matches!(
        tokens.kind(end),
        Some(TokenKind::Dash | TokenKind::Mark(',' | '('))
    );
    if !parts || !tokens.continues(end + 1) || tokens.is_capitalised(end + 1) {
        return None;
    }
    let cases = (end + 1..=end + FARTHEST)
        .take_while(|&index| tokens.is_word(index) && tokens.continues(index))
        .map(|index| animate_cases(tokens.word(index)))
        .find(|cases| !cases.is_empty())?;
    if cases.contains(&Case::Nominative) {
        None
    } else if cases.contains(&Case::Accusative) {
        Some(Case::Accusative)
    } else {
        cases.first().copied().filter(|case| *case == Case::Dative)
    }
}

/// «Кулахметьева Асия, бухгалтер»: what is said of a person behind the name stands in the nominative and in no other
/// case that it could be asked for in.
pub(crate) fn is_apposition_in_nominative(tokens: &Tokens<'_>, end: usize) -> bool {
    let parts = matches!(
        tokens.kind(end),
        Some(TokenKind::Dash | TokenKind::Mark(','))
    );
    if !parts || !tokens.continues(end + 1) || tokens.is_capitalised(end + 1) {
        return false;
    }
    let cases = animate_cases(tokens.word(end + 1));
    cases.contains(&Case::Nominative) && !cases.contains(&Case::Accusative)
}

/// «на главного инженера …»: whether the word before a name is a noun of a person that cannot be a nominative.
pub(crate) fn stands_behind_an_oblique_position(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| tokens.continues(at)) else {
        return false;
    };
    if !tokens.is_word(before) || tokens.is_capitalised(before) {
        return false;
    }
    let cases = animate_cases(tokens.word(before));
    cases.contains(&Case::Genitive) && !cases.contains(&Case::Nominative)
}

/// The cases that a word can stand in as the singular of a noun that names a person.
fn animate_cases(word: &str) -> Vec<Case> {
    word_readings(word)
        .iter()
        .filter(|reading| {
            reading.known
                && !reading.plural
                && reading.animate
                && reading.part_of_speech == PartOfSpeech::Noun
        })
        .filter_map(|reading| reading.case)
        .collect()
}

/// The case that a preposition asks for; the initial «С.» is none, nor is «ОТ» among small letters, which shortens
/// «охрана труда».
fn preposition_government(tokens: &Tokens<'_>, at: usize) -> Option<Case> {
    let shortens = || {
        tokens.is_all_capitals(at)
            && tokens.length(at) > 1
            && tokens.continues(at)
            && !tokens.is_all_capitals(at.wrapping_sub(1))
    };
    if tokens.is_mark(at + 1, '.') || shortens() {
        return None;
    }
    match tokens.word(at) {
        "на" => Some(Case::Accusative),
        "с" | "со" => Some(Case::Instrumental),
        "к" | "ко" => Some(Case::Dative),
        "от" | "у" | "для" | "без" | "отношении" => Some(Case::Genitive),
        _ => None,
    }
}

/// «Ткачом», «Р.И. Дзюбой»: whether the surname of a name that begins here has an ending of the instrumental.
fn may_be_instrumental(tokens: &Tokens<'_>, at: usize) -> bool {
    surname_from(tokens, at).is_some_and(|surname| tokens.word(surname).ends_with(['м', 'й', 'ю']))
}

/// «Чернова», «А.В. Черновой»: whether the surname of a name that begins here has an ending of the genitive.
fn may_be_genitive(tokens: &Tokens<'_>, at: usize) -> bool {
    surname_from(tokens, at).is_some_and(|surname| {
        let word = tokens.word(surname);
        word.ends_with(['а', 'я', 'ы', 'и', 'о'])
            || ["ой", "ей", "ых", "их"]
                .iter()
                .any(|ending| word.ends_with(ending))
    })
}

/// «отсутствия по болезни обязанности исполняет …»
fn is_verb(word: &str) -> bool {
    word_readings(word)
        .first()
        .is_some_and(|reading| reading.known && reading.part_of_speech == PartOfSpeech::Verb)
}

/// The first word of a name that is no initial.
fn surname_from(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    /// Two initials with their full stops.
    const INITIALS: usize = 4;
    (at..=at + INITIALS).find(|&index| tokens.length(index) > 1)
}

/// «на зам.директора / Оборина А.В.»: a line ends with a position that is no nominative, and the name begins the next.
pub(crate) fn is_parted_from_position(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    if tokens.gap(at) < Gap::Break || !tokens.is_word(before) || tokens.is_capitalised(before) {
        return false;
    }
    let cases = animate_cases(tokens.word(before));
    !cases.is_empty() && !cases.contains(&Case::Nominative)
}

/// «Назначить: / – дежурным на этаже – Лысова Б.Б.»: before the dash stands as what somebody is appointed, and the verb on
/// the line that leads the list asks for the accusative.
pub(crate) fn is_appointed_by_item(tokens: &Tokens<'_>, at: usize) -> bool {
    /// Ten people with what they are appointed to, in one sentence.
    const REACH: usize = 120;
    let block = tokens.block_start(at).max(at.saturating_sub(REACH));
    let is_behind_dash =
        tokens.kind(at.wrapping_sub(1)) == Some(TokenKind::Dash) && tokens.continues(at);
    if !is_behind_dash {
        return false;
    }
    // «Назначить старшим Соловья А.А., помощником – Воробья Б.Б.»: or the verb stands before the comma.
    let start = (block..at)
        .rev()
        .find(|&index| tokens.is_mark(index, ',') || tokens.is_mark(index, ';'))
        .map_or(block, |comma| comma + 1);
    let first = (start..at).find(|&index| tokens.is_word(index) && tokens.length(index) > 1);
    let verb = || {
        verb_of_lead(tokens, at).or_else(|| {
            (block..start)
                .rev()
                .find_map(|index| verb_government(tokens, index))
        })
    };
    let is_instrumental = |index: usize| {
        let word = tokens.word(index);
        word.ends_with(['м', 'й', 'ю', 'и'])
            && word_readings(word)
                .iter()
                .any(|reading| reading.known && reading.case == Some(Case::Instrumental))
            && !word_readings(word)
                .iter()
                .any(|reading| reading.known && reading.case == Some(Case::Nominative))
    };
    first.is_some_and(is_instrumental) && verb() == Some(Case::Accusative)
}

/// «снять с обслуживания Пупышеву Г.Н.»: the noun behind «с» stands in the genitive, and the name depends on neither.
fn governs_another(tokens: &Tokens<'_>, preposition: usize, name: usize) -> bool {
    let noun = preposition + 1;
    if noun >= name || !matches!(tokens.word(preposition), "с" | "со") {
        return false;
    }
    // «ознакомить с ним Кедрова П.П.»
    if matches!(tokens.word(noun), "ним" | "ней" | "ними" | "этим") {
        return true;
    }
    let cases: Vec<Case> = word_readings(tokens.word(noun))
        .iter()
        .filter(|reading| reading.known && reading.part_of_speech == PartOfSpeech::Noun)
        .filter_map(|reading| reading.case)
        .collect();
    cases.contains(&Case::Genitive) && !cases.contains(&Case::Instrumental)
}

/// Whether somebody in the instrumental is put in charge: «Контроль – за директором Ивановым А.А.», «закрепить за
/// водителями Зуевым П.П., Ткачом Б.Б.».
pub(crate) fn is_put_in_charge(tokens: &Tokens<'_>, at: usize) -> bool {
    /// A position and the name before it in a list.
    const REACH: usize = 12;
    (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|&index| tokens.continues(index + 1))
        .any(|index| charges_behind(tokens, index))
}

/// «за» with somebody behind it: «за организацию» and «уход за ребёнком» put nobody in charge.
fn charges_behind(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at) == "за"
        && (tokens.word(at + 1).ends_with(['м', 'й', 'и']) || tokens.is_capitalised(at + 1))
        && !tokens.word(at.wrapping_sub(1)).starts_with("уход")
}

/// The cases of a name in a list that does not give it in the nominative: «руководителям (Иванову П.П.)»,
/// «создать комиссию: председатель – Иванову П.П.», «предоставить отпуск: – Бережной Е.К.». What stands before
/// the bracket or on the line governs, or else the verb of the clause; most verbs that make a list ask for the
/// accusative.
pub(crate) fn cases_in_list(tokens: &Tokens<'_>, at: usize) -> Vec<Case> {
    /// The names of one list share its opening bracket.
    const REACH: usize = 40;
    let bracket = (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|&index| tokens.continues(index + 1) && !tokens.is_mark(index, ')'))
        .find(|&index| tokens.is_mark(index, '('));
    let mut cases = governing_cases(tokens, bracket.unwrap_or(at));
    cases.retain(|case| *case != Case::Nominative);
    if cases.contains(&Case::Dative)
        || ends_with_receivers(tokens, at)
        || cases.is_empty()
            && (is_led_by_a_dative(tokens, at) || verb_of_list(tokens, at) == Some(Case::Dative))
    {
        vec![Case::Dative]
    } else {
        vec![Case::Accusative]
    }
}

/// «Заведующим отделениями: / хирургии – Бисултановой Л.Х.; / …»: the line that leads the list begins with those who are
/// told something, and has no verb of its own.
fn is_led_by_a_dative(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(mut lead) = list_lead(tokens, at) else {
        return false;
    };
    let first = lead
        .clone()
        .find(|&index| tokens.is_word(index) && tokens.length(index) > 1);
    first.is_some_and(|first| is_dative(tokens.word(first)))
        && lead.all(|index| verb_government(tokens, index).is_none())
}

/// «Назначить стипендию студентам: / 1.1. Кедрову В.Д.; / …»: the line that leads the list ends with those who get
/// something.
fn ends_with_receivers(tokens: &Tokens<'_>, at: usize) -> bool {
    list_lead(tokens, at).is_some_and(|lead| {
        let last = tokens.word(lead.end.saturating_sub(1));
        lead.len() > 1 && is_person_noun(last) && is_dative(last)
    })
}

/// The case that the nearest verb before a list asks for.
fn verb_of_list(tokens: &Tokens<'_>, at: usize) -> Option<Case> {
    /// A list of a dozen names with their positions.
    const REACH: usize = 120;
    (at.saturating_sub(REACH)..at)
        .rev()
        .find_map(|index| verb_government(tokens, index))
}

/// Nouns of professions are not all in the word list; the dictionary knows what is animate.
fn is_person_noun(word: &str) -> bool {
    word_readings(word).iter().any(|reading| {
        reading.known
            && reading.animate
            && reading.name.is_none()
            && reading.part_of_speech == PartOfSpeech::Noun
    })
}

/// The case that a verb of orders asks for.
fn verb_government(tokens: &Tokens<'_>, at: usize) -> Option<Case> {
    match tokens.meaning(at, WordClass::Governs)? {
        "dative" => Some(Case::Dative),
        // «обязанности исполняет Кедрова А.А.»: what is done is a thing, so that the name is the subject.
        "nominative" => Some(Case::Nominative),
        _ => Some(Case::Accusative),
    }
}
