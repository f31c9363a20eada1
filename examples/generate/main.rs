//! Makes an archive of generated orders, the same bytes of records for the same arguments: for measuring.
//!
//! `cargo run --release --example generate -- FOLDER [ORDERS]`; 200,000 orders without the second argument.
//! The texts go through the parser and the records through the archive and the index, as in an ingest. The
//! originals are left out: `prikaz verify` reports each of them as missing.
//!
//! Bodies, acts, phrases and people follow Zipf's law, as they do in real archives: few acts are in every
//! second order and most in a handful; a director signs everything, a cook is named twice. Three orders in
//! four have one page, some have appendices of up to twenty.

#![expect(clippy::print_stderr, reason = "it tells how far it is")]

mod orders;
mod random;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context as _;
use prikaz::archive::{Archive, LedgerEntry, sha256};
use prikaz::index::Index;
use prikaz::lexicon::register::Register;
use prikaz::order::{Format, Order, Source};
use prikaz::parse::{Document, parse};
use prikaz::text::Text;
use rayon::prelude::*;

use self::orders::Writer;

/// Orders committed together.
const BATCH: usize = 2_000;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("name a folder to make")?);
    let count: usize = match arguments.next() {
        Some(count) => count.parse().context("the second argument is a number")?,
        None => 200_000,
    };
    let writer = Writer::new(Register::built_in());
    let mut archive = Archive::open_for_writing(&folder)?;
    let started = Instant::now();
    for first in (0..count).step_by(BATCH) {
        let batch: Vec<_> = (first..count.min(first + BATCH))
            .into_par_iter()
            .map(|at| {
                let order = record(at, &writer.text(at));
                (entry(&order), Some(order.into()))
            })
            .collect();
        archive.commit(&batch)?;
        eprintln!("{} of {count} orders", first + batch.len());
    }
    eprintln!(
        "in the archive after {:.0} s",
        started.elapsed().as_secs_f64()
    );
    Index::follow(&archive)?;
    eprintln!("indexed after {:.0} s", started.elapsed().as_secs_f64());
    Ok(())
}

fn record(at: usize, text: &str) -> Order {
    let source = Source {
        path: format!("{:04}/{at:06}.txt", at / 1_000),
        format: Format::Txt,
        bytes: text.len() as u64,
        modified: None,
        pages: None,
        ocr: None,
    };
    let document = Document {
        id: sha256(text.as_bytes()),
        source,
        today: jiff::civil::date(2026, 1, 1),
        register: Register::built_in(),
    };
    parse(&Text::from_lines(text), document)
}

fn entry(order: &Order) -> LedgerEntry {
    LedgerEntry {
        path: order.source.path.clone(),
        relative: order.source.path.clone(),
        id: order.id.clone(),
        bytes: order.source.bytes,
        at: "2026-01-01T00:00:00Z".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..LedgerEntry::default()
    }
}
