//! The words that the parser's grammars turn on: months, pinpoints, kinds of acts and the like.
//!
//! In: `words.tsv`. Out: the class and value of a folded word form.
//! Must never: hold a word whose meaning depends on a particular document.

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

/// What a word can do in a grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// A month; the value is its number.
    Month,
    /// A unit of an act: `article`, `part`, `point`, `subpoint`, `paragraph`, `chapter`, `section`,
    /// `appendix`; `points` for «пп.», which is a point or a subpoint.
    Pinpoint,
    /// An ordinal written as a word; the value is its figure.
    Ordinal,
    /// The name of a kind of act.
    Act,
    /// A shortened name of a kind of act, before its full stop: «пост. Правительства РФ».
    ActAbbreviated,
    /// The name of a document that an act approves or an organisation keeps: «Положение».
    Approved,
    /// A class of numbered rules: «`СанПиН`», «ГОСТ».
    Standard,
    /// A word that points back: `that` (указанный), `same` (того же), or at the order itself: `this`.
    Anaphora,
    /// A word before the name of a settlement.
    Settlement,
    /// A verb by which an order orders.
    Enacting,
    /// A position that signs orders or is charged with something.
    Position,
    /// A noun with which the name of an issuing body begins.
    Body,
    /// The first word of a caption in a letterhead: no part of the issuer's name.
    Caption,
    /// A word of an address or account in a letterhead.
    Detail,
    /// A verb of orders; the value is the case that it asks of who is named: `accusative`, `dative`.
    Governs,
    /// A word of a note on which state of an act is meant: «(в ред. …)», «(с изменениями)».
    Edition,
    /// A word of the menus of a page of the web: «Все новости», «Крупный шрифт».
    Page,
    /// A preposition or a conjunction: it says nothing by itself.
    Function,
    /// A word of a search box that asks, and is not asked for: `question` («кто отвечает за …»), `documents` («приказы,
    /// где …»), `leads` («согласно ст. 192 …»), `courtesy` («тов. Платонов»).
    Asking,
    /// A word of a preamble that says why an act is cited: `basis`, `executes`.
    Leads,
    /// A word with which an amendment says what it does to a provision: no name of a document has it.
    Change,
    /// A word that says what an order does with an act: `amends`; `changes`, which may be said of anything; `voids` the
    /// act that stands before or behind it, `repeals` the one behind it; `loses` its force, is `subject` to no application;
    /// `approves`; `introduces`, which may be said of people.
    Effect,
    /// A word that begins the name of an act and is no kind of act itself: `adjective` («федеральный»), `short` («ФЗ»),
    /// `item` («от …» of a list), `instruction` («поручение»).
    BeginsAct,
    /// A word that stamps an approval or an agreement; `heads_list` with a colon alone: «Визы:».
    Stamp,
    /// A word that says by when something is to be done: `until` («до»), `later` («не позднее»), `term` («срок:»), `within`
    /// («в … срок»). Where one `recurs` or says `when` something happens, there is no one day.
    Term,
    /// The length of a term; the value is a duration as ISO 8601 writes it: `P1M`.
    TermLength,
    /// «имени» before whom something is named after; the value of «им.» is `shortened`, that of «имя», which
    /// something gets, `given`, that of a farm that bears the name of its owner `farm`.
    NamedAfter,
    /// A `surname` of Vietnam, or a `middle` name that is usual there: «Нгуен Тхи Лан».
    VietnameseName,
    /// A verb beside which stands who gets something (`receiver`: «сдавать») or is told something (`object`:
    /// «ознакомить»), and is charged with nothing.
    Tells,
    /// What somebody is who has to do with the matter of a clause, and is charged with nothing: «собственник».
    Bystander,
}

/// A word's class and its value within the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordMeaning {
    /// The class.
    pub class: WordClass,
    /// The value, as in the data file.
    pub value: &'static str,
}

/// A set of word classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes(u32);

impl Classes {
    /// The set of these classes.
    #[must_use]
    pub const fn of(classes: &[WordClass]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < classes.len() {
            bits |= 1 << classes[index] as u32;
            index += 1;
        }
        Self(bits)
    }

    /// Whether a class is in the set.
    #[must_use]
    pub const fn has(self, class: WordClass) -> bool {
        self.0 & 1 << class as u32 != 0
    }

    /// Whether any class is in both sets.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes that are in either set.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a word can mean.
#[derive(Debug, Default)]
pub struct Meanings {
    /// The classes of its meanings.
    pub classes: Classes,
    /// The meanings, one in each class.
    pub list: Vec<WordMeaning>,
}

/// What a folded word form can mean to the grammars: nothing, or one meaning in each of a few classes
/// («глава» is a chapter and a position).
#[must_use]
pub fn meanings(folded: &str) -> &'static [WordMeaning] {
    known(folded).map_or(&[], |meanings| meanings.list.as_slice())
}

/// The same with the classes, where the word means anything.
#[must_use]
pub fn known(folded: &str) -> Option<&'static Meanings> {
    /// The longest form in the table is shorter: longer words need no look-up.
    const LONGEST: usize = 48;
    // The keys are the table's own, so nobody can choose them to collide: a fast hash will do.
    static WORDS: OnceLock<HashMap<&'static str, Meanings, FixedState>> = OnceLock::new();
    if folded.len() > LONGEST {
        return None;
    }
    let words = WORDS.get_or_init(|| {
        let mut words: HashMap<_, Meanings, _> = HashMap::default();
        for (meaning, forms) in rows() {
            for form in forms {
                let known = words.entry(form).or_default();
                known.classes = known.classes.and(Classes::of(&[meaning.class]));
                known.list.push(meaning);
            }
        }
        words
    });
    words.get(folded)
}

/// The months from January on, each with its forms as in the data file: nominative, genitive, prepositional, shortened.
pub fn months() -> impl Iterator<Item = std::str::SplitWhitespace<'static>> {
    rows()
        .filter(|(meaning, _)| meaning.class == WordClass::Month)
        .map(|(_, forms)| forms)
}

/// The rows of the data file: a meaning and its forms.
fn rows() -> impl Iterator<Item = (WordMeaning, std::str::SplitWhitespace<'static>)> {
    include_str!("words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let class = class_named(columns.next()?)?;
            let value = columns.next()?;
            Some((
                WordMeaning { class, value },
                columns.next()?.split_whitespace(),
            ))
        })
}

fn class_named(name: &str) -> Option<WordClass> {
    Some(match name {
        "month" => WordClass::Month,
        "pinpoint" => WordClass::Pinpoint,
        "ordinal" => WordClass::Ordinal,
        "act" => WordClass::Act,
        "act_abbreviated" => WordClass::ActAbbreviated,
        "approved" => WordClass::Approved,
        "function" => WordClass::Function,
        "asking" => WordClass::Asking,
        "standard" => WordClass::Standard,
        "anaphora" => WordClass::Anaphora,
        "settlement" => WordClass::Settlement,
        "enacting" => WordClass::Enacting,
        "position" => WordClass::Position,
        "body" => WordClass::Body,
        "caption" => WordClass::Caption,
        "detail" => WordClass::Detail,
        "governs" => WordClass::Governs,
        "edition" => WordClass::Edition,
        "page" => WordClass::Page,
        "leads" => WordClass::Leads,
        "begins_act" => WordClass::BeginsAct,
        "change" => WordClass::Change,
        "effect" => WordClass::Effect,
        "named_after" => WordClass::NamedAfter,
        "vietnamese_name" => WordClass::VietnameseName,
        "stamp" => WordClass::Stamp,
        "tells" => WordClass::Tells,
        "term" => WordClass::Term,
        "term_length" => WordClass::TermLength,
        "bystander" => WordClass::Bystander,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::morphology::fold;

    #[test]
    fn every_line_of_the_table_is_understood_and_folded() {
        let lines = include_str!("words.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(
            rows().count(),
            lines,
            "a line has an unknown class or too few columns"
        );
        for (_, forms) in rows() {
            for form in forms {
                assert_eq!(form, fold(form));
                assert!(!meanings(form).is_empty(), "{form} is too long");
                let classes: Vec<_> = meanings(form).iter().map(|meaning| meaning.class).collect();
                assert!(
                    classes.iter().all(|class| classes
                        .iter()
                        .filter(|other| *other == class)
                        .count()
                        == 1),
                    "{form} stands twice in a class"
                );
            }
        }
    }

    #[test]
    fn words_have_their_meaning() {
        for (word, class, value) in [
            ("статьи", WordClass::Pinpoint, "article"),
            ("закона", WordClass::Act, "law"),
            ("февраля", WordClass::Month, "2"),
            ("третьим", WordClass::Ordinal, "3"),
        ] {
            assert!(
                meanings(word).contains(&WordMeaning { class, value }),
                "{word}"
            );
        }
        assert_eq!(meanings("мессенджер"), []);
    }
}
