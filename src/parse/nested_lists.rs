//! Lists under a clause that are counted as the clauses themselves are.
//!
//! In: the numbers of paragraphs, one after another. Out: whether a number counts an item of such a list. Must never: take
//! the next clause for an item where nothing but its number speaks.

use super::clause_labels::Label;

/// A list under a clause that is counted as the clauses are: «1. Создать комиссию в составе: / 1. …; / 2. …; / 2. Провести …».
#[derive(Debug, Default)]
pub(super) struct NestedList {
    /// The last number of the list, while one is open.
    last: Option<u32>,
    /// Whether the paragraph before ends with a colon.
    pub(super) opens: bool,
    /// Whether it ends as an item that others follow does.
    pub(super) goes_on: bool,
    /// The number that the list is counted to, where the clauses go on behind it with a number that it has too.
    counted_to: u32,
}

impl NestedList {
    /// Whether a label counts an item of the list rather than the next clause. `behind`: the figures of the paragraphs
    /// behind it, of those that are counted in one figure alone.
    pub(super) fn takes(
        &mut self,
        label: &Label<'_>,
        last_clause: Option<u32>,
        behind: &[Option<u32>],
    ) -> bool {
        let Some(figure) = label.plain_figure() else {
            return false;
        };
        let first = figure == 1 && self.opens && last_clause.is_some();
        if first {
            let mut last = 1;
            let next = behind.iter().flatten().find(|&&figure| {
                let goes_on = figure == last + 1;
                last += u32::from(goes_on);
                !goes_on
            });
            let is_next_clause = next.copied() == last_clause.map(|clause| clause + 1);
            self.counted_to = if is_next_clause { last } else { 0 };
        }
        let next = self.last.is_some_and(|last| {
            figure == last + 1
                && (self.goes_on
                    || figure <= self.counted_to
                    || last_clause.is_none_or(|last| figure != last + 1))
        });
        self.last = (first || next).then_some(figure);
        first || next
    }
}
