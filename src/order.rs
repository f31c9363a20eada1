//! The order record, version 1: what auditors export, what the archive keeps, what the index is
//! built from.
//!
//! In: [`crate::parse`] builds it. Out: JSON through serde, and its JSON Schema ([`schema`]).
//! Must never: hold a value that the document does not have. An absent value is `null`, and where
//! its absence matters a [`Finding`] says so.
//!
//! Spans in a finished record are `[start, end)` in Unicode code points of [`Order::text`]; while
//! the parser builds the record they are UTF-8 bytes, and [`Order::count_spans_in_code_points`]
//! converts them once.

mod code_points;
mod layout;
mod spans;

use std::borrow::Cow;

use jiff::{Timestamp, civil::Date};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

pub use self::layout::{Area, LaidOutPage, Layout, PlacedWord, Record};
use crate::text::Span;

/// The name and version of the record's form, as [`Order::schema`] holds it.
pub const SCHEMA_NAME: &str = "prikaz/order/1";

/// One order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Always [`SCHEMA_NAME`].
    pub schema: String,
    /// SHA-256 of the source file's bytes, lower-case hexadecimal.
    pub id: String,
    /// The file that the order was read from.
    pub source: Source,
    /// What kind of act it is; null for a document that is not an order.
    pub kind: Option<Field<Kind>>,
    /// The issuing body as printed, on one line; several joined by «; ».
    pub issuer: Option<Field<String>>,
    /// The number as printed, without «№».
    pub number: Option<Field<String>>,
    /// The date.
    pub date: Option<Field<Day>>,
    /// The place of issue as printed.
    pub place: Option<Field<String>>,
    /// The heading, without surrounding quotation marks.
    pub title: Option<Field<String>>,
    /// From the title to the enacting word.
    pub preamble: Option<Field<String>>,
    /// The enacting word as printed.
    pub enacting: Option<Field<String>>,
    /// The operative part as a tree.
    pub clauses: Vec<Clause>,
    /// The acts cited, one per mention, in order of appearance.
    pub references: Vec<Reference>,
    /// Who signed.
    pub signatories: Vec<Signatory>,
    /// Who was made acquainted with the order, each person once.
    pub acknowledged: Vec<Acknowledgement>,
    /// Everybody named, each person once, names in the nominative.
    pub people: Vec<Person>,
    /// What is attached.
    pub appendices: Vec<Appendix>,
    /// The whole plain text, blocks joined by `\n`, computed list labels included.
    pub text: String,
    /// What an auditor should look at.
    pub findings: Vec<Finding>,
    /// The values that a person has corrected, ordered by field; absent where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

impl Order {
    /// Where each value stands in the text, by its place in the record: `number`, `clauses[1].children[0]`,
    /// `people[2].mentions[0]`.
    #[must_use]
    pub fn spans(&self) -> Vec<(String, Span)> {
        fn of<T>(field: Option<&Field<T>>) -> Option<Span> {
            field.map(|field| field.span)
        }
        let fields = [
            ("kind", of(self.kind.as_ref())),
            ("issuer", of(self.issuer.as_ref())),
            ("number", of(self.number.as_ref())),
            ("date", of(self.date.as_ref())),
            ("place", of(self.place.as_ref())),
            ("title", of(self.title.as_ref())),
            ("preamble", of(self.preamble.as_ref())),
            ("enacting", of(self.enacting.as_ref())),
        ];
        let mut spans: Vec<(String, Span)> = fields
            .into_iter()
            .filter_map(|(name, span)| Some((name.to_owned(), span?)))
            .collect();
        let named = |list: &str, index: usize| format!("{list}[{index}]");
        let mut waiting: Vec<(String, &Clause)> = (self.clauses.iter().enumerate().rev())
            .map(|(index, clause)| (named("clauses", index), clause))
            .collect();
        while let Some((place, clause)) = waiting.pop() {
            for (index, child) in clause.children.iter().enumerate().rev() {
                waiting.push((named(&format!("{place}.children"), index), child));
            }
            spans.push((place, clause.span));
        }
        let mut list = |name: &str, found: &mut dyn Iterator<Item = Span>| {
            spans.extend(
                (0..)
                    .zip(found)
                    .map(|(index, span)| (named(name, index), span)),
            );
        };
        list("references", &mut self.references.iter().map(|r| r.span));
        list("signatories", &mut self.signatories.iter().map(|s| s.span));
        list(
            "acknowledged",
            &mut self.acknowledged.iter().map(|a| a.span),
        );
        list("appendices", &mut self.appendices.iter().map(|a| a.span));
        for (index, person) in self.people.iter().enumerate() {
            let place = format!("people[{index}].mentions");
            list(&place, &mut person.mentions.iter().copied());
        }
        spans
    }
}

/// A value that a person has put in the place of what the program had read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The corrected value: `kind`, `issuer`, `number`, `date`, `place` or `title`.
    pub field: String,
    /// The right value; null where the order does not have it.
    pub value: Option<String>,
    /// What the program had read; null where it had found none.
    pub former: Option<String>,
    /// Who corrected it.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    pub why: String,
}

/// The file that an order was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Path relative to the ingested folder, with `/` between its parts.
    pub path: String,
    /// What the bytes are, whatever the file is called.
    pub format: Format,
    /// Size in bytes.
    pub bytes: u64,
    /// When the file was last modified, if the file system says.
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub modified: Option<Timestamp>,
    /// Number of pages, where the format knows it.
    pub pages: Option<u32>,
    /// How the text was recognised, if it was a picture.
    pub ocr: Option<Ocr>,
}

/// A file format, told by the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is named after its format")]
pub enum Format {
    Docx,
    Doc,
    Odt,
    Rtf,
    Pdf,
    Txt,
    Html,
    Image,
}

/// How a picture became text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ocr {
    /// Name and version of the engine.
    pub engine: String,
    /// The language asked for.
    pub language: String,
    /// Mean confidence of the words, 0..1.
    pub confidence: f64,
}

/// A value, how it is printed, where, and how sure the program is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field<T> {
    /// The value in its normal form.
    pub value: T,
    /// The characters under `span`.
    pub raw: String,
    /// Where it is printed.
    pub span: Span,
    /// Calibrated: of the values given at 0.9, nine in ten are right.
    pub confidence: f64,
}

/// The kind of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the Russian names are the data")]
pub enum Kind {
    #[serde(rename = "приказ")]
    Prikaz,
    #[serde(rename = "распоряжение")]
    Rasporyazhenie,
    #[serde(rename = "постановление")]
    Postanovlenie,
    #[serde(rename = "решение")]
    Reshenie,
    #[serde(rename = "указ")]
    Ukaz,
}

impl Kind {
    /// The kind's name in Russian, in the nominative.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prikaz => "приказ",
            Self::Rasporyazhenie => "распоряжение",
            Self::Postanovlenie => "постановление",
            Self::Reshenie => "решение",
            Self::Ukaz => "указ",
        }
    }
}

/// A calendar day, `YYYY-MM-DD` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub Date);

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$" })
    }
}

/// A clause of the operative part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The path a person would cite: `1`, `1.2`, `3.а`; empty for a clause that has no number.
    pub address: String,
    /// The number as displayed, computed for automatic numbering; null for an unnumbered clause.
    pub label: Option<String>,
    /// The words, without the label and without the children.
    pub text: String,
    /// The clause with its label, without its children.
    pub span: Span,
    /// See [`Field::confidence`].
    pub confidence: f64,
    /// Indexes into [`Order::people`]: who is charged with it.
    pub assignees: Vec<usize>,
    /// By when, if the clause names a day.
    pub due: Option<Day>,
    /// The clauses under it.
    pub children: Vec<Clause>,
}

/// One mention of an act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The act.
    pub act: Act,
    /// The provisions cited, lists and ranges expanded; empty for the whole act.
    pub locators: Vec<Locator>,
    /// What the order does with the act.
    pub role: Role,
    /// How a short form was resolved (`далее – Закон`, `указанного закона`) or what supplied the
    /// missing parts; null for an act cited in full.
    pub via: Option<String>,
    /// `title`, `preamble`, `clause 1.3`, `appendix 1`, `head`, `body`.
    #[serde(rename = "where")]
    pub place: String,
    /// The characters under `span`.
    pub raw: String,
    /// The citation, from its first pinpoint to its closing quotation mark.
    pub span: Span,
    /// See [`Field::confidence`].
    pub confidence: f64,
}

/// An act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// What kind of act.
    #[serde(rename = "type")]
    pub kind: ActType,
    /// Its number in a normal form: `149-ФЗ`.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<Day>,
    /// The issuer as printed, in the nominative; null where the type implies it.
    pub issuer: Option<String>,
    /// The act's own title, without outer quotation marks.
    pub title: Option<String>,
    /// The stable key: the same act has the same id, whatever the spelling.
    pub id: String,
}

/// Kinds of acts.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named after its kind")]
pub enum ActType {
    FederalLaw,
    FederalConstitutionalLaw,
    Code,
    Constitution,
    Law,
    PresidentialDecree,
    GovernmentResolution,
    GovernmentOrder,
    AgencyOrder,
    Letter,
    SanitaryRules,
    Standard,
    LocalAct,
    Other,
}

impl ActType {
    /// The name used in JSON and in act ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FederalLaw => "federal_law",
            Self::FederalConstitutionalLaw => "federal_constitutional_law",
            Self::Code => "code",
            Self::Constitution => "constitution",
            Self::Law => "law",
            Self::PresidentialDecree => "presidential_decree",
            Self::GovernmentResolution => "government_resolution",
            Self::GovernmentOrder => "government_order",
            Self::AgencyOrder => "agency_order",
            Self::Letter => "letter",
            Self::SanitaryRules => "sanitary_rules",
            Self::Standard => "standard",
            Self::LocalAct => "local_act",
            Self::Other => "other",
        }
    }
}

/// A provision inside an act. Fields that the citation does not name are absent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Locator {
    /// Раздел.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Глава.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
    /// Приложение.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appendix: Option<String>,
    /// Статья.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Часть.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Пункт.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<String>,
    /// Подпункт; a letter without quotation marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subpoint: Option<String>,
    /// Абзац, as a figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
}

/// What the order does with a cited act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Issued on the basis of it.
    Basis,
    /// Changes it.
    Amends,
    /// Declares it no longer in force.
    Repeals,
    /// Approves it or puts it into force.
    Approves,
    /// Carries it out.
    Executes,
    /// Names it otherwise.
    Mention,
}

/// Who signed an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// The position as printed, on one line.
    pub position: Option<String>,
    /// Index into [`Order::people`].
    pub person: usize,
    /// Position and name.
    pub span: Span,
    /// See [`Field::confidence`].
    pub confidence: f64,
}

/// Who was made acquainted with an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// Index into [`Order::people`].
    pub person: usize,
    /// The day given beside the name.
    pub date: Option<Day>,
    /// The name.
    pub span: Span,
}

/// A person, names in the nominative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Surname.
    pub surname: String,
    /// Given name, if it is written out anywhere in the order.
    pub given: Option<String>,
    /// Patronymic, if it is written out anywhere in the order.
    pub patronymic: Option<String>,
    /// Initials, `Е. В.`.
    pub initials: Option<String>,
    /// What the order makes of the person, each role once.
    pub roles: Vec<PersonRole>,
    /// Every place that names the person.
    pub mentions: Vec<Span>,
}

impl Person {
    /// The fullest form of the name, surname first.
    #[must_use]
    pub fn name(&self) -> String {
        let Self { surname, .. } = self;
        match (&self.given, &self.patronymic, &self.initials) {
            (Some(given), Some(patronymic), _) => format!("{surname} {given} {patronymic}"),
            (Some(given), None, _) => format!("{surname} {given}"),
            (None, _, Some(initials)) => format!("{surname} {initials}"),
            (None, _, None) => surname.clone(),
        }
    }
}

/// What an order makes of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonRole {
    /// Signs the order.
    Signatory,
    /// Was made acquainted with it.
    Acknowledged,
    /// Is appointed, instructed, hired, sent, rewarded or punished by it.
    Assigned,
    /// Approves or agrees to it.
    Approver,
    /// Prepared it.
    Executor,
    /// Is named otherwise.
    Mentioned,
}

/// An attachment whose text is in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appendix {
    /// `Приложение № 1`.
    pub label: String,
    /// Its heading, on one line.
    pub title: Option<String>,
    /// All of it.
    pub span: Span,
}

/// Something an auditor should look at. It never stops an ingest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// A stable name: `number-missing`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence for a person.
    pub message: String,
    /// Where, if at one place.
    pub span: Option<Span>,
}

/// How much a finding matters.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Probably a mistake in the order or in reading it.
    Warning,
    /// The order cannot be relied on as it stands.
    Error,
}

/// The record's JSON Schema (2020-12), generated from these types.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Order).to_value()
}
