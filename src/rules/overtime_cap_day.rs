//! `overtime_cap_day`: the most overtime of a day.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The most overtime of a day.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::OvertimeCapDay,
    name: "overtime_cap_day",
    zh: "每日加班上限",
    value: ValueKind::Hours,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Most hours a day beyond normal_hours_day, statutory days apart.",
            "每日超过 normal_hours_day 的小时上限，法定节假日除外。",
        )
    },
    example: "overtime_cap_day,,3,hard,",
    cost: || {
        Text::new(
            "Removes shifts that are too long before the solve: it makes the search smaller.",
            "求解前排除过长的班次，缩小搜索范围。",
        )
    },
    source: || {
        Text::new(
            "Labour Law art. 41: normally at most 1 hour, for special reasons at most 3 hours a day.",
            "劳动法第四十一条：一般每日不得超过一小时，特殊原因每日不得超过三小时。",
        )
    },
};
