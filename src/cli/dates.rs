//! Days as people write them: 05.02.2024. Programs get them as 2024-02-05.
//!
//! In: a line that the program wrote, with days in it. Out: the same line for people. Must never: touch what was read
//! from an order; a quotation stays as it is printed.

use jiff::civil::Date;

/// A line of the program's own with its days as people write them.
pub(crate) fn in_line(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    // How many quotations are open.
    let mut quoted = 0_usize;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || matches!(c, '«' | '»')) {
        let (before, from) = rest.split_at(start);
        shown.push_str(before);
        let run = from
            .find(|c: char| !(c.is_ascii_digit() || c == '-'))
            .unwrap_or(from.len());
        let (figures, behind) = match run {
            0 => from.split_at('«'.len_utf8()),
            run => from.split_at(run),
        };
        match figures {
            "«" => quoted += 1,
            "»" => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        let day = figures.parse().ok().filter(|_| quoted == 0);
        shown.push_str(&day.map_or_else(|| figures.to_owned(), for_people));
        rest = behind;
    }
    shown.push_str(rest);
    shown
}

/// A day as people write it.
pub(crate) fn for_people(day: Date) -> String {
    day.strftime("%d.%m.%Y").to_string()
}

/// A day that a person has typed: 05.02.2024 or 2024-02-05.
pub(crate) fn typed(day: &str) -> Option<Date> {
    let day = day.trim();
    day.parse()
        .or_else(|_| Date::strptime("%d.%m.%Y", day))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_typed_in_two_ways() {
        for (day, read) in [
            ("05.02.2024", Some("2024-02-05")),
            (" 5.2.2024", Some("2024-02-05")),
            ("2024-02-05", Some("2024-02-05")),
            ("31.02.2024", None),
            ("вчера", None),
        ] {
            let found = typed(day).map(|day| day.to_string());
            assert_eq!(found.as_deref(), read, "{day}");
        }
    }

    #[test]
    fn days_are_turned_and_nothing_else() {
        for (line, shown) in [
            (
                "149-ФЗ от 2006-07-27, ст. 10",
                "149-ФЗ от 27.07.2006, ст. 10",
            ),
            (
                "дата: 2024-01-01..2024-03-31",
                "дата: 01.01.2024..31.03.2024",
            ),
            ("№ 2024-02-31", "№ 2024-02-31"),
            (
                "тел. 123-45-67, 12-2024-02-05",
                "тел. 123-45-67, 12-2024-02-05",
            ),
            (
                "«от 2024-02-05» от 2024-02-06",
                "«от 2024-02-05» от 06.02.2024",
            ),
            ("без даты", "без даты"),
        ] {
            assert_eq!(in_line(line), shown);
        }
    }
}
