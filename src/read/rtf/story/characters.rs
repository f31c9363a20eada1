//! Characters of RTF: bytes in the encoding of their font, codes, and where they go.
//!
//! In: bytes and codes as they come, and the destination of the open group. Out: text of the open
//! paragraph, of a label, of a property.
//! Must never: show what is deleted or hidden.

use super::{Change, Destination, Information, MAX_SHORT_BYTES, Moment, Story};

impl Story<'_> {
    /// Decodes the bytes that were read, in the encoding of their font.
    pub(super) fn settle_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        match self.group.destination {
            Destination::Nowhere | Destination::Picture | Destination::FieldCode => {}
            Destination::Fonts => {
                let text = encoding_rs::WINDOWS_1251
                    .decode_without_bom_handling(&bytes)
                    .0;
                self.name_font(&text);
            }
            _ => {
                let font = self.fonts.font(self.group.characters.font);
                if let Some(symbols) = font.symbols {
                    let mut shown = String::new();
                    for &byte in &bytes {
                        match symbols.shown(u32::from(byte)) {
                            Some(character) => shown.push(character),
                            None => self.findings.counts.unknown_symbols += 1,
                        }
                    }
                    self.push(&shown);
                } else {
                    self.push(&font.encoding.decode_without_bom_handling(&bytes).0);
                }
            }
        }
        // The room is kept for the next bytes.
        self.bytes = bytes;
        self.bytes.clear();
    }

    /// A character by its code: a signed number of 16 bits, or half of a pair of them.
    pub(super) fn unicode(&mut self, value: i32) {
        self.replaced = self.group.replacements;
        let first = self.surrogate.take();
        let Ok(unit) = u16::try_from(value.rem_euclid(0x1_0000)) else {
            return;
        };
        if (0xd800..0xdc00).contains(&unit) {
            self.surrogate = Some(unit);
            return;
        }
        let decoded = match first {
            Some(first) => char::decode_utf16([first, unit]).next(),
            None => char::decode_utf16([unit]).next(),
        };
        let Some(Ok(mut character)) = decoded else {
            return;
        };
        if let '\u{f000}'..='\u{f0ff}' = character {
            let symbols = self.fonts.font(self.group.characters.font).symbols;
            let shown = symbols.and_then(|font| font.shown(u32::from(character)));
            character = match (shown, self.group.destination) {
                (Some(shown), _) => shown,
                (None, Destination::Label) => '•',
                (None, _) => {
                    self.findings.counts.unknown_symbols += 1;
                    return;
                }
            };
        }
        self.push(character.encode_utf8(&mut [0; 4]));
    }

    /// Takes in characters as they are displayed.
    pub(super) fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let characters = self.group.characters;
        match self.group.destination {
            Destination::Text => {
                let change = if characters.is_deleted {
                    self.changes.has_deletions = true;
                    Some(Change::Deleted)
                } else if characters.is_hidden {
                    self.composer.push_hidden(text);
                    None
                } else {
                    self.composer.push(text);
                    characters.is_inserted.then_some(Change::Inserted)
                };
                self.count_change(change);
            }
            Destination::Label => {
                if let Some(label) = &mut self.label
                    && label.len() < MAX_SHORT_BYTES
                {
                    label.push_str(text);
                }
            }
            Destination::FormEntry => self.form.push(text),
            Destination::Information(information) => {
                let properties = &mut self.findings.properties;
                let place = match information {
                    Information::Title => &mut properties.title,
                    Information::Author => &mut properties.author,
                    Information::Created | Information::Modified => return,
                };
                let value = place.get_or_insert_default();
                if value.len() < MAX_SHORT_BYTES {
                    value.push_str(text);
                }
            }
            Destination::Fonts => self.name_font(text),
            Destination::Nowhere | Destination::Picture | Destination::FieldCode => {}
        }
    }

    /// Counts a tracked change where it begins.
    pub(super) fn count_change(&mut self, change: Option<Change>) {
        if std::mem::replace(&mut self.changes.last, change) == change {
            return;
        }
        match change {
            Some(Change::Inserted) => self.findings.counts.insertions += 1,
            Some(Change::Deleted) => self.findings.counts.deletions += 1,
            None => {}
        }
    }

    pub(super) fn name_font(&mut self, text: &str) {
        if let Some((_, font)) = &mut self.font
            && font.name.len() < MAX_SHORT_BYTES
        {
            let (name, end) = text
                .split_once(';')
                .map_or((text, false), |(name, _)| (name, true));
            font.name.push_str(name);
            if end {
                self.keep_font();
            }
        }
    }

    pub(super) fn keep_font(&mut self) {
        if let Some((number, font)) = self.font.take()
            && self.fonts.len() < self.limits.definitions
        {
            self.fonts.keep(number, font);
        }
    }

    /// Whether a value of the information group was met before; the first one counts.
    pub(super) fn is_known(&self, information: Information) -> bool {
        let properties = &self.findings.properties;
        match information {
            Information::Title => properties.title.is_some(),
            Information::Author => properties.author.is_some(),
            Information::Created => properties.created.is_some(),
            Information::Modified => properties.modified.is_some(),
        }
    }

    pub(super) fn keep_moment(&mut self, information: Information) {
        let Moment {
            year,
            month,
            day,
            hour,
            minute,
        } = self.moment;
        let written =
            (year > 0).then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"));
        match information {
            Information::Created => self.findings.properties.created = written,
            Information::Modified => self.findings.properties.modified = written,
            Information::Title | Information::Author => {}
        }
    }
}
