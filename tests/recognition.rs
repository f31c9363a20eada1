//! Pictures in an archive: recognised by a stand-in for Tesseract, which always reads the same page, so that the
//! tests say what becomes of what it reads wherever they run.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test stops where it cannot go on, and says what it left out"
)]

#[path = "support/archives.rs"]
mod archives;

use std::fs;
use std::io::{Cursor, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use archives::{order, prikaz, run};
use rusqlite::Connection;
use serde_json::Value;

/// The lines of the page that the stand-in reads; each word is 60 pixels wide, each line 30 high.
const LINES: [&str; 9] = [
    "ООО «Пробный лист»",
    "ПРИКАЗ",
    "от 05.02.2024 № 7-П",
    "О порядке",
    "Во исполнение ст. 10 Федерального закона от 27.07.2006 № 149-ФЗ",
    "ПРИКАЗЫВАЮ:",
    "1. Назначить ответственным Лыткарину Веру Павловну.",
    "2. Контроль оставляю за собой.",
    "Директор А. Б. Проскурин",
];

/// How sure the stand-in is of `7-П`, in per cent; of all else it is 96.
const UNSURE: u32 = 41;

/// What the stand-in takes for words besides: strokes of a pen.
const STROKES: &str = "<+-";

fn table() -> String {
    let mut table = "level\tpage_num\n".to_owned();
    for (row, line) in (1..).zip(LINES) {
        for (column, word) in (1..).zip(line.split(' ')) {
            let sure = if word == "7-П" { UNSURE } else { 96 };
            let (left, top) = (column * 70, row * 50);
            table.push_str(&format!(
                "5\t1\t1\t1\t{row}\t{column}\t{left}\t{top}\t60\t30\t{sure}\t{word}\n"
            ));
        }
    }
    table.push_str(&format!(
        "5\t1\t1\t1\t10\t1\t700\t600\t60\t30\t20\t{STROKES}\n"
    ));
    table
}

/// A place with an archive, a folder of files, and a folder of executables that holds the stand-in, or nothing.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["files", "bin"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts the stand-in into the path. `work` is what its script does to read a page.
    fn install(&self, work: &str) {
        fs::write(self.path("bin/table.tsv"), table()).unwrap();
        let file = self.path("bin/tesseract");
        let script = format!(
            "#!/bin/sh\ncase \"$1\" in\n--list-langs) printf 'List:\\neng\\nrus\\n';;\n\
             --version) echo 'tesseract 5.9.9';;\n*) {work};;\nesac\n"
        );
        fs::write(&file, script).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn install_reading_the_table(&self) {
        self.install(&format!("cat '{}'", self.path("bin/table.tsv").display()));
    }

    /// A picture of a page of 1000 by 1414 pixels, white.
    fn add_picture(&self, name: &str) {
        let picture = image::GrayImage::from_pixel(1000, 1414, image::Luma([255]));
        picture.save(self.path("files").join(name)).unwrap();
    }

    /// The program under test, which sees the stand-in and what confines it, but no other Tesseract.
    fn prikaz(&self) -> Command {
        for tool in [
            "sh", "cat", "sleep", "true", "bwrap", "prlimit", "setpriv", "unshare",
        ] {
            self.has(tool);
        }
        let mut command = prikaz(&self.path("archive"));
        command.env("PATH", self.path("bin"));
        command
    }

    /// Whether a program is installed here; the program under test sees it from now on.
    fn has(&self, tool: &str) -> bool {
        let link = self.path("bin").join(tool);
        let found = std::env::split_paths(&std::env::var_os("PATH").unwrap())
            .map(|folder| folder.join(tool))
            .find(|file| file.is_file());
        if let (Some(found), false) = (&found, link.exists()) {
            std::os::unix::fs::symlink(found, link).unwrap();
        }
        found.is_some()
    }

    fn ingested(&self, options: &[&str]) -> (String, String, i32) {
        run(self
            .prikaz()
            .arg("ingest")
            .args(options)
            .arg(self.path("files")))
    }

    fn record(&self) -> Value {
        let (out, err, code) = run(self.prikaz().args(["show", "7-П", "--json"]));
        assert_eq!(code, 0, "{err}");
        serde_json::from_str(&out).unwrap()
    }

    fn verified(&self) {
        let (out, err, code) = run(self.prikaz().arg("verify"));
        assert_eq!(code, 0, "{out}{err}");
    }
}

fn finding<'a>(record: &'a Value, code: &str) -> Option<&'a Value> {
    record["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == code)
}

#[test]
fn without_the_program_only_pictures_fail_and_are_taken_up_later() {
    let place = Place::new();
    place.add_picture("scan.png");
    fs::write(place.path("files/order.docx"), order(1)).unwrap();
    let (out, err, code) = run(prikaz(&place.path("archive"))
        .env("PATH", "")
        .arg("ingest")
        .arg(place.path("files")));
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains("добавлено                       1"), "{out}");
    let (ledger, _, _) = run(place.prikaz().args(["ledger", "--failed"]));
    assert!(
        ledger.contains("нужна программа Tesseract, а она не установлена")
            && ledger.contains("apt install tesseract-ocr tesseract-ocr-rus"),
        "{ledger}"
    );

    place.install_reading_the_table();
    let (out, err, code) = run(place.prikaz().args(["ingest", "--retry-failed"]));
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("добавлено                       1"), "{out}");
    place.verified();
}

#[test]
fn a_recognised_order_says_so_and_is_no_surer_than_its_words() {
    let place = Place::new();
    place.add_picture("scan.png");
    place.install_reading_the_table();
    let (out, err, code) = place.ingested(&[]);
    assert_eq!(code, 0, "{out}{err}");
    let record = place.record();
    assert_eq!(record["source"]["format"], "image");
    assert_eq!(record["source"]["pages"], 1);
    assert_eq!(record["source"]["ocr"]["engine"], "tesseract 5.9.9");
    assert_eq!(record["source"]["ocr"]["language"], "rus+eng");
    let mean = record["source"]["ocr"]["confidence"].as_f64().unwrap();
    assert!((0.9..0.96).contains(&mean), "{mean}");
    let sure = record["number"]["confidence"].as_f64().unwrap();
    assert!((sure - f64::from(UNSURE) / 100.0).abs() < 1e-6, "{sure}");
    assert!(record["date"]["confidence"].as_f64().unwrap() > 0.9);
    let left_out = finding(&record, "ocr-marks-left-out").unwrap();
    assert!(
        left_out["message"].as_str().unwrap().contains(STROKES),
        "{left_out}"
    );
    assert!(!record["text"].as_str().unwrap().contains(STROKES));
}

#[test]
fn a_number_by_hand_is_read_and_never_sure() {
    let place = Place::new();
    // Black print, a rule under the place of the number, and blue ink over it.
    let mut picture = image::RgbImage::from_pixel(1000, 1414, image::Rgb([255; 3]));
    for (row, line) in (1..).zip(LINES) {
        for (column, _) in (1u32..).zip(line.split(' ').filter(|word| *word != "7-П")) {
            for (x, y) in (0..60).flat_map(|x| (0..30).map(move |y| (x, y))) {
                if x % 10 < 3 {
                    picture.put_pixel(column * 70 + x, row * 50 + y, image::Rgb([0; 3]));
                }
            }
        }
    }
    for column in 280..340 {
        for row in (155..178).filter(|_| column % 10 < 4) {
            picture.put_pixel(column, row, image::Rgb([30, 50, 180]));
        }
        picture.put_pixel(column, 182, image::Rgb([0; 3]));
    }
    picture.save(place.path("files/scan.png")).unwrap();
    // A list of cuttings is read alike in all of them, or in most.
    let cuttings = |odd: &str| {
        format!(
            "case \"$6\" in\n6) ;;\n7|13) n=0; while read -r file; do n=$((n+1)); \
             if [ $n = 1 ]; then word='{odd}'; else word=112-к; fi; \
             printf \"5\\t$n\\t1\\t1\\t1\\t1\\t0\\t0\\t9\\t9\\t90\\t$word\\n\"; done <\"$1\";;\n\
             *) cat '{}';;\nesac",
            place.path("bin/table.tsv").display()
        )
    };
    place.install(&cuttings("712-к"));
    let (out, err, code) = place.ingested(&[]);
    assert_eq!(code, 0, "{out}{err}");
    let (out, err, code) = run(place.prikaz().args(["show", "112-к", "--json"]));
    assert_eq!(code, 0, "{out}{err}");
    let record: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(record["number"]["value"], "112-к");
    let confidence = record["number"]["confidence"].as_f64().unwrap();
    assert!((0.3..0.9).contains(&confidence), "{confidence}");
    let by_hand = finding(&record, "ocr-handwriting").unwrap();
    assert!(
        by_hand["message"].as_str().unwrap().contains("«112-к»"),
        "{by_hand}"
    );
    assert!(!record["text"].as_str().unwrap().contains("7-П"));
}

#[test]
fn pages_are_shown_with_the_places_of_their_values_and_stay_with_the_archive() {
    let place = Place::new();
    place.add_picture("scan.png");
    place.install_reading_the_table();
    place.ingested(&[]);
    let page = |place: &Place| -> Value {
        let (out, err, code) = run(place.prikaz().args(["page", "7-П", "1", "--json"]));
        assert_eq!(code, 0, "{err}");
        serde_json::from_str(&out).unwrap()
    };
    let shown = page(&place);
    let near = |value: &Value, expected: f64| {
        let value = value.as_f64().unwrap();
        assert!((value - expected).abs() < 0.1, "{value}, not {expected}");
    };
    // The longer side of the sheet, 1414 pixels, is taken for 842 points.
    let scale = 842.0 / 1414.0;
    near(&shown["height"], 842.0);
    near(&shown["width"], 1000.0 * scale);
    let number = shown["values"]
        .as_array()
        .unwrap()
        .iter()
        .find(|value| value["value"] == "number")
        .unwrap();
    let area = &number["areas"][0];
    near(&area["left"], 4.0 * 70.0 * scale);
    near(&area["top"], 3.0 * 50.0 * scale);
    near(&area["right"], (4.0 * 70.0 + 60.0) * scale);
    near(&area["bottom"], (3.0 * 50.0 + 30.0) * scale);
    let words = shown["words"].as_array().unwrap();
    assert_eq!(words[0]["text"], "ООО");
    near(&words[0]["confidence"], 0.96);

    let file = place.path("page.png");
    let (out, err, code) = run(place
        .prikaz()
        .args(["page", "7-П", "1", "--out"])
        .arg(&file));
    assert!(code == 0 && out.contains("страница 1 из 1"), "{out}{err}");
    assert_eq!(
        image::open(&file).unwrap().into_luma8().dimensions(),
        (1000, 1414)
    );
    let (_, err, code) = run(place.prikaz().args(["page", "7-П", "2"]));
    assert!(
        code == 2 && err.contains("страницы 2 в оригинале нет"),
        "{err}"
    );

    // Reading it again changes nothing; correcting it keeps the places.
    let (out, err, _) = run(place.prikaz().arg("reparse"));
    assert!(
        out.contains("изменилось                      0"),
        "{out}{err}"
    );
    let (_, err, code) =
        run(place
            .prikaz()
            .args(["correct", "7-П", "title=О другом", "--why", "проба"]));
    assert_eq!(code, 0, "{err}");
    assert_eq!(page(&place)["words"], shown["words"]);
    let copy = place.path("copy");
    run(place.prikaz().arg("backup").arg(&copy));
    let (out, err, code) = run(prikaz(&copy).args(["page", "7-П", "1", "--json"]));
    assert_eq!(code, 0, "{err}");
    assert_eq!(
        serde_json::from_str::<Value>(&out).unwrap()["words"],
        shown["words"]
    );
    place.verified();

    // Places that were changed, taken away or put in behind the program's back are found.
    let database = Connection::open(place.path("archive/prikaz.db")).unwrap();
    for (change, told) in [
        ("UPDATE layout SET pages = x'00'", "разметка страниц 1: "),
        ("DELETE FROM layout", "разметка страниц 1: "),
        ("INSERT INTO layout VALUES (2, x'')", "таблица layout"),
    ] {
        database.execute(change, []).unwrap();
        let (out, _, code) = run(place.prikaz().arg("verify"));
        assert!(code == 1 && out.contains(told), "{change}: {out}");
    }
}

/// A package of these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A PDF with one page that is a picture, of one grey pixel.
fn pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        "<< /Length 29 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q \nendstream",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x7f\nendstream",
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(pdf.len());
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = pdf.len();
    pdf.push_str("xref\n0 6\n0000000000 65535 f \n");
    for offset in offsets {
        pdf.push_str(&format!("{offset:010} 00000 n \n"));
    }
    pdf.push_str(&format!(
        "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ));
    pdf.into_bytes()
}

#[test]
fn pictures_in_documents_are_recognised_page_by_page() {
    let place = Place::new();
    place.install_reading_the_table();
    let picture = |side: u32| {
        let mut bytes = Cursor::new(Vec::new());
        image::GrayImage::from_pixel(side, side, image::Luma([255]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    };
    let (one, other) = (picture(300), picture(400));
    let docx = package(&[
        (
            "_rels/.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        (
            "word/_rels/document.xml.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/other.png"/><Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/one.png"/></Relationships>"#,
        ),
        (
            "word/document.xml",
            br#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body><w:p><w:r><w:drawing><a:blip r:embed="b"/></w:drawing></w:r></w:p><w:p><w:r><w:drawing><a:blip r:embed="a"/></w:drawing></w:r></w:p></w:body></w:document>"#,
        ),
        ("word/media/one.png", &one),
        ("word/media/other.png", &other),
    ]);
    let odt = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            br#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p><draw:frame><draw:image xlink:href="Pictures/one.png"/></draw:frame><draw:frame><draw:image xlink:href="./Pictures/other.png"/></draw:frame></text:p></office:text></office:body></office:document-content>"#,
        ),
        ("Pictures/one.png", &one),
        ("Pictures/other.png", &other),
    ]);
    for (name, bytes) in [("scan.docx", docx), ("scan.odt", odt)] {
        let file = place.path("files").join(name);
        fs::write(&file, &bytes).unwrap();
        let (out, err, code) = place.ingested(&[]);
        assert_eq!(code, 0, "{name}: {out}{err}");
        let id = prikaz::archive::sha256(&bytes);
        for (number, side) in [("1", 300), ("2", 400)] {
            let page = place.path("page.png");
            let shown = run(place
                .prikaz()
                .args(["page", &id, number, "--out"])
                .arg(&page));
            assert!(shown.0.contains(" из 2: "), "{name}: {shown:?}");
            let size = image::open(&page).unwrap().into_luma8().dimensions();
            assert_eq!(size, (side, side), "{name}");
        }
    }

    let poppler = ["pdfinfo", "pdfimages", "pdftoppm"];
    if !poppler.iter().all(|tool| place.has(tool)) {
        eprintln!("no PDF was recognised: Poppler is missing");
        return;
    }
    fs::write(place.path("files/scan.pdf"), pdf()).unwrap();
    let (out, err, code) = place.ingested(&[]);
    assert_eq!(code, 0, "{out}{err}");
    let id = prikaz::archive::sha256(&pdf());
    let page = place.path("page.png");
    let shown = run(place.prikaz().args(["page", &id, "1", "--out"]).arg(&page));
    assert!(
        shown.0.contains("страница 1 из 1: 595 × 842 пт"),
        "{shown:?}"
    );
    let picture = image::open(&page).unwrap().into_luma8();
    assert_eq!(
        picture
            .get_pixel(picture.width() / 2, picture.height() / 2)
            .0,
        [0x7f]
    );
    place.verified();
}

#[test]
fn an_archive_of_format_2_is_converted() {
    let place = Place::new();
    fs::write(place.path("files/order.docx"), order(1)).unwrap();
    place.ingested(&[]);
    let database = Connection::open(place.path("archive/prikaz.db")).unwrap();
    database
        .execute_batch("DROP TABLE layout; PRAGMA user_version = 2;")
        .unwrap();
    drop(database);
    place.verified();
    assert!(place.path("archive/prikaz.db.format-2").is_file());
    let (_, err, code) = run(place.prikaz().args(["page", "1-П", "1"]));
    assert!(
        code == 2 && err.contains("у оригинала нет страниц"),
        "{err}"
    );
    place.add_picture("scan.png");
    place.install_reading_the_table();
    place.ingested(&[]);
    place.verified();
}

#[test]
fn recognition_is_asked_for_refused_and_told_its_languages() {
    let place = Place::new();
    place.add_picture("scan.png");
    place.install_reading_the_table();
    let (out, _, code) = place.ingested(&["--ocr", "never"]);
    assert!(
        code == 1 && out.contains("только изображение, а текста нет"),
        "{out}"
    );
    let (out, _, code) = place.ingested(&["--retry-failed", "--ocr-language", "rus+tat"]);
    assert!(
        code == 1 && out.contains("«tat»") && out.contains("apt install tesseract-ocr-tat"),
        "{out}"
    );
    let (_, err, code) = place.ingested(&["--ocr-language", "rus+-v"]);
    assert!(code == 2 && err.contains("через +"), "{err}");
    let (out, err, code) = place.ingested(&["--retry-failed", "--ocr-language", "rus"]);
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(place.record()["source"]["ocr"]["language"], "rus");
    // What was recognised in one language is read again in it.
    let (out, err, _) = run(place.prikaz().arg("reparse"));
    assert!(
        out.contains("изменилось                      0"),
        "{out}{err}"
    );
}

#[test]
fn a_picture_that_is_too_large_or_broken_off_is_told() {
    let place = Place::new();
    place.install_reading_the_table();
    place.add_picture("whole.jpg");
    let whole = fs::read(place.path("files/whole.jpg")).unwrap();
    fs::write(place.path("files/whole.jpg"), &whole[..whole.len() - 100]).unwrap();
    // A PNG that says it is 100,000 pixels wide and high.
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bomb.extend([0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0, 1, 0, 0, 0, 0]);
    let checksum = crc32fast::hash(&bomb[12..]);
    bomb.extend(checksum.to_be_bytes());
    bomb.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    fs::write(place.path("files/bomb.png"), bomb).unwrap();
    let (out, err, code) = place.ingested(&[]);
    assert!(
        code == 1 && out.contains("файл слишком велик"),
        "{out}{err}"
    );
    let broken = finding(&place.record(), "source-unreadable").cloned();
    assert!(
        broken.unwrap()["message"]
            .as_str()
            .unwrap()
            .contains("breaks off")
    );
}

#[test]
fn a_program_ends_when_prikaz_is_killed() {
    if !Path::new("/usr/bin/setpriv").exists() && !Path::new("/usr/bin/bwrap").exists() {
        eprintln!("left out: nothing here ends a program whose parent was killed");
        return;
    }
    let place = Place::new();
    place.add_picture("scan.png");
    let pipe = place.path("alive");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    place.install(&format!(
        "exec 3>'{}'; echo started >&3; sleep 30; echo survived >&3",
        pipe.display()
    ));
    let mut program = place
        .prikaz()
        .arg("ingest")
        .arg(place.path("files"))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // Opening waits for the stand-in, reading to the end for its end.
    let mut alive = fs::File::open(&pipe).unwrap();
    let mut said = [0; 8];
    std::io::Read::read_exact(&mut alive, &mut said).unwrap();
    program.kill().unwrap();
    program.wait().unwrap();
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut alive, &mut rest).unwrap();
    assert_eq!((&said, rest.as_str()), (b"started\n", ""));
}
