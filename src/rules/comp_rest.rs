//! `comp_rest`: days off that answer worked rest days.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Days off that answer worked rest days.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::CompRest,
    name: "comp_rest",
    zh: "补休",
    value: ValueKind::Count,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Weeks within which a day off answers a worked rest day. A whole week with fewer normal minutes than its target answers, minute for minute, rest-day work (200 %) of so many weeks before it, the oldest of the same month first. What is answered by the end of its month is normal time and counts neither to overtime_cap_month nor to weight_overtime. Standard hours only.",
            "补休期限（周）。整周正常工时低于标准的部分，逐分钟抵补此前若干周内的休息日加班（200%），先抵当月最早的。当月底前已补休的部分按正常工时计，既不计入 overtime_cap_month，weight_overtime 也不计价。仅适用于标准工时制。",
        )
    },
    example: "comp_rest,,4,hard,",
    cost: || {
        Text::new(
            "What each of the last weeks still owes becomes part of the state: people with a cap take longer to price.",
            "最近几周尚欠的补休进入状态；有加班上限的人员定价较慢。",
        )
    },
    source: || {
        Text::new(
            "Labour Law art. 44 (2): 200 % where no compensatory rest can be given.",
            "劳动法第四十四条第（二）项：休息日加班又不能安排补休的，支付不低于百分之二百。",
        )
    },
};
