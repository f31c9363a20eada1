//! The body that the kind names: on its line («Приказ Министерства … от … № …») or under it («УКАЗ / ГУБЕРНАТОРА
//! ЛЕСНОЙ ОБЛАСТИ»), or that adopted the act («Принято / Советом депутатов»).
//!
//! In: the heading and the lines under it. Out: the body in the nominative. Must never: take the subject of an order
//! («по личному составу») for who issues it.

use std::ops::Range;

use super::{begins_body, says_what_about};
use crate::lexicon::bodies::{is_authority, is_institution_abbreviation};
use crate::lexicon::phrase::nominative_names;
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::{WordClass, meanings};
use crate::order::Field;
use crate::parse::dates::date_at;
use crate::parse::head::field;
use crate::parse::kind_headings::{behind_subject_of_books, kind_heading, names_an_extract};
use crate::parse::letterhead::{ends_with_adjective, goes_on};
use crate::parse::lexer::{TokenKind, Tokens};
use crate::parse::openings::is_note_of_adoption;
use crate::parse::outline::Outline;
use crate::parse::pieces::{Piece, pieces};
use crate::parse::registration::{is_title_start, registration};

/// How sure a body is that stands beside the kind.
const IN_HEADING: f64 = 0.85;
/// Adjectives before the word for a body: «Лесным городским Советом».
const MOST_WORDS_BEFORE_BODY: usize = 4;

/// «Приказ Министерства здравоохранения … от … № …»: the body stands on the line of the kind alone.
pub(super) fn in_heading(tokens: &Tokens<'_>, heading: &Range<usize>) -> Option<Field<String>> {
    let range = kind_heading(tokens, heading.clone())?.issuer?;
    let name = range.start + usize::from(tokens.word(range.start) == "по");
    let printed = tokens.one_line(&(name..range.end));
    Some(field(
        tokens,
        nominative_names(&printed),
        &range,
        IN_HEADING,
    ))
}

/// «УКАЗ / ГУБЕРНАТОРА ЛЕСНОЙ ОБЛАСТИ», «ПРИКАЗ / по МБОУ «Школа»»: the body stands under the kind.
pub(super) fn under_heading(tokens: &Tokens<'_>, outline: &Outline) -> Option<Field<String>> {
    /// Lines of a name behind its first one.
    const MOST_LINES: usize = 4;
    let lines = pieces(tokens, outline.heading.end..outline.head.end);
    let line = lines.first()?.tokens.clone();
    let start = line.start + usize::from(tokens.word(line.start) == "по");
    let first = tokens.raw(start);
    // «ВЫПИСКА из приказа № 45 от 30.04.2024 / ООО «Кедр»»: an extract names the body behind the order.
    let of_an_extract = names_an_extract(tokens, outline.heading.start)
        && lines.first().is_some_and(|line| begins_body(tokens, line));
    // «Федеральной службы / по надзору …»
    let behind_adjective = || {
        tokens.is_capitalised(start)
            && ends_with_adjective(tokens, start)
            && is_authority(tokens.raw(start + 1))
    };
    // «по муниципальному учреждению / «Школа № 3»»
    let of_which = || {
        start > line.start
            && line.end > start + 1
            && (start..line.end).any(|index| begins_as(StemClass::Organisation, tokens.word(index)))
    };
    let names_a_body = of_an_extract
        || is_authority(first)
        || behind_adjective()
        || of_which()
        || is_institution_abbreviation(first)
        || tokens.meaning(start, WordClass::Position).is_some();
    // «МИНИСТРА СУДОСТРОИТЕЛЬНОЙ / ПРОМЫШЛЕННОСТИ»
    let mut whole = line.clone();
    for next in lines[1..].iter().take(MOST_LINES) {
        let last = Piece {
            tokens: whole.clone(),
            ..next.clone()
        };
        let goes_on = in_capitals(tokens, &whole) && in_capitals(tokens, &next.tokens)
            || of_an_extract && goes_on(tokens, None, &last)
            || ends_with_adjective(tokens, whole.end - 1)
            || goes_on_with_name(tokens, &whole, next.tokens.start);
        // «ПО ЛИЧНОМУ СОСТАВУ»
        let says_of_what = behind_subject_of_books(tokens, next.tokens.start).is_some();
        if !goes_on || says_of_what || registration(tokens, next.tokens.clone()).is_some() {
            break;
        }
        whole.end = next.tokens.end;
    }
    // «(по строевой части)», «ГЛАВЫ АДМИНИСТРАЦИИ ОБЛАСТИ03.04.2024 …», where a conversion lost the ends of the lines
    let end = (start..whole.end)
        .find(|&index| tokens.is_mark(index, '(') || date_at(tokens, index).is_some())
        .unwrap_or(whole.end);
    let is_a_name = end > start && !says_what_about(tokens, &(start..end));
    (names_a_body && is_a_name && registration(tokens, line).is_none()).then(|| {
        let name = start..end;
        let printed = tokens.one_line(&name);
        field(tokens, nominative_names(&printed), &name, IN_HEADING)
    })
}

/// «Принято / Главой Лесного района (Кедровая обл.) / 11 апреля 2006 года»: who adopted the act, under its title.
pub(super) fn adopted_by(tokens: &Tokens<'_>, outline: &Outline) -> Option<Field<String>> {
    /// A title over several lines stands above the note.
    const REACH: usize = 12;
    let head = outline.heading.end..outline.operative.start;
    let lines = pieces(tokens, head);
    let note = lines
        .iter()
        .take(REACH)
        .position(|line| is_note_of_adoption(tokens, &line.tokens))?;
    let line = match lines[note].tokens.clone() {
        alone if alone.len() == 1 => lines.get(note + 1)?.tokens.clone(),
        with_body => with_body.start + 1..with_body.end,
    };
    let end = without_territory(tokens, &line);
    let printed = tokens.one_line(&(line.start..end));
    let name = nominative_names(&printed);
    let names_a_body = || {
        name.split_whitespace()
            .take(MOST_WORDS_BEFORE_BODY)
            .flat_map(|word| meanings(&word.to_lowercase()))
            .any(|meaning| matches!(meaning.class, WordClass::Body | WordClass::Position))
    };
    (tokens.is_capitalised(line.start) && name != printed && names_a_body())
        .then(|| field(tokens, name, &(line.start..end), IN_HEADING))
}

/// «… района (Кедровая обл.)»: where the name ends before the territory that a database puts behind it.
fn without_territory(tokens: &Tokens<'_>, line: &Range<usize>) -> usize {
    if !tokens.is_mark(line.end - 1, ')') {
        return line.end;
    }
    let open = line
        .clone()
        .rev()
        .find(|&index| tokens.is_mark(index, '('))
        .filter(|&open| open > line.start);
    open.filter(|&open| {
        (open..line.end).any(|index| {
            matches!(
                tokens.word(index),
                "обл" | "область" | "край" | "округ" | "республика" | "респ"
            )
        })
    })
    .unwrap_or(line.end)
}

/// Whether the name of the body under the kind goes on with a line: «Министерства спорта, туризма / и молодежной
/// политики», «директора учреждения / «Школа № 3»», «ректора / Лесного университета».
fn goes_on_with_name(tokens: &Tokens<'_>, name: &Range<usize>, next: usize) -> bool {
    let last = name.end - 1;
    let in_small_letters = tokens.is_word(next) && !tokens.is_capitalised(next);
    let quoted = tokens.kind(next) == Some(TokenKind::OpenQuote)
        && begins_as(StemClass::Organisation, tokens.word(last));
    // Nobody is a rector of nothing.
    let holds_a_position = name.len() <= 2
        && tokens.meaning(last, WordClass::Position).is_some()
        && tokens.is_capitalised(next)
        && !is_title_start(tokens, next);
    in_small_letters || quoted || holds_a_position
}

fn in_capitals(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    line.clone().all(|index| {
        !tokens.is_word(index) || tokens.is_all_capitals(index) || tokens.length(index) == 1
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::issuer::issuer;
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn who_adopted_an_act_issues_it() {
        for (note, expected) in [
            (
                "Принято\nГлавой Лесного района (Кедровая обл.)",
                Some("Глава Лесного района"),
            ),
            (
                "Принято\nЛесным городским Советом",
                Some("Лесной городской Совет"),
            ),
            (
                "Принято Администрацией г. Кедровска",
                Some("Администрация г. Кедровска"),
            ),
            ("Принято\n11 апреля 2006 года", None),
            ("Принято на заседании Совета", None),
        ] {
            let text = Text::from_lines(&format!(
                "Кедровая область\nПостановление от 11 апреля 2006 года № 98\nОб охране леса\n{note}\n11 апреля 2006 года\nВ целях работы постановляю:\n1. Создать."
            ));
            let tokens = Tokens::of(&text);
            let found = issuer(&tokens, &outline(&tokens)).map(|field| field.value);
            assert_eq!(found.as_deref(), expected, "{note}");
        }
    }

    #[test]
    fn a_body_under_the_heading_takes_its_lines() {
        for (under, expected) in [
            (
                "ГЛАВЫ ЛЕСНОГО\nМУНИЦИПАЛЬНОГО РАЙОНА",
                "ГЛАВА ЛЕСНОГО МУНИЦИПАЛЬНОГО РАЙОНА",
            ),
            (
                "ПРАВИТЕЛЬСТВА КЕДРОВОЙ\nОБЛАСТИ\nг. Кедровск",
                "ПРАВИТЕЛЬСТВО КЕДРОВОЙ ОБЛАСТИ",
            ),
            ("по МБОУ «Школа»", "МБОУ «Школа»"),
            (
                "Министерства спорта, туризма\nи отдыха Кедровой области",
                "Министерство спорта, туризма и отдыха Кедровой области",
            ),
            (
                "Федеральной службы\nпо лесам",
                "Федеральная служба по лесам",
            ),
            (
                "директора бюджетного учреждения\n«Школа № 3»",
                "директор бюджетного учреждения «Школа № 3»",
            ),
            (
                "ректора\nКедровского университета",
                "ректор Кедровского университета",
            ),
            (
                "ГЛАВЫ КЕДРОВОЙ ОБЛАСТИ03.04.2024 N 7-рОб участии краяв празднике",
                "ГЛАВА КЕДРОВОЙ ОБЛАСТИ",
            ),
        ] {
            let text = Text::from_lines(&format!(
                "ПРИКАЗ\n{under}\n№ 1\nО деле\nВ целях работы\nПРИКАЗЫВАЮ:\n1. Создать."
            ));
            let tokens = Tokens::of(&text);
            let found = issuer(&tokens, &outline(&tokens)).map(|field| field.value);
            assert_eq!(found.as_deref(), Some(expected), "{under}");
        }
    }
}
