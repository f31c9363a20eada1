//! The grammar of queries: operators, brackets, fields and runs of words.
//!
//! In: lexical units. Out: a [`Query`], or an error at bytes of the line. Must never: recurse deeper
//! than [`MAX_DEPTH`].

use super::fields::{self, Field};
use super::understanding::understood;
use super::units::{Placed, Unit};
use super::{MAX_DEPTH, MAX_PARTS, MAX_VALUE, Query, QueryError, error, grouped};
use crate::index::tokens_of;
use crate::lexicon::register::Register;
use crate::text::Span;

/// Reads a whole query.
pub(super) fn query(
    line: &str,
    units: &[Placed],
    plain: bool,
    register: &Register,
) -> Result<Query, QueryError> {
    let mut parser = Parser {
        line,
        units,
        at: 0,
        depth: 0,
        plain,
        register,
    };
    let query = parser.any()?;
    if let Some((_, span)) = parser.units.get(parser.at) {
        return Err(error(*span, UNOPENED, "уберите её"));
    }
    let whole = Span::new(0, line.len());
    let Some(query) = query else {
        return Err(error(
            whole,
            "запрос пуст",
            "наберите слово, закон, фамилию или номер",
        ));
    };
    if parts(&query) > MAX_PARTS {
        return Err(error(
            whole,
            format!("в запросе больше {MAX_PARTS} частей"),
            "уберите неважное",
        ));
    }
    if only_excludes(&query) {
        return Err(error(
            whole,
            "сказано только, чего не искать",
            "добавьте, что искать",
        ));
    }
    Ok(query)
}

const UNOPENED: &str = "скобка закрыта, но не открыта";

/// Words, acts, names and values.
fn parts(query: &Query) -> usize {
    match query {
        Query::All(inner) | Query::Any(inner) => inner.iter().map(parts).sum(),
        Query::Not(inner) => parts(inner),
        _ => 1,
    }
}

fn only_excludes(query: &Query) -> bool {
    match query {
        Query::Not(_) => true,
        Query::All(parts) => parts.iter().all(only_excludes),
        Query::Any(parts) => parts.iter().any(only_excludes),
        _ => false,
    }
}

/// What stands between quotation marks.
fn within(quoted: Span) -> Span {
    Span::new(quoted.start + 1, quoted.end - 1)
}

struct Parser<'a> {
    line: &'a str,
    units: &'a [Placed],
    at: usize,
    /// Brackets and negations that are open.
    depth: usize,
    plain: bool,
    register: &'a Register,
}

impl Parser<'_> {
    /// One group or several joined by OR.
    fn any(&mut self) -> Result<Option<Query>, QueryError> {
        let mut parts = Vec::new();
        loop {
            let part = self.all()?;
            let Some((Unit::Or, span)) = self.units.get(self.at).cloned() else {
                parts.extend(part);
                break;
            };
            let Some(part) = part else {
                return Err(error(span, "перед ИЛИ ничего нет", "напишите: а ИЛИ б"));
            };
            parts.push(part);
            self.at += 1;
            if matches!(self.units.get(self.at), None | Some((Unit::Close, _))) {
                return Err(error(span, "после ИЛИ ничего нет", "напишите: а ИЛИ б"));
            }
        }
        Ok(match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(Query::Any(parts)),
        })
    }

    /// Parts that must all be met.
    fn all(&mut self) -> Result<Option<Query>, QueryError> {
        let mut parts = Vec::new();
        while let Some((unit, span)) = self.units.get(self.at).cloned() {
            match unit {
                Unit::Or | Unit::Close => break,
                Unit::And => {
                    self.at += 1;
                    if parts.is_empty()
                        || matches!(
                            self.units.get(self.at),
                            None | Some((Unit::Or | Unit::Close | Unit::And, _))
                        )
                    {
                        return Err(error(
                            span,
                            "И должно соединять две части",
                            "напишите: а И б",
                        ));
                    }
                }
                Unit::Word => parts.extend(self.free_text()?),
                _ => parts.push(self.one()?),
            }
        }
        Ok(grouped(parts))
    }

    /// A phrase, group, exclusion or field.
    fn one(&mut self) -> Result<Query, QueryError> {
        let Some((unit, span)) = self.units.get(self.at).cloned() else {
            let before = self.at.checked_sub(1).and_then(|last| self.units.get(last));
            return Err(error(
                before.map_or(Span::new(0, self.line.len()), |(_, span)| *span),
                "в конце чего-то не хватает",
                "допишите запрос или уберите последнее слово",
            ));
        };
        match unit {
            Unit::Word => self.first_of_words(),
            Unit::Phrase(words) => {
                self.at += 1;
                fields::valued(Field::Phrase, &words, within(span), self.register)
            }
            Unit::Not => {
                self.at += 1;
                self.deeper(span)?;
                let excluded = self.one()?;
                self.depth -= 1;
                Ok(Query::Not(Box::new(excluded)))
            }
            Unit::Field(field) => {
                self.at += 1;
                self.field(field, span)
            }
            Unit::Open => {
                self.at += 1;
                self.bracketed(span)
            }
            Unit::Or | Unit::And => Err(error(
                span,
                "вместо слова стоит И, ИЛИ или НЕ",
                "напишите: а И б, а ИЛИ б, а НЕ б",
            )),
            Unit::Close => Err(error(span, UNOPENED, "уберите её")),
        }
    }

    fn deeper(&mut self, span: Span) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(error(
                span,
                "слишком много вложенных скобок",
                "упростите запрос",
            ));
        }
        Ok(())
    }

    fn bracketed(&mut self, open: Span) -> Result<Query, QueryError> {
        self.deeper(open)?;
        let inner = self.any()?;
        self.depth -= 1;
        match (self.units.get(self.at), inner) {
            (Some((Unit::Close, _)), Some(inner)) => {
                self.at += 1;
                Ok(inner)
            }
            (Some((Unit::Close, _)), None) => Err(error(
                open,
                "скобки пусты",
                "впишите слова между ними или уберите их",
            )),
            _ => Err(error(open, "скобка не закрыта", "закройте её знаком )")),
        }
    }

    /// The words that follow each other from here on.
    fn run(&self) -> Result<Span, QueryError> {
        let start = self
            .units
            .get(self.at)
            .map_or(self.line.len(), |(_, span)| span.start);
        let end = self.units[self.at.min(self.units.len())..]
            .iter()
            .take_while(|(unit, _)| *unit == Unit::Word)
            .last()
            .map_or(start, |(_, span)| span.end);
        let run = Span::new(start, end);
        if run.of(self.line).chars().count() > MAX_VALUE {
            return Err(error(run, "слишком много слов подряд", "уберите неважное"));
        }
        Ok(run)
    }

    /// Goes on behind the units that begin before a byte.
    fn go_on_from(&mut self, byte: usize) {
        while self
            .units
            .get(self.at)
            .is_some_and(|(_, span)| span.start < byte)
        {
            self.at += 1;
        }
    }

    /// Words in a row are understood together: a citation or a name has several.
    fn free_text(&mut self) -> Result<Vec<Query>, QueryError> {
        let run = self.run()?;
        self.go_on_from(run.end);
        let words = run.of(self.line);
        if self.plain {
            Ok(tokens_of(words)
                .into_iter()
                .map(|token| Query::Word(words[token.start..token.end].to_owned()))
                .collect())
        } else {
            understood(words, run.start, self.depth, self.register)
        }
    }

    /// What an exclusion excludes: the act, name, number or period that begins here, or one word.
    fn first_of_words(&mut self) -> Result<Query, QueryError> {
        let run = self.run()?;
        let recognised = crate::parse::query::recognise(run.of(self.line), self.register)
            .into_iter()
            .next()
            .filter(|part| part.span.start == 0)
            .map(|part| run.start + part.span.end);
        let word = self.units[self.at].1;
        let end = recognised.map_or(word.end, |end| end.max(word.end));
        self.go_on_from(end);
        let excluded = Span::new(run.start, end);
        let parts = understood(
            excluded.of(self.line),
            excluded.start,
            self.depth,
            self.register,
        )?;
        grouped(parts).ok_or_else(|| {
            error(
                excluded,
                format!("«{}» — не слово", excluded.of(self.line)),
                "напишите слово или уберите это",
            )
        })
    }

    /// The value behind a field's name: a phrase, or as many words as it has.
    fn field(&mut self, field: Field, name: Span) -> Result<Query, QueryError> {
        // «год: 2024»: a space behind the colon changes nothing.
        let adjacent = self.units.get(self.at);
        match adjacent.cloned() {
            Some((Unit::Phrase(words), span)) => {
                self.at += 1;
                fields::valued(field, &words, within(span), self.register)
            }
            Some((Unit::Word, word)) => {
                let run = self.run()?;
                let reach = field.reach(run.of(self.line), self.register);
                let end = reach
                    .map_or(word.end, |reach| run.start + reach)
                    .max(word.end);
                self.go_on_from(end);
                let value = Span::new(run.start, end);
                fields::valued(field, value.of(self.line), value, self.register)
            }
            _ => Err(error(
                name,
                "у поля нет значения",
                "напишите значение сразу после двоеточия; если в нём несколько слов — в кавычках",
            )),
        }
    }
}
