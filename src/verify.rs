//! The archive and its index, checked against themselves and each other.
//!
//! In: an archive. Out: every problem, one at a time, and how much was looked at. That the archive was
//! verified goes into its audit log. Must never: repair anything but the index, which only follows.

use serde_json::json;

use crate::archive::{Archive, ArchiveError, Checked, EventKind, Examination, Problem, Selection};
use crate::index::{Index, IndexError};
use crate::wording::counted;

/// What a verification found.
#[derive(Debug)]
pub struct Verified {
    /// How much was looked at, and how many problems there are.
    pub checked: Checked,
    /// Why the index was not compared with the archive, if it is no fault of the archive: a folder that may not be
    /// read, or an index that lags behind and may not be written to.
    pub index_left_out: Option<String>,
    /// Why the verification is not in the audit log, where it is not.
    pub not_logged: Option<ArchiveError>,
}

/// Checks an archive. `visit` hears of each problem when it is found.
pub fn verify(
    archive: &Archive,
    selection: &Selection,
    visit: &mut dyn FnMut(Problem),
) -> Result<Verified, ArchiveError> {
    let mut examination = Examination::of(archive, visit);
    examination.examine(selection)?;
    let mut index_left_out = None;
    match follow(archive, &mut examination) {
        Ok(left_out) => index_left_out = left_out,
        Err(IndexError::Archive(error)) => {
            examination.problem("индекс", error.to_string(), error.remedy());
        }
        Err(error) => index_left_out = Some(format!("{error}; {}", error.remedy())),
    }
    let checked = examination.checked;
    let mut detail = json!(checked);
    if let Some(sample) = selection.sample {
        detail["sample"] = sample.into();
    }
    if let Some(since) = &selection.since {
        detail["since"] = since.as_str().into();
    }
    Ok(Verified {
        checked,
        index_left_out,
        not_logged: archive.log(EventKind::Verification, &detail).err(),
    })
}

/// Brings the index up to date, as every search does, and compares it with the records. Gives the reason where it
/// cannot be compared.
fn follow(
    archive: &Archive,
    examination: &mut Examination<'_>,
) -> Result<Option<String>, IndexError> {
    const REMEDY: &str = "удалите в архиве папку index: следующая команда построит индекс заново";
    let index = Index::follow(archive)?;
    if index.lags_behind(archive)? {
        // That it has not reached everything yet is no problem of the archive.
        return Ok(Some(
            "в нём ещё нет последних записей: в него пишет другая программа, или этому пользователю запись запрещена".to_owned(),
        ));
    }
    let snapshot = index.snapshot();
    let searcher = snapshot.searcher();
    for segment in searcher.segment_readers() {
        let Some(ids) = segment.fast_fields().str("id")? else {
            continue;
        };
        let mut id = String::new();
        for document in segment.doc_ids_alive() {
            examination.checked.indexed += 1;
            id.clear();
            if let Some(ordinal) = ids.term_ords(document).next() {
                ids.ord_to_str(ordinal, &mut id)
                    .map_err(tantivy::TantivyError::from)?;
            }
            if !archive.has(&id)? {
                examination.problem(
                    format!("запись {id}"),
                    "в индексе она есть, а в архиве нет",
                    REMEDY,
                );
            }
        }
    }
    // Every document is a record of the archive; that none is missing and none is there twice is told
    // by their number, and by looking each record up.
    let fields = index.fields();
    let mut after = String::new();
    loop {
        let ids = archive.ids_after(&after, 1_000)?;
        let Some(last) = ids.last() else {
            return Ok(None);
        };
        after.clone_from(last);
        for id in &ids {
            let term = tantivy::Term::from_field_text(fields.id, id);
            let query =
                tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
            let count = searcher.search(&query, &tantivy::collector::Count)?;
            if count != 1 {
                examination.problem(
                    format!("запись {id}"),
                    if count == 0 {
                        "в индексе её нет".to_owned()
                    } else {
                        format!(
                            "в индексе она стоит {}",
                            counted(count as u64, ["раз", "раза", "раз"])
                        )
                    },
                    REMEDY,
                );
            }
        }
    }
}
