//! Programs of other makers that readers hand work to, each run as a process of its own.
//!
//! In: which [`Program`], its arguments, a folder that it may write to, and how long it may take. Out: what
//! it printed, or a [`ReadError`] that names it. As far as the platform allows, a program has no network,
//! writes nowhere but in its folder, takes no more memory than [`Program::memory_bytes`], and ends when this
//! process does (see [`confinement`](super::confinement)).
//! Must never: go through a shell, outlive its limit or leave a child of its own behind, or print.

use std::env;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::ReadError;
use super::confinement::Confinement;
use crate::wording::refusal;

/// A program of another maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Program {
    /// Recognises the text of pictures.
    Tesseract,
    /// Renders the pages of a PDF.
    Poppler,
}

impl Program {
    /// Its name, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tesseract => "Tesseract",
            Self::Poppler => "Poppler",
        }
    }

    /// How it is installed.
    #[must_use]
    pub fn install(self) -> &'static str {
        match self {
            Self::Tesseract => "apt install tesseract-ocr tesseract-ocr-rus",
            Self::Poppler => "apt install poppler-utils",
        }
    }

    /// Most bytes of address space that it may take. Tesseract and Poppler take under 300 MB for a page of the
    /// most pixels.
    fn memory_bytes(self) -> u64 {
        match self {
            Self::Tesseract | Self::Poppler => 2 << 30,
        }
    }
}

/// Most bytes of one stream of a program that are kept: the words of a page take some 100 KB.
const MAX_OUTPUT_BYTES: u64 = 64 << 20;
/// How long the rest of what a program wrote is waited for when it has ended: it lies in the pipe, so that a busy machine
/// needs a moment.
const LONGEST_REST: Duration = Duration::from_secs(10);

/// Most bytes of a program's complaint that an error repeats.
const MAX_COMPLAINT_BYTES: usize = 300;

/// A call of a program.
pub(super) struct Call<'a> {
    pub(super) program: Program,
    /// The name of its executable, looked up in the path.
    pub(super) executable: &'a str,
    /// What it may write to, and where it starts.
    pub(super) folder: &'a Path,
    /// How long it may take, its own children included.
    pub(super) time: Duration,
}

/// Runs a program to its end and gives what it wrote to its standard output.
pub(super) fn run<I, S>(call: &Call<'_>, arguments: I) -> Result<Vec<u8>, ReadError>
where
    I: IntoIterator<Item = S>,
    S: AsRef<std::ffi::OsStr>,
{
    let failed = |detail: String| ReadError::ProgramFailed {
        program: call.program,
        detail,
    };
    let Some(executable) = found_in_path(call.executable) else {
        return Err(ReadError::NeedsProgram(call.program));
    };
    let mut line = Confinement::of_this_platform().before(call.folder, call.program.memory_bytes());
    line.push(executable.into_os_string());
    line.extend(arguments.into_iter().map(|word| word.as_ref().to_owned()));
    let mut words = line.into_iter();
    let mut command = Command::new(words.next().unwrap_or_default());
    command
        .args(words)
        .current_dir(call.folder)
        .env("HOME", call.folder)
        .env("TMPDIR", call.folder)
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::NeedsProgram(call.program),
        _ => failed(refusal(&error)),
    })?;
    let (output, complaint) = (child.stdout.take(), child.stderr.take());
    let id = child.id();
    let watched = || -> std::io::Result<_> {
        Ok((
            in_background(move || kept(output))?,
            in_background(move || kept(complaint))?,
            in_background(move || child.wait())?,
        ))
    };
    let watched = watched();
    let status = watched
        .as_ref()
        .ok()
        .and_then(|(_, _, end)| end.recv_timeout(call.time).ok());
    // Whatever it started ends with it.
    kill_group(id);
    let (output, complaint, _) = watched.map_err(|error| failed(refusal(&error)))?;
    let timed_out = ReadError::TimedOut {
        program: call.program,
        seconds: call.time.as_secs(),
    };
    // What was started in the instant of the end may have outlived it, and holds the streams open: it is not waited for.
    match status {
        None => Err(timed_out),
        Some(Err(error)) => Err(failed(refusal(&error))),
        Some(Ok(status)) if !status.success() => {
            let complaint = complaint.recv_timeout(LONGEST_REST).unwrap_or_default();
            Err(failed(first_of(&complaint, status)))
        }
        Some(Ok(_)) => output.recv_timeout(LONGEST_REST).map_err(|_| timed_out),
    }
}

/// Does something in a thread of its own, and gives where its result comes.
fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> std::io::Result<Receiver<T>> {
    let (done, result) = channel();
    thread::Builder::new().spawn(move || done.send(work()))?;
    Ok(result)
}

/// Where the path has an executable of this name.
pub(super) fn found_in_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}

/// What a stream holds, up to [`MAX_OUTPUT_BYTES`]; the rest is read and dropped, so that the writer is
/// not held up.
fn kept(stream: Option<impl std::io::Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut stream) = stream {
        let read = (&mut stream).take(MAX_OUTPUT_BYTES).read_to_end(&mut bytes);
        if read.is_ok() {
            // That the rest cannot be read changes nothing: it is dropped.
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
        }
    }
    bytes
}

#[cfg(unix)]
fn kill_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // A group that has ended already is what was wanted.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_leader: u32) {}

/// The start of a complaint on one line; the status, where there is no complaint.
fn first_of(complaint: &[u8], status: std::process::ExitStatus) -> String {
    let complaint = String::from_utf8_lossy(complaint);
    let mut line = complaint.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return status.to_string();
    }
    while line.len() > MAX_COMPLAINT_BYTES {
        line.pop();
    }
    line
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn call(executable: &str, arguments: &[&str], time: Duration) -> Result<Vec<u8>, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        let call = Call {
            program: Program::Tesseract,
            executable,
            folder: folder.path(),
            time,
        };
        run(&call, arguments)
    }

    #[test]
    fn a_program_ends_with_output_a_complaint_or_its_limit() {
        let long = Duration::from_mins(1);
        assert_eq!(call("echo", &["да"], long).unwrap(), "да\n".as_bytes());
        assert_eq!(
            call("no-such-program", &[], long).unwrap_err(),
            ReadError::NeedsProgram(Program::Tesseract)
        );
        assert_eq!(
            call("sh", &["-c", "echo нет >&2; exit 3"], long).unwrap_err(),
            ReadError::ProgramFailed {
                program: Program::Tesseract,
                detail: "нет".to_owned()
            }
        );
        // The child of the child holds the pipe open; it is killed too.
        let slow = call(
            "sh",
            &["-c", "sleep 1000 & sleep 1000"],
            Duration::from_millis(50),
        );
        assert_eq!(slow.unwrap_err().code(), "timed-out");
    }

    #[test]
    fn a_program_has_no_network_and_writes_nowhere_else_where_the_platform_can_refuse_it() {
        let confinement = Confinement::of_this_platform();
        let outside = tempfile::tempdir().unwrap();
        let file = outside.path().join("outside");
        let script = format!(
            "touch inside && echo wrote inside; touch '{}' && echo wrote outside; cat /proc/net/dev",
            file.display()
        );
        let said = call("sh", &["-c", &script], Duration::from_mins(1));
        let said = String::from_utf8(said.unwrap_or_default()).unwrap();
        assert!(said.contains("wrote inside") || !confinement.hides_the_network());
        if confinement.refuses_writing() {
            assert!(!said.contains("wrote outside") && !file.exists(), "{said}");
        } else {
            eprintln!("writing outside the folder cannot be refused here");
        }
        if confinement.hides_the_network() {
            let devices: Vec<&str> = said.lines().filter(|line| line.contains(':')).collect();
            assert!(
                devices.iter().all(|line| line.trim().starts_with("lo:")),
                "{said}"
            );
        } else {
            eprintln!("the network cannot be hidden here");
        }
    }

    #[test]
    fn a_program_that_takes_too_much_memory_or_writes_too_long_a_file_fails() {
        if !Confinement::of_this_platform().limits_sizes() {
            eprintln!("memory and files cannot be limited here");
            return;
        }
        for script in [
            "head -c 300000000 /dev/zero > file",
            "exec dd if=/dev/zero of=/dev/null bs=3G count=1",
        ] {
            let failed = call("sh", &["-c", script], Duration::from_mins(1));
            assert_eq!(failed.unwrap_err().code(), "program-failed", "{script}");
        }
    }
}
