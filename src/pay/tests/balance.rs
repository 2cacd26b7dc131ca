use super::cases::*;
use crate::calendar::Horizon;
use crate::model::{Case, Origin, PastDay, PastStatus};
use crate::pay::{Classes, DatedClasses, balances};
use crate::rules::RuleKind;

/// A case that begins on the day after its past.
fn after(last: &str) -> Case {
    let first = date(last).succ_opt().unwrap();
    Case { horizon: Horizon { first, days: 1 }, ..case("2026-01-01", "2026-01-01") }
}

fn told(case: &mut Case, text: &str, paid_minutes: i64, overtime_minutes: Option<i64>) {
    past(case, &[(date(text), paid_minutes)]);
    let day = case.history.last_mut().unwrap();
    day.overtime_minutes = overtime_minutes;
    if let PastStatus::Work { band, .. } = &mut day.status {
        *band = "晚班".into();
    }
}

#[test]
fn a_weekend_on_the_border_of_two_months_counts_once() {
    // 31 January 2026 is a Saturday.
    let mut case = after("2026-02-08");
    for day in ["2026-01-31", "2026-02-01", "2026-02-07"] {
        told(&mut case, day, 480, None);
    }
    let balance = balances(&case, Classes::Rules, None).remove(0);
    assert_eq!(balance.months.iter().map(|m| m.weekends).collect::<Vec<_>>(), [1, 1]);
    let total = balance.total.unwrap();
    assert_eq!((total.weekends, total.late_shifts, total.days_worked), (2, 3, 3));
}

#[test]
fn a_sunday_alone_is_a_weekend_of_its_own_month() {
    let mut case = after("2026-02-01");
    told(&mut case, "2026-02-01", 480, None);
    assert_eq!(balances(&case, Classes::Rules, None)[0].months[0].weekends, 1);
}

#[test]
fn days_outside_the_span_are_not_counted_but_fill_the_week() {
    // Monday 1 June to Saturday 6 June 2026: the Saturday is the sixth day of its week.
    let mut case = after("2026-06-07");
    for day in 1..=6 {
        told(&mut case, &format!("2026-06-0{day}"), 480, None);
    }
    let saturday = Some((date("2026-06-06"), date("2026-06-30")));
    let total = balances(&case, Classes::Rules, saturday)[0].total.clone().unwrap();
    assert_eq!((total.days_worked, total.paid, total.overtime), (1, 480, [0, 480, 0]));
    let nothing = Some((date("2026-07-01"), date("2026-07-31")));
    assert_eq!(balances(&case, Classes::Rules, nothing)[0].total, None);
}

#[test]
fn leave_and_days_outside_employment_are_neither_work_nor_presence() {
    let mut case = after("2026-06-03");
    let row = |text: &str, status: PastStatus| PastDay {
        person: P,
        date: date(text),
        status,
        overtime_minutes: None,
        origin: Origin::default_value(),
    };
    case.history.push(row("2026-06-01", PastStatus::Absent));
    case.history.push(row("2026-06-02", PastStatus::Leave("SICK".into())));
    case.history.push(row("2026-06-03", PastStatus::Off));
    let total = balances(&case, Classes::Rules, None)[0].total.clone().unwrap();
    assert_eq!((total.days_present, total.leave_days, total.days_worked, total.paid), (1, 1, 0, 0));
}

#[test]
fn without_rules_the_rows_tell_the_overtime_and_a_payroll_file_its_class() {
    let mut case = after("2026-06-20");
    told(&mut case, "2026-06-17", 510, Some(30));
    told(&mut case, "2026-06-18", 540, Some(60));
    told(&mut case, "2026-06-19", 480, Some(480));
    told(&mut case, "2026-06-20", 480, None);
    let mut files = DatedClasses::default();
    files.insert((P, date("2026-06-17")), [30, 0, 0]);
    // Somebody has changed the row since the file was written: its classes no longer add up to it.
    files.insert((P, date("2026-06-18")), [30, 0, 0]);
    let balance = balances(&case, Classes::Files(&files), None).remove(0);
    let total = balance.total.unwrap();
    // The 19th is a statutory day (Labour Law art. 44 (3)).
    assert_eq!((total.overtime, total.unclassified, total.all_overtime()), ([30, 0, 480], 60, 570));
    assert_eq!((balance.untold, total.headroom), (1, None));
}

#[test]
fn rows_that_say_another_overtime_than_the_rules_are_counted() {
    let mut case = after("2026-06-02");
    rule(&mut case, RuleKind::OvertimeCapMonth, "36");
    told(&mut case, "2026-06-01", 540, Some(60));
    told(&mut case, "2026-06-02", 540, Some(0));
    let balance = balances(&case, Classes::Rules, None).remove(0);
    assert_eq!((balance.differing, balance.months[0].overtime), (1, [120, 0, 0]));
    assert_eq!(balance.months[0].headroom, Some(36 * 60 - 120));
}

#[test]
fn a_quarter_that_is_not_over_is_not_paid_out_and_one_that_is_stays_so() {
    // Known to 29 June: the quarter has a day to come. Known to 30 June: it is paid out.
    for (last, closed) in [("2026-06-29", false), ("2026-06-30", true), ("2026-07-05", true)] {
        let mut case = after(last);
        rule(&mut case, RuleKind::HoursSystem, "comprehensive:quarter");
        let days = date("2026-04-01").iter_days().take_while(|d| *d < case.horizon.first);
        let days: Vec<_> = days.map(|d| (d, 480)).collect();
        past(&mut case, &days);
        let june = balances(&case, Classes::Rules, None)[0].months[2].clone();
        assert_eq!(june.overtime[0] > 0, closed, "{last}");
    }
}
