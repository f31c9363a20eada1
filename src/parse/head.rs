//! Kind, number, date and place of an order.
//!
//! In: tokens and their outline. Out: [`Head`]: the fields and what an auditor should hear of them.
//! Must never: take a number or a date from a line that says anything besides them.

use std::ops::Range;

use super::dates::{DateReading, date_at};
use super::kind_headings::{kind_heading, registration_behind_body};
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::{number_at, sign_at};
use super::openings::{is_note_of_lapse, is_note_of_publisher};
use super::outline::{Outline, record_at};
use super::pieces::{Piece, pieces};
use super::registration::{Item, What, has_number_and_date, items, kind_named, registration};
use super::unified_form::captioned;
use crate::lexicon::morphology::{PartOfSpeech, readings};
use crate::lexicon::words::WordClass;
use crate::order::{Day, Field, Kind};
use crate::text::Span;

/// What the head of an order says. Spans are UTF-8 bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    pub(crate) kind: Option<Field<Kind>>,
    pub(crate) number: Option<Field<String>>,
    pub(crate) date: Option<Field<Day>>,
    pub(crate) place: Option<Field<String>>,
    /// «№ ____».
    pub(crate) blank_number: Option<Span>,
    /// «___» ______ 20__ г.
    pub(crate) blank_date: Option<Span>,
    /// A date that no calendar has.
    pub(crate) impossible_date: Option<Span>,
    /// Numbers that contradict the one taken.
    pub(crate) other_numbers: Vec<Span>,
    /// Dates that contradict the one taken.
    pub(crate) other_dates: Vec<Span>,
}

/// Where an item stands decides how sure it is.
const IN_HEADING: f64 = 0.99;
const UNDER_HEADING: f64 = 0.98;
const ELSEWHERE: f64 = 0.9;
/// How sure a kind is that no heading names.
const IN_TEXT: f64 = 0.9;
/// Off for an item without its mark: a number without «№», a place without «г.».
const UNMARKED: f64 = 0.06;
/// Off for a place that stands alone on its line.
const BARE: f64 = 0.15;

/// Reads the head. Nothing comes out of a document that is not an order.
pub(crate) fn head(tokens: &Tokens<'_>, outline: &Outline) -> Head {
    let mut head = Head::default();
    if !outline.is_order {
        return head;
    }
    let body = outline
        .preamble
        .start
        .min(outline.enacting.start)
        .min(outline.operative.start);
    let mut lines = pieces(tokens, 0..body);
    // «О внесении изменений в приказ / от 03.05.2020 № 4»: what the title names has a registration of its own.
    lines.retain(|line| {
        outline.title.start > line.tokens.start || line.tokens.end > outline.title.end
    });
    if let Some((kind, word)) = &outline.kind_in_text {
        head.kind = Some(field(tokens, *kind, word, IN_TEXT));
        // What stands right above the text is its own; farther up a publisher tells of other acts.
        let own = lines
            .iter()
            .rposition(|piece| {
                piece.tokens.start < outline.heading.start
                    && registration(tokens, piece.tokens.clone()).is_none()
            })
            .map_or(0, |above| above + 1);
        if let Some(items) = registration_of_title(tokens, outline) {
            head.take(tokens, &items, ELSEWHERE);
        }
        if !outline.caption.is_empty()
            && let Some(record) = record_at(tokens, outline.caption.start)
        {
            head.take(tokens, &record.items, ELSEWHERE);
        }
        head.take_pieces(tokens, &lines[own..], ELSEWHERE);
        if let Some(caption) = kind_heading(tokens, outline.caption.clone()) {
            head.take(tokens, &caption.items, ELSEWHERE);
        }
        // A date without number and place over a text that lost its heading may as well be the publisher's: the day of an
        // edition.
        if head.number.is_none() && head.blank_number.is_none() && head.place.is_none() {
            head.date = head.date.filter(|date| {
                let at = tokens.at_byte(date.span.start);
                at > 0 && tokens.word(at - 1) == "от" || !date.raw.contains(char::is_alphabetic)
            });
        }
        return head;
    }
    let Some(heading) = kind_heading(tokens, outline.heading.clone()) else {
        return head;
    };
    let at = lines.partition_point(|piece| piece.tokens.start < outline.heading.start);
    head.kind = Some(field(tokens, heading.kind, &heading.word, 0.99));
    head.take(tokens, &heading.items, IN_HEADING);
    let (above, below) = lines.split_at(at);
    let below = below.get(1..).unwrap_or_default();
    // «Номер документа: RU78000201200263 / … / РАСПОРЯЖЕНИЕ / от 03.04.2024 № 7»: a database counts in its own way.
    if let Some(items) = below
        .first()
        .and_then(|line| registration(tokens, line.tokens.clone()))
        && is_full(&items)
    {
        head.take(tokens, &items, UNDER_HEADING);
    } else {
        // In a form «Дата с … по …» stands under the heading.
        head.take(tokens, &captioned(tokens, &lines), UNDER_HEADING);
    }
    if let Some(first) = below.first() {
        let items = registration_behind_body(tokens, &first.tokens).unwrap_or_default();
        head.take(tokens, &items, UNDER_HEADING);
    }
    head.take_pieces(tokens, below, UNDER_HEADING);
    head.take_pieces(tokens, above, ELSEWHERE);
    if let Some(caption) = kind_heading(tokens, outline.caption.clone()) {
        head.take(tokens, &caption.items, IN_HEADING);
    }
    let after_end = outline
        .acknowledgements
        .iter()
        .chain(&outline.approvals)
        .chain(&outline.executors)
        .map(|zone| zone.start)
        .chain(
            outline
                .appendices
                .iter()
                .map(|appendix| appendix.tokens.start),
        )
        .filter(|&start| start >= outline.signature.end)
        .min()
        .unwrap_or(tokens.len());
    if head.number.is_none() || head.date.is_none() || head.place.is_none() {
        let mut after = pieces(tokens, outline.signature.end..after_end);
        // What stands under it was written on another day.
        if let Some(certified) = after
            .iter()
            .position(|piece| certifies_copy(tokens, piece.tokens.start))
        {
            after.truncate(certified);
        }
        head.take_pieces(tokens, &after, ELSEWHERE);
    }
    head
}

/// «№ 99 от 03.04.2024 «О музее»»: the registration on the line of the title of an order without its heading.
fn registration_of_title(tokens: &Tokens<'_>, outline: &Outline) -> Option<Vec<Item>> {
    let start = tokens.block_start(outline.title.start);
    sign_at(tokens, start)?;
    let (found, end) = items(tokens, start..outline.title.start);
    (end == outline.title.start).then_some(found)
}

impl Head {
    /// Blocks that are registrations as a whole, then the pieces of the others.
    fn take_pieces(&mut self, tokens: &Tokens<'_>, lines: &[Piece], confidence: f64) {
        /// «Утратил силу –», the body over three lines, date and number.
        const LONGEST_NOTE_OF_LAPSE: usize = 5;
        let mut stamp = false;
        let mut registered = false;
        let behind_heading = lines
            .first()
            .filter(|line| {
                let start = line.tokens.start;
                // «ПРИКАЗ / БОЕРЫК»: the kind once more, in another language.
                start > 0
                    && kind_named(tokens.word(start - 1)).is_some()
                    && !tokens.is_all_capitals(start)
            })
            .map(|line| line.tokens.start);
        let mut lapsing = 0_usize;
        let mut rows = lines
            .chunk_by(|left, right| left.block == right.block)
            .peekable();
        while let Some(row) = rows.next() {
            let Some(first) = row.first() else {
                continue;
            };
            stamp = goes_on_with_stamp(tokens, first.tokens.start, stamp);
            if stamp || is_incoming_stamp(tokens, first.tokens.start) {
                continue;
            }
            // «от 03.04.2024 № 7 | Утратил силу – приказ Комитета / от 05.06.2024 № 9»
            let lapses = row
                .iter()
                .position(|piece| is_note_of_lapse(tokens, piece.tokens.start));
            if lapsing > 0 && lapses.is_none() {
                let ended = names_a_date(tokens, &first.tokens);
                lapsing = if ended { 0 } else { lapsing - 1 };
                continue;
            }
            let row = &row[..lapses.unwrap_or(row.len())];
            if let Some(note) = lapses {
                let line = &first.tokens;
                let ended =
                    note == 0 && (names_a_date(tokens, line) || tokens.is_mark(line.end - 1, '.'));
                lapsing = if ended { 0 } else { LONGEST_NOTE_OF_LAPSE };
            }
            let Some(last) = row.last() else {
                continue;
            };
            // «№ / 37»: the lines of a table whose cells a conversion put under each other.
            if first.tokens.len() == 1
                && row.len() == 1
                && tokens.kind(first.tokens.start) == Some(TokenKind::NumberSign)
                && let Some([next]) = rows.peek().copied()
                && number_at(tokens, next.tokens.start) == Some(next.tokens.end)
            {
                let value = tokens.one_line(&next.tokens);
                self.take_number(field(tokens, value, &next.tokens, confidence - UNMARKED));
                rows.next();
                continue;
            }
            // «с. / Комсомольское»: a line torn behind the mark of a settlement.
            if first.tokens.len() == 2
                && tokens.is_mark(first.tokens.start + 1, '.')
                && tokens
                    .meaning(first.tokens.start, WordClass::Settlement)
                    .is_some()
                && let Some([next]) = rows.peek().copied()
                && self.place.is_none()
                && next.tokens.len() == 1
                && tokens.is_capitalised(next.tokens.start)
            {
                let range = first.tokens.start..next.tokens.end;
                let value = tokens.one_line(&range);
                self.place = Some(field(tokens, value, &range, confidence - UNMARKED));
                rows.next();
                continue;
            }
            if let Some(items) = registration(tokens, first.tokens.start..last.tokens.end) {
                // «30 декабря 2024 г. / Приказом … настоящий приказ признан утратившим силу»: the day of an edition.
                let of_an_edition = self.date.is_some()
                    && matches!(items.as_slice(), [item] if matches!(item.what, What::Date(_)))
                    && rows
                        .peek()
                        .is_some_and(|next| is_note_of_publisher(tokens, &next[0].tokens));
                if of_an_edition {
                    continue;
                }
                self.take(tokens, &items, confidence);
                registered = true;
                continue;
            }
            // «14.02.2022 № 01-07/88 / Архангельск», «Архангельск / 14.02.2022 № 01-07/88», «ПРИКАЗ / Кедровск / № 12  14.02.2022»
            let mut registers_next = || {
                let last = |row: &[Piece]| row.last().map(|piece| piece.tokens.end);
                rows.peek().is_some_and(|next| {
                    last(next)
                        .and_then(|end| registration(tokens, next[0].tokens.start..end))
                        .is_some()
                })
            };
            if self.place.is_none()
                && (registered
                    || (behind_heading == Some(first.tokens.start)
                        || is_known_name(tokens, &first.tokens))
                        && registers_next())
                && is_bare_place(tokens, &first.tokens)
                && row.len() == 1
            {
                let value = tokens.one_line(&first.tokens);
                self.place = Some(field(tokens, value, &first.tokens, confidence - BARE));
            }
            registered = false;
            for piece in row {
                if let Some(items) = registration(tokens, piece.tokens.clone()) {
                    self.take(tokens, &items, confidence);
                }
            }
        }
    }

    fn take(&mut self, tokens: &Tokens<'_>, items: &[Item], confidence: f64) {
        for item in items {
            let span = tokens.span(item.tokens.start, item.tokens.end);
            match item.what {
                What::Number { signed } => {
                    let confidence = if signed {
                        confidence
                    } else {
                        confidence - UNMARKED
                    };
                    self.take_number(field(
                        tokens,
                        tokens.one_line(&item.tokens),
                        &item.tokens,
                        confidence,
                    ));
                }
                What::BlankNumber => self.blank_number = self.blank_number.or(Some(span)),
                What::Date(DateReading::Blank) => self.blank_date = self.blank_date.or(Some(span)),
                What::Date(DateReading::Impossible) => {
                    self.impossible_date = self.impossible_date.or(Some(span));
                }
                What::Date(DateReading::Day(day)) => match &self.date {
                    None => self.date = Some(field(tokens, Day(day), &item.tokens, confidence)),
                    Some(taken) if taken.value != Day(day) => self.other_dates.push(span),
                    Some(_) => {}
                },
                What::Place { marked } if self.place.is_none() => {
                    let confidence = if marked {
                        confidence
                    } else {
                        confidence - UNMARKED
                    };
                    let value = tokens.one_line(&item.tokens);
                    self.place = Some(field(tokens, value, &item.tokens, confidence));
                }
                What::Place { .. } => {}
            }
        }
    }

    fn take_number(&mut self, number: Field<String>) {
        match &self.number {
            None => self.number = Some(number),
            Some(taken) if taken.value != number.value => self.other_numbers.push(number.span),
            Some(_) => {}
        }
    }
}

/// Whether a line has the number and the day of an order.
fn is_full(items: &[Item]) -> bool {
    let is_day = |item: &Item| matches!(item.what, What::Date(DateReading::Day(_)));
    has_number_and_date(items) && items.iter().any(is_day)
}

/// «Выписка верна», «Копия верна», «Верно»: who made the copy, and when.
fn certifies_copy(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_copy = matches!(tokens.word(at), "выписка" | "копия");
    is_copy && tokens.word(at + 1) == "верна" || tokens.word(at) == "верно"
}

/// Whether a line has the date of an act: «Комитета леса от 05.06.2024 № 9».
fn names_a_date(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    line.clone()
        .any(|index| tokens.word(index) == "от" && date_at(tokens, index + 1).is_some())
}

/// A settlement on a line of its own under the registration: one word that no dictionary takes for another.
fn is_bare_place(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    // «Нижний Починок», «Набережные Челны»
    let two_words = line.len() == 2
        && tokens.is_capitalised(line.start + 1)
        && ["ий", "ый", "ой", "ое", "ее", "ая", "яя", "ые", "ие"]
            .iter()
            .any(|ending| tokens.word(line.start).ends_with(ending))
        && tokens.meaning(line.start + 1, WordClass::Body).is_none()
        && tokens
            .meaning(line.start + 1, WordClass::Position)
            .is_none()
        && kind_named(tokens.word(line.start + 1)).is_none();
    // «Ростов-на-Дону»
    let is_one = (line.start + 1..line.end).all(|index| tokens.gap(index) == Gap::None)
        && tokens.is_capitalised(line.end - 1);
    let is_unknown = |word: &str| {
        readings(word)
            .iter()
            .all(|reading| !reading.known || reading.part_of_speech == PartOfSpeech::ProperNoun)
    };
    two_words
        || is_one
            && tokens.is_capitalised(line.start)
            && tokens.length(line.start) > 2
            && tokens.meaning(line.start, WordClass::Body).is_none()
            && tokens.meaning(line.start, WordClass::Caption).is_none()
            && (is_unknown(tokens.raw(line.start))
                || is_unknown(tokens.slice(line.start, line.end)))
}

/// «Москва»: one word that the dictionary knows as a name.
fn is_known_name(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    line.len() == 1
        && readings(tokens.raw(line.start))
            .iter()
            .any(|reading| reading.known && reading.part_of_speech == PartOfSpeech::ProperNoun)
}

/// «Зарегистрировано / в Министерстве юстиции / Российской Федерации / 31 января 2017 года, /
/// регистрационный № 45482»: the lines of a stamp, whose date and number are not the order's.
///
/// «Утверждена Постановлением Госкомстата России / от 05.01.2004 № 1»: the act that made the form, whose date is not
/// the order's either.
pub(crate) fn goes_on_with_stamp(tokens: &Tokens<'_>, line: usize, stamp: bool) -> bool {
    let word = tokens.word(line);
    word.starts_with("зарегистрирован")
        || word.starts_with("утвержден") && tokens.meaning(line + 1, WordClass::Act).is_some()
        || stamp
            && (tokens.is_number(line)
                || tokens.kind(line) == Some(TokenKind::NumberSign)
                || word.starts_with("регистрационн")
                || word.starts_with("российск")
                || matches!(word, "в" | "от" | "n" | "минюст" | "минюсте"))
}

/// «Вх. № 118 от 05.09.2024», «Входящий № 12»: the stamp of the office that received a copy, with nothing of the order.
pub(crate) fn is_incoming_stamp(tokens: &Tokens<'_>, line: usize) -> bool {
    let stop = usize::from(tokens.is_mark(line + 1, '.'));
    matches!(tokens.word(line), "вх" | "вход" | "входящий")
        && sign_at(tokens, line + 1 + stop).is_some()
}

/// A field whose characters are those of `range`.
pub(crate) fn field<T>(
    tokens: &Tokens<'_>,
    value: T,
    range: &Range<usize>,
    confidence: f64,
) -> Field<T> {
    let span = tokens.span(range.start, range.end);
    Field {
        value,
        raw: span.of(&tokens.text.plain).to_owned(),
        span,
        confidence,
    }
}

#[cfg(test)]
mod tests;
