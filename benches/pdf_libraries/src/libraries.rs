//! One function per library: the words of a file on the standard output, one a line, in the order in which the
//! library gives them. Letters that touch are one word, as the program itself would have it.

use std::path::Path;
use std::process::ExitCode;

/// A gap that is a space, as a share of the size of the type.
const SPACE: f64 = 0.15;

pub fn print_words(library: &str, path: &Path) -> ExitCode {
    let bytes = std::fs::read(path).unwrap();
    let read = match library {
        "hayro-interpret" => with_hayro::words(bytes),
        "pdf-extract" => with_pdf_extract::words(&bytes),
        "pdf_oxide" => pdf_oxide(bytes),
        "lopdf" => lopdf(&bytes),
        other => Err(format!("no library {other}")),
    };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    eprintln!("peak {}", peak.unwrap_or_default());
    match read {
        Ok(words) => {
            println!("{}", words.join("\n"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Words of glyphs that are given one by one.
#[derive(Default)]
struct Words {
    words: Vec<String>,
    open: String,
    end: (f64, f64),
}

impl Words {
    fn push(&mut self, text: &str, x: f64, y: f64, width: f64, size: f64) {
        let (dx, dy) = (x - self.end.0, y - self.end.1);
        if text.trim().is_empty() || dy.abs() > size * SPACE || !(-size..size * SPACE).contains(&dx)
        {
            self.finish();
        }
        self.open.push_str(text.trim());
        self.end = (x + width, y);
    }

    fn finish(&mut self) {
        if !self.open.is_empty() {
            self.words.push(std::mem::take(&mut self.open));
        }
    }
}

mod with_hayro {
    use super::Words;
    use hayro_interpret::font::{Glyph, GlyphRun};
    use hayro_interpret::hayro_cmap::BfString;
    use hayro_interpret::hayro_syntax::Pdf;
    use hayro_interpret::kurbo::{Affine, BezPath, Rect};
    use hayro_interpret::*;

    impl<'a> Device<'a> for Words {
        fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
        fn push_clip_path(&mut self, _: &ClipPath) {}
        fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
        fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
            for glyph in run.glyphs() {
                let [xx, yx, xy, yy, x, y] = (props.transform * glyph.transform()).as_coeffs();
                let advance = match &**glyph {
                    Glyph::Outline(outline) => outline.advance_width(),
                    Glyph::Type3(type3) => type3.advance_width(),
                };
                let text = match glyph.as_unicode() {
                    Some(BfString::Char(character)) => character.to_string(),
                    Some(BfString::String(text)) => text,
                    None => "\u{fffd}".to_owned(),
                };
                let width = xx.hypot(yx) * f64::from(advance.unwrap_or(500.0));
                self.push(&text, x, y, width, xy.hypot(yy) * 1000.0);
            }
        }
        fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
        fn pop_clip(&mut self) {}
        fn pop_transparency_group(&mut self) {}
    }

    pub fn words(bytes: Vec<u8>) -> Result<Vec<String>, String> {
        let pdf = Pdf::new(bytes).map_err(|error| format!("{error:?}"))?;
        let cache = InterpreterCache::new();
        let mut words = Words::default();
        for page in pdf.pages().iter() {
            let (width, height) = page.render_dimensions();
            let area = Rect::new(0.0, 0.0, width.into(), height.into());
            let transform = Affine::new(page.initial_transform(true).as_coeffs());
            let settings = InterpreterSettings::default();
            let mut context = Context::new(transform, area, &cache, page.xref(), settings);
            interpret_page(page, &mut context, &mut words);
            words.finish();
        }
        Ok(words.words)
    }
}

mod with_pdf_extract {
    use super::Words;
    use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};

    impl OutputDev for Words {
        fn begin_page(
            &mut self,
            _: u32,
            _: &MediaBox,
            _: Option<(f64, f64, f64, f64)>,
        ) -> Result<(), OutputError> {
            Ok(())
        }
        fn end_page(&mut self) -> Result<(), OutputError> {
            self.finish();
            Ok(())
        }
        fn output_character(
            &mut self,
            place: &Transform,
            width: f64,
            _: f64,
            size: f64,
            text: &str,
        ) -> Result<(), OutputError> {
            let width = width * size * place.m11.hypot(place.m12);
            let size = size * place.m21.hypot(place.m22);
            self.push(text, place.m31, place.m32, width, size);
            Ok(())
        }
        fn begin_word(&mut self) -> Result<(), OutputError> {
            Ok(())
        }
        fn end_word(&mut self) -> Result<(), OutputError> {
            Ok(())
        }
        fn end_line(&mut self) -> Result<(), OutputError> {
            Ok(())
        }
    }

    pub fn words(bytes: &[u8]) -> Result<Vec<String>, String> {
        let document = Document::load_mem(bytes).map_err(|error| error.to_string())?;
        let mut words = Words::default();
        output_doc(&document, &mut words).map_err(|error| error.to_string())?;
        words.finish();
        Ok(words.words)
    }
}

fn pdf_oxide(bytes: Vec<u8>) -> Result<Vec<String>, String> {
    let document =
        pdf_oxide::document::PdfDocument::from_bytes(bytes).map_err(|error| error.to_string())?;
    let pages = document.page_count().map_err(|error| error.to_string())?;
    let mut words = Vec::new();
    for page in 0..pages {
        let of_page = document
            .extract_words(page)
            .map_err(|error| error.to_string())?;
        words.extend(of_page.into_iter().map(|word| word.text));
    }
    Ok(words)
}

/// Has no places of words: its text is all there is to compare.
fn lopdf(bytes: &[u8]) -> Result<Vec<String>, String> {
    const LIMIT: usize = 64 << 20;
    let options = lopdf::LoadOptions::with_max_decompressed_size(LIMIT);
    let document = lopdf::Document::load_mem_with_options(bytes, options)
        .map_err(|error| error.to_string())?;
    let mut words = Vec::new();
    for page in document.get_pages().into_keys() {
        let text = document
            .extract_text_with_limit(&[page], LIMIT)
            .map_err(|error| error.to_string())?;
        words.extend(text.split_whitespace().map(str::to_owned));
    }
    Ok(words)
}
