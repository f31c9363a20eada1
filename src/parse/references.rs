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

use super::amendments::{Amendments, IN_TITLE, clause_depth, is_inserted, is_quoted_wording};
use super::antecedents::Documents;
use super::attributes::dated_or_numbered;
use super::citations::{Citation, Naming, citations_at, leading_pinpoints, may_start};
use super::classification::fill_from_register;
use super::clauses::OpenQuotes;
use super::heads::{Head, is_kind_of_orders};
use super::lexer::{Gap, TokenKind, Tokens};
use super::outline::Outline;
use super::roles::role_of;
use super::short_forms::{Definition, matches_words};
use crate::lexicon::bodies::is_authority;
use crate::lexicon::fold::{fold_number, fold_title};
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
    own: OwnIdentity<'a>,
    pub(super) register: &'a Register,
    /// The order is an authority's, so that «приказ от …» without an issuer is one of its own.
    pub(super) of_authority: bool,
    definitions: Vec<Definition>,
    /// The head of each reference, for anaphora.
    pub(super) heads: Vec<Head>,
    /// The latest reference of each number, for mentions that leave out the rest.
    by_number: HashMap<String, usize>,
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
        by_number: HashMap::new(),
        amendments: Amendments::default(),
        documents: Documents::default(),
        found: ReferencesFound::default(),
    };
    let mut citations = Vec::new();
    let mut quotes = OpenQuotes::default();
    let mut at = 0;
    while at < tokens.len() && resolver.found.references.len() < MAX_REFERENCES {
        if tokens.gap(at) == Gap::Block {
            // The numbers of a new wording are none of this order's clauses.
            if !quotes.hide() {
                resolver.amendments.leave(tokens, at);
            }
            quotes.read(tokens, &(at..tokens.block_end(at)));
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
                let mut is_cited = false;
                for citation in &citations {
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
    fn short_form(&mut self, at: usize, place: &dyn Fn(usize) -> String) -> Option<usize> {
        if self.definitions.is_empty() {
            return None;
        }
        let (locators, start) = leading_pinpoints(self.tokens, at);
        let (definition, end) = self.definitions.iter().rev().find_map(|definition| {
            let end = matches_words(self.tokens, start, &definition.words)?;
            Some((definition, end))
        })?;
        // «Федерального закона от 17.07.1999 …» is another law, even where one is called «Федеральный закон».
        let is_another = self.tokens.continues(end)
            && (self.tokens.kind(end) == Some(TokenKind::OpenQuote)
                || dated_or_numbered(self.tokens, end));
        if is_another || self.tokens.word(at.wrapping_sub(1)) == "далее" {
            return None;
        }
        let via = format!("далее – {}", definition.printed);
        let target = definition.reference;
        let mut reference = self.standing_for(target, at..end, via, 0.93, place);
        reference.locators = locators;
        self.keep(reference, self.heads[target]);
        Some(end)
    }

    /// Whether the words of the citation are used up: false for a document that is only named.
    fn resolve(&mut self, citation: &Citation, place: &dyn Fn(usize) -> String) -> bool {
        match citation.naming {
            Naming::Implicit => self.implicit(citation, place),
            Naming::Anaphora => self.anaphora(citation, place),
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
        let attached = citation
            .locators
            .iter()
            .any(|locator| locator.appendix.is_some());
        if inserted || own || attached || is_quoted_wording(self.tokens, at) {
            return;
        }
        let via = "изменяемый акт".to_owned();
        let mut reference = self.standing_for(amended, citation.tokens.clone(), via, 0.8, place);
        reference.locators.clone_from(&citation.locators);
        reference.role = Role::Amends;
        self.keep(reference, self.heads[amended]);
    }

    /// A citation with a number, date, title or name of its own.
    fn own_attributes(&mut self, citation: &Citation, place: &dyn Fn(usize) -> String) -> bool {
        if self.is_the_order_itself(citation) {
            return true;
        }
        let at = citation.tokens.start;
        if let Some(target) = self.document_named_alone(citation) {
            let via = "названо выше".to_owned();
            let mut reference =
                self.standing_for(target, citation.tokens.clone(), via, 0.85, place);
            reference.locators.clone_from(&citation.locators);
            self.keep(reference, self.heads[target]);
            return true;
        }
        let Some((kind, issuer, name)) = self.classified(citation) else {
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
        if let Some(definition) = &citation.definition {
            self.define(definition.clone(), index);
        }
        true
    }

    /// «к приказу от … № …» with this order's own number, «УТВЕРЖДЕНЫ постановлением … от … № …».
    fn is_the_order_itself(&self, citation: &Citation) -> bool {
        let same = |a: &str, b: &str| fold_number(a) == fold_number(b);
        let number = match (&citation.number, self.own.number) {
            (Some(cited), Some(own)) => same(cited, own),
            _ => false,
        };
        let date = citation.date.is_none() || citation.date == self.own.date;
        let an_order = is_kind_of_orders(citation.head);
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
        // «Лист согласования к приказу «О …»»
        let same_title = citation.number.is_none()
            && citation.date.is_none()
            && citation
                .title
                .as_deref()
                .zip(self.own.title)
                .is_some_and(|(cited, own)| fold_title(cited) == fold_title(own));
        an_order && (number && date || same_title) || approved_here
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
                "ст. 104 Уголовно-исполнительного кодекса РФ, части 1, 1.2, 2.3 статьи 161 ЖК РФ",
                vec![
                    "code Уголовно-исполнительный кодекс Российской Федерации [ст. 104]",
                    "code Жилищный кодекс Российской Федерации [ст. 161 ч. 1; ст. 161 ч. 1.2; ст. 161 ч. 2.3]",
                ],
            ),
            (
                "приказа МВД России, МЧС России, Минюста России, ФСБ России, Минэкономразвития России, ФСКН России, \
                 Минздрава России от 29.12.2005 № 1/2/3/4 «О едином учёте»",
                vec!["agency_order 1/2/3/4 2005-12-29"],
            ),
            (
                "приказ Министерства РФ по связи и информатизации от 22.07.2003 № 96",
                vec!["agency_order 96 2003-07-22"],
            ),
            (
                "Положения Банка России от 15.12.2014 № 445-П, Инструкции Минфина РФ от 30.12.1993 № 160",
                vec![
                    "agency_order 445-П 2014-12-15",
                    "agency_order 160 1993-12-30",
                ],
            ),
            (
                "Законами Лесной области «О Губернаторе области» и «О Правительстве области»",
                vec!["law О Губернаторе области", "law О Правительстве области"],
            ),
            (
                "статьи 47 Устава (Основного Закона) Лесной области",
                vec!["other Устав Лесной области [ст. 47]"],
            ),
            (
                "Закона РСФСР «О санитарно-эпидемиологическом благополучии населения»; ОСТ 42-21-2-85",
                vec![
                    "law О санитарно-эпидемиологическом благополучии населения",
                    "standard ОСТ 42-21-2-85",
                ],
            ),
            (
                "На основании Положения о порядке отчисления и восстановления обучающихся, п. 4.7 Инструкции по охране труда № 112-ДПЦ",
                vec![
                    "local_act Положение о порядке отчисления и восстановления обучающихся",
                    "local_act 112-ДПЦ [п. 4.7]",
                ],
            ),
            (
                "порядку, установленному «Положением о премировании», утверждённым приказом Минтруда России от 01.02.2020 № 5",
                vec!["agency_order 5 2020-02-01"],
            ),
            (
                "п. 4 ч. 1 ст. 30 Устава муниципального образования г. Лесной",
                vec!["other Устав муниципального образования г. Лесной [ст. 30 ч. 1 п. 4]"],
            ),
            (
                "постановлением Центральной избирательной комиссии РФ от 05.12.2012 № 152/1137-6, \
                 направить копию постановления в комиссию участка № 1412",
                vec!["agency_order 152/1137-6 2012-12-05"],
            ),
            (
                "требований Федерального закона «О пожарной безопасности» № 69-ФЗ от 21.12.1994, «Правил пожарной \
                 безопасности», утверждённых приказом МЧС РФ от 18.06.2003 № 313",
                vec![
                    "federal_law 69-ФЗ 1994-12-21",
                    "agency_order 313 2003-06-18",
                ],
            ),
            (
                "Федерального закона от 07.08.2001 № 115-ФЗ (далее по тексту – «Закон»), указанных в пп. 1, 2 п. 1 ст. 6 Закона",
                vec![
                    "federal_law 115-ФЗ 2001-08-07",
                    "federal_law 115-ФЗ 2001-08-07 [ст. 6 п. 1 подп. 1; ст. 6 п. 1 подп. 2]",
                ],
            ),
            (
                "Основ законодательства РФ о культуре от 09.10.1992 № 3612-1, Федерального закона от 24.11.1995 № 181-ФЗ, \
                 статьи 52.1 Основ",
                vec![
                    "law 3612-1 1992-10-09",
                    "federal_law 181-ФЗ 1995-11-24",
                    "law 3612-1 1992-10-09 [ст. 52.1]",
                ],
            ),
            (
                "внести в Правила (утв. приказом от 01.03.2017 № 4) изменения: дополнить п. 5.2 раздела 5 подпунктом «к», \
                 дополнить часть 3 статьи 2 пунктом 4",
                vec![
                    "local_act 4 2017-03-01",
                    "local_act 4 2017-03-01 [разд. 5 п. 5.2]",
                    "local_act 4 2017-03-01 [ст. 2 ч. 3]",
                ],
            ),
            ("протокол проверки знаний № 41/2 от 14.12.2022", vec![]),
            (
                "Приказ 9 ПСО от 14.01.2020 № 5-НС, приказ ФКУ ИК-14 УФСИН от 22.05.2018 № 288",
                vec!["local_act 5-НС 2020-01-14", "local_act 288 2018-05-22"],
            ),
            (
                "приказа ОАО «Лес» от 28.12.2009 НР 242",
                vec!["local_act 242 2009-12-28"],
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
            (
                "Признать утратившими силу приказы: от 29.08.2022 г. № 158-ОД «Об охране», от 16.01.2023 № 12-ОД.",
                vec!["local_act 158-ОД 2022-08-29", "local_act 12-ОД 2023-01-16"],
            ),
            (
                "Закона от 28.12.2013 № 442-ФЗ (далее – Федеральный закон), статьи 8 Федерального закона от 17.07.1999 № 178-ФЗ, статьи 9 Федерального закона",
                vec![
                    "federal_law 442-ФЗ 2013-12-28",
                    "federal_law 178-ФЗ 1999-07-17 [ст. 8]",
                    "federal_law 442-ФЗ 2013-12-28 [ст. 9]",
                ],
            ),
            (
                "постановления Правительства РФ от 27.11.2006 № 719 «Об утверждении Положения о воинском учете», пунктами 30, 32 Положения о воинском учете, пункта 31 указанного Положения",
                vec![
                    "government_resolution 719 2006-11-27",
                    "government_resolution 719 2006-11-27 [п. 30; п. 32]",
                    "government_resolution 719 2006-11-27 [п. 31]",
                ],
            ),
            (
                "соблюдение требований пунктов 3, 4 Положения об оценках, утверждённого приказом от 30.08.2022 № 118/2-од",
                vec!["local_act 118/2-од 2022-08-30 [п. 3; п. 4]"],
            ),
            (
                "Положение о закупке, утверждённое решением совета (протокол от 19.12.2022 № 3)",
                vec!["local_act 3 2022-12-19"],
            ),
            (
                "Порядок разработан в соответствии с Гражданским кодексом Российской Федерации",
                vec!["code Гражданский кодекс Российской Федерации"],
            ),
            (
                "подпунктом 5.2.16(2) пункта 5 Положения о Министерстве, утвержденного постановлением Правительства РФ от 19.06.2012 № 610",
                vec!["government_resolution 610 2012-06-19 [п. 5 подп. 5.2.16(2)]"],
            ),
            (
                "1. Внести в приказ от 10.03.2020 № 74-а (в ред. приказа от 02.08.2021 № 211-а) изменения:\n1.1. слова «приказом от 11.05.2010 № 120» исключить;\n1.2. пункт 1.3 исключить.\n2. Пункт 4 отдела.",
                vec![
                    "local_act 74-а 2020-03-10",
                    "local_act 211-а 2021-08-02",
                    "local_act 120 2010-05-11",
                    "local_act 74-а 2020-03-10 [п. 1.3]",
                ],
            ),
            (
                "совместного приказа Минтруда России № 988н, Минздрава России № 1420н от 31.12.2020",
                vec!["agency_order 988н/1420н 2020-12-31"],
            ),
            (
                "приказа управления образования от 30.09.98 М 87",
                vec!["agency_order 87 1998-09-30"],
            ),
            ("контроль за исполнением данного приказа", vec![]),
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
