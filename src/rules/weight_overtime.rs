//! `weight_overtime`: the price of overtime.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The price of overtime.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::WeightOvertime,
    name: "weight_overtime",
    zh: "加班权重",
    value: ValueKind::Weight,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Penalty per minute of overtime on dates of the horizon, all classes; not what days off of the same month answer (comp_rest).",
            "周期内日期每分钟加班的罚分，各类加班合计；当月已补休的（comp_rest）不计。",
        )
    },
    example: "weight_overtime,,1,soft,",
    cost: || {
        Text::new(
            "The minutes of the week become part of the state even without a cap.",
            "即使没有上限，本周分钟数也会进入状态。",
        )
    },
    source: || {
        Text::new(
            "House rule (cost); Labour Law art. 44 (150 %, 200 %, 300 %).",
            "企业规章（成本）；劳动法第四十四条（150%、200%、300%）。",
        )
    },
};
