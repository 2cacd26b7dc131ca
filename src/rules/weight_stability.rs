//! `weight_stability`: the price of a change to a published rota.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The price of a change to a published rota.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::WeightStability,
    name: "weight_stability",
    zh: "变动权重",
    value: ValueKind::Weight,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Penalty per person-day that differs from a published rota.",
            "与已发布班表不同的每个人·天的罚分。",
        )
    },
    example: "weight_stability,,100,soft,",
    cost: || Text::new("A price on single cells: nothing.", "单个格子的价格，无额外开销。"),
    source: || {
        Text::new(
            "House rule; rules on working hours must be published to staff (Labour Contract Law art. 4).",
            "企业规章；工时制度须向劳动者公示（劳动合同法第四条）。",
        )
    },
};
