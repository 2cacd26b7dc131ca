//! What a rule's own file says of it.

use super::{RuleKind, ValueKind};
use crate::base::Text;

/// Families of scope terms a rule understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// `team` `contract` `id` `tag`, and `channel` `kind` in the sense of people's skills.
    Person,
    /// `shift` `band`.
    Shift,
    /// `channel` `kind` in the sense of the channels themselves.
    Channel,
    /// `weekday` `date` `day`.
    Day,
}

/// Name, value, meaning and cost of a rule. Printed by `paiban rules`.
pub struct RuleSpec {
    /// The rule.
    pub kind: RuleKind,
    /// Name in `rules.csv` (`fair_band` takes `:band` behind it).
    pub name: &'static str,
    /// Chinese name, accepted as well.
    pub zh: &'static str,
    /// Value it takes.
    pub value: ValueKind,
    /// Value that holds when there is no row, as text; empty when the rule then has no effect.
    pub default: &'static str,
    /// Whether a `soft` row (penalty = weight × amount missed) makes sense.
    pub can_be_soft: bool,
    /// Scope terms it understands.
    pub terms: &'static [TermKind],
    /// Meaning, in one or two sentences.
    pub meaning: fn() -> Text,
    /// A row of `rules.csv` as an example: rule,scope,value,strength,weight.
    pub example: &'static str,
    /// What it costs the solver.
    pub cost: fn() -> Text,
    /// Law article or house rule it comes from.
    pub source: fn() -> Text,
}
