use super::{one, shifts};
use crate::check::testing::{CaseBuilder, amounts, of};
use crate::model::LeaveStatus;

#[test]
fn one_rest_day_a_week_is_enough_and_none_is_not() {
    let b = one().hard("min_rest_days_per_week", "", "1");
    assert!(amounts(&b.score(&[".EEEEEEEEEEEE."]), "min_rest_days_per_week").is_empty());
    let score = b.score(&["EEEEEEEEEEEEEE"]);
    assert_eq!(amounts(&score, "min_rest_days_per_week"), [1, 1]);
    assert_eq!(of(&score, "min_rest_days_per_week")[1].when, "2026-01-12..2026-01-18");
    assert!(of(&score, "min_rest_days_per_week")[0].why.en.contains("art. 38"));
    assert!(of(&score, "min_rest_days_per_week")[0].why.zh.contains("第三十八条"));
}

#[test]
fn two_rest_days_missed_by_two() {
    let b = one().soft("min_rest_days_per_week", "", "2", 7);
    assert_eq!(of(&b.score(&["EEEEEEE..EEEEE"]), "min_rest_days_per_week")[0].penalty, 14);
}

#[test]
fn a_week_cut_by_the_horizon_counts_the_days_of_the_history() {
    let b = crate::check::testing::CaseBuilder::new("2026-01-08", 4)
        .shift("E", "early", "08:00-16:00")
        .person("A");
    let b = b.hard("min_rest_days_per_week", "", "1");
    assert!(amounts(&b.score(&["EEEE"]), "min_rest_days_per_week").is_empty());
    assert_eq!(amounts(&b.clone().past("A", "EEE").score(&["EEEE"]), "min_rest_days_per_week"), [1]);
    assert!(amounts(&b.clone().past("A", ".EE").score(&["EEEE"]), "min_rest_days_per_week").is_empty());
    assert!(amounts(&b.past("A", "vEE").score(&["EEEE"]), "min_rest_days_per_week").is_empty());
}

#[test]
fn days_still_to_come_count_as_rest() {
    let b = shifts(10).person("A").hard("min_rest_days_per_week", "", "4");
    assert!(amounts(&b.score(&["EEE....EEE"]), "min_rest_days_per_week").is_empty());
}

#[test]
fn the_calendar_week_allows_twelve_days_in_a_row_and_the_rolling_week_does_not() {
    let b = one().hard("min_rest_days_per_week", "", "1");
    let row = [".EEEEEEEEEEEE."];
    assert!(amounts(&b.score(&row), "min_rest_days_per_week").is_empty());
    assert_eq!(amounts(&b.hard("rest_week", "", "rolling7").score(&row), "min_rest_days_per_week"), [1; 6]);
}

#[test]
fn seven_rolling_days_reach_into_the_history() {
    let b =
        one().hard("min_rest_days_per_week", "", "1").hard("rest_week", "", "rolling7").past("A", "EEEEEE");
    assert!(amounts(&b.score(&[".............."]), "min_rest_days_per_week").is_empty());
    assert_eq!(amounts(&b.score(&["E............."]), "min_rest_days_per_week"), [1]);
}

#[test]
fn leave_is_rest_in_the_week() {
    let b = one().hard("min_rest_days_per_week", "", "1").leave(
        "A",
        "2026-01-11",
        "2026-01-11",
        LeaveStatus::Approved,
    );
    assert!(amounts(&b.score(&["EEEEEEvEEEEEE."]), "min_rest_days_per_week").is_empty());
}

#[test]
fn rest_of_exactly_eleven_hours_is_allowed() {
    let b = shifts(2).shift("A", "x", "09:00-17:00").shift("B", "x", "08:59-17:00").shift(
        "C",
        "x",
        "09:01-17:00",
    );
    let b = b.person("P").hard("min_rest_hours", "", "11");
    assert!(amounts(&b.score(&["LA"]), "min_rest_hours").is_empty());
    assert!(amounts(&b.score(&["LC"]), "min_rest_hours").is_empty());
    assert_eq!(amounts(&b.score(&["LB"]), "min_rest_hours"), [1]);
}

#[test]
fn rest_missed_counts_begun_hours() {
    let b = shifts(2).person("P").soft("min_rest_hours", "", "12.5", 3);
    let score = b.score(&["LE"]);
    let found = of(&score, "min_rest_hours");
    assert_eq!((found[0].amount, found[0].penalty, found[0].when.as_str()), (3, 9, "2026-01-06"));
}

#[test]
fn the_tail_shortens_the_rest() {
    let b = shifts(2).shift("T", "late", "14:00-22:00").tail(60).person("P").hard("min_rest_hours", "", "10");
    assert!(amounts(&b.score(&["LE"]), "min_rest_hours").is_empty());
    assert_eq!(amounts(&b.score(&["TE"]), "min_rest_hours"), [1]);
}

#[test]
fn a_night_shift_ends_on_the_next_day() {
    let b = shifts(3).person("P").hard("min_rest_hours", "", "11");
    assert_eq!(amounts(&b.score(&["NE."]), "min_rest_hours"), [9]);
    assert_eq!(amounts(&b.score(&["NL."]), "min_rest_hours"), [3]);
    assert!(amounts(&b.score(&["N.E"]), "min_rest_hours").is_empty());
}

#[test]
fn a_rest_day_between_does_not_excuse_a_short_rest() {
    let b = shifts(3).person("P").hard("min_rest_hours", "", "36");
    assert_eq!(amounts(&b.score(&["L.E"]), "min_rest_hours"), [2]);
}

#[test]
fn rest_is_kept_across_the_border_to_the_history() {
    let b = one().hard("min_rest_hours", "", "11").past("A", "L");
    assert_eq!(amounts(&b.score(&["E............."]), "min_rest_hours"), [1]);
    assert!(amounts(&b.score(&["L............."]), "min_rest_hours").is_empty());
    let inside_history = one().hard("min_rest_hours", "", "11").past("A", "LE");
    assert!(amounts(&inside_history.score(&[".............."]), "min_rest_hours").is_empty());
}

#[test]
fn a_past_shift_without_times_is_not_judged() {
    let b = one().hard("min_rest_hours", "", "11").past("A", "X");
    assert!(amounts(&b.score(&["E............."]), "min_rest_hours").is_empty());
}

#[test]
fn a_succession_is_forbidden_by_code_and_by_band() {
    for value in ["L>E", "late>early", "L>early"] {
        let b = one().hard("forbidden_succession", "", value);
        assert_eq!(amounts(&b.score(&["LE..........LE"]), "forbidden_succession"), [1, 1], "{value}");
        assert!(amounts(&b.score(&["EL.L.E........"]), "forbidden_succession").is_empty(), "{value}");
    }
}

#[test]
fn a_succession_reaches_into_the_history() {
    let b = one().hard("forbidden_succession", "", "L>E").past("A", "L");
    assert_eq!(amounts(&b.score(&["E............."]), "forbidden_succession"), [1]);
    assert!(amounts(&b.score(&[".E............"]), "forbidden_succession").is_empty());
}

#[test]
fn all_rows_of_forbidden_succession_apply() {
    let b =
        one().hard("forbidden_succession", "", "L>E").soft("forbidden_succession", "id:A", "late>early", 4);
    let score = b.score(&["LE............"]);
    assert_eq!(amounts(&score, "forbidden_succession"), [1, 1]);
    assert_eq!(score.objective(), 4);
}

#[test]
fn nobody_is_in_two_shifts_at_once_whatever_the_rules_say() {
    let b = CaseBuilder::new("2026-01-05", 2)
        .shift("N", "night", "22:00-30:00")
        .tail(30)
        .shift("E", "early", "06:15-14:00")
        .shift("F", "early", "06:30-14:00")
        .person("A");
    assert_eq!(amounts(&b.score(&["NE"]), "two_shifts"), [15]);
    assert!(amounts(&b.score(&["NF"]), "two_shifts").is_empty());
    assert_eq!(amounts(&b.past("A", "N").score(&["E."]), "two_shifts"), [15]);
    let meeting = CaseBuilder::new("2026-01-05", 2)
        .shift("N", "night", "22:00-30:00")
        .shift("L", "late", "14:00-22:00")
        .person("A")
        .meeting("2026-01-06", "05:30-06:30", "", 0, true);
    assert_eq!(amounts(&meeting.score(&["NL"]), "two_shifts"), [30], "comes in before the night is over");
}
