//! `forbidden_succession`: two shifts or bands that may not follow each other.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Two shifts or bands that may not follow each other.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::ForbiddenSuccession,
    name: "forbidden_succession",
    zh: "禁止相邻班次",
    value: ValueKind::Succession,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "The first shift or band may not be followed by the second one on the next day. All rows apply.",
            "前一天上第一个班次（或班别）后，次日不得上第二个。所有行同时生效。",
        )
    },
    example: "forbidden_succession,,late>early,hard,",
    cost: || Text::new("Forbids transitions of the automaton: cheap.", "禁止自动机的某些转移，开销小。"),
    source: || Text::new("House rule.", "企业规章。"),
};
