//! Citations → references: what each citation stands for, what the order does with it, and where.
//!
//! In: tokens and the outline. Out: [`Reference`]s (spans in bytes) and what is wrong with them.
//! Two steps: recognise ([`super::citations`]), then resolve here: short forms through their
//! definition, «того же закона» through the act named before, bare pinpoints through the act being
//! amended, what is left out through the same order and the register of known acts.
//! Must never: merge two acts because one is probably meant; a contradiction becomes a finding.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use super::citations::{Citation, Head, Naming, citations_at, may_start};
use super::lexer::{Gap, TokenKind, Tokens};
use super::outline::Outline;
use super::roles::role_of;
use crate::lexicon::bodies::is_authority;
use crate::lexicon::fold::fold_title;
use crate::lexicon::identity::act_id;
use crate::lexicon::morphology::fold;
use crate::lexicon::phrase::nominative_names;
use crate::lexicon::register::{KnownAct, Register};
use crate::lexicon::stems::{StemClass, begins_as};
use crate::order::{Act, ActType, Day, Reference, Role};

/// What the order itself is called, to tell «приложение к приказу от … № …» from a reference.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OwnIdentity<'a> {
    pub(crate) number: Option<&'a str>,
    pub(crate) date: Option<Date>,
    /// The issuing body as printed.
    pub(crate) issuer: Option<&'a str>,
}

/// References and what was noticed on the way.
#[derive(Debug, Default)]
pub(crate) struct ReferencesFound {
    pub(crate) references: Vec<Reference>,
    /// Tokens of short forms that resolve to nothing.
    pub(crate) unresolved: Vec<Range<usize>>,
}

/// A definition «(далее – X)» and the reference it stands for.
struct Definition {
    words: Vec<String>,
    printed: String,
    reference: usize,
}

/// What has been resolved so far.
struct Resolver<'a, 't> {
    tokens: &'a Tokens<'t>,
    outline: &'a Outline,
    own: OwnIdentity<'a>,
    register: &'a Register,
    /// The order is an authority's, so that «приказ от …» without an issuer is one of its own.
    of_authority: bool,
    definitions: Vec<Definition>,
    /// The head of each reference, for anaphora.
    heads: Vec<Head>,
    /// The latest reference of each number, for mentions that leave out the rest.
    by_number: HashMap<String, usize>,
    /// The act being amended, and the clause block that says so.
    amended: Option<Amended>,
    found: ReferencesFound,
}

/// The act that an amending clause changes.
#[derive(Clone, Copy)]
struct Amended {
    reference: usize,
    /// Depth of the dotted number of the clause; a clause of that depth or less ends the amendment.
    depth: usize,
}

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
        by_number: HashMap::new(),
        amended: None,
        found: ReferencesFound::default(),
    };
    let mut citations = Vec::new();
    let mut at = 0;
    while at < tokens.len() && resolver.found.references.len() < MAX_REFERENCES {
        if tokens.gap(at) == Gap::Block {
            resolver.leave_amendment(at);
        }
        if !may_start(tokens, at) {
            at += 1;
            continue;
        }
        if let Some(end) = resolver.short_form(at, place) {
            at = end;
            continue;
        }
        citations.clear();
        match citations_at(tokens, at, &mut citations) {
            Some(next) => {
                for citation in &citations {
                    resolver.resolve(citation, place);
                }
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    resolver.join_documents();
    resolver.found
}

impl<'a> Resolver<'a, '_> {
    /// A new clause of the amending clause's depth ends the amendment.
    fn leave_amendment(&mut self, at: usize) {
        if let (Some(amended), Some(depth)) = (self.amended, numbered_depth(self.tokens, at))
            && depth <= amended.depth
        {
            self.amended = None;
        }
    }

    /// A name defined by «далее –», with or without pinpoints before it.
    fn short_form(&mut self, at: usize, place: &dyn Fn(usize) -> String) -> Option<usize> {
        if self.definitions.is_empty() {
            return None;
        }
        let pinpoints = super::pinpoints::pinpoints_at(self.tokens, at);
        let start = pinpoints.as_ref().map_or(at, |found| found.end);
        let (definition, end) = self.definitions.iter().rev().find_map(|definition| {
            let end = matches_words(self.tokens, start, &definition.words)?;
            Some((definition, end))
        })?;
        if self.tokens.word(at.wrapping_sub(1)) == "далее" {
            return None;
        }
        let via = format!("далее – {}", definition.printed);
        let target = definition.reference;
        let locators = pinpoints.map(|found| found.locators).unwrap_or_default();
        let mut reference = self.standing_for(target, at..end, via, 0.93, place);
        reference.locators = locators;
        self.keep(reference, self.heads[target]);
        Some(end)
    }

    fn resolve(&mut self, citation: &Citation, place: &dyn Fn(usize) -> String) {
        match citation.naming {
            Naming::Implicit => self.implicit(citation, place),
            Naming::Anaphora => self.anaphora(citation, place),
            Naming::Own => self.own_attributes(citation, place),
        }
    }

    /// «пункт 7 изложить в следующей редакции», inside a clause that amends an act.
    fn implicit(&mut self, citation: &Citation, place: &dyn Fn(usize) -> String) {
        let Some(amended) = self.amended else { return };
        let at = citation.tokens.start;
        let inserted = self.tokens.word(at.wrapping_sub(1)).starts_with("дополн");
        let own = matches!(
            self.tokens.word(citation.tokens.end),
            "настоящего" | "к" | "приказа"
        );
        let attached = citation
            .locators
            .iter()
            .any(|locator| locator.appendix.is_some());
        if inserted || own || attached || self.is_new_wording(at) {
            return;
        }
        let via = "изменяемый акт".to_owned();
        let mut reference =
            self.standing_for(amended.reference, citation.tokens.clone(), via, 0.8, place);
        reference.locators.clone_from(&citation.locators);
        reference.role = Role::Amends;
        self.keep(reference, self.heads[amended.reference]);
    }

    /// Whether a block starts with a quotation: the new wording of an amended act.
    fn is_new_wording(&self, at: usize) -> bool {
        let start = self.tokens.block_start(at);
        self.tokens.kind(start) == Some(TokenKind::OpenQuote)
    }

    /// «того же закона», «указанного приказа».
    fn anaphora(&mut self, citation: &Citation, place: &dyn Fn(usize) -> String) {
        let wanted = |head: Head| match citation.head {
            Head::Law => matches!(
                head,
                Head::Law | Head::FederalLaw | Head::FederalConstitutionalLaw
            ),
            other => head == other,
        };
        let Some(target) = (0..self.heads.len())
            .rev()
            .find(|&index| wanted(self.heads[index]))
        else {
            if !citation.locators.is_empty() {
                self.found.unresolved.push(citation.tokens.clone());
            }
            return;
        };
        let pointing = self
            .tokens
            .slice(citation.tokens.start, citation.tokens.end);
        let named = pointing
            .split_whitespace()
            .rev()
            .take(3)
            .collect::<Vec<_>>();
        let bare = citation.tokens.len() <= 1 || !points_back(self.tokens, &citation.tokens);
        if bare {
            // «Закона» alone, capitalised: a short form that nothing defines.
            if !citation.locators.is_empty() {
                self.found.unresolved.push(citation.tokens.clone());
            }
            return;
        }
        let via = named.into_iter().rev().collect::<Vec<_>>().join(" ");
        let mut reference = self.standing_for(target, citation.tokens.clone(), via, 0.9, place);
        reference.locators.clone_from(&citation.locators);
        self.keep(reference, self.heads[target]);
    }

    /// A citation with a number, date, title or name of its own.
    fn own_attributes(&mut self, citation: &Citation, place: &dyn Fn(usize) -> String) {
        if self.is_the_order_itself(citation) {
            return;
        }
        let at = citation.tokens.start;
        let Some((kind, issuer, name)) = self.classified(citation) else {
            return;
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
        let mut confidence = if complete { 0.97 } else { 0.88 };
        if let Some(known) = self.known_act(citation, &act) {
            via = fill_from_register(&mut act, known);
            confidence = if complete { 0.99 } else { 0.94 };
        } else if let Some(&earlier) = citation
            .number
            .as_ref()
            .and_then(|number| self.by_number.get(&fold(number)))
        {
            via = self.fill_from_earlier(&mut act, earlier);
        }
        if act.kind == ActType::Law && act.number.is_none() && act.title.is_none() {
            self.found.unresolved.push(citation.tokens.clone());
            return;
        }
        if matches!(citation.head, Head::Law)
            && citation.name.is_some()
            && via.is_none()
            && citation.number.is_none()
        {
            return;
        }
        act.id = act_id(&act);
        let reference = Reference {
            act,
            locators: citation.locators.clone(),
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
        let amends = reference.role == Role::Amends && self.outline.operative.contains(&at)
            || self.outline.title.contains(&at)
                && self.amended.is_none()
                && reference.role == Role::Amends;
        let index = self.keep(reference, citation.head);
        if amends {
            let depth = if self.outline.title.contains(&at) {
                0
            } else {
                self.clause_depth(at)
            };
            self.amended = Some(Amended {
                reference: index,
                depth,
            });
        }
        if let Some(definition) = &citation.definition {
            self.define(definition.clone(), index);
        }
    }

    /// Kind, issuer in the nominative, and the name of the approved document or code.
    fn classified(&self, citation: &Citation) -> Option<(ActType, Option<String>, Option<String>)> {
        let printed = citation
            .issuer
            .clone()
            .map(|range| self.tokens.one_line(&range));
        let issuer = printed
            .as_deref()
            .map(|printed| nominative_names(without_stray_mark(printed)))
            .filter(|name| !name.is_empty());
        let name = citation
            .name
            .clone()
            .map(|range| self.tokens.one_line(&range));
        let folded_issuer = printed.as_deref().map(fold).unwrap_or_default();
        let by_authority = match &printed {
            Some(printed) => is_authority(printed),
            None => self.of_authority,
        };
        let kind = match citation.head {
            Head::FederalLaw => ActType::FederalLaw,
            Head::FederalConstitutionalLaw => ActType::FederalConstitutionalLaw,
            Head::Constitution => ActType::Constitution,
            Head::Code => ActType::Code,
            Head::Law => law_type(citation.number.as_deref()),
            Head::Decree if folded_issuer.contains("президент") || folded_issuer.is_empty() => {
                ActType::PresidentialDecree
            }
            Head::Resolution if folded_issuer.contains("правительств") => {
                ActType::GovernmentResolution
            }
            Head::InstructionOrder if folded_issuer.contains("правительств") => {
                ActType::GovernmentOrder
            }
            Head::Decree | Head::Resolution | Head::InstructionOrder | Head::Order
                if by_authority =>
            {
                ActType::AgencyOrder
            }
            Head::Decree | Head::Resolution | Head::InstructionOrder | Head::Order => {
                ActType::LocalAct
            }
            Head::Letter => ActType::Letter,
            Head::Decision
                if folded_issuer
                    .split(' ')
                    .any(|word| begins_as(StemClass::Parliament, word)) =>
            {
                ActType::Other
            }
            Head::Decision | Head::Protocol | Head::Approved => ActType::LocalAct,
            Head::Charter => {
                let folded = name.as_deref().map(fold).unwrap_or_default();
                let municipal = folded
                    .split(' ')
                    .any(|word| begins_as(StemClass::Municipality, word));
                if municipal {
                    ActType::Other
                } else {
                    ActType::LocalAct
                }
            }
            Head::SanitaryRules => ActType::SanitaryRules,
            Head::Standard => ActType::Standard,
            Head::None => return None,
        };
        let issuer = match kind {
            ActType::FederalLaw
            | ActType::FederalConstitutionalLaw
            | ActType::Code
            | ActType::Constitution => None,
            ActType::Law => issuer.filter(|name| !is_the_country(name)),
            _ => issuer,
        };
        let name = match citation.head {
            Head::Code | Head::Constitution => name,
            Head::Charter if kind == ActType::LocalAct => Some("Устав".to_owned()),
            Head::Law => None,
            _ => name.map(|name| nominative_names(&name)),
        };
        if citation.head == Head::Approved && !self.is_local_document_cited(citation)
            || citation.head == Head::Charter && !self.is_charter_cited(citation)
        {
            return None;
        }
        Some((kind, issuer, name))
    }

    /// A document named without the act that approved it is a reference where a provision of it is
    /// cited or it is being amended.
    fn is_local_document_cited(&self, citation: &Citation) -> bool {
        let start = citation.tokens.start;
        let amended = self.tokens.word(start.wrapping_sub(1)) == "в"
            && (start.saturating_sub(4)..start).any(|index| {
                matches!(
                    self.tokens.word(index),
                    "внести" | "изменений" | "изменения"
                )
            });
        !citation.locators.is_empty() || amended || citation.number.is_some()
    }

    /// «Утвердить Устав школы» makes a charter and cites none; «регистрация Устава» speaks of it.
    fn is_charter_cited(&self, citation: &Citation) -> bool {
        /// «в соответствии с пунктом 3.1 Устава»: how far before it the leading word stands.
        const REACH: usize = 3;
        let at = citation.tokens.start;
        let role = role_of(self.tokens, self.outline, &citation.tokens);
        !citation.locators.is_empty()
            || citation.number.is_some()
            || citation.date.is_some()
            || !matches!(role, Role::Mention | Role::Approves)
            || (at.saturating_sub(REACH)..at).any(|index| {
                self.tokens
                    .meaning(index, crate::lexicon::words::WordClass::Leads)
                    .is_some()
            })
    }

    /// «к приказу от … № …» with this order's own number, «УТВЕРЖДЕНЫ постановлением … от … № …».
    fn is_the_order_itself(&self, citation: &Citation) -> bool {
        let same = |a: &str, b: &str| fold(a).replace(' ', "") == fold(b).replace(' ', "");
        let number = match (&citation.number, self.own.number) {
            (Some(cited), Some(own)) => same(cited, own),
            _ => false,
        };
        let date = citation.date.is_none() || citation.date == self.own.date;
        let an_order = matches!(
            citation.head,
            Head::Order | Head::Resolution | Head::InstructionOrder | Head::Decision | Head::Decree
        );
        let approved_here = an_order
            && citation.number.is_none()
            && citation
                .date
                .is_some_and(|date| Some(date) == self.own.date)
            && self
                .outline
                .appendices
                .iter()
                .any(|appendix| appendix.tokens.contains(&citation.tokens.start));
        an_order && number && date || approved_here
    }

    /// The act of the register that a citation names.
    fn known_act(&self, citation: &Citation, act: &Act) -> Option<&'a KnownAct> {
        let register = self.register;
        if citation.head == Head::Constitution {
            return register.by_abbreviation("конституция");
        }
        if citation.head == Head::Code {
            let range = citation.name.clone()?;
            return register.code_named(self.tokens.slice(range.start, range.end));
        }
        if citation.head == Head::Law
            && let Some(range) = &citation.name
        {
            return register.by_nickname(self.tokens.slice(range.start, range.end));
        }
        if let Some(number) = &act.number {
            let date = act.date.map(|day| day.0);
            return register.by_number(
                act.kind,
                number,
                date,
                act.issuer.as_deref(),
                act.title.as_deref(),
            );
        }
        citation
            .title
            .as_deref()
            .and_then(|title| register.by_title(act.kind, title))
    }

    /// Takes date, title and issuer from an earlier mention of the same number and kind.
    fn fill_from_earlier(&self, act: &mut Act, earlier: usize) -> Option<String> {
        let known = &self.found.references[earlier].act;
        let same_kind =
            known.kind == act.kind || matches!(act.kind, ActType::LocalAct | ActType::Law);
        let same_date = act.date.is_none() || act.date == known.date;
        let same_issuer = act.issuer.is_none() || act.issuer == known.issuer;
        if !same_kind || !same_date || !same_issuer || act.date == known.date && act.title.is_some()
        {
            return None;
        }
        if act.date.is_none() {
            act.kind = known.kind;
            act.date = known.date;
        }
        if act.kind == known.kind {
            act.issuer = act.issuer.take().or_else(|| known.issuer.clone());
            act.title = act.title.take().or_else(|| known.title.clone());
        }
        Some("названо выше".to_owned())
    }

    /// A reference to the act of another one.
    fn standing_for(
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

    /// A document named alone («Положение о …») is the one that is elsewhere named with the act that
    /// approved it.
    fn join_documents(&mut self) {
        let alone = |act: &Act| {
            act.kind == ActType::LocalAct && act.number.is_none() && act.title.is_some()
        };
        if !self.found.references.iter().any(|found| alone(&found.act)) {
            return;
        }
        let approved: HashMap<String, Act> = self
            .found
            .references
            .iter()
            .filter(|reference| reference.act.number.is_some())
            .filter_map(|reference| {
                Some((
                    fold_title(reference.act.title.as_deref()?),
                    reference.act.clone(),
                ))
            })
            .collect();
        for reference in &mut self.found.references {
            if !alone(&reference.act) {
                continue;
            }
            let known = reference
                .act
                .title
                .as_deref()
                .and_then(|title| approved.get(&fold_title(title)));
            if let Some(known) = known {
                reference.act = known.clone();
                reference.via = Some("названо с утвердившим актом".to_owned());
            }
        }
    }

    fn keep(&mut self, reference: Reference, head: Head) -> usize {
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

    /// Depth of the dotted number that the clause of this token starts with.
    fn clause_depth(&self, at: usize) -> usize {
        numbered_depth(self.tokens, self.tokens.block_start(at)).unwrap_or(1)
    }
}

/// How many numbers the dotted label at the start of a block has: «2.» one, «2.1.» two.
fn numbered_depth(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_number(at) {
        return None;
    }
    let mut end = at + 1;
    let mut depth = 1;
    while tokens.is_mark(end, '.') && tokens.gap(end) == Gap::None {
        if tokens.is_number(end + 1) && tokens.gap(end + 1) == Gap::None {
            depth += 1;
            end += 2;
        } else {
            return Some(depth);
        }
    }
    None
}

/// Whether the words of a definition stand at `at` in some case.
fn matches_words(tokens: &Tokens<'_>, at: usize, words: &[String]) -> Option<usize> {
    if !tokens.is_capitalised(at) {
        return None;
    }
    let mut next = at;
    for word in words {
        while tokens.word(next).is_empty()
            && tokens.continues(next)
            && next > at
            && next < tokens.len()
        {
            next += 1;
        }
        if !same_word_inflected(word, tokens.word(next)) || next > at && !tokens.continues(next) {
            return None;
        }
        next += 1;
    }
    Some(next)
}

/// Whether two words share all but an ending.
fn same_word_inflected(a: &str, b: &str) -> bool {
    /// Russian case endings have at most three letters.
    const ENDING: usize = 3;
    if a == b {
        return true;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.chars().count(), b.chars().count());
    shared >= 3
        && a.saturating_sub(shared) <= ENDING
        && b.saturating_sub(shared) <= ENDING
        && !(a <= 4 && shared < a - 1)
}

fn points_back(tokens: &Tokens<'_>, range: &Range<usize>) -> bool {
    range.clone().any(|index| {
        tokens
            .meaning(index, crate::lexicon::words::WordClass::Anaphora)
            .is_some()
    })
}

/// «комитета образования области»» without the mark that nothing opens.
fn without_stray_mark(name: &str) -> &str {
    match name.strip_suffix('»') {
        Some(rest) if !rest.contains('«') => rest,
        _ => name,
    }
}

fn law_type(number: Option<&str>) -> ActType {
    let number = number.map(fold).unwrap_or_default();
    if number.ends_with("-фз") {
        ActType::FederalLaw
    } else if number.ends_with("-фкз") {
        ActType::FederalConstitutionalLaw
    } else {
        ActType::Law
    }
}

fn is_the_country(name: &str) -> bool {
    matches!(
        fold(name).as_str(),
        "рф" | "российская федерация"
            | "российской федерации"
            | "россии"
            | "россия"
    )
}

/// Fills what the citation leaves out; says so where the act's identity came from the register.
fn fill_from_register(act: &mut Act, known: &KnownAct) -> Option<String> {
    let mut filled = false;
    let named = matches!(act.kind, ActType::Code | ActType::Constitution);
    act.kind = known.kind;
    if act.number.is_none() && !named {
        act.number.clone_from(&known.number);
        filled = true;
    }
    if act.date.is_none() && !named {
        act.date = known.date.map(Day);
        filled = true;
    }
    // The id rests on the issuer; a citation that leaves it out means the same act.
    if act.issuer.is_none() && known.issuer.is_some() {
        act.issuer.clone_from(&known.issuer);
        filled = true;
    }
    if named || act.title.is_none() {
        filled |= act.title.is_none();
        act.title = Some(known.title.clone());
    }
    filled.then(|| "реестр известных актов".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::pinpoints::shown;
    use crate::text::Text;

    /// Each reference of a line as `type number date [pinpoints] (via)`.
    fn read(line: &str) -> Vec<String> {
        let text = Text::from_lines(line);
        let tokens = Tokens::of(&text);
        let outline = Outline {
            operative: 0..tokens.len(),
            ..Outline::default()
        };
        let found = references(
            &tokens,
            &outline,
            OwnIdentity::default(),
            Register::built_in(),
            &|_| String::new(),
        );
        found
            .references
            .iter()
            .map(|reference| {
                let act = &reference.act;
                let locators: Vec<String> = reference.locators.iter().map(shown).collect();
                let named = act
                    .number
                    .clone()
                    .or_else(|| act.title.clone())
                    .unwrap_or_default();
                let date = act.date.map(|date| format!(" {date}")).unwrap_or_default();
                let pinpoints = if locators.is_empty() {
                    String::new()
                } else {
                    format!(" [{}]", locators.join("; "))
                };
                format!("{} {named}{date}{pinpoints}", act.kind.name())
            })
            .collect()
    }

    #[test]
    fn citations_are_found_whole_in_every_spelling() {
        for (line, expected) in [
            (
                "частей 8, 10 статьи 10 Федерального закона от 27.07.2006г. №149-ФЗ «Об информации»",
                vec!["federal_law 149-ФЗ 2006-07-27 [ст. 10 ч. 8; ст. 10 ч. 10]"],
            ),
            (
                "Федеральным законом «Об образовании в Российской Федерации» от № 273-ФЗ от 29.12.2012г. и",
                vec!["federal_law 273-ФЗ 2012-12-29"],
            ),
            (
                "ст. 333 ТК РФ, ст.ст. 192 и 193 Трудового кодекса Российской Федерации",
                vec![
                    "code Трудовой кодекс Российской Федерации [ст. 333]",
                    "code Трудовой кодекс Российской Федерации [ст. 192; ст. 193]",
                ],
            ),
            (
                "постановлений Правительства РФ от 16.09.2020 № 1479 «Об утверждении Правил», от 24.12.2021 № 2464 «О порядке обучения»",
                vec![
                    "government_resolution 1479 2020-09-16",
                    "government_resolution 2464 2021-12-24",
                ],
            ),
            (
                "пункта 27 Правил противопожарного режима, утверждённых постановлением Правительства РФ от 16.09.2020 № 1479",
                vec!["government_resolution 1479 2020-09-16 [п. 27]"],
            ),
            (
                "письма Министерства образования Нагорного края №21-114/56-24 от 19.01.2024г. «О переходе»",
                vec!["letter 21-114/56-24 2024-01-19"],
            ),
            (
                "приказом Минтруда России и Минздрава России от 31.12.2020 № 988н/1420н",
                vec!["agency_order 988н/1420н 2020-12-31"],
            ),
            (
                "приказ от 30.08.2022 № 41/1-о «О режиме»",
                vec!["local_act 41/1-о 2022-08-30"],
            ),
            (
                "СанПиН 3.3686-21, утвержденных постановлением Главного государственного санитарного врача РФ от 28.01.2021 № 4",
                vec![
                    "sanitary_rules СанПиН 3.3686-21 2021-01-28",
                    "agency_order 4 2021-01-28",
                ],
            ),
            ("ГОСТ Р 52872-2019", vec!["standard ГОСТ Р 52872-2019"]),
            (
                "Законом № 1539-КЗ от 21.07.2008, Законом РФ от 07.02.1992 № 2300-1 «О защите прав потребителей»",
                vec!["law 1539-КЗ 2008-07-21", "law 2300-1 1992-02-07"],
            ),
            (
                "ч. 1 ст. 10 Федерального закона от 27.07.2006 №149-Ф3, Федеральным законом «О персональных данных»",
                vec![
                    "federal_law 149-ФЗ 2006-07-27 [ст. 10 ч. 1]",
                    "federal_law 152-ФЗ 2006-07-27",
                ],
            ),
            (
                "Федерального закона от 29.12.2012 № 273 – ФЗ (далее – Закон об образовании), ч. 2 ст. 29 Закона об образовании",
                vec![
                    "federal_law 273-ФЗ 2012-12-29",
                    "federal_law 273-ФЗ 2012-12-29 [ст. 29 ч. 2]",
                ],
            ),
            (
                "ст. 19 Федерального закона от 27.07.2004 N 79-ФЗ, частью 1 статьи 18 того же закона",
                vec![
                    "federal_law 79-ФЗ 2004-07-27 [ст. 19]",
                    "federal_law 79-ФЗ 2004-07-27 [ст. 18 ч. 1]",
                ],
            ),
            (
                "пунктом 3.14 Устава школы",
                vec!["local_act Устав [п. 3.14]"],
            ),
            (
                "закона об образовании",
                vec!["federal_law 273-ФЗ 2012-12-29"],
            ),
            (
                "Признать утратившими силу постановления Администрации города:\nот 27.08.2013 N 525 \"Об утверждении Порядка\";\nот 10.02.2015 N 87 \"О внесении изменений в постановление от 27.08.2013 N 525\".",
                vec!["agency_order 525 2013-08-27", "agency_order 87 2015-02-10"],
            ),
            ("контроль за исполнением настоящего приказа", vec![]),
            ("Утвердить Положение об оплате труда (прилагается).", vec![]),
            (
                "ч. 8 ст. 10 149-ФЗ",
                vec!["federal_law 149-ФЗ 2006-07-27 [ст. 10 ч. 8]"],
            ),
            ("фз 149", vec!["federal_law 149 2006-07-27"]),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
