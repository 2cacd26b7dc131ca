use super::cases::*;
use crate::model::LeaveStatus;
use crate::pay::person_ledger;
use crate::rules::RuleKind;
use chrono::{Datelike, NaiveDate, Weekday};

/// Six days on, Sunday off, statutory days off.
fn six_on_one_off(case: &crate::model::Case) -> impl Fn(NaiveDate) -> bool + use<> {
    let calendar = case.calendar.clone();
    move |d| d.weekday() != Weekday::Sun && !calendar.is_statutory(d)
}

fn paid_past(case: &mut crate::model::Case, from: &str, works: impl Fn(NaiveDate) -> bool) {
    let days = date(from).iter_days().take_while(|d| *d < case.horizon.first);
    let days: Vec<_> = days.map(|d| (d, if works(d) { 480 } else { 0 })).collect();
    past(case, &days);
}

#[test]
fn a_quarter_of_six_on_one_off_is_paid_out_in_its_last_month() {
    // Computed by hand: 13 weeks, 75 days worked of 8 hours against 61 standard days.
    let mut case = case("2026-06-01", "2026-06-30");
    rule(&mut case, RuleKind::HoursSystem, "comprehensive:quarter");
    rule(&mut case, RuleKind::OvertimeCapMonth, "36");
    let works = six_on_one_off(&case);
    paid_past(&mut case, "2026-04-01", works);
    let ledger = person_ledger(&case, &rota(&case, six_on_one_off(&case)), P);
    assert_eq!(ledger.totals.pay.classes(), [112 * 60, 0, 0]);
    let month = &ledger.months[0];
    assert_eq!((month.counted, month.cap_factor, month.above(36 * 60)), (112 * 60, 3, 4 * 60));
    assert_eq!(ledger.totals.overtime_cap, Some(108 * 60));
    // It is dated on the days that passed the normal minutes: the last fourteen worked.
    assert_eq!(ledger.days[29].ot150, 480);
    assert_eq!(ledger.days[0].ot150, 0);
}

#[test]
fn earlier_months_of_a_quarter_are_judged_but_not_paid_out() {
    let mut case = case("2026-04-01", "2026-05-31");
    rule(&mut case, RuleKind::HoursSystem, "comprehensive:quarter");
    let ledger = person_ledger(&case, &rota(&case, six_on_one_off(&case)), P);
    assert_eq!(ledger.totals.pay.overtime(), 0);
    let judged: Vec<_> = ledger.months.iter().map(|m| (m.counted, m.cap_factor)).collect();
    // April: 26 days worked against 21; with May: 50 against 40.
    assert_eq!(judged, [(5 * 480, 1), (10 * 480, 2)]);
}

#[test]
fn a_year_of_six_on_one_off_has_416_hours() {
    let mut case = case("2025-01-01", "2025-12-31");
    rule(&mut case, RuleKind::HoursSystem, "comprehensive:year");
    let ledger = person_ledger(&case, &rota(&case, six_on_one_off(&case)), P);
    assert_eq!(ledger.totals.pay.classes(), [416 * 60, 0, 0]);
    assert_eq!(ledger.months[11].cap_factor, 12);
}

#[test]
fn months_settle_one_by_one_and_statutory_days_are_300() {
    let mut case = case("2026-09-01", "2026-10-31");
    rule(&mut case, RuleKind::HoursSystem, "comprehensive:month");
    let ledger = person_ledger(&case, &rota(&case, |d| d.weekday() != Weekday::Sun), P);
    // September: 26 days, one of them statutory, against 21; October: 27 days, three statutory, against 19.
    let by_month: Vec<_> = ledger.months.iter().map(|m| (m.counted, m.overtime, m.cap_factor)).collect();
    assert_eq!(by_month, [(4 * 480, 5 * 480, 1), (5 * 480, 8 * 480, 1)]);
    assert_eq!(ledger.totals.pay.classes(), [9 * 480, 0, 4 * 480]);
}

#[test]
fn leave_on_a_weekday_lowers_the_normal_minutes_and_leave_on_a_weekend_does_not() {
    let mut case = case("2026-12-01", "2026-12-31");
    rule(&mut case, RuleKind::HoursSystem, "comprehensive:month");
    leave(&mut case, "2026-12-04", "2026-12-07", LeaveStatus::Approved);
    let ledger = person_ledger(&case, &rota(&case, six_on_one_off(&case)), P);
    // 27 days less Friday, Saturday and Monday on leave, against 23 − 2.
    assert_eq!(ledger.totals.pay.classes(), [3 * 480, 0, 0]);
}

#[test]
fn a_month_that_the_horizon_cuts_is_not_paid_out() {
    let mut case = case("2026-12-01", "2026-12-30");
    rule(&mut case, RuleKind::HoursSystem, "comprehensive:month");
    let ledger = person_ledger(&case, &rota(&case, |_| true), P);
    assert_eq!((ledger.totals.pay.overtime(), ledger.months[0].counted), (0, 7 * 480));
}
