//! `normal_hours_week`: normal hours of a week.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Normal hours of a week.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::NormalHoursWeek,
    name: "normal_hours_week",
    zh: "每周标准工时",
    value: ValueKind::Hours,
    default: "40",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Normal hours of a Monday–Sunday week; what no longer fits is rest-day work at 200 %.",
            "每周（周一至周日）标准工时，放不下的部分为 200% 休息日加班。",
        )
    },
    example: "normal_hours_week,contract:part_time,24,hard,",
    cost: || {
        Text::new(
            "The minutes of the week are part of the state under standard hours.",
            "标准工时制下，本周分钟数进入状态。",
        )
    },
    source: || {
        Text::new(
            "State Council Order 174, art. 3; part-time work: at most 24 hours a week (Labour Contract Law art. 68).",
            "国务院令第 174 号第三条；非全日制每周累计不超过 24 小时（劳动合同法第六十八条）。",
        )
    },
};
