//! `max_shifts`: how often a shift may be worked.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// How often a shift may be worked.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MaxShifts,
    name: "max_shifts",
    zh: "班次次数上限",
    value: ValueKind::Count,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person, TermKind::Shift],
    meaning: || {
        Text::new(
            "How often a person works in the horizon; with shift or band in the scope: those. All rows apply.",
            "每人在周期内的上班次数上限；范围中有 shift 或 band 时只计相应班次。所有行同时生效。",
        )
    },
    example: "max_shifts,band:late,10,hard,",
    cost: || {
        Text::new(
            "One running count per row and person; several rows at once multiply the states.",
            "每行每人一个计数；多行同时存在时状态数相乘。",
        )
    },
    source: || Text::new("House rule.", "企业规章。"),
};
