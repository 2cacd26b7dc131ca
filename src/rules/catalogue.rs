//! All rule specs, and how they are found by kind and by name.

use super::*;
use crate::base::{Text, words};
use unicode_normalization::UnicodeNormalization;

/// Every rule, in the order of [`RuleKind::ALL`].
pub static SPECS: [&RuleSpec; 38] = [
    &max_consecutive_days::SPEC,
    &min_consecutive_days::SPEC,
    &min_consecutive_off::SPEC,
    &min_rest_days_per_week::SPEC,
    &rest_week::SPEC,
    &min_rest_hours::SPEC,
    &forbidden_succession::SPEC,
    &rotation::SPEC,
    &rotation_order::SPEC,
    &changeover::SPEC,
    &min_on_duty::SPEC,
    &max_on_duty::SPEC,
    &hours_system::SPEC,
    &normal_hours_day::SPEC,
    &normal_hours_week::SPEC,
    &overtime_cap_month::SPEC,
    &overtime_cap_day::SPEC,
    &overtime_needs_approval::SPEC,
    &comp_rest::SPEC,
    &handover_minutes::SPEC,
    &handover_is_work::SPEC,
    &min_hours_month::SPEC,
    &max_hours_month::SPEC,
    &max_hours_week::SPEC,
    &max_shifts::SPEC,
    &max_weekends::SPEC,
    &night_window::SPEC,
    &no_leave::SPEC,
    &fair_hours::SPEC,
    &fair_weekends::SPEC,
    &fair_band::SPEC,
    &fair_holidays::SPEC,
    &weight_understaff::SPEC,
    &weight_overstaff::SPEC,
    &weight_task::SPEC,
    &weight_overtime::SPEC,
    &weight_request::SPEC,
    &weight_stability::SPEC,
];

/// What there is to know of a rule.
#[must_use]
pub fn spec(kind: RuleKind) -> &'static RuleSpec {
    SPECS[kind as usize]
}

/// The name of a rule and the band behind its colon, if any: `fair_band:late` is `("fair_band", "late")`.
#[must_use]
pub fn split_name(text: &str) -> (&str, &str) {
    match text.split_once([':', '：']) {
        Some((name, band)) => (name.trim(), band.trim()),
        None => (text.trim(), ""),
    }
}

/// The rule with this English or Chinese name, in any case and width. A band behind a colon is allowed for
/// `fair_band` only; whether it is there is for the caller to see ([`split_name`]).
#[must_use]
pub fn spec_by_name(text: &str) -> Option<&'static RuleSpec> {
    let (name, band) = split_name(text);
    let name = name.nfkc().collect::<String>().to_lowercase();
    let found = SPECS.iter().find(|s| s.name == name || s.zh == name)?;
    (band.is_empty() || found.kind == RuleKind::FairBand).then_some(*found)
}

/// The name of a rule in both languages, with its band if it has one. A name that is no rule of `rules.csv` (such
/// as `pins` in `score.csv`) is looked up among the words of the outputs.
#[must_use]
pub fn wording(rule: &str) -> Text {
    let (name, band) = split_name(rule);
    match spec_by_name(name) {
        Some(spec) if band.is_empty() => Text::new(rule, spec.zh),
        Some(spec) => Text::new(rule, format!("{}：{band}", spec.zh)),
        None => words::cell(rule),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn specs_stand_in_the_order_of_the_kinds() {
        assert!(RuleKind::ALL.iter().zip(SPECS).all(|(k, s)| *k == s.kind && spec(*k).name == s.name));
    }

    #[test]
    fn names_are_unique_in_both_languages() {
        let names: BTreeSet<&str> = SPECS.iter().flat_map(|s| [s.name, s.zh]).collect();
        assert_eq!(names.len(), 2 * SPECS.len());
    }

    #[test]
    fn rules_are_found_by_either_name_and_any_width() {
        for s in SPECS {
            assert_eq!(spec_by_name(s.name).map(|x| x.kind), Some(s.kind));
            assert_eq!(spec_by_name(s.zh).map(|x| x.kind), Some(s.kind));
        }
        assert_eq!(spec_by_name(" Ｍin_Rest_Hours ").map(|x| x.kind), Some(RuleKind::MinRestHours));
        assert_eq!(spec_by_name("min_rest_hour").map(|x| x.kind), None);
    }

    #[test]
    fn the_wording_of_a_rule_can_be_written_into_the_rules() {
        for s in SPECS {
            assert_eq!(spec_by_name(&wording(s.name).zh).map(|x| x.kind), Some(s.kind));
        }
        let fair = wording("fair_band:late");
        assert_eq!((fair.en.as_str(), fair.zh.as_str()), ("fair_band:late", "班别公平：late"));
        assert_eq!((wording("pins").zh.as_str(), wording("other").zh.as_str()), ("固定班次", "other"));
    }

    #[test]
    fn only_fair_band_takes_a_band() {
        assert_eq!(split_name("fair_band:late"), ("fair_band", "late"));
        assert_eq!(split_name("班别公平：晚班"), ("班别公平", "晚班"));
        assert_eq!(spec_by_name("班别公平：晚班").map(|x| x.kind), Some(RuleKind::FairBand));
        assert!(spec_by_name("max_shifts:late").is_none());
    }

    #[test]
    fn every_example_and_default_parses_as_a_value_of_its_rule() {
        for s in SPECS {
            let cells: Vec<&str> = s.example.split(',').collect();
            assert_eq!(cells.len(), 5, "{}", s.example);
            assert_eq!(spec_by_name(cells[0]).map(|x| x.kind), Some(s.kind), "{}", s.example);
            assert!(parse_value(s, cells[2]).is_ok(), "{}", s.example);
            assert!(s.default.is_empty() || parse_value(s, s.default).is_ok(), "{}", s.name);
            assert!(matches!(cells[3], "hard" | "soft"), "{}", s.example);
            let priced = s.value == ValueKind::Weight;
            assert!(cells[3] == "hard" || priced || (s.can_be_soft && cells[4].parse::<i64>().is_ok()));
        }
    }

    #[test]
    fn every_text_exists_in_both_languages() {
        for s in SPECS {
            for text in [(s.meaning)(), (s.cost)(), (s.source)()] {
                assert!(!text.en.is_empty() && !text.zh.is_empty() && text.en != text.zh, "{}", s.name);
            }
        }
    }
}
