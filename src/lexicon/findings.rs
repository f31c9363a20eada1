//! What findings say in Russian.
//!
//! In: `findings.tsv`, the code and the English message of a finding. Out: the sentence for people who read Russian.
//! Must never: leave out what a message names, where the table has a form for it.

/// What stands for a word or a number of a message.
const SLOT: &str = "{}";

/// A finding in Russian; a finding without a line in the table in its own words.
#[must_use]
pub fn in_russian(code: &str, message: &str) -> String {
    rows()
        .filter(|row| row.code == code)
        .find_map(|row| {
            let named = match row.english {
                "-" => Vec::new(),
                form => named_by(form, message)?,
            };
            Some(filled(row.russian, &named))
        })
        .unwrap_or_else(|| message.to_owned())
}

struct Row {
    code: &'static str,
    english: &'static str,
    russian: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    include_str!("findings.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some(Row {
                code: columns.next()?,
                english: columns.next()?,
                russian: columns.next()?,
            })
        })
}

/// What stands in the places of a form that a message has; `None` where it is of another form.
fn named_by<'a>(form: &str, message: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = form.split(SLOT);
    let mut rest = message.strip_prefix(pieces.next()?)?;
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else {
        return rest.is_empty().then(Vec::new);
    };
    let mut named = Vec::with_capacity(pieces.len() + 1);
    rest = rest.strip_suffix(last)?;
    for piece in pieces {
        let (before, behind) = rest.split_once(piece)?;
        named.push(before);
        rest = behind;
    }
    named.push(rest);
    Some(named)
}

fn filled(form: &str, named: &[&str]) -> String {
    let mut named = named.iter();
    let mut sentence = String::with_capacity(form.len());
    for (index, piece) in form.split(SLOT).enumerate() {
        if index > 0 {
            sentence.push_str(named.next().copied().unwrap_or_default());
        }
        sentence.push_str(piece);
    }
    sentence
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn messages_are_said_with_what_they_name() {
        for (code, message, said) in [
            (
                "signatory-missing",
                "no name of a person who signed",
                "нет имени подписавшего",
            ),
            (
                "reference-date-mismatch",
                "152-ФЗ «О персональных данных» is dated 2006-07-27, the order says 2006-07-28",
                "152-ФЗ «О персональных данных» — дата по реестру 2006-07-27, в документе 2006-07-28",
            ),
            (
                "text-outside-body",
                "a comment was left out: «проверить «срок»»",
                "примечание не вошло: «проверить «срок»»",
            ),
            (
                "source-unreadable",
                "page 3: something new",
                "часть файла не прочитана",
            ),
            ("of-another-version", "a message", "a message"),
        ] {
            assert_eq!(in_russian(code, message), said);
        }
    }

    #[test]
    fn both_sides_of_a_line_name_as_much() {
        for row in rows() {
            let slots = |form: &str| form.matches(SLOT).count();
            let expected = if row.english == "-" {
                0
            } else {
                slots(row.english)
            };
            assert_eq!(slots(row.russian), expected, "{}", row.russian);
        }
    }

    /// The codes are the words with hyphens between quotation marks of the file that reports them.
    #[test]
    fn every_code_that_can_be_reported_has_a_line_for_any_message() {
        let reported: BTreeSet<&str> = include_str!("../parse/findings.rs")
            .split('"')
            .skip(1)
            .step_by(2)
            .filter(|word| {
                word.contains('-') && word.chars().all(|c| c == '-' || c.is_ascii_lowercase())
            })
            .collect();
        let for_any: BTreeSet<&str> = rows()
            .filter(|row| row.english == "-")
            .map(|row| row.code)
            .collect();
        assert!(reported.len() > 20, "{reported:?}");
        assert_eq!(reported, for_any);
    }
}
