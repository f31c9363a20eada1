//! What people leave out, cut up or shorten in a search box → the spelling that the grammars know: «ТКРФ», «785 н»,
//! «за прошлый год», «подписал лужков ю м».
//!
//! In: a line as typed, and today. Out: the line as an order would have it, with what was changed where. Must never:
//! touch words in quotation marks, the value of a field or an operator: what a query prints is read as it is.

use jiff::civil::Date;

use super::{deeds, roles, times};
use crate::lexicon::morphology::{Case, PartOfSpeech, fold, readings};
use crate::lexicon::register::is_code_abbreviation;
use crate::text::Span;

/// A word between spaces.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    /// Its bytes in the line, without the marks behind it.
    pub(super) span: Span,
    /// As typed.
    pub(super) typed: &'a str,
    /// In small letters, without a full stop at the end.
    pub(super) folded: String,
}

impl Piece<'_> {
    /// Whether it begins with a figure.
    pub(super) fn is_number(&self) -> bool {
        self.typed.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// A line in the spelling of orders.
#[derive(Debug)]
pub(super) struct Respelled {
    /// The line.
    pub(super) line: String,
    /// What each pass changed: what stood where, and what stands there now; in their order.
    passes: Vec<Vec<(Span, Span)>>,
}

impl Respelled {
    /// The line after one more pass.
    pub(super) fn then(self, pass: impl FnOnce(&str) -> Self) -> Self {
        let next = pass(&self.line);
        let mut passes = self.passes;
        passes.extend(next.passes);
        Self {
            line: next.line,
            passes,
        }
    }

    /// A span of the line in the line as typed; inside a change it is the whole of what was changed.
    pub(super) fn as_typed(&self, span: Span) -> Span {
        self.passes
            .iter()
            .rev()
            .fold(span, |span, changes| before(changes, span))
    }
}

/// A span of a line in the line before its changes.
fn before(changes: &[(Span, Span)], span: Span) -> Span {
    let moved = |byte: usize, end: bool| {
        let change = changes
            .iter()
            .rfind(|(_, now)| now.start <= byte && (now.start < byte || !end));
        match change {
            Some((typed, now)) if byte < now.end || end && byte == now.end => {
                if end {
                    typed.end
                } else {
                    typed.start
                }
            }
            Some((typed, now)) => typed.end + (byte - now.end),
            None => byte,
        }
    };
    let start = moved(span.start, false);
    Span::new(start, moved(span.end, true).max(start))
}

/// A line that is being spelled anew, from its beginning to its end.
pub(super) struct Rewriting<'a> {
    typed: &'a str,
    line: String,
    changes: Vec<(Span, Span)>,
    from: usize,
}

impl<'a> Rewriting<'a> {
    /// Nothing is changed yet.
    pub(super) fn of(typed: &'a str) -> Self {
        Self {
            typed,
            line: String::with_capacity(typed.len()),
            changes: Vec::new(),
            from: 0,
        }
    }

    /// Puts something in the place of what was typed. Places come in their order.
    pub(super) fn change(&mut self, typed: Span, now: &str) {
        self.line.push_str(&self.typed[self.from..typed.start]);
        let start = self.line.len();
        self.line.push_str(now);
        self.changes
            .push((typed, Span::new(start, self.line.len())));
        self.from = typed.end;
    }

    /// The line with its changes.
    pub(super) fn finish(mut self) -> Respelled {
        self.line.push_str(&self.typed[self.from..]);
        Respelled {
            line: self.line,
            passes: vec![self.changes],
        }
    }
}

/// How many words from the first one on are spelled otherwise, and how.
pub(super) type Spelling = Option<(usize, String)>;

/// Spells a line as orders are spelled.
pub(super) fn respelled(line: &str, today: Date) -> Respelled {
    let mut rewriting = Rewriting::of(line);
    let runs = runs(line);
    let words: usize = runs.iter().map(Vec::len).sum();
    for run in &runs {
        let mut at = 0;
        while at < run.len() {
            let spelled = number(run, at)
                .or_else(|| code(run, at))
                .or_else(|| times::spelled(run, at, today))
                .or_else(|| deeds::spelled(run, at))
                .or_else(|| roles::spelled(run, at))
                .or_else(|| operator(run, at, words));
            match spelled {
                Some((count, now)) => {
                    let last = &run[(at + count).min(run.len()) - 1];
                    rewriting.change(Span::new(run[at].span.start, last.span.end), &now);
                    at += count.max(1);
                }
                None => at += 1,
            }
        }
    }
    rewriting.finish()
}

/// The words of a line that may be spelled otherwise, those together that nothing stands between.
fn runs(line: &str) -> Vec<Vec<Piece<'_>>> {
    let mut runs: Vec<Vec<Piece<'_>>> = vec![Vec::new()];
    // «» between straight marks are part of what these hold: закон:"закон «О связи»".
    let (mut straight, mut angled) = (false, false);
    let mut value = false;
    let mut from = 0;
    let ends = |c: char| matches!(c, ' ' | '(' | ')' | '"' | '«' | '»');
    for (at, mark) in line
        .char_indices()
        .filter(|(_, c)| ends(*c))
        .chain([(line.len(), ' ')])
    {
        let typed = &line[from..at];
        if !typed.is_empty() && !straight && !angled {
            let core = typed.trim_end_matches([',', ';', '!', '?']);
            let apart = matches!(core, "OR" | "AND" | "NOT" | "ИЛИ" | "НЕ")
                || core == "И" && !is_beside_an_initial(line, Span::new(from, at))
                || core.contains([':', '*'])
                || core.starts_with('-') && core.len() > 1;
            if apart || value {
                runs.push(Vec::new());
            } else if let Some(run) = runs.last_mut() {
                run.push(Piece {
                    span: Span::new(from, from + core.len()),
                    typed: core,
                    folded: fold(core.trim_end_matches('.')),
                });
                if core.len() < typed.len() {
                    runs.push(Vec::new());
                }
            }
            value = core.ends_with(':');
        }
        match mark {
            '"' => straight = !straight,
            '«' if !straight => angled = true,
            '»' if !straight => angled = false,
            _ => {}
        }
        if mark != ' ' {
            runs.push(Vec::new());
            value = false;
        }
        from = at + mark.len_utf8();
    }
    runs
}

/// «Платонов А И», «И Р Кашапов», «Иванов И»: beside another capital letter «И» may be an initial, and so it may where
/// nothing stands on one side of it; what the words around do not make one joins them.
fn is_beside_an_initial(line: &str, word: Span) -> bool {
    let behind = line[word.end..].split_whitespace().next();
    let before = line[..word.start].split_whitespace().next_back();
    let is_initial = |word: Option<&str>| {
        word.is_none_or(|word| {
            let mut letters = word.trim_end_matches('.').chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
        })
    };
    is_initial(behind) || is_initial(before)
}

/// «номер 12», «прик. 12», «785 н», «72/2 од».
fn number(run: &[Piece<'_>], at: usize) -> Spelling {
    /// Letters behind the number of an order that are no word of their own.
    const MARKS: [&str; 13] = [
        "н", "од", "ок", "ох", "лс", "пг", "рп", "рм", "пп", "ри", "рк", "осн", "пб",
    ];
    /// Letters that may be a word as well; they belong to a number that nothing else stands beside.
    const LETTERS: [&str; 11] = ["р", "о", "п", "к", "л", "д", "у", "т", "а", "б", "в"];
    let piece = &run[at];
    let next = run.get(at + 1)?;
    if piece.folded == "номер" && next.is_number() {
        return Some((2, format!("№ {}", next.typed)));
    }
    // «приказ под номером 12», «приказ за номером 12»
    if matches!(piece.folded.as_str(), "под" | "за")
        && next.folded == "номером"
        && let Some(number) = run.get(at + 2).filter(|number| number.is_number())
    {
        return Some((3, format!("№ {}", number.typed)));
    }
    // «525 от 02.12.2024» alone
    let is_plain = piece.typed.bytes().all(|b| b.is_ascii_digit());
    let is_day = run.get(at + 2).is_some_and(|day| {
        day.is_number() && (day.typed.contains(['.', '-', '/']) || run.get(at + 3).is_some())
    });
    if at == 0 && is_plain && next.folded == "от" && is_day {
        return Some((1, format!("№ {}", piece.typed)));
    }
    let kind = match piece.folded.as_str() {
        "прик" | "пр" => Some("приказ"),
        "расп" | "распор" => Some("распоряжение"),
        "пост" | "постан" => Some("постановление"),
        _ => None,
    };
    if let Some(kind) = kind.filter(|_| next.is_number() || next.typed.starts_with('№')) {
        return Some((1, kind.to_owned()));
    }
    let ends_in_figures = piece.typed.ends_with(|c: char| c.is_ascii_digit());
    // «№12 од»
    let signed = piece
        .typed
        .strip_prefix('№')
        .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    if !piece.is_number() && !signed || !ends_in_figures {
        return None;
    }
    let letters = next.folded.as_str();
    let alone = at + 2 == run.len() && (at == 0 || run[at - 1].folded.starts_with("приказ"));
    if letters == "н" {
        return Some((2, format!("{}н", piece.typed)));
    }
    // «1479 ПП РФ» is a resolution.
    let of_the_country = run.get(at + 2).is_some_and(|piece| piece.folded == "рф");
    (MARKS.contains(&letters) && !of_the_country || alone && LETTERS.contains(&letters))
        .then(|| (2, format!("{}-{}", piece.typed, next.typed)))
}

/// «ТКРФ», «ППРФ», «тк 192», «тк ст 81».
fn code(run: &[Piece<'_>], at: usize) -> Spelling {
    let word = run[at].folded.as_str();
    let is_code = |word: &str| is_code_abbreviation(&word.to_uppercase(), word);
    let together = word
        .strip_suffix("рф")
        .filter(|code| is_code(code) || *code == "пп");
    if let Some(code) = together {
        return Some((1, format!("{} РФ", code.to_uppercase())));
    }
    let next = run.get(at + 1)?;
    let article = next.is_number() && next.typed.len() > 1
        || matches!(next.folded.as_str(), "ст" | "статья" | "статьи")
        || next.folded.starts_with("ст.");
    (is_code(word) && article).then(|| (1, format!("{} РФ", word.to_uppercase())))
}

fn is_a_noun(word: &str) -> bool {
    readings(word).first().is_some_and(|reading| {
        reading.known
            && reading.part_of_speech == PartOfSpeech::Noun
            && reading.case == Some(Case::Nominative)
    })
}

/// «отпуск кроме декретного», «отпуск или командировка».
fn operator(run: &[Piece<'_>], at: usize, words: usize) -> Spelling {
    /// A longer line is rather the title of an order, which may have any word.
    const MOST_WORDS: usize = 5;
    let next = run.get(at + 1)?;
    if at == 0 || words > MOST_WORDS {
        return None;
    }
    match run[at].folded.as_str() {
        "кроме" if next.typed.chars().all(char::is_alphabetic) && next.folded != "того" => {
            Some((2, format!("-{}", next.typed)))
        }
        // «отпуск за исключением декретного»
        "за" if next.folded == "исключением" => {
            let word = run.get(at + 2)?;
            let fits = at + 3 == run.len() && word.typed.chars().all(char::is_alphabetic);
            fits.then(|| (3, format!("-{}", word.typed)))
        }
        // «пожарная безопасность не школа»
        "не" if at + 2 == run.len() && is_a_noun(&next.folded) => {
            Some((2, format!("-{}", next.typed)))
        }
        "или" if !run[at + 1..].iter().any(|piece| piece.folded == "или") => {
            Some((1, "ИЛИ".to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_spelled_as_orders_are() {
        let today = jiff::civil::date(2024, 5, 15);
        for (typed, spelled) in [
            ("ст.192 ТКРФ", "ст.192 ТК РФ"),
            ("ппрф 2464", "ПП РФ 2464"),
            ("тк 192", "ТК РФ 192"),
            ("тк ст 81", "ТК РФ ст 81"),
            ("тк", "тк"),
            ("номер 12", "№ 12"),
            ("прик. 12", "приказ 12"),
            ("пр. № 12", "приказ № 12"),
            ("приказ минздрава 785 н", "приказ минздрава 785н"),
            ("72/2 од", "72/2-од"),
            ("14 р", "14-р"),
            ("№12 од", "№12-од"),
            ("оплата 14 р", "оплата 14 р"),
            ("п. 5 о порядке", "п. 5 о порядке"),
            ("отпуск кроме декретного", "отпуск -декретного"),
            ("отпуск за исключением декретного", "отпуск -декретного"),
            ("приказ под номером 12", "приказ № 12"),
            ("525 от 02.12.2024", "№ 525 от 02.12.2024"),
            ("300 от 2024", "300 от 2024"),
            ("школа 525 от 02.12.2024", "школа 525 от 02.12.2024"),
            ("88 а", "88-а"),
            ("приказ 88 а", "приказ 88-а"),
            ("школа 88 а", "школа 88 а"),
            ("отпуск не школа", "отпуск -школа"),
            ("отпуск не позднее", "отпуск не позднее"),
            ("отпуск или командировка", "отпуск ИЛИ командировка"),
            (
                "о переводе или увольнении работников по отделу",
                "о переводе или увольнении работников по отделу",
            ),
            ("за прошлый год", "с 01.01.2023 по 31.12.2023"),
            ("слово:номер 12", "слово:номер 12"),
            ("номер: 12 од", "номер: 12 од"),
            ("\"номер 12\" ткрф", "\"номер 12\" ТК РФ"),
            ("«за прошлый год»", "«за прошлый год»"),
            (
                "закон:\"закон «О связи»\" лицо:\"Ким Л. А.\"",
                "закон:\"закон «О связи»\" лицо:\"Ким Л. А.\"",
            ),
        ] {
            assert_eq!(respelled(typed, today).line, spelled, "{typed}");
        }
    }

    #[test]
    fn places_lead_back_to_what_was_typed() {
        let typed = "ткрф слово )";
        let spelled = respelled(typed, jiff::civil::date(2024, 5, 15));
        let at = |word: &str, line: &str| {
            let start = line.find(word).unwrap();
            Span::new(start, start + word.len())
        };
        for (now, before) in [
            ("ТК", "ткрф"),
            ("РФ", "ткрф"),
            ("слово", "слово"),
            (")", ")"),
        ] {
            assert_eq!(
                spelled.as_typed(at(now, &spelled.line)),
                at(before, typed),
                "{now}"
            );
        }
    }
}
