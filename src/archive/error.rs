//! What can go wrong with an archive, and what to do then.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::wording::refusal;

/// Why the archive cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// There is no archive in the folder.
    #[error("в папке «{}» нет архива", .0.display())]
    Missing(PathBuf),
    /// Another process writes.
    #[error("архив «{}» занят: в него пишет другая программа{}", path.display(), holder.as_deref().map(|who| format!(" ({who})")).unwrap_or_default())]
    Busy {
        /// The archive.
        path: PathBuf,
        /// What the other process says of itself.
        holder: Option<String>,
    },
    /// Made by a later version of the program.
    #[error("у архива «{}» формат {found}, а эта программа знает форматы не новее {known}", path.display())]
    Newer {
        /// The archive.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The format of this program.
        known: i64,
    },
    /// Made by an earlier version of the program, in a place that cannot be written to.
    #[error("у архива «{}» прежний формат {found}, и перевести его в новый здесь нельзя: {source}", path.display())]
    Older {
        /// The archive.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// What stood in the way.
        source: Box<ArchiveError>,
    },
    /// A folder that holds other things and no archive, or another program's database.
    #[error("«{}» — не архив приказов: здесь хранится что-то другое", .0.display())]
    Foreign(PathBuf),
    /// A folder that is to be filled and holds something already.
    #[error("папка «{}» не пуста", .0.display())]
    NotEmpty(PathBuf),
    /// A copy that would lie in what it is a copy of.
    #[error("папка «{}» лежит в самом архиве «{}» и пропала бы вместе с ним", folder.display(), archive.display())]
    Inside {
        /// Where the copy was to go.
        folder: PathBuf,
        /// The archive.
        archive: PathBuf,
    },
    /// The database is not what this program wrote.
    #[error("база данных «{}» повреждена: {}", path.display(), database_refusal(source))]
    Corrupt {
        /// The database.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// An original whose bytes are not those that were taken in.
    #[error("оригинал «{}» повреждён: его содержание не то, что было загружено", .0.display())]
    Damaged(PathBuf),
    /// The archive's own register of acts has a line that cannot be used.
    #[error("«{}»: {source}", path.display())]
    Register {
        /// The register.
        path: PathBuf,
        /// Which line, and why.
        source: crate::lexicon::register::RegisterError,
    },
    /// The file system refused.
    #[error("«{}»: {}", path.display(), refusal(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database refused.
    #[error("база данных архива: {}", database_refusal(.0))]
    Database(rusqlite::Error),
    /// A record that cannot be understood.
    #[error("запись {id} в архиве не читается: {source}")]
    Record {
        /// Id of the record.
        id: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The layout of a record cannot be read.
    #[error("места слов записи {id} не читаются: {}", refusal(source))]
    Layout {
        /// Id of the record.
        id: String,
        /// What is wrong.
        source: std::io::Error,
    },
    /// A record that is not there.
    #[error("записи {0} в архиве нет")]
    NoRecord(String),
}

const MAKE_ROOM: &str = "освободите место на диске и повторите команду; принятое не потеряно";
const DISK: &str =
    "проверьте, есть ли место на диске и исправен ли он, и повторите команду; принятое не потеряно";
const MAY_WRITE: &str =
    "запись в архив здесь запрещена: проверьте права на папку; искать и читать можно и так";
const WAY_BACK: &str = "отложите папку архива и восстановите архив из резервной копии: `prikaz restore`; если копии нет, загрузите оригиналы в новый архив: `prikaz --archive НОВЫЙ ingest АРХИВ/originals`";

impl ArchiveError {
    /// What the user can do.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Missing(_) => {
                "проверьте имя папки; папку архива указывают в --archive, новый архив создаёт `prikaz ingest`"
            }
            Self::Busy { .. } => "подождите, пока она закончит; искать и читать можно и сейчас",
            Self::Newer { .. } => "установите ту версию prikaz, которая создала архив, или новее",
            Self::Older { .. } => {
                "выполните любую команду один раз там, где в архив можно писать; копия прежней базы данных останется"
            }
            Self::Foreign(_) => "укажите пустую или новую папку: --archive ПАПКА",
            Self::NotEmpty(_) => {
                "укажите пустую или новую папку; если это папка архива, то в --archive"
            }
            Self::Inside { .. } => "укажите папку в другом месте, лучше на другом диске",
            Self::Corrupt { .. } => WAY_BACK,
            Self::Damaged(_) => "верните его из резервной копии и проверьте диск",
            Self::Register { .. } => {
                "исправьте строку или удалите файл; вид строк описан в `prikaz register --help`"
            }
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull
                | io::ErrorKind::QuotaExceeded
                | io::ErrorKind::FileTooLarge => MAKE_ROOM,
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => MAY_WRITE,
                _ => "проверьте диск и то, что папка на месте, и повторите команду",
            },
            Self::Database(source) => match source.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => MAKE_ROOM,
                Some(ErrorCode::SystemIoFailure) => DISK,
                Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                    MAY_WRITE
                }
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    "закройте другие программы, в которых открыт файл prikaz.db, и повторите команду"
                }
                _ => {
                    "выполните `prikaz verify`: сверка покажет, что цело; оригиналы — обычные файлы"
                }
            },
            Self::Record { .. } | Self::Layout { .. } => {
                "прочитайте её заново по идентификатору: `prikaz reparse`; оригинал на месте"
            }
            Self::NoRecord(_) => "найдите её: `prikaz search`",
        }
    }

    /// Whether it says that the archive may not be written to here, and reading it is no mistake.
    #[must_use]
    pub fn is_refusal_to_write(&self) -> bool {
        match self {
            Self::Io { source, .. } => matches!(
                source.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            ),
            Self::Database(source) => matches!(
                source.sqlite_error_code(),
                Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen)
            ),
            _ => false,
        }
    }
}

/// Why the database refused. What is rare is said in its own words.
fn database_refusal(error: &rusqlite::Error) -> String {
    let said = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "на диске нет места",
        Some(ErrorCode::SystemIoFailure) => "диск не читается или не пишется",
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "запись запрещена",
        Some(ErrorCode::CannotOpen) => "файл не открывается",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "занята другой программой",
        Some(ErrorCode::DatabaseCorrupt) => "содержание файла испорчено",
        Some(ErrorCode::NotADatabase) => "файл — не база данных",
        _ => return error.to_string(),
    };
    said.to_owned()
}

impl From<rusqlite::Error> for ArchiveError {
    fn from(source: rusqlite::Error) -> Self {
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt {
                path: PathBuf::from(super::DATABASE),
                source,
            },
            _ => Self::Database(source),
        }
    }
}

/// Names the file or folder in an error of the file system.
pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> ArchiveError {
    let path = path.to_owned();
    move |source| ArchiveError::Io { path, source }
}
