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
            "The band of the next period with work is the next one of this cycle (any: only another one). With relief in the cycle (day>evening>relief) the cycle says what every period is for: in that of a band only the band is worked, in one of relief any; the amount is the days worked outside, and rotation only gives the length of the periods. Strength and weight are those of its own row, else of rotation.",
            "下一个有工作的周期的班别必须是循环中的下一个（any：只需不同）。循环中含 relief（替休）时（day>evening>relief），由循环规定每个周期的班别：某班别的周期只上该班别，替休周期不限；按不符的天数计，rotation 只规定周期长度。强度和权重取本行，没有则取 rotation 行。",
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
