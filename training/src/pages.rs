//! What a hand, a pen, a page and a scanner make of a glyph.

use std::f32::consts::TAU;

use crate::network::{CLASSES, Glyph, framed};
use crate::random::Random;
use crate::sources::{Sources, cropped, drawn_digit, drawn_mark};

/// What is no digit.
const NONE: usize = CLASSES - 1;

/// Ink under this strength is paper, as for the reader.
const PAPER: f32 = 0.35;

/// A picture for the network, and its class.
pub fn sample(sources: &Sources, random: &mut Random) -> (Vec<f32>, usize) {
    loop {
        let (glyph, class) = if random.is(0.3) {
            (no_digit(sources, random), NONE)
        } else {
            let (glyph, digit) = digit(sources, random);
            (written(&glyph, random), digit)
        };
        let glyph = scanned(glyph, random);
        let ink: f32 = glyph.ink.iter().sum();
        if glyph.height() >= 3 && ink > 8.0 {
            return (framed(&glyph), class);
        }
    }
}

/// A digit from a source, and which it is.
fn digit(sources: &Sources, random: &mut Random) -> (Glyph, usize) {
    let source = match random.part() {
        part if part < 0.4 => 0,
        part if part < 0.45 => 1,
        part if part < 0.8 => 2,
        _ => return drawn_digit(random),
    };
    let digit = random.below(10);
    let glyphs = &sources.of_digits[source][digit];
    (glyphs[random.below(glyphs.len())].clone(), digit)
}

fn no_digit(sources: &Sources, random: &mut Random) -> Glyph {
    match random.below(10) {
        0..=3 => written(
            &sources.letters[random.below(sources.letters.len())],
            random,
        ),
        4 => {
            let letters: Vec<Glyph> = (0..2)
                .map(|_| {
                    written(
                        &sources.letters[random.below(sources.letters.len())],
                        random,
                    )
                })
                .collect();
            beside(&letters, random)
        }
        5 | 6 => {
            let count = if random.is(0.8) { 2 } else { 3 };
            let digits: Vec<Glyph> = (0..count)
                .map(|_| {
                    let (glyph, _) = digit(sources, random);
                    written(&glyph, random)
                })
                .collect();
            beside(&digits, random)
        }
        7 => half(sources, random),
        _ => written(&drawn_mark(random), random),
    }
}

/// The left or the right part of a digit that looks like no other.
fn half(sources: &Sources, random: &mut Random) -> Glyph {
    const LEFT: [usize; 5] = [0, 2, 3, 5, 8];
    const RIGHT: [usize; 5] = [0, 2, 3, 5, 6];
    loop {
        let (glyph, digit) = digit(sources, random);
        let is_left = random.is(0.5);
        if !(if is_left { LEFT } else { RIGHT }).contains(&digit) {
            continue;
        }
        let glyph = cropped(&written(&glyph, random));
        let part = (glyph.width as f32 * random.between(0.35, 0.65)) as usize;
        if (part as f32) < 0.22 * glyph.height() as f32 {
            continue;
        }
        let ink = glyph
            .ink
            .chunks(glyph.width)
            .flat_map(|row| {
                if is_left {
                    &row[..part]
                } else {
                    &row[row.len() - part..]
                }
            })
            .copied()
            .collect();
        return Glyph { width: part, ink };
    }
}

/// Glyphs so near that they touch, of about one height.
fn beside(glyphs: &[Glyph], random: &mut Random) -> Glyph {
    let glyphs: Vec<Glyph> = glyphs.iter().map(cropped).collect();
    let height = glyphs.iter().map(Glyph::height).max().unwrap_or(1);
    let width: usize = glyphs.iter().map(|glyph| glyph.width).sum();
    let mut ink = vec![0.0f32; width * height];
    let mut left = 0usize;
    for glyph in &glyphs {
        let top = random.below(height - glyph.height() + 1);
        left = left.saturating_sub((height as f32 * random.between(0.0, 0.1)) as usize);
        for (row, line) in glyph.ink.chunks(glyph.width).enumerate() {
            for (column, value) in line.iter().enumerate() {
                let at = &mut ink[(top + row) * width + left + column];
                *at = at.max(*value);
            }
        }
        left += glyph.width;
    }
    Glyph { width, ink }
}

/// A glyph as a hand writes it: slanted, turned, of another size and thickness, and never twice alike.
fn written(glyph: &Glyph, random: &mut Random) -> Glyph {
    let (width, height) = (glyph.width as f32, glyph.height() as f32);
    let size = random.between(20.0, 48.0);
    let scale = size / height.max(width * 0.7);
    let (across, down) = (scale * random.between(0.8, 1.25), scale);
    let slant = (random.normal() * 10.0)
        .clamp(-25.0, 25.0)
        .to_radians()
        .tan();
    let turn = (random.normal() * 4.0).clamp(-10.0, 10.0).to_radians();
    let bend = size * random.between(0.0, 0.05);
    let wave = [0; 4].map(|_| random.part());
    let side = (down * height).max(across * width) * 1.1 + 16.0;
    let side = (side + down * height * slant.abs()) as usize;
    let middle = side as f32 / 2.0;
    let mut ink = vec![0.0; side * side];
    let (sine, cosine) = turn.sin_cos();
    let bends = |from: f32, often: f32| -> Vec<f32> {
        let angle = |at: usize| TAU * (from + 1.5 * often * at as f32 / size);
        (0..side).map(|at| bend * angle(at).sin()).collect()
    };
    let (of_rows, of_columns) = (bends(wave[0], wave[1]), bends(wave[2], wave[3]));
    for row in 0..side {
        for column in 0..side {
            let (x, y) = (
                column as f32 - middle + of_rows[row],
                row as f32 - middle + of_columns[column],
            );
            let (x, y) = (x * cosine + y * sine, y * cosine - x * sine);
            let x = x + slant * y;
            ink[row * side + column] = between(
                glyph,
                x / across + width / 2.0 - 0.5,
                y / down + height / 2.0 - 0.5,
            );
        }
    }
    let mut written = Glyph { width: side, ink };
    for _ in 0..random.below(3) {
        written = blurred(&written, (size * random.between(0.0, 0.045)) as usize);
    }
    let most = written.ink.iter().copied().fold(0.0, f32::max);
    let edge = most * random.between(0.25, 0.68);
    let soft = most * random.between(0.1, 0.5);
    for ink in &mut written.ink {
        *ink = ((*ink - edge) / soft + 0.5).clamp(0.0, 1.0);
    }
    written
}

/// The ink between pixels.
fn between(glyph: &Glyph, x: f32, y: f32) -> f32 {
    if x <= -1.0 || y <= -1.0 {
        return 0.0;
    }
    let (left, top) = (x.floor(), y.floor());
    let (right, bottom) = (x - left, y - top);
    let at = |column: f32, row: f32| {
        if column < 0.0 || row < 0.0 || column >= glyph.width as f32 {
            return 0.0;
        }
        glyph
            .ink
            .get(row as usize * glyph.width + column as usize)
            .copied()
            .unwrap_or(0.0)
    };
    let upper = at(left, top) * (1.0 - right) + at(left + 1.0, top) * right;
    let lower = at(left, top + 1.0) * (1.0 - right) + at(left + 1.0, top + 1.0) * right;
    upper * (1.0 - bottom) + lower * bottom
}

/// Means over a square of pixels.
fn blurred(glyph: &Glyph, reach: usize) -> Glyph {
    if reach == 0 {
        return glyph.clone();
    }
    let height = glyph.height();
    let line = |read: &dyn Fn(usize) -> f32, length: usize| -> Vec<f32> {
        (0..length)
            .map(|at| {
                let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(length));
                (from..to).map(read).sum::<f32>() / (2 * reach + 1) as f32
            })
            .collect()
    };
    let mut ink = Vec::with_capacity(glyph.ink.len());
    for row in glyph.ink.chunks(glyph.width) {
        ink.extend(line(&|at| row[at], glyph.width));
    }
    let columns: Vec<Vec<f32>> = (0..glyph.width)
        .map(|column| line(&|at| ink[at * glyph.width + column], height))
        .collect();
    let ink = (0..height)
        .flat_map(|row| columns.iter().map(move |column| column[row]))
        .collect();
    Glyph {
        width: glyph.width,
        ink,
    }
}

/// A glyph as it comes from a page: a rule was taken out of it, its ink is uneven, its edges are rough.
fn scanned(glyph: Glyph, random: &mut Random) -> Glyph {
    let mut glyph = cropped(&glyph);
    let (width, height) = (glyph.width, glyph.height());
    if random.is(0.35) {
        let thick = 2 + (height as f32 * random.between(0.0, 0.1)) as usize;
        let top = (height as f32 * random.between(0.45, 1.0)) as usize;
        if top > 0 && top + thick < height {
            for column in 0..width {
                let ink = glyph.ink[(top - 1) * width + column]
                    .min(glyph.ink[(top + thick) * width + column]);
                for row in top..top + thick {
                    glyph.ink[row * width + column] = ink;
                }
            }
        } else if top > 1 && random.is(0.5) {
            // What stood on the rule went with it.
            glyph.ink.truncate(top * width);
        }
    }
    let (fading, rough) = (
        random.between(0.0, 0.6) * random.part(),
        random.between(0.0, 0.3),
    );
    let wave = [0; 3].map(|_| random.part());
    for (at, ink) in glyph.ink.iter_mut().enumerate() {
        let (row, column) = ((at / width) as f32, (at % width) as f32);
        let faded = 0.5 + 0.5 * (TAU * (wave[0] + (row * wave[1] + column * wave[2]) / 30.0)).sin();
        *ink *= 1.0 - fading * faded;
        if *ink > 0.05 {
            *ink += random.between(-rough, rough);
        }
        *ink = (*ink * 2.0).clamp(0.0, 1.0);
        if *ink < PAPER {
            *ink = 0.0;
        }
    }
    cropped(&glyph)
}
