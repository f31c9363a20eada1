//! Ink and paper: how dark the print of a page is, and the page with nothing on it but print.
//!
//! A stamp and a signature that lie over a name are lighter than print, and the recogniser takes them and the
//! name for one picture. So what is much lighter than the print of the page is made paper.
//!
//! In: a [`Picture`]. Out: the shade that parts ink from paper; a picture with its shades spread.
//! Must never: take away print because all of a page is faint: shades are judged by the page's own.

use super::picture::Picture;

/// How far from the shade of print towards that of paper a shade may lie and stay. Measured on the labelled scans:
/// at 0.7 stamps and pens lose their hold on most words under them, at 0.5 thin strokes begin to break.
pub(super) const INK_STAYS: f64 = 0.7;

/// The same where nothing is to stay but print, on lines that another ink touches: a broken stroke is read there, and a
/// crossed one is not.
pub(super) const PRINT_STAYS: f64 = 0.4;

/// The share of the ink that is at least as dark as print: the middles of strokes, not their edges.
const DARKEST: f64 = 0.2;

/// Shades between print and paper under which a page is let be: there is no print on it.
const LEAST_CONTRAST: u8 = 48;

/// What the shades of a page are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shades {
    /// The lightest that is ink.
    pub(super) ink: u8,
    /// That of the middle of strokes.
    print: u8,
    /// That of most of the paper.
    paper: u8,
}

impl Shades {
    /// The shades of a page.
    pub(super) fn of(picture: &Picture) -> Self {
        let mut whole = [0u32; 256];
        for &shade in &picture.grey {
            whole[usize::from(shade)] += 1;
        }
        let counts = whole.map(f64::from);
        let ink = parting(&counts);
        let (dark, light) = counts.split_at(usize::from(ink) + 1);
        let wanted = dark.iter().sum::<f64>() * DARKEST;
        let mut reached = 0.0;
        let print = dark.iter().position(|count| {
            reached += count;
            reached >= wanted
        });
        let paper = (0..light.len()).max_by(|&one, &other| light[one].total_cmp(&light[other]));
        let shade = |index: usize| u8::try_from(index).unwrap_or(u8::MAX);
        Self {
            ink,
            print: shade(print.unwrap_or_default()),
            paper: shade(usize::from(ink) + 1 + paper.unwrap_or_default()),
        }
    }

    /// The picture with black print, and with paper for everything that lies farther from it than a part of the way to
    /// paper.
    pub(super) fn spread(self, stays: f64, picture: &Picture) -> Picture {
        let contrast = self.paper.saturating_sub(self.print);
        if contrast < LEAST_CONTRAST {
            return picture.clone();
        }
        let reach = f64::from(contrast) * stays;
        let mut spread = [0; 256];
        for (shade, new) in (0u8..=u8::MAX).zip(&mut spread) {
            let part = f64::from(shade.saturating_sub(self.print)) / reach;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 255"
            )]
            let shade = (part.min(1.0) * 255.0) as u8;
            *new = shade;
        }
        let shades = picture.grey.iter();
        Picture {
            width: picture.width,
            height: picture.height,
            grey: shades.map(|shade| spread[usize::from(*shade)]).collect(),
        }
    }
}

/// The shade that best parts ink from paper: where the variance between the two is greatest (N. Otsu, «A threshold
/// selection method from gray-level histograms», 1979).
fn parting(counts: &[f64; 256]) -> u8 {
    let total: f64 = counts.iter().sum();
    let shades = || (0u8..=u8::MAX).zip(counts);
    let sum: f64 = shades()
        .map(|(shade, count)| f64::from(shade) * count)
        .sum();
    let (mut dark, mut dark_sum, mut best) = (0.0, 0.0, (0.0, 0));
    for (shade, count) in shades() {
        dark += count;
        dark_sum += f64::from(shade) * count;
        let light = total - dark;
        if dark > 0.0 && light > 0.0 {
            let apart = dark_sum / dark - (sum - dark_sum) / light;
            let variance = dark * light * apart * apart;
            if variance > best.0 {
                best = (variance, shade);
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(runs: &[(u8, usize)]) -> Picture {
        let grey: Vec<u8> = runs
            .iter()
            .flat_map(|&(shade, count)| std::iter::repeat_n(shade, count))
            .collect();
        Picture {
            width: u32::try_from(grey.len()).unwrap(),
            height: 1,
            grey,
        }
    }

    /// The shade that each run has afterwards.
    fn after(runs: &[(u8, usize)]) -> Vec<u8> {
        let picture = picture(runs);
        let picture = Shades::of(&picture).spread(INK_STAYS, &picture);
        let mut at = 0;
        runs.iter()
            .map(|&(_, count)| {
                at += count;
                picture.grey[at - 1]
            })
            .collect()
    }

    #[test]
    fn print_becomes_black_and_a_stamp_becomes_paper() {
        // Print, a stamp, paper.
        assert_eq!(after(&[(30, 100), (190, 50), (230, 1000)]), [0, 255, 255]);
        // All of a page is faint.
        assert_eq!(after(&[(150, 100), (230, 1000)]), [0, 255]);
        // Black and white stay so.
        assert_eq!(after(&[(0, 100), (255, 1000)]), [0, 255]);
        // A blank page, a page of one shade, no page at all.
        assert_eq!(after(&[(220, 10), (230, 1000)]), [220, 230]);
        assert_eq!(after(&[(7, 10)]), [7]);
        assert_eq!(after(&[]), Vec::<u8>::new());
    }
}
