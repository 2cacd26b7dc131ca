use super::{one, shifts};
use crate::check::testing::{CaseBuilder, amounts, of};

/// Four weeks from Monday 2026-01-19: the month ends on day 12.
fn month_border() -> CaseBuilder {
    CaseBuilder::new("2026-01-19", 28)
        .shift("E", "early", "08:00-16:00")
        .shift("M", "mid", "11:00-19:00")
        .shift("L", "late", "14:00-22:00")
        .person("A")
}

#[test]
fn the_band_may_change_on_the_first_of_a_month_and_not_before() {
    let b = month_border().hard("rotation", "", "month");
    assert!(amounts(&b.score(&["EEEEE..EEEEE.LLLLL..LLLLL..."]), "rotation").is_empty());
    let score = b.score(&["EEEEE..EEEELLLLLLL.LLLLL...."]);
    assert_eq!(amounts(&score, "rotation"), [2]);
    assert_eq!(of(&score, "rotation")[0].when, "2026-01-19..2026-01-31");
}

#[test]
fn days_outside_the_most_frequent_band_are_counted() {
    let b = one().soft("rotation", "", "week", 6);
    let score = b.score(&["EELLL..EEEEE.."]);
    assert_eq!((amounts(&score, "rotation"), score.objective()), (vec![2], 12));
    assert_eq!(amounts(&b.score(&["EELLN..EELL..."]), "rotation"), [3, 2]);
}

#[test]
fn a_period_that_began_in_the_history_keeps_its_band() {
    let b = CaseBuilder::new("2026-01-08", 4)
        .shift("E", "early", "08:00-16:00")
        .shift("L", "late", "14:00-22:00")
        .person("A")
        .hard("rotation", "", "week")
        .past("A", "EEE");
    assert!(amounts(&b.score(&["EE.."]), "rotation").is_empty());
    assert_eq!(amounts(&b.score(&["LL.."]), "rotation"), [2]);
    assert_eq!(amounts(&b.score(&["LLLL"]), "rotation"), [3]);
}

#[test]
fn what_the_history_broke_is_not_blamed_on_the_rota() {
    let b = CaseBuilder::new("2026-01-08", 4)
        .shift("E", "early", "08:00-16:00")
        .shift("L", "late", "14:00-22:00")
        .person("A")
        .hard("rotation", "", "week")
        .past("A", "EEL");
    assert!(amounts(&b.score(&["EE.."]), "rotation").is_empty());
    assert!(amounts(&b.score(&["...."]), "rotation").is_empty());
    assert_eq!(amounts(&b.score(&["L..."]), "rotation"), [1]);
}

#[test]
fn a_changeover_on_saturday_moves_the_border_of_the_week() {
    let b = one().hard("rotation", "", "week");
    let row = ["EEEEELLLLL.LEE"];
    assert_eq!(amounts(&b.score(&row), "rotation"), [2, 2]);
    assert!(amounts(&b.hard("changeover", "", "Sat").score(&["EEEEELLLLLLLEE"]), "rotation").is_empty());
}

#[test]
fn three_week_periods_are_counted_from_2024() {
    // 2026-01-05 is 105 weeks after 2024-01-01: a three-week period begins there.
    let b = CaseBuilder::new("2025-12-29", 14)
        .shift("E", "early", "08:00-16:00")
        .shift("L", "late", "14:00-22:00")
        .person("A")
        .hard("rotation", "", "3weeks");
    assert!(amounts(&b.score(&["EEEEE..LLLLL.."]), "rotation").is_empty());
    assert_eq!(amounts(&one().hard("rotation", "", "3weeks").score(&["EEEEE..LLLL..."]), "rotation"), [4]);
}

#[test]
fn shifts_without_a_band_are_a_band_of_their_own() {
    let b = shifts(7).shift("X", "", "09:00-17:00").person("A").hard("rotation", "", "week");
    assert_eq!(amounts(&b.score(&["EEX...."]), "rotation"), [1]);
    assert!(amounts(&b.score(&["XXX...."]), "rotation").is_empty());
}

fn ordered(order: &str) -> CaseBuilder {
    CaseBuilder::new("2026-01-05", 21)
        .shift("E", "early", "08:00-16:00")
        .shift("M", "mid", "11:00-19:00")
        .shift("L", "late", "14:00-22:00")
        .shift("D", "day", "09:00-17:00")
        .person("A")
        .hard("rotation", "", "week")
        .hard("rotation_order", "", order)
}

#[test]
fn the_next_band_of_the_cycle_follows() {
    let b = ordered("early>mid>late");
    assert!(amounts(&b.score(&["E......M......L......"]), "rotation_order").is_empty());
    assert!(amounts(&b.score(&["L......E......M......"]), "rotation_order").is_empty());
    let score = b.score(&["E......L......M......"]);
    assert_eq!(amounts(&score, "rotation_order"), [1, 1]);
    assert_eq!(of(&score, "rotation_order")[0].when, "2026-01-12");
}

#[test]
fn periods_without_work_are_skipped() {
    let b = ordered("early>mid>late");
    assert!(amounts(&b.score(&["E.............M......"]), "rotation_order").is_empty());
    assert_eq!(amounts(&b.score(&["E.............L......"]), "rotation_order"), [1]);
}

#[test]
fn any_order_wants_another_band() {
    let b = ordered("any");
    assert!(amounts(&b.score(&["E......L......E......"]), "rotation_order").is_empty());
    assert_eq!(amounts(&b.score(&["E......E......L......"]), "rotation_order"), [1]);
}

#[test]
fn a_band_outside_the_cycle_is_wrong_and_the_cycle_may_be_entered_anywhere_after_it() {
    let b = ordered("early>mid>late");
    assert_eq!(amounts(&b.score(&["E......D......L......"]), "rotation_order"), [1]);
}

#[test]
fn the_band_before_is_that_of_the_last_period_worked_in_the_history() {
    let b = ordered("early>mid>late").past("A", "EE.....");
    assert!(amounts(&b.score(&["M...................."]), "rotation_order").is_empty());
    assert_eq!(amounts(&b.score(&["L...................."]), "rotation_order"), [1]);
}

#[test]
fn the_band_column_counts_only_without_a_history() {
    let b = ordered("early>mid>late").band("late");
    assert!(amounts(&b.score(&["E...................."]), "rotation_order").is_empty());
    assert_eq!(amounts(&b.score(&["M...................."]), "rotation_order"), [1]);
    assert!(amounts(&b.past("A", "E......").score(&["M...................."]), "rotation_order").is_empty());
}

#[test]
fn a_period_half_in_the_history_is_compared_with_the_one_before_it() {
    let b = CaseBuilder::new("2026-01-08", 11)
        .shift("E", "early", "08:00-16:00")
        .shift("M", "mid", "11:00-19:00")
        .shift("L", "late", "14:00-22:00")
        .person("A")
        .hard("rotation", "", "week")
        .soft("rotation_order", "", "early>mid>late", 9);
    let b = b.past("A", "EE.....MM.");
    assert_eq!(b.score(&["MM..L......"]).objective(), 0);
    assert_eq!(b.score(&["LLL.L......"]).objective(), 18);
}

#[test]
fn a_tie_between_bands_is_named_so_that_the_order_is_right() {
    let b = ordered("early>mid>late");
    assert!(amounts(&b.score(&["E......LLMM...L......"]), "rotation_order").is_empty());
}

#[test]
fn without_a_rotation_row_the_order_has_no_effect() {
    let b = one().hard("rotation_order", "", "early>mid>late");
    assert!(amounts(&b.score(&["E......L......"]), "rotation_order").is_empty());
}
