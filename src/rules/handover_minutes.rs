//! `handover_minutes`: early arrival for handover.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Early arrival for handover.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::HandoverMinutes,
    name: "handover_minutes",
    zh: "交接提前分钟",
    value: ValueKind::Minutes,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Person, TermKind::Shift],
    meaning: || {
        Text::new(
            "Minutes of arrival before the shift for handover, once a shift. Without a row nobody comes early and a handover slot is 15 minutes long.",
            "为交接提前到岗的分钟数，每班一次。没有该行时无人提前到岗，交接时段为 15 分钟。",
        )
    },
    example: "handover_minutes,,15,hard,",
    cost: || {
        Text::new(
            "Longer days fill the week and the overtime cap sooner.",
            "每日工时变长，更快用尽周工时和加班上限。",
        )
    },
    source: || {
        Text::new(
            "House rule (arrive 15 minutes early and hand over properly).",
            "企业规章（提前 15 分钟到达工作岗位，做好工作交接）。",
        )
    },
};
