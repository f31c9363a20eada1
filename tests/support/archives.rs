//! Small orders and archives for whole-program tests.

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The program under test, with its archive.
pub(crate) fn prikaz(archive: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prikaz"));
    command
        .env_remove("PRIKAZ_ARCHIVE")
        .arg("--archive")
        .arg(archive);
    command
}

/// Runs a command and gives what it printed, as text, and its exit code.
pub(crate) fn run(command: &mut Command) -> (String, String, i32) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(stdout), text(stderr), status.code().unwrap_or(-1))
}

/// A Word document with one paragraph a line.
pub(crate) fn docx(lines: &str) -> Vec<u8> {
    let paragraphs: String = lines
        .lines()
        .map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>"))
        .collect();
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}</w:body></w:document>"
    );
    let relationships = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [
        ("_rels/.rels", relationships),
        ("word/document.xml", document.as_str()),
    ] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(part.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A small order of its own number.
pub(crate) fn order(number: usize) -> Vec<u8> {
    docx(&format!(
        "ООО «Пробный лист»\nПРИКАЗ\n05.02.2024 № {number}-П\nО порядке № {number}\nВо исполнение ч. 1 ст. 10 Федерального закона от 27.07.2006 № 149-ФЗ\nПРИКАЗЫВАЮ:\n1. Назначить ответственным Лыткарину Веру Павловну.\n2. Контроль оставляю за собой.\nДиректор\tА. Б. Проскурин"
    ))
}
