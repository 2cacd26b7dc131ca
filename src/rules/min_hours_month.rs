//! `min_hours_month`: the least paid hours of a month.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The least paid hours of a month.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MinHoursMonth,
    name: "min_hours_month",
    zh: "每月最少工时",
    value: ValueKind::Hours,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Least paid hours of a person in a calendar month; judged only when all days of the month are known.",
            "每人每个自然月的最少计薪小时；仅当整月日期均已知时判断。",
        )
    },
    example: "min_hours_month,contract:full_time,120,soft,5",
    cost: || {
        Text::new(
            "The month's minutes are part of the state; a hard lower limit makes start solutions harder to find.",
            "当月分钟数进入状态；硬性下限会使初始解更难找到。",
        )
    },
    source: || Text::new("House rule.", "企业规章。"),
};
