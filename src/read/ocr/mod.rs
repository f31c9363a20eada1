//! Recognition: pages that are pictures become pages of words.
//!
//! ```text
//! image file ─▶ picture ─┐
//! PDF ─▶ rendering ──────┴▶ posture ─▶ ink ─▶ Tesseract ─▶ second look ─▶ words with boxes and confidences
//! ```
//!
//! In: image files, or a PDF and which of its pages. Out: [`Page`]s whose lines are level, each with the
//! [`Turn`] that leads back to the page as it is, and [`Ocr`], which says what recognised them.
//! Must never: recognise more than [`MAX_PAGES`] pages of a file, or keep a picture longer than its page takes.

mod apart;
mod blanks;
mod digits;
mod initials;
mod ink;
mod legible;
mod network;
mod pen;
mod picture;
mod posture;
mod rendering;
mod second_look;
mod strokes;
mod tesseract;

use std::borrow::Cow;
use std::fmt::Display;
use std::fs;
use std::io::BufWriter;
use std::path::Path;
use std::time::{Duration, Instant};

use image::codecs::tiff::TiffEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use rayon::prelude::*;

use self::apart::Cutting;
use self::blanks::{Blank, blanks, is_written_over};
use self::digits::Figures;
use self::initials::names;
use self::ink::{INK_STAYS, PRINT_STAYS, Shades};
use self::legible::is_legible;
pub use self::picture::MAX_PIXELS;
use self::picture::Picture;
use self::posture::{Turn, levelled, posture};
use self::rendering::{Document, Form};
use self::second_look::{Looked, look_again};
use self::tesseract::{Division, Engine, Recognised};
use super::page::{Page, Word, assemble};
use super::program::Program;
use super::{ReadError, Settings};
use crate::order::Ocr;
use crate::text::{Bounds, Notice, NoticeKind, Text};
use crate::wording::refusal;

/// Most pages of one file that are recognised: a case file of a year. At two seconds a page they take a core a
/// quarter of an hour.
pub const MAX_PAGES: usize = 500;

/// How long the pages of one file may take together. No page is begun after it.
const TIME_OF_A_FILE: Duration = Duration::from_hours(1);

/// Words under this mean confidence, together, may be read upside down; the engine is asked how the page stands.
const DOUBTFUL_PAGE: f32 = 0.6;

/// A page of a file, which is to be recognised.
enum Source<'a> {
    /// A page of an image file, the first being 0.
    Image { bytes: &'a [u8], page: usize },
    /// A page of a PDF, the first being 0.
    Pdf {
        document: &'a Document<'a>,
        page: usize,
    },
}

/// A page as it was recognised.
struct RecognisedPage {
    /// Its words, as if it had lain straight.
    page: Page,
    /// The way back, in points.
    turn: Turn,
    /// What was taken for words and left out.
    strokes: Vec<String>,
    /// What was read of a pen.
    by_hand: Vec<String>,
    /// What could not be read.
    notices: Vec<String>,
}

/// Reads image files, each of which may hold several pages.
pub(super) fn read_images(
    images: &[impl AsRef<[u8]> + Sync],
    settings: &Settings,
) -> Result<(Text, Ocr), ReadError> {
    let folder = folder()?;
    let sources: Vec<Source<'_>> = images
        .iter()
        .map(AsRef::as_ref)
        .flat_map(|bytes| {
            (0..picture::page_count(bytes)).map(move |page| Source::Image { bytes, page })
        })
        .collect();
    let (recognised, ocr) = recognise(&sources, folder.path(), settings)?;
    let text = assemble_turned(recognised.into_iter().map(Ok).collect(), settings)?;
    Ok((text, ocr))
}

/// Reads a PDF: the pages that bring their text are given, those that are `None` are recognised.
pub(super) fn read_pdf(
    bytes: &[u8],
    printed: Vec<Option<Page>>,
    settings: &Settings,
) -> Result<(Text, Ocr), ReadError> {
    let folder = folder()?;
    let document = Document::open(bytes, folder.path())?;
    let document = &document;
    let sources: Vec<Source<'_>> = (0..)
        .zip(&printed)
        .filter(|(_, printed)| printed.is_none())
        .map(|(page, _)| Source::Pdf { document, page })
        .collect();
    let (recognised, ocr) = recognise(&sources, folder.path(), settings)?;
    let mut recognised = recognised.into_iter();
    let pages = printed
        .into_iter()
        .filter_map(|printed| printed.map(Err).or_else(|| recognised.next().map(Ok)))
        .collect();
    Ok((assemble_turned(pages, settings)?, ocr))
}

/// A page of a PDF, the first being 0, as PNG.
pub(super) fn page_of_pdf(bytes: &[u8], page: usize) -> Result<Vec<u8>, ReadError> {
    let folder = folder()?;
    let document = Document::open(bytes, folder.path())?;
    Ok(document.rendered(page, Form::Png)?.0)
}

/// A page of an image file, the first being 0, as PNG.
pub(super) fn page_of_images(
    images: &[impl AsRef<[u8]>],
    mut page: usize,
) -> Result<Vec<u8>, ReadError> {
    for image in images.iter().map(AsRef::as_ref) {
        let count = picture::page_count(image);
        if page < count {
            return picture::as_png(&picture::image(image, page)?.0);
        }
        page -= count;
    }
    Err(picture::missing())
}

/// Whether bytes are an image file that pages are read from.
pub(super) fn is_picture(bytes: &[u8]) -> bool {
    picture::is_readable(bytes)
}

fn folder() -> Result<tempfile::TempDir, ReadError> {
    tempfile::tempdir().map_err(|error| ReadError::ProgramFailed {
        program: Program::Tesseract,
        detail: format!("не создаётся временная папка: {}", refusal(&error)),
    })
}

/// Makes one text of the pages that were recognised (`Ok`) and those that brought their text (`Err`).
fn assemble_turned(
    pages: Vec<Result<RecognisedPage, Page>>,
    settings: &Settings,
) -> Result<Text, ReadError> {
    let (mut level, mut turns, mut notices) = (Vec::new(), Vec::new(), Vec::new());
    for (number, page) in (1..).zip(pages) {
        match page {
            Ok(recognised) => {
                let mut notice = |kind, message: &str| {
                    notices.push(Notice {
                        kind,
                        message: format!("page {number}: {message}"),
                        span: None,
                    });
                };
                for message in &recognised.notices {
                    notice(NoticeKind::Unreadable, message);
                }
                if !recognised.by_hand.is_empty() {
                    let message = format!(
                        "compare what is written by hand with the picture: «{}»",
                        recognised.by_hand.join("», «")
                    );
                    notice(NoticeKind::Handwriting, &message);
                }
                if !recognised.strokes.is_empty() {
                    notice(NoticeKind::Strokes, &left_out(&recognised.strokes));
                }
                turns.push(recognised.turn);
                level.push(recognised.page);
            }
            Err(printed) => {
                turns.push(Turn::NONE);
                level.push(printed);
            }
        }
    }
    let mut text = assemble(&level, &settings.limits)?;
    for place in &mut text.places {
        if let Some(turn) = turns.get((place.page as usize).wrapping_sub(1)) {
            place.bounds = turn.back(place.bounds);
        }
    }
    text.notices.extend(notices);
    Ok(text)
}

/// Tells of marks that were left out, the first of them in full.
fn left_out(strokes: &[String]) -> String {
    /// Marks that are shown.
    const SHOWN: usize = 10;
    let shown = strokes.get(..SHOWN).unwrap_or(strokes).join(" ");
    let more = if strokes.len() > SHOWN { " …" } else { "" };
    format!(
        "marks that are no print were left out ({}): «{shown}{more}»",
        strokes.len()
    )
}

/// Recognises pages side by side.
fn recognise(
    sources: &[Source<'_>],
    folder: &Path,
    settings: &Settings,
) -> Result<(Vec<RecognisedPage>, Ocr), ReadError> {
    if sources.len() > MAX_PAGES {
        return Err(ReadError::TooLarge {
            what: "число страниц",
            limit: MAX_PAGES.to_string(),
        });
    }
    let engine = Engine::with(&settings.recognition_language, folder)?;
    let started = Instant::now();
    let pages: Vec<RecognisedPage> = sources
        .par_iter()
        .enumerate()
        .map(|(index, source)| {
            if started.elapsed() > TIME_OF_A_FILE {
                return Err(ReadError::TimedOut {
                    program: Program::Tesseract,
                    seconds: TIME_OF_A_FILE.as_secs(),
                });
            }
            recognise_page(source, &engine, &format!("{index}.tiff"), folder)
        })
        .collect::<Result<_, _>>()?;
    let (mut sum, mut count) = (0.0, 0u32);
    for word in pages.iter().flat_map(|recognised| &recognised.page.words) {
        sum += f64::from(word.confidence.unwrap_or_default());
        count += 1;
    }
    let ocr = Ocr {
        engine: engine.name.to_owned(),
        language: settings.recognition_language.clone(),
        confidence: if count == 0 {
            0.0
        } else {
            sum / f64::from(count)
        },
    };
    Ok((pages, ocr))
}

fn recognise_page(
    source: &Source<'_>,
    engine: &Engine<'_>,
    file: &str,
    folder: &Path,
) -> Result<RecognisedPage, ReadError> {
    let mut notices = Vec::new();
    let (sheet, scale) = match source {
        Source::Image { bytes, page } => {
            let sheet = picture::sheet(bytes, *page)?;
            let scale = sheet.grey.points_of_a_pixel();
            (sheet, scale)
        }
        Source::Pdf { document, page } => {
            let (bytes, scale) = document.rendered(*page, Form::PortableMap)?;
            (picture::sheet(&bytes, 0)?, scale)
        }
    };
    if sheet.is_cut {
        notices.push("its picture breaks off, and what was below is lost".to_owned());
    }
    let picture = &sheet.grey;
    let size = picture.page_size();
    let (posture, shades) = (posture(picture), Shades::of(picture));
    let read_turned = |quarters: u8| -> Result<_, ReadError> {
        let (straight, turn) = levelled(picture, quarters, posture.skew);
        let level = shades.spread(INK_STAYS, &straight);
        write_picture(&level, &folder.join(file))?;
        let words = engine.words(&tesseract::resolution(&level), Division::Page, file, folder)?;
        Ok((words, (straight, level), turn))
    };
    let mut quarters = 0;
    if posture.is_sideways {
        write_picture(picture, &folder.join(file))?;
        quarters = tesseract::quarters(picture, file, folder);
    }
    let (mut words, mut pictures, mut turn) = read_turned(quarters)?;
    if !posture.is_sideways && mean_confidence(&words) < DOUBTFUL_PAGE {
        quarters = tesseract::quarters(picture, file, folder);
        if quarters != 0 {
            let other = read_turned(quarters)?;
            if mean_confidence(&other.0) > mean_confidence(&words) {
                (words, pictures, turn) = other;
            } else {
                quarters = 0;
            }
        }
    }
    let (straight, level) = pictures;
    let print = match &sheet.colours {
        Some(colours) => {
            let straight = levelled(&colours.print, quarters, posture.skew).0;
            Shades::of(&colours.print).spread(PRINT_STAYS, &straight)
        }
        None => shades.spread(PRINT_STAYS, &straight),
    };
    let read_lines = |lines: &Picture| -> Result<_, ReadError> {
        write_picture(lines, &folder.join(file))?;
        let resolution = tesseract::resolution(&level);
        engine.words(&resolution, Division::Lines, file, folder)
    };
    let mut looked = look_again(words, &level, &print, read_lines)?;
    let ink = sheet
        .colours
        .as_ref()
        .map(|colours| || levelled(&colours.ink, quarters, posture.skew).0);
    let read_apart =
        |cuttings: &[&Cutting], division| read_apart(cuttings, division, engine, file, folder);
    // The page is read: what only this would add is no reason to lose it.
    let written =
        read_parts(&mut looked, &level, &print, ink, read_apart).unwrap_or_else(|error| {
            notices.push(format!(
                "names and blanks could not be read apart: {}",
                error.code()
            ));
            Vec::new()
        });
    let Looked { words, strokes, .. } = looked;
    // That it stays until the folder goes does no harm.
    let _ = fs::remove_file(folder.join(file));
    let (words, illegible): (Vec<_>, Vec<_>) = words.into_iter().partition(is_legible);
    let by_hand = written.iter().filter(|word| word.text != pen::UNREAD);
    let by_hand = by_hand.map(|word| word.text.clone()).collect();
    let words = words
        .into_iter()
        .chain(written)
        .map(|word| in_points(word, scale))
        .collect();
    Ok(RecognisedPage {
        page: Page {
            width: size.width,
            height: size.height,
            words,
            ..Page::default()
        },
        turn: turn.scaled(scale),
        strokes: strokes
            .into_iter()
            .chain(illegible)
            .map(|word| word.text)
            .collect(),
        by_hand,
        notices,
    })
}

/// Reads apart what a page hides from a look at the whole: names under another ink, and what a pen put into blanks, if
/// the page has `ink` of a colour. Gives the latter.
fn read_parts<'a>(
    looked: &mut Looked,
    level: &Picture,
    print: &Picture,
    ink: Option<impl FnOnce() -> Cow<'a, Picture>>,
    read: impl Fn(&[&Cutting], Division) -> Result<Vec<String>, ReadError>,
) -> Result<Vec<Recognised>, ReadError> {
    let names = names(&looked.words, &looked.rows);
    let blanks = ink.map_or_else(Vec::new, |ink| blanks(&looked.words, level, print, ink));
    // With the other ink and without it: what the first covers, the second breaks.
    let of_names: Vec<[Cutting; 2]> = names
        .iter()
        .map(|name| [level, print].map(|page| name.cutting(&looked.words, page)))
        .collect();
    let figures: Vec<Option<Figures>> = blanks.iter().map(pen::figures_in).collect();
    let sure: Vec<Option<Recognised>> = blanks
        .iter()
        .zip(&figures)
        .map(|(blank, figures)| pen::certain(blank, figures.as_ref()))
        .collect();
    let of_blanks: Vec<&Cutting> = blanks
        .iter()
        .zip(&sure)
        .filter(|(_, sure)| sure.is_none())
        .flat_map(|(blank, _)| &blank.cuttings)
        .collect();
    let all: Vec<&Cutting> = of_blanks
        .iter()
        .copied()
        .chain(of_names.iter().flatten())
        .collect();
    let lines = read(&all, Division::Line)?;
    let bare_lines = read(&of_blanks, Division::BareLine)?;
    let (of_blanks, of_names) = lines.split_at(bare_lines.len());
    let mut both = of_blanks
        .chunks(Blank::PICTURES)
        .zip(bare_lines.chunks(Blank::PICTURES));
    let written: Vec<Recognised> = blanks
        .iter()
        .zip(&figures)
        .zip(sure)
        .filter_map(|((blank, figures), sure)| {
            sure.or_else(|| {
                let (lines, bare) = both.next()?;
                let readings = lines.iter().chain(bare).map(String::as_str);
                Some(pen::word(blank, figures.as_ref(), readings))
            })
        })
        .collect();
    for (name, readings) in names.iter().zip(of_names.chunks(2 * Cutting::PICTURES)) {
        name.read_again(&mut looked.words, readings.iter().map(String::as_str));
    }
    // What was taken for print there is told of where the pen cannot be read.
    let unread: Vec<Recognised> = written
        .iter()
        .filter(|word| word.text == pen::UNREAD)
        .cloned()
        .collect();
    looked
        .strokes
        .retain(|word| !is_written_over(word, &written));
    let (covered, words): (Vec<_>, Vec<_>) = std::mem::take(&mut looked.words)
        .into_iter()
        .partition(|word| is_written_over(word, &written));
    looked.words = words;
    let told = covered
        .into_iter()
        .filter(|word| is_written_over(word, &unread));
    looked.strokes.extend(told);
    Ok(written)
}

/// What is read in cuttings of a page, each in every size.
fn read_apart(
    cuttings: &[&Cutting],
    division: Division,
    engine: &Engine<'_>,
    file: &str,
    folder: &Path,
) -> Result<Vec<String>, ReadError> {
    if cuttings.is_empty() {
        return Ok(Vec::new());
    }
    let pictures = cuttings.iter().flat_map(|cutting| cutting.pictures());
    let mut files = String::new();
    for (index, picture) in pictures.enumerate() {
        let name = format!("{index}-{file}");
        write_picture(&picture, &folder.join(&name))?;
        files = files + &name + "\n";
    }
    let list = format!("{file}.list");
    fs::write(folder.join(&list), &files).map_err(|error| unwritten(&error))?;
    let lines = engine.lines(
        division,
        (&list, cuttings.len() * Cutting::PICTURES),
        folder,
    );
    for file in files.lines().chain([list.as_str()]) {
        let _ = fs::remove_file(folder.join(file));
    }
    lines
}

fn in_points(word: Recognised, scale: f32) -> Word {
    let [left, top, width, height] = word.pixels;
    Word {
        text: word.text,
        bounds: Bounds {
            left: left * scale,
            top: top * scale,
            right: (left + width) * scale,
            bottom: (top + height) * scale,
        },
        confidence: Some(word.confidence),
    }
}

/// Mean confidence of the letters; nothing where there are none.
fn mean_confidence(words: &[Recognised]) -> f32 {
    let (mut sum, mut letters) = (0.0, 0.0);
    for word in words {
        let length = picture::float(u32::try_from(word.text.chars().count()).unwrap_or(u32::MAX));
        sum += word.confidence * length;
        letters += length;
    }
    if letters > 0.0 { sum / letters } else { 0.0 }
}

/// Writes a picture as a TIFF: of all forms the one that the engine reads in the fewest steps (a portable graymap takes
/// it a call for every pixel).
fn write_picture(picture: &Picture, path: &Path) -> Result<(), ReadError> {
    let file = fs::File::create(path).map_err(|error| unwritten(&error))?;
    TiffEncoder::new(BufWriter::new(file))
        .write_image(
            &picture.grey,
            picture.width,
            picture.height,
            ExtendedColorType::L8,
        )
        .map_err(|error| unwritten(&error))
}

fn unwritten(error: &impl Display) -> ReadError {
    ReadError::ProgramFailed {
        program: Program::Tesseract,
        detail: format!("не записывается изображение: {error}"),
    }
}
