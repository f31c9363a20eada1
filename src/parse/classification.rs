//! What kind of act a citation names, who issued it, and which known act it is.
//!
//! In: a citation and the order that it stands in. Out: the type of the act, its issuer and its name in the
//! nominative. Must never: take a document that the order itself makes for one that it cites.

use std::ops::Range;

use super::citations::Citation;
use super::heads::Head;
use super::lexer::Tokens;
use super::numbers::signed_number_at;
use super::references::Resolver;
use super::roles::role_of;
use crate::lexicon::bodies::is_authority;
use crate::lexicon::fold::is_letter;
use crate::lexicon::morphology::{fold, is_known};
use crate::lexicon::phrase::nominative_names;
use crate::lexicon::register::KnownAct;
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;
use crate::order::{Act, ActType, Day, Role};

/// The year in which the laws of the RSFSR and of the Soviet Union end.
const LAST_YEAR_OF_FORMER_STATES: i16 = 1993;

fn is_a_former_state(issuer: &str) -> bool {
    matches!(
        fold(issuer).as_str(),
        "рсфср" | "ссср" | "союза сср" | "союз сср"
    )
}

/// «Устав (Основной Закон) области» is «Устав области»; «Конституция Республики Саха (Якутия)» keeps its bracket.
fn with_one_name(name: &str) -> String {
    match (name.find('('), name.find(')')) {
        (Some(open), Some(close))
            if open < close && fold(&name[open + 1..close]).starts_with("основн") =>
        {
            format!(
                "{} {}",
                name[..open].trim_end(),
                name[close + 1..].trim_start()
            )
        }
        _ => name.to_owned(),
    }
}

impl<'a> Resolver<'a, '_> {
    /// The act of the register that a citation names.
    pub(crate) fn known_act(&self, citation: &Citation, act: &Act) -> Option<&'a KnownAct> {
        let register = self.register;
        if citation.head == Head::Constitution {
            return (act.kind == ActType::Constitution)
                .then(|| register.by_abbreviation("конституция"))?;
        }
        if citation.head == Head::Code {
            let range = citation.name.clone()?;
            return register.code_named(&self.tokens.one_line(&range));
        }
        if citation.head == Head::Law
            && let Some(range) = &citation.name
        {
            let named = self.tokens.slice(range.start, range.end);
            // «ФЗ об информации» is the «закон об информации».
            let shortened = named.strip_prefix("ФЗ").map(|rest| format!("закон{rest}"));
            return register.by_nickname(shortened.as_deref().unwrap_or(named));
        }
        if let Some(number) = &act.number {
            let date = act.date.map(|day| day.0);
            // «Постановления № 491 от 13.08.2006» in an order of a company: those who issue none cite the Government's.
            if let (ActType::LocalAct, Head::Resolution | Head::Approved, None, Some(date)) =
                (act.kind, citation.head, &act.issuer, date)
            {
                return register.by_number_and_date(number, date);
            }
            return register.by_number(
                act.kind,
                number,
                date,
                act.issuer.as_deref(),
                act.title.as_deref(),
            );
        }
        let known = citation
            .title
            .as_deref()
            .and_then(|title| register.by_title(act.kind, title))?;
        // «Закона РСФСР «О санитарно-эпидемиологическом благополучии населения»»: a later law took its title over.
        let is_later = known
            .date
            .is_some_and(|date| date.year() > LAST_YEAR_OF_FORMER_STATES);
        let of_a_former_state = act.issuer.as_deref().is_some_and(is_a_former_state);
        (!(of_a_former_state && is_later)).then_some(known)
    }

    /// Kind, issuer in the nominative, and the name of the approved document or code.
    pub(crate) fn classified(
        &self,
        citation: &Citation,
    ) -> Option<(ActType, Option<String>, Option<String>)> {
        let printed = citation
            .issuer
            .clone()
            .map(|range| issuer_on_one_line(self.tokens, &range));
        let issuer = printed
            .as_deref()
            .map(|printed| match citation.head {
                // «ПП РФ»
                Head::Resolution if is_the_country(printed) => "Правительство РФ".to_owned(),
                _ => nominative_names(without_stray_mark(printed)),
            })
            .filter(|name| !name.is_empty());
        let name = citation
            .name
            .clone()
            .map(|range| self.tokens.one_line(&range));
        let folded_issuer = printed.as_deref().map(fold).unwrap_or_default();
        let by_authority = match &printed {
            // «Постановление городского Совета депутатов»
            Some(printed) => is_authority(printed) || folded_issuer.contains("депутатов"),
            None => self.of_authority,
        };
        let kind = match citation.head {
            Head::FederalLaw => ActType::FederalLaw,
            Head::FederalConstitutionalLaw => ActType::FederalConstitutionalLaw,
            // «Конституция Республики Марий Эл»: with a name behind it, the act of another state.
            Head::Constitution if citation.name.as_ref().is_some_and(|name| name.len() > 1) => {
                ActType::Law
            }
            Head::Constitution => ActType::Constitution,
            Head::Code => ActType::Code,
            Head::Law => law_type(citation.number.as_deref()),
            // «Указ Президиума Верховного Совета СССР»: the head of that state.
            Head::Decree
                if folded_issuer.contains("президент")
                    || folded_issuer.contains("президиум")
                    || folded_issuer.is_empty() =>
            {
                ActType::PresidentialDecree
            }
            Head::Resolution
                if names_a_government(&folded_issuer) || is_the_country(&folded_issuer) =>
            {
                ActType::GovernmentResolution
            }
            Head::InstructionOrder if names_a_government(&folded_issuer) => {
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
                // «Устав г. Лесной», but not «Устав школы г. Лесной»
                let of_a_town = folded.split(' ').nth(1) == Some("г.");
                let municipal = of_a_town
                    || folded
                        .split(' ')
                        .any(|word| word == "мо" || begins_as(StemClass::Municipality, word));
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
            // «приказ школы», «приказом заведующего»: which one, the order itself says.
            ActType::LocalAct => issuer.filter(|name| is_a_name_of_its_own(name)),
            _ => issuer,
        };
        let name = match citation.head {
            Head::Constitution if kind == ActType::Law => {
                name.map(|name| nominative_names(&with_one_name(&name)))
            }
            Head::Code | Head::Constitution => name,
            Head::Charter if kind == ActType::LocalAct => Some("Устав".to_owned()),
            Head::Law => None,
            Head::Charter => name.map(|name| nominative_names(&with_one_name(&name))),
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
        // «В соответствии с Положением о наставничестве»
        let behind_preposition = matches!(self.tokens.word(start.wrapping_sub(1)), "с" | "со");
        let leading = start.wrapping_sub(1 + usize::from(behind_preposition));
        // In a line of capitals nothing tells a name: «РЕАЛИЗАЦИИ МУНИЦИПАЛЬНЫХ ПРОГРАММ».
        let rests_on = self.tokens.meaning(leading, WordClass::Leads).is_some()
            && !self.tokens.is_all_capitals(start);
        !citation.locators.is_empty()
            || amended
            || citation.number.is_some()
            // «обеспечить выполнение Плана» names none.
            || citation.tokens.len() > 1 && (rests_on || self.goes_on_a_list_of_acts(start))
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
            || (at.saturating_sub(REACH)..at)
                .any(|index| self.tokens.meaning(index, WordClass::Leads).is_some())
            || self.goes_on_a_list_of_acts(at)
    }
}

impl Resolver<'_, '_> {
    /// «руководствуется Конституцией Российской Федерации, Федеральным законом «…», Уставом школы»: behind an act
    /// that was cited, with nothing but a comma or «и» between.
    fn goes_on_a_list_of_acts(&self, at: usize) -> bool {
        let tokens = self.tokens;
        let mut before = at;
        while before > 0
            && (tokens.is_mark(before - 1, ',') || tokens.word(before - 1) == "и")
            && tokens.continues(before)
        {
            before -= 1;
        }
        before < at
            && before > 0
            && self
                .found
                .references
                .last()
                .is_some_and(|last| last.span.end == tokens.span(before - 1, before).end)
    }
}

/// The name of a body; of a joint order, the names of both without the number between them: «Минтруда России № 988н,
/// Минздрава России» is «Минтруда России и Минздрава России».
fn issuer_on_one_line(tokens: &Tokens<'_>, range: &Range<usize>) -> String {
    let numbered = range
        .clone()
        .find_map(|index| Some((index, signed_number_at(tokens, index)?.1)))
        .filter(|(_, end)| tokens.is_mark(*end, ',') || tokens.word(*end) == "и");
    match numbered {
        Some((sign, end)) => format!(
            "{} и {}",
            tokens.one_line(&(range.start..sign)),
            tokens.one_line(&(end + 1..range.end))
        ),
        None => tokens.one_line(range),
    }
}

/// Whether a body is called by a name and not by a common noun alone: «ООО «Ветер»», «МБОУ СОШ № 5», «директор Лесновской
/// школы», but neither «школа» nor «Педагогический совет».
fn is_a_name_of_its_own(name: &str) -> bool {
    let is_abbreviation =
        |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    name.contains(['«', '"', '№'])
        || name.contains(|c: char| c.is_ascii_digit())
        || name
            .split(|c| !is_letter(c))
            .enumerate()
            .any(|(index, word)| {
                word.starts_with(char::is_uppercase)
                    && (index > 0 || !is_known(word) || is_abbreviation(word))
            })
}

/// Governments of the country and its regions, «Прав. РФ»; in some regions it is a cabinet.
fn names_a_government(folded: &str) -> bool {
    folded.contains("правительств") || folded.starts_with("прав.") || folded.starts_with("кабинет")
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
pub(crate) fn fill_from_register(act: &mut Act, known: &KnownAct) -> Option<String> {
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
