//! What keeps a program of another maker from doing more than its work, as far as the platform has it.
//!
//! | where it works | network | writes outside its folder | memory and file sizes | ends with this process |
//! |---|---|---|---|---|
//! | `bwrap` (Bubblewrap) | none | refused | limited | all of it |
//! | `unshare`, `setpriv` (util-linux) | none | as the user may | limited | all of it |
//! | `setpriv` alone | as the user has | as the user may | limited | the program itself |
//! | none of them | as the user has | as the user may | not limited | not ensured |
//!
//! In: the platform, probed once. Out: the words to put before a command line. They replace each other one
//! after the other (`exec`), so that the limits hold from the program's first instruction.
//! Must never: refuse work because a means of confinement is missing.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::program::found_in_path;

/// Most bytes of one file that a program may write: a page of the most pixels, uncompressed and in colour.
const MAX_FILE_BYTES: u64 = 256 << 20;

/// How a program is confined on this platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Confinement {
    means: Means,
    /// Whether `prlimit` (util-linux) works.
    limits: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    Bubblewrap,
    Namespaces,
    ParentDeath,
    Nothing,
}

impl Confinement {
    /// The strongest that works here.
    pub(super) fn of_this_platform() -> Self {
        static PROBED: OnceLock<Confinement> = OnceLock::new();
        *PROBED.get_or_init(|| {
            let works = |means, limits| Self { means, limits }.works();
            let means = [Means::Bubblewrap, Means::Namespaces, Means::ParentDeath]
                .into_iter()
                .find(|&means| works(means, false))
                .unwrap_or(Means::Nothing);
            Self {
                means,
                limits: works(means, true),
            }
        })
    }

    /// The words before the command line of a program that may write to `folder` and take `memory` bytes.
    pub(super) fn before(self, folder: &Path, memory: u64) -> Vec<OsString> {
        let mut line: Vec<OsString> = Vec::new();
        let mut add = |words: &[&str]| line.extend(words.iter().map(OsString::from));
        if self.limits {
            let memory = format!("--as={memory}");
            let file = format!("--fsize={MAX_FILE_BYTES}");
            add(&["prlimit", &memory, &file, "--core=0", "--"]);
        }
        match self.means {
            Means::Bubblewrap => {
                add(&["bwrap", "--ro-bind", "/", "/", "--dev", "/dev"]);
                add(&["--proc", "/proc", "--unshare-net", "--unshare-pid"]);
                add(&["--unshare-ipc", "--die-with-parent", "--new-session"]);
                line.extend(["--bind".into(), folder.into(), folder.into()]);
                line.extend(["--chdir".into(), folder.into(), "--".into()]);
            }
            Means::Namespaces => {
                add(&["setpriv", "--pdeathsig", "KILL", "--", "unshare", "--user"]);
                add(&["--map-current-user", "--net", "--ipc", "--mount-proc"]);
                add(&["--pid", "--fork", "--kill-child=KILL", "--"]);
            }
            Means::ParentDeath => add(&["setpriv", "--pdeathsig", "KILL", "--"]),
            Means::Nothing => {}
        }
        line
    }

    #[cfg(test)]
    pub(super) fn refuses_writing(self) -> bool {
        self.means == Means::Bubblewrap
    }

    #[cfg(test)]
    pub(super) fn hides_the_network(self) -> bool {
        matches!(self.means, Means::Bubblewrap | Means::Namespaces)
    }

    #[cfg(test)]
    pub(super) fn limits_sizes(self) -> bool {
        self.limits
    }

    /// Whether a program that does nothing comes to its end under it.
    fn works(self) -> bool {
        /// Enough to start anything.
        const MEMORY: u64 = 1 << 30;
        let (Ok(folder), Some(nothing)) = (tempfile::tempdir(), found_in_path("true")) else {
            return false;
        };
        let mut line = self.before(folder.path(), MEMORY).into_iter();
        let Some(first) = line.next() else {
            return false;
        };
        Command::new(first)
            .args(line)
            .arg(nothing)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}
