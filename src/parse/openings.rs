//! How the parts of an order begin and end: the enacting word, the first words of a preamble, the end
//! of a sentence.
//!
//! In: tokens and a place. Out: whether such a beginning or end stands there. Must never: look beyond
//! the block.

use std::ops::Range;

use super::cut_words::cut_word_at;
use super::lexer::{Gap, Tokens};
use super::numbers::sign_at;
use super::pieces::word_or_spaced;
use crate::lexicon::words::{WordClass, meanings};

/// The enacting word with its colon at `at`, and the token after it. A verb in the middle of a
/// sentence enacts nothing unless it speaks in the first person.
pub(crate) fn enacting_at(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let (word, mut end) = match tokens.meaning(at, WordClass::Enacting) {
        Some(_) => (tokens.word(at).into(), at + 1),
        None if tokens.is_word(at) && (tokens.length(at) == 1 || tokens.is_all_capitals(at)) => {
            let enacts = |word: &str| {
                meanings(word)
                    .iter()
                    .any(|meaning| meaning.class == WordClass::Enacting)
            };
            let spaced = (tokens.length(at) == 1)
                .then(|| word_or_spaced(tokens, at))
                .flatten()
                .filter(|(word, _)| enacts(word));
            spaced.or_else(|| {
                let (word, end) = cut_word_at(tokens, at)?;
                enacts(&word).then(|| (word.into(), end))
            })?
        }
        None => return None,
    };
    while matches!(tokens.word(end), "следующее") && tokens.continues(end) {
        end += 1;
    }
    let colon = tokens.is_mark(end, ':') && tokens.continues(end);
    let last = !tokens.continues(end + usize::from(colon)) || tokens.gap(end) >= Gap::Tab;
    let own_line = tokens.gap(at) >= Gap::Tab && tokens.is_all_capitals(at);
    let first_person = matches!(
        word.as_ref(),
        "приказываю"
            | "приказываем"
            | "постановляю"
            | "постановляем"
            | "обязываю"
            | "распоряжаюсь"
    );
    (colon || last || own_line || first_person).then_some(end + usize::from(colon))
}

/// Whether a word has the ending of an infinitive, in which orders say what is to be done: «создать», «вести», «беречь».
/// Nouns have that of «задолженность», «безопасности», «области».
pub(crate) fn is_infinitive(word: &str) -> bool {
    !["ость", "ости", "области", "части", "власти"]
        .iter()
        .any(|noun| word.ends_with(noun))
        && ["ть", "ти", "чь"]
            .iter()
            .any(|ending| word.strip_suffix("ся").unwrap_or(word).ends_with(ending))
}

pub(crate) fn opens_preamble(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.word(at + 1);
    match tokens.word(at) {
        // «В соответствие с», «Во исполнении»: whoever wrote it mixed up the case.
        "в" | "во" => [
            "соответстви",
            "исполнени",
            "изменени",
            "избежани",
            "целях",
            "целью",
            "связи",
            "рамках",
            "порядке",
            "дополнени",
            "развити",
            "обеспечени",
            "силу",
            "реализаци",
            "интересах",
            "ходе",
            "период",
        ]
        .iter()
        .any(|beginning| next.starts_with(beginning)),
        "на" => matches!(next, "основании" | "период" | "время"),
        "с" => matches!(next, "целью" | "учетом" | "соблюдением"),
        "по" => matches!(
            next,
            "результатам"
                | "согласованию"
                | "итогам"
                | "представлению"
                | "предложению"
                | "ходатайству"
                | "поручению"
                | "решению"
        ),
        "руководствуясь"
        | "согласно"
        | "учитывая"
        | "рассмотрев"
        | "принимая"
        | "исходя"
        | "ввиду"
        | "заслушав"
        | "обсудив"
        | "для"
        | "за" => true,
        _ => false,
    }
}

/// Whether all of an order is set in capitals from `rest.start` on: its preamble up to the enacting word, and what is
/// ordered. «О СМОТРЕ / В РАМКАХ НЕДЕЛИ ТРУДА» over a text in small letters is one title.
pub(crate) fn is_set_in_capitals(tokens: &Tokens<'_>, rest: Range<usize>) -> bool {
    /// Few preambles are longer.
    const REACH: usize = 400;
    /// Words behind the enacting one that show how the clauses are set.
    const SHOWN: usize = 3;
    let in_capitals =
        |index: usize| !tokens.is_word(index) || !tokens.raw(index).contains(char::is_lowercase);
    let enacting = (rest.start..rest.end.min(rest.start + REACH))
        .take_while(|&index| in_capitals(index))
        .find_map(|index| enacting_at(tokens, index));
    enacting.is_some_and(|end| {
        let mut words = (end..rest.end)
            .filter(|&index| tokens.is_word(index) && tokens.length(index) > 1)
            .take(SHOWN)
            .peekable();
        words.peek().is_some() && words.all(in_capitals)
    })
}

/// Whether the words before `end` end like a sentence: a full stop after a long word, or a colon.
pub(crate) fn ends_sentence(tokens: &Tokens<'_>, end: usize) -> bool {
    let Some(last) = end.checked_sub(1) else {
        return false;
    };
    tokens.is_mark(last, ':')
        || tokens.is_mark(last, ';')
        || tokens.is_mark(last, '.') && last > 0 && tokens.length(last - 1) > 3
}

/// Captions of a unified form and addressees: «по ОКПО», «Номер документа».
pub(crate) fn is_initial_caption(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), "номер" | "дата" | "код" | "форма")
        || tokens.word(at) == "по" && tokens.word(at + 1).starts_with("ок")
}

/// «(с изменениями на 30 октября 2018 года)», «(в ред. приказа от …)»: what an editor put under a title.
pub(crate) fn is_note_of_edition(tokens: &Tokens<'_>, piece: &Range<usize>) -> bool {
    /// The telling word stands near the bracket: «(в действующей редакции)».
    const REACH: usize = 4;
    tokens.is_mark(piece.start, '(')
        && (piece.start + 1..piece.end.min(piece.start + 1 + REACH))
            .any(|index| tokens.meaning(index, WordClass::Edition).is_some())
}

/// What a publisher of acts puts between title and text: «Список изменяющих документов», «Приказом … настоящий приказ
/// признан утратившим силу», «Утратил силу на основании …», «(Опубликовано: …)», «Вступает в силу с …».
pub(crate) fn is_note_of_publisher(tokens: &Tokens<'_>, piece: &Range<usize>) -> bool {
    let bracketed = is_bracket(tokens, piece.start);
    let start = piece.start + usize::from(bracketed);
    if !bracketed && !tokens.is_capitalised(start) {
        return is_list_of_editions(tokens, piece);
    }
    let word = |index: usize| tokens.word(index);
    let lists = word(start) == "список" && word(start + 1).starts_with("изменяющ")
        || word(start) == "документ"
            && word(start + 1) == "с"
            && tokens.meaning(start + 2, WordClass::Edition).is_some();
    let by_an_act = tokens.meaning(start, WordClass::Act).is_some()
        && ["ом", "ем"]
            .iter()
            .any(|ending| word(start).ends_with(ending))
        && piece.clone().any(|index| {
            word(index).starts_with("признан") && word(index + 1).starts_with("утративш")
        });
    let published = word(start).starts_with("опубликован")
        || word(start).starts_with("вступ") && word(start + 1) == "в" && word(start + 2) == "силу";
    let lapsed = bracketed && word(start) == "документ" && word(start + 1) == "утратил"
        || says_that_it_lapsed(tokens, start);
    // «Откройте актуальную версию документа», «Если вы являетесь пользователем …»
    let offers = match word(start) {
        "откройте" => word(start + 1) == "актуальную",
        "вы" => word(start + 1) == "можете" && word(start + 2) == "открыть",
        "если" => word(start + 1) == "вы" && word(start + 2) == "являетесь",
        _ => false,
    };
    lists || lapsed || by_an_act || published || offers || is_state_of_act(tokens, piece)
}

/// «Действующий», «Недействующий», «Утративший силу»: what a database says of an act, alone on its line.
pub(crate) fn is_state_of_act(tokens: &Tokens<'_>, piece: &Range<usize>) -> bool {
    match tokens.word(piece.start) {
        "действующий" | "недействующий" => piece.len() == 1,
        "утративший" => piece.len() == 2 && tokens.word(piece.start + 1) == "силу",
        _ => false,
    }
}

fn is_bracket(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_mark(at, '(') || tokens.is_mark(at, '[')
}

/// «Зарегистрировано в Минюсте России 26 октября 2017 г. № 48694», «Регистрационный № 48694», «Рег. № 48694»: where
/// and under which number the act of a body was registered, which is none of its own.
pub(crate) fn is_note_of_registration(tokens: &Tokens<'_>, piece: &Range<usize>) -> bool {
    let bracketed = is_bracket(tokens, piece.start);
    let start = piece.start + usize::from(bracketed);
    let counts = match tokens.word(start) {
        "регистрационный" => {
            sign_at(tokens, start + 1).is_some() || tokens.word(start + 1) == "номер"
        }
        "рег" => tokens.is_mark(start + 1, '.') && sign_at(tokens, start + 2).is_some(),
        word => word.starts_with("зарегистрирован"),
    };
    counts && (bracketed || tokens.is_capitalised(start))
}

/// «17 июня 2008 г., 9 апреля 2009 г.», «15 февраля, 8 июля 2013 г.»: the days on which an act was changed, as a
/// publisher lists them.
pub(crate) fn is_list_of_editions(tokens: &Tokens<'_>, piece: &Range<usize>) -> bool {
    let mut at = piece.start;
    let mut days = 0;
    while tokens.is_number(at) && tokens.meaning(at + 1, WordClass::Month).is_some() {
        days += 1;
        at += 2;
        at += usize::from(tokens.is_number(at) && tokens.length(at) == 4);
        if matches!(tokens.word(at), "г" | "года") {
            at += 1 + usize::from(tokens.is_mark(at + 1, '.'));
        }
        if at >= piece.end {
            return days > 1 && at == piece.end;
        }
        if !tokens.is_mark(at, ',') {
            return false;
        }
        at += 1;
    }
    false
}

/// «Утратил силу – приказ Комитета леса / от 05.06.2024 № 9»: a publisher's note of the act that ended this one,
/// begins so.
pub(crate) fn is_note_of_lapse(tokens: &Tokens<'_>, at: usize) -> bool {
    says_that_it_lapsed(tokens, at) && tokens.is_capitalised(at)
}

fn says_that_it_lapsed(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at).starts_with("утратил") && tokens.word(at + 1) == "силу"
}

/// «Принято / Советом депутатов / 5 августа 2010 года», «Принят Министерством …»: who adopted the act, under or above
/// its title.
pub(crate) fn is_note_of_adoption(tokens: &Tokens<'_>, piece: &Range<usize>) -> bool {
    // «(принято на заседании Совета 25 декабря 2019 года)»
    let bracketed = tokens.is_mark(piece.start, '(');
    let start = piece.start + usize::from(bracketed);
    let by_whom = || {
        let next = tokens.word(start + 1);
        next == "на"
            || ["ом", "ем", "ой", "ей"]
                .iter()
                .any(|ending| next.ends_with(ending))
    };
    matches!(
        tokens.word(start),
        "принят" | "принято" | "принята" | "приняты"
    ) && (bracketed || tokens.is_capitalised(start))
        && (piece.len() == 1 || by_whom())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn an_order_is_set_in_capitals_if_its_clauses_are() {
        for (lines, expected) in [
            (
                "В РАМКАХ НЕДЕЛИ ТРУДА ПРИКАЗЫВАЮ:\n1. ПРОВЕСТИ СМОТР.",
                true,
            ),
            (
                "В РАМКАХ НЕДЕЛИ ТРУДА\nПРИКАЗЫВАЮ:\n1. Провести смотр.",
                false,
            ),
            (
                "В РАМКАХ НЕДЕЛИ\nВ целях учёта ПРИКАЗЫВАЮ:\n1. ПРОВЕСТИ СМОТР.",
                false,
            ),
            ("В РАМКАХ НЕДЕЛИ ТРУДА", false),
        ] {
            let text = Text::from_lines(lines);
            let tokens = Tokens::of(&text);
            let got = is_set_in_capitals(&tokens, 0..tokens.len());
            assert_eq!(got, expected, "{lines}");
        }
    }

    #[test]
    fn infinitives_have_endings_that_some_nouns_share() {
        for (word, expected) in [
            ("создать", true),
            ("провести", true),
            ("беречь", true),
            ("задолженность", false),
            ("безопасности", false),
            ("области", false),
        ] {
            assert_eq!(is_infinitive(word), expected, "{word}");
        }
    }

    #[test]
    fn a_preamble_is_told_by_its_first_words() {
        for (line, opens) in [
            ("В соответствии с законом", true),
            ("В соответствие с законом", true),
            ("Во исполнении приказа", true),
            ("По ходатайству совета", true),
            ("Руководствуясь уставом", true),
            ("В школе и дома", false),
            ("По личному составу", false),
            ("Во дворе", false),
        ] {
            let text = Text::from_lines(line);
            assert_eq!(opens_preamble(&Tokens::of(&text), 0), opens, "{line}");
        }
    }

    #[test]
    fn notes_of_publishers_are_no_part_of_an_order() {
        for (line, is_note) in [
            ("Список изменяющих документов", true),
            ("Список членов комиссии", false),
            ("Документ с изменениями, внесенными:", true),
            ("Утратил силу на основании", true),
            (
                "Приказом министерства от 19 июня 2014 г. N 73 настоящий приказ признан утратившим силу",
                true,
            ),
            ("Признать утратившим силу приказ", false),
            ("Приказом директора утверждён план", false),
            ("15 февраля, 8 июля 2013 г.", true),
            ("17 июня 2008 г., 9 апреля 2009 г.", true),
            ("17 июня 2008 г.", false),
            ("Принято", true),
            ("Принят Министерством образования", true),
            ("(принято на заседании Совета", true),
            ("Принято решение о закупке", false),
            (
                "Зарегистрировано в Минюсте России 26 октября 2017 г. № 48694",
                true,
            ),
            ("(Зарегистрирован Минюстом России 18 марта 2009 г.)", true),
            ("Регистрационный N 13531", true),
            ("Рег. № 7", true),
            ("Регистрационный журнал", false),
            ("(Опубликовано: «Сельский вестник», 2023, № 4)", true),
            ("Вступает в силу с 1 сентября 2024 г.", true),
            ("[Документ утратил силу]", true),
            ("Если вы являетесь пользователем системы", true),
            ("Вы можете открыть актуальную версию документа", true),
            ("Вы можете прийти", false),
            ("Действующий", true),
            ("Утративший силу", true),
            ("Действующий порядок", false),
            ("(утратил силу)", true),
        ] {
            let text = Text::from_lines(line);
            let tokens = Tokens::of(&text);
            let all = 0..tokens.len();
            let got = is_note_of_publisher(&tokens, &all)
                || is_note_of_adoption(&tokens, &all)
                || is_note_of_registration(&tokens, &all);
            assert_eq!(got, is_note, "{line}");
        }
    }
}
