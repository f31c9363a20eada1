//! Pages of a PDF as pictures, rendered by Poppler.
//!
//! In: a PDF as a file in a folder, and which of its pages. Out: the page's picture, with as many dots an inch
//! as the scan in it has.
//! Must never: render more pixels than a page may have, whatever size the page says it has.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::super::ReadError;
use super::super::program::{Call, Program, run};
use crate::wording::refusal;

/// How long the rendering of one page may take.
const TIME_OF_A_PAGE: Duration = Duration::from_mins(1);

/// Dots an inch that are rendered: what a scan has, within these bounds; the upper one where a page holds no
/// picture. Tesseract reads best what has 200 to 300.
const DOTS_OF_AN_INCH: (u32, u32) = (150, 300);

/// Longest side of a rendered page in pixels, A3 at the most dots: a page that says it is larger is rendered
/// smaller.
const LONGEST_SIDE: f32 = 4_961.0;

/// Points in an inch.
const POINTS_OF_AN_INCH: f32 = 72.0;

/// The PDF's name in the folder.
const FILE: &str = "document.pdf";

/// A PDF in a folder, and how its pages are rendered.
#[derive(Debug)]
pub(super) struct Document<'a> {
    folder: &'a Path,
    scans: Vec<Scan>,
}

/// What is known of the pictures on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scan {
    /// Dots in an inch at which the page is rendered.
    dots: f32,
    /// Whether one of them has colours.
    is_coloured: bool,
}

/// The form in which a page is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// PNG, for people.
    Png,
    /// A portable map, which is quicker to write: in grey, unless there are colours.
    PortableMap,
}

impl<'a> Document<'a> {
    /// Puts a PDF into the folder and asks for its pages.
    pub(super) fn open(bytes: &[u8], folder: &'a Path) -> Result<Self, ReadError> {
        fs::write(folder.join(FILE), bytes).map_err(|error| ReadError::ProgramFailed {
            program: Program::Poppler,
            detail: refusal(&error),
        })?;
        let last = super::MAX_PAGES.to_string();
        let answer = |executable, arguments: &[&str]| {
            poppler(executable, folder, arguments)
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        };
        let sides = longer_sides(&answer("pdfinfo", &["-f", "1", "-l", &last, FILE])?);
        let scans = answer("pdfimages", &["-list", "-l", &last, FILE])?;
        let mut scans = scans_in(&scans, sides.len());
        for (scan, side) in scans.iter_mut().zip(sides) {
            scan.dots = scan
                .dots
                .min(LONGEST_SIDE * POINTS_OF_AN_INCH / side.max(1.0));
        }
        Ok(Self { folder, scans })
    }

    /// Renders a page, the first being 0, and gives the picture as a file's bytes and the points that a pixel is wide and
    /// high.
    pub(super) fn rendered(&self, page: usize, form: Form) -> Result<(Vec<u8>, f32), ReadError> {
        let failed = |detail: String| ReadError::ProgramFailed {
            program: Program::Poppler,
            detail,
        };
        let Scan { dots, is_coloured } = self.scans.get(page).copied().unwrap_or(Scan {
            dots: POINTS_OF_AN_INCH,
            is_coloured: false,
        });
        let (number, resolution) = ((page + 1).to_string(), dots.to_string());
        let (options, ending): (&[&str], _) = match form {
            Form::Png => (&["-png"], "png"),
            Form::PortableMap if is_coloured => (&[], "ppm"),
            Form::PortableMap => (&["-gray"], "pgm"),
        };
        let name = format!("page-{number}");
        let mut arguments = options.to_vec();
        arguments.extend([
            "-cropbox",
            "-singlefile",
            "-r",
            &resolution,
            "-f",
            &number,
            "-l",
            &number,
            FILE,
            &name,
        ]);
        poppler("pdftoppm", self.folder, &arguments)?;
        let file = self.folder.join(format!("{name}.{ending}"));
        let bytes = fs::read(&file)
            .map_err(|error| failed(format!("страница {number}: {}", refusal(&error))))?;
        // The folder goes in the end; a long document must not fill the disk before.
        fs::remove_file(&file).map_err(|error| failed(refusal(&error)))?;
        Ok((bytes, POINTS_OF_AN_INCH / dots))
    }
}

fn poppler(executable: &str, folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, ReadError> {
    let call = Call {
        program: Program::Poppler,
        executable,
        folder,
        time: TIME_OF_A_PAGE,
    };
    run(&call, arguments).map_err(|error| match error {
        ReadError::ProgramFailed { detail, .. } if detail.contains("Incorrect password") => {
            ReadError::Encrypted {
                what: "файл PDF"
            }
        }
        other => other,
    })
}

/// The longer side of each page in points: `Page    1 size: 595.44 x 842.04 pts (A4)`.
fn longer_sides(report: &str) -> Vec<f32> {
    let side = |line: &str| {
        let (_, size) = line.strip_prefix("Page ")?.split_once(" size:")?;
        let (width, rest) = size.split_once(" x ")?;
        let height = rest.split_whitespace().next()?;
        Some(
            width
                .trim()
                .parse::<f32>()
                .ok()?
                .max(height.parse::<f32>().ok()?),
        )
    };
    report.lines().filter_map(side).collect()
}

/// How each of so many pages is rendered, from a table of the pictures in them: its first column is the page, the 7th
/// the components of a colour, the 13th the dots in an inch across. The finest picture of a page counts.
fn scans_in(table: &str, pages: usize) -> Vec<Scan> {
    const COMPONENTS: usize = 6;
    const ACROSS: usize = 12;
    let mut finest: Vec<Option<u32>> = vec![None; pages];
    let mut coloured = vec![false; pages];
    for line in table.lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let number = |at: usize| {
            columns
                .get(at)
                .and_then(|column| column.parse::<u32>().ok())
        };
        let (Some(page), Some(dots)) = (number(0), number(ACROSS)) else {
            continue;
        };
        let index = (page as usize).wrapping_sub(1);
        if let (Some(finest), Some(coloured)) = (finest.get_mut(index), coloured.get_mut(index)) {
            *finest = Some(finest.map_or(dots, |known| known.max(dots)));
            *coloured |= number(COMPONENTS) > Some(1);
        }
    }
    let (least, most) = DOTS_OF_AN_INCH;
    finest
        .into_iter()
        .zip(coloured)
        .map(|(dots, is_coloured)| Scan {
            dots: super::picture::float(dots.unwrap_or(most).clamp(least, most)),
            is_coloured,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_resolutions_are_taken_from_the_reports() {
        let sizes = "Pages:           2\nPage    1 size: 595.44 x 842.04 pts (A4)\nPage    1 rot:  0\n\
            Page    2 size: 1000 x 200 pts\n";
        assert_eq!(longer_sides(sizes), [842.04, 1000.0]);
        let pictures = "page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio\n\
            ---------------\n\
            \x20  1     0 image    1654  2339  gray    1   8  jpeg   no         5  0   200   200  293K 7.8%\n\
            \x20  1     1 image      50    50  gray    1   8  jpeg   no         6  0    90    90  293K 7.8%\n\
            \x20  2     2 image    9999  9999  rgb     3   8  jpeg   no         7  0  1200  1200  247K 6.5%\n\
            \x20  9     3 image    9999  9999  gray    1   8  jpeg   no         7  0  1200  1200  247K 6.5%\n";
        let scan = |dots, is_coloured| Scan { dots, is_coloured };
        assert_eq!(
            scans_in(pictures, 3),
            [scan(200.0, false), scan(300.0, true), scan(300.0, false)]
        );
        assert_eq!(scans_in("", 1), [scan(300.0, false)]);
    }
}
