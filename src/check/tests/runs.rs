use super::one;
use crate::check::testing::{amounts, of};
use crate::model::{LeaveStatus, Strength};

#[test]
fn six_days_in_a_row_are_allowed_and_seven_are_not() {
    let b = one().hard("max_consecutive_days", "", "6");
    for row in ["EEEEE.EEEEE...", "EEEEEE........", "........EEEEEE"] {
        assert!(amounts(&b.score(&[row]), "max_consecutive_days").is_empty(), "{row}");
    }
    for (row, when) in [("EEEEEEE.......", "2026-01-11"), (".......EEEEEEE", "2026-01-18")] {
        let score = b.score(&[row]);
        let found = of(&score, "max_consecutive_days");
        assert_eq!((found[0].amount, found[0].when.as_str()), (1, when));
        assert_eq!((found[0].strength, found[0].weight, found[0].penalty), (Strength::Hard, 0, 0));
    }
}

#[test]
fn every_day_behind_the_sixth_counts() {
    let b = one().soft("max_consecutive_days", "", "6", 5);
    let score = b.score(&["EEEEEEEEE....."]);
    let found = of(&score, "max_consecutive_days");
    assert_eq!((found[0].amount, found[0].penalty, found[0].who.as_str()), (3, 15, "A"));
    assert_eq!(found[0].when, "2026-01-11..2026-01-13");
}

#[test]
fn days_worked_before_the_horizon_count_towards_the_run() {
    let b = one().hard("max_consecutive_days", "", "6").past("A", "EEEE");
    assert!(amounts(&b.score(&["EE............"]), "max_consecutive_days").is_empty());
    assert_eq!(amounts(&b.score(&["EEE..........."]), "max_consecutive_days"), [1]);
}

#[test]
fn days_of_the_history_beyond_the_limit_are_not_blamed_on_the_rota() {
    let b = one().hard("max_consecutive_days", "", "3").past("A", "EEEEE");
    assert!(amounts(&b.score(&[".............."]), "max_consecutive_days").is_empty());
    assert_eq!(amounts(&b.score(&["EE............"]), "max_consecutive_days"), [2]);
}

#[test]
fn an_unknown_past_day_ends_a_run() {
    let b = one().hard("max_consecutive_days", "", "2").past("A", "EE?");
    assert!(amounts(&b.score(&["EE............"]), "max_consecutive_days").is_empty());
}

#[test]
fn approved_leave_ends_a_run_of_worked_days() {
    let b = one().hard("max_consecutive_days", "", "3").leave(
        "A",
        "2026-01-08",
        "2026-01-08",
        LeaveStatus::Approved,
    );
    assert!(amounts(&b.score(&["EEEvEEE......."]), "max_consecutive_days").is_empty());
}

#[test]
fn a_limit_of_no_days_counts_every_worked_day() {
    let b = one().hard("max_consecutive_days", "", "0");
    assert_eq!(amounts(&b.score(&["EE........E..."]), "max_consecutive_days"), [2, 1]);
}

#[test]
fn a_run_of_two_inside_misses_three_by_one() {
    let b = one().soft("min_consecutive_days", "", "3", 10);
    let score = b.score(&["..EE..EEE....."]);
    let found = of(&score, "min_consecutive_days");
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].amount, found[0].penalty, found[0].when.as_str()),
        (1, 10, "2026-01-07..2026-01-08")
    );
}

#[test]
fn a_run_on_the_last_day_is_not_judged() {
    let b = one().hard("min_consecutive_days", "", "3");
    assert!(amounts(&b.score(&["............EE"]), "min_consecutive_days").is_empty());
    assert_eq!(amounts(&b.score(&["...........EE."]), "min_consecutive_days"), [1]);
}

#[test]
fn a_run_from_the_first_day_is_judged_only_when_the_day_before_is_known() {
    let b = one().hard("min_consecutive_days", "", "3");
    assert!(amounts(&b.score(&["E............."]), "min_consecutive_days").is_empty());
    assert_eq!(amounts(&b.clone().past("A", ".").score(&["E............."]), "min_consecutive_days"), [2]);
    assert_eq!(amounts(&b.clone().past("A", ".E").score(&["E............."]), "min_consecutive_days"), [1]);
    assert!(amounts(&b.clone().past("A", "E").score(&["E............."]), "min_consecutive_days").is_empty());
    assert!(amounts(&b.past("A", ".EE").score(&["E............."]), "min_consecutive_days").is_empty());
}

#[test]
fn a_run_wholly_in_the_history_is_not_judged() {
    let b = one().hard("min_consecutive_days", "", "3").hard("min_consecutive_off", "", "2");
    let score = b.clone().past("A", ".EE").score(&[".............."]);
    assert!(amounts(&score, "min_consecutive_days").is_empty());
    assert!(amounts(&b.past("A", "E.").score(&["EEE..........."]), "min_consecutive_off").is_empty());
}

#[test]
fn a_single_day_off_misses_two_by_one() {
    let b = one().hard("min_consecutive_off", "", "2");
    assert_eq!(amounts(&b.score(&["EEE.EEE..EEE.."]), "min_consecutive_off"), [1]);
    assert!(amounts(&b.score(&[".EEE..EEEEEEE."]), "min_consecutive_off").is_empty());
    assert_eq!(amounts(&b.past("A", "E").score(&[".EEE..EEEEEEE."]), "min_consecutive_off"), [1]);
}

#[test]
fn leave_is_part_of_a_run_of_days_off() {
    let b = one().hard("min_consecutive_off", "", "2").leave(
        "A",
        "2026-01-08",
        "2026-01-08",
        LeaveStatus::Approved,
    );
    assert!(amounts(&b.score(&["EEEv.EEEEEEEEE"]), "min_consecutive_off").is_empty());
    assert_eq!(amounts(&b.score(&["EEEvEEEEEEEEEE"]), "min_consecutive_off"), [1]);
}
