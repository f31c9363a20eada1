//! Numbers of clauses that a paragraph's first words do not show by themselves: without their full stop, misread, on lines
//! of their own.
//!
//! In: the paragraphs of the operative part and the numbers that their first words show. Out: the numbers that count
//! clauses. Must never: find a number that its neighbours do not ask for.

use std::ops::Range;

use super::clause_labels::{Label, misread_label, unclosed_label};
use super::lexer::{TokenKind, Tokens};

/// The numbers of the paragraphs, one of each. `hidden`: whether a paragraph stands in a new wording.
pub(super) fn counted<'t>(
    tokens: &Tokens<'t>,
    blocks: &[Range<usize>],
    labels: Vec<Option<Label<'t>>>,
    hidden: &[bool],
) -> Vec<Option<Label<'t>>> {
    let labels = with_unclosed(tokens, blocks, labels, hidden);
    let labels = with_missing(tokens, blocks, labels, hidden);
    mended(with_lone(tokens, blocks, labels, hidden))
}

/// «1 Общие положения / 1.1 Установить … / 2 Ответственные лица / 2.1 …»: where no number of an order has a full stop,
/// one more may head the clauses that go on with it, or follow a sentence that ended.
fn with_unclosed<'t>(
    tokens: &Tokens<'t>,
    blocks: &[Range<usize>],
    mut labels: Vec<Option<Label<'t>>>,
    hidden: &[bool],
) -> Vec<Option<Label<'t>>> {
    /// So many clauses in a row show that numbers without a full stop count them.
    const FEWEST_UNCLOSED: u32 = 2;
    let all_unclosed = labels
        .iter()
        .flatten()
        .all(|label| label.bracketed || !label.is_closed());
    if !all_unclosed || labels.iter().all(Option::is_none) {
        return labels;
    }
    let mut last_top = 0;
    for index in 0..labels.len() {
        if let Some(label) = &labels[index] {
            if !label.bracketed {
                last_top = label.first_figure.unwrap_or(last_top);
            }
            continue;
        }
        let block = &blocks[index];
        let Some(label) = unclosed_label(tokens, block)
            .filter(|label| !hidden[index] && label.first_figure == Some(last_top + 1))
        else {
            continue;
        };
        let heads = labels
            .get(index + 1)
            .and_then(Option::as_ref)
            .is_some_and(|next| next.address() == format!("{}.1", label.shown));
        // «2 Заключить договор / 3 Лимит кассы установить …»: right behind a clause that leads no list.
        let follows_clause = || {
            last_top >= FEWEST_UNCLOSED
                && labels[index - 1]
                    .as_ref()
                    .is_some_and(|label| label.first_figure == Some(last_top))
                && !matches!(
                    tokens.kind(block.start - 1),
                    Some(TokenKind::Mark(':' | ',' | ';'))
                )
        };
        if heads || last_top > 0 && tokens.is_mark(block.start - 1, '.') || follows_clause() {
            last_top += 1;
            labels[index] = Some(label);
        }
    }
    labels
}

/// «2. Назначить … / 3  Сдать дела. / 4. Признать …», «2. … / З. … / 4. …»: the one clause that its neighbours miss,
/// where its number lacks the full stop or was read as a letter.
fn with_missing<'t>(
    tokens: &Tokens<'t>,
    blocks: &[Range<usize>],
    mut labels: Vec<Option<Label<'t>>>,
    hidden: &[bool],
) -> Vec<Option<Label<'t>>> {
    let mut last: Option<(usize, u32)> = None;
    for index in 0..labels.len() {
        let Some(figure) = labels[index].as_ref().and_then(Label::plain_figure) else {
            continue;
        };
        // What stands before the first clause is none but a misread first one.
        let from = last.map_or(0, |(at, _)| at + 1);
        let before = last.map_or(0, |(_, figure)| figure);
        last = Some((index, figure));
        if figure != before + 2 {
            continue;
        }
        let mut found = (from..index).filter_map(|at| {
            let block = &blocks[at];
            let is_open = !hidden[at] && labels[at].as_ref().is_none_or(Label::is_roman);
            let follows = before == 0 && at == 0
                || before > 0
                    && matches!(
                        tokens.kind(block.start - 1),
                        Some(TokenKind::Mark('.' | ';'))
                    );
            if !is_open || !follows {
                return None;
            }
            let unclosed = unclosed_label(tokens, block)
                .filter(|label| before > 0 && label.first_figure == Some(figure - 1));
            Some((
                at,
                unclosed.or_else(|| misread_label(tokens, block, figure - 1))?,
            ))
        });
        if let (Some((at, label)), None) = (found.next(), found.next()) {
            labels[at] = Some(label);
        }
    }
    labels
}

/// «1. / Утвердить правила. / 2. / Довести приказ.»: numbers that a conversion put on lines of their own, each the next
/// one of the order.
fn with_lone<'t>(
    tokens: &Tokens<'t>,
    blocks: &[Range<usize>],
    mut labels: Vec<Option<Label<'t>>>,
    hidden: &[bool],
) -> Vec<Option<Label<'t>>> {
    let in_table = |at: usize| {
        tokens
            .get(at)
            .and_then(|token| tokens.text.blocks.get(token.block()))
            .is_some_and(|block| !block.cells.is_empty())
    };
    let mut last_top = 0;
    for index in 0..labels.len() {
        if let Some(figure) = labels[index].as_ref().and_then(Label::plain_figure) {
            last_top = figure;
            continue;
        }
        let block = &blocks[index];
        let is_lone = labels[index].is_none()
            && !hidden[index]
            && block.len() == 2
            && tokens.is_number(block.start)
            && tokens.is_mark(block.start + 1, '.')
            && tokens.word(block.start).parse() == Ok(last_top + 1)
            && tokens.is_capitalised(block.end)
            && labels.get(index + 1).is_some_and(Option::is_none)
            && !in_table(block.start);
        if is_lone {
            last_top += 1;
            let shown = tokens.slice(block.start, block.end);
            labels[index] = Some(Label::new(shown, block.clone()));
        }
    }
    labels
}

/// «6)» between «а)» and «в)» is «б)», misread or mistyped.
fn mended(mut labels: Vec<Option<Label<'_>>>) -> Vec<Option<Label<'_>>> {
    let present: Vec<usize> = (0..labels.len())
        .filter(|&at| labels[at].is_some())
        .collect();
    for neighbours in present.windows(3) {
        let shown = |at: usize| labels[at].as_ref().map(|label| label.shown.as_ref());
        let [before, at, behind] = [neighbours[0], neighbours[1], neighbours[2]];
        if (shown(before), shown(at), shown(behind)) == (Some("а)"), Some("6)"), Some("в)"))
            && let Some(label) = &mut labels[at]
        {
            *label = Label::new("б)", label.tokens.clone());
        }
    }
    labels
}
