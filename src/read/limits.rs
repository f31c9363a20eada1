//! How much of a file the readers are ready to take in.
//!
//! In: nothing. Out: [`Limits`], whose defaults keep any one file under 256 MiB of memory.
//! Must never: be judged by what a file declares about itself; readers count what they really read.

/// Most entries a package may have. Word writes 10 to 30; a document with a picture on each of a
/// thousand pages stays under this.
pub const MAX_ENTRIES: usize = 10_000;

/// Most bytes one part may inflate to: 64 MiB. The body of a thousand-page appendix with every
/// word in a run of its own takes about half of it.
pub const MAX_PART_BYTES: usize = 64 << 20;

/// Most bytes that all the parts read from one file may inflate to: 128 MiB.
pub const MAX_TOTAL_BYTES: usize = 128 << 20;

/// Parts smaller than this are not judged by their compression ratio: 16 MiB. A repeated word
/// honestly compresses 450 times.
pub const RATIO_FLOOR_BYTES: usize = 16 << 20;

/// Largest compression ratio of a part above [`RATIO_FLOOR_BYTES`]. Real WordprocessingML is
/// compressed 5 to 60 times; deflate cannot exceed 1,032.
pub const MAX_COMPRESSION_RATIO: usize = 200;

/// Deepest nesting of XML elements. Word itself refuses beyond a few hundred.
pub const MAX_XML_DEPTH: usize = 2_000;

/// Most bytes the attributes of one element may take: 1 MiB. Only pictures stored as VML data come
/// near it.
pub const MAX_ATTRIBUTE_BYTES: usize = 1 << 20;

/// Most bytes of text, asides included: 16 MiB, five times «Война и мир».
pub const MAX_TEXT_BYTES: usize = 16 << 20;

/// Most paragraphs and table rows; at about 150 bytes of bookkeeping each they stay under 64 MiB.
pub const MAX_BLOCKS: usize = 300_000;

/// Most styles, list definitions, lists or notes that are kept of one part.
pub const MAX_DEFINITIONS: usize = 20_000;

/// Most pages of a PDF or a scan: five times the thickest binder.
pub const MAX_PDF_PAGES: usize = 5_000;

/// How much of a file the readers are ready to take in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Most entries of a package ([`MAX_ENTRIES`]).
    pub entries: usize,
    /// Most bytes of one inflated part ([`MAX_PART_BYTES`]).
    pub part_bytes: usize,
    /// Most bytes of all inflated parts together ([`MAX_TOTAL_BYTES`]).
    pub total_bytes: usize,
    /// Bytes under which a part is not judged by its ratio ([`RATIO_FLOOR_BYTES`]).
    pub ratio_floor_bytes: usize,
    /// Largest ratio of inflated to compressed bytes ([`MAX_COMPRESSION_RATIO`]).
    pub compression_ratio: usize,
    /// Deepest nesting of XML elements ([`MAX_XML_DEPTH`]).
    pub xml_depth: usize,
    /// Most bytes of one element's attributes ([`MAX_ATTRIBUTE_BYTES`]).
    pub attribute_bytes: usize,
    /// Most bytes of text ([`MAX_TEXT_BYTES`]).
    pub text_bytes: usize,
    /// Most paragraphs and table rows ([`MAX_BLOCKS`]).
    pub blocks: usize,
    /// Most styles, list definitions, lists or notes of one part ([`MAX_DEFINITIONS`]).
    pub definitions: usize,
    /// Most pages ([`MAX_PDF_PAGES`]).
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: MAX_ENTRIES,
            part_bytes: MAX_PART_BYTES,
            total_bytes: MAX_TOTAL_BYTES,
            ratio_floor_bytes: RATIO_FLOOR_BYTES,
            compression_ratio: MAX_COMPRESSION_RATIO,
            xml_depth: MAX_XML_DEPTH,
            attribute_bytes: MAX_ATTRIBUTE_BYTES,
            text_bytes: MAX_TEXT_BYTES,
            blocks: MAX_BLOCKS,
            definitions: MAX_DEFINITIONS,
            pages: MAX_PDF_PAGES,
        }
    }
}
