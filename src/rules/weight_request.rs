//! `weight_request`: the price of a request not met.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The price of a request not met.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::WeightRequest,
    name: "weight_request",
    zh: "请求权重",
    value: ValueKind::Weight,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Penalty × the request's own weight, per request not met; pending leave counts as a request for a day off.",
            "每个未满足的请求：罚分 × 请求自身权重；待批休假算休息请求。",
        )
    },
    example: "weight_request,,60,soft,",
    cost: || Text::new("A price on single cells: nothing.", "单个格子的价格，无额外开销。"),
    source: || Text::new("House rule.", "企业规章。"),
};
