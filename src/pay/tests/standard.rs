use super::cases::*;
use crate::base::Span;
use crate::model::{LeaveStatus, Meeting, MeetingDay, Origin, PastStatus};
use crate::pay::{PaidMinutes, ledger, paid_minutes, person_ledger};
use crate::rules::{RuleKind, Scope};
use chrono::{Datelike, NaiveDate};

fn weekdays(n: u32) -> impl Fn(NaiveDate) -> bool {
    move |d| d.weekday().num_days_from_monday() < n
}

#[test]
fn paid_minutes_are_times_less_meal_plus_tail_handover_and_meetings_outside() {
    let mut case = case("2026-12-07", "2026-12-13");
    case.shifts[0].tail_minutes = 15;
    rule(&mut case, RuleKind::HandoverMinutes, "15");
    let meeting = Meeting {
        name: "weekly".into(),
        on: MeetingDay::Weekday(0),
        time: Span::new(1000, 1060),
        scope: Scope::default(),
        min_on_duty: 0,
        come_in: true,
        origin: Origin::default_value(),
    };
    case.meetings.push(meeting);
    let expected = PaidMinutes { work: 480, meal: 60, tail: 15, handover: 15, meetings: 40, total: 550 };
    assert_eq!(paid_minutes(&case, P, date("2026-12-07"), S), expected);
    assert_eq!(paid_minutes(&case, P, date("2026-12-08"), S).total, 510);
    case.meetings[0].come_in = false;
    assert_eq!(paid_minutes(&case, P, date("2026-12-07"), S).total, 510);
    rule(&mut case, RuleKind::HandoverIsWork, "no");
    assert_eq!(paid_minutes(&case, P, date("2026-12-07"), S).total, 495);
}

#[test]
fn a_meeting_inside_the_shift_or_in_the_gap_of_a_split_one() {
    let mut case = case("2026-12-07", "2026-12-13");
    case.shifts.push(shift("X", &[(600, 840), (1050, 1380)], 0));
    case.meetings.push(Meeting {
        name: "noon".into(),
        on: MeetingDay::Date(date("2026-12-07")),
        time: Span::new(830, 860),
        scope: Scope::default(),
        min_on_duty: 0,
        come_in: true,
        origin: Origin::default_value(),
    });
    assert_eq!(paid_minutes(&case, P, date("2026-12-07"), S).meetings, 0);
    let split = case.shift_by_code("X").unwrap();
    assert_eq!(paid_minutes(&case, P, date("2026-12-07"), split).meetings, 20);
}

#[test]
fn the_sixth_day_of_a_week_is_rest_day_work() {
    let case = case("2026-12-07", "2026-12-13");
    let ledger = person_ledger(&case, &rota(&case, weekdays(6)), P);
    assert_eq!(ledger.totals.pay.paid, 6 * 480);
    assert_eq!(ledger.totals.pay.classes(), [0, 480, 0]);
    assert_eq!(ledger.days[5].ot200, 480);
    assert_eq!((ledger.totals.days_worked, ledger.totals.rest_days, ledger.totals.weekends), (6, 1, 1));
    assert_eq!(ledger.totals.late_shifts, 6);
}

#[test]
fn minutes_beyond_the_normal_day_are_150_and_do_not_fill_the_week() {
    let mut case = case("2026-12-07", "2026-12-13");
    rule(&mut case, RuleKind::HandoverMinutes, "30");
    let ledger = person_ledger(&case, &rota(&case, weekdays(6)), P);
    assert_eq!(ledger.totals.pay.classes(), [150 + 30, 480, 0]);
}

#[test]
fn six_days_of_six_hours_forty_have_no_overtime() {
    let mut case = case("2026-12-07", "2026-12-13");
    case.shifts[0].times = vec![Span::new(480, 880)];
    case.shifts[0].meal_minutes = 0;
    let ledger = person_ledger(&case, &rota(&case, weekdays(6)), P);
    assert_eq!((ledger.totals.pay.normal, ledger.totals.pay.overtime()), (2400, 0));
}

#[test]
fn a_day_that_fits_in_part_is_split() {
    let mut case = case("2026-12-07", "2026-12-13");
    rule(&mut case, RuleKind::NormalHoursWeek, "44");
    let ledger = person_ledger(&case, &rota(&case, weekdays(6)), P);
    assert_eq!((ledger.days[5].normal, ledger.days[5].ot200), (240, 240));
}

#[test]
fn history_fills_the_week_that_the_horizon_cuts() {
    let mut case = case("2026-12-10", "2026-12-13");
    let days: Vec<_> =
        ["2026-12-07", "2026-12-08", "2026-12-09"].map(|d| (date(d), 480)).into_iter().collect();
    past(&mut case, &days);
    let ledger = person_ledger(&case, &rota(&case, |d| d.day() <= 12), P);
    assert_eq!(ledger.days.iter().map(|d| d.ot200).collect::<Vec<_>>(), [0, 0, 480, 0]);
    assert_eq!(ledger.past.iter().map(|d| d.normal).collect::<Vec<_>>(), [480; 3]);
}

#[test]
fn overtime_of_the_history_counts_for_the_cap_of_its_month_only() {
    let mut case = case("2026-12-07", "2026-12-13");
    let days: Vec<_> = (1..=6).map(|d| (NaiveDate::from_ymd_opt(2026, 12, d).unwrap(), 540)).collect();
    past(&mut case, &[(date("2026-11-30"), 540)]);
    past(&mut case, &days);
    rule(&mut case, RuleKind::OvertimeCapMonth, "36");
    let ledger = person_ledger(&case, &rota(&case, weekdays(6)), P);
    let month = &ledger.months[0];
    // The week holds 30 November to 6 December: the 5th and 6th no longer fit; every day has an hour at 150 %.
    assert_eq!(month.past_overtime, 6 * 60 + 2 * 480);
    assert_eq!((month.overtime, month.counted, month.cap_factor), (480, 1320 + 480, 1));
    assert_eq!((month.past_paid, month.paid_in_month()), (6 * 540, 6 * 540 + 6 * 480));
    assert_eq!(ledger.totals.headroom, Some(36 * 60 - 1800));
    assert_eq!((month.above(36 * 60), month.above(20 * 60)), (0, 600));
}

#[test]
fn statutory_days_are_300_and_lower_the_target_whether_worked_or_not() {
    let case = case("2026-09-28", "2026-10-04");
    let worked = person_ledger(&case, &rota(&case, weekdays(6)), P);
    assert_eq!(worked.totals.pay.classes(), [0, 480, 3 * 480]);
    assert_eq!(worked.totals.statutory_days, 3);
    let off = person_ledger(&case, &rota(&case, |d| d < date("2026-10-01") || d == date("2026-10-04")), P);
    assert_eq!(off.totals.pay.classes(), [0, 2 * 480, 0]);
}

#[test]
fn approved_leave_lowers_the_target_and_pending_leave_does_not() {
    let mut case = case("2026-12-07", "2026-12-13");
    leave(&mut case, "2026-12-07", "2026-12-08", LeaveStatus::Approved);
    leave(&mut case, "2026-12-12", "2026-12-12", LeaveStatus::Pending);
    let ledger = person_ledger(&case, &rota(&case, weekdays(6)), P);
    assert_eq!(ledger.totals.pay.classes(), [0, 480, 0]);
    assert_eq!((ledger.totals.leave_days, ledger.totals.days_worked), (2, 4));
}

#[test]
fn leave_on_a_statutory_day_is_not_counted_twice() {
    let mut case = case("2026-09-28", "2026-10-04");
    leave(&mut case, "2026-10-01", "2026-10-04", LeaveStatus::Approved);
    // Target 40 − 8 × (3 statutory + Sunday's leave) = 8 hours.
    let ledger = person_ledger(&case, &rota(&case, weekdays(3)), P);
    assert_eq!(ledger.totals.pay.classes(), [0, 960, 0]);
}

#[test]
fn leave_of_the_history_and_behind_the_horizon_counts() {
    let mut case = case("2026-12-08", "2026-12-12");
    past(&mut case, &[(date("2026-12-07"), 0)]);
    case.history[0].status = PastStatus::Leave("SICK".into());
    leave(&mut case, "2026-12-13", "2026-12-20", LeaveStatus::Approved);
    let ledger = person_ledger(&case, &rota(&case, |_| true), P);
    assert_eq!(ledger.totals.pay.classes(), [0, 2 * 480, 0]);
}

#[test]
fn night_minutes_are_those_of_segments_and_tail_in_the_window() {
    let mut case = case("2026-12-07", "2026-12-08");
    case.shifts[0].times = vec![Span::new(14 * 60, 23 * 60)];
    case.shifts[0].tail_minutes = 15;
    let late = person_ledger(&case, &rota(&case, |_| true), P);
    assert_eq!(late.days[0].night, 75);
    case.shifts[0].times = vec![Span::new(4 * 60, 12 * 60)];
    assert_eq!(person_ledger(&case, &rota(&case, |_| true), P).days[0].night, 120);
}

#[test]
fn a_rota_with_missing_cells_is_read_as_days_off() {
    let case = case("2026-12-07", "2026-12-13");
    let mut rota = rota(&case, |_| true);
    rota.cells[0].truncate(2);
    assert_eq!(ledger(&case, &rota)[0].totals.pay.paid, 960);
}
