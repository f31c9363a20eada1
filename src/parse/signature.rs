//! Signatures: a position and the name of the one who holds it, with no sentence around them.
//!
//! In: blocks. Out: how many blocks from a given one make a signature. Must never: take a charge
//! («Директору Ивановой …») or a member of a commission for a signature.

use std::ops::Range;

use super::lexer::{Gap, TokenKind, Tokens};
use super::names::{name_at, stands_apart, stands_behind_a_rank};
use super::pieces::{name_before, name_end};
use super::surnames_alone::signing_surname;
use crate::lexicon::morphology::Case;
use crate::lexicon::words::WordClass;

/// A signature line longer than this, in tokens, is a sentence: two joint signatories in one row stay
/// below it.
const LONGEST_SIGNATURE: usize = 60;

/// Position lines over a name: «Начальник управления / образования администрации / города N».
const MOST_POSITION_BLOCKS: usize = 6;

/// How many blocks from `first` make one signature, 0 if none starts there.
pub(crate) fn signature_blocks(
    tokens: &Tokens<'_>,
    blocks: &[Range<usize>],
    first: usize,
) -> usize {
    let Some(block) = blocks.get(first) else {
        return 0;
    };
    if !starts_with_position(tokens, block) {
        return 0;
    }
    if first + 1 == blocks.len() && is_bare_position(tokens, block) {
        return 1;
    }
    let mut length = 0;
    for (count, block) in blocks
        .iter()
        .skip(first)
        .take(MOST_POSITION_BLOCKS)
        .enumerate()
    {
        length += block.len();
        // «Глава администрации: А.М. Ветров.»: the last words of the text are no sentence for a full stop.
        let stopped = first + count + 1 == blocks.len()
            && tokens.is_mark(block.end.wrapping_sub(1), '.')
            && block.len() > 1
            && tokens.length(block.end - 2) > 2
            && name_before(tokens, block.start, block.end - 1).is_some();
        let block = &(block.start..block.end - usize::from(stopped));
        if length > LONGEST_SIGNATURE || is_sentence(tokens, block) {
            return 0;
        }
        if name_before(tokens, block.start, block.end).is_some() || names_inside(tokens, block) {
            return count + 1;
        }
        if signing_surname(tokens, block.end - 1).is_some() || signs_with_given_name(tokens, block)
        {
            return count + 1;
        }
        if block
            .clone()
            .any(|index| tokens.kind(index) == Some(TokenKind::Blank))
        {
            return count + 1;
        }
    }
    0
}

/// «Директор» alone on the last line, behind a sentence that ends: a form that nobody has signed yet.
fn is_bare_position(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    /// «Директор», «Глава администрации района»
    const LONGEST: usize = 4;
    block.len() <= LONGEST
        && tokens.gap(block.start) == Gap::Block
        && tokens.is_mark(block.start.wrapping_sub(1), '.')
        && block.clone().all(|index| tokens.is_word(index))
        && tokens.meaning(block.start, WordClass::Position).is_some()
}

/// A line of nothing but a name, initials first, or a name and the position behind it: «М.А. Ветров», «О.Г. ВЕТРОВ,
/// глава района».
pub(crate) fn is_bare_signature(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    if tokens.length(block.start) != 1 {
        return false;
    }
    let Some(end) = name_end(tokens, block.start) else {
        return false;
    };
    end == block.end
        || end < block.end
            && tokens.is_mark(end, ',')
            && block.len() <= LONGEST_SIGNATURE
            && is_position_in_nominative(tokens, end + 1..block.end)
}

/// Whether a block begins with a position in the nominative or with «И.о.», «Врио».
fn starts_with_position(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    let blanks = block
        .clone()
        .take_while(|&index| tokens.kind(index) == Some(TokenKind::Blank))
        .count();
    // «п/п Начальник …», «П.п. Мэр …»: the copy says that the original is signed.
    let is_mark = |index: usize| tokens.is_mark(index, '/') || tokens.is_mark(index, '.');
    let copied = tokens.word(block.start) == "п"
        && is_mark(block.start + 1)
        && tokens.word(block.start + 2) == "п";
    let behind = 3 + usize::from(tokens.is_mark(block.start + 3, '.'));
    let start = block.start + blanks + if copied { behind } else { 0 };
    let acting = matches!(tokens.word(start), "и" | "вр")
        && tokens.is_mark(start + 1, '.')
        && tokens.word(start + 2).starts_with('о')
        || tokens.word(start) == "врио"
        || tokens.word(start) == "временно" && tokens.word(start + 1).starts_with("исполняющ")
        || tokens.word(start).starts_with("исполняющ");
    if acting {
        return tokens.is_capitalised(start);
    }
    if !tokens.is_capitalised(start) {
        return false;
    }
    is_position_in_nominative(tokens, start..block.end)
        || behind_another_language(tokens, start)
            .is_some_and(|start| is_position_in_nominative(tokens, start..block.end))
}

/// «Җитәкче / Руководитель   Ч.Н. Шигапова»: where the position goes on in Russian.
fn behind_another_language(tokens: &Tokens<'_>, start: usize) -> Option<usize> {
    /// «Башкарма комитет җитәкчесе»
    const LONGEST: usize = 4;
    let slash = (start + 1..=start + LONGEST).find(|&index| !tokens.is_word(index))?;
    let is_caption = tokens.is_mark(slash, '/')
        && tokens.gap(slash) == Gap::Space
        && tokens.gap(slash + 1) == Gap::Space
        && tokens.is_capitalised(start)
        && (start + 1..slash).all(|index| tokens.gap(index) == Gap::Space);
    is_caption.then_some(slash + 1)
}

/// «Первый заместитель главы», «Индивидуальный предприниматель», «Главный врач».
fn is_position_in_nominative(tokens: &Tokens<'_>, range: Range<usize>) -> bool {
    /// «Ген. директор», «Нач. управления»
    const LONGEST_SHORTENED: usize = 4;
    let start = range.start;
    let is_shortened = |stop: usize| {
        tokens.is_mark(stop, '.')
            && stop > start
            && (2..=LONGEST_SHORTENED).contains(&tokens.length(stop - 1))
    };
    (start..range.end.min(start + 4))
        .find(|&index| tokens.meaning(index, WordClass::Position).is_some())
        .is_some_and(|index| {
            let word = tokens.word(index);
            let nominative = matches!(word, "глава" | "судья" | "ип" | "заведующий" | "заведующая")
                || word == "зам"
                || !word.ends_with(['а', 'у', 'ю', 'е', 'м', 'ы'])
                    && !word.ends_with("его")
                    && !word.ends_with("ой");
            nominative
                && (start..index).all(|before| {
                    tokens.is_word(before)
                        || tokens.kind(before) == Some(TokenKind::Dash)
                        || is_shortened(before)
                })
        })
}

/// A colon or semicolon, or a full stop that ends words rather than initials, makes a sentence.
fn is_sentence(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    let Some(last) = block.end.checked_sub(1) else {
        return true;
    };
    // A dash makes a sentence («Председатель – Ушакова К.В.») unless the name stands apart from it
    // («заместитель директора – главный инженер / А.М. Ветров»).
    let name_column = (block.start + 1..block.end)
        .rev()
        .find(|&index| tokens.gap(index) >= Gap::Tab)
        .unwrap_or(block.start);
    let dash_inside = (name_column..block.end).any(|index| {
        tokens.kind(index) == Some(TokenKind::Dash)
            && tokens.gap(index) == Gap::Space
            && tokens.gap(index + 1) == Gap::Space
            && !joins_positions(tokens, index, block.end)
            && !sets_name_apart(tokens, index, block.end)
    });
    let long_word_stop =
        tokens.is_mark(last, '.') && last > block.start && tokens.length(last - 1) > 2;
    dash_inside
        || long_word_stop
        || matches!(
            tokens.kind(last),
            Some(TokenKind::Mark(':' | ';' | '!' | '?'))
        )
}

/// «Директор   —    А.М. Ветров»: a dash in a gap as wide as a column, a name with its initials first behind it.
fn sets_name_apart(tokens: &Tokens<'_>, dash: usize, end: usize) -> bool {
    stands_apart(tokens, dash)
        && stands_apart(tokens, dash + 1)
        && tokens.length(dash + 1) == 1
        && name_end(tokens, dash + 1) == Some(end)
}

/// «Директор гимназии      Тихон Журавлик»: a given name and a surname in a column of their own.
fn signs_with_given_name(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    /// The surname may be a double one.
    const LONGEST: usize = 4;
    (block.end.saturating_sub(LONGEST).max(block.start)..block.end - 1).any(|index| {
        let apart = tokens.gap(index) >= Gap::Tab
            || stands_apart(tokens, index)
            || index > block.start && stands_behind_a_rank(tokens, index);
        apart
            && name_at(tokens, index).is_some_and(|name| {
                name.tokens.end == block.end && matches!(name.grammar, Some((_, Case::Nominative)))
            })
    })
}

/// «Генеральный директор – главный врач», the name on the next line: two positions of one person.
fn joins_positions(tokens: &Tokens<'_>, dash: usize, end: usize) -> bool {
    // «НАЧАЛЬНИК ШТАБА – ЗАМЕСТИТЕЛЬ КОМАНДИРА»
    let in_capitals = tokens.is_word(dash - 1) && tokens.is_all_capitals(dash - 1);
    let is_set_so = |index: usize| {
        if in_capitals {
            tokens.is_all_capitals(index)
        } else {
            !tokens.is_capitalised(index)
        }
    };
    is_set_so(dash + 1)
        && is_position_in_nominative(tokens, dash + 1..end)
        && name_before(tokens, dash + 1, end).is_none()
        && (dash + 1..end).all(|index| tokens.is_word(index) && is_set_so(index))
}

/// Two signatures in one row: a name ends a cell that is not the last.
fn names_inside(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    block.clone().skip(1).any(|index| {
        tokens.gap(index) >= Gap::Tab && name_before(tokens, block.start, index).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn signatures_are_told_from_charges() {
        for (lines, blocks) in [
            ("Директор школы\nТ. В. Кубышкина", 2),
            ("Директор\tС. П. Тучков", 1),
            ("Председатель Думы,\nглава поселения\tП. П. Хохлов", 2),
            ("И.о. начальника управления\nР.В. Снегирёв", 2),
            ("Врио директора\tВетрова К.Ю.", 1),
            ("п/п Начальник\tВетрова К.Ю.", 1),
            (
                "П.п.Исполняющий обязанности\nМэра города      В.И.Ветров",
                2,
            ),
            ("П.п. 4 и 5 плана\tВетрова К.Ю.", 0),
            ("Глава администрации\nпосёлка: К.Ю.Ветрова.", 2),
            ("Глава администрации К.Ю.Ветрова.\nСообщить всем", 0),
            ("Генеральный директор ____________________ / ______ /", 1),
            ("Генеральный директор\tБаранников Фёдор Ильич", 1),
            ("Руководитель\nА.Б.ВОДЯНИЦКИЙ", 2),
            ("Первый заместитель главы администрации\tТ.А. Сухотина", 1),
            ("Заместителю директора Ивановой А.А.", 0),
            (
                "Первый заместитель директора – главный инженер\tА.М.Чабунин-Гросс",
                1,
            ),
            ("Зам. директора по общим вопросам\tЮ.Яхно", 1),
            ("Председатель – директор Ушакова Кира Вадимовна", 0),
            ("Председатель – директор Ушакова Кира Вадимовна;", 0),
            ("Контроль возложить на Иванову А.А.", 0),
            (
                "Временно исполняющий\nобязанности директора\nР.В. Снегирёв",
                3,
            ),
            ("Директор школы :\tПодкорытова", 1),
            ("Директор школы\tТихон Журавлик", 1),
            ("Директор гимназии\nиерей          Тихон Журавлик", 2),
            ("Директору гимназии\tТихону Журавлику", 0),
            ("Ректор   протоиерей Тихон Журавлик", 1),
            ("Җитәкче / Руководитель   Т.Ч. Журавлик", 1),
            ("Руководитель / Җитәкче   Т.Ч. Журавлик", 1),
            ("Исполнитель / Журавлик Т.Ч.", 0),
            ("Директор   —    Т.Ч. Журавлик", 1),
            ("Директор — Т.Ч. Журавлик", 0),
            ("Директор   —    Журавлик Т.Ч.", 0),
            ("Директор", 0),
            ("Директор школы Тихон Журавлик сообщает", 0),
            ("Директор – главный врач\nПодкорытова Юлия Егоровна", 2),
            (
                "НАЧАЛЬНИК ШТАБА – ЗАМЕСТИТЕЛЬ КОМАНДИРА\nмайор          Ю.Подкорытов",
                2,
            ),
            ("НАЧАЛЬНИК ШТАБА – ПОДКОРЫТОВ Ю.Е.", 0),
            ("Директор – член комиссии\nПодкорытова Юлия Егоровна", 0),
            ("Ген. директор\tПОДКОРЫТОВ В.А.", 1),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            assert_eq!(
                signature_blocks(&tokens, &tokens.blocks(), 0),
                blocks,
                "{lines}"
            );
        }
    }

    #[test]
    fn a_position_alone_signs_on_the_last_line_behind_a_sentence() {
        for (lines, signs) in [
            ("Создать музей.\nДиректор", true),
            ("Создать музей.\nГлава администрации", true),
            ("Состав:\nДиректор", false),
            ("Создать музей.\nДиректор школы:", false),
            ("Создать музей.\nДиректор\nи все остальные", false),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            let signed = signature_blocks(&tokens, &tokens.blocks(), 1) > 0;
            assert_eq!(signed, signs, "{lines}");
        }
    }

    #[test]
    fn a_name_alone_on_its_line_signs() {
        for (line, signs) in [
            ("М.А. Стародворцев", true),
            ("Ю.И.СТАРОДВОРЦЕВ", true),
            ("О.Г. Стародворцев, глава поселения", true),
            ("О.Г. Стародворцеву, главе поселения", false),
            ("О.Г. Стародворцев, учитель труда", false),
            ("Стародворцев М.А.", false),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let all = 0..tokens.len();
            assert_eq!(is_bare_signature(&tokens, &all), signs, "{line}");
        }
    }
}
