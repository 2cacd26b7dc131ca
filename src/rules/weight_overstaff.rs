//! `weight_overstaff`: the price of spare people.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The price of spare people.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::WeightOverstaff,
    name: "weight_overstaff",
    zh: "超员权重",
    value: ValueKind::Weight,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Channel, TermKind::Day],
    meaning: || {
        Text::new(
            "Penalty per agent-minute spare above a channel's requirement, per interval; over_weight of demand.csv replaces it.",
            "渠道每个时段每多一人·分钟的罚分；demand.csv 的 over_weight 优先。",
        )
    },
    example: "weight_overstaff,,1,soft,",
    cost: || {
        Text::new("Makes the price of cover two-sided; no extra rows.", "使覆盖价格变为双边，不增加约束。")
    },
    source: || Text::new("House rule (cost).", "企业规章（成本）。"),
};
