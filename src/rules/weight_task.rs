//! `weight_task`: the price of work off the queue that is not done.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The price of work off the queue that is not done.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::WeightTask,
    name: "weight_task",
    zh: "任务权重",
    value: ValueKind::Weight,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Day],
    meaning: || {
        Text::new(
            "Penalty per agent-minute of tasks.csv that nobody does; without a row as dear as the dearest weight_understaff.",
            "tasks.csv 中无人完成的任务，每人·分钟的罚分；无此行时取最高的 weight_understaff。",
        )
    },
    example: "weight_task,,10,soft,",
    cost: || Text::new("No extra rows; makes the bound tighter.", "不增加约束，使下界更紧。"),
    source: || Text::new("House rule (work off the queue).", "企业规章（非接线任务）。"),
};
