//! `overtime_cap_month`: the most overtime of a month.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The most overtime of a month.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::OvertimeCapMonth,
    name: "overtime_cap_month",
    zh: "每月加班上限",
    value: ValueKind::Hours,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Most hours of overtime of a person in a calendar month, all classes together, earlier days of the month in the history counted.",
            "每人每个自然月的加班小时上限，各类加班合计，历史中当月更早的日期计入。",
        )
    },
    example: "overtime_cap_month,,36,hard,",
    cost: || {
        Text::new(
            "The month's overtime is part of the state: with tight caps the pricing has noticeably more to do.",
            "当月加班进入状态；上限较紧时定价问题明显变大。",
        )
    },
    source: || {
        Text::new(
            "Labour Law art. 41: at most 36 hours a month.",
            "劳动法第四十一条：每月不得超过三十六小时。",
        )
    },
};
