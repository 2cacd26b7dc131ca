//! Counts of a run, and their sums over runs: whole numbers throughout, so that any order of adding gives the same.

use super::figures::{Figures, Moments};

/// What became of the contacts of one interval in one run. Times in whole milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) offered: u32,
    pub(super) in_time: u32,
    pub(super) served: u32,
    pub(super) gone: u32,
    pub(super) gone_early: u32,
    /// Deferred work that was not done when it was due.
    pub(super) late: u32,
    pub(super) waited_ms: u64,
    /// Contacts that wait at the end of the interval.
    pub(super) queue: u32,
}

/// A run.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) places: Vec<Count>,
    pub(super) tail_ms: u64,
    pub(super) absent: u64,
    pub(super) person_days: u64,
    pub(super) events: u64,
}

/// Sums over runs of the counts of each group of intervals.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    groups: Vec<Moments>,
    pub(super) tail_ms: u64,
    pub(super) absent: u64,
    pub(super) person_days: u64,
    pub(super) events: u64,
}

impl Tally {
    pub(super) fn new(groups: usize) -> Self {
        Self { groups: vec![Moments::default(); groups], tail_ms: 0, absent: 0, person_days: 0, events: 0 }
    }

    /// Adds a run; `of[place]` are the groups of an interval.
    pub(super) fn add(&mut self, counts: &Counts, of: &[Vec<u32>]) {
        let mut sums = vec![Count::default(); self.groups.len()];
        for (count, groups) in counts.places.iter().zip(of) {
            for g in groups {
                let sum = &mut sums[*g as usize];
                sum.offered += count.offered;
                sum.in_time += count.in_time;
                sum.served += count.served;
                sum.gone += count.gone;
                sum.gone_early += count.gone_early;
                sum.late += count.late;
                sum.waited_ms += count.waited_ms;
                // What waits at the end of the last interval of the group.
                sum.queue = count.queue;
            }
        }
        self.groups.iter_mut().zip(&sums).for_each(|(m, s)| m.add(s));
        self.tail_ms += counts.tail_ms;
        self.absent += counts.absent;
        self.person_days += counts.person_days;
        self.events += counts.events;
    }

    pub(super) fn merged(mut self, other: Self) -> Self {
        self.groups.iter_mut().zip(&other.groups).for_each(|(a, b)| a.merge(b));
        self.tail_ms += other.tail_ms;
        self.absent += other.absent;
        self.person_days += other.person_days;
        self.events += other.events;
        self
    }

    pub(super) fn figures(&self, group: usize, runs: usize) -> Figures {
        self.groups[group].figures(runs)
    }
}
