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
use super::classification::fill_from_register;
use super::lexer::{Gap, TokenKind, Tokens};
use super::outline::Outline;
use super::roles::role_of;
use super::short_forms::{Definition, matches_words};
use crate::lexicon::bodies::is_authority;
use crate::lexicon::fold::fold_title;
use crate::lexicon::identity::act_id;
use crate::lexicon::morphology::fold;
use crate::lexicon::register::Register;
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

/// What has been resolved so far.
pub(crate) struct Resolver<'a, 't> {
    pub(super) tokens: &'a Tokens<'t>,
    pub(super) outline: &'a Outline,
    own: OwnIdentity<'a>,
    pub(super) register: &'a Register,
    /// The order is an authority's, so that «приказ от …» without an issuer is one of its own.
    pub(super) of_authority: bool,
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

impl Resolver<'_, '_> {
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
        let mut confidence = if complete { COMPLETE } else { INCOMPLETE };
        if let Some(known) = self.known_act(citation, &act) {
            via = fill_from_register(&mut act, known);
            confidence = if complete { KNOWN } else { KNOWN_BY_NAME };
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
        if citation.unsigned {
            confidence -= WITHOUT_SIGN;
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

fn points_back(tokens: &Tokens<'_>, range: &Range<usize>) -> bool {
    range.clone().any(|index| {
        tokens
            .meaning(index, crate::lexicon::words::WordClass::Anaphora)
            .is_some()
    })
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
            (
                "Признать утратившими силу постановления Администрации города:\n1) от 27.08.2013 N 525;\n- № 87 от 10.02.2015.",
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
