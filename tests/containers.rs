//! Files that hold other files: what is in them is named, and nothing of it is read.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

mod support;

use prikaz::read::{Settings, read};
use support::docx_package::zipped;

/// The code and the message of the error.
fn refused(bytes: &[u8]) -> (&'static str, String) {
    let error = read(bytes, &Settings::default()).unwrap_err();
    assert!(!error.remedy().is_empty());
    (error.code(), error.to_string())
}

#[test]
fn the_files_in_an_archive_are_named() {
    let archive = zipped(&[
        ("приказы/".to_owned(), Vec::new()),
        ("приказы/1.docx".to_owned(), b"x".to_vec()),
        ("2.pdf".to_owned(), b"y".to_vec()),
    ]);
    let (code, message) = refused(&archive);
    assert_eq!(code, "unopened");
    assert_eq!(
        message,
        "это архив ZIP; вложенные файлы не прочитаны: приказы/1.docx, 2.pdf"
    );
    let many: Vec<_> = (0..60)
        .map(|index| (format!("{index}.docx"), Vec::new()))
        .collect();
    let (_, message) = refused(&zipped(&many));
    assert!(message.ends_with("49.docx и ещё 10"), "{message}");
}

#[test]
fn the_attachments_of_a_message_are_named() {
    let message = |rest: &str| {
        format!(
            "Received: from a\r\n by b\r\nFrom: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n{rest}"
        )
    };
    let attached = message(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nтекст\r\n--b\r\nContent-Type: application/msword; name=\"=?utf-8?B?0J/RgNC40LrQsNC3LmRvYw==?=\"\r\n\r\n0\r\n--b--\r\n",
    );
    let cases = [
        (
            attached,
            "это письмо электронной почты; вложенные файлы не прочитаны: Приказ.doc",
        ),
        (
            message("\r\nтекст"),
            "это письмо электронной почты; вложенных файлов в нём нет",
        ),
    ];
    for (bytes, expected) in cases {
        let (code, message) = refused(bytes.as_bytes());
        assert_eq!((code, message.as_str()), ("unopened", expected));
    }
    // An order that begins like a header is none.
    let order = "Кому: всем\nПРИКАЗ\n";
    assert!(read(order.as_bytes(), &Settings::default()).is_ok());
    let order = "To: all\nПРИКАЗ № 5\n";
    assert!(read(order.as_bytes(), &Settings::default()).is_ok());
}

#[test]
fn other_archives_are_called_by_their_name() {
    let cases: [(&[u8], &str); 3] = [
        (b"Rar!\x1a\x07\x01\x00", "архив RAR"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "архив 7z"),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
    ];
    for (bytes, name) in cases {
        let (code, message) = refused(bytes);
        assert_eq!(code, "unsupported-format");
        assert!(message.contains(name), "{message}");
    }
}
