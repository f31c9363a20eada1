//! Who is named in an order, each person once, in the nominative, with the roles that the order
//! gives them.
//!
//! In: tokens and the outline. Out: [`PeopleFound`] (spans in bytes). Mentions that say gender and case
//! themselves come first; «Горностаеву И.Л.» then takes the reading that is a person already named,
//! or the one that the words before it ask for. Must never: join mentions whose initials contradict.

use std::ops::Range;

use cases::{cases_of, goes_on_listing};

use super::charges::assigned_or_mentioned;
use super::lexer::Tokens;
use super::lists_of_names::agree;
use super::names::{NameMention, name_at};
use super::outline::Outline;
use super::persons::Joined;
use super::signatories::{acknowledgements, signatories};
use super::surnames_alone::{signing_surname, surname_at};
use crate::lexicon::morphology::Case;
use crate::order::{Acknowledgement, Person, PersonRole, Signatory};

mod cases;

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

/// Finds the people. `quoted` tells whether a token stands in the title of a cited act.
pub(crate) fn people(
    tokens: &Tokens<'_>,
    outline: &Outline,
    quoted: &dyn Fn(usize) -> bool,
) -> PeopleFound {
    let mut mentions = mentions(tokens, outline, quoted);
    let mut names: Vec<&mut NameMention> =
        mentions.iter_mut().map(|found| &mut found.name).collect();
    agree(tokens, &mut names);
    let mut joined = Joined::default();
    let mut persons: Vec<Option<usize>> = vec![None; mentions.len()];
    // Sure ones first: the name itself, or the place it stands in, says the case.
    for sure in [true, false] {
        for (index, mention) in mentions.iter().enumerate() {
            let certain = mention.name.grammar.is_some() || mention.cases == [Case::Nominative];
            if certain == sure {
                let listed = matches!(
                    mention.role,
                    PersonRole::Acknowledged | PersonRole::Signatory
                );
                persons[index] = Some(joined.person_of(
                    &mention.name,
                    &mention.cases,
                    listed,
                    mention.role == PersonRole::Signatory,
                ));
            }
        }
    }
    let mut found = PeopleFound::default();
    let meant = joined.meant();
    for (mention, person) in mentions.iter().zip(&persons) {
        let Some(person) = person.map(|person| meant[person]) else {
            continue;
        };
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
    // Those who turned out to be somebody else have no mention left.
    in_order_of_appearance(&mut joined.people, &mut found);
    found.signatories = signatories(tokens, outline, &found.mentions);
    found.acknowledged = acknowledgements(tokens, &found.mentions);
    found.people = joined.people;
    found
}

/// Persons are numbered by their first mention.
fn in_order_of_appearance(people: &mut Vec<Person>, found: &mut PeopleFound) {
    let appears = |person: &Person| {
        person
            .mentions
            .first()
            .map_or(usize::MAX, |span| span.start)
    };
    if people.is_sorted_by_key(appears) {
        // Those without a mention stand last.
        people.retain(|person| !person.mentions.is_empty());
        return;
    }
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|&index| appears(&people[index]));
    let mut place = vec![0; people.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    for (_, person, _) in &mut found.mentions {
        *person = place[*person];
    }
    let mut sorted: Vec<Option<Person>> = people.drain(..).map(Some).collect();
    let named = order.into_iter().filter_map(|old| sorted[old].take());
    people.extend(named.filter(|person| !person.mentions.is_empty()));
}

fn mentions(
    tokens: &Tokens<'_>,
    outline: &Outline,
    quoted: &dyn Fn(usize) -> bool,
) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = 0;
    while let Some(capitalised) = tokens.next_capitalised(at) {
        at = capitalised;
        let found_name = name_at(tokens, at)
            .or_else(|| surname_at(tokens, at))
            .or_else(|| {
                let signs = outline.signature.contains(&at)
                    || outline
                        .acknowledgements
                        .iter()
                        .any(|zone| zone.contains(&at));
                signs.then(|| signing_surname(tokens, at)).flatten()
            });
        let Some(name) = found_name.filter(|_| !quoted(at)) else {
            at += 1;
            continue;
        };
        let end = name.tokens.end;
        if let Some(role) = role_at(tokens, outline, &name) {
            let cases = cases_of(tokens, outline, &name, role, found.last());
            // «Сдать листы Козыревой А.А., Петрову Б.Б. и Ли В.В.»: a list that goes on has one role.
            let goes_on = found.last().is_some_and(|last| {
                last.role == PersonRole::Mentioned
                    && outline.operative.contains(&last.name.tokens.start)
                    && goes_on_listing(tokens, last.name.tokens.end..at)
            });
            let role = if role == PersonRole::Assigned && goes_on {
                PersonRole::Mentioned
            } else if role == PersonRole::Assigned {
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

/// The role that the part of the order gives a name; `None` in the letterhead.
fn role_at(tokens: &Tokens<'_>, outline: &Outline, name: &NameMention) -> Option<PersonRole> {
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
    if within(&outline.executors) || drafts_the_order(tokens, outline, at) {
        return Some(PersonRole::Executor);
    }
    if outline.operative.contains(&at) {
        return Some(PersonRole::Assigned);
    }
    let letterhead = outline.is_order && outline.head.contains(&at) && !outline.title.contains(&at);
    (!letterhead).then_some(PersonRole::Mentioned)
}

/// «Приказ подготовлен: Журавлёва Н.Н., 5-12-34» under the signature.
fn drafts_the_order(tokens: &Tokens<'_>, outline: &Outline, at: usize) -> bool {
    let is_behind = !outline.signature.is_empty() && at >= outline.signature.end;
    let appended = outline
        .appendices
        .iter()
        .any(|appendix| appendix.tokens.contains(&at));
    let start = tokens.block_start(at);
    let named = matches!(
        tokens.word(start),
        "приказ" | "распоряжение" | "постановление" | "решение" | "проект"
    );
    let verb = tokens.word(start + usize::from(named));
    is_behind
        && !appended
        && ["подготовил", "подготовлен"]
            .iter()
            .any(|stem| verb.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn a_surname_alone_says_who_is_acquainted() {
        for (line, count) in [
            ("С приказом ознакомлена   Горностаева   28.02.2025", 1),
            ("С приказом ознакомлен   Работник   28.02.2025", 0),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n№ 1\nО деле\nПРИКАЗЫВАЮ:\n1. Уволить Горностаеву Анну Петровну.\nДиректор\tА.М. Крутикова\n{line}"
            ));
            let tokens = Tokens::of(&text);
            let found = people(&tokens, &outline(&tokens), &|_| false);
            assert_eq!(found.acknowledged.len(), count, "{line}");
        }
    }

    #[test]
    fn nothing_is_declined_in_a_signature() {
        for (signature, expected) in [
            ("Глава района          Г.Кутовой", "Кутовой"),
            ("Глава района\tГ.В. Донской", "Донской"),
            ("Глава района\tГ.В. Рощина", "Рощина"),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n№ 1\nО деле\nПРИКАЗЫВАЮ:\n1. Создать музей.\n{signature}"
            ));
            let tokens = Tokens::of(&text);
            let found = people(&tokens, &outline(&tokens), &|_| false);
            assert_eq!(found.people[0].surname, expected, "{signature}");
        }
    }

    #[test]
    fn who_prepared_the_order_under_its_signature_is_its_executor() {
        for (line, role) in [
            (
                "Приказ подготовлен: Рощина Н.Н., 5-12-34",
                PersonRole::Executor,
            ),
            ("Подготовила: Рощина Н.Н.", PersonRole::Executor),
            ("Подготовка зала: Рощина Н.Н.", PersonRole::Mentioned),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n№ 1\nО деле\nПРИКАЗЫВАЮ:\n1. Создать музей.\nДиректор\tА.М. Крутикова\n\n{line}"
            ));
            let tokens = Tokens::of(&text);
            let found = people(&tokens, &outline(&tokens), &|_| false);
            assert_eq!(found.people[1].roles, [role], "{line}");
        }
    }
}
