//! Burdens shared evenly in a group: `fair_hours`, `fair_weekends`, `fair_band:…`, `fair_holidays`.

use super::Facts;
use super::counts::saturday;
use super::findings::{Findings, Place, dates};
use super::hours::Hours;
use crate::base::Text;
use crate::base::index::PersonIx;
use crate::model::{PastStatus, RuleRow, Strength};
use crate::rules::{RuleKind, ScopeTerm};
use std::collections::{BTreeMap, BTreeSet};

/// At most this many ids are named for either end of a group.
const NAMED: usize = 3;

/// One match per group and row: largest minus smallest count.
pub(super) fn fairness(f: &Facts<'_>, hours: &Hours, out: &mut Findings) {
    let first = f.case.history.iter().map(|r| f.case.horizon.day(r.date)).min().unwrap_or(0).min(0);
    let present: Vec<bool> = f.case.person_indices().map(|p| present(f, p, first)).collect();
    for kind in [RuleKind::FairHours, RuleKind::FairWeekends, RuleKind::FairBand, RuleKind::FairHolidays] {
        let bands: BTreeSet<&str> = f.case.rules.of(kind).map(|r| r.band.as_str()).collect();
        for band in bands {
            for (row, members) in groups(f, kind, band, &present) {
                judge(f, hours, row, &members, first, out);
            }
        }
    }
}

/// Whether a person is there for at least three quarters of the days counted.
fn present(f: &Facts<'_>, p: PersonIx, first: i64) -> bool {
    let mut away = vec![false; (f.days() - first) as usize];
    for d in first..f.days() {
        away[(d - first) as usize] = !f.person(p).employed(f.date(d));
    }
    for l in f.case.leave.iter().filter(|l| l.person == p && l.status == crate::model::LeaveStatus::Approved)
    {
        let h = f.case.horizon;
        for d in h.day(l.from).max(first)..=h.day(l.to).min(f.days() - 1) {
            away[(d - first) as usize] = true;
        }
    }
    for row in f.case.history_of(p) {
        let d = f.case.horizon.day(row.date);
        if (first..0).contains(&d) {
            // What was done stands above what was planned in leave.csv.
            let left = matches!(row.status, PastStatus::Leave(_) | PastStatus::Absent);
            away[(d - first) as usize] = left || !f.person(p).employed(row.date);
        }
    }
    let there = away.iter().filter(|a| !**a).count();
    4 * there >= 3 * away.len()
}

/// People who share team, contract and the row that holds for them, in order of the row and the first member.
fn groups<'a>(
    f: &Facts<'a>,
    kind: RuleKind,
    band: &str,
    present: &[bool],
) -> Vec<(&'a RuleRow, Vec<PersonIx>)> {
    let mut found: BTreeMap<(usize, &str, &str), (&RuleRow, Vec<PersonIx>)> = BTreeMap::new();
    for p in f.case.person_indices().filter(|p| present[p.ix()]) {
        let Some((i, row)) = row_of(f, kind, band, p) else { continue };
        let person = f.person(p);
        let group = found.entry((i, &person.team, &person.contract)).or_insert_with(|| (row, Vec::new()));
        group.1.push(p);
    }
    found.into_values().filter(|(_, members)| members.len() > 1).collect()
}

/// The row that holds for a person, whatever its strength: `id:` before all, more terms, hard, first in the file.
fn row_of<'a>(f: &Facts<'a>, kind: RuleKind, band: &str, p: PersonIx) -> Option<(usize, &'a RuleRow)> {
    let context = f.of_person(p);
    let rows = f.case.rules.rows.iter().enumerate();
    rows.filter(|(_, r)| r.kind == kind && r.band == band && context.within(&r.scope)).max_by_key(|(i, r)| {
        let names = r.scope.terms.iter().any(|t| matches!(t, ScopeTerm::Id(_)));
        (names, r.scope.terms.len(), r.strength == Strength::Hard, std::cmp::Reverse(*i))
    })
}

fn judge(f: &Facts<'_>, hours: &Hours, row: &RuleRow, members: &[PersonIx], first: i64, out: &mut Findings) {
    let counts: Vec<i64> = members.iter().map(|&p| count(f, hours, row, p)).collect();
    let (Some(&most), Some(&least)) = (counts.iter().max(), counts.iter().min()) else { return };
    if most == least {
        return;
    }
    let at = |n: i64| -> Vec<&str> {
        members.iter().zip(&counts).filter(|&(_, &c)| c == n).map(|(&p, _)| f.person(p).id.as_str()).collect()
    };
    let (high, low) = (at(most), at(least));
    let who: Vec<&str> = high.iter().take(NAMED).chain(low.iter().take(NAMED)).copied().collect();
    let person = f.person(members[0]);
    let group: Vec<&str> =
        [person.team.as_str(), person.contract.as_str()].into_iter().filter(|s| !s.is_empty()).collect();
    let group = if group.is_empty() { String::new() } else { format!(" ({})", group.join(", ")) };
    let (n, high, low) = (members.len(), named(&high), named(&low));
    let unit = unit(row.kind);
    let what = Text::new(
        format!(
            "{} of {n} people{group}: largest {most} ({}), smallest {least} ({})",
            unit.en, high.en, low.en
        ),
        format!("{n} 人{group}的{}：最多 {most}（{}），最少 {least}（{}）", unit.zh, high.zh, low.zh),
    );
    let place = Place {
        day: first,
        person: Some(members[0]),
        who: who.join(";"),
        when: dates(f, first, f.days() - 1),
    };
    out.price(row, place, most - least, what);
}

fn unit(kind: RuleKind) -> Text {
    match kind {
        RuleKind::FairHours => Text::new("paid hours", "计薪工时"),
        RuleKind::FairWeekends => Text::new("weekends worked", "周末上班次数"),
        RuleKind::FairBand => Text::new("shifts of the band", "该班别班次数"),
        _ => Text::new("statutory days worked", "法定节假日上班天数"),
    }
}

/// Some ids, and how many more there are.
fn named(ids: &[&str]) -> Text {
    let shown = ids[..ids.len().min(NAMED)].join(";");
    match ids.len().saturating_sub(NAMED) {
        0 => Text::same(shown),
        more => Text::new(format!("{shown} and {more} more"), format!("{shown} 等 {} 人", ids.len())),
    }
}

/// What a person has of the burden, history and horizon together.
fn count(f: &Facts<'_>, hours: &Hours, row: &RuleRow, p: PersonIx) -> i64 {
    let line = &f.lines[p.ix()];
    let worked = || (line.first..line.end()).filter(|&d| line.works(d));
    match row.kind {
        RuleKind::FairHours => worked().map(|d| hours.paid(p, d)).sum::<i64>() / 60,
        RuleKind::FairWeekends => {
            worked().filter_map(|d| saturday(f, d)).collect::<BTreeSet<_>>().len() as i64
        }
        RuleKind::FairBand => {
            worked().filter(|&d| line.work(d).is_some_and(|w| w.band == row.band)).count() as i64
        }
        _ => worked().filter(|&d| f.statutory(d)).count() as i64,
    }
}
