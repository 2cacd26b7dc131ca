//! `rotation_order`: the order of bands from one rotation period to the next.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The order of bands from one rotation period to the next.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::RotationOrder,
    name: "rotation_order",
    zh: "轮班顺序",
    value: ValueKind::RotationOrder,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "The band of the next period with work is the next one of this cycle (any: only another one). Strength and weight are those of its own row, else of rotation.",
            "下一个有工作的周期的班别必须是循环中的下一个（any：只需不同）。强度和权重取本行，没有则取 rotation 行。",
        )
    },
    example: "rotation_order,,early>mid>late,hard,",
    cost: || {
        Text::new(
            "The band of the period before is kept in the state across the border of periods.",
            "跨周期时需在状态中保留上一周期的班别。",
        )
    },
    source: || {
        Text::new(
            "House rule; forward rotation (early, mid, late) keeps the rest between shifts long.",
            "企业规章；正向轮换（早、中、晚）可保证班间休息。",
        )
    },
};
