use crate::check::testing::{CaseBuilder, amounts, of};
use crate::model::{DayPlan, Requirement};

fn meal(b: &CaseBuilder, times: &[&str]) -> usize {
    let duties = times.iter().map(|t| b.duty("A", 0, t, "meal")).collect();
    let score = b.score_with(&["D"], &Requirement::default(), &DayPlan { duties, handovers: Vec::new() });
    assert!(amounts(&score, "meal").iter().all(|&n| n == 1));
    of(&score, "meal").len()
}

fn day(window: Option<&str>) -> CaseBuilder {
    CaseBuilder::new("2026-01-05", 1)
        .shift("D", "day", "09:00-13:00+14:00-18:00")
        .meal(45, window)
        .person("A")
}

#[test]
fn a_meal_at_either_end_of_its_window_is_accepted() {
    let b = day(Some("11:00-12:30"));
    assert_eq!(meal(&b, &["11:00-11:45"]), 0);
    assert_eq!(meal(&b, &["11:45-12:30"]), 0);
}

#[test]
fn a_meal_outside_its_window_is_rejected() {
    let b = day(Some("11:00-12:30"));
    assert_eq!(meal(&b, &["10:45-11:30"]), 1);
    assert_eq!(meal(&b, &["12:00-12:45"]), 1);
}

#[test]
fn a_meal_off_the_quarter_of_an_hour_is_rejected() {
    assert_eq!(meal(&day(Some("11:00-12:30")), &["11:05-11:50"]), 1);
}

#[test]
fn a_meal_of_another_length_is_rejected() {
    assert_eq!(meal(&day(None), &["11:00-11:44"]), 1);
    assert_eq!(meal(&day(None), &["11:00-11:46"]), 1);
}

#[test]
fn a_meal_in_two_pieces_is_rejected() {
    assert_eq!(meal(&day(None), &["11:00-11:30", "12:00-12:15"]), 1);
}

#[test]
fn a_missing_meal_is_rejected() {
    assert_eq!(meal(&day(None), &[]), 1);
}

#[test]
fn a_meal_over_the_gap_of_a_split_shift_is_rejected() {
    assert_eq!(meal(&day(None), &["12:30-13:15"]), 1);
    assert_eq!(meal(&day(None), &["12:15-13:00"]), 0);
}

#[test]
fn a_window_in_which_no_start_fits_does_not_bind() {
    let b = day(Some("12:45-14:15"));
    assert_eq!(meal(&b, &["09:00-09:45"]), 0);
    assert_eq!(meal(&b, &["14:00-14:45"]), 0);
}

#[test]
fn the_window_of_a_night_shift_may_be_written_as_times_of_the_next_morning() {
    let b = CaseBuilder::new("2026-01-05", 1)
        .shift("D", "night", "22:00-30:00")
        .meal(30, Some("02:00-03:00"))
        .person("A");
    assert_eq!(meal(&b, &["26:30-27:00"]), 0);
    assert_eq!(meal(&b, &["23:00-23:30"]), 1);
}

#[test]
fn a_shift_without_a_meal_has_none() {
    let b = CaseBuilder::new("2026-01-05", 1).shift("D", "day", "09:00-13:00").person("A");
    assert_eq!(meal(&b, &[]), 0);
    assert_eq!(meal(&b, &["11:00-11:30"]), 1);
}
