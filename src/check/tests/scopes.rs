//! Which row holds, and the order of the matches.

use super::shifts;
use crate::check::testing::{CaseBuilder, amounts, is_rule, of};

fn team() -> CaseBuilder {
    shifts(7).person("A").group("T", "full").person("B").group("T", "part").person("C").group("U", "full")
}

#[test]
fn the_row_with_more_terms_holds() {
    let b = team().hard("max_consecutive_days", "", "3").hard(
        "max_consecutive_days",
        "team:T&contract:part",
        "1",
    );
    let b = b.hard("max_consecutive_days", "team:T", "2");
    let score = b.score(&["EEEE...", "EEEE...", "EEEE..."]);
    assert_eq!(amounts(&score, "max_consecutive_days"), [3, 2, 1]);
    let who: Vec<_> =
        of(&score, "max_consecutive_days").iter().map(|m| (m.who.as_str(), m.scope.as_str())).collect();
    assert_eq!(who, [("B", "team:T&contract:part"), ("A", "team:T"), ("C", "")]);
}

#[test]
fn a_row_with_an_id_holds_before_all() {
    let b = team().hard("max_weekends", "id:A", "1").hard("max_weekends", "team:T&contract:full", "0");
    assert!(amounts(&b.score(&[".....E.", ".......", "......."]), "max_weekends").is_empty());
}

#[test]
fn one_hard_and_one_soft_row_stand_together() {
    let b = team().hard("max_consecutive_days", "", "3").soft("max_consecutive_days", "", "2", 10);
    let score = b.score(&["EEE....", "EEEE...", "......."]);
    assert_eq!(amounts(&score, "max_consecutive_days"), [1, 2, 1]);
    assert_eq!(score.objective(), 30);
    assert_eq!(score.violations().filter(|m| m.rule == "max_consecutive_days").count(), 1);
}

#[test]
fn a_dated_tag_in_the_scope_of_a_rule_about_a_person_holds_at_all_times() {
    let b = shifts(7).person("A").dated_tag("trainee", "2026-01-11", "2026-01-11").hard(
        "max_consecutive_days",
        "tag:trainee",
        "1",
    );
    assert_eq!(amounts(&b.score(&["EE....."]), "max_consecutive_days"), [1]);
}

#[test]
fn matches_come_by_rule_then_by_date_then_by_person() {
    let b = team().hard("max_weekends", "", "0").hard("forbidden_succession", "", "L>E").hard(
        "max_consecutive_days",
        "",
        "1",
    );
    let b = b.pin("C", "2026-01-05", Some("L"));
    let score = b.score(&["..LE.E.", "LE.....", "LE....E"]);
    let found = score.matches.iter().filter(|m| m.rule != "duties" && m.rule != "handover");
    let found: Vec<_> = found.map(|m| (m.rule.as_str(), m.who.as_str())).collect();
    assert_eq!(
        found,
        [
            ("max_consecutive_days", "B"),
            ("max_consecutive_days", "C"),
            ("max_consecutive_days", "A"),
            ("forbidden_succession", "B"),
            ("forbidden_succession", "C"),
            ("forbidden_succession", "A"),
            ("max_weekends", "A"),
            ("max_weekends", "C"),
        ]
    );
}

#[test]
fn facts_without_a_row_come_first() {
    let b = team().hard("max_consecutive_days", "", "1").pin("C", "2026-01-11", Some("L"));
    let score = b.score(&["EE.....", ".......", "......."]);
    assert_eq!(score.matches[0].rule, "pins");
    assert!(score.matches.last().is_some_and(|m| is_rule(&m.rule)));
}
