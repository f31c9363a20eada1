//! Bodies that issue acts: one id for every name of a body.
//!
//! In: the name of a body in the nominative. Out: its id, from `bodies.tsv` or made of its own words.
//! Must never: give two bodies one id.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::fold::fold_title;

/// The id of a body, as it stands in act ids: `минпросвещения` for every name of that ministry, the
/// folded words joined by `-` for a body that the table does not know. Joint bodies («A; B») are
/// joined with `+` in alphabetical order, since either may be named first.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slugs: Vec<String> = name
        .split(';')
        .map(one_slug)
        .filter(|slug| !slug.is_empty())
        .collect();
    slugs.sort();
    slugs.join("+")
}

fn one_slug(name: &str) -> String {
    static BODIES: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    let bodies = BODIES.get_or_init(|| {
        rows()
            .flat_map(|(id, names)| names.map(move |name| (without_country(name), id)))
            .collect()
    });
    let folded = without_country(name);
    bodies
        .get(&folded)
        .map_or_else(|| folded.replace(' ', "-"), |id| (*id).to_owned())
}

/// The folded name without the country, which is named in four ways or not at all.
fn without_country(name: &str) -> String {
    let folded = fold_title(name);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !matches!(*word, "рф" | "россии" | "россия" | ""))
        .collect();
    if words.is_empty() {
        folded
    } else {
        words.join(" ")
    }
}

fn rows() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    include_str!("bodies.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let id = columns.next()?;
            let canonical = columns.next()?;
            Some((
                id,
                std::iter::once(canonical).chain(columns.next()?.split(';')),
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_body_has_one_id() {
        for name in [
            "Минпросвещения России",
            "Минпросвещения РФ",
            "Министерство просвещения Российской Федерации",
            "МИНИСТЕРСТВО ПРОСВЕЩЕНИЯ РФ",
        ] {
            assert_eq!(slug(name), "минпросвещения", "{name}");
        }
        assert_eq!(
            slug("Минтруд России; Минздрав России"),
            slug("Минздрав РФ; Минтруд РФ")
        );
        assert_eq!(
            slug("Министерство образования Нагорного края"),
            "министерство-образования-нагорного-края"
        );
    }

    #[test]
    fn no_name_belongs_to_two_bodies() {
        let mut seen = HashMap::new();
        for (id, names) in rows() {
            for name in names {
                let owner = *seen.entry(without_country(name)).or_insert(id);
                assert_eq!(owner, id, "{name} names two bodies");
            }
        }
    }
}
