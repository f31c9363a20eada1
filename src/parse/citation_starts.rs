//! Where a citation can start: a cheap question, asked of every token before a grammar is.
//!
//! In: tokens. Out: whether a citation may start at one. Must never: say no where one starts that is found from no later
//! token.

use super::heads::{bare_law_number, is_instruction_from_above, law_with_a_figure};
use super::lexer::{TokenKind, Tokens};
use super::lists_of_acts::starts_an_item;
use crate::lexicon::words::{Classes, WordClass};

/// Whether a citation can start at this token: a cheap test that most tokens fail.
pub(crate) fn may_start(tokens: &Tokens<'_>, at: usize) -> bool {
    use WordClass::{Act, ActAbbreviated, Anaphora, Approved, Ordinal, Pinpoint, Standard};
    const STARTING: Classes = Classes::of(&[
        Pinpoint,
        Act,
        ActAbbreviated,
        Approved,
        Standard,
        Anaphora,
        Ordinal,
    ]);
    let Some(token) = tokens.get(at) else {
        return false;
    };
    if token.classes.meets(STARTING) {
        return true;
    }
    match token.kind {
        TokenKind::Word => {
            token.classes.has(WordClass::BeginsAct) && begins_an_act(tokens, at)
                || token.is_capitalised() && may_begin_a_name(tokens, at)
        }
        TokenKind::Number => bare_law_number(tokens, at).is_some(),
        TokenKind::NumberSign => {
            bare_law_number(tokens, at + 1).is_some() || starts_an_item(tokens, at)
        }
        _ => false,
    }
}

/// «федерального», «ФЗ», «от» of a list, «поручения» of an authority.
fn begins_an_act(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.meaning(at, WordClass::BeginsAct) {
        Some("item") => starts_an_item(tokens, at),
        Some("instruction") => is_instruction_from_above(tokens, at),
        begins => begins.is_some(),
    }
}

/// Whether a capitalised word that names no kind of act itself can begin the name of one: most begin a sentence or are
/// surnames, and a name of an act begins with its abbreviation, with adjectives before a noun, or with one of two nouns.
fn may_begin_a_name(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «ФЗ», «ПП», «`КоАП`».
    const ABBREVIATIONS: std::ops::RangeInclusive<usize> = 2..=4;
    /// «Единых республиканских санитарных и гигиенических правил»
    const FARTHEST_NOUN: usize = 4;
    const NOUNS: Classes = Classes::of(&[
        WordClass::Act,
        WordClass::ActAbbreviated,
        WordClass::Approved,
    ]);
    let word = tokens.word(at);
    ABBREVIATIONS.contains(&tokens.length(at))
        || law_with_a_figure(tokens, at).is_some()
        || (at + 1..=at + FARTHEST_NOUN).any(|noun| tokens.means_any(noun, NOUNS))
            && ends_as_an_adjective(word)
        || ["основ", "поручени"]
            .iter()
            .any(|noun| word.starts_with(noun))
}

/// Whether a folded word ends as an adjective in any case, or as the first part of one («уголовно-процессуального»).
fn ends_as_an_adjective(word: &str) -> bool {
    let mut letters = word.chars().rev();
    let (last, before) = (letters.next(), letters.next());
    match last {
        Some('о') => true,
        Some('у' | 'и') => before == Some('м'),
        Some('м') => matches!(before, Some('ы' | 'и' | 'о' | 'е')),
        Some('х') => matches!(before, Some('ы' | 'и')),
        Some('й') => matches!(before, Some('ы' | 'и' | 'о')),
        Some('е') => matches!(before, Some('ы' | 'и' | 'о')),
        Some('я') => before == Some('а'),
        Some('ю') => before == Some('у'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::parse::citations::{citations_at, leading_pinpoints};
    use crate::read::{Settings, read};
    use crate::text::Text;

    /// Asserts that each citation of a text, wherever it is read from, starts or is found again where one may start.
    fn assert_no_citation_is_passed_over(text: &Text) {
        let tokens = Tokens::of(text);
        let citations = |at| {
            let mut found = Vec::new();
            citations_at(&tokens, at, leading_pinpoints(&tokens, at), &mut found);
            found
        };
        for at in (0..tokens.len()).filter(|&at| !may_start(&tokens, at)) {
            for citation in citations(at) {
                let ends = citation.tokens.end;
                let again = (at + 1..ends)
                    .filter(|&later| may_start(&tokens, later))
                    .any(|later| {
                        citations(later)
                            .iter()
                            .any(|found| found.tokens.end == ends)
                    });
                assert!(again, "{}", tokens.slice(at, ends));
            }
        }
    }

    #[test]
    fn no_citation_of_the_corpus_is_passed_over() {
        fn texts() -> impl Iterator<Item = Text> {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/orders");
            std::fs::read_dir(folder).unwrap().map(|entry| {
                let bytes = std::fs::read(entry.unwrap().path()).unwrap();
                read(&bytes, &Settings::default()).unwrap().text
            })
        }
        for text in texts() {
            assert_no_citation_is_passed_over(&text);
        }
    }

    #[test]
    fn names_begin_with_adjectives_abbreviations_and_two_nouns() {
        for line in [
            "Трудового кодекса Российской Федерации",
            "ТК РФ, КоАП РФ, ПП РФ от 24.12.2021 № 2464, ФЗ № 44-ФЗ",
            "Уголовно-процессуального кодекса Российской Федерации",
            "Федеральные законы от 27.07.2006 № 152-ФЗ",
            "Областного закона от 01.02.2003 № 4-ОЗ",
            "Основ законодательства Российской Федерации о нотариате",
            "Поручения Губернатора области от 01.02.2023 № 4",
            "Совместный приказ Минтруда России от 01.02.2023 № 4",
            "Единых типовых санитарных правил, утверждённых приказом от 01.02.2023 № 4",
            "О Трудовом кодексе Российской Федерации",
        ] {
            let text = Text::from_lines(line);
            assert_no_citation_is_passed_over(&text);
        }
        for line in ["Назначить Иванова", "Директору школы", "А. Б. Кедров"]
        {
            let text = Text::from_lines(line);
            assert!(!may_start(&Tokens::of(&text), 0), "{line}");
        }
    }
}
