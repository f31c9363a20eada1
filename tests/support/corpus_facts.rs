//! Reads `corpus/expected/*.facts` (explained in `corpus/README.md`): what a careful reader takes
//! from an order.
//!
//! In: the text of a facts file and the words of the order. Out: a label, one JSON object.
//! Must never: label what the order does not say. Every quoted piece is looked up in the words.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value, json};

/// Reads the facts of one order and checks them against `text`, the words of that order.
pub(crate) fn parse(facts: &str, text: &str) -> Result<Map<String, Value>> {
    let words = squeeze(text);
    let mut label = Map::new();
    for key in ["kind", "number", "date", "title", "issuer", "place"] {
        label.insert(key.to_owned(), Value::Null);
    }
    let mut lists: [(&str, Vec<Value>); 7] = [
        "signatories",
        "acknowledged",
        "clauses",
        "appendices",
        "references",
        "persons",
        "findings",
    ]
    .map(|key| (key, Vec::new()));
    let mut unnumbered = 0_u64;
    let mut lines = facts.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let place = || format!("line {}: {line}", index + 1);
        let (key, value) = line.split_once(':').with_context(place)?;
        let value = value.trim();
        let fields: Vec<&str> = value.split('|').map(str::trim).collect();
        let mut add = |list: &str, item: Value| {
            for (key, items) in &mut lists {
                if *key == list {
                    items.push(item.clone());
                }
            }
        };
        match key {
            "kind" | "number" | "date" | "title" | "issuer" | "place" => {
                if matches!(key, "title" | "place") {
                    printed(&words, value).with_context(place)?;
                }
                if !value.is_empty() {
                    label.insert(key.to_owned(), json!(value));
                }
            }
            "signatory" => {
                let [position, name, mention] = exactly(&fields).with_context(place)?;
                printed(&words, position).with_context(place)?;
                let mut signatory = person(name).with_context(place)?;
                signatory.insert("position".to_owned(), json!(position));
                add("signatories", Value::Object(signatory));
                add(
                    "persons",
                    mentioned(&words, "signatory", name, mention).with_context(place)?,
                );
            }
            "acknowledged" => {
                let [name, mention] = exactly(&fields).with_context(place)?;
                add("acknowledged", Value::Object(person(name)?));
                add(
                    "persons",
                    mentioned(&words, key, name, mention).with_context(place)?,
                );
            }
            "assigned" | "approver" | "executor" | "mentioned" => {
                let [name, mention] = exactly(&fields).with_context(place)?;
                add(
                    "persons",
                    mentioned(&words, key, name, mention).with_context(place)?,
                );
            }
            "clauses" => value
                .split_whitespace()
                .for_each(|clause| add("clauses", json!(clause))),
            "unnumbered" => unnumbered = value.parse().with_context(place)?,
            "appendix" => {
                let [name, title, clauses] = exactly(&fields).with_context(place)?;
                let clauses: Vec<&str> = clauses.split_whitespace().collect();
                add(
                    "appendices",
                    json!({"label": name, "title": title, "clauses": clauses}),
                );
            }
            "reference" => {
                let (_, meaning) = lines.next().with_context(place)?;
                add(
                    "references",
                    reference(&words, value, meaning).with_context(place)?,
                );
            }
            "finding" => add("findings", json!(value)),
            _ => bail!("{}: unknown key", place()),
        }
    }
    label.insert("unnumbered_clauses".to_owned(), json!(unnumbered));
    for (key, items) in lists {
        label.insert(key.to_owned(), Value::Array(items));
    }
    Ok(label)
}

fn exactly<'a, const N: usize>(fields: &[&'a str]) -> Result<[&'a str; N]> {
    <[&str; N]>::try_from(fields).ok().with_context(|| {
        format!(
            "{N} fields are wanted, separated by |, not {}",
            fields.len()
        )
    })
}

/// `where | raw`, and under it `= type | number | date | locators | title | issuer | mention`.
fn reference(words: &str, value: &str, meaning: &str) -> Result<Value> {
    let (place, raw) = value.split_once('|').context("where | raw")?;
    let (place, raw) = (place.trim(), raw.trim());
    printed(words, raw)?;
    let meaning = meaning
        .trim()
        .strip_prefix('=')
        .context("the line under a reference starts with =")?;
    let fields: Vec<&str> = meaning.split('|').map(str::trim).collect();
    ensure!(
        (1..=7).contains(&fields.len()),
        "at most 7 fields after the ="
    );
    let field = |index: usize| fields.get(index).copied().filter(|field| !field.is_empty());
    let title = match field(4) {
        Some("«»") => Some(quoted(raw).context("no quotation marks in the citation")?),
        other => other,
    };
    let locators = field(3)
        .unwrap_or_default()
        .split_whitespace()
        .map(locator)
        .collect::<Result<Vec<_>>>()?;
    let (mention, antecedent) = field(6)
        .unwrap_or("full")
        .split_once(' ')
        .map_or((field(6).unwrap_or("full"), None), |(mention, of)| {
            (mention, Some(of))
        });
    Ok(json!({
        "type": field(0), "number": field(1), "date": field(2), "locators": locators,
        "title": title, "issuer": field(5), "raw": raw, "where": place, "mention": mention,
        "resolves_to": antecedent.map(str::parse::<usize>).transpose()?,
    }))
}

/// What stands between the first opening and the last closing quotation mark. Where one mark
/// closes two levels it belongs to the inner one and stays.
fn quoted(raw: &str) -> Option<&str> {
    let inner = raw.split_once('«')?.1;
    let unclosed = inner.matches('«').count() >= inner.matches('»').count();
    if unclosed {
        Some(inner)
    } else {
        Some(inner.rsplit_once('»')?.0)
    }
}

/// `ст10/ч8`, `п2/ппа`, `ст5/абз2`: the parts of a pinpoint from the widest to the narrowest.
fn locator(path: &str) -> Result<Value> {
    let mut parts: Map<String, Value> = ["article", "part", "point", "subpoint", "paragraph"]
        .map(|key| (key.to_owned(), Value::Null))
        .into_iter()
        .collect();
    for step in path.split('/') {
        let (key, value) = [
            ("ст", "article"),
            ("ч", "part"),
            ("прил", "appendix"),
            ("пп", "subpoint"),
            ("п", "point"),
            ("абз", "paragraph"),
            ("гл", "chapter"),
            ("разд", "section"),
        ]
        .iter()
        .find_map(|(prefix, key)| step.strip_prefix(prefix).map(|value| (*key, value)))
        .with_context(|| format!("unknown pinpoint {step}"))?;
        parts.insert(key.to_owned(), json!(value));
    }
    Ok(Value::Object(parts))
}

/// `Громова Елена Викторовна` or `Громова Е.В.`
fn person(name: &str) -> Result<Map<String, Value>> {
    let mut words = name.split_whitespace();
    let surname = words.next().context("a person wants a name")?;
    let rest: Vec<&str> = words.collect();
    let mut person = Map::new();
    person.insert("surname".to_owned(), json!(surname));
    let (given, patronymic, initials) = match rest.as_slice() {
        [] => (None, None, None),
        [initials] if initials.ends_with('.') => (None, None, Some((*initials).to_owned())),
        [given, patronymic @ ..] => {
            let initials = rest
                .iter()
                .filter_map(|word| word.chars().next())
                .fold(String::new(), |all, letter| format!("{all}{letter}."));
            (Some(*given), patronymic.first().copied(), Some(initials))
        }
    };
    person.insert("given".to_owned(), json!(given));
    person.insert("patronymic".to_owned(), json!(patronymic));
    person.insert("initials".to_owned(), json!(initials));
    Ok(person)
}

fn mentioned(words: &str, role: &str, name: &str, mentions: &str) -> Result<Value> {
    let mentions: Vec<&str> = mentions.split(';').map(str::trim).collect();
    for mention in &mentions {
        printed(words, mention)?;
    }
    let mut person = person(name)?;
    person.insert("role".to_owned(), json!(role));
    person.insert("mentions".to_owned(), json!(mentions));
    Ok(Value::Object(person))
}

fn printed(words: &str, piece: &str) -> Result<()> {
    ensure!(
        words.contains(&squeeze(piece)),
        "the order does not say «{piece}»"
    );
    Ok(())
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
