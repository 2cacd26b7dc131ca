//! How many people can be reading messages: the part of the day's program that knows when a message may wait.
//!
//! At every start of segments a waiting message is read by one of those who start, a channel each; afterwards none
//! waits on the channels they serve until somebody leaves another ([`crate::intraday`]). So of a set of channels
//! at most as many people read at one moment as can have a message waiting.

use crate::problem::DayProblem;

/// Row that bounds the readers of one moment whose channels lie in a set.
#[derive(Clone)]
pub(super) struct Limit {
    /// Row of the program.
    pub row: usize,
    /// First slot of the segments that start.
    pub first: usize,
    /// The set.
    pub channels: Vec<usize>,
}

/// What happens to messages at a moment, ends before starts.
#[derive(Clone)]
struct Moment {
    /// Supplies whose segments end.
    leavers: Vec<usize>,
    /// Supplies whose segments start.
    starters: Vec<usize>,
    /// Limits of those who start.
    limits: Vec<usize>,
}

/// All limits of a day.
#[derive(Clone)]
pub(super) struct Readings {
    limits: Vec<Limit>,
    moments: Vec<Moment>,
    channels: Vec<Vec<usize>>,
    /// Supplies with several segments: alone, they do not read what they left themselves.
    split: Vec<bool>,
    lone: Vec<bool>,
}

impl Readings {
    pub(super) fn new(day: &DayProblem, limits: Vec<Limit>) -> Self {
        let start = |first: usize| day.slots[first].start;
        let starts = day.supplies.iter().flat_map(|s| s.segments.iter().map(|x| start(x.0)));
        let mut times: Vec<i32> = starts.chain(day.events.iter().map(|e| e.time.end)).collect();
        times.sort_unstable();
        times.dedup();
        let moments = times.into_iter().map(|t| Moment {
            leavers: day.events.iter().filter(|e| e.time.end == t).flat_map(|e| e.leavers.clone()).collect(),
            starters: (0..day.supplies.len())
                .filter(|&s| day.supplies[s].segments.iter().any(|x| start(x.0) == t))
                .collect(),
            limits: (0..limits.len()).filter(|&l| start(limits[l].first) == t).collect(),
        });
        Self {
            moments: moments.collect(),
            channels: day.supplies.iter().map(|s| s.channels.clone()).collect(),
            split: day.supplies.iter().map(|s| s.segments.len() > 1).collect(),
            lone: day.lone.clone(),
            limits,
        }
    }

    /// (row, readers at most) when head counts lie in a box.
    pub(super) fn most(&self, low: &[f64], high: &[f64]) -> Vec<(usize, f64)> {
        if self.limits.is_empty() {
            return Vec::new();
        }
        let mut most = Vec::new();
        // Messages of the days before may wait everywhere.
        let mut waits: Vec<bool> = self.lone.iter().map(|lone| !lone).collect();
        for moment in &self.moments {
            for &s in moment.leavers.iter().filter(|&&s| high[s] > 0.0) {
                self.channels[s].iter().for_each(|&c| waits[c] = !self.lone[c]);
            }
            for limit in moment.limits.iter().map(|&l| &self.limits[l]) {
                let n = limit.channels.iter().filter(|&&c| waits[c]).count();
                most.push((limit.row, n as f64));
            }
            let surely = |s: &&usize| low[**s] >= if self.split[**s] { 2.0 } else { 1.0 };
            for &s in moment.starters.iter().filter(surely) {
                self.channels[s].iter().for_each(|&c| waits[c] = false);
            }
        }
        most
    }
}
