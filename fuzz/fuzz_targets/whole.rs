//! What must hold of every reading, and of every error.

use prikaz::read::{ReadError, Reading, Settings};

/// Blocks lie inside their text, in order, on the bounds of characters, with their labels and cells;
/// an error names its cause and a remedy.
pub(crate) fn assert_whole(outcome: Result<Reading, ReadError>) {
    let text = match outcome {
        Ok(reading) => reading.text,
        Err(error) => {
            assert!(!error.to_string().is_empty() && !error.remedy().is_empty());
            return;
        }
    };
    let mut end = 0;
    for block in &text.blocks {
        assert!(block.span.start >= end && block.span.end >= block.span.start);
        assert!(text.plain.get(block.span.start..block.span.end).is_some());
        for span in block.label.iter().chain(block.cells.iter().map(|cell| &cell.span)) {
            assert!(block.span.contains(*span));
        }
        end = block.span.end;
    }
    assert!(text.plain.len() <= 2 * Settings::default().limits.text_bytes);
}
