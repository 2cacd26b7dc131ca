//! How often: `max_shifts`, `max_weekends`.

use super::Facts;
use super::findings::{Findings, Place};
use crate::base::{Text, counted};
use crate::rules::RuleKind;
use std::collections::BTreeSet;

/// Worked days of the horizon that match the scope; all rows apply.
pub(super) fn shifts(f: &Facts<'_>, out: &mut Findings) {
    for row in f.case.rules.of(RuleKind::MaxShifts) {
        for p in f.case.person_indices() {
            let counts = |d: usize| f.shift(p, d).is_some_and(|s| f.of_shift(p, s).within(&row.scope));
            let n = (0..f.case.horizon.days).filter(|&d| counts(d)).count() as i64;
            let (id, most) = (&f.person(p).id, row.value.number());
            let of = if row.scope.text.is_empty() { String::new() } else { format!(" [{}]", row.scope.text) };
            let what = Text::new(
                format!("{id} works {}{of}, at most {most} are allowed", counted(n, "shift", "shifts")),
                format!("{id} 排了 {n} 个班{of}，最多允许 {most} 个"),
            );
            out.missed(row, Place::days(f, p, 0, f.days() - 1), n - most, what);
        }
    }
}

/// Weekends with any work in the horizon, by their Saturday.
pub(super) fn weekends(f: &Facts<'_>, out: &mut Findings) {
    for p in f.case.person_indices() {
        for row in f.rows(RuleKind::MaxWeekends, &f.of_person(p)) {
            let line = &f.lines[p.ix()];
            let n = (0..f.days())
                .filter(|&d| line.works(d))
                .filter_map(|d| saturday(f, d))
                .collect::<BTreeSet<_>>();
            let (id, n, most) = (&f.person(p).id, n.len() as i64, row.value.number());
            let what = Text::new(
                format!("{id} works on {n} weekends, at most {most} are allowed"),
                format!("{id} 在 {n} 个周末上班，最多允许 {most} 个"),
            );
            out.missed(row, Place::days(f, p, 0, f.days() - 1), n - most, what);
        }
    }
}

/// The Saturday of the weekend that a day belongs to; `None` on Mondays to Fridays.
pub(super) fn saturday(f: &Facts<'_>, d: i64) -> Option<i64> {
    match f.case.horizon.weekday(d) {
        5 => Some(d),
        6 => Some(d - 1),
        _ => None,
    }
}
