//! What reading costs: every file under the folders given, each in a process of its own, against the
//! limits that hold for one file.
//!
//!     cargo run --release --example cost -- FOLDER…
//!
//! Prints the slowest files and those that take most memory; ends with code 1 where one of them
//! exceeds a limit. Memory is the peak of the process, this program included, as Linux counts it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a measurement stops where it cannot go on, and speaks"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use prikaz::read::{Settings, read};

/// Longest time for one file.
const MOST_TIME: Duration = Duration::from_secs(2);

/// Most memory for one file, in bytes: 256 MiB.
const MOST_BYTES: u64 = 256 << 20;

/// How many files are shown.
const SHOWN: usize = 5;

/// What makes this program measure one file and print the figures.
const ONE: &str = "--one";

struct Cost {
    path: PathBuf,
    time: Duration,
    bytes: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if let [flag, path] = &arguments[..]
        && flag == Path::new(ONE)
    {
        measure(path);
        return ExitCode::SUCCESS;
    }
    let mut costs = Vec::new();
    let mut folders = arguments;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                costs.push(cost(path));
            }
        }
    }
    println!("files: {}", costs.len());
    costs.sort_by_key(|cost| std::cmp::Reverse(cost.time));
    show("slowest", &costs);
    costs.sort_by_key(|cost| std::cmp::Reverse(cost.bytes));
    show("most memory", &costs);
    let is_within = |cost: &Cost| cost.time <= MOST_TIME && cost.bytes <= MOST_BYTES;
    ExitCode::from(u8::from(!costs.iter().all(is_within)))
}

fn show(title: &str, costs: &[Cost]) {
    println!("{title}:");
    for cost in costs.iter().take(SHOWN) {
        println!(
            "  {:>7.1} ms {:>6.1} MiB  {}",
            cost.time.as_secs_f64() * 1000.0,
            f64::from(u32::try_from(cost.bytes >> 10).unwrap()) / 1024.0,
            cost.path.display()
        );
    }
}

/// What one file costs, in a process of its own.
fn cost(path: PathBuf) -> Cost {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program).arg(ONE).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", path.display());
    let printed = String::from_utf8(output.stdout).unwrap();
    let (microseconds, bytes) = printed.trim().split_once(' ').unwrap();
    Cost {
        path,
        time: Duration::from_micros(microseconds.parse().unwrap()),
        bytes: bytes.parse().unwrap(),
    }
}

/// Reads a file, and prints the microseconds that it took and the peak of memory in bytes.
fn measure(path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    let start = Instant::now();
    let outcome = read(&bytes, &Settings::default());
    let time = start.elapsed();
    drop(outcome);
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes: u64 = peak
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap();
    println!("{} {}", time.as_micros(), kibibytes << 10);
}
