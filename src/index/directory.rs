//! The folder of the index as the files of an archive are kept: who may read the archive may search it.
//!
//! In: the files of Tantivy. Out: the same files, with the permissions that every new file of the user gets, and a
//! folder that can be read without the right to write to it. Tantivy's own folder keeps what it writes over for its
//! writer alone, and takes a lock that only writers can take even to read. Must never: let anybody write without the
//! writer's lock.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback,
    WatchHandle, WritePtr,
};

/// The folder of an index.
#[derive(Debug, Clone)]
pub(super) struct SharedFolder {
    path: PathBuf,
    files: MmapDirectory,
}

impl SharedFolder {
    pub(super) fn open(path: &Path) -> tantivy::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            files: MmapDirectory::open(path)?,
        })
    }
}

/// Whether an error says that this user, or nobody, may do it here.
pub(super) fn is_refusal(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}

/// A file beside the others that gets the permissions that a file gets when it is made.
fn unfinished(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What the user's mask takes away from it is taken away, as for every other file.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

impl Directory for SharedFolder {
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let mut file = unfinished(&self.path)?;
        file.write_all(data)?;
        file.as_file().sync_data()?;
        file.into_temp_path().persist(self.path.join(path))?;
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            // It keeps files from being removed while they are opened; one who may not write holds it as a reader.
            Err(LockError::IoError(error))
                if lock.filepath == META_LOCK.filepath && is_refusal(&error) =>
            {
                let held = || {
                    let file = File::open(self.path.join(&lock.filepath))?;
                    file.lock_shared()?;
                    Ok(file)
                };
                let file = held().map_err(|error: io::Error| LockError::IoError(error.into()))?;
                Ok(DirectoryLock::from(Box::new(file)))
            }
            other => other,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
