//! Answers of the dictionary that are kept for the next time a word is asked about: a folder of orders
//! names the same people, bodies and positions over and over.
//!
//! In: a word and how to find the answer. Out: the answer. Must never: grow without bound, or give
//! one thread's answers to another (each keeps its own, so that nobody waits).

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::thread::LocalKey;

use foldhash::fast::RandomState;

/// Words that are kept, for each thread and question. A large archive has some tens of thousands of
/// different names; 20,000 answers take about 5 MB.
const MOST: usize = 20_000;
/// Longer words are not kept: they are rare, and their keys would take the memory of many.
const LONGEST: usize = 256;

/// The answers to one question, by word.
pub(super) type Remembered<T> = RefCell<HashMap<Box<str>, Rc<T>, RandomState>>;

/// The answer about a word: the one kept, or the one that `find` gives now. When there are too many,
/// all are forgotten at once, which costs less than knowing which was asked for last.
pub(super) fn remembered<T>(
    kept: &'static LocalKey<Remembered<T>>,
    word: &str,
    find: impl FnOnce() -> T,
) -> Rc<T> {
    if word.len() > LONGEST {
        return Rc::new(find());
    }
    if let Some(known) = kept.with_borrow(|kept| kept.get(word).cloned()) {
        return known;
    }
    let found = Rc::new(find());
    kept.with_borrow_mut(|kept| {
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(word.into(), Rc::clone(&found));
    });
    found
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_word_is_looked_up_once_and_the_store_stays_bounded() {
        thread_local! {
            static LENGTHS: Remembered<usize> = RefCell::default();
        }
        let asked = Cell::new(0);
        let length = |word: &str| {
            *remembered(&LENGTHS, word, || {
                asked.set(asked.get() + 1);
                word.len()
            })
        };
        assert_eq!((length("слово"), length("слово")), (10, 10));
        assert_eq!(asked.get(), 1);
        for number in 0..2 * MOST {
            length(&number.to_string());
        }
        assert!(LENGTHS.with_borrow(HashMap::len) <= MOST);
        let long = "я".repeat(LONGEST);
        length(&long);
        length(&long);
        assert_eq!(asked.get(), 1 + 2 * MOST + 2, "a long word is not kept");
    }
}
