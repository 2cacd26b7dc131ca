//! The fairness terms: who is compared with whom, about what, and what the history counts for each.

use super::options::Mark;
use super::view::{Fixed, Priced, View};
use crate::model::{Case, PastStatus};
use crate::problem::{FairCount, Fairness};
use crate::rules::RuleKind;

/// A fairness term before the bits of the marks are known.
pub(super) struct Terms {
    pub(super) fairness: Vec<Fairness>,
    pub(super) marks: Vec<Mark>,
}

/// All terms of a case. Groups are people of equal team and contract; a term compares the members of a group for
/// whom the same row holds.
pub(super) fn build(case: &Case, views: &[View<'_>]) -> Terms {
    let mut terms = Terms { fairness: Vec::new(), marks: Vec::new() };
    let first = case.history.iter().map(|r| case.horizon.day(r.date)).min().unwrap_or(0).min(0);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (p, person) in case.people.iter().enumerate() {
        let same = |g: &&mut Vec<usize>| {
            let other = &case.people[g[0]];
            other.team == person.team && other.contract == person.contract
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(p),
            None => groups.push(vec![p]),
        }
    }
    for kind in [RuleKind::FairHours, RuleKind::FairWeekends, RuleKind::FairBand, RuleKind::FairHolidays] {
        let mut bands: Vec<&str> = Vec::new();
        for row in case.rules.of(kind) {
            if !bands.contains(&row.band.as_str()) {
                bands.push(&row.band);
            }
        }
        for band in bands {
            for group in &groups {
                term(views, kind, band, group, first, &mut terms);
            }
        }
    }
    terms
}

fn term(views: &[View<'_>], kind: RuleKind, band: &str, group: &[usize], first: i64, terms: &mut Terms) {
    let mut by_row: Vec<(Priced<'_>, Vec<(u32, i64)>)> = Vec::new();
    for &p in group.iter().filter(|&&p| present(&views[p], first)) {
        let Some(row) = views[p].setting_of_band(kind, band) else { continue };
        let member = (p as u32, past_count(&views[p], kind, band));
        match by_row.iter_mut().find(|(r, _)| r.index == row.index) {
            Some((_, members)) => members.push(member),
            None => by_row.push((row, vec![member])),
        }
    }
    for (row, members) in by_row.into_iter().filter(|(row, m)| m.len() >= 2 && row.number() > 0) {
        let mut mark = |m: Mark| {
            let at = terms.marks.iter().position(|x| *x == m).unwrap_or_else(|| {
                terms.marks.push(m);
                terms.marks.len() - 1
            });
            FairCount::Marked(at as u32)
        };
        let count = match kind {
            RuleKind::FairHours => FairCount::PaidHours,
            RuleKind::FairWeekends => FairCount::Weekends,
            RuleKind::FairBand => mark(Mark::Band(band.to_owned())),
            _ => mark(Mark::Statutory),
        };
        terms.fairness.push(Fairness { weight: row.number(), members, count, rule: row.index });
    }
}

/// Whether a person was there for at least three quarters of the time that is compared.
fn present(view: &View<'_>, first: i64) -> bool {
    let days = view.days() as i64;
    let there = |day: &i64| match view.past(*day).map(|r| &r.status) {
        Some(PastStatus::Leave(_) | PastStatus::Absent) => false,
        // What was done stands above what was planned in leave.csv.
        Some(_) => view.person.employed(view.case.horizon.date(*day)),
        None => view.fixed(*day) == Fixed::Free,
    };
    (first..days).filter(there).count() as i64 * 4 >= (days - first) * 3
}

/// What the history counts for a person: minutes, weekends (by their Saturday) or days.
fn past_count(view: &View<'_>, kind: RuleKind, band: &str) -> i64 {
    let past = (1..=view.known_days()).map(|k| -k).filter(|&d| view.past_worked(d));
    match kind {
        RuleKind::FairHours => past.map(|d| view.past_paid(d)).sum(),
        RuleKind::FairWeekends => {
            let saturday = |d: i64| match view.case.horizon.weekday(d) {
                5 => Some(d),
                6 => Some(d - 1),
                _ => None,
            };
            let mut saturdays: Vec<i64> = past.filter_map(saturday).collect();
            saturdays.sort_unstable();
            saturdays.dedup();
            saturdays.len() as i64
        }
        RuleKind::FairBand => {
            let in_band = |d: &i64| match view.past(*d).map(|r| &r.status) {
                Some(PastStatus::Work { band: b, .. }) => b == band,
                _ => false,
            };
            past.filter(in_band).count() as i64
        }
        _ => past.filter(|&d| view.statutory(d)).count() as i64,
    }
}
