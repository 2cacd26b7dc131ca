//! Deferred work counted from the duties: first come, first served.
//!
//! Every minute that somebody spends on a channel with windows does the work that has to be done first of what is there
//! then. No order of the work leaves less of it undone (Glover, Naval Research Logistics Quarterly 14, 1967: matching in
//! a convex bipartite graph), so what is left is what the duties really lack.

use crate::base::DAY_MINUTES;
use crate::base::index::ChannelIx;
use crate::model::{Activity, DayPlan, Requirement};
use std::collections::BTreeMap;

/// What duties do of the work in windows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkDone {
    /// Agent-minutes done of each window of the requirement.
    pub done: Vec<i64>,
    /// Agent-minutes of people on a flexible channel, by row of the requirement in which they are, that do work.
    pub useful: BTreeMap<usize, i64>,
    /// Agent-minutes for which there was no work, likewise.
    pub spare: BTreeMap<usize, i64>,
}

/// Counts the work of the windows that duties do.
#[must_use]
pub fn work_done(requirement: &Requirement, plan: &DayPlan) -> WorkDone {
    let mut found = WorkDone { done: vec![0; requirement.windows.len()], ..WorkDone::default() };
    let mut channels: Vec<ChannelIx> = requirement.windows.iter().map(|w| w.channel).collect();
    channels.sort_unstable();
    channels.dedup();
    for channel in channels {
        count(requirement, plan, channel, &mut found);
    }
    found
}

fn count(requirement: &Requirement, plan: &DayPlan, channel: ChannelIx, found: &mut WorkDone) {
    let at = |day: usize, minute: i32| day as i64 * i64::from(DAY_MINUTES) + i64::from(minute);
    // Changes of the number of people, by minute.
    let mut changes: BTreeMap<i64, i64> = BTreeMap::new();
    for d in plan.duties.iter().filter(|d| d.activity == Activity::Channel(channel)) {
        *changes.entry(at(d.day, d.time.start)).or_default() += 1;
        *changes.entry(at(d.day, d.time.end)).or_default() -= 1;
    }
    // Windows in the order in which their work has to be done.
    let of_channel = |i: &usize| requirement.windows[*i].channel == channel;
    let mut order: Vec<usize> = (0..requirement.windows.len()).filter(of_channel).collect();
    let span = |i: usize| {
        let w = &requirement.windows[i];
        (at(w.day, w.time.start), at(w.day, w.time.end))
    };
    order.sort_by_key(|&i| (span(i).1, span(i).0, i));
    let rows = requirement.intervals.iter().enumerate().filter(|(_, r)| r.channel == channel);
    for (place, row) in rows {
        let (from, to) = (at(row.day, row.time.start), at(row.day, row.time.end));
        let mut people: i64 = changes.range(..=from).map(|c| c.1).sum();
        let near = |i: &usize| span(*i).0 < to && from < span(*i).1;
        let open: Vec<usize> = order.iter().copied().filter(near).collect();
        for minute in from..to {
            if minute > from {
                people += changes.get(&minute).copied().unwrap_or(0);
            }
            let mut left = people;
            for &i in open.iter().filter(|&&i| span(i).0 <= minute && minute < span(i).1) {
                let done = left.min(requirement.windows[i].minutes - found.done[i]);
                found.done[i] += done;
                left -= done;
            }
            *found.useful.entry(place).or_default() += people - left;
            if left > 0 {
                *found.spare.entry(place).or_default() += left;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::base::index::PersonIx;
    use crate::model::{Duty, IntervalRequirement, WorkWindow};

    fn day(windows: &[(i32, i32, i64)], duties: &[(i32, i32)]) -> (Requirement, DayPlan) {
        let channel = ChannelIx::new(0);
        let row = |i: i32| {
            IntervalRequirement::of_demand((0, Span::new(480 + 60 * i, 540 + 60 * i)), channel, 0, (5, 1))
        };
        let window = |&(from, to, minutes): &(i32, i32, i64)| WorkWindow {
            day: 0,
            time: Span::new(from, to),
            channel,
            minutes,
            under_weight: 5,
            over_weight: 1,
        };
        let duty = |(p, &(from, to)): (usize, &(i32, i32))| Duty {
            day: 0,
            person: PersonIx::new(p),
            time: Span::new(from, to),
            activity: Activity::Channel(channel),
        };
        let need = Requirement {
            intervals: (0..4).map(row).collect(),
            windows: windows.iter().map(window).collect(),
        };
        (need, DayPlan { duties: duties.iter().enumerate().map(duty).collect(), handovers: Vec::new() })
    }

    #[test]
    fn what_has_to_be_done_first_is_done_first() {
        // An hour of work until ten, and two until noon; somebody from eight, and another one from nine to eleven.
        let (need, plan) = day(&[(480, 600, 60), (480, 720, 120)], &[(480, 540), (540, 660)]);
        let found = work_done(&need, &plan);
        assert_eq!(found.done, [60, 120]);
        assert_eq!(found.useful, BTreeMap::from([(0, 60), (1, 60), (2, 60), (3, 0)]));
        assert_eq!(found.spare, BTreeMap::new());
    }

    #[test]
    fn nobody_does_work_that_is_not_there_or_that_was_due() {
        let (need, plan) = day(&[(480, 720, 0), (540, 600, 45)], &[(480, 540), (615, 720)]);
        let found = work_done(&need, &plan);
        assert_eq!(found.done, [0, 0]);
        assert_eq!(found.spare, BTreeMap::from([(0, 60), (2, 45), (3, 60)]));
    }
}
