//! `hours_system`: how overtime is counted.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// How overtime is counted.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::HoursSystem,
    name: "hours_system",
    zh: "工时制度",
    value: ValueKind::HoursSystem,
    default: "standard",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "How overtime is counted: standard (day and week) or comprehensive over a month, a quarter or a year.",
            "加班的计算方式：标准工时制（按日、按周），或按月、季、年的综合计算工时制。",
        )
    },
    example: "hours_system,contract:agent,comprehensive:quarter,hard,",
    cost: || {
        Text::new(
            "standard needs the week's minutes in the state, comprehensive one sum over the month.",
            "标准工时需在状态中记录本周分钟数，综合工时只需按月累计。",
        )
    },
    source: || {
        Text::new(
            "State Council Order 174, art. 3 and 5; comprehensive hours need approval (Labour Law art. 39; 劳部发[1994]503号).",
            "国务院令第 174 号第三、五条；综合计算工时制须经审批（劳动法第三十九条；劳部发[1994]503号）。",
        )
    },
};
