//! Which days are priced together: those whose shifts cover a common interval, or whose handovers depend on
//! each other.

use super::groups::Key;
use crate::base::{DAY_MINUTES, Span};
use crate::model::{Case, Requirement};

/// A partition of the days into runs, and of the requirement's intervals among them.
pub(super) struct Partition {
    /// First day of each block, ascending, with the horizon's length at the end.
    pub(super) starts: Vec<usize>,
    /// For each block the indices of its intervals.
    pub(super) intervals: Vec<Vec<usize>>,
}

impl Partition {
    /// The block a day lies in.
    pub(super) fn block_of(&self, day: usize) -> usize {
        self.starts.partition_point(|&s| s <= day) - 1
    }
}

/// A span of a day on the time line of the whole horizon.
pub(super) fn absolute(day: usize, span: Span) -> Span {
    span.shifted(day as i32 * DAY_MINUTES)
}

/// Partitions the days. `joined[d]` becomes true when day `d + 1` must be priced together with day `d`.
pub(super) fn partition(case: &Case, requirement: &Requirement, longest_handover: i32) -> Partition {
    let days = case.horizon.days;
    let mut joined = vec![false; days];
    let clusters = clusters(requirement);
    let mut home = Vec::with_capacity(clusters.len());
    for (span, members) in &clusters {
        let touching = days_touching(case, *span);
        match touching {
            Some((a, b)) => {
                joined[a..b].fill(true);
                home.push(a);
            }
            None => home.push(requirement.intervals[members[0]].day),
        }
    }
    join_handovers(case, &clusters, longest_handover, &mut joined);
    let mut starts: Vec<usize> = (0..days).filter(|&d| d == 0 || !joined[d - 1]).collect();
    starts.push(days);
    let mut result = Partition { intervals: vec![Vec::new(); starts.len() - 1], starts };
    for ((_, members), day) in clusters.iter().zip(home) {
        let block = result.block_of(day.min(days - 1));
        result.intervals[block].extend(members);
    }
    for list in &mut result.intervals {
        list.sort_unstable();
    }
    result
}

/// Intervals that overlap directly or through others, with the time they take.
fn clusters(requirement: &Requirement) -> Vec<(Span, Vec<usize>)> {
    let mut order: Vec<usize> = (0..requirement.intervals.len()).collect();
    let span = |i: usize| absolute(requirement.intervals[i].day, requirement.intervals[i].time);
    order.sort_by_key(|&i| (span(i), i));
    let mut clusters: Vec<(Span, Vec<usize>)> = Vec::new();
    for i in order {
        let s = span(i);
        if s.is_empty() {
            continue;
        }
        match clusters.last_mut() {
            Some((hull, members)) if s.start < hull.end => {
                hull.end = hull.end.max(s.end);
                members.push(i);
            }
            _ => clusters.push((s, vec![i])),
        }
    }
    clusters
}

/// First and last day of the horizon with a shift type that is at work at some time of `span`.
fn days_touching(case: &Case, span: Span) -> Option<(usize, usize)> {
    let latest = case.shifts.iter().map(|s| s.end()).max().unwrap_or(0);
    let first = ((span.start - latest) / DAY_MINUTES - 1).max(0) as usize;
    let last = (span.end / DAY_MINUTES).max(0) as usize;
    let touches =
        |d: usize| case.shifts.iter().flat_map(|s| &s.times).any(|t| absolute(d, *t).overlap(span) > 0);
    let mut found = (first..=last.min(case.horizon.days - 1)).filter(|&d| touches(d));
    let a = found.next()?;
    Some((a, found.next_back().unwrap_or(a)))
}

/// Joins the days of a leaver and of somebody who starts at that very minute when a third person is at work
/// then in an interval: whether that person is off the queue depends on the arrival.
fn join_handovers(case: &Case, clusters: &[(Span, Vec<usize>)], handover: i32, joined: &mut [bool]) {
    let days = case.horizon.days;
    let spans = || case.shifts.iter().flat_map(|s| &s.times);
    for d in 0..days {
        for end in spans().map(|t| absolute(d, *t).end) {
            let slot = Span::new(end - handover, end);
            let i = clusters.partition_point(|(s, _)| s.end <= slot.start);
            if clusters.get(i).is_none_or(|(s, _)| s.overlap(slot) == 0) {
                continue;
            }
            let to = (end / DAY_MINUTES).max(0) as usize;
            for e in (d + 1)..=to.min(days - 1) {
                let arrives = spans().any(|t| absolute(e, *t).start == end);
                let stays = (d.saturating_sub(1)..=e)
                    .any(|f| spans().map(|t| absolute(f, *t)).any(|t| t.start <= slot.start && t.end > end));
                if arrives && stays {
                    joined[d..e].fill(true);
                }
            }
        }
    }
}

/// The longest handover of any key.
pub(super) fn longest<'k>(keys: impl Iterator<Item = &'k Key>) -> i32 {
    keys.map(|k| k.handover).max().unwrap_or(0)
}
