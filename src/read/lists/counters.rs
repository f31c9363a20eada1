//! Counters: the labels that Word displays before the paragraphs of lists.
//!
//! In: the paragraphs of a story in order, each with its list and level. Out: the label of each.
//! Must never: look at the text of a paragraph.
//!
//! All lists on one abstract definition count together (`w:num` is a view of it); a list that
//! overrides the start of a level starts that level again the first time that it uses it.

use foldhash::{HashMap, HashSet};

use super::{LEVELS, Level, ListView, NumberFormat, Numbering, Piece};

/// The sign that stands for any bullet of a font of pictographs.
const BULLET: &str = "•";

/// The counters of one story.
#[derive(Debug, Default)]
pub(in crate::read) struct Counters {
    by_definition: HashMap<i64, [Option<i64>; LEVELS]>,
    /// Which lists have used their override of the start of a level.
    started: HashSet<(i64, usize)>,
    /// Whether a number was written in decimal instead of a format that is not known.
    wrote_unknown_format: bool,
}

impl Counters {
    /// Counts one paragraph and gives its label; nothing for a list or level that is not defined,
    /// and for a level that displays nothing.
    pub(in crate::read) fn next(
        &mut self,
        numbering: &Numbering,
        list: i64,
        level: i64,
    ) -> Option<String> {
        let level = usize::try_from(level)
            .ok()
            .filter(|&level| level < LEVELS)?;
        let view = numbering.list(list)?;
        let definition = view.level(level)?;
        let first_use = view
            .start_override(level)
            .filter(|_| self.started.insert((list, level)));
        let numbers = self.by_definition.entry(view.counters).or_default();
        count(numbers, &view, level, first_use);
        let label = label(
            numbers,
            &view,
            level,
            definition,
            &mut self.wrote_unknown_format,
        )?;
        (!label.trim().is_empty()).then_some(label)
    }

    /// Makes the next paragraph at a level of a list take this number.
    pub(in crate::read) fn start_with(
        &mut self,
        numbering: &Numbering,
        list: i64,
        level: usize,
        number: i64,
    ) {
        if let Some(view) = numbering.list(list) {
            let numbers = self.by_definition.entry(view.counters).or_default();
            if let Some(place) = numbers.get_mut(level) {
                *place = Some(number.saturating_sub(1));
            }
        }
    }

    /// Whether a label so far holds a number in decimal that Word writes otherwise.
    pub(in crate::read) fn wrote_unknown_format(&self) -> bool {
        self.wrote_unknown_format
    }
}

/// What a level displays, given the numbers as they stand.
fn label(
    numbers: &[Option<i64>; LEVELS],
    view: &ListView<'_>,
    level: usize,
    definition: &Level,
    wrote_unknown_format: &mut bool,
) -> Option<String> {
    // Word displays nothing where a text asks for the number of a deeper level ([MS-OI29500], note
    // on section 17.9.11).
    let asks_deeper = |piece: &Piece| matches!(piece, Piece::Number(shown) if *shown > level);
    if definition.is_hidden || definition.text.iter().any(asks_deeper) {
        return None;
    }
    if definition.format == NumberFormat::Bullet {
        return Some(bullet(definition));
    }
    let mut label = String::new();
    for piece in &definition.text {
        match piece {
            Piece::Literal(text) => label.push_str(text),
            Piece::Number(shown) => {
                let number = numbers.get(*shown).copied().flatten().unwrap_or_default();
                let format = view
                    .level(*shown)
                    .map_or(NumberFormat::Decimal, |l| l.format);
                let format = if definition.is_legal {
                    format.in_legal_numbering()
                } else {
                    format
                };
                *wrote_unknown_format |= format.is_written_as_decimal();
                format.write(number, &mut label);
            }
        }
    }
    Some(label)
}

/// Counts a paragraph at `level`: its own number moves on, the levels above that never occurred
/// take their first number, the levels below start again where they do.
fn count(
    numbers: &mut [Option<i64>; LEVELS],
    view: &ListView<'_>,
    level: usize,
    first_use: Option<i64>,
) {
    for (index, number) in numbers.iter_mut().enumerate() {
        if index < level {
            number.get_or_insert_with(|| view.start(index));
        } else if index == level {
            *number = Some(match (first_use, *number) {
                (Some(start), _) => start,
                (None, Some(number)) => number.saturating_add(1),
                (None, None) => view.start(level),
            });
        } else if starts_again(view.level(index), index, level) {
            *number = None;
        }
    }
}

/// Whether level `index` starts again after a paragraph at the higher level `after`
/// (ISO/IEC 29500-1, section 17.9.10).
fn starts_again(definition: Option<&Level>, index: usize, after: usize) -> bool {
    let restart = definition
        .and_then(|level| level.restart)
        .and_then(|restart| usize::try_from(restart).ok())
        .filter(|&restart| restart <= index);
    restart.is_none_or(|restart| after < restart)
}

/// The sign of a bullet: characters of pictographic fonts, which mean nothing outside their font,
/// and letters that serve as bullets become one sign.
fn bullet(definition: &Level) -> String {
    let mut sign = String::new();
    for piece in &definition.text {
        if let Piece::Literal(text) = piece {
            sign.push_str(text);
        }
    }
    let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}') || c.is_control();
    let is_pictograph = definition.is_pictograph
        || sign
            .chars()
            .any(|c| is_private(c) || c.is_alphanumeric() || c == '·');
    match sign.trim() {
        "\u{f02d}" => "-".to_owned(),
        "" if !definition.is_pictograph => String::new(),
        _ if is_pictograph => BULLET.to_owned(),
        sign => sign.to_owned(),
    }
}
