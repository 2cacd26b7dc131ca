//! People at work on each day: `min_on_duty`, `max_on_duty`.

use super::Facts;
use super::findings::{Findings, Place};
use crate::base::{Text, counted};
use crate::model::{Context, RuleRow};
use crate::rules::{RuleKind, ScopeTerm};

/// Both rules; all rows apply.
pub(super) fn on_duty(f: &Facts<'_>, out: &mut Findings) {
    for kind in [RuleKind::MinOnDuty, RuleKind::MaxOnDuty] {
        for row in f.case.rules.of(kind) {
            for d in (0..f.case.horizon.days).filter(|&d| day_matches(f, row, d)) {
                judge(f, row, d, out);
            }
        }
    }
}

/// Whether the terms of a scope that speak of days hold on day `d`.
fn day_matches(f: &Facts<'_>, row: &RuleRow, d: usize) -> bool {
    let day = Context { day: Some((f.date(d as i64), f.day_kinds[d])), ..Context::default() };
    let speaks_of_days =
        |t: &&ScopeTerm| matches!(t, ScopeTerm::Weekday(_) | ScopeTerm::Date(_) | ScopeTerm::Day(_));
    row.scope.terms.iter().filter(speaks_of_days).all(|t| day.matches(t))
}

fn judge(f: &Facts<'_>, row: &RuleRow, d: usize, out: &mut Findings) {
    let at_work = |p| f.shift(p, d).is_some_and(|s| f.on_day(p, s, d).within(&row.scope));
    let n = f.case.person_indices().filter(|&p| at_work(p)).count() as i64;
    let (limit, date) = (row.value.number(), f.date(d as i64));
    let of = if row.scope.text.is_empty() { String::new() } else { format!(" [{}]", row.scope.text) };
    let there = counted(n, "person is", "people are");
    let (amount, what) = if row.kind == RuleKind::MinOnDuty {
        let en = format!("{there} on duty on {date}{of}, at least {limit} are due");
        (limit - n, Text::new(en, format!("{date} 当班 {n} 人{of}，至少应有 {limit} 人")))
    } else {
        let en = format!("{there} on duty on {date}{of}, at most {limit} are allowed");
        (n - limit, Text::new(en, format!("{date} 当班 {n} 人{of}，最多允许 {limit} 人")))
    };
    out.missed(row, Place::all(f, d as i64, String::new()), amount, what);
}
