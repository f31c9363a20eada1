//! Where the words of a record stand on the pages of its original.
//!
//! In: a [`Text`] whose reader knows pages. Out: [`Layout`], its words by page, their spans counted as those of the
//! record; and its compact form for the archive: JSON arrays of whole numbers, deflated.
//! Must never: inflate more than [`MAX_BYTES`].

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::Serialize;

use super::Order;
use super::code_points::CodePoints;
use crate::text::{Bounds, PageSize, Span, Text};

/// Most bytes that a layout inflates to: 64 MiB, a million words and more.
const MAX_BYTES: u64 = 64 << 20;

/// Kept are tenths of a point, 0.04 mm.
const PARTS_OF_A_POINT: f32 = 10.0;

/// Kept are hundredths of a confidence.
const PARTS_OF_A_CONFIDENCE: f32 = 100.0;

/// A record and where its words stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The record.
    pub order: Order,
    /// Where its words stand; none where the format has no pages.
    pub layout: Option<Layout>,
}

impl From<Order> for Record {
    fn from(order: Order) -> Self {
        Self {
            order,
            layout: None,
        }
    }
}

/// Where the words of a record stand, page by page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// The pages, the first first.
    pub pages: Vec<LaidOutPage>,
}

/// A page and its words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LaidOutPage {
    /// How large it is.
    pub size: PageSize,
    /// Its words, in the order of the text.
    pub words: Vec<PlacedWord>,
}

/// A word on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedWord {
    /// Code points of [`Order::text`].
    pub span: Span,
    /// Where on the page, to a tenth of a point.
    pub bounds: Bounds,
    /// How sure a recogniser is of it, to a hundredth; none where the file itself says it.
    pub confidence: Option<f32>,
}

/// A part of a page that a value takes up on one line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Area {
    /// The left edge, in points.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The lower edge.
    pub bottom: f32,
}

impl From<Bounds> for Area {
    fn from(bounds: Bounds) -> Self {
        Self {
            left: bounds.left,
            top: bounds.top,
            right: bounds.right,
            bottom: bounds.bottom,
        }
    }
}

/// A page as it is kept: width, height, and for each word its start, length, left, top, right and bottom edge and
/// its confidence.
type Kept = (
    i32,
    i32,
    Vec<(usize, usize, i32, i32, i32, i32, Option<i32>)>,
);

impl Layout {
    /// Where the words of a text stand; none where its format has no pages.
    #[must_use]
    pub fn of(text: &Text) -> Option<Self> {
        if text.page_sizes.is_empty() {
            return None;
        }
        let counted = CodePoints::new(&text.plain);
        let mut pages: Vec<LaidOutPage> = text
            .page_sizes
            .iter()
            .map(|&size| LaidOutPage {
                size,
                words: Vec::new(),
            })
            .collect();
        for place in &text.places {
            let page = pages.get_mut((place.page as usize).wrapping_sub(1));
            if let Some(page) = page {
                page.words.push(PlacedWord {
                    span: Span::new(
                        counted.at_byte(place.span.start),
                        counted.at_byte(place.span.end),
                    ),
                    bounds: place.bounds,
                    confidence: place.confidence,
                });
            }
        }
        Some(Self { pages })
    }

    /// Its form for the archive.
    pub(crate) fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        let kept: Vec<Kept> = self.pages.iter().map(kept).collect();
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&serde_json::to_vec(&kept)?)?;
        encoder.finish()
    }

    /// Reads the form of the archive.
    pub(crate) fn from_bytes(bytes: &[u8]) -> std::io::Result<Self> {
        let mut json = Vec::new();
        ZlibDecoder::new(bytes)
            .take(MAX_BYTES)
            .read_to_end(&mut json)?;
        let kept: Vec<Kept> = serde_json::from_slice(&json)?;
        Ok(Self {
            pages: kept.into_iter().map(unkept).collect(),
        })
    }
}

impl LaidOutPage {
    /// The areas that the words of a span take up on this page, one for each line.
    #[must_use]
    pub fn areas(&self, span: Span) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        for word in self.words.iter().filter(|word| word.span.overlaps(span)) {
            let area = Area::from(word.bounds);
            match areas.last_mut() {
                Some(last)
                    if area.top < last.bottom
                        && area.bottom > last.top
                        && area.left > last.left =>
                {
                    last.top = last.top.min(area.top);
                    last.right = last.right.max(area.right);
                    last.bottom = last.bottom.max(area.bottom);
                }
                _ => areas.push(area),
            }
        }
        areas
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "places on pages have few digits"
)]
fn kept(page: &LaidOutPage) -> Kept {
    let tenths = |points: f32| (points * PARTS_OF_A_POINT).round() as i32;
    let word = |word: &PlacedWord| {
        let bounds = word.bounds;
        (
            word.span.start,
            word.span.len(),
            tenths(bounds.left),
            tenths(bounds.top),
            tenths(bounds.right),
            tenths(bounds.bottom),
            word.confidence
                .map(|sure| (sure * PARTS_OF_A_CONFIDENCE).round() as i32),
        )
    };
    (
        tenths(page.size.width),
        tenths(page.size.height),
        page.words.iter().map(word).collect(),
    )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "places on pages have few digits"
)]
fn unkept((width, height, words): Kept) -> LaidOutPage {
    let points = |tenths: i32| tenths as f32 / PARTS_OF_A_POINT;
    LaidOutPage {
        size: PageSize {
            width: points(width),
            height: points(height),
        },
        words: words
            .into_iter()
            .map(
                |(start, length, left, top, right, bottom, sure)| PlacedWord {
                    span: Span::new(start, start.saturating_add(length)),
                    bounds: Bounds {
                        left: points(left),
                        top: points(top),
                        right: points(right),
                        bottom: points(bottom),
                    },
                    confidence: sure.map(|sure| sure as f32 / PARTS_OF_A_CONFIDENCE),
                },
            )
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Alignment, Origin, TextBuilder};

    fn bounds(left: f32, top: f32, right: f32, bottom: f32) -> Bounds {
        Bounds {
            left,
            top,
            right,
            bottom,
        }
    }

    fn layout() -> Layout {
        let mut builder = TextBuilder::default();
        for line in [
            &[("Приказ", 1, bounds(10.0, 20.0, 50.5, 30.0), Some(0.96))][..],
            &[
                ("№", 1, bounds(10.0, 40.0, 15.0, 50.0), Some(0.5)),
                ("5", 1, bounds(18.0, 41.0, 22.0, 50.0), None),
                ("об", 2, bounds(0.0, 0.0, 9.25, 8.0), Some(1.0)),
            ],
        ] {
            builder.start(Origin::Body, Alignment::Start);
            for (word, page, bounds, confidence) in line {
                builder.push_placed(word, *page, *bounds, *confidence);
                builder.push_str(" ");
            }
        }
        let size = PageSize {
            width: 595.3,
            height: 841.9,
        };
        builder.set_page_sizes(vec![size, size]);
        Layout::of(&builder.into_text()).unwrap()
    }

    #[test]
    fn spans_are_counted_in_code_points() {
        let spans: Vec<Vec<(usize, usize)>> = layout()
            .pages
            .iter()
            .map(|page| {
                page.words
                    .iter()
                    .map(|word| (word.span.start, word.span.end))
                    .collect()
            })
            .collect();
        assert_eq!(spans, [vec![(0, 6), (7, 8), (9, 10)], vec![(11, 13)]]);
        assert_eq!(Layout::of(&Text::from_lines("приказ")), None);
    }

    #[test]
    fn what_is_kept_comes_back_to_a_tenth_of_a_point() {
        let before = layout();
        let after = Layout::from_bytes(&before.to_bytes().unwrap()).unwrap();
        assert_eq!(after.to_bytes().unwrap(), before.to_bytes().unwrap());
        let (one, other) = (&before.pages[0], &after.pages[0]);
        assert_eq!(one.words.len(), other.words.len());
        assert_eq!(other.words[0].bounds, bounds(10.0, 20.0, 50.5, 30.0));
        assert_eq!(other.words[0].confidence, Some(0.96));
        assert_eq!(other.words[2].confidence, None);
        assert!((one.size.width - other.size.width).abs() < 0.05);
        assert!(Layout::from_bytes(b"no such thing").is_err());
    }

    #[test]
    fn a_value_takes_up_an_area_on_each_of_its_lines() {
        let layout = layout();
        let areas = layout.pages[0].areas(Span::new(3, 11));
        assert_eq!(
            areas,
            [
                Area::from(bounds(10.0, 20.0, 50.5, 30.0)),
                Area::from(bounds(10.0, 40.0, 22.0, 50.0))
            ]
        );
        assert!(layout.pages[1].areas(Span::new(0, 8)).is_empty());
    }
}
