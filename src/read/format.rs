//! What a file is, told by its first bytes.
//!
//! In: bytes. Out: a format that is read, or an error that names the format that is not. Must never:
//! look at a file's name.

use super::ReadError;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detected {
    /// A ZIP archive; whether it is a Word document its parts will tell.
    Docx,
}

/// How far into a file a mark that need not come first is looked for.
const PROLOGUE: usize = 4_096;

pub(super) fn detect(bytes: &[u8]) -> Result<Detected, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let start = &bytes[..bytes.len().min(PROLOGUE)];
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Ok(Detected::Docx);
    }
    if start.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Err(if contains(bytes, &utf16("EncryptedPackage")) {
            ReadError::Encrypted
        } else {
            ReadError::Unsupported("an old Word document (.doc)")
        });
    }
    let marks: [(&[u8], &'static str); 9] = [
        (b"%PDF-", "a PDF file"),
        (b"{\\rtf", "an RTF document"),
        (b"\x89PNG", "a picture (PNG)"),
        (b"\xFF\xD8\xFF", "a picture (JPEG)"),
        (b"II*\0", "a picture (TIFF)"),
        (b"MM\0*", "a picture (TIFF)"),
        (b"7z\xBC\xAF\x27\x1C", "an archive (7z)"),
        (b"Rar!", "an archive (RAR)"),
        (b"\x1F\x8B", "an archive (gzip)"),
    ];
    if let Some((_, name)) = marks.iter().find(|(mark, _)| start.starts_with(mark)) {
        return Err(ReadError::Unsupported(name));
    }
    let lower = start.to_ascii_lowercase();
    if contains(&lower, b"<html") || contains(&lower, b"<!doctype html") {
        return Err(ReadError::Unsupported("a web page (HTML)"));
    }
    // Text has no zero bytes, but for UTF-16, which starts with a mark of its byte order.
    let utf16 = start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF");
    Err(if utf16 || !start.contains(&0) {
        ReadError::Unsupported("plain text")
    } else {
        ReadError::Unknown
    })
}

fn utf16(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_bytes() {
        for (bytes, code) in [
            (&b""[..], "empty"),
            (b"  \n", "empty"),
            (b"%PDF-1.7", "unsupported-format"),
            (b"{\\rtf1", "unsupported-format"),
            (b"<!DOCTYPE html><html>", "unsupported-format"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "unsupported-format"),
            (b"\x01\x02\x00\x03", "unknown-format"),
        ] {
            assert_eq!(detect(bytes).unwrap_err().code(), code, "{bytes:?}");
        }
        let mut encrypted = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        encrypted.extend(utf16("EncryptedPackage"));
        assert_eq!(detect(&encrypted), Err(ReadError::Encrypted));
        assert_eq!(detect(b"PK\x03\x04"), Ok(Detected::Docx));
    }
}
