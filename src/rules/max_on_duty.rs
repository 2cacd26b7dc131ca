//! `max_on_duty`: the largest number of people at work on a day.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The largest number of people at work on a day.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MaxOnDuty,
    name: "max_on_duty",
    zh: "最多在岗人数",
    value: ValueKind::Count,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person, TermKind::Shift, TermKind::Day],
    meaning: || {
        Text::new(
            "At most this many people at work on each day of the scope; with shift, band, tag, channel or kind in the scope: of those. All rows apply.",
            "范围内每天最多有该人数上班；范围中有 shift、band、tag、channel、kind 时只计相应人员或班次。所有行同时生效。",
        )
    },
    example: "max_on_duty,shift:L,12,hard,",
    cost: || {
        Text::new(
            "One row of the master problem per day, as for min_on_duty.",
            "与 min_on_duty 相同，每天一行主问题约束。",
        )
    },
    source: || Text::new("House rule (seats, equipment).", "企业规章（座席、设备数量）。"),
};
