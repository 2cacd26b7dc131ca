//! `fair_hours`: fairness of paid hours.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Fairness of paid hours.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::FairHours,
    name: "fair_hours",
    zh: "工时公平",
    value: ValueKind::Weight,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Price × (largest − smallest count) in each group of people who share team and contract; counts cover the horizon and all history given, people present for less than three quarters of that time are left out. Counted: paid hours, rounded down.",
            "权重 ×（同班组、同合同人员中最大值 − 最小值）；计数包括本周期和全部历史，在岗不足四分之三时间的人不参与。统计对象：计薪小时（向下取整）。",
        )
    },
    example: "fair_hours,,10,soft,",
    cost: || {
        Text::new(
            "Couples the people of a group by two rows of the master problem.",
            "通过主问题的两行约束把同组人员联系在一起。",
        )
    },
    source: || Text::new("House rule (fairly distributed).", "企业规章（公平公正）。"),
};
