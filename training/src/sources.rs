//! Where digits and what is none come from: data sets and fonts of a folder, and strokes drawn here.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::{GzDecoder, ZlibDecoder};
use fontdue::{Font, FontSettings};

use crate::network::Glyph;
use crate::random::Random;

/// The last pictures of each class of the MNIST digits are never seen in training: they are for measuring.
const FOR_MEASURING: usize = 300;

/// Height of a line of a font, in pixels.
const FONT_SIZE: f32 = 64.0;

/// What is no digit and looks like none.
const LETTERS: &str =
    "авдежйклмнпртуфхцшщъыьюяАБГДЕЖИКЛМНПРТУФХЦШЩЫЮЯaekmnprtuvwxyhdfAEFHKLMNPRTVWXY№?!#&*+=%«»";

/// Fonts that only add letters, as they are of print: those with Cyrillic letters and an upright or slanted hand.
const PRINTED: [&str; 6] = [
    "pt-serif",
    "philosopher",
    "cormorant",
    "playfair-display",
    "lobster",
    "comic-relief",
];

pub struct Sources {
    /// Glyphs of each digit: MNIST, Optdigits, fonts.
    pub of_digits: [[Vec<Glyph>; 10]; 3],
    pub letters: Vec<Glyph>,
}

/// Reads what a folder has: `mnist/0.json` to `9.json`, `digits.csv.gz`, and fonts anywhere below `fonts`.
pub fn sources(folder: &Path) -> Result<Sources, String> {
    let mut of_digits: [[Vec<Glyph>; 10]; 3] = Default::default();
    for (digit, glyphs) in of_digits[0].iter_mut().enumerate() {
        let text = read(&folder.join(format!("mnist/{digit}.json")))?;
        let text = String::from_utf8_lossy(&text);
        let numbers: Vec<f32> = text
            .split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .filter_map(|number| number.parse().ok())
            .collect();
        let pictures = numbers.as_chunks::<784>().0;
        for picture in &pictures[..pictures.len() - FOR_MEASURING] {
            glyphs.push(cropped(&Glyph {
                width: 28,
                ink: picture.to_vec(),
            }));
        }
    }
    let mut text = String::new();
    let packed = read(&folder.join("digits.csv.gz"))?;
    GzDecoder::new(&packed[..])
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())?;
    for line in text.lines() {
        let numbers: Vec<f32> = line
            .split(',')
            .filter_map(|number| number.parse().ok())
            .collect();
        if let [ink @ .., class] = &numbers[..] {
            // A frame of paper, so that strokes can end smoothly.
            let mut framed = vec![0.0; 100];
            for (at, ink) in ink.iter().enumerate() {
                framed[(at / 8 + 1) * 10 + at % 8 + 1] = ink / 16.0;
            }
            of_digits[1][*class as usize].push(Glyph {
                width: 10,
                ink: framed,
            });
        }
    }
    let mut letters = Vec::new();
    let mut files = Vec::new();
    fonts(&folder.join("fonts"), &mut files);
    files.sort();
    for file in files {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let Ok(font) = Font::from_bytes(unpacked(&read(&file)?)?, FontSettings::default()) else {
            continue;
        };
        let is_printed = PRINTED.iter().any(|printed| name.starts_with(printed));
        let glyph = |letter: char| {
            if font.lookup_glyph_index(letter) == 0 {
                return None;
            }
            let (metrics, shades) = font.rasterize(letter, FONT_SIZE);
            let ink: Vec<f32> = shades
                .iter()
                .map(|shade| f32::from(*shade) / 255.0)
                .collect();
            (metrics.width > 1 && metrics.height > 1).then_some(Glyph {
                width: metrics.width,
                ink,
            })
        };
        if !is_printed {
            for (digit, glyphs) in ('0'..='9').zip(&mut of_digits[2]) {
                glyphs.extend(glyph(digit));
            }
        }
        letters.extend(LETTERS.chars().filter_map(glyph));
    }
    Ok(Sources { of_digits, letters })
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The regular fonts of a folder whose letters are Latin or Cyrillic.
fn fonts(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_wanted = ["-latin-400-", "-latin-700-normal", "-cyrillic-400-"]
            .iter()
            .any(|part| name.contains(part));
        if path.is_dir() {
            fonts(&path, files);
        } else if name.ends_with(".woff") && is_wanted {
            files.push(path);
        }
    }
}

/// A font out of its packed form for the web.
fn unpacked(file: &[u8]) -> Result<Vec<u8>, String> {
    let number = |at: usize, bytes: usize| {
        file.get(at..at + bytes)
            .ok_or("a font is cut off")
            .map(|bytes| {
                bytes
                    .iter()
                    .fold(0usize, |number, byte| number << 8 | usize::from(*byte))
            })
    };
    let tables = number(12, 2)?;
    let mut font = file[4..8].to_vec();
    font.extend([(tables >> 8) as u8, tables as u8, 0, 0, 0, 0, 0, 0]);
    let mut body = Vec::new();
    for table in 0..tables {
        let at = 44 + 20 * table;
        let (from, packed, length) = (number(at + 4, 4)?, number(at + 8, 4)?, number(at + 12, 4)?);
        let bytes = file.get(from..from + packed).ok_or("a font is cut off")?;
        font.extend(&file[at..at + 4]);
        font.extend(&file[at + 16..at + 20]);
        font.extend(((12 + 16 * tables + body.len()) as u32).to_be_bytes());
        font.extend((length as u32).to_be_bytes());
        if packed == length {
            body.extend(bytes);
        } else {
            ZlibDecoder::new(bytes)
                .read_to_end(&mut body)
                .map_err(|error| error.to_string())?;
        }
        body.resize(body.len().next_multiple_of(4), 0);
    }
    font.extend(body);
    Ok(font)
}

/// The part of a glyph that has ink.
pub fn cropped(glyph: &Glyph) -> Glyph {
    let (mut left, mut right, mut top, mut bottom) = (usize::MAX, 0, usize::MAX, 0);
    for (at, ink) in glyph.ink.iter().enumerate() {
        if *ink > 0.0 {
            let (row, column) = (at / glyph.width, at % glyph.width);
            (left, right) = (left.min(column), right.max(column + 1));
            (top, bottom) = (top.min(row), bottom.max(row + 1));
        }
    }
    if right <= left {
        return Glyph {
            width: 1,
            ink: vec![0.0],
        };
    }
    let rows = glyph.ink.chunks(glyph.width).take(bottom).skip(top);
    Glyph {
        width: right - left,
        ink: rows
            .flat_map(|row| row[left..right].iter().copied())
            .collect(),
    }
}

/// A stroke of a pen: points that it goes through smoothly.
type Stroke = &'static [(f32, f32)];

/// Digits as they are taught and written in Russia and about it, in parts of their height.
const HANDS: [(usize, &[Stroke]); 26] = [
    (
        0,
        &[&[
            (0.3, 0.0),
            (0.04, 0.25),
            (0.04, 0.75),
            (0.3, 1.0),
            (0.56, 0.75),
            (0.56, 0.25),
            (0.3, 0.0),
        ]],
    ),
    (
        0,
        &[&[
            (0.35, 0.03),
            (0.05, 0.25),
            (0.05, 0.75),
            (0.3, 1.0),
            (0.55, 0.75),
            (0.52, 0.2),
            (0.3, 0.02),
            (0.42, -0.06),
            (0.62, -0.03),
        ]],
    ),
    (1, &[&[(0.0, 0.5), (0.4, 0.0)], &[(0.4, 0.0), (0.38, 1.0)]]),
    (
        1,
        &[
            &[(0.0, 0.3), (0.2, 0.2), (0.32, 0.0)],
            &[(0.32, 0.0), (0.3, 1.0)],
        ],
    ),
    (
        1,
        &[&[(0.0, 0.75), (0.45, 0.0)], &[(0.45, 0.0), (0.42, 1.0)]],
    ),
    (1, &[&[(0.0, 0.4), (0.5, 0.0)], &[(0.5, 0.0), (0.45, 1.0)]]),
    (
        1,
        &[
            &[(0.0, 0.55), (0.25, 0.3), (0.4, 0.0)],
            &[(0.4, 0.0), (0.3, 1.0)],
        ],
    ),
    (
        1,
        &[&[(0.0, 0.2), (0.25, 0.0)], &[(0.25, 0.0), (0.25, 1.0)]],
    ),
    (
        2,
        &[
            &[
                (0.05, 0.2),
                (0.25, 0.0),
                (0.5, 0.15),
                (0.4, 0.5),
                (0.05, 0.95),
            ],
            &[(0.05, 0.95), (0.6, 0.95)],
        ],
    ),
    (
        2,
        &[&[
            (0.05, 0.2),
            (0.25, 0.0),
            (0.5, 0.15),
            (0.4, 0.5),
            (0.05, 0.9),
            (0.1, 1.0),
            (0.22, 0.88),
            (0.4, 0.97),
            (0.62, 0.9),
        ]],
    ),
    (
        3,
        &[
            &[(0.05, 0.1), (0.3, 0.0), (0.5, 0.2), (0.2, 0.45)],
            &[
                (0.2, 0.45),
                (0.55, 0.6),
                (0.45, 0.92),
                (0.2, 1.0),
                (0.0, 0.88),
            ],
        ],
    ),
    (
        3,
        &[
            &[(0.05, 0.02), (0.5, 0.02)],
            &[(0.5, 0.02), (0.2, 0.4)],
            &[(0.2, 0.4), (0.55, 0.6), (0.4, 0.95), (0.0, 0.9)],
        ],
    ),
    (
        4,
        &[
            &[(0.1, 0.0), (0.02, 0.5), (0.12, 0.6), (0.55, 0.55)],
            &[(0.5, 0.25), (0.45, 1.0)],
        ],
    ),
    (
        4,
        &[
            &[(0.05, 0.0), (0.05, 0.55)],
            &[(0.05, 0.55), (0.6, 0.55)],
            &[(0.45, 0.05), (0.42, 1.0)],
        ],
    ),
    (
        4,
        &[
            &[(0.4, 0.0), (0.0, 0.65)],
            &[(0.0, 0.65), (0.6, 0.62)],
            &[(0.42, 0.3), (0.4, 1.0)],
        ],
    ),
    (
        5,
        &[
            &[(0.12, 0.02), (0.08, 0.42)],
            &[
                (0.08, 0.42),
                (0.4, 0.38),
                (0.55, 0.7),
                (0.3, 1.0),
                (0.0, 0.9),
            ],
            &[(0.12, 0.02), (0.55, 0.0)],
        ],
    ),
    (
        5,
        &[
            &[(0.12, 0.06), (0.08, 0.42)],
            &[
                (0.08, 0.42),
                (0.4, 0.38),
                (0.55, 0.7),
                (0.3, 1.0),
                (0.0, 0.9),
            ],
            &[(0.2, 0.0), (0.62, -0.04)],
        ],
    ),
    (
        6,
        &[&[
            (0.5, 0.02),
            (0.15, 0.3),
            (0.02, 0.7),
            (0.2, 1.0),
            (0.48, 0.85),
            (0.45, 0.58),
            (0.2, 0.55),
            (0.03, 0.75),
        ]],
    ),
    (
        7,
        &[
            &[(0.0, 0.05), (0.6, 0.03)],
            &[(0.6, 0.03), (0.35, 0.5), (0.25, 1.0)],
            &[(0.12, 0.5), (0.55, 0.47)],
        ],
    ),
    (
        7,
        &[
            &[(0.0, 0.2), (0.05, 0.03), (0.3, 0.08), (0.6, 0.02)],
            &[(0.6, 0.02), (0.3, 0.55), (0.22, 1.0)],
            &[(0.1, 0.52), (0.5, 0.5)],
        ],
    ),
    (
        7,
        &[
            &[(0.0, 0.12), (0.04, 0.02), (0.3, 0.05), (0.6, 0.02)],
            &[(0.6, 0.02), (0.3, 0.55), (0.22, 1.0)],
        ],
    ),
    (7, &[&[(0.0, 0.02), (0.5, 0.0)], &[(0.5, 0.0), (0.2, 1.0)]]),
    (
        7,
        &[
            &[(0.0, 0.0), (0.55, 0.0)],
            &[(0.55, 0.0), (0.3, 0.45), (0.28, 1.0)],
            &[(0.1, 0.5), (0.5, 0.46)],
        ],
    ),
    (
        8,
        &[&[
            (0.45, 0.12),
            (0.25, 0.0),
            (0.08, 0.18),
            (0.3, 0.45),
            (0.52, 0.75),
            (0.3, 1.0),
            (0.05, 0.8),
            (0.25, 0.48),
            (0.48, 0.2),
            (0.42, 0.08),
        ]],
    ),
    (
        9,
        &[
            &[
                (0.5, 0.12),
                (0.25, 0.0),
                (0.03, 0.2),
                (0.15, 0.45),
                (0.45, 0.35),
                (0.5, 0.12),
            ],
            &[(0.5, 0.12), (0.48, 0.6), (0.42, 1.0)],
        ],
    ),
    (
        9,
        &[
            &[
                (0.5, 0.12),
                (0.25, 0.0),
                (0.03, 0.2),
                (0.15, 0.45),
                (0.45, 0.35),
                (0.5, 0.12),
            ],
            &[(0.5, 0.1), (0.53, 0.6), (0.35, 0.95), (0.05, 0.92)],
        ],
    ),
];

/// A digit drawn by one of the hands.
pub fn drawn_digit(random: &mut Random) -> (Glyph, usize) {
    let (digit, strokes) = HANDS[random.below(HANDS.len())];
    let width = random.between(2.0, 6.0);
    let strokes: Vec<Vec<(f32, f32)>> = strokes.iter().map(|stroke| stroke.to_vec()).collect();
    (drawn(&strokes, width), digit)
}

/// A dash, a slash, a dot, or a scrawl.
pub fn drawn_mark(random: &mut Random) -> Glyph {
    let width = random.between(2.0, 6.0);
    let stroke: Vec<(f32, f32)> = match random.below(7) {
        0 => vec![
            (0.0, 0.0),
            (random.between(0.3, 1.0), random.between(-0.12, 0.12)),
        ],
        1 | 2 => {
            let lean = random.between(0.45, 1.0);
            vec![
                (0.0, 1.0),
                (lean * random.between(0.4, 0.6), 0.5),
                (lean, 0.0),
            ]
        }
        3 => vec![
            (0.0, 0.0),
            (random.between(0.0, 0.15), random.between(0.0, 0.15)),
        ],
        4 => vec![
            (0.0, 0.3),
            (0.3, random.between(-0.2, 0.8)),
            (0.7, random.between(-0.2, 0.8)),
            (1.0, 0.3),
        ],
        _ => {
            let points = 4 + random.below(7);
            let wide = random.between(0.5, 1.5);
            (0..points)
                .map(|_| (random.between(0.0, wide), random.part()))
                .collect()
        }
    };
    drawn(&[stroke], width)
}

/// Strokes drawn with a round pen, [`FONT_SIZE`] pixels high.
fn drawn(strokes: &[Vec<(f32, f32)>], pen: f32) -> Glyph {
    const MARGIN: f32 = 12.0;
    let points: Vec<(f32, f32)> = strokes.iter().flat_map(|stroke| smooth(stroke)).collect();
    let least = |side: fn(&(f32, f32)) -> f32| points.iter().map(side).fold(f32::MAX, f32::min);
    let most = |side: fn(&(f32, f32)) -> f32| points.iter().map(side).fold(f32::MIN, f32::max);
    let (left, top) = (least(|at| at.0), least(|at| at.1));
    let side = |length: f32| (length * FONT_SIZE + 2.0 * MARGIN) as usize + 1;
    let (width, height) = (side(most(|at| at.0) - left), side(most(|at| at.1) - top));
    let mut ink = vec![0.0f32; width * height];
    for (x, y) in points {
        let (x, y) = (
            (x - left) * FONT_SIZE + MARGIN,
            (y - top) * FONT_SIZE + MARGIN,
        );
        let reach = pen / 2.0 + 1.0;
        for row in (y - reach) as usize..=(y + reach) as usize {
            for column in (x - reach) as usize..=(x + reach) as usize {
                let far = (column as f32 - x).hypot(row as f32 - y);
                let at = &mut ink[row * width + column];
                *at = at.max((pen / 2.0 + 0.5 - far).clamp(0.0, 1.0));
            }
        }
    }
    Glyph { width, ink }
}

/// Points close to one another on the curve through some points (E. Catmull, R. Rom, 1974).
fn smooth(points: &[(f32, f32)]) -> Vec<(f32, f32)> {
    const STEPS: usize = 48;
    let point = |at: isize| points[at.clamp(0, points.len() as isize - 1) as usize];
    let mut smooth = Vec::new();
    for at in 0..points.len().saturating_sub(1) as isize {
        let [before, from, to, after] = [at - 1, at, at + 1, at + 2].map(point);
        for step in 0..=STEPS {
            let part = step as f32 / STEPS as f32;
            let along = |before: f32, from: f32, to: f32, after: f32| {
                0.5 * (2.0 * from
                    + (to - before) * part
                    + (2.0 * before - 5.0 * from + 4.0 * to - after) * part * part
                    + (3.0 * from - before - 3.0 * to + after) * part * part * part)
            };
            smooth.push((
                along(before.0, from.0, to.0, after.0),
                along(before.1, from.1, to.1, after.1),
            ));
        }
    }
    smooth
}
