//! `weight_understaff`: the price of missing people.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The price of missing people.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::WeightUnderstaff,
    name: "weight_understaff",
    zh: "缺员权重",
    value: ValueKind::Weight,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Channel, TermKind::Day],
    meaning: || {
        Text::new(
            "Penalty per agent-minute short of a channel's requirement, per interval; under_weight of demand.csv replaces it.",
            "渠道每个时段每缺一人·分钟的罚分；demand.csv 的 under_weight 优先。",
        )
    },
    example: "weight_understaff,kind:voice,2,soft,",
    cost: || {
        Text::new(
            "The price that drives everything: it should be well above all others.",
            "最主要的价格，应明显高于其他权重。",
        )
    },
    source: || Text::new("House rule (service level).", "企业规章（服务水平）。"),
};
