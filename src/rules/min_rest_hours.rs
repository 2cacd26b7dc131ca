//! `min_rest_hours`: the least rest between two shifts.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The least rest between two shifts.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MinRestHours,
    name: "min_rest_hours",
    zh: "最少间隔休息小时",
    value: ValueKind::Hours,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Hours from the end of one shift (tail included) to the start of the next one (early arrival not counted).",
            "从上一班结束（含延时）到下一班开始（不计提前到岗）的最少小时数。",
        )
    },
    example: "min_rest_hours,,11,hard,",
    cost: || {
        Text::new(
            "Forbids pairs of codes on nearby days: cheap, and it makes the search smaller.",
            "禁止相邻日期的某些班次组合：开销小，还能缩小搜索范围。",
        )
    },
    source: || {
        Text::new(
            "House rule: the Labour Law has no general daily rest; 11 hours is usual practice.",
            "企业规章：劳动法没有一般的每日间隔休息规定；11 小时为通行做法。",
        )
    },
};
