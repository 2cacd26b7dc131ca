//! `max_hours_month`: the most paid hours of a month.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The most paid hours of a month.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MaxHoursMonth,
    name: "max_hours_month",
    zh: "每月最多工时",
    value: ValueKind::Hours,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Most paid hours of a person in a calendar month; days of that month in the history count.",
            "每人每个自然月的最多计薪小时；历史中当月的日期计入。",
        )
    },
    example: "max_hours_month,contract:part_time,96,hard,",
    cost: || Text::new("The month's minutes are part of the state.", "当月分钟数进入状态。"),
    source: || Text::new("House rule.", "企业规章。"),
};
