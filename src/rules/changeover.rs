//! `changeover`: the weekday on which rotation periods begin.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The weekday on which rotation periods begin.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::Changeover,
    name: "changeover",
    zh: "换班日",
    value: ValueKind::Weekday,
    default: "Mon",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "The weekday on which a week-based rotation period begins; n-week periods are counted from that weekday in the week of 2024-01-01.",
            "按周轮换时周期开始的星期；n 周周期从 2024-01-01 所在周的该星期起算。",
        )
    },
    example: "changeover,,Sat,hard,",
    cost: || Text::new("Nothing.", "无。"),
    source: || Text::new("House rule.", "企业规章。"),
};
