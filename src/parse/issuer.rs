//! The body that issued an order, from its letterhead.
//!
//! In: tokens and their outline. Out: the name on one line, bodies of a joint order joined by «; ».
//! Must never: give the founder or ministry above, an address or a bank account.

mod beside_kind;
mod menus;
mod ministries;
mod spaced_letters;

use std::ops::Range;

use self::beside_kind::{adopted_by, in_heading, under_heading};
use self::menus::without_menus;
use self::ministries::are_ministries;
use self::spaced_letters::{on_one_line, spaced_word};
use super::bracketed_names::Bracket;
use super::details::is_detail;
use super::head::{field, goes_on_with_stamp, is_incoming_stamp};
use super::kind_headings::kind_heading;
use super::letterhead::{goes_on, lines_beside};
use super::lexer::{Gap, TokenKind, Tokens};
use super::openings::{enacting_at, opens_preamble};
use super::outline::Outline;
use super::pieces::{Piece, pieces, word_or_spaced};
use super::registration::is_title_start;
use super::unified_form::captioned;
use super::zones::is_approval;
use crate::lexicon::bodies::is_institution_abbreviation;
use crate::lexicon::morphology::is_known;
use crate::lexicon::words::WordClass;
use crate::order::Field;

/// How sure the name in a letterhead is.
const IN_LETTERHEAD: f64 = 0.93;
/// How sure the subject of the enacting verb is.
const IN_TEXT: f64 = 0.8;

/// Reads the issuer.
pub(crate) fn issuer(tokens: &Tokens<'_>, outline: &Outline) -> Option<Field<String>> {
    if !outline.is_order {
        return None;
    }
    let names = bodies_above(tokens, outline);
    let (Some(first), Some(last)) = (
        names.first().and_then(|name| name.first()),
        names.last().and_then(|name| name.last()),
    ) else {
        return in_heading(tokens, &outline.heading)
            .or_else(|| under_heading(tokens, outline))
            .or_else(|| in_heading(tokens, &outline.caption))
            .or_else(|| adopted_by(tokens, outline))
            .or_else(|| who_orders(tokens, outline));
    };
    // «Поделиться / Распоряжение Комитета леса от …»: a page of the web says something over the heading, which names the body.
    if !begins_body(tokens, first)
        && names_the_order(tokens, &outline.heading)
        && let Some(named) = in_heading(tokens, &outline.heading)
        && !named.raw.starts_with("по ")
    {
        return Some(named);
    }
    let range = first.tokens.start..last.tokens.end;
    let value = names
        .iter()
        .map(|name| on_one_line(tokens, name))
        .collect::<Vec<_>>()
        .join("; ");
    Some(field(tokens, value, &range, IN_LETTERHEAD))
}

/// The names in the letterhead that issue the order, each in its lines.
fn bodies_above(tokens: &Tokens<'_>, outline: &Outline) -> Vec<Vec<Piece>> {
    // «п р и к а з ы в а е м»
    let verb = word_or_spaced(tokens, outline.enacting.start)
        .map(|(verb, _)| verb)
        .unwrap_or_default();
    let ordered_together = verb.ends_with("аем") || verb.ends_with("яем");
    let mut names: Vec<Vec<Piece>> = Vec::new();
    let mut stamp = false;
    let mut bracket = Bracket::None;
    let mut speaks = false;
    let lines = pieces(tokens, outline.top()..outline.heading.start);
    // Where the heading stands behind the text, what is above it is no letterhead.
    if (0..outline.heading.start).any(|index| enacting_at(tokens, index).is_some()) {
        return names;
    }
    // Above a text without its heading notes of a publisher may stand instead of a letterhead.
    let has_letterhead = lines.first().is_some_and(|line| begins_body(tokens, line));
    if outline.kind_in_text.is_some() && !has_letterhead {
        return names;
    }
    let cells = captioned(tokens, &lines);
    let in_other_language = column_in_other_language(tokens, outline);
    let in_a_cell = |piece: &Piece| {
        cells
            .iter()
            .any(|item| piece.tokens.contains(&item.tokens.start))
    };
    for row in lines.chunk_by(|left, right| left.block == right.block) {
        // Two letterheads side by side go on in their columns.
        let in_columns = row.len() > 1
            && names.len() == row.len()
            && names.iter().all(|name| name[0].block == names[0][0].block)
            && !row.iter().any(|piece| begins_body(tokens, piece));
        for (column, piece) in row.iter().enumerate() {
            let is_foreign = column == 0
                && in_other_language
                    .as_ref()
                    .is_some_and(|last| row.len() == 2 || piece.tokens == *last);
            if is_foreign {
                continue;
            }
            let piece = without_code(tokens, piece);
            let approved = outline
                .approvals
                .iter()
                .find(|zone| zone.contains(&piece.tokens.start))
                .is_some_and(|zone| stands_in_stamp(tokens, &lines, zone, row.len(), column));
            stamp = goes_on_with_stamp(tokens, piece.tokens.start, stamp);
            bracket = bracket.behind(tokens, &piece.tokens);
            if let (Bracket::Name(_), Some(name)) = (bracket, names.last_mut()) {
                name.push(piece);
                continue;
            }
            // «- Главная / - Законодательство»: the menu of a page.
            let in_a_menu = tokens.kind(piece.tokens.start) == Some(TokenKind::Dash)
                && tokens.gap(piece.tokens.start + 1) == Gap::Space;
            if approved
                || stamp
                || in_a_menu
                || is_incoming_stamp(tokens, piece.tokens.start)
                || matches!(bracket, Bracket::Detail(_))
                || in_a_cell(&piece)
                || is_detail(tokens, &piece)
                || names_the_order(tokens, &piece.tokens)
                || is_short_name(tokens, names.last(), &piece)
            {
                continue;
            }
            // The title of a page, or a whole order that a conversion put above its heading, goes on until a body is named.
            speaks =
                says_what_about(tokens, &piece.tokens) || speaks && !begins_body(tokens, &piece);
            if speaks {
                continue;
            }
            let last = names.last().and_then(|name| name.last());
            if in_columns {
                names[column].push(piece);
            } else if last.is_none_or(|last| !goes_on(tokens, names.last(), last))
                && begins_body(tokens, &piece)
                && !(last.is_some() && is_legal_form(tokens, &piece.tokens))
            {
                let together = last.is_some_and(|last| {
                    last.block == piece.block && begins_body(tokens, last) || ordered_together
                }) && names.last().and_then(|name| name.first()).is_some_and(
                    |first| {
                        ordered_together
                            || tokens.word(first.tokens.start) == tokens.word(piece.tokens.start)
                    },
                ) || names
                    .last()
                    .is_some_and(|name| are_ministries(tokens, name, &piece));
                // «КЕДРОВАЯ ОБЛАСТЬ / ГУБЕРНАТОР»: a single word needs the territory above it.
                let whose = last.is_some_and(|last| {
                    piece.tokens.len() == 1
                        && (names_a_territory(tokens, &last.tokens)
                            || names
                                .last()
                                .is_some_and(|name| names_a_municipality(tokens, name)))
                });
                if whose && let Some(name) = names.last_mut() {
                    name.push(piece);
                    continue;
                }
                if !together {
                    names.clear();
                }
                names.push(vec![piece]);
            } else if let Some(name) = names.last_mut() {
                name.push(piece);
            } else {
                names.push(vec![piece]);
            }
        }
    }
    without_menus(tokens, &mut names);
    // «Оренбургская область»: where the order was given, not by whom.
    if let [name] = names.as_slice()
        && name
            .iter()
            .all(|line| names_a_territory(tokens, &line.tokens))
    {
        names.clear();
    }
    let head = pieces(tokens, outline.top()..outline.head.end);
    if let (Some(name), true) = (names.last_mut(), head.len() > lines.len()) {
        let beside = lines_beside(tokens, &head, lines.len());
        name.extend(beside.into_iter().map(|index| head[index].clone()));
    }
    names
}

/// «БОЕРЫК | РАСПОРЯЖЕНИЕ»: where the heading stands in the right one of two columns and a word of another language on its
/// left, the last line of the left column, all of which is in that language.
fn column_in_other_language(tokens: &Tokens<'_>, outline: &Outline) -> Option<Range<usize>> {
    /// «БОЕРЫК»: shorter words are names of nothing.
    const SHORTEST: usize = 4;
    let heading = outline.heading.start;
    let start = tokens.block_start(heading);
    // Most headings begin their line.
    if start == heading {
        return None;
    }
    let row = pieces(tokens, start..outline.heading.end);
    let [left, right] = row.as_slice() else {
        return None;
    };
    let word = left.tokens.start;
    let is_foreign = right.tokens.start == heading
        && left.tokens.len() == 1
        && tokens.length(word) >= SHORTEST
        && tokens.is_all_capitals(word)
        && tokens.is_all_capitals(heading)
        && !is_known(tokens.word(word));
    is_foreign.then(|| left.tokens.clone())
}

/// «УПРАВЛЕНИЕ ОБРАЗОВАНИЯ | УТВЕРЖДАЮ»: what stands on the left of a stamp is the letterhead beside it. On its right
/// stands more of the stamp.
fn stands_in_stamp(
    tokens: &Tokens<'_>,
    lines: &[Piece],
    zone: &Range<usize>,
    cells: usize,
    column: usize,
) -> bool {
    let first = lines.partition_point(|piece| piece.tokens.end <= zone.start);
    let block = lines.get(first).map(|piece| piece.block);
    let top = lines[first..]
        .iter()
        .take_while(|piece| Some(piece.block) == block)
        .position(|piece| is_approval(tokens, &piece.tokens));
    cells < 2 || top.is_none_or(|top| column >= top)
}

/// «ООО «Кедр» по ОКПО 61120099»: the name on a line of a form, without the code beside it.
fn without_code(tokens: &Tokens<'_>, piece: &Piece) -> Piece {
    let range = &piece.tokens;
    let code = (range.start + 1..range.end)
        .find(|&index| tokens.word(index) == "окпо" && tokens.word(index - 1) == "по")
        .map(|index| index - 1)
        .filter(|&end| end > range.start);
    Piece {
        tokens: range.start..code.unwrap_or(range.end),
        block: piece.block,
    }
}

/// «КЕДРОВАЯ ОБЛАСТЬ», «Лесной район», «Республика Нагорье», in the nominative.
fn names_a_territory(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    const MOST_WORDS: usize = 4;
    let is_territory = |index: usize| {
        matches!(
            tokens.word(index),
            "область" | "край" | "район" | "республика"
        )
    };
    line.len() <= MOST_WORDS && (is_territory(line.start) || is_territory(line.end - 1))
}

/// «МУНИЦИПАЛЬНОЕ ОБРАЗОВАНИЕ / «КЕДРОВСКОЕ ПОСЕЛЕНИЕ» / ЛЕСНОГО РАЙОНА»: a municipality, of which the next line names
/// the organ.
fn names_a_municipality(tokens: &Tokens<'_>, name: &[Piece]) -> bool {
    name.first().is_some_and(|line| {
        tokens.word(line.tokens.start) == "муниципальное"
            && tokens.word(line.tokens.start + 1) == "образование"
    })
}

/// «О подготовке школ …», or more than a name can have: a line that says what an order is about, or all of it.
fn says_what_about(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    /// The longest names of bodies, in one line, have some forty tokens.
    const LONGEST_NAME: usize = 60;
    line.len() > LONGEST_NAME
        || is_title_start(tokens, line.start)
        || tokens.is_capitalised(line.start) && opens_preamble(tokens, line.start)
}

/// «Правительство Орловской области постановляет:»: where there is no letterhead, the subject of the verb.
fn who_orders(tokens: &Tokens<'_>, outline: &Outline) -> Option<Field<String>> {
    /// «Совет муниципального образования «Заполярный район»» has fewer tokens.
    const LONGEST: usize = 14;
    let end = outline.enacting.start;
    if !["ет", "ил", "ила", "ило"]
        .iter()
        .any(|ending| tokens.word(end).ends_with(ending))
    {
        return None;
    }
    let earliest = end.saturating_sub(LONGEST).max(outline.preamble.start);
    let start = (earliest..end)
        .rev()
        .find(|&index| index == outline.preamble.start || tokens.is_mark(index - 1, ','))?;
    let body = tokens.meaning(start, WordClass::Body).is_some() && tokens.is_capitalised(start);
    body.then(|| {
        let name = start..end;
        field(tokens, tokens.one_line(&name), &name, IN_TEXT)
    })
}

/// «Распоряжение Главы округа от 19.11.2009 № 88 «О музее»»: the name that a page of the web gives the order, over its
/// letterhead.
fn names_the_order(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    kind_heading(tokens, line.clone()).is_some_and(|found| found.is_registered_in_full())
}

/// «КЕДРОВЫЙ ЗАВОД / Открытое акционерное общество»: a legal form alone on its line, behind the name. One that has its
/// name in quotation marks behind it begins a body of its own.
fn is_legal_form(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    let mut is_named = false;
    line.clone().all(|index| {
        let word = tokens.word(index);
        is_named |= matches!(word, "общество" | "предприятие");
        matches!(
            word,
            "с" | "ограниченной" | "ответственностью" | "общество" | "предприятие"
        ) || [
            "публичное",
            "открытое",
            "закрытое",
            "акционерное",
            "унитарное",
        ]
        .iter()
        .any(|form| word.ends_with(form))
    }) && is_named
        && tokens.kind(line.end) != Some(TokenKind::OpenQuote)
}

/// «АО «КАЗ»» under «АКЦИОНЕРНОЕ ОБЩЕСТВО «КАМЕННОБРОДСКИЙ АРМАТУРНЫЙ ЗАВОД»»: the same body once more, with the first
/// letters of its words.
fn is_short_name(tokens: &Tokens<'_>, name: Option<&Vec<Piece>>, piece: &Piece) -> bool {
    let start = piece.tokens.start;
    let short = tokens.raw(start);
    let Some(first) = name.and_then(|name| name.first()) else {
        return false;
    };
    let letters: String = (first.tokens.start..first.tokens.end)
        .take_while(|&index| tokens.is_word(index))
        .filter_map(|index| tokens.word(index).chars().next())
        .collect();
    tokens.is_all_capitals(start)
        && short.chars().count() > 1
        && tokens.kind(start + 1) == Some(TokenKind::OpenQuote)
        && letters.starts_with(tokens.word(start))
}

pub(super) fn begins_body(tokens: &Tokens<'_>, piece: &Piece) -> bool {
    /// «9 пожарно-спасательный отряд»; an address begins with the six digits of the post.
    const LONGEST_NUMBER: usize = 3;
    let numbered =
        tokens.is_number(piece.tokens.start) && tokens.length(piece.tokens.start) <= LONGEST_NUMBER;
    if numbered {
        return is_adjective_of_body(tokens, piece.tokens.start + 1..piece.tokens.end);
    }
    let word = tokens.word(piece.tokens.start);
    spaced_word(tokens, piece.tokens.start, &[WordClass::Body]).is_some()
        || tokens
            .meaning(piece.tokens.start, WordClass::Body)
            .is_some()
        || is_institution_abbreviation(tokens.raw(piece.tokens.start))
        || word.len() > 12 && (word.ends_with("ое") || word.ends_with("ая"))
        || is_adjective_of_body(tokens, piece.tokens.clone())
}

/// «Территориальный фонд», «Главное управление», «Кедрово-Лесной городской совет»: the word of a body behind its adjectives.
fn is_adjective_of_body(tokens: &Tokens<'_>, line: Range<usize>) -> bool {
    const MOST_ADJECTIVES: usize = 3;
    // «пожарно-спасательный»
    let is_dash = |index: usize| tokens.kind(index) == Some(TokenKind::Dash);
    let adjective = |index: usize| {
        is_dash(index + 1)
            || ["ый", "ий", "ой", "ое", "ее", "ая", "яя"]
                .iter()
                .any(|ending| tokens.word(index).ends_with(ending))
    };
    let start = line.start;
    let mut adjectives = 0;
    for index in line {
        if tokens.meaning(index, WordClass::Body).is_some() {
            return index > start;
        }
        if is_dash(index) {
            continue;
        }
        // Both halves of a compound are one adjective.
        adjectives += usize::from(!is_dash(index + 1));
        if !adjective(index) || adjectives > MOST_ADJECTIVES {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests;
