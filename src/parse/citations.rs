//! Citations of acts, recognised and not yet resolved: an optional pinpoint path, a kind of act, and
//! any of issuer, date, number and title in any order.
//!
//! In: tokens. Out: [`Citation`]s as printed. Must never: look anything up in the register or in
//! other citations; that is the second step, in [`super::references`].

use std::ops::Range;

use jiff::civil::Date;

use super::approvals::decided_at;
use super::attributes::{Attributes, attributes_at, attributes_of_name};
use super::dates::date_at;
use super::documents::{
    approved_at, charter_at, document_in_small_letters, noun_behind_adjectives, start_of_name,
};
use super::heads::{
    Head, after_country, bare_law_number, code_at, head_at, is_instruction_from_above,
    is_kind_of_orders, part_of_code,
};
use super::laws_by_name::{constitution_of_another, fundamentals_at, nickname_at, spelt_out};
use super::lexer::{Gap, TokenKind, Tokens};
use super::lists_of_acts::{acts_of_edition, acts_of_numbers, listed_at, shared_kind};
use super::numbers::{normal_number, number_at, number_of, sign_at};
use super::pinpoints::{Unit, may_depend_on_provision, pinpoints_at};
use super::quotes::quotation_at;
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;
use crate::order::Locator;

/// How a citation names its act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Naming {
    /// By its own attributes.
    Own,
    /// By pointing back: «того же закона», «указанного приказа».
    Anaphora,
    /// By a pinpoint alone.
    Implicit,
    /// By a pinpoint of a provision that was named before: «части 5 той же статьи».
    SameProvision(Unit),
}

/// A citation as printed.
#[derive(Debug, Clone)]
pub(crate) struct Citation {
    pub(crate) head: Head,
    pub(crate) naming: Naming,
    pub(crate) locators: Vec<Locator>,
    pub(crate) number: Option<String>,
    pub(crate) date: Option<Date>,
    /// Tokens of the issuer, in the case of the text.
    pub(crate) issuer: Option<Range<usize>>,
    /// The act's own title, without outer quotation marks.
    pub(crate) title: Option<String>,
    /// Tokens that name a code, a nickname («закона об образовании») or the document that the act
    /// approves, in the case of the text.
    pub(crate) name: Option<Range<usize>>,
    /// Tokens of «X» in «(далее – X)».
    pub(crate) definition: Option<Range<usize>>,
    /// Whether the number stands without its sign.
    pub(crate) unsigned: bool,
    /// From the first pinpoint to the last attribute.
    pub(crate) tokens: Range<usize>,
    /// Where the search for the next citation goes on.
    pub(crate) next: usize,
}

/// Citations that start at token `at`, with the pinpoints before the act: usually one, several where one kind word is
/// shared.
pub(crate) fn citations_at(
    tokens: &Tokens<'_>,
    at: usize,
    (locators, act_at): (Vec<Locator>, usize),
    found: &mut Vec<Citation>,
) -> Option<usize> {
    let first = found.len();
    if let Some(citation) = listed_at(tokens, at) {
        let next = shared_kind(tokens, &citation, citation.next, found);
        found.insert(first, citation);
        return Some(next);
    }
    let in_small_letters = || {
        let cited = locators.iter().any(|locator| locator.appendix.is_none());
        cited.then(|| document_in_small_letters(tokens, act_at))?
    };
    let cited = match act_citation(tokens, act_at).or_else(in_small_letters) {
        Some(citation) => citation,
        None if locators.is_empty() => return None,
        None if let Some((unit, end)) = same_provision_at(tokens, act_at) => Citation {
            naming: Naming::SameProvision(unit),
            ..blank(Head::None, act_at..end, end)
        },
        None => Citation {
            naming: Naming::Implicit,
            ..blank(Head::None, act_at..act_at, act_at)
        },
    };
    let mut citation = Citation {
        tokens: at.min(cited.tokens.start)..cited.tokens.end,
        locators,
        ..cited
    };
    // «муниципальную программу «…», утверждённую …»: the search comes to the noun first.
    if let Some(name) = citation.name.as_mut()
        && citation.head != Head::Charter
        && at == name.start
        && names_a_document(tokens, at)
    {
        name.start = start_of_name(tokens, at);
        citation.tokens.start = name.start;
    }
    if citation.head == Head::Code && names_part_of_code(tokens, act_at) {
        for locator in &mut citation.locators {
            locator.part = None;
        }
    }
    if citation.locators.is_empty() && citation.head != Head::None {
        citation = trailing_pinpoints(tokens, citation);
    }
    acts_of_numbers(tokens, &mut citation, found);
    let mut next = citation.next;
    acts_of_edition(tokens, &citation, found);
    let is_identified =
        citation.number.is_some() || citation.date.is_some() || citation.title.is_some();
    if citation.naming == Naming::Own && is_identified {
        next = shared_kind(tokens, &citation, next, found);
    }
    found.insert(first, citation);
    Some(next)
}

/// «той же статьи», «указанного пункта»: a provision that was named before, with no number of its own.
fn same_provision_at(tokens: &Tokens<'_>, at: usize) -> Option<(Unit, usize)> {
    let (anaphora, noun) = anaphora_at(tokens, at);
    let is_one = tokens.is_word(noun) && !tokens.is_mark(noun + 1, '.') && tokens.continues(noun);
    if !is_one || !matches!(anaphora, Some("same" | "that")) {
        return None;
    }
    let unit = match tokens.meaning(noun, WordClass::Pinpoint)? {
        "article" => Unit::Article,
        "part" => Unit::Part,
        "point" => Unit::Point,
        "subpoint" => Unit::Subpoint,
        _ => return None,
    };
    (!tokens.is_number(noun + 1)).then_some((unit, noun + 1))
}

/// «статьями 779, 781 части второй Гражданского кодекса»: the code itself is in parts, and the article has none.
fn names_part_of_code(tokens: &Tokens<'_>, code: usize) -> bool {
    code >= 3
        && tokens.meaning(code - 1, WordClass::Ordinal).is_some()
        && tokens.meaning(code - 2, WordClass::Pinpoint) == Some("part")
        && tokens.is_number(code - 3)
}

/// The provisions that stand before an act, and where the act begins.
pub(crate) fn leading_pinpoints(tokens: &Tokens<'_>, at: usize) -> (Vec<Locator>, usize) {
    let Some(found) = pinpoints_at(tokens, at) else {
        return (Vec::new(), at);
    };
    let (locators, mut end) = (found.locators, found.end);
    end = part_of_code(tokens, end).unwrap_or(end);
    if let Some(heading) = quotation_at(tokens, end)
        && tokens.continues(heading.end)
        && (code_at(tokens, heading.end).is_some()
            || head_at(tokens, heading.end).is_some()
            || names_a_document(tokens, heading.end))
    {
        // «разделом 1 «Общие положения» Регламента»: the heading of the provision.
        end = heading.end;
    } else if tokens.kind(end) == Some(TokenKind::OpenQuote)
        && (tokens.meaning(end + 1, WordClass::Approved).is_some()
            || noun_behind_adjectives(tokens, end + 1).is_some()
            || fundamentals_at(tokens, end + 1).is_some())
        && may_depend_on_provision(tokens.raw(end + 1))
    {
        // «пунктов 2, 3 «Правил …», утверждённых …»
        end += 1;
    }
    // «пункта 2 приложения к постановлению …»
    if tokens.meaning(end, WordClass::Pinpoint) == Some("appendix")
        && tokens.word(end + 1) == "к"
        && head_at(tokens, end + 2).is_some()
    {
        end += 2;
    }
    // «приложения № 1 к приказу …»
    end += usize::from(
        tokens.word(end) == "к" && locators.iter().all(|locator| locator.appendix.is_some()),
    );
    (locators, end)
}

/// «Федерального закона № 273-ФЗ (статья 28)» and «Закон № 273-ФЗ, ст. 28» in a search box.
pub(super) fn trailing_pinpoints(tokens: &Tokens<'_>, citation: Citation) -> Citation {
    let at = citation.tokens.end;
    if !tokens.continues(at) {
        return citation;
    }
    let bracketed = tokens.is_mark(at, '(');
    let marked = bracketed || tokens.is_mark(at, ',');
    // «приказ № 5 (в части пунктов 3 и 4)»
    let inner = at + usize::from(marked);
    let in_part = tokens.word(inner) == "в"
        && tokens.word(inner + 1) == "части"
        && tokens.meaning(inner + 2, WordClass::Pinpoint).is_some();
    let Some(found) = pinpoints_at(tokens, inner + if in_part { 2 } else { 0 }) else {
        return citation;
    };
    let closes = if bracketed {
        tokens.is_mark(found.end, ')')
    } else if marked {
        // «(КоАП РФ, ст. 20.4, ч. 2)»: nothing follows that they could be of.
        !tokens.continues(found.end)
            || tokens.is_mark(found.end, ')')
            || tokens.is_mark(found.end, ';')
    } else {
        // «273-ФЗ ст. 28», but not «273-ФЗ, п. 5 Порядка».
        act_citation(tokens, found.end).is_none()
    };
    // «(приложение № 1)» is an attachment of the order itself.
    let attached = || {
        found
            .locators
            .iter()
            .any(|locator| locator.appendix.is_some())
    };
    if !closes || attached() {
        return citation;
    }
    let end = found.end + usize::from(bracketed);
    Citation {
        locators: found.locators,
        tokens: citation.tokens.start..end,
        next: end,
        ..citation
    }
}

pub(crate) fn blank(head: Head, tokens: Range<usize>, next: usize) -> Citation {
    Citation {
        head,
        naming: Naming::Own,
        locators: Vec::new(),
        number: None,
        date: None,
        issuer: None,
        title: None,
        name: None,
        definition: None,
        unsigned: false,
        tokens,
        next,
    }
}

/// The act itself, without pinpoints before it.
fn act_citation(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    if let Some(citation) = document_meant_at(tokens, at) {
        return Some(citation);
    }
    if names_a_document(tokens, at) {
        return document_at(tokens, at);
    }
    issued_act(tokens, at)
}

/// Whether the noun of a document that an act approves («Правила», «Устав») stands here.
fn names_a_document(tokens: &Tokens<'_>, at: usize) -> bool {
    // What most tokens fail stands first.
    (tokens.meaning(at, WordClass::Approved).is_some()
        || tokens.meaning(at, WordClass::Act) == Some("charter")
        || noun_behind_adjectives(tokens, at).is_some())
        && anaphora_at(tokens, at).0.is_none()
        && tokens.meaning(at, WordClass::Standard).is_none()
        && code_at(tokens, at).is_none()
}

/// «названных Правил», «того же Положения».
fn document_meant_at(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    let (anaphora, noun) = anaphora_at(tokens, at);
    (matches!(anaphora, Some("that" | "same"))
        && tokens.is_capitalised(noun)
        && tokens.meaning(noun, WordClass::Approved).is_some())
    .then(|| Citation {
        naming: Naming::Anaphora,
        ..blank(Head::Approved, at..noun + 1, noun + 1)
    })
}

fn document_at(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    match head_at(tokens, at) {
        Some((Head::Charter, end)) => charter_at(tokens, at, end),
        _ => approved_at(tokens, at),
    }
}

/// An act that an authority or organisation issued: what gives a document its force. It names no document
/// itself, so that a chain of «…, утверждённых …» is not followed into depth.
pub(crate) fn issued_act(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    let (anaphora, mut next) = anaphora_at(tokens, at);
    if anaphora == Some("this") {
        return None;
    }
    next += usize::from(tokens.word(next).starts_with("совместн"));
    if anaphora.is_some() {
        let (head, end) = head_at(tokens, next)
            .or_else(|| named_shortly(tokens, next))
            .or_else(|| rules_without_number(tokens, next))?;
        // «контроль за исполнением данного приказа»: the order itself.
        if tokens.word(at).starts_with("данн") && is_kind_of_orders(head) {
            return None;
        }
        let mut citation = with_attributes(tokens, head, at..end, false);
        if citation.number.is_none() && citation.date.is_none() && citation.title.is_none() {
            citation.naming = Naming::Anaphora;
        }
        return Some(citation);
    }
    if let Some((name, end)) = code_at(tokens, next) {
        return Some(named_act(tokens, Head::Code, at, name, end));
    }
    if tokens.meaning(next, WordClass::Act) == Some("constitution") {
        // The name of a republic's belongs to it; of the country's, the country tells nothing more.
        let (name_end, end) = match constitution_of_another(tokens, next + 1) {
            Some(end) => (end, end),
            None => (next + 1, after_country(tokens, next + 1)),
        };
        return Some(named_act(
            tokens,
            Head::Constitution,
            at,
            next..name_end,
            end,
        ));
    }
    if tokens.meaning(next, WordClass::Standard).is_some() {
        return standard_at(tokens, next);
    }
    // «ст. 5 № 209-ФЗ»
    let counted = sign_at(tokens, next).unwrap_or(next);
    if let Some(end) = bare_law_number(tokens, counted) {
        let constitutional = (counted..end).any(|index| tokens.word(index) == "фкз");
        let head = if constitutional {
            Head::FederalConstitutionalLaw
        } else {
            Head::FederalLaw
        };
        let mut citation = numbered_law(tokens, head, at..end);
        let mark = if constitutional { "ФКЗ" } else { "ФЗ" };
        let shortened = end == counted + 2;
        citation.number = Some(if shortened {
            format!("{}-{mark}", tokens.word(counted))
        } else {
            normal_number(tokens.slice(counted, end))
        });
        return Some(citation);
    }
    // «областного закона № 164-оз»
    if tokens.meaning(next + 1, WordClass::Act) == Some("law")
        && ["областн", "краев", "республиканск", "окружн"]
            .iter()
            .any(|stem| tokens.word(next).starts_with(stem))
    {
        next += 1;
    }
    if let Some(end) = fundamentals_at(tokens, next) {
        // «"Основ законодательства …" от 09.10.1992 N 3612-1»: the mark that opens before the name closes behind it.
        let closes = tokens.kind(end) == Some(TokenKind::CloseQuote)
            && tokens.kind(at.wrapping_sub(1)) == Some(TokenKind::OpenQuote);
        let behind = end + usize::from(closes);
        return Some(named_act(tokens, Head::Law, at, next..end, behind));
    }
    if let Some((head, end)) = named_shortly(tokens, next) {
        return Some(Citation {
            naming: Naming::Anaphora,
            ..blank(head, at..end, end)
        });
    }
    let (head, end) = head_at(tokens, next).filter(|(head, _)| *head != Head::Charter)?;
    let citation = with_attributes(tokens, head, at..end, true);
    let complete = match head {
        Head::Law => {
            if citation.number.is_none() && citation.date.is_none() && citation.title.is_none() {
                let named = nickname_at(tokens, at, end)?;
                return Some(spelt_out(tokens, &named).unwrap_or(named));
            }
            true
        }
        // «ФЗ об информации»
        Head::FederalLaw
            if citation.number.is_none()
                && citation.date.is_none()
                && citation.title.is_none()
                && matches!(tokens.word(end), "о" | "об" | "обо") =>
        {
            return nickname_at(tokens, at, end);
        }
        // «протокол проверки знаний» says how somebody did, and decides nothing.
        Head::Protocol => {
            // «протокол аттестационной комиссии» has what a commission decided.
            let by_commission = tokens.word(end + 1).starts_with("комисси");
            citation.date.is_some()
                && (by_commission || !begins_as(StemClass::RecordedFact, tokens.word(end)))
        }
        Head::Decision if citation.date.is_none() && citation.number.is_none() => {
            return decided_at(tokens, at);
        }
        Head::Decision => true,
        Head::Letter if is_instruction_from_above(tokens, at) => {
            citation.date.is_some() && citation.issuer.is_some()
        }
        _ => citation.number.is_some() || citation.date.is_some() || citation.title.is_some(),
    };
    complete.then_some(citation)
}

/// «ч. 6 ст. 193 Кодекса», «тех же Основ»: the one that was named before.
fn named_shortly(tokens: &Tokens<'_>, at: usize) -> Option<(Head, usize)> {
    if !tokens.is_capitalised(at) {
        return None;
    }
    let head = match tokens.word(at) {
        "кодекса" | "кодексу" | "кодексом" | "кодексе" => Head::Code,
        "основ" | "основам" | "основами" | "основах" => Head::Law,
        _ => return None,
    };
    code_at(tokens, at).is_none().then_some((head, at + 1))
}

/// «указанных `СанПиН`», «того же ГОСТ»: the class of the rules alone.
fn rules_without_number(tokens: &Tokens<'_>, at: usize) -> Option<(Head, usize)> {
    let head = match tokens.meaning(at, WordClass::Standard)? {
        "sanitary" => Head::SanitaryRules,
        "gost" => Head::Standard,
        _ => return None,
    };
    let is_numbered =
        (at + 1..=at + 2).any(|index| tokens.is_number(index) && tokens.gap(index) <= Gap::Space);
    (tokens.is_capitalised(at) && !is_numbered).then_some((head, at + 1))
}

/// «указанного», «того же», «настоящего».
fn anaphora_at(tokens: &Tokens<'_>, at: usize) -> (Option<&'static str>, usize) {
    match tokens.meaning(at, WordClass::Anaphora) {
        Some("same") if tokens.word(at) != "же" && tokens.word(at + 1) == "же" => {
            (Some("same"), at + 2)
        }
        Some("that") => (
            Some("that"),
            at + 1 + usize::from(tokens.word(at + 1) == "же"),
        ),
        Some("this") => (Some("this"), at + 1),
        _ => (None, at),
    }
}

/// A law by its number alone. No other number follows: in «152-ФЗ 2024» the second is none of its own.
fn numbered_law(tokens: &Tokens<'_>, head: Head, named: Range<usize>) -> Citation {
    let found = attributes_at(tokens, named.end, false, false);
    Citation {
        date: found.date,
        title: found.title,
        definition: found.definition,
        ..blank(head, named.start..found.end, found.next)
    }
}

/// Puts a head and its attributes together.
pub(crate) fn with_attributes(
    tokens: &Tokens<'_>,
    head: Head,
    named: Range<usize>,
    issuer: bool,
) -> Citation {
    let Attributes {
        issuer,
        number,
        date,
        title,
        definition,
        unsigned,
        end,
        next,
    } = attributes_at(
        tokens,
        named.end,
        issuer,
        matches!(
            head,
            Head::FederalLaw | Head::FederalConstitutionalLaw | Head::Law
        ),
    );
    Citation {
        number,
        date,
        issuer,
        title,
        definition,
        unsigned,
        ..blank(head, named.start..end, next)
    }
}

/// An act known by its name alone: a code, the Constitution. It may still carry date and number.
fn named_act(
    tokens: &Tokens<'_>,
    head: Head,
    start: usize,
    name: Range<usize>,
    end: usize,
) -> Citation {
    let mut citation = Citation {
        name: Some(name),
        ..with_attributes(tokens, head, start..end, false)
    };
    if citation.next == end {
        let brackets = attributes_of_name(tokens, end);
        citation.definition = brackets.definition;
        citation.next = brackets.next;
    }
    citation
}

/// «`СанПиН` 2.3/2.4.3590-20», «ГОСТ Р 7.0.97-2016», «СП 48.13330.2019».
fn standard_at(tokens: &Tokens<'_>, at: usize) -> Option<Citation> {
    /// «ГОСТ Р ИСО/МЭК»
    const LONGEST_PREFIX: usize = 5;
    let class = tokens.meaning(at, WordClass::Standard)?;
    if !tokens.is_capitalised(at) || date_at(tokens, at + 1).is_some() {
        return None;
    }
    let mut next = at + 1;
    while tokens.continues(next) && next < at + LONGEST_PREFIX {
        let joined = tokens.is_mark(next, '/') && tokens.gap(next) == Gap::None;
        if !tokens.is_all_capitals(next + usize::from(joined)) {
            break;
        }
        next += 1 + usize::from(joined);
    }
    let prefix = tokens.one_line(&(at..next));
    next = sign_at(tokens, next).unwrap_or(next);
    let end =
        number_at(tokens, next).filter(|_| tokens.is_number(next) && tokens.continues(next))?;
    let number: String = number_of(tokens, next, end);
    // Sanitary rules end in a two-digit year; rules of builders («СП 48.13330.2019») in four.
    let short_year = number
        .rsplit('-')
        .next()
        .is_some_and(|year| year.len() == 2)
        && number.contains('-');
    let head = match class {
        "gost" => Head::Standard,
        "sanitary_sp" if !short_year => Head::Standard,
        _ => Head::SanitaryRules,
    };
    let class_name = match class {
        "sanitary" => "СанПиН",
        _ => prefix.split_whitespace().next().unwrap_or_default(),
    };
    let middle: Vec<&str> = std::iter::once(class_name)
        .chain(prefix.split_whitespace().skip(1))
        .collect();
    let attributes = attributes_at(tokens, end, false, false);
    Some(Citation {
        number: Some(format!("{} {number}", middle.join(" "))),
        title: attributes.title,
        definition: attributes.definition,
        ..blank(head, at..attributes.end, attributes.next)
    })
}
