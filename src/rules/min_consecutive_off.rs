//! `min_consecutive_off`: the shortest run of days not worked.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The shortest run of days not worked.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::MinConsecutiveOff,
    name: "min_consecutive_off",
    zh: "最少连续休息天数",
    value: ValueKind::Count,
    default: "",
    can_be_soft: true,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Runs of days not worked inside the horizon have at least this length; approved leave counts as a day off; a run that touches the border of what is known is not judged.",
            "周期内每段连续不上班至少达到该天数；已批准的休假算休息；触及已知范围边界的连续段不作判断。",
        )
    },
    example: "min_consecutive_off,,2,soft,10",
    cost: || {
        Text::new(
            "One automaton with n + 1 states per person: cheap, but isolated days off become rare and cover less flexible.",
            "每人一个 n + 1 状态的自动机，开销小；但单休日减少，覆盖的灵活性下降。",
        )
    },
    source: || Text::new("House rule.", "企业规章。"),
};
