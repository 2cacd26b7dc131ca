//! `min_on_duty`: the least number of people at work on a day.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The least number of people at work on a day.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MinOnDuty,
    name: "min_on_duty",
    zh: "最少在岗人数",
    value: ValueKind::Count,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person, TermKind::Shift, TermKind::Day],
    meaning: || {
        Text::new(
            "At least this many people at work on each day of the scope; with shift, band, tag, channel or kind in the scope: of those. All rows apply.",
            "范围内每天至少有该人数上班；范围中有 shift、band、tag、channel、kind 时只计相应人员或班次。所有行同时生效。",
        )
    },
    example: "min_on_duty,tag:senior&band:late,1,hard,",
    cost: || {
        Text::new(
            "One row of the master problem per day: it couples people, so many rows make the linear program larger.",
            "每天一行主问题约束，把不同人员联系在一起；行多时线性规划变大。",
        )
    },
    source: || {
        Text::new(
            "House rule (somebody on duty on rest days, day and evening).",
            "企业规章（确保休息日白天、晚上有人值班）。",
        )
    },
};
