//! `min_consecutive_days`: the shortest run of days worked.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The shortest run of days worked.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MinConsecutiveDays,
    name: "min_consecutive_days",
    zh: "最少连续工作天数",
    value: ValueKind::Count,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Runs of days worked inside the horizon have at least this length; a run that touches the border of what is known is not judged.",
            "周期内每段连续工作至少达到该天数；触及已知范围边界的连续段不作判断。",
        )
    },
    example: "min_consecutive_days,,2,soft,10",
    cost: || {
        Text::new(
            "One automaton with n + 1 states per person; it shares the run state with the longest run.",
            "每人一个 n + 1 状态的自动机，与最多连续天数共用状态。",
        )
    },
    source: || Text::new("House rule.", "企业规章。"),
};
