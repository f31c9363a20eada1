//! The texts of generated orders.

use prikaz::lexicon::register::{KnownAct, Register};
use prikaz::order::ActType;

use super::random::Random;

/// Bodies that issue orders.
const BODIES: usize = 1_500;
/// People that a body employs; the first is its director.
const STAFF: usize = 25;
/// The first year of the archive and how many there are.
const YEARS: (i16, usize) = (2008, 18);

/// Writes orders.
pub(crate) struct Writer<'a> {
    phrases: Vec<(&'a str, &'a str)>,
    acts: Vec<&'a KnownAct>,
    bodies: Vec<Body>,
}

struct Body {
    name: String,
    staff: Vec<Employee>,
}

struct Employee {
    nominative: String,
    accusative: String,
    dative: String,
    initials_first: String,
}

/// An order before it is written out; a later one of the same body may name it.
struct Head {
    body: usize,
    number: String,
    day: String,
    title: String,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(register: &'a Register) -> Self {
        let phrases: Vec<(&str, &str)> = include_str!("phrases.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let mut acts: Vec<&KnownAct> = register
            .acts()
            .iter()
            .filter(|act| act.number.is_some() && act.date.is_some())
            .filter(|act| kind_of(act).is_some())
            .collect();
        // The register stands by kind; acts of every kind are cited often and seldom.
        let mut random = Random::new(1);
        for at in (1..acts.len()).rev() {
            acts.swap(at, random.below(at + 1));
        }
        let mut writer = Self {
            phrases,
            acts,
            bodies: Vec::new(),
        };
        writer.bodies = (0..BODIES).map(|at| writer.body(at)).collect();
        writer
    }

    fn all(&self, kind: &str) -> Vec<&'a str> {
        self.phrases
            .iter()
            .filter(|(known, _)| *known == kind)
            .map(|(_, phrase)| *phrase)
            .collect()
    }

    fn one(&self, kind: &str, random: &mut Random) -> &'a str {
        let all = self.all(kind);
        all[random.zipf(all.len())]
    }

    fn body(&self, at: usize) -> Body {
        let mut random = Random::new(0x_b0d1_e500 + at as u64);
        let issuers = self.all("issuer");
        let towns = self.all("town");
        let name = issuers[at % issuers.len()]
            .replace("{n}", &(at / issuers.len() + 1).to_string())
            .replace("{town}", towns[at % towns.len()]);
        let staff = (0..STAFF).map(|_| self.employee(&mut random)).collect();
        Body { name, staff }
    }

    fn employee(&self, random: &mut Random) -> Employee {
        let frequent = random.share() < 0.6;
        let surname = if frequent {
            self.one("surname", random).to_owned()
        } else {
            let begins = self.all("begin");
            let ends = self.all("end");
            format!("{}{}", random.of(&begins), random.of(&ends))
        };
        let (man, woman) = self
            .one("given", random)
            .split_once('\t')
            .unwrap_or_default();
        let father = *random.of(&self.all("father"));
        let is_woman = random.share() < 0.6;
        let given = if is_woman { woman } else { man };
        let letters: Vec<String> = [given, father]
            .iter()
            .filter_map(|name| name.chars().next())
            .map(|letter| format!("{letter}."))
            .collect();
        let initials = letters.concat();
        let (nominative, accusative, dative) = if is_woman {
            let other_given = given
                .strip_suffix('а')
                .map_or_else(|| given.to_owned(), |stem| format!("{stem}у"));
            (
                format!("{surname}а {initials}"),
                format!("{surname}у {other_given} {father}овну"),
                format!("{surname}ой {initials}"),
            )
        } else {
            (
                format!("{surname} {initials}"),
                format!("{surname}а {initials}"),
                format!("{surname}у {initials}"),
            )
        };
        let of_signature = if is_woman {
            format!("{initials} {surname}а")
        } else {
            format!("{initials} {surname}")
        };
        Employee {
            nominative,
            accusative,
            dative,
            initials_first: of_signature,
        }
    }

    fn head(&self, at: usize) -> (Head, Random) {
        let mut random = Random::new(at as u64);
        let body = random.zipf(BODIES);
        // Archives grow: later years have more orders.
        let year = YEARS.0 + i16::try_from(YEARS.1 - 1 - random.zipf(YEARS.1)).unwrap_or_default();
        let (month, day) = (random.below(12) + 1, random.below(28) + 1);
        let running = random.below(600) + 1;
        let number = match random.below(6) {
            0 => format!("{running}-ОД"),
            1 => format!("{:02}/{}", running % 40 + 1, running % 9 + 1),
            2 => format!("{running}-о"),
            3 => format!("01-{:02}/{running}", running % 12 + 1),
            _ => running.to_string(),
        };
        let title = format!(
            "{} {}",
            self.one("action", &mut random),
            self.one("object", &mut random)
        );
        let head = Head {
            body,
            number,
            day: format!("{day:02}.{month:02}.{year}"),
            title,
        };
        (head, random)
    }

    /// The text of the order with a number of its own.
    pub(crate) fn text(&self, at: usize) -> String {
        let (head, mut random) = self.head(at);
        let random = &mut random;
        let body = &self.bodies[head.body];
        let mut lines = vec![
            body.name.clone(),
            "ПРИКАЗ".to_owned(),
            format!("от {} № {}", head.day, head.number),
            head.title.clone(),
        ];
        let cited: Vec<String> = (0..random.zipf(6)).map(|_| self.citation(random)).collect();
        lines.push(if cited.is_empty() {
            "ПРИКАЗЫВАЮ:".to_owned()
        } else {
            format!("В соответствии с {} ПРИКАЗЫВАЮ:", cited.join(", "))
        });
        let mut clauses = 2 + random.zipf(24);
        if random.share() < 0.06
            && let Some(earlier) = self.earlier(at, head.body, random)
        {
            clauses += 1;
            lines.push(format!(
                "1. Признать утратившим силу приказ от {} № {} «{}».",
                earlier.day, earlier.number, earlier.title
            ));
        }
        for number in lines.len() - 4..lines.len() - 4 + clauses {
            let employee = &body.staff[random.zipf(STAFF)];
            let clause = self
                .one("clause", random)
                .replace("{person}", &employee.accusative)
                .replace("{dative}", &employee.dative);
            lines.push(format!("{number}. {clause}"));
        }
        lines.push(format!("Директор\t{}", body.staff[0].initials_first));
        if random.share() < 0.4 {
            lines.push("С приказом ознакомлены:".to_owned());
            for _ in 0..=random.zipf(10) {
                lines.push(body.staff[random.zipf(STAFF)].nominative.clone());
            }
        }
        if random.share() < 0.15 {
            lines.push("Приложение № 1".to_owned());
            lines.push("ПОЛОЖЕНИЕ".to_owned());
            for number in 1..=random.zipf(400) {
                lines.push(format!("{number}. {}", self.one("paragraph", random)));
            }
        }
        lines.join("\n")
    }

    /// One of the orders before this one that the same body issued.
    fn earlier(&self, at: usize, body: usize, random: &mut Random) -> Option<Head> {
        /// Orders looked at; most bodies have few.
        const TRIES: usize = 40;
        (0..TRIES).find_map(|_| {
            let other = random.below(at.max(1));
            let (head, _) = self.head(other);
            (other < at && head.body == body).then_some(head)
        })
    }

    /// A citation in one of the spellings that orders use.
    fn citation(&self, random: &mut Random) -> String {
        let act = self.acts[random.zipf(self.acts.len())];
        let number = act.number.as_deref().unwrap_or_default();
        let date = act
            .date
            .map(|date| date.strftime("%d.%m.%Y").to_string())
            .unwrap_or_default();
        let kind = kind_of(act).unwrap_or_default();
        let issuer = act
            .issuer
            .as_deref()
            .filter(|_| act.kind == ActType::AgencyOrder)
            .map(|issuer| format!(" {issuer}"))
            .unwrap_or_default();
        let pinpoint = match random.below(5) {
            0 | 1 => String::new(),
            2 => format!("статьёй {} ", random.zipf(60) + 1),
            3 => format!("ч. {} ст. {} ", random.zipf(9) + 1, random.zipf(60) + 1),
            _ => {
                let from = random.zipf(5) + 1;
                format!("ч. {from}–{} ст. {} ", from + 2, random.zipf(60) + 1)
            }
        };
        match random.below(4) {
            _ if act.kind == ActType::Code => format!("{pinpoint}{kind}"),
            0 => format!("{pinpoint}{kind}{issuer} от {date} № {number}"),
            _ => format!(
                "{pinpoint}{kind}{issuer} от {date} № {number} «{}»",
                act.title
            ),
        }
    }
}

/// How an act of this kind is cited; codes by their abbreviation.
fn kind_of(act: &KnownAct) -> Option<String> {
    let name = match act.kind {
        ActType::Code => return act.abbreviations.first().map(|code| format!("{code} РФ")),
        ActType::FederalLaw => "Федеральным законом",
        ActType::FederalConstitutionalLaw => "Федеральным конституционным законом",
        ActType::GovernmentResolution => "постановлением Правительства РФ",
        ActType::GovernmentOrder => "распоряжением Правительства РФ",
        ActType::PresidentialDecree => "Указом Президента РФ",
        ActType::Law => "Законом РФ",
        ActType::AgencyOrder => "приказом",
        _ => return None,
    };
    Some(name.to_owned())
}
