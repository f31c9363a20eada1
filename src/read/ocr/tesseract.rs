//! Tesseract: from the picture of a page to its words.
//!
//! In: a level picture in grey. Out: the words with their boxes in pixels and their confidences, or which way
//! up the page is.
//! Must never: use more than one thread, or take a complaint of the program for text.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use super::super::ReadError;
use super::super::program::{Call, Program, run};
use super::picture::Picture;

/// How long one page may take. A dense page takes some seconds on one core; this leaves room for a busy machine.
const TIME_OF_A_PAGE: Duration = Duration::from_mins(2);

/// How long a question about the program itself may take.
const TIME_OF_AN_ANSWER: Duration = Duration::from_secs(20);

/// Points in an inch.
const POINTS_OF_AN_INCH: f32 = 72.0;

/// What the engine is told of a line that stands alone: it is brought to one height in any case.
const RESOLUTION_OF_A_LINE: &str = "300";

/// How a picture is divided (`--psm`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Division {
    /// A page: fully, and without asking for its orientation.
    Page,
    /// Lines one under the other, each from edge to edge.
    Lines,
    /// One line.
    Line,
    /// One line of which nothing is to be supposed: neither spaces nor the slant of its letters.
    BareLine,
}

impl Division {
    fn option(self) -> &'static str {
        match self {
            Self::Page => "3",
            Self::Lines => "6",
            Self::Line => "7",
            Self::BareLine => "13",
        }
    }
}

/// Asks for the orientation of the page alone.
const ORIENTATION_ONLY: &str = "0";

/// A word as it was recognised.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Recognised {
    pub(super) text: String,
    /// Left, top, width and height in pixels.
    pub(super) pixels: [f32; 4],
    /// 0..1.
    pub(super) confidence: f32,
}

/// What is installed. It is asked once: two starts of the program for every file would be felt.
#[derive(Debug)]
struct Installed {
    /// Name and version.
    name: String,
    languages: Vec<String>,
}

impl Installed {
    fn asked(folder: &Path) -> Result<Self, ReadError> {
        let answer = |question: &str| {
            let call = call(folder, TIME_OF_AN_ANSWER);
            run(&call, [question]).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        };
        let lines = |answer: String| -> Vec<String> {
            answer.lines().map(|line| line.trim().to_owned()).collect()
        };
        Ok(Self {
            languages: lines(answer("--list-langs")?),
            name: lines(answer("--version")?)
                .into_iter()
                .next()
                .unwrap_or_default(),
        })
    }

    /// What was answered the first time that there was an answer.
    fn known(folder: &Path) -> Result<&'static Self, ReadError> {
        static KNOWN: OnceLock<Installed> = OnceLock::new();
        if let Some(known) = KNOWN.get() {
            return Ok(known);
        }
        let asked = Self::asked(folder)?;
        Ok(KNOWN.get_or_init(|| asked))
    }
}

/// The engine, once it is known to have the languages asked for.
#[derive(Debug, Clone)]
pub(super) struct Engine<'a> {
    /// Name and version: `tesseract 5.3.0`.
    pub(super) name: &'static str,
    languages: &'a str,
}

impl<'a> Engine<'a> {
    /// Finds the engine and checks that it has the languages, joined by `+`.
    pub(super) fn with(languages: &'a str, folder: &Path) -> Result<Self, ReadError> {
        let installed = Installed::known(folder)?;
        for language in languages.split('+') {
            if !installed.languages.iter().any(|known| known == language) {
                return Err(ReadError::NeedsLanguage(language.to_owned()));
            }
        }
        Ok(Self {
            name: &installed.name,
            languages,
        })
    }

    /// The words of a picture, which is a file in the folder and has so many dots in an inch.
    pub(super) fn words(
        &self,
        resolution: &str,
        division: Division,
        file: &str,
        folder: &Path,
    ) -> Result<Vec<Recognised>, ReadError> {
        // Every language is loaded anew, and what lies under another ink is hardly in the second.
        let languages = match division {
            Division::Page => self.languages,
            _ => self.first_language(),
        };
        let table = table(languages, resolution, division, file, folder)?;
        Ok(words(&table).map(|(_, word)| word).collect())
    }

    /// What stands in each of several pictures, whose files a file in the folder lists line by line: their words without
    /// spaces. Only the first language is looked for: what a pen wrote is too little to tell alphabets apart by.
    pub(super) fn lines(
        &self,
        division: Division,
        (list, count): (&str, usize),
        folder: &Path,
    ) -> Result<Vec<String>, ReadError> {
        let language = self.first_language();
        let table = table(language, RESOLUTION_OF_A_LINE, division, list, folder)?;
        let mut lines = vec![String::new(); count];
        for (picture, word) in words(&table) {
            if let Some(line) = lines.get_mut(picture) {
                line.push_str(&word.text);
            }
        }
        Ok(lines)
    }

    fn first_language(&self) -> &str {
        self.languages.split('+').next().unwrap_or_default()
    }
}

/// The table of a picture, or of the pictures that a list names.
fn table(
    languages: &str,
    resolution: &str,
    division: Division,
    file: &str,
    folder: &Path,
) -> Result<String, ReadError> {
    let arguments = [
        file,
        "-",
        "-l",
        languages,
        "--psm",
        division.option(),
        "--dpi",
        resolution,
        // It reads a line of which it is not sure a second time with black and white exchanged. No order is white on
        // black, and pages with stamps take a tenth less time without.
        "-c",
        "tessedit_do_invert=0",
        // Whether letters stand at equal distances is told as well in fewer steps.
        "-c",
        "textord_fast_pitch_test=1",
        "-c",
        "tessedit_create_tsv=1",
    ];
    let table = run(&call(folder, TIME_OF_A_PAGE), arguments)?;
    Ok(String::from_utf8_lossy(&table).into_owned())
}

/// By how many quarters a picture, which is a file in the folder, has to be turned clockwise to stand upright; none
/// where the engine cannot tell.
pub(super) fn quarters(picture: &Picture, file: &str, folder: &Path) -> u8 {
    let resolution = resolution(picture);
    let arguments = [file, "-", "--psm", ORIENTATION_ONLY, "--dpi", &resolution];
    // It fails on a page with too few letters, and where the data for it are not installed.
    let report = run(&call(folder, TIME_OF_A_PAGE), arguments).unwrap_or_default();
    quarters_in(&String::from_utf8_lossy(&report))
}

fn call(folder: &Path, time: Duration) -> Call<'_> {
    Call {
        program: Program::Tesseract,
        executable: "tesseract",
        folder,
        time,
    }
}

/// Dots in an inch of a page, as the engine is told them.
pub(super) fn resolution(picture: &Picture) -> String {
    format!("{:.0}", POINTS_OF_AN_INCH / picture.points_of_a_pixel())
}

/// The words of a table in TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence
/// in per cent, text. Words are of level 5. Each comes with the number of its picture, the first being 0.
fn words(table: &str) -> impl Iterator<Item = (usize, Recognised)> {
    const WORD: &str = "5";
    let word = |line: &str| {
        let columns: Vec<&str> = line.splitn(12, '\t').collect();
        let [
            WORD,
            picture,
            _,
            _,
            _,
            _,
            left,
            top,
            width,
            height,
            confidence,
            text,
        ] = columns[..]
        else {
            return None;
        };
        let text = text.trim();
        let number = |column: &str| column.parse::<f32>().ok();
        let word = Recognised {
            text: text.to_owned(),
            pixels: [number(left)?, number(top)?, number(width)?, number(height)?],
            confidence: (number(confidence)? / 100.0).clamp(0.0, 1.0),
        };
        let picture = picture.parse::<usize>().ok()?.checked_sub(1)?;
        (!text.is_empty()).then_some((picture, word))
    };
    table.lines().filter_map(word)
}

/// What the report says after `Rotate:`, in quarters.
fn quarters_in(report: &str) -> u8 {
    let degrees = report
        .lines()
        .find_map(|line| line.strip_prefix("Rotate:"))
        .map_or("", str::trim);
    match degrees {
        "90" => 1,
        "180" => 2,
        "270" => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_from_the_table_and_nothing_else() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t1654\t2339\t-1\t\n\
            5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.5\tПРИКАЗ\n\
            5\t1\t1\t1\t1\t2\t50\t20\t30\t40\t95\t \n\
            5\t1\t1\t1\t1\t3\t50\t20\tx\t40\t95\tбез\n\
            5\t1\t1\t1\t1\t3\t50\n";
        let found: Vec<_> = words(table).collect();
        assert_eq!(
            found,
            [(
                0,
                Recognised {
                    text: "ПРИКАЗ".to_owned(),
                    pixels: [10.0, 20.0, 30.0, 40.0],
                    confidence: 0.965
                }
            )]
        );
    }

    #[test]
    fn the_orientation_is_told_in_quarters() {
        for (report, expected) in [
            (
                "Page number: 0\nOrientation in degrees: 180\nRotate: 180\n",
                2,
            ),
            ("Rotate: 90\n", 1),
            ("Rotate: 270\n", 3),
            ("Rotate: 0\n", 0),
            ("", 0),
        ] {
            assert_eq!(quarters_in(report), expected, "{report:?}");
        }
    }
}
