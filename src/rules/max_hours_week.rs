//! `max_hours_week`: the most paid hours of a week.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The most paid hours of a week.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MaxHoursWeek,
    name: "max_hours_week",
    zh: "每周最多工时",
    value: ValueKind::Hours,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Most paid hours of a person in a Monday–Sunday week; days of that week in the history count, days still to come do not.",
            "每人每个自然周（周一至周日）的最多计薪小时；历史中当周的日期计入，尚未到来的日期不计。",
        )
    },
    example: "max_hours_week,contract:part_time,24,hard,",
    cost: || Text::new("The week's minutes are part of the state.", "当周分钟数进入状态。"),
    source: || {
        Text::new(
            "House rule; for part-time work the Labour Contract Law art. 68: at most 24 hours a week.",
            "企业规章；非全日制用工见劳动合同法第六十八条：每周累计不超过二十四小时。",
        )
    },
};
