//! What messages in Russian have in common: numbers with their nouns, and what the system says.
//!
//! In: numbers, errors of the file system. Out: words for people. Must never: print.

use std::io;

/// A number with its noun: «1 приказ», «2 приказа», «5 приказов». The forms are those behind 1, 2 and 5.
#[must_use]
pub fn counted(number: u64, forms: [&str; 3]) -> String {
    format!("{number} {}", noun(number, forms))
}

/// The form of a noun behind a number.
#[must_use]
pub fn noun(number: u64, forms: [&str; 3]) -> &str {
    let [one, few, many] = forms;
    match (number % 10, number % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// Why the system refused. What is rare is said in the system's own words.
#[must_use]
pub fn refusal(error: &io::Error) -> String {
    let said = match error.kind() {
        io::ErrorKind::NotFound => "нет такого файла или папки",
        io::ErrorKind::PermissionDenied => "нет прав доступа",
        io::ErrorKind::AlreadyExists => "такой файл или папка уже есть",
        io::ErrorKind::StorageFull => "на диске нет места",
        io::ErrorKind::QuotaExceeded => "место на диске, отведённое пользователю, исчерпано",
        io::ErrorKind::FileTooLarge => "файл слишком велик для этого диска",
        io::ErrorKind::ReadOnlyFilesystem => "диск доступен только для чтения",
        io::ErrorKind::IsADirectory => "это папка, а не файл",
        io::ErrorKind::NotADirectory => "это файл, а не папка",
        io::ErrorKind::DirectoryNotEmpty => "папка не пуста",
        io::ErrorKind::UnexpectedEof => "файл обрывается",
        io::ErrorKind::InvalidFilename => "недопустимое имя файла",
        io::ErrorKind::OutOfMemory => "не хватает памяти",
        _ => return format!("ошибка системы ({error})"),
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_stands_in_the_form_of_its_number() {
        for (number, said) in [
            (0, "0 приказов"),
            (1, "1 приказ"),
            (2, "2 приказа"),
            (4, "4 приказа"),
            (5, "5 приказов"),
            (11, "11 приказов"),
            (12, "12 приказов"),
            (14, "14 приказов"),
            (21, "21 приказ"),
            (22, "22 приказа"),
            (111, "111 приказов"),
            (1_001, "1001 приказ"),
        ] {
            assert_eq!(counted(number, ["приказ", "приказа", "приказов"]), said);
        }
    }

    #[test]
    fn the_system_speaks_russian() {
        let missing = std::fs::read("no such file").unwrap_err();
        assert_eq!(refusal(&missing), "нет такого файла или папки");
        assert_eq!(refusal(&io::Error::other("odd")), "ошибка системы (odd)");
    }
}
