//! The stretches of normal time give the same overtime as the ledger, day by day.

use super::cases::*;
use crate::model::Case;
use crate::pay::{PersonLedger, longest_normal_day, person_ledger};
use crate::rules::RuleKind;
use chrono::{Datelike, NaiveDate, Weekday};

/// July 2026: it begins on a Wednesday and ends on a Friday. The history has the last week of June.
fn july(system: &str, minutes: i64) -> Case {
    let mut case = case("2026-07-01", "2026-07-31");
    rule(&mut case, RuleKind::HoursSystem, system);
    let days = date("2026-06-22").iter_days().take_while(|d| *d < date("2026-07-01"));
    past(&mut case, &days.map(|d| (d, minutes)).collect::<Vec<_>>());
    case
}

/// Overtime from the spans alone, as the workbook's formula has it.
fn from_spans(case: &Case, ledger: &PersonLedger) -> i64 {
    let longest = longest_normal_day(&ledger.terms);
    let horizon = case.horizon;
    let statutory = |d: usize| case.calendar.is_statutory(horizon.date(d as i64));
    let within = |d: usize| longest.map_or(ledger.days[d].paid, |l| ledger.days[d].paid.min(l));
    let at_once = (0..horizon.days)
        .map(|d| if statutory(d) { ledger.days[d].paid } else { ledger.days[d].paid - within(d) });
    let spans = ledger.spans.iter().map(|s| {
        let filled: i64 = (s.days.0..s.days.1).filter(|&d| !statutory(d)).map(within).sum();
        (filled + s.before - s.normal.max(0)).max(0)
    });
    at_once.sum::<i64>() + spans.sum::<i64>()
}

#[test]
fn spans_and_ledger_agree() {
    let works: [fn(NaiveDate) -> bool; 3] =
        [|d| d.weekday() != Weekday::Sun, |d| d.day() % 5 != 0, |d| d.day() > 20];
    for system in ["standard", "comprehensive:month", "comprehensive:quarter"] {
        for minutes in [0, 480, 600] {
            for work in works {
                let case = july(system, minutes);
                let ledger = person_ledger(&case, &rota(&case, work), P);
                let overtime: i64 = ledger.days.iter().map(|d| d.overtime()).sum();
                assert_eq!(from_spans(&case, &ledger), overtime, "{system} {minutes}");
                assert!(ledger.spans.iter().all(|s| s.days.0 < s.days.1 && s.days.1 <= 31), "{system}");
            }
        }
    }
    // The week of 29 June is cut: what its first days have filled is known, and no quarter ends in July.
    let standard = july("standard", 480);
    let ledger = person_ledger(&standard, &rota(&standard, |_| false), P);
    assert_eq!((ledger.spans.len(), ledger.spans[0].days, ledger.spans[0].before), (5, (0, 5), 960));
    let quarter = july("comprehensive:quarter", 480);
    assert!(person_ledger(&quarter, &rota(&quarter, |_| true), P).spans.is_empty());
}
