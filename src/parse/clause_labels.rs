//! The numbers that clauses carry: `1.` `1.1.` `1)` `2.2.1)` `а)` `IV.` `4.Слово` `- 1.1.`, typed or
//! computed by the word processor.
//!
//! In: the tokens of a block. Out: its number and where its words begin. Must never: take a date or a
//! number of the running text for a clause number.

use std::borrow::Cow;
use std::ops::Range;

use super::dates::date_at;
use super::lexer::{Gap, TokenKind, Tokens};
use super::names::name_at;
use super::openings::is_infinitive;
use super::pieces::name_end;
use crate::lexicon::words::WordClass;

/// The number of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label<'t> {
    /// As displayed, a dash before it left out: `1.2.`, `а)`.
    pub(crate) shown: Cow<'t, str>,
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Whether it is counted under the clause before it: a bracket without a full stop inside.
    pub(crate) bracketed: bool,
    /// The first of its figures: 3 for `3.1.`; `None` for a letter.
    pub(crate) first_figure: Option<u32>,
}

impl<'t> Label<'t> {
    pub(super) fn new(shown: impl Into<Cow<'t, str>>, tokens: Range<usize>) -> Self {
        let shown = shown.into();
        let first = shown.split(['.', ')']).next().unwrap_or_default();
        Self {
            first_figure: first.trim_end().parse().ok(),
            bracketed: shown.ends_with(')') && !shown.contains('.'),
            shown,
            tokens,
        }
    }

    /// The part of an address that the number stands for: `1.2`, `а`.
    pub(crate) fn address(&self) -> Cow<'_, str> {
        let address = self.shown.trim_end_matches(['.', ')', ' ']);
        if address.contains(' ') {
            // «1 .1», as a recogniser sets stops apart; «1. 1»
            address.replace(" .", ".").replace(". ", ".").into()
        } else {
            address.into()
        }
    }

    /// Whether it is «§ 2» or «II.», under which clauses may be counted anew.
    pub(crate) fn is_section(&self) -> bool {
        self.shown.starts_with('§') || self.is_roman()
    }

    /// Whether it is «II.».
    pub(crate) fn is_roman(&self) -> bool {
        self.shown.starts_with(ROMAN)
    }

    /// Whether it has its full stop or bracket.
    pub(crate) fn is_closed(&self) -> bool {
        self.shown.ends_with(['.', ')'])
    }

    /// The figure of a clause that is counted in one figure alone: «3.».
    pub(crate) fn plain_figure(&self) -> Option<u32> {
        let is_one = || {
            let figures = self.shown.trim_end_matches(['.', ')', ' ']);
            !figures.contains('.')
        };
        self.first_figure.filter(|_| !self.bracketed && is_one())
    }
}

/// The digits of clauses counted in Roman figures: fifty are more than any order has.
const ROMAN: [char; 3] = ['I', 'V', 'X'];

/// The clause number of the block whose tokens are `block`.
pub(crate) fn label_of<'t>(tokens: &Tokens<'t>, block: &Range<usize>) -> Option<Label<'t>> {
    let first = tokens.get(block.start)?;
    let automatic = tokens.text.blocks.get(first.block())?.label;
    if let Some(span) = automatic {
        let shown = span.of(&tokens.text.plain);
        if !shown.chars().any(char::is_alphanumeric) {
            // A bullet; a typed number may follow it.
            return typed(tokens, tokens.at_byte(span.end), block.end);
        }
        return Some(Label::new(shown, block.start..tokens.at_byte(span.end)));
    }
    typed(tokens, block.start, block.end)
}

fn typed<'t>(tokens: &Tokens<'t>, at: usize, end: usize) -> Option<Label<'t>> {
    if !may_begin(tokens, at) {
        return None;
    }
    // «§ 1» heads a section of an order on personnel; a recogniser reads «§ I», «§ З».
    let counts = |index: usize| {
        let is_roman = || {
            tokens
                .raw(index)
                .chars()
                .all(|digit| ROMAN.contains(&digit))
        };
        tokens.is_number(index) || tokens.is_word(index) && (is_roman() || tokens.raw(index) == "З")
    };
    if tokens.is_mark(at, '§') && at + 1 < end && counts(at + 1) {
        let stop = tokens.is_mark(at + 2, '.') && tokens.gap(at + 2) == Gap::None && at + 3 < end;
        let next = at + 2 + usize::from(stop);
        return Some(Label::new(tokens.slice(at, next), at..next));
    }
    if let Some(label) = roman(tokens, at, end) {
        return Some(label);
    }
    // «Пункт 1.» in words; «_1.» with a stroke that a recogniser took for one.
    let named = tokens.meaning(at, WordClass::Pinpoint) == Some("point")
        && tokens.is_capitalised(at)
        && tokens.is_number(at + 1)
        && tokens.is_mark(at + 2, '.');
    let mark = named || matches!(tokens.kind(at), Some(TokenKind::Dash | TokenKind::Blank));
    // «п. 2. Предоставить», «п.1 Создать», as extracts count
    let shortened = tokens.word(at) == "п" && tokens.is_mark(at + 1, '.');
    let start = at + if shortened { 2 } else { usize::from(mark) };
    let lettered = || {
        tokens.is_word(start)
            && tokens.length(start) == 1
            && tokens.is_mark(start + 1, ')')
            && tokens.gap(start + 1) == Gap::None
    };
    if !tokens.is_number(start) && !lettered() {
        return None;
    }
    // «1.1. 28 апреля 2024 года»: a number before a date is no date with the day for its year.
    let behind_number = start + 4;
    let numbers_a_date =
        || tokens.gap(behind_number) == Gap::Space && date_at(tokens, behind_number).is_some();
    if date_at(tokens, start).is_some() && !numbers_a_date() {
        return None;
    }
    let glued = |index: usize| tokens.gap(index) == Gap::None;
    let mut next = start + 1;
    let mut parts = 1_usize;
    let mut closed = false;
    if tokens.is_number(start) {
        if tokens.word(start).len() > 3 {
            return None;
        }
        while next < end && glued(next) {
            if tokens.is_mark(next, '.') {
                let another = tokens.is_number(next + 1) && glued(next + 1);
                if !another && !goes_on_apart(tokens, at, next) {
                    next += 1;
                    closed = true;
                    break;
                }
                next += 2;
                parts += 1;
            } else if tokens.is_mark(next, ')') {
                next += 1;
                closed = true;
                break;
            } else {
                return None;
            }
        }
    } else {
        next += 1;
        closed = true;
    }
    // «3.1 организовать», «2.1 от 25.03.2010 № 14»; «16.1 километра» counts something.
    let orders = |index: usize| is_infinitive(tokens.word(index));
    // «3.2 загромождать выходы; / 3.3 курение в здании»: behind the mark that ends an item of the same clause, another
    // begins; «1. Отремонтировать: / 2.5 км дороги» counts something.
    let follows_item = at > 0
        && tokens.gap(at) == Gap::Block
        && matches!(tokens.kind(at - 1), Some(TokenKind::Mark(':' | ';')))
        && tokens.is_number(at)
        && tokens.word(tokens.block_start(at - 1)) == tokens.word(at);
    // «п. 3.4 Положения», «п. 3. Плана» are provisions of something.
    if shortened
        && !(orders(next)
            || charges_somebody(tokens, next)
            || closed && tokens.is_capitalised(next) && !depends_on_provision(tokens, next))
    {
        return None;
    }
    let begins = tokens.is_capitalised(next)
        || follows_item && tokens.is_word(next)
        || orders(next)
        || tokens.word(next) == "не" && orders(next + 1)
        || tokens.word(next) == "от" && date_at(tokens, next + 1).is_some();
    // «1 Обязанности кассира возложить на …», but not «1 Обязанности кассира»
    let object_first = || {
        matches!(
            tokens.word(next),
            "обязанности" | "исполнение" | "контроль" | "ответственность"
        ) && (next + 1..end).any(orders)
    };
    // «1 Установить», «2 Начальнику отдела», but not a row «1 Иванов».
    let charges = || {
        tokens.is_capitalised(next)
            && (orders(next) || charges_somebody(tokens, next) || object_first())
    };
    let open_ended = tokens.gap(next) > Gap::None
        && !is_of_provision_above(tokens, at)
        && (parts > 1 && begins || tokens.gap(next) == Gap::Space && charges());
    if next >= end
        || !(closed || open_ended)
        || !closed && is_day(tokens, start, next)
        || tokens.gap(next) == Gap::Tab && is_row(tokens, at, end)
    {
        return None;
    }
    Some(Label::new(tokens.slice(start, next), at..next))
}

/// «1. Наградить: / 1. 1. Дипломами …»: whether a number goes on behind a stop and a space, under the clause whose figure it
/// begins with.
fn goes_on_apart(tokens: &Tokens<'_>, at: usize, stop: usize) -> bool {
    tokens.gap(stop + 1) == Gap::Space
        && tokens.is_number(stop + 1)
        && tokens.length(stop + 1) <= 2
        && tokens.is_mark(stop + 2, '.')
        && tokens.gap(stop + 2) == Gap::None
        && tokens.gap(stop + 3) == Gap::Space
        && tokens.is_capitalised(stop + 3)
        && at > 0
        && tokens.gap(at) == Gap::Block
        && tokens.is_mark(at - 1, ':')
        && tokens.word(tokens.block_start(at - 1)) == tokens.word(at)
}

/// Whether a number of a clause may begin with a token: what most paragraphs that have none fail.
fn may_begin(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.kind(at) {
        Some(TokenKind::Word) => {
            tokens.length(at) == 1
                || tokens.raw(at).starts_with(ROMAN)
                || tokens.meaning(at, WordClass::Pinpoint) == Some("point")
        }
        Some(TokenKind::Number | TokenKind::Dash | TokenKind::Blank | TokenKind::Mark('§')) => {
            true
        }
        _ => false,
    }
}

/// «п. 3. Положения», «п. 4. Федерального закона»: whether what stands behind a number is what it numbers a provision of.
fn depends_on_provision(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «Федерального закона»
    const FARTHEST: usize = 2;
    (at..at + FARTHEST).any(|index| {
        tokens.meaning(index, WordClass::Act).is_some()
            || tokens.meaning(index, WordClass::Approved).is_some()
    })
}

/// «… статьи / 22.1 Федерального закона»: the number of the provision that the line above ends with.
fn is_of_provision_above(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(last) = at.checked_sub(1) else {
        return false;
    };
    let unit = last.saturating_sub(usize::from(tokens.is_mark(last, '.')));
    // «и т.п.» ends a sentence.
    tokens.meaning(unit, WordClass::Pinpoint).is_some()
        && !tokens.is_capitalised(unit)
        && tokens.gap(unit) > Gap::None
}

/// «1. | Кедров Пётр | группа 12» under «№ | Студент | Группа»: a row of a table that tabs set, with as many cells as
/// the one above it.
fn is_row(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    /// Two columns may be a number and its clause.
    const FEWEST_TABS: usize = 2;
    /// The longest row that is looked at, in tokens.
    const LONGEST: usize = 100;
    let is_tab = |index: &usize| tokens.gap(*index) == Gap::Tab;
    let in_line = |index: &usize| tokens.gap(*index) < Gap::Break;
    let here = (at + 1..end).take_while(in_line).filter(is_tab).count();
    let above = || {
        (at.saturating_sub(LONGEST)..at)
            .rev()
            .take_while(in_line)
            .filter(is_tab)
            .count()
    };
    here >= FEWEST_TABS && above() == here
}

/// «01.06 Дежурный», «31.12 Кедрова Н.Д.»: a day of a table, not clause 31.12. No clause has a zero before its figures,
/// and none that orders something begins with a name in the nominative.
fn is_day(tokens: &Tokens<'_>, start: usize, next: usize) -> bool {
    let two = |index: usize| tokens.is_number(index) && tokens.length(index) == 2;
    let zero = |index: usize| tokens.word(index).starts_with('0');
    next == start + 3
        && two(start)
        && two(start + 2)
        && (zero(start) || zero(start + 2) || name_end(tokens, next).is_some())
}

/// «II. Утвердить»: Latin letters, so that no initial is taken for a number.
fn roman<'t>(tokens: &Tokens<'t>, at: usize, end: usize) -> Option<Label<'t>> {
    if !tokens.is_capitalised(at) || !tokens.raw(at).starts_with(ROMAN) {
        return None;
    }
    let next = at + 2;
    let is_number = tokens.raw(at).chars().all(|digit| ROMAN.contains(&digit));
    let closes = tokens.gap(at + 1) == Gap::None
        && (tokens.is_mark(at + 1, '.') || tokens.is_mark(at + 1, ')'));
    let words = next < end && tokens.is_capitalised(next) && tokens.length(next) > 1;
    (is_number && closes && words).then(|| Label {
        bracketed: false,
        ..Label::new(tokens.slice(at, next), at..next)
    })
}

/// «Начальнику отдела», «Главному бухгалтеру», «Первому заместителю»: a position in the dative.
pub(crate) fn charges_somebody(tokens: &Tokens<'_>, at: usize) -> bool {
    const MOST_ADJECTIVES: usize = 2;
    let adjectives = (at..at + MOST_ADJECTIVES)
        .take_while(|&index| tokens.word(index).ends_with("му"))
        .count();
    (at..=at + adjectives).any(|index| {
        tokens.meaning(index, WordClass::Position).is_some()
            && tokens.word(index).ends_with(['у', 'ю'])
    })
}

/// «2 Ответственные лица»: a number without its full stop before any words. Only the numbers around it tell that it
/// counts a clause.
pub(crate) fn unclosed_label<'t>(tokens: &Tokens<'t>, block: &Range<usize>) -> Option<Label<'t>> {
    const MOST_DIGITS: usize = 2;
    let next = block.start + 1;
    let is_row = || (next..block.end).any(|index| tokens.gap(index) >= Gap::Tab);
    (tokens.is_number(block.start)
        && tokens.length(block.start) <= MOST_DIGITS
        && next < block.end
        && tokens.gap(next) == Gap::Space
        && tokens.is_capitalised(next)
        && tokens.length(next) > 1
        && name_at(tokens, next).is_none()
        && !is_row())
    .then(|| Label::new(tokens.slice(block.start, next), block.start..next))
}

/// «З. Считать», «l. Назначить»: a letter that looks like the figure, where the neighbours ask for it.
pub(crate) fn misread_label<'t>(
    tokens: &Tokens<'t>,
    block: &Range<usize>,
    figure: u32,
) -> Option<Label<'t>> {
    let looks_like = match figure {
        1 => matches!(tokens.raw(block.start), "l" | "I" | "І"),
        3 => matches!(tokens.raw(block.start), "З" | "з"),
        6 => matches!(tokens.raw(block.start), "б"),
        _ => false,
    };
    let next = block.start + 2;
    (looks_like
        && tokens.is_mark(block.start + 1, '.')
        && tokens.gap(block.start + 1) == Gap::None
        && next < block.end
        && tokens.gap(next) == Gap::Space
        && tokens.is_capitalised(next)
        && tokens.length(next) > 1)
        .then(|| Label::new(format!("{figure}."), block.start..next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_number_goes_on_behind_a_space_under_its_clause() {
        for (lines, address) in [
            ("1.Наградить:\n1. 1. Дипломами музея", "1.1"),
            ("2.Наградить:\n1. 1. Дипломами музея", "1"),
            ("1.Наградить.\n1. 1. Дипломами музея", "1"),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            let label = label_of(&tokens, &tokens.blocks()[1]);
            let found = label.as_ref().map(|label| label.address());
            assert_eq!(found.as_deref(), Some(address), "{lines}");
        }
    }

    #[test]
    fn clause_numbers_are_told_from_dates_and_figures() {
        for (line, label) in [
            ("1. Назначить", Some("1.")),
            ("1.2. Назначить", Some("1.2.")),
            ("4.Слово", Some("4.")),
            ("2.2.1) до", Some("2.2.1)")),
            ("а) обеспечить", Some("а)")),
            ("- 1.1. Вести учёт", Some("1.1.")),
            ("1.1 Вести учёт", Some("1.1")),
            ("3.1 организовать приём", Some("3.1")),
            ("2.1 от 25.03.2010 № 14/6", Some("2.1")),
            ("2.2 не допускать", Some("2.2")),
            ("3.1 пользоваться печами", Some("3.1")),
            ("Пункт 1. Назначить", Some("1.")),
            ("п. 2. Предоставить", Some("2.")),
            ("п. 3. На период отпуска", Some("3.")),
            ("п.1. Создать", Some("1.")),
            ("п.1 Создать", Some("1")),
            ("п. 3.4 Положения о совете", None),
            ("п. 3. Положения о совете", None),
            ("п. 3 Устава", None),
            ("§ 1. Создать", Some("§ 1.")),
            ("§1 Создать", Some("§1")),
            ("§ I Создать", Some("§ I")),
            ("§ З Создать", Some("§ З")),
            ("§ Закона", None),
            ("_1. Утвердить", Some("1.")),
            ("1 Установить плату", Some("1")),
            ("2 Начальнику отдела", Some("2")),
            ("1 Обязанности кассира возложить на Кедрову", Some("1")),
            ("1 Обязанности кассира", None),
            ("3 Главному бухгалтеру", Some("3")),
            ("3 Первому заместителю главы", Some("3")),
            ("3 Главному корпусу", None),
            ("1.2. 14 марта 2024 г. – мастера", Some("1.2.")),
            ("01.02.24 мастера", None),
            ("IV. Утвердить", Some("IV.")),
            ("II) Утвердить", Some("II)")),
            ("V. И. Кедров", None),
            ("Х. Утвердить", None),
            ("XL. Утвердить", None),
            ("1 Иванов Пётр", None),
            ("16.1 километра", None),
            ("1.\tКедров Пётр\tгруппа 12", Some("1.")),
            ("03.11.2023 дежурит", None),
            ("25 июня 2024 года", None),
            ("2024. Год", None),
            ("- понедельник", None),
            ("01.06 Дежурный мастер", None),
            ("31.12 Кедрова Н.Д.", None),
            ("12.11 Создать комиссию", Some("12.11")),
            ("12.11. Кедровой Н.Д. создать комиссию", Some("12.11.")),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let got = label_of(&tokens, &(0..tokens.len()));
            assert_eq!(
                got.as_ref().map(|label| label.shown.as_ref()),
                label,
                "{line}"
            );
        }
    }
    #[test]
    fn a_number_behind_the_name_of_a_provision_is_no_clause() {
        for (lines, label) in [
            ("на основании статьи\n22.1 Федерального закона", None),
            ("на основании ст.\n22.1 Федерального закона", None),
            ("Глава\n2.1 Утвердить план", Some("2.1")),
            ("мебель и т.п.\n2.1 Утвердить план", Some("2.1")),
            ("Довести план.\n2.1 Утвердить план", Some("2.1")),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            let second = tokens.block_end(0)..tokens.len();
            let got = label_of(&tokens, &second);
            assert_eq!(
                got.as_ref().map(|label| label.shown.as_ref()),
                label,
                "{lines}"
            );
        }
    }
}
