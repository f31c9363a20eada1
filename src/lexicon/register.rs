//! The register of known acts: what a citation leaves out, and what it contradicts.
//!
//! In: `acts.tsv`. Out: look-ups by number, title, abbreviation and nickname. Must never: answer where
//! more than one act fits; an ambiguous citation stays as it is printed.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use super::fold::{fold_number, fold_title};
use super::morphology::fold;
use crate::order::{Act, ActType};
use crate::wording::counted;

/// An act of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAct {
    /// What kind of act.
    pub kind: ActType,
    /// Its date.
    pub date: Option<Date>,
    /// Its number in the normal form.
    pub number: Option<String>,
    /// The issuer in the nominative; `None` where the type implies it.
    pub issuer: Option<String>,
    /// The official title, without outer quotation marks.
    pub title: String,
    /// Abbreviations: `ТК`.
    pub abbreviations: Vec<String>,
    /// What it is called in speech, in the nominative: `закон об образовании`.
    pub nicknames: Vec<String>,
    /// The first day on which it is no longer in force.
    pub lost_force: Option<Date>,
}

/// A line of a register that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("строка {line} реестра: {what}; в строке восемь столбцов, разделённых знаком табуляции")]
pub struct RegisterError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// The register with its indexes.
#[derive(Debug)]
pub struct Register {
    acts: Vec<KnownAct>,
    /// The folded title of each act.
    titles: Vec<String>,
    by_number: HashMap<String, Vec<usize>, RandomState>,
    by_title: HashMap<String, Vec<usize>, RandomState>,
    by_abbreviation: HashMap<String, usize, RandomState>,
    nicknames: Vec<(Vec<String>, usize)>,
}

impl Register {
    /// The built-in register.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static REGISTER: OnceLock<Register> = OnceLock::new();
        // A line that does not parse is caught by the tests; at run time it is left out.
        REGISTER.get_or_init(|| {
            let lines = include_str!("acts.tsv").lines().enumerate();
            Self::of(
                lines
                    .filter_map(|(index, line)| parse_line(index + 1, line).ok().flatten())
                    .collect(),
            )
        })
    }

    /// The built-in acts and those of a register in the form of `acts.tsv`. An act of the latter takes the
    /// place of the built-in one with the same type, date, number and issuer, and its abbreviations and
    /// nicknames go before others.
    pub fn with(lines: &str) -> Result<Self, RegisterError> {
        let own = Self::parse(lines)?.acts;
        let same = |a: &KnownAct, b: &KnownAct| {
            a.kind == b.kind && a.date == b.date && a.number == b.number && a.issuer == b.issuer
        };
        let mut acts: Vec<KnownAct> = Self::built_in()
            .acts
            .iter()
            .filter(|act| !own.iter().any(|own| same(own, act)))
            .cloned()
            .collect();
        let names: HashSet<String> = own
            .iter()
            .flat_map(|act| act.abbreviations.iter().chain(&act.nicknames))
            .map(|name| fold(name))
            .collect();
        for act in &mut acts {
            act.abbreviations
                .retain(|name| !names.contains(&fold(name)));
            act.nicknames.retain(|name| !names.contains(&fold(name)));
        }
        acts.extend(own);
        Ok(Self::of(acts))
    }

    /// Reads a register in the form of `acts.tsv`, without the built-in acts.
    pub fn parse(lines: &str) -> Result<Self, RegisterError> {
        let mut acts = Vec::new();
        for (index, line) in lines.lines().enumerate() {
            acts.extend(parse_line(index + 1, line)?);
        }
        Ok(Self::of(acts))
    }

    fn of(acts: Vec<KnownAct>) -> Self {
        let mut register = Self {
            titles: acts.iter().map(|act| fold_title(&act.title)).collect(),
            acts,
            by_number: HashMap::default(),
            by_title: HashMap::default(),
            by_abbreviation: HashMap::default(),
            nicknames: Vec::new(),
        };
        for (index, act) in register.acts.iter().enumerate() {
            if let Some(number) = &act.number {
                register
                    .by_number
                    .entry(fold_number(number))
                    .or_default()
                    .push(index);
            }
            register
                .by_title
                .entry(register.titles[index].clone())
                .or_default()
                .push(index);
            for abbreviation in &act.abbreviations {
                register.by_abbreviation.insert(fold(abbreviation), index);
            }
            for nickname in &act.nicknames {
                register.nicknames.push((
                    fold_title(nickname).split(' ').map(str::to_owned).collect(),
                    index,
                ));
            }
        }
        // The longest nickname first: «закон о государственной гражданской службе» before a shorter one.
        register
            .nicknames
            .sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        register
    }

    /// All acts, in the order of the file.
    #[must_use]
    pub fn acts(&self) -> &[KnownAct] {
        &self.acts
    }

    /// The act with this number. Where several acts share it, date, issuer or title must tell which;
    /// a date or title that contradicts every one of them finds nothing.
    #[must_use]
    pub fn by_number(
        &self,
        kind: ActType,
        number: &str,
        date: Option<Date>,
        issuer: Option<&str>,
        title: Option<&str>,
    ) -> Option<&KnownAct> {
        let title = title.filter(|_| date.is_none()).map(fold_title);
        let mut fitting = self.numbered(kind, number).filter(|&(index, act)| {
            date.is_none_or(|date| act.date == Some(date))
                && (act.issuer.is_none() || issuer.is_none_or(|issuer| same_body(act, issuer)))
                && (date.is_some()
                    || title
                        .as_ref()
                        .is_none_or(|title| starts_alike(title, &self.titles[index])))
        });
        // «44-ФЗ» alone: the register says which of the acts with this number is meant.
        if date.is_none()
            && title.is_none()
            && let Some(meant) = self.by_abbreviation(number)
        {
            return (meant.kind == kind).then_some(meant);
        }
        let (_, first) = fitting.next()?;
        // An agency's number alone says little: without a date many orders may have it.
        let distinctive = date.is_some()
            || title.is_some()
            || matches!(
                kind,
                ActType::FederalLaw
                    | ActType::FederalConstitutionalLaw
                    | ActType::Code
                    | ActType::SanitaryRules
                    | ActType::Standard
            );
        (fitting.next().is_none() && distinctive).then_some(first)
    }

    /// The only act of any kind with this number and date: «Постановления № 491 от 13.08.2006».
    #[must_use]
    pub fn by_number_and_date(&self, number: &str, date: Date) -> Option<&KnownAct> {
        let mut fitting = self
            .by_number
            .get(&fold_number(number))
            .into_iter()
            .flatten()
            .map(|&index| &self.acts[index])
            .filter(|act| act.date == Some(date));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// The act that a citation seems to mean although its date or title may contradict the register:
    /// the only one with its number, or the one with its number and title.
    #[must_use]
    pub fn resembling(&self, act: &Act) -> Option<&KnownAct> {
        let number = act.number.as_deref()?;
        let candidates: Vec<(usize, &KnownAct)> = self
            .numbered(act.kind, number)
            .filter(|(_, known)| {
                known.issuer.is_none()
                    || act
                        .issuer
                        .as_deref()
                        .is_some_and(|issuer| same_body(known, issuer))
            })
            .collect();
        if candidates.is_empty() {
            return None;
        }
        let same_date = candidates
            .iter()
            .find(|(_, known)| act.date.is_some_and(|date| known.date == Some(date.0)));
        if let Some((_, known)) = same_date {
            return Some(known);
        }
        let title = act.title.as_deref().map(fold_title);
        let same_title = candidates
            .iter()
            .find(|&&(index, _)| title.as_ref() == Some(&self.titles[index]));
        let only = (candidates.len() == 1
            && matches!(
                act.kind,
                ActType::FederalLaw | ActType::FederalConstitutionalLaw
            ))
        .then(|| candidates.first())
        .flatten()
        .filter(|(_, known)| is_misprint(known.date, act.date.map(|day| day.0)));
        same_title
            .or(only.filter(|_| title.is_none()))
            .map(|&(_, known)| known)
    }

    /// The act with this title, or the only one whose title begins with it.
    #[must_use]
    pub fn by_title(&self, kind: ActType, title: &str) -> Option<&KnownAct> {
        /// A title cut short must keep this many words to be told from others.
        const MIN_WORDS: usize = 3;
        let folded = fold_title(title);
        let related = |act: &&KnownAct| {
            act.kind == kind || kind == ActType::Law && act.kind == ActType::FederalLaw
        };
        let exact: Vec<&KnownAct> = self
            .by_title
            .get(&folded)
            .into_iter()
            .flatten()
            .map(|&index| &self.acts[index])
            .filter(related)
            .collect();
        match exact[..] {
            [act] => return Some(act),
            [_, ..] => return exact.into_iter().find(|act| act.lost_force.is_none()),
            [] => {}
        }
        if folded.split(' ').count() < MIN_WORDS {
            return None;
        }
        let mut beginning = self
            .acts
            .iter()
            .zip(&self.titles)
            .filter(|(act, title)| related(act) && title.starts_with(&folded))
            .map(|(act, _)| act);
        let first = beginning.next()?;
        beginning.next().is_none().then_some(first)
    }

    /// The act with this abbreviation.
    #[must_use]
    pub fn by_abbreviation(&self, abbreviation: &str) -> Option<&KnownAct> {
        self.by_abbreviation
            .get(&fold(abbreviation))
            .map(|&index| &self.acts[index])
    }

    /// The act whose nickname these words are, in any case: «закона об образовании». Words behind the
    /// nickname are passed over.
    #[must_use]
    pub fn by_nickname(&self, words: &str) -> Option<&KnownAct> {
        let folded = fold_title(words);
        let words: Vec<&str> = folded.split(' ').collect();
        let found = self.nicknames.iter().find(|(nickname, _)| {
            nickname.len() <= words.len()
                && nickname
                    .iter()
                    .zip(&words)
                    .enumerate()
                    .all(|(index, (known, cited))| {
                        known == cited || index == 0 && inflected_alike(known, cited)
                    })
        });
        found.map(|&(_, index)| &self.acts[index])
    }

    /// The code of this name, in any case, or with this abbreviation: «Трудового кодекса РФ», «ТК».
    #[must_use]
    pub fn code_named(&self, name: &str) -> Option<&KnownAct> {
        let folded = fold_title(name);
        let words: Vec<&str> = folded.split(' ').filter(|word| *word != "рф").collect();
        if let [abbreviation] = words[..]
            && let Some(act) = self.by_abbreviation(abbreviation)
        {
            return Some(act);
        }
        self.acts
            .iter()
            .zip(&self.titles)
            .filter(|(act, _)| act.kind == ActType::Code)
            .find(|(_, title)| {
                let mut known = title.split(' ').filter(|word| *word != "рф");
                words.iter().all(|cited| {
                    known
                        .next()
                        .is_some_and(|known| inflected_alike(known, cited))
                }) && known.next().is_none()
            })
            .map(|(act, _)| act)
    }

    fn numbered(&self, kind: ActType, number: &str) -> impl Iterator<Item = (usize, &KnownAct)> {
        let mut folded = fold_number(number);
        if kind == ActType::FederalLaw && folded.chars().all(|c| c.is_ascii_digit()) {
            folded.push_str("-фз");
        }
        self.by_number
            .get(&folded)
            .into_iter()
            .flatten()
            .map(|&index| (index, &self.acts[index]))
            .filter(move |(_, act)| act.kind == kind)
    }
}

/// Whether a word, given as printed and folded, abbreviates the name of a code: `ТК`, `ГрК`, `КоАП`.
/// Two letters must be capitals; of longer ones the first is enough («Коап»).
#[must_use]
pub fn is_code_abbreviation(printed: &str, folded: &str) -> bool {
    /// Bytes of the longest one, «`КоАП`», and of a two-letter one.
    const LONGEST: usize = 8;
    const TWO_LETTERS: usize = 4;
    folded.len() <= LONGEST
        && (folded.len() > TWO_LETTERS || printed.chars().last().is_some_and(char::is_uppercase))
        && Register::built_in()
            .by_abbreviation
            .get(folded)
            .is_some_and(|&index| Register::built_in().acts[index].kind == ActType::Code)
}

/// Whether a date can be another one misprinted: two of day, month and year are the same. Numbers of laws
/// begin anew each year, so that a law of another date is usually another law.
fn is_misprint(known: Option<Date>, cited: Option<Date>) -> bool {
    let (Some(known), Some(cited)) = (known, cited) else {
        return true;
    };
    let same = [
        known.day() == cited.day(),
        known.month() == cited.month(),
        known.year() == cited.year(),
    ];
    same.into_iter().filter(|same| *same).count() >= 2
}

fn same_body(act: &KnownAct, issuer: &str) -> bool {
    act.issuer
        .as_deref()
        .is_some_and(|known| super::bodies::slug(known) == super::bodies::slug(issuer))
}

fn starts_alike(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// Whether two folded words share all but a case ending.
fn inflected_alike(a: &str, b: &str) -> bool {
    /// Case endings of adjectives have three letters.
    const ENDING: usize = 3;
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    shared >= 2 && a.chars().count() <= shared + ENDING && b.chars().count() <= shared + ENDING
}

/// One line: `None` for a comment or an empty line.
fn parse_line(line: usize, text: &str) -> Result<Option<KnownAct>, RegisterError> {
    if text.starts_with('#') || text.trim().is_empty() {
        return Ok(None);
    }
    let fault = |what: String| RegisterError { line, what };
    let columns: Vec<&str> = text.split('\t').map(str::trim).collect();
    let [
        kind,
        date,
        number,
        issuer,
        title,
        abbreviations,
        nicknames,
        lost_force,
    ] = columns[..]
    else {
        return Err(fault(format!(
            "в ней {}",
            counted(columns.len() as u64, ["столбец", "столбца", "столбцов"])
        )));
    };
    let day = |column: &str| match column {
        "-" => Ok(None),
        column => column
            .parse::<Date>()
            .map(Some)
            .map_err(|_| fault(format!("«{column}» — не дата (нужно 2024-02-05)"))),
    };
    let optional = |column: &str| (column != "-").then(|| column.to_owned());
    let list = |column: &str| match column {
        "-" => Vec::new(),
        column => column
            .split(';')
            .map(|item| item.trim().to_owned())
            .collect(),
    };
    let kind = serde_json::from_value(serde_json::Value::String(kind.to_owned()))
        .map_err(|_| fault(format!("«{kind}» — не вид акта")))?;
    if title.is_empty() || title == "-" {
        return Err(fault("нет заголовка".to_owned()));
    }
    Ok(Some(KnownAct {
        kind,
        date: day(date)?,
        number: optional(number),
        issuer: optional(issuer),
        title: title.to_owned(),
        abbreviations: list(abbreviations),
        nicknames: list(nicknames),
        lost_force: day(lost_force)?,
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::lexicon::identity::act_id;
    use crate::order::Day;

    #[test]
    fn the_register_is_consistent() {
        let register = Register::parse(include_str!("acts.tsv")).unwrap();
        let mut ids = HashSet::new();
        let mut names = HashSet::new();
        for known in register.acts() {
            let act = Act {
                kind: known.kind,
                number: known.number.clone(),
                date: known.date.map(Day),
                issuer: known.issuer.clone(),
                title: Some(known.title.clone()),
                id: String::new(),
            };
            assert!(
                ids.insert(act_id(&act)),
                "two acts have the id {}",
                act_id(&act)
            );
            // An ambiguous number is marked by standing with one act, or with none.
            for name in known.abbreviations.iter().filter(|name| name.contains('-')) {
                assert_eq!(
                    Some(name),
                    known.number.as_ref(),
                    "the number of another act"
                );
            }
            for name in known.abbreviations.iter().chain(&known.nicknames) {
                assert!(names.insert(fold(name)), "{name} names two acts");
            }
            assert!(
                known.lost_force.is_none() || known.lost_force > known.date,
                "{} lost force before it was issued",
                known.title
            );
        }
    }

    #[test]
    fn acts_are_found_by_whatever_names_them() {
        let register = Register::built_in();
        let number =
            |act: Option<&KnownAct>| act.and_then(|act| act.number.clone()).unwrap_or_default();
        assert_eq!(
            number(register.code_named("Трудового кодекса Российской Федерации")),
            "197-ФЗ"
        );
        assert_eq!(number(register.code_named("ТК РФ")), "197-ФЗ");
        assert_eq!(
            number(
                register
                    .code_named("Кодекса Российской Федерации об административных правонарушениях")
            ),
            "195-ФЗ"
        );
        assert_eq!(
            number(register.by_nickname("закона об образовании в")),
            "273-ФЗ"
        );
        assert_eq!(
            number(register.by_title(ActType::FederalLaw, "О персональных данных")),
            "152-ФЗ"
        );
        assert_eq!(
            register.by_number(ActType::FederalLaw, "273-ФЗ", None, None, None),
            None,
            "two laws have this number"
        );
        assert_eq!(
            register
                .by_number(ActType::FederalLaw, "44-ФЗ", None, None, None)
                .and_then(|act| act.date),
            Some(jiff::civil::date(2013, 4, 5)),
            "what orders mean by the bare number"
        );
        let title = Some("О противодействии коррупции");
        assert_eq!(
            register
                .by_number(ActType::FederalLaw, "273", None, None, title)
                .and_then(|act| act.date),
            Some(jiff::civil::date(2008, 12, 25))
        );
    }

    #[test]
    fn a_register_of_ones_own_goes_before_the_built_in_one() {
        let register = Register::with(
            "law\t2019-05-20\t17-ОЗ\tЗареченская область\tО поддержке музеев\t44-ФЗ\tзакон о музеях;закон об информации\t-\n\
             federal_law\t2006-07-27\t152-ФЗ\t-\tО персональных данных\t-\t-\t2030-01-01\n",
        )
        .unwrap();
        let found = register.by_nickname("закона об информации").unwrap();
        assert_eq!(found.number.as_deref(), Some("17-ОЗ"));
        assert_eq!(register.by_abbreviation("44-ФЗ"), Some(found));
        let replaced = register
            .by_title(ActType::FederalLaw, "О персональных данных")
            .unwrap();
        assert!(replaced.lost_force.is_some());
        assert_eq!(register.acts().len(), Register::built_in().acts().len() + 1);
    }

    #[test]
    fn a_line_that_cannot_be_used_is_named() {
        assert_eq!(Register::parse("# head\nlaw\t-").unwrap_err().line, 2);
        assert!(
            Register::parse("law\t2020-13-01\t1\t-\tО чём\t-\t-\t-")
                .unwrap_err()
                .to_string()
                .contains("2020-13-01")
        );
    }
}
