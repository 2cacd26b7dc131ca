//! `rest_week`: what a week means for the weekly rest.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// What a week means for the weekly rest.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::RestWeek,
    name: "rest_week",
    zh: "休息周口径",
    value: ValueKind::RestWeek,
    default: "calendar",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "What a week means for min_rest_days_per_week: calendar (Monday to Sunday) or rolling7 (every seven days in a row).",
            "min_rest_days_per_week 的一周口径：calendar（周一至周日）或 rolling7（任意连续七天）。",
        )
    },
    example: "rest_week,,rolling7,hard,",
    cost: || {
        Text::new(
            "rolling7 needs more states in the pricing than calendar.",
            "rolling7 比 calendar 需要更多状态。",
        )
    },
    source: || {
        Text::new(
            "Labour Law art. 38; the calendar-week reading allows up to 12 days in a row, rolling7 is the stricter reading.",
            "劳动法第三十八条；按自然周理解最多可连续工作 12 天，rolling7 为更严格的理解。",
        )
    },
};
