use super::one;
use crate::check::testing::{CaseBuilder, amounts, of};

#[test]
fn two_late_shifts_are_allowed_and_three_are_not() {
    let b = one().hard("max_shifts", "band:late", "2");
    assert!(amounts(&b.score(&["LEEEEE.......L"]), "max_shifts").is_empty());
    let score = b.score(&["LEL..........L"]);
    assert_eq!(amounts(&score, "max_shifts"), [1]);
    assert_eq!(of(&score, "max_shifts")[0].when, "2026-01-05..2026-01-18");
}

#[test]
fn without_a_shift_all_worked_days_of_the_horizon_count() {
    let b = one().soft("max_shifts", "", "3", 2).past("A", "EEE");
    assert_eq!(b.score(&["EEE..........."]).objective(), 0);
    assert_eq!(b.score(&["EELN.........E"]).objective(), 4);
}

#[test]
fn all_rows_of_max_shifts_apply() {
    let b = one().hard("max_shifts", "shift:N", "0").hard("max_shifts", "band:late&id:A", "1").hard(
        "max_shifts",
        "",
        "3",
    );
    assert_eq!(amounts(&b.score(&["NLLE.........."]), "max_shifts"), [1, 1, 1]);
}

#[test]
fn a_weekend_counts_once_whether_one_day_is_worked_or_both() {
    let b = one().hard("max_weekends", "", "1");
    assert!(amounts(&b.score(&[".....EE......."]), "max_weekends").is_empty());
    assert!(amounts(&b.score(&["......E......."]), "max_weekends").is_empty());
    assert_eq!(amounts(&b.score(&[".....E.......E"]), "max_weekends"), [1]);
}

#[test]
fn a_sunday_on_the_first_day_is_a_weekend_of_the_horizon_whatever_the_saturday_was() {
    let b = CaseBuilder::new("2026-01-11", 7).shift("E", "early", "08:00-16:00").person("A");
    let b = b.hard("max_weekends", "", "0");
    assert_eq!(amounts(&b.score(&["E......"]), "max_weekends"), [1]);
    let b = b.past("A", "E");
    assert_eq!(amounts(&b.score(&["E......"]), "max_weekends"), [1]);
    assert!(amounts(&b.score(&["......."]), "max_weekends").is_empty());
}

#[test]
fn a_shift_counts_on_the_day_it_starts_even_over_midnight() {
    let b = one().hard("max_weekends", "", "0");
    assert!(amounts(&b.score(&["....N........."]), "max_weekends").is_empty());
}
