//! Citations → references: what each citation stands for, what the order does with it, and where.
//!
//! In: tokens and the outline. Out: [`Reference`]s (spans in bytes) and what is wrong with them.
//! Two steps: recognise ([`super::citations`]), then resolve here: short forms through their
//! definition, «того же закона» through the act named before, bare pinpoints through the act being
//! amended, what is left out through the same order and the register of known acts.
//! Must never: merge two acts because one is probably meant; a contradiction becomes a finding.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use super::amendments::{Amendments, IN_TITLE, clause_depth, is_inserted, is_quoted_wording};
use super::antecedents::Documents;
use super::approvals::has_a_full_name;
use super::attributes::dated_or_numbered;
use super::citation_starts::may_start;
use super::citations::{Citation, Naming, citations_at, leading_pinpoints};
use super::classification::fill_from_register;
use super::clauses::OpenQuotes;
use super::heads::{Head, is_kind_of_orders};
use super::lexer::{TokenKind, Tokens};
use super::outline::Outline;
use super::roles::role_of;
use super::short_forms::{Definition, matches_words};
use crate::lexicon::bodies::{is_authority, whole_name};
use crate::lexicon::fold::{fold_number, fold_title};
use crate::lexicon::identity::act_id;
use crate::lexicon::morphology::fold;
use crate::lexicon::phrase::nominative_phrase;
use crate::lexicon::register::{KnownAct, Register};
use crate::order::{Act, ActType, Day, Locator, Reference, Role};

/// What the order itself is called, to tell «приложение к приказу от … № …» from a reference.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OwnIdentity<'a> {
    pub(crate) number: Option<&'a str>,
    pub(crate) date: Option<Date>,
    /// The issuing body as printed.
    pub(crate) issuer: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
}

/// References and what was noticed on the way.
#[derive(Debug, Default)]
pub(crate) struct ReferencesFound {
    pub(crate) references: Vec<Reference>,
    /// Tokens of short forms that resolve to nothing.
    pub(crate) unresolved: Vec<Range<usize>>,
}

/// What has been resolved so far.
pub(crate) struct Resolver<'a, 't> {
    pub(super) tokens: &'a Tokens<'t>,
    pub(super) outline: &'a Outline,
    pub(super) own: OwnIdentity<'a>,
    pub(super) register: &'a Register,
    /// The order is an authority's, so that «приказ от …» without an issuer is one of its own.
    pub(super) of_authority: bool,
    definitions: Vec<Definition>,
    /// The head of each reference, for anaphora.
    pub(super) heads: Vec<Head>,
    /// The latest reference of each number, for mentions that leave out the rest.
    by_number: HashMap<String, usize, RandomState>,
    amendments: Amendments,
    pub(super) documents: Documents,
    pub(super) found: ReferencesFound,
}

/// How sure a citation with number and date is, and one that leaves out either.
const COMPLETE: f64 = 0.97;
const INCOMPLETE: f64 = 0.8;
/// The same for an act of the register.
const KNOWN: f64 = 0.99;
const KNOWN_BY_NAME: f64 = 0.94;
/// Off for a number without its sign.
const WITHOUT_SIGN: f64 = 0.07;

/// More references than this in one document are not kept: the longest real order cites some
/// hundreds, and each costs memory.
const MAX_REFERENCES: usize = 100_000;

/// Finds and resolves every citation. `place` names the part of the order that a token stands in.
pub(crate) fn references(
    tokens: &Tokens<'_>,
    outline: &Outline,
    own: OwnIdentity<'_>,
    register: &Register,
    place: &dyn Fn(usize) -> String,
) -> ReferencesFound {
    let mut resolver = Resolver {
        tokens,
        outline,
        own,
        register,
        of_authority: own.issuer.is_some_and(is_authority),
        definitions: Vec::new(),
        heads: Vec::new(),
        by_number: HashMap::default(),
        amendments: Amendments::default(),
        documents: Documents::default(),
        found: ReferencesFound::default(),
    };
    let mut citations = Vec::new();
    let mut quotes = OpenQuotes::default();
    let mut block = 0;
    let mut at = 0;
    while at < tokens.len() && resolver.found.references.len() < MAX_REFERENCES {
        // A citation may have gone on into further blocks.
        while block <= at {
            // The numbers of a new wording are none of this order's clauses.
            if !quotes.hide() {
                resolver.amendments.leave(tokens, block);
            }
            let end = tokens.block_end(block).max(block + 1);
            quotes.read(tokens, &(block..end));
            block = end;
        }
        if !may_start(tokens, at) {
            at += 1;
            continue;
        }
        let pinpoints = leading_pinpoints(tokens, at);
        if let Some(end) = resolver.short_form(at, &pinpoints, place) {
            at = end;
            continue;
        }
        match citations_at(tokens, at, pinpoints, &mut citations) {
            Some(next) => {
                let mut is_cited = false;
                for citation in citations.drain(..) {
                    is_cited |= resolver.resolve(citation, place);
                }
                // The name of a document that is not cited may go on into a citation: «Порядок разработан в
                // соответствии с …».
                at = if is_cited { next.max(at + 1) } else { at + 1 };
            }
            None => at += 1,
        }
    }
    resolver.join_documents();
    resolver.found
}

impl Resolver<'_, '_> {
    /// A name defined by «далее –», with or without pinpoints before it.
    fn short_form(
        &mut self,
        at: usize,
        (locators, start): &(Vec<Locator>, usize),
        place: &dyn Fn(usize) -> String,
    ) -> Option<usize> {
        let (definition, end) = self.definitions.iter().rev().find_map(|definition| {
            let end = matches_words(self.tokens, *start, &definition.words)?;
            Some((definition, end))
        })?;
        // «Федерального закона от 17.07.1999 …» is another law, even where one is called «Федеральный закон».
        let is_another = self.tokens.continues(end)
            && (self.tokens.kind(end) == Some(TokenKind::OpenQuote)
                || dated_or_numbered(self.tokens, end)
                || has_a_full_name(self.tokens, end - 1));
        if is_another || self.tokens.word(at.wrapping_sub(1)) == "далее" {
            return None;
        }
        let via = format!("далее – {}", definition.printed);
        let target = definition.reference;
        let mut reference = self.standing_for(target, at..end, via, 0.93, place);
        reference.locators.clone_from(locators);
        self.keep(reference, self.heads[target]);
        Some(end)
    }

    /// Whether the words of the citation are used up: false for a document that is only named.
    fn resolve(&mut self, citation: Citation, place: &dyn Fn(usize) -> String) -> bool {
        match citation.naming {
            Naming::Implicit => self.implicit(&citation, place),
            Naming::Anaphora => self.anaphora(&citation, place),
            Naming::SameProvision(unit) => self.same_provision(&citation, unit, place),
            Naming::Own => return self.own_attributes(citation, place),
        }
        true
    }

    /// «пункт 7 изложить в следующей редакции», inside a clause that amends an act.
    fn implicit(&mut self, citation: &Citation, place: &dyn Fn(usize) -> String) {
        let Some(amended) = self.amendments.target() else {
            return;
        };
        let at = citation.tokens.start;
        if self.outline.preamble.contains(&at) {
            return;
        }
        let inserted = is_inserted(self.tokens, &citation.tokens);
        let own = matches!(
            self.tokens.word(citation.tokens.end),
            "настоящего" | "к" | "приказа"
        );
        // «согласно приложению 1» is the order's own attachment, «пункт 8 приложения 1» a provision of what is amended.
        let attached = citation.locators.iter().any(|locator| {
            let alone = Locator {
                appendix: locator.appendix.clone(),
                ..Locator::default()
            };
            locator.appendix.is_some() && *locator == alone
        });
        if inserted || own || attached || is_quoted_wording(self.tokens, at) {
            return;
        }
        let via = "изменяемый акт".to_owned();
        let mut reference = self.standing_for(amended, citation.tokens.clone(), via, 0.8, place);
        reference.locators =
            self.amendments
                .placed(self.tokens, &citation.tokens, &citation.locators);
        reference.role = Role::Amends;
        self.keep(reference, self.heads[amended]);
    }

    /// A citation with a number, date, title or name of its own.
    fn own_attributes(&mut self, citation: Citation, place: &dyn Fn(usize) -> String) -> bool {
        if self.is_the_order_itself(&citation) {
            return true;
        }
        let at = citation.tokens.start;
        if let Some(target) = self.document_named_alone(&citation) {
            let via = "названо выше".to_owned();
            let mut reference =
                self.standing_for(target, citation.tokens.clone(), via, 0.85, place);
            reference.locators = citation.locators;
            self.keep(reference, self.heads[target]);
            return true;
        }
        let Some((kind, issuer, name)) = self.classified(&citation) else {
            return !matches!(citation.head, Head::Approved | Head::Charter);
        };
        let mut act = Act {
            kind,
            number: citation.number.clone(),
            date: citation.date.map(Day),
            issuer,
            title: citation.title.clone().or(name),
            id: String::new(),
        };
        let complete = act.number.is_some() && act.date.is_some();
        let mut via = None;
        let mut confidence = if complete { COMPLETE } else { INCOMPLETE };
        let earlier = citation
            .number
            .as_ref()
            .and_then(|number| self.by_number.get(&fold(number)).copied());
        let known = self.known_act(&citation, &act).filter(|known| {
            // «закона № 209-ФЗ» below «Федеральный закон № 209-ФЗ «Об охоте»»: the one that this order speaks of, and
            // not the law of another year that the register has under the number.
            let is_bare = act.date.is_none() && act.title.is_none();
            !is_bare || earlier.is_none_or(|earlier| self.may_be(earlier, known))
        });
        // A known code gets its title from the register.
        if known.is_none()
            && citation.head == Head::Code
            && let Some(name) = &mut act.title
        {
            *name = nominative_phrase(&name.split(' ').collect::<Vec<_>>());
        }
        if let Some(known) = known {
            via = fill_from_register(&mut act, known);
            confidence = if complete { KNOWN } else { KNOWN_BY_NAME };
        } else if let Some(earlier) = earlier {
            via = self.fill_from_earlier(&mut act, earlier);
        }
        if act.kind == ActType::Law && act.number.is_none() && act.title.is_none() {
            self.found.unresolved.push(citation.tokens.clone());
            return true;
        }
        if matches!(citation.head, Head::Law)
            && citation.name.is_some()
            && via.is_none()
            && citation.number.is_none()
        {
            return true;
        }
        if citation.unsigned {
            confidence -= WITHOUT_SIGN;
        }
        let issuer = act.issuer.as_deref();
        let whole = issuer.map(|issuer| whole_name(issuer, self.own.issuer));
        act.id = if whole == issuer {
            act_id(&act)
        } else {
            act_id(&Act {
                issuer: whole.map(str::to_owned),
                ..act.clone()
            })
        };
        let reference = Reference {
            act,
            locators: citation.locators,
            role: role_of(self.tokens, self.outline, &citation.tokens),
            via,
            place: place(at),
            raw: self
                .tokens
                .slice(citation.tokens.start, citation.tokens.end)
                .to_owned(),
            span: self.tokens.span(citation.tokens.start, citation.tokens.end),
            confidence,
        };
        let in_title = self.outline.title.contains(&at);
        let amends = reference.role == Role::Amends
            && (in_title && self.amendments.target().is_none()
                || self.outline.operative.contains(&at) && !is_quoted_wording(self.tokens, at));
        let index = self.keep(reference, citation.head);
        if amends {
            let depth = if in_title {
                IN_TITLE
            } else {
                clause_depth(self.tokens, at)
            };
            self.amendments.enter(index, depth);
        }
        if let Some(definition) = citation.definition {
            self.define(definition, index);
        }
        true
    }

    /// Whether a reference with the number of a known act can be of that act: it has its date, or its title where it has
    /// no date.
    fn may_be(&self, reference: usize, known: &KnownAct) -> bool {
        let act = &self.found.references[reference].act;
        match (&act.date, &act.title) {
            (Some(date), _) => {
                let misprinted = || self.register.resembling(act)?.date;
                known.date == Some(date.0) || known.date == misprinted()
            }
            (None, Some(title)) => fold_title(title) == fold_title(&known.title),
            (None, None) => true,
        }
    }

    /// «к приказу от … № …» with this order's own number, «УТВЕРЖДЕНЫ постановлением … от … № …».
    fn is_the_order_itself(&self, citation: &Citation) -> bool {
        if !is_kind_of_orders(citation.head) {
            return false;
        }
        let same = |a: &str, b: &str| fold_number(a) == fold_number(b);
        let number = match (&citation.number, self.own.number) {
            (Some(cited), Some(own)) => same(cited, own),
            _ => false,
        };
        let date = citation.date.is_none() || citation.date == self.own.date;
        let approved_here = citation.number.is_none()
            && citation
                .date
                .is_some_and(|date| Some(date) == self.own.date)
            && self
                .outline
                .appendices
                .iter()
                .any(|appendix| appendix.tokens.contains(&citation.tokens.start));
        // «Приложение № 1 / к постановлению Губернатора области / от … № …» where the head of the order has no number
        let is_own_appendix = self.own.number.is_none()
            && (self.own.date.is_none() || date)
            && self
                .outline
                .appendices
                .iter()
                .any(|appendix| appendix.tokens.start == citation.tokens.start);
        // «Лист согласования к приказу «О …»»
        let same_title = || {
            citation.number.is_none()
                && citation.date.is_none()
                && citation
                    .title
                    .as_deref()
                    .zip(self.own.title)
                    .is_some_and(|(cited, own)| fold_title(cited) == fold_title(own))
        };
        // «ПРИКАЗ № 47 (К)»
        let is_heading =
            citation.tokens.start == self.outline.heading.start && !self.outline.heading.is_empty();
        number && date || is_heading || approved_here || is_own_appendix || same_title()
    }

    /// A reference to the act of another one.
    pub(super) fn standing_for(
        &self,
        target: usize,
        range: Range<usize>,
        via: String,
        confidence: f64,
        place: &dyn Fn(usize) -> String,
    ) -> Reference {
        let known = &self.found.references[target];
        Reference {
            act: known.act.clone(),
            locators: Vec::new(),
            role: role_of(self.tokens, self.outline, &range),
            via: Some(via),
            place: place(range.start),
            raw: self.tokens.slice(range.start, range.end).to_owned(),
            span: self.tokens.span(range.start, range.end),
            confidence: confidence * known.confidence,
        }
    }

    pub(super) fn keep(&mut self, reference: Reference, head: Head) -> usize {
        let index = self.found.references.len();
        if let Some(number) = &reference.act.number {
            self.by_number.entry(fold(number)).or_insert(index);
        }
        self.found.references.push(reference);
        self.heads.push(head);
        index
    }

    fn define(&mut self, range: Range<usize>, reference: usize) {
        /// A definition longer than this is a sentence, not a name.
        const MAX_DEFINITION_WORDS: usize = 12;
        let words: Vec<String> = range
            .clone()
            .map(|index| self.tokens.word(index).to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        let capitalised = self.tokens.is_capitalised(range.start);
        if capitalised && !words.is_empty() && words.len() <= MAX_DEFINITION_WORDS {
            let printed = self.tokens.one_line(&range);
            self.definitions.push(Definition {
                words,
                printed,
                reference,
            });
        }
    }
}

#[cfg(test)]
mod tests;
