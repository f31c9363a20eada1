//! A copy of the archive that opens, taken while others write; and the way back.
//!
//! In: an archive and a folder. Out: the same archive there, without the index, which is built again.
//! Must never: show a database under its name before every original that it speaks of is beside it.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

use super::error::io;
use super::events::Kind;
use super::own_register::OWN_REGISTER;
use super::{Archive, ArchiveError, DATABASE, originals, schema};

/// Originals whose names are synced together.
const PAGE: usize = 1_000;

/// What was copied.
#[derive(Debug, Default)]
pub struct Copied {
    /// Records.
    pub records: u64,
    /// Originals copied.
    pub originals: u64,
    /// Originals that an earlier backup in the same folder had already.
    pub already_there: u64,
    /// Why the audit log does not tell of it, where it does not: an archive that may not be written to
    /// can be copied all the same.
    pub not_logged: Option<ArchiveError>,
}

impl Archive {
    /// Copies the archive into a folder: an empty or a new one, or one with an earlier backup of this
    /// archive, of which only what is new is copied. The copy is the state at one moment, whatever is
    /// written meanwhile.
    pub fn back_up(&self, folder: &Path) -> Result<Copied, ArchiveError> {
        refuse_inside(&self.path, folder)?;
        fs::create_dir_all(folder).map_err(io(folder))?;
        let database = folder.join(DATABASE);
        if database.exists() {
            if identity_of(&database)? != self.identity()? {
                return Err(ArchiveError::NotEmpty(folder.to_owned()));
            }
        } else {
            refuse_other_files(folder)?;
        }
        let mut copied = copy(&self.connection, &self.path, folder)?;
        let detail = json!({
            "folder": folder.to_string_lossy(),
            "records": copied.records,
            "originals": copied.originals,
        });
        copied.not_logged = self.log(Kind::Backup, &detail).err();
        Ok(copied)
    }

    /// What tells this archive from others.
    pub fn identity(&self) -> Result<String, ArchiveError> {
        identity(&self.connection)
    }
}

fn identity(connection: &Connection) -> Result<String, ArchiveError> {
    Ok(
        connection.query_row("SELECT value FROM archive WHERE name = 'id'", [], |row| {
            row.get(0)
        })?,
    )
}

fn identity_of(database: &Path) -> Result<String, ArchiveError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    identity(&Connection::open_with_flags(database, flags)?)
}

/// Brings a backup back into a folder that holds no archive.
pub fn restore(backup: &Path, folder: &Path) -> Result<Copied, ArchiveError> {
    let source = Archive::open_for_reading(backup)?;
    refuse_inside(backup, folder)?;
    fs::create_dir_all(folder).map_err(io(folder))?;
    if folder.join(DATABASE).exists() {
        return Err(ArchiveError::NotEmpty(folder.to_owned()));
    }
    refuse_other_files(folder)?;
    let copied = copy(&source.connection, &source.path, folder)?;
    let restored = Archive::open_for_writing(folder)?;
    let detail = json!({
        "from": backup.to_string_lossy(),
        "records": copied.records,
        "originals": copied.originals,
    });
    restored.log(Kind::Restoration, &detail)?;
    Ok(copied)
}

/// Copies the database first and then the originals that it names: each of them was on the disk before
/// the database spoke of it. The database gets its name last.
fn copy(source: &Connection, from: &Path, to: &Path) -> Result<Copied, ArchiveError> {
    originals::prepare(to)?;
    let partial = to.join("prikaz.partial");
    if partial.exists() {
        fs::remove_file(&partial).map_err(io(&partial))?;
    }
    let mut snapshot = Connection::open(&partial)?;
    // All pages in one step are one state; in the mode of the database a writer goes on meanwhile.
    while Backup::new(source, &mut snapshot)?.step(-1)? != StepResult::Done {
        std::thread::yield_now();
    }
    // One file, without a log beside it that would have to be renamed with it.
    snapshot.pragma_update(None, "journal_mode", "DELETE")?;
    schema::format(&snapshot, to)?;
    let mut copied = Copied::default();
    {
        let mut statement = snapshot.prepare("SELECT id FROM record ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut page: Vec<String> = Vec::with_capacity(PAGE);
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            copied.records += 1;
            if originals::copy(from, to, &id)? {
                copied.originals += 1;
            } else {
                copied.already_there += 1;
            }
            page.push(id);
            if page.len() == PAGE {
                originals::make_names_durable(to, page.iter().map(String::as_str))?;
                page.clear();
            }
        }
        originals::make_names_durable(to, page.iter().map(String::as_str))?;
    }
    let register = from.join(OWN_REGISTER);
    if register.exists() {
        fs::copy(&register, to.join(OWN_REGISTER)).map_err(io(&register))?;
    }
    drop(snapshot);
    File::open(&partial)
        .and_then(|file| file.sync_all())
        .map_err(io(&partial))?;
    let database = to.join(DATABASE);
    // What an opened earlier backup has left beside its database belongs to that one.
    for beside in ["prikaz.db-wal", "prikaz.db-shm"] {
        let beside = to.join(beside);
        if beside.exists() {
            fs::remove_file(&beside).map_err(io(&beside))?;
        }
    }
    fs::rename(&partial, &database).map_err(io(&database))?;
    originals::sync_folder(to)?;
    Ok(copied)
}

/// Refuses a folder that is an archive's own or lies in it, whatever links lead there.
fn refuse_inside(archive: &Path, folder: &Path) -> Result<(), ArchiveError> {
    let place = std::path::absolute(folder).map_err(io(folder))?;
    // The folder itself need not be there yet.
    let there = place
        .ancestors()
        .find_map(|above| fs::canonicalize(above).ok());
    let own = fs::canonicalize(archive).map_err(io(archive))?;
    if there.is_some_and(|there| there.starts_with(&own)) {
        return Err(ArchiveError::Inside {
            folder: folder.to_owned(),
            archive: archive.to_owned(),
        });
    }
    Ok(())
}

/// Refuses a folder that holds anything but what a backup leaves that was broken off.
fn refuse_other_files(folder: &Path) -> Result<(), ArchiveError> {
    for entry in fs::read_dir(folder).map_err(io(folder))? {
        let name = entry.map_err(io(folder))?.file_name();
        if name != "originals"
            && name != "lock"
            && name != OWN_REGISTER
            && !name.to_string_lossy().starts_with("prikaz.partial")
        {
            return Err(ArchiveError::NotEmpty(folder.to_owned()));
        }
    }
    Ok(())
}
