//! `prikaz export`: records for auditors.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufWriter, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use prikaz::archive::Archive;
use prikaz::export::{
    Bag, ExportError, Exported, Exporter, Json, JsonLines, Spreadsheet, Tables, Wanted, export,
};

use prikaz::wording::counted;

use super::{Outcome, WANTED, hinted, notice, open};

/// What is exported and where to.
#[derive(Debug, clap::Args)]
#[command(
    about = "Выгрузить записи: опись и таблицы, файлы для другой программы, пакет на хранение",
    after_help = "Виды выгрузки:\n  jsonl  записи целиком, по одной в строке (на экран или в файл --output)\n  json   то же одним массивом JSON\n  csv    пять таблиц в папке: опись, приказы, ссылки, пункты, люди\n  xlsx   те же таблицы листами одной книги Excel\n  bagit  пакет BagIt (RFC 8493): оригиналы, записи, схема, оба журнала, суммы SHA-512\n\nИз одного и того же архива всегда получается одна и та же выгрузка. Каждая выгрузка записывается в журнал событий.\n\nПримеры:\n  prikaz export > records.jsonl\n  prikaz export --format xlsx --output opis.xlsx --where \"год:2024\"\n  prikaz export --format csv --byte-order-mark --output opis\n  prikaz export --format bagit --output bag-2024 --where \"год:2024\""
)]
pub(crate) struct Arguments {
    /// Вид выгрузки
    #[arg(long, value_name = "ВИД", value_enum, default_value_t = Form::Jsonl)]
    format: Form,
    #[arg(long = "where", value_name = "ЗАПРОС", help = WANTED)]
    wanted: Option<String>,
    /// Куда выгрузить: файл, для csv и bagit — папка; такого имени ещё не должно быть
    #[arg(long, value_name = "ПУТЬ")]
    output: Option<PathBuf>,
    /// Заменить файл, если он уже есть; папка не заменяется никогда
    #[arg(long, requires = "output")]
    overwrite: bool,
    /// Начать файлы CSV с метки, по которой Excel узнаёт UTF-8; другие программы принимают её за часть первого имени
    #[arg(long)]
    byte_order_mark: bool,
}

/// A form of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "lower")]
enum Form {
    Jsonl,
    Json,
    Csv,
    Xlsx,
    Bagit,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    if arguments.byte_order_mark && arguments.format != Form::Csv {
        return Err(hinted(
            "метка бывает только у CSV",
            "укажите --format csv или уберите --byte-order-mark",
        ));
    }
    // Said before the work is done.
    if let (Some(output), Form::Jsonl | Form::Json | Form::Xlsx) =
        (&arguments.output, arguments.format)
        && output.exists()
        && !arguments.overwrite
    {
        return Err(ExportError::Exists(output.clone()).into());
    }
    let (archive, wanted) = match &arguments.wanted {
        Some(query) => {
            let (archive, index) = open(path)?;
            let ids = prikaz::search::ids(&index, &archive.register()?, query)?;
            let query = query.clone();
            (archive, Some(Wanted { query, ids }))
        }
        // Without a query the index is not needed, so that a broken one stops nobody.
        None => (Archive::open_for_reading(path)?, None),
    };
    let exported = match (&arguments.output, arguments.format) {
        (Some(output), Form::Csv | Form::Bagit) => {
            into_folder(&archive, wanted.as_ref(), output, arguments)?
        }
        (Some(output), form) => into_file(&archive, wanted.as_ref(), output, form)?,
        (None, Form::Jsonl) => {
            let output = BufWriter::new(stdout().lock());
            export(&archive, wanted.as_ref(), &mut JsonLines::new(output))?
        }
        (None, Form::Json) => {
            let output = BufWriter::new(stdout().lock());
            export(&archive, wanted.as_ref(), &mut Json::new(output))?
        }
        (None, _) => {
            return Err(hinted(
                "выгрузка этого вида на экран не выводится",
                "укажите файл или папку: --output ПУТЬ",
            ));
        }
    };
    if let Some(error) = &exported.not_logged {
        notice(format_args!(
            "выгрузка не записана в журнал событий: {error}"
        ));
    }
    if let Some(output) = &arguments.output {
        let records = counted(exported.records as u64, ["запись", "записи", "записей"]);
        eprintln!("выгружено: {records} — {}", output.display());
    }
    Ok(Outcome::Done)
}

/// The name under which an export is written until it is whole.
fn partial(output: &Path) -> PathBuf {
    let mut name = output.file_name().map_or_else(OsString::new, Into::into);
    name.push(".partial");
    output.with_file_name(name)
}

fn into_file(
    archive: &Archive,
    wanted: Option<&Wanted>,
    output: &Path,
    form: Form,
) -> anyhow::Result<Exported> {
    let beside = partial(output);
    let cannot = || format!("«{}» не записывается", output.display());
    let file = BufWriter::new(File::create(&beside).with_context(cannot)?);
    let mut exporter: Box<dyn Exporter> = match form {
        Form::Json => Box::new(Json::new(file)),
        Form::Xlsx => Box::new(Spreadsheet::new(file)?),
        _ => Box::new(JsonLines::new(file)),
    };
    let exported = export(archive, wanted, exporter.as_mut()).inspect_err(|_| {
        // Half an export is of no use to anybody.
        let _ = fs::remove_file(&beside);
    })?;
    fs::rename(&beside, output).with_context(cannot)?;
    Ok(exported)
}

fn into_folder(
    archive: &Archive,
    wanted: Option<&Wanted>,
    output: &Path,
    arguments: &Arguments,
) -> anyhow::Result<Exported> {
    if fs::read_dir(output).map_or(output.exists(), |mut entries| entries.next().is_some()) {
        return Err(ExportError::Exists(output.to_owned()).into());
    }
    let beside = partial(output);
    let cannot = || format!("«{}» не записывается", output.display());
    if beside.exists() {
        fs::remove_dir_all(&beside).with_context(cannot)?;
    }
    fs::create_dir_all(&beside).with_context(cannot)?;
    let mut exporter: Box<dyn Exporter> = if arguments.format == Form::Bagit {
        Box::new(Bag::new(archive, wanted, &beside)?)
    } else {
        Box::new(Tables::new(&beside, arguments.byte_order_mark)?)
    };
    let exported = export(archive, wanted, exporter.as_mut()).inspect_err(|_| {
        let _ = fs::remove_dir_all(&beside);
    })?;
    fs::rename(&beside, output).with_context(cannot)?;
    Ok(exported)
}
