//! Where a quotation ends, in texts whose quotation marks nest and are often unbalanced.
//!
//! In: tokens and an opening mark. Out: the token after the closing mark. Must never: look further
//! than [`MAX_QUOTED_TOKENS`], so that a text of opening marks costs linear time.

use super::lexer::{TokenKind, Tokens};
use super::numbers::sign_at;
use super::pinpoints::pinpoints_at;
use crate::lexicon::words::WordClass;

/// The longest quoted title looked for: the longest official title in use has some 250 words.
const MAX_QUOTED_TOKENS: usize = 600;

/// The end of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// The token after the closing mark.
    pub(crate) end: usize,
    /// Whether every mark inside has its pair.
    pub(crate) balanced: bool,
}

/// The end of the quotation that opens at `open`, within its block.
///
/// Where marks balance, that is the pair. Where one mark closes two levels («О школе «Росток», …»),
/// it is the first closing mark behind which the text goes on as a list of acts does, or ends.
pub(crate) fn quotation_at(tokens: &Tokens<'_>, open: usize) -> Option<Quotation> {
    if tokens.kind(open) != Some(TokenKind::OpenQuote) {
        return None;
    }
    let limit = tokens.block_end(open).min(open + MAX_QUOTED_TOKENS);
    let mut depth = 0_usize;
    let mut unbalanced_end = None;
    let mut last_close = None;
    let mut nested = None;
    for index in open..limit {
        match tokens.kind(index) {
            Some(TokenKind::OpenQuote) => {
                depth += 1;
                if depth == 2 && last_close.is_none() {
                    nested = nested.or(Some(index));
                }
            }
            Some(TokenKind::CloseQuote) => {
                depth -= 1;
                last_close = Some(index + 1);
                if depth == 0 {
                    return Some(Quotation {
                        end: unbalanced_end.unwrap_or(index + 1),
                        balanced: unbalanced_end.is_none(),
                    });
                }
                if unbalanced_end.is_none()
                    && (another_act_follows(tokens, index + 1) || is_amended(tokens, index + 1))
                {
                    unbalanced_end = Some(index + 1);
                }
            }
            _ => {}
        }
    }
    nested
        .and_then(|nested| joined_act(tokens, open, nested))
        .or(unbalanced_end)
        .or(last_close)
        .map(|end| Quotation {
            end,
            balanced: false,
        })
}

/// «Об основах самоуправления и постановления Правительства от 29.12.2007 № 352 «О правилах», one mark short: behind
/// «и» another act begins, with its own date and title, where the title of the first speaks of none. Gives the «и».
fn joined_act(tokens: &Tokens<'_>, open: usize, nested: usize) -> Option<usize> {
    /// Between «и» and the title: the kind, a body, date and number.
    const REACH: usize = 40;
    let is_act = |index: usize| tokens.meaning(index, WordClass::Act).is_some();
    let joins = (nested.saturating_sub(REACH).max(open + 2)..nested)
        .find(|&index| tokens.word(index) == "и" && is_act(index + 1))?;
    let dated = (joins + 2..nested).any(|index| {
        tokens.word(index) == "от" && tokens.is_number(index + 1) && index + 2 < nested
    });
    (dated && !(open + 1..joins).any(is_act)).then_some(joins)
}

/// Whether, behind a comma or semicolon, a pinpoint or an act with a date or number of its own
/// follows: then the title before it has ended.
fn another_act_follows(tokens: &Tokens<'_>, at: usize) -> bool {
    /// An act's date or number stands at most this far behind its name: the issuer is between them.
    const REACH: usize = 24;
    // «О мерах по реализации Закона «О противодействии» (подпункт «в» пункта 5), от 1 июля …»
    let at = if tokens.is_mark(at, '(') {
        pinpoints_at(tokens, at + 1)
            .filter(|found| tokens.is_mark(found.end, ')'))
            .map_or(at, |found| found.end + 1)
    } else {
        at
    };
    if !(tokens.is_mark(at, ',') || tokens.is_mark(at, ';')) {
        return false;
    }
    let mut next = at + 1;
    next += usize::from(tokens.kind(next) == Some(TokenKind::Dash));
    if tokens.word(next) == "от" || another_provision_follows(tokens, next) {
        return true;
    }
    let names_an_act = (next..next + 3).any(|index| {
        tokens.continues(index)
            && (tokens.meaning(index, WordClass::Act).is_some()
                || tokens.meaning(index, WordClass::Pinpoint).is_some())
    });
    // «…», Положением об отделе, утверждённым приказом от …»
    let names_a_document =
        tokens.is_capitalised(next) && tokens.meaning(next, WordClass::Approved).is_some();
    (names_an_act || names_a_document)
        && (next..next + REACH)
            .take_while(|&index| {
                tokens.continues(index) && tokens.kind(index) != Some(TokenKind::CloseQuote)
            })
            .any(|index| {
                tokens.word(index) == "от" && tokens.is_number(index + 1)
                    || sign_at(tokens, index).is_some()
            })
}

/// «Внести в постановление «О регламенте «Экспертиза» следующие изменения», «… изменение, изложив …»: what the order
/// does with the act stands behind its title.
fn is_amended(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.continues(at)
        && matches!(
            tokens.word(at),
            "изменение"
                | "изменения"
                | "следующее"
                | "следующие"
                | "изложив"
                | "дополнив"
        )
}

/// «…», пункта 4.21 Устава …»: a provision and the document that it is of.
fn another_provision_follows(tokens: &Tokens<'_>, at: usize) -> bool {
    pinpoints_at(tokens, at).is_some_and(|found| {
        let named = tokens.meaning(found.end, WordClass::Approved).is_some()
            || tokens.meaning(found.end, WordClass::Act) == Some("charter");
        named && tokens.is_capitalised(found.end)
    })
}

/// What stands between the marks, on one line.
pub(crate) fn quoted_words(tokens: &Tokens<'_>, open: usize, quotation: Quotation) -> String {
    // The mark may be left out.
    let closed = tokens.kind(quotation.end - 1) == Some(TokenKind::CloseQuote);
    let close = quotation.end - usize::from(closed);
    let count = |kind: TokenKind| {
        (open + 1..close)
            .filter(|&index| tokens.kind(index) == Some(kind))
            .count()
    };
    let mut words = tokens.one_line(&(open + 1..close));
    if closed && count(TokenKind::OpenQuote) > count(TokenKind::CloseQuote) {
        words.push_str(tokens.raw(close));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_quotation_ends_where_a_reader_ends_it() {
        for (line, words, balanced) in [
            ("«О школе» и ещё", "О школе", true),
            (
                "«О школе района и постановления Правительства от 09.12.2007 № 3 «О саде», в целях",
                "О школе района",
                false,
            ),
            (
                "«О порядке отмены закона и постановления Правительства от 09.12.2007 № 3 «О саде»",
                "О порядке отмены закона и постановления Правительства от 09.12.2007 № 3 «О саде»",
                false,
            ),
            (
                "«О системе «Моя школа» и пункте «а» Положения»;",
                "О системе «Моя школа» и пункте «а» Положения",
                true,
            ),
            (
                "«О системе и изменениях в Закон «Об общих принципах», постановлением Правительства от 19.11.2014 № 1221 «Об адресах», на",
                "О системе и изменениях в Закон «Об общих принципах»",
                false,
            ),
            (
                "«О порядке по Закону «Об общих принципах», Положением об отделе, утверждённым приказом от 19.11.2014 № 12, на основании письма ООО «Росток»",
                "О порядке по Закону «Об общих принципах»",
                false,
            ),
            ("«О школе «Росток»", "О школе «Росток»", false),
            ("\"О школе \"Росток\"", "О школе \"Росток\"", false),
            (
                "«О регламенте «Экспертиза» изменение, изложив регламент «Экспертиза»",
                "О регламенте «Экспертиза»",
                false,
            ),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let found = quotation_at(&tokens, 0).unwrap();
            assert_eq!(
                (quoted_words(&tokens, 0, found).as_str(), found.balanced),
                (words, balanced),
                "{line}"
            );
        }
    }
}
