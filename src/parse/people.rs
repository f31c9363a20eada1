//! Who is named in an order, each person once, in the nominative, with the roles that the order
//! gives them.
//!
//! In: tokens and the outline. Out: [`PeopleFound`] (spans in bytes). Mentions that say gender and case
//! themselves come first; «Горностаеву И.Л.» then takes the reading that is a person already named,
//! or the one that the words before it ask for. Must never: join mentions whose initials contradict.

use std::collections::HashMap;
use std::ops::Range;

use super::lexer::{Gap, TokenKind, Tokens};
use super::names::{NameMention, name_at};
use super::outline::Outline;
use crate::lexicon::morphology::{Case, Gender, PartOfSpeech, fold, readings as word_readings};
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::surnames::{self, nominative, readings};
use crate::lexicon::words::WordClass;
use crate::order::{Acknowledgement, Day, Person, PersonRole, Signatory};
use crate::text::Span;

/// The people of an order.
#[derive(Debug, Default)]
pub(crate) struct PeopleFound {
    pub(crate) people: Vec<Person>,
    pub(crate) signatories: Vec<Signatory>,
    pub(crate) acknowledged: Vec<Acknowledgement>,
    /// Tokens of each mention, the person and the role it has there.
    pub(crate) mentions: Vec<(Range<usize>, usize, PersonRole)>,
}

/// A mention on its way to a person.
struct Mention {
    name: NameMention,
    role: PersonRole,
    /// The cases that the words before it allow; empty where they say nothing.
    cases: Vec<Case>,
}

/// A person's key: folded surname; initials are compared apart.
#[derive(Default)]
struct Joined {
    people: Vec<Person>,
    by_surname: HashMap<String, Vec<usize>>,
}

/// Finds the people. `quoted` tells whether a token stands in the title of a cited act.
pub(crate) fn people(
    tokens: &Tokens<'_>,
    outline: &Outline,
    quoted: &dyn Fn(usize) -> bool,
) -> PeopleFound {
    let mentions = mentions(tokens, outline, quoted);
    let mut joined = Joined::default();
    let mut persons: Vec<Option<usize>> = vec![None; mentions.len()];
    // Sure ones first: the name itself, or the place it stands in, says the case.
    for sure in [true, false] {
        for (index, mention) in mentions.iter().enumerate() {
            let certain = mention.name.grammar.is_some() || mention.cases == [Case::Nominative];
            if certain == sure {
                persons[index] = Some(joined.person_of(mention));
            }
        }
    }
    let mut found = PeopleFound::default();
    for (mention, person) in mentions.iter().zip(&persons) {
        let Some(person) = *person else { continue };
        let entry = &mut joined.people[person];
        if !entry.roles.contains(&mention.role) {
            entry.roles.push(mention.role);
        }
        entry
            .mentions
            .push(tokens.span(mention.name.tokens.start, mention.name.tokens.end));
        found
            .mentions
            .push((mention.name.tokens.clone(), person, mention.role));
    }
    // Who is charged with something is not also «mentioned».
    for person in &mut joined.people {
        if person.roles.len() > 1 {
            person.roles.retain(|role| *role != PersonRole::Mentioned);
        }
    }
    in_order_of_appearance(&mut joined.people, &mut found);
    found.signatories = signatories(tokens, outline, &found.mentions);
    found.acknowledged = acknowledgements(tokens, &found.mentions);
    found.people = joined.people;
    found
}

/// Persons are numbered by their first mention.
fn in_order_of_appearance(people: &mut Vec<Person>, found: &mut PeopleFound) {
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|&index| {
        people[index]
            .mentions
            .first()
            .map_or(usize::MAX, |span| span.start)
    });
    let mut place = vec![0; people.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    for (_, person, _) in &mut found.mentions {
        *person = place[*person];
    }
    let mut sorted: Vec<Option<Person>> = people.drain(..).map(Some).collect();
    people.extend(order.into_iter().filter_map(|old| sorted[old].take()));
}

fn mentions(
    tokens: &Tokens<'_>,
    outline: &Outline,
    quoted: &dyn Fn(usize) -> bool,
) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(name) = name_at(tokens, at).filter(|_| !quoted(at)) else {
            at += 1;
            continue;
        };
        let end = name.tokens.end;
        if let Some(role) = role_at(outline, &name) {
            let cases = if is_listed(tokens, outline, &name, role) {
                if is_declined(&name.surname) || in_dative_list(tokens, &name) {
                    cases_in_list(tokens, at)
                } else {
                    vec![Case::Nominative]
                }
            } else if let Some(last) = found.last()
                && goes_on_listing(tokens, last.name.tokens.end..at)
            {
                last.cases_of_list()
            } else {
                governing_cases(tokens, at)
            };
            let role = if role == PersonRole::Assigned {
                assigned_or_mentioned(tokens, &name, &cases)
            } else {
                role
            };
            found.push(Mention { name, role, cases });
        }
        at = end;
    }
    found
}

impl Mention {
    /// The cases that the next name of the same list can stand in.
    fn cases_of_list(&self) -> Vec<Case> {
        match self.name.grammar {
            Some((_, case)) => vec![case],
            None => self.cases.clone(),
        }
    }
}

/// «Заведующим отделениями (Шмидту К.К.)», «предоставить отпуск: – Бережной Е.К.»: a list in the dative, and
/// a form that can be one.
fn in_dative_list(tokens: &Tokens<'_>, name: &NameMention) -> bool {
    name.surname.ends_with(['у', 'ю', 'й'])
        && cases_in_list(tokens, name.tokens.start) == [Case::Dative]
}

/// «Ж.А. Никулину, И.В. Седову и Н.П. Колязину»: nothing but a comma or «и» between two names.
fn goes_on_listing(tokens: &Tokens<'_>, between: Range<usize>) -> bool {
    !between.is_empty()
        && tokens.continues(between.end)
        && between
            .into_iter()
            .all(|index| tokens.is_mark(index, ',') || tokens.word(index) == "и")
}

/// The role that the part of the order gives a name; `None` in the letterhead.
fn role_at(outline: &Outline, name: &NameMention) -> Option<PersonRole> {
    let at = name.tokens.start;
    let within = |ranges: &[Range<usize>]| ranges.iter().any(|range| range.contains(&at));
    if outline.signature.contains(&at) {
        return Some(PersonRole::Signatory);
    }
    if within(&outline.acknowledgements) {
        return Some(PersonRole::Acknowledged);
    }
    if within(&outline.approvals) {
        // Where nobody signs below, the order is signed by who approves it.
        let signs = outline.signature.is_empty()
            && outline.is_order
            && outline
                .approvals
                .first()
                .is_some_and(|range| range.contains(&at) && range.start < outline.operative.start);
        return Some(if signs {
            PersonRole::Signatory
        } else {
            PersonRole::Approver
        });
    }
    if within(&outline.executors) {
        return Some(PersonRole::Executor);
    }
    if outline.operative.contains(&at) {
        return Some(PersonRole::Assigned);
    }
    let letterhead = outline.is_order && outline.head.contains(&at) && !outline.title.contains(&at);
    (!letterhead).then_some(PersonRole::Mentioned)
}

/// «заявление Верещаги», «договор с …», «в отсутствие Яковенко М.С.»: named, not charged.
fn assigned_or_mentioned(tokens: &Tokens<'_>, name: &NameMention, cases: &[Case]) -> PersonRole {
    /// How far back the governing word is looked for.
    const REACH: usize = 4;
    let at = name.tokens.start;
    let before = (at.saturating_sub(REACH)..at).filter(|&index| {
        tokens.get(index).map(|token| token.block) == tokens.get(at).map(|token| token.block)
    });
    let named = before
        .clone()
        .any(|index| begins_as(StemClass::Paper, tokens.word(index)));
    let instrumental = match name.grammar {
        Some((_, case)) => case == Case::Instrumental,
        None => cases == [Case::Instrumental],
    };
    if named || instrumental {
        PersonRole::Mentioned
    } else {
        PersonRole::Assigned
    }
}

/// Names in lists, tables, signatures and brackets stand in the nominative.
fn is_listed(tokens: &Tokens<'_>, outline: &Outline, name: &NameMention, role: PersonRole) -> bool {
    if !matches!(role, PersonRole::Assigned | PersonRole::Mentioned) {
        return true;
    }
    let at = name.tokens.start;
    let appendix = outline
        .appendices
        .iter()
        .any(|appendix| appendix.tokens.contains(&at));
    let gap = tokens.gap(at);
    let before = at.checked_sub(1).and_then(|before| tokens.kind(before));
    let after_mark = gap < Gap::Block
        && matches!(
            before,
            Some(TokenKind::Dash | TokenKind::Mark('(' | ':' | '/'))
        );
    gap >= Gap::Tab || after_mark || appendix
}

/// The cases that the words before a name allow: the nearest preposition, position or verb.
fn governing_cases(tokens: &Tokens<'_>, at: usize) -> Vec<Case> {
    /// «на заместителя директора по учебно-воспитательной работе» has eight tokens.
    const REACH: usize = 14;
    let mut index = at;
    let mut noun_cases: Vec<Case> = Vec::new();
    for _ in 0..REACH {
        if !tokens.continues(index) || index == 0 {
            break;
        }
        index -= 1;
        let word = tokens.word(index);
        if let Some(case) = verb_government(tokens, index) {
            return vec![case];
        }
        // «обращение с отходами старшую сестру Иванову»: a preposition whose case the noun before the name
        // does not stand in governs something else.
        if let Some(case) = preposition_government(tokens, index)
            && (noun_cases.is_empty() || noun_cases.contains(&case))
        {
            return vec![case];
        }
        // Behind another name in the list the same word governs: «Зырянову К.Н., Олейник Т.Т.».
        if tokens.meaning(index, WordClass::Position).is_some() || is_person_noun(word) {
            let cases: Vec<Case> = word_readings(word)
                .iter()
                .filter(|reading| reading.animate || reading.known)
                .filter_map(|reading| reading.case)
                .collect();
            noun_cases.extend(cases);
            let starts_clause = !tokens.continues(index)
                || tokens.is_mark(index.wrapping_sub(1), '.')
                || tokens.gap(index) >= Gap::Block;
            if starts_clause && noun_cases.contains(&Case::Dative) {
                return vec![Case::Dative];
            }
        }
    }
    noun_cases.dedup();
    noun_cases
}

/// The case that a preposition asks for; the initial «С.» is none.
fn preposition_government(tokens: &Tokens<'_>, at: usize) -> Option<Case> {
    if tokens.is_mark(at + 1, '.') {
        return None;
    }
    match tokens.word(at) {
        "на" => Some(Case::Accusative),
        "с" | "со" => Some(Case::Instrumental),
        "к" | "ко" => Some(Case::Dative),
        "от" | "у" | "для" | "без" => Some(Case::Genitive),
        _ => None,
    }
}

/// The cases of a name in a list that does not give it in the nominative: «руководителям (Иванову П.П.)»,
/// «создать комиссию: председатель – Иванову П.П.», «предоставить отпуск: – Бережной Е.К.». What stands before
/// the bracket or on the line governs, or else the verb of the clause; most verbs that make a list ask for the
/// accusative.
fn cases_in_list(tokens: &Tokens<'_>, at: usize) -> Vec<Case> {
    /// The names of one list share its opening bracket.
    const REACH: usize = 40;
    let bracket = (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|&index| tokens.continues(index + 1) && !tokens.is_mark(index, ')'))
        .find(|&index| tokens.is_mark(index, '('));
    let mut cases = governing_cases(tokens, bracket.unwrap_or(at));
    cases.retain(|case| *case != Case::Nominative);
    if cases.contains(&Case::Dative)
        || cases.is_empty() && verb_of_list(tokens, at) == Some(Case::Dative)
    {
        vec![Case::Dative]
    } else {
        vec![Case::Accusative]
    }
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
        _ => Some(Case::Accusative),
    }
}

impl Joined {
    /// The person that a mention names: one already known, or a new one.
    fn person_of(&mut self, mention: &Mention) -> usize {
        let name = &mention.name;
        let candidates = nominatives(name, &mention.cases);
        for candidate in &candidates {
            let key = fold(candidate);
            let known = self
                .by_surname
                .get(&key)
                .into_iter()
                .flatten()
                .copied()
                .find(|&index| may_be(&self.people[index], name));
            if let Some(index) = known {
                self.complete(index, name);
                return index;
            }
        }
        let surname = candidates
            .into_iter()
            .next()
            .unwrap_or_else(|| surnames::titled(&name.surname));
        let index = self.people.len();
        self.by_surname
            .entry(fold(&surname))
            .or_default()
            .push(index);
        self.people.push(Person {
            surname,
            given: name.given.clone(),
            patronymic: name.patronymic.clone(),
            initials: initials(&name.initials),
            roles: Vec::new(),
            mentions: Vec::new(),
        });
        index
    }

    /// A fuller mention completes a shorter one.
    fn complete(&mut self, index: usize, name: &NameMention) {
        let person = &mut self.people[index];
        person.given = person.given.take().or_else(|| name.given.clone());
        person.patronymic = person.patronymic.take().or_else(|| name.patronymic.clone());
        let known = person
            .initials
            .as_ref()
            .map_or(0, |initials| initials.matches('.').count());
        if name.initials.len() > known {
            person.initials = initials(&name.initials);
        }
    }
}

/// Surnames that end in «у» in the nominative are as short as this: Лю, Шоу.
const SHORT_SURNAME: usize = 3;

/// Nominatives that a surname can stand for, the likeliest first.
fn nominatives(name: &NameMention, cases: &[Case]) -> Vec<String> {
    if let Some((gender, case)) = name.grammar {
        return vec![nominative(&name.surname, gender, case)];
    }
    if cases == [Case::Nominative] && !is_declined(&name.surname) {
        return vec![surnames::titled(&name.surname)];
    }
    let all = readings(&name.surname);
    let mut ranked: Vec<String> = Vec::new();
    let mut add = |wanted: &dyn Fn(&surnames::SurnameReading) -> bool| {
        for reading in all.iter().filter(|reading| wanted(reading)) {
            if !ranked.contains(&reading.nominative) {
                ranked.push(reading.nominative.clone());
            }
        }
    };
    // The reading of the asked case first; then any, for a person named elsewhere. «Шмидту» in the dative is
    // Шмидт rather than a woman whose surname ends so.
    let undeclined = |reading: &surnames::SurnameReading| reading.nominative == name.surname;
    if name.surname.ends_with(['у', 'ю']) && name.surname.chars().count() > SHORT_SURNAME {
        for case in cases {
            add(&|reading| reading.case == *case && !undeclined(reading));
        }
    }
    for case in cases {
        add(&|reading| reading.case == *case && plausible(reading, &name.surname));
    }
    if cases.is_empty() {
        add(&|reading| reading.case == Case::Nominative && reading.gender == Gender::Feminine);
    }
    add(&|reading| plausible(reading, &name.surname));
    add(&|_| true);
    ranked
}

/// A form with the ending of an oblique case is no nominative.
fn plausible(reading: &surnames::SurnameReading, form: &str) -> bool {
    reading.case != Case::Nominative || !is_declined(form)
}

/// Whether a surname has an ending that only an oblique case gives.
fn is_declined(form: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "ову",
        "еву",
        "ину",
        "ыну",
        "овой",
        "евой",
        "иной",
        "ыной",
        "ую",
        "ского",
        "скому",
        "цкого",
        "цкому",
        "овым",
        "евым",
        "иным",
    ];
    let folded = fold(form);
    ENDINGS.iter().any(|ending| folded.ends_with(ending))
}

/// Whether a mention can name this person: initials agree as far as both have them.
fn may_be(person: &Person, name: &NameMention) -> bool {
    let known: Vec<char> = person
        .initials
        .as_deref()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    let agree = known
        .iter()
        .zip(&name.initials)
        .all(|(a, b)| a.to_lowercase().eq(b.to_lowercase()));
    let given = person
        .given
        .as_ref()
        .zip(name.given.as_ref())
        .is_none_or(|(a, b)| fold(a) == fold(b));
    agree && given
}

/// `Е. В.`
fn initials(letters: &[char]) -> Option<String> {
    let shown: Vec<String> = letters.iter().map(|letter| format!("{letter}.")).collect();
    (!shown.is_empty()).then(|| shown.join(" "))
}

/// Positions and names of the signature, in order.
fn signatories(
    tokens: &Tokens<'_>,
    outline: &Outline,
    mentions: &[(Range<usize>, usize, PersonRole)],
) -> Vec<Signatory> {
    let mut found: Vec<Signatory> = Vec::new();
    let signing: Vec<_> = mentions
        .iter()
        .filter(|(_, _, role)| *role == PersonRole::Signatory)
        .collect();
    let zone = if outline.signature.is_empty() {
        outline.approvals.first().cloned().unwrap_or_default()
    } else {
        outline.signature.clone()
    };
    let mut from = zone.start;
    for (index, (range, person, _)) in signing.iter().enumerate() {
        let until = signing
            .get(index + 1)
            .map_or(zone.end, |(next, _, _)| next.start);
        // The position stands before the name; a name in the first place has it behind.
        let before = from..range.start;
        let position =
            position_in(tokens, before.clone()).or_else(|| position_in(tokens, range.end..until));
        let span = tokens.span(range.start, range.end);
        let span = position
            .as_ref()
            .map_or(span, |(words, _)| words.join(span));
        found.push(Signatory {
            position: position.map(|(_, text)| text),
            person: *person,
            span,
            confidence: 0.97,
        });
        from = range.end;
    }
    found
}

/// The words of a position in a range: from its first word to its last, lines and marks left out.
fn position_in(tokens: &Tokens<'_>, range: Range<usize>) -> Option<(Span, String)> {
    let is_word = |index: usize| {
        matches!(
            tokens.kind(index),
            Some(
                TokenKind::Word
                    | TokenKind::OpenQuote
                    | TokenKind::CloseQuote
                    | TokenKind::Number
                    | TokenKind::NumberSign
            )
        )
    };
    let stamp = |index: usize| {
        matches!(tokens.word(index), "м" | "мп")
            || tokens.word(index) == "п" && tokens.word(index.wrapping_sub(2)) == "м"
    };
    let heading = |index: usize| {
        matches!(
            tokens.word(index),
            "утверждаю" | "согласовано" | "подпись" | "подписано"
        )
    };
    let first = range
        .clone()
        .find(|&index| is_word(index) && !stamp(index) && !heading(index))?;
    let last = (first..range.end)
        .rev()
        .find(|&index| is_word(index) && !stamp(index) && !heading(index))?;
    let words = tokens.slice(first, last + 1);
    let line: String = words.chars().filter(|c| *c != '_' && *c != '/').collect();
    let shown = line.split_whitespace().collect::<Vec<_>>().join(" ");
    (!shown.is_empty() && shown.chars().any(char::is_alphabetic))
        .then(|| (tokens.span(first, last + 1), shown))
}

/// Everybody acquainted, each once, with the date beside the name.
fn acknowledgements(
    tokens: &Tokens<'_>,
    mentions: &[(Range<usize>, usize, PersonRole)],
) -> Vec<Acknowledgement> {
    let mut found: Vec<Acknowledgement> = Vec::new();
    for (range, person, _) in mentions
        .iter()
        .filter(|(_, _, role)| *role == PersonRole::Acknowledged)
    {
        let date = date_beside(tokens, range);
        match found.iter_mut().find(|known| known.person == *person) {
            Some(known) => known.date = known.date.or(date),
            None => found.push(Acknowledgement {
                person: *person,
                date,
                span: tokens.span(range.start, range.end),
            }),
        }
    }
    found
}

/// The date in the row or line of a name.
fn date_beside(tokens: &Tokens<'_>, name: &Range<usize>) -> Option<Day> {
    let end = tokens.block_end(name.start);
    let mut at = name.end;
    while at < end {
        if name_at(tokens, at).is_some() {
            return None;
        }
        if let Some((super::dates::DateReading::Day(day), _)) = super::dates::date_at(tokens, at) {
            return Some(Day(day));
        }
        at += 1;
    }
    None
}
