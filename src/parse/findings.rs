//! What an auditor should look at: contradictions and gaps, each with a stable code.
//!
//! In: the record built so far (spans in bytes), the text and what the grammars noticed on the way.
//! Out: [`Finding`]s in the order of the text. Must never: change a value.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use crate::lexicon::bodies::{slug, whole_name};
use crate::lexicon::fold::fold_title;
use crate::lexicon::morphology::fold;
use crate::lexicon::register::Register;
use crate::order::{Act, ActType, Finding, Order, Reference, Severity};
use crate::text::{Aside, AsidePlace, NoticeKind, Span, Text};

/// What the grammars noticed and the record does not show.
#[derive(Debug, Default)]
pub(crate) struct Noticed {
    /// «№ ____».
    pub(crate) number_blank: Option<Span>,
    /// «___» ______ 20__ г.
    pub(crate) date_blank: Option<Span>,
    /// «31.02.2024» where the date stands.
    pub(crate) date_impossible: Option<Span>,
    /// Other numbers in the head that contradict the number.
    pub(crate) other_numbers: Vec<Span>,
    /// Other dates in the head that contradict the date.
    pub(crate) other_dates: Vec<Span>,
    /// Clause labels that leave out the number before them.
    pub(crate) clause_jumps: Vec<Span>,
    /// Clause labels that stand twice.
    pub(crate) clause_repeats: Vec<Span>,
    /// A title whose quotation marks do not balance.
    pub(crate) title_unbalanced: Option<Span>,
    /// Short forms that resolve to nothing.
    pub(crate) unresolved: Vec<Span>,
    /// The place for a signature, left without a name.
    pub(crate) signature_blank: Option<Span>,
}

/// What an order is judged by.
pub(crate) struct Known<'a> {
    pub(crate) register: &'a Register,
    pub(crate) today: Date,
    /// The day on which the file was last written.
    pub(crate) file_day: Option<Date>,
}

/// Everything worth a look in `order`.
pub(crate) fn findings(
    order: &Order,
    text: &Text,
    noticed: &Noticed,
    known: &Known<'_>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    source(text, order, &mut found);
    if order.kind.is_some() {
        head(order, noticed, known, &mut found);
        clauses(order, noticed, &mut found);
        if order.signatories.is_empty() {
            push(
                &mut found,
                "signatory-missing",
                Severity::Warning,
                noticed.signature_blank,
                "no name of a person who signed",
            );
        }
    }
    for &span in &noticed.unresolved {
        let words = span.of(&order.text);
        push(
            &mut found,
            "short-form-unresolved",
            Severity::Warning,
            Some(span),
            format!("«{words}» stands for no act named in the order"),
        );
    }
    for reference in &order.references {
        one_reference(reference, order, known.register, &mut found);
    }
    two_issuers(order, &mut found);
    found.sort_by_key(|finding| finding.span.map_or(0, |span| span.start));
    found
}

fn push(
    found: &mut Vec<Finding>,
    code: &str,
    severity: Severity,
    span: Option<Span>,
    message: impl Into<String>,
) {
    found.push(Finding {
        code: code.to_owned(),
        severity,
        message: message.into(),
        span,
    });
}

fn head(order: &Order, noticed: &Noticed, known: &Known<'_>, found: &mut Vec<Finding>) {
    if order.number.is_none() {
        match noticed.number_blank {
            Some(span) => push(
                found,
                "number-blank",
                Severity::Error,
                Some(span),
                "the place for the number was left blank",
            ),
            None => push(
                found,
                "number-missing",
                Severity::Error,
                None,
                "no number was found",
            ),
        }
    }
    if let Some(span) = noticed.date_impossible {
        push(
            found,
            "date-impossible",
            Severity::Error,
            Some(span),
            format!("«{}» is no day of the calendar", span.of(&order.text)),
        );
    }
    match &order.date {
        None => match noticed.date_blank {
            Some(span) => push(
                found,
                "date-blank",
                Severity::Error,
                Some(span),
                "the place for the date was left blank",
            ),
            None if noticed.date_impossible.is_none() => push(
                found,
                "date-missing",
                Severity::Error,
                None,
                "no date was found",
            ),
            None => {}
        },
        Some(date) => {
            let day = date.value.0;
            if day > known.today {
                push(
                    found,
                    "date-future",
                    Severity::Error,
                    Some(date.span),
                    format!("the order is dated {day}, in the future"),
                );
            } else if known.file_day.is_some_and(|file_day| day > file_day) {
                push(
                    found,
                    "date-after-file",
                    Severity::Warning,
                    Some(date.span),
                    format!("the order is dated {day}, later than its file"),
                );
            }
        }
    }
    for &span in &noticed.other_numbers {
        push(
            found,
            "number-conflict",
            Severity::Warning,
            Some(span),
            format!(
                "another number, «{}», stands in the head",
                span.of(&order.text)
            ),
        );
    }
    for &span in &noticed.other_dates {
        push(
            found,
            "date-conflict",
            Severity::Warning,
            Some(span),
            format!(
                "another date, «{}», stands in the head",
                span.of(&order.text)
            ),
        );
    }
    if let Some(span) = noticed.title_unbalanced {
        push(
            found,
            "title-quotes-unbalanced",
            Severity::Info,
            Some(span),
            "the quotation marks of the title do not balance",
        );
    }
}

fn clauses(order: &Order, noticed: &Noticed, found: &mut Vec<Finding>) {
    for &span in &noticed.clause_jumps {
        let label = span.of(&order.text);
        push(
            found,
            "clause-jump",
            Severity::Warning,
            Some(span),
            format!("clause {label} does not follow the one before it"),
        );
    }
    for &span in &noticed.clause_repeats {
        let label = span.of(&order.text);
        push(
            found,
            "clause-repeated",
            Severity::Warning,
            Some(span),
            format!("clause {label} stands twice"),
        );
    }
}

fn one_reference(
    reference: &Reference,
    order: &Order,
    register: &Register,
    found: &mut Vec<Finding>,
) {
    let act = &reference.act;
    // «Конституция Республики Марий Эл» is cited by its name, as the one of the country is.
    let is_constitution = act.kind == ActType::Law
        && act
            .title
            .as_deref()
            .is_some_and(|title| fold_title(title).starts_with("конституция "));
    let numbered = !is_constitution
        && matches!(
            act.kind,
            ActType::FederalLaw
                | ActType::FederalConstitutionalLaw
                | ActType::Law
                | ActType::PresidentialDecree
                | ActType::GovernmentResolution
                | ActType::GovernmentOrder
                | ActType::AgencyOrder
                | ActType::Letter
        );
    if numbered && act.number.is_none() {
        push(
            found,
            "reference-without-number",
            Severity::Info,
            Some(reference.span),
            format!("«{}» has no number", shortened(&reference.raw)),
        );
    }
    if numbered && act.date.is_none() {
        push(
            found,
            "reference-without-date",
            Severity::Info,
            Some(reference.span),
            format!("«{}» has no date", shortened(&reference.raw)),
        );
    }
    against_the_register(reference, order, register, found);
}

/// Date, number and title against the register of known acts.
fn against_the_register(
    reference: &Reference,
    order: &Order,
    register: &Register,
    found: &mut Vec<Finding>,
) {
    let act = &reference.act;
    if let Some(known) = register.resembling(act) {
        let shown = act.number.as_deref().unwrap_or_default();
        match (known.date, act.date) {
            (Some(known_date), Some(date)) if known_date != date.0 => push(
                found,
                "reference-date-mismatch",
                Severity::Warning,
                Some(reference.span),
                format!(
                    "{shown} «{}» is dated {known_date}, the order says {date}",
                    shortened(&known.title)
                ),
            ),
            (Some(_), Some(_))
                if act
                    .title
                    .as_deref()
                    .is_some_and(|title| titles_contradict(title, &known.title)) =>
            {
                push(
                    found,
                    "reference-title-mismatch",
                    Severity::Warning,
                    Some(reference.span),
                    format!("{shown} is titled «{}»", shortened(&known.title)),
                );
            }
            _ => {}
        }
        let day = order.date.as_ref().map(|date| date.value.0);
        if let (Some(lost), Some(day)) = (known.lost_force, day)
            && lost <= day
            && known.date == act.date.map(|date| date.0)
            && reference.role != crate::order::Role::Repeals
        {
            push(
                found,
                "act-lost-force",
                Severity::Warning,
                Some(reference.span),
                format!("{shown} «{}» lost force on {lost}", shortened(&known.title)),
            );
        }
    }
}

/// Titles contradict where neither begins like the other: a title cut short is no contradiction, nor
/// is the name of a document that the act approves.
fn titles_contradict(cited: &str, known: &str) -> bool {
    /// Letters that must agree: enough to tell titles apart, few enough to forgive a misprint later.
    const SAME_START: usize = 24;
    // Most titles are cited as they are written: the same start, marks that are folded away counted in.
    let start = cited.char_indices().nth(2 * SAME_START);
    if known.starts_with(&cited[..start.map_or(cited.len(), |(end, _)| end)]) {
        return false;
    }
    let (cited, known) = (fold_title(cited), fold_title(known));
    if !(cited.starts_with("о ") || cited.starts_with("об ")) {
        return false;
    }
    cited
        .chars()
        .take(SAME_START)
        .ne(known.chars().take(SAME_START))
        && !known.starts_with(&cited)
        && !cited.starts_with(&known)
}

/// One number and date, two issuers: the program cannot know which is right, so both stay.
fn two_issuers(order: &Order, found: &mut Vec<Finding>) {
    let own = order.issuer.as_ref().map(|issuer| issuer.value.as_str());
    // «приказ министерства» is one of the ministry whose order this is.
    let body = |issuer: &str| slug(whole_name(issuer, own));
    let mut first: HashMap<(String, Date), &Act, RandomState> = HashMap::default();
    for reference in &order.references {
        let act = &reference.act;
        let (Some(number), Some(date), Some(issuer)) = (&act.number, act.date, &act.issuer) else {
            continue;
        };
        if !matches!(act.kind, ActType::Letter | ActType::AgencyOrder) {
            continue;
        }
        let known = *first.entry((number.to_lowercase(), date.0)).or_insert(act);
        let Some(other) = &known.issuer else { continue };
        if known.kind == act.kind && body(other) != body(issuer) {
            let message =
                format!("№ {number} of {date} is cited as issued by «{other}» and by «{issuer}»");
            push(
                found,
                "reference-two-issuers",
                Severity::Warning,
                Some(reference.span),
                message,
            );
        }
    }
}

/// «2», «Страница 1 из 4», «– 3 –»: what nobody misses of a page header or footer.
fn numbers_a_page(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| {
            word.bytes().all(|byte| byte.is_ascii_digit())
                || matches!(
                    fold(word).as_str(),
                    "страница" | "стр" | "с" | "лист" | "л" | "из"
                )
        })
}

/// Below this mean word confidence a reader should compare the text with the picture.
const LOW_OCR_CONFIDENCE: f64 = 0.8;

/// What the reader noticed of the source.
fn source(text: &Text, order: &Order, found: &mut Vec<Finding>) {
    for notice in &text.notices {
        let (code, severity) = match notice.kind {
            NoticeKind::TrackedChanges => ("tracked-changes", Severity::Warning),
            NoticeKind::PageImage => ("page-image", Severity::Info),
            NoticeKind::Strokes => ("ocr-marks-left-out", Severity::Info),
            NoticeKind::Handwriting => ("ocr-handwriting", Severity::Warning),
            NoticeKind::Unreadable => ("source-unreadable", Severity::Warning),
        };
        push(found, code, severity, notice.span, notice.message.clone());
    }
    let is_said = |aside: &&Aside| match aside.place {
        AsidePlace::Header | AsidePlace::Footer => !numbers_a_page(&aside.text),
        AsidePlace::Hidden | AsidePlace::Comment => true,
    };
    for aside in text.asides.iter().filter(is_said) {
        let (code, what) = match aside.place {
            AsidePlace::Hidden => ("hidden-text", "hidden text"),
            AsidePlace::Header => ("text-outside-body", "a page header"),
            AsidePlace::Footer => ("text-outside-body", "a page footer"),
            AsidePlace::Comment => ("text-outside-body", "a comment"),
        };
        let severity = if aside.place == AsidePlace::Hidden {
            Severity::Warning
        } else {
            Severity::Info
        };
        push(
            found,
            code,
            severity,
            None,
            format!(
                "{what} was left out: «{}»",
                shortened(&aside.text.replace('\n', " "))
            ),
        );
    }
    if order.text.is_empty() {
        push(
            found,
            "text-missing",
            Severity::Warning,
            None,
            "the document holds no text",
        );
    }
    if let Some(ocr) = &order.source.ocr
        && ocr.confidence < LOW_OCR_CONFIDENCE
    {
        let percent = ocr.confidence * 100.0;
        push(
            found,
            "ocr-low-confidence",
            Severity::Warning,
            None,
            format!("the text was recognised with a confidence of {percent:.0} %"),
        );
    }
}

/// The beginning of a long quotation, for a message of one line.
fn shortened(words: &str) -> String {
    const LONGEST: usize = 80;
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(LONGEST).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_number_is_nothing_left_out() {
        for (text, numbers) in [
            ("2", true),
            ("Страница 1 из 4", true),
            ("– 3 –", true),
            ("", true),
            ("Приказ № 4", false),
            ("Для служебного пользования", false),
        ] {
            assert_eq!(numbers_a_page(text), numbers, "{text}");
        }
    }
}
