//! The operative part as a tree of clauses.
//!
//! In: tokens and their outline. Out: clauses with their tokens, and where the numbering jumps or
//! repeats. Must never: recurse; take a number inside a quoted new wording for a clause.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::clause_labels::{Label, charges_somebody, label_of};
use super::counted_clauses::counted;
use super::kind_headings::names_an_extract;
use super::lexer::{Gap, TokenKind, Tokens};
use super::nested_lists::NestedList;
use super::openings::is_infinitive;
use super::outline::Outline;
use crate::lexicon::words::WordClass;
use crate::text::Span;

/// Clauses nest at most so deep: numbering has nine levels in a word processor. Deeper ones are kept
/// beside the deepest.
pub(crate) const MAX_CLAUSE_DEPTH: usize = 9;

/// Blocks over which an unclosed quotation mark still hides numbers; longer wordings are rare, and
/// unbalanced marks are not.
const LONGEST_QUOTED_WORDING: usize = 12;

/// A clause before people and dates are known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ClauseFound {
    pub(crate) address: String,
    pub(crate) label: Option<String>,
    pub(crate) text: String,
    /// Bytes, label included, children left out.
    pub(crate) span: Span,
    pub(crate) confidence: f64,
    /// Its tokens, label included, children left out.
    pub(crate) tokens: Range<usize>,
    pub(crate) children: Vec<ClauseFound>,
}

/// The clauses and the oddities of their numbering.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clauses {
    pub(crate) list: Vec<ClauseFound>,
    /// Labels whose number does not follow the one before it at the same level.
    pub(crate) jumps: Vec<Span>,
    /// Labels whose address stands on an earlier clause too.
    pub(crate) repeats: Vec<Span>,
}

/// Reads the operative part.
pub(crate) fn clauses(tokens: &Tokens<'_>, outline: &Outline) -> Clauses {
    let operative = &outline.operative;
    let blocks = tokens.lines_within(operative);
    let mut flat: Vec<(usize, ClauseFound)> = Vec::new();
    let mut found = Clauses::default();
    let mut seen: HashSet<String, RandomState> = HashSet::default();
    let mut quotes = OpenQuotes::default();
    let mut parent = String::new();
    // «§ 2», under which clauses are counted anew.
    let mut section = String::new();
    let mut hidden: Vec<bool> = Vec::with_capacity(blocks.len());
    let labels: Vec<Option<Label<'_>>> = blocks
        .iter()
        .map(|block| {
            hidden.push(quotes.hide());
            quotes.read(tokens, block);
            let is_hidden = hidden.last().copied().unwrap_or_default();
            (!is_hidden).then(|| label_of(tokens, block)).flatten()
        })
        .collect();
    let labels = counted(tokens, &blocks, labels, &hidden);
    let counted_through = are_counted_through(&labels);
    let numbered = labels.iter().any(Option::is_some);
    // An extract has the clauses that concern somebody.
    let is_extract = names_an_extract(tokens, outline.heading.start);
    let mut last_top: Option<u32> = None;
    let mut introduced = false;
    let last_label = labels.iter().rposition(Option::is_some).unwrap_or_default();
    let mut list = NestedList::default();
    let all_dashed = blocks
        .first()
        .is_some_and(|first| begins_dashed_clause(tokens, first));
    let figures: Vec<Option<u32>> = labels
        .iter()
        .map(|label| label.as_ref().and_then(Label::plain_figure))
        .collect();
    for (index, (block, label)) in blocks.iter().zip(labels).enumerate() {
        // «Основание: …» ends an order on personnel, or one of its clauses.
        if tokens.word(block.start) == "основание" && tokens.is_mark(block.start + 1, ':')
        {
            if index > last_label {
                break;
            }
            continue;
        }
        if let Some(mut label) = label {
            label.bracketed |= list.takes(&label, last_top, &figures[index + 1..]);
            let mut own = label.address().into_owned();
            if label.is_section() {
                if !counted_through {
                    section.clone_from(&own);
                    last_top = None;
                }
            } else if !label.bracketed && !section.is_empty() {
                own = format!("{section}.{own}");
            }
            let depth;
            let address = if label.bracketed {
                depth = if parent.is_empty() {
                    0
                } else {
                    parent.split('.').count()
                };
                if parent.is_empty() {
                    own
                } else {
                    format!("{parent}.{own}")
                }
            } else {
                depth = own.split('.').count() - 1;
                parent.clone_from(&own);
                own
            };
            let span = tokens.span(label.tokens.start, label.tokens.end);
            if !seen.insert(address.clone()) {
                found.repeats.push(span);
            }
            if depth == usize::from(!section.is_empty())
                && !label.is_section()
                && let Some(figure) = label.first_figure
            {
                if !is_extract && last_top.map_or(figure != 1, |last| figure > last + 1) {
                    found.jumps.push(span);
                }
                last_top = Some(figure);
            }
            let words = label.tokens.end..block.end;
            flat.push((
                depth.min(MAX_CLAUSE_DEPTH - 1),
                clause(
                    tokens,
                    block.clone(),
                    &words,
                    address,
                    Some(label.shown.into_owned()),
                ),
            ));
        } else if flat.is_empty()
            || !introduced
                && (begins_clause(tokens, block)
                    || all_dashed && begins_dashed_clause(tokens, block))
                && (!numbered
                    || index > last_label
                        && !flat.last().is_some_and(|(_, last)| last.text.is_empty())
                        && orders_on(tokens, block))
        {
            let words = block.clone();
            flat.push((
                0,
                clause(tokens, block.clone(), &words, String::new(), None),
            ));
        } else if let Some((_, last)) = flat.last_mut() {
            last.tokens.end = block.end;
            last.span = tokens.span(last.tokens.start, last.tokens.end);
            if !last.text.is_empty() {
                last.text.push(' ');
            }
            last.text.push_str(&tokens.one_line(block));
        }
        let ends_with = |mark| tokens.is_mark(block.end - 1, mark);
        introduced = ends_with(':') || ends_with(',');
        list.opens = ends_with(':');
        list.goes_on = ends_with(';') || ends_with(',');
    }
    found.list = nested(flat);
    found
}

/// «I. … / 1. … / 2. … / II. … / 3. …»: clauses that go on counting behind a Roman number are cited by their own alone.
fn are_counted_through(labels: &[Option<Label<'_>>]) -> bool {
    let mut last: Option<u32> = None;
    let mut behind_roman = false;
    for label in labels.iter().flatten().filter(|label| !label.bracketed) {
        let Some(figure) = label.first_figure else {
            behind_roman = label.is_roman();
            continue;
        };
        if behind_roman && last.is_some_and(|last| figure == last + 1) {
            return true;
        }
        behind_roman = false;
        last = Some(figure);
    }
    false
}

fn clause(
    tokens: &Tokens<'_>,
    block: Range<usize>,
    words: &Range<usize>,
    address: String,
    label: Option<String>,
) -> ClauseFound {
    ClauseFound {
        confidence: if label.is_some() { 0.98 } else { 0.9 },
        address,
        label,
        text: tokens.one_line(words),
        span: tokens.span(block.start, block.end),
        tokens: block,
        children: Vec::new(),
    }
}

/// In an order without numbers a paragraph that starts with a capital begins a clause; a dash, a row
/// of a table and a surname in capitals do not.
fn begins_clause(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    let row = tokens
        .get(block.start)
        .and_then(|token| tokens.text.blocks.get(token.block()))
        .is_some_and(|block| !block.cells.is_empty());
    let tabbed = tokens.slice(block.start, block.end).contains('\t');
    let first = (block.start..block.end)
        .take(2)
        .find(|&index| tokens.is_word(index))
        .unwrap_or(block.start);
    let dashed = tokens.kind(block.start) == Some(TokenKind::Dash);
    let surname = tokens.is_all_capitals(first) && tokens.word(first).chars().count() > 1;
    // A line that goes on with the one before it begins nothing.
    let starts = tokens.gap(block.start) == Gap::Block || block.start == 0;
    starts && !row && !tabbed && !dashed && !surname && tokens.is_capitalised(first)
}

/// «– Запретить купание.»: where the first clause of an order without numbers stands behind a dash, each dash begins one.
fn begins_dashed_clause(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    tokens.kind(block.start) == Some(TokenKind::Dash) && is_infinitive(tokens.word(block.start + 1))
}

/// «3. Издать памятку. / Контроль исполнения возложить на …»: a paragraph behind the last number that orders something of
/// its own. Between two numbers it would belong to the first of them.
fn orders_on(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    let first = tokens.word(block.start);
    let is_about_the_order = || {
        let named = block.start + usize::from(first.starts_with("настоящ"));
        tokens.meaning(named, WordClass::Act).is_some()
            && (named + 1..block.end)
                .take(3)
                .any(|index| tokens.word(index).starts_with("вступ"))
    };
    first == "контроль"
        || is_infinitive(first)
        || charges_somebody(tokens, block.start)
            && block.clone().any(|index| is_infinitive(tokens.word(index)))
        || is_about_the_order()
}

/// Puts clauses under the nearest one before them that is less deep.
fn nested(flat: Vec<(usize, ClauseFound)>) -> Vec<ClauseFound> {
    let mut open: Vec<(usize, ClauseFound)> = Vec::new();
    let mut done: Vec<ClauseFound> = Vec::new();
    let close = |open: &mut Vec<(usize, ClauseFound)>, done: &mut Vec<ClauseFound>| {
        if let Some((_, clause)) = open.pop() {
            match open.last_mut() {
                Some((_, parent)) => parent.children.push(clause),
                None => done.push(clause),
            }
        }
    };
    for (depth, clause) in flat {
        while open.last().is_some_and(|(above, _)| *above >= depth) {
            close(&mut open, &mut done);
        }
        open.push((depth, clause));
    }
    while !open.is_empty() {
        close(&mut open, &mut done);
    }
    done
}

/// Quotation marks that stay open from block to block: a new wording in an amending order.
#[derive(Debug, Default)]
pub(crate) struct OpenQuotes {
    depth: usize,
    blocks: usize,
}

impl OpenQuotes {
    /// Whether the next block stands in a new wording.
    pub(crate) fn hide(&self) -> bool {
        self.depth > 0
    }

    /// Takes the marks of a block in.
    pub(crate) fn read(&mut self, tokens: &Tokens<'_>, block: &Range<usize>) {
        // A quotation at the start of a line that goes on with the one before it is no new wording.
        let starts_wording = tokens.kind(block.start) == Some(TokenKind::OpenQuote)
            && tokens.gap(block.start) == Gap::Block;
        if self.depth == 0 && !starts_wording {
            return;
        }
        for index in block.clone() {
            match tokens.kind(index) {
                Some(TokenKind::OpenQuote) => self.depth += 1,
                Some(TokenKind::CloseQuote) => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.blocks += 1;
        if self.depth == 0 || self.blocks >= LONGEST_QUOTED_WORDING {
            *self = Self::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::text::Text;

    fn addresses(lines: &str) -> Vec<String> {
        let text = Text::from_lines(&format!(
            "ПРИКАЗ\n№ 1\nО деле\nВ целях работы\nПРИКАЗЫВАЮ:\n{lines}\nДиректор\tА.М. Крутикова"
        ));
        let tokens = Tokens::of(&text);
        let mut shown = Vec::new();
        let mut list = clauses(&tokens, &outline(&tokens)).list;
        list.reverse();
        while let Some(clause) = list.pop() {
            shown.push(clause.address);
            list.extend(clause.children.into_iter().rev());
        }
        shown
    }

    #[test]
    fn numbers_of_a_new_wording_are_no_clauses() {
        let text = Text::from_lines(
            "ПРИКАЗ\n№ 1\nО деле\nПункт 3 приказа изложить в редакции:\n«3. Секретарь комиссии:\n1) ведёт дело;\n2) созывает комиссию.».",
        );
        let tokens = Tokens::of(&text);
        let found = clauses(&tokens, &outline(&tokens)).list;
        let labels: Vec<_> = found.iter().map(|clause| &clause.label).collect();
        assert_eq!(labels, [&None]);
    }

    #[test]
    fn clauses_have_the_address_a_person_would_cite() {
        for (lines, expected) in [
            (
                "1. Собрать.\n2. Направить детей:\n1. Пётр – 1 класс\n2. Анна – 2 класс\n3. Вера – 3 класс\n3. Довести.",
                vec!["1", "2", "2.1", "2.2", "2.3", "3"],
            ),
            (
                "1. Провести сбор.\n2. Издать памятку.\nКонтроль исполнения возложить на завуча.\nДиректору Кедровой И.И. довести приказ.",
                vec!["1", "2", "", ""],
            ),
            (
                "1. Провести сбор.\n2. Завучу:\nиздать памятку;\nдовести приказ.\nСбор идёт один день.",
                vec!["1", "2"],
            ),
            (
                "1.\nУтвердить правила.\n2.\nДовести приказ.\n2024.\nДополнительно.",
                vec!["1", "2"],
            ),
            (
                "– Запретить купание.\n– Рекомендовать родителям:\nвести беседы;\n– Довести приказ.",
                vec!["", "", ""],
            ),
            (
                "1. Назначить:\n- 1.1. Вести;\n- 1.2. Ставить.\n2. Довести.",
                vec!["1", "1.1", "1.2", "2"],
            ),
            (
                "1. Утвердить правила.\n2. Довести.\nДиректор\tИ.И. Кедров\nI. Общее\n1. Сбор.\n2. Отбор.",
                vec!["1", "2"],
            ),
            (
                "Утвердить правила.\nМинистр\nИ.И. Кедров\nI. Общее\n1. Сбор.",
                vec![""],
            ),
            // Figures that count something are no labels.
            (
                "1. Отремонтировать:\n2.5 км дороги;\n3.1 км сети.\n2. Довести.",
                vec!["1", "2"],
            ),
            (
                "1. Внести:\nа) слова;\n«7. Новая редакция.»;\nб) слова.\n2. Довести.",
                vec!["1", "1.а", "1.б", "2"],
            ),
            (
                "1. Создать:\n- члены;\nПредставить отчёт.\n5. Контроль.",
                vec!["1", "5"],
            ),
            ("Утвердить план.\nДовести план.", vec!["", ""]),
            ("I. Утвердить план.\nII. Довести план.", vec!["I", "II"]),
            (
                "I. Режим\n1. Утвердить план.\nII. Контроль\n1. Довести план.\n1.1. Ознакомить.",
                vec!["I", "I.1", "II", "II.1", "II.1.1"],
            ),
            (
                "I. Режим\n1. Утвердить план.\nII. Контроль\n2. Довести план.",
                vec!["I", "1", "II", "2"],
            ),
            (
                "1 Общие меры\n1.1 Утвердить план.\n2 Склад\n2.1 Закрыть окна.\n3 Контроль оставляю за собой.",
                vec!["1", "1.1", "2", "2.1", "3"],
            ),
            (
                "1 Утвердить план.\n2 Заключить договор\n3 Лимит кассы установить.\n4 Контроль.",
                vec!["1", "2", "3", "4"],
            ),
            // The one clause that its neighbours miss.
            (
                "1. Утвердить план.\n2. Назначить:\n- Кедрова;\n- Зуева.\n3 Ответственным сдать дела\n4. Довести.",
                vec!["1", "2", "3", "4"],
            ),
            (
                "1. Утвердить план.\n2. Довести план.\nЗ. Считать дело закрытым.\n4. Довести.",
                vec!["1", "2", "3", "4"],
            ),
            ("l. Утвердить план.\n2. Довести план.", vec!["1", "2"]),
            (
                "1. Утвердить план.\n2. Довести план.\nЗ. Считать дело закрытым.",
                vec!["1", "2"],
            ),
            (
                "1. Утвердить план:\n3 Класса открыть.\n3. Довести.",
                vec!["1", "3"],
            ),
            // Rows of a table that tabs set.
            (
                "1. Направить:\n№\tСтудент\tМесто\n1.\tКедров Пётр\tООО «Заря»\n2.\tЗуев Иван\tООО «Заря»\n2. Довести.",
                vec!["1", "2"],
            ),
            // Rows of a list under a clause.
            (
                "1 Утвердить список:\n2 Тетради\n3 Краски\n2 Довести план.",
                vec!["1", "2"],
            ),
            (
                "1. Утвердить план.\n2 Склад\n2.1. Закрыть окна.",
                vec!["1", "2.1"],
            ),
            (
                "1. Отчислить Иванова.\nОснование: заявление.\n2. Зачислить Петрова.\nОснование: приказ.",
                vec!["1", "2"],
            ),
            (
                "3. Начальнику:\n3.1 организовать приём;\n3.2 от имени школы;\n4. Довести.",
                vec!["3", "3.1", "3.2", "4"],
            ),
        ] {
            assert_eq!(addresses(lines), expected, "{lines}");
        }
    }

    #[test]
    fn numbers_jump_where_one_is_missing_and_not_in_an_extract() {
        for (lines, jumps) in [
            (
                "ПРИКАЗ\n№ 1\nО деле\nПРИКАЗЫВАЮ:\n1. Создать.\n3. Довести.",
                1,
            ),
            (
                "ПРИКАЗ\n№ 1\nО деле\nПРИКАЗЫВАЮ:\n1. Создать.\n2 . Издать.\n3. Довести.",
                0,
            ),
            (
                "ВЫПИСКА ИЗ ПРИКАЗА\n№ 1\nО деле\nПРИКАЗЫВАЮ:\n4. Создать.\n7. Довести.",
                0,
            ),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            let found = clauses(&tokens, &outline(&tokens));
            assert_eq!(found.jumps.len(), jumps, "{lines}");
        }
    }
}
