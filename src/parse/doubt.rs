//! What the recogniser doubts, the record is not sure of.
//!
//! In: an order whose spans are bytes, its tokens, and the places of its words with their confidences. Out: the same
//! order, the confidence of each value no greater than what the words it was read from allow.
//! Must never: raise a confidence, or touch an order that was not recognised.

use super::lexer::Tokens;
use crate::order::{Clause, Field, Order};
use crate::text::{Place, Span, Text};

/// How sure a date or a provision can be in which a letter stands for a digit: what misread one may have misread
/// another that does not show.
const MISREAD: f64 = 0.85;

/// Lowers the confidences of an order to what its words allow.
pub(super) fn doubt(order: &mut Order, text: &Text, tokens: &Tokens<'_>) {
    doubt_misread(order, tokens.misread());
    let words: Vec<&Place> = text
        .places
        .iter()
        .filter(|place| place.confidence.is_some())
        .filter(|place| text.slice(place.span).contains(char::is_alphanumeric))
        .collect();
    if words.is_empty() {
        return;
    }
    let doubts = Doubts { words };
    doubts.field(order.kind.as_mut());
    doubts.field(order.issuer.as_mut());
    doubts.field(order.number.as_mut());
    doubts.field(order.date.as_mut());
    doubts.field(order.place.as_mut());
    doubts.field(order.title.as_mut());
    doubts.field(order.preamble.as_mut());
    doubts.field(order.enacting.as_mut());
    for reference in &mut order.references {
        doubts.lower(&mut reference.confidence, reference.span);
    }
    for signatory in &mut order.signatories {
        doubts.lower(&mut signatory.confidence, signatory.span);
    }
    let mut waiting: Vec<&mut Clause> = order.clauses.iter_mut().collect();
    while let Some(clause) = waiting.pop() {
        doubts.lower(&mut clause.confidence, clause.span);
        waiting.extend(clause.children.iter_mut());
    }
}

/// Lowers the date and the references whose figures have letters for digits. What else they stand in is given as
/// printed.
fn doubt_misread(order: &mut Order, misread: &[Span]) {
    if misread.is_empty() {
        return;
    }
    let lower = |confidence: &mut f64, span: Span| {
        let first = misread.partition_point(|figures| figures.end <= span.start);
        if misread
            .get(first)
            .is_some_and(|figures| figures.start < span.end)
        {
            *confidence = confidence.min(MISREAD);
        }
    };
    if let Some(date) = &mut order.date {
        lower(&mut date.confidence, date.span);
    }
    for reference in &mut order.references {
        lower(&mut reference.confidence, reference.span);
    }
}

/// The words of a text that were recognised, in its order.
struct Doubts<'a> {
    words: Vec<&'a Place>,
}

impl Doubts<'_> {
    fn field<T>(&self, field: Option<&mut Field<T>>) {
        if let Some(field) = field {
            self.lower(&mut field.confidence, field.span);
        }
    }

    fn lower(&self, confidence: &mut f64, span: Span) {
        *confidence = confidence.min(self.allowed(span));
    }

    /// The greatest confidence that the words under a span allow.
    fn allowed(&self, span: Span) -> f64 {
        let first = self
            .words
            .partition_point(|word| word.span.end <= span.start);
        self.words[first..]
            .iter()
            .take_while(|word| word.span.start < span.end)
            .filter_map(|word| word.confidence)
            .map(f64::from)
            .fold(1.0, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::register::Register;
    use crate::order::{Format, Source};
    use crate::parse::{Document, parse};
    use crate::text::{Alignment, Bounds, Origin, TextBuilder};

    /// The order of these lines, each word recognised with this confidence but one of them.
    fn order(lines: &[&str], doubtful: &str, confidence: Option<f32>) -> crate::order::Order {
        let mut builder = TextBuilder::default();
        for line in lines {
            builder.start(Origin::Body, Alignment::Start);
            for word in line.split(' ') {
                let sure = if word == doubtful {
                    confidence
                } else {
                    Some(0.99)
                };
                builder.push_placed(word, 1, Bounds::default(), sure);
                builder.push_str(" ");
            }
        }
        let source = Source {
            path: "order".to_owned(),
            format: Format::Image,
            bytes: 0,
            modified: None,
            pages: None,
            ocr: None,
        };
        let document = Document {
            id: String::new(),
            source,
            today: jiff::civil::date(2026, 1, 1),
            register: Register::built_in(),
        };
        parse(&builder.into_text(), document)
    }

    #[test]
    fn a_date_with_letters_for_digits_is_less_sure_than_print() {
        let confidence = |date: &str| {
            let lines = [
                "ПРИКАЗ",
                date,
                "О музее",
                "ПРИКАЗЫВАЮ:",
                "1. Открыть музей.",
            ];
            let found = order(&lines, "", None).date.unwrap();
            (found.value.to_string(), found.confidence)
        };
        let (printed, sure) = confidence("06.10.2023");
        let (misread, doubtful) = confidence("О6.10.2О23");
        assert_eq!(misread, printed);
        assert!(doubtful <= super::MISREAD && super::MISREAD < sure);
    }

    #[test]
    fn a_value_is_no_surer_than_its_least_sure_word() {
        let lines = [
            "ООО «Гранит»",
            "ПРИКАЗ",
            "от 06.03.2024 № 14",
            "О защите данных",
            "ПРИКАЗЫВАЮ:",
            "1. Назначить ответственной Иванову А.А.",
            "Директор П.П. Петров",
        ];
        let confidences = |doubtful: &str, confidence: Option<f32>| {
            let order = order(&lines, doubtful, confidence);
            [
                order.number.unwrap().confidence,
                order.date.unwrap().confidence,
                order.clauses[0].confidence,
                order.signatories[0].confidence,
            ]
        };
        let sure = confidences("", None);
        for (doubtful, value) in [("14", 0), ("06.03.2024", 1), ("Иванову", 2), ("Петров", 3)]
        {
            let doubted = confidences(doubtful, Some(0.31));
            for index in 0..sure.len() {
                let expected = if index == value { 0.31 } else { sure[index] };
                assert!(
                    (doubted[index] - expected).abs() < 1e-6,
                    "{doubtful}: {doubted:?}"
                );
            }
        }
        // Marks say nothing of the words, nor does what the file itself says.
        for (doubtful, confidence) in [("№", Some(0.1)), ("14", None)] {
            let same = confidences(doubtful, confidence)
                .iter()
                .zip(sure)
                .all(|(one, other)| (one - other).abs() < 1e-6);
            assert!(same, "{doubtful}");
        }
    }
}
