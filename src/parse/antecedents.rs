//! What a mention stands for that leaves its act's number and date to an earlier one: «того же закона»,
//! «названных Правил», «приказа № 881н», «Положения о воинском учёте».
//!
//! In: a citation and the references before it. Out: references to the acts that are meant. Must never: choose an
//! act whose kind, date or issuer contradicts the mention.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::citations::Citation;
use super::heads::Head;
use super::pinpoints::{Unit, down_to, merged};
use super::references::Resolver;
use crate::lexicon::bodies::{slug, whole_name};
use crate::lexicon::fold::{fold_title, is_letter, push_small};
use crate::lexicon::morphology::readings;
use crate::lexicon::words::WordClass;
use crate::order::{Act, ActType, Reference};

/// The latest reference to a document of each kind, by the dictionary form of its noun. References are looked at once,
/// when a document is first asked for: no text makes a question cost more than what it has added.
#[derive(Debug, Default)]
pub(super) struct Documents {
    latest: HashMap<String, usize, RandomState>,
    /// References looked at so far.
    seen: usize,
}

impl Documents {
    /// Takes in the references that came since.
    fn add(&mut self, references: &[Reference]) {
        for (index, reference) in references.iter().enumerate().skip(self.seen) {
            let title = reference.act.title.as_deref().unwrap_or_default();
            let nouns = title
                .split(|c| !is_letter(c))
                .take(LONGEST_WAY_TO_NOUN)
                .filter(|word| word.starts_with(char::is_uppercase));
            self.latest.extend(nouns.map(|noun| (lemma(noun), index)));
        }
        self.seen = references.len();
    }
}

impl Resolver<'_, '_> {
    /// «того же закона», «указанного приказа», «названных Правил».
    pub(super) fn anaphora(&mut self, citation: &Citation, place: &dyn Fn(usize) -> String) {
        let pointer = citation
            .tokens
            .clone()
            .find(|&index| self.tokens.meaning(index, WordClass::Anaphora).is_some());
        let word = self.tokens.word(citation.tokens.end - 1);
        let target = if citation.head == Head::Approved || word.starts_with("основ") {
            self.document_meant(citation)
        } else {
            (0..self.heads.len())
                .rev()
                .find(|&index| same_kind(citation.head, self.heads[index]))
        };
        // «ч. 6 ст. 193 Кодекса»: a word that says so itself needs no other to point back.
        let says_so = !citation.locators.is_empty()
            && (citation.head == Head::Code || word.starts_with("основ"));
        let pointer = pointer.or(says_so.then_some(citation.tokens.end - 1));
        let (Some(target), Some(pointer), 2..) = (target, pointer, citation.tokens.len()) else {
            // «Закона» alone, capitalised, is a short form that nothing defines.
            if !citation.locators.is_empty() {
                self.found.unresolved.push(citation.tokens.clone());
            }
            return;
        };
        let pointing = self.tokens.one_line(&(pointer..citation.tokens.end));
        let mut reference =
            self.standing_for(target, citation.tokens.clone(), pointing, 0.9, place);
        reference.locators.clone_from(&citation.locators);
        self.keep(reference, self.heads[target]);
    }

    /// «части 5 той же статьи»: the provision that a reference before named, and the smaller one inside it.
    pub(super) fn same_provision(
        &mut self,
        citation: &Citation,
        unit: Unit,
        place: &dyn Fn(usize) -> String,
    ) {
        /// Acts that may be cited between a provision and the mention of the same one.
        const FARTHEST: usize = 3;
        let named = (0..self.found.references.len())
            .rev()
            .take(FARTHEST)
            .find_map(|index| {
                let outer = down_to(self.found.references[index].locators.last()?, unit)?;
                Some((index, outer))
            });
        let (Some((target, outer)), [_, ..]) = (named, citation.locators.as_slice()) else {
            return;
        };
        let pointer = citation
            .tokens
            .clone()
            .find(|&index| self.tokens.meaning(index, WordClass::Anaphora).is_some())
            .unwrap_or(citation.tokens.start);
        let pointing = self.tokens.one_line(&(pointer..citation.tokens.end));
        let mut reference =
            self.standing_for(target, citation.tokens.clone(), pointing, 0.9, place);
        reference.locators = citation
            .locators
            .iter()
            .map(|inner| merged(&outer, inner))
            .collect();
        self.keep(reference, self.heads[target]);
    }

    /// The latest reference to a document of the kind that «названных Правил» names: to the document itself, or to
    /// the act whose title says that it approves one.
    fn document_meant(&mut self, citation: &Citation) -> Option<usize> {
        self.documents.add(&self.found.references);
        let noun = lemma(self.tokens.word(citation.tokens.end - 1));
        self.documents.latest.get(&noun).copied()
    }

    /// «пунктов 5, 16 Порядка», where an act cited before approves a document of that kind: a bare noun means the
    /// latest of them.
    pub(super) fn document_named_alone(&mut self, citation: &Citation) -> Option<usize> {
        let name = citation.name.clone()?;
        let is_bare = citation.head == Head::Approved
            && name.len() == 1
            && citation.number.is_none()
            && citation.date.is_none()
            && !citation.locators.is_empty();
        is_bare.then(|| self.document_meant(citation)).flatten()
    }

    /// Takes date, title and issuer from an earlier mention of the same number and kind.
    pub(super) fn fill_from_earlier(&self, act: &mut Act, earlier: usize) -> Option<String> {
        let known = &self.found.references[earlier].act;
        // «Правил, утверждённых постановлением № 1119»: without a body it may be anybody's.
        let is_open =
            act.kind == ActType::AgencyOrder && act.issuer.is_none() && act.date.is_none();
        let same_kind = known.kind == act.kind
            || matches!(act.kind, ActType::LocalAct | ActType::Law)
            || is_open && known.kind == ActType::GovernmentResolution;
        let same_date = act.date.is_none() || act.date == known.date;
        let body = |act: &Act| {
            let issuer = act.issuer.as_deref()?;
            Some(slug(whole_name(issuer, self.own.issuer)))
        };
        let same_issuer = || act.issuer.is_none() || body(act) == body(known);
        let says_more = act.date != known.date || act.title.is_none();
        if !(same_kind && same_date && says_more && same_issuer()) {
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

    /// A document named alone («Положение о …») is the one that is elsewhere named with the act that approved it,
    /// or in the title of that act («Об утверждении Положения о …»).
    pub(super) fn join_documents(&mut self) {
        let alone = |act: &Act| {
            matches!(act.kind, ActType::LocalAct | ActType::Other)
                && act.number.is_none()
                && act.title.is_some()
        };
        if !self.found.references.iter().any(|found| alone(&found.act)) {
            return;
        }
        let mut approved: HashMap<String, usize, RandomState> = HashMap::default();
        for (index, reference) in self.found.references.iter().enumerate() {
            if let (Some(_), Some(title)) = (&reference.act.number, &reference.act.title) {
                approved
                    .entry(lemmas(approved_name(title)))
                    .or_insert(index);
            }
        }
        for index in 0..self.found.references.len() {
            let act = &self.found.references[index].act;
            if !alone(act) {
                continue;
            }
            let name = lemmas(act.title.as_deref().unwrap_or_default());
            let id_of = |index: usize| self.found.references[index].act.id.as_str();
            let whole = approved.get(&name).copied();
            if let Some(known) = whole.or_else(|| begun_by(&approved, &name, id_of)) {
                self.found.references[index].act = self.found.references[known].act.clone();
                self.found.references[index].via = Some("названо с утвердившим актом".to_owned());
            }
        }
    }
}

/// The one document whose name begins with a shorter one: «Положение об оплате труда» is the «Положение об оплате труда и
/// премировании работников» that the same order names with the act that approved it.
fn begun_by<'a>(
    approved: &HashMap<String, usize, RandomState>,
    name: &str,
    id_of: impl Fn(usize) -> &'a str,
) -> Option<usize> {
    /// «Положение о премировании»
    const FEWEST_WORDS: usize = 3;
    /// More documents than an order names with the acts that approved them: each is compared with each name.
    const MOST_DOCUMENTS: usize = 100;
    if name.split(' ').count() < FEWEST_WORDS || approved.len() > MOST_DOCUMENTS {
        return None;
    }
    let begins = |whole: &str| {
        whole
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(' '))
    };
    let mut begun = approved
        .iter()
        .filter(|(whole, _)| begins(whole))
        .map(|(_, index)| *index);
    let first = begun.clone().min()?;
    begun
        .all(|other| id_of(other) == id_of(first))
        .then_some(first)
}

/// How many words stand before the noun of a document in the title of the act that approves it: «Об утверждении
/// Федеральных авиационных правил».
const LONGEST_WAY_TO_NOUN: usize = 6;

fn same_kind(wanted: Head, head: Head) -> bool {
    match wanted {
        Head::Law => matches!(
            head,
            Head::Law | Head::FederalLaw | Head::FederalConstitutionalLaw
        ),
        other => head == other,
    }
}

/// The document that a title says is approved; the title itself where it says nothing of the kind.
fn approved_name(title: &str) -> &str {
    ["Об утверждении ", "О введении в действие "]
        .iter()
        .find_map(|lead| title.strip_prefix(lead))
        .unwrap_or(title)
}

/// The words of a name in their dictionary forms, so that «Положения» and «Положение» agree.
fn lemmas(name: &str) -> String {
    let folded = fold_title(name);
    let mut lemmas = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        if !lemmas.is_empty() {
            lemmas.push(' ');
        }
        push_lemma(word, &mut lemmas);
    }
    lemmas
}

/// The likeliest dictionary form of a word.
fn lemma(word: &str) -> String {
    let mut lemma = String::with_capacity(word.len());
    push_lemma(word, &mut lemma);
    lemma
}

fn push_lemma(word: &str, folded: &mut String) {
    let readings = readings(word);
    push_small(
        readings.first().map_or(word, |likeliest| &likeliest.lemma),
        folded,
    );
}
