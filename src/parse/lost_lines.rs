//! Orders whose line breaks were lost: the whole text, its head, or all its clauses stand in one paragraph, as texts
//! out of PDF files, web sites and databases do.
//!
//! In: the tokens of a text. Out: where a new paragraph begins inside an old one, and the same text with these
//! paragraphs apart; `None` where no lines were lost, which one look at the long paragraphs tells. Must never: change a
//! character of the text; divide a row of a table, a note, or a paragraph with a number of its word processor; put a
//! border where it only may be. What cannot be told stays together: a wrong value is worse than a missing one.

mod closing;
mod counting;
mod heading;

use std::cell::OnceCell;
use std::ops::Range;

use self::closing::closing;
use self::counting::counted;
use self::heading::{heading_inside, title_at};
use super::clause_labels::label_of;
use super::kind_headings::kind_heading;
use super::lexer::{Gap, TokenKind, Tokens};
use super::openings::{enacting_at, opens_preamble};
use super::outline::record_at;
use super::pieces::pieces;
use super::registration::is_title_start;
use crate::text::{Block, Origin, Span, Text};

/// No paragraph is shorter that holds a letterhead and a heading, or a clause and its enacting word; in bytes, two of
/// which are a letter.
const SHORTEST: usize = 80;

/// The text with the paragraphs that it had before its lines were lost.
pub(super) fn with_lines(tokens: &Tokens<'_>) -> Option<Text> {
    let borders = borders(tokens);
    (!borders.is_empty()).then(|| divided(tokens, &borders))
}

/// The tokens before which a new paragraph begins, in order.
fn borders(tokens: &Tokens<'_>) -> Vec<usize> {
    /// The notes of a publisher and a letterhead may stand over the heading.
    const FARTHEST: usize = 8;
    let blocks = &tokens.text.blocks;
    let mut borders = Vec::new();
    let first_heading = OnceCell::new();
    for (index, block) in blocks.iter().enumerate() {
        if !may_hold_lines(block) {
            continue;
        }
        let range = tokens.at_byte(block.span.start)..tokens.at_byte(block.span.end);
        let paragraph = Paragraph {
            tokens,
            index,
            range,
            first_heading: &first_heading,
        };
        let of_head = (index < FARTHEST).then(|| paragraph.of_head()).flatten();
        let body = of_head.as_ref().map(|(_, body)| *body);
        borders.extend(of_head.map(|(head, _)| head).unwrap_or_default());
        borders.extend(paragraph.of_clauses(body));
    }
    borders.dedup();
    borders
}

/// Whether lines may have been lost in a block.
fn may_hold_lines(block: &Block) -> bool {
    block.span.len() >= SHORTEST
        && block.origin == Origin::Body
        && block.label.is_none()
        && block.cells.is_empty()
}

/// A block that may hold several paragraphs.
struct Paragraph<'a, 'b> {
    tokens: &'b Tokens<'a>,
    /// Which block of the text.
    index: usize,
    range: Range<usize>,
    /// The first heading of the text on a line of its own, looked up once.
    first_heading: &'b OnceCell<Option<usize>>,
}

impl Paragraph<'_, '_> {
    /// The borders around heading and title, and where the preamble begins.
    fn of_head(&self) -> Option<(Vec<usize>, usize)> {
        let found = heading_inside(self.tokens, &self.range)?;
        // A text whose heading stands on a line of its own has its lines.
        let headed = pieces(self.tokens, 0..self.tokens.len())
            .iter()
            .any(|piece| {
                piece.tokens.start != found.at
                    && self.tokens.is_all_capitals(piece.tokens.start)
                    && kind_heading(self.tokens, piece.tokens.clone()).is_some()
            });
        (!headed).then(|| {
            let inside = found
                .borders
                .iter()
                .filter(|&&border| border > self.range.start && border < self.range.end);
            (inside.copied().collect(), found.body)
        })
    }

    /// The borders before clauses and what stands behind them. `body`: where the preamble begins, if the block holds
    /// the head of the order too.
    fn of_clauses(&self, body: Option<usize>) -> Vec<usize> {
        let (tokens, range) = (self.tokens, &self.range);
        if body.is_none() && !self.may_count() {
            return Vec::new();
        }
        let mut borders = Vec::new();
        let from = match body {
            Some(body) => body,
            None if is_title_start(tokens, range.start) => {
                let Some(title) = title_at(tokens, range.start, range.end) else {
                    return borders;
                };
                borders.extend([title.end, title.body]);
                title.body
            }
            None => range.start,
        };
        let enacting = (from..range.end).find_map(|at| enacting_at(tokens, at));
        let ordered = enacting.is_some()
            || body.is_some() && tokens.is_number(from)
            || from == range.start && self.is_ordered_above();
        let below = self.next_figure();
        let behind = enacting.unwrap_or(from)..range.end;
        let closing = if below.is_none() {
            closing(tokens, behind.clone())
        } else {
            Vec::new()
        };
        // What an attachment counts is no clause.
        let end = closing.first().copied().unwrap_or(range.end);
        let labels = counted(tokens, behind.start..end, ordered, below);
        let is_inside = |label: &usize| *label > range.start;
        let introduced = ordered && labels.iter().any(is_inside)
            || labels.len() > 1
                && (from > range.start || opens_preamble(tokens, from))
                && self.may_order_by_itself(labels[0]);
        if body.is_none() && (!introduced || self.is_headed_below()) {
            return Vec::new();
        }
        borders.extend(labels.iter().copied().filter(is_inside));
        borders.extend(closing);
        borders.retain(|&border| border < range.end);
        borders
    }

    /// Whether the first heading of the text stands below: the parts of an order are looked for behind it. The kind over
    /// a number and a date that a page of the web gives under the text is none.
    fn is_headed_below(&self) -> bool {
        let heading = self.first_heading.get_or_init(|| {
            pieces(self.tokens, 0..self.tokens.len())
                .into_iter()
                .map(|piece| piece.tokens)
                .find(|line| {
                    kind_heading(self.tokens, line.clone()).is_some()
                        && record_at(self.tokens, line.start).is_none()
                })
                .map(|line| line.start)
        });
        heading.is_some_and(|heading| heading >= self.range.end)
    }

    /// Whether «1.» stands behind a colon or an enacting word, or begins the block and «2.» stands in it: all that a
    /// block of an order with its lines is asked.
    fn may_count(&self) -> bool {
        let tokens = self.tokens;
        let start = self.range.start;
        let counts = |at: usize, figure: &str| {
            tokens.is_number(at)
                && tokens.word(at) == figure
                && matches!(tokens.kind(at + 1), Some(TokenKind::Mark('.' | ')')))
        };
        if counts(start, "1") {
            return (start + 1..self.range.end)
                .any(|at| counts(at, "2") && tokens.gap(at) > Gap::None);
        }
        (start + 1..self.range.end)
            .any(|at| counts(at, "1") && (tokens.is_word(at - 1) || tokens.is_mark(at - 1, ':')))
    }

    /// Whether the block above ends with an enacting word.
    fn is_ordered_above(&self) -> bool {
        /// «п о с т а н о в л я ю :» has eleven tokens.
        const LONGEST: usize = 16;
        let start = self.range.start;
        (start.saturating_sub(LONGEST)..start).any(|at| enacting_at(self.tokens, at) == Some(start))
    }

    /// Whether the clauses from `label` on are those of an order though nobody says that he orders: they are counted
    /// behind a preamble, with no clause above and no enacting word below.
    fn may_order_by_itself(&self, label: usize) -> bool {
        /// A letterhead, a heading and a title over many lines.
        const FARTHEST: usize = 30;
        let tokens = self.tokens;
        self.index < FARTHEST
            && tokens.is_mark(label + 1, '.')
            && tokens.is_mark(label - 1, ':')
            && self.figures_of(0..self.index).next().is_none()
            && !(self.range.end..tokens.len()).any(|at| enacting_at(tokens, at).is_some())
    }

    /// The number of the first clause below, if clauses are counted on there.
    fn next_figure(&self) -> Option<u32> {
        /// Blocks of a clause without a number: a list of names, an address.
        const REACH: usize = 50;
        let blocks = self.tokens.text.blocks.len();
        let below = self.index + 1..blocks.min(self.index + 1 + REACH);
        let first = self.figures_of(below).next()?;
        (first > 1).then_some(first)
    }

    /// The first figures of the numbers that these blocks begin with.
    fn figures_of(&self, blocks: Range<usize>) -> impl Iterator<Item = u32> {
        let tokens = self.tokens;
        tokens.text.blocks[blocks]
            .iter()
            .filter_map(move |block| {
                let range = tokens.at_byte(block.span.start)..tokens.at_byte(block.span.end);
                label_of(tokens, &range).filter(|label| !label.bracketed)
            })
            .filter_map(|label| label.first_figure)
    }
}

/// Whether a token can begin a line.
fn may_begin(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.gap(at) > Gap::None
}

/// The text with new blocks from these tokens on.
fn divided(tokens: &Tokens<'_>, borders: &[usize]) -> Text {
    let mut text = tokens.text.clone();
    let mut blocks = Vec::with_capacity(text.blocks.len() + borders.len());
    let mut borders = borders
        .iter()
        .filter_map(|&at| tokens.get(at).map(|token| token.span().start))
        .peekable();
    for block in std::mem::take(&mut text.blocks) {
        let mut start = block.span.start;
        while let Some(border) = borders.next_if(|&border| border < block.span.end) {
            blocks.push(part(&block, start, border, &text.plain));
            start = border;
        }
        blocks.push(part(&block, start, block.span.end, &text.plain));
    }
    text.blocks = blocks;
    text
}

/// A part of a block, without the white space at its end.
fn part(block: &Block, start: usize, end: usize, plain: &str) -> Block {
    let words = Span::new(start, end).of(plain).trim_end();
    let span = Span::new(start, start + words.len());
    Block {
        span,
        breaks: block
            .breaks
            .iter()
            .copied()
            .filter(|at| (span.start..span.end).contains(at))
            .collect(),
        cells: block.cells.clone(),
        ..*block
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Alignment, TextBuilder};

    /// The lines that a text is given, or nothing where it has its own.
    fn lines(text: &Text) -> Option<Vec<String>> {
        let found = with_lines(&Tokens::of(text))?;
        assert_eq!(found.plain, text.plain);
        let mut end = 0;
        for block in &found.blocks {
            let between = Span::new(end, block.span.start);
            assert!(found.slice(between).trim().is_empty(), "{between:?}");
            end = block.span.end;
        }
        assert_eq!(end, text.plain.len());
        let shown = |block: &Block| found.slice(block.span).to_owned();
        Some(found.blocks.iter().map(shown).collect())
    }

    /// Each case has « | » where a line is lost, and a line feed where one is kept.
    #[test]
    fn lost_lines_are_found() {
        for case in [
            "ГБУЗ «Больница № 3» | ПРИКАЗ 23.08.2024 № 378-п г. Лесной | О назначении ответственных | \
             В соответствии с уставом больницы ПРИКАЗЫВАЮ: | 1. Назначить А.М. Кедрова. | 2. Утвердить: | \
             2.1. План. | 2.2. Смету. | 3. Контроль оставляю за собой. | Главный врач И.И. Петров | \
             С приказом ознакомлены: Кедров А.М. | Исп. Липова О.Г. | Приложение № 1 к приказу План",
            // Kinds in spaced letters, as a recogniser reads them, and at the beginning.
            "Школа № 5 посёлка Кедрового | П Р И К А З № 7 от 09.01.2024 | Об организации питания | \
             На основании устава школы приказываю: | 1. Утвердить меню.",
            "Школа посёлка Кедрового | прикАз 12.01.2022 № 3 | О наставниках | На основании Указа о наставниках",
            "Приказ № 5 от 01.02.2024 | О приёме в детский сад | В связи с приёмом приказываю: | 1. Открыть группу.",
            "Российская Федерация | Кедровая область | Лесной район | Ключевская сельская Дума | РЕШЕНИЕ от \
             7 декабря 2018 года № 113 с. Ключи | О бюджете на 2018 год | Рассмотрев бюджет, Дума решила: | \
             1. Принять бюджет.",
            "МИНИСТЕРСТВО ЛЕСА | ПРИКАЗ | Лесной | 19 января 2024 г. № 20 | Об утверждении Положения | \
             В соответствии с законом",
            // The place is no name of a body; the title ends with an enacting word.
            "ПРИКАЗ № 5 от 01.02.2024 | Муниципальное учреждение музей | О назначении Кедрова А.М. | \
             ПРИКАЗЫВАЮ: | 1. Назначить А.М. Кедрова.",
            "Лесной муниципальный район | Управление образования | Муниципальное бюджетное учреждение музей | \
             ПРИКАЗ № 5 | О смотре | В целях смотра",
            "Приказ Минлеса от 01.02.2024 N 5 | МИНИСТЕРСТВО ЛЕСА | ПРИКАЗ от 1 февраля 2024 г. N 5 | О смотре | \
             В целях смотра",
            "АДМИНИСТРАЦИЯ | ПРИКАЗ 01.02.2024 № 5 | Утратил силу – Приказ Министерства леса от 02.03.2024 № 7 | \
             О смотре | В целях смотра",
            // Notes of a publisher behind a title, clauses without an enacting word.
            "КОМИТЕТ ОБЛАСТИ | ПРИКАЗ от 01.02.2024 № 5 | О смотре | (В редакции приказа от 02.03.2024 № 7) | \
             1. Провести смотр.",
            "Постановление Главы района от 01.02.2024 № 5 | О смотре | О смотре | В целях смотра постановляю: | \
             1. Провести смотр.",
            "прикАз № 5 от 01.02.2024 | О приёме в детский сад | В связи с приёмом ПРИКАЗЫВАЮ: | 1. Открыть группу.",
            // Only the head has lost its lines, or only the clauses.
            "Районный музей города Лесного | ПРИКАЗ 01.02.2024 № 5 | О смотре музеев\n\
             В целях смотра приказываю:\n1. Провести смотр.",
            "ПРИКАЗ\n№ 5\nО смотре\nВ целях смотра музеев района ПРИКАЗЫВАЮ: | 1. Провести смотр. | \
             2. Начальнику отдела: | а) открыть музей; | б) закрыть музей. | Директор музея А.М. Кедров",
            "ПРИКАЗ\n№ 5\nО смотре\nПРИКАЗЫВАЮ:\n1. Провести смотр музеев района 1 марта 2024 г. | \
             2. Открыть музей. | 3. Закрыть музей.",
            "ПРИКАЗ\n№ 5\nО смотре\nВ целях смотра музеев района: | 1. Провести смотр. | 2. Закрыть музей.",
            // The mark that ends a clause is left out.
            "ПРИКАЗ\n№ 5\nО смотре\nВ целях смотра ПРИКАЗЫВАЮ: | 1. Провести смотр музеев района | 2. Закрыть музей.",
            // Where the title ends nobody knows.
            "Музей Лесного ПРИКАЗ № 5 О смотре музеев Исполняя решение Думы ПРИКАЗЫВАЮ: | 1. Провести смотр.",
            // What is quoted or attached counts nothing.
            "ПРИКАЗ\n№ 5\nВ целях смотра музеев ПРИКАЗЫВАЮ: | 1. Утвердить правила. | Министр А.М. Кедров | \
             Зарегистрировано в Минюсте | Утверждены приказом министерства 2. Закрыть музей.",
            "ПРИКАЗ\n№ 5\nПРИКАЗЫВАЮ: | 1. Изложить пункт 1 так: «1. Открыть музей. 2. Закрыть музей.». | \
             2. Провести смотр.",
        ] {
            let whole = case.replace(" | ", " ");
            let expected: Vec<&str> = case.split(" | ").flat_map(str::lines).collect();
            let text = Text::from_lines(&whole);
            let got = lines(&text).unwrap_or_default();
            assert_eq!(got, expected, "{case}");
        }
    }

    #[test]
    fn what_has_its_lines_or_cannot_be_told_stays() {
        for case in [
            // Headings and titles on lines of their own.
            "ПРИКАЗ\n№ 5\nО смотре музеев Лесного района в 2024 году\nПРИКАЗЫВАЮ:\n1. Провести смотр музеев.\n\
             2. Провести смотр школ, садов и парков.",
            "ПРИКАЗ № 5 от 01.02.2024 О смотре музеев Лесного района в 2024 году\nПРИКАЗЫВАЮ:\n1. Провести смотр.",
            // Acts that a sentence, a title or a stamp names.
            "О ВНЕСЕНИИ ИЗМЕНЕНИЙ В ПРИКАЗ № 5 ОТ 01.02.2024 О СМОТРЕ МУЗЕЕВ ЛЕСНОГО РАЙОНА",
            "Отделу музеев отменить ПРИКАЗ № 5 от 01.02.2024 О смотре музеев Лесного района в 2024 году",
            "В соответствии с планом ПРИКАЗ № 5 от 01.02.2024 О смотре музеев Лесного района отменён",
            "УТВЕРЖДЕНО Директор музея А.М. Кедров ПРИКАЗ № 5 от 01.02.2024 О смотре музеев района",
            "Приказ Минспорта от 01.02.2024 № 5 «О смотре музеев Лесного района» утратил силу в 2024 году.",
            "Сведения об актах музея ПРИКАЗ № 5 от 01.02.2024\nСрок хранения пять лет",
            // Whether a title or a clause begins, nobody knows.
            "Музей города Лесного ПРИКАЗ № 5 от 01.02.2024 Провести смотр музеев Лесного района",
            "Музей города Лесного ПРИКАЗ № 5 О смотре музеев Значительное увеличение числа музеев района",
            "Музей города Лесного ПРИКАЗ № 5 Об отпуске Ухожу в отпуск. На основании этого ПРИКАЗЫВАЮ: работать.",
            "Музей города Лесного ПРИКАЗ № 5 О смотре музеев В 1988 г. была продолжена работа музеев района.",
            // One clause a line, whatever it holds.
            "ПРИКАЗ\n№ 5\nПРИКАЗЫВАЮ:\n1. Утвердить состав комиссии музея. Председатель комиссии Кедров А.М.",
            "ПРИКАЗ\n№ 5\nПРИКАЗЫВАЮ:\n1. Провести смотр по списку: 1. Музей. 2. Школа. 3. Сад.\n2. Закрыть музей.",
            "ПРИКАЗ\n№ 5\nПРИКАЗЫВАЮ:\n1. Утвердить план музея согласно приложению 2. Закрыть музей в мае 2024 года.",
            // A list in a preamble, which somebody orders behind; a list of a letter.
            "В целях смотра музеев Лесного района: 1. Открытых. 2. Закрытых.\nПРИКАЗЫВАЮ:\nПровести смотр.",
            "Просим представить по музеям Лесного района: 1. Сведения. 2. Отчёт.",
            // Kind, number and date under the text.
            "В целях смотра музеев Лесного района: 1. Провести смотр. 2. Закрыть музей.\nРаспоряжение\n5",
        ] {
            assert_eq!(lines(&Text::from_lines(case)), None, "{case}");
        }
    }

    #[test]
    fn a_signature_belongs_to_nobody_whom_a_clause_charges() {
        for (clauses, signed) in [
            (
                "2. Контроль оставляю за собой. | И.о. директора музея А.М. Кедров",
                true,
            ),
            (
                "2. Закрыть музей. | Председатель Думы А.М. Кедров | Глава района И.И. Липов",
                true,
            ),
            (
                "2. Контроль возложить на заместителя директора Кедрова А.М.",
                false,
            ),
            ("2. Довести приказ до всех. Приложение № 1 к приказу", false),
        ] {
            let case = format!(
                "ПРИКАЗ\n№ 5\nВ целях смотра музеев ПРИКАЗЫВАЮ: | 1. Провести смотр. | {clauses}"
            );
            let text = Text::from_lines(&case.replace(" | ", " "));
            let got = lines(&text).unwrap_or_default();
            let expected: Vec<&str> = case.split(" | ").flat_map(str::lines).collect();
            assert_eq!(
                (got.len() > 5, got),
                (signed, expected.into_iter().map(str::to_owned).collect()),
                "{clauses}"
            );
        }
    }

    #[test]
    fn rows_and_numbered_paragraphs_stay() {
        const LINE: &str = "Музей города Лесного ПРИКАЗ 01.02.2024 № 5 О смотре В целях смотра ПРИКАЗЫВАЮ: 1. Закрыть.";
        let mut numbered = TextBuilder::default();
        numbered.start(Origin::Body, Alignment::Start);
        numbered.push_label("1.");
        numbered.push_str(LINE);
        let mut row = TextBuilder::default();
        row.start(Origin::Table { table: 0, row: 0 }, Alignment::Start);
        row.push_str(LINE);
        row.push_cell(0, 0);
        let mut note = TextBuilder::default();
        note.start(Origin::Footnote, Alignment::Start);
        note.push_str(LINE);
        for builder in [numbered, row, note] {
            assert_eq!(lines(&builder.into_text()), None);
        }
        assert!(lines(&Text::from_lines(LINE)).is_some());
    }

    #[test]
    fn parts_keep_what_their_block_was_given() {
        let mut builder = TextBuilder::default();
        builder.start(Origin::Body, Alignment::Centre);
        builder
            .push_str("Музей города Лесного ПРИКАЗ 01.02.2024 № 5 О смотре\nмузеев В целях смотра");
        let text = builder.into_text();
        let found = with_lines(&Tokens::of(&text)).unwrap_or_default();
        let breaks: Vec<usize> = found
            .blocks
            .iter()
            .map(|block| block.breaks.len())
            .collect();
        assert_eq!(breaks, [0, 0, 1, 0]);
        assert!(
            found
                .blocks
                .iter()
                .all(|block| block.alignment == Alignment::Centre)
        );
    }
}
