use super::{one, shifts};
use crate::check::testing::{amounts, of, rota};
use crate::model::{DayPlan, LeaveStatus, Requirement};

#[test]
fn a_rota_with_a_cell_missing_is_not_looked_at_further() {
    let case = one().build();
    let mut short = rota(&case, &["EE............"]);
    short.cells[0].pop();
    let score = crate::check::check(&case, &Requirement::default(), &short, &DayPlan::default());
    assert_eq!(amounts(&score, "cells"), [1]);
    assert_eq!(score.matches.len(), 1);
}

#[test]
fn a_rota_of_too_few_people_is_rejected() {
    assert_eq!(amounts(&shifts(2).people(&["A", "B"]).score(&["EE"]), "cells"), [2, 1]);
}

#[test]
fn nobody_works_before_the_first_or_after_the_last_day_of_employment() {
    let b = one().employed(Some("2026-01-06"), Some("2026-01-17"));
    assert!(amounts(&b.score(&["-E..........E-"]), "employment").is_empty());
    let wrong = b.score(&["EE..........EE"]);
    assert_eq!(amounts(&wrong, "employment"), [1, 1]);
    assert_eq!(of(&wrong, "employment")[1].when, "2026-01-18");
    assert!(of(&wrong, "employment")[0].why.en.contains("staff.csv:2"));
}

#[test]
fn a_day_off_outside_employment_must_be_shown_as_absence() {
    let b = one().employed(Some("2026-01-06"), None);
    assert_eq!(amounts(&b.score(&["..............".trim()]), "employment"), [1]);
}

#[test]
fn absence_while_employed_is_rejected() {
    assert_eq!(amounts(&one().score(&["............--"]), "employment"), [1, 1]);
}

#[test]
fn approved_leave_is_kept_from_its_first_to_its_last_day() {
    let b = one().leave("A", "2026-01-05", "2026-01-06", LeaveStatus::Approved);
    assert!(amounts(&b.score(&["vv............"]), "leave").is_empty());
    assert_eq!(amounts(&b.score(&["Ev............"]), "leave"), [1]);
    assert_eq!(amounts(&b.score(&["v............."]), "leave"), [1]);
}

#[test]
fn leave_that_nobody_approved_is_rejected() {
    assert_eq!(amounts(&one().score(&[".............v"]), "leave"), [1]);
    let pending = one().leave("A", "2026-01-18", "2026-01-18", LeaveStatus::Pending);
    assert_eq!(amounts(&pending.score(&[".............v"]), "leave"), [1]);
}

#[test]
fn pins_to_a_shift_and_to_a_day_off_are_kept() {
    let b = one().pin("A", "2026-01-05", Some("E")).pin("A", "2026-01-18", None);
    assert!(amounts(&b.score(&["E............."]), "pins").is_empty());
    let wrong = b.score(&["L............E"]);
    assert_eq!(amounts(&wrong, "pins"), [1, 1]);
    assert!(of(&wrong, "pins")[0].why.en.starts_with("A is pinned to E on 2026-01-05 but has L"));
    assert!(of(&wrong, "pins")[0].why.zh.contains("pins.csv:2"));
}

#[test]
fn a_pin_on_a_day_of_approved_leave_is_a_violation_either_way() {
    let b =
        one().leave("A", "2026-01-05", "2026-01-05", LeaveStatus::Approved).pin("A", "2026-01-05", Some("E"));
    assert_eq!(b.score(&["v............."]).violations().filter(|m| m.rule == "pins").count(), 1);
    assert_eq!(b.score(&["E............."]).violations().filter(|m| m.rule == "leave").count(), 1);
}

#[test]
fn no_night_counts_the_minutes_inside_the_window() {
    let b = one().tag("no_night");
    assert!(amounts(&b.score(&["EL............"]), "no_night").is_empty());
    assert_eq!(amounts(&b.score(&["N............N"]), "no_night"), [480, 480]);
}

#[test]
fn a_tail_after_ten_in_the_evening_is_night_work() {
    let b = shifts(1).shift("T", "late", "13:00-21:45").tail(30).person("A").tag("no_night");
    assert_eq!(amounts(&b.score(&["T"]), "no_night"), [15]);
}

#[test]
fn a_start_before_six_belongs_to_the_night_before() {
    let b = shifts(1).shift("M", "early", "05:30-13:00").person("A").tag("no_night");
    assert_eq!(amounts(&b.score(&["M"]), "no_night"), [30]);
    let later = b.hard("night_window", "", "22:00-05:30");
    assert!(amounts(&later.score(&["M"]), "no_night").is_empty());
}

#[test]
fn a_dated_no_night_holds_on_its_dates_only() {
    let b = one().dated_tag("no_night", "2026-01-06", "2026-01-06");
    let score = b.score(&["NNN..........."]);
    assert_eq!(of(&score, "no_night").iter().map(|m| m.when.as_str()).collect::<Vec<_>>(), ["2026-01-06"]);
}
