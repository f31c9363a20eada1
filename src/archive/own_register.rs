//! The acts that an archive knows besides the built-in register: `register.tsv` in its folder.
//!
//! In: a register in the form of `acts.tsv`. Out: the built-in acts and the archive's own as one register.
//! Must never: put a register in place that cannot be read.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

use super::{Archive, ArchiveError, io};
use crate::lexicon::register::Register;

/// Name of the archive's own register in its folder.
pub(super) const OWN_REGISTER: &str = "register.tsv";

/// More bytes than this are no register by hand: the built-in one has a twentieth of them.
const MAX_BYTES: u64 = 4 << 20;

impl Archive {
    /// The built-in acts and those of the archive's own register.
    pub fn register(&self) -> Result<Register, ArchiveError> {
        let lines = self.own_register()?.unwrap_or_default();
        Register::with(&lines).map_err(|source| ArchiveError::Register {
            path: self.own_register_path(),
            source,
        })
    }

    /// The archive's own register as it was written; `None` where there is none.
    pub fn own_register(&self) -> Result<Option<String>, ArchiveError> {
        let path = self.own_register_path();
        let size = match fs::metadata(&path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io(&path)(error)),
        };
        if size > MAX_BYTES {
            return Err(io(&path)(ErrorKind::FileTooLarge.into()));
        }
        fs::read_to_string(&path).map(Some).map_err(io(&path))
    }

    /// Puts a register in the place of the archive's own, or refuses it and changes nothing. Gives how many
    /// acts it has. Records change with it when their originals are parsed again.
    pub fn set_register(&mut self, lines: &str) -> Result<usize, ArchiveError> {
        let path = self.own_register_path();
        let acts = Register::parse(lines)
            .map_err(|source| ArchiveError::Register {
                path: path.clone(),
                source,
            })?
            .acts()
            .len();
        let beside = path.with_extension("tsv.new");
        let write = || -> std::io::Result<()> {
            let mut file = fs::File::create(&beside)?;
            file.write_all(lines.as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        write().map_err(io(&path))?;
        super::originals::sync_folder(self.path())?;
        Ok(acts)
    }

    fn own_register_path(&self) -> PathBuf {
        self.path().join(OWN_REGISTER)
    }
}
