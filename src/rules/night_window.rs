//! `night_window`: the night.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// The night.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::NightWindow,
    name: "night_window",
    zh: "夜间时段",
    value: ValueKind::TimeWindow,
    default: "22:00-06:00",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "The night: people tagged no_night do not work in it, and night hours are counted in it.",
            "夜间时段：带 no_night 标签的人不在其中上班，夜班小时按其统计。",
        )
    },
    example: "night_window,,22:00-06:00,hard,",
    cost: || {
        Text::new(
            "Nothing; it removes shifts for people tagged no_night.",
            "无；只为 no_night 人员排除班次。",
        )
    },
    source: || {
        Text::new(
            "State Council Order 619, art. 6 and 9 (pregnancy, nursing); 22:00–06:00 is the usual definition of night work.",
            "女职工劳动保护特别规定（国务院令第 619 号）第六、九条；22:00–06:00 为通行的夜班定义。",
        )
    },
};
