//! `prikaz page`: a page of an original, as a picture and as places of values and words.

use std::fs;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};

use prikaz::archive::Archive;
use prikaz::order::{Area, LaidOutPage, Order};
use prikaz::read::{Limits, page_picture};
use prikaz::wording::{counted, refusal};
use serde_json::{Value, json};

use super::{ORDER, Outcome, hinted, named_one, places, print_json};

/// Which page is shown and how.
#[derive(Debug, clap::Args)]
#[command(
    about = "Показать страницу оригинала: её изображение и места прочитанного на ней",
    after_help = "Места указаны в пунктах (1/72 дюйма) от левого верхнего угла страницы: слева, сверху, справа, снизу.\n\nПримеры:\n  prikaz page 06/1 1\n  prikaz page 06/1 1 --out page.png\n  prikaz page 9f2c31ab 2 --json"
)]
pub(crate) struct Arguments {
    #[arg(value_name = "ПРИКАЗ", help = ORDER)]
    name: String,
    /// Номер страницы, с 1
    #[arg(value_name = "СТРАНИЦА")]
    page: usize,
    /// Записать изображение страницы в этот файл (PNG)
    #[arg(long, value_name = "ФАЙЛ")]
    out: Option<PathBuf>,
    /// Размер страницы, места значений и слов в виде JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let archive = Archive::open_for_reading(path)?;
    let order = named_one(&archive, &arguments.name)?;
    let layout = archive.layout(&order.id)?.ok_or_else(|| {
        hinted(
            "у оригинала нет страниц: в таком формате их нет",
            "откройте сам файл: его называет `prikaz show`",
        )
    })?;
    let index = arguments.page.wrapping_sub(1);
    let page = layout.pages.get(index).ok_or_else(|| {
        hinted(
            format!("страницы {} в оригинале нет", arguments.page),
            format!("страниц в нём: {}", layout.pages.len()),
        )
    })?;
    if let Some(file) = &arguments.out {
        let original = archive.original(&order.id)?;
        let picture = page_picture(&original, order.source.format, index, &Limits::default())
            .map_err(|error| hinted(error.to_string(), error.remedy()))?;
        fs::write(file, picture).map_err(|error| {
            hinted(
                format!(
                    "файл «{}» не записывается: {}",
                    file.display(),
                    refusal(&error)
                ),
                "укажите другой файл",
            )
        })?;
    }
    if arguments.json {
        return print_json(&as_json(&order, arguments.page, page));
    }
    let mut output = stdout().lock();
    let size = page.size;
    writeln!(
        output,
        "страница {} из {}: {:.0} × {:.0} пт, {}",
        arguments.page,
        layout.pages.len(),
        size.width,
        size.height,
        counted(page.words.len() as u64, ["слово", "слова", "слов"])
    )?;
    for (place, areas) in values(&order, page) {
        for area in areas {
            let Area {
                left,
                top,
                right,
                bottom,
            } = area;
            writeln!(
                output,
                "  {left:>5.0} {top:>5.0} {right:>5.0} {bottom:>5.0}  {}",
                places::in_russian(&place)
            )?;
        }
    }
    Ok(Outcome::Done)
}

/// The values that stand on a page, by their place in the record, and the areas that each takes up.
fn values(order: &Order, page: &LaidOutPage) -> Vec<(String, Vec<Area>)> {
    order
        .spans()
        .into_iter()
        .map(|(place, span)| (place, page.areas(span)))
        .filter(|(_, areas)| !areas.is_empty())
        .collect()
}

fn as_json(order: &Order, number: usize, page: &LaidOutPage) -> Value {
    let characters: Vec<char> = order.text.chars().collect();
    let values: Vec<Value> = values(order, page)
        .into_iter()
        .map(|(place, areas)| json!({ "value": place, "areas": areas }))
        .collect();
    let words: Vec<Value> = page
        .words
        .iter()
        .map(|word| {
            let span = word.span.start..word.span.end;
            let text: String = characters.get(span).unwrap_or_default().iter().collect();
            json!({
                "text": text,
                "span": [word.span.start, word.span.end],
                "area": Area::from(word.bounds),
                "confidence": word.confidence,
            })
        })
        .collect();
    json!({
        "id": order.id,
        "page": number,
        "width": page.size.width,
        "height": page.size.height,
        "values": values,
        "words": words,
    })
}
