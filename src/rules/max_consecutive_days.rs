//! `max_consecutive_days`: the longest run of days worked.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The longest run of days worked.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MaxConsecutiveDays,
    name: "max_consecutive_days",
    zh: "最多连续工作天数",
    value: ValueKind::Count,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "At most this many days worked in a row; days of the history count, approved leave ends a run.",
            "连续工作不超过该天数；历史记录中的天数计入，已批准的休假会中断连续工作。",
        )
    },
    example: "max_consecutive_days,,6,hard,",
    cost: || {
        Text::new(
            "One automaton with n + 1 states per person: cheap.",
            "每人一个 n + 1 状态的自动机，开销小。",
        )
    },
    source: || {
        Text::new(
            "House rule; Labour Law art. 38 (at least one rest day a week) and the usual limit of 6 days around holidays (State Council Order 795, art. 7).",
            "企业规章；劳动法第三十八条（每周至少休息一日），以及节假日前后连续工作一般不超过 6 天（国务院令第 795 号第七条）。",
        )
    },
};
