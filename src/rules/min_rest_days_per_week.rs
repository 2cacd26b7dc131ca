//! `min_rest_days_per_week`: the least number of rest days in a week.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The least number of rest days in a week.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MinRestDaysPerWeek,
    name: "min_rest_days_per_week",
    zh: "每周最少休息天数",
    value: ValueKind::DaysOfWeek,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "At least this many days not worked in each Monday–Sunday week (or in every seven days in a row, see rest_week); days before the known past and days still to come count as rest.",
            "每个周一至周日的一周内（或任意连续七天内，见 rest_week）至少休息该天数；已知历史之前和尚未到来的日子算休息。",
        )
    },
    example: "min_rest_days_per_week,,1,hard,",
    cost: || {
        Text::new(
            "A running count per week and person; with rolling7 an automaton over the last six days (more states).",
            "每人每周一个计数；rolling7 时为记录最近六天的自动机（状态较多）。",
        )
    },
    source: || {
        Text::new("Labour Law art. 38: at least one rest day a week.", "劳动法第三十八条：每周至少休息一日。")
    },
};
