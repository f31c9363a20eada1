//! Form fields (RTF 1.9.1, «Form fields»), which show something that is not text of the document.
//!
//! In: the control words of a `\formfield` group. Out: the characters that a reader of the page
//! sees.
//! Must never: work a field out anew.

/// Most entries of a drop-down list; Word allows 25.
const MAX_ENTRIES: usize = 100;

/// The result that stands for the default one.
const DEFAULT: i32 = 25;

/// A form field.
#[derive(Debug, Default)]
pub(super) struct FormField {
    kind: i32,
    result: Option<i32>,
    default: i32,
    entries: Vec<String>,
}

impl FormField {
    /// Takes in a control word of the field.
    pub(super) fn take(&mut self, word: &str, number: Option<i32>) {
        let number = number.unwrap_or(0);
        match word {
            "fftype" => self.kind = number,
            "ffres" => self.result = Some(number).filter(|&result| result != DEFAULT),
            "ffdefres" => self.default = number,
            _ => {}
        }
    }

    /// Begins an entry of a drop-down list.
    pub(super) fn open_entry(&mut self) {
        if self.entries.len() < MAX_ENTRIES {
            self.entries.push(String::new());
        }
    }

    /// Takes in characters of the entry that began last.
    pub(super) fn push(&mut self, text: &str) {
        if let Some(entry) = self.entries.last_mut() {
            entry.push_str(text);
        }
    }

    /// The characters that a reader of the page sees: a check box or the chosen entry. The text of
    /// a text field is the result of its field.
    pub(super) fn shown(&self) -> &str {
        let result = self.result.unwrap_or(self.default);
        match self.kind {
            1 if result == 0 => "☐",
            1 => "☒",
            2 => usize::try_from(result)
                .ok()
                .and_then(|index| self.entries.get(index))
                .map_or("", String::as_str),
            _ => "",
        }
    }
}
