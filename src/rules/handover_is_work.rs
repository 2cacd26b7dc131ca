//! `handover_is_work`: whether early arrival is working time.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Whether early arrival is working time.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::HandoverIsWork,
    name: "handover_is_work",
    zh: "交接计入工时",
    value: ValueKind::Flag,
    default: "yes",
    can_be_soft: false,
    terms: &[TermKind::Person, TermKind::Shift],
    meaning: || {
        Text::new("Whether the early arrival for handover is working time.", "提前到岗交接是否计入工作时间。")
    },
    example: "handover_is_work,,yes,hard,",
    cost: || Text::new("Nothing.", "无。"),
    source: || {
        Text::new(
            "An arrival that the employer orders is counted as work by default; case law is divided.",
            "用人单位要求的提前到岗默认计为工作时间；司法实践不一。",
        )
    },
};
