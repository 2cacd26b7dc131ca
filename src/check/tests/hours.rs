use super::shifts;
use crate::check::testing::{CaseBuilder, amounts, of};

/// A month from Monday 2026-06-01 with days of eight hours (`E`), of ten (`T`) and of twelve (`W`).
fn june(days: usize) -> CaseBuilder {
    CaseBuilder::new("2026-06-01", days)
        .shift("E", "early", "08:00-16:00")
        .shift("T", "early", "08:00-18:00")
        .shift("W", "early", "08:00-20:00")
        .shift("X", "early", "08:00-20:01")
        .person("A")
}

#[test]
fn overtime_of_exactly_the_monthly_cap_is_allowed_and_a_minute_more_is_not() {
    let b = june(7).hard("overtime_cap_month", "", "10");
    assert!(amounts(&b.score(&["TTTTT.."]), "overtime_cap_month").is_empty());
    let b = june(7).hard("overtime_cap_month", "", "9.5");
    assert_eq!(amounts(&b.score(&["TTTTT.."]), "overtime_cap_month"), [1]);
}

#[test]
fn rest_day_work_beyond_forty_hours_counts_towards_the_cap() {
    let b = june(14).soft("overtime_cap_month", "", "14", 100);
    assert_eq!(b.score(&["EEEEEE.EEEEE.."]).objective(), 0);
    let score = b.score(&["EEEEEE.EEEEEE."]);
    let m = of(&score, "overtime_cap_month")[0];
    assert_eq!((m.amount, m.penalty), (2, 200));
    assert!(m.why.en.contains("art. 41") && m.why.zh.contains("第四十一条"));
}

#[test]
fn overtime_is_capped_month_by_month() {
    let b = CaseBuilder::new("2026-06-29", 7).shift("T", "early", "08:00-18:00").person("A").hard(
        "overtime_cap_month",
        "",
        "4",
    );
    assert!(amounts(&b.score(&["TTTT..."]), "overtime_cap_month").is_empty());
    let score = b.score(&["TTTTT.."]);
    assert_eq!(
        of(&score, "overtime_cap_month").iter().map(|m| (m.when.as_str(), m.amount)).collect::<Vec<_>>(),
        [("2026-07-01..2026-07-05", 2)]
    );
}

#[test]
fn overtime_of_the_history_counts_in_its_month() {
    let b = CaseBuilder::new("2026-06-08", 7).shift("T", "early", "08:00-18:00").person("A").hard(
        "overtime_cap_month",
        "",
        "12",
    );
    assert!(amounts(&b.clone().past("A", "TTTTT..").score(&["T......"]), "overtime_cap_month").is_empty());
    assert_eq!(amounts(&b.past("A", "TTTTT..").score(&["TT....."]), "overtime_cap_month"), [2]);
}

#[test]
fn three_hours_beyond_the_normal_day_are_allowed_and_four_are_not() {
    let b = june(7).shift("V", "early", "08:00-19:00").hard("overtime_cap_day", "", "3");
    assert!(amounts(&b.score(&["V.....V"]), "overtime_cap_day").is_empty());
    assert_eq!(amounts(&b.score(&["W.....W"]), "overtime_cap_day"), [1, 1]);
    assert_eq!(amounts(&b.score(&["X......"]), "overtime_cap_day"), [2]);
}

#[test]
fn statutory_days_have_no_daily_cap() {
    let b = june(7).statutory("2026-06-01").hard("overtime_cap_day", "", "3");
    assert_eq!(amounts(&b.score(&["W.....W"]), "overtime_cap_day"), [1]);
}

#[test]
fn least_hours_of_a_month_are_judged_when_the_whole_month_is_known() {
    let b = june(30).soft("min_hours_month", "", "17", 10);
    let score = b.score(&["EE............................"]);
    assert_eq!((amounts(&score, "min_hours_month"), score.objective()), (vec![1], 10));
    assert!(
        amounts(
            &june(29).soft("min_hours_month", "", "17", 10).score(&["EE..........................."]),
            "min_hours_month"
        )
        .is_empty()
    );
}

#[test]
fn least_hours_count_the_earlier_days_of_the_month_only_when_each_is_known() {
    let b = CaseBuilder::new("2026-06-03", 28).shift("E", "early", "08:00-16:00").person("A").hard(
        "min_hours_month",
        "",
        "24",
    );
    let row = ["E..........................."];
    assert!(amounts(&b.clone().past("A", "EE").score(&row), "min_hours_month").is_empty());
    assert_eq!(amounts(&b.clone().past("A", "E.").score(&row), "min_hours_month"), [8]);
    assert!(amounts(&b.clone().past("A", ".").score(&row), "min_hours_month").is_empty());
    assert!(amounts(&b.score(&row), "min_hours_month").is_empty());
}

#[test]
fn most_hours_of_a_month_count_begun_hours() {
    let b = june(7).hard("max_hours_month", "", "24");
    assert!(amounts(&b.score(&["EEE...."]), "max_hours_month").is_empty());
    assert_eq!(amounts(&b.score(&["EEX...."]), "max_hours_month"), [5]);
    assert_eq!(amounts(&b.score(&["EEEE..."]), "max_hours_month"), [8]);
}

#[test]
fn every_minute_of_overtime_has_its_price() {
    let b = june(7).price("weight_overtime", "", 2);
    let score = b.score(&["XE....."]);
    assert_eq!((amounts(&score, "weight_overtime"), score.objective()), (vec![241], 482));
}

#[test]
fn overtime_of_the_history_is_not_priced() {
    let b = CaseBuilder::new("2026-06-06", 2).shift("E", "early", "08:00-16:00").person("A").price(
        "weight_overtime",
        "",
        1,
    );
    assert_eq!(b.clone().past("A", "EEEEE").score(&["E."]).objective(), 480);
    assert_eq!(b.past("A", "EEEE.").score(&["E."]).objective(), 0);
}

#[test]
fn no_overtime_forbids_any_minute_on_its_dates() {
    let b = june(7).dated_tag("no_overtime", "2026-06-02", "2026-06-06");
    assert!(amounts(&b.score(&["TEEEE.."]), "no_overtime").is_empty());
    let score = b.score(&["ETEEEE."]);
    assert_eq!(amounts(&score, "no_overtime"), [120, 480]);
    assert_eq!(of(&score, "no_overtime")[1].when, "2026-06-06");
}

#[test]
fn comprehensive_hours_over_a_month_are_capped_by_their_excess() {
    // June 2026 without statutory days: 22 Mondays to Fridays, 176 hours.
    let b = june(30).hard("hours_system", "", "comprehensive:month").hard("overtime_cap_month", "", "8");
    assert!(amounts(&b.score(&["EEEEEEEEEEEEEEEEEEEEEEE......."]), "overtime_cap_month").is_empty());
    assert_eq!(amounts(&b.score(&["EEEEEEEEEEEEEEEEEEEEEEEE......"]), "overtime_cap_month"), [8]);
}

#[test]
fn early_arrival_is_paid_unless_the_house_says_otherwise() {
    let b = shifts(7).person("A").price("weight_overtime", "", 1).hard("handover_minutes", "", "15");
    assert_eq!(b.score(&["E......"]).objective(), 15);
    assert_eq!(b.hard("handover_is_work", "", "no").score(&["E......"]).objective(), 0);
}

#[test]
fn overtime_beyond_the_free_hours_needs_an_approval_of_its_month() {
    // Ten hours of overtime in the week of 1 June.
    let b = june(7).hard("overtime_cap_month", "", "36").hard("overtime_needs_approval", "", "10");
    assert!(amounts(&b.score(&["TTTTT.."]), "overtime_needs_approval").is_empty());
    let b = june(7).hard("overtime_needs_approval", "", "9.5");
    assert_eq!(amounts(&b.score(&["TTTTT.."]), "overtime_needs_approval"), [1]);
    for (from, to, hours, missed) in [
        ("2026-06-01", "2026-06-07", 10, 0),
        // A row that spans months is shared among them by days: a third of it, a thirteenth, and just enough.
        ("2026-06-30", "2026-07-02", 10, 1),
        ("2026-05-20", "2026-06-01", 10, 1),
        ("2026-06-30", "2026-07-02", 30, 0),
        ("2026-06-30", "2026-07-02", 29, 1),
        ("2026-05-20", "2026-06-01", 130, 0),
        ("2026-05-20", "2026-06-01", 129, 1),
        ("2026-06-01", "2026-06-07", 9, 1),
        ("2026-05-01", "2026-05-31", 10, 1),
        ("2026-07-01", "2026-07-31", 10, 1),
    ] {
        let score = b.clone().approval("A", from, to, hours).score(&["TTTTT.."]);
        assert_eq!(
            amounts(&score, "overtime_needs_approval").iter().sum::<i64>(),
            missed,
            "{from} {to} {hours}"
        );
    }
    let two = b.approval("A", "2026-06-01", "2026-06-02", 4).approval("A", "2026-06-03", "2026-06-04", 6);
    assert!(amounts(&two.score(&["TTTTT.."]), "overtime_needs_approval").is_empty());
}

#[test]
fn an_approval_does_not_lift_the_cap_of_the_month() {
    let b = june(7).hard("overtime_cap_month", "", "8").hard("overtime_needs_approval", "", "4");
    let score = b.approval("A", "2026-06-01", "2026-06-30", 100).score(&["TTTTT.."]);
    assert_eq!(amounts(&score, "overtime_cap_month"), [2]);
    assert!(of(&score, "overtime_cap_month")[0].why.en.contains("art. 41"));
    assert!(amounts(&score, "overtime_needs_approval").is_empty());
}

#[test]
fn an_answered_sixth_day_neither_counts_to_the_cap_nor_costs() {
    let b = june(14).hard("overtime_cap_month", "", "7").hard("comp_rest", "", "1").price(
        "weight_overtime",
        "",
        1,
    );
    let score = b.score(&["EEEEEE.EEEE..."]);
    assert!(amounts(&score, "overtime_cap_month").is_empty());
    assert!(amounts(&score, "weight_overtime").is_empty());
    let score = b.score(&["EEEEEE.EEEEE.."]);
    assert_eq!(amounts(&score, "overtime_cap_month"), [1]);
    assert_eq!(amounts(&score, "weight_overtime"), [480]);
    // The first of two is answered, the second is not.
    let score =
        june(21).hard("comp_rest", "", "1").price("weight_overtime", "", 1).score(&["EEEEEE.EEEE...EEEEEE."]);
    assert_eq!(amounts(&score, "weight_overtime"), [480]);
    assert!(of(&score, "weight_overtime")[0].why.en.contains("answered by days off: 08:00"));
}
