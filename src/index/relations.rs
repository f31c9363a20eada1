//! What an order does to other orders, and the key under which they find each other.
//!
//! In: records. Out: an order's own key, made of its issuer, date and number; the keys of the orders that
//! it repeals, amends or executes. The index holds both, so that the graph of orders grows with every
//! commit and needs no table of its own: an order that comes later is found by those that named it
//! before. Must never: give one key to two orders of different bodies.

use serde::Serialize;

use crate::lexicon::bodies;
use crate::lexicon::fold::{fold_number, fold_title};
use crate::order::{Act, ActType, Day, Order, Role};

/// What an order does to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Declares it no longer in force.
    Repeals,
    /// Changes it.
    Amends,
    /// Carries it out.
    Executes,
}

/// Which of two related orders does it to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The order that is spoken of does it to the other one.
    To,
    /// The other one does it to the order that is spoken of.
    From,
}

impl Direction {
    /// Both directions.
    pub const ALL: [Self; 2] = [Self::To, Self::From];
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 3] = [Self::Repeals, Self::Amends, Self::Executes];

    /// The name in the index and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Repeals => "repeals",
            Self::Amends => "amends",
            Self::Executes => "executes",
        }
    }

    /// The name of a relation in one direction, for programs and for people.
    #[must_use]
    pub const fn named(self, direction: Direction) -> (&'static str, &'static str) {
        match (self, direction) {
            (Self::Repeals, Direction::To) => ("repeals", "отменяет"),
            (Self::Repeals, Direction::From) => ("repealed", "отменён"),
            (Self::Amends, Direction::To) => ("amends", "изменяет"),
            (Self::Amends, Direction::From) => ("amended", "изменён"),
            (Self::Executes, Direction::To) => ("executes", "исполняет"),
            (Self::Executes, Direction::From) => ("executed", "исполняется"),
        }
    }

    fn of(role: Role) -> Option<Self> {
        match role {
            Role::Repeals => Some(Self::Repeals),
            Role::Amends => Some(Self::Amends),
            Role::Executes => Some(Self::Executes),
            Role::Basis | Role::Approves | Role::Mention => None,
        }
    }

    /// The term of orders that do this to the order with a key.
    #[must_use]
    pub fn term(self, key: &str) -> String {
        format!("{}:{key}", self.name())
    }
}

/// The key of an order; `None` where it has no number or no date, by which others could name it.
#[must_use]
pub fn order_key(order: &Order) -> Option<String> {
    let number = &order.number.as_ref()?.value;
    let date = order.date.as_ref()?.value;
    Some(key(own_body(order).as_str(), date, number))
}

/// The keys of the orders that an order does something to, each once.
#[must_use]
pub fn related_keys(order: &Order) -> Vec<(Relation, String)> {
    let mut keys: Vec<(Relation, String)> = order
        .references
        .iter()
        .filter(|reference| may_be_kept(reference.act.kind))
        .filter_map(|reference| {
            let relation = Relation::of(reference.role)?;
            let number = reference.act.number.as_deref()?;
            let date = reference.act.date?;
            Some((relation, key(&body(&reference.act, order), date, number)))
        })
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Whether an act of this kind may be an order of the archive.
fn may_be_kept(kind: ActType) -> bool {
    matches!(
        kind,
        ActType::AgencyOrder
            | ActType::LocalAct
            | ActType::Other
            | ActType::GovernmentResolution
            | ActType::GovernmentOrder
            | ActType::PresidentialDecree
    )
}

fn key(body: &str, date: Day, number: &str) -> String {
    format!("{body}/{date}/{}", fold_number(number))
}

fn own_body(order: &Order) -> String {
    order
        .issuer
        .as_ref()
        .map(|issuer| bodies::slug(&issuer.value).to_string())
        .unwrap_or_default()
}

/// The body that issued a cited act. An order speaks of its own body without its name («приказ от …»),
/// by a part of it («приказ комитета») or by who signs («приказ директора»).
fn body(act: &Act, order: &Order) -> String {
    let Some(named) = &act.issuer else {
        return own_body(order);
    };
    let own = order
        .issuer
        .as_ref()
        .map(|issuer| fold_title(&issuer.value))
        .unwrap_or_default();
    let folded = fold_title(named);
    let position = act.kind == ActType::LocalAct && !folded.contains(' ');
    let part_of_own = folded
        .split(' ')
        .all(|word| own.split(' ').any(|own| own == word));
    if position || part_of_own {
        own_body(order)
    } else {
        bodies::slug(named).to_string()
    }
}
