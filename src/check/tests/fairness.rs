use super::shifts;
use crate::check::testing::{CaseBuilder, amounts, of};
use crate::model::LeaveStatus;

fn three(days: usize) -> CaseBuilder {
    shifts(days).people(&["A", "B", "C"])
}

#[test]
fn the_largest_minus_the_smallest_count_has_the_price_of_the_row() {
    let b = three(7).price("fair_band:late", "", 5);
    let score = b.score(&["LLL....", "EL.....", "..LL..."]);
    let m = of(&score, "fair_band:late")[0];
    assert_eq!((m.amount, m.weight, m.penalty, m.who.as_str()), (2, 5, 10, "A;B"));
    assert_eq!(m.when, "2026-01-05..2026-01-11");
    assert!(amounts(&b.score(&["LL.....", "..LL...", "LL....."]), "fair_band:late").is_empty());
}

#[test]
fn groups_share_team_and_contract() {
    let b = shifts(7)
        .person("A")
        .group("T", "x")
        .person("B")
        .group("T", "x")
        .person("C")
        .group("T", "y")
        .person("D")
        .group("U", "x");
    let b = b.price("fair_band:late", "", 1);
    assert_eq!(amounts(&b.score(&["LLLL...", "L......", ".......", "......."]), "fair_band:late"), [3]);
}

#[test]
fn counts_carry_on_from_the_history() {
    let b = three(7)
        .price("fair_weekends", "", 10)
        .past("A", "E......")
        .past("B", ".......")
        .past("C", ".....EE");
    assert_eq!(amounts(&b.score(&[".....E.", ".......", "......."]), "fair_weekends"), [1]);
    assert!(amounts(&b.score(&[".....E.", "......E", "......."]), "fair_weekends").is_empty());
}

#[test]
fn a_weekend_across_the_border_counts_once() {
    let b = CaseBuilder::new("2026-01-11", 1).shift("E", "early", "08:00-16:00").people(&["A", "B"]).price(
        "fair_weekends",
        "",
        1,
    );
    assert!(amounts(&b.clone().past("A", "E").past("B", ".").score(&["E", "E"]), "fair_weekends").is_empty());
    assert_eq!(amounts(&b.past("A", "E").past("B", ".").score(&["E", "."]), "fair_weekends"), [1]);
}

#[test]
fn hours_are_whole_hours_rounded_down() {
    let b = CaseBuilder::new("2026-01-05", 1)
        .shift("E", "", "08:00-16:59")
        .shift("F", "", "08:00-16:00")
        .shift("G", "", "08:00-17:00");
    let b = b.people(&["A", "B"]).price("fair_hours", "", 3);
    assert_eq!(b.score(&["E", "F"]).objective(), 0);
    assert_eq!(b.score(&["G", "F"]).objective(), 3);
    assert_eq!(b.past("A", "F").past("B", "E").score(&["E", "F"]).objective(), 0);
}

#[test]
fn statutory_days_worked_are_shared() {
    let b = three(7).statutory("2026-01-05").statutory("2026-01-06").price("fair_holidays", "", 4);
    assert_eq!(b.score(&["EE.....", "E......", ".EEEEE."]).objective(), 4);
}

#[test]
fn people_there_for_less_than_three_quarters_are_left_out() {
    let of_days = |from: &str| {
        let b = shifts(8).person("A").person("B").person("C").employed(Some(from), None).price(
            "fair_band:late",
            "",
            1,
        );
        let gone = if from == "2026-01-07" { "--" } else { "---" };
        amounts(
            &b.score(&["LLL.....", "LLL.....", &format!("{gone}{}", ".".repeat(8 - gone.len()))]),
            "fair_band:late",
        )
    };
    assert_eq!(of_days("2026-01-07"), [3]);
    assert!(of_days("2026-01-08").is_empty());
}

#[test]
fn leave_and_past_leave_are_time_away() {
    let b =
        three(8).leave("C", "2026-01-05", "2026-01-07", LeaveStatus::Approved).price("fair_band:late", "", 1);
    assert!(amounts(&b.score(&["LLL.....", "LLL.....", "vvv....."]), "fair_band:late").is_empty());
    let b = three(4).past("C", "vv..").price("fair_band:late", "", 1);
    assert_eq!(amounts(&b.score(&["LLL.", "LLL.", "...."]), "fair_band:late"), [3]);
    let b = three(4).past("C", "vvv.").price("fair_band:late", "", 1);
    assert!(amounts(&b.score(&["LLL.", "LLL.", "...."]), "fair_band:late").is_empty());
}

#[test]
fn a_group_of_one_has_nothing_to_share() {
    assert!(shifts(7).person("A").price("fair_hours", "", 9).score(&["EEEEE.."]).objective() == 0);
}

#[test]
fn a_more_special_row_compares_its_people_among_themselves() {
    let b = shifts(7).person("A").tag("senior").person("B").tag("senior").person("C").person("D");
    let b = b.price("fair_band:late", "", 1).price("fair_band:late", "tag:senior", 10);
    let score = b.score(&["LLL....", "L......", "LL.....", "......."]);
    assert_eq!(of(&score, "fair_band:late").iter().map(|m| m.penalty).collect::<Vec<_>>(), [20, 2]);
}
