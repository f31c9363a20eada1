//! Numbers and ranges out of the streams of a document, little-endian as [MS-DOC] has them.
//!
//! In: the bytes of a stream. Out: values, or nothing where the stream is too short.
//! Must never: panic on an offset, whatever the file says.

/// The bytes of a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'b>(pub(super) &'b [u8]);

impl<'b> Bytes<'b> {
    /// So many bytes from an offset on.
    pub(super) fn slice(self, at: usize, length: usize) -> Option<&'b [u8]> {
        self.0.get(at..at.checked_add(length)?)
    }

    /// An unsigned number of 8 bits.
    pub(super) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    /// An unsigned number of 16 bits.
    pub(super) fn u16(self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.slice(at, 2)?.try_into().ok()?))
    }

    /// An unsigned number of 32 bits.
    pub(super) fn u32(self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.slice(at, 4)?.try_into().ok()?))
    }

    /// A signed number of 32 bits.
    pub(super) fn i32(self, at: usize) -> Option<i32> {
        Some(i32::from_le_bytes(self.slice(at, 4)?.try_into().ok()?))
    }

    /// An unsigned number of 32 bits as an offset or a count.
    pub(super) fn offset(self, at: usize) -> Option<usize> {
        usize::try_from(self.u32(at)?).ok()
    }

    /// Characters of UTF-16.
    pub(super) fn characters(self, at: usize, count: usize) -> Option<Vec<u16>> {
        let bytes = self.slice(at, count.checked_mul(2)?)?;
        let unit = |pair: &[u8]| u16::from_le_bytes([pair[0], pair[1]]);
        Some(bytes.chunks_exact(2).map(unit).collect())
    }
}

/// A PLC ([MS-DOC], section 2.2.2): positions, and a value for each stretch between two of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plc<'b> {
    bytes: Bytes<'b>,
    size: usize,
    count: usize,
}

impl<'b> Plc<'b> {
    /// A PLC whose values have this size.
    pub(super) fn new(bytes: &'b [u8], size: usize) -> Self {
        Self {
            bytes: Bytes(bytes),
            size,
            count: bytes.len().saturating_sub(4) / (4 + size),
        }
    }

    /// How many stretches there are.
    pub(super) fn len(self) -> usize {
        self.count
    }

    /// A position; there is one more of them than stretches.
    pub(super) fn position(self, index: usize) -> Option<usize> {
        if index > self.count {
            return None;
        }
        self.bytes.offset(index * 4)
    }

    /// From where to where a stretch goes.
    pub(super) fn range(self, index: usize) -> Option<(usize, usize)> {
        let (start, end) = (self.position(index)?, self.position(index + 1)?);
        (start <= end).then_some((start, end))
    }

    /// The value of a stretch.
    pub(super) fn value(self, index: usize) -> Option<Bytes<'b>> {
        let at = (self.count + 1) * 4 + index * self.size;
        self.bytes.slice(at, self.size).map(Bytes)
    }
}
