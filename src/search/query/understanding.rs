//! Free text of a query → what is recognised in it, and the rest as words.
//!
//! In: a run of words. Out: parts of a query. What is recognised is kept together with words by which
//! it is recognised alone, so that it can be printed and read back. Must never: leave a word out.

use jiff::civil::Date;

use super::asked::{OF_ANY_KIND, of_other_form};
use super::beside::{cited_too, counted, ends_before_it_begins, meant_together, with_either_sign};
use super::fields::{Field, kind_of, valued};
use super::people::{surname_too, word_or_name};
use super::{AskedAct, AskedPerson, MAX_DEPTH, Query, QueryError, error, grouped};
use crate::index::tokens_of;
use crate::lexicon::morphology::fold;
use crate::lexicon::register::{Register, is_code_abbreviation};
use crate::order::{Act, ActType, Kind, Reference};
use crate::parse::pinpoints;
use crate::parse::query::{Meaning, recognise};
use crate::text::Span;

/// What a run of words means. `at`: where it begins in the line. `depth`: brackets around it.
pub(super) fn understood(
    words: &str,
    at: usize,
    depth: usize,
    register: &Register,
) -> Result<Vec<Query>, QueryError> {
    if let Some(day) = no_day(words) {
        return Err(error(
            Span::new(at + day.start, at + day.end),
            format!("дня «{}» нет в календаре", day.of(words)),
            "напишите день, который есть, например 29.02.2024, или слово: перед тем, что не день",
        ));
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for part in recognise(words, register) {
        parts.extend(plain_words(
            words,
            Span::new(from, part.span.start),
            at,
            register,
        )?);
        let signed = part.span.of(words).starts_with(['№', 'N']);
        if let Meaning::Number(number) = &part.meaning
            && signed
            && let Some(counted) = counted(parts.last(), number)
        {
            parts.pop();
            parts.push(counted);
            from = part.span.end;
            continue;
        }
        parts.push(match part.meaning {
            Meaning::Act(reference) => {
                let place = Span::new(at + part.span.start, at + part.span.end);
                itself_too(standing_alone(&reference, place, register)?)
            }
            Meaning::Person(name) => Query::Person(Box::new(AskedPerson {
                words: part.span.of(words).to_owned(),
                name,
                one_word: false,
                role: None,
            })),
            Meaning::Number(number) => Query::Number(number),
            Meaning::Period(first, last) => Query::Period(first, last),
        });
        from = part.span.end;
    }
    parts.extend(plain_words(
        words,
        Span::new(from, words.len()),
        at,
        register,
    )?);
    if ends_before_it_begins(&parts) {
        return Err(error(
            Span::new(at, at + words.len()),
            "период кончается раньше, чем начинается",
            "сначала напишите более ранний день, например с 01.03.2024 по 15.03.2024",
        ));
    }
    parts = meant_together(&cited_too(parts, register));
    if let Some(kind) = kind_alone(&parts) {
        for part in &mut parts {
            if matches!(part, Query::Word(word) if kind_of(word).is_some()) {
                *part = Query::Kind(kind);
            }
        }
    }
    // «щегольков» alone is some word's form, and a surname as well.
    if let [Query::Word(word)] = &parts[..]
        && let Some(either) = surname_too(word)
    {
        parts = vec![either];
    }
    // «ГИА-9» alone may be a number or a word; beside a sign, a day or a kind it is a number.
    if let [Query::Number(number)] = &parts[..]
        && !words.trim_start().starts_with(['№', 'N'])
        && is_a_word(words.trim())
    {
        let typed = words.trim();
        let mut ways = vec![Query::Number(number.clone()), Query::Word(typed.to_owned())];
        // «418р» is «418-р» in the text.
        if let Some(letters) = typed.find(|c: char| !c.is_ascii_digit())
            && letters > 0
            && typed[letters..].chars().all(char::is_alphabetic)
        {
            let (figures, letters) = typed.split_at(letters);
            ways.push(Query::Word(format!("{figures}-{letters}")));
        }
        // «785-н» is «785н».
        if typed.contains('-')
            && let Some(other) = of_other_form(typed)
        {
            ways.push(Query::Word(other));
        }
        parts = vec![Query::Any(ways)];
    }
    // «ТК» alone may be a code or what else the letters stand for.
    if let [Query::Word(word)] = &parts[..]
        && is_code_abbreviation(&word.to_uppercase(), &fold(word))
        && let Some(act) = asked_act(&format!("{} РФ", word.to_uppercase()), register)
    {
        parts = vec![Query::Any(vec![
            Query::Act(Box::new(act)),
            Query::Word(word.clone()),
        ])];
    }
    if depth >= MAX_DEPTH && parts.iter().any(|part| matches!(part, Query::Any(_))) {
        return Err(error(
            Span::new(at, at + words.len()),
            "слишком много вложенных скобок",
            "упростите запрос",
        ));
    }
    Ok(parts)
}

/// «31.02.2024»: the first word that is written as a day and is none. Behind «№» it is a number.
fn no_day(words: &str) -> Option<Span> {
    let is_day = |day: &str| {
        let parts: Vec<i16> = day
            .split('.')
            .filter_map(|part| part.parse().ok())
            .collect();
        let small = |part: i16| i8::try_from(part).ok();
        let [day, month, year] = parts[..] else {
            return false;
        };
        small(month)
            .zip(small(day))
            .is_some_and(|(month, day)| Date::new(year, month, day).is_ok())
    };
    let written_as_a_day = |word: &str| {
        let lengths: Vec<usize> = word.split('.').map(str::len).collect();
        word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && matches!(lengths[..], [1..=2, 1..=2, 4])
    };
    let mut start = 0;
    words.split(' ').find_map(|word| {
        let place = start;
        start += word.len() + 1;
        let day = word.trim_end_matches([',', ';', '.']);
        let is_number = words[..place].trim_end().ends_with('№');
        (written_as_a_day(day) && !is_day(day) && !is_number)
            .then(|| Span::new(place, place + day.len()))
    })
}

/// «решения», «все распоряжения»: a kind of order in the plural and nothing else that is asked for.
fn kind_alone(parts: &[Query]) -> Option<Kind> {
    let mut telling = parts.iter().filter(|part| match part {
        Query::Word(word) => kind_of(word).is_some() || !part.is_function_word(),
        _ => true,
    });
    let Some(Query::Word(word)) = telling.next() else {
        return None;
    };
    let plural = [
        "приказы",
        "распоряжения",
        "постановления",
        "решения",
        "указы",
    ];
    let is_alone = telling.next().is_none() && plural.contains(&fold(word).as_str());
    kind_of(word).filter(|_| is_alone)
}

/// The first act of a value.
pub(super) fn asked_act(value: &str, register: &Register) -> Option<AskedAct> {
    let words = in_angle_quotes(value);
    // «акт от 01.11.2012 № 1119»: an act of any kind, which is read as one of them.
    let of_any_kind = || {
        let rest = words.strip_prefix(OF_ANY_KIND)?;
        first_act(&format!("приказ{rest}"), register)
    };
    // «закон:ТК»: an abbreviation alone is a code of the country.
    let of_the_country = || format!("{words} РФ");
    // «закон:152»: a number alone is that of a federal law.
    let is_number = words.bytes().all(|b| b.is_ascii_digit());
    let of_a_law = || first_act(&format!("закон {words}"), register).filter(|_| is_number);
    let reference = of_any_kind()
        .or_else(|| first_act(&words, register))
        .or_else(of_a_law)
        .or_else(|| first_act(&of_the_country(), register))?;
    Some(AskedAct {
        words,
        act: reference.act,
        locators: reference.locators,
    })
}

fn first_act(words: &str, register: &Register) -> Option<Reference> {
    recognise(words, register)
        .into_iter()
        .find_map(|part| match part.meaning {
            Meaning::Act(reference) => Some(*reference),
            _ => None,
        })
}

/// An act with words by which it is recognised alone. «ст. 5 того же закона» is not; the act's number
/// is put in then.
fn standing_alone(
    reference: &Reference,
    place: Span,
    register: &Register,
) -> Result<AskedAct, QueryError> {
    let act = &reference.act;
    [reference.raw.clone(), in_full(reference)]
        .iter()
        .filter_map(|words| asked_act(words, register))
        .find(|alone| alone.act == *act && alone.locators == reference.locators)
        .ok_or_else(|| {
            error(
                place,
                format!("неясно, какой акт значит «{}»", reference.raw),
                "назовите акт по номеру, как в ст. 10 149-ФЗ",
            )
        })
}

/// A citation with everything that is known of the act.
fn in_full(reference: &Reference) -> String {
    let Act {
        kind,
        number,
        date,
        issuer,
        title,
        ..
    } = &reference.act;
    let locators: Vec<String> = reference.locators.iter().map(pinpoints::shown).collect();
    let name = match kind {
        ActType::FederalLaw => "Федеральный закон",
        ActType::FederalConstitutionalLaw => "Федеральный конституционный закон",
        ActType::Law => "Закон",
        ActType::PresidentialDecree => "Указ Президента РФ",
        ActType::GovernmentResolution => "постановление",
        ActType::GovernmentOrder => "распоряжение",
        ActType::Letter => "письмо",
        ActType::AgencyOrder | ActType::LocalAct => "приказ",
        _ => "",
    };
    let parts = [
        Some(locators.join(", ")),
        Some(name.to_owned()),
        issuer.clone(),
        date.map(|date| format!("от {}", date.0.strftime("%d.%m.%Y"))),
        number.as_ref().map(|number| format!("№ {number}")),
        title.as_ref().map(|title| format!("«{title}»")),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

/// Straight quotation marks, which end a value, as « and » in turn.
fn in_angle_quotes(words: &str) -> String {
    let mut open = false;
    words
        .chars()
        .map(|c| match c {
            '"' => {
                open = !open;
                if open { '«' } else { '»' }
            }
            other => other,
        })
        .collect()
}

/// «приказ № 06/1», «приказ от 05.02.2024» are said of the order itself as well as of those that cite
/// it.
fn itself_too(asked: AskedAct) -> Query {
    let act = &asked.act;
    let may_be_kept = matches!(
        act.kind,
        ActType::AgencyOrder | ActType::LocalAct | ActType::Other
    );
    let mut itself = Vec::new();
    itself.extend(act.number.clone().map(Query::Number));
    itself.extend(act.date.map(|day| Query::Period(day.0, day.0)));
    // «приказ «О поощрении»» has nothing but its title.
    if itself.is_empty() {
        itself.extend(act.title.clone().map(Query::Phrase));
    }
    // «приказ Министерства обороны № 115»: what is said of the body is asked for too.
    if let Some(issuer) = act.issuer.clone().filter(|_| !itself.is_empty()) {
        itself.push(Query::Issuer(issuer));
    }
    let first_word = tokens_of(&asked.words).into_iter().next();
    let kind = first_word.and_then(|word| kind_of(&word.form));
    let named = !itself.is_empty() && may_be_kept && asked.locators.is_empty();
    itself.extend(kind.map(Query::Kind));
    let cited = Query::Act(Box::new(asked));
    match grouped(itself) {
        Some(itself) if named => Query::Any(vec![itself, cited]),
        _ => cited,
    }
}

/// Words that nothing recognised: phrases in «», prefixes, surnames, words. Words joined by a hyphen, a
/// slash or a full stop are one, whose parts stand side by side.
fn plain_words(
    line: &str,
    part: Span,
    at: usize,
    register: &Register,
) -> Result<Vec<Query>, QueryError> {
    let words = part.of(line);
    let place = |start: usize, end: usize| {
        let from = at + part.start;
        Span::new(from + start, from + end)
    };
    if let Some(star) = misplaced_star(words) {
        return Err(error(
            place(star, star + 1),
            "звёздочка стоит только вместо конца слова",
            "напишите начало слова и звёздочку, как в мессенджер*",
        ));
    }
    if let Some(sign) = stray_sign(words) {
        return Err(error(
            place(sign, sign + '№'.len_utf8()),
            "после «№» нет номера",
            "напишите номер, как в № 06/1, или уберите знак",
        ));
    }
    let tokens = tokens_of(words);
    let mut parts = Vec::new();
    let mut next = 0;
    while let Some(first) = tokens.get(next) {
        let before = next.checked_sub(1).map_or(0, |last| tokens[last].end);
        if words[before..first.start].ends_with('«')
            && let Some(length) = words[first.start..].find('»')
        {
            let end = first.start + length;
            let phrase = &words[first.start..end];
            parts.push(valued(
                Field::Phrase,
                phrase,
                place(first.start, end),
                register,
            )?);
            next = tokens.partition_point(|token| token.start < end);
            continue;
        }
        let mut last = first;
        next += 1;
        while let Some(token) = tokens.get(next)
            && joins(&words[last.end..token.start])
            && !words[token.end..].starts_with('*')
        {
            last = token;
            next += 1;
        }
        let word = words[first.start..last.end].to_owned();
        if words[last.end..].starts_with('*') {
            parts.push(Query::Prefix(word));
        } else if word.contains('№') {
            parts.push(Query::Any(with_either_sign(&word).into()));
        } else {
            parts.push(word_or_name(word));
        }
    }
    Ok(parts)
}

/// A «№» that does not stand between a word and its number: «школа № 5».
fn stray_sign(words: &str) -> Option<usize> {
    words
        .match_indices('№')
        .map(|(sign, _)| sign)
        .find(|&sign| {
            let word = words[..sign].trim_end().ends_with(char::is_alphanumeric);
            let number = words[sign + '№'.len_utf8()..]
                .trim_start()
                .starts_with(|c: char| c.is_ascii_digit());
            !(word && number)
        })
}

/// A star that does not stand at the end of a word.
fn misplaced_star(words: &str) -> Option<usize> {
    words.char_indices().find_map(|(star, character)| {
        let behind_a_word = words[..star].ends_with(char::is_alphanumeric);
        let at_its_end = !words[star + character.len_utf8()..]
            .starts_with(|c: char| c.is_alphanumeric() || c == '*');
        (character == '*' && !(behind_a_word && at_its_end)).then_some(star)
    })
}

/// Whether what stands between two words makes one of them.
fn joins(between: &str) -> bool {
    matches!(between, "-" | "‑" | "–" | "/" | "." | ":") || between.trim() == "№"
}

/// Whether a text is one word, or several joined to one.
pub(super) fn is_a_word(text: &str) -> bool {
    let tokens = tokens_of(text);
    tokens.first().is_some_and(|token| token.start == 0)
        && tokens.last().is_some_and(|token| token.end == text.len())
        && tokens
            .windows(2)
            .all(|pair| joins(&text[pair[0].end..pair[1].start]))
}
