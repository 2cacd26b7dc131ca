//! A cycle of bands with `relief` in it: `rotation_order,,day>evening>relief`.
//!
//! Of three people one works days, one evenings, and the third relieves both. What a person's period is for follows
//! from the period with work before it; in a period of a band only that band is worked, in one of relief any.

use super::Facts;
use super::findings::{Findings, Place, dates};
use super::rotation::Period;
use crate::base::index::PersonIx;
use crate::base::{Text, counted};
use crate::model::RuleRow;
use crate::rules::RotationOrder;

/// Judges one row for one person: days worked outside of what the periods are for, on the way through the cycle that
/// has the fewest of them.
pub(super) fn judge(
    f: &Facts<'_>,
    p: PersonIx,
    row: &RuleRow,
    cycle: &[String],
    periods: &[Period<'_>],
    out: &mut Findings,
) {
    let first = beginnings(cycle, periods, f.person(p).band.as_deref());
    let judged: Vec<&Period<'_>> = periods.iter().filter(|period| !period.days.is_empty()).collect();
    let outside = |role: usize, period: &Period<'_>| -> Vec<i64> {
        let wrong = |band: &str| !allows(&cycle[role], band);
        period.days.iter().filter(|(_, band)| wrong(band)).map(|(d, _)| *d).collect()
    };
    let days_from = |start: usize| -> Vec<(usize, Vec<i64>)> {
        let role = |i: usize| (start + i) % cycle.len();
        judged.iter().enumerate().map(|(i, period)| (role(i), outside(role(i), period))).collect()
    };
    let ways = first.into_iter().map(days_from);
    let Some(best) = ways.min_by_key(|days| days.iter().map(|d| d.1.len()).sum::<usize>()) else { return };
    for (role, days) in best {
        let (Some(&from), Some(&to)) = (days.first(), days.last()) else { continue };
        let (id, span, amount) = (&f.person(p).id, dates(f, from, to), days.len() as i64);
        let what = Text::new(
            format!(
                "{id} works {} outside of the band of the period, {} ({span}; the cycle is {})",
                counted(amount, "day", "days"),
                cycle[role],
                cycle.join(">")
            ),
            format!(
                "{id} 有 {amount} 天不在本周期的班别 {}（{span}；循环为 {}）",
                cycle[role],
                cycle.join(">")
            ),
        );
        out.missed(row, Place::days(f, p, from, to), amount, what);
    }
}

fn allows(role: &str, band: &str) -> bool {
    role == RotationOrder::RELIEF || role == band
}

/// The roles that the first period with work in the horizon can have, by what the history says.
fn beginnings(cycle: &[String], periods: &[Period<'_>], band: Option<&str>) -> Vec<usize> {
    let fits = |role: usize, period: &Period<'_>| period.past.keys().all(|b| allows(&cycle[role], b));
    let mut roles: Option<Vec<usize>> = None;
    let known: Vec<&Period<'_>> = periods.iter().filter(|p| !p.past.is_empty()).collect();
    for period in &known {
        let next = match &roles {
            None => (0..cycle.len()).collect(),
            Some(roles) => roles.iter().map(|r| (r + 1) % cycle.len()).collect::<Vec<_>>(),
        };
        let mut kept: Vec<usize> = next.into_iter().filter(|&r| fits(r, period)).collect();
        if kept.is_empty() {
            kept = (0..cycle.len()).filter(|&r| fits(r, period)).collect();
        }
        roles = Some(kept);
    }
    match (roles, known.last().is_some_and(|p| !p.days.is_empty())) {
        (Some(roles), true) => roles,
        (Some(roles), false) => roles.iter().map(|r| (r + 1) % cycle.len()).collect(),
        (None, _) => match cycle.iter().position(|role| Some(role.as_str()) == band) {
            Some(role) => vec![(role + 1) % cycle.len()],
            None => (0..cycle.len()).collect(),
        },
    }
}
