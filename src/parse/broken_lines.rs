//! Paragraphs that the author, or a conversion, broke into lines that look like paragraphs.
//!
//! In: tokens and their outline. Out: the same tokens, such lines joined, so that a citation is read whole
//! over their breaks. Must never: join clauses, items of a list or rows of a table.

use std::ops::Range;

use super::clause_labels::label_of;
use super::dates::date_at;
use super::lexer::{Gap, TokenKind, Tokens};
use super::numbers::sign_at;
use super::outline::Outline;
use super::registration::is_title_start;
use crate::lexicon::words::WordClass;
use crate::text::Origin;

/// Quoted titles and brackets run over at most so many lines; a mark that is never closed joins no more.
const LONGEST_QUOTED: usize = 12;

/// Joins the lines of the title, and those of the preamble, the clauses and the attachments that go on from one
/// to the next.
pub(crate) fn join_broken_lines(tokens: &mut Tokens<'_>, outline: &Outline) {
    let title = outline.title.clone();
    // The name of a page may give the title above or below the order.
    let in_order = (outline.heading.start..=outline.operative.start).contains(&title.start);
    let from = if title.is_empty() || !in_order {
        outline.preamble.start
    } else {
        title.start + 1
    };
    if !outline.is_order {
        let all = 1..tokens.len();
        let set_in_lines = is_set_in_lines(tokens, all.clone());
        join_lines(tokens, outline, all, set_in_lines);
        return;
    }
    join_stamps(tokens, outline.heading.start);
    let set_in_lines = is_set_in_lines(tokens, from..outline.operative.end);
    join_lines(tokens, outline, from..outline.operative.end, set_in_lines);
    for appendix in &outline.appendices {
        let part = appendix.label.end + 1..appendix.tokens.end;
        let set_in_lines = set_in_lines || is_set_in_lines(tokens, part.clone());
        join_lines(tokens, outline, part, set_in_lines);
    }
}

/// «Утверждена постановлением Госкомстата / Российской Федерации / от 05.01.2004 № 1»: joins the lines above the heading
/// that name the act by which a form was made, up to its date.
fn join_stamps(tokens: &mut Tokens<'_>, heading: usize) {
    let mut open = false;
    for at in 0..heading {
        if at > 0 && tokens.gap(at) != Gap::Block {
            continue;
        }
        let is_dated = tokens.word(at) == "от" && date_at(tokens, at + 1).is_some();
        let goes_on = is_dated || tokens.word(at).starts_with("российск");
        if open && goes_on {
            tokens.join_with_block_before(at);
        }
        let dated_here =
            || (at..tokens.block_end(at)).any(|index| date_at(tokens, index).is_some());
        open = if open {
            goes_on && !is_dated
        } else {
            is_stamp(tokens, at) && !dated_here()
        };
    }
}

/// «Утверждена постановлением …», «УТВЕРЖДЕНО приказом …».
fn is_stamp(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.meaning(at + 1, WordClass::Act).is_some()
        && tokens.word(at).starts_with("утвержден")
        && tokens.continues(at + 1)
}

/// Joins the lines of one part of an order.
fn join_lines(tokens: &mut Tokens<'_>, outline: &Outline, part: Range<usize>, set_in_lines: bool) {
    let title = &outline.title;
    let (mut open_quotes, mut open_brackets) = (0_usize, 0_usize);
    let mut lines = 0;
    for line in tokens.lines_within(&part) {
        let at = line.start;
        if tokens.gap(at) == Gap::Block {
            let quoted = (open_quotes > 0 || open_brackets > 0) && lines < LONGEST_QUOTED;
            if title.contains(&at) || goes_on(tokens, at, outline, set_in_lines || quoted) {
                tokens.join_with_block_before(at);
                lines += 1;
            } else {
                (open_quotes, open_brackets) = (0, 0);
                lines = 0;
            }
        }
        for kind in tokens.kinds(line) {
            match kind {
                TokenKind::OpenQuote => open_quotes += 1,
                TokenKind::CloseQuote => open_quotes = open_quotes.saturating_sub(1),
                TokenKind::Mark('(') => open_brackets += 1,
                TokenKind::Mark(')') => open_brackets = open_brackets.saturating_sub(1),
                _ => {}
            }
        }
    }
}

/// Whether paragraphs are the lines of a page: none is longer than a line, and many end in the middle of a
/// sentence.
fn is_set_in_lines(tokens: &Tokens<'_>, range: Range<usize>) -> bool {
    /// Letters in the longest line of a page.
    const LONGEST_LINE: usize = 120;
    /// Fewer lines say nothing.
    const FEWEST: usize = 4;
    let blocks = match (
        tokens.get(range.start),
        tokens.get(range.end.wrapping_sub(1)),
    ) {
        (Some(first), Some(last)) => first.block()..last.block() + 1,
        _ => return false,
    };
    let (mut lines, mut unfinished) = (0, 0);
    for block in &tokens.text.blocks[blocks] {
        let words = block.span.of(&tokens.text.plain).trim_end();
        let length = words.chars().count();
        if length > LONGEST_LINE {
            return false;
        }
        if length >= FULL_LINE {
            lines += 1;
            unfinished += usize::from(!words.ends_with(['.', ':', ';', '!', '?']));
        }
    }
    lines >= FEWEST && unfinished * 2 >= lines
}

/// Letters in a line that its paragraph fills: a shorter one ends it.
const FULL_LINE: usize = 40;

/// Whether the line that starts at `at` goes on with the sentence of the line before it. `may_start_so`: whether
/// it may with a capital letter or a figure.
fn goes_on(tokens: &Tokens<'_>, at: usize, outline: &Outline, may_start_so: bool) -> bool {
    let part_begins = [&outline.preamble, &outline.enacting, &outline.operative]
        .into_iter()
        .chain(outline.appendices.iter().map(|appendix| &appendix.title))
        .any(|part| part.start == at);
    if part_begins {
        return false;
    }
    let is_text = |index: usize| {
        tokens
            .get(index)
            .and_then(|token| tokens.text.blocks.get(token.block()))
            .filter(|block| block.cells.is_empty() && block.origin == Origin::Body)
    };
    let (Some(before), Some(_)) = (is_text(at - 1), is_text(at)) else {
        return false;
    };
    let lower = tokens.is_word(at) && !tokens.is_capitalised(at);
    let full = || before.span.of(&tokens.text.plain).chars().count() >= FULL_LINE;
    // «от 29.12.2012 № / 273-ФЗ», «пункта / 3.2.7»: neither a sign nor the name of a provision ends a paragraph.
    let signed = tokens.kind(at - 1) == Some(TokenKind::NumberSign);
    let unit = (at - 1).saturating_sub(usize::from(tokens.is_mark(at - 1, '.')));
    let provision = tokens.is_number(at) && tokens.meaning(unit, WordClass::Pinpoint).is_some();
    if provision && tokens.continues(unit) {
        return true;
    }
    // A preamble is one sentence; «… № 93 / «Об утверждении …»»: a title belongs to the act before it.
    let one_sentence = outline.preamble.contains(&at) && tokens.kind(at) != Some(TokenKind::Dash);
    let titled = is_title_start(tokens, at)
        && tokens.kind(at) == Some(TokenKind::OpenQuote)
        && (tokens.is_number(at - 1) || tokens.kind(at.wrapping_sub(2)) == Some(TokenKind::Dash));
    let continuing = lower
        || signed
        || one_sentence
        || titled
        || is_rest_of_name(tokens, at)
        || sign_at(tokens, at).is_some()
        || may_start_so && full();
    let last_is_open = matches!(
        tokens.kind(at - 1),
        Some(
            TokenKind::Word
                | TokenKind::Number
                | TokenKind::NumberSign
                | TokenKind::CloseQuote
                | TokenKind::Dash
                | TokenKind::Mark(',' | ')')
        )
    ) || continuing
        && (is_abbreviation(tokens, at - 1) || is_initial(tokens, at - 1));
    continuing && last_is_open && label_of(tokens, &(at..tokens.block_end(at))).is_none()
}

/// «Мастеру Самохвалову / Н.Н. подготовить»: initials without a surname behind them belong to the one before.
fn is_rest_of_name(tokens: &Tokens<'_>, at: usize) -> bool {
    let initial = |index: usize| {
        tokens.is_capitalised(index)
            && tokens.length(index) == 1
            && tokens.is_mark(index + 1, '.')
            && tokens.gap(index + 1) == Gap::None
    };
    initial(at)
        && initial(at + 2)
        && tokens.is_capitalised(at - 1)
        && tokens.length(at - 1) > 2
        && tokens.continues(at + 4)
        && !tokens.is_capitalised(at + 4)
        && !initial(at + 4)
}

/// «… от 12.03.2024 г. / № 5»: the full stop behind a short word in lower case ends no sentence.
fn is_abbreviation(tokens: &Tokens<'_>, stop: usize) -> bool {
    tokens.is_mark(stop, '.')
        && stop > 0
        && tokens.is_word(stop - 1)
        && tokens.length(stop - 1) <= 2
        && !tokens.is_capitalised(stop - 1)
}

/// «… начальника управления И.М. / Бухтиярова»: nor does the one behind an initial.
fn is_initial(tokens: &Tokens<'_>, stop: usize) -> bool {
    tokens.is_mark(stop, '.')
        && stop > 0
        && tokens.is_capitalised(stop - 1)
        && tokens.length(stop - 1) == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn the_lines_of_a_stamp_are_joined_up_to_its_date() {
        for (lines, paragraphs) in [
            (
                "Утверждена постановлением\nРоссийской Федерации\nот 05.01.2004 № 1\nКод",
                2,
            ),
            ("Утверждена приказом от 05.01.2004\nот 06.01.2004 № 7", 2),
            ("Форма № Т-1\nот 05.01.2004 № 1", 2),
            ("УТВЕРЖДАЮ\nот 05.01.2004 № 1", 2),
        ] {
            let text = Text::from_lines(lines);
            let mut tokens = Tokens::of(&text);
            let end = tokens.len();
            join_stamps(&mut tokens, end);
            let starts = (0..end).filter(|&at| tokens.block_start(at) == at).count();
            assert_eq!(starts, paragraphs, "{lines}");
        }
    }

    #[test]
    fn lines_of_a_sentence_are_joined_and_items_are_not() {
        let text = Text::from_lines(
            "ПРИКАЗ\n№ 1\nО внесении изменений в приказ\nот 01.02.2024 № 5\nВ целях исполнения приказа\n№ 7 от\n02.03.2024 управления\nобразования\nПРИКАЗЫВАЮ:\n1. Создать комиссию\nв составе:\nучитель труда;\nзавуч.\n2. Закрыть\nмузей.\n3. Мастеру Подкорытову\nН.Н. и кладовщику\nИ.И. Зуеву выдать мел.",
        );
        let mut tokens = Tokens::of(&text);
        let outline = outline(&tokens);
        join_broken_lines(&mut tokens, &outline);
        let mut paragraphs = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let end = tokens.block_end(at);
            assert_eq!(tokens.block_start(end - 1), at);
            paragraphs.push(tokens.one_line(&(at..end)));
            at = end;
        }
        assert_eq!(
            paragraphs,
            [
                "ПРИКАЗ",
                "№ 1",
                "О внесении изменений в приказ от 01.02.2024 № 5",
                "В целях исполнения приказа № 7 от 02.03.2024 управления образования",
                "ПРИКАЗЫВАЮ:",
                "1. Создать комиссию в составе:",
                "учитель труда;",
                "завуч.",
                "2. Закрыть музей.",
                "3. Мастеру Подкорытову Н.Н. и кладовщику",
                "И.И. Зуеву выдать мел.",
            ]
        );
    }
}
