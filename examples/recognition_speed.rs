//! How many pages a second one core recognises, beside Tesseract alone on the same image files in the same run.
//!
//! `cargo run --release --example recognition_speed -- FOLDER [ROUNDS]`
//!
//! Takes the PNG, JPEG and TIFF files of the folder (a TIFF of several pages counts as so many), reads each by
//! turns with this program and with `tesseract FILE - -l rus+eng`, one thread each, and adds up the times.

#![expect(clippy::print_stdout, reason = "it writes to the standard output")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use prikaz::read::{Settings, read};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("name a folder of image files")?);
    let rounds: u32 = arguments.next().map_or(Ok(3), |rounds| rounds.parse())?;
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| is_image(path));
    files.sort();
    anyhow::ensure!(
        !files.is_empty(),
        "there are no image files in {}",
        folder.display()
    );
    // Pages of one file are recognised side by side; here one core is measured.
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()?;
    let (mut own, mut alone, mut pages) = (Duration::ZERO, Duration::ZERO, 0);
    for round in 0..rounds {
        for file in &files {
            // Who comes first finds the file cold.
            let own_first = round % 2 == 0;
            if !own_first {
                alone += tesseract(file)?;
            }
            let started = Instant::now();
            let reading = read(&fs::read(file)?, &Settings::default())?;
            own += started.elapsed();
            pages += reading.text.pages.unwrap_or(1);
            if own_first {
                alone += tesseract(file)?;
            }
        }
    }
    let rate = |time: Duration| f64::from(pages) / time.as_secs_f64();
    println!("{} files, {rounds} rounds, {pages} pages", files.len());
    println!("prikaz            {:>6.3} pages a second", rate(own));
    println!("tesseract alone   {:>6.3} pages a second", rate(alone));
    println!("share             {:>6.3}", rate(own) / rate(alone));
    Ok(())
}

fn is_image(path: &Path) -> bool {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    matches!(
        ending.as_deref(),
        Some("png" | "jpg" | "jpeg" | "tif" | "tiff")
    )
}

/// How long Tesseract takes for a file by itself.
fn tesseract(file: &Path) -> anyhow::Result<Duration> {
    let started = Instant::now();
    let status = Command::new("tesseract")
        .arg(file)
        .args(["-", "-l", "rus+eng"])
        .env("OMP_THREAD_LIMIT", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .context("tesseract could not be started")?;
    anyhow::ensure!(status.success(), "tesseract failed on {}", file.display());
    Ok(started.elapsed())
}
