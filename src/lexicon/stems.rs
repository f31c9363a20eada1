//! Beginnings of words that tell what a word is about, whatever its ending: «администраци-» is an
//! authority, «заявлени-» a paper that somebody wrote.
//!
//! In: `stems.tsv`. Out: whether a folded word begins so. Must never: hold a beginning that depends on
//! a particular document.

use std::sync::OnceLock;

/// What a beginning tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum StemClass {
    /// A body whose acts are acts of an authority.
    Authority,
    /// An organisation, whose acts are local: «приказ начальника отдела школы» is one of a school.
    Organisation,
    /// An elected body, whose decisions are acts of its own kind.
    Parliament,
    /// A body that decides together, of an authority or an organisation.
    Council,
    /// A place whose charter is an act, not a local document.
    Municipality,
    /// A paper that names somebody without charging them: «заявление Ивановой».
    Paper,
    /// The name of a second body behind «и».
    JointBody,
    /// What a code is about, behind «об».
    CodeSubject,
    /// A document whose name is a plural.
    PluralDocument,
    /// An adjective that says something of a document and is no part of its name: «действующих правил».
    SaidOfDocument,
    /// What a protocol records that decides nothing: «протокол проверки знаний».
    RecordedFact,
    /// A paper or an absence that is said to be somebody's: «рапорт», «заявление».
    OfSomebody,
}

const CLASSES: [(StemClass, &str); 12] = [
    (StemClass::Authority, "authority"),
    (StemClass::Organisation, "organisation"),
    (StemClass::Parliament, "parliament"),
    (StemClass::Council, "council"),
    (StemClass::Municipality, "municipality"),
    (StemClass::Paper, "paper"),
    (StemClass::JointBody, "joint_body"),
    (StemClass::CodeSubject, "code_subject"),
    (StemClass::PluralDocument, "plural_document"),
    (StemClass::SaidOfDocument, "said_of_document"),
    (StemClass::RecordedFact, "recorded_fact"),
    (StemClass::OfSomebody, "of_somebody"),
];

/// Whether a folded word begins as a word of the class does.
#[must_use]
pub fn begins_as(class: StemClass, folded: &str) -> bool {
    static STEMS: OnceLock<[Vec<&'static str>; CLASSES.len()]> = OnceLock::new();
    STEMS.get_or_init(|| CLASSES.map(|(_, name)| stems(name).collect()))[class as usize]
        .iter()
        .any(|stem| folded.starts_with(stem))
}

/// The beginnings of a class, as the data file lists them.
fn stems(name: &'static str) -> impl Iterator<Item = &'static str> {
    include_str!("stems.tsv")
        .lines()
        .filter_map(move |line| line.strip_prefix(name)?.strip_prefix('\t'))
        .flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::morphology::fold;

    #[test]
    fn every_line_of_the_table_is_a_class_and_folded() {
        let lines: Vec<&str> = include_str!("stems.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert_eq!(lines.len(), CLASSES.len());
        for (index, (class, name)) in CLASSES.into_iter().enumerate() {
            assert_eq!(class as usize, index);
            assert!(stems(name).count() > 0, "{name} has no beginnings");
            for stem in stems(name) {
                assert_eq!(stem, fold(stem));
                assert!(begins_as(class, stem));
            }
        }
    }
}
