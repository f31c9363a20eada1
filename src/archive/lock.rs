//! The lock of the writer: one process at a time changes an archive, and readers never wait for it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use super::ArchiveError;
use super::error::io;

/// Takes the lock of the writer. The operating system gives it back when the process ends, however it
/// ends; what the file says is only for people.
pub(super) fn lock(path: &Path) -> Result<File, ArchiveError> {
    let name = path.join("lock");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&name)
        .map_err(io(&name))?;
    match file.try_lock() {
        Ok(()) => {
            let said = format!(
                "процесс {}, с {}",
                std::process::id(),
                jiff::Timestamp::now().strftime("%d.%m.%Y %H:%M UTC")
            );
            file.set_len(0)
                .and_then(|()| file.write_all(said.as_bytes()))
                .map_err(io(&name))?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let read = file
                .rewind()
                .and_then(|()| file.read_to_string(&mut holder));
            Err(ArchiveError::Busy {
                path: path.to_owned(),
                holder: read
                    .ok()
                    .map(|_| holder)
                    .filter(|holder| !holder.is_empty()),
            })
        }
        Err(TryLockError::Error(source)) => Err(ArchiveError::Io { path: name, source }),
    }
}
