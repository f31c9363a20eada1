//! Which act an amending clause changes, so that a provision named alone inside it («пункт 7 изложить …») is one
//! of that act.
//!
//! In: references in the order of the text, each with the clause that it stands in. Out: the act that is being
//! changed at a place. Must never: take an act among the words that are exchanged for the one that is changed.

use std::ops::Range;

use super::lexer::{Gap, TokenKind, Tokens};
use super::pinpoints::{
    can_lie_in, merged, pinpoints_at, stands_in_instrumental, supplementing_verb_before,
};
use crate::lexicon::words::WordClass;
use crate::order::Locator;

/// The acts that are being changed, the clause that says so inside the one that it belongs to.
#[derive(Debug, Default)]
pub(crate) struct Amendments {
    open: Vec<Amended>,
    /// The provision that a line with a colon named last.
    led: Option<Led>,
}

/// «в пункте 9:»: a provision with whose parts the next lines deal.
#[derive(Debug)]
struct Led {
    provision: Locator,
    /// Whether its line is an item with a letter, so that a line with a letter is the next one.
    lettered: bool,
    /// The line that was read last, and the one behind it.
    line: Range<usize>,
}

/// An act that is being changed.
#[derive(Debug, Clone, Copy)]
struct Amended {
    reference: usize,
    /// Depth of the dotted number of the clause; 0 for the title. A clause of that depth or less ends the
    /// amendment.
    depth: usize,
    /// Whether clauses of its own depth go on with it: «1. Внести … изменения: / 2. п. 2.1 изложить …».
    goes_on: bool,
}

/// Where the title stands among the depths of clauses.
pub(crate) const IN_TITLE: usize = 0;

impl Amendments {
    /// Begins the amendment of an act by a clause of this depth. What the clauses say takes the place of what the
    /// title says.
    pub(crate) fn enter(&mut self, reference: usize, depth: usize) {
        self.open
            .retain(|open| open.depth > IN_TITLE && open.depth < depth);
        self.open.push(Amended {
            reference,
            depth,
            goes_on: false,
        });
    }

    /// Ends the amendments that a clause starting at token `at` is no part of.
    pub(crate) fn leave(&mut self, tokens: &Tokens<'_>, at: usize) {
        let Some(last) = self.open.last_mut() else {
            return;
        };
        let Some((depth, behind)) = dotted_number(tokens, at) else {
            return;
        };
        // A colon behind which no clause goes deeper: the number of the first change is one too large.
        let announced = at > 0 && tokens.is_mark(at - 1, ':');
        if last.depth == depth && (last.goes_on || announced) && changes_a_provision(tokens, behind)
        {
            last.goes_on = true;
            return;
        }
        self.open.retain(|open| open.depth < depth);
    }

    /// Provisions as they stand, put into the one that leads their lines: «в пункте 9: / в абзаце первом … / подпункт «в»
    /// …». Only lines right below it are taken, the new wording of a part between them at most.
    pub(crate) fn placed(
        &mut self,
        tokens: &Tokens<'_>,
        cited: &Range<usize>,
        provisions: &[Locator],
    ) -> Vec<Locator> {
        let line = tokens.block_start(cited.start)..tokens.block_end(cited.start);
        let letter = lettered_end(tokens, line.start);
        let start = letter.unwrap_or(line.start);
        if let Some(led) = &mut self.led {
            let begins = cited.start == start
                || cited.start == start + 1 && matches!(tokens.word(start), "в" | "во");
            let follows = begins
                && !(led.lettered && letter.is_some())
                && behind_new_wording(tokens, led.line.end) == line.start;
            let all_inside = provisions
                .iter()
                .all(|inner| can_lie_in(inner, &led.provision));
            if (follows || led.line == line) && all_inside {
                led.line = line;
                return provisions
                    .iter()
                    .map(|inner| merged(&led.provision, inner))
                    .collect();
            }
        }
        if let [provision] = provisions
            && tokens.is_mark(cited.end, ':')
            && cited.end + 1 == line.end
        {
            self.led = Some(Led {
                provision: provision.clone(),
                lettered: letter.is_some(),
                line,
            });
        }
        provisions.to_vec()
    }

    /// The reference to the act that is being changed.
    pub(crate) fn target(&self) -> Option<usize> {
        self.open.last().map(|open| open.reference)
    }
}

/// Depth of the dotted number that the clause of this token starts with.
pub(crate) fn clause_depth(tokens: &Tokens<'_>, at: usize) -> usize {
    dotted_number(tokens, tokens.block_start(at)).map_or(1, |(depth, _)| depth)
}

/// «п. 2.1 изложить …», «в пункте 3 слова …»: whether what stands behind the number of a clause is a provision and what
/// becomes of it, and no act.
fn changes_a_provision(tokens: &Tokens<'_>, at: usize) -> bool {
    let start = at + usize::from(matches!(tokens.word(at), "в" | "во"));
    tokens.continues(at)
        && pinpoints_at(tokens, start)
            .is_some_and(|found| tokens.meaning(found.end, WordClass::Change).is_some())
}

/// How many numbers the dotted label at the start of a block has, «2.» one, «2.1.» two, and the token behind it.
fn dotted_number(tokens: &Tokens<'_>, at: usize) -> Option<(usize, usize)> {
    if !tokens.is_number(at) {
        return None;
    }
    let mut end = at + 1;
    let mut depth = 1;
    while tokens.is_mark(end, '.') && tokens.gap(end) == Gap::None {
        if tokens.is_number(end + 1) && tokens.gap(end + 1) == Gap::None {
            depth += 1;
            end += 2;
        } else {
            return Some((depth, end + 1));
        }
    }
    None
}

/// The token behind «б)» at the start of a line.
fn lettered_end(tokens: &Tokens<'_>, line: usize) -> Option<usize> {
    (tokens.length(line) == 1 && tokens.is_word(line) && tokens.is_mark(line + 1, ')'))
        .then_some(line + 2)
}

/// The first line behind `at` that is no quotation from its first token to its last.
fn behind_new_wording(tokens: &Tokens<'_>, mut at: usize) -> usize {
    /// Lines of the new wording of one part.
    const MOST_LINES: usize = 4;
    for _ in 0..MOST_LINES {
        let end = tokens.block_end(at);
        let last = end.saturating_sub(1);
        let closes = |index: usize| tokens.kind(index) == Some(TokenKind::CloseQuote);
        let is_quoted = tokens.kind(at) == Some(TokenKind::OpenQuote)
            && (closes(last) || last > at && closes(last - 1));
        if !is_quoted {
            break;
        }
        at = end;
    }
    at
}

/// «дополнить пункт 5.2 подпунктом «к»»: the provision in the instrumental is put in and was not there before. Where its
/// name is shortened («дополнить п. 5.2 …»), what follows tells. So is the new number in «пункты 3, 4 считать пунктами 2, 3».
pub(crate) fn is_inserted(tokens: &Tokens<'_>, provision: &Range<usize>) -> bool {
    let mut before = provision.start.wrapping_sub(1);
    if tokens.word(before) == "соответственно" {
        before = before.wrapping_sub(1);
    }
    if tokens.word(before) == "считать" && stands_in_instrumental(tokens, provision.start) {
        return true;
    }
    let verb = supplementing_verb_before(tokens, provision.start);
    let is_shortened = tokens.is_mark(provision.start + 1, '.');
    verb.is_some_and(|verb| {
        stands_in_instrumental(tokens, provision.start)
            || is_shortened
                && verb + 1 == provision.start
                && !stands_in_instrumental(tokens, provision.end)
    })
}

/// Whether a token stands in a quotation: the new wording of a provision, or words that are exchanged («слова
/// «приказом от …» исключить»).
pub(crate) fn is_quoted_wording(tokens: &Tokens<'_>, at: usize) -> bool {
    /// Words that an order exchanges are a few; a quotation that opens farther away is a title.
    const REACH: usize = 60;
    let start = tokens.block_start(at);
    if tokens.kind(start) == Some(TokenKind::OpenQuote) {
        return true;
    }
    let mut closed = 0_usize;
    for index in (start.max(at.saturating_sub(REACH))..at).rev() {
        match tokens.kind(index) {
            Some(TokenKind::CloseQuote) => closed += 1,
            Some(TokenKind::OpenQuote) if closed > 0 => closed -= 1,
            Some(TokenKind::OpenQuote) => {
                // «дополнить абзацем: «…», «изложить в следующей редакции: «…»
                let colon = usize::from(tokens.is_mark(index.wrapping_sub(1), ':'));
                let before = tokens.word(index.wrapping_sub(1 + colon));
                let words: &[&str] = if colon == 1 {
                    &["слов", "абзац", "предложени", "редакции", "содержания"]
                } else {
                    &["слов", "цифр"]
                };
                return words.iter().any(|word| before.starts_with(word));
            }
            _ => {}
        }
    }
    false
}
