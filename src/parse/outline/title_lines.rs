//! The lines of a title, and where the preamble or the clauses begin behind it.
//!
//! In: the pieces behind the heading. Out: the title's tokens and the first token of the body. Must never: take the first
//! sentence of a preamble into the title.

use std::ops::Range;

use super::{LONGEST_TITLE, Layout};
use crate::lexicon::stems::{StemClass, begins_as};
use crate::lexicon::words::WordClass;
use crate::parse::clause_labels::label_of;
use crate::parse::dates::date_at;
use crate::parse::issuer::begins_body;
use crate::parse::lexer::{Gap, TokenKind, Tokens};
use crate::parse::numbers::sign_at;
use crate::parse::openings::{
    enacting_at, ends_sentence, is_infinitive, is_initial_caption, is_note_of_adoption,
    is_note_of_edition, is_note_of_publisher, is_note_of_registration, is_set_in_capitals,
    opens_preamble,
};
use crate::parse::pieces::name_end;
use crate::parse::registration::{is_title_start, registration};
use crate::parse::unified_form::{goes_on_with_title, is_form};

/// Letters in a line of the narrow left column that titles are set in.
const COLUMN: usize = 60;

impl Layout<'_, '_> {
    /// The title and the token where preamble or clauses begin, from the first piece behind the heading.
    /// `beside`: the part of the title that stands on the line of the heading, or nothing.
    pub(super) fn title_and_body(
        &self,
        first: usize,
        beside: Range<usize>,
    ) -> (Range<usize>, usize) {
        /// Lines of «(в ред. приказов …)» under a title; an unclosed bracket must not hide the order.
        const LONGEST_NOTE: usize = 30;
        /// «Принято», the body over two lines, the date.
        const LONGEST_NOTE_OF_ADOPTION: usize = 4;
        let tokens = self.tokens;
        // Behind the registration of the order no title goes on.
        let mut open = !beside.is_empty() && tokens.gap(beside.end) >= Gap::Tab;
        let mut title: Range<usize> = beside;
        let in_form = is_form(tokens, &self.pieces[..first]);
        // Lines that may be a title though they do not begin with «О».
        let mut caption: Range<usize> = 0..0;
        let mut noting = 0_usize;
        let mut adopting = 0_usize;
        let mut registered = false;
        // Whether the publisher's note above goes on with a list of acts, or with the second half of its line.
        let mut listing = false;
        let mut broken_off = false;
        // Whether that note ends with the word of an act, whose body, date and number are still to come.
        let mut act_follows = false;
        let or_caption = |title: Range<usize>, caption: Range<usize>| {
            if title.is_empty() { caption } else { title }
        };
        for piece in self.pieces.iter().skip(first) {
            let range = piece.tokens.clone();
            let names_an_act = || title.clone().any(|index| sign_at(tokens, index).is_some());
            if noting > 0 || is_note_of_edition(tokens, &range) && !names_an_act() {
                let closed = tokens.is_mark(range.end - 1, ')') || noting == LONGEST_NOTE;
                noting = if closed { 0 } else { noting + 1 };
                open = false;
                continue;
            }
            // «_____ / Документ с изменениями, внесёнными: / приказом министерства от … / _____»
            let is_rule = !title.is_empty()
                && range
                    .clone()
                    .all(|index| tokens.kind(index) == Some(TokenKind::Blank));
            listing &= tokens.meaning(range.start, WordClass::Act).is_some()
                && !tokens.is_capitalised(range.start);
            if is_rule || listing {
                open = false;
                continue;
            }
            if is_note_of_publisher(tokens, &range) {
                listing = tokens.is_mark(range.end - 1, ':');
                broken_off = !listing;
                act_follows = broken_off && tokens.meaning(range.end - 1, WordClass::Act).is_some();
                open = false;
                continue;
            }
            if self.opens_body(&range, &title) {
                return (or_caption(title, caption), range.start);
            }
            // «Утратило силу на основании постановления / департамента от 05.06.2024 № 9»
            broken_off &= tokens.is_word(range.start) && !tokens.is_capitalised(range.start);
            if broken_off {
                continue;
            }
            // «Утратило силу - Распоряжение / Совета Кедрового края / от 05.06.2024 № 9»
            if act_follows && !is_title_start(tokens, range.start) {
                act_follows = !range.clone().any(|index| sign_at(tokens, index).is_some());
                continue;
            }
            act_follows = false;
            if is_note_of_adoption(tokens, &range) || is_note_of_registration(tokens, &range) {
                let closed = tokens.is_mark(range.end - 1, ')');
                adopting = if closed { 1 } else { LONGEST_NOTE_OF_ADOPTION };
            }
            if adopting > 0 && !is_title_start(tokens, range.start) {
                let ends = registration(tokens, range.clone()).is_some()
                    || range.clone().any(|index| sign_at(tokens, index).is_some());
                adopting = if ends { 0 } else { adopting - 1 };
                open = false;
                continue;
            }
            adopting = 0;
            let cited = open
                && registered
                && (self.goes_on_with_act(&title, &range)
                    || self.ends_with_date_of_act(&title, &range));
            if !cited && registration(tokens, range.clone()).is_some() {
                registered = true;
                open = false;
            } else if title.is_empty() {
                if is_title_start(tokens, range.start)
                    || tokens.kind(range.start) == Some(TokenKind::OpenQuote)
                        && tokens.is_capitalised(range.start + 1)
                        && tokens.length(range.start + 1) > 2
                        && !is_name_behind_legal_form(tokens, range.start)
                {
                    title = range;
                    open = true;
                } else if self.is_sentence(&range) {
                    return (or_caption(title, caption), range.start);
                } else if caption.is_empty() {
                    if self.may_be_a_title(&range) {
                        caption = range;
                    }
                } else if caption.end == range.start && self.continues_title(&caption, &range) {
                    caption.end = range.end;
                }
            } else if open && (self.repeats_end(&title, &range) || self.repeats(&title, &range)) {
                open = false;
            } else if open
                && self.continues_title(&title, &range)
                && (!in_form || goes_on_with_title(tokens, &title, &range))
            {
                title.end = range.end;
            } else if tokens.gap(range.start) == Gap::Block || !open && self.is_sentence(&range) {
                if self.is_caption(&range) {
                    continue;
                }
                return (title, range.start);
            }
        }
        (title, self.end)
    }

    /// «Организация питания обучающихся»: a line under the registration that is neither a body, nor a
    /// place, nor a caption of a form.
    fn may_be_a_title(&self, range: &Range<usize>) -> bool {
        /// «По школе» says for whom an order is, not what it is about.
        const SHORTEST: usize = 2;
        let tokens = self.tokens;
        range.len() >= SHORTEST
            && tokens.gap(range.start) == Gap::Block
            && range.clone().all(|index| {
                tokens.is_word(index)
                    || matches!(
                        tokens.kind(index),
                        Some(
                            TokenKind::OpenQuote
                                | TokenKind::CloseQuote
                                | TokenKind::Number
                                | TokenKind::Dash
                                | TokenKind::Mark(',')
                        )
                    )
            })
            && tokens.is_capitalised(range.start)
            && (tokens.length(range.start) > 2 || tokens.word(range.start) == "по")
            && tokens.meaning(range.start, WordClass::Body).is_none()
            && !(range.start..range.start + SHORTEST)
                .any(|index| begins_as(StemClass::Organisation, tokens.word(index)))
            && !(range.start..range.end.min(range.start + 3))
                .any(|index| tokens.meaning(index, WordClass::Position).is_some())
            && !is_initial_caption(tokens, range.start)
            && name_end(tokens, range.start).is_none()
    }

    /// Whether a piece after the heading begins the preamble or the clauses.
    pub(super) fn opens_body(&self, range: &Range<usize>, title: &Range<usize>) -> bool {
        let tokens = self.tokens;
        if enacting_at(tokens, range.start).is_some() {
            return true;
        }
        if tokens.gap(range.start) == Gap::Block && label_of(tokens, range).is_some() {
            return true;
        }
        if self.names_who_orders(range) {
            return true;
        }
        let capitals = !title.is_empty() && tokens.is_all_capitals(title.end.saturating_sub(1));
        tokens.is_capitalised(range.start)
            && opens_preamble(tokens, range.start)
            && (!(capitals && tokens.is_all_capitals(range.start + 1))
                || range.clone().any(|index| sign_at(tokens, index).is_some())
                || is_set_in_capitals(tokens, range.start..self.end))
    }

    /// «Кедровская городская Дума / РЕШИЛА:»: the body on the line before the word by which it orders.
    fn names_who_orders(&self, range: &Range<usize>) -> bool {
        let tokens = self.tokens;
        tokens.is_capitalised(range.start)
            && tokens.gap(range.end) == Gap::Block
            && enacting_at(tokens, range.end).is_some_and(|end| {
                let verb = tokens.word(if tokens.is_mark(end - 1, ':') {
                    end - 2
                } else {
                    end - 1
                });
                !["ю", "юсь", "ем"].iter().any(|me| verb.ends_with(me))
            })
            && self
                .pieces
                .get(
                    self.pieces
                        .partition_point(|piece| piece.tokens.start < range.start),
                )
                .is_some_and(|piece| piece.tokens == *range && begins_body(tokens, piece))
    }

    /// A title set in a narrow column goes on in lower case, in capitals or inside quotation marks.
    fn continues_title(&self, title: &Range<usize>, range: &Range<usize>) -> bool {
        let tokens = self.tokens;
        let says_something = range
            .clone()
            .any(|index| tokens.is_word(index) || tokens.is_number(index));
        if title.len() + range.len() > LONGEST_TITLE
            || ends_sentence(tokens, title.end)
            || self.is_closed(title)
            || !says_something
            || tells_what_happened(tokens, range)
        {
            return false;
        }
        let first = range.start + usize::from(!tokens.is_word(range.start));
        let lower = tokens.is_word(range.start) && !tokens.is_capitalised(range.start);
        if lower || tokens.gap(range.start) == Gap::Break {
            return true;
        }
        let length = |range: &Range<usize>| tokens.slice(range.start, range.end).chars().count();
        let last_line = self
            .pieces
            .partition_point(|piece| piece.tokens.start < range.start)
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
            .map_or(0, |piece| length(&piece.tokens));
        let capitals = |range: &Range<usize>| {
            range
                .clone()
                .all(|index| !tokens.is_word(index) || tokens.is_all_capitals(index))
        };
        if capitals(title) && capitals(range) {
            return true;
        }
        let unfinished = tokens
            .kind(title.end.saturating_sub(1))
            .is_some_and(|kind| matches!(kind, TokenKind::Dash | TokenKind::Mark(',')))
            || tokens.word(title.end.saturating_sub(1)).chars().count() <= 2
                && tokens.is_word(title.end.saturating_sub(1));
        let short = last_line <= COLUMN && length(range) <= COLUMN;
        let not_ordering = !is_infinitive(tokens.word(first));
        // «2011/2012 учебного года» goes on; «2011» on a line of its own is a year of something else.
        let figure = tokens.is_number(range.start)
            && !tokens.is_mark(range.start + 1, '/')
            && tokens.kind(range.start + 1) != Some(TokenKind::Dash)
            && !range.clone().skip(1).any(|index| tokens.is_word(index));
        unfinished
            || short && self.is_last_line(range)
            || (short || self.body_follows(range))
                && not_ordering
                && !ends_sentence(tokens, range.end)
                && !is_initial_caption(tokens, range.start)
                && !figure
    }

    /// «О смотре школ города в 2012 году / ГОРОДА В 2012 ГОДУ»: the last line of the title as it is printed, behind the title
    /// as a publisher lists it.
    fn repeats_end(&self, title: &Range<usize>, range: &Range<usize>) -> bool {
        /// One word alone may stand twice in a title.
        const SHORTEST: usize = 3;
        let tokens = self.tokens;
        let in_capitals = |line: &Range<usize>| {
            line.clone()
                .all(|index| !tokens.is_word(index) || tokens.is_all_capitals(index))
        };
        range.len() >= SHORTEST
            && range.len() < title.len()
            && in_capitals(range)
            && !in_capitals(title)
            && (title.end - range.len()..title.end)
                .zip(range.clone())
                .all(|(printed, again)| {
                    tokens.kind(printed) == tokens.kind(again)
                        && tokens.word(printed) == tokens.word(again)
                })
    }

    /// The name of a page is the title, and so is what stands under it.
    fn repeats(&self, title: &Range<usize>, range: &Range<usize>) -> bool {
        is_title_start(self.tokens, range.start) && self.tokens.say_the_same(title, range)
    }

    /// «О запрете выхода на лёд водоёмов / Лесного поселения. / В связи …»: the last words of a title, which depend on
    /// those before them, with a full stop.
    fn is_last_line(&self, range: &Range<usize>) -> bool {
        /// «Лесного сельского поселения Кедрового муниципального района.»
        const LONGEST: usize = 8;
        let tokens = self.tokens;
        let next = self
            .pieces
            .partition_point(|piece| piece.tokens.start < range.end);
        range.len() <= LONGEST
            && tokens.is_mark(range.end - 1, '.')
            && ["ого", "его", "ых", "их"]
                .iter()
                .any(|ending| tokens.word(range.start).ends_with(ending))
            && self
                .pieces
                .get(next)
                .is_some_and(|piece| self.opens_body(&piece.tokens, range))
    }

    /// «О внесении изменений в постановление / от 6 мая 2002 года № 94»: date and number of the act that a title names.
    fn goes_on_with_act(&self, title: &Range<usize>, range: &Range<usize>) -> bool {
        let tokens = self.tokens;
        tokens.word(range.start) == "от"
            && title
                .clone()
                .any(|index| tokens.meaning(index, WordClass::Act).is_some())
    }

    /// «О внесении изменений в постановление от 14.04.2022 / № 155-п»: behind the date of the act that a title names
    /// stands its number.
    fn ends_with_date_of_act(&self, title: &Range<usize>, range: &Range<usize>) -> bool {
        /// «14.04.2022 г.» has seven tokens.
        const LONGEST_DATE: usize = 7;
        let tokens = self.tokens;
        let dated = || {
            (title.end.saturating_sub(LONGEST_DATE + 1).max(title.start)..title.end).any(|index| {
                tokens.word(index) == "от"
                    && date_at(tokens, index + 1).is_some_and(|(_, end)| end == title.end)
            })
        };
        sign_at(tokens, range.start).is_some()
            && dated()
            && title
                .clone()
                .any(|index| tokens.meaning(index, WordClass::Act).is_some())
    }

    /// Whether the title stands in quotation marks, the last of which is printed.
    fn is_closed(&self, title: &Range<usize>) -> bool {
        let marks = |wanted: TokenKind| {
            title
                .clone()
                .filter(|&index| self.tokens.kind(index) == Some(wanted))
                .count()
        };
        self.tokens.kind(title.start) == Some(TokenKind::OpenQuote)
            && self.tokens.kind(title.end - 1) == Some(TokenKind::CloseQuote)
            && marks(TokenKind::OpenQuote) == marks(TokenKind::CloseQuote)
    }

    /// Whether the preamble or the clauses begin right behind a line that is no sentence itself, or behind the lines
    /// over the whole width of the page that it is the first of.
    fn body_follows(&self, range: &Range<usize>) -> bool {
        /// Lines of a title behind its first one.
        const MOST_LINES: usize = 5;
        let tokens = self.tokens;
        let first = self
            .pieces
            .partition_point(|piece| piece.tokens.start < range.start);
        let lines = self.pieces[first..].iter().take(MOST_LINES).enumerate();
        for (index, piece) in lines {
            let line = &piece.tokens;
            if index > 0 && self.opens_body(line, range) {
                return true;
            }
            let last = self.pieces[..first + index].last();
            let follows_full_line = || {
                last.is_some_and(|last| {
                    let before = &last.tokens;
                    // Behind a comma a title goes on, however short the line is.
                    tokens.is_mark(before.end - 1, ',')
                        || tokens.slice(before.start, before.end).chars().count() > COLUMN
                })
            };
            if self.is_sentence(line)
                || index > 0
                    && (!follows_full_line() || registration(tokens, line.clone()).is_some())
            {
                return false;
            }
        }
        false
    }

    /// A paragraph that says something: it ends like a sentence or is longer than a heading.
    pub(super) fn is_sentence(&self, range: &Range<usize>) -> bool {
        const LONGEST_CAPTION: usize = 25;
        range.len() > LONGEST_CAPTION
            || range.len() > 3
                && ends_sentence(self.tokens, range.end)
                && !self.tokens.is_mark(range.start, '(')
            || self.tokens.word(range.start).ends_with("ть")
                && self.tokens.is_capitalised(range.start)
    }

    /// Bracketed captions and cells of a form between title and text.
    pub(super) fn is_caption(&self, range: &Range<usize>) -> bool {
        self.tokens.is_mark(range.start, '(') || is_initial_caption(self.tokens, range.start)
    }
}

/// «10 ноября 1999 г. токарь Кедров В.Г. / появился …»: a line that begins with a day and names a person tells what
/// happened, and belongs to no title.
fn tells_what_happened(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    let happened = date_at(tokens, line.start)
        .is_some_and(|(_, end)| tokens.is_word(end) && !tokens.is_capitalised(end));
    happened
        && line
            .clone()
            .any(|index| name_end(tokens, index).is_some_and(|end| end <= line.end))
}

/// «учреждение / «Колледж связи»», «учреждению / «Колледж связи»»: what stands in quotation marks behind a legal form is the name of a body.
fn is_name_behind_legal_form(tokens: &Tokens<'_>, quote: usize) -> bool {
    quote > 0
        && (begins_as(StemClass::Organisation, tokens.word(quote - 1))
            || tokens.word(quote - 1) == "ответственностью")
}

#[cfg(test)]
mod tests {
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn the_act_by_which_an_order_lost_its_force_is_no_title() {
        for (lines, expected) in [
            (
                "РАСПОРЯЖЕНИЕ\n№ 7\nУтратило силу - Распоряжение\nСовета Кедрового края\nот 05.06.2024 № 9\nВ целях работы:\n1. Создать музей.",
                "",
            ),
            (
                "РАСПОРЯЖЕНИЕ\n№ 7\nУтратило силу - Распоряжение\nСовета Кедрового края\nот 05.06.2024 № 9\nО лесе\n1. Создать музей.",
                "О лесе",
            ),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            let found = outline(&tokens).title;
            assert_eq!(tokens.slice(found.start, found.end), expected, "{lines}");
        }
    }
}
