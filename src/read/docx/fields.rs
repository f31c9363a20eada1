//! Fields: which text is code and which is the stored result (ISO/IEC 29500-1, section 17.16).
//!
//! In: the marks of complex fields in order. Out: whether the text between them is shown, and what
//! a form field shows instead of a result.
//! Must never: work a field out anew; the stored result is the document.

use super::tags::Tag;
use super::xml::{Token, Tokens, XmlError};

/// Most fields that may be open within each other; more are counted as text.
const MAX_OPEN_FIELDS: usize = 1_000;

/// The complex fields that are open.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    in_code: usize,
}

#[derive(Debug)]
struct Field {
    is_code: bool,
    form: Option<FormField>,
}

/// A form field that shows something which is not text of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FormField {
    /// A check box, and whether it is checked.
    CheckBox(bool),
    /// A drop-down list, and the entry chosen.
    DropDown(String),
}

impl FormField {
    /// The characters that a reader of the page sees.
    pub(super) fn shown(&self) -> &str {
        match self {
            Self::CheckBox(true) => "☒",
            Self::CheckBox(false) => "☐",
            Self::DropDown(entry) => entry,
        }
    }
}

impl Fields {
    /// A field begins with its code.
    pub(super) fn begin(&mut self) {
        if self.open.len() < MAX_OPEN_FIELDS {
            self.in_code += 1;
            self.open.push(Field {
                is_code: true,
                form: None,
            });
        }
    }

    /// What the innermost field shows as a form field.
    pub(super) fn set_form(&mut self, form: Option<FormField>) {
        if let Some(field) = self.open.last_mut() {
            field.form = form;
        }
    }

    /// The code of the innermost field ends; its result follows.
    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut()
            && std::mem::replace(&mut field.is_code, false)
        {
            self.in_code -= 1;
        }
    }

    /// The innermost field ends; what it shows as a form field is handed back.
    pub(super) fn end(&mut self) -> Option<FormField> {
        let field = self.open.pop()?;
        if field.is_code {
            self.in_code -= 1;
        }
        field.form
    }

    /// Whether the text is code now, of any field that is open.
    pub(super) fn is_code(&self) -> bool {
        self.in_code > 0
    }
}

/// Reads to the end of the `w:ffData` that opened last (section 17.16.17).
pub(super) fn read_form_field(tokens: &mut Tokens<'_>) -> Result<Option<FormField>, XmlError> {
    /// More entries than Word's 25 are not kept.
    const MAX_ENTRIES: usize = 100;
    let mut kind = None;
    let (mut checked, mut default, mut result) = (None, None, None);
    let mut entries: Vec<String> = Vec::new();
    let inside = tokens.depth();
    while let Some(token) = tokens.next_token()? {
        match token {
            Token::Open(tag, attributes) => match tag {
                Tag::FormCheckBox | Tag::FormDropDown => kind = Some(tag),
                Tag::FormChecked => checked = Some(attributes.is_on()),
                Tag::FormDefault if kind == Some(Tag::FormCheckBox) => {
                    default = Some(i64::from(attributes.is_on()));
                }
                Tag::FormDefault => default = attributes.number("val"),
                Tag::FormResult => result = attributes.number("val"),
                Tag::FormListEntry if entries.len() < MAX_ENTRIES => {
                    entries.extend(attributes.value("val").map(Into::into));
                }
                _ => {}
            },
            Token::Close(_) if tokens.depth() < inside => break,
            Token::Close(_) | Token::Text(_) => {}
        }
    }
    Ok(match kind {
        Some(Tag::FormCheckBox) => Some(FormField::CheckBox(
            checked.unwrap_or(default.is_some_and(|value| value != 0)),
        )),
        Some(Tag::FormDropDown) => usize::try_from(result.or(default).unwrap_or(0))
            .ok()
            .and_then(|index| entries.into_iter().nth(index))
            .map(FormField::DropDown),
        _ => None,
    })
}
