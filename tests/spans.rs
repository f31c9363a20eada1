//! Every value of every order leads back to its words: the spans of records are sliced and compared.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "support/documents.rs"]
mod documents;

use documents::{all_orders, record};
use prikaz::order::{Clause, Order};
use prikaz::text::Span;

/// The words of a text without case, white space and marks, «е» for «ё».
fn letters(words: &str) -> String {
    words
        .to_lowercase()
        .replace('ё', "е")
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

struct Slices {
    characters: Vec<char>,
}

impl Slices {
    fn of(order: &Order) -> Self {
        Self {
            characters: order.text.chars().collect(),
        }
    }

    /// The characters of a span, which must lie inside the text.
    fn slice(&self, span: Span) -> String {
        assert!(
            span.start <= span.end && span.end <= self.characters.len(),
            "{span:?} lies outside the text"
        );
        self.characters[span.start..span.end].iter().collect()
    }
}

#[test]
fn every_value_slices_to_its_words() {
    for path in all_orders() {
        let order = record(&path);
        let text = Slices::of(&order);
        let name = path.display();
        let strings = [
            ("issuer", &order.issuer),
            ("number", &order.number),
            ("place", &order.place),
            ("title", &order.title),
            ("preamble", &order.preamble),
            ("enacting", &order.enacting),
        ];
        for (field, value) in strings {
            let Some(value) = value else { continue };
            let sliced = text.slice(value.span);
            assert_eq!(sliced, value.raw, "{name}: {field}");
            // An issuer that only the line of the kind names is brought to the nominative.
            if field != "issuer" {
                assert!(
                    letters(&sliced).contains(&letters(&value.value)),
                    "{name}: {field} «{}» is not in «{sliced}»",
                    value.value
                );
            }
        }
        if let Some(date) = &order.date {
            assert_eq!(text.slice(date.span), date.raw, "{name}");
            let day = date.value.0.day().to_string();
            assert!(date.raw.contains(&day), "{name}: {} in {}", day, date.raw);
        }
        if let Some(kind) = &order.kind {
            assert_eq!(text.slice(kind.span), kind.raw, "{name}");
            assert_eq!(letters(&kind.raw), kind.value.name(), "{name}");
        }
        for clause in &order.clauses {
            clause_and_children(clause, &text, &path.display().to_string());
        }
        references(&order, &text, &path.display().to_string());
        people(&order, &text, &path.display().to_string());
        for appendix in &order.appendices {
            let sliced = text.slice(appendix.span);
            assert!(
                letters(&sliced).contains(&letters(&appendix.label)),
                "{name}: {}",
                appendix.label
            );
            let title = appendix.title.as_deref().unwrap_or_default();
            assert!(
                letters(&sliced).contains(&letters(title)),
                "{name}: {title}"
            );
        }
        for span in order.findings.iter().filter_map(|finding| finding.span) {
            text.slice(span);
        }
    }
}

fn clause_and_children(clause: &Clause, text: &Slices, name: &str) {
    let sliced = text.slice(clause.span);
    let printed = format!(
        "{}{}",
        clause.label.as_deref().unwrap_or_default(),
        clause.text
    );
    assert_eq!(
        letters(&sliced),
        letters(&printed),
        "{name}: {}",
        clause.address
    );
    for child in &clause.children {
        clause_and_children(child, text, name);
    }
}

fn references(order: &Order, text: &Slices, name: &str) {
    for reference in &order.references {
        let sliced = text.slice(reference.span);
        assert_eq!(sliced, reference.raw, "{name}");
        // What the citation does not print itself, it says where it has it from; acts of a list led by one
        // kind word take only that from the lead.
        if reference.via.is_none()
            && let Some(number) = &reference.act.number
        {
            let figures: String = number.chars().filter(char::is_ascii_digit).collect();
            let printed: String = sliced.chars().filter(char::is_ascii_digit).collect();
            assert!(printed.contains(&figures), "{name}: {number} in «{sliced}»");
        }
    }
}

fn people(order: &Order, text: &Slices, name: &str) {
    /// A surname keeps this many letters in every case.
    const STEM: usize = 2;
    for person in &order.people {
        assert!(!person.mentions.is_empty(), "{name}: {}", person.surname);
        let stem: String = letters(&person.surname).chars().take(STEM).collect();
        for &mention in &person.mentions {
            let sliced = letters(&text.slice(mention));
            assert!(sliced.contains(&stem), "{name}: {stem} in {sliced}");
        }
    }
    for signatory in &order.signatories {
        let sliced = letters(&text.slice(signatory.span));
        let person = &order.people[signatory.person];
        let stem: String = letters(&person.surname).chars().take(STEM).collect();
        assert!(sliced.contains(&stem), "{name}: {stem} in {sliced}");
        let position = signatory.position.as_deref().unwrap_or_default();
        assert!(sliced.contains(&letters(position)), "{name}: {position}");
    }
    for entry in &order.acknowledged {
        let sliced = letters(&text.slice(entry.span));
        let stem: String = letters(&order.people[entry.person].surname)
            .chars()
            .take(STEM)
            .collect();
        assert!(sliced.contains(&stem), "{name}: {stem} in {sliced}");
    }
}
