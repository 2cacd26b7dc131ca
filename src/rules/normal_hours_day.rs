//! `normal_hours_day`: normal hours of a day.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Normal hours of a day.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::NormalHoursDay,
    name: "normal_hours_day",
    zh: "每日标准工时",
    value: ValueKind::Hours,
    default: "8",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Normal hours of a day; what exceeds them is overtime at 150 %.",
            "每日标准工时，超过部分为 150% 加班。",
        )
    },
    example: "normal_hours_day,contract:part_time,4,hard,",
    cost: || Text::new("Nothing.", "无。"),
    source: || {
        Text::new(
            "State Council Order 174, art. 3; part-time work: at most 4 hours a day on average (Labour Contract Law art. 68).",
            "国务院令第 174 号第三条；非全日制平均每日不超过 4 小时（劳动合同法第六十八条）。",
        )
    },
};
