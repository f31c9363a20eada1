//! Places in a record for people.
//!
//! In: the path of a value in the JSON of a record, `clauses[1].text`. Out: «пункты 2: текст». Must never: hide what it has
//! no word for.

/// The names of the record's values, and what they are called.
const NAMES: [(&str, &str); 55] = [
    ("acknowledged", "ознакомлены"),
    ("act", "акт"),
    ("address", "адрес"),
    ("appendices", "приложения"),
    ("appendix", "приложение"),
    ("article", "статья"),
    ("assignees", "кому поручено"),
    ("bytes", "размер"),
    ("chapter", "глава"),
    ("children", "подпункты"),
    ("clauses", "пункты"),
    ("code", "код"),
    ("confidence", "уверенность"),
    ("corrections", "исправления"),
    ("date", "дата"),
    ("due", "срок"),
    ("enacting", "распорядительное слово"),
    ("engine", "программа распознавания"),
    ("findings", "замечания"),
    ("format", "формат"),
    ("given", "имя"),
    ("id", "ключ"),
    ("initials", "инициалы"),
    ("issuer", "учреждение"),
    ("kind", "вид"),
    ("label", "обозначение"),
    ("language", "язык"),
    ("locators", "положения"),
    ("mentions", "упоминания"),
    ("message", "сообщение"),
    ("number", "номер"),
    ("ocr", "распознавание"),
    ("pages", "страниц"),
    ("paragraph", "абзац"),
    ("part", "часть"),
    ("path", "путь"),
    ("patronymic", "отчество"),
    ("people", "лица"),
    ("person", "лицо"),
    ("place", "место"),
    ("point", "пункт"),
    ("position", "должность"),
    ("preamble", "преамбула"),
    ("raw", "как напечатано"),
    ("references", "ссылки"),
    ("role", "роль"),
    ("roles", "роли"),
    ("section", "раздел"),
    ("severity", "важность"),
    ("signatories", "подписавшие"),
    ("source", "файл"),
    ("subpoint", "подпункт"),
    ("surname", "фамилия"),
    ("text", "текст"),
    ("title", "заголовок"),
];

/// A place in a record.
pub(super) fn in_russian(place: &str) -> String {
    let parts: Vec<String> = place
        .split('.')
        .filter(|part| *part != "value")
        .map(part_in_russian)
        .collect();
    parts.join(": ")
}

/// A name with the numbers behind it, which people count from 1.
fn part_in_russian(part: &str) -> String {
    let (name, indices) = part.split_once('[').unwrap_or((part, ""));
    let name = NAMES
        .iter()
        .find(|(english, _)| *english == name)
        .map_or(name, |(_, russian)| russian);
    let mut shown = name.to_owned();
    for index in indices.split(['[', ']']).filter(|index| !index.is_empty()) {
        let number = index.parse::<usize>().map(|index| (index + 1).to_string());
        shown.push_str(&format!(" {}", number.unwrap_or_else(|_| index.to_owned())));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_in_words_and_counted_from_one() {
        for (place, told) in [
            ("number.value", "номер"),
            ("title", "заголовок"),
            ("clauses[1].text", "пункты 2: текст"),
            ("clauses[0].children[2].due", "пункты 1: подпункты 3: срок"),
            ("references[0].act.number", "ссылки 1: акт: номер"),
            ("new_name[3]", "new_name 4"),
        ] {
            assert_eq!(in_russian(place), told);
        }
    }
}
