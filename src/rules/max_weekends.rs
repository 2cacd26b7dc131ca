//! `max_weekends`: the most weekends worked.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The most weekends worked.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MaxWeekends,
    name: "max_weekends",
    zh: "周末上班上限",
    value: ValueKind::Count,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Most weekends of the horizon with any work, Saturday or Sunday.",
            "周期内有上班（周六或周日）的周末个数上限。",
        )
    },
    example: "max_weekends,,3,soft,20",
    cost: || Text::new("One running count per person.", "每人一个计数。"),
    source: || Text::new("House rule.", "企业规章。"),
};
