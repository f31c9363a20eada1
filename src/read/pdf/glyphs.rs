//! What a PDF draws: glyphs and ruled lines with their places.
//!
//! The only file that knows `hayro-interpret`; [`unlocked`](super::unlocked) has it decrypt. That crate cannot be told to stop, so this one ends its thread from
//! within ([`Ended`]) where a page draws too much or takes too long.
//!
//! In: a file that was weighed. Out: [`Drawn`] pages. Must never: have a picture decoded, or run on a thread that
//! has other work.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData, page};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};

use crate::read::Limits;
use crate::text::Bounds;

/// How long a file may take. A hundred pages of text take a second on a slow machine.
const TIME: Duration = Duration::from_secs(20);

/// Most things a file may draw: a page of small print draws 10,000.
const MAX_DRAWN: usize = 20_000_000;

/// Most glyphs of a file: the words of so many take 100 MB.
const MAX_GLYPHS: usize = 5_000_000;

/// Most ruled lines that are kept of a page.
const MAX_RULES: usize = 10_000;

/// Deepest nesting of clips. Each form draws inside one, and the forms that are open are in memory.
const MAX_NESTING: usize = 28;

/// A ruled line is at most so thick, in points.
const THICKEST_RULE: f64 = 3.0;

/// A space is so wide, in ems, where the font does not say.
const USUAL_ADVANCE: f32 = 0.5;

/// Units of an em in a glyph's own space.
const UNITS_PER_EM: f64 = 1000.0;

/// Why reading a file ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It has a password.
    Encrypted,
    /// It is no PDF, in these words.
    Damaged(&'static str),
    /// It exceeds a limit.
    TooLarge(&'static str, usize),
}

/// What one page draws.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Drawn {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) glyphs: Vec<DrawnGlyph>,
    /// Thin rectangles, upright or level.
    pub(super) rules: Vec<Bounds>,
    /// How many paths it draws: lines, frames, letters that are no text.
    pub(super) paths: usize,
    /// The part of the page that its largest picture covers, 0..1.
    pub(super) picture: f32,
}

/// A glyph as it stands on its page, in points from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DrawnGlyph {
    /// What it stands for; nothing where the file does not say.
    pub(super) characters: Option<Characters>,
    /// Where it begins on its baseline.
    pub(super) x: f32,
    pub(super) y: f32,
    /// The way to where the next one would begin.
    pub(super) dx: f32,
    pub(super) dy: f32,
    /// Size of the type.
    pub(super) size: f32,
}

/// The characters of a glyph: one, but for ligatures.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Characters {
    One(char),
    More(Box<str>),
}

/// What `finish` makes of each page of a file, from what the page draws.
pub(super) fn finished<T>(
    bytes: Arc<Vec<u8>>,
    limits: &Limits,
    finish: impl Fn(Drawn) -> T,
) -> Result<Vec<T>, Ended> {
    let pdf = Pdf::new(PdfData::from(bytes)).map_err(ended)?;
    if pdf.pages().is_empty() {
        return Err(Ended::Damaged("в нём нет страниц"));
    }
    if pdf.pages().len() > limits.pages {
        return Err(Ended::TooLarge("число страниц", limits.pages));
    }
    let cache = InterpreterCache::new();
    let mut sheet = Sheet {
        page: Drawn::default(),
        until: Instant::now() + TIME,
        drawn: 0,
        glyphs: 0,
        nesting: 0,
    };
    Ok(pdf
        .pages()
        .iter()
        .map(|page| finish(sheet.draw(page, &cache)))
        .collect())
}

/// Why a file cannot be opened.
pub(super) fn ended(error: LoadPdfError) -> Ended {
    match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => Ended::Encrypted,
        LoadPdfError::Decryption(_) => Ended::Damaged("шифрование нарушено"),
        LoadPdfError::Invalid => Ended::Damaged("страницы не найдены"),
    }
}

/// The page that is being drawn, and what the file has used up.
struct Sheet {
    page: Drawn,
    until: Instant,
    drawn: usize,
    glyphs: usize,
    nesting: usize,
}

impl Sheet {
    fn draw<'a>(&mut self, page: &page::Page<'a>, cache: &InterpreterCache<'a>) -> Drawn {
        let (width, height) = page.render_dimensions();
        self.page = Drawn {
            width,
            height,
            ..Drawn::default()
        };
        self.nesting = 0;
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let settings = InterpreterSettings::default();
        let mut context = Context::new(transform, area, cache, page.xref(), settings);
        interpret_page(page, &mut context, self);
        std::mem::take(&mut self.page)
    }

    /// Ends the thread where the file has drawn too much or for too long.
    fn count(&mut self) {
        self.drawn += 1;
        if self.drawn > MAX_DRAWN || self.glyphs > MAX_GLYPHS {
            end(Ended::TooLarge("число знаков и линий", MAX_DRAWN));
        }
        if self.drawn.is_multiple_of(64) && Instant::now() > self.until {
            end(Ended::TooLarge("время чтения в секундах", 20));
        }
    }

    fn glyph(&mut self, glyph: &Glyph<'_>, place: Affine) {
        let [xx, yx, xy, yy, x, y] = place.as_coeffs();
        let em = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(type3) => type3.advance_width(),
        };
        let advance = em.unwrap_or(USUAL_ADVANCE * 1000.0);
        let characters = glyph.as_unicode().map(|characters| match characters {
            BfString::Char(character) => Characters::One(character),
            BfString::String(characters) => Characters::More(characters.into()),
        });
        self.glyphs += 1;
        self.page.glyphs.push(DrawnGlyph {
            characters,
            x: single(x),
            y: single(y),
            dx: single(xx) * advance,
            dy: single(yx) * advance,
            size: single(xy.hypot(yy) * UNITS_PER_EM),
        });
    }

    fn rule(&mut self, area: Rect) {
        let is_thin = area.width().min(area.height()) <= THICKEST_RULE;
        if is_thin && area.is_finite() && self.page.rules.len() < MAX_RULES {
            self.page.rules.push(Bounds {
                left: single(area.x0),
                top: single(area.y0),
                right: single(area.x1),
                bottom: single(area.y1),
            });
        }
    }
}

/// Ends this thread: the one that waits for it learns why. Nothing is printed, as a panic would.
fn end(why: Ended) -> ! {
    resume_unwind(Box::new(why))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "places on a page need no more"
)]
fn single(number: f64) -> f32 {
    number as f32
}

impl<'a> Device<'a> for Sheet {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        self.page.paths += 1;
        // The edges of a stroked rectangle are ruled lines, and so is a thin one that is filled.
        let path = props.transform * path.clone();
        let area = path.bounding_box();
        if area.width().min(area.height()) <= THICKEST_RULE {
            self.rule(area);
        } else if matches!(mode, DrawMode::Stroke(_)) {
            let mut count = 0;
            for segment in path.segments() {
                count += 1;
                if count > MAX_RULES {
                    break;
                }
                self.rule(segment.bounding_box());
            }
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            end(Ended::TooLarge("вложенность рисунков", MAX_NESTING));
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.count();
            self.glyph(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count();
        let page = Rect::new(0.0, 0.0, self.page.width.into(), self.page.height.into());
        let far = Point::new(image.width().into(), image.height().into());
        let area = Rect::from_points(props.transform * Point::ORIGIN, props.transform * far)
            .intersect(page);
        let share = single(area.area() / page.area().max(1.0));
        self.page.picture = self.page.picture.max(share);
    }

    fn pop_clip(&mut self) {
        self.nesting = self.nesting.saturating_sub(1);
    }

    fn pop_transparency_group(&mut self) {}
}
