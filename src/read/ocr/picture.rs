//! Pictures of pages: from the bytes of an image file to shades of grey.
//!
//! In: the bytes of a PNG, JPEG, TIFF, BMP or WebP. Out: how many pages it holds, and a [`Sheet`] for
//! each, turned as a camera says it was held.
//! Must never: decode more pixels than [`MAX_PIXELS`], or trust what a file says of its resolution.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{
    DynamicImage, GrayImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, RgbImage,
};

use super::super::{Detected, ReadError};
use crate::text::PageSize;

/// Most pixels of one page: 72 million, an A3 sheet at 600 dots an inch. In colour they take 216 MB while they
/// are decoded.
pub const MAX_PIXELS: u64 = 72_000_000;

/// Most pixels of the longer side of a page that is read: an A4 sheet at 300 dots an inch, with a finger's breadth of
/// the glass around it. Four times as many take four times as long and are read no better; at 200 dots
/// what was written by hand is read worse.
const LONGEST_SIDE: u32 = 3_600;

/// Longer side of an A4 sheet, in points. A picture is taken for a sheet of that length: what files say of
/// their resolution is worthless where a camera or a converter wrote it (72 dots an inch).
const SHEET_POINTS: f32 = 842.0;

/// A page in shades of grey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    /// Pixels in a row.
    pub(super) width: u32,
    /// Rows.
    pub(super) height: u32,
    /// Row by row, 0 is black.
    pub(super) grey: Vec<u8>,
}

/// A page as a file has it.
#[derive(Debug)]
pub(super) struct Sheet {
    /// As bright as an eye sees it.
    pub(super) grey: Picture,
    /// What its colours tell, where it has any.
    pub(super) colours: Option<Colours>,
    /// Whether the file breaks off inside it.
    pub(super) is_cut: bool,
}

/// Black print and ink of other colours, apart.
#[derive(Debug)]
pub(super) struct Colours {
    /// Each pixel as bright as the lightest of its three channels: black print stays dark and ink of one colour does
    /// not.
    pub(super) print: Picture,
    /// Each pixel the darker the farther its channels are apart beyond those of paper: ink of a colour is dark, print and
    /// paper are not.
    pub(super) ink: Picture,
}

impl Picture {
    /// Points (1/72 inch) that a pixel is wide and high.
    pub(super) fn points_of_a_pixel(&self) -> f32 {
        points_of_a_pixel(self.width, self.height)
    }

    /// The shades of a row.
    pub(super) fn row(&self, row: u32) -> &[u8] {
        let start = row as usize * self.width as usize;
        &self.grey[start..start + self.width as usize]
    }

    /// The size of the page.
    pub(super) fn page_size(&self) -> PageSize {
        let scale = self.points_of_a_pixel();
        PageSize {
            width: float(self.width) * scale,
            height: float(self.height) * scale,
        }
    }
}

/// A length in whole pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths on a page are no more than its sides"
)]
pub(super) fn pixels(length: f32) -> u32 {
    length.max(0.0).round() as u32
}

fn points_of_a_pixel(width: u32, height: u32) -> f32 {
    SHEET_POINTS / float(width.max(height).max(1))
}

/// A count of pixels, for arithmetic with points.
#[expect(
    clippy::cast_precision_loss,
    reason = "sides of pages have thousands of pixels"
)]
pub(super) fn float(pixels: u32) -> f32 {
    pixels as f32
}

/// Whether bytes are an image file of a form that is read.
pub(super) fn is_readable(bytes: &[u8]) -> bool {
    image::guess_format(bytes).is_ok_and(|format| format.reading_enabled())
}

/// How many pages an image file holds: one, unless it is a TIFF.
pub(super) fn page_count(bytes: &[u8]) -> usize {
    if is_tiff(bytes) {
        directories(bytes).len().max(1)
    } else {
        1
    }
}

/// A page of an image file in shades of grey, the first being 0; no larger than [`LONGEST_SIDE`].
pub(super) fn sheet(bytes: &[u8], page: usize) -> Result<Sheet, ReadError> {
    let (image, is_cut) = image(bytes, page)?;
    let image = reduced(on_paper(image));
    let (grey, colours) = if image.color().has_color() {
        let page = image.into_rgb8();
        (in_grey(&page), colours(&page))
    } else {
        (of_grey(image.into_luma8()), None)
    };
    Ok(Sheet {
        grey,
        colours,
        is_cut,
    })
}

/// A page of an image file as it is, the first being 0; and whether the file breaks off inside it.
pub(super) fn image(bytes: &[u8], page: usize) -> Result<(DynamicImage, bool), ReadError> {
    let format = image::guess_format(bytes).ok();
    let alone = (format == Some(ImageFormat::Tiff) && page > 0).then(|| alone(bytes, page));
    let mut reader = ImageReader::new(Cursor::new(alone.as_deref().unwrap_or(bytes)));
    if let Some(format) = format {
        reader.set_format(format);
    }
    // The count of pixels is judged below; what a decoder takes beside them is bounded here.
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MAX_PIXELS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(ReadError::TooLarge {
            what: "размер страницы",
            limit: format!("{} млн точек", MAX_PIXELS / 1_000_000),
        });
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    image.apply_orientation(orientation);
    Ok((
        image,
        format == Some(ImageFormat::Jpeg) && is_cut_off(bytes),
    ))
}

/// A picture as PNG.
pub(super) fn as_png(image: &DynamicImage) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Cursor::new(Vec::new());
    image
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|error| why(&error))?;
    Ok(bytes.into_inner())
}

/// There is no such page.
pub(super) fn missing() -> ReadError {
    ReadError::Damaged {
        format: "файл изображения",
        detail: "такой страницы в нём нет".to_owned(),
    }
}

/// What is transparent is paper.
fn on_paper(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image;
    }
    let mut image = image.into_rgba8();
    for pixel in image.pixels_mut() {
        let [.., cover] = pixel.0.map(u16::from);
        let on_paper = |shade: u8| {
            u8::try_from((u16::from(shade) * cover + 255 * (255 - cover)) / 255).unwrap_or(u8::MAX)
        };
        pixel.0 = pixel.0.map(on_paper);
    }
    DynamicImage::ImageRgba8(image)
}

/// A picture no larger than it is read, each pixel the mean of those that it stands for.
fn reduced(image: DynamicImage) -> DynamicImage {
    if image.width().max(image.height()) > LONGEST_SIDE {
        image.thumbnail(LONGEST_SIDE, LONGEST_SIDE)
    } else {
        image
    }
}

fn of_grey(image: GrayImage) -> Picture {
    Picture {
        width: image.width(),
        height: image.height(),
        grey: image.into_raw(),
    }
}

/// As bright as an eye sees it (ITU-R BT.709, item 3.2), in whole numbers.
fn in_grey(page: &RgbImage) -> Picture {
    let shade = |[red, green, blue]: [u8; 3]| {
        let weighed = 13_933 * u32::from(red) + 46_871 * u32::from(green) + 4_732 * u32::from(blue);
        u8::try_from((weighed + 0x8000) >> 16).unwrap_or(u8::MAX)
    };
    Picture {
        width: page.width(),
        height: page.height(),
        grey: page.pixels().map(|pixel| shade(pixel.0)).collect(),
    }
}

/// Black print and other ink apart, where there is an ink of a colour on the page.
fn colours(page: &RgbImage) -> Option<Colours> {
    /// How much farther apart than those of paper the channels of a coloured pixel are: scanners give grey pixels a
    /// tinge. A fast ball pen has no more.
    const COLOURED: u8 = 40;
    /// Of so many pixels one is coloured where somebody wrote or stamped on the page: a date and a number.
    const OF_PIXELS: u32 = 5_000;
    let lightest = |[red, green, blue]: [u8; 3]| red.max(green).max(blue);
    let apart = |[red, green, blue]: [u8; 3]| red.max(green).max(blue) - red.min(green).min(blue);
    let mut counts = [0u32; 256];
    for pixel in page.pixels() {
        counts[usize::from(apart(pixel.0))] += 1;
    }
    // Most pixels are paper, which may be yellow.
    let paper = (0..=u8::MAX).max_by_key(|apart| counts[usize::from(*apart)])?;
    let first = usize::from(paper.saturating_add(COLOURED)) + 1;
    let coloured: u32 = counts.iter().skip(first).sum();
    if coloured <= page.width() * page.height() / OF_PIXELS {
        return None;
    }
    let picture = |grey: Vec<u8>| Picture {
        width: page.width(),
        height: page.height(),
        grey,
    };
    let channels = || page.pixels().map(|pixel| pixel.0);
    Some(Colours {
        print: picture(channels().map(lightest).collect()),
        ink: picture(
            channels()
                .map(|channels| u8::MAX - apart(channels).saturating_sub(paper))
                .collect(),
        ),
    })
}

fn why(error: &ImageError) -> ReadError {
    match error {
        ImageError::Limits(_) => ReadError::TooLarge {
            what: "память под изображение",
            limit: format!("{} МБ", MAX_PIXELS * 8 / 1_000_000),
        },
        ImageError::Unsupported(_) => ReadError::UnsupportedFormat(Detected::Image),
        _ => ReadError::Damaged {
            format: "файл изображения",
            detail: "изображение не раскрывается".to_owned(),
        },
    }
}

/// Whether a JPEG has no end after its last scan. (Inside a scan a byte `FF` is followed by a zero, so that a
/// marker is what it looks like: ITU-T T.81, B.1.1.5.)
fn is_cut_off(bytes: &[u8]) -> bool {
    const SCAN: [u8; 2] = [0xff, 0xda];
    const END: [u8; 2] = [0xff, 0xd9];
    let last_scan = bytes.windows(2).rposition(|pair| pair == SCAN);
    let rest = bytes.get(last_scan.unwrap_or(0)..).unwrap_or_default();
    !rest.windows(2).any(|pair| pair == END)
}

fn is_tiff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*")
}

/// A four-byte number of a TIFF (TIFF 6.0, section 2).
fn tiff_number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    let is_little_endian = bytes.starts_with(b"II");
    let fold = |value: usize, &digit: &u8| value << 8 | usize::from(digit);
    Some(if is_little_endian {
        digits.iter().rev().fold(0, fold)
    } else {
        digits.iter().fold(0, fold)
    })
}

/// Where the directories of a TIFF's pages stand, one after the other; a chain that bites its tail ends there.
fn directories(bytes: &[u8]) -> Vec<usize> {
    const HEADER_OFFSET: usize = 4;
    const ENTRY: usize = 12;
    let mut found = Vec::new();
    let mut link = HEADER_OFFSET;
    while let Some(at) = tiff_number(bytes, link, 4).filter(|&at| at != 0) {
        // Each directory takes 18 bytes at least, so that the list stays shorter than the file.
        if found.contains(&at) || found.len() > super::MAX_PAGES {
            break;
        }
        let Some(entries) = tiff_number(bytes, at, 2) else {
            break;
        };
        found.push(at);
        link = at + 2 + entries * ENTRY;
    }
    found
}

/// The TIFF with its header pointing to the directory of a page: its first page, for a decoder.
fn alone(bytes: &[u8], page: usize) -> Vec<u8> {
    let mut alone = bytes.to_vec();
    let offset = directories(bytes)
        .get(page)
        .and_then(|&at| u32::try_from(at).ok());
    if let (Some(offset), Some(header)) = (offset, alone.get_mut(4..8)) {
        header.copy_from_slice(&if bytes.starts_with(b"II") {
            offset.to_le_bytes()
        } else {
            offset.to_be_bytes()
        });
    }
    alone
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TIFF, little-endian, with a page of 2 by 1 pixels for each pair of shades; the last directory points to
    /// `after`.
    fn tiff(pages: &[[u8; 2]], after: u32) -> Vec<u8> {
        // Width, height, bits of a pixel, no compression, black is 0, where the pixels are, rows, bytes.
        const TAGS: [(u16, u32); 8] = [
            (256, 2),
            (257, 1),
            (258, 8),
            (259, 1),
            (262, 1),
            (273, 0),
            (278, 1),
            (279, 2),
        ];
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap();
        let mut bytes = b"II*\0".to_vec();
        bytes.extend(8u32.to_le_bytes());
        for (index, pixels) in pages.iter().enumerate() {
            let directory = length(&bytes);
            let pixels_at = directory + 2 + 8 * 12 + 4;
            bytes.extend(8u16.to_le_bytes());
            for (tag, value) in TAGS {
                let value = if tag == 273 { pixels_at } else { value };
                bytes.extend(tag.to_le_bytes());
                bytes.extend(4u16.to_le_bytes());
                bytes.extend(1u32.to_le_bytes());
                bytes.extend(value.to_le_bytes());
            }
            let is_last = index + 1 == pages.len();
            bytes.extend(if is_last { after } else { pixels_at + 2 }.to_le_bytes());
            bytes.extend(pixels);
        }
        bytes
    }

    #[test]
    fn each_page_of_a_tiff_is_found() {
        let shades = [[10, 20], [30, 40], [50, 60]];
        let whole = tiff(&shades, 0);
        assert_eq!(page_count(&whole), 3);
        for (page, shades) in shades.iter().enumerate() {
            assert_eq!(sheet(&whole, page).unwrap().grey.grey, shades);
        }
        // A chain that bites its tail, or leads nowhere.
        assert_eq!(page_count(&tiff(&shades, 8)), 3);
        assert_eq!(page_count(&tiff(&shades, u32::MAX)), 3);
        assert_eq!(page_count(b"MM\0*"), 1);
        assert_eq!(page_count(b"\x89PNG"), 1);
    }

    #[test]
    fn broken_files_get_errors_and_no_panic() {
        let whole = tiff(&[[10, 20], [30, 40]], 0);
        for length in 0..whole.len() {
            let cut = &whole[..length];
            for page in 0..page_count(cut) {
                let _ = sheet(cut, page);
            }
        }
        for at in 4..whole.len() {
            let mut changed = whole.clone();
            changed[at] = 0xff;
            for page in 0..page_count(&changed).min(3) {
                let _ = sheet(&changed, page);
            }
        }
        assert_eq!(
            sheet(b"GIF89a......", 0).unwrap_err().code(),
            "unsupported-format"
        );
        assert_eq!(sheet(b"BM", 0).unwrap_err().code(), "damaged");
    }

    #[test]
    fn a_finer_picture_than_is_read_becomes_smaller() {
        let page = |side: u32| {
            // Stripes of two pixels.
            let stripes = GrayImage::from_fn(side, 4, |column, _| {
                [if column % 2 == 0 { 0 } else { u8::MAX }].into()
            });
            of_grey(reduced(stripes.into()).into_luma8())
        };
        let as_read = page(LONGEST_SIDE);
        assert_eq!((as_read.width, as_read.height), (LONGEST_SIDE, 4));
        assert_eq!(as_read.row(0)[..2], [0, 255]);
        let finer = page(2 * LONGEST_SIDE);
        assert_eq!((finer.width, finer.height), (LONGEST_SIDE, 2));
        assert!(finer.grey.iter().all(|shade| shade.abs_diff(127) <= 1));
    }

    #[test]
    fn a_page_in_colours_has_shades() {
        let pixels = [
            [0, 0, 0],
            [255; 3],
            [128; 3],
            [255, 0, 0],
            [0, 255, 0],
            [0, 0, 255],
        ];
        let page = RgbImage::from_raw(6, 1, pixels.concat()).unwrap();
        assert_eq!(in_grey(&page).grey, [0, 255, 128, 54, 182, 18]);
    }

    #[test]
    fn what_is_transparent_is_paper() {
        let mut bytes = Cursor::new(Vec::new());
        let pixels = image::RgbaImage::from_raw(2, 1, vec![0, 0, 0, 0, 0, 0, 0, 255]).unwrap();
        pixels.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let sheet = sheet(&bytes.into_inner(), 0).unwrap();
        assert_eq!((sheet.grey.grey, sheet.is_cut), (vec![255, 0], false));
    }

    #[test]
    fn a_jpeg_without_an_end_is_cut_off() {
        let whole = [0xff, 0xd8, 0xff, 0xd9, 0xff, 0xda, 1, 2, 0xff, 0xd9, 0];
        assert!(!is_cut_off(&whole));
        // The end of a small picture inside it is not its end.
        assert!(is_cut_off(&whole[..8]));
        assert!(is_cut_off(&[]));
    }
}
