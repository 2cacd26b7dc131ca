//! `no_leave`: days on which leave is not granted.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Days on which leave is not granted.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::NoLeave,
    name: "no_leave",
    zh: "停批假期",
    value: ValueKind::Flag,
    default: "no",
    can_be_soft: false,
    terms: &[TermKind::Person, TermKind::Day],
    meaning: || {
        Text::new(
            "Days on which leave is not granted, such as those of a promotion: pending leave is no wish there. Approved leave stands, and check says where it lies on such a day.",
            "停批假期的日期（如大促）：待批假期在这些日期不按希望休息处理。已批准的假期照旧，check 会指出落在这些日期的假期。",
        )
    },
    example: "no_leave,day:promotion,yes,hard,",
    cost: || Text::new("Nothing.", "无。"),
    source: || Text::new("House rule.", "企业规章。"),
};
