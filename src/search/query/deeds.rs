//! What an order does to another one, in whatever words it does so: «отменяет приказ 5», «какой приказ изменил 12-од».
//!
//! In: words of a line. Out: the word among others that orders say the same with. Must never: touch a word beside which no
//! order is named by its number.

use super::fields::kind_of;
use super::spelling::{Piece, Spelling};

/// The beginning of what people type, and the words of orders.
const DEEDS: [(&[&str], &str); 2] = [
    (&["отмен"], "(отменить OR отменять OR отмена OR утратить)"),
    (
        &["изменил", "изменя", "измене", "изменит"],
        "(изменить OR изменять OR изменение OR дополнить)",
    ),
];

/// How a word that says what an order does to the one beside it is spelled.
pub(super) fn spelled(run: &[Piece<'_>], at: usize) -> Spelling {
    let word = run[at].folded.as_str();
    let (_, words) = DEEDS
        .iter()
        .find(|(stems, _)| stems.iter().any(|stem| word.starts_with(stem)))?;
    let is_number = |at: usize| {
        run.get(at).is_some_and(|piece| {
            piece.typed.starts_with(['№', 'N']) || piece.is_number() || piece.folded == "номер"
        })
    };
    let kind = run
        .get(at + 1)
        .is_some_and(|piece| kind_of(&piece.folded).is_some());
    let asked = at > 0 && kind_of(&run[at - 1].folded).is_some();
    let named = kind && is_number(at + 2) || asked && is_number(at + 1);
    named.then(|| (1, (*words).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::spelling::respelled;

    #[test]
    fn deeds_are_asked_for_in_the_words_of_orders() {
        let today = jiff::civil::date(2024, 5, 15);
        let (repeals, amends) = (super::DEEDS[0].1, super::DEEDS[1].1);
        for (typed, spelled) in [
            ("отменяет приказ 5", format!("{repeals} приказ 5")),
            ("отмена приказа № 5", format!("{repeals} приказа № 5")),
            (
                "какой приказ отменил 12-од",
                format!("какой приказ {repeals} 12-од"),
            ),
            ("изменяет приказ №5", format!("{amends} приказ №5")),
            ("отмена занятий", "отмена занятий".to_owned()),
            ("отмена приказа", "отмена приказа".to_owned()),
            ("изменить график 5", "изменить график 5".to_owned()),
        ] {
            assert_eq!(respelled(typed, today).line, spelled, "{typed}");
        }
    }
}
