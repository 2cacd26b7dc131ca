//! `fair_holidays`: fairness of statutory days.

use super::{RuleKind, RuleSpec, TermKind, ValueKind};
use crate::base::Text;

/// Fairness of statutory days.
pub(super) const SPEC: RuleSpec = RuleSpec {
    kind: RuleKind::FairHolidays,
    name: "fair_holidays",
    zh: "节假日公平",
    value: ValueKind::Weight,
    default: "",
    can_be_soft: false,
    terms: &[TermKind::Person],
    meaning: || {
        Text::new(
            "Price × (largest − smallest count) in each group of people who share team and contract; counts cover the horizon and all history given, people present for less than three quarters of that time are left out. Counted: statutory days worked.",
            "权重 ×（同班组、同合同人员中最大值 − 最小值）；计数包括本周期和全部历史，在岗不足四分之三时间的人不参与。统计对象：法定节假日上班天数。",
        )
    },
    example: "fair_holidays,,20,soft,",
    cost: || {
        Text::new(
            "Couples the people of a group by two rows of the master problem.",
            "通过主问题的两行约束把同组人员联系在一起。",
        )
    },
    source: || Text::new("House rule (holidays in turns).", "企业规章（节假日实行轮休）。"),
};
