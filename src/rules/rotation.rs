//! `rotation`: one band per rotation period.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// One band per rotation period.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::Rotation,
    name: "rotation",
    zh: "轮班周期",
    value: ValueKind::Rotation,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Within a period (month, week, n weeks) a person works shifts of one band only. Soft: amount = days worked outside the period's most frequent band.",
            "一个周期（月、周、n 周）内每人只上一种班别。软约束：数量 = 周期内不属于最常见班别的工作天数。",
        )
    },
    example: "rotation,,month,hard,",
    cost: || {
        Text::new(
            "The band becomes part of the state: about as many states more as there are bands.",
            "班别进入状态：状态数约乘以班别数。",
        )
    },
    source: || {
        Text::new(
            "House rule (shifts change once a month, fairly).",
            "企业规章（每月轮换一次班次，确保公平）。",
        )
    },
};
