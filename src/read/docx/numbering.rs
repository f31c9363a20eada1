//! The numbering definitions of a document (ECMA-376 part 1, 17.9) and the labels that they make.
//!
//! In: `numbering.xml`, then the numbered paragraphs in document order. Out: the label that Word
//! displays before each. Counters belong to the abstract definition, so that all lists on one
//! definition count together, as Word does. Must never: follow a chain of style links in a circle.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::number_format::NumberFormat;
use super::xml::{attribute, is_on, number, value};

/// Word has nine levels.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    format: NumberFormat,
    /// The label's pattern: `%1.%2.`.
    pattern: String,
    /// All numbers in decimal.
    legal: bool,
    /// The level (from 1) whose number restarts this one; 0 never; absent: any above.
    restart: Option<u32>,
    /// The paragraph style that stands for this level.
    style: Option<String>,
    /// A font of symbols: the bullet is a private character of it.
    symbol_font: bool,
}

#[derive(Debug, Clone, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The numbering style whose definition is meant instead.
    style_link: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct List {
    definition: String,
    starts: [Option<u32>; LEVELS],
    replaced: HashMap<usize, Level>,
}

/// The definitions of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
}

/// Where the counters of a document stand.
#[derive(Debug, Default)]
pub(super) struct Counters {
    values: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own start was applied.
    started: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`. What cannot be understood is left out.
    pub(super) fn read(xml: &[u8]) -> Self {
        let mut numbering = Self::default();
        let mut reader = Reader::from_reader(xml);
        let mut definition: Option<(String, Definition)> = None;
        let mut list: Option<(String, List)> = None;
        let mut overridden = 0_usize;
        let mut level: Option<(usize, Level)> = None;
        loop {
            match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => match element
                    .local_name()
                    .as_ref()
                {
                    "abstractNum" => {
                        definition = attribute(&element, "abstractNumId")
                            .map(|id| (id, Definition::default()));
                    }
                    "num" => list = attribute(&element, "numId").map(|id| (id, List::default())),
                    "abstractNumId" => {
                        if let (Some((_, list)), Some(id)) = (&mut list, value(&element)) {
                            list.definition = id;
                        }
                    }
                    "numStyleLink" => {
                        if let Some((_, definition)) = &mut definition {
                            definition.style_link = value(&element);
                        }
                    }
                    "lvlOverride" => overridden = level_index(&element),
                    "startOverride" => {
                        if let Some((_, list)) = &mut list {
                            list.starts[overridden] = number(&element);
                        }
                    }
                    "lvl" => level = Some((level_index(&element), Level::default())),
                    name => {
                        if let Some((_, level)) = &mut level {
                            level.set(name, &element);
                        }
                    }
                },
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "lvl" => match (level.take(), &mut list, &mut definition) {
                        (Some((index, level)), Some((_, list)), _) => {
                            list.replaced.insert(index, level);
                        }
                        (Some((index, level)), None, Some((_, definition))) => {
                            definition.levels[index] = level;
                        }
                        _ => {}
                    },
                    "abstractNum" => numbering.definitions.extend(definition.take()),
                    "num" => numbering.lists.extend(list.take()),
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return numbering,
                Ok(_) => {}
            }
        }
    }

    /// Points lists whose definition is only a link to a numbering style at the list of that style.
    /// `list_of_style` gives the list that a numbering style names.
    pub(super) fn link_styles(&mut self, list_of_style: &dyn Fn(&str) -> Option<String>) {
        let mut linked = Vec::new();
        for (id, list) in &self.lists {
            let link = self
                .definitions
                .get(&list.definition)
                .and_then(|definition| definition.style_link.as_deref());
            let target = link
                .and_then(list_of_style)
                .and_then(|target| self.lists.get(&target));
            if let Some(target) = target {
                linked.push((id.clone(), target.definition.clone()));
            }
        }
        for (id, definition) in linked {
            if let Some(list) = self.lists.get_mut(&id) {
                list.definition = definition;
            }
        }
    }

    /// The level of a list that a paragraph style stands for.
    pub(super) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let list = self.lists.get(list)?;
        (0..LEVELS).find(|&index| {
            self.level(list, index)
                .is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }

    /// Counts a paragraph of `list` at `level` and gives its label; `None` for a list that does not
    /// exist, an empty label where nothing is shown.
    pub(super) fn label(
        &self,
        counters: &mut Counters,
        list_id: &str,
        level: usize,
    ) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let list = self.lists.get(list_id)?;
        let definition = self.level(list, level)?;
        let values = counters.values.entry(list.definition.clone()).or_default();
        // A list's own start counts from its first paragraph on, at every level it names.
        let own_start =
            list.starts[level].filter(|_| counters.started.insert((list_id.to_owned(), level)));
        values[level] = Some(match (own_start, values[level]) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => list.starts[level].or(definition.start).unwrap_or(1),
        });
        for (deeper, value) in values.iter_mut().enumerate().skip(level + 1) {
            let restarts = match self.level(list, deeper).and_then(|level| level.restart) {
                None => true,
                Some(0) => false,
                Some(above) => level < above as usize,
            };
            if restarts {
                *value = None;
            }
        }
        Some(self.shown(list, definition, values))
    }

    fn shown(&self, list: &List, level: &Level, values: &[Option<u32>; LEVELS]) -> String {
        if level.format == NumberFormat::Bullet {
            return bullet(level);
        }
        let mut label = String::new();
        let mut pattern = level.pattern.chars().peekable();
        while let Some(character) = pattern.next() {
            let digit = pattern
                .peek()
                .and_then(|next| next.to_digit(10))
                .filter(|digit| (1..=9).contains(digit));
            let (true, Some(digit)) = (character == '%', digit) else {
                label.push(character);
                continue;
            };
            pattern.next();
            let index = digit as usize - 1;
            let cited = self.level(list, index);
            // A level that never occurred shows where it would start.
            let number = values[index]
                .or_else(|| list.starts[index].or_else(|| cited.and_then(|level| level.start)))
                .unwrap_or(1);
            let format = cited.map_or(NumberFormat::Decimal, |level| level.format);
            let legal = level.legal && format != NumberFormat::None;
            label.push_str(&if legal {
                NumberFormat::Decimal.show(number)
            } else {
                format.show(number)
            });
        }
        label.trim().to_owned()
    }

    fn level<'a>(&'a self, list: &'a List, index: usize) -> Option<&'a Level> {
        list.replaced.get(&index).or_else(|| {
            self.definitions
                .get(&list.definition)
                .and_then(|definition| definition.levels.get(index))
        })
    }
}

impl Level {
    fn set(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "start" => self.start = number(element),
            "numFmt" => self.format = NumberFormat::named(&value(element).unwrap_or_default()),
            "lvlText" => self.pattern = value(element).unwrap_or_default(),
            "isLgl" => self.legal = is_on(element),
            "lvlRestart" => self.restart = number(element),
            "pStyle" => self.style = value(element),
            "rFonts" => {
                let font = attribute(element, "ascii")
                    .or_else(|| attribute(element, "hAnsi"))
                    .unwrap_or_default();
                self.symbol_font = matches!(
                    font.as_str(),
                    "Symbol" | "Wingdings" | "Wingdings 2" | "Wingdings 3" | "Webdings"
                );
            }
            _ => {}
        }
    }
}

/// The bullet that a reader sees: the character itself, or «•» for one of a symbol font.
fn bullet(level: &Level) -> String {
    let private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}');
    match level.pattern.trim() {
        "" => String::new(),
        pattern if pattern.chars().any(private) || level.symbol_font || pattern == "o" => {
            "•".to_owned()
        }
        pattern => pattern.to_owned(),
    }
}

fn level_index(element: &BytesStart<'_>) -> usize {
    attribute(element, "ilvl")
        .and_then(|level| level.trim().parse().ok())
        .unwrap_or(0)
        .min(LEVELS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Definitions of one list `1` on definition `0`, written shortly: `format|pattern` a level.
    fn numbering(levels: &[&str], lists: &str) -> Numbering {
        let levels: String = levels
            .iter()
            .enumerate()
            .map(|(index, level)| {
                let (format, pattern) = level.split_once('|').unwrap();
                let (format, more) = format.split_once('+').unwrap_or((format, ""));
                format!(r#"<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>"#)
            })
            .collect();
        let xml = format!(
            r#"<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{lists}</w:numbering>"#
        );
        Numbering::read(xml.as_bytes())
    }

    const ONE_LIST: &str = r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;

    fn labels(numbering: &Numbering, paragraphs: &[(&str, usize)]) -> Vec<String> {
        let mut counters = Counters::default();
        paragraphs
            .iter()
            .map(|(list, level)| {
                numbering
                    .label(&mut counters, list, *level)
                    .unwrap_or_else(|| "?".to_owned())
            })
            .collect()
    }

    #[test]
    fn levels_count_restart_and_show_their_parents() {
        let numbering = numbering(
            &["decimal|%1.", "decimal|%1.%2.", "russianLower|%3)"],
            ONE_LIST,
        );
        let shown = labels(
            &numbering,
            &[
                ("1", 0),
                ("1", 1),
                ("1", 1),
                ("1", 2),
                ("1", 2),
                ("1", 0),
                ("1", 1),
                ("1", 2),
            ],
        );
        assert_eq!(
            shown,
            ["1.", "1.1.", "1.2.", "а)", "б)", "2.", "2.1.", "а)"]
        );
    }

    #[test]
    fn a_level_without_its_parent_shows_the_parents_start() {
        let numbering = numbering(&["decimal|%1.", "decimal|%1.%2."], ONE_LIST);
        assert_eq!(
            labels(&numbering, &[("1", 1), ("1", 1), ("1", 0)]),
            ["1.1.", "1.2.", "1."]
        );
    }

    #[test]
    fn lists_on_one_definition_count_together_unless_they_start_anew() {
        let lists = r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#;
        let numbering = numbering(&["decimal|%1."], lists);
        let shown = labels(
            &numbering,
            &[("1", 0), ("2", 0), ("3", 0), ("3", 0), ("1", 0), ("9", 0)],
        );
        assert_eq!(shown, ["1.", "2.", "5.", "6.", "7.", "?"]);
    }

    #[test]
    fn legal_numbering_is_decimal_and_restart_can_be_turned_off() {
        let numbering = numbering(
            &[
                "upperRoman|%1.",
                "decimal+<w:isLgl/>|%1.%2.",
                "decimal+<w:lvlRestart w:val=\"0\"/>|%3)",
                "decimal+<w:lvlRestart w:val=\"1\"/>|%4)",
            ],
            ONE_LIST,
        );
        let shown = labels(
            &numbering,
            &[
                ("1", 0),
                ("1", 1),
                ("1", 2),
                ("1", 3),
                ("1", 1),
                ("1", 2),
                ("1", 3),
                ("1", 0),
                ("1", 2),
                ("1", 3),
            ],
        );
        assert_eq!(
            shown,
            [
                "I.", "1.1.", "1)", "1)", "1.2.", "2)", "2)", "II.", "3)", "1)"
            ]
        );
    }

    #[test]
    fn bullets_are_shown_as_a_reader_sees_them() {
        let numbering = numbering(
            &["bullet|\u{f0b7}", "bullet|–", "none|%3", "bullet|o"],
            ONE_LIST,
        );
        assert_eq!(
            labels(&numbering, &[("1", 0), ("1", 1), ("1", 2), ("1", 3)]),
            ["•", "–", "", "•"]
        );
    }

    #[test]
    fn a_link_to_a_numbering_style_is_followed_once() {
        let xml = r#"<w:numbering xmlns:w="x">
            <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>
            <w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Clauses"/></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;
        let mut numbering = Numbering::read(xml.as_bytes());
        numbering.link_styles(&|style| (style == "Clauses").then(|| "1".to_owned()));
        assert_eq!(labels(&numbering, &[("2", 0), ("1", 0)]), ["3)", "4)"]);
    }
}
