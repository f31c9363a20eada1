//! Lines that a conversion put together without a space: a title behind the settlement («г. Кедровск» and «Об охране»)
//! or the number above it, a date behind the kind («РАСПОРЯЖЕНИЕ» and «от 16.03.2001»).
//!
//! In: a word and what follows it. Out: where the next line begins in it. Must never: cut a word in two.

/// Where in `word` the title or the registration begins that stood on the next line. `behind`: what follows the word.
pub(super) fn next_line(word: &str, behind: &str) -> Option<usize> {
    /// «УКАЗ»
    const SHORTEST_KIND: usize = 4;
    // In UTF-8 «О» is D0 9E, «б» D0 B1 and «т» D1 82: few words end so.
    if !matches!(word.as_bytes(), [.., 0xD0, 0x9E | 0xB1] | [.., 0xD1, 0x82]) {
        return None;
    }
    let follows = behind.strip_prefix(' ')?.trim_start_matches(' ');
    if word.ends_with('О') || word.ends_with("Об") {
        let at = word.rfind('О')?;
        let is_glued =
            word[..at].ends_with(char::is_lowercase) && follows.starts_with(char::is_lowercase);
        return is_glued.then_some(at);
    }
    let kind = word.strip_suffix("от")?;
    let is_glued = kind.chars().count() >= SHORTEST_KIND
        && kind.chars().all(char::is_uppercase)
        && follows.starts_with(|first: char| first.is_ascii_digit());
    is_glued.then_some(kind.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_or_a_date_is_no_end_of_a_word() {
        for (word, behind, expected) in [
            ("КедровскОб", " охране", Some("Кедровск".len())),
            ("рО", " дорогах", Some("р".len())),
            ("РАСПОРЯЖЕНИЕот", " 16.03.2001", Some("РАСПОРЯЖЕНИЕ".len())),
            ("ООО", " и", None),
            ("КедровскОб", " Охране", None),
            ("Об", " охране", None),
            ("флот", " 16", None),
            ("РАСПОРЯЖЕНИЕот", " марта", None),
        ] {
            assert_eq!(next_line(word, behind), expected, "{word}{behind}");
        }
    }
}
