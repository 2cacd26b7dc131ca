//! `overtime_needs_approval`: overtime of a month beyond which an approval is needed.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Overtime of a month beyond which an approval is needed.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::OvertimeNeedsApproval,
    name: "overtime_needs_approval",
    zh: "加班审批",
    value: ValueKind::Hours,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Hours of overtime of a person and calendar month that need no approval. Beyond them a person may have as many as the rows of approvals.csv allow for the month together (a row that spans months is shared among them by days); overtime_cap_month holds all the same.",
            "每人每个自然月无须审批的加班小时。超出部分以 approvals.csv 各行批准给当月的合计为限（跨月的一行按天数分摊到各月）；overtime_cap_month 仍然有效。",
        )
    },
    example: "overtime_needs_approval,,10,hard,",
    cost: || {
        Text::new(
            "A second limit on the month's overtime, which is part of the state anyway.",
            "对当月加班的另一上限，加班本已在状态中。",
        )
    },
    source: || {
        Text::new(
            "House rule. An approval does not lift the 36 hours of Labour Law art. 41, except in the cases of art. 42.",
            "企业规章。审批不能突破劳动法第四十一条的三十六小时（第四十二条情形除外）。",
        )
    },
};
