//! Unified forms of orders on personnel (Т-1, Т-5, Т-9 …): captions and cells where other orders have a line of
//! registration, and fields where they have clauses.
//!
//! In: tokens and the lines of the head. Out: number and date under or beside their captions; whether a line goes on
//! with the title of a form. Must never: take a field («Табельный номер», «Дата с … по …») for the number or the date
//! of the order.

use std::ops::Range;

use super::dates::date_at;
use super::lexer::Tokens;
use super::numbers::number_at;
use super::openings::is_infinitive;
use super::pieces::Piece;
use super::registration::{Item, What, kind_named};
use crate::lexicon::words::WordClass;

/// Whether the lines above a heading are those of a form: «Унифицированная форма № Т-1», «Форма по ОКУД».
pub(crate) fn is_form(tokens: &Tokens<'_>, above: &[Piece]) -> bool {
    above.iter().any(|piece| {
        let at = piece.tokens.start;
        tokens.word(at).starts_with("унифицированн")
            || tokens.word(at) == "форма"
                && tokens.word(at + 1) == "по"
                && tokens.word(at + 2) == "окуд"
    })
}

/// «Номер документа | Дата составления» over «92-к | 01.07.2024», or each caption before its own value: what the cells
/// say, up to the first line that is neither a caption nor a value.
pub(crate) fn captioned(tokens: &Tokens<'_>, lines: &[Piece]) -> Vec<Item> {
    /// Two captions and two values.
    const MOST_LINES: usize = 4;
    let mut found = Vec::new();
    let first = lines
        .iter()
        .position(|line| caption_end(tokens, &line.tokens).is_some());
    for line in lines
        .iter()
        .skip(first.unwrap_or(lines.len()))
        .take(MOST_LINES)
    {
        let range = &line.tokens;
        if is_other_kind(tokens, range) {
            continue;
        }
        let start = caption_end(tokens, range).unwrap_or(range.start);
        let Some(items) = values(tokens, start..range.end) else {
            break;
        };
        found.extend(items);
    }
    found
}

/// «(распоряжение)» under «ПРИКАЗ», in the row of the values.
fn is_other_kind(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    line.len() == 3
        && tokens.is_mark(line.start, '(')
        && kind_named(tokens.word(line.start + 1)).is_some()
}

/// The token behind the captions that a line begins with: «Номер документа», «Дата составления», both.
fn caption_end(tokens: &Tokens<'_>, line: &Range<usize>) -> Option<usize> {
    let mut end = line.start;
    while end + 1 < line.end
        && matches!(
            (tokens.word(end), tokens.word(end + 1)),
            ("номер", "документа") | ("дата", "составления")
        )
    {
        end += 2;
    }
    (end > line.start).then_some(end)
}

/// Numbers and dates and nothing else; `None` where a line says more.
fn values(tokens: &Tokens<'_>, line: Range<usize>) -> Option<Vec<Item>> {
    let mut found = Vec::new();
    let mut at = line.start;
    while at < line.end {
        if !tokens.is_word(at) && !tokens.is_number(at) {
            // The border of a table drawn with letters.
            at += 1;
            continue;
        }
        let (what, end) = match date_at(tokens, at) {
            Some((reading, end)) => (What::Date(reading), end),
            None => (What::Number { signed: false }, number_at(tokens, at)?),
        };
        if end > line.end {
            return None;
        }
        found.push(Item {
            what,
            tokens: at..end,
        });
        at = end;
    }
    Some(found)
}

/// «о прекращении (расторжении) трудового договора / с работником / (увольнении)»: whether a line goes on with the
/// title of a form. Its fields begin with a capital letter, a verb or the caption in brackets.
pub(crate) fn goes_on_with_title(
    tokens: &Tokens<'_>,
    title: &Range<usize>,
    line: &Range<usize>,
) -> bool {
    let at = line.start;
    if tokens.is_mark(at, '(') {
        return ["увольнен", "расторжен"]
            .iter()
            .any(|noun| tokens.word(at + 1).starts_with(noun));
    }
    let verb = is_infinitive(tokens.word(at)) && tokens.length(at) > 3;
    let in_capitals = tokens.is_all_capitals(title.end - 1);
    let joins = in_capitals
        && tokens.is_all_capitals(at)
        && tokens.meaning(at, WordClass::Function).is_some();
    tokens.is_word(at) && !verb && (!tokens.is_capitalised(at) || joins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::head::head;
    use crate::parse::issuer::issuer;
    use crate::parse::outline::outline;
    use crate::parse::title::title;
    use crate::text::Text;

    #[test]
    fn the_cells_of_a_form_register_it_and_its_fields_do_not() {
        for (cells, title_lines, fields, number, date, printed_title) in [
            // Captions, then values, each on a line of its own.
            (
                "Номер документа\nДата составления\n17-к\n03.04.2023",
                "о приеме работника на работу",
                "принять на работу\nДата\nс\n05.04.2023\nпо\n05.10.2023",
                "17-к",
                "2023-04-03",
                "о приеме работника на работу",
            ),
            // Values beside captions.
            (
                "Номер документа\tОТ-0031\nДата составления\t03.04.2023",
                "о прекращении (расторжении) трудового договора\nс работником\n(увольнении)",
                "Прекратить действие трудового договора",
                "ОТ-0031",
                "2023-04-03",
                "о прекращении (расторжении) трудового договора с работником (увольнении)",
            ),
            // Captions and values in a row each.
            (
                "Номер документа\tДата составления\n205/лс\t03.04.2023",
                "о поощрении работника",
                "Заречному Фролу Кузьмичу\tТабельный номер 77\n(фамилия, имя, отчество)",
                "205/лс",
                "2023-04-03",
                "о поощрении работника",
            ),
            (
                "Номер документа\nДата составления\nОТ-0031\n03.04.2023",
                "о поощрении работника",
                "Заречному Фролу Кузьмичу",
                "ОТ-0031",
                "2023-04-03",
                "о поощрении работника",
            ),
            // The values stand beside the second word of the kind.
            (
                "(распоряжение)\tНомер документа\tДата составления\n(распоряжение)\t17-к\t03.04.2023",
                "о поощрении работника",
                "Заречному Фролу Кузьмичу",
                "17-к",
                "2023-04-03",
                "о поощрении работника",
            ),
            // Never filled in: what the fields say is no value of the captions.
            (
                "Номер документа\nДата составления",
                "О ПЕРЕВОДЕ РАБОТНИКА\nНА ДРУГУЮ РАБОТУ",
                "ЗАРЕЧНОГО ФРОЛА КУЗЬМИЧА\nТабельный номер\n4471\nДата\nс\n05.04.2023",
                "",
                "",
                "О ПЕРЕВОДЕ РАБОТНИКА НА ДРУГУЮ РАБОТУ",
            ),
        ] {
            let text = Text::from_lines(&format!(
                "Унифицированная форма № Т-1\nФорма по ОКУД 0301001\nООО «Кедр»\n(наименование организации)\n{cells}\nПРИКАЗ\n(распоряжение)\n{title_lines}\n{fields}\nРуководитель организации\tДиректор\tА.М. Крутикова"
            ));
            let tokens = Tokens::of(&text);
            let outline = outline(&tokens);
            let head = head(&tokens, &outline);
            let value = |field: Option<String>| field.unwrap_or_default();
            assert_eq!(value(head.number.map(|f| f.value)), number, "{cells}");
            assert_eq!(
                value(head.date.map(|f| f.value.to_string())),
                date,
                "{cells}"
            );
            assert_eq!(
                value(title(&tokens, &outline).map(|f| f.value)),
                printed_title,
                "{cells}"
            );
            assert_eq!(
                value(issuer(&tokens, &outline).map(|f| f.value)),
                "ООО «Кедр»",
                "{cells}"
            );
        }
    }
}
