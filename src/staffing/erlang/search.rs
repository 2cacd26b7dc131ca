//! The smallest number of servers that reaches a target.

use super::abandonment::{FullFloor, impatient};
use super::loss::Losses;
use super::waiting::patient;
use super::{Figures, Stream, erlang_b};
use crate::model::LevelDefinition;

/// No search goes beyond this many servers.
const MOST: u32 = 1 << 20;
/// Slack in comparisons with a target: a level that equals it but for rounding reaches it.
const SLACK: f64 = 1e-12;

/// What a number of servers has to reach; `None`: not asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Target {
    /// Share of contacts in time, at least.
    pub service_level: Option<f64>,
    /// Which share that is.
    pub definition: LevelDefinition,
    /// Target wait in seconds.
    pub within_s: f64,
    /// Share of time busy, at most.
    pub max_occupancy: Option<f64>,
    /// Share of contacts that leave unserved, at most.
    pub max_abandoned: Option<f64>,
    /// Mean wait of all contacts in seconds, at most.
    pub max_wait_s: Option<f64>,
}

impl Target {
    /// Whether the figures reach it.
    #[must_use]
    pub fn reached(&self, figures: &Figures) -> bool {
        self.service_level.is_none_or(|l| figures.level(self.definition) >= l - SLACK)
            && self.max_occupancy.is_none_or(|o| figures.occupancy <= o + SLACK)
            && self.max_abandoned.is_none_or(|m| figures.abandoned <= m + SLACK)
            && self.max_wait_s.is_none_or(|w| figures.wait_s <= w * (1.0 + SLACK))
    }
}

/// Smallest number of servers of a loss system.
#[must_use]
pub fn required_b(stream: Stream, target: &Target) -> u32 {
    smallest(1, guess(stream), |n| target.reached(&erlang_b(stream, n)))
}

/// Smallest number of servers when everybody waits: above the offered load, so that the queue does not grow.
#[must_use]
pub fn required_c(stream: Stream, target: &Target) -> u32 {
    let load = stream.load();
    if load >= f64::from(MOST) {
        return MOST;
    }
    let mut losses = Losses::of(load);
    smallest(load as u32 + 1, guess(stream), |n| {
        let floor = FullFloor { lost: losses.with(n), drain: f64::from(n) / stream.handling_s };
        let figures = patient(stream.rate, floor, target.within_s);
        target.reached(&Figures { occupancy: load / f64::from(n), ..figures })
    })
}

/// Smallest number of servers with impatience.
#[must_use]
pub fn required_a(stream: Stream, patience_s: f64, target: &Target) -> u32 {
    let load = stream.load();
    if load <= 0.0 {
        return 1;
    }
    let mut losses = Losses::of(load);
    smallest(1, guess(stream), |n| {
        let floor = FullFloor { lost: losses.with(n), drain: f64::from(n) / stream.handling_s };
        let figures = impatient(stream.rate, floor, patience_s, target.within_s);
        let busy = load * (1.0 - figures.abandoned) / f64::from(n);
        target.reached(&Figures { occupancy: busy.min(1.0), ..figures })
    })
}

/// A number near the answer: the square-root rule with half a standard deviation to spare.
fn guess(stream: Stream) -> u32 {
    let load = stream.load().min(f64::from(MOST) / 2.0);
    (load + 0.5 * load.sqrt()) as u32 + 1
}

/// Smallest n ≥ `first` that is `enough`, by doubling steps away from `near` and bisection: more servers never do
/// worse.
pub(in crate::staffing) fn smallest(first: u32, near: u32, mut enough: impl FnMut(u32) -> bool) -> u32 {
    let near = near.max(first);
    let (mut low, mut high, mut step) = (near, near, 1);
    if enough(near) {
        // `high` is enough; `low` goes down until it is not.
        loop {
            if high == first {
                return first;
            }
            low = high.saturating_sub(step).max(first);
            if !enough(low) {
                break;
            }
            high = low;
            step *= 2;
        }
    } else {
        loop {
            high = low.saturating_add(step).min(MOST);
            if high == MOST || enough(high) {
                break;
            }
            low = high;
            step *= 2;
        }
    }
    // `low` is not enough, `high` is (or is the end of the search).
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if enough(middle) { high = middle } else { low = middle }
    }
    high
}
