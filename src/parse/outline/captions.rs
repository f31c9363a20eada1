//! The name that a page of the web or a database gives an order, over its letterhead: kind, body, date and number, and
//! the title once more.
//!
//! In: the lines over the heading. Out: the heading as it is printed, the title that stands above. Must never: take
//! another act for the order's own name.

use std::ops::Range;

use super::Layout;
use crate::parse::kind_headings::kind_heading;
use crate::parse::registration::{Item, What, has_number_and_date, is_title_start, items};
use crate::parse::zones::zone_at;

impl Layout<'_, '_> {
    /// «РАСПОРЯЖЕНИЕ от 03.04.2024 № 7 О музее / Сельское поселение / Р А С П О Р Я Ж Е Н И Е»: the heading as it is
    /// printed, under the name that a page of the web gives the order; the piece that it is.
    pub(super) fn heading_behind_caption(&self, caption: &Range<usize>) -> Option<usize> {
        /// A title over several lines, a letterhead.
        const REACH: usize = 14;
        /// «от 3 апреля 2024 г. № 215-р/к, г. Кедровск»
        const LONGEST_REGISTRATION: usize = 20;
        let tokens = self.tokens;
        let named = kind_heading(tokens, caption.clone())?;
        if caption.start > 0 && !named.is_registered_in_full() {
            return None;
        }
        // The name of the site may stand over that of the page. Under a menu it is told by the number that it repeats.
        let under_a_menu = caption.start > self.pieces.first()?.tokens.end;
        let from = self
            .pieces
            .partition_point(|piece| piece.tokens.start < caption.end);
        for (index, piece) in self.pieces.iter().enumerate().skip(from).take(REACH) {
            let line = &piece.tokens;
            let again = kind_heading(tokens, line.clone())
                .filter(|found| found.kind == named.kind && found.issuer.is_none());
            if again.is_some_and(|found| found.rest >= line.end) {
                let repeats = || {
                    let behind = line.end..(line.end + LONGEST_REGISTRATION).min(self.end);
                    self.says_what(&named.items, &items(tokens, behind).0)
                };
                return (!under_a_menu || repeats()).then_some(index);
            }
            if self.opens_body(line, &(0..0)) || zone_at(tokens, line).is_some() {
                return None;
            }
        }
        None
    }

    /// Whether one registration has the same number and the same date as another.
    fn says_what(&self, one: &[Item], other: &[Item]) -> bool {
        has_number_and_date(one)
            && one.iter().all(|item| {
                other.iter().any(|again| {
                    item.what == again.what
                        && (matches!(item.what, What::Date(_))
                            || self.tokens.say_the_same(&item.tokens, &again.tokens))
                })
            })
    }

    /// «Об охране леса / АДМИНИСТРАЦИЯ РАЙОНА / ПОСТАНОВЛЕНИЕ»: the title that a page of the web puts over the letterhead,
    /// under the name of the order if it gives one.
    pub(super) fn title_above(
        &self,
        caption: &Range<usize>,
        heading: usize,
    ) -> Option<Range<usize>> {
        let first = self
            .pieces
            .partition_point(|piece| piece.tokens.start < caption.end);
        let line = self.pieces.get(first)?.tokens.clone();
        (line.end <= heading && is_title_start(self.tokens, line.start)).then_some(line)
    }

    /// «Об охранелеса» under «Об охране леса»: the same title, between the lines of which a conversion lost the spaces.
    pub(super) fn is_glued(&self, above: &Range<usize>, title: &Range<usize>) -> bool {
        title.start > above.end
            && title.len() < above.len()
            && self.letters(title).eq(self.letters(above))
    }

    /// «г. Кедровск», to which «Об охране леса» is glued: where the text goes on behind a line that ends with the title above.
    pub(super) fn behind_glued_title(&self, above: &Range<usize>, body: usize) -> usize {
        /// «г.Новокедровск» before the title.
        const LONGEST_PLACE: usize = 25;
        let next = self
            .pieces
            .partition_point(|piece| piece.tokens.start < body);
        let Some(line) = self.pieces.get(next).map(|piece| &piece.tokens) else {
            return body;
        };
        if line.start != body || line.len() > above.len() + LONGEST_PLACE {
            return body;
        }
        let count = self.letters(above).count();
        let found = self.letters(line).count();
        let ends_with_title = found > count
            && found - count <= LONGEST_PLACE
            && self
                .letters(line)
                .skip(found - count)
                .eq(self.letters(above));
        if ends_with_title { line.end } else { body }
    }

    fn letters(&self, range: &Range<usize>) -> impl Iterator<Item = char> {
        self.tokens
            .slice(range.start, range.end)
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::lexer::Tokens;
    use crate::parse::outline::outline;
    use crate::text::Text;

    #[test]
    fn a_title_over_the_letterhead_is_one_where_no_other_is() {
        for (top, below, title, clauses) in [
            ("", "В целях работы:", "Об охране леса", "1. Создать."),
            ("", "О лесе\nВ целях работы:", "О лесе", "1. Создать."),
            (
                "Постановление Главы района от 03.04.2024 № 1\n",
                "В целях работы:",
                "Об охране леса",
                "1. Создать.",
            ),
            // A conversion lost the spaces between the lines.
            (
                "",
                "Об охранелеса\nВ целях работы:",
                "Об охране леса",
                "1. Создать.",
            ),
            (
                "Постановление Главы района от 03.04.2024 № 1\n",
                "г.КедровскОб охранелеса\nВ целях работы:",
                "Об охране леса",
                "1. Создать.",
            ),
        ] {
            let text = Text::from_lines(&format!(
                "{top}Об охране леса\nАДМИНИСТРАЦИЯ РАЙОНА\nПОСТАНОВЛЕНИЕ\n№ 1\n{below}\n1. Создать."
            ));
            let tokens = Tokens::of(&text);
            let outline = outline(&tokens);
            let shown = |range: &std::ops::Range<usize>| tokens.slice(range.start, range.end);
            assert_eq!(shown(&outline.title), title, "{top}{below}");
            assert_eq!(shown(&outline.operative), clauses, "{top}{below}");
        }
    }

    #[test]
    fn the_name_of_a_page_may_stand_under_that_of_its_site() {
        for (top, heading) in [
            (
                "Законы края\nПостановление Главы района от 03.04.2024 № 1 «О лесе»\nГЛАВА РАЙОНА",
                "ПОСТАНОВЛЕНИЕ",
            ),
            (
                "Постановление Главы района «О лесе»\nГЛАВА РАЙОНА",
                "ПОСТАНОВЛЕНИЕ",
            ),
        ] {
            let text = Text::from_lines(&format!(
                "{top}\nПОСТАНОВЛЕНИЕ\nот 3 апреля 2024 г. № 1\nО ЛЕСЕ\nВ целях работы постановляю:\n1. Создать."
            ));
            let tokens = Tokens::of(&text);
            let found = outline(&tokens).heading;
            assert_eq!(tokens.slice(found.start, found.end), heading, "{top}");
        }
    }
}
