//! One month under three systems of hours, every figure derived by hand.
//!
//! June 2026 of somebody who works Monday to Saturday, 8 h and the 15 minutes before the shift: 8.25 h a day. The 1st is a
//! Monday. Worked: 1–6, 8–13, 15–20, 22–27, 29, 30 = 26 days = 214.5 h; the 19th (Friday) is a statutory day, worked too.
//! April and May were worked likewise, but for the statutory days: 26 days (Sundays 5, 12, 19, 26; the 5th is statutory)
//! and 24 days (31 − 5 Sundays − 1 and 2 May).

use super::cases::*;
use crate::model::{Case, Wage};
use crate::pay::{Classes, Money, PersonLedger, balances, person_ledger};
use crate::rules::RuleKind;
use chrono::{Datelike, NaiveDate, Weekday};

/// Hundredths of an hour.
const fn hours(hundredths: i64) -> i64 {
    hundredths * 60 / 100
}

fn june(system: &str) -> Case {
    let mut case = case("2026-06-01", "2026-06-30");
    rule(&mut case, RuleKind::HoursSystem, system);
    rule(&mut case, RuleKind::HandoverMinutes, "15");
    rule(&mut case, RuleKind::OvertimeCapMonth, "36");
    let calendar = case.calendar.clone();
    let worked = |d: NaiveDate| d.weekday() != Weekday::Sun && !calendar.is_statutory(d);
    let days = date("2026-04-01").iter_days().take_while(|d| *d < date("2026-06-01"));
    past(&mut case, &days.map(|d| (d, if worked(d) { 495 } else { 0 })).collect::<Vec<_>>());
    case
}

fn six_days(d: NaiveDate) -> bool {
    d.weekday() != Weekday::Sun
}

fn ledger(system: &str) -> PersonLedger {
    let case = june(system);
    person_ledger(&case, &rota(&case, six_days), P)
}

/// System; hours (hundredths) normal, at 150, 200 and 300 %; what the cap counts, and what it allows; money at 30.00
/// yuan an hour in cents, by class and in all.
type Row = (&'static str, [i64; 4], i64, i64, [i64; 5]);

const TABLE: [Row; 3] = [
    // 令174号 art. 3: 8 h a day, 40 h a week. Labour Law art. 44:
    // (1) 150 % beyond the 8 h of a day: 25 days that are not statutory × 0.25 h = 6.25 h;
    // (2) 200 % rest-day work: the Saturdays 6, 13, 20 and 27, 8 h each = 32 h (the week of the 19th has a target of
    //     40 − 8 = 32 h, filled by the 15th to 18th);
    // (3) 300 % the statutory day: 8.25 h.
    // Normal: 40 + 40 + 32 + 40 + 16 (29th, 30th) = 168 h. Art. 41: 46.5 h of overtime against 36.
    // Money: 168 × 30; 6.25 × 45; 32 × 60; 8.25 × 90 = 5,040.00 + 281.25 + 1,920.00 + 742.50.
    ("standard", [16_800, 625, 3_200, 825], 4_650, 3_600, [504_000, 28_125, 192_000, 74_250, 798_375]),
    // 劳部发[1994]503号 art. 5, by the calendar: June has 22 Mondays to Fridays − 1 statutory day = 21 × 8 = 168 h.
    // 劳部发[1997]271号 Q5: beyond them 150 %: 25 × 8.25 − 168 = 206.25 − 168 = 38.25 h; no 200 %, a rest day is normal
    // work; the statutory day 300 % (art. 44 (3)). Art. 41: 38.25 h against 36.
    // Money: 168 × 30; 38.25 × 45; 8.25 × 90 = 5,040.00 + 1,721.25 + 742.50.
    ("comprehensive:month", [16_800, 3_825, 0, 825], 3_825, 3_600, [504_000, 172_125, 0, 74_250, 750_375]),
    // The same for April to June: 22 + 21 + 22 Mondays to Fridays − 4 statutory days (5 April, 1 and 2 May, 19 June) = 61
    // × 8 = 488 h. Worked on other days: 26 + 24 + 25 = 75 × 8.25 = 618.75 h; beyond 488: 130.75 h, all paid out in June,
    // whose normal hours are then 206.25 − 130.75 = 75.5. Three months of the cap: 108 h.
    // Money: 75.5 × 30; 130.75 × 45; 8.25 × 90 = 2,265.00 + 5,883.75 + 742.50.
    (
        "comprehensive:quarter",
        [7_550, 13_075, 0, 825],
        13_075,
        10_800,
        [226_500, 588_375, 0, 74_250, 889_125],
    ),
];

#[test]
fn june_2026_by_class_under_three_systems() {
    for (system, [normal, ot150, ot200, ot300], counted, allowed, money) in TABLE {
        let ledger = ledger(system);
        let pay = ledger.totals.pay;
        assert_eq!(pay.paid, hours(21_450), "{system}");
        assert_eq!(
            (pay.normal, pay.classes()),
            (hours(normal), [ot150, ot200, ot300].map(hours)),
            "{system}"
        );
        assert_eq!(
            (ledger.months[0].counted, ledger.totals.overtime_cap),
            (hours(counted), Some(hours(allowed)))
        );
        assert_eq!(ledger.months[0].above(36 * 60), hours(counted - allowed), "{system}");
        let cents = Money::of(Wage::hourly(3000), &pay);
        let [a, b, c] = cents.overtime;
        assert_eq!([cents.normal, a, b, c, cents.total()], money, "{system}");
    }
}

#[test]
fn a_month_that_has_passed_comes_to_what_it_came_to_when_it_was_planned() {
    for (system, [_, ot150, ot200, ot300], counted, allowed, _) in TABLE {
        let mut case = june(system);
        let days = case.horizon.dates().map(|d| (d, if six_days(d) { 495 } else { 0 }));
        let days = days.collect::<Vec<_>>();
        past(&mut case, &days);
        case.horizon = crate::calendar::Horizon::between(date("2026-07-01"), date("2026-07-01")).unwrap();
        let balance = &balances(&case, Classes::Rules, None)[0];
        assert_eq!(balance.months.len(), 3, "{system}");
        let june = &balance.months[2];
        assert_eq!((june.paid, june.overtime), (hours(21_450), [ot150, ot200, ot300].map(hours)), "{system}");
        assert_eq!(
            (june.cap, june.headroom),
            (Some(hours(allowed)), Some(hours(allowed - counted))),
            "{system}"
        );
        let total = balance.total.as_ref().unwrap();
        assert_eq!(total.paid, (26 + 24 + 26) * 495, "{system}");
        assert_eq!((total.headroom, total.statutory_days), (june.headroom, 1), "{system}");
    }
}
