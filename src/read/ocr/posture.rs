//! How a page lies on the glass: turned by a quarter, or askew by a few degrees; and the way back.
//!
//! In: a [`Picture`]. Out: how its lines run, the picture with its lines level, and a [`Turn`] that leads
//! from there back to where a word stands on the page.
//! Must never: change a picture that is level already, or take more than a few passes over it.

use std::borrow::Cow;

use super::ink::Shades;
use super::picture::{Picture, float};
use crate::text::Bounds;

/// Longer side of the picture in which lines are looked for: at about 100 dots an inch a line of print is still
/// a row of letters with white under it.
const REDUCED_SIDE: u32 = 1_200;

/// Furthest that a page is looked for askew, in degrees: a sheet fed in crooked.
const MOST_SKEW: f32 = 6.0;

/// Steps of the search, in degrees, each around the best angle of the one before.
const STEPS: [f32; 3] = [0.5, 0.1, 0.05];

/// Angles that are let be, in degrees: the recogniser follows lines that are so little askew.
const LEAST_SKEW: f32 = 0.1;

/// How much clearer the lines must be from the side to take a page for turned by a quarter.
const CLEARER_SIDEWAYS: f64 = 1.5;

/// Most points that are looked at: enough for the densest page.
const MOST_POINTS: usize = 150_000;

/// How the lines of a page run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Posture {
    /// Whether they run up or down instead of across.
    pub(super) is_sideways: bool,
    /// By how many degrees they fall to the right, once the page is turned so that they run across.
    pub(super) skew: f32,
}

/// From places on a picture whose lines are level back to the page: `x = xx·u + xy·v + x0`, `y` likewise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    xx: f32,
    xy: f32,
    x0: f32,
    yx: f32,
    yy: f32,
    y0: f32,
}

impl Turn {
    /// The page lies as it should.
    pub(super) const NONE: Self = Self {
        xx: 1.0,
        xy: 0.0,
        x0: 0.0,
        yx: 0.0,
        yy: 1.0,
        y0: 0.0,
    };

    /// The smallest upright rectangle on the page around a rectangle on the level picture. Both in the same
    /// unit.
    pub(super) fn back(self, bounds: Bounds) -> Bounds {
        let corners = [
            (bounds.left, bounds.top),
            (bounds.right, bounds.top),
            (bounds.left, bounds.bottom),
            (bounds.right, bounds.bottom),
        ]
        .map(|(u, v)| {
            (
                self.xx * u + self.xy * v + self.x0,
                self.yx * u + self.yy * v + self.y0,
            )
        });
        let least = |of: fn(&(f32, f32)) -> f32| corners.iter().map(of).fold(f32::MAX, f32::min);
        let most = |of: fn(&(f32, f32)) -> f32| corners.iter().map(of).fold(f32::MIN, f32::max);
        Bounds {
            left: least(|corner| corner.0),
            top: least(|corner| corner.1),
            right: most(|corner| corner.0),
            bottom: most(|corner| corner.1),
        }
    }

    /// The same turn where the unit is `scale` times the former.
    pub(super) fn scaled(self, scale: f32) -> Self {
        Self {
            x0: self.x0 * scale,
            y0: self.y0 * scale,
            ..self
        }
    }

    /// This turn after `first`.
    fn after(self, first: Self) -> Self {
        Self {
            xx: self.xx * first.xx + self.xy * first.yx,
            xy: self.xx * first.xy + self.xy * first.yy,
            x0: self.xx * first.x0 + self.xy * first.y0 + self.x0,
            yx: self.yx * first.xx + self.yy * first.yx,
            yy: self.yx * first.xy + self.yy * first.yy,
            y0: self.yx * first.x0 + self.yy * first.y0 + self.y0,
        }
    }
}

/// How the lines of a page run: the angle at which the lower edges of letters fall into the fewest rows.
pub(super) fn posture(picture: &Picture) -> Posture {
    let reduced = reduced(picture);
    let across = steepest(&lower_edges(&reduced));
    let upwards = steepest(&lower_edges(&turned(&reduced, 1).0));
    let is_sideways = upwards.1 > across.1 * CLEARER_SIDEWAYS;
    Posture {
        is_sideways,
        skew: if is_sideways { upwards.0 } else { across.0 },
    }
}

/// The picture turned clockwise by so many quarters and then levelled, and the way back in pixels.
pub(super) fn levelled(picture: &Picture, quarters: u8, skew: f32) -> (Cow<'_, Picture>, Turn) {
    let (upright, turn) = turned(picture, quarters);
    if skew.abs() < LEAST_SKEW {
        return (upright, turn);
    }
    let (sine, cosine) = skew.to_radians().sin_cos();
    let (width, height) = (float(upright.width), float(upright.height));
    let (new_width, new_height) = (
        width * cosine + height * sine.abs(),
        width * sine.abs() + height * cosine,
    );
    let level = Turn {
        xx: cosine,
        xy: -sine,
        x0: f32::midpoint(width - new_width * cosine, new_height * sine),
        yx: sine,
        yy: cosine,
        y0: f32::midpoint(height - new_width * sine, -new_height * cosine),
    };
    let (width, height) = (whole(new_width).max(1), whole(new_height).max(1));
    let straight = resampled(&upright, width, height, level);
    (Cow::Owned(straight), turn.after(level))
}

/// The picture turned clockwise by so many quarters, and the way back in pixels.
fn turned(picture: &Picture, quarters: u8) -> (Cow<'_, Picture>, Turn) {
    let (width, height) = (float(picture.width), float(picture.height));
    let turn = match quarters % 4 {
        0 => return (Cow::Borrowed(picture), Turn::NONE),
        1 => Turn {
            xx: 0.0,
            xy: 1.0,
            x0: 0.0,
            yx: -1.0,
            yy: 0.0,
            y0: height,
        },
        2 => Turn {
            xx: -1.0,
            xy: 0.0,
            x0: width,
            yx: 0.0,
            yy: -1.0,
            y0: height,
        },
        _ => Turn {
            xx: 0.0,
            xy: -1.0,
            x0: width,
            yx: 1.0,
            yy: 0.0,
            y0: 0.0,
        },
    };
    let (columns, rows) = (picture.width as usize, picture.height as usize);
    let at = |column: usize, row: usize| picture.grey[row * columns + column];
    let grey = match quarters % 4 {
        1 => (0..columns)
            .flat_map(|column| (0..rows).rev().map(move |row| at(column, row)))
            .collect(),
        2 => picture.grey.iter().rev().copied().collect(),
        _ => (0..columns)
            .rev()
            .flat_map(|column| (0..rows).map(move |row| at(column, row)))
            .collect(),
    };
    let is_quarter = quarters % 2 == 1;
    let turned = Picture {
        width: if is_quarter {
            picture.height
        } else {
            picture.width
        },
        height: if is_quarter {
            picture.width
        } else {
            picture.height
        },
        grey,
    };
    (Cow::Owned(turned), turn)
}

/// A picture of another size whose pixels are mixed of those that the turn leads to; white outside.
fn resampled(picture: &Picture, width: u32, height: u32, turn: Turn) -> Picture {
    #[expect(clippy::cast_possible_truncation, reason = "far below 2^47 pixels")]
    let fixed = |value: f32| (f64::from(value) * 65_536.0).round() as i64;
    let (columns, rows) = (i64::from(picture.width), i64::from(picture.height));
    let step = [fixed(turn.xx), fixed(turn.yx)];
    let mut grey = vec![u8::MAX; width as usize * height as usize];
    for (row, line) in (0..height).zip(grey.chunks_exact_mut((width as usize).max(1))) {
        // Pixels are looked at in their middle.
        let (u, v) = (0.5, float(row) + 0.5);
        let x = fixed(turn.xx * u + turn.xy * v + turn.x0 - 0.5);
        let y = fixed(turn.yx * u + turn.yy * v + turn.y0 - 0.5);
        let place = |column: usize| {
            let column = i64::try_from(column).unwrap_or(i64::MAX);
            [x + column * step[0], y + column * step[1]]
        };
        let is_inside = |column: &usize| {
            let [x, y] = place(*column);
            x >= 0 && y >= 0 && (x >> 16) + 1 < columns && (y >> 16) + 1 < rows
        };
        // What lies inside a page is one stretch of a line.
        let Some(first) = (0..line.len()).find(is_inside) else {
            continue;
        };
        let end = (first..line.len()).rfind(is_inside).unwrap_or(first) + 1;
        let (mut at, mut rest) = (first, &mut line[first..end]);
        while !rest.is_empty() {
            let place = place(at);
            let length = run(place, step).min(rest.len());
            let (shades, behind) = rest.split_at_mut(length);
            mix(picture, place, step, shades);
            (at, rest) = (at + length, behind);
        }
    }
    Picture {
        width,
        height,
        grey,
    }
}

/// How many pixels from a place on lie beside one another in one row of the page too. Places and steps are across and
/// down, in parts of a pixel, of which there are 65,536.
fn run([x, y]: [i64; 2], [across, down]: [i64; 2]) -> usize {
    let pixels = |place: i64, drift: i64| {
        let fraction = place & 0xFFFF;
        match drift {
            0 => i64::MAX,
            ..0 => fraction / -drift + 1,
            1.. => (0xFFFF - fraction) / drift + 1,
        }
    };
    let run = pixels(x, across - 0x1_0000).min(pixels(y, down));
    usize::try_from(run).unwrap_or(usize::MAX)
}

/// Mixes each shade of four pixels, from a place on, along a [`run`].
fn mix(picture: &Picture, [x, y]: [i64; 2], [across, down]: [i64; 2], shades: &mut [u8]) {
    /// Parts of a pixel that shades are mixed by: as many as there are shades.
    const PARTS: u16 = 256;
    // Fractions do not leave 16 bits along a run: in as many the compiler mixes several pixels at once.
    let [mut part_x, mut part_y, drift_x, drift_y] =
        [x, y, across, down].map(|parts| u16::try_from(parts & 0xFFFF).unwrap_or_default());
    let at = usize::try_from((y >> 16) * i64::from(picture.width) + (x >> 16)).unwrap_or_default();
    let pixels = |at: usize| picture.grey.get(at..=at + shades.len());
    let (Some(upper), Some(lower)) = (pixels(at), pixels(at + picture.width as usize)) else {
        return;
    };
    let upper = upper.iter().zip(&upper[1..]);
    let lower = lower.iter().zip(&lower[1..]);
    for (shade, (upper, lower)) in shades.iter_mut().zip(upper.zip(lower)) {
        let (right, below) = (part_x >> 8, part_y >> 8);
        let pair = |(left, next): (&u8, &u8)| {
            u32::from(u16::from(*left) * (PARTS - right) + u16::from(*next) * right)
        };
        let mixed = pair(upper) * u32::from(PARTS - below) + pair(lower) * u32::from(below);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a mean of shades, times 65,536"
        )]
        let mixed = (mixed >> 16) as u8;
        *shade = mixed;
        part_x = part_x.wrapping_add(drift_x);
        part_y = part_y.wrapping_add(drift_y);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides of pages are positive and have thousands of pixels"
)]
fn whole(side: f32) -> u32 {
    side.round().max(0.0) as u32
}

/// The picture made smaller by a whole factor, each pixel the mean of those it stands for.
fn reduced(picture: &Picture) -> Picture {
    let factor = picture
        .width
        .max(picture.height)
        .div_ceil(REDUCED_SIDE)
        .max(1);
    let (width, height) = (picture.width / factor, picture.height / factor);
    let columns = picture.width as usize;
    let (factor, area) = (factor as usize, factor * factor);
    let mut grey = Vec::with_capacity(width as usize * height as usize);
    for row in 0..height as usize {
        for column in 0..width as usize {
            let sum: u32 = (0..factor)
                .map(|line| (row * factor + line) * columns + column * factor)
                .flat_map(|start| &picture.grey[start..start + factor])
                .map(|&shade| u32::from(shade))
                .sum();
            grey.push(u8::try_from(sum / area).unwrap_or(u8::MAX));
        }
    }
    Picture {
        width,
        height,
        grey,
    }
}

/// Where ink has paper under it: columns and rows.
fn lower_edges(picture: &Picture) -> Vec<(f32, f32)> {
    let darkest = Shades::of(picture).ink;
    let columns = picture.width.max(1) as usize;
    let lines = picture.grey.chunks_exact(columns);
    let edges: Vec<(f32, f32)> = (0u32..)
        .zip(lines.clone().zip(lines.skip(1)))
        .flat_map(|(row, (line, below))| {
            (0u32..)
                .zip(line.iter().zip(below))
                .filter(|(_, (shade, under))| **shade <= darkest && **under > darkest)
                .map(move |(column, _)| (float(column), float(row)))
        })
        .collect();
    let stride = edges.len().div_ceil(MOST_POINTS).max(1);
    edges.into_iter().step_by(stride).collect()
}

/// The angle at which the points gather in the fewest rows, and how closely they do, for comparison with the
/// same points from another side.
fn steepest(points: &[(f32, f32)]) -> (f32, f64) {
    let mut best = (0.0, gathered(points, 0.0));
    let mut reach = MOST_SKEW;
    for step in STEPS {
        let middle = best.0;
        let mut angle = middle - reach;
        while angle <= middle + reach + step / 2.0 {
            let closely = gathered(points, angle);
            if closely > best.1 {
                best = (angle, closely);
            }
            angle += step;
        }
        reach = step;
    }
    best
}

/// How closely points gather in rows that fall by an angle: the sum of the squares of what each row holds, over
/// the number of points.
fn gathered(points: &[(f32, f32)], degrees: f32) -> f64 {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    // A row of the reduced picture lies between minus its width and its height and width together.
    let origin = REDUCED_SIDE * 2;
    let mut rows = vec![0u32; origin as usize * 3];
    for (x, y) in points {
        let row = y * cosine - x * sine + float(origin);
        if let Some(count) = rows.get_mut(whole(row) as usize) {
            *count += 1;
        }
    }
    let squares: f64 = rows.iter().map(|&count| f64::from(count).powi(2)).sum();
    let points = u32::try_from(points.len()).unwrap_or(u32::MAX);
    squares / f64::from(points.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of lines of print, each a row of letters of uneven width with white between them.
    fn page() -> Picture {
        let (width, height) = (600u32, 800u32);
        let mut grey = vec![240; (width * height) as usize];
        for line in 0..26 {
            let mut column = 60;
            for letter in 0.. {
                let uneven = (line * 31 + letter * 17) % 11;
                if column + 12 > 540 {
                    break;
                }
                for row in 60 + line * 25..70 + line * 25 {
                    let start = (row * width + column) as usize;
                    grey[start..start + 3 + uneven as usize / 2].fill(20);
                }
                column += 6 + uneven;
            }
        }
        Picture {
            width,
            height,
            grey,
        }
    }

    fn near(one: Bounds, other: Bounds, tolerance: f32) -> bool {
        [
            one.left - other.left,
            one.top - other.top,
            one.right - other.right,
            one.bottom - other.bottom,
        ]
        .iter()
        .all(|difference| difference.abs() <= tolerance)
    }

    #[test]
    fn the_skew_and_the_side_of_a_page_are_found() {
        for skew in [-5.0f32, -1.3, 0.0, 0.7, 4.0] {
            // A page turned the other way lies askew by as much.
            let page = page();
            let askew = levelled(&page, 0, -skew).0;
            let found = posture(&askew);
            assert!(!found.is_sideways, "{skew}: {found:?}");
            assert!((found.skew - skew).abs() <= 0.15, "{skew}: {found:?}");
            assert!(posture(&turned(&askew, 1).0).is_sideways, "{skew}");
        }
    }

    #[test]
    fn places_lead_back_to_the_page() {
        let page = page();
        let word = Bounds {
            left: 100.0,
            top: 200.0,
            right: 180.0,
            bottom: 212.0,
        };
        // (quarters, where the word stands on the page that has to be turned so).
        for (quarters, expected) in [
            (0, [100.0, 200.0, 180.0, 212.0]),
            (1, [200.0, 620.0, 212.0, 700.0]),
            (2, [420.0, 588.0, 500.0, 600.0]),
            (3, [388.0, 100.0, 400.0, 180.0]),
        ] {
            let turn = levelled(&page, quarters, 0.0).1;
            let [left, top, right, bottom] = expected;
            let expected = Bounds {
                left,
                top,
                right,
                bottom,
            };
            assert_eq!(turn.back(word), expected, "{quarters}");
            assert_eq!(
                turn.scaled(0.5).back(scaled(word, 0.5)),
                scaled(expected, 0.5)
            );
        }
        // There and back again: what was in the middle is in the middle, of a larger sheet.
        let (askew, there) = levelled(&page, 0, -3.0);
        let (level, again) = levelled(&askew, 0, 3.0);
        let [across, down] = [level.width - page.width, level.height - page.height]
            .map(|larger| float(larger) / 2.0);
        let expected = Bounds {
            left: word.left - across,
            top: word.top - down,
            right: word.right - across,
            bottom: word.bottom - down,
        };
        let around = there.back(again.back(word));
        assert!(near(around, expected, 6.0), "{around:?}");
    }

    fn scaled(bounds: Bounds, scale: f32) -> Bounds {
        Bounds {
            left: bounds.left * scale,
            top: bounds.top * scale,
            right: bounds.right * scale,
            bottom: bounds.bottom * scale,
        }
    }

    #[test]
    fn a_page_that_lies_straight_is_not_changed() {
        let page = page();
        let (level, turn) = levelled(&page, 0, 0.05);
        assert!(matches!(level, Cow::Borrowed(same) if *same == page));
        assert_eq!(turn, Turn::NONE);
        let nothing = Picture {
            width: 0,
            height: 0,
            grey: Vec::new(),
        };
        assert!(posture(&nothing).skew.abs() < f32::EPSILON);
        assert_eq!(levelled(&nothing, 1, 2.0).0.width, 1);
    }

    #[test]
    fn a_run_is_mixed_as_its_pixels_one_by_one() {
        let page = Picture {
            width: 80,
            height: 60,
            grey: (0..=250).cycle().step_by(97).take(80 * 60).collect(),
        };
        // Cosine and sine of 0.1°, −0.4°, 1°, −6° and 5°, and how long a run can be.
        for (step, most) in [
            ([65_536, 114], 80),
            ([65_534, -458], 80),
            ([65_526, 1_144], 58),
            ([65_177, -6_850], 10),
            ([65_287, 5_712], 12),
        ] {
            let from = [(3 << 16) + 40_000, (30 << 16) + 100];
            let length = run(from, step).min(70);
            assert!((1..=most).contains(&length), "{step:?}: {length}");
            let mut together = vec![0; length];
            mix(&page, from, step, &mut together);
            for (count, shade) in (0i64..).zip(together) {
                let place = [from[0] + count * step[0], from[1] + count * step[1]];
                let mut alone = [0];
                mix(&page, place, step, &mut alone);
                assert_eq!([shade], alone, "{step:?}, {count}");
            }
        }
    }
}
