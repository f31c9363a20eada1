//! The spans of a record: from bytes to code points, and how JSON writes them.
//!
//! In: a record whose spans are UTF-8 bytes of its text. Out: the same record in code points; `[start, end]` in JSON.
//! Must never: pass over a span that a record can hold.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::code_points::CodePoints;
use super::{Clause, Order};
use crate::text::Span;

impl Order {
    /// Turns every span from UTF-8 bytes of [`Order::text`] into code points of it.
    pub(crate) fn count_spans_in_code_points(&mut self) {
        let text = std::mem::take(&mut self.text);
        let counter = CodePoints::new(&text);
        self.each_span(&mut |span| {
            *span = Span::new(counter.at_byte(span.start), counter.at_byte(span.end));
        });
        self.text = text;
    }

    /// Calls `visit` on every span of the record.
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        fn clauses(list: &mut [Clause], visit: &mut dyn FnMut(&mut Span)) {
            for clause in list {
                visit(&mut clause.span);
                clauses(&mut clause.children, visit);
            }
        }
        let strings = [
            &mut self.issuer,
            &mut self.number,
            &mut self.place,
            &mut self.title,
            &mut self.preamble,
            &mut self.enacting,
        ];
        strings
            .into_iter()
            .flatten()
            .for_each(|field| visit(&mut field.span));
        self.kind
            .iter_mut()
            .for_each(|field| visit(&mut field.span));
        self.date
            .iter_mut()
            .for_each(|field| visit(&mut field.span));
        clauses(&mut self.clauses, visit);
        self.references
            .iter_mut()
            .for_each(|reference| visit(&mut reference.span));
        self.signatories
            .iter_mut()
            .for_each(|signatory| visit(&mut signatory.span));
        self.acknowledged
            .iter_mut()
            .for_each(|acknowledgement| visit(&mut acknowledgement.span));
        self.people
            .iter_mut()
            .flat_map(|person| &mut person.mentions)
            .for_each(&mut *visit);
        self.appendices
            .iter_mut()
            .for_each(|appendix| visit(&mut appendix.span));
        self.findings
            .iter_mut()
            .filter_map(|finding| finding.span.as_mut())
            .for_each(visit);
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [start, end] = <[usize; 2]>::deserialize(deserializer)?;
        if start > end {
            return Err(serde::de::Error::custom(
                "a span must not end before it starts",
            ));
        }
        Ok(Self { start, end })
    }
}

impl JsonSchema for Span {
    fn schema_name() -> Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "[start, end) in Unicode code points of `text`",
            "type": "array",
            "items": { "type": "integer", "minimum": 0 },
            "minItems": 2,
            "maxItems": 2
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_ends_before_it_starts_is_refused() {
        assert!(serde_json::from_str::<Span>("[3,2]").is_err());
        assert_eq!(
            serde_json::from_str::<Span>("[2,3]").ok(),
            Some(Span::new(2, 3))
        );
    }
}
