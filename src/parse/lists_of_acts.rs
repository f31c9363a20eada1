//! Acts of a list that share a kind or a body with another: «постановления Правительства от … № … «…», от … № … «…»».
//!
//! In: tokens, and the citation before. Out: further [`Citation`]s. Must never: take a kind from a line that does not lead
//! the list.

use std::ops::Range;

use super::attributes::{attributes_at, attributes_of_item, edition_end};
use super::citations::{Citation, blank, trailing_pinpoints};
use super::clause_labels::label_of;
use super::dates::{DateReading, date_at};
use super::heads::{Head, head_at};
use super::lexer::{TokenKind, Tokens};
use super::numbers::{number_at, number_of, sign_at};
use super::roles::list_lead;
use crate::lexicon::bodies::is_authority;
use crate::lexicon::words::WordClass;

/// «Признать утратившими силу постановления Администрации города: / от 27.08.2013 № 525 «…»; / от …»: an
/// act of a list whose first line names kind and issuer.
pub(super) fn listed_at(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    if !starts_an_item(tokens, at) {
        return None;
    }
    let attributes = attributes_of_item(tokens, at)?;
    attributes.number.as_ref()?;
    attributes.date?;
    let lead = list_lead(tokens, at)?;
    let kind = lead
        .clone()
        .rev()
        .find(|&index| tokens.meaning(index, WordClass::Act).is_some())?;
    let (head, named) = head_at(tokens, kind)?;
    Some(Citation {
        issuer: (named < lead.end).then_some(named..lead.end),
        number: attributes.number,
        date: attributes.date,
        title: attributes.title,
        definition: attributes.definition,
        ..blank(head, at..attributes.end, attributes.next)
    })
}

/// Whether a block, or what follows its number or dash, begins with «от» or «№».
pub(super) fn starts_an_item(tokens: &Tokens<'_>, at: usize) -> bool {
    /// Tokens of the longest number of a clause: nine levels with their full stops, a dash before them.
    const LONGEST_LABEL: usize = 24;
    if tokens.word(at) != "от" && tokens.kind(at) != Some(TokenKind::NumberSign) {
        return false;
    }
    let start = tokens.block_start(at);
    if at - start > LONGEST_LABEL {
        return false;
    }
    start == at
        || at - start == 1 && tokens.kind(start) == Some(TokenKind::Dash)
        || label_of(tokens, &(start..tokens.block_end(at)))
            .is_some_and(|label| label.tokens.end == at)
}

/// «…, от 24.12.2021 № 2464 «О порядке …»»: further acts under the kind word of the first.
pub(super) fn shared_kind(
    tokens: &Tokens<'_>,
    first: &Citation,
    mut next: usize,
    found: &mut Vec<Citation>,
) -> usize {
    loop {
        let mut at = next;
        at += usize::from(tokens.is_mark(at, ',') || tokens.is_mark(at, ';'));
        at += usize::from(tokens.word(at) == "и");
        // «… (далее – X) от 30.03.2020 N 9»: a definition may stand for the comma.
        let behind_a_bracket = at == next && tokens.is_mark(at - 1, ')');
        // «приказов Минтруда России от … № …, Минздрава России от … № …»
        let by_another = first.issuer.is_some()
            && tokens.is_capitalised(at)
            && is_authority(tokens.raw(at))
            && tokens.meaning(at, WordClass::Act).is_none();
        // «Законами области «О Губернаторе области» и «О Правительстве области»»
        let titled = first.title.is_some()
            && tokens.kind(at) == Some(TokenKind::OpenQuote)
            && matches!(tokens.word(at + 1), "о" | "об");
        if at == next && !behind_a_bracket
            || !tokens.continues(at)
            || !by_another && !titled && tokens.word(at) != "от" && sign_at(tokens, at).is_none()
        {
            return next;
        }
        let law = matches!(
            first.head,
            Head::FederalLaw | Head::FederalConstitutionalLaw | Head::Law
        );
        let attributes = attributes_at(tokens, at, by_another, law);
        if attributes.number.is_none() && !titled || by_another && attributes.date.is_none() {
            return next;
        }
        let citation = Citation {
            issuer: attributes.issuer.or_else(|| first.issuer.clone()),
            number: attributes.number,
            date: attributes.date,
            title: attributes.title,
            definition: attributes.definition,
            unsigned: attributes.unsigned,
            ..blank(first.head, at..attributes.end, attributes.next)
        };
        let citation = if citation.next == citation.tokens.end {
            trailing_pinpoints(tokens, citation)
        } else {
            citation
        };
        next = citation.next;
        found.push(citation);
    }
}

/// «приказы №№ 12, 14 и 17-ОД от 05.02.2024», «приказы от 05.02.2024 №№ 12, 14»: behind a doubled sign each number is that
/// of an act, where the kind is in the plural; «приказ №№ 139, 1696» is one act of two bodies. Leaves the first in its
/// place, and appends the others.
pub(super) fn acts_of_numbers(
    tokens: &Tokens<'_>,
    first: &mut Citation,
    found: &mut Vec<Citation>,
) {
    let is_sign = |index: usize| tokens.kind(index) == Some(TokenKind::NumberSign);
    let doubled = first
        .tokens
        .clone()
        .find(|&index| is_sign(index) && is_sign(index + 1));
    let Some(sign) = doubled.filter(|_| first.title.is_none() && names_several(tokens, first))
    else {
        return;
    };
    let mut numbers: Vec<Range<usize>> = Vec::new();
    let mut next = sign + 2;
    while let Some(end) = number_at(tokens, next).filter(|&end| ends_a_number(tokens, end)) {
        numbers.push(next..end);
        next = end + usize::from(tokens.is_mark(end, ','));
        next += usize::from(tokens.word(next) == "и");
        if next == end || !tokens.continues(next) {
            break;
        }
    }
    let [one, others @ ..] = numbers.as_slice() else {
        return;
    };
    let Some(last) = others.last() else {
        return;
    };
    let mut end = last.end;
    if first.date.is_none()
        && tokens.word(end) == "от"
        && let Some((DateReading::Day(day), behind)) = date_at(tokens, end + 1)
    {
        first.date = Some(day);
        end = behind;
    }
    first.number = Some(number_of(tokens, one.start, one.end));
    first.tokens.end = one.end;
    first.next = first.next.max(end);
    found.extend(others.iter().map(|number| Citation {
        issuer: first.issuer.clone(),
        number: Some(number_of(tokens, number.start, number.end)),
        date: first.date,
        ..blank(first.head, number.clone(), end)
    }));
}

/// Whether the word for the kind of an act is in the plural.
fn names_several(tokens: &Tokens<'_>, citation: &Citation) -> bool {
    const ENDINGS: [&str; 7] = ["ы", "ов", "ам", "ами", "ах", "иям", "иях"];
    let kind = citation
        .tokens
        .clone()
        .find(|&index| tokens.meaning(index, WordClass::Act).is_some());
    kind.is_some_and(|kind| {
        let word = tokens.word(kind);
        ENDINGS.iter().any(|ending| word.ends_with(ending))
            // «постановления» may be one.
            || word.ends_with("ия") && citation.issuer.is_none()
            || word.ends_with("ий")
    })
}

/// Whether what stands behind a number counts nothing: «№№ 12, 14 и 5 сотрудников».
fn ends_a_number(tokens: &Tokens<'_>, end: usize) -> bool {
    !tokens.continues(end)
        || !tokens.is_word(end)
        || tokens.is_capitalised(end)
        || matches!(tokens.word(end), "от" | "и")
}

/// «постановление от 05.02.2018 № 301 (в ред. от 14.06.2019 № 1488, от 27.12.2021 № 3907)»: acts of the same kind that
/// changed it. A date alone, as with laws, only tells which state of the act is meant.
pub(super) fn acts_of_edition(tokens: &Tokens<'_>, changed: &Citation, found: &mut Vec<Citation>) {
    let Some(end) = edition_end(tokens, changed.tokens.end) else {
        return;
    };
    let mut at = changed.tokens.end + 1;
    while at < end {
        let attributes = (tokens.word(at) == "от")
            .then(|| attributes_of_item(tokens, at))
            .flatten()
            .filter(|found| found.number.is_some() && found.date.is_some() && found.end < end);
        let Some(attributes) = attributes else {
            at += 1;
            continue;
        };
        found.push(Citation {
            issuer: changed.issuer.clone(),
            number: attributes.number,
            date: attributes.date,
            title: attributes.title,
            ..blank(changed.head, at..attributes.end, attributes.next)
        });
        at = attributes.end;
    }
}
